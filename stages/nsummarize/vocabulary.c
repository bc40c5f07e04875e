#include "stages/nsummarize/vocabulary.h"

#include "common/alloc.h"
#include "common/unicode.h"
#include "common/words.h"

#include <stdlib.h>

/* As many words as the news of some days has; they take 3 MB. */
enum { MOST_WORDS = 1 << 15, FIRST_SLOTS = 1 << 10 };

void vocabulary_open(struct vocabulary *v)
{
    *v = (struct vocabulary){0};
    background_open(&v->background);
    needy_open(&v->needy);
}

static void forget(struct vocabulary *v)
{
    free(v->list);
    free(v->slots);
    buf_free(&v->store);
    buf_free(&v->scratch);
    *v = (struct vocabulary){.background = v->background, .needy = v->needy};
}

void vocabulary_begin(struct vocabulary *v)
{
    if (v->count > MOST_WORDS || v->story == UINT32_MAX)
        forget(v);
    v->story++;
}

void vocabulary_free(struct vocabulary *v)
{
    forget(v);
    background_free(&v->background);
    needy_free(&v->needy);
}

struct str vocabulary_bytes(const struct vocabulary *v, uint32_t number)
{
    return (struct str){v->store.s + v->list[number].start, v->list[number].len};
}

static void grow(struct vocabulary *v)
{
    free(v->slots);
    v->slot_count = v->slot_count ? v->slot_count * 2 : FIRST_SLOTS;
    v->slots = xcalloc(v->slot_count, sizeof *v->slots);
    for (size_t n = 0; n < v->count; n++) {
        size_t i = v->list[n].hash & (v->slot_count - 1);
        while (v->slots[i].number)
            i = (i + 1) & (v->slot_count - 1);
        v->slots[i] = (struct word_slot){v->list[n].hash, (uint32_t)n + 1};
    }
}

/* Inflections of English cut off, roughly: only words of one text meet, and those of
 * other languages lose next to nothing. */
static struct str stem_of(struct str word)
{
    static const char *const endings[] = {
        "'s", "\xE2\x80\x99s", "ies", "ing", "ed", "es", "s", "y", "e"};
    if (!memchr("sgdye", word.s[word.len - 1], 5))
        return word;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct str ending = str_of(endings[i]);
        if (word.len >= ending.len + 3 && str_ends(word, ending) &&
            !str_ends(word, STR("ss")))
            return str_sub(word, 0, word.len - ending.len);
    }
    return word;
}

static uint32_t number_of(struct vocabulary *v, struct str word, bool folded);

/* Finds out about a word in small letters; word is not in the store. */
static void learn_folded(struct vocabulary *v, uint32_t number, struct str word)
{
    struct str stem = stem_of(word);
    struct word *w = &v->list[number];

    w->idf = background_idf(&v->background, word);
    w->stop = word_stop(word);
    w->leaning = needy_look(&v->needy, word);
    w->stem = w->folded = number;
    if (stem.len < word.len && !w->stop) {
        uint32_t base = number_of(v, stem, true);
        v->list[number].stem = v->list[base].stem;
    }
}

/* Finds out about a word as it is written. */
static void learn(struct vocabulary *v, uint32_t number, struct str word)
{
    buf_clear(&v->scratch);
    utf8_fold(&v->scratch, word);
    if (str_eq(buf_str(&v->scratch), word)) {
        learn_folded(v, number, word);
        return;
    }
    uint32_t small = number_of(v, buf_str(&v->scratch), true);
    v->list[number].folded = small;
    v->list[number].stop = v->list[small].stop;
}

/* By the endings of adverbs and of forms that are mostly verbs. */
static float noun(struct str word)
{
    if (!memchr("ygd", word.s[word.len - 1], 3))
        return 1;
    if (str_ends(word, STR("ly")))
        return 0.4F;
    return str_ends(word, STR("ing")) || str_ends(word, STR("ed")) ? 0.6F : 1;
}

/* What the letters of a word say. */
static void look(struct word *w, struct str word)
{
    const char *p = word.s;
    bool digit = *p >= '0' && *p <= '9';

    w->capital = word_capital(word);
    w->unspaced = uni_unspaced(utf8_next(&p, word.s + word.len));
    w->noun = noun(word);
    w->heavy = !w->stop && !digit && (word.len > 2 || (w->capital && word.len > 1));
}

static uint32_t add(struct vocabulary *v, struct str word, uint32_t hash, bool folded)
{
    if (v->count * 2 >= v->slot_count)
        grow(v);
    size_t mask = v->slot_count - 1, i = hash & mask;
    while (v->slots[i].number)
        i = (i + 1) & mask;
    v->slots[i] = (struct word_slot){hash, (uint32_t)v->count + 1};
    v->list = xgrow(v->list, &v->cap, v->count + 1, sizeof *v->list);
    uint32_t number = (uint32_t)v->count++;
    v->list[number] = (struct word){.head = terms_head(word.s, word.len),
                                    .start = v->store.len,
                                    .len = (uint32_t)word.len,
                                    .hash = hash};
    buf_add_str(&v->store, word);
    (folded ? learn_folded : learn)(v, number, word);
    look(&v->list[number], word);
    return number;
}

static uint32_t number_of(struct vocabulary *v, struct str word, bool folded)
{
    uint64_t head = terms_head(word.s, word.len);
    uint32_t hash = terms_hash_of(word, head);
    size_t mask = v->slot_count - 1;

    if (v->slot_count)
        for (size_t i = hash & mask; v->slots[i].number; i = (i + 1) & mask) {
            const struct word *w = &v->list[v->slots[i].number - 1];
            if (v->slots[i].hash == hash && w->head == head && w->len == word.len &&
                (w->len <= 8 || memcmp(v->store.s + w->start, word.s, w->len) == 0))
                return v->slots[i].number - 1;
        }
    return add(v, word, hash, folded);
}

uint32_t vocabulary_word(struct vocabulary *v, struct str word)
{
    return number_of(v, word, false);
}
