#include "common/words.h"

#include "common/data.h"
#include "common/unicode.h"
#include "common/wordset.h"

DATA(stopwords_txt);

enum part { OTHER, LETTER, DIGIT, ALONE };

static const unsigned char ascii_parts[128] = {
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
        return (enum part)ascii_parts[c];
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

bool word_next(struct str *rest, struct str *word)
{
    const char *p = rest->s, *end = rest->s + rest->len, *start = p;
    enum part part = OTHER;

    while (p < end) {
        while (p < end && (unsigned char)*p < 0x80 &&
               ascii_parts[(unsigned char)*p] == OTHER)
            p++;
        if (p == end)
            break;
        start = p;
        if ((part = part_of(utf8_next(&p, end))) != OTHER)
            break;
    }
    if (part == OTHER)
        return false;
    while (part != ALONE && p < end) {
        while (p < end && (unsigned char)*p < 0x80 &&
               ascii_parts[(unsigned char)*p] != OTHER)
            part = (enum part)ascii_parts[(unsigned char)*p++];
        if (p == end || *p == ' ')
            break;
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

bool word_stop(struct str word)
{
    enum { LONGEST = 24 }; /* bytes; the list's words are shorter */
    static struct wordset_slot slots[1 << 13];
    static struct wordset set = {stopwords_txt, &stopwords_txt_size,          true,
                                 slots,         sizeof slots / sizeof *slots, false};

    return word.len > 0 && word.len <= LONGEST && wordset_kind(&set, word) != 0;
}

bool word_capital(struct str word)
{
    const char *p = word.s;
    if (word.len > 0 && (unsigned char)*p < 0x80)
        return *p >= 'A' && *p <= 'Z';
    return word.len > 0 && uni_upper(utf8_next(&p, word.s + word.len));
}
