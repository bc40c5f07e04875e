/* The head of a story: what stands before its body. */
#ifndef NSTRIP_HEAD_H
#define NSTRIP_HEAD_H

#include "stages/nstrip/page.h"
#include "stages/nstrip/role.h"

#include <stdint.h>

enum { SECTION_WORDS = 6 }; /* a section has at most */

/* Labels title, subtitle, section, byline and timestamp among the lines before body, the
 * index of the body's first line, that are ROLE_BODY so far; the rest of them is
 * ROLE_NAV. scores as in struct hints. */
void head_label(const struct page *page, enum role *roles, size_t body,
                const int32_t *scores);

/* Who wrote it, where nothing around the title says so: right behind the body a name by
 * itself that the line behind it, who that is, says again. */
void head_behind(const struct page *page, enum role *roles);

#endif
