#include "stages/ntag/quotes.h"

#include "common/alloc.h"
#include "stages/ntag/lists.h"

#include <stdlib.h>

enum { LEAST_WORDS = 3, REACH = 14, SENTENCE = 80 };

#define UNKNOWN ((size_t)-1)

static bool gap_before(const struct tokens *t, size_t i)
{
    const struct token *a = i ? &t->all[i - 1] : NULL;
    return !a || t->all[i].paragraph || a->s.s + a->s.len != t->all[i].s.s ||
           (!a->word && a->s.len > 1) || *a->s.s == '(' || *a->s.s == '[' ||
           *a->s.s == '-';
}

static bool gap_after(const struct tokens *t, size_t i)
{
    return i + 1 >= t->count || t->all[i + 1].paragraph ||
           t->all[i].s.s + t->all[i].s.len != t->all[i + 1].s.s;
}

/* 1 if the token opens a quote, -1 if it closes one, 0 if it does neither; low: the quote
 * began with a low mark and “ closes it. */
static int mark(const struct tokens *t, size_t i, bool low)
{
    switch (t->all[i].mark) {
    case '"':
        return gap_before(t, i) && !gap_after(t, i) ? 1 : -1;
    case 0x201C: /* “ */
        return low ? -1 : 1;
    case 0x201E: /* „ */
    case 0xAB:
        return 1;
    case 0x201D: /* ” */
    case 0xBB:
        return -1;
    default:
        return 0;
    }
}

static void add(struct quotes *quotes, struct tokens *t, size_t first, size_t last,
                bool continues)
{
    size_t words = 0;

    for (size_t i = first; i < last; i++) {
        t->all[i].quoted = true;
        words += t->all[i].word;
    }
    while (last > first && str_eq(t->all[last - 1].s, STR(",")))
        last--;
    if (words < LEAST_WORDS)
        return;
    quotes->all =
        xgrow(quotes->all, &quotes->cap, quotes->count + 1, sizeof *quotes->all);
    quotes->all[quotes->count++] = (struct quote){first, last, continues, UNKNOWN};
}

/* The quotes of the paragraph [i, end). */
static void in_paragraph(struct quotes *quotes, struct tokens *t, size_t i, size_t end)
{
    size_t open = 0, closed = 0;
    int depth = 0;
    bool low = false;

    for (; i < end; i++) {
        int m = mark(t, i, low);
        if (m > 0 && depth++ == 0) {
            open = i + 1;
            closed = 0;
            low = t->all[i].mark == 0x201E;
        } else if (m < 0 && depth > 0) {
            closed = i;
            if (--depth == 0) {
                add(quotes, t, open, i, false);
                low = false;
            }
        }
    }
    if (depth == 0)
        return;
    if (end < t->count && mark(t, end, false) > 0)
        add(quotes, t, open, end, true);
    else if (closed > open)
        add(quotes, t, open, closed, false);
}

void quotes_find(struct quotes *quotes, struct tokens *tokens)
{
    quotes->count = 0;
    for (size_t i = 0; i < tokens->count;) {
        size_t end = i + 1;
        while (end < tokens->count && !tokens->all[end].paragraph)
            end++;
        in_paragraph(quotes, tokens, i, end);
        i = end;
    }
}

static bool is_pronoun(struct str s)
{
    return str_eq_nocase(s, STR("he")) || str_eq_nocase(s, STR("she"));
}

/* Who token i is, as the subject of a verb of saying. */
static bool subject(const struct quotes *quotes, const struct tokens *t, size_t i,
                    size_t previous, size_t *who)
{
    if (t->all[i].quoted)
        return false;
    if (quotes->person[i]) {
        *who = quotes->person[i] - 1;
        return true;
    }
    if (!is_pronoun(t->all[i].s))
        return false;
    *who = quotes->before[i] ? quotes->before[i] - 1 : previous;
    return true;
}

/* The speaker named behind the quote: "…," Peskov said; …, said Peskov; according to. */
static bool behind(const struct quotes *quotes, const struct tokens *t,
                   const struct quote *q, size_t previous, size_t *who)
{
    size_t begin = q->last, end;

    while (begin < t->count && !t->all[begin].word && !t->all[begin].paragraph)
        begin++;
    for (end = begin; end < t->count && end < begin + REACH && !t->all[end].paragraph &&
                      !t->all[end].quoted && (end == begin || !t->all[end].begins);)
        end++;
    for (size_t v = begin; v < end && !t->all[begin].paragraph; v++) {
        bool according = str_eq(t->all[v].s, STR("according"));
        if (!(t->all[v].lists & LIST_SAID) && !according)
            continue;
        for (size_t i = v; i-- > begin && !according;)
            if (subject(quotes, t, i, previous, who))
                return true;
        for (size_t i = v + 1; i < end; i++)
            if (subject(quotes, t, i, previous, who))
                return true;
        return false;
    }
    return false;
}

/* The speaker named before the quote in its sentence: Peskov said: "…"; He …, saying "…"
 */
static bool before(const struct quotes *quotes, const struct tokens *t,
                   const struct quote *q, size_t previous, size_t *who)
{
    size_t verb = UNKNOWN;

    if (q->first < 2 || t->all[q->first - 1].paragraph || t->all[q->first - 1].begins)
        return false;
    for (size_t i = q->first - 1; i-- > 0;) {
        if (q->first - i > (verb == UNKNOWN ? REACH : SENTENCE))
            return false;
        if (t->all[i].lists & LIST_SAID && !t->all[i].quoted && verb == UNKNOWN)
            verb = i;
        if ((verb == UNKNOWN && t->all[i].quoted))
            return false;
        if (verb != UNKNOWN && i != verb && subject(quotes, t, i, previous, who))
            return true;
        if (t->all[i].paragraph || (t->all[i].begins && t->all[i].word))
            return false;
    }
    return false;
}

static bool same_paragraph(const struct tokens *t, size_t from, size_t to)
{
    for (; from < to; from++)
        if (t->all[from].paragraph)
            return false;
    return true;
}

void quotes_attribute(struct quotes *quotes, const struct tokens *tokens,
                      const struct names *names)
{
    size_t previous = UNKNOWN;

    if (!quotes->count)
        return;
    quotes->person = xgrow(quotes->person, &quotes->person_cap, tokens->count + 1,
                           sizeof *quotes->person);
    quotes->before = xgrow(quotes->before, &quotes->before_cap, tokens->count + 1,
                           sizeof *quotes->before);
    for (size_t i = 0; i < tokens->count; i++)
        quotes->person[i] = 0;
    for (size_t i = 0; i < names->count; i++)
        if (names->mentions[i].type == NAME_PERSON)
            for (size_t k = names->mentions[i].first; k < names->mentions[i].last; k++)
                quotes->person[k] = names->mentions[i].name + 1;
    for (size_t i = 0, last = 0; i < tokens->count; i++) {
        quotes->before[i] = last;
        if (quotes->person[i] && !tokens->all[i].quoted)
            last = quotes->person[i];
    }
    for (size_t i = 0; i < quotes->count; i++) {
        struct quote *q = &quotes->all[i], *last = i ? q - 1 : NULL;
        if (!behind(quotes, tokens, q, previous, &q->speaker) &&
            !before(quotes, tokens, q, previous, &q->speaker) && last &&
            (last->continues || same_paragraph(tokens, last->last, q->last)))
            q->speaker = last->speaker;
        previous = q->speaker == UNKNOWN ? previous : q->speaker;
    }
    for (size_t i = quotes->count; i-- > 1;) /* said at its end, for all its paragraphs */
        if (quotes->all[i - 1].continues && quotes->all[i - 1].speaker == UNKNOWN)
            quotes->all[i - 1].speaker = quotes->all[i].speaker;
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
        if (q->speaker != UNKNOWN) {
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
    free(quotes->person);
    free(quotes->before);
    *quotes = (struct quotes){0};
}
