#include "common/buf.h"

#include "common/alloc.h"
#include "common/msg.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

char *buf_room(struct buf *b, size_t extra)
{
    if (extra > SIZE_MAX - b->len)
        msg_die("out of memory");
    size_t need = b->len + extra;
    b->s = xgrow(b->s, &b->cap, need ? need : 1, 1); /* NULL + 0 is undefined */
    return b->s + b->len;
}

void buf_puts(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

void buf_printf(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len < 0)
        msg_die("cannot format a message");
    va_start(args, format);
    vsnprintf(buf_room(b, (size_t)len + 1), (size_t)len + 1, format, args);
    va_end(args);
    b->len += (size_t)len;
}

void buf_free(struct buf *b)
{
    free(b->s);
    *b = (struct buf){0};
}
