/* Features: what the line labeller sees of a line, as small whole numbers.
 *
 * The same code serves training (scripts/nstrip-features.c) and use. A row is what the
 * line is by itself, what its neighbours are, and where it stands among the page's prose.
 * Shares are in percent; a neighbour beyond the page's ends is -1. */
#ifndef NSTRIP_FEATURES_H
#define NSTRIP_FEATURES_H

#include "stages/nstrip/page.h"

#include <stdint.h>

enum {
    LINE_FEATURES = 26,  /* of a line by itself */
    NEAR_FEATURES = 6,   /* of each neighbour */
    NEAR = 4,            /* neighbours on either side */
    WINDOWS = 4,         /* stretches around the line, of growing size */
    PLACE_FEATURES = 34, /* of its place in the page */
    FEATURES = LINE_FEATURES + 2 * NEAR * NEAR_FEATURES + PLACE_FEATURES
};

struct features {
    int16_t (*line)[LINE_FEATURES];
    uint32_t *mass;         /* words of prose before line i; count + 1 of them */
    uint32_t *prose, *cues; /* lines of prose, of furniture's cues, likewise */
    size_t cap, count;
    size_t *before, *after; /* the nearest line of prose on either side */
    size_t *echo;           /* the last line up to here that says the title again */
    size_t *echoes;
    size_t *foot, *talk; /* the last copyright and comment cue up to here, or NO_LINE */
    size_t peak;         /* the middle of the densest prose */
    uint32_t peak_mass;
    uint64_t *hash; /* of each line, and a table of them */
    uint32_t *table;
    size_t slots;
};

/* Reads a page. The struct is reused: zero-initialise it once, features_free() it. Linear
 * in the page's size. */
void features_read(struct features *features, const struct page *page);

/* The row of line i. */
void features_row(const struct features *features, size_t i, int16_t row[FEATURES]);

void features_free(struct features *features);

#endif
