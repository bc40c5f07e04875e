/* The summary of a story: whole sentences of it, in their order.
 *
 * Each sentence has features (where it stands, how near it is to the story's centroid of
 * tf-idf weights, whether it names first what comes again, how long it is), and they have
 * weights (weights.tsv, learned by scripts/nsummarize-train). Sentences are taken best
 * first, less what those taken before have said already (after Carbonell and Goldstein
 * 1998, Radev et al. 2004). */
#ifndef NEWSPIPE_SUMMARY_H
#define NEWSPIPE_SUMMARY_H

#include "stages/nsummarize/story.h"

/* What a summary may hold at most; 0: no such limit. */
struct limits {
    size_t sentences;
    size_t chars;   /* code points, a blank between sentences counted */
    double percent; /* of the text's code points, but at least one sentence */
};

enum {
    FEATURE_POSITION,  /* 1 / square root of its number from 1, at least 3 */
    FEATURE_PLACE,     /* 1 for the first sentence, 0 behind the last */
    FEATURE_CENTROID,  /* cosine with the sum of all sentences */
    FEATURE_WEIGHT,    /* its terms' weight, of that of ten mean sentences */
    FEATURE_OPENS,     /* share of its weight that is new here and comes again */
    FEATURE_TITLE,     /* share of the title's terms it has */
    FEATURE_SHORT,     /* less than eight words, by how much */
    FEATURE_LENGTH,    /* words, of fifty */
    FEATURE_RARE,      /* mean weight of its words */
    FEATURE_DIGITS,    /* has a number */
    FEATURE_QUOTED,    /* share of it that stands between quotation marks */
    FEATURE_PARAGRAPH, /* 1 where a paragraph begins */
    FEATURES
};

struct candidate;

struct summary {
    struct candidate *candidates; /* one per sentence of the story */
    size_t cap;
    double weights[FEATURES];
    double redundancy; /* the price of saying again what was said */
    uint32_t *queue;
    size_t queue_cap;
    uint32_t *said; /* per term: is it in a sentence taken */
    size_t said_cap;
};

struct candidate {
    double features[FEATURES];
    double score; /* as it was last known; it only falls */
    double norm;
    unsigned tries;
    bool barred; /* caption, credit, question, cut: never taken; nor is a cue, which is
                    asked of who would be */
    bool needy;  /* taken only behind the sentence before it */
    bool taken;
};

void summary_open(struct summary *summary);

/* Takes other weights than those of weights.tsv, in the form of that file. */
void summary_weights(struct summary *summary, struct str tsv);

/* Marks in summary->candidates which sentences of the story are taken; returns how many.
 * whole: all of them, as far as the limits on chars and percent allow. */
size_t summary_choose(struct summary *summary, const struct story *story,
                      const struct limits *limits, bool whole);

void summary_free(struct summary *summary);

#endif
