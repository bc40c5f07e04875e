#include "stages/nstrip/features.h"

#include "common/alloc.h"
#include "common/unicode.h"
#include "stages/nstrip/model.h"
#include "stages/nstrip/wording.h"

#include <stdlib.h>

enum {
    HIGHEST = 255,
    MIDDLE = 128, /* a distance of 0 */
    FAR = 100,    /* of levels */
    PEAK_REACH = 7,
    LONG_LINE = 60, /* words; a longer one counts no more in a mean */
    TITLE_WORDS = 32,
};

enum {
    SUM_LINES,
    SUM_MASS,
    SUM_PROSE,
    SUM_CUES,
    SUM_TIMES,
    SUM_TONE,
    SUM_WORDS,
    SUM_SCORES,
    SUM_SCORES_WORDS, /* times words */
    SUM_TOPIC,
    SUM_WEIGHTS
};

/* Lines from so many before to so many behind a line (-1: from or up to its neighbour):
 * what they sum up to, or its share of them. */
static const struct window {
    unsigned char sum;
    bool share;
    int before, behind;
} windows[WINDOWS] = {
    {SUM_MASS, false, 3, 3},   {SUM_CUES, true, 8, 8},   {SUM_TIMES, false, 8, 8},
    {SUM_CUES, true, 20, 20},  {SUM_MASS, false, 0, 20}, {SUM_MASS, false, 0, 60},
    {SUM_MASS, false, 60, -1},
};
static const int tones[TONES][2] = {{3, 3}, {20, 20}, {8, -1}, {-1, 8}};

/* ---- numbers as bytes ---- */

/* What is asked for most is reckoned once: the levels of small counts, and 100 / n in
 * 16.16 for shares of small wholes. */
enum { SMALL = 1024 };
static uint8_t levels[SMALL];
static uint8_t counts[SMALL];    /* count_byte() of each */
static uint8_t distances[SMALL]; /* distance_byte() of what is so many lines behind */
static uint32_t percents[SMALL];

/* A count as a byte: 0 to 15 as they are, then eight steps to each doubling. */
static unsigned reckon_level(size_t n)
{
    if (n < 16)
        return (unsigned)n;
    unsigned e = 63 - (unsigned)__builtin_clzll(n);
    unsigned level = 16 + (e - 4) * 8 + (unsigned)(n >> (e - 3) & 7);
    return level < HIGHEST - 1 ? level : HIGHEST - 1;
}

static unsigned level(size_t n)
{
    return n < SMALL ? levels[n] : reckon_level(n);
}

static uint8_t count_byte(size_t n)
{
    return (uint8_t)(1 + level(n));
}

static uint8_t share_byte(size_t part, size_t whole)
{
    if (whole < SMALL)
        return (uint8_t)(1 + (part * percents[whole] >> 16));
    return (uint8_t)(1 + part * 100 / whole);
}

/* A mean of bytes, 0 of none. Of floats it is as exact as of whole numbers, up to 2^24.
 */
static uint8_t mean_byte(uint32_t total, uint32_t n)
{
    return (uint8_t)(int32_t)((float)(int32_t)total / (float)(int32_t)(n + !n));
}

static uint8_t distance_byte(size_t a, size_t b)
{
    unsigned l = level(a > b ? a - b : b - a);
    l = l < FAR ? l : FAR;
    return (uint8_t)(a > b ? MIDDLE + l : MIDDLE - l);
}

static void reckon(void)
{
    for (size_t n = 1; n < SMALL; n++) {
        levels[n] = (uint8_t)reckon_level(n);
        percents[n] = (uint32_t)(((100u << 16) + n - 1) / n);
    }
    for (size_t n = 0; n < SMALL; n++) {
        counts[n] = count_byte(n);
        distances[n] = distance_byte(n, 0);
    }
}

/* ---- room ---- */

static uint32_t *room(uint32_t *p, size_t *cap, size_t need)
{
    return xgrow(p, cap, need, sizeof *p);
}

/* Sets out the columns for a page of count lines, all zero. */
static void lay_out(struct features *f, size_t count)
{
    size_t blocks = (count + FEATURE_BLOCK - 1) / FEATURE_BLOCK;
    size_t stride = blocks * FEATURE_BLOCK + 2 * FEATURE_PAD;
    f->count = count;
    f->bytes = xgrow(f->bytes, &f->bytes_cap, stride * COLUMNS, 1);
    memset(f->bytes, 0, stride * COLUMNS);
    for (size_t c = 0; c < COLUMNS; c++)
        f->column[c] = f->bytes + c * stride + FEATURE_PAD;
    stride = count + 1 + 2 * FEATURE_FAR;
    f->sums = room(f->sums, &f->sums_cap, FEATURE_SUMS * stride);
    for (size_t k = 0; k < FEATURE_SUMS; k++) {
        f->sum[k] = f->sums + k * stride + FEATURE_FAR;
        memset(f->sum[k] - FEATURE_FAR, 0, (FEATURE_FAR + 1) * sizeof *f->sums);
    }
    f->hash = room(f->hash, &f->hash_cap, count + 1);
}

/* A table for n hashes, cleared; returns the mask for its slots. */
static size_t clear_table(struct features *f, size_t n)
{
    size_t slots = 64;
    while (slots < 2 * n)
        slots *= 2;
    f->table = room(f->table, &f->table_cap, slots);
    memset(f->table, 0, slots * sizeof *f->table);
    return slots - 1;
}

/* ---- a line by itself ---- */

static bool closing(uint32_t c)
{
    return c == '"' || c == 0x201d || c == 0x2019 || c == '\'' || c == 0xbb ||
           c == 0x201c || c == ')' || c == ']';
}

/* Sentences end in SENTENCE or more. */
enum { SENTENCE = 8 };
static unsigned end_class(struct str s)
{
    const char *p = s.s + s.len;
    bool closed = false;
    while (p > s.s) {
        uint32_t c = utf8_prev(&p, s.s);
        if (closing(c)) {
            closed = true;
            continue;
        }
        if (c == '.' || c == 0x3002 || c == 0x964)
            return closed ? 9 : 10;
        if (c == '!' || c == '?' || c == 0xff01 || c == 0xff1f || c == 0x61f)
            return SENTENCE;
        if (c == 0x2026)
            return 4;
        if (c == ':')
            return 5;
        if (c == ',' || c == ';')
            return 3;
        if (c == '|' || c == '>' || c == 0x203a || c == 0x2192 || c == '-')
            return 1;
        return closed ? 6 : uni_digit(c) ? 0 : 2;
    }
    return 7;
}

/* Slavonic and other inflected languages have few function words. */
static bool prose(const struct scan *scan, unsigned end)
{
    return end >= SENTENCE && scan->words >= 10 &&
           (scan->stop * 10 >= scan->words || scan->high * 5 >= scan->bytes * 2);
}

static uint8_t near_middle(int n)
{
    n += MIDDLE;
    return (uint8_t)(n < 1 ? 1 : n > HIGHEST ? HIGHEST : n);
}

static void read_line(struct features *f, size_t i, const struct page_line *line,
                      int wording)
{
    const struct scan *scan = &line->scan;
    uint8_t **c = f->column;
    unsigned end = end_class(line->text);
    c[C_LENGTH][i] = count_byte(line->text.len);
    c[C_WORDS][i] = count_byte(line->words);
    c[C_STOP][i] = share_byte(scan->stop, scan->words);
    c[C_CAPITAL][i] = share_byte(scan->capitals, scan->words);
    c[C_END][i] = (uint8_t)(1 + end);
    c[C_CUE][i] = (uint8_t)(1 + line->cue);
    c[C_PROSE][i] = (uint8_t)(1 + prose(scan, end));
    c[C_WORDING][i] = near_middle(wording);
    c[C_UPPER][i] = share_byte(scan->upper, scan->letters);
    c[C_REPEATED][i] = 1;
}

/* ---- words and lines said twice ---- */

/* How often each line stands in the page, its numbers aside. */
static void count_repeats(struct features *f, const struct page *page)
{
    size_t mask = clear_table(f, page->count);
    uint8_t *repeated = f->column[C_REPEATED];
    for (size_t i = 0; i < page->count; i++) {
        uint32_t h = f->hash[i] = page->lines[i].scan.saying;
        size_t k = (h ^ h >> 15) & mask;
        while (f->table[k] && f->hash[f->table[k] - 1] != h)
            k = (k + 1) & mask;
        if (f->table[k]) {
            uint8_t *first = &repeated[f->table[k] - 1];
            *first = (uint8_t)(*first + (*first < HIGHEST));
            repeated[i] = *first;
        } else {
            f->table[k] = (uint32_t)(i + 1);
        }
    }
}

/* A table of words: how many lines of prose have them, in the upper bits the hash. */
enum { SAID_BITS = 8, SAID_MOST = (1 << SAID_BITS) - 1 };

/* Not 0 for the slot of another word; without a jump, which would often be foretold
 * wrongly. */
static inline uint32_t strange(uint32_t slot, uint32_t h)
{
    return (slot ^ h) >> SAID_BITS & (0 - (uint32_t)(slot != 0));
}

static uint32_t *said_slot(struct features *f, size_t mask, uint32_t h)
{
    size_t i = (h ^ h >> 15) & mask;
    while (strange(f->table[i], h))
        i = (i + 1) & mask;
    return &f->table[i];
}

/* ---- the page ---- */

static bool furniture_cue(enum cue cue)
{
    return cue != CUE_NONE && cue <= CUE_COUNTER;
}

/* A line that dates something: most comments and posts of a live report have one. */
static bool times(const struct page_line *line)
{
    return line->timestamp || line->cue == CUE_TIME ||
           (line->scan.ago && line->scan.digits && line->words <= 8);
}

/* Behind the page's end the sums stay as they are. */
static void end_sums(struct features *f, int first, int last)
{
    for (int k = first; k <= last; k++)
        for (size_t i = 1; i <= FEATURE_FAR; i++)
            f->sum[k][f->count + i] = f->sum[k][f->count];
}

static void add_up(struct features *f, const struct page *page)
{
    for (size_t i = 0; i < f->count; i++) {
        uint32_t words = (uint32_t)page->lines[i].words;
        bool is_prose = f->column[C_PROSE][i] > 1;
        f->sum[SUM_LINES][i + 1] = (uint32_t)(i + 1);
        f->sum[SUM_MASS][i + 1] = f->sum[SUM_MASS][i] + (is_prose ? words : 0);
        f->sum[SUM_PROSE][i + 1] = f->sum[SUM_PROSE][i] + is_prose;
        f->sum[SUM_CUES][i + 1] = f->sum[SUM_CUES][i] + furniture_cue(page->lines[i].cue);
        f->sum[SUM_TIMES][i + 1] = f->sum[SUM_TIMES][i] + times(&page->lines[i]);
        words = 1 + (words < LONG_LINE ? words : LONG_LINE);
        f->sum[SUM_WORDS][i + 1] = f->sum[SUM_WORDS][i] + words;
        f->sum[SUM_TONE][i + 1] = f->sum[SUM_TONE][i] + words * f->column[C_WORDING][i];
    }
    end_sums(f, SUM_LINES, SUM_WORDS);
}

/* What the lines from so many before line i to so many behind it sum up to. */
static uint32_t around(const struct features *f, int sum, size_t i, int before,
                       int behind)
{
    const uint32_t *here = f->sum[sum] + i;
    return here[1 + behind] - here[-before];
}

static size_t find_peak(const struct features *f, uint32_t *most)
{
    size_t peak = 0;
    *most = 0;
    for (size_t i = 0; i < f->count; i++) {
        uint32_t mass = around(f, SUM_MASS, i, PEAK_REACH, PEAK_REACH);
        if (mass > *most) {
            *most = mass;
            peak = i;
        }
    }
    return peak;
}

static void add_window(struct features *f, const struct window *window,
                       uint8_t *restrict column)
{
    int before = window->before, behind = window->behind;
    for (size_t i = 0; i < f->count; i++) {
        uint32_t n = around(f, window->sum, i, before, behind);
        column[i] = window->share ? share_byte(n, around(f, SUM_LINES, i, before, behind))
                                  : count_byte(n);
    }
}

/* The mean wording of the lines from so many before to so many behind each. */
static void add_tone(struct features *f, const int reach[2], uint8_t *restrict column)
{
    int before = reach[0], behind = reach[1];
    for (size_t i = 0; i < f->count; i++)
        column[i] = mean_byte(around(f, SUM_TONE, i, before, behind),
                              around(f, SUM_WORDS, i, before, behind));
}

/* Puts the counts from 0 on into the column's lines [from, to). */
static void count_up(uint8_t *column, size_t from, size_t to)
{
    size_t n = to - from < SMALL ? to - from : SMALL;
    memcpy(column + from, counts, n);
    for (size_t i = from + n; i < to; i++)
        column[i] = count_byte(i - from);
}

/* Lines since something last was, as a byte: a column that is filled up to where it is
 * told that it was. */
struct since {
    uint8_t *column;
    size_t line; /* the last one, if it had */
    bool had;
};

static void fill_since(struct since *since, size_t to)
{
    if (since->had)
        count_up(since->column, since->line, to);
    else
        memset(since->column, HIGHEST, to);
}

static void since_here(struct since *since, bool here, size_t i)
{
    if (!here)
        return;
    fill_since(since, i);
    since->line = i;
    since->had = true;
}

/* The title's words of weight, of the page's first line, and which hashes may be one's.
 */
struct title {
    uint32_t word[TITLE_WORDS];
    size_t count, words;
    bool may[256];
};

static bool *title_may(struct title *title, uint32_t token)
{
    return &title->may[token >> TOKEN_BITS & 255];
}

static struct title title_of(const struct page *page)
{
    struct title title = {.words = page->first.words};
    for (; title.count < page->first.weights && title.count < TITLE_WORDS;
         title.count++) {
        title.word[title.count] = page->weight[title.count];
        *title_may(&title, page->weight[title.count]) = true;
    }
    return title;
}

/* The next of the page's words of weight, from k on, that may be one of the title's. */
static size_t next_shared(struct title *title, const struct page *page, size_t k)
{
    while (k < page->weights && !*title_may(title, page->weight[k]))
        k++;
    return k;
}

static void add_title(struct features *f, const struct page *page)
{
    enum { MOST = 60, LONGER = 3 }; /* percent; a paragraph is no title */
    struct title title = title_of(page);
    struct since since = {f->column[C_SINCE_TITLE], 0, false};
    if (!title.count)
        return;
    for (size_t i = 0, k = next_shared(&title, page, 0); i < f->count; i++) {
        size_t end = page->lines[i].weight + page->lines[i].scan.weights;
        uint32_t had = 0; /* a bit a word of the title */
        for (; k < end; k = next_shared(&title, page, k + 1))
            for (size_t w = 0; w < title.count; w++)
                had |= (uint32_t)(title.word[w] == page->weight[k]) << w;
        size_t shared = had ? (size_t)__builtin_popcount(had) : 0;
        bool again = i > 0 && 100 * shared >= MOST * title.count &&
                     page->lines[i].words < LONGER * (title.words + 2);
        f->column[C_TITLE][i] = share_byte(shared, title.count);
        since_here(&since, again, i);
    }
    fill_since(&since, f->count);
}

/* How far each line is from line `from`, before or behind it. */
static void add_distance(struct features *f, uint8_t *column, size_t from)
{
    size_t near = from < SMALL ? 0 : from - SMALL + 1;
    size_t far = f->count - from < SMALL ? f->count : from + SMALL;
    for (size_t i = 0; i < near; i++)
        column[i] = distance_byte(i, from);
    for (size_t i = near; i < from; i++)
        column[i] = (uint8_t)(2 * MIDDLE - distances[from - i]);
    memcpy(column + from, distances, far - from);
    for (size_t i = far; i < f->count; i++)
        column[i] = distance_byte(i, from);
}

/* What the last line of some kinds is away. */
static void add_since_cues(struct features *f, const struct page *page)
{
    enum { KINDS = C_COOKIE - C_TALK + 1 };
    struct since since[KINDS];
    for (int k = 0; k < KINDS; k++)
        since[k] = (struct since){f->column[C_TALK + k], 0, false};
    for (size_t i = 0; i < f->count; i++) {
        enum cue cue = page->lines[i].cue;
        bool time = around(f, SUM_TIMES, i, 0, 0);
        since_here(&since[C_TIME - C_TALK], time || cue == CUE_BYLINE, i);
        if (cue == CUE_NONE)
            continue; /* as most */
        since_here(&since[C_TALK - C_TALK], cue == CUE_COMMENT || cue == CUE_RELATED, i);
        since_here(&since[C_COMMENT - C_TALK], cue == CUE_COMMENT, i);
        since_here(&since[C_SHARE - C_TALK], cue == CUE_SHARE, i);
        since_here(&since[C_TAGS - C_TALK], cue == CUE_TAGS || cue == CUE_TOPIC, i);
        since_here(&since[C_BYLINE - C_TALK], cue == CUE_BYLINE, i);
        since_here(&since[C_COOKIE - C_TALK], cue == CUE_COOKIE || cue == CUE_SUBSCRIBE,
                   i);
    }
    for (int k = 0; k < KINDS; k++)
        fill_since(&since[k], f->count);
}

static void add_places(struct features *f, const struct page *page, size_t peak,
                       uint32_t most)
{
    uint8_t **c = f->column;
    const uint32_t *mass = f->sum[SUM_MASS];
    memset(c[C_PAGE_TIMES], count_byte(f->sum[SUM_TIMES][f->count]), f->count);
    memset(c[C_PAGE_MASS], count_byte(mass[f->count]), f->count);
    memset(c[C_PAGE_PROSE], count_byte(f->sum[SUM_PROSE][f->count]), f->count);
    add_distance(f, c[C_PEAK], peak);
    for (size_t i = 0; i < f->count; i++) {
        uint32_t here = around(f, SUM_MASS, i, PEAK_REACH, PEAK_REACH);
        c[C_PEAK_SHARE][i] = share_byte(here, most);
        c[C_MASS_SHARE][i] = share_byte(mass[i + 1], mass[f->count]);
        c[C_LINE_SHARE][i] = share_byte(i, f->count);
        c[C_TIMES_BEFORE][i] = count_byte(f->sum[SUM_TIMES][i + 1]);
    }
    add_since_cues(f, page);
}

void features_read(struct features *f, const struct page *page, const int *wording)
{
    uint32_t most;
    if (!levels[1])
        reckon();
    lay_out(f, page->count);
    for (size_t i = 0; i < page->count; i++) {
        const struct page_line *line = &page->lines[i];
        read_line(f, i, line,
                  wording ? wording[i]
                          : wording_score(page->token + line->token, line->scan.tokens));
    }
    count_repeats(f, page);
    add_up(f, page);
    size_t peak = find_peak(f, &most);
    for (size_t w = 0; w < WINDOWS; w++)
        add_window(f, &windows[w], f->column[C_WINDOWS + w]);
    for (size_t t = 0; t < TONES; t++)
        add_tone(f, tones[t], f->column[C_TONES + t]);
    add_places(f, page, peak, most);
    add_title(f, page);
}

/* ---- the second look ---- */

/* The end of the run of kept lines that begins with line i: no more than GAP lines that
 * are not lie between two that are. */
static size_t run_end(const uint8_t *score, size_t i, size_t count)
{
    enum { GAP = 2 };
    size_t end = i + 1;
    for (size_t k = i + 1; k < count && k - end <= GAP; k++)
        if (score[k] > MIDDLE)
            end = k + 1;
    return end;
}

/* Where the next run begins at or behind line i, and in *end where it ends. */
static size_t next_run(const struct features *f, size_t i, size_t *end)
{
    const uint8_t *score = f->column[C_SCORE];
    while (i < f->count && score[i] <= MIDDLE)
        i++;
    *end = i < f->count ? run_end(score, i, f->count) : i;
    return i;
}

/* The words of weight of the kept lines in [from, to). */
static size_t learn_words(struct features *f, const struct page *page, size_t from,
                          size_t to)
{
    size_t n = 0;
    for (size_t i = from; i < to; i++)
        n += page->lines[i].scan.weights;
    size_t mask = clear_table(f, n);
    for (size_t i = from; i < to; i++) {
        const struct page_line *line = &page->lines[i];
        const uint32_t *word = page->weight + line->weight;
        for (size_t k = 0; f->column[C_SCORE][i] > MIDDLE && k < line->scan.weights;
             k++) {
            uint32_t *slot = said_slot(f, mask, word[k]);
            if (!*slot)
                *slot = word[k] >> SAID_BITS << SAID_BITS;
            *slot += (*slot & SAID_MOST) < SAID_MOST;
        }
    }
    return mask;
}

/* What share of each line's words of weight the main run, lines [from, to), has: a line
 * of its own must find them in another. */
static void add_topic(struct features *f, const struct page *page, size_t from, size_t to)
{
    size_t mask = learn_words(f, page, from, to);
    for (size_t i = 0; i < page->count; i++) {
        const struct page_line *line = &page->lines[i];
        const uint32_t *word = page->weight + line->weight;
        uint32_t mine = i >= from && i < to && f->column[C_SCORE][i] > MIDDLE;
        size_t known = 0;
        for (size_t k = 0; k < line->scan.weights; k++)
            known += (*said_slot(f, mask, word[k]) & SAID_MOST) > mine;
        f->column[C_TOPIC][i] =
            line->scan.weights ? share_byte(known, line->scan.weights) : 0;
    }
}

static void describe_run(struct features *f, const struct page *page, size_t from,
                         size_t to)
{
    const uint32_t *kept = f->sum[SUM_MASS], *scores = f->sum[SUM_SCORES];
    uint8_t **c = f->column;
    size_t topic = 0, words = 0;
    for (size_t i = from; i < to; i++)
        if (c[C_SCORE][i] > MIDDLE && c[C_TOPIC][i]) {
            words += page->lines[i].scan.weights;
            topic += (size_t)(c[C_TOPIC][i] - 1) * page->lines[i].scan.weights;
        }
    memset(c[C_RUN] + from, share_byte(kept[to] - kept[from], kept[f->count]), to - from);
    memset(c[C_RUN_WORDS] + from, count_byte(kept[to] - kept[from]), to - from);
    memset(c[C_RUN_SCORE] + from, (int)((scores[to] - scores[from]) / (to - from)),
           to - from);
    memset(c[C_RUN_TOPIC] + from, words ? (int)(1 + topic / words) : 1, to - from);
}

/* What lies between each line and the main run, lines [from, to). */
static void add_gaps(struct features *f, size_t from, size_t to)
{
    const uint8_t *score = f->column[C_SCORE];
    uint8_t *column = f->column[C_GAP];
    size_t gap = 0, most = 0;
    memset(column, 1, f->count);
    memset(f->column[C_CUES], 0, f->count);
    for (size_t i = from; i-- > 0; column[i] = count_byte(most)) {
        gap = score[i] > MIDDLE ? 0 : gap + 1;
        most = gap > most ? gap : most;
    }
    gap = most = 0;
    for (size_t i = to; i < f->count; i++) {
        gap = score[i] > MIDDLE ? 0 : gap + 1;
        most = gap > most ? gap : most;
        column[i] = count_byte(most);
        f->column[C_CUES][i] = count_byte(f->sum[SUM_CUES][i + 1] - f->sum[SUM_CUES][to]);
    }
}

/* Where the main run, lines [from, to), is from each line, and how much of what is kept
 * stands before it. */
static void add_distances(struct features *f, size_t from, size_t to)
{
    enum { PARTS = 100, MAIN_PARTS = 50 };
    const uint32_t *kept = f->sum[SUM_MASS];
    uint8_t **c = f->column;
    uint32_t most = kept[to] - kept[from];
    float of_all = most ? PARTS / (float)kept[f->count] : 0;
    float of_main = most ? MAIN_PARTS / (float)most : 0;
    for (size_t i = 0; i < f->count; i++) {
        float part = (float)kept[i] * of_main;
        c[C_KEPT_SHARE][i] = (uint8_t)(1 + (int)((float)kept[i] * of_all));
        c[C_KEPT_MAIN][i] = (uint8_t)(1 + (part < HIGHEST - 1 ? (int)part : HIGHEST - 1));
    }
    add_distance(f, c[C_FROM_START], from);
    add_distance(f, c[C_FROM_END], to);
}

static bool like_headline(const struct page_line *line)
{
    enum { LEAST = 3, MOST = 25 };
    return !line->stops && !line->colon && line->words >= LEAST && line->words <= MOST;
}

/* What stands between the main run's end and each line behind it. */
static void add_since(struct features *f, const struct page *page, size_t to)
{
    const uint32_t *kept = f->sum[SUM_MASS];
    uint8_t **c = f->column, wording = HIGHEST, score = HIGHEST;
    size_t heads = 0;
    for (int k = C_SINCE_KEPT; k <= C_SINCE_SCORE; k++)
        memset(c[k], 0, to);
    for (size_t i = to; i < f->count; i++) {
        heads += like_headline(&page->lines[i]);
        wording = c[C_WORDING][i] < wording ? c[C_WORDING][i] : wording;
        score = c[C_SCORE][i] < score ? c[C_SCORE][i] : score;
        c[C_SINCE_KEPT][i] = count_byte(kept[i] - kept[to]);
        c[C_SINCE_HEADS][i] = count_byte(heads);
        c[C_SINCE_WORDING][i] = wording;
        c[C_SINCE_SCORE][i] = score;
    }
}

/* What the lines around have of the main run's words, and the scores behind a line. */
static void add_means(struct features *f, const struct page *page)
{
    enum { AROUND = 4, NEXT = 8 };
    uint8_t **c = f->column;
    uint32_t *topic = f->sum[SUM_TOPIC], *weights = f->sum[SUM_WEIGHTS];
    for (size_t i = 0; i < f->count; i++) {
        uint32_t n = page->lines[i].scan.weights;
        weights[i + 1] = weights[i] + n;
        topic[i + 1] = topic[i] + (n ? n * (c[C_TOPIC][i] - 1u) : 0);
    }
    end_sums(f, SUM_TOPIC, SUM_WEIGHTS);
    for (size_t i = 0; i < f->count; i++) {
        uint32_t n = around(f, SUM_WEIGHTS, i, AROUND, AROUND);
        uint8_t mean = mean_byte(around(f, SUM_TOPIC, i, AROUND, AROUND), n);
        c[C_TOPICS][i] = (uint8_t)(n ? 1 + mean : 0);
        c[C_SCORES_NEXT][i] = mean_byte(around(f, SUM_SCORES_WORDS, i, -1, NEXT),
                                        around(f, SUM_WORDS, i, -1, NEXT));
    }
}

static void add_runs(struct features *f, const struct page *page)
{
    const uint32_t *kept = f->sum[SUM_MASS];
    size_t from = 0, to = 0;
    size_t runs = 0;
    for (int c = C_RUN; c <= C_RUN_WORDS; c++)
        memset(f->column[c], 0, f->count);
    for (size_t i = 0, end; (i = next_run(f, i, &end)) < f->count; i = end, runs++)
        if (kept[end] - kept[i] > kept[to] - kept[from]) {
            from = i;
            to = end;
        }
    memset(f->column[C_RUNS], count_byte(runs), f->count);
    add_topic(f, page, from, to);
    for (size_t i = 0, end; (i = next_run(f, i, &end)) < f->count; i = end)
        if (i < end)
            describe_run(f, page, i, end);
    add_gaps(f, from, to);
    add_distances(f, from, to);
    add_since(f, page, to);
}

void features_second(struct features *f, const struct page *page, const int32_t *score)
{
    enum { AROUND = 3, MOST = 100 };
    uint8_t **c = f->column;
    uint32_t *kept = f->sum[SUM_MASS], *scores = f->sum[SUM_SCORES];
    uint32_t *by_words = f->sum[SUM_SCORES_WORDS];
    const uint32_t *words = f->sum[SUM_WORDS];
    for (size_t i = 0; i < f->count; i++) {
        uint32_t n = (uint32_t)page->lines[i].words;
        n = n < MOST ? n + 1 : MOST;
        c[C_SCORE][i] = near_middle(score[i] / (MODEL_SCALE / 16));
        kept[i + 1] = kept[i] + (c[C_SCORE][i] > MIDDLE ? n : 0);
        scores[i + 1] = scores[i] + c[C_SCORE][i];
        by_words[i + 1] = by_words[i] + (words[i + 1] - words[i]) * c[C_SCORE][i];
    }
    end_sums(f, SUM_SCORES, SUM_SCORES_WORDS);
    memset(c[C_KEPT_ALL], count_byte(kept[f->count]), f->count);
    for (size_t i = 0; i < f->count; i++) {
        c[C_SCORES][i] = mean_byte(around(f, SUM_SCORES, i, AROUND, AROUND),
                                   around(f, SUM_LINES, i, AROUND, AROUND));
        c[C_KEPT][i] = count_byte(kept[i]);
    }
    add_runs(f, page);
    add_means(f, page);
}

void features_free(struct features *f)
{
    free(f->bytes);
    free(f->sums);
    free(f->table);
    free(f->hash);
    *f = (struct features){0};
}
