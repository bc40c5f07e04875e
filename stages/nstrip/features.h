/* Features: what the line labeller sees of a page, as columns of bytes.
 *
 * A column has one byte a line: 0 for what lies beyond the page's ends, else a value of 1
 * and up. A neighbour's feature is the same column some lines further, so that no row is
 * ever put together. Shares are in percent, counts as level() has them. The same code
 * serves training (scripts/nstrip-train.c) and use. */
#ifndef NSTRIP_FEATURES_H
#define NSTRIP_FEATURES_H

#include "stages/nstrip/page.h"

#include <stdint.h>

enum column {
    /* what a line is by itself */
    C_LENGTH,
    C_WORDS,
    C_STOP,    /* share of function words */
    C_CAPITAL, /* share of words with a capital */
    C_END,     /* how it ends */
    C_CUE,
    C_PROSE,
    C_WORDING,  /* what its words say: stages/nstrip/wording.h */
    C_UPPER,    /* letters that are capitals, share */
    C_REPEATED, /* how often the line stands in the page */
    LINE_COLUMNS,

    /* stretches around the line: words of prose, cues, times; mean wording */
    C_WINDOWS = LINE_COLUMNS,
    WINDOWS = 7,
    C_TONES = C_WINDOWS + WINDOWS,
    TONES = 4,

    /* where it stands */
    C_PEAK = C_TONES + TONES, /* distance to the densest prose */
    C_PEAK_SHARE,             /* prose around here compared with there */
    C_MASS_SHARE,             /* share of the page's prose up to here */
    C_PAGE_MASS,
    C_PAGE_PROSE,
    C_LINE_SHARE,   /* share of its lines */
    C_TALK,         /* since a cue of comments or related stories */
    C_COMMENT,      /* of comments */
    C_SHARE,        /* of buttons to share it */
    C_TAGS,         /* of tags or a topic */
    C_BYLINE,       /* of a byline */
    C_TIME,         /* since a timestamp or byline */
    C_COOKIE,       /* since a cue of a cookie notice, or of a subscription */
    C_TIMES_BEFORE, /* timestamps and the like up to here */
    C_PAGE_TIMES,
    C_TITLE,       /* share of the title's words of weight that the line has */
    C_SINCE_TITLE, /* since a line that has most of them */
    FIRST_COLUMNS,

    /* what the first labelling says, for the second */
    C_SCORE = FIRST_COLUMNS,
    C_SCORES,      /* mean around the line */
    C_SCORES_NEXT, /* and behind it */
    C_KEPT,        /* words kept before */
    C_KEPT_ALL,    /* in the page */
    C_RUN,         /* words of the run of kept lines around, share of all */
    C_RUN_SCORE,   /* mean score in it */
    C_RUN_TOPIC,  /* share of its words of weight that the run with most words has, too */
    C_RUN_WORDS,  /* words kept in it */
    C_RUNS,       /* runs of the page */
    C_KEPT_SHARE, /* words kept before, share of all … */
    C_KEPT_MAIN,  /* … and compared with those of the run that has most */
    C_FROM_START, /* distance to where that run begins … */
    C_FROM_END,   /* … and where it ends */
    C_SINCE_KEPT, /* words kept between its end and here, … */
    C_SINCE_HEADS,   /* … lines like headlines, … */
    C_SINCE_WORDING, /* … and what looks least like a story: lowest wording … */
    C_SINCE_SCORE,   /* … and score of a line */
    C_GAP,    /* the most lines in a row between here and that run that are not kept */
    C_CUES,   /* furniture between that run and here */
    C_TOPIC,  /* share of the line's words of weight that it has elsewhere */
    C_TOPICS, /* of those around */
    COLUMNS
};

enum {
    FEATURE_SUMS = 11,
    FEATURE_FAR = 64,  /* lines beyond them that are summed up, too */
    FEATURE_PAD = 8,   /* lines beyond the page's ends that a column has */
    FEATURE_BLOCK = 32 /* lines are looked at by blocks of so many */
};

struct features {
    size_t count;
    uint8_t *column[COLUMNS]; /* [-FEATURE_PAD .. count + FEATURE_BLOCK + FEATURE_PAD) */
    uint8_t *bytes;           /* all of them */
    size_t bytes_cap;
    uint32_t *sum[FEATURE_SUMS]; /* running sums over lines, [-FEATURE_FAR .. count +
                                    FEATURE_FAR]: nothing is beyond the page's ends */
    uint32_t *sums;
    size_t sums_cap;
    uint32_t *table; /* of hashes */
    size_t table_cap;
    uint32_t *hash;
    size_t hash_cap;
};

/* Reads a page: the columns up to FIRST_COLUMNS. wording has each line's score, or is
 * NULL: then its model is asked. The struct is reused: zero-initialise it once,
 * features_free() it. Linear in the page's size. */
void features_read(struct features *features, const struct page *page,
                   const int *wording);

/* Fills the columns from FIRST_COLUMNS on, from the scores of the first labelling. */
void features_second(struct features *features, const struct page *page,
                     const int32_t *score);

void features_free(struct features *features);

#endif
