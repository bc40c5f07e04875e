#include "common/str.h"

#include <stdint.h>

/* The bytes of the white space character that begins at p, 0 if none does: what
 * uni_space() of unicode.h says, without decoding. */
static size_t space_at(const char *s, const char *end)
{
    const unsigned char *p = (const unsigned char *)s;
    size_t left = (size_t)(end - s);

    if (*p == ' ' || (*p >= '\t' && *p <= '\r'))
        return 1;
    if (*p < 0xC2)
        return 0;
    if (left >= 2 && p[0] == 0xC2 && (p[1] == 0xA0 || p[1] == 0x85))
        return 2;
    if (left < 3)
        return 0;
    bool wide = (p[0] == 0xE2 && p[1] == 0x80 &&
                 ((p[2] >= 0x80 && p[2] <= 0x8B) || p[2] == 0xA8 || p[2] == 0xA9 ||
                  p[2] == 0xAF)) ||
                (p[0] == 0xE2 && p[1] == 0x81 && p[2] == 0x9F) ||
                (p[0] == 0xE1 && p[1] == 0x9A && p[2] == 0x80);
    bool ideographic = p[0] == 0xE3 && p[1] == 0x80 && p[2] == 0x80;
    bool bom = p[0] == 0xEF && p[1] == 0xBB && p[2] == 0xBF;
    return wide || ideographic || bom ? 3 : 0;
}

static bool plain(char c)
{
    return c > ' ' && (unsigned char)c < 0x80;
}

struct str str_trim(struct str s)
{
    if (!s.len)
        return s; /* s.s may be NULL */
    const char *p = s.s, *end = s.s + s.len;
    size_t n;

    if (plain(*p) && plain(end[-1]))
        return s;
    while (p < end && (n = space_at(p, end)) > 0)
        p += n;
    while (p < end) {
        size_t width = 0; /* of the white space character at the end */
        for (size_t back = 1; back <= 3 && back <= (size_t)(end - p) && !width; back++)
            if (space_at(end - back, end) == back)
                width = back;
        if (!width)
            break;
        end -= width;
    }
    return (struct str){p, (size_t)(end - p)};
}

bool str_blank(struct str s)
{
    const char *p = s.s, *end = s.s + s.len;
    size_t n;

    while (p < end && (n = space_at(p, end)) > 0)
        p += n;
    return p == end;
}

static unsigned char fold(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

bool str_eq_nocase(struct str a, struct str b)
{
    return a.len == b.len && str_starts_nocase(a, b);
}

bool str_any(struct str s, const char *bytes)
{
    for (; s.len && *bytes; bytes++)
        if (memchr(s.s, *bytes, s.len))
            return true;
    return false;
}

bool str_among(struct str word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq_nocase(word, str_of(words[i])))
            return true;
    return false;
}

bool str_one_of(struct str s, const char *const *list)
{
    for (; *list; list++)
        if (str_eq(s, str_of(*list)))
            return true;
    return false;
}

bool str_starts_nocase(struct str s, struct str prefix)
{
    if (s.len < prefix.len)
        return false;
    for (size_t i = 0; i < prefix.len; i++)
        if (fold(s.s[i]) != fold(prefix.s[i]))
            return false;
    return true;
}

/* The least i for which needle[i..] is the greatest of its suffixes, in the order of
 * bytes or, reversed, in the opposite one; *period is that suffix's period. */
static size_t greatest_suffix(struct str needle, bool reversed, size_t *period)
{
    const unsigned char *x = (const unsigned char *)needle.s;
    size_t best = 0, next = 1, k = 0;

    *period = 1;
    while (next + k < needle.len) {
        unsigned char a = x[next + k], b = x[best + k];
        if (a == b) {
            if (++k == *period) {
                next += k;
                k = 0;
            }
        } else if ((a < b) != reversed) {
            next += k + 1;
            k = 0;
            *period = next - best;
        } else {
            best = next++;
            k = 0;
            *period = 1;
        }
    }
    return best;
}

/* Two-way string matching (Crochemore, Perrin 1991): linear whatever the needle is. */
static size_t find_two_way(struct str s, struct str needle)
{
    size_t period, other_period;
    size_t cut = greatest_suffix(needle, false, &period);
    size_t other = greatest_suffix(needle, true, &other_period);
    if (other > cut) {
        cut = other;
        period = other_period;
    }
    bool periodic =
        cut + period <= needle.len && memcmp(needle.s, needle.s + period, cut) == 0;
    size_t skip = cut > needle.len - cut ? cut : needle.len - cut;
    size_t memory = 0, at = 0;

    while (at + needle.len <= s.len) {
        size_t i = cut > memory ? cut : memory;
        while (i < needle.len && needle.s[i] == s.s[at + i])
            i++;
        if (i < needle.len) {
            at += i - cut + 1;
            memory = 0;
            continue;
        }
        i = cut;
        while (i > memory && needle.s[i - 1] == s.s[at + i - 1])
            i--;
        if (i <= memory)
            return at;
        at += periodic ? period : skip + 1;
        memory = periodic ? needle.len - period : 0;
    }
    return (size_t)-1;
}

size_t str_find(struct str s, struct str needle, size_t from)
{
    if (from > s.len || needle.len > s.len - from)
        return (size_t)-1;
    if (needle.len == 0)
        return from;
    if (needle.len > 32 && s.len - from > 256) { /* else it takes longer to prepare */
        size_t at = find_two_way(str_sub(s, from, s.len), needle);
        return at == (size_t)-1 ? at : from + at;
    }
    const char *last = s.s + s.len - needle.len;
    for (const char *p = s.s + from; p <= last; p++) {
        p = memchr(p, needle.s[0], (size_t)(last - p) + 1);
        if (!p)
            break;
        if (memcmp(p, needle.s, needle.len) == 0)
            return (size_t)(p - s.s);
    }
    return (size_t)-1;
}

bool str_line(struct str *rest, struct str *line)
{
    if (rest->len == 0)
        return false;
    const char *newline = memchr(rest->s, '\n', rest->len);
    size_t len = newline ? (size_t)(newline - rest->s) : rest->len;
    size_t taken = len + (newline != NULL);

    if (newline && len > 0 && newline[-1] == '\r')
        len--;
    *line = (struct str){rest->s, len};
    *rest = str_sub(*rest, taken, rest->len);
    return true;
}

unsigned long long str_hash(struct str s)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < s.len; i++)
        hash = (hash ^ (unsigned char)s.s[i]) * UINT64_C(0x100000001b3);
    return hash;
}

int str_number(struct str *s)
{
    size_t i = 0;
    int n = 0;
    while (i < s->len && s->s[i] == ' ')
        i++;
    bool minus = i < s->len && s->s[i] == '-';
    for (i += minus; i < s->len && s->s[i] >= '0' && s->s[i] <= '9'; i++)
        n = n * 10 + (s->s[i] - '0');
    *s = str_sub(*s, i, s->len);
    return minus ? -n : n;
}
