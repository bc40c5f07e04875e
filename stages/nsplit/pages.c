#include "stages/nsplit/pages.h"

#include "common/alloc.h"
#include "common/msg.h"
#include "common/stats.h"
#include "stages/nsplit/member.h"
#include "stages/nsplit/start.h"

#include <regex.h>
#include <stdio.h>
#include <stdlib.h>

struct pages {
    struct in *in;
    struct pages_options options;
    regex_t boundary;
    struct buf subject; /* a line as regexec() wants it */

    char *operand;       /* the current file; NULL between files */
    enum format archive; /* what it is if it holds members, else FORMAT_AUTO */
    struct member member;

    const char *file; /* what is read as lines now: the file or a member; NULL between */
    enum format format;
    unsigned long long number; /* of pages in it so far */
    unsigned long long end;    /* its bytes that are pages or were passed over */
    bool told_cut;             /* that a page of it was too long */

    struct start_models models;
    struct starts starts;
    struct lines lines;
    size_t given; /* the first lines, which the caller has */
    bool drained; /* no more lines of the file, or none before a hole, are to come */
    bool hole;    /* a line too long for us lies behind those that are here */
    struct record record;
};

struct pages *pages_open(struct in *in, const struct pages_options *options)
{
    struct pages *pages = xcalloc(1, sizeof *pages);
    pages->in = in;
    pages->options = *options;
    pages->models = start_models();
    starts_init(&pages->starts, &pages->models);
    if (options->boundary) {
        char why[200];
        int error =
            regcomp(&pages->boundary, options->boundary, REG_EXTENDED | REG_NOSUB);
        if (error) {
            regerror(error, &pages->boundary, why, sizeof why);
            msg_usage("--boundary '%s': %s", options->boundary, why);
        }
    }
    return pages;
}

static void close_file(struct pages *pages)
{
    pages->file = NULL;
    lines_clear(&pages->lines);
    pages->given = 0;
    if (pages->archive != FORMAT_AUTO) {
        member_leave(pages->in, &pages->member);
    } else {
        free(pages->operand);
        pages->operand = NULL;
    }
}

void pages_close(struct pages *pages)
{
    free(pages->operand);
    member_free(&pages->member);
    if (pages->options.boundary)
        regfree(&pages->boundary);
    buf_free(&pages->subject);
    lines_free(&pages->lines);
    starts_free(&pages->starts);
    start_models_free(&pages->models);
    record_free(&pages->record);
    free(pages);
}

/* Looks at no more of the file than it needs: the rest may take its time to come. That is
 * a line or, of what has odd bytes, TAR_BLOCK. */
static enum format told_format(struct pages *pages)
{
    const char *file;
    bool first, ink = false, whole = false;
    enum format format = FORMAT_AUTO;
    for (size_t want = 1; format == FORMAT_AUTO && !whole; want++) {
        struct str start = in_peek(pages->in, want, &file, &first);
        char last = start.s[start.len - 1];
        whole = start.len < want || want == FORMAT_PEEK;
        ink = ink || (unsigned char)last > ' ';
        if (whole || want == TAR_BLOCK || (last == '\n' && ink && !format_odd(start))) {
            format = format_of(start, whole, pages->options.field);
            ink = false;
        }
    }
    return format;
}

static void begin_lines(struct pages *pages, const char *file, enum format format)
{
    pages->file = file;
    pages->format = format;
    pages->number = pages->end = 0;
    pages->drained = pages->hole = pages->told_cut = false;
    starts_file(&pages->starts);
    pages->lines.traces =
        format == FORMAT_TEXT && pages->archive == FORMAT_AUTO && !pages->options.boundary
            ? pages->starts.traces
            : NULL;
}

/* Passes over a file or member that is no text. */
static void pass_binary(struct pages *pages, const char *file)
{
    struct str bytes;
    msg_warn("%s: binary, no text; passed over (--format text reads it all the same)",
             file);
    while ((bytes = in_bytes(pages->in, FORMAT_PEEK)).len)
        stats.bytes_in += bytes.len;
    close_file(pages);
}

static bool open_operand(struct pages *pages)
{
    const char *file;
    bool first;
    if (!in_peek(pages->in, 1, &file, &first).len)
        return false;
    pages->operand = xstrdup(file);
    enum format format = pages->options.format;
    if (format == FORMAT_AUTO)
        format = told_format(pages);
    pages->archive = FORMAT_AUTO;
    if (format == FORMAT_WARC || format == FORMAT_TAR) {
        pages->archive = format;
        in_set_opaque(pages->in);
        member_open(&pages->member, pages->operand);
        return true;
    }
    if (format == FORMAT_BINARY)
        pass_binary(pages, pages->operand);
    else
        begin_lines(pages, pages->operand, format);
    return true;
}

/* Goes to the next member of the archive; false, and the archive is closed, at its end.
 */
static bool open_member(struct pages *pages)
{
    struct member *member = &pages->member;
    bool tar = pages->archive == FORMAT_TAR;
    if (!(tar ? tar_next(pages->in, member) : warc_next(pages->in, member))) {
        pages->archive = FORMAT_AUTO;
        close_file(pages);
        return false;
    }
    const char *file;
    bool first;
    enum format format = FORMAT_TEXT;
    if (tar && in_peek(pages->in, 1, &file, &first).len)
        format = told_format(pages);
    if (format == FORMAT_BINARY)
        pass_binary(pages, member->file.s);
    else
        begin_lines(pages, member->file.s,
                    format == FORMAT_NDJSON ? FORMAT_NDJSON : FORMAT_TEXT);
    return true;
}

/* Goes to what is to be read as lines next; false at the end of all input. */
static bool open_file(struct pages *pages)
{
    while (!pages->file) {
        if (!pages->operand && !open_operand(pages))
            return false;
        if (pages->operand && !pages->file)
            open_member(pages);
    }
    return true;
}

/* A record of a WARC archive begins behind a blank line inside the one that is read: that
 * one says that it is longer than it is. */
static bool runs_over(struct pages *pages)
{
    if (pages->archive != FORMAT_WARC || !pages->lines.blanks ||
        !warc_begins(pages->in) || !in_give_back(pages->in))
        return false;
    msg_warn("%s: a Content-Length reaches into the WARC record at byte %llu",
             pages->file, pages->end);
    return true;
}

/* The next line of the current file. */
static bool next_line(struct pages *pages, struct line *line)
{
    const char *file;
    bool first;
    struct str next = in_peek(pages->in, 1, &file, &first);
    if (!next.len || (first && pages->end) || (next.s[0] == 'W' && runs_over(pages)))
        return false;
    if (!in_line(pages->in, line))
        return false;
    if (pages->archive == FORMAT_WARC)
        line->offset += pages->member.base;
    stats.bytes_in += line->raw.len;
    return true;
}

static void reject_long(struct pages *pages, const struct line *line, const char *what)
{
    char reason[80];
    snprintf(reason, sizeof reason, "%s longer than %zu bytes", what, line->raw.len);
    stats.in++;
    record_reject(pages->in, line, reason);
}

/* ---- NDJSON ---- */

static void text_lines(struct lines *lines, struct str text)
{
    struct str rest = text, line;
    lines_clear(lines);
    while (str_line(&rest, &line)) {
        size_t at = (size_t)(line.s - text.s);
        lines_add(lines, line, at, text.len - rest.len, 0);
    }
    lines->pending = false;
}

/* From places in a text to places in the JSON string, raw, that it was decoded from; that
 * stands at base, and the whole record is [begin, end) of its file. */
static void map_places(struct lines *lines, struct str raw, unsigned long long base,
                       unsigned long long begin, unsigned long long end)
{
    unsigned long long decoded = 0, place = base;
    for (size_t i = 0; i < lines->count; i++) {
        struct page_line *line = &lines->line[i];
        size_t n = json_raw_offset(raw, (size_t)(line->end - decoded));
        decoded = line->end;
        raw = str_sub(raw, n, raw.len);
        line->offset = i ? place : begin;
        place += n;
        line->end = i + 1 < lines->count ? place : end;
    }
}

static void reject_fault(struct pages *pages, const struct line *line,
                         const struct json_fault *fault)
{
    char reason[120];
    snprintf(reason, sizeof reason, "invalid record at column %zu: %s", fault->column,
             fault->reason);
    stats.in++;
    record_reject(pages->in, line, reason);
}

static bool next_record(struct pages *pages, struct page *page)
{
    struct line line;
    struct json_fault fault;
    struct record *rec = &pages->record;
    while (next_line(pages, &line)) {
        unsigned long long begin = pages->end, end = line.offset + line.raw.len;
        struct str text, raw;
        if (line.whole && str_blank(line.text))
            continue;
        pages->end = end;
        if (!line.whole) {
            reject_long(pages, &line, "record");
            continue;
        }
        if (!record_parse(rec, line.text, &fault)) {
            reject_fault(pages, &line, &fault);
            continue;
        }
        *page = (struct page){.file = pages->file,
                              .number = ++pages->number,
                              .lines = &pages->lines,
                              .record = rec};
        stats.in++;
        page->pass = record_raw(rec, "part", &raw) ||
                     !record_string(rec, pages->options.field, &text) || str_blank(text);
        if (page->pass)
            return true;
        record_raw(rec, pages->options.field, &raw);
        raw = str_sub(raw, 1, raw.len - 1);
        text_lines(&pages->lines, text);
        map_places(&pages->lines, raw, line.offset + (size_t)(raw.s - line.raw.s), begin,
                   end);
        page->count = pages->lines.count;
        return true;
    }
    return false;
}

/* ---- text ---- */

/* True if there are lines enough behind line i to tell whether a page starts with it. */
static bool enough(const struct pages *pages, size_t i)
{
    const struct lines *lines = &pages->lines;
    if (lines->count <= i + START_AHEAD_RULES)
        return false;
    return !lines->traces || lines->count > i + START_AHEAD ||
           lines->line[lines->count - 1].end - lines->line[i].end > START_BYTES;
}

/* Makes line i and enough of those behind it be there, unless the file ends sooner or a
 * line too long for us comes first: both end the page. */
static void look_ahead(struct pages *pages, size_t i)
{
    struct line line;
    while (!pages->drained && !enough(pages, i)) {
        pages->drained = !next_line(pages, &line);
        if (pages->drained)
            return;
        pages->end = line.offset + line.raw.len;
        if (line.whole) {
            lines_add(&pages->lines, line.text, line.offset, pages->end,
                      (size_t)(line.text.s - line.raw.s));
        } else {
            reject_long(pages, &line, "line");
            pages->drained = pages->hole = true;
        }
    }
}

static bool boundary(struct pages *pages, size_t i)
{
    buf_clear(&pages->subject);
    buf_add_str(&pages->subject, line_text(&pages->lines, i));
    buf_add_char(&pages->subject, '\0');
    return regexec(&pages->boundary, pages->subject.s, 0, NULL, 0) == 0;
}

/* A member of an archive is a page. */
static size_t start_in(struct pages *pages, size_t i)
{
    if (pages->archive != FORMAT_AUTO)
        return NO_START;
    if (!pages->options.boundary)
        return starts_find(&pages->starts, &pages->lines, i);
    return boundary(pages, i) ? 0 : NO_START;
}

static bool too_long(struct pages *pages, size_t i)
{
    const struct page_line *line = pages->lines.line;
    if (line[i].end - line[0].offset <= pages->options.max_page)
        return false;
    if (!pages->told_cut)
        msg_warn("%s: page %llu is longer than %zu bytes: cut at the end of a line",
                 pages->file, pages->number + 1, pages->options.max_page);
    pages->told_cut = true;
    return true;
}

/* The first line that is not blank, at or behind i; the number of lines if there is none.
 */
static size_t not_blank(struct pages *pages, size_t i)
{
    for (look_ahead(pages, i); i < pages->lines.count; look_ahead(pages, ++i))
        if (!pages->lines.line[i].blank)
            break;
    return i;
}

/* How many lines the page has that begins with line 0 and is not blank up to line i. */
static size_t page_end(struct pages *pages, size_t i)
{
    starts_page(&pages->starts, &pages->lines, i);
    for (look_ahead(pages, ++i); i < pages->lines.count; look_ahead(pages, ++i)) {
        size_t start = start_in(pages, i);
        if (start == 0 || too_long(pages, i))
            return i;
        if (start != NO_START) {
            lines_split(&pages->lines, i, start);
            return i + 1;
        }
    }
    return pages->lines.count;
}

/* Takes a line `==> name <==` at the page's head for its name, if more follows. */
static void take_name(struct pages *pages, struct page *page, size_t head)
{
    struct str name = start_name(line_text(&pages->lines, head));
    if (!name.len || pages->options.boundary || pages->archive != FORMAT_AUTO)
        return;
    for (size_t i = head + 1; i < page->count; i++) {
        if (!pages->lines.line[i].blank) {
            page->name = name;
            page->named = head;
            return;
        }
    }
}

static bool next_text(struct pages *pages, struct page *page)
{
    lines_drop(&pages->lines, pages->given);
    pages->given = 0;
    for (;;) {
        size_t head = not_blank(pages, 0);
        if (head < pages->lines.count) {
            pages->given = page_end(pages, head);
            *page = (struct page){.file = pages->file,
                                  .number = ++pages->number,
                                  .lines = &pages->lines,
                                  .count = pages->given};
            take_name(pages, page, head);
            stats.in++;
            return true;
        }
        if (!pages->hole)
            return false;
        lines_clear(&pages->lines);
        pages->drained = pages->hole = false;
    }
}

bool pages_next(struct pages *pages, struct page *page)
{
    for (;;) {
        if (!pages->file && !open_file(pages))
            return false;
        if (pages->format == FORMAT_NDJSON ? next_record(pages, page)
                                           : next_text(pages, page))
            break;
        close_file(pages);
    }
    if (pages->archive == FORMAT_WARC) {
        page->number = ++pages->member.pages;
        page->url = buf_str(&pages->member.url);
        page->added = buf_str(&pages->member.added);
    }
    stats_tick(pages->in);
    return true;
}
