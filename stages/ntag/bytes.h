/* Words as bytes: letters and digits of ASCII found, and hashed, many at once. */
#ifndef NEWSPIPE_NTAG_BYTES_H
#define NEWSPIPE_NTAG_BYTES_H

#include "common/ascii.h"
#include "common/str.h"

#include <stdint.h>

/* What a run of letters and digits has; of more than one there are two at least. */
struct alnum {
    size_t capitals, smalls;
};

#ifdef __SSE2__
/* The letters and digits among 16 bytes; returns how many stand before anything else. */
static inline size_t alnum_block(const char *p, struct alnum *seen)
{
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    struct ascii16 ascii = ascii16_of(v);
    unsigned others = ~ascii.alnum;
    unsigned before = (others & (0 - others)) - 1; /* the bits below the first */
    unsigned letters = ascii.letters & before;
    unsigned smalls = letters & (unsigned)_mm_movemask_epi8(_mm_slli_epi16(v, 2));
    unsigned capitals = letters ^ smalls;

    seen->smalls += smalls != 0;
    seen->capitals += (capitals != 0) + ((capitals & (capitals - 1)) != 0);
    return (size_t)__builtin_ctz(others);
}
#endif

/* The end of the ASCII letters and digits at p, which add to what was seen of a run; the
 * slow one goes from byte to byte. */
const char *alnum_end_slow(const char *p, const char *end, struct alnum *seen);

static inline const char *alnum_end(const char *p, const char *end, struct alnum *seen)
{
#ifdef __SSE2__
    while (end - p >= 16) {
        size_t n = alnum_block(p, seen);
        p += n;
        if (n < 16)
            return p;
    }
#endif
    return alnum_end_slow(p, end, seen);
}

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

/* A hash of bytes, the same on every machine. The bits set in fold are set in eight bytes
 * each before they count; what lies before end, behind s, may be read. */
static inline uint64_t bytes_hash(struct str s, const char *end, uint64_t fold)
{
    if (s.len - 1 >= 8 || end - s.s < 8)
        return bytes_hash_long(s, end, fold);
    return token_mix(s.len, (ascii_eight(s.s) | fold) & ~(uint64_t)0 >> (64 - 8 * s.len));
}

#endif
