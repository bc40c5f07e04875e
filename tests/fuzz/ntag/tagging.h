/* ntag's work on one record, for fuzz targets: whatever the record says, what comes out
 * is JSON, is the same when it is tagged once more, and has its spans inside the text. */
#ifndef NEWSPIPE_FUZZ_TAGGING_H
#define NEWSPIPE_FUZZ_TAGGING_H

#include "common/record.h"
#include "common/unicode.h"
#include "stages/ntag/language.h"
#include "stages/ntag/names.h"
#include "stages/ntag/quotes.h"
#include "stages/ntag/subjects.h"
#include "stages/ntag/tags.h"
#include "stages/ntag/when.h"
#include "stages/ntag/where.h"

#include <stdlib.h>

static void must(bool good)
{
    if (!good)
        abort();
}

static void check_spans(json_t *items, const char *member, struct str text)
{
    size_t i, k, count = utf8_count(text), last = 0;
    json_t *item, *span;

    json_array_foreach(items, i, item)
    {
        json_t *spans = json_object_get(item, member);
        json_t *one = json_array_size(spans) && json_is_array(json_array_get(spans, 0))
                          ? json_incref(spans)
                          : json_pack("[O]", spans);
        must(json_array_size(one) > 0);
        json_array_foreach(one, k, span)
        {
            size_t from = (size_t)json_integer_value(json_array_get(span, 0));
            size_t to = (size_t)json_integer_value(json_array_get(span, 1));
            must(from < to && to <= count && (k == 0 || from >= last));
            last = to;
        }
        json_decref(one);
    }
}

/* Names are looked for as in English if it is, or if told. */
static void tag(struct buf *out, struct str line, const struct date *day, bool english)
{
    struct record rec = {0};
    struct json_fault fault;
    static struct tokens title, tokens; /* kept: making the model takes long */
    static struct names names;
    static struct filed filed;
    static struct quotes quotes;
    struct str text = {NULL, 0}, head = {"", 0};

    must(record_parse(&rec, line, &fault) && record_string(&rec, "text", &text));
    struct language language = language_of(&rec, text);
    language_tag(&rec, &language);
    filed_read(&filed, &rec, text);
    when_tag(&rec, &filed, day);
    where_tag(&rec, &filed);
    record_string(&rec, "title", &head);
    tokens_cut(&title, head);
    tokens_cut(&tokens, text);
    if (tags_may_run(&rec))
        tags_unglue(&rec, &title, &tokens);
    tags_topic(&rec);
    subjects_tag(&rec, &title, &tokens);
    quotes_find(&quotes, &tokens);
    names_find(&names, &tokens, language.english || english);
    names_write(&names, &tokens, &rec, "people", NAME_PERSON);
    names_write(&names, &tokens, &rec, "organisations", NAME_ORGANISATION);
    names_write(&names, &tokens, &rec, "places", NAME_PLACE);
    quotes_attribute(&quotes, &tokens, &names);
    quotes_write(&quotes, &tokens, &names, &rec);
    record_format(&rec, out);
    record_free(&rec);
}

/* Tags the line, twice; the record that comes out, to be let go by json_decref. */
static json_t *tag_and_check(struct str line, struct str text, const struct date *day,
                             bool english)
{
    struct buf once = {0}, twice = {0};

    tag(&once, line, day, english);
    tag(&twice, str_trim(buf_str(&once)), day, english);
    must(str_eq(str_trim(buf_str(&once)), str_trim(buf_str(&twice))));
    json_t *rec = json_loadb(once.s, once.len, JSON_ALLOW_NUL, NULL);
    must(rec != NULL);
    check_spans(json_object_get(rec, "people"), "spans", text);
    check_spans(json_object_get(rec, "organisations"), "spans", text);
    check_spans(json_object_get(rec, "places"), "spans", text);
    check_spans(json_object_get(rec, "quotes"), "span", text);
    buf_free(&once);
    buf_free(&twice);
    return rec;
}

#endif
