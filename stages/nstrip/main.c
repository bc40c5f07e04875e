/* nstrip: separates a story from the furniture of its page. */
#include "common/alloc.h"
#include "common/in.h"
#include "common/msg.h"
#include "common/opt.h"
#include "common/out.h"
#include "common/record.h"
#include "common/stats.h"
#include "stages/nstrip/known.h"
#include "stages/nstrip/label.h"
#include "stages/nstrip/model.h"
#include "stages/nstrip/page.h"
#include "stages/nstrip/pieces.h"
#include "stages/nstrip/rules.h"
#include "stages/nstrip/tell.h"

#include <stdlib.h>
#include <unistd.h>

enum {
    OPT_REMOVED = OPT_OWN,
    OPT_ANNOTATE,
    OPT_EXPLAIN,
    OPT_RULES,
    OPT_LEARN,
    OPT_KNOWN,
};

static const struct opt table[] = {
    {OPT_REMOVED, "removed", NULL, "list what was removed, with kind and span"},
    {OPT_ANNOTATE, "annotate", NULL, "leave the text; add each line's label and span"},
    {OPT_RULES, "rules", "FILE", "lines role<TAB>expression say what a line is"},
    {OPT_KNOWN, "known", "FILE", "a table of lines that many pages have"},
    {OPT_LEARN, "learn", "FILE", "write such a table of the records read, nothing else"},
    {OPT_EXPLAIN, "explain", NULL, "print the page for a person instead"},
    OPT_COMMON};

struct strip {
    const char *field;
    bool removed, annotate, explain, colour;
    struct page page;
    struct features features;
    enum role *roles;
    int32_t *scores; /* what the labeller says */
    int32_t *votes;  /* what the lines known say */
    size_t roles_cap, scores_cap, votes_cap;
    struct rules rules;
    struct known *known;
    const char *learn; /* the table to be written */
    struct pieces pieces;
};

static const int32_t *known_votes(struct strip *strip)
{
    size_t count = strip->page.count;
    if (!strip->known)
        return NULL;
    strip->votes = xgrow(strip->votes, &strip->votes_cap, count, sizeof *strip->votes);
    known_vote(strip->known, &strip->page, strip->votes);
    return strip->votes;
}

/* What the labeller says, or NULL for a page it is not asked about. */
static const int32_t *learned_scores(struct strip *strip, const int32_t *votes)
{
    size_t count = strip->page.count;
    if (count < PAGE_WHOLE)
        return NULL;
    strip->scores =
        xgrow(strip->scores, &strip->scores_cap, count, sizeof *strip->scores);
    model_score(&strip->features, &strip->page, strip->scores, votes);
    return strip->scores;
}

/* Labels the page's lines and takes them apart. */
static void strip_page(struct strip *strip, bool teaser)
{
    struct hints hints = {.votes = known_votes(strip),
                          .ruled = rules_match(&strip->rules, &strip->page)};
    strip->roles =
        xgrow(strip->roles, &strip->roles_cap, strip->page.count, sizeof *strip->roles);
    if (teaser) {
        label_teaser(&strip->page, strip->roles, &hints);
    } else {
        hints.scores = learned_scores(strip, hints.votes);
        label_article(&strip->page, strip->roles, &hints);
    }
    pieces_cut(&strip->pieces, &strip->page, strip->roles, hints.scores);
}

static void strip_text(struct strip *strip, struct record *rec, struct str text)
{
    struct str kind;
    bool teaser = record_string(rec, "kind", &kind) && str_eq(kind, STR("teaser"));
    pieces_clear(&strip->pieces);
    page_begin(&strip->page, text);
    while (page_next(&strip->page))
        strip_page(strip, teaser);
}

static void learn_text(struct strip *strip, struct str text)
{
    page_begin(&strip->page, text);
    while (page_next(&strip->page))
        known_learn(strip->known, &strip->page);
}

/* Does to the record what the options say; false if it is not to be written then. */
static bool strip_record(struct strip *strip, struct record *rec)
{
    struct str text, raw;
    /* a record that was stripped is done: its title stands in no line any more */
    if (record_raw(rec, "stripped", &raw) || !record_string(rec, strip->field, &text))
        return !strip->learn && !strip->explain;
    if (strip->learn) {
        learn_text(strip, text);
        return false;
    }
    strip_text(strip, rec, text);
    if (strip->explain)
        tell_person(&strip->pieces, rec, strip->colour);
    else if (strip->annotate)
        tell_record(&strip->pieces, rec, text);
    else
        pieces_apply(&strip->pieces, rec, strip->field, text, strip->removed);
    return !strip->explain;
}

static struct known *known_of(struct strip *strip)
{
    if (!strip->known)
        strip->known = known_new();
    return strip->known;
}

/* False if the key is none of nstrip's own options. */
static bool own_option(struct strip *strip, int key)
{
    switch (key) {
    case OPT_REMOVED:
        strip->removed = true;
        return true;
    case OPT_ANNOTATE:
        strip->annotate = true;
        return true;
    case OPT_EXPLAIN:
        strip->explain = true;
        return true;
    case OPT_RULES:
        rules_read(&strip->rules, opt_arg);
        return true;
    case OPT_KNOWN:
        known_read(known_of(strip), opt_arg);
        return true;
    case OPT_LEARN:
        strip->learn = opt_arg;
        known_of(strip);
        return true;
    }
    return false;
}

static void strip_free(struct strip *strip)
{
    page_free(&strip->page);
    features_free(&strip->features);
    pieces_free(&strip->pieces);
    model_free();
    free(strip->roles);
    rules_free(&strip->rules);
    known_free(strip->known);
    free(strip->scores);
    free(strip->votes);
}

int main(int argc, char *argv[])
{
    struct common common = COMMON_DEFAULT;
    struct strip strip = {0};
    struct record rec = {0};
    int key;

    msg_init("nstrip", "[-hquV] [--removed] [--rules FILE] [--known FILE] [file ...]");
    while ((key = opt_next(table, argc, argv)) != -1)
        if (!own_option(&strip, key))
            opt_common(&common, key, table,
                       "Moves title, byline, captions and the like out of a story's text "
                       "and removes page furniture.",
                       "Example: nsplit page.txt | nstrip --removed");
    if (strip.annotate + strip.explain + (strip.learn != NULL) > 1)
        msg_usage("--annotate, --explain and --learn are for different runs");
    strip.field = common.field;
    strip.colour = isatty(STDOUT_FILENO);

    struct in *in = in_open(argc - opt_rest, argv + opt_rest, common.max_record);
    while (record_read(in, &rec)) {
        if (strip_record(&strip, &rec))
            record_write(&rec);
    }
    in_close(in);
    record_free(&rec);
    if (strip.learn)
        known_write(strip.known, strip.learn);
    strip_free(&strip);
    reject_close();
    out_close();
    stats_close();
    return msg_status();
}
