/* The stories of a stream: groups of records that tell the same event.
 *
 * What stays of the records is gathered and grouped at the end, in an order of its own,
 * so that the stories depend on the set of records only, not on the order they came in.
 * When there are more than there is room for, what there is is grouped at once, and the
 * larger half of the groups stays, each as one telling: the latest first of groups alike.
 */
#ifndef NEWSPIPE_STORIES_H
#define NEWSPIPE_STORIES_H

#include "stages/nsummarize/telling.h"

/* Zero-initialise, set room, byte_room and ids, stories_free(). */
struct stories {
    size_t room;      /* tellings, at least 2 */
    size_t byte_room; /* bytes of all of them */
    size_t ids;       /* of a story, at most */
    struct telling **list;
    size_t count, cap, bytes;
    unsigned long long *forgotten; /* by group of the digest: records let go */
    size_t forgotten_cap;
};

/* Takes the telling over. */
void stories_add(struct stories *s, struct telling *t);

/* Of that group of the digest were records let go: one more. */
void stories_forget(struct stories *s, uint32_t group, unsigned long long records);
unsigned long long stories_forgotten(const struct stories *s, uint32_t group);

/* Puts the tellings in their order. */
void stories_sort(struct stories *s);

/* Unites the tellings to stories, by group of the digest and size. */
void stories_unite(struct stories *s);

/* Where the tellings of a group begin, after either; the end is where group + 1's begin.
 */
size_t stories_start(const struct stories *s, uint32_t group);

void stories_free(struct stories *s);

#endif
