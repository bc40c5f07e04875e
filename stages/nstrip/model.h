/* The learned part of the line labeller: boosted trees over a page's columns, twice. The
 * second labelling sees besides what the first said of the line and of those around it.
 *
 * A tree asks the same question of all lines on each of its levels (oblivious trees, as
 * in CatBoost: Prokhorenkova et al., 2018), so that a block of lines goes through it
 * together and without a jump; trees that can keep none of a block are not asked.
 * stages/nstrip/lines.model is made by scripts/nstrip-train.c (`make model-nstrip`): a
 * line `seen N` (scripts/nstrip-seen.c: what the code must see for the model to be
 * right), a line `trees N` before each forest, then a tree a line, its questions `column
 * line value` (is the column of the line so many lines further above value?) and its
 * scores.
 */
#ifndef NSTRIP_MODEL_H
#define NSTRIP_MODEL_H

#include "stages/nstrip/features.h"

#include <stdbool.h>

enum { MODEL_SCALE = 1024, MODEL_DEPTH = 6, MODEL_LEAVES = 1 << MODEL_DEPTH };

/* Gives each line of the page the log odds that it belongs to the story, times
 * MODEL_SCALE, moved so that lines above 0 are to be kept; scores has room for one a
 * line. Votes, one a line or NULL, are added. */
void model_score(struct features *features, const struct page *page, int32_t *scores,
                 const int32_t *votes);

/* Frees the model, which the first call built. */
void model_free(void);

#endif
