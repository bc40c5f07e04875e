/* What json_scan accepts and refuses, held against jansson, and strings both ways. */
#include "common/json.h"

#include "tests/unit/tap.h"

#include <jansson.h>

static bool scans(struct str s)
{
    struct json_fault fault;
    return json_scan(s, NULL, NULL, &fault);
}

static bool jansson_scans(struct str s)
{
    json_t *json = json_loadb(s.s, s.len, JSON_ALLOW_NUL, NULL);
    bool object = json_is_object(json);
    json_decref(json);
    return object;
}

static void same_as_jansson(void)
{
    static const char *const texts[] = {
        "{}",
        " { } ",
        "{\"a\":1}",
        "{\"a\":1,}",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{\"a\":1}x",
        "{\"a\":1}{}",
        "[]",
        "[{}]",
        "1",
        "\"a\"",
        "null",
        "",
        " ",
        "{",
        "}",
        "{\"",
        "{\"a",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":[",
        "{\"a\":[1",
        "{\"a\":[1,]}",
        "{\"a\":[,1]}",
        "{\"a\":[1 2]}",
        "{\"a\":[[],{}]}",
        "{\"a\":0}",
        "{\"a\":-0}",
        "{\"a\":00}",
        "{\"a\":01}",
        "{\"a\":-}",
        "{\"a\":+1}",
        "{\"a\":.5}",
        "{\"a\":5.}",
        "{\"a\":1.5e}",
        "{\"a\":1e+}",
        "{\"a\":1E-2}",
        "{\"a\":1e5}",
        "{\"a\":0x1}",
        "{\"a\":NaN}",
        "{\"a\":Infinity}",
        "{\"a\":true}",
        "{\"a\":True}",
        "{\"a\":truex}",
        "{\"a\":tru}",
        "{\"a\":false,\"b\":null}",
        "{\"a\":'x'}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\\u12\"}",
        "{\"a\":\"\\u12g4\"}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":\"\\udc00\"}",
        "{\"a\":\"\\ud83d\\ude00\"}",
        "{\"a\":\"\\ud83d\\u0041\"}",
        "{\"a\":\"\\u0000\"}",
        "{\"\\u0000\":1}",
        "{\"a\":\"\t\"}",
        "{\"a\":\"\x7f\"}",
        "{\"a\":\"\xc3\xa9\"}",
        "{\"a\":\"\xe9\"}",
        "{\"a\":\"\xc0\x80\"}",
        "{\"a\":\"\xed\xa0\x80\"}",
        "{\"a\":\"\xf4\x90\x80\x80\"}",
        "{\"a\":\"\xe2\x82\"}",
        "{\"\":1}",
        "{\"a\":1,\"a\":2}",
        "\xef\xbb\xbf{}",
        "{\"a\":1}\r",
        "{\"a\" : [ 1 , 2 ] }",
        "//c\n{}",
        "{\"a\":1;}",
        "{\"a\":\"b\n\"}",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        is_int(scans(str_of(texts[i])), jansson_scans(str_of(texts[i])), texts[i]);
    ok(scans(STR("{\"a\":12345678901234567890}")), "an integer beyond 64 bits passes");
    ok(scans(STR("{\"a\":1e999}")), "a real beyond double passes");
    ok(!scans(STR("{\"a\":\"\0\"}")), "a NUL byte does not");
}

static void depth(void)
{
    for (int deep = 2040; deep < 2055; deep++) {
        struct buf b = {0};
        buf_puts(&b, "{\"a\":");
        for (int i = 0; i < deep; i++)
            buf_add_char(&b, '[');
        for (int i = 0; i < deep; i++)
            buf_add_char(&b, ']');
        buf_add_char(&b, '}');
        ok(scans(buf_str(&b)) == jansson_scans(buf_str(&b)), "%d arrays deep", deep);
        buf_free(&b);
    }
}

static void columns(void)
{
    struct json_fault fault;
    json_scan(STR("{\"a\":}"), NULL, NULL, &fault);
    is_int((long long)fault.column, 6, "a fault's column counts bytes from 1");
    is_str(str_of(fault.reason), "unexpected character", "and its reason is said");
}

static void add_value(void *context, struct str value)
{
    struct buf *b = context;
    buf_add_str(b, value);
    buf_add_char(b, '|');
}

static void add_member(void *context, struct str key, struct str value)
{
    add_value(context, key);
    add_value(context, value);
}

static void values(void)
{
    static const struct {
        const char *value, *elements, *members;
    } cases[] = {
        {"[1, [2,3] ,{\"a\":4}]", "1|[2,3]|{\"a\":4}|", ""},
        {"[]", "", ""},
        {"\"[1]\"", "", ""},
        {"{\"a\": [1], \"b\":{}}", "", "a|[1]|b|{}|"},
        {"7", "", ""},
    };
    struct buf b = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf_clear(&b);
        json_elements(str_of(cases[i].value), add_value, &b);
        is_str(buf_str(&b), cases[i].elements, cases[i].value);
        buf_clear(&b);
        json_members(str_of(cases[i].value), add_member, &b);
        is_str(buf_str(&b), cases[i].members, cases[i].value);
    }
    buf_free(&b);
    unsigned long long n = 0;
    ok(json_natural(STR("123456789012345"), &n) && n == 123456789012345ull, "15 digits");
    ok(!json_natural(STR("1234567890123456"), &n) && !json_natural(STR("-1"), &n) &&
           !json_natural(STR("1e3"), &n) && !json_natural(STR(""), &n),
       "no natural number, or too long a one");
}

static void decoding(void)
{
    static const struct {
        const char *raw, *text;
    } cases[] = {
        {"plain", "plain"},
        {"a\\nb\\t\\\"\\\\\\/", "a\nb\t\"\\/"},
        {"\\u00e9\\u20ac\\ud83d\\ude00.", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = {0};
        json_decode(&b, str_of(cases[i].raw));
        is_str(buf_str(&b), cases[i].text, cases[i].raw);
        buf_free(&b);
    }
    struct str raw = STR("ab\\nc\\ud83d\\ude00d");
    static const size_t places[][2] = {{0, 0}, {2, 2}, {3, 4}, {4, 5}, {8, 17}, {9, 18}};
    for (size_t i = 0; i < 6; i++)
        is_int((long long)json_raw_offset(raw, places[i][0]), (long long)places[i][1],
               "the place in the line of a place in the text");
}

static void writing(void)
{
    char all[256];
    for (int i = 0; i < 128; i++)
        all[i] = (char)i;
    struct buf b = {0};
    json_add_string(&b, (struct str){all, 128});
    json_t *back = json_loadb(b.s, b.len, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
    ok(back && json_string_length(back) == 128 &&
           memcmp(json_string_value(back), all, 128) == 0,
       "jansson reads every ASCII character back");
    json_decref(back);
    buf_clear(&b);
    buf_add_char(&b, '{');
    json_add_key(&b, "a");
    json_add_real(&b, 0.5, 4);
    json_add_key(&b, "b");
    json_add_real(&b, -0.00001, 3);
    json_add_key(&b, "c");
    json_add_span(&b, 1, 20);
    json_add_key(&b, "d");
    json_add_real(&b, 100, 2);
    buf_add_char(&b, '}');
    is_str(buf_str(&b), "{\"a\":0.5,\"b\":0,\"c\":[1,20],\"d\":100}",
           "numbers and spans");
    buf_free(&b);
}

int main(void)
{
    same_as_jansson();
    depth();
    columns();
    values();
    decoding();
    writing();
    return done_testing();
}
