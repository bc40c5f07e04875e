#include "stages/nsummarize/keywords.h"

#include "common/alloc.h"

#include <math.h>
#include <stdlib.h>

enum { LONGEST_NAME = 8, WHOLE_NAME = 3, LONGEST_RUN = 8, LONG_TEXT = 20000 };

/* No keyword has less than this share of the best one's score. */
static const double LEAST = 0.25;

/* The idf of an acronym whose letters are a stop word's, which were counted with it. */
static const double ACRONYM = 4;

/* What the score of a dull word, of one in small letters where nouns have capitals, and
 * of a form of a verb is multiplied with. */
static const double DULL = 0.3, NO_NOUN = 0.5, FORM = 0.6;

struct phrase {
    uint32_t place; /* the token it begins with where it stands first */
    uint32_t first; /* and where it is shown as it stands */
    uint32_t words, count;
    double weight, score;
    bool name;
    bool part; /* of a longer run of characters that comes as often */
};

/* True if the token and a neighbour are short of small letters: a line in capitals. */
static bool is_shouted(const struct story *story, const struct sentence *s, size_t t)
{
    for (size_t i = t > s->first ? t - 1 : t + 1; i < s->end && i <= t + 1; i += 2) {
        const struct token *token = &story->tokens[i];
        const char *p = story->text.s + token->start;
        if (token->len > 1 && token->is.capital && p[1] >= 'A' && p[1] <= 'Z')
            return true;
    }
    return false;
}

/* True if the token can begin a phrase. */
static bool begins(const struct story *story, const struct sentence *s, size_t t)
{
    const struct token *token = &story->tokens[t];
    return token->is.heavy || (token->is.acronym && !is_shouted(story, s, t));
}

/* A capital says nothing at the beginning of a sentence, unless the next word has one
 * too. */
static bool named(const struct story *story, const struct sentence *s, size_t t)
{
    const struct token *token = &story->tokens[t];
    if (!token->is.capital)
        return false;
    return t > s->first || token->is.acronym ||
           (t + 1 < s->end && token[1].joined && token[1].is.capital);
}

/* A word of a phrase, without the 's of a possessor at the phrase's end. */
static struct str piece(const struct story *story, const struct phrase *p, size_t i)
{
    const struct token *token = &story->tokens[p->first + i];
    struct str s = {story->text.s + token->start, token->len};

    if (i + 1 == p->words && token->len > 2 && s.s[s.len - 1] == 's') {
        if (str_ends(s, STR("'s")))
            s.len -= 2;
        else if (str_ends(s, STR("\xE2\x80\x99s")))
            s.len -= 4;
    }
    return s;
}

static struct str text_of(const struct story *story, const struct phrase *p)
{
    const char *start = story->text.s + story->tokens[p->first].start;
    struct str last = piece(story, p, p->words - 1);
    return (struct str){start, (size_t)(last.s + last.len - start)};
}

/* Where the number of the phrase + 1 is kept, 0 if it is new. */
static uint32_t *known(struct keywords *k, const struct story *story, size_t first,
                       size_t end)
{
    uint32_t stem = story->tokens[end - 1].stem;

    if (end - first == 1)
        return &k->single[stem];
    buf_clear(&k->key);
    for (size_t t = first; t + 1 < end; t++)
        buf_add(&k->key, &story->tokens[t].surface, sizeof stem);
    buf_add(&k->key, &stem, sizeof stem);
    uint32_t number = terms_add(&k->longer, buf_str(&k->key));
    return &k->longer.list[number].count;
}

static inline double weight_of(const struct story *story, const struct token *token)
{
    const struct weight *word = &story->weights[token->surface];
    return token->is.acronym ? ACRONYM : word->stop ? 0 : word->idf;
}

/* Adds the phrase, or counts it again. */
static inline struct phrase *met(struct keywords *k, uint32_t *number, size_t first,
                                 size_t words, double weight)
{
    if (!*number) {
        if (k->phrase_count >= k->phrase_cap)
            k->phrases = xgrow(k->phrases, &k->phrase_cap, k->phrase_count + 1,
                               sizeof *k->phrases);
        k->phrases[k->phrase_count++] = (struct phrase){
            (uint32_t)first, (uint32_t)first, .words = (uint32_t)words, .weight = weight};
        *number = (uint32_t)k->phrase_count;
    }
    struct phrase *phrase = &k->phrases[*number - 1];
    phrase->count++;
    return phrase;
}

/* Where a phrase that is no name is shown as it stands. */
static inline void show_plain(const struct story *story, struct phrase *phrase,
                              size_t first)
{
    if (phrase->first != first && !story->tokens[first].is.capital &&
        story->tokens[phrase->first].is.capital)
        phrase->first = (uint32_t)first; /* the capital was the sentence's */
}

static void add(struct keywords *k, const struct story *story, size_t first, size_t end,
                bool name)
{
    double weight = 0;

    for (size_t t = first; t < end; t++)
        weight += weight_of(story, &story->tokens[t]);
    struct phrase *phrase =
        met(k, known(k, story, first, end), first, end - first, weight);
    phrase->name |= name;
    if (!name)
        show_plain(story, phrase, first);
}

/* The same for a word that is no name. */
static inline void add_word(struct keywords *k, const struct story *story, size_t t)
{
    const struct token *token = &story->tokens[t];
    show_plain(story, met(k, &k->single[token->stem], t, 1, weight_of(story, token)), t);
}

/* What an English token's word is; nothing is known of other languages' words. */
static enum speech speech(const struct story *story, size_t t)
{
    return story->english ? (enum speech)story->tokens[t].is.speech : SPEECH_NOUN;
}

/* True if two neighbours may be a phrase that comes again: both do, and the last may be a
 * noun. */
static bool is_pair(const struct story *story, const struct sentence *s, size_t t)
{
    return t + 1 < s->end && story->tokens[t + 1].joined &&
           story->tokens[t + 1].is.heavy && speech(story, t) != SPEECH_OTHER &&
           speech(story, t + 1) <= SPEECH_FORM && !story->tokens[t + 1].is.capital &&
           story->weights[story->tokens[t].stem].count > 1 &&
           story->weights[story->tokens[t + 1].stem].count > 1;
}

/* Adds the runs of characters that begin at t, of two and more, as far as neighbours
 * come again: without spaces nothing tells where words end, so that all are tried, and
 * the longest that comes as often as its parts is the best. */
static void add_runs(struct keywords *k, const struct story *story,
                     const struct sentence *s, size_t t)
{
    size_t longest = story->token_count > LONG_TEXT ? 2 : LONGEST_RUN; /* memory's sake */

    for (size_t end = t + 1; end - t < longest && is_pair(story, s, end - 1) &&
                             story->tokens[end].is.unspaced;
         end++)
        add(k, story, t, end + 1, false);
}

/* True if the word names a possessor: what follows is another name (NATO's Jens). */
static bool possesses(const struct story *story, size_t t)
{
    const struct token *token = &story->tokens[t];
    struct str word = {story->text.s + token->start, token->len};
    return token->len > 2 && word.s[word.len - 1] == 's' &&
           (str_ends(word, STR("'s")) || str_ends(word, STR("\xE2\x80\x99s")));
}

/* The end of the known name that begins with token t of a sentence; t if none does. */
static size_t mention_end(struct keywords *k, const struct story *story,
                          const struct sentence *s, size_t t)
{
    const struct mentions *m = k->mentions;
    size_t start = story->tokens[t].start, end = t;

    if (start < k->next)
        return t;
    while (k->mention < m->count && m->list[k->mention].start < start)
        k->mention++;
    k->next = k->mention < m->count ? m->list[k->mention].start : SIZE_MAX;
    if (k->mention == m->count || m->list[k->mention].start != start)
        return t;
    while (end < s->end && story->tokens[end].start < m->list[k->mention].end)
        end++;
    return end;
}

/* True if a run of capitals goes on with token t. */
static bool goes_on(struct keywords *k, const struct story *story,
                    const struct sentence *s, size_t first, size_t t)
{
    const struct token *token = &story->tokens[t];
    return t < s->end && t - first < LONGEST_NAME && token->joined && token->is.capital &&
           token->is.heavy && !possesses(story, t - 1) &&
           mention_end(k, story, s, t) == t;
}

/* Adds the name that begins with token t; returns its end. What stands right before a
 * known name is a title or the like: no name by itself. */
static size_t add_name(struct keywords *k, const struct story *story,
                       const struct sentence *s, size_t t, size_t known_end)
{
    size_t end = known_end > t ? known_end : t + 1;

    if (end == t + 1 || known_end == t)
        while (goes_on(k, story, s, t, end) &&
               !(known_end > t && story->tokens[end].is.dull))
            end++;
    if (known_end == t && end < s->end && story->tokens[end].joined &&
        !possesses(story, end - 1) && mention_end(k, story, s, end) > end)
        return end;
    add(k, story, t, end, true);
    return end;
}

static void read_sentence(struct keywords *k, const struct story *story,
                          const struct sentence *s)
{
    for (size_t t = s->first; t < s->end;) {
        size_t known_end = mention_end(k, story, s, t);
        if (known_end < t + 2 && !begins(story, s, t)) {
            t++;
        } else if (story->tokens[t].is.unspaced) {
            add_runs(k, story, s, t);
            t++;
        } else if (known_end > t || named(story, s, t)) {
            t = add_name(k, story, s, t, known_end);
        } else {
            add_word(k, story, t);
            if (is_pair(story, s, t))
                add(k, story, t, t + 2, false);
            t++;
        }
    }
}

/* What a word that is no name is worth by itself. */
static double by_itself(const struct story *story, size_t t)
{
    enum speech kind = speech(story, t);
    return kind == SPEECH_NOUN ? 1 : kind == SPEECH_FORM ? FORM : 0;
}

static double score_of(const struct story *story, const struct phrase *p)
{
    const struct weight *stem = &story->weights[story->tokens[p->first].stem];
    double score = p->weight;

    if ((p->count < 2 && story->tokens[p->first].is.unspaced) || p->part)
        return 0;
    if (p->words > 1 && !p->name && p->count < 2)
        return 0;
    if (p->count > 1)
        score *= 1 + log((double)p->count);
    if (p->words > 1)
        score /= sqrt((double)p->words);
    if (p->words == 1 && !p->name)
        score *= by_itself(story, p->first);
    if ((p->words == 1 || p->name) && story->tokens[p->first + p->words - 1].is.dull)
        score *= DULL;
    if (p->words == 1 && story->capital_nouns && !story->tokens[p->first].is.capital)
        score *= NO_NOUN;
    if (p->name)
        score *= 1.3;
    if (stem->title)
        score *= 1.5;
    return score * (1.3 - 0.6 * (double)p->place / (double)story->token_count);
}

/* True if the words of inner begin words of outer from its word at on. */
static bool inside(const struct story *story, const struct phrase *inner,
                   const struct phrase *outer, size_t at)
{
    for (size_t i = 0; i < inner->words; i++) {
        struct str x = piece(story, inner, i), y = piece(story, outer, at + i);
        if (x.len > y.len) { /* inflected on either side: Anna, Annas */
            struct str swap = x;
            x = y;
            y = swap;
        }
        if (!str_starts_nocase(y, x) || y.len > x.len + 2)
            return false;
    }
    return true;
}

/* True if one of two phrases is in the other, inflected or not. */
static bool overlap(const struct story *story, const struct phrase *a,
                    const struct phrase *b)
{
    const struct phrase *inner = a->words < b->words ? a : b, *outer = inner == a ? b : a;
    const char *text = story->text.s;
    char first = text[story->tokens[inner->first].start];

    for (size_t i = 0; i + inner->words <= outer->words; i++) {
        if ((first ^ text[story->tokens[outer->first + i].start]) & ~0x20)
            continue; /* not even but for case */
        if (inside(story, inner, outer, i))
            return true;
    }
    return false;
}

/* The better of two phrases: the higher score, then the earlier. */
static bool better(const struct keywords *k, uint32_t a, uint32_t b)
{
    double x = k->phrases[a].score, y = k->phrases[b].score;
    return x > y || (!(x < y) && a < b);
}

/* The queue is a binary heap, the best phrase first. */
static void sift_down(struct keywords *k, size_t n, size_t at)
{
    uint32_t *q = k->queue, moved = q[at];
    for (size_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && better(k, q[child + 1], q[child]))
            child++;
        if (!better(k, q[child], moved))
            break;
        q[at] = q[child];
    }
    q[at] = moved;
}

/* Marks what of a run of characters comes only with it: it begins or ends within words.
 */
static void mark_parts(struct keywords *k, const struct story *story)
{
    for (size_t i = 0; i < k->phrase_count; i++) {
        struct phrase p = k->phrases[i];
        if (p.words < 3 || !story->tokens[p.first].is.unspaced)
            continue;
        for (size_t at = p.first; at < p.first + 2; at++) {
            uint32_t number = *known(k, story, at, at + p.words - 1);
            if (number && k->phrases[number - 1].count <= p.count)
                k->phrases[number - 1].part = true;
        }
    }
}

/* Scores the phrases and queues those that may be keywords. Returns how many. */
static size_t line_up(struct keywords *k, const struct story *story, double *best)
{
    size_t queued = 0;

    *best = 0;
    for (size_t i = 0; i < k->phrase_count; i++) {
        k->phrases[i].score = score_of(story, &k->phrases[i]);
        if (k->phrases[i].score > *best)
            *best = k->phrases[i].score;
    }
    k->queue = xgrow(k->queue, &k->queue_cap, k->phrase_count, sizeof *k->queue);
    for (size_t i = 0; i < k->phrase_count; i++)
        if (k->phrases[i].score > *best * LEAST)
            k->queue[queued++] = (uint32_t)i;
    for (size_t i = queued / 2; i-- > 0;)
        sift_down(k, queued, i);
    return queued;
}

/* The name in whole of who is called by the last word of it: of those that stand before
 * the short name's first time the one that comes most often. */
static const struct phrase *
whole_name(const struct keywords *k, const struct story *story, const struct phrase *name)
{
    const struct phrase *best = name;

    if (name->words > 1 || !name->name)
        return name;
    for (const struct phrase *p = k->phrases; p < name; p++)
        if (p->name && p->words > 1 && p->words <= WHOLE_NAME &&
            story->tokens[p->first + p->words - 1].stem ==
                story->tokens[name->first].stem &&
            (best == name || p->count > best->count))
            best = p;
    return best;
}

void keywords_find(struct keywords *k, const struct story *story,
                   const struct mentions *mentions, size_t most)
{
    k->mentions = mentions;
    k->mention = k->next = 0;
    terms_clear(&k->longer);
    k->count = k->phrase_count = 0;
    k->single =
        xgrow(k->single, &k->single_cap, story->term_count + 1, sizeof *k->single);
    memset(k->single, 0, story->term_count * sizeof *k->single);
    for (size_t i = 0; i < story->sentence_count; i++)
        read_sentence(k, story, &story->sentences[i]);

    mark_parts(k, story);
    double best;
    size_t queued = line_up(k, story, &best);
    while (queued > 0 && k->count < most) {
        const struct phrase *phrase = &k->phrases[k->queue[0]];
        bool told = false;
        for (size_t i = 0; i < k->count && !told; i++)
            told = overlap(story, phrase, k->list[i].phrase);
        if (!told) {
            k->list = xgrow(k->list, &k->list_cap, k->count + 1, sizeof *k->list);
            const struct phrase *whole = whole_name(k, story, phrase);
            k->list[k->count++] =
                (struct keyword){text_of(story, whole), phrase->score / best, whole};
        }
        k->queue[0] = k->queue[--queued];
        sift_down(k, queued, 0);
    }
}

void keywords_free(struct keywords *k)
{
    free(k->list);
    free(k->phrases);
    free(k->single);
    free(k->queue);
    terms_free(&k->longer);
    buf_free(&k->key);
    *k = (struct keywords){0};
}
