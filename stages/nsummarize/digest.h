/* One record about the whole stream: how many records of which kind, source, language and
 * day; the people, places, organisations, subjects, tags and keywords met most often; and
 * the stories that several records tell. Memory grows with the number of different names,
 * not with the number of records. */
#ifndef NEWSPIPE_DIGEST_H
#define NEWSPIPE_DIGEST_H

#include "common/record.h"
#include "stages/nsummarize/terms.h"

enum { TALLIES = 10, LEADING_TERMS = 16 };

struct digest {
    unsigned long long records;
    struct terms tallies[TALLIES]; /* count: records */
    struct terms words;            /* of titles and leads; count: records */
    struct postings *postings;     /* by word: the groups that have it */
    size_t postings_cap;
    struct group *groups;
    size_t group_count, group_cap;
    size_t hand; /* the next group to be let go, when there are too many */
    struct buf scratch;
};

void digest_add(struct digest *digest, struct record *rec, const char *field);

/* Writes the digest as one record; top: how many names of each sort it lists at most. */
void digest_write(struct digest *digest, size_t top);
void digest_free(struct digest *digest);

#endif
