/* Words that need the sentence before theirs (he, but, however), by language.
 *
 * What needs it in one language is an article or a preposition of another (on, a, to),
 * so the language counts: that of the record, or the one whose function words
 * (common/stopwords.txt) a text has most of. */
#ifndef NEWSPIPE_NEEDY_H
#define NEWSPIPE_NEEDY_H

#include "stages/nsummarize/terms.h"

enum { NEEDY_LANGUAGES = 32 };

/* What a word is, a bit for each language. */
struct leaning {
    uint32_t start;    /* a sentence that begins with it needs the one before */
    uint32_t early;    /* so does one that has nothing but function words before it */
    uint32_t aside;    /* so does one with it before a comma, behind a comma or only
                          function words */
    uint32_t function; /* a function word */
};

struct needy {
    struct str languages[NEEDY_LANGUAGES];
    unsigned count;
    struct terms words;
    struct leaning *list; /* by word */
    size_t cap;
};

void needy_open(struct needy *needy);

/* What a word in small letters is; of he's, what he is. */
struct leaning needy_look(const struct needy *needy, struct str folded);

/* The bit of a BCP 47 tag's language, 0 if it is none of these. */
uint32_t needy_language(const struct needy *needy, struct str tag);

void needy_free(struct needy *needy);

#endif
