/* Archives: files that hold pages as members, WARC (and so WET) and tar.
 *
 * warc_next() and tar_next() find the next member that may be a page and enter it
 * (in_enter): its bytes are read as a file's, until member_leave(). What is damaged is
 * passed over up to the next thing that is a header, with one message. */
#ifndef NSPLIT_MEMBER_H
#define NSPLIT_MEMBER_H

#include "common/buf.h"
#include "common/in.h"

struct member {
    const char *archive;        /* the operand */
    struct buf file;            /* what `file` says, NUL-terminated */
    struct buf url, added;      /* empty if the archive does not say */
    unsigned long long base;    /* bytes of the file so named before the member's first */
    unsigned long long padding; /* bytes between its end and the next header */
    unsigned long long at;      /* bytes of the archive read so far (tar) */
    unsigned long long pages;   /* of the archive so far (WARC) */
    bool begun;                 /* something of the archive was read */
};

/* Enters the next member; false at the end of the archive. */
bool warc_next(struct in *in, struct member *member);
bool tar_next(struct in *in, struct member *member);

/* Leaves the member that was entered; a message if the archive ends inside it. */
void member_leave(struct in *in, struct member *member);

/* Begins an archive; the operand's name must outlive its use. */
void member_open(struct member *member, const char *archive);
void member_free(struct member *member);

/* True if a file that begins with start, of at least TAR_BLOCK bytes, is a tar archive.
 */
enum { TAR_BLOCK = 512 };
bool tar_header(struct str start);

/* True if a line is the first of a WARC record, "WARC/1.0". */
bool warc_version(struct str line);

/* True if a record of the archive begins with what comes next. */
enum { WARC_LOOK = 512 };
bool warc_begins(struct in *in);

#endif
