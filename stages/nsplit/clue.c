#include "stages/nsplit/clue.h"

#include <string.h>

enum { NEAR = 5, FAR = 1000 };

static int bits(uint64_t x)
{
    x -= x >> 1 & 0x5555555555555555u;
    x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
    x = (x + (x >> 4)) & 0x0f0f0f0f0f0f0f0fu;
    return (int)(x * 0x0101010101010101u >> 56);
}

/* Words two lines share, out of all of both, in hundredths. */
static int overlap(uint64_t a, uint64_t b)
{
    if (!(a & b))
        return 0;
    int either = bits(a | b);
    return either >= 2 ? 100 * bits(a & b) / either : 0;
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
    *place = (struct place){.traces = traces,
                            .page = page,
                            .n = n,
                            .at = *traces_at(traces, n),
                            .last_part = n - 1};
}

void place_inside(struct place *place, const struct traces *traces,
                  const struct page_head *page, uint32_t n, struct str line, size_t k,
                  const struct lexicon *lexicon)
{
    struct str first = str_sub(line, 0, k), rest = str_sub(line, k, line.len);
    *place = (struct place){
        .traces = traces, .page = page, .n = n, .inside = true, .last_part = n - 1};
    trace_line(&place->part, first, cue_of(first), lexicon);
    trace_line(&place->at, rest, cue_of(rest), lexicon);
    place->at.sums = traces_at(traces, n)->sums;
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

int clues_gate(const struct place *p, int16_t clue[GATE_CLUES])
{
    int16_t *to = put_line(clue, &p->at);
    const struct trace *b = before(p, 1), *next = behind(p, 1);
    struct sums s;
    *to++ = most(p->at.count, FAR);
    *to++ = p->at.flags & (TRACE_BAR | TRACE_DASH);
    *to++ = p->at.flags & TRACE_LOWER;
    *to++ = p->at.tail_count;
    *to++ = logarithm(p->at.tail_gap);
    *to++ = logarithm(p->at.opening_gap);
    *to++ = logarithm(ahead(p, traces_last(p->traces, p->at.opening)));
    *to++ = p->at.blanks;
    *to++ = p->inside;
    *to++ = logarithm(p->n - p->page->first);
    *to++ = b->cue;
    *to++ = b->foot;
    *to++ = most(b->bytes, FAR);
    *to++ = b->flags & (TRACE_SENTENCE | TRACE_YEAR);
    *to++ = next->cue;
    *to++ = next->head;
    *to++ = most(next->bytes, FAR);
    *to++ = next->run;
    *to++ = p->at.tail && p->at.tail == p->page->title.tail;
    s = sums_before(p, 0, 3);
    *to++ = signed_most(s.foot);
    *to++ = signed_most(s.head);
    s = sums_before(p, 0, 10);
    *to++ = signed_most(s.foot);
    *to++ = signed_most(s.head);
    *to++ = most(s.prose, FAR);
    *to++ = most(s.known, FAR);
    s = sums_behind(p, 0, 3);
    *to++ = signed_most(s.foot);
    *to++ = signed_most(s.head);
    s = sums_behind(p, 0, 10);
    *to++ = signed_most(s.foot);
    *to++ = signed_most(s.head);
    *to++ = most(s.prose, FAR);
    *to++ = most(s.known, FAR);
    return (int)(to - clue);
}

/* Do the words of the line come back as the headline of the page? */
static int16_t *put_return(int16_t *clue, const struct place *p)
{
    int best = 0, full = 0, first = 0, early = 0;
    uint32_t distance = 0;
    const struct trace *at = &p->at;
    uint32_t exact = 0, exacts = 0;
    for (uint32_t j = 1; j <= CLUE_AHEAD; j++) {
        const struct trace *t = behind(p, j);
        if (t->opening && t->opening == at->opening) {
            exact = exact ? exact : j;
            exacts++;
        }
        if (t->count < 2)
            continue;
        int name = overlap(at->name, t->name), whole = overlap(at->name, t->words);
        int both = name > whole ? name : whole;
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
    *clue++ = (int16_t)bits(at->name);
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
        int both = overlap(p->at.name, t->name);
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
    *clue++ = (int16_t)overlap(p->at.name, title->name);
    *clue++ = p->at.opening && p->at.opening == title->opening;
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
    uint64_t seen[BITS / 64] = {0};
    int words = 0, shared = 0;
    uint32_t j;
    for (j = 1; j <= BEFORE; j++) {
        const struct trace *t = before(p, j);
        for (int w = 0; w < t->kept; w++)
            seen[t->word[w] % BITS / 64] |= (uint64_t)1 << t->word[w] % 64;
    }
    j = 1;
    for (size_t e = 0; e < sizeof ends / sizeof *ends; e++) {
        for (; j <= ends[e]; j++) {
            const struct trace *t = behind(p, j);
            words += t->kept;
            for (int w = 0; w < t->kept; w++)
                shared += seen[t->word[w] % BITS / 64] >> t->word[w] % 64 & 1;
        }
        *clue++ = (int16_t)(words ? 100 * shared / words : -1);
    }
    const struct trace *at = &p->at;
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
    const struct trace *at = &p->at;
    int near = 0, right = 0, wrong = 0, own = -1, other = 0;
    uint32_t distance = 0;
    for (uint32_t j = 1; at->site && j <= CLUE_AHEAD; j++) {
        const struct trace *t = behind(p, j);
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
    *clue++ = (int16_t)overlap(at->site, p->page->title.site);
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
    struct sums page = difference(traces_at(p->traces, p->last_part ? p->last_part : 0),
                                  &p->page->title);
    *clue++ = most(page.prose, FAR);
    *clue++ = logarithm(page.bytes);
    *clue++ = signed_most(page.foot);
    *clue++ = most(page.dates, FAR);
    page = sums_behind(p, 0, 100);
    *clue++ = most(page.prose, FAR);
    *clue++ = signed_most(page.foot);
    return clue;
}

int clues_all(const struct place *p, int16_t clue[CLUES])
{
    int16_t *to = clue + clues_gate(p, clue);
    to = put_return(to, p);
    to = put_said(to, p);
    to = put_template(to, p);
    to = put_words(to, p);
    to = put_site(to, p);
    to = put_sums(to, p);
    for (uint32_t j = 1; j <= 4; j++)
        to = put_line(to, before(p, j));
    for (uint32_t j = 1; j <= 4; j++)
        to = put_line(to, behind(p, j));
    return (int)(to - clue);
}
