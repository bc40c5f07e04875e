#include "stages/ntag/lexicon.h"

#include "common/unicode.h"
#include "tests/unit/tap.h"

#include <stdlib.h>

/* Hits as "label:start-end ". */
static void add_hit(void *context, const struct hit *hit)
{
    buf_printf(context, "%.*s:%zu-%zu ", (int)hit->label.len, hit->label.s, hit->start,
               hit->end);
}

static const struct {
    const char *terms, *text, *want; /* terms: lines */
} cases[] = {
    {"Oslo\tP", "In Oslo, OSLO and oslo.", "P:3-7 P:9-13 P:18-22 "},
    {"Oslo\tP", "Oslofjord, Nyoslo, Oslo2, x-Oslo", "P:28-32 "},
    {"New York\tP", "new  \n york; NewYork; New-York", "P:0-11 "},
    {"New York\tP\nNew York Times\tO\nYork\tQ", "The New York Times in York.",
     "O:4-18 Q:22-26 "},
    {"New York\tP\nNew York Times\tO\tcase", "the new york times", "P:4-12 "},
    {"New York\tP\nYork Times\tO\toverlap", "New York Times", "P:0-8 O:4-14 "},
    {"a b\tX\nb c\tY", "a b c b c", "X:0-3 Y:6-9 "},
    {"C++\tL\nAT&T\tO\n.NET\tN", "C++, AT&T and .NET; C + +", "L:0-3 O:5-9 N:14-18 "},
    {"US\tP\tcase", "us US Us", "P:3-5 "},
    {"US\tP\nus\tW", "US", "P:0-2 W:0-2 "},
    {"Øst\tX\nÉcole Å\tY", "ØST østen école å", "X:0-3 Y:10-17 "},
    {"東京\tP\n京都\tQ", "東京都に", "P:0-2 "},
    {"กรุงเทพ\tP", "ในกรุงเทพมหานคร", "P:2-9 "},
    {"don't\tX", "I don't, DON'T", "X:2-7 X:9-14 "},
    {"Москва\tP", "МОСКВА москвa", "P:0-6 "},
    {"x\tX", "\xF0\x9F\x8F\x94 x \xF0\x9F\x8F\x94x", "X:2-3 X:5-6 "},
    {"# comment\n#\n\n#tag\tT", "a #TAG b", "T:2-6 "},
    {"a\tX", "", ""},
};

static struct lexicon *lexicon_of(const char *terms)
{
    struct lexicon *lexicon = lexicon_new();
    struct str rest = str_of(terms), line;

    while (str_line(&rest, &line))
        if (lexicon_add(lexicon, line))
            ok(false, "a good line: %.*s", (int)line.len, line.s);
    return lexicon;
}

static const struct {
    const char *line, *fault;
} bad[] = {
    {"Oslo", "no tab between term and label"},
    {"\tP", "no term"},
    {"Oslo\t", "no label"},
    {"Oslo\tP\tloud", "an option that is neither case nor overlap"},
    {"Oslo\tP\tcase\tx", "more than term, label and options"},
    {"\xFF\tP", "not UTF-8"},
};

/* ---- a naive matcher over folded characters, for comparison ---- */

enum { TERMS = 12, TEXT = 60 };
static const char *const letters[] = {"a", "b", "A", " ", "  ", "-", "é", "É", "東", "1"};

static void random_text(struct buf *b, int length, unsigned *seed)
{
    for (int i = 0; i < length; i++) {
        *seed = *seed * 1103515245u + 12345;
        buf_puts(b, letters[(*seed >> 16) % (sizeof letters / sizeof *letters)]);
    }
}

static size_t characters(struct str s, uint32_t *out)
{
    size_t n = 0;
    for (const char *p = s.s; p < s.s + s.len;)
        out[n++] = uni_fold(utf8_next(&p, s.s + s.len));
    return n;
}

/* 0 a blank, 1 part of a word, 2 a token of its own */
static int sort_of(uint32_t c)
{
    return uni_space(c) ? 0 : uni_unspaced(c) ? 2 : uni_letter(c) || uni_digit(c) ? 1 : 2;
}

static bool boundary(const uint32_t *text, size_t n, size_t at)
{
    return at == 0 || at == n || sort_of(text[at - 1]) != 1 || sort_of(text[at]) != 1;
}

/* The end of the term if it stands at text[at], else 0. */
static size_t stands(const uint32_t *text, size_t n, size_t at, const uint32_t *term,
                     size_t m)
{
    size_t i = at, k = 0;

    while (k < m && i < n) {
        if (sort_of(term[k]) == 0) {
            if (sort_of(text[i]) != 0)
                return 0;
            while (k < m && sort_of(term[k]) == 0)
                k++;
            while (i < n && sort_of(text[i]) == 0)
                i++;
        } else if (text[i++] != term[k++]) {
            return 0;
        }
    }
    return k == m && boundary(text, n, at) && boundary(text, n, i) ? i : 0;
}

static void naive(struct buf *out, struct str text, const struct str *terms, bool all)
{
    uint32_t t[4 * TEXT], term[64];
    size_t n = characters(text, t), busy = 0;

    for (size_t at = 0; at < n; at++)
        for (size_t length = n - at; length > 0; length--)
            for (size_t k = 0, placed = 0; k < TERMS; k++) {
                size_t m = characters(terms[k], term);
                size_t end = m ? stands(t, n, at, term, m) : 0;
                if (end != at + length || (!all && at < busy && !placed))
                    continue;
                buf_printf(out, "%zu:%zu-%zu ", k, at, end);
                placed = 1;
                busy = all ? 0 : end;
            }
}

static size_t found; /* bytes of what was found: that there was something to compare */

static void compare(unsigned seed)
{
    struct lexicon *lexicon = lexicon_new();
    struct buf names[TERMS] = {{0}}, text = {0}, got = {0}, want = {0};
    struct str terms[TERMS];
    bool all = seed % 2;

    for (int i = 0; i < TERMS; i++) {
        struct buf line = {0};
        random_text(&names[i], 1 + i / 3, &seed);
        terms[i] = str_trim(buf_str(&names[i]));
        buf_add_str(&line, terms[i]);
        buf_printf(&line, "\t%d", i);
        if (terms[i].len)
            lexicon_add(lexicon, buf_str(&line));
        buf_free(&line);
    }
    random_text(&text, TEXT, &seed);
    lexicon_find(lexicon, buf_str(&text), all, add_hit, &got);
    naive(&want, buf_str(&text), terms, all);
    if (!str_eq(buf_str(&got), buf_str(&want)))
        ok(false, "seed %u, text \"%.*s\"\n# got  %.*s\n# want %.*s", seed, (int)text.len,
           text.s, (int)got.len, got.s, (int)want.len, want.s);
    found += got.len;
    for (int i = 0; i < TERMS; i++)
        buf_free(&names[i]);
    buf_free(&text);
    buf_free(&got);
    buf_free(&want);
    lexicon_free(lexicon);
}

int main(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lexicon *lexicon = lexicon_of(cases[i].terms);
        struct buf got = {0};
        lexicon_find(lexicon, str_of(cases[i].text), false, add_hit, &got);
        is_str(buf_str(&got), cases[i].want, cases[i].text);
        buf_free(&got);
        lexicon_free(lexicon);
    }
    struct lexicon *lexicon = lexicon_of("New York\tP\nYork\tQ\nNew York Times\tO");
    struct buf got = {0};
    lexicon_find(lexicon, STR("New York Times"), true, add_hit, &got);
    is_str(buf_str(&got), "O:0-14 P:0-8 Q:4-8 ", "all that overlap");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *fault = lexicon_add(lexicon, str_of(bad[i].line));
        is_str(str_of(fault ? fault : "none"), bad[i].fault, bad[i].line);
    }
    buf_free(&got);
    lexicon_free(lexicon);
    for (unsigned seed = 1; seed <= 4000; seed++)
        compare(seed);
    ok(tap_failed == 0 && found > 100000, "as the naive matcher on 4000 random texts");
    return done_testing();
}
