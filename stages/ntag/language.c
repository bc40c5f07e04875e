#include "stages/ntag/language.h"

#include "common/unicode.h"
#include "stages/ntag/letters.h"

#include <math.h>
#include <stdlib.h>

enum {
    ENOUGH = 128, /* letters of a text that do without the title */
    LEAST = 64,   /* letters that are read at least */
    BLOCK = 64,   /* letters between two looks at who leads */
    CODE = 64, /* letters with a mark of program text among them, as only such text has */
    TELLING = 30, /* letters that tell of languages outside the set what can be told */
    LONG = 1024,  /* bytes of a text from which on it is looked at in several places */
    PLACES = 6,
};

/* A lead that will not be lost, in a text no stranger than this; how likely a text must
 * be in any of the languages. */
static const double LEAD = 7, STRANGE = 1, KNOWN = 0.22;
/* A text as strange as this is as likely in the language as not, and what each deviation
 * more takes from the odds. A word with letters that
 * the language is not written in adds ALIEN, divided by the letters of the text. */
static const double MOST_STRANGE = 4, WEIGHT = 5, ALIEN = 150;
/* The least score that is told, and what is added to it by letter where few tell; a share
 * that is not nothing. */
static const double SCORE = 0.1, SCORE_BY_LETTER = 2, MAYBE = 0.05;

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

/* A mark of program text: one that prose hardly has, an opening bracket or a point in the
 * middle of a word, a line that is indented or ends as a statement does. Braces with a
 * hyphen are how wikis keep a word in its script. */
static bool is_code(const char *at, const char *start, const char *end)
{
    char before = at > start ? at[-1] : ' ', next = at + 1 < end ? at[1] : '\n';

    switch (*at) {
    case '(':
        return before != ' ' && before != '\n';
    case '.':
        return next >= 'a' && next <= 'z';
    case ';':
        return next == '\n';
    case '\n':
        return next == '\t' || (next == ' ' && at + 2 < end && at[2] == ' ');
    case '{':
        return before != '-';
    case '}':
        return next != '-';
    default:
        return strchr("[]<>=_\\|^`~", *at) != NULL;
    }
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
    *sample = (struct sample){.count = 0};
}

void sample_add(struct sample *sample, struct str text, size_t most)
{
    const char *p = text.s, *end = text.s + text.len;
    size_t left = sample->count < LANGUAGE_SAMPLE ? LANGUAGE_SAMPLE - sample->count : 0;
    uint16_t *to = sample->letters + sample->count;
    const uint16_t *full = to + (most < left ? most : left);

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

/* The text from a word on that begins at a place or behind it. */
static struct str from_word(struct str text, size_t at)
{
    size_t space = at ? str_find(text, STR(" "), at) : 0;

    return str_sub(text, space < text.len ? space : at, text.len);
}

void sample_text(struct sample *sample, struct str text)
{
    /* the first half, which may be all that is looked at, is from all over the text, too
     */
    static const unsigned char order[PLACES] = {0, 3, 5, 1, 4, 2};

    sample_clear(sample);
    sample->spread = text.len >= LONG;
    if (!sample->spread) {
        sample_add(sample, text, LANGUAGE_SAMPLE);
        return;
    }
    for (size_t i = 0; i < PLACES; i++) {
        size_t step = (text.len - LONG / PLACES) / (PLACES - 1);
        sample_add(sample, from_word(text, step * order[i]), LANGUAGE_SAMPLE / PLACES);
    }
}

enum script sample_script(const struct sample *sample)
{
    enum script best = SCRIPT_NONE;
    size_t han = sample->script[SCRIPT_HAN], kana = sample->script[SCRIPT_KANA];

    for (int i = SCRIPT_LATIN + 1; i < SCRIPTS; i++)
        if (sample->script[i] > sample->script[best] || best == SCRIPT_NONE)
            best = (enum script)i;
    if (sample->script[SCRIPT_LATIN] >= 2 * sample->script[best])
        best = SCRIPT_LATIN;
    if (best == SCRIPT_HAN && kana * 20 > han)
        best = SCRIPT_KANA;
    return best;
}

static bool mixed(const struct sample *sample, enum script script)
{
    for (int i = SCRIPT_NONE + 1; i < SCRIPTS; i++)
        if ((enum script)i != script && sample->script[i])
            return true;
    return false;
}

/* Leaves no letters but those of a script, and marks that go with any. */
static void leave_script(struct sample *sample, enum script script)
{
    size_t count = 0;

    for (size_t i = 0; i < sample->count; i++) {
        uint16_t c = sample->letters[i];
        enum script of = c == ' ' ? script : script_of(c);
        if (of != script && of != SCRIPT_NONE)
            c = ' ';
        if (c != ' ' || !count || sample->letters[count - 1] != ' ')
            sample->letters[count++] = c;
    }
    sample->count = count;
}

/* ---- the guess ---- */

/* What is being added up for a sample. */
struct sums {
    int32_t total[LANGUAGE_COLUMNS];
    double logit[LANGUAGE_COLUMNS];
    uint64_t grams[4 * (LANGUAGE_SAMPLE + 2)];
    int32_t rows[4 * (LANGUAGE_SAMPLE + 2)]; /* of the model, as the grams have them */
    size_t gram_count, looked_up, row_count, added;
    int first; /* the language that leads, -1: none */
    double lead, like;
    double
        strange; /* how many deviations the text tells less of it than texts usually do */
};

/* Takes a gram; its memory is asked for at once, since all of a block are looked up
 * together. */
static void add_gram(const struct language_model *model, struct sums *sums, uint64_t gram)
{
    keys_fetch(&model->grams, gram);
    sums->grams[sums->gram_count++] = gram;
}

static void look_up(const struct language_model *model, struct sums *sums)
{
    for (; sums->looked_up < sums->gram_count; sums->looked_up++) {
        int32_t row = keys_row(&model->grams, sums->grams[sums->looked_up]);
        if (row != KEYS_NONE) {
            __builtin_prefetch(&model->rows[row]);
            sums->rows[sums->row_count++] = row;
        }
    }
}

/* Sixteen weights at once; what they hold does not run over. */
typedef uint8_t lanes __attribute__((vector_size(16)));

/* Adds so many rows, no more of them than bytes hold. */
static void add_few(const struct language_model *model, struct sums *sums, size_t count)
{
    enum { LANES = LETTERS_ROW / sizeof(lanes) };
    lanes sum[2 * LANES] = {{0}}, row[LANES];
    uint8_t bytes[2 * LETTERS_ROW];

    for (size_t i = 0; i < count; i++) {
        memcpy(row, model->rows[sums->rows[sums->added + i]].weights, sizeof row);
        for (size_t k = 0; k < LANES; k++) {
            sum[k] += row[k] & 0x0F;
            sum[LANES + k] += row[k] >> 4;
        }
    }
    memcpy(bytes, sum, sizeof bytes);
    for (int k = 0; k < LANGUAGE_COLUMNS; k++)
        sums->total[k] += bytes[k] - LANGUAGE_LEVEL * (int)count;
    sums->added += count;
}

static void add_rows(const struct language_model *model, struct sums *sums)
{
    enum { HOLDS = 255 / (2 * LANGUAGE_LEVEL) };

    while (sums->added < sums->row_count) {
        size_t left = sums->row_count - sums->added;
        add_few(model, sums, left < HOLDS ? left : HOLDS);
    }
}

/* The language that leads, and its lead over all other classes. */
static void find_leader(const struct language_model *model, enum script script,
                        struct sums *sums, size_t letters)
{
    const struct letters_classes *classes = &model->scripts[script];
    double scale = model->scale / sqrt((double)letters);

    sums->first = -1;
    for (int i = 0; i < classes->count; i++) {
        sums->logit[i] = classes->class[i].bias + scale * sums->total[i];
        if (*classes->class[i].tag != '-' &&
            (sums->first < 0 || sums->logit[i] > sums->logit[sums->first]))
            sums->first = i;
    }
    sums->lead = LEAD;
    for (int i = 0; i < classes->count; i++)
        if (i != sums->first && sums->logit[sums->first] - sums->logit[i] < sums->lead)
            sums->lead = sums->logit[sums->first] - sums->logit[i];
    if (sums->first < 0)
        return;
    const struct letters_class *class = &classes->class[sums->first];
    sums->like = (double)sums->total[sums->first] / (double)letters;
    sums->strange = class->spread > 0 ? (class->usual - sums->like) / class->spread *
                                            sqrt((double)letters)
                                      : 0;
}

/* Adds up the weights of the sample's grams and words, until one language is well ahead;
 * returns how many letters that took. */
static size_t add_up(const struct language_model *model, const struct sample *sample,
                     enum script script, struct sums *sums)
{
    uint64_t gram = 0, word = 0;
    size_t i = 0, begin = 0;

    while (i < sample->count) {
        size_t stop = i ? i + BLOCK : sample->spread ? sample->count / 2 : LEAST;
        stop = stop < sample->count ? stop : sample->count;
        for (; i < stop; i++) {
            gram = gram << 16 | sample->letters[i];
            if (i >= 1)
                add_gram(model, sums, gram & 0xFFFFFFFF);
            if (i >= 2)
                add_gram(model, sums, gram & UINT64_C(0xFFFFFFFFFFFF));
            if (i >= 3)
                add_gram(model, sums, gram);
            if (sample->letters[i] != ' ') {
                word = word_put(word, sample->letters[i]);
                continue;
            }
            if (i - begin >= WORD_LEAST)
                add_gram(model, sums, word_key(word));
            word = 0;
            begin = i + 1;
        }
        look_up(model, sums);
        add_rows(model, sums);
        find_leader(model, script, sums, i);
        if (sums->lead >= LEAD && (sample->spread || sums->strange < STRANGE))
            break;
    }
    return i;
}

static bool has_letter(const struct letters_class *class, uint16_t letter)
{
    size_t low = 0, high = class->letters;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (class->alphabet[middle] == letter)
            return true;
        if (class->alphabet[middle] < letter)
            low = middle + 1;
        else
            high = middle;
    }
    return letter < 0x80;
}

/* How strange the letters make the text that the leader is not written in: one word with
 * such may be a name. */
static double alien(const struct letters_class *class, const struct sample *sample,
                    size_t letters)
{
    size_t words = 0;
    bool counted = false;

    for (size_t i = 0; i < letters; i++) {
        bool other = !has_letter(class, sample->letters[i]);
        words += other && !counted;
        counted = sample->letters[i] != ' ' && (other || counted);
    }
    return words > 1 ? ALIEN * (double)(words - 1) / (double)letters : 0;
}

/* The shares of the leader, and of all languages that are no rivals. Words alone do not
 * make program text: those about programs are the same. */
static void share(const struct letters_classes *classes, const struct sample *sample,
                  const struct sums *sums, struct language *guess)
{
    bool code = sample->marks * CODE >= sample->count;
    double known = 0, english = 0, all = 0, most = sums->logit[sums->first];
    const struct letters_class *leader = &classes->class[sums->first];
    double strange = sums->strange + alien(leader, sample, guess->read);

    for (int i = 0; i < classes->count; i++) {
        double part = exp(sums->logit[i] - most);
        if (!code && !strcmp(classes->class[i].tag, "-code"))
            continue;
        all += part;
        known += *classes->class[i].tag != '-' ? part : 0;
        if (!strcmp(classes->class[i].tag, "en"))
            english = part;
    }
    guess->tag = leader->tag;
    guess->score = 1 / all;
    guess->known = known / all / (1 + exp(WEIGHT * (strange - MOST_STRANGE)));
    guess->like = sums->like;
    guess->english = english / all >= MAYBE;
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

bool script_tells(enum script script)
{
    return told_by_script(script) != NULL;
}

struct language language_guess(const struct language_model *model,
                               const struct sample *sample)
{
    enum script script = sample_script(sample);
    struct language guess = {.tag = told_by_script(script)};
    struct sample own;
    struct sums sums;

    sums.gram_count = sums.looked_up = sums.row_count = sums.added = 0;
    memset(sums.total, 0, sizeof sums.total);
    sums.first = -1;
    sums.like = sums.strange = 0; /* a script may have no classes */

    if (!sample->script[script])
        return (struct language){.english = true};
    if (guess.tag) {
        size_t letters = 0;
        for (int i = 0; i < SCRIPTS; i++)
            letters += sample->script[i];
        guess.known = 1;
        guess.score = (double)sample->script[script] / (double)letters;
        return guess;
    }
    if (mixed(sample, script)) {
        own = *sample;
        leave_script(&own, script);
        sample = &own;
    }
    guess.read = add_up(model, sample, script, &sums);
    if (sums.first >= 0)
        share(&model->scripts[script], sample, &sums, &guess);
    return guess;
}

bool language_sure(const struct sample *sample, const struct language *guess)
{
    size_t letters = sample->count, limit = letters / 30 + 2;
    double known = letters < TELLING ? KNOWN * (double)letters / TELLING : KNOWN;

    if (script_tells(sample_script(sample)))
        return true;
    return guess->tag && sample->marks <= limit && sample->digits * 5 <= letters * 3 &&
           guess->known >= known &&
           guess->score >= SCORE + SCORE_BY_LETTER / (double)letters;
}

struct language language_of(struct record *rec, struct str text)
{
    struct sample sample;
    struct str title;

    sample_text(&sample, text);
    if (sample.count < ENOUGH && record_string(rec, "title", &title))
        sample_add(&sample, title, LANGUAGE_SAMPLE);
    struct language guess = language_guess(&letters_model, &sample);
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
