#include "common/sentence.h"
#include "tests/unit/tap.h"

/* Sentences as they should come, joined by "|". */
static const char *const cases[][2] = {
    {"", ""},
    {" \n\n ", ""},
    {"One. Two! Three? Four", "One.|Two!|Three?|Four"},
    {"No end\nNext line", "No end|Next line"},
    {"First.\r\nSecond.\r\n", "First.|Second."},
    {"The U.S. Army left. It came back.", "The U.S. Army left.|It came back."},
    {"He lives in the U.S. The rest is known.",
     "He lives in the U.S.|The rest is known."},
    {"Mr. Brown met Dr. Green. They spoke.", "Mr. Brown met Dr. Green.|They spoke."},
    {"Author J. K. Rowling wrote it. J.R.R. Tolkien did not.",
     "Author J. K. Rowling wrote it.|J.R.R. Tolkien did not."},
    {"It rose 3.5 percent. Then it fell.", "It rose 3.5 percent.|Then it fell."},
    {"Er kam am 3. März an. Dann ging er.", "Er kam am 3. März an.|Dann ging er."},
    {"Im 19. Jahrhundert war es so. Heute nicht.",
     "Im 19. Jahrhundert war es so.|Heute nicht."},
    {"They met on June 3. The talks failed.", "They met on June 3.|The talks failed."},
    {"1. First point. 2. Second point.", "1. First point.|2. Second point."},
    {"\"Stop.\" he said. \"Go!\" she said.", "\"Stop.\" he said.|\"Go!\" she said."},
    {"“We won.” The crowd left.", "“We won.”|The crowd left."},
    {"“We won. We are glad,” he said. So it was.",
     "“We won.|We are glad,” he said.|So it was."},
    {"He said: „Wir gehen.“ Dann ging er.", "He said: „Wir gehen.“|Dann ging er."},
    {"»Wir gehen.« Dann ging er.", "»Wir gehen.«|Dann ging er."},
    {"(It was late.) They left.", "(It was late.)|They left."},
    {"Wait... what? Well… Yes.", "Wait... what?|Well…|Yes."},
    {"At 5 p.m. the bell rang. At 6 p.m. The bell rang.",
     "At 5 p.m. the bell rang.|At 6 p.m.|The bell rang."},
    {"Smith Inc. Chairman Lee left. Smith Inc. He left.",
     "Smith Inc. Chairman Lee left.|Smith Inc.|He left."},
    {"See No. 5 and fig. 3. He said no. They agreed.",
     "See No. 5 and fig. 3.|He said no.|They agreed."},
    {"On Jan. 5 he left. On Sept. 7 too.", "On Jan. 5 he left.|On Sept. 7 too."},
    {"Das gilt z. B. für Wien. Auch d. h. hier.",
     "Das gilt z. B. für Wien.|Auch d. h. hier."},
    {"今天下雨。我们走吧！好吗？", "今天下雨。|我们走吧！|好吗？"},
    {"「行こう。」と彼は言った。終わり。", "「行こう。」と彼は言った。|終わり。"},
    {"¿Qué pasa? ¡Nada! Bien.", "¿Qué pasa?|¡Nada!|Bien."},
    {"Llegó. ¿Y luego? Nada.", "Llegó.|¿Y luego?|Nada."},
    {"Τι είναι; Δεν ξέρω. Ναι.", "Τι είναι;|Δεν ξέρω.|Ναι."},
    {"Red; Green. Blue.", "Red; Green.|Blue."},
    {"ماذا حدث؟ لا شيء. نعم.", "ماذا حدث؟|لا شيء.|نعم."},
    {"वह आया। वह गया। अच्छा।", "वह आया।|वह गया।|अच्छा।"},
    {"Он ушел. «Стой!» — крикнул он. Все.", "Он ушел.|«Стой!» — крикнул он.|Все."},
    {"Visit example.com. Or www.example.org/a.b now.",
     "Visit example.com.|Or www.example.org/a.b now."},
    {"It cost $3. $4 was too much.", "It cost $3.|$4 was too much."},
    {"What?! Really?! Yes.", "What?!|Really?!|Yes."},
    {"He won. - The team lost.", "He won.|- The team lost."},
    {"He won.The team", "He won.The team"},
    {"St. Petersburg is far. Mt. Everest is high.",
     "St. Petersburg is far.|Mt. Everest is high."},
    {"Mr", "Mr"},
    {"Mr. ", "Mr."},
    {"A vs. B. The end.", "A vs. B.|The end."},
    {"The end.\xC2\xA0Next one.", "The end.|Next one."},
};

int main(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char got[400] = "";
        struct str rest = str_of(cases[i][0]), sentence;
        while (sentence_next(&rest, &sentence)) {
            strcat(got, *got ? "|" : "");
            strncat(got, sentence.s, sentence.len);
        }
        is_str(str_of(got), cases[i][1], cases[i][0]);
    }
    return done_testing();
}
