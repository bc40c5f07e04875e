#include "stages/nstrip/head.h"

#include "common/date.h"
#include "common/words.h"
#include "stages/nstrip/picture.h"
#include "stages/nstrip/signature.h"

enum {
    BYLINE_WORDS = 14,
    FIRST_WORDS = 4, /* a page's first line of fewer is its site's name */
    WHEN_WORDS = 20, /* a longer line says more than when */
    BESIDE_WHEN = 4,
    SIGNATURE_REACH = 8,
    SUBTITLE_REACH = 4,
    SUBTITLE_WORDS = 5,
};
#define NONE ((size_t)-1)

/* The part of a page's first line before "| Site name", when that stands there. */
static struct str before_site(struct str s)
{
    static const char *const marks[] = {" | ", " - ", " \xe2\x80\x93 ", " \xe2\x80\x94 ",
                                        " :: "};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t at = str_find(s, str_of(marks[i]), 0);
        if (at != NONE && at > 0)
            return str_sub(s, 0, at);
    }
    return s;
}

/* The longest line of the head that stands as it is inside the page's first line. */
static size_t title_inside(const struct page *page, const enum role *roles, size_t end)
{
    size_t best = NONE;
    for (size_t k = 1; k < end; k++) {
        struct str s = page->lines[k].text;
        if (roles[k] == ROLE_BODY && page->lines[k].words >= 4 &&
            s.len <= page->lines[0].text.len &&
            (best == NONE || s.len > page->lines[best].text.len) &&
            str_find(page->lines[0].text, s, 0) != NONE)
            best = k;
    }
    return best;
}

/* Words of weight of one line that another has, too. */
static size_t shared_words(const struct page *page, size_t a, size_t b)
{
    const uint32_t *x = page->weight + page->lines[a].weight;
    const uint32_t *y = page->weight + page->lines[b].weight;
    size_t shared = 0;
    for (size_t i = 0; i < page->lines[a].scan.weights; i++)
        for (size_t k = 0; k < page->lines[b].scan.weights; k++)
            if (x[i] == y[k]) {
                shared++;
                break;
            }
    return shared;
}

/* The headline of the head that has most words in common with the page's first line: at
 * least half of its own and half of that line's. */
static size_t title_alike(const struct page *page, const enum role *roles, size_t end)
{
    size_t best = NONE, most = 1;
    for (size_t k = 1; k < end; k++) {
        size_t mine = page->lines[k].scan.weights, first = page->lines[0].scan.weights;
        if (roles[k] != ROLE_BODY || !page_headline(&page->lines[k]))
            continue;
        size_t shared = shared_words(page, k, 0);
        if (shared > most && 2 * shared >= mine && 2 * shared >= first) {
            most = shared;
            best = k;
        }
    }
    return best;
}

/* The title that comes back: a line of the head whose words the page's first lines begin
 * with. Its first return is taken. */
static size_t returning_title(const struct page *page, const enum role *roles, size_t end)
{
    for (size_t i = 0; i < end && i < 3; i++) {
        struct str head = before_site(page->lines[i].text);
        for (size_t k = i + 1; k < end && page->lines[i].words >= 3; k++) {
            struct str s = page->lines[k].text;
            if (roles[k] == ROLE_BODY && page->lines[k].words >= 3 &&
                (str_eq(s, head) || str_starts(page->lines[i].text, s)))
                return k;
        }
    }
    return NONE;
}

/* Headline-shaped lines of the head, the ones next to the body: at most three. */
static size_t candidates(const struct page *page, const enum role *roles, size_t end,
                         size_t found[3])
{
    size_t n = 0;
    for (size_t i = end; i-- > 0 && n < 3;)
        if (roles[i] == ROLE_BODY && !page->lines[i].counted &&
            page_headline(&page->lines[i]))
            found[n++] = i;
    for (size_t i = 0; i < n / 2; i++) {
        size_t swap = found[i];
        found[i] = found[n - 1 - i];
        found[n - 1 - i] = swap;
    }
    return n;
}

/* True if the page's first line, which is its title where it was a whole page, is one
 * that none of these lines says a word of. */
static bool first_alone(const struct page *page, const size_t *found, size_t n)
{
    if (!page_headline(&page->lines[0]) || page->lines[0].cue ||
        page->lines[0].words < FIRST_WORDS)
        return false;
    for (size_t i = 0; i < n; i++)
        if (found[i] == 0 || shared_words(page, found[i], 0))
            return false;
    return true;
}

static size_t choose_title(const struct page *page, const enum role *roles, size_t end)
{
    size_t found[3], n = candidates(page, roles, end, found);
    size_t back = title_inside(page, roles, end);
    if (back == NONE)
        back = returning_title(page, roles, end);
    if (back == NONE)
        back = title_alike(page, roles, end);
    if (back != NONE)
        return back;
    if (page->count >= PAGE_WHOLE && end > 0 && first_alone(page, found, n))
        return 0;
    if (n < 2)
        return n ? found[0] : NONE;
    const struct page_line *first = &page->lines[found[0]];
    const struct page_line *second = &page->lines[found[1]];
    bool section = first->words <= SECTION_WORDS && second->words > first->words;
    return n == 3 || section ? found[1] : found[0];
}

static bool is_role(const enum role *roles, size_t count, size_t i, enum role role)
{
    return i < count && roles[i] == role;
}

/* A line behind one that says "By" and nothing else. */
static bool behind_label(const struct page *page, size_t i)
{
    struct str before = page->lines[i - 1].text;
    size_t n = before.len < 12 ? cue_prefix(before, CUE_BYLINE) : 0;
    return n && n == before.len && word_capital(page->lines[i].text);
}

/* Between title and body: a name with a date behind it or next to it. */
static void label_signatures(const struct page *page, enum role *roles, size_t title,
                             size_t body, const int32_t *scores)
{
    struct signature signature;
    for (size_t i = title + 1; i < page->count && i <= title + SIGNATURE_REACH; i++) {
        const struct page_line *line = &page->lines[i];
        if (i >= body && !(scores && scores[i] <= 0))
            continue;
        bool date = is_role(roles, page->count, i + 1, ROLE_TIMESTAMP) ||
                    is_role(roles, page->count, i + 2, ROLE_TIMESTAMP) ||
                    roles[i - 1] == ROLE_TIMESTAMP;
        if (roles[i] == ROLE_BODY && line->words <= BYLINE_WORDS &&
            ((line->scan.digits && signature_find(line->text, &signature)) ||
             (date && name_alone(line->text)) || behind_label(page, i)))
            roles[i] = ROLE_BYLINE;
    }
}

/* A line that says when, and next to nothing else: "World Dec 22, 2023 10:59 AM EST". */
static bool says_when(const struct page_line *line)
{
    struct str rest = line->text, found;
    struct date date;
    size_t words = 0, dates = 0;

    if (!line->scan.digits || line->words > WHEN_WORDS)
        return false;
    for (; date_find(rest, &found, &date); dates += date.day > 0) {
        words += word_count(str_sub(rest, 0, (size_t)(found.s - rest.s)));
        rest = str_sub(rest, (size_t)(found.s + found.len - rest.s), rest.len);
    }
    return dates && words + word_count(rest) <= BESIDE_WHEN;
}

/* The first line behind the title that says more than a button does. */
static size_t find_subtitle(const struct page *page, const enum role *roles, size_t title,
                            size_t body)
{
    for (size_t i = title + 1; i < body && i <= title + SUBTITLE_REACH; i++)
        if (roles[i] == ROLE_BODY && page->lines[i].words >= SUBTITLE_WORDS &&
            !page->lines[i].counted && !says_when(&page->lines[i]) &&
            !str_starts(page->lines[i].text, page->lines[title].text))
            return i;
    return NONE;
}

void head_label(const struct page *page, enum role *roles, size_t body,
                const int32_t *scores)
{
    size_t title = choose_title(page, roles, body);
    bool section = false;
    if (title != NONE)
        roles[title] = ROLE_TITLE;
    if (title != NONE)
        label_signatures(page, roles, title, body, scores);
    picture_pairs(page, roles, title, body, scores);
    size_t second = title == NONE ? NONE : find_subtitle(page, roles, title, body);
    if (second != NONE)
        roles[second] = ROLE_SUBTITLE;
    for (size_t i = body; i-- > 0;) {
        const struct page_line *line = &page->lines[i];
        if (roles[i] != ROLE_BODY)
            continue;
        if (title == NONE) {
            roles[i] = ROLE_NAV;
        } else if (i > title && says_when(line)) {
            roles[i] = ROLE_TIMESTAMP;
        } else if (str_starts(line->text, page->lines[title].text)) {
            roles[i] = ROLE_DUPLICATE;
        } else if (i > title && line->counted) {
            roles[i] = ROLE_TOPIC;
        } else if (i + 1 == title && !section && line->words <= 2 * SECTION_WORDS &&
                   !line->stops) {
            roles[i] = ROLE_SECTION;
            section = true;
        } else {
            roles[i] = ROLE_NAV;
        }
    }
}
