/* Words numbered from 0 in the order they were first seen. Zero-initialise, terms_free().
 */
#ifndef NEWSPIPE_TERMS_H
#define NEWSPIPE_TERMS_H

#include "common/buf.h"

#include <stdint.h>

struct term {
    size_t start, len; /* of its bytes in the store */
    uint32_t hash;
    uint32_t count; /* the caller's: 0 when the term is new */
};

struct terms {
    struct term *list;
    size_t count, cap;
    struct buf store;
    struct term_slot {
        uint32_t hash, number; /* term number + 1, 0: free */
    } * slots;
    size_t slot_count;
};

/* The hash of a word, the same for all sets: for who looks into several. */
uint32_t terms_hash(struct str word);

/* The number of the word, which is added if it is not there. */
uint32_t terms_add(struct terms *t, struct str word);
uint32_t terms_add_hashed(struct terms *t, struct str word, uint32_t hash);

/* The same without adding: -1 if it is not there. */
long terms_find(const struct terms *t, struct str word, uint32_t hash);

/* The word of a number, valid until the next terms_add(). */
struct str terms_word(const struct terms *t, uint32_t number);

/* Forgets all terms; what a large text took goes back, what an usual one took stays. */
void terms_clear(struct terms *t);
void terms_free(struct terms *t);

#endif
