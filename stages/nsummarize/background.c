#include "stages/nsummarize/background.h"

#include "common/alloc.h"
#include "common/data.h"
#include "common/words.h"

#include <math.h>
#include <stdlib.h>

DATA(background_tsv);

enum { NOT_KNOWN, STOP, NO_STOP };

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
    b->stop = xcalloc(b->words.count, 1);
    b->unknown = log(b->documents + 1);
}

double background_look(const struct background *b, struct str folded, uint32_t hash,
                       bool *stop)
{
    long n = terms_find(&b->words, folded, hash);
    if (n < 0) {
        *stop = word_stop(folded);
        return b->unknown;
    }
    if (b->stop[n] == NOT_KNOWN)
        b->stop[n] = word_stop(folded) ? STOP : NO_STOP;
    *stop = b->stop[n] == STOP;
    return b->idf[n];
}

double background_idf(const struct background *b, struct str folded)
{
    bool stop;
    return background_look(b, folded, terms_hash(folded), &stop);
}

void background_free(struct background *b)
{
    terms_free(&b->words);
    free(b->idf);
    free(b->stop);
}
