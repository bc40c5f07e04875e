/* Labels: what each line of a story is. */
#ifndef NSTRIP_LABEL_H
#define NSTRIP_LABEL_H

#include "stages/nstrip/page.h"
#include "stages/nstrip/role.h"

#include <stdbool.h>
#include <stdint.h>

/* What is said of a page's lines from elsewhere, one a line; each may be NULL. */
struct hints {
    const int32_t *scores;  /* body above 0; without them rules decide what is body */
    const int32_t *votes;   /* below 0 where many pages have the line */
    const enum role *ruled; /* ROLES where the user's rules say nothing */
};

/* Labels the lines of a page that is an article, or of a teaser; roles has room for one a
 * line. A line that begins with a dateline is ROLE_BODY; taking it apart is up to the
 * caller, likewise a label before what it labels ("Tags: a, b"). */
void label_article(const struct page *page, enum role *roles, const struct hints *hints);
void label_teaser(const struct page *page, enum role *roles, const struct hints *hints);

#endif
