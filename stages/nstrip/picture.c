#include "stages/nstrip/picture.h"

#include "common/words.h"
#include "stages/nstrip/credit.h"
#include "stages/nstrip/maker.h"

#define NONE ((size_t)-1)

enum {
    CAPTION_BYTES = 700, /* what is longer is a paragraph */
    CREDIT_WORDS = 12,
    BODY_CREDIT_WORDS = 8,
    SOURCE_WORDS = 3,
    CAPTION_WORDS = 4,
    SUBHEAD_WORDS = 7,   /* a subhead has hardly more */
    MANY_WORDS = 50,     /* a caption has hardly */
    LABEL_WORDS = 3,     /* "Pie de foto:" */
    LABELLED_WORDS = 6,  /* behind "Photo:" so many are no names any more */
    HALF_SURE = 1024,    /* a score: 3 to 1 */
    PICTURE_BEFORE = 12, /* lines from title and body to a picture */
    PICTURE_BEHIND = 4,
};

/* Most lines are not looked at closely: sentences, and lines without any mark. */
static bool may_be_credit(const struct page_line *line, bool body)
{
    return line->words <= CREDIT_WORDS &&
           (line->cue == CUE_CREDIT || (!body && line->cue == CUE_NONE && !line->stops &&
                                        line->scan.marks + line->scan.commas > 0 &&
                                        2 * line->scan.capitals >= line->words));
}

/* "Ann Lee, left, and Tom Arden", "Ann Lee, pictured with …": behind a name; "They are,
 * from left, …": behind any word. */
static bool in_commas(struct str s)
{
    static const char *const says[] = {"left,",      "right,",       "center,",
                                       "centre,",    "pictured ",    "far left,",
                                       "far right,", "second from ", "third from "};
    static const char *const sure[] = {"from left", "clockwise from "};
    for (size_t at = 1; (at = str_find(s, STR(", "), at)) != NONE; at++) {
        struct str behind = str_sub(s, at + 2, s.len);
        size_t word = at;
        if (!behind.len || !strchr("lrcpfst", behind.s[0]))
            continue; /* as most */
        for (size_t i = 0; i < sizeof sure / sizeof *sure; i++)
            if (str_starts(behind, str_of(sure[i])))
                return true;
        for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
            if (!str_starts(behind, str_of(says[i])))
                continue;
            while (word > 0 && s.s[word - 1] != ' ')
                word--;
            if (word_capital(str_sub(s, word, at)))
                return true;
        }
    }
    return false;
}

static unsigned first_three(const char *s)
{
    return (unsigned char)(s[0] + 7 * s[1] + 31 * s[2]);
}

/* "Pictured from left are …", "FILE - The quay …": what no paragraph begins with. */
static bool begins_as_caption(struct str s)
{
    static const char *const begins[] = {"Pictured ",
                                         "Im Bild ",
                                         "Auf dem Bild ",
                                         "Sur la photo",
                                         "En la imagen",
                                         "En la foto",
                                         "Nella foto",
                                         "Na zdjęciu",
                                         "Na foto",
                                         "På bildet ",
                                         "På billedet ",
                                         "På bilden ",
                                         "Op de foto",
                                         "На фото",
                                         "На снимке",
                                         "На світлині",
                                         "From left",
                                         "(L-R)",
                                         "(L–R)",
                                         "L-R",
                                         "Left to right",
                                         "Clockwise from",
                                         "FILE PHOTO",
                                         "FILE - ",
                                         "FILE – ",
                                         "FILE — ",
                                         "File photo",
                                         "A file photo",
                                         "An aerial photo",
                                         "An aerial view",
                                         "Aerial view ",
                                         "In this photo",
                                         "In this image",
                                         "In this file",
                                         "In this undated",
                                         "This undated",
                                         "This photo ",
                                         "This image shows",
                                         "This image provided",
                                         "This illustration "};
    static bool may[256], known;
    for (size_t i = 0; !known && i < sizeof begins / sizeof *begins; i++)
        may[first_three(begins[i])] = true;
    known = true;
    if (!may[first_three(s.s)])
        return false; /* as most */
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (s.s[0] == begins[i][0] && s.s[1] == begins[i][1] &&
            str_starts(s, str_of(begins[i])))
            return true;
    return false;
}

/* "Ann Lee (l.) and Tom Arden": where somebody stands is said of a picture only. */
static bool says_where(const struct page_line *line)
{
    static const char *const places[] = {
        "l.",       "r.",      "li.",        "re.",       "left",       "right",
        "links",    "rechts",  "centre",     "center",    "à gauche",   "à droite",
        "gauche",   "droite",  "izquierda",  "derecha",   "a sinistra", "a destra",
        "sinistra", "destra",  "à esquerda", "à direita", "venstre",    "høyre",
        "højre",    "vänster", "höger",      "t.v.",      "t.h.",       "слева",
        "справа",   "ліворуч", "праворуч",   "z lewej",   "z prawej",   "balra",
        "jobbra",   "solda",   "sağda"};
    static const char *const orders[] = {
        "from left",   "from l",        "von links",     "von li",      "v.l.",
        "v. l.",       "vlnr",          "v.l.n.r",       "de gauche",   "de izquierda",
        "da sinistra", "da esquerda",   "od lewej",      "fra venstre", "från vänster",
        "fr.v.",       "слева направо", "зліва направо", "clockwise"};
    struct str s = line->text;
    if (line->words > MANY_WORDS || line->words < CAPTION_WORDS)
        return false;
    if (begins_as_caption(s) || (line->scan.commas && in_commas(s)))
        return true;
    if (!line->scan.marks)
        return false; /* as most */
    for (size_t open = 0; (open = str_find(s, STR("("), open)) != NONE; open++) {
        size_t close = str_find(s, STR(")"), open);
        struct str inside = close != NONE ? str_sub(s, open + 1, close) : s;
        for (size_t i = 0; i < sizeof places / sizeof *places; i++)
            if (str_eq_nocase(inside, str_of(places[i])))
                return true;
        for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
            if (str_starts_nocase(inside, str_of(orders[i])))
                return true;
        if (str_ends(inside, STR(" from left")) || str_ends(inside, STR(" from right")) ||
            str_ends(inside, STR("far left")) || str_ends(inside, STR("far right")))
            return true;
    }
    return str_find(s, STR("... [+] "), 0) !=
           NONE; /* cut short, with a button for more */
}

/* No mark but in words, no word glued to another, no "photo" at the end: as most
 * headlines. */
static bool plain(const struct page_line *line)
{
    return line->scan.bytes == line->text.len && line->scan.tokens == line->scan.words &&
           line->scan.upper == line->scan.capitals &&
           line->text.s[line->text.len - 1] != 'o';
}

static bool may_end_in_credit(const struct page_line *line)
{
    struct str s = line->text;
    size_t end = s.len - (s.len > 1 && s.s[s.len - 1] == '.');
    char last = s.s[end - 1];
    return (line->cue == CUE_NONE || line->cue == CUE_CREDIT) &&
           line->words >= CAPTION_WORDS && !plain(line) &&
           (!line->stops || last == ')' || last == ']' || line->scan.colons > 0);
}

/* "Photo by": one word alone may begin a headline, "Image stacking and tracking". */
static bool labelled_by_two(struct str s)
{
    struct str cue = str_trim(str_sub(s, 0, cue_prefix(s, CUE_CREDIT)));
    return str_find(cue, STR(" "), 0) != NONE;
}

/* "PHOTO BY ANN LEE The quay at noon", "SUBMITTED PHOTO …": no sentence begins so. */
static bool shouted_label(struct str s)
{
    static const char *const labels[] = {
        "PHOTO BY ",   "PHOTOS BY ",         "PHOTO COURTESY ", "SUBMITTED PHOTO ",
        "FILE PHOTO ", "CONTRIBUTED PHOTO ", "COURTESY PHOTO ", "STAFF PHOTO "};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (s.s[0] == labels[i][0] && str_starts(s, str_of(labels[i])))
            return true;
    return false;
}

/* "Image caption,": what it shows is the next line. */
static bool announces_caption(const struct page_line *line)
{
    return line && line->words <= LABEL_WORDS &&
           line->scan.colons + line->scan.commas > 0 &&
           caption_label(line->text) == line->text.len;
}

/* "Figure 3. The quay at noon", "Image 2: The quay" */
static bool numbered_figure(const struct page_line *line)
{
    static const char *const figures[] = {"Figure ", "Fig. ",      "Fig ",  "Image ",
                                          "Photo ",  "Abbildung ", "Abb. ", "Figura ",
                                          "Рис. ",   "Рисунок "};
    struct str s = line->text;
    if (!line->scan.digits || line->words < CAPTION_WORDS || line->words > MANY_WORDS)
        return false;
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        size_t n = strlen(figures[i]), from = n;
        if (s.s[0] != figures[i][0] || !str_starts(s, str_of(figures[i])))
            continue;
        while (n < s.len && s.s[n] >= '0' && s.s[n] <= '9')
            n++;
        return n > from && n + 1 < s.len && strchr(".:", s.s[n]) && s.s[n + 1] == ' ';
    }
    return false;
}

/* "Ann Lee at the quay. Photo:": the credit is the next line. */
static bool announces_credit(const struct page_line *line)
{
    return line && line->colon && line->words > 2 &&
           (str_ends(line->text, STR(". Photo:")) ||
            str_ends(line->text, STR(". Credit:")) ||
            str_ends(line->text, STR(". Foto:")));
}

/* "© Ann Lee The quay at noon.": the page's foot says a year, or nothing. */
static bool signed_caption(const struct page_line *line)
{
    enum { LEAST = 8 };
    static const char sign[] = "\xc2\xa9 ";
    struct str rest = str_sub(line->text, strlen(sign), line->text.len);
    return line->words >= LEAST && line->words <= MANY_WORDS && line->stops &&
           str_starts(line->text, str_of(sign)) && word_capital(rest) &&
           3 * line->scan.capitals < 2 * line->words && cue_of(rest) != CUE_COPYRIGHT;
}

enum role picture_owned(const struct page_line *line)
{
    struct credit credit;
    if (credit_owned(line->text))
        return ROLE_CREDIT;
    return line->words > CREDIT_WORDS && credit_find(line->text, &credit) && credit.sure
               ? ROLE_CAPTION
               : ROLE_COPYRIGHT;
}

/* "Bildtext: The quay", "Image caption The quay"; "Legend, some say, …" is a sentence. */
static bool labelled_caption(const struct page_line *line)
{
    char first = line->text.s[0];
    if (!line->scan.colons && first != 'I' && first != 'M' && first != 'V' &&
        first != 'P' && first != 'E')
        return false; /* as most */
    size_t n = caption_label(line->text);
    return n && (line->scan.colons || !str_any(str_sub(line->text, 0, n), ","));
}

enum role picture_alone(const struct page_line *line, const struct page_line *before,
                        bool body)
{
    struct credit credit;
    if (line->text.len > CAPTION_BYTES)
        return ROLE_BODY;
    if (announces_caption(line))
        return ROLE_LABEL;
    if (announces_caption(before) || labelled_caption(line) || numbered_figure(line) ||
        announces_credit(line))
        return ROLE_CAPTION;
    if (announces_credit(before) && line->words <= LABELLED_WORDS && !line->stops)
        return ROLE_CREDIT;
    if (may_be_credit(line, body) && credit_alone(line->text))
        return ROLE_CREDIT;
    if (line->words > LABELLED_WORDS && line->words <= MANY_WORDS &&
        shouted_label(line->text))
        return ROLE_CAPTION;
    if (line->cue == CUE_CREDIT && str_starts(line->text, STR("\xc2\xa9")))
        return signed_caption(line) ? ROLE_CAPTION : ROLE_COPYRIGHT;
    if (line->cue == CUE_CREDIT && cue_prefix(line->text, CUE_CREDIT))
        return !credit_gallery(line->text) && line->words > LABELLED_WORDS &&
                       line->words <= MANY_WORDS &&
                       (credit_label(line->text) ||
                        (!body && labelled_by_two(line->text)))
                   ? ROLE_CAPTION
                   : ROLE_BODY;
    if (may_end_in_credit(line) && credit_find(line->text, &credit) &&
        (credit.sure || !body))
        return ROLE_CAPTION;
    if (line->cue == CUE_NONE && says_where(line))
        return ROLE_CAPTION;
    return line->cue == CUE_CREDIT && !body && line->words > LABELLED_WORDS ? ROLE_CAPTION
                                                                            : ROLE_BODY;
}

/* Names and a mark that are a credit beyond doubt, though the labeller takes them for
 * body. */
static bool certain(const struct page_line *line, struct str site)
{
    return line->words <= BODY_CREDIT_WORDS && !line->stops && line->cue == CUE_NONE &&
           (line->scan.marks || 3 * line->scan.capitals >= 2 * line->words) &&
           credit_certain(line->text, site);
}

/* True if the labeller does not take the line for body for sure; a short one without a
 * full stop may be a subhead, if it does at all. */
static bool doubtful(const struct page_line *line, int32_t score)
{
    return score <= (line->stops || line->words > SUBHEAD_WORDS ? HALF_SURE : 0);
}

/* What a caption without a full stop looks like, and a subtitle. */
static bool caption_like(const struct page_line *line, int32_t score)
{
    enum { WORDS = 30 };
    return !line->stops && !line->colon && !line->dateline && line->cue == CUE_NONE &&
           line->words >= CAPTION_WORDS && line->words <= WORDS && doubtful(line, score);
}

/* "(Oldport Ferries Co.)", or the house's name, behind what may be a caption. */
static bool behind_caption(const struct page_line *line, const int32_t *score,
                           struct str site)
{
    if (line->words > BODY_CREDIT_WORDS || !line->scan.capitals)
        return false;
    bool caption = caption_like(line - 1, score[-1]);
    return line->text.s[0] == '('
               ? (caption || line[1].prose) && credit_bracketed(line->text)
               : caption && score[-2] > 0 && line[-2].stops && line[1].prose &&
                     !line->stops && credit_house(line->text, site);
}

/* "REUTERS", with another line that is no body before it, among paragraphs; "(AP)". */
static bool source_alone(const struct page_line *line, const int32_t *score)
{
    struct str s = line->text;
    bool open = s.len > 2 && ((s.s[0] == '(' && s.s[s.len - 1] == ')') ||
                              (s.s[0] == '[' && s.s[s.len - 1] == ']'));
    return line->words <= SOURCE_WORDS && line->scan.capitals == line->words &&
           score[1] > 0 && (open || (score[-2] > 0 && score[-1] <= 0)) &&
           maker_source(str_sub(s, open, s.len - open));
}

/* "© port.example/Ann Lee": at the page's foot there is a year. */
static bool sign_alone(const struct page_line *line, const int32_t *score)
{
    return line->words <= CREDIT_WORDS && !line->scan.digits && score[1] > 0 &&
           str_starts(line->text, STR("\xc2\xa9"));
}

/* The end of the lines that the labeller takes for body. */
static size_t body_end(const struct page *page, const enum role *roles, size_t body,
                       const int32_t *scores)
{
    size_t end = scores ? page->count : 0;
    while (end > body && (scores[end - 1] <= 0 || roles[end - 1] != ROLE_BODY))
        end--;
    return end;
}

/* What the page's first line says behind its headline: "… | Ferries | The Port Times". */
static struct str site_names(struct str first)
{
    size_t at = first.len, end;
    do {
        end = at;
        at = page_site(str_sub(first, 0, end));
    } while (at < end);
    return str_sub(first, at, first.len);
}

/* Credits between paragraphs, that say less clearly what they are. */
static void find_credits(const struct page *page, enum role *roles, size_t body,
                         size_t end, const int32_t *scores)
{
    struct str site = site_names(page->lines[0].text);
    for (size_t i = body + 1; i + 1 < end; i++) {
        const struct page_line *line = &page->lines[i];
        if (roles[i] == ROLE_BODY
                ? ((scores[i] > 0 ? certain(line, site)
                                  : (i > body + 1 && source_alone(line, scores + i))) ||
                   (i > body + 1 && behind_caption(line, scores + i, site)) ||
                   (line->cue == CUE_CREDIT && credit_kind(line->text)))
                : roles[i] == ROLE_COPYRIGHT && sign_alone(line, scores + i))
            roles[i] = ROLE_CREDIT;
    }
}

static bool starts_small(struct str s)
{
    return s.s[0] >= 'a' && s.s[0] <= 'z';
}

static bool starts_with_digit(struct str s)
{
    return s.s[0] >= '0' && s.s[0] <= '9';
}

/* A line that a credit next to it may belong to. */
static bool may_be_caption(const struct page *page, const enum role *roles, size_t i,
                           size_t body, const int32_t *scores)
{
    const struct page_line *line = &page->lines[i];
    bool stops = line->text.s[line->text.len - 1] == '.';
    size_t least = stops ? 2 : CAPTION_WORDS;
    return roles[i] == ROLE_BODY && !line->dateline && line->words >= least &&
           line->words <= MANY_WORDS && !starts_small(line->text) &&
           !str_any(line->text, "@") &&
           !(scores && i >= body && !doubtful(line, scores[i]));
}

/* What few words before the title say: "View image in fullscreen". */
static bool button(const struct page_line *line)
{
    enum { BUTTON_WORDS = 5 };
    return !line->stops && line->words <= BUTTON_WORDS;
}

/* A sentence, or what says more than names. */
static bool says_something(const struct page_line *line, const int32_t *scores)
{
    return line->stops || (scores && 5 * line->scan.capitals < 4 * line->words);
}

/* Words that a paragraph of the body has on average. */
static size_t paragraph_words(const struct page *page, const enum role *roles,
                              size_t body, const int32_t *scores)
{
    size_t words = 0, count = 0;
    for (size_t i = body; scores && i < page->count; i++)
        if (scores[i] > 0 && roles[i] == ROLE_BODY && page->lines[i].prose) {
            words += page->lines[i].words;
            count++;
        }
    return count ? words / count : 0;
}

/* True for a sentence much shorter than the page's paragraphs are, which nobody says. */
static bool short_sentence(const struct page_line *line, size_t paragraph)
{
    return line->stops && !line->dateline && line->words >= CAPTION_WORDS &&
           5 * line->words <= 3 * paragraph && !starts_small(line->text) &&
           !starts_with_digit(line->text) && !str_any(line->text, "\"") &&
           str_find(line->text, STR("“"), 0) == NONE &&
           str_find(line->text, STR("„"), 0) == NONE;
}

static struct str without_bracket(struct str s)
{
    return str_sub(s, s.s[0] == '(' || s.s[0] == '[', s.len);
}

/* "Source: …": whom a paragraph has it from, too. */
static bool says_source(struct str line)
{
    static const char *const labels[] = {"source",   "quelle", "fuente", "fonte",
                                         "bron",     "źródło", "kaynak", "sursa",
                                         "источник", "джерело"};
    struct str word;
    return word_next(&line, &word) && STR_AMONG(word, labels);
}

/* A credit of names: "Image: Ann Lee, left, at the quay" says more. */
static bool names_maker(const struct page_line *line)
{
    return (line->words <= LABELLED_WORDS || str_any(line->text, "/") ||
            3 * line->scan.capitals >= 2 * line->words) &&
           !says_source(line->text);
}

/* Where who and when stand behind a credit the body has not begun, and what stands
 * between it and the title's subtitle is its caption. */
static bool before_signature(const struct page *page, const enum role *roles, size_t i,
                             size_t title)
{
    bool signature = i + 1 < page->count &&
                     (roles[i + 1] == ROLE_BYLINE || roles[i + 1] == ROLE_TIMESTAMP);
    return signature && title != NONE && i > title + 2 && i <= title + 4 &&
           roles[i - 1] == ROLE_BODY && roles[i - 2] == ROLE_BODY;
}

/* Where no caption stands before its credits a page has them behind. */
static bool captions_before(const struct page *page, const enum role *roles)
{
    for (size_t i = 1; i < page->count; i++)
        if (roles[i] == ROLE_CREDIT && roles[i - 1] == ROLE_CAPTION)
            return true;
    return false;
}

static bool behind_signature(const enum role *roles, size_t i)
{
    return i > 0 && (roles[i - 1] == ROLE_BYLINE || roles[i - 1] == ROLE_TIMESTAMP);
}

/* "Ann Lee/AFP", "The quay at noon", and then the story, which tells of it, too, if who
 * and when do not stand before. */
static bool caption_behind(const struct page *page, const enum role *roles, size_t i,
                           size_t body, const int32_t *scores)
{
    enum { LEAST = 6, MOST = 25, TOLD_LINES = 10 };
    const struct page_line *line = &page->lines[i];
    size_t told = i + 2 + TOLD_LINES < page->count ? i + 2 + TOLD_LINES : page->count;
    return scores && i + 2 < page->count && roles[i + 2] == ROLE_BODY && line[2].prose &&
           scores[i + 2] > 0 && line[1].words >= LEAST && line[1].words <= MOST &&
           line[1].cue == CUE_NONE && !line[1].scan.colons &&
           !str_any(line[1].text, "?!") &&
           may_be_caption(page, roles, i + 1, body, scores) &&
           says_something(line + 1, scores) &&
           (page_shared(page, i + 1, i + 2, told) || behind_signature(roles, i)) &&
           !captions_before(page, roles);
}

/* "… the quay. Reuters", "… the quay (AFP)": that a paragraph ends so, which a report
 * begins or ends with, is rare among others. */
static void find_unsure(const struct page *page, enum role *roles, size_t body,
                        size_t end, const int32_t *scores)
{
    struct credit credit;
    for (size_t i = body + 1; i + 1 < end; i++) {
        const struct page_line *line = &page->lines[i];
        if (roles[i] == ROLE_BODY && line->words <= MANY_WORDS &&
            may_end_in_credit(line) && scores[i + 1] > 0 && line[1].prose &&
            !starts_with_digit(line->text) && !str_any(line->text, "?") &&
            credit_find(line->text, &credit))
            roles[i] = ROLE_CAPTION;
    }
}

/* "Port Bros.", "Port Survey": up to three words that are a name. */
static bool house_name(const struct page_line *line)
{
    return line->words <= SOURCE_WORDS && line->cue == CUE_NONE && !line->colon &&
           !line->scan.digits && line->scan.capitals == line->words &&
           word_capital(line->text);
}

/* True if one of the lines (i, end) is like line i, before a paragraph as that is. */
static bool stands_again(const struct page *page, size_t i, size_t end)
{
    for (size_t k = i + 1; k + 1 < end; k++)
        if (page->lines[k + 1].prose && str_eq(page->lines[k].text, page->lines[i].text))
            return true;
    return false;
}

/* "Port Films" behind a caption without a credit, and wherever it stands alone around
 * there: no sub-heading, which is body, and stands once. */
static void find_houses(const struct page *page, enum role *roles, size_t from,
                        size_t end, const int32_t *scores)
{
    enum { AROUND = 400 }; /* lines; a story has hardly more */
    struct credit credit;
    for (size_t i = from + 1; i + 1 < end; i++) {
        struct str house = page->lines[i].text;
        size_t first = i - from > AROUND ? i - AROUND : from + 1;
        size_t last = end - i > AROUND ? i + AROUND : end;
        if (roles[i] != ROLE_BODY || roles[i - 1] != ROLE_CAPTION ||
            !page->lines[i + 1].prose || !house_name(&page->lines[i]) ||
            (scores[i] > 0 && !stands_again(page, i, last)) ||
            credit_find(page->lines[i - 1].text, &credit))
            continue;
        for (size_t k = first; k + 1 < last; k++)
            if (roles[k] == ROLE_BODY && str_eq(page->lines[k].text, house))
                roles[k] = ROLE_CREDIT;
    }
}

/* True if most pictures have no caption: clearly paragraphs, of so many words or nearly,
 * stand before their credits. */
static bool credits_bare(const struct page *page, const enum role *roles, size_t body,
                         size_t end, const int32_t *scores, size_t paragraph)
{
    size_t bare = 0, captions = 0;
    for (size_t i = body + 1; i < end; i++) {
        const struct page_line *line = &page->lines[i - 1];
        if (roles[i] != ROLE_CREDIT || line[1].text.s[0] == '(')
            continue;
        bare += roles[i - 1] == ROLE_BODY && 5 * line->words > 4 * paragraph &&
                !doubtful(line, scores[i - 1]);
        captions += roles[i - 1] == ROLE_CAPTION ||
                    (roles[i - 1] == ROLE_BODY && scores[i - 1] <= 0);
    }
    return bare > 1 && bare > captions;
}

/* The pictures of a page, and what tells of them. */
struct pictures {
    const struct page *page;
    enum role *roles;
    size_t title, body;
    const int32_t *scores;
    size_t paragraph; /* its words */
    bool bare;        /* credits_bare() */
};

/* Behind a title a sentence is a caption, between paragraphs it may be either; from is
 * the line before the credit at i, or before the title that stands between. */
static bool caption_before(const struct pictures *p, size_t from, size_t i)
{
    const struct page_line *line = &p->page->lines[from];
    bool next = from + 1 == i;
    if (next && p->bare && i > p->body && p->scores[from] > 0 && line[1].text.s[0] != '(')
        return false;
    return may_be_caption(p->page, p->roles, from, p->body, p->scores) &&
           !starts_with_digit(line->text) &&
           (next ? says_something(line, p->scores) : !str_any(line->text, "?!")) &&
           (p->title == NONE || i > p->title || !button(line));
}

/* The same of a line of the body right before the credit. */
static bool caption_in_body(const struct pictures *p, size_t i)
{
    const struct page_line *line = &p->page->lines[i];
    if (i <= p->body || p->roles[i - 1] != ROLE_BODY)
        return false;
    if (line->text.s[0] == '(' && caption_like(line - 1, 0))
        return true; /* "(Ann Lee)": a subhead has none */
    return (!p->bare || line->text.s[0] == '(') && names_maker(line) &&
           short_sentence(line - 1, p->paragraph);
}

/* A credit belongs to the sentence before it, if the labeller does not take that for
 * body; a headline may stand between them. */
static void pair_credit(const struct pictures *p, size_t i)
{
    const struct page_line *line = &p->page->lines[i];
    size_t k = i;
    if (i + 1 < p->page->count &&
        (announces_caption(line + 1) || labelled_caption(line + 1)))
        return; /* it says itself where it is */
    while (k > 0 && (k - 1 == p->title || p->roles[k - 1] == ROLE_DUPLICATE))
        k--;
    if (k > 0 && caption_before(p, k - 1, i))
        p->roles[k - 1] = ROLE_CAPTION;
    else if (k == i &&
             (before_signature(p->page, p->roles, i, p->title) || caption_in_body(p, i)))
        p->roles[i - 1] = ROLE_CAPTION;
    else if (caption_behind(p->page, p->roles, i, p->body, p->scores))
        p->roles[i + 1] = ROLE_CAPTION;
}

/* "Port Survey": two words or three that are a name, or a headline. */
static bool name_alone(const struct page_line *line)
{
    return line->words > 1 && !line->stops && house_name(line);
}

/* A short sentence, which nobody says. */
static bool shows(const struct page_line *line, size_t paragraph)
{
    return line->stops && line->words >= CAPTION_WORDS &&
           5 * line->words <= 3 * paragraph && word_capital(line->text);
}

/* On a page of pairs of caption and credit, a name alone between a short sentence and a
 * paragraph is the credit of one more. */
static void pair_alike(const struct page *page, enum role *roles, size_t body, size_t end,
                       const int32_t *scores, size_t paragraph)
{
    bool names = false; /* of several people */
    size_t last = NONE;
    for (size_t i = body + 1; i < end; i++) {
        if (roles[i] != ROLE_CREDIT || roles[i - 1] != ROLE_CAPTION)
            continue;
        names = names ||
                (last != NONE && !str_eq(page->lines[i].text, page->lines[last].text));
        last = i;
    }
    for (size_t i = body + 1; names && i + 1 < end; i++) {
        const struct page_line *line = &page->lines[i];
        if (roles[i] == ROLE_BODY && roles[i - 1] == ROLE_BODY && name_alone(line) &&
            line[1].prose && scores[i + 1] > 0 && shows(line - 1, paragraph)) {
            roles[i] = ROLE_CREDIT;
            roles[i - 1] = ROLE_CAPTION;
        }
    }
}

void picture_pairs(const struct page *page, enum role *roles, size_t title, size_t body,
                   const int32_t *scores)
{
    struct pictures p = {page, roles, title, body, scores, NONE, false};
    size_t end = body_end(page, roles, body, scores);
    find_credits(page, roles, body, end, scores);
    find_unsure(page, roles, body, end, scores);
    find_houses(page, roles, title < body ? title : body, end, scores);
    for (size_t i = 0; i < page->count; i++) {
        if (roles[i] != ROLE_CREDIT)
            continue;
        if (end > body && i >= end && says_source(without_bracket(page->lines[i].text))) {
            roles[i] = ROLE_NAV; /* the story's */
            continue;
        }
        if (p.paragraph == NONE) { /* most pages have no credit */
            p.paragraph = paragraph_words(page, roles, body, scores);
            p.bare = scores && credits_bare(page, roles, body, end, scores, p.paragraph);
        }
        pair_credit(&p, i);
    }
    if (p.paragraph != NONE && end > body)
        pair_alike(page, roles, body, end, scores, p.paragraph);
}

void picture_again(const struct page *page, enum role *roles)
{
    for (size_t i = 0; i < page->count; i++)
        for (size_t k = 0; roles[i] == ROLE_CAPTION && k < page->count; k++)
            if ((roles[k] == ROLE_BODY || roles[k] == ROLE_SUBTITLE) &&
                str_eq(page->lines[k].text, page->lines[i].text))
                roles[k] = ROLE_DUPLICATE;
}

/* Before the title names with slashes are where the reader is, "News / Port / Ferries",
 * unless a caption stands next to them. */
static bool breadcrumb(const struct page *page, const enum role *roles, size_t i)
{
    return roles[i] == ROLE_CREDIT && page->lines[i].cue != CUE_CREDIT &&
           !(i > 0 && roles[i - 1] == ROLE_CAPTION) &&
           !(i + 1 < page->count && roles[i + 1] == ROLE_CAPTION);
}

void picture_window(const struct page *page, enum role *roles)
{
    size_t first = page->count, last = 0, title = 0;
    for (size_t i = 0; i < page->count; i++)
        if (roles[i] == ROLE_TITLE || roles[i] == ROLE_BODY) {
            first = first < i ? first : i;
            title = roles[i] == ROLE_TITLE && !title ? i : title;
            last = i;
        }
    for (size_t i = 0; i < page->count; i++)
        if ((roles[i] == ROLE_CREDIT || roles[i] == ROLE_CAPTION) &&
            (i + PICTURE_BEFORE < first || i > last + PICTURE_BEHIND ||
             (i < title && breadcrumb(page, roles, i))))
            roles[i] = ROLE_NAV;
}
