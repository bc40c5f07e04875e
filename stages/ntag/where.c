#include "stages/ntag/where.h"

#include "common/unicode.h"
#include "stages/ntag/byline.h"

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

/* Sets the authors a byline names, and notes its agencies. */
static void authors(struct record *rec, struct str line, struct agencies *agencies)
{
    struct byline byline = {0};

    byline_read(&byline, line);
    for (size_t i = 0; i < byline.agencies; i++)
        add_agency(agencies, byline.agency[i]);
    if (byline.authors.len) {
        struct buf *b = record_set(rec, "authors");
        struct str rest = buf_str(&byline.authors), name;
        buf_add_char(b, '[');
        while (str_line(&rest, &name)) {
            json_add_comma(b);
            json_add_string(b, name);
        }
        buf_add_char(b, ']');
    }
    buf_free(&byline.authors);
}

void filed_read(struct filed *filed, struct record *rec, struct str text)
{
    struct str alone;

    if (record_string(rec, "dateline", &alone)) {
        buf_clear(&filed->text);
        buf_add_str(&filed->text, alone);
        buf_puts(&filed->text, " X"); /* a report follows, as it did on the page */
        text = buf_str(&filed->text);
    } else {
        size_t end = str_find(text, STR("\n"), 0);
        text.len = end == (size_t)-1 ? text.len : end;
    }
    filed->told = dateline_parse(text, &filed->dateline);
}

void where_tag(struct record *rec, const struct filed *filed)
{
    const struct dateline *dateline = &filed->dateline;
    struct agencies agencies = {.count = 0};
    struct str byline;

    if (filed->told && dateline->place.len) {
        struct buf place = {0};
        where_usual_case(&place, dateline->place);
        record_set_string(rec, "located", buf_str(&place));
        buf_free(&place);
    }
    for (int i = 0; filed->told && i < dateline->agencies; i++)
        add_agency(&agencies, dateline->agency[i]);
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
}
