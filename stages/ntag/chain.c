#include "stages/ntag/chain.h"

#include "common/alloc.h"
#include "common/data.h"
#include "stages/ntag/prints.h"

#include <stdlib.h>

DATA(chain_model);

enum {
    LEXEMES = 1 << 14,
    STEPS = 1 << 12,
    SLOTS = 1 << 17,
    LANES = 16,
    OVER_O = LABELS - 1,
    WINDOW = 2 * LOOK_REACH + 1
};

/* What features say for each label, by fingerprint (0: empty); LANES, so that they can be
 * summed up side by side. */
struct weights {
    uint32_t prints[SLOTS];
    int8_t of[SLOTS][LANES];
};

/* A word, and the weights of what it says at each distance, summed up: how much more they
 * are for each label than for LABEL_O. A line of the processor's cache. */
struct lexeme {
    uint64_t hash;
    bool known, headline;
    uint8_t summed; /* which of sums there are, as bits */
    uint8_t gaz;    /* gazetteer() of the word alone */
    int16_t sums[WINDOW][OVER_O];
};

/* A word, and the weights of the steps to it. */
struct steps {
    uint64_t hash;
    bool headline, known;
    int16_t moves[LABELS + 1][LANES];
};

struct cache {
    struct lexeme lexemes[LEXEMES];
    struct look looks[LEXEMES]; /* of the same words */
    struct steps steps[STEPS];
};

/* A token of a stretch: the scores of its labels, and of the steps to them; then the best
 * sum up to it for each label, and the label before. */
struct state {
    int16_t scores[LANES];
    int16_t moves[LABELS + 1][LANES];
    int32_t best[LABELS];
    uint8_t back[LABELS];
};

int chain_weight(int level)
{
    int size = abs(level),
        weight = size + size * size * 83 / (CHAIN_LEVELS * CHAIN_LEVELS);

    return level < 0 ? -weight : weight;
}

static size_t slot(const struct weights *weights, uint32_t print)
{
    size_t i = print * 2654435761u >> 15;

    while (weights->prints[i] && weights->prints[i] != print)
        i = (i + 1) & (SLOTS - 1);
    return i;
}

static struct weights *weights_read(void)
{
    struct weights *weights = xcalloc(1, sizeof *weights);
    struct str rest = {(const char *)chain_model, chain_model_size}, line;
    size_t count = 0;
    uint32_t print;

    while (print_line(&rest, &line, &print) && ++count < SLOTS / 2) {
        size_t at = slot(weights, print);
        weights->prints[at] = print;
        for (size_t i = 0; i + 1 < line.len; i += 2)
            if (line.s[i] >= 'a' && line.s[i] < 'a' + LABELS)
                weights->of[at][line.s[i] - 'a'] = (int8_t)chain_weight(
                    (int)print_number(line.s + i + 1, 1) - CHAIN_LEVELS);
    }
    return weights;
}

/* Compilers make these two a few vector instructions each. */
static void add_weights(int16_t *restrict sums, const int8_t *restrict weights)
{
    for (int b = 0; b < LANES; b++)
        sums[b] = (int16_t)(sums[b] + weights[b]);
}

static void add_sums(int16_t *restrict sums, const int16_t *restrict more)
{
    for (int b = 0; b < OVER_O; b++)
        sums[b] = (int16_t)(sums[b] + more[b]);
}

static void add(const struct weights *weights, const uint64_t *features, size_t n,
                int16_t *sums)
{
    for (size_t i = 0; i < n; i++) {
        size_t at = slot(weights, print_of(features[i]));
        if (weights->prints[at])
            add_weights(sums, weights->of[at]);
    }
}

/* The cached word of a token. */
static struct lexeme *lexeme_of(struct cache *cache, const struct token *token,
                                bool headline)
{
    headline = headline && token->upper;
    size_t at = (token->hash >> 24 ^ (uint64_t)headline) & (LEXEMES - 1);
    struct lexeme *lexeme = &cache->lexemes[at];

    if (lexeme->hash == token->hash && lexeme->headline == headline && lexeme->known)
        return lexeme;
    *lexeme = (struct lexeme){.hash = token->hash,
                              .known = true,
                              .headline = headline,
                              .gaz = (uint8_t)gazetteer(token->low)};
    look_at(&cache->looks[at], token, headline);
    return lexeme;
}

/* The word's sums for the word it stands that far behind. */
static const int16_t *sums_of(struct chain *chain, struct lexeme *lexeme, int distance)
{
    uint64_t features[LOOK_FEATURES];
    int d = distance + LOOK_REACH;
    const struct look *look = &chain->cache->looks[lexeme - chain->cache->lexemes];

    if (!(lexeme->summed >> d & 1)) {
        size_t n = look_features(look, distance, features);
        int16_t sums[LANES] = {0};
        add(chain->weights, features, n, sums);
        for (int b = 0; b < OVER_O; b++)
            lexeme->sums[d][b] = (int16_t)(sums[b + 1] - sums[LABEL_O]);
        lexeme->summed |= (uint8_t)(1 << d);
    }
    return lexeme->sums[d];
}

/* The cached steps to a word. */
static const struct steps *steps_to(struct chain *chain, const struct lexeme *lexeme)
{
    uint64_t features[LOOK_MOVES];
    const struct look *look = &chain->cache->looks[lexeme - chain->cache->lexemes];
    struct steps *steps = &chain->cache->steps[(lexeme->hash >> 24) & (STEPS - 1)];

    if (steps->known && steps->hash == lexeme->hash &&
        steps->headline == lexeme->headline)
        return steps;
    *steps = (struct steps){lexeme->hash, lexeme->headline, true, {{0}}};
    for (int a = 0; a <= LABELS; a++) {
        size_t n = look_moves(look, a, features);
        add(chain->weights, features, n, steps->moves[a]);
    }
    return steps;
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

void chain_begin(struct chain *chain, const struct tokens *tokens, struct stretch stretch)
{
    size_t n = stretch.last - stretch.first;

    if (n > chain->room) {
        chain->room = 2 * n;
        chain->at = xrealloc(chain->at, chain->room, sizeof *chain->at);
        chain->in = xrealloc(chain->in, chain->room, sizeof *chain->in);
        chain->seen = xrealloc(chain->seen, chain->room, sizeof *chain->seen);
        chain->states = xrealloc(chain->states, chain->room, sizeof *chain->states);
    }
    for (size_t k = 0; k < n; k++) {
        const struct token *token = &tokens->all[stretch.first + k];
        bool headline = chain->evidence.headline[stretch.first + k];
        chain->at[k] =
            (uint16_t)(chain->cache ? lexeme_of(chain->cache, token, headline)->gaz
                                    : gazetteer(token->low));
        chain->seen[k] = evidence_of(&chain->evidence, token->low);
    }
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

/* Fills the state of token k of the stretch, less its best sums. */
static void score(struct chain *chain, const struct tokens *tokens,
                  struct stretch stretch, size_t k)
{
    static const struct token none = {.s = {"", 0}};
    uint64_t features[PLACE_FEATURES];
    struct state *state = &chain->states[k];
    struct place place;
    size_t i = stretch.first + k;

    memset(state->scores, 0, sizeof state->scores);
    for (int d = -LOOK_REACH; d <= LOOK_REACH; d++) {
        const struct token *token = chain_neighbour(tokens, i, d);
        struct lexeme *lexeme =
            lexeme_of(chain->cache, token ? token : &none, chain->evidence.headline[i]);
        add_sums(state->scores + 1, sums_of(chain, lexeme, d));
        if (!d)
            memcpy(state->moves, steps_to(chain, lexeme)->moves, sizeof state->moves);
    }
    chain_place(chain, tokens, stretch, k, &place);
    size_t n = place_features(&place, features);
    add(chain->weights, features, n, state->scores);
}

bool chain_may_follow(int a, int b)
{
    return b == LABEL_O || b % 2 == 1 || a == b || a == b - 1;
}

/* The best sum for label b of a token behind one with those sums. */
static void step(const struct state *before, struct state *state, int b)
{
    bool inside = b != LABEL_O && b % 2 == 0;
    int first = inside ? b - 1 : 0, last = inside ? b : LABELS - 1, from = first;
    int32_t most = before->best[first] + state->moves[first][b];

    for (int a = first + 1; a <= last; a++) {
        int32_t sum = before->best[a] + state->moves[a][b];
        if (sum > most) {
            most = sum;
            from = a;
        }
    }
    state->best[b] = most + state->scores[b];
    state->back[b] = (uint8_t)from;
}

/* The best labels of n tokens. */
static void decode(struct state *states, size_t n, uint8_t *labels)
{
    int label = 0;

    for (int b = 0; b < LABELS; b++)
        states[0].best[b] = chain_may_follow(LABELS, b)
                                ? states[0].scores[b] + states[0].moves[LABELS][b]
                                : INT32_MIN / 2;
    for (size_t k = 1; k < n; k++)
        for (int b = 0; b < LABELS; b++)
            step(&states[k - 1], &states[k], b);
    for (int b = 1; b < LABELS; b++)
        if (states[n - 1].best[b] > states[n - 1].best[label])
            label = b;
    for (size_t k = n; k-- > 0; label = states[k].back[label])
        labels[k] = (uint8_t)label;
}

void chain_label(struct chain *chain, const struct tokens *tokens)
{
    struct stretch stretch;

    if (!chain->weights) {
        chain->weights = weights_read();
        chain->cache = xcalloc(1, sizeof *chain->cache);
    }
    chain->labels = xgrow(chain->labels, &chain->labels_cap, tokens->count + 1, 1);
    memset(chain->labels, LABEL_O, tokens->count);
    evidence_read(&chain->evidence, tokens);
    for (size_t at = 0; stretch_next(tokens, &at, &stretch);) {
        size_t n = stretch.last - stretch.first;
        chain_begin(chain, tokens, stretch);
        for (size_t k = 0; k < n; k++)
            score(chain, tokens, stretch, k);
        decode(chain->states, n, chain->labels + stretch.first);
        chain_remember(chain, tokens, stretch, chain->labels + stretch.first);
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
