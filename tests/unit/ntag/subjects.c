#include "stages/ntag/subjects.h"

#include "tests/unit/tap.h"

static const char small[] = "# a comment\n"
                            "@\t0.1\t0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n"
                            "goal\tO{\n"
                            "bank\tD{O#\n"
                            "central bank\tD{\n"
                            "old\tHP\n"
                            "new\tHP\n";

static struct subject_model *model;
static struct tokens title_tokens, text_tokens;

static double share(const char *title, const char *text, int subject)
{
    double shares[SUBJECTS], sum = 0;

    tokens_cut(&title_tokens, str_of(title));
    tokens_cut(&text_tokens, str_of(text));
    if (!subject_shares(model, &title_tokens, &text_tokens, shares))
        return -1;
    for (int i = 0; i < SUBJECTS; i++)
        sum += shares[i];
    ok(sum > 0.999 && sum < 1.001, "shares are one in all: %s", text);
    return shares[subject];
}

static const struct {
    const char *title, *text, *code; /* NULL: nothing is likely */
} stories[] = {
    {"Harbour side wins cup final",
     "The striker scored twice in the second half as the team won the league cup against "
     "its old rivals. The coach praised his players after the match.",
     "15"},
    {"Bank lifts rates",
     "Shares fell after the central bank raised interest rates. Investors expect profits "
     "of exporters to shrink, economists said, as the currency gains.",
     "04"},
    {"Parliament votes on reform",
     "The prime minister won the vote in parliament. The opposition party said the "
     "government had lost the trust of voters before the election.",
     "11"},
    {"New film tops box office",
     "The film, directed by a first-time director, stars two young actors and earned "
     "more "
     "than any other movie at the box office this weekend.",
     "01"},
    {"", "", NULL},
    {"", "qq ww zz 12 34", NULL},
};

static void check_features(void)
{
    struct tokens tokens = {0};

    tokens_cut(&tokens, STR("Old Putin's dog, and old OLD"));
    struct subject_features old = subject_features(&tokens, 0),
                            putin = subject_features(&tokens, 1),
                            mark = subject_features(&tokens, 2),
                            dog = subject_features(&tokens, 3),
                            and = subject_features(&tokens, 5),
                            twice = subject_features(&tokens, 7);
    ok(old.word && !old.pair, "the first word has none before it");
    ok(putin.word == token_low(STR("putin")) && putin.pair, "a genitive is its name");
    ok(!mark.word && !mark.pair, "a mark is no word");
    ok(dog.word && !dog.pair, "a mark parts a pair");
    ok(and.word && !and.pair, "a comma parts a pair");
    ok(twice.word == old.word && twice.pair, "case does not count");
    tokens_cut(&tokens, STR("Putin old"));
    ok(subject_features(&tokens, 1).pair != putin.pair, "order counts in a pair");
    tokens_free(&tokens);
}

int main(void)
{
    struct record rec = {0};

    check_features();
    is_int(subject_of(STR("medtop:16000000")), 15, "a code");
    is_int(subject_of(STR("04")), 3, "a short one");
    is_int(subject_of(STR("99")), -1, "no code");
    model = subject_model_new(STR(small));
    ok(share("new old goal", "new goal", 14) < 0, "too few words");
    ok(share("new old goal", "new old goal", 14) > 0.5, "a word");
    ok(share("old central bank", "new bank old", 3) >
           share("old new bank", "new bank old", 3),
       "a pair adds to its words");
    subject_model_free(model);
    for (size_t i = 0; i < sizeof stories / sizeof *stories; i++) {
        struct buf line = {0};
        struct json_fault fault;
        char got[3] = "";
        buf_puts(&line, "{\"title\":");
        json_add_string(&line, str_of(stories[i].title));
        buf_puts(&line, ",\"text\":");
        json_add_string(&line, str_of(stories[i].text));
        buf_add_char(&line, '}');
        record_parse(&rec, buf_str(&line), &fault);
        tokens_cut(&title_tokens, str_of(stories[i].title));
        tokens_cut(&text_tokens, str_of(stories[i].text));
        subjects_tag(&rec, &title_tokens, &text_tokens);
        struct buf out = {0};
        record_format(&rec, &out);
        size_t at = str_find(buf_str(&out), STR("medtop:"), 0);
        if (at != (size_t)-1)
            memcpy(got, out.s + at + 7, 2);
        is_str(str_of(got), stories[i].code ? stories[i].code : "", stories[i].title);
        buf_free(&out);
        buf_free(&line);
    }
    record_free(&rec);
    subjects_free();
    tokens_free(&title_tokens);
    tokens_free(&text_tokens);
    return done_testing();
}
