/* The days of a digest as a row of bars: by day, month or year, whichever is few enough.
 */
#ifndef NEWSPIPE_TIMELINE_H
#define NEWSPIPE_TIMELINE_H

#include "stages/nsummarize/counts.h"

enum { BARS = 64 }; /* at most */

struct timeline {
    enum { BY_DAY, BY_MONTH, BY_YEAR } step;
    struct bar {
        int year, month, day; /* 0: of the whole month, year */
        unsigned long long count;
    } bars[BARS];
    size_t count;
    unsigned long long most;           /* the count of the highest bar */
    unsigned long long before, behind; /* records on days outside of it */
    unsigned long long undated;        /* records whose date is not known well enough */
};

/* Days that are far from nearly all others (one in fifty records at most) lie before or
 * behind; no bars if no day is known. records: all there are. */
void timeline_read(struct timeline *t, const struct counts *days,
                   unsigned long long records);

#endif
