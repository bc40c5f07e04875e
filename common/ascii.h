/* Letters and digits of ASCII among many bytes at once: eight, and sixteen where the
 * machine has SSE2. */
#ifndef NEWSPIPE_ASCII_H
#define NEWSPIPE_ASCII_H

#include <stdint.h>
#include <string.h>

/* Eight bytes, the first one the lowest. */
static inline uint64_t ascii_eight(const char *s)
{
    uint64_t v;

    memcpy(&v, s, sizeof v);
    return __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__ ? __builtin_bswap64(v) : v;
}

/* Makes the letters of eight bytes small ones. */
#define ASCII_SMALL UINT64_C(0x2020202020202020)

/* The upper bit of each of the eight bytes that is no letter. */
static inline uint64_t ascii_others(uint64_t eight)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t low = (eight | ASCII_SMALL) & 0x7f * ones;
    uint64_t from_a = low + (0x80 - 'a') * ones, behind_z = low + (0x7f - 'z') * ones;
    return (~from_a | behind_z | eight) & 0x80 * ones;
}

/* The first byte of eight whose upper bit is set, as it is in one at least. */
static inline unsigned ascii_first(uint64_t marked)
{
    return (unsigned)__builtin_ctzll(marked) / 8;
}

/* The bits of the bytes before it; all where none is marked. */
static inline uint64_t ascii_before(uint64_t marked)
{
    return ((marked & (0 - marked)) >> 7) - 1;
}

#ifdef __SSE2__
#include <emmintrin.h>

/* A bit for each of the bytes of v, the first the lowest. */
struct ascii16 {
    unsigned letters, alnum; /* alnum: letters and digits */
};

static inline struct ascii16 ascii16_of(__m128i v)
{
    /* a range of bytes is moved to where signed ones begin: one comparison does */
    __m128i low = _mm_or_si128(v, _mm_set1_epi8(0x20));
    __m128i letter = _mm_cmplt_epi8(_mm_sub_epi8(low, _mm_set1_epi8((char)('a' - 0x80))),
                                    _mm_set1_epi8(-0x80 + 26));
    __m128i digit = _mm_cmplt_epi8(_mm_sub_epi8(v, _mm_set1_epi8((char)('0' - 0x80))),
                                   _mm_set1_epi8(-0x80 + 10));
    return (struct ascii16){(unsigned)_mm_movemask_epi8(letter),
                            (unsigned)_mm_movemask_epi8(_mm_or_si128(letter, digit))};
}
#endif

/* How many letters the sixteen bytes at s begin with. */
static inline unsigned ascii_letters16(const char *s)
{
#ifdef __SSE2__
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)s);
    return (unsigned)__builtin_ctz(~ascii16_of(v).letters);
#else
    uint64_t others = ascii_others(ascii_eight(s));
    if (others)
        return ascii_first(others);
    others = ascii_others(ascii_eight(s + 8));
    return 8 + (others ? ascii_first(others) : 8);
#endif
}

#endif
