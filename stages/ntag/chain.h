/* Which tokens are names: a linear chain over the tokens of each stretch, with weights
 * learned by scripts/ntag-names-train.c (a conditional random field: Lafferty, McCallum,
 * Pereira 2001), decoded with the Viterbi algorithm. English only. */
#ifndef NEWSPIPE_NTAG_CHAIN_H
#define NEWSPIPE_NTAG_CHAIN_H

#include "stages/ntag/stretch.h"

struct chain {
    uint8_t *labels; /* of every token, enum label; what does not change is LABEL_O */
    size_t labels_cap;
    struct evidence evidence;
    struct lexeme *lexemes; /* a cache of words and their sums of weights */
    struct weights *weights;
    uint16_t *at, *in;
    float (*scores)[LABELS];
    float (*moves)[LABELS + 1][LABELS]; /* what is added to the steps to each token */
    float (*best)[LABELS];
    uint8_t (*back)[LABELS];
    size_t room; /* of the arrays above, in tokens */
};

/* Labels the tokens of a text. */
void chain_label(struct chain *chain, const struct tokens *tokens);
void chain_free(struct chain *chain);

/* What follows is for the trainer as well. */

/* Sees to room for a stretch of n tokens. */
void chain_room(struct chain *chain, size_t n);

/* The look around token i, edges of paragraphs included: the token that stands d away, or
 * NULL. */
const struct token *chain_neighbour(const struct tokens *tokens, size_t i, int d);

/* The gazetteer's bits around token k of a stretch of n, out of chain->at and in. */
void chain_gazetteer(const struct chain *chain, size_t k, size_t n, struct place *place);

/* The best labels of n tokens with chain->scores and chain->moves, which have a row for
 * each label before, and in row LABELS that of a stretch's beginning. */
void chain_decode(struct chain *chain, size_t n, uint8_t *labels);

/* True if label b may follow label a, LABELS at the beginning of a stretch. */
bool chain_may_follow(int a, int b);

/* Weights as the model's file has them: a level between -CHAIN_LEVELS and CHAIN_LEVELS
 * stands for a weight of up to CHAIN_WEIGHT, finer near 0. */
enum { CHAIN_LEVELS = 44, CHAIN_WEIGHT = 127 };
int chain_weight(int level);

#endif
