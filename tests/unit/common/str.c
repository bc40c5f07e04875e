#include "common/str.h"
#include "common/unicode.h"
#include "tests/unit/tap.h"

#include <stdlib.h>

static const struct {
    const char *in, *trimmed;
} trims[] = {
    {"", ""},
    {" \t\r\n\v\f", ""},
    {" a b ", "a b"},
    {"\xC2\xA0"
     "a\xE3\x80\x80",
     "a"},
    {"\xEF\xBB\xBF"
     "a\xE2\x80\x8B\xE2\x80\x83",
     "a"},
    {"\xC3\xA0", "\xC3\xA0"},           /* a letter that ends in A0 */
    {"x\xE2\x80\x94", "x\xE2\x80\x94"}, /* a dash */
    {"\xE2\x80", "\xE2\x80"},           /* cut */
    {"\xE3\x80\x80 \xC2", "\xC2"},      /* cut behind white space */
    {"a\xC2\xA0\xC2\xA0", "a"},
};

static void trims_all(void)
{
    for (size_t i = 0; i < sizeof trims / sizeof *trims; i++) {
        is_str(str_trim(str_of(trims[i].in)), trims[i].trimmed, "trim");
        ok(str_blank(str_of(trims[i].in)) == !*trims[i].trimmed, "blank %zu", i);
    }
}

static void compares(void)
{
    ok(str_eq(STR("abc"), STR("abc")) && !str_eq(STR("abc"), STR("abd")), "eq");
    ok(str_eq((struct str){NULL, 0}, STR("")), "eq of nothing");
    ok(str_eq_nocase(STR("Read MORE"), STR("read more")), "eq_nocase");
    ok(!str_eq_nocase(STR("[a"), STR("{a")), "eq_nocase folds letters only");
    ok(!str_eq_nocase(STR("abc"), STR("ab")), "eq_nocase wants the same length");
    ok(str_starts(STR("abc"), STR("ab")) && !str_starts(STR("a"), STR("ab")), "starts");
    ok(str_starts_nocase(STR("BY Ann"), STR("by ")), "starts_nocase");
    ok(str_ends(STR("abc"), STR("bc")) && !str_ends(STR("c"), STR("bc")), "ends");
    ok(str_ends(STR("abc"), STR("")), "everything ends in nothing");
}

static void finds(void)
{
    struct str s = STR("abracadabra");
    is_int((long long)str_find(s, STR("abra"), 0), 0, "find at the start");
    is_int((long long)str_find(s, STR("abra"), 1), 7, "find from 1");
    is_int((long long)str_find(s, STR("abra"), 8), -1, "find beyond");
    is_int((long long)str_find(s, STR(""), 11), 11, "find nothing at the end");
    is_int((long long)str_find(s, STR("x"), 99), -1, "find from outside");
    is_int((long long)str_find(STR(""), STR("a"), 0), -1, "find in nothing");
}

/* The needle's length decides the algorithm; both must find what a plain search finds. */
static void finds_long(void)
{
    char text[400], needle[100];
    unsigned seed = 1;
    bool good = true;
    for (int round = 0; round < 20000; round++) {
        size_t n = 0, m, at = 0;
        unsigned period = 1 + (seed >> 3) % 40;
        for (; n < sizeof text; n++) {
            seed = seed * 1103515245u + 12345u;
            text[n] = (char)('a' + (n % period == 0) + ((seed >> 16) % 97 == 0));
        }
        m = 1 + (seed >> 16) % sizeof needle;
        at = (seed >> 8) % (n - m);
        memcpy(needle, text + at, m);
        needle[m - 1] = (char)(needle[m - 1] + (round % 3 == 0));
        size_t want = 0;
        while (want + m <= n && memcmp(text + want, needle, m) != 0)
            want++;
        if (want + m > n)
            want = (size_t)-1;
        good =
            good && str_find((struct str){text, n}, (struct str){needle, m}, 0) == want;
    }
    ok(good, "find agrees with a plain search");
}

static void lines(void)
{
    struct str rest = STR("one\r\n\ntwo\rx\nthree"), line;
    ok(str_line(&rest, &line), "line 1");
    is_str(line, "one", "CRLF goes");
    ok(str_line(&rest, &line) && line.len == 0, "empty line");
    ok(str_line(&rest, &line), "line 3");
    is_str(line, "two\rx", "a lone CR stays");
    ok(str_line(&rest, &line), "line 4");
    is_str(line, "three", "no last newline");
    ok(!str_line(&rest, &line), "no more");
    rest = STR("a\n");
    ok(str_line(&rest, &line) && !str_line(&rest, &line), "a newline ends, begins none");
}

/* Blank is what uni_space() says, for every character. */
static void blanks(void)
{
    struct buf b = {0};
    uint32_t differs = 0;

    for (uint32_t c = 1; c <= 0x10FFFF && !differs; c++) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        buf_clear(&b);
        utf8_add(&b, c);
        if (str_blank(buf_str(&b)) != uni_space(c))
            differs = c;
    }
    is_int(differs, 0, "the first character that one takes for blank, the other not");
    buf_free(&b);
}

static void test_any(void)
{
    ok(str_any(STR("a: b"), ",:") && !str_any(STR("a b"), ",:"), "any of the bytes");
    ok(!str_any((struct str){NULL, 0}, ","), "none in nothing");
}

int main(void)
{
    test_any();
    trims_all();
    blanks();
    compares();
    finds();
    finds_long();
    lines();
    ok(str_hash(STR("")) == 0xcbf29ce484222325ULL, "FNV-1a of nothing");
    ok(str_hash(STR("foobar")) == 0x85944171f73967e8ULL, "FNV-1a of foobar");
    struct str numbers = STR(" 12 -3x");
    ok(str_number(&numbers) == 12 && str_number(&numbers) == -3, "numbers, one by one");
    ok(str_number(&numbers) == 0, "and none");
    is_str(numbers, "x", "what is no number stays");
    is_str(str_sub(STR("abcdef"), 2, 4), "cd", "sub");
    return done_testing();
}
