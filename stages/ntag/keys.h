/* Keys of a model's rows: a hash table with open addressing, twice as large as need be. A
 * slot keeps 32 bits of a mixed key beside its place: that another key than those put in
 * is taken for one of them comes once in some thousand million looks.
 */
#ifndef NEWSPIPE_NTAG_KEYS_H
#define NEWSPIPE_NTAG_KEYS_H

#include <stddef.h>
#include <stdint.h>

enum { KEYS_NONE = -1 };

struct key {
    uint32_t check;
    int32_t row; /* + 1; 0: empty */
};

struct keys {
    struct key *slots;
    int shift; /* 64 less the binary logarithm of the number of slots */
};

/* Makes room for so many keys; the caller frees slots. */
void keys_make(struct keys *keys, size_t most);

/* Gives a key that has none its row, 0 and up. */
void keys_put(struct keys *keys, uint64_t key, int32_t row);

static inline uint64_t keys_mixed(uint64_t key)
{
    return key * UINT64_C(0x9E3779B97F4A7C15);
}

/* Asks for the memory of a key that will be looked up soon. */
static inline void keys_fetch(const struct keys *keys, uint64_t key)
{
    __builtin_prefetch(&keys->slots[keys_mixed(key) >> keys->shift]);
}

/* The row of a key, KEYS_NONE where it has none. */
static inline int32_t keys_row(const struct keys *keys, uint64_t key)
{
    uint64_t mixed = keys_mixed(key);
    size_t mask = ((size_t)1 << (64 - keys->shift)) - 1,
           i = (size_t)(mixed >> keys->shift);
    uint32_t check = (uint32_t)(mixed >> 8);

    while (keys->slots[i].row && keys->slots[i].check != check)
        i = (i + 1) & mask;
    return keys->slots[i].row - 1;
}

#endif
