/* Known lines: how many pages had a line, counted over a collection. What many pages of a
 * site have is furniture in any language.
 *
 * A table in a file has lines `fingerprint<TAB>pages`, the fingerprint in 16 hexadecimal
 * digits, in ascending order. Tables add up: of several that are read the pages are
 * added. A table that is learned keeps a bounded number of lines: when it is full, those
 * that were seen least are forgotten (lossy counting: Manku and Motwani, 2002). */
#ifndef NSTRIP_KNOWN_H
#define NSTRIP_KNOWN_H

#include "stages/nstrip/page.h"

#include <stdint.h>

struct known;

struct known *known_new(void);
void known_free(struct known *known); /* NULL: nothing to do */

/* Adds a table's counts. A file that is no such table is a usage error. */
void known_read(struct known *known, const char *path);

/* Counts the lines of one more page, or of more of the same text, each once. */
void known_learn(struct known *known, const struct page *page);

/* Dies if the file cannot be written. */
void known_write(const struct known *known, const char *path);

/* Sets for each line of the page the vote that its count is, in the labeller's scores:
 * 0 for a line not known or on fewer pages than say something, else negative. */
void known_vote(const struct known *known, const struct page *page, int32_t *votes);

#endif
