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

/* What a line is by itself. */
enum line_column {
    C_LENGTH,
    C_WORDS,
    C_STOP,    /* share of function words */
    C_CAPITAL, /* share of words with a capital */
    C_END,     /* how it ends */
    C_CUE,
    C_PROSE,
    C_START,  /* how it begins */
    C_DIGITS, /* share of bytes */
    C_COMMAS,
    C_BARS,
    C_QUOTES,
    C_SENTENCES,
    C_UPPER,       /* letters that are capitals, share */
    C_WORD_LENGTH, /* mean, in tenths of bytes */
    C_REPEATED,    /* how often the line stands in the page */
    C_TITLE_SAID,  /* share of the title's words in the line */
    C_FROM_TITLE,  /* share of the line's words in the title */
    C_ADDRESS,     /* @ and // */
    C_BRACKETS,
    C_YOU, /* share of words that speak to the reader */
    C_ME,
    C_SAID,
    C_TIME,
    C_DATELINE,
    C_TEMPLATE,
    C_DASHES,
    C_HIGH,   /* share of bytes beyond ASCII */
    C_APPEAL, /* words of notices and appeals, and their share */
    C_APPEALS,
    C_TOPIC, /* share of its words of weight that the densest prose has elsewhere */
    LINE_COLUMNS
};

/* Of stretches around the line, of 3, 8, 20 and 60 lines either way. */
enum window_column { W_MASS, W_PROSE, W_AFTER, W_BEFORE, W_CUES, W_SHORT, W_COLUMNS };
enum { WINDOWS = 4 };

/* Where it stands. */
enum place_column {
    P_PROSE_BEFORE = LINE_COLUMNS + WINDOWS * W_COLUMNS, /* lines since the last prose */
    P_PROSE_AFTER,                                       /* lines until the next */
    P_PEAK,       /* distance to the densest prose */
    P_PEAK_SHARE, /* prose around here compared with there */
    P_MASS_SHARE, /* share of the page's prose up to here */
    P_SHARE,      /* of the page's lines before this one */
    P_LINE,       /* lines before, and after */
    P_LEFT,
    P_PAGE_MASS,
    P_PAGE_PROSE,
    P_ECHO, /* lines since the title came back, and how often it has */
    P_ECHOES,
    P_FOOT,   /* lines since a copyright cue */
    P_TALK,   /* since a cue of comments or related stories */
    P_TIME,   /* since a timestamp or byline */
    P_COOKIE, /* since a cue of a cookie notice, or of a subscription */
    P_TIMES,  /* timestamps and the like around, and up to here */
    P_TIMES_BEFORE,
    P_APPEALS, /* words of appeals around */
    P_LONG,    /* words of the longest line of prose around */
    FIRST_COLUMNS
};

/* What the first labelling says, for the second. */
enum second_column {
    S_SCORE = FIRST_COLUMNS,
    S_NEAR, /* share of words kept in windows */
    S_WIDE = S_NEAR + 3,
    S_BEFORE, /* lines since the last kept */
    S_AFTER,  /* until the next */
    S_KEPT,   /* words kept before, after, share before */
    S_LEFT,
    S_SHARE,
    S_PAGE, /* words kept in the page */
    S_RUN,  /* words of the run of kept lines around or next to it, share of all */
    S_MAIN, /* distance to the run that has most */
    COLUMNS
};

enum {
    FEATURE_SUMS = 6,
    FEATURE_PAD = 8,   /* lines beyond the page's ends that a column has */
    FEATURE_BLOCK = 32 /* lines are looked at by blocks of so many */
};

struct features {
    size_t count;
    uint8_t *column[COLUMNS]; /* [-FEATURE_PAD .. count + FEATURE_BLOCK + FEATURE_PAD) */
    uint8_t *bytes;           /* all of them */
    size_t bytes_cap;
    uint32_t *sum[FEATURE_SUMS]; /* running sums over lines, count + 1 each */
    uint32_t *sums;
    size_t sums_cap;
    uint32_t *table; /* of hashes */
    size_t table_cap;
    uint32_t *hash;
    size_t hash_cap;
};

/* Reads a page: the columns up to FIRST_COLUMNS. The struct is reused: zero-initialise it
 * once, features_free() it. Linear in the page's size. */
void features_read(struct features *features, const struct page *page);

/* Fills the columns from FIRST_COLUMNS on, from the scores of the first labelling. */
void features_second(struct features *features, const struct page *page,
                     const int32_t *score);

void features_free(struct features *features);

#endif
