/* What a story is about: the 17 top IPTC Media Topics.
 *
 * A softmax regression over the words and pairs of words of title and beginning, of which
 * it counts that they are there, not how often, and beside it what each word says by
 * itself. Its weights stand in subjects.model (scripts/ntag-subjects-train.c). English
 * only. */
#ifndef NEWSPIPE_NTAG_SUBJECTS_H
#define NEWSPIPE_NTAG_SUBJECTS_H

#include "common/record.h"
#include "stages/ntag/tokens.h"

#include <stdint.h>

enum { SUBJECTS = 17 };

/* What token i of a text is counted as, if it is a word: the hash of the word, and that
 * of it and the word right before it. 0: there is none. */
struct subject_features {
    uint64_t word, pair;
};

struct subject_features subject_features(const struct tokens *tokens, size_t i);

enum { SUBJECT_WORDS = 240, SUBJECT_TITLE = 40 }; /* words read of text and title */

struct subject_model;

/* The model in a text as subjects.model has it, which must outlive it. */
struct subject_model *subject_model_new(struct str text);
void subject_model_free(struct subject_model *model);

/* How likely each subject is the main one, 0..1, the sum is 1. False where title and text
 * have too few words that tell anything. */
bool subject_shares(struct subject_model *model, const struct tokens *title,
                    const struct tokens *text, double shares[SUBJECTS]);

/* Sets `subjects`: the likeliest and what else is likely, best first; confidence is the
 * share, in percent. Where nothing is likely it stays as it is. */
void subjects_tag(struct record *rec, const struct tokens *title,
                  const struct tokens *text);
void subjects_free(void);

/* The number of a Media Topic "medtop:16000000" or "16"; -1 if it is none of the 17. */
int subject_of(struct str code);

#endif
