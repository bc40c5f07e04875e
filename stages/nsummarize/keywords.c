#include "stages/nsummarize/keywords.h"

#include "common/alloc.h"
#include "common/unicode.h"
#include "common/words.h"

#include <math.h>
#include <stdlib.h>

enum { LONGEST_NAME = 8 };

/* No keyword has less than this share of the best one's score. */
static const double LEAST = 0.25;

struct phrase {
    struct str term;
    size_t first; /* the token it begins with */
    size_t words;
    size_t count;
    double weight, score;
    bool name;
};

/* True if the token can begin or end a phrase. */
static bool heavy(const struct story *story, size_t t)
{
    const struct token *token = &story->tokens[t];
    char first = story->text.s[token->start];
    return !story->weights[token->surface].stop && !(first >= '0' && first <= '9') &&
           (token->len > 2 || (token->capital && token->len > 1));
}

/* True for a character of a script that puts no spaces between words: two neighbours are
 * a phrase there, if they come again. */
static bool unspaced(const struct story *story, size_t t)
{
    const char *p = story->text.s + story->tokens[t].start;
    return uni_unspaced(utf8_next(&p, p + story->tokens[t].len));
}

/* A capital says nothing at the beginning of a sentence, unless the next word has one
 * too. */
static bool named(const struct story *story, const struct sentence *s, size_t t)
{
    if (!story->tokens[t].capital || !heavy(story, t))
        return false;
    return t > s->first || (t + 1 < s->end && story->tokens[t + 1].joined &&
                            story->tokens[t + 1].capital);
}

/* What the text has there, without the 's of a possessor at its end. */
static struct str text_of(const struct story *story, size_t first, size_t end)
{
    const struct token *a = &story->tokens[first], *b = &story->tokens[end - 1];
    struct str s = {story->text.s + a->start, b->start + b->len - a->start};

    if (str_ends(s, STR("'s")))
        s.len -= 2;
    else if (str_ends(s, STR("\xE2\x80\x99s")))
        s.len -= 4;
    return s;
}

static void add(struct keywords *k, const struct story *story, size_t first, size_t end,
                bool name)
{
    double weight = 0;

    buf_clear(&k->key);
    for (size_t t = first; t < end; t++) {
        uint32_t surface = story->tokens[t].surface;
        uint32_t stem = story->weights[surface].stem;
        uint32_t number = t + 1 == end ? stem : surface;
        buf_add(&k->key, &number, sizeof number);
        weight += story->weights[surface].stop ? 0 : story->weights[surface].idf;
    }
    size_t before = k->seen.count;
    uint32_t n = terms_add(&k->seen, buf_str(&k->key));
    if (k->seen.count > before) {
        k->phrases = xgrow(k->phrases, &k->phrase_cap, k->seen.count, sizeof *k->phrases);
        k->phrases[n] = (struct phrase){
            text_of(story, first, end), first, end - first, 0, weight, 0, name};
    }
    k->phrases[n].count++;
    k->phrases[n].name = k->phrases[n].name || name;
}

/* True if two neighbours may be a phrase that comes again: both do. */
static bool pair(const struct story *story, const struct sentence *s, size_t t)
{
    return t + 1 < s->end && story->tokens[t + 1].joined && heavy(story, t + 1) &&
           !story->tokens[t + 1].capital &&
           story->weights[story_stem(story, &story->tokens[t])].count > 1 &&
           story->weights[story_stem(story, &story->tokens[t + 1])].count > 1;
}

static void read_sentence(struct keywords *k, const struct story *story,
                          const struct sentence *s)
{
    for (size_t t = s->first; t < s->end;) {
        size_t end = t + 1;
        if (!heavy(story, t)) {
            t++;
            continue;
        }
        if (unspaced(story, t)) {
            if (pair(story, s, t) && unspaced(story, end))
                add(k, story, t, end + 1, false);
        } else if (named(story, s, t)) {
            while (end < s->end && end - t < LONGEST_NAME && story->tokens[end].joined &&
                   story->tokens[end].capital && heavy(story, end))
                end++;
            add(k, story, t, end, true);
        } else {
            add(k, story, t, end, false);
            if (pair(story, s, t))
                add(k, story, t, end + 1, false);
        }
        t = end;
    }
}

/* Less for the endings of English adverbs and of forms that are mostly verbs. */
static double nounlike(struct str word)
{
    if (str_ends(word, STR("ly")))
        return 0.4;
    return str_ends(word, STR("ing")) || str_ends(word, STR("ed")) ? 0.6 : 1;
}

static double score_of(const struct story *story, const struct phrase *p)
{
    double score = (p->count > 1 ? 1 + log((double)p->count) : 1) * p->weight /
                   sqrt((double)p->words);
    double place = (double)p->first / (double)story->token_count;
    const struct weight *stem =
        &story->weights[story_stem(story, &story->tokens[p->first])];

    if (p->count < 2 && unspaced(story, p->first))
        return 0;
    if (p->words > 1 && !p->name && p->count < 2)
        return 0;
    if (p->words == 1 && !p->name)
        score *= nounlike(p->term);
    if (p->name)
        score *= 1.3;
    if (stem->title)
        score *= 1.5;
    return score * (1.3 - 0.6 * place);
}

static int by_score(const void *a, const void *b)
{
    const struct keyword *x = a, *y = b;
    if (x->score > y->score || x->score < y->score)
        return x->score > y->score ? -1 : 1;
    return (x->term.s > y->term.s) - (x->term.s < y->term.s); /* both in the text */
}

/* True if a shares a whole word with b, and one of them is all of the other. */
static bool overlaps(struct str a, struct str b)
{
    struct str inner = a.len < b.len ? a : b, outer = a.len < b.len ? b : a;
    struct str rest = outer, word, first = {0}, want = inner, part;

    while (word_next(&rest, &word)) {
        struct str ahead = {word.s, (size_t)(outer.s + outer.len - word.s)};
        want = inner;
        bool all = true;
        while (all && word_next(&want, &part))
            all = word_next(&ahead, &first) && str_starts_nocase(first, part) &&
                  first.len <= part.len + 2;
        if (all)
            return true;
    }
    return false;
}

void keywords_find(struct keywords *k, const struct story *story, size_t most)
{
    size_t found = 0;

    terms_clear(&k->seen);
    k->count = 0;
    for (size_t i = 0; i < story->sentence_count; i++)
        read_sentence(k, story, &story->sentences[i]);
    k->list = xgrow(k->list, &k->list_cap, k->seen.count + 1, sizeof *k->list);
    double best = 0;
    size_t good = 0;
    for (size_t i = 0; i < k->seen.count; i++) {
        k->phrases[i].score = score_of(story, &k->phrases[i]);
        best = k->phrases[i].score > best ? k->phrases[i].score : best;
    }
    for (size_t i = 0; i < k->seen.count; i++) /* far fewer are left to be sorted */
        if (k->phrases[i].score > best * LEAST)
            k->list[good++] = (struct keyword){k->phrases[i].term, k->phrases[i].score};
    qsort(k->list, good, sizeof *k->list, by_score);
    for (size_t i = 0; i < good && found < most; i++) {
        bool inside = false;
        for (size_t j = 0; j < found && !inside; j++)
            inside = overlaps(k->list[i].term, k->list[j].term);
        if (inside)
            continue;
        k->list[found] = k->list[i];
        k->list[found++].score /= best;
    }
    k->count = found;
}

void keywords_free(struct keywords *k)
{
    free(k->list);
    free(k->phrases);
    terms_free(&k->seen);
    buf_free(&k->key);
    *k = (struct keywords){0};
}
