#include "common/cue.h"

#include "common/cue_table.h"
#include "common/unicode.h"

static bool filter_has(enum filter filter, uint64_t hash)
{
    unsigned bit;
    size_t byte = filter_byte(hash, &bit);
    return cue_table.filter[filter][byte] >> bit & 1;
}

static enum cue kind_at(enum form form, uint64_t hash)
{
    size_t i = cue_slot(&cue_table, form, &hash);
    return (enum cue)(cue_table.slot[i] & ((1 << CUE_KIND_BITS) - 1));
}

/* How many of the first words may begin a phrase, all together; the hash of so many. */
static size_t known_words(const struct phrase *phrase, uint64_t hash[PHRASE_WORDS])
{
    uint64_t h = PHRASE_START;
    size_t n = 0;
    for (; n < phrase->words; n++) {
        hash[n] = h = phrase_join(h, phrase->word[n]);
        if (!filter_has(FIRST, h))
            break;
    }
    return n;
}

/* True if a line whose first words were read cannot be a phrase or begin with one. */
static bool hopeless(const struct phrase *phrase)
{
    uint64_t hash[PHRASE_WORDS];
    size_t n = known_words(phrase, hash);
    return !n || (n < phrase->words && !kind_at(FORM_BEGINS, hash[n - 1]));
}

/* The same of what is behind numbers, which are taken out. */
static bool hopeless_less_numbers(const struct phrase *phrase)
{
    if (!phrase->numbers)
        return true;
    struct phrase rest = *phrase;
    phrase_drop_numbers(&rest);
    return rest.words && hopeless(&rest);
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
static bool begins_well(struct str line, const struct phrase *phrase, size_t end,
                        enum cue kind)
{
    struct str rest = str_sub(line, phrase->end[end], line.len);
    bool few = phrase->whole && phrase->words <= 12;
    bool label = label_ends(rest);
    /* in a script without blanks a phrase of one or two characters begins many a word */
    if (rest.len && phrase->end[end] < 9 && (unsigned char)line.s[0] >= 0x80 &&
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
        return label || end > 0 || (few && line.len < 80) ||
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
        return end > 0 || label || (few && phrase->words <= 4);
    }
}

/* The cue of a line of these words, which may be a phrase or begin with one. */
static enum cue whole_or_begins(struct str line, const struct phrase *phrase)
{
    uint64_t hash[PHRASE_WORDS];
    size_t n = known_words(phrase, hash);
    enum cue kind = CUE_NONE;
    if (n && n == phrase->words && phrase->whole)
        kind = kind_at(FORM_WHOLE, hash[n - 1]);
    while (!kind && n-- > 0) {
        kind = kind_at(FORM_BEGINS, hash[n]);
        if (kind && !begins_well(line, phrase, n, kind))
            kind = CUE_NONE;
    }
    return kind;
}

static enum cue at_front(struct str line)
{
    struct phrase phrase;
    /* most lines begin with one or two words that begin no phrase, and are done with */
    phrase_read(&phrase, line, 1);
    if (hopeless(&phrase) && !phrase.numbers)
        return CUE_NONE;
    phrase_more(&phrase, line, 2);
    if (hopeless(&phrase) && hopeless_less_numbers(&phrase))
        return CUE_NONE;
    phrase_more(&phrase, line, PHRASE_WORDS);
    enum cue kind = whole_or_begins(line, &phrase);
    if (!kind && phrase.numbers && line.len <= PHRASE_BYTES / 2) {
        phrase_drop_numbers(&phrase);
        kind = whole_or_begins(line, &phrase);
    }
    return kind;
}

/* The longest ending that is a phrase tells. */
static enum cue at_end(struct str line)
{
    enum { TAIL = 70 };
    struct phrase phrase;
    if (!filter_has(LAST, phrase_join(PHRASE_START, phrase_last(line))))
        return CUE_NONE;
    size_t from = line.len > TAIL ? line.len - TAIL : 0;
    while (from && ((unsigned char)line.s[from] & 0xc0) == 0x80)
        from++;
    phrase_read(&phrase, str_sub(line, from, line.len), PHRASE_WORDS);
    uint64_t h = PHRASE_START;
    enum cue kind = CUE_NONE;
    /* the first word there may be the end of one */
    for (size_t i = phrase.whole ? phrase.words : 0; i-- > (from > 0);) {
        h = phrase_join(h, phrase.word[i]);
        if (!filter_has(LAST, h))
            break;
        enum cue longer = kind_at(FORM_ENDS, h);
        kind = longer ? longer : kind;
    }
    return kind;
}

enum cue cue_of(struct str line)
{
    line = str_trim(line);
    if (!line.len)
        return CUE_NONE;
    enum cue kind = at_front(line);
    return kind ? kind : at_end(line);
}

size_t cue_prefix(struct str line, enum cue kind)
{
    struct phrase phrase;
    uint64_t hash[PHRASE_WORDS];
    size_t n = 0, at = 0;
    phrase_read(&phrase, line, 1);
    while (known_words(&phrase, hash) > n && ++n < PHRASE_WORDS)
        phrase_more(&phrase, line, n + 1);
    while (n-- > 0 && !at)
        if (kind_at(FORM_BEGINS, hash[n]) == kind || kind_at(FORM_WHOLE, hash[n]) == kind)
            at = phrase.end[n];
    while (at && at < line.len && line.s[at] && strchr(" \t:|>", line.s[at]))
        at++;
    return at;
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
