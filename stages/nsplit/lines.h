/* Lines of a page, each with its place in the file: the stories cut from them can say
 * which bytes they are. The places of lines that follow one another join without gap. */
#ifndef NSPLIT_LINES_H
#define NSPLIT_LINES_H

#include "common/buf.h"
#include "common/cue.h"
#include "stages/nsplit/trace.h"

#include <stdbool.h>
#include <stddef.h>

enum { LINES_MORE = 8 };

struct page_line {
    size_t at, len; /* the text in lines.text, without line end, BOM, form feed */
    unsigned long long offset, end; /* its bytes in the file, with them */
    unsigned char lead;             /* how many of them stand before the text */
    bool blank;
    bool start; /* something that cannot be mistaken begins a page here */
    bool more;  /* one of the LINES_MORE lines before it may be a CUE_MORE, else none */
    enum cue cue;
    uint32_t trace; /* its number in lines.traces; a blank line has none */
};

/* Lines in reading order. Their texts stand in one buffer, a "\n" behind each: the text
 * of lines that follow one another is one piece. */
struct lines {
    struct traces *traces; /* gets the trace of every line; not owned, NULL for none */
    struct buf text;
    struct page_line *line; /* in store, behind the lines that were dropped */
    size_t count;
    struct page_line *store;
    size_t dropped, cap;
    size_t blanks; /* blank lines at the end, those not kept included */
    size_t more;   /* of the lines to come so many stand soon behind a CUE_MORE */
    bool boms;     /* the file began with a byte order mark: so do its pages */
    bool pending;  /* the next line that is not blank starts a page */
};

/* Adds the lines that text holds: one, or more where form feeds part it. Offset and end
 * are its bytes in the file, lead how many of them stand before text. Of a long run of
 * blank lines only the first are kept, the others count to the bytes of the last line
 * kept. */
void lines_add(struct lines *lines, struct str text, unsigned long long offset,
               unsigned long long end, size_t lead);

/* The next line starts a page, whatever it is. */
void lines_break(struct lines *lines);

/* Parts line i before its byte k: what follows is line i + 1 and starts a page. */
void lines_split(struct lines *lines, size_t i, size_t k);

/* Takes the first n lines out. */
void lines_drop(struct lines *lines, size_t n);
void lines_clear(struct lines *lines);
void lines_free(struct lines *lines);

struct str line_text(const struct lines *lines, size_t i);

#endif
