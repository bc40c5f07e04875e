#include "stages/nsplit/start.h"

/* Template leftovers in a row that are a block, not a slip. */
enum { TEMPLATE_RUN = 3 };

struct str start_name(struct str line)
{
    static const struct str none = {"", 0};
    if (line.len < 9 || !str_starts(line, STR("==> ")) || !str_ends(line, STR(" <==")))
        return none;
    return str_sub(line, 4, line.len - 4);
}

static bool digit(struct str s, size_t i)
{
    return i < s.len && s.s[i] >= '0' && s.s[i] <= '9';
}

static size_t digits(struct str s, size_t i)
{
    size_t n = 0;
    while (digit(s, i + n))
        n++;
    return n;
}

/* The length of the date in digits at s[i], 2017-05-26 or 26.05.2017, or 0. */
static size_t numeric_date(struct str s, size_t i)
{
    size_t part[3], at = i;
    char mark = 0;
    for (int p = 0; p < 3; p++) {
        part[p] = digits(s, at);
        at += part[p];
        if (p == 2)
            break;
        if (at >= s.len || !strchr("-./", s.s[at]) || (mark && s.s[at] != mark))
            return 0;
        mark = s.s[at++];
    }
    bool year_first = part[0] == 4 && part[1] == 2 && part[2] == 2;
    bool year_last = part[0] && part[0] <= 2 && part[1] && part[1] <= 2 && part[2] == 4;
    return year_first || year_last ? at - i : 0;
}

static bool furniture(struct str s)
{
    enum cue cue = cue_of(s);
    return cue == CUE_SUBSCRIBE || cue == CUE_NAV;
}

/* The band at the top of a page: a date, a word or two, and furniture ("Sign in"). */
static bool masthead(struct str s)
{
    enum { LONGEST = 80 };
    s = str_trim(s);
    if (s.len > LONGEST)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        size_t n = digit(s, i) ? numeric_date(s, i) : 0;
        if (n)
            return furniture(str_sub(s, 0, i)) || furniture(str_sub(s, i + n, s.len));
        i += digits(s, i);
    }
    return false;
}

/* What a page's template left where its list of stories goes. Blocks in other notations
 * are found at any place of a page. */
static bool leftover(const struct lines *lines, size_t i)
{
    struct str text = str_trim(line_text(lines, i));
    return str_starts(text, STR("{{")) && cue_template(text);
}

/* A block of template leftovers begins here, not in the middle of one. */
static bool template_block(const struct lines *lines, size_t i)
{
    if (!leftover(lines, i))
        return false;
    size_t before = i;
    while (before && lines->line[before - 1].blank)
        before--;
    if (before && cue_template(line_text(lines, before - 1)))
        return false;
    size_t run = 0;
    for (; i < lines->count && run < TEMPLATE_RUN; i++) {
        if (lines->line[i].blank)
            continue;
        if (!leftover(lines, i))
            break;
        run++;
    }
    return run >= TEMPLATE_RUN;
}

static bool upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Behind the words that end a teaser, known from the teasers before it, the next page has
 * begun: "Read more" + " date 2017-05-26 Register". */
static size_t glued(const struct lines *lines, size_t i)
{
    struct str text = line_text(lines, i);
    size_t from = i > START_BEHIND ? i - START_BEHIND : 0;
    for (size_t j = i; j-- > from;) {
        struct str more = line_text(lines, j);
        if (lines->line[j].cue != CUE_MORE || more.len >= text.len ||
            !str_starts(text, more))
            continue;
        struct str rest = str_sub(text, more.len, text.len);
        return masthead(rest) || upper(rest.s[0]) ? more.len : NO_START;
    }
    return NO_START;
}

size_t start_find(const struct lines *lines, size_t i)
{
    const struct page_line *line = &lines->line[i];
    if (line->blank)
        return NO_START;
    size_t inside = glued(lines, i);
    if (inside != NO_START)
        return inside;
    struct str text = line_text(lines, i);
    bool start =
        line->start || start_name(text).len || masthead(text) || template_block(lines, i);
    return i && start ? 0 : NO_START;
}
