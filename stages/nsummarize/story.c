#include "stages/nsummarize/story.h"

#include "common/alloc.h"
#include "common/dateline.h"
#include "common/sentence.h"
#include "common/unicode.h"
#include "common/words.h"

#include <stdlib.h>

/* Inflections of English cut off, roughly: only words of one text meet, and those of
 * other languages lose next to nothing. */
static struct str stem_of(struct str word)
{
    static const char *const endings[] = {
        "'s", "\xE2\x80\x99s", "ies", "ing", "ed", "es", "s", "y", "e"};
    if (!memchr("sgdye", word.s[word.len - 1], 5))
        return word;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct str ending = str_of(endings[i]);
        if (word.len >= ending.len + 3 && str_ends(word, ending) &&
            !str_ends(word, STR("ss")))
            return str_sub(word, 0, word.len - ending.len);
    }
    return word;
}

static uint32_t term_of(struct story *story, struct str folded)
{
    size_t before = story->terms.count;
    uint32_t hash = terms_hash(folded);
    uint32_t number = terms_add_hashed(&story->terms, folded, hash);

    if (story->terms.count > before) {
        story->weights = xgrow(story->weights, &story->weight_cap, story->terms.count,
                               sizeof *story->weights);
        struct weight *weight = &story->weights[number];
        *weight = (struct weight){.stem = number};
        weight->idf = background_look(story->background, folded, hash, &weight->stop);
        struct str stem = stem_of(folded);
        if (stem.len < folded.len && !story->weights[number].stop) {
            uint32_t base = term_of(story, stem);
            story->weights[number].stem = story->weights[base].stem;
        }
    }
    return number;
}

uint32_t story_stem(const struct story *story, const struct token *token)
{
    return story->weights[token->surface].stem;
}

static struct str fold(struct story *story, struct str word)
{
    buf_clear(&story->scratch);
    char *to = buf_room(&story->scratch, word.len);
    for (size_t i = 0; i < word.len; i++) {
        char c = word.s[i];
        if ((unsigned char)c >= 0x80) {
            utf8_fold(&story->scratch, word);
            return buf_str(&story->scratch);
        }
        to[i] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
    story->scratch.len = word.len;
    return buf_str(&story->scratch);
}

static void count(struct story *story, const struct token *token, uint32_t sentence)
{
    story->weights[token->surface].seen++;
    struct weight *stem = &story->weights[story_stem(story, token)];

    stem->count++;
    stem->lead = stem->lead || sentence == 0;
    if (stem->last != sentence + 1) {
        stem->last = sentence + 1;
        stem->sentences++;
    }
}

static bool only_blanks(const char *p, const char *end)
{
    while (p < end && *p == ' ')
        p++;
    return p == end;
}

static void read_sentence(struct story *story, struct str text)
{
    struct str rest = text, word;
    const char *behind = text.s;
    uint32_t number = (uint32_t)story->sentence_count;
    size_t first = story->token_count;

    while (word_next(&rest, &word)) {
        story->tokens = xgrow(story->tokens, &story->token_cap, story->token_count + 1,
                              sizeof *story->tokens);
        uint32_t surface = term_of(story, fold(story, word));
        story->tokens[story->token_count] = (struct token){
            surface, (uint32_t)(word.s - story->text.s), (uint32_t)word.len,
            word_capital(word), behind > text.s && only_blanks(behind, word.s)};
        count(story, &story->tokens[story->token_count++], number);
        behind = word.s + word.len;
    }
    story->sentences = xgrow(story->sentences, &story->sentence_cap,
                             story->sentence_count + 1, sizeof *story->sentences);
    story->sentences[story->sentence_count++] =
        (struct sentence){text, first, story->token_count};
}

/* What a large record took goes back: memory depends on the longest record, but need not
 * stay there. */
static void clear(struct story *story)
{
    enum { USUAL = 1 << 16 };
    if (story->token_cap > USUAL) {
        const struct background *background = story->background;
        story_free(story);
        story->background = background;
    }
    terms_clear(&story->terms);
    story->sentence_count = story->token_count = 0;
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
        uint32_t term = term_of(story, fold(story, word));
        if (!story->weights[term].stop)
            story->weights[story->weights[term].stem].title = true;
    }
}

void story_free(struct story *story)
{
    free(story->sentences);
    free(story->tokens);
    terms_free(&story->terms);
    free(story->weights);
    buf_free(&story->scratch);
    *story = (struct story){0};
}
