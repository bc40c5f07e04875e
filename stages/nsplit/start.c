#include "stages/nsplit/start.h"

#include "common/data.h"

DATA(furniture_model);
DATA(gate_model);
DATA(near_model);
DATA(start_model);

enum {
    TEMPLATE_RUN = 3, /* template leftovers in a row that are a block, not a slip */
    LINE_LEAST = 4,   /* bytes of a line that may begin a page */
    LINE_MOST = INK_MOST,
    INSIDE_LEAST = 2, /* bytes before a start inside a line, and behind it */
    INSIDE_REST = 6,
    INSIDE_MOST = 8, /* of them in one line */
};

/* Log odds from which a start is believed, times TREES_SCALE: a file's first one, those
 * behind it; how much more for the first one inside a line, and for those behind it (no
 * more but less: the model has seen more lines that end with their page than not); and
 * less for the first of several near each other. */
enum {
    SURE_FIRST = 2000,
    SURE = -900,
    MORE_INSIDE_FIRST = 1000,
    MORE_INSIDE = -500,
    NEARLY = 1200,
    REFUSED = -1000000,
};

struct str start_name(struct str line)
{
    static const struct str none = {"", 0};
    if (line.len < 9 || !str_starts(line, STR("==> ")) || !str_ends(line, STR(" <==")))
        return none;
    return str_sub(line, 4, line.len - 4);
}

static bool digit(struct str s, size_t i)
{
    return i < s.len && s.s[i] >= '0' && s.s[i] <= '9';
}

static size_t digits(struct str s, size_t i)
{
    size_t n = 0;
    while (digit(s, i + n))
        n++;
    return n;
}

/* The length of the date in digits at s[i], 2017-05-26 or 26.05.2017, or 0. */
static size_t numeric_date(struct str s, size_t i)
{
    size_t part[3], at = i;
    char mark = 0;
    for (int p = 0; p < 3; p++) {
        part[p] = digits(s, at);
        at += part[p];
        if (p == 2)
            break;
        if (at >= s.len || !strchr("-./", s.s[at]) || (mark && s.s[at] != mark))
            return 0;
        mark = s.s[at++];
    }
    bool year_first = part[0] == 4 && part[1] == 2 && part[2] == 2;
    bool year_last = part[0] && part[0] <= 2 && part[1] && part[1] <= 2 && part[2] == 4;
    return year_first || year_last ? at - i : 0;
}

static bool furniture(struct str s)
{
    enum cue cue = cue_of(s);
    return cue == CUE_SUBSCRIBE || cue == CUE_NAV;
}

/* The band at the top of a page: a date, a word or two, and furniture ("Sign in"). */
static bool masthead(struct str s)
{
    enum { LONGEST = 80, BLANKS = 20 };
    if (s.len > LONGEST + BLANKS)
        return false;
    s = str_trim(s);
    if (s.len > LONGEST)
        return false;
    for (size_t i = 0; i < s.len; i++) {
        size_t n = digit(s, i) ? numeric_date(s, i) : 0;
        if (n)
            return furniture(str_sub(s, 0, i)) || furniture(str_sub(s, i + n, s.len));
        i += digits(s, i);
    }
    return false;
}

/* What a page's template left where its list of stories goes. Blocks in other notations
 * are found at any place of a page. */
static bool leftover(const struct lines *lines, size_t i)
{
    struct str text = line_text(lines, i);
    if (text.len && text.s[0] > ' ' && text.s[0] != '{')
        return false;
    text = str_trim(text);
    return str_starts(text, STR("{{")) && cue_template(text);
}

/* A block of template leftovers begins here, not in the middle of one. */
static bool template_block(const struct lines *lines, size_t i)
{
    if (!leftover(lines, i))
        return false;
    size_t before = i;
    while (before && lines->line[before - 1].blank)
        before--;
    if (before && cue_template(line_text(lines, before - 1)))
        return false;
    size_t run = 0;
    for (; i < lines->count && run < TEMPLATE_RUN; i++) {
        if (lines->line[i].blank)
            continue;
        if (!leftover(lines, i))
            break;
        run++;
    }
    return run >= TEMPLATE_RUN;
}

static bool upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Behind the words that end a teaser, known from the teasers before it, the next page has
 * begun: "Read more" + " date 2017-05-26 Register". */
static size_t glued(const struct lines *lines, size_t i)
{
    struct str text = line_text(lines, i);
    size_t from = !lines->line[i].more ? i : i > LINES_MORE ? i - LINES_MORE : 0;
    for (size_t j = i; j-- > from;) {
        if (lines->line[j].cue != CUE_MORE)
            continue;
        struct str more = line_text(lines, j);
        if (more.len >= text.len || !str_starts(text, more))
            continue;
        struct str rest = str_sub(text, more.len, text.len);
        return masthead(rest) || upper(rest.s[0]) ? more.len : NO_START;
    }
    return NO_START;
}

/* ---- what is learned ---- */

static struct str data(const unsigned char *bytes, size_t size)
{
    return (struct str){(const char *)bytes, size};
}

struct start_models start_models(void)
{
    return (struct start_models){
        lexicon_parse(data(furniture_model, furniture_model_size)),
        {
            trees_parse(data(gate_model, gate_model_size), "gate.model"),
            trees_parse(data(near_model, near_model_size), "near.model"),
            trees_parse(data(start_model, start_model_size), "start.model"),
        },
    };
}

void start_models_free(struct start_models *models)
{
    lexicon_free(models->lexicon);
    for (enum start_step step = 0; step < START_STEPS; step++)
        trees_free(models->step[step]);
}

bool start_weigh(const struct start_models *models, struct place *place,
                 enum start_step step, int32_t *score)
{
    static void (*const clues[START_STEPS])(struct place *) = {clues_gate, clues_near,
                                                               clues_far};
    const struct trees *trees = models->step[step];
    clues[step](place);
    *score = trees ? trees_score(trees, place->clue) : 0;
    clue_add(place, *score / 16);
    return *score != TREES_STOPPED;
}

void starts_init(struct starts *starts, const struct start_models *models)
{
    *starts = (struct starts){.models = models};
    if (models)
        starts->traces = traces_new(models->lexicon);
}

void starts_free(struct starts *starts)
{
    traces_free(starts->traces);
    starts->traces = NULL;
}

void starts_file(struct starts *starts)
{
    starts->several = starts->glued = false;
    if (starts->traces && starts->traces->count)
        traces_clear(starts->traces);
}

void starts_page(struct starts *starts, const struct lines *lines, size_t i)
{
    starts->asked = 0;
    if (starts->traces)
        page_head_set(&starts->page, starts->traces, lines->line[i].trace);
}

static bool returns(const struct starts *starts, struct str rest, uint32_t n)
{
    uint32_t last = traces_last(starts->traces, trace_opening(rest));
    return last > n && last - n <= CLUE_AHEAD;
}

/* The starts inside a line: what follows is a page's first line and not long. */
static void inside_places(const struct starts *starts, struct str text, uint32_t n,
                          start_visitor *visit, void *context)
{
    int asked = 0;
    struct ink ink;
    size_t from = text.len > LINE_MOST ? text.len - LINE_MOST : 0;
    ink_read(&ink, str_sub(text, from, text.len));
    for (size_t j = INSIDE_LEAST; (j = trace_joint(&ink, j)) + INSIDE_REST < ink.len;
         j++) {
        size_t k = from + j;
        struct str rest = str_sub(text, k, text.len);
        if (asked >= INSIDE_MOST && !returns(starts, rest, n))
            continue;
        asked++;
        struct place place;
        place_inside(&place, starts->traces, &starts->page, n, text, k);
        visit(context, &place, k);
    }
}

void starts_places(const struct starts *starts, const struct lines *lines, size_t i,
                   start_visitor *visit, void *context)
{
    uint32_t n = lines->line[i].trace;
    const struct trace *trace = traces_at(starts->traces, n);
    if (trace->count && trace->bytes >= LINE_LEAST && trace->bytes <= LINE_MOST) {
        struct place place;
        place_at(&place, starts->traces, &starts->page, n);
        visit(context, &place, 0);
    }
    if (trace->flags & TRACE_JOINT)
        inside_places(starts, line_text(lines, i), n, visit, context);
}

struct weighing {
    const struct starts *starts;
    struct best *best;
};

static void weigh(void *context, struct place *place, size_t k)
{
    struct weighing *weighing = context;
    const struct starts *starts = weighing->starts;
    struct best *best = weighing->best;
    int32_t score = 0;
    for (enum start_step step = 0; step < START_STEPS; step++)
        if (!start_weigh(starts->models, place, step, &score))
            return;
    if (k)
        score -= starts->glued ? MORE_INSIDE : MORE_INSIDE_FIRST;
    if (score > best->score) {
        best->score = score;
        best->k = k;
    }
}

static struct best best_place(struct starts *starts, const struct lines *lines, size_t i)
{
    uint32_t n = lines->line[i].trace;
    struct best *best = &starts->best[n % (START_RIVALS + 1)];
    if (n <= starts->asked)
        return *best;
    *best = (struct best){REFUSED, NO_START};
    starts->asked = n;
    starts_places(starts, lines, i, weigh, &(struct weighing){starts, best});
    return *best;
}

/* The best score of the places in the lines behind line i. */
static int32_t rival(struct starts *starts, const struct lines *lines, size_t i)
{
    int32_t score = REFUSED;
    for (size_t j = i + 1, n = 0; j < lines->count && n < START_RIVALS; j++) {
        if (lines->line[j].blank)
            continue;
        n++;
        int32_t other = best_place(starts, lines, j).score;
        score = other > score ? other : score;
    }
    return score;
}

/* Of places near each other the surest is the start, but the first of those that are
 * nearly as sure. */
static size_t learned(struct starts *starts, const struct lines *lines, size_t i)
{
    struct best best = best_place(starts, lines, i);
    int32_t sure = starts->several ? SURE : SURE_FIRST;
    if (best.k == NO_START || best.score < sure - NEARLY || (!i && !best.k))
        return NO_START;
    int32_t other = rival(starts, lines, i);
    if (other - NEARLY > best.score || (best.score < sure && other < sure))
        return NO_START;
    starts->several = true;
    starts->glued = starts->glued || best.k;
    return best.k;
}

size_t starts_find(struct starts *starts, const struct lines *lines, size_t i)
{
    const struct page_line *line = &lines->line[i];
    if (line->blank)
        return NO_START;
    size_t inside = glued(lines, i);
    if (inside != NO_START)
        return inside;
    struct str text = line_text(lines, i);
    bool digits =
        !starts->models || traces_at(starts->traces, line->trace)->flags & TRACE_DIGIT;
    bool start = line->start || start_name(text).len || (digits && masthead(text)) ||
                 template_block(lines, i);
    if (i && start)
        return 0;
    return starts->models ? learned(starts, lines, i) : NO_START;
}
