#include "stages/ntag/subjects.h"

#include "common/alloc.h"
#include "common/data.h"
#include "common/unicode.h"
#include "common/words.h"
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
enum { LEAST_WORDS = 4 }; /* that the model knows */

int subject_of(struct str code)
{
    if (str_starts(code, STR("medtop:")))
        code = str_sub(code, 7, code.len);
    for (int i = 0; i < SUBJECTS; i++)
        if (code.len >= 2 && !memcmp(code.s, subjects[i].code, 2))
            return i;
    return -1;
}

/* ---- words ---- */

struct subject_words subject_words(struct str text, size_t most)
{
    return (struct subject_words){text, most, {NULL, 0}, {NULL, 0}, 0, 0};
}

/* FNV-1a over the folded characters. */
static uint64_t fold_hash(struct str word)
{
    const char *p = word.s, *end = word.s + word.len;
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    while (p < end) {
        uint32_t c = (unsigned char)*p;
        if (c >= 0x80)
            c = uni_fold(utf8_next(&p, end));
        else if (p++, c >= 'A' && c <= 'Z')
            c |= 0x20;
        h = (h ^ c) * UINT64_C(0x100000001b3);
    }
    return h | 1;
}

/* "Putin's" is "Putin". */
static struct str without_s(struct str word)
{
    if (word.s[word.len - 1] != 's')
        return word;
    if (str_ends(word, STR("'s")))
        word.len -= 2;
    else if (str_ends(word, STR("’s")))
        word.len -= 4;
    return word;
}

bool subject_next(struct subject_words *words)
{
    struct str last = words->word;
    uint64_t before = words->hash;

    if (!words->left || !word_next(&words->rest, &words->word))
        return false;
    words->left--;
    words->pair = 0;
    bool adjacent = last.len && words->word.s == last.s + last.len + 1;
    words->word = without_s(words->word);
    words->hash = fold_hash(words->word);
    words->before = adjacent ? last : (struct str){NULL, 0};
    if (adjacent)
        words->pair =
            ((before << 7 | before >> 57) ^ words->hash) * UINT64_C(0x9E3779B97F4A7C15) |
            1;
    return true;
}

/* ---- the model ---- */

enum { COLUMNS = 24 }; /* SUBJECTS and some more, for adding several at once */

struct subject_model {
    double bias[SUBJECTS], scale; /* scale: of the weights */
    struct keys words;
    uint32_t story; /* the mark of a word is the last story it was met in */
    int8_t (*rows)[COLUMNS];
};

/* "@", the scale, the biases. */
static void read_biases(struct subject_model *model, struct str line)
{
    char *p = (char *)(uintptr_t)line.s + 1;

    model->scale = strtod(p, &p);
    for (int i = 0; i < SUBJECTS; i++)
        model->bias[i] = strtod(p, &p);
}

/* A word or two, a tab and, two characters each, a subject from 'A' and its weight, 0 at
 * 'O'. */
static void read_row(struct subject_model *model, struct str line, uint32_t row)
{
    size_t tab = str_find(line, STR("\t"), 0);
    struct subject_words words = subject_words(str_sub(line, 0, tab), 2);

    while (subject_next(&words))
        ;
    uint64_t key = words.pair ? words.pair : words.hash;
    *keys_slot(&model->words, key) = (struct key){key, row, 0};
    for (size_t i = tab + 1; i + 1 < line.len; i += 2)
        model->rows[row][line.s[i] - 'A'] = (int8_t)(line.s[i + 1] - 'O');
}

struct subject_model *subject_model_new(struct str text)
{
    struct subject_model *model = xcalloc(1, sizeof *model);
    struct str rest = text, line;
    size_t lines = 1;
    uint32_t row = 0;

    while (str_line(&rest, &line))
        lines++;
    keys_make(&model->words, lines);
    model->rows = xcalloc(lines, sizeof *model->rows);
    for (rest = text; str_line(&rest, &line);)
        if (str_starts(line, STR("@")))
            read_biases(model, line);
        else if (line.len && *line.s != '#')
            read_row(model, line, row++);
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
    struct key *slot = keys_slot(&model->words, hash);

    if (!slot->key || slot->mark == model->story)
        return;
    slot->mark = model->story;
    for (int i = 0; i < COLUMNS; i++)
        sums->total[i] += model->rows[slot->row][i];
    sums->count++;
}

enum { AHEAD = 16 }; /* features; a power of two */

/* The features met last: their memory was asked for, and is there when they leave. */
struct coming {
    uint64_t hash[AHEAD]; /* 0: none */
    unsigned at;
};

/* Takes a feature in, or none (0), and adds the one that has waited longest. */
static void pass(struct subject_model *model, struct sums *sums, struct coming *coming,
                 uint64_t hash)
{
    uint64_t *slot = &coming->hash[coming->at++ % AHEAD], oldest = *slot;

    *slot = hash;
    if (hash)
        keys_fetch(&model->words, hash);
    if (oldest)
        add_feature(model, sums, oldest);
}

/* No word has been met in a story yet. */
static void begin_story(struct subject_model *model)
{
    if (++model->story)
        return;
    for (size_t i = 0; i < keys_count(&model->words); i++) /* all numbers were used */
        model->words.slots[i].mark = 0;
    model->story = 1;
}

static void add_text(struct subject_model *model, struct sums *sums, struct str text,
                     size_t most)
{
    struct subject_words words = subject_words(text, most);

    struct coming coming = {{0}, 0};

    begin_story(model);
    while (subject_next(&words)) {
        pass(model, sums, &coming, words.hash);
        if (words.pair)
            pass(model, sums, &coming, words.pair);
    }
    for (int i = 0; i < AHEAD; i++)
        pass(model, sums, &coming, 0);
}

bool subject_shares(struct subject_model *model, struct str title, struct str text,
                    double shares[SUBJECTS])
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

void subjects_tag(struct record *rec, struct str text)
{
    double shares[SUBJECTS];
    struct str title = {NULL, 0};

    if (!compiled_in)
        compiled_in = subject_model_new(
            (struct str){(const char *)subjects_model, subjects_model_size});
    record_string(rec, "title", &title);
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
