/* A byte buffer that grows. Zero-initialise it, buf_free() it. */
#ifndef NEWSPIPE_BUF_H
#define NEWSPIPE_BUF_H

#include "common/str.h"

#include <stddef.h>

struct buf {
    char *s; /* NULL while nothing was ever added; not NUL-terminated */
    size_t len;
    size_t cap;
};

/* Room for at least extra more bytes; returns where they go. */
char *buf_room(struct buf *b, size_t extra);
void buf_add(struct buf *b, const void *s, size_t len);
void buf_add_str(struct buf *b, struct str s);
void buf_add_char(struct buf *b, char c);
void buf_puts(struct buf *b, const char *s);
void buf_printf(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void buf_clear(struct buf *b); /* empty, the room stays */
void buf_free(struct buf *b);  /* empty, the room goes */
struct str
buf_str(const struct buf *b); /* valid until the next call that adds; never NULL */

#endif
