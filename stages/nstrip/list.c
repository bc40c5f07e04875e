#include "stages/nstrip/list.h"

enum {
    TAG_WORDS = 6,
    TAG_LINES = 30,
};

/* The line a label stands for follows it, unless the label's own line goes on. */
static bool label_alone(const struct page_line *line, enum cue kind)
{
    return line->cue == kind && cue_prefix(line->text, kind) == line->text.len;
}

static size_t label_tags(const struct page *page, enum role *roles, size_t i)
{
    if (!label_alone(&page->lines[i], CUE_TAGS)) {
        roles[i] = ROLE_TAGS;
        return i;
    }
    roles[i] = ROLE_LABEL;
    for (size_t n = 0; n < TAG_LINES && i + 1 < page->count; n++, i++) {
        const struct page_line *next = &page->lines[i + 1];
        if (roles[i + 1] != ROLE_BODY || next->words > TAG_WORDS || next->stops ||
            next->cue != CUE_NONE)
            break;
        roles[i + 1] = ROLE_TAGS;
    }
    return i;
}

static size_t label_topic(const struct page *page, enum role *roles, size_t i)
{
    if (!label_alone(&page->lines[i], CUE_TOPIC)) {
        roles[i] = ROLE_TOPIC;
        return i;
    }
    bool next =
        i + 1 < page->count && roles[i + 1] == ROLE_BODY && !page->lines[i + 1].prose;
    roles[i] = ROLE_LABEL;
    if (next)
        roles[++i] = ROLE_TOPIC;
    return i;
}

static size_t label_related(const struct page *page, enum role *roles, size_t i)
{
    if (!label_alone(&page->lines[i], CUE_RELATED)) {
        roles[i] = ROLE_RELATED;
        return i;
    }
    roles[i] = ROLE_LABEL;
    while (i + 1 < page->count && roles[i + 1] == ROLE_BODY &&
           page_headline(&page->lines[i + 1]))
        roles[++i] = ROLE_RELATED;
    return i;
}

void list_label(const struct page *page, enum role *roles)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct page_line *line = &page->lines[i];
        if (roles[i] != ROLE_BODY || line->prose)
            continue;
        if (line->cue == CUE_TAGS)
            i = label_tags(page, roles, i);
        else if (line->cue == CUE_TOPIC)
            i = label_topic(page, roles, i);
        else if (line->cue == CUE_RELATED)
            i = label_related(page, roles, i);
    }
}
