#include "stages/nsplit/story.h"

#include "common/alloc.h"
#include "stages/nsplit/feed.h"

#include <stdlib.h>

static void add(struct stories *stories, size_t first, enum kind kind)
{
    stories->story =
        xgrow(stories->story, &stories->cap, stories->count + 1, sizeof *stories->story);
    stories->story[stories->count++] = (struct story){first, kind};
}

/* Lines [from, to) stand outside feeds: an article if any is running text, else they go
 * with the story before, or, where there is none, with the one behind (true). */
static bool outside(const struct view *view, struct stories *stories, size_t from,
                    size_t to)
{
    if (view_prose(view, from, to)) {
        add(stories, from, ARTICLE);
        return false;
    }
    return from < to && !stories->count;
}

/* A list of headlines in the middle of an article is no reason to cut it apart. */
static bool stands_alone(const struct view *view, size_t from, const struct feed *feed)
{
    return !feed->aside || !view_prose(view, from, feed->block[0]) ||
           view_prose(view, feed->end, view->count) < 2;
}

static void cut(const struct view *view, struct stories *stories)
{
    struct feed feed = {0};
    size_t from = 0, i = 0;
    while (i < view->count) {
        if (feed_find(view, from, i, &feed) && stands_alone(view, from, &feed)) {
            bool lead = outside(view, stories, from, feed.block[0]);
            for (size_t b = 0; b < feed.blocks; b++)
                add(stories, !b && lead ? from : feed.block[b],
                    feed.posts ? ARTICLE : TEASER);
            from = feed.end;
        }
        i = feed.end;
    }
    if (outside(view, stories, from, view->count))
        add(stories, from, ARTICLE);
    feed_free(&feed);
}

void story_cut(const struct lines *lines, size_t count, struct stories *stories)
{
    struct view view;
    view_fill(&view, lines, count);
    stories->count = 0;
    cut(&view, stories);
    for (size_t i = 0; i < stories->count; i++)
        stories->story[i].first = view.at[stories->story[i].first];
    stories->story[0].first = 0;
    view_free(&view);
}

void story_whole(struct stories *stories)
{
    stories->count = 0;
    add(stories, 0, ARTICLE);
}

void stories_free(struct stories *stories)
{
    free(stories->story);
    *stories = (struct stories){0};
}
