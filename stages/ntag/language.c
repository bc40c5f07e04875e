#include "stages/ntag/language.h"

#include "common/words.h"

enum { SAMPLE = 1024, LONGEST = 5 }; /* bytes that are enough to tell */

static bool is_english(struct str word)
{
    static const char *const words[] = {
        "the",  "of",   "and",   "to",   "that", "is",    "was",   "for",   "with",
        "by",   "on",   "it",    "as",   "are",  "be",    "this",  "from",  "has",
        "have", "not",  "were",  "he",   "his",  "they",  "their", "which", "its",
        "who",  "will", "would", "been", "had",  "but",   "about", "after", "she",
        "her",  "said", "says",  "what", "when", "there", "than",  "over",  "into",
        "out",  "more", "we",    "you",  "our",  "if",    "how",   "why",   "could",
        "may",  "can",  "new",   "at",   "an",   "in"};

    if (word.len > LONGEST)
        return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq_nocase(word, str_of(words[i])))
            return true;
    return false;
}

struct count {
    size_t words, english, other;
};

static void count_words(struct count *count, struct str text)
{
    struct str word;

    text.len = text.len < SAMPLE ? text.len : SAMPLE;
    while (text.len && (text.s[text.len - 1] & 0xC0) == 0x80)
        text.len--;
    if (text.len && (unsigned char)text.s[text.len - 1] >= 0xC0)
        text.len--;
    while (word_next(&text, &word)) {
        if (word.s[0] >= '0' && word.s[0] <= '9')
            continue;
        count->words++;
        if (is_english(word))
            count->english++;
        else if (word_stop(word))
            count->other++;
    }
}

void language_tag(struct record *rec, struct str text)
{
    struct count count = {0, 0, 0};
    struct str title;

    if (record_string(rec, "title", &title))
        count_words(&count, title);
    count_words(&count, text);
    if (count.words < 4 || count.english < 2 || count.english <= count.other ||
        count.english * 12 < count.words)
        return;
    double share = (double)count.english / (double)count.words;
    double sure = (double)(count.english - count.other) / (double)count.english;
    record_set_string(rec, "language", STR("en"));
    json_add_real(record_set(rec, "language_score"),
                  sure * (share > 0.3 ? 1 : 0.5 + share * 0.5 / 0.3), 2);
}

bool language_foreign(struct str text)
{
    struct count count = {0, 0, 0};
    count_words(&count, text);
    return count.other > count.english;
}
