#include "stages/ntag/lists.h"

#include "common/data.h"

DATA(names_txt);

enum { ENTRIES = 8192 }; /* twice the words of names.txt at least, a power of two */

struct entry {
    struct str word;
    unsigned lists;
};

static bool same(struct str entry, struct str words)
{
    if (entry.len != words.len)
        return false;
    for (size_t i = 0; i < words.len; i++)
        if (entry.s[i] != words.s[i] && (entry.s[i] != '_' || words.s[i] != ' '))
            return false;
    return true;
}

static struct entry *slot(struct entry *table, struct str words)
{
    unsigned h = 2166136261u;

    for (size_t i = 0; i < words.len; i++)
        h = (h ^ (unsigned char)(words.s[i] == ' ' ? '_' : words.s[i])) * 16777619u;
    for (h &= ENTRIES - 1; table[h].word.len && !same(table[h].word, words);)
        h = (h + 1) & (ENTRIES - 1);
    return &table[h];
}

static unsigned list_of_kind(struct str kind)
{
    static const char *const kinds[] = {"title",   "role", "first", "org",     "place",
                                        "demonym", "said", "other", "orgname", "site"};

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
            struct entry *entry = slot(table, str_sub(line, i, end));
            entry->word = str_sub(line, i, end);
            entry->lists |= list;
            i = end + 1;
        }
    }
}

unsigned lists_of(struct str words)
{
    static struct entry table[ENTRIES];
    static bool filled;

    if (!filled) {
        fill(table);
        filled = true;
    }
    return words.len ? slot(table, words)->lists : 0;
}
