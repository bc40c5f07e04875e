/* How rare a word is in news, from stages/nsummarize/background.tsv: of how many of its
 * documents each word is part. Made by scripts/nsummarize-background. */
#ifndef NEWSPIPE_BACKGROUND_H
#define NEWSPIPE_BACKGROUND_H

#include "stages/nsummarize/terms.h"

#include <stdbool.h>

struct background {
    struct terms words;  /* count: documents */
    double *idf;         /* by word */
    unsigned char *stop; /* by word: not known yet, a stop word, or none */
    double documents;
    double unknown; /* the idf of a word that is none of them */
};

void background_open(struct background *b);

/* ln((documents + 1) / (documents with the folded word + 1)): 0 for a word of every
 * document; of a word the file does not have, the most there is. */
double background_idf(const struct background *b, struct str folded);

/* The same, and whether it is a stop word; hash is its terms_hash(). */
double background_look(const struct background *b, struct str folded, uint32_t hash,
                       bool *stop);

void background_free(struct background *b);

#endif
