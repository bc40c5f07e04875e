/* The phrases of common/cues.txt as a table, which scripts/cues.c makes of them when the
 * programs are built: hashed with linear probing. */
#ifndef NEWSPIPE_CUE_TABLE_H
#define NEWSPIPE_CUE_TABLE_H

#include "common/phrase.h"

enum form { FORM_WHOLE, FORM_BEGINS, FORM_ENDS };

/* Most lines are told from all phrases by their first words or their last: a bit for each
 * of the hashes that are joined on the way to a phrase's own. */
enum filter { FIRST, LAST, FILTERS };

enum { CUE_SLOTS = 1 << 14, CUE_KIND_BITS = 5, FILTER_BITS = 17 };

struct cue_table {
    /* the upper bits of a phrase's hash and, in the low ones, its enum cue; 0: empty */
    uint64_t slot[CUE_SLOTS];
    unsigned char filter[FILTERS][(1 << FILTER_BITS) / 8];
};

extern const struct cue_table cue_table;

/* The slot of a phrase, or the empty one where it would stand. The hash of one at the end
 * of lines is joined from its last word on. */
static inline size_t cue_slot(const struct cue_table *table, enum form form,
                              uint64_t *hash)
{
    *hash = phrase_join(*hash, (uint64_t)form);
    size_t i = (size_t)(*hash >> 48) % CUE_SLOTS;
    while (table->slot[i] && (table->slot[i] ^ *hash) >> CUE_KIND_BITS)
        i = (i + 1) % CUE_SLOTS;
    return i;
}

/* The bit of a hash in a filter: in a byte, and which. */
static inline size_t filter_byte(uint64_t hash, unsigned *bit)
{
    size_t n = (size_t)(hash >> (64 - FILTER_BITS));
    *bit = n % 8;
    return n / 8;
}

#endif
