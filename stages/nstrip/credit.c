#include "stages/nstrip/credit.h"

#include "common/cue.h"
#include "common/dateline.h"
#include "common/words.h"

#define NONE ((size_t)-1)

enum {
    CREDIT_BYTES = 120,
    CREDIT_WORDS = 12,
    NAME_WORDS = 7,   /* that a caption is glued to */
    BEFORE_WORDS = 2, /* a caption has before its credit */
};

/* ---- names and sources ---- */

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
static bool is_library(struct str s)
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

static bool is_agency(struct str s)
{
    s = str_trim(s);
    if (str_ends(s, STR(" file")))
        s.len -= strlen(" file");
    return s.len && agency_name(s).len;
}

/* "GC Images", "Oldport Pictures", "PT Photography" */
static bool is_house(struct str s)
{
    enum { HOUSE_WORDS = 3 };
    s = str_trim(s);
    return (str_ends(s, STR(" Images")) || str_ends(s, STR(" Pictures")) ||
            str_ends(s, STR(" Photography"))) &&
           word_capital(s) && word_count(s) <= HOUSE_WORDS;
}

/* A place where people show their pictures. */
static bool is_network(struct str s)
{
    static const char *const networks[] = {"instagram", "facebook", "twitter", "tiktok",
                                           "youtube",   "snapchat", "x"};
    return STR_AMONG(str_trim(s), networks);
}

bool credit_source(struct str s)
{
    return is_library(s) || is_agency(s);
}

/* The parts of a credit, and whether one of them is a source, or a library. */
struct parts {
    size_t count;
    bool source, library;
};

static struct parts parts_of(struct str s)
{
    struct parts parts = {0, false, false};
    for (size_t from = 0, i = 0, n; i <= s.len; i++) {
        n = i < s.len ? part_mark(s, i) : 1;
        if (!n)
            continue;
        struct str part = str_sub(s, from, i);
        if (!str_blank(part)) {
            parts.count++;
            parts.library = parts.library || is_library(part);
            parts.source =
                parts.source || parts.library || is_agency(part) || is_house(part);
        }
        from = i + n;
        i = from - 1;
    }
    return parts;
}

static bool links_names(struct str word)
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
static bool names_only(struct str s, size_t most)
{
    struct str word;
    size_t words = 0, names = 0;
    while (word_next(&s, &word)) {
        bool link = !word_capital(word) && links_names(word);
        bool name = !link && (word_capital(word) || agency_name(word).len ||
                              is_library(word) || of_address(word, s, words));
        if (++words > most || !(name || link))
            return false;
        names += name;
    }
    return names > 0;
}

/* ---- labels ---- */

size_t credit_label(struct str line)
{
    size_t n = cue_prefix(line, CUE_CREDIT);
    size_t colon = str_find(str_sub(line, 0, n), STR(":"), 0);
    if (colon != NONE)
        n = colon + 1; /* "Image: Courtesy Ann Lee" */
    while (n > 0 && n < line.len && strchr(", =", line.s[n]))
        n++;
    struct str label = str_trim(str_sub(line, 0, n));
    bool set_off = str_ends(label, STR(":")) || str_ends(label, STR(",")) ||
                   str_ends(label, STR("=")) || str_ends(label, STR("\xc2\xa9")) ||
                   str_ends(label, STR("\xef\xbc\x9a"));
    return set_off && !str_blank(str_sub(line, n, line.len)) ? n : 0;
}

/* "Image caption The quay at noon", where the mark behind it was lost, or its blank, too;
 * "Enlarge / The quay at noon". */
static size_t unmarked_label(struct str line)
{
    static const char *const labels[] = {"Image caption", "Media caption",
                                         "Video caption", "Photo caption", "Enlarge /"};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        size_t n = strlen(labels[i]);
        if (line.s[0] != labels[i][0] || !str_starts(line, str_of(labels[i])))
            continue;
        n += n < line.len && line.s[n] == ' ';
        return word_capital(str_sub(line, n, line.len)) ? n : 0;
    }
    return 0;
}

size_t caption_label(struct str line)
{
    enum { LABEL_BYTES = 20 }; /* of the longest, and its mark */
    if (!line.len || !strchr("bcdeilmpv", line.s[0] | 0x20))
        return 0; /* as most */
    static const char *const labels[] = {
        "image caption", "photo caption",    "caption", "bildunterschrift",
        "bildtext",      "bildbeschreibung", "legende", "l\xc3\xa9gende",
        "pie de foto",   "didascalia",       "legenda", "bijschrift",
        "billedtekst"};
    struct str head = str_sub(line, 0, line.len < LABEL_BYTES ? line.len : LABEL_BYTES);
    if (!str_any(head, ":,"))
        return unmarked_label(line);
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        if ((line.s[0] | 0x20) != labels[i][0])
            continue; /* as most */
        size_t n = strlen(labels[i]);
        if (!str_starts_nocase(line, str_of(labels[i])) || n == line.len ||
            !strchr(":,", line.s[n]))
            continue;
        for (n++; n < line.len && line.s[n] == ' ';)
            n++;
        return n;
    }
    return 0;
}

static bool opens_word(char c)
{
    static const bool opens[256] = {
        [' '] = true, ['('] = true, ['['] = true, ['|'] = true, ['/'] = true};
    return opens[(unsigned char)c];
}

/* A capital at byte i that no capital stands before. */
static bool first_capital(struct str s, size_t i)
{
    unsigned char c = (unsigned char)s.s[i];
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' && !(s.s[i - 1] >= 'A' && s.s[i - 1] <= 'Z');
    return c >= 0xc0 && word_capital(str_sub(s, i, s.len));
}

/* Where the word that ends s begins; one that a caption was glued to begins with its
 * capital: "… on the quayPhoto". */
static size_t last_word(struct str s)
{
    size_t at = s.len, capital = 0;
    while (at > 0 && !opens_word(s.s[at - 1])) {
        at--;
        if (!capital && at > 0 && first_capital(s, at) && !opens_word(s.s[at - 1]))
            capital = at;
    }
    return capital ? capital : at;
}

static bool maker_follows(struct str s)
{
    static const char *const makers[] = {
        "photo by ",        "photos by ",       "image by ",   "picture by ",
        "photograph by ",   "credit: ",         "courtesy ",   "image courtesy",
        "photo courtesy",   "photography by ",  "ap photo",    "photo illustration",
        "illustration by ", "photo shared by ", "file photo",  "foto de ",
        "foto von ",        "foto di ",         "screenshot ", "image via ",
        "photo: ",          "handout",          "photo / ",    "picture / ",
        "foto / "};
    for (size_t i = 0; s.len && i < sizeof makers / sizeof *makers; i++)
        if ((s.s[0] | 0x20) == makers[i][0] && str_starts_nocase(s, str_of(makers[i])))
            return true;
    return false;
}

/* ---- credits at a line's end ---- */

static bool has_words(struct str s, size_t least)
{
    struct str word;
    while (least > 0 && word_next(&s, &word))
        least--;
    return least == 0;
}

static bool ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* True if a sentence may end before byte i of the line. */
static bool sentence_before(struct str line, size_t i)
{
    struct str before = str_sub(line, 0, i);
    char last = i > 0 ? line.s[i - 1] : 0;
    if ((unsigned char)last < 0x80) /* as mostly */
        return i > 1 && last && strchr(".!?\")", last);
    return (i > 3 && (str_ends(before, STR("\xe2\x80\xa6")) ||
                      str_ends(before, STR("\xe2\x80\x9d")))) ||
           (i > 2 && str_ends(before, STR("\xc2\xbb")));
}

/* "(File)", "(Supplied)": what kind of picture it is. */
static bool picture_kind(struct str s)
{
    static const char *const kinds[] = {"file",
                                        "file photo",
                                        "file image",
                                        "file picture",
                                        "file pic",
                                        "archive",
                                        "archive photo",
                                        "archive image",
                                        "archivbild",
                                        "archivfoto",
                                        "archiv",
                                        "symbolbild",
                                        "symbolfoto",
                                        "arkivfoto",
                                        "arkivbilde",
                                        "arkivbild",
                                        "archieffoto",
                                        "archivo",
                                        "imagen de archivo",
                                        "foto de archivo",
                                        "archives",
                                        "photo archives",
                                        "photo d\xe2\x80\x99illustration",
                                        "photo d'archives",
                                        "foto d'archivio",
                                        "representational image",
                                        "representational",
                                        "representative image",
                                        "representational photo",
                                        "for representation",
                                        "supplied",
                                        "screenshot",
                                        "screengrab",
                                        "submitted",
                                        "handout",
                                        "illustrative",
                                        "illustrative image",
                                        "for illustration"};
    return STR_AMONG(s, kinds);
}

/* "NOAA", "WeatherBELL", unlike what a program's names have behind a point. */
static bool acronym(struct str s)
{
    size_t capitals = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (!ascii_letter(s.s[i]))
            return false;
        capitals += s.s[i] <= 'Z';
    }
    return capitals > 1;
}

/* "Port News: Ann Lee", "Reuters: Ann Lee", "Supplied: Ann Lee" */
static bool house_and_name(struct str s)
{
    size_t colon = str_find(s, STR(":"), 0);
    struct str house = colon == NONE ? STR("") : str_sub(s, 0, colon), word = house;
    if (!word_next(&house, &word) || !has_words(str_sub(s, colon, s.len), 2))
        return false;
    house = str_sub(s, 0, colon);
    return credit_source(house) || is_network(house) || picture_kind(house) ||
           acronym(word);
}

/* "Ann Lee for The Port Times" */
static bool name_for_house(struct str s)
{
    size_t at = str_find(s, STR(" for "), 0);
    size_t words = at == NONE ? 0 : word_count(str_sub(s, 0, at));
    return words >= 2 && words <= 3 && word_capital(s);
}

/* "Port photo by Ann Lee", "Port Photo" */
static bool says_photo(struct str s)
{
    return str_find(s, STR(" photo by "), 0) != NONE || str_ends(s, STR(" Photo")) ||
           str_ends(s, STR(" photo"));
}

static bool in_brackets(struct str line, struct credit *credit)
{
    size_t end = line.len - 1, open = end;
    char close = line.s[end], opens = close == ')' ? '(' : '[';
    if (close != ')' && close != ']')
        return false;
    while (open > 0 && end - open < CREDIT_BYTES && line.s[open] != opens)
        open--;
    if (!open || line.s[open] != opens)
        return false;
    struct str inside = str_sub(line, open + 1, end);
    size_t label = credit_label(inside);
    struct str cue = str_trim(str_sub(inside, 0, cue_prefix(inside, CUE_CREDIT)));
    bool maker = label || maker_follows(str_trim(inside)) ||
                 str_find(cue, STR(" "), 0) != NONE || picture_kind(str_trim(inside));
    bool names = names_only(inside, CREDIT_WORDS);
    maker = maker || (word_count(inside) <= CREDIT_WORDS && says_photo(inside)) ||
            (names && house_and_name(inside));
    if (!maker && !names)
        return false;
    struct parts parts = parts_of(inside);
    bool sentence = open > 1 && word_count(inside) > 1 &&
                    sentence_before(line, open - (line.s[open - 1] == ' '));
    bool two = parts.count == 2 && str_find(inside, STR("/"), 0) != NONE;
    bool named = names && (parts.source || sentence || two);
    if (!maker && !named)
        return false;
    bool sure =
        maker || parts.library || parts.count > 1 || (sentence && name_for_house(inside));
    *credit = (struct credit){open, open + 1 + label, end, sure};
    return true;
}

/* The same of scripts without blanks, that say behind it who gave or took the picture. */
static bool in_wide_brackets(struct str line, struct credit *credit)
{
    static const char *const ends[] = {"提供", "撮影", "写真",    "供图",
                                       "摄",   "攝",   "提供图片"};
    static const char open[] = "（", close[] = "）";
    enum { SIGN = sizeof open - 1 };
    if (!str_ends(line, str_of(close)))
        return false;
    struct str before = str_sub(line, 0, line.len - SIGN);
    size_t at = before.len;
    bool says = false;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        says = says || str_ends(before, str_of(ends[i]));
    while (says && at > 0 && before.len - at < CREDIT_BYTES &&
           !str_starts(str_sub(line, at, line.len), str_of(open)))
        at--;
    if (!says || !str_starts(str_sub(line, at, line.len), str_of(open)))
        return false;
    *credit = (struct credit){at, at + SIGN, before.len, true};
    return true;
}

/* What a label may stand for inside a line: names, or a few words; more where the label
 * is of two words, "Image credit:", or a slash stands among them. */
static bool labelled_credit(struct str s, bool two)
{
    enum { FEW_WORDS = 4, MORE_WORDS = 10 };
    bool more = two || str_any(s, "/");
    return names_only(s, CREDIT_WORDS) || maker_follows(s) ||
           (word_capital(s) && word_count(s) <= (more ? MORE_WORDS : FEW_WORDS)) ||
           (word_count(s) <= CREDIT_WORDS && parts_of(s).source);
}

/* True if bytes [from, to) of the line are what a credit's label says before its mark. */
static bool is_label(struct str line, size_t from, size_t to)
{
    return from < to && cue_prefix(str_sub(line, from, to), CUE_CREDIT) == to - from;
}

/* "… Photo: Ann Lee", "… © Ann Lee". */
static bool behind_label(struct str line, struct credit *credit)
{
    size_t at = line.len > CREDIT_BYTES ? line.len - CREDIT_BYTES : 0;
    for (; at < line.len; at++) {
        if (line.s[at] != ':' && line.s[at] != '\xc2')
            continue;
        bool sign = str_starts(str_sub(line, at, line.len), STR("\xc2\xa9"));
        if (line.s[at] != ':' && !sign)
            continue;
        size_t from = at + 1 + sign, word = sign ? at : last_word(str_sub(line, 0, at));
        struct str tail = str_sub(line, from, line.len);
        if (!word || (!sign && !is_label(line, word, at)))
            continue;
        size_t first =
            line.s[word - 1] == ' ' ? last_word(str_sub(line, 0, word - 1)) : 0;
        bool two = first && is_label(line, first, at); /* "Photo credit:" */
        bool alone = !sign && !str_blank(tail) &&
                     sentence_before(line, word - (line.s[word - 1] == ' ')) &&
                     !has_words(tail, 2); /* "… Foto: privat" */
        if (!alone && !labelled_credit(str_trim(tail), two))
            continue;
        word = two ? first : word;
        *credit = (struct credit){word, from, line.len, true};
        return true;
    }
    return false;
}

static bool ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "… in 1999." */
static bool year_before(struct str line, size_t i)
{
    enum { YEAR_BYTES = 4 };
    size_t digits = 0;
    while (digits < i && ascii_digit(line.s[i - 1 - digits]))
        digits++;
    return digits == YEAR_BYTES &&
           (line.s[i - YEAR_BYTES] == '1' || line.s[i - YEAR_BYTES] == '2');
}

/* True if the two characters before a sentence's end are small letters, no initials, or
 * it ends in a year. */
static bool word_before(struct str line, size_t i)
{
    i -= (unsigned char)line.s[i - 1] < 0x80 ? 1 : 0;
    if (year_before(line, i))
        return true;
    for (size_t k = 1; k <= 2; k++)
        if (i < k || !((line.s[i - k] >= 'a' && line.s[i - k] <= 'z') ||
                       (unsigned char)line.s[i - k] >= 0x80))
            return false;
    return true;
}

/* "Ann Lee/Oldport", "Photo/AFP", "Ann Lee / The Port Times", as in no sentence. */
static bool slashed(struct str s)
{
    enum { SLASHED_WORDS = 6 };
    size_t at = str_find(s, STR("/"), 0);
    if (at == NONE || !at || at + 1 == s.len || str_any(s, ","))
        return false;
    bool before = s.s[at - 1] == ' ', behind = s.s[at + 1] == ' ';
    if (before && !has_words(str_sub(s, 0, at), 2))
        return false;
    return before == behind && s.s[at - 1] != '/' && s.s[at + 1] != '/' &&
           names_only(s, SLASHED_WORDS);
}

/* "Instagram/Ann Lee" */
static bool network_and_maker(struct str s)
{
    size_t mark = str_find(s, STR("/"), 0);
    if (mark == NONE || mark + 1 == s.len || !is_network(str_sub(s, 0, mark)))
        return false;
    struct str maker = str_trim(str_sub(s, mark + 1, s.len));
    return (maker.len > 1 && maker.s[0] == '@') ||
           (has_words(maker, 2) && names_only(maker, NAME_WORDS) && !is_network(maker) &&
            !str_any(maker, "/"));
}

/* "Ann Lee, Port Tribune" */
static bool name_and_paper(struct str s)
{
    enum { PAPER_WORDS = 6 };
    size_t comma = str_find(s, STR(","), 0);
    if (comma == NONE || str_any(str_sub(s, comma + 1, s.len), ",;:/"))
        return false;
    size_t maker = word_count(str_sub(s, 0, comma));
    return maker >= 2 && maker <= 3 && names_only(s, PAPER_WORDS) &&
           has_words(str_sub(s, comma, s.len), 2);
}

/* "… the quay. Ann Lee/AFP", and where the blank was lost "… the quay.Ann Lee". */
static bool behind_sentence(struct str line, struct credit *credit)
{
    size_t at = line.len > CREDIT_BYTES ? line.len - CREDIT_BYTES : 1;
    for (; at < line.len; at++) {
        unsigned char c = (unsigned char)line.s[at];
        bool courtesy =
            c == 'c' && str_starts(str_sub(line, at, line.len), STR("courtesy of "));
        if (c < 0x80 && !(c >= 'A' && c <= 'Z') && !courtesy)
            continue; /* as most: no name begins here */
        struct str tail = str_sub(line, at, line.len);
        bool blank = line.s[at - 1] == ' ';
        bool glued = !blank && tail.len > 2 && at > 1 && word_before(line, at);
        if (at <= 1 || !(blank || glued) || ascii_letter(line.s[at - 1 - blank]) ||
            !(courtesy || word_capital(tail)) || !sentence_before(line, at - blank))
            continue;
        bool names = names_only(tail, CREDIT_WORDS), network = network_and_maker(tail);
        bool maker = maker_follows(tail) && (names || word_count(tail) <= NAME_WORDS);
        if (!maker && !names && !network)
            continue;
        struct parts parts = parts_of(tail);
        if (glued && !maker && !parts.source && word_count(tail) > NAME_WORDS)
            continue;
        bool sure = glued || maker || network || parts.library || slashed(tail) ||
                    (parts.source && parts.count > 1);
        bool named = parts.source || sure ||
                     (line.s[at - 1 - blank] == '.' && word_before(line, at - blank) &&
                      name_and_paper(tail));
        bool again =
            glued && line.s[at - 1] == ')' && in_brackets(str_sub(line, 0, at), credit);
        if (again) /* "(Photo by Ann Lee/The Port Times)Ann" */
            return true;
        bool short_word = word_count(tail) < 2 && !acronym(tail);
        if (!named || (glued && !parts.source && !maker && short_word))
            continue;
        *credit = (struct credit){at - blank, at, line.len, sure};
        return true;
    }
    return false;
}

/* "… the quay - Copyright Ann Lee/AP" */
static bool behind_copyright(struct str line, struct credit *credit)
{
    static const char sign[] = "Copyright ", mark[] = " - ";
    size_t from = line.len > CREDIT_BYTES ? line.len - CREDIT_BYTES : 0;
    size_t at = str_find(line, str_of(sign), from);
    if (at == NONE || !str_ends(str_sub(line, 0, at), str_of(mark)))
        return false; /* as most */
    struct str tail = str_sub(line, at + strlen(sign), line.len);
    if (!word_capital(tail) || word_count(tail) > CREDIT_WORDS)
        return false;
    *credit = (struct credit){at - strlen(mark), at + strlen(sign), line.len, true};
    return true;
}

/* "… the quay. port.example/Ann Lee" */
static bool behind_address(struct str line, struct credit *credit)
{
    size_t from = line.len > CREDIT_BYTES ? line.len - CREDIT_BYTES : 0;
    size_t slash = str_find(line, STR("/"), from), at = slash;
    if (slash == NONE)
        return false; /* as most */
    while (at > 0 && line.s[at - 1] != ' ')
        at--;
    size_t point = str_find(str_sub(line, at, slash), STR("."), 1);
    struct str name = str_sub(line, slash + 1, line.len);
    if (at < 2 || !sentence_before(line, at - 1) || point == NONE ||
        word_count(name) < 2 || !names_only(name, NAME_WORDS))
        return false;
    *credit = (struct credit){at - 1, at, line.len, true};
    return true;
}

/* What stands behind a slash as a source: "via Reuters", "Copyright 2024 The AP". */
static bool slash_source(struct str s)
{
    struct str rest = str_starts(s, STR("via ")) ? str_sub(s, strlen("via "), s.len) : s;
    return credit_source(rest) || is_house(s) || str_starts(s, STR("Copyright "));
}

/* "… the quay at noon Ann Lee/Getty Images": names before a slash and a source; of many,
 * the last two. */
static bool behind_names(struct str line, struct credit *credit)
{
    enum { MAKER_WORDS = 3, MOST_WORDS = 6 };
    size_t from = line.len > CREDIT_BYTES ? line.len - CREDIT_BYTES : 0;
    size_t slash = str_find(line, STR("/"), from), at = slash, words = 0, two = 0;
    if (slash == NONE || slash == 0 || !slash_source(str_sub(line, slash + 1, line.len)))
        return false; /* as most */
    while (at > 0 && words <= MOST_WORDS) {
        size_t begin = at - 1;
        while (begin > 0 && line.s[begin - 1] != ' ')
            begin--;
        if (!word_capital(str_sub(line, begin, at)))
            break;
        words++;
        at = begin ? begin - 1 : 0;
        two = words == 2 ? at : two;
    }
    if (words < 2 || words > MOST_WORDS || !at)
        return false;
    at = words > MAKER_WORDS ? two : at;
    *credit = (struct credit){at, at + 1, line.len, true};
    return true;
}

/* "APPLAUSE AND MUSIC" */
static bool shouted(struct str s)
{
    size_t at = 0;
    while (at < s.len && !(s.s[at] >= 'a' && s.s[at] <= 'z'))
        at++;
    return at == s.len;
}

/* "… the quay at noon | Photo by Ann Lee", "… the quay. | PORT PRESS" */
static bool behind_bar(struct str line, struct credit *credit)
{
    size_t bar = line.len, from = line.len > CREDIT_BYTES ? line.len - CREDIT_BYTES : 1;
    while (bar > from && line.s[bar - 1] != '|')
        bar--;
    struct str tail = str_trim(str_sub(line, bar, line.len));
    if (bar <= from || word_count(tail) > NAME_WORDS)
        return false;
    size_t end = bar > 1 && line.s[bar - 2] == ' ' ? bar - 2 : bar - 1;
    bool sentence = bar > 2 && line.s[end - 1] == '.';
    bool named = sentence && names_only(tail, NAME_WORDS) &&
                 (parts_of(tail).source || slashed(tail) || shouted(tail));
    if (!named && !maker_follows(tail))
        return false;
    *credit = (struct credit){bar - 1, (size_t)(tail.s - line.s), line.len, true};
    return true;
}

/* "… the quay. /VCG", "… the quay / PA Wire" */
static bool behind_slash(struct str line, struct credit *credit)
{
    size_t slash = line.len;
    while (slash > 0 && line.s[slash - 1] != '/')
        slash--;
    if (slash < 3 || line.s[slash - 2] != ' ')
        return false; /* as most */
    struct str tail = str_trim(str_sub(line, slash, line.len));
    bool sentence = sentence_before(line, slash - 2);
    if (!credit_source(tail) && !(sentence && acronym(tail)))
        return false;
    *credit = (struct credit){slash - 2, (size_t)(tail.s - line.s), line.len, true};
    return true;
}

/* "… the quay. — AFP/File", "… the quay. – Photo by author" */
static bool behind_dash(struct str line, struct credit *credit)
{
    static const char *const dashes[] = {"\xe2\x80\x94", "\xe2\x80\x93"};
    enum { DASH_BYTES = 3 };
    size_t from = line.len > CREDIT_BYTES ? line.len - CREDIT_BYTES : 0, dash = NONE;
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes && dash == NONE; i++)
        for (size_t at = from; (at = str_find(line, str_of(dashes[i]), at)) != NONE; at++)
            dash = at;
    if (dash == NONE || dash < 2 ||
        !sentence_before(line, dash - (line.s[dash - 1] == ' ')))
        return false; /* as most */
    struct str tail = str_trim(str_sub(line, dash + DASH_BYTES, line.len));
    struct parts parts = parts_of(tail);
    bool maker = maker_follows(tail) && word_count(tail) <= NAME_WORDS;
    if (!maker && !(parts.source && names_only(tail, NAME_WORDS)))
        return false;
    *credit = (struct credit){dash, (size_t)(tail.s - line.s), line.len,
                              maker || parts.library || parts.count > 1};
    return true;
}

/* "… the quay - Ann Lee/Portpress" */
static bool behind_hyphen(struct str line, struct credit *credit)
{
    static const char mark[] = " - ";
    size_t from = line.len > CREDIT_BYTES ? line.len - CREDIT_BYTES : 0, last = NONE;
    for (size_t at = from; (at = str_find(line, str_of(mark), at)) != NONE; at++)
        last = at;
    struct str tail = last == NONE ? STR("") : str_sub(line, last + 3, line.len);
    size_t slash = str_find(tail, STR("/"), 0);
    if (slash == NONE || !slashed(tail) || tail.s[slash - 1] == ' ' ||
        !has_words(str_sub(tail, 0, slash), 2))
        return false; /* as most */
    *credit = (struct credit){last, last + strlen(mark), line.len, true};
    return true;
}

/* "… the quay Submitted photo": what kind of picture it is. */
static bool behind_kind(struct str line, struct credit *credit)
{
    static const char *const kinds[] = {" Submitted photo",   " Courtesy photo",
                                        " Contributed photo", " Provided photo",
                                        " Staff photo",       " File photo"};
    if (!str_ends(line, STR(" photo")))
        return false; /* as most */
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_ends(line, str_of(kinds[i]))) {
            size_t at = line.len - strlen(kinds[i]);
            *credit = (struct credit){at, at + 1, line.len, true};
            return true;
        }
    return false;
}

/* "… the quayReuters": a source that the last word was glued to. */
static bool behind_word(struct str line, struct credit *credit)
{
    enum { SHORTEST = 4 };
    size_t at = last_word(line);
    if (!at || opens_word(line.s[at - 1]) || line.len - at < SHORTEST ||
        !credit_source(str_sub(line, at, line.len)))
        return false;
    *credit = (struct credit){at, at, line.len, true};
    return true;
}

/* What a line has, at its end, of the marks that most kinds of credits stand behind. */
enum { LABEL_MARK = 1, SENTENCE_MARK = 2, SLASH = 4, DASH = 8, BAR = 16 };

static unsigned marks_of(struct str line)
{
    enum { END_BYTES = 4 }; /* of what ends a sentence, and a blank */
    static const unsigned char marks[256] = {[':'] = LABEL_MARK,
                                             [0xc2] = LABEL_MARK | SENTENCE_MARK,
                                             ['.'] = SENTENCE_MARK,
                                             ['!'] = SENTENCE_MARK,
                                             ['?'] = SENTENCE_MARK,
                                             ['"'] = SENTENCE_MARK,
                                             [')'] = SENTENCE_MARK,
                                             [0xe2] = SENTENCE_MARK,
                                             ['/'] = SLASH,
                                             ['-'] = DASH,
                                             ['|'] = BAR};
    size_t reach = CREDIT_BYTES + END_BYTES, at = line.len > reach ? line.len - reach : 0;
    unsigned seen = 0;
    for (; at < line.len; at++)
        seen |= marks[(unsigned char)line.s[at]];
    return seen;
}

/* Without what a button beside the picture says. */
static struct str without_button(struct str line)
{
    static const char *const buttons[] = {" hide caption", ", opens new tab",
                                          " Purchase Licensing Rights",
                                          " Acquire Licensing Rights"};
    for (size_t i = 0; i < sizeof buttons / sizeof *buttons; i++)
        if (str_ends(line, str_of(buttons[i])))
            line.len -= strlen(buttons[i]);
    return line;
}

/* A credit that is set off from the line by a mark. */
static bool behind_mark(struct str line, unsigned marks, struct credit *credit)
{
    return (marks & LABEL_MARK && behind_label(line, credit)) ||
           (marks & DASH && behind_copyright(line, credit)) ||
           (marks & SENTENCE_MARK &&
            (behind_sentence(line, credit) || behind_dash(line, credit))) ||
           (marks & SLASH &&
            (behind_address(line, credit) || behind_names(line, credit) ||
             behind_slash(line, credit) || behind_hyphen(line, credit))) ||
           (marks & BAR && behind_bar(line, credit));
}

bool credit_find(struct str line, struct credit *credit)
{
    struct credit other;
    line = without_button(line);
    while (line.len && line.s[line.len - 1] == '.')
        line.len--;
    if (!line.len)
        return false;
    unsigned marks = marks_of(line);
    bool found = in_brackets(line, credit) || in_wide_brackets(line, credit);
    if ((!found || !credit->sure) && behind_mark(line, marks, &other) &&
        (!found || (other.sure && other.at == other.from))) {
        *credit = other;
        found = true;
    }
    return (found || behind_word(line, credit) || behind_kind(line, credit)) &&
           has_words(str_sub(line, 0, credit->at), BEFORE_WORDS);
}

/* ---- credits alone ---- */

static struct str without_brackets(struct str s)
{
    bool open = s.len > 1 && (s.s[0] == '(' || s.s[0] == '[');
    bool close = s.len > 1 && (s.s[s.len - 1] == ')' || s.s[s.len - 1] == ']');
    return str_sub(s, open, s.len - (open && close));
}

/* "Ann Lee/The Port Times": a name of two or three words, a slash and another. */
static bool maker_and_house(struct str s)
{
    size_t mark = str_find(s, STR("/"), 0);
    if (mark == NONE || !names_only(s, NAME_WORDS) || str_find(s, STR("&"), 0) != NONE)
        return false;
    size_t maker = word_count(str_sub(s, 0, mark));
    return maker >= 2 && maker <= 3 && mark + 1 < s.len && s.s[mark + 1] != '/';
}

static bool source_among_parts(struct str s)
{
    struct parts parts = parts_of(s);
    return parts.source && parts.count > 1;
}

/* "Getty Images / 35007", "Gettyimages.com/ PT4" */
static bool library_and_number(struct str s)
{
    enum { FEW_WORDS = 4 };
    size_t mark = str_find(s, STR("/"), 0);
    return mark != NONE && is_library(str_sub(s, 0, mark)) && word_count(s) <= FEW_WORDS;
}

bool credit_gallery(struct str line)
{
    static const char *const ands[] = {"and", "und", "et", "y", "og", "och", "e", "i"};
    enum { MAKER_WORDS = 3 };
    size_t label = credit_label(line);
    struct str rest = str_sub(line, label, line.len);
    if (!str_ends(str_trim(str_sub(line, 0, label)), STR("s:")) || parts_of(rest).source)
        return false;
    size_t words = 0, names = 0, count = 0, capitals = 0;
    bool own = false, many = false;
    struct str word;
    while (word_next(&rest, &word)) {
        bool link = STR_AMONG(word, ands);
        bool apart = strchr(",/", word.s[-1]) || strchr(",/&", word.s[-2]);
        own = own || str_ends(word, STR("'s")) || str_ends(word, STR("’s"));
        words = link || apart ? 0 : words;
        words += !link;
        names += words > 1;
        many = many || words > MAKER_WORDS;
        capitals += word_capital(word);
        count += !links_names(word);
    }
    return 3 * capitals >= 2 * count && (own || many || !names);
}

bool credit_owned(struct str line)
{
    static const char label[] = "Copyright ";
    struct str rest = str_sub(line, strlen(label), line.len);
    return str_starts(line, str_of(label)) && word_count(rest) <= CREDIT_WORDS &&
           (credit_source(rest) ||
            (names_only(rest, CREDIT_WORDS) && source_among_parts(rest)));
}

/* "Image copyright": no sentence goes on behind it with a name. */
static bool cue_of_two(struct str s)
{
    struct str cue = str_trim(str_sub(s, 0, cue_prefix(s, CUE_CREDIT)));
    return str_find(cue, STR(" "), 0) != NONE;
}

bool credit_alone(struct str line)
{
    struct str s = without_brackets(line);
    if (word_count(s) > CREDIT_WORDS || str_any(s, "?!"))
        return false;
    size_t label = credit_label(s), cue = cue_prefix(s, CUE_CREDIT);
    struct str rest = str_sub(s, label ? label : cue, s.len);
    bool sign = str_starts(s, STR("\xc2\xa9"));
    if (label && credit_gallery(s))
        return false;
    if (label)
        return !sign || ((names_only(rest, CREDIT_WORDS) || source_among_parts(rest)) &&
                         cue_of(rest) != CUE_COPYRIGHT);
    bool names = names_only(s, CREDIT_WORDS);
    if (names && (maker_and_house(s) || source_among_parts(s)))
        return true;
    if (network_and_maker(s) || library_and_number(s))
        return true;
    if (cue_of(s) != CUE_CREDIT)
        return false;
    if (!cue) /* it ends in a source */
        return names;
    if (cue < s.len)
        return rest.s[0] != '.' &&
               (maker_follows(s) || credit_source(rest) ||
                (names_only(rest, 4) && (word_count(rest) > 1 || cue_of_two(s))));
    return credit_source(s);
}

/* "PORTNEWS" */
static bool in_capitals(struct str s)
{
    enum { LEAST = 4 };
    for (size_t i = 0; i < s.len; i++)
        if (s.s[i] < 'A' || s.s[i] > 'Z')
            return false;
    return s.len >= LEAST;
}

/* True if the line says the name, in any case. */
static bool says_name(struct str line, struct str name)
{
    for (size_t i = 0; name.len && i + name.len <= line.len; i++)
        if ((i == 0 || !ascii_letter(line.s[i - 1])) &&
            str_starts_nocase(str_sub(line, i, line.len), name))
            return true;
    return false;
}

/* "Ann Lee for The Port Times" */
static bool maker_for_house(struct str line, struct str site)
{
    size_t at = str_find(line, STR(" for "), 0);
    at = at == NONE ? str_find(line, STR(" FOR "), 0) : at;
    if (at == NONE)
        return false;
    size_t words = word_count(str_sub(line, 0, at));
    return words >= 2 && words <= 3 &&
           says_name(site, str_trim(str_sub(line, at + strlen(" for "), line.len)));
}

/* "The Port Times / Ann Lee" */
static bool house_and_maker(struct str site, struct str house, struct str maker)
{
    size_t words = word_count(maker);
    return words >= 2 && words <= 3 && !str_any(maker, "/") && says_name(site, house);
}

bool credit_bracketed(struct str line)
{
    struct str inside = without_brackets(line);
    return inside.len + 2 == line.len && names_only(inside, NAME_WORDS) &&
           (acronym(inside) || (has_words(inside, 2) && !shouted(inside)));
}

bool credit_house(struct str line, struct str site)
{
    enum { HOUSE_WORDS = 3 };
    return has_words(line, 1) && !has_words(line, HOUSE_WORDS + 1) &&
           (credit_source(line) || says_name(site, line));
}

bool credit_certain(struct str line, struct str site)
{
    size_t mark = str_find(line, STR("/"), 0);
    if (str_any(line, ":") || !names_only(line, NAME_WORDS))
        return false;
    struct str inside = without_brackets(line);
    if (source_among_parts(line) || (inside.len < line.len && maker_and_house(inside)))
        return true;
    if (mark == NONE)
        return maker_for_house(line, site);
    struct str maker = str_trim(str_sub(line, 0, mark));
    struct str house = str_trim(str_sub(line, mark + 1, line.len));
    return house.len && maker.len &&
           ((maker_and_house(line) &&
             (str_find(site, house, 0) != NONE || in_capitals(house))) ||
            house_and_maker(site, maker, house));
}
