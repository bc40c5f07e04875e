/* Records set, dropped and written, against jansson doing the same. The bytes up to the
 * first newline say what is done, the rest is the record. */
#include "common/record.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const names[] = {"text", "a", "title", "b", "tags", "id", "", "x"};

static void must(bool good)
{
    if (!good)
        abort();
}

static json_t *load(struct str s)
{
    return json_loadb(s.s, s.len, JSON_ALLOW_NUL, NULL);
}

/* Does one thing to both. */
static void apply(struct record *rec, json_t **object, json_t *origin, uint8_t op)
{
    const char *name = names[op & 7];
    struct buf *value;
    switch (op >> 3 & 7) {
    case 0:
        record_set_string(rec, name, STR("caf\xc3\xa9 \"\\\n\x01"));
        json_object_set_new(*object, name, json_string("caf\xc3\xa9 \"\\\n\x01"));
        break;
    case 1:
        value = record_set(rec, name);
        buf_add_char(value, '[');
        json_add_comma(value);
        json_add_int(value, op);
        json_add_comma(value);
        json_add_span(value, 1, 2);
        buf_add_char(value, ']');
        json_object_set_new(*object, name, json_pack("[i,[i,i]]", op, 1, 2));
        break;
    case 2:
        value = record_set(rec, name);
        buf_add_char(value, '{');
        json_add_key(value, "k");
        json_add_string(value, STR("v"));
        json_add_key(value, "n");
        json_add_real(value, 0.5, 3);
        buf_add_char(value, '}');
        json_object_set_new(*object, name, json_pack("{s:s,s:f}", "k", "v", "n", 0.5));
        break;
    case 3:
    case 4:
        record_drop(rec, name);
        json_object_del(*object, name);
        break;
    case 5:
        record_revert(rec);
        json_decref(*object);
        *object = json_copy(origin);
        break;
    default:
        break;
    }
}

/* Reads see what came in, whatever was set. */
static void check_reads(struct record *rec, const json_t *origin)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct str text;
        const json_t *want = json_object_get(origin, names[i]);
        json_t *got = record_json(rec, names[i]);
        must((want != NULL) == (got != NULL) && (!want || json_equal(want, got)));
        json_decref(got);
        bool is_string = record_string(rec, names[i], &text);
        must(is_string == (want && json_is_string(want)));
        if (is_string)
            must(str_eq(text,
                        (struct str){json_string_value(want), json_string_length(want)}));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const uint8_t *newline = size ? memchr(data, '\n', size) : NULL;
    if (!newline)
        return 0;
    size_t ops = (size_t)(newline - data);
    struct str line = {(const char *)newline + 1, size - ops - 1};
    struct record rec = {0};
    struct json_fault fault;
    json_t *origin = load(line);
    if (!json_is_object(origin) || !record_parse(&rec, line, &fault)) {
        json_decref(origin);
        record_free(&rec);
        return 0;
    }
    json_t *object = json_copy(origin);
    struct buf out = {0}, again = {0};
    for (size_t i = 0; i < ops && i < 64; i++)
        apply(&rec, &object, origin, data[i]);
    check_reads(&rec, origin);

    record_format(&rec, &out);
    json_t *got = load(buf_str(&out));
    must(got && json_equal(got, object));
    json_decref(got);

    struct record second = {0}; /* what was written comes through unchanged */
    must(record_parse(&second, buf_str(&out), &fault));
    record_format(&second, &again);
    must(str_eq(buf_str(&again), buf_str(&out)));

    buf_free(&out);
    buf_free(&again);
    record_free(&second);
    record_free(&rec);
    json_decref(object);
    json_decref(origin);
    return 0;
}
