#include "stages/nstrip/model.h"

#include "common/alloc.h"
#include "common/data.h"
#include "common/msg.h"
#include "stages/nstrip/ask.h"

#include <math.h>
#include <stdlib.h>

DATA(lines_model);

/* A block whose lines are all so low after some trees is settled: what is left of them
 * would take about REST more off, and is not asked; nor is the second forest. */
enum { SURE = 3 * MODEL_SCALE / 2, REST = 5 * MODEL_SCALE / 2 };

struct forest {
    struct tree *trees; /* whole groups: the last of one may be zero, and give 0 */
    size_t count, cap;
};

static struct forest forests[2];

static void not_ours(void)
{
    msg_die("lines.model: not made for this program");
}

static void add_tree(struct forest *forest, struct str line)
{
    if (forest->count % GROUP == 0) {
        forest->trees = xgrow(forest->trees, &forest->cap, forest->count + GROUP,
                              sizeof *forest->trees);
        memset(&forest->trees[forest->count], 0, GROUP * sizeof *forest->trees);
    }
    struct tree *tree = &forest->trees[forest->count++];
    for (int d = 0; d < MODEL_DEPTH; d++) {
        int column = str_number(&line), shift = str_number(&line);
        if (column < 0 || column >= COLUMNS || shift < -FEATURE_PAD ||
            shift > FEATURE_PAD)
            not_ours();
        tree->level[d].column = (uint8_t)column;
        tree->level[d].shift = (int8_t)shift;
        tree->level[d].most = (uint8_t)str_number(&line);
    }
    for (int i = MODEL_LEAVES; i-- > 0;) {
        int score = str_number(&line);
        if (score < -SCORE_MOST || score > SCORE_MOST)
            not_ours();
        tree_set_score(tree, i, (int16_t)score);
    }
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

/* True if no line of the block can be part of the story any more. */
static bool settled(const int32_t score[FEATURE_BLOCK])
{
    int32_t below = -1; /* negative as long as all are */
    for (int k = 0; k < FEATURE_BLOCK; k++)
        below &= score[k] + SURE;
    return below < 0;
}

/* The scores of the blocks. */
static void ask_all(const struct forest *forest, const struct features *f,
                    struct block block[BLOCKS], size_t count)
{
    struct block *live[BLOCKS];
    for (size_t b = 0; b < count; b++)
        live[b] = &block[b];
    for (size_t t = 0; t < forest->count && count; t += GROUP) {
        ask(&forest->trees[t], f, live, count);
        for (size_t b = 0; t + GROUP < forest->count && b < count;) {
            if (!settled(live[b]->score)) {
                b++;
                continue;
            }
            for (int k = 0; k < FEATURE_BLOCK; k++)
                live[b]->score[k] -= REST;
            live[b] = live[--count];
        }
    }
}

/* The next blocks from line *i on, which moves behind them; with scores only those that
 * are not settled by them. */
static size_t next_blocks(const struct features *f, size_t *i, const int32_t *scores,
                          struct block block[BLOCKS])
{
    size_t count = 0;
    for (; *i < f->count && count < BLOCKS; *i += FEATURE_BLOCK) {
        size_t n = f->count - *i < FEATURE_BLOCK ? f->count - *i : FEATURE_BLOCK;
        int32_t *score = block[count].score;
        for (size_t k = n; k < FEATURE_BLOCK; k++)
            score[k] = INT32_MIN / 2; /* no line */
        if (scores) {
            memcpy(score, scores + *i, n * sizeof *score);
            if (settled(score))
                continue;
        }
        memset(score, 0, n * sizeof *score);
        block[count++].line = *i;
    }
    return count;
}

static void label(const struct forest *forest, const struct features *f, int32_t *scores,
                  bool again)
{
    struct block block[BLOCKS];
    for (size_t i = 0; i < f->count;) {
        size_t count = next_blocks(f, &i, again ? scores : NULL, block);
        ask_all(forest, f, block, count);
        for (size_t b = 0; b < count; b++) {
            size_t line = block[b].line, n = f->count - line;
            memcpy(scores + line, block[b].score,
                   (n < FEATURE_BLOCK ? n : FEATURE_BLOCK) * sizeof *scores);
        }
    }
}

/* ---- where to draw the line ---- */

enum {
    STEP = MODEL_SCALE / 16, /* scores are looked at in steps */
    STEPS = 128,             /* either side of 0 */
    LENIENT = -2 * MODEL_SCALE,
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
