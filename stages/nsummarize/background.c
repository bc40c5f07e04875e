#include "stages/nsummarize/background.h"

#include "common/alloc.h"
#include "common/data.h"

#include <math.h>
#include <stdlib.h>

DATA(background_tsv);

void background_open(struct background *b)
{
    struct str rest = {(const char *)background_tsv, background_tsv_size}, line;

    *b = (struct background){.documents = 1};
    while (str_line(&rest, &line)) {
        size_t tab = str_find(line, STR("\t"), 0);
        if (tab == (size_t)-1)
            continue;
        unsigned long n = strtoul(line.s + tab + 1, NULL, 10);
        if (line.s[0] == '#') {
            b->documents = (double)n;
        } else {
            uint32_t word = terms_add(&b->words, str_sub(line, 0, tab));
            b->words.list[word].count = (uint32_t)n;
        }
    }
    b->idf = xalloc(b->words.count, sizeof *b->idf);
    for (size_t i = 0; i < b->words.count; i++)
        b->idf[i] = log((b->documents + 1) / (b->words.list[i].count + 1.0));
    b->unknown = log(b->documents + 1);
}

static long number_of(const struct background *b, struct str folded)
{
    return terms_find(&b->words, folded, terms_hash(folded));
}

bool background_knows(const struct background *b, struct str folded)
{
    return number_of(b, folded) >= 0;
}

double background_idf(const struct background *b, struct str folded)
{
    long n = number_of(b, folded);
    return n < 0 ? b->unknown : b->idf[n];
}

void background_free(struct background *b)
{
    terms_free(&b->words);
    free(b->idf);
}
