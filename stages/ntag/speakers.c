#include "stages/ntag/quotes.h"

#include "common/alloc.h"
#include "stages/ntag/lists.h"

enum {
    REACH = 14,
    SENTENCE = 80,
    PHRASE = 5,
    BEGINNING = 5
}; /* tokens to look through */

/* What a search came to. */
enum found { NO_VERB, NOBODY, SOMEBODY };

/* A search for who says what. */
struct search {
    const struct tokens *t;
    const struct names *names;
    const struct standing *standing;
    size_t near;     /* mentions that begin at or before the token looked at last */
    size_t previous; /* 1 + who spoke last */
    size_t spoken;   /* the token where that quote ended */
    size_t who;      /* the result */
};

static bool is_verb(const struct token *t)
{
    return lists_of_token(t) & LIST_SAID && !t->cased && !t->quoted;
}

/* "the minister", of whom the text spoke before. */
static bool is_the_role(const struct tokens *t, size_t i)
{
    return lists_of_token(&t->all[i]) & LIST_ROLE && !t->all[i].cased && i > 0 &&
           str_eq_nocase(t->all[i - 1].s, STR("the"));
}

/* How many mentions begin at or before token i: looks go back and forth a little. */
static size_t mentions_to(struct search *search, size_t i)
{
    const struct names *names = search->names;

    while (search->near && names->mentions[search->near - 1].first > i)
        search->near--;
    while (search->near < names->count && names->mentions[search->near].first <= i)
        search->near++;
    return search->near;
}

/* The person or organisation mentioned at token i, or NULL. */
static const struct mention *mention_at(struct search *search, size_t i)
{
    size_t near = mentions_to(search, i);
    const struct mention *m = near ? &search->names->mentions[near - 1] : NULL;

    return m && m->last > i && m->type != NAME_PLACE ? m : NULL;
}

/* Who a pronoun at token i stands for; 1 + an index, 0 for nobody. */
static size_t antecedent(struct search *search, size_t i)
{
    static const struct standing nobody = {0, 0, 0};
    size_t near = mentions_to(search, i);
    const struct standing *standing = near ? &search->standing[near - 1] : &nobody;

    if (standing->topic && (!search->previous || standing->topic_at > search->spoken))
        return standing->topic;
    return search->previous ? search->previous : standing->before;
}

/* Who token i is as the subject of a verb; 1 + an index, 0 for nobody. */
static size_t subject(struct search *search, size_t i)
{
    const struct tokens *t = search->t;

    if (t->all[i].quoted)
        return 0;
    if (lists_of_token(&t->all[i]) & LIST_PRONOUN || is_the_role(t, i))
        return antecedent(search, i);
    const struct mention *m = mention_at(search, i);
    if (!m)
        return 0;
    bool owner = m->last < t->count && !t->all[m->last].word &&
                 t->all[m->last].s.s[t->all[m->last].s.len - 1] == 's';
    return owner ? 0 : m->name + 1;
}

/* The subject of the verb at v among [first, v): who stands by the verb, or the person
 * who comes first ("Stein, who met Berg, said"). */
static size_t subject_before(struct search *search, size_t first, size_t v)
{
    for (size_t i = v; i > first && i + 2 > v && search->t->all[v - 1].word; i--) {
        size_t who = subject(search, i - 1);
        if (who)
            return who;
    }
    for (size_t i = first; i < v; i++) {
        size_t who = subject(search, i);
        if (who && search->names->all[who - 1].type == NAME_PERSON)
            return who;
    }
    return 0;
}

/* The subject behind the verb at v: said the minister, Eva Stein; not: said in Oslo. */
static size_t subject_behind(struct search *search, size_t v, size_t end)
{
    for (size_t i = v + 1; i < end && i <= v + REACH; i++) {
        size_t who = subject(search, i);
        if (who)
            return who;
        if (i == v + 1 && lists_of_token(&search->t->all[v]) & LIST_ACCORDING)
            continue; /* to */
        if (lists_of_token(&search->t->all[i]) & LIST_IN || search->t->all[i].quoted)
            return 0;
    }
    return 0;
}

/* The end of the sentence that goes on at i, of its paragraph, or of what is no quote. */
static size_t sentence_end(const struct tokens *t, size_t i)
{
    size_t end = i;

    while (end < t->count && end < i + SENTENCE && !t->all[end].paragraph &&
           !t->all[end].quoted && (end == i || !t->all[end].begins))
        end++;
    return end;
}

static bool follows_comma(const struct tokens *t, size_t i)
{
    return i > 0 && t->all[i - 1].mark == ',';
}

static bool ends_sentence(const struct token *t)
{
    return t->mark == '.' || t->mark == 0x2026;
}

/* The speaker named behind the quote: "…," Peskov said; …, said Peskov; according to. */
static enum found behind(struct search *search, const struct quote *q)
{
    const struct tokens *t = search->t;
    size_t begin = q->last;

    bool ended = ends_sentence(&t->all[q->last - 1]);
    while (begin < t->count && !t->all[begin].word && !t->all[begin].paragraph)
        ended = ends_sentence(&t->all[begin++]) || ended;
    if (begin >= t->count || t->all[begin].paragraph || (ended && t->all[begin].cased))
        return NO_VERB;
    size_t end = sentence_end(t, begin);
    for (size_t v = begin; v < end; v++) {
        bool according = lists_of_token(&t->all[v]) & LIST_ACCORDING;
        if (!according && !is_verb(&t->all[v]))
            continue;
        if (v > begin + REACH && !follows_comma(t, v))
            return NO_VERB;
        search->who = according ? 0 : subject_before(search, begin, v);
        if (!search->who && (according || v <= begin + 1))
            search->who = subject_behind(search, v, end);
        return search->who ? SOMEBODY : NOBODY;
    }
    return NO_VERB;
}

/* The token that begins the sentence of token i, not before the paragraph's first. */
static size_t sentence_begin(const struct tokens *t, size_t i)
{
    size_t least = i > SENTENCE ? i - SENTENCE : 0;

    while (i > least && !t->all[i].paragraph && !(t->all[i].begins && t->all[i].word))
        i--;
    return i;
}

/* Who speaks by the sentence [first, end), the last verb of which counts. */
static enum found in_sentence(struct search *search, size_t first, size_t end)
{
    const struct tokens *t = search->t;

    for (size_t v = end; v-- > first;) {
        bool according = lists_of_token(&t->all[v]) & LIST_ACCORDING;
        bool spoke = lists_of_token(&t->all[v]) & LIST_SPOKE && !t->all[v].quoted;
        if (!according && !spoke && !is_verb(&t->all[v]))
            continue;
        search->who =
            according ? subject_behind(search, v, end) : subject_before(search, first, v);
        if (!search->who && (v == first || !t->all[v - 1].word))
            search->who = subject_behind(search, v, end);
        return search->who ? SOMEBODY : NOBODY;
    }
    return NO_VERB;
}

/* The speaker named before the quote in its sentence, Peskov said: "…", or by the
 * sentence before: Peskov said. "…" */
static enum found before(struct search *search, const struct quote *q)
{
    const struct tokens *t = search->t;
    size_t mark = q->first - 1; /* the one that opens the quote */

    if (t->all[mark].paragraph)
        return NO_VERB;
    size_t i = mark - 1, first = sentence_begin(t, i);
    if (t->all[i].quoted)
        return NO_VERB;
    bool sentence = t->all[q->first].begins && !t->all[i].word && t->all[i].mark != ':' &&
                    t->all[i].mark != ',';
    if (sentence && i > 0) /* … he said. "…" */
        first = sentence_begin(t, i - 1);
    enum found found = in_sentence(search, first, mark);
    if (found != NO_VERB || t->all[i].mark != ':')
        return found;
    search->who = subject_before(search, first, i);
    return search->who ? SOMEBODY : NOBODY;
}

static bool same_paragraph(const struct tokens *t, size_t from, size_t to)
{
    for (from++; from < to; from++)
        if (t->all[from].paragraph)
            return false;
    return true;
}

/* True if the quote is a paragraph, the one behind that of the last quote. */
static bool goes_on(const struct tokens *t, const struct quote *last,
                    const struct quote *q)
{
    size_t i = last->last, paragraphs = 0;

    if (!t->all[q->first - 1].paragraph)
        return false;
    for (; i < q->first; i++)
        paragraphs += t->all[i].paragraph;
    for (i = q->last; i < t->count && !t->all[i].paragraph; i++)
        if (t->all[i].word)
            return false;
    return paragraphs == 1;
}

/* True if the token is among the first of its sentence. */
static bool is_early(const struct tokens *t, size_t i)
{
    for (size_t back = 0; back <= BEGINNING && back <= i; back++)
        if (t->all[i - back].begins)
            return true;
    return false;
}

/* Whom the text goes on about: who begins a sentence, or says what is in it. */
static bool is_topic(const struct tokens *t, const struct mention *m)
{
    return is_early(t, m->first) || (m->last < t->count && is_verb(&t->all[m->last]));
}

static void fill_standing(struct quotes *quotes, const struct tokens *t,
                          const struct names *names)
{
    struct standing standing = {0, 0, 0};

    quotes->standing = xgrow(quotes->standing, &quotes->standing_cap, names->count + 1,
                             sizeof *quotes->standing);
    for (size_t i = 0; i < names->count; i++) {
        const struct mention *m = &names->mentions[i];
        if (!t->all[m->first].quoted && m->type == NAME_PERSON) {
            standing.before = m->name + 1;
            if (is_topic(t, m)) {
                standing.topic = m->name + 1;
                standing.topic_at = m->first;
            }
        }
        quotes->standing[i] = standing;
    }
}

/* The name of a book or a film: capitals, but for small words. */
static bool is_title(const struct tokens *t, const struct quote *q)
{
    const struct token *first = &t->all[q->first], *last = &t->all[q->last - 1];

    for (size_t i = q->first; i < q->last; i++)
        if (t->all[i].word ? !t->all[i].cased && !t->all[i].number && t->all[i].s.len > 4
                           : ends_sentence(&t->all[i]))
            return false;
    return (first->cased || first->number) && (last->cased || last->number);
}

/* A few words the writer sets apart, or a word of somebody not named. */
static bool is_phrase(const struct tokens *t, const struct quote *q)
{
    size_t words = 0;

    for (size_t i = q->first; i < q->last; i++)
        words += t->all[i].word;
    return words < PHRASE && t->all[q->last - 1].word &&
           (unsigned char)*t->all[q->first].s.s < 128;
}

void quotes_attribute(struct quotes *quotes, const struct tokens *tokens,
                      const struct names *names)
{
    struct search search = {.t = tokens, .names = names};
    size_t kept = 0;

    if (!quotes->count)
        return;
    fill_standing(quotes, tokens, names);
    search.standing = quotes->standing;
    for (size_t i = 0; i < quotes->count; i++) {
        struct quote *q = &quotes->all[i];
        const struct quote *last = kept ? &quotes->all[kept - 1] : NULL;
        enum found found = behind(&search, q);
        bool spoken = found != NO_VERB; /* and so no title */
        if (found == NO_VERB)
            found = before(&search, q);
        if (found == SOMEBODY)
            q->speaker = search.who - 1;
        else if (found == NO_VERB && last &&
                 (last->continues || same_paragraph(tokens, last->last, q->first) ||
                  goes_on(tokens, last, q)))
            q->speaker = last->speaker;
        if (!spoken &&
            (is_title(tokens, q) ||
             (found == NO_VERB && is_phrase(tokens, q) && q->speaker == QUOTES_NOBODY)))
            continue;
        quotes->all[kept++] = *q;
        if (q->speaker != QUOTES_NOBODY) {
            search.previous = q->speaker + 1;
            search.spoken = q->last;
        }
    }
    quotes->count = kept;
    for (size_t i = quotes->count; i-- > 1;) /* said at its end, for all its paragraphs */
        if (quotes->all[i - 1].continues && quotes->all[i - 1].speaker == QUOTES_NOBODY)
            quotes->all[i - 1].speaker = quotes->all[i].speaker;
}
