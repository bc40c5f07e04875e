/* Letters and digits of ASCII among sixteen bytes at once, where the machine has SSE2. */
#ifndef NEWSPIPE_ASCII_H
#define NEWSPIPE_ASCII_H

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

#endif
