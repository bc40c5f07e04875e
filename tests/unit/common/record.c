/* A record read, changed and written: what is not touched keeps its bytes. */
#include "common/record.h"

#include "tests/unit/tap.h"

static const char line[] = " {\"n\":12345678901234567890, \"x\" : "
                           "1.10,\"e\":1e5,\"u\":\"\\u00e9\",\"text\":\"a\\nb\"} ";

static void is_line(const struct record *rec, const char *want, const char *name)
{
    struct buf b = {0};
    record_format(rec, &b);
    is_str(buf_str(&b), want, name);
    buf_free(&b);
}

static void parse(struct record *rec, const char *s)
{
    struct json_fault fault;
    ok(record_parse(rec, str_of(s), &fault), "%s is a record", s);
}

int main(void)
{
    struct record rec = {0};
    struct str s;

    parse(&rec, line);
    is_line(
        &rec,
        "{\"n\":12345678901234567890, \"x\" : 1.10,\"e\":1e5,\"u\":\"\\u00e9\",\"text\":"
        "\"a\\nb\"}",
        "untouched, the line comes out as it was");
    ok(record_string(&rec, "text", &s), "text is a string");
    is_str(s, "a\nb", "decoded");
    ok(!record_string(&rec, "n", &s), "a number is no string");
    ok(!record_string(&rec, "none", &s), "nor is what is not there");
    ok(record_raw(&rec, "x", &s), "any value can be had raw");
    is_str(s, "1.10", "as it was written");

    record_set_string(&rec, "text", STR("c\"d"));
    record_set_string(&rec, "title", STR("T"));
    json_add_int(record_set(&rec, "count"), 3);
    record_drop(&rec, "e");
    is_line(
        &rec,
        "{\"n\":12345678901234567890,\"x\":1.10,\"u\":\"\\u00e9\",\"text\":\"c\\\"d\","
        "\"title\":\"T\",\"count\":3}",
        "set members keep their place, new ones follow, the rest keeps its bytes");
    record_set_string(&rec, "title", STR("U"));
    ok(record_string(&rec, "text", &s), "reads see the record as it came in");
    is_str(s, "a\nb", "not what was set");
    record_revert(&rec);
    record_set_string(&rec, "u", STR("v"));
    is_line(&rec,
            "{\"n\":12345678901234567890,\"x\":1.10,\"e\":1e5,\"u\":\"v\",\"text\":"
            "\"a\\nb\"}",
            "reverted and set again");

    parse(&rec, "{\"a\":1,\"b\":2,\"a\":\"3\"}");
    ok(record_string(&rec, "a", &s), "of a key that stands twice the last counts");
    is_str(s, "3", "the last value");
    record_drop(&rec, "a");
    is_line(&rec, "{\"b\":2}", "dropping takes both");
    record_drop(&rec, "b");
    is_line(&rec, "{}", "and nothing may be left");

    parse(&rec, "{\"t\\u0065xt\":\"x\"}");
    ok(record_string(&rec, "text", &s), "a key with an escape is found");
    record_set_string(&rec, "text", STR("y"));
    is_line(&rec, "{\"t\\u0065xt\":\"y\"}", "and keeps its spelling");

    parse(&rec, "{\"\":1,\"a\":2}");
    record_set_string(&rec, "", STR("y"));
    is_line(&rec, "{\"\":\"y\",\"a\":2}", "the key may be empty");

    record_clear(&rec);
    is_line(&rec, "{}", "an empty record");
    record_set_string(&rec, "a", STR("1"));
    is_line(&rec, "{\"a\":\"1\"}", "built from nothing");
    record_free(&rec);
    return done_testing();
}
