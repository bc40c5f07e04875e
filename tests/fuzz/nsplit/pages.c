/* Any bytes as an input: pages and stories cover what is decoded without gap or overlap,
 * and what is not blank is in them. */
#include "stages/nsplit/pages.h"
#include "common/in.h"
#include "common/msg.h"
#include "common/unicode.h"
#include "stages/nsplit/story.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool good)
{
    if (!good)
        abort();
}

static size_t ink(const char *s, size_t len)
{
    size_t n = 0;
    for (size_t i = 0; i < len; i++)
        n += (unsigned char)s[i] > ' ' && (unsigned char)s[i] < 0x7f;
    return n;
}

/* Lines and stories of a page join; returns its end. */
static unsigned long long check_page(const struct page *page, unsigned long long end,
                                     size_t *seen)
{
    const struct page_line *line = page->lines->line;
    struct stories stories = {0};
    must(page->count > 0 && line[0].offset == end);
    for (size_t i = 0; i < page->count; i++) {
        struct str text = line_text(page->lines, i);
        must(line[i].offset <= line[i].end && (!i || line[i].offset == line[i - 1].end));
        *seen += ink(text.s, text.len);
    }
    story_cut(page->lines, page->count, &stories);
    must(stories.count > 0 && stories.story[0].first == 0);
    for (size_t i = 1; i < stories.count; i++)
        must(stories.story[i].first > stories.story[i - 1].first);
    must(stories.story[stories.count - 1].first < page->count);
    stories_free(&stories);
    return line[page->count - 1].end;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char path[] = "/tmp/nsplit-fuzz-XXXXXX";
    char *operands[] = {path};
    int fd = mkstemp(path);
    must(fd >= 0 && write(fd, data, size) == (ssize_t)size);
    close(fd);
    msg_set_quiet(true);

    struct pages_options how = {.field = "text", .max_page = 1 << 20};
    struct page page;
    struct in *in = in_open(1, operands, 1 << 20);
    struct pages *pages = pages_open(in, &how);
    unsigned long long end = 0;
    size_t seen = 0;
    /* archives have headers between pages, records have members */
    bool joined = size < 5 || memcmp(data, "WARC/", 5) != 0, any = false;
    while (pages_next(pages, &page)) {
        joined = joined && !page.record && strcmp(page.file, path) == 0;
        any = true;
        if (!page.pass)
            end = check_page(&page, joined ? end : page.lines->line[0].offset, &seen);
    }
    /* a byte that may begin gzip or another form of file */
    bool plain = size && !memchr(data, 0x1f, size) &&
                 !strchr("\xff\xfe\x28\xfdP\x04"
                         "B",
                         data[0]);
    if (any && joined && plain)
        must(end == size && seen == ink((const char *)data, size));
    pages_close(pages);
    in_close(in);
    unlink(path);
    return 0;
}
