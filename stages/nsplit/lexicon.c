#include "stages/nsplit/lexicon.h"

#include "common/alloc.h"
#include "stages/nsplit/trace.h"

#include <stdlib.h>

static uint32_t first_slot(uint32_t key)
{
    return key * 2654435761u >> (32 - LEXICON_SLOT_BITS);
}

static struct weight *slot_of(struct lexicon *lexicon, uint32_t key)
{
    uint32_t i = first_slot(key);
    while (lexicon->slot[i].key && lexicon->slot[i].key != key)
        i = (i + 1) % LEXICON_SLOTS;
    return &lexicon->slot[i];
}

const struct weight *lexicon_find(const struct lexicon *lexicon, uint32_t key)
{
    if (!lexicon_may_have(lexicon, key))
        return NULL;
    for (uint32_t i = first_slot(key); lexicon->slot[i].key; i = (i + 1) % LEXICON_SLOTS)
        if (lexicon->slot[i].key == key)
            return &lexicon->slot[i];
    return NULL;
}

static int number(struct str *s)
{
    int n = 0;
    size_t i = 0;
    bool minus = s->len && s->s[0] == '-';
    for (i = minus; i < s->len && s->s[i] >= '0' && s->s[i] <= '9'; i++)
        n = n * 10 + (s->s[i] - '0');
    *s = str_sub(*s, i + (i < s->len), s->len);
    return minus ? -n : n;
}

struct lexicon *lexicon_parse(struct str text)
{
    struct lexicon *lexicon = xcalloc(1, sizeof *lexicon);
    struct str line;
    for (size_t n = 0; n < LEXICON_SLOTS / 2 && str_line(&text, &line);) {
        if (!line.len || line.s[0] == '#')
            continue;
        int foot = number(&line), head = number(&line);
        uint32_t key = trace_key(line);
        uint32_t bit = key * 2654435761u >> (32 - LEXICON_FILTER_BITS);
        lexicon->filter[bit / 8] |= (unsigned char)(1 << bit % 8);
        *slot_of(lexicon, key) = (struct weight){key, (int8_t)foot, (int8_t)head};
        n++;
    }
    return lexicon;
}

void lexicon_free(struct lexicon *lexicon)
{
    free(lexicon);
}
