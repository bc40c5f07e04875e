#include "common/sentence.h"

#include "common/data.h"
#include "common/unicode.h"
#include "common/words.h"
#include "common/wordset.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

DATA(abbrev_txt);

/* Kinds of common/abbrev.txt. */
enum { TITLE = 't', ABBREV = 'a', NUMBER = 'n', ORDINAL = 'o', STARTER = 's' };

static char kind_of(struct str word)
{
    static struct wordset_slot slots[1 << 11];
    static struct wordset set = {
        abbrev_txt, &abbrev_txt_size, false, slots, sizeof slots / sizeof *slots, false};
    return wordset_kind(&set, word);
}

/* Marks that end a sentence. */
enum mark {
    NO_MARK,
    STOP,     /* a full stop, which may also belong to an abbreviation */
    STRONG,   /* ! ? and their like */
    ELLIPSIS, /* … or two and more full stops */
    GREEK,    /* ; which asks in Greek only */
    WIDE,     /* marks of scripts that need no space behind them */
};

static enum mark mark_of(uint32_t c)
{
    switch (c) {
    case '.':
        return STOP;
    case '!':
    case '?':
    case 0x203C: /* ‼ */
    case 0x203D: /* ‽ */
    case 0x2047: /* ⁇ ⁈ ⁉ */
    case 0x2048:
    case 0x2049:
    case 0x37E: /* the Greek question mark */
    case 0x589: /* Armenian */
    case 0x61F: /* Arabic ؟ and ۔ */
    case 0x6D4:
    case 0x964: /* danda and double danda */
    case 0x965:
    case 0x1362: /* Ethiopic */
    case 0x104B: /* Burmese */
    case 0x17D4: /* Khmer */
        return STRONG;
    case 0x2026:
        return ELLIPSIS;
    case ';':
        return GREEK;
    case 0x3002: /* 。 */
    case 0xFF01: /* ！ */
    case 0xFF0E: /* ． */
    case 0xFF1F: /* ？ */
    case 0xFF61: /* ｡ */
        return WIDE;
    }
    return NO_MARK;
}

/* A byte with which a line end or a mark may begin. */
static bool may_mark(char byte)
{
    static const bool may[256] = {
        ['\n'] = true, ['.'] = true,  ['!'] = true,  ['?'] = true,  [';'] = true,
        [0xCD] = true, [0xD6] = true, [0xD8] = true, [0xDB] = true, [0xE0] = true,
        [0xE1] = true, [0xE2] = true, [0xE3] = true, [0xEF] = true};
    return may[(unsigned char)byte];
}

/* The first byte at or behind p that may_mark(). */
static const char *skip_unmarked(const char *p, const char *end)
{
#ifdef __SSE2__
    const __m128i stop = _mm_set1_epi8('.'), cry = _mm_set1_epi8('!');
    const __m128i ask = _mm_set1_epi8('?'), semicolon = _mm_set1_epi8(';');
    const __m128i space = _mm_set1_epi8(' ');
    while (end - p >= 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        /* signed: control characters, and all that is not ASCII */
        __m128i odd =
            _mm_or_si128(_mm_or_si128(_mm_cmplt_epi8(v, space), _mm_cmpeq_epi8(v, stop)),
                         _mm_or_si128(_mm_cmpeq_epi8(v, cry),
                                      _mm_or_si128(_mm_cmpeq_epi8(v, ask),
                                                   _mm_cmpeq_epi8(v, semicolon))));
        unsigned mask = (unsigned)_mm_movemask_epi8(odd);
        p += mask ? __builtin_ctz(mask) : 16;
        if (mask && may_mark(*p++))
            return p - 1;
    }
#endif
    while (p < end && !may_mark(*p))
        p++;
    return p;
}

/* A quotation mark or bracket that may close, right behind a mark: “ and « close in
 * German, ’ and ' anywhere. */
static bool closes(uint32_t c)
{
    switch (c) {
    case '"':
    case '\'':
    case ')':
    case ']':
    case 0xAB: /* « » */
    case 0xBB:
    case 0x2018: /* ‘ ’ “ ” */
    case 0x2019:
    case 0x201C:
    case 0x201D:
    case 0x2039: /* ‹ › */
    case 0x203A:
    case 0x300B: /* 》 」 』 】 ） */
    case 0x300D:
    case 0x300F:
    case 0x3011:
    case 0xFF09:
        return true;
    }
    return false;
}

/* What may stand before the first word of a sentence. */
static bool opens(uint32_t c)
{
    switch (c) {
    case '"':
    case '\'':
    case '(':
    case '[':
    case '-':
    case '*':
    case 0xA1: /* ¡ ¿ */
    case 0xBF:
    case 0xAB:
    case 0xBB:
    case 0x2013: /* – — */
    case 0x2014:
    case 0x2018:
    case 0x2019:
    case 0x201A:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x2022: /* • */
    case 0x2039:
    case 0x203A:
        return true;
    }
    return false;
}

static bool blank(uint32_t c)
{
    return c != '\n' && uni_space(c);
}

/* The word that ends at p, inner full stops included: "U.S", "Mr", "3". It begins behind
 * white space or what opens a sentence. */
static struct str word_before(const char *start, const char *p)
{
    enum { LONGEST = 32 }; /* bytes; nothing of interest is longer */
    const char *q = p;

    while (q > start && p - q <= LONGEST) {
        const char *before = q;
        uint32_t c = utf8_prev(&before, start);
        if (uni_space(c) || (opens(c) && c != '-' && c != '\'' && c != 0x2019))
            break;
        q = before;
    }
    return (struct str){q, (size_t)(p - q)};
}

static bool all_digits(struct str s)
{
    const char *p = s.s, *end = s.s + s.len;
    while (p < end)
        if (!uni_digit(utf8_next(&p, end)))
            return false;
    return s.len > 0;
}

/* True for an initial ("J", "J.-P") and for letters with full stops between ("U.S"). */
static bool initials(struct str word)
{
    const char *p = word.s, *end = word.s + word.len;
    bool letter = false;

    while (p < end) {
        uint32_t c = utf8_next(&p, end);
        if (c == '.' || c == '-') {
            letter = false;
            continue;
        }
        if (letter || !uni_letter(c) || uni_unspaced(c))
            return false;
        letter = true;
    }
    return word.len > 0;
}

/* True if a full stop behind word ends a sentence that goes on with next; first is the
 * character next begins with, at_start says that the word is all there is before. */
static bool stop_ends(struct str word, bool at_start, uint32_t first, struct str next)
{
    char kind = kind_of(word);

    if (kind == TITLE)
        return false;
    if (all_digits(word))
        return !(at_start && word.len <= 3) &&
               !(word.len <= 2 && kind_of(next) == ORDINAL);
    if (kind == NUMBER)
        return !uni_digit(first);
    if (kind == ABBREV || initials(word))
        return kind_of(next) == STARTER && next.s[next.len] != '.';
    return true;
}

/* The place where the sentence that starts at start ends, given the marks that begin at
 * p; NULL if it goes on. *behind is set to where looking for marks goes on. */
static const char *ends_at(const char *start, const char *p, const char *end,
                           const char **behind)
{
    const char *q = p;
    enum mark mark = mark_of(utf8_next(&q, end)), more;
    struct str word = word_before(start, p);
    bool closed = false;

    *behind = q;
    if (mark == GREEK) {
        const char *letter = p;
        uint32_t c = p > start ? utf8_prev(&letter, start) : 0;
        if (c < 0x370 || c > 0x3FF)
            return NULL;
    }
    for (const char *r = q; r < end; q = r) {
        more = mark_of(utf8_next(&r, end));
        if (more == NO_MARK || more == GREEK)
            break;
        mark = mark == WIDE || more == WIDE       ? WIDE
               : mark == STRONG || more == STRONG ? STRONG
                                                  : ELLIPSIS;
    }
    for (const char *r = q; r < end; q = r, closed = true)
        if (!closes(utf8_next(&r, end)))
            break;
    *behind = q;

    const char *next = q;
    bool spaced = q == end, opened = false;
    uint32_t c = 0;
    for (const char *r = q; r < end; next = r) {
        c = utf8_next(&r, end);
        if (c == '\n')
            return q;
        if (!blank(c) && !(spaced && opens(c)))
            break;
        opened = opened || !blank(c);
        spaced = true;
    }
    if (next == end)
        return q;
    if (mark == WIDE) /* と and 、 after a quotation go on with the sentence around it */
        return closed && (c == 0x3068 || c == 0x3001 || c == 0xFF0C) ? NULL : q;
    if (!spaced || uni_lower(c))
        return NULL;
    if (!uni_letter(c) && !uni_digit(c) && !opened && c < 0x80 && c != '$' && c != '#' &&
        c != '@' && c != '+')
        return NULL;
    if (mark != STOP || closed)
        return q;
    struct str rest = {next, (size_t)(end - next < 64 ? end - next : 64)}, follows = {0};
    if (!word_next(&rest, &follows) || follows.s + follows.len >= end)
        follows.len = 0;
    return stop_ends(word, word.s == start, c, follows) ? q : NULL;
}

bool sentence_next(struct str *rest, struct str *sentence)
{
    const char *end = rest->s + rest->len, *start = rest->s, *p;

    for (p = start; p < end;) { /* the blanks before, line ends included */
        start = p;
        if (!uni_space(utf8_next(&p, end)))
            break;
        start = p;
    }
    const char *stop = NULL;
    for (p = start; p < end && !stop;) {
        p = skip_unmarked(p, end);
        if (p == end)
            break;
        const char *q = p;
        uint32_t c = utf8_next(&q, end);
        if (c == '\n')
            stop = p;
        else if (mark_of(c) != NO_MARK)
            stop = ends_at(start, p, end, &q);
        p = q;
    }
    if (!stop)
        stop = end;
    *sentence = str_trim((struct str){start, (size_t)(stop - start)});
    *rest = (struct str){stop, (size_t)(end - stop)};
    return sentence->len > 0;
}
