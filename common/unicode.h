/* UTF-8 and the properties of characters that splitting words and sentences needs.
 *
 * Tables are made by scripts/unicode.py from the Unicode Character Database (version in
 * the table's head) and do not depend on the locale. All text functions take valid UTF-8
 * unless they say otherwise. */
#ifndef NEWSPIPE_UNICODE_H
#define NEWSPIPE_UNICODE_H

#include "common/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The length of the well-formed sequence at p, whose first byte is not ASCII, p < end; if
 * there is none, minus the length of the maximal subpart (Unicode 15, 3.9, table 3-7). */
int utf8_sequence(const char *p, const char *end);

/* The character at *p, which moves behind it; p < end. An ill-formed byte gives U+FFFD
 * and moves by one maximal subpart (Unicode 15, 3.9, table 3-8). */
static inline uint32_t utf8_next(const char **p, const char *end);

/* The same where the first byte is not ASCII. */
uint32_t utf8_next_long(const char **p, const char *end);

static inline uint32_t utf8_next(const char **p, const char *end)
{
    if ((unsigned char)**p < 0x80)
        return (unsigned char)*(*p)++;
    return utf8_next_long(p, end);
}

/* The character that ends at *p, which moves before it; start < *p. Valid UTF-8 only. */
uint32_t utf8_prev(const char **p, const char *start);

/* Adds c in UTF-8. */
void utf8_add(struct buf *b, uint32_t c);

/* Bytes from the start of s that are valid UTF-8 (RFC 3629: no surrogates, no overlong
 * forms, nothing beyond U+10FFFF). s.len if all of it is. */
size_t utf8_valid(struct str s);

/* Adds s to b with every ill-formed sequence replaced by U+FFFD; returns how many were.
 */
size_t utf8_repair(struct buf *b, struct str s);

/* Code points in s; and the byte offset of the n-th code point (s.len if beyond). */
size_t utf8_count(struct str s);
size_t utf8_offset(struct str s, size_t n);

bool uni_letter(uint32_t c); /* L*, and combining marks M* */
bool uni_upper(uint32_t c);  /* Lu, Lt */
bool uni_lower(uint32_t c);  /* Ll */
bool uni_digit(uint32_t c);  /* Nd */
bool uni_space(uint32_t c);  /* White_Space, U+200B, U+FEFF */

/* A script that puts no spaces between words: Han, Kana, Thai, Lao, Khmer, Myanmar. */
bool uni_unspaced(uint32_t c);

uint32_t uni_fold(uint32_t c); /* simple case folding (CaseFolding.txt, C + S) */

/* Adds s case-folded character by character. */
void utf8_fold(struct buf *b, struct str s);

#endif
