/* Pages: the input, whatever its form, as one page after another.
 *
 * A page is what one address of a site gave. It stands in a file of its own, in a stream
 * of pages with nothing between them, or in a member of an NDJSON record. Memory: one
 * page and what start.h wants to see behind it. */
#ifndef NSPLIT_PAGES_H
#define NSPLIT_PAGES_H

#include "common/in.h"
#include "common/record.h"
#include "stages/nsplit/format.h"
#include "stages/nsplit/lines.h"

struct pages_options {
    const char *field;    /* the member that holds a page's text */
    size_t max_page;      /* bytes; a longer page is cut */
    const char *boundary; /* extended regular expression, or NULL */
    enum format format;
};

struct page {
    const char *file;          /* valid while the page is */
    unsigned long long number; /* 1-based in its file */
    const struct lines *lines; /* its first count lines are the page; one is not blank */
    size_t count;
    struct str name;       /* from a `==> name <==` line at its head; len 0 if none */
    size_t named;          /* that line, if there is a name: it is no text of the page */
    struct str url, added; /* what a WARC record says; len 0 if nothing */
    struct record *record; /* the record it stood in, or NULL */
    bool pass;             /* the record is to pass as it is; there are no lines */
};

/* A usage error (exit 2) if the boundary is no expression. */
struct pages *pages_open(struct in *in, const struct pages_options *options);

/* The next page, valid until the next call; false at the end of all input. Reports what
 * is bad, keeps stats.in, stats.bad and stats.bytes_in. */
bool pages_next(struct pages *pages, struct page *page);

void pages_close(struct pages *pages);

#endif
