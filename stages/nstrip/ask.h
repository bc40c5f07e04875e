/* Asking trees about blocks of lines: stages/nstrip/model.h. */
#ifndef NSTRIP_ASK_H
#define NSTRIP_ASK_H

#include "stages/nstrip/features.h"
#include "stages/nstrip/model.h"

#include <stdint.h>

/* Trees are asked in groups, which sum up to 16 bits. */
enum { GROUP = 4, SCORE_MOST = INT16_MAX / GROUP };

struct question {
    uint8_t column, most;
    int8_t shift;
};

/* A line with more than every question asks for comes to leaf 0. */
struct tree {
    struct question level[MODEL_DEPTH];
    int16_t score[MODEL_LEAVES];
    uint8_t low[MODEL_LEAVES], high[MODEL_LEAVES]; /* the bytes of the scores */
};

static inline void tree_set_score(struct tree *tree, int leaf, int16_t score)
{
    tree->score[leaf] = score;
    tree->low[leaf] = (uint8_t)score;
    tree->high[leaf] = (uint8_t)((uint16_t)score >> 8);
}

/* Lines of a page that go through the trees together. Several blocks are asked at once,
 * so that a question is made ready once for them. */
struct block {
    size_t line; /* the first of them */
    int32_t score[FEATURE_BLOCK];
};
enum { BLOCKS = 8 };

/* Adds the scores that a group of trees gives the blocks. */
void ask(const struct tree tree[GROUP], const struct features *features,
         struct block *const block[], size_t count);

/* The same, without what only some processors can. */
void ask_plainly(const struct tree tree[GROUP], const struct features *features,
                 struct block *const block[], size_t count);

#endif
