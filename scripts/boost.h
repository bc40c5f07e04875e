/* Gradient-boosted trees on logistic loss (Friedman, Greedy function approximation,
 * 2001), grown leaf by leaf over histograms with Newton steps as in LightGBM (Ke et al.,
 * 2017). One thread, no randomness but of its own making: the same rows give the same
 * model. */
#ifndef NEWSPIPE_BOOST_H
#define NEWSPIPE_BOOST_H

#include "common/buf.h"

#include <stdint.h>

struct boost {
    int trees, leaves, depth; /* steps from a tree's root, at most */
    size_t least;             /* rows of a leaf */
    double rate, ridge;
    int newton; /* steps to a leaf's value: more tell rare labels apart in few trees */
    unsigned share; /* hundredths of the features that each tree may ask, drawn anew */
};

struct rows {
    uint16_t *x; /* width of them a row, as trees.h wants them */
    unsigned char *label;
    float *weight;
    size_t count, width;
};

/* Learns from the rows; writes the trees into model, as common/trees.h reads them. */
void boost(const struct rows *rows, const struct boost *how, struct buf *model);

#endif
