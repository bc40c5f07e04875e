#include "common/phrase.h"

#include "common/unicode.h"

enum sort { OTHER, LETTER, NUMBER, ALONE };

static uint64_t hash_byte(uint64_t h, unsigned char c)
{
    return (h ^ c) * 1099511628211u;
}

static uint64_t hash_char(uint64_t h, uint32_t c)
{
    for (; c > 0x7f; c >>= 8)
        h = hash_byte(h, (unsigned char)(c | 0x80));
    return hash_byte(h, (unsigned char)c);
}

static const uint64_t number_hash = (PHRASE_START ^ '#') * 1099511628211u;

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool ascii_letter(char c)
{
    unsigned char lower = (unsigned char)c | 0x20;
    return lower >= 'a' && lower <= 'z';
}

/* ALONE is a word by itself. */
static enum sort next_wide(const char **p, const char *end, uint32_t *c)
{
    uint32_t raw = utf8_next(p, end);
    *c = uni_fold(raw);
    if (raw == 0xa9 || uni_unspaced(raw))
        return ALONE;
    return uni_letter(raw) ? LETTER : OTHER;
}

static void end_word(struct phrase *phrase, uint64_t hash, size_t end)
{
    phrase->word[phrase->words] = hash;
    phrase->end[phrase->words++] = (uint32_t)end;
}

/* What a character is, which *p moves behind; *c is it, folded. */
static inline enum sort sort_next(const char **p, const char *end, uint32_t *c)
{
    unsigned char first = (unsigned char)**p;
    if (first >= 0x80)
        return next_wide(p, end, c);
    ++*p;
    *c = first | 0x20;
    if (ascii_letter((char)first))
        return LETTER;
    if (first != '#' && !digit((char)first))
        return OTHER;
    *c = '#';
    return NUMBER;
}

void phrase_read(struct phrase *phrase, struct str line, size_t most)
{
    const char *p = line.s,
               *end = p + (line.len < PHRASE_BYTES ? line.len : PHRASE_BYTES);
    uint64_t h = PHRASE_START;
    enum sort before = OTHER; /* what the word is made of that is being read */
    phrase->words = 0;
    phrase->numbers = phrase->whole = false;
    while (p < end) {
        const char *start = p;
        uint32_t c;
        enum sort now = sort_next(&p, end, &c);
        /* a point or comma inside a number */
        if (now == OTHER && before == NUMBER && (c | 2) == '.' && p < end && digit(*p))
            continue;
        if (before != OTHER && (now != before || now == ALONE)) {
            end_word(phrase, h, (size_t)(start - line.s));
            before = OTHER;
        }
        if (now != OTHER && before == OTHER) {
            if (phrase->words == most)
                return;
            h = PHRASE_START;
            phrase->numbers = phrase->numbers || now == NUMBER;
        }
        if (now != OTHER && !(now == NUMBER && before == NUMBER))
            h = hash_char(h, c);
        while (now == LETTER && p < end && ascii_letter(*p))
            h = hash_byte(h, (unsigned char)*p++ | 0x20);
        before = now;
    }
    if (before != OTHER)
        end_word(phrase, h, (size_t)(end - line.s));
    phrase->whole = end == line.s + line.len;
}

void phrase_drop_numbers(struct phrase *phrase)
{
    size_t n = 0;
    for (size_t i = 0; i < phrase->words; i++) {
        if (phrase->word[i] == number_hash)
            continue;
        phrase->word[n] = phrase->word[i];
        phrase->end[n++] = phrase->end[i];
    }
    phrase->words = n;
}

/* The end of the ASCII letters from byte i on, if more than none are there and no other
 * letter may follow; else 0. */
static size_t plain_word(struct str line, size_t i, uint64_t *hash)
{
    size_t from = i;
    *hash = PHRASE_START;
    for (; i < line.len && ascii_letter(line.s[i]); i++)
        *hash = hash_byte(*hash, (unsigned char)line.s[i] | 0x20);
    return i > from && (i == line.len || !(line.s[i] & 0x80)) ? i : 0;
}

bool phrase_plain(struct phrase *phrase, struct str line)
{
    size_t end = plain_word(line, 0, &phrase->word[0]);
    phrase->words = end > 0;
    phrase->numbers = false;
    if (end && end < line.len && line.s[end] == ' ')
        phrase->words += plain_word(line, end + 1, &phrase->word[1]) > 0;
    return end > 0;
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

uint64_t phrase_last(struct str line)
{
    struct phrase phrase;
    const char *p = line.s + line.len, *end;
    while (p > line.s && (unsigned char)p[-1] < 0x80 && !ascii_letter(p[-1]) &&
           !digit(p[-1]))
        p--;
    end = p;
    while (p > line.s && ascii_letter(p[-1]))
        p--;
    if (p < end && (p == line.s || (unsigned char)p[-1] < 0x80)) {
        uint64_t h = PHRASE_START;
        while (p < end)
            h = hash_byte(h, (unsigned char)*p++ | 0x20);
        return h;
    }
    phrase_read(&phrase, str_sub(line, last_at(line), line.len), PHRASE_WORDS);
    return phrase.words ? phrase.word[phrase.words - 1] : 0;
}
