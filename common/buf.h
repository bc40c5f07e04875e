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
static inline void buf_add(struct buf *b, const void *s, size_t len)
{
    if (len) {
        char *to = len <= b->cap - b->len ? b->s + b->len : buf_room(b, len);
        memcpy(to, s, len);
        b->len += len;
    }
}
static inline void buf_add_str(struct buf *b, struct str s)
{
    buf_add(b, s.s, s.len);
}
static inline void buf_add_char(struct buf *b, char c)
{
    buf_add(b, &c, 1);
}
void buf_puts(struct buf *b, const char *s);
void buf_printf(struct buf *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
static inline void buf_clear(struct buf *b) /* empty, the room stays */
{
    b->len = 0;
}
void buf_free(struct buf *b); /* empty, the room goes */

/* Valid until the next call that adds; never NULL. */
static inline struct str buf_str(const struct buf *b)
{
    return (struct str){b->s ? b->s : "", b->len};
}

#endif
