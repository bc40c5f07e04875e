#include "stages/ntag/tokens.h"

#include "common/alloc.h"
#include "common/unicode.h"
#include "stages/ntag/lists.h"

#include <stdlib.h>

/* Where the cut stands. */
struct cut {
    const char *p, *end;
    size_t point; /* code points before p */
    bool begins, paragraph;
};

static bool word_char(uint32_t c)
{
    return uni_letter(c) || uni_digit(c);
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

/* The word at cut->p; sets what its letters are. */
static void take_word(struct cut *cut, struct token *t)
{
    const char *start = cut->p, *p = start, *last = start;
    size_t capitals = 0, smalls = 0, n = 0, count = 0, dots = 0;

    while (p < cut->end) {
        const char *q = p;
        uint32_t c = utf8_next(&q, cut->end);
        if (!word_char(c) && (p != last || !n || !joins(c, q, cut->end)))
            break;
        n++;
        if (word_char(c)) {
            if (last == start)
                t->capital = uni_upper(c);
            capitals += uni_upper(c);
            smalls += uni_lower(c);
            last = q;
            count = n;
        }
        dots += c == '.';
        p = q;
        if (!word_char(c))
            last = q; /* a mark that joins is followed by a letter */
    }
    t->upper = capitals >= 2 && !smalls;
    if (last < cut->end && *last == '.') { /* J., U.S., Mr. */
        struct str dotted = {start, (size_t)(last + 1 - start)};
        if ((capitals == 1 && !smalls && n == 1) || (dots && t->upper) ||
            lists_of(dotted)) {
            last++;
            count++;
        }
    }
    t->s = (struct str){start, (size_t)(last - start)};
    t->word = true;
    cut->p = last;
    cut->point += count;
}

static void add(struct tokens *tokens, struct token t)
{
    tokens->all = xgrow(tokens->all, &tokens->cap, tokens->count + 1, sizeof t);
    tokens->all[tokens->count++] = t;
}

/* One token, or white space passed over. */
static void step(struct tokens *tokens, struct cut *cut)
{
    const char *q = cut->p;
    uint32_t c = utf8_next(&q, cut->end);
    struct token t = {
        .from = cut->point, .begins = cut->begins, .paragraph = cut->paragraph};

    if (uni_space(c)) {
        cut->begins = cut->begins || c == '\n';
        cut->paragraph = cut->paragraph || c == '\n';
        cut->p = q;
        cut->point++;
        return;
    }
    if (word_char(c)) {
        take_word(cut, &t);
        t.lists = lists_of(t.s);
        cut->begins = false;
    } else {
        t.s = (struct str){cut->p, (size_t)(q - cut->p)};
        if (c == '.' || c == '!' || c == '?' || c == 0x3002)
            cut->begins = true;
        cut->p = q;
        cut->point++;
        if ((c == '\'' || c == 0x2019) && q < cut->end && *q == 's') { /* possessive */
            const char *r = q + 1;
            if (r >= cut->end || !word_char(utf8_next(&r, cut->end))) {
                t.s.len++;
                cut->p++;
                cut->point++;
            }
        }
    }
    t.to = cut->point;
    cut->paragraph = false;
    add(tokens, t);
}

void tokens_cut(struct tokens *tokens, struct str text)
{
    struct cut cut = {text.s, text.s + text.len, 0, true, true};

    tokens->count = 0;
    while (cut.p < cut.end)
        step(tokens, &cut);
}

void tokens_free(struct tokens *tokens)
{
    free(tokens->all);
    *tokens = (struct tokens){0};
}
