/* Any bytes: the three ways to walk them agree, and repaired text is valid. */
#include "common/unicode.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str s = {(const char *)data, size};
    struct buf repaired = {0}, folded = {0};
    size_t faults = utf8_repair(&repaired, s), points = 0;
    const char *p = s.s, *end = s.s + size;

    if ((faults == 0) != (utf8_valid(s) == size))
        abort();
    while (p < end) {
        utf8_next(&p, end);
        points++;
    }
    struct str good = buf_str(&repaired);
    if (utf8_valid(good) != good.len || utf8_count(good) != points)
        abort();
    for (p = good.s + good.len; points > 0; points--) {
        const char *behind = p;
        uint32_t c = utf8_prev(&p, good.s);
        if (utf8_offset(good, points - 1) != (size_t)(p - good.s))
            abort();
        const char *again = p;
        if (utf8_next(&again, behind) != c || again != behind)
            abort();
        if (points > 2000) /* offsets from the start each time */
            break;
    }
    utf8_fold(&folded, good);
    if (utf8_valid(buf_str(&folded)) != folded.len)
        abort();
    buf_free(&repaired);
    buf_free(&folded);
    return 0;
}
