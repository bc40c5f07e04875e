/* Labels: what each line of a story is. */
#ifndef NSTRIP_LABEL_H
#define NSTRIP_LABEL_H

#include "stages/nstrip/page.h"

#include <stdbool.h>

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

/* Labels the lines of a page that is an article, or of a teaser; roles has room for one a
 * line. A line that begins with a dateline is ROLE_BODY; taking it apart is up to the
 * caller, likewise a label before what it labels ("Tags: a, b"). What is body in an
 * article is decided by keep, one a line, or by rules where keep is NULL. */
void label_article(const struct page *page, enum role *roles, const bool *keep);
void label_teaser(const struct page *page, enum role *roles);

#endif
