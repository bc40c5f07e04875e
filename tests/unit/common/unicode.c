#include "common/unicode.h"
#include "tests/unit/tap.h"

#include <stdlib.h>

/* Ill-formed sequences by maximal subparts, after Unicode 15's tables 3-8 to 3-11. */
static const struct {
    const char *in, *repaired;
    size_t valid, faults;
} repairs[] = {
    {"", "", 0, 0},
    {"plain", "plain", 5, 0},
    {"\xC3\xA9t\xC3\xA9", "\xC3\xA9t\xC3\xA9", 5, 0},
    {"\xF0\x9F\x99\x82", "\xF0\x9F\x99\x82", 4, 0},
    {"a\xC0\xAF", "a\xEF\xBF\xBD\xEF\xBF\xBD", 1, 2},
    {"\xED\xA0\x80", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 0, 3},
    {"\xF4\x91\x92\x93", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD", 0, 4},
    {"\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41",
     "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\x41", 0, 4},
    {"\xE0\x9F\x80z", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBDz", 0, 3},
    {"0123456789abcdef0123456789\xFF", "0123456789abcdef0123456789\xEF\xBF\xBD", 26, 1},
};

static void repairs_all(void)
{
    struct buf b = {0};
    for (size_t i = 0; i < sizeof repairs / sizeof *repairs; i++) {
        struct str in = str_of(repairs[i].in);
        buf_clear(&b);
        is_int((long long)utf8_repair(&b, in), (long long)repairs[i].faults, "faults");
        is_str(buf_str(&b), repairs[i].repaired, "repaired");
        is_int((long long)utf8_valid(in), (long long)repairs[i].valid, "valid bytes");
    }
    buf_free(&b);
}

/* Every code point there and back, its count and its offset. */
static void round_trip(void)
{
    struct buf b = {0};
    bool next = true, prev = true;
    size_t points = 0;
    for (uint32_t c = 1; c <= 0x10FFFF; c++) {
        if (c >= 0xD800 && c < 0xE000)
            continue;
        size_t from = b.len;
        utf8_add(&b, c);
        const char *p = b.s + from, *end = b.s + b.len;
        next = next && utf8_next(&p, end) == c && p == end;
        prev = prev && utf8_prev(&p, b.s) == c && p == b.s + from;
        points++;
    }
    ok(next, "what utf8_add writes utf8_next reads");
    ok(prev, "and utf8_prev");
    ok(utf8_valid(buf_str(&b)) == b.len, "all of it is valid");
    ok(utf8_count(buf_str(&b)) == points, "all counted");
    bool good = true;
    for (size_t n = 0, at = 0; n < points; n += 9973) {
        good = good && utf8_offset(buf_str(&b), n) == at;
        const char *p = b.s + at;
        for (size_t i = 0; i < 9973 && p < b.s + b.len; i++)
            utf8_next(&p, b.s + b.len);
        at = (size_t)(p - b.s);
    }
    ok(good, "offsets");
    is_int((long long)utf8_offset(buf_str(&b), points + 5), (long long)b.len,
           "an offset beyond the end is the end");
    buf_free(&b);
}

/* Counts from every start and length around the block's size. */
static void counts(void)
{
    char text[200];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = "\xC3\xA9"
                  "a\xE2\x82\xAC"[i % 6];
    bool good = true;
    for (size_t from = 0; from < 70; from++)
        for (size_t to = from; to < sizeof text; to++) {
            size_t n = 0;
            for (size_t i = from; i < to; i++)
                n += ((unsigned char)text[i] & 0xC0) != 0x80;
            good = good && utf8_count((struct str){text + from, to - from}) == n;
        }
    ok(good, "counts at every start and length");
}

static void properties(void)
{
    ok(uni_letter('a') && uni_letter(0xE9) && uni_letter(0x301) && uni_letter(0x4E2D) &&
           uni_letter(0x93E) && !uni_letter('1') && !uni_letter('-') &&
           !uni_letter(0x110000),
       "letters");
    ok(uni_upper('A') && uni_upper(0x416) && uni_upper(0x1C5) && !uni_upper('a') &&
           !uni_upper(0x5D0),
       "capitals");
    ok(uni_lower('z') && uni_lower(0xDF) && !uni_lower('Z') && !uni_lower(0x4E2D),
       "small letters");
    ok(uni_digit('7') && uni_digit(0x664) && !uni_digit(0xBD), "digits");
    ok(uni_space(' ') && uni_space(0xA0) && uni_space(0x3000) && uni_space(0x200B) &&
           uni_space(0xFEFF) && uni_space(0x2028) && !uni_space(0x200D) &&
           !uni_space('_'),
       "spaces");
    ok(uni_unspaced(0x4E2D) && uni_unspaced(0x3042) && uni_unspaced(0x30AB) &&
           uni_unspaced(0xE01) && uni_unspaced(0x1780) && uni_unspaced(0x1000) &&
           uni_unspaced(0xE81) && !uni_unspaced(0xAC00) && !uni_unspaced(0x3002) &&
           !uni_unspaced('a'),
       "scripts without spaces");
}

static void folds(void)
{
    static const struct {
        uint32_t from, to;
    } pairs[] = {{'A', 'a'},       {'a', 'a'},         {'[', '['},
                 {0xC9, 0xE9},     {0x416, 0x436},     {0x3A3, 0x3C3},
                 {0x3C2, 0x3C3},   {0x1E9E, 0xDF},     {0x130, 0x130},
                 {0x212A, 'k'},    {0x10400, 0x10428}, {0x13A0, 0x13A0},
                 {0xAB70, 0x13A0}, {0x4E2D, 0x4E2D},   {0x110000, 0x110000}};
    bool good = true;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        good = good && uni_fold(pairs[i].from) == pairs[i].to;
    ok(good, "simple case folding");

    struct buf b = {0};
    utf8_fold(&b, STR("Der \xC3\x84RGER in M\xC3\x9CNCHEN \xF0\x90\x90\x80"));
    is_str(buf_str(&b), "der \xC3\xA4rger in m\xC3\xBCnchen \xF0\x90\x90\xA8", "fold");
    buf_free(&b);
}

int main(void)
{
    repairs_all();
    round_trip();
    counts();
    properties();
    folds();
    return done_testing();
}
