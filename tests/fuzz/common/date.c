/* Dates and datelines in any bytes that are valid UTF-8: what is found lies inside the
 * text, is a date that exists, and is written in the room there is. */
#include "common/date.h"

#include "common/buf.h"
#include "common/dateline.h"
#include "common/unicode.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool good)
{
    if (!good)
        abort();
}

static void inside(struct str part, struct str text)
{
    must(part.s >= text.s && part.s + part.len <= text.s + text.len);
    must(utf8_valid(part) == part.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf b = {0};
    struct date date;
    struct dateline line;
    struct str found;
    char out[DATE_SIZE];

    utf8_repair(&b, (struct str){(const char *)data, size});
    buf_room(&b, 1);
    struct str text = buf_str(&b);
    if (date_timestamp(text, &date))
        must(date_valid(&date) && date_format(&date, out) < DATE_SIZE);
    if (date_find(text, &found, &date)) {
        must(found.len > 0 && date_valid(&date) && date_format(&date, out) < DATE_SIZE);
        inside(found, text);
    }
    if (dateline_parse(text, &line)) {
        must(line.length <= text.len && line.text.len > 0);
        inside(line.text, text);
        if (line.place.len)
            inside(line.place, text);
        for (int i = 0; i < line.agencies; i++)
            inside(line.agency[i], text);
    }
    buf_free(&b);
    return 0;
}
