#include "stages/nstrip/features.h"

#include "common/alloc.h"
#include "common/unicode.h"
#include "stages/nstrip/model.h"

#include <stdlib.h>

enum {
    HIGHEST = 255,
    MIDDLE = 128, /* a distance of 0 */
    FAR = 100,    /* of levels */
    TITLE_SLOTS = 256,
    TITLE_WORDS = 100,
    PEAK_REACH = 7,
    SHORT_WORDS = 4,
};

enum { SUM_MASS, SUM_PROSE, SUM_CUES, SUM_SHORT, SUM_TIMES, SUM_APPEALS };

static const size_t reaches[WINDOWS] = {3, 8, 20, 60};

/* ---- numbers as bytes ---- */

/* What is asked for most is reckoned once: the levels of small counts, and 100 / n in
 * 16.16 for shares of small wholes. */
enum { SMALL = 1024 };
static uint8_t levels[SMALL];
static uint32_t percents[SMALL];

/* A count as a byte: 0 to 15 as they are, then eight steps to each doubling. */
static unsigned reckon_level(size_t n)
{
    unsigned e = 4;
    if (n < 16)
        return (unsigned)n;
    while (n >> (e + 1))
        e++;
    unsigned level = 16 + (e - 4) * 8 + (unsigned)(n >> (e - 3) & 7);
    return level < HIGHEST - 1 ? level : HIGHEST - 1;
}

static void reckon(void)
{
    for (size_t n = 1; n < SMALL; n++) {
        levels[n] = (uint8_t)reckon_level(n);
        percents[n] = (uint32_t)(((100u << 16) + n - 1) / n);
    }
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

static uint8_t distance_byte(size_t a, size_t b)
{
    unsigned l = level(a > b ? a - b : b - a);
    l = l < FAR ? l : FAR;
    return (uint8_t)(a > b ? MIDDLE + l : MIDDLE - l);
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
    f->sums = room(f->sums, &f->sums_cap, FEATURE_SUMS * (count + 1));
    for (size_t k = 0; k < FEATURE_SUMS; k++)
        f->sum[k] = f->sums + k * (count + 1);
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

static unsigned start_class(struct str s)
{
    const char *p = s.s;
    unsigned char first = (unsigned char)*p;
    uint32_t c = first < 0x80 ? first : utf8_next(&p, s.s + s.len);
    if (uni_upper(c))
        return 1;
    if (uni_lower(c))
        return 2;
    if (uni_digit(c))
        return 3;
    if (c == '"' || c == '\'' || c == 0x201c || c == 0x2018 || c == 0xab || c == 0x201e)
        return 4;
    return uni_letter(c) ? 5 : 6;
}

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

static bool prose(const struct scan *scan, unsigned end)
{
    return end >= SENTENCE && scan->words >= 10 &&
           (scan->stop * 5 >= scan->words || scan->high * 5 >= scan->bytes * 2);
}

static void read_line(struct features *f, size_t i, const struct page_line *line)
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
    c[C_START][i] = (uint8_t)(1 + start_class(line->text));
    c[C_DIGITS][i] = share_byte(scan->digits, scan->bytes);
    c[C_COMMAS][i] = count_byte(scan->commas);
    c[C_BARS][i] = count_byte(scan->bars);
    c[C_QUOTES][i] = count_byte(scan->quotes);
    c[C_SENTENCES][i] = count_byte(scan->sentences);
    c[C_UPPER][i] = share_byte(scan->upper, scan->letters);
    c[C_WORD_LENGTH][i] =
        count_byte(scan->words ? scan->word_bytes * 10u / scan->words : 0);
    c[C_REPEATED][i] = 1;
    c[C_ADDRESS][i] = count_byte(scan->address);
    c[C_BRACKETS][i] = count_byte(scan->brackets);
    c[C_YOU][i] = share_byte(scan->you, scan->words);
    c[C_ME][i] = share_byte(scan->me, scan->words);
    c[C_SAID][i] = count_byte(scan->said);
    c[C_TIME][i] = (uint8_t)(1 + line->timestamp);
    c[C_DATELINE][i] = (uint8_t)(1 + line->dateline);
    c[C_TEMPLATE][i] = (uint8_t)(1 + line->template + 2 * line->counted);
    c[C_DASHES][i] = count_byte(scan->dashes);
    c[C_APPEAL][i] = count_byte(scan->appeals);
    c[C_APPEALS][i] = share_byte(scan->appeals, scan->words);
    c[C_HIGH][i] = share_byte(scan->high, scan->bytes);
}

/* ---- words and lines said twice ---- */

/* The words of the page's first line: most pages begin with their title. */
struct title {
    uint32_t word[TITLE_SLOTS];
    size_t words;
};

static bool title_has(const struct title *title, uint32_t h)
{
    size_t i = h % TITLE_SLOTS;
    while (title->word[i] && title->word[i] != h)
        i = (i + 1) % TITLE_SLOTS;
    return title->word[i] == h && h;
}

static void title_add(struct title *title, uint32_t h)
{
    size_t i = h % TITLE_SLOTS;
    while (title->word[i] && title->word[i] != h)
        i = (i + 1) % TITLE_SLOTS;
    title->words += !title->word[i];
    title->word[i] = h;
}

static void read_titles(struct features *f, const struct page *page)
{
    struct title title = {0};
    for (size_t k = 0; page->count && k < page->lines[0].scan.weights; k++)
        if (title.words < TITLE_WORDS && page->weight[k])
            title_add(&title, page->weight[k]);
    for (size_t i = 0; i < page->count; i++) {
        const struct page_line *line = &page->lines[i];
        const uint32_t *weight = page->weight + line->weight;
        size_t said = 0;
        for (size_t k = 0; title.words && k < line->scan.weights; k++)
            said += title_has(&title, weight[k]);
        f->column[C_TITLE_SAID][i] =
            share_byte(said < title.words ? said : title.words, title.words);
        f->column[C_FROM_TITLE][i] = share_byte(said, line->scan.weights);
    }
}

/* What a line says, its numbers aside. */
static uint32_t saying(const struct page *page, const struct page_line *line)
{
    enum { SHORT_BYTES = 48 };
    uint32_t h = line->scan.words * 2654435761u;
    char before = 0;
    if (line->text.len > SHORT_BYTES && line->scan.weights) {
        for (size_t k = 0; k < line->scan.weights; k++)
            h = (h ^ page->weight[line->weight + k]) * 16777619u;
        return h;
    }
    for (size_t k = 0; k < line->scan.bytes; k++) {
        char c = line->text.s[k];
        bool digit = c >= '0' && c <= '9';
        if (!digit || before != '0')
            h = (h ^ (unsigned char)(digit ? '0' : c)) * 16777619u;
        before = digit ? '0' : c;
    }
    return h;
}

/* How often each line stands in the page. */
static void count_repeats(struct features *f, const struct page *page)
{
    size_t mask = clear_table(f, page->count);
    uint8_t *repeated = f->column[C_REPEATED];
    for (size_t i = 0; i < page->count; i++) {
        uint32_t h = f->hash[i] = saying(page, &page->lines[i]);
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

static uint32_t *said_slot(struct features *f, size_t mask, uint32_t h)
{
    size_t i = (h ^ h >> 15) & mask;
    while (f->table[i] && (f->table[i] ^ h) >> SAID_BITS)
        i = (i + 1) & mask;
    return &f->table[i];
}

/* Fills a column with the share of each line's words of weight that lines of prose in
 * [from, to) other than itself have. */
static void share_words(struct features *f, const struct page *page, size_t from,
                        size_t to, uint8_t *column)
{
    size_t n = 0;
    for (size_t i = from; i < to; i++)
        n += page->lines[i].scan.weights;
    size_t mask = clear_table(f, n);
    for (size_t i = from; i < to; i++) {
        const struct page_line *line = &page->lines[i];
        for (size_t k = 0; f->column[C_PROSE][i] > 1 && k < line->scan.weights; k++) {
            uint32_t h = page->weight[line->weight + k];
            uint32_t *slot = said_slot(f, mask, h);
            if (!*slot)
                *slot = h >> SAID_BITS << SAID_BITS;
            *slot += (*slot & SAID_MOST) < SAID_MOST;
        }
    }
    for (size_t i = 0; i < page->count; i++) {
        const struct page_line *line = &page->lines[i];
        uint32_t mine = i >= from && i < to && f->column[C_PROSE][i] > 1;
        size_t known = 0;
        for (size_t k = 0; k < line->scan.weights; k++)
            known +=
                (*said_slot(f, mask, page->weight[line->weight + k]) & SAID_MOST) > mine;
        column[i] = line->scan.weights ? share_byte(known, line->scan.weights) : 1;
    }
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

static void add_up(struct features *f, const struct page *page)
{
    for (int k = 0; k < FEATURE_SUMS; k++)
        f->sum[k][0] = 0;
    for (size_t i = 0; i < f->count; i++) {
        uint32_t words = (uint32_t)page->lines[i].words;
        bool is_prose = f->column[C_PROSE][i] > 1;
        f->sum[SUM_MASS][i + 1] = f->sum[SUM_MASS][i] + (is_prose ? words : 0);
        f->sum[SUM_PROSE][i + 1] = f->sum[SUM_PROSE][i] + is_prose;
        f->sum[SUM_CUES][i + 1] = f->sum[SUM_CUES][i] + furniture_cue(page->lines[i].cue);
        f->sum[SUM_TIMES][i + 1] = f->sum[SUM_TIMES][i] + times(&page->lines[i]);
        f->sum[SUM_APPEALS][i + 1] = f->sum[SUM_APPEALS][i] + page->lines[i].scan.appeals;
        f->sum[SUM_SHORT][i + 1] = f->sum[SUM_SHORT][i] + (words <= SHORT_WORDS);
    }
}

static size_t low(size_t i, size_t reach)
{
    return i > reach ? i - reach : 0;
}

static size_t high(const struct features *f, size_t i, size_t reach)
{
    return i + reach + 1 < f->count ? i + reach + 1 : f->count;
}

static size_t find_peak(const struct features *f, uint32_t *most)
{
    size_t peak = 0;
    *most = 0;
    for (size_t i = 0; i < f->count; i++) {
        uint32_t mass = f->sum[SUM_MASS][high(f, i, PEAK_REACH)] -
                        f->sum[SUM_MASS][low(i, PEAK_REACH)];
        if (mass > *most) {
            *most = mass;
            peak = i;
        }
    }
    return peak;
}

static void add_windows(struct features *f)
{
    for (size_t w = 0; w < WINDOWS; w++) {
        uint8_t **c = f->column + LINE_COLUMNS + w * W_COLUMNS;
        for (size_t i = 0; i < f->count; i++) {
            size_t from = low(i, reaches[w]), to = high(f, i, reaches[w]);
            const uint32_t *mass = f->sum[SUM_MASS];
            c[W_MASS][i] = count_byte(mass[to] - mass[from]);
            c[W_AFTER][i] = count_byte(mass[to] - mass[i]);
            c[W_BEFORE][i] = count_byte(mass[i] - mass[from]);
            c[W_PROSE][i] =
                share_byte(f->sum[SUM_PROSE][to] - f->sum[SUM_PROSE][from], to - from);
            c[W_CUES][i] =
                share_byte(f->sum[SUM_CUES][to] - f->sum[SUM_CUES][from], to - from);
            c[W_SHORT][i] =
                share_byte(f->sum[SUM_SHORT][to] - f->sum[SUM_SHORT][from], to - from);
        }
    }
}

/* Lines since something last was, as a byte. */
struct since {
    size_t line;
    bool had;
};

static uint8_t since_byte(struct since *since, bool here, size_t i)
{
    if (here)
        *since = (struct since){i, true};
    return since->had ? count_byte(i - since->line) : HIGHEST;
}

static void add_places(struct features *f, const struct page *page, size_t peak,
                       uint32_t most)
{
    uint8_t **c = f->column;
    const uint32_t *mass = f->sum[SUM_MASS];
    struct since foot = {0}, talk = {0}, time = {0}, cookie = {0}, echo = {0, true};
    size_t echoes = 0;
    for (size_t i = 0; i < f->count; i++) {
        enum cue cue = page->lines[i].cue;
        uint32_t here = mass[high(f, i, PEAK_REACH)] - mass[low(i, PEAK_REACH)];
        bool echoed = i > 0 && c[C_TITLE_SAID][i] > 61 && page->lines[i].words > 3;
        echoes += echoed;
        c[P_PEAK][i] = distance_byte(i, peak);
        c[P_PEAK_SHARE][i] = share_byte(here, most);
        c[P_MASS_SHARE][i] = share_byte(mass[i + 1], mass[f->count]);
        c[P_SHARE][i] = share_byte(i, f->count);
        c[P_LINE][i] = count_byte(i);
        c[P_LEFT][i] = count_byte(f->count - i);
        c[P_PAGE_MASS][i] = count_byte(mass[f->count]);
        c[P_PAGE_PROSE][i] = count_byte(f->sum[SUM_PROSE][f->count]);
        c[P_ECHO][i] = since_byte(&echo, echoed, i);
        c[P_ECHOES][i] = count_byte(echoes);
        c[P_FOOT][i] = since_byte(&foot, cue == CUE_COPYRIGHT, i);
        c[P_TALK][i] = since_byte(&talk, cue == CUE_COMMENT || cue == CUE_RELATED, i);
        c[P_TIME][i] = since_byte(&time, times(&page->lines[i]) || cue == CUE_BYLINE, i);
        c[P_COOKIE][i] =
            since_byte(&cookie, cue == CUE_COOKIE || cue == CUE_SUBSCRIBE, i);
        size_t from = low(i, 8), to = high(f, i, 8);
        c[P_TIMES][i] = count_byte(f->sum[SUM_TIMES][to] - f->sum[SUM_TIMES][from]);
        c[P_TIMES_BEFORE][i] = count_byte(f->sum[SUM_TIMES][i + 1]);
        c[P_APPEALS][i] = count_byte(f->sum[SUM_APPEALS][to] - f->sum[SUM_APPEALS][from]);
    }
}

/* Lines to the nearest of those that are set, in both directions. */
static void add_nearest(const uint8_t *set, uint8_t above, size_t count, uint8_t *before,
                        uint8_t *after)
{
    struct since since = {0};
    for (size_t i = 0; i < count; i++) {
        before[i] = since_byte(&since, false, i);
        since_byte(&since, set[i] > above, i);
    }
    since = (struct since){0};
    for (size_t i = count; i-- > 0;) {
        after[i] = since.had ? count_byte(since.line - i) : HIGHEST;
        if (set[i] > above)
            since = (struct since){i, true};
    }
}

/* The longest line of prose within three lines. */
static void add_longest(struct features *f)
{
    for (size_t i = 0; i < f->count; i++) {
        uint8_t longest = 1;
        for (size_t k = low(i, 3); k < high(f, i, 3); k++)
            if (f->column[C_PROSE][k] > 1 && f->column[C_WORDS][k] > longest)
                longest = f->column[C_WORDS][k];
        f->column[P_LONG][i] = longest;
    }
}

void features_read(struct features *f, const struct page *page)
{
    uint32_t most;
    if (!levels[1])
        reckon();
    lay_out(f, page->count);
    for (size_t i = 0; i < page->count; i++)
        read_line(f, i, &page->lines[i]);
    read_titles(f, page);
    count_repeats(f, page);
    add_up(f, page);
    size_t peak = find_peak(f, &most);
    if (page->count)
        share_words(f, page, low(peak, PEAK_REACH), high(f, peak, PEAK_REACH),
                    f->column[C_TOPIC]);
    add_windows(f);
    add_places(f, page, peak, most);
    add_nearest(f->column[C_PROSE], 1, f->count, f->column[P_PROSE_BEFORE],
                f->column[P_PROSE_AFTER]);
    add_longest(f);
}

/* ---- the second look ---- */

static uint8_t score_byte(int32_t score)
{
    int32_t s = MIDDLE + score / (MODEL_SCALE / 16);
    return (uint8_t)(s < 1 ? 1 : s > HIGHEST ? HIGHEST : s);
}

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

static void add_runs(struct features *f)
{
    const uint32_t *kept = f->sum[SUM_MASS], all = kept[f->count];
    const uint8_t *score = f->column[S_SCORE];
    size_t from = 0, to = 0;
    for (size_t i = 0, end; i < f->count; i = end) {
        end = score[i] > MIDDLE ? run_end(score, i, f->count) : i + 1;
        memset(f->column[S_RUN] + i, share_byte(kept[end] - kept[i], all), end - i);
        if (kept[end] - kept[i] > kept[to] - kept[from]) {
            from = i;
            to = end;
        }
    }
    for (size_t i = 0; i < f->count; i++)
        f->column[S_MAIN][i] = i < from  ? distance_byte(i, from)
                               : i >= to ? distance_byte(i + 1, to)
                                         : MIDDLE;
}

void features_second(struct features *f, const struct page *page, const int32_t *score)
{
    static const size_t reach[3] = {2, 6, 20};
    uint8_t **c = f->column;
    uint32_t *kept = f->sum[SUM_MASS], *words = f->sum[SUM_PROSE],
             *soft = f->sum[SUM_CUES];
    for (size_t i = 0; i < f->count; i++) {
        uint32_t n = (uint32_t)page->lines[i].words;
        n = n < 100 ? n + 1 : 100;
        c[S_SCORE][i] = score_byte(score[i]);
        kept[i + 1] = kept[i] + (score[i] > 0 ? n : 0);
        words[i + 1] = words[i] + n;
        soft[i + 1] = soft[i] + c[S_SCORE][i];
    }
    uint32_t all = kept[f->count];
    for (size_t i = 0; i < f->count; i++) {
        for (size_t w = 0; w < 3; w++) {
            size_t from = low(i, reach[w]), to = high(f, i, reach[w]);
            c[S_NEAR + w][i] = share_byte(kept[to] - kept[from], words[to] - words[from]);
        }
        size_t from = low(i, 3), to = high(f, i, 3);
        c[S_WIDE][i] = (uint8_t)((soft[to] - soft[from]) / (to - from));
        c[S_KEPT][i] = count_byte(kept[i]);
        c[S_LEFT][i] = count_byte(all - kept[i + 1]);
        c[S_SHARE][i] = share_byte(kept[i + 1], all);
        c[S_PAGE][i] = count_byte(all);
    }
    add_nearest(c[S_SCORE], MIDDLE, f->count, c[S_BEFORE], c[S_AFTER]);
    add_runs(f);
}

void features_free(struct features *f)
{
    free(f->bytes);
    free(f->sums);
    free(f->table);
    free(f->hash);
    *f = (struct features){0};
}
