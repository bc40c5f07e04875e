/* A term list and a text, the first line of the input being its length in lines: every
 * hit lies inside the text, and hits come in order. */
#include "stages/ntag/lexicon.h"

#include "common/unicode.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct seen {
    size_t count, start, end;
};

static void add_hit(void *context, const struct hit *hit)
{
    struct seen *seen = context;

    if (hit->start >= hit->end || hit->end > seen->count || !hit->label.len ||
        hit->start < seen->start || (hit->start == seen->start && hit->end > seen->end))
        abort();
    seen->start = hit->start;
    seen->end = hit->end;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str rest = {(const char *)data, size}, line;
    struct lexicon *lexicon = lexicon_new();
    struct buf text = {0};

    for (int lines = size ? data[0] % 16 : 0; lines > 0 && str_line(&rest, &line);
         lines--)
        lexicon_add(lexicon, line);
    utf8_repair(&text, rest);
    for (int all = 0; all < 2; all++) {
        struct seen seen = {utf8_count(buf_str(&text)), 0, (size_t)-1};
        lexicon_find(lexicon, buf_str(&text), all, add_hit, &seen);
    }
    lexicon_free(lexicon);
    buf_free(&text);
    return 0;
}
