#include "stages/ntag/tokens.h"

#include "stages/ntag/where.h"
#include "tests/unit/tap.h"

/* The tokens of a text, with "|" between them. */
static const struct {
    const char *text, *want;
} cuts[] = {
    {"Putin's men", "Putin|'s|men"},
    {"Putin’s men", "Putin|’s|men"},
    {"J. K. Rowling left.", "J.|K.|Rowling|left|."},
    {"the U.S. Senate", "the|U.S.|Senate"},
    {"Dr. Stein, O'Neil", "Dr.|Stein|,|O'Neil"},
    {"3.5 or 1,000", "3.5|or|1,000"},
    {"al-Sadr (left)", "al-Sadr|(|left|)"},
    {"“Ça va”", "“|Ça|va|”"},
    {"", ""},
};

static const struct {
    const char *name, *want;
} cases[] = {
    {"TOKYO", "Tokyo"},
    {"RIO DE JANEIRO", "Rio de Janeiro"},
    {"LA PAZ", "La Paz"},
    {"GROSSETO, Italy", "Grosseto, Italy"},
    {"Berlin/Paris", "Berlin/Paris"},
    {"МОСКВА", "Москва"},
    {"WASHINGTON, D.C.", "Washington, D.C."},
};

int main(void)
{
    struct tokens tokens = {0};
    struct buf b = {0};

    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        tokens_cut(&tokens, str_of(cuts[i].text));
        buf_clear(&b);
        for (size_t k = 0; k < tokens.count; k++) {
            buf_puts(&b, k ? "|" : "");
            buf_add_str(&b, tokens.all[k].s);
        }
        is_str(buf_str(&b), cuts[i].want, cuts[i].text);
    }
    tokens_cut(&tokens, STR("山 🏔 Oslo.\nThe"));
    is_int((long long)tokens.all[2].from, 4, "offsets are code points");
    is_int((long long)tokens.all[2].to, 8, "the end as well");
    ok(tokens.all[4].paragraph && tokens.all[4].begins, "a line begins a paragraph");
    ok(!tokens.all[2].begins, "the middle of a sentence");
    tokens_free(&tokens);

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buf_clear(&b);
        where_usual_case(&b, str_of(cases[i].name));
        is_str(buf_str(&b), cases[i].want, cases[i].name);
    }
    buf_free(&b);
    return done_testing();
}
