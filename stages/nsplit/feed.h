/* Feeds: runs of blocks of one form on a page, each the headline of a story with at most
 * a few lines of it, or a post of a live blog.
 *
 * What makes a run is a line that comes back in each block: one that ends it ("Read
 * more", "12 comments", a lead that breaks off with "[…]"), or a time or number that
 * stands before its headline or behind it. */
#ifndef NSPLIT_FEED_H
#define NSPLIT_FEED_H

#include "stages/nsplit/lines.h"

/* What a line is in a feed. */
struct feed_line {
    struct str text; /* trimmed */
    enum cue cue;
    int stamp;       /* STAMP_…, of the whole line or its beginning */
    int minutes;     /* since midnight, of a stamp with a time; -1 without */
    int number;      /* of a list item, "7." or "7. Headline"; 0 if none */
    size_t prose;    /* lines of running text up to this one */
    bool digits;     /* has any, near its beginning */
    bool alone;      /* the stamp or number is all there is */
    bool ends;       /* ends with words like "Read more" */
    bool breaks_off; /* with "…", "[...]" */
};

enum { STAMP_NONE, STAMP_DATE, STAMP_TIME, STAMP_AGO };

/* The lines of a page that are not blank. */
struct view {
    const struct lines *lines;
    size_t *at; /* their index in lines */
    struct feed_line *line;
    size_t count;
};

struct feed {
    size_t *block; /* the first line of each; the last one reaches to end */
    size_t blocks, cap, end;
    bool posts;   /* each is a text of its own, not a teaser */
    bool aside;   /* may as well be a list inside an article */
    size_t tried; /* runs of marked lines up to here were looked at, */
    int tries;    /* so many times */
};

void view_fill(struct view *view, const struct lines *lines, size_t count);
void view_free(struct view *view);

/* Lines of running text in [from, to). */
size_t view_prose(const struct view *view, size_t from, size_t to);

/* Looks for a feed, zero at first, whose first marked line is line i; its blocks begin at
 * or behind line least. False if there is none; feed->end is then the next line to look
 * at. */
bool feed_find(const struct view *view, size_t least, size_t i, struct feed *feed);

void feed_free(struct feed *feed);

#endif
