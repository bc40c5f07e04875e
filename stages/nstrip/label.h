/* Labels: what each line of a story is. */
#ifndef NSTRIP_LABEL_H
#define NSTRIP_LABEL_H

#include "stages/nstrip/page.h"

#include <stdbool.h>
#include <stdint.h>

enum role {
    /* stays in text */
    ROLE_BODY,
    /* moves into the member of its name */
    ROLE_TITLE,
    ROLE_SUBTITLE,
    ROLE_SECTION,
    ROLE_BYLINE,
    ROLE_TIMESTAMP,
    ROLE_DATELINE,
    ROLE_TOPIC,
    ROLE_CAPTION,
    ROLE_CREDIT,
    ROLE_TAGS,
    ROLE_RELATED,
    /* is removed */
    ROLE_REMOVED,
    ROLE_TEMPLATE = ROLE_REMOVED,
    ROLE_TEASER,
    ROLE_NAV,
    ROLE_SHARE,
    ROLE_SUBSCRIBE,
    ROLE_COOKIE,
    ROLE_AD,
    ROLE_COMMENT,
    ROLE_MEDIA,
    ROLE_COPYRIGHT,
    ROLE_COUNTER,
    ROLE_LABEL,     /* "Tags", "Topic:", and the marks between tags */
    ROLE_DUPLICATE, /* said elsewhere in the story, or in the record */
    ROLES
};

/* The role's name: of the member it moves to, or the kind of what is removed. */
const char *role_name(enum role role);

/* The same where each line gets a name: `body`, `caption` and `credit`, else the role's
 * name. */
const char *role_label(enum role role);

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
