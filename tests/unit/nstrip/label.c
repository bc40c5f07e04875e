/* What the labeller's scores make of lines that no rule knows. */
#include "stages/nstrip/label.h"
#include "stages/nstrip/model.h"
#include "tests/unit/tap.h"

enum { LINES = 10, OTHER = 5, LEAD = 6 };

static const char text[] =
    "Harbour bridge closed for a week\n"
    "By Eva Stein\n"
    "Share\n"
    "Print\n"
    "Listen\n"
    "Readers who sign in see more of what we write about gardens, boats and rain.\n"
    "The old bridge over the harbour closes on Monday so that its chains are changed.\n"
    "The chains are eighty years old, and the town put off the work three times.\n"
    "Lorries have to take the long way round by the hills until the work is done.\n"
    "Ferries will carry walkers across from six in the morning until late at night.";

/* The score is that of the two lines between who wrote it and the story's other lines. */
static void check(int32_t score, enum role lead, enum role other, const char *what)
{
    int32_t mine[LINES];
    enum role roles[LINES];
    struct hints hints = {.scores = mine};
    struct page page = {0};

    for (size_t i = 0; i < LINES; i++)
        mine[i] = i < OTHER ? -MODEL_SCALE : i > LEAD ? 3 * MODEL_SCALE : score;
    page_begin(&page, STR(text));
    page_next(&page);
    label_article(&page, roles, &hints);
    is_str(str_of(role_label(roles[LEAD])), role_label(lead), what);
    is_str(str_of(role_label(roles[OTHER])), role_label(other), what);
    page_free(&page);
}

/* When, behind the lead that the body begins with. */
static void check_when(int32_t score, enum role want, const char *what)
{
    static const char head[] =
        "Harbour bridge closed for a week\n"
        "The old bridge closes so that its chains are changed, as the town had planned.\n"
        "Posted: Dec 20, 2023 10:27 AM | Last updated: December 21, 2023\n"
        "The chains are eighty years old, and the town put off the work three times.";
    enum { HEAD = 4, WHEN = 2 };
    int32_t mine[HEAD] = {-MODEL_SCALE, 3 * MODEL_SCALE, score, 3 * MODEL_SCALE};
    enum role roles[HEAD];
    struct hints hints = {.scores = mine};
    struct page page = {0};

    page_begin(&page, STR(head));
    page_next(&page);
    label_article(&page, roles, &hints);
    is_str(str_of(role_label(roles[WHEN])), role_label(want), what);
    page_free(&page);
}

int main(void)
{
    check_when(-MODEL_SCALE, ROLE_TIMESTAMP, "when stands behind the lead");
    check_when(MODEL_SCALE / 2, ROLE_TIMESTAMP, "though the labeller is in doubt");
    check(MODEL_SCALE, ROLE_BODY, ROLE_BODY, "what is likely is kept");
    check(-MODEL_SCALE / 2, ROLE_BODY, ROLE_NAV,
          "a sentence in doubt is kept if it tells what the title does");
    check(-2 * MODEL_SCALE, ROLE_NAV, ROLE_NAV, "but not one that most likely is none");
    return done_testing();
}
