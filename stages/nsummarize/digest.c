#include "stages/nsummarize/digest.h"

#include "common/alloc.h"
#include "common/msg.h"
#include "stages/nsummarize/days.h"

#include <stdlib.h>

const struct tally tallies[TALLIES] = {
    [KINDS] = {"kinds", "kind", NULL},
    [SOURCE_NAMES] = {"sources", "source", NULL},
    [LANGUAGES] = {"languages", "language", NULL},
    [DAYS] = {"days", "date", NULL},
    [PEOPLE] = {"people", "people", "name"},
    [ORGANISATIONS] = {"organisations", "organisations", "name"},
    [PLACES] = {"places", "places", "name"},
    [SUBJECTS] = {"subjects", "subjects", "name"},
    [TAGS] = {"tags", "tags", NULL},
    [KEYWORDS] = {"keywords", "keywords", "term"},
    [LABELS] = {"labels", "lexicon", "label"},
};

/* Groups a record can belong to: each costs as much as a record. */
enum { GROUPS_OF_ONE = 64 };

/* Bytes that a name, a telling and a group take, roughly, with what is needed to work
 * with them. */
enum { NAME_BYTES = 640, TELLING_BYTES = 2560, GROUP_BYTES = 32768 };

void digest_open(struct digest *d)
{
    d->name_room = d->memory / NAME_BYTES;
    d->group_room = d->memory / GROUP_BYTES;
    d->name_byte_room = d->memory / 8;
    d->stories.room = d->memory / TELLING_BYTES;
    d->stories.byte_room = d->memory / 4;
    d->stories.ids = d->ids;
    vocabulary_open(&d->vocabulary);
    d->story.vocabulary = &d->vocabulary;
}

/* ---- groups ---- */

struct group *digest_group(struct digest *d, struct str name)
{
    uint32_t hash = terms_hash(name);
    long number = terms_find(&d->group_names, name, hash);

    if (number >= 0)
        return &d->groups[number];
    if (d->group_names.count >= d->group_room) {
        if (!d->too_many)
            msg_warn("more than %zu values of %s: the others are left out (--memory)",
                     d->group_room, d->by ? d->by : "a group");
        d->too_many = true;
        return NULL;
    }
    number = terms_add_hashed(&d->group_names, name, hash);
    d->groups = xgrow(d->groups, &d->group_cap, d->group_names.count, sizeof *d->groups);
    d->groups[number] = (struct group){0};
    return &d->groups[number];
}

struct named {
    struct str name;
    uint32_t number;
};

static int by_group_name(const void *a, const void *b)
{
    return str_compare(((const struct named *)a)->name, ((const struct named *)b)->name);
}

uint32_t *digest_order(const struct digest *d)
{
    size_t n = d->group_names.count;
    struct named *sorted = xalloc(n, sizeof *sorted);
    uint32_t *order = xalloc(n, sizeof *order);

    for (uint32_t i = 0; i < n; i++)
        sorted[i] = (struct named){terms_word(&d->group_names, i), i};
    qsort(sorted, n, sizeof *sorted, by_group_name);
    for (size_t i = 0; i < n; i++)
        order[i] = sorted[i].number;
    free(sorted);
    return order;
}

/* The record in hand belongs to that group, too. */
static void meet_group(struct digest *d, struct str name)
{
    struct group *group = d->met_count < GROUPS_OF_ONE ? digest_group(d, name) : NULL;
    if (!group || group->last == d->serial)
        return;
    group->last = d->serial;
    group->records++;
    d->met = xgrow(d->met, &d->met_cap, d->met_count + 1, sizeof *d->met);
    d->met[d->met_count++] = (uint32_t)(group - d->groups);
}

/* ---- names ---- */

/* Halves the counts that have more than their share of all names. The others have at most
 * half of them together, so that at least a quarter is gone then. */
static void make_room(struct digest *d)
{
    size_t share = d->names / (2 * TALLIES * d->group_names.count);

    for (size_t i = 0; i < d->group_names.count; i++)
        for (int j = 0; j < TALLIES; j++) {
            struct counts *counts = &d->groups[i].counts[j];
            if (counts->names.count > share) {
                d->names -= counts->names.count;
                d->name_bytes -= counts->names.store.len;
                counts_halve(counts);
                d->names += counts->names.count;
                d->name_bytes += counts->names.store.len;
            }
        }
}

void digest_count(struct digest *d, struct group *group, int tally, struct str name,
                  unsigned long long count, unsigned long long error,
                  struct id *const *ids, size_t id_count)
{
    struct counts *counts = &group->counts[tally];
    size_t before = counts->names.count, bytes = counts->names.store.len;

    if (str_blank(name))
        return;
    buf_clear(&d->scratch);
    name_add(&d->scratch, name, NAME_MAX_BYTES);
    struct count *at = counts_add(counts, buf_str(&d->scratch), d->serial, count, error);
    for (size_t i = 0; i < id_count; i++)
        count_sample(at, ids[i]);
    d->names += counts->names.count - before;
    d->name_bytes += counts->names.store.len - bytes;
    while (d->names > d->name_room || d->name_bytes > d->name_byte_room)
        make_room(d);
}

/* ---- records ---- */

/* A member's values: of a string itself, of an array its strings, or its objects' strings
 * of that key. */
struct values {
    struct str string;
    json_t *array;
    const char *key;
    size_t next;
};

static struct values values_of(struct record *rec, const char *member, const char *key)
{
    struct values v = {.key = key};
    struct str raw;
    if (record_string(rec, member, &v.string))
        return v;
    if (record_raw(rec, member, &raw) && raw.s[0] == '[')
        v.array = record_json(rec, member);
    else
        v.next = 1;
    return v;
}

static bool values_next(struct values *v, struct str *value)
{
    if (!v->array) {
        *value = v->string;
        return v->next++ == 0;
    }
    while (v->next < json_array_size(v->array)) {
        json_t *element = json_array_get(v->array, v->next++);
        if (json_is_object(element))
            element = json_object_get(element, v->key ? v->key : "name");
        if (json_is_string(element)) {
            *value =
                (struct str){json_string_value(element), json_string_length(element)};
            return true;
        }
    }
    json_decref(v->array);
    return false;
}

/* Finds the groups the record belongs to. */
static void find_groups(struct digest *d, struct record *rec)
{
    struct str value, raw;

    d->met_count = 0;
    if (d->by) {
        bool day = strcmp(d->by, "day") == 0;
        const char *key = NULL, *member = day ? "date" : d->by;
        for (int i = 0; i < TALLIES; i++)
            if (strcmp(tallies[i].member, member) == 0)
                key = tallies[i].key;
        struct values values = values_of(rec, member, key);
        while (values_next(&values, &value)) {
            buf_clear(&d->scratch);
            name_add(&d->scratch, day ? date_day(value) : value, NAME_MAX_BYTES);
            if (!str_blank(buf_str(&d->scratch)))
                meet_group(d, buf_str(&d->scratch));
        }
        if (!d->met_count && record_raw(rec, member, &raw) && !strchr("\"[{n", raw.s[0]))
            meet_group(d, raw); /* a number, true, false */
    }
    if (!d->met_count)
        meet_group(d, STR(""));
}

static void tally(struct digest *d, struct record *rec, int i, struct id *id)
{
    struct values values = values_of(rec, tallies[i].member, tallies[i].key);
    struct str value;

    while (values_next(&values, &value))
        for (size_t j = 0; j < d->met_count; j++)
            digest_count(d, &d->groups[d->met[j]], i, i == DAYS ? date_day(value) : value,
                         1, 0, &id, i > DAYS && id);
}

void digest_add(struct digest *d, struct record *rec)
{
    struct str s = {0};

    d->serial++;
    find_groups(d, rec);
    record_string(rec, "id", &s);
    struct id *id = id_new(s);
    for (int i = 0; i < TALLIES; i++)
        tally(d, rec, i, id);
    id_drop(id);
    if (d->met_count > 0 && draft_read(&d->draft, rec, d->field, &d->story))
        for (size_t i = 0; i < d->met_count; i++)
            stories_add(&d->stories, draft_finish(&d->draft, d->met[i]));
}

void digest_free(struct digest *d)
{
    for (size_t i = 0; i < d->group_names.count; i++)
        for (int j = 0; j < TALLIES; j++)
            counts_free(&d->groups[i].counts[j]);
    free(d->groups);
    free(d->met);
    terms_free(&d->group_names);
    stories_free(&d->stories);
    story_free(&d->story);
    vocabulary_free(&d->vocabulary);
    draft_free(&d->draft);
    buf_free(&d->scratch);
    buf_free(&d->by_name);
}
