/* Page starts in a stream of pages with nothing between them.
 *
 * What `cat *.txt` gives has no marks of where a file began; this tells it from what the
 * lines say: mastheads, runs of template leftovers, `==> name <==`, and the start inside
 * a line that a file without a last newline leaves behind. */
#ifndef NSPLIT_START_H
#define NSPLIT_START_H

#include "stages/nsplit/lines.h"

/* Lines behind a line that decide whether a page starts there, and before it. */
enum { START_AHEAD = 4, START_BEHIND = 8 };

#define NO_START ((size_t)-1)

/* Where in line i a page starts: its first byte (0), one inside it, or NO_START. The page
 * so far begins with line 0; of the lines behind i at least START_AHEAD are there unless
 * the file ends sooner. */
size_t start_find(const struct lines *lines, size_t i);

/* The name in a line `==> name <==`, as head(1) and tail(1) write it; len 0 if it is
 * none. */
struct str start_name(struct str line);

#endif
