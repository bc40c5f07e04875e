#include "stages/nsummarize/counts.h"

#include "common/alloc.h"
#include "common/unicode.h"

#include <stdlib.h>

/* ---- ids ---- */

static bool control(char c)
{
    return (unsigned char)c < 0x20 || c == 0x7F;
}

struct id *id_new(struct str s)
{
    if (s.len == 0 || s.len > NAME_MAX_BYTES)
        return NULL;
    for (size_t i = 0; i < s.len; i++)
        if (control(s.s[i]))
            return NULL;
    struct id *id = xalloc(1, sizeof *id + s.len);
    *id = (struct id){.hash = str_hash(s), .users = 1, .len = (unsigned)s.len};
    memcpy(id->s, s.s, s.len);
    return id;
}

void id_drop(struct id *id)
{
    if (id && --id->users == 0)
        free(id);
}

struct str id_str(const struct id *id)
{
    return (struct str){id->s, id->len};
}

int id_compare(unsigned long long hash_a, struct str a, unsigned long long hash_b,
               struct str b)
{
    if (hash_a != hash_b)
        return hash_a < hash_b ? -1 : 1;
    return str_compare(a, b);
}

int str_compare(struct str a, struct str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.s, b.s, n) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* ---- names ---- */

void name_add(struct buf *b, struct str name, size_t most)
{
    bool cut = name.len > most;

    if (cut) {
        size_t end = most - 3; /* bytes of the ellipsis */
        while (end > 0 && ((unsigned char)name.s[end] & 0xC0) == 0x80)
            end--;
        name.len = end;
    }
    char *to = buf_room(b, name.len);
    for (size_t i = 0; i < name.len; i++)
        to[i] = control(name.s[i]) ? ' ' : name.s[i];
    b->len += name.len;
    if (cut)
        buf_puts(b, "\xE2\x80\xA6");
}

struct count *counts_add(struct counts *c, struct str name, unsigned long long serial,
                         unsigned long long count, unsigned long long error)
{
    size_t before = c->names.count;
    uint32_t number = terms_add(&c->names, name);

    if (c->names.count > before) {
        c->list = xgrow(c->list, &c->cap, c->names.count, sizeof *c->list);
        c->list[number] = (struct count){.count = c->floor, .error = c->floor};
    }
    struct count *at = &c->list[number];
    if (at->last != serial) {
        at->last = serial;
        at->count += count;
        at->error += error;
    }
    return at;
}

void count_sample(struct count *count, struct id *id)
{
    if (!id)
        return;
    for (size_t i = 0; i < SAMPLE; i++) {
        struct id *at = count->sample[i];
        int order = at ? id_compare(id->hash, id_str(id), at->hash, id_str(at)) : -1;
        if (order == 0)
            return;
        if (order < 0) {
            id_drop(count->sample[SAMPLE - 1]);
            memmove(&count->sample[i + 1], &count->sample[i],
                    (SAMPLE - 1 - i) * sizeof *count->sample);
            count->sample[i] = id;
            id->users++;
            return;
        }
    }
}

void counts_add_floor(struct counts *c, unsigned long long serial,
                      unsigned long long floor)
{
    for (size_t i = 0; floor > 0 && i < c->names.count; i++)
        if (c->list[i].last != serial) {
            c->list[i].count += floor;
            c->list[i].error += floor;
        }
    c->floor += floor;
}

static void drop_sample(const struct count *count)
{
    for (size_t i = 0; i < SAMPLE; i++)
        id_drop(count->sample[i]);
}

void counts_halve(struct counts *c)
{
    struct ranked *ranked = counts_rank(c, by_count);
    size_t all = c->names.count, keep = all / 2;
    struct counts half = {.floor = c->floor};

    if (keep < all && ranked[keep].count->count > half.floor)
        half.floor = ranked[keep].count->count;
    for (size_t i = 0; i < all; i++) {
        if (i < keep)
            *counts_add(&half, ranked[i].name, 1, 0, 0) = *ranked[i].count;
        else
            drop_sample(ranked[i].count);
    }
    free(ranked);
    free(c->list);
    terms_free(&c->names);
    *c = half;
}

int by_name(const void *a, const void *b)
{
    return str_compare(((const struct ranked *)a)->name,
                       ((const struct ranked *)b)->name);
}

int by_count(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->count->count != y->count->count)
        return x->count->count > y->count->count ? -1 : 1;
    return by_name(a, b);
}

struct ranked *counts_rank(const struct counts *c,
                           int (*compare)(const void *, const void *))
{
    struct ranked *ranked = xalloc(c->names.count, sizeof *ranked);
    for (size_t i = 0; i < c->names.count; i++)
        ranked[i] = (struct ranked){terms_word(&c->names, (uint32_t)i), &c->list[i]};
    qsort(ranked, c->names.count, sizeof *ranked, compare);
    return ranked;
}

void counts_free(struct counts *c)
{
    for (size_t i = 0; i < c->names.count; i++)
        drop_sample(&c->list[i]);
    free(c->list);
    terms_free(&c->names);
    *c = (struct counts){0};
}
