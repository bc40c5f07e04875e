/* nsummarize: condenses each story into a few of its sentences and keywords, or the
 * stream into one record. */
#include "common/in.h"
#include "common/msg.h"
#include "common/opt.h"
#include "common/out.h"
#include "common/record.h"
#include "common/stats.h"
#include "stages/nsummarize/condense.h"
#include "stages/nsummarize/digest.h"

enum {
    CHARS = OPT_OWN,
    PERCENT,
    KEYWORD_LIMIT,
    DIGEST,
    BY,
    TOP,
    ID_LIMIT,
    HTML,
    PARTIAL,
    MERGE,
    MEMORY
};

static const struct opt table[] = {
    {'n', "sentences", "N", "at most N sentences (3)"},
    {CHARS, "chars", "N", "at most N characters, whole sentences"},
    {PERCENT, "percent", "N", "at most N percent of the text, at least a sentence"},
    {KEYWORD_LIMIT, "keywords", "N", "at most N keywords, 0 for none (10)"},
    {DIGEST, "digest", NULL, "one record about the whole stream instead"},
    {BY, "by", "MEMBER", "a digest of each day, source, language, …"},
    {TOP, "top", "N", "at most N names and stories of a digest (20)"},
    {ID_LIMIT, "ids", "N", "at most N ids of a story (10)"},
    {HTML, "html", NULL, "the digest as a page to look at"},
    {PARTIAL, "partial", NULL, "the digest as state, for --merge"},
    {MERGE, "merge", NULL, "the digest of states that --partial wrote"},
    {MEMORY, "memory", "SIZE", "what a digest may take (256M)"},
    OPT_COMMON};

/* What is to be done. */
struct task {
    struct common common;
    struct condense condense;
    struct digest digest;
    void (*write_digest)(struct digest *); /* NULL: condense each record */
    bool merging;                          /* the input is states, not records */
};

static void set_option(struct task *t, int key)
{
    switch (key) {
    case 'n':
        t->condense.limits.sentences = (size_t)opt_count(1, 1000000);
        break;
    case CHARS:
        t->condense.limits.chars = (size_t)opt_count(1, 1000000000);
        break;
    case PERCENT:
        t->condense.limits.percent = opt_real(0.001, 100);
        break;
    case KEYWORD_LIMIT:
        t->condense.keyword_limit = (size_t)opt_count(0, 1000);
        break;
    case DIGEST:
        t->write_digest = t->write_digest ? t->write_digest : digest_write;
        break;
    case BY:
        t->digest.by = opt_arg;
        break;
    case TOP:
        t->digest.top = (size_t)opt_count(1, 1000000);
        break;
    case ID_LIMIT:
        t->digest.ids = (size_t)opt_count(0, 1000000);
        break;
    case HTML:
        t->write_digest = digest_write_html;
        break;
    case PARTIAL:
        t->write_digest = digest_write_state;
        break;
    case MERGE:
        t->merging = true;
        break;
    case MEMORY:
        t->digest.memory = opt_size();
        break;
    default:
        opt_common(&t->common, key, table, "Condenses each story of an NDJSON stream.",
                   "nsplit pages.txt | nstrip | ntag | nsummarize -n 2");
    }
}

/* Checks what was set together, and sets what was not. */
static void finish_options(struct task *t)
{
    struct limits *limits = &t->condense.limits;

    if (t->merging && t->digest.by)
        msg_usage("--by is the matter of who writes the state, not of --merge");
    if (t->merging && !t->write_digest)
        t->write_digest = digest_write;
    if (!t->write_digest && t->digest.by)
        msg_usage("--by without --digest");
    if (t->digest.memory < (size_t)1 << 20)
        msg_usage("--memory: at least 1M");
    t->condense.field = t->digest.field = t->common.field;
    if (!limits->sentences && !limits->chars && !(limits->percent > 0))
        limits->sentences = 3;
}

static void condense_all(struct task *t, struct in *in)
{
    struct record rec = {0};

    condense_open(&t->condense);
    while (record_read(in, &rec)) {
        condense_record(&t->condense, &rec);
        record_write(&rec);
    }
    record_free(&rec);
    condense_free(&t->condense);
}

static void digest_all(struct task *t, struct in *in)
{
    struct record rec = {0};

    digest_open(&t->digest);
    if (t->merging)
        digest_read_state(&t->digest, in);
    while (!t->merging && record_read(in, &rec))
        digest_add(&t->digest, &rec);
    t->write_digest(&t->digest);
    record_free(&rec);
    digest_free(&t->digest);
}

int main(int argc, char *argv[])
{
    struct task task = {
        .common = COMMON_DEFAULT,
        .condense = {.keyword_limit = 10},
        .digest = {.top = 20, .ids = 10, .memory = (size_t)256 << 20},
    };
    int key;

    msg_init("nsummarize",
             "[-hquV] [-n N] [--chars N] [--percent N] [--digest | --merge] [file ...]");
    while ((key = opt_next(table, argc, argv)) != -1)
        set_option(&task, key);
    finish_options(&task);

    struct in *in = in_open(argc - opt_rest, argv + opt_rest, task.common.max_record);
    (task.write_digest ? digest_all : condense_all)(&task, in);
    in_close(in);
    out_close();
    reject_close();
    stats_close();
    return msg_status();
}
