#include "stages/nstrip/credit.h"

#include "common/cue.h"
#include "common/words.h"
#include "stages/nstrip/maker.h"

#define NONE ((size_t)-1)

enum {
    CREDIT_BYTES = 120,
    CREDIT_WORDS = 12,
    NAME_WORDS = 7,   /* that a caption is glued to */
    BEFORE_WORDS = 2, /* a caption has before its credit */
};

/* ---- labels ---- */

size_t credit_label(struct str line)
{
    size_t n = cue_prefix(line, CUE_CREDIT);
    size_t colon = str_find(str_sub(line, 0, n), STR(":"), 0);
    if (colon != NONE)
        n = colon + 1; /* "Image: Courtesy Ann Lee" */
    while (n > 0 && n < line.len && strchr(", =", line.s[n]))
        n++;
    struct str behind = str_sub(line, n, line.len);
    if (n && str_starts(behind, STR("...")))
        return !str_blank(str_sub(behind, 3, behind.len)) ? n + 3 : 0; /* "Credit..." */
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

/* "Port News: Ann Lee", "Reuters: Ann Lee", "Supplied: Ann Lee" */
static bool house_and_name(struct str s)
{
    size_t colon = str_find(s, STR(":"), 0);
    struct str house = colon == NONE ? STR("") : str_sub(s, 0, colon), word = house;
    if (!word_next(&house, &word) || !maker_words(str_sub(s, colon, s.len), 2))
        return false;
    house = str_sub(s, 0, colon);
    return maker_source(house) || maker_network(house) || picture_kind(house) ||
           maker_acronym(word);
}

/* "Photo Ann Lee", "foto Ansa", "fot. Ann Lee" */
static bool unmarked_photo(struct str s)
{
    static const char *const labels[] = {"photo ", "foto ", "fot. ", "phot. ", "photos "};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (str_starts_nocase(s, str_of(labels[i]))) {
            struct str name = str_sub(s, strlen(labels[i]), s.len);
            return maker_names(name, NAME_WORDS) && word_capital(name) &&
                   (maker_words(name, 2) || maker_source(name));
        }
    return false;
}

/* "Port photo by Ann Lee", "Port Photo" */
static bool says_photo(struct str s)
{
    return str_find(s, STR(" photo by "), 0) != NONE || str_ends(s, STR(" Photo")) ||
           str_ends(s, STR(" photo")) || unmarked_photo(s);
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
    bool names = maker_names(inside, CREDIT_WORDS);
    maker = maker || (word_count(inside) <= CREDIT_WORDS && says_photo(inside)) ||
            (names && house_and_name(inside));
    if (!maker && !names)
        return false;
    struct maker_parts parts = maker_parts(inside);
    bool sentence = open > 1 && word_count(inside) > 1 &&
                    sentence_before(line, open - (line.s[open - 1] == ' '));
    bool two = parts.count == 2 && str_find(inside, STR("/"), 0) != NONE;
    bool named = names && (parts.source || sentence || two);
    if (!maker && !named)
        return false;
    bool sure =
        maker || parts.library || parts.count > 1 || (sentence && maker_for_any(inside));
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
    return maker_names(s, CREDIT_WORDS) || maker_follows(s) ||
           (word_capital(s) && word_count(s) <= (more ? MORE_WORDS : FEW_WORDS)) ||
           (word_count(s) <= CREDIT_WORDS && maker_parts(s).source);
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
        size_t end = at - (!sign && at > 0 && line.s[at - 1] == ' '); /* "Crédits : …" */
        size_t from = at + 1 + sign, word = sign ? at : last_word(str_sub(line, 0, end));
        struct str tail = str_sub(line, from, line.len);
        if (!word || (!sign && !is_label(line, word, end)))
            continue;
        size_t first =
            line.s[word - 1] == ' ' ? last_word(str_sub(line, 0, word - 1)) : 0;
        bool two = first && is_label(line, first, end); /* "Photo credit:" */
        bool alone = !sign && !str_blank(tail) &&
                     sentence_before(line, word - (line.s[word - 1] == ' ')) &&
                     !maker_words(tail, 2); /* "… Foto: privat" */
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

/* True if a word and a full stop stand before byte i. */
static bool full_stop(struct str line, size_t i)
{
    return line.s[i - 1] == '.' && word_before(line, i);
}

/* "Ann Lee, Port Tribune", "HBO": what may stand behind a sentence. */
static bool alone_behind(struct str sentence, struct str s)
{
    enum { SENTENCE_WORDS = 5 };
    return maker_of_paper(s) ||
           (maker_acronym(s) && maker_words(sentence, SENTENCE_WORDS));
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
        bool names = maker_names(tail, CREDIT_WORDS), network = maker_shown(tail);
        bool maker = (maker_follows(tail) && (names || word_count(tail) <= NAME_WORDS)) ||
                     picture_kind(tail) || (names && unmarked_photo(tail));
        if (!maker && !names && !network)
            continue;
        struct maker_parts parts = maker_parts(tail);
        if (glued && !maker && !parts.source && word_count(tail) > NAME_WORDS)
            continue;
        bool sure = glued || maker || network || parts.library || maker_slashed(tail) ||
                    (parts.source && parts.count > 1);
        bool named =
            parts.source || sure ||
            (full_stop(line, at - blank) && alone_behind(str_sub(line, 0, at), tail));
        bool again =
            glued && line.s[at - 1] == ')' && in_brackets(str_sub(line, 0, at), credit);
        if (again) /* "(Photo by Ann Lee/The Port Times)Ann" */
            return true;
        bool short_word = word_count(tail) < 2 && !maker_acronym(tail);
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
        word_count(name) < 2 || !maker_names(name, NAME_WORDS))
        return false;
    *credit = (struct credit){at - 1, at, line.len, true};
    return true;
}

/* What stands behind a slash as a source: "via Reuters", "Copyright 2024 The AP". */
static bool slash_source(struct str s)
{
    struct str rest = str_starts(s, STR("via ")) ? str_sub(s, strlen("via "), s.len) : s;
    return maker_source(rest) || maker_house(s) || str_starts(s, STR("Copyright "));
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

/* "Ann Lee" */
static bool name_of_two(struct str s)
{
    return maker_words(s, 2) && !maker_words(s, 4) && maker_names(s, 3);
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
    bool named = sentence && maker_names(tail, NAME_WORDS) &&
                 (maker_parts(tail).source || maker_slashed(tail) || maker_shouted(tail));
    bool sure = named || maker_follows(tail);
    if (!sure && !(sentence && name_of_two(tail)))
        return false;
    *credit = (struct credit){bar - 1, (size_t)(tail.s - line.s), line.len, sure};
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
    bool sure = maker_source(tail) || (sentence && maker_acronym(tail));
    if (!sure && !(sentence && name_of_two(tail)))
        return false;
    *credit = (struct credit){slash - 2, (size_t)(tail.s - line.s), line.len, sure};
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
    struct maker_parts parts = maker_parts(tail);
    bool maker = maker_follows(tail) && word_count(tail) <= NAME_WORDS;
    if (!maker && !(parts.source && maker_names(tail, NAME_WORDS)))
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
    if (slash == NONE || !maker_slashed(tail) || tail.s[slash - 1] == ' ' ||
        !maker_words(str_sub(tail, 0, slash), 2))
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
        !maker_source(str_sub(line, at, line.len)))
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
    if (!found && !behind_word(line, credit) && !behind_kind(line, credit))
        return false;
    credit->from += credit_label(str_sub(line, credit->from, credit->to));
    return maker_words(str_sub(line, 0, credit->at), BEFORE_WORDS);
}

/* ---- credits alone ---- */

static struct str without_brackets(struct str s)
{
    bool open = s.len > 1 && (s.s[0] == '(' || s.s[0] == '[');
    bool close = s.len > 1 && (s.s[s.len - 1] == ')' || s.s[s.len - 1] == ']');
    return str_sub(s, open, s.len - (open && close));
}

bool credit_gallery(struct str line)
{
    static const char *const ands[] = {"and", "und", "et", "y", "og", "och", "e", "i"};
    enum { MAKER_WORDS = 3 };
    size_t label = credit_label(line);
    struct str rest = str_sub(line, label, line.len);
    if (!str_ends(str_trim(str_sub(line, 0, label)), STR("s:")) ||
        maker_parts(rest).source)
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
        count += !maker_link(word);
    }
    return 3 * capitals >= 2 * count && (own || many || !names);
}

bool credit_owned(struct str line)
{
    static const char label[] = "Copyright ";
    struct str rest = str_sub(line, strlen(label), line.len);
    return str_starts(line, str_of(label)) && word_count(rest) <= CREDIT_WORDS &&
           (maker_source(rest) ||
            (maker_names(rest, CREDIT_WORDS) && maker_and_source(rest)));
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
        return !sign || ((maker_names(rest, CREDIT_WORDS) || maker_and_source(rest)) &&
                         cue_of(rest) != CUE_COPYRIGHT);
    bool names = maker_names(s, CREDIT_WORDS);
    if (names && (maker_and_house(s) || maker_and_source(s)))
        return true;
    if (maker_shown(s) || maker_numbered(s) || maker_of_science(s))
        return true;
    if (cue_of(s) != CUE_CREDIT)
        return false;
    if (!cue) /* it ends in a source */
        return names;
    if (cue < s.len)
        return (rest.s[0] != '.' || (rest.len > 1 && rest.s[1] == ' ')) &&
               (maker_follows(s) || maker_source(rest) ||
                (maker_names(rest, 4) && (word_count(rest) > 1 || cue_of_two(s))));
    return maker_source(s);
}

bool credit_certain(struct str line, struct str site)
{
    struct str inside = without_brackets(line);
    if (str_any(line, ":") || !maker_names(line, NAME_WORDS))
        return maker_shown(line);
    if (maker_and_source(line) || maker_of_science(line) || maker_shown(line) ||
        (inside.len < line.len && maker_and_house(inside)))
        return true;
    size_t mark = 0;
    while (mark < line.len && !strchr("/|,", line.s[mark]))
        mark++;
    if (mark == line.len)
        return maker_for_house(line, site);
    return maker_beside_house(line, mark, site) ||
           (line.s[mark] == '/' && maker_and_house(line) &&
            maker_capitals(str_trim(str_sub(line, mark + 1, line.len))));
}

bool credit_kind(struct str line)
{
    static const char *const kinds[] = {
        "file photo",     "staff file photo",  "staff photo",    "submitted photo",
        "courtesy photo", "contributed photo", "provided photo", "stock photo",
        "handout",        "handout photo",     "supplied",       "screenshot"};
    return STR_AMONG(without_brackets(line), kinds);
}

bool credit_bracketed(struct str line)
{
    struct str inside = without_brackets(line);
    return inside.len + 2 == line.len && maker_names(inside, NAME_WORDS) &&
           (maker_acronym(inside) || (maker_words(inside, 2) && !maker_shouted(inside)));
}

bool credit_house(struct str line, struct str site)
{
    enum { HOUSE_WORDS = 3 };
    static const char *const houses[] = {
        "nasa",        "noaa",   "esa",         "netflix",      "hbo",
        "disney",      "pixar",  "warner bros", "warner bros.", "universal pictures",
        "google maps", "google", "google earth"};
    return maker_words(line, 1) && !maker_words(line, HOUSE_WORDS + 1) &&
           (maker_source(line) || maker_named(site, line) || maker_house(line) ||
            STR_AMONG(line, houses));
}
