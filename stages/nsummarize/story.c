#include "stages/nsummarize/story.h"

#include "common/alloc.h"
#include "common/dateline.h"
#include "common/sentence.h"
#include "common/words.h"

#include <stdlib.h>

static uint32_t new_term(struct story *story, uint32_t number);

/* The term a folded word is in this story. */
static inline uint32_t term_of(struct story *story, uint32_t number)
{
    const struct word *word = &story->vocabulary->list[number];
    return word->story == story->vocabulary->story ? word->local
                                                   : new_term(story, number);
}

static uint32_t new_term(struct story *story, uint32_t number)
{
    struct word *word = &story->vocabulary->list[number];
    uint32_t term = (uint32_t)story->term_count++;

    word->story = story->vocabulary->story;
    word->local = term;
    if (term >= story->weight_cap)
        story->weights = xgrow(story->weights, &story->weight_cap, story->term_count,
                               sizeof *story->weights);
    story->weights[term] = (struct weight){
        .idf = word->idf, .word = number, .stem = term, .stop = word->stop};
    if (word->stem != number) {
        uint32_t stem = term_of(story, word->stem);
        story->weights[term].stem = stem;
    }
    if (!word->stop)
        story->weights[term].share = story->weights[story->weights[term].stem].idf;
    return term;
}

static struct leaning leaning_of(const struct story *story, const struct token *token)
{
    return story->vocabulary->more[story->weights[token->surface].word].leaning;
}

struct leaning story_leaning(const struct story *story, const struct token *token)
{
    struct leaning leaning = leaning_of(story, token);
    return (struct leaning){
        leaning.start & story->language, leaning.early & story->language,
        leaning.aside & story->language, leaning.function & story->language};
}

/* The language of which the story's beginning has most function words. */
static uint32_t guess(const struct story *story)
{
    enum { ENOUGH = 300 }; /* tokens */
    unsigned counts[NEEDY_LANGUAGES] = {0}, best = 0;

    for (size_t t = 0; t < story->token_count && t < ENOUGH; t++) {
        if (!story->weights[story->tokens[t].surface].stop)
            continue;
        uint32_t function = leaning_of(story, &story->tokens[t]).function;
        for (unsigned i = 0; function; i++, function >>= 1)
            counts[i] += function & 1;
    }
    for (unsigned i = 1; i < NEEDY_LANGUAGES; i++)
        if (counts[i] > counts[best])
            best = i;
    return UINT32_C(1) << best;
}

void story_speaks(struct story *story, struct str tag)
{
    story->language =
        tag.len ? needy_language(&story->vocabulary->needy, tag) : guess(story);
    const struct needy *needy = &story->vocabulary->needy;
    story->capital_nouns = story->language == needy_language(needy, STR("de"));
    story->english = story->language == needy_language(needy, STR("en"));
}

static bool only_blanks(const char *p, const char *end)
{
    while (p < end && *p == ' ')
        p++;
    return p == end;
}

static void add_token(struct story *story, struct str word, bool joined)
{
    uint32_t number = vocabulary_word(story->vocabulary, word);
    const struct word *known = &story->vocabulary->list[number];
    uint32_t term = term_of(story, known->folded), stem = story->weights[term].stem;

    if (story->token_count >= story->token_cap)
        story->tokens = xgrow(story->tokens, &story->token_cap, story->token_count + 1,
                              sizeof *story->tokens);
    story->tokens[story->token_count++] = (struct token){
        .surface = term,
        .stem = stem,
        .start = (uint32_t)(word.s - story->text.s) + known->skip,
        .len = (uint32_t)word.len - known->skip,
        .is = known->traits,
        .joined = joined,
    };
    story->weights[stem].count++;
}

static void read_sentence(struct story *story, struct str text)
{
    struct str rest = text, word;
    const char *behind = text.s;
    size_t first = story->token_count;

    while (word_next(&rest, &word)) {
        add_token(story, word, behind > text.s && only_blanks(behind, word.s));
        behind = word.s + word.len;
    }
    story->sentences = xgrow(story->sentences, &story->sentence_cap,
                             story->sentence_count + 1, sizeof *story->sentences);
    story->sentences[story->sentence_count++] =
        (struct sentence){text, first, story->token_count};
}

static void clear(struct story *story)
{
    vocabulary_begin(story->vocabulary);
    story->sentence_count = story->token_count = story->term_count = 0;
    story->language = 0;
    story->capital_nouns = story->english = false;
}

/* A text as it came from elsewhere may still begin with its dateline. */
static struct str behind_dateline(struct str text)
{
    struct str trimmed = str_trim(text), rest = trimmed, first;
    struct dateline dateline;

    if (!str_line(&rest, &first) || !dateline_parse(first, &dateline))
        return text;
    return str_sub(trimmed, dateline.length, trimmed.len);
}

void story_read(struct story *story, struct str title, struct str text)
{
    struct str sentence, word;

    clear(story);
    if (text.len > UINT32_MAX)
        text.len = UINT32_MAX;
    story->text = text;
    text = behind_dateline(text);
    while (sentence_next(&text, &sentence))
        read_sentence(story, sentence);
    while (word_next(&title, &word)) {
        uint32_t number = vocabulary_word(story->vocabulary, word);
        uint32_t term = term_of(story, story->vocabulary->list[number].folded);
        if (!story->weights[term].stop)
            story->weights[story->weights[term].stem].title = true;
    }
}

void story_rest(struct story *story)
{
    enum { USUAL = 1 << 16 };
    struct vocabulary *vocabulary = story->vocabulary;

    if (story->token_cap <= USUAL)
        return;
    story_free(story);
    story->vocabulary = vocabulary;
}

void story_free(struct story *story)
{
    free(story->sentences);
    free(story->tokens);
    free(story->weights);
    *story = (struct story){0};
}
