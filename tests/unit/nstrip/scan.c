/* One look at a line counts what words.h and a plain count would. */
#include "stages/nstrip/scan.h"
#include "common/words.h"
#include "tests/unit/tap.h"

#include <stdio.h>
#include <string.h>

static uint32_t weight[SCAN_LOOK];

static struct scan scan(const char *line, uint32_t token[SCAN_LOOK])
{
    struct scan s;
    scan_line(&s, str_of(line), 0, token, weight);
    return s;
}

static void same_words(const char *line)
{
    uint32_t token[SCAN_LOOK];
    size_t stop = 0, capitals = 0;
    struct str rest = str_of(line), word;
    struct scan s = scan(line, token);
    is_int(s.words, (long long)word_count(str_of(line)), line);
    while (word_next(&rest, &word)) {
        stop += word_stop(word);
        capitals += word_capital(word);
    }
    is_int(s.stop, (long long)stop, "… function words");
    is_int(s.capitals, (long long)capitals, "… capitals");
}

static void test_words(void)
{
    same_words("The quick brown fox isn't over the 1,250.5 lazy dogs.");
    same_words("L\xe2\x80\x99\xc3\xa9quipe d'Orl\xc3\xa9"
               "ans a gagn\xc3\xa9 le match de dimanche");
    same_words("\xd0\x9f\xd1\x80\xd0\xb5\xd0\xb7\xd0\xb8\xd0\xb4\xd0\xb5\xd0\xbd\xd1\x82 "
               "\xd0\xb8 \xd0\x9c\xd0\xbe\xd1\x81\xd0\xba\xd0\xb2\xd0\xb0");
    same_words("\xe4\xb8\xad\xe5\x9b\xbd 2024");
    same_words("a-b-c (de) | f \xc2\xb7 g/h \xe2\x80\x94 i");
    same_words("...");
}

static void test_marks(void)
{
    uint32_t token[SCAN_LOOK];
    struct scan s =
        scan("\"We said (you) it, 2 days ago: he told us - I agree.\" 27", token);
    is_int(s.marks, 2, "a bracket and a dash");
    is_int(s.commas, 1, "commas");
    is_int(s.colons, 1, "colons");
    is_int(s.digits, 3, "digits");
    is_int(s.ago, 1, "ago");
}

static void test_tokens(void)
{
    uint32_t a[SCAN_LOOK], b[SCAN_LOOK];
    struct scan s = scan("Rivers above (27) the quays", a);
    is_int(s.tokens, 7, "tokens: words, marks, numbers");
    is_int(s.weights, 2, "words of weight");
    ok(weight[0] == a[0] && weight[1] == a[6], "which ones");
    ok(a[0] & TOKEN_WEIGHT && a[0] & TOKEN_WORD, "rivers weigh");
    ok(!(a[1] & TOKEN_WEIGHT) && a[1] & TOKEN_WORD, "a function word does not");
    ok(!(a[2] & TOKEN_BITS) && !(a[3] & TOKEN_BITS),
       "a mark is no word, nor is a number");
    scan("RIVERS 1,250.5 ] (", b);
    ok(a[0] == b[0], "the same in capitals");
    ok(a[3] == b[1], "all numbers are one");
    ok(a[2] == b[3] && b[2] != b[3], "marks are told apart");
    s = scan("\xce\x91\xce\xb8\xce\xae\xce\xbd\xce\xb1", a);
    scan("\xce\xb1\xce\xb8\xce\xae\xce\xbd\xce\xb1", b);
    ok(s.weights == 1 && a[0] == b[0], "… and in Greek");
}

static void test_long(void)
{
    uint32_t token[SCAN_LOOK];
    char line[1000];
    memset(line, 'x', sizeof line);
    line[SCAN_LOOK - 1] = '\xc3';
    line[SCAN_LOOK] = '\xa9';
    struct scan s;
    scan_line(&s, (struct str){line, sizeof line}, 0, token, weight);
    is_int(s.bytes, SCAN_LOOK - 1, "no character is cut");
    for (size_t i = 0; i < sizeof line; i++)
        line[i] = i % 6 == 5 ? ' ' : (char)('a' + i / 6 % 26);
    scan_line(&s, (struct str){line, sizeof line}, 0, token, weight);
    ok(s.tokens == (SCAN_LOOK + 5) / 6 && s.words == s.tokens,
       "no more words than are looked at");
}

static bool alike(const struct scan *a, const struct scan *b)
{
    return a->saying == b->saying && a->words == b->words && a->tokens == b->tokens &&
           a->letters == b->letters && a->digits == b->digits && a->high == b->high &&
           a->upper == b->upper && a->capitals == b->capitals && a->stop == b->stop &&
           a->weights == b->weights && a->marks == b->marks;
}

/* A line that is read where it stands, in a text, is as one that is copied. */
static void test_in_text(void)
{
    static const char *const ends[] = {"quay", "quay.",        "Lee's", "Lee’s",
                                       "3.5",  "COVID-",       "中",    "é",
                                       "’",    "twelve-letter"};
    uint32_t here[SCAN_LOOK], apart[SCAN_LOOK];
    unsigned same = 0, count = sizeof ends / sizeof *ends;
    for (unsigned i = 0; i < count; i++) {
        char text[100];
        size_t len = (size_t)snprintf(text, sizeof text, "Ann Lee at the %s", ends[i]);
        struct scan a, b;
        strcpy(text + len, "\nand so on until Monday");
        scan_line(&a, (struct str){text, len}, strlen(text) - len, here, weight);
        scan_line(&b, (struct str){text, len}, 0, apart, weight);
        same += alike(&a, &b) && !memcmp(here, apart, a.tokens * sizeof *here);
    }
    is_int((int)same, (int)count, "a line in a text is as one by itself");
}

int main(void)
{
    test_words();
    test_marks();
    test_tokens();
    test_long();
    test_in_text();
    return done_testing();
}
