/* Learns stages/ntag/subjects.model: softmax regression over words and pairs of words
 * (Berger, Della Pietra, Della Pietra, A Maximum Entropy Approach to Natural Language
 * Processing, 1996) by AdaGrad (Duchi, Hazan, Singer, 2011), one thread, no randomness.
 *
 *     ntag-subjects-train -d TOPICS -k CLASSES < RECORDS > subjects.model
 *     ntag-subjects-train -d TOPICS -k CLASSES -f folds < RECORDS > guesses
 *     ntag-subjects-train -d TOPICS -k CLASSES -l < RECORDS > guesses
 *
 * RECORDS have title, text, source and medtop, the codes that are right; of several any
 * may be. TOPICS are the Media Topics (top code, code, name, definition; tabs between)
 * and words of our own for them, whose code is "ours": texts too. CLASSES are classes of
 * words, by the words beside them (Brown et al., Class-Based n-gram Models, 1992): a word
 * has its own weights, those of its stem and those of its classes, so that words no story
 * has tell something, too; the model has their sums. Sources weigh alike, and so do the
 * topics, but that one no story is about weighs more. Each time a story is looked at,
 * some of its words are left out (Srivastava et al., Dropout, 2014).
 *
 * A word also has what it says by itself: how much oftener it stands in stories of a
 * subject than in stories of the same source that are about anything (a naive Bayes
 * classifier beside the regression, as Wang and Manning, Baselines and Bigrams, 2012).
 * What regression learns of a source's own habits does not hold elsewhere, and this does.
 *
 * With -f it writes what models of the other folds say of each record, with -l what
 * models of the other sources say: source, whether the first is right, its share. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/alloc.h"
#include "common/in.h"
#include "common/msg.h"
#include "common/unicode.h"
#include "stages/ntag/subjects.h"

enum { CLASSES = 3, SOURCES = 16, STEPS = 91, ZERO = 'O', REACH = 44 };

static const int epochs = 12, regressions = 3;
static const double rate = 0.3, decay = 1.5e-3, stem_decay = 3e-3, temperature = 0.75;
static const double topics_weight = 0.3, ours_weight = 1,
                    uncovered = 2; /* of a source's */
static const double dropped = 0.3;
static const size_t rare = 2, few = 8; /* few: features of which none is left out */
static const double least = 0.9, class_rate = 0.03, class_decay = 3e-3;
static const double alone = 0.4, unseen = 0.15; /* of what words say by themselves */
static const double usual = 40; /* words and pairs in a story that weights lean by */

struct feature {
    uint64_t hash;
    struct buf name;
    size_t stories, mark;
    uint32_t stem, classes[CLASSES]; /* features, too; 0: none */
    float w[SUBJECTS], g[SUBJECTS];
};

struct story {
    uint32_t *features;
    size_t count, cap;
    unsigned right; /* bits */
    int source;
    bool topic, ours; /* it is no story, but of the topics; of our own words for them */
    double weight;
    struct str title, text;
};

struct set {
    struct story *stories;
    size_t count, cap;
    struct feature *features;
    size_t feature_count, feature_cap;
    uint32_t *slots; /* feature + 1 */
    size_t slot_count;
    char sources[SOURCES][32];
    int source_count;
};

static uint32_t feature_of(struct set *set, uint64_t hash, struct str first,
                           struct str second)
{
    if ((set->feature_count + 1) * 2 > set->slot_count) {
        free(set->slots);
        set->slot_count = set->slot_count ? set->slot_count * 2 : 1 << 20;
        set->slots = xcalloc(set->slot_count, sizeof *set->slots);
        for (size_t i = 0; i < set->feature_count; i++) {
            size_t at = set->features[i].hash & (set->slot_count - 1);
            while (set->slots[at])
                at = (at + 1) & (set->slot_count - 1);
            set->slots[at] = (uint32_t)i + 1;
        }
    }
    size_t at = hash & (set->slot_count - 1);
    while (set->slots[at] && set->features[set->slots[at] - 1].hash != hash)
        at = (at + 1) & (set->slot_count - 1);
    if (set->slots[at])
        return set->slots[at] - 1;
    set->features = xgrow(set->features, &set->feature_cap, set->feature_count + 1,
                          sizeof *set->features);
    struct feature *f = &set->features[set->feature_count++];
    *f = (struct feature){.hash = hash};
    if (first.len) {
        utf8_fold(&f->name, first);
        buf_add_char(&f->name, ' ');
    }
    utf8_fold(&f->name, second);
    set->slots[at] = (uint32_t)set->feature_count;
    return (uint32_t)set->feature_count - 1;
}

static void add_feature(struct set *set, struct story *story, uint32_t feature,
                        size_t mark)
{
    if (set->features[feature].mark == mark)
        return;
    set->features[feature].mark = mark;
    story->features =
        xgrow(story->features, &story->cap, story->count + 1, sizeof *story->features);
    story->features[story->count++] = feature;
}

static void add_words(struct set *set, struct story *story, struct str text, size_t most)
{
    static size_t mark;
    struct tokens tokens = {0};
    struct str none = {NULL, 0};
    size_t words = 0;

    mark++;
    tokens_cut(&tokens, text);
    for (size_t i = 0; i < tokens.count && words < most; i++) {
        struct subject_features hash = subject_features(&tokens, i);
        struct str word = tokens.all[i].s;
        words += tokens.all[i].word;
        if (hash.word)
            add_feature(set, story, feature_of(set, hash.word, none, word), mark);
        if (hash.pair)
            add_feature(set, story, feature_of(set, hash.pair, tokens.all[i - 1].s, word),
                        mark);
    }
    tokens_free(&tokens);
}

static struct story *add_story(struct set *set, struct str title, struct str text,
                               const char *source)
{
    set->stories = xgrow(set->stories, &set->cap, set->count + 1, sizeof *set->stories);
    struct story *story = &set->stories[set->count++];
    *story = (struct story){.weight = 1};
    while (story->source < set->source_count &&
           strcmp(set->sources[story->source], source) != 0)
        story->source++;
    if (story->source == set->source_count)
        snprintf(set->sources[set->source_count++], 32, "%s", source);

    struct buf keep = {0};
    buf_add_str(&keep, title);
    buf_add_str(&keep, text);
    story->title = str_sub(buf_str(&keep), 0, title.len);
    story->text = str_sub(buf_str(&keep), title.len, keep.len);
    add_words(set, story, story->title, SUBJECT_TITLE);
    add_words(set, story, story->text, SUBJECT_WORDS);
    return story;
}

static void read_records(struct set *set)
{
    struct in *in = in_open(0, NULL, (size_t)64 << 20);
    struct record rec = {0};
    struct str title, text, source;
    json_t *code;
    size_t i;

    while (record_read(in, &rec)) {
        json_t *codes = record_json(&rec, "medtop");
        if (!record_string(&rec, "title", &title))
            title = (struct str){NULL, 0};
        if (record_string(&rec, "text", &text) &&
            record_string(&rec, "source", &source)) {
            char name[32];
            snprintf(name, sizeof name, "%.*s", (int)source.len, source.s);
            struct story *story = add_story(set, title, text, name);
            json_array_foreach(codes, i, code) story->right |=
                1u << subject_of(str_of(json_string_value(code)));
        }
        json_decref(codes);
    }
    in_close(in);
    record_free(&rec);
}

static struct str field(struct str *rest)
{
    size_t tab = str_find(*rest, STR("\t"), 0);
    struct str s = str_sub(*rest, 0, tab < rest->len ? tab : rest->len);
    *rest = str_sub(*rest, tab < rest->len ? tab + 1 : rest->len, rest->len);
    return s;
}

static void read_topics(struct set *set, const char *path)
{
    FILE *in = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;

    while (in && (n = getline(&line, &cap, in)) > 0) {
        struct str rest = {line, (size_t)n - 1};
        struct str top = field(&rest);
        struct str code = field(&rest), name = field(&rest), definition = field(&rest);
        struct story *story = add_story(set, name, definition, "topics");
        story->topic = true;
        story->ours = str_eq(code, STR("ours"));
        story->right = 1u << subject_of(top);
    }
    free(line);
    if (in)
        fclose(in);
}

/* The classes of words: word, and a class of each of the CLASSES ways to part them. */
static void read_classes(struct set *set, const char *path)
{
    FILE *in = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    struct tokens tokens = {0};

    while (in && (n = getline(&line, &cap, in)) > 0) {
        struct str rest = {line, (size_t)n - 1}, none = {NULL, 0}, word = field(&rest);
        tokens_cut(&tokens, word);
        if (tokens.count != 1 || !tokens.all->word)
            continue;
        uint32_t feature = feature_of(set, tokens.all->low, none, word);
        for (unsigned i = 0; i < CLASSES; i++) {
            uint64_t hash = (i + 1) << 20 | (unsigned)atoi(field(&rest).s);
            uint32_t class =
                feature_of(set, hash * UINT64_C(0x9E3779B97F4A7C15) | 1, none, none);
            set->features[feature].classes[i] = class;
        }
    }
    free(line);
    tokens_free(&tokens);
    if (in)
        fclose(in);
}

/* Where the ending of a word begins, if it leaves enough (a few steps of Porter, An
 * Algorithm for Suffix Stripping, 1980). */
static size_t stem_of(struct str word)
{
    static const char *const endings[] = {
        "ational", "ations", "ation", "ingly", "ments", "ment", "ness",
        "ings",    "ing",    "ies",   "ied",   "ers",   "er",   "edly",
        "ed",      "es",     "ly",    "al",    "s",     "e",    "y"};
    const size_t enough = 4;

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct str ending = str_of(endings[i]);
        if (word.len < ending.len + enough || !str_ends(word, ending))
            continue;
        size_t n = word.len - ending.len;
        return n > enough && word.s[n - 1] == word.s[n - 2] ? n - 1 : n;
    }
    return word.len;
}

static void find_stems(struct set *set)
{
    struct str none = {NULL, 0};

    for (size_t i = 0, n = set->feature_count; i < n; i++) {
        struct str word = buf_str(&set->features[i].name);
        uint64_t hash = UINT64_C(0xCBF29CE484222325); /* FNV-1a */
        if (!word.len || str_find(word, STR(" "), 0) < word.len)
            continue;
        for (size_t k = 0, end = stem_of(word); k < end; k++)
            hash = (hash ^ (unsigned char)word.s[k]) * UINT64_C(0x100000001B3);
        hash = hash * UINT64_C(0x9E3779B97F4A7C15) | 1;
        uint32_t stem = feature_of(set, hash, none, none);
        set->features[i].stem = stem;
    }
}

static bool left_out(const struct story *story, size_t i, size_t folds, size_t fold,
                     int source)
{
    return (folds && i % folds == fold) || story->source == source;
}

/* The one subject a story is about, -1 where it may be of several. */
static int only_subject(const struct story *story)
{
    int subject = 0;

    while (subject < SUBJECTS && story->right != 1u << subject)
        subject++;
    return subject < SUBJECTS ? subject : -1;
}

/* A source's stories together weigh as much as another's, the topics' texts of each kind
 * a part of that, as much for each subject. */
static void weigh(struct set *set, size_t folds, size_t fold, int source)
{
    size_t stories[SOURCES] = {0}, topics[2][SUBJECTS] = {{0}};
    bool covered[SUBJECTS] = {false};

    for (size_t i = 0; i < set->count; i++) {
        const struct story *s = &set->stories[i];
        int subject = only_subject(s);
        stories[s->source]++;
        if (s->topic)
            topics[s->ours][subject]++;
        else if (subject >= 0 && !left_out(s, i, folds, fold, source))
            covered[subject] = true;
    }
    for (size_t i = 0; i < set->count; i++) {
        struct story *s = &set->stories[i];
        int subject = only_subject(s);
        s->weight = 1000.0 / (double)stories[s->source];
        if (s->topic)
            s->weight = 1000.0 / SUBJECTS / (double)topics[s->ours][subject] *
                        (s->ours ? ours_weight : topics_weight) *
                        (covered[subject] ? 1 : uncovered);
    }
}

/* Whether the model has the feature: it is met often enough, or a word with a stem. */
static bool counts(const struct feature *f)
{
    return f->stories >= rare || f->stem;
}

enum { PARTS = 2 + CLASSES };

/* A feature's weights, those of its stem and of its classes; returns how many, 0 if it
 * does not count. */
static int parts(struct set *set, uint32_t feature, struct feature *part[PARTS])
{
    struct feature *f = &set->features[feature];
    int n = 0;

    if (f->stories >= rare)
        part[n++] = f;
    if (f->stem)
        part[n++] = &set->features[f->stem];
    for (int i = 0; i < CLASSES && f->classes[i]; i++)
        part[n++] = &set->features[f->classes[i]];
    return n;
}

/* Shares of the subjects of a story; returns the number of features that count. */
static size_t predict(struct set *set, const struct story *story, const double *bias,
                      double *share)
{
    struct feature *part[PARTS];
    size_t n = 0;
    double most = -1e9, sum = 0;

    memset(share, 0, SUBJECTS * sizeof *share);
    for (size_t k = 0; k < story->count; k++) {
        int count = parts(set, story->features[k], part);
        n += count > 0;
        for (int i = 0; i < count; i++)
            for (int c = 0; c < SUBJECTS; c++)
                share[c] += part[i]->w[c];
    }
    for (int c = 0; c < SUBJECTS; c++) {
        share[c] = bias[c] + share[c] / sqrt(n ? (double)n : 1);
        most = share[c] > most ? share[c] : most;
    }
    for (int c = 0; c < SUBJECTS; c++)
        sum += share[c] = exp(share[c] - most);
    for (int c = 0; c < SUBJECTS; c++)
        share[c] /= sum;
    return n;
}

static void descend(struct feature *f, int c, double g, double by, double hold)
{
    g += hold * f->w[c];
    f->g[c] += (float)(g * g);
    f->w[c] -= (float)(by * g / (1e-6 + sqrt((double)f->g[c])));
}

/* One step against the gradient of -log(share of what is right). */
static void step(struct set *set, const struct story *story, double *bias, double *bias_g)
{
    struct feature *part[PARTS];
    double share[SUBJECTS], right = 0, g[SUBJECTS];
    size_t n = predict(set, story, bias, share);

    for (int c = 0; c < SUBJECTS; c++)
        right += story->right >> c & 1 ? share[c] : 0;
    for (int c = 0; c < SUBJECTS; c++) {
        double target = story->right >> c & 1 ? share[c] / right : 0;
        g[c] = (share[c] - target) * story->weight;
        bias_g[c] += g[c] * g[c];
        bias[c] -= 0.1 * rate * g[c] / (1e-6 + sqrt(bias_g[c]));
        g[c] /= sqrt(n ? (double)n : 1);
    }
    for (size_t k = 0; k < story->count; k++) {
        int count = parts(set, story->features[k], part);
        for (int i = 0; i < count; i++) {
            const struct feature *own = &set->features[story->features[k]];
            bool stem = own->stem && part[i] == &set->features[own->stem];
            bool class = !stem && part[i] != own;
            for (int c = 0; c < SUBJECTS; c++)
                descend(part[i], c, g[c], class ? class_rate : rate,
                        stem    ? stem_decay
                        : class ? class_decay
                                : decay);
        }
    }
}

static uint64_t draw(uint64_t *seed)
{
    *seed = *seed * UINT64_C(6364136223846793005) + 1442695040888963407u;
    return *seed >> 33;
}

/* A step with some of the features left out, others each time. */
static void step_partly(struct set *set, const struct story *story, double *bias,
                        double *bias_g, uint64_t *seed)
{
    struct story part = *story;

    part.features = xalloc(story->count + 1, sizeof *part.features);
    part.count = 0;
    for (size_t k = 0; k < story->count; k++)
        if (story->count <= few || (double)draw(seed) >= dropped * (double)(1u << 31))
            part.features[part.count++] = story->features[k];
    step(set, &part, bias, bias_g);
    free(part.features);
}

/* ---- what words say by themselves ---- */

static bool is_word(const struct feature *f)
{
    return f->name.len && str_find(buf_str(&f->name), STR(" "), 0) >= f->name.len;
}

/* How seldom a word is (Sparck Jones, A Statistical Interpretation of Term Specificity,
 * 1972): 1 if all stories have it. */
static double seldom(const struct feature *f, size_t stories)
{
    return log(((double)stories + 1) / ((double)f->stories + 1)) + 1;
}

/* What a word says: in how much of the stories of a subject it is, and would be if it
 * said nothing. */
struct said {
    double is[SUBJECTS], would[SUBJECTS];
};

/* A story's words, seldom ones more, have the length of its weight; adds them to what
 * each says, or, without said, to how much of its source is about each subject. */
static void listen(struct set *set, const struct story *story, size_t stories,
                   const double *bias, double about[SOURCES][SUBJECTS], struct said *said)
{
    double share[SUBJECTS], right = 0, length = 0, source = 0;

    predict(set, story, bias, share);
    for (int c = 0; c < SUBJECTS; c++) {
        right += story->right >> c & 1 ? share[c] : 0;
        source += about[story->source][c];
    }
    for (size_t k = 0; k < story->count; k++)
        if (is_word(&set->features[story->features[k]]))
            length += pow(seldom(&set->features[story->features[k]], stories), 2);
    for (size_t k = 0; k < story->count; k++) {
        const struct feature *f = &set->features[story->features[k]];
        if (!is_word(f))
            continue;
        double part = story->weight * seldom(f, stories) / sqrt(length);
        for (int c = 0; c < SUBJECTS; c++) {
            double is = story->right >> c & 1 ? part * share[c] / right : 0;
            if (!said)
                about[story->source][c] += is;
            else {
                said[story->features[k]].is[c] += is;
                said[story->features[k]].would[c] +=
                    part * about[story->source][c] / source;
            }
        }
    }
}

/* Adds to the words' weights what they say by themselves. */
static void add_said(struct set *set, const size_t *order, size_t n, const double *bias)
{
    double about[SOURCES][SUBJECTS] = {{0}}, squares = 0, words = 0, weight = 0;
    struct said *said = xcalloc(set->feature_count, sizeof *said);

    for (size_t i = 0; i < n; i++) {
        listen(set, &set->stories[order[i]], n, bias, about, NULL);
        weight += set->stories[order[i]].weight / (double)n;
    }
    for (size_t i = 0; i < n; i++)
        listen(set, &set->stories[order[i]], n, bias, about, said);
    for (size_t i = 0; i < set->feature_count; i++)
        if (is_word(&set->features[i])) {
            squares +=
                pow(seldom(&set->features[i], n), 2) * (double)set->features[i].stories;
            words += (double)set->features[i].stories;
        }
    for (size_t i = 0; i < set->feature_count; i++)
        for (int c = 0; c < SUBJECTS && set->features[i].stories >= rare; c++)
            set->features[i].w[c] +=
                (float)(alone * seldom(&set->features[i], n) / sqrt(squares / words) *
                        log((said[i].is[c] + unseen * weight) /
                            (said[i].would[c] + unseen * weight)));
    free(said);
}

/* A feature's weight with those of its stem and its classes. */
static double whole(const struct set *set, const struct feature *f, int subject)
{
    double w = (double)f->w[subject];

    if (f->stem)
        w += (double)set->features[f->stem].w[subject];
    for (int i = 0; i < CLASSES && f->classes[i]; i++)
        w += (double)set->features[f->classes[i]].w[subject];
    return w;
}

/* The weights of all words together lean towards the subjects most stories are about, the
 * more, the longer a text is. Takes that out of them, and into the biases as much of it
 * as a story of the usual length has. */
static void level(struct set *set, double *bias)
{
    double mean[SUBJECTS] = {0}, stories = 0;

    for (size_t i = 0; i < set->feature_count; i++)
        if (counts(&set->features[i]) && set->features[i].name.len) {
            stories += (double)set->features[i].stories;
            for (int c = 0; c < SUBJECTS; c++)
                mean[c] +=
                    (double)set->features[i].stories * whole(set, &set->features[i], c);
        }
    for (int c = 0; c < SUBJECTS; c++) {
        bias[c] += mean[c] / stories * sqrt(usual);
        for (size_t i = 0; i < set->feature_count; i++)
            if (counts(&set->features[i]) && set->features[i].name.len)
                set->features[i].w[c] -= (float)(mean[c] / stories);
    }
}

/* Weights and biases by as many looks at the stories as there are epochs. */
static void regress(struct set *set, size_t *order, size_t n, double *bias, uint64_t seed)
{
    double bias_g[SUBJECTS] = {0};

    memset(bias, 0, SUBJECTS * sizeof *bias);
    for (size_t i = 0; i < set->feature_count; i++) {
        memset(set->features[i].w, 0, sizeof set->features[i].w);
        memset(set->features[i].g, 0, sizeof set->features[i].g);
    }
    for (int epoch = 0; epoch < epochs; epoch++) {
        for (size_t i = n; i > 1; i--) { /* Fisher-Yates */
            size_t k = (size_t)draw(&seed) % i, t = order[k];
            order[k] = order[i - 1];
            order[i - 1] = t;
        }
        for (size_t i = 0; i < n; i++)
            step_partly(set, &set->stories[order[i]], bias, bias_g, &seed);
    }
}

/* The mean of several, each with the stories in an order of its own (Breiman, Bagging
 * Predictors, 1996, without the sampling). */
static void regress_often(struct set *set, size_t *order, size_t n, double *bias)
{
    float(*w)[SUBJECTS] = xcalloc(set->feature_count, sizeof *w);
    double b[SUBJECTS] = {0};

    for (int seed = 1; seed <= regressions; seed++) {
        regress(set, order, n, bias, (uint64_t)seed);
        for (int c = 0; c < SUBJECTS; c++) {
            b[c] += bias[c] / regressions;
            for (size_t i = 0; i < set->feature_count; i++)
                w[i][c] += set->features[i].w[c] / (float)regressions;
        }
    }
    memcpy(bias, b, sizeof b);
    for (size_t i = 0; i < set->feature_count; i++)
        memcpy(set->features[i].w, w[i], sizeof w[i]);
    free(w);
}

static void learn(struct set *set, size_t folds, size_t fold, int source, double *bias)
{
    size_t n = 0, *order = xalloc(set->count, sizeof *order);

    weigh(set, folds, fold, source);
    for (size_t i = 0; i < set->feature_count; i++)
        set->features[i].stories = set->features[i].mark = 0;
    for (size_t i = 0; i < set->count; i++)
        if (!left_out(&set->stories[i], i, folds, fold, source)) {
            order[n++] = i;
            for (size_t k = 0; k < set->stories[i].count; k++) {
                struct feature *f = &set->features[set->stories[i].features[k]];
                f->stories += f->mark != i + 1;
                f->mark = i + 1;
            }
        }
    regress_often(set, order, n, bias);
    add_said(set, order, n, bias);
    level(set, bias);
    free(order);
}

/* ---- the model ---- */

static int by_name(const void *a, const void *b)
{
    const struct feature *x = *(const struct feature *const *)a,
                         *y = *(const struct feature *const *)b;
    size_t n = x->name.len < y->name.len ? x->name.len : y->name.len;
    int order = memcmp(x->name.s, y->name.s, n);

    return order ? order : (x->name.len > y->name.len) - (x->name.len < y->name.len);
}

static const char head[] =
    "# Made by scripts/ntag-subjects-train.c, which says what from. Counts of words of\n"
    "# BBC (Greene and Cunningham 2006), AG News, 20 Newsgroups and Inshorts stories, "
    "none\n"
    "# of their texts, of the IPTC Media Topics' names and definitions (IPTC NewsCodes,\n"
    "# CC BY 4.0), of our own scripts/ntag-subjects-words.tsv, and classes of words.\n"
    "# @ scale and the 17 biases. Then a word or two, a tab and, two "
    "characters\n"
    "# each, a subject from A up and its weight, 0 at O.\n";

static void write_model(struct buf *b, const struct set *set, const double *bias)
{
    struct feature **all = xalloc(set->feature_count + 1, sizeof *all);
    size_t n = 0;
    double most = 0;

    for (size_t i = 0; i < set->feature_count; i++)
        if (counts(&set->features[i]) && set->features[i].name.len) {
            all[n++] = &set->features[i];
            for (int c = 0; c < SUBJECTS; c++)
                most = fmax(most, fabs(whole(set, all[n - 1], c)));
        }
    most = most < 8 ? most : 8;
    qsort(all, n, sizeof *all, by_name);
    buf_puts(b, head);
    buf_printf(b, "@\t%.6f", most / REACH / temperature);
    for (int c = 0; c < SUBJECTS; c++)
        buf_printf(b, "\t%.3f", bias[c] / temperature);
    buf_add_char(b, '\n');
    for (size_t i = 0; i < n; i++) {
        double reach = 0;
        for (int c = 0; c < SUBJECTS; c++)
            reach = fmax(reach, fabs(whole(set, all[i], c)));
        if (reach < least)
            continue;
        buf_add_str(b, buf_str(&all[i]->name));
        buf_add_char(b, '\t');
        for (int c = 0; c < SUBJECTS; c++) {
            int w = (int)lround(whole(set, all[i], c) / most * REACH);
            w = w > REACH ? REACH : w < -REACH ? -REACH : w;
            if (w) {
                buf_add_char(b, (char)('A' + c));
                buf_add_char(b, (char)(ZERO + w));
            }
        }
        buf_add_char(b, '\n');
    }
    free(all);
}

/* What the model learned without them says of the stories left out. */
static void guess(const struct set *set, const struct buf *text, size_t folds,
                  size_t fold, int source)
{
    struct subject_model *model = subject_model_new(buf_str(text));
    struct tokens title = {0}, words = {0};
    double share[SUBJECTS];

    for (size_t i = 0; i < set->count; i++) {
        const struct story *s = &set->stories[i];
        if (!left_out(s, i, folds, fold, source) || s->topic)
            continue;
        int best = 0;
        tokens_cut(&title, s->title);
        tokens_cut(&words, s->text);
        bool any = subject_shares(model, &title, &words, share);
        for (int c = 0; any && c < SUBJECTS; c++)
            best = share[c] > share[best] ? c : best;
        printf("%s\t%d\t%.4f\t%zu\n", set->sources[s->source],
               any && (s->right >> best & 1), any ? share[best] : 0, text->len);
    }
    tokens_free(&title);
    tokens_free(&words);
    subject_model_free(model);
}

int main(int argc, char *argv[])
{
    struct set set = {.stories = NULL};
    const char *topics = NULL, *classes = NULL;
    size_t folds = 0;
    bool sources = false;
    double bias[SUBJECTS];
    struct buf b = {0};
    int option;

    msg_init("ntag-subjects-train", "");
    while ((option = getopt(argc, argv, "d:k:f:l")) != -1)
        if (option == 'd')
            topics = optarg;
        else if (option == 'k')
            classes = optarg;
        else if (option == 'f')
            folds = (size_t)atol(optarg);
        else if (option == 'l')
            sources = true;
        else
            return 2;
    read_records(&set);
    if (topics)
        read_topics(&set, topics);
    if (classes)
        read_classes(&set, classes);
    find_stems(&set);
    if (!folds && !sources) {
        learn(&set, 0, 0, -1, bias);
        write_model(&b, &set, bias);
        fwrite(b.s, 1, b.len, stdout);
        return fflush(stdout) ? 2 : 0;
    }
    size_t rounds = sources ? (size_t)set.source_count : folds;
    for (size_t i = 0; i < rounds; i++) {
        if (sources && !strcmp(set.sources[i], "topics"))
            continue;
        learn(&set, sources ? 0 : folds, i, sources ? (int)i : -1, bias);
        buf_clear(&b);
        write_model(&b, &set, bias);
        guess(&set, &b, sources ? 0 : folds, i, sources ? (int)i : -1);
    }
    return 0;
}
