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

/* The line is told as it would be if nothing had been seen before it. */
static void same_as_alone(const struct page *page, size_t i)
{
    struct page alone = {0};
    const struct page_line *a = &page->lines[i], *b;
    page_begin(&alone, a->text);
    page_next(&alone);
    b = alone.lines;
    ok(a->words == b->words && a->cue == b->cue && a->template == b->template &&
           a->timestamp == b->timestamp && a->stops == b->stops && a->colon == b->colon &&
           a->counted == b->counted && a->prose == b->prose &&
           a->scan.saying == b->scan.saying && a->scan.words == b->scan.words &&
           a->scan.stop == b->scan.stop && a->scan.capitals == b->scan.capitals &&
           a->scan.digits == b->scan.digits && a->scan.marks == b->scan.marks,
       "line %zu looks the same", i);
    ok(!memcmp(page->token + a->token, alone.token, alone.tokens * sizeof *alone.token) &&
           !memcmp(page->weight + a->weight, alone.weight,
                   alone.weights * sizeof *alone.weight),
       "… and has the same tokens");
    page_free(&alone);
}

/* Short lines are remembered; a page's tokens stand in the order of its lines. */
static void test_again(void)
{
    static const char *const lines[] = {
        "Share", "12 comments", "3 May 2021, 14:02",   "Rivers above (27)",
        "SHARE", "a|b|c|d",     "a.b.c.d.e.f.g.h.i.j", "The ferry was late again.",
        "Menu:", "{{ title }}"};
    enum { LINES = sizeof lines / sizeof *lines };
    struct page page = {0};
    struct buf text = {0};
    for (size_t i = 0; i < 3 * LINES; i++) {
        buf_puts(&text, lines[i % LINES]);
        buf_add_char(&text, '\n');
    }
    for (int again = 0; again < 2; again++) {
        page_begin(&page, buf_str(&text));
        page_next(&page);
        is_int((long long)page.count, 3 * LINES, "all lines");
        for (size_t i = 0; i < page.count; i++) {
            const struct page_line *line = &page.lines[i];
            same_as_alone(&page, i);
            ok(!i || (line->token == line[-1].token + line[-1].scan.tokens &&
                      line->weight == line[-1].weight + line[-1].scan.weights),
               "behind the tokens of the one before");
        }
    }
    buf_free(&text);
    page_free(&page);
}

int main(void)
{
    test_lines();
    test_words();
    test_parts();
    test_again();
    return done_testing();
}
