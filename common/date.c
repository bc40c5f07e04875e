#include "common/date.h"

#include "common/data.h"
#include "common/unicode.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

DATA(months_txt);

/* What a word of months.txt is. */
enum kind {
    NONE,
    MONTH, /* value 1..12 */
    WEEKDAY,
    AM,
    PM,
    HOUR,
    AT,
    UNIT_YEAR,
    UNIT_MONTH,
    UNIT_DAY,
    UNIT_H,
    UNIT_MIN,
    ZONE, /* value minutes, DATE_NO_ZONE if the word does not tell */
    FILL
};

struct entry {
    struct str word;
    enum kind kind;
    int value;
};

enum { ENTRIES = 4096 }; /* twice as many as months.txt has words, and a power of two */

/* FNV-1a over the case-folded characters. */
static uint32_t fold_hash(struct str s)
{
    const char *p = s.s, *end = s.s + s.len;
    uint32_t h = 2166136261u;

    while (p < end)
        h = (h ^ uni_fold(utf8_next(&p, end))) * 16777619u;
    return h;
}

static bool fold_eq(struct str a, struct str b)
{
    const char *p = a.s, *q = b.s, *p_end = a.s + a.len, *q_end = b.s + b.len;

    while (p < p_end && q < q_end)
        if (uni_fold(utf8_next(&p, p_end)) != uni_fold(utf8_next(&q, q_end)))
            return false;
    return p == p_end && q == q_end;
}

/* The slot of a word: its own, or the empty one where it would go. */
static struct entry *slot(struct entry *table, struct str word)
{
    uint32_t i = fold_hash(word) & (ENTRIES - 1);

    while (table[i].word.len && !fold_eq(table[i].word, word))
        i = (i + 1) & (ENTRIES - 1);
    return &table[i];
}

static enum kind kind_of(struct str key, int *value)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const struct {
        const char *key;
        enum kind kind;
    } kinds[] = {
        {"am", AM},        {"pm", PM},          {"hour", HOUR},        {"at", AT},
        {"h", UNIT_H},     {"year", UNIT_YEAR}, {"month", UNIT_MONTH}, {"day", UNIT_DAY},
        {"min", UNIT_MIN}, {"fill", FILL}};

    for (int i = 0; i < 7; i++)
        if (str_eq(key, str_of(days[i])))
            return *value = i, WEEKDAY;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(key, str_of(kinds[i].key)))
            return kinds[i].kind;
    if (str_starts(key, STR("zone"))) {
        *value = key.len > 4 ? atoi(key.s + 4) : DATE_NO_ZONE;
        return ZONE;
    }
    *value = atoi(key.s);
    return MONTH;
}

static struct entry *table_of_words(void)
{
    static struct entry table[ENTRIES];
    static bool built;
    struct str rest = {(const char *)months_txt, months_txt_size}, line;

    if (built)
        return table;
    built = true;
    while (str_line(&rest, &line)) {
        size_t tab = str_find(line, STR("\t"), 0);
        if (tab == (size_t)-1 || line.s[0] == '#')
            continue;
        int value = 0;
        enum kind kind = kind_of(str_sub(line, 0, tab), &value);
        for (size_t i = tab + 1; i < line.len;) {
            size_t space = str_find(line, STR(" "), i);
            size_t end = space == (size_t)-1 ? line.len : space;
            struct str word = str_sub(line, i, end);
            struct entry *entry = slot(table, word);
            if (!entry->word.len && word.len) /* the first that claims a word has it */
                *entry = (struct entry){word, kind, value};
            i = end + 1;
        }
    }
    return table;
}

/* A text being read: what was found so far, and how. */
struct reader {
    const char *p, *end;
    struct date date;
    bool find;      /* looking inside a sentence: be sure rather than lenient */
    bool ambiguous; /* a day and month that cannot be told apart */
    bool at;        /* the last word says that a time follows */
    bool offset;    /* a zone was given in figures */
    struct {
        const char *p; /* the place that was looked at last, and what begins there */
        const struct entry *word;
        size_t len;
    } seen;
};

static const struct date no_date = {-1, -1, -1, -1, -1, -1, DATE_NO_ZONE, -1};

static bool is_digit(const char *p, const char *end)
{
    return p < end && *p >= '0' && *p <= '9';
}

/* The digits at p: how many, and the value of the first max of them. */
static int digits(const char *p, const char *end, int max, int *value)
{
    int n = 0;

    *value = 0;
    for (; is_digit(p + n, end) && n < 12; n++)
        if (n < max)
            *value = *value * 10 + (p[n] - '0');
    return n;
}

static const char *skip_spaces(const char *p, const char *end)
{
    while (p < end && (*p <= ' ' || *p & 0x80)) {
        const char *q = p;
        if (!uni_space(utf8_next(&q, end)))
            break;
        p = q;
    }
    return p;
}

static bool ascii_letter(char c)
{
    unsigned char lower = (unsigned char)c | 0x20;
    return lower >= 'a' && lower <= 'z';
}

/* The letters at p, with a hyphen, apostrophe or joiner between two of them. */
static struct str letters(const char *p, const char *end)
{
    const char *q = p, *last = p;

    while (q < end) {
        const char *next = q;
        if (ascii_letter(*q)) {
            last = ++q;
            continue;
        }
        uint32_t c = utf8_next(&next, end);
        if (uni_letter(c))
            last = next;
        else if (q != last || (c != '-' && c != '\'' && c != 0x2BC && c != 0x200C))
            break;
        q = next;
    }
    return (struct str){p, (size_t)(last - p)};
}

/* The word of months.txt at p, its length in *len; where words are not spaced, the
 * longest that begins there. */
static const struct entry *word_at(const char *p, const char *end, size_t *len)
{
    static const struct entry none = {{NULL, 0}, NONE, 0};
    struct entry *table = table_of_words();
    struct str word = letters(p, end);
    const char *q = p;

    *len = word.len;
    if (!word.len)
        return &none;
    const struct entry *entry = slot(table, word);
    if (entry->kind != NONE)
        return entry;
    if (!uni_unspaced(utf8_next(&q, end)) &&
        (word.len < 3 || (unsigned char)*p < 0xEA || (unsigned char)*p > 0xED)) {
        /* Tuesday-Friday is two words, and ม.ค has a stop inside */
        return &none;
    }
    const char *ends[8];
    int n = 0;
    for (q = p; q < end && n < 8; ends[n++] = q) {
        uint32_t c = utf8_next(&q, end);
        if (!uni_letter(c) && c != '.')
            break;
    }
    while (n-- > 0) {
        entry = slot(table, (struct str){p, (size_t)(ends[n] - p)});
        if (entry->kind != NONE) {
            *len = entry->word.len;
            return entry;
        }
    }
    return &none;
}

/* The same where a reader is, who often asks what a word is, and what else it may be. */
static const struct entry *read_word(struct reader *r, const char *p, size_t *len)
{
    if (r->seen.p != p) {
        r->seen.p = p;
        r->seen.word = word_at(p, r->end, &r->seen.len);
    }
    *len = r->seen.len;
    return r->seen.word;
}

static const struct entry *kind_at(struct reader *r, const char *p, enum kind kind,
                                   size_t *len)
{
    const struct entry *entry = read_word(r, p, len);
    return entry->kind == kind ? entry : NULL;
}

/* A date found: the first counts. */
static void set_date(struct reader *r, int year, int month, int day)
{
    if (r->date.month < 0 && !r->ambiguous) {
        if (year >= 0 || r->date.year < 0)
            r->date.year = year;
        r->date.month = month;
        r->date.day = day;
    }
}

static int century(int year)
{
    return year + (year < 70 ? 2000 : 1900);
}

/* Ordinal endings and links between a day and its month. */
static const char *skip_ordinal(const char *p, const char *end)
{
    static const char *const marks[] = {"st", "nd", "rd", "th",  "er",  "ère", "re",
                                        "º",  "ª",  "°",  "-go", "-го", "-е",  "."};

    if (p < end && *p == ' ') /* as mostly */
        return p;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        struct str mark = str_of(marks[i]), rest = {p, (size_t)(end - p)};
        const char *q = p + mark.len;
        if (!str_starts(rest, mark))
            continue;
        const char *next = q;
        if (*marks[i] == '.' || q == end || !uni_letter(utf8_next(&next, end)))
            return q;
    }
    return p;
}

static const char *skip_link(const char *p, const char *end)
{
    static const char *const links[] = {"of ", "de ", "di ", "d'"};

    p = skip_spaces(p, end);
    if (p < end && (*p == '-' || *p == '/'))
        return p + 1;
    for (size_t i = 0; i < sizeof links / sizeof *links; i++)
        if (str_starts_nocase((struct str){p, (size_t)(end - p)}, str_of(links[i])))
            return skip_spaces(p + strlen(links[i]), end);
    return p;
}

/* Whether a time, the day of a date or how long it takes to read is at p: 14:02,
 * 26.05.2017, 26 May, 5 min. */
static bool begins_run_on(struct reader *r, const char *p)
{
    int number, n = digits(p, r->end, 2, &number);
    size_t len;

    if (n < 1 || n > 2)
        return false;
    if (p + n < r->end && p[n] && strchr(":./", p[n]))
        return p[n] == ':' || is_digit(p + n + 1, r->end);
    const char *behind = skip_spaces(p + n, r->end);
    if (str_starts_nocase((struct str){behind, (size_t)(r->end - behind)}, STR("min")))
        return true;
    return kind_at(r, skip_link(skip_ordinal(p + n, r->end), r->end), MONTH, &len);
}

/* The year at p: 4 digits (also with a time or a date run on to them), or 2 if allowed.
 */
static int year_at(struct reader *r, const char *p, bool two, int *year)
{
    int n = digits(p, r->end, 4, year);

    if (n == 4 || ((n == 5 || n == 6) && begins_run_on(r, p + 4)))
        return *year >= 1000 ? 4 : 0;
    if (n == 2 && two) {
        *year = century(*year);
        return 2;
    }
    return 0;
}

/* The days of which month: 26.05.2017, 26/05/2017, 2017-05-26. */
static bool order_date(struct reader *r, char mark, int a, int b, int year)
{
    if (mark != '.' && a <= 12 && b <= 12 && a != b) {
        if (r->date.month < 0 && !r->ambiguous) {
            r->date.year = year;
            r->ambiguous = true;
        }
        return true;
    }
    bool swapped = mark != '.' && b > 12;
    int day = swapped ? b : a, month = swapped ? a : b;
    if (day < 1 || day > 31 || month < 1 || month > 12)
        return false;
    set_date(r, year, month, day);
    return true;
}

static bool numeric_date(struct reader *r)
{
    const char *p = r->p;
    int a, b, year, n = digits(p, r->end, 8, &a);

    if (n == 8 && !r->find && a / 10000 >= 1900 && a / 10000 < 2100 &&
        a / 100 % 100 <= 12 && a / 100 % 100 > 0 && a % 100 > 0 && a % 100 <= 31) {
        set_date(r, a / 10000, a / 100 % 100, a % 100);
        r->p = p + 8;
        return true;
    }
    if ((n != 1 && n != 2 && n != 4) || p + n >= r->end || !strchr("./-", p[n]) || !p[n])
        return false;
    char mark = p[n];
    p += n + 1;
    if (mark == '.' && (n != 4 || !r->find))
        p = skip_spaces(p, r->end);
    int m = digits(p, r->end, 2, &b);
    if ((m != 1 && m != 2) || p + m >= r->end || p[m] != mark)
        return false;
    p += m + 1;
    if (mark == '.' && (n != 4 || !r->find))
        p = skip_spaces(p, r->end);
    if (n == 4) {
        int day, k = digits(p, r->end, 2, &day);
        if (k > 2 && !r->find) /* 2017-05-2614:02 */
            k = 2;
        if (k < 1 || k > 2 || b < 1 || b > 12 || day < 1 || day > 31)
            return false;
        set_date(r, a, b, day);
        r->p = p + k;
        if (r->p < r->end && (*r->p == 'T' || *r->p == 't') && is_digit(r->p + 1, r->end))
            r->p++;
        return true;
    }
    n = year_at(r, p, !r->find, &year);
    if (!n || !order_date(r, mark, a, b, year))
        return false;
    r->p = p + n;
    return true;
}

static bool is_short_lower(const char *p, size_t len)
{
    const char *q = p;
    return len <= 4 && uni_lower(utf8_next(&q, p + len)) && (unsigned char)*p < 0xD0;
}

/* 26 May, 26. Mai, 26th of May, 26 de mayo, 26-May-2017. */
static bool day_month(struct reader *r)
{
    int day, year, n = digits(r->p, r->end, 2, &day);
    size_t len;

    if (n < 1 || n > 2 || day < 1 || day > 31)
        return false;
    const char *p = skip_link(skip_ordinal(r->p + n, r->end), r->end);
    const struct entry *month = kind_at(r, p, MONTH, &len);
    if (!month)
        return false;
    const char *after = p + len;
    const char *q = after < r->end && strchr("-/", *after) ? after + 1 : after;
    bool dated = year_at(r, skip_spaces(q, r->end), q != after, &year) > 0;
    if (r->find && is_short_lower(p, len) && !dated)
        return false; /* "10 set" is a month only where a year says so */
    set_date(r, -1, month->value, day);
    r->p = after;
    if (dated && q != after) {
        r->date.year = r->date.year < 0 ? year : r->date.year;
        r->p = skip_spaces(q, r->end);
        r->p += year_at(r, r->p, true, &year);
    }
    return true;
}

/* May 26, or May alone before a year. */
static bool month_day(struct reader *r, const struct entry *month, size_t len)
{
    int day, year, n;
    size_t ignored;
    const char *p = r->p + len;

    if (r->find && is_short_lower(r->p, len))
        return false;
    if (p < r->end && *p == '.')
        p++;
    p = skip_spaces(p, r->end);
    if (p < r->end && *p == '-' && is_digit(p + 1, r->end))
        p++;
    n = digits(p, r->end, 2, &day);
    if (year_at(r, p, false, &year)) {
        if (r->date.month < 0)
            r->date.month = month->value;
        r->p += len;
        return true;
    }
    if (n < 1 || n > 2 || day < 1 || day > 31 || (p + n < r->end && p[n] == ':')) {
        if (r->date.day > 0 || r->find)
            return false;
        if (r->date.month < 0)
            r->date.month = month->value;
        r->p += len;
        return true;
    }
    const char *after = skip_ordinal(p + n, r->end);
    if (kind_at(r, skip_link(after, r->end), MONTH, &ignored)) {
        r->p += len; /* "mar 26 mayo": it was a weekday */
        return true;
    }
    if (r->find && p + n < r->end && strchr("%$€£", p[n]))
        return false;
    set_date(r, -1, month->value, day);
    r->p = after;
    return true;
}

static void set_time(struct reader *r, int hour, int minute, int second)
{
    if (r->date.hour < 0) {
        r->date.hour = hour;
        r->date.minute = minute;
        r->date.second = second;
    }
}

/* "pm", "p.m.", "P. M." at p: bytes taken, and which. */
static int half_at(const char *p, const char *end, bool *pm)
{
    const char *start = p;

    if (p >= end || !strchr("aApP", *p))
        return 0;
    *pm = *p == 'p' || *p == 'P';
    p++;
    if (p < end && *p == '.')
        p = skip_spaces(p + 1, end);
    if (p >= end || (*p != 'm' && *p != 'M'))
        return 0;
    p++;
    if (letters(p, end).len)
        return 0;
    if (p < end && *p == '.')
        p++;
    return (int)(p - start);
}

static int half_day(int hour, bool pm)
{
    return hour < 1 || hour > 12 ? hour : hour % 12 + (pm ? 12 : 0);
}

/* Minutes behind the hour: ":02", ".02" (if a word says that it is a time), "h02".
 * Bytes taken. */
static int minutes_at(struct reader *r, const char *p, int *minute)
{
    const char *q = p;
    int n;
    bool pm;
    size_t len;

    if (p >= r->end)
        return 0;
    if (*p == ':') {
        n = digits(p + 1, r->end, 2, minute);
        return n == 2 || (n > 2 && !r->find) ? 3 : 0;
    }
    if (*p == '.') {
        if (digits(p + 1, r->end, 2, minute) != 2 || (p + 3 < r->end && p[3] == '.'))
            return 0;
        const char *after = skip_spaces(p + 3, r->end);
        bool said = r->at || (!r->find && r->date.day > 0) ||
                    kind_at(r, after, HOUR, &len) || half_at(after, r->end, &pm);
        return said ? 3 : 0;
    }
    q = skip_spaces(q, r->end);
    if (!kind_at(r, q, UNIT_H, &len))
        return 0;
    q = skip_spaces(q + len, r->end);
    n = digits(q, r->end, 2, minute);
    return n == 2 || (n == 1 && q + 1 < r->end && (unsigned char)q[1] >= 0x80)
               ? (int)(q + n - p)
               : 0;
}

static bool take_time(struct reader *r)
{
    int hour, minute = 0, second = -1, n = digits(r->p, r->end, 2, &hour), m;
    bool pm, said = r->at && !r->find;
    size_t len;

    if (n < 1 || n > 2 || hour > 24)
        return false;
    const char *p = r->p + n;
    m = minutes_at(r, p, &minute);
    if (minute > 59)
        return false;
    p += m;
    if (m && p < r->end && (*p == ':' || (*p == '.' && *r->p != '.')) &&
        digits(p + 1, r->end, 2, &second) >= 2 && second < 61) {
        p += 3;
        if (p < r->end && (*p == '.' || *p == ',') && is_digit(p + 1, r->end))
            for (p++; is_digit(p, r->end); p++)
                ;
        if (p < r->end && *p == 'Z' && !letters(p + 1, r->end).len) {
            r->date.zone = r->date.zone == DATE_NO_ZONE ? 0 : r->date.zone;
            p++;
        }
    } else {
        second = -1;
    }
    const char *after = skip_spaces(p, r->end);
    int half = half_at(after, r->end, &pm);
    if (half) {
        hour = half_day(hour, pm);
        p = after + half;
    } else if (kind_at(r, after, HOUR, &len) || kind_at(r, after, UNIT_H, &len) ||
               kind_at(r, after, UNIT_MIN, &len)) {
        p = after + len;
        said = true;
    } else if (!m && !said) {
        return false;
    }
    if (hour > 23 || (r->find && n == 1 && m && !half && !said))
        return false; /* "3:16" is a score or a verse as soon as a time */
    set_time(r, hour, minute, second);
    r->p = p;
    return true;
}

static bool take_component(struct reader *r);

/* Does the rest of the run of digits begin a date? Tried on a copy. */
static bool date_follows(const struct reader *r, const char *p)
{
    struct reader copy = *r;

    copy.p = p;
    copy.date = no_date;
    copy.ambiguous = false;
    return is_digit(p, r->end) && (numeric_date(&copy) || day_month(&copy));
}

/* The offset from UTC behind a time: +3, +03, +0300, +03:00; with a date run on to it,
 * "+326 May" is +3 and 26 May. The shortest reading that leaves a date counts. */
static bool take_offset(struct reader *r)
{
    const char *p = r->p;
    uint32_t sign = utf8_next(&p, r->end);
    int value, n;

    if (sign == '+')
        p = skip_spaces(p, r->end);
    n = digits(p, r->end, 4, &value);
    if ((sign != '+' && sign != '-' && sign != 0x2212) || r->date.hour < 0 || r->offset ||
        n < 1)
        return false;
    if (sign != '+' && n < 4 && r->date.zone == DATE_NO_ZONE && p + n < r->end &&
        p[n] != ':')
        return false;
    int take = 0, minutes = 0;
    for (int k = 1; k <= 2 && k < n && !take; k++)
        if (date_follows(r, p + k))
            take = k;
    if (!take && n == 4 && value % 100 < 60 && !date_follows(r, p))
        take = 4;
    if (!take && n <= 2)
        take = n;
    if (!take)
        return false;
    if (take == 4) {
        minutes = value % 100;
        value /= 100;
    } else {
        digits(p, r->end, take, &value);
    }
    p += take;
    if (take < 3 && p < r->end && *p == ':' && digits(p + 1, r->end, 2, &minutes) >= 2)
        p += 3;
    if (value > 14 || minutes > 59)
        return false;
    r->date.zone = (value * 60 + minutes) * (sign == '+' ? 1 : -1);
    r->offset = true;
    r->p = p;
    return true;
}

/* A number with its unit behind it (2017年) or before it (tháng 5). */
static bool set_unit(struct reader *r, enum kind unit, int value)
{
    if (unit == UNIT_YEAR && value >= 1000 && value < 3000) {
        r->date.year = r->date.year < 0 ? value : r->date.year;
    } else if (unit == UNIT_MONTH && value >= 1 && value <= 12) {
        r->date.month = r->date.month < 0 ? value : r->date.month;
    } else if (unit == UNIT_DAY && value >= 1 && value <= 31) {
        r->date.day = r->date.day < 0 ? value : r->date.day;
    } else {
        return false;
    }
    return true;
}

static bool take_number(struct reader *r)
{
    int value, n = digits(r->p, r->end, 4, &value);
    size_t len;
    const char *after = skip_spaces(r->p + n, r->end);

    if (numeric_date(r) || day_month(r))
        return true;
    if (n <= 4) {
        const struct entry *unit = read_word(r, after, &len);
        if (unit->kind >= UNIT_YEAR && unit->kind <= UNIT_DAY &&
            (unsigned char)*after >= 0x80 && *after != '\xC4' &&
            set_unit(r, unit->kind, value)) {
            r->p = after + len;
            return true;
        }
    }
    if (take_time(r))
        return true;
    n = year_at(r, r->p, false, &value);
    if (value >= 2400 && value < 2700)
        value -= 543; /* the Buddhist era, as in Thailand */
    if (n && value >= 1800 && value < 2200 && r->date.year < 0 &&
        (!r->find || r->date.month > 0)) {
        r->date.year = value;
        r->p += n;
        return true;
    }
    n = digits(r->p, r->end, 4, &value);
    if (!r->find && n <= 2 && n > 0 && r->date.month > 0 && r->date.day < 0 &&
        value >= 1 && value <= 31) {
        r->date.day = value; /* 2017 May 26 */
        r->p += n;
        return true;
    }
    return false;
}

static bool take_zone(struct reader *r, const struct entry *word, size_t len)
{
    if (r->date.hour < 0 || (r->find && !uni_upper((unsigned char)*r->p)))
        return false;
    if (r->date.zone == DATE_NO_ZONE)
        r->date.zone = word->value;
    r->p += len;
    return true;
}

static bool take_word(struct reader *r)
{
    size_t len;
    const struct entry *word = read_word(r, r->p, &len);
    int value, n;
    const char *after = skip_spaces(r->p + len, r->end);
    bool pm;

    switch (word->kind) {
    case MONTH:
        return month_day(r, word, len);
    case WEEKDAY:
        if (r->date.weekday < 0)
            r->date.weekday = word->value;
        r->p += len;
        return true;
    case ZONE:
        return take_zone(r, word, len);
    case AM:
    case PM: /* before its time, in the east */
        r->p += len;
        if (!take_component(r))
            return false;
        r->date.hour = half_day(r->date.hour, word->kind == PM);
        return true;
    case UNIT_YEAR:
    case UNIT_MONTH:
    case UNIT_DAY:
        n = digits(after, r->end, 4, &value);
        if (n < 1 || n > 4 || !set_unit(r, word->kind, value))
            return false;
        r->p = after + n;
        return true;
    default:
        n = half_at(r->p, r->end, &pm);
        if (!n || r->date.hour < 0 || r->find)
            return false;
        r->p += n;
        return true;
    }
}

/* One date, time, weekday, zone at r->p, which moves behind it. */
static bool take_component(struct reader *r)
{
    r->p = skip_spaces(r->p, r->end);
    if (r->p >= r->end)
        return false;
    if (is_digit(r->p, r->end))
        return take_number(r);
    return take_offset(r) || take_word(r);
}

/* A mark or a word that stands around dates and says nothing. */
static bool take_filler(struct reader *r)
{
    static const char marks[] = ".,:;|/()[]-'";
    const char *p = r->p;
    uint32_t c = utf8_next(&p, r->end);
    size_t len;

    if (uni_space(c) || (c < 0x80 && strchr(r->find ? ".,(" : marks, (char)c)) ||
        c == 0xB7 || c == 0x2022 || c == 0x2013 || c == 0x2014 || c == 0x60C ||
        c == 0xFF0C || c == 0xFF1A || c == 0x2019) {
        r->p = p;
        return c != 0;
    }
    const struct entry *word = read_word(r, r->p, &len);
    if (word->kind != FILL && word->kind != AT && word->kind != HOUR)
        return false;
    r->at = word->kind == AT;
    r->p += len;
    return true;
}

static bool complete(const struct reader *r)
{
    return (r->date.month > 0 && r->date.day > 0) || r->ambiguous || r->date.hour >= 0;
}

/* Most lines have neither a digit nor a character that could be a digit elsewhere. */
static bool digitless(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((s.s[i] >= '0' && s.s[i] <= '9') || (unsigned char)s.s[i] >= 0x80)
            return false;
    return true;
}

bool date_timestamp(struct str s, struct date *date)
{
    if (digitless(s))
        return false;
    struct reader r = {.p = s.s, .end = s.s + s.len, .date = no_date};

    while (r.p < r.end) {
        const char *before = r.p;
        if (take_component(&r))
            r.at = false;
        else if (r.p = before, !take_filler(&r))
            return false;
    }
    if (!complete(&r) || !date_valid(&r.date))
        return false;
    *date = r.date;
    return true;
}

/* How much is known; a component that adds nothing ends an expression. */
static int known(const struct reader *r)
{
    const struct date *d = &r->date;
    return (d->year >= 0) + (d->month >= 0) + (d->day >= 0) + (d->hour >= 0) +
           (d->zone != DATE_NO_ZONE) + (d->weekday >= 0) + r->ambiguous + r->offset;
}

/* Whether what was read goes on as the same word or number. What goes on behind a whole
 * date, with its year last, was run on to it. */
static bool inside(const struct reader *r, const char *end)
{
    enum { YEAR = 4 };
    const char *next = r->p;
    int digit;

    if (r->p == end || (unsigned char)r->p[-1] >= 0x80 ||
        !(is_digit(r->p, end) || letters(r->p, end).len))
        return false;
    if ((r->p[-1] | 0x20) == 't') /* a time follows, as numeric_date() saw */
        return false;
    if (r->date.year >= 1000 && r->date.day > 0 &&
        digits(r->p - YEAR, r->p, YEAR, &digit) == YEAR)
        return false;
    return !uni_unspaced(utf8_next(&next, end));
}

/* The expression that begins at p, NULL if none does, else its end. */
static const char *find_at(struct str s, const char *p, struct date *date)
{
    enum { WINDOW = 160, FILLERS = 4 };
    const char *end = s.s + s.len;
    struct reader r = {.p = p, .end = end, .date = no_date, .find = true};
    const char *good = NULL;
    struct date best = no_date;

    if (end - p > WINDOW)
        for (r.end = p + WINDOW; (*r.end & 0xC0) == 0x80; r.end--)
            ;
    for (int fillers = 0; r.p < r.end && fillers <= FILLERS;) {
        const char *before = r.p;
        int had = known(&r);
        if (take_component(&r)) {
            if (known(&r) == had || inside(&r, end))
                break;
            fillers = 0;
            r.at = false;
            if (complete(&r) && date_valid(&r.date)) {
                good = r.p;
                best = r.date;
            }
        } else if (r.p = before, had && take_filler(&r)) {
            fillers += uni_space((unsigned char)*before) ? 0 : 1;
        } else {
            break;
        }
    }
    *date = best;
    return good;
}

/* May an expression begin with this character? Words: capitals, and scripts without. */
static bool may_begin(const char *p, const char *end)
{
    const char *q = p;

    if (is_digit(p, end))
        return true;
    if ((unsigned char)*p < 0x80)
        return *p >= 'A' && *p <= 'Z';
    return !uni_lower(utf8_next(&q, end)) && uni_letter((q = p, utf8_next(&q, end)));
}

bool date_begins(struct str s, struct str *found, struct date *date)
{
    if (!s.len || !may_begin(s.s, s.s + s.len))
        return false;
    const char *stop = find_at(s, s.s, date);
    *found = (struct str){s.s, stop ? (size_t)(stop - s.s) : 0};
    return stop;
}

bool date_find(struct str s, struct str *found, struct date *date)
{
    const char *p = s.s, *end = s.s + s.len;

    while (p < end) {
        if (date_begins((struct str){p, (size_t)(end - p)}, found, date))
            return true;
        /* on to behind this number or word */
        const char *start = p;
        while (is_digit(p, end) || (p > start && p + 1 < end && strchr(".,:/-", *p) &&
                                    *p && is_digit(p + 1, end)))
            p++;
        p += letters(p, end).len;
        if (p == start)
            utf8_next(&p, end);
    }
    return false;
}

/* Days from some fixed day, for comparing days of one or two years. */
static int day_number(int year, int month, int day)
{
    return year * 372 + month * 31 + day;
}

void date_merge(struct date *date, const struct date *with)
{
    bool same_day = (date->day < 0 || with->day < 0 || date->day == with->day) &&
                    (date->month < 0 || with->month < 0 || date->month == with->month) &&
                    (date->year < 0 || with->year < 0 || date->year == with->year);

    if (date->year < 0 && with->year >= 0) {
        date->year = with->year;
        if (date->month > 0 && date->day > 0 && with->month > 0 && with->day > 0) {
            int apart = day_number(0, date->month, date->day) -
                        day_number(0, with->month, with->day);
            date->year += apart > 186 ? -1 : apart < -186 ? 1 : 0;
        }
    }
    if (date->month < 0 && date->day < 0) {
        date->month = with->month;
        date->day = with->day;
    }
    if (date->hour < 0 && same_day) {
        date->hour = with->hour;
        date->minute = with->minute;
        date->second = with->second;
        date->zone = with->zone;
    }
    if (date->weekday < 0 && same_day)
        date->weekday = with->weekday;
}

size_t date_format(const struct date *date, char out[DATE_SIZE])
{
    int n = 0, zone = date->zone;

    *out = 0;
    if (date->year < 0 && date->month < 0)
        return 0;
    if (date->year >= 0)
        n = snprintf(out, DATE_SIZE, "%04d", date->year % 10000);
    else
        n = snprintf(out, DATE_SIZE, "XXXX");
    if (date->month > 0)
        n += snprintf(out + n, DATE_SIZE - (size_t)n, "-%02d", date->month % 100);
    if (date->month <= 0 || date->day <= 0)
        return (size_t)n;
    n += snprintf(out + n, DATE_SIZE - (size_t)n, "-%02d", date->day % 100);
    if (date->hour < 0 || date->year < 0)
        return (size_t)n; /* EDTF has no time on a day of an unknown year */
    n += snprintf(out + n, DATE_SIZE - (size_t)n, "T%02d:%02d", date->hour % 100,
                  date->minute > 0 ? date->minute % 100 : 0);
    if (date->second >= 0)
        n += snprintf(out + n, DATE_SIZE - (size_t)n, ":%02d", date->second % 100);
    if (zone == 0)
        n += snprintf(out + n, DATE_SIZE - (size_t)n, "Z");
    else if (zone != DATE_NO_ZONE)
        n += snprintf(out + n, DATE_SIZE - (size_t)n, "%c%02d:%02d", zone < 0 ? '-' : '+',
                      abs(zone) / 60 % 100, abs(zone) % 60);
    return (size_t)n;
}

bool date_valid(const struct date *date)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int y = date->year;
    bool leap = y < 0 || (y % 4 == 0 && (y % 100 != 0 || y % 400 == 0));

    if (date->month == 0 || date->month > 12 || date->day == 0 || date->day > 31)
        return false;
    if (date->month < 0 || date->day < 0)
        return true;
    return date->day <= days[date->month - 1] + (date->month == 2 && leap);
}
