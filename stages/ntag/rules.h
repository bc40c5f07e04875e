/* Names by cues alone, for texts that are not English: places of the lists; people and
 * organisations that a word of the lists stands by. */
#ifndef NEWSPIPE_NTAG_RULES_H
#define NEWSPIPE_NTAG_RULES_H

#include "stages/ntag/names.h"

/* Adds the mentions of the text. */
void rules_find(struct names *names, const struct tokens *tokens);

/* What the noun before token first says it is: "the town of X", "the company X". */
enum name_type rules_noun(const struct tokens *t, size_t first);

#endif
