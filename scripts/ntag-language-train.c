/* Learns stages/ntag/letters.model: how often runs of two to four letters come in each
 * language.
 *
 *     ntag-language-train [-n grams] < LINES > letters.model
 *     ntag-language-train -f folds [-t LINES] < LINES > guesses
 *     ntag-language-train -m letters.model < LINES > guesses
 *
 * LINES are language, kind and text, tabs between. A language that begins with "-" is one
 * that is only there to keep its texts from being taken for another's. A gram counts for
 * a language as the logarithm of its share among the language's grams of that length,
 * above the share of a gram never seen; the most frequent of each language are kept. What
 * is usual for a text comes from texts left out, in FOLDS folds.
 *
 * With -f it writes what is guessed of each line by a model of the other folds, with -m
 * by that model: language, kind, guess ("-": none), score, typical, letters. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/alloc.h"
#include "common/unicode.h"
#include "stages/ntag/language.h"

enum {
    FOLDS = 3,
    TYPICAL_MIN = 40,
    PIECE = 160,
    LEVELS = 16,
    SPARED = 8,
    RIVAL_MIN = 60
};

static double scale = 1.4, alpha = 0.15;
static size_t keep = 1600;
static double bonus = 1, other_alpha = 0.15;
static int spare = 1;
static const double LEAST_SHARE = 0.85;
static float rare = 2;

struct example {
    struct str tag, kind, text;
    enum script script;
    bool stray; /* not in the script of its language */
};

struct examples {
    struct example *line;
    size_t count, cap;
};

struct gram {
    uint64_t key;
    float *count; /* by class */
};

struct counts {
    struct gram *grams;
    size_t slots, used;
    struct str tags[LANGUAGE_CLASSES];
    enum script scripts[LANGUAGE_CLASSES];
    int classes;
    double total[LANGUAGE_CLASSES][5]; /* grams by length */
    double mean[LANGUAGE_CLASSES], deviation[LANGUAGE_CLASSES];
};

static struct str field(struct str *rest)
{
    size_t tab = str_find(*rest, STR("\t"), 0);
    struct str s = str_sub(*rest, 0, tab < rest->len ? tab : rest->len);
    *rest = str_sub(*rest, tab < rest->len ? tab + 1 : rest->len, rest->len);
    return s;
}

static void add_line(struct examples *lines, struct str tag, struct str kind,
                     struct str text)
{
    struct sample sample;
    sample_clear(&sample);

    sample_add(&sample, text);
    lines->line = xgrow(lines->line, &lines->cap, lines->count + 1, sizeof *lines->line);
    lines->line[lines->count++] =
        (struct example){tag, kind, text, sample_script(&sample), false};
}

/* The lines, those longer than a sample in pieces. */
static void read_lines(struct examples *lines, FILE *in)
{
    char *text = NULL;
    size_t cap = 0;
    ssize_t n;

    while ((n = getline(&text, &cap, in)) > 0) {
        struct str rest = {xstrdup(text), (size_t)n - (text[n - 1] == '\n')};
        struct str tag = field(&rest), kind = field(&rest);
        while (str_starts(tag, STR("-")) && rest.len > PIECE) {
            size_t space = str_find(rest, STR(" "), PIECE);
            size_t end = space < rest.len ? space : rest.len;
            add_line(lines, tag, kind, str_sub(rest, 0, end));
            rest = str_sub(rest, end, rest.len);
        }
        add_line(lines, tag, kind, rest);
    }
    free(text);
}

/* Of each language only the script most of its lines are in. */
static void drop_strays(struct examples *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        size_t same = 0, other = 0;
        for (size_t k = 0; k < lines->count; k++)
            if (str_eq(lines->line[k].tag, lines->line[i].tag))
                ++*(lines->line[k].script == lines->line[i].script ? &same : &other);
        lines->line[i].stray = same < other;
    }
}

static int class_of(struct counts *counts, const struct example *line)
{
    int n = counts->classes;

    for (int i = 0; i < n; i++)
        if (str_eq(counts->tags[i], line->tag))
            return i;
    if (n == LANGUAGE_CLASSES)
        exit(2);
    counts->tags[n] = line->tag;
    counts->scripts[n] = line->script;
    counts->deviation[n] = 1;
    counts->mean[n] = str_starts(line->tag, STR("-"));
    return counts->classes++;
}

static struct gram *gram_of(struct counts *counts, uint64_t key)
{
    if (counts->used * 2 >= counts->slots) {
        struct counts old = *counts;
        counts->slots = old.slots ? old.slots * 2 : 1 << 16;
        counts->used = 0;
        counts->grams = xcalloc(counts->slots, sizeof *counts->grams);
        for (size_t i = 0; i < old.slots; i++)
            if (old.grams[i].key)
                *gram_of(counts, old.grams[i].key) = old.grams[i];
        free(old.grams);
    }
    size_t i = (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 20) & (counts->slots - 1);
    while (counts->grams[i].key && counts->grams[i].key != key)
        i = (i + 1) & (counts->slots - 1);
    if (!counts->grams[i].key) {
        counts->grams[i] = (struct gram){key, NULL};
        counts->used++;
    }
    return &counts->grams[i];
}

static int length_of(uint64_t key)
{
    return key >> 48 ? 4 : key >> 32 ? 3 : key >> 16 ? 2 : 1;
}

static void count_line(struct counts *counts, const struct example *line)
{
    struct sample sample;
    sample_clear(&sample);
    int class = class_of(counts, line);
    uint64_t gram = 0;

    sample_add(&sample, line->text);
    for (size_t i = 0; i < sample.count; i++) {
        gram = gram << 16 | sample.letters[i];
        for (int n = 2; n <= 4 && (size_t)n <= i + 1; n++) {
            uint64_t key = n == 4 ? gram : gram & ((UINT64_C(1) << 16 * n) - 1);
            struct gram *found = gram_of(counts, key);
            if (!found->count)
                found->count = xcalloc(LANGUAGE_CLASSES, sizeof *found->count);
            found->count[class] += 1;
            counts->total[class][n] += 1;
        }
    }
}

static int weight(const struct counts *counts, const struct gram *gram, int class)
{
    if (gram->count[class] == 0)
        return 0;
    int n = length_of(gram->key);
    bool other = str_starts(counts->tags[class], STR("-"));
    const double *total = counts->total[class];
    double usual = 0;
    for (int i = 0; i < counts->classes; i++)
        usual += counts->total[i][n] / counts->classes;
    double w =
        log(gram->count[class] * usual / total[n] / (other ? other_alpha : alpha) + 1) *
        scale; /* about the natural logarithm in steps */
    if (other)
        w *= bonus;
    return w > LEVELS ? LEVELS : (int)(w + 0.5);
}

/* The count a gram must have to be among the most frequent of a class. */
static int least_count(const struct counts *counts, int class)
{
    enum { MOST = 1 << 16 };
    static size_t having[MOST + 1];
    bool other = str_starts(counts->tags[class], STR("-"));
    size_t sum = 0;
    int count = MOST;

    memset(having, 0, sizeof having);
    for (size_t i = 0; i < counts->slots; i++)
        if (counts->grams[i].key)
            having[(size_t)counts->grams[i].count[class]]++;
    while (count > 1 && sum + having[count] <= (other ? keep / 4 : keep))
        sum += having[count--];
    return count + 1;
}

static int by_key(const void *a, const void *b)
{
    const struct gram *x = *(const struct gram *const *)a,
                      *y = *(const struct gram *const *)b;

    return (x->key > y->key) - (x->key < y->key);
}

static void write_gram(struct buf *b, const struct counts *counts,
                       const struct gram *gram)
{
    for (int n = length_of(gram->key); n-- > 0;) {
        uint32_t c = (uint32_t)(gram->key >> 16 * n) & 0xFFFF;
        utf8_add(b, c == ' ' ? '_' : c);
    }
    buf_add_char(b, '\t');
    for (int level = 1; level <= LEVELS; level++) {
        bool first = true;
        for (int i = 0; i < counts->classes; i++) {
            bool other = str_starts(counts->tags[i], STR("-"));
            if (weight(counts, gram, i) != level || (gram->count[i] < rare && !other))
                continue;
            if (first)
                buf_add_char(b, (char)('!' + level - 1));
            first = false;
            uint32_t c = (uint32_t)('1' + i);
            utf8_add(b, c < 0x7F ? c : c - 0x7F + 0xA1);
        }
    }
    buf_add_char(b, '\n');
}

static const char head[] =
    "# Made by scripts/ntag-language-train.c from the sentences, pairs and words of\n"
    "# lingua's test data (Apache-2.0 repository), which are out of the Leipzig Corpora\n"
    "# Collection (CC BY 4.0; Goldhahn, Eckart, Quasthoff 2012), and from our own\n"
    "# scripts/ntag-language-others.tsv for the languages with a hyphen before them,\n"
    "# which are never told.\n"
    "# @ script, language, usual score by letter, its deviation (with a hyphen: the "
    "share\n"
    "# of the leader's score from which on it is rather that language). Then grams, _ "
    "for\n"
    "# the blank, with weights from '!' up and behind each the languages that have it,\n"
    "# from '1' up in the order of the lines above.\n";

static void write_model(struct buf *b, const struct counts *counts)
{
    struct gram **all = xalloc(counts->used + 1, sizeof *all);
    char *kept = xcalloc(counts->slots + 1, 1);
    size_t n = 0;

    buf_puts(b, head);
    for (int i = 0; i < counts->classes; i++)
        buf_printf(b, "@\t%d\t%.*s\t%.3f\t%.3f\n", counts->scripts[i],
                   (int)counts->tags[i].len, counts->tags[i].s, counts->mean[i],
                   counts->deviation[i]);
    for (int class = 0; class < counts->classes; class ++) {
        int least = least_count(counts, class);
        for (size_t i = 0; i < counts->slots; i++)
            if (counts->grams[i].key && counts->grams[i].count[class] >= least)
                kept[i] = 1;
    }
    n = 0;
    for (size_t i = 0; i < counts->slots; i++)
        if (kept[i])
            all[n++] = &counts->grams[i];
    qsort(all, n, sizeof *all, by_key);
    for (size_t i = 0; i < n; i++)
        write_gram(b, counts, all[i]);
    free(all);
    free(kept);
}

static bool told_by_script(enum script script)
{
    return script >= SCRIPT_GREEK;
}

/* Counts all lines but those of one fold. */
static struct counts *learn(const struct examples *lines, size_t folds, size_t fold)
{
    struct counts *counts = xcalloc(1, sizeof *counts);

    for (size_t i = 0; i < lines->count; i++)
        if (i % folds != fold && !lines->line[i].stray &&
            !told_by_script(lines->line[i].script))
            count_line(counts, &lines->line[i]);
    return counts;
}

static void counts_free(struct counts *counts)
{
    for (size_t i = 0; i < counts->slots; i++)
        free(counts->grams[i].count);
    free(counts->grams);
    free(counts);
}

/* Keeps the greatest shares of a class, in falling order. */
static void note_share(const struct counts *counts, const char *tag, double share,
                       double nearest[][SPARED])
{
    int class = 0;

    while (!str_eq(counts->tags[class], str_of(tag)))
        class ++;
    for (int i = 0; i < SPARED; i++)
        if (share > nearest[class][i]) {
            double less = nearest[class][i];
            nearest[class][i] = share;
            share = less;
        }
}

/* Mean and deviation of the score by letter of texts left out, in *counts. */
static void learn_typical(struct counts *counts, const struct examples *lines,
                          size_t folds, size_t out)
{
    double n[LANGUAGE_CLASSES] = {0}, sum[LANGUAGE_CLASSES] = {0},
           square[LANGUAGE_CLASSES] = {0};
    double nearest[LANGUAGE_CLASSES][SPARED] = {{0}};

    for (size_t fold = 0; fold < FOLDS; fold++) {
        struct examples rest = {NULL, 0, 0};
        struct buf b = {0};
        for (size_t i = 0; i < lines->count; i++)
            if (folds == 0 || i % folds != out) {
                rest.line =
                    xgrow(rest.line, &rest.cap, rest.count + 1, sizeof *rest.line);
                rest.line[rest.count++] = lines->line[i];
            }
        struct counts *part = learn(&rest, FOLDS, fold);
        write_model(&b, part);
        struct language_model *model = language_model_new(buf_str(&b));
        for (size_t i = fold; i < rest.count; i += FOLDS) {
            const struct example *line = &rest.line[i];
            struct sample sample;
            sample_clear(&sample);
            sample_add(&sample, line->text);
            if (line->stray || told_by_script(line->script) || sample.count < TYPICAL_MIN)
                continue;
            struct language guess = language_guess(model, &sample);
            if (!guess.tag || !str_eq(str_of(guess.tag), line->tag))
                continue;
            if (guess.rival && sample.count >= RIVAL_MIN)
                note_share(counts, guess.rival, guess.rival_share, nearest);
            int class = class_of(counts, line);
            n[class] += 1;
            sum[class] += guess.typical;
            square[class] += guess.typical * guess.typical;
        }
        language_model_free(model);
        counts_free(part);
        buf_free(&b);
        free(rest.line);
    }
    for (int i = 0; i < counts->classes; i++)
        if (str_starts(counts->tags[i], STR("-"))) {
            double share = nearest[i][spare] * 1.02;
            counts->mean[i] = share > 1 ? 1 : share < LEAST_SHARE ? LEAST_SHARE : share;
        } else if (n[i] > 1) {
            double mean = sum[i] / n[i];
            counts->mean[i] = mean;
            counts->deviation[i] = sqrt(square[i] / n[i] - mean * mean);
        }
}

static void guess_line(const struct language_model *model, const struct example *line)
{
    struct sample sample;
    sample_clear(&sample);

    sample_add(&sample, line->text);
    struct language guess = language_guess(model, &sample);
    bool sure = language_sure(&sample, &guess);
    printf("%.*s\t%.*s\t%s%s\t%.3f\t%.2f\t%zu\t%zu\t%.4f\t%zu\n", (int)line->tag.len,
           line->tag.s, (int)line->kind.len, line->kind.s, sure ? "" : "-",
           guess.tag ? guess.tag : "", guess.score, guess.typical, sample.count,
           sample.digits, guess.rival_share, sample.marks);
}

static void make_model(struct buf *b, const struct examples *lines, size_t folds,
                       size_t out)
{
    struct counts *counts = learn(lines, folds ? folds : 1, folds ? out : 1);

    learn_typical(counts, lines, folds, out);
    write_model(b, counts);
    counts_free(counts);
}

int main(int argc, char *argv[])
{
    struct examples lines = {NULL, 0, 0};
    const char *model_file = NULL;
    size_t folds = 0;
    int option;

    while ((option = getopt(argc, argv, "f:n:m:a:s:b:c:k:A:")) != -1)
        if (option == 'f')
            folds = (size_t)atol(optarg);
        else if (option == 'n')
            keep = (size_t)atol(optarg);
        else if (option == 'a')
            alpha = atof(optarg);
        else if (option == 'b')
            bonus = atof(optarg);
        else if (option == 'c')
            rare = (float)atof(optarg);
        else if (option == 'k')
            spare = atoi(optarg);
        else if (option == 'A')
            other_alpha = atof(optarg);
        else if (option == 's')
            scale = atof(optarg);
        else if (option == 'm')
            model_file = optarg;
        else
            return 2;
    read_lines(&lines, stdin);
    drop_strays(&lines);
    if (model_file) {
        FILE *in = fopen(model_file, "r");
        struct buf b = {0};
        size_t n;
        while (in && (n = fread(buf_room(&b, 1 << 16), 1, 1 << 16, in)) > 0)
            b.len += n;
        struct language_model *model = language_model_new(buf_str(&b));
        for (size_t i = 0; i < lines.count; i++)
            guess_line(model, &lines.line[i]);
        return 0;
    }
    if (!folds) {
        struct buf b = {0};
        make_model(&b, &lines, 0, 0);
        fwrite(b.s, 1, b.len, stdout);
        return fflush(stdout) ? 2 : 0;
    }
    for (size_t fold = 0; fold < folds; fold++) {
        struct buf b = {0};
        make_model(&b, &lines, folds, fold);
        struct language_model *model = language_model_new(buf_str(&b));
        for (size_t i = fold; i < lines.count; i += folds)
            guess_line(model, &lines.line[i]);
        language_model_free(model);
        buf_free(&b);
    }
    return 0;
}
