/* The learned part of the line labeller: boosted trees over a line's features.
 *
 * stages/nstrip/lines.model is made by scripts/nstrip-train.c (`make model-nstrip`). It
 * holds the trees in preorder, a node a line: `feature value` (left if the feature is at
 * most that) or `= score`. */
#ifndef NSTRIP_MODEL_H
#define NSTRIP_MODEL_H

#include "stages/nstrip/features.h"

#include <stdbool.h>

enum { MODEL_SCALE = 1024 };

/* The log odds that the line with these features belongs to the story, times MODEL_SCALE.
 * A line that is clear after some of the trees is not shown to the others. */
int32_t model_score(const int16_t row[FEATURES]);

/* Says for each line of the page whether it belongs to the story. */
void model_label(struct features *features, const struct page *page, bool *keep);

/* Frees the model, which the first call built. */
void model_free(void);

#endif
