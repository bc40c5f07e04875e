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
    struct cache *cache; /* words and their sums of weights */
    struct weights *weights;
    uint16_t *at, *in; /* of the tokens of a stretch: what the gazetteer says */
    struct seen **seen;
    struct state *states;
    size_t room; /* of the four arrays above, in tokens */
};

/* Labels the tokens of a text. */
void chain_label(struct chain *chain, const struct tokens *tokens);
void chain_free(struct chain *chain);

/* What follows is for the trainer as well. */

/* Makes room for the tokens of a stretch; and fills chain->in and seen, when at has the
 * gazetteer's bits of each of them. */
void chain_room(struct chain *chain, struct stretch stretch);
void chain_begin(struct chain *chain, const struct tokens *tokens,
                 struct stretch stretch);

/* The place of token k of a stretch. */
void chain_place(const struct chain *chain, const struct tokens *tokens,
                 struct stretch stretch, size_t k, struct place *place);

/* The token that stands d away from token i in its line, or NULL. */
const struct token *chain_neighbour(const struct tokens *tokens, size_t i, int d);

/* Takes the labels of a stretch as evidence for what follows. */
void chain_remember(struct chain *chain, const struct tokens *tokens,
                    struct stretch stretch, const uint8_t *labels);

/* True if label b may follow label a, LABELS at the beginning of a stretch. */
bool chain_may_follow(int a, int b);

/* Weights as the model's file has them: a level between -CHAIN_LEVELS and CHAIN_LEVELS
 * stands for a weight of up to CHAIN_WEIGHT, finer near 0. */
enum { CHAIN_LEVELS = 44, CHAIN_WEIGHT = 127 };
int chain_weight(int level);

#endif
