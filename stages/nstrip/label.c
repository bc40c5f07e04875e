#include "stages/nstrip/label.h"

#include "common/date.h"
#include "common/words.h"
#include "stages/nstrip/credit.h"

enum {
    SECTION_WORDS = 6,
    SUBHEAD_WORDS = 7, /* a longer headline inside a story is another story's */
    BYLINE_WORDS = 14,
    TAG_WORDS = 6,
    TAG_LINES = 30,
    RUN_GAP = 16,     /* lines without prose that end a run of it */
    SHORT_CREDIT = 8, /* words; what is longer is a caption with its credit */
    HALF_SURE = 1024, /* a score: 3 to 1 */
    FIRST_WORDS = 4,  /* a page's first line of fewer is its site's name */
    TIME_BEFORE = 4,  /* lines from title and body to a timestamp */
    TIME_BEHIND = 8,
    WHEN_WORDS = 20, /* a longer line says more than when */
    BESIDE_WHEN = 4,
    SIGNATURE_REACH = 8,
    SUBTITLE_REACH = 4,
    SUBTITLE_WORDS = 5,
    KNOWN = 4, /* topics a story has at most */
    NAV_WORDS = 4,
    FURNITURE_WORDS = 25, /* what begins like furniture and is longer is a paragraph */
};
#define NONE ((size_t)-1)

const char *role_name(enum role role)
{
    static const char *const names[ROLES] = {
        [ROLE_BODY] = "text",
        [ROLE_TITLE] = "title",
        [ROLE_SUBTITLE] = "subtitle",
        [ROLE_SECTION] = "section",
        [ROLE_BYLINE] = "byline",
        [ROLE_TIMESTAMP] = "timestamp",
        [ROLE_DATELINE] = "dateline",
        [ROLE_TOPIC] = "topic",
        [ROLE_CAPTION] = "captions",
        [ROLE_CREDIT] = "captions",
        [ROLE_TAGS] = "tags",
        [ROLE_RELATED] = "related",
        [ROLE_TEMPLATE] = "template",
        [ROLE_TEASER] = "teaser",
        [ROLE_NAV] = "nav",
        [ROLE_SHARE] = "share",
        [ROLE_SUBSCRIBE] = "subscribe",
        [ROLE_COOKIE] = "cookie",
        [ROLE_AD] = "ad",
        [ROLE_COMMENT] = "comment",
        [ROLE_MEDIA] = "media",
        [ROLE_COPYRIGHT] = "copyright",
        [ROLE_COUNTER] = "counter",
        [ROLE_LABEL] = "label",
        [ROLE_DUPLICATE] = "duplicate",
    };
    return names[role];
}

const char *role_label(enum role role)
{
    return role == ROLE_BODY      ? "body"
           : role == ROLE_CAPTION ? "caption"
           : role == ROLE_CREDIT  ? "credit"
                                  : role_name(role);
}

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

static bool byline(const struct page_line *line)
{
    size_t by = line->cue == CUE_BYLINE && line->words <= BYLINE_WORDS
                    ? cue_prefix(line->text, CUE_BYLINE)
                    : 0;
    struct str rest = str_sub(line->text, by, line->text.len);
    unsigned char c = rest.len ? (unsigned char)rest.s[0] : 0;
    return by && rest.len && !line->stops && ((c >= 'A' && c <= 'Z') || c >= 0xc3) &&
           2 * line->scan.long_capitals >= line->scan.long_words;
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
    return line->timestamp ? ROLE_TIMESTAMP
           : line->credit  ? ROLE_CREDIT
           : byline(line)  ? ROLE_BYLINE
                           : ROLE_BODY;
}

/* A line that is not body and ends in a credit. */
static bool credited(const struct page_line *line, const struct hints *hints, size_t i)
{
    struct credit credit;
    char last = line->text.s[line->text.len - 1];
    if (line->text.len > SCAN_LOOK || line->words < 3 ||
        (hints->scores ? hints->scores[i] > 0 : line->prose))
        return false;
    if (line->cue == CUE_CREDIT)
        return line->words > SHORT_CREDIT && !cue_prefix(line->text, CUE_CREDIT);
    return line->cue == CUE_NONE && (last == ')' || last == ']' || line->scan.colons) &&
           credit_find(line->text, &credit) && credit.at > 3;
}

static void label_each(const struct page *page, enum role *roles,
                       const struct hints *hints)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct page_line *line = &page->lines[i];
        roles[i] =
            hints->ruled && hints->ruled[i] != ROLES ? hints->ruled[i] : role_alone(line);
        if (roles[i] == ROLE_BODY && credited(line, hints, i))
            roles[i] = ROLE_CAPTION;
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

static void label_lists(const struct page *page, enum role *roles)
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

/* ---- pictures ---- */

/* A credit belongs to the sentence before it, if the labeller does not take that for
 * body; a headline may stand between them. */
static void label_captions(const struct page *page, enum role *roles, size_t title,
                           size_t body, const int32_t *scores)
{
    for (size_t i = 0; i < page->count; i++) {
        if (roles[i] != ROLE_CREDIT)
            continue;
        size_t k = i;
        while (k > 0 && (k - 1 == title || roles[k - 1] == ROLE_DUPLICATE))
            k--;
        if (k == 0 || roles[k - 1] != ROLE_BODY || page->lines[k - 1].dateline ||
            (scores && scores[k - 1] > HALF_SURE && k - 1 >= body))
            continue;
        const struct page_line *line = &page->lines[k - 1];
        /* behind a title a sentence is a caption, between paragraphs it may be either */
        if (line->words >= 4 && (k != i || line->stops))
            roles[k - 1] = ROLE_CAPTION;
    }
}

/* ---- head ---- */

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

static void label_head(const struct page *page, enum role *roles, size_t body,
                       const int32_t *scores)
{
    size_t title = choose_title(page, roles, body);
    bool section = false;
    if (title != NONE)
        roles[title] = ROLE_TITLE;
    if (title != NONE)
        label_signatures(page, roles, title, body, scores);
    label_captions(page, roles, title, body, scores);
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

/* Short sentences right behind the last paragraph belong to it. */
static size_t body_end(const struct page *page, const enum role *roles, size_t end)
{
    while (end < page->count && roles[end] == ROLE_BODY && page->lines[end].stops)
        end++;
    return end;
}

static void label_by_rules(const struct page *page, enum role *roles)
{
    struct run run = densest_run(page);
    if (!run.words)
        return; /* too little to tell a body by: only what says so itself goes */
    label_lists(page, roles);
    size_t start = body_start(page, roles, run.first);
    label_duplicates(page, roles);
    label_head(page, roles, start, NULL);
    size_t end = body_end(page, roles, run.end);
    label_middle(page, roles, start, end);
    label_foot(page, roles, end > start ? end : start + 1);
}

/* What the labeller takes for body and no rule knows better stays, the rest goes. */
static void label_rest(const struct page *page, enum role *roles, const int32_t *scores)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct page_line *line = &page->lines[i];
        bool guess = roles[i] == ROLE_TEASER || roles[i] == ROLE_NAV ||
                     roles[i] == ROLE_SECTION || roles[i] == ROLE_TOPIC ||
                     roles[i] == ROLE_RELATED;
        if (scores[i] > 0 && guess && line->cue == CUE_NONE && line->words)
            roles[i] = ROLE_BODY;
        else if (scores[i] <= 0 && roles[i] == ROLE_BODY)
            roles[i] = line->words > NAV_WORDS ? ROLE_TEASER : ROLE_NAV;
    }
}

/* The body begins with the first line kept that is no headline. */
static size_t first_kept(const struct page *page, const enum role *roles,
                         const int32_t *scores)
{
    for (size_t i = 0; i < page->count; i++)
        if (scores[i] > 0 && roles[i] == ROLE_BODY &&
            (page->lines[i].prose || page->lines[i].stops))
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

static void drop_times(enum role *roles, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (roles[i] == ROLE_TIMESTAMP)
            roles[i] = ROLE_NAV;
}

/* The story's time stands behind its title, or before it, or right behind its body. */
static void label_times(const struct page *page, enum role *roles)
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
    drop_times(roles, 0, behind || title < TIME_BEFORE ? title : title - TIME_BEFORE);
    drop_times(roles, head, last);
    if (last + TIME_BEHIND < page->count)
        drop_times(roles, last + TIME_BEHIND, page->count);
}

static void label_by_model(const struct page *page, enum role *roles,
                           const int32_t *scores)
{
    label_lists(page, roles);
    size_t start = first_kept(page, roles, scores);
    if (start != NONE) {
        label_duplicates(page, roles);
        label_head(page, roles, start, scores);
    }
    label_rest(page, roles, scores);
    label_times(page, roles);
}

void label_article(const struct page *page, enum role *roles, const struct hints *hints)
{
    label_each(page, roles, hints);
    if (hints->scores)
        label_by_model(page, roles, hints->scores);
    else
        label_by_rules(page, roles);
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
    label_each(page, roles, hints);
    label_headline(page, roles);
    if (hints->ruled)
        label_ruled(page, roles, hints->ruled);
}
