#include "stages/nsummarize/digest.h"

#include "common/alloc.h"
#include "common/out.h"
#include "common/sentence.h"
#include "common/unicode.h"
#include "common/words.h"

#include <stdlib.h>

/* What is counted: a member of the record, and the key that holds the name where its
 * elements are objects. */
static const struct {
    const char *member, *title, *key;
} tallies[TALLIES] = {
    {"kind", "kinds", NULL},         {"source", "sources", NULL},
    {"language", "languages", NULL}, {"date", "days", NULL},
    {"people", "people", "name"},    {"organisations", "organisations", "name"},
    {"places", "places", "name"},    {"subjects", "subjects", "name"},
    {"tags", "tags", NULL},          {"keywords", "keywords", "term"},
};
enum { DAYS = 3 };

/* Groups of one word that are looked at, older ones are let go; ids of a group; groups
 * that are kept, of those with a single record the oldest are let go. */
enum { POSTINGS = 8, IDS = 10, GROUPS = 1 << 16 };

struct postings {
    uint32_t groups[POSTINGS];
    uint32_t count;
};

struct group {
    uint32_t words[LEADING_TERMS]; /* of its first record */
    unsigned word_count;
    unsigned long long size, serial;    /* records; number of its first record */
    struct buf title, first, last, ids; /* ids: JSON strings and commas */
    unsigned id_count;
    struct terms sources;
};

static void count_string(struct terms *names, struct str name)
{
    if (name.len > 0) {
        uint32_t number = terms_add(names, name);
        names->list[number].count++;
    }
}

/* Counts a member that is a string, or an array of strings or of objects. */
static void tally(struct digest *digest, struct record *rec, size_t i)
{
    struct terms *names = &digest->tallies[i];
    struct str text;

    if (record_string(rec, tallies[i].member, &text)) {
        count_string(names, i == DAYS && text.len > 10 ? str_sub(text, 0, 10) : text);
        return;
    }
    json_t *value = record_json(rec, tallies[i].member), *element;
    size_t n;
    json_array_foreach(value, n, element)
    {
        json_t *name =
            tallies[i].key ? json_object_get(element, tallies[i].key) : element;
        if (json_is_string(name))
            count_string(names,
                         (struct str){json_string_value(name), json_string_length(name)});
    }
    json_decref(value);
}

/* Puts a number where it belongs among n rising ones; 0 if it is there already, else 1.
 */
static unsigned insert(uint32_t *words, unsigned n, uint32_t number)
{
    unsigned i = 0;
    while (i < n && words[i] < number)
        i++;
    if (i < n && words[i] == number)
        return 0;
    memmove(words + i + 1, words + i, (n - i) * sizeof *words);
    words[i] = number;
    return 1;
}

/* The first words of weight of title and text, each once, as rising numbers. */
static unsigned leading_words(struct digest *digest, struct str title, struct str text,
                              uint32_t words[LEADING_TERMS])
{
    struct str parts[2] = {title, {0}}, word;
    unsigned n = 0;

    sentence_next(&text, &parts[1]);
    for (int i = 0; i < 2; i++)
        while (n < LEADING_TERMS && word_next(&parts[i], &word)) {
            if (word.len < 3 || word_stop(word))
                continue;
            buf_clear(&digest->scratch);
            utf8_fold(&digest->scratch, word);
            uint32_t number = terms_add(&digest->words, buf_str(&digest->scratch));
            n += insert(words, n, number);
        }
    return n;
}

static struct postings *postings_of(struct digest *digest, uint32_t word)
{
    size_t old = digest->postings_cap;
    if (word >= old) {
        digest->postings = xgrow(digest->postings, &digest->postings_cap,
                                 digest->words.count, sizeof *digest->postings);
        memset(digest->postings + old, 0,
               (digest->postings_cap - old) * sizeof *digest->postings);
    }
    return &digest->postings[word];
}

/* How alike a group and a record are: shared words by all words, 0..1. Both lists of
 * words rise. */
static double likeness(const struct group *group, const uint32_t *words, unsigned n)
{
    unsigned shared = 0;
    for (unsigned i = 0, j = 0; i < n && j < group->word_count;) {
        uint32_t a = words[i], b = group->words[j];
        shared += a == b;
        i += a <= b;
        j += b <= a;
    }
    return (double)shared / (n + group->word_count - shared);
}

/* The group that tells the same story, NULL if none does. */
static struct group *group_like(struct digest *digest, const uint32_t *words, unsigned n)
{
    struct group *best = NULL;
    double most = 0.4; /* less is another story */

    for (unsigned i = 0; i < n; i++) {
        const struct postings *p = postings_of(digest, words[i]);
        unsigned kept = p->count < POSTINGS ? p->count : POSTINGS;
        for (unsigned j = 0; j < kept; j++) {
            struct group *group = &digest->groups[p->groups[j]];
            double like = likeness(group, words, n);
            if (like > most) {
                most = like;
                best = group;
            }
        }
    }
    return best;
}

static void group_free(struct group *group)
{
    buf_free(&group->title);
    buf_free(&group->first);
    buf_free(&group->last);
    buf_free(&group->ids);
    terms_free(&group->sources);
}

/* Room for a new group: a new one, or that of the oldest with a single record; NULL if
 * there is none. */
static struct group *group_room(struct digest *digest)
{
    if (digest->group_count < GROUPS) {
        digest->groups = xgrow(digest->groups, &digest->group_cap,
                               digest->group_count + 1, sizeof *digest->groups);
        return &digest->groups[digest->group_count++];
    }
    for (size_t tries = 0; tries < GROUPS / 64; tries++) {
        struct group *group = &digest->groups[digest->hand++ % GROUPS];
        if (group->size == 1) {
            group_free(group);
            return group;
        }
    }
    return NULL;
}

static struct group *group_new(struct digest *digest, const uint32_t *words, unsigned n)
{
    struct group *group = group_room(digest);

    if (!group)
        return NULL;
    *group = (struct group){.word_count = n, .serial = digest->records};
    memcpy(group->words, words, n * sizeof *words);
    for (unsigned i = 0; i < n; i++) {
        struct postings *p = postings_of(digest, words[i]);
        p->groups[p->count++ % POSTINGS] = (uint32_t)(group - digest->groups);
    }
    return group;
}

static int compare(struct str a, struct str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n ? memcmp(a.s, b.s, n) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

static void join(struct digest *digest, struct record *rec, const char *field)
{
    uint32_t words[LEADING_TERMS];
    struct str title = {0}, text = {0}, s;

    record_string(rec, "title", &title);
    record_string(rec, field, &text);
    unsigned n = leading_words(digest, title, text, words);
    if (n < 3)
        return;
    struct group *group = group_like(digest, words, n);
    if (!group)
        group = group_new(digest, words, n);
    if (!group)
        return;
    if (group->size++ == 0) {
        if (title.len == 0)
            sentence_next(&text, &title);
        buf_add_str(&group->title, title);
    }
    if (record_string(rec, "id", &s) && group->id_count < IDS) {
        if (group->id_count++)
            buf_add_char(&group->ids, ',');
        json_add_string(&group->ids, s);
    }
    if (record_string(rec, "source", &s))
        count_string(&group->sources, s);
    if (record_string(rec, "date", &s)) {
        s.len = s.len > 10 ? 10 : s.len;
        if (!group->first.len || compare(s, buf_str(&group->first)) < 0) {
            buf_clear(&group->first);
            buf_add_str(&group->first, s);
        }
        if (compare(s, buf_str(&group->last)) > 0) {
            buf_clear(&group->last);
            buf_add_str(&group->last, s);
        }
    }
}

void digest_add(struct digest *digest, struct record *rec, const char *field)
{
    digest->records++;
    for (size_t i = 0; i < TALLIES; i++)
        tally(digest, rec, i);
    join(digest, rec, field);
}

struct ranked {
    struct str name;
    unsigned long long count;
};

static int by_count(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return compare(x->name, y->name);
}

static int by_name(const void *a, const void *b)
{
    return compare(((const struct ranked *)a)->name, ((const struct ranked *)b)->name);
}

/* Adds `,"title":[{"name":…,"count":…},…]` unless there is none. */
static void add_tally(struct buf *b, const char *title, const struct terms *names,
                      size_t top, int (*order)(const void *, const void *))
{
    if (!names->count)
        return;
    struct ranked *ranked = xalloc(names->count, sizeof *ranked);
    for (size_t i = 0; i < names->count; i++)
        ranked[i] = (struct ranked){terms_word(names, (uint32_t)i), names->list[i].count};
    qsort(ranked, names->count, sizeof *ranked, order);
    json_add_key(b, title);
    buf_add_char(b, '[');
    for (size_t i = 0; i < names->count && i < top; i++) {
        json_add_comma(b);
        buf_add_char(b, '{');
        json_add_key(b, "name");
        json_add_string(b, ranked[i].name);
        json_add_key(b, "count");
        json_add_int(b, (long long)ranked[i].count);
        buf_add_char(b, '}');
    }
    buf_add_char(b, ']');
    free(ranked);
}

static void add_string(struct buf *b, const char *key, const struct buf *value)
{
    if (value->len) {
        json_add_key(b, key);
        json_add_string(b, buf_str(value));
    }
}

static void add_group(struct buf *b, const struct group *group)
{
    json_add_comma(b);
    buf_add_char(b, '{');
    add_string(b, "title", &group->title);
    json_add_key(b, "count");
    json_add_int(b, (long long)group->size);
    add_string(b, "first", &group->first);
    add_string(b, "last", &group->last);
    add_tally(b, "sources", &group->sources, SIZE_MAX, by_count);
    if (group->ids.len) {
        json_add_key(b, "ids");
        buf_add_char(b, '[');
        buf_add_str(b, buf_str(&group->ids));
        buf_add_char(b, ']');
    }
    buf_add_char(b, '}');
}

static int by_size(const void *a, const void *b)
{
    const struct group *x = *(struct group *const *)a, *y = *(struct group *const *)b;
    if (x->size != y->size)
        return x->size > y->size ? -1 : 1;
    return (x->serial > y->serial) - (x->serial < y->serial);
}

static void add_stories(struct buf *b, struct digest *digest, size_t top)
{
    struct group **told = xalloc(digest->group_count, sizeof *told);
    size_t n = 0;
    for (size_t i = 0; i < digest->group_count; i++)
        if (digest->groups[i].size > 1)
            told[n++] = &digest->groups[i];
    if (n > 0) {
        qsort(told, n, sizeof *told, by_size);
        json_add_key(b, "stories");
        buf_add_char(b, '[');
        for (size_t i = 0; i < n && i < top; i++)
            add_group(b, told[i]);
        buf_add_char(b, ']');
    }
    free(told);
}

void digest_write(struct digest *digest, size_t top)
{
    struct record rec = {0};

    record_clear(&rec);
    struct buf *b = record_set(&rec, "digest");
    buf_add_char(b, '{');
    json_add_key(b, "records");
    json_add_int(b, (long long)digest->records);
    for (size_t i = 0; i < TALLIES; i++) /* what names few things is given whole */
        add_tally(b, tallies[i].title, &digest->tallies[i], i <= DAYS ? SIZE_MAX : top,
                  i == DAYS ? by_name : by_count);
    add_stories(b, digest, top);
    buf_add_char(b, '}');
    record_write(&rec);
    record_free(&rec);
}

void digest_free(struct digest *digest)
{
    for (size_t i = 0; i < TALLIES; i++)
        terms_free(&digest->tallies[i]);
    for (size_t i = 0; i < digest->group_count; i++)
        group_free(&digest->groups[i]);
    terms_free(&digest->words);
    free(digest->postings);
    free(digest->groups);
    buf_free(&digest->scratch);
}
