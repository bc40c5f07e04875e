#include "common/record.h"

#include "common/alloc.h"
#include "common/msg.h"
#include "common/out.h"
#include "common/stats.h"

#include <stdlib.h>

#define NONE ((size_t)-1)

struct record_member {
    struct str key;    /* between its quotes, as it came or as it is to be written */
    struct str value;  /* raw; of a member that was added, nothing */
    size_t edit, text; /* into values and texts, or NONE */
    bool dropped;
};

static void add_member(struct record *rec, struct str key, struct str value)
{
    rec->members = xgrow(rec->members, &rec->cap, rec->count + 1, sizeof *rec->members);
    rec->members[rec->count++] = (struct record_member){key, value, NONE, NONE, false};
}

static void collect(void *context, struct str key, struct str value)
{
    add_member(context, key, value);
}

void record_clear(struct record *rec)
{
    rec->count = rec->parsed = rec->edits = rec->decoded = 0;
    rec->source = (struct str){NULL, 0};
}

bool record_parse(struct record *rec, struct str line, struct json_fault *fault)
{
    record_clear(rec);
    rec->source = line;
    bool good = json_scan(line, collect, rec, fault);
    rec->parsed = rec->count;
    return good;
}

void record_revert(struct record *rec)
{
    rec->count = rec->parsed;
    rec->edits = 0;
    for (size_t i = 0; i < rec->count; i++) {
        rec->members[i].edit = NONE;
        rec->members[i].dropped = false;
    }
}

/* ---- reading ---- */

static bool key_is(struct str key, struct str name)
{
    if (key.len <= name.len) /* escaped it would be longer */
        return str_eq(key, name);
    if (!memchr(key.s, '\\', key.len))
        return false;
    struct buf plain = {0};
    json_decode(&plain, key);
    bool same = str_eq(buf_str(&plain), name);
    buf_free(&plain);
    return same;
}

/* The last member of that name among the first n, or NULL. */
static struct record_member *find(const struct record *rec, const char *name, size_t n)
{
    struct str wanted = str_of(name);
    while (n-- > 0) {
        struct str key = rec->members[n].key;
        /* a quote follows the key, so that there is a byte even of an empty one */
        bool may_be = *key.s == *name || *key.s == '\\' || !wanted.len;
        if (may_be && key_is(key, wanted))
            return &rec->members[n];
    }
    return NULL;
}

bool record_raw(const struct record *rec, const char *name, struct str *raw)
{
    const struct record_member *m = find(rec, name, rec->parsed);
    if (m)
        *raw = m->value;
    return m != NULL;
}

/* An empty buffer of a growing row that is kept from record to record. */
static struct buf *next_buf(struct buf **row, size_t *used, size_t *cap)
{
    size_t before = *cap;
    *row = xgrow(*row, cap, *used + 1, sizeof **row);
    for (size_t i = before; i < *cap; i++)
        (*row)[i] = (struct buf){0};
    struct buf *b = &(*row)[(*used)++];
    buf_clear(b);
    return b;
}

bool record_string(struct record *rec, const char *name, struct str *text)
{
    struct record_member *m = find(rec, name, rec->parsed);
    if (!m || m->value.s[0] != '"')
        return false;
    struct str raw = str_sub(m->value, 1, m->value.len - 1);
    if (!memchr(raw.s, '\\', raw.len)) {
        *text = raw;
        return true;
    }
    if (m->text == NONE) {
        m->text = rec->decoded;
        json_decode(next_buf(&rec->texts, &rec->decoded, &rec->texts_cap), raw);
    }
    *text = buf_str(&rec->texts[m->text]);
    return true;
}

json_t *record_json(const struct record *rec, const char *name)
{
    struct str raw;
    if (!record_raw(rec, name, &raw))
        return NULL;
    return json_loadb(raw.s, raw.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
}

/* ---- setting ---- */

struct buf *record_set(struct record *rec, const char *name)
{
    struct record_member *m = find(rec, name, rec->count);
    if (!m) {
        add_member(rec, str_of(name), (struct str){NULL, 0});
        m = &rec->members[rec->count - 1];
    }
    m->dropped = false;
    if (m->edit == NONE) {
        m->edit = rec->edits;
        return next_buf(&rec->values, &rec->edits, &rec->values_cap);
    }
    buf_clear(&rec->values[m->edit]);
    return &rec->values[m->edit];
}

void record_set_string(struct record *rec, const char *name, struct str text)
{
    json_add_string(record_set(rec, name), text);
}

void record_drop(struct record *rec, const char *name)
{
    struct str wanted = str_of(name);
    for (size_t i = 0; i < rec->count; i++)
        if (key_is(rec->members[i].key, wanted))
            rec->members[i].dropped = true;
}

/* ---- writing ---- */

static bool edited(const struct record *rec)
{
    if (!rec->source.s || rec->edits)
        return true;
    for (size_t i = 0; i < rec->count; i++)
        if (rec->members[i].dropped)
            return true;
    return false;
}

/* Hands the parts of the line to add, one after another. */
static void put(const struct record *rec, void add(void *to, struct str part), void *to)
{
    if (!edited(rec)) {
        add(to, str_trim(rec->source));
        return;
    }
    const char *before = "{\"";
    for (size_t i = 0; i < rec->count; i++) {
        const struct record_member *m = &rec->members[i];
        if (m->dropped)
            continue;
        add(to, str_of(before));
        add(to, m->key);
        add(to, STR("\":"));
        add(to, m->edit == NONE ? m->value : buf_str(&rec->values[m->edit]));
        before = ",\"";
    }
    add(to, *before == ',' ? STR("}") : STR("{}"));
}

static void add_to_buf(void *to, struct str part)
{
    buf_add_str(to, part);
}

void record_format(const struct record *rec, struct buf *b)
{
    put(rec, add_to_buf, b);
}

static void add_to_out(void *to, struct str part)
{
    (void)to;
    out_write(part);
}

void record_write(struct record *rec)
{
    put(rec, add_to_out, NULL); /* a long record is not held once more */
    out_write(STR("\n"));
    out_end_record();
    stats.out++;
}

static void free_row(struct buf *row, size_t cap)
{
    for (size_t i = 0; i < cap; i++)
        buf_free(&row[i]);
    free(row);
}

void record_free(struct record *rec)
{
    free_row(rec->values, rec->values_cap);
    free_row(rec->texts, rec->texts_cap);
    free(rec->members);
    *rec = (struct record){0};
}

/* ---- the records of the input ---- */

void record_reject(struct in *in, const struct line *line, const char *reason)
{
    /* the rest of a long line comes through the buffer the line lies in */
    char start[128];
    struct str snippet = {start,
                          line->text.len < sizeof start ? line->text.len : sizeof start};
    memcpy(start, line->text.s, snippet.len);
    stats.bad++;
    reject_write(line->raw);
    for (struct str piece; !line->whole && in_rest(in, &piece);) {
        stats.bytes_in += piece.len;
        reject_write(piece);
    }
    reject_end();
    msg_bad(line->file, line->number, reason, snippet);
}

bool record_read(struct in *in, struct record *rec)
{
    struct line line;
    while (in_line(in, &line)) {
        struct json_fault fault;
        char reason[120];
        stats.bytes_in += line.raw.len;
        if (line.whole && str_blank(line.text))
            continue;
        stats.in++;
        stats_tick(in);
        if (line.whole && record_parse(rec, line.text, &fault))
            return true;
        if (line.whole)
            snprintf(reason, sizeof reason, "invalid record at column %zu: %s",
                     fault.column, fault.reason);
        else
            snprintf(reason, sizeof reason, "record longer than %zu bytes", line.raw.len);
        record_reject(in, &line, reason);
    }
    return false;
}
