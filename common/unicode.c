#include "common/unicode.h"

#include "common/unicode_tables.h"

#include <string.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

static unsigned properties(uint32_t c)
{
    if (c > 0x10FFFF)
        return 0;
    return property_values[((unsigned)property_index[c >> TABLE_SHIFT] << TABLE_SHIFT) |
                           (c & ((1u << TABLE_SHIFT) - 1))];
}

bool uni_letter(uint32_t c)
{
    return properties(c) & LETTER;
}

bool uni_upper(uint32_t c)
{
    return properties(c) & UPPER;
}

bool uni_lower(uint32_t c)
{
    return properties(c) & LOWER;
}

bool uni_digit(uint32_t c)
{
    return properties(c) & DIGIT;
}

bool uni_space(uint32_t c)
{
    return properties(c) & SPACE;
}

bool uni_unspaced(uint32_t c)
{
    return properties(c) & UNSPACED;
}

uint32_t uni_fold(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c | 0x20 : c;
    if (c > 0x10FFFF)
        return c;
    unsigned kind = fold_values[((unsigned)fold_index[c >> TABLE_SHIFT] << TABLE_SHIFT) |
                                (c & ((1u << TABLE_SHIFT) - 1))];
    return (uint32_t)((int32_t)c + fold_deltas[kind]);
}

int utf8_sequence(const char *text, const char *end)
{
    const unsigned char *p = (const unsigned char *)text;
    unsigned char first = p[0], low = 0x80, high = 0xBF;
    int length = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;

    if (first < 0xC2 || first > 0xF4)
        return -1;
    if (first == 0xE0)
        low = 0xA0;
    else if (first == 0xED)
        high = 0x9F;
    else if (first == 0xF0)
        low = 0x90;
    else if (first == 0xF4)
        high = 0x8F;
    for (int i = 1; i < length; i++) {
        if (text + i == end || p[i] < low || p[i] > high)
            return -i;
        low = 0x80;
        high = 0xBF;
    }
    return length;
}

uint32_t utf8_next_long(const char **at, const char *end)
{
    const unsigned char *p = (const unsigned char *)*at;
    int length = utf8_sequence(*at, end);
    if (length < 0) {
        *at -= length;
        return 0xFFFD;
    }
    *at += length;
    if (length == 2)
        return (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
    if (length == 3)
        return (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
    return (p[0] & 0x07u) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 |
           (p[3] & 0x3Fu);
}

static bool continues(char c)
{
    return ((unsigned char)c & 0xC0) == 0x80;
}

uint32_t utf8_prev(const char **at, const char *start)
{
    const char *end = *at, *p = end - 1;

    while (p > start && continues(*p))
        p--;
    *at = p;
    return utf8_next(&p, end);
}

void utf8_add(struct buf *b, uint32_t c)
{
    char *p = buf_room(b, 4);

    if (c < 0x80) {
        p[0] = (char)c;
        b->len += 1;
    } else if (c < 0x800) {
        p[0] = (char)(0xC0 | c >> 6);
        p[1] = (char)(0x80 | (c & 0x3F));
        b->len += 2;
    } else if (c < 0x10000) {
        p[0] = (char)(0xE0 | c >> 12);
        p[1] = (char)(0x80 | (c >> 6 & 0x3F));
        p[2] = (char)(0x80 | (c & 0x3F));
        b->len += 3;
    } else {
        p[0] = (char)(0xF0 | c >> 18);
        p[1] = (char)(0x80 | (c >> 12 & 0x3F));
        p[2] = (char)(0x80 | (c >> 6 & 0x3F));
        p[3] = (char)(0x80 | (c & 0x3F));
        b->len += 4;
    }
}

/* Behind the ASCII that begins at p, or a few bytes before where that is simpler. */
static const char *skip_ascii(const char *p, const char *end)
{
#ifdef __SSE2__
    for (; end - p >= 16; p += 16)
        if (_mm_movemask_epi8(_mm_loadu_si128((const __m128i *)(const void *)p)))
            return p;
#endif
    for (uint64_t word; end - p >= 8; p += 8) {
        memcpy(&word, p, 8);
        if (word & UINT64_C(0x8080808080808080))
            return p;
    }
    return p;
}

size_t utf8_valid(struct str s)
{
    const char *p = s.s, *end = s.s + s.len;

    while (p < end) {
        if ((unsigned char)*p < 0x80) {
            p = skip_ascii(p, end);
            while (p < end && (unsigned char)*p < 0x80)
                p++;
            continue;
        }
        int length = utf8_sequence(p, end);
        if (length < 0)
            break;
        p += length;
    }
    return (size_t)(p - s.s);
}

size_t utf8_repair(struct buf *b, struct str s)
{
    size_t repaired = 0;

    for (;;) {
        size_t good = utf8_valid(s);
        buf_add(b, s.s, good);
        if (good == s.len)
            return repaired;
        s = str_sub(s, good, s.len);
        int subpart = -utf8_sequence(s.s, s.s + s.len);
        buf_add(b, "\xEF\xBF\xBD", 3);
        s = str_sub(s, (size_t)subpart, s.len);
        repaired++;
    }
}

enum { COUNT_BLOCK = 64 };

/* The code points that begin in that many bytes: a multiple of 16, at most COUNT_BLOCK.
 */
static inline size_t count_block(const char *p, int bytes)
{
#ifdef __SSE2__
    const __m128i *v = (const __m128i *)(const void *)p;
    const __m128i last = _mm_set1_epi8(-65); /* 0xBF, the last continuation byte */
    __m128i sum = _mm_setzero_si128();
    for (int i = 0; i < bytes / 16; i++)
        sum = _mm_sub_epi8(sum, _mm_cmpgt_epi8(_mm_loadu_si128(v + i), last));
    sum = _mm_sad_epu8(sum, _mm_setzero_si128());
    return (size_t)_mm_cvtsi128_si32(sum) + (size_t)_mm_extract_epi16(sum, 4);
#else
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t sum = 0;
    for (int i = 0; i < bytes; i += 8) {
        uint64_t word;
        memcpy(&word, p + i, 8);
        sum += (~(word >> 7) | word >> 6) & ones;
    }
    return (size_t)((sum * ones) >> 56);
#endif
}

size_t utf8_count(struct str s)
{
    const char *p = s.s, *end = s.s + s.len;
    size_t count = 0;

    for (; end - p >= COUNT_BLOCK; p += COUNT_BLOCK)
        count += count_block(p, COUNT_BLOCK);
    for (; p < end; p++)
        count += !continues(*p);
    return count;
}

size_t utf8_offset(struct str s, size_t n)
{
    const char *p = s.s, *end = s.s + s.len;

    for (size_t here; end - p >= COUNT_BLOCK; p += COUNT_BLOCK, n -= here)
        if ((here = count_block(p, COUNT_BLOCK)) > n)
            break;
    for (size_t here; end - p >= 16; p += 16, n -= here)
        if ((here = count_block(p, 16)) > n)
            break;
    for (; p < end; p++)
        if (!continues(*p) && n-- == 0)
            break;
    return (size_t)(p - s.s);
}

void utf8_fold(struct buf *b, struct str s)
{
    const char *p = s.s, *end = s.s + s.len;

    while (p < end) {
        char *to = buf_room(b, (size_t)(end - p)), *start = to;
        while (p < end && (unsigned char)*p < 0x80) {
            *to++ = (char)(*p + (*p >= 'A' && *p <= 'Z' ? 0x20 : 0));
            p++;
        }
        b->len += (size_t)(to - start);
        if (p < end)
            utf8_add(b, uni_fold(utf8_next(&p, end)));
    }
}
