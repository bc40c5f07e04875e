#include "stages/nstrip/page.h"

#include "common/alloc.h"
#include "common/date.h"
#include "common/dateline.h"
#include "common/unicode.h"
#include "common/words.h"

#include <ctype.h>
#include <stdlib.h>

enum {
    PROSE_WORDS = 12, /* that end as a sentence */
    LONG_WORDS = 30,  /* whatever they end in */
    CREDIT_WORDS = 12,
    TIMESTAMP_WORDS = 24,
    DATELINE_WORDS = 7,
    SHARED_WORDS = 64, /* of weight in a line that are looked for elsewhere */
};

static bool closing(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201d || c == 0x2019 ||
           c == 0xbb || c == 0x201c || c == 0x300d;
}

static bool sentence_end(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 ||
           c == 0xff01 || c == 0xff1f || c == 0x61f || c == 0x964 || c == ';';
}

static bool stops(struct str s)
{
    const char *p = s.s + s.len;
    while (p > s.s) {
        uint32_t c = utf8_prev(&p, s.s);
        if (!closing(c))
            return sentence_end(c);
    }
    return false;
}

static bool counted(struct str s)
{
    size_t i = s.len;
    if (i < 4 || s.s[--i] != ')')
        return false;
    size_t end = i;
    while (i > 0 && isdigit((unsigned char)s.s[i - 1]))
        i--;
    return i < end && i > 1 && s.s[i - 1] == '(';
}

/* What may be a template's leftover; cue_template() looks closer. */
static bool bracketed(struct str s)
{
    char first = s.s[0], last = s.s[s.len - 1];
    return first == '{' || first == '[' || first == '$' || first == '<' || last == '}' ||
           last == ']' || last == '>';
}

/* Most lines have no digit, or too many words for a timestamp. */
static bool timestamp(const struct page_line *line)
{
    struct date date;
    return line->scan.digits && line->words <= TIMESTAMP_WORDS &&
           date_timestamp(line->text, &date);
}

/* A dateline has a mark, and before it no more than a place. */
static bool dateline(const struct page_line *line)
{
    const struct scan *scan = &line->scan;
    struct dateline found;
    char first = line->text.s[0];
    return line->words >= DATELINE_WORDS && (line->stops || line->words >= PROSE_WORDS) &&
           !(first >= 'a' && first <= 'z') && !(first >= '0' && first <= '9') &&
           scan->marks > 0 && dateline_parse(line->text, &found);
}

static void describe(struct page_line *line)
{
    struct str s = line->text;
    line->words = line->scan.words - line->scan.unspaced / 2; /* two of those make one */
    if (s.len > line->scan.bytes) /* as if it went on as it began */
        line->words = line->words * s.len / line->scan.bytes;
    line->stops = stops(s);
    line->dateline = dateline(line);
    line->cue = cue_of(s);
    if (s.len > SCAN_LOOK) {
        line->prose = true;
        return;
    }
    line->template = bracketed(s) && cue_template(s);
    line->timestamp = timestamp(line);
    line->colon = s.s[s.len - 1] == ':';
    line->counted = counted(s);
    line->credit = line->cue == CUE_CREDIT && line->words <= CREDIT_WORDS;
    line->prose = !line->timestamp && !line->template && !line->credit &&
                  ((line->stops && line->words >= PROSE_WORDS) ||
                   line->words >= LONG_WORDS || line->dateline);
}

/* ---- lines seen before ---- */

/* What a short line looks like is remembered: buttons and entries of menus recur, in a
 * page and in the next. It depends on the line's bytes alone; more lines than a
 * processor's near cache holds would take longer to find than to look at anew. */
enum { MEMO_BITS = 11, MEMO_EIGHTS = 4, MEMO_TOKENS = 8, MEMO_WEIGHTS = 4 };

struct memo {
    uint64_t eight[MEMO_EIGHTS]; /* its bytes, and zeros */
    uint32_t token[MEMO_TOKENS], weight[MEMO_WEIGHTS];
    struct page_line line; /* its text is gone, but for how long it was; 0: none */
};

/* Puts the line's bytes into the key; returns where it is remembered, or would be. NULL
 * if it is too long. */
static struct memo *memo_of(struct page *page, struct str line, uint64_t key[MEMO_EIGHTS])
{
    uint64_t hash = line.len;
    if (line.len > MEMO_EIGHTS * sizeof *key)
        return NULL;
    memset(key, 0, MEMO_EIGHTS * sizeof *key);
    memcpy(key, line.s, line.len);
    for (int i = 0; i < MEMO_EIGHTS; i++)
        hash = (hash ^ key[i]) * UINT64_C(0x9e3779b97f4a7c15);
    if (!page->memos)
        page->memos = xcalloc((size_t)1 << MEMO_BITS, sizeof *page->memos);
    return &page->memos[hash >> (64 - MEMO_BITS)];
}

/* Describes a line as the one like it; token and weight have room for a memo's. */
static void recall(const struct memo *memo, struct page_line *line, uint32_t *token,
                   uint32_t *weight)
{
    struct page_line here = *line;
    *line = memo->line;
    line->text = here.text;
    line->token = here.token;
    line->weight = here.weight;
    memcpy(token, memo->token, sizeof memo->token);
    memcpy(weight, memo->weight, sizeof memo->weight);
}

static void remember(struct memo *memo, const uint64_t key[MEMO_EIGHTS],
                     const struct page_line *line, const uint32_t *token,
                     const uint32_t *weight)
{
    if (line->scan.tokens > MEMO_TOKENS || line->scan.weights > MEMO_WEIGHTS)
        return;
    memcpy(memo->eight, key, sizeof memo->eight);
    memcpy(memo->token, token, line->scan.tokens * sizeof *token);
    memcpy(memo->weight, weight, line->scan.weights * sizeof *weight);
    memo->line = *line;
}

static void look_at(struct page *page, struct page_line *line)
{
    uint32_t *token = page->token + line->token, *weight = page->weight + line->weight;
    uint64_t key[MEMO_EIGHTS];
    struct memo *memo = memo_of(page, line->text, key);
    if (memo && memo->line.text.len == line->text.len &&
        !memcmp(memo->eight, key, sizeof key)) {
        recall(memo, line, token, weight);
        return;
    }
    const char *end = page->rest.s + page->rest.len;
    size_t more = (size_t)(end - (line->text.s + line->text.len));
    scan_line(&line->scan, line->text, more, token, weight);
    describe(line);
    if (memo)
        remember(memo, key, line, token, weight);
}

/* ---- cutting ---- */

void page_begin(struct page *page, struct str text)
{
    page->rest = text;
    page->count = 0;
}

/* Looks at the page's first line without the site's name behind it. */
static void scan_first(struct page *page)
{
    uint32_t token[SCAN_LOOK], weight[SCAN_LOOK];
    struct str first = page->lines[0].text;
    scan_line(&page->first, str_sub(first, 0, page_site(first)), 0, token, weight);
}

static void add_line(struct page *page, struct str text)
{
    page->lines = xgrow(page->lines, &page->cap, page->count + 1, sizeof *page->lines);
    page->token = xgrow(page->token, &page->tokens_cap, page->tokens + SCAN_LOOK,
                        sizeof *page->token);
    page->weight = xgrow(page->weight, &page->weights_cap, page->weights + SCAN_LOOK,
                         sizeof *page->weight);
    struct page_line *line = &page->lines[page->count++];
    *line =
        (struct page_line){.text = text, .token = page->tokens, .weight = page->weights};
    look_at(page, line);
    page->tokens += line->scan.tokens;
    page->weights += line->scan.weights;
}

bool page_next(struct page *page)
{
    struct str raw;
    page->more = page->count > 0;
    page->count = page->tokens = page->weights = 0;
    while (page->count < PAGE_LINES && page->tokens < PAGE_TOKENS &&
           str_line(&page->rest, &raw)) {
        struct str line = str_trim(raw);
        if (line.len)
            add_line(page, line);
    }
    if (page->count)
        scan_first(page);
    return page->count > 0;
}

void page_free(struct page *page)
{
    free(page->lines);
    free(page->token);
    free(page->weight);
    free(page->memos);
    *page = (struct page){0};
}

bool page_headline(const struct page_line *line)
{
    char last = line->text.s[line->text.len - 1];
    return line->words >= 3 && line->words <= 30 && !line->timestamp && !line->template &&
           !line->credit && !line->colon && !line->dateline &&
           (!line->stops || last == '?' || last == '!');
}

static size_t words_in(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += s.s[i] != ' ' && (i == 0 || s.s[i - 1] == ' ');
    return n;
}

size_t page_site(struct str line)
{
    enum { SITE_WORDS = 5, HEAD_WORDS = 3 };
    static const char *const marks[] = {
        " | ", " - ", " \xe2\x80\x93 ", " \xe2\x80\x94 ", " :: ", " \xc2\xb7 "};
    size_t last = 0;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        for (size_t at = 0; (at = str_find(line, str_of(marks[i]), at)) != (size_t)-1;
             at++)
            if (at > last)
                last = at;
    if (words_in(str_sub(line, 0, last)) < HEAD_WORDS ||
        words_in(str_sub(line, last, line.len)) > SITE_WORDS + 1)
        return line.len;
    return last;
}

/* How many of a line's words of weight are among these. */
static size_t shared(const struct page *page, size_t line, const uint32_t *word,
                     const uint32_t *end)
{
    const uint32_t *sought = page->weight + page->lines[line].weight;
    size_t count = page->lines[line].scan.weights, shared = 0;
    uint64_t filter = 0, found = 0; /* a bit a hash; a bit a word of the line */
    count = count < SHARED_WORDS ? count : SHARED_WORDS;
    for (size_t i = 0; i < count; i++)
        filter |= UINT64_C(1) << (sought[i] >> 8 & 63);
    for (; word < end && shared < count; word++) {
        if (!(filter >> (*word >> 8 & 63) & 1))
            continue;
        for (size_t i = 0; i < count; i++)
            if (*word == sought[i] && !(found >> i & 1)) {
                found |= UINT64_C(1) << i;
                shared++;
            }
    }
    return shared;
}

size_t page_shared(const struct page *page, size_t line, size_t from, size_t to)
{
    if (from >= to)
        return 0;
    const struct page_line *last = &page->lines[to - 1];
    return shared(page, line, page->weight + page->lines[from].weight,
                  page->weight + last->weight + last->scan.weights);
}

size_t page_shared_first(const struct page *page, size_t line)
{
    return shared(page, line, page->weight, page->weight + page->first.weights);
}

bool page_button(struct str s)
{
    static const char *const verbs[] = {
        "get",     "book",   "apply",  "join",     "shop",     "share",     "select",
        "add",     "sign",   "log",    "login",    "search",   "enter",     "start",
        "contact", "follow", "make",   "download", "buy",      "order",     "continue",
        "explore", "hide",   "refer",  "connect",  "print",    "subscribe", "dismiss",
        "skip",    "read",   "listen", "watch",    "see",      "view",      "show",
        "learn",   "visit",  "find",   "request",  "register", "accept",    "updated"};
    struct str word;
    if (!word_next(&s, &word))
        return false;
    if (STR_AMONG(word, verbs) || cue_of(word) == CUE_SHARE)
        return true;
    while (word_next(&s, &word))
        ;
    return str_eq_nocase(word, STR("icon"));
}
