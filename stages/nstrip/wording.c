#include "stages/nstrip/wording.h"

#include "common/data.h"
#include "common/msg.h"

#include <math.h>

DATA(wording_model);

enum { FIRST_PRINT = '0', NO_WEIGHT = 'O' };

/* The weight of what a slot knows, and in the lower byte its print. */
static int16_t slots[WORDING_SLOTS];
static int bias;
static float root[WORDING_GRAMS + 1];
static bool loaded;

static void load(void)
{
    struct str rest = {(const char *)wording_model, wording_model_size}, line;
    size_t n = 0;
    if (str_line(&rest, &line) && str_starts(line, STR("bias"))) {
        line = str_sub(line, 4, line.len);
        bias = str_number(&line);
    }
    while (str_line(&rest, &line))
        for (size_t i = 0; i + 1 < line.len && n < WORDING_SLOTS; i += 2)
            slots[n++] =
                (int16_t)((line.s[i + 1] - NO_WEIGHT) * 256 + line.s[i] - FIRST_PRINT);
    if (n < WORDING_SLOTS)
        msg_die("wording.model: cut short");
    for (int i = 1; i <= WORDING_GRAMS; i++)
        root[i] = 16.0F / WORDING_SCALE / sqrtf((float)i);
    loaded = true;
}

/* The beginning and the end of a line are tokens of their own kind. */
static const uint32_t edge = 0x9e3779b8;

static uint32_t gram_of(uint32_t mixed, uint32_t a, uint32_t b)
{
    return (mixed & ~UINT32_C(1)) | ((a | b) & TOKEN_WORD);
}

static uint32_t single(uint32_t token)
{
    return gram_of(token * UINT32_C(0x27d4eb2f), 0, token);
}

static uint32_t pair_of(uint32_t a, uint32_t b)
{
    return gram_of((a * UINT32_C(0x85ebca77)) ^ (b * UINT32_C(0xc2b2ae3d)), a, b);
}

size_t wording_grams(const uint32_t *token, size_t tokens, uint32_t gram[WORDING_GRAMS])
{
    uint32_t before = edge;
    size_t n = 0;
    for (size_t i = 0; i < tokens; i++) {
        gram[n++] = single(token[i]);
        gram[n++] = pair_of(before, token[i]);
        before = token[i];
    }
    gram[n++] = pair_of(before, edge);
    return n;
}

/* What the model knows of a gram, else 0; without a jump, which would often be foretold
 * wrongly. */
static inline int weight_of(uint32_t gram)
{
    int slot = slots[wording_slot(gram)];
    int strange = (slot ^ (int)(gram >> 8)) & (WORDING_PRINTS - 1);
    return (slot >> 8) & ((strange - 1) >> 31);
}

int wording_score(const uint32_t *token, size_t tokens)
{
    uint32_t before = edge;
    int sum = 0;
    if (!loaded)
        load();
    for (size_t i = 0; i < tokens; i++) {
        sum += weight_of(single(token[i])) + weight_of(pair_of(before, token[i]));
        before = token[i];
    }
    sum += weight_of(pair_of(before, edge));
    return (int)((float)sum * root[2 * tokens + 1]) + bias * (16 / WORDING_SCALE);
}
