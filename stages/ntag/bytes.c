#include "stages/ntag/bytes.h"

static int in(char c, char first, char last)
{
    return c >= first && c <= last;
}

const char *alnum_end_slow(const char *p, const char *end, struct alnum *seen)
{
    for (; p < end && (in(*p, 'a', 'z') || in(*p, 'A', 'Z') || in(*p, '0', '9')); p++) {
        seen->smalls += (size_t)in(*p, 'a', 'z');
        seen->capitals += (size_t)in(*p, 'A', 'Z');
    }
    return p;
}

/* n bytes, 1 to 8, as ascii_eight() has eight. */
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
        h = token_mix(h, ascii_eight(s.s) | fold);
    if (!s.len)
        return h;
    uint64_t mask = ~(uint64_t)0 >> (64 - 8 * s.len);
    if (end - s.s >= 8)
        return token_mix(h, (ascii_eight(s.s) | fold) & mask);
    return token_mix(h, load_few(s.s, s.len) | (fold & mask));
}
