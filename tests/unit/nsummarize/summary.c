#include "stages/nsummarize/summary.h"

#include "common/alloc.h"
#include "common/unicode.h"
#include "tests/unit/tap.h"

#include <stdlib.h>

static long find(const struct terms *t, const char *word)
{
    return terms_find(t, str_of(word), terms_hash(str_of(word)));
}

static void terms(void)
{
    struct terms t = {0};
    char word[20];
    bool good = true;
    ok(find(&t, "a") == -1, "an empty set has no word");
    for (int round = 0; round < 2; round++) {
        for (unsigned i = 0; i < 10000; i++) {
            snprintf(word, sizeof word, "word%u", i % 5000);
            good = good && terms_add(&t, str_of(word)) == i % 5000;
        }
        ok(good && t.count == 5000, "words keep their numbers, round %d", round);
        is_str(terms_word(&t, 4321), "word4321", "and their bytes");
        ok(find(&t, "word12") == 12 && find(&t, "word") == -1, "found, not found");
        terms_clear(&t);
        ok(t.count == 0, "cleared");
    }
    terms_free(&t);
}

static void background(void)
{
    struct background b;
    background_open(&b);
    ok(b.documents > 1000, "documents were counted");
    ok(background_idf(&b, STR("the")) < 1, "the is common");
    ok(background_idf(&b, STR("minister")) < background_idf(&b, STR("lighthouse")),
       "a minister is more common than a lighthouse");
    ok(background_idf(&b, STR("zzyzx")) >= background_idf(&b, STR("lighthouse")),
       "what is not known is as rare as can be");
    background_free(&b);
}

/* More words than are kept: what is known of a word is found out again. */
static void vocabulary(void)
{
    struct vocabulary v;
    char text[20];
    bool same = true;

    vocabulary_open(&v);
    vocabulary_begin(&v);
    uint32_t upper = vocabulary_word(&v, STR("Lighthouses"));
    struct word before = v.list[upper], folded = v.list[before.folded];
    is_str(vocabulary_bytes(&v, before.folded), "lighthouses", "small letters");
    ok(v.list[vocabulary_word(&v, STR("lighthouse"))].stem == folded.stem,
       "inflections share a stem");
    ok(before.traits.capital && before.traits.heavy && !folded.traits.capital,
       "a capital, which can begin");
    ok(v.list[vocabulary_word(&v, STR("The"))].stop, "a stop word with a capital");
    for (int i = 0; i < 100000; i++) {
        snprintf(text, sizeof text, "Word%d", i);
        vocabulary_begin(&v);
        uint32_t n = vocabulary_word(&v, str_of(text));
        same = same && n == vocabulary_word(&v, str_of(text));
    }
    ok(same && v.count < 70000, "words are forgotten at last");
    struct word after = v.list[v.list[vocabulary_word(&v, STR("Lighthouses"))].folded];
    ok(!(after.idf < folded.idf || after.idf > folded.idf), "and found out again");
    vocabulary_free(&v);
    for (uint32_t c = 0; same && c < 0x110000; c++)
        same = uni_fold(uni_fold(c)) == uni_fold(c);
    ok(same, "a folded word is its own folding");
}

/* A long text of few words, each sentence different: every candidate is corrected again
 * and again, and the choice must still end, with what was asked for. */
static void long_text(void)
{
    struct vocabulary v;
    struct story story = {.vocabulary = &v};
    struct summary summary;
    struct limits limits = {.percent = 50};
    struct buf text = {0};
    unsigned seed = 7;

    vocabulary_open(&v);
    summary_open(&summary);
    for (int i = 0; i < 20000; i++) {
        buf_puts(&text, "S");
        for (int w = 0; w < 8; w++) {
            seed = seed * 1103515245u + 12345u;
            buf_printf(&text, " w%uq", (seed >> 16) % 3000);
        }
        buf_puts(&text, ". ");
    }
    story_read(&story, STR(""), buf_str(&text));
    ok(story.sentence_count == 20000, "20000 sentences");
    size_t taken = summary_choose(&summary, &story, &limits, false), marked = 0;
    for (size_t i = 0; i < story.sentence_count; i++)
        marked += summary.candidates[i].taken;
    ok(taken > 0 && taken == marked, "as many marked as said");
    limits = (struct limits){.sentences = 5};
    ok(summary_choose(&summary, &story, &limits, false) == 5, "five as asked");
    story_read(&story, STR(""), STR("One. Two."));
    ok(story.sentence_count == 2, "a small story behind a large one");
    story_free(&story);
    summary_free(&summary);
    vocabulary_free(&v);
    buf_free(&text);
}

int main(void)
{
    terms();
    background();
    vocabulary();
    long_text();
    return done_testing();
}
