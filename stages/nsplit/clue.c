#include "stages/nsplit/clue.h"

#include <string.h>

enum { NEAR = 5, FAR = 1000 };

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

/* Four times the binary logarithm of n + 1, nearly. */
static int16_t logarithm(uint64_t n)
{
    int e = 0;
    for (n = 4 * (n + 1); n >= 8; n >>= 1)
        e++;
    return (int16_t)(4 * e + (int)n - 4);
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

void page_head_set(struct page_head *head, const struct traces *traces, uint32_t first)
{
    head->first = first;
    head->title = *traces_at(traces, first);
    for (uint32_t j = 0; j < HEAD_LINES; j++)
        head->after[j] = traces_at(traces, first + 1 + j)->hash;
    for (uint32_t j = 0; j < FOOT_LINES; j++)
        head->before[j] = first > j + 1 ? traces_at(traces, first - 1 - j)->hash : 0;
}

void place_at(struct place *place, const struct traces *traces,
              const struct page_head *page, uint32_t n)
{
    place->traces = traces;
    place->page = page;
    place->n = n;
    place->at = traces_at(traces, n);
    place->inside = false;
    place->clues = 0;
}

void place_inside(struct place *place, const struct traces *traces,
                  const struct page_head *page, uint32_t n, struct str line, size_t k)
{
    struct str rest = str_sub(line, k, line.len);
    place_at(place, traces, page, n);
    trace_line(&place->rest, rest, cue_of(rest), traces->lexicon);
    place->rest.sums = place->at->sums;
    place->at = &place->rest;
    place->inside = true;
    place->first = str_sub(line, 0, k);
    place->part = trace_none;
    place->part.bytes = (uint32_t)k;
}

/* The j-th line before the place, from 1 on. */
static const struct trace *before(const struct place *p, uint32_t j)
{
    if (p->inside && --j == 0)
        return &p->part;
    return p->n > j ? traces_at(p->traces, p->n - j) : traces_at(p->traces, 0);
}

static const struct trace *behind(const struct place *p, uint32_t j)
{
    return traces_at(p->traces, p->n + j);
}

/* How many lines behind the place are there, at most so many. */
static uint32_t there(const struct place *p, uint32_t most)
{
    uint32_t n = p->traces->count - p->n;
    return n < most ? n : most;
}

/* The j-th of them; none of the lines a place looks at is forgotten yet. */
static const struct trace *next(const struct place *p, uint32_t j)
{
    return &p->traces->ring[(p->n + j) % TRACES];
}

/* The line so far before or behind the place, or the first or last one. */
static const struct trace *around(const struct place *p, int by)
{
    int64_t n = (int64_t)p->n + by, last = p->traces->count;
    return traces_at(p->traces, (uint32_t)(n < 0 ? 0 : n > last ? last : n));
}

/* The sums of lines n - far .. n - near - 1 and n + near + 1 .. n + far. */
static struct sums difference(const struct trace *to, const struct trace *from)
{
    const struct sums *a = &to->sums, *b = &from->sums;
    return (struct sums){a->foot - b->foot,   a->head - b->head,
                         a->prose - b->prose, a->known - b->known,
                         a->bytes - b->bytes, a->sentences - b->sentences,
                         a->dates - b->dates};
}

static struct sums sums_before(const struct place *p, uint32_t near, uint32_t far)
{
    uint32_t to = p->n > near + 1 ? p->n - near - 1 : 0;
    uint32_t from = p->n > far + 1 ? p->n - far - 1 : 0;
    return difference(traces_at(p->traces, to), traces_at(p->traces, from));
}

static struct sums sums_behind(const struct place *p, uint32_t near, uint32_t far)
{
    uint32_t count = p->traces->count, to = p->n + far, from = p->n + near;
    return difference(traces_at(p->traces, to < count ? to : count),
                      traces_at(p->traces, from < count ? from : count));
}

/* Lines from the place to one of that number; 0 if it is not behind it, or far. */
static uint32_t ahead(const struct place *p, uint32_t line)
{
    return line > p->n && line - p->n <= CLUE_AHEAD ? line - p->n : 0;
}

static int16_t *put_line(int16_t *clue, const struct trace *t)
{
    *clue++ = t->cue;
    *clue++ = most(t->bytes, FAR);
    *clue++ = (int16_t)(t->count ? 100 * t->capitals / t->count : -1);
    *clue++ = t->foot;
    *clue++ = t->head;
    *clue++ = logarithm(t->gap);
    *clue++ = t->flags & (TRACE_SENTENCE | TRACE_YEAR);
    return clue;
}

void clues_gate(struct place *p)
{
    const struct trace *at = p->at, *b = before(p, 1), *a = behind(p, 1);
    int16_t *to = put_line(p->clue, at);
    *to++ = most(at->count, FAR);
    *to++ = at->flags & (TRACE_BAR | TRACE_DASH);
    *to++ = at->flags & TRACE_LOWER;
    *to++ = at->tail_count;
    *to++ = logarithm(at->tail_gap);
    *to++ = logarithm(at->opening_gap);
    *to++ = logarithm(ahead(p, traces_last(p->traces, at->opening)));
    *to++ = at->blanks;
    *to++ = p->inside;
    *to++ = at->tail && at->tail == p->page->title.tail;
    *to++ = logarithm(p->n - p->page->first);
    *to++ = b->cue;
    *to++ = b->foot;
    *to++ = most(b->bytes, FAR);
    *to++ = b->flags & (TRACE_SENTENCE | TRACE_YEAR);
    *to++ = a->cue;
    *to++ = a->head;
    *to++ = most(a->bytes, FAR);
    *to++ = a->run;
    const struct sums *from = &around(p, -1)->sums, *to3 = &around(p, 3)->sums;
    const struct sums *from3 = &around(p, -4)->sums, *to10 = &around(p, 10)->sums;
    const struct sums *from10 = &around(p, -11)->sums;
    *to++ = signed_most(from->foot - from3->foot);
    *to++ = signed_most(from->head - from3->head);
    *to++ = signed_most(from->foot - from10->foot);
    *to++ = signed_most(from->head - from10->head);
    *to++ = most(from->prose - from10->prose, FAR);
    *to++ = most(from->known - from10->known, FAR);
    *to++ = signed_most(to3->foot - at->sums.foot);
    *to++ = signed_most(to3->head - at->sums.head);
    *to++ = signed_most(to10->foot - at->sums.foot);
    *to++ = signed_most(to10->head - at->sums.head);
    *to++ = most(to10->prose - at->sums.prose, FAR);
    *to++ = most(to10->known - at->sums.known, FAR);
    p->clues = (int)(to - p->clue);
}

/* Do the words of the line come back as the headline of the page? */
static int16_t *put_return(int16_t *clue, const struct place *p)
{
    int best = 0, full = 0, first = 0, early = 0;
    uint32_t distance = 0;
    const struct trace *at = p->at;
    uint32_t exact = 0, exacts = 0;
    for (uint32_t j = 1, last = there(p, CLUE_AHEAD); j <= last; j++) {
        const struct trace *t = next(p, j);
        if (t->opening && t->opening == at->opening) {
            exact = exact ? exact : j;
            exacts++;
        }
        if (t->count < 2 || !(at->name & t->words))
            continue;
        int both = names_overlap(at, t);
        if (t->name != t->words) {
            int whole = overlap(at->name, at->name_bits, t->words, t->word_bits);
            both = whole > both ? whole : both;
        }
        if (both > best) {
            best = both;
            distance = j;
        }
        if (both >= 60) {
            full++;
            first = first ? first : (int)j;
        }
        if (j <= NEAR && both > early)
            early = both;
    }
    const struct trace *back = behind(p, exact ? exact : distance);
    uint32_t from = exact ? exact : distance;
    struct sums s = sums_behind(p, from, from + 25);
    *clue++ = (int16_t)best;
    *clue++ = logarithm(distance);
    *clue++ = logarithm((unsigned)first);
    *clue++ = (int16_t)full;
    *clue++ = (int16_t)early;
    *clue++ = logarithm(exact);
    *clue++ = most(exacts, FAR);
    *clue++ = most(back->bytes, FAR);
    *clue++ = (int16_t)inside(at->name, back->words);
    *clue++ = at->name_bits;
    *clue++ = (int16_t)(best ? s.prose : 0);
    *clue++ = (int16_t)(best ? s.dates : 0);
    return clue;
}

/* Was the line said before, is it the title of the page so far? */
static int16_t *put_said(int16_t *clue, const struct place *p)
{
    int best = 0, times = 0;
    uint32_t distance = 0;
    for (uint32_t j = 1; j <= CLUE_BEHIND; j++) {
        const struct trace *t = before(p, j);
        int both = names_overlap(p->at, t);
        if (both > best) {
            best = both;
            distance = j;
        }
        times += both >= 60;
    }
    const struct trace *title = &p->page->title;
    uint32_t last = traces_last(p->traces, title->opening);
    *clue++ = (int16_t)best;
    *clue++ = logarithm(distance);
    *clue++ = (int16_t)times;
    *clue++ = (int16_t)names_overlap(p->at, title);
    *clue++ = p->at->opening && p->at->opening == title->opening;
    *clue++ = logarithm(ahead(p, last));
    *clue++ = last > p->page->first && last < p->n ? logarithm(p->n - last) : -1;
    return clue;
}

/* How the lines behind the place stand to the page so far and those before it. */
static int16_t *put_template(int16_t *clue, const struct place *p)
{
    int in_page = 0, in_others = 0, aligned = 0, head = 0, anywhere = 0, foot = 0;
    int footed = 0, row = 0;
    uint32_t length = p->n - p->page->first;
    for (uint32_t j = 1; j <= 30; j++) {
        const struct trace *t = behind(p, j);
        if (t->gap <= j)
            continue;
        uint32_t line = p->n + j - t->gap;
        in_page += line >= p->page->first;
        in_others += line < p->page->first;
        aligned += j <= HEAD_LINES && t->gap == length;
    }
    for (uint32_t j = 0; j < HEAD_LINES; j++) {
        uint32_t hash = behind(p, j + 1)->hash;
        head += hash && hash == p->page->after[j];
        for (uint32_t k = 0; hash && k < HEAD_LINES; k++)
            if (hash == p->page->after[k]) {
                anywhere++;
                break;
            }
    }
    for (uint32_t j = 0; j < FOOT_LINES; j++) {
        uint32_t hash = before(p, j + 1)->hash;
        bool same = hash && hash == p->page->before[j];
        foot += same;
        row += same && row == (int)j;
        for (uint32_t k = 0; hash && k < FOOT_LINES; k++)
            if (hash == p->page->before[k]) {
                footed++;
                break;
            }
    }
    *clue++ = (int16_t)in_page;
    *clue++ = (int16_t)in_others;
    *clue++ = (int16_t)aligned;
    *clue++ = (int16_t)head;
    *clue++ = (int16_t)anywhere;
    *clue++ = (int16_t)foot;
    *clue++ = (int16_t)row;
    *clue++ = (int16_t)footed;
    return clue;
}

/* Does the vocabulary change here? Words of the lines behind that stand in those before.
 */
static int16_t *put_words(int16_t *clue, const struct place *p)
{
    enum { BEFORE = 40, BITS = 4096 };
    static const uint32_t ends[] = {6, 15, 40};
    uint64_t seen[BITS / 64] = {0}, shorts = 0, seen_shorts = 0;
    int words = 0, shared = 0;
    uint32_t j;
    for (j = 1; j <= BEFORE; j++) {
        const struct trace *t = before(p, j);
        seen_shorts |= t->shorts;
        for (int w = 0; w < t->kept; w++)
            seen[t->word[w] % BITS / 64] |= (uint64_t)1 << t->word[w] % 64;
    }
    j = 1;
    for (size_t e = 0; e < sizeof ends / sizeof *ends; e++) {
        for (; j <= ends[e]; j++) {
            const struct trace *t = behind(p, j);
            words += t->kept;
            shorts |= t->shorts;
            for (int w = 0; w < t->kept; w++)
                shared += seen[t->word[w] % BITS / 64] >> t->word[w] % 64 & 1;
        }
        *clue++ = (int16_t)(words ? 100 * shared / words : -1);
        *clue++ = (int16_t)inside(shorts, seen_shorts);
    }
    const struct trace *at = p->at;
    words = at->kept;
    shared = 0;
    for (int w = 0; w < at->kept; w++)
        shared += seen[at->word[w] % BITS / 64] >> at->word[w] % 64 & 1;
    *clue++ = (int16_t)(words ? 100 * shared / words : -1);
    return clue;
}

/* Is the name behind the bar that of the site which stands around the place? */
static int16_t *put_site(int16_t *clue, const struct place *p)
{
    const struct trace *at = p->at;
    int near = 0, right = 0, wrong = 0, own = -1, other = 0;
    uint32_t distance = 0;
    for (uint32_t j = 1, last = there(p, CLUE_AHEAD); at->site && j <= last; j++) {
        const struct trace *t = next(p, j);
        if (!(at->site & t->words))
            continue;
        int in = inside(at->site, t->words);
        if (j <= 12 && in > near)
            near = in;
        if (t->flags & TRACE_YEAR || t->cue == CUE_COPYRIGHT) {
            if (in > right) {
                right = in;
                distance = j;
            }
        }
    }
    for (uint32_t j = 1; j <= 15; j++) {
        const struct trace *t = before(p, j);
        int in = at->site ? inside(at->site, t->words) : 0;
        wrong = in > wrong ? in : wrong;
        if (t->flags & TRACE_YEAR || t->cue == CUE_COPYRIGHT) {
            in = inside(p->page->title.site, t->words);
            own = in > own ? in : own;
            other++;
        }
    }
    *clue++ = (int16_t)near;
    *clue++ = (int16_t)right;
    *clue++ = logarithm(distance);
    *clue++ = (int16_t)wrong;
    *clue++ = (int16_t)own;
    *clue++ = (int16_t)other;
    *clue++ = (int16_t)overlap(at->site, bits(at->site), p->page->title.site,
                               bits(p->page->title.site));
    return clue;
}

static int16_t *put_sums(int16_t *clue, const struct place *p)
{
    static const uint32_t end[] = {1, 3, 6, 12, 25, 50};
    enum { ENDS = sizeof end / sizeof *end };
    for (size_t e = 1; e < ENDS; e++) {
        struct sums b = sums_before(p, 0, end[e]), a = sums_behind(p, 0, end[e]);
        *clue++ = signed_most(b.foot);
        *clue++ = signed_most(b.head);
        *clue++ = most(b.prose, FAR);
        *clue++ = most(b.known, FAR);
        *clue++ = logarithm(b.bytes);
        *clue++ = signed_most(a.foot);
        *clue++ = signed_most(a.head);
        *clue++ = most(a.prose, FAR);
        *clue++ = most(a.known, FAR);
        *clue++ = logarithm(a.bytes);
    }
    struct sums page = difference(traces_at(p->traces, p->n - 1), &p->page->title);
    *clue++ = most(page.prose, FAR);
    *clue++ = logarithm(page.bytes);
    *clue++ = signed_most(page.foot);
    *clue++ = most(page.dates, FAR);
    page = sums_behind(p, 0, 100);
    *clue++ = most(page.prose, FAR);
    *clue++ = signed_most(page.foot);
    return clue;
}

void clues_near(struct place *p)
{
    if (p->inside)
        trace_line(&p->part, p->first, cue_of(p->first), p->traces->lexicon);
    int16_t *to = put_sums(p->clue + p->clues, p);
    for (uint32_t j = 1; j <= 4; j++)
        to = put_line(to, before(p, j));
    for (uint32_t j = 1; j <= 4; j++)
        to = put_line(to, behind(p, j));
    p->clues = (int)(to - p->clue);
}

void clues_far(struct place *p)
{
    int16_t *to = p->clue + p->clues;
    to = put_return(to, p);
    to = put_said(to, p);
    to = put_template(to, p);
    to = put_words(to, p);
    to = put_site(to, p);
    p->clues = (int)(to - p->clue);
}
