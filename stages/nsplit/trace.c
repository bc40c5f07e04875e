#include "stages/nsplit/trace.h"

#include "common/alloc.h"
#include "common/ascii.h"
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
    FAR = 1000, /* a clue is at most that */
    SUM_WEIGHT = 200,
    SUM_LENGTH = 300,
    FEW_WORDS = 2,
};
static const uint32_t whole_line = 0x9e3779b9u;
static const uint32_t words_hash = 2166136261u; /* of no words */

#define NO_WORDS TRACE_NO_WORD, TRACE_NO_WORD, TRACE_NO_WORD, TRACE_NO_WORD
const struct trace trace_none = {.near = {[NEAR_CAPITALS] = -1},
                                 .word = {NO_WORDS, NO_WORDS, NO_WORDS}};

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

/* The words of a line: where each begins and ends, and the hashes of their small
 * letters. */
struct scan {
    uint8_t edge[INK_MOST + 2];
    uint32_t hash[INK_MOST / 2 + 1];
    size_t words, cut; /* and the first behind the last bar or dash, if there is one */
    uint32_t all;      /* hash of all words */
    unsigned capitals;
    bool is_cut, year, right;
};

/* The arrays need no beginning. */
static void scan_begin(struct scan *scan)
{
    scan->words = scan->cut = 0;
    scan->all = words_hash;
    scan->capitals = 0;
    scan->is_cut = scan->year = scan->right = false;
}

static uint64_t small(const char *s)
{
    return ascii_eight(s) | ASCII_SMALL;
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

static inline uint32_t join(uint32_t hash, uint32_t word)
{
    return (hash ^ word) * 2654435761u;
}

static void weigh(struct trace *trace, const struct lexicon *lexicon, uint32_t key)
{
    const struct weight *weight = lexicon_find(lexicon, key);
    if (weight) {
        int16_t *near = trace->near;
        near[NEAR_FOOT] = (int16_t)clip(near[NEAR_FOOT] + weight->foot, FAR);
        near[NEAR_HEAD] = (int16_t)clip(near[NEAR_HEAD] + weight->head, FAR);
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

static uint64_t word_bit(uint32_t hash)
{
    return (uint64_t)1 << (hash >> 26);
}

/* Which words are short no processor foretells: nothing here branches on it. */
static inline void add_word(struct trace *trace, size_t length, uint32_t hash)
{
    uint64_t bit = word_bit(hash), more = -(uint64_t)(length >= SHORT_WORD);
    trace->shorts |= bit & ~more;
    trace->words |= bit & more;
    if (trace->kept < TRACE_WORDS) {
        trace->word[trace->kept] =
            (uint16_t)(more ? (hash >> 8) % TRACE_NO_WORD : TRACE_NO_WORD);
        trace->kept += (uint8_t)(more & 1);
    }
}

/* What stands before word w, behind the one before it. */
static void add_gap(struct trace *trace, struct scan *scan, struct str s, size_t from,
                    size_t to, size_t w)
{
    for (size_t i = from; i < to; i++) {
        char c = s.s[i], next = s.s[i + 1];
        size_t length;
        enum separator separator = NO_SEPARATOR;
        if (c == ' ' && i && (next & 0x80 || next == '|' || next == '-' || next == ':'))
            separator = separator_at(s, i, &length);
        if (separator) {
            trace->flags |= separator == BAR ? TRACE_BAR : TRACE_DASH;
            trace->name = trace->words;
            scan->cut = w;
            scan->is_cut = true;
            i += length - 1;
        }
        scan->right = scan->right || (c == '\xc2' && next == '\xa9');
    }
}

static void find_words(struct scan *scan, struct trace *trace, const struct ink *ink)
{
    size_t edges = 0;
    uint64_t before = 0, figures = 0;
    for (size_t b = 0; b < ink->blocks; b++) {
        uint64_t letter = ink->letter[b], edge = letter ^ (letter << 1 | before);
        before = letter >> 63;
        scan->capitals += ink_count(letter & edge & ink->capital[b]);
        figures |= letter & edge & ink->digit[b];
        while (edge)
            scan->edge[edges++] = (uint8_t)(b * INK_BLOCK + ink_take(&edge));
    }
    if (before) /* the last word fills its block */
        scan->edge[edges++] = (uint8_t)ink->len;
    scan->words = edges / 2;
    trace->count = (uint16_t)scan->words;
    if (figures)
        trace->flags |= TRACE_DIGIT;
}

/* Adds the words; returns how many of them, whose hashes are put one behind the other,
 * may be in the lexicon. */
static size_t add_words(struct trace *trace, struct scan *scan, struct str s,
                        const struct lexicon *lexicon, uint32_t known[INK_MOST / 2 + 1])
{
    size_t to = 0, n = 0; /* to: of the word before */
    for (size_t w = 0; w < scan->words; w++) {
        size_t from = scan->edge[2 * w];
        if (from - to > 1)
            add_gap(trace, scan, s, to, from, w);
        to = scan->edge[2 * w + 1];
        uint32_t hash = hash_letters(s.s + from, to - from);
        scan->hash[w] = known[n] = hash;
        scan->all = join(scan->all, hash);
        if (lexicon && lexicon_may_have(lexicon, hash))
            n++;
        add_word(trace, to - from, hash);
    }
    add_gap(trace, scan, s, to, s.len, scan->words);
    return n;
}

/* Years are words of four figures; a word that a colon follows is the hour of a time. */
static void find_dates(struct trace *trace, struct scan *scan, struct str s)
{
    for (size_t w = 0; w < scan->words; w++) {
        size_t from = scan->edge[2 * w], to = scan->edge[2 * w + 1], n = to - from;
        bool year = n == 4, hour = n <= 2 && to < s.len && s.s[to] == ':';
        if ((year || hour) && figures(str_sub(s, from, to))) {
            trace->flags |= TRACE_DATE;
            scan->year = scan->year || year;
        }
    }
}

static void scan_words(struct trace *trace, struct scan *scan, const struct ink *ink,
                       const struct lexicon *lexicon)
{
    struct str s = {ink->text, ink->len};
    uint32_t known[INK_MOST / 2 + 1];
    find_words(scan, trace, ink);
    size_t n = add_words(trace, scan, s, lexicon, known);
    for (size_t i = 0; i < n; i++)
        weigh(trace, lexicon, known[i]);
    if (trace->flags & TRACE_DIGIT)
        find_dates(trace, scan, s);
}

/* The signature of the words from the cut on. */
static uint64_t site_words(const struct scan *scan)
{
    uint64_t site = 0;
    for (size_t w = scan->cut; w < scan->words; w++)
        if (scan->edge[2 * w + 1] - scan->edge[2 * w] >= SHORT_WORD)
            site |= word_bit(scan->hash[w]);
    return site;
}

/* The hash of the words behind the cut; 0 if there are none. */
static uint32_t hash_tail(const struct scan *scan)
{
    uint32_t hash = words_hash;
    if (!scan->is_cut || scan->cut == scan->words)
        return 0;
    for (size_t w = scan->cut; w < scan->words; w++)
        hash = join(hash, scan->hash[w]);
    return hash | 1;
}

/* Each word is copied as if it were as long as what may be missing. */
static uint32_t opening(const struct scan *scan, const struct ink *ink)
{
    char letters[2 * OPENING + 8];
    size_t n = 0;
    for (size_t w = 0; w < scan->words && n < OPENING; w++) {
        memcpy(letters + n, ink->text + scan->edge[2 * w], OPENING);
        n += (size_t)(scan->edge[2 * w + 1] - scan->edge[2 * w]);
    }
    n = n < OPENING ? n : OPENING;
    return n < OPENING_LEAST ? 0 : hash_letters(letters, n) | 1;
}

/* What a line says of itself alone. */
static void put_clues(struct trace *trace, const struct scan *scan)
{
    int16_t *near = trace->near, *own = trace->own;
    near[NEAR_CUE] = trace->cue;
    near[NEAR_BYTES] = (int16_t)(trace->bytes < FAR ? trace->bytes : FAR);
    near[NEAR_CAPITALS] =
        (int16_t)(trace->count ? (int)(100 * scan->capitals / trace->count) : -1);
    near[NEAR_FLAGS] = trace->flags & (TRACE_SENTENCE | TRACE_YEAR);
    own[OWN_WORDS] = (int16_t)trace->count;
    own[OWN_BAR] = trace->flags & (TRACE_BAR | TRACE_DASH);
    own[OWN_LOWER] = trace->flags & TRACE_LOWER;
    own[OWN_TAIL] = (int16_t)(scan->is_cut ? scan->words - scan->cut : 0);
    own[OWN_DATE] = trace->flags & (TRACE_DATE | TRACE_DIGIT);
}

static void trace_words(struct trace *trace, const struct ink *ink, bool whole,
                        const struct lexicon *lexicon)
{
    struct scan scan;
    scan_begin(&scan);
    scan_words(trace, &scan, ink, lexicon);
    if (!scan.is_cut || !trace->name)
        trace->name = trace->words;
    if (scan.is_cut)
        trace->site = site_words(&scan);
    trace->word_bits = (uint8_t)ink_count(trace->words);
    trace->name_bits = (uint8_t)ink_count(trace->name);
    if (scan.right && scan.year)
        trace->flags |= TRACE_YEAR;
    put_clues(trace, &scan);
    if (!whole || !trace->count)
        return;
    trace->hash = scan.all | 1;
    trace->tail = hash_tail(&scan);
    trace->opening = opening(&scan, ink);
    if (lexicon)
        weigh(trace, lexicon, trace->hash ^ whole_line);
}

uint32_t trace_opening(struct str s)
{
    struct scan scan;
    struct trace trace = {.flags = 0};
    struct ink ink;
    scan_begin(&scan);
    ink_read(&ink, str_sub(s, 0, s.len < INK_MOST ? s.len : INK_MOST));
    scan_words(&trace, &scan, &ink, NULL);
    return opening(&scan, &ink);
}
static bool upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool lower(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Behind such a mark nothing new begins. */
static bool binds(char c)
{
    switch (c) {
    case '-':
    case '\'':
    case '/':
    case '(':
    case '&':
    case '"':
    case '_':
    case '#':
    case '@':
    case '[':
    case '{':
    case '<':
    case '+':
    case '=':
        return true;
    default:
        return false;
    }
}

/* Something new may begin at byte k > 0. */
static bool joint(struct str s, size_t k)
{
    char b = s.s[k - 1], c = s.s[k], next = k + 1 < s.len ? s.s[k + 1] : ' ';
    bool stop = b == '.' || b == '!' || b == '?' || b == ')';
    if ((unsigned char)b <= ' ')
        return false;
    if (upper(c))
        return upper(b) ? lower(next) && k > 1 && upper(s.s[k - 2]) : !binds(b);
    if (figure(c))
        return lower(b) || (stop && k > 1 && !figure(s.s[k - 2]));
    if (c == '"' || c == '\'')
        return (lower(b) || stop) && (upper(next) || figure(next));
    if (!(c & 0x80) || upper(b) || binds(b))
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

/* Written out it costs a few instructions, a struct of zeros many. */
static void clear(struct trace *trace)
{
    trace->words = trace->name = trace->site = trace->shorts = 0;
    trace->hash = trace->opening = trace->tail = trace->gap = trace->bytes = 0;
    trace->count = 0;
    trace->word_bits = trace->name_bits = trace->kept = 0;
    trace->flags = trace->cue = 0;
    memset(trace->near, 0, sizeof trace->near);
    memset(trace->own, 0, sizeof trace->own);
    memcpy(trace->word, trace_none.word, sizeof trace->word);
}

void trace_line(struct trace *trace, struct str line, const struct lexicon *lexicon)
{
    struct str s = trimmed(line);
    struct ink ink;
    clear(trace);
    trace->bytes = (uint32_t)(s.len < 1u << 30 ? s.len : 1u << 30);
    trace->cue = (uint8_t)cue_of(line);
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
        trace_line(&trace, str_sub(phrase, 1, phrase.len), NULL);
        return trace.hash ^ whole_line;
    }
    ink_read(&ink, str_sub(phrase, 0, phrase.len < INK_MOST ? phrase.len : INK_MOST));
    return ink.len ? hash_letters(ink.text, ink.len) : 0;
}

/* ---- the traces of a stream ---- */

void trace_place(struct trace *trace, const struct trace *other)
{
    memcpy(trace->sums, other->sums, sizeof trace->sums);
    trace->totals = other->totals;
}

struct traces *traces_new(const struct lexicon *lexicon)
{
    struct traces *traces = xalloc(1, sizeof *traces);
    traces->lexicon = lexicon;
    traces_clear(traces);
    return traces;
}

void traces_free(struct traces *traces)
{
    free(traces);
}

void traces_clear(struct traces *traces)
{
    *traces = (struct traces){.lexicon = traces->lexicon};
    for (size_t i = 0; i < TRACES; i++)
        traces->ring[i] = trace_none;
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
    uint16_t *sums = traces->sums;
    struct totals *totals = &traces->totals;
    int foot = clip(trace->near[NEAR_FOOT], SUM_WEIGHT);
    bool sentence = trace->flags & TRACE_SENTENCE;
    bool prose = trace->bytes > TRACE_PROSE && sentence;
    bool date = trace->flags & TRACE_DATE || trace->cue == CUE_TIME;
    sums[SUM_FOOT] += (uint16_t)foot;
    sums[SUM_HEAD] += (uint16_t)clip(trace->near[NEAR_HEAD], SUM_WEIGHT);
    sums[SUM_PROSE] += prose;
    sums[SUM_KNOWN] += trace->gap > KNOWN_GAP;
    sums[SUM_BYTES] += (uint16_t)(trace->bytes < SUM_LENGTH ? trace->bytes : SUM_LENGTH);
    sums[SUM_SENTENCES] += sentence;
    sums[SUM_DATES] += date;
    sums[SUM_SHORTS] += trace->count <= FEW_WORDS;
    totals->foot += (uint32_t)foot;
    totals->prose += prose;
    totals->bytes += trace->bytes;
    totals->dates += date;
    memcpy(trace->sums, sums, sizeof trace->sums);
    trace->totals = *totals;
}

static void set_columns(struct traces *traces, uint32_t n)
{
    const struct trace *trace = &traces->ring[n % TRACES];
    traces->of.words[n % TRACES] = trace->words;
    traces->of.name[n % TRACES] = trace->name;
    traces->of.opening[n % TRACES] = trace->opening;
    traces->of.hash[n % TRACES] = trace->hash;
    traces->of.gap[n % TRACES] = trace->gap;
}

/* How it stands to those before it. */
static void put_gaps(struct traces *traces, struct trace *trace, uint32_t n)
{
    trace->gap = note(traces->lines, TRACE_SLOTS, trace->hash, n);
    trace->near[NEAR_GAP] = trace_logarithm(trace->gap);
    trace->own[OWN_OPENING_GAP] =
        trace_logarithm(note(traces->openings, TRACE_SLOTS, trace->opening, n));
    trace->own[OWN_TAIL_GAP] =
        trace_logarithm(note(traces->tails, TRACE_SLOTS / 8, trace->tail, n));
    if (trace->gap && trace->gap == traces->last_gap)
        traces->run += traces->run < RUN_MOST;
    else
        traces->run = trace->gap != 0;
    trace->near[NEAR_RUN] = traces->run;
    traces->last_gap = trace->gap;
}

static struct said *said_slot(struct traces *traces, const char text[SAID_BYTES])
{
    uint64_t hash = 0;
    for (size_t i = 0; i < SAID_BYTES; i += 8)
        hash = (hash << 7 | hash >> 57) ^ ascii_eight(text + i);
    return &traces->said[hash * 0x9e3779b97f4a7c15u >> 32 & (SAID_SLOTS - 1)];
}

/* Line n is short: its trace, copied if it was said not long ago. */
static void trace_short(struct traces *traces, uint32_t n, struct str line)
{
    char text[SAID_BYTES] = {0};
    memcpy(text, line.s, line.len);
    struct said *said = said_slot(traces, text);
    struct trace *trace = &traces->ring[n % TRACES];
    bool again = said->line && n - said->line < TRACES && said->len == line.len &&
                 memcmp(said->text, text, SAID_BYTES) == 0;
    if (again)
        *trace = traces->ring[said->line % TRACES];
    else
        trace_line(trace, line, traces->lexicon);
    said->line = n;
    said->len = (uint32_t)line.len;
    memcpy(said->text, text, SAID_BYTES);
}

uint32_t traces_add(struct traces *traces, struct str line, size_t blanks)
{
    uint32_t n = ++traces->count;
    struct trace *trace = &traces->ring[n % TRACES];
    if (line.len <= SAID_BYTES)
        trace_short(traces, n, line);
    else
        trace_line(trace, line, traces->lexicon);
    trace->own[OWN_BLANKS] = (int16_t)(blanks < FAR ? blanks : FAR);
    put_gaps(traces, trace, n);
    add_sums(traces, trace);
    set_columns(traces, n);
    return n;
}

void traces_split(struct traces *traces, uint32_t n, struct str first, struct str second)
{
    uint32_t last = ++traces->count;
    memset(traces->said, 0, sizeof traces->said);
    for (; last > n + 1; last--) {
        traces->ring[last % TRACES] = traces->ring[(last - 1) % TRACES];
        set_columns(traces, last);
    }
    struct trace *a = &traces->ring[n % TRACES], *b = &traces->ring[(n + 1) % TRACES];
    struct trace whole = *a;
    trace_line(a, first, traces->lexicon);
    trace_line(b, second, traces->lexicon);
    trace_place(a, &whole);
    trace_place(b, &whole);
    a->own[OWN_BLANKS] = whole.own[OWN_BLANKS];
    set_columns(traces, n);
    set_columns(traces, n + 1);
}
