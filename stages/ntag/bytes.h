/* Words as bytes: letters and digits of ASCII found, and hashed, many at once. */
#ifndef NEWSPIPE_NTAG_BYTES_H
#define NEWSPIPE_NTAG_BYTES_H

#include "common/str.h"

#include <stdint.h>

/* What a run of letters and digits has; of more than one there are two at least. */
struct alnum {
    size_t capitals, smalls;
};

/* The end of the ASCII letters and digits at p, which add to what was seen of a run. */
const char *alnum_end(const char *p, const char *end, struct alnum *seen);

/* Both hashes mixed, so that order counts. */
static inline uint64_t token_mix(uint64_t a, uint64_t b)
{
    a = (a ^ b) * 0x9E3779B97F4A7C15u;
    return a ^ a >> 29;
}

/* For bytes_hash: ASCII letters count as small ones, and digits and the marks inside
 * words as they are. */
#define BYTES_FOLD UINT64_C(0x2020202020202020)

uint64_t bytes_hash_long(struct str s, const char *end, uint64_t fold);

/* Eight bytes as a number, the first the lowest. */
static inline uint64_t bytes_load(const char *s)
{
    uint64_t v;

    memcpy(&v, s, sizeof v);
    return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? __builtin_bswap64(v) : v;
}

/* A hash of bytes, the same on every machine. The bits set in fold are set in eight bytes
 * each before they count; what lies before end, behind s, may be read. */
static inline uint64_t bytes_hash(struct str s, const char *end, uint64_t fold)
{
    if (s.len - 1 >= 8 || end - s.s < 8)
        return bytes_hash_long(s, end, fold);
    return token_mix(s.len, (bytes_load(s.s) | fold) & ~(uint64_t)0 >> (64 - 8 * s.len));
}

#endif
