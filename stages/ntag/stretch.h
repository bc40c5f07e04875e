/* The stretches of a text that may hold names, and what is seen there.
 *
 * A stretch is a run of words with a capital, with the numbers and the one to three small
 * words and marks between them ("Bank of the West", "John O. Smith", "Vision 2030"). All
 * other tokens belong to no name and cost next to nothing.
 *
 * Evidence is what the whole document says about a word: whether it has a capital inside
 * sentences or is written small elsewhere, and what it was taken for before. */
#ifndef NEWSPIPE_NTAG_STRETCH_H
#define NEWSPIPE_NTAG_STRETCH_H

#include "stages/ntag/looks.h"
#include "stages/ntag/tokens.h"

enum label { /* IOB2 */
             LABEL_O,
             LABEL_B_PER,
             LABEL_I_PER,
             LABEL_B_ORG,
             LABEL_I_ORG,
             LABEL_B_LOC,
             LABEL_I_LOC,
             LABEL_B_MISC,
             LABEL_I_MISC,
             LABELS
};

struct stretch {
    size_t first, last; /* tokens, half-open */
};

/* What a document says about a word. */
struct seen {
    uint64_t low;   /* 0: an empty slot */
    uint8_t inside; /* times with a capital inside a sentence, 3 at most */
    bool small;     /* somewhere without a capital */
    uint8_t labels; /* types it was labelled with, as bits */
    uint8_t last;   /* the label it had last */
};

struct evidence {
    struct seen *slots;
    size_t mask, cap, used;
    bool *headline; /* for each token: its line is in capitals */
    size_t headline_cap;
};

/* Features of a token that come from itself and its neighbours together: PLACE_ROWS that
 * there may be, no more than PLACE_FEATURES of which hold, and one besides, the hash of
 * all that the gazetteer says. */
enum { PLACE_ROWS = 180, PLACE_FEATURES = 64 };

/* The first of these rows in each group. */
enum {
    GAZ_ROWS = 0,     /* the gazetteer, on the token before, this, and the one behind */
    CASE_ROWS = 96,   /* capitals, here and elsewhere in the text */
    LAST_ROWS = 160,  /* the label the word had last */
    LABEL_ROWS = 170, /* the types it was labelled with */
    LINE_ROWS = 175   /* a headline, a sentence's beginning */
};

struct place {
    const struct token *token;
    const struct seen *seen; /* what the document says about it */
    bool headline;
    unsigned at[3], in[3]; /* gazetteer bits of the token before, this, and the one
                              behind: names that begin there, or go on over it */
};

/* The stretch behind *stretch, {0, 0} for the first; *at, 0 then, is how many of the
 * words with a capital are passed. */
bool stretch_next(const struct tokens *tokens, size_t *at, struct stretch *stretch);

/* True if it holds no name for sure: one word that begins a sentence, a function word or
 * small elsewhere, and has no capital inside of sentences. */
bool stretch_dull(const struct evidence *evidence, const struct tokens *tokens,
                  struct stretch stretch);

void evidence_read(struct evidence *evidence, const struct tokens *tokens);
struct seen *evidence_of(const struct evidence *evidence, uint64_t low);
void evidence_label(struct seen *seen, enum label label);
void evidence_free(struct evidence *evidence);

/* Marks what of the stretch is in the gazetteer. at has the bits of each of its tokens
 * alone, and gets those of the names that begin there, longer ones 8 bits higher; in gets
 * those of names that go on over it. */
void stretch_gazetteer(const struct tokens *tokens, struct stretch stretch, uint16_t *at,
                       uint16_t *in);

/* The rows that hold for a place; returns how many. */
size_t place_rows(const struct place *place, uint16_t *rows);

/* The features as hashes: of a row, and of what the gazetteer says. */
uint64_t place_row(unsigned row);
uint64_t place_gazetteer(const struct place *place);

#endif
