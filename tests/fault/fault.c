/* Preloaded into a program under test, makes one of its calls to the C library go wrong.
 *
 *     FAULT=alloc:3   the third malloc, calloc or realloc finds no memory
 *     FAULT=read:2    the second read fails (EIO); write: ENOSPC; open: EMFILE; close:
 * EIO FAULT=read:2+   so does every later one FAULT=read:short, write:short    at most
 * one byte at a time FAULT=read:eintr, write:eintr    every other call is interrupted
 * first
 *
 * Where FAULT_HIT names a file, it is made once a call was made to fail. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void *malloc(size_t size);
void *calloc(size_t n, size_t size);
void *realloc(void *p, size_t size);

static struct {
    const char *call; /* "alloc", "read", ...: NULL while nothing is to fail */
    size_t call_len;
    unsigned long at, seen;
    bool on, every_later, is_short, interrupts;
} fault;

/* dlsym() gives an object pointer for what is a function. */
static void find(const char *name, void *function)
{
    void *symbol = dlsym(RTLD_NEXT, name);
    memcpy(function, &symbol, sizeof symbol);
}

__attribute__((constructor)) static void begin(void)
{
    const char *plan = getenv("FAULT");
    const char *colon = plan ? strchr(plan, ':') : NULL;
    if (!colon)
        return;
    char *end;
    fault.call = plan;
    fault.call_len = (size_t)(colon - plan);
    fault.at = strtoul(colon + 1, &end, 10);
    fault.every_later = *end == '+';
    fault.is_short = strcmp(colon + 1, "short") == 0;
    fault.interrupts = strcmp(colon + 1, "eintr") == 0;
    fault.on = true;
}

static bool is_call(const char *call)
{
    return fault.on && strlen(call) == fault.call_len &&
           memcmp(call, fault.call, fault.call_len) == 0;
}

static void note_hit(void)
{
    const char *path = getenv("FAULT_HIT");
    fault.on = false; /* what follows is our own */
    if (path)
        mkdir(path, 0777);
    fault.on = true;
}

/* True if this call is to fail. */
static bool fails(const char *call, int error)
{
    if (!is_call(call) || !fault.at)
        return false;
    fault.seen++;
    if (fault.seen != fault.at && !(fault.every_later && fault.seen > fault.at))
        return false;
    note_hit();
    errno = error;
    return true;
}

static bool interrupted(const char *call)
{
    if (!is_call(call) || !fault.interrupts || fault.seen++ % 2)
        return false;
    errno = EINTR;
    return true;
}

static size_t granted(const char *call, size_t size)
{
    return is_call(call) && fault.is_short && size ? 1 : size;
}

void *malloc(size_t size)
{
    static void *(*real)(size_t);
    if (!real)
        find("malloc", &real);
    return fails("alloc", ENOMEM) ? NULL : real(size);
}

void *calloc(size_t n, size_t size)
{
    static void *(*real)(size_t, size_t);
    if (!real)
        find("calloc", &real);
    return fails("alloc", ENOMEM) ? NULL : real(n, size);
}

void *realloc(void *p, size_t size)
{
    static void *(*real)(void *, size_t);
    if (!real)
        find("realloc", &real);
    return fails("alloc", ENOMEM) ? NULL : real(p, size);
}

ssize_t read(int fd, void *to, size_t size)
{
    static ssize_t (*real)(int, void *, size_t);
    if (!real)
        find("read", &real);
    if (fails("read", EIO) || interrupted("read"))
        return -1;
    return real(fd, to, granted("read", size));
}

ssize_t write(int fd, const void *from, size_t size)
{
    static ssize_t (*real)(int, const void *, size_t);
    if (!real)
        find("write", &real);
    if (fails("write", ENOSPC) || interrupted("write"))
        return -1;
    return real(fd, from, granted("write", size));
}

int open(const char *path, int flags, ...)
{
    static int (*real)(const char *, int, ...);
    va_list args;
    va_start(args, flags);
    int mode = flags & O_CREAT ? va_arg(args, int) : 0;
    va_end(args);
    if (!real)
        find("open", &real);
    return fails("open", EMFILE) ? -1 : real(path, flags, mode);
}

int close(int fd)
{
    static int (*real)(int);
    if (!real)
        find("close", &real);
    int status = real(fd); /* the descriptor is gone either way, as on Linux */
    return fails("close", EIO) ? -1 : status;
}
