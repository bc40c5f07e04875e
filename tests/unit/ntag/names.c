#include "stages/ntag/names.h"
#include "stages/ntag/quotes.h"
#include "tests/unit/tap.h"

/* The names of a text, as types and names with their counts, in the order of their first
 * mentions. */
static const struct {
    const char *text, *want;
} cases[] = {
    /* titles and roles are no part of a name */
    {"Minister of the Interior Ola Lund resigned on Friday.", "P Ola Lund 1"},
    {"The talks were led by singer Aino Virtanen, 42, of Tampere.",
     "P Aino Virtanen 1|L Tampere 1"},
    /* mentions of one person */
    {"Ingrid Solbakken spoke first. Then Solbakken left for Bergen.",
     "P Ingrid Solbakken 2|L Bergen 1"},
    {"SOLBAKKEN RESIGNS AFTER DEFEAT\nIngrid Solbakken said on Monday she would go.",
     "P Ingrid Solbakken 2"},
    {"Harvey Mason Jr. thanked the crew. Mason said he was glad.",
     "P Harvey Mason Jr. 2"},
    {"Jan van der Berg won. Later Van der Berg said he was tired.",
     "P Jan van der Berg 2"},
    /* what stands before or behind a name tells what it is */
    {"They live in the town of Valle Serena.", "L Valle Serena 1"},
    {"The company Aguas Claras sold its shares.", "O Aguas Claras 1"},
    /* parts of one organisation stay together */
    {"She studied at the University of Ghana in Accra.",
     "O University of Ghana 1|L Accra 1"},
    /* hyphens */
    {"The London-based firm opened an office in Paris.", "L London 1|L Paris 1"},
    {"President Moon Jae-in visited Tokyo.", "P Moon Jae-in 1|L Tokyo 1"},
    /* a typed apostrophe is learned from apart: a plain one before it changes nothing */
    {"We read Lidl's Garden on the ferry home.", ""},
    {"We read Lidl’s Garden on the ferry home.", "O Lidl 1"},
    /* nothing to find */
    {"However, Monday was cold. The rain went on.", ""},
    {"", ""},
};

static void names_of(struct buf *b, const struct names *names)
{
    size_t seen = 0;

    buf_clear(b);
    for (size_t i = 0; i < names->count; i++) {
        const struct mention *m = &names->mentions[i];
        const struct name *name = &names->all[m->name];
        bool first = true;
        for (size_t k = 0; k < i; k++)
            first = first && names->mentions[k].name != m->name;
        if (!first)
            continue;
        buf_printf(b, "%s%c %.*s %zu", seen++ ? "|" : "", "?POL"[m->type],
                   (int)name -> text.len, name->text.s, name->count);
    }
}

/* The speakers of a text's quotes, with "|" between them and "?" for nobody. */
static const struct {
    const char *text, *want;
} speech[] = {
    {"\"We go on as before,\" Eva Stein said.", "Eva Stein"},
    {"\"We go on as before,\" said the mayor, Eva Stein.", "Eva Stein"},
    {"Eva Stein, who met Carl Berg on Monday, said: \"We go on as before.\"",
     "Eva Stein"},
    {"According to Eva Stein, \"we go on as before\".", "Eva Stein"},
    {"\"We go on as before,\" Eva Stein, who leads the council and owns the mill on the "
     "river below the town, said.",
     "Eva Stein"},
    {"\"We go on as before,\" one neighbour told Eva Stein.", "?"},
    {"\"We go on as before,\" said Eva Stein. \"Nothing has changed for us.\"",
     "Eva Stein|Eva Stein"},
    {"It was late, Eva Stein said. \"We go on as before.\"", "Eva Stein"},
    {"\"We were all there,\" said Eva Stein.\nCarl Berg was not. \"I was in bed by "
     "ten,\" "
     "he said.",
     "Eva Stein|Carl Berg"},
    {"\"We go on as before,\" said Eva Stein.\n\"We always did it this way.\"",
     "Eva Stein|Eva Stein"},
    {"\"We go on as before.\" Carl Berg said nothing.", "?"},
    {"Her book \"The Long Way Home\" is out.", ""},
    {"‘We don’t go there,’ Eva Stein said. The workers’ club is shut.", "Eva Stein"},
    {"„Wir machen weiter wie bisher“, sagte Eva Stein.", "Eva Stein"},
    {"« Nous continuons comme avant », a déclaré Eva Stein.", "Eva Stein"},
    {"”Vi fortsätter som förut”, säger Eva Stein.", "Eva Stein"},
    {"»Vi fortsætter som før«, sagde Eva Stein.", "Eva Stein"},
    {"«Мы продолжаем как раньше», — сказала Ева Штейн.", "Ева Штейн"},
    {"「私たちは今までどおり続けます」と語った。", "?"},
    {"The \"red line\" was drawn.", ""},
};

static void speakers_of(struct buf *b, const struct quotes *quotes,
                        const struct names *names)
{
    buf_clear(b);
    for (size_t i = 0; i < quotes->count; i++) {
        size_t who = quotes->all[i].speaker;
        buf_puts(b, i ? "|" : "");
        buf_add_str(b, who == QUOTES_NOBODY ? STR("?") : names->all[who].text);
    }
}

int main(void)
{
    struct tokens tokens = {0};
    struct names names = {0};
    struct quotes quotes = {0};
    struct buf b = {0};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        tokens_cut(&tokens, str_of(cases[i].text));
        quotes_find(&quotes, &tokens);
        names_find(&names, &tokens, true);
        names_of(&b, &names);
        is_str(buf_str(&b), cases[i].want, cases[i].text);
    }
    for (size_t i = 0; i < sizeof speech / sizeof *speech; i++) {
        struct str text = str_of(speech[i].text);
        bool english = (unsigned char)text.s[0] < 128 || str_starts(text, STR("‘"));
        tokens_cut(&tokens, text);
        quotes_find(&quotes, &tokens);
        names_find(&names, &tokens, english);
        quotes_attribute(&quotes, &tokens, &names);
        speakers_of(&b, &quotes, &names);
        is_str(buf_str(&b), speech[i].want, speech[i].text);
    }
    tokens_free(&tokens);
    names_free(&names);
    quotes_free(&quotes);
    buf_free(&b);
    return done_testing();
}
