/* Lists: tags, topic and related stories, which a label announces. */
#ifndef NSTRIP_LIST_H
#define NSTRIP_LIST_H

#include "stages/nstrip/page.h"
#include "stages/nstrip/role.h"

/* Labels what follows a label, "Tags", "Topic:", "Read also: …", in its line or below it:
 * lines that are ROLE_BODY so far. */
void list_label(const struct page *page, enum role *roles);

#endif
