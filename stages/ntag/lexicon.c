#include "stages/ntag/lexicon.h"

#include "common/alloc.h"
#include "common/in.h"
#include "common/msg.h"
#include "common/unicode.h"
#include "stages/ntag/tokens.h"

#include <stdlib.h>

enum { MARKS = 1 << 24, ONES = 1 << 15, TWOS = 1 << 17 };
enum { LINE_MAX_BYTES = 1 << 20, ENDS_KEPT = 8 };
enum { CASE = 1, OVERLAP = 2 };

struct term {
    size_t text, label; /* bytes into the lexicon's texts */
    uint32_t text_len, label_len;
    uint32_t next; /* of the same tokens, plus 1; behind the last the first again */
    unsigned char options;
};

/* A row of tokens that is a term. */
struct slot {
    uint64_t hash; /* 0: free */
    uint32_t term; /* the last one of these tokens, plus 1; 0: none */
};

struct lexicon {
    struct term *terms;
    size_t count, cap;
    struct buf texts;
    size_t last_label, last_label_len;
    struct slot *slots;
    size_t slot_count, used;
    unsigned char *marks;  /* two bits for each hash of a row: it may be a term, it may be
                              the beginning of one; they keep most rows from the table */
    uint64_t *ones, *twos; /* by hash, two bits each, few enough for a processor's cache:
                              the terms of one token, and two tokens one begins with */
};

/* ---- tokens ---- */

struct piece {
    const char *start, *end; /* start NULL: there is none */
    uint64_t hash;           /* of its folded characters */
    bool spaced;             /* white space is before it */
    size_t from, to;         /* code points */
};

struct lexer {
    const char *p, *end;
    size_t at; /* code points before p */
};

enum kind { OTHER, WORD, ALONE, BLANK };

static enum kind kind_of(uint32_t c)
{
    if (uni_space(c))
        return BLANK;
    if (uni_unspaced(c))
        return ALONE;
    return uni_letter(c) || uni_digit(c) ? WORD : OTHER;
}

/* Passes over white space; false at the end. */
static bool skip_blanks(struct lexer *lexer)
{
    for (const char *q; lexer->p < lexer->end; lexer->p = q, lexer->at++) {
        unsigned char c = (unsigned char)*lexer->p;
        q = lexer->p + 1;
        if (c == ' ')
            continue;
        if (c > ' ' && c < 0x80)
            return true;
        q = lexer->p;
        if (!uni_space(utf8_next(&q, lexer->end)))
            return true;
    }
    return false;
}

/* Reads a word that is not all ASCII, or another character. */
static void other_token(struct lexer *lexer, struct piece *token)
{
    const char *p = lexer->p, *q = p;
    enum kind kind = kind_of(utf8_next(&q, lexer->end));
    size_t characters = 1;

    for (p = q; kind == WORD && p < lexer->end; p = q, characters++)
        if (kind_of(utf8_next(&q, lexer->end)) != WORD)
            break;
    token->end = p;
    token->to = lexer->at + characters;
    token->hash = token_low((struct str){token->start, (size_t)(p - token->start)});
}

static bool next_token(struct lexer *lexer, struct piece *token)
{
    const char *before = lexer->p;
    struct alnum seen = {0, 0};

    if (!skip_blanks(lexer))
        return false;
    token->spaced = lexer->p > before;
    token->start = lexer->p;
    token->from = lexer->at;
    const char *p = alnum_end(lexer->p, lexer->end, &seen);
    if (p == lexer->p || (p < lexer->end && (unsigned char)*p >= 0x80)) {
        other_token(lexer, token);
    } else {
        size_t length = (size_t)(p - lexer->p);
        token->end = p;
        token->to = lexer->at + length;
        token->hash = bytes_hash((struct str){lexer->p, length}, lexer->end, BYTES_FOLD);
    }
    lexer->p = token->end;
    lexer->at = token->to;
    return true;
}

/* The hash of a row of tokens, one longer; row is 0 before the first. */
static uint64_t longer(uint64_t row, const struct piece *token)
{
    uint64_t h = row ? token_mix(row, token->hash) : token->hash;

    h ^= row && token->spaced ? UINT64_C(0xD6E8FEB86659FD93) : 0;
    return h ? h : 1;
}

/* Are two texts the same, white space being one blank and, unless exact, case nothing? */
static bool same(struct str a, struct str b, bool exact)
{
    const char *p = a.s, *q = b.s, *p_end = a.s + a.len, *q_end = b.s + b.len;

    while (p < p_end && q < q_end) {
        uint32_t c = utf8_next(&p, p_end), d = utf8_next(&q, q_end);
        if (uni_space(c) && uni_space(d)) {
            for (const char *r = p; r < p_end && uni_space(utf8_next(&r, p_end)); p = r)
                ;
            for (const char *r = q; r < q_end && uni_space(utf8_next(&r, q_end)); q = r)
                ;
        } else if (exact ? c != d : uni_fold(c) != uni_fold(d)) {
            return false;
        }
    }
    return p == p_end && q == q_end;
}

/* ---- the table ---- */

struct lexicon *lexicon_new(void)
{
    struct lexicon *lexicon = xcalloc(1, sizeof *lexicon);

    lexicon->slot_count = 1 << 10;
    lexicon->slots = xcalloc(lexicon->slot_count, sizeof *lexicon->slots);
    lexicon->marks = xcalloc(MARKS / 4, 1);
    lexicon->ones = xcalloc(ONES, sizeof *lexicon->ones);
    lexicon->twos = xcalloc(TWOS, sizeof *lexicon->twos);
    return lexicon;
}

void lexicon_free(struct lexicon *lexicon)
{
    if (!lexicon)
        return;
    free(lexicon->terms);
    free(lexicon->slots);
    free(lexicon->marks);
    free(lexicon->ones);
    free(lexicon->twos);
    buf_free(&lexicon->texts);
    free(lexicon);
}

static struct slot *slot_of(const struct lexicon *lexicon, uint64_t hash)
{
    size_t mask = lexicon->slot_count - 1, i = (size_t)hash & mask;

    while (lexicon->slots[i].hash != hash && lexicon->slots[i].hash)
        i = (i + 1) & mask;
    return &lexicon->slots[i];
}

/* The slot of a row, which is added if it is new. */
static struct slot *add_row(struct lexicon *lexicon, uint64_t hash)
{
    if ((lexicon->used + 1) * 4 > lexicon->slot_count * 3) {
        struct lexicon old = *lexicon;
        lexicon->slot_count *= 2;
        lexicon->slots = xcalloc(lexicon->slot_count, sizeof *lexicon->slots);
        for (size_t i = 0; i < old.slot_count; i++)
            if (old.slots[i].hash)
                *slot_of(lexicon, old.slots[i].hash) = old.slots[i];
        free(old.slots);
    }
    struct slot *slot = slot_of(lexicon, hash);
    lexicon->used += !slot->hash;
    slot->hash = hash;
    return slot;
}

enum { TERM = 1, MORE = 2 };

static unsigned marks_of(const struct lexicon *lexicon, uint64_t row)
{
    size_t i = (size_t)(row >> 20) & (MARKS - 1);
    return lexicon->marks[i / 4] >> i % 4 * 2 & 3u;
}

static uint64_t bits_of(uint64_t row)
{
    return (uint64_t)1 << (row >> 58) | (uint64_t)1 << (row >> 52 & 63);
}

/* True if a term may begin with the token, and the one ahead if it goes on. */
static bool may_begin(const struct lexicon *lexicon, uint64_t one, uint64_t two)
{
    uint64_t none_of_one = ~lexicon->ones[one >> 20 & (ONES - 1)] & bits_of(one);
    uint64_t none_of_two = ~lexicon->twos[two >> 20 & (TWOS - 1)] & bits_of(two);
    return (none_of_one == 0) | (none_of_two == 0); /* one branch: most tokens do not */
}

static void mark(struct lexicon *lexicon, uint64_t row, unsigned marks)
{
    size_t i = (size_t)(row >> 20) & (MARKS - 1);
    lexicon->marks[i / 4] |= (unsigned char)(marks << i % 4 * 2);
}

/* Puts the tokens of a term into the table; returns the slot of the whole row. */
static struct slot *add_tokens(struct lexicon *lexicon, struct str text)
{
    struct lexer lexer = {text.s, text.s + text.len, 0};
    struct piece token;
    uint64_t row = 0;
    size_t length = 0;

    for (; next_token(&lexer, &token); length++) {
        if (row)
            mark(lexicon, row, MORE);
        row = longer(row, &token);
        if (length == 1)
            lexicon->twos[row >> 20 & (TWOS - 1)] |= bits_of(row);
    }
    if (!row)
        return NULL;
    if (length == 1)
        lexicon->ones[row >> 20 & (ONES - 1)] |= bits_of(row);
    mark(lexicon, row, TERM);
    return add_row(lexicon, row);
}

/* ---- the lists ---- */

static struct str field(struct str *rest)
{
    size_t tab = str_find(*rest, STR("\t"), 0);
    struct str s = str_sub(*rest, 0, tab < rest->len ? tab : rest->len);
    *rest = str_sub(*rest, tab < rest->len ? tab + 1 : rest->len, rest->len);
    return str_trim(s);
}

static bool read_options(struct str list, unsigned char *options)
{
    for (size_t at = 0; at < list.len;) {
        size_t comma = str_find(list, STR(","), at);
        size_t end = comma < list.len ? comma : list.len;
        struct str name = str_trim(str_sub(list, at, end));
        if (str_eq(name, STR("case")))
            *options |= CASE;
        else if (str_eq(name, STR("overlap")))
            *options |= OVERLAP;
        else
            return false;
        at = end + 1;
    }
    return true;
}

const char *lexicon_add(struct lexicon *lexicon, struct str line)
{
    struct term term = {.options = 0};

    if (utf8_valid(line) < line.len)
        return "not UTF-8";
    if (str_blank(line) || str_eq(line, STR("#")) || str_starts(line, STR("# ")))
        return NULL;
    if (str_find(line, STR("\t"), 0) == (size_t)-1)
        return "no tab between term and label";
    struct str text = field(&line), label = field(&line), options = field(&line);
    if (!text.len)
        return "no term";
    if (!label.len)
        return "no label";
    if (line.len)
        return "more than term, label and options";
    if (!read_options(options, &term.options))
        return "an option that is neither case nor overlap";
    struct slot *slot = add_tokens(lexicon, text);
    if (!slot)
        return "no term";
    if (lexicon->count >= UINT32_MAX - 1)
        return "more terms than can be numbered";
    term.text = lexicon->texts.len;
    term.text_len = (uint32_t)text.len;
    buf_add_str(&lexicon->texts, text);
    if (!str_eq(label, str_sub(buf_str(&lexicon->texts), lexicon->last_label,
                               lexicon->last_label + lexicon->last_label_len))) {
        lexicon->last_label = lexicon->texts.len;
        lexicon->last_label_len = label.len;
        buf_add_str(&lexicon->texts, label);
    }
    term.label = lexicon->last_label;
    term.label_len = (uint32_t)label.len;
    lexicon->terms =
        xgrow(lexicon->terms, &lexicon->cap, lexicon->count + 1, sizeof term);
    lexicon->terms[lexicon->count++] = term;
    uint32_t number = (uint32_t)lexicon->count, last = slot->term ? slot->term : number;
    lexicon->terms[number - 1].next = slot->term ? lexicon->terms[last - 1].next : number;
    lexicon->terms[last - 1].next = number;
    slot->term = number;
    return NULL;
}

static void take(void *lexicon, const char *path, const struct line *line)
{
    const char *fault = line->whole ? lexicon_add(lexicon, line->text) : "too long";
    if (fault)
        msg_die("%s:%llu: bad term: %s", path, line->number, fault);
}

void lexicon_read(struct lexicon *lexicon, const char *path)
{
    in_table(path, LINE_MAX_BYTES, take, lexicon);
}

/* ---- finding ---- */

struct finder {
    const struct lexicon *lexicon;
    bool all;
    const char *free; /* where hits that may not overlap may begin */
    lexicon_hit *hit;
    void *context;
};

/* A row that is a term and ends at a token. */
struct end {
    uint32_t term;
    struct piece token;
};

struct ends {
    struct end *end, few[ENDS_KEPT];
    size_t count, cap;
};

static void add_end(struct ends *ends, uint32_t term, const struct piece *token)
{
    if (ends->count == ENDS_KEPT && !ends->cap) {
        ends->end = xgrow(NULL, &ends->cap, ENDS_KEPT + 1, sizeof *ends->end);
        memcpy(ends->end, ends->few, sizeof ends->few);
    } else if (ends->cap) {
        ends->end = xgrow(ends->end, &ends->cap, ends->count + 1, sizeof *ends->end);
    }
    (ends->cap ? ends->end : ends->few)[ends->count++] = (struct end){term, *token};
}

/* Tells the terms of one row; true if one of them takes its place. */
static bool tell(struct finder *finder, const struct piece *first, const struct end *end)
{
    const struct lexicon *lexicon = finder->lexicon;
    struct str found = {first->start, (size_t)(end->token.end - first->start)};
    bool placed = false;

    uint32_t t = end->term;
    do {
        t = lexicon->terms[t - 1].next;
        const struct term *term = &lexicon->terms[t - 1];
        struct hit hit = {{lexicon->texts.s + term->label, term->label_len},
                          {lexicon->texts.s + term->text, term->text_len},
                          first->from,
                          end->token.to};
        bool anywhere = finder->all || term->options & OVERLAP;
        if ((!anywhere && first->start < finder->free) ||
            !same(hit.term, found, term->options & CASE))
            continue;
        finder->hit(finder->context, &hit);
        placed = placed || !anywhere;
    } while (t != end->term);
    return placed;
}

/* The rows that begin at a token and go on with the one ahead; lexer stands behind it. */
static void find_here(struct finder *finder, const struct piece *first,
                      const struct piece *ahead, uint64_t row, struct lexer lexer)
{
    struct ends ends; /* few[] is not cleared: most tokens end nothing */
    struct piece token = *first, next = *ahead;

    ends.end = NULL;
    ends.count = ends.cap = 0;
    for (unsigned marks;; row = longer(row, &token)) {
        marks = marks_of(finder->lexicon, row);
        const struct slot *slot = marks & TERM ? slot_of(finder->lexicon, row) : NULL;
        if (slot && slot->hash)
            add_end(&ends, slot->term, &token);
        if (!(marks & MORE) || !next.start)
            break;
        token = next;
        if (!next_token(&lexer, &next))
            next.start = NULL;
    }
    const struct end *end = ends.cap ? ends.end : ends.few;
    for (size_t i = ends.count; i-- > 0;)
        if (tell(finder, first, &end[i]))
            finder->free = end[i].token.end;
    free(ends.end);
}

void lexicon_find(const struct lexicon *lexicon, struct str text, bool all,
                  lexicon_hit *hit, void *context)
{
    struct finder finder = {lexicon, all, text.s, hit, context};
    struct lexer lexer = {text.s, text.s + text.len, 0};
    struct piece token, ahead = {.start = NULL};

    next_token(&lexer, &ahead);
    while (ahead.start) {
        token = ahead;
        if (!next_token(&lexer, &ahead))
            ahead.start = NULL;
        uint64_t row = longer(0, &token);
        if (may_begin(lexicon, row, ahead.start ? longer(row, &ahead) : row))
            find_here(&finder, &token, &ahead, row, lexer);
    }
}
