#include "stages/nsplit/trace.h"

#include "common/alloc.h"
#include "common/unicode.h"

#include <stdlib.h>

enum {
    LONG_LINE = INK_MOST, /* of a longer one only so much is looked at */
    LONG_SENTENCE = 100,
    LONG_LOOK = 48,
    OPENING = 20, /* letters, and the least that tell */
    OPENING_LEAST = 9,
    SHORT_WORD = 4,
    KNOWN_GAP = 20, /* the same line so far behind is a template's */
    RUN_MOST = 50,
};
static const uint32_t start_hash = 2166136261u, whole_line = 0x9e3779b9u;

const struct trace trace_none = {.flags = 0};

enum separator { NO_SEPARATOR, BAR, DASH };

/* What stands between title and site, at the blank s[i]: " | ", or " - ", " – ", " — ",
 * " · ", " » ", " • ", " :: ". */
static enum separator separator_at(struct str s, size_t i, size_t *length)
{
    static const char *const marks[] = {
        " | ",        " - ",        " \xe2\x80\x93 ", " \xe2\x80\x94 ",
        " \xc2\xb7 ", " \xc2\xbb ", " \xe2\x80\xa2 ", " :: "};
    struct str rest = str_sub(s, i, s.len);
    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
        struct str mark = str_of(marks[m]);
        if (rest.len > mark.len && str_starts(rest, mark)) {
            *length = mark.len;
            return m ? DASH : BAR;
        }
    }
    return NO_SEPARATOR;
}

static bool closes(char c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']';
}

static bool sentence_end(struct str s)
{
    while (s.len && closes(s.s[s.len - 1]))
        s.len--;
    if (!s.len)
        return false;
    char last = s.s[s.len - 1];
    if (!(last & 0x80))
        return last == '.' || last == '!' || last == '?';
    return str_ends(s, STR("\xe2\x80\x9d")) || str_ends(s, STR("\xe3\x80\x82"));
}

static int clip(int n, int most)
{
    return n > most ? most : n < -most ? -most : n;
}

/* What is known of the words so far. */
struct scan {
    uint32_t all, tail; /* hashes */
    unsigned tail_words;
    bool cut, year, right;
    char letters[OPENING + 8];
    size_t letter_count;
};

static uint64_t small(const char *s)
{
    return ink_eight(s) | 0x2020202020202020u;
}

/* Of n letters, n > 0, in their small form; eight bytes more can be read. */
static inline uint32_t hash_letters(const char *s, size_t n)
{
    const uint64_t multiplier = 0x9e3779b97f4a7c15u;
    uint64_t h = n;
    for (; n > 8; n -= 8, s += 8) {
        h = (h ^ small(s)) * multiplier;
        h ^= h >> 32;
    }
    h = (h ^ small(s) << (64 - 8 * n)) * multiplier;
    return (uint32_t)(h >> 32);
}

static void weigh(struct trace *trace, const struct lexicon *lexicon, uint32_t key)
{
    const struct weight *weight = lexicon_find(lexicon, key);
    if (weight) {
        trace->foot = (int16_t)clip(trace->foot + weight->foot, 1000);
        trace->head = (int16_t)clip(trace->head + weight->head, 1000);
    }
}

static bool figure(char c)
{
    return c >= '0' && c <= '9';
}

static bool figures(struct str s)
{
    size_t i = 0;
    while (i < s.len && figure(s.s[i]))
        i++;
    return i == s.len;
}

static void add_letters(struct scan *scan, struct str word)
{
    for (size_t i = 0; i < word.len && scan->letter_count + i < OPENING; i += 8)
        memcpy(scan->letters + scan->letter_count + i, word.s + i, 8);
    scan->letter_count += word.len;
}

static inline void add_word(struct trace *trace, struct scan *scan, struct str word,
                            const struct lexicon *lexicon)
{
    uint32_t hash = hash_letters(word.s, word.len);
    scan->all = (scan->all ^ hash) * 2654435761u;
    scan->tail = (scan->tail ^ hash) * 2654435761u;
    scan->tail_words++;
    if (scan->letter_count < OPENING)
        add_letters(scan, word);
    if (lexicon && lexicon_may_have(lexicon, hash))
        weigh(trace, lexicon, hash);
    uint64_t bit = (uint64_t)1 << (hash >> 26);
    if (word.len < SHORT_WORD) {
        trace->shorts |= bit;
        return;
    }
    trace->words |= bit;
    trace->site |= bit;
    if (trace->kept < TRACE_WORDS)
        trace->word[trace->kept++] = (uint16_t)(hash >> 8);
    if (word.len == 4 && figures(word)) {
        trace->flags |= TRACE_DATE;
        scan->year = true;
    }
}

static void begin_tail(struct trace *trace, struct scan *scan, enum separator separator)
{
    trace->name = trace->words;
    trace->site = 0;
    trace->flags |= separator == BAR ? TRACE_BAR : TRACE_DASH;
    scan->tail = start_hash;
    scan->tail_words = 0;
    scan->cut = true;
}

/* What stands between two words, or before the first or behind the last one. */
static void add_gap(struct trace *trace, struct scan *scan, struct str s, size_t from,
                    size_t to)
{
    for (size_t i = from; i < to; i++) {
        char c = s.s[i], next = s.s[i + 1];
        size_t length;
        enum separator separator = NO_SEPARATOR;
        if (c == ' ' && i && (next & 0x80 || next == '|' || next == '-' || next == ':'))
            separator = separator_at(s, i, &length);
        if (separator) {
            begin_tail(trace, scan, separator);
            i += length - 1;
        }
        scan->right = scan->right || (c == '\xc2' && next == '\xa9');
    }
}

/* A word that a colon follows is the hour of a time. */
static bool hour(struct str s, size_t from, size_t to)
{
    return to - from <= 2 && to < s.len && s.s[to] == ':' &&
           figures(str_sub(s, from, to));
}

static void scan_words(struct trace *trace, struct scan *scan, const struct ink *ink,
                       const struct lexicon *lexicon)
{
    struct str s = {ink->text, ink->len};
    size_t from = 0, to = 0; /* of the word last seen */
    uint64_t before = 0, figures = 0;
    for (size_t b = 0; b < ink->blocks; b++) {
        uint64_t letter = ink->letter[b], edges = letter ^ (letter << 1 | before);
        before = letter >> 63;
        trace->count += ink_count(letter & edges);
        trace->capitals += ink_count(letter & edges & ink->capital[b]);
        figures |= letter & edges & ink->digit[b];
        while (edges) {
            unsigned bit = ink_take(&edges);
            if (letter >> bit & 1) {
                from = b * INK_BLOCK + bit;
                if (from - to > 1)
                    add_gap(trace, scan, s, to, from);
            } else {
                to = b * INK_BLOCK + bit;
                add_word(trace, scan, str_sub(s, from, to), lexicon);
                if (hour(s, from, to))
                    trace->flags |= TRACE_DATE;
            }
        }
    }
    if (before) { /* the last word fills its block */
        to = s.len;
        add_word(trace, scan, str_sub(s, from, to), lexicon);
    }
    add_gap(trace, scan, s, to, s.len);
    if (figures)
        trace->flags |= TRACE_DIGIT;
}

static uint32_t opening(const struct scan *scan)
{
    size_t n = scan->letter_count < OPENING ? scan->letter_count : OPENING;
    return n < OPENING_LEAST ? 0 : hash_letters(scan->letters, n) | 1;
}

static void trace_words(struct trace *trace, const struct ink *ink, bool whole,
                        const struct lexicon *lexicon)
{
    struct scan scan = {.all = start_hash, .tail = start_hash};
    scan_words(trace, &scan, ink, lexicon);
    if (!scan.cut || !trace->name)
        trace->name = trace->words;
    trace->word_bits = (uint8_t)ink_count(trace->words);
    trace->name_bits = (uint8_t)ink_count(trace->name);
    if (!scan.cut)
        trace->site = 0;
    else
        trace->tail_count = (uint8_t)(scan.tail_words < 255 ? scan.tail_words : 255);
    if (scan.right && scan.year)
        trace->flags |= TRACE_YEAR;
    if (!whole || !trace->count)
        return;
    trace->hash = scan.all | 1;
    trace->tail = trace->tail_count ? scan.tail | 1 : 0;
    trace->opening = opening(&scan);
    if (lexicon)
        weigh(trace, lexicon, trace->hash ^ whole_line);
}

uint32_t trace_opening(struct str s)
{
    struct scan scan = {.letter_count = 0};
    struct trace trace = {.flags = 0};
    struct ink ink;
    ink_read(&ink, str_sub(s, 0, s.len < INK_MOST ? s.len : INK_MOST));
    scan_words(&trace, &scan, &ink, NULL);
    return opening(&scan);
}
static bool upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Something new may begin at byte k > 0. */
static bool joint(struct str s, size_t k)
{
    char b = s.s[k - 1], c = s.s[k], next = k + 1 < s.len ? s.s[k + 1] : ' ';
    bool stop = b == '.' || b == '!' || b == '?' || b == ')';
    if ((unsigned char)b <= ' ')
        return false;
    if (upper(c))
        return upper(b) ? lower(next) && k > 1 && upper(s.s[k - 2])
                        : !strchr("-'/(&\"_#@[{<+=", b);
    if (figure(c))
        return lower(b) || (stop && k > 1 && !figure(s.s[k - 2]));
    if (c == '"' || c == '\'')
        return (lower(b) || stop) && (upper(next) || figure(next));
    if (!(c & 0x80) || upper(b) || strchr("-'/(&\"_#@[{<+=", b))
        return false;
    const char *p = s.s + k;
    uint32_t first = utf8_next(&p, s.s + s.len);
    return uni_upper(first) ||
           ((first == 0x201c || first == 0x2018) && (lower(b) || stop));
}

size_t trace_joint(const struct ink *ink, size_t from)
{
    struct str s = {ink->text, ink->len};
    for (size_t b = from / INK_BLOCK, skip = from % INK_BLOCK; b < ink->blocks; b++) {
        uint64_t bits = ink->joint[b] >> skip << skip;
        skip = 0;
        while (bits) {
            size_t k = b * INK_BLOCK + ink_take(&bits);
            if (joint(s, k))
                return k;
        }
    }
    return s.len;
}
/* str_trim() where that has nothing to do. */
static struct str trimmed(struct str s)
{
    bool plain = s.len && s.s[0] > ' ' && s.s[s.len - 1] > ' ';
    return plain ? s : str_trim(s);
}

/* All but word[]: written out it costs a few instructions, a struct of zeros many. */
static void clear(struct trace *trace)
{
    trace->words = trace->name = trace->site = trace->shorts = 0;
    trace->hash = trace->opening = trace->tail = trace->gap = trace->bytes = 0;
    trace->count = trace->capitals = 0;
    trace->word_bits = trace->name_bits = trace->kept = trace->tail_count = 0;
    trace->run = trace->blanks = trace->flags = trace->cue = 0;
    trace->foot = trace->head = 0;
    trace->opening_gap = trace->tail_gap = 0;
    trace->sums = (struct sums){0};
}

void trace_line(struct trace *trace, struct str line, enum cue cue,
                const struct lexicon *lexicon)
{
    struct str s = trimmed(line);
    struct ink ink;
    clear(trace);
    trace->bytes = (uint32_t)(s.len < 1u << 30 ? s.len : 1u << 30);
    trace->cue = (uint8_t)cue;
    if (!s.len)
        return;
    if (sentence_end(s))
        trace->flags |= TRACE_SENTENCE;
    unsigned char c = (unsigned char)s.s[0];
    if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80))
        trace->flags |= TRACE_LOWER;
    /* a line that has a title behind the last words of a page does not end so */
    bool stop = str_ends(s, STR("."));
    bool whole = s.len <= (stop ? LONG_SENTENCE : LONG_LINE);
    if (!whole && !stop) {
        ink_read(&ink, str_sub(s, s.len - LONG_LINE, s.len));
        if (trace_joint(&ink, 1) < ink.len)
            trace->flags |= TRACE_JOINT;
    }
    ink_read(&ink, whole ? s : str_sub(s, 0, LONG_LOOK));
    if (whole && !stop && trace_joint(&ink, 1) < ink.len)
        trace->flags |= TRACE_JOINT;
    trace_words(trace, &ink, whole, lexicon);
}

uint32_t trace_key(struct str phrase)
{
    struct trace trace;
    struct ink ink;
    if (str_starts(phrase, STR("="))) {
        trace_line(&trace, str_sub(phrase, 1, phrase.len), CUE_NONE, NULL);
        return trace.hash ^ whole_line;
    }
    ink_read(&ink, str_sub(phrase, 0, phrase.len < INK_MOST ? phrase.len : INK_MOST));
    return ink.len ? hash_letters(ink.text, ink.len) : 0;
}

/* ---- the traces of a stream ---- */

struct traces *traces_new(const struct lexicon *lexicon)
{
    struct traces *traces = xcalloc(1, sizeof *traces);
    traces->lexicon = lexicon;
    return traces;
}

void traces_free(struct traces *traces)
{
    free(traces);
}

void traces_clear(struct traces *traces)
{
    *traces = (struct traces){.lexicon = traces->lexicon};
}

/* Notes where the hash stands now; returns the lines since it stood before, or 0. */
static uint32_t note(struct trace_slot *slots, size_t count, uint32_t hash, uint32_t line)
{
    if (!hash)
        return 0;
    struct trace_slot *slot = &slots[hash / 2 % count];
    uint32_t gap = slot->hash == hash ? line - slot->line : 0;
    *slot = (struct trace_slot){hash, line};
    return gap;
}

uint32_t traces_last(const struct traces *traces, uint32_t opening)
{
    const struct trace_slot *slot = &traces->openings[opening / 2 % TRACE_SLOTS];
    return opening && slot->hash == opening ? slot->line : 0;
}

static void add_sums(struct traces *traces, struct trace *trace)
{
    struct sums *sums = &traces->sums;
    sums->foot += (uint32_t)clip(trace->foot, 200);
    sums->head += (uint32_t)clip(trace->head, 200);
    sums->prose += trace->bytes > TRACE_PROSE && trace->flags & TRACE_SENTENCE;
    sums->known += trace->gap > KNOWN_GAP;
    sums->bytes += trace->bytes;
    sums->sentences += trace->flags & TRACE_SENTENCE;
    sums->dates += trace->flags & TRACE_DATE || trace->cue == CUE_TIME;
    trace->sums = *sums;
}

uint32_t traces_add(struct traces *traces, struct str line, enum cue cue, size_t blanks)
{
    uint32_t n = ++traces->count;
    struct trace *trace = &traces->ring[n % TRACES];
    trace_line(trace, line, cue, traces->lexicon);
    trace->blanks = (uint8_t)(blanks < 255 ? blanks : 255);
    trace->gap = note(traces->lines, TRACE_SLOTS, trace->hash, n);
    trace->opening_gap = note(traces->openings, TRACE_SLOTS, trace->opening, n);
    trace->tail_gap = note(traces->tails, TRACE_SLOTS / 8, trace->tail, n);
    if (trace->gap && trace->gap == traces->last_gap)
        traces->run += traces->run < RUN_MOST;
    else
        traces->run = trace->gap != 0;
    trace->run = traces->run;
    traces->last_gap = trace->gap;
    add_sums(traces, trace);
    return n;
}

void traces_split(struct traces *traces, uint32_t n, struct str first, struct str second)
{
    uint32_t last = ++traces->count;
    for (; last > n + 1; last--)
        traces->ring[last % TRACES] = traces->ring[(last - 1) % TRACES];
    struct trace *a = &traces->ring[n % TRACES], *b = &traces->ring[(n + 1) % TRACES];
    struct trace whole = *a;
    trace_line(a, first, cue_of(first), traces->lexicon);
    trace_line(b, second, cue_of(second), traces->lexicon);
    a->sums = b->sums = whole.sums;
    a->blanks = whole.blanks;
}
