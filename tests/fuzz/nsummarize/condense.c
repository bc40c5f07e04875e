/* Any text: every summary sentence is in the text, in order, within the limits, and
 * keywords have scores above 0 up to 1. The first two bytes choose the limits. */
#include "stages/nsummarize/condense.h"
#include "common/unicode.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct condense *c, struct str text, size_t taken, bool whole)
{
    size_t marked = 0, chars = 0;
    const char *behind = text.s;

    for (size_t i = 0; i < c->story.sentence_count; i++) {
        struct str s = c->story.sentences[i].text;
        if (s.len == 0 || s.s < behind || s.s + s.len > text.s + text.len)
            abort();
        behind = s.s + s.len;
        if (c->summary.candidates[i].taken) {
            chars += utf8_count(s) + (marked > 0);
            marked++;
        }
    }
    if (marked != taken || (c->limits.chars && chars > c->limits.chars))
        abort();
    if (!whole && c->limits.sentences && taken > c->limits.sentences)
        abort();
    for (size_t i = 0; i < c->keywords.count; i++)
        if (!(c->keywords.list[i].score > 0 && c->keywords.list[i].score <= 1) ||
            c->keywords.list[i].term.len == 0)
            abort();
}

/* Names wherever the data says, in the text or not: pairs of its first bytes. */
static void make_mentions(struct mentions *mentions, struct str text, const uint8_t *data,
                          size_t size)
{
    struct record rec = {0};
    struct json_fault fault;
    struct buf line = {0}, raw = {0};

    for (size_t i = 0; i + 1 < size && i < 40; i += 2) {
        json_add_comma(&raw);
        json_add_span(&raw, data[i], data[i] + data[i + 1] % 30u);
    }
    buf_puts(&line, "{\"people\":[{\"name\":\"\",\"spans\":[");
    buf_add_str(&line, buf_str(&raw));
    buf_puts(&line, "]},7],\"places\":{\"spans\":[[1,2]]},\"organisations\":[[],{"
                    "\"spans\":[[1],[0,\"\",9]]}]}");
    if (!record_parse(&rec, buf_str(&line), &fault))
        abort();
    mentions_read(mentions, &rec, text);
    for (size_t i = 0, at = 0; i < mentions->count; i++) {
        struct mention m = mentions->list[i];
        if (m.start < at || m.end <= m.start || m.end > text.len)
            abort();
        at = m.end;
    }
    record_free(&rec);
    buf_free(&line);
    buf_free(&raw);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct condense c;
    struct buf text = {0};

    if (size < 2)
        return 0;
    if (!c.story.vocabulary)
        condense_open(&c);
    c.limits = (struct limits){data[0] & 7, data[0] & 8 ? data[1] : 0,
                               data[0] & 16 ? data[1] % 100 : 0};
    utf8_repair(&text, (struct str){(const char *)data + 2, size - 2});
    bool whole = data[0] & 32;
    struct str s = buf_str(&text);
    story_read(&c.story, str_sub(s, 0, 0), s);
    story_speaks(&c.story, str_sub(s, 0, 0));
    if (c.story.sentence_count > 0)
        check(&c, s, summary_choose(&c.summary, &c.story, &c.limits, whole), whole);
    make_mentions(&c.mentions, s, data + 2, data[0] & 64 ? size - 2 : 0);
    keywords_find(&c.keywords, &c.story, &c.mentions, 10);
    if (c.story.sentence_count > 0)
        check(&c, s, summary_choose(&c.summary, &c.story, &c.limits, whole), whole);
    buf_free(&text);
    return 0;
}
