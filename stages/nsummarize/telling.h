/* What stays of a record in a digest, so that records that tell the same story can be
 * found at the end: sketch, title, summary, dates, source, id. Several united are a story
 * told by several records; both have one form. */
#ifndef NEWSPIPE_TELLING_H
#define NEWSPIPE_TELLING_H

#include "common/record.h"
#include "stages/nsummarize/sketch.h"

#include <stdbool.h>

enum {
    TITLE_MAX = 300, /* bytes; longer ones are cut and end in `…` */
    SUMMARY_MAX = 600,
    URL_MAX = 1000, /* a longer one is left out */
    SOURCES_MAX = 255,
};

/* Its strings hold no control characters but those named. */
enum field { TITLE, URL, SUMMARY, FIRST, LAST, SOURCES, IDS, FIELDS };

struct telling {
    unsigned long long size; /* records */
    size_t bytes;            /* of all of it */
    uint32_t group;          /* of the digest */
    uint32_t term_count;
    struct weighted *terms; /* rising */
    uint32_t ends[FIELDS];  /* of each string in text, where the next begins */
    char text[];            /* SUMMARY: sentences, each ended by `\n`; FIRST, LAST: days;
                               SOURCES: `count name\n`, most first; IDS: `id\n` */
};

struct str telling_field(const struct telling *t, enum field field);

/* Strings and sketch gathered, to become a telling. Zero-initialise. */
struct draft {
    unsigned long long size;
    struct weighted terms[SKETCH];
    size_t term_count;
    struct buf fields[FIELDS];
};

void draft_clear(struct draft *d);
struct telling *draft_finish(const struct draft *d, uint32_t group); /* free() it */
void draft_free(struct draft *d);

/* One more sentence, source, id of the draft; strings are cleaned. */
void draft_set(struct draft *d, enum field field, struct str s);
void draft_add_sentence(struct draft *d, struct str sentence);
void draft_add_source(struct draft *d, unsigned long long count, struct str name);
void draft_add_id(struct draft *d, struct str id);

/* Makes the draft what stays of a record; false if it has too few words to be compared.
 */
bool draft_read(struct draft *d, struct record *rec, const char *field,
                struct story *story);

/* Takes the next source off *rest. */
bool next_source(struct str *rest, unsigned long long *count, struct str *name);

/* The order in which tellings are looked at: by group, day, then everything else; 0 only
 * for two that are the same in all. a and b point to pointers. */
int by_day(const void *a, const void *b);

/* By group, the story of most records first, the latest of these first. */
int by_size(const void *a, const void *b);

#endif
