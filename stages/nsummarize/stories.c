#include "stages/nsummarize/stories.h"

#include "common/alloc.h"
#include "stages/nsummarize/cluster.h"
#include "stages/nsummarize/counts.h"
#include "stages/nsummarize/days.h"

#include <stdlib.h>

/* What is kept of a story at most. */
struct kept {
    size_t ids, sources;
};

/* ---- one story out of several tellings ---- */

static int by_id(const void *a, const void *b)
{
    const struct str *x = a, *y = b;
    return id_compare(str_hash(*x), *x, str_hash(*y), *y);
}

/* The ids of all, each once, those first that a sample takes first. */
static void unite_ids(struct draft *d, struct telling *const *list, size_t n, size_t most)
{
    struct str *ids = NULL, rest, line;
    size_t count = 0, cap = 0, added = 0;

    for (size_t i = 0; i < n; i++)
        for (rest = telling_field(list[i], IDS); str_line(&rest, &line);) {
            ids = xgrow(ids, &cap, count + 1, sizeof *ids);
            ids[count++] = line;
        }
    if (count > 0)
        qsort(ids, count, sizeof *ids, by_id);
    for (size_t i = 0; i < count && added < most; i++)
        if (i == 0 || !str_eq(ids[i], ids[i - 1])) {
            draft_add_id(d, ids[i]);
            added++;
        }
    free(ids);
}

static void unite_sources(struct draft *d, struct telling *const *list, size_t n,
                          size_t most)
{
    struct counts sources = {0};
    struct str rest, name;
    unsigned long long count, serial = 0;

    for (size_t i = 0; i < n; i++)
        for (rest = telling_field(list[i], SOURCES); next_source(&rest, &count, &name);)
            counts_add(&sources, name, ++serial, count, 0);
    struct ranked *ranked = counts_rank(&sources, by_count);
    for (size_t i = 0; i < sources.names.count && i < most; i++)
        draft_add_source(d, ranked[i].count->count, ranked[i].name);
    free(ranked);
    counts_free(&sources);
}

/* Makes *end the day if that is earlier (order -1) or later (1), or the first one. A day
 * of no known year says less than any other. */
static void stretch(struct str *end, struct str day, int order)
{
    bool vague = str_starts(day, STR("XXXX")), was_vague = str_starts(*end, STR("XXXX"));
    int compared = str_compare(day, *end);

    if (day.len == 0 || (vague && !was_vague && end->len > 0))
        return;
    if (end->len == 0 || (was_vague && !vague) ||
        (order < 0 ? compared < 0 : compared > 0))
        *end = day;
}

static void unite_days(struct draft *d, struct telling *const *list, size_t n)
{
    struct str first = {0}, last = {0};
    for (size_t i = 0; i < n; i++) {
        stretch(&first, telling_field(list[i], FIRST), -1);
        stretch(&last, telling_field(list[i], LAST), 1);
    }
    draft_set(d, FIRST, first);
    draft_set(d, LAST, last);
}

static void unite_sketches(struct draft *d, struct telling *const *list, size_t n)
{
    struct weighted *all = xalloc(n * SKETCH, sizeof *all);
    size_t count = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < list[i]->term_count; j++)
            all[count++] =
                (struct weighted){list[i]->terms[j].term,
                                  saturate(list[i]->terms[j].weight * list[i]->size)};
    d->term_count = sketch_cut(all, sketch_sum(all, count), SKETCH);
    sketch_scale(all, d->term_count);
    memcpy(d->terms, all, d->term_count * sizeof *all);
    free(all);
}

/* Makes the draft the story that all tell, in the words of the most central one. */
static void unite(struct draft *d, struct telling *const *list, size_t n,
                  const struct telling *central, const struct kept *kept)
{
    draft_clear(d);
    for (size_t i = 0; i < n; i++)
        d->size += list[i]->size;
    for (enum field i = TITLE; i <= SUMMARY; i++)
        buf_add_str(&d->fields[i], telling_field(central, i));
    unite_days(d, list, n);
    unite_sources(d, list, n, kept->sources);
    unite_ids(d, list, n, kept->ids);
    unite_sketches(d, list, n);
}

/* ---- all of them ---- */

static long day_of(const struct telling *t)
{
    int year, month, day;
    if (date_split(telling_field(t, FIRST), &year, &month, &day) < 3)
        return NO_DAY;
    return day_number(year, month, day);
}

struct place {
    uint32_t group, point; /* of the points */
};

static int by_place(const void *a, const void *b)
{
    const struct place *x = a, *y = b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    return (x->point > y->point) - (x->point < y->point);
}

/* Unites n tellings of one group of the digest; returns how many stories they are, which
 * stand in list then. */
static size_t unite_group(struct telling **list, size_t n, const struct kept *kept)
{
    struct point *points = xalloc(n, sizeof *points);
    struct place *places = xalloc(n, sizeof *places);
    struct telling **members = xalloc(n, sizeof *members);
    struct draft draft = {0};
    size_t stories = 0;

    for (size_t i = 0; i < n; i++)
        points[i] = (struct point){.terms = list[i]->terms,
                                   .term_count = list[i]->term_count,
                                   .day = day_of(list[i]),
                                   .size = (double)list[i]->size};
    cluster(points, n);
    for (size_t i = 0; i < n; i++)
        places[i] = (struct place){points[i].group, (uint32_t)i};
    qsort(places, n, sizeof *places, by_place);
    memcpy(members, list, n * sizeof *members);
    for (size_t i = 0, end; i < n; i = end) {
        size_t count = 0, central = places[i].point;
        for (end = i; end < n && places[end].group == places[i].group; end++) {
            size_t point = places[end].point;
            list[stories + count++] = members[point];
            if (points[point].central > points[central].central)
                central = point;
        }
        if (count > 1) {
            unite(&draft, list + stories, count, members[central], kept);
            struct telling *story = draft_finish(&draft, members[central]->group);
            for (size_t j = 0; j < count; j++)
                free(list[stories + j]);
            list[stories] = story;
        }
        stories++;
    }
    draft_free(&draft);
    free(members);
    free(places);
    free(points);
    return stories;
}

void stories_sort(struct stories *s)
{
    if (s->count > 0)
        qsort(s->list, s->count, sizeof(struct telling *), by_day);
}

static void unite_all(struct stories *s, const struct kept *kept)
{
    size_t stories = 0;

    stories_sort(s);
    for (size_t i = 0, end; i < s->count; i = end) {
        for (end = i; end < s->count && s->list[end]->group == s->list[i]->group;)
            end++;
        size_t n = unite_group(s->list + i, end - i, kept);
        memmove(s->list + stories, s->list + i, n * sizeof(struct telling *));
        stories += n;
    }
    s->count = stories;
    s->bytes = 0;
    for (size_t i = 0; i < stories; i++)
        s->bytes += s->list[i]->bytes;
}

void stories_unite(struct stories *s)
{
    struct kept kept = {s->ids, SIZE_MAX};

    unite_all(s, &kept);
    if (s->count > 0)
        qsort(s->list, s->count, sizeof(struct telling *), by_size);
}

size_t stories_start(const struct stories *s, uint32_t group)
{
    size_t from = 0, to = s->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (s->list[middle]->group < group)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

void stories_forget(struct stories *s, uint32_t group, unsigned long long records)
{
    size_t old = s->forgotten_cap;
    s->forgotten =
        xgrow(s->forgotten, &s->forgotten_cap, (size_t)group + 1, sizeof *s->forgotten);
    for (size_t i = old; i < s->forgotten_cap; i++)
        s->forgotten[i] = 0;
    s->forgotten[group] += records;
}

unsigned long long stories_forgotten(const struct stories *s, uint32_t group)
{
    return group < s->forgotten_cap ? s->forgotten[group] : 0;
}

/* The largest first, whatever their group; the latest of these. */
static int by_worth(const void *a, const void *b)
{
    const struct telling *x = *(struct telling *const *)a,
                         *y = *(struct telling *const *)b;
    if (x->size != y->size)
        return x->size > y->size ? -1 : 1;
    int order = str_compare(telling_field(y, LAST), telling_field(x, LAST));
    return order ? order : by_day(a, b);
}

static void make_room(struct stories *s)
{
    enum { SOURCES_KEPT = 20 };
    struct kept kept = {s->ids, SOURCES_KEPT};

    unite_all(s, &kept);
    qsort(s->list, s->count, sizeof(struct telling *), by_worth);
    while (s->count > s->room / 2 || s->bytes > s->byte_room / 2) {
        struct telling *last = s->list[--s->count];
        stories_forget(s, last->group, last->size);
        s->bytes -= last->bytes;
        free(last);
    }
}

void stories_add(struct stories *s, struct telling *t)
{
    if (s->count > 0 && (s->count >= s->room || s->bytes + t->bytes > s->byte_room))
        make_room(s);
    s->list = xgrow(s->list, &s->cap, s->count + 1, sizeof(struct telling *));
    s->list[s->count++] = t;
    s->bytes += t->bytes;
}

void stories_free(struct stories *s)
{
    for (size_t i = 0; i < s->count; i++)
        free(s->list[i]);
    free(s->list);
    free(s->forgotten);
    *s = (struct stories){.room = s->room, .byte_room = s->byte_room, .ids = s->ids};
}
