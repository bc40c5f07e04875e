#include "stages/nstrip/picture.h"

#include "stages/nstrip/credit.h"

enum {
    CAPTION_BYTES = 700, /* what is longer is a paragraph */
    CREDIT_WORDS = 12,
    CAPTION_WORDS = 4,
    MANY_WORDS = 50,     /* a caption has hardly */
    LABELLED_WORDS = 6,  /* behind "Photo:" so many are no names any more */
    HALF_SURE = 1024,    /* a score: 3 to 1 */
    PICTURE_BEFORE = 12, /* lines from title and body to a picture */
    PICTURE_BEHIND = 8,
};

/* Most lines are not looked at closely: sentences, and lines without any mark. */
static bool may_be_credit(const struct page_line *line, bool body)
{
    return line->words <= CREDIT_WORDS &&
           (line->cue == CUE_CREDIT || (!body && line->cue == CUE_NONE && !line->stops &&
                                        line->scan.marks + line->scan.commas > 0 &&
                                        2 * line->scan.capitals >= line->words));
}

static bool may_end_in_credit(const struct page_line *line)
{
    char last = line->text.s[line->text.len - 1];
    return (line->cue == CUE_NONE || line->cue == CUE_CREDIT) &&
           line->words >= CAPTION_WORDS &&
           (!line->stops || last == ')' || last == ']' || line->scan.colons > 0);
}

/* "Image caption,": what it shows is the next line. */
static bool announces_caption(const struct page_line *line)
{
    return line && line->scan.colons + line->scan.commas > 0 &&
           caption_label(line->text) == line->text.len;
}

enum role picture_alone(const struct page_line *line, const struct page_line *before,
                        bool body)
{
    struct credit credit;
    if (line->text.len > CAPTION_BYTES)
        return ROLE_BODY;
    if (announces_caption(line))
        return ROLE_LABEL;
    if (announces_caption(before) || (line->scan.colons && caption_label(line->text)))
        return ROLE_CAPTION;
    if (may_be_credit(line, body) && credit_alone(line->text))
        return ROLE_CREDIT;
    if (line->cue == CUE_CREDIT && str_starts(line->text, STR("\xc2\xa9")))
        return ROLE_COPYRIGHT;
    if (line->cue == CUE_CREDIT && cue_prefix(line->text, CUE_CREDIT))
        return line->words > LABELLED_WORDS && (!body || credit_label(line->text)) &&
                       line->words <= MANY_WORDS
                   ? ROLE_CAPTION
                   : ROLE_BODY;
    if (may_end_in_credit(line) && credit_find(line->text, &credit) &&
        (credit.sure || !body))
        return ROLE_CAPTION;
    return line->cue == CUE_CREDIT && !body && line->words > LABELLED_WORDS ? ROLE_CAPTION
                                                                            : ROLE_BODY;
}

/* A line that a credit next to it may belong to. */
static bool may_be_caption(const struct page *page, const enum role *roles, size_t i,
                           size_t body, const int32_t *scores)
{
    const struct page_line *line = &page->lines[i];
    return roles[i] == ROLE_BODY && !line->dateline && line->words >= CAPTION_WORDS &&
           line->words <= MANY_WORDS && !(scores && scores[i] > HALF_SURE && i >= body);
}

static bool starts_with_digit(struct str s)
{
    return s.s[0] >= '0' && s.s[0] <= '9';
}

/* A sentence, or what says more than names. */
static bool says_something(const struct page_line *line, const int32_t *scores)
{
    return line->stops || (scores && 5 * line->scan.capitals < 4 * line->words);
}

/* A credit belongs to the sentence before it, if the labeller does not take that for
 * body; a headline may stand between them. */
static void pair_credit(const struct page *page, enum role *roles, size_t i, size_t title,
                        size_t body, const int32_t *scores)
{
    size_t k = i;
    while (k > 0 && (k - 1 == title || roles[k - 1] == ROLE_DUPLICATE))
        k--;
    /* behind a title a sentence is a caption, between paragraphs it may be either */
    if (k > 0 && may_be_caption(page, roles, k - 1, body, scores) &&
        !starts_with_digit(page->lines[k - 1].text) &&
        (k != i || says_something(&page->lines[k - 1], scores)))
        roles[k - 1] = ROLE_CAPTION;
    else if (k == i && scores && i + 1 < page->count && scores[i + 1] <= 0 &&
             !starts_with_digit(page->lines[i + 1].text) &&
             credit_label(page->lines[i].text) && i + 1 != title &&
             may_be_caption(page, roles, i + 1, body, scores) &&
             says_something(&page->lines[i + 1], scores))
        roles[i + 1] = ROLE_CAPTION; /* "Photo: Ann Lee", and what it shows below */
}

void picture_pairs(const struct page *page, enum role *roles, size_t title, size_t body,
                   const int32_t *scores)
{
    for (size_t i = 0; i < page->count; i++)
        if (roles[i] == ROLE_CREDIT)
            pair_credit(page, roles, i, title, body, scores);
}

void picture_again(const struct page *page, enum role *roles)
{
    for (size_t i = 0; i < page->count; i++)
        for (size_t k = 0; roles[i] == ROLE_CAPTION && k < page->count; k++)
            if ((roles[k] == ROLE_BODY || roles[k] == ROLE_SUBTITLE) &&
                str_eq(page->lines[k].text, page->lines[i].text))
                roles[k] = ROLE_DUPLICATE;
}

/* Before the title names with slashes are where the reader is, "News / Port / Ferries",
 * unless a caption stands next to them. */
static bool breadcrumb(const struct page *page, const enum role *roles, size_t i)
{
    return roles[i] == ROLE_CREDIT && page->lines[i].cue != CUE_CREDIT &&
           !(i > 0 && roles[i - 1] == ROLE_CAPTION) &&
           !(i + 1 < page->count && roles[i + 1] == ROLE_CAPTION);
}

void picture_window(const struct page *page, enum role *roles)
{
    size_t first = page->count, last = 0, title = 0;
    for (size_t i = 0; i < page->count; i++)
        if (roles[i] == ROLE_TITLE || roles[i] == ROLE_BODY) {
            first = first < i ? first : i;
            title = roles[i] == ROLE_TITLE && !title ? i : title;
            last = i;
        }
    for (size_t i = 0; i < page->count; i++)
        if ((roles[i] == ROLE_CREDIT || roles[i] == ROLE_CAPTION) &&
            (i + PICTURE_BEFORE < first || i > last + PICTURE_BEHIND ||
             (i < title && breadcrumb(page, roles, i))))
            roles[i] = ROLE_NAV;
}
