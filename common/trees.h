/* Boosted decision trees over integer features: the learned models of the stages.
 *
 * A model's text holds its trees one after another in preorder, a node a line: `feature
 * value` (the left child, which follows, if the feature is at most that, else the right
 * one) or `= score`. A line `< score` between trees stops where the sum so far is below
 * that: the rest is not asked. Lines that begin with "#" are comments. scripts/boost.h
 * makes the trees. */
#ifndef NEWSPIPE_TREES_H
#define NEWSPIPE_TREES_H

#include "common/str.h"

#include <stdint.h>

/* Scores are log odds times this. */
enum { TREES_SCALE = 1024 };

struct trees;

/* Parses a model; dies if it is cut short, with its name. The caller frees. */
struct trees *trees_parse(struct str text, const char *name);
void trees_free(struct trees *trees);

/* The log odds for these features, times TREES_SCALE; TREES_STOPPED if a stop was met. */
#define TREES_STOPPED INT32_MIN
int32_t trees_score(const struct trees *trees, const int16_t *feature);

#endif
