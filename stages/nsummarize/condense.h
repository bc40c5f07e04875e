/* The two members nsummarize writes. */
#ifndef NEWSPIPE_CONDENSE_H
#define NEWSPIPE_CONDENSE_H

#include "common/record.h"
#include "stages/nsummarize/keywords.h"
#include "stages/nsummarize/summary.h"

struct condense {
    const char *field;
    struct limits limits;
    size_t keyword_limit; /* 0: none are written */
    struct vocabulary vocabulary;
    struct story story;
    struct summary summary;
    struct keywords keywords;
    struct mentions mentions;
};

/* The settings (field, limits, keyword_limit) stay as they are. */
void condense_open(struct condense *c);

/* Sets summary and keywords of a record that has a text. */
void condense_record(struct condense *c, struct record *rec);
void condense_free(struct condense *c);

#endif
