/* Where the names stand that another stage found: the spans of people, organisations and
 * places in a record. */
#ifndef NEWSPIPE_MENTIONS_H
#define NEWSPIPE_MENTIONS_H

#include "common/record.h"

struct mention {
    size_t start, end; /* bytes in the text, half-open */
};

struct mentions {
    struct mention *list; /* in text order, none inside or across another */
    size_t count, cap;
};

/* Reads the record's names; what does not lie in the text is passed over. The array is
 * reused; zero-initialise it once. */
void mentions_read(struct mentions *mentions, const struct record *rec, struct str text);
void mentions_free(struct mentions *mentions);

#endif
