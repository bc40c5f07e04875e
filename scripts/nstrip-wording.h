/* Learns what nstrip's labeller thinks of words (stages/nstrip/wording.h): logistic
 * regression by stochastic gradient descent with a rate of its own for each weight
 * (AdaGrad: Duchi, Hazan and Singer, 2011). A gram has a weight if pages of enough sites
 * have it; of those that want the same slot the one of most sites gets it. */
#ifndef NSTRIP_TRAIN_WORDING_H
#define NSTRIP_TRAIN_WORDING_H

#include "stages/nstrip/wording.h"

#include <stdbool.h>

/* The lines learned from, a row each; rows of one site stand together. */
struct wordings {
    size_t count, cap;
    struct wording_row {
        size_t first; /* its grams begin there and end where the next row's begin */
        float root;   /* one over the root of how many it had */
        float weight; /* 0: not learned from */
        int site;
        bool keep;
        bool away;    /* left out this time */
        bool strange; /* its words of letters were taken for unknown */
    } * row;
    uint32_t *gram;
    size_t grams, grams_cap;
};

struct wording_model {
    int8_t weight[WORDING_SLOTS];
    uint8_t print[WORDING_SLOTS];
    int bias;
};

/* Adds a row, all zero, for a line of these tokens, and returns it. With strange its
 * words are of a language that nothing is known of. */
struct wording_row *wordings_add(struct wordings *set, const uint32_t *token,
                                 size_t tokens, bool strange);

/* Learns from the rows that are not away. */
void wording_learn(const struct wordings *set, struct wording_model *model);

/* What wording_score() will say of the row's line. */
int wording_of(const struct wording_model *model, const struct wordings *set, size_t row);

void wording_print_model(const struct wording_model *model, const char *path);

void wordings_free(struct wordings *set);

#endif
