#include "stages/ntag/bytes.h"

#include "common/ascii.h"

#ifdef __SSE2__
/* The letters and digits among 16 bytes; returns how many stand before anything else. */
static size_t alnum_block(const char *p, struct alnum *seen)
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

static int in(char c, char first, char last)
{
    return c >= first && c <= last;
}

const char *alnum_end(const char *p, const char *end, struct alnum *seen)
{
#ifdef __SSE2__
    while (end - p >= 16) {
        size_t n = alnum_block(p, seen);
        p += n;
        if (n < 16)
            return p;
    }
#endif
    for (; p < end && (in(*p, 'a', 'z') || in(*p, 'A', 'Z') || in(*p, '0', '9')); p++) {
        seen->smalls += (size_t)in(*p, 'a', 'z');
        seen->capitals += (size_t)in(*p, 'A', 'Z');
    }
    return p;
}

/* n bytes, 1 to 8, as bytes_load() has eight. */
static uint64_t load_few(const char *s, size_t n)
{
    uint64_t v = 0;

    for (size_t i = 0; i < n; i++)
        v |= (uint64_t)(unsigned char)s[i] << (8 * i);
    return v;
}

uint64_t bytes_hash_long(struct str s, const char *end, uint64_t fold)
{
    uint64_t h = s.len;

    for (; s.len > 8; s.s += 8, s.len -= 8)
        h = token_mix(h, bytes_load(s.s) | fold);
    if (!s.len)
        return h;
    uint64_t mask = ~(uint64_t)0 >> (64 - 8 * s.len);
    if (end - s.s >= 8)
        return token_mix(h, (bytes_load(s.s) | fold) & mask);
    return token_mix(h, load_few(s.s, s.len) | (fold & mask));
}
