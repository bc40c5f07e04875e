#include "common/dateline.h"

#include "tests/unit/tap.h"

/* place|agency|date of the dateline, and what is left of the paragraph */
static const struct {
    const char *text, *want, *left;
} datelines[] = {
    {"TOKYO, June 1. /TASS/. Japan has", "TOKYO|TASS|XXXX-06-01", "Japan has"},
    {"MOSCOW (Sputnik) — He said", "MOSCOW|Sputnik|", "He said"},
    {"GROSSETO, Italy (AP) -- The ship", "GROSSETO, Italy|AP|", "The ship"},
    {"(Reuters) - Shares fell", "|Reuters|", "Shares fell"},
    {"BERLIN, 3. März (dpa) - Die Regierung", "BERLIN|dpa|XXXX-03-03", "Die Regierung"},
    {"WASHINGTON — The Senate", "WASHINGTON||", "The Senate"},
    {"PARIS, May 3 (AFP) - France", "PARIS|AFP|XXXX-05-03", "France"},
    {"Buenos Aires, Argentina | AFP | The peso", "Buenos Aires, Argentina|AFP|",
     "The peso"},
    {"Madrid, 2 jun (EFE).- El Gobierno", "Madrid|EFE|XXXX-06-02", "El Gobierno"},
    {"NEW YORK (AP) _ Stocks", "NEW YORK|AP|", "Stocks"},
    {"NEW YORK, Feb 26 - Stocks", "NEW YORK||XXXX-02-26", "Stocks"},
    {"SAN JOSE, Calif., Feb 26 - A firm", "SAN JOSE, Calif.||XXXX-02-26", "A firm"},
    {"WASHINGTON, D.C. (AP) — The", "WASHINGTON, D.C.|AP|", "The"},
    {"BEIJING, May 3, 2020 (Xinhua) -- China", "BEIJING|Xinhua|2020-05-03", "China"},
    {"Berlin/Paris (dpa) - Die", "Berlin/Paris|dpa|", "Die"},
    {"Frankfurt am Main (dpa) - Die", "Frankfurt am Main|dpa|", "Die"},
    {"LONDON (Reuters/AP) - The", "LONDON|Reuters|", "The"},
    {"ALGIERS- President of", "ALGIERS||", "President of"},
    {"MOSCOW, June 1 — RIA Novosti. The", "MOSCOW|RIA Novosti|XXXX-06-01", "The"},
    {"МОСКВА, 1 июн — РИА Новости. Глава", "МОСКВА|РИА Новости|XXXX-06-01", "Глава"},
    {"MOSCOW. June 1 (Interfax) - The", "MOSCOW|Interfax|XXXX-06-01", "The"},
    {"Geneva, 5 June 2020 – The", "Geneva||2020-06-05", "The"},
    {"Canberra, Australia (CNN) -- At", "Canberra, Australia|CNN|", "At"},
    {"WASHINGTON (CNN)  -- Terrorists", "WASHINGTON|CNN|", "Terrorists"},
    {"RIO DE JANEIRO (Agence France-Presse) — The",
     "RIO DE JANEIRO|Agence France-Presse|", "The"},
    {"SPRINGFIELD (The Daily Globe) — The mayor", "SPRINGFIELD|The Daily Globe|",
     "The mayor"},
    {"ST. LOUIS (AP) — The", "ST. LOUIS|AP|", "The"},
    {"SÃO PAULO (Reuters) - Le", "SÃO PAULO|Reuters|", "Le"},
    {"PORT-AU-PRINCE, Haiti (AP) — He", "PORT-AU-PRINCE, Haiti|AP|", "He"},
    {"  OSLO (Sputnik) — \"We", "OSLO|Sputnik|", "\"We"},
    {"KYIV, Ukraine — “We", "KYIV, Ukraine||", "“We"},
    {"HANOI, 3 May (VNA) – The", "HANOI|VNA|XXXX-05-03", "The"},
};

static const char *const sentences[] = {
    "",
    "MOSCOW",
    "Moscow has denied the report - again.",
    "The (AP) - photo",
    "Paris — the city of light — is dark.",
    "NATO — the alliance — met.",
    "BREAKING — The Senate voted",
    "UPDATE - The match",
    "WATCH — The moment",
    "In Paris, May 3 - a day to remember",
    "On June 1 - a Saturday - he left",
    "John Smith (Labour) - who lost - said",
    "Paris, May 3, was dark.",
    "He said (Reuters) - no.",
    "US — The",
    "A man, a plan, a canal - Panama",
    "Twenty-two people died.",
    "London, Paris and Rome are cities.",
    "\"MOSCOW (Sputnik) — no\"",
    "Smith, 42, said - well",
    "Obama, Putin (left) - the two",
    "12345 - 678",
    "- - -",
    "(((((((((",
};

int main(void)
{
    char got[300], date[DATE_SIZE];

    for (size_t i = 0; i < sizeof datelines / sizeof *datelines; i++) {
        struct dateline d;
        struct str text = str_of(datelines[i].text);
        if (!ok(dateline_parse(text, &d), "is a dateline: %s", datelines[i].text))
            continue;
        *date = 0;
        if (d.dated)
            date_format(&d.date, date);
        snprintf(got, sizeof got, "%.*s|%.*s|%s", (int)d.place.len, d.place.s,
                 (int)d.agency[0].len, d.agency[0].s ? d.agency[0].s : "", date);
        is_str(str_of(got), datelines[i].want, datelines[i].text);
        is_str(str_sub(text, d.length, text.len), datelines[i].left, datelines[i].text);
    }
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        struct dateline d;
        ok(!dateline_parse(str_of(sentences[i]), &d), "no dateline: %s", sentences[i]);
    }
    struct dateline d;
    ok(dateline_parse(STR("LONDON (Reuters/AP) - The"), &d) && d.agencies == 2,
       "two agencies");
    is_str(d.agency[1], "AP", "the second");
    ok(dateline_parse(STR("TOKYO, June 1. /TASS/. Japan"), &d), "a dateline");
    is_str(d.text, "TOKYO, June 1. /TASS/.", "its text");
    is_str(agency_name(STR("The Associated Press")), "AP", "AP by its long name");
    is_str(agency_name(STR("tass")), "TASS", "TASS in small letters");
    is_str(agency_name(STR("dpa")), "dpa", "dpa");
    is_int((long long)agency_name(STR("Daily Globe")).len, 0, "no agency we know");
    return done_testing();
}
