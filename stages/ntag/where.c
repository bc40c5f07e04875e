#include "stages/ntag/where.h"

#include "common/cue.h"
#include "common/dateline.h"
#include "common/unicode.h"

enum { AGENCIES = 8 };

/* Agencies met so far. */
struct agencies {
    struct str all[AGENCIES];
    int count;
};

static void add_agency(struct agencies *agencies, struct str written)
{
    struct str name = agency_name(written);

    name = name.len ? name : written;
    for (int i = 0; i < agencies->count; i++)
        if (str_eq(agencies->all[i], name))
            return;
    if (agencies->count < AGENCIES)
        agencies->all[agencies->count++] = name;
}

static bool is_small_word(struct str word)
{
    static const char *const words[] = {"AL",  "AM",  "AN",  "AND",  "AU", "DA", "DE",
                                        "DEL", "DER", "DO",  "DOS",  "EN", "LA", "LE",
                                        "OF",  "SUR", "THE", "UPON", "Y"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(word, str_of(words[i])))
            return true;
    return false;
}

/* The letters at p. */
static struct str letters(const char *p, const char *end)
{
    const char *q = p;

    for (const char *next = p; next < end; q = next)
        if (!uni_letter(utf8_next(&next, end)))
            break;
    return (struct str){p, (size_t)(q - p)};
}

void where_usual_case(struct buf *b, struct str name)
{
    const char *p = name.s, *end = name.s + name.len;
    bool first = true;

    while (p < end) {
        struct str word = letters(p, end);
        const char *behind = word.s + word.len, *q = p;
        bool small = false;
        while (q < behind && !small)
            small = uni_lower(utf8_next(&q, behind));
        bool short_form = behind < end && *behind == '.' && utf8_count(word) == 1;
        if (!word.len) {
            q = p;
            uint32_t c = utf8_next(&q, end);
            first = first || c == ',' || c == '/';
            buf_add(b, p, (size_t)(q - p));
            p = q;
        } else if (small || short_form || (utf8_count(word) < 3 && name.len < 4)) {
            buf_add_str(b, word);
            p = behind;
            first = false;
        } else {
            q = p;
            utf8_next(&q, behind);
            if (first || !is_small_word(word))
                buf_add(b, p, (size_t)(q - p));
            else
                q = p;
            utf8_fold(b, (struct str){q, (size_t)(behind - q)});
            p = behind;
            first = false;
        }
    }
}

static bool all_capitals(struct str s)
{
    const char *p = s.s, *end = s.s + s.len;

    while (p < end)
        if (uni_lower(utf8_next(&p, end)))
            return false;
    return true;
}

/* Parts of a byline that are no author. */
static bool no_author(struct str part)
{
    static const char *const words[] = {
        "staff",  "writer", "correspondent", "editor",    "reporter", "agencies",
        "agency", "desk",   "newsroom",      "redaktion", "editors",  "news"};

    if (part.len > 60 || str_find(part, STR("@"), 0) != (size_t)-1)
        return true;
    for (size_t i = 0; i < part.len; i++)
        if (part.s[i] >= '0' && part.s[i] <= '9')
            return true;
    const char *p = part.s;
    if (!uni_upper(utf8_next(&p, part.s + part.len)) &&
        !uni_unspaced((p = part.s, utf8_next(&p, part.s + part.len))))
        return true;
    for (size_t at = 0; at < part.len;) {
        size_t space = str_find(part, STR(" "), at);
        size_t end = space == (size_t)-1 ? part.len : space;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (str_eq_nocase(str_sub(part, at, end), str_of(words[i])))
                return true;
        at = end + 1;
    }
    return false;
}

/* The length of what parts two authors at s[at]; 0 if nothing does. */
static size_t divider(struct str s, size_t at)
{
    static const char *const marks[] = {", ",    "; ",   " and ", " & ", " und ",
                                        " et ",  " y ",  " | ",   "/",   " e ",
                                        " och ", " og ", " with "};

    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_starts_nocase((struct str){s.s + at, s.len - at}, str_of(marks[i])))
            return strlen(marks[i]);
    return 0;
}

/* A part of a byline cut where something else begins: "… in Cairo", "… for Reuters". */
static struct str before_tail(struct str part, struct agencies *agencies)
{
    static const char *const tails[] = {" in ", " for ", " at ", " of ", " in\t",
                                        " (",   " - ",   " — ",  " – "};

    for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
        size_t at = str_find(part, str_of(tails[i]), 0);
        if (at == (size_t)-1)
            continue;
        struct str rest = str_trim(str_sub(part, at + strlen(tails[i]), part.len));
        if (str_ends(rest, STR(")")))
            rest.len--;
        if (agency_name(rest).len)
            add_agency(agencies, rest);
        part.len = at;
    }
    return str_trim(part);
}

/* "By A B, C D and E F in Cairo"; "Reporting by A B; editing by C D". */
static void authors(struct record *rec, struct str byline, struct agencies *agencies)
{
    struct buf *b = NULL;
    struct str rest = str_trim(byline);
    size_t editing = str_find(rest, STR("diting by"), 0);

    if (editing != (size_t)-1 && editing > 0 && strchr("eE", rest.s[editing - 1]))
        rest.len = editing - 1;
    size_t n = cue_prefix(rest, CUE_BYLINE);
    if (n <= rest.len)
        rest = str_sub(rest, n, rest.len);
    for (size_t at = 0, from = 0; at <= rest.len; at++) {
        size_t mark = at < rest.len ? divider(rest, at) : 1;
        if (!mark)
            continue;
        struct str part = before_tail(str_trim(str_sub(rest, from, at)), agencies);
        while (part.len && strchr(".;:,", part.s[part.len - 1]))
            part.len--;
        from = at + mark;
        at += mark - 1;
        if (!part.len)
            continue;
        if (agency_name(part).len) {
            add_agency(agencies, part);
        } else if (!no_author(part)) {
            if (!b)
                buf_add_char(b = record_set(rec, "authors"), '[');
            struct buf name = {0};
            if (all_capitals(part))
                where_usual_case(&name, part);
            else
                buf_add_str(&name, part);
            json_add_comma(b);
            json_add_string(b, buf_str(&name));
            buf_free(&name);
        }
    }
    if (b)
        buf_add_char(b, ']');
}

/* The dateline of the record: its member, or the one that begins the text. */
static bool find_dateline(struct record *rec, struct str text, struct buf *keep,
                          struct dateline *dateline)
{
    struct str alone;

    if (record_string(rec, "dateline", &alone)) {
        buf_add_str(keep, alone);
        buf_puts(keep, " X"); /* a report follows, as it did on the page */
        return dateline_parse(buf_str(keep), dateline);
    }
    size_t end = str_find(text, STR("\n"), 0);
    text.len = end == (size_t)-1 ? text.len : end;
    return dateline_parse(text, dateline);
}

void where_tag(struct record *rec, struct str text)
{
    struct agencies agencies = {.count = 0};
    struct dateline dateline;
    struct buf keep = {0}, place = {0};
    struct str byline;

    if (find_dateline(rec, text, &keep, &dateline)) {
        if (dateline.place.len) {
            where_usual_case(&place, dateline.place);
            record_set_string(rec, "located", buf_str(&place));
        }
        for (int i = 0; i < dateline.agencies; i++)
            add_agency(&agencies, dateline.agency[i]);
    }
    if (record_string(rec, "byline", &byline))
        authors(rec, byline, &agencies);
    if (agencies.count) {
        struct buf *b = record_set(rec, "agency");
        buf_add_char(b, '[');
        for (int i = 0; i < agencies.count; i++) {
            json_add_comma(b);
            json_add_string(b, agencies.all[i]);
        }
        buf_add_char(b, ']');
    }
    buf_free(&keep);
    buf_free(&place);
}
