/* nsplit: cuts the input into pages and the pages into stories, one record each. */
#include "common/in.h"
#include "common/json.h"
#include "common/msg.h"
#include "common/opt.h"
#include "common/out.h"
#include "common/record.h"
#include "common/stats.h"
#include "common/unicode.h"
#include "stages/nsplit/id.h"
#include "stages/nsplit/pages.h"
#include "stages/nsplit/story.h"

#include <stdio.h>

enum { OPT_SOURCE = OPT_OWN, OPT_BOUNDARY, OPT_WHOLE, OPT_FORMAT };

static const struct opt options[] = {
    {OPT_SOURCE, "source", "LABEL", "say where the pages come from, as member `source`"},
    {OPT_BOUNDARY, "boundary", "ERE", "only a matching line starts a page"},
    {OPT_WHOLE, "whole", NULL, "a page a record, not a story"},
    {OPT_FORMAT, "format", "NAME", "text, ndjson, warc or tar: do not look"},
    OPT_COMMON,
};

struct split {
    struct common common;
    const char *source;
    bool whole;
    struct stories stories;
    struct record built;
    struct buf repaired;
};

/* The text of lines [from, to): without blank lines around it, valid UTF-8. */
static struct str story_text(struct split *split, const struct lines *lines, size_t from,
                             size_t to)
{
    while (from < to && lines->line[from].blank)
        from++;
    while (to > from && lines->line[to - 1].blank)
        to--;
    const struct page_line *first = &lines->line[from], *last = &lines->line[to - 1];
    struct str text = str_sub(buf_str(&lines->text), first->at, last->at + last->len);
    if (utf8_valid(text) == text.len)
        return text;
    buf_clear(&split->repaired);
    stats_add("repaired", utf8_repair(&split->repaired, text));
    return buf_str(&split->repaired);
}

static void set_int(struct record *rec, const char *name, unsigned long long n)
{
    json_add_int(record_set(rec, name), (long long)n);
}

/* A label from outside may be no UTF-8. */
static void set_label(struct record *rec, const char *name, struct str label)
{
    struct buf clean = {0};
    if (utf8_valid(label) < label.len) {
        utf8_repair(&clean, label);
        label = buf_str(&clean);
    }
    record_set_string(rec, name, label);
    buf_free(&clean);
}

/* Sixteen hexadecimal digits. */
static struct str hex(unsigned long long n, char digits[16])
{
    for (int i = 16; i-- > 0; n >>= 4)
        digits[i] = "0123456789abcdef"[n & 15];
    return (struct str){digits, 16};
}

static void write_story(struct split *split, const struct page *page, size_t part)
{
    const struct stories *stories = &split->stories;
    const struct page_line *line = page->lines->line;
    size_t from = stories->story[part].first;
    size_t to = part + 1 < stories->count ? stories->story[part + 1].first : page->count;
    bool named = page->name.len && from <= page->named && page->named < to;
    struct str text = story_text(split, page->lines, named ? page->named + 1 : from, to);
    struct record *rec = page->record ? page->record : &split->built;
    char id[16];
    if (page->record)
        record_revert(rec);
    else
        record_clear(rec);
    record_set_string(rec, "id", hex(id_of(str_trim(text)), id));
    if (split->source)
        set_label(rec, "source", str_of(split->source));
    else if (page->name.len)
        set_label(rec, "source", page->name);
    if (page->url.len)
        set_label(rec, "url", page->url);
    if (page->added.len)
        set_label(rec, "added", page->added);
    set_label(rec, "file", str_of(page->file));
    set_int(rec, "offset", line[from].offset);
    set_int(rec, "length", line[to - 1].end - line[from].offset);
    set_int(rec, "page", page->number);
    set_int(rec, "part", part + 1);
    if (!split->whole)
        record_set_string(rec, "kind",
                          stories->story[part].kind == TEASER ? STR("teaser")
                                                              : STR("article"));
    record_set_string(rec, split->common.field, text);
    record_write(rec);
}

static void split_page(struct split *split, const struct page *page)
{
    if (page->pass) {
        record_write(page->record);
        return;
    }
    if (split->whole)
        story_whole(&split->stories);
    else
        story_cut(page->lines, page->count, &split->stories);
    for (size_t part = 0; part < split->stories.count; part++)
        write_story(split, page, part);
}

int main(int argc, char *argv[])
{
    struct split split = {.common = COMMON_DEFAULT};
    struct pages_options how = {0};
    int key;

    msg_init("nsplit", "[-hquV] [--whole] [--source LABEL] [--boundary ERE] [file ...]");
    while ((key = opt_next(options, argc, argv)) != -1) {
        switch (key) {
        case OPT_SOURCE:
            split.source = opt_arg;
            break;
        case OPT_BOUNDARY:
            how.boundary = opt_arg;
            break;
        case OPT_WHOLE:
            split.whole = true;
            break;
        case OPT_FORMAT:
            if (!format_named(opt_arg, &how.format))
                msg_usage("--format: no format '%s'", opt_arg);
            break;
        default:
            opt_common(&split.common, key, options,
                       "Cuts news page text into pages and stories, one record each.",
                       "cat *.txt | nsplit | nstrip | ntag | nsummarize > news.ndjson");
        }
    }
    how.field = split.common.field;
    how.max_page = split.common.max_record;

    struct page page;
    struct in *in = in_open(argc - opt_rest, argv + opt_rest, split.common.max_record);
    struct pages *pages = pages_open(in, &how);
    while (pages_next(pages, &page))
        split_page(&split, &page);
    pages_close(pages);
    in_close(in);
    stories_free(&split.stories);
    record_free(&split.built);
    buf_free(&split.repaired);
    out_close();
    reject_close();
    stats_close();
    return msg_status();
}
