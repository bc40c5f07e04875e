#include "stages/nstrip/page.h"

#include "common/alloc.h"
#include "common/dateline.h"
#include "common/unicode.h"
#include "common/words.h"

#include <ctype.h>
#include <stdlib.h>

enum {
    SHORT_LINE =
        400, /* bytes; a longer line is a paragraph, and no more is asked of it */
    PROSE_WORDS = 12, /* that end as a sentence */
    LONG_WORDS = 30,  /* whatever they end in */
    CREDIT_WORDS = 12,
};

static bool closing(uint32_t c)
{
    return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0x201d || c == 0x2019 ||
           c == 0xbb || c == 0x201c || c == 0x300d;
}

static bool sentence_end(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == 0x2026 || c == 0x3002 ||
           c == 0xff01 || c == 0xff1f || c == 0x61f || c == 0x964 || c == ';';
}

static bool stops(struct str s)
{
    const char *p = s.s + s.len;
    while (p > s.s) {
        uint32_t c = utf8_prev(&p, s.s);
        if (!closing(c))
            return sentence_end(c);
    }
    return false;
}

static bool counted(struct str s)
{
    size_t i = s.len;
    if (i < 4 || s.s[--i] != ')')
        return false;
    size_t end = i;
    while (i > 0 && isdigit((unsigned char)s.s[i - 1]))
        i--;
    return i < end && i > 1 && s.s[i - 1] == '(';
}

/* What may be a template's leftover; cue_template() looks closer. */
static bool bracketed(struct str s)
{
    return memchr(s.s, '{', s.len) || memchr(s.s, '%', s.len) || memchr(s.s, '[', s.len);
}

static void count_words(struct page_line *line)
{
    struct str rest = line->text, word;
    while (word_next(&rest, &word)) {
        line->words++;
        if (word.len > 3) {
            line->long_words++;
            line->capitals += word_capital(word);
        }
    }
}

static void describe(struct page_line *line)
{
    struct date date;
    struct dateline dateline;
    struct str s = line->text;
    line->stops = stops(s);
    line->dateline = dateline_parse(s, &dateline);
    line->cue = cue_of(s);
    if (s.len > SHORT_LINE) {
        line->words = s.len / 6;
        line->prose = true;
        return;
    }
    count_words(line);
    line->template = bracketed(s) && cue_template(s);
    line->timestamp = date_timestamp(s, &date);
    line->colon = s.s[s.len - 1] == ':';
    line->counted = counted(s);
    line->credit = line->cue == CUE_CREDIT && line->words <= CREDIT_WORDS;
    line->prose = !line->timestamp && !line->template && !line->credit &&
                  ((line->stops && line->words >= PROSE_WORDS) ||
                   line->words >= LONG_WORDS || line->dateline);
}

void page_read(struct page *page, struct str text)
{
    struct str rest = text, raw;
    page->count = 0;
    while (str_line(&rest, &raw)) {
        struct str line = str_trim(raw);
        if (!line.len)
            continue;
        page->lines =
            xgrow(page->lines, &page->cap, page->count + 1, sizeof *page->lines);
        struct page_line *l = &page->lines[page->count++];
        *l = (struct page_line){.text = line, .start = (size_t)(line.s - text.s)};
        describe(l);
    }
}

void page_free(struct page *page)
{
    free(page->lines);
    *page = (struct page){0};
}

bool page_headline(const struct page_line *line)
{
    char last = line->text.s[line->text.len - 1];
    return line->words >= 3 && line->words <= 30 && !line->timestamp && !line->template &&
           !line->credit && !line->colon && !line->dateline &&
           (!line->stops || last == '?' || last == '!');
}
