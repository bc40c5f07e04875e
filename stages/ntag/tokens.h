/* A text as tokens: words with the marks that belong to them, and single other marks. */
#ifndef NEWSPIPE_NTAG_TOKENS_H
#define NEWSPIPE_NTAG_TOKENS_H

#include "common/str.h"

#include <stdbool.h>
#include <stddef.h>

struct token {
    struct str s;    /* its bytes; possessive 's is a token of its own */
    size_t from, to; /* code points of the text, half-open */
    unsigned lists;  /* lists_of(s) */
    bool word;       /* letters or digits */
    bool capital;    /* begins with a capital */
    bool upper;      /* has at least two capitals and no small letter */
    bool begins;     /* begins a sentence */
    bool paragraph;  /* begins a line */
    bool quoted;     /* inside quotation marks (set by quotes_find) */
};

struct tokens {
    struct token *all;
    size_t count, cap;
};

/* Cuts the text, which must outlive the tokens; the array is reused. */
void tokens_cut(struct tokens *tokens, struct str text);
void tokens_free(struct tokens *tokens);

#endif
