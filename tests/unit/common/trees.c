/* Boosted trees from their text. */
#include "common/trees.h"
#include "tests/unit/tap.h"

static int32_t score(const struct trees *trees, int a, int b)
{
    return trees_score(trees, (uint16_t[]){trees_feature(a), trees_feature(b)});
}

int main(void)
{
    struct trees *trees = trees_parse(STR("# two trees, a stop between them\n"
                                          "0 10\n= -5\n1 -3\n= 7\n= 20\n"
                                          "< 0\n"
                                          "= 100\n"),
                                      "test");
    is_int(score(trees, 11, -3), 107, "right, then left");
    is_int(score(trees, 11, -2), 120, "right, then right");
    is_int(score(trees, 10, 0) == TREES_STOPPED, 1, "left, and stopped");
    trees_free(trees);
    trees = trees_parse(STR(""), "test");
    is_int(trees_score(trees, NULL), 0, "no trees");
    trees_free(trees);
    trees_free(NULL);
    return done_testing();
}
