/* Stories: the article of a page and the teasers of its feeds. */
#ifndef NSPLIT_STORY_H
#define NSPLIT_STORY_H

#include "stages/nsplit/lines.h"

enum kind { ARTICLE, TEASER };

struct story {
    size_t first; /* its first line in the page; it reaches to the next story */
    enum kind kind;
};

struct stories {
    struct story *story;
    size_t count, cap;
};

/* Cuts the first count lines of a page, one of which is not blank, into stories: at least
 * one, and together all the lines.
 *
 * Each block of a feed (see feed.h) is a story. The first one also takes the section's
 * name before its headline. What stands before, between and after feeds is article, as
 * far as it has a paragraph of running text; menus and footers belong to the story beside
 * them. A list of headlines in the middle of an article stays in it, unless its blocks
 * end with words like "Read more". */
void story_cut(const struct lines *lines, size_t count, struct stories *stories);

/* One story that is the whole page. */
void story_whole(struct stories *stories);

void stories_free(struct stories *stories);

#endif
