/* Where a story was filed, by which agency and by whom. */
#ifndef NEWSPIPE_NTAG_WHERE_H
#define NEWSPIPE_NTAG_WHERE_H

#include "common/record.h"

/* Sets `located` (in its usual case: "Buenos Aires" for BUENOS AIRES) and `agency` (known
 * ones under their one name, others as written) from `dateline`, or the one that begins
 * text, and `authors` and agencies from `byline`. What is not told stays as it is. */
void where_tag(struct record *rec, struct str text);

/* Adds a name written all in capitals in its usual case, any other as it is. */
void where_usual_case(struct buf *b, struct str name);

#endif
