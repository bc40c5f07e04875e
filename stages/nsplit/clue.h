/* Clues: the numbers that say whether a page starts at a place.
 *
 * Few and cheap ones tell most places from starts (gate); the others are asked for only
 * where those leave it open. What a place is like, what stands before and behind it, and
 * how it stands to the page so far: its title, the lines it began with and those before
 * it. Lines up to CLUE_AHEAD behind the place count, as far as they are there. */
#ifndef NSPLIT_CLUE_H
#define NSPLIT_CLUE_H

#include "stages/nsplit/trace.h"

enum {
    CLUE_AHEAD = 200,
    CLUE_BEHIND = 60,
    GATE_CLUES = 48, /* room for them */
    CLUES = 192,
    HEAD_LINES = 16,
    FOOT_LINES = 8
};

/* What is remembered of the page so far. */
struct page_head {
    uint32_t first; /* number of its first line that is not blank */
    struct trace title;
    uint32_t after[HEAD_LINES];  /* hashes of the lines behind the first */
    uint32_t before[FOOT_LINES]; /* and of those before it, the nearest first */
};

void page_head_set(struct page_head *head, const struct traces *traces, uint32_t first);

/* A place: byte k of line n. */
struct place {
    const struct traces *traces;
    const struct page_head *page;
    uint32_t n;
    bool inside;        /* k > 0 */
    struct trace at;    /* of the line from k on */
    struct trace part;  /* of the line before k, where inside */
    uint32_t last_part; /* number of the last line wholly before the place */
};

/* The place at the beginning of line n, and inside it. */
void place_at(struct place *place, const struct traces *traces,
              const struct page_head *page, uint32_t n);
void place_inside(struct place *place, const struct traces *traces,
                  const struct page_head *page, uint32_t n, struct str line, size_t k,
                  const struct lexicon *lexicon);

/* Both return how many clues there are. */
int clues_gate(const struct place *place, int16_t clue[GATE_CLUES]);
int clues_all(const struct place *place, int16_t clue[CLUES]);

#endif
