#include "stages/nsplit/id.h"

enum { WORD = 8, SHIFT = 47 };
#define MULTIPLIER UINT64_C(0xc6a4a7935bd1e995)

/* Written out, the eight bytes of a whole word are one load. */
static uint64_t whole_word(const unsigned char *p)
{
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 |
           (uint64_t)p[3] << 24 | (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 |
           (uint64_t)p[6] << 48 | (uint64_t)p[7] << 56;
}

static uint64_t part_word(const unsigned char *p, size_t bytes)
{
    uint64_t word = 0;
    while (bytes-- > 0)
        word = word << 8 | p[bytes];
    return word;
}

uint64_t id_of(struct str text)
{
    const unsigned char *p = (const unsigned char *)text.s;
    size_t left = text.len;
    uint64_t h = left * MULTIPLIER;

    for (; left >= WORD; p += WORD, left -= WORD) {
        uint64_t k = whole_word(p) * MULTIPLIER;
        h = (h ^ (k ^ k >> SHIFT) * MULTIPLIER) * MULTIPLIER;
    }
    if (left)
        h = (h ^ part_word(p, left)) * MULTIPLIER;
    h = (h ^ h >> SHIFT) * MULTIPLIER;
    return h ^ h >> SHIFT;
}
