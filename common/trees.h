/* Boosted decision trees over integer features: the learned models of the stages.
 *
 * A model's text holds its trees one after another in preorder, a node a line: `feature
 * value` (the left child, which follows, if the feature is at most that, else the right
 * one) or `= score`. A line `< score` between trees stops where the sum so far is below
 * that: the rest is not asked. No way through a tree is longer than TREES_DEPTH steps.
 * Lines that begin with "#" are comments. scripts/boost.h makes the trees. */
#ifndef NEWSPIPE_TREES_H
#define NEWSPIPE_TREES_H

#include "common/str.h"

#include <stdint.h>

/* A feature as the trees compare it: unsigned, what is 0 in the middle of the range. */
static inline uint16_t trees_feature(int x)
{
    return (uint16_t)(x + 32768);
}

static inline int trees_value(uint16_t feature)
{
    return (int)feature - 32768;
}

/* Scores are log odds times this. */
enum { TREES_SCALE = 1024 };

enum { TREES_DEPTH = 5 };

struct trees;

/* Parses a model; dies if it is cut short or too deep, with its name. The caller frees.
 */
struct trees *trees_parse(struct str text, const char *name);
void trees_free(struct trees *trees);

/* The log odds for these features, times TREES_SCALE; TREES_STOPPED if a stop was met. */
#define TREES_STOPPED INT32_MIN
int32_t trees_score(const struct trees *trees, const uint16_t *feature);

#endif
