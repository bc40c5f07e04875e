/* nsplit-train: learns where pages start in a stream of them.
 *
 *     nsplit-train FOLDER PAGES.ndjson.gz          writes
 * FOLDER/{furniture,gate,start}.model nsplit-train --folds N [--show] PAGES…       scores
 * instead, sites kept apart
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

/* Streams that are learned from, and starts of a thousand that each stop of the gate may
 * lose. */
enum { STREAMS = 24, LOST = 2 };

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

/* Adds a page, or (shorter) what is left of it when some of its lines in a row are taken
 * out: few pages here are short. */
static void add_page(struct buf *bytes, struct str text, bool shorter)
{
    enum { LEAST = 6 };
    size_t lines = 1;
    for (size_t i = 0; i < text.len; i++)
        lines += text.s[i] == '\n';
    if (!shorter || lines <= 2 * LEAST) {
        buf_add_str(bytes, text);
        return;
    }
    size_t out = 1 + next_random() % (lines - LEAST);
    size_t from = 1 + next_random() % (lines - out);
    struct str line;
    for (size_t n = 0; str_line(&text, &line); n++) {
        if (n >= from && n < from + out)
            continue;
        if (n)
            buf_add_char(bytes, '\n');
        buf_add_str(bytes, line);
    }
}

static void make_stream(struct stream *stream, unsigned fold, bool learn, bool same_site,
                        unsigned percent, bool shorter, unsigned seed)
{
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
        add_page(&stream->bytes, buf_str(&row[i]->text), shorter && next_random() % 2);
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

static void count_line(struct str line, const struct window *window)
{
    struct buf word = {0}, whole = {0};
    size_t words = 0;
    buf_add_char(&whole, '=');
    line = str_trim(line);
    if (line.len > 200)
        line = str_sub(line, 0, 48);
    while (trace_word(&line, &word)) {
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

struct rowing {
    struct rows rows;
    size_t x_cap, label_cap, weight_cap;
    const struct start_models *models;
    bool gated; /* only what the gate lets pass, with all clues */
    size_t gold;
    size_t starts, refused;
};

static void add_row(void *context, const struct place *place, size_t k)
{
    enum { OTHERS = 8, YES_WEIGHT = 100 };
    struct rowing *rowing = context;
    struct rows *rows = &rowing->rows;
    bool label = rowing->gold == k;
    int16_t clue[CLUES] = {0};
    rowing->starts += label;
    if (!rowing->gated && !label && next_random() % OTHERS)
        return;
    size_t width = (size_t)clues_gate(place, clue);
    if (rowing->gated) {
        if (!start_gate(rowing->models, clue)) {
            rowing->refused += label;
            return;
        }
        width = (size_t)clues_all(place, clue);
    }
    rows->width = width;
    size_t n = rows->count++;
    rows->x = xgrow(rows->x, &rowing->x_cap, (n + 1) * rows->width, sizeof *rows->x);
    rows->label = xgrow(rows->label, &rowing->label_cap, n + 1, 1);
    rows->weight = xgrow(rows->weight, &rowing->weight_cap, n + 1, sizeof *rows->weight);
    memcpy(rows->x + n * rows->width, clue, rows->width * sizeof *clue);
    rows->label[n] = label;
    rows->weight[n] = rowing->gated ? 1 : label ? YES_WEIGHT : OTHERS;
}

static void add_stream(struct rowing *rowing, struct stream *stream)
{
    struct reader reader;
    reader_open(&reader, stream, rowing->models);
    size_t i = 1;
    for (look_ahead(&reader, i); i < reader.lines.count; look_ahead(&reader, i)) {
        rowing->gold = true_start(&reader, i);
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
        make_stream(&stream, fold, learn, s % 2, glued[s % 4], s % 3 == 2, s + 1);
        add_stream(rowing, &stream);
        stream_free(&stream);
    }
}

static int ascending(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return x < y ? -1 : x > y;
}

/* The score that all starts but so many of a thousand reach. */
static int32_t quantile(const struct rows *rows, const struct buf *model, int lost)
{
    struct trees *trees = trees_parse(buf_str(model), "gate");
    int32_t *score = xalloc(rows->count, sizeof *score);
    size_t n = 0;
    for (size_t i = 0; i < rows->count; i++)
        if (rows->label[i])
            score[n++] = trees_score(trees, rows->x + i * rows->width);
    qsort(score, n, sizeof *score, ascending);
    int32_t at = n ? score[n * (size_t)lost / 1000] : 0;
    double passed = 0, total = 0;
    for (size_t i = 0; i < rows->count; i++) {
        total += !rows->label[i];
        if (!rows->label[i] && trees_score(trees, rows->x + i * rows->width) >= at)
            passed++;
    }
    fprintf(stderr, "gate: %.0f others, %.2f%% pass at %d\n", total, 100 * passed / total,
            at);
    free(score);
    trees_free(trees);
    return at;
}

/* The gate: stops after the first trees and after all, each for all but a few starts. */
static void learn_gate(const struct rows *rows, struct buf *model)
{
    struct boost how = {6, 32, 0.5, 2};
    struct buf trees = {0};
    boost(rows, &how, &trees);
    struct str rest = buf_str(&trees), line;
    int open = 1, tree = 0, lost = 1;
    while (str_line(&rest, &line)) {
        buf_add_str(model, line);
        buf_add_char(model, '\n');
        open += str_starts(line, STR("=")) ? -1 : 1;
        if (open)
            continue;
        open = 1;
        tree++;
        if (tree == 3 || tree == how.trees)
            buf_printf(model, "< %d\n", quantile(rows, model, lost += LOST));
    }
    buf_free(&trees);
}

struct learned {
    struct buf furniture, gate, start;
    struct start_models models;
};

static void learn(struct learned *learned, unsigned fold, bool others)
{
    struct start_models *models = &learned->models;
    *learned = (struct learned){0};
    learn_furniture(fold, others, &learned->furniture);
    models->lexicon = lexicon_parse(buf_str(&learned->furniture));
    struct rowing rowing = {.models = models};
    add_streams(&rowing, fold, others, 4);
    learn_gate(&rowing.rows, &learned->gate);
    rowing_free(&rowing);
    models->gate = trees_parse(buf_str(&learned->gate), "gate");
    rowing = (struct rowing){.models = models, .gated = true};
    add_streams(&rowing, fold, others, STREAMS);
    fprintf(stderr, "%zu rows, %zu starts, %zu refused, %zu clues\n", rowing.rows.count,
            rowing.starts, rowing.refused, rowing.rows.width);
    struct boost how = {250, 16, 0.08, 5};
    boost(&rowing.rows, &how, &learned->start);
    rowing_free(&rowing);
    models->start = trees_parse(buf_str(&learned->start), "start");
}

static void learned_free(struct learned *learned)
{
    buf_free(&learned->furniture);
    buf_free(&learned->gate);
    buf_free(&learned->start);
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

static void cross_validate(unsigned folds, bool show)
{
    static const char *const names[] = {"shuffled", "same site", "shuffled, glued",
                                        "same site, glued", "shorter"};
    struct tally tally[5] = {{0}};
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
        learned_free(&learned);
    }
    for (unsigned m = 0; m < 5; m++)
        report(names[m], &tally[m]);
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
        struct learned learned;
        learn(&learned, 1, true);
        write_model(argv[i], "furniture", &learned.furniture);
        write_model(argv[i], "gate", &learned.gate);
        write_model(argv[i], "start", &learned.start);
        learned_free(&learned);
    }
    for (size_t p = 0; p < pages; p++) {
        buf_free(&all[p].text);
        buf_free(&all[p].site);
    }
    free(all);
    return msg_status();
}
