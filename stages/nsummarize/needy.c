#include "stages/nsummarize/needy.h"

#include "common/alloc.h"
#include "common/data.h"

#include <stdlib.h>

DATA(needy_txt);
DATA(stopwords_txt);

uint32_t needy_language(const struct needy *needy, struct str tag)
{
    size_t n = str_find(tag, STR("-"), 0);
    struct str primary = str_sub(tag, 0, n < tag.len ? n : tag.len);

    for (unsigned i = 0; i < needy->count; i++)
        if (str_eq_nocase(primary, needy->languages[i]))
            return UINT32_C(1) << i;
    return 0;
}

static struct leaning *leaning_of(struct needy *needy, struct str word)
{
    size_t before = needy->words.count;
    uint32_t n = terms_add(&needy->words, word);

    needy->list =
        xgrow(needy->list, &needy->cap, needy->words.count, sizeof *needy->list);
    if (needy->words.count > before)
        needy->list[n] = (struct leaning){0};
    return &needy->list[n];
}

/* Takes what stands before the next blank off *rest; empty at its end. */
static struct str next_blank(struct str *rest)
{
    *rest = str_trim(*rest);
    size_t n = str_find(*rest, STR(" "), 0);
    struct str word = str_sub(*rest, 0, n < rest->len ? n : rest->len);
    *rest = str_sub(*rest, word.len, rest->len);
    return word;
}

/* A line of either list; those of other languages than needy.txt's are passed over. */
static void read_line(struct needy *needy, struct str line, bool function)
{
    struct str key = next_blank(&line), word;

    if (key.len < 2 || key.s[0] == '#' || !str_ends(key, STR(":")))
        return;
    key.len--;
    bool early = str_ends(key, STR("+")), aside = str_ends(key, STR("*"));
    key.len -= early || aside;
    uint32_t bit = needy_language(needy, key);
    if (!bit && !function && needy->count < NEEDY_LANGUAGES) {
        bit = UINT32_C(1) << needy->count;
        needy->languages[needy->count++] = key;
    }
    while (bit && (word = next_blank(&line)).len > 0) {
        struct leaning *leaning = leaning_of(needy, word);
        if (function)
            leaning->function |= bit;
        else if (aside)
            leaning->aside |= bit;
        else
            leaning->start |= bit;
        if (early)
            leaning->early |= bit;
    }
}

void needy_open(struct needy *needy)
{
    struct str lists[] = {{(const char *)needy_txt, needy_txt_size},
                          {(const char *)stopwords_txt, stopwords_txt_size}};
    struct str line;

    *needy = (struct needy){0};
    for (int i = 0; i < 2; i++)
        while (str_line(&lists[i], &line))
            read_line(needy, line, i == 1);
}

struct leaning needy_look(const struct needy *needy, struct str folded)
{
    long n = terms_find(&needy->words, folded, terms_hash(folded));
    if (n >= 0)
        return needy->list[n];
    size_t cut = str_find(folded, STR("'"), 0);
    if (cut > folded.len)
        cut = str_find(folded, STR("\xE2\x80\x99"), 0);
    if (cut > folded.len || cut == 0)
        return (struct leaning){0};
    struct str before = str_sub(folded, 0, cut);
    n = terms_find(&needy->words, before, terms_hash(before));
    return n >= 0 ? needy->list[n] : (struct leaning){0};
}

void needy_free(struct needy *needy)
{
    terms_free(&needy->words);
    free(needy->list);
    *needy = (struct needy){0};
}
