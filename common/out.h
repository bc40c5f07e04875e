/* Output: stdout, buffered, every write checked.
 *
 * An error is a message and exit 2. A reader that went away ends the process by SIGPIPE,
 * silently, even where SIGPIPE came in ignored. */
#ifndef NEWSPIPE_OUT_H
#define NEWSPIPE_OUT_H

#include "common/str.h"

#include <stdbool.h>

void out_set_unbuffered(bool on); /* -u: out_end_record() flushes */

void out_write(struct str s);

/* Says that a record, its newline included, is complete: flushes with -u or on a
 * terminal. */
void out_end_record(void);

void out_flush(void);

/* Bytes written so far. */
unsigned long long out_bytes(void);

/* Flush and close. Call once, at the end: a full disk may show only here. */
void out_close(void);

/* --rejects FILE: opens (truncates) the file, dies if it cannot. */
void reject_open(const char *path);

/* Adds raw bytes of a bad record to the rejects; nothing to do without --rejects. A
 * record ends with reject_end(), which adds a newline if the bytes had none. */
void reject_write(struct str raw);
void reject_end(void);
void reject_close(void);

#endif
