/* JSON text: strings scanned and written. Used by the record module and, for the values
 * they write, by the stages. */
#ifndef NEWSPIPE_JSON_H
#define NEWSPIPE_JSON_H

#include "common/buf.h"

#include <stdbool.h>
#include <stddef.h>

/* Adds s, which must be valid UTF-8, as a JSON string: quotes, backslashes and control
 * characters escaped, everything else as it is. */
void json_add_string(struct buf *b, struct str s);

/* The same without the quotes: a part of a string. */
void json_add_chars(struct buf *b, struct str s);

void json_add_int(struct buf *b, long long n);

/* A number with at most places digits behind the point, trailing zeros cut. */
void json_add_real(struct buf *b, double x, int places);

/* Adds `,` unless b ends in `[` or `{`, then `"key":`. The key must need no escape. */
void json_add_key(struct buf *b, const char *key);

/* Adds `,` unless b ends in `[`. Between the elements of an array. */
void json_add_comma(struct buf *b);

/* Adds `[start,end]`. */
void json_add_span(struct buf *b, size_t start, size_t end);

/* Adds the text that a JSON string stands for; raw is what is between its quotes and must
 * have passed json_scan. \u0000 gives a NUL byte. */
void json_decode(struct buf *b, struct str raw);

/* Called for each member: key (between its quotes) and value, raw. */
typedef void json_member(void *context, struct str key, struct str value);

/* Called for each element of an array, raw. */
typedef void json_element(void *context, struct str value);

/* Goes through the elements of a value that passed json_scan, in order; one that is no
 * array has none. */
void json_elements(struct str value, json_element *element, void *context);

/* The members of a value that passed json_scan, likewise. */
void json_members(struct str value, json_member *member, void *context);

/* The whole number, not negative, that a value is; false if it is none of at most 15
 * digits. */
bool json_natural(struct str value, unsigned long long *n);

/* How many bytes of raw stand for the first decoded bytes of its text: the place in the
 * line of a place in the text. */
size_t json_raw_offset(struct str raw, size_t decoded);

/* The first fault of a text that should be a JSON object. */
struct json_fault {
    size_t column;      /* 1-based byte */
    const char *reason; /* a literal */
};

/* Scans one JSON object with nothing but white space around it, strictly: accepts exactly
 * what jansson's json_loadb(…, JSON_ALLOW_NUL) accepts as an object, and besides what RFC
 * 8259 allows but jansson refuses (integers beyond 64 bits, reals beyond double), and not
 * the NUL byte behind a number that jansson 2.14 passes over. Nesting as deep as
 * jansson's limit of 2048. False and *fault on the first fault; members before it were
 * called. */
bool json_scan(struct str line, json_member *member, void *context,
               struct json_fault *fault);

#endif
