/* What a story is about: the 17 top IPTC Media Topics.
 *
 * A softmax regression over the words and pairs of words of title and beginning, of which
 * it counts that they are there, not how often. Its weights stand in subjects.model
 * (scripts/ntag-subjects-train.c). English only. */
#ifndef NEWSPIPE_NTAG_SUBJECTS_H
#define NEWSPIPE_NTAG_SUBJECTS_H

#include "common/record.h"

#include <stdint.h>

enum { SUBJECTS = 17 };

/* The words of a text, one after the other. */
struct subject_words {
    struct str rest;
    size_t left;       /* words still to be read */
    struct str word;   /* the one read */
    struct str before; /* and the one before it in the same run of words; len 0: none */
    uint64_t hash;     /* of the word, folded */
    uint64_t pair;     /* of both; 0 if there is none before it */
};

/* Begins: no more than so many words of text are read. */
struct subject_words subject_words(struct str text, size_t most);
bool subject_next(struct subject_words *words);

enum { SUBJECT_WORDS = 240, SUBJECT_TITLE = 40 }; /* words read of text and title */

struct subject_model;

/* The model in a text as subjects.model has it, which must outlive it. */
struct subject_model *subject_model_new(struct str text);
void subject_model_free(struct subject_model *model);

/* How likely each subject is the main one, 0..1, the sum is 1. False where title and text
 * have too few words that tell anything. */
bool subject_shares(struct subject_model *model, struct str title, struct str text,
                    double shares[SUBJECTS]);

/* Sets `subjects`: the likeliest and what else is likely, best first; confidence is the
 * share, in percent. Where nothing is likely it stays as it is. */
void subjects_tag(struct record *rec, struct str text);
void subjects_free(void);

/* The number of a Media Topic "medtop:16000000" or "16"; -1 if it is none of the 17. */
int subject_of(struct str code);

#endif
