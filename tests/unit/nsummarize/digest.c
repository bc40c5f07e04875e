#include "stages/nsummarize/cluster.h"
#include "stages/nsummarize/counts.h"
#include "stages/nsummarize/stories.h"
#include "tests/unit/tap.h"

#include <stdlib.h>

/* A generator of numbers that is the same everywhere (Numerical Recipes' LCG). */
static unsigned next_number(unsigned *state)
{
    *state = *state * 1664525U + 1013904223U;
    return *state >> 8;
}

/* ---- counts ---- */

static struct str numbered(char *room, size_t size, unsigned n)
{
    int len = snprintf(room, size, "name%u", n);
    return (struct str){room, (size_t)len};
}

static const struct count *count_of(const struct counts *c, struct str name)
{
    long n = terms_find(&c->names, name, terms_hash(name));
    return n < 0 ? NULL : &c->list[n];
}

static void count_exactly(void)
{
    struct counts c = {0};

    counts_add(&c, STR("Oslo"), 1, 1, 0);
    counts_add(&c, STR("Oslo"), 1, 1, 0);
    counts_add(&c, STR("Lima"), 1, 1, 0);
    counts_add(&c, STR("Oslo"), 2, 1, 0);
    counts_add(&c, STR("Bonn"), 2, 1, 0);
    struct ranked *ranked = counts_rank(&c, by_count);
    is_str(ranked[0].name, "Oslo", "the most frequent is first");
    is_int((long long)ranked[0].count->count, 2, "a record counts once");
    is_str(ranked[1].name, "Bonn", "names alike in count go by the alphabet");
    free(ranked);
    counts_free(&c);
}

static void sample(void)
{
    static const char *const ids[] = {"d", "b", "a", "b", "e", "c"};
    struct counts forth = {0}, back = {0};
    bool same = true;

    for (int i = 0; i < 6; i++) {
        struct id *id = id_new(str_of(ids[i]));
        count_sample(counts_add(&forth, STR("x"), (unsigned)i + 1, 1, 0), id);
        id_drop(id);
        id = id_new(str_of(ids[5 - i]));
        count_sample(counts_add(&back, STR("x"), (unsigned)i + 1, 1, 0), id);
        id_drop(id);
    }
    for (int i = 0; i < SAMPLE; i++)
        same = same &&
               str_eq(id_str(forth.list[0].sample[i]), id_str(back.list[0].sample[i]));
    ok(same, "a sample does not depend on the order");
    ok(!str_eq(id_str(forth.list[0].sample[0]), id_str(forth.list[0].sample[1])),
       "and has an id once");
    ok(!id_new(STR("")) && !id_new(STR("a\nb")), "what is no id is none");
    counts_free(&forth);
    counts_free(&back);
}

/* Counts numbers, small ones far more often, in at most room counters; keeps the truth.
 */
enum { NUMBERS = 5000, TIMES = 200000, ROOM = 400 };

static void stream(struct counts *c, unsigned long long *truth, unsigned seed)
{
    char room[32];
    for (unsigned i = 0; i < TIMES; i++) {
        unsigned n = next_number(&seed) % NUMBERS;
        n = n * (next_number(&seed) % NUMBERS) / NUMBERS;
        n = n * (next_number(&seed) % NUMBERS) / NUMBERS;
        truth[n]++;
        counts_add(c, numbered(room, sizeof room, n), i + 1, 1, 0);
        if (c->names.count > ROOM)
            counts_halve(c);
    }
}

static bool bounds_hold(const struct counts *c, const unsigned long long *truth)
{
    char room[32];
    bool good = true;
    for (unsigned n = 0; n < NUMBERS; n++) {
        const struct count *count = count_of(c, numbered(room, sizeof room, n));
        if (count)
            good = good && truth[n] <= count->count &&
                   truth[n] + count->error >= count->count;
        else
            good = good && truth[n] <= c->floor;
    }
    return good;
}

static void count_roughly(void)
{
    static unsigned long long truth[NUMBERS];
    struct counts a = {0}, b = {0};

    stream(&a, truth, 1);
    ok(a.floor > 0 && a.floor <= TIMES / (ROOM / 2), "the floor is as said: %llu",
       a.floor);
    ok(bounds_hold(&a, truth), "the truth lies within the error");
    stream(&b, truth, 2);
    for (size_t i = 0; i < b.names.count; i++)
        counts_add(&a, terms_word(&b.names, (uint32_t)i), TIMES + 1, b.list[i].count,
                   b.list[i].error);
    counts_add_floor(&a, TIMES + 1, b.floor);
    ok(bounds_hold(&a, truth), "of two added up, too");
    counts_free(&a);
    counts_free(&b);
}

static void names(void)
{
    struct buf b = {0};
    name_add(&b, STR("a\tb\x7f"), 255);
    is_str(buf_str(&b), "a b ", "control characters are blanks");
    buf_clear(&b);
    name_add(&b, STR("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"), 7);
    is_str(buf_str(&b), "\xC3\xA9\xC3\xA9\xE2\x80\xA6",
           "what is too long is cut before a character");
    buf_free(&b);
}

/* ---- groups of points ---- */

/* Points of three stories, five terms of their own each and one that all share. */
static void cluster_three(void)
{
    enum { POINTS = 30 };
    static struct weighted terms[POINTS][4];
    struct point points[POINTS];
    bool good = true;

    for (uint32_t i = 0; i < POINTS; i++) {
        uint32_t story = i % 3;
        for (uint32_t j = 0; j < 3; j++)
            terms[i][j] = (struct weighted){100 * story + (i + j) % 5, 100};
        terms[i][3] = (struct weighted){1000, 100};
        sketch_cut(terms[i], 4, 4);
        points[i] =
            (struct point){.terms = terms[i], .term_count = 4, .day = NO_DAY, .size = 1};
    }
    is_int((long long)cluster(points, POINTS), 3, "three stories are found");
    for (uint32_t i = 0; i < POINTS; i++)
        good = good && points[i].group == i % 3;
    ok(good, "each point is in its own");
    for (uint32_t i = 0; i < POINTS; i++)
        points[i].day = i < 15 ? 0 : 365;
    is_int((long long)cluster(points, POINTS), 6, "a year apart they are others");
}

/* Far more points of one story than a term has postings, among others that share a term.
 */
static void cluster_many(void)
{
    enum { POINTS = 6000 };
    static struct weighted terms[POINTS][3];
    static struct point points[POINTS];
    size_t one = 0;

    for (uint32_t i = 0; i < POINTS; i++) {
        bool big = i % 2 == 0;
        terms[i][0] = (struct weighted){1, 100};
        terms[i][1] = (struct weighted){big ? 2 : 10 + i, 100};
        terms[i][2] = (struct weighted){big ? 3 : 10 + POINTS + i, 100};
        points[i] =
            (struct point){.terms = terms[i], .term_count = 3, .day = NO_DAY, .size = 1};
    }
    size_t groups = cluster(points, POINTS);
    for (uint32_t i = 0; i < POINTS; i += 2)
        one += points[i].group == points[0].group;
    is_int((long long)one, POINTS / 2, "a story of many records is one");
    ok(groups > 1, "and not all there is");
    is_int((long long)cluster(points, 0), 0, "nothing is no group");
}

/* ---- stories ---- */

static struct telling *telling(unsigned n, unsigned story)
{
    struct draft d = {.size = 1, .term_count = 3};
    char room[64];
    struct str s = {room, 0};

    s.len = (size_t)snprintf(room, sizeof room, "title %u", n);
    draft_set(&d, TITLE, s);
    s.len = (size_t)snprintf(room, sizeof room, "id%u", n);
    draft_add_id(&d, s);
    draft_add_source(&d, 1, n % 2 ? STR("odd") : STR("even"));
    for (uint32_t i = 0; i < 3; i++)
        d.terms[i] = (struct weighted){3 * story + i, 10};
    struct telling *t = draft_finish(&d, 0);
    draft_free(&d);
    return t;
}

static void united(void)
{
    struct stories s = {.room = 100, .byte_room = 1 << 20, .ids = 2};

    for (unsigned i = 0; i < 9; i++)
        stories_add(&s, telling(i, i / 4));
    stories_unite(&s);
    is_int((long long)s.count, 3, "three stories");
    is_int((long long)s.list[0]->size, 4, "the largest first");
    is_int((long long)s.list[2]->size, 1, "the smallest last");
    is_str(telling_field(s.list[0], SOURCES), "2 even\n2 odd\n", "sources are summed");
    struct str ids = telling_field(s.list[0], IDS), line;
    ok(str_line(&ids, &line) && str_line(&ids, &line) && !str_line(&ids, &line),
       "ids are as many as asked for");
    is_int((long long)stories_start(&s, 1), 3, "all are of group 0");
    stories_free(&s);
}

static void bounded(void)
{
    struct stories s = {.room = 64, .byte_room = 1 << 20, .ids = 2};
    unsigned long long records = 0;
    bool good = true;

    for (unsigned i = 0; i < 1000; i++) { /* one in ten tells the same story */
        stories_add(&s, telling(i, i % 10 ? i : 0));
        good = good && s.count <= s.room;
    }
    ok(good, "there are never more than there is room for");
    for (size_t i = 0; i < s.count; i++)
        records += s.list[i]->size;
    is_int((long long)(records + stories_forgotten(&s, 0)), 1000,
           "what was let go is counted");
    stories_unite(&s);
    is_int((long long)s.list[0]->size, 100, "a story that goes on is kept");
    stories_free(&s);
}

int main(void)
{
    count_exactly();
    sample();
    count_roughly();
    names();
    cluster_three();
    cluster_many();
    united();
    bounded();
    return done_testing();
}
