/* Any text: kept, moved and removed together are what came in, every character that is no
 * white space exactly once and in order of place; and the record written is JSON. */
#include "common/alloc.h"
#include "common/unicode.h"
#include "stages/nstrip/known.h"
#include "stages/nstrip/model.h"
#include "stages/nstrip/pieces.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_pieces(const struct pieces *pieces, struct str text)
{
    size_t at = 0;
    for (size_t i = 0; i < pieces->count; i++) {
        const struct piece *piece = &pieces->piece[i];
        if (piece->text.s < text.s + at ||
            piece->text.s + piece->text.len > text.s + text.len)
            abort();
        size_t start = (size_t)(piece->text.s - text.s);
        if (!str_blank(str_sub(text, at, start)) || str_blank(piece->text))
            abort();
        at = start + piece->text.len;
    }
    if (!str_blank(str_sub(text, at, text.len)))
        abort();
}

/* The sum over what was written: every piece is in the body, in a member or removed. */
static size_t letters(struct str s)
{
    size_t n = 0;
    const char *p = s.s, *end = s.s + s.len;
    while (p < end)
        n += !uni_space(utf8_next(&p, end));
    return n;
}

static size_t letters_in(const json_t *value, const char *key)
{
    const char *name;
    json_t *inner;
    size_t i, n = 0;
    if (key && strcmp(key, "kind") == 0)
        return 0;
    if (json_is_string(value))
        return letters((struct str){json_string_value(value), json_string_length(value)});
    if (json_is_array(value))
        json_array_foreach(value, i, inner) n += letters_in(inner, NULL);
    if (json_is_object(value))
        json_object_foreach((json_t *)(size_t)value, name, inner) n +=
            letters_in(inner, name);
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf text = {0}, line = {0};
    struct page page = {0};
    struct pieces pieces = {0};
    struct record rec = {0};
    bool teaser = size && data[0] & 1;
    utf8_repair(&text, (struct str){(const char *)data, size});
    page_begin(&page, buf_str(&text));
    page_next(&page);
    enum role *roles = xalloc(page.count, sizeof *roles);
    struct features features = {0};
    struct known *known = known_new();
    int32_t *scores = xalloc(page.count, sizeof *scores);
    int32_t *votes = xalloc(page.count, sizeof *votes);
    for (int i = 0; size && i < data[0] % 8; i++)
        known_learn(known, &page);
    known_vote(known, &page, votes);
    /* the model is kept: making it takes longer than all the rest */
    model_score(&features, &page, scores, size && data[0] & 4 ? votes : NULL);
    struct hints hints = {.scores = size && data[0] & 2 ? scores : NULL,
                          .votes = size && data[0] & 8 ? votes : NULL};
    if (teaser)
        label_teaser(&page, roles, &hints);
    else
        label_article(&page, roles, &hints);
    pieces_clear(&pieces);
    pieces_cut(&pieces, &page, roles, hints.scores);
    check_pieces(&pieces, buf_str(&text));
    record_clear(&rec);
    pieces_apply(&pieces, &rec, "text", buf_str(&text), true);
    record_format(&rec, &line);
    json_t *json = json_loadb(line.s, line.len, JSON_ALLOW_NUL, NULL);
    if (!json || letters_in(json, NULL) != letters(buf_str(&text)))
        abort();
    json_decref(json);
    record_free(&rec);
    pieces_free(&pieces);
    page_free(&page);
    features_free(&features);
    free(roles);
    free(scores);
    free(votes);
    known_free(known);
    buf_free(&text);
    buf_free(&line);
    return 0;
}
