#include "common/date.h"

#include "tests/unit/tap.h"

/* What a timestamp says as ISO 8601; a time alone as T14:02; NULL if it is none. */
static const struct {
    const char *text, *want;
} timestamps[] = {
    {"14:02 GMT +326 May 2017", "2017-05-26T14:02+03:00"},
    {"09:41 GMT +114 March 2019", "2019-03-14T09:41+01:00"},
    {"23:59 GMT +1030 June 2020", "2020-06-30T23:59+10:00"},
    {"07:00 GMT +35 July 2018", "2018-07-05T07:00+03:00"},
    {"14:02 GMT +3 26 May 2017", "2017-05-26T14:02+03:00"},
    {"14:02 GMT+3, 26 May 2017", "2017-05-26T14:02+03:00"},
    {"14:02 26.05.2017", "2017-05-26T14:02"},
    {"14:0226 May 2017", "2017-05-26T14:02"},
    {"26 May 201714:02", "2017-05-26T14:02"},
    {"14:02 GMT +326.05.2017", "2017-05-26T14:02+03:00"},
    {"18. Februar 2024, 20:15 Uhr", "2024-02-18T20:15"},
    {"Stand: 18.02.2024 20:15 Uhr", "2024-02-18T20:15"},
    {"Sonntag, 18. Februar 2024, 20.15 Uhr", "2024-02-18T20:15"},
    {"Veröffentlicht am 3. März 2021 um 8 Uhr", "2021-03-03T08:00"},
    {"2017-05-26", "2017-05-26"},
    {"2017-05-26T14:02:33+03:00", "2017-05-26T14:02:33+03:00"},
    {"2017-05-26T14:02:33.123Z", "2017-05-26T14:02:33Z"},
    {"2017-05-26 14:02", "2017-05-26T14:02"},
    {"2017/05/26 14:02", "2017-05-26T14:02"},
    {"20170526", "2017-05-26"},
    {"26.05.2017", "2017-05-26"},
    {"26. 5. 2017", "2017-05-26"},
    {"26.05.17", "2017-05-26"},
    {"3.4.2017", "2017-04-03"},
    {"26/05/2017", "2017-05-26"},
    {"05/26/2017", "2017-05-26"},
    {"05/26/2017 2:02 p.m.", "2017-05-26T14:02"},
    {"05/06/2017", "2017"},
    {"05/05/2017", "2017-05-05"},
    {"26-05-2017", "2017-05-26"},
    {"26-May-2017", "2017-05-26"},
    {"26-May-87 15:14:36.41", "1987-05-26T15:14:36"},
    {"May 26, 2017", "2017-05-26"},
    {"May 26th, 2017", "2017-05-26"},
    {"26th of May 2017", "2017-05-26"},
    {"1st June 2021", "2021-06-01"},
    {"2017 May 26", "2017-05-26"},
    {"Fri, 26 May 2017 14:02:33 +0300", "2017-05-26T14:02:33+03:00"},
    {"Fri, 26 May 2017 14:02:33 GMT", "2017-05-26T14:02:33Z"},
    {"Friday, May 26, 2017 at 2:02 PM EDT", "2017-05-26T14:02-04:00"},
    {"Published: 12:05 a.m. ET, May 26, 2017", "2017-05-26T00:05"},
    {"Updated 8pm EST Sept. 3, 2019", "2019-09-03T20:00-05:00"},
    {"Posted on June 1, 2020 | 10:15 BST", "2020-06-01T10:15+01:00"},
    {"First published on Thu 2 Jan 2020 06.00 GMT", "2020-01-02T06:00Z"},
    {"Last modified on Thu 2 Jan 2020 17.49 EST", "2020-01-02T17:49-05:00"},
    {"June 1", "XXXX-06-01"},
    {"29 February", "XXXX-02-29"},
    {"Feb 26", "XXXX-02-26"},
    {"14:02", ""},
    {"8 pm", ""},
    {"Publicado: 2 de junio de 2024 - 10:30", "2024-06-02T10:30"},
    {"martes, 2 de junio de 2020", "2020-06-02"},
    {"2 jun 2020", "2020-06-02"},
    {"2 jun", "XXXX-06-02"},
    {"mar 26 mayo 2020", "2020-05-26"},
    {"Publié le 1er mai 2022 à 14h02", "2022-05-01T14:02"},
    {"Mis à jour le 14 juillet 2022 à 14 h 02", "2022-07-14T14:02"},
    {"Publicado em 7 de março de 2019 às 16h40", "2019-03-07T16:40"},
    {"Pubblicato il 3 agosto 2018 alle 21.30", "2018-08-03T21:30"},
    {"2.6.2024 klo 21.30", "2024-06-02T21:30"},
    {"2. kesäkuuta 2024", "2024-06-02"},
    {"Publicerad 5 maj 2023 kl. 08.15", "2023-05-05T08:15"},
    {"Publisert 17. mai 2021 kl 12:00", "2021-05-17T12:00"},
    {"Gepubliceerd op 4 maart 2020", NULL},
    {"4 maart 2020 om 9.05 uur", "2020-03-04T09:05"},
    {"Opublikowano: 11 listopada 2018, godz. 10:45", "2018-11-11T10:45"},
    {"11. prosince 2019 14:05", "2019-12-11T14:05"},
    {"2019. május 3. 14:05", "2019-05-03T14:05"},
    {"3 Mayıs 2019 14:05", "2019-05-03T14:05"},
    {"3 Μαΐου 2019, 14:05", "2019-05-03T14:05"},
    {"26 мая 2017 в 14:02 МСК", "2017-05-26T14:02+03:00"},
    {"26 мая 2017 г.", "2017-05-26"},
    {"26 травня 2017, 14:02", "2017-05-26T14:02"},
    {"26 май 2017", "2017-05-26"},
    {"2017年5月26日 14时02分", "2017-05-26T14:02"},
    {"2017年5月26日 午後2時02分", "2017-05-26T14:02"},
    {"2017년 5월 26일 14:02", "2017-05-26T14:02"},
    {"입력 2017.05.26 14:02", "2017-05-26T14:02"},
    {"26 พฤษภาคม 2560 14:02", "2017-05-26T14:02"},
    {"ngày 26 tháng 5 năm 2017", "2017-05-26"},
    {"26 مايو 2017", "2017-05-26"},
    {"26 במאי 2017, 14:02", "2017-05-26T14:02"},
    {"26 मई 2017", "2017-05-26"},
    {"  May 26, 2017  ", "2017-05-26"},
    {"MAY 26, 2017", "2017-05-26"},
    {"26 May 2017 (Friday)", "2017-05-26"},
    /* no timestamps */
    {"", NULL},
    {"May", NULL},
    {"2017", NULL},
    {"May 2017", NULL},
    {"Friday", NULL},
    {"The talks begin on 26 May 2017", NULL},
    {"26 May 2017 was a Friday", NULL},
    {"31 February 2017", NULL},
    {"29 February 2017", NULL},
    {"32 May 2017", NULL},
    {"26.13.2017", NULL},
    {"25:02", NULL},
    {"14:62", NULL},
    {"3.5", NULL},
    {"1,204 views", NULL},
    {"12 comments", NULL},
    {"10.0.0.1", NULL},
    {"+3", NULL},
    {"2-1", NULL},
    {"Marching on", NULL},
    {"60% of terror attacks", NULL},
    {"12345678901234567890", NULL},
    {"Topic: May 26", NULL},
};

static const struct {
    const char *text, *found;
} inside[] = {
    {"The talks begin on 26 May 2017 in Oslo.", "26 May 2017"},
    {"The talks begin on May 26 in Oslo.", "May 26"},
    {"Britain May 23, 2017.", "May 23, 2017"},
    {"May 26, 20175 mins", "May 26, 2017"},
    {"26. Mai 201712 Min. Lesezeit", "26. Mai 2017"},
    {"They met at 14:02 GMT on Friday.", "14:02 GMT on Friday"},
    {"They met at 2 p.m. and left.", "2 p.m."},
    {"Am 3. März kam er an.", "3. März"},
    {"el 2 de junio de 2024 en Madrid", "2 de junio de 2024"},
    {"2 de junio", "2 de junio"},
    {"It came out on 2017-05-26, he said", "2017-05-26"},
    {"On 26 May 201727 May 2017", "26 May 2017"},
    {"On 26 May 2017Reuters", "26 May 2017"},
    {"in Kazan on June 12-23 and", "June 12"},
    {"26 May, 5 people died", "26 May"},
    {"He may 26 times say so", NULL},
    {"They set 10 records", NULL},
    {"10 set", NULL},
    {"In 2017 the second came", NULL},
    {"May he come 3 times", NULL},
    {"They won 3:16", NULL},
    {"Version 1.2.03 is out", NULL},
    {"March 60,000 men", NULL},
    {"the 1,204 views of 12 pages", NULL},
    {"", NULL},
};

static const struct {
    const char *text, *with, *want;
} merges[] = {
    {"June 1", "3 June 2024 10:00", "2024-06-01"},
    {"June 1", "1 June 2024 10:00 GMT", "2024-06-01T10:00Z"},
    {"Dec 31", "1 January 2024", "2023-12-31"},
    {"Jan 1", "31 December 2023", "2024-01-01"},
    {"14:02", "26 May 2017", "2017-05-26T14:02"},
    {"26 May 2017 9:00", "27 May 2018 10:00", "2017-05-26T09:00"},
};

int main(void)
{
    struct date date;
    char out[DATE_SIZE];

    for (size_t i = 0; i < sizeof timestamps / sizeof *timestamps; i++) {
        bool is = date_timestamp(str_of(timestamps[i].text), &date);
        if (!timestamps[i].want || !is) {
            ok(is == (timestamps[i].want != NULL), "timestamp or not: %s",
               timestamps[i].text);
            continue;
        }
        size_t n = date_format(&date, out);
        is_str((struct str){out, n}, timestamps[i].want, timestamps[i].text);
    }
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
        struct str found = {NULL, 0};
        bool is = date_find(str_of(inside[i].text), &found, &date);
        if (!inside[i].found || !is)
            ok(is == (inside[i].found != NULL), "found or not: %s", inside[i].text);
        else
            is_str(found, inside[i].found, inside[i].text);
    }
    for (size_t i = 0; i < sizeof merges / sizeof *merges; i++) {
        struct date with;
        ok(date_timestamp(str_of(merges[i].text), &date) &&
               date_timestamp(str_of(merges[i].with), &with),
           "both are dates: %s, %s", merges[i].text, merges[i].with);
        date_merge(&date, &with);
        is_str((struct str){out, date_format(&date, out)}, merges[i].want,
               merges[i].text);
    }

    date_timestamp(STR("8:05 p.m. Monday"), &date);
    is_int(date.hour, 20, "the hour of a time alone");
    is_int(date.weekday, 1, "its weekday");
    is_int(date.year, -1, "no year");
    return done_testing();
}
