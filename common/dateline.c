#include "common/dateline.h"

#include "common/data.h"
#include "common/unicode.h"

DATA(agencies_txt);

/* The beginning of a paragraph being read. */
struct reader {
    const char *start, *p, *end;
    struct dateline *out;
    bool upper; /* the place is all in capitals */
    bool named; /* an agency in its brackets was read */
    bool known; /* and it is one of agencies.txt */
};

enum { PLACE_MAX = 90, PART_WORDS = 6, PARTS = 4, AGENCY_MAX = 40, REACH = 200 };

/* The names of agencies.txt, each with the one it goes under. */
enum { NAMES_MAX = 1024 };
static struct known_name {
    struct str written, known_as;
    size_t next; /* of the same length, from 1 on */
} known_names[NAMES_MAX];
static size_t name_count;

/* The names of a length, the last of them, and their first letters, bit by bit: most of
 * what may be a name has another. */
enum { NAME_LENGTHS = 64 };
static struct names {
    size_t last;
    uint32_t begins;
} names_by_length[NAME_LENGTHS];

static struct names *names_as_long(struct str name)
{
    return &names_by_length[name.len < NAME_LENGTHS ? name.len : NAME_LENGTHS - 1];
}

/* One bit for both cases of a letter. */
static uint32_t first_bit(struct str name)
{
    return UINT32_C(1) << (name.s[0] & 31);
}

static void read_names(void)
{
    struct str rest = {(const char *)agencies_txt, agencies_txt_size}, line;

    while (str_line(&rest, &line)) {
        struct str known_as = {NULL, 0};
        for (size_t at = 0; at < line.len && *line.s != '#' && name_count < NAMES_MAX;) {
            size_t tab = str_find(line, STR("\t"), at);
            struct str name = str_sub(line, at, tab == (size_t)-1 ? line.len : tab);
            known_as = known_as.len ? known_as : name;
            struct names *names = names_as_long(name);
            known_names[name_count] = (struct known_name){name, known_as, names->last};
            names->last = ++name_count;
            names->begins |= first_bit(name);
            at += name.len + 1;
        }
    }
}

struct str agency_name(struct str written)
{
    if (!name_count)
        read_names();
    written = str_trim(written);
    const struct names *names = names_as_long(written);
    if (!written.len || !(names->begins & first_bit(written)))
        return (struct str){NULL, 0};
    for (size_t i = names->last; i; i = known_names[i - 1].next)
        if (str_eq_nocase(known_names[i - 1].written, written))
            return known_names[i - 1].known_as;
    return (struct str){NULL, 0};
}

static bool starts(const struct reader *r, const char *s)
{
    return str_starts((struct str){r->p, (size_t)(r->end - r->p)}, str_of(s));
}

static void skip_blanks(struct reader *r)
{
    while (r->p < r->end) {
        const char *q = r->p;
        if (!uni_space(utf8_next(&q, r->end)))
            return;
        r->p = q;
    }
}

/* Words that begin sentences, not places, and labels that look like places. The word is
 * not empty, here and below. */
static bool never_place(struct str word)
{
    static const char *const words[] = {
        "a",         "after",     "an",        "analysis", "and",     "as",
        "at",        "before",    "breaking",  "but",      "by",      "correction",
        "editorial", "exclusive", "explainer", "file",     "for",     "from",
        "he",        "how",       "i",         "if",       "in",      "interview",
        "is",        "it",        "its",       "live",     "more",    "my",
        "news",      "no",        "note",      "of",       "on",      "opinion",
        "our",       "photo",     "photos",    "poll",     "press",   "quiz",
        "read",      "report",    "review",    "she",      "so",      "spoiler",
        "that",      "the",       "their",     "there",    "these",   "they",
        "this",      "to",        "top",       "update",   "updated", "us",
        "video",     "warning",   "watch",     "we",       "what",    "when",
        "where",     "while",     "who",       "why",      "with",    "you",
        "your"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if ((word.s[0] | 0x20) == words[i][0] && str_eq_nocase(word, str_of(words[i])))
            return true;
    return false;
}

static bool is_link(struct str word)
{
    static const char *const links[] = {
        "al", "am", "an", "and", "de", "del", "der", "do",  "da", "el", "en",
        "im", "la", "le", "of",  "on", "sur", "the", "und", "y",  "e",  "upon"};

    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (word.s[0] == links[i][0] && str_eq(word, str_of(links[i])))
            return true;
    return false;
}

/* The word at r->p: letters with . ' - / between or behind (D.C., St., Moscow/Kiev). A
 * full stop belongs to it only where it is an abbreviation. */
static struct str word_here(const struct reader *r, bool *upper, bool *capital)
{
    const char *p = r->p, *last = p;
    size_t count = 0;

    *upper = true;
    *capital = false;
    while (p < r->end) {
        const char *q = p;
        uint32_t c = utf8_next(&q, r->end);
        if (uni_letter(c)) {
            *capital = *capital || (!count && (uni_upper(c) || !uni_lower(c)));
            *upper = *upper && !uni_lower(c);
            last = q;
            count++;
        } else if (c == '.' && p == last && count > 0 && count <= 5 && *capital &&
                   q < r->end && strchr(", (", *q) && (!*upper || count <= 2)) {
            last = q; /* Calif., Mass. */
        } else if (c == '.' && p == last && count == 1) {
            last = q; /* D.C. */
            count = 0;
        } else if (p != last || !count || !strchr("'-/", (int)(c < 0x80 ? c : 'x'))) {
            if (c != 0x2019 || p != last || !count)
                break;
        }
        p = q;
    }
    return (struct str){r->p, (size_t)(last - r->p)};
}

/* One part of a place, between commas. */
static bool take_part(struct reader *r, bool first)
{
    const char *end = r->p;
    bool all_upper = true, upper, capital;

    for (int words = 0; words < PART_WORDS; words++) {
        const char *before = r->p;
        skip_blanks(r);
        struct str word = word_here(r, &upper, &capital);
        if (!word.len || (first && !words && never_place(word)) ||
            (!capital && (!words || !is_link(word)))) {
            r->p = before;
            break;
        }
        all_upper = all_upper && upper;
        r->p = end = word.s + word.len;
    }
    r->p = end;
    if (first)
        r->upper = all_upper;
    return end > r->start && (r->out->place.len == 0 ? end > r->start : true);
}

/* A day is in digits: ours, or another script's. */
static bool may_have_day(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((s.s[i] >= '0' && s.s[i] <= '9') || (unsigned char)s.s[i] >= 0x80)
            return true;
    return false;
}

static const bool marks[256] = {['-'] = true, ['('] = true, ['/'] = true, ['|'] = true};

/* A date at r->p, up to what may follow one in a dateline. */
static bool take_date(struct reader *r)
{
    struct str found, head = {r->p, (size_t)(r->end - r->p)};

    if (head.len > 60) {
        head.len = 60;
        while (head.len && (head.s[head.len] & 0xC0) == 0x80)
            head.len--;
    }
    const char *stop = NULL;
    for (size_t i = 0; i + 1 < head.len && !stop; i++)
        if (marks[(unsigned char)head.s[i]] || (unsigned char)head.s[i] == 0xE2)
            stop = head.s + i;
    if (!stop)
        stop = head.s + head.len;
    struct str piece = str_trim((struct str){r->p, (size_t)(stop - r->p)});
    if (!may_have_day(piece))
        return false; /* as most */
    if (piece.len && date_timestamp(piece, &r->out->date)) {
        r->p = piece.s + piece.len;
    } else if (date_begins(piece, &found, &r->out->date)) {
        r->p = found.s + found.len;
    } else {
        return false;
    }
    if (r->out->date.day < 0)
        return false;
    r->out->dated = true;
    return true;
}

/* "New Delhi [India]": the country behind the place. */
static void skip_country(struct reader *r)
{
    const char *before = r->p;

    skip_blanks(r);
    if (starts(r, "[")) {
        struct str rest = {r->p + 1, (size_t)(r->end - r->p - 1)};
        rest.len = rest.len < AGENCY_MAX ? rest.len : AGENCY_MAX;
        size_t close = str_find(rest, STR("],"), 0);
        if (close != (size_t)-1 && !agency_name(str_sub(rest, 0, close)).len) {
            r->p = rest.s + close + 1;
            return;
        }
    }
    r->p = before;
}

static void take_place(struct reader *r)
{
    struct str place = {r->p, 0};

    if (take_date(r)) /* "Nov 3 (Reuters) -": no place at all */
        return;
    for (int part = 0; part < PARTS; part++) {
        const char *before = r->p;
        skip_blanks(r);
        if (part > 0 && take_date(r))
            break;
        const char *begin = r->p;
        if (!take_part(r, part == 0) || r->p == begin) {
            r->p = before;
            break;
        }
        place.len = (size_t)(r->p - place.s);
        skip_country(r);
        const char *after = r->p;
        skip_blanks(r);
        if (r->p < r->end && *r->p == ',') {
            r->p++;
        } else if (r->p < r->end && *r->p == '.') {
            r->p++; /* "MOSCOW. June 1": only a date may follow */
            skip_blanks(r);
            if (!take_date(r))
                r->p = after;
            break;
        } else {
            if (r->p == r->end || *r->p < '0' || *r->p > '9' || !take_date(r))
                r->p = after; /* else "Praha 3. listopadu" */
            break;
        }
    }
    if (place.len <= PLACE_MAX)
        r->out->place = place;
}

static void add_agencies(struct reader *r, struct str names)
{
    bool whole = agency_name(names).len > 0;

    for (size_t at = 0; at <= names.len;) {
        size_t end = names.len;
        for (size_t i = at; i < names.len && !whole && end == names.len; i++)
            if (names.s[i] == '/' || names.s[i] == ',' || names.s[i] == '-')
                end = i;
        struct str name = str_trim(str_sub(names, at, end));
        if (name.len && r->out->agencies < DATELINE_AGENCIES) {
            r->known = r->known || agency_name(name).len > 0;
            r->out->agency[r->out->agencies++] = name;
        }
        at = end + 1;
    }
}

/* "(Sputnik)", "/TASS/", "| AFP |", "[AP]". */
static bool take_agency(struct reader *r)
{
    static const char pairs[] = "()//||[]";
    const char *before = r->p;

    skip_blanks(r);
    if (starts(r, ".")) {
        r->p++;
        skip_blanks(r);
    }
    const char *open = r->p < r->end && *r->p ? strchr(pairs, *r->p) : NULL;
    if (open && (open - pairs) % 2 == 0) {
        struct str rest = {r->p + 1, (size_t)(r->end - r->p - 1)};
        rest.len = rest.len < AGENCY_MAX + 1 ? rest.len : AGENCY_MAX + 1;
        char close[2] = {open[1], 0};
        size_t end = str_find(rest, str_of(close), 0);
        struct str name = {rest.s, end == (size_t)-1 ? 0 : end};
        size_t digit = 0;
        for (size_t i = 0; i < name.len; i++)
            digit += name.s[i] >= '0' && name.s[i] <= '9';
        if (!str_blank(name) && !digit) {
            add_agencies(r, name);
            r->named = true;
            r->p = name.s + name.len + 1;
            return true;
        }
    }
    r->p = before;
    return false;
}

/* What parts a dateline from its report: a dash, or a full stop behind an agency. */
static bool take_dash(struct reader *r, bool *stop)
{
    static const char *const dashes[] = {"---", "--", "—", "–", "-", "―", "_"};
    const char *before = r->p;

    *stop = false;
    while (r->p < r->end && (*r->p == '.' || *r->p == ':')) {
        *stop = true;
        r->p++;
    }
    const char *stopped = r->p;
    skip_blanks(r);
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (starts(r, dashes[i])) {
            r->p += strlen(dashes[i]);
            return true;
        }
    r->p = *stop ? stopped : before;
    return *stop;
}

/* "MOSCOW, June 1 — RIA Novosti.": the agency behind the dash. */
static void take_late_agency(struct reader *r)
{
    const char *before = r->p;

    skip_blanks(r);
    struct str rest = {r->p, (size_t)(r->end - r->p)};
    rest.len = rest.len < AGENCY_MAX ? rest.len : AGENCY_MAX;
    size_t stop = str_find(rest, STR("."), 0);
    if (stop != (size_t)-1 && agency_name(str_sub(rest, 0, stop)).len) {
        add_agencies(r, str_sub(rest, 0, stop));
        r->known = r->named = true;
        r->p = rest.s + stop + 1;
    } else {
        r->p = before;
    }
}

/* Does the report begin here as a sentence does? */
static bool sentence_here(const struct reader *r)
{
    const char *p = r->p;
    uint32_t c = p < r->end ? utf8_next(&p, r->end) : 0;

    return c && !uni_lower(c);
}

/* Whether what was read is a dateline and no sentence that looks like one. */
static bool believable(const struct reader *r, bool dash, bool stop)
{
    const struct dateline *d = r->out;
    const char *last = r->p;
    bool gap = r->p == r->end; /* the report lies behind a blank */

    if (last < r->end) {
        const char *q = r->p;
        gap = uni_space(utf8_next(&q, r->end));
    }
    if (!d->place.len)
        return r->known && dash && !stop;
    if (r->known)
        return dash || r->p[-1] == '|' || (d->dated && r->p[-1] == ')');
    if (r->named) /* brackets with a name we do not know */
        return r->upper && dash && !stop && gap;
    if (d->dated)
        return dash && gap && (!stop || r->upper);
    return r->upper && dash && !stop && gap && d->place.len > 3;
}

/* A dateline has an agency in brackets or slashes, or ends in a dash: without any of
 * these marks near its beginning a paragraph has none. */
static bool unmarked(struct str paragraph)
{
    const char *start = paragraph.s, *end = start + paragraph.len;
    const char *reach = paragraph.len < REACH ? end : start + REACH;

    for (const char *p = start; p < reach; p++) {
        if ((unsigned char)*p < 0xe2 && !marks[(unsigned char)*p])
            continue;
        bool blank = p + 1 < end && p[1] == ' ';
        if (*p != '-' || blank || (p > start && strchr(" ).", p[-1])))
            return false;
    }
    return true;
}

/* "(ANSA) - ROMA, 3 NOV - ": the place and the day behind the agency. */
static bool take_second(struct reader *r)
{
    struct reader second = {r->p, r->p, r->end, r->out, false, false, false};
    struct dateline none = *r->out;
    bool stop;

    take_place(&second);
    if (r->out->place.len && r->out->dated && take_dash(&second, &stop)) {
        r->p = second.p;
        return true;
    }
    none.agencies = r->out->agencies;
    *r->out = none;
    return false;
}

bool dateline_parse(struct str paragraph, struct dateline *dateline)
{
    if (unmarked(paragraph))
        return false;
    struct reader r = {paragraph.s, paragraph.s, paragraph.s + paragraph.len,
                       dateline,    false,       false,
                       false};
    bool stop = false;

    *dateline = (struct dateline){0};
    skip_blanks(&r);
    const char *begin = r.p;
    take_place(&r);
    const char *before = r.p;
    skip_blanks(&r);
    if (starts(&r, ","))
        r.p++;
    else
        r.p = before;
    take_agency(&r);
    if (!dateline->dated && r.named) { /* "(AFP) May 3 -" */
        before = r.p;
        skip_blanks(&r);
        if (!take_date(&r))
            r.p = before;
    }
    bool dash = take_dash(&r, &stop);
    const char *end = r.p;
    if (!believable(&r, dash, stop))
        return false;
    if (!r.named && dash) {
        take_late_agency(&r);
        end = r.p;
    }
    skip_blanks(&r);
    if (!r.known && !sentence_here(&r))
        return false;
    if (r.named && !dateline->place.len && !dateline->dated && take_second(&r))
        end = r.p;
    dateline->text = (struct str){begin, (size_t)(end - begin)};
    dateline->length = (size_t)(r.p - paragraph.s);
    return true;
}
