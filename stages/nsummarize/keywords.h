/* Keywords of a story: names whole, words of weight, and pairs that come again.
 *
 * A phrase is a run of words of one sentence with only blanks between them and no
 * function word at its ends. Its score grows with how often it comes, how rare its words
 * are in news and how early it stands; 1 is the best of the story. */
#ifndef NEWSPIPE_KEYWORDS_H
#define NEWSPIPE_KEYWORDS_H

#include "stages/nsummarize/mentions.h"
#include "stages/nsummarize/story.h"

struct keyword {
    struct str term; /* as the text has it where it stands first */
    double score;    /* 0..1 */
    const struct phrase *phrase;
};

struct keywords {
    struct keyword *list; /* best first */
    size_t count, list_cap;
    struct phrase *phrases; /* all that were met, in the order of the text */
    size_t phrase_count, phrase_cap;
    uint32_t *single; /* by stem: its phrase + 1 */
    size_t single_cap;
    struct terms longer; /* phrases of several words, as the numbers of their terms */
    struct buf key;
    uint32_t *queue; /* those that may be keywords */
    size_t queue_cap;
    const struct mentions *mentions;
    size_t mention, next; /* the first not passed yet, and where it starts */
};

/* Finds up to most keywords of the story. Where mentions tell the names, they are taken
 * as they are; elsewhere a run of capitals is one. */
void keywords_find(struct keywords *k, const struct story *story,
                   const struct mentions *mentions, size_t most);
void keywords_free(struct keywords *k);

#endif
