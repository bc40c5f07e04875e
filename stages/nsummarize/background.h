/* How rare a word is in news, from stages/nsummarize/background.tsv: of how many of its
 * documents each word is part. Made by scripts/nsummarize-background. */
#ifndef NEWSPIPE_BACKGROUND_H
#define NEWSPIPE_BACKGROUND_H

#include "stages/nsummarize/terms.h"

#include <stdbool.h>

struct background {
    struct terms words; /* count: documents */
    double *idf;        /* by word */
    double documents;
    double unknown; /* the idf of a word that is none of them */
};

void background_open(struct background *b);

/* ln((documents + 1) / (documents with the folded word + 1)): 0 for a word of every
 * document; of a word the file does not have, the most there is. */
double background_idf(const struct background *b, struct str folded);

/* True if the file has the folded word. */
bool background_knows(const struct background *b, struct str folded);

void background_free(struct background *b);

#endif
