#include "stages/nsummarize/terms.h"

#include "common/alloc.h"

#include <stdlib.h>

enum { USUAL_SLOTS = 4096 };

struct str terms_word(const struct terms *t, uint32_t number)
{
    const struct term *term = &t->list[number];
    struct str all = {t->store.s, t->store.len}; /* NULL where all words are empty */
    return str_sub(all, term->start, term->start + term->len);
}

/* The slot the word is in, or the free one where it belongs. */
static struct term_slot *slot_of(const struct terms *t, struct str word, uint32_t hash)
{
    size_t mask = t->slot_count - 1, i = hash & mask;

    for (; t->slots[i].number; i = (i + 1) & mask)
        if (t->slots[i].hash == hash &&
            str_eq(terms_word(t, t->slots[i].number - 1), word))
            break;
    return &t->slots[i];
}

static void grow(struct terms *t)
{
    free(t->slots);
    t->slot_count = t->slot_count ? t->slot_count * 2 : 16;
    t->slots = xcalloc(t->slot_count, sizeof *t->slots);
    for (size_t n = 0; n < t->count; n++) {
        size_t i = t->list[n].hash & (t->slot_count - 1);
        while (t->slots[i].number)
            i = (i + 1) & (t->slot_count - 1);
        t->slots[i] = (struct term_slot){t->list[n].hash, (uint32_t)n + 1};
    }
}

uint32_t terms_add_hashed(struct terms *t, struct str word, uint32_t hash)
{
    if (t->count * 2 >= t->slot_count)
        grow(t);
    struct term_slot *slot = slot_of(t, word, hash);
    if (!slot->number) {
        t->list = xgrow(t->list, &t->cap, t->count + 1, sizeof *t->list);
        t->list[t->count] = (struct term){t->store.len, word.len, hash, 0};
        buf_add_str(&t->store, word);
        *slot = (struct term_slot){hash, (uint32_t)++t->count};
    }
    return slot->number - 1;
}

uint32_t terms_add(struct terms *t, struct str word)
{
    return terms_add_hashed(t, word, terms_hash(word));
}

long terms_find(const struct terms *t, struct str word, uint32_t hash)
{
    if (!t->count)
        return -1;
    return (long)slot_of(t, word, hash)->number - 1;
}

void terms_clear(struct terms *t)
{
    if (t->slot_count > USUAL_SLOTS) {
        terms_free(t);
    } else if (t->slot_count) {
        memset(t->slots, 0, t->slot_count * sizeof *t->slots);
        t->count = 0;
        buf_clear(&t->store);
    }
}

void terms_free(struct terms *t)
{
    free(t->list);
    free(t->slots);
    buf_free(&t->store);
    *t = (struct terms){0};
}
