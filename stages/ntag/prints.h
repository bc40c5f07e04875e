/* Tables of what is known about words and features, by fingerprint: no text of what they
 * were learned from is kept, and one absent key in a thousand is taken for a present one.
 *
 * As a file, a table is lines of printable ASCII: comments (#), then for each key its
 * fingerprint in PRINT_DIGITS digits and its value, in digits as well. A digit is a
 * character from '!' on, which stands for 0, up to PRINT_BASE - 1. */
#ifndef NEWSPIPE_NTAG_PRINTS_H
#define NEWSPIPE_NTAG_PRINTS_H

#include "common/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PRINT_BASE = 90, PRINT_DIGITS = 4 };

struct print {
    uint32_t print; /* 0: empty */
    uint32_t value;
};

/* A hash table with open addressing. */
struct prints {
    struct print *slots;
    size_t mask, count;
};

/* The fingerprint of a hash, never 0; and the digits of one. */
uint32_t print_of(uint64_t hash);
void print_write(uint32_t print, char *digits);

/* The number n digits at s stand for. */
uint32_t print_number(const char *s, size_t n);

/* Takes the next line that is no comment off *rest, without its fingerprint, which goes
 * to *print; false at the end. */
bool print_line(struct str *rest, struct str *line, uint32_t *print);

/* Fills the table from a file of one number for each fingerprint. The caller frees
 * slots. */
void prints_read(struct prints *prints, struct str file);

/* Asks for the memory of a key that will be looked up soon. */
void prints_fetch(const struct prints *prints, uint64_t hash);

/* The value of the key with that hash; 0 if there is none. */
uint32_t prints_get(const struct prints *prints, uint64_t hash);

#endif
