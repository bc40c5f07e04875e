/* nstrip: separates a story from the furniture of its page. */
#include "common/alloc.h"
#include "common/in.h"
#include "common/msg.h"
#include "common/opt.h"
#include "common/out.h"
#include "common/record.h"
#include "common/stats.h"
#include "stages/nstrip/label.h"
#include "stages/nstrip/model.h"
#include "stages/nstrip/page.h"
#include "stages/nstrip/pieces.h"

#include <stdlib.h>

enum {
    OPT_REMOVED = OPT_OWN,
    PAGE_LINES = 40 /* a story of fewer lines has no page around it to learn from */
};

static const struct opt table[] = {
    {OPT_REMOVED, "removed", NULL, "list what was removed, with kind and span"},
    OPT_COMMON};

struct strip {
    const char *field;
    bool removed;
    struct page page;
    struct features features;
    enum role *roles;
    bool *keep; /* what the labeller says */
    size_t roles_cap, keep_cap;
    struct pieces pieces;
};

/* The labeller's word on each line, or NULL where the rules decide. */
static const bool *learned_labels(struct strip *strip)
{
    size_t count = strip->page.count;
    if (count < PAGE_LINES)
        return NULL;
    strip->keep = xgrow(strip->keep, &strip->keep_cap, count, sizeof *strip->keep);
    model_label(&strip->features, &strip->page, strip->keep);
    return strip->keep;
}

static void strip_record(struct strip *strip, struct record *rec)
{
    struct str text, kind, raw;
    /* a record that was stripped is done: its title stands in no line any more */
    if (record_raw(rec, "stripped", &raw) || !record_string(rec, strip->field, &text))
        return;
    page_read(&strip->page, text);
    strip->roles =
        xgrow(strip->roles, &strip->roles_cap, strip->page.count, sizeof *strip->roles);
    if (record_string(rec, "kind", &kind) && str_eq(kind, STR("teaser")))
        label_teaser(&strip->page, strip->roles);
    else
        label_article(&strip->page, strip->roles, learned_labels(strip));
    pieces_cut(&strip->pieces, &strip->page, strip->roles);
    pieces_apply(&strip->pieces, rec, strip->field, text, strip->removed);
}

static void strip_free(struct strip *strip)
{
    page_free(&strip->page);
    features_free(&strip->features);
    pieces_free(&strip->pieces);
    model_free();
    free(strip->roles);
    free(strip->keep);
}

int main(int argc, char *argv[])
{
    struct common common = COMMON_DEFAULT;
    struct strip strip = {0};
    struct record rec = {0};
    int key;

    msg_init("nstrip", "[-hquV] [--removed] [file ...]");
    while ((key = opt_next(table, argc, argv)) != -1) {
        if (key == OPT_REMOVED)
            strip.removed = true;
        else
            opt_common(&common, key, table,
                       "Moves title, byline, captions and the like out of a story's text "
                       "and removes page furniture.",
                       "Example: nsplit page.txt | nstrip --removed");
    }
    strip.field = common.field;

    struct in *in = in_open(argc - opt_rest, argv + opt_rest, common.max_record);
    while (record_read(in, &rec)) {
        strip_record(&strip, &rec);
        record_write(&rec);
    }
    in_close(in);
    record_free(&rec);
    strip_free(&strip);
    reject_close();
    out_close();
    stats_close();
    return msg_status();
}
