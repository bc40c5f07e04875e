/* The language of a text: one of 36, or not known.
 *
 * Where the script does not tell alone, it is a softmax regression over runs of two to
 * four letters and whole words, which begins at naive Bayes (Cavnar and Trenkle,
 * N-Gram-Based Text Categorization, 1994; Dunning, Statistical Identification of
 * Language, 1994). Beside each language of the 36 stands one of rivals: of languages
 * outside the set that come nearest to it; near kin and program text have one of their
 * own. As they tell only what the text is rather, it is also asked how much the weights
 * tell of the language, against what they usually tell in its texts: less of it in a
 * language that was never learned; and how many of the letters are not in its alphabet.
 * Its weights stand in letters.model (see letters.h, scripts/ntag-language-train.c).
 */
#ifndef NEWSPIPE_NTAG_LANGUAGE_H
#define NEWSPIPE_NTAG_LANGUAGE_H

#include "common/record.h"

#include <stdint.h>

enum {
    LANGUAGE_SAMPLE = 192, /* letters */
    LANGUAGE_COLUMNS = 60, /* classes of one script: languages and rivals */
    LANGUAGE_LEVEL = 4,    /* the greatest weight, and with a minus the least */
};

enum script {
    SCRIPT_NONE,
    SCRIPT_LATIN,
    SCRIPT_CYRILLIC,
    SCRIPT_ARABIC,
    SCRIPT_DEVANAGARI,
    SCRIPT_BENGALI,
    SCRIPT_HEBREW,
    SCRIPT_GREEK,
    SCRIPT_THAI,
    SCRIPT_HANGUL,
    SCRIPT_KANA,
    SCRIPT_HAN,
    SCRIPT_OTHER,
    SCRIPTS
};

/* The letters a language is told by: case-folded, with one blank wherever something else
 * stood, also first and last. */
struct sample {
    uint16_t letters[LANGUAGE_SAMPLE + 2]; /* beyond U+FFFF only the lower 16 bits */
    size_t count;
    size_t script[SCRIPTS]; /* how many letters of each */
    size_t digits, marks;   /* marks: those that program text is made of */
    bool spread;            /* it is from all over a longer text */
};

void sample_clear(struct sample *sample);

/* Adds the beginning of text to a sample, at most so many letters, until it is full. */
void sample_add(struct sample *sample, struct str text, size_t most);

/* A text's beginning, middle and end, all of it if it is short. */
void sample_text(struct sample *sample, struct str text);

/* The script most of the letters are in, where Latin ones count half: in a text of
 * another script whole lines of a page may be Latin. With some Kana among Han it is Kana.
 */
enum script sample_script(const struct sample *sample);

/* Whether a text in the script can be in one language of the set only. */
bool script_tells(enum script script);

struct language {
    const char *tag; /* BCP 47, NULL if not known; lives as long as the model */
    double score;    /* how likely the tag is right, 0..1 */
    double known;    /* how likely the language is any of the 36 */
    double like;     /* by letter, how much more they tell of the tag than of others */
    size_t read;     /* letters that were looked at */
    bool english;    /* it may well be English, or nothing tells */
};

struct language_model;

/* The compiled-in model. */
extern const struct language_model letters_model;

struct language language_guess(const struct language_model *model,
                               const struct sample *sample);

/* False where a guess is better not told: the text is code or a table, or rather in a
 * language outside the 36. */
bool language_sure(const struct sample *sample, const struct language *guess);

/* The language of the record's text, with its title where the text is short; tag is NULL
 * where it is not sure. */
struct language language_of(struct record *rec, struct str text);

/* Sets `language` and `language_score`; where it is not known both stay as they are. */
void language_tag(struct record *rec, const struct language *language);

#endif
