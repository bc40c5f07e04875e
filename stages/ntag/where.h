/* Where a story was filed, by which agency and by whom. */
#ifndef NEWSPIPE_NTAG_WHERE_H
#define NEWSPIPE_NTAG_WHERE_H

#include "common/dateline.h"
#include "common/record.h"

/* The dateline of a record: its member, or the one that begins text. Zero at first; what
 * it points into is reused from record to record. */
struct filed {
    bool told; /* there is one */
    struct dateline dateline;
    struct buf text;
};

void filed_read(struct filed *filed, struct record *rec, struct str text);

/* Sets `located` (in its usual case: "Buenos Aires" for BUENOS AIRES) and `agency` (known
 * ones under their one name, others as written) from the dateline, and `authors` and
 * agencies from `byline`. What is not told stays as it is. */
void where_tag(struct record *rec, const struct filed *filed);

/* Adds a name written all in capitals in its usual case, any other as it is. */
void where_usual_case(struct buf *b, struct str name);

#endif
