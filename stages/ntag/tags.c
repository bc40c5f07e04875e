#include "stages/ntag/tags.h"

#include "common/alloc.h"
#include "common/unicode.h"
#include "stages/ntag/lists.h"
#include "stages/ntag/looks.h"

#include <stdlib.h>

enum { WORD_MAX = 64 }; /* bytes; no word of a tag is longer */

/* The words of title and text by their hashes. */
struct words {
    uint64_t *slots;
    size_t mask;
};

static uint64_t *slot(const struct words *words, uint64_t hash)
{
    size_t i = (size_t)(hash >> 32) & words->mask;

    hash += !hash;
    while (words->slots[i] && words->slots[i] != hash)
        i = (i + 1) & words->mask;
    return &words->slots[i];
}

static void add_words(const struct words *words, const struct tokens *tokens)
{
    for (size_t i = 0; i < tokens->count; i++)
        if (tokens->all[i].word)
            *slot(words, tokens->all[i].hash) =
                tokens->all[i].hash + !tokens->all[i].hash;
}

static bool has(const struct words *words, struct str word)
{
    return word.len && *slot(words, token_hash(word)) != 0;
}

/* Known to everybody as the name of a place or an organisation. */
static bool is_name(struct str word)
{
    return lists_of(word) & (LIST_PLACE | LIST_ORGNAME) ||
           gazetteer(token_low(word)) & GAZ_COUNTRY;
}

static bool is_camel(struct str word)
{
    static const char *const known[] = {
        "YouTube",    "PlayStation", "WhatsApp",    "LinkedIn",  "BlackBerry",
        "JavaScript", "MacBook",     "FedEx",       "PayPal",    "TikTok",
        "SoftBank",   "BuzzFeed",    "AirAsia",     "GitHub",    "HuffPost",
        "WikiLeaks",  "ExxonMobil",  "AstraZeneca", "BioNTech",  "DreamWorks",
        "MasterCard", "DeepMind",    "JetBlue",     "SmackDown", "GlaxoSmithKline",
        "OpenAI",     "SpaceX",      "CrossFit",    "StarCraft", "WeChat",
        "MyAnmar",    "PowerPoint",  "SnapChat",    "DoorDash",  "CrowdStrike",
        "ChatGPT"};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_eq(word, str_of(known[i])))
            return true;
    return false;
}

/* The word that ends, and the one that begins, at s[at]. */
static struct str word_before(struct str s, size_t at)
{
    const char *p = s.s + at, *begin = p;

    while (p > s.s && s.s + at - p < WORD_MAX) {
        uint32_t c = utf8_prev(&p, s.s);
        if (!uni_letter(c) && !uni_digit(c) && c != '-')
            break;
        begin = p;
    }
    return (struct str){begin, (size_t)(s.s + at - begin)};
}

static struct str word_behind(struct str s, size_t at)
{
    const char *p = s.s + at, *end = p;

    while (p < s.s + s.len && p - s.s - (ptrdiff_t)at < WORD_MAX) {
        uint32_t c = utf8_next(&p, s.s + s.len);
        if (!uni_letter(c) && !uni_digit(c) && c != '-')
            break;
        end = p;
    }
    return (struct str){s.s + at, (size_t)(end - s.s - at)};
}

/* The part of a glued word up to its next capital behind a small letter. */
static struct str hump(struct str word)
{
    const char *p = word.s, *end = word.s + word.len;
    bool small = false;

    while (p < end) {
        const char *at = p;
        uint32_t c = utf8_next(&p, end);
        if (small && uni_upper(c))
            return (struct str){word.s, (size_t)(at - word.s)};
        small = uni_lower(c);
    }
    return word;
}

/* Two tags met at s[at], a capital behind a small letter or another capital's word. */
static bool glued(const struct words *words, struct str s, size_t at)
{
    struct str before = word_before(s, at), behind = word_behind(s, at);
    struct str whole = {before.s, before.len + behind.len};
    struct str next = hump(behind);

    if (has(words, whole) || is_name(whole) || is_camel(whole))
        return false;
    bool name = is_name(next), known = has(words, before) || is_name(before);
    bool next_known = name || has(words, next);
    if (known && next_known)
        return true;
    const char *p = s.s + at;
    if (!uni_lower(utf8_prev(&p, s.s)) || utf8_count(before) <= 3)
        return false;
    if ((known || next_known) && utf8_count(next) > 2)
        return true;
    /* nothing is known: long halves, and not one word alone */
    return name || (utf8_count(next) > 3 && whole.len < s.len);
}

/* True if two tags may meet before the character at p: small letter, then a capital with
 * a small letter behind it; or a run of capitals that ends there. */
static bool may_meet(struct str s, const char *p)
{
    const char *prev = p, *end = s.s + s.len;

    if (p == s.s)
        return false;
    uint32_t before = utf8_prev(&prev, s.s), c = utf8_next(&p, end);
    if (!uni_upper(c))
        return false;
    uint32_t next = p < end ? utf8_next(&p, end) : ' ';
    if (uni_lower(before) || before == ')')
        return uni_lower(next) || uni_upper(next);
    return uni_upper(before) && uni_lower(next);
}

static void add_tag(struct buf *b, struct str tag)
{
    tag = str_trim(tag);
    if (!tag.len)
        return;
    json_add_comma(b);
    json_add_string(b, tag);
}

/* A piece cut off is looked at once more, as it stands: what it said together with the
 * rest of the tag is no more what it says alone. So cutting twice is cutting once. */
static void cut_tag(const struct words *words, struct buf *b, struct str tag)
{
    tag = str_trim(tag);
    const char *p = tag.s, *end = tag.s + tag.len;

    while (p < end) {
        size_t at = (size_t)(p - tag.s);
        if (may_meet(tag, p) && glued(words, tag, at)) {
            cut_tag(words, b, str_sub(tag, 0, at));
            tag = str_sub(tag, at, tag.len);
            p = tag.s;
        }
        utf8_next(&p, end);
    }
    add_tag(b, tag);
}

static bool is_small(char c)
{
    return c >= 'a' && c <= 'z';
}

/* Looks at the JSON as it stands: a capital behind a small letter or a bracket, or behind
 * another and before a small letter, or any character it knows nothing of. */
bool tags_may_run(const struct record *rec)
{
    struct str raw;

    if (!record_raw(rec, "tags", &raw))
        return false;
    for (size_t i = 1; i + 1 < raw.len; i++) {
        char before = raw.s[i - 1], c = raw.s[i], next = raw.s[i + 1];
        if (c == '\\' || (unsigned char)c >= 0x80)
            return true;
        if (c < 'A' || c > 'Z')
            continue;
        if (is_small(before) || before == ')' ||
            (before >= 'A' && before <= 'Z' && is_small(next)))
            return true;
    }
    return false;
}

static bool all_strings(json_t *tags)
{
    size_t i;
    json_t *tag;

    json_array_foreach(tags, i, tag) if (!json_is_string(tag)) return false;
    return true;
}

static bool any_meet(json_t *tags)
{
    size_t i;
    json_t *tag;

    json_array_foreach(tags, i, tag)
    {
        struct str s = {json_string_value(tag), json_string_length(tag)};
        for (const char *p = s.s; p < s.s + s.len; utf8_next(&p, s.s + s.len))
            if (may_meet(s, p))
                return true;
    }
    return false;
}

void tags_unglue(struct record *rec, const struct tokens *title,
                 const struct tokens *text)
{
    json_t *tags = record_json(rec, "tags"), *tag;
    size_t i;

    if (json_is_array(tags) && all_strings(tags) && any_meet(tags)) {
        struct words words = {NULL, 63};
        while (words.mask < 2 * (text->count + title->count))
            words.mask = 2 * words.mask + 1;
        words.slots = xcalloc(words.mask + 1, sizeof *words.slots);
        add_words(&words, text);
        add_words(&words, title);
        struct buf *b = record_set(rec, "tags");
        buf_add_char(b, '[');
        json_array_foreach(tags, i, tag) cut_tag(
            &words, b, (struct str){json_string_value(tag), json_string_length(tag)});
        buf_add_char(b, ']');
        free(words.slots);
    }
    json_decref(tags);
}

/* What stands before a count in brackets at the end of s; empty if there is no count. */
static struct str before_count(struct str s, long long *count)
{
    long long place = 1;
    size_t i;

    s = str_trim(s);
    *count = 0;
    if (s.len < 4 || s.s[s.len - 1] != ')')
        return (struct str){s.s, 0};
    for (i = s.len - 1; i > 0 && s.len - i < 12 && s.s[i - 1] >= '0' && s.s[i - 1] <= '9';
         place *= 10)
        *count += place * (s.s[--i] - '0');
    if (place == 1 || i < 2 || s.s[i - 1] != '(')
        return (struct str){s.s, 0};
    return str_trim(str_sub(s, 0, i - 1));
}

void tags_topic(struct record *rec)
{
    struct str topic;
    long long count, another;

    if (!record_string(rec, "topic", &topic))
        return;
    struct str name = before_count(topic, &count);
    if (!name.len || before_count(name, &another).len)
        return; /* of two counts it is not known which is one */
    record_set_string(rec, "topic", name);
    json_add_int(record_set(rec, "topic_count"), count);
}
