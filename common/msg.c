#include "common/msg.h"

#include "common/unicode.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE_SIZE = 4096, SNIPPET = 60 };

static struct {
    const char *prog, *synopsis;
    bool quiet;
    void (*strict)(void);
    unsigned long long max_bad, bad, warnings, shown;
    bool input_fault; /* a warning other than a bad record */
} msg = {.prog = "newspipe", .synopsis = ""};

/* One write for one line: four stages share stderr. Control bytes could redraw a
 * terminal, so none gets through. */
static void print(const char *text)
{
    char line[LINE_SIZE];
    size_t n = 0;
    for (const char *p = text; *p && n < sizeof line - 8; p++) {
        unsigned char c = (unsigned char)*p;
        if (c < 0x20 || c == 0x7f)
            n += (size_t)snprintf(line + n, sizeof line - n, "\\x%02x", c);
        else
            line[n++] = (char)c;
    }
    line[n++] = '\n';
    for (size_t done = 0; done < n;) {
        ssize_t got = write(STDERR_FILENO, line + done, n - done);
        if (got < 0 && errno != EINTR)
            return; /* nowhere left to say so; the exit status still tells */
        done += got > 0 ? (size_t)got : 0;
    }
}

static void vprint(const char *format, va_list args)
    __attribute__((format(printf, 1, 0)));

static void vprint(const char *format, va_list args)
{
    char text[LINE_SIZE];
    int n = snprintf(text, sizeof text, "%s: ", msg.prog);
    vsnprintf(text + n, sizeof text - (size_t)n, format, args);
    print(text);
}

/* A closed descriptor would be handed to the first file opened, and records would then be
 * written into an input. stdin and stderr get a stand-in that fails as they would. */
static void guard(int fd, int flags)
{
    if (fcntl(fd, F_GETFD) >= 0)
        return;
    int null = open("/dev/null", flags);
    if (null >= 0 && null != fd) {
        dup2(null, fd);
        close(null);
    }
}

void msg_init(const char *prog, const char *synopsis)
{
    msg.prog = prog;
    msg.synopsis = synopsis;
    guard(STDERR_FILENO, O_RDWR);
    guard(STDIN_FILENO, O_WRONLY);
    if (fcntl(STDOUT_FILENO, F_GETFD) < 0)
        msg_die("stdout: %s", strerror(errno));
}

const char *msg_prog(void)
{
    return msg.prog;
}

const char *msg_synopsis(void)
{
    return msg.synopsis;
}

void msg_set_quiet(bool on)
{
    msg.quiet = on;
}

void msg_set_strict(void (*flush)(void))
{
    msg.strict = flush;
}

void msg_set_max_bad(unsigned long long n)
{
    msg.max_bad = n;
}

static void warn(const char *format, va_list args) __attribute__((format(printf, 1, 0)));

static void warn(const char *format, va_list args)
{
    msg.warnings++;
    if (!msg.quiet && msg.shown < MSG_BUDGET) {
        vprint(format, args);
        msg.shown++;
    }
    if (msg.strict) {
        msg.strict();
        exit(STATUS_FATAL);
    }
}

void msg_warn(const char *format, ...)
{
    va_list args;
    msg.input_fault = true;
    va_start(args, format);
    warn(format, args);
    va_end(args);
}

static void warn_bad(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void warn_bad(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    warn(format, args);
    va_end(args);
}

void msg_bad(const char *file, unsigned long long line, const char *reason,
             struct str snippet)
{
    char text[SNIPPET * 4 + 1];
    size_t n = 0, len = snippet.len < SNIPPET ? snippet.len : SNIPPET;
    /* never cut a character in two */
    while (len < snippet.len && len > SNIPPET - 3 &&
           ((unsigned char)snippet.s[len] & 0xc0) == 0x80)
        len--;
    size_t valid = 0; /* up to there the bytes are UTF-8 */
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)snippet.s[i];
        if (i >= valid)
            valid = i + utf8_valid(str_sub(snippet, i, len));
        if (c < 0x20 || c == 0x7f || i >= valid)
            n += (size_t)snprintf(text + n, sizeof text - n, "\\x%02x", c);
        else
            text[n++] = (char)c;
    }
    text[n] = '\0';
    msg.bad++;
    warn_bad("%s:%llu: %s (\"%s%s\")", file, line, reason, text,
             snippet.len > len ? "..." : "");
}

void msg_note(const char *format, ...)
{
    va_list args;
    if (msg.quiet)
        return;
    va_start(args, format);
    vprint(format, args);
    va_end(args);
}

void msg_die(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vprint(format, args);
    va_end(args);
    exit(STATUS_FATAL);
}

void msg_usage(const char *format, ...)
{
    char usage[LINE_SIZE];
    va_list args;
    va_start(args, format);
    vprint(format, args);
    va_end(args);
    snprintf(usage, sizeof usage, "usage: %s %s", msg.prog, msg.synopsis);
    print(usage);
    exit(STATUS_FATAL);
}

bool msg_warned(void)
{
    return msg.input_fault || msg.bad > 0;
}

int msg_status(void)
{
    if (!msg.quiet && msg.warnings > msg.shown)
        msg_note("%llu bad record%s skipped (%llu message%s not shown)", msg.bad,
                 msg.bad == 1 ? "" : "s", msg.warnings - msg.shown,
                 msg.warnings - msg.shown == 1 ? "" : "s");
    return msg.input_fault || msg.bad > msg.max_bad ? STATUS_INPUT : STATUS_OK;
}
