#include "stages/ntag/quotes.h"

#include "common/alloc.h"
#include "common/unicode.h"

#include <stdlib.h>

enum { LEAST_WORDS = 3 };

static bool gap_before(const struct tokens *t, size_t i)
{
    const struct token *a = i ? &t->all[i - 1] : NULL;
    return !a || t->all[i].paragraph || a->s.s + a->s.len != t->all[i].s.s ||
           (!a->word && a->s.len > 1) || a->mark == '(' || a->mark == '[' ||
           a->mark == '-' || a->mark == ':' || a->mark == '"';
}

static bool gap_after(const struct tokens *t, size_t i)
{
    return i + 1 >= t->count || t->all[i + 1].paragraph ||
           t->all[i].s.s + t->all[i].s.len != t->all[i + 1].s.s;
}

/* Marks of speech: what opens it, what closes it then. */
static const struct pair {
    uint32_t open, close;
    bool alike; /* the mark has other uses: it opens behind a gap and closes before one */
} pairs[] = {{'"', '"', true},        {0x201C, 0x201D, false}, {0x201E, 0x201C, false},
             {0x201E, 0x201D, false}, {0x201E, '"', false},    {0xAB, 0xBB, false},
             {0xBB, 0xAB, true},      {0x201D, 0x201D, true},  {0x2039, 0x203A, false},
             {0x300C, 0x300D, false}, {0x300E, 0x300F, false}, {0x2018, 0x2019, true},
             {0x201A, 0x2018, false}, {'\'', '\'', true},      {0x201C, '"', true}};

enum { PAIRS = sizeof pairs / sizeof *pairs };

static bool is_mark(const struct token *t)
{
    uint32_t c = t->mark;

    return c && (c == '"' || c == '\'' || c == 0xAB || c == 0xBB ||
                 (c >= 0x2018 && c <= 0x203A) || (c >= 0x300C && c <= 0x300F));
}

static bool opens(const struct tokens *t, size_t i)
{
    const struct token *token = &t->all[i];

    if (!is_mark(token) || token->s.len > 3)
        return false;
    for (size_t k = 0; k < PAIRS; k++)
        if (pairs[k].open == token->mark &&
            (!pairs[k].alike || (gap_before(t, i) && !gap_after(t, i))))
            return true;
    return false;
}

/* True if token i closes what the mark opened. An apostrophe is one behind a letter
 * unless the sentence ended or a comma stands there. */
static bool closes(const struct tokens *t, uint32_t open, size_t i)
{
    const struct token *token = &t->all[i];

    if (!is_mark(token) || (token->mark == '\'' && token->s.len > 1))
        return false;
    if (open == 0x2018 || open == '\'')
        return (token->mark == 0x2019 || token->mark == '\'') && token->s.len != 4 &&
               i > 0 && !(t->all[i - 1].word && !gap_after(t, i) && t->all[i + 1].word);
    for (size_t k = 0; k < PAIRS; k++)
        if (pairs[k].open == open && pairs[k].close == token->mark)
            return true;
    return false;
}

/* Words of a token; a script without spaces has some letters to a word. */
static size_t words_in(const struct token *t)
{
    const char *p = t->s.s;

    if (!t->word || (unsigned char)*p < 128)
        return t->word;
    return uni_unspaced(utf8_next(&p, p + t->s.len)) ? (t->to - t->from + 1) / 2 : 1;
}

static void add(struct quotes *quotes, struct tokens *t, size_t first, size_t last,
                bool continues)
{
    size_t words = 0;

    for (size_t i = first; i < last; i++) {
        t->all[i].quoted = true;
        words += words_in(&t->all[i]);
    }
    while (last > first && t->all[last - 1].mark == ',')
        last--;
    if (words < LEAST_WORDS)
        return;
    quotes->all =
        xgrow(quotes->all, &quotes->cap, quotes->count + 1, sizeof *quotes->all);
    quotes->all[quotes->count++] = (struct quote){first, last, continues, QUOTES_NOBODY};
}

/* The quotes of the paragraph [i, end). */
static void in_paragraph(struct quotes *quotes, struct tokens *t, size_t i, size_t end)
{
    uint32_t open = 0;
    size_t from = 0, closed = 0;
    int depth = 0;

    for (; i < end; i++) {
        if (!is_mark(&t->all[i]))
            continue;
        if (depth && closes(t, open, i) && !(open == '"' && opens(t, i))) {
            closed = i;
            if (--depth == 0)
                add(quotes, t, from, i, false);
        } else if (depth && t->all[i].mark == open && opens(t, i)) {
            depth++;
        } else if (!depth && opens(t, i)) {
            open = t->all[i].mark;
            from = i + 1;
            closed = 0;
            depth = 1;
        }
    }
    if (!depth)
        return;
    if (end < t->count && opens(t, end))
        add(quotes, t, from, end, true);
    else if (closed > from)
        add(quotes, t, from, closed, false);
}

void quotes_find(struct quotes *quotes, struct tokens *tokens)
{
    quotes->count = 0;
    for (size_t i = 0; i < tokens->count;) {
        size_t end = i + 1;
        bool marks = is_mark(&tokens->all[i]);
        for (; end < tokens->count && !tokens->all[end].paragraph; end++)
            marks = marks || is_mark(&tokens->all[end]);
        if (marks)
            in_paragraph(quotes, tokens, i, end);
        i = end;
    }
}

void quotes_write(const struct quotes *quotes, const struct tokens *tokens,
                  const struct names *names, struct record *rec)
{
    struct buf *b = NULL;

    for (size_t i = 0; i < quotes->count; i++) {
        const struct quote *q = &quotes->all[i];
        const struct token *first = &tokens->all[q->first];
        const struct token *last = &tokens->all[q->last - 1];
        if (!b)
            buf_add_char(b = record_set(rec, "quotes"), '[');
        json_add_comma(b);
        buf_add_char(b, '{');
        json_add_key(b, "text");
        json_add_string(
            b, (struct str){first->s.s, (size_t)(last->s.s + last->s.len - first->s.s)});
        if (q->speaker != QUOTES_NOBODY) {
            json_add_key(b, "speaker");
            json_add_string(b, names->all[q->speaker].text);
        }
        json_add_key(b, "span");
        json_add_span(b, first->from, last->to);
        buf_add_char(b, '}');
    }
    if (b)
        buf_add_char(b, ']');
    else
        record_drop(rec, "quotes");
}

void quotes_free(struct quotes *quotes)
{
    free(quotes->all);
    free(quotes->standing);
    *quotes = (struct quotes){0};
}
