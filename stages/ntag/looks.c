#include "stages/ntag/looks.h"

#include "common/data.h"
#include "common/unicode.h"
#include "stages/ntag/lists.h"
#include "stages/ntag/prints.h"

#include <stdlib.h>

DATA(classes_model);
DATA(gazetteer_model);

enum { SHAPE_MAX = 12, WORD_MAX = 64 };

static struct prints classes, gaz;

static void tables_make(void)
{
    if (classes.slots)
        return;
    prints_read(&classes, (struct str){(const char *)classes_model, classes_model_size});
    prints_read(&gaz, (struct str){(const char *)gazetteer_model, gazetteer_model_size});
}

void looks_free(void)
{
    free(classes.slots);
    free(gaz.slots);
    classes = gaz = (struct prints){0};
}

void gazetteer_fetch(uint64_t low)
{
    tables_make();
    prints_fetch(&gaz, low);
}

unsigned gazetteer(uint64_t low)
{
    tables_make();
    return prints_get(&gaz, low);
}

static char shape_of(uint32_t c)
{
    if (uni_upper(c))
        return 'X';
    if (uni_lower(c))
        return 'x';
    if (uni_digit(c))
        return 'd';
    return c < 128 ? (char)c : 'u';
}

static void look_shapes(struct look *look, struct str word, bool headline)
{
    const char *p = word.s, *end = word.s + word.len;
    char full[SHAPE_MAX], runs[SHAPE_MAX];
    size_t n = 0, m = 0;

    for (bool first = true; p < end && n < SHAPE_MAX; first = false) {
        char c = shape_of(utf8_next(&p, end));
        if (headline && !first && c == 'X')
            c = 'x';
        full[n++] = c;
        if (!m || runs[m - 1] != c)
            runs[m++] = c;
    }
    look->shape = token_hash((struct str){full, n});
    look->shapes = token_hash((struct str){runs, m});
}

/* Digits are as good as each other. */
static uint64_t class_key(struct str low, uint64_t hash)
{
    char zeros[WORD_MAX];
    bool digits = false;

    if (low.len > WORD_MAX)
        return hash;
    for (size_t i = 0; i < low.len; i++) {
        bool digit = low.s[i] >= '0' && low.s[i] <= '9';
        zeros[i] = digit ? '0' : low.s[i];
        digits = digits || digit;
    }
    return digits ? token_low((struct str){zeros, low.len}) : hash;
}

void look_at(struct look *look, const struct token *token, bool headline)
{
    char bytes[WORD_MAX];
    struct buf b = {0};
    struct str low = token->s;

    tables_make();
    prints_fetch(&classes, token->low);
    *look = (struct look){.exact = token->hash,
                          .low = token->low,
                          .lists = (uint16_t)lists_of_token(token),
                          .word = token->word};
    low.len = low.len < WORD_MAX ? low.len : WORD_MAX;
    bool ascii = true;
    for (size_t i = 0; i < low.len; i++) {
        bytes[i] = low.s[i] >= 'A' && low.s[i] <= 'Z' ? (char)(low.s[i] + 32) : low.s[i];
        ascii = ascii && (unsigned char)bytes[i] < 128;
    }
    if (!ascii) {
        low.len = utf8_valid(low);
        utf8_fold(&b, low);
    }
    low = ascii ? (struct str){bytes, low.len} : buf_str(&b);
    look->length = (unsigned)low.len;
    for (size_t i = 0; i < 4 && i < low.len; i++) {
        look->head[i] = low.s[i];
        look->tail[i] = low.s[low.len - 1 - i];
    }
    look_shapes(look, token->s, headline && token->upper);
    if (headline && token->upper)
        look->exact = token_mix(look->low, 1);
    uint32_t value = prints_get(&classes, class_key(low, look->low));
    if (value) { /* 6, 8 and 10 bits */
        look->class[0] = (uint16_t)((value >> 18 & 63) + 1);
        look->class[1] = (uint16_t)((value >> 10 & 255) + 1);
        look->class[2] = (uint16_t)((value & 1023) + 1);
    }
    buf_free(&b);
}

/* The first n bytes of a four-byte array as a number. */
static uint64_t bytes_of(const char *s, unsigned n)
{
    uint64_t v = n;

    for (unsigned i = 0; i < n; i++)
        v = v << 8 | (unsigned char)s[i];
    return v;
}

enum { WAYS = 48, MOVE_WAYS = 3000 }; /* ways of seeing a word, for each distance */

size_t look_features(const struct look *look, int distance, uint64_t *out)
{
    unsigned way = (unsigned)(distance + LOOK_REACH) * WAYS;
    size_t n = 0;

    out[n++] = feature(way, look->low);
    out[n++] = feature(way + 1, look->shapes);
    for (unsigned i = 0; i < LOOK_CLASSES; i++)
        if (look->class[i])
            out[n++] = feature(way + 2 + i, look->class[i]);
    for (unsigned i = 0; i < LISTS_SEEN; i++)
        if (look->lists >> i & 1)
            out[n++] = feature(way + 5, i);
    if (distance && look->length >= 3)
        out[n++] = feature(way + 6, bytes_of(look->tail, 3));
    if (distance)
        return n;
    out[n++] = feature(way + 7, 0);
    out[n++] = feature(way + 8, look->exact);
    out[n++] = feature(way + 9, look->shape);
    for (unsigned i = 1; i <= 4 && i <= look->length; i++) {
        out[n++] = feature(way + 10, bytes_of(look->head, i));
        out[n++] = feature(way + 11, bytes_of(look->tail, i));
    }
    for (unsigned i = 1; i < LOOK_CLASSES; i++)
        if (look->class[i])
            out[n++] = feature(way + 12 + i, token_mix(look->class[i], look -> shapes));
    return n;
}

size_t look_parts(const struct look *look, struct look_part *out)
{
    size_t n = 0;

    out[n++] = (struct look_part){0, 0};
    out[n++] = (struct look_part){LOOK_OWN, look->low};
    out[n++] = (struct look_part){4, look->shapes};
    for (unsigned i = 0; i < 2; i++)
        if (look->class[i])
            out[n++] = (struct look_part){2 + i, look->class[i]};
    return n;
}

uint64_t look_move(struct look_part part, int label)
{
    return feature(MOVE_WAYS + 10 * (unsigned)label + part.way, part.what);
}

size_t look_moves(const struct look *look, int label, uint64_t *out)
{
    struct look_part parts[LOOK_MOVES];
    size_t n = look_parts(look, parts);

    if (label == LOOK_BEGIN)
        n = 1;
    for (size_t i = 0; i < n; i++)
        out[i] = look_move(parts[i], label);
    return n;
}
