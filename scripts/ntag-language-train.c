/* Learns stages/ntag/letters.model: softmax regression over runs of two to four letters
 * and whole words, by AdaGrad (Duchi, Hazan, Singer, 2011) from naive Bayes on, which it
 * is also drawn back to; one thread, no randomness from outside.
 *
 *     ntag-language-train < LINES > letters.model
 *     ntag-language-train -f folds < LINES > guesses
 *
 * LINES are language, kind and text, tabs between. A language that begins with "-" is
 * outside the set. Its texts are to be any rival's: one rival stands beside each language
 * of the set, and begins with what naive Bayes takes for that language; some languages
 * have a rival of their own, and so has program text. Long texts are
 * learned from whole and in pieces, so that short ones are told, too. Texts of kind udhr
 * in a language of the set, code and tables are only there to test with. A vertical tab
 * in a text stands for the end of a line.
 *
 * How much a text usually tells of its language is measured with a model that did not
 * learn from a quarter of the sentences, on those.
 *
 * With -f it writes what models of the other folds guess of each line: language, kind,
 * guess ("-" before it: not told), score, share of all languages of the set, letters. A
 * language outside the set is left out whole in one of the folds; kind is "never" then.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/alloc.h"
#include "common/unicode.h"
#include "stages/ntag/letters.h"

enum { NAMES = 1024, COLUMNS = LANGUAGE_COLUMNS, LEVEL = LANGUAGE_LEVEL };
enum { LETTERS = 1 << 16, WORD = 5 };

static const int epochs = 4;
static const size_t rare = 3;
static const size_t keep = 64000, keep_words = 16000; /* of a script of 20 languages */
static const double alpha = 0.15,
                    begin = 0.3; /* of naive Bayes: count of one unseen; scale */
static const double rate = 0.05, hold = 1e-3, reach = 2.4, temperature = 0.7;
static const double words_weight = 0.07, ui_weight = 0.5, wiki_weight = 0.5,
                    other_weight = 0.5;
static const double own_letter = 5e-5; /* least share of a letter of an alphabet */

/* What is outside the set and has a rival of its own: near kin of a language in it, much
 * written languages, program text. */
static const char *const kin[] = {"-af", "-az", "-ca", "-eo", "-et",  "-gl",
                                  "-la", "-lt", "-lv", "-nn", "-sl",  "-mk",
                                  "-kk", "-mn", "-mr", "-ne", "-code"};

struct example {
    struct str tag, kind, text;
    enum script script;
    int name;   /* of the language */
    bool stray; /* not in the script of its language */
};

struct name {
    struct str tag;
    size_t lines[SCRIPTS];
    enum script script;
    double usual, spread; /* of struct language's `like` in its texts */
};

/* What is not learned from. */
struct held_out {
    size_t folds, fold; /* 0: none */
    bool measured;      /* nor what `usual` is measured on */
};

struct examples {
    struct example *line;
    size_t count, cap;
    struct name names[NAMES];
    int name_count;
};

/* A piece of text to learn from. */
struct piece {
    uint32_t *grams;
    uint32_t count, letters;
    float weight;
    int name;
};

struct gram {
    uint64_t key;
    size_t word;  /* where l->words has it, 0: a run of letters */
    double count; /* of pieces, by weight */
    uint32_t met;
    float w[COLUMNS], first[COLUMNS], slope[COLUMNS];
};

/* One script's part of the model. */
struct learner {
    enum script script;
    struct gram *grams;
    size_t gram_count, gram_cap, slot_count;
    uint32_t *slots; /* gram + 1 */
    struct buf words;
    struct piece *pieces;
    size_t piece_count, piece_cap;
    int known, columns;       /* languages; those, a rival beside each, and kin */
    int column_name[COLUMNS]; /* of the languages and kin */
    int column_of[NAMES];     /* -1: none */
    double bias[COLUMNS], bias_slope[COLUMNS];
    uint32_t (*met)[LETTERS]; /* of each language, how often its letters come */
    uint64_t seed;
};

/* ---- lines ---- */

static struct str field(struct str *rest)
{
    size_t tab = str_find(*rest, STR("\t"), 0);
    struct str s = str_sub(*rest, 0, tab < rest->len ? tab : rest->len);
    *rest = str_sub(*rest, tab < rest->len ? tab + 1 : rest->len, rest->len);
    return s;
}

static bool outside(struct str tag)
{
    return str_starts(tag, STR("-"));
}

static int name_of(struct examples *examples, struct str tag)
{
    int i = 0;

    while (i < examples->name_count && !str_eq(examples->names[i].tag, tag))
        i++;
    if (i == NAMES)
        exit(2);
    if (i == examples->name_count)
        examples->names[examples->name_count++] = (struct name){.tag = tag};
    return i;
}

static void read_lines(struct examples *examples, FILE *in)
{
    char *text = NULL;
    size_t cap = 0;
    ssize_t n;

    while ((n = getline(&text, &cap, in)) > 0) {
        struct sample sample;
        struct str rest = {xstrdup(text), (size_t)n - (text[n - 1] == '\n')};
        struct str tag = field(&rest), kind = field(&rest);
        for (size_t i = 0; i < rest.len; i++)
            if (rest.s[i] == '\v')
                ((char *)rest.s)[i] = '\n';
        sample_text(&sample, rest);
        struct example line = {
            tag, kind, rest, sample_script(&sample), name_of(examples, tag), false};
        examples->names[line.name].lines[line.script]++;
        examples->line = xgrow(examples->line, &examples->cap, examples->count + 1,
                               sizeof *examples->line);
        examples->line[examples->count++] = line;
    }
    free(text);
}

/* Of each language only the script most of its lines are in. */
static void find_strays(struct examples *examples)
{
    for (int i = 0; i < examples->name_count; i++) {
        struct name *name = &examples->names[i];
        for (int s = 0; s < SCRIPTS; s++)
            if (name->lines[s] > name->lines[name->script])
                name->script = (enum script)s;
    }
    for (size_t i = 0; i < examples->count; i++) {
        struct example *line = &examples->line[i];
        line->stray = line->script != examples->names[line->name].script;
    }
}

/* ---- pieces ---- */

static uint32_t gram_of(struct learner *l, uint64_t key)
{
    if ((l->gram_count + 1) * 2 > l->slot_count) {
        free(l->slots);
        l->slot_count = l->slot_count ? l->slot_count * 2 : 1 << 20;
        l->slots = xcalloc(l->slot_count, sizeof *l->slots);
        for (size_t i = 0; i < l->gram_count; i++) {
            size_t at = (size_t)(l->grams[i].key * UINT64_C(0x9E3779B97F4A7C15) >> 24) &
                        (l->slot_count - 1);
            while (l->slots[at])
                at = (at + 1) & (l->slot_count - 1);
            l->slots[at] = (uint32_t)i + 1;
        }
    }
    size_t at = (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> 24) & (l->slot_count - 1);
    while (l->slots[at] && l->grams[l->slots[at] - 1].key != key)
        at = (at + 1) & (l->slot_count - 1);
    if (!l->slots[at]) {
        l->grams = xgrow(l->grams, &l->gram_cap, l->gram_count + 1, sizeof *l->grams);
        l->grams[l->gram_count] = (struct gram){.key = key};
        l->slots[at] = (uint32_t)++l->gram_count;
    }
    return l->slots[at] - 1;
}

static void add_gram(struct learner *l, struct piece *piece, uint32_t gram)
{
    l->grams[gram].met++;
    piece->grams[piece->count++] = gram;
}

static void add_word(struct learner *l, struct piece *piece, const uint16_t *letters,
                     size_t count)
{
    uint64_t word = 0;

    for (size_t i = 0; i < count; i++)
        word = word_put(word, letters[i]);
    uint32_t gram = gram_of(l, word_key(word));
    if (!l->grams[gram].word) {
        buf_add_char(&l->words, '\0');
        l->grams[gram].word = l->words.len;
        for (size_t i = 0; i < count; i++)
            utf8_add(&l->words, letters[i]);
    }
    add_gram(l, piece, gram);
}

static void add_piece(struct learner *l, int name, struct str text, double weight)
{
    struct sample sample;
    uint64_t run = 0;
    size_t word = 0; /* where one begins */

    sample_clear(&sample);
    sample_add(&sample, text, LANGUAGE_SAMPLE);
    l->pieces = xgrow(l->pieces, &l->piece_cap, l->piece_count + 1, sizeof *l->pieces);
    struct piece *piece = &l->pieces[l->piece_count++];
    *piece = (struct piece){xalloc(4 * sample.count, sizeof(uint32_t)), 0,
                            (uint32_t)sample.count, (float)weight, name};
    for (size_t i = 0; i < sample.count; i++) {
        if (l->column_of[name] >= 0 && l->column_of[name] < l->known)
            l->met[l->column_of[name]][sample.letters[i]]++;
        run = run << 16 | sample.letters[i];
        for (unsigned n = 2; n <= 4 && n <= i + 1; n++) {
            uint64_t key = n == 4 ? run : run & ((UINT64_C(1) << 16 * n) - 1);
            add_gram(l, piece, gram_of(l, key));
        }
        if (sample.letters[i] != ' ')
            continue;
        if (i - word >= WORD_LEAST)
            add_word(l, piece, sample.letters + word, i - word);
        word = i + 1;
    }
}

static double draw(struct learner *l)
{
    l->seed = l->seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return (double)(l->seed >> 40) / (double)(1 << 24);
}

/* So many words of the text from a place on; moves the place behind them. */
static struct str some_words(struct str text, size_t *at, int count)
{
    size_t from = *at;

    for (; count > 0 && *at < text.len; count--) {
        size_t space = str_find(text, STR(" "), *at);
        *at = space < text.len ? space + 1 : text.len;
    }
    return str_sub(text, from, *at);
}

static void add_pieces(struct learner *l, const struct example *line)
{
    bool other = outside(line->tag);
    double weight = str_eq(line->kind, STR("words"))  ? words_weight
                    : str_eq(line->kind, STR("ui"))   ? ui_weight
                    : str_eq(line->kind, STR("wiki")) ? wiki_weight
                                                      : 1;

    if (other)
        weight *= other_weight;
    if (!other || str_eq(line->kind, STR("words")))
        add_piece(l, line->name, line->text, weight);
    for (size_t at = 0; at < line->text.len;) {
        double dice = draw(l);
        int words = dice < 0.7    ? 12 + (int)(draw(l) * 16)
                    : dice < 0.85 ? 4 + (int)(draw(l) * 5)
                                  : 2;
        struct str text = some_words(line->text, &at, words);
        size_t letters = text.len;
        if (other)
            add_piece(l, line->name, text,
                      weight * (letters > 60   ? 1
                                : letters > 25 ? 0.3
                                               : 0.1));
        else if (letters * 10 < line->text.len * 7)
            add_piece(l, line->name, text, weight * 0.3);
    }
}

/* Whether a language outside the set is left out whole. */
static bool language_left_out(struct str tag, const struct held_out *out)
{
    uint32_t hash = 0;

    if (str_eq(tag, STR("-code"))) /* what it is tested with is of another project */
        return false;
    for (size_t i = 0; i < tag.len && (!i || tag.s[i] != '-'); i++)
        hash = hash * 31 + (unsigned char)tag.s[i];
    return out->folds && outside(tag) && hash % 97 % out->folds == out->fold;
}

static bool only_test(const struct example *line)
{
    return str_eq(line->kind, STR("code")) || str_eq(line->kind, STR("table")) ||
           (!outside(line->tag) && str_eq(line->kind, STR("udhr")));
}

static bool is_measured(const struct example *line, size_t number,
                        const struct held_out *out)
{
    size_t k = out->folds ? number / out->folds : number;

    return !outside(line->tag) && str_eq(line->kind, STR("sentence")) && k % 4 == 0;
}

static bool is_tested(size_t number, const struct held_out *out)
{
    return out->folds && number % out->folds == out->fold;
}

static bool is_kin(struct str tag)
{
    for (size_t i = 0; i < sizeof kin / sizeof *kin; i++)
        if (str_eq(tag, str_of(kin[i])))
            return true;
    return false;
}

static struct learner *gather(const struct examples *examples, enum script script,
                              const struct held_out *out)
{
    struct learner *l = xcalloc(1, sizeof *l);

    l->script = script;
    l->seed = 1;
    for (int i = 0; i < examples->name_count; i++) {
        const struct name *name = &examples->names[i];
        bool known = name->script == script && !outside(name->tag);
        l->column_of[i] = known ? l->known : -1;
        if (known)
            l->column_name[l->known++] = i;
    }
    l->columns = 2 * l->known;
    l->met = xcalloc((size_t)l->known + 1, sizeof *l->met);
    for (int i = 0; i < examples->name_count && l->known; i++)
        if (examples->names[i].script == script && is_kin(examples->names[i].tag) &&
            !language_left_out(examples->names[i].tag, out)) {
            l->column_of[i] = l->columns;
            l->column_name[l->columns++ % COLUMNS] = i;
        }
    if (l->columns > COLUMNS)
        exit(2);
    for (int c = l->known; c < 2 * l->known; c++)
        l->column_name[c] = l->column_name[c - l->known];
    for (size_t i = 0; i < examples->count; i++) {
        const struct example *line = &examples->line[i];
        if (line->script == script && !line->stray && !is_tested(i, out) &&
            !(out->measured && is_measured(line, i, out)) && !only_test(line) &&
            !language_left_out(line->tag, out))
            add_pieces(l, line);
    }
    return l;
}

static void learner_free(struct learner *l)
{
    for (size_t i = 0; i < l->piece_count; i++)
        free(l->pieces[i].grams);
    free(l->pieces);
    free(l->grams);
    free(l->slots);
    free(l->met);
    buf_free(&l->words);
    free(l);
}

/* ---- naive Bayes ---- */

/* How many letters a gram has; all words count as one more than any run. */
static int length_of(const struct gram *gram)
{
    return gram->word ? WORD : gram->key >> 48 ? 4 : gram->key >> 32 ? 3 : 2;
}

/* The columns from one on get what the grams of their languages tell: the logarithm of a
 * gram's share above that of a gram never seen. */
static void weigh_grams(struct learner *l, int from, int to)
{
    double total[COLUMNS][WORD + 1] = {{0}}, usual[WORD + 1] = {0};

    for (size_t i = 0; i < l->piece_count; i++) {
        const struct piece *piece = &l->pieces[i];
        int column = l->column_of[piece->name];
        if (column < from || column >= to)
            continue;
        for (uint32_t k = 0; k < piece->count; k++) {
            struct gram *gram = &l->grams[piece->grams[k]];
            gram->w[column] += piece->weight;
            total[column][length_of(gram)] += (double)piece->weight;
        }
    }
    for (int n = 2; n <= WORD; n++)
        for (int c = from; c < to; c++)
            usual[n] += total[c][n] / (to - from);
    for (size_t i = 0; i < l->gram_count; i++)
        for (int c = from; c < to; c++) {
            struct gram *gram = &l->grams[i];
            int n = length_of(gram);
            double share = (double)gram->w[c] / (total[c][n] + 1) * usual[n];
            gram->w[c] = (float)(begin * log(share / alpha + 1));
        }
}

/* ---- regression ---- */

static void logits(const struct learner *l, const struct piece *piece, double *z)
{
    double scale = 1 / sqrt((double)piece->letters);
    float sum[COLUMNS] = {0};

    for (uint32_t k = 0; k < piece->count; k++)
        for (int c = 0; c < COLUMNS; c++)
            sum[c] += l->grams[piece->grams[k]].w[c];
    for (int c = 0; c < l->columns; c++)
        z[c] = l->bias[c] + scale * (double)sum[c];
}

/* A language outside the set has the rival of the one its pieces are mostly taken for. */
static void find_rivals(struct learner *l)
{
    static int taken[NAMES][COLUMNS];
    double z[COLUMNS] = {0};

    memset(taken, 0, sizeof taken);
    for (size_t i = 0; i < l->piece_count; i++) {
        int best = 0;
        if (l->column_of[l->pieces[i].name] >= 0)
            continue;
        logits(l, &l->pieces[i], z);
        for (int c = 1; c < l->known; c++)
            best = z[c] > z[best] ? c : best;
        taken[l->pieces[i].name][best]++;
    }
    for (int i = 0; i < NAMES; i++)
        if (l->column_of[i] < 0) {
            int best = 0;
            for (int c = 1; c < l->known; c++)
                best = taken[i][c] > taken[i][best] ? c : best;
            l->column_of[i] = l->known + best;
        }
}

static void descend(double *w, double *slope, double g, double by)
{
    *slope += g * g;
    *w -= by * g / sqrt(*slope + 1e-3);
}

/* One step against the gradient of -log(share of what is right): of the language, or of
 * all rivals together. */
static void step(struct learner *l, const struct piece *piece)
{
    double share[COLUMNS] = {0}, most = -1e9, sum = 0, right = 0;
    float g[COLUMNS] = {0};
    int column = l->column_of[piece->name];
    int first = column < l->known ? column : l->known;
    int last = column < l->known ? column + 1 : l->columns;

    logits(l, piece, share);
    for (int c = 0; c < l->columns; c++)
        most = fmax(most, share[c]);
    for (int c = 0; c < l->columns; c++)
        sum += share[c] = exp(share[c] - most);
    for (int c = first; c < last; c++)
        right += share[c];
    for (int c = 0; c < l->columns; c++) {
        double target = c >= first && c < last ? share[c] / right : 0;
        double slope = (share[c] / sum - target) * (double)piece->weight;
        descend(&l->bias[c], &l->bias_slope[c], slope, rate);
        g[c] = (float)(slope / sqrt((double)piece->letters));
    }
    for (uint32_t k = 0; k < piece->count; k++) {
        struct gram *gram = &l->grams[piece->grams[k]];
        if (gram->met < rare)
            continue;
        for (int c = 0; c < COLUMNS; c++) {
            float by = g[c] + (float)hold * (gram->w[c] - gram->first[c]);
            gram->slope[c] += by * by;
            gram->w[c] -= (float)rate * by / sqrtf(gram->slope[c] + 1e-3F);
        }
    }
}

static void learn(struct learner *l)
{
    size_t *order = xalloc(l->piece_count + 1, sizeof *order);

    weigh_grams(l, 0, l->known);
    find_rivals(l);
    weigh_grams(l, l->known, l->columns);
    for (size_t i = 0; i < l->gram_count; i++) {
        if (l->grams[i].met < rare)
            memset(l->grams[i].w, 0, sizeof l->grams[i].w);
        memcpy(l->grams[i].first, l->grams[i].w, sizeof l->grams[i].w);
    }
    for (size_t i = 0; i < l->piece_count; i++)
        order[i] = i;
    for (int epoch = 0; epoch < epochs; epoch++) {
        for (size_t i = l->piece_count; i > 1; i--) { /* Fisher-Yates */
            size_t k = (size_t)(draw(l) * (double)i), t = order[k];
            order[k] = order[i - 1];
            order[i - 1] = t;
        }
        for (size_t i = 0; i < l->piece_count; i++)
            step(l, &l->pieces[order[i]]);
    }
    free(order);
}

/* ---- the model ---- */

/* Weights are told from the middle of all, where several languages share a script; how
 * much a gram tells is how far they go from it, and how often it is met. */
static double centre(const struct learner *l, struct gram *gram)
{
    double sum = 0, far = 0;

    for (int c = 0; c < l->columns && l->known > 1; c++)
        sum += (double)gram->w[c] / l->columns;
    for (int c = 0; c < l->columns; c++) {
        gram->w[c] -= (float)sum;
        far = fmax(far, fabs((double)gram->w[c]));
    }
    return far * sqrt((double)gram->met);
}

static void put_gram(struct buf *b, const struct learner *l, const struct gram *gram)
{
    if (gram->word) {
        buf_printf(b, "_%s_", l->words.s + gram->word);
        return;
    }
    for (int n = length_of(gram); n-- > 0;) {
        uint32_t c = (uint32_t)(gram->key >> 16 * n) & 0xFFFF;
        utf8_add(b, c == ' ' ? '_' : c);
    }
}

/* Whether all its letters are in the script. */
static bool pure(const struct learner *l, const struct gram *gram)
{
    struct sample sample;
    struct buf b = {0};
    size_t letters = 0;

    put_gram(&b, l, gram);
    sample_clear(&sample);
    sample_add(&sample, buf_str(&b), LANGUAGE_SAMPLE);
    buf_free(&b);
    for (int i = 0; i < SCRIPTS; i++)
        letters += sample.script[i];
    return letters && sample.script[l->script] == letters;
}

static int by_worth(const void *a, const void *b)
{
    const struct gram *x = *(struct gram *const *)a, *y = *(struct gram *const *)b;

    return (x->count < y->count) - (x->count > y->count) +
           (x->count == y->count ? (x->key > y->key) - (x->key < y->key) : 0);
}

static int by_key(const void *a, const void *b)
{
    const struct gram *x = *(struct gram *const *)a, *y = *(struct gram *const *)b;

    return (x->key > y->key) - (x->key < y->key);
}

static void write_gram(struct buf *b, const struct learner *l, const struct gram *gram)
{
    size_t start = b->len;
    bool any = false;

    put_gram(b, l, gram);
    buf_add_char(b, '\t');
    for (int level = -LEVEL; level <= LEVEL; level++) {
        bool first = true;
        for (int c = 0; c < l->columns; c++) {
            long w = lround((double)gram->w[c] / reach * LEVEL);
            w = w < -LEVEL ? -LEVEL : w > LEVEL ? LEVEL : w;
            if (!w || w != level)
                continue;
            if (first)
                buf_add_char(b, (char)('!' + LEVEL + level));
            first = false;
            any = true;
            buf_add_char(b, (char)('A' + c));
        }
    }
    buf_add_char(b, '\n');
    if (!any)
        b->len = start;
}

/* The letters beyond ASCII that a language is written in. */
static void write_alphabet(struct buf *b, const struct learner *l, int column)
{
    const uint32_t *met = l->met[column];
    double all = 0;

    for (int c = 0; c < LETTERS; c++)
        all += c == ' ' ? 0 : met[c];
    for (int c = 0x80; c < LETTERS; c++)
        if (met[c] >= all * own_letter && met[c])
            utf8_add(b, (uint32_t)c);
}

/* Leaves as many of the grams as the model has room for; returns how many. */
static size_t leave_best(const struct learner *l, struct gram **all, size_t n)
{
    size_t languages = (size_t)(l->known < 3 ? 3 : l->known), count = 0;
    size_t runs = keep * languages / 20, words = keep_words * languages / 20;

    qsort(all, n, sizeof *all, by_worth);
    for (size_t i = 0; i < n; i++) {
        size_t *room = all[i]->word ? &words : &runs;
        if (*room) {
            --*room;
            all[count++] = all[i];
        }
    }
    return count;
}

static void write_script(struct buf *b, const struct examples *examples,
                         struct learner *l)
{
    struct gram **all = xalloc(l->gram_count + 1, sizeof *all);
    size_t n = 0;

    for (int c = 0; c < l->columns; c++) {
        const struct name *name = &examples->names[l->column_name[c]];
        buf_printf(b, "@\t%d\t%s%.*s\t%.3f\t%.3f\t%.3f\t", l->script,
                   c < l->known || outside(name->tag) ? "" : "-", (int)name->tag.len,
                   name->tag.s, l->bias[c] / temperature, name->usual, name->spread);
        if (c < l->known)
            write_alphabet(b, l, c);
        buf_add_char(b, '\n');
    }
    for (size_t i = 0; i < l->gram_count; i++) {
        struct gram *gram = &l->grams[i];
        gram->count = centre(l, gram);
        if (gram->met >= rare && pure(l, gram))
            all[n++] = gram;
    }
    n = leave_best(l, all, n);
    qsort(all, n, sizeof *all, by_key);
    for (size_t i = 0; i < n; i++)
        write_gram(b, l, all[i]);
    free(all);
}

static const char head[] =
    "# Made by scripts/ntag-language-train.c from the sentences, pairs and words of\n"
    "# lingua's test data (Apache-2.0 repository), which are out of the Leipzig Corpora\n"
    "# Collection (CC BY 4.0; Goldhahn, Eckart, Quasthoff 2012), and from what\n"
    "# scripts/ntag-language-data names: how often words come (wordfreq, R. Speer,\n"
    "# CC BY-SA 4.0), the Universal Declaration of Human Rights and lingua's sentences "
    "in\n"
    "# languages outside the set, messages of Django (BSD) and MediaWiki (GPL), programs "
    "of\n"
    "# MediaWiki and of the packages beside these. None of their texts.\n"
    "# = scale. @ script, language (with a hyphen: the rival beside it), bias, what its\n"
    "# texts usually tell and how that varies, its letters beyond ASCII. Then grams,\n"
    "# _ for the blank, and words between two of them, with weights from '!' up, 0 at "
    "'0', and behind each the "
    "languages\n"
    "# that have it, from 'A' up in the order of the script's lines above.\n";

static void write_model(struct buf *b, const struct examples *examples,
                        const struct held_out *out)
{
    buf_clear(b);
    buf_puts(b, head);
    buf_printf(b, "=\t%.6f\n", reach / LEVEL / temperature);
    for (int s = SCRIPT_NONE + 1; s < SCRIPTS; s++) {
        struct learner *l = gather(examples, (enum script)s, out);
        if (l->known && !script_tells((enum script)s)) {
            learn(l);
            write_script(b, examples, l);
        }
        learner_free(l);
    }
}

/* What a model tells of sentences that it did not learn from. */
static void measure_usual(struct examples *examples, const struct held_out *out,
                          const struct language_model *model)
{
    double letters[NAMES] = {0}, sum[NAMES] = {0}, squares[NAMES] = {0};
    size_t lines[NAMES] = {0};

    for (size_t i = 0; i < examples->count; i++) {
        const struct example *line = &examples->line[i];
        struct sample sample;
        if (line->stray || is_tested(i, out) || !is_measured(line, i, out))
            continue;
        sample_text(&sample, line->text);
        struct language guess = language_guess(model, &sample);
        if (!guess.read || !str_eq(str_of(guess.tag), line->tag))
            continue;
        lines[line->name]++;
        letters[line->name] += (double)guess.read;
        sum[line->name] += (double)guess.read * guess.like;
        squares[line->name] += (double)guess.read * guess.like * guess.like;
    }
    for (int i = 0; i < examples->name_count; i++)
        if (lines[i]) {
            struct name *name = &examples->names[i];
            double usual = sum[i] / letters[i];
            name->usual = usual;
            name->spread =
                sqrt((squares[i] - letters[i] * usual * usual) / (double)lines[i]);
        }
}

static void make_model(struct buf *b, struct examples *examples, struct held_out out)
{
    for (int i = 0; i < examples->name_count; i++)
        examples->names[i].usual = examples->names[i].spread = 0;
    out.measured = true;
    write_model(b, examples, &out);
    struct language_model *model = language_model_new(buf_str(b));
    measure_usual(examples, &out, model);
    language_model_free(model);
    out.measured = false;
    write_model(b, examples, &out);
}

static void guess_line(const struct language_model *model, const struct example *line,
                       bool never)
{
    struct sample sample;

    sample_text(&sample, line->text);
    struct language guess = language_guess(model, &sample);
    bool sure = language_sure(&sample, &guess);
    printf("%.*s\t%s%.*s\t%s%s\t%.4f\t%.4f\t%zu\n", (int)line->tag.len, line->tag.s,
           never ? "never-" : "", (int)line->kind.len, line->kind.s, sure ? "" : "-",
           guess.tag ? guess.tag : "", guess.score, guess.known, sample.count);
}

static void guess_lines(const struct examples *examples, const struct buf *text,
                        const struct held_out *out)
{
    struct language_model *model = language_model_new(buf_str(text));

    for (size_t i = 0; i < examples->count; i++) {
        const struct example *line = &examples->line[i];
        bool never = !only_test(line) && language_left_out(line->tag, out);
        if (is_tested(i, out) || never)
            guess_line(model, line, never);
    }
    language_model_free(model);
}

int main(int argc, char *argv[])
{
    struct examples examples = {.line = NULL};
    struct buf b = {0};
    size_t folds = 0;
    int option;

    while ((option = getopt(argc, argv, "f:")) != -1)
        if (option == 'f')
            folds = (size_t)atol(optarg);
        else
            return 2;
    read_lines(&examples, stdin);
    find_strays(&examples);
    if (!folds) {
        make_model(&b, &examples, (struct held_out){0, 0, false});
        fwrite(b.s, 1, b.len, stdout);
        return fflush(stdout) ? 2 : 0;
    }
    for (size_t fold = 0; fold < folds; fold++) {
        struct held_out out = {folds, fold, false};
        make_model(&b, &examples, out);
        guess_lines(&examples, &b, &out);
    }
    return 0;
}
