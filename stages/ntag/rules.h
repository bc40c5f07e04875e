/* Names by cues alone, for texts that are not English: places of the lists; people and
 * organisations that a word of the lists stands by. */
#ifndef NEWSPIPE_NTAG_RULES_H
#define NEWSPIPE_NTAG_RULES_H

#include "stages/ntag/names.h"

/* Adds the mentions of the text. */
void rules_find(struct names *names, const struct tokens *tokens);

/* What the words around tokens [first, last) say of a name there: "the town of X", "the
 * company X", "singer X Y", "X Y, 42,". */
enum name_type rules_cue(const struct tokens *t, size_t first, size_t last);

/* True if a token is a first name of the lists, and no other word. */
bool rules_first_name(const struct token *token);

#endif
