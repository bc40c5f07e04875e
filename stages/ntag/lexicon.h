/* The user's own term lists, looked for in a text.
 *
 * A term is a row of tokens: a run of letters, marks and digits, or any other character
 * alone; in scripts without spaces each character is one. So a term begins and ends where
 * words do. Case does not count (simple case folding), white space is one blank however
 * much of it there is. The rows stand in a hash table. Bits by hash (Bloom, Space/time
 * Trade-offs in Hash Coding with Allowable Errors, 1970) say at which tokens it is worth
 * looking there, few enough of them to stay in a processor's cache, and how far. */
#ifndef NEWSPIPE_NTAG_LEXICON_H
#define NEWSPIPE_NTAG_LEXICON_H

#include "common/buf.h"

#include <stdbool.h>
#include <stdint.h>

struct lexicon;

struct lexicon *lexicon_new(void);
void lexicon_free(struct lexicon *lexicon);

/* Adds a line of a term list: term, tab, label and maybe tab, options (case: as written
 * only; overlap: also where it lies across or inside another hit), commas between. Lines
 * that are blank, "#" or begin with "# " say nothing. NULL, or what is wrong with it. */
const char *lexicon_add(struct lexicon *lexicon, struct str line);

/* Adds the lines of a file, also gzipped. A file that cannot be read and a bad line are
 * the end: message, exit 2. */
void lexicon_read(struct lexicon *lexicon, const char *path);

struct hit {
    struct str label, term; /* as the list has them; live as long as the lexicon */
    size_t start, end;      /* code points */
};

/* Calls with each hit in text, by where it begins, then the longest first, then in the
 * order of the lists. Of hits that overlap the first and among them the longest counts,
 * and besides all of the terms that may overlap, or of any term if all is true. Takes
 * time in the length of text, times the tokens of a term's beginning that stands there.
 */
typedef void lexicon_hit(void *context, const struct hit *hit);
void lexicon_find(const struct lexicon *lexicon, struct str text, bool all,
                  lexicon_hit *hit, void *context);

#endif
