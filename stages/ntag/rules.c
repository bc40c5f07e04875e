#include "stages/ntag/rules.h"

#include "common/words.h"
#include "stages/ntag/lists.h"
#include "stages/ntag/looks.h"

enum { RUN_MAX = 12, PERSON_MAX = 5, PLACE_WORDS = 4 };

static const char *const person_links[] = {"de",  "del", "der", "den", "van", "von",
                                           "bin", "al",  "el",  "da",  "dos", "di",
                                           "ibn", "la",  "le",  "ben", NULL};
static const char *const org_links[] = {"of", "for", "and", "the", "on", NULL};
static const char *const title_links[] = {"of", "for", "the", NULL};
static const char *const place_cues[] = {"in",        "near",    "outside", "across",
                                         "outskirts", "towards", NULL};

static struct str text_of(const struct tokens *t, size_t first, size_t last)
{
    const char *end = t->all[last - 1].s.s + t->all[last - 1].s.len;
    return (struct str){t->all[first].s.s, (size_t)(end - t->all[first].s.s)};
}

static unsigned lists_in(const struct tokens *t, size_t first, size_t last)
{
    unsigned lists = 0;

    for (size_t i = first; i < last; i++)
        lists |= lists_of_token(&t->all[i]);
    return lists;
}

/* Lists of a run of tokens as one name ("New York"). */
static unsigned lists_whole(const struct tokens *t, size_t first, size_t last)
{
    return last - first == 1 ? lists_of_token(&t->all[first])
                             : lists_of(text_of(t, first, last));
}

static bool capital(const struct tokens *t, size_t i)
{
    return i < t->count && t->all[i].capital && t->all[i].word;
}

/* The small words that may go on with the name of the run [first, i). */
static const char *const *links_behind(const struct tokens *t, size_t first, size_t i)
{
    unsigned lists = lists_in(t, first, i);

    if (lists & LIST_ORG) /* Health and Human Services, but not Norway and another */
        return lists_of_token(&t->all[i - 1]) & LIST_PLACE ? title_links : org_links;
    return lists & LIST_TITLE ? title_links : person_links;
}

/* The end of the run of capitalised words that begins at first. */
static size_t run_end(const struct tokens *t, size_t first)
{
    size_t i = first + 1;

    while (i < t->count && i - first < RUN_MAX) {
        if (t->all[i].paragraph || t->all[i].begins)
            break;
        if (capital(t, i)) {
            i++;
            continue;
        }
        size_t next = i;
        const char *const *links = links_behind(t, first, i);
        while (next < t->count && next - i < 2 && t->all[next].word &&
               !t->all[next].capital && str_one_of(t->all[next].s, links))
            next++;
        if (next == i || !capital(t, next) || t->all[next].paragraph)
            break;
        i = next + 1;
    }
    return i;
}

/* ", 42," behind a person. */
static bool aged(const struct tokens *t, size_t i)
{
    return i + 2 < t->count && t->all[i].mark == ',' && t->all[i + 1].s.len == 2 &&
           t->all[i + 1].number && t->all[i + 2].mark == ',';
}

enum name_type rules_cue(const struct tokens *t, size_t first, size_t last)
{
    const struct token *before = first ? &t->all[first - 1] : NULL;

    if (last - first >= 2 && last - first <= PERSON_MAX && aged(t, last))
        return NAME_PERSON;
    if (!before || t->all[first].begins)
        return NAME_NONE;
    if (lists_of_token(before) & LIST_ROLE && !before->cased && last - first >= 2 &&
        last - first <= PERSON_MAX &&
        !(lists_of_token(&t->all[last - 1]) & (LIST_ORG | LIST_SITE)))
        return NAME_PERSON;
    if (lists_of_token(before) & LIST_ORGNOUN)
        return NAME_ORGANISATION;
    if (first > 1 && str_eq(before->s, STR("of")))
        before--;
    return lists_of_token(before) & LIST_PLACENOUN ? NAME_PLACE : NAME_NONE;
}

/* A run without a word of any list: what do the words around it say? Where every noun has
 * a capital, next to nothing. */
static enum name_type by_context(const struct tokens *t, size_t first, size_t last,
                                 bool nouns)
{
    const struct token *before = first > 0 ? &t->all[first - 1] : NULL;
    size_t words = last - first;
    unsigned behind = last < t->count ? lists_of_token(&t->all[last]) : 0;

    if (words <= PERSON_MAX && !t->all[first].upper && (words >= 2 || !nouns)) {
        if (before && !t->all[first].begins && lists_of_token(before) & LIST_ROLE)
            return NAME_PERSON;
        if (behind & LIST_SAID || aged(t, last))
            return NAME_PERSON;
        if (before && lists_of_token(before) & LIST_SAID && !before->capital &&
            (words >= 2 || !word_stop(t->all[first].s)))
            return NAME_PERSON;
    }
    if (!nouns && before && !t->all[first].begins && words <= 2 &&
        str_one_of(before->s, place_cues) && !t->all[first].upper)
        return NAME_PLACE;
    if (words == 1)
        return t->all[first].upper && t->all[first].s.len <= 6 ? NAME_ORGANISATION
                                                               : NAME_NONE;
    return rules_cue(t, first, last);
}

bool rules_first_name(const struct token *token)
{
    if (!token->capital || lists_of_token(token) & (LIST_OTHER | LIST_PLACE))
        return false;
    return lists_of_token(token) & LIST_FIRST || gazetteer(token->low) & GAZ_FIRST;
}

/* Where every noun has a capital, what stands before a first name is no part of it:
 * "Klimaforscher Karl Haustein". */
static size_t behind_nouns(const struct tokens *t, size_t first, size_t last)
{
    size_t from = first;

    while (from + 1 < last && !rules_first_name(&t->all[from]))
        from++;
    return from + 1 < last ? from : first;
}

/* True if the text writes nouns with a capital, as German does: names alone are not so
 * many. */
static bool capital_nouns(const struct tokens *t)
{
    enum { ENOUGH = 400, ONE_IN = 4 };
    size_t words = 0, capitals = 0;

    for (size_t i = 0; i < t->count && words < ENOUGH; i++)
        if (t->all[i].word && !t->all[i].begins && !t->all[i].number) {
            words++;
            capitals += t->all[i].capital && !t->all[i].upper;
        }
    return words >= 20 && capitals * ONE_IN > words;
}

/* A person's name with what stands before it taken off: titles, demonyms. */
static bool add_titled(struct names *names, const struct tokens *t, size_t first,
                       size_t last)
{
    size_t behind = first;

    for (size_t i = first; i < last; i++)
        if (lists_of_token(&t->all[i]) & LIST_TITLE &&
            !(i > first && lists_of_token(&t->all[i]) & LIST_FIRST))
            behind = i + 1;
    if (behind == first)
        return false;
    size_t places = first; /* "US President": the place is a mention of its own */
    while (places < behind && !(lists_whole(t, first, places + 1) & LIST_PLACE))
        places++;
    if (places < behind)
        names_add(names, first, places + 1, NAME_PLACE);
    while (behind < last && (!t->all[behind].capital || t->all[behind].upper) &&
           last - behind > 1)
        behind++;
    if (behind < last && last - behind <= PERSON_MAX &&
        !(lists_in(t, behind, last) & (LIST_ORG | LIST_ORGNAME | LIST_OTHER)) &&
        !(lists_whole(t, behind, last) & (LIST_PLACE | LIST_DEMONYM)))
        names_add(names, behind, last, NAME_PERSON);
    else if (behind < last && lists_whole(t, behind, last) & LIST_PLACE)
        names_add(names, behind, last, NAME_PLACE);
    return true;
}

/* Names out of one run of capitalised words. */
static void take_run(struct names *names, const struct tokens *t, size_t first,
                     size_t last, bool nouns)
{
    while (first < last &&
           ((lists_of_token(&t->all[first]) == LIST_OTHER) ||
            (!(lists_whole(t, first, first + 1) & (LIST_PLACE | LIST_TITLE)) &&
             word_stop(t->all[first].s) && !t->all[first].upper)))
        first++;
    if (first < last && !t->all[first].capital) /* a link was left in front */
        first++;
    while (last > first &&
           (lists_of_token(&t->all[last - 1]) == LIST_OTHER || !t->all[last - 1].capital))
        last--;
    if (first >= last)
        return;
    for (size_t n = last - first < PLACE_WORDS ? last - first : PLACE_WORDS; n > 0; n--) {
        bool rest = first + n < last;
        if (!(lists_whole(t, first, first + n) & LIST_PLACE))
            continue;
        if (!rest ||
            (n > 1 && !(lists_in(t, first + n, last) & (LIST_ORG | LIST_SITE)))) {
            names_add(names, first, first + n, NAME_PLACE);
            take_run(names, t, first + n, last, nouns);
            return;
        }
    }
    unsigned end = lists_of_token(&t->all[last - 1]), in = lists_in(t, first, last);
    bool one = last - first == 1;
    if (end & LIST_ORGNAME && (one || !(in & LIST_TITLE))) {
        names_add(names, first, last, NAME_ORGANISATION);
    } else if (one &&
               in & (LIST_OTHER | LIST_TITLE | LIST_DEMONYM | LIST_ORG | LIST_SITE)) {
        return;
    } else if (!one && in & LIST_ORG && (end & LIST_ORG || !(in & LIST_TITLE))) {
        names_add(names, first, last, NAME_ORGANISATION);
    } else if (!one && end & LIST_SITE) {
        names_add(names, first, last, NAME_PLACE);
    } else if (add_titled(names, t, first, last)) {
        return;
    } else if (lists_of_token(&t->all[first]) & LIST_DEMONYM) {
        take_run(names, t, first + 1, last, nouns);
    } else if (lists_of_token(&t->all[first]) & (LIST_PLACE | LIST_ORGNAME) && !one) {
        names_add(names, first, first + 1,
                  lists_of_token(&t->all[first]) & LIST_PLACE ? NAME_PLACE
                                                              : NAME_ORGANISATION);
        take_run(names, t, first + 1, last, nouns);
    } else if (!one && lists_of_token(&t->all[first]) & LIST_FIRST &&
               last - first <= PERSON_MAX) {
        names_add(names, first, last, NAME_PERSON);
    } else {
        size_t from = nouns ? behind_nouns(t, first, last) : first;
        bool told = from > first && last - from <= PERSON_MAX;
        names_add(names, from, last,
                  told ? NAME_PERSON : by_context(t, first, last, nouns));
    }
}

void rules_find(struct names *names, const struct tokens *tokens)
{
    bool nouns = capital_nouns(tokens);

    for (size_t i = 0; i < tokens->count;) {
        if (!capital(tokens, i)) {
            i++;
            continue;
        }
        size_t end = run_end(tokens, i);
        take_run(names, tokens, i, end, nouns);
        i = end;
    }
}
