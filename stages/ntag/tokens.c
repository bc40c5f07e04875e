#include "stages/ntag/tokens.h"

#include "common/alloc.h"
#include "common/unicode.h"
#include "stages/ntag/lists.h"

#include <stdlib.h>

enum { FOLD_MAX = 256 }; /* bytes of a word that count for its folded hash */

/* Where the cut stands. */
struct cut {
    const char *p, *end;
    size_t point; /* code points before p */
    bool begins, paragraph;
};

/* What a word has, gathered as it is read. */
struct word {
    struct alnum letters;
    size_t dots, points;
    bool ascii, capital; /* capital: begins with one */
    bool joined;         /* ends, so far, in a mark that joins */
};

/* Kinds of bytes: JOINS may join letters to a word, WIDE is not ASCII. */
enum { SMALL = 1, CAPITAL = 2, DIGIT = 4, ALNUM = 7, JOINS = 8, WIDE = 16 };

static unsigned char kinds[256]; /* filled by the first tokens_cut() */

static void set_kinds(int from, int to, unsigned char kind)
{
    for (int c = from; c <= to; c++)
        kinds[c] = kind;
}

static void fill_kinds(void)
{
    set_kinds('0', '9', DIGIT);
    set_kinds('A', 'Z', CAPITAL);
    set_kinds('a', 'z', SMALL);
    set_kinds(0x80, 0xff, WIDE);
    kinds['-'] = kinds['\''] = kinds['.'] = kinds['&'] = kinds[','] = JOINS;
}

static bool word_char(uint32_t c)
{
    return c < 128 ? kinds[c] & ALNUM : uni_letter(c) || uni_digit(c);
}

static struct str plain_mark(struct str s)
{
    if (str_starts(s, STR("’")))
        return s.len > 3 ? STR("'s") : STR("'");
    if (str_eq(s, STR("“")) || str_eq(s, STR("”")))
        return STR("\"");
    return s;
}

uint64_t token_hash(struct str s)
{
    s = plain_mark(s);
    return bytes_hash(s, s.s + s.len, 0);
}

static uint64_t low_wide(struct str s)
{
    struct buf b = {0};
    uint64_t h;

    if (s.len > FOLD_MAX)
        s.len = utf8_valid(str_sub(s, 0, FOLD_MAX));
    utf8_fold(&b, s);
    s = buf_str(&b);
    h = bytes_hash(s, s.s + s.len, 0);
    buf_free(&b);
    return h;
}

uint64_t token_low(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.s[i] >= 128)
            return low_wide(plain_mark(s));
    return bytes_hash(s, s.s + s.len, BYTES_FOLD);
}

/* True if the mark at q (c) joins the letters around it: O'Neil, al-Sadr, U.S., 3.5. */
static bool joins(uint32_t c, const char *next, const char *end)
{
    const char *q = next;

    if (c != '-' && c != '\'' && c != 0x2019 && c != '.' && c != '&' && c != ',')
        return false;
    if (next >= end)
        return false;
    uint32_t after = utf8_next(&q, end);
    if (c == '\'' || c == 0x2019) {
        const char *r = q;
        bool possessive = after == 's' && (q >= end || !word_char(utf8_next(&r, end)));
        return uni_letter(after) && !possessive;
    }
    return c == ',' ? uni_digit(after) : word_char(after);
}

/* The small letters at p. */
static struct str small_letters(const char *p, const char *end)
{
    size_t n = 0;

    while (p + n < end && p[n] >= 'a' && p[n] <= 'z')
        n++;
    return (struct str){p, n};
}

/* True if the hyphen parts a name from what was added to it: London-based, US-led,
 * ex-Soviet; but not al-Sadr, Jean-le-Rond, Moon Jae-in. */
static bool parts(const char *start, const char *hyphen, const char *end)
{
    static const char *const before[] = {"ex",  "pro",  "non", "anti",
                                         "mid", "post", "pre", NULL};
    static const char *const behind[] = {"born", "led",      "run",    "style",  "era",
                                         "like", "friendly", "bound",  "made",   "held",
                                         "wide", "area",     "origin", "native", "only",
                                         "free", "type",     "region", "wing",   NULL};
    const char *p = hyphen + 1, *q = start;

    if (!uni_upper(utf8_next(&q, end)))
        return str_one_of((struct str){start, (size_t)(hyphen - start)}, before) &&
               uni_upper(utf8_next(&p, end));
    struct str added = small_letters(hyphen + 1, end);
    return (added.len > 4 &&
            (str_ends(added, STR("ed")) || str_ends(added, STR("ing")))) ||
           str_one_of(added, behind);
}

/* True if the word ended at p may go on there. */
static bool may_go_on(const char *p, const char *end)
{
    unsigned kind = p < end ? kinds[(unsigned char)*p] : 0;

    return kind & (ALNUM | WIDE) ||
           (kind & JOINS && p + 1 < end && kinds[(unsigned char)p[1]] & (ALNUM | WIDE));
}

/* More of the word, at p: ASCII letters and digits, or one character; what lies behind
 * it, or NULL if the word ended. */
static const char *more(const struct cut *cut, const char *p, struct word *word)
{
    unsigned char byte = (unsigned char)*p;
    const char *q = p;

    if (kinds[byte] & ALNUM) {
        q = alnum_end(p, cut->end, &word->letters);
        word->joined = false;
        word->points += (size_t)(q - p);
        return q;
    }
    uint32_t c = utf8_next(&q, cut->end);
    bool mark = !word_char(c);
    if (mark && (p == cut->p || word->joined || !joins(c, q, cut->end) ||
                 (c == '-' && parts(cut->p, p, cut->end))))
        return NULL;
    word->joined = mark;
    word->dots += c == '.';
    word->points++;
    word->letters.capitals += uni_upper(c);
    word->letters.smalls += uni_lower(c);
    word->ascii = word->ascii && byte < 128;
    return q;
}

/* The word at cut->p; returns its end. */
static const char *read_word(const struct cut *cut, struct word *word)
{
    const char *p = alnum_end(cut->p, cut->end, &word->letters), *q;

    word->points = (size_t)(p - cut->p);
    word->capital = kinds[(unsigned char)*cut->p] & CAPITAL;
    if (p == cut->p) { /* begins with a letter that is not ASCII */
        p = more(cut, p, word);
        word->capital = word->letters.capitals > 0;
    }
    while (may_go_on(p, cut->end) && (q = more(cut, p, word)))
        p = q;
    return p;
}

/* True if a full stop at p belongs to the word before it: J., U.S., Mr. */
static bool takes_stop(const struct cut *cut, const char *p, const struct word *word,
                       bool upper)
{
    struct str dotted = {cut->p, (size_t)(p + 1 - cut->p)};

    return (word->letters.capitals == 1 && word->points == 1) || (word->dots && upper) ||
           (word->points < 6 && lists_of(dotted));
}

static void take_word(struct cut *cut, struct token *t)
{
    struct word word = {.ascii = true};
    const char *p = read_word(cut, &word);
    bool upper = word.letters.capitals >= 2 && !word.letters.smalls;
    if (p < cut->end && *p == '.' && takes_stop(cut, p, &word, upper)) {
        p++;
        word.points++;
    }
    struct str s = {cut->p, (size_t)(p - cut->p)};
    uint64_t exact = bytes_hash(s, cut->end, 0);
    *t = (struct token){.s = s,
                        .from = (uint32_t)cut->point,
                        .to = (uint32_t)(cut->point + word.points),
                        .hash = exact,
                        .low = !word.ascii ? token_low(s)
                               : word.letters.capitals
                                   ? bytes_hash(s, cut->end, BYTES_FOLD)
                                   : exact,
                        .word = true,
                        .number = (kinds[(unsigned char)*cut->p] & DIGIT) != 0,
                        .capital = word.capital,
                        .cased = word.letters.capitals > 0,
                        .upper = upper,
                        .begins = cut->begins,
                        .paragraph = cut->paragraph};
    cut->p = p;
    cut->point += word.points;
    cut->begins = false;
}

/* The mark at cut->p, c, which ends at q. */
static void take_mark(struct cut *cut, struct token *t, uint32_t c, const char *q)
{
    size_t from = cut->point++;

    if ((c == '\'' || c == 0x2019) && q < cut->end && *q == 's') { /* possessive */
        const char *r = q + 1;
        if (r >= cut->end || !word_char(utf8_next(&r, cut->end))) {
            q++;
            cut->point++;
        }
    }
    struct str s = {cut->p, (size_t)(q - cut->p)};
    uint64_t exact = c < 128 ? bytes_hash(s, cut->end, 0) : token_hash(s);
    *t = (struct token){.s = s,
                        .from = (uint32_t)from,
                        .to = (uint32_t)cut->point,
                        .hash = exact,
                        .low = exact,
                        .mark = c,
                        .begins = cut->begins,
                        .paragraph = cut->paragraph};
    cut->p = q;
    cut->begins = cut->begins || c == '.' || c == '!' || c == '?' || c == 0x3002;
}

/* Passes over white space; returns its end. */
static const char *skip_space(struct cut *cut)
{
    if (cut->p < cut->end && *cut->p == ' ') { /* mostly there is one */
        cut->p++;
        cut->point++;
    }
    while (cut->p < cut->end) {
        const char *q = cut->p;
        uint32_t c = (unsigned char)*q;
        if (c > ' ' && c < 127)
            break;
        c = utf8_next(&q, cut->end);
        if (!uni_space(c))
            break;
        cut->begins = cut->begins || c == '\n';
        cut->paragraph = cut->paragraph || c == '\n';
        cut->p = q;
        cut->point++;
    }
    return cut->p;
}

static void take(struct cut *cut, struct token *t)
{
    const char *q = cut->p;

    if (kinds[(unsigned char)*q] & ALNUM) {
        take_word(cut, t);
        return;
    }
    uint32_t c = utf8_next(&q, cut->end);
    if (word_char(c))
        take_word(cut, t);
    else
        take_mark(cut, t, c, q);
}

static void add_cased(struct tokens *tokens, size_t i)
{
    tokens->cased = xgrow(tokens->cased, &tokens->cased_cap, tokens->cased_count + 1,
                          sizeof *tokens->cased);
    tokens->cased[tokens->cased_count++] = (uint32_t)i;
}

void tokens_cut(struct tokens *tokens, struct str text)
{
    size_t length = text.len < UINT32_MAX ? text.len : UINT32_MAX;
    struct cut cut = {
        .p = text.s, .end = text.s + length, .begins = true, .paragraph = true};

    if (!kinds['0'])
        fill_kinds();
    tokens->count = tokens->cased_count = 0;
    while (skip_space(&cut) < cut.end) {
        if (tokens->count == tokens->cap)
            tokens->all =
                xgrow(tokens->all, &tokens->cap, tokens->count + 1, sizeof(struct token));
        struct token *token = &tokens->all[tokens->count];
        take(&cut, token);
        if (token->cased)
            add_cased(tokens, tokens->count);
        tokens->count++;
        cut.paragraph = false;
    }
}

void tokens_free(struct tokens *tokens)
{
    free(tokens->all);
    free(tokens->cased);
    *tokens = (struct tokens){0};
}
