/* A text as tokens: words with the marks that belong to them, and single other marks.
 *
 * Title and text of a record are cut once, and all that is told of them (names, quotes,
 * tags, subjects) is told from these tokens: who wants to count or look up words takes
 * their hashes as they are here. */
#ifndef NEWSPIPE_NTAG_TOKENS_H
#define NEWSPIPE_NTAG_TOKENS_H

#include "stages/ntag/bytes.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Small, since a long text has many: what is a number of its text is 32 bits wide. */
struct token {
    struct str s;      /* its bytes; possessive 's is a token of its own */
    uint32_t from, to; /* code points of the text, half-open */
    uint64_t hash;     /* token_hash(s) */
    uint64_t low;      /* token_low(s) */
    uint32_t mark;     /* its first character if it is no word, else 0 */
    bool word;         /* letters or digits */
    bool number;       /* begins with a digit */
    bool capital;      /* begins with a capital */
    bool cased;        /* has a capital */
    bool upper;        /* has at least two capitals and no small letter */
    bool begins;       /* begins a sentence */
    bool paragraph;    /* begins a line */
    bool quoted;       /* inside quotation marks (set by quotes_find) */
};

struct tokens {
    struct token *all;
    size_t count, cap;
    uint32_t *cased; /* those of them that have a capital, as indices */
    size_t cased_count, cased_cap;
};

/* Cuts the text, which must outlive the tokens; the array is reused. A hyphen parts what
 * a name begins or ends with from the name: London-based, ex-Soviet. Of a text of more
 * than 4 GB its beginning is cut. */
void tokens_cut(struct tokens *tokens, struct str text);
void tokens_free(struct tokens *tokens);

/* A hash of the bytes, the same on every machine; and one of the case-folded bytes. Typed
 * apostrophes and quotation marks count as ' and ". */
uint64_t token_hash(struct str s);
uint64_t token_low(struct str s);

#endif
