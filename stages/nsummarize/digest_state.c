/* A digest as state that can be added to others: for each group a line that says what
 * follows and how many lines it is, then a line for every name and for every telling. */
#include "common/alloc.h"
#include "common/msg.h"
#include "common/stats.h"
#include "stages/nsummarize/digest.h"

#include <stdio.h>
#include <stdlib.h>

enum { VERSION_NUMBER = 1, WEIGHT_MAX = 65535 };

#define COUNT_MAX (1LL << 53) /* what every reader of JSON can hold */

/* ---- writing ---- */

static struct buf *begin(struct record *rec)
{
    record_clear(rec);
    struct buf *b = record_set(rec, "partial");
    buf_add_char(b, '{');
    return b;
}

static void end(struct record *rec, struct buf *b)
{
    buf_add_char(b, '}');
    record_write(rec);
}

static void add_number(struct buf *b, const char *key, unsigned long long n)
{
    json_add_key(b, key);
    json_add_int(b, (long long)n);
}

static void add_string(struct buf *b, const char *key, struct str s)
{
    json_add_key(b, key);
    json_add_string(b, s);
}

static void write_head(const struct digest *d, struct record *rec, uint32_t number,
                       size_t tellings)
{
    const struct group *group = &d->groups[number];
    struct str name = terms_word(&d->group_names, number);
    unsigned long long forgotten = stories_forgotten(&d->stories, number);
    size_t lines = tellings;
    struct buf *b = begin(rec);

    add_number(b, "version", VERSION_NUMBER);
    if (d->by)
        add_string(b, "by", str_of(d->by));
    if (name.len > 0)
        add_string(b, "group", name);
    add_number(b, "records", group->records);
    for (int i = 0; i < TALLIES; i++)
        lines += group->counts[i].names.count;
    add_number(b, "lines", lines);
    json_add_key(b, "floors");
    buf_add_char(b, '{');
    for (int i = 0; i < TALLIES; i++)
        if (group->counts[i].floor > 0)
            add_number(b, tallies[i].title, group->counts[i].floor);
    buf_add_char(b, '}');
    if (forgotten > 0)
        add_number(b, "forgotten", forgotten);
    end(rec, b);
}

static void write_counts(const struct counts *counts, struct record *rec,
                         const char *title)
{
    struct ranked *ranked = counts_rank(counts, by_name);

    for (size_t i = 0; i < counts->names.count; i++) {
        struct id *const *sample = ranked[i].count->sample;
        struct buf *b = begin(rec);
        add_string(b, "tally", str_of(title));
        add_string(b, "name", ranked[i].name);
        add_number(b, "count", ranked[i].count->count);
        if (ranked[i].count->error)
            add_number(b, "error", ranked[i].count->error);
        if (sample[0]) {
            json_add_key(b, "ids");
            buf_add_char(b, '[');
            for (size_t j = 0; j < SAMPLE && sample[j]; j++) {
                json_add_comma(b);
                json_add_string(b, id_str(sample[j]));
            }
            buf_add_char(b, ']');
        }
        end(rec, b);
    }
    free(ranked);
}

static void write_telling(const struct telling *t, struct record *rec)
{
    struct buf *b = begin(rec);

    json_add_key(b, "story");
    buf_add_char(b, '{');
    json_add_telling(b, t);
    json_add_key(b, "terms");
    buf_add_char(b, '[');
    for (size_t i = 0; i < t->term_count; i++) {
        json_add_comma(b);
        json_add_int(b, t->terms[i].term);
        json_add_comma(b);
        json_add_int(b, t->terms[i].weight);
    }
    buf_puts(b, "]}");
    end(rec, b);
}

void digest_write_state(struct digest *d)
{
    struct record rec = {0};
    uint32_t *order = digest_order(d);

    stories_sort(&d->stories);
    for (size_t i = 0; i < d->group_names.count; i++) {
        uint32_t number = order[i];
        size_t from = stories_start(&d->stories, number);
        size_t to = stories_start(&d->stories, number + 1);
        write_head(d, &rec, number, to - from);
        for (int j = 0; j < TALLIES; j++)
            write_counts(&d->groups[number].counts[j], &rec, tallies[j].title);
        for (size_t j = from; j < to; j++)
            write_telling(d->stories.list[j], &rec);
    }
    free(order);
    record_free(&rec);
}

/* ---- reading ---- */

/* The state that is being read. */
struct state {
    struct digest *digest;
    struct group *group; /* NULL: none, or one that is left out */
    bool begun;
    unsigned long long left; /* lines to come */
    unsigned long long floors[TALLIES];
    struct buf file; /* of the last line, and its number */
    unsigned long long line;
};

static bool get_number(const json_t *object, const char *key, long long least,
                       unsigned long long *n)
{
    const json_t *value = json_object_get(object, key);
    if (!value && least == 0) {
        *n = 0;
        return true;
    }
    if (!json_is_integer(value) || json_integer_value(value) < least ||
        json_integer_value(value) > COUNT_MAX)
        return false;
    *n = (unsigned long long)json_integer_value(value);
    return true;
}

/* An absent member is the empty string. */
static bool get_string(const json_t *object, const char *key, struct str *s)
{
    const json_t *value = json_object_get(object, key);
    *s = STR("");
    if (value && !json_is_string(value))
        return false;
    if (value)
        *s = (struct str){json_string_value(value), json_string_length(value)};
    return true;
}

/* An absent member is the empty array. */
static bool get_array(const json_t *object, const char *key, const json_t **array)
{
    *array = json_object_get(object, key);
    return !*array || json_is_array(*array);
}

static struct str element_string(const json_t *array, size_t i)
{
    const json_t *value = json_array_get(array, i);
    return json_is_string(value)
               ? (struct str){json_string_value(value), json_string_length(value)}
               : (struct str){NULL, 0};
}

static bool same_by(const struct digest *d, const char *by)
{
    return d->by && by ? strcmp(d->by, by) == 0 : !d->by && !by;
}

/* All of the state was read. */
static void finish(struct state *s)
{
    if (s->begun && s->left > 0)
        msg_warn("%.*s:%llu: the state is cut off, %llu lines are missing",
                 (int)s->file.len, s->file.s, s->line, s->left);
    for (int i = 0; s->group && i < TALLIES; i++)
        counts_add_floor(&s->group->counts[i], s->digest->serial, s->floors[i]);
    s->begun = false;
    s->group = NULL;
    s->left = 0;
}

/* Each takes in a line: NULL, or what is wrong with it. */
static const char *read_head(struct state *s, const json_t *object)
{
    struct digest *d = s->digest;
    unsigned long long version, records, forgotten, floors[TALLIES];
    const json_t *bounds = json_object_get(object, "floors");
    const char *by = json_string_value(json_object_get(object, "by"));
    struct str name;

    finish(s);
    if (!get_number(object, "version", 1, &version) || version != VERSION_NUMBER)
        return "state of another version";
    if (!get_number(object, "records", 1, &records) ||
        !get_number(object, "lines", 0, &s->left) ||
        !get_number(object, "forgotten", 0, &forgotten) ||
        !get_string(object, "group", &name) || name.len > NAME_MAX_BYTES ||
        !json_is_object(bounds))
        return "not the head of a state";
    for (int i = 0; i < TALLIES; i++)
        if (!get_number(bounds, tallies[i].title, 0, &floors[i]))
            return "not the head of a state";
    if (d->group_names.count > 0 && !same_by(d, by))
        return "state parted by another member than the ones before";
    if (by && d->group_names.count == 0) {
        buf_add(&d->by_name, by, strlen(by) + 1);
        d->by = d->by_name.s;
    }
    s->begun = true;
    d->serial++;
    s->group = digest_group(d, name);
    if (!s->group)
        return NULL;
    s->group->records += records;
    if (forgotten > 0)
        stories_forget(&d->stories, (uint32_t)(s->group - d->groups), forgotten);
    memcpy(s->floors, floors, sizeof floors);
    return NULL;
}

/* True if this state had a line for the name before. */
static bool counted(const struct state *s, int tally, struct str name)
{
    const struct counts *counts = &s->group->counts[tally];
    long number = terms_find(&counts->names, name, terms_hash(name));
    return number >= 0 && counts->list[number].last == s->digest->serial;
}

static const char *read_count(struct state *s, const json_t *object)
{
    const char *title = json_string_value(json_object_get(object, "tally"));
    unsigned long long count, error;
    struct id *ids[SAMPLE];
    const json_t *array;
    struct str name;
    size_t n = 0;
    int tally = 0;

    while (tally < TALLIES && (!title || strcmp(tallies[tally].title, title) != 0))
        tally++;
    if (tally == TALLIES || !get_string(object, "name", &name) || str_blank(name) ||
        name.len > NAME_MAX_BYTES || !get_number(object, "count", 1, &count) ||
        !get_number(object, "error", 0, &error) || error >= count ||
        !get_array(object, "ids", &array) || json_array_size(array) > SAMPLE)
        return "not a count of a state";
    if (counted(s, tally, name))
        return "counted twice in a state";
    for (size_t i = 0; i < json_array_size(array); i++) {
        ids[n] = id_new(element_string(array, i));
        n += ids[n] != NULL;
    }
    digest_count(s->digest, s->group, tally, name, count, error, ids, n);
    while (n > 0)
        id_drop(ids[--n]);
    return NULL;
}

static bool read_terms(struct draft *draft, const json_t *array)
{
    size_t n = json_array_size(array);
    long long before = -1;

    if (n % 2 || n < 2 || n > 2 * (size_t)SKETCH)
        return false;
    draft->term_count = n / 2;
    for (size_t i = 0; i < n / 2; i++) {
        const json_t *term = json_array_get(array, 2 * i);
        const json_t *weight = json_array_get(array, 2 * i + 1);
        if (!json_is_integer(term) || json_integer_value(term) <= before ||
            json_integer_value(term) > UINT32_MAX || !json_is_integer(weight) ||
            json_integer_value(weight) < 1 || json_integer_value(weight) > WEIGHT_MAX)
            return false;
        before = json_integer_value(term);
        draft->terms[i] =
            (struct weighted){(uint32_t)before, (uint32_t)json_integer_value(weight)};
    }
    return true;
}

static bool read_sources(struct draft *draft, const json_t *array)
{
    for (size_t i = 0; i < json_array_size(array); i++) {
        unsigned long long count;
        struct str name;
        const json_t *source = json_array_get(array, i);
        if (!get_string(source, "name", &name) || str_blank(name) ||
            !get_number(source, "count", 1, &count))
            return false;
        draft_add_source(draft, count, name);
    }
    return true;
}

static const char *read_story(struct state *s, const json_t *story)
{
    static const char *const names[FIELDS] = {
        [TITLE] = "title", [URL] = "url", [FIRST] = "first", [LAST] = "last"};
    struct digest *d = s->digest;
    struct draft *draft = &d->draft;
    const json_t *summary, *sources, *ids;
    struct str text;

    draft_clear(draft);
    for (enum field i = 0; i < FIELDS; i++)
        if (names[i]) {
            if (!get_string(story, names[i], &text))
                return "not a story of a state";
            draft_set(draft, i, text);
        }
    if (!get_number(story, "count", 1, &draft->size) ||
        !get_array(story, "summary", &summary) ||
        !get_array(story, "sources", &sources) || !get_array(story, "ids", &ids) ||
        !read_terms(draft, json_object_get(story, "terms")) ||
        !read_sources(draft, sources))
        return "not a story of a state";
    for (size_t i = 0; i < json_array_size(summary); i++)
        draft_add_sentence(draft, element_string(summary, i));
    for (size_t i = 0; i < json_array_size(ids); i++)
        draft_add_id(draft, element_string(ids, i));
    stories_add(&d->stories, draft_finish(draft, (uint32_t)(s->group - d->groups)));
    return NULL;
}

static const char *read_line(struct state *s, const json_t *object)
{
    if (!json_is_object(object))
        return "not a line of a state that --partial wrote";
    if (json_object_get(object, "version"))
        return read_head(s, object);
    if (!s->begun || s->left == 0)
        return "no state has begun that this line belongs to";
    s->left--;
    if (!s->group)
        return NULL;
    const json_t *story = json_object_get(object, "story");
    return story ? read_story(s, story) : read_count(s, object);
}

static const char *read_record(struct state *s, struct record *rec, struct str line,
                               char *reason, size_t size)
{
    struct json_fault fault;

    if (!record_parse(rec, line, &fault)) {
        s->left -= s->left > 0;
        snprintf(reason, size, "invalid record at column %zu: %s", fault.column,
                 fault.reason);
        return reason;
    }
    json_t *object = record_json(rec, "partial");
    const char *fault_of_state = read_line(s, object);
    json_decref(object);
    return fault_of_state;
}

void digest_read_state(struct digest *d, struct in *in)
{
    struct state s = {.digest = d};
    struct record rec = {0};
    struct line line;
    char room[120];

    while (in_line(in, &line)) {
        const char *reason = "record too long";
        stats.bytes_in += line.raw.len;
        if (line.whole && str_blank(line.text))
            continue;
        if (line.first)
            finish(&s);
        stats.in++;
        stats_tick(in);
        if (line.whole)
            reason = read_record(&s, &rec, line.text, room, sizeof room);
        if (reason)
            record_reject(in, &line, reason);
        buf_clear(&s.file);
        buf_puts(&s.file, line.file);
        s.line = line.number;
    }
    finish(&s);
    buf_free(&s.file);
    record_free(&rec);
}
