#include "common/words.h"
#include "tests/unit/tap.h"

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

int main(void)
{
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
