/* Signatures: who wrote a story, in a line that may say when, too. */
#ifndef NSTRIP_SIGNATURE_H
#define NSTRIP_SIGNATURE_H

#include "common/str.h"

#include <stdbool.h>
#include <stddef.h>

/* A byline that says when, too: "By Ann Lee | May 3, 2021", "Ann Lee - 3 May 2021",
 * "May 3, 2021 | By Ann Lee", "May 3, 2021 · Ann Lee". */
struct signature {
    size_t by, name; /* where the byline begins and ends */
    size_t from, to; /* the date */
};

/* False where there is no date beside a byline or a name. */
bool signature_find(struct str line, struct signature *signature);

/* True for two to five words that begin with capitals, as a person's name has. */
bool name_alone(struct str line);

/* The same for one such name or several, the last perhaps a place or an office: "Ann Lee
 * and Tom Arden", "Ann Lee, Oldport", "Ann Lee Political editor", "Ann Lee @annlee". */
bool names_alone(struct str line);

/* True for names and how long it takes to read: "Ann Lee · 3 min read". */
bool name_and_reading(struct str line);

/* True for an office: "Political editor", "News reporter @annlee", "Courier Staff". */
bool office_alone(struct str line);

/* True for those of a house who write together: "Courier Staff", "Port News Desk",
 * "Redaktion Oldport". */
bool house_alone(struct str line);

/* True for initials and an agency, as a report ends: "sak/Reuters". */
bool initials_alone(struct str line);

/* True for an agency's name and no more than a mark behind it: "Reuters", "AFP |". */
bool agency_alone(struct str line);

#endif
