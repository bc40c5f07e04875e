/* What form a file has, told by its first bytes. */
#ifndef NSPLIT_FORMAT_H
#define NSPLIT_FORMAT_H

#include "common/str.h"

enum format {
    FORMAT_AUTO,
    FORMAT_TEXT,
    FORMAT_NDJSON,
    FORMAT_WARC,
    FORMAT_TAR,
    FORMAT_BINARY
};

enum { FORMAT_PEEK = 1 << 16 }; /* bytes that are enough to tell */

/* The format of a file that begins with these lines, or FORMAT_AUTO if more of it must be
 * seen; whole if there is no more, or these are FORMAT_PEEK bytes. What is nothing else
 * is text. NDJSON is a file whose first line that is not blank is an object with the text
 * member or `part`, or whose first lines at least begin as objects do: one odd line of
 * JSON at the head of a text does not make it NDJSON. Binary is what would be text but
 * has a NUL and is one part in eight no text: a NUL or two are an accident. */
enum format format_of(struct str start, bool whole, const char *field);

/* Bytes that are no text: control characters and, where not all is UTF-8, bytes beyond
 * ASCII. */
size_t format_odd(struct str start);

/* The format of that name ("text", "warc" and so on, "auto"); false if there is none. */
bool format_named(const char *name, enum format *format);

#endif
