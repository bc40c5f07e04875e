#include "stages/nsplit/format.h"

#include "common/record.h"
#include "common/unicode.h"
#include "stages/nsplit/member.h"

enum { LINES_ASKED = 3 };

/* `{"`: what a record begins with, also one that is cut or broken. */
static bool opens_object(struct str line)
{
    struct str s = str_trim(line);
    if (!s.len || s.s[0] != '{')
        return false;
    s = str_trim(str_sub(s, 1, s.len));
    return !s.len || s.s[0] == '"';
}

/* A line, not blank, as a record. */
enum line_kind { NO_OBJECT, BROKEN, OBJECT, PAGE };

static enum line_kind line_kind(struct str line, const char *field)
{
    struct record rec = {0};
    struct json_fault fault;
    struct str s = str_trim(line);
    if (!s.len || s.s[0] != '{')
        return NO_OBJECT;
    enum line_kind kind = opens_object(s) ? BROKEN : NO_OBJECT;
    if (record_parse(&rec, s, &fault)) {
        kind = rec.count ? OBJECT : NO_OBJECT;
        if (record_raw(&rec, "part", &s) || record_string(&rec, field, &s))
            kind = PAGE;
    }
    record_free(&rec);
    return kind;
}

/* Votes of the first lines; FORMAT_AUTO while there are too few. */
static enum format ndjson(struct str start, bool whole, const char *field)
{
    struct str rest = start, line;
    int asked = 0;
    if (str_starts(rest, STR("\xef\xbb\xbf")))
        rest = str_sub(rest, 3, rest.len);
    while (asked < LINES_ASKED && str_line(&rest, &line)) {
        if (str_blank(line))
            continue;
        bool cut = !rest.len && start.s[start.len - 1] != '\n';
        if (cut && start.len == FORMAT_PEEK)
            return opens_object(line) ? FORMAT_NDJSON : FORMAT_TEXT;
        enum line_kind kind = line_kind(line, field);
        if (kind == PAGE || kind == NO_OBJECT)
            return kind == PAGE ? FORMAT_NDJSON : FORMAT_TEXT;
        asked++;
    }
    if (asked == LINES_ASKED || (asked && whole))
        return FORMAT_NDJSON;
    return whole ? FORMAT_TEXT : FORMAT_AUTO;
}

size_t format_odd(struct str start)
{
    bool utf8 = utf8_valid(start) == start.len;
    size_t odd = 0;
    for (size_t i = 0; i < start.len; i++) {
        unsigned char c = (unsigned char)start.s[i];
        odd += (c < ' ' && !(c >= '\t' && c <= '\r')) || (c >= 0x80 && !utf8);
    }
    return odd;
}

static bool binary(struct str start)
{
    enum { LEAST = 8, SHARE = 8 };
    size_t odd = format_odd(start);
    return odd >= LEAST && odd * SHARE >= start.len && memchr(start.s, '\0', start.len);
}

enum format format_of(struct str start, bool whole, const char *field)
{
    struct str rest = start, line;
    /* a tar header has NULs; 512 bytes tell whether it is one */
    if (start.len < TAR_BLOCK && !whole && memchr(start.s, '\0', start.len))
        return FORMAT_AUTO;
    if (tar_header(start))
        return FORMAT_TAR;
    if (str_line(&rest, &line) && warc_version(line)) {
        if (!rest.len && !whole)
            return FORMAT_AUTO;
        /* a field must follow, or it is a text that speaks of WARC */
        return str_line(&rest, &line) && str_find(line, STR(":"), 0) < line.len
                   ? FORMAT_WARC
                   : FORMAT_TEXT;
    }
    enum format format = ndjson(start, whole, field);
    return format == FORMAT_TEXT && binary(start) ? FORMAT_BINARY : format;
}

bool format_named(const char *name, enum format *format)
{
    static const struct {
        const char *name;
        enum format format;
    } names[] = {{"auto", FORMAT_AUTO}, {"text", FORMAT_TEXT}, {"ndjson", FORMAT_NDJSON},
                 {"warc", FORMAT_WARC}, {"wet", FORMAT_WARC},  {"tar", FORMAT_TAR}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(name, names[i].name) == 0) {
            *format = names[i].format;
            return true;
        }
    }
    return false;
}
