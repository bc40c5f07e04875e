#include "stages/ntag/chain.h"

#include "common/alloc.h"
#include "common/data.h"
#include "stages/ntag/prints.h"

#include <stdlib.h>

DATA(chain_model);

enum { LEXEMES = 8192, SLOTS = 1 << 18, LANES = 16, WINDOW = 2 * LOOK_REACH + 1 };

/* What a feature says for each label. */
struct weight {
    uint32_t print; /* 0: empty */
    int8_t of[LABELS];
};

struct weights {
    struct weight slots[SLOTS];
};

/* A word, and the weights of what it says at each distance, summed up. */
struct lexeme {
    uint64_t hash;
    bool headline;
    uint8_t summed; /* which of sums there are, as bits */
    struct look look;
    int16_t sums[WINDOW][LANES];
    bool moved; /* there are moves */
    int16_t moves[LABELS + 1][LANES];
};

int chain_weight(int level)
{
    int size = abs(level),
        weight = size + size * size * 83 / (CHAIN_LEVELS * CHAIN_LEVELS);

    return level < 0 ? -weight : weight;
}

static struct weight *slot(struct weights *weights, uint32_t print)
{
    size_t i = print * 2654435761u >> 14;

    while (weights->slots[i].print && weights->slots[i].print != print)
        i = (i + 1) & (SLOTS - 1);
    return &weights->slots[i];
}

static struct weights *weights_read(void)
{
    struct weights *weights = xcalloc(1, sizeof *weights);
    struct str rest = {(const char *)chain_model, chain_model_size}, line;
    uint32_t print;

    while (print_line(&rest, &line, &print)) {
        struct weight *weight = slot(weights, print);
        weight->print = print;
        for (size_t i = 0; i + 1 < line.len; i += 2)
            if (line.s[i] >= 'a' && line.s[i] < 'a' + LABELS)
                weight->of[line.s[i] - 'a'] = (int8_t)chain_weight(
                    (int)print_number(line.s + i + 1, 1) - CHAIN_LEVELS);
    }
    return weights;
}

static void add(struct weights *weights, const uint64_t *features, size_t n,
                int16_t *sums)
{
    for (size_t i = 0; i < n; i++) {
        const struct weight *weight = slot(weights, print_of(features[i]));
        for (int b = 0; b < LABELS; b++)
            sums[b] = (int16_t)(sums[b] + weight->of[b]);
    }
}

/* The cached word of a token, with its sums for that distance. */
static struct lexeme *lexeme_of(struct chain *chain, const struct token *token,
                                bool headline, int distance)
{
    static const struct token none;
    uint64_t features[LOOK_FEATURES];

    token = token ? token : &none;
    headline = headline && token->upper;
    struct lexeme *lexeme =
        &chain->lexemes[(token->hash >> 24 ^ (uint64_t)headline) & (LEXEMES - 1)];
    if (lexeme->hash != token->hash || lexeme->headline != headline || !lexeme->summed) {
        look_at(&lexeme->look, token, headline);
        lexeme->hash = token->hash;
        lexeme->headline = headline;
        lexeme->summed = 0;
        lexeme->moved = false;
    }
    int d = distance + LOOK_REACH;
    if (!(lexeme->summed >> d & 1)) {
        size_t n = look_features(&lexeme->look, distance, features);
        memset(lexeme->sums[d], 0, sizeof lexeme->sums[d]);
        add(chain->weights, features, n, lexeme->sums[d]);
        lexeme->summed |= (uint8_t)(1 << d);
    }
    return lexeme;
}

/* Fills the steps to token k of the stretch. */
static void score_moves(struct chain *chain, struct lexeme *lexeme, size_t k)
{
    uint64_t features[LOOK_MOVES];

    if (!lexeme->moved) {
        memset(lexeme->moves, 0, sizeof lexeme->moves);
        for (int a = 0; a <= LABELS; a++) {
            size_t n = look_moves(&lexeme->look, a, features);
            add(chain->weights, features, n, lexeme->moves[a]);
        }
        lexeme->moved = true;
    }
    for (int a = 0; a <= LABELS; a++)
        for (int b = 0; b < LABELS; b++)
            chain->moves[k][a][b] = lexeme->moves[a][b];
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

void chain_gazetteer(const struct chain *chain, size_t k, size_t n, struct place *place)
{
    for (size_t d = 0; d < 3; d++) {
        bool there = k + d >= 1 && k + d - 1 < n;
        place->at[d] = there ? chain->at[k + d - 1] : 0;
        place->in[d] = there ? chain->in[k + d - 1] : 0;
    }
}

/* Fills the scores of token k of the stretch. */
static void score(struct chain *chain, struct place *place, struct stretch stretch,
                  size_t k)
{
    uint64_t features[PLACE_FEATURES];
    int16_t sums[LANES] = {0};
    size_t i = stretch.first + k;

    for (int d = -LOOK_REACH; d <= LOOK_REACH; d++) {
        const struct token *token = chain_neighbour(place->tokens, i, d);
        struct lexeme *lexeme = lexeme_of(chain, token, chain->evidence.headline[i], d);
        place->looks[d + LOOK_REACH] = lexeme->look;
        for (int b = 0; b < LANES; b++)
            sums[b] = (int16_t)(sums[b] + lexeme->sums[d + LOOK_REACH][b]);
        if (!d)
            score_moves(chain, lexeme, k);
    }
    chain_gazetteer(chain, k, stretch.last - stretch.first, place);
    add(chain->weights, features, place_features(place, i, features), sums);
    for (int b = 0; b < LABELS; b++)
        chain->scores[k][b] = sums[b];
}

bool chain_may_follow(int a, int b)
{
    return b == LABEL_O || b % 2 == 1 || a == b || a == b - 1;
}

void chain_decode(struct chain *chain, size_t n, uint8_t *labels)
{
    for (size_t i = 0; i < n; i++)
        for (int b = 0; b < LABELS; b++) {
            int from = i ? 0 : LABELS;
            float most = i                             ? -1e30f
                         : chain_may_follow(LABELS, b) ? chain->moves[0][LABELS][b]
                                                       : -1e30f;
            for (int a = 0; i && a < LABELS; a++) {
                float sum = chain_may_follow(a, b)
                                ? chain->best[i - 1][a] + chain->moves[i][a][b]
                                : -1e30f;
                if (sum > most) {
                    most = sum;
                    from = a;
                }
            }
            chain->best[i][b] = most + chain->scores[i][b];
            chain->back[i][b] = (uint8_t)from;
        }
    int label = 0;
    for (int b = 1; b < LABELS; b++)
        if (chain->best[n - 1][b] > chain->best[n - 1][label])
            label = b;
    for (size_t i = n; i-- > 0; label = chain->back[i][label])
        labels[i] = (uint8_t)label;
}

void chain_room(struct chain *chain, size_t n)
{
    if (n <= chain->room)
        return;
    chain->room = 2 * n;
    chain->at = xrealloc(chain->at, chain->room, sizeof *chain->at);
    chain->in = xrealloc(chain->in, chain->room, sizeof *chain->in);
    chain->scores = xrealloc(chain->scores, chain->room, sizeof *chain->scores);
    chain->moves = xrealloc(chain->moves, chain->room, sizeof *chain->moves);
    chain->best = xrealloc(chain->best, chain->room, sizeof *chain->best);
    chain->back = xrealloc(chain->back, chain->room, sizeof *chain->back);
}

void chain_label(struct chain *chain, const struct tokens *tokens)
{
    struct place place = {.tokens = tokens, .evidence = &chain->evidence};
    struct stretch stretch;

    if (!chain->weights) {
        chain->weights = weights_read();
        chain->lexemes = xcalloc(LEXEMES, sizeof *chain->lexemes);
    }
    chain->labels = xgrow(chain->labels, &chain->labels_cap, tokens->count + 1, 1);
    memset(chain->labels, LABEL_O, tokens->count);
    evidence_read(&chain->evidence, tokens);
    for (size_t at = 0; stretch_next(tokens, &at, &stretch);) {
        size_t n = stretch.last - stretch.first;
        chain_room(chain, n);
        stretch_gazetteer(tokens, stretch, chain->at, chain->in);
        for (size_t k = 0; k < n; k++)
            score(chain, &place, stretch, k);
        chain_decode(chain, n, chain->labels + stretch.first);
        for (size_t k = stretch.first; k < stretch.last; k++)
            if (tokens->all[k].cased)
                evidence_label(&chain->evidence, &tokens->all[k], chain->labels[k]);
    }
}

void chain_free(struct chain *chain)
{
    free(chain->labels);
    free(chain->weights);
    free(chain->lexemes);
    free(chain->at);
    free(chain->in);
    free(chain->scores);
    free(chain->moves);
    free(chain->best);
    free(chain->back);
    evidence_free(&chain->evidence);
    looks_free();
    *chain = (struct chain){0};
}
