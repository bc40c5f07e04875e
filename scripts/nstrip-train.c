/* Trains nstrip's line labeller: gradient-boosted trees on logistic loss (Friedman,
 * Greedy function approximation, 2001), leaf-wise over histograms with Newton steps as in
 * LightGBM (Ke et al., 2017). One thread, no randomness: the same rows give the same
 * model.
 *
 *     nstrip-train [-t trees] [-l leaves] [-r rate] < rows > lines.model
 *     nstrip-train -x fold [-f folds] … < rows > lines.model
 *     nstrip-train -c [-f folds] … < rows > scores
 *
 * Rows are what scripts/nstrip-features.c writes. With -x it leaves the sites of that
 * fold out. With -c it writes each line's score in
 * cross-validation instead, one a line; all pages of a site are in the same fold. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "stages/nstrip/features.h"
#include "stages/nstrip/model.h"

enum { BINS = 128, MAX_LEAVES = 64, MIN_ROWS = 20, SCALE = MODEL_SCALE };

struct row {
    int16_t keep, tokens;
    int16_t x[FEATURES];
};

struct node {
    int feature; /* -1: a leaf */
    int16_t at;  /* left if x <= at */
    int left, right;
    double value;
};

struct tree {
    struct node node[2 * MAX_LEAVES];
    int count;
};

static size_t rows, rows_cap;
static struct row *row;
static float *weight, *gradient, *hessian;
static double *score;
static int *site;
static uint8_t *bin;                 /* FEATURES a row */
static int16_t edge[FEATURES][BINS]; /* bin b holds values up to edge[b] */
static int bins[FEATURES];

static int trees = 100, leaves = 31, folds = 3;
static double rate = 0.1, ridge = 5;

static void *take(size_t n, size_t size)
{
    void *p = calloc(n ? n : 1, size);
    if (!p) {
        fputs("nstrip-train: out of memory\n", stderr);
        exit(2);
    }
    return p;
}

static void read_rows(void)
{
    int16_t head[3];
    while (fread(head, sizeof *head, 3, stdin) == 3) {
        size_t n = (size_t)head[0] + ((size_t)head[1] << 15);
        while (rows + n > rows_cap) {
            rows_cap = rows_cap ? 2 * rows_cap : 1 << 16;
            row = realloc(row, rows_cap * sizeof *row);
            site = realloc(site, rows_cap * sizeof *site);
            weight = realloc(weight, rows_cap * sizeof *weight);
        }
        if (fread(row + rows, sizeof *row, n, stdin) != n)
            exit(2);
        double sum = 0;
        for (size_t i = rows; i < rows + n; i++) {
            int t = row[i].tokens < 60 ? row[i].tokens : 60;
            weight[i] = (float)sqrt(t);
            sum += weight[i];
            site[i] = head[2];
        }
        /* a page of a thousand lines says less than ten of a hundred */
        for (size_t i = rows; i < rows + n; i++)
            weight[i] *= (float)(sum > 0 ? 20 / sqrt(sum) : 0);
        rows += n;
    }
}

static int by_value(const void *a, const void *b)
{
    return *(const int16_t *)a - *(const int16_t *)b;
}

/* Edges at the quantiles of every tenth row. */
static void make_bins(void)
{
    size_t n = rows / 10 + 1;
    int16_t *v = take(n, sizeof *v);
    bin = take(rows * FEATURES, 1);
    for (int f = 0; f < FEATURES; f++) {
        size_t m = 0;
        for (size_t i = 0; i < rows; i += 10)
            v[m++] = row[i].x[f];
        qsort(v, m, sizeof *v, by_value);
        bins[f] = 0;
        for (size_t b = 1; b <= BINS - 1; b++) {
            int16_t e = v[(m - 1) * b / (BINS - 1)];
            if (!bins[f] || e > edge[f][bins[f] - 1])
                edge[f][bins[f]++] = e;
        }
        edge[f][bins[f] - 1] = 32767;
        for (size_t i = 0; i < rows; i++) {
            int lo = 0, hi = bins[f] - 1;
            while (lo < hi) {
                int mid = (lo + hi) / 2;
                if (row[i].x[f] <= edge[f][mid])
                    hi = mid;
                else
                    lo = mid + 1;
            }
            bin[i * FEATURES + (size_t)f] = (uint8_t)lo;
        }
    }
    free(v);
}

struct leaf {
    size_t from, to; /* in the index */
    double g, h;
    double (*hist)[BINS][2];
    double gain;
    int feature, at, node;
};

static size_t *order, *spare;

static void fill(struct leaf *leaf)
{
    memset(leaf->hist, 0, sizeof(double) * FEATURES * BINS * 2);
    for (size_t k = leaf->from; k < leaf->to; k++) {
        size_t i = order[k];
        const uint8_t *b = bin + i * FEATURES;
        double g = gradient[i], h = hessian[i];
        for (int f = 0; f < FEATURES; f++) {
            leaf->hist[f][b[f]][0] += g;
            leaf->hist[f][b[f]][1] += h;
        }
    }
}

static void best_split(struct leaf *leaf)
{
    double base = leaf->g * leaf->g / (leaf->h + ridge);
    leaf->gain = 0;
    if (leaf->to - leaf->from < 2 * MIN_ROWS)
        return;
    for (int f = 0; f < FEATURES; f++) {
        double g = 0, h = 0;
        for (int b = 0; b + 1 < bins[f]; b++) {
            g += leaf->hist[f][b][0];
            h += leaf->hist[f][b][1];
            double g2 = leaf->g - g, h2 = leaf->h - h;
            if (h < 3 || h2 < 3)
                continue;
            double gain = g * g / (h + ridge) + g2 * g2 / (h2 + ridge) - base;
            if (gain > leaf->gain + 1e-9) {
                leaf->gain = gain;
                leaf->feature = f;
                leaf->at = b;
            }
        }
    }
}

static void grow_tree(struct tree *tree, const size_t *train, size_t n)
{
    static struct leaf leaf[MAX_LEAVES];
    int count = 1;
    memcpy(order, train, n * sizeof *order);
    for (int k = 0; k < leaves; k++)
        if (!leaf[k].hist)
            leaf[k].hist = take(FEATURES, sizeof *leaf[k].hist);
    leaf[0].from = 0;
    leaf[0].to = n;
    leaf[0].g = leaf[0].h = 0;
    for (size_t k = 0; k < n; k++) {
        leaf[0].g += gradient[order[k]];
        leaf[0].h += hessian[order[k]];
    }
    leaf[0].node = 0;
    tree->count = 1;
    fill(&leaf[0]);
    best_split(&leaf[0]);
    while (count < leaves) {
        int best = 0;
        for (int k = 1; k < count; k++)
            if (leaf[k].gain > leaf[best].gain)
                best = k;
        struct leaf *a = &leaf[best], *b = &leaf[count];
        if (a->gain <= 0)
            break;
        int f = a->feature, at = a->at;
        size_t left = a->from, right = 0;
        double g = 0, h = 0;
        for (size_t k = a->from; k < a->to; k++) {
            size_t i = order[k];
            if (bin[i * FEATURES + (size_t)f] <= at) {
                order[left++] = i;
                g += gradient[i];
                h += hessian[i];
            } else {
                spare[right++] = i;
            }
        }
        memcpy(order + left, spare, right * sizeof *order);
        struct node *node = &tree->node[a->node];
        node->feature = f;
        node->at = edge[f][at];
        node->left = tree->count++;
        node->right = tree->count++;
        b->from = left;
        b->to = a->to;
        b->g = a->g - g;
        b->h = a->h - h;
        b->node = node->right;
        a->to = left;
        a->g = g;
        a->h = h;
        a->node = node->left;
        count++;
        /* the smaller half is counted, the other is what remains */
        struct leaf *less = a->to - a->from < b->to - b->from ? a : b;
        double(*whole)[BINS][2] = a->hist;
        if (less == a) {
            a->hist = b->hist;
            b->hist = whole;
        }
        fill(less);
        struct leaf *more = less == a ? b : a;
        double *m = &more->hist[0][0][0], *l = &less->hist[0][0][0];
        for (size_t k = 0; k < (size_t)FEATURES * BINS * 2; k++)
            m[k] -= l[k];
        best_split(a);
        best_split(b);
    }
    for (int k = 0; k < count; k++) {
        struct node *node = &tree->node[leaf[k].node];
        node->feature = -1;
        node->value =
            floor(-rate * leaf[k].g / (leaf[k].h + ridge) * SCALE + 0.5) / SCALE;
    }
}

static double apply(const struct tree *tree, const int16_t *x)
{
    const struct node *node = tree->node;
    while (node->feature >= 0)
        node = tree->node + (x[node->feature] <= node->at ? node->left : node->right);
    return node->value;
}

/* Trains on the rows not in the fold; score[] gets the score of all rows. */
static void train(int fold, struct tree *forest)
{
    size_t n = 0;
    size_t *in = take(rows, sizeof *in);
    for (size_t i = 0; i < rows; i++) {
        score[i] = 0;
        if ((fold < 0 || site[i] % folds != fold) && weight[i] > 0)
            in[n++] = i;
    }
    for (int t = 0; t < trees; t++) {
        for (size_t k = 0; k < n; k++) {
            size_t i = in[k];
            double p = 1 / (1 + exp(-score[i]));
            gradient[i] = (float)((p - row[i].keep) * weight[i]);
            hessian[i] = (float)(p * (1 - p) * weight[i]);
        }
        grow_tree(&forest[t], in, n);
        for (size_t i = 0; i < rows; i++)
            score[i] += apply(&forest[t], row[i].x);
    }
    free(in);
}

static void print_node(const struct tree *tree, int k)
{
    const struct node *node = &tree->node[k];
    if (node->feature < 0) {
        printf("= %ld\n", lround(node->value * SCALE));
        return;
    }
    printf("%d %d\n", node->feature, node->at);
    print_node(tree, node->left);
    print_node(tree, node->right);
}

/* out[] gets the score that a forest trained on the other folds gives each row. */
static void cross(struct tree *forest, double *out)
{
    for (int fold = 0; fold < folds; fold++) {
        train(fold, forest);
        for (size_t i = 0; i < rows; i++)
            if (site[i] % folds == fold)
                out[i] = score[i];
    }
}

static void print_forest(const struct tree *forest)
{
    for (int t = 0; t < trees; t++)
        print_node(&forest[t], 0);
}

int main(int argc, char *argv[])
{
    bool check = false;
    int without = -1;
    for (int c; (c = getopt(argc, argv, "t:l:r:f:x:c")) != -1;)
        switch (c) {
        case 't':
            trees = atoi(optarg);
            break;
        case 'l':
            leaves = atoi(optarg);
            break;
        case 'r':
            rate = atof(optarg);
            break;
        case 'f':
            folds = atoi(optarg);
            break;
        case 'x':
            without = atoi(optarg);
            break;
        case 'c':
            check = true;
            break;
        default:
            return 2;
        }
    read_rows();
    make_bins();
    score = take(rows, sizeof *score);
    gradient = take(rows, sizeof *gradient);
    hessian = take(rows, sizeof *hessian);
    order = take(rows, sizeof *order);
    spare = take(rows, sizeof *spare);
    double *out = take(rows, sizeof *out);
    struct tree *forest = take((size_t)trees, sizeof *forest);
    if (check) {
        cross(forest, out);
        for (size_t i = 0; i < rows; i++)
            printf("%.3f\n", out[i]);
    } else {
        train(without, forest);
        print_forest(forest);
    }
    free(out);
    free(forest);
    return fflush(stdout) ? 2 : 0;
}
