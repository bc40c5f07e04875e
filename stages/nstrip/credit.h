/* What closes a caption, and what opens a story: credits and names inside a line. */
#ifndef NSTRIP_CREDIT_H
#define NSTRIP_CREDIT_H

#include "common/str.h"

#include <stdbool.h>

/* A credit at a line's end: "… (Photo: Ann Lee)", "… [AFP]", "… Image: Ann Lee". */
struct credit {
    size_t at;       /* where the caption before it ends */
    size_t from, to; /* the credit itself, without bracket and label */
};

/* False where the line has none, or is nothing but a credit. */
bool credit_find(struct str line, struct credit *credit);

/* A byline that says when, too: "By Ann Lee | May 3, 2021", "Ann Lee - 3 May 2021",
 * "May 3, 2021 | By Ann Lee". */
struct signature {
    size_t by, name; /* where the byline begins and ends */
    size_t from, to; /* the date */
};

/* False where there is no date beside a byline or a name. */
bool signature_find(struct str line, struct signature *signature);

/* True for two to four words that begin with capitals, as a person's name has. */
bool name_alone(struct str line);

#endif
