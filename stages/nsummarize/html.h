/* Text as HTML (living standard): what is added is well-formed whatever the text is. */
#ifndef NEWSPIPE_HTML_H
#define NEWSPIPE_HTML_H

#include "common/buf.h"

#include <stdbool.h>

/* Adds s with & < > " ' escaped: good as content and between quotes. */
void html_text(struct buf *b, struct str s);

/* Adds n with commas between the thousands. */
void html_number(struct buf *b, unsigned long long n);

/* Adds a date of a record as people write it, in a time element where it is a whole date:
 * 2024-05-01 is 1 May 2024, XXXX-05-01 is 1 May. */
void html_date(struct buf *b, struct str date);

/* True for an address that may be linked to: http or https, and no odd characters. */
bool html_link(struct str url);

#endif
