#include "stages/ntag/subjects.h"

#include "common/alloc.h"
#include "common/data.h"
#include "stages/ntag/keys.h"

#include <math.h>
#include <stdlib.h>

DATA(subjects_model);

static const struct {
    const char *code, *name;
} subjects[SUBJECTS] = {
    {"01", "arts, culture, entertainment and media"},
    {"02", "crime, law and justice"},
    {"03", "disaster, accident and emergency incident"},
    {"04", "economy, business and finance"},
    {"05", "education"},
    {"06", "environment"},
    {"07", "health"},
    {"08", "human interest"},
    {"09", "labour"},
    {"10", "lifestyle and leisure"},
    {"11", "politics and government"},
    {"12", "religion"},
    {"13", "science and technology"},
    {"14", "society"},
    {"15", "sport"},
    {"16", "conflict, war and peace"},
    {"17", "weather"},
};

/* Told are the first, and others that are at least so likely. */
static const double FIRST = 0.4, OTHER = 0.2;
enum { LEAST_WORDS = 6 }; /* that the model knows */

int subject_of(struct str code)
{
    if (str_starts(code, STR("medtop:")))
        code = str_sub(code, 7, code.len);
    for (int i = 0; i < SUBJECTS; i++)
        if (code.len >= 2 && !memcmp(code.s, subjects[i].code, 2))
            return i;
    return -1;
}

/* ---- features ---- */

static uint64_t pair_of(uint64_t before, uint64_t word)
{
    return token_mix(before << 7 | before >> 57, word) | 1;
}

struct subject_features subject_features(const struct tokens *tokens, size_t i)
{
    const struct token *t = &tokens->all[i];
    struct subject_features features = {0, 0};

    if (!t->word)
        return features;
    features.word = t->low;
    if (i && t[-1].word && t->from == t[-1].to + 1)
        features.pair = pair_of(t[-1].low, t->low);
    return features;
}

/* ---- the model ---- */

enum { COLUMNS = 20 }; /* SUBJECTS and some more, for adding several at once */
enum { MAY_BITS = 18 };

struct row {
    int8_t weight[COLUMNS];
    uint32_t story; /* the last story the word was met in */
};

struct subject_model {
    double bias[SUBJECTS], scale; /* scale: of the weights */
    struct keys words;
    /* Bits by hash (Bloom 1970), few enough for a processor's cache: most pairs are not
     * in the model, and this says so without a look at the keys. */
    uint64_t may[(1 << MAY_BITS) / 64];
    struct row *rows;
    size_t row_count;
    uint32_t story; /* the number of this one */
};

/* "@", the scale, the biases. */
static void read_biases(struct subject_model *model, struct str line)
{
    char *p = (char *)(uintptr_t)line.s + 1;

    model->scale = strtod(p, &p);
    for (int i = 0; i < SUBJECTS; i++)
        model->bias[i] = strtod(p, &p);
}

static uint64_t may_bit(uint64_t key)
{
    return UINT64_C(1) << (key >> (64 - MAY_BITS) & 63);
}

static bool may_be(const struct subject_model *model, uint64_t key)
{
    return model->may[key >> (64 - MAY_BITS) >> 6] & may_bit(key);
}

/* A word or two, a tab and, two characters each, a subject from 'A' and its weight, 0 at
 * 'O'. */
static void read_row(struct subject_model *model, struct str line)
{
    struct row *row = &model->rows[model->row_count];
    size_t tab = str_find(line, STR("\t"), 0);
    size_t blank = str_find(str_sub(line, 0, tab), STR(" "), 0);
    uint64_t key = token_low(str_sub(line, 0, blank < tab ? blank : tab));

    if (blank < tab)
        key = pair_of(key, token_low(str_sub(line, blank + 1, tab)));
    keys_put(&model->words, key, (int32_t)model->row_count++);
    model->may[key >> (64 - MAY_BITS) >> 6] |= may_bit(key);
    for (size_t i = tab + 1; i + 1 < line.len; i += 2)
        row->weight[line.s[i] - 'A'] = (int8_t)(line.s[i + 1] - 'O');
}

struct subject_model *subject_model_new(struct str text)
{
    struct subject_model *model = xcalloc(1, sizeof *model);
    struct str rest = text, line;
    size_t lines = 1;

    while (str_line(&rest, &line))
        lines++;
    keys_make(&model->words, lines);
    model->rows = xcalloc(lines, sizeof *model->rows);
    for (rest = text; str_line(&rest, &line);)
        if (str_starts(line, STR("@")))
            read_biases(model, line);
        else if (line.len && *line.s != '#')
            read_row(model, line);
    return model;
}

void subject_model_free(struct subject_model *model)
{
    if (!model)
        return;
    free(model->words.slots);
    free(model->rows);
    free(model);
}

/* ---- shares ---- */

struct sums {
    int32_t total[COLUMNS];
    size_t count;
};

static void add_feature(struct subject_model *model, struct sums *sums, uint64_t hash)
{
    int32_t number = keys_row(&model->words, hash);

    if (number == KEYS_NONE || model->rows[number].story == model->story)
        return;
    struct row *row = &model->rows[number];
    row->story = model->story;
    for (int i = 0; i < COLUMNS; i++)
        sums->total[i] += row->weight[i];
    sums->count++;
}

/* The features of a text that may be in the model. */
struct found {
    uint64_t hash[2 * SUBJECT_WORDS];
    size_t count;
};

static void find_feature(const struct subject_model *model, struct found *found,
                         uint64_t hash)
{
    if (!hash || !may_be(model, hash))
        return;
    keys_fetch(&model->words, hash);
    found->hash[found->count++] = hash;
}

/* No word has been met in a story yet. */
static void begin_story(struct subject_model *model)
{
    if (++model->story)
        return;
    for (size_t i = 0; i < model->row_count; i++) /* all numbers were used */
        model->rows[i].story = 0;
    model->story = 1;
}

static void add_text(struct subject_model *model, struct sums *sums,
                     const struct tokens *text, size_t most)
{
    struct found found;
    size_t words = 0;

    found.count = 0;
    for (size_t i = 0; i < text->count && words < most; i++) {
        struct subject_features features = subject_features(text, i);
        words += text->all[i].word;
        find_feature(model, &found, features.word);
        find_feature(model, &found, features.pair);
    }
    begin_story(model);
    for (size_t i = 0; i < found.count; i++)
        add_feature(model, sums, found.hash[i]);
}

bool subject_shares(struct subject_model *model, const struct tokens *title,
                    const struct tokens *text, double shares[SUBJECTS])
{
    struct sums sums = {{0}, 0};
    double most = -1e9, sum = 0;

    add_text(model, &sums, title, SUBJECT_TITLE);
    add_text(model, &sums, text, SUBJECT_WORDS);
    if (sums.count < LEAST_WORDS)
        return false;
    for (int i = 0; i < SUBJECTS; i++) {
        shares[i] =
            model->bias[i] + model->scale * sums.total[i] / sqrt((double)sums.count);
        most = shares[i] > most ? shares[i] : most;
    }
    for (int i = 0; i < SUBJECTS; i++)
        sum += shares[i] = exp(shares[i] - most);
    for (int i = 0; i < SUBJECTS; i++)
        shares[i] /= sum;
    return true;
}

/* ---- the record ---- */

static struct subject_model *compiled_in;

static void add_subject(struct buf *b, int subject, double share)
{
    json_add_comma(b);
    buf_puts(b, "{\"uri\":\"medtop:");
    buf_puts(b, subjects[subject].code);
    buf_puts(b, "000000\",\"name\":");
    json_add_string(b, str_of(subjects[subject].name));
    buf_puts(b, ",\"confidence\":");
    json_add_int(b, (long long)(share * 100 + 0.5));
    buf_add_char(b, '}');
}

void subjects_tag(struct record *rec, const struct tokens *title,
                  const struct tokens *text)
{
    double shares[SUBJECTS];

    if (!compiled_in)
        compiled_in = subject_model_new(
            (struct str){(const char *)subjects_model, subjects_model_size});
    if (!subject_shares(compiled_in, title, text, shares))
        return;
    struct buf *b = NULL;
    for (;;) {
        int best = 0;
        for (int i = 1; i < SUBJECTS; i++)
            best = shares[i] > shares[best] ? i : best;
        if (shares[best] < (b ? OTHER : FIRST))
            break;
        if (!b)
            buf_add_char(b = record_set(rec, "subjects"), '[');
        add_subject(b, best, shares[best]);
        shares[best] = 0;
    }
    if (b)
        buf_add_char(b, ']');
}

void subjects_free(void)
{
    subject_model_free(compiled_in);
    compiled_in = NULL;
}
