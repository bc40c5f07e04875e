/* The word lists of names.txt: what kinds of word a word is. */
#ifndef NEWSPIPE_NTAG_LISTS_H
#define NEWSPIPE_NTAG_LISTS_H

#include "stages/ntag/tokens.h"

enum list {
    LIST_TITLE = 1,
    LIST_ROLE = 2,
    LIST_FIRST = 4,
    LIST_ORG = 8,
    LIST_PLACE = 16,
    LIST_DEMONYM = 32,
    LIST_SAID = 64,
    LIST_OTHER = 128,
    LIST_ORGNAME = 256,
    LIST_SITE = 512,
    LISTS_SEEN = 10, /* as many of them are features of a word */
    LIST_LINK = 1024,
    LIST_IN = 2048,
    LIST_THE = 4096,
    LIST_PLACENOUN = 8192,
    LIST_ORGNOUN = 16384,
    LIST_SUFFIX = 32768,
    LIST_PRONOUN = 65536,
    LIST_ACCORDING = 131072,
    LIST_SPOKE = 262144,
    LIST_OFFICE = 524288,
    LIST_GENERAL = 1048576,
};

/* The lists that hold these words (blanks between them as single spaces), as a sum of
 * enum list; 0 for none. Case counts. */
unsigned lists_of(struct str words);

/* The same of a token. */
unsigned lists_of_token(const struct token *token);

#endif
