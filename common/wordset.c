#include "common/wordset.h"

#include "common/unicode.h"

/* FNV-1a over bytes or, where they are folded on the way, over code points: no copy of
 * the word is made. */
static size_t hash(const struct wordset *set, struct str word)
{
    const char *p = word.s, *end = word.s + word.len;
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    while (p < end) {
        uint32_t c = set->folded ? uni_fold(utf8_next(&p, end)) : (unsigned char)*p++;
        h = (h ^ c) * UINT64_C(0x100000001b3);
    }
    return (size_t)(h ^ h >> 32);
}

static bool same(const struct wordset *set, struct str a, struct str b)
{
    if (!set->folded)
        return str_eq(a, b);
    const char *p = a.s, *q = b.s, *p_end = a.s + a.len, *q_end = b.s + b.len;
    while (p < p_end && q < q_end)
        if (uni_fold(utf8_next(&p, p_end)) != uni_fold(utf8_next(&q, q_end)))
            return false;
    return p == p_end && q == q_end;
}

/* The slot the word is in, or the free one where it belongs. */
static struct wordset_slot *slot_of(const struct wordset *set, struct str word)
{
    size_t mask = set->slot_count - 1, i = hash(set, word) & mask;

    while (set->slots[i].kind && !same(set, set->slots[i].word, word))
        i = (i + 1) & mask;
    return &set->slots[i];
}

/* Takes what stands before the next blank off *rest. */
static struct str next_blank(struct str *rest)
{
    *rest = str_trim(*rest);
    size_t n = str_find(*rest, STR(" "), 0);
    struct str word = str_sub(*rest, 0, n < rest->len ? n : rest->len);
    *rest = str_sub(*rest, word.len, rest->len);
    return word;
}

static void fill(struct wordset *set)
{
    struct str rest = {(const char *)set->list, *set->list_size}, line;

    while (str_line(&rest, &line)) {
        if (str_starts(line, STR("#")) || str_blank(line))
            continue;
        char kind = next_blank(&line).s[0];
        for (struct str word; (word = next_blank(&line)).len > 0;) {
            struct wordset_slot *slot = slot_of(set, word);
            if (!slot->kind)
                *slot = (struct wordset_slot){word, kind};
        }
    }
    set->filled = true;
}

char wordset_kind(struct wordset *set, struct str word)
{
    if (!word.len)
        return 0;
    if (!set->filled)
        fill(set);
    return slot_of(set, word)->kind;
}
