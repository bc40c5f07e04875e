/* Tags that run together, and the count behind a topic. */
#ifndef NEWSPIPE_NTAG_TAGS_H
#define NEWSPIPE_NTAG_TAGS_H

#include "common/record.h"
#include "stages/ntag/tokens.h"

/* False if no two of `tags` can have been glued: a look that costs little. */
bool tags_may_run(const struct record *rec);

/* Cuts each of `tags` where two were glued ("Vladimir PutinFrance"): at a capital behind
 * a small letter, if what is on both sides stands in title or text as a word or is known
 * as the name of a place or an organisation, and not both in one piece (iPhone, McDonald,
 * YouTube). */
void tags_unglue(struct record *rec, const struct tokens *title,
                 const struct tokens *text);

/* Moves "(136)" from the end of `topic` into `topic_count`. */
void tags_topic(struct record *rec);

#endif
