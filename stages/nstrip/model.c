#include "stages/nstrip/model.h"

#include "common/alloc.h"
#include "common/data.h"
#include "common/msg.h"

#include <math.h>
#include <stdlib.h>

DATA(lines_model);

enum {
    SURE = 2 * MODEL_SCALE, /* a block of lines all so low is not looked at again */
};

struct question {
    uint8_t column, above;
    int8_t shift;
};

struct tree {
    struct question level[MODEL_DEPTH];
    int16_t score[MODEL_LEAVES];
};

struct forest {
    struct tree *trees;
    size_t count, cap;
};

static struct forest forests[2];

static void add_tree(struct forest *forest, struct str line)
{
    forest->trees =
        xgrow(forest->trees, &forest->cap, forest->count + 1, sizeof *forest->trees);
    struct tree *tree = &forest->trees[forest->count++];
    for (int d = 0; d < MODEL_DEPTH; d++) {
        int column = str_number(&line), shift = str_number(&line);
        if (column < 0 || column >= COLUMNS || shift < -FEATURE_PAD ||
            shift > FEATURE_PAD)
            msg_die("lines.model: not made for this program");
        tree->level[d].column = (uint8_t)column;
        tree->level[d].shift = (int8_t)shift;
        tree->level[d].above = (uint8_t)str_number(&line);
    }
    for (int i = 0; i < MODEL_LEAVES; i++)
        tree->score[i] = (int16_t)str_number(&line);
}

static void load(void)
{
    struct str rest = {(const char *)lines_model, lines_model_size}, line;
    size_t begun = 0;
    while (str_line(&rest, &line))
        if (str_starts(line, STR("trees")) && begun < 2)
            begun++;
        else if (begun)
            add_tree(&forests[begun - 1], line);
}

/* Adds the tree's scores of a block of lines that begins at line i. */
static void ask(const struct tree *tree, const struct features *f, size_t i,
                int32_t score[FEATURE_BLOCK])
{
    uint8_t leaf[FEATURE_BLOCK] = {0};
    for (int d = 0; d < MODEL_DEPTH; d++) {
        const struct question *q = &tree->level[d];
        const uint8_t *x = f->column[q->column] + i + q->shift;
        uint8_t above = q->above;
        for (int k = 0; k < FEATURE_BLOCK; k++)
            leaf[k] = (uint8_t)(leaf[k] + leaf[k] + (x[k] > above));
    }
    for (int k = 0; k < FEATURE_BLOCK; k += 4) {
        score[k] += tree->score[leaf[k]];
        score[k + 1] += tree->score[leaf[k + 1]];
        score[k + 2] += tree->score[leaf[k + 2]];
        score[k + 3] += tree->score[leaf[k + 3]];
    }
}

/* True if no line of the block can be part of the story any more. */
static bool settled(const int32_t score[FEATURE_BLOCK], int32_t sure)
{
    int32_t most = score[0];
    for (int k = 1; k < FEATURE_BLOCK; k++)
        most = score[k] > most ? score[k] : most;
    return most < -sure;
}

static void ask_all(const struct forest *forest, const struct features *f, size_t i,
                    int32_t score[FEATURE_BLOCK])
{
    memset(score, 0, FEATURE_BLOCK * sizeof *score);
    for (size_t t = 0; t < forest->count; t++)
        ask(&forest->trees[t], f, i, score);
}

static void label(const struct forest *forest, const struct features *f, int32_t *scores,
                  bool again)
{
    int32_t score[FEATURE_BLOCK];
    for (size_t i = 0; i < f->count; i += FEATURE_BLOCK) {
        size_t n = f->count - i < FEATURE_BLOCK ? f->count - i : FEATURE_BLOCK;
        if (again) {
            memset(score, 0x80, sizeof score); /* far below */
            memcpy(score, scores + i, n * sizeof *score);
            if (settled(score, SURE))
                continue;
        }
        ask_all(forest, f, i, score);
        memcpy(scores + i, score, n * sizeof *score);
    }
}

/* ---- where to draw the line ---- */

enum {
    STEP = MODEL_SCALE / 16, /* scores are looked at in steps */
    STEPS = 128,             /* either side of 0 */
    LENIENT = -1 * MODEL_SCALE,
    STRICT = MODEL_SCALE / 4,
    FEW_WORDS = 4, /* a line of so few adds little to what is right: no lenience */
};
static uint32_t likely[2 * STEPS]; /* probability of a step's middle, in 16 bits */

static void reckon(void)
{
    for (int i = 0; i < 2 * STEPS; i++)
        likely[i] =
            (uint32_t)(65536 / (1 + exp(-(i - STEPS + 0.5) * STEP / MODEL_SCALE)));
}

/* The score above which lines are to be kept: by the odds given, the words kept then have
 * the highest F1 to be expected (Lipton, Elkan and Naryanaswamy, Optimal thresholding of
 * classifiers to maximize F1 measure, 2014). A page in doubt is judged leniently. */
static int32_t best_cut(const struct page *page, const int32_t *scores)
{
    uint64_t words[2 * STEPS] = {0}, right = 0, kept = 0, all = 0;
    double most = 0;
    int32_t cut = 0;
    for (size_t i = 0; i < page->count; i++) {
        int32_t step = scores[i] / STEP + STEPS - (scores[i] < 0);
        step = step < 0 ? 0 : step < 2 * STEPS ? step : 2 * STEPS - 1;
        words[step] += page->lines[i].words;
        all += page->lines[i].words * likely[step];
    }
    for (int step = 2 * STEPS - 1; step >= 0; step--) {
        right += words[step] * likely[step];
        kept += words[step] << 16;
        if (words[step] && 2.0 * (double)right / (double)(kept + all) > most) {
            most = 2.0 * (double)right / (double)(kept + all);
            cut = (step - STEPS) * STEP - 1;
        }
    }
    return cut < LENIENT ? LENIENT : cut < STRICT ? cut : STRICT;
}

void model_score(struct features *features, const struct page *page, int32_t *scores,
                 const int32_t *votes)
{
    if (!forests[0].count) {
        load();
        reckon();
    }
    features_read(features, page, NULL);
    label(&forests[0], features, scores, false);
    features_second(features, page, scores);
    label(&forests[1], features, scores, true);
    int32_t cut = best_cut(page, scores), cut_few = cut < 0 ? 0 : cut;
    for (size_t i = 0; i < page->count; i++)
        scores[i] +=
            (votes ? votes[i] : 0) - (page->lines[i].words > FEW_WORDS ? cut : cut_few);
}

void model_free(void)
{
    for (int i = 0; i < 2; i++) {
        free(forests[i].trees);
        forests[i] = (struct forest){0};
    }
}
