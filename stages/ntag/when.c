#include "stages/ntag/when.h"

static const struct date unknown = {-1, -1, -1, -1, -1, -1, DATE_NO_ZONE, -1};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The digits at s[at], n of them and no more; -1 if there are others. */
static int number(struct str s, size_t at, size_t n)
{
    int value = 0;

    if (at + n > s.len || (at + n < s.len && is_digit(s.s[at + n])))
        return -1;
    for (size_t i = at; i < at + n; i++) {
        if (!is_digit(s.s[i]))
            return -1;
        value = value * 10 + s.s[i] - '0';
    }
    return value;
}

/* The date in the path of an address: /2017/05/26/, /2017/05/, 2017-05-26, /20170526 */
static bool in_url(struct str url, struct date *date)
{
    for (size_t i = 0; i + 7 < url.len; i++) {
        if (!is_digit(url.s[i]) || (i && is_digit(url.s[i - 1])))
            continue;
        int year = number(url, i, 4), month, day;
        char mark = url.s[i + 4];
        if (year < 0 && (year = number(url, i, 8)) > 0) {
            *date = unknown;
            date->year = year / 10000;
            date->month = year / 100 % 100;
            date->day = year % 100;
        } else if (year > 0 && (mark == '/' || mark == '-' || mark == '_')) {
            month = number(url, i + 5, 2);
            day = i + 7 < url.len && url.s[i + 7] == mark ? number(url, i + 8, 2) : -1;
            if (month < 1 || (day < 0 && mark != '/'))
                continue;
            *date = unknown;
            date->year = year;
            date->month = month;
            date->day = day < 1 || day > 31 ? -1 : day;
        } else {
            continue;
        }
        if (date->year >= 1980 && date->year < 2100 && date_valid(date))
            return true;
    }
    return false;
}

static long days_of(int y, int m, int d)
{
    /* Howard Hinnant, chrono-Compatible Low-Level Date Algorithms: days_from_civil */
    y -= m <= 2;
    long era = (y >= 0 ? y : y - 399) / 400;
    unsigned yoe = (unsigned)(y - era * 400);
    unsigned doy = (153 * (unsigned)(m + (m > 2 ? -3 : 9)) + 2) / 5 + (unsigned)d - 1;
    return era * 146097 + (long)(yoe * 365 + yoe / 4 - yoe / 100 + doy);
}

static void set_days(struct date *date, long z)
{
    /* the same, civil_from_days */
    long era = (z >= 0 ? z : z - 146096) / 146097;
    unsigned doe = (unsigned)(z - era * 146097);
    unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    date->day = (int)(doy - (153 * mp + 2) / 5 + 1);
    date->month = (int)(mp < 10 ? mp + 3 : mp - 9);
    date->year = (int)(yoe + era * 400) + (date->month <= 2);
}

/* "2 hours ago", "yesterday", "today" against the day the page is from. */
static bool relative(struct str s, const struct date *day, struct date *date)
{
    static const struct {
        const char *unit;
        int minutes;
    } units[] = {{"min", 1}, {"hour", 60}, {"day", 1440}, {"week", 10080}};
    long back = -1;
    size_t i = 0;

    if (!day || day->day < 0)
        return false;
    s = str_trim(s);
    int n = 0;
    for (; i < s.len && i < 4 && is_digit(s.s[i]); i++)
        n = n * 10 + s.s[i] - '0';
    struct str unit = str_trim(str_sub(s, i, s.len));
    if (i && s.len > 4 && str_eq_nocase(str_sub(s, s.len - 3, s.len), STR("ago")))
        for (size_t k = 0; k < sizeof units / sizeof *units; k++)
            if (str_starts_nocase(unit, str_of(units[k].unit)))
                back = (long)n * units[k].minutes;
    if (str_starts_nocase(s, STR("yesterday")))
        back = 1440;
    else if (str_starts_nocase(s, STR("today")) || str_starts_nocase(s, STR("just now")))
        back = 0;
    if (back < 0)
        return false;
    *date = unknown;
    long now = day->hour < 0 ? 0 : day->hour * 60L + day->minute;
    long at = days_of(day->year, day->month, day->day) * 1440 + now - back;
    if (day->hour < 0) /* the clock is not known: whole days only */
        at = (days_of(day->year, day->month, day->day) - back / 1440) * 1440;
    set_days(date, at / 1440);
    if (day->hour >= 0 && back % 1440) {
        date->hour = (int)(at % 1440 / 60);
        date->minute = (int)(at % 60);
        date->zone = day->zone;
    }
    return true;
}

/* The date of the dateline, also of one that says nothing else. */
static bool in_dateline(struct record *rec, const struct filed *filed, struct date *date)
{
    struct str alone;

    if (filed->told && filed->dateline.dated) {
        *date = filed->dateline.date;
        return true;
    }
    return record_string(rec, "dateline", &alone) &&
           date_find(alone, &(struct str){NULL, 0}, date) && date->day > 0;
}

static void merge(struct date *date, bool *found, const struct date *more,
                  const char *name, const char **source)
{
    if (!*found) {
        *date = *more;
        *source = name;
        *found = true;
    } else {
        date_merge(date, more);
    }
}

void when_tag(struct record *rec, const struct filed *filed, const struct date *day)
{
    struct date date = unknown, more;
    const char *source = NULL;
    bool found = false;
    struct str s;
    char out[DATE_SIZE];

    if (record_string(rec, "timestamp", &s)) {
        if (date_timestamp(s, &more) || relative(s, day, &more))
            merge(&date, &found, &more, "timestamp", &source);
        else if (date_find(s, &(struct str){NULL, 0}, &more))
            merge(&date, &found, &more, "timestamp", &source);
    }
    if (in_dateline(rec, filed, &more))
        merge(&date, &found, &more, "dateline", &source);
    if (record_string(rec, "url", &s) && in_url(s, &more))
        merge(&date, &found, &more, "url", &source);
    if (record_string(rec, "added", &s) && date_timestamp(s, &more)) {
        more.hour =
            found ? -1 : more.hour; /* when it was fetched is no time of the story */
        merge(&date, &found, &more, "warc", &source);
    }
    if (day) {
        more = *day;
        more.hour = found ? -1 : more.hour;
        merge(&date, &found, &more, "option", &source);
    }
    size_t n = found ? date_format(&date, out) : 0;
    if (n) {
        record_set_string(rec, "date", (struct str){out, n});
        record_set_string(rec, "date_source", str_of(source));
    }
}
