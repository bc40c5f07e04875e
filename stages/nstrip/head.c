#include "stages/nstrip/head.h"

#include "common/date.h"
#include "common/words.h"
#include "stages/nstrip/model.h"
#include "stages/nstrip/picture.h"
#include "stages/nstrip/signature.h"

#include <ctype.h>
#include <string.h>

enum {
    LEAST_WORDS = 3,  /* of a headline */
    NAMED_WORDS = 6,  /* of a line that says who somebody is */
    FIRST_WORDS = 4,  /* a page's first line of fewer is its site's name */
    FIRST_SCORE = 60, /* what a title must have over that line, as title_score() has it */
    SIGNED = 30,
    WHEN_WORDS = 20, /* a longer line says more than when */
    BESIDE_WHEN = 4,
    DAY_BYTES = 8, /* an expression with a year has where it has a day, too: 05/06/2017 */
    TIME_BEFORE = 4, /* lines from a timestamp to the title behind it */
    SIGNATURE_WORDS = 20,
    SIGNATURE_REACH = 8,
    BYLINE_REACH = 10, /* into the body, where that begins with a subtitle */
    TITLE_REACH = 12,  /* into the body, of what is kept before the title */
    TOLD_LINES = 12,   /* of the body, that tell what a title says */
    HEAD_REACH = 30,   /* lines before the body */
    BESIDE_REACH = 2,
    SIGN_REACH = 6,   /* lines from the title to who and when */
    AGAIN_REACH = 12, /* lines from the title to where it is said again */
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

/* Words of weight of a line that the body's first lines have, too. */
static size_t told_words(const struct page *page, size_t i, size_t body)
{
    size_t end = body + TOLD_LINES < page->count ? body + TOLD_LINES : page->count;
    return page_shared(page, i, body, end);
}

/* The first line of the head, or of the body's first, that is the page's first line or
 * its part before "| Site name", whatever else it looks like. */
static size_t title_exact(const struct page *page, size_t end)
{
    struct str first = page->lines[0].text, head = before_site(first);
    size_t far = end + TITLE_REACH < page->count ? end + TITLE_REACH : page->count;
    for (size_t k = 1; k < far; k++)
        if (page->lines[k].words >= FIRST_WORDS && !page->lines[k].prose &&
            (str_eq(page->lines[k].text, head) || str_eq(page->lines[k].text, first)))
            return k;
    return NONE;
}

/* The longest line of the head that stands as it is inside the page's first line; the
 * whole of its beginning where the story tells as much of that. */
static size_t title_inside(const struct page *page, const enum role *roles, size_t end)
{
    size_t best = NONE, exact = title_exact(page, end);
    for (size_t k = 1; k < end; k++) {
        struct str s = page->lines[k].text;
        if (roles[k] == ROLE_BODY && page->lines[k].words >= 4 &&
            s.len <= page->lines[0].text.len &&
            (best == NONE || s.len > page->lines[best].text.len) &&
            str_find(page->lines[0].text, s, 0) != NONE)
            best = k;
    }
    bool beginning = exact != NONE && (best == NONE || told_words(page, exact, end) >=
                                                           told_words(page, best, end));
    return beginning ? exact : best;
}

/* The headline of the head that has most words in common with the page's first line: at
 * least half of its own and half of that line's. */
static size_t title_alike(const struct page *page, const enum role *roles, size_t end)
{
    size_t best = NONE, most = 1;
    for (size_t k = 1; k < end; k++) {
        size_t mine = page->lines[k].scan.weights, first = page->first.weights;
        if (roles[k] != ROLE_BODY || !page_headline(&page->lines[k]))
            continue;
        size_t shared = page_shared_first(page, k);
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
        if (i > 0 && page->count >= PAGE_WHOLE && !page_shared_first(page, i))
            continue; /* the site's motto */
        for (size_t k = i + 1; k < end && page->lines[i].words >= 3; k++) {
            struct str s = page->lines[k].text;
            if (roles[k] == ROLE_BODY && page->lines[k].words >= 3 &&
                (str_eq(s, head) || str_starts(page->lines[i].text, s)))
                return k;
        }
    }
    return NONE;
}

/* A line that says when, and next to nothing else: "World Dec 22, 2023 10:59 AM EST". A
 * day without year or hour comes first: "Camera Mars 3" is a thing's name. */
static bool says_when(const struct page_line *line)
{
    struct str rest = line->text, found;
    struct date date;
    size_t words = 0, dates = 0;

    if (!line->scan.digits || line->words > WHEN_WORDS)
        return false;
    while (date_find(rest, &found, &date)) {
        words += word_count(str_sub(rest, 0, (size_t)(found.s - rest.s)));
        rest = str_sub(rest, (size_t)(found.s + found.len - rest.s), rest.len);
        bool day = date.day > 0 && (date.year > 0 || date.hour >= 0 || !words);
        dates += day || found.len >= DAY_BYTES;
    }
    return dates && words + word_count(rest) <= BESIDE_WHEN * dates;
}

/* "Home » News » River rises again" */
static bool path(struct str line)
{
    return str_find(line, STR(" \xc2\xbb "), 0) != NONE ||
           str_find(line, STR(" > "), 0) != NONE;
}

static bool headline_at(const struct page *page, const enum role *roles, size_t i)
{
    return roles[i] == ROLE_BODY && page_headline(&page->lines[i]) &&
           !page->lines[i].counted && page->lines[i].cue != CUE_TIME &&
           !path(page->lines[i].text) && !says_when(&page->lines[i]);
}

/* Not who wrote the headline before a date: headline, date, names. */
static bool may_be_title(const struct page *page, const enum role *roles, size_t i)
{
    if (!headline_at(page, roles, i))
        return false;
    return i < 2 || !says_when(&page->lines[i - 1]) || !headline_at(page, roles, i - 2) ||
           !names_alone(page->lines[i].text);
}

/* True if the first of two headlines is a section, the second the title. */
static bool section_before(const struct page *page, size_t first, size_t second)
{
    return page->lines[first].words <= SECTION_WORDS &&
           page->lines[second].words > page->lines[first].words;
}

/* Headline-shaped lines of the head, the ones next to the body: at most three. */
static size_t candidates(const struct page *page, const enum role *roles, size_t end,
                         size_t found[3])
{
    size_t n = 0;
    for (size_t i = end; i-- > 0 && n < 3;)
        if (may_be_title(page, roles, i))
            found[n++] = i;
    for (size_t i = 0; i < n / 2; i++) {
        size_t swap = found[i];
        found[i] = found[n - 1 - i];
        found[n - 1 - i] = swap;
    }
    return n;
}

/* True for the first line of a whole page that may be its title. */
static bool first_says(const struct page *page)
{
    return page->count >= PAGE_WHOLE && page_headline(&page->lines[0]) &&
           !page->lines[0].cue && page->lines[0].words >= FIRST_WORDS;
}

static size_t shortly_before(size_t i, size_t lines)
{
    return i > lines ? i - lines : 0;
}

/* True if who or when stands so many lines behind line i at most. */
static bool signed_behind(const enum role *roles, size_t i, size_t end, size_t reach)
{
    for (size_t k = i + 1; k < end && k <= i + reach; k++)
        if (roles[k] == ROLE_BYLINE || roles[k] == ROLE_TIMESTAMP)
            return true;
    return false;
}

/* Words of weight of a line that a whole page's first line has, too. */
static size_t first_shared(const struct page *page, size_t i)
{
    return page->count >= PAGE_WHOLE && i > 0 ? page_shared_first(page, i) : 0;
}

/* "River rises again", and the same once more: nothing but a title stands so. */
static bool said_twice(const struct page *page, size_t i, size_t end)
{
    return i + 1 < end && str_eq(page->lines[i].text, page->lines[i + 1].text);
}

/* True if a headline's neighbour before it is the title, and it a subtitle, which says
 * more of the same; a short one with two behind it is a section. */
static bool title_before(const struct page *page, const enum role *roles, size_t i,
                         size_t end)
{
    if (i == 0 || !may_be_title(page, roles, i - 1) || said_twice(page, i, end) ||
        (first_shared(page, i) && !first_shared(page, i - 1)) ||
        3 * told_words(page, i - 1, end) <= page->lines[i - 1].scan.weights)
        return false;
    bool more = i + 1 < end && roles[i + 1] == ROLE_BODY &&
                page->lines[i + 1].words >= SUBTITLE_WORDS;
    return !(more && section_before(page, i - 1, i));
}

/* How much speaks for line i as the title: how much of it the body tells; how much it has
 * in common with the page's first line, which counts four times as much, and without
 * which it must be near the body; who and when behind it, sooner right behind it. 0:
 * nothing does. */
static size_t title_score(const struct page *page, const enum role *roles, size_t i,
                          size_t end)
{
    size_t words = page->lines[i].scan.weights, first = page->first.weights;
    size_t shared = first_shared(page, i);
    size_t near = i + HEAD_REACH >= end ? i + HEAD_REACH - end : 0;
    size_t told = near || shared ? told_words(page, i, end) : 0;
    bool beside = near && signed_behind(roles, i, end, BESIDE_REACH) &&
                  !names_alone(page->lines[i].text);
    if (!told && !shared && !(beside && page->count >= PAGE_WHOLE))
        return 0;
    return 100 * told / (words + 2) + 400 * shared / (words + first + 2) + near +
           (beside ? SIGNED : 0) +
           (signed_behind(roles, i, end, SIGN_REACH) ? SIGNED : 0) +
           (said_twice(page, i, end) ? 2 * SIGNED : 0);
}

/* The headline of the head that most speaks for, if it is more than for the page's first
 * line. */
static size_t title_told(const struct page *page, const enum role *roles, size_t end)
{
    bool first = end > 0 && first_says(page);
    size_t best = first ? 0 : NONE, most = first ? FIRST_SCORE : 0;
    for (size_t i = page->count >= PAGE_WHOLE; i < end; i++) {
        size_t score =
            may_be_title(page, roles, i) ? title_score(page, roles, i, end) : 0;
        if (score > most) {
            most = score;
            best = i;
        }
    }
    bool before = best != NONE && best > 0 && title_before(page, roles, best, end);
    return before ? best - 1 : best;
}

/* A title of a word or two, as the page's first line has it, with who or when behind it.
 */
static size_t title_short(const struct page *page, const enum role *roles, size_t end)
{
    struct str head = before_site(page->lines[0].text);
    for (size_t i = end; page->count >= PAGE_WHOLE && i-- > 1;)
        if (roles[i] == ROLE_BODY && str_eq(page->lines[i].text, head) &&
            (signed_behind(roles, i, end, SIGN_REACH) ||
             (i + 1 < page->count && says_when(&page->lines[i + 1]))))
            return i;
    return NONE;
}

static size_t choose_title(const struct page *page, const enum role *roles, size_t end)
{
    size_t found[3], n = candidates(page, roles, end, found);
    size_t back = title_inside(page, roles, end);
    if (back == NONE)
        back = returning_title(page, roles, end);
    if (back == NONE)
        back = title_short(page, roles, end);
    if (back == NONE)
        back = title_alike(page, roles, end);
    if (back != NONE)
        return back;
    size_t told = title_told(page, roles, end);
    if (told != NONE)
        return told;
    if (n < 2)
        return n ? found[0] : NONE;
    return n == 3 || section_before(page, found[0], found[1]) ? found[1] : found[0];
}

/* Behind the path to it, or the section, the headline stands again by itself: "Home News
 * River rises again", then "River rises again". */
static size_t without_path(const struct page *page, const enum role *roles, size_t title,
                           size_t end)
{
    size_t from = shortly_before(title, HEAD_REACH);
    for (size_t i = from ? from : 1; title != NONE && i < end && i < title + HEAD_REACH;
         i++)
        if (i != title && (roles[i] == ROLE_BODY || roles[i] == ROLE_TAGS) &&
            ((page->lines[i].words >= LEAST_WORDS &&
              2 * page->lines[i].words >= page->lines[title].words) ||
             (i == title + 1 && path(page->lines[title].text))) &&
            page->lines[i].text.len < page->lines[title].text.len &&
            str_ends(page->lines[title].text, page->lines[i].text))
            return i;
    return title;
}

/* "Home", "Sport": a path from the site's first page ends right before line i. */
static bool path_before(const struct page *page, size_t i)
{
    static const char *const homes[] = {
        "home", "startseite", "start",   "inicio",  "accueil", "hjem",     "forside",
        "hem",  "portada",    "главная", "головна", "etusivu", "anasayfa", "αρχική"};
    enum { PATH_LINES = 4 };
    for (size_t k = shortly_before(i, PATH_LINES); k < i; k++) {
        struct str rest = page->lines[k].text, word;
        if (page->lines[k].words <= PATH_LINES && word_next(&rest, &word) &&
            STR_AMONG(word, homes))
            return true;
    }
    return false;
}

/* Where the page's first line comes back as the end of a path to the story, the headline
 * that who or when stands behind, and which says much of the same in other words. */
static size_t behind_path(const struct page *page, const enum role *roles, size_t title,
                          size_t end)
{
    if (title == NONE || title == 0 || page->count < PAGE_WHOLE ||
        !str_starts(page->lines[0].text, page->lines[title].text) ||
        signed_behind(roles, title, end, BESIDE_REACH) || !path_before(page, title))
        return title;
    for (size_t i = title + 1; i < end && i < title + HEAD_REACH; i++) {
        if (!may_be_title(page, roles, i) ||
            !signed_behind(roles, i, end, BESIDE_REACH) ||
            str_eq(page->lines[i].text, page->lines[title].text))
            continue;
        size_t shared = page_shared(page, i, title, title + 1);
        if (shared > 1 && 5 * shared >= 2 * page->lines[title].scan.weights)
            return i;
    }
    return title;
}

/* Of a title that is said again far from itself, once in a menu perhaps, the place that
 * who or when stands behind, or the last. */
static size_t title_signed(const struct page *page, const enum role *roles, size_t title,
                           size_t end)
{
    size_t place = title, last = title;
    for (size_t i = title; i < end; i++) {
        if (i != title && (roles[i] != ROLE_BODY ||
                           !str_eq(page->lines[i].text, page->lines[title].text)))
            continue;
        place = i > last + AGAIN_REACH ? i : place;
        last = i;
        if (signed_behind(roles, i, end, SIGN_REACH))
            break;
    }
    return place;
}

static bool is_role(const enum role *roles, size_t count, size_t i, enum role role)
{
    return i < count && roles[i] == role;
}

/* A line behind one that says "By", or "By —", and nothing else. */
static bool behind_label(const struct page *page, size_t i)
{
    struct str before = page->lines[i - 1].text, rest = before, word;
    size_t n = before.len < 12 ? cue_prefix(before, CUE_BYLINE) : 0;
    rest = str_sub(before, n, before.len);
    return n && !word_next(&rest, &word) && word_capital(page->lines[i].text);
}

/* "byAnn Lee", where the blank was lost. */
static bool behind_glued(struct str s)
{
    return s.len > 3 && (s.s[0] | 0x20) == 'b' && s.s[1] == 'y' && s.s[2] >= 'A' &&
           s.s[2] <= 'Z' && names_alone(str_sub(s, 2, s.len));
}

/* "Ann Lee" below a picture, if another name follows its credit. */
static bool pictured(const struct page *page, const enum role *roles, size_t i)
{
    return i + 2 < page->count && roles[i + 1] == ROLE_CREDIT &&
           names_alone(page->lines[i + 2].text);
}

/* Where who and when are looked for behind the title. */
static size_t signatures_end(const struct page *page, size_t title, size_t body)
{
    size_t far = title + HEAD_REACH < body ? title + HEAD_REACH : body;
    size_t end = far > title + SIGNATURE_REACH ? far : title + SIGNATURE_REACH + 1;
    return end < page->count ? end : page->count;
}

/* A line between title and body, or one among the body's first that is none of it. */
static bool in_head(size_t i, size_t body, const int32_t *scores)
{
    return i < body || (scores && scores[i] <= 0);
}

static bool any_role(const struct page *page, const enum role *roles, size_t from,
                     size_t end, enum role role)
{
    for (size_t i = from; i < page->count && i < end; i++)
        if (roles[i] == role)
            return true;
    return false;
}

/* Lines that say when, if only "3 hours ago", before the title where nothing else does;
 * behind it a name may stand with it. */
static void label_when(const struct page *page, enum role *roles, size_t title,
                       size_t body, const int32_t *scores)
{
    struct signature signature;
    size_t end = signatures_end(page, title, body);
    size_t before = shortly_before(title, TIME_BEFORE);
    bool said = any_role(page, roles, before, end, ROLE_TIMESTAMP);
    for (size_t i = said ? title + 1 : before; i < end; i++) {
        const struct page_line *line = &page->lines[i];
        /* a counter may be the end of it: "14 March 2023 - 3 min read" */
        bool open = roles[i] == ROLE_BODY || roles[i] == ROLE_TIMESTAMP ||
                    roles[i] == ROLE_COUNTER;
        bool doubt = !said && scores && scores[i] <= MODEL_SCALE && says_when(line);
        if (!open || !line->scan.digits || line->words > WHEN_WORDS ||
            !(in_head(i, body, scores) || doubt))
            continue;
        if (i > title && signature_find(line->text, &signature))
            roles[i] = ROLE_BYLINE;
        else if (line->cue == CUE_TIME || says_when(line))
            roles[i] = ROLE_TIMESTAMP;
    }
}

/* Between title and body: a name with a date next to it, where no line near says "By". */
static void label_signatures(const struct page *page, enum role *roles, size_t title,
                             size_t body, const int32_t *scores)
{
    size_t end = signatures_end(page, title, body);
    size_t from = shortly_before(title, SIGN_REACH);
    bool said = any_role(page, roles, from, body, ROLE_BYLINE);
    bool said_near = any_role(page, roles, from, body + BYLINE_REACH, ROLE_BYLINE);
    for (size_t i = title + 1; i < end; i++) {
        const struct page_line *line = &page->lines[i];
        if (roles[i] != ROLE_BODY || line->words > SIGNATURE_WORDS ||
            !in_head(i, body, scores))
            continue;
        bool beside = roles[i - 1] == ROLE_TIMESTAMP ||
                      is_role(roles, page->count, i + 1, ROLE_TIMESTAMP);
        bool near = is_role(roles, page->count, i + 2, ROLE_TIMESTAMP);
        bool dated = (beside && !said) || (near && !said_near);
        bool who = dated && (names_alone(line->text) || agency_alone(line->text) ||
                             house_alone(line->text));
        bool office = !said && i <= title + SUBTITLE_REACH && office_alone(line->text) &&
                      names_alone(line->text); /* "Ann Lee Political editor" */
        if (pictured(page, roles, i))
            continue;
        if (who || office || behind_label(page, i) || behind_glued(line->text))
            roles[i] = ROLE_BYLINE;
    }
}

/* True if the line stands before the title, too: among the site's sections. */
static bool said_before(const struct page *page, size_t i, size_t title)
{
    for (size_t k = 0; k < title; k++)
        if (str_eq(page->lines[k].text, page->lines[i].text))
            return true;
    return false;
}

/* True if a line of the body has the word, but with a small letter. */
static bool said_small(const struct page *page, struct str word, size_t body)
{
    enum { WORD_BYTES = 32 };
    char small[WORD_BYTES];
    if (word.len >= WORD_BYTES || !(word.s[0] >= 'A' && word.s[0] <= 'Z'))
        return false;
    memcpy(small, word.s, word.len);
    small[0] |= 0x20;
    for (size_t i = body; i < page->count; i++) {
        struct str s = page->lines[i].text;
        for (size_t at = 0; (at = str_find(s, (struct str){small, word.len}, at)) != NONE;
             at++) {
            struct str rest = str_sub(s, at, s.len), found;
            if ((at == 0 || s.s[at - 1] == ' ') && word_next(&rest, &found) &&
                found.len == word.len)
                return true;
        }
    }
    return false;
}

/* "Bucket List", where the body tells of a bucket list: most of its words, the last among
 * them, are no names. */
static bool common_words(const struct page *page, size_t i, size_t body)
{
    struct str rest = page->lines[i].text, word;
    size_t words = 0, small = 0;
    bool last = false;
    while (word_next(&rest, &word)) {
        last = said_small(page, word, body);
        small += last;
        words++;
    }
    return last && 2 * small > words;
}

/* Further from the title an agency's name is a button or a source. */
static bool may_be_name(const struct page *page, size_t i, size_t title)
{
    const struct page_line *line = &page->lines[i];
    return (i <= title + 2 && (agency_alone(line->text) || house_alone(line->text))) ||
           (line->cue == CUE_NONE && name_alone(line->text));
}

/* Where nothing says who wrote it: the one name between title and body, or of several the
 * one right behind the title, or the first if an office stands behind it. */
static void label_name(const struct page *page, enum role *roles, size_t title,
                       size_t body, const int32_t *scores)
{
    size_t name = NONE, end = signatures_end(page, title, body);
    size_t from = shortly_before(title, SIGN_REACH);
    if (any_role(page, roles, from, body + BYLINE_REACH, ROLE_BYLINE))
        return;
    for (size_t i = title + 1; i < end; i++)
        if (roles[i] == ROLE_COUNTER && name_and_reading(page->lines[i].text)) {
            roles[i] = ROLE_BYLINE;
            return;
        }
    for (size_t i = title + 1, told = 0; i < end && name != title + 1 && told < 2; i++) {
        told += !in_head(i, body, scores);
        if (roles[i] != ROLE_BODY || !in_head(i, body, scores) ||
            !may_be_name(page, i, title) || said_before(page, i, title) ||
            pictured(page, roles, i))
            continue;
        if (name != NONE && page->lines[i].scan.stop)
            continue; /* "Tom Lee" may be a name, but hardly "Ad Policy" */
        if (name != NONE && !page->lines[name].scan.stop)
            return;
        name = i;
        if (i + 1 < end && office_alone(page->lines[i + 1].text))
            break;
    }
    if (name != NONE && !common_words(page, name, body))
        roles[name] = ROLE_BYLINE;
}

/* True if a line is the title in next to the same words, with the section before it. */
static bool title_again(const struct page *page, size_t i, size_t title)
{
    size_t mine = page->lines[i].scan.weights, its = page->lines[title].scan.weights;
    size_t most = mine > its ? mine : its;
    return most > 1 && 3 * page_shared(page, i, title, title + 1) >= 2 * most;
}

/* True for a sentence right behind the title, and for what title or body speak of, too.
 */
static bool of_story(const struct page *page, size_t i, size_t title, size_t body)
{
    return (i == title + 1 && page->lines[i].stops) ||
           page_shared(page, i, title, title + 1) || told_words(page, i, body);
}

/* The first line behind the title that says more than a button does. */
static size_t find_subtitle(const struct page *page, const enum role *roles, size_t title,
                            size_t body)
{
    for (size_t i = title + 1; i < body && i <= title + SUBTITLE_REACH; i++)
        if (roles[i] == ROLE_BODY && page->lines[i].words >= SUBTITLE_WORDS &&
            !page->lines[i].counted && !says_when(&page->lines[i]) &&
            !str_starts(page->lines[i].text, page->lines[title].text) &&
            !title_again(page, i, title) && of_story(page, i, title, body))
            return i;
    return NONE;
}

/* What stands right before a headline as a section would. */
static bool is_section(const struct page_line *line)
{
    struct str s = line->text;
    bool several = path(s) || str_find(s, STR(" | "), 0) != NONE ||
                   str_find(s, STR(" / "), 0) != NONE;
    return line->words <= (several ? 2 : 1) * SECTION_WORDS && !line->stops &&
           line->scan.letters > line->scan.digits && !isdigit((unsigned char)s.s[0]) &&
           str_find(s, STR("://"), 0) == NONE && !page_button(s);
}

void head_label(const struct page *page, enum role *roles, size_t body,
                const int32_t *scores)
{
    size_t title = without_path(page, roles, choose_title(page, roles, body), body);
    title = behind_path(page, roles, title, body);
    bool section = false;
    if (title != NONE)
        title = title_signed(page, roles, title, body);
    if (title != NONE)
        roles[title] = ROLE_TITLE;
    if (title != NONE) {
        label_when(page, roles, title, body, scores);
        label_signatures(page, roles, title, body, scores);
    }
    picture_pairs(page, roles, title, body, scores);
    picture_again(page, roles);
    if (title != NONE)
        label_name(page, roles, title, body, scores);
    size_t second = title == NONE ? NONE : find_subtitle(page, roles, title, body);
    if (second != NONE)
        roles[second] = ROLE_SUBTITLE;
    for (size_t i = body; i-- > 0;) {
        const struct page_line *line = &page->lines[i];
        if (roles[i] != ROLE_BODY)
            continue;
        if (title == NONE) {
            roles[i] = ROLE_NAV;
        } else if (str_starts(line->text, page->lines[title].text) ||
                   str_ends(line->text, page->lines[title].text)) {
            roles[i] = ROLE_DUPLICATE;
        } else if (i > title && line->counted) {
            roles[i] = ROLE_TOPIC;
        } else if (i + 1 == title && !section && is_section(line)) {
            roles[i] = ROLE_SECTION;
            section = true;
        } else {
            roles[i] = ROLE_NAV;
        }
    }
}

/* True if a word of the line, its first or last, stands in the next. */
static bool said_next(const struct page *page, size_t i)
{
    struct str name = page->lines[i].text, word, first = {NULL, 0}, last = {NULL, 0};
    if (i + 1 == page->count || page->lines[i + 1].words < NAMED_WORDS)
        return false;
    while (word_next(&name, &word)) {
        first = first.s ? first : word;
        last = word;
    }
    return first.s && (str_find(page->lines[i + 1].text, first, 0) != NONE ||
                       str_find(page->lines[i + 1].text, last, 0) != NONE);
}

/* True for a line of names, and no tag, which title or body would speak of. */
static bool untold_names(const struct page *page, size_t i, size_t title)
{
    enum { FEW_WORDS = 3, NAME_BYTES = 30 };
    const struct page_line *line = &page->lines[i];
    return line->words <= FEW_WORDS && line->text.len <= NAME_BYTES && !line->scan.stop &&
           line->scan.weights && name_alone(line->text) &&
           !page_shared(page, i, title, i) &&
           (i + 1 == page->count || !name_alone(page->lines[i + 1].text));
}

/* Who wrote it, behind the body or in its last line. */
static bool name_behind(const struct page *page, const enum role *roles, size_t i,
                        size_t title)
{
    const struct page_line *line = &page->lines[i];
    bool open = roles[i] == ROLE_NAV || roles[i] == ROLE_TEASER || roles[i] == ROLE_BODY;
    if (!open || line->cue != CUE_NONE || line->words > SIGNATURE_WORDS || line->stops)
        return false;
    return (names_alone(line->text) && (said_next(page, i) || office_alone(line->text) ||
                                        untold_names(page, i, title))) ||
           initials_alone(line->text) || house_alone(line->text);
}

void head_behind(const struct page *page, enum role *roles)
{
    enum { BEHIND = 2 };
    size_t title = NONE, last = NONE;
    for (size_t i = 0; i < page->count; i++) {
        title = title == NONE && roles[i] == ROLE_TITLE ? i : title;
        last = roles[i] == ROLE_BODY ? i : last;
    }
    if (title == NONE || last == NONE || last < title ||
        any_role(page, roles, shortly_before(title, SIGN_REACH), last + BEHIND + 1,
                 ROLE_BYLINE))
        return;
    for (size_t i = last; i < page->count && i <= last + BEHIND; i++)
        if (name_behind(page, roles, i, title) && !said_before(page, i, title)) {
            roles[i] = ROLE_BYLINE;
            return;
        }
}
