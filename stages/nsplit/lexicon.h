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

enum { LEXICON_SLOT_BITS = 11, LEXICON_SLOTS = 1 << LEXICON_SLOT_BITS };
enum { LEXICON_FILTER_BITS = 15 };

struct lexicon {
    /* most keys are told from all that are here by a bit */
    unsigned char filter[(1 << LEXICON_FILTER_BITS) / 8];
    struct weight slot[LEXICON_SLOTS];
};

struct lexicon *lexicon_parse(struct str text);
void lexicon_free(struct lexicon *lexicon);

/* False for most keys that are not here. */
static inline bool lexicon_may_have(const struct lexicon *lexicon, uint32_t key)
{
    uint32_t bit = key * 2654435761u >> (32 - LEXICON_FILTER_BITS);
    return lexicon->filter[bit / 8] >> bit % 8 & 1;
}

/* The weight of a key, or NULL. */
const struct weight *lexicon_find(const struct lexicon *lexicon, uint32_t key);

#endif
