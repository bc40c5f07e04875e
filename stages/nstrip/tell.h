/* Telling what became of each line, instead of doing it. */
#ifndef NSTRIP_TELL_H
#define NSTRIP_TELL_H

#include "stages/nstrip/pieces.h"

/* --annotate: sets the member `lines`, one object a piece with label, span in text and,
 * where the labeller was asked, how sure it is. */
void tell_record(const struct pieces *pieces, struct record *rec, struct str text);

/* --explain: writes the page for a person, a piece a line behind its label. */
void tell_person(const struct pieces *pieces, struct record *rec, bool colour);

#endif
