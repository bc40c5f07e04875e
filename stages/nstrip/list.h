/* Lists: tags, topic and related stories, which a label announces. */
#ifndef NSTRIP_LIST_H
#define NSTRIP_LIST_H

#include "stages/nstrip/page.h"
#include "stages/nstrip/role.h"

/* Labels what follows a label, "Tags", "Topic:", "Read also: …", in its line or below it:
 * lines that are ROLE_BODY so far. */
void list_label(const struct page *page, enum role *roles);

/* Labels the tags of a page whose title and body are labelled: behind a label that says
 * less clearly what it is, or without one right behind the body, if the story tells of
 * them. Tags and related stories far from it are not its. */
void list_tags(const struct page *page, enum role *roles);

/* The bytes of the label that a line of tags begins with, "Tags: ", "Filed under "; 0 if
 * there is none, no names behind it ("Tags are for dogs"), or nothing. */
size_t list_tags_label(struct str line);

#endif
