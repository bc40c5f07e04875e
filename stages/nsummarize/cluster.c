#include "stages/nsummarize/cluster.h"

#include "common/alloc.h"

#include <math.h>
#include <stdlib.h>

/* Groups remembered of one term, older ones are forgotten; terms of a centroid; days
 * after which nothing joins a group any more. */
enum { POSTINGS = 64, CENTROID = 48, DAYS = 30 };

/* Less alike is another story; how much what is common among the points loses. Both were
 * chosen with `make score-digest`. */
static const double ALIKE = 0.34, DAMP = 0.8;

struct part {
    uint32_t term;   /* its number here */
    uint32_t posted; /* which of the term's postings is this group's */
    float weight;
};

struct centroid {
    struct part *parts; /* not those of terms that no other point has */
    size_t count;
    double alone; /* square of the length of those */
    double norm;  /* length, as of the last join */
    long first, last;
};

/* A term that several points have. */
struct shared {
    uint32_t term;
    float rarity;
    float weight;    /* of the point in hand, else 0 */
    uint32_t start;  /* of its ring in clusters.postings */
    uint32_t room;   /* of the ring */
    uint32_t posted; /* so far */
};

struct clusters {
    struct shared *terms; /* rising */
    size_t term_count;
    double points;
    uint32_t *postings; /* numbers of groups */
    struct centroid *groups;
    size_t group_count, group_cap;
    float *common; /* by group: what it has in common with the point in hand, 0 else */
    size_t common_cap;
    uint32_t *met; /* the groups that have any */
    size_t met_cap;
};

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* What is in few of these points tells more. */
static double rarity(const struct clusters *c, size_t points)
{
    return 1 - DAMP * log((double)points) / log(c->points + 1);
}

/* Finds the terms that several points have, and makes room for their postings. */
static void read_terms(struct clusters *c, const struct point *points, size_t n)
{
    size_t all = 0, room = 0, cap = 0;
    for (size_t i = 0; i < n; i++)
        all += points[i].term_count;
    uint32_t *terms = xalloc(all, sizeof *terms);
    all = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < points[i].term_count; j++)
            terms[all++] = points[i].terms[j].term;
    qsort(terms, all, sizeof *terms, by_number);
    for (size_t i = 0, end; i < all; i = end) {
        for (end = i + 1; end < all && terms[end] == terms[i];)
            end++;
        if (end - i < 2)
            continue;
        c->terms = xgrow(c->terms, &cap, c->term_count + 1, sizeof *c->terms);
        struct shared *term = &c->terms[c->term_count++];
        *term = (struct shared){.term = terms[i], .start = (uint32_t)room};
        term->rarity = (float)rarity(c, end - i);
        term->room = end - i < POSTINGS ? (uint32_t)(end - i) : POSTINGS;
        room += term->room;
    }
    free(terms);
    c->postings = xalloc(room, sizeof *c->postings);
}

/* The number of a term, (uint32_t)-1 if no other point has it. */
static uint32_t number_of(const struct clusters *c, uint32_t term)
{
    size_t from = 0, to = c->term_count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (c->terms[middle].term < term)
            from = middle + 1;
        else
            to = middle;
    }
    return from < c->term_count && c->terms[from].term == term ? (uint32_t)from
                                                               : (uint32_t)-1;
}

/* A point of length 1: what it may have in common with others, and the rest. */
struct vector {
    struct part parts[SKETCH];
    size_t count;
    double alone; /* square of the length of the rest */
};

/* Takes a point in hand: sets the weights of its terms. */
static void take(struct clusters *c, const struct point *point, struct vector *v)
{
    double squares = 0;

    *v = (struct vector){0};
    for (size_t i = 0; i < point->term_count; i++) {
        double weight = point->terms[i].weight;
        uint32_t number = number_of(c, point->terms[i].term);
        if (number == (uint32_t)-1) {
            v->alone += weight * weight;
        } else {
            weight *= c->terms[number].rarity;
            v->parts[v->count++] = (struct part){number, 0, (float)weight};
        }
        squares += weight * weight;
    }
    if (squares > 0)
        v->alone /= squares;
    for (size_t i = 0; i < v->count; i++) {
        v->parts[i].weight /= (float)sqrt(squares);
        c->terms[v->parts[i].term].weight = v->parts[i].weight;
    }
}

/* Puts it down again. */
static void put(struct clusters *c, const struct vector *v)
{
    for (size_t i = 0; i < v->count; i++)
        c->terms[v->parts[i].term].weight = 0;
}

static void post(struct clusters *c, struct part *part, uint32_t group)
{
    struct shared *term = &c->terms[part->term];
    part->posted = term->posted++;
    c->postings[term->start + part->posted % term->room] = group;
}

static int by_weight(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    if (x->weight < y->weight || x->weight > y->weight)
        return x->weight > y->weight ? -1 : 1;
    return (x->term > y->term) - (x->term < y->term);
}

static void set_norm(struct centroid *group)
{
    double squares = group->alone;
    for (size_t i = 0; i < group->count; i++)
        squares += (double)group->parts[i].weight * group->parts[i].weight;
    group->norm = sqrt(squares);
}

static void set_days(struct centroid *group, long day)
{
    if (day == NO_DAY)
        return;
    if (group->first == NO_DAY || day < group->first)
        group->first = day;
    if (group->last == NO_DAY || day > group->last)
        group->last = day;
}

/* Adds the point in hand to a group. */
static void join(struct clusters *c, uint32_t number, const struct point *point,
                 const struct vector *v)
{
    struct centroid *group = &c->groups[number];
    float size = (float)point->size;

    for (size_t i = 0; i < group->count; i++) { /* the terms it has */
        struct part *part = &group->parts[i];
        struct shared *term = &c->terms[part->term];
        part->weight += term->weight * size;
        if (term->weight > 0 && term->posted - part->posted > term->room)
            post(c, part, number);
        term->weight = 0;
    }
    group->parts = xrealloc(group->parts, group->count + v->count, sizeof *group->parts);
    for (size_t i = 0; i < v->count; i++) /* those that are new */
        if (c->terms[v->parts[i].term].weight > 0) {
            struct part *part = &group->parts[group->count++];
            *part = (struct part){v->parts[i].term, 0, v->parts[i].weight * size};
            post(c, part, number);
        }
    if (group->count > CENTROID) {
        qsort(group->parts, group->count, sizeof *group->parts, by_weight);
        group->count = CENTROID;
    }
    group->alone += v->alone * point->size * point->size;
    set_norm(group);
    set_days(group, point->day);
}

/* How many days a point lies outside a group's time. */
static double gap(const struct centroid *group, long day)
{
    if (day == NO_DAY || group->first == NO_DAY)
        return 0;
    return day < group->first  ? (double)(group->first - day)
           : day > group->last ? (double)(day - group->last)
                               : 0;
}

/* How like a group the point in hand is, 0..1. */
static double likeness(const struct clusters *c, const struct centroid *group, long day)
{
    double dot = 0, apart = gap(group, day);

    if (apart >= DAYS || !(group->norm > 0))
        return 0;
    for (size_t i = 0; i < group->count; i++)
        dot += (double)group->parts[i].weight * c->terms[group->parts[i].term].weight;
    return dot / group->norm * (1 - apart / DAYS);
}

/* Gathers in c->met the groups that have something in common with the point in hand. */
static size_t meet(struct clusters *c, const struct vector *v)
{
    size_t met = 0;
    for (size_t i = 0; i < v->count; i++) {
        const struct shared *term = &c->terms[v->parts[i].term];
        uint32_t kept = term->posted < term->room ? term->posted : term->room;
        for (uint32_t j = 0; j < kept; j++) {
            uint32_t group = c->postings[term->start + j];
            if (c->common[group] <= 0) {
                c->met = xgrow(c->met, &c->met_cap, met + 1, sizeof *c->met);
                c->met[met++] = group;
            }
            c->common[group] += term->weight * term->weight;
        }
    }
    return met;
}

/* The group that is most like the point in hand, the first of those alike; or
 * (uint32_t)-1. */
static uint32_t nearest(struct clusters *c, const struct vector *v, long day)
{
    size_t met = meet(c, v);
    uint32_t best = (uint32_t)-1;
    double most = ALIKE;

    for (size_t i = 0; i < met; i++) {
        uint32_t group = c->met[i];
        /* by Cauchy and Schwarz nothing is more alike than the root of that */
        bool near = c->common[group] >= most * most;
        c->common[group] = 0;
        if (!near)
            continue;
        double like = likeness(c, &c->groups[group], day);
        if (like > most || (like >= most && group < best)) {
            most = like;
            best = group;
        }
    }
    return best;
}

static uint32_t group_new(struct clusters *c)
{
    size_t old = c->common_cap;
    c->groups = xgrow(c->groups, &c->group_cap, c->group_count + 1, sizeof *c->groups);
    c->groups[c->group_count] = (struct centroid){.first = NO_DAY, .last = NO_DAY};
    c->common = xgrow(c->common, &c->common_cap, c->group_count + 1, sizeof *c->common);
    for (size_t i = old; i < c->common_cap; i++)
        c->common[i] = 0;
    return (uint32_t)c->group_count++;
}

static void clusters_free(struct clusters *c)
{
    for (size_t i = 0; i < c->group_count; i++)
        free(c->groups[i].parts);
    free(c->terms);
    free(c->postings);
    free(c->groups);
    free(c->common);
    free(c->met);
}

size_t cluster(struct point *points, size_t n)
{
    struct clusters c = {.points = (double)n};
    struct vector v;

    read_terms(&c, points, n);
    for (size_t i = 0; i < n; i++) {
        take(&c, &points[i], &v);
        uint32_t group = nearest(&c, &v, points[i].day);
        points[i].group = group == (uint32_t)-1 ? group_new(&c) : group;
        join(&c, points[i].group, &points[i], &v);
        put(&c, &v);
    }
    for (size_t i = 0; i < n; i++) {
        take(&c, &points[i], &v);
        points[i].central = likeness(&c, &c.groups[points[i].group], NO_DAY);
        put(&c, &v);
    }
    clusters_free(&c);
    return c.group_count;
}
