#include "common/cue.h"

#include "common/data.h"
#include "common/unicode.h"

#include <stdint.h>

DATA(cues_txt);

/* A line's beginning as phrases are compared: words in folded case, a blank between two,
 * "#" for a number. Only the hash of what was read so far is kept, at every place where a
 * phrase could end. */
enum {
    KEY_LINE = 160, /* bytes of a line that are looked at */
    KEY_ENDS = 24   /* places in them */
};

struct key {
    uint64_t hash[KEY_ENDS]; /* of the words up to there */
    size_t at[KEY_ENDS];     /* the byte in the line behind the last of them */
    size_t words[KEY_ENDS];
    size_t ends;
    bool whole;   /* the last end is the line's end */
    bool numbers; /* some word was a number */
};

enum form { FORM_WHOLE, FORM_BEGINS, FORM_ENDS, FORMS };

/* A slot holds the upper bits of a phrase's hash and, in the low ones, its kind; 0 is an
 * empty one. */
enum { SLOTS = 1 << 14, KIND_BITS = 5 };
static uint64_t slots[FORMS][SLOTS];
static bool built;

/* Most lines are told from all phrases by their first word, their first two or their
 * last: a bit for each that a phrase has. */
enum filter { FIRST, FIRST_TWO, LAST, FILTERS };
enum { FILTER_BITS = 17 };
static unsigned char filters[FILTERS][(1 << FILTER_BITS) / 8];

static const uint64_t hash_start = 14695981039346656037u;

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

enum sort { OTHER, LETTER, NUMBER, ALONE };

static bool ascii_letter(char c)
{
    unsigned char lower = (unsigned char)c | 0x20;
    return lower >= 'a' && lower <= 'z';
}

/* The next character folded, and its class: ALONE is a word by itself. */
static enum sort next_char(const char **p, const char *end, uint32_t *c)
{
    unsigned char first = (unsigned char)**p;
    if (first < 0x80) {
        ++*p;
        unsigned char lower = first | 0x20;
        *c = lower;
        if (lower >= 'a' && lower <= 'z')
            return LETTER;
        if (first == '#' || (first >= '0' && first <= '9')) {
            *c = '#';
            return NUMBER;
        }
        return OTHER;
    }
    uint32_t raw = utf8_next(p, end);
    *c = uni_fold(raw);
    if (raw == 0xa9 || uni_unspaced(raw))
        return ALONE;
    return uni_letter(raw) ? LETTER : OTHER;
}

static uint64_t scatter(uint64_t h)
{
    h ^= h >> 32;
    return h * 0x9e3779b97f4a7c15u;
}

static bool filter_has(enum filter filter, uint64_t hash)
{
    uint64_t bit = scatter(hash) >> (64 - FILTER_BITS);
    return filters[filter][bit / 8] >> bit % 8 & 1;
}

static void filter_add(enum filter filter, uint64_t hash)
{
    uint64_t bit = scatter(hash) >> (64 - FILTER_BITS);
    filters[filter][bit / 8] |= (unsigned char)(1 << bit % 8);
}

/* The slot of a phrase, or the empty one where it would stand. */
static uint64_t *slot_of(enum form form, uint64_t hash)
{
    size_t i = (size_t)(scatter(hash) >> 50) % SLOTS;
    uint64_t *table = slots[form];
    while (table[i] && (table[i] ^ hash) >> KIND_BITS)
        i = (i + 1) % SLOTS;
    return &table[i];
}

static enum cue kind_at(enum form form, uint64_t hash)
{
    return (enum cue)(*slot_of(form, hash) & ((1 << KIND_BITS) - 1));
}

/* True if a line whose first ends were read cannot be a phrase or begin with one. */
static bool hopeless(const struct key *key)
{
    if (key->ends == 1)
        return !filter_has(FIRST, key->hash[0]);
    return key->ends == 2 && !filter_has(FIRST_TWO, key->hash[1]) &&
           !kind_at(FORM_BEGINS, key->hash[0]);
}

/* Reads the key of a line; skip leaves numbers out. With quick it stops, without any end,
 * as soon as no phrase can fit. */
static void key_read(struct key *key, struct str line, bool skip, bool quick)
{
    const char *p = line.s, *end = line.s + line.len;
    uint64_t h = hash_start;
    enum sort before = OTHER;
    size_t words = 0;
    key->ends = 0;
    key->whole = key->numbers = false;
    if (line.len > KEY_LINE)
        end = line.s + KEY_LINE;
    while (p < end) {
        const char *start = p;
        uint32_t c;
        enum sort now = next_char(&p, end, &c);
        if (now == NUMBER) {
            key->numbers = true;
            now = skip ? OTHER : now;
        }
        /* a point or comma inside a number */
        if (now == OTHER && before == NUMBER && (c | 2) == '.' && p < end && *p >= '0' &&
            *p <= '9')
            continue;
        bool joined = now == before && now != ALONE;
        if (before != OTHER && !joined) {
            key->hash[key->ends] = h;
            key->words[key->ends] = words;
            key->at[key->ends++] = (size_t)(start - line.s);
            if (quick && hopeless(key))
                key->ends = 0;
            if (key->ends == 0 || key->ends == KEY_ENDS)
                return;
        }
        if (now != OTHER && !joined) {
            words++;
            /* nothing between two characters that are words by themselves */
            if (words > 1 && !(now == ALONE && before == ALONE))
                h = hash_byte(h, ' ');
        }
        if (now != OTHER && !(now == NUMBER && joined))
            h = hash_char(h, c);
        while (now == LETTER && p < end && ascii_letter(*p))
            h = hash_byte(h, (unsigned char)*p++ | 0x20);
        before = now;
    }
    key->whole = end == line.s + line.len;
    if (before != OTHER) {
        key->hash[key->ends] = h;
        key->words[key->ends] = words;
        key->at[key->ends++] = (size_t)(end - line.s);
    }
}

static const char *const kind_names[CUES] = {
    "",        "more",    "share",  "subscribe", "cookie",  "ad",
    "comment", "media",   "nav",    "copyright", "counter", "tags",
    "topic",   "related", "byline", "credit",    "time",    "correction",
};

static enum cue kind_named(struct str name)
{
    int kind = CUES - 1;
    while (kind && !str_eq(name, str_of(kind_names[kind])))
        kind--;
    return (enum cue)kind;
}

/* Where the last word of a line begins; one of a script without blanks is a character. */
static size_t last_word_at(struct str line)
{
    const char *p = line.s + line.len;
    for (enum sort seen = OTHER; p > line.s;) {
        const char *q = p, *r;
        uint32_t c;
        utf8_prev(&q, line.s);
        r = q;
        enum sort now = next_char(&r, line.s + line.len, &c);
        if (seen != OTHER && (now != seen || seen == ALONE))
            break;
        seen = now;
        p = q;
    }
    return (size_t)(p - line.s);
}

static uint64_t last_word(struct str line)
{
    struct key key;
    const char *p = line.s + line.len, *end;
    while (p > line.s && (unsigned char)p[-1] < 0x80 && !ascii_letter(p[-1]) &&
           (p[-1] < '0' || p[-1] > '9'))
        p--;
    end = p;
    while (p > line.s && ascii_letter(p[-1]))
        p--;
    if (p < end && (p == line.s || (unsigned char)p[-1] < 0x80)) {
        uint64_t h = hash_start;
        while (p < end)
            h = hash_byte(h, (unsigned char)*p++ | 0x20);
        return h;
    }
    key_read(&key, str_sub(line, last_word_at(line), line.len), false, false);
    return key.ends ? key.hash[key.ends - 1] : 0;
}

static void phrase_add(enum cue kind, struct str phrase)
{
    struct key key;
    enum form form = FORM_WHOLE;
    if (str_ends(phrase, STR("*"))) {
        form = FORM_BEGINS;
        phrase.len--;
    } else if (str_starts(phrase, STR("*"))) {
        form = FORM_ENDS;
        phrase = str_sub(phrase, 1, phrase.len);
    }
    key_read(&key, phrase, false, false);
    if (!key.ends)
        return;
    uint64_t hash = key.hash[key.ends - 1];
    uint64_t *slot = slot_of(form, hash);
    if (!*slot)
        *slot = hash >> KIND_BITS << KIND_BITS | kind;
    if (form == FORM_ENDS)
        filter_add(LAST, last_word(phrase));
    else
        filter_add(FIRST, key.hash[0]);
    if (key.ends > 1)
        filter_add(FIRST_TWO, key.hash[1]);
}

static void build(void)
{
    struct str rest = {(const char *)cues_txt, cues_txt_size}, line;
    while (str_line(&rest, &line)) {
        size_t tab = str_find(line, STR("\t"), 0);
        if (tab != (size_t)-1 && line.s[0] != '#')
            phrase_add(kind_named(str_sub(line, 0, tab)),
                       str_sub(line, tab + 1, line.len));
    }
    built = true;
}

/* True if what follows sets a label off from what it labels. */
static bool label_ends(struct str rest)
{
    static const char *const marks[] = {":", "|", "/",  ">", "-", "–",
                                        "—", "»", "：", "·", "•"};
    rest = str_trim(rest);
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_starts(rest, str_of(marks[i])))
            return true;
    return !rest.len;
}

static bool sentence_ends(struct str line)
{
    line = str_trim(line);
    return str_ends(line, STR(".")) || str_ends(line, STR("!")) ||
           str_ends(line, STR("?")) || str_ends(line, STR("。"));
}

static bool has_digit(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.s[i] >= '0' && s.s[i] <= '9')
            return true;
    return false;
}

/* True if a word of s begins with a capital, or s has no cased letters there. */
static bool name_follows(struct str s)
{
    s = str_trim(s);
    const char *p = s.s, *end = s.s + s.len;
    while (p < end) {
        uint32_t c = utf8_next(&p, end);
        if (uni_letter(c))
            return !uni_lower(c);
    }
    return false;
}

/* True if a line that begins with a phrase of that kind looks like one. */
static bool begins_well(struct str line, const struct key *key, size_t end, enum cue kind)
{
    struct str rest = str_sub(line, key->at[end], line.len);
    bool few = key->whole && key->words[key->ends - 1] <= 12 && key->ends < KEY_ENDS;
    bool label = label_ends(rest);
    /* in a script without blanks a phrase of one or two characters begins many a word */
    if (rest.len && key->at[end] < 9 && (unsigned char)line.s[0] >= 0x80 &&
        (unsigned char)rest.s[0] >= 0x80) {
        const char *p = rest.s;
        if (uni_unspaced(utf8_next(&p, rest.s + rest.len)))
            return false;
    }
    switch (kind) {
    case CUE_BYLINE:
        return few && !sentence_ends(line) && (label || name_follows(rest));
    case CUE_TIME:
        return few && has_digit(rest);
    case CUE_CREDIT:
        return label || key->words[end] > 1 || (few && line.len < 80) ||
               (unsigned char)line.s[0] == 0xc2;
    case CUE_MORE:
    case CUE_SHARE:
    case CUE_MEDIA:
    case CUE_NAV:
    case CUE_COUNTER:
        return few && !sentence_ends(line);
    case CUE_COPYRIGHT:
        return true;
    default:
        return key->words[end] > 1 || label || (few && key->words[key->ends - 1] <= 4);
    }
}

static enum cue begins_as(struct str line, const struct key *key)
{
    for (size_t i = key->ends; i-- > 0;) {
        enum cue kind = kind_at(FORM_BEGINS, key->hash[i]);
        if (kind && begins_well(line, key, i, kind))
            return kind;
    }
    return CUE_NONE;
}

/* Endings: every word of the last ones could begin the phrase. */
static enum cue ends_as(struct str line)
{
    enum { TAIL = 80 };
    if (!filter_has(LAST, last_word(line)))
        return CUE_NONE;
    const char *p = line.s, *end = line.s + line.len;
    if (line.len > TAIL)
        for (p = end - TAIL; p < end && ((unsigned char)*p & 0xc0) == 0x80;)
            p++;
    enum sort before = p == line.s ? OTHER : LETTER;
    while (p < end) {
        const char *start = p;
        uint32_t c;
        enum sort now = next_char(&p, end, &c);
        if (now != OTHER && (now != before || now == ALONE)) {
            struct key key;
            key_read(&key, str_sub(line, (size_t)(start - line.s), line.len), false,
                     false);
            enum cue kind = key.ends && key.whole
                                ? kind_at(FORM_ENDS, key.hash[key.ends - 1])
                                : CUE_NONE;
            if (kind)
                return kind;
        }
        before = now;
    }
    return CUE_NONE;
}

static enum cue whole_or_begins(struct str line, struct key *key)
{
    enum cue kind = CUE_NONE;
    if (!key->ends || !filter_has(FIRST, key->hash[0]))
        return kind;
    if (key->whole)
        kind = kind_at(FORM_WHOLE, key->hash[key->ends - 1]);
    return kind ? kind : begins_as(line, key);
}

/* True if the line begins with a word of ASCII letters with which no phrase does: most
 * lines do, and are done with. */
static bool begins_alone(struct str line)
{
    const char *p = line.s, *end = line.s + line.len;
    uint64_t h = hash_start;
    while (p < end && ascii_letter(*p))
        h = hash_byte(h, (unsigned char)*p++ | 0x20);
    return p > line.s && p < end && (*p == ' ' || *p == ',') && !filter_has(FIRST, h);
}

enum cue cue_of(struct str line)
{
    struct key key;
    enum cue kind = CUE_NONE;
    if (!built)
        build();
    line = str_trim(line);
    if (!line.len)
        return CUE_NONE;
    if (begins_alone(line))
        return ends_as(line);
    key_read(&key, line, false, true);
    kind = whole_or_begins(line, &key);
    if (!kind && key.numbers && line.len <= KEY_LINE / 2) {
        key_read(&key, line, true, true);
        kind = whole_or_begins(line, &key);
    }
    return kind ? kind : ends_as(line);
}

size_t cue_prefix(struct str line, enum cue kind)
{
    struct key key;
    if (!built)
        build();
    key_read(&key, line, false, true);
    if (!key.ends || !filter_has(FIRST, key.hash[0]))
        return 0;
    for (size_t i = key.ends; i-- > 0;)
        if (kind_at(FORM_BEGINS, key.hash[i]) == kind ||
            kind_at(FORM_WHOLE, key.hash[i]) == kind) {
            size_t at = key.at[i];
            while (at < line.len && strchr(" \t:|>", line.s[at]) && line.s[at])
                at++;
            return at;
        }
    return 0;
}

bool cue_template(struct str line)
{
    static const struct {
        const char *open, *close;
    } engines[] = {{"{{", "}}"}, {"{%", "%}"}, {"${", "}"},
                   {"<%", "%>"}, {"[[", "]]"}, {"{*", "*}"}};
    line = str_trim(line);
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++) {
        struct str open = str_of(engines[i].open), close = str_of(engines[i].close);
        if (str_starts(line, open) && str_find(line, close, open.len) != (size_t)-1)
            return true;
        if (str_ends(line, close) && str_find(line, open, 0) != (size_t)-1)
            return true;
    }
    return false;
}
