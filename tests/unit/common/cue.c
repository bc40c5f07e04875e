#include "common/cue.h"
#include "tests/unit/tap.h"

#include <stdlib.h>

static void is_cue(const char *line, enum cue want)
{
    enum cue got = cue_of(str_of(line));
    ok(got == want, "%.70s", line);
    if (got != want)
        printf("#  got: %d\n# want: %d\n", (int)got, (int)want);
}

static void whole_lines(void)
{
    is_cue("Read more", CUE_MORE);
    is_cue("  READ MORE »  ", CUE_MORE);
    is_cue("Continue reading…", CUE_MORE);
    is_cue("Weiterlesen", CUE_MORE);
    is_cue("Читать далее", CUE_MORE);
    is_cue("続きを読む", CUE_MORE);
    is_cue("Διαβάστε επίσης", CUE_RELATED);
    is_cue("ΔΙΑΒΑΣΤΕ ΕΠΙΣΗΣ", CUE_RELATED);
    is_cue("CANLI YAYIN", CUE_MEDIA);
    is_cue("Canlı Yayın", CUE_MEDIA);
    is_cue("İLGİLİ KONULAR", CUE_TAGS);
    is_cue("Kommentar von Rosa Beispiel", CUE_BYLINE);
    is_cue("Share", CUE_SHARE);
    is_cue("E-mail", CUE_SHARE);
    is_cue("Sign in", CUE_SUBSCRIBE);
    is_cue("Подписаться", CUE_SUBSCRIBE);
    is_cue("Advertisement", CUE_AD);
    is_cue("ANZEIGE", CUE_AD);
    is_cue("Leave a reply", CUE_COMMENT);
    is_cue("All news", CUE_NAV);
    is_cue("Skip to main content", CUE_NAV);
    is_cue("Privacy Policy", CUE_COOKIE);
    is_cue("Mentions légales", CUE_COPYRIGHT);
    is_cue("mentions LÉGALES", CUE_COPYRIGHT);
    is_cue("(Subscribe)", CUE_SUBSCRIBE);
    is_cue("Subscribé", CUE_NONE);
    is_cue("Tags", CUE_TAGS);
    is_cue("Topic:", CUE_TOPIC);
    is_cue("Related", CUE_RELATED);
    is_cue("Photo 1 of 7", CUE_MEDIA);
    is_cue("", CUE_NONE);
    is_cue("…", CUE_NONE);
    is_cue("12345", CUE_NONE);
}

static void numbers(void)
{
    is_cue("12 comments", CUE_COUNTER);
    is_cue("1,204 views", CUE_COUNTER);
    is_cue("3 min read", CUE_COUNTER);
    is_cue("Comments", CUE_COMMENT);
    is_cue("2 hours ago", CUE_TIME);
    is_cue("© 2023 Carrow Valley Media Ltd", CUE_COPYRIGHT);
    is_cue("© REUTERS/ Ann Other", CUE_CREDIT);
}

static void beginnings(void)
{
    is_cue("By Hannah Pettigrew", CUE_BYLINE);
    is_cue("Von Katharina Brechtel", CUE_BYLINE);
    is_cue("By the time they came the house was gone.", CUE_NONE);
    is_cue("By then nobody was left", CUE_NONE);
    is_cue("Published 12 May 2023, 14:30", CUE_TIME);
    is_cue("Published in London, the book sold well", CUE_NONE);
    is_cue("Read also: Why the sirens stayed silent", CUE_RELATED);
    is_cue("Lesen Sie auch: Warum die Sirenen stumm blieben", CUE_RELATED);
    is_cue("Related: A whale in the bay", CUE_RELATED);
    is_cue("Related parties were asked to leave the room before the vote", CUE_NONE);
    is_cue("Photo: Jonas Wittkamp/dpa", CUE_CREDIT);
    is_cue("Tags: rivers, bridges", CUE_TAGS);
    is_cue("Back to the future they went, and nobody laughed.", CUE_NONE);
    is_cue("We use cookies to improve your experience.", CUE_COOKIE);
    is_cue("Topics of the day were rain and rent, the mayor said", CUE_NONE);
}

static void endings(void)
{
    is_cue("2019 Valley Media. All rights reserved.", CUE_COPYRIGHT);
    is_cue("Lars Egede/AFP via Getty Images", CUE_CREDIT);
    is_cue("Lindentaler Bote. Alle Rechte vorbehalten", CUE_COPYRIGHT);
    is_cue("The getty", CUE_CREDIT);
    is_cue("The spaghetty", CUE_NONE);
}

static void long_lines(void)
{
    size_t len = 1 << 20;
    char *s = malloc(len + 1);
    for (size_t i = 0; i < len; i++)
        s[i] = i % 6 ? 'a' : ' ';
    s[len] = '\0';
    is_cue(s, CUE_NONE);
    memcpy(s, "We use cookies ", 15);
    is_cue(s, CUE_COOKIE);
    memset(s, 'a', len);
    is_cue(s, CUE_NONE);
    memset(s, '.', len);
    is_cue(s, CUE_NONE);
    free(s);
}

static void prefixes(void)
{
    is_int((long long)cue_prefix(STR("Tags: a, b"), CUE_TAGS), 6, "label with its colon");
    is_int((long long)cue_prefix(STR("Tagsuche"), CUE_TAGS), 0, "no part of a word");
    is_int((long long)cue_prefix(STR("Photo: X"), CUE_CREDIT), 7, "credit");
    is_int((long long)cue_prefix(STR("© X"), CUE_CREDIT), 3, "©");
    is_int((long long)cue_prefix(STR("Written by Ann"), CUE_BYLINE), 11,
           "longest phrase");
    is_int((long long)cue_prefix(STR("Audio briefs for all"), CUE_MEDIA), 6,
           "a word that may stand alone");
    is_int((long long)cue_prefix(STR("Tags: a"), CUE_TOPIC), 0, "another kind");
    is_int((long long)cue_prefix(STR(""), CUE_TAGS), 0, "nothing");
}

static void templates(void)
{
    ok(cue_template(STR("{{item.date | date : 'd MMMM'}}")), "{{}}");
    ok(cue_template(STR("  {% if x %}")), "{%%}");
    ok(cue_template(STR("Hello ${name}")), "${} at the end");
    ok(cue_template(STR("[[title]]")), "[[]]");
    ok(!cue_template(STR("{{ open")), "not closed");
    ok(!cue_template(STR("It cost $5 {net}")), "a dollar");
    ok(!cue_template(STR("")), "nothing");
}

int main(void)
{
    whole_lines();
    numbers();
    beginnings();
    endings();
    long_lines();
    prefixes();
    templates();
    return done_testing();
}
