/* Tags that run together, and the count behind a topic. */
#ifndef NEWSPIPE_NTAG_TAGS_H
#define NEWSPIPE_NTAG_TAGS_H

#include "common/record.h"

/* Cuts each of `tags` where two were glued ("Vladimir PutinFrance"): at a capital behind
 * a small letter, if the words around it are in title or text on their own and not in one
 * piece, or no known word is written so (iPhone, McDonald, YouTube). */
void tags_unglue(struct record *rec, struct str text);

/* Moves "(136)" from the end of `topic` into `topic_count`. */
void tags_topic(struct record *rec);

#endif
