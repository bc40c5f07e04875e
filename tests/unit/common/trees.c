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
    trees = trees_parse(
        STR("0 50\n0 40\n0 30\n0 20\n0 10\n= 1\n= 2\n= 3\n= 4\n= 5\n= 6\n"), "test");
    for (int i = 1; i <= 6; i++)
        is_int(score(trees, 10 * i, 0), i, "a leaf at each depth");
    trees_free(trees);
    trees = trees_parse(STR(""), "test");
    is_int(trees_score(trees, NULL), 0, "no trees");
    trees_free(trees);
    trees_free(NULL);
    return done_testing();
}
