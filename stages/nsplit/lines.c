#include "stages/nsplit/lines.h"

#include "common/alloc.h"

#include <stdlib.h>

/* Blank lines of one run that are kept. A page never goes on behind a longer run, so a
 * file of nothing but newlines takes no memory. */
enum { BLANKS_KEPT = 1000 };

static struct page_line *new_line(struct lines *lines)
{
    size_t used = lines->dropped + lines->count;
    lines->store = xgrow(lines->store, &lines->cap, used + 1, sizeof *lines->store);
    lines->line = lines->store + lines->dropped;
    return &lines->line[lines->count++];
}

static void add(struct lines *lines, struct str text, unsigned long long offset,
                unsigned long long end, size_t lead)
{
    bool blank = str_blank(text);
    if (blank && ++lines->blanks > BLANKS_KEPT && lines->count) {
        lines->line[lines->count - 1].end = end;
        lines->pending = true;
        return;
    }
    *new_line(lines) = (struct page_line){
        .at = lines->text.len,
        .len = text.len,
        .offset = offset,
        .end = end,
        .lead = (unsigned char)lead,
        .blank = blank,
        .start = !blank && lines->pending,
        .more = lines->more > 0,
    };
    struct page_line *line = &lines->line[lines->count - 1];
    if (lines->traces && !blank) {
        line->trace = traces_add(lines->traces, text, lines->blanks);
        line->cue = traces_at(lines->traces, line->trace)->cue;
    } else if (!blank) {
        line->cue = cue_of(text);
    }
    lines->more = line->cue == CUE_MORE ? LINES_MORE : lines->more - line->more;
    buf_add_str(&lines->text, text);
    buf_add_char(&lines->text, '\n');
    if (!blank) {
        lines->blanks = 0;
        lines->pending = false;
    }
}

void lines_break(struct lines *lines)
{
    lines->pending = true;
}

void lines_add(struct lines *lines, struct str text, unsigned long long offset,
               unsigned long long end, size_t lead)
{
    const char *feed;
    lines->boms = lines->boms || (offset == 0 && lead == 3);
    if (str_starts(text, STR("\xef\xbb\xbf"))) {
        /* in a file without one at its start it is an odd space, as in many a text */
        if (lines->boms)
            lines_break(lines);
        text = str_sub(text, 3, text.len);
        lead += 3;
    }
    while (text.len && (feed = memchr(text.s, '\f', text.len))) {
        size_t n = (size_t)(feed - text.s);
        unsigned long long next = offset + lead + n + 1;
        if (n + 1 == text.len)
            next = end;
        add(lines, str_sub(text, 0, n), offset, next, lead);
        lines_break(lines);
        text = str_sub(text, n + 1, text.len);
        offset = next;
        lead = 0;
    }
    if (offset < end)
        add(lines, text, offset, end, lead);
}

void lines_split(struct lines *lines, size_t i, size_t k)
{
    new_line(lines);
    struct page_line *line = &lines->line[i];
    memmove(line + 1, line, (lines->count - i - 1) * sizeof *line);
    line[0].len = k;
    line[0].end = line[0].offset + line[0].lead + k;
    line[0].cue = cue_of(line_text(lines, i));
    line[1].at += k;
    line[1].len -= k;
    line[1].lead = 0;
    line[1].offset = line[0].end;
    line[1].cue = cue_of(line_text(lines, i + 1));
    line[1].start = true;
    for (size_t j = i + 1; j < lines->count; j++)
        lines->line[j].more = true;
    lines->more = LINES_MORE;
    if (!lines->traces)
        return;
    traces_split(lines->traces, line->trace, line_text(lines, i),
                 line_text(lines, i + 1));
    for (size_t j = i + 1; j < lines->count; j++)
        lines->line[j].trace += !lines->line[j].blank;
}

struct str line_text(const struct lines *lines, size_t i)
{
    return (struct str){lines->text.s + lines->line[i].at, lines->line[i].len};
}

/* Takes what was dropped out of the way, when that is most of what is held: moving the
 * rest costs less than having read it did. */
static void compact(struct lines *lines)
{
    size_t bytes = lines->count ? lines->line[0].at : lines->text.len;
    if (lines->dropped < lines->count || bytes < lines->text.len - bytes)
        return;
    memmove(lines->store, lines->line, lines->count * sizeof *lines->store);
    lines->line = lines->store;
    lines->dropped = 0;
    lines->text.len -= bytes;
    memmove(lines->text.s, lines->text.s + bytes, lines->text.len);
    for (size_t i = 0; i < lines->count; i++)
        lines->line[i].at -= bytes;
}

void lines_drop(struct lines *lines, size_t n)
{
    if (!n)
        return;
    lines->dropped += n;
    lines->line += n;
    lines->count -= n;
    compact(lines);
}

void lines_clear(struct lines *lines)
{
    lines->count = lines->dropped = lines->blanks = lines->more = 0;
    lines->line = lines->store;
    lines->pending = lines->boms = false;
    buf_clear(&lines->text);
}

void lines_free(struct lines *lines)
{
    free(lines->store);
    buf_free(&lines->text);
    *lines = (struct lines){0};
}
