/* What a word is by itself, and what that says about the words around it. */
#ifndef NEWSPIPE_NTAG_LOOKS_H
#define NEWSPIPE_NTAG_LOOKS_H

#include "stages/ntag/tokens.h"

enum {
    LOOK_REACH = 1,    /* a word counts for those this far before and behind it */
    LOOK_CLASSES = 3,  /* word classes, coarse to fine */
    LOOK_FEATURES = 48 /* no more come from one word at one distance */
};

/* What is in the gazetteer, as bits of its values; GAZ_MORE: a longer name begins so. */
enum {
    GAZ_COUNTRY = 1,
    GAZ_CITY = 2,
    GAZ_FIRST = 4,
    GAZ_ORG = 8,
    GAZ_REGION = 16,
    GAZ_MORE = 32
};

struct look {
    uint64_t exact, low;
    uint64_t shape, shapes;       /* Xxxxx, and runs of one kind as one: Xx */
    char head[4], tail[4];        /* of the word in small letters */
    unsigned length;              /* its bytes */
    uint16_t class[LOOK_CLASSES]; /* 1 and up; 0: the word is not known */
    uint16_t lists;
    bool word;
};

/* Headline: the word is written in capitals because its line is, and is looked at as if
 * only its first letter was one. */
void look_at(struct look *look, const struct token *token, bool headline);

/* The features, as hashes, that a word gives the word it stands `distance` behind
 * (-LOOK_REACH..LOOK_REACH, 0: itself); returns how many of LOOK_FEATURES. */
size_t look_features(const struct look *look, int distance, uint64_t *out);

/* The features a word gives the step to its own label from the one before; at the
 * beginning of a stretch, where none is before, all words are alike. A feature is a label
 * with a part of what is seen of the word, the same parts for each label. */
enum { LOOK_MOVES = 5, LOOK_BEGIN = 9 };
enum { LOOK_OWN = 1 }; /* the part that is the word's own, others have the rest as well */
struct look_part {
    unsigned way;
    uint64_t what;
};
size_t look_parts(const struct look *look, struct look_part *out);
uint64_t look_move(struct look_part part, int label);
size_t look_moves(const struct look *look, int label, uint64_t *out);

/* The gazetteer's bits for a name: the folded hashes of its words, mixed. */
unsigned gazetteer(uint64_t low);

/* Asks for the memory of one that will be looked up soon. */
void gazetteer_fetch(uint64_t low);

/* Frees the tables, which the first call of the above makes. */
void looks_free(void);

/* A feature: what is seen, and in which way. */
static inline uint64_t feature(unsigned way, uint64_t what)
{
    return token_mix((uint64_t)(way + 1) * 0xD6E8FEB86659FD93u, what);
}

#endif
