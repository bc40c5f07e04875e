#include "stages/nsummarize/days.h"

/* Howard Hinnant, chrono-compatible low-level date algorithms, 2013. */
long day_number(int year, int month, int day)
{
    long y = month <= 2 ? year - 1L : year;
    long era = (y >= 0 ? y : y - 399) / 400;
    long of_era = y - era * 400;
    long of_year = (153L * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

void day_split(long number, int *year, int *month, int *day)
{
    number += 719468;
    long era = (number >= 0 ? number : number - 146096) / 146097;
    long of_era = number - era * 146097;
    long y = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    long of_year = of_era - (365 * y + y / 4 - y / 100);
    long m = (5 * of_year + 2) / 153;
    *day = (int)(of_year - (153 * m + 2) / 5 + 1);
    *month = (int)(m < 10 ? m + 3 : m - 9);
    *year = (int)(y + era * 400 + (*month <= 2));
}

/* The number that n digits at s are, -1 if they are none. */
static int digits(struct str s, size_t at, size_t n)
{
    int number = 0;
    if (s.len < at + n)
        return -1;
    for (size_t i = at; i < at + n; i++) {
        if (s.s[i] < '0' || s.s[i] > '9')
            return -1;
        number = number * 10 + s.s[i] - '0';
    }
    return number;
}

int date_split(struct str date, int *year, int *month, int *day)
{
    bool no_year = str_starts(date, STR("XXXX-"));

    *year = no_year ? 0 : digits(date, 0, 4);
    *month = *day = 0;
    if (*year < 0 || (!no_year && *year == 0)) {
        *year = 0;
        return 0;
    }
    if (date.len >= 7 && date.s[4] == '-')
        *month = digits(date, 5, 2);
    if (*month < 1 || *month > 12) {
        *month = 0;
        return !no_year;
    }
    if (date.len >= 10 && date.s[7] == '-')
        *day = digits(date, 8, 2);
    if (*day < 1 || *day > 31) {
        *day = 0;
        return no_year ? 0 : 2;
    }
    return no_year ? 2 : 3;
}

struct str date_day(struct str date)
{
    int year, month, day, known = date_split(date, &year, &month, &day);
    return str_sub(date, 0, known == 0 ? 0 : day ? 10 : month ? 7 : 4);
}
