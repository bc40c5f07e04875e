#include "stages/ntag/prints.h"

#include "common/alloc.h"

enum { FIRST_DIGIT = '!' };

uint32_t print_of(uint64_t hash)
{
    return (uint32_t)((hash >> 20) %
                      (PRINT_BASE * PRINT_BASE * PRINT_BASE * PRINT_BASE - 1)) +
           1;
}

void print_write(uint32_t print, char *digits)
{
    for (size_t i = PRINT_DIGITS; i-- > 0; print /= PRINT_BASE)
        digits[i] = (char)(FIRST_DIGIT + print % PRINT_BASE);
}

uint32_t print_number(const char *s, size_t n)
{
    uint32_t number = 0;

    for (size_t i = 0; i < n; i++)
        number = number * PRINT_BASE + (uint32_t)(s[i] - FIRST_DIGIT);
    return number;
}

bool print_line(struct str *rest, struct str *line, uint32_t *print)
{
    while (str_line(rest, line)) {
        if (line->len < PRINT_DIGITS || str_starts(*line, STR("# ")))
            continue;
        *print = print_number(line->s, PRINT_DIGITS);
        *line = str_sub(*line, PRINT_DIGITS, line->len);
        return true;
    }
    return false;
}

static size_t first_slot(const struct prints *prints, uint32_t print)
{
    return (print * 2654435761u >> 7) & prints->mask;
}

static struct print *slot(const struct prints *prints, uint32_t print)
{
    size_t i = first_slot(prints, print);

    while (prints->slots[i].print && prints->slots[i].print != print)
        i = (i + 1) & prints->mask;
    return &prints->slots[i];
}

void prints_read(struct prints *prints, struct str file)
{
    struct str rest = file, line;
    uint32_t print;
    size_t need = 64;

    for (prints->count = 0; print_line(&rest, &line, &print);)
        prints->count++;
    while (need < 2 * prints->count)
        need *= 2;
    prints->slots = xcalloc(need, sizeof *prints->slots);
    prints->mask = need - 1;
    for (rest = file; print_line(&rest, &line, &print);)
        *slot(prints, print) = (struct print){print, print_number(line.s, line.len)};
}

void prints_fetch(const struct prints *prints, uint64_t hash)
{
    __builtin_prefetch(&prints->slots[first_slot(prints, print_of(hash))]);
}

uint32_t prints_get(const struct prints *prints, uint64_t hash)
{
    return slot(prints, print_of(hash))->value;
}
