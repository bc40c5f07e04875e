#include "stages/nsummarize/telling.h"

#include "common/alloc.h"
#include "common/sentence.h"
#include "stages/nsummarize/counts.h"
#include "stages/nsummarize/days.h"

#include <stdlib.h>

struct str telling_field(const struct telling *t, enum field field)
{
    size_t start = field ? t->ends[field - 1] : 0;
    return (struct str){t->text + start, t->ends[field] - start};
}

void draft_clear(struct draft *d)
{
    d->size = 0;
    d->term_count = 0;
    for (int i = 0; i < FIELDS; i++)
        buf_clear(&d->fields[i]);
}

void draft_free(struct draft *d)
{
    for (int i = 0; i < FIELDS; i++)
        buf_free(&d->fields[i]);
}

/* One block: the sketch lies behind the text, where it is aligned. */
struct telling *draft_finish(const struct draft *d, uint32_t group)
{
    size_t len = 0, end, align = sizeof(uint32_t);

    for (int i = 0; i < FIELDS; i++)
        len += d->fields[i].len;
    end = (sizeof(struct telling) + len + align - 1) / align * align;
    size_t bytes = end + d->term_count * sizeof(struct weighted);
    struct telling *t = xalloc(1, bytes);
    t->bytes = bytes;
    t->size = d->size;
    t->group = group;
    t->term_count = (uint32_t)d->term_count;
    t->terms = (struct weighted *)(void *)((char *)t + end);
    memcpy(t->terms, d->terms, d->term_count * sizeof *t->terms);
    len = 0;
    for (int i = 0; i < FIELDS; i++) {
        struct str s = buf_str(&d->fields[i]);
        memcpy(t->text + len, s.s, s.len);
        len += s.len;
        t->ends[i] = (uint32_t)len;
    }
    return t;
}

void draft_set(struct draft *d, enum field field, struct str s)
{
    static const size_t most[FIELDS] = {[TITLE] = TITLE_MAX, [FIRST] = 10, [LAST] = 10};

    buf_clear(&d->fields[field]);
    if (field == FIRST || field == LAST)
        s = date_day(s);
    if (field != URL)
        name_add(&d->fields[field], s, most[field]);
    else if (s.len <= URL_MAX)
        name_add(&d->fields[field], s, URL_MAX);
}

void draft_add_sentence(struct draft *d, struct str sentence)
{
    struct buf *b = &d->fields[SUMMARY];
    size_t left = SUMMARY_MAX - b->len;

    if (str_blank(sentence) || left < 40 || (b->len > 0 && sentence.len >= left))
        return;
    name_add(b, sentence, left - 1);
    buf_add_char(b, '\n');
}

void draft_add_source(struct draft *d, unsigned long long count, struct str name)
{
    if (str_blank(name))
        return;
    buf_printf(&d->fields[SOURCES], "%llu ", count);
    name_add(&d->fields[SOURCES], name, SOURCES_MAX);
    buf_add_char(&d->fields[SOURCES], '\n');
}

void draft_add_id(struct draft *d, struct str s)
{
    struct id *id = id_new(s);
    if (id) {
        buf_add_str(&d->fields[IDS], s);
        buf_add_char(&d->fields[IDS], '\n');
    }
    id_drop(id);
}

bool next_source(struct str *rest, unsigned long long *count, struct str *name)
{
    struct str line;
    if (!str_line(rest, &line))
        return false;
    size_t blank = str_find(line, STR(" "), 0);
    *count = strtoull(line.s, NULL, 10);
    *name = str_sub(line, blank + 1, line.len);
    return true;
}

/* ---- a record ---- */

/* Its summary, or the beginning of its text. */
static void read_summary(struct draft *d, struct record *rec, struct str text)
{
    json_t *summary = record_json(rec, "summary"), *element;
    struct str sentence;
    size_t i;

    json_array_foreach(summary, i, element)
    {
        if (json_is_string(element))
            draft_add_sentence(
                d, (struct str){json_string_value(element), json_string_length(element)});
    }
    json_decref(summary);
    for (i = 0; d->fields[SUMMARY].len == 0 && i < 3 && sentence_next(&text, &sentence);
         i++)
        draft_add_sentence(d, sentence);
}

bool draft_read(struct draft *d, struct record *rec, const char *field,
                struct story *story)
{
    struct str title = {0}, text = {0}, s;

    draft_clear(d);
    record_string(rec, "title", &title);
    record_string(rec, field, &text);
    d->term_count = sketch_read(d->terms, story, title, text);
    if (d->term_count < 3)
        return false;
    d->size = 1;
    read_summary(d, rec, text);
    if (str_blank(title))
        sentence_next(&text, &title);
    draft_set(d, TITLE, str_trim(title));
    if (record_string(rec, "url", &s))
        draft_set(d, URL, s);
    if (record_string(rec, "date", &s)) {
        draft_set(d, FIRST, s);
        draft_set(d, LAST, s);
    }
    if (record_string(rec, "source", &s))
        draft_add_source(d, 1, s);
    if (record_string(rec, "id", &s))
        draft_add_id(d, s);
    return true;
}

/* ---- orders ---- */

static int compare_sketches(const struct telling *a, const struct telling *b)
{
    if (a->term_count != b->term_count)
        return a->term_count < b->term_count ? -1 : 1;
    for (size_t i = 0; i < a->term_count; i++) {
        const struct weighted *x = &a->terms[i], *y = &b->terms[i];
        if (x->term != y->term)
            return x->term < y->term ? -1 : 1;
        if (x->weight != y->weight)
            return x->weight < y->weight ? -1 : 1;
    }
    return 0;
}

/* Everything but the group. */
static int compare(const struct telling *a, const struct telling *b)
{
    int order = str_compare(telling_field(a, FIRST), telling_field(b, FIRST));

    for (enum field i = 0; order == 0 && i < FIELDS; i++)
        order = str_compare(telling_field(a, i), telling_field(b, i));
    if (order == 0)
        order = (a->size > b->size) - (a->size < b->size);
    return order ? order : compare_sketches(a, b);
}

int by_day(const void *a, const void *b)
{
    const struct telling *x = *(struct telling *const *)a,
                         *y = *(struct telling *const *)b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return compare(x, y);
}

int by_size(const void *a, const void *b)
{
    const struct telling *x = *(struct telling *const *)a,
                         *y = *(struct telling *const *)b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (x->size != y->size)
        return x->size > y->size ? -1 : 1;
    int order = str_compare(telling_field(y, LAST), telling_field(x, LAST));
    return order ? order : compare(x, y);
}
