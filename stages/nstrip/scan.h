/* One look at a line: its words and marks counted, its words of weight remembered. */
#ifndef NSTRIP_SCAN_H
#define NSTRIP_SCAN_H

#include "common/str.h"

#include <stdint.h>

enum {
    SCAN_LOOK = 400, /* bytes of a line that are looked at */
    SCAN_WORDS = 64  /* words of weight remembered of a line */
};

/* Words are as in common/words.h, but that a script's marks count as letters. */
struct scan {
    uint16_t bytes; /* that were looked at */
    uint16_t words;
    uint16_t capitals;      /* words that begin with a capital */
    uint16_t long_words;    /* of more than three bytes … */
    uint16_t long_capitals; /* … that begin with a capital */
    uint16_t stop;          /* function words */
    uint16_t ago;           /* ago */
    uint16_t weights;       /* words of weight: five bytes and more, no function words */
    uint16_t appeals;       /* of these, words of notices: stages/nstrip/appeal.txt */
    uint16_t letters, upper, digits, high; /* bytes; letters: of words, high: not ASCII */
    uint16_t commas, quotes, colons;
    uint16_t marks; /* brackets, slashes, bars, dashes: what a dateline has */
};

/* Looks at the line's first SCAN_LOOK bytes. The hashes of its words of weight are put
 * into weight. */
void scan_line(struct scan *scan, struct str line, uint32_t weight[SCAN_WORDS]);

#endif
