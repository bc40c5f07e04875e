/* Traces: what a line leaves behind for telling where pages start, small and of one size.
 *
 * A word is a run of letters and digits, in small letters, kept as a hash of 32
 * bits; the words of a line also as bits of a signature (a Bloom filter of one hash), so
 * that the overlap of two lines is a count of bits. The last TRACES traces are kept, and
 * a history of lines by hash says whether a line came before. Of long lines, which are
 * running text, only the beginning is looked at. */
#ifndef NSPLIT_TRACE_H
#define NSPLIT_TRACE_H

#include "common/cue.h"
#include "common/str.h"
#include "stages/nsplit/ink.h"
#include "stages/nsplit/lexicon.h"

#include <stdbool.h>
#include <stdint.h>

enum { TRACES = 512, TRACE_SLOTS = 8192, TRACE_WORDS = 12, TRACE_PROSE = 120 };

enum { TRACE_NO_WORD = 1 << 12 };

enum {
    TRACE_SENTENCE = 1, /* ends as a sentence */
    TRACE_DATE = 2,     /* a year or a time */
    TRACE_BAR = 4,      /* `Title | Site`, by a bar */
    TRACE_DASH = 8,     /* by a dash between blanks, or another such mark */
    TRACE_LOWER = 16,   /* begins with a small letter or a mark */
    TRACE_YEAR = 32,    /* © and a year */
    TRACE_DIGIT = 128,  /* a word begins with a digit */
    TRACE_JOINT = 64,   /* trace_joint() finds one near its end */
};

/* Clues come in rows of so many, which the processor copies, adds and takes off at once:
 * what a line says of itself to places near it, and to those in it alone. */
enum { TRACE_ROW = 8 };
enum near_clue {
    NEAR_CUE,
    NEAR_BYTES,
    NEAR_CAPITALS, /* of a hundred words */
    NEAR_FOOT,     /* what its furniture says */
    NEAR_HEAD,
    NEAR_GAP,   /* logarithm of trace.gap */
    NEAR_FLAGS, /* TRACE_SENTENCE, TRACE_YEAR */
    NEAR_RUN    /* lines in a row up to this one, each as far behind as before */
};
enum own_clue {
    OWN_WORDS,
    OWN_BAR, /* TRACE_BAR, TRACE_DASH */
    OWN_LOWER,
    OWN_TAIL, /* words in the tail */
    OWN_TAIL_GAP,
    OWN_OPENING_GAP,
    OWN_BLANKS, /* blank lines before it */
    OWN_DATE    /* TRACE_DATE, TRACE_DIGIT */
};

/* Sums over all lines of the stream up to this one: the difference of two is that of the
 * lines between, modulo 2^16; of SUMS_MOST lines it is that. */
enum sum {
    SUM_FOOT,
    SUM_HEAD,
    SUM_PROSE, /* lines of running text */
    SUM_KNOWN, /* lines a template has */
    SUM_BYTES, /* of each line so many count */
    SUM_SENTENCES,
    SUM_DATES,
    SUM_SHORTS /* lines of a word or two */
};
enum { SUMS_MOST = 100 };

/* The same over more lines than that. */
struct totals {
    uint32_t foot, prose, bytes, dates;
};

struct trace {
    uint64_t words;   /* signature of its words of four or more bytes */
    uint64_t name;    /* of those before the last bar or dash; all, if there is none */
    uint64_t site;    /* of those behind it; 0 if there is none */
    uint64_t shorts;  /* of its words of less than four: they tell languages apart */
    uint32_t hash;    /* of its words; 0: none */
    uint32_t opening; /* of its first letters and digits, less blanks and marks; 0: few */
    uint32_t tail;    /* of the words behind the last bar or dash; 0 if there is none */
    uint32_t gap;     /* lines since the same line; 0: it did not come before */
    uint32_t bytes;
    uint16_t count;               /* words */
    uint8_t word_bits, name_bits; /* bits in words and name */
    uint8_t kept;                 /* of word[] */
    uint8_t flags;
    uint8_t cue; /* enum cue */
    int16_t near[TRACE_ROW], own[TRACE_ROW];
    uint16_t sums[TRACE_ROW];
    struct totals totals;
    uint16_t word[TRACE_WORDS]; /* hashes, less than TRACE_NO_WORD, of its first words of
                                   four or more bytes, and that where it has no more */
};

/* The trace of a line as it stands alone; without a lexicon (NULL) no furniture. */
void trace_line(struct trace *trace, struct str line, const struct lexicon *lexicon);

/* The first byte from there on, from > 0, at which something new may begin right behind
 * what stands before: a capital behind a small letter or a mark, a figure behind a
 * letter, a quote. The length of the line if there is none. */
size_t trace_joint(const struct ink *ink, size_t from);

/* Puts it where another one stands: the sums are those up to there. */
void trace_place(struct trace *trace, const struct trace *other);

/* Four times the binary logarithm of n + 1, nearly. */
static inline int16_t trace_logarithm(uint32_t n)
{
    uint64_t more = 4 * ((uint64_t)n + 1);
    int e = 61 - __builtin_clzll(more);
    return (int16_t)(4 * e + (int)(more >> e) - 4);
}

/* The key in a lexicon of a phrase. */
uint32_t trace_key(struct str phrase);

/* The opening of a line; 0 if there are too few letters. */
uint32_t trace_opening(struct str line);

struct trace_slot {
    uint32_t hash, line;
};

/* A short line, NULs behind it, as it was last added: said again it leaves the same
 * trace, and every third line of web pages is said again soon. */
enum { SAID_BYTES = 48, SAID_SLOTS = 512 };
struct said {
    uint32_t line, len;
    char text[SAID_BYTES];
};

/* The traces of a stream; what is asked of many lines at once stands by itself, too. */
struct traces {
    struct trace ring[TRACES];
    struct trace_columns {
        uint64_t words[TRACES], name[TRACES];
        uint32_t opening[TRACES], hash[TRACES], gap[TRACES];
    } of;
    uint32_t count;
    uint32_t last_gap;
    uint8_t run;
    uint16_t sums[TRACE_ROW];
    struct totals totals;
    const struct lexicon *lexicon;
    struct trace_slot lines[TRACE_SLOTS], openings[TRACE_SLOTS], tails[TRACE_SLOTS / 8];
    struct said said[SAID_SLOTS];
};

struct traces *traces_new(const struct lexicon *lexicon);
void traces_free(struct traces *traces);

/* Forgets all: another file begins. */
void traces_clear(struct traces *traces);

/* Adds the trace of the next line, which is not blank, behind so many blank lines.
 * Returns its number; the first is 1. */
uint32_t traces_add(struct traces *traces, struct str line, size_t blanks);

/* Line n is parted in two, n and n + 1. */
void traces_split(struct traces *traces, uint32_t n, struct str first, struct str second);

/* Trace n, and how many there were so far. One that is not there (any more, or yet) has
 * no words and no bytes. */
extern const struct trace trace_none;
static inline const struct trace *traces_at(const struct traces *traces, uint32_t n)
{
    bool there = n && n <= traces->count && traces->count - n < TRACES;
    return there ? &traces->ring[n % TRACES] : &trace_none;
}

/* The same, quicker, for one that is there and not long past, or stands a little before
 * the first one. */
static inline const struct trace *traces_near(const struct traces *traces, uint32_t n)
{
    return &traces->ring[n % TRACES];
}

/* The number of the last line with this opening; 0: none. */
uint32_t traces_last(const struct traces *traces, uint32_t opening);

#endif
