/* A set of words out of an embedded list, each with a kind.
 *
 * The list has lines `kind: word word …`; `#` begins a comment line. Of a word that
 * stands twice the first counts. The table is the caller's, static and zero at first, and
 * filled at the first look-up: at least twice as many slots, a power of two, as the list
 * has words. */
#ifndef NEWSPIPE_WORDSET_H
#define NEWSPIPE_WORDSET_H

#include "common/str.h"

#include <stdbool.h>

struct wordset {
    const unsigned char *list;
    const size_t *list_size;
    bool folded; /* compare folded; the list is in small letters then */
    struct wordset_slot {
        struct str word;
        char kind; /* the kind's first letter */
    } * slots;
    size_t slot_count;
    bool filled;
};

/* The first letter of the word's kind, 0 if it is not in the set. */
char wordset_kind(struct wordset *set, struct str word);

#endif
