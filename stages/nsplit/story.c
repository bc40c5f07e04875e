#include "stages/nsplit/story.h"

#include "common/alloc.h"

#include <stdlib.h>

enum {
    TEASER_LINES = 4,     /* headline, lead, a time or a section, beside "Read more" */
    TEASER_BYTES = 1200,  /* of one line in it */
    HEADLINE_BYTES = 300, /* of its first */
    SECTION_BYTES = 60,
    PROSE_BYTES = 80, /* a line of running text is at least so long */
    FEED_BLOCKS = 2,
};

/* The lines of a page that are not blank. */
struct view {
    const struct lines *lines;
    size_t *at; /* their index in lines */
    size_t count;
};

static struct str text_of(const struct view *view, size_t i)
{
    return str_trim(line_text(view->lines, view->at[i]));
}

static enum cue cue_at(const struct view *view, size_t i)
{
    return view->lines->line[view->at[i]].cue;
}

/* Ends as a sentence does; U+3002 is the ideographic full stop. */
static bool ends_sentence(struct str s)
{
    while (s.len && strchr("\"')]", s.s[s.len - 1]))
        s.len--;
    if (str_ends(s, STR("\xe2\x80\x9d")) || str_ends(s, STR("\xc2\xbb")))
        return true;
    return s.len && (strchr(".!?", s.s[s.len - 1]) || str_ends(s, STR("\xe3\x80\x82")));
}

static bool prose(struct str s)
{
    return s.len >= PROSE_BYTES && ends_sentence(s);
}

/* Lines [from, to) are what stands in a feed before the line that ends it. */
static bool teaser_body(const struct view *view, size_t from, size_t to)
{
    if (from >= to || to - from > TEASER_LINES ||
        text_of(view, from).len > HEADLINE_BYTES)
        return false;
    size_t longs = 0;
    for (size_t i = from; i < to; i++) {
        struct str s = text_of(view, i);
        if (s.len > TEASER_BYTES)
            return false;
        longs += s.len > HEADLINE_BYTES;
    }
    return longs <= 1;
}

/* A name set over a feed: "Military operation in Ukraine". */
static bool section_line(const struct view *view, size_t i)
{
    struct str s = text_of(view, i);
    if (s.len > SECTION_BYTES || ends_sentence(s) || cue_at(view, i) != CUE_NONE)
        return false;
    enum cue label = i ? cue_at(view, i - 1) : CUE_NONE;
    return label != CUE_TAGS && label != CUE_TOPIC;
}

/* Where the first block of a feed begins whose "Read more" is line more; no line before
 * least belongs to it. A lead, a headline and a section's name are looked for. */
static size_t first_block(const struct view *view, size_t least, size_t more,
                          size_t body_lines)
{
    size_t from = more > least + body_lines ? more - body_lines : least;
    if (from > least && section_line(view, from - 1))
        from--;
    return from;
}

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
    for (size_t i = from; i < to; i++) {
        if (prose(text_of(view, i))) {
            add(stories, from, ARTICLE);
            return false;
        }
    }
    return from < to && !stories->count;
}

/* The end of the feed whose first "Read more" is line more: behind its last one. *blocks
 * is how many it has, *body how many lines most of them have before theirs. */
static size_t feed_end(const struct view *view, size_t more, size_t *blocks, size_t *body)
{
    size_t lines[TEASER_LINES + 1] = {0}, end = more + 1;
    *blocks = 1;
    for (size_t i = end; i < view->count && i <= end + TEASER_LINES; i++) {
        if (cue_at(view, i) != CUE_MORE)
            continue;
        if (!teaser_body(view, end, i))
            break;
        lines[i - end]++;
        end = i + 1;
        ++*blocks;
    }
    *body = 1;
    for (size_t n = 1; n <= TEASER_LINES; n++)
        if (lines[n] > lines[*body])
            *body = n;
    return end;
}

static void add_feed(const struct view *view, struct stories *stories, size_t from,
                     size_t end)
{
    add(stories, from, TEASER);
    for (size_t i = from; i + 1 < end; i++)
        if (cue_at(view, i) == CUE_MORE)
            add(stories, i + 1, TEASER);
}

static void cut(const struct view *view, struct stories *stories)
{
    size_t from = 0, i = 0;
    while (i < view->count) {
        if (cue_at(view, i) != CUE_MORE) {
            i++;
            continue;
        }
        size_t blocks, body, end = feed_end(view, i, &blocks, &body);
        size_t first = first_block(view, from, i, body);
        if (blocks >= FEED_BLOCKS && teaser_body(view, first, i)) {
            bool lead = outside(view, stories, from, first);
            add_feed(view, stories, lead ? from : first, end);
            from = end;
        }
        i = end;
    }
    if (outside(view, stories, from, view->count))
        add(stories, from, ARTICLE);
}

void story_cut(const struct lines *lines, size_t count, struct stories *stories)
{
    struct view view = {lines, xalloc(count, sizeof *view.at), 0};
    for (size_t i = 0; i < count; i++)
        if (!lines->line[i].blank)
            view.at[view.count++] = i;
    stories->count = 0;
    cut(&view, stories);
    for (size_t i = 0; i < stories->count; i++)
        stories->story[i].first = view.at[stories->story[i].first];
    stories->story[0].first = 0;
    free(view.at);
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
