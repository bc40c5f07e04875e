/* When a story was published. */
#ifndef NEWSPIPE_NTAG_WHEN_H
#define NEWSPIPE_NTAG_WHEN_H

#include "common/date.h"
#include "stages/ntag/where.h"

/* Sets `date` and `date_source` from the first that tells one: `timestamp`, the
 * dateline, a date in the path of `url`, `added` (WARC-Date). What
 * the first does not say (a year, a day) the later ones complete. day (NULL: not known)
 * is the day the pages are from: it completes dates and makes "2 hours ago" and
 * "yesterday" dates. Where nothing tells a date both members stay as they are. */
void when_tag(struct record *rec, const struct filed *filed, const struct date *day);

#endif
