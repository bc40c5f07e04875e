#include "common/alloc.h"

#include "common/msg.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void *checked(void *p)
{
    if (!p)
        msg_die("out of memory");
    return p;
}

static size_t product(size_t n, size_t size)
{
    if (size && n > SIZE_MAX / size)
        msg_die("out of memory");
    return n && size ? n * size : 1;
}

void *xalloc(size_t n, size_t size)
{
    return checked(malloc(product(n, size)));
}

void *xcalloc(size_t n, size_t size)
{
    return checked(calloc(1, product(n, size)));
}

void *xcalloc_line(size_t size)
{
    enum { LINE = 64 };

    size = (size + LINE - 1) / LINE * LINE;
    void *p = checked(aligned_alloc(LINE, size));
    memset(p, 0, size);
    return p;
}

void *xrealloc(void *p, size_t n, size_t size)
{
    return checked(realloc(p, product(n, size)));
}

char *xstrdup(const char *s)
{
    size_t size = strlen(s) + 1;
    return memcpy(xalloc(size, 1), s, size);
}

void *xgrow(void *p, size_t *cap, size_t need, size_t size)
{
    if (need <= *cap)
        return p;
    size_t more = *cap + *cap / 2 + 16;
    *cap = more > need ? more : need;
    return xrealloc(p, *cap, size);
}
