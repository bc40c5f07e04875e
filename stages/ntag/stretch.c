#include "stages/ntag/stretch.h"

#include "common/alloc.h"
#include "common/words.h"
#include "stages/ntag/lists.h"

#include <stdlib.h>

enum {
    GAP_MAX = 3,
    GAZ_WORDS = 6,
    STRETCH_MAX = 200,
    HEADLINE = 3, /* words in capitals, at least */
    MANY = 4096   /* slots; for more words than half of them room is made */
};

static bool may_begin(const struct token *t)
{
    return t->word && t->cased;
}

/* True for what may stand between two words of a name. */
static bool may_link(const struct token *t)
{
    if (t->word)
        return t->number || lists_of_token(t) & LIST_LINK;
    return t->mark == '&' || t->mark == '\'' || t->mark == 0x2019 || t->mark == '-' ||
           t->mark == 0x2013 || t->mark == '/' || t->mark == '+' || t->mark == '.' ||
           t->mark == '!' || t->mark == ',';
}

bool stretch_next(const struct tokens *tokens, size_t *at, struct stretch *stretch)
{
    const struct token *t = tokens->all;
    size_t i, end, gap;

    if (*at == tokens->cased_count)
        return false;
    stretch->first = i = tokens->cased[*at];
    if (i > stretch->last && t[i - 1].number && !t[i].paragraph) /* 50 Cent */
        stretch->first--;
    for (end = ++i, gap = 0; i < tokens->count && i - stretch->first < STRETCH_MAX; i++) {
        if (t[i].paragraph)
            break;
        if (may_begin(&t[i])) {
            end = i + 1;
            gap = 0;
        } else if (++gap > GAP_MAX || !may_link(&t[i])) {
            break;
        } else if (t[i].number && gap == 1) { /* France 24 */
            end = i + 1;
        }
    }
    stretch->last = end;
    while (*at < tokens->cased_count && tokens->cased[*at] < end)
        ++*at;
    return true;
}

static struct seen *slot(const struct evidence *evidence, uint64_t low)
{
    size_t i = (size_t)(low >> 8) & evidence->mask;

    low += !low;
    while (evidence->slots[i].low && evidence->slots[i].low != low)
        i = (i + 1) & evidence->mask;
    return &evidence->slots[i];
}

struct seen *evidence_of(const struct evidence *evidence, uint64_t low)
{
    return slot(evidence, low);
}

/* Marks the line of token i: one of capitals says nothing by them. Returns its end. */
static size_t mark_headline(struct evidence *evidence, const struct tokens *tokens,
                            size_t i)
{
    size_t first = i, end, upper = 0, small = 0;

    while (!tokens->all[first].paragraph)
        first--;
    end = first;
    do {
        const struct token *t = &tokens->all[end++];
        upper += t->upper;
        small += t->word && !t->cased && !t->number;
    } while (end < tokens->count && !tokens->all[end].paragraph);
    if (upper >= HEADLINE && upper > 3 * small)
        memset(evidence->headline + first, true, end - first);
    return end;
}

static void mark_headlines(struct evidence *evidence, const struct tokens *tokens)
{
    size_t end = 0; /* of the line looked at last */

    evidence->headline = xgrow(evidence->headline, &evidence->headline_cap,
                               tokens->count + 1, sizeof *evidence->headline);
    memset(evidence->headline, 0, tokens->count);
    for (size_t k = 0; k < tokens->cased_count; k++) {
        size_t i = tokens->cased[k];
        if (i >= end && tokens->all[i].upper)
            end = mark_headline(evidence, tokens, i);
    }
}

static bool opens(uint32_t mark)
{
    return mark == '"' || mark == '(' || mark == ':' || mark == '\'' || mark == '-' ||
           mark == 0xAB || mark == 0x2018 || mark == 0x201C || mark == 0x201E ||
           mark == 0x2013 || mark == 0x2014;
}

/* True if the token's capital says something. */
static bool told_by_capital(const struct token *t)
{
    return !t->begins && !t->upper && !opens(t[-1].mark);
}

/* A set of words with a capital, and perhaps some others. */
struct filter {
    uint64_t bits[64];
};

static bool filter_has(const struct filter *filter, uint64_t low)
{
    return filter->bits[low >> 32 & 63] >> (low >> 38 & 63) & 1;
}

/* Slots for what is there and more to come. */
static void make_room(struct evidence *evidence, size_t mask)
{
    struct evidence old = *evidence;

    evidence->mask = mask;
    evidence->cap = mask + 1;
    evidence->slots = xcalloc(evidence->cap, sizeof *evidence->slots);
    for (size_t i = 0; i <= old.mask; i++)
        if (old.slots[i].low)
            *slot(evidence, old.slots[i].low) = old.slots[i];
    free(old.slots);
}

static void read_capital(struct evidence *evidence, const struct tokens *tokens, size_t i)
{
    const struct token *t = &tokens->all[i];
    struct seen *seen = slot(evidence, t->low);

    if (!seen->low) {
        if (2 * ++evidence->used > evidence->mask) {
            make_room(evidence, 2 * evidence->mask + 1);
            seen = slot(evidence, t->low);
        }
        seen->low = t->low + !t->low;
    }
    if (!evidence->headline[i] && seen->inside < 3 && i > 0 && told_by_capital(t))
        seen->inside++;
}

void evidence_read(struct evidence *evidence, const struct tokens *tokens)
{
    size_t need = 64;
    struct filter filter = {{0}};

    mark_headlines(evidence, tokens);
    while (need < 2 * tokens->cased_count && need < MANY)
        need *= 2;
    evidence->slots =
        xgrow(evidence->slots, &evidence->cap, need, sizeof *evidence->slots);
    evidence->mask = need - 1;
    evidence->used = 0;
    memset(evidence->slots, 0, need * sizeof *evidence->slots);
    for (size_t k = 0; k < tokens->cased_count; k++) {
        uint64_t low = tokens->all[tokens->cased[k]].low;
        filter.bits[low >> 32 & 63] |= (uint64_t)1 << (low >> 38 & 63);
        read_capital(evidence, tokens, tokens->cased[k]);
    }
    for (size_t i = 0; i < tokens->count && tokens->cased_count; i++) {
        const struct token *t = &tokens->all[i];
        if (filter_has(&filter, t->low) && !t->cased && t->word) {
            struct seen *seen = slot(evidence, t->low);
            seen->small = seen->low != 0;
        }
    }
}

bool stretch_dull(const struct evidence *evidence, const struct tokens *tokens,
                  struct stretch stretch)
{
    const struct token *t = &tokens->all[stretch.first];

    if (stretch.last - stretch.first > 1 || !t->begins || t->upper)
        return false;
    const struct seen *seen = evidence_of(evidence, t->low);
    return !seen->inside && (seen->small || word_stop(t->s));
}

void evidence_label(struct seen *seen, enum label label)
{
    seen->labels |= (uint8_t)(1u << (label + 1) / 2);
    seen->last = (uint8_t)(label + 1);
}

void evidence_free(struct evidence *evidence)
{
    free(evidence->slots);
    free(evidence->headline);
    *evidence = (struct evidence){0};
}

void stretch_gazetteer(const struct tokens *tokens, struct stretch stretch, uint16_t *at,
                       uint16_t *in)
{
    size_t n = stretch.last - stretch.first;
    const struct token *t = &tokens->all[stretch.first];

    memset(in, 0, n * sizeof *in);
    for (size_t i = 0; i < n; i++) {
        unsigned found = at[i];
        uint64_t key = t[i].low;
        at[i] = 0;
        if (!may_begin(&t[i]) && !t[i].number)
            continue;
        at[i] = (uint16_t)(found & (GAZ_MORE - 1));
        for (size_t k = i + 1; found & GAZ_MORE && k < n && k < i + GAZ_WORDS; k++) {
            key = token_mix(key, t[k].low);
            found = gazetteer(key);
            unsigned bits = (found & (GAZ_MORE - 1)) << 8;
            if (!bits)
                continue;
            at[i] |= (uint16_t)bits;
            for (size_t m = i + 1; m <= k; m++)
                in[m] |= (uint16_t)bits;
        }
    }
}

enum { WAY = 1000 };

uint64_t place_row(unsigned row)
{
    return feature(WAY, row);
}

uint64_t place_gazetteer(const struct place *place)
{
    return feature(WAY + 1, place->at[1] | place->in[1] << 16 |
                                (unsigned)place->token->cased << 15);
}

static size_t gazetteer_rows(const struct place *place, uint16_t *rows)
{
    size_t n = 0;

    for (unsigned d = 0; d < 3; d++) {
        unsigned first = GAZ_ROWS + 32 * d;
        for (unsigned bits = place->at[d] | place->in[d] << 16; bits; bits &= bits - 1)
            rows[n++] = (uint16_t)(first + (unsigned)__builtin_ctz(bits));
    }
    return n;
}

static size_t evidence_rows(const struct seen *seen, const struct token *t,
                            uint16_t *rows)
{
    size_t n = 0;

    rows[n++] = (uint16_t)(CASE_ROWS + (seen->inside | seen->small << 2 | t->cased << 3 |
                                        t->begins << 4 | t->upper << 5));
    if (!seen->low)
        return n;
    if (seen->last)
        rows[n++] = (uint16_t)(LAST_ROWS + seen->last);
    for (unsigned bit = 0; bit < 5; bit++)
        if (seen->labels >> bit & 1)
            rows[n++] = (uint16_t)(LABEL_ROWS + bit);
    return n;
}

size_t place_rows(const struct place *place, uint16_t *rows)
{
    size_t n = gazetteer_rows(place, rows);

    n += evidence_rows(place->seen, place->token, rows + n);
    rows[n++] = (uint16_t)(LINE_ROWS + (place->headline << 1 | place->token->begins));
    return n;
}
