/* Names and quotes of any text that is valid UTF-8: every span lies inside the text and
 * holds what it says; tags cut twice are tags cut once. */
#include "common/record.h"
#include "common/unicode.h"
#include "stages/ntag/language.h"
#include "stages/ntag/names.h"
#include "stages/ntag/quotes.h"
#include "stages/ntag/subjects.h"
#include "stages/ntag/tags.h"
#include "stages/ntag/when.h"
#include "stages/ntag/where.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void must(bool good)
{
    if (!good)
        abort();
}

/* A record whose members all say the fuzzed text. */
static void make_line(struct buf *line, struct str text)
{
    static const char *const members[] = {"text",   "title", "timestamp", "dateline",
                                          "byline", "topic", "url",       "added"};

    buf_add_char(line, '{');
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        json_add_key(line, members[i]);
        json_add_string(line, text);
    }
    json_add_key(line, "tags");
    buf_add_char(line, '[');
    json_add_string(line, text);
    buf_puts(line, "]}");
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

static void tag(struct buf *out, struct str line)
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
    when_tag(&rec, &filed, NULL);
    where_tag(&rec, &filed);
    record_string(&rec, "title", &head);
    tokens_cut(&title, head);
    tokens_cut(&tokens, text);
    if (tags_may_run(&rec))
        tags_unglue(&rec, &title, &tokens);
    tags_topic(&rec);
    subjects_tag(&rec, &title, &tokens);
    quotes_find(&quotes, &tokens);
    names_find(&names, &tokens, language.english || text.len % 2);
    names_write(&names, &tokens, &rec, "people", NAME_PERSON);
    names_write(&names, &tokens, &rec, "organisations", NAME_ORGANISATION);
    names_write(&names, &tokens, &rec, "places", NAME_PLACE);
    quotes_attribute(&quotes, &tokens, &names);
    quotes_write(&quotes, &tokens, &names, &rec);
    record_format(&rec, out);
    record_free(&rec);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf text = {0}, line = {0}, once = {0}, twice = {0};

    utf8_repair(&text, (struct str){(const char *)data, size});
    buf_room(&text, 1);
    make_line(&line, buf_str(&text));
    tag(&once, buf_str(&line));
    tag(&twice, str_trim(buf_str(&once)));
    must(str_eq(str_trim(buf_str(&once)), str_trim(buf_str(&twice))));
    json_t *rec = json_loadb(once.s, once.len, JSON_ALLOW_NUL, NULL);
    must(rec != NULL);
    check_spans(json_object_get(rec, "people"), "spans", buf_str(&text));
    check_spans(json_object_get(rec, "organisations"), "spans", buf_str(&text));
    check_spans(json_object_get(rec, "places"), "spans", buf_str(&text));
    check_spans(json_object_get(rec, "quotes"), "span", buf_str(&text));
    json_decref(rec);
    buf_free(&text);
    buf_free(&line);
    buf_free(&once);
    buf_free(&twice);
    return 0;
}
