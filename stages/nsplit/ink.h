/* The bytes of a line by kind, a bit for each.
 *
 * Letters are those of ASCII, digits, and all bytes beyond ASCII but those of marks:
 * U+0080 to U+00BF, U+2000 to U+206F, U+3000 to U+303F. */
#ifndef NSPLIT_INK_H
#define NSPLIT_INK_H

#include "common/str.h"

#include <stdint.h>

enum { INK_MOST = 200, INK_BLOCKS = 4, INK_BLOCK = 64 };

/* Bit i of block b is byte 64 b + i of the line; only its own blocks are set. */
typedef uint64_t ink_bits[INK_BLOCKS];

struct ink {
    char text[INK_BLOCKS * INK_BLOCK]; /* the line, 16 NULs behind it */
    size_t len, blocks;
    ink_bits letter, capital, digit;
    ink_bits joint; /* where something new may begin, see trace_joint() */
};

/* Of a line of at most INK_MOST bytes. */
void ink_read(struct ink *ink, struct str line);

static inline unsigned ink_count(uint64_t x)
{
    x -= x >> 1 & 0x5555555555555555u;
    x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
    x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    return (unsigned)(x * 0x0101010101010101u >> 56);
}

/* Takes the lowest bit, of which there is one, out of *x; returns its number. */
static inline unsigned ink_take(uint64_t *x)
{
    unsigned n = (unsigned)__builtin_ctzll(*x);
    *x &= *x - 1;
    return n;
}

#endif
