/* Keys have the rows they were given, others none, also where places collide. */
#include "stages/ntag/keys.h"
#include "tests/unit/tap.h"

#include <stdlib.h>

enum { COUNT = 5000 };

static uint64_t nth(int i)
{
    return (uint64_t)i * i * UINT64_C(0x10001) + 1;
}

int main(void)
{
    struct keys keys;
    int right = 0, none = 0;

    keys_make(&keys, COUNT);
    is_int(keys_row(&keys, nth(0)), KEYS_NONE, "none yet");
    for (int i = 0; i < COUNT; i++)
        keys_put(&keys, nth(i), i);
    for (int i = 0; i < COUNT; i++) {
        right += keys_row(&keys, nth(i)) == i;
        none += keys_row(&keys, nth(COUNT + i)) == KEYS_NONE;
    }
    is_int(right, COUNT, "each its row");
    is_int(none, COUNT, "no row for others");
    free(keys.slots);
    return done_testing();
}
