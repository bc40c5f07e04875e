#include "stages/ntag/names.h"

#include "common/alloc.h"
#include "stages/ntag/lists.h"
#include "stages/ntag/rules.h"

#include <stdlib.h>

static struct str text_of(const struct tokens *t, size_t first, size_t last)
{
    const char *end = t->all[last - 1].s.s + t->all[last - 1].s.len;
    return (struct str){t->all[first].s.s, (size_t)(end - t->all[first].s.s)};
}

void names_add(struct names *names, size_t first, size_t last, enum name_type type)
{
    if (first >= last)
        return;
    names->mentions =
        xgrow(names->mentions, &names->cap, names->count + 1, sizeof *names->mentions);
    names->mentions[names->count++] = (struct mention){first, last, type, 0};
}

/* A person's name begins behind the titles. */
static size_t behind_titles(const struct tokens *t, size_t first, size_t last)
{
    size_t i = first;

    while (i + 1 < last && t->all[i].lists & LIST_TITLE && t->all[i + 1].capital)
        i++;
    return i;
}

/* The end of the name labelled from first on. */
static size_t label_end(const uint8_t *labels, const struct tokens *t, size_t first)
{
    size_t i = first + 1;

    while (i < t->count && labels[i] == (labels[first] + 1) / 2 * 2)
        i++;
    return i;
}

/* Mentions out of the chain's labels. */
static void read_labels(struct names *names, const struct tokens *t)
{
    static const enum name_type types[] = {NAME_NONE, NAME_PERSON, NAME_ORGANISATION,
                                           NAME_PLACE, NAME_NONE};

    chain_label(&names->chain, t);
    const uint8_t *labels = names->chain.labels;
    for (size_t i = 0; i < t->count;) {
        size_t first = i++;
        if (labels[first] == LABEL_O)
            continue;
        i = label_end(labels, t, first);
        while (i < t->count && labels[i] != LABEL_O && t->all[i - 1].word &&
               !t->all[i - 1].cased && !t->all[i - 1].number) /* Bank of, Ghana */
            i = label_end(labels, t, i);
        enum name_type type = types[(labels[first] + 1) / 2];
        if (type == NAME_PERSON)
            first = behind_titles(t, first, i);
        enum name_type told = rules_noun(t, first);
        if (told != NAME_NONE)
            type = told;
        if (type != NAME_NONE)
            names_add(names, first, i, type);
    }
}

/* The slot of a name, or of the empty place for it; slots hold 1 + an index into all. */
static size_t *slot_of(struct names *names, struct str text)
{
    size_t i = (size_t)str_hash(text) & (names->slot_count - 1);

    while (names->slots[i]) {
        struct str other = names->all[names->slots[i] - 1].text;
        if (str_eq(other, text) || (other.len > text.len && str_ends(other, text) &&
                                    other.s[other.len - text.len - 1] == ' '))
            break;
        i = (i + 1) & (names->slot_count - 1);
    }
    return &names->slots[i];
}

static void reset_slots(struct names *names)
{
    size_t need = 64;

    while (need < names->count * 4)
        need *= 2;
    free(names->slots);
    names->slots = xcalloc(need, sizeof *names->slots);
    names->slot_count = need;
}

static size_t name_add(struct names *names, struct str text, enum name_type type)
{
    names->all =
        xgrow(names->all, &names->all_cap, names->all_count + 1, sizeof *names->all);
    names->all[names->all_count] = (struct name){text, type, 0, {0}};
    names->all[names->all_count].votes[type] = 1;
    return names->all_count++;
}

/* Enters a name under its text and, for a person, under the last name. */
static void enter(struct names *names, const struct tokens *t, const struct mention *m)
{
    size_t *slot = slot_of(names, text_of(t, m->first, m->last));

    if (*slot) {
        names->all[*slot - 1].votes[m->type]++;
        return;
    }
    *slot = name_add(names, text_of(t, m->first, m->last), m->type) + 1;
    size_t index = *slot;
    if (m->type == NAME_PERSON && m->last - m->first > 1) {
        slot = slot_of(names, t->all[m->last - 1].s);
        if (!*slot)
            *slot = index;
    }
}

/* Gathers mentions into names: full names first, then what is left. */
static void gather(struct names *names, const struct tokens *t)
{
    size_t kept = 0;

    reset_slots(names);
    for (size_t pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < names->count; i++) {
            const struct mention *m = &names->mentions[i];
            bool full = m->last - m->first > 1;
            if (m->type != NAME_NONE && full == (pass == 0))
                enter(names, t, m);
        }
    for (size_t i = 0; i < names->all_count; i++)
        for (int type = NAME_PERSON; type <= NAME_PLACE; type++)
            if (names->all[i].votes[type] > names->all[i].votes[names->all[i].type])
                names->all[i].type = (enum name_type)type;
    for (size_t i = 0; i < names->count; i++) {
        struct mention m = names->mentions[i];
        size_t slot = *slot_of(names, text_of(t, m.first, m.last));
        if (!slot)
            continue;
        m.name = slot - 1;
        m.type = names->all[m.name].type;
        names->all[m.name].count++;
        names->mentions[kept++] = m;
    }
    names->count = kept;
}

void names_find(struct names *names, const struct tokens *tokens, bool english)
{
    names->count = names->all_count = 0;
    if (english)
        read_labels(names, tokens);
    else
        rules_find(names, tokens);
    gather(names, tokens);
}

static void write_name(const struct names *names, const struct tokens *t, struct buf *b,
                       const size_t *next, size_t first)
{
    const struct name *name = &names->all[names->mentions[first].name];

    json_add_comma(b);
    buf_add_char(b, '{');
    json_add_key(b, "name");
    json_add_string(b, name->text);
    json_add_key(b, "count");
    json_add_int(b, (long long)name->count);
    json_add_key(b, "spans");
    buf_add_char(b, '[');
    for (size_t i = first; i != (size_t)-1; i = next[i]) {
        const struct mention *m = &names->mentions[i];
        json_add_comma(b);
        json_add_span(b, t->all[m->first].from, t->all[m->last - 1].to);
    }
    buf_puts(b, "]}");
}

void names_write(const struct names *names, const struct tokens *tokens,
                 struct record *rec, const char *member, enum name_type type)
{
    size_t *next = xcalloc(names->count + 1, sizeof *next);
    size_t *last = xcalloc(names->all_count + 1, sizeof *last);
    struct buf *b = NULL;

    for (size_t i = 0; i < names->all_count; i++)
        last[i] = (size_t)-1;
    for (size_t i = names->count; i-- > 0;) { /* chain the mentions of each name */
        next[i] = last[names->mentions[i].name];
        last[names->mentions[i].name] = i;
    }
    for (size_t i = 0; i < names->count; i++) {
        if (names->mentions[i].type != type || last[names->mentions[i].name] != i)
            continue;
        if (!b)
            buf_add_char(b = record_set(rec, member), '[');
        write_name(names, tokens, b, next, i);
    }
    if (b)
        buf_add_char(b, ']');
    else
        record_drop(rec, member);
    free(next);
    free(last);
}

void names_free(struct names *names)
{
    free(names->mentions);
    free(names->all);
    free(names->slots);
    chain_free(&names->chain);
    *names = (struct names){0};
}
