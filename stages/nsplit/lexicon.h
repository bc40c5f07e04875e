/* The words of page furniture, and how much they say that a page ends or begins here.
 *
 * stages/nsplit/furniture.model has lines `foot<TAB>head<TAB>phrase`: sixteenths of the
 * binary logarithm of how much oftener sites have it among the last (first) lines of a
 * page than among as many lines elsewhere. A phrase of one word counts wherever it
 * stands, one behind "=" only as a whole line. */
#ifndef NSPLIT_LEXICON_H
#define NSPLIT_LEXICON_H

#include "common/str.h"

#include <stdint.h>

struct weight {
    uint32_t key; /* of trace.h; 0: none */
    int8_t foot, head;
};

struct lexicon;

struct lexicon *lexicon_parse(struct str text);
void lexicon_free(struct lexicon *lexicon);

/* The weight of a key, or NULL. */
const struct weight *lexicon_find(const struct lexicon *lexicon, uint32_t key);

#endif
