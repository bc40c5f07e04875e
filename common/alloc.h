/* Allocation that cannot fail quietly: out of memory is a message and exit 2. */
#ifndef NEWSPIPE_ALLOC_H
#define NEWSPIPE_ALLOC_H

#include <stddef.h>

/* Room for n objects of the given size, not cleared. n * size may not overflow
 * (dies). Never NULL, also for n = 0. The caller frees. */
void *xalloc(size_t n, size_t size);

/* The same, all zero. */
void *xcalloc(size_t n, size_t size);

/* One object of so many bytes, all zero, that begins a line of the processor's cache. */
void *xcalloc_line(size_t size);

/* Resizes p (may be NULL) to n objects of the given size. */
void *xrealloc(void *p, size_t n, size_t size);

/* A copy of the string, NUL-terminated. */
char *xstrdup(const char *s);

/* Grows the array *p of *cap objects, each of the given size, so that it holds at
 * least need of them. Growth is geometric: a loop of appends is linear. Returns the
 * array, which the caller stores: p = xgrow(p, &cap, need, sizeof *p). */
void *xgrow(void *p, size_t *cap, size_t need, size_t size);

#endif
