/* Counters of the run: --stats (one JSON line at the end) and --progress. */
#ifndef NEWSPIPE_STATS_H
#define NEWSPIPE_STATS_H

#include "common/in.h"

struct stats {
    unsigned long long in;       /* records (nsplit: pages) read, bad ones included */
    unsigned long long out;      /* records written */
    unsigned long long bad;      /* records skipped */
    unsigned long long bytes_in; /* bytes of decompressed input */
};

extern struct stats stats;

/* A stage's own counter, shown in --stats under that name (a literal); the same name adds
 * up. */
void stats_add(const char *name, unsigned long long n);

void stats_open(const char *path); /* --stats[=FILE]; NULL: stderr */
void stats_set_progress(bool on);  /* --progress */

/* Call once a record: shows progress when it is due. */
void stats_tick(const struct in *in);

/* Writes what --stats asked for; dies if that fails. Call after out_close(). */
void stats_close(void);

#endif
