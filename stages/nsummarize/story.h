/* A story as sentences and terms: what summary and keywords look at. */
#ifndef NEWSPIPE_STORY_H
#define NEWSPIPE_STORY_H

#include "stages/nsummarize/vocabulary.h"

struct token {
    uint32_t surface;    /* term number of the folded word */
    uint32_t stem;       /* of the term its inflections share */
    uint32_t start, len; /* bytes in the text; nothing is read beyond 4 GB of text */
    struct traits is;    /* what its word is */
    bool joined;         /* only blanks stand between it and the token before */
};

struct sentence {
    struct str text;
    size_t first, end; /* tokens [first, end) */
};

/* What a term is in its story, by its number, from 0 in the order they were first seen.
 */
struct weight {
    double idf;     /* of the word itself */
    double share;   /* the idf of its stem, 0 for a stop word */
    uint32_t word;  /* its number in the vocabulary */
    uint32_t stem;  /* the term its inflections share */
    uint32_t count; /* how often the stem occurs */
    bool stop;
    bool title; /* the stem is in the title */
};

struct story {
    struct str text;
    struct sentence *sentences;
    size_t sentence_count, sentence_cap;
    struct token *tokens;
    size_t token_count, token_cap;
    struct weight *weights;
    size_t term_count, weight_cap;
    uint32_t language;  /* its bit in struct leaning */
    bool capital_nouns; /* its language writes nouns with a capital */
    bool english;
    struct vocabulary *vocabulary; /* the caller's */
};

/* Takes the text apart; both strings must stay as they are while the story is used. The
 * story begins behind a dateline. */
void story_read(struct story *story, struct str title, struct str text);

/* Says in what language the story is: a BCP 47 tag; if it is empty, function words tell.
 * Until then it is in none. */
void story_speaks(struct story *story, struct str tag);

/* What a token's word says of the sentences it stands in, in the story's language. */
struct leaning story_leaning(const struct story *story, const struct token *token);

/* When done with a story: what a large one took goes back. Memory depends on the longest
 * record, but need not stay there. */
void story_rest(struct story *story);

void story_free(struct story *story);

#endif
