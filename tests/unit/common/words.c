#include "common/words.h"
#include "tests/unit/tap.h"

#include <string.h>

/* Words as they should come, joined by "|". */
static const struct {
    const char *text, *words;
} cases[] = {
    {"", ""},
    {" .,;-'", ""},
    {"The cat, the dog.", "The|cat|the|dog"},
    {"don't l’eau Saint-Étienne", "don't|l’eau|Saint-Étienne"},
    {"'quoted' -dash- end-", "quoted|dash|end"},
    {"3.5 1,000 2-1 3. 4,", "3.5|1,000|2|1|3|4"},
    {"COVID-19 Su-35 10-year", "COVID-19|Su-35|10-year"},
    {"U.S. a.m.", "U|S|a|m"},
    {"$5m £3.5bn 50%", "5m|3.5bn|50"},
    {"Übermäßig Ἀθῆναι Москва", "Übermäßig|Ἀθῆναι|Москва"},
    {"中文abc字", "中|文|abc|字"},
    {"東京タワー", "東|京|タ|ワ|ー"},
    {"हिन्दी में", "हिन्दी|में"},
    {"서울 시내", "서울|시내"},
    {"rock'n'roll d--e", "rock'n'roll|d|e"},
    {"a\xC2\xA0"
     "b\nc\td",
     "a|b|c|d"},
};

/* Some text of what words are made of, joined by and parted by. */
static struct str any_text(char *text, unsigned *seed)
{
    static const char *const pieces[] = {"a", "Bcd", "9", " ",         " ",   "'",
                                         ".", ",",   "-", "’",         "é",   "中",
                                         "_", "\n",  "–", "xyzxyzxyz", "\xFF"};
    size_t n = 0;
    for (unsigned left = (*seed = *seed * 1103515245 + 12345) >> 16 & 31; left--;) {
        *seed = *seed * 1103515245 + 12345;
        const char *piece = pieces[(*seed >> 16) % (sizeof pieces / sizeof *pieces)];
        memcpy(text + n, piece, strlen(piece));
        n += strlen(piece);
    }
    return (struct str){text, n};
}

/* A word that is found in one look is the one that is found byte by byte. */
static void check_near(void)
{
    unsigned seed = 1, rounds = 20000, same = 0, near = 0;
    size_t at;

    for (unsigned i = 0; i < rounds; i++) {
        char text[32 * 9];
        struct str a = any_text(text, &seed), b = a, word = {0}, wanted = {0};
        bool more = true, equal = true;
        while (more && equal) {
            near += a.len >= 16 && word_near(a.s, &at) > 0;
            more = word_next(&a, &word);
            equal = word_far(&b, &wanted) == more &&
                    (!more || (word.s == wanted.s && word.len == wanted.len &&
                               a.s == b.s && a.len == b.len));
        }
        same += equal;
    }
    is_int(same, rounds, "near words are as far ones");
#ifdef __SSE2__
    ok(near > 5000, "and thousands of words are near");
#endif
}

int main(void)
{
    check_near();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char got[200] = "";
        size_t count = 0;
        struct str rest = str_of(cases[i].text), word;
        while (word_next(&rest, &word)) {
            strcat(got, *got ? "|" : "");
            strncat(got, word.s, word.len);
            count++;
        }
        is_str(str_of(got), cases[i].words, cases[i].text);
        ok(word_count(str_of(cases[i].text)) == count, "count");
    }
    static const char *const stops[] = {"the",  "The", "AND", "der",   "и",     "OÙ",
                                        "dell", "że",  "και", "такой", "don't", "的"};
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++)
        ok(word_stop(str_of(stops[i])), "%s is a stop word", stops[i]);
    static const char *const others[] = {
        "", "war", "minister", "Berlin", "thee", "averyveryveryverylongword", "москва"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ok(!word_stop(str_of(others[i])), "%s is none", others[i]);
    ok(word_capital(STR("Été")) && word_capital(STR("Élan")) &&
           !word_capital(STR("élan")) && !word_capital(STR("1A")) &&
           !word_capital(STR("")),
       "capitals");
    return done_testing();
}
