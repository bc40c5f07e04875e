#include "stages/ntag/stretch.h"

#include "common/alloc.h"
#include "stages/ntag/lists.h"

#include <stdlib.h>

enum { GAP_MAX = 3, GAZ_WORDS = 6, STRETCH_MAX = 200 };

static bool is_one_of(struct str word, const char *const *list)
{
    for (; *list; list++)
        if (str_eq(word, str_of(*list)))
            return true;
    return false;
}

static bool may_begin(const struct token *t)
{
    return t->word && t->cased;
}

/* True for what may stand between two words of a name. */
static bool may_link(const struct token *t)
{
    static const char *const links[] = {
        "of",  "and", "the", "for", "in",   "on",  "to", "de",  "del", "la",
        "las", "los", "le",  "les", "du",   "des", "da", "do",  "dos", "di",
        "der", "den", "van", "von", "y",    "e",   "et", "und", "al",  "el",
        "bin", "ibn", "ben", "at",  "with", "a",   "&",  "'",   "’",   "'s",
        "’s",  "-",   "–",   "/",   "+",    ".",   "!",  ",",   NULL};

    return t->number || (t->s.len <= 4 && is_one_of(t->s, links));
}

bool stretch_next(const struct tokens *tokens, size_t *at, struct stretch *stretch)
{
    const struct token *t = tokens->all;
    size_t i = *at, end, gap;

    while (i < tokens->count && !may_begin(&t[i]))
        i++;
    if (i == tokens->count) {
        *at = i;
        return false;
    }
    stretch->first = i;
    if (i > *at && t[i - 1].number && !t[i].paragraph) /* 50 Cent */
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
    stretch->last = *at = end;
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

/* A line of capitals says nothing by them. */
static size_t mark_headline(struct evidence *evidence, const struct tokens *tokens,
                            size_t first)
{
    size_t end = first, upper = 0, small = 0;

    do {
        upper += tokens->all[end].upper;
        small +=
            tokens->all[end].word && !tokens->all[end].cased && !tokens->all[end].number;
        end++;
    } while (end < tokens->count && !tokens->all[end].paragraph);
    bool headline = upper >= 3 && upper > 3 * small;
    for (size_t i = first; i < end; i++)
        evidence->headline[i] = headline;
    return end;
}

enum {
    BEHIND_CAPITAL = 1,
    BEFORE_CAPITAL = 2,
    BEHIND_IN = 4,
    BEHIND_TITLE = 8,
    BEHIND_FIRST = 16,
    BEFORE_SAID = 32,
    BEHIND_THE = 64,
    BEFORE_S = 128,
    BEFORE_ORG = 256,
    AROUND = 9
};

static unsigned around(const struct tokens *tokens, size_t i)
{
    static const char *const in[] = {"in", "at", "from", "near", "to", "across", NULL};
    const struct token *t = &tokens->all[i];
    unsigned bits = 0;

    if (i > 0 && !t->begins) {
        const struct token *before = t - 1;
        if (before->cased)
            bits |= BEHIND_CAPITAL;
        if (before->lists & (LIST_TITLE | LIST_ROLE))
            bits |= BEHIND_TITLE;
        if (before->lists & LIST_FIRST)
            bits |= BEHIND_FIRST;
        if (str_eq(before->s, STR("the")))
            bits |= BEHIND_THE;
        if (before->s.len <= 6 && !before->cased && is_one_of(before->s, in))
            bits |= BEHIND_IN;
    }
    if (i + 1 < tokens->count && !t[1].paragraph) {
        if (t[1].cased)
            bits |= BEFORE_CAPITAL;
        if (t[1].lists & LIST_SAID && !t[1].cased)
            bits |= BEFORE_SAID;
        if (t[1].lists & LIST_ORG && t[1].cased)
            bits |= BEFORE_ORG;
        if (t[1].s.len >= 2 && !t[1].word && t[1].s.s[t[1].s.len - 1] == 's')
            bits |= BEFORE_S;
    }
    return bits;
}

/* True if the token's capital says something. */
static bool told_by_capital(const struct tokens *tokens, size_t i)
{
    static const char *const openers[] = {"\"", "“", "„", "«", "‘", "'",
                                          "(",  ":", "—", "–", "-", NULL};
    const struct token *t = &tokens->all[i];

    return i > 0 && !t->begins && !t->upper &&
           (t[-1].word || !is_one_of(t[-1].s, openers));
}

void evidence_read(struct evidence *evidence, const struct tokens *tokens)
{
    size_t cased = 0, need = 64;
    uint64_t filter[64] = {0}; /* which words with a capital there may be */

    evidence->headline = xgrow(evidence->headline, &evidence->headline_cap,
                               tokens->count + 1, sizeof *evidence->headline);
    for (size_t i = 0; i < tokens->count;)
        i = mark_headline(evidence, tokens, i);
    for (size_t i = 0; i < tokens->count; i++)
        cased += may_begin(&tokens->all[i]);
    while (need < 2 * cased)
        need *= 2;
    evidence->slots =
        xgrow(evidence->slots, &evidence->cap, need, sizeof *evidence->slots);
    evidence->mask = need - 1;
    memset(evidence->slots, 0, need * sizeof *evidence->slots);
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *t = &tokens->all[i];
        if (!may_begin(t))
            continue;
        struct seen *seen = slot(evidence, t->low);
        seen->low = t->low + !t->low;
        filter[t->low >> 32 & 63] |= (uint64_t)1 << (t->low >> 38 & 63);
        if (evidence->headline[i])
            continue;
        seen->around |= (uint16_t)around(tokens, i);
        if (told_by_capital(tokens, i) && seen->inside < 3)
            seen->inside++;
    }
    for (size_t i = 0; i < tokens->count; i++) {
        const struct token *t = &tokens->all[i];
        if (t->word && !t->cased && filter[t->low >> 32 & 63] >> (t->low >> 38 & 63) & 1)
            slot(evidence, t->low)->small = true; /* an empty slot stays empty */
    }
}

void evidence_label(struct evidence *evidence, const struct token *token,
                    enum label label)
{
    struct seen *seen = slot(evidence, token->low);

    if (!seen->low)
        return;
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

    memset(at, 0, n * sizeof *at);
    memset(in, 0, n * sizeof *in);
    for (size_t i = 0; i < n; i++) {
        if (!may_begin(&t[i]) && !t[i].number)
            continue;
        uint64_t key = t[i].low;
        unsigned found = gazetteer(key);
        at[i] |= (uint16_t)(found & (GAZ_MORE - 1));
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

enum { WAYS = 1000 };

static size_t gazetteer_features(const struct place *place, bool cased, uint64_t *out)
{
    size_t n = 0;

    for (unsigned d = 0; d < 3; d++)
        for (unsigned bits = place->at[d] | place->in[d] << 16; bits; bits &= bits - 1) {
            unsigned bit = 0;
            while (!(bits >> bit & 1))
                bit++;
            out[n++] = feature(WAYS + d, bit);
        }
    out[n++] =
        feature(WAYS + 3, place->at[1] | place->in[1] << 16 | (unsigned)cased << 15);
    return n;
}

static size_t evidence_features(const struct seen *seen, const struct token *t,
                                uint64_t *out)
{
    size_t n = 0;

    out[n++] = feature(WAYS + 10, seen->inside | seen->small << 2 | t->cased << 3 |
                                      t->begins << 4 | t->upper << 5);
    if (!seen->low)
        return n;
    for (unsigned bit = 0; bit < AROUND; bit++)
        if (seen->around >> bit & 1)
            out[n++] = feature(WAYS + 11, bit);
    out[n++] = feature(WAYS + 12, seen->around);
    if (seen->last)
        out[n++] = feature(WAYS + 13, seen->last);
    for (unsigned bit = 0; bit < 5; bit++)
        if (seen->labels >> bit & 1)
            out[n++] = feature(WAYS + 14, bit);
    return n;
}

size_t place_features(const struct place *place, size_t i, uint64_t *out)
{
    const struct token *t = &place->tokens->all[i];
    const struct look *look = &place->looks[LOOK_REACH];
    size_t n = 0;

    out[n++] = feature(WAYS + 20, token_mix(look[-1].low, look->low));
    out[n++] = feature(WAYS + 21, token_mix(look->low, look[1].low));
    out[n++] = feature(WAYS + 22, token_mix(look[-1].shapes, look->shapes));
    out[n++] = feature(WAYS + 23, token_mix(look->shapes, look[1].shapes));
    out[n++] = feature(
        WAYS + 24, token_mix(token_mix(look[-1].shapes, look->shapes), look[1].shapes));
    out[n++] =
        feature(WAYS + 25, (uint64_t)place->evidence->headline[i] << 1 | t->begins);
    n += gazetteer_features(place, t->cased, out + n);
    n += evidence_features(evidence_of(place->evidence, t->low), t, out + n);
    return n;
}
