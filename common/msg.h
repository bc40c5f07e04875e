/* Messages on stderr, the budget for them, and the exit status they leave behind.
 *
 * Every message is one line, `prog: where: what`, with control bytes escaped as \x1b.
 * The first MSG_BUDGET warnings are shown in full, the rest only counted, and
 * msg_status() closes with how many were not shown. */
#ifndef NEWSPIPE_MSG_H
#define NEWSPIPE_MSG_H

#include "common/str.h"

#include <stdbool.h>

enum {
    STATUS_OK = 0,    /* all input read, all output written */
    STATUS_INPUT = 1, /* finished, but some input was bad */
    STATUS_FATAL = 2, /* the output cannot be trusted */
};

enum { MSG_BUDGET = 10 };

/* Call first in main(): the program's name and its synopsis ("[-hqu] [file ...]").
 * Also makes descriptors 0..2 safe: a closed stdout dies here with exit 2, and a closed
 * stdin or stderr is kept from being handed to the first file opened. */
void msg_init(const char *prog, const char *synopsis);
const char *msg_prog(void);
const char *msg_synopsis(void);

void msg_set_quiet(bool on); /* -q: warnings are counted, not shown */

/* --max-bad: that many bad records still exit 0. */
void msg_set_max_bad(unsigned long long n);

/* --strict: the first warning ends the run with exit 2, after a call of flush, so that
 * the records before it are written. */
void msg_set_strict(void (*flush)(void));

/* Input that could not be used: status 1 (with --strict: exit 2 at once). Where and the
 * reason are written for a person: msg_warn("a.gz: truncated gzip data at byte %zu"). */
void msg_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* One bad record: as msg_warn, and counted against --max-bad. The snippet, cut to 60
 * bytes and escaped, stands behind the reason: `FILE:LINE: reason ("snippet")`. */
void msg_bad(const char *file, unsigned long long line, const char *reason,
             struct str snippet);

/* A word to the person that changes no status (a terminal as input); -q hides it. */
void msg_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The output cannot be trusted: message, exit 2. */
_Noreturn void msg_die(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* As msg_die, for a wrong call: the message, then the usage line. */
_Noreturn void msg_usage(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* True once a warning or a bad record was met, shown or not. */
bool msg_warned(void);

/* Prints the closing line if there is one to print and returns the exit status. */
int msg_status(void);

#endif
