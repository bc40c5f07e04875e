/* Names and quotes of any text that is valid UTF-8: every span lies inside the text and
 * holds what it says; tags cut twice are tags cut once. */
#include "tests/fuzz/ntag/tagging.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf text = {0}, line = {0};

    utf8_repair(&text, (struct str){(const char *)data, size});
    buf_room(&text, 1);
    make_line(&line, buf_str(&text));
    json_decref(tag_and_check(buf_str(&line), buf_str(&text), NULL, text.len % 2));
    buf_free(&text);
    buf_free(&line);
    return 0;
}
