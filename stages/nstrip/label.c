#include "stages/nstrip/label.h"

#include "common/alloc.h"
#include "common/unicode.h"
#include "stages/nstrip/credit.h"
#include "stages/nstrip/head.h"
#include "stages/nstrip/list.h"
#include "stages/nstrip/model.h"
#include "stages/nstrip/picture.h"
#include "stages/nstrip/signature.h"

#include <stdlib.h>

enum {
    SUBHEAD_WORDS = 7, /* a longer headline inside a story is another story's */
    BYLINE_WORDS = 20,
    RUN_GAP = 16,    /* lines without prose that end a run of it */
    TIME_BEFORE = 4, /* lines from title and body to a timestamp */
    TIME_BEHIND = 8,
    BYLINE_BEFORE = 6,
    PICTURE_BEFORE = 42, /* lines from the body to a picture */
    PICTURE_BEHIND = 16,
    KNOWN = 4, /* topics a story has at most */
    NAV_WORDS = 4,
    HEADLINE_WORDS = 5,
    LONG_WORDS = 12,
    DOUBT = MODEL_SCALE,  /* a score that is no further from what is kept */
    FURNITURE_WORDS = 25, /* what begins like furniture and is longer is a paragraph */
};
#define NONE ((size_t)-1)

/* What is furniture wherever it stands; ROLE_BODY if the line is none. */
static enum role furniture(const struct page_line *line)
{
    static const enum role by_cue[] = {
        [CUE_MORE] = ROLE_TEASER,
        [CUE_SHARE] = ROLE_SHARE,
        [CUE_SUBSCRIBE] = ROLE_SUBSCRIBE,
        [CUE_COOKIE] = ROLE_COOKIE,
        [CUE_AD] = ROLE_AD,
        [CUE_COMMENT] = ROLE_COMMENT,
        [CUE_MEDIA] = ROLE_MEDIA,
        [CUE_NAV] = ROLE_NAV,
        [CUE_COPYRIGHT] = ROLE_COPYRIGHT,
        [CUE_COUNTER] = ROLE_COUNTER,
        [CUE_CORRECTION] = ROLE_BODY,
    };
    if (line->template)
        return ROLE_TEMPLATE;
    if (!line->words)
        return ROLE_NAV;
    if (line->words > FURNITURE_WORDS && line->cue != CUE_COOKIE)
        return ROLE_BODY;
    return line->cue != CUE_COPYRIGHT && line->prose && line->cue != CUE_COOKIE
               ? ROLE_BODY
               : by_cue[line->cue];
}

/* "Ann Lee ann@port.example" */
static bool name_and_address(struct str s)
{
    size_t at = str_find(s, STR("@"), 0);
    while (at != NONE && at > 0 && s.s[at - 1] != ' ')
        at--;
    return at != NONE && names_alone(str_trim(str_sub(s, 0, at)));
}

static bool byline(const struct page_line *line)
{
    size_t by = line->cue == CUE_BYLINE && line->words <= BYLINE_WORDS
                    ? cue_prefix(line->text, CUE_BYLINE)
                    : 0;
    struct str rest = str_sub(line->text, by, line->text.len);
    const char *p = rest.s;
    uint32_t c = rest.len ? utf8_next(&p, rest.s + rest.len) : 0;
    return by && rest.len && !line->stops && uni_letter(c) &&
           !(c < 0x80 && uni_lower(c)) &&
           (2 * line->scan.long_capitals >= line->scan.long_words ||
            name_and_address(rest));
}

/* Lines [first, end) from paragraph to paragraph. */
struct run {
    size_t first, end, words;
};

/* The run of prose that has the most words; lists of links part runs. No words: there is
 * no prose. */
static struct run densest_run(const struct page *page)
{
    struct run best = {0, 0, 0}, run = {0, 0, 0};
    for (size_t i = 0; i < page->count; i++) {
        const struct page_line *line = &page->lines[i];
        if (!line->prose || furniture(line) != ROLE_BODY)
            continue;
        if (!run.words || i - run.end >= RUN_GAP)
            run = (struct run){i, i, 0};
        run.end = i + 1;
        run.words += line->words;
        if (run.words > best.words)
            best = run;
    }
    return best;
}

/* ---- what says itself what it is ---- */

/* A line of many pages, unless it clearly is of this one's body. */
static bool known(const struct hints *hints, size_t i)
{
    return hints->votes && hints->votes[i] < 0 &&
           (!hints->scores || hints->scores[i] <= 0);
}

static enum role role_alone(const struct page_line *line)
{
    enum role role = furniture(line);
    if (role != ROLE_BODY)
        return role;
    return line->timestamp ? ROLE_TIMESTAMP : byline(line) ? ROLE_BYLINE : ROLE_BODY;
}

/* Taken for body, by the labeller or, where it was not asked, by its length. */
static bool taken_for_body(const struct page_line *line, const struct hints *hints,
                           size_t i)
{
    return hints->scores ? hints->scores[i] > 0
                         : line->prose || line->words >= LONG_WORDS;
}

/* Lines [from, to). */
struct span {
    size_t from, to;
};

/* Where a picture's caption and credit may stand: around the lines that the labeller
 * takes for body. Elsewhere they are other stories'. */
static struct span picture_span(const struct page *page, const int32_t *scores)
{
    size_t from = 0, to = page->count;
    while (scores && from < to && scores[from] <= 0)
        from++;
    while (scores && to > from && scores[to - 1] <= 0)
        to--;
    if (from == to)
        return (struct span){0, page->count};
    from = from > PICTURE_BEFORE ? from - PICTURE_BEFORE : 0;
    to = page->count - to > PICTURE_BEHIND ? to + PICTURE_BEHIND : page->count;
    return (struct span){from, to};
}

/* What each line says itself to be; that it is of a picture only in the span, unless it
 * begins as a credit does. */
static void label_each(const struct page *page, enum role *roles,
                       const struct hints *hints, struct span pictures)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct page_line *line = &page->lines[i];
        bool near = (i >= pictures.from && i < pictures.to) || line->cue == CUE_CREDIT;
        roles[i] =
            hints->ruled && hints->ruled[i] != ROLES ? hints->ruled[i] : role_alone(line);
        if (roles[i] == ROLE_COPYRIGHT && near)
            roles[i] = picture_owned(line);
        if (roles[i] == ROLE_BODY && near)
            roles[i] =
                picture_alone(line, i ? line - 1 : NULL, taken_for_body(line, hints, i));
        if (roles[i] == ROLE_BODY && known(hints, i))
            roles[i] = line->words > NAV_WORDS ? ROLE_TEASER : ROLE_NAV;
    }
}

/* The user's rules have the last word: also a member that one of them fills is not filled
 * by another line. */
static void label_ruled(const struct page *page, enum role *roles, const enum role *ruled)
{
    bool filled[ROLES + 1] = {false};
    for (size_t i = 0; i < page->count; i++)
        filled[ruled[i]] = true;
    for (size_t i = 0; i < page->count; i++)
        if (ruled[i] != ROLES)
            roles[i] = ruled[i];
        else if (filled[roles[i]] && roles[i] >= ROLE_TITLE && roles[i] <= ROLE_TOPIC)
            roles[i] = ROLE_NAV;
}

/* A line that says what the story's topic or title says, a second time. */
static void label_duplicates(const struct page *page, enum role *roles)
{
    size_t said[KNOWN], n = 0;
    for (size_t i = 0; i < page->count && n < KNOWN; i++)
        if (roles[i] == ROLE_TOPIC || roles[i] == ROLE_TITLE)
            said[n++] = i;
    for (size_t i = 0; n && i < page->count; i++)
        for (size_t k = 0; k < n; k++)
            if (roles[i] == ROLE_BODY && !page->lines[i].prose &&
                str_eq(page->lines[said[k]].text, page->lines[i].text))
                roles[i] = ROLE_DUPLICATE;
}

/* The line of the body that says the same, word for word, or where it would be told, in a
 * table with that mask. The line has a token. */
static uint16_t *said_before(const struct page *page, size_t i, uint16_t *slot,
                             size_t mask)
{
    const struct page_line *line = &page->lines[i];
    const uint32_t *token = page->token + line->token;
    struct str text = line->text;
    size_t k = (token[0] ^ token[line->scan.tokens - 1] * 31 ^ text.len) & mask;
    while (slot[k] && !str_eq(page->lines[slot[k] - 1].text, text))
        k = (k + 1) & mask;
    return &slot[k];
}

/* Some pages hold their story twice: paragraphs of the body that it has already, and
 * short lines behind one. */
static void label_repeated(const struct page *page, enum role *roles)
{
    size_t slots = 64;
    bool again = false;
    while (slots < 2 * page->count)
        slots *= 2;
    uint16_t *slot = xcalloc(slots, sizeof *slot); /* a line and 1 */
    for (size_t i = 0; i < page->count; i++) {
        if (roles[i] != ROLE_BODY || !page->lines[i].scan.tokens)
            continue;
        uint16_t *said = said_before(page, i, slot, slots - 1);
        again = *said && (again || page->lines[i].words >= LONG_WORDS);
        if (again)
            roles[i] = ROLE_DUPLICATE;
        else if (!*said)
            *said = (uint16_t)(i + 1);
    }
    free(slot);
}

/* Prose that stands before the title is a caption; between title and the paragraph with
 * the dateline it is the subtitle. Returns where the body begins then. */
static size_t body_start(const struct page *page, const enum role *roles, size_t first)
{
    size_t start = first;
    while (start < page->count && roles[start] == ROLE_BODY && page->lines[start].prose) {
        size_t next = start + 1;
        while (next < page->count && roles[next] == ROLE_BODY && !page->lines[next].prose)
            next++;
        bool credit = next < page->count && roles[next] == ROLE_CREDIT;
        bool headline = next > start + 1 && page_headline(&page->lines[start + 1]);
        if (!credit || !headline || page->lines[start].dateline)
            break;
        start = next + 1;
        while (start < page->count &&
               (roles[start] != ROLE_BODY || !page->lines[start].prose))
            start++;
    }
    return start < page->count ? start : first;
}

/* ---- middle and foot ---- */

static bool foreign_headline(const struct page *page, const enum role *roles, size_t i)
{
    const struct page_line *line = &page->lines[i];
    bool after_picture =
        i > 0 && (roles[i - 1] == ROLE_CREDIT || roles[i - 1] == ROLE_CAPTION);
    bool before_dateline = i + 1 < page->count && page->lines[i + 1].dateline;
    return page_headline(line) && line->words > SUBHEAD_WORDS &&
           (after_picture || before_dateline ||
            10 * line->scan.long_capitals >= 8 * line->scan.long_words);
}

static void label_middle(const struct page *page, enum role *roles, size_t from,
                         size_t to)
{
    for (size_t i = from; i < to; i++)
        if (roles[i] == ROLE_BODY && foreign_headline(page, roles, i))
            roles[i] = ROLE_RELATED;
}

static void label_foot(const struct page *page, enum role *roles, size_t from)
{
    for (size_t i = from; i < page->count; i++)
        if (roles[i] == ROLE_BODY)
            roles[i] = page->lines[i].words > NAV_WORDS ? ROLE_TEASER : ROLE_NAV;
}

/* "… by Tuesday, the office said. (Reuters)" */
static bool sentence_with_agency(const struct page_line *line)
{
    struct credit credit;
    return line->words >= LONG_WORDS && credit_find(line->text, &credit) && !credit.sure;
}

/* Short sentences right behind the last paragraph belong to it. */
static size_t body_end(const struct page *page, const enum role *roles, size_t end)
{
    while (end < page->count && roles[end] == ROLE_BODY &&
           (page->lines[end].stops || sentence_with_agency(&page->lines[end])))
        end++;
    return end;
}

static void label_by_rules(const struct page *page, enum role *roles)
{
    struct run run = densest_run(page);
    if (!run.words)
        return; /* too little to tell a body by: only what says so itself goes */
    list_label(page, roles);
    size_t start = body_start(page, roles, run.first);
    label_duplicates(page, roles);
    head_label(page, roles, start, NULL);
    size_t end = body_end(page, roles, run.end);
    label_middle(page, roles, start, end);
    label_foot(page, roles, end > start ? end : start + 1);
    list_tags(page, roles);
}

/* A lead: a long sentence between the title and the body that tells what the title does.
 * The labeller may be in doubt of it. */
static bool is_lead(const struct page *page, size_t i, size_t title, size_t start)
{
    const struct page_line *line = &page->lines[i];

    return i > title && i < start && line->words >= LONG_WORDS && line->stops &&
           page_shared(page, i, title, title + 1);
}

/* What the labeller takes for body and no rule knows better stays, the rest goes. The
 * body begins at start. */
static void label_rest(const struct page *page, enum role *roles, const int32_t *scores,
                       size_t start)
{
    size_t title = 0;

    while (title < start && roles[title] != ROLE_TITLE)
        title++;
    for (size_t i = 0; i < page->count; i++) {
        const struct page_line *line = &page->lines[i];
        bool guess = roles[i] == ROLE_TEASER || roles[i] == ROLE_NAV ||
                     roles[i] == ROLE_SECTION || roles[i] == ROLE_TOPIC ||
                     roles[i] == ROLE_RELATED;
        bool keep =
            scores[i] > 0 || (scores[i] > -DOUBT && is_lead(page, i, title, start));
        if (keep && guess && line->cue == CUE_NONE && line->words)
            roles[i] = ROLE_BODY;
        else if (!keep && roles[i] == ROLE_BODY)
            roles[i] = line->words > NAV_WORDS ? ROLE_TEASER : ROLE_NAV;
    }
}

/* Lines kept from one to the next that stands no more than RUN_GAP lines behind it. */
static struct run kept_run(const struct page *page, const enum role *roles,
                           const int32_t *scores, size_t from)
{
    struct run run = {from, from, 0};
    for (size_t i = from; i < page->count && (!run.words || i - run.end < RUN_GAP); i++) {
        if (scores[i] <= 0 || roles[i] != ROLE_BODY)
            continue;
        run.first = run.words ? run.first : i;
        run.end = i + 1;
        run.words += page->lines[i].words;
    }
    return run;
}

/* The body begins with the first line kept that is no headline, but for a few among the
 * menus: of a run of lines that has SHARE of the words of the longest. */
static size_t first_kept(const struct page *page, const enum role *roles,
                         const int32_t *scores)
{
    enum { SHARE = 4 };
    size_t most = 0;
    struct run run;
    for (size_t i = 0; (run = kept_run(page, roles, scores, i)).words; i = run.end)
        most = run.words > most ? run.words : most;
    for (size_t from = 0; (run = kept_run(page, roles, scores, from)).words;
         from = run.end)
        for (size_t i = run.first; SHARE * run.words >= most && i < run.end; i++)
            if (scores[i] > 0 && roles[i] == ROLE_BODY &&
                (page->lines[i].prose || page->lines[i].stops) &&
                !page_headline(&page->lines[i]))
                return i;
    return NONE;
}

/* The lines [from, to) may hold the story's time; elsewhere on the page it is another's.
 */
static bool any_time(const struct page *page, const enum role *roles, size_t from,
                     size_t to)
{
    while (from < to && roles[from] != ROLE_TIMESTAMP &&
           !(roles[from] == ROLE_BYLINE && page->lines[from].scan.digits))
        from++;
    return from < to;
}

static void drop(enum role *roles, size_t from, size_t to, enum role role)
{
    for (size_t i = from; i < to; i++)
        if (roles[i] == role)
            roles[i] = ROLE_NAV;
}

/* Who and when stand behind the title, or before it, or right behind the body. */
static void drop_far_signatures(const struct page *page, enum role *roles)
{
    size_t title = NONE, first = NONE, last = NONE;
    for (size_t i = 0; i < page->count; i++) {
        if (roles[i] == ROLE_TITLE && title == NONE)
            title = i;
        if (roles[i] == ROLE_BODY) {
            first = first == NONE ? i : first;
            last = i;
        }
    }
    if (title == NONE || first == NONE || first < title)
        return;
    size_t head = first + TIME_BEHIND < last ? first + TIME_BEHIND : last;
    bool behind = any_time(page, roles, title, head);
    drop(roles, 0, behind || title < TIME_BEFORE ? title : title - TIME_BEFORE,
         ROLE_TIMESTAMP);
    drop(roles, 0, title < BYLINE_BEFORE ? 0 : title - BYLINE_BEFORE, ROLE_BYLINE);
    drop(roles, head, last, ROLE_TIMESTAMP);
    drop(roles, head, last, ROLE_BYLINE);
    if (last + TIME_BEHIND < page->count) {
        drop(roles, last + TIME_BEHIND, page->count, ROLE_TIMESTAMP);
        drop(roles, last + TIME_BEHIND, page->count, ROLE_BYLINE);
    }
}

/* A headline that the labeller is in doubt of. */
static bool doubted_headline(const struct page *page, const int32_t *scores, size_t i)
{
    const struct page_line *line = &page->lines[i];
    return scores[i] <= DOUBT && line->words >= HEADLINE_WORDS && !line->stops &&
           page_headline(line);
}

/* One or two of them behind the last paragraph are of other stories; more may be a list
 * that the story ends in. */
static void drop_headlines_behind(const struct page *page, enum role *roles,
                                  const int32_t *scores)
{
    enum { MOST = 2 };
    size_t found[MOST], n = 0, i = page->count;
    for (; i-- > 0;) {
        if (roles[i] != ROLE_BODY)
            continue;
        if (n == MOST || !doubted_headline(page, scores, i))
            break;
        found[n++] = i;
    }
    if (i < page->count && page->lines[i].prose && page->lines[i].stops)
        while (n > 0)
            roles[found[--n]] = ROLE_TEASER;
}

/* False where nothing that is kept may begin a body. */
static bool label_by_model(const struct page *page, enum role *roles,
                           const int32_t *scores)
{
    size_t start = first_kept(page, roles, scores);
    if (start == NONE)
        return false;
    list_label(page, roles);
    label_duplicates(page, roles);
    head_label(page, roles, start, scores);
    label_rest(page, roles, scores, start);
    drop_headlines_behind(page, roles, scores);
    drop_far_signatures(page, roles);
    head_behind(page, roles);
    picture_window(page, roles);
    list_tags(page, roles);
    return true;
}

void label_article(const struct page *page, enum role *roles, const struct hints *hints)
{
    if (hints->scores)
        label_each(page, roles, hints, picture_span(page, hints->scores));
    if (!hints->scores || !label_by_model(page, roles, hints->scores)) {
        /* a list, perhaps: what there is of it */
        label_each(page, roles, hints, (struct span){0, page->count});
        label_by_rules(page, roles);
    }
    label_repeated(page, roles);
    if (hints->ruled)
        label_ruled(page, roles, hints->ruled);
}

static void label_headline(const struct page *page, enum role *roles)
{
    size_t found[3], n = 0;
    for (size_t i = 0; i < page->count; i++)
        if (roles[i] == ROLE_BODY && n < 3)
            found[n++] = i;
    if (n < 2)
        return; /* a headline alone is all the text there is */
    const struct page_line *first = &page->lines[found[0]];
    const struct page_line *second = &page->lines[found[1]];
    bool section = n == 3 && first->words <= SECTION_WORDS && !first->stops &&
                   second->words > first->words && !second->prose;
    roles[found[section]] = ROLE_TITLE;
    if (section)
        roles[found[0]] = ROLE_SECTION;
}

void label_teaser(const struct page *page, enum role *roles, const struct hints *hints)
{
    label_each(page, roles, hints, (struct span){0, page->count});
    label_headline(page, roles);
    if (hints->ruled)
        label_ruled(page, roles, hints->ruled);
}
