/* Stories of a page, and its page starts. */
#include "stages/nsplit/story.h"
#include "stages/nsplit/start.h"
#include "tests/unit/tap.h"

static void fill(struct lines *lines, struct str text)
{
    struct str rest = text, line;
    lines_clear(lines);
    while (str_line(&rest, &line))
        lines_add(lines, line, (size_t)(line.s - text.s), text.len - rest.len, 0);
}

/* The first words of each story, "A:" before an article's, "T:" before a teaser's. */
static struct str cut(const char *text)
{
    static char said[500];
    struct lines lines = {0};
    struct stories stories = {0};
    size_t n = 0;
    fill(&lines, str_of(text));
    story_cut(&lines, lines.count, &stories);
    for (size_t i = 0; i < stories.count; i++) {
        struct str line = line_text(&lines, stories.story[i].first);
        n += (size_t)snprintf(said + n, sizeof said - n, "%s%c:%.*s", i ? " " : "",
                              stories.story[i].kind == TEASER ? 'T' : 'A',
                              (int)(line.len < 5 ? line.len : 5), line.s);
    }
    stories_free(&stories);
    lines_free(&lines);
    return (struct str){said, n};
}

#define PARAGRAPH                                                                        \
    "The bridge over the harbour reopened on Monday, nine days after a storm tore at "   \
    "its "                                                                               \
    "pylon.\n"

static void stories(void)
{
    is_str(cut("Title\n" PARAGRAPH), "A:Title", "a page with one story");
    is_str(cut("one\nlead\nRead more\ntwo\nlead\nRead more\n"), "T:one T:two", "a feed");
    is_str(cut("Home\none\nlead\nRead more\ntwo\nlead\nRead more\n"), "T:Home T:two",
           "a section goes with the first teaser");
    is_str(cut("Title\n" PARAGRAPH "one\nlead\nRead more\ntwo\nlead\nRead more\n"),
           "A:Title T:one T:two", "an article before a feed");
    is_str(cut("one\nlead\nRead more\ntwo\nlead\nRead more\nTitle\n" PARAGRAPH),
           "T:one T:two A:Title", "an article behind a feed");
    is_str(cut("one\nlead\nRead more\ntwo\nlead\nRead more\nContact\n"), "T:one T:two",
           "a footer behind a feed is no story");
    is_str(cut("one\nRead more\ntwo\nRead more\nthree\nRead more\n"),
           "T:one T:two T:three", "headlines alone");
    is_str(cut("one\nlead\nRead more\n" PARAGRAPH), "A:one", "one block is no feed");
    is_str(cut(PARAGRAPH
               "a\nRead more\n" PARAGRAPH PARAGRAPH PARAGRAPH PARAGRAPH PARAGRAPH
               "b\nRead more\n" PARAGRAPH),
           "A:The b", "links between paragraphs cut nothing");
    is_str(cut("Read more\nRead more\nRead more\n"), "A:Read ",
           "nothing to read more of");
}

static void starts(void)
{
    struct lines lines = {0};
    struct starts starts;
    starts_init(&starts, NULL);
    fill(&lines, STR("a\n 2017-05-26 Sign in\n{{a}}\n{{b}}\n{{c}}\nd 2017-05-26\n"));
    is_int(starts_find(&starts, &lines, 1) == 0, 1, "a masthead");
    is_int(starts_find(&starts, &lines, 2) == 0, 1, "a template block");
    is_int(starts_find(&starts, &lines, 3) == NO_START, 1, "not inside the block");
    is_int(starts_find(&starts, &lines, 5) == NO_START, 1, "a date alone");
    fill(&lines, STR("a\nRead more\nb\nRead moreHome\nRead more about c\n"));
    is_int((long long)starts_find(&starts, &lines, 3), 9, "glued behind Read more");
    is_int(starts_find(&starts, &lines, 4) == NO_START, 1, "Read more about");
    lines_split(&lines, 3, 9);
    is_str(line_text(&lines, 4), "Home", "the part behind a split");
    is_int((long long)lines.line[3].end, 23, "the place of a split");
    is_int((long long)lines.line[4].offset, 23, "no gap at a split");
    is_int((long long)lines.line[4].end, 28, "the end behind a split");
    is_str(start_name(STR("==> a.txt <==")), "a.txt", "a name");
    is_str(start_name(STR("==> <==")), "", "no name");
    starts_free(&starts);
    lines_free(&lines);
}

#define MENU                                                                             \
    "Home\nWorld\nBusiness\nSport\nCulture\nScience\nTravel\nOpinion\nVideo\n"           \
    "Weather\nSign in\nSubscribe\n"
#define BODY PARAGRAPH PARAGRAPH PARAGRAPH PARAGRAPH PARAGRAPH PARAGRAPH
#define OTHER_MENU                                                                       \
    "News\nPolitics\nCouncil\nSchools\nFarming\nShips\nLetters\nNotices\nJobs\nLog in\n"
#define OTHER_BODY                                                                       \
    "Cyclists and anglers have argued over the narrow path since the lock was rebuilt, " \
    "and no side gave way.\n"                                                            \
    "The vote was close: eleven members were for the plan, nine against it, and one "    \
    "had gone home early.\n"                                                             \
    "Work on the first mile is to begin in May, when the herons have left their nests "  \
    "by the weir.\n"
#define FOOT                                                                             \
    "About us\nPrivacy policy\nTerms of use\nContact us\nSitemap\nAll rights reserved\n"

/* Two pages, with and without the newline between them. */
static void learned_starts(void)
{
    struct start_models models = start_models();
    struct starts starts;
    struct lines lines = {0};
    starts_init(&starts, &models);
    lines.traces = starts.traces;
    starts.several = true;
    fill(&lines,
         STR("Harbour bridge reopens after storm | The Daily Lighthouse\n"
             "Skip to content\n" MENU "Harbour bridge reopens after storm\n"
             "By Jane Doe\n2 March 2019\n" BODY BODY "Most read\n" MENU
             "\xc2\xa9 2019 The Daily Lighthouse\n" FOOT
             "Council votes to widen canal towpath - Northern Herald\n"
             "Skip to content\n" OTHER_MENU "Council votes to widen canal towpath\n"
             "By John Roe\n3 March 2019\n" OTHER_BODY "Share\nComments\n"));
    starts_page(&starts, &lines, 0);
    size_t title = 49;
    is_str(str_sub(line_text(&lines, title), 0, 7), "Council", "the title");
    for (size_t i = 1; i < lines.count; i++)
        is_int(starts_find(&starts, &lines, i) == 0, i == title,
               i == title ? "a title behind a footer" : "no start");
    is_int((long long)lines.line[title].trace, 50, "traces are numbered from 1");
    lines_split(&lines, 2, 2);
    is_int((long long)lines.line[title + 1].trace, 51, "a split moves those behind it");
    is_int((long long)traces_at(starts.traces, 51)->bytes, 54, "with what they hold");
    starts_free(&starts);
    start_models_free(&models);
    lines_free(&lines);
}

static void kept_lines(void)
{
    struct lines lines = {0};
    for (unsigned long long i = 0; i < 5000; i++)
        lines_add(&lines, STR(""), i, i + 1, 0);
    lines_add(&lines, STR("a"), 5000, 5002, 0);
    ok(lines.count < 1100, "a long run of blank lines takes little room");
    is_int((long long)lines.line[lines.count - 2].end, 5000, "and is covered");
    ok(lines.line[lines.count - 1].start, "and ends a page");
    lines_drop(&lines, lines.count - 1);
    is_str(line_text(&lines, 0), "a", "what is left when lines are dropped");
    lines_add(&lines, STR("b\fc"), 5002, 5006, 0);
    is_int((long long)lines.count, 3, "a form feed parts a line");
    is_int((long long)lines.line[2].offset, 5004, "it belongs to the line before");
    lines_free(&lines);
}

int main(void)
{
    stories();
    starts();
    learned_starts();
    kept_lines();
    return done_testing();
}
