#include "stages/ntag/letters.h"

#include "common/alloc.h"
#include "common/unicode.h"

#include <stdlib.h>

/* Takes what stands before the next tab off *rest. */
static struct str field(struct str *rest)
{
    size_t tab = str_find(*rest, STR("\t"), 0);
    struct str s = str_sub(*rest, 0, tab < rest->len ? tab : rest->len);
    *rest = str_sub(*rest, tab < rest->len ? tab + 1 : rest->len, rest->len);
    return s;
}

/* The letters of a word, in the order they have there; the caller frees them. */
static uint16_t *letters_of(struct str word, size_t *count)
{
    uint16_t *letters = xalloc(word.len + 1, sizeof *letters);
    const char *p = word.s, *end = word.s + word.len;

    for (*count = 0; p < end; ++*count)
        letters[*count] = (uint16_t)utf8_next(&p, end);
    return letters;
}

/* "@", script, tag, bias, usual, spread, alphabet. */
static void add_class(struct language_model *model, struct str line)
{
    field(&line);
    struct letters_classes *classes = &model->scripts[atoi(field(&line).s) % SCRIPTS];
    struct letters_class *class = &classes->class[classes->count++ % LANGUAGE_COLUMNS];
    struct str tag = field(&line);
    memcpy(class->tag, tag.s, tag.len < LETTERS_TAG ? tag.len : LETTERS_TAG - 1);
    class->bias = atof(field(&line).s);
    class->usual = atof(field(&line).s);
    class->spread = atof(field(&line).s);
    class->alphabet = letters_of(field(&line), &class->letters);
}

static void set_weight(struct letters_row *row, int class, int weight)
{
    uint8_t *at = &row->weights[class % LETTERS_ROW];

    *at = (uint8_t)(class < LETTERS_ROW ? (*at & 0xF0) | weight
                                        : (*at & 0x0F) | weight << 4);
}

/* The key of letters as the model has them, where "_" is the blank: more than four are a
 * word between blanks. */
static uint64_t key_of(struct str gram)
{
    const char *p = gram.s, *end = gram.s + gram.len;
    uint64_t run = 0, word = 0;
    int count = 0;

    for (; p < end; count++) {
        uint32_t c = utf8_next(&p, end);
        run = run << 16 | (c == '_' ? ' ' : c & 0xFFFF);
        word = c == '_' ? word : word_put(word, (uint16_t)c);
    }
    return count > 4 ? word_key(word) : run;
}

/* A gram, then weights, from '!' up, each before the classes that have it, from 'A' up.
 */
static void add_row(struct language_model *model, struct str line, int32_t number)
{
    struct letters_row *row = &model->rows[number];
    struct str gram = field(&line);
    const char *p, *end;

    keys_put(&model->grams, key_of(gram), number);
    memset(row->weights, LANGUAGE_LEVEL << 4 | LANGUAGE_LEVEL, LETTERS_ROW);
    int weight = LANGUAGE_LEVEL;
    for (p = line.s, end = line.s + line.len; p < end; p++)
        if (*p < 'A')
            weight = *p - '!';
        else
            set_weight(row, (*p - 'A') % LANGUAGE_COLUMNS, weight);
}

struct language_model *language_model_new(struct str text)
{
    struct language_model *model = xcalloc(1, sizeof *model);
    struct str rest = text, line;
    size_t lines = 0;

    while (str_line(&rest, &line))
        lines++;
    keys_make(&model->grams, lines);
    model->rows = xcalloc(lines, sizeof *model->rows);
    for (rest = text; str_line(&rest, &line);)
        if (str_starts(line, STR("@")))
            add_class(model, line);
        else if (str_starts(line, STR("=\t")))
            model->scale = atof(line.s + 2);
        else if (line.len && *line.s != '#')
            add_row(model, line, (int32_t)model->count++);
    return model;
}

void language_model_free(struct language_model *model)
{
    if (!model)
        return;
    for (int i = 0; i < SCRIPTS; i++)
        for (int k = 0; k < model->scripts[i].count; k++)
            free((void *)model->scripts[i].class[k].alphabet);
    free(model->grams.slots);
    free(model->rows);
    free(model);
}
