#include "stages/nsplit/trace.h"

#include "common/alloc.h"
#include "common/unicode.h"

#include <stdlib.h>

enum {
    LONG_LINE = 200, /* of a longer one only so much is looked at */
    LONG_SENTENCE = 160,
    LONG_LOOK = 64,
    OPENING = 20, /* letters, and the least that tell */
    OPENING_LEAST = 9,
    SHORT_WORD = 4,
    KNOWN_GAP = 20, /* the same line so far behind is a template's */
    RUN_MOST = 50,
};
static const uint32_t start_hash = 2166136261u, whole_line = 0x9e3779b9u;
static const uint64_t upper_bits = 0x8080808080808080u;

const struct trace trace_none = {.flags = 0};

static uint32_t mix(uint32_t h, unsigned char c)
{
    return (h ^ c) * 16777619u;
}

/* A letter or digit in its small form, else 0. Bytes of other scripts are letters, but
 * for those that may begin a mark. */
static unsigned char folded[256];

static void make_tables(void)
{
    if (folded['a'])
        return;
    for (int c = '0'; c <= '9'; c++)
        folded[c] = (unsigned char)c;
    for (int c = 'a'; c <= 'z'; c++)
        folded[c] = folded[c - 32] = (unsigned char)c;
    for (int c = 0x80; c < 0x100; c++)
        folded[c] = c == 0xc2 || c == 0xe2 || c == 0xe3 ? 0 : (unsigned char)c;
}

/* The bytes that a mark or space beyond ASCII takes at s[i], or 0: U+0080 to U+00BF,
 * U+2000 to U+206F, U+3000 to U+303F. */
static size_t mark_length(struct str s, size_t i)
{
    unsigned char c = (unsigned char)s.s[i];
    if (c == 0xc2)
        return s.len - i < 2 ? 1 : 2;
    if (c != 0xe2 && c != 0xe3)
        return 0;
    unsigned char d = i + 1 < s.len ? (unsigned char)s.s[i + 1] : 0;
    if (d == 0x80 || (c == 0xe2 && d == 0x81))
        return s.len - i < 3 ? s.len - i : 3;
    return 0;
}

/* The letter at s[i], folded; or 0, and *skip bytes are none. */
static inline unsigned char letter_at(struct str s, size_t i, size_t *skip)
{
    unsigned char raw = (unsigned char)s.s[i], c = folded[raw];
    if (c || raw < 0x80) {
        *skip = 1;
        return c;
    }
    *skip = mark_length(s, i);
    return *skip ? 0 : raw;
}

/* The length of a mark between title and site at the blank s[i]: " | ", " - ", " – ",
 * " — ", " · ", " » ", " • ", " :: ", blanks included. 0 if there is none. */
static inline size_t separator(struct str s, size_t i, bool *bar)
{
    static const char *const marks[] = {
        " | ",        " - ",        " \xe2\x80\x93 ", " \xe2\x80\x94 ",
        " \xc2\xb7 ", " \xc2\xbb ", " \xe2\x80\xa2 ", " :: "};
    unsigned char next = i + 1 < s.len ? (unsigned char)s.s[i + 1] : 0;
    if (next != '|' && next != '-' && next != ':' && next < 0x80)
        return 0;
    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
        size_t n = strlen(marks[m]);
        if (s.len - i > n && memcmp(s.s + i, marks[m], n) == 0) {
            *bar = m == 0;
            return n;
        }
    }
    return 0;
}

static bool sentence_end(struct str s)
{
    while (s.len && strchr("\"')]", s.s[s.len - 1]))
        s.len--;
    if (!s.len)
        return false;
    char last = s.s[s.len - 1];
    if (!(last & 0x80))
        return last == '.' || last == '!' || last == '?';
    return str_ends(s, STR("\xe2\x80\x9d")) || str_ends(s, STR("\xe3\x80\x82"));
}

struct scan {
    uint32_t all, tail; /* hashes of the words so far */
    unsigned tail_words;
    bool cut, year, right;
};

static int clip(int n, int most)
{
    return n > most ? most : n < -most ? -most : n;
}

static void weigh(struct trace *trace, const struct lexicon *lexicon, uint32_t key)
{
    const struct weight *weight = lexicon ? lexicon_find(lexicon, key) : NULL;
    if (weight) {
        trace->foot = (int16_t)clip(trace->foot + weight->foot, 1000);
        trace->head = (int16_t)clip(trace->head + weight->head, 1000);
    }
}

static bool digits(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.s[i] < '0' || s.s[i] > '9')
            return false;
    return true;
}

static void add_word(struct trace *trace, struct scan *scan, struct str word,
                     uint32_t hash, const struct lexicon *lexicon)
{
    trace->count++;
    trace->capitals += word.s[0] >= 'A' && word.s[0] <= 'Z';
    if (word.s[0] >= '0' && word.s[0] <= '9')
        trace->flags |= TRACE_DIGIT;
    scan->all = (scan->all ^ hash) * 2654435761u;
    scan->tail = (scan->tail ^ hash) * 2654435761u;
    scan->tail_words++;
    weigh(trace, lexicon, hash);
    if (word.len < SHORT_WORD)
        return;
    uint64_t bit = (uint64_t)1 << (hash * 2654435761u >> 26);
    trace->words |= bit;
    trace->site |= bit;
    if (trace->kept < TRACE_WORDS)
        trace->word[trace->kept++] = (uint16_t)(hash >> 16 ^ hash);
    if (word.len == 4 && digits(word)) {
        trace->flags |= TRACE_DATE;
        scan->year = true;
    }
}

static void begin_tail(struct trace *trace, struct scan *scan, bool bar)
{
    trace->name = trace->words;
    trace->site = 0;
    trace->flags |= bar ? TRACE_BAR : TRACE_DASH;
    scan->tail = start_hash;
    scan->tail_words = 0;
    scan->cut = true;
}

/* The end of the word that begins at s[i], and its hash. */
static size_t read_word(struct str s, size_t i, uint32_t *hash)
{
    uint32_t h = start_hash;
    size_t skip;
    for (;;) {
        unsigned char c;
        for (; i < s.len && (c = folded[(unsigned char)s.s[i]]); i++)
            h = mix(h, c);
        if (i == s.len || !((unsigned char)s.s[i] & 0x80) ||
            !(c = letter_at(s, i, &skip)))
            break;
        h = mix(h, c);
        i++;
    }
    *hash = h;
    return i;
}

static void scan_words(struct trace *trace, struct str s, const struct lexicon *lexicon)
{
    struct scan scan = {.all = start_hash, .tail = start_hash};
    size_t i = 0;
    while (i < s.len) {
        uint32_t hash;
        size_t from = i, mark;
        bool bar = false;
        i = read_word(s, i, &hash);
        if (i > from)
            add_word(trace, &scan, str_sub(s, from, i), hash, lexicon);
        if (i == s.len)
            break;
        char raw = s.s[i];
        if (raw == ' ' && i && (mark = separator(s, i, &bar))) {
            begin_tail(trace, &scan, bar);
            i += mark;
            continue;
        }
        if (raw == ':' && i > from && i - from <= 2 && digits(str_sub(s, from, i)))
            trace->flags |= TRACE_DATE;
        if (raw == '\xc2' && i + 1 < s.len && s.s[i + 1] == '\xa9')
            scan.right = true;
        i += raw & 0x80 ? mark_length(s, i) : 1;
    }
    trace->hash = trace->count ? scan.all | 1 : 0;
    trace->tail = scan.cut && scan.tail_words ? scan.tail | 1 : 0;
    trace->tail_count = (uint8_t)(!scan.cut               ? 0
                                  : scan.tail_words < 255 ? scan.tail_words
                                                          : 255);
    if (!scan.cut)
        trace->site = 0;
    if (!scan.cut || !trace->name)
        trace->name = trace->words;
    if (scan.right && scan.year)
        trace->flags |= TRACE_YEAR;
}

uint32_t trace_opening(struct str s)
{
    uint32_t h = start_hash;
    size_t n = 0, skip;
    for (size_t i = 0; i < s.len && n < OPENING;) {
        unsigned char c = letter_at(s, i, &skip);
        if (c) {
            h = mix(h, c);
            n++;
        }
        i += c ? 1 : skip;
    }
    return n >= OPENING_LEAST ? h | 1 : 0;
}

/* The upper bit of each byte of x that lies in a range of ASCII. */
static uint64_t in_range(uint64_t x, unsigned char from, unsigned char to)
{
    const uint64_t each = 0x0101010101010101u;
    uint64_t low = x & ~upper_bits;
    return (low + each * (0x80u - from)) & ~(low + each * (0x7fu - to)) & ~x & upper_bits;
}

static uint64_t inks(uint64_t x)
{
    return ((x & ~upper_bits) + 0x5f5f5f5f5f5f5f5fu) | x;
}

static uint64_t eight(const char *s)
{
    uint64_t x;
    memcpy(&x, s, sizeof x);
    return x;
}

static bool upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool figure(char c)
{
    return c >= '0' && c <= '9';
}

bool trace_joint(struct str s, size_t k)
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

static bool has_joint(struct str s)
{
    size_t i = 1;
    /* most lines have no byte that may be one */
    for (; i + 8 <= s.len; i += 8) {
        uint64_t now = eight(s.s + i), before = eight(s.s + i - 1);
        uint64_t high = now & now << 1 & upper_bits; /* 0xc0 and more */
        uint64_t figures = in_range(now, '0', '9') & ~in_range(before, '0', '9');
        uint64_t quotes = in_range(now, '"', '"') | in_range(now, '\'', '\'');
        if ((in_range(now, 'A', 'Z') | figures | quotes | high) & inks(before) &
            upper_bits)
            break;
    }
    for (; i < s.len; i++)
        if (trace_joint(s, i))
            return true;
    return false;
}

/* str_trim() where that has nothing to do. */
static struct str trimmed(struct str s)
{
    bool plain = s.len && s.s[0] > ' ' && s.s[s.len - 1] > ' ';
    return plain ? s : str_trim(s);
}

void trace_line(struct trace *trace, struct str line, enum cue cue,
                const struct lexicon *lexicon)
{
    struct str s = trimmed(line);
    *trace = (struct trace){.bytes = (uint32_t)(s.len < 1u << 30 ? s.len : 1u << 30),
                            .cue = (uint8_t)cue};
    make_tables();
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
    if (!stop && has_joint(whole ? s : str_sub(s, s.len - LONG_LINE, s.len)))
        trace->flags |= TRACE_JOINT;
    scan_words(trace, whole ? s : str_sub(s, 0, LONG_LOOK), lexicon);
    if (whole) {
        trace->opening = trace_opening(s);
        weigh(trace, lexicon, trace->hash ^ whole_line);
    } else {
        trace->hash = trace->tail = 0;
    }
}

uint32_t trace_key(struct str phrase)
{
    struct trace trace;
    bool line = str_starts(phrase, STR("="));
    trace_line(&trace, line ? str_sub(phrase, 1, phrase.len) : phrase, CUE_NONE, NULL);
    if (line)
        return trace.hash ^ whole_line;
    uint32_t hash = start_hash;
    for (size_t i = 0; i < phrase.len; i++)
        hash = mix(hash, (unsigned char)phrase.s[i]);
    return hash;
}

bool trace_word(struct str *rest, struct buf *word)
{
    size_t i = 0, skip;
    buf_clear(word);
    make_tables();
    while (i < rest->len) {
        unsigned char c = letter_at(*rest, i, &skip);
        if (!c && word->len)
            break;
        if (c)
            buf_add_char(word, (char)c);
        i += c ? 1 : skip;
    }
    *rest = str_sub(*rest, i, rest->len);
    return word->len > 0;
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
