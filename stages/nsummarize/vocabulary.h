/* The words of a run, each looked at once: what holds for a word in whatever story it
 * stands. It saves time and changes nothing: a word that was forgotten is looked at
 * again. */
#ifndef NEWSPIPE_VOCABULARY_H
#define NEWSPIPE_VOCABULARY_H

#include "stages/nsummarize/background.h"
#include "stages/nsummarize/needy.h"

#include <stdbool.h>

/* What an English word is by itself (seldom_nouns.txt, or its ending). */
enum speech {
    SPEECH_NOUN,      /* or not known to be anything else */
    SPEECH_FORM,      /* a form of a verb that may be a noun, too: a building */
    SPEECH_ADJECTIVE, /* stands before a noun */
    SPEECH_OTHER      /* verb, adverb */
};

/* What a token takes from its word. */
struct traits {
    unsigned char speech; /* enum speech */
    bool capital;         /* it begins with a capital */
    bool unspaced;        /* a character of a script that puts no spaces between words */
    bool heavy;           /* can begin or end a keyword */
    bool acronym;         /* a stop word by its letters, but all in capitals (UN, WHO) */
    bool dull;            /* a poor keyword by itself (Monday, million) */
    bool aside;           /* in some language it is what struct leaning says */
};

struct word {
    uint64_t head, tail; /* terms_head() of its bytes, and of the last eight */
    double idf;
    uint32_t len;
    uint32_t folded;       /* the word in small letters, whose members are: */
    uint32_t stem;         /* the word that its inflections share */
    uint32_t story, local; /* its number in that story, story.c's */
    bool stop;
    unsigned char skip; /* bytes of an elision before it (l'eau), which is not read */
    struct traits traits;
};

/* What is seldom asked of a word, apart so that the others stay in the cache. */
struct word_more {
    size_t start; /* of its bytes in the store */
    uint32_t hash;
    struct leaning leaning;
};

struct vocabulary {
    struct background background;
    struct needy needy;
    struct word *list;
    struct word_more *more; /* as many */
    size_t count, cap, more_cap;
    struct buf store, scratch;
    struct word_slot {
        uint32_t hash, number; /* word number + 1, 0: free */
    } * slots;
    size_t slot_count;
    uint32_t story; /* the number of this story: words with another have no local one */
};

void vocabulary_open(struct vocabulary *v);

/* The number of the word as it is written, good until the next vocabulary_begin();
 * pointers into the list are until the next vocabulary_word(). */
uint32_t vocabulary_word(struct vocabulary *v, struct str word);

/* The bytes of a word, valid until the next vocabulary_word(). */
struct str vocabulary_bytes(const struct vocabulary *v, uint32_t number);

/* Begins a story: no word has a local number. Forgets all words if they are too many. */
void vocabulary_begin(struct vocabulary *v);

void vocabulary_free(struct vocabulary *v);

#endif
