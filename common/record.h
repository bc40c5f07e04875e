/* One NDJSON record: its top-level members found, a few read, a few set, the rest copied
 * byte for byte.
 *
 *     struct record rec = {0};
 *     while (record_read(in, &rec)) {              // bad lines are dealt with inside
 *         struct str text;
 *         if (record_string(&rec, "text", &text))  // decoded
 *             record_set_string(&rec, "title", str_sub(text, 0, 10));
 *         record_write(&rec);                      // one line on stdout
 *     }
 *     record_free(&rec);
 *
 * Reads see the record as it came in, never what was set since. Everything handed out is
 * valid until the next record_read(), record_parse() or record_clear(). Of a key that
 * stands twice the last counts, as in jansson. Members set that were there keep their
 * place; new ones follow at the end in the order they were set. */
#ifndef NEWSPIPE_RECORD_H
#define NEWSPIPE_RECORD_H

#include "common/buf.h"
#include "common/in.h"
#include "common/json.h"

#include <jansson.h>
#include <stdbool.h>

struct record {
    struct str source; /* the line it was read from; NULL if it was built */
    struct record_member *members;
    size_t count, cap;
    size_t parsed;      /* members[0 .. parsed) came in; the rest were added */
    struct buf *values; /* one buffer per edit, reused from record to record */
    size_t edits, values_cap;
    struct buf *texts; /* decoded strings, likewise */
    size_t decoded, texts_cap;
};

/* The next good record of the input; false at its end. Blank lines are passed over. A bad
 * line is reported, counted, kept for --rejects and passed over. Keeps stats.in,
 * stats.bad and stats.bytes_in, and calls stats_tick(). */
bool record_read(struct in *in, struct record *rec);

/* Deals with a bad line as record_read() does: a message `FILE:LINE: reason`, counted,
 * kept whole for --rejects. The line is used up. */
void record_reject(struct in *in, const struct line *line, const char *reason);

/* Makes rec the record in line, which must stay as it is while rec is used. */
bool record_parse(struct record *rec, struct str line, struct json_fault *fault);

/* Makes rec an empty record, to be built with record_set*(). */
void record_clear(struct record *rec);

/* Forgets what was set since the record was read: it can be written again with other
 * members. */
void record_revert(struct record *rec);

/* The raw JSON value of a member; false if the record has none of that name. */
bool record_raw(const struct record *rec, const char *name, struct str *raw);

/* The text of a member that is a string; false if there is none or it is no string. */
bool record_string(struct record *rec, const char *name, struct str *text);

/* A member's value, parsed; the caller has the reference (json_decref). NULL if there is
 * none, or jansson cannot hold it. */
json_t *record_json(const struct record *rec, const char *name);

/* Sets a member to a string, which must be valid UTF-8. */
void record_set_string(struct record *rec, const char *name, struct str text);

/* Sets a member to the one JSON value the caller adds to the buffer returned (with
 * json_add_*). Add it before the next record_set*() call. */
struct buf *record_set(struct record *rec, const char *name);

/* Takes a member out; nothing to do if the record has none of that name. */
void record_drop(struct record *rec, const char *name);

/* Writes the record as one line to stdout and counts it. */
void record_write(struct record *rec);

/* The same line, added to b instead. */
void record_format(const struct record *rec, struct buf *b);

void record_free(struct record *rec);

#endif
