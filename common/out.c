#include "common/out.h"

#include "common/msg.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

enum { OUT_SIZE = 1 << 16 };

/* A file being written, with its buffer. */
struct sink {
    int fd;
    const char *name;
    size_t len;
    char data[OUT_SIZE];
};

static struct sink out = {.fd = STDOUT_FILENO, .name = "stdout"};
static struct sink rejects = {.fd = -1};
static bool unbuffered, terminal_known;
static unsigned long long written;
static char reject_last = '\n';

/* The reader went away: end as any filter does, also where a parent set SIGPIPE to be
 * ignored, so that `set -o pipefail` sees the same 141 everywhere. */
static void end_by_sigpipe(void)
{
    struct sigaction plain = {.sa_handler = SIG_DFL};
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    sigaction(SIGPIPE, &plain, NULL);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    raise(SIGPIPE);
}

static void write_all(struct sink *sink, const char *s, size_t len)
{
    while (len) {
        ssize_t n = write(sink->fd, s, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0 && errno == EPIPE && sink == &out)
            end_by_sigpipe();
        if (n <= 0)
            msg_die("%s: %s", sink->name, n < 0 ? strerror(errno) : "nothing written");
        s += n;
        len -= (size_t)n;
    }
}

static void flush(struct sink *sink)
{
    size_t len = sink->len;
    sink->len = 0;
    write_all(sink, sink->data, len);
}

static void add(struct sink *sink, struct str s)
{
    if (s.len > OUT_SIZE - sink->len)
        flush(sink);
    if (s.len >= OUT_SIZE) {
        write_all(sink, s.s, s.len);
        return;
    }
    if (s.len)
        memcpy(sink->data + sink->len, s.s, s.len);
    sink->len += s.len;
}

static void finish(struct sink *sink)
{
    flush(sink);
    if (close(sink->fd) < 0 && errno != EINTR)
        msg_die("%s: %s", sink->name, strerror(errno));
}

void out_set_unbuffered(bool on)
{
    unbuffered = on;
}

void out_write(struct str s)
{
    written += s.len;
    add(&out, s);
}

void out_end_record(void)
{
    if (!terminal_known) {
        terminal_known = true;
        unbuffered = unbuffered || isatty(out.fd);
    }
    if (unbuffered)
        flush(&out);
}

void out_flush(void)
{
    flush(&out);
}

unsigned long long out_bytes(void)
{
    return written;
}

void out_close(void)
{
    finish(&out);
}

void reject_open(const char *path)
{
    reject_close();
    rejects.fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    rejects.name = path;
    if (rejects.fd < 0)
        msg_die("%s: %s", path, strerror(errno));
}

void reject_write(struct str raw)
{
    if (rejects.fd < 0 || !raw.len)
        return;
    add(&rejects, raw);
    reject_last = raw.s[raw.len - 1];
}

void reject_end(void)
{
    if (reject_last != '\n')
        reject_write(STR("\n"));
    /* --strict may end the run at the message that follows */
    if (rejects.fd >= 0)
        flush(&rejects);
}

void reject_close(void)
{
    if (rejects.fd >= 0)
        finish(&rejects);
    rejects.fd = -1;
}
