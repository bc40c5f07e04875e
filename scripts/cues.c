/* cues FILE: writes the table of common/cue_table.h, as C, for the phrases of a file like
 * common/cues.txt (see common/cue.h). Of phrases that are the same the first counts. */
#include "common/cue.h"
#include "common/cue_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct cue_table table;

static const char *const kind_names[CUES] = {
    "",        "more",    "share",  "subscribe", "cookie",  "ad",
    "comment", "media",   "nav",    "copyright", "counter", "tags",
    "topic",   "related", "byline", "credit",    "time",    "correction",
};

static enum cue kind_named(struct str name)
{
    int kind = CUES - 1;
    while (kind && !str_eq(name, str_of(kind_names[kind])))
        kind--;
    return (enum cue)kind;
}

static void filter_add(enum filter filter, uint64_t hash)
{
    unsigned bit;
    size_t byte = filter_byte(hash, &bit);
    table.filter[filter][byte] |= (unsigned char)(1 << bit);
}

static enum form form_of(struct str *phrase)
{
    if (str_ends(*phrase, STR("*"))) {
        phrase->len--;
        return FORM_BEGINS;
    }
    if (str_starts(*phrase, STR("*"))) {
        *phrase = str_sub(*phrase, 1, phrase->len);
        return FORM_ENDS;
    }
    return FORM_WHOLE;
}

/* Greek in capitals has no accents, and one sigma. True if that makes another phrase; it
 * is then as long. */
static bool as_capitals(char *text)
{
    static const char *const letters[][2] = {
        {"ά", "α"}, {"έ", "ε"}, {"ή", "η"}, {"ί", "ι"},
        {"ό", "ο"}, {"ύ", "υ"}, {"ώ", "ω"}, {"ς", "σ"},
    };
    bool other = false;
    for (size_t k = 0; k < sizeof letters / sizeof *letters; k++)
        for (char *p = text; (p = strstr(p, letters[k][0])); other = true)
            memcpy(p, letters[k][1], strlen(letters[k][1]));
    return other;
}

static void add(enum cue kind, struct str text)
{
    struct phrase phrase;
    uint64_t hash = PHRASE_START;
    enum form form = form_of(&text);
    enum filter filter = form == FORM_ENDS ? LAST : FIRST;
    phrase_read(&phrase, text, PHRASE_WORDS);
    size_t n = phrase.words;
    if (!n)
        return;
    for (size_t i = 0; i < n; i++) {
        hash = phrase_join(hash, phrase.word[form == FORM_ENDS ? n - 1 - i : i]);
        filter_add(filter, hash);
    }
    size_t at = cue_slot(&table, form, &hash);
    if (!table.slot[at])
        table.slot[at] = hash >> CUE_KIND_BITS << CUE_KIND_BITS | kind;
}

static void write_table(void)
{
    printf("#include \"common/cue_table.h\"\n\nconst struct cue_table cue_table = {\n"
           ".slot = {");
    for (size_t i = 0; i < CUE_SLOTS; i++)
        if (table.slot[i])
            printf("\n[%zu] = UINT64_C(%#llx),", i, (unsigned long long)table.slot[i]);
    printf("},\n.filter = {");
    for (size_t f = 0; f < FILTERS; f++) {
        printf("{");
        for (size_t i = 0; i < sizeof table.filter[f]; i++)
            if (table.filter[f][i])
                printf("\n[%zu] = %u,", i, table.filter[f][i]);
        printf("},\n");
    }
    printf("}};\n");
}

int main(int argc, char *argv[])
{
    char text[1024];
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;
    if (!file) {
        fprintf(stderr, "usage: cues FILE\n");
        return 2;
    }
    for (int n = 1; fgets(text, sizeof text, file); n++) {
        struct str line = str_trim(str_of(text));
        size_t tab = str_find(line, STR("\t"), 0);
        if (!line.len || line.s[0] == '#')
            continue;
        enum cue kind = tab == (size_t)-1 ? CUE_NONE : kind_named(str_sub(line, 0, tab));
        if (!kind) {
            fprintf(stderr, "cues: %s:%d: not a kind, a tab and a phrase\n", argv[1], n);
            return 2;
        }
        add(kind, str_sub(line, tab + 1, line.len));
        if (as_capitals(text))
            add(kind, str_sub(line, tab + 1, line.len));
    }
    write_table();
    if (ferror(file) || fclose(file) || fflush(stdout) || ferror(stdout)) {
        fprintf(stderr, "cues: %s: cannot copy\n", argv[1]);
        return 2;
    }
    return 0;
}
