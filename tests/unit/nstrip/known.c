/* Tables of known lines: counted once a page, added up, bounded. */
#include "stages/nstrip/known.h"
#include "tests/unit/tap.h"

#include <stdlib.h>
#include <unistd.h>

static void learn(struct known *known, const char *text)
{
    struct page page = {0};
    page_begin(&page, str_of(text));
    page_next(&page);
    known_learn(known, &page);
    page_free(&page);
}

/* The votes on the lines of a text, "-" for one against and "." for none. */
static struct str votes(const struct known *known, const char *text)
{
    static char said[50];
    struct page page = {0};
    page_begin(&page, str_of(text));
    page_next(&page);
    int32_t *vote = malloc(page.count * sizeof *vote);
    known_vote(known, &page, vote);
    for (size_t i = 0; i < page.count; i++)
        said[i] = vote[i] < 0 ? '-' : '.';
    struct str s = {said, page.count};
    page_free(&page);
    free(vote);
    return s;
}

static const char sentence[] =
    "The port said on Monday that the river had risen above the quay once more.\n";

static void test_votes(void)
{
    struct known *known = known_new();
    learn(known, "Menu\nMenu\n12 views\n");
    is_str(votes(known, "Menu\nOther\n12 views"), "...", "once is no furniture");
    learn(known, "MENU\n7 views\n");
    is_str(votes(known, "Menu\nOther\n1234 views"), "-.-",
           "on two pages it is, in any case and with any number");
    learn(known, sentence);
    learn(known, sentence);
    is_str(votes(known, sentence), ".", "a story told twice stays");
    learn(known, sentence);
    learn(known, sentence);
    is_str(votes(known, sentence), "-", "… but not four times");
    known_free(known);
}

static void test_sum(void)
{
    char one[] = "/tmp/known-one-XXXXXX", two[] = "/tmp/known-two-XXXXXX";
    close(mkstemp(one));
    close(mkstemp(two));
    struct known *known = known_new();
    learn(known, "Menu\nHome\n");
    known_write(known, one);
    known_free(known);
    known = known_new();
    learn(known, "Menu\nNews\n");
    known_write(known, two);
    known_free(known);
    known = known_new();
    known_read(known, one);
    is_str(votes(known, "Menu\nHome\nNews\n"), "...", "one table");
    known_read(known, two);
    is_str(votes(known, "Menu\nHome\nNews\n"), "-..", "two add up");
    known_free(known);
    unlink(one);
    unlink(two);
}

static void test_bound(void)
{
    struct known *known = known_new();
    char line[32];
    for (int i = 0; i < 600000; i++) {
        int n = snprintf(line, sizeof line, "Menu\n");
        for (int k = i; k; k /= 26)
            line[n++] = (char)('a' + k % 26);
        line[n] = 0;
        learn(known, line);
    }
    is_str(votes(known, "Menu\nbcdefg"), "-.", "what many pages have is not forgotten");
    char name[] = "/tmp/known-XXXXXX";
    close(mkstemp(name));
    known_write(known, name);
    FILE *f = fopen(name, "r");
    long lines = 0;
    for (int c; (c = getc(f)) != EOF;)
        lines += c == '\n';
    fclose(f);
    ok(lines > 1000 && lines < 200000, "the table is bounded: %ld lines", lines);
    unlink(name);
    known_free(known);
}

int main(void)
{
    test_votes();
    test_sum();
    test_bound();
    return done_testing();
}
