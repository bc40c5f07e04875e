#include "stages/nsummarize/summary.h"

#include "common/alloc.h"
#include "common/cue.h"
#include "common/data.h"
#include "common/unicode.h"

#include <math.h>
#include <stdlib.h>

DATA(weights_tsv);

static const char *const names[] = {
    "position", "place", "centroid", "weight", "opens",     "title",     "short",
    "length",   "rare",  "digits",   "quoted", "paragraph", "redundancy"};

void summary_weights(struct summary *summary, struct str tsv)
{
    struct str line;

    while (str_line(&tsv, &line)) {
        size_t tab = str_find(line, STR("\t"), 0);
        if (tab == (size_t)-1 || line.s[0] == '#')
            continue;
        double value = strtod(line.s + tab + 1, NULL);
        for (size_t i = 0; i < FEATURES; i++)
            if (str_eq(str_sub(line, 0, tab), str_of(names[i])))
                summary->weights[i] = value;
        if (str_eq(str_sub(line, 0, tab), str_of(names[FEATURES])))
            summary->redundancy = value;
    }
}

void summary_open(struct summary *summary)
{
    *summary = (struct summary){0};
    summary_weights(summary, (struct str){(const char *)weights_tsv, weights_tsv_size});
}

void summary_free(struct summary *summary)
{
    free(summary->candidates);
    free(summary->queue);
    free(summary->said);
    *summary = (struct summary){0};
}

/* True if a comma or the sentence's last mark stands right behind the token. */
static bool set_off(const struct sentence *sentence, const struct token *token,
                    const char *text)
{
    const char *behind = text + token->start + token->len;
    const char *end = sentence->text.s + sentence->text.len;
    return behind < end && (*behind == ',' || (behind + 1 == end && *behind == '.'));
}

static bool only_functions(const struct story *story, const struct token *token,
                           const struct token *end)
{
    while (token < end && story->weights[token->surface].stop)
        token++;
    return token == end;
}

/* True if a word of the sentence, set off by commas, refers to what was said before (he
 * did, however, stay; in fact, he did). */
static bool has_aside(const struct story *story, const struct sentence *sentence)
{
    const struct token *first = &story->tokens[sentence->first],
                       *end = &story->tokens[sentence->end];

    for (const struct token *token = first; token < end; token++)
        if (token->is.aside && set_off(sentence, token, story->text.s) &&
            (only_functions(story, first, token) ||
             set_off(sentence, token - 1, story->text.s)) &&
            story_leaning(story, token).aside)
            return true;
    return false;
}

/* True if the sentence refers to what was said before: its first word does (he, but,
 * however), one that has nothing but function words before it (when he), or one set off.
 * Before the first sentence of a story nothing was: only its first word can, if it is for
 * a person or thing (he). */
static bool is_needy(const struct story *story, const struct sentence *sentence)
{
    bool lead = sentence == story->sentences;

    for (size_t t = sentence->first; t < sentence->end; t++) {
        const struct token *token = &story->tokens[t];
        struct leaning leaning = story_leaning(story, token);
        if (t == sentence->first && !lead ? leaning.start : leaning.early)
            return true;
        if (lead)
            return false;
        if (!story->weights[token->surface].stop)
            break;
    }
    return !lead && has_aside(story, sentence);
}

/* True if a letter begins at p: what stands before it is an apostrophe. */
static bool letter_at(const char *p, const char *end)
{
    return uni_letter(utf8_next(&p, end));
}

/* What quotation marks, brackets and commas of a sentence say. */
struct marks {
    size_t quoted; /* bytes between quotation marks */
    bool whole;    /* every mark and bracket that opens is closed */
    bool caption;  /* points at a picture: (pictured), left, */
};

/* The bytes such a mark may begin with. */
static const bool mark_bytes[256] = {
    ['"'] = true, ['\''] = true, ['('] = true,  [')'] = true,
    [','] = true, [0xC2] = true, [0xE2] = true, [0xE3] = true};

/* True for what follows a bracket or comma, and stands before a bracket, in captions. */
static bool points(const char *start, const char *p, const char *end)
{
    static const char *const ahead[] = {"(pictured", "(left)",   "(right)",
                                        "(above)",   "(centre)", "(center)",
                                        ", left,",   ", right,", ", pictured"};
    struct str from = {p, (size_t)(end - p)}, before = {start, (size_t)(p - start)};

    if (*p == ')')
        return str_ends(before, STR("pictured"));
    for (size_t i = 0; i < sizeof ahead / sizeof *ahead; i++)
        if (*p == ahead[i][0] && str_starts(from, str_of(ahead[i])))
            return true;
    return false;
}

/* Straight single quotes, which apostrophes are too: one opens behind a blank, surely so
 * at the start and behind a comma or colon, and closes behind what ends a clause. */
struct ticks {
    const char *open; /* where one that is not closed yet does */
    size_t quoted;    /* bytes between */
    bool opens, surely, closes;
};

static void see_tick(struct ticks *ticks, const char *start, const char *p)
{
    char before = p > start ? p[-1] : ' ';
    bool first = p == start || (before == ' ' && p - start > 1 && memchr(",:", p[-2], 2));

    ticks->surely = ticks->surely || first;
    if (before == ' ' || before == '(') {
        ticks->opens = true;
        ticks->open = p;
    } else if (memchr(".,!?", before, 4)) {
        ticks->closes = true;
        ticks->quoted += ticks->open ? (size_t)(p - ticks->open) : 0;
        ticks->open = NULL;
    }
}

static bool is_opening(uint32_t c, bool open)
{
    return (c == '"' && !open) || c == 0x201C || c == 0x201E || (c == 0xAB && !open) ||
           (c == 0xBB && !open) || c == 0x2018 || c == 0x300C;
}

static bool is_closing(uint32_t c)
{
    return c == '"' || c == 0x201C || c == 0x201D || c == 0xAB || c == 0xBB ||
           c == 0x2019 || c == 0x300D;
}

/* What was read of a sentence's marks so far. */
struct reading {
    struct str sentence;
    const char *open; /* the quotation mark that is not closed yet */
    long single, straight, brackets, curly, angle, corner;
    bool early; /* something closed before it was opened */
    struct ticks ticks;
    struct marks marks;
};

/* The mark c at at; behind is what follows. */
static void see_mark(struct reading *r, const char *at, uint32_t c, const char *behind)
{
    const char *end = r->sentence.s + r->sentence.len;
    bool apostrophe = c == 0x2019 && behind < end && letter_at(behind, end);

    if (c == ',' || c == '(' || c == ')')
        r->marks.caption = r->marks.caption || points(r->sentence.s, at, end);
    if (r->open && is_closing(c) && !apostrophe) {
        r->marks.quoted += (size_t)(behind - r->open);
        r->open = NULL;
    } else if (is_opening(c, r->open)) {
        r->open = at;
    }
    r->straight += c == '"';
    r->brackets += (c == '(') - (c == ')');
    r->curly += c == 0x201C || c == 0x201D || c == 0x201E;
    r->angle += c == 0xAB || c == 0xBB;
    r->single += (c == 0x2018) - (c == 0x2019 && !apostrophe);
    r->corner += (c == 0x300C || c == 0x300E) - (c == 0x300D || c == 0x300F);
    r->early = r->early || r->brackets < 0 || r->corner < 0;
}

/* What stands between two words. */
static void see_gap(struct reading *r, const char *p, const char *end)
{
    while (p < end) {
        const char *at = p;
        if (!mark_bytes[(unsigned char)*p]) {
            p++;
            continue;
        }
        uint32_t c = utf8_next(&p, end);
        if (c == '\'')
            see_tick(&r->ticks, r->sentence.s, at);
        else
            see_mark(r, at, c, p);
    }
}

static const char *end_of(const struct token *token, const char *text)
{
    return text + token->start + token->len;
}

static struct marks marks_of(const struct story *story, const struct sentence *s)
{
    struct reading r = {.sentence = s->text};
    struct marks *marks = &r.marks;
    const struct token *token = story->tokens + s->first, *end = story->tokens + s->end;
    const char *text = story->text.s, *from = s->text.s;

    for (; token < end; token++)
        if (!token->joined) {
            from = token > story->tokens + s->first ? end_of(token - 1, text) : from;
            see_gap(&r, from, text + token->start);
        }
    see_gap(&r, s->first < s->end ? end_of(end - 1, text) : from,
            s->text.s + s->text.len);
    marks->quoted += r.ticks.quoted;
    marks->whole = !r.early && r.single <= 0 && r.straight % 2 == 0 && r.curly % 2 == 0 &&
                   r.angle % 2 == 0 && !r.brackets && !r.corner &&
                   !(r.ticks.surely && !r.ticks.closes) &&
                   !(r.ticks.closes && !r.ticks.opens);
    marks->caption = marks->caption || str_starts(s->text, STR("Pictured")) ||
                     str_starts(s->text, STR("\xC2\xA9"));
    return *marks;
}

/* What ends a sentence: '.', '?' for every mark that asks, 0 for none. */
static char ending(struct str s)
{
    const char *p = s.s + s.len;

    while (p > s.s) {
        uint32_t c = utf8_prev(&p, s.s);
        switch (c) {
        case '?':
        case 0xFF1F:
        case 0x61F:
        case 0x37E:
        case ';':
            return '?';
        case '.':
        case '!':
        case 0x2026:
        case 0x3002:
        case 0xFF01:
        case 0xFF0E:
        case 0x964:
        case 0x965:
        case 0x6D4:
        case 0x589:
        case 0x1362:
        case 0x104B:
        case 0x17D4:
            return p > s.s && p[-1] == ':' ? 0 : '.';
        }
        if (uni_letter(c) || uni_digit(c) || c == ':' || c == ',')
            return 0;
    }
    return 0;
}

/* True for "Ann Lee: She will stay" and "Best of friends: The Lees": a few words and a
 * colon, and no quotation behind it, is how captions begin. */
static bool is_labelled(const struct story *story, const struct sentence *s)
{
    const char *end = s->text.s + s->text.len;

    for (size_t t = s->first; t < s->end && t < s->first + 5; t++) {
        const char *p = story->text.s + story->tokens[t].start + story->tokens[t].len;
        if (p + 1 < end && p[0] == ':' && p[1] == ' ' && t + 1 < s->end)
            return story->tokens[t + 1].is.capital &&
                   story->text.s + story->tokens[t + 1].start == p + 2;
    }
    return false;
}

/* True if only blanks stand between the sentence and the line end before it. */
static bool begins_line(const struct story *story, struct str sentence)
{
    const char *p = sentence.s;
    while (p > story->text.s && (p[-1] == ' ' || p[-1] == '\t'))
        p--;
    return p > story->text.s && p[-1] == '\n';
}

struct sums {
    double centroid_norm, total, title_terms;
};

static struct sums sum_up(const struct story *story)
{
    struct sums sums = {0};
    for (size_t i = 0; i < story->term_count; i++) {
        const struct weight *w = &story->weights[i];
        if (w->stem != i || w->stop)
            continue;
        double mass = w->count * w->idf;
        sums.centroid_norm += mass * mass;
        sums.total += mass;
        sums.title_terms += w->title;
    }
    return sums;
}

/* A sentence of fewer words is a heading or a cry. */
enum { FEWEST_WORDS = 4 };

/* A quotation that leaves no more of a sentence has no speaker. */
enum { FEW_BYTES = 4 };

static double divided(double a, double b)
{
    return b > 0 ? a / b : 0;
}

static void weigh(struct summary *summary, const struct story *story,
                  const struct sums *sums, size_t i)
{
    const struct sentence *s = &story->sentences[i];
    struct candidate *c = &summary->candidates[i];
    double dot = 0, norm = 0, mass = 0, title = 0, opens = 0, own = 0;
    bool digits = false;
    size_t words = s->end - s->first;

    for (size_t t = s->first; t < s->end; t++) {
        const struct token *token = &story->tokens[t];
        uint32_t stem = token->stem;
        const struct weight *w = &story->weights[stem];
        double x = story->weights[token->surface].share;
        dot += x * x * w->count;
        norm += x * x;
        own += x;
        char first = story->text.s[token->start];
        digits = digits || (first >= '0' && first <= '9');
        if (summary->said[stem] != i + 1) { /* each term once */
            opens += !summary->said[stem] && w->count > 1 ? x : 0;
            summary->said[stem] = (uint32_t)i + 1;
            mass += x * w->count;
            title += w->title;
        }
    }
    struct marks marks = marks_of(story, s);
    double *f = c->features;
    f[FEATURE_POSITION] = 1 / sqrt(fmax((double)i + 1, 3));
    f[FEATURE_PLACE] = 1 - (double)i / (double)story->sentence_count;
    f[FEATURE_CENTROID] = divided(dot, sqrt(norm * sums->centroid_norm));
    f[FEATURE_WEIGHT] = divided(mass * (double)story->sentence_count, sums->total * 10);
    f[FEATURE_OPENS] = divided(opens, own);
    f[FEATURE_TITLE] = divided(title, sums->title_terms);
    f[FEATURE_SHORT] = words < 8 ? (8 - (double)words) / 8 : 0;
    f[FEATURE_LENGTH] = fmin((double)words / 50, 1);
    f[FEATURE_RARE] = divided(own, (double)words) / 10;
    f[FEATURE_DIGITS] = digits;
    f[FEATURE_QUOTED] = divided((double)marks.quoted, (double)s->text.len);
    f[FEATURE_PARAGRAPH] = i == 0 || begins_line(story, s->text);
    c->needy = is_needy(story, s);
    c->barred = !marks.whole || marks.caption || ending(s->text) != '.' ||
                words < FEWEST_WORDS || s->text.s[0] == '(' ||
                marks.quoted + FEW_BYTES > s->text.len || is_labelled(story, s);
    c->norm = own;
    c->tries = 0;
    c->taken = false;
    c->score = 0;
    for (size_t n = 0; n < FEATURES; n++)
        c->score += summary->weights[n] * f[n];
}

/* The share of a sentence's weight that was said. */
static double repeated(const struct summary *summary, const struct story *story, size_t i)
{
    const struct sentence *s = &story->sentences[i];
    double again = 0;

    for (size_t t = s->first; t < s->end; t++)
        if (summary->said[story->tokens[t].stem])
            again += story->weights[story->tokens[t].surface].share;
    return divided(again, summary->candidates[i].norm);
}

/* The better of two sentences: the higher score, then the earlier. */
static bool better(const struct summary *summary, uint32_t a, uint32_t b)
{
    double x = summary->candidates[a].score, y = summary->candidates[b].score;
    return x > y || (!(x < y) && a < b);
}

/* The queue is a binary heap, the best sentence first. */
static void sift_down(struct summary *summary, size_t n, size_t at)
{
    uint32_t *q = summary->queue;
    for (size_t child; (child = 2 * at + 1) < n; at = child) {
        if (child + 1 < n && better(summary, q[child + 1], q[child]))
            child++;
        if (!better(summary, q[child], q[at]))
            return;
        uint32_t swap = q[at];
        q[at] = q[child];
        q[child] = swap;
    }
}

static void push(struct summary *summary, size_t *n, uint32_t sentence)
{
    uint32_t *q = summary->queue;
    size_t at = (*n)++;
    q[at] = sentence;
    while (at > 0 && better(summary, q[at], q[(at - 1) / 2])) {
        uint32_t swap = q[at];
        q[at] = q[(at - 1) / 2];
        q[(at - 1) / 2] = swap;
        at = (at - 1) / 2;
    }
}

static uint32_t pop(struct summary *summary, size_t *n)
{
    uint32_t top = summary->queue[0];
    summary->queue[0] = summary->queue[--*n];
    sift_down(summary, *n, 0);
    return top;
}

static void take(struct summary *summary, const struct story *story, size_t i)
{
    const struct sentence *s = &story->sentences[i];

    summary->candidates[i].taken = true;
    for (size_t t = s->first; t < s->end; t++)
        summary->said[story->tokens[t].stem] = 1;
}

static void grow(struct summary *summary, const struct story *story)
{
    summary->candidates = xgrow(summary->candidates, &summary->cap, story->sentence_count,
                                sizeof *summary->candidates);
    summary->queue = xgrow(summary->queue, &summary->queue_cap, story->sentence_count,
                           sizeof *summary->queue);
    summary->said = xgrow(summary->said, &summary->said_cap, story->term_count + 1,
                          sizeof *summary->said);
    memset(summary->said, 0, story->term_count * sizeof *summary->said);
}

/* What is left of the limits. */
struct room {
    size_t sentences, chars;
    size_t first; /* what the first sentence may take, whatever is left */
};

static struct room room_of(const struct story *story, const struct limits *limits)
{
    struct room room = {limits->sentences ? limits->sentences : SIZE_MAX,
                        limits->chars ? limits->chars : SIZE_MAX, 0};
    if (limits->percent > 0) {
        size_t part = (size_t)((double)utf8_count(story->text) * limits->percent / 100);
        room.first = room.chars;
        room.chars = part < room.chars ? part : room.chars;
    }
    return room;
}

/* True if the sentence fits and its room is taken. */
static bool fits(struct room *room, struct str sentence, size_t taken)
{
    if (room->chars == SIZE_MAX)
        return true;
    size_t need = utf8_count(sentence) + (taken > 0);
    if (need > room->chars && (taken > 0 || need > room->first))
        return false;
    room->chars -= need < room->chars ? need : room->chars;
    return true;
}

/* A sentence with more than this share of its weight said before is left out. */
static const double SAID_BEFORE = 0.75;

/* True for a sentence of furniture, a cue (Read more: …). Only who would be taken is
 * asked: it is dear. */
static bool is_cue(struct candidate *c, struct str sentence)
{
    return c->tries == 0 && cue_of(sentence) != CUE_NONE;
}

/* Best first, scores corrected only when a sentence comes to the top, and each a few
 * times at most: near linear in the story. */
static size_t choose_best(struct summary *summary, const struct story *story,
                          struct room *room, bool barred)
{
    enum { TRIES = 8 };
    size_t queued = 0, taken = 0;

    for (size_t i = 0; i < story->sentence_count; i++) {
        struct candidate *c = &summary->candidates[i];
        if ((barred || !c->barred) && !(c->needy && (i > 0 || !barred)))
            push(summary, &queued, (uint32_t)i);
    }
    while (queued > 0 && taken < room->sentences) {
        uint32_t i = pop(summary, &queued);
        struct candidate *c = &summary->candidates[i];
        double again = repeated(summary, story, i);
        if (again > SAID_BEFORE || (!barred && is_cue(c, story->sentences[i].text)))
            continue;
        double fresh = -summary->redundancy * again;
        for (size_t n = 0; n < FEATURES; n++)
            fresh += summary->weights[n] * c->features[n];
        if (fresh < c->score && c->tries++ < TRIES) {
            c->score = fresh;
            push(summary, &queued, i);
            continue;
        }
        if (!fits(room, story->sentences[i].text, taken))
            continue;
        take(summary, story, i);
        taken++;
        struct candidate *next = c + 1;
        if (i + 1 < story->sentence_count && next->needy && (barred || !next->barred))
            push(summary, &queued, i + 1);
    }
    return taken;
}

size_t summary_choose(struct summary *summary, const struct story *story,
                      const struct limits *limits, bool whole)
{
    struct room room = room_of(story, limits);
    bool all =
        (whole || story->sentence_count <= room.sentences) && room.chars == SIZE_MAX;

    if (story->sentence_count == 0)
        return 0;
    grow(summary, story);
    if (all) { /* most teasers: nothing is to be weighed */
        for (size_t i = 0; i < story->sentence_count; i++)
            summary->candidates[i] = (struct candidate){.taken = true};
        return story->sentence_count;
    }
    struct sums sums = sum_up(story);
    for (size_t i = 0; i < story->sentence_count; i++)
        weigh(summary, story, &sums, i);
    memset(summary->said, 0, story->term_count * sizeof *summary->said);
    size_t taken = choose_best(summary, story, &room, false);
    return taken ? taken : choose_best(summary, story, &room, true);
}
