/* Days of the calendar, as numbers and as the dates of records. */
#ifndef NEWSPIPE_DAYS_H
#define NEWSPIPE_DAYS_H

#include "common/str.h"

/* A date of ISO 8601 taken apart: how many of the three are known (month and day without
 * a year: 2, year 0), 0 if none. Unknown ones are 0. */
int date_split(struct str date, int *year, int *month, int *day);

/* The day of a date, 2024-05-01 of 2024-05-01T14:02Z, or as much of it as is known; empty
 * if it is no date. */
struct str date_day(struct str date);

/* Days since 1970-01-01 of a day of the Gregorian calendar, and back. */
long day_number(int year, int month, int day);
void day_split(long number, int *year, int *month, int *day);

#endif
