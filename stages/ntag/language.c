#include "stages/ntag/language.h"

#include "common/alloc.h"
#include "common/data.h"
#include "common/unicode.h"
#include "stages/ntag/keys.h"

#include <math.h>
#include <stdlib.h>

DATA(letters_model);

enum {
    ENOUGH = 128,   /* letters of a text that do without the title */
    BLOCK = 64,     /* letters between two looks at who leads */
    LEAD = 32,      /* a lead, in the model's units, that will not be lost */
    RIVAL_MIN = 40, /* letters from which on a rival is believed, and fully so */
    RIVAL_SURE = 60,
    FOREIGN_MIN = 80, /* letters from which on a guess rules English out */
    TAG_MAX = 8,
    WEIGHT_MAX = 16,
};

/* How far below what is usual a text may be: so many deviations, and more where few
 * letters tell. */
static const double UNUSUAL = -2, UNUSUAL_BY_LETTER = -80, USUAL = 1;

/* ---- the sample ---- */

static enum script script_of(uint32_t c)
{
    static const struct {
        uint32_t first, last;
        enum script script;
    } ranges[] = {
        {0x41, 0x24F, SCRIPT_LATIN},       {0x250, 0x36F, SCRIPT_NONE},
        {0x370, 0x3FF, SCRIPT_GREEK},      {0x400, 0x52F, SCRIPT_CYRILLIC},
        {0x590, 0x5FF, SCRIPT_HEBREW},     {0x600, 0x6FF, SCRIPT_ARABIC},
        {0x750, 0x77F, SCRIPT_ARABIC},     {0x8A0, 0x8FF, SCRIPT_ARABIC},
        {0x900, 0x97F, SCRIPT_DEVANAGARI}, {0x980, 0x9FF, SCRIPT_BENGALI},
        {0xE00, 0xE7F, SCRIPT_THAI},       {0x1100, 0x11FF, SCRIPT_HANGUL},
        {0x1E00, 0x1EFF, SCRIPT_LATIN},    {0x1F00, 0x1FFF, SCRIPT_GREEK},
        {0x2E80, 0x3007, SCRIPT_HAN},      {0x3040, 0x30FF, SCRIPT_KANA},
        {0x3130, 0x318F, SCRIPT_HANGUL},   {0x31F0, 0x31FF, SCRIPT_KANA},
        {0x3400, 0x9FFF, SCRIPT_HAN},      {0xAC00, 0xD7A3, SCRIPT_HANGUL},
        {0xF900, 0xFAFF, SCRIPT_HAN},      {0xFB1D, 0xFB4F, SCRIPT_HEBREW},
        {0xFB50, 0xFDFF, SCRIPT_ARABIC},   {0xFE70, 0xFEFF, SCRIPT_ARABIC},
        {0xFF66, 0xFF9F, SCRIPT_KANA},     {0x20000, 0x323AF, SCRIPT_HAN},
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges && c >= ranges[i].first; i++)
        if (c <= ranges[i].last)
            return ranges[i].script;
    return SCRIPT_OTHER;
}

/* A mark of program text: those prose hardly has, and brackets right behind a letter. */
static bool is_code(const char *at, const char *start, const char *end)
{
    char before = at > start ? at[-1] : ' ';

    if (*at == '(' || *at == '.' || *at == ':')
        return (at[0] == '(' && before != ' ' && before != '\n') ||
               (at + 1 < end && at[0] == '.' && at[1] >= 'a' && at[1] <= 'z');
    return strchr("{}[]<>=_\\|;*&#$@^~`", *at) != NULL;
}

/* A vowel and a tone mark behind it as one letter, as Vietnamese mostly has them; 0 if
 * they are none. */
static uint16_t composed(uint16_t vowel, uint32_t mark)
{
    static const uint16_t vowels[] = {'a', 0x103, 0xE2,  'e', 0xEA,  'i',
                                      'o', 0xF4,  0x1A1, 'u', 0x1B0, 'y'};
    static const uint16_t marks[] = {0x300, 0x301, 0x303, 0x309, 0x323};
    static const uint16_t both[][5] = {{0xE0, 0xE1, 0xE3, 0x1EA3, 0x1EA1},
                                       {0x1EB1, 0x1EAF, 0x1EB5, 0x1EB3, 0x1EB7},
                                       {0x1EA7, 0x1EA5, 0x1EAB, 0x1EA9, 0x1EAD},
                                       {0xE8, 0xE9, 0x1EBD, 0x1EBB, 0x1EB9},
                                       {0x1EC1, 0x1EBF, 0x1EC5, 0x1EC3, 0x1EC7},
                                       {0xEC, 0xED, 0x129, 0x1EC9, 0x1ECB},
                                       {0xF2, 0xF3, 0xF5, 0x1ECF, 0x1ECD},
                                       {0x1ED3, 0x1ED1, 0x1ED7, 0x1ED5, 0x1ED9},
                                       {0x1EDD, 0x1EDB, 0x1EE1, 0x1EDF, 0x1EE3},
                                       {0xF9, 0xFA, 0x169, 0x1EE7, 0x1EE5},
                                       {0x1EEB, 0x1EE9, 0x1EEF, 0x1EED, 0x1EF1},
                                       {0x1EF3, 0xFD, 0x1EF9, 0x1EF7, 0x1EF5}};

    if (mark < 0x300 || mark > 0x323)
        return 0;
    for (size_t i = 0; i < sizeof vowels / sizeof *vowels; i++)
        for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
            if (vowel == vowels[i] && mark == marks[k])
                return both[i][k];
    return 0;
}

void sample_clear(struct sample *sample)
{
    sample->count = sample->digits = sample->marks = 0;
    memset(sample->script, 0, sizeof sample->script);
}

void sample_add(struct sample *sample, struct str text)
{
    const char *p = text.s, *end = text.s + text.len;
    uint16_t *to = sample->letters + sample->count;
    const uint16_t *full = sample->letters + LANGUAGE_SAMPLE;

    if (!sample->count)
        *to++ = ' ';
    while (p < end && to < full) {
        uint32_t c = (unsigned char)*p;
        if (c < 0x80) {
            p++;
            c |= 0x20;
            if (c >= 'a' && c <= 'z') {
                *to++ = (uint16_t)c;
                sample->script[SCRIPT_LATIN]++;
                continue;
            }
            if (p[-1] >= '0' && p[-1] <= '9')
                sample->digits++;
            else if (p[-1] != ' ')
                sample->marks += is_code(p - 1, text.s, end);
        } else if (uni_letter(c = utf8_next(&p, end))) {
            uint16_t toned = to > sample->letters ? composed(to[-1], c) : 0;
            if (toned) {
                to[-1] = toned;
                continue;
            }
            sample->script[script_of(c)]++;
            *to++ = (uint16_t)uni_fold(c);
            continue;
        }
        if (to[-1] != ' ')
            *to++ = ' ';
    }
    if (to[-1] != ' ')
        *to++ = ' ';
    sample->count = (size_t)(to - sample->letters);
}

enum script sample_script(const struct sample *sample)
{
    enum script best = SCRIPT_NONE;
    size_t han = sample->script[SCRIPT_HAN], kana = sample->script[SCRIPT_KANA];

    for (int i = SCRIPT_NONE + 1; i < SCRIPTS; i++)
        if (sample->script[i] > sample->script[best] || best == SCRIPT_NONE)
            best = (enum script)i;
    if (best == SCRIPT_HAN && kana * 20 > han)
        best = SCRIPT_KANA;
    return best;
}

/* ---- the model ---- */

struct class
{
    char tag[TAG_MAX];
    enum script script;
    double mean, deviation; /* of the score by letter, of texts in the language */
};

struct language_model {
    struct class classes[LANGUAGE_CLASSES];
    int count;
    struct keys grams;
    uint8_t (*rows)[LANGUAGE_CLASSES];
    int known; /* classes[0 .. known) are the languages told, the others rivals */
};

/* Takes what stands before the next tab off *rest. */
static struct str field(struct str *rest)
{
    size_t tab = str_find(*rest, STR("\t"), 0);
    struct str s = str_sub(*rest, 0, tab < rest->len ? tab : rest->len);
    *rest = str_sub(*rest, tab < rest->len ? tab + 1 : rest->len, rest->len);
    return s;
}

/* "@", script, tag, mean, deviation. */
static void add_class(struct language_model *model, struct str line)
{
    field(&line);
    struct class *class = &model->classes[model->count++];
    class->script = (enum script)atoi(field(&line).s);
    struct str tag = field(&line);
    memcpy(class->tag, tag.s, tag.len < TAG_MAX ? tag.len : TAG_MAX - 1);
    class->mean = atof(field(&line).s);
    class->deviation = atof(field(&line).s);
    if (*class->tag != '-')
        model->known = model->count;
}

/* A gram ("_" is the blank); then weights from '!' up, each followed by the classes it
 * counts for, from '1' up. */
static void add_row(struct language_model *model, struct str line, uint32_t row)
{
    struct str gram = field(&line);
    const char *p = gram.s, *end = gram.s + gram.len;
    uint64_t key = 0;

    while (p < end) {
        uint32_t c = utf8_next(&p, end);
        key = key << 16 | (c == '_' ? ' ' : c & 0xFFFF);
    }
    *keys_slot(&model->grams, key) = (struct key){key, row};
    uint8_t weight = 0;
    for (p = line.s, end = line.s + line.len; p < end;) {
        uint32_t c = utf8_next(&p, end);
        if (c < '1')
            weight = (uint8_t)(c - '!' + 1);
        else
            model->rows[row][(c < 0x7F ? c - '1' : c - 0xA1 + 0x7F - '1') %
                             LANGUAGE_CLASSES] = weight;
    }
}

struct language_model *language_model_new(struct str text)
{
    struct language_model *model = xcalloc(1, sizeof *model);
    struct str rest = text, line;
    size_t lines = 0;
    uint32_t row = 0;

    while (str_line(&rest, &line))
        lines++;
    keys_make(&model->grams, lines);
    model->rows = xcalloc(lines, sizeof *model->rows);
    for (rest = text; str_line(&rest, &line);)
        if (str_starts(line, STR("@")))
            add_class(model, line);
        else if (line.len && *line.s != '#')
            add_row(model, line, row++);
    return model;
}

void language_model_free(struct language_model *model)
{
    if (!model)
        return;
    free(model->grams.slots);
    free(model->rows);
    free(model);
}

/* ---- the guess ---- */

/* What is being added up for a sample. */
struct sums {
    uint16_t total[LANGUAGE_CLASSES];
    uint32_t rows[3 * (LANGUAGE_SAMPLE + 2)]; /* of the model, as the grams have them */
    size_t row_count;
    size_t letters; /* read */
    int first, second;
};

static void look_up(const struct language_model *model, struct sums *sums, uint64_t gram)
{
    const struct key *slot = keys_slot(&model->grams, gram);

    if (slot->key)
        sums->rows[sums->row_count++] = slot->row;
}

enum { COLUMNS = 32 };

/* Adds some columns of rows, no more of them than bytes hold: eight bytes at once, since
 * none runs over. */
static void add_columns(const struct language_model *model, const uint32_t *rows,
                        size_t count, uint16_t *total, int column)
{
    uint64_t sum[4] = {0}, more[4];
    uint8_t bytes[COLUMNS];

    for (size_t i = 0; i < count; i++) {
        memcpy(more, model->rows[rows[i]] + column, sizeof more);
        sum[0] += more[0];
        sum[1] += more[1];
        sum[2] += more[2];
        sum[3] += more[3];
    }
    memcpy(bytes, sum, sizeof bytes);
    for (int i = 0; i < COLUMNS; i++)
        total[column + i] = (uint16_t)(total[column + i] + bytes[i]);
}

/* Adds the rows from the given one on to the totals of some columns. */
static void add_rows(const struct language_model *model, struct sums *sums, size_t from,
                     int column)
{
    enum { HOLDS = 255 / WEIGHT_MAX };

    for (; from < sums->row_count; from += HOLDS) {
        size_t left = sums->row_count - from, count = left < HOLDS ? left : HOLDS;
        add_columns(model, sums->rows + from, count, sums->total, column);
    }
}

/* The two languages of a script that lead, -1 where there is none. */
static void find_leaders(const struct language_model *model, enum script script,
                         struct sums *sums)
{
    sums->first = sums->second = -1;
    for (int i = 0; i < model->known; i++) {
        if (model->classes[i].script != script)
            continue;
        if (sums->first < 0 || sums->total[i] > sums->total[sums->first]) {
            sums->second = sums->first;
            sums->first = i;
        } else if (sums->second < 0 || sums->total[i] > sums->total[sums->second]) {
            sums->second = i;
        }
    }
}

static int lead(const struct sums *sums)
{
    return sums->second < 0 ? LEAD : sums->total[sums->first] - sums->total[sums->second];
}

/* Adds up the weights of the sample's grams, until one language is well ahead. */
static void add_up(const struct language_model *model, const struct sample *sample,
                   enum script script, struct sums *sums)
{
    uint64_t gram = 0;
    size_t i = 0;

    while (i < sample->count) {
        size_t stop = i + BLOCK < sample->count ? i + BLOCK : sample->count;
        size_t from = sums->row_count;
        for (; i < stop; i++) {
            gram = gram << 16 | sample->letters[i];
            if (i >= 1)
                look_up(model, sums, gram & 0xFFFFFFFF);
            if (i >= 2)
                look_up(model, sums, gram & UINT64_C(0xFFFFFFFFFFFF));
            if (i >= 3)
                look_up(model, sums, gram);
        }
        add_rows(model, sums, from, 0);
        find_leaders(model, script, sums);
        if (i >= ENOUGH && sums->first >= 0 && lead(sums) >= LEAD)
            break;
    }
    sums->letters = i;
}

/* The rival that comes nearest to the language that leads. */
static void find_rival(const struct language_model *model, enum script script,
                       struct sums *sums, struct language *guess)
{
    for (int column = COLUMNS; column < model->count; column += COLUMNS)
        add_rows(model, sums, 0, column);
    for (int i = model->known; i < model->count; i++) {
        const struct class *rival = &model->classes[i];
        double share = sums->total[i] / (sums->total[sums->first] + 1.0) / rival->mean;
        if (rival->script == script && share > guess->rival_share) {
            guess->rival = rival->tag;
            guess->rival_share = share;
        }
    }
}

static const char *told_by_script(enum script script)
{
    switch (script) {
    case SCRIPT_GREEK:
        return "el";
    case SCRIPT_THAI:
        return "th";
    case SCRIPT_HANGUL:
        return "ko";
    case SCRIPT_KANA:
        return "ja";
    case SCRIPT_HAN:
        return "zh";
    default:
        return NULL;
    }
}

/* How likely the language that leads is the right one, by its lead: fitted to texts left
 * out of training. */
static double likely(const struct sums *sums)
{
    return 1 / (1 + exp(0.5 - 0.14 * lead(sums)));
}

struct language language_guess(const struct language_model *model,
                               const struct sample *sample)
{
    enum script script = sample_script(sample);
    struct language guess = {told_by_script(script), 0, 0, NULL, 0, false};
    struct sums sums;

    if (guess.tag) {
        size_t letters = 0;
        for (int i = 0; i < SCRIPTS; i++)
            letters += sample->script[i];
        guess.score = (double)sample->script[script] / (double)letters;
        return guess;
    }
    memset(sums.total, 0, sizeof sums.total);
    sums.row_count = 0;
    sums.first = -1;
    add_up(model, sample, script, &sums);
    if (sums.first < 0)
        return guess;
    const struct class *class = &model->classes[sums.first];
    guess.tag = class->tag;
    guess.score = likely(&sums);
    guess.typical =
        (sums.total[sums.first] / (double)sums.letters - class->mean) / class->deviation;
    if (guess.typical < USUAL) /* no rival's texts are as usual as that */
        find_rival(model, script, &sums, &guess);
    return guess;
}

bool language_sure(const struct sample *sample, const struct language *guess)
{
    size_t letters = sample->count, limit = letters / 20 + 1;
    double slack = letters < RIVAL_SURE ? 1.1 : 1;

    if (!guess->tag || sample->marks > limit || sample->digits * 5 > letters * 3)
        return false;
    if (told_by_script(sample_script(sample)))
        return true;
    if (letters >= RIVAL_MIN && guess->rival_share > slack)
        return false;
    return guess->score > 0.4 &&
           guess->typical > UNUSUAL + UNUSUAL_BY_LETTER / (double)letters;
}

static struct language_model *compiled_in;

const struct language_model *language_model(void)
{
    if (!compiled_in)
        compiled_in = language_model_new(
            (struct str){(const char *)letters_model, letters_model_size});
    return compiled_in;
}

void language_free(void)
{
    language_model_free(compiled_in);
    compiled_in = NULL;
}

struct language language_of(struct record *rec, struct str text)
{
    struct sample sample;
    struct str title;

    sample_clear(&sample);
    sample_add(&sample, text);
    if (sample.count < ENOUGH && record_string(rec, "title", &title))
        sample_add(&sample, title);
    struct language guess = language_guess(language_model(), &sample);
    guess.english = !guess.tag || !strcmp(guess.tag, "en") ||
                    (sample.count < FOREIGN_MIN && guess.score < 0.99);
    if (!language_sure(&sample, &guess))
        guess.tag = NULL;
    return guess;
}

void language_tag(struct record *rec, const struct language *language)
{
    if (!language->tag)
        return;
    record_set_string(rec, "language", str_of(language->tag));
    json_add_real(record_set(rec, "language_score"), language->score, 2);
}
