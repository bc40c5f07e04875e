/* Trees say the same of a line however many lines are asked at once. */
#include "stages/nstrip/ask.h"
#include "tests/unit/tap.h"

#include <stddef.h>

enum { LINES = BLOCKS * FEATURE_BLOCK };

static uint8_t bytes[COLUMNS][LINES + 2 * FEATURE_PAD];

static unsigned any(void)
{
    static unsigned seed = 1;
    seed = seed * 1103515245 + 12345;
    return seed >> 16;
}

static int16_t any_score(void)
{
    return (int16_t)((int)(any() % (2 * SCORE_MOST + 1)) - SCORE_MOST);
}

static void make_tree(struct tree *tree)
{
    for (int d = 0; d < MODEL_DEPTH; d++) {
        struct question *q = &tree->level[d];
        q->column = (uint8_t)(any() % COLUMNS);
        q->most = (uint8_t)any();
        q->shift = (int8_t)((int)(any() % (2 * FEATURE_PAD + 1)) - FEATURE_PAD);
    }
    for (int i = 0; i < MODEL_LEAVES; i++)
        tree_set_score(tree, i, i % 7 ? any_score() : i % 2 ? SCORE_MOST : -SCORE_MOST);
}

/* What a tree says of a line, question by question. */
static int score_of(const struct tree *tree, size_t line)
{
    int leaf = 0;
    for (int d = 0; d < MODEL_DEPTH; d++) {
        const struct question *q = &tree->level[d];
        const uint8_t *column = bytes[q->column] + FEATURE_PAD;
        leaf = 2 * leaf + (column[(ptrdiff_t)line + q->shift] <= q->most);
    }
    return tree->score[leaf];
}

static void check(void)
{
    struct features features = {.count = LINES};
    struct tree trees[GROUP];
    struct block one[BLOCKS], other[BLOCKS], *blocks[BLOCKS], *others[BLOCKS];
    unsigned plain = 0, widely = 0, lines = 0;
    for (int c = 0; c < COLUMNS; c++)
        features.column[c] = bytes[c] + FEATURE_PAD;
    for (int c = 0; c < COLUMNS; c++)
        for (size_t i = 0; i < sizeof bytes[c]; i++)
            bytes[c][i] = (uint8_t)any();
    for (int t = 0; t < GROUP; t++)
        make_tree(&trees[t]);
    for (size_t b = 0; b < BLOCKS; b++) {
        one[b] = other[b] = (struct block){.line = b * FEATURE_BLOCK};
        blocks[b] = &one[b];
        others[b] = &other[b];
    }
    ask_plainly(trees, &features, blocks, BLOCKS);
    ask(trees, &features, others, BLOCKS);
    for (size_t i = 0; i < LINES; i++, lines++) {
        int sum = 0;
        for (int t = 0; t < GROUP; t++)
            sum += score_of(&trees[t], i);
        plain += one[i / FEATURE_BLOCK].score[i % FEATURE_BLOCK] == sum;
        widely += other[i / FEATURE_BLOCK].score[i % FEATURE_BLOCK] == sum;
    }
    is_int((int)plain, (int)lines, "sixteen lines at once");
    is_int((int)widely, (int)lines, "as many as the processor can");
}

int main(void)
{
    for (int round = 0; round < 5; round++)
        check();
    return done_testing();
}
