/* Input: the operands one after another, inflated where they are gzip, as lines.
 *
 * This is the only module that knows zlib. gzip is told by its magic bytes, at the start
 * of a file, after a member and inside plain text; any number of members, zero padding
 * between them, plain text before and after them (RFC 1952; what `cat a.gz b.txt` makes).
 * A cut or corrupt member delivers what was decoded, then a message (status 1); reading
 * goes on at the next member of the same file if there is one. A file that cannot be read
 * is a message, and the next file follows.
 *
 * A line ends at "\n", at the end of a file, and where a member broke off. Memory: one
 * buffer of the longest line seen, at most max_line bytes more than the block size. */
#ifndef NEWSPIPE_IN_H
#define NEWSPIPE_IN_H

#include "common/str.h"

#include <stdbool.h>
#include <stddef.h>

struct in;

/* One line, valid until the next in_*() call. */
struct line {
    struct str text;           /* without its terminator ("\n" or "\r\n") and without a
                                  BOM at the start of a file */
    struct str raw;            /* with them */
    const char *file;          /* the operand, "-" for stdin; valid while it is read */
    unsigned long long number; /* 1-based, counted per file */
    unsigned long long offset; /* of raw, bytes into the decompressed file */
    bool first;                /* the first line of its file */
    bool whole;                /* false: longer than max_line, raw is its beginning; the
                                  rest comes from in_rest() or is passed over */
};

/* Reads the operands (none: stdin; "-": stdin). argv must outlive the reader; max_line is
 * in bytes and at least 1. Nothing is opened yet. */
struct in *in_open(int argc, char *const *argv, size_t max_line);

/* The next line of the next file that has one; false at the end of all input. */
bool in_line(struct in *in, struct line *line);

/* Reads, before any record, a file that an option names: hands every line to use, which
 * ends the program where one is bad. So does this function where the file cannot be read,
 * or not whole: what comes out would not be what was asked for. */
void in_table(const char *path, size_t max_line,
              void use(void *context, const char *path, const struct line *line),
              void *context);

/* More of a line that was not whole, in pieces; false when it is used up. */
bool in_rest(struct in *in, struct str *piece);

/* The bytes that come next in the same file, at least want of them unless the file ends
 * sooner, without taking them: for telling a format by its content. Opens the next file
 * if none is open or the current one is used up, and says so in *file and *first (the
 * peek is at the file's start). Empty at the end of all input. want may not exceed 64
 * KiB. Valid until the next in_*() call. */
struct str in_peek(struct in *in, size_t want, const char **file, bool *first);

/* Up to max of the following bytes of the current file, taken, without looking for lines
 * (a container's payload of known length). Empty at the end of the file. */
struct str in_bytes(struct in *in, size_t max);

/* Makes the next size bytes of the current file a file of their own under that name (it
 * is copied): lines, offsets and gzip start afresh, and reading stops at their end until
 * in_leave(). For the members of an archive. */
void in_enter(struct in *in, const char *name, unsigned long long size);

/* Goes back to the file around it, behind those bytes; false if that file ended first. */
bool in_leave(struct in *in);

/* Ends the part that in_enter() began where it was read to: what follows is again the
 * file's around it. False, and nothing is changed, if it was gzip. in_leave() follows. */
bool in_give_back(struct in *in);

/* From here on no gzip member is looked for inside the plain bytes of the current file:
 * it is a container whose payloads may be anything. */
void in_set_opaque(struct in *in);

/* Bytes read from the files so far (compressed as they are), and the size of all operands
 * together if all are regular files, else 0. For --progress. */
unsigned long long in_consumed(const struct in *in);
unsigned long long in_expected(const struct in *in);

void in_close(struct in *in);

#endif
