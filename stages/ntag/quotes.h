/* Direct speech and who spoke it. */
#ifndef NEWSPIPE_NTAG_QUOTES_H
#define NEWSPIPE_NTAG_QUOTES_H

#include "common/record.h"
#include "stages/ntag/names.h"
#include "stages/ntag/tokens.h"

#define QUOTES_NOBODY ((size_t)-1)

struct quote {
    size_t first, last; /* tokens between the marks, half-open */
    bool continues;     /* goes on in the next paragraph */
    size_t speaker;     /* index into names.all, QUOTES_NOBODY if not known */
};

/* Who was named up to a mention and with it: 1 + an index into names.all, 0: nobody. */
struct standing {
    size_t topic;    /* the person that began a sentence last, outside quotes */
    size_t topic_at; /* the token where it did */
    size_t before;   /* the person named last, outside quotes */
};

struct quotes {
    struct quote *all;
    size_t count, cap;
    struct standing *standing; /* of each mention */
    size_t standing_cap;
};

/* Finds what stands in quotation marks and is at least three words long, and marks the
 * tokens inside as quoted. Marks: "…", “…”, „…“, „…”, «…», »…«, ”…”, ‹…›, 「…」, 『…』,
 * and ‘…’, ‚…‘ and '…' where they are no apostrophes. A quote that is not closed in its
 * paragraph goes on in the next if that begins with a mark. */
void quotes_find(struct quotes *quotes, struct tokens *tokens);

/* Says who spoke: who stands by the verb of saying behind or before the quote, or behind
 * "according to"; a pronoun, or "the minister", is the last speaker or a person that
 * began a sentence since, else the person last named outside quotes. Without a verb of
 * its own a quote has the speaker of the one before in its paragraph, of the sentence
 * before it ("…, he said."), and, if it is the whole paragraph, of the paragraph before;
 * what looks like a title
 * ("The Long Way Home"), and a few words no verb speaks for, are left out. */
void quotes_attribute(struct quotes *quotes, const struct tokens *tokens,
                      const struct names *names);

/* Sets member "quotes", or drops it. */
void quotes_write(const struct quotes *quotes, const struct tokens *tokens,
                  const struct names *names, struct record *rec);

void quotes_free(struct quotes *quotes);

#endif
