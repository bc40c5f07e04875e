/* Dates and times as news pages write them. */
#ifndef NEWSPIPE_DATE_H
#define NEWSPIPE_DATE_H

#include "common/str.h"

#include <stdbool.h>

/* What a text said; what it did not say is -1. */
struct date {
    int year, month, day; /* year as written in four digits; two are read 1970..2069 */
    int hour, minute, second;
    int zone;    /* minutes east of UTC; DATE_NO_ZONE if not said */
    int weekday; /* 0 Sunday .. 6 Saturday */
};

enum { DATE_NO_ZONE = -9999 };

/* Reads a timestamp: a date, a time, or both in any order, with weekday, zone and the
 * words around them (Published, Updated at, Uhr, GMT +3), also run together
 * ("14:02 GMT +326 May 2017"). English month names and those of the languages in
 * common/months.txt; ISO 8601; 26.05.2017, 26/05/2017, 05/26/2017 where only one reading
 * is possible. True if s holds at least a day with its month, or a time, and nothing that
 * is neither date, time nor such a word; *date is set then. Where a date has two readings
 * ("05/06/2017") only its year is set. */
bool date_timestamp(struct str s, struct date *date);

/* The first date or time expression anywhere in s: its bytes in *found. */
bool date_find(struct str s, struct str *found, struct date *date);

/* The same where it begins s. */
bool date_begins(struct str s, struct str *found, struct date *date);

/* Completes what is missing in *date from *with (hour to zone as one, and only where the
 * days agree). A year that was missing is chosen so that the day lies within half a year
 * of *with. */
void date_merge(struct date *date, const struct date *with);

/* Writes the date as ISO 8601 as precise as it is known ("2017-05-26T14:02+03:00",
 * "2017-05", "2017"), in EDTF (ISO 8601-2) with "XXXX" for a year not known
 * ("XXXX-06-01"). Returns the length, 0 if there is not even a month or a year. The
 * buffer has at least DATE_SIZE bytes and is NUL-terminated. */
enum { DATE_SIZE = 40 };
size_t date_format(const struct date *date, char out[DATE_SIZE]);

/* True if the day exists (leap years in the proleptic Gregorian calendar; 29 February
 * passes where the year is not known). */
bool date_valid(const struct date *date);

#endif
