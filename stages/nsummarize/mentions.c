#include "stages/nsummarize/mentions.h"

#include "common/alloc.h"
#include "common/unicode.h"

#include <stdlib.h>

struct span {
    unsigned long long bound[2];
    size_t bounds;
};

static void read_bound(void *context, struct str value)
{
    struct span *span = context;

    if (span->bounds < 2 && json_natural(value, &span->bound[span->bounds]))
        span->bounds++;
}

static void read_span(void *context, struct str value)
{
    struct mentions *m = context;
    struct span span = {.bounds = 0};

    json_elements(value, read_bound, &span);
    if (span.bounds < 2 || span.bound[0] >= span.bound[1])
        return;
    m->list = xgrow(m->list, &m->cap, m->count + 1, sizeof *m->list);
    m->list[m->count++] = (struct mention){(size_t)span.bound[0], (size_t)span.bound[1]};
}

static void read_member(void *context, struct str key, struct str value)
{
    if (str_eq(key, STR("spans")))
        json_elements(value, read_span, context);
}

static void read_name(void *context, struct str name)
{
    json_members(name, read_member, context);
}

static int by_place(const void *a, const void *b)
{
    const struct mention *x = a, *y = b;

    if (x->start != y->start)
        return (x->start > y->start) - (x->start < y->start);
    return (x->end < y->end) - (x->end > y->end);
}

/* Code points become bytes; what crosses the mention before, or the text's end, goes. */
static void place(struct mentions *m, struct str text)
{
    size_t byte = 0, point = 0, kept = 0;

    for (size_t i = 0; i < m->count; i++) {
        struct mention at = m->list[i];
        if (at.start < point)
            continue;
        byte += utf8_offset(str_sub(text, byte, text.len), at.start - point);
        size_t length = utf8_offset(str_sub(text, byte, text.len), at.end - at.start);
        if (byte == text.len)
            break;
        m->list[kept++] = (struct mention){byte, byte + length};
        byte += length;
        point = at.end;
    }
    m->count = kept;
}

void mentions_read(struct mentions *mentions, const struct record *rec, struct str text)
{
    static const char *const members[] = {"people", "organisations", "places"};
    struct str raw;

    mentions->count = 0;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (record_raw(rec, members[i], &raw))
            json_elements(raw, read_name, mentions);
    if (mentions->count)
        qsort(mentions->list, mentions->count, sizeof *mentions->list, by_place);
    place(mentions, text);
}

void mentions_free(struct mentions *mentions)
{
    free(mentions->list);
    *mentions = (struct mentions){0};
}
