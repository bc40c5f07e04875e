/* Names and how many records have them: exact while there is room, then of the most
 * frequent only, with the error known.
 *
 * Space-Saving (Metwally, Agrawal, El Abbadi: Efficient Computation of Frequent and Top-k
 * Elements in Data Streams, 2005), with the counters let go by halves: what was let go
 * had at most `floor` records, and a name that is met (again) after that begins with
 * floor as its error. So the true count lies in [count - error, count], a name that is
 * not there has at most floor, and floor is at most records / (room / 2). Two are added
 * as in Agarwal et al.: Mergeable Summaries, 2012. */
#ifndef NEWSPIPE_COUNTS_H
#define NEWSPIPE_COUNTS_H

#include "stages/nsummarize/terms.h"

enum { SAMPLE = 3, NAME_MAX_BYTES = 255 };

/* The id of a record, shared by the names that have it in their sample. */
struct id {
    unsigned long long hash;
    unsigned users;
    unsigned len;
    char s[];
};

/* NULL for one that is longer than NAME_MAX_BYTES, empty, or has control characters. The
 * caller is its first user. */
struct id *id_new(struct str s);
void id_drop(struct id *id); /* one user less; NULL is nothing */
struct str id_str(const struct id *id);

/* Which comes first in a sample: the smaller hash, so that a sample is one of all records
 * and the same in whatever order they came. */
int id_compare(unsigned long long hash_a, struct str a, unsigned long long hash_b,
               struct str b);

struct count {
    unsigned long long count, error;
    unsigned long long last;   /* the record (or state) that counted it last */
    struct id *sample[SAMPLE]; /* the first ones there are, NULL behind them */
};

/* Zero-initialise, counts_free(). */
struct counts {
    struct terms names;
    struct count *list; /* by the number of the name */
    size_t cap;
    unsigned long long floor; /* 0: exact */
};

/* Adds count (with that error) to the name unless the same serial, which is never 0, did
 * so before. The pointer is valid until the next call. */
struct count *counts_add(struct counts *c, struct str name, unsigned long long serial,
                         unsigned long long count, unsigned long long error);

/* Takes id into the sample if it belongs there; NULL is nothing. */
void count_sample(struct count *count, struct id *id);

/* All of another's names were added under this serial: now its floor. */
void counts_add_floor(struct counts *c, unsigned long long serial,
                      unsigned long long floor);

/* Lets the less frequent half go. */
void counts_halve(struct counts *c);

/* What a name is counted as: control characters are blanks, and what is longer than
 * NAME_MAX_BYTES is cut and ends in `…`. Added to b. */
void name_add(struct buf *b, struct str name, size_t most);

/* The names and counts in the order of compare, count of them; the caller frees the list,
 * which is valid until the next change. */
struct ranked {
    struct str name;
    const struct count *count;
};
int by_count(const void *a, const void *b); /* the greatest first, then by name */
int by_name(const void *a, const void *b);
struct ranked *counts_rank(const struct counts *c,
                           int (*compare)(const void *, const void *));

/* <0, 0, >0: bytes of a before, like, behind those of b. */
int str_compare(struct str a, struct str b);

void counts_free(struct counts *c);

#endif
