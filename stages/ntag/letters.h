/* The weights languages are told by, as a file like letters.model has them. That one is
 * compiled in as a table (see scripts/letters.c): no run of ntag reads a hundred thousand
 * lines. */
#ifndef NEWSPIPE_NTAG_LETTERS_H
#define NEWSPIPE_NTAG_LETTERS_H

#include "stages/ntag/keys.h"
#include "stages/ntag/language.h"

enum { LETTERS_TAG = 8 };

struct letters_class {
    char tag[LETTERS_TAG]; /* a rival's begins with "-" */
    double bias;
    double usual,
        spread; /* of `like` in texts of the language: mean, deviation by letter */
    const uint16_t
        *alphabet;  /* letters beyond ASCII that its texts are written in, sorted */
    size_t letters; /* of the alphabet */
};

/* The classes of a script; each has the column of its number in the rows. */
struct letters_classes {
    struct letters_class class[LANGUAGE_COLUMNS];
    int count;
};

/* Weights, LANGUAGE_LEVEL more than they are, two in a byte: a class's and, above it,
 * that of the class LETTERS_ROW further on. */
enum { LETTERS_ROW = 32 };

struct letters_row {
    uint8_t weights[LETTERS_ROW];
};

struct language_model {
    struct letters_classes scripts[SCRIPTS];
    double scale;
    struct keys grams;
    struct letters_row *rows;
    size_t count; /* of rows */
};

/* What a row is looked up by: two to four letters, 16 bits each, the last one lowest; or
 * a whole word of WORD_LEAST letters and more, since shorter ones with their blanks are
 * such runs. Its letters are put in one by one, from 0 on; the key is none that a run
 * has. */
enum { WORD_LEAST = 3 };

static inline uint64_t word_put(uint64_t word, uint16_t letter)
{
    return (word ^ letter) * UINT64_C(0x100000001B3); /* as in FNV-1a */
}

static inline uint64_t word_key(uint64_t word)
{
    return UINT64_C(0xFFFF) << 48 | keys_mixed(word) >> 16;
}

/* The model in a text as letters.model has it. */
struct language_model *language_model_new(struct str text);
void language_model_free(struct language_model *model);

#endif
