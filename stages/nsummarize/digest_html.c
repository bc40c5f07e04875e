/* The digest as one page without scripts or anything from elsewhere: landmarks and
 * headings in order, every chart also a table, colours for light and dark. */
#include "common/alloc.h"
#include "common/data.h"
#include "common/out.h"
#include "common/stats.h"
#include "stages/nsummarize/digest.h"
#include "stages/nsummarize/html.h"
#include "stages/nsummarize/timeline.h"

#include <stdlib.h>

DATA(page_style_txt);

/* The page as it is written: of one group or of several, then a level deeper. */
struct page {
    struct buf b;
    const struct digest *digest;
    const struct group *group;
    uint32_t number; /* of the group */
    size_t place;    /* of it in the page: part of the ids of its elements */
    int level;       /* of the headings of its sections */
};

static void flush(struct page *p)
{
    out_write(buf_str(&p->b));
    buf_clear(&p->b);
}

static void begin_section(struct page *p, const char *id, const char *title)
{
    buf_printf(&p->b, "<section aria-labelledby=\"%s-%zu\">\n", id, p->place);
    buf_printf(&p->b, "<h%d id=\"%s-%zu\">%s</h%d>\n", p->level, id, p->place, title,
               p->level);
}

static void records(struct page *p, unsigned long long n)
{
    html_number(&p->b, n);
    buf_puts(&p->b, n == 1 ? " record" : " records");
}

/* From one date to another, or the date, if they are the same. */
static void period(struct buf *b, struct str first, struct str last)
{
    html_date(b, first);
    if (!str_eq(first, last)) {
        buf_puts(b, " – ");
        html_date(b, last);
    }
}

/* ---- days ---- */

static struct str bar_date(const struct bar *bar, char *room, size_t size)
{
    int len = snprintf(room, size, "%04d", bar->year);
    if (bar->month)
        len += snprintf(room + len, size - (size_t)len, "-%02d", bar->month);
    if (bar->day)
        len += snprintf(room + len, size - (size_t)len, "-%02d", bar->day);
    return (struct str){room, (size_t)len};
}

static void bars_of_days(struct page *p, const struct timeline *t, const char *step)
{
    char room[64];
    struct buf *b = &p->b;

    buf_printf(
        b,
        "<figure>\n<svg class=\"days\" role=\"img\" aria-label=\"Records by %s; the "
        "table below has the numbers\" viewBox=\"0 0 %zu 100\" "
        "preserveAspectRatio=\"none\">\n",
        step, t->count);
    for (size_t i = 0; i < t->count; i++)
        if (t->bars[i].count > 0) {
            double high = 100.0 * (double)t->bars[i].count / (double)t->most;
            buf_printf(b,
                       "<rect x=\"%zu.1\" y=\"%.1f\" width=\"0.8\" height=\"%.1f\"/>\n",
                       i, 100 - high, high);
        }
    buf_puts(b, "</svg>\n<figcaption><span>");
    html_date(b, bar_date(&t->bars[0], room, sizeof room));
    buf_puts(b, "</span><span>at most ");
    html_number(b, t->most);
    buf_printf(b, " a %s</span><span>", step);
    html_date(b, bar_date(&t->bars[t->count - 1], room, sizeof room));
    buf_puts(b, "</span></figcaption>\n</figure>\n");
}

static void table_of_days(struct page *p, const struct timeline *t, const char *step)
{
    char room[64];
    struct buf *b = &p->b;

    buf_printf(
        b,
        "<details>\n<summary>The numbers by %s</summary>\n<table>\n<thead><tr><th "
        "scope=\"col\">Date</th><th scope=\"col\">Records</th></tr></thead>\n<tbody>\n",
        step);
    for (size_t i = 0; i < t->count; i++)
        if (t->bars[i].count > 0) {
            buf_puts(b, "<tr><th scope=\"row\">");
            html_date(b, bar_date(&t->bars[i], room, sizeof room));
            buf_puts(b, "</th><td>");
            html_number(b, t->bars[i].count);
            buf_puts(b, "</td></tr>\n");
        }
    buf_puts(b, "</tbody>\n</table>\n</details>\n");
}

static void remark(struct page *p, unsigned long long n, const char *what)
{
    if (n == 0)
        return;
    buf_puts(&p->b, "<p class=\"faint\">");
    records(p, n);
    buf_printf(&p->b, " %s.</p>\n", what);
}

static void days(struct page *p)
{
    static const char *const steps[] = {"day", "month", "year"};
    struct timeline t;

    timeline_read(&t, &p->group->counts[DAYS], p->group->records);
    if (t.count < 2)
        return;
    begin_section(p, "days", "Timeline");
    bars_of_days(p, &t, steps[t.step]);
    table_of_days(p, &t, steps[t.step]);
    remark(p, t.before, "of earlier dates");
    remark(p, t.behind, "of later dates");
    remark(p, t.undated, "without an exact date");
    buf_puts(&p->b, "</section>\n");
}

/* ---- stories ---- */

static void story_sources(struct page *p, struct str sources)
{
    enum { SHOWN = 6 };
    unsigned long long count;
    struct str name;
    size_t n = 0;

    while (next_source(&sources, &count, &name)) {
        if (n++ < SHOWN) {
            buf_puts(&p->b, n == 1 ? " · " : ", ");
            html_text(&p->b, name);
        }
    }
    if (n > SHOWN)
        buf_printf(&p->b, " and %zu more", n - SHOWN);
}

static void story(struct page *p, const struct telling *t)
{
    struct buf *b = &p->b;
    struct str url = telling_field(t, URL), first = telling_field(t, FIRST);
    struct str rest = telling_field(t, SUMMARY), line;
    bool link = html_link(url);

    buf_printf(b, "<li><article>\n<h%d dir=\"auto\">", p->level + 1);
    if (link) {
        buf_puts(b, "<a rel=\"noreferrer\" href=\"");
        html_text(b, url);
        buf_puts(b, "\">");
    }
    html_text(b, telling_field(t, TITLE));
    buf_printf(b, "%s</h%d>\n<p class=\"faint\">", link ? "</a>" : "", p->level + 1);
    records(p, t->size);
    if (first.len > 0) {
        buf_puts(b, " · ");
        period(b, first, telling_field(t, LAST));
    }
    story_sources(p, telling_field(t, SOURCES));
    buf_puts(b, "</p>\n<p dir=\"auto\">");
    for (const char *between = ""; str_line(&rest, &line); between = " ") {
        buf_puts(b, between);
        html_text(b, line);
    }
    buf_puts(b, "</p>\n</article></li>\n");
}

static void stories(struct page *p)
{
    const struct stories *s = &p->digest->stories;
    size_t start = stories_start(s, p->number), end = stories_start(s, p->number + 1);

    if (start == end || s->list[start]->size < 2)
        return;
    begin_section(p, "stories", "Stories told most");
    buf_puts(&p->b, "<ol class=\"stories\" role=\"list\">\n");
    for (size_t i = start; i < end && i - start < p->digest->top; i++)
        if (s->list[i]->size > 1)
            story(p, s->list[i]);
    buf_puts(&p->b, "</ol>\n</section>\n");
    flush(p);
}

/* ---- names ---- */

static void bar_row(struct page *p, const struct ranked *ranked, double most)
{
    struct buf *b = &p->b;

    buf_puts(b, "<tr><th scope=\"row\" dir=\"auto\">");
    html_text(b, ranked->name);
    buf_printf(b,
               "</th><td><div><svg aria-hidden=\"true\"><rect width=\"%.1f%%\" "
               "height=\"100%%\"/></svg><span>%s",
               100.0 * (double)ranked->count->count / most,
               ranked->count->error > 0 ? "≤ " : "");
    html_number(b, ranked->count->count);
    buf_puts(b, "</span></div></td></tr>\n");
}

static void names(struct page *p, int tally, const char *title)
{
    const struct counts *counts = &p->group->counts[tally];
    size_t n = counts->names.count;

    if (n == 0)
        return;
    struct ranked *ranked = counts_rank(counts, by_count);
    buf_printf(&p->b, "<div>\n<h%d>%s</h%d>\n", p->level + 1, title, p->level + 1);
    buf_printf(&p->b,
               "<table class=\"bars\" aria-label=\"%s\">\n<thead><tr><th scope=\"col\">"
               "<span class=\"hidden\">Name</span></th><th scope=\"col\">"
               "<span class=\"hidden\">Records</span></th></tr></thead>\n<tbody>\n",
               title);
    for (size_t i = 0; i < n && i < p->digest->top; i++)
        bar_row(p, &ranked[i], (double)ranked[0].count->count);
    buf_puts(&p->b, "</tbody>\n</table>\n");
    if (n > p->digest->top) {
        buf_puts(&p->b, "<p class=\"faint\">and ");
        html_number(&p->b, n - p->digest->top);
        buf_puts(&p->b, counts->floor > 0 ? " more at least</p>\n" : " more</p>\n");
    }
    buf_puts(&p->b, "</div>\n");
    free(ranked);
    flush(p);
}

struct list {
    int tally;
    const char *title;
};

static bool any(const struct page *p, const struct list *list)
{
    for (; list->title; list++)
        if (p->group->counts[list->tally].names.count > 0)
            return true;
    return false;
}

static const struct list who[] = {
    {PEOPLE, "People"}, {ORGANISATIONS, "Organisations"}, {PLACES, "Places"}, {0, NULL}};
static const struct list what[] = {{SUBJECTS, "Subjects"},
                                   {KEYWORDS, "Keywords"},
                                   {TAGS, "Tags"},
                                   {LABELS, "Lexicon"},
                                   {0, NULL}};
static const struct list where_from[] = {
    {SOURCE_NAMES, "Sources"}, {LANGUAGES, "Languages"}, {KINDS, "Kinds"}, {0, NULL}};

static void lists(struct page *p, const struct list *list, const char *id,
                  const char *title)
{
    if (!any(p, list))
        return;
    begin_section(p, id, title);
    buf_puts(&p->b, "<div class=\"lists\">\n");
    for (; list->title; list++)
        names(p, list->tally, list->title);
    buf_puts(&p->b, "</div>\n</section>\n");
}

/* ---- the page ---- */

static void sections(struct page *p)
{
    days(p);
    stories(p);
    lists(p, who, "names", "Names");
    lists(p, what, "subjects", "Subjects and keywords");
    lists(p, where_from, "sources", "Where from");
}

static void take_group(struct page *p, uint32_t number, size_t place)
{
    p->number = number;
    p->group = &p->digest->groups[number];
    p->place = place;
}

static void group_name(struct page *p)
{
    struct str name = terms_word(&p->digest->group_names, p->number);
    bool day = p->digest->by && strcmp(p->digest->by, "day") == 0;

    if (name.len == 0)
        buf_printf(&p->b, "No %s", day ? "date" : "value");
    else if (day)
        html_date(&p->b, name);
    else
        html_text(&p->b, name);
}

static void link_to(struct page *p, const char *id, const char *title)
{
    buf_printf(&p->b, "<li><a href=\"#%s-%zu\">%s</a></li>\n", id, p->place, title);
}

static void links_to_sections(struct page *p)
{
    const struct stories *s = &p->digest->stories;
    size_t first = stories_start(s, p->number);
    struct timeline t;

    timeline_read(&t, &p->group->counts[DAYS], p->group->records);
    if (t.count > 1)
        link_to(p, "days", "Timeline");
    if (first < s->count && s->list[first]->size > 1)
        link_to(p, "stories", "Stories");
    if (any(p, who))
        link_to(p, "names", "Names");
    if (any(p, what))
        link_to(p, "subjects", "Subjects");
    if (any(p, where_from))
        link_to(p, "sources", "Where from");
}

/* The page's groups, or its sections. */
static void contents(struct page *p, const uint32_t *order)
{
    buf_puts(&p->b, "<nav aria-label=\"Contents\">\n<ul role=\"list\">\n");
    if (!p->digest->by)
        links_to_sections(p);
    for (size_t i = 0; p->digest->by && i < p->digest->group_names.count; i++) {
        take_group(p, order[i], i + 1);
        buf_printf(&p->b, "<li><a href=\"#group-%zu\">", p->place);
        group_name(p);
        buf_puts(&p->b, "</a></li>\n");
    }
    buf_puts(&p->b, "</ul>\n</nav>\n");
}

static void head(struct page *p)
{
    buf_puts(&p->b,
             "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
             "<meta name=\"color-scheme\" content=\"light dark\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
             "style-src 'unsafe-inline'\">\n"
             "<title>News digest</title>\n<style>\n");
    buf_add(&p->b, page_style_txt, page_style_txt_size);
    buf_puts(&p->b, "</style>\n</head>\n<body>\n"
                    "<a class=\"skip\" href=\"#content\">Skip to the content</a>\n"
                    "<header>\n<h1>News digest</h1>\n");
}

static bool inexact(const struct digest *d)
{
    for (uint32_t i = 0; i < d->group_names.count; i++) {
        if (stories_forgotten(&d->stories, i) > 0)
            return true;
        for (int j = 0; j < TALLIES; j++)
            if (d->groups[i].counts[j].floor > 0)
                return true;
    }
    return false;
}

static void foot(struct page *p)
{
    buf_puts(&p->b, "</main>\n<footer>\n<p>Numbers are records; a record counts once for "
                    "each name it has.");
    if (inexact(p->digest))
        buf_puts(&p->b, " There were too many for all to be kept: numbers with ≤ may be "
                        "too high, and small stories may be missing.");
    buf_puts(&p->b, "</p>\n</footer>\n</body>\n</html>\n");
    flush(p);
}

/* The line below the title: how many records, and the days they are of. */
static void summing_up(struct page *p)
{
    struct timeline t;
    char one[64], other[64];

    buf_puts(&p->b, "<p>");
    records(p, p->group->records);
    timeline_read(&t, &p->group->counts[DAYS], p->group->records);
    if (t.count > 0) {
        buf_puts(&p->b, t.before || t.behind ? ", mostly of " : ", ");
        period(&p->b, bar_date(&t.bars[0], one, sizeof one),
               bar_date(&t.bars[t.count - 1], other, sizeof other));
    }
    buf_puts(&p->b, "</p>\n");
}

/* One of several groups: what stands between its heading and the next. */
static void group(struct page *p)
{
    buf_printf(&p->b,
               "<section aria-labelledby=\"group-%zu\">\n<h2 id=\"group-%zu\" "
               "dir=\"auto\">",
               p->place, p->place);
    group_name(p);
    buf_puts(&p->b, "</h2>\n");
    summing_up(p);
    sections(p);
    buf_puts(&p->b, "</section>\n");
}

void digest_write_html(struct digest *d)
{
    struct page p = {.digest = d, .level = d->by ? 3 : 2};
    size_t groups = d->group_names.count;
    uint32_t *order = digest_order(d);

    if (groups > 0) {
        stories_unite(&d->stories);
        head(&p);
        take_group(&p, order[0], 1);
        if (!d->by)
            summing_up(&p);
        buf_puts(&p.b, "</header>\n");
        contents(&p, order);
        buf_puts(&p.b, "<main id=\"content\">\n");
        for (size_t i = 0; i < groups; i++) {
            take_group(&p, order[i], i + 1);
            (d->by ? group : sections)(&p);
        }
        foot(&p);
        out_end_record();
        stats.out++;
    }
    free(order);
    buf_free(&p.b);
}
