/* Datelines: where, when and by which agency a report was filed, at the beginning of its
 * first paragraph. "TOKYO, June 1. /TASS/. ", "MOSCOW (Sputnik) — ", "(Reuters) - ". */
#ifndef NEWSPIPE_DATELINE_H
#define NEWSPIPE_DATELINE_H

#include "common/date.h"
#include "common/str.h"

#include <stdbool.h>

enum { DATELINE_AGENCIES = 4 };

struct dateline {
    size_t length;    /* bytes of the paragraph it takes, blanks behind it included */
    struct str text;  /* the dateline itself, "MOSCOW (Sputnik) —" */
    struct str place; /* "MOSCOW", "GROSSETO, Italy"; len 0 if none */
    struct str agency[DATELINE_AGENCIES]; /* as written: "Sputnik", "TASS" */
    int agencies;
    bool dated;       /* date is set */
    struct date date; /* usually month and day */
};

/* Recognises a dateline at the beginning of a paragraph; false if there is none. */
bool dateline_parse(struct str paragraph, struct dateline *dateline);

/* The one name under which an agency goes (common/agencies.txt: "AP", "Associated Press"
 * → "AP"); len 0 if it is no agency we know. The result lives for ever. */
struct str agency_name(struct str written);

#endif
