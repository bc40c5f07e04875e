/* Writes what nstrip's line labeller is trained on: for each page of NDJSON on stdin,
 * with members text, site and labels (one [tokens, keep] per line that is not blank), its
 * rows of features. Little-endian int16 throughout; see scripts/nstrip-train.c, which
 * reads it.
 */
#include "common/in.h"
#include "common/msg.h"
#include "common/record.h"
#include "stages/nstrip/features.h"

#include <stdio.h>

static void put(const int16_t *v, size_t n)
{
    if (fwrite(v, sizeof *v, n, stdout) != n)
        msg_die("standard output: cannot write");
}

static void write_page(struct record *rec, struct page *page, struct features *features)
{
    struct str text, site;
    json_t *labels = record_json(rec, "labels");
    if (!record_string(rec, "text", &text) || !record_string(rec, "site", &site) ||
        !labels)
        msg_die("a page without text, site or labels");
    page_read(page, text);
    if (json_array_size(labels) != page->count)
        msg_die("%zu labels for %zu lines", json_array_size(labels), page->count);
    features_read(features, page);
    int16_t head[3] = {(int16_t)(page->count & 0x7fff), (int16_t)(page->count >> 15),
                       (int16_t)(str_hash(site) & 0x7fff)};
    put(head, 3);
    for (size_t i = 0; i < page->count; i++) {
        int16_t row[2 + FEATURES];
        json_t *label = json_array_get(labels, i);
        row[0] = (int16_t)json_integer_value(json_array_get(label, 1));
        row[1] = (int16_t)json_integer_value(json_array_get(label, 0));
        features_row(features, i, row + 2);
        put(row, 2 + FEATURES);
    }
    json_decref(labels);
}

int main(int argc, char *argv[])
{
    struct record rec = {0};
    struct page page = {0};
    struct features features = {0};
    msg_init("nstrip-features", "[file ...]");
    struct in *in = in_open(argc - 1, argv + 1, (size_t)64 << 20);
    while (record_read(in, &rec))
        write_page(&rec, &page, &features);
    in_close(in);
    record_free(&rec);
    page_free(&page);
    features_free(&features);
    return fflush(stdout) ? 2 : msg_status();
}
