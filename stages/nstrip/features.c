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

/* Lines from so many before to so many behind a line: what they sum up to, or its share
 * of them. */
static const struct window {
    unsigned char sum;
    bool share;
    signed char before, behind; /* behind -1: up to the line before */
} windows[WINDOWS] = {
    {SUM_MASS, false, 3, 3},   {SUM_PROSE, true, 8, 8},   {SUM_MASS, false, 8, 8},
    {SUM_CUES, true, 8, 8},    {SUM_SHORT, true, 8, 8},   {SUM_APPEALS, false, 8, 8},
    {SUM_TIMES, false, 8, 8},  {SUM_CUES, true, 20, 20},  {SUM_SHORT, true, 20, 20},
    {SUM_MASS, false, 0, 20},  {SUM_MASS, false, 60, 60}, {SUM_MASS, false, 0, 60},
    {SUM_MASS, false, 60, -1}, {SUM_CUES, true, 60, 60},  {SUM_SHORT, true, 60, 60},
};

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
    c[C_QUOTES][i] = count_byte(scan->quotes);
    c[C_UPPER][i] = share_byte(scan->upper, scan->letters);
    c[C_REPEATED][i] = 1;
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

static void add_window(struct features *f, const struct window *window, uint8_t *column)
{
    const uint32_t *sum = f->sum[window->sum];
    size_t before = (size_t)window->before;
    for (size_t i = 0; i < f->count; i++) {
        size_t from = i > before ? i - before : 0;
        size_t to = i + 1 + (size_t)window->behind; /* wraps round for -1 */
        to = to < f->count ? to : f->count;
        uint32_t n = sum[to] - sum[from];
        column[i] = window->share ? share_byte(n, to - from) : count_byte(n);
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
        c[C_PEAK][i] = distance_byte(i, peak);
        c[C_PEAK_SHARE][i] = share_byte(here, most);
        c[C_MASS_SHARE][i] = share_byte(mass[i + 1], mass[f->count]);
        c[C_LINE][i] = count_byte(i);
        c[C_PAGE_MASS][i] = count_byte(mass[f->count]);
        c[C_PAGE_PROSE][i] = count_byte(f->sum[SUM_PROSE][f->count]);
        c[C_ECHO][i] = since_byte(&echo, echoed, i);
        c[C_ECHOES][i] = count_byte(echoes);
        c[C_FOOT][i] = since_byte(&foot, cue == CUE_COPYRIGHT, i);
        c[C_TALK][i] = since_byte(&talk, cue == CUE_COMMENT || cue == CUE_RELATED, i);
        c[C_TIME][i] = since_byte(&time, times(&page->lines[i]) || cue == CUE_BYLINE, i);
        c[C_COOKIE][i] =
            since_byte(&cookie, cue == CUE_COOKIE || cue == CUE_SUBSCRIBE, i);
        c[C_TIMES_BEFORE][i] = count_byte(f->sum[SUM_TIMES][i + 1]);
    }
}

/* Lines to the nearest above that is set, not counting the line itself. */
static void add_before(const uint8_t *set, uint8_t above, size_t count, uint8_t *column)
{
    struct since since = {0};
    for (size_t i = 0; i < count; i++) {
        column[i] = since_byte(&since, false, i);
        since_byte(&since, set[i] > above, i);
    }
}

/* The same below. */
static void add_after(const uint8_t *set, uint8_t above, size_t count, uint8_t *column)
{
    struct since since = {0};
    for (size_t i = count; i-- > 0;) {
        column[i] = since.had ? count_byte(since.line - i) : HIGHEST;
        if (set[i] > above)
            since = (struct since){i, true};
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
    for (size_t w = 0; w < WINDOWS; w++)
        add_window(f, &windows[w], f->column[C_WINDOWS + w]);
    add_places(f, page, peak, most);
    add_after(f->column[C_PROSE], 1, f->count, f->column[C_PROSE_AFTER]);
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
    const uint8_t *score = f->column[C_SCORE];
    size_t from = 0, to = 0;
    for (size_t i = 0, end; i < f->count; i = end) {
        end = score[i] > MIDDLE ? run_end(score, i, f->count) : i + 1;
        memset(f->column[C_RUN] + i, share_byte(kept[end] - kept[i], all), end - i);
        if (kept[end] - kept[i] > kept[to] - kept[from]) {
            from = i;
            to = end;
        }
    }
    for (size_t i = 0; i < f->count; i++)
        f->column[C_MAIN][i] = i < from  ? distance_byte(i, from)
                               : i >= to ? distance_byte(i + 1, to)
                                         : MIDDLE;
}

void features_second(struct features *f, const struct page *page, const int32_t *score)
{
    enum { NEAR = 20, AROUND = 3, MOST = 100 };
    uint8_t **c = f->column;
    uint32_t *kept = f->sum[SUM_MASS], *words = f->sum[SUM_PROSE];
    uint32_t *scores = f->sum[SUM_CUES];
    for (size_t i = 0; i < f->count; i++) {
        uint32_t n = (uint32_t)page->lines[i].words;
        n = n < MOST ? n + 1 : MOST;
        c[C_SCORE][i] = score_byte(score[i]);
        kept[i + 1] = kept[i] + (score[i] > 0 ? n : 0);
        words[i + 1] = words[i] + n;
        scores[i + 1] = scores[i] + c[C_SCORE][i];
    }
    uint32_t all = kept[f->count];
    for (size_t i = 0; i < f->count; i++) {
        size_t from = low(i, NEAR), to = high(f, i, NEAR);
        c[C_NEAR][i] = share_byte(kept[to] - kept[from], words[to] - words[from]);
        from = low(i, AROUND);
        to = high(f, i, AROUND);
        c[C_SCORES][i] = (uint8_t)((scores[to] - scores[from]) / (uint32_t)(to - from));
        c[C_KEPT][i] = count_byte(kept[i]);
        c[C_KEPT_SHARE][i] = share_byte(kept[i + 1], all);
        c[C_KEPT_ALL][i] = count_byte(all);
    }
    add_before(c[C_SCORE], MIDDLE, f->count, c[C_KEPT_BEFORE]);
    add_after(c[C_SCORE], MIDDLE, f->count, c[C_KEPT_AFTER]);
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
