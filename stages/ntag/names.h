/* Names: the people, organisations and places a text speaks of.
 *
 * Found by the text's own cues (English ones): capitals, titles and roles before a
 * person, verbs of saying behind one, the words organisations and places are called by,
 * and short lists of places and first names. Mentions of one name are gathered: a last
 * name alone is the person whose full name the text has somewhere. */
#ifndef NEWSPIPE_NTAG_NAMES_H
#define NEWSPIPE_NTAG_NAMES_H

#include "common/record.h"
#include "stages/ntag/chain.h"
#include "stages/ntag/tokens.h"

enum name_type { NAME_NONE, NAME_PERSON, NAME_ORGANISATION, NAME_PLACE };

struct mention {
    size_t first, last; /* tokens, half-open */
    enum name_type type;
    size_t name; /* index into names.all */
};

struct name {
    struct str text; /* the fullest form */
    enum name_type type;
    size_t count;
    size_t votes[4];        /* mentions taken for each type */
    struct mention mention; /* the first with all words */
};

struct names {
    struct mention *mentions; /* in text order */
    size_t count, cap;
    struct name *all;
    size_t all_count, all_cap;
    struct slot *slots; /* hash table of names, last names and first names */
    size_t slot_mask, slot_cap, slots_used;
    struct chain chain;
};

/* Finds the names of a text; what was found before is forgotten. In a text that is not
 * English only places of the lists, and people and organisations that cues tell. */
void names_find(struct names *names, const struct tokens *tokens, bool english);

/* Adds a mention (used by what finds them). */
void names_add(struct names *names, size_t first, size_t last, enum name_type type);

/* Sets member to the names of one type, or drops it if there are none. */
void names_write(const struct names *names, const struct tokens *tokens,
                 struct record *rec, const char *member, enum name_type type);

void names_free(struct names *names);

#endif
