/* WARC records (ISO 28500; versions 0.17 to 1.1 differ in nothing that matters here). */
#include "common/msg.h"
#include "common/stats.h"
#include "stages/nsplit/member.h"

struct header {
    struct buf type, content, url, date, encoding;
    unsigned long long length, end; /* end: of the header, in the file */
    bool sized;
};

bool warc_version(struct str line)
{
    if (line.len < 8 || !str_starts(line, STR("WARC/")))
        return false;
    for (size_t i = 5; i < line.len; i++)
        if ((line.s[i] < '0' || line.s[i] > '9') && line.s[i] != '.')
            return false;
    return true;
}

bool warc_begins(struct in *in)
{
    const char *file;
    bool first;
    struct str rest = in_peek(in, WARC_LOOK, &file, &first), line;
    if (!str_line(&rest, &line) || !warc_version(line) || !str_line(&rest, &line))
        return false;
    return str_starts_nocase(line, STR("WARC-")) ||
           str_starts_nocase(line, STR("Content-"));
}

/* The archive's next line; false at its end, also where another file begins. */
static bool next_line(struct in *in, struct member *member, struct line *line)
{
    const char *file;
    bool first;
    if (!in_peek(in, 1, &file, &first).len || (first && member->begun))
        return false;
    if (!in_line(in, line))
        return false;
    member->begun = true;
    stats.bytes_in += line->raw.len;
    return true;
}

/* Goes to the next record's first line. What is passed over, and a header before it
 * without a length (unsized), gives one message. */
static bool find_record(struct in *in, struct member *member, bool unsized)
{
    struct line line;
    unsigned long long skipped = 0, from = 0;
    bool found = false;
    while (!found && next_line(in, member, &line)) {
        found = line.whole && warc_version(line.text);
        if (found || (!skipped && str_blank(line.text)))
            continue;
        from = skipped ? from : line.offset;
        skipped += line.raw.len;
    }
    if (skipped)
        msg_warn("%s: no WARC record%s at byte %llu: %llu bytes passed over",
                 member->archive, unsized ? " with a Content-Length" : "", from, skipped);
    else if (unsized)
        msg_warn("%s: a WARC record without Content-Length", member->archive);
    return found;
}

static void set(struct buf *b, struct str value)
{
    buf_clear(b);
    buf_add_str(b, value);
}

static bool number(struct str s, unsigned long long *n)
{
    *n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.s[i] < '0' || s.s[i] > '9' || i > 17)
            return false;
        *n = *n * 10 + (unsigned)(s.s[i] - '0');
    }
    return s.len > 0;
}

static void take_field(struct header *header, struct str line)
{
    size_t colon = str_find(line, STR(":"), 0);
    if (colon == (size_t)-1)
        return;
    struct str name = str_trim(str_sub(line, 0, colon));
    struct str value = str_trim(str_sub(line, colon + 1, line.len));
    if (str_eq_nocase(name, STR("WARC-Type")))
        set(&header->type, value);
    else if (str_eq_nocase(name, STR("Content-Type")))
        set(&header->content, value);
    else if (str_eq_nocase(name, STR("WARC-Target-URI")))
        set(&header->url, value);
    else if (str_eq_nocase(name, STR("WARC-Date")))
        set(&header->date, value);
    else if (str_eq_nocase(name, STR("Content-Encoding")) ||
             str_eq_nocase(name, STR("Transfer-Encoding")))
        set(&header->encoding, value);
    else if (str_eq_nocase(name, STR("Content-Length")))
        header->sized = number(value, &header->length);
}

/* The fields up to the blank line that ends them. */
static bool read_header(struct in *in, struct member *member, struct header *header)
{
    struct line line;
    while (next_line(in, member, &line)) {
        header->end = line.offset + line.raw.len;
        if (line.text.len == 0)
            return true;
        if (line.whole && line.text.s[0] != ' ' && line.text.s[0] != '\t')
            take_field(header, line.text);
    }
    return false;
}

static void header_free(struct header *header)
{
    buf_free(&header->type);
    buf_free(&header->content);
    buf_free(&header->url);
    buf_free(&header->date);
    buf_free(&header->encoding);
}

static bool type_is(const struct header *header, struct str type)
{
    return str_eq_nocase(buf_str(&header->type), type);
}

static bool content_is(const struct header *header, struct str content)
{
    return str_starts_nocase(buf_str(&header->content), content);
}

/* In a response that holds an HTTP message: passes over its header. True if what follows
 * is text as it is. */
static bool http_text(struct in *in, struct member *member)
{
    struct header http = {0};
    struct member inner = {.archive = member->archive};
    bool good = read_header(in, &inner, &http) && content_is(&http, STR("text/plain")) &&
                !http.encoding.len;
    member->base += http.end;
    header_free(&http);
    return good;
}

/* Enters the block of a record; false if it can be no page. */
static bool enter(struct in *in, struct member *member, const struct header *header)
{
    bool http =
        type_is(header, STR("response")) && content_is(header, STR("application/http"));
    bool text = type_is(header, STR("conversion")) ||
                ((type_is(header, STR("resource")) || type_is(header, STR("response"))) &&
                 content_is(header, STR("text/plain")));
    member->base = header->end;
    in_enter(in, member->archive, header->length);
    if (text || (http && http_text(in, member)))
        return true;
    stats_add("skipped", 1);
    stats.bytes_in += header->length;
    member_leave(in, member);
    return false;
}

bool warc_next(struct in *in, struct member *member)
{
    bool entered = false, unsized = false;
    while (!entered && find_record(in, member, unsized)) {
        struct header header = {0};
        unsized = !read_header(in, member, &header) || !header.sized;
        if (!unsized && enter(in, member, &header)) {
            struct str url = buf_str(&header.url);
            if (url.len > 1 && url.s[0] == '<' && str_ends(url, STR(">")))
                url = str_sub(url, 1, url.len - 1);
            set(&member->url, url);
            set(&member->added, buf_str(&header.date));
            set(&member->file, str_of(member->archive));
            buf_add_char(&member->file, '\0');
            entered = true;
        }
        header_free(&header);
    }
    return entered;
}
