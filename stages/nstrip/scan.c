#include "stages/nstrip/scan.h"

#include "common/unicode.h"
#include "common/words.h"

#include <stdbool.h>
#include <string.h>

enum sort { MARK, SPACE, LOWER, UPPER, DIGIT, HIGH };

static inline enum sort sort_of(unsigned char c)
{
    static const unsigned char sorts[128] = {
        ['\t'] = SPACE, [' '] = SPACE, ['0'] = DIGIT, ['1'] = DIGIT, ['2'] = DIGIT,
        ['3'] = DIGIT,  ['4'] = DIGIT, ['5'] = DIGIT, ['6'] = DIGIT, ['7'] = DIGIT,
        ['8'] = DIGIT,  ['9'] = DIGIT, ['A'] = UPPER, ['B'] = UPPER, ['C'] = UPPER,
        ['D'] = UPPER,  ['E'] = UPPER, ['F'] = UPPER, ['G'] = UPPER, ['H'] = UPPER,
        ['I'] = UPPER,  ['J'] = UPPER, ['K'] = UPPER, ['L'] = UPPER, ['M'] = UPPER,
        ['N'] = UPPER,  ['O'] = UPPER, ['P'] = UPPER, ['Q'] = UPPER, ['R'] = UPPER,
        ['S'] = UPPER,  ['T'] = UPPER, ['U'] = UPPER, ['V'] = UPPER, ['W'] = UPPER,
        ['X'] = UPPER,  ['Y'] = UPPER, ['Z'] = UPPER, ['a'] = LOWER, ['b'] = LOWER,
        ['c'] = LOWER,  ['d'] = LOWER, ['e'] = LOWER, ['f'] = LOWER, ['g'] = LOWER,
        ['h'] = LOWER,  ['i'] = LOWER, ['j'] = LOWER, ['k'] = LOWER, ['l'] = LOWER,
        ['m'] = LOWER,  ['n'] = LOWER, ['o'] = LOWER, ['p'] = LOWER, ['q'] = LOWER,
        ['r'] = LOWER,  ['s'] = LOWER, ['t'] = LOWER, ['u'] = LOWER, ['v'] = LOWER,
        ['w'] = LOWER,  ['x'] = LOWER, ['y'] = LOWER, ['z'] = LOWER};
    return c < 0x80 ? (enum sort)sorts[c] : HIGH;
}

/* The sort of a character beyond ASCII: HIGH is a word by itself, MARK no part of one. */
static enum sort high_sort(uint32_t c)
{
    if (c < 0xc0 || (c >= 0x2000 && c < 0x2c00))
        return MARK;
    if (uni_unspaced(c))
        return HIGH;
    return uni_upper(c) ? UPPER : uni_letter(c) ? LOWER : uni_digit(c) ? DIGIT : MARK;
}

static bool letter_at(const char *p, const char *end)
{
    enum sort sort = p < end ? sort_of((unsigned char)*p) : MARK;
    if (sort == HIGH)
        sort = high_sort(utf8_next(&p, end));
    return sort == LOWER || sort == UPPER;
}

/* Behind the apostrophe, hyphen, point or comma at p that joins what is on both sides of
 * it to one word; p if nothing does. */
static const char *join(const char *p, const char *end, enum sort before)
{
    bool curly = end - p > 3 && !memcmp(p, "\xe2\x80\x99", 3);
    const char *next = p + (curly ? 3 : 1);
    if (before == DIGIT)
        return (*p == '.' || *p == ',') && next < end &&
                       sort_of((unsigned char)*next) == DIGIT
                   ? next
                   : p;
    return (*p == '\'' || *p == '-' || curly) && letter_at(next, end) ? next : p;
}

/* Reads the rest of a word, from p on, of which *hash has what is before. What is at end
 * belongs to no word. */
__attribute__((noinline)) static const char *read_rest(struct scan *scan, uint64_t *hash,
                                                       const char *p, const char *end)
{
    enum sort sort = LOWER;
    uint64_t h = *hash;
    for (const char *from = p;; from = p) {
        while (*p >= 'a' && *p <= 'z')
            h = word_hash(h, (unsigned char)*p++);
        if (*p == ' ')
            break;
        const char *mark = p;
        enum sort next = sort_of((unsigned char)*p);
        sort = p > from ? LOWER : sort;
        if (next == UPPER) {
            h = word_hash(h, (unsigned char)*p++ | 0x20u);
            scan->upper++;
        } else if (next == DIGIT) {
            h = word_hash(h, (unsigned char)*p++);
            scan->digits++;
        } else if (next == HIGH) {
            uint32_t c = utf8_next(&p, end);
            next = high_sort(c);
            if (next == HIGH || next == MARK) {
                p = join(mark, end, sort);
                if (p == mark)
                    break;
                c = 0x2019;
                next = sort;
            } else {
                scan->upper = (uint16_t)(scan->upper + (next == UPPER));
            }
            scan->high = (uint16_t)(scan->high + (p - mark));
            scan->digits = (uint16_t)(scan->digits + (next == DIGIT));
            h = word_hash(h, uni_fold(c));
        } else {
            p = join(mark, end, sort);
            if (p == mark)
                break;
            h = word_hash(h, (unsigned char)*mark);
            next = sort;
        }
        sort = next;
    }
    *hash = h;
    return p;
}

/* True if a word may go on with this byte behind a letter. */
static inline bool goes_on(char c)
{
    return sort_of((unsigned char)c) > SPACE || c == '\'' || c == '-';
}

/* Reads a word; most are of small letters, but for the first. */
static inline const char *read_word(struct scan *scan, uint64_t *hash, const char *p,
                                    const char *end)
{
    uint64_t h = WORD_HASH;
    if (*p >= 'A' && *p <= 'Z') {
        h = word_hash(h, (unsigned char)*p++ | 0x20u);
        scan->upper++;
    }
    for (; *p >= 'a' && *p <= 'z'; p++)
        h = word_hash(h, (unsigned char)*p);
    *hash = h;
    return goes_on(*p) ? read_rest(scan, hash, p, end) : p;
}

/* All numbers are one token, a mark's is its code point. */
#define NUMBER UINT32_C(0x5bd1e990)

static uint32_t mark_token(uint32_t c)
{
    return (c + 1) * UINT32_C(2654435761) & ~(uint32_t)TOKEN_BITS;
}

static uint32_t word_token(uint64_t hash, bool weighs)
{
    return ((uint32_t)(hash >> 32 ^ hash) & ~(uint32_t)TOKEN_BITS) | TOKEN_WORD |
           (uint32_t)weighs * TOKEN_WEIGHT;
}

static inline void add_token(struct scan *scan, uint32_t token[SCAN_LOOK], uint32_t said)
{
    token[scan->tokens++] = said;
    scan->saying = (scan->saying ^ said) * 16777619u;
}

/* Words, those with a capital, long ones, and both: four counts in one number, to which
 * a word is added without a jump that is often foretold wrongly. */
enum { CAPITALS = 16, LONG_WORDS = 32, LONG_CAPITALS = 48 };

static inline uint64_t counts_of(enum sort first, size_t len)
{
    uint64_t counts = 1 + ((uint64_t)(first == UPPER) << CAPITALS);
    return counts + (len > 3 ? counts << LONG_WORDS : 0);
}

static void set_counts(struct scan *scan, uint64_t counts)
{
    scan->words = (uint16_t)counts;
    scan->capitals = (uint16_t)(counts >> CAPITALS);
    scan->long_words = (uint16_t)(counts >> LONG_WORDS);
    scan->long_capitals = (uint16_t)(counts >> LONG_CAPITALS);
}

static void add_word(struct scan *scan, const char *start, const char *end, uint64_t hash,
                     enum sort first, uint32_t token[SCAN_LOOK],
                     uint32_t weight[SCAN_LOOK])
{
    const uint64_t ago = word_hash(word_hash(word_hash(WORD_HASH, 'a'), 'g'), 'o');
    size_t len = (size_t)(end - start);
    uint32_t said = NUMBER;
    scan->letters = (uint16_t)(scan->letters + len);
    if (first != DIGIT) {
        bool stop = word_stop_hash(hash), weighs = (len > 4) & !stop;
        said = word_token(hash, weighs);
        scan->stop = (uint16_t)(scan->stop + stop);
        weight[scan->weights] = said; /* to stay if it weighs */
        scan->weights = (uint16_t)(scan->weights + weighs);
    }
    if (hash == ago && *start == 'a')
        scan->ago++;
    add_token(scan, token, said);
}

static void add_mark(struct scan *scan, unsigned char c)
{
    switch (c) {
    case ',':
        scan->commas++;
        break;
    case ':':
        scan->colons++;
        break;
    case '|':
    case '(':
    case '[':
    case '-':
    case '_':
    case '/':
        scan->marks++;
        break;
    }
}

static void add_high_mark(struct scan *scan, uint32_t c)
{
    if (c >= 0x2013 && c <= 0x2015)
        scan->marks++;
}

void scan_line(struct scan *scan, struct str line, uint32_t token[SCAN_LOOK],
               uint32_t weight[SCAN_LOOK])
{
    *scan = (struct scan){.saying = 2166136261u};
    if (line.len > SCAN_LOOK)
        for (line.len = SCAN_LOOK; ((unsigned char)line.s[line.len] & 0xc0) == 0x80;)
            line.len--;
    char copy[SCAN_LOOK + 1]; /* what is behind it ends the last word */
    memcpy(copy, line.s, line.len);
    copy[line.len] = 0;
    const char *p = copy, *end = copy + line.len;
    uint64_t counts = 0;
    scan->bytes = (uint16_t)line.len;
    while (p < end) {
        const char *start = p;
        enum sort sort = sort_of((unsigned char)*p);
        uint64_t hash;
        if (sort == SPACE) {
            p++;
            continue;
        }
        if (sort == MARK) {
            p++;
            add_mark(scan, (unsigned char)*start);
            add_token(scan, token, mark_token((unsigned char)*start));
            continue;
        }
        if (sort == HIGH) {
            uint32_t c = utf8_next(&p, end);
            sort = high_sort(c);
            if (sort == MARK || sort == HIGH)
                scan->high = (uint16_t)(scan->high + (p - start));
            if (sort == MARK) {
                add_high_mark(scan, c);
                add_token(scan, token, mark_token(c));
                continue;
            }
            hash = word_hash(WORD_HASH, c);
        }
        scan->unspaced = (uint16_t)(scan->unspaced + (sort == HIGH));
        if (sort != HIGH)
            p = read_word(scan, &hash, start, end);
        counts += counts_of(sort, (size_t)(p - start));
        add_word(scan, start, p, hash, sort, token, weight);
        p += *p == ' ';
    }
    set_counts(scan, counts);
}
