#include "stages/nsplit/feed.h"

#include "common/alloc.h"
#include "common/ascii.h"
#include "common/date.h"
#include "common/unicode.h"

#include <stdlib.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
    TEASER_LINES = 4,     /* headline, lead, a time or a section, beside "Read more" */
    TEASER_BYTES = 1200,  /* of one line in it */
    HEADLINE_BYTES = 300, /* of its first */
    HEADLINE_LEAST = 16,  /* of one known by its looks */
    LEAD_LEAST = 33,      /* of a line of text that leads on */
    SECTION_BYTES = 60,
    PROSE_BYTES = 80, /* a line of running text is at least so long */
    STAMP_BYTES = 60,
    FEED_BLOCKS = 2,   /* that end with "Read more" */
    MARKED_BLOCKS = 3, /* of the other forms */
    POST_LINES = 60,   /* of a live blog */
    LEAD_BYTES = 400,
    TRIES = 8, /* that a run of marked lines is looked at from another one of them */
};

/* ---- lines ---- */

static bool ends_sentence(struct str s)
{
    char c = ' ';
    while (s.len && (c = s.s[s.len - 1], c == '"' || c == '\'' || c == ')' || c == ']'))
        s.len--;
    if (!s.len || !(c & 0x80))
        return s.len && (c == '.' || c == '!' || c == '?');
    return str_ends(s, STR("\xe2\x80\x9d")) || str_ends(s, STR("\xc2\xbb")) ||
           str_ends(s, STR("\xe3\x80\x82"));
}

static bool digit(struct str s, size_t i)
{
    return i < s.len && s.s[i] >= '0' && s.s[i] <= '9';
}

/* True if one of eight bytes is a digit. */
static bool eight_digit(const char *s)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t eight = ascii_eight(s), off = eight ^ '0' * ones;
    uint64_t none = ((off & 0x7f * ones) + 0x76 * ones) | eight;
    return ~none & 0x80 * ones;
}

static bool has_digit(struct str s)
{
    size_t i = 0;
    for (; i + 8 < s.len; i += 8)
        if (eight_digit(s.s + i))
            return true;
    if (s.len >= 8)
        return eight_digit(s.s + s.len - 8);
    while (i < s.len && !digit(s, i))
        i++;
    return i < s.len;
}

static bool breaks_off(struct str s)
{
    if (str_ends(s, STR("]")) || str_ends(s, STR(")")))
        s.len--;
    else if (str_ends(s, STR(".")) && s.s[s.len - 2] != '.')
        return false;
    return str_ends(s, STR("...")) || str_ends(s, STR("\xe2\x80\xa6"));
}

/* The bytes of a mark at s[i] that may stand before words that lead on, or 0. */
static size_t break_length(struct str s, size_t i)
{
    char c = s.s[i];
    if (c == '.' || c == '!' || c == '?' || c == ']')
        return 1;
    if (!(c & 0x80))
        return 0;
    struct str rest = str_sub(s, i, s.len);
    return str_starts(rest, STR("\xe2\x80\xa6")) || str_starts(rest, STR("\xe3\x80\x82"))
               ? 3
               : 0;
}

enum { MARKED = 16 };

/* A bit for each of the bytes at s where break_length() may not be 0. */
static uint64_t break_bits(const char *s)
{
#ifdef __SSE2__
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)s), bits = v;
    for (const char *mark = ".!?]"; *mark; mark++)
        bits = _mm_or_si128(bits, _mm_cmpeq_epi8(v, _mm_set1_epi8(*mark)));
    return (uint64_t)(unsigned)_mm_movemask_epi8(bits);
#else
    uint64_t bits = 0;
    for (int i = 0; i < MARKED; i++)
        bits |= (uint64_t)(s[i] & 0x80 || (s[i] && strchr(".!?]", s[i]))) << i;
    return bits;
#endif
}

/* A line of text, of LEAD_LEAST bytes or more, ends with words that lead on: "… Read
 * more", "lead. Continue reading »". */
static bool leads_on(struct str s)
{
    enum { LONGEST = 48 };
    if (str_ends(s, STR(".")) && !str_ends(s, STR("...")))
        return false;
    size_t from = s.len > LONGEST ? s.len - LONGEST : 0, last = s.len - MARKED;
    uint64_t bits = break_bits(s.s + from) | break_bits(s.s + from + MARKED) << MARKED |
                    break_bits(s.s + last) << (last - from);
    if (!from)
        bits &= ~(uint64_t)1;
    for (; bits; bits &= bits - 1) {
        size_t i = from + (size_t)__builtin_ctzll(bits), n = break_length(s, i);
        struct str rest = str_sub(s, i + n, s.len);
        if (n && !str_blank(rest) && (n > 1 || rest.s[0] == ' ' || rest.s[0] == '[') &&
            cue_of(str_trim(rest)) == CUE_MORE)
            return true;
    }
    return false;
}

/* The number of a list item: "7", "7.", "#7", "7) Headline", "7. Headline". */
static void read_number(struct feed_line *line)
{
    struct str s = line->text;
    size_t i = s.len && s.s[0] == '#', from = i;
    int n = 0;
    while (digit(s, i) && i < from + 3)
        n = 10 * n + (s.s[i++] - '0');
    if (i == from || digit(s, i))
        return;
    bool mark = i < s.len && strchr(".):", s.s[i]);
    i += mark;
    line->alone = i == s.len;
    if (line->alone || (mark && s.s[i] == ' '))
        line->number = n;
}

static void set_stamp(struct feed_line *line, const struct date *date, bool alone)
{
    line->stamp = date->hour >= 0 ? STAMP_TIME : STAMP_DATE;
    line->minutes = date->hour >= 0 ? 60 * date->hour + date->minute : -1;
    line->alone = alone;
}

static bool month_and_day(const struct date *date)
{
    return date->hour >= 0 || (date->month > 0 && date->day > 0);
}

/* "7 hrs ago", where the one figure is no hour of the day. */
static bool ago(const struct feed_line *line)
{
    struct str s = line->text;
    size_t numbers = 0;
    for (size_t i = 0; i < s.len; i++)
        numbers += digit(s, i) && !(i && digit(s, i - 1));
    return line->cue == CUE_TIME && numbers == 1;
}

/* A line that is a time or date, or begins with one that a headline follows. */
static void read_stamp(struct feed_line *line)
{
    struct str s = line->text, found;
    struct date date;
    bool more = false; /* digits alone are no stamp */
    for (size_t i = 0; i < s.len && i < STAMP_BYTES && !more; i++)
        more = !digit(s, i);
    if (!line->digits || !more)
        return;
    bool dated = s.len <= STAMP_BYTES && date_timestamp(s, &date);
    if (dated && (date.day > 0 || !ago(line))) {
        set_stamp(line, &date, true);
    } else if (s.len <= STAMP_BYTES && line->cue == CUE_TIME) {
        line->stamp = STAMP_AGO;
        line->alone = true;
    } else if (digit(s, 0) &&
               date_begins(s.len < STAMP_BYTES ? s : str_sub(s, 0, STAMP_BYTES), &found,
                           &date) &&
               found.len < s.len && month_and_day(&date) &&
               s.len - found.len >= HEADLINE_LEAST) {
        set_stamp(line, &date, false);
    }
}

static void read_line(struct feed_line *line, struct str text, enum cue cue)
{
    *line = (struct feed_line){.text = str_trim(text), .cue = cue, .minutes = -1};
    struct str s = line->text;
    line->digits = digit(s, 0) || (s.len <= STAMP_BYTES && has_digit(s));
    if (s.len <= HEADLINE_BYTES) {
        read_stamp(line);
        if (!line->stamp && (digit(s, 0) || s.s[0] == '#'))
            read_number(line);
    }
    line->breaks_off = s.len > HEADLINE_LEAST && breaks_off(s);
    line->ends =
        cue == CUE_MORE || (s.len >= LEAD_LEAST && s.len <= TEASER_BYTES && leads_on(s));
}

void view_fill(struct view *view, const struct lines *lines, size_t count)
{
    *view = (struct view){lines, xalloc(count, sizeof *view->at),
                          xalloc(count, sizeof *view->line), 0};
    for (size_t i = 0; i < count; i++) {
        if (lines->line[i].blank)
            continue;
        view->at[view->count] = i;
        struct feed_line *line = &view->line[view->count];
        read_line(line, line_text(lines, i), lines->line[i].cue);
        line->prose = line->text.len >= PROSE_BYTES && ends_sentence(line->text);
        if (view->count++)
            line->prose += line[-1].prose;
    }
}

size_t view_prose(const struct view *view, size_t from, size_t to)
{
    if (from >= to)
        return 0;
    return view->line[to - 1].prose - (from ? view->line[from - 1].prose : 0);
}

void view_free(struct view *view)
{
    free(view->at);
    free(view->line);
}

/* ---- forms ---- */

static void add_block(struct feed *feed, size_t first)
{
    feed->block = xgrow(feed->block, &feed->cap, feed->blocks + 1, sizeof *feed->block);
    feed->block[feed->blocks++] = first;
}

/* Lines [from, to) are what stands in a feed before the line that ends it. */
static bool teaser_body(const struct view *view, size_t from, size_t to)
{
    if (from >= to || to - from > TEASER_LINES ||
        view->line[from].text.len > HEADLINE_BYTES)
        return false;
    size_t longs = 0;
    for (size_t i = from; i < to; i++) {
        struct str s = view->line[i].text;
        if (s.len > TEASER_BYTES)
            return false;
        longs += s.len > HEADLINE_BYTES;
    }
    return longs <= 1;
}

/* A name set over a feed: "Military operation in Ukraine". */
static bool section_line(const struct view *view, size_t i)
{
    const struct feed_line *line = &view->line[i];
    if (line->text.len > SECTION_BYTES || ends_sentence(line->text) ||
        line->cue != CUE_NONE)
        return false;
    enum cue label = i ? view->line[i - 1].cue : CUE_NONE;
    return label != CUE_TAGS && label != CUE_TOPIC;
}

/* Which kind of line ends the blocks of a feed. */
enum ender { END_MORE, END_COUNT, END_BROKEN, ENDERS };

static bool is_ender(const struct feed_line *line, enum ender ender)
{
    switch (ender) {
    case END_MORE:
        return line->ends;
    case END_COUNT:
        return line->cue == CUE_COUNTER || (line->cue == CUE_COMMENT && line->digits);
    default:
        return line->breaks_off;
    }
}

/* The lines of a block before the one that ends it, which may be text itself. */
static bool block_body(const struct view *view, size_t from, size_t last)
{
    bool text = view->line[last].cue == CUE_NONE;
    return teaser_body(view, from, text ? last + 1 : last) && (!text || from < last);
}

/* Behind most lines that end a block stands who wrote it: that is the block's last one.
 */
static bool signed_blocks(const struct view *view, size_t i, size_t end, enum ender ender,
                          size_t blocks)
{
    size_t n = 0;
    for (size_t j = i; j < end; j++)
        n += is_ender(&view->line[j], ender) && j + 1 < view->count &&
             view->line[j + 1].cue == CUE_BYLINE;
    return ender != END_MORE && n == blocks;
}

/* Looks for blocks that end with such a line, the first with line i. */
static bool ended_feed(const struct view *view, size_t least, size_t i, enum ender ender,
                       struct feed *feed)
{
    size_t sizes[TEASER_LINES + 2] = {0}, end = i + 1, body = 1, blocks = 1;
    for (size_t j = end; j < view->count && j <= end + TEASER_LINES; j++) {
        if (!is_ender(&view->line[j], ender))
            continue;
        if (!block_body(view, end, j))
            break;
        sizes[j - end]++;
        end = j + 1;
        blocks++;
    }
    for (size_t n = 1; n <= TEASER_LINES; n++)
        if (sizes[n] > sizes[body])
            body = n;
    feed->end = end;
    feed->aside = ender != END_MORE;
    bool even = ender == END_MORE || 5 * sizes[body] >= 4 * (blocks - 1);
    if (!even || blocks < (ender == END_MORE ? FEED_BLOCKS : MARKED_BLOCKS))
        return false;
    size_t from = i > least + body ? i - body : least;
    if (from > least && section_line(view, from - 1))
        from--;
    if (!block_body(view, from, i))
        return false;
    size_t name = signed_blocks(view, i, end, ender, blocks);
    add_block(feed, from);
    for (size_t j = i; j + 1 < end; j++)
        if (is_ender(&view->line[j], ender))
            add_block(feed, j + 1 + name);
    feed->end = end + name;
    return true;
}

/* Looks like a headline: some words, no sentence, nothing of the page's furniture. */
static bool headline(const struct feed_line *line)
{
    struct str s = line->text;
    const char *p = s.s;
    if (line->cue != CUE_NONE || s.len < HEADLINE_LEAST || s.len > HEADLINE_BYTES ||
        (line->stamp && line->alone))
        return false;
    if (str_ends(s, STR(".")) && !str_ends(s, STR("...")))
        return false;
    size_t words = 1;
    for (size_t i = 0; i < s.len; i++)
        words += s.s[i] == ' ';
    return words >= 3 || uni_unspaced(utf8_next(&p, s.s + s.len));
}

struct marks {
    size_t *at;
    size_t count, cap;
};

static bool same_kind(const struct feed_line *a, const struct feed_line *b)
{
    if (a->alone != b->alone)
        return false;
    if (a->number || b->number)
        return a->number && b->number == a->number + 1;
    return a->stamp && b->stamp && (a->stamp == STAMP_TIME) == (b->stamp == STAMP_TIME);
}

/* Line j says once more, at the end of a block, when it is from, as mark m did at its
 * beginning: the next block's mark follows at once, or did in a block before. */
static bool closes(const struct view *view, size_t m, size_t j, bool others)
{
    const struct feed_line *line = &view->line[j];
    if (!line->alone || !line->stamp || j < m + 2 ||
        !str_eq(line->text, view->line[m].text))
        return false;
    return others || (j + 1 < view->count && line[1].alone && same_kind(line, &line[1]));
}

/* The lines marked like line i that follow one another within gap lines. */
static void find_marks(const struct view *view, size_t i, size_t gap, struct marks *marks)
{
    size_t last = i, twins = 0;
    marks->count = 0;
    for (size_t j = i; j < view->count && j <= last + gap; j++) {
        const struct feed_line *line = &view->line[j];
        if (j > i && !same_kind(&view->line[last], line))
            continue;
        if (j > i && closes(view, marks->at[marks->count - 1], j, twins)) {
            last = j;
            twins = j;
            continue;
        }
        /* of two in a row ("Published", "Updated") the first counts */
        if (j > i && j == last + 1 && last != twins && line->alone && !line->number) {
            last = j;
            continue;
        }
        marks->at = xgrow(marks->at, &marks->cap, marks->count + 1, sizeof *marks->at);
        marks->at[marks->count++] = last = j;
    }
}

/* Most blocks of a list have so many lines. */
static size_t usual_size(const struct marks *marks, size_t *even)
{
    size_t sizes[TEASER_LINES + 2] = {0}, best = 1;
    for (size_t k = 0; k + 1 < marks->count; k++) {
        size_t n = marks->at[k + 1] - marks->at[k];
        if (n <= TEASER_LINES + 1)
            sizes[n]++;
    }
    for (size_t n = 1; n <= TEASER_LINES + 1; n++)
        if (sizes[n] > sizes[best])
            best = n;
    *even = sizes[best];
    return best;
}

static bool most(size_t n, size_t of)
{
    return 5 * n >= 4 * of;
}

/* Lines [from, to) hold no more running text than a lead. */
static bool lead_only(const struct view *view, size_t from, size_t to)
{
    for (size_t i = from; i < to && i < view->count; i++)
        if (view->line[i].text.len > LEAD_BYTES || view->line[i].cue == CUE_COMMENT)
            return false;
    return view_prose(view, from, to < view->count ? to : view->count) <= 1;
}

/* Leads of a numbered list are short: long ones are an article's paragraphs. */
static bool short_leads(const struct view *view, const struct marks *marks)
{
    enum { LEAST = 200 };
    size_t n = 0;
    for (size_t k = 0; k + 1 < marks->count; k++)
        for (size_t i = marks->at[k] + 1; i < marks->at[k + 1]; i++)
            n += view->line[i].text.len > LEAST;
    return 3 * n <= marks->count;
}

enum look { LOOK_OTHER, LOOK_HEADLINE, LOOK_PROSE };

static enum look look(const struct view *view, size_t i)
{
    const struct feed_line *line = &view->line[i];
    if (line->text.len >= PROSE_BYTES && ends_sentence(line->text))
        return LOOK_PROSE;
    return headline(line) ? LOOK_HEADLINE : LOOK_OTHER;
}

/* The n lines from a on look like those from b on. */
static bool alike(const struct view *view, size_t a, size_t b, size_t n)
{
    if (a + n > view->count)
        return false;
    for (size_t i = 0; i < n; i++)
        if (look(view, a + i) != look(view, b + i))
            return false;
    return true;
}

/* The marks end their blocks of headline and more: such a block stands before the first
 * mark and none behind the last. */
static bool marks_end(const struct view *view, size_t least, const struct marks *marks,
                      size_t size)
{
    size_t first = marks->at[0], last = marks->at[marks->count - 1], n = size - 1;
    return n > 1 && first >= least + n && look(view, first + 1) == LOOK_HEADLINE &&
           alike(view, first - n, first + 1, n) && !alike(view, last + 1, first + 1, n);
}

/* Numbered questions are an article's sub-headings. */
static bool asks(const struct view *view, const struct marks *marks)
{
    size_t n = 0;
    for (size_t k = 0; k < marks->count; k++)
        n += str_ends(view->line[marks->at[k]].text, STR("?"));
    return 2 * n > marks->count;
}

/* A list of headlines, each marked by a line before it or behind it. */
static bool marked_list(const struct view *view, size_t least, const struct marks *marks,
                        struct feed *feed)
{
    size_t n = marks->count, before = 0, behind = 0, itself = 0, even;
    size_t size = usual_size(marks, &even), first = marks->at[0];
    const struct feed_line *line = view->line;
    for (size_t k = 0; k < n; k++) {
        size_t m = marks->at[k];
        before += m > least && headline(&line[m - 1]);
        behind += m + 1 < view->count && headline(&line[m + 1]);
        itself += !line[m].alone && headline(&line[m]);
        size_t to = k + 1 < n ? marks->at[k + 1] : m + size;
        if (!lead_only(view, m + 1, to))
            return false;
    }
    size_t shift = 0;
    if (line[first].alone) {
        bool ahead = most(behind, n), after = first > least && most(before, n);
        if (after && ahead) /* headline and mark in turn: what stands before the first? */
            after = headline(&line[first - 1]);
        bool ends = !line[first].number && most(even, n - 1) &&
                    marks_end(view, least, marks, size);
        if (!ahead && !after && !ends)
            return false;
        shift = ends ? size - 1 : after;
    } else if (!most(itself, n)) {
        return false;
    }
    if (line[first].number && (shift || line[first].number != 1))
        return false;
    /* a list in a text */
    if (line[first].number &&
        (size == 1 || !most(even, n - 1) || !short_leads(view, marks) ||
         asks(view, marks) ||
         (view_prose(view, 0, first) && view_prose(view, first, marks->at[n - 1]))))
        return false;
    feed->aside = true;
    for (size_t k = 0; k < n; k++)
        add_block(feed, marks->at[k] - shift);
    size_t end = marks->at[n - 1] - shift + size;
    for (feed->end = marks->at[n - 1] + 1; feed->end < end && feed->end < view->count;
         feed->end++)
        if (line[feed->end].cue == CUE_COPYRIGHT || line[feed->end].cue == CUE_NAV)
            break;
    return true;
}

/* Times that go up or down, but for a few. */
static bool in_order(const struct view *view, const struct marks *marks)
{
    size_t up = 0, down = 0;
    for (size_t k = 0; k + 1 < marks->count; k++) {
        int a = view->line[marks->at[k]].minutes,
            b = view->line[marks->at[k + 1]].minutes;
        up += b >= a;
        down += b <= a;
    }
    return most(up, marks->count - 1) || most(down, marks->count - 1);
}

/* A few words before a time are who wrote a comment. */
static bool name(const struct feed_line *line)
{
    size_t words = 1;
    for (size_t i = 0; i < line->text.len; i++)
        words += line->text.s[i] == ' ';
    return line->cue == CUE_NONE && words <= 3 && line->text.len < 40 &&
           !ends_sentence(line->text);
}

/* The posts of a live blog, each with its time before or behind its headline. */
static bool live_posts(const struct view *view, size_t least, const struct marks *marks,
                       struct feed *feed)
{
    size_t n = marks->count, before = 0, names = 0, replies = 0, texts = 0;
    const struct feed_line *line = view->line;
    if (line[marks->at[0]].stamp != STAMP_TIME || !in_order(view, marks))
        return false;
    for (size_t k = 0; k < n; k++) {
        size_t m = marks->at[k], to = k + 1 < n ? marks->at[k + 1] : view->count;
        before += m > least && headline(&line[m - 1]);
        names += m > least && name(&line[m - 1]);
        bool text = !line[m].alone && line[m].text.len > 40, reply = false;
        for (size_t i = m + 1; i < to && i < m + POST_LINES; i++) {
            text = text || (line[i].text.len > 40 && ends_sentence(line[i].text));
            reply = reply || line[i].cue == CUE_COMMENT;
        }
        if (!line[m].alone && to > m + 2)
            return false;
        texts += text;
        replies += reply;
    }
    if (!most(texts, n) || 2 * names > n || 2 * replies > n)
        return false;
    bool shift = line[marks->at[0]].alone && most(before, n) && marks->at[0] > least;
    for (size_t k = 0; k < n; k++)
        add_block(feed, marks->at[k] - shift);
    feed->posts = true;
    for (feed->end = marks->at[n - 1] + 1; feed->end < view->count &&
                                           line[feed->end].cue != CUE_COPYRIGHT &&
                                           line[feed->end].cue != CUE_COMMENT;)
        feed->end++;
    return true;
}

/* A line that ends a teaser stands soon behind line i: that marks the blocks better. */
static bool ends_soon(const struct view *view, size_t i)
{
    for (size_t j = i; j < view->count && j <= i + TEASER_LINES; j++)
        if (view->line[j].ends)
            return true;
    return false;
}

static bool marked_feed(const struct view *view, size_t least, size_t i,
                        struct feed *feed)
{
    struct marks marks = {0};
    if (i >= feed->tried)
        feed->tries = 0;
    if (feed->tries++ >= TRIES || ends_soon(view, i))
        return false;
    find_marks(view, i, TEASER_LINES + 1, &marks);
    bool found = marks.count >= MARKED_BLOCKS && marked_list(view, least, &marks, feed);
    if (!found && view->line[i].stamp == STAMP_TIME) {
        find_marks(view, i, POST_LINES, &marks);
        found = marks.count >= MARKED_BLOCKS && live_posts(view, least, &marks, feed);
    }
    feed->tried = marks.count ? marks.at[marks.count - 1] : i;
    free(marks.at);
    return found;
}

bool feed_find(const struct view *view, size_t least, size_t i, struct feed *feed)
{
    const struct feed_line *line = &view->line[i];
    feed->blocks = 0;
    feed->posts = feed->aside = false;
    for (enum ender ender = END_MORE; ender < ENDERS; ender++) {
        if (!is_ender(line, ender))
            continue;
        if (ended_feed(view, least, i, ender, feed))
            return true;
        if (ender == END_MORE || feed->end > i + 1 + MARKED_BLOCKS * TEASER_LINES)
            return false;
    }
    feed->end = i + 1;
    return (line->stamp || line->number == 1) && marked_feed(view, least, i, feed);
}

void feed_free(struct feed *feed)
{
    free(feed->block);
}
