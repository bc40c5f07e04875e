/* Direct speech and who spoke it. */
#ifndef NEWSPIPE_NTAG_QUOTES_H
#define NEWSPIPE_NTAG_QUOTES_H

#include "common/record.h"
#include "stages/ntag/names.h"
#include "stages/ntag/tokens.h"

struct quote {
    size_t first, last; /* tokens between the marks, half-open */
    bool continues;     /* goes on in the next paragraph */
    size_t speaker;     /* index into names.all, (size_t)-1 if not known */
};

struct quotes {
    struct quote *all;
    size_t count, cap;
    size_t *person; /* for each token the person mentioned there: 1 + index of its name */
    size_t *before; /* the person last named outside quotes before each token */
    size_t person_cap, before_cap;
};

/* Finds what stands in quotation marks ("…", “…”, „…“, «…») and is at least three words
 * long, and marks the tokens inside as quoted. A quote that is not closed in its
 * paragraph goes on in the next if that begins with a mark. */
void quotes_find(struct quotes *quotes, struct tokens *tokens);

/* Says who spoke: the person by the verb of saying next to the quote, or named with
 * "according to"; a pronoun is the last person named outside quotes before it, by the
 * fullest name the text has. A quote without words of its own in a paragraph with another
 * has that one's speaker. */
void quotes_attribute(struct quotes *quotes, const struct tokens *tokens,
                      const struct names *names);

/* Sets member "quotes", or drops it. */
void quotes_write(const struct quotes *quotes, const struct tokens *tokens,
                  const struct names *names, struct record *rec);

void quotes_free(struct quotes *quotes);

#endif
