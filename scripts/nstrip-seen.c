/* nstrip-seen FILE …: how nstrip sees the lines of these pages, as a number: everything
 * its models go by. lines.model begins with the number that held when it was learned;
 * tests/learned.t compares.
 *
 * A hash (FNV-1a) of each page's tokens and of all columns of its features. No model is
 * asked: the wording is 0, and what the first labelling would say is made up. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "common/alloc.h"
#include "common/buf.h"
#include "common/in.h"
#include "common/msg.h"
#include "stages/nstrip/features.h"
#include "stages/nstrip/model.h"

static struct page page;
static struct features features;
static uint64_t hash = UINT64_C(14695981039346656037);

static void add(const void *bytes, size_t count)
{
    for (const unsigned char *p = bytes; count--; p++)
        hash = (hash ^ *p) * UINT64_C(1099511628211);
}

static void add_page(void)
{
    int *wording = xcalloc(page.count, sizeof *wording);
    int32_t *score = xcalloc(page.count, sizeof *score);
    for (size_t i = 0; i < page.count; i++)
        score[i] = page.lines[i].words > 8 ? 2 * MODEL_SCALE : -MODEL_SCALE;
    features_read(&features, &page, wording);
    features_second(&features, &page, score);
    add(page.token, page.tokens * sizeof *page.token);
    for (int c = 0; c < COLUMNS; c++)
        add(features.column[c], page.count);
    free(wording);
    free(score);
}

static void add_text(struct buf *text)
{
    page_begin(&page, buf_str(text));
    while (page_next(&page))
        add_page();
    buf_clear(text);
}

int main(int argc, char *argv[])
{
    struct buf text = {0};
    struct line line;
    msg_init("nstrip-seen", "FILE ...");
    struct in *in = in_open(argc - 1, argv + 1, (size_t)1 << 20);
    while (in_line(in, &line)) {
        if (line.first)
            add_text(&text);
        buf_add_str(&text, line.raw);
    }
    add_text(&text);
    printf("seen %016" PRIx64 "\n", hash);
    in_close(in);
    buf_free(&text);
    page_free(&page);
    features_free(&features);
    return fflush(stdout) ? 2 : msg_status();
}
