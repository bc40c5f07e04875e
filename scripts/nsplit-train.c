/* nsplit-train: learns where pages start in a stream of them.
 *
 *     nsplit-train FOLDER PAGES.ndjson.gz
 *         writes FOLDER/{furniture,gate,near,start}.model
 *     nsplit-train --folds N [--show] PAGES.ndjson.gz
 *         scores instead, sites kept apart
 *
 * PAGES has members text, source and site. With --folds the pages of each part of the
 * sites are cut by what the others teach. Streams are made of the pages, shuffled and
 * site by site, with and without pages that lack a last newline. Deterministic. */
#include "common/alloc.h"
#include "common/buf.h"
#include "common/in.h"
#include "common/msg.h"
#include "common/record.h"
#include "scripts/boost.h"
#include "stages/nsplit/start.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- pages ---- */

struct page_text {
    struct buf text, site;
    unsigned part, order;
};

static struct page_text *all;
static size_t pages, pages_cap;

static unsigned long long state;

static unsigned next_random(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(state >> 33);
}

static void read_pages(const char *path, unsigned folds)
{
    char name[4096];
    snprintf(name, sizeof name, "%s", path);
    char *argv[] = {name};
    struct in *in = in_open(1, argv, (size_t)64 << 20);
    struct record rec = {0};
    while (record_read(in, &rec)) {
        struct str text, source = {"", 0}, site = {"", 0};
        if (!record_string(&rec, "text", &text) || str_blank(text))
            continue;
        record_string(&rec, "source", &source);
        struct page_text page = {{0}, {0}, 0, 0};
        buf_add_str(&page.text, str_trim(text));
        buf_add_str(&page.site, source);
        buf_add_char(&page.site, ' ');
        if (record_string(&rec, "site", &site)) {
            page.part = folds ? (unsigned)(str_hash(site) >> 7) % folds : 0;
            buf_add_str(&page.site, site);
        }
        all = xgrow(all, &pages_cap, pages + 1, sizeof *all);
        all[pages++] = page;
    }
    record_free(&rec);
    in_close(in);
}

static int by_order(const void *a, const void *b)
{
    const struct page_text *p = *(struct page_text *const *)a,
                           *q = *(struct page_text *const *)b;
    return p->order < q->order ? -1 : p->order > q->order;
}

static int by_site(const void *a, const void *b)
{
    const struct page_text *p = *(struct page_text *const *)a,
                           *q = *(struct page_text *const *)b;
    size_t n = p->site.len < q->site.len ? p->site.len : q->site.len;
    int c = memcmp(p->site.s, q->site.s, n);
    if (!c)
        c = p->site.len < q->site.len ? -1 : p->site.len > q->site.len;
    return c ? c : by_order(a, b);
}

/* The pages of part fold, or all others (learn). Returns how many; the caller frees. */
static size_t pick_pages(struct page_text ***row, unsigned fold, bool learn)
{
    size_t n = 0;
    *row = xalloc(pages, sizeof **row);
    for (size_t i = 0; i < pages; i++)
        if ((all[i].part == fold) != learn)
            (*row)[n++] = &all[i];
    return n;
}

/* ---- streams ---- */

struct stream {
    struct buf bytes;
    size_t *start; /* of each page */
    bool *glued;
    size_t starts;
};

/* Adds the page without so many of its lines from there on. */
static void add_without(struct buf *bytes, struct str text, size_t from, size_t out)
{
    struct str line;
    for (size_t n = 0; str_line(&text, &line); n++) {
        if (n >= from && n < from + out)
            continue;
        if (n)
            buf_add_char(bytes, '\n');
        buf_add_str(bytes, line);
    }
}

/* Adds the page without what stands behind the last bar or dash of its first line. */
static void add_untailed(struct buf *bytes, struct str text)
{
    static const char *const marks[] = {" | ", " - ", " \xe2\x80\x93 ", " \xe2\x80\x94 "};
    struct str rest = text, title = {"", 0};
    size_t cut = 0;
    str_line(&rest, &title);
    for (size_t m = 0; m < sizeof marks / sizeof *marks; m++)
        for (size_t at = 0;
             (at = str_find(title, str_of(marks[m]), at + 1)) != (size_t)-1;)
            cut = at > cut ? at : cut;
    buf_add_str(bytes, str_sub(title, 0, cut ? cut : title.len));
    buf_add_str(bytes, str_sub(text, title.len, text.len));
}

/* Adds a page, or (changed) one like it that is shorter, has less of a foot, or a title
 * without the site's name: few pages here are so, but others are. */
static void add_page(struct buf *bytes, struct str text, bool changed)
{
    enum { LEAST = 6, FOOT = 12 };
    size_t lines = 1, out = 0;
    for (size_t i = 0; i < text.len; i++)
        lines += text.s[i] == '\n';
    unsigned how = next_random() % 3;
    if (changed && how == 0) {
        add_untailed(bytes, text);
        return;
    }
    if (changed && lines > 2 * LEAST) {
        size_t most = lines - LEAST;
        out = 1 + next_random() % (how == 1 && most > FOOT ? FOOT : most);
    }
    size_t from = how == 1 ? lines - out : 1 + next_random() % (lines - out);
    add_without(bytes, text, from, out);
}

static void make_stream(struct stream *stream, unsigned fold, bool learn, bool same_site,
                        unsigned percent, bool changed, unsigned seed)
{
    enum { CHANGED = 3 };
    struct page_text **row;
    state = seed;
    for (size_t i = 0; i < pages; i++)
        all[i].order = next_random();
    size_t n = pick_pages(&row, fold, learn);
    qsort(row, n, sizeof *row, same_site ? by_site : by_order);
    bool ends_line = true;
    *stream = (struct stream){.start = xalloc(n, sizeof *stream->start),
                              .glued = xalloc(n, sizeof *stream->glued)};
    for (size_t i = 0; i < n; i++) {
        stream->glued[i] = !ends_line;
        stream->start[stream->starts++] = stream->bytes.len;
        add_page(&stream->bytes, buf_str(&row[i]->text),
                 changed && next_random() % CHANGED == 0);
        ends_line = next_random() % 100 >= percent;
        if (ends_line)
            buf_add_char(&stream->bytes, '\n');
    }
    free(row);
}

static void stream_free(struct stream *stream)
{
    buf_free(&stream->bytes);
    free(stream->start);
    free(stream->glued);
}

/* Reads a stream as nsplit does. */
struct reader {
    struct stream *stream;
    struct str rest;
    struct lines lines;
    struct starts starts;
    size_t next; /* the first start not passed yet */
};

static void look_ahead(struct reader *reader, size_t i)
{
    struct str line;
    const struct buf *bytes = &reader->stream->bytes;
    while (reader->lines.count <= i + START_AHEAD && str_line(&reader->rest, &line)) {
        size_t end = reader->rest.len ? (size_t)(reader->rest.s - bytes->s) : bytes->len;
        lines_add(&reader->lines, line, (size_t)(line.s - bytes->s), end, 0);
    }
}

static void reader_open(struct reader *reader, struct stream *stream,
                        const struct start_models *models)
{
    *reader =
        (struct reader){.stream = stream, .rest = buf_str(&stream->bytes), .next = 1};
    starts_init(&reader->starts, models);
    reader->lines.traces = reader->starts.traces;
    look_ahead(reader, 0);
    starts_page(&reader->starts, &reader->lines, 0);
}

static void reader_close(struct reader *reader)
{
    lines_free(&reader->lines);
    starts_free(&reader->starts);
}

/* A page begins at byte k of line i; returns the line to go on with. */
static size_t begin_page(struct reader *reader, size_t i, size_t k)
{
    if (k)
        lines_split(&reader->lines, i++, k);
    lines_drop(&reader->lines, i);
    look_ahead(reader, 0);
    starts_page(&reader->starts, &reader->lines, 0);
    return k ? 0 : 1;
}

/* Where in line i a page truly starts, or NO_START. */
static size_t true_start(struct reader *reader, size_t i)
{
    const struct stream *stream = reader->stream;
    const struct page_line *line = &reader->lines.line[i];
    while (reader->next < stream->starts && stream->start[reader->next] < line->offset)
        reader->next++;
    if (reader->next < stream->starts && stream->start[reader->next] < line->end)
        return stream->start[reader->next] - (size_t)line->offset;
    return NO_START;
}

/* ---- furniture ---- */

struct phrase {
    char *text;
    double foot, head, rest; /* pages that have it in a window there */
    unsigned foot_page, head_page, rest_page;
    unsigned foot_sites, head_sites, site, hsite;
    double window;
    unsigned window_number;
};

enum { WINDOW = 10, LEAST_SITES = 6, PHRASE_WORDS = 6, PHRASE_SLOTS = 1 << 19 };

static struct phrase *phrases;

static struct phrase *phrase_of(struct str text)
{
    size_t i = (size_t)str_hash(text) % PHRASE_SLOTS;
    while (phrases[i].text && !str_eq(str_of(phrases[i].text), text))
        i = (i + 1) % PHRASE_SLOTS;
    if (!phrases[i].text) {
        phrases[i].text = xcalloc(text.len + 1, 1);
        memcpy(phrases[i].text, text.s, text.len);
    }
    return &phrases[i];
}

struct window {
    unsigned page, site, number;
    bool foot, head;
    double share; /* of the windows of the rest of the page */
};

static void count_phrase(struct str text, const struct window *window)
{
    struct phrase *phrase = phrase_of(text);
    if (window->foot) {
        phrase->foot += phrase->foot_page != window->page;
        phrase->foot_sites += phrase->site != window->site;
        phrase->foot_page = window->page;
        phrase->site = window->site;
    } else if (window->head) {
        phrase->head += phrase->head_page != window->page;
        phrase->head_sites += phrase->hsite != window->site;
        phrase->head_page = window->page;
        phrase->hsite = window->site;
    } else if (phrase->window_number != window->number) {
        phrase->window_number = window->number;
        phrase->rest += window->share;
    }
}

static bool letter_at(const struct ink *ink, size_t i)
{
    return i < ink->len && ink->letter[i / INK_BLOCK] >> i % INK_BLOCK & 1;
}

/* The next word at or behind byte *i, ASCII in small letters; *i moves behind it. */
static bool next_word(const struct ink *ink, size_t *i, struct buf *word)
{
    buf_clear(word);
    while (*i < ink->len && !letter_at(ink, *i))
        ++*i;
    for (; letter_at(ink, *i); ++*i) {
        char c = ink->text[*i];
        buf_add_char(word, c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c);
    }
    return word->len > 0;
}

static void count_line(struct str line, const struct window *window)
{
    enum { LONG_LOOK = 48 };
    struct buf word = {0}, whole = {0};
    struct ink ink;
    size_t words = 0;
    buf_add_char(&whole, '=');
    line = str_trim(line);
    ink_read(&ink, line.len > INK_MOST ? str_sub(line, 0, LONG_LOOK) : line);
    for (size_t i = 0; next_word(&ink, &i, &word);) {
        if (words++)
            buf_add_char(&whole, ' ');
        buf_add_str(&whole, buf_str(&word));
        if (word.len > 1)
            count_phrase(buf_str(&word), window);
    }
    if (words && words <= PHRASE_WORDS)
        count_phrase(buf_str(&whole), window);
    buf_free(&word);
    buf_free(&whole);
}

static void count_page(const struct page_text *page, unsigned number, unsigned site)
{
    static unsigned windows;
    struct str text = buf_str(&page->text), line;
    size_t n = 0, i = 0;
    for (struct str rest = text; str_line(&rest, &line);)
        n += !str_blank(line);
    size_t whole = n > 2 * WINDOW + 1 ? (n - 2 * WINDOW - 1) / WINDOW + 1 : 1;
    while (str_line(&text, &line)) {
        if (str_blank(line))
            continue;
        struct window window = {
            number + 1,           site + 1,           0, i + WINDOW >= n,
            i > 0 && i <= WINDOW, 1.0 / (double)whole};
        if (i % WINDOW == 0)
            windows++;
        window.number = windows;
        if (i++)
            count_line(line, &window);
    }
}

static int by_text(const void *a, const void *b)
{
    const struct phrase *p = a, *q = b;
    return !p->text || !q->text ? !p->text - !q->text : strcmp(p->text, q->text);
}

static int sixteenths(double a, double b)
{
    long n = lround(16 * log2((a + 1) / (b + 1)));
    return (int)(n > 80 ? 80 : n < -80 ? -80 : n);
}

static void learn_furniture(unsigned fold, bool learn, struct buf *model)
{
    struct page_text **row;
    size_t n = pick_pages(&row, fold, learn);
    for (size_t i = 0; i < n; i++)
        row[i]->order = (unsigned)i;
    qsort(row, n, sizeof *row, by_site);
    phrases = xcalloc(PHRASE_SLOTS, sizeof *phrases);
    unsigned site = 0;
    for (size_t i = 0; i < n; i++) {
        site += i && !str_eq(buf_str(&row[i]->site), buf_str(&row[i - 1]->site));
        count_page(row[i], (unsigned)i, site);
    }
    qsort(phrases, PHRASE_SLOTS, sizeof *phrases, by_text);
    buf_puts(model, "# Made by scripts/nsplit-train.c: foot, head, phrase.\n");
    for (size_t i = 0; i < PHRASE_SLOTS; i++) {
        struct phrase *p = &phrases[i];
        if (!p->text)
            break;
        int foot = p->foot_sites >= LEAST_SITES ? sixteenths(p->foot, p->rest) : 0;
        int head = p->head_sites >= LEAST_SITES ? sixteenths(p->head, p->rest) : 0;
        if (p->rest > 12 && p->foot < 2 && p->text[0] != '=')
            foot = sixteenths(p->foot, p->rest);
        if (abs(foot) >= 16 || abs(head) >= 16)
            buf_printf(model, "%d\t%d\t%s\n", foot, head, p->text);
        free(p->text);
    }
    free(phrases);
    free(row);
}

/* ---- rows ---- */

/* How a step is learned: from so many streams; of the places where no page starts only
 * one of so many is taken, and a start weighs more. */
struct lesson {
    unsigned streams, others;
    float weight;
    struct boost boost;
    struct stops {
        int after[16]; /* so many trees; 0 ends the list */
        size_t lost;   /* starts of ten thousand that each may lose, of those */
        int32_t least; /* that all trees score at least so */
        int32_t slack; /* steps behind learn from places that score so much less, too */
    } stops;
};

static const struct lesson lessons[START_STEPS] = {
    {4,
     8,
     100,
     {8, 12, 5, 40, 0.5, 50, 8, 100},
     {{1, 2, 3, 4, 5, 6, 7, 8}, 50, INT32_MIN, 700}},
    {6,
     1,
     10,
     {60, 12, 5, 60, 0.15, 30, 8, 30},
     {{2, 4, 6, 8, 10, 12, 16, 20, 24, 28, 32, 40, 50, 60}, 60, INT32_MIN, 1400}},
    {16,
     1,
     1,
     {400, 16, 5, 150, 0.06, 20, 1, 25},
     {{8, 12, 16, 20, 24, 32, 40, 50, 60, 80, 100, 130, 160, 200, 250}, 30, -2600, 0}},
};

struct rowing {
    struct rows rows;
    size_t x_cap, label_cap, weight_cap;
    const struct start_models *models;
    enum start_step step;
    size_t gold;
    size_t starts, asked; /* true starts, and those that come to this step */
};

static void add_row(void *context, struct place *place, size_t k)
{
    struct rowing *rowing = context;
    struct rows *rows = &rowing->rows;
    const struct lesson *lesson = &lessons[rowing->step];
    bool label = rowing->gold == k;
    int32_t score;
    if (!label && next_random() % lesson->others)
        return;
    for (enum start_step step = 0; step <= rowing->step; step++)
        if (!start_weigh(rowing->models, place, step, &score))
            return;
    rowing->asked += label;
    rows->width = (size_t)place->clues;
    size_t n = rows->count++;
    rows->x = xgrow(rows->x, &rowing->x_cap, (n + 1) * rows->width, sizeof *rows->x);
    rows->label = xgrow(rows->label, &rowing->label_cap, n + 1, 1);
    rows->weight = xgrow(rows->weight, &rowing->weight_cap, n + 1, sizeof *rows->weight);
    memcpy(rows->x + n * rows->width, place->clue, rows->width * sizeof *place->clue);
    rows->label[n] = label;
    rows->weight[n] = label ? lesson->weight : (float)lesson->others;
}

static void add_stream(struct rowing *rowing, struct stream *stream)
{
    struct reader reader;
    reader_open(&reader, stream, rowing->models);
    size_t i = 1;
    for (look_ahead(&reader, i); i < reader.lines.count; look_ahead(&reader, i)) {
        rowing->gold = true_start(&reader, i);
        rowing->starts += rowing->gold != NO_START;
        if (!reader.lines.line[i].blank)
            starts_places(&reader.starts, &reader.lines, i, add_row, rowing);
        if (rowing->gold == NO_START) {
            i++;
        } else {
            i = begin_page(&reader, i, rowing->gold);
            reader.next++;
            i += !i && true_start(&reader, 0) == NO_START;
        }
    }
    reader_close(&reader);
}

static void rowing_free(struct rowing *rowing)
{
    free(rowing->rows.x);
    free(rowing->rows.label);
    free(rowing->rows.weight);
}

static void add_streams(struct rowing *rowing, unsigned fold, bool learn, unsigned seeds)
{
    static const unsigned glued[] = {0, 30, 0, 30};
    for (unsigned s = 0; s < seeds; s++) {
        struct stream stream;
        make_stream(&stream, fold, learn, s % 2, glued[s % 4], true, s + 1);
        add_stream(rowing, &stream);
        stream_free(&stream);
    }
}

static int ascending(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return x < y ? -1 : x > y;
}

/* The score that all starts but so many of ten thousand reach; of those that all trees
 * together (whole) score at least least. */
static int32_t quantile(const struct rows *rows, const struct buf *model,
                        const struct trees *whole, int32_t least, size_t lost)
{
    struct trees *trees = trees_parse(buf_str(model), "part");
    int32_t *score = xalloc(rows->count, sizeof *score);
    size_t n = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const uint16_t *clue = rows->x + i * rows->width;
        if (rows->label[i] && trees_score(whole, clue) >= least)
            score[n++] = trees_score(trees, clue);
    }
    qsort(score, n, sizeof *score, ascending);
    int32_t at = n ? score[n * lost / 10000] : 0;
    free(score);
    trees_free(trees);
    return at;
}

/* Learns trees, with stops for all but a few starts; and the same with loose ones. */
static void learn_trees(const struct rows *rows, const struct lesson *lesson,
                        struct buf *model, struct buf *loose)
{
    struct buf trees = {0};
    boost(rows, &lesson->boost, &trees);
    struct trees *whole = trees_parse(buf_str(&trees), "whole");
    const struct stops *stops = &lesson->stops;
    struct str rest = buf_str(&trees), line;
    int open = 1, tree = 0;
    size_t stop = 0;
    while (str_line(&rest, &line)) {
        buf_printf(model, "%.*s\n", (int)line.len, line.s);
        buf_printf(loose, "%.*s\n", (int)line.len, line.s);
        open += str_starts(line, STR("=")) ? -1 : 1;
        if (open)
            continue;
        open = 1;
        if (++tree == stops->after[stop]) {
            int32_t at = quantile(rows, model, whole, stops->least, stops->lost);
            buf_printf(model, "< %d\n", at);
            buf_printf(loose, "< %d\n", at - stops->slack);
            stop++;
        }
    }
    trees_free(whole);
    buf_free(&trees);
}

struct learned {
    struct buf furniture, step[START_STEPS];
    struct start_models models;
};

/* Learns a step on what passes the loose ones before it. */
static void learn_step(struct learned *learned, struct start_models *loose, unsigned fold,
                       bool others, enum start_step step)
{
    struct buf *model = &learned->step[step], looser = {0};
    struct rowing rowing = {.models = loose, .step = step};
    add_streams(&rowing, fold, others, lessons[step].streams);
    fprintf(stderr, "step %d: %zu places, %zu of %zu starts, %zu clues\n", (int)step,
            rowing.rows.count, rowing.asked, rowing.starts, rowing.rows.width);
    learn_trees(&rowing.rows, &lessons[step], model, &looser);
    rowing_free(&rowing);
    learned->models.step[step] = trees_parse(buf_str(model), "learned");
    loose->step[step] = trees_parse(buf_str(&looser), "loose");
    buf_free(&looser);
}

static void learn(struct learned *learned, unsigned fold, bool others)
{
    *learned = (struct learned){0};
    learn_furniture(fold, others, &learned->furniture);
    struct start_models loose = {.lexicon = lexicon_parse(buf_str(&learned->furniture))};
    learned->models.lexicon = lexicon_parse(buf_str(&learned->furniture));
    for (enum start_step step = 0; step < START_STEPS; step++)
        learn_step(learned, &loose, fold, others, step);
    start_models_free(&loose);
}

static void learned_free(struct learned *learned)
{
    buf_free(&learned->furniture);
    for (enum start_step step = 0; step < START_STEPS; step++)
        buf_free(&learned->step[step]);
    start_models_free(&learned->models);
}

/* ---- scores ---- */

struct tally {
    size_t gold, found, hit, glued, glued_hit;
};

static void show_line(const char *what, struct str line)
{
    fprintf(stderr, "%s%.*s\n", what, (int)(line.len < 110 ? line.len : 110), line.s);
}

static void show_error(const char *kind, const struct reader *reader, size_t i)
{
    fprintf(stderr, "\n%s at %llu (page line %zu)\n", kind, reader->lines.line[i].offset,
            i);
    for (size_t j = i > 4 ? i - 4 : 0; j < i + 6 && j < reader->lines.count; j++)
        show_line(j == i ? "  >> " : "     ", line_text(&reader->lines, j));
}

/* Cuts the stream as nsplit does and counts what is hit. */
static void try_stream(struct stream *stream, const struct start_models *models,
                       struct tally *tally, bool show)
{
    struct reader reader;
    reader_open(&reader, stream, models);
    tally->gold += stream->starts - 1;
    size_t i = 1;
    for (size_t s = 0; s < stream->starts; s++)
        tally->glued += stream->glued[s];
    for (look_ahead(&reader, i); i < reader.lines.count; look_ahead(&reader, i)) {
        size_t gold = true_start(&reader, i);
        size_t at = starts_find(&reader.starts, &reader.lines, i);
        bool hit = at != NO_START && at == gold;
        if (show && gold != at && gold != NO_START)
            show_error(gold ? "MISSED INSIDE" : "MISSED", &reader, i);
        if (show && at != NO_START && !hit)
            show_error(at ? "FALSE INSIDE" : "FALSE", &reader, i);
        tally->found += at != NO_START;
        tally->hit += hit;
        tally->glued_hit += hit && stream->glued[reader.next];
        if (at == NO_START)
            i++;
        else
            i = begin_page(&reader, i, at);
        reader.next += hit;
    }
    reader_close(&reader);
}

/* How many pages, each a stream of its own, are cut. */
static size_t try_alone(const struct start_models *models, unsigned fold, size_t *count)
{
    size_t cut = 0;
    for (size_t p = 0; p < pages; p++) {
        size_t start = 0;
        bool glued = false;
        struct stream stream = {all[p].text, &start, &glued, 1};
        struct tally tally = {0};
        if (all[p].part != fold)
            continue;
        try_stream(&stream, models, &tally, false);
        cut += tally.found > 0;
        ++*count;
    }
    return cut;
}

static void report(const char *name, const struct tally *t)
{
    double p = t->found ? (double)t->hit / (double)t->found : 0;
    double r = t->gold ? (double)t->hit / (double)t->gold : 0;
    printf("%-18s P %.4f R %.4f F1 %.4f glued recall %.4f\n", name, p, r,
           p + r > 0 ? 2 * p * r / (p + r) : 0,
           t->glued ? (double)t->glued_hit / (double)t->glued : 0);
}

/* Adds how many starts, and places, of the pages of part fold come to a step. */
static void try_step(const struct start_models *models, unsigned fold,
                     enum start_step step, struct rowing *passed)
{
    struct rowing rowing = {.models = models, .step = step};
    add_streams(&rowing, fold, false, 2);
    passed->starts += rowing.starts;
    passed->asked += rowing.asked;
    passed->rows.count += rowing.rows.count;
    rowing_free(&rowing);
}

static void cross_validate(unsigned folds, bool show)
{
    static const char *const names[] = {"shuffled", "same site", "shuffled, glued",
                                        "same site, glued", "changed"};
    struct tally tally[5] = {{0}};
    struct rowing passed[START_STEPS] = {{.gold = 0}};
    size_t alone = 0, cut = 0;
    for (unsigned fold = 0; fold < folds; fold++) {
        struct learned learned;
        learn(&learned, fold, true);
        for (unsigned m = 0; m < 5; m++) {
            struct stream stream;
            make_stream(&stream, fold, false, m & 1, m & 2 ? 30 : 0, m == 4, 70 + m);
            try_stream(&stream, &learned.models, &tally[m], show && m < 2);
            stream_free(&stream);
        }
        cut += try_alone(&learned.models, fold, &alone);
        for (enum start_step step = 0; step < START_STEPS; step++)
            try_step(&learned.models, fold, step, &passed[step]);
        learned_free(&learned);
    }
    for (unsigned m = 0; m < 5; m++)
        report(names[m], &tally[m]);
    for (enum start_step step = 0; step < START_STEPS; step++)
        printf("%zu of %zu starts pass step %d, among %zu places\n", passed[step].asked,
               passed[step].starts, (int)step, passed[step].rows.count);
    printf("%zu of %zu pages that stand alone are cut\n", cut, alone);
}

static void write_model(const char *folder, const char *name, const struct buf *text)
{
    struct buf path = {0};
    buf_printf(&path, "%s/%s.model", folder, name);
    buf_add_char(&path, '\0');
    FILE *file = fopen(path.s, "w");
    if (!file || fwrite(text->s, 1, text->len, file) != text->len || fclose(file))
        msg_die("%s: cannot write", path.s);
    buf_free(&path);
}

int main(int argc, char *argv[])
{
    unsigned folds = 0;
    bool show = false;
    int i = 1;
    msg_init("nsplit-train", "FOLDER PAGES.ndjson.gz");
    for (; i < argc && strncmp(argv[i], "--", 2) == 0; i++) {
        if (strcmp(argv[i], "--folds") == 0 && i + 1 < argc)
            folds = (unsigned)strtoul(argv[++i], NULL, 10);
        else
            show = true;
    }
    if (i + (folds ? 1 : 2) != argc)
        msg_usage("a folder and a file of pages are wanted");
    read_pages(argv[argc - 1], folds);
    if (folds) {
        cross_validate(folds, show);
    } else {
        static const char *const names[START_STEPS] = {"gate", "near", "start"};
        struct learned learned;
        learn(&learned, 1, true);
        write_model(argv[i], "furniture", &learned.furniture);
        for (enum start_step step = 0; step < START_STEPS; step++)
            write_model(argv[i], names[step], &learned.step[step]);
        learned_free(&learned);
    }
    for (size_t p = 0; p < pages; p++) {
        buf_free(&all[p].text);
        buf_free(&all[p].site);
    }
    free(all);
    return msg_status();
}
