#include "stages/ntag/byline.h"

#include "common/dateline.h"
#include "stages/ntag/looks.h"
#include "tests/unit/tap.h"

/* What a byline says: the authors, then after "|" the agencies. */
static const struct {
    const char *line, *want;
} cases[] = {
    {"By Anna Brandt", "Anna Brandt"},
    {"by Anna Brandt", "Anna Brandt"},
    {"BY ANNA BRANDT", "Anna Brandt"},
    {"By ANNA BRANDT and LUKE O'HARA", "Anna Brandt, Luke O'Hara"},
    {"By Anna Brandt, Carl Dahl and Eve Frost in Cairo",
     "Anna Brandt, Carl Dahl, Eve Frost"},
    {"By Anna Brandt and Jeevan Rao", "Anna Brandt, Jeevan Rao"},
    {"By Anna Brandt & Jeevan Rao", "Anna Brandt, Jeevan Rao"},
    {"By Anna Brandt, Jeevan Rao, and Carl Dahl", "Anna Brandt, Jeevan Rao, Carl Dahl"},
    {"By: Anna Brandt", "Anna Brandt"},
    {"By : Anna Brandt", "Anna Brandt"},
    {"| By Anna Brandt", "Anna Brandt"},
    {"Written by Anna Brandt", "Anna Brandt"},
    {"Written By: Anna Brandt Executive Digital Editor and Master Gardener",
     "Anna Brandt"},
    {"Posted by Anna Brandt on August 21, 2019", "Anna Brandt"},
    {"Posted by By Anna Brandt", "Anna Brandt"},
    {"Author: Anna Brandt", "Anna Brandt"},
    {"Reporting by Anna Brandt; editing by Carl Dahl", "Anna Brandt"},
    {"Reporting by Anna Brandt and Jeevan Rao; Editing by Carl Dahl",
     "Anna Brandt, Jeevan Rao"},
    /* degrees, roles, papers, places */
    {"By Anna Brandt, PhD", "Anna Brandt"},
    {"By Anna Brandt, MS, RDN, LD", "Anna Brandt"},
    {"By Anna Brandt M.P.H., R.D. | December 19, 2025", "Anna Brandt"},
    {"By Anna Brandt, MD*", "Anna Brandt"},
    {"By Anna Brandt, CFP®", "Anna Brandt"},
    {"By Dr. Anna Brandt", "Anna Brandt"},
    {"By Anna Brandt, Politics Reporter", "Anna Brandt"},
    {"By Anna Brandt, Chief Technology Officer and Head of Labs", "Anna Brandt"},
    {"By Anna Brandt, staff editor at The Lantern who joined in 2017", "Anna Brandt"},
    {"By Anna Brandt, Lantern Staff", "Anna Brandt"},
    {"By Anna Brandt, Medical Gazette", "Anna Brandt"},
    {"By Anna Brandt and Luke Dahl Lantern Staff and Lantern Correspondent",
     "Anna Brandt, Luke Dahl"},
    {"By Gatemore Hillside Lantern Staff", ""},
    {"By Anna Brandt, lantern.example", "Anna Brandt"},
    {"By Anna Brandt, CNN", "Anna Brandt|CNN"},
    {"By Anna Brandt The Associated Press", "Anna Brandt|AP"},
    {"By Anna Brandt and The Associated Press", "Anna Brandt|AP"},
    {"By Anna Brandt for Reuters", "Anna Brandt|Reuters"},
    {"By Reuters", "|Reuters"},
    {"By Anna Brandt | Lantern", "Anna Brandt"},
    {"By Anna Brandt | abrandt@lantern.example | South Lantern", "Anna Brandt"},
    {"By Anna Brandt (abrandt@lantern.example)", "Anna Brandt"},
    {"By Anna Brandt@annab", "Anna Brandt"},
    /* blanks that do not break */
    {"By\u00a0Anna\u00a0Brandt\u00a0 Staff Writer", "Anna Brandt"},
    {"By Anna\u00a0Brandt\u00a0and Luke\u2009Dahl for\u00a0AP",
     "Anna Brandt, Luke Dahl|AP"},
    /* run together */
    {"By Anna BrandtStaff Writer", "Anna Brandt"},
    {"By Anna BrandtBusiness Columnist", "Anna Brandt"},
    {"By Anna BrandtData and Graphics Journalist", "Anna Brandt"},
    {"By Anna BrandtTwitter", "Anna Brandt"},
    {"By Anna BrandtNovember 11, 2024", "Anna Brandt"},
    {"By Anna BrandtFOXBusiness", "Anna Brandt"},
    {"By Anna McBride", "Anna McBride"},
    {"By Anna DeSilva", "Anna DeSilva"},
    {"By Anna Staff Writer", "Anna"},
    /* dates and counts */
    {"By Anna Brandt June 5, 2019", "Anna Brandt"},
    {"By Anna Brandt Updated: Dec 19, 2025 1:06 PM EST", "Anna Brandt"},
    {"By Anna Brandt - 11/19/19 06:56 AM EST", "Anna Brandt"},
    {"By Anna Brandt • June 5, 2019 • 11 min read", "Anna Brandt"},
    {"By Anna Brandt · 5 June 2019", "Anna Brandt"},
    {"By Anna Brandt 2 days ago", "Anna Brandt"},
    {"By Anna Brandt 3 minute Read", "Anna Brandt"},
    {"By Anna Brandt Follow", "Anna Brandt"},
    {"By Anna Brandt, Jeevan Rao, Carl Dahl, +55 more",
     "Anna Brandt, Jeevan Rao, Carl Dahl"},
    {"byAnna Brandt", "Anna Brandt"},
    {"BYANNA BRANDT", "Byanna Brandt"},
    {"Anna Brandt Anna Brandt", "Anna Brandt"},
    {"Anna Brandt Port Ellis Courier-Post", "Anna Brandt"},
    {"Anna B. Brandt Ellis Herald", "Anna B. Brandt"},
    {"By Anna Brandt, Port Ellis Courier-Post", "Anna Brandt"},
    {"By Anna Brandt Senior Research Executive", "Anna Brandt"},
    {"By New Delhi", ""},
    {"Written By", ""},
    {"By Senior Harbour Reporter", ""},
    /* a Korean name is told by what its bearer is */
    {"김한결 기자", "김한결"},
    {"김한결 칼럼니스트 hk@lantern.example", "김한결"},
    {"경제", ""},
    /* names of many kinds */
    {"By J. K. Brandt", "J. K. Brandt"},
    {"By Anna B. Brandt", "Anna B. Brandt"},
    {"By A.B. Brandt", "A.B. Brandt"},
    {"By Anna van der Meer", "Anna van der Meer"},
    {"By Anna O’Regan", "Anna O’Regan"},
    {"By Anna Brandt-Olsen", "Anna Brandt-Olsen"},
    {"By Ann MCBRIDE, Carl DAHL", "Ann McBride, Carl Dahl"},
    {"By Anna", "Anna"},
    {"By Emily Price", "Emily Price"},
    {"By Sandra Hall", "Sandra Hall"},
    /* other languages */
    {"Von Anna Brandt", "Anna Brandt"},
    {"Von Anna Brandt und Jens Dahl, Nairobi", "Anna Brandt, Jens Dahl"},
    {"Von Anna Brandt, Redakteurin", "Anna Brandt"},
    {"Von Anna BrandtKorrespondentin", "Anna Brandt"},
    {"von Dr. Anna Brandt", "Anna Brandt"},
    {"von Anna Brandt, MDR Halle", "Anna Brandt"},
    {"Von Anna Brandt mit AP", "Anna Brandt|AP"},
    {"Par Anna Brandt et Luc Dufour", "Anna Brandt, Luc Dufour"},
    {"Par Le Matin et AFP", "|AFP"},
    {"Por Ana Ruiz y José Soto", "Ana Ruiz, José Soto"},
    {"di Anna Bruni", "Anna Bruni"},
    {"Текст: Анна Белова·24 сентября 2018", "Анна Белова"},
    {"Autor: Anna Brandt und Eva Frost, Bern", "Anna Brandt, Eva Frost"},
    /* nobody */
    {"By Lantern Staff", ""},
    {"By LANTERN POST STAFF", ""},
    {"By Lantern Editorial Board | Lantern", ""},
    {"By The Lantern editors", ""},
    {"By Our Editors", ""},
    {"by Marketing Team", ""},
    {"By Staff Reports -", ""},
    {"By Country", ""},
    {"BY COMPANY SIZE", ""},
    {"By Sponsored by Lantern", ""},
    {"Edited by: Anna Brandt", ""},
    {"Reviewed by Anna Brandt", ""},
    {"Fact checked by: Anna Brandt", ""},
    {"Author Website", ""},
    {"Text Only", ""},
    {"文化芸能", ""},
    {"By —", ""},
    {"By", ""},
    {"", ""},
};

static void told(struct buf *b, const struct byline *byline)
{
    struct str rest = buf_str(&byline->authors), name;

    buf_clear(b);
    while (str_line(&rest, &name)) {
        if (b->len)
            buf_puts(b, ", ");
        buf_add_str(b, name);
    }
    for (size_t i = 0; i < byline->agencies; i++) {
        struct str known = agency_name(byline->agency[i]);
        buf_add_char(b, '|');
        buf_add_str(b, known);
    }
}

int main(void)
{
    struct byline byline = {0};
    struct buf b = {0};

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        byline_read(&byline, str_of(cases[i].line));
        told(&b, &byline);
        is_str(buf_str(&b), cases[i].want, cases[i].line);
    }
    buf_free(&byline.authors);
    buf_free(&b);
    looks_free();
    return done_testing();
}
