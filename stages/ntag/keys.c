#include "stages/ntag/keys.h"

#include "common/alloc.h"

void keys_make(struct keys *keys, size_t most)
{
    for (keys->shift = 63; (size_t)1 << (64 - keys->shift) < most * 2;)
        keys->shift--;
    keys->slots = xcalloc((size_t)1 << (64 - keys->shift), sizeof *keys->slots);
}
