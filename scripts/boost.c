#include "scripts/boost.h"

#include "common/alloc.h"
#include "common/trees.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BINS = 96 };

struct leaf {
    size_t from, to; /* in order */
    double g, h;
    double (*hist)[BINS][2];
    double gain;
    int feature, at; /* the best split, by bin */
    int node, depth;
};

struct node {
    int feature, at; /* -1: a leaf; left if the feature's bin is at most at */
    int left, right;
    long value;
};

struct grower {
    const struct rows *rows;
    const struct boost *how;
    uint8_t *bin;
    uint16_t (*edge)[BINS]; /* bin b holds values up to edge[b] */
    int *bins;
    float *g, *h;
    double *score;
    size_t *order, *spare;
    struct leaf *leaf;
    struct node *node;
    size_t *asked; /* the features of this tree */
    size_t asks;
    unsigned long long state; /* of what draws them */
};

static int by_value(const void *a, const void *b)
{
    return *(const uint16_t *)a - *(const uint16_t *)b;
}

/* Edges at the quantiles, of at most some thousand rows. */
static void make_bins(struct grower *grow)
{
    const struct rows *rows = grow->rows;
    size_t step = rows->count / 20000 + 1, n = rows->count / step + 1;
    uint16_t *v = xalloc(n, sizeof *v);
    for (size_t f = 0; f < rows->width; f++) {
        size_t m = 0;
        for (size_t i = 0; i < rows->count; i += step)
            v[m++] = rows->x[i * rows->width + f];
        qsort(v, m, sizeof *v, by_value);
        int *bins = &grow->bins[f];
        uint16_t *edge = grow->edge[f];
        for (size_t b = 1; b <= BINS - 1; b++) {
            uint16_t e = v[(m - 1) * b / (BINS - 1)];
            if (!*bins || e > edge[*bins - 1])
                edge[(*bins)++] = e;
        }
        edge[*bins - 1] = UINT16_MAX;
        for (size_t i = 0; i < rows->count; i++) {
            int b = 0;
            while (rows->x[i * rows->width + f] > edge[b])
                b++;
            grow->bin[i * rows->width + f] = (uint8_t)b;
        }
    }
    free(v);
}

static void fill(struct grower *grow, struct leaf *leaf)
{
    size_t width = grow->rows->width;
    memset(leaf->hist, 0, width * sizeof *leaf->hist);
    for (size_t k = leaf->from; k < leaf->to; k++) {
        size_t i = grow->order[k];
        const uint8_t *b = grow->bin + i * width;
        double g = grow->g[i], h = grow->h[i];
        for (size_t a = 0; a < grow->asks; a++) {
            size_t f = grow->asked[a];
            leaf->hist[f][b[f]][0] += g;
            leaf->hist[f][b[f]][1] += h;
        }
    }
}

static void best_split(const struct grower *grow, struct leaf *leaf)
{
    double ridge = grow->how->ridge, base = leaf->g * leaf->g / (leaf->h + ridge);
    leaf->gain = 0;
    if (leaf->to - leaf->from < 2 * grow->how->least || leaf->depth == grow->how->depth)
        return;
    for (size_t a = 0; a < grow->asks; a++) {
        size_t f = grow->asked[a];
        double g = 0, h = 0;
        for (int b = 0; b + 1 < grow->bins[f]; b++) {
            g += leaf->hist[f][b][0];
            h += leaf->hist[f][b][1];
            double g2 = leaf->g - g, h2 = leaf->h - h;
            if (h < 1 || h2 < 1)
                continue;
            double gain = g * g / (h + ridge) + g2 * g2 / (h2 + ridge) - base;
            if (gain > leaf->gain + 1e-9) {
                leaf->gain = gain;
                leaf->feature = (int)f;
                leaf->at = b;
            }
        }
    }
}

/* Divides leaf a by its best split; b takes what goes right. */
static void divide(struct grower *grow, struct leaf *a, struct leaf *b)
{
    size_t width = grow->rows->width, left = a->from, right = 0;
    double g = 0, h = 0;
    b->depth = ++a->depth;
    for (size_t k = a->from; k < a->to; k++) {
        size_t i = grow->order[k];
        if (grow->bin[i * width + (size_t)a->feature] <= a->at) {
            grow->order[left++] = i;
            g += grow->g[i];
            h += grow->h[i];
        } else {
            grow->spare[right++] = i;
        }
    }
    memcpy(grow->order + left, grow->spare, right * sizeof *grow->order);
    b->from = left;
    b->to = a->to;
    b->g = a->g - g;
    b->h = a->h - h;
    a->to = left;
    a->g = g;
    a->h = h;
    /* the smaller half is counted, the other is what remains */
    struct leaf *less = a->to - a->from < b->to - b->from ? a : b;
    struct leaf *more = less == a ? b : a;
    double(*whole)[BINS][2] = a->hist;
    if (less == a) {
        a->hist = b->hist;
        b->hist = whole;
    }
    fill(grow, less);
    double *m = &more->hist[0][0][0], *l = &less->hist[0][0][0];
    for (size_t k = 0; k < width * BINS * 2; k++)
        m[k] -= l[k];
    best_split(grow, a);
    best_split(grow, b);
}

static void draw_features(struct grower *grow)
{
    grow->asks = 0;
    for (size_t f = 0; f < grow->rows->width; f++) {
        grow->state = grow->state * 6364136223846793005u + 1442695040888963407u;
        if ((grow->state >> 33) % 100 < grow->how->share)
            grow->asked[grow->asks++] = f;
    }
}

/* What a leaf adds to the score of its rows, before the rate. */
static double leaf_value(const struct grower *grow, const struct leaf *leaf)
{
    double ridge = grow->how->ridge, value = -leaf->g / (leaf->h + ridge);
    for (int step = 1; step < grow->how->newton; step++) {
        double g = ridge * value, h = ridge;
        for (size_t o = leaf->from; o < leaf->to; o++) {
            size_t i = grow->order[o];
            double weight = grow->rows->weight[i];
            double p = 1 / (1 + exp(-grow->score[i] - value));
            g += (p - grow->rows->label[i]) * weight;
            h += p * (1 - p) * weight;
        }
        value -= g / h;
    }
    return value;
}

static void grow_tree(struct grower *grow)
{
    int leaves = 1, nodes = 1;
    draw_features(grow);
    struct leaf *first = grow->leaf;
    first->from = 0;
    first->node = first->depth = 0;
    first->to = grow->rows->count;
    first->g = first->h = 0;
    for (size_t i = 0; i < grow->rows->count; i++) {
        grow->order[i] = i;
        first->g += grow->g[i];
        first->h += grow->h[i];
    }
    fill(grow, first);
    best_split(grow, first);
    while (leaves < grow->how->leaves) {
        struct leaf *best = first, *more = &grow->leaf[leaves];
        for (int k = 1; k < leaves; k++)
            if (grow->leaf[k].gain > best->gain)
                best = &grow->leaf[k];
        if (best->gain <= 0)
            break;
        struct node *node = &grow->node[best->node];
        *node = (struct node){best->feature, best->at, nodes, nodes + 1, 0};
        more->node = nodes + 1;
        best->node = nodes;
        nodes += 2;
        leaves++;
        divide(grow, best, more);
    }
    for (int k = 0; k < leaves; k++) {
        struct leaf *leaf = &grow->leaf[k];
        long whole = lround(grow->how->rate * leaf_value(grow, leaf) * TREES_SCALE);
        grow->node[leaf->node] = (struct node){.feature = -1, .value = whole};
        for (size_t o = leaf->from; o < leaf->to; o++)
            grow->score[grow->order[o]] += (double)whole / TREES_SCALE;
    }
}

static void print_node(const struct grower *grow, int k, struct buf *model)
{
    const struct node *node = &grow->node[k];
    if (node->feature < 0) {
        buf_printf(model, "= %ld\n", node->value);
        return;
    }
    buf_printf(model, "%d %d\n", node->feature,
               trees_value(grow->edge[node->feature][node->at]));
    print_node(grow, node->left, model);
    print_node(grow, node->right, model);
}

static void take_memory(struct grower *grow)
{
    size_t rows = grow->rows->count, width = grow->rows->width;
    size_t leaves = (size_t)grow->how->leaves;
    grow->bin = xalloc(rows * width, 1);
    grow->edge = xcalloc(width, sizeof *grow->edge);
    grow->bins = xcalloc(width, sizeof *grow->bins);
    grow->g = xalloc(rows, sizeof *grow->g);
    grow->h = xalloc(rows, sizeof *grow->h);
    grow->score = xcalloc(rows, sizeof *grow->score);
    grow->order = xalloc(rows, sizeof *grow->order);
    grow->spare = xalloc(rows, sizeof *grow->spare);
    grow->leaf = xcalloc(leaves, sizeof *grow->leaf);
    grow->asked = xalloc(width, sizeof *grow->asked);
    grow->node = xalloc(2 * leaves, sizeof *grow->node);
    for (size_t k = 0; k < leaves; k++)
        grow->leaf[k].hist = xalloc(width, sizeof *grow->leaf[k].hist);
}

static void give_memory(struct grower *grow)
{
    for (int k = 0; k < grow->how->leaves; k++)
        free(grow->leaf[k].hist);
    free(grow->bin);
    free(grow->edge);
    free(grow->bins);
    free(grow->g);
    free(grow->h);
    free(grow->score);
    free(grow->order);
    free(grow->spare);
    free(grow->leaf);
    free(grow->node);
    free(grow->asked);
}

void boost(const struct rows *rows, const struct boost *how, struct buf *model)
{
    struct grower grow = {.rows = rows, .how = how};
    take_memory(&grow);
    make_bins(&grow);
    for (int t = 0; t < how->trees; t++) {
        for (size_t i = 0; i < rows->count; i++) {
            double p = 1 / (1 + exp(-grow.score[i]));
            grow.g[i] = (float)((p - rows->label[i]) * rows->weight[i]);
            grow.h[i] = (float)(p * (1 - p) * rows->weight[i]);
        }
        grow_tree(&grow);
        print_node(&grow, 0, model);
    }
    give_memory(&grow);
}
