/* nsummarize-features [WEIGHTS] < RECORDS: what nsummarize sees of each sentence, for
 * scripts/nsummarize-train. Each record gets its summary, and sentences: of each its
 * text, its features, whether it is barred or needy, and its terms with their weights.
 * WEIGHTS is a file to be used instead of weights.tsv. */
#include "common/cue.h"
#include "common/in.h"
#include "common/msg.h"
#include "common/out.h"
#include "stages/nsummarize/condense.h"

#include <stdio.h>

static void add_sentence(struct buf *b, const struct condense *c, size_t i)
{
    const struct sentence *s = &c->story.sentences[i];
    const struct candidate *candidate = &c->summary.candidates[i];

    json_add_comma(b);
    buf_puts(b, "{\"text\":");
    json_add_string(b, s->text);
    bool barred = candidate->barred || cue_of(s->text) != CUE_NONE;
    buf_printf(b, ",\"barred\":%d,\"needy\":%d,\"features\":[", barred, candidate->needy);
    for (size_t f = 0; f < FEATURES; f++) {
        json_add_comma(b);
        json_add_real(b, candidate->features[f], 6);
    }
    buf_puts(b, "],\"terms\":[");
    for (size_t t = s->first; t < s->end; t++) {
        const struct weight *word = &c->story.weights[c->story.tokens[t].surface];
        json_add_comma(b);
        buf_printf(b, "[%u,", word->stem);
        json_add_real(b, word->stop ? 0 : c->story.weights[word->stem].idf, 6);
        buf_add_char(b, ']');
    }
    buf_puts(b, "]}");
}

static void read_weights(struct summary *summary, const char *path)
{
    char text[4096];
    FILE *file = fopen(path, "r");
    if (!file)
        msg_die("%s: cannot be read", path);
    size_t n = fread(text, 1, sizeof text, file);
    fclose(file);
    summary_weights(summary, (struct str){text, n});
}

int main(int argc, char *argv[])
{
    struct condense c = {.field = "text", .limits = {.sentences = 3}};
    struct record rec = {0};

    msg_init("nsummarize-features", "");
    condense_open(&c);
    if (argc > 1)
        read_weights(&c.summary, argv[1]);
    struct in *in = in_open(0, NULL, (size_t)64 << 20);
    while (record_read(in, &rec)) {
        condense_record(&c, &rec);
        struct buf *b = record_set(&rec, "sentences");
        buf_add_char(b, '[');
        for (size_t i = 0; i < c.story.sentence_count; i++)
            add_sentence(b, &c, i);
        buf_add_char(b, ']');
        record_write(&rec);
    }
    in_close(in);
    record_free(&rec);
    condense_free(&c);
    out_close();
    return msg_status();
}
