#include "stages/ntag/lists.h"

#include "common/data.h"

DATA(names_txt);

enum {
    ENTRIES = 8192,
    WORDS_MAX = 64,
    FILTER = 1024
}; /* twice the words at least, a power of two */

struct entry {
    uint32_t tag; /* half of the token_hash of the words; 0: empty */
    uint32_t lists;
};

static struct entry *slot(struct entry *table, uint64_t hash)
{
    size_t i = (size_t)hash & (ENTRIES - 1);
    uint32_t tag = (uint32_t)(hash >> 32);

    while (table[i].tag && table[i].tag != tag)
        i = (i + 1) & (ENTRIES - 1);
    return &table[i];
}

/* The hash of words as they stand in the file. */
static uint64_t hash_of(struct str words)
{
    char blanks[WORDS_MAX];

    if (words.len > sizeof blanks)
        return 0;
    for (size_t i = 0; i < words.len; i++)
        blanks[i] = words.s[i] == '_' ? ' ' : words.s[i];
    return token_hash((struct str){blanks, words.len});
}

static unsigned list_of_kind(struct str kind)
{
    static const char *const kinds[] = {
        "title",   "role",    "first",   "org",       "place", "demonym", "said",
        "other",   "orgname", "site",    "link",      "in",    "the",     "placenoun",
        "orgnoun", "suffix",  "pronoun", "according", "spoke", "office",  "general"};

    for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(kind, str_of(kinds[i])))
            return 1u << i;
    return 0;
}

static void fill(struct entry *table)
{
    struct str rest = {(const char *)names_txt, names_txt_size}, line;

    while (str_line(&rest, &line)) {
        size_t tab = str_find(line, STR("\t"), 0);
        if (tab == (size_t)-1 || line.s[0] == '#')
            continue;
        unsigned list = list_of_kind(str_sub(line, 0, tab));
        for (size_t i = tab + 1; i < line.len;) {
            size_t space = str_find(line, STR(" "), i);
            size_t end = space == (size_t)-1 ? line.len : space;
            uint64_t hash = hash_of(str_sub(line, i, end));
            struct entry *entry = slot(table, hash);
            entry->tag = (uint32_t)(hash >> 32);
            entry->lists |= list;
            i = end + 1;
        }
    }
}

static uint64_t *bits_of(uint64_t *filter, uint32_t tag)
{
    return &filter[tag >> 8 & (FILTER - 1)];
}

static uint64_t bit_of(uint32_t tag)
{
    return (uint64_t)1 << (tag >> 26);
}

static struct entry table[ENTRIES];
static uint64_t filter[FILTER]; /* which tags there may be */

/* Not for each look-up to save what this needs. */
__attribute__((noinline)) static void make_tables(void)
{
    fill(table);
    for (size_t i = 0; i < ENTRIES; i++)
        if (table[i].tag)
            *bits_of(filter, table[i].tag) |= bit_of(table[i].tag);
}

static unsigned lists_of_hash(uint64_t hash)
{
    static bool made;

    if (!made)
        make_tables();
    made = true;
    uint32_t tag = (uint32_t)(hash >> 32);
    if (!(*bits_of(filter, tag) & bit_of(tag)))
        return 0;
    return slot(table, hash)->lists;
}

unsigned lists_of(struct str words)
{
    return words.len ? lists_of_hash(token_hash(words)) : 0;
}

unsigned lists_of_token(const struct token *token)
{
    return lists_of_hash(token->hash);
}
