/* Finds which of many sketches are of the same story: one pass in the order they are
 * given, each joins the group whose centroid is most like it (cosine of tf-idf weights),
 * or begins one (the method of topic detection, Allan, Papka, Lavrenko 1998; Yang,
 * Pierce, Carbonell 1998). */
#ifndef NEWSPIPE_CLUSTER_H
#define NEWSPIPE_CLUSTER_H

#include "stages/nsummarize/sketch.h"

#include <limits.h>
#include <stddef.h>

/* The day of a point whose date is not known. */
#define NO_DAY LONG_MIN

struct point {
    const struct weighted *terms; /* rising */
    size_t term_count;
    long day;       /* of which it tells, counted from anywhere; or NO_DAY */
    double size;    /* how many records it stands for */
    uint32_t group; /* set: numbered from 0 in the order of their first points */
    double central; /* set: how like its group's centroid it is, 0..1 */
};

/* Sets group and central of n points and returns how many groups there are. Time and
 * memory are linear in n. */
size_t cluster(struct point *points, size_t n);

#endif
