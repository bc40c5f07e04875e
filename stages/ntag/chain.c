#include "stages/ntag/chain.h"

#include "common/alloc.h"
#include "common/data.h"
#include "stages/ntag/prints.h"

#include <stdlib.h>

DATA(chain_model);

/* The sums of a token are those of a label less those of LABEL_O, which so is 0. */
enum {
    LEXEMES = 1 << 15,
    STEPS = 1 << 12,
    PARTS = 1 << 10,
    GAZETTEER = 1 << 8,
    SLOTS = 3 << 15, /* more than twice the features of the model */
    OVER_O = LABELS - 1,
    WINDOW = 2 * LOOK_REACH + 1,
    MOVES = LABELS * LABELS,
    LAST = LABELS - 1, /* the last label */
    NEVER = -12000     /* below any sum, and twice of it is a number of 16 bits */
};

/* What a feature says for each label. */
struct weight {
    uint32_t print; /* its fingerprint, 0: empty */
    int8_t of[LABELS];
};

struct weights {
    struct weight slots[SLOTS];
};

/* A word, and the sums of what it says at each distance, which are made where they are
 * asked for. A line of the processor's cache. */
struct lexeme {
    uint64_t key; /* cache_key() */
    int16_t sums[WINDOW][OVER_O];
    uint8_t known; /* what was asked of it, as bits of enum said_of */
    uint8_t gaz;   /* gazetteer() of the word alone, with what it says of itself */
};

/* What is asked of a word: what it says of the word behind it, of itself, and of the word
 * before it; the bits of its sums. */
enum said_of {
    OF_BEHIND = 1,
    OF_ITSELF = 1 << LOOK_REACH,
    OF_BEFORE = 1 << (WINDOW - 1)
};

/* A word, and the weights of the steps to it from each label to each. */
struct steps {
    uint64_t key; /* cache_key() */
    bool known;
    int16_t moves[MOVES];
};

/* A part of words, and the weights of the steps to a word that has it. */
struct part {
    uint64_t feature; /* of the steps from the first label */
    int8_t moves[MOVES];
};

struct said {
    uint64_t feature;
    int16_t sums[OVER_O];
};

/* What was summed up before: by word, and of what does not depend on words. */
struct cache {
    struct lexeme lexemes[LEXEMES];
    struct steps steps[STEPS];
    int16_t none[WINDOW][OVER_O]; /* of no word, before and behind a line */
    int16_t rows[PLACE_ROWS][OVER_O];
    int16_t begin[LABELS]; /* of the step to the first token of a stretch */
    int16_t may[MOVES];    /* 0 or, where a label may not follow, NEVER */
    struct part parts[PARTS];
    struct said gazetteer[GAZETTEER];
};

/* A token of a stretch: the sums of its labels; then the best sum up to it for each
 * label, less the best of them, and the label before. */
struct state {
    int16_t sums[OVER_O];
    int16_t best[LABELS];
    uint8_t back[LABELS]; /* not set for the first */
};

int chain_weight(int level)
{
    int size = abs(level),
        weight = size + size * size * 83 / (CHAIN_LEVELS * CHAIN_LEVELS);

    return level < 0 ? -weight : weight;
}

static size_t first_slot(uint32_t print)
{
    return (size_t)((uint64_t)(print * 2654435761u) * SLOTS >> 32);
}

static size_t slot(const struct weights *weights, uint32_t print)
{
    size_t i = first_slot(print);

    while (weights->slots[i].print && weights->slots[i].print != print)
        i = i + 1 < SLOTS ? i + 1 : 0;
    return i;
}

static struct weights *weights_read(void)
{
    struct weights *weights = xcalloc_line(sizeof *weights);
    struct str rest = {(const char *)chain_model, chain_model_size}, line;
    size_t count = 0;
    uint32_t print;

    while (print_line(&rest, &line, &print) && ++count < SLOTS / 2) {
        size_t at = slot(weights, print);
        weights->slots[at].print = print;
        for (size_t i = 0; i + 1 < line.len; i += 2)
            if (line.s[i] >= 'a' && line.s[i] < 'a' + LABELS)
                weights->slots[at].of[line.s[i] - 'a'] = (int8_t)chain_weight(
                    (int)print_number(line.s + i + 1, 1) - CHAIN_LEVELS);
    }
    return weights;
}

/* Eight sums side by side. */
typedef int16_t eight __attribute__((vector_size(16)));

static eight load_eight(const int16_t *sums)
{
    eight v;

    memcpy(&v, sums, sizeof v);
    return v;
}

/* Compilers make these two a few vector instructions each. */
static void add_weights(int16_t *restrict sums, const int8_t *restrict weights)
{
    for (int b = 0; b < LABELS; b++)
        sums[b] = (int16_t)(sums[b] + weights[b]);
}

static void add_sums(int16_t *restrict sums, const int16_t *restrict more)
{
    for (int b = 0; b < OVER_O; b++)
        sums[b] = (int16_t)(sums[b] + more[b]);
}

/* The fingerprints of some features, whose memory is asked for: all that are wanted of a
 * word are, before the first is looked up. */
static void fetch(const struct weights *weights, const uint64_t *features, size_t n,
                  uint32_t *prints)
{
    for (size_t i = 0; i < n; i++) {
        prints[i] = print_of(features[i]);
        __builtin_prefetch(&weights->slots[first_slot(prints[i])]);
    }
}

static void add_all(const struct weights *weights, const uint32_t *prints, size_t n,
                    int16_t *sums)
{
    for (size_t i = 0; i < n; i++) {
        size_t at = slot(weights, prints[i]);
        if (weights->slots[at].print)
            add_weights(sums, weights->slots[at].of);
    }
}

/* The sums of some features. */
static void sum_up(const struct weights *weights, const uint32_t *prints, size_t n,
                   int16_t *sums)
{
    int16_t all[LABELS] = {0};

    add_all(weights, prints, n, all);
    for (int b = 0; b < OVER_O; b++)
        sums[b] = (int16_t)(all[b + 1] - all[LABEL_O]);
}

static void sum_up_one(const struct weights *weights, uint64_t feature, int16_t *sums)
{
    uint32_t print = print_of(feature);

    sum_up(weights, &print, 1, sums);
}

/* The sums of what is asked, bits of enum said_of. */
static void sum_up_look(const struct weights *weights, const struct look *look,
                        unsigned asked, int16_t sums[WINDOW][OVER_O])
{
    uint32_t prints[WINDOW][LOOK_FEATURES];
    uint64_t features[LOOK_FEATURES];
    size_t n[WINDOW] = {0};

    for (int d = 0; d < WINDOW; d++)
        if (asked >> d & 1) {
            n[d] = look_features(look, d - LOOK_REACH, features);
            fetch(weights, features, n[d], prints[d]);
        }
    for (int d = 0; d < WINDOW; d++)
        if (asked >> d & 1)
            sum_up(weights, prints[d], n[d], sums[d]);
}

/* The weights of the steps from each label to each, as far as a part of a word tells. */
static void sum_up_part(const struct weights *weights, struct look_part part,
                        int8_t *moves)
{
    uint32_t prints[LABELS];
    uint64_t features[LABELS];

    for (int a = 0; a < LABELS; a++)
        features[a] = look_move(part, a);
    fetch(weights, features, LABELS, prints);
    for (int a = 0; a < LABELS; a++)
        memcpy(moves + (ptrdiff_t)a * LABELS, weights->slots[slot(weights, prints[a])].of,
               LABELS);
}

/* The same, of a part that many words share. */
static const int8_t *part_of(struct chain *chain, struct look_part part)
{
    uint64_t feature = look_move(part, 0);
    struct part *cached = &chain->cache->parts[feature >> 20 & (PARTS - 1)];

    if (cached->feature != feature) {
        cached->feature = feature;
        sum_up_part(chain->weights, part, cached->moves);
    }
    return cached->moves;
}

static void add_moves(int16_t *restrict moves, const int8_t *restrict more)
{
    for (int i = 0; i < MOVES; i++)
        moves[i] = (int16_t)(moves[i] + more[i]);
}

/* The weights of the steps to a word. */
static void sum_up_steps(struct chain *chain, const struct look *look, int16_t *moves)
{
    struct look_part parts[LOOK_MOVES];
    int8_t own[MOVES];

    memcpy(moves, chain->cache->may, sizeof chain->cache->may);
    for (size_t i = look_parts(look, parts); i-- > 0;)
        if (parts[i].way == LOOK_OWN) {
            sum_up_part(chain->weights, parts[i], own);
            add_moves(moves, own);
        } else {
            add_moves(moves, part_of(chain, parts[i]));
        }
}

/* The weights of the steps to the first token of a stretch. */
static void sum_up_begin(const struct weights *weights, const struct look *look,
                         int16_t *moves)
{
    uint64_t features[LOOK_MOVES];
    uint32_t prints[LOOK_MOVES];
    int16_t sums[LABELS] = {0};
    size_t n = look_moves(look, LABELS, features);

    fetch(weights, features, n, prints);
    add_all(weights, prints, n, sums);
    for (int b = 0; b < LABELS; b++)
        moves[b] = chain_may_follow(LABELS, b) ? sums[b] : NEVER;
}

_Static_assert((int)LOOK_BEGIN == (int)LABELS,
               "one label behind the last stands for none");

static struct cache *cache_make(const struct weights *weights)
{
    static const struct token none = {.s = {"", 0}};
    struct cache *cache = xcalloc_line(sizeof *cache);
    struct look look;

    look_at(&look, &none, false);
    sum_up_look(weights, &look, OF_BEHIND | OF_BEFORE, cache->none);
    sum_up_begin(weights, &look, cache->begin);
    for (int i = 0; i < MOVES; i++)
        cache->may[i] = chain_may_follow(i / LABELS, i % LABELS) ? 0 : NEVER;
    for (unsigned row = 0; row < PLACE_ROWS; row++)
        sum_up_one(weights, place_row(row), cache->rows[row]);
    return cache;
}

/* What a word is cached by: its hash does not tell typed marks from plain ones, which
 * look different. Bits that are among those of the slot. */
static uint64_t cache_key(const struct token *token, bool headline)
{
    return token->hash ^ (uint64_t)token->mark << 32 ^
           (uint64_t)(headline && token->upper) << 24;
}

/* The place of a word: the first of its two slots, or the other, where what the first
 * held goes when another word comes. */
static struct lexeme *lexeme_slot(struct cache *cache, uint64_t key)
{
    size_t at = key >> 24 & (LEXEMES - 1);
    struct lexeme *lexeme = &cache->lexemes[at], *other = &cache->lexemes[at ^ 1];

    if (lexeme->key == key && lexeme->known)
        return lexeme;
    if (other->key == key && other->known)
        return other;
    *other = *lexeme;
    *lexeme = (struct lexeme){.key = key};
    return lexeme;
}

/* The cached word of a token with what is asked of it, bits of enum said_of. */
static const struct lexeme *lexeme_of(struct chain *chain, const struct token *token,
                                      bool headline, unsigned asked)
{
    struct lexeme *lexeme = lexeme_slot(chain->cache, cache_key(token, headline));
    unsigned missing = asked & ~(unsigned)lexeme->known;
    struct look look;

    if (!missing)
        return lexeme;
    if (missing & OF_ITSELF)
        gazetteer_fetch(token->low);
    look_at(&look, token, headline);
    sum_up_look(chain->weights, &look, missing, lexeme->sums);
    if (missing & OF_ITSELF)
        lexeme->gaz = (uint8_t)gazetteer(token->low);
    lexeme->known |= (uint8_t)missing;
    return lexeme;
}

/* The cached steps to a word: the moves. */
static const int16_t *moves_to(struct chain *chain, const struct token *token,
                               bool headline)
{
    uint64_t key = cache_key(token, headline);
    struct steps *steps = &chain->cache->steps[key >> 24 & (STEPS - 1)];
    struct look look;

    if (steps->key == key && steps->known)
        return steps->moves;
    steps->key = key;
    steps->known = true;
    look_at(&look, token, headline);
    sum_up_steps(chain, &look, steps->moves);
    return steps->moves;
}

const struct token *chain_neighbour(const struct tokens *tokens, size_t i, int d)
{
    for (; d > 0; d--)
        if (++i >= tokens->count || tokens->all[i].paragraph)
            return NULL;
    for (; d < 0; d++)
        if (tokens->all[i].paragraph || i-- == 0)
            return NULL;
    return &tokens->all[i];
}

void chain_room(struct chain *chain, struct stretch stretch)
{
    size_t n = stretch.last - stretch.first;

    if (n <= chain->room)
        return;
    chain->room = 2 * n;
    chain->at = xrealloc(chain->at, chain->room, sizeof *chain->at);
    chain->in = xrealloc(chain->in, chain->room, sizeof *chain->in);
    chain->seen = xrealloc(chain->seen, chain->room, sizeof *chain->seen);
    chain->states = xrealloc(chain->states, chain->room, sizeof *chain->states);
}

void chain_begin(struct chain *chain, const struct tokens *tokens, struct stretch stretch)
{
    for (size_t i = stretch.first; i < stretch.last; i++)
        chain->seen[i - stretch.first] =
            evidence_of(&chain->evidence, tokens->all[i].low);
    stretch_gazetteer(tokens, stretch, chain->at, chain->in);
}

void chain_place(const struct chain *chain, const struct tokens *tokens,
                 struct stretch stretch, size_t k, struct place *place)
{
    place->token = &tokens->all[stretch.first + k];
    place->seen = chain->seen[k];
    place->headline = chain->evidence.headline[stretch.first + k];
    for (size_t d = 0; d < 3; d++) {
        bool there = k + d >= 1 && k + d - 1 < stretch.last - stretch.first;
        place->at[d] = there ? chain->at[k + d - 1] : 0;
        place->in[d] = there ? chain->in[k + d - 1] : 0;
    }
}

void chain_remember(struct chain *chain, const struct tokens *tokens,
                    struct stretch stretch, const uint8_t *labels)
{
    for (size_t k = 0; k < stretch.last - stretch.first; k++)
        if (tokens->all[stretch.first + k].cased)
            evidence_label(chain->seen[k], labels[k]);
}

/* What the words around a stretch say of its ends. */
static void sum_up_around(struct chain *chain, const struct tokens *tokens,
                          struct stretch stretch)
{
    bool headline = chain->evidence.headline[stretch.first];
    const struct token *before = chain_neighbour(tokens, stretch.first, -1);
    const struct token *behind = chain_neighbour(tokens, stretch.last - 1, 1);

    add_sums(chain->states[0].sums,
             before ? lexeme_of(chain, before, headline, OF_BEHIND)->sums[0]
                    : chain->cache->none[0]);
    add_sums(chain->states[stretch.last - stretch.first - 1].sums,
             behind ? lexeme_of(chain, behind, headline, OF_BEFORE)->sums[WINDOW - 1]
                    : chain->cache->none[WINDOW - 1]);
}

/* What the words of a stretch say of themselves and of each other. */
static void sum_up_words(struct chain *chain, const struct tokens *tokens,
                         struct stretch stretch)
{
    size_t n = stretch.last - stretch.first;

    for (size_t k = 0; k < n; k++)
        memset(chain->states[k].sums, 0, sizeof chain->states[k].sums);
    for (size_t k = 0; k < n; k++) {
        size_t i = stretch.first + k;
        unsigned asked = OF_ITSELF | (k + 1 < n) * OF_BEHIND | (k > 0) * OF_BEFORE;
        const struct lexeme *lexeme =
            lexeme_of(chain, &tokens->all[i], chain->evidence.headline[i], asked);
        chain->at[k] = lexeme->gaz;
        add_sums(chain->states[k].sums, lexeme->sums[LOOK_REACH]);
        if (k + 1 < n) /* for the word behind, which it stands before */
            add_sums(chain->states[k + 1].sums, lexeme->sums[0]);
        if (k)
            add_sums(chain->states[k - 1].sums, lexeme->sums[WINDOW - 1]);
    }
}

static void sum_up_gazetteer(struct chain *chain, const struct place *place,
                             int16_t *sums)
{
    uint64_t feature = place_gazetteer(place);
    struct said *said = &chain->cache->gazetteer[feature >> 20 & (GAZETTEER - 1)];

    if (said->feature != feature) {
        said->feature = feature;
        sum_up_one(chain->weights, feature, said->sums);
    }
    add_sums(sums, said->sums);
}

static void sum_up_places(struct chain *chain, const struct tokens *tokens,
                          struct stretch stretch)
{
    uint16_t rows[PLACE_FEATURES];
    struct place place;

    for (size_t k = 0; k < stretch.last - stretch.first; k++) {
        int16_t *sums = chain->states[k].sums;
        chain_place(chain, tokens, stretch, k, &place);
        for (size_t i = place_rows(&place, rows); i-- > 0;)
            add_sums(sums, chain->cache->rows[rows[i]]);
        sum_up_gazetteer(chain, &place, sums);
    }
}

bool chain_may_follow(int a, int b)
{
    return b == LABEL_O || b % 2 == 1 || a == b || a == b - 1;
}

/* The best sums of a token before its own, and from which label they come. Side by side
 * but for the last label, which may follow two only. */
static void step(const int16_t *before, const int16_t *moves, int16_t *best,
                 uint8_t *back)
{
    eight most = load_eight(moves) + before[0], from = {0};

    for (int a = 1; a < LABELS; a++) {
        eight sum = load_eight(moves + (ptrdiff_t)a * LABELS) + before[a];
        eight better = sum > most;
        most = (sum & better) | (most & ~better);
        from = ((int16_t)a & better) | (from & ~better);
    }
    memcpy(best, &most, sizeof most);
    for (int b = 0; b < LAST; b++)
        back[b] = (uint8_t)from[b];
    int begun = before[LAST - 1] + moves[LAST * LABELS - 1],
        goes_on = before[LAST] + moves[LABELS * LABELS - 1];
    best[LAST] = (int16_t)(goes_on > begun ? goes_on : begun);
    back[LAST] = goes_on > begun ? LAST : LAST - 1;
}

/* Adds the token's own sums to the best before it; what is left of the best of all. */
static void settle(struct state *state)
{
    int sums[LABELS], most = state->best[LABEL_O];

    sums[LABEL_O] = most;
    for (int b = 1; b < LABELS; b++) {
        sums[b] = state->best[b] + state->sums[b - 1];
        most = sums[b] > most ? sums[b] : most;
    }
    for (int b = 0; b < LABELS; b++)
        state->best[b] = (int16_t)(sums[b] - most > NEVER ? sums[b] - most : NEVER);
}

/* The best labels of a stretch. */
static void decode(struct chain *chain, const struct tokens *tokens,
                   struct stretch stretch, uint8_t *labels)
{
    struct state *states = chain->states;
    size_t n = stretch.last - stretch.first;
    int label = 0;

    for (size_t k = 0; k < n; k++) {
        size_t i = stretch.first + k;
        if (k)
            step(states[k - 1].best,
                 moves_to(chain, &tokens->all[i], chain->evidence.headline[i]),
                 states[k].best, states[k].back);
        else
            memcpy(states[k].best, chain->cache->begin, sizeof states[k].best);
        settle(&states[k]);
    }
    for (int b = 1; b < LABELS; b++)
        if (states[n - 1].best[b] > states[n - 1].best[label])
            label = b;
    for (size_t k = n; k-- > 0; label = states[k].back[label])
        labels[k] = (uint8_t)label;
}

static void label_stretch(struct chain *chain, const struct tokens *tokens,
                          struct stretch stretch)
{
    chain_room(chain, stretch);
    sum_up_words(chain, tokens, stretch);
    sum_up_around(chain, tokens, stretch);
    chain_begin(chain, tokens, stretch);
    sum_up_places(chain, tokens, stretch);
    decode(chain, tokens, stretch, chain->labels + stretch.first);
    chain_remember(chain, tokens, stretch, chain->labels + stretch.first);
}

/* Asks for the memory of the words of a stretch that comes soon. */
static void fetch_words(const struct chain *chain, const struct tokens *tokens,
                        struct stretch stretch)
{
    for (size_t i = stretch.first; i < stretch.last; i++) {
        uint64_t key = cache_key(&tokens->all[i], chain->evidence.headline[i]);
        __builtin_prefetch(&chain->cache->lexemes[key >> 24 & (LEXEMES - 1)]);
        if (i > stretch.first)
            __builtin_prefetch(&chain->cache->steps[key >> 24 & (STEPS - 1)]);
    }
}

void chain_label(struct chain *chain, const struct tokens *tokens)
{
    struct stretch stretch, next = {0, 0};
    size_t at = 0;

    if (!chain->weights) {
        chain->weights = weights_read();
        chain->cache = cache_make(chain->weights);
    }
    chain->labels = xgrow(chain->labels, &chain->labels_cap, tokens->count + 1, 1);
    memset(chain->labels, LABEL_O, tokens->count);
    evidence_read(&chain->evidence, tokens);
    for (bool more = stretch_next(tokens, &at, &next); more;) {
        stretch = next;
        more = stretch_next(tokens, &at, &next);
        if (more)
            fetch_words(chain, tokens, next);
        if (!stretch_dull(&chain->evidence, tokens, stretch))
            label_stretch(chain, tokens, stretch);
    }
}

void chain_free(struct chain *chain)
{
    free(chain->labels);
    free(chain->weights);
    free(chain->cache);
    free(chain->at);
    free(chain->in);
    free(chain->seen);
    free(chain->states);
    evidence_free(&chain->evidence);
    looks_free();
    *chain = (struct chain){0};
}
