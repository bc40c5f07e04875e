#include "stages/nstrip/credit.h"

#include "common/cue.h"
#include "common/date.h"
#include "common/dateline.h"
#include "common/words.h"

#define NONE ((size_t)-1)

enum { CREDIT_BYTES = 120, SIGNATURE_BYTES = 120 };

static bool any_ends(struct str s, const char *const *ends, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_ends(s, str_of(ends[i])))
            return true;
    return false;
}

/* True if s ends in the name of one that pictures are bought from. */
static bool ends_in_source(struct str s)
{
    static const char *const sources[] = {
        "Getty Images", "Getty",  "Shutterstock", "iStock",       "Alamy",
        "/AP",          "/ AP",   "/AFP",         "/ AFP",        "/Reuters",
        "/ Reuters",    "Photos", "Unsplash",     "Reuters file", "via AP",
        "via REUTERS",  "/EPA",   "/ EPA",        "/REUTERS",     "/ REUTERS",
        "AP Photo",     "dpa",    "/TASS",        "/ TASS",       "Associated Press"};
    return any_ends(s, sources, sizeof sources / sizeof *sources);
}

/* Behind the label that a credit begins with. */
static size_t behind_label(struct str s)
{
    size_t n = cue_prefix(s, CUE_CREDIT);
    struct str label = str_trim(str_sub(s, 0, n));
    bool labelled = n < s.len && (str_ends(label, STR(":")) || str_ends(label, STR("©")));
    return labelled ? n : 0;
}

static bool names_source(struct str s)
{
    static const char *const makers[] = {"photo by ",  "image by ",   "picture by ",
                                         "credit",     "courtesy of", "image courtesy",
                                         "photograph", "ap photo"};
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
        if (str_starts_nocase(s, str_of(makers[i])))
            return true;
    return behind_label(s) || agency_name(s).len || ends_in_source(s);
}

static bool in_brackets(struct str line, struct credit *credit)
{
    size_t end = line.len - 1, open = end;
    char close = line.s[end], opens = close == ')' ? '(' : '[';
    while (open > 0 && end - open < CREDIT_BYTES && line.s[open] != opens)
        open--;
    struct str inside = str_sub(line, open + 1, end);
    if (!open || line.s[open] != opens || !names_source(str_trim(inside)))
        return false;
    *credit = (struct credit){open, open + 1 + behind_label(inside), end};
    return true;
}

static bool behind_text(struct str line, struct credit *credit)
{
    static const char *const labels[] = {"Photo", "Image", "Credit",     "Picture",
                                         "Foto",  "Bild",  "Photograph", "Source"};
    for (size_t at = 0; (at = str_find(line, STR(":"), at)) != NONE; at++)
        for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
            struct str before = str_sub(line, 0, at), label = str_of(labels[i]);
            if (!str_ends(before, label) || at == label.len || at + 1 == line.len ||
                line.len - at > CREDIT_BYTES)
                continue;
            *credit = (struct credit){at - label.len, at + 1, line.len};
            return true;
        }
    return false;
}

bool credit_find(struct str line, struct credit *credit)
{
    char last = line.s[line.len - 1];
    if (last == ')' || last == ']')
        return in_brackets(line, credit);
    return behind_text(line, credit);
}

bool name_alone(struct str line)
{
    static const char *const particles[] = {"de", "da",  "del", "van", "der", "von",
                                            "al", "bin", "la",  "el",  "di",  "and"};
    struct str rest = line, word;
    size_t words = 0;
    if (line.len > 50)
        return false;
    for (size_t i = 0; i < line.len; i++)
        if (line.s[i] && strchr(":?/|+!&0123456789", line.s[i]))
            return false;
    while (word_next(&rest, &word)) {
        bool particle = false;
        for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
            particle = particle || str_eq(word, str_of(particles[i]));
        if (!word_capital(word) && !(words && particle))
            return false;
        words++;
    }
    return words >= 2 && words <= 5;
}

/* s without the marks and words that lead on to a date. */
static struct str before_date(struct str s)
{
    static const char *const leads[] = {"-", "|",  "•",         "·",       "–",
                                        "—", ",",  "Published", "Updated", "Posted",
                                        ":", "on", "/",         "(",       "@"};
    for (bool more = true; more;) {
        more = false;
        s = str_trim(s);
        for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
            if (str_ends(s, str_of(leads[i]))) {
                s.len -= strlen(leads[i]);
                more = true;
            }
    }
    return s;
}

/* "4 months ago" at a line's end. */
static bool ago_find(struct str line, struct str *found)
{
    size_t at = line.len;
    if (!str_ends(line, STR(" ago")))
        return false;
    while (at > 0 && !(line.s[at - 1] >= '0' && line.s[at - 1] <= '9'))
        at--;
    while (at > 0 && line.s[at - 1] >= '0' && line.s[at - 1] <= '9')
        at--;
    *found = str_sub(line, at, line.len);
    return at > 0;
}

/* What follows a date, if it is a byline with its label: "| By Ann Lee". */
static bool byline_behind(struct str line, size_t date_end, struct signature *signature)
{
    size_t at = date_end;
    while (at < line.len && strchr(" |-,/", line.s[at]) && line.s[at])
        at++;
    struct str rest = str_sub(line, at, line.len);
    size_t by = rest.len ? cue_prefix(rest, CUE_BYLINE) : 0;
    if (!by || !name_alone(str_sub(rest, by, rest.len)))
        return false;
    *signature = (struct signature){at, line.len, 0, date_end};
    return true;
}

bool signature_find(struct str line, struct signature *signature)
{
    struct date date;
    struct str found;
    if (line.len > SIGNATURE_BYTES ||
        (!date_find(line, &found, &date) && !ago_find(line, &found)))
        return false;
    if (found.s == line.s)
        return byline_behind(line, found.len, signature);
    struct str name = before_date(str_sub(line, 0, (size_t)(found.s - line.s)));
    size_t by = name.len ? cue_prefix(name, CUE_BYLINE) : 0;
    if (!name.len || name.s != line.s ||
        (!name_alone(str_sub(name, by, name.len)) && !(by && by < name.len)))
        return false;
    size_t from = (size_t)(found.s - line.s);
    *signature = (struct signature){0, name.len, from, from + found.len};
    return true;
}
