#include "stages/nstrip/signature.h"

#include "common/cue.h"
#include "common/date.h"
#include "common/words.h"

enum { SIGNATURE_BYTES = 120 };

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
