#include "stages/nsummarize/condense.h"

void condense_open(struct condense *c)
{
    vocabulary_open(&c->vocabulary);
    summary_open(&c->summary);
    c->story.vocabulary = &c->vocabulary;
}

static void set_summary(struct condense *c, struct record *rec, bool whole)
{
    if (summary_choose(&c->summary, &c->story, &c->limits, whole) == 0) {
        record_drop(rec, "summary");
        return;
    }
    struct buf *b = record_set(rec, "summary");
    buf_add_char(b, '[');
    for (size_t i = 0; i < c->story.sentence_count; i++)
        if (c->summary.candidates[i].taken) {
            json_add_comma(b);
            json_add_string(b, c->story.sentences[i].text);
        }
    buf_add_char(b, ']');
}

static void set_keywords(struct condense *c, struct record *rec, struct str text)
{
    mentions_read(&c->mentions, rec, text);
    keywords_find(&c->keywords, &c->story, &c->mentions, c->keyword_limit);
    if (c->keywords.count == 0) {
        record_drop(rec, "keywords");
        return;
    }
    struct buf *b = record_set(rec, "keywords");
    buf_add_char(b, '[');
    for (size_t i = 0; i < c->keywords.count; i++) {
        json_add_comma(b);
        buf_add_str(b, STR("{\"term\":"));
        json_add_string(b, c->keywords.list[i].term);
        buf_add_str(b, STR(",\"score\":"));
        json_add_real(b, c->keywords.list[i].score, 3);
        buf_add_char(b, '}');
    }
    buf_add_char(b, ']');
}

void condense_record(struct condense *c, struct record *rec)
{
    struct str text, title = {0}, kind = {0}, language = {0};

    if (!record_string(rec, c->field, &text) || str_blank(text))
        return;
    record_string(rec, "title", &title);
    record_string(rec, "kind", &kind);
    record_string(rec, "language", &language);
    story_read(&c->story, title, text);
    story_speaks(&c->story, language);
    set_summary(c, rec, str_eq(kind, STR("teaser")));
    if (c->keyword_limit)
        set_keywords(c, rec, text);
    story_rest(&c->story);
}

void condense_free(struct condense *c)
{
    story_free(&c->story);
    summary_free(&c->summary);
    keywords_free(&c->keywords);
    mentions_free(&c->mentions);
    vocabulary_free(&c->vocabulary);
}
