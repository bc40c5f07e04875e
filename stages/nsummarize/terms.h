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

/* Up to eight bytes of a word as a number: with its length they are the word, if it is
 * not longer. */
static inline uint64_t terms_head(const char *s, size_t len)
{
    uint64_t head = 0;
    uint32_t low, high;

    if (len >= 8) {
        memcpy(&head, s, 8);
        return head;
    }
    if (len >= 4) { /* two halves that may overlap */
        memcpy(&low, s, 4);
        memcpy(&high, s + len - 4, 4);
        return low | (uint64_t)high << 32;
    }
    if (len == 0)
        return 0;
    return (unsigned char)s[0] | (uint32_t)(unsigned char)s[len / 2] << 8 |
           (uint32_t)(unsigned char)s[len - 1] << 16;
}

/* The hash of a word, the same for all sets. Multiply and fold, eight bytes at a time. */
static inline uint32_t terms_hash(struct str word)
{
    uint64_t h = word.len * UINT64_C(0x9E3779B97F4A7C15);

    for (size_t at = 0;; at += 8) {
        h = (h ^ terms_head(word.s + at, word.len - at)) * UINT64_C(0xFF51AFD7ED558CCD);
        h ^= h >> 32;
        if (word.len - at <= 8)
            return (uint32_t)h;
    }
}

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
