/* Keys of a model's rows: a hash table with open addressing, twice as large as need be.
 */
#ifndef NEWSPIPE_NTAG_KEYS_H
#define NEWSPIPE_NTAG_KEYS_H

#include <stddef.h>
#include <stdint.h>

struct key {
    uint64_t key; /* 0: empty */
    uint32_t row;
    uint32_t mark; /* the caller's, 0 at first */
};

struct keys {
    struct key *slots;
    int shift; /* 64 less the binary logarithm of the number of slots */
};

/* Makes room for so many keys; the caller frees slots. */
void keys_make(struct keys *keys, size_t most);

static inline size_t keys_count(const struct keys *keys)
{
    return (size_t)1 << (64 - keys->shift);
}

/* Where a key's slot is looked for first. */
static inline size_t keys_home(const struct keys *keys, uint64_t key)
{
    return (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> keys->shift);
}

/* Asks for the memory of a key that will be looked up soon. */
static inline void keys_fetch(const struct keys *keys, uint64_t key)
{
    __builtin_prefetch(&keys->slots[keys_home(keys, key)]);
}

/* The slot of a key, or the empty one where it would stand. Not 0. */
static inline struct key *keys_slot(const struct keys *keys, uint64_t key)
{
    size_t mask = keys_count(keys) - 1, i = keys_home(keys, key);

    while (keys->slots[i].key != key && keys->slots[i].key)
        i = (i + 1) & mask;
    return &keys->slots[i];
}

#endif
