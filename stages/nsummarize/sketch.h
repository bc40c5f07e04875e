/* What a record is about, in a few numbers: the terms of weight of its title and of the
 * beginning of its text. Records that tell the same event have sketches alike. */
#ifndef NEWSPIPE_SKETCH_H
#define NEWSPIPE_SKETCH_H

#include "stages/nsummarize/story.h"

enum { SKETCH = 24 };

struct weighted {
    uint32_t term; /* 32 bits of the hash of a folded word's stem, the same everywhere */
    uint32_t weight; /* above 0; only the proportions count */
};

/* Fills sketch with at most SKETCH terms, rising, and returns how many. The story is only
 * worked in; its vocabulary must be set. */
size_t sketch_read(struct weighted sketch[SKETCH], struct story *story, struct str title,
                   struct str text);

/* What of a number fits in a weight. */
uint32_t saturate(unsigned long long n);

/* Adds up the weights of terms that stand several times among n; returns how many terms
 * are left, rising. */
size_t sketch_sum(struct weighted *list, size_t n);

/* Keeps the heaviest most of n terms, rising; returns how many are left. */
size_t sketch_cut(struct weighted *list, size_t n, size_t most);

/* Makes the weights so small that many such sketches can be added up. */
void sketch_scale(struct weighted *list, size_t n);

#endif
