#include "stages/nsummarize/timeline.h"

#include "common/alloc.h"
#include "stages/nsummarize/days.h"

#include <stdlib.h>

struct dated {
    long day;
    unsigned long long count;
};

static int by_day(const void *a, const void *b)
{
    const struct dated *x = a, *y = b;
    return (x->day > y->day) - (x->day < y->day);
}

/* The place of a day among bars of that step, counted from the first day's. */
static long place(const struct timeline *t, long first, long day)
{
    int year, month, date, year0, month0, date0;

    if (t->step == BY_DAY)
        return day - first;
    day_split(first, &year0, &month0, &date0);
    day_split(day, &year, &month, &date);
    if (t->step == BY_YEAR)
        return year - year0;
    return (year - year0) * 12L + month - month0;
}

static void name_bars(struct timeline *t, long first)
{
    int year, month, day;

    day_split(first, &year, &month, &day);
    for (size_t i = 0; i < t->count; i++) {
        struct bar *bar = &t->bars[i];
        if (t->step == BY_DAY) {
            day_split(first + (long)i, &bar->year, &bar->month, &bar->day);
        } else if (t->step == BY_MONTH) {
            bar->year = year + (month - 1 + (int)i) / 12;
            bar->month = (month - 1 + (int)i) % 12 + 1;
        } else {
            bar->year = year + (int)i;
        }
    }
}

/* Fills the bars from days[from] to days[to], which is the last. */
static void fill(struct timeline *t, const struct dated *days, size_t from, size_t to)
{
    while (t->step < BY_YEAR && place(t, days[from].day, days[to].day) >= BARS)
        t->step++;
    while (place(t, days[from].day, days[to].day) >= BARS) { /* most records stay */
        if (days[from].count < days[to].count)
            t->before += days[from++].count;
        else
            t->behind += days[to--].count;
    }
    t->count = (size_t)place(t, days[from].day, days[to].day) + 1;
    for (size_t i = from; i <= to; i++) {
        struct bar *bar = &t->bars[place(t, days[from].day, days[i].day)];
        bar->count += days[i].count;
        if (bar->count > t->most)
            t->most = bar->count;
    }
    name_bars(t, days[from].day);
}

void timeline_read(struct timeline *t, const struct counts *days,
                   unsigned long long records)
{
    struct dated *known = xalloc(days->names.count, sizeof *known);
    unsigned long long all = 0, left;
    size_t n = 0, from = 0, to;
    int year, month, day;

    *t = (struct timeline){0};
    for (size_t i = 0; i < days->names.count; i++)
        if (date_split(terms_word(&days->names, (uint32_t)i), &year, &month, &day) == 3) {
            known[n++] =
                (struct dated){day_number(year, month, day), days->list[i].count};
            all += days->list[i].count;
        }
    t->undated = records > all ? records - all : 0;
    if (n > 0) {
        qsort(known, n, sizeof *known, by_day);
        to = n - 1;
        for (left = all / 50; left >= known[from].count; from++) {
            left -= known[from].count;
            t->before += known[from].count;
        }
        for (left = all / 50; left >= known[to].count; to--) {
            left -= known[to].count;
            t->behind += known[to].count;
        }
        fill(t, known, from, to);
    }
    free(known);
}
