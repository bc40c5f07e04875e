/* Wording: what a line's words and marks, and which of them stand side by side, say of
 * it. A linear model over tokens and pairs of tokens, learned by logistic regression.
 *
 * What a model has never seen says nothing: each of its slots knows its token or pair by
 * a print of its hash. stages/nstrip/wording.model, made by scripts/nstrip-train.c, has a
 * line `bias N` and then the slots in order, two characters each: print and weight. */
#ifndef NSTRIP_WORDING_H
#define NSTRIP_WORDING_H

#include "stages/nstrip/scan.h"

enum {
    WORDING_SLOTS = 1 << 17,
    WORDING_PRINTS = 1 << 6,
    WORDING_MOST = 46, /* of a weight, either side of 0 */
    WORDING_SCALE = 8, /* of weights and bias: log odds times this */
    WORDING_GRAMS = 2 * SCAN_LOOK + 1
};

/* A gram is a token or a pair of them, the line's edges included: its lowest bit says
 * whether it has a word of letters, the others give its slot and print. */
size_t wording_grams(const uint32_t *token, size_t tokens, uint32_t gram[WORDING_GRAMS]);

static inline size_t wording_slot(uint32_t gram)
{
    return gram >> 15;
}

static inline unsigned wording_print(uint32_t gram)
{
    return gram >> 8 & (WORDING_PRINTS - 1);
}

/* 16 times the log odds that a line of these tokens, not none, belongs to the story: the
 * weights' sum over the root of the number of grams, and the bias. */
int wording_score(const uint32_t *token, size_t tokens);

#endif
