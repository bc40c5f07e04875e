/* Any bytes as states to be added: what is counted keeps within its bounds, the stories
 * are whole. */
#include "stages/nsummarize/digest.h"
#include "common/msg.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char path[] = "/tmp/fuzz-digest-XXXXXX";

static void must(bool good)
{
    if (!good)
        abort();
}

static void clean_up(void)
{
    unlink(path);
}

static void put(const uint8_t *data, size_t size)
{
    static int fd = -1;
    if (fd < 0) {
        fd = mkstemp(path);
        atexit(clean_up);
        msg_init("fuzz", "");
        msg_set_quiet(true);
    }
    must(ftruncate(fd, 0) == 0 && pwrite(fd, data, size, 0) == (ssize_t)size);
}

static void check_counts(const struct counts *counts)
{
    for (size_t i = 0; i < counts->names.count; i++) {
        const struct count *count = &counts->list[i];
        struct str name = terms_word(&counts->names, (uint32_t)i);
        must(name.len > 0 && name.len <= NAME_MAX_BYTES && count->error < count->count);
        for (size_t j = 1; j < SAMPLE && count->sample[j]; j++)
            must(count->sample[j - 1]->hash <= count->sample[j]->hash);
    }
}

static void check_telling(const struct telling *t)
{
    struct str rest = telling_field(t, SOURCES), name;
    unsigned long long count;

    must(t->size > 0 && t->term_count > 0 && t->term_count <= SKETCH);
    for (size_t i = 0; i < t->term_count; i++)
        must(t->terms[i].weight > 0 && (!i || t->terms[i - 1].term < t->terms[i].term));
    while (next_source(&rest, &count, &name))
        must(count > 0 && name.len > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *argv[] = {path, NULL};
    /* not opened: a digest of states needs no words */
    struct digest d = {.name_room = 64,
                       .group_room = 3,
                       .name_byte_room = 4096,
                       .stories = {.room = 8, .byte_room = 8192, .ids = 2}};

    put(data, size);
    struct in *in = in_open(1, argv, 1 << 16);
    digest_read_state(&d, in);
    in_close(in);
    must(d.names <= d.name_room + 1 && d.stories.count <= d.stories.room);
    for (size_t i = 0; i < d.group_names.count; i++)
        for (int j = 0; j < TALLIES; j++)
            check_counts(&d.groups[i].counts[j]);
    stories_unite(&d.stories);
    for (size_t i = 0; i < d.stories.count; i++)
        check_telling(d.stories.list[i]);
    digest_free(&d);
    return 0;
}
