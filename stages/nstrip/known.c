#include "stages/nstrip/known.h"

#include "common/alloc.h"
#include "common/in.h"
#include "common/msg.h"
#include "stages/nstrip/model.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    FIRST_SLOTS = 1 << 12,
    MOST_SLOTS = 1 << 18, /* of a table being learned: 4 MB */
    LINE_LOOK = 400,      /* bytes of a line */
    TABLE_LINE = 1 << 10,
    FEW = 2,       /* pages; a line on so many is known … */
    FEW_PROSE = 4, /* … and a sentence on so many: a story may be told twice */
    VOTE = MODEL_SCALE,
    VOTES = 6,
};

struct slot {
    uint64_t fingerprint; /* 0: free */
    uint32_t pages;
    uint32_t last; /* the page it was counted for last */
};

struct known {
    struct slot *slots;
    size_t cap, used;
    uint32_t page;
    uint32_t floor; /* what was forgotten had no more pages than this */
};

struct known *known_new(void)
{
    struct known *known = xcalloc(1, sizeof *known);
    known->cap = FIRST_SLOTS;
    known->slots = xcalloc(known->cap, sizeof *known->slots);
    return known;
}

void known_free(struct known *known)
{
    if (known)
        free(known->slots);
    free(known);
}

/* A line's fingerprint: ASCII letters in one case, a number like any other. */
static uint64_t fingerprint(struct str line)
{
    uint64_t h = UINT64_C(14695981039346656037);
    char before = 0;
    for (size_t i = 0; i < line.len && i < LINE_LOOK; i++) {
        char c = line.s[i];
        c = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c >= '0' && c <= '9' ? '0' : c;
        if (c != '0' || before != '0')
            h = (h ^ (unsigned char)c) * UINT64_C(1099511628211);
        before = c;
    }
    return h ? h : 1;
}

static struct slot *slot_of(const struct known *known, uint64_t fingerprint)
{
    size_t i = (size_t)(fingerprint ^ fingerprint >> 32) & (known->cap - 1);
    while (known->slots[i].fingerprint && known->slots[i].fingerprint != fingerprint)
        i = (i + 1) & (known->cap - 1);
    return &known->slots[i];
}

/* Lays the table out anew with cap slots, without what floor is not below. */
static void lay_out(struct known *known, size_t cap, uint32_t floor)
{
    struct slot *old = known->slots;
    size_t old_cap = known->cap;
    known->slots = xcalloc(cap, sizeof *known->slots);
    known->cap = cap;
    known->used = 0;
    for (size_t i = 0; i < old_cap; i++)
        if (old[i].fingerprint && old[i].pages > floor) {
            *slot_of(known, old[i].fingerprint) = old[i];
            known->used++;
        }
    free(old);
}

static void make_room(struct known *known, size_t most)
{
    if (4 * known->used < 3 * known->cap)
        return;
    if (known->cap < most) {
        lay_out(known, 2 * known->cap, 0);
        return;
    }
    while (2 * known->used > known->cap)
        lay_out(known, known->cap, ++known->floor);
}

static struct slot *take_slot(struct known *known, uint64_t fingerprint, size_t most)
{
    struct slot *slot = slot_of(known, fingerprint);
    if (slot->fingerprint)
        return slot;
    make_room(known, most);
    slot = slot_of(known, fingerprint);
    slot->fingerprint = fingerprint;
    known->used++;
    return slot;
}

void known_learn(struct known *known, const struct page *page)
{
    known->page += !page->more;
    for (size_t i = 0; i < page->count; i++) {
        struct slot *slot =
            take_slot(known, fingerprint(page->lines[i].text), MOST_SLOTS);
        if (slot->last != known->page) {
            slot->last = known->page;
            slot->pages++;
        }
    }
}

/* ---- the file ---- */

static bool read_line(struct known *known, struct str line)
{
    uint64_t fingerprint = 0, pages = 0;
    if (line.len < 18 || line.s[16] != '\t' || line.len > 17 + 9)
        return false;
    for (size_t i = 0; i < 16; i++) {
        const char *digits = "0123456789abcdef";
        const char *digit = line.s[i] ? strchr(digits, line.s[i]) : NULL;
        if (!digit)
            return false;
        fingerprint = fingerprint << 4 | (uint64_t)(digit - digits);
    }
    for (size_t i = 17; i < line.len; i++) {
        if (line.s[i] < '0' || line.s[i] > '9')
            return false;
        pages = pages * 10 + (uint64_t)(line.s[i] - '0');
    }
    if (!fingerprint || !pages)
        return false;
    struct slot *slot = take_slot(known, fingerprint, SIZE_MAX / 2);
    slot->pages += (uint32_t)(pages < UINT32_MAX - slot->pages ? pages : 0);
    return true;
}

static void take(void *known, const char *path, const struct line *line)
{
    if (!line->whole || !read_line(known, line->text))
        msg_die("%s:%llu: no line of a table of known lines", path, line->number);
}

void known_read(struct known *known, const char *path)
{
    in_table(path, TABLE_LINE, take, known);
}

static int by_fingerprint(const void *a, const void *b)
{
    const struct slot *x = a, *y = b;
    return (x->fingerprint > y->fingerprint) - (x->fingerprint < y->fingerprint);
}

void known_write(const struct known *known, const char *path)
{
    struct slot *sorted = xalloc(known->used, sizeof *sorted);
    size_t n = 0;
    for (size_t i = 0; i < known->cap; i++)
        if (known->slots[i].fingerprint)
            sorted[n++] = known->slots[i];
    qsort(sorted, n, sizeof *sorted, by_fingerprint);
    FILE *f = fopen(path, "w");
    if (!f)
        msg_die("--learn: %s: %s", path, strerror(errno));
    for (size_t i = 0; i < n; i++)
        fprintf(f, "%016" PRIx64 "\t%" PRIu32 "\n", sorted[i].fingerprint,
                sorted[i].pages);
    free(sorted);
    bool bad = ferror(f);
    if (fclose(f) || bad)
        msg_die("--learn: %s: cannot write", path);
}

/* ---- the vote ---- */

void known_vote(const struct known *known, const struct page *page, int32_t *votes)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct page_line *line = &page->lines[i];
        uint32_t pages = slot_of(known, fingerprint(line->text))->pages;
        uint32_t few = line->prose ? FEW_PROSE : FEW;
        uint32_t over = pages < few ? 0 : pages - few + 3;
        votes[i] = -(int32_t)(over < VOTES ? over : VOTES) * VOTE;
    }
}
