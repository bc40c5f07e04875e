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

static inline uint64_t count_capitals(uint64_t eight, uint64_t letters)
{
    uint64_t capitals = (~eight & ASCII_SMALL & letters) >> 5; /* a bit in a byte */
    return capitals * UINT64_C(0x0101010101010101) >> 56;
}

/* Reads the ASCII letters at p, of which *upper are capitals. */
static inline const char *read_letters(uint64_t *hash, uint64_t *upper, const char *p)
{
    for (;; p += 8) {
        uint64_t eight = ascii_eight(p), others = ascii_others(eight);
        uint64_t letters = ascii_before(others);
        *hash = word_hash(*hash, (eight | ASCII_SMALL) & letters);
        *upper += count_capitals(eight, letters);
        if (others)
            return p + ascii_first(others);
    }
}

/* The same of a word's first letters; of fewer than 16, as they mostly are, without a
 * jump that depends on how many. */
static inline const char *read_first_letters(uint64_t *hash, uint64_t *upper,
                                             const char *p)
{
    size_t n = ascii_letters16(p);
    if (n == 16)
        return read_letters(hash, upper, p);
    uint64_t first = ascii_eight(p), second = ascii_eight(p + 8);
    uint64_t rest = (UINT64_C(1) << n % 8 * 8) - 1, full = 0 - (uint64_t)(n / 8);
    uint64_t few = word_hash(*hash, (first | ASCII_SMALL) & (rest | full));
    uint64_t many = word_hash(few, (second | ASCII_SMALL) & rest);
    *upper += count_capitals(first, rest | full) + count_capitals(second, rest & full);
    *hash = few ^ ((few ^ many) & full);
    return p + n;
}

/* Reads the rest of a word, from p on, of which *hash has what is before. What is at end
 * belongs to no word. */
__attribute__((noinline)) static const char *read_rest(struct scan *scan, uint64_t *hash,
                                                       const char *p, const char *end)
{
    enum sort sort = LOWER;
    uint64_t h = *hash, upper = 0;
    for (;;) {
        const char *mark = p;
        enum sort next = sort_of((unsigned char)*p);
        if (next == LOWER || next == UPPER) {
            p = read_letters(&h, &upper, p);
        } else if (next == DIGIT) {
            h = word_hash_char(h, (unsigned char)*p++);
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
                upper += next == UPPER;
            }
            scan->high = (uint16_t)(scan->high + (p - mark));
            scan->digits = (uint16_t)(scan->digits + (next == DIGIT));
            h = word_hash_char(h, uni_fold(c));
        } else {
            p = join(mark, end, sort);
            if (p == mark)
                break;
            h = word_hash_char(h, (unsigned char)*mark);
            next = sort;
        }
        sort = next;
    }
    scan->upper = (uint16_t)(scan->upper + upper);
    *hash = h;
    return p;
}

/* True if a word may go on with this byte behind a letter. */
static inline bool goes_on(char c)
{
    return sort_of((unsigned char)c) > SPACE || c == '\'' || c == '-';
}

/* All numbers are one token, a mark's is its code point. */
#define NUMBER UINT32_C(0x5bd1e990)

static uint32_t mark_token(uint32_t c)
{
    return (c + 1) * UINT32_C(2654435761) & ~(uint32_t)TOKEN_BITS;
}

/* Mixed once more: tokens of words that are alike would lie alike in what is learned of
 * them. */
static uint32_t word_token(uint64_t hash, bool weighs)
{
    uint32_t mixed = (uint32_t)(hash * UINT64_C(0xff51afd7ed558ccd) >> 32);
    return (mixed & ~(uint32_t)TOKEN_BITS) | TOKEN_WORD | (uint32_t)weighs * TOKEN_WEIGHT;
}

/* What was read of a line. Counts lie four in a number, to which all that a word or mark
 * counts as is added at once and without a jump that is often foretold wrongly. */
struct tally {
    uint64_t words, letters, marks;
    uint32_t saying, *token, *weight; /* the next ones */
};

/* Where a count begins. */
enum { CAPITALS = 16, LONG_WORDS = 32, LONG_CAPITALS = 48 };
enum { UPPER_LETTERS = 16, STOP_WORDS = 32 };
enum { COLONS = 16, MARKS = 32 };

static uint16_t count_at(uint64_t counts, int at)
{
    return (uint16_t)(counts >> at);
}

static inline void add_token(struct tally *tally, uint32_t said)
{
    *tally->token++ = said;
    tally->saying = (tally->saying ^ said) * 16777619u;
}

static inline void add_word(struct tally *tally, size_t len, uint64_t hash,
                            enum sort first)
{
    uint64_t counts = 1 + ((uint64_t)(first == UPPER) << CAPITALS);
    uint32_t said = NUMBER;
    tally->words += counts + (len > 3 ? counts << LONG_WORDS : 0);
    tally->letters += len;
    if (first != DIGIT) {
        bool stop = word_stop_hash(hash), weighs = (len > 4) & !stop;
        said = word_token(hash, weighs);
        tally->letters += (uint64_t)stop << STOP_WORDS;
        *tally->weight = said; /* to stay if it weighs */
        tally->weight += weighs;
    }
    add_token(tally, said);
}

/* Reads a word, most of which are of ASCII letters alone, and a blank behind it. */
static inline const char *read_word(struct scan *scan, struct tally *tally,
                                    const char *start, const char *end, enum sort first)
{
    const uint64_t ago = word_hash(WORD_HASH, 'a' | 'g' << 8 | 'o' << 16);
    const char *p = start;
    uint64_t hash = WORD_HASH, upper = 0;
    if ((*p | 0x20) >= 'a' && (*p | 0x20) <= 'z')
        p = read_first_letters(&hash, &upper, p);
    /* a jump, as what comes next need not wait for the byte then */
    bool blank = *p == ' ';
    if (!blank && goes_on(*p))
        p = read_rest(scan, &hash, p, end);
    tally->letters += upper << UPPER_LETTERS;
    add_word(tally, (size_t)(p - start), hash, first);
    if (hash == ago && *start == 'a')
        scan->ago++;
    return blank ? p + 1 : p;
}

static inline void add_mark(struct tally *tally, unsigned char c)
{
    static const uint64_t counts[128] = {[','] = 1,
                                         [':'] = UINT64_C(1) << COLONS,
                                         ['|'] = UINT64_C(1) << MARKS,
                                         ['('] = UINT64_C(1) << MARKS,
                                         ['['] = UINT64_C(1) << MARKS,
                                         ['-'] = UINT64_C(1) << MARKS,
                                         ['_'] = UINT64_C(1) << MARKS,
                                         ['/'] = UINT64_C(1) << MARKS};
    tally->marks += counts[c];
    add_token(tally, mark_token(c));
}

/* Reads a character beyond ASCII that is no part of a longer word; false, and moves
 * nowhere, if it is. */
static bool read_high(struct scan *scan, struct tally *tally, const char **p,
                      const char *end, enum sort *sort)
{
    const char *next = *p;
    uint32_t c = utf8_next(&next, end);
    size_t len = (size_t)(next - *p);
    *sort = high_sort(c);
    if (*sort != MARK && *sort != HIGH)
        return false;
    scan->high = (uint16_t)(scan->high + len);
    *p = next;
    if (*sort == HIGH) {
        scan->unspaced++;
        add_word(tally, len, word_hash_char(WORD_HASH, c), HIGH);
    } else {
        tally->marks += (uint64_t)(c >= 0x2013 && c <= 0x2015) << MARKS;
        add_token(tally, mark_token(c));
    }
    return true;
}

static void set_counts(struct scan *scan, const struct tally *tally)
{
    scan->saying = tally->saying;
    scan->words = count_at(tally->words, 0);
    scan->capitals = count_at(tally->words, CAPITALS);
    scan->long_words = count_at(tally->words, LONG_WORDS);
    scan->long_capitals = count_at(tally->words, LONG_CAPITALS);
    scan->letters = count_at(tally->letters, 0);
    scan->upper = (uint16_t)(scan->upper + count_at(tally->letters, UPPER_LETTERS));
    scan->stop = count_at(tally->letters, STOP_WORDS);
    scan->commas = count_at(tally->marks, 0);
    scan->colons = count_at(tally->marks, COLONS);
    scan->marks = count_at(tally->marks, MARKS);
}

/* Reads the bytes from p to end, which a byte that belongs to no word is at. READ_ON
 * bytes from there on are looked at, but do not matter. */
static void read_line(struct scan *scan, struct tally *tally, const char *p,
                      const char *end)
{
    while (p < end) {
        enum sort sort = sort_of((unsigned char)*p);
        if (sort == SPACE) {
            p++;
        } else if (sort == MARK) {
            add_mark(tally, (unsigned char)*p++);
        } else if (sort != HIGH || !read_high(scan, tally, &p, end, &sort)) {
            p = read_word(scan, tally, p, end, sort);
        }
    }
}

void scan_line(struct scan *scan, struct str line, size_t more, uint32_t token[SCAN_LOOK],
               uint32_t weight[SCAN_LOOK])
{
    enum { READ_ON = 16 };
    struct tally tally = {.saying = 2166136261u, .token = token, .weight = weight};
    bool here = more >= READ_ON && line.len <= SCAN_LOOK && line.s[line.len] == '\n';
    if (line.len > SCAN_LOOK)
        for (line.len = SCAN_LOOK; ((unsigned char)line.s[line.len] & 0xc0) == 0x80;)
            line.len--;
    *scan = (struct scan){.bytes = (uint16_t)line.len};
    if (here) {
        read_line(scan, &tally, line.s, line.s + line.len);
    } else {
        char copy[SCAN_LOOK + READ_ON];
        memcpy(copy, line.s, line.len);
        memset(copy + line.len, 0, READ_ON);
        read_line(scan, &tally, copy, copy + line.len);
    }
    set_counts(scan, &tally);
    scan->tokens = (uint16_t)(tally.token - token);
    scan->weights = (uint16_t)(tally.weight - weight);
}
