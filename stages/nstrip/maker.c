#include "stages/nstrip/maker.h"

#include "common/dateline.h"
#include "common/words.h"

#define NONE ((size_t)-1)

enum { NAME_WORDS = 7 };

bool maker_words(struct str s, size_t least)
{
    struct str word;
    while (least > 0 && word_next(&s, &word))
        least--;
    return least == 0;
}

/* Bytes of a mark between a maker and a source at byte i: "Lee/AFP", "Lee via AFP". */
static size_t part_mark(struct str s, size_t i)
{
    static const char *const marks[] = {" via ", " - ", " \xe2\x80\x93 "};
    static const bool alone[256] = {
        ['/'] = true, ['|'] = true, [','] = true, [';'] = true,
        ['('] = true, [')'] = true, ['['] = true, [']'] = true};
    if (s.s[i] != ' ')
        return alone[(unsigned char)s.s[i]];
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if (str_starts(str_sub(s, i, s.len), str_of(marks[k])))
            return strlen(marks[k]);
    return 0;
}

/* True for the name of a house that pictures come from, and no reports. */
bool maker_library(struct str s)
{
    static const char *const libraries[] = {"getty",
                                            "istock",
                                            "shutterstock",
                                            "alamy",
                                            "unsplash",
                                            "wikimedia",
                                            "pexels",
                                            "pixabay",
                                            "imago",
                                            "picture alliance",
                                            "flickr",
                                            "zuma",
                                            "adobe stock",
                                            "corbis",
                                            "depositphotos",
                                            "rex",
                                            "ap photo",
                                            "afp photo",
                                            "scanpix",
                                            "keystone",
                                            "bettmann",
                                            "gettyimages",
                                            "gettyimages.com",
                                            "istockphoto",
                                            "stock.adobe.com",
                                            "pa wire",
                                            "pa media",
                                            "pa archive",
                                            "nurphoto",
                                            "sipa",
                                            "wireimage",
                                            "filmmagic",
                                            "magnum photos",
                                            "ritzau scanpix",
                                            "hollandse hoogte",
                                            "maxppp",
                                            "dreamstime",
                                            "freepik",
                                            "folhapress",
                                            "lehtikuva",
                                            "abacapress",
                                            "agefotostock"};
    s = str_trim(s);
    for (size_t i = 0; s.len && i < sizeof libraries / sizeof *libraries; i++) {
        if ((s.s[0] | 0x20) != libraries[i][0])
            continue; /* as most */
        struct str name = str_of(libraries[i]);
        if (str_starts_nocase(s, name) && (s.len == name.len || s.s[name.len] == ' '))
            return true;
    }
    return false;
}

bool maker_agency(struct str s)
{
    s = str_trim(s);
    if (str_ends(s, STR(" file")))
        s.len -= strlen(" file");
    return s.len && agency_name(s).len;
}

/* "GC Images", "Oldport Pictures", "PT Photography" */
bool maker_house(struct str s)
{
    enum { HOUSE_WORDS = 3 };
    s = str_trim(s);
    return (str_ends(s, STR(" Images")) || str_ends(s, STR(" Pictures")) ||
            str_ends(s, STR(" Photography"))) &&
           word_capital(s) && word_count(s) <= HOUSE_WORDS;
}

/* A place where people show their pictures. */
bool maker_network(struct str s)
{
    static const char *const networks[] = {"instagram", "facebook", "twitter", "tiktok",
                                           "youtube",   "snapchat", "x"};
    return STR_AMONG(str_trim(s), networks);
}

bool maker_source(struct str s)
{
    return maker_library(s) || maker_agency(s);
}

struct maker_parts maker_parts(struct str s)
{
    struct maker_parts parts = {0, false, false};
    for (size_t from = 0, i = 0, n; i <= s.len; i++) {
        n = i < s.len ? part_mark(s, i) : 1;
        if (!n)
            continue;
        struct str part = str_sub(s, from, i);
        if (!str_blank(part)) {
            parts.count++;
            parts.library = parts.library || maker_library(part);
            parts.source =
                parts.source || parts.library || maker_agency(part) || maker_house(part);
        }
        from = i + n;
        i = from - 1;
    }
    return parts;
}

bool maker_link(struct str word)
{
    static const char *const links[] = {
        "via", "for", "and", "of",  "the", "by",  "und",  "et",    "y",   "og",
        "och", "de",  "da",  "del", "van", "der", "von",  "al",    "bin", "la",
        "el",  "di",  "du",  "le",  "en",  "i",   "file", "images"};
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (word.s[0] == links[i][0] && str_eq(word, str_of(links[i])))
            return true;
    return false;
}

static bool is_domain(struct str s)
{
    static const char *const domains[] = {"com", "org", "net", "co", "tv", "news", "de",
                                          "fr",  "es",  "it",  "nl", "ca", "au",   "uk"};
    for (size_t i = 0; i < sizeof domains / sizeof *domains; i++)
        if (str_eq(s, str_of(domains[i])))
            return true;
    return false;
}

/* "port" and "com" in "port.com"; rest stands behind the word, so many words before. */
static bool of_address(struct str word, struct str rest, size_t before)
{
    struct str next;
    return (before && word.s[-1] == '.' && is_domain(word)) ||
           (rest.len > 2 && rest.s[0] == '.' && word_next(&rest, &next) &&
            next.s[-1] == '.' && is_domain(next));
}

/* True for names and the words between them, of at most so many words. */
bool maker_names(struct str s, size_t most)
{
    struct str word;
    size_t words = 0, names = 0;
    while (word_next(&s, &word)) {
        bool link = !word_capital(word) && maker_link(word);
        bool name = !link && (word_capital(word) || agency_name(word).len ||
                              maker_library(word) || of_address(word, s, words));
        if (++words > most || !(name || link))
            return false;
        names += name;
    }
    return names > 0;
}

/* "NOAA", "WeatherBELL", unlike what a program's names have behind a point. */
bool maker_acronym(struct str s)
{
    size_t capitals = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (!ascii_letter(s.s[i]))
            return false;
        capitals += s.s[i] <= 'Z';
    }
    return capitals > 1;
}

/* "APPLAUSE AND MUSIC" */
bool maker_shouted(struct str s)
{
    size_t at = 0;
    while (at < s.len && !(s.s[at] >= 'a' && s.s[at] <= 'z'))
        at++;
    return at == s.len;
}

/* "PORTNEWS" */
bool maker_capitals(struct str s)
{
    enum { LEAST = 4 };
    for (size_t i = 0; i < s.len; i++)
        if (s.s[i] < 'A' || s.s[i] > 'Z')
            return false;
    return s.len >= LEAST;
}

/* "Ann Lee/Oldport", "Photo/AFP", "Ann Lee / The Port Times", as in no sentence. */
bool maker_slashed(struct str s)
{
    enum { SLASHED_WORDS = 6 };
    size_t at = str_find(s, STR("/"), 0);
    if (at == NONE || !at || at + 1 == s.len || str_any(s, ","))
        return false;
    bool before = s.s[at - 1] == ' ', behind = s.s[at + 1] == ' ';
    if (before && !maker_words(str_sub(s, 0, at), 2) &&
        !maker_words(str_sub(s, at, s.len), 2))
        return false;
    return before == behind && s.s[at - 1] != '/' && s.s[at + 1] != '/' &&
           maker_names(s, SLASHED_WORDS);
}

/* "Instagram/Ann Lee" */
bool maker_shown(struct str s)
{
    size_t mark = str_find(s, STR("/"), 0);
    if (mark == NONE || mark + 1 == s.len)
        return false;
    struct str maker = str_trim(str_sub(s, mark + 1, s.len));
    if (s.s[0] == '@' && maker_network(maker))
        return true;
    if (!maker_network(str_sub(s, 0, mark)))
        return false;
    return (maker.len > 1 && maker.s[0] == '@') ||
           (maker_words(maker, 2) && maker_names(maker, NAME_WORDS) &&
            !maker_network(maker) && !str_any(maker, "/"));
}

/* "Ann Lee, Port Tribune" */
bool maker_of_paper(struct str s)
{
    enum { PAPER_WORDS = 6 };
    size_t comma = str_find(s, STR(","), 0);
    if (comma == NONE || str_any(str_sub(s, comma + 1, s.len), ",;:/"))
        return false;
    size_t maker = word_count(str_sub(s, 0, comma));
    return maker >= 2 && maker <= 3 && maker_names(s, PAPER_WORDS) &&
           maker_words(str_sub(s, comma, s.len), 2);
}

/* "NASA/JPL" */
bool maker_of_science(struct str s)
{
    static const char *const houses[] = {"NASA/", "ESA/", "NOAA/", "USGS/", "ESO/"};
    for (size_t i = 0; i < sizeof houses / sizeof *houses; i++)
        if (str_starts(s, str_of(houses[i])))
            return maker_names(s, NAME_WORDS);
    return false;
}

/* "Getty Images / 35007", "Gettyimages.com/ PT4" */
bool maker_numbered(struct str s)
{
    enum { FEW_WORDS = 4 };
    size_t mark = str_find(s, STR("/"), 0);
    return mark != NONE && maker_library(str_sub(s, 0, mark)) &&
           word_count(s) <= FEW_WORDS;
}

/* "Ann Lee/The Port Times": a name of two or three words, a slash and another. */
bool maker_and_house(struct str s)
{
    size_t mark = str_find(s, STR("/"), 0);
    if (mark == NONE || !maker_names(s, NAME_WORDS) || str_find(s, STR("&"), 0) != NONE)
        return false;
    size_t maker = word_count(str_sub(s, 0, mark));
    return maker >= 2 && maker <= 3 && mark + 1 < s.len && s.s[mark + 1] != '/';
}

bool maker_and_source(struct str s)
{
    struct maker_parts parts = maker_parts(s);
    return parts.source && parts.count > 1;
}

/* True if the line says the name, in any case. */
bool maker_named(struct str line, struct str name)
{
    for (size_t i = 0; name.len && i + name.len <= line.len; i++)
        if ((i == 0 || !ascii_letter(line.s[i - 1])) &&
            str_starts_nocase(str_sub(line, i, line.len), name))
            return true;
    return false;
}

/* "Ann Lee for The Port Times" */
bool maker_for_any(struct str s)
{
    size_t at = str_find(s, STR(" for "), 0);
    size_t words = at == NONE ? 0 : word_count(str_sub(s, 0, at));
    return words >= 2 && words <= 3 && word_capital(s);
}

/* "Ann Lee for The Port Times", "Ann Lee for AP" */
bool maker_for_house(struct str line, struct str site)
{
    size_t at = str_find(line, STR(" for "), 0);
    at = at == NONE ? str_find(line, STR(" FOR "), 0) : at;
    if (at == NONE)
        return false;
    struct str house = str_trim(str_sub(line, at + strlen(" for "), line.len));
    size_t words = word_count(str_sub(line, 0, at));
    return words >= 2 && words <= 3 &&
           (maker_named(site, house) || maker_agency(house) || maker_acronym(house));
}

static bool may_be_maker(struct str s)
{
    return maker_words(s, 2) && !maker_words(s, 4) && !str_any(s, "/|,");
}

/* "Ann Lee | Port Times", "Port Times / Ann Lee", "Ann Lee/Instagram",
 * "@annlee/Instagram"; the mark between them at the byte. */
bool maker_beside_house(struct str line, size_t mark, struct str site)
{
    struct str before = str_trim(str_sub(line, 0, mark));
    struct str behind = str_trim(str_sub(line, mark + 1, line.len));
    if (!before.len || !behind.len)
        return false;
    return (may_be_maker(before) &&
            (maker_named(site, behind) || maker_network(behind))) ||
           (may_be_maker(behind) && maker_named(site, before)) ||
           (before.s[0] == '@' && maker_network(behind));
}
