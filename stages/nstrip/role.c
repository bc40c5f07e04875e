#include "stages/nstrip/role.h"

const char *role_name(enum role role)
{
    static const char *const names[ROLES] = {
        [ROLE_BODY] = "text",
        [ROLE_TITLE] = "title",
        [ROLE_SUBTITLE] = "subtitle",
        [ROLE_SECTION] = "section",
        [ROLE_BYLINE] = "byline",
        [ROLE_TIMESTAMP] = "timestamp",
        [ROLE_DATELINE] = "dateline",
        [ROLE_TOPIC] = "topic",
        [ROLE_CAPTION] = "captions",
        [ROLE_CREDIT] = "captions",
        [ROLE_TAGS] = "tags",
        [ROLE_RELATED] = "related",
        [ROLE_TEMPLATE] = "template",
        [ROLE_TEASER] = "teaser",
        [ROLE_NAV] = "nav",
        [ROLE_SHARE] = "share",
        [ROLE_SUBSCRIBE] = "subscribe",
        [ROLE_COOKIE] = "cookie",
        [ROLE_AD] = "ad",
        [ROLE_COMMENT] = "comment",
        [ROLE_MEDIA] = "media",
        [ROLE_COPYRIGHT] = "copyright",
        [ROLE_COUNTER] = "counter",
        [ROLE_LABEL] = "label",
        [ROLE_DUPLICATE] = "duplicate",
    };
    return names[role];
}

const char *role_label(enum role role)
{
    return role == ROLE_BODY      ? "body"
           : role == ROLE_CAPTION ? "caption"
           : role == ROLE_CREDIT  ? "credit"
                                  : role_name(role);
}
