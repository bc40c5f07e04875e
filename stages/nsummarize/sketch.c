#include "stages/nsummarize/sketch.h"

#include "common/alloc.h"
#include "common/unicode.h"
#include "common/words.h"

#include <math.h>
#include <stdlib.h>

/* Bytes of the text that are read: the lead of an article, all of a teaser. */
enum { LEAD = 700 };

static int by_weight(const void *a, const void *b)
{
    const struct weighted *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return (x->term > y->term) - (x->term < y->term);
}

static int by_term(const void *a, const void *b)
{
    const struct weighted *x = a, *y = b;
    return (x->term > y->term) - (x->term < y->term);
}

size_t sketch_cut(struct weighted *list, size_t n, size_t most)
{
    if (n > most) {
        qsort(list, n, sizeof *list, by_weight);
        n = most;
    }
    qsort(list, n, sizeof *list, by_term);
    return n;
}

static struct str lead_of(struct str text)
{
    size_t end = LEAD;
    if (text.len <= LEAD)
        return text;
    while (end > 0 && ((unsigned char)text.s[end] & 0xC0) == 0x80)
        end--;
    return str_sub(text, 0, end);
}

uint32_t saturate(unsigned long long n)
{
    return n < UINT32_MAX ? (uint32_t)n : UINT32_MAX;
}

size_t sketch_sum(struct weighted *list, size_t n)
{
    size_t kept = 0;
    qsort(list, n, sizeof *list, by_term);
    for (size_t i = 0; i < n; i++)
        if (kept > 0 && list[kept - 1].term == list[i].term)
            list[kept - 1].weight =
                saturate((unsigned long long)list[kept - 1].weight + list[i].weight);
        else
            list[kept++] = list[i];
    return kept;
}

void sketch_scale(struct weighted *list, size_t n)
{
    enum { MOST = 1000 };
    uint32_t most = 0;
    for (size_t i = 0; i < n; i++)
        if (list[i].weight > most)
            most = list[i].weight;
    for (size_t i = 0; most > MOST && i < n; i++) {
        list[i].weight = (uint32_t)((unsigned long long)list[i].weight * MOST / most);
        if (list[i].weight == 0)
            list[i].weight = 1;
    }
}

static struct weighted weighted(struct str word, double weight)
{
    unsigned long long hash = str_hash(word);
    return (struct weighted){(uint32_t)(hash ^ hash >> 32),
                             (uint32_t)(weight * 16 + 0.5)};
}

/* The words of title and text, a stem once. */
static size_t add_words(struct weighted *all, const struct story *story)
{
    size_t n = 0;

    for (size_t i = 0; i < story->term_count; i++) {
        const struct weight *w = &story->weights[i];
        struct str word = vocabulary_bytes(story->vocabulary, w->word);
        double times = w->count + (w->title ? 1.5 : 0);
        if (w->stop || w->stem != i || times < 1 || word.len < 2 ||
            story->vocabulary->list[w->word].traits.unspaced)
            continue;
        all[n] = weighted(word, (1 + log(times)) * w->idf);
        n += all[n].weight > 0;
    }
    return n;
}

/* Where words are not told apart by blanks, any two characters that stand together. */
static size_t add_pairs(struct weighted *all, struct str text, double weight)
{
    struct str word, before = {0};
    size_t n = 0;

    while (word_next(&text, &word)) {
        const char *p = word.s;
        if (!uni_unspaced(utf8_next(&p, word.s + word.len))) {
            before.len = 0;
            continue;
        }
        if (before.len > 0 && before.s + before.len == word.s)
            all[n++] = weighted((struct str){before.s, before.len + word.len}, weight);
        before = word;
    }
    return n;
}

size_t sketch_read(struct weighted sketch[SKETCH], struct story *story, struct str title,
                   struct str text)
{
    enum { UNSPACED_BYTES = 3 }; /* of such a character at least */
    double rare = story->vocabulary->background.unknown;
    size_t n;

    text = lead_of(text);
    story_read(story, title, text);
    size_t most = story->term_count + (title.len + text.len) / UNSPACED_BYTES;
    struct weighted *all = xalloc(most, sizeof *all);
    n = add_words(all, story);
    n += add_pairs(all + n, title, rare);
    n += add_pairs(all + n, text, rare);
    n = sketch_cut(all, sketch_sum(all, n), SKETCH);
    memcpy(sketch, all, n * sizeof *all);
    free(all);
    return n;
}
