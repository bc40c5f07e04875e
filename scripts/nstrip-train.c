/* Trains nstrip's line labeller: what its words say of a line (scripts/nstrip-wording.c),
 * then gradient-boosted oblivious trees on logistic loss (Friedman, Greedy function
 * approximation, 2001; Prokhorenkova et al., CatBoost, 2018) with Newton steps, each from
 * the lines that matter most by now (Ibragimov and Gusev, Minimal variance sampling,
 * 2019). One thread and a generator of its own: the same pages give the same model.
 *
 *     nstrip-train [-t trees] [-u trees] [-r rate] [-f folds] [-x fold] [-o folder] <
 * pages
 *
 * Pages are what scripts/nstrip-labels writes: NDJSON with text, site and labels, one
 * [tokens, keep] per line that is not blank. The first forest learns from what a wording
 * model says of pages it was not trained on, the second forest (-u trees) likewise from
 * the first: all pages of a site are in the same fold. Pages that the first finds to go
 * on where what was told of them ends are left out, and all is learned anew. With -x it
 * leaves the sites of that fold out, too, and says on stderr how it fares on them. The
 * models go into the folder; without one, it says for each fold how they would fare. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/alloc.h"
#include "common/in.h"
#include "common/msg.h"
#include "common/record.h"
#include "scripts/nstrip-wording.h"
#include "stages/nstrip/features.h"
#include "stages/nstrip/model.h"

enum {
    VALUES = 256,
    CHOICES = 500,
    INNER = 3,    /* folds in which a model is trained for the next one */
    STRANGE = 2,  /* every so many pages is learned from twice, the second time as if its
                     language were not known */
    TOKENS = 100, /* a line of more counts no more … */
    LEAST = 3,    /* … and one of few as if it had so many more */
    NEWS = 2,     /* how many pages of blogs and guides a page of news counts as */
};

/* What a page's source is of. */
enum group { GROUP_NEWS, GROUP_NEWS_XX, GROUP_BLOGS, GROUP_UNKNOWN, GROUPS };

struct example {
    struct page page;
    struct features features;
    struct buf text;
    int number; /* as it came */
    int site;
    bool strange;
    bool odd; /* not learned from */
    json_t *labels;
    int *wording;
    enum group group;
    size_t row; /* its first line's */
    int32_t *score;
};

struct choice {
    int column, shift;
};

struct tree {
    struct choice level[MODEL_DEPTH];
    int above[MODEL_DEPTH];
    int score[MODEL_LEAVES];
};

static struct example *example;
static size_t examples, examples_cap;
/* A row is a line; FEATURE_PAD rows that are none lie before each page. */
static size_t rows, rows_cap;
static uint8_t *keep, *leaf;
static float *weight;
static uint8_t *column[COLUMNS];
static double *score;
static struct slope {
    float g, h;
} * slope;
static struct wordings wordings;
static struct choice choice[CHOICES];
static int choices, choices_first;

static const char *folder;
static int trees_first = 80, trees_second = 160, folds = 3;
static double rate = 0.12, ridge = 5, part = 0.15, share = 0.35;

static uint32_t random_state;
static double chance(void)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) / 16777216.0;
}

/* ---- pages ---- */

/* Each page counts the same, as in the mean over pages that is asked for, but that it is
 * asked for of news. */
static void weigh_rows(struct example *e)
{
    double sum = 0, pages = e->group == GROUP_BLOGS ? 1 : NEWS;
    for (size_t i = 0; i < e->page.count; i++) {
        json_t *label = json_array_get(e->labels, i);
        int tokens = (int)json_integer_value(json_array_get(label, 0));
        keep[e->row + i] = (uint8_t)json_integer_value(json_array_get(label, 1));
        weight[e->row + i] =
            (float)(tokens ? pow(tokens < TOKENS ? tokens + LEAST : TOKENS, 0.75) : 0);
        sum += weight[e->row + i];
    }
    for (size_t i = 0; i < e->page.count; i++)
        weight[e->row + i] *= (float)(sum > 0 ? pages * 200 / sum : 0);
}

static void add_rows(struct example *e)
{
    size_t need = rows + 2 * FEATURE_PAD + e->page.count;
    if (need > rows_cap) {
        rows_cap = 2 * need;
        keep = xrealloc(keep, rows_cap, 1);
        weight = xrealloc(weight, rows_cap, sizeof *weight);
    }
    memset(keep + rows, 0, need - rows);
    memset(weight + rows, 0, (need - rows) * sizeof *weight);
    e->row = rows + FEATURE_PAD;
    weigh_rows(e);
    rows = need - FEATURE_PAD;
    while (wordings.count < e->row)
        wordings_add(&wordings, NULL, 0, false);
    for (size_t i = 0; i < e->page.count; i++) {
        const struct page_line *line = &e->page.lines[i];
        struct wording_row *row = wordings_add(&wordings, e->page.token + line->token,
                                               line->scan.tokens, e->strange);
        row->weight = weight[e->row + i];
        row->keep = keep[e->row + i];
        row->site = e->site;
    }
}

static enum group group_of(struct record *rec)
{
    struct str source;
    if (!record_string(rec, "source", &source) || str_eq(source, STR("wcxb")))
        return GROUP_BLOGS;
    return str_eq(source, STR("fundus-xx")) ? GROUP_NEWS_XX : GROUP_NEWS;
}

static struct example *add_example(struct str text)
{
    example = xgrow(example, &examples_cap, examples + 1, sizeof *example);
    struct example *e = &example[examples++];
    *e = (struct example){.number = (int)examples};
    buf_add_str(&e->text, text);
    page_begin(&e->page, buf_str(&e->text));
    page_next(&e->page);
    e->score = xalloc(e->page.count, sizeof *e->score);
    e->wording = xalloc(e->page.count, sizeof *e->wording);
    return e;
}

static void read_example(struct record *rec)
{
    static int number;
    struct str text, site;
    json_t *labels = record_json(rec, "labels");
    if (!record_string(rec, "text", &text) || !record_string(rec, "site", &site) ||
        !labels)
        msg_die("a page without text, site or labels");
    for (int twice = number++ % STRANGE == 0; twice >= 0; twice--) {
        struct example *e = add_example(text);
        if (json_array_size(labels) != e->page.count)
            msg_die("%zu labels for %zu lines", json_array_size(labels), e->page.count);
        e->site = (int)(str_hash(site) & 0x7fff);
        e->group = group_of(rec);
        e->strange = twice;
        for (size_t i = 0; twice && i < e->page.count; i++)
            e->page.lines[i].scan.stop /= 2;
        e->labels = json_incref(labels);
    }
    json_decref(labels);
}

/* Pages of a site together, else as they came. */
static int by_site(const void *a, const void *b)
{
    const struct example *x = a, *y = b;
    return x->site != y->site ? x->site - y->site : x->number - y->number;
}

static void lay_out(void)
{
    qsort(example, examples, sizeof *example, by_site);
    for (size_t k = 0; k < examples; k++)
        add_rows(&example[k]);
    leaf = xalloc(rows, 1);
    score = xalloc(rows, sizeof *score);
    slope = xalloc(rows, sizeof *slope);
}

static void copy_columns(int from, int to)
{
    for (int c = from; c < to; c++) {
        if (!column[c])
            column[c] = xcalloc(rows + FEATURE_PAD, 1);
        for (size_t k = 0; k < examples; k++)
            memcpy(column[c] + example[k].row, example[k].features.column[c],
                   example[k].page.count);
    }
}

static void add_choice(int c, int reach)
{
    for (int shift = -reach; shift <= reach; shift++)
        choice[choices++] = (struct choice){c, shift};
}

/* What trees may ask: of some columns the neighbours' too. */
static int reach(int c)
{
    switch (c) {
    case C_REPEATED:
    case C_TOPIC:
        return 1;
    case C_SCORE:
        return 6;
    }
    return c <= C_WORDING ? 3 : 0;
}

static void make_choices(void)
{
    for (int c = 0; c < FIRST_COLUMNS; c++)
        add_choice(c, reach(c));
    choices_first = choices;
    for (int c = FIRST_COLUMNS; c < COLUMNS; c++)
        add_choice(c, reach(c));
}

/* ---- a tree ---- */

static float (*count_values(const uint32_t *row, size_t n, struct choice c))[2]
{
    static float sums[MODEL_LEAVES * VALUES][2];
    const uint8_t *x = column[c.column] + c.shift;
    memset(sums, 0, sizeof sums);
    for (size_t k = 0; k < n; k++) {
        size_t i = row[k];
        float *s = sums[(size_t)leaf[i] * VALUES + x[i]];
        s[0] += slope[i].g;
        s[1] += slope[i].h;
    }
    return sums;
}

static double best_value(float (*sums)[2], int leaves, int *at)
{
    double gain[VALUES] = {0}, best = 0;
    for (int l = 0; l < leaves; l++, sums += VALUES) {
        double all_g = 0, all_h = 0, g = 0, h = 0;
        for (int v = 0; v < VALUES; v++) {
            all_g += sums[v][0];
            all_h += sums[v][1];
        }
        if (all_h <= 0)
            continue;
        for (int v = 0; v < VALUES; v++) {
            g += sums[v][0];
            h += sums[v][1];
            gain[v] +=
                g * g / (h + ridge) + (all_g - g) * (all_g - g) / (all_h - h + ridge);
        }
    }
    for (int v = 0; v < VALUES; v++)
        if (gain[v] > best) {
            best = gain[v];
            *at = v;
        }
    return best;
}

static void grow_tree(struct tree *tree, const uint32_t *row, size_t n, int allowed)
{
    static double g[MODEL_LEAVES], h[MODEL_LEAVES];
    bool open[CHOICES];
    for (int c = 0; c < allowed; c++)
        open[c] = chance() < share;
    memset(leaf, 0, rows);
    for (int d = 0; d < MODEL_DEPTH; d++) {
        double best = -1;
        for (int c = 0, at = 0; c < allowed; c++) {
            if (!open[c])
                continue;
            double gain = best_value(count_values(row, n, choice[c]), 1 << d, &at);
            if (gain > best) {
                best = gain;
                tree->level[d] = choice[c];
                tree->above[d] = at;
            }
        }
        const uint8_t *x = column[tree->level[d].column] + tree->level[d].shift;
        for (size_t i = FEATURE_PAD; i < rows; i++)
            leaf[i] = (uint8_t)(2 * leaf[i] + (x[i] > tree->above[d]));
    }
    memset(g, 0, sizeof g);
    memset(h, 0, sizeof h);
    for (size_t k = 0; k < n; k++) {
        g[leaf[row[k]]] += slope[row[k]].g;
        h[leaf[row[k]]] += slope[row[k]].h;
    }
    for (int l = 0; l < MODEL_LEAVES; l++)
        tree->score[l] = (int)floor(-rate * g[l] / (h[l] + ridge) * MODEL_SCALE + 0.5);
    for (size_t i = FEATURE_PAD; i < rows; i++)
        score[i] += tree->score[leaf[i]] / (double)MODEL_SCALE;
}

/* ---- a forest ---- */

static bool in_fold(const struct example *e, int outer, int inner)
{
    return (outer >= 0 && e->site % folds == outer) ||
           (inner >= 0 && e->site / folds % INNER == inner);
}

static bool learned_from(const struct example *e, int outer, int inner)
{
    return !e->odd && !in_fold(e, outer, inner);
}

static size_t list_rows(uint32_t *row, int outer, int inner)
{
    size_t n = 0;
    for (size_t k = 0; k < examples; k++)
        for (size_t i = example[k].row; i < example[k].row + example[k].page.count; i++)
            if (weight[i] > 0 && learned_from(&example[k], outer, inner))
                row[n++] = (uint32_t)i;
    return n;
}

static float pull(size_t i)
{
    return sqrtf(slope[i].g * slope[i].g + 0.1f * slope[i].h * slope[i].h);
}

/* What a row must pull to be taken for sure, so that of n rows wanted are taken. */
static float sure_pull(const uint32_t *row, size_t n, double wanted)
{
    double sure = 0;
    for (size_t k = 0; k < n; k++)
        sure += pull(row[k]) / wanted;
    for (int round = 0; round < 5; round++) {
        double below = 0, above = 0;
        for (size_t k = 0; k < n; k++)
            if (pull(row[k]) < sure)
                below += pull(row[k]);
            else
                above++;
        sure = above < wanted ? below / (wanted - above) : 1.5 * sure;
    }
    return (float)sure;
}

/* Takes a part of the rows, the more likely the more they pull, and makes up for it. */
static size_t take_rows(const uint32_t *row, size_t n, uint32_t *some)
{
    size_t m = 0;
    float sure = sure_pull(row, n, part * (double)n);
    for (size_t k = 0; k < n; k++) {
        struct slope *s = &slope[row[k]];
        float likely = pull(row[k]) / sure;
        if (chance() >= likely)
            continue;
        if (likely < 1) {
            s->g /= likely;
            s->h /= likely;
        }
        some[m++] = row[k];
    }
    return m;
}

/* Trains on the pages outside the folds; score[] gets the score of all rows. */
static void train(struct tree *forest, int trees, int allowed, int outer, int inner)
{
    uint32_t *row = xalloc(rows, sizeof *row), *some = xalloc(rows, sizeof *some);
    size_t n = list_rows(row, outer, inner);
    random_state = 1;
    memset(score, 0, rows * sizeof *score);
    for (int t = 0; t < trees; t++) {
        for (size_t k = 0; k < n; k++) {
            size_t i = row[k];
            double p = 1 / (1 + exp(-score[i]));
            slope[i].g = (float)((p - keep[i]) * weight[i]);
            slope[i].h = (float)(p * (1 - p) * weight[i]);
        }
        grow_tree(&forest[t], some, take_rows(row, n, some), allowed);
    }
    free(row);
    free(some);
}

/* Learns the wording outside the folds, and lets the pages in the inner fold, or in the
 * outer one, have what it says of them. */
static void train_wording(struct wording_model *model, int outer, int inner)
{
    for (size_t k = 0; k < examples; k++)
        for (size_t i = example[k].row; i < example[k].row + example[k].page.count; i++)
            wordings.row[i].away = !learned_from(&example[k], outer, inner);
    wording_learn(&wordings, model);
    for (size_t k = 0; k < examples; k++) {
        struct example *e = &example[k];
        if (in_fold(e, outer, -1) ? inner < 0 : in_fold(e, -1, inner))
            for (size_t i = 0; i < e->page.count; i++)
                e->wording[i] = wording_of(model, &wordings, e->row + i);
    }
}

static void read_features(void)
{
    for (size_t k = 0; k < examples; k++)
        features_read(&example[k].features, &example[k].page, example[k].wording);
    copy_columns(0, FIRST_COLUMNS);
}

/* Hands the scores of the pages in the fold, or of all, to the second labelling. */
static void look_again(int inner)
{
    for (size_t k = 0; k < examples; k++) {
        struct example *e = &example[k];
        if (inner >= 0 && e->site / folds % INNER != inner)
            continue;
        for (size_t i = 0; i < e->page.count; i++)
            e->score[i] = (int32_t)lround(score[e->row + i] * MODEL_SCALE);
        features_second(&e->features, &e->page, e->score);
    }
}

static void report(const char *what, int outer)
{
    double loss = 0, sum = 0;
    for (size_t k = 0; k < examples; k++)
        for (size_t i = example[k].row; i < example[k].row + example[k].page.count; i++)
            if (weight[i] > 0 && in_fold(&example[k], outer, -1) && !example[k].strange) {
                loss += weight[i] * log1p(exp(keep[i] ? -score[i] : score[i]));
                sum += weight[i];
            }
    if (sum > 0)
        fprintf(stderr, "fold %d, %s: loss %.4f\n", outer, what, loss / sum);
}

/* Counts what is kept, rightly or not, of the pages in the fold: means over pages of
 * precision and recall by words, which come close to those of the whole stage. */
static struct tally {
    double pages, precision, recall, right, wrong, missed;
} tally[GROUPS];

static void count_fold(int outer)
{
    for (size_t k = 0; k < examples; k++) {
        const struct example *e = &example[k];
        double both = 0, kept = 0, gold = 0;
        struct tally *t = &tally[e->strange ? GROUP_UNKNOWN : e->group];
        if (!in_fold(e, outer, -1))
            continue;
        for (size_t n = 0, i = e->row; n < e->page.count; n++, i++) {
            double words = (double)e->page.lines[n].words;
            bool say = score[i] > 0;
            both += say && keep[i] ? words : 0;
            kept += say ? words : 0;
            gold += keep[i] ? words : 0;
            if (weight[i] > 0) {
                t->right += say && keep[i];
                t->wrong += say && !keep[i];
                t->missed += !say && keep[i];
            }
        }
        t->pages++;
        t->precision += kept > 0 ? both / kept : 0;
        t->recall += gold > 0 ? both / gold : 0;
    }
}

static void print_tally(void)
{
    static const char *const groups[] = {"news", "news-xx", "blogs", "unknown"};
    for (int g = 0; g < GROUPS; g++) {
        const struct tally *t = &tally[g];
        double p = t->precision / t->pages, r = t->recall / t->pages;
        printf("%-8s P %.4f R %.4f F1 %.4f line F1 %.4f\n", groups[g], p, r,
               2 * p * r / (p + r), 2 * t->right / (2 * t->right + t->wrong + t->missed));
    }
}

static void print_forest(FILE *f, const struct tree *forest, int trees)
{
    fprintf(f, "trees %d\n", trees);
    for (int t = 0; t < trees; t++) {
        for (int d = 0; d < MODEL_DEPTH; d++)
            fprintf(f, "%d %d %d ", forest[t].level[d].column, forest[t].level[d].shift,
                    forest[t].above[d]);
        for (int l = 0; l < MODEL_LEAVES; l++)
            fprintf(f, " %d", forest[t].score[l]);
        putc('\n', f);
    }
}

static void print_models(const struct wording_model *wording, const struct tree *first,
                         const struct tree *second)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/wording.model", folder);
    wording_print_model(wording, path);
    snprintf(path, sizeof path, "%s/lines.model", folder);
    FILE *f = fopen(path, "w");
    if (!f)
        msg_die("%s: cannot write", path);
    print_forest(f, first, trees_first);
    print_forest(f, second, trees_second);
    if (fclose(f))
        msg_die("%s: cannot write", path);
}

/* The second forest learns from what the first says of pages it was not trained on; the
 * fold left out is seen as it will be in use. */
static void train_first(struct tree *first, int outer)
{
    uint8_t *seen[COLUMNS];
    for (int inner = 0; inner < INNER; inner++) {
        train(first, trees_first, choices_first, outer, inner);
        look_again(inner);
    }
    copy_columns(FIRST_COLUMNS, COLUMNS);
    for (int c = FIRST_COLUMNS; c < COLUMNS; c++) {
        seen[c] = column[c];
        column[c] = NULL;
    }
    train(first, trees_first, choices_first, outer, -1);
    report("first", outer);
    look_again(-1);
    copy_columns(FIRST_COLUMNS, COLUMNS);
    for (size_t k = 0; k < examples; k++)
        for (int c = FIRST_COLUMNS; c < COLUMNS && !in_fold(&example[k], outer, -1); c++)
            memcpy(column[c] + example[k].row, seen[c] + example[k].row,
                   example[k].page.count);
    for (int c = FIRST_COLUMNS; c < COLUMNS; c++)
        free(seen[c]);
}

/* Of some pages only the introduction was told: from them it would be learned that
 * stories end anywhere. On them the first labelling, which has not seen the page, has an
 * F1 below LEAST. In other languages that says more of the labelling, and pages are few.
 */
static bool is_odd(const struct example *e)
{
    enum { LEAST = 50 }; /* percent */
    size_t both = 0, kept = 0, told = 0;
    for (size_t i = 0; i < e->page.count; i++) {
        json_t *label = json_array_get(e->labels, i);
        size_t words = (size_t)json_integer_value(json_array_get(label, 0));
        bool say = score[e->row + i] > 0;
        both += say && keep[e->row + i] ? words : 0;
        kept += say ? words : 0;
        told += keep[e->row + i] ? words : 0;
    }
    return e->group != GROUP_NEWS_XX && 200 * both < LEAST * (kept + told);
}

static void find_odd(struct tree *first, int outer)
{
    bool *odd = xcalloc(examples, sizeof *odd);
    for (int inner = 0; inner < INNER; inner++) {
        train(first, trees_first, choices_first, outer, inner);
        for (size_t k = 0; k < examples; k++)
            odd[k] |= in_fold(&example[k], -1, inner) && is_odd(&example[k]);
    }
    for (size_t k = 0; k < examples; k++)
        example[k].odd = odd[k];
    free(odd);
}

static void train_wordings(struct wording_model *wording, int outer)
{
    for (int inner = 0; inner < INNER; inner++)
        train_wording(wording, outer, inner);
    train_wording(wording, outer, -1);
    read_features();
}

static void train_all(int outer)
{
    struct wording_model *wording = xalloc(1, sizeof *wording);
    struct tree *first = xalloc((size_t)trees_first, sizeof *first);
    struct tree *second = xalloc((size_t)trees_second, sizeof *second);
    for (size_t k = 0; k < examples; k++)
        example[k].odd = false;
    train_wordings(wording, outer);
    find_odd(first, outer);
    train_wordings(wording, outer);
    train_first(first, outer);
    train(second, trees_second, choices, outer, -1);
    report("second", outer);
    if (folder)
        print_models(wording, first, second);
    else
        count_fold(outer);
    free(wording);
    free(first);
    free(second);
}

static void free_all(void)
{
    for (size_t k = 0; k < examples; k++) {
        page_free(&example[k].page);
        features_free(&example[k].features);
        buf_free(&example[k].text);
        json_decref(example[k].labels);
        free(example[k].score);
        free(example[k].wording);
    }
    for (int c = 0; c < COLUMNS; c++)
        free(column[c]);
    wordings_free(&wordings);
    free(example);
    free(keep);
    free(leaf);
    free(weight);
    free(score);
    free(slope);
}

int main(int argc, char *argv[])
{
    struct record rec = {0};
    int without = -1;
    msg_init("nstrip-train",
             "[-t trees] [-u trees] [-r rate] [-f folds] [-x fold] [-o folder]");
    for (int c; (c = getopt(argc, argv, "t:u:r:f:x:p:s:m:o:")) != -1;)
        switch (c) {
        case 't':
            trees_first = atoi(optarg);
            break;
        case 'u':
            trees_second = atoi(optarg);
            break;
        case 'r':
            rate = atof(optarg);
            break;
        case 'p':
            part = atof(optarg);
            break;
        case 's':
            share = atof(optarg);
            break;
        case 'm':
            ridge = atof(optarg);
            break;
        case 'f':
            folds = atoi(optarg);
            break;
        case 'x':
            without = atoi(optarg);
            break;
        case 'o':
            folder = optarg;
            break;
        default:
            return 2;
        }
    struct in *in = in_open(0, argv, (size_t)64 << 20);
    while (record_read(in, &rec))
        read_example(&rec);
    in_close(in);
    record_free(&rec);
    lay_out();
    make_choices();
    if (folder)
        train_all(without);
    for (int fold = 0; fold < folds && !folder; fold++)
        train_all(fold);
    if (!folder)
        print_tally();
    free_all();
    return fflush(stdout) ? 2 : msg_status();
}
