/* Learns ntag's names:
 *   ntag-names-train gazetteer < name<TAB>type lines         > gazetteer.model
 *   ntag-names-train classes   < word<TAB>class... lines     > classes.model
 *   ntag-names-train chain     < text and entities as NDJSON > chain.model
 *   ntag-names-train chain GROUP ...    the same without the features of these groups
 *   ntag-names-train label     < text as NDJSON > entities, by the chain in ntag alone
 * The chain is a conditional random field (Lafferty, McCallum, Pereira 2001), trained by
 * stochastic gradient with a step of its own for each weight (AdaGrad: Duchi, Hazan,
 * Singer 2011) and with features left out by chance (dropout), so that no word alone
 * decides. Features met less than MET times are left out for good, and the lightest until
 * the rest fits BYTES. It sees tokens and features as ntag does.
 */
#include "common/alloc.h"
#include "common/in.h"
#include "common/msg.h"
#include "common/record.h"
#include "common/unicode.h"
#include "stages/ntag/chain.h"
#include "stages/ntag/prints.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    MET = 2,
    TYPES = 4,
    EPOCHS = 14,
    MEANT = 10,
    DROPPED = 40 /* percent */,
    BYTES = 800000
};
enum { STRETCH_LIMIT = 512 };
static const float RATE = 0.03f;
#define NO_ROW UINT32_MAX

static uint64_t seed = 20170526;

static uint32_t chance(uint32_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)((seed >> 33) % n);
}

/* A map from hashes to small numbers. */
struct map {
    struct pair {
        uint64_t key;
        uint32_t value;
    } * slots;
    size_t mask, count;
};

static struct pair *map_slot(struct map *map, uint64_t key)
{
    size_t i = (size_t)(key >> 20) & map->mask;

    key += !key;
    while (map->slots[i].key && map->slots[i].key != key)
        i = (i + 1) & map->mask;
    return &map->slots[i];
}

static uint32_t *map_at(struct map *map, uint64_t key)
{
    if (!map->slots || map->count * 2 > map->mask) {
        struct map old = *map;
        map->mask = old.slots ? old.mask * 2 + 1 : 1023;
        map->slots = xcalloc(map->mask + 1, sizeof *map->slots);
        for (size_t i = 0; old.slots && i <= old.mask; i++)
            if (old.slots[i].key)
                *map_slot(map, old.slots[i].key) = old.slots[i];
        free(old.slots);
    }
    struct pair *pair = map_slot(map, key);
    map->count += !pair->key;
    pair->key = key + !key;
    return &pair->value;
}

static bool map_has(struct map *map, uint64_t key, uint32_t *value)
{
    struct pair *pair = map_slot(map, key);
    *value = pair->value;
    return pair->key != 0;
}

static struct str line_of(char *line)
{
    struct str s = str_of(line);
    while (s.len && (s.s[s.len - 1] == '\n' || s.s[s.len - 1] == '\r'))
        s.len--;
    return s;
}

static int compare_pairs(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

/* Writes a table of numbers by fingerprint. */
static void write_prints(struct map *map, int digits)
{
    size_t n = 0;

    if (!map->slots)
        msg_die("nothing to learn from");
    for (size_t i = 0; i <= map->mask; i++)
        if (map->slots[i].key)
            map->slots[n++] = map->slots[i];
    qsort(map->slots, n, sizeof *map->slots, compare_pairs);
    for (size_t i = 0; i < n; i++) {
        char print[PRINT_DIGITS], value[PRINT_DIGITS];
        print_write((uint32_t)map->slots[i].key, print);
        print_write(map->slots[i].value, value);
        printf("%.*s%.*s\n", PRINT_DIGITS, print, digits, value + PRINT_DIGITS - digits);
    }
    free(map->slots);
}

static void make_gazetteer(void)
{
    static const char *const types[] = {"country", "city", "first", "org", "region"};
    struct map map = {0};
    struct tokens tokens = {0};
    char line[4096];

    while (fgets(line, sizeof line, stdin)) {
        struct str s = line_of(line);
        size_t tab = str_find(s, STR("\t"), 0), type = 0;
        while (tab != (size_t)-1 && type < 5 &&
               !str_eq(str_sub(s, tab + 1, s.len), str_of(types[type])))
            type++;
        if (tab == (size_t)-1 || type == 5)
            continue;
        tokens_cut(&tokens, str_sub(s, 0, tab));
        uint64_t key = 0;
        for (size_t i = 0; i < tokens.count && tokens.count <= 6; i++) {
            key = i ? token_mix(key, tokens.all[i].low) : tokens.all[i].low;
            *map_at(&map, print_of(key)) |= i + 1 < tokens.count ? GAZ_MORE : 1u << type;
        }
    }
    tokens_free(&tokens);
    write_prints(&map, 1);
}

static void make_classes(void)
{
    struct map map = {0};
    char line[4096];
    unsigned a, b, c;

    while (fgets(line, sizeof line, stdin)) {
        struct str s = line_of(line);
        size_t tab = str_find(s, STR("\t"), 0);
        if (tab == (size_t)-1 || sscanf(line + tab + 1, "%u %u %u", &a, &b, &c) != 3)
            continue;
        uint32_t print = print_of(token_low(str_sub(s, 0, tab)));
        *map_at(&map, print) = (a & 63) << 18 | (b & 255) << 10 | (c & 1023);
    }
    write_prints(&map, 4);
}

struct document {
    char *text;
    struct tokens tokens;
    uint8_t *labels;
};

static struct {
    struct document *all;
    size_t count, cap;
} documents;

static int type_of(json_t *name)
{
    static const char *const types[TYPES] = {"PER", "ORG", "LOC", "MISC"};
    for (int i = 0; i < TYPES; i++)
        if (json_is_string(name) && !strcmp(json_string_value(name), types[i]))
            return i;
    msg_die("an entity of no type");
}

static void read_labels(struct document *document, json_t *entities)
{
    struct tokens *tokens = &document->tokens;
    size_t i, k = 0;
    json_t *entity;

    document->labels = xcalloc(tokens->count + 1, 1);
    json_array_foreach(entities, i, entity)
    {
        size_t from = (size_t)json_integer_value(json_array_get(entity, 0));
        size_t to = (size_t)json_integer_value(json_array_get(entity, 1));
        int label = LABEL_B_PER + 2 * type_of(json_array_get(entity, 2));
        while (k < tokens->count && tokens->all[k].to <= from)
            k++;
        for (; k < tokens->count && tokens->all[k].from < to; k++, label += label % 2)
            document->labels[k] = (uint8_t)label;
    }
}

static void read_documents(void)
{
    struct record rec = {0};
    struct str text;
    struct in *in = in_open(0, NULL, (size_t)64 << 20);

    while (record_read(in, &rec)) {
        json_t *entities = record_json(&rec, "entities");
        if (!record_string(&rec, "text", &text) || !entities)
            msg_die("a record without text or entities");
        documents.all = xgrow(documents.all, &documents.cap, documents.count + 1,
                              sizeof *documents.all);
        struct document *document = &documents.all[documents.count++];
        *document = (struct document){.text = xalloc(text.len + 1, 1)};
        memcpy(document->text, text.s, text.len);
        tokens_cut(&document->tokens, (struct str){document->text, text.len});
        read_labels(document, entities);
        json_decref(entities);
    }
    in_close(in);
    record_free(&rec);
}

/* What is learned. */
static struct learner {
    struct map index; /* feature -> row of weights, or times met while they are counted */
    float (*weights)[LABELS];
    float (*squares)[LABELS]; /* sums of squared slopes */
    float (*means)[LABELS];   /* of the weights, over the last epochs */
    size_t count;
} learner;

/* Groups of features, as bits; what they are of may be left out, to see what they bring.
 */
enum group {
    WORDS = 1,
    AFFIXES = 2,
    SHAPES = 4,
    CLASSES = 8,
    WORD_LISTS = 16,
    GAZETTEER = 32,
    NEIGHBOURS = 64, /* all that the words before and behind say */
    DOCUMENT = 128,  /* what the rest of the text says about a word */
    STEPS = 256      /* what a word says of the step from the label before */
};
static const char *const groups[] = {"words",      "affixes",  "shapes",
                                     "classes",    "lists",    "gazetteer",
                                     "neighbours", "document", "steps"};
static unsigned left_out;

static unsigned group_of(const char *name)
{
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (!strcmp(name, groups[i]))
            return 1u << i;
    msg_usage("'%s' is no group of features", name);
}

/* A look without what is left out. */
static struct look blanked(struct look look)
{
    if (left_out & WORDS)
        look.exact = look.low = 0;
    if (left_out & AFFIXES)
        look.length = 0;
    if (left_out & SHAPES)
        look.shape = look.shapes = 0;
    if (left_out & CLASSES)
        memset(look.class, 0, sizeof look.class);
    if (left_out & WORD_LISTS)
        look.lists = 0;
    return look;
}

/* Those of n features that are among m others; returns how many. A feature made of what
 * is left out is none of those of the blanked look, and the other way round. */
static size_t in_both(uint64_t *all, size_t n, const uint64_t *others, size_t m)
{
    size_t kept = 0;

    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < m; k++)
            if (all[i] == others[k]) {
                all[kept++] = all[i];
                break;
            }
    return kept;
}

/* look_features() and look_moves() less what is left out. */
static size_t features_of(const struct look *look, int distance, uint64_t *out)
{
    uint64_t others[LOOK_FEATURES];
    struct look blank = blanked(*look);

    if (distance && left_out & NEIGHBOURS)
        return 0;
    size_t n = look_features(look, distance, out);
    return left_out ? in_both(out, n, others, look_features(&blank, distance, others))
                    : n;
}

static size_t moves_of(const struct look *look, int label, uint64_t *out)
{
    uint64_t others[LOOK_MOVES];
    struct look blank = left_out & STEPS ? (struct look){0} : blanked(*look);
    size_t n = look_moves(look, label, out);

    return left_out ? in_both(out, n, others, look_moves(&blank, label, others)) : n;
}

static bool row_counts(unsigned row)
{
    unsigned group = row < CASE_ROWS ? GAZETTEER : row < LINE_ROWS ? DOCUMENT : 0;
    return !(left_out & group);
}

/* The features of a stretch's tokens. */
static struct {
    uint64_t *all;
    size_t count, cap;
    size_t *first; /* where those of each token begin, one more than there are tokens */
    size_t first_cap;
    struct look *looks; /* of each token */
    size_t looks_cap;
} seen;

static void see(struct chain *chain, const struct tokens *tokens, struct stretch stretch)
{
    static const struct token none = {.s = {"", 0}};
    size_t n = stretch.last - stretch.first;
    uint16_t rows[PLACE_FEATURES];

    chain_room(chain, stretch);
    for (size_t k = 0; k < n; k++)
        chain->at[k] = (uint16_t)gazetteer(tokens->all[stretch.first + k].low);
    chain_begin(chain, tokens, stretch);
    seen.count = 0;
    seen.first = xgrow(seen.first, &seen.first_cap, n + 1, sizeof *seen.first);
    seen.looks = xgrow(seen.looks, &seen.looks_cap, n, sizeof *seen.looks);
    for (size_t k = 0; k < n; k++) {
        size_t i = stretch.first + k;
        struct place place;
        struct look look;
        seen.first[k] = seen.count;
        seen.all =
            xgrow(seen.all, &seen.cap,
                  seen.count + PLACE_FEATURES + 1 + 3 * LOOK_FEATURES, sizeof *seen.all);
        for (int d = -LOOK_REACH; d <= LOOK_REACH; d++) {
            const struct token *token = chain_neighbour(tokens, i, d);
            look_at(&look, token ? token : &none, chain->evidence.headline[i]);
            seen.count += features_of(&look, d, seen.all + seen.count);
            if (!d)
                seen.looks[k] = look;
        }
        chain_place(chain, tokens, stretch, k, &place);
        for (size_t r = place_rows(&place, rows); r-- > 0;)
            if (row_counts(rows[r]))
                seen.all[seen.count++] = place_row(rows[r]);
        if (!(left_out & GAZETTEER))
            seen.all[seen.count++] = place_gazetteer(&place);
    }
    seen.first[n] = seen.count;
}

/* The labels wanted in a stretch: what begins outside of it begins with it. */
static void wanted(const struct document *document, struct stretch stretch, uint8_t *out)
{
    int before = LABEL_O;

    for (size_t i = stretch.first; i < stretch.last; i++) {
        int label = document->labels[i];
        if (label && label % 2 == 0 && before != label && before != label - 1)
            label--;
        *out++ = (uint8_t)(before = label);
    }
}

/* Moves the weights of a feature up the slope. */
static void climb(size_t row, const float *slope)
{
    for (int b = 0; b < LABELS; b++) {
        learner.squares[row][b] += slope[b] * slope[b];
        learner.weights[row][b] += RATE * slope[b] / sqrtf(learner.squares[row][b]);
    }
}

/* The weights of one stretch as factors, and the sums over all its labellings. */
static struct {
    float scores[STRETCH_LIMIT][LABELS], moves[STRETCH_LIMIT][LABELS + 1][LABELS];
    double own[STRETCH_LIMIT][LABELS];
    double step[STRETCH_LIMIT][LABELS + 1][LABELS];
    double ahead[STRETCH_LIMIT][LABELS], back[STRETCH_LIMIT][LABELS];
} sum;

/* Fills the scores and moves; rows are those of seen.all, NO_ROW where left out. */
static void score(size_t n, uint32_t *rows)
{
    uint64_t moves[LOOK_MOVES];
    uint32_t row;

    memset(sum.scores, 0, n * sizeof *sum.scores);
    memset(sum.moves, 0, n * sizeof *sum.moves);
    for (size_t k = 0; k < n; k++) {
        for (size_t f = seen.first[k]; f < seen.first[k + 1]; f++) {
            if (!map_has(&learner.index, seen.all[f], &rows[f]) || chance(100) < DROPPED)
                rows[f] = NO_ROW;
            for (int b = 0; rows[f] != NO_ROW && b < LABELS; b++)
                sum.scores[k][b] += learner.weights[rows[f]][b];
        }
        for (int a = 0; a <= LABELS; a++)
            for (size_t i = moves_of(&seen.looks[k], a, moves); i-- > 0;)
                for (int b = 0; map_has(&learner.index, moves[i], &row) && b < LABELS;
                     b++)
                    sum.moves[k][a][b] += learner.weights[row][b];
    }
}

/* The best labels as far as they are learned. */
static void decode(size_t n, uint8_t *labels)
{
    static float best[STRETCH_LIMIT][LABELS];
    static uint8_t back[STRETCH_LIMIT][LABELS];
    int label = 0;

    for (size_t k = 0; k < n; k++)
        for (int b = 0; b < LABELS; b++) {
            float most = -1e30f;
            for (int a = k ? 0 : LABELS; a < (k ? LABELS : LABELS + 1); a++) {
                float so_far = (k ? best[k - 1][a] : 0) + sum.moves[k][a][b];
                if (chain_may_follow(a, b) && so_far > most) {
                    most = so_far;
                    back[k][b] = (uint8_t)a;
                }
            }
            best[k][b] = most + sum.scores[k][b];
        }
    for (int b = 1; b < LABELS; b++)
        if (best[n - 1][b] > best[n - 1][label])
            label = b;
    for (size_t k = n; k-- > 0; label = back[k][label])
        labels[k] = (uint8_t)label;
}

static void scale(double *values)
{
    double all = 0;
    for (int b = 0; b < LABELS; b++)
        all += values[b];
    for (int b = 0; b < LABELS; b++)
        values[b] /= all;
}

/* Forward and backward sums, each token's scaled to 1. */
static void sum_up(size_t n)
{
    for (size_t k = 0; k < n; k++) {
        for (int b = 0; b < LABELS; b++) {
            sum.own[k][b] = exp((double)sum.scores[k][b]);
            double into = 0;
            for (int a = 0; a <= LABELS; a++) {
                bool may = chain_may_follow(a, b) && (a == LABELS) == (k == 0);
                sum.step[k][a][b] = may ? exp((double)sum.moves[k][a][b]) : 0;
                into += (k && a < LABELS ? sum.ahead[k - 1][a] : 1) * sum.step[k][a][b];
            }
            sum.ahead[k][b] = into * sum.own[k][b];
        }
        scale(sum.ahead[k]);
    }
    for (size_t k = n; k-- > 0; scale(sum.back[k]))
        for (int a = 0; a < LABELS; a++) {
            sum.back[k][a] = k + 1 == n;
            for (int b = 0; k + 1 < n && b < LABELS; b++)
                sum.back[k][a] +=
                    sum.step[k + 1][a][b] * sum.own[k + 1][b] * sum.back[k + 1][b];
        }
}

/* Learns the steps to token k. */
static void learn_steps(size_t k, const uint8_t *want)
{
    double all = 0, slopes[LABELS + 1][LABELS];
    uint64_t moves[LOOK_MOVES];
    uint32_t row;

    for (int a = 0; a <= LABELS; a++)
        for (int b = 0; b < LABELS; b++)
            all += slopes[a][b] = (k && a < LABELS ? sum.ahead[k - 1][a] : 1) *
                                  sum.step[k][a][b] * sum.own[k][b] * sum.back[k][b];
    for (int a = 0; a <= LABELS; a++) {
        float slope[LABELS], most = 0;
        for (int b = 0; b < LABELS; b++) {
            bool right = a == (k ? want[k - 1] : LABELS) && b == want[k];
            slope[b] = (float)(right - slopes[a][b] / all);
            most = fabsf(slope[b]) > most ? fabsf(slope[b]) : most;
        }
        for (size_t i = moves_of(&seen.looks[k], a, moves); most > 1e-4f && i-- > 0;)
            if (map_has(&learner.index, moves[i], &row))
                climb(row, slope);
    }
}

/* Learns from a stretch; returns how many labels were wrong. */
static size_t learn(size_t n, const uint8_t *want, uint8_t *got)
{
    size_t wrong = 0;
    uint32_t *rows = xalloc(seen.count + 1, sizeof *rows);

    score(n, rows);
    decode(n, got);
    sum_up(n);
    for (size_t k = 0; k < n; k++) {
        double is[LABELS];
        float slope[LABELS];
        for (int b = 0; b < LABELS; b++)
            is[b] = sum.ahead[k][b] * sum.back[k][b];
        scale(is);
        for (int b = 0; b < LABELS; b++)
            slope[b] = (float)((b == want[k]) - is[b]);
        for (size_t f = seen.first[k]; f < seen.first[k + 1]; f++)
            if (rows[f] != NO_ROW)
                climb(rows[f], slope);
        learn_steps(k, want);
        wrong += want[k] != got[k];
    }
    free(rows);
    return wrong;
}

/* Counts the features of the steps that are wanted. */
static void count_moves(size_t n, const uint8_t *want)
{
    uint64_t moves[LOOK_MOVES];

    for (size_t k = 0; k < n; k++)
        for (size_t i = moves_of(&seen.looks[k], k ? want[k - 1] : LABELS, moves);
             i-- > 0;)
            ++*map_at(&learner.index, moves[i]);
}

static void count_features(struct chain *chain)
{
    uint8_t want[STRETCH_LIMIT] = {0};
    struct stretch stretch;

    for (size_t d = 0; d < documents.count; d++) {
        struct tokens *tokens = &documents.all[d].tokens;
        evidence_read(&chain->evidence, tokens);
        stretch = (struct stretch){0, 0};
        for (size_t at = 0; stretch_next(tokens, &at, &stretch);) {
            if (stretch_dull(&chain->evidence, tokens, stretch))
                continue;
            see(chain, tokens, stretch);
            for (size_t i = 0; i < seen.count; i++)
                ++*map_at(&learner.index, seen.all[i]);
            wanted(&documents.all[d], stretch, want);
            count_moves(stretch.last - stretch.first, want);
            chain_remember(chain, tokens, stretch, want);
        }
    }
    struct map met = learner.index;
    learner.index = (struct map){0};
    for (size_t i = 0; i <= met.mask; i++)
        if (met.slots[i].key && met.slots[i].value >= MET)
            *map_at(&learner.index, met.slots[i].key) = (uint32_t)learner.count++;
    fprintf(stderr, "%zu features, %zu kept\n", met.count, learner.count);
    free(met.slots);
}

static void run_epoch(struct chain *chain, int epoch)
{
    size_t wrong = 0, all = 0;
    struct stretch stretch;
    uint8_t want[STRETCH_LIMIT], got[STRETCH_LIMIT];

    for (size_t i = documents.count; i-- > 1;) {
        size_t k = chance((uint32_t)i + 1);
        struct document swap = documents.all[i];
        documents.all[i] = documents.all[k];
        documents.all[k] = swap;
    }
    for (size_t d = 0; d < documents.count; d++) {
        struct tokens *tokens = &documents.all[d].tokens;
        evidence_read(&chain->evidence, tokens);
        stretch = (struct stretch){0, 0};
        for (size_t at = 0; stretch_next(tokens, &at, &stretch);) {
            size_t n = stretch.last - stretch.first;
            if (stretch_dull(&chain->evidence, tokens, stretch))
                continue;
            see(chain, tokens, stretch);
            wanted(&documents.all[d], stretch, want);
            wrong += learn(n, want, got);
            all += n;
            chain_remember(chain, tokens, stretch, got);
        }
    }
    fprintf(stderr, "epoch %d: %zu of %zu wrong\n", epoch, wrong, all);
}

/* A feature and how much its heaviest weight weighs. */
struct heavy {
    uint32_t print, row;
    float most;
};

static int by_weight(const void *a, const void *b)
{
    const struct heavy *x = a, *y = b;
    if (x->most != y->most)
        return x->most < y->most ? 1 : -1;
    return (x->print > y->print) - (x->print < y->print);
}

static int by_print(const void *a, const void *b)
{
    const struct heavy *x = a, *y = b;
    return (x->print > y->print) - (x->print < y->print);
}

static float most_of(const float *weights)
{
    float most = 0;
    for (int b = 0; b < LABELS; b++)
        most = fabsf(weights[b]) > most ? fabsf(weights[b]) : most;
    return most;
}

/* The level whose weight is nearest. */
static int level_of(float weight)
{
    int level = 0;
    while (level < CHAIN_LEVELS &&
           (float)(chain_weight(level) + chain_weight(level + 1)) < 2 * fabsf(weight))
        level++;
    return weight < 0 ? -level : level;
}

/* The line of a feature, less its end; its length. */
static int line_for(char *line, uint32_t print, const float *weights, float unit)
{
    int n = PRINT_DIGITS;

    print_write(print, line);
    for (int b = 0; b < LABELS; b++) {
        int level = level_of(weights[b] / unit);
        if (!level)
            continue;
        line[n++] = (char)('a' + b);
        line[n++] = (char)('!' + level + CHAIN_LEVELS);
    }
    return n;
}

static void write_chain(void)
{
    struct heavy *heavy = xalloc(learner.count, sizeof *heavy);
    size_t n = 0, kept = 0, used = 0;
    float most = 0;
    char line[64];

    for (size_t i = 0; i <= learner.index.mask; i++) {
        struct pair *pair = &learner.index.slots[i];
        if (pair->key && most_of(learner.weights[pair->value]) > 0)
            heavy[n++] = (struct heavy){print_of(pair->key), pair->value,
                                        most_of(learner.weights[pair->value])};
    }
    for (size_t i = 0; i < learner.count; i++)
        most = most_of(learner.weights[i]) > most ? most_of(learner.weights[i]) : most;
    float unit = most / CHAIN_WEIGHT;
    qsort(heavy, n, sizeof *heavy, by_weight);
    for (; kept < n; kept++) {
        int length =
            line_for(line, heavy[kept].print, learner.weights[heavy[kept].row], unit);
        if (length == PRINT_DIGITS || used + (size_t)length + 1 > BYTES)
            break;
        used += (size_t)length + 1;
    }
    qsort(heavy, kept, sizeof *heavy, by_print);
    for (size_t i = 0; i < kept; i++)
        if (!i || heavy[i].print != heavy[i - 1].print)
            printf("%.*s\n",
                   line_for(line, heavy[i].print, learner.weights[heavy[i].row], unit),
                   line);
    fprintf(stderr, "%zu of %zu features, %zu bytes\n", kept, n, used);
    free(heavy);
}

/* Learns the chain without the groups named, up to NULL. */
static void make_chain(char *const *names)
{
    struct chain chain = {0};

    for (; *names; names++)
        left_out |= group_of(*names);
    read_documents();
    count_features(&chain);
    learner.weights = xcalloc(learner.count, sizeof *learner.weights);
    learner.squares = xcalloc(learner.count, sizeof *learner.squares);
    for (size_t i = 0; i < learner.count; i++)
        for (int b = 0; b < LABELS; b++)
            learner.squares[i][b] = 0.1f;
    learner.means = xcalloc(learner.count, sizeof *learner.means);
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
        run_epoch(&chain, epoch);
        for (size_t i = 0; epoch >= EPOCHS - MEANT && i < learner.count; i++)
            for (int b = 0; b < LABELS; b++)
                learner.means[i][b] += learner.weights[i][b] / MEANT;
    }
    memcpy(learner.weights, learner.means, learner.count * sizeof *learner.weights);
    write_chain();
    free(learner.weights);
    free(learner.squares);
    free(learner.means);
    free(learner.index.slots);
    for (size_t d = 0; d < documents.count; d++) {
        free(documents.all[d].text);
        free(documents.all[d].labels);
        tokens_free(&documents.all[d].tokens);
    }
    free(documents.all);
    free(seen.all);
    free(seen.first);
    free(seen.looks);
    chain_free(&chain);
}

/* The names as the chain labels them, before ntag's rules see them. */
static void write_entities(const struct tokens *t, const uint8_t *labels)
{
    static const char *const types[TYPES] = {"PER", "ORG", "LOC", "MISC"};
    const char *comma = "";

    for (size_t i = 0, first; i < t->count;) {
        first = i++;
        if (labels[first] == LABEL_O)
            continue;
        while (i < t->count && labels[i] == (labels[first] + 1) / 2 * 2)
            i++;
        printf("%s[%zu,%zu,\"%s\"]", comma, (size_t)t->all[first].from,
               (size_t)t->all[i - 1].to, types[(labels[first] - 1) / 2]);
        comma = ",";
    }
}

static void label(void)
{
    struct chain chain = {0};
    struct tokens tokens = {0};
    struct record rec = {0};
    struct str text;
    struct in *in = in_open(0, NULL, (size_t)64 << 20);

    while (record_read(in, &rec)) {
        json_t *id = record_json(&rec, "id");
        if (!record_string(&rec, "text", &text) || !id)
            msg_die("a record without text or id");
        char *name = json_dumps(id, JSON_ENCODE_ANY | JSON_COMPACT);
        tokens_cut(&tokens, text);
        chain_label(&chain, &tokens);
        printf("{\"id\":%s,\"entities\":[", name);
        write_entities(&tokens, chain.labels);
        puts("]}");
        free(name);
        json_decref(id);
    }
    in_close(in);
    record_free(&rec);
    tokens_free(&tokens);
    chain_free(&chain);
}

int main(int argc, char *argv[])
{
    msg_init("ntag-names-train", "gazetteer | classes | chain [GROUP ...] | label");
    if (argc == 2 && !strcmp(argv[1], "gazetteer"))
        make_gazetteer();
    else if (argc == 2 && !strcmp(argv[1], "classes"))
        make_classes();
    else if (argc == 2 && !strcmp(argv[1], "label"))
        label();
    else if (argc >= 2 && !strcmp(argv[1], "chain"))
        make_chain(argv + 2);
    else
        msg_usage("what to learn?");
    return fflush(stdout) || ferror(stdout) ? 2 : msg_status();
}
