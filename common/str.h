/* A piece of text somebody else owns: a pointer and a length, not terminated. */
#ifndef NEWSPIPE_STR_H
#define NEWSPIPE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
    const char *s;
    size_t len;
};

/* The str of a string literal, and of a C string. */
#define STR(literal) ((struct str){(literal), sizeof(literal) - 1})
static inline struct str str_of(const char *s)
{
    return (struct str){s, strlen(s)};
}

/* Bytes [from, to) of s. */
static inline struct str str_sub(struct str s, size_t from, size_t to)
{
    return (struct str){from ? s.s + from : s.s, to - from}; /* s.s may be NULL */
}

/* s without the white space around it: ASCII blanks, U+00A0, U+FEFF, U+3000 and the
 * spaces of U+2000..U+200B. */
struct str str_trim(struct str s);

static inline bool str_eq(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.s, b.s, a.len) == 0);
}
bool str_eq_nocase(struct str a, struct str b); /* folds ASCII only */
static inline bool str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && str_eq(str_sub(s, 0, prefix.len), prefix);
}
bool str_starts_nocase(struct str s, struct str prefix); /* folds ASCII only */
bool str_one_of(struct str s, const char *const *list);  /* which ends in NULL */

/* True if one of the bytes is in s. */
bool str_any(struct str s, const char *bytes);

static inline bool str_ends(struct str s, struct str suffix)
{
    return s.len >= suffix.len && str_eq(str_sub(s, s.len - suffix.len, s.len), suffix);
}

/* True if the word is one of the list, in any case as str_eq_nocase has it. */
bool str_among(struct str word, const char *const *words, size_t count);
#define STR_AMONG(word, words) str_among(word, words, sizeof(words) / sizeof *(words))

/* True if nothing but white space (as str_trim has it) is in s. */
bool str_blank(struct str s);

/* Byte position of needle in s at or after from, or (size_t)-1. */
size_t str_find(struct str s, struct str needle, size_t from);

/* Takes the next line off *rest: *line is set without its "\n" or "\r\n". False when
 * *rest is used up (a last line without "\n" is a line; an empty rest is none). */
bool str_line(struct str *rest, struct str *line);

/* Takes blanks and the whole number behind them off the front of *s; 0 if there is none.
 * For files of our own, whose numbers fit. */
int str_number(struct str *s);

/* FNV-1a, 64 bits (Fowler, Noll, Vo; draft-eastlake-fnv). Same everywhere. */
unsigned long long str_hash(struct str s);

#endif
