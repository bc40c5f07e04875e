/* Sentences of a text. A line end always ends one. */
#ifndef NEWSPIPE_SENTENCE_H
#define NEWSPIPE_SENTENCE_H

#include "common/str.h"

#include <stdbool.h>

/* Takes the next sentence off *rest: without white space around it, closing quotes and
 * brackets included. False when there is none left. Abbreviations (common/abbrev.txt),
 * initials (J. K. Rowling), decimals, ordinals (3. März), ellipses, and a full stop
 * inside a quotation that goes on ("Stop." he said) end none. Linear in the text. */
bool sentence_next(struct str *rest, struct str *sentence);

#endif
