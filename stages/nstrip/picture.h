/* Pictures: the captions and credits of a page. */
#ifndef NSTRIP_PICTURE_H
#define NSTRIP_PICTURE_H

#include "stages/nstrip/label.h"

/* What a line says itself to be, or the label that is the whole line before it (NULL:
 * there is none): ROLE_CAPTION, ROLE_CREDIT, a label or copyright; ROLE_BODY if nothing
 * of that. body: it is taken for body, which only a credit beyond doubt overrules. */
enum role picture_alone(const struct page_line *line, const struct page_line *before,
                        bool body);

/* The same of a line that begins or ends as a page's foot does: "Copyright Ann Lee/AP",
 * "… the quay. Ann Lee/Copyright 2026 The AP."; ROLE_COPYRIGHT if nothing of that. */
enum role picture_owned(const struct page_line *line);

/* Labels the captions that have their credit next to them, before it or behind, title
 * being a line's index or -1, body that of the body's first line; also credits that say
 * less clearly what they are: of the page's house, or behind a caption. */
void picture_pairs(const struct page *page, enum role *roles, size_t title, size_t body,
                   const int32_t *scores);

/* Lines that say again what a caption says are its duplicates. */
void picture_again(const struct page *page, enum role *roles);

/* Takes the roles of captions and credits from the lines far from title and body, which
 * have theirs: there they are other stories'. */
void picture_window(const struct page *page, enum role *roles);

#endif
