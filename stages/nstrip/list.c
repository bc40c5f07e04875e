#include "stages/nstrip/list.h"

#include "common/unicode.h"
#include "common/words.h"

enum {
    TAG_WORDS = 8,
    TAG_LINES = 30,
    TAG_REACH = 40, /* lines from the body to its tags, where a label says so … */
    TAG_BESIDE = 6, /* … and where none does */
    BARE_WORDS = 4, /* of a tag without a label */
    LABEL_WORDS = 3,
    APART_TAGS = 3,
    GLUED_TAGS = 3,
};
#define NONE ((size_t)-1)

/* The line a label stands for follows it, unless the label's own line goes on. */
static bool label_alone(const struct page_line *line, enum cue kind)
{
    return line->cue == kind && cue_prefix(line->text, kind) == line->text.len;
}

size_t list_tags_label(struct str line)
{
    size_t n = cue_prefix(line, CUE_TAGS);
    struct str rest = str_sub(line, n, line.len);
    bool colon = str_ends(str_trim(str_sub(line, 0, n)), STR(":"));
    const char *p = rest.s;
    bool name = rest.len && !uni_lower(utf8_next(&p, rest.s + rest.len));
    return n && rest.len && (colon || name) ? n : 0;
}

static size_t label_tags(const struct page *page, enum role *roles, size_t i)
{
    if (!label_alone(&page->lines[i], CUE_TAGS)) {
        if (list_tags_label(page->lines[i].text))
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

/* "Facebook icon" */
static bool button(struct str s)
{
    struct str word;
    return word_next(&s, &word) && cue_of(word) == CUE_SHARE;
}

/* "Topics", and tags in the lines below. */
static bool tags_below(const struct page *page, enum role *roles, size_t i)
{
    size_t k = i;
    const struct page_line *line = &page->lines[i];
    /* any cue: many a label of tags is one of sections, too */
    if (line->cue == CUE_NONE || cue_prefix(line->text, CUE_TAGS) != line->text.len)
        return false;
    while (unknown(page, roles, k + 1) && k - i < TAG_LINES &&
           page->lines[k + 1].words <= TAG_WORDS && !page->lines[k + 1].stops &&
           !page->lines[k + 1].colon && !button(page->lines[k + 1].text))
        roles[++k] = ROLE_TAGS;
    if (k > i)
        roles[i] = ROLE_LABEL;
    return k > i;
}

static bool stood_before(const struct page *page, size_t i, size_t end)
{
    for (size_t k = 0; k < end; k++)
        if (str_eq(page->lines[k].text, page->lines[i].text))
            return true;
    return false;
}

/* A few words that nothing is known of and that did not stand in a menu. */
static bool may_be_tag(const struct page *page, const enum role *roles, size_t i,
                       struct story story)
{
    return unknown(page, roles, i) && page->lines[i].words <= BARE_WORDS &&
           !page->lines[i].stops && !page->lines[i].colon &&
           !stood_before(page, i, story.title);
}

/* Right behind the body: a few short lines, most of which the story tells of; more of
 * them where other lines stand between. */
static void tags_bare(const struct page *page, enum role *roles, struct story story)
{
    size_t first = story.last + 1, end, said = 0;
    bool apart = false;
    for (; first <= story.last + TAG_BESIDE && !may_be_tag(page, roles, first, story);
         first++)
        apart = apart || (unknown(page, roles, first) && !page->lines[first].colon);
    for (end = first; may_be_tag(page, roles, end, story); end++)
        said += page_shared(page, end, story.title, story.last + 1) > 0;
    size_t count = end - first;
    if (said < 2 || count > TAG_LINES || 2 * said < count ||
        (apart && (count < APART_TAGS || (count == APART_TAGS && said < count))))
        return;
    for (size_t i = first; i < end; i++)
        roles[i] = ROLE_TAGS;
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
        if (tags_below(page, roles, i))
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
