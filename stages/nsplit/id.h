/* The id of a story: the same wherever and whenever the same text is met. */
#ifndef NEWSPIPE_NSPLIT_ID_H
#define NEWSPIPE_NSPLIT_ID_H

#include "common/str.h"

#include <stdint.h>

/* MurmurHash64A of the bytes, seed 0 (Austin Appleby, public domain); words are read
 * little-endian, so that every machine gives the same. */
uint64_t id_of(struct str text);

#endif
