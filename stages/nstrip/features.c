#include "stages/nstrip/features.h"

#include "common/alloc.h"
#include "common/unicode.h"
#include "common/words.h"

#include <stdlib.h>

#define NO_LINE ((size_t)-1)

enum {
    LOOK = 400,        /* bytes of a line that are looked at */
    TITLE_SLOTS = 256, /* words of the title, a power of two */
    TITLE_WORDS = 100,
};

enum line_feature {
    F_LENGTH,
    F_WORDS,
    F_STOP,    /* share of function words */
    F_CAPITAL, /* share of words with a capital */
    F_END,     /* how it ends */
    F_CUE,
    F_DIGITS, /* share of characters */
    F_COMMAS, /* share of words */
    F_BARS,
    F_QUOTES,
    F_START, /* how it begins */
    F_SENTENCES,
    F_UPPER, /* letters are capitals, share */
    F_WORD_LENGTH,
    F_REPEATED,
    F_TITLE_SAID, /* share of the title's words in the line */
    F_FROM_TITLE, /* share of the line's words in the title */
    F_ADDRESS,    /* @, http, www. */
    F_BRACKETS,
    F_YOU, /* share of words that speak to the reader */
    F_TIME,
    F_DATELINE,
    F_TEMPLATE,
    F_DASHES,
    F_UNSPACED,
    F_PROSE,
};

/* The words of the page's first line: most pages begin with their title. */
struct title {
    uint64_t word[TITLE_SLOTS];
    size_t words;
};

static uint64_t fold_hash(struct str word)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < word.len; i++) {
        unsigned char c = (unsigned char)word.s[i];
        h = (h ^ (c >= 'A' && c <= 'Z' ? c | 0x20u : c)) * 1099511628211u;
    }
    return h ? h : 1;
}

static bool title_has(const struct title *title, uint64_t h)
{
    size_t i = (size_t)(h >> 32) % TITLE_SLOTS;
    while (title->word[i] && title->word[i] != h)
        i = (i + 1) % TITLE_SLOTS;
    return title->word[i] == h;
}

static void title_read(struct title *title, struct str line)
{
    struct str word;
    *title = (struct title){0};
    line.len = line.len < LOOK ? line.len : LOOK;
    while (title->words < TITLE_WORDS && word_next(&line, &word)) {
        uint64_t h = fold_hash(word);
        if (word.len <= 3 || title_has(title, h))
            continue;
        size_t i = (size_t)(h >> 32) % TITLE_SLOTS;
        while (title->word[i])
            i = (i + 1) % TITLE_SLOTS;
        title->word[i] = h;
        title->words++;
    }
}

static bool speaks_to_reader(struct str word)
{
    static const char *const words[] = {"you", "your", "our", "we", "us", "my", "i"};
    if (word.len > 4)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq_nocase(word, str_of(words[i])))
            return true;
    return false;
}

static int16_t small(size_t n)
{
    return n > 30000 ? 30000 : (int16_t)n;
}

static int16_t share(size_t part, size_t whole)
{
    return whole ? small(part * 100 / whole) : 0;
}

static void read_words(int16_t *v, struct str s, const struct title *title)
{
    size_t words = 0, stop = 0, capital = 0, you = 0, in_title = 0, long_words = 0;
    size_t bytes = 0;
    struct str word;
    while (word_next(&s, &word)) {
        words++;
        bytes += word.len;
        stop += word_stop(word);
        capital += word_capital(word);
        you += speaks_to_reader(word);
        if (word.len > 3) {
            long_words++;
            in_title += title->words && title_has(title, fold_hash(word));
        }
    }
    v[F_WORDS] = small(words);
    v[F_STOP] = share(stop, words);
    v[F_CAPITAL] = share(capital, words);
    v[F_YOU] = share(you, words);
    v[F_TITLE_SAID] = share(in_title, title->words);
    v[F_FROM_TITLE] = share(in_title, long_words);
    v[F_WORD_LENGTH] = words ? small(bytes * 10 / words) : 0;
}

static int start_class(struct str s)
{
    const char *p = s.s;
    uint32_t c = utf8_next(&p, s.s + s.len);
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

/* Sentences end in 8 or more. */
static int end_class(struct str s)
{
    const char *p = s.s + s.len;
    bool closed = false;
    while (p > s.s) {
        uint32_t c = utf8_prev(&p, s.s);
        if (c == '"' || c == 0x201d || c == 0x2019 || c == '\'' || c == 0xbb ||
            c == 0x201c || c == ')' || c == ']') {
            closed = true;
            continue;
        }
        if (c == '.' || c == 0x3002 || c == 0x964)
            return closed ? 9 : 10;
        if (c == '!' || c == '?' || c == 0xff01 || c == 0xff1f || c == 0x61f)
            return 8;
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

static void read_characters(int16_t *v, struct str s)
{
    size_t digits = 0, commas = 0, bars = 0, quotes = 0, sentences = 0, upper = 0;
    size_t lower = 0, address = 0, brackets = 0, dashes = 0, high = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.s[i];
        unsigned char next = i + 1 < s.len ? (unsigned char)s.s[i + 1] : 0;
        if (c >= 'a' && c <= 'z') {
            lower++;
            continue;
        }
        upper += c >= 'A' && c <= 'Z';
        digits += c >= '0' && c <= '9';
        commas += c == ',';
        bars += c == '|' || (c == 0xc2 && next == 0xb7) ||
                (c == 0xe2 && next == 0x80 && i + 2 < s.len &&
                 (unsigned char)s.s[i + 2] == 0xa2);
        quotes += c == '"' || (c == 0xe2 && next == 0x80 && i + 2 < s.len &&
                               ((unsigned char)s.s[i + 2] | 1) == 0x9d);
        sentences += (c == '.' || c == '?' || c == '!') && next == ' ';
        address += c == '@' || (c == '/' && next == '/');
        brackets += c == '(' || c == '[';
        dashes += c == '-' && next == ' ';
        high += c >= 0x80;
    }
    v[F_DIGITS] = share(digits, s.len);
    v[F_COMMAS] = small(commas);
    v[F_BARS] = small(bars);
    v[F_QUOTES] = small(quotes);
    v[F_SENTENCES] = small(sentences);
    v[F_UPPER] = share(upper, upper + lower);
    v[F_ADDRESS] = small(address + (str_find(s, STR("www."), 0) != (size_t)-1) +
                         (str_find(s, STR(".com"), 0) != (size_t)-1));
    v[F_BRACKETS] = small(brackets);
    v[F_DASHES] = small(dashes);
    v[F_UNSPACED] = share(high, s.len);
}

static bool is_prose(const int16_t *v)
{
    return v[F_END] >= 8 && v[F_WORDS] >= 10 && (v[F_STOP] >= 20 || v[F_UNSPACED] >= 40);
}

static void read_line(int16_t *v, const struct page_line *line, const struct title *title)
{
    struct str s = line->text;
    v[F_LENGTH] = small(s.len);
    v[F_START] = (int16_t)start_class(s);
    v[F_END] = (int16_t)end_class(s);
    v[F_CUE] = (int16_t)line->cue;
    v[F_TIME] = line->timestamp;
    v[F_DATELINE] = line->dateline;
    v[F_TEMPLATE] = line->template;
    if (s.len > LOOK) {
        s.len = LOOK;
        while (s.len && ((unsigned char)s.s[s.len] & 0xc0) == 0x80)
            s.len--;
    }
    read_words(v, s, title);
    read_characters(v, s);
    v[F_PROSE] = is_prose(v);
    if (line->text.len > s.len) /* as if it went on as it began */
        v[F_WORDS] = small((size_t)v[F_WORDS] * line->text.len / s.len);
}

/* ---- the page ---- */

static void grow(struct features *f, size_t need)
{
    if (need <= f->cap)
        return;
    f->cap = need + need / 2;
    f->line = xrealloc(f->line, f->cap, sizeof *f->line);
    f->mass = xrealloc(f->mass, f->cap + 1, sizeof *f->mass);
    f->prose = xrealloc(f->prose, f->cap + 1, sizeof *f->prose);
    f->cues = xrealloc(f->cues, f->cap + 1, sizeof *f->cues);
    f->before = xrealloc(f->before, f->cap, sizeof *f->before);
    f->after = xrealloc(f->after, f->cap, sizeof *f->after);
    f->echo = xrealloc(f->echo, f->cap, sizeof *f->echo);
    f->echoes = xrealloc(f->echoes, f->cap, sizeof *f->echoes);
    f->foot = xrealloc(f->foot, f->cap, sizeof *f->foot);
    f->talk = xrealloc(f->talk, f->cap, sizeof *f->talk);
    f->hash = xrealloc(f->hash, f->cap, sizeof *f->hash);
    for (f->slots = 64; f->slots < 2 * f->cap;)
        f->slots *= 2;
    f->table = xrealloc(f->table, f->slots, sizeof *f->table);
}

/* How often each line stands in the page. */
static void count_repeats(struct features *f, const struct page *page)
{
    size_t slots = 64;
    while (slots < 2 * page->count)
        slots *= 2;
    memset(f->table, 0, slots * sizeof *f->table);
    for (size_t i = 0; i < page->count; i++) {
        f->hash[i] = str_hash(page->lines[i].text);
        size_t k = (size_t)(f->hash[i] ^ f->hash[i] >> 32) % slots;
        while (f->table[k] && f->hash[f->table[k] - 1] != f->hash[i])
            k = (k + 1) % slots;
        if (f->table[k]) {
            int16_t *first = &f->line[f->table[k] - 1][F_REPEATED];
            *first = small((size_t)*first + 1);
            f->line[i][F_REPEATED] = *first;
        } else {
            f->table[k] = (uint32_t)(i + 1);
        }
    }
}

static bool furniture_cue(int16_t cue)
{
    return cue != CUE_NONE && cue <= CUE_COUNTER;
}

static void add_up(struct features *f)
{
    size_t prose = NO_LINE, echo = 0, echoes = 0, foot = NO_LINE, talk = NO_LINE;
    f->mass[0] = f->prose[0] = f->cues[0] = 0;
    for (size_t i = 0; i < f->count; i++) {
        const int16_t *v = f->line[i];
        f->mass[i + 1] = f->mass[i] + (v[F_PROSE] ? (uint32_t)v[F_WORDS] : 0);
        f->prose[i + 1] = f->prose[i] + (uint32_t)v[F_PROSE];
        f->cues[i + 1] = f->cues[i] + furniture_cue(v[F_CUE]);
        f->before[i] = prose;
        if (v[F_PROSE])
            prose = i;
        if (i > 0 && v[F_TITLE_SAID] > 60 && v[F_WORDS] > 3) {
            echo = i;
            echoes++;
        }
        f->echo[i] = echo;
        f->echoes[i] = echoes;
        if (v[F_CUE] == CUE_COPYRIGHT)
            foot = i;
        if (v[F_CUE] == CUE_COMMENT || v[F_CUE] == CUE_RELATED)
            talk = i;
        f->foot[i] = foot;
        f->talk[i] = talk;
    }
    prose = NO_LINE;
    for (size_t i = f->count; i-- > 0;) {
        f->after[i] = prose;
        if (f->line[i][F_PROSE])
            prose = i;
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

enum { PEAK_REACH = 7 };

static void find_peak(struct features *f)
{
    f->peak = 0;
    f->peak_mass = 0;
    for (size_t i = 0; i < f->count; i++) {
        uint32_t mass = f->mass[high(f, i, PEAK_REACH)] - f->mass[low(i, PEAK_REACH)];
        if (mass > f->peak_mass) {
            f->peak_mass = mass;
            f->peak = i;
        }
    }
}

void features_read(struct features *f, const struct page *page)
{
    struct title title;
    grow(f, page->count + 1);
    f->count = page->count;
    title_read(&title, page->count ? page->lines[0].text : STR(""));
    for (size_t i = 0; i < page->count; i++) {
        memset(f->line[i], 0, sizeof f->line[i]);
        read_line(f->line[i], &page->lines[i], &title);
    }
    count_repeats(f, page);
    add_up(f);
    find_peak(f);
}

/* ---- a row ---- */

static int16_t *add_near(const struct features *f, size_t i, int16_t *out)
{
    static const unsigned char wanted[NEAR_FEATURES] = {F_LENGTH, F_STOP, F_CAPITAL,
                                                        F_END,    F_CUE,  F_PROSE};
    for (int d = -NEAR; d <= NEAR; d++) {
        if (!d)
            continue;
        bool there = d < 0 ? i >= (size_t)-d : i + (size_t)d < f->count;
        const int16_t *v = there ? f->line[d < 0 ? i - (size_t)-d : i + (size_t)d] : NULL;
        for (int k = 0; k < NEAR_FEATURES; k++)
            *out++ = v ? v[wanted[k]] : (int16_t)-1;
    }
    return out;
}

static int16_t *add_windows(const struct features *f, size_t i, int16_t *out)
{
    static const size_t reach[WINDOWS] = {3, 8, 20, 60};
    for (int w = 0; w < WINDOWS; w++) {
        size_t from = low(i, reach[w]), to = high(f, i, reach[w]);
        *out++ = small(f->mass[to] - f->mass[from]);
        *out++ = share(f->prose[to] - f->prose[from], to - from);
        *out++ = small(f->mass[to] - f->mass[i]);
        *out++ = small(f->mass[i] - f->mass[from]);
        *out++ = share(f->cues[to] - f->cues[from], to - from);
    }
    return out;
}

static int16_t distance(size_t a, size_t b)
{
    return a > b ? small(a - b) : (int16_t)-small(b - a);
}

static void add_place(const struct features *f, size_t i, int16_t *out)
{
    uint32_t mass = f->mass[high(f, i, PEAK_REACH)] - f->mass[low(i, PEAK_REACH)];
    *out++ = f->before[i] == NO_LINE ? 999 : small(i - f->before[i]);
    *out++ = f->after[i] == NO_LINE ? 999 : small(f->after[i] - i);
    *out++ = distance(i, f->peak);
    *out++ = share(mass, f->peak_mass);
    *out++ = share(f->mass[i + 1], f->mass[f->count]);
    *out++ = share(i, f->count);
    *out++ = small(i);
    *out++ = small(f->count - i);
    *out++ = small(f->mass[f->count]);
    *out++ = small(i - f->echo[i]);
    *out++ = small(f->echoes[i]);
    *out++ = f->foot[i] == NO_LINE ? 999 : small(i - f->foot[i]);
    *out++ = f->talk[i] == NO_LINE ? 999 : small(i - f->talk[i]);
    *out++ = small(f->prose[f->count]);
}

void features_row(const struct features *f, size_t i, int16_t row[FEATURES])
{
    memcpy(row, f->line[i], sizeof f->line[i]);
    add_place(f, i, add_windows(f, i, add_near(f, i, row + LINE_FEATURES)));
}

void features_free(struct features *f)
{
    free(f->line);
    free(f->mass);
    free(f->prose);
    free(f->cues);
    free(f->before);
    free(f->after);
    free(f->echo);
    free(f->echoes);
    free(f->foot);
    free(f->talk);
    free(f->hash);
    free(f->table);
    *f = (struct features){0};
}
