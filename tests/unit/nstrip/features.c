/* Columns of a page's lines: a byte each, 1 more than the share or the lines between. */
#include "stages/nstrip/features.h"
#include "tests/unit/tap.h"

static void is_column(const struct features *features, enum column column, size_t line,
                      int value, const char *name)
{
    is_int(features->column[column][line], value, name);
}

/* Of the title's words of weight, which are river, rises and harbour. */
static void test_title(const struct features *f)
{
    is_column(f, C_TITLE, 1, 1 + 0, "none of the title's words");
    is_column(f, C_TITLE, 2, 1 + 100, "all of them");
    is_column(f, C_TITLE, 3, 1 + 33, "one in three");
    is_column(f, C_SINCE_TITLE, 1, 255, "the page's first line is not yet the title");
    is_column(f, C_SINCE_TITLE, 2, 1 + 0, "where it stands again");
    is_column(f, C_SINCE_TITLE, 5, 1 + 3, "lines behind it");
}

static void test_cues(const struct features *f)
{
    is_column(f, C_COMMENT, 3, 255, "before any cue of comments");
    is_column(f, C_COMMENT, 5, 1 + 1, "behind one");
    is_column(f, C_BYLINE, 5, 255, "no byline");
}

/* Lines 2 to 3 are kept, and line 9 behind them. */
static void test_gaps(void)
{
    struct page page = {0};
    struct features features = {0};
    int32_t score[10] = {0, 0, 1, 1, 0, 0, 0, 0, 0, 1};
    page_begin(&page, STR("Menu\nHome\nThe river rose above the old quay on Monday.\n"
                          "Two ferries stayed in port until the evening.\nShare\nNews\n"
                          "Leave a comment\nSport\nTides\nI saw it!\n"));
    page_next(&page);
    for (int i = 0; i < 10; i++)
        score[i] = score[i] ? 4096 : -4096;
    features_read(&features, &page, NULL);
    features_second(&features, &page, score);
    is_column(&features, C_GAP, 0, 1 + 2, "lines before the main run");
    is_column(&features, C_GAP, 3, 1 + 0, "in it there is no gap");
    is_column(&features, C_GAP, 5, 1 + 2, "two lines behind it");
    is_column(&features, C_GAP, 9, 1 + 5, "the longest gap is remembered");
    is_column(&features, C_CUES, 9, 1 + 3,
              "Share, News and Leave a comment since the main run");
    is_column(&features, C_RUNS, 5, 1 + 2, "the main run and line 9");
    is_column(&features, C_KEPT_SHARE, 2, 1 + 0, "nothing is kept before the main run");
    is_column(&features, C_KEPT_SHARE, 4, 1 + 82, "18 of 22 words, and one more a line");
    is_column(&features, C_KEPT_MAIN, 4, 1 + 50, "all of the main run, of 50 parts");
    is_column(&features, C_FROM_START, 0, 128 - 2, "two lines before it begins");
    is_column(&features, C_FROM_END, 6, 128 + 2, "two lines behind its end");
    is_column(&features, C_SINCE_KEPT, 3, 0, "nothing since its end, within it");
    is_column(&features, C_SINCE_HEADS, 5, 1 + 0, "no headlines behind it");
    is_column(&features, C_SINCE_HEADS, 9, 1 + 1, "one");
    is_column(&features, C_SINCE_KEPT, 9, 1 + 0, "no words kept between it and line 9");
    features_free(&features);
    page_free(&page);
}

int main(void)
{
    struct page page = {0};
    struct features features = {0};
    page_begin(&page, STR("River rises above harbour again | The Courier\n"
                          "Home\n"
                          "River rises above harbour again\n"
                          "The river stood higher on Monday than in any spring before.\n"
                          "Leave a comment\n"
                          "Higher than in spring, that is what I call a river!\n"));
    page_next(&page);
    features_read(&features, &page, NULL);
    test_title(&features);
    test_cues(&features);
    test_gaps();
    features_free(&features);
    page_free(&page);
    return done_testing();
}
