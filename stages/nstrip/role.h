/* Roles: what a line of a story, or a part of one, is. */
#ifndef NSTRIP_ROLE_H
#define NSTRIP_ROLE_H

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

#endif
