#include "stages/nstrip/pieces.h"

#include "common/alloc.h"
#include "common/dateline.h"
#include "common/unicode.h"
#include "stages/nstrip/credit.h"
#include "stages/nstrip/list.h"
#include "stages/nstrip/signature.h"

#include <stdlib.h>

/* ---- cutting ---- */

/* Bytes [from, to) of a line as a piece, if more than white space is in it. */
static void add(struct pieces *pieces, const struct page_line *line, size_t from,
                size_t to, enum role role)
{
    struct str text = str_trim(str_sub(line->text, from, to));
    if (!text.len)
        return;
    pieces->piece =
        xgrow(pieces->piece, &pieces->cap, pieces->count + 1, sizeof *pieces->piece);
    pieces->piece[pieces->count++] = (struct piece){
        .text = text, .role = (uint8_t)role, .removed = role >= ROLE_REMOVED};
    pieces->has[role] = true;
}

static void cut_dateline(struct pieces *pieces, const struct page_line *line)
{
    struct dateline dateline;
    size_t at = 0;
    if (!pieces->dateline && line->dateline && dateline_parse(line->text, &dateline)) {
        at = dateline.length;
        add(pieces, line, 0, at, ROLE_DATELINE);
        pieces->dateline = true;
    }
    add(pieces, line, at, line->text.len, ROLE_BODY);
}

/* A label before what it labels: "Photo: ", "Topic: ", "© ". A preposition ("Photo by")
 * belongs to the text. */
static size_t label_length(struct str s, enum cue kind)
{
    size_t n = cue_prefix(s, kind);
    struct str label = str_trim(str_sub(s, 0, n));
    return n < s.len && (str_ends(label, STR(":")) || str_eq(label, STR("\xc2\xa9"))) ? n
                                                                                      : 0;
}

static void cut_labelled(struct pieces *pieces, const struct page_line *line,
                         enum cue kind, enum role role)
{
    size_t n = label_length(line->text, kind);
    add(pieces, line, 0, n, ROLE_LABEL);
    add(pieces, line, n, line->text.len, role);
}

/* The length of a mark between two tags at byte i of s, 0 if there is none. */
static size_t tag_mark(struct str s, size_t i)
{
    static const char *const marks[] = {",", ";", "|", "\xe2\x80\xa2", "\xc2\xb7"};
    struct str rest = str_sub(s, i, s.len);
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        if (str_starts(rest, str_of(marks[k])))
            return strlen(marks[k]);
    return 0;
}

/* The bracket and label before a credit, and the bracket behind it. */
static void cut_credit(struct pieces *pieces, const struct page_line *line)
{
    struct str s = line->text;
    bool open = s.s[0] == '(' || s.s[0] == '[';
    size_t to =
        s.len - (open && s.len > 1 && (s.s[s.len - 1] == ')' || s.s[s.len - 1] == ']'));
    size_t from = open;
    from += credit_label(str_sub(s, from, to));
    from += credit_label(str_sub(s, from, to)); /* "Photo: © Ann Lee" */
    add(pieces, line, 0, from, ROLE_LABEL);
    add(pieces, line, from, to, ROLE_CREDIT);
    add(pieces, line, to, s.len, ROLE_LABEL);
}

/* A caption whose credit stands in the same line. */
static void cut_caption(struct pieces *pieces, const struct page_line *line)
{
    struct credit credit;
    size_t label = caption_label(line->text);
    if (!label)
        label = credit_label(line->text);
    add(pieces, line, 0, label, ROLE_LABEL);
    if (!credit_find(line->text, &credit) || credit.at <= label) {
        add(pieces, line, label, line->text.len, ROLE_CAPTION);
        return;
    }
    add(pieces, line, label, credit.at, ROLE_CAPTION);
    add(pieces, line, credit.at, credit.from, ROLE_LABEL);
    add(pieces, line, credit.from, credit.to, ROLE_CREDIT);
    add(pieces, line, credit.to, line->text.len, ROLE_LABEL);
}

/* A time without the mark that set it off from the name before it: "| 3 May 2021". */
static void cut_timestamp(struct pieces *pieces, const struct page_line *line)
{
    size_t n = 0;
    while (n + 1 < line->text.len && strchr("|-/ ", line->text.s[n]))
        n++;
    add(pieces, line, 0, n, ROLE_LABEL);
    add(pieces, line, n, line->text.len, ROLE_TIMESTAMP);
}

/* A byline that says when, too. */
static void cut_byline(struct pieces *pieces, const struct page_line *line)
{
    struct signature signature;
    if (!signature_find(line->text, &signature)) {
        add(pieces, line, 0, line->text.len, ROLE_BYLINE);
        return;
    }
    if (signature.by) {
        add(pieces, line, 0, signature.from, ROLE_LABEL);
        add(pieces, line, signature.from, signature.to, ROLE_TIMESTAMP);
        add(pieces, line, signature.to, signature.by, ROLE_LABEL);
        add(pieces, line, signature.by, signature.name, ROLE_BYLINE);
        add(pieces, line, signature.name, line->text.len, ROLE_NAV);
        return;
    }
    add(pieces, line, 0, signature.name, ROLE_BYLINE);
    add(pieces, line, signature.name, signature.from, ROLE_LABEL);
    add(pieces, line, signature.from, signature.to, ROLE_TIMESTAMP);
    add(pieces, line, signature.to, line->text.len, ROLE_NAV);
}

static void cut_tags(struct pieces *pieces, const struct page_line *line)
{
    size_t from = list_tags_label(line->text);
    add(pieces, line, 0, from, ROLE_LABEL);
    for (size_t i = from, n; i < line->text.len; i++) {
        if (!(n = tag_mark(line->text, i)))
            continue;
        add(pieces, line, from, i, ROLE_TAGS);
        add(pieces, line, i, i + n, ROLE_LABEL);
        from = i + n;
        i = from - 1;
    }
    add(pieces, line, from, line->text.len, ROLE_TAGS);
}

/* A title that is the page's own first line has the site's name behind it. */
static void cut_title(struct pieces *pieces, const struct page *page,
                      const struct page_line *line)
{
    size_t site = line == page->lines && page->count >= PAGE_WHOLE ? page_site(line->text)
                                                                   : line->text.len;
    add(pieces, line, 0, site, ROLE_TITLE);
    add(pieces, line, site, line->text.len, ROLE_NAV);
}

static void cut_line(struct pieces *pieces, const struct page *page,
                     const struct page_line *line, enum role role)
{
    switch (role) {
    case ROLE_BODY:
        cut_dateline(pieces, line);
        break;
    case ROLE_CREDIT:
        cut_credit(pieces, line);
        break;
    case ROLE_CAPTION:
        cut_caption(pieces, line);
        break;
    case ROLE_BYLINE:
        cut_byline(pieces, line);
        break;
    case ROLE_TIMESTAMP:
        cut_timestamp(pieces, line);
        break;
    case ROLE_TITLE:
        cut_title(pieces, page, line);
        break;
    case ROLE_TOPIC:
        cut_labelled(pieces, line, CUE_TOPIC, ROLE_TOPIC);
        break;
    case ROLE_RELATED:
        cut_labelled(pieces, line, CUE_RELATED, ROLE_RELATED);
        break;
    case ROLE_TAGS:
        cut_tags(pieces, line);
        break;
    default:
        add(pieces, line, 0, line->text.len, role);
    }
}

void pieces_clear(struct pieces *pieces)
{
    pieces->count = 0;
    memset(pieces->has, 0, sizeof pieces->has);
    pieces->dateline = false;
}

void pieces_cut(struct pieces *pieces, const struct page *page, const enum role *roles,
                const int32_t *scores)
{
    for (size_t i = 0; i < page->count; i++) {
        size_t first = pieces->count;
        cut_line(pieces, page, &page->lines[i], roles[i]);
        for (size_t k = first; scores && k < pieces->count; k++) {
            pieces->piece[k].score = scores[i];
            pieces->piece[k].scored = true;
        }
    }
}

/* ---- moving ---- */

/* One string: the first piece of the role that there is; others are removed. */
static void move_string(struct pieces *pieces, struct record *rec, enum role role)
{
    struct str had, raw;
    if (!pieces->has[role])
        return;
    bool taken = record_raw(rec, role_name(role), &raw);
    bool string = record_string(rec, role_name(role), &had), moved = false;
    for (size_t i = 0; i < pieces->count; i++) {
        struct piece *piece = &pieces->piece[i];
        if (piece->role != role)
            continue;
        if (!taken && !moved) {
            record_set_string(rec, role_name(role), piece->text);
            moved = true;
        } else if (!taken) {
            piece->removed = true;
        } else if (string && str_eq(had, piece->text)) {
            piece->role = ROLE_DUPLICATE;
            piece->removed = true;
        } else {
            piece->role = ROLE_BODY;
        }
    }
}

/* The member is somebody else's: what would move there stays where it is. */
static bool member_taken(struct pieces *pieces, const struct record *rec, enum role a,
                         enum role b)
{
    struct str raw;
    if (!record_raw(rec, role_name(a), &raw))
        return false;
    for (size_t i = 0; i < pieces->count; i++)
        if (pieces->piece[i].role == a || pieces->piece[i].role == b)
            pieces->piece[i].role = ROLE_BODY;
    return true;
}

static void move_strings(struct pieces *pieces, struct record *rec, enum role role)
{
    if (!pieces->has[role] || member_taken(pieces, rec, role, role))
        return;
    struct buf *b = record_set(rec, role_name(role));
    buf_add_char(b, '[');
    for (size_t i = 0; i < pieces->count; i++)
        if (pieces->piece[i].role == role) {
            json_add_comma(b);
            json_add_string(b, pieces->piece[i].text);
        }
    buf_add_char(b, ']');
}

/* A caption and the next credit make a pair; either may stand alone. */
static void move_captions(struct pieces *pieces, struct record *rec)
{
    if (!(pieces->has[ROLE_CAPTION] || pieces->has[ROLE_CREDIT]) ||
        member_taken(pieces, rec, ROLE_CAPTION, ROLE_CREDIT))
        return;
    struct buf *b = record_set(rec, role_name(ROLE_CAPTION));
    bool open = false;
    buf_add_char(b, '[');
    for (size_t i = 0; i < pieces->count; i++) {
        const struct piece *piece = &pieces->piece[i];
        if (piece->role == ROLE_CAPTION || (piece->role == ROLE_CREDIT && !open)) {
            if (open)
                buf_add_char(b, '}');
            json_add_comma(b);
            buf_add_char(b, '{');
            open = true;
        }
        if (piece->role == ROLE_CAPTION) {
            json_add_key(b, "text");
            json_add_string(b, piece->text);
        } else if (piece->role == ROLE_CREDIT) {
            json_add_key(b, "credit");
            json_add_string(b, piece->text);
            buf_add_char(b, '}');
            open = false;
        }
    }
    buf_puts(b, open ? "}]" : "]");
}

/* ---- body and account ---- */

static void write_body(const struct pieces *pieces, struct record *rec, const char *field)
{
    struct buf *b = record_set(rec, field);
    buf_add_char(b, '"');
    for (size_t i = 0; i < pieces->count; i++) {
        if (pieces->piece[i].role != ROLE_BODY)
            continue;
        if (b->len > 1)
            buf_puts(b, "\\n");
        json_add_chars(b, pieces->piece[i].text);
    }
    buf_add_char(b, '"');
}

static void write_counts(const struct pieces *pieces, struct record *rec)
{
    size_t counts[ROLES] = {0};
    for (size_t i = 0; i < pieces->count; i++)
        counts[pieces->piece[i].role] += pieces->piece[i].removed;
    struct buf *b = record_set(rec, "stripped");
    buf_add_char(b, '{');
    for (int role = 0; role < ROLES; role++)
        if (counts[role]) {
            json_add_key(b, role_name((enum role)role));
            json_add_int(b, (long long)counts[role]);
        }
    buf_add_char(b, '}');
}

static void write_removed(const struct pieces *pieces, struct record *rec,
                          struct str text)
{
    bool some = false;
    for (size_t i = 0; i < pieces->count; i++)
        some = some || pieces->piece[i].removed;
    if (!some)
        return;
    struct buf *b = record_set(rec, "removed");
    size_t byte = 0, point = 0;
    buf_add_char(b, '[');
    for (size_t i = 0; i < pieces->count; i++) {
        const struct piece *piece = &pieces->piece[i];
        if (!piece->removed)
            continue;
        size_t start = (size_t)(piece->text.s - text.s);
        point += utf8_count(str_sub(text, byte, start));
        byte = start;
        json_add_comma(b);
        buf_puts(b, "{\"kind\":\"");
        buf_puts(b, role_name(piece->role));
        buf_puts(b, "\",\"span\":");
        json_add_span(b, point, point + utf8_count(piece->text));
        buf_puts(b, ",\"text\":");
        json_add_string(b, piece->text);
        buf_add_char(b, '}');
    }
    buf_add_char(b, ']');
}

void pieces_apply(struct pieces *pieces, struct record *rec, const char *field,
                  struct str text, bool removed)
{
    static const enum role strings[] = {ROLE_TITLE,  ROLE_SUBTITLE,  ROLE_SECTION,
                                        ROLE_BYLINE, ROLE_TIMESTAMP, ROLE_DATELINE,
                                        ROLE_TOPIC};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        move_string(pieces, rec, strings[i]);
    move_captions(pieces, rec);
    move_strings(pieces, rec, ROLE_TAGS);
    move_strings(pieces, rec, ROLE_RELATED);
    write_body(pieces, rec, field);
    write_counts(pieces, rec);
    if (removed)
        write_removed(pieces, rec, text);
}

void pieces_free(struct pieces *pieces)
{
    free(pieces->piece);
    *pieces = (struct pieces){0};
}
