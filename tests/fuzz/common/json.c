/* The JSON scanner against jansson: both accept the same objects and read the same values
 * in them, but for the numbers jansson cannot hold, which the scanner lets through. */
#include "common/json.h"

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool good)
{
    if (!good)
        abort();
}

/* Parses as jansson does, with every number it cannot hold made a 1 first. */
static json_t *oracle(const char *data, size_t size, bool *changed)
{
    char *copy = malloc(size + 1);
    json_error_t error;
    json_t *root;
    must(copy);
    memcpy(copy, data, size);
    *changed = false;
    while (!(root = json_loadb(copy, size, JSON_ALLOW_NUL, &error)) &&
           json_error_code(&error) == json_error_numeric_overflow) {
        size_t end = (size_t)error.position, at = end;
        while (at > 0 && strchr("+-.0123456789eE", copy[at - 1]))
            if (copy[--at] == '-' && (!at || (copy[at - 1] | 32) != 'e'))
                break;         /* here the number begins, also right behind another */
        at += copy[at] == '-'; /* the sign stays: it may be all that keeps them apart */
        memset(copy + at, ' ', end - at);
        copy[at] = '1';
        *changed = true;
    }
    free(copy);
    if (root && !json_is_object(root)) {
        json_decref(root);
        return NULL;
    }
    return root;
}

/* The text of a raw string, every way we have to read it. */
static void check_string(struct str raw, const char *want, size_t want_len)
{
    struct buf text = {0}, again = {0}, part = {0};
    json_decode(&text, raw);
    must(str_eq(buf_str(&text), (struct str){want, want_len}));
    for (size_t i = 0; i <= text.len; i++) {
        if (i < text.len && ((unsigned char)text.s[i] & 0xc0) == 0x80)
            continue; /* inside a character */
        buf_clear(&part);
        json_decode(&part, str_sub(raw, 0, json_raw_offset(raw, i)));
        must(part.len == i && (!i || memcmp(part.s, text.s, i) == 0));
    }
    json_add_string(&again, buf_str(&text));
    json_t *read = json_loadb(again.s, again.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    must(json_is_string(read) && json_string_length(read) == want_len &&
         memcmp(json_string_value(read), want, want_len) == 0);
    json_decref(read);
    buf_free(&text);
    buf_free(&again);
    buf_free(&part);
}

static void gather_plain(void *object, struct str key, struct str value)
{
    struct buf name = {0};
    json_decode(&name, key);
    json_t *read = json_loadb(value.s, value.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    if (read)
        json_object_setn_new_nocheck(object, name.len ? name.s : "", name.len, read);
    buf_free(&name);
}

static void gather_element(void *array, struct str value)
{
    json_t *read = json_loadb(value.s, value.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    must(read);
    json_array_append_new(array, read);
}

/* The parts of a container, as jansson has them. */
static void check_parts(struct str value, const json_t *want)
{
    json_t *object = json_object(), *array = json_array();
    json_members(value, gather_plain, object);
    json_elements(value, gather_element, array);
    must(json_is_object(want) ? json_equal(object, want) : json_object_size(object) == 0);
    must(json_is_array(want) ? json_equal(array, want) : json_array_size(array) == 0);
    json_decref(object);
    json_decref(array);
}

/* Puts a member into the object our members are gathered in. */
static void gather(void *object, struct str key, struct str value)
{
    struct buf name = {0};
    json_decode(&name, key);
    json_t *read = json_loadb(value.s, value.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    if (read && json_is_string(read))
        check_string(str_sub(value, 1, value.len - 1), json_string_value(read),
                     json_string_length(read));
    if (read)
        check_parts(value, read);
    if (read)
        json_object_setn_new_nocheck(object, name.len ? name.s : "", name.len, read);
    buf_free(&name);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str line = {(const char *)data, size};
    struct json_fault fault = {0, NULL};
    bool changed;
    json_t *ours = json_object(), *theirs = oracle(line.s, size, &changed);
    bool good = json_scan(line, gather, ours, &fault);
    /* jansson 2.14 passes over a NUL byte behind a number or a word, which is no JSON */
    bool nul = size && memchr(data, 0, size);
    must(good == (theirs != NULL) || (nul && !good));
    if (good && !changed)
        must(json_equal(ours, theirs));
    if (!good)
        must(fault.reason && fault.column >= 1 && fault.column <= size + 1);
    json_decref(ours);
    json_decref(theirs);
    return 0;
}
