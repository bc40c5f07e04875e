/* Clues: the numbers that say whether a page starts at a place.
 *
 * What the line there is like; what stands before and behind it; and how it stands to the
 * page so far, its title, the lines it began with and those before it. Lines up to
 * CLUE_AHEAD behind the place count, as far as they are there. What costs more is only
 * asked for where what costs less leaves it open. */
#ifndef NSPLIT_CLUE_H
#define NSPLIT_CLUE_H

#include "common/trees.h"
#include "stages/nsplit/trace.h"

enum {
    CLUE_AHEAD = 200,
    CLUE_BEHIND = 60,
    CLUES = 256, /* room for them */
    HEAD_LINES = 16,
    FOOT_LINES = 8
};

/* What is remembered of the page so far. */
struct page_head {
    uint32_t first; /* number of its first line that is not blank */
    struct trace title;
    uint32_t after[HEAD_LINES];       /* hashes of the lines behind the first */
    uint32_t before[FOOT_LINES];      /* and of those before it, the nearest first */
    uint64_t after_bits, before_bits; /* a bit for each: most hashes are told from all */
};

void page_head_set(struct page_head *head, const struct traces *traces, uint32_t first);

/* A place, at the beginning of line n or inside it, and its clues so far. */
struct place {
    const struct traces *traces;
    const struct page_head *page;
    uint32_t n;
    int there; /* lines behind it that are there, as far as that matters */
    bool inside;
    const struct trace *at; /* of the line from the place on */
    struct str first;       /* the line up to it, where inside, */
    struct trace part;      /* and its trace: before clues_near() only the cheap of it */
    struct trace rest;
    int clues;
    uint16_t clue[CLUES]; /* as trees.h wants them */
};

/* The place at the beginning of line n, and that at byte k of it. */
void place_at(struct place *place, const struct traces *traces,
              const struct page_head *page, uint32_t n);
void place_inside(struct place *place, const struct traces *traces,
                  const struct page_head *page, uint32_t n, struct str line, size_t k);

/* These add clues, each behind those of the ones before it: the line's own and what
 * stands around it at a glance; what stands near it; and all others. */
void clues_gate(struct place *place);
void clues_near(struct place *place);
void clues_far(struct place *place);

/* Adds one. */
static inline void clue_add(struct place *place, int clue)
{
    place->clue[place->clues++] = trees_feature(clue);
}

#endif
