/* The language of a text: English, or not known. */
#ifndef NEWSPIPE_NTAG_LANGUAGE_H
#define NEWSPIPE_NTAG_LANGUAGE_H

#include "common/record.h"

/* Sets `language` and `language_score` from title and text, by the share of English
 * function words; where they are no English both stay as they are. */
void language_tag(struct record *rec, struct str text);

/* True if the function words of a text are rather those of another language than English.
 */
bool language_foreign(struct str text);

#endif
