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

enum { CHARS = OPT_OWN, PERCENT, KEYWORDS, DIGEST, TOP };

static const struct opt table[] = {
    {'n', "sentences", "N", "at most N sentences (3)"},
    {CHARS, "chars", "N", "at most N characters, whole sentences"},
    {PERCENT, "percent", "N", "at most N percent of the text, at least a sentence"},
    {KEYWORDS, "keywords", "N", "at most N keywords, 0 for none (10)"},
    {DIGEST, "digest", NULL, "one record about the whole stream instead"},
    {TOP, "top", "N", "at most N names and stories of a digest (20)"},
    OPT_COMMON};

int main(int argc, char *argv[])
{
    struct common common = COMMON_DEFAULT;
    struct condense condense = {.keyword_limit = 10};
    struct digest digest = {0};
    struct record rec = {0};
    bool digesting = false;
    size_t top = 20;
    int key;

    msg_init("nsummarize",
             "[-hquV] [-n N] [--chars N] [--percent N] [--digest] [file ...]");
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
        case KEYWORDS:
            condense.keyword_limit = (size_t)opt_count(0, 1000);
            break;
        case DIGEST:
            digesting = true;
            break;
        case TOP:
            top = (size_t)opt_count(1, 1000000);
            break;
        default:
            opt_common(&common, key, table, "Condenses each story of an NDJSON stream.",
                       "nsplit pages.txt | nstrip | ntag | nsummarize -n 2");
        }
    }
    condense.field = common.field;
    if (!condense.limits.sentences && !condense.limits.chars &&
        !(condense.limits.percent > 0))
        condense.limits.sentences = 3;

    condense_open(&condense);
    struct in *in = in_open(argc - opt_rest, argv + opt_rest, common.max_record);
    while (record_read(in, &rec)) {
        if (digesting) {
            digest_add(&digest, &rec, common.field);
        } else {
            condense_record(&condense, &rec);
            record_write(&rec);
        }
    }
    if (digesting && digest.records > 0)
        digest_write(&digest, top);
    in_close(in);
    record_free(&rec);
    digest_free(&digest);
    condense_free(&condense);
    out_close();
    reject_close();
    stats_close();
    return msg_status();
}
