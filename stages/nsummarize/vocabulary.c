#include "stages/nsummarize/vocabulary.h"

#include "common/alloc.h"
#include "common/data.h"
#include "common/unicode.h"
#include "common/words.h"
#include "common/wordset.h"

#include <stdlib.h>

DATA(dull_txt);
DATA(seldom_nouns_txt);

/* As many words as the news of some days has; they take 3 MB. */
enum { MOST_WORDS = 1 << 15, FIRST_SLOTS = 1 << 10 };

static void grow(struct vocabulary *v)
{
    free(v->slots);
    v->slot_count = v->slot_count ? v->slot_count * 2 : FIRST_SLOTS;
    v->slots = xcalloc(v->slot_count, sizeof *v->slots);
    for (size_t n = 0; n < v->count; n++) {
        size_t i = v->more[n].hash & (v->slot_count - 1);
        while (v->slots[i].number)
            i = (i + 1) & (v->slot_count - 1);
        v->slots[i] = (struct word_slot){v->more[n].hash, (uint32_t)n + 1};
    }
}

void vocabulary_open(struct vocabulary *v)
{
    *v = (struct vocabulary){0};
    background_open(&v->background);
    needy_open(&v->needy);
    grow(v);
}

static void forget(struct vocabulary *v)
{
    free(v->list);
    free(v->more);
    free(v->slots);
    buf_free(&v->store);
    buf_free(&v->scratch);
    *v = (struct vocabulary){.background = v->background, .needy = v->needy};
}

void vocabulary_begin(struct vocabulary *v)
{
    if (v->count > MOST_WORDS || v->story == UINT32_MAX) {
        forget(v);
        grow(v);
    }
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
    return (struct str){v->store.s + v->more[number].start, v->list[number].len};
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

/* The bytes of the first apostrophe of a word: 1, 3 or, if it has none, 0; *at is where
 * it stands. */
static size_t apostrophe(struct str word, size_t *at)
{
    static const char curly[] = "\xE2\x80\x99";

    if (!memchr(word.s, '\'', word.len) && !memchr(word.s, curly[0], word.len))
        return 0;
    *at = str_find(word, STR("'"), 0);
    if (*at < word.len)
        return 1;
    *at = str_find(word, STR(curly), 0);
    return *at < word.len ? sizeof curly - 1 : 0;
}

/* The bytes of elided words before another: of l'eau, dell'acqua, qu'd'un 2, 5, 5. What
 * is left has none, and so have its beginnings. */
static size_t elision(struct str word)
{
    static const char *const elided[] = {
        "l",    "d",    "j",   "m",    "n",    "s",      "t",     "qu", "jusqu", "lorsqu",
        "dell", "nell", "all", "sull", "dall", "puisqu", "quell", "gl", "un",    "quest"};
    size_t all = 0;

    for (bool found = true; found;) {
        struct str rest = str_sub(word, all, word.len);
        size_t at = 0, mark = apostrophe(rest, &at), behind = at + mark;
        found = false;
        if (!mark || at > 6 || rest.len < behind + 2)
            break;
        for (size_t i = 0; i < sizeof elided / sizeof *elided && !found; i++)
            found = str_eq_nocase(str_sub(rest, 0, at), str_of(elided[i]));
        all += found ? behind : 0;
    }
    return all;
}

/* True for it's, you're, don't: a function word and what is left of another. */
static bool is_contraction(struct str folded)
{
    static const char *const endings[] = {"t", "m", "re", "ve", "ll", "d"};
    size_t at = 0, mark = apostrophe(folded, &at);

    if (!mark)
        return false;
    struct str behind = str_sub(folded, at + mark, folded.len);
    if (str_eq(behind, STR("s")))
        return word_stop(str_sub(folded, 0, at));
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (str_eq(behind, str_of(endings[i])))
            return true;
    return false;
}

static bool is_dull(struct str folded)
{
    static struct wordset_slot slots[1 << 11];
    static struct wordset set = {
        dull_txt, &dull_txt_size, false, slots, sizeof slots / sizeof *slots, false};
    return wordset_kind(&set, folded) != 0;
}

/* By the endings of English adverbs, adjectives and forms of verbs. */
static enum speech speech_by_ending(struct str folded)
{
    static const char *const adjective[] = {"ous", "ful", "less", "able", "ible"};

    if (str_ends(folded, STR("ly")) || str_ends(folded, STR("ed")))
        return SPEECH_OTHER;
    if (str_ends(folded, STR("ing")))
        return SPEECH_FORM;
    for (size_t i = 0; i < sizeof adjective / sizeof *adjective; i++)
        if (str_ends(folded, str_of(adjective[i])))
            return SPEECH_ADJECTIVE;
    return SPEECH_NOUN;
}

static enum speech speech_of(const struct vocabulary *v, struct str folded)
{
    static struct wordset_slot slots[1 << 14];
    static struct wordset set = {seldom_nouns_txt,
                                 &seldom_nouns_txt_size,
                                 false,
                                 slots,
                                 sizeof slots / sizeof *slots,
                                 false};
    char kind = wordset_kind(&set, folded);

    if (kind)
        return kind == 'a' ? SPEECH_ADJECTIVE : SPEECH_OTHER;
    if (background_knows(&v->background, folded) && !str_ends(folded, STR("ing")))
        return SPEECH_NOUN;
    return speech_by_ending(folded);
}

static uint32_t number_of(struct vocabulary *v, struct str word, bool folded);

/* Finds out about a word in small letters; word is not in the store. */
static void learn_folded(struct vocabulary *v, uint32_t number, struct str word)
{
    struct str stem = stem_of(word);
    struct word *w = &v->list[number];

    w->idf = background_idf(&v->background, word);
    w->stop = word_stop(word) || is_contraction(word);
    w->traits.dull = is_dull(word);
    w->traits.speech = (unsigned char)speech_of(v, word);
    v->more[number].leaning = needy_look(&v->needy, word);
    w->traits.aside = v->more[number].leaning.aside != 0;
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
    struct str folded = buf_str(&v->scratch);
    bool marked = apostrophe(word, &(size_t){0}) > 0;
    size_t cut = marked ? elision(folded) : 0, skip = marked ? elision(word) : 0;
    if (!cut && str_eq(folded, word)) {
        learn_folded(v, number, word);
        return;
    }
    uint32_t small = number_of(v, str_sub(folded, cut, folded.len), true);
    struct word *w = &v->list[number];
    w->folded = small;
    w->stop = v->list[small].stop;
    w->traits = v->list[small].traits;
    struct str rest = str_sub(word, skip, word.len);
    if (skip < 32 && !(word_capital(word) && word_capital(rest))) /* D'Arcy stays whole */
        w->skip = (unsigned char)skip;
}

static bool all_capitals(struct str word)
{
    const char *p = word.s, *end = word.s + word.len;
    while (p < end)
        if (!uni_upper(utf8_next(&p, end)))
            return false;
    return word.len > 1;
}

/* What the letters of a word say. */
static void look(struct word *w, struct str whole)
{
    struct str word = str_sub(whole, w->skip, whole.len);
    const char *p = word.s;
    bool digit = *p >= '0' && *p <= '9';

    w->traits.capital = word_capital(word);
    w->traits.unspaced = uni_unspaced(utf8_next(&p, word.s + word.len));
    w->traits.acronym = w->stop && word.len <= 4 && all_capitals(word);
    w->traits.heavy =
        !w->stop && !digit && (word.len > 2 || (w->traits.capital && word.len > 1));
}

static uint64_t tail_of(struct str word)
{
    return word.len > 8 ? terms_head(word.s + word.len - 8, 8) : 0;
}

/* What the vocabulary tells words apart by; of a long word its middle is compared, too.
 */
struct likeness {
    uint64_t head, tail;
    uint32_t hash;
};

static inline struct likeness likeness_of(struct str word)
{
    uint64_t head = terms_head(word.s, word.len), tail = tail_of(word);
    uint64_t h = (head ^ word.len) * UINT64_C(0xFF51AFD7ED558CCD);
    h = (h ^ h >> 32 ^ tail) * UINT64_C(0x9E3779B97F4A7C15);
    return (struct likeness){head, tail, (uint32_t)(h >> 32)};
}

static uint32_t add(struct vocabulary *v, struct str word, const struct likeness *like,
                    bool folded)
{
    if (v->count * 4 >= v->slot_count * 3)
        grow(v);
    size_t mask = v->slot_count - 1, i = like->hash & mask;
    while (v->slots[i].number)
        i = (i + 1) & mask;
    v->slots[i] = (struct word_slot){like->hash, (uint32_t)v->count + 1};
    if (v->count >= v->cap)
        v->list = xgrow(v->list, &v->cap, v->count + 1, sizeof *v->list);
    if (v->count >= v->more_cap)
        v->more = xgrow(v->more, &v->more_cap, v->count + 1, sizeof *v->more);
    uint32_t number = (uint32_t)v->count++;
    v->list[number] =
        (struct word){.head = like->head, .tail = like->tail, .len = (uint32_t)word.len};
    v->more[number] = (struct word_more){.start = v->store.len, .hash = like->hash};
    buf_add_str(&v->store, word);
    (folded ? learn_folded : learn)(v, number, word);
    look(&v->list[number], word);
    return number;
}

/* The number of the word + 1, 0 if it is not there. */
static inline uint32_t find(const struct vocabulary *v, struct str word,
                            const struct likeness *like)
{
    size_t mask = v->slot_count - 1, i = like->hash & mask;

    for (uint32_t number; (number = v->slots[i].number); i = (i + 1) & mask) {
        const struct word *w = &v->list[number - 1];
        if (v->slots[i].hash == like->hash && w->head == like->head &&
            w->tail == like->tail && w->len == word.len &&
            (w->len <= 16 || str_eq(vocabulary_bytes(v, number - 1), word)))
            return number;
    }
    return 0;
}

static uint32_t number_of(struct vocabulary *v, struct str word, bool folded)
{
    struct likeness like = likeness_of(word);
    uint32_t number = find(v, word, &like);
    return number ? number - 1 : add(v, word, &like, folded);
}

uint32_t vocabulary_word(struct vocabulary *v, struct str word)
{
    struct likeness like = likeness_of(word);
    uint32_t number = find(v, word, &like);
    return number ? number - 1 : add(v, word, &like, false);
}
