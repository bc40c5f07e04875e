#include "stages/ntag/lexicon.h"

#include "common/alloc.h"
#include "common/in.h"
#include "common/msg.h"
#include "common/unicode.h"

#include <stdlib.h>

enum { MARKS = 1 << 24, LINE_MAX_BYTES = 1 << 20, ENDS_KEPT = 8 };
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
    unsigned char *marks; /* two bits for each hash of a row: it may be a term, it may be
                             the beginning of one; they keep most rows from the table */
};

/* ---- tokens ---- */

struct token {
    const char *start, *end;
    uint64_t hash;   /* of its folded characters */
    bool spaced;     /* white space is before it */
    size_t from, to; /* code points */
};

struct lexer {
    const char *p, *end;
    size_t at; /* code points before p */
};

/* The folded form of ASCII letters and digits, 0 for anything else. */
static const unsigned char ascii_word[128] = {
    ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5',
    ['6'] = '6', ['7'] = '7', ['8'] = '8', ['9'] = '9', ['A'] = 'a', ['B'] = 'b',
    ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f', ['G'] = 'g', ['H'] = 'h',
    ['I'] = 'i', ['J'] = 'j', ['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n',
    ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r', ['S'] = 's', ['T'] = 't',
    ['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y', ['Z'] = 'z',
    ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e', ['f'] = 'f',
    ['g'] = 'g', ['h'] = 'h', ['i'] = 'i', ['j'] = 'j', ['k'] = 'k', ['l'] = 'l',
    ['m'] = 'm', ['n'] = 'n', ['o'] = 'o', ['p'] = 'p', ['q'] = 'q', ['r'] = 'r',
    ['s'] = 's', ['t'] = 't', ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x',
    ['y'] = 'y', ['z'] = 'z'};

enum kind { OTHER, WORD, ALONE, BLANK };

static enum kind kind_of(uint32_t c)
{
    if (c < 0x80) {
        if (ascii_word[c])
            return WORD;
        return c == ' ' || (c >= '\t' && c <= '\r') ? BLANK : OTHER;
    }
    if (uni_space(c))
        return BLANK;
    if (uni_unspaced(c))
        return ALONE;
    return uni_letter(c) || uni_digit(c) ? WORD : OTHER;
}

static uint64_t mix(uint64_t hash, uint32_t c)
{
    return (hash ^ uni_fold(c)) * UINT64_C(0x100000001b3); /* FNV-1a */
}

static bool next_token(struct lexer *lexer, struct token *token)
{
    const char *p = lexer->p, *end = lexer->end, *q = p;
    enum kind kind = BLANK;
    uint32_t c = 0;

    for (; p < end; p = q, lexer->at++) {
        if (*p == ' ') {
            q = p + 1;
            continue;
        }
        if ((kind = kind_of(c = utf8_next(&q, end))) != BLANK)
            break;
    }
    if (p == end)
        return false;
    token->spaced = p > lexer->p;
    token->start = p;
    token->from = lexer->at;
    uint64_t hash = mix(UINT64_C(0xcbf29ce484222325), c);
    size_t more = 1; /* characters */
    for (p = q; kind == WORD && p < end; more++) {
        unsigned char byte = (unsigned char)*p;
        if (byte < 0x80) {
            if (!ascii_word[byte])
                break;
            hash = (hash ^ ascii_word[byte]) * UINT64_C(0x100000001b3);
            p++;
        } else {
            q = p;
            if (kind_of(c = utf8_next(&q, end)) != WORD)
                break;
            hash = mix(hash, c);
            p = q;
        }
    }
    token->hash = hash;
    token->to = lexer->at += more;
    lexer->p = token->end = p;
    return true;
}

/* The hash of a row of tokens, one longer; row is 0 before the first. */
static uint64_t longer(uint64_t row, const struct token *token)
{
    uint64_t h =
        row ^ token->hash ^ (row && token->spaced ? UINT64_C(0xD6E8FEB86659FD93) : 0);
    h *= UINT64_C(0x9E3779B97F4A7C15);
    h ^= h >> 29;
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
    return lexicon;
}

void lexicon_free(struct lexicon *lexicon)
{
    if (!lexicon)
        return;
    free(lexicon->terms);
    free(lexicon->slots);
    free(lexicon->marks);
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

static void mark(struct lexicon *lexicon, uint64_t row, unsigned marks)
{
    size_t i = (size_t)(row >> 20) & (MARKS - 1);
    lexicon->marks[i / 4] |= (unsigned char)(marks << i % 4 * 2);
}

/* Puts the tokens of a term into the table; returns the slot of the whole row. */
static struct slot *add_tokens(struct lexicon *lexicon, struct str text)
{
    struct lexer lexer = {text.s, text.s + text.len, 0};
    struct token token;
    uint64_t row = 0;

    while (next_token(&lexer, &token)) {
        if (row)
            mark(lexicon, row, MORE);
        row = longer(row, &token);
    }
    if (!row)
        return NULL;
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
    struct token token;
};

struct ends {
    struct end *end, few[ENDS_KEPT];
    size_t count, cap;
};

static void add_end(struct ends *ends, uint32_t term, const struct token *token)
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
static bool tell(struct finder *finder, const struct token *first, const struct end *end)
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

/* The rows that begin at a token; lexer stands behind it. */
static void find_here(struct finder *finder, const struct token *first, uint64_t row,
                      struct lexer lexer)
{
    struct ends ends; /* few[] is not cleared: most tokens end nothing */
    struct token token = *first;

    ends.end = NULL;
    ends.count = ends.cap = 0;
    for (unsigned marks;; row = longer(row, &token)) {
        marks = marks_of(finder->lexicon, row);
        const struct slot *slot = marks & TERM ? slot_of(finder->lexicon, row) : NULL;
        if (slot && slot->hash)
            add_end(&ends, slot->term, &token);
        if (!(marks & MORE) || !next_token(&lexer, &token))
            break;
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
    struct token token;

    while (next_token(&lexer, &token)) {
        uint64_t row = longer(0, &token);
        if (marks_of(lexicon, row))
            find_here(&finder, &token, row, lexer);
    }
}
