#include "stages/nstrip/signature.h"

#include "common/cue.h"
#include "common/date.h"
#include "common/dateline.h"
#include "common/unicode.h"
#include "common/words.h"

#include <ctype.h>

#define NONE ((size_t)-1)
enum { SIGNATURE_BYTES = 120, OFFICE_BYTES = 40 };

/* True for words with capitals, and what stands between the parts of a name. */
static bool capitals_only(struct str s, size_t least, size_t most)
{
    static const char *const particles[] = {"de",  "da", "del", "van", "der", "von", "al",
                                            "bin", "la", "el",  "di",  "dr",  "prof"};
    struct str word;
    size_t words = 0, stops = 0;
    for (size_t i = 0; i < s.len; i++)
        if (s.s[i] && strchr(":?/|+!&>()0123456789", s.s[i]))
            return false;
    while (word_next(&s, &word)) {
        bool particle = false;
        for (size_t i = 0; i < sizeof particles / sizeof *particles; i++)
            particle = particle || str_eq_nocase(word, str_of(particles[i]));
        if (!(words && particle) && (!word_capital(word) || cue_of(word) == CUE_SHARE))
            return false; /* but "del" is a button in Swedish */
        stops += !particle && word_stop(word);
        words++;
    }
    /* one may be a name: Will, An */
    return words >= least && words <= most && stops < 2;
}

/* True if nobody's name begins with the line's first word: with an office, what says
 * where, or an article: "Senior Editor", "In Local News", "La Cultura". */
static bool no_first_name(struct str line)
{
    static const char *const words[] = {
        "senior", "executive", "managing", "contributing", "staff", "chief",
        "deputy", "associate", "guest",    "freelance",    "in",    "on",
        "for",    "from",      "at",       "with",         "the",   "a",
        "an",     "our",       "your",     "my",           "this",  "all",
        "how",    "what",      "when",     "where",        "why",   "who",
        "is",     "are",       "get",      "and",          "to",    "le",
        "la",     "les",       "el",       "los",          "las",   "il",
        "lo",     "der",       "die",      "das",          "ein",   "eine",
        "het",    "een",       "un",       "une",          "una",   "o",
        "os",     "as"};
    struct str word;
    return word_next(&line, &word) && STR_AMONG(word, words);
}

/* True if a word of the line says that it is a button or a heading: nobody is called so.
 */
static bool button(struct str line)
{
    static const char *const words[] = {
        "about",    "all",      "article",   "articles",  "audio",   "author",
        "blog",     "comments", "content",   "current",   "date",    "download",
        "events",   "feature",  "features",  "free",      "guide",   "here",
        "home",     "image",    "issue",     "key",       "latest",  "link",
        "links",    "logo",     "menu",      "modified",  "more",    "only",
        "pdf",      "photos",   "podcast",   "podcasts",  "points",  "policy",
        "popular",  "posted",   "program",   "published", "read",    "release",
        "reviewed", "search",   "services",  "show",      "sidebar", "skip",
        "stories",  "submit",   "subscribe", "takeaways", "text",    "top",
        "topics",   "trending", "updated",   "version",   "video",   "videos",
        "view",     "website"};
    struct str word;
    while (word_next(&line, &word))
        if (STR_AMONG(word, words))
            return true;
    return false;
}

bool name_alone(struct str line)
{
    enum { NAME_BYTES = 50 };
    return line.len <= NAME_BYTES && capitals_only(line, 2, 5) && !no_first_name(line) &&
           !button(line);
}

/* Bytes of the mark that s begins with, 0 if it is none of them. */
static size_t first_of(const char *const *marks, size_t count, struct str s)
{
    for (size_t k = 0; k < count; k++)
        if (str_starts(s, str_of(marks[k])))
            return strlen(marks[k]);
    return 0;
}

/* Bytes of what parts two names at byte i. */
static size_t name_mark(struct str s, size_t i)
{
    static const char *const marks[] = {",",   " and ", " & ",          " und ", " et ",
                                        " y ", " e ",   " og ",         " och ", " en ",
                                        " i ", " ve ",  " and\xc2\xa0", " in "};
    if (s.s[i] != ' ' && s.s[i] != ',')
        return 0;
    return first_of(marks, sizeof marks / sizeof *marks, str_sub(s, i, s.len));
}

static struct str without_comma(struct str s)
{
    return str_ends(s, STR(",")) ? str_trim(str_sub(s, 0, s.len - 1)) : s;
}

/* A line without the office at its end: "Ann Lee Political editor", "Ann Lee, Redakteur".
 */
static struct str before_office(struct str line)
{
    static const char *const offices[] = {
        "editor",      "reporter",     "correspondent", "writer",      "journalist",
        "contributor", "columnist",    "analyst",       "producer",    "redakteur",
        "redakteurin", "journalistin", "korrespondent", "redaktor",    "redaktorin",
        "redactor",    "redactora",    "redacteur",     "journaliste", "staff"};
    size_t at = line.len;
    while (at > 0 && line.s[at - 1] != ' ')
        at--;
    for (size_t i = 0; at && i < sizeof offices / sizeof *offices; i++)
        if (str_eq_nocase(str_sub(line, at, line.len), str_of(offices[i])))
            return without_comma(str_trim(str_sub(line, 0, at)));
    return line;
}

/* "Ann Lee @annlee" */
static struct str before_at(struct str line)
{
    size_t at = str_find(line, STR("@"), 0);
    return at != NONE ? str_trim(str_sub(line, 0, at)) : line;
}

/* "Ann Lee (special correspondent)" */
static struct str before_bracket(struct str line)
{
    size_t at = str_ends(line, STR(")")) ? str_find(line, STR(" ("), 0) : NONE;
    return at != NONE ? str_sub(line, 0, at) : line;
}

/* "Ann Lee for The Port Times", "Ann Lee on behalf of the port" */
static struct str before_house(struct str line)
{
    static const char link[] = " for ", other[] = " on behalf of ";
    size_t at = str_find(line, str_of(link), 0);
    if (at != NONE && capitals_only(str_sub(line, at + strlen(link), line.len), 1, 6))
        return str_sub(line, 0, at);
    at = str_find(line, str_of(other), 0);
    return at != NONE ? str_sub(line, 0, at) : line;
}

/* "port.example", as behind "Ann Lee, " */
static bool address(struct str s)
{
    s = str_trim(s);
    size_t point = str_find(s, STR("."), 1);
    return point != NONE && point + 2 < s.len && !str_any(s, " ");
}

/* Characters at s that Chinese and Japanese names are written in, and other ones. */
static bool han_only(struct str s, size_t least, size_t most)
{
    size_t count = 0;
    for (const char *p = s.s; p < s.s + s.len; count++) {
        uint32_t c = utf8_next(&p, s.s + s.len);
        if (c != 0x3005 && !(c >= 0x4e00 && c <= 0x9fff))
            return false;
    }
    return count >= least && count <= most;
}

/* "大渡 美咲": family name and given name. */
static bool han_name(struct str s)
{
    enum { PART = 3 };
    size_t blank = str_find(s, STR(" "), 0);
    return blank != NONE && han_only(str_sub(s, 0, blank), 1, PART) &&
           han_only(str_sub(s, blank + 1, s.len), 1, PART);
}

/* "홍길동 기자": a name and what reporters are called. */
static bool korean_name(struct str s)
{
    static const char *const offices[] = {"기자",     "칼럼니스트", "특파원",
                                          "선임기자", "논설위원",   "인턴기자"};
    enum { NAME_BYTES = 12, SYLLABLE = 3 };
    size_t blank = str_find(s, STR(" "), 0);
    if (blank == NONE || blank < 2 * SYLLABLE || blank > NAME_BYTES ||
        (unsigned char)s.s[0] < 0xea)
        return false;
    struct str rest = str_sub(s, blank + 1, s.len);
    for (size_t i = 0; i < sizeof offices / sizeof *offices; i++) {
        struct str office = str_of(offices[i]);
        if (str_starts(rest, office) &&
            (rest.len == office.len || rest.s[office.len] == ' '))
            return true;
    }
    return false;
}

static bool names(struct str line)
{
    size_t from = 0;
    if (line.len <= SIGNATURE_BYTES && (han_name(line) || korean_name(line)))
        return true;
    line = before_house(before_office(before_bracket(before_at(line))));
    if (line.len > SIGNATURE_BYTES)
        return false;
    for (size_t i = 0, n; i <= line.len; i++) {
        n = i < line.len ? name_mark(line, i) : 1;
        if (!n)
            continue;
        struct str part = str_sub(line, from, i);
        if (!capitals_only(part, from ? 1 : 2, 7) && !(from && address(part)))
            return false;
        from = i + n;
        i = from - 1;
    }
    return !button(line);
}

bool office_alone(struct str line)
{
    if (korean_name(line))
        return true;
    line = before_at(line);
    return line.len <= OFFICE_BYTES && before_office(line).len < line.len;
}

static bool ends_nocase(struct str s, struct str end)
{
    return s.len >= end.len && str_eq_nocase(str_sub(s, s.len - end.len, s.len), end);
}

bool house_alone(struct str line)
{
    static const char *const last[] = {"staff",    "desk",      "bureau",
                                       "newsroom", "reporters", "agencies"};
    static const char *const any[] = {"redaktion",   "redazione",  "redacción",
                                      "rédaction",   "redactie",   "redakcja",
                                      "redaksjonen", "redaktionen"};
    enum { HOUSE_WORDS = 5 };
    struct str rest = before_at(line), word;
    size_t words = 0;
    bool ends = false, says = false;
    for (; word_next(&rest, &word); words++) {
        ends = STR_AMONG(word, last);
        says = says || STR_AMONG(word, any);
    }
    bool one = words == 1 && ends_nocase(str_trim(line), STR("-redaktion"));
    return one || ((ends || says) && words >= 2 && words <= HOUSE_WORDS &&
                   word_capital(line) && !no_first_name(line));
}

bool names_alone(struct str line)
{
    return !no_first_name(line) && names(line);
}

bool initials_alone(struct str line)
{
    enum { INITIALS = 5 };
    size_t slash = str_find(line, STR("/"), 0), from = 0;
    bool agency = false;
    if (slash == NONE || slash == 0 || slash > INITIALS || str_any(line, " "))
        return false;
    for (size_t i = 0; i <= line.len; i++)
        if (i == line.len || line.s[i] == '/') {
            agency = agency || (from && agency_name(str_sub(line, from, i)).len);
            from = i + 1;
        }
    return agency;
}

bool agency_alone(struct str line)
{
    while (line.len && strchr("|- ,", line.s[line.len - 1]))
        line.len--;
    return line.len && agency_name(line).len;
}

/* True if what is at byte i goes on a word: the end of "Ann Simon", not of "Ann
 * LeePublished". */
static bool goes_on(struct str s, size_t i)
{
    bool letters =
        i > 0 && isalpha((unsigned char)s.s[i]) && isalpha((unsigned char)s.s[i - 1]);
    return letters &&
           !(isupper((unsigned char)s.s[i]) && islower((unsigned char)s.s[i - 1]));
}

/* s without the marks and words that lead on to a date. */
static struct str before_date(struct str s)
{
    static const char *const leads[] = {"-", "|",         "•",       "·",      "–", "—",
                                        ",", "Published", "Updated", "Posted", ":", "on",
                                        "/", "(",         "@",       "Last"};
    for (bool more = true; more;) {
        more = false;
        s = str_trim(s);
        for (size_t i = 0; i < sizeof leads / sizeof *leads; i++) {
            size_t len = strlen(leads[i]);
            if (!ends_nocase(s, str_of(leads[i])) || goes_on(s, s.len - len))
                continue;
            s.len -= len;
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

/* A date that the word before it runs into: "CorrespondentDec 22, 2023". */
static bool glued_find(struct str line, struct str *found, struct date *date)
{
    for (size_t i = 1; i + 1 < line.len; i++) {
        bool turn = line.s[i - 1] >= 'a' && line.s[i - 1] <= 'z' && line.s[i] >= 'A' &&
                    line.s[i] <= 'Z';
        if (turn && date_find(str_sub(line, i, line.len), found, date) &&
            found->s == line.s + i)
            return true;
    }
    return false;
}

/* Where a date begins of which only a part was understood: "11/18/19 11:04 PM". */
static size_t date_begin(struct str line, size_t at)
{
    size_t begin = at;
    while (at > 0 && (strchr("/.-: ", line.s[at - 1]) ||
                      (line.s[at - 1] >= '0' && line.s[at - 1] <= '9'))) {
        at--;
        if (line.s[at] >= '0' && line.s[at] <= '9')
            begin = at;
    }
    return begin;
}

/* Bytes of a mark that sets a name off from a date at byte i. */
static size_t set_off(struct str s, size_t i)
{
    static const char *const marks[] = {"|", "-", "/", "•", "·", "–", "—"};
    return first_of(marks, sizeof marks / sizeof *marks, str_sub(s, i, s.len));
}

/* Where the mark that ends the part of the line at byte i begins, or the line ends. */
static size_t part_end(struct str line, size_t i)
{
    while (i < line.len && !(line.s[i - 1] == ' ' && set_off(line, i)))
        i++;
    return i;
}

/* What follows a date, if it is a byline with its label, or names right behind a mark:
 * "| By Ann Lee", "· Ann Lee · 3 min read", "| 10:25 | By Ann Lee". */
static bool byline_behind(struct str line, size_t date, size_t date_end,
                          struct signature *signature)
{
    bool marked = false, first = true;
    for (size_t at = date_end, end; at < line.len; at = end, first = false) {
        for (size_t n; at < line.len; at += n) {
            n = set_off(line, at);
            marked = marked || n;
            if (!n && line.s[at] != ' ' && line.s[at] != ',')
                break;
            n = n ? n : 1;
        }
        struct str again;
        struct date other;
        if (at < line.len && date_begins(str_sub(line, at, line.len), &again, &other)) {
            end = at + again.len; /* "May 3, 2021 May 5, 2021 by Ann Lee" */
            continue;
        }
        end = part_end(line, at);
        struct str part = str_trim(str_sub(line, at, end));
        size_t by = part.len ? cue_prefix(part, CUE_BYLINE) : 0;
        struct str name = str_sub(part, by, part.len);
        bool named = name.len && (by || (first && marked)) && names(name);
        bool user = end == line.len && word_count(name) == 1; /* "/by annlee" */
        if (named || (by > 2 && (user || capitals_only(name, 1, 5)))) {
            *signature = (struct signature){at, at + part.len, date, date_end};
            return true;
        }
    }
    return false;
}

/* What stands before how long it takes to read, where the line ends in that: "Ann Lee · 3
 * min read". */
static struct str before_reading(struct str line)
{
    size_t end = line.len, from;
    while (end > 0 && !isdigit((unsigned char)line.s[end - 1]))
        end--;
    for (from = end; from > 0 && isdigit((unsigned char)line.s[from - 1]);)
        from--;
    struct str behind = str_trim(str_sub(line, end, line.len));
    if (str_starts(behind, STR("-")))
        behind = str_sub(behind, 1, behind.len);
    return from < end && str_starts_nocase(behind, STR("min"))
               ? before_date(str_sub(line, 0, from))
               : line;
}

bool name_and_reading(struct str line)
{
    struct str name = before_reading(line);
    return name.len && name.len < line.len && cue_of(name) == CUE_NONE &&
           names_alone(name);
}

bool signature_find(struct str line, struct signature *signature)
{
    struct date date;
    struct str found;
    if (line.len > SIGNATURE_BYTES ||
        (!glued_find(line, &found, &date) && !date_find(line, &found, &date) &&
         !ago_find(line, &found)))
        return false;
    size_t to = (size_t)(found.s - line.s) + found.len;
    size_t from = date_begin(line, to - found.len);
    struct str name = before_reading(before_date(str_sub(line, 0, from)));
    if (han_only(name, 3, 5) || han_name(name)) { /* "渡辺洋介 2025年1月13日" */
        *signature = (struct signature){0, name.len, from, to};
        return true;
    }
    if (!name.len || date_timestamp(name, &date)) /* "3.5.21 | 14:07 | By Ann Lee" */
        return byline_behind(line, name.len ? 0 : from, to, signature);
    size_t by = cue_prefix(name, CUE_BYLINE);
    if (name.s != line.s || (!names(str_sub(name, by, name.len)) && !agency_alone(name) &&
                             !(by && by < name.len)))
        return false;
    *signature = (struct signature){0, name.len, from, to};
    return true;
}
