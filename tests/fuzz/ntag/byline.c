/* Who, where and when out of whole words: each byte picks one of the table, its highest
 * bit set if no blank stands before it, and so mutations speak the grammar of bylines,
 * datelines and timestamps. The members follow each other, in the order below, with NEXT
 * between them; the first byte says whether the day is told and the language is English.
 */
#include "tests/fuzz/ntag/tagging.h"

#include "common/alloc.h"
#include "stages/ntag/byline.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { WORDS = 128, MEMBERS = 6 };
static const char *const members[MEMBERS] = {"byline", "dateline", "timestamp",
                                             "text",   "title",    "url"};

static const char NEXT[] = "";
/* clang-format off */
static const char *const words[] = {
    NEXT, "\n", ",", ".", ";", ":", "/", "|", "-", "--", "—", "(", ")", "&", "@", "*", "\"",
    "“", "”", "’s", "•", "\t", "\u00a0", "®", "™", "+", "#", "\u0301",
    "By", "by", "BY", "Von", "Par", "Por", "Текст:", "文/", "Written by", "Posted by",
    "Reporting by", "Additional reporting by", "editing by", "Edited by:", "Photos by",
    "Published", "Updated:", "Follow", "in", "for", "at", "of", "on", "with", "the", "The",
    "and", "und", "et", "y", "и", "mit",
    "Anna", "Brandt", "BRANDT", "Luke", "McBRIDE", "O'Hara", "van", "der", "de", "J.", "J.K.",
    "Jr.", "José", "Øye", "Анна", "Белова", "山田", "太郎", "İ", "ß", "Brandt-Olsen",
    "Staff", "Writer", "Correspondent", "Editor", "News", "Reporters", "Redakteurin", "CEO",
    "Minister", "President", "Dr.", "M.D.", "PhD", "Lantern", "FOXBusiness",
    "abrandt@lantern.example",
    "AP", "Reuters", "TASS", "AFP", "The Associated Press",
    "Cairo", "MOSCOW", "BUENOS AIRES", "GROSSETO", "Italy", "U.S.", "Norway",
    "June", "Sept.", "мая", "Monday", "1", "26", "31", "2017", "05/06/2017", "2017-05-26",
    "14:02", "99", "p.m.", "GMT", "+0300", "ago", "hours", "yesterday", "said",
};
/* clang-format on */
_Static_assert(sizeof words / sizeof *words == WORDS, "a word for each byte");

/* The next member's words, up to NEXT or the end. */
static void read_member(struct buf *b, const uint8_t **data, const uint8_t *end)
{
    while (*data < end) {
        const char *word = words[**data % WORDS];
        bool glued = *(*data)++ >= WORDS;
        if (word == NEXT)
            break;
        if (b->len && !glued)
            buf_add_char(b, ' ');
        buf_puts(b, word);
    }
}

static void inside(struct str part, struct str line)
{
    must(part.len > 0 && part.s >= line.s && part.s + part.len <= line.s + line.len);
    must(utf8_valid(part) == part.len);
}

/* The line by itself, with nothing readable behind it. */
static void check_byline(struct str line)
{
    struct byline byline = {0};
    char *alone = xalloc(line.len + !line.len, 1);

    memcpy(alone, line.s, line.len);
    line.s = alone;
    byline_read(&byline, line);
    struct str rest = buf_str(&byline.authors), name;
    must(utf8_valid(rest) == rest.len);
    while (str_line(&rest, &name))
        must(name.len > 0 && str_eq(name, str_trim(name)));
    must(byline.agencies <= BYLINE_AGENCIES);
    for (size_t i = 0; i < byline.agencies; i++)
        inside(byline.agency[i], line);
    buf_free(&byline.authors);
    free(alone);
}

static void check_strings(json_t *strings)
{
    size_t i;
    json_t *string;

    json_array_foreach(strings, i, string) must(json_string_length(string) > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct date day = {2019, 3, 1, -1, -1, -1, DATE_NO_ZONE, -1};
    struct buf said[MEMBERS] = {{0}}, line = {0};
    const uint8_t *end = data + size;
    uint8_t how = size ? *data++ : 0;

    buf_add_char(&line, '{');
    for (size_t i = 0; i < MEMBERS; i++) {
        read_member(&said[i], &data, end);
        buf_room(&said[i], 1);
        if (!said[i].len && strcmp(members[i], "text") != 0)
            continue;
        check_byline(buf_str(&said[i]));
        json_add_key(&line, members[i]);
        json_add_string(&line, buf_str(&said[i]));
    }
    buf_add_char(&line, '}');
    json_t *rec =
        tag_and_check(buf_str(&line), buf_str(&said[3]), how & 1 ? &day : NULL, how & 2);
    check_strings(json_object_get(rec, "authors"));
    check_strings(json_object_get(rec, "agency"));
    json_decref(rec);
    for (size_t i = 0; i < MEMBERS; i++)
        buf_free(&said[i]);
    buf_free(&line);
    return 0;
}
