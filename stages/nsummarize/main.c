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

int main(int argc, char *argv[])
{
    struct common common = COMMON_DEFAULT;
    struct condense condense = {.keyword_limit = 10};
    struct digest digest = {.top = 20, .ids = 10, .memory = (size_t)256 << 20};
    void (*write_digest)(struct digest *) = NULL; /* NULL: condense */
    struct record rec = {0};
    bool merging = false;
    int key;

    msg_init("nsummarize",
             "[-hquV] [-n N] [--chars N] [--percent N] [--digest | --merge] [file ...]");
    while ((key = opt_next(table, argc, argv)) != -1) {
        switch (key) {
        case 'n':
            condense.limits.sentences = (size_t)opt_count(1, 1000000);
            break;
        case CHARS:
            condense.limits.chars = (size_t)opt_count(1, 1000000000);
            break;
        case PERCENT:
            condense.limits.percent = opt_real(0.001, 100);
            break;
        case KEYWORD_LIMIT:
            condense.keyword_limit = (size_t)opt_count(0, 1000);
            break;
        case DIGEST:
            write_digest = write_digest ? write_digest : digest_write;
            break;
        case BY:
            digest.by = opt_arg;
            break;
        case TOP:
            digest.top = (size_t)opt_count(1, 1000000);
            break;
        case ID_LIMIT:
            digest.ids = (size_t)opt_count(0, 1000000);
            break;
        case HTML:
            write_digest = digest_write_html;
            break;
        case PARTIAL:
            write_digest = digest_write_state;
            break;
        case MERGE:
            merging = true;
            break;
        case MEMORY:
            digest.memory = opt_size();
            break;
        default:
            opt_common(&common, key, table, "Condenses each story of an NDJSON stream.",
                       "nsplit pages.txt | nstrip | ntag | nsummarize -n 2");
        }
    }
    if (merging && digest.by)
        msg_usage("--by is the matter of who writes the state, not of --merge");
    if (merging && !write_digest)
        write_digest = digest_write;
    if (!write_digest && digest.by)
        msg_usage("--by without --digest");
    if (digest.memory < (size_t)1 << 20)
        msg_usage("--memory: at least 1M");
    condense.field = digest.field = common.field;
    if (!condense.limits.sentences && !condense.limits.chars &&
        !(condense.limits.percent > 0))
        condense.limits.sentences = 3;

    struct in *in = in_open(argc - opt_rest, argv + opt_rest, common.max_record);
    if (write_digest) {
        digest_open(&digest);
        if (merging)
            digest_read_state(&digest, in);
        while (!merging && record_read(in, &rec))
            digest_add(&digest, &rec);
        write_digest(&digest);
    } else {
        condense_open(&condense);
        while (record_read(in, &rec)) {
            condense_record(&condense, &rec);
            record_write(&rec);
        }
    }
    in_close(in);
    record_free(&rec);
    digest_free(&digest);
    condense_free(&condense);
    out_close();
    reject_close();
    stats_close();
    return msg_status();
}
