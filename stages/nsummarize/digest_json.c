#include "common/alloc.h"
#include "common/record.h"
#include "stages/nsummarize/digest.h"

#include <stdlib.h>

static void add_number(struct buf *b, const char *key, unsigned long long n)
{
    json_add_key(b, key);
    json_add_int(b, (long long)n);
}

static void add_string(struct buf *b, const char *key, struct str s)
{
    if (s.len > 0) {
        json_add_key(b, key);
        json_add_string(b, s);
    }
}

static void add_sample(struct buf *b, const struct count *count)
{
    if (!count->sample[0])
        return;
    json_add_key(b, "ids");
    buf_add_char(b, '[');
    for (size_t i = 0; i < SAMPLE && count->sample[i]; i++) {
        json_add_comma(b);
        json_add_string(b, id_str(count->sample[i]));
    }
    buf_add_char(b, ']');
}

/* Adds `,"title":[{"name":…,"count":…},…]` unless there is none. */
static void add_counts(struct buf *b, const struct group *group, int tally, size_t top)
{
    const struct counts *counts = &group->counts[tally];
    size_t n = counts->names.count;

    if (n == 0)
        return;
    if (n > top && tally > DAYS) /* what names few things is given whole */
        n = top;
    struct ranked *ranked = counts_rank(counts, tally == DAYS ? by_name : by_count);
    json_add_key(b, tallies[tally].title);
    buf_add_char(b, '[');
    for (size_t i = 0; i < n; i++) {
        json_add_comma(b);
        buf_add_char(b, '{');
        add_string(b, "name", ranked[i].name);
        add_number(b, "count", ranked[i].count->count);
        if (ranked[i].count->error)
            add_number(b, "error", ranked[i].count->error);
        add_sample(b, ranked[i].count);
        buf_add_char(b, '}');
    }
    buf_add_char(b, ']');
    free(ranked);
}

void json_add_telling(struct buf *b, const struct telling *t)
{
    struct str rest, line;
    unsigned long long count;

    add_string(b, "title", telling_field(t, TITLE));
    add_number(b, "count", t->size);
    add_string(b, "first", telling_field(t, FIRST));
    add_string(b, "last", telling_field(t, LAST));
    add_string(b, "url", telling_field(t, URL));
    rest = telling_field(t, SUMMARY);
    if (rest.len > 0) {
        json_add_key(b, "summary");
        buf_add_char(b, '[');
        while (str_line(&rest, &line)) {
            json_add_comma(b);
            json_add_string(b, line);
        }
        buf_add_char(b, ']');
    }
    rest = telling_field(t, SOURCES);
    if (rest.len > 0) {
        json_add_key(b, "sources");
        buf_add_char(b, '[');
        while (next_source(&rest, &count, &line)) {
            json_add_comma(b);
            buf_add_char(b, '{');
            add_string(b, "name", line);
            add_number(b, "count", count);
            buf_add_char(b, '}');
        }
        buf_add_char(b, ']');
    }
    rest = telling_field(t, IDS);
    if (rest.len > 0) {
        json_add_key(b, "ids");
        buf_add_char(b, '[');
        while (str_line(&rest, &line)) {
            json_add_comma(b);
            json_add_string(b, line);
        }
        buf_add_char(b, ']');
    }
}

static void add_stories(struct buf *b, const struct digest *d, uint32_t group)
{
    size_t start = stories_start(&d->stories, group), n = 0;
    size_t end = stories_start(&d->stories, group + 1);

    while (start + n < end && n < d->top && d->stories.list[start + n]->size > 1)
        n++;
    if (n == 0)
        return;
    json_add_key(b, "stories");
    buf_add_char(b, '[');
    for (size_t i = 0; i < n; i++) {
        json_add_comma(b);
        buf_add_char(b, '{');
        json_add_telling(b, d->stories.list[start + i]);
        buf_add_char(b, '}');
    }
    buf_add_char(b, ']');
}

/* What is not exact, and by how much. */
static void add_inexact(struct buf *b, const struct digest *d, uint32_t group)
{
    unsigned long long forgotten = stories_forgotten(&d->stories, group);
    bool any = forgotten > 0;

    for (int i = 0; i < TALLIES; i++)
        any = any || d->groups[group].counts[i].floor > 0;
    if (!any)
        return;
    json_add_key(b, "inexact");
    buf_add_char(b, '{');
    for (int i = 0; i < TALLIES; i++)
        if (d->groups[group].counts[i].floor > 0)
            add_number(b, tallies[i].title, d->groups[group].counts[i].floor);
    if (forgotten > 0)
        add_number(b, "stories", forgotten);
    buf_add_char(b, '}');
}

void digest_write(struct digest *d)
{
    struct record rec = {0};
    uint32_t *order = digest_order(d);

    stories_unite(&d->stories);
    for (size_t i = 0; i < d->group_names.count; i++) {
        const struct group *group = &d->groups[order[i]];
        record_clear(&rec);
        struct buf *b = record_set(&rec, "digest");
        buf_add_char(b, '{');
        if (d->by)
            add_string(b, "by", str_of(d->by));
        add_string(b, "group", terms_word(&d->group_names, order[i]));
        add_number(b, "records", group->records);
        for (int j = 0; j < TALLIES; j++)
            add_counts(b, group, j, d->top);
        add_stories(b, d, order[i]);
        add_inexact(b, d, order[i]);
        buf_add_char(b, '}');
        record_write(&rec);
    }
    free(order);
    record_free(&rec);
}
