#include "stages/nstrip/list.h"

#include "common/unicode.h"
#include "common/words.h"

#include <string.h>

enum {
    TAG_WORDS = 8,
    TAG_LINES = 30,
    TAG_REACH = 40, /* lines from the body to its tags, where a label says so … */
    TAG_BESIDE = 6, /* … and where none does */
    BARE_WORDS = 4, /* of a tag without a label */
    LABEL_WORDS = 3,
    APART_TAGS = 3,
    LISTED_TAGS = 3,
    BARE_LINES = 16,
    GLUED_TAGS = 3,
};
#define NONE ((size_t)-1)

/* The line a label stands for follows it, unless the label's own line goes on. */
static bool label_alone(const struct page_line *line, enum cue kind)
{
    return line->cue == kind && cue_prefix(line->text, kind) == line->text.len;
}

/* Tags that the blanks between were lost of, "FloodsOldport ferriesThe quay", or "#floods
 * #ferries". */
static bool tags_glued(struct str s)
{
    enum { GLUED_BYTES = 300 };
    size_t glued = 0, signs = 0;
    for (size_t i = 1; i < s.len; i++) {
        bool small = (s.s[i - 1] >= 'a' && s.s[i - 1] <= 'z') ||
                     (s.s[i - 1] >= '0' && s.s[i - 1] <= '9');
        glued += s.s[i] >= 'A' && s.s[i] <= 'Z' && small;
        signs += s.s[i] == '#' && s.s[i - 1] == ' ';
    }
    return s.len <= GLUED_BYTES && !str_any(s, "?\"<") &&
           (glued >= GLUED_TAGS || (s.s[0] == '#' && signs));
}

size_t list_tags_label(struct str line)
{
    size_t n = cue_prefix(line, CUE_TAGS);
    struct str rest = str_sub(line, n, line.len);
    bool colon = str_ends(str_trim(str_sub(line, 0, n)), STR(":"));
    const char *p = rest.s;
    bool name = rest.len && !uni_lower(utf8_next(&p, rest.s + rest.len));
    return n && rest.len && (colon || name || tags_glued(rest)) ? n : 0;
}

/* "More on this topic", and a headline or two: few lines of many words, not all of which
 * are names. */
static bool headlines(const struct page *page, size_t first, size_t end, size_t most)
{
    const struct page_line *last = &page->lines[end - 1];
    return end - first < LISTED_TAGS && last->words > most &&
           3 * last->scan.capitals < 2 * last->words;
}

static size_t label_tags(const struct page *page, enum role *roles, size_t i)
{
    if (!label_alone(&page->lines[i], CUE_TAGS)) {
        if (list_tags_label(page->lines[i].text))
            roles[i] = ROLE_TAGS;
        return i;
    }
    enum { FEW_WORDS = 2 }; /* "Search engines" is a tag */
    roles[i] = ROLE_LABEL;
    size_t first = i + 1, end = first;
    for (; end - first < TAG_LINES && end < page->count; end++) {
        const struct page_line *next = &page->lines[end];
        if (roles[end] != ROLE_BODY || next->words > TAG_WORDS || next->stops ||
            next->cue != CUE_NONE || (next->words > FEW_WORDS && page_button(next->text)))
            break;
    }
    if (end == first || headlines(page, first, end, BARE_WORDS))
        return i;
    for (size_t k = first; k < end; k++)
        roles[k] = ROLE_TAGS;
    return end - 1;
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

/* "Most read stories": more label than headline. */
static bool goes_on_as_label(struct str line)
{
    enum { FEW_WORDS = 2 };
    size_t n = cue_prefix(line, CUE_RELATED);
    struct str label = str_trim(str_sub(line, 0, n));
    return n && !str_ends(label, STR(":")) && !str_ends(label, STR("|")) &&
           word_count(str_sub(line, n, line.len)) <= FEW_WORDS;
}

/* "Read more books, walk more": what goes on with a small word of weight is a sentence.
 */
static bool goes_on_as_sentence(struct str line)
{
    size_t n = cue_prefix(line, CUE_RELATED);
    struct str rest = str_sub(line, n, line.len), word;
    bool small = n && n < line.len && line.s[n] >= 'a' && line.s[n] <= 'z';
    return small && line.s[n - 1] == ' ' && !strchr(":|>-", line.s[n - 2]) &&
           word_next(&rest, &word) && !word_stop(word);
}

static size_t label_related(const struct page *page, enum role *roles, size_t i)
{
    struct str text = page->lines[i].text;
    if (!label_alone(&page->lines[i], CUE_RELATED)) {
        if (goes_on_as_label(text))
            roles[i] = ROLE_LABEL;
        else if (!goes_on_as_sentence(text))
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

/* ---- tags behind the body ---- */

/* Where title and body are. */
struct story {
    size_t title, last;
};

static struct story story_of(const struct page *page, const enum role *roles)
{
    struct story story = {NONE, NONE};
    for (size_t i = 0; i < page->count; i++) {
        if (roles[i] == ROLE_TITLE && story.title == NONE)
            story.title = i;
        if (roles[i] == ROLE_BODY)
            story.last = i;
    }
    return story;
}

/* Tags and other stories far from the story are the site's; true if tags are left. */
static bool drop_far(const struct page *page, enum role *roles, struct story story)
{
    bool any = false;
    for (size_t i = 0; i < page->count; i++) {
        if (roles[i] != ROLE_TAGS && roles[i] != ROLE_RELATED)
            continue;
        if (i < story.title || i > story.last + TAG_REACH)
            roles[i] = roles[i] == ROLE_TAGS ? ROLE_NAV : ROLE_TEASER;
        else
            any = any || roles[i] == ROLE_TAGS;
    }
    return any;
}

/* A line that nothing is known of but that it is not body. */
static bool unknown(const struct page *page, const enum role *roles, size_t i)
{
    return i < page->count && page->lines[i].words && page->lines[i].cue == CUE_NONE &&
           page->lines[i].text.s[0] != '{' &&
           (roles[i] == ROLE_NAV || roles[i] == ROLE_TEASER);
}

/* How many of the lines [first, end) say something that the story tells of; a sign that
 * marks tags elsewhere, "#ferries", says as much. */
static size_t said_of(const struct page *page, size_t first, size_t end,
                      struct story story)
{
    size_t said = 0;
    for (size_t i = first; i < end; i++)
        said += page->lines[i].text.s[0] == '#' ||
                page_shared(page, i, story.title, story.last + 1) > 0;
    return said;
}

static bool wholly_said(const struct page *page, size_t i, struct story story)
{
    return page_shared(page, i, story.title, story.last + 1) == page->lines[i].words;
}

/* The end of a list of tags without its last line, if that is the headline of what
 * follows it: "More news", and other stories. */
static size_t trim_list(const struct page *page, const enum role *roles, size_t first,
                        size_t end, struct story story)
{
    bool other =
        end < page->count && (roles[end] == ROLE_TEASER || roles[end] == ROLE_SUBSCRIBE);
    if (end < page->count && roles[end] == ROLE_BYLINE && end > first + 1 &&
        !wholly_said(page, end - 1, story))
        return end - 1; /* "Article authors" */
    return other && end - first >= LISTED_TAGS && page->lines[end - 1].words > 1 &&
                   !wholly_said(page, end - 1, story)
               ? end - 1
               : end;
}

/* Few words below a label; or any, where the line before ends in a comma. */
static bool listed(const struct page *page, const enum role *roles, size_t i)
{
    if (i >= page->count || page->lines[i].words > TAG_WORDS || page->lines[i].stops)
        return false;
    const struct page_line *line = &page->lines[i];
    if (str_ends(line[-1].text, STR(",")))
        return roles[i] >= ROLE_REMOVED;
    return unknown(page, roles, i) && !line->colon && line->text.s[0] != '[' &&
           !str_any(line->text, "@") && !page_button(line->text);
}

/* True if line i goes on behind the one before it as in a dictionary. */
static bool in_order(const struct page *page, size_t i)
{
    struct str a = page->lines[i - 1].text, b = page->lines[i].text;
    int order = memcmp(a.s, b.s, a.len < b.len ? a.len : b.len);
    return order < 0 || (order == 0 && a.len < b.len);
}

/* A menu of all there is goes on in its order behind an entry that menus have, "News"; or
 * the story tells of little of it. */
static bool menu(const struct page *page, const enum role *roles, size_t first,
                 size_t end, struct story story)
{
    size_t count = end - first;
    size_t said = said_of(page, first, end, story);
    bool goes_on = end + 1 < page->count && page->lines[end].cue != CUE_NONE &&
                   in_order(page, end) && in_order(page, end + 1) &&
                   listed(page, roles, end + 1);
    return count >= TAG_LINES || (count >= LISTED_TAGS && goes_on) ||
           (count > LISTED_TAGS && 2 * said < count) || (count == 1 && !said);
}

static bool labels_tags(const struct page_line *line)
{
    /* any cue: many a label of tags is one of sections, too */
    return line->cue != CUE_NONE && cue_prefix(line->text, CUE_TAGS) == line->text.len;
}

/* "Related:", and what the story tells of, two lines or more and none of many words. */
static bool related_tags(const struct page *page, size_t first, size_t end,
                         struct story story)
{
    size_t most = 0;
    for (size_t i = first; i < end; i++)
        most = page->lines[i].words > most ? page->lines[i].words : most;
    return label_alone(&page->lines[first - 1], CUE_RELATED) && end > first + 1 &&
           most <= LABEL_WORDS && said_of(page, first, end, story) == end - first;
}

/* "Topics", and tags in the lines below. */
static bool tags_below(const struct page *page, enum role *roles, size_t i,
                       struct story story)
{
    size_t first = i + 1, end = first;
    bool label = labels_tags(&page->lines[i]);
    if (!label && page->lines[i].cue != CUE_RELATED)
        return false;
    while (end - first < TAG_LINES && listed(page, roles, end))
        end++;
    if (!label && !related_tags(page, first, end, story))
        return false;
    bool teaser = end < page->count && roles[end] == ROLE_TEASER;
    if (end == first || menu(page, roles, first, end, story) ||
        headlines(page, first, end, BARE_WORDS - teaser))
        return false;
    end = trim_list(page, roles, first, end, story);
    roles[i] = ROLE_LABEL;
    for (size_t k = first; k < end; k++)
        roles[k] = ROLE_TAGS;
    return true;
}

/* True if one of the lines [from, end) says the same. */
static bool stood_before(const struct page *page, size_t i, size_t from, size_t end)
{
    for (size_t k = from; k < end; k++)
        if (str_eq(page->lines[k].text, page->lines[i].text))
            return true;
    return false;
}

/* A few words that nothing is known of and that did not stand in a menu, unless they are
 * the story's. */
static bool may_be_tag(const struct page *page, const enum role *roles, size_t i,
                       struct story story)
{
    return unknown(page, roles, i) && page->lines[i].words <= BARE_WORDS &&
           !page->lines[i].stops && !page->lines[i].colon &&
           !str_any(page->lines[i].text, "@") &&
           (!stood_before(page, i, 0, story.title) || wholly_said(page, i, story));
}

/* "Explore topics": ends in a label of tags. */
static bool ends_as_label(struct str s)
{
    struct str word, last = STR("");
    while (word_next(&s, &word))
        last = word;
    return last.len && cue_prefix(last, CUE_TAGS) == last.len;
}

/* Most of the lines [first, end) are what the story tells of; more of them where other
 * lines stand before, and where there are few. */
static bool tags_told(const struct page *page, size_t first, size_t end, bool apart,
                      struct story story)
{
    size_t count = end - first, said = said_of(page, first, end, story);
    size_t least = apart && count <= APART_TAGS ? APART_TAGS : 2;
    bool whole = wholly_said(page, end - 1, story) || wholly_said(page, end - 2, story);
    return said >= least && 2 * said >= count && count <= BARE_LINES &&
           (count > 2 || whole);
}

/* Right behind the body: a few short lines that the story tells of. */
static void tags_bare(const struct page *page, enum role *roles, struct story story)
{
    size_t first = story.last + 1, end;
    bool apart = false;
    for (; first <= story.last + TAG_BESIDE && !may_be_tag(page, roles, first, story);
         first++) {
        if (first < page->count && labels_tags(&page->lines[first]))
            return; /* what it announces is no list of tags */
        apart = apart || (unknown(page, roles, first) && !page->lines[first].colon);
    }
    for (end = first;
         may_be_tag(page, roles, end, story) && !stood_before(page, end, first, end);)
        end++;
    if (end - first < 2)
        return;
    size_t label = ends_as_label(page->lines[first].text) ? first++ : NONE;
    end = trim_list(page, roles, first, end, story);
    if (end - first < 2 || !tags_told(page, first, end, apart && label == NONE, story))
        return;
    if (label != NONE)
        roles[label] = ROLE_LABEL;
    for (size_t i = first; i < end; i++)
        roles[i] = ROLE_TAGS;
}

/* Tags in one line, right behind the body, or behind a few words that announce them. */
static bool tags_in_line(const struct page *page, const enum role *roles, size_t i,
                         struct story story)
{
    bool near = i > story.last && i <= story.last + TAG_BESIDE;
    const struct page_line *before = &page->lines[i - 1];
    bool announced =
        before->words <= LABEL_WORDS && (before->colon || roles[i - 1] == ROLE_LABEL);
    size_t told = near ? 1 : 2;
    return unknown(page, roles, i) && (near || announced) && !page->lines[i].stops &&
           tags_glued(page->lines[i].text) &&
           page_shared(page, i, story.title, story.last + 1) >= told;
}

void list_tags(const struct page *page, enum role *roles)
{
    struct story story = story_of(page, roles);
    if (story.title == NONE || story.last == NONE || story.last < story.title ||
        drop_far(page, roles, story))
        return;
    for (size_t i = story.title + 1; i < page->count && i <= story.last + TAG_REACH;
         i++) {
        if (roles[i] == ROLE_BODY)
            continue;
        if (tags_below(page, roles, i, story))
            return;
        if (tags_in_line(page, roles, i, story) ||
            (i > story.last && roles[i] >= ROLE_REMOVED && !page->lines[i].stops &&
             list_tags_label(page->lines[i].text))) {
            roles[i] = ROLE_TAGS;
            return;
        }
    }
    tags_bare(page, roles, story);
}
