#include "common/phrase.h"

#include "common/ascii.h"
#include "common/unicode.h"

enum sort { OTHER, LETTER, NUMBER, ALONE };

/* A word is hashed as the bytes of its folded characters, eight at once. */
struct hash {
    uint64_t before, eight; /* of the full eights; and the bytes behind them, */
    unsigned bits;          /* so many */
};

static void hash_byte(struct hash *hash, uint32_t c)
{
    hash->eight |= (uint64_t)c << hash->bits;
    hash->bits += 8;
    if (hash->bits < 64)
        return;
    *hash = (struct hash){phrase_join(hash->before, hash->eight), 0, 0};
}

static void hash_char(struct hash *hash, uint32_t c)
{
    for (; c > 0x7f; c >>= 8)
        hash_byte(hash, (c & 0xff) | 0x80);
    hash_byte(hash, c);
}

static uint64_t hash_end(const struct hash *hash)
{
    return hash->bits ? phrase_join(hash->before, hash->eight) : hash->before;
}

static uint64_t hash_of(uint32_t c)
{
    struct hash hash = {PHRASE_START, 0, 0};
    hash_char(&hash, c);
    return hash_end(&hash);
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

/* ALONE is a word by itself. */
static enum sort wide_sort(uint32_t c)
{
    if (c == 0xa9 || uni_unspaced(c))
        return ALONE;
    return uni_letter(c) ? LETTER : OTHER;
}

/* What a character is, which *p moves behind; *c is it, folded. */
static inline enum sort sort_next(const char **p, const char *end, uint32_t *c)
{
    uint32_t raw = utf8_next(p, end);
    if (raw >= 0x80) {
        /* of Turkish's two i, one in capitals is like the other in small letters */
        *c = raw == 0x130 || raw == 0x131 ? 'i' : uni_fold(raw);
        return wide_sort(raw);
    }
    *c = raw | 0x20;
    if (*c >= 'a' && *c <= 'z')
        return LETTER;
    if (raw != '#' && !digit((char)raw))
        return OTHER;
    *c = '#';
    return NUMBER;
}

/* Eight bytes of a line from p on, and those before p; zeros beyond its ends. */
static inline uint64_t eight_from(struct str line, const char *p)
{
    const char *end = line.s + line.len;
    if (end - p >= 8)
        return ascii_eight(p);
    if (end == p)
        return 0;
    if (line.len >= 8)
        return ascii_eight(end - 8) >> (64 - 8 * (end - p));
    uint64_t eight = 0;
    while (end > p)
        eight = eight << 8 | (unsigned char)*--end;
    return eight;
}

static inline uint64_t eight_before(struct str line, const char *p)
{
    size_t n = (size_t)(p - line.s);
    return n >= 8 ? ascii_eight(p - 8) : eight_from(line, line.s) << (64 - 8 * n);
}

/* Behind the ASCII letters at p and their hash as a word; NULL if they are none or a byte
 * follows that is not ASCII. */
static inline const char *read_letters(struct str line, const char *p, uint64_t *hash)
{
    const char *begin = p;
    uint64_t h = PHRASE_START, others, eight;
    for (;; p += 8) {
        eight = eight_from(line, p);
        others = ascii_others(eight);
        if (others)
            break;
        h = phrase_join(h, eight | ASCII_SMALL);
    }
    int bits = __builtin_ctzll(others) - 7;
    bool plain = !(eight >> bits & 0x80);
    if (bits)
        h = phrase_join(h, (eight | ASCII_SMALL) << (64 - bits) >> (64 - bits));
    *hash = h;
    p += bits / 8;
    return plain && p > begin ? p : NULL;
}

/* Behind the word of letters at p. */
static const char *read_word(struct str line, const char *p, uint64_t *hash)
{
    const char *end = line.s + line.len, *next = read_letters(line, p, hash);
    struct hash wide = {PHRASE_START, 0, 0};
    if (next)
        return next;
    for (next = p; p < end; p = next) {
        uint32_t c;
        if (sort_next(&next, end, &c) != LETTER)
            break;
        hash_char(&wide, c);
    }
    *hash = hash_end(&wide);
    return p;
}

/* Behind the number at p, which may have points and commas inside. */
static const char *skip_number(const char *p, const char *end)
{
    while (p < end) {
        bool inside = (*p == '.' || *p == ',') && p + 1 < end && digit(p[1]);
        if (!inside && *p != '#' && !digit(*p))
            break;
        p++;
    }
    return p;
}

void phrase_more(struct phrase *phrase, struct str line, size_t most)
{
    size_t len = line.len;
    line.len = len < PHRASE_BYTES ? len : PHRASE_BYTES;
    const char *p = line.s + phrase->read, *end = line.s + line.len;
    while (p < end && phrase->words < most) {
        const char *next = p;
        uint32_t c;
        uint64_t hash;
        enum sort sort = sort_next(&next, end, &c);
        if (sort == OTHER) {
            p = next;
            continue;
        }
        if (sort == LETTER)
            next = read_word(line, p, &hash);
        else
            hash = hash_of(c);
        if (sort == NUMBER) {
            next = skip_number(next, end);
            phrase->numbers = true;
        }
        phrase->word[phrase->words] = hash;
        phrase->end[phrase->words++] = (uint32_t)(next - line.s);
        p = next + (next < end && *next == ' ');
    }
    phrase->read = (size_t)(p - line.s);
    phrase->whole = phrase->read == len;
}

void phrase_read(struct phrase *phrase, struct str line, size_t most)
{
    phrase->words = phrase->read = 0;
    phrase->numbers = false;
    phrase_more(phrase, line, most);
}

void phrase_drop_numbers(struct phrase *phrase)
{
    uint64_t number = hash_of('#');
    size_t n = 0;
    for (size_t i = 0; i < phrase->words; i++) {
        if (phrase->word[i] == number)
            continue;
        phrase->word[n] = phrase->word[i];
        phrase->end[n++] = phrase->end[i];
    }
    phrase->words = n;
}

/* Where the last word of a line begins. */
static size_t last_at(struct str line)
{
    const char *p = line.s + line.len;
    for (enum sort seen = OTHER; p > line.s;) {
        const char *q = p, *r;
        uint32_t c;
        utf8_prev(&q, line.s);
        r = q;
        enum sort now = sort_next(&r, line.s + line.len, &c);
        if (seen != OTHER && (now != seen || seen == ALONE))
            break;
        seen = now;
        p = q;
    }
    return (size_t)(p - line.s);
}

static bool plain_other(char c)
{
    unsigned char lower = (unsigned char)c | 0x20;
    return lower < 0x80 && !(lower >= 'a' && lower <= 'z') && !digit(c);
}

/* Where the ASCII letters before p begin. */
static const char *letters_before(struct str line, const char *p)
{
    while (p > line.s) {
        uint64_t others = ascii_others(eight_before(line, p));
        if (others)
            return p - __builtin_clzll(others) / 8;
        p -= 8;
    }
    return p;
}

uint64_t phrase_last(struct str line)
{
    struct phrase phrase;
    const char *end = line.s + line.len;
    while (end > line.s && plain_other(end[-1]))
        end--;
    const char *p = letters_before(line, end);
    uint64_t hash;
    if ((p == line.s || (unsigned char)p[-1] < 0x80) &&
        read_letters(str_sub(line, 0, (size_t)(end - line.s)), p, &hash))
        return hash;
    phrase_read(&phrase, str_sub(line, last_at(line), line.len), PHRASE_WORDS);
    return phrase.words ? phrase.word[phrase.words - 1] : 0;
}
