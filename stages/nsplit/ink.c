#include "stages/nsplit/ink.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* The kinds of up to 64 bytes. */
struct block {
    uint64_t letter, capital, digit, quote, space;
    uint64_t beyond; /* the first bytes of characters beyond ASCII */
    uint64_t mark;   /* those that may be marks */
};

#ifdef __SSE2__
static uint64_t mask(__m128i x)
{
    return (uint64_t)(unsigned)_mm_movemask_epi8(x);
}

/* Bytes from that one on, n of them: all below are compared as signed. */
static __m128i range(__m128i v, char from, char n)
{
    __m128i moved = _mm_add_epi8(v, _mm_set1_epi8((char)(-128 - from)));
    return _mm_cmplt_epi8(moved, _mm_set1_epi8((char)(-128 + n)));
}

static void sort16(struct block *block, const char *s, unsigned shift)
{
    __m128i v = _mm_loadu_si128((const __m128i *)s);
    __m128i capital = range(v, 'A', 26), digit = range(v, '0', 10);
    __m128i lower = range(v, 'a', 26), space = _mm_set1_epi8(' ');
    __m128i letter = _mm_or_si128(_mm_or_si128(capital, lower), _mm_or_si128(digit, v));
    __m128i quote = _mm_or_si128(_mm_cmpeq_epi8(v, _mm_set1_epi8('"')),
                                 _mm_cmpeq_epi8(v, _mm_set1_epi8('\'')));
    block->letter |= mask(letter) << shift; /* the upper bit of v is set beyond ASCII */
    block->capital |= mask(capital) << shift;
    block->digit |= mask(digit) << shift;
    block->quote |= mask(quote) << shift;
    block->space |= mask(_mm_cmpeq_epi8(_mm_min_epu8(v, space), v)) << shift;
    if (mask(v)) {
        block->beyond |= (mask(v) & mask(_mm_slli_epi16(v, 1))) << shift;
        __m128i c2 = _mm_cmpeq_epi8(v, _mm_set1_epi8((char)0xc2));
        __m128i wide = _mm_and_si128(v, _mm_set1_epi8((char)0xfe));
        __m128i e2 = _mm_cmpeq_epi8(wide, _mm_set1_epi8((char)0xe2));
        block->mark |= mask(_mm_or_si128(c2, e2)) << shift;
    }
}
#else
static void sort16(struct block *block, const char *s, unsigned shift)
{
    for (unsigned i = 0; i < 16; i++) {
        unsigned char c = (unsigned char)s[i], lower = c | 0x20;
        uint64_t bit = (uint64_t)1 << (shift + i);
        bool digit = c >= '0' && c <= '9', letter = lower >= 'a' && lower <= 'z';
        block->letter |= digit || letter || c >= 0x80 ? bit : 0;
        block->capital |= c >= 'A' && c <= 'Z' ? bit : 0;
        block->digit |= digit ? bit : 0;
        block->quote |= c == '"' || c == '\'' ? bit : 0;
        block->space |= c <= ' ' ? bit : 0;
        block->beyond |= c >= 0xc0 ? bit : 0;
        block->mark |= c == 0xc2 || c == 0xe2 || c == 0xe3 ? bit : 0;
    }
}
#endif

/* The bytes of the mark that may begin at s, or 0. */
static size_t mark_length(const char *s)
{
    unsigned char c = (unsigned char)s[0], d = (unsigned char)s[1];
    if (c == 0xc2)
        return 2;
    return d == 0x80 || (c == 0xe2 && d == 0x81) ? 3 : 0;
}

/* Takes what belongs to marks out of the letters. */
static void take_marks(struct ink *ink, size_t at, uint64_t marks)
{
    while (marks) {
        size_t i = at + ink_take(&marks), end = i + mark_length(ink->text + i);
        for (; i < end && i < ink->len; i++)
            ink->letter[i / INK_BLOCK] &= ~((uint64_t)1 << i % INK_BLOCK);
    }
}

void ink_read(struct ink *ink, struct str line)
{
    uint64_t space = 1, digit = 0; /* of the byte before */
    ink_bits marks = {0};
    size_t filled = (line.len + 15) / 16 * 16;
    ink->len = line.len;
    ink->blocks = (line.len + INK_BLOCK - 1) / INK_BLOCK;
    memset(ink->text + line.len, 0, 16);
    memcpy(ink->text, line.s, line.len);
    for (size_t b = 0; b < ink->blocks; b++) {
        struct block block = {0};
        size_t at = b * INK_BLOCK;
        for (unsigned shift = 0; shift < INK_BLOCK && at + shift < filled; shift += 16)
            sort16(&block, ink->text + at + shift, shift);
        ink->letter[b] = block.letter;
        ink->capital[b] = block.capital;
        ink->digit[b] = block.digit;
        marks[b] = block.mark;
        uint64_t figure = block.digit & ~(block.digit << 1 | digit);
        ink->joint[b] = (block.capital | block.quote | block.beyond | figure) &
                        ~(block.space << 1 | space);
        space = block.space >> 63;
        digit = block.digit >> 63;
    }
    for (size_t b = 0; b < ink->blocks; b++)
        take_marks(ink, b * INK_BLOCK, marks[b]);
}
