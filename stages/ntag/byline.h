/* Bylines: who wrote a story, out of the line that says so.
 *
 * "By A B, C D and E F in Cairo"; "Reporting by A B; editing by C D"; "Von A B, Kairo";
 * "By A BStaff Writer | June 5, 2019 | 5 min read". What follows a name (its bearer's
 * role, degree, place or paper, a date) is left out; so are those who edited, reviewed or
 * checked, and what is no person's name. */
#ifndef NEWSPIPE_NTAG_BYLINE_H
#define NEWSPIPE_NTAG_BYLINE_H

#include "common/buf.h"

#include <stddef.h>

enum { BYLINE_AGENCIES = 8 };

struct byline {
    struct buf authors; /* names, in their usual case, a newline behind each */
    struct str agency[BYLINE_AGENCIES]; /* as written, within the line */
    size_t agencies;
};

/* Reads a byline into *byline, which was zeroed or read before; free authors in the end.
 */
void byline_read(struct byline *byline, struct str line);

#endif
