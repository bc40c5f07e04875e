/* A story as sentences and terms: what summary and keywords look at. */
#ifndef NEWSPIPE_STORY_H
#define NEWSPIPE_STORY_H

#include "stages/nsummarize/background.h"
#include "stages/nsummarize/terms.h"

#include <stdbool.h>

struct token {
    uint32_t surface;    /* term number of the folded word */
    uint32_t start, len; /* bytes in the text; nothing is read beyond 4 GB of text */
    bool capital;
    bool joined; /* only blanks stand between it and the token before */
};

struct sentence {
    struct str text;
    size_t first, end; /* tokens [first, end) */
};

/* What belongs to a term, by its number in story.terms. */
struct weight {
    double idf;         /* of the word itself */
    uint32_t stem;      /* the term its inflections share */
    uint32_t seen;      /* how often, stop words included */
    uint32_t sentences; /* how many sentences have the stem */
    uint32_t last;      /* the last such sentence + 1 */
    uint32_t count;     /* how often the stem occurs */
    bool stop;
    bool title; /* the stem is in the title */
    bool lead;  /* the stem is in the first sentence */
};

struct story {
    struct str text;
    struct sentence *sentences;
    size_t sentence_count, sentence_cap;
    struct token *tokens;
    size_t token_count, token_cap;
    struct terms terms;
    struct weight *weights;
    size_t weight_cap;
    struct buf scratch;
    const struct background *background;
};

/* Takes the text apart; both strings must stay as they are while the story is used. The
 * story begins behind a dateline. */
void story_read(struct story *story, struct str title, struct str text);

/* The stem of a token. */
uint32_t story_stem(const struct story *story, const struct token *token);

void story_free(struct story *story);

#endif
