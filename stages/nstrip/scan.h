/* One look at a line: its words and marks counted, and remembered as tokens. */
#ifndef NSTRIP_SCAN_H
#define NSTRIP_SCAN_H

#include "common/str.h"

#include <stdint.h>

enum { SCAN_LOOK = 400 }; /* bytes of a line that are looked at, and its tokens at most */

/* A token is the hash of a word without its case, of a mark, or of a number, one like any
 * other. Its lowest bits say what it is: a word of letters, and one of weight, which is
 * of five bytes or more and no function word. */
enum { TOKEN_WORD = 1, TOKEN_WEIGHT = 2, TOKEN_BITS = 3 };

/* Words are as in common/words.h, but that a script's marks count as letters. */
struct scan {
    uint32_t saying; /* a hash of the tokens */
    uint16_t bytes;  /* that were looked at */
    uint16_t words;
    uint16_t unspaced;      /* of them one character each, of scripts without blanks */
    uint16_t capitals;      /* words that begin with a capital */
    uint16_t long_words;    /* of more than three bytes … */
    uint16_t long_capitals; /* … that begin with a capital */
    uint16_t stop;          /* function words */
    uint16_t ago;           /* ago */
    uint16_t tokens;
    uint16_t weights;                      /* tokens that are words of weight */
    uint16_t letters, upper, digits, high; /* bytes; letters: of words, high: not ASCII */
    uint16_t commas, colons;
    uint16_t marks; /* brackets, slashes, bars, dashes: what a dateline has */
};

/* Looks at the line's first SCAN_LOOK bytes. Its tokens are put into token, and those
 * that are words of weight into weight, too. Behind the line there are so many bytes more
 * that may be read. */
void scan_line(struct scan *scan, struct str line, size_t more, uint32_t token[SCAN_LOOK],
               uint32_t weight[SCAN_LOOK]);

#endif
