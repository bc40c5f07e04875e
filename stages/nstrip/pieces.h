/* Pieces: the whole of a story's text, each part with what became of it.
 *
 * Every character of the text that is no white space lies in exactly one piece. Whatever
 * is kept, moved and removed is written from the pieces alone, so nothing is lost or
 * doubled. */
#ifndef NSTRIP_PIECES_H
#define NSTRIP_PIECES_H

#include "common/record.h"
#include "stages/nstrip/label.h"
#include "stages/nstrip/page.h"

/* Small, as there is one for each line of a record, however long it is. */
struct piece {
    struct str text; /* trimmed, never empty; lies in the record's text */
    int32_t score;   /* the labeller's, of its line */
    uint8_t role;    /* an enum role */
    bool scored;     /* false: the labeller was not asked */
    bool removed;    /* its role is one of what is removed, or its member was taken */
};

struct pieces {
    struct piece *piece;
    size_t count, cap;
    bool has[ROLES]; /* the roles that some were cut with */
    bool dateline;   /* the story has had one */
};

/* Before the first page of a record: no pieces. */
void pieces_clear(struct pieces *pieces);

/* Takes the labelled lines apart where a line is more than one thing: dateline and
 * paragraph, sign and credit, label and tags. Scores, one a line, or NULL. */
void pieces_cut(struct pieces *pieces, const struct page *page, const enum role *roles,
                const int32_t *scores);

/* Writes text, the moved members and `stripped` into the record, and `removed` if wanted.
 * A member the record came with is left alone: what would move there is removed as a
 * duplicate if it says the same, and else stays in text. */
void pieces_apply(struct pieces *pieces, struct record *rec, const char *field,
                  struct str text, bool removed);

void pieces_free(struct pieces *pieces);

#endif
