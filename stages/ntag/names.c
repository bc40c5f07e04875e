#include "stages/ntag/names.h"

#include "common/alloc.h"
#include "stages/ntag/lists.h"
#include "stages/ntag/rules.h"

#include <stdlib.h>

enum { PERSON_MAX = 5 };

static struct str text_of(const struct tokens *t, size_t first, size_t last)
{
    const char *end = t->all[last - 1].s.s + t->all[last - 1].s.len;
    return (struct str){t->all[first].s.s, (size_t)(end - t->all[first].s.s)};
}

void names_add(struct names *names, size_t first, size_t last, enum name_type type)
{
    if (first >= last || type == NAME_NONE)
        return;
    names->mentions =
        xgrow(names->mentions, &names->cap, names->count + 1, sizeof *names->mentions);
    names->mentions[names->count++] = (struct mention){first, last, type, 0};
}

/* A person's name begins behind the titles. */
static size_t behind_titles(const struct tokens *t, size_t first, size_t last)
{
    size_t i = first;

    while (i + 1 < last && lists_of_token(&t->all[i]) & LIST_TITLE &&
           t->all[i + 1].capital)
        i++;
    return i;
}

/* "Minister of the Interior Ola Lund", "Secretary of State Eva Stein": the name begins
 * behind the office. */
static size_t behind_office(const struct tokens *t, size_t first, size_t last)
{
    size_t i = first, of = first;

    if (of > 0 && lists_of_token(&t->all[of - 1]) & LIST_THE)
        of--;
    if (of < 2 || !str_eq(t->all[of - 1].s, STR("of")) ||
        !(lists_of_token(&t->all[of - 2]) & LIST_TITLE))
        return first;
    while (i < last && lists_of_token(&t->all[i]) & LIST_OFFICE)
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

/* A place that is known by more than was labelled: the Russian Federation, whose first
 * word is learned to be none of its name. */
static bool is_known_place(const struct tokens *t, size_t first, size_t last)
{
    return lists_of(text_of(t, first, last)) & LIST_PLACE;
}

/* True if the words alone name nothing: International Airport, Party. */
static bool is_common(const struct tokens *t, size_t first, size_t last)
{
    for (size_t i = first; i < last; i++)
        if (!(lists_of_token(&t->all[i]) & (LIST_ORG | LIST_SITE | LIST_GENERAL)))
            return false;
    return lists_of_token(&t->all[last - 1]) & (LIST_ORG | LIST_SITE);
}

/* Where the name begins that ends with such words: what was learned from takes out of a
 * name the names in it, Malaysia of Malaysia Airlines. */
static size_t whole_name(const uint8_t *labels, const struct tokens *t, size_t first,
                         size_t last)
{
    size_t i = first;

    if (!is_common(t, first, last) || t->all[first].begins || first == 0 ||
        t->all[first].upper || !t->all[first - 1].cased || labels[first - 1] == LABEL_O ||
        lists_of_token(&t->all[first - 1]) & LIST_DEMONYM)
        return first;
    while (i > 0 && labels[i - 1] != LABEL_O && labels[i - 1] % 2 == 0)
        i--;
    return i - 1;
}

/* The end of a person's name, less what has no capital behind it: Rublev 6-4, Ellen’. */
static size_t person_end(const struct tokens *t, size_t first, size_t last)
{
    while (last > first + 1 && !t->all[last - 1].cased)
        last--;
    return last;
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
        size_t behind = behind_office(t, first, i);
        if (behind > first) {
            first = behind;
            type = NAME_PERSON;
        }
        if (type == NAME_PERSON)
            first = behind_titles(t, first, i);
        if (first > 0 && !t->all[first].begins && t->all[first - 1].capital &&
            is_known_place(t, first - 1, i)) {
            first--;
            type = NAME_PLACE;
        }
        enum name_type told = rules_cue(t, first, i);
        if (told != NAME_NONE)
            type = told;
        if (type == NAME_ORGANISATION || type == NAME_PLACE) {
            first = whole_name(labels, t, first, i);
            while (names->count && names->mentions[names->count - 1].last > first)
                names->count--;
        }
        if (type != NAME_NONE)
            names_add(names, first, type == NAME_PERSON ? person_end(t, first, i) : i,
                      type);
    }
}

/* What a key, the folded hash of one word or several, stands for. */
enum as { AS_ITSELF, AS_LAST_NAME, AS_FIRST_NAME, AS_MANY_FIRST_NAMES };

struct slot {
    uint64_t key; /* 0: empty */
    size_t name;
    enum as as;
};

static struct slot *slot_of(const struct names *names, uint64_t key)
{
    key += !key;
    size_t i = (size_t)(key >> 8) & names->slot_mask;

    while (names->slots[i].key && names->slots[i].key != key)
        i = (i + 1) & names->slot_mask;
    return &names->slots[i];
}

enum { FEW_SLOTS = 128 };

static void reset_slots(struct names *names)
{
    names->slots = xgrow(names->slots, &names->slot_cap, FEW_SLOTS, sizeof *names->slots);
    memset(names->slots, 0, FEW_SLOTS * sizeof *names->slots);
    names->slot_mask = FEW_SLOTS - 1;
    names->slots_used = 0;
}

/* Twice the slots. */
static void more_slots(struct names *names)
{
    struct names old = *names;

    names->slot_mask = 2 * old.slot_mask + 1;
    names->slot_cap = names->slot_mask + 1;
    names->slots = xcalloc(names->slot_cap, sizeof *names->slots);
    for (size_t i = 0; i <= old.slot_mask; i++)
        if (old.slots[i].key)
            *slot_of(names, old.slots[i].key) = old.slots[i];
    free(old.slots);
}

/* Enters a key that is not there. */
static void enter_new(struct names *names, uint64_t key, size_t name, enum as as)
{
    if (2 * ++names->slots_used > names->slot_mask)
        more_slots(names);
    *slot_of(names, key) = (struct slot){key + !key, name, as};
}

static uint64_t key_of(const struct tokens *t, size_t first, size_t last)
{
    uint64_t key = t->all[first].low;

    while (++first < last)
        key = token_mix(key, t->all[first].low);
    return key;
}

/* Enters a key where there is none. */
static void enter(struct names *names, uint64_t key, size_t name, enum as as)
{
    struct slot *slot = slot_of(names, key);

    if (!slot->key)
        enter_new(names, key, name, as);
    else if (slot->as == AS_FIRST_NAME && as == AS_FIRST_NAME && slot->name != name)
        slot->as = AS_MANY_FIRST_NAMES;
}

/* The slot of the name a mention is of, or the empty one for it. */
static struct slot *slot_for(const struct names *names, const struct tokens *t,
                             const struct mention *m)
{
    uint64_t key = key_of(t, m->first, m->last);
    struct slot *slot = slot_of(names, key);

    if (slot->key && slot->as != AS_ITSELF &&
        (m->type != NAME_PERSON || slot->as == AS_MANY_FIRST_NAMES))
        slot = slot_of(names, token_mix(key, AS_MANY_FIRST_NAMES));
    return slot;
}

/* Where a person's last name may begin: Dick Van Dyke is Van Dyke and Dyke. */
static void enter_last_names(struct names *names, const struct tokens *t,
                             const struct mention *m, size_t name)
{
    size_t end = m->last;

    while (end > m->first + 1 && lists_of_token(&t->all[end - 1]) & LIST_SUFFIX)
        end--;
    for (size_t i = m->first + 1; i < end; i++)
        if ((t->all[i].capital || lists_of_token(&t->all[i]) & LIST_LINK) &&
            t->all[i].s.len > 2)
            enter(names, key_of(t, i, end), name, AS_LAST_NAME);
}

static void take_mention(struct names *names, const struct tokens *t,
                         const struct mention *m)
{
    struct slot *slot = slot_for(names, t, m);

    if (!slot->key) {
        uint64_t key = key_of(t, m->first, m->last);
        if (slot != slot_of(names, key))
            key = token_mix(key, AS_MANY_FIRST_NAMES);
        names->all =
            xgrow(names->all, &names->all_cap, names->all_count + 1, sizeof *names->all);
        names->all[names->all_count] = (struct name){
            .text = text_of(t, m->first, m->last), .type = m->type, .mention = *m};
        enter_new(names, key, names->all_count++, AS_ITSELF);
        if (m->type == NAME_PERSON && m->last - m->first <= PERSON_MAX)
            enter_last_names(names, t, m, names->all_count - 1);
        slot = slot_for(names, t, m);
    }
    struct name *name = &names->all[slot->name];
    if (slot->as != AS_ITSELF)
        return;
    name->votes[m->type]++;
    if (t->all[name->mention.first].upper && !t->all[m->first].upper) /* PUTIN, Putin */
        name->text = text_of(t, m->first, m->last);
}

static void enter_first_names(struct names *names, const struct tokens *t)
{
    for (size_t i = 0; i < names->all_count; i++) {
        struct mention m = names->all[i].mention;
        if (names->all[i].type == NAME_PERSON && t->all[m.first].s.len > 2)
            enter(names, t->all[m.first].low, i, AS_FIRST_NAME);
    }
}

/* Names out of mentions: the longest first, so that a short one finds whose it is. */
static void name_all(struct names *names, const struct tokens *t)
{
    for (size_t length = PERSON_MAX; length > 0; length--) {
        if (length == 1)
            enter_first_names(names, t);
        for (size_t i = 0; i < names->count; i++) {
            size_t words = names->mentions[i].last - names->mentions[i].first;
            if ((words < PERSON_MAX ? words : PERSON_MAX) == length)
                take_mention(names, t, &names->mentions[i]);
        }
    }
    for (size_t i = 0; i < names->all_count; i++)
        for (int type = NAME_PERSON; type <= NAME_PLACE; type++)
            if (names->all[i].votes[type] > names->all[i].votes[names->all[i].type])
                names->all[i].type = (enum name_type)type;
}

static int by_place(const void *a, const void *b)
{
    const struct mention *x = a, *y = b;

    return (x->first > y->first) - (x->first < y->first);
}

static void sort_mentions(struct names *names)
{
    qsort(names->mentions, names->count, sizeof *names->mentions, by_place);
}

/* True if a capitalised word alone, labelled as no name, is the last name of a person. */
static bool missed(const struct names *names, const struct tokens *t, size_t i)
{
    uint8_t label = names->chain.labels[i];
    bool headline = names->chain.evidence.headline[i];

    if (!t->all[i].capital || t->all[i].upper != headline || t->all[i].s.len < 3 ||
        (label != LABEL_O && label != LABEL_B_MISC) ||
        lists_of_token(&t->all[i]) & ~(unsigned)LIST_FIRST)
        return false;
    if (!headline && ((i > 0 && t->all[i - 1].cased && !t->all[i].begins) ||
                      (i + 1 < t->count && t->all[i + 1].cased && !t->all[i + 1].begins)))
        return false;
    const struct slot *slot = slot_of(names, t->all[i].low);
    return slot->key && slot->as == AS_LAST_NAME &&
           names->all[slot->name].type == NAME_PERSON;
}

/* Adds the mentions of persons by their last names that the chain did not see. */
static void add_missed(struct names *names, const struct tokens *t)
{
    size_t count = names->count;

    for (size_t k = 0; k < t->cased_count; k++)
        if (missed(names, t, t->cased[k]))
            names_add(names, t->cased[k], t->cased[k] + 1, NAME_PERSON);
    if (names->count > count)
        sort_mentions(names);
}

/* Enters the persons whom cues told by a last name alone. */
static void enter_alone(struct names *names, const struct tokens *t)
{
    reset_slots(names);
    for (size_t n = 0; n < names->count; n++) {
        const struct mention *m = &names->mentions[n];
        if (m->type == NAME_PERSON && m->last - m->first == 1)
            enter(names, t->all[m->first].low, n, AS_ITSELF);
    }
}

/* Adds the whole names of those: "said Rossi", and somewhere "Anna Rossi". */
static void add_whole(struct names *names, const struct tokens *t)
{
    size_t count = names->count, next = 0;

    enter_alone(names, t);
    for (size_t k = 1; names->slots_used && k < t->cased_count; k++) {
        size_t first = t->cased[k - 1], last = t->cased[k];
        while (next < count && names->mentions[next].last <= first)
            next++;
        bool taken = next < count && names->mentions[next].first <= last;
        if (!taken && first + 1 == last && rules_first_name(&t->all[first]) &&
            slot_of(names, t->all[last].low)->key)
            names_add(names, first, last + 1, NAME_PERSON);
    }
    if (names->count > count)
        sort_mentions(names);
}

/* Gathers mentions into names. */
static void gather(struct names *names, const struct tokens *t)
{
    for (size_t i = 0; i < names->count; i++) {
        struct mention *m = &names->mentions[i];
        m->name = slot_for(names, t, m)->name;
        m->type = names->all[m->name].type;
        names->all[m->name].count++;
    }
}

void names_find(struct names *names, const struct tokens *tokens, bool english)
{
    names->count = names->all_count = 0;
    if (english) {
        read_labels(names, tokens);
    } else {
        rules_find(names, tokens);
        add_whole(names, tokens);
    }
    reset_slots(names);
    name_all(names, tokens);
    if (english && names->all_count)
        add_missed(names, tokens);
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
