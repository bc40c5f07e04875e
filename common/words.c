#include "common/words.h"

#include "common/ascii.h"
#include "common/data.h"
#include "common/unicode.h"

DATA(stopwords_txt);

enum part { OTHER, LETTER, DIGIT, ALONE };

/* Of a byte: OTHER for those that are not ASCII, too. */
static const unsigned char byte_parts[256] = {
    ['0'] = DIGIT,  ['1'] = DIGIT,  ['2'] = DIGIT,  ['3'] = DIGIT,  ['4'] = DIGIT,
    ['5'] = DIGIT,  ['6'] = DIGIT,  ['7'] = DIGIT,  ['8'] = DIGIT,  ['9'] = DIGIT,
    ['A'] = LETTER, ['B'] = LETTER, ['C'] = LETTER, ['D'] = LETTER, ['E'] = LETTER,
    ['F'] = LETTER, ['G'] = LETTER, ['H'] = LETTER, ['I'] = LETTER, ['J'] = LETTER,
    ['K'] = LETTER, ['L'] = LETTER, ['M'] = LETTER, ['N'] = LETTER, ['O'] = LETTER,
    ['P'] = LETTER, ['Q'] = LETTER, ['R'] = LETTER, ['S'] = LETTER, ['T'] = LETTER,
    ['U'] = LETTER, ['V'] = LETTER, ['W'] = LETTER, ['X'] = LETTER, ['Y'] = LETTER,
    ['Z'] = LETTER, ['a'] = LETTER, ['b'] = LETTER, ['c'] = LETTER, ['d'] = LETTER,
    ['e'] = LETTER, ['f'] = LETTER, ['g'] = LETTER, ['h'] = LETTER, ['i'] = LETTER,
    ['j'] = LETTER, ['k'] = LETTER, ['l'] = LETTER, ['m'] = LETTER, ['n'] = LETTER,
    ['o'] = LETTER, ['p'] = LETTER, ['q'] = LETTER, ['r'] = LETTER, ['s'] = LETTER,
    ['t'] = LETTER, ['u'] = LETTER, ['v'] = LETTER, ['w'] = LETTER, ['x'] = LETTER,
    ['y'] = LETTER, ['z'] = LETTER};

static enum part part_of(uint32_t c)
{
    if (c < 0x80)
        return (enum part)byte_parts[c];
    if (uni_unspaced(c))
        return ALONE;
    return uni_letter(c) ? LETTER : uni_digit(c) ? DIGIT : OTHER;
}

/* True if c joins what is on both sides of it to one word. */
static bool joins(enum part before, uint32_t c, enum part after)
{
    switch (c) {
    case '\'':
    case 0x2019: /* ’ */
    case 0xB7:   /* the middle dot of Catalan */
        return before == LETTER && after == LETTER;
    case '-':
    case 0x2010: /* hyphens that may and may not break */
    case 0x2011:
        return (before == LETTER && (after == LETTER || after == DIGIT)) ||
               (before == DIGIT && after == LETTER);
    case '.':
    case ',':
        return before == DIGIT && after == DIGIT;
    }
    return false;
}

static inline enum part part_at(const char *p)
{
    return (enum part)byte_parts[(unsigned char)*p];
}

/* Past what is no part of a word, to the next word's first character and its part; OTHER
 * if there is none. */
static enum part find_word(const char **p, const char *end)
{
    for (const char *q = *p; q < end; *p = q) {
        while (q < end && (unsigned char)*q < 0x80 && part_at(q) == OTHER)
            q++;
        *p = q;
        enum part part = q < end ? part_of(utf8_next(&q, end)) : OTHER;
        if (part != OTHER)
            return part;
    }
    return OTHER;
}

/* Past the ASCII letters and digits at p. */
static inline const char *skip_plain(const char *p, const char *end)
{
#ifdef __SSE2__
    for (; end - p >= 16; p += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        unsigned plain = ascii16_of(v).alnum;
        if (plain != 0xFFFF)
            return p + __builtin_ctz(~plain);
    }
#endif
    while (p < end && part_at(p) != OTHER)
        p++;
    return p;
}

bool word_far(struct str *rest, struct str *word)
{
    const char *p = rest->s, *end = rest->s + rest->len;
    enum part part = find_word(&p, end);
    const char *start = p;

    if (part == OTHER)
        return false;
    if (part == ALONE) {
        utf8_next(&p, end);
    } else
        while (p < end) {
            const char *run = p;
            p = skip_plain(p, end);
            if (p == end || *p == ' ')
                break;
            if (p > run)
                part = part_at(p - 1);
            const char *q = p;
            uint32_t c = utf8_next(&q, end);
            enum part next = part_of(c);
            if (next == OTHER && q < end) {
                next = part_of(utf8_next(&q, end));
                if (!joins(part, c, next))
                    break;
            }
            if (next != LETTER && next != DIGIT)
                break;
            part = next;
            p = q;
        }
    *word = (struct str){start, (size_t)(p - start)};
    *rest = (struct str){p, (size_t)(end - p)};
    return true;
}

size_t word_count(struct str s)
{
    struct str word;
    size_t n = 0;

    while (word_next(&s, &word))
        n++;
    return n;
}

/* The upper halves of the function words' hashes, 0 where there is none, in pairs; the
 * lower half says in which. A full pair goes on in the next one. That tells the words
 * apart, most of them without a jump that is foretold wrongly. */
enum { STOP_PAIRS = 1 << 13 };
static uint32_t stop_pairs[STOP_PAIRS][2];
static bool stop_filled;

static inline size_t stop_pair(uint64_t hash)
{
    return (size_t)hash % STOP_PAIRS;
}

static void stop_add(uint64_t hash)
{
    size_t i = stop_pair(hash);

    while (stop_pairs[i][1])
        i = (i + 1) % STOP_PAIRS;
    stop_pairs[i][stop_pairs[i][0] != 0] = (uint32_t)(hash >> 32);
}

static bool letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* The same of a word of ASCII letters and others. */
static uint64_t folded_hash(struct str word)
{
    const char *p = word.s, *end = word.s + word.len;
    uint64_t h = WORD_HASH;

    while (p < end) {
        if (!letter(*p)) {
            h = word_hash_char(h, uni_fold(utf8_next(&p, end)));
            continue;
        }
        uint64_t eight = 0;
        unsigned bits = 0;
        for (; p < end && letter(*p); bits = (bits + 8) % 64) {
            eight |= (uint64_t)(*p++ | 0x20) << bits;
            if (bits == 56) {
                h = word_hash(h, eight);
                eight = 0;
            }
        }
        h = word_hash(h, eight);
    }
    return h;
}

/* Not inline: what looks words up needs no registers saved then. */
__attribute__((noinline)) static void stop_fill(void)
{
    struct str rest = {(const char *)stopwords_txt, stopwords_txt_size}, line;

    while (str_line(&rest, &line)) {
        size_t at = str_find(line, STR(" "), 0);
        if (str_starts(line, STR("#")) || at == (size_t)-1)
            continue;
        for (size_t from = at + 1; from < line.len; from = at + 1) {
            at = str_find(line, STR(" "), from);
            at = at < line.len ? at : line.len;
            stop_add(folded_hash(str_sub(line, from, at)));
        }
    }
    stop_filled = true;
}

bool word_stop_hash(uint64_t hash)
{
    if (!stop_filled)
        stop_fill();
    uint32_t tag = (uint32_t)(hash >> 32);
    const uint32_t *pair = stop_pairs[stop_pair(hash)];
    unsigned found = (pair[0] == tag) | (pair[1] == tag);

    while (pair[1] & (found - 1)) { /* full, and not found */
        pair = pair == stop_pairs[STOP_PAIRS - 1] ? stop_pairs[0] : pair + 2;
        found = (pair[0] == tag) | (pair[1] == tag);
    }
    return found;
}

bool word_stop(struct str word)
{
    enum { LONGEST = 24 }; /* bytes; the list's words are shorter */

    return word.len > 0 && word.len <= LONGEST && word_stop_hash(folded_hash(word));
}

bool word_capital(struct str word)
{
    const char *p = word.s;
    if (word.len > 0 && (unsigned char)*p < 0x80)
        return *p >= 'A' && *p <= 'Z';
    return word.len > 0 && uni_upper(utf8_next(&p, word.s + word.len));
}
