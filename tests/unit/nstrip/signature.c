/* Signatures: names, and a date beside them. */
#include "stages/nstrip/signature.h"
#include "tests/unit/tap.h"

static void is_signature(const char *line, const char *name, const char *date)
{
    struct signature signature;
    struct str s = str_of(line);
    if (!signature_find(s, &signature)) {
        ok(false, "no signature: %s", line);
        return;
    }
    is_str(str_sub(s, signature.by, signature.name), name, line);
    is_str(str_sub(s, signature.from, signature.to), date, "… the date");
}

static void test_signatures(void)
{
    struct signature signature;
    is_signature("By Ann Lee | May 3, 2021", "By Ann Lee", "May 3, 2021");
    is_signature("Ann Lee and Tom Arden - 3 May 2021", "Ann Lee and Tom Arden",
                 "3 May 2021");
    is_signature("May 3, 2021 | By Ann Lee", "By Ann Lee", "May 3, 2021");
    is_signature("By Ann C. Lee and Tom Arden on May 3, 2021",
                 "By Ann C. Lee and Tom Arden", "May 3, 2021");
    is_signature("May 3, 2021 \xc2\xb7 Ann Lee", "Ann Lee", "May 3, 2021");
    is_signature("Last Updated on May 3, 2021 by Ann Lee", "by Ann Lee", "May 3, 2021");
    is_signature("May 3, 2021 \xe2\x80\xa2 Ann Lee \xe2\x80\xa2 3 min read", "Ann Lee",
                 "May 3, 2021");
    is_signature("May 3, 2021 | 3 min read | By Ann Lee-Arden", "By Ann Lee-Arden",
                 "May 3, 2021");
    is_signature("Ann Lee | 5 min read | May 3, 2021", "Ann Lee", "May 3, 2021");
    is_signature("Ann Simon May 3, 2021", "Ann Simon", "May 3, 2021");
    is_signature("ANN SIMON May 3, 2021", "ANN SIMON", "May 3, 2021");
    is_signature("Ann LeePublished May 3, 2021", "Ann Lee", "May 3, 2021");
    is_signature("Ann Lee on May 3, 2021", "Ann Lee", "May 3, 2021");
    ok(name_and_reading(STR("Ann Lee 2 minutes read")), "a name and how long it takes");
    ok(name_and_reading(STR("Ann Lee \xe2\x80\xa2 2-min read")), "… set off");
    ok(!name_and_reading(STR("Ann Lee")), "… but not without that");
    ok(!name_and_reading(STR("Reading Time: 5 minutes")), "… nor what says so");
    ok(!name_and_reading(STR("5 min read")), "… nor that alone");
    ok(!name_and_reading(STR("The harbour 5 min read")), "… nor what is no name");
    is_signature("Reuters May 3, 2021", "Reuters", "May 3, 2021");
    is_signature("By Ann Lee 2021-05-03T04:05:06Z Coast", "By Ann Lee",
                 "2021-05-03T04:05:06Z");
    is_signature("Ann Lee, CorrespondentMay 3, 2021, 4:05 PM", "Ann Lee, Correspondent",
                 "May 3, 2021, 4:05 PM");
    is_signature("Ann Lee Tom Arden Mira Holt 3 May 2021", "Ann Lee Tom Arden Mira Holt",
                 "3 May 2021");
    is_signature("Mon 03.05.21 | 14:05 | By Ann Lee", "By Ann Lee",
                 "Mon 03.05.21 | 14:05");
    is_signature("Posted on May 3, 2021 May 5, 2021 by Ann Lee", "by Ann Lee",
                 "May 3, 2021");
    is_signature("May 3, 2021 /0 Comments/in Port News /by annlee", "by annlee",
                 "May 3, 2021");
    is_signature("May 3, 2021 \xc2\xb7 Ann Lee on behalf of the port",
                 "Ann Lee on behalf of the port", "May 3, 2021");
    is_signature("渡辺洋介 2021年5月3日 21時37分", "渡辺洋介", "2021年5月3日 21時37分");
    ok(!signature_find(STR("Port Week: Call for Ideas is Open Until May 3"), &signature),
       "words that are no house's behind for");
    ok(!signature_find(STR("May 3, 2021 | 3 min read | Port News"), &signature),
       "no label before it");
    ok(!signature_find(STR("May 3, 2021 Ann Lee"), &signature),
       "no mark before the name");
    ok(!signature_find(STR("Floods of May 3, 2021"), &signature), "no name before it");
}

static void test_initials(void)
{
    ok(initials_alone(STR("sak/Reuters")), "initials and an agency");
    ok(initials_alone(STR("APA/sda/dpa")), "… and more of them");
    ok(!initials_alone(STR("and/or")), "no agency");
    ok(!initials_alone(STR("port / AFP")), "blanks");
    ok(house_alone(STR("IN-Redaktion")), "a house in one word");
}

static void test_names(void)
{
    static const char *const names[] = {"Ann Lee",
                                        "Ann van der Lee",
                                        "Ann Lee, Tom Arden and Mira Holt",
                                        "Ann Lee,Tom Arden",
                                        "Ann Lee, Oldport",
                                        "Ann Lee@annlee",
                                        "Ann Lee in Oldport",
                                        "Ann Lee Political editor",
                                        "Ann Lee Redakteurin",
                                        "Dr. Allen",
                                        "Ana del Pino, Tom Arden (Oldport)",
                                        "Ann Lee, port.example",
                                        "Ann Lee for The Port Times",
                                        "大渡 美咲",
                                        "홍길동 기자 hong@port.example",
                                        "Ann Lee, Correspondent",
                                        "Tom Lee",
                                        "Ann Lee, Tom Arden (Oldport)"};
    static const char *const others[] = {
        "Ann",         "Ann Lee: a life",  "Share This With Us", "Ann lee",
        "News / Port", "Oldport, Ann Lee", "Political editor",   "Senior Correspondent",
        "Key Points",  "Current Issue",    "Ad Policy",          "La Cultura",
        "Get Started", "Read More"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        ok(names_alone(str_of(names[i])), "names: %s", names[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ok(!names_alone(str_of(others[i])), "none: %s", others[i]);
}

static void test_offices(void)
{
    ok(office_alone(STR("News reporter @annlee")) && office_alone(STR("Courier Staff")),
       "an office");
    ok(!office_alone(STR("Reporter")) && !office_alone(STR("Ann Lee")), "none");
}

static void test_houses(void)
{
    ok(house_alone(STR("Courier Staff")) && house_alone(STR("Port News Desk")) &&
           house_alone(STR("Port.example staff@port")) &&
           house_alone(STR("PM Redaktion")),
       "a house");
    ok(!house_alone(STR("Staff")) && !house_alone(STR("In the newsroom")) &&
           !house_alone(STR("Ann Lee")),
       "none");
}

static void test_agencies(void)
{
    ok(agency_alone(STR("Reuters")) && agency_alone(STR("AFP |")), "an agency");
    ok(!agency_alone(STR("Reuters Institute")) && !agency_alone(STR("|")), "none");
}

int main(void)
{
    test_signatures();
    test_names();
    test_initials();
    test_offices();
    test_houses();
    test_agencies();
    return done_testing();
}
