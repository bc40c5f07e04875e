/* letters FILE: writes the model of a file like stages/ntag/letters.model, as C: the
 * table of stages/ntag/letters.h, named letters_model. */
#include "stages/ntag/letters.h"
#include "common/buf.h"

#include <ctype.h>
#include <stdio.h>

static void write_keys(const struct keys *keys)
{
    size_t count = (size_t)1 << (64 - keys->shift);

    printf("static struct key slots[%zu] = {", count);
    for (size_t i = 0; i < count; i++)
        if (keys->slots[i].row)
            printf("\n[%zu] = {%uu, %d},", i, keys->slots[i].check, keys->slots[i].row);
    printf("};\n");
}

/* As strings: compilers read those many times faster than numbers. */
static void write_rows(const struct language_model *model)
{
    printf("static struct letters_row rows[%zu] = {", model->count);
    for (size_t i = 0; i < model->count; i++) {
        printf("\n{\"");
        for (size_t k = 0; k < LETTERS_ROW; k++) {
            int c = model->rows[i].weights[k];
            printf(isalpha(c) ? "%c" : "\\%03o", c);
        }
        printf("\"},");
    }
    printf("};\n");
}

static void write_alphabets(const struct language_model *model)
{
    for (int i = 0; i < SCRIPTS; i++)
        for (int k = 0; k < model->scripts[i].count; k++) {
            const struct letters_class *class = &model->scripts[i].class[k];
            printf("static const uint16_t alphabet_%d_%d[] = {", i, k);
            for (size_t n = 0; n < class->letters; n++)
                printf("0x%X,", (unsigned)class->alphabet[n]);
            printf("0};\n");
        }
}

static void write_classes(const struct language_model *model, int script)
{
    const struct letters_classes *classes = &model->scripts[script];

    printf("{.count = %d, .class = {", classes->count);
    for (int i = 0; i < classes->count; i++) {
        const struct letters_class *class = &classes->class[i];
        printf("\n{\"%s\", %a, %a, %a, alphabet_%d_%d, %zu},", class->tag, class->bias,
               class->usual, class->spread, script, i, class->letters);
    }
    printf("}},\n");
}

static void write_model(const struct language_model *model)
{
    printf("#include \"stages/ntag/letters.h\"\n\n");
    write_keys(&model->grams);
    write_rows(model);
    write_alphabets(model);
    printf(
        "const struct language_model letters_model = {\n"
        ".scale = %a, .grams = {slots, %d}, .rows = rows, .count = %zu, .scripts = {\n",
        model->scale, model->grams.shift, model->count);
    for (int i = 0; i < SCRIPTS; i++)
        write_classes(model, i);
    printf("}};\n");
}

int main(int argc, char *argv[])
{
    char part[4096];
    struct buf text = {0};
    FILE *file = argc == 2 ? fopen(argv[1], "r") : NULL;

    if (!file) {
        fprintf(stderr, "usage: letters FILE\n");
        return 2;
    }
    for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;)
        buf_add(&text, part, n);
    struct language_model *model = language_model_new(buf_str(&text));
    write_model(model);
    language_model_free(model);
    buf_free(&text);
    if (ferror(file) || fclose(file) || fflush(stdout) || ferror(stdout)) {
        fprintf(stderr, "letters: %s: cannot copy\n", argv[1]);
        return 2;
    }
    return 0;
}
