/* What a whole stream is about: how many records of which kind, source, language and day;
 * the names met most often; the stories that several records tell. One digest, or one of
 * each value of a member.
 *
 * Memory is bounded. What is counted stays exact while there is room for all names, and
 * the stories while there is room for what stays of each record: then a digest depends on
 * the set of records only, and digests of parts added up are the digest of the whole. */
#ifndef NEWSPIPE_DIGEST_H
#define NEWSPIPE_DIGEST_H

#include "common/in.h"
#include "common/record.h"
#include "stages/nsummarize/counts.h"
#include "stages/nsummarize/stories.h"

/* What is counted. */
enum {
    KINDS,
    SOURCE_NAMES,
    LANGUAGES,
    DAYS, /* so far whole sets, a record has one at most; the rest names */
    PEOPLE,
    ORGANISATIONS,
    PLACES,
    SUBJECTS,
    TAGS,
    KEYWORDS,
    LABELS,
    TALLIES
};

struct tally {
    const char *title;  /* what the digest calls it */
    const char *member; /* of a record */
    const char *key;    /* of the member's elements that has the name; NULL: strings */
};
extern const struct tally tallies[TALLIES];

/* A digest of one value of the member, or of all. */
struct group {
    unsigned long long records;
    unsigned long long last; /* serial of the record or state that met it last */
    struct counts counts[TALLIES];
};

struct digest {
    const char *field; /* the member with the text */
    const char *by;    /* the member that parts the stream, or `day`; NULL: none */
    size_t top, ids;   /* names and stories of each sort, ids of a story to write */
    size_t memory;     /* bytes to work with, roughly */

    size_t names, name_bytes; /* in all counts together */
    size_t name_room, name_byte_room, group_room;
    struct buf by_name;       /* what by points to, where a state said it */
    struct terms group_names; /* empty for records without the member */
    struct group *groups;     /* by the number of the name */
    size_t group_cap;
    uint32_t *met; /* groups of the record in hand */
    size_t met_count, met_cap;
    unsigned long long serial;
    bool too_many; /* groups: it was said */
    struct stories stories;
    struct vocabulary vocabulary;
    struct story story;
    struct draft draft;
    struct buf scratch;
};

/* The settings (field to memory) stay as they are. */
void digest_open(struct digest *d);

/* Counts a record. */
void digest_add(struct digest *d, struct record *rec);

/* The group of that name, which is made if it is not there; NULL if there are too many,
 * which is said once. */
struct group *digest_group(struct digest *d, struct str name);

/* Counts a name that `count` records have (`error` too many at most) and up to SAMPLE ids
 * of theirs. */
void digest_count(struct digest *d, struct group *group, int tally, struct str name,
                  unsigned long long count, unsigned long long error,
                  struct id *const *ids, size_t id_count);

/* The numbers of all groups by name; the caller frees the list. */
uint32_t *digest_order(const struct digest *d);

/* Writes the digest as records, one a group, sorted by its name; as one HTML page; as
 * state to be added to others. Nothing if there was no record. The first two unite the
 * stories: nothing can be added any more. */
void digest_write(struct digest *d);
void digest_write_html(struct digest *d);
void digest_write_state(struct digest *d);

/* Adds the states in the input. */
void digest_read_state(struct digest *d, struct in *in);

/* Adds the members of a story to the JSON object in b. */
void json_add_telling(struct buf *b, const struct telling *t);

void digest_free(struct digest *d);

#endif
