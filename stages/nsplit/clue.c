#include "stages/nsplit/clue.h"

#include <string.h>

enum { NEAR = 5, FAR = 1000, FULL = 60 };

static int bits(uint64_t x)
{
    return (int)ink_count(x);
}

/* Words two lines share, out of all of both, in hundredths. */
static int overlap(uint64_t a, int a_bits, uint64_t b, int b_bits)
{
    int both = a & b ? bits(a & b) : 0, either = a_bits + b_bits - both;
    return both && either >= 2 ? 100 * both / either : 0;
}

static int names_overlap(const struct trace *a, const struct trace *b)
{
    return overlap(a->name, a->name_bits, b->name, b->name_bits);
}

/* Words of a that are in b, in hundredths. */
static int inside(uint64_t a, uint64_t b)
{
    int all = bits(a);
    return all ? 100 * bits(a & b) / all : -1;
}

static int16_t most(uint32_t n, uint32_t limit)
{
    return (int16_t)(n < limit ? n : limit);
}

static int16_t signed_most(uint32_t n)
{
    int32_t x = (int32_t)n;
    return (int16_t)(x > FAR ? FAR : x < -FAR ? -FAR : x);
}

static uint64_t hash_bit(uint32_t hash)
{
    return hash ? (uint64_t)1 << (hash >> 26) : 0;
}

static bool among(uint32_t hash, uint64_t bits, const uint32_t *hashes, int count)
{
    if (!(hash_bit(hash) & bits))
        return false;
    for (int i = 0; i < count; i++)
        if (hashes[i] == hash)
            return true;
    return false;
}

void page_head_set(struct page_head *head, const struct traces *traces, uint32_t first)
{
    head->first = first;
    head->title = *traces_at(traces, first);
    head->after_bits = head->before_bits = 0;
    for (uint32_t j = 0; j < HEAD_LINES; j++) {
        head->after[j] = traces_at(traces, first + 1 + j)->hash;
        head->after_bits |= hash_bit(head->after[j]);
    }
    for (uint32_t j = 0; j < FOOT_LINES; j++) {
        head->before[j] = first > j + 1 ? traces_at(traces, first - 1 - j)->hash : 0;
        head->before_bits |= hash_bit(head->before[j]);
    }
}

void place_at(struct place *place, const struct traces *traces,
              const struct page_head *page, uint32_t n)
{
    place->traces = traces;
    place->page = page;
    place->n = n;
    place->at = traces_at(traces, n);
    place->there = (int)most(traces->count - n, FAR);
    place->inside = false;
    place->clues = 0;
}

void place_inside(struct place *place, const struct traces *traces,
                  const struct page_head *page, uint32_t n, struct str line, size_t k)
{
    struct str rest = str_sub(line, k, line.len);
    place_at(place, traces, page, n);
    trace_line(&place->rest, rest, traces->lexicon);
    trace_place(&place->rest, place->at);
    place->at = &place->rest;
    place->inside = true;
    place->first = str_sub(line, 0, k);
    place->part = trace_none;
    place->part.bytes = (uint32_t)k;
    place->part.near[NEAR_BYTES] = most((uint32_t)k, FAR);
}

/* The line so far before or behind that of the place; the last one if it is not there
 * yet. What a place looks at is not forgotten. */
static const struct trace *around(const struct place *p, int by)
{
    return traces_near(p->traces, p->n + (uint32_t)(by < p->there ? by : p->there));
}

/* The j-th line before the place, from 1 on. */
static const struct trace *before(const struct place *p, int j)
{
    if (p->inside && --j == 0)
        return &p->part;
    return around(p, -j);
}

/* The j-th line behind it. */
static const struct trace *behind(const struct place *p, int j)
{
    return j <= p->there ? traces_near(p->traces, p->n + (uint32_t)j) : &trace_none;
}

/* How many lines behind the place are there, at most so many. */
static uint32_t there(const struct place *p, int most)
{
    return (uint32_t)(p->there < most ? p->there : most);
}

/* Lines from the place to one of that number; 0 if it is not behind it, or far. */
static uint32_t ahead(const struct place *p, uint32_t line)
{
    return line > p->n && line - p->n <= CLUE_AHEAD ? line - p->n : 0;
}

static void put_row(struct place *p, const int16_t row[TRACE_ROW])
{
    for (int i = 0; i < TRACE_ROW; i++)
        p->clue[p->clues + i] = trees_feature(row[i]);
    p->clues += TRACE_ROW;
}

/* The sums of the lines behind from up to line to. */
static void put_sums(struct place *p, const struct trace *from, const struct trace *to)
{
    int16_t sums[TRACE_ROW];
    for (int s = 0; s < TRACE_ROW; s++)
        sums[s] = (int16_t)(to->sums[s] - from->sums[s]);
    put_row(p, sums);
}

/* Of so many lines before the place, and of as many behind it. */
static void put_around(struct place *p, int far)
{
    put_sums(p, around(p, -far - 1), around(p, -1));
    put_sums(p, p->at, around(p, far));
}

void clues_gate(struct place *p)
{
    const struct trace *at = p->at;
    put_row(p, at->near);
    put_row(p, at->own);
    put_row(p, before(p, 1)->near);
    put_row(p, behind(p, 1)->near);
    put_around(p, 3);
    put_around(p, 10);
    clue_add(p, trace_logarithm(ahead(p, traces_last(p->traces, at->opening))));
    clue_add(p, p->inside);
    clue_add(p, at->tail && at->tail == p->page->title.tail);
    clue_add(p, trace_logarithm(p->n - p->page->first));
}

/* One word shared by lines of more is chance. */
static bool may_overlap(const struct trace *at, uint64_t words)
{
    uint64_t both = at->name & words;
    return both & (both - (at->name_bits > 1));
}

/* How the words of the line come back behind it. */
struct returns {
    int best, full, early;
    uint32_t distance, first; /* lines to the best one, and to the first full one */
    uint32_t exact, exacts;   /* to the first with the same opening */
};

static void add_return(struct returns *back, const struct trace *at,
                       const struct trace *t, uint32_t j)
{
    int both = names_overlap(at, t);
    if (t->count < 2)
        return;
    if (t->name != t->words) {
        int whole = overlap(at->name, at->name_bits, t->words, t->word_bits);
        both = whole > both ? whole : both;
    }
    if (both > back->best) {
        back->best = both;
        back->distance = j;
    }
    if (both >= FULL) {
        back->full++;
        back->first = back->first ? back->first : j;
    }
    if (j <= NEAR && both > back->early)
        back->early = both;
}

static struct returns returns_of(const struct place *p)
{
    struct returns back = {0};
    const struct trace *at = p->at;
    const struct trace_columns *of = &p->traces->of;
    for (uint32_t j = 1, last = there(p, CLUE_AHEAD); j <= last; j++) {
        uint32_t i = (p->n + j) % TRACES;
        if (of->opening[i] == at->opening && at->opening) {
            back.exact = back.exact ? back.exact : j;
            back.exacts++;
        }
        if (may_overlap(at, of->words[i]))
            add_return(&back, at, &p->traces->ring[i], j);
    }
    return back;
}

/* Do the words of the line come back as the headline of the page? */
static void put_return(struct place *p)
{
    const struct trace *at = p->at;
    struct returns r = returns_of(p);
    uint32_t from = r.exact ? r.exact : r.distance;
    const struct trace *back = behind(p, (int)from);
    const uint16_t *near = around(p, (int)from)->sums;
    const uint16_t *far = around(p, (int)from + 25)->sums;
    clue_add(p, r.best);
    clue_add(p, trace_logarithm(r.distance));
    clue_add(p, trace_logarithm(r.first));
    clue_add(p, r.full);
    clue_add(p, r.early);
    clue_add(p, trace_logarithm(r.exact));
    clue_add(p, most(r.exacts, FAR));
    clue_add(p, most(back->bytes, FAR));
    clue_add(p, inside(at->name, back->words));
    clue_add(p, at->name_bits);
    clue_add(p, r.best ? far[SUM_PROSE] - near[SUM_PROSE] : 0);
    clue_add(p, r.best ? far[SUM_DATES] - near[SUM_DATES] : 0);
}

/* Was the line said before, is it the title of the page so far? */
static void put_said(struct place *p)
{
    int best = 0, times = 0;
    uint32_t distance = 0, most_behind = p->n - 1;
    for (uint32_t j = 1; j <= CLUE_BEHIND && j <= most_behind; j++) {
        uint32_t i = (p->n - j) % TRACES;
        if (!may_overlap(p->at, p->traces->of.name[i]))
            continue;
        int both = names_overlap(p->at, &p->traces->ring[i]);
        if (both > best) {
            best = both;
            distance = j;
        }
        times += both >= FULL;
    }
    const struct trace *title = &p->page->title;
    uint32_t last = traces_last(p->traces, title->opening);
    clue_add(p, best);
    clue_add(p, trace_logarithm(distance));
    clue_add(p, times);
    clue_add(p, names_overlap(p->at, title));
    clue_add(p, p->at->opening && p->at->opening == title->opening);
    clue_add(p, trace_logarithm(ahead(p, last)));
    clue_add(p, last > p->page->first && last < p->n ? trace_logarithm(p->n - last) : -1);
}

/* How the lines behind the place stand to the page so far and those before it. */
static void put_template(struct place *p)
{
    int in_page = 0, in_others = 0, aligned = 0, head = 0, anywhere = 0, foot = 0;
    int footed = 0, row = 0;
    uint32_t length = p->n - p->page->first;
    const struct page_head *page = p->page;
    const struct trace_columns *of = &p->traces->of;
    for (uint32_t j = 1, last = there(p, 30); j <= last; j++) {
        uint32_t gap = of->gap[(p->n + j) % TRACES];
        if (gap <= j)
            continue;
        bool own = p->n + j - gap >= page->first;
        in_page += own;
        in_others += !own;
        aligned += j <= HEAD_LINES && gap == length;
    }
    for (uint32_t j = 0, last = there(p, HEAD_LINES); j < last; j++) {
        uint32_t hash = of->hash[(p->n + j + 1) % TRACES];
        head += hash && hash == page->after[j];
        anywhere += among(hash, page->after_bits, page->after, HEAD_LINES);
    }
    for (uint32_t j = 0; j < FOOT_LINES; j++) {
        uint32_t hash = before(p, (int)j + 1)->hash;
        bool same = hash && hash == page->before[j];
        foot += same;
        row += same && row == (int)j;
        footed += among(hash, page->before_bits, page->before, FOOT_LINES);
    }
    clue_add(p, in_page);
    clue_add(p, in_others);
    clue_add(p, aligned);
    clue_add(p, head);
    clue_add(p, anywhere);
    clue_add(p, foot);
    clue_add(p, row);
    clue_add(p, footed);
}

/* How many of a line's words were seen. */
static int seen_words(const unsigned char *seen, const struct trace *t)
{
    int n = 0;
    for (int w = 0; w < TRACE_WORDS; w++)
        n += seen[t->word[w]];
    return n;
}

/* Does the vocabulary change here? Words of the lines behind that stand in those before.
 */
static void put_words(struct place *p)
{
    enum { BEFORE = 40 };
    static const int ends[] = {6, 15, 40};
    unsigned char seen[TRACE_NO_WORD + 1] = {0};
    uint64_t shorts = 0, seen_shorts = 0;
    int words = 0, shared = 0;
    int j;
    for (j = 1; j <= BEFORE; j++) {
        const struct trace *t = before(p, j);
        seen_shorts |= t->shorts;
        for (int w = 0; w < TRACE_WORDS; w++)
            seen[t->word[w]] = 1;
    }
    seen[TRACE_NO_WORD] = 0;
    j = 1;
    for (size_t e = 0; e < sizeof ends / sizeof *ends; e++) {
        for (; j <= ends[e]; j++) {
            const struct trace *t = behind(p, j);
            words += t->kept;
            shorts |= t->shorts;
            shared += seen_words(seen, t);
        }
        clue_add(p, words ? 100 * shared / words : -1);
        clue_add(p, inside(shorts, seen_shorts));
    }
    words = p->at->kept;
    clue_add(p, words ? 100 * seen_words(seen, p->at) / words : -1);
}

/* Is the name behind the bar that of the site which stands around the place? */
static void put_site(struct place *p)
{
    const struct trace *at = p->at;
    int near = 0, right = 0, wrong = 0, own = -1, other = 0;
    uint32_t distance = 0;
    uint32_t last = at->site ? there(p, CLUE_AHEAD) : 0;
    for (uint32_t j = 1; j <= last; j++) {
        uint32_t i = (p->n + j) % TRACES;
        if (!(at->site & p->traces->of.words[i]))
            continue;
        const struct trace *t = &p->traces->ring[i];
        int in = inside(at->site, t->words);
        if (j <= 12 && in > near)
            near = in;
        if ((t->flags & TRACE_YEAR || t->cue == CUE_COPYRIGHT) && in > right) {
            right = in;
            distance = j;
        }
    }
    for (int j = 1; j <= 15; j++) {
        const struct trace *t = before(p, j);
        int in = at->site ? inside(at->site, t->words) : 0;
        wrong = in > wrong ? in : wrong;
        if (t->flags & TRACE_YEAR || t->cue == CUE_COPYRIGHT) {
            in = inside(p->page->title.site, t->words);
            own = in > own ? in : own;
            other++;
        }
    }
    clue_add(p, near);
    clue_add(p, right);
    clue_add(p, trace_logarithm(distance));
    clue_add(p, wrong);
    clue_add(p, own);
    clue_add(p, other);
    clue_add(p, overlap(at->site, bits(at->site), p->page->title.site,
                        bits(p->page->title.site)));
}

/* What there was on the page so far. */
static void put_page(struct place *p)
{
    const struct totals *to = &traces_at(p->traces, p->n - 1)->totals;
    const struct totals *from = &p->page->title.totals;
    clue_add(p, most(to->prose - from->prose, FAR));
    clue_add(p, trace_logarithm(to->bytes - from->bytes));
    clue_add(p, signed_most(to->foot - from->foot));
    clue_add(p, most(to->dates - from->dates, FAR));
}

void clues_near(struct place *p)
{
    static const int far[] = {6, 25, 50, SUMS_MOST};
    if (p->inside)
        trace_line(&p->part, p->first, p->traces->lexicon);
    for (int j = 1; j <= 4; j++)
        put_row(p, before(p, j)->near);
    for (int j = 2; j <= 4; j++)
        put_row(p, behind(p, j)->near);
    for (size_t i = 0; i < sizeof far / sizeof *far; i++)
        put_around(p, far[i]);
    put_page(p);
}

void clues_far(struct place *p)
{
    put_return(p);
    put_said(p);
    put_template(p);
    put_words(p);
    put_site(p);
}
