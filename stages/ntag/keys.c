#include "stages/ntag/keys.h"

#include "common/alloc.h"

void keys_make(struct keys *keys, size_t most)
{
    for (keys->shift = 63; (size_t)1 << (64 - keys->shift) < most * 2;)
        keys->shift--;
    keys->slots = xcalloc((size_t)1 << (64 - keys->shift), sizeof *keys->slots);
}

void keys_put(struct keys *keys, uint64_t key, int32_t row)
{
    uint64_t mixed = keys_mixed(key);
    size_t mask = ((size_t)1 << (64 - keys->shift)) - 1,
           i = (size_t)(mixed >> keys->shift);

    while (keys->slots[i].row)
        i = (i + 1) & mask;
    keys->slots[i] = (struct key){(uint32_t)(mixed >> 8), row + 1};
}
