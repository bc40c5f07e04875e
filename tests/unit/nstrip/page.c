/* A text is cut into its lines; one that is too long for one page into several. */
#include "stages/nstrip/page.h"
#include "common/buf.h"
#include "tests/unit/tap.h"

static void test_lines(void)
{
    struct page page = {0};
    page_begin(&page, STR("\n Home \r\n\n\t\nThe end.\n"));
    ok(page_next(&page) && !page.more, "a page");
    is_int((long long)page.count, 2, "lines that are not blank");
    is_str(page.lines[0].text, "Home", "trimmed");
    ok(!page_next(&page), "and no more");
    page_begin(&page, STR(" \n\n"));
    ok(!page_next(&page), "blank lines are no page");
    page_begin(&page, STR("Next"));
    ok(page_next(&page) && !page.more, "another text begins anew");
    page_free(&page);
}

/* Where no blanks part words two characters count as one. */
static void test_words(void)
{
    struct page page = {0};
    page_begin(&page, STR("A flood at noon\n川の水が古い岸をまた越えた。\n川"));
    page_next(&page);
    is_int((long long)page.lines[0].words, 4, "words between blanks");
    is_int((long long)page.lines[1].words, 7, "half of thirteen characters");
    is_int((long long)page.lines[2].words, 1, "one is one");
    page_free(&page);
}

static void test_parts(void)
{
    struct page page = {0};
    struct buf text = {0};
    for (int i = 0; i < PAGE_LINES + 3; i++)
        buf_puts(&text, "Menu\n\n");
    page_begin(&page, buf_str(&text));
    ok(page_next(&page) && !page.more, "many lines");
    is_int((long long)page.count, PAGE_LINES, "as many as make a page");
    ok(page_next(&page) && page.more, "more of the same text");
    is_int((long long)page.count, 3, "the others");
    ok(!page_next(&page), "then none");
    buf_clear(&text);
    for (int i = 0; i < 2 * PAGE_TOKENS / SCAN_LOOK; i++) {
        for (int k = 0; k < SCAN_LOOK; k++)
            buf_add_char(&text, '-');
        buf_add_char(&text, '\n');
    }
    size_t count = 0;
    page_begin(&page, buf_str(&text));
    while (page_next(&page)) {
        ok(page.tokens < PAGE_TOKENS + SCAN_LOOK,
           "a page has no more tokens than it may");
        count += page.count;
    }
    is_int((long long)count, 2 * PAGE_TOKENS / SCAN_LOOK, "no line is lost");
    buf_free(&text);
    page_free(&page);
}

int main(void)
{
    test_lines();
    test_words();
    test_parts();
    return done_testing();
}
