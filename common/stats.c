#include "common/stats.h"

#include "common/alloc.h"
#include "common/msg.h"
#include "common/out.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { OWN_MAX = 32 };

struct stats stats;

static struct {
    bool wanted, progress;
    const char *path;
    struct timespec begin;
    double shown_at;
    struct {
        const char *name;
        unsigned long long n;
    } own[OWN_MAX];
} state;

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - state.begin.tv_sec) +
           (double)(now.tv_nsec - state.begin.tv_nsec) / 1e9;
}

static void start_clock(void)
{
    if (!state.begin.tv_sec)
        clock_gettime(CLOCK_MONOTONIC, &state.begin);
}

void stats_add(const char *name, unsigned long long n)
{
    for (size_t i = 0; i < OWN_MAX; i++) {
        if (!state.own[i].name)
            state.own[i].name = name;
        if (strcmp(state.own[i].name, name) == 0) {
            state.own[i].n += n;
            return;
        }
    }
    msg_die("more than %d counters", OWN_MAX); /* a mistake in the program */
}

void stats_open(const char *path)
{
    state.wanted = true;
    state.path = path;
    start_clock();
}

void stats_set_progress(bool on)
{
    state.progress = on;
    start_clock();
}

static void show_progress(const struct in *in, double now, bool terminal)
{
    char line[200];
    unsigned long long whole = in_expected(in), done = in_consumed(in);
    int n = snprintf(line, sizeof line, "%s: %llu records, %.1f MB, %.0f s", msg_prog(),
                     stats.in, (double)done / 1e6, now);
    if (whole)
        snprintf(line + n, sizeof line - (size_t)n, ", %.0f%%",
                 100.0 * (double)done / (double)whole);
    fprintf(stderr, terminal ? "\r%s\033[K" : "%s\n", line);
}

void stats_tick(const struct in *in)
{
    if (!state.progress)
        return;
    double now = seconds_now();
    bool terminal = isatty(STDERR_FILENO);
    if (now - state.shown_at < (terminal ? 0.2 : 60.0))
        return;
    state.shown_at = now;
    show_progress(in, now, terminal);
}

void stats_close(void)
{
    if (state.progress && state.shown_at > 0 && isatty(STDERR_FILENO))
        fputc('\n', stderr);
    if (!state.wanted)
        return;
    FILE *f = state.path ? fopen(state.path, "w") : stderr;
    if (!f)
        msg_die("%s: %s", state.path, strerror(errno));
    fprintf(f,
            "{\"stage\":\"%s\",\"in\":%llu,\"out\":%llu,\"bad\":%llu,\"bytes_in\":%llu,"
            "\"bytes_out\":%llu",
            msg_prog(), stats.in, stats.out, stats.bad, stats.bytes_in, out_bytes());
    for (size_t i = 0; i < OWN_MAX && state.own[i].name; i++)
        fprintf(f, ",\"%s\":%llu", state.own[i].name, state.own[i].n);
    fprintf(f, ",\"seconds\":%.3f}\n", seconds_now());
    bool bad = fflush(f) != 0 || ferror(f);
    if (f != stderr)
        bad = fclose(f) != 0 || bad;
    if (bad)
        msg_die("%s: %s", state.path ? state.path : "stderr", strerror(errno));
}
