#include "stages/ntag/byline.h"

#include "common/cue.h"
#include "common/date.h"
#include "common/dateline.h"
#include "common/unicode.h"
#include "stages/ntag/lists.h"
#include "stages/ntag/looks.h"
#include "stages/ntag/where.h"

#include <ctype.h>

enum {
    NAME_WORDS = 5, /* a name has no more */
    NAME_BYTES = 80
};

/* How a part of a byline is set off from the one before. */
enum joint { JOINT_START, JOINT_AND, JOINT_COMMA, JOINT_BAR };

struct parts {
    struct byline *out;
    const char *end;
    enum joint joint; /* before the part that is read */
    bool role;        /* the part before was what somebody is */
    bool pair;        /* one comma is all that sets parts off: "A B, Forbes India" */
};

/* Words for what a writer is. */
static bool is_role(struct str word)
{
    static const char *const words[] = {
        "writer",
        "writers",
        "correspondent",
        "correspondents",
        "editor",
        "editors",
        "reporter",
        "reporters",
        "reporting",
        "columnist",
        "contributor",
        "contributors",
        "contributing",
        "journalist",
        "critic",
        "analyst",
        "author",
        "producer",
        "photographer",
        "blogger",
        "host",
        "chief",
        "officer",
        "ceo",
        "cfo",
        "cto",
        "president",
        "executive",
        "senior",
        "founder",
        "co-founder",
        "professor",
        "lecturer",
        "researcher",
        "fellow",
        "director",
        "manager",
        "consultant",
        "specialist",
        "horticulturalist",
        "expert",
        "educator",
        "gardener",
        "dietitian",
        "nutritionist",
        "therapist",
        "attorney",
        "lawyer",
        "doctor",
        "veterinarian",
        "special",
        "redakteur",
        "redakteurin",
        "korrespondent",
        "korrespondentin",
        "korrespondentinnen",
        "autor",
        "autorin",
        "reporterin",
        "journalistin",
        "volontär",
        "volontärin",
        "journaliste",
        "correspondant",
        "correspondante",
        "envoyé",
        "redactor",
        "redactora",
        "corresponsal",
        "inviato",
        "corrispondente",
        "repórter",
        "verslaggever",
        "journalisten",
        "корреспондент",
        "редактор",
        "기자",
        "특파원",
        "칼럼니스트",
        "논설위원",
        "twitter",
        "facebook",
        "instagram",
        "linkedin",
    };
    return STR_AMONG(word, words);
}

/* Words for a body of writers: with one of them at its end a part names no person. */
static bool is_body(struct str word)
{
    static const char *const words[] = {
        "staff",     "agencies",   "agency",   "desk",      "newsroom",  "news",
        "team",      "board",      "bureau",   "wire",      "services",  "press",
        "reports",   "editorial",  "admin",    "sponsored", "redaktion", "agenturen",
        "rédaction", "redacción",  "agencias", "redazione", "redação",   "redactie",
        "редакция",  "redaksjonen"};
    return STR_AMONG(word, words);
}

/* The last words of papers' names, with a hyphen before or without. */
static bool is_paper(struct str word)
{
    static const char *const words[] = {
        "times",    "post",      "herald",   "tribune",   "journal",  "gazette",
        "courier",  "chronicle", "enquirer", "inquirer",  "register", "dispatch",
        "sentinel", "examiner",  "observer", "telegraph", "bulletin", "advertiser"};
    size_t hyphen = str_find(word, STR("-"), 0);
    return STR_AMONG(word, words) ||
           (hyphen < word.len && STR_AMONG(str_sub(word, hyphen + 1, word.len), words));
}

static bool is_first_name(struct str word)
{
    return (lists_of(word) & LIST_FIRST) || (gazetteer(token_low(word)) & GAZ_FIRST);
}

/* Words a name does not begin with: articles and the like, and those of "By country". */
static bool begins_no_name(struct str word)
{
    static const char *const words[] = {
        "the",      "our",     "this",    "all",           "any",
        "use",      "le",      "la",      "les",           "el",
        "los",      "las",     "die",     "der",           "das",
        "il",       "lo",      "os",      "more",          "by",
        "from",     "an",      "a",       "your",          "industry",
        "category", "country", "company", "functionality", "invitation",
        "price",    "topic",   "type",    "brand",         "department",
        "event",    "date",    "region",  "role",          "view",
        "written",  "posted",  "opinion", "commentary",    "analysis"};
    return STR_AMONG(word, words);
}

/* Small words within a name. */
static bool is_particle(struct str word)
{
    static const char *const words[] = {
        "de",  "del", "della", "der", "den", "des", "di",  "da",  "do", "dos", "das",
        "du",  "van", "von",   "vom", "zu",  "zur", "ten", "ter", "te", "bin", "ben",
        "ibn", "al",  "el",    "la",  "le",  "af",  "av",  "'t",  "ap", "abu", "bint"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(word, str_of(words[i])))
            return true;
    return false;
}

static bool is_honorific(struct str word)
{
    static const char *const words[] = {"dr",   "dr.", "prof", "prof.", "mr",
                                        "mr.",  "mrs", "mrs.", "ms",    "ms.",
                                        "rev.", "rev", "sir"};
    return STR_AMONG(word, words);
}

static bool is_join(struct str word)
{
    static const char *const words[] = {
        "and", "&", "und", "et",  "y",  "e",    "och", "og",  "en",   "i", "ja",  "и",
        "й",   "і", "та",  "και", "ve", "with", "mit", "con", "avec", "a", "oraz"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(word, str_of(words[i])))
            return true;
    return false;
}

static bool upper_at(struct str s, size_t at)
{
    const char *p = s.s + at;
    return at < s.len && uni_upper(utf8_next(&p, s.s + s.len));
}

static bool has_lower(struct str s)
{
    for (const char *p = s.s, *end = s.s + s.len; p < end;)
        if (uni_lower(utf8_next(&p, end)))
            return true;
    return false;
}

/* The next word of *s, taken off it; what closes it (a comma, a full stop behind more
 * than an initial or a short form) stays with it. */
static struct str next_word(struct str *s)
{
    *s = str_trim(*s);
    const char *p = s->s, *end = s->s + s->len;
    struct str word = {p, 0};
    while (p < end && !uni_space(utf8_next(&p, end)))
        word.len = (size_t)(p - word.s);
    *s = str_sub(*s, word.len, s->len);
    return word;
}

static struct str bare(struct str word)
{
    while (word.len && strchr(".,;:*", word.s[word.len - 1]))
        word.len--;
    if (str_ends(word, STR("®")) || str_ends(word, STR("™")))
        word.len -= str_ends(word, STR("®")) ? 2 : 3;
    return word;
}

/* M.P.H., RD, CFP®, MD* */
static bool is_degree(struct str word)
{
    struct str letters = bare(word);
    size_t points = 0;

    for (size_t i = 0; i < word.len; i++)
        points += word.s[i] == '.';
    if (str_eq_nocase(letters, STR("PhD")) || str_eq_nocase(letters, STR("Ph.D")))
        return true;
    return !has_lower(letters) && upper_at(letters, 0) &&
           (points > 1 || (letters.len > 1 && letters.len < 6));
}

static void add_agency(struct byline *out, struct str name)
{
    if (str_starts_nocase(name, STR("the ")))
        name = str_sub(name, 4, name.len);
    if (out->agencies < BYLINE_AGENCIES)
        out->agency[out->agencies++] = name;
}

static bool is_agency(struct str name)
{
    if (str_starts_nocase(name, STR("the ")))
        name = str_sub(name, 4, name.len);
    return agency_name(str_trim(bare(name))).len > 0;
}

/* Where in a word another begins that was run on to it ("NetburnStaff": 7), or 0. */
static size_t glued_at(struct str word)
{
    static const char *const begin[] = {"Mc", "Mac", "De",   "Di", "Du",  "La",
                                        "Le", "Van", "Fitz", "Da", "Del", "O"};
    for (const char *p = word.s, *end = word.s + word.len; p < end;) {
        bool lower = uni_lower(utf8_next(&p, end));
        size_t at = (size_t)(p - word.s);
        if (lower && upper_at(word, at) && !STR_AMONG(str_sub(word, 0, at), begin))
            return at;
    }
    return 0;
}

/* True if the words of s tell what somebody is, or when. */
static bool tells_role(struct str s)
{
    struct date date;
    struct str found, rest = s;

    while ((rest = str_trim(rest)).len)
        if (is_role(bare(next_word(&rest))))
            return true;
    return date_begins(s, &found, &date);
}

static bool name_word(struct str word)
{
    size_t capitals = 0;

    for (size_t i = 0; i < word.len; i++) {
        if (isdigit((unsigned char)word.s[i]) || strchr("@_#+:", word.s[i]))
            return false;
        if (word.s[i] == '.' && i > 3 && i + 1 < word.len)
            return false; /* cleveland.com */
        if (isupper((unsigned char)word.s[i]))
            capitals++;
        else if (islower((unsigned char)word.s[i]) && capitals > 2)
            return false; /* FOXBusiness */
        else
            capitals = 0;
    }
    return upper_at(word, 0) || upper_at(word, 2);
}

struct name {
    struct str word[NAME_WORDS];
    size_t words, full; /* full: those that are no initials and no particles */
};

static bool is_initial(struct str word)
{
    return utf8_count(bare(word)) == 1 || (word.len > 1 && word.s[1] == '.');
}

static void name_add(struct name *name, struct str word)
{
    name->word[name->words++] = word;
    name->full += !is_initial(word) && !is_particle(word);
}

/* From the glue in a word to where the line, which ends at end, has a comma or a bar. */
static struct str clause(struct str from, size_t glued, const char *end)
{
    const char *p = from.s + glued, *q = p;

    while (q < end && !strchr(",;|(", *q))
        q++;
    return (struct str){p, (size_t)(q - p)};
}

/* True if a word begins with three capitals (FOXBusiness). */
static bool shouts(struct str word)
{
    return word.len > 3 && isupper((unsigned char)word.s[0]) &&
           isupper((unsigned char)word.s[1]) && isupper((unsigned char)word.s[2]);
}

static void name_cut(struct name *name, size_t words)
{
    struct name whole = *name;
    *name = (struct name){0};
    for (size_t i = 0; i < words; i++)
        name_add(name, whole.word[i]);
}

/* "Ann Lee Port Ellis Courier-Post"; behind a comma a paper stands by itself. */
static void drop_paper(struct name *name, enum joint joint)
{
    size_t words = name->words > 1 && is_initial(name->word[1]) ? 3 : 2;
    if (name->words <= words || !is_paper(bare(name->word[name->words - 1])))
        return;
    if (joint == JOINT_COMMA)
        name_cut(name, 0);
    else if (is_first_name(name->word[0]))
        name_cut(name, words);
}

/* "Ann Lee Ann Lee": what a picture of her was called, and her name. */
static void drop_echo(struct name *name)
{
    size_t half = name->words / 2;
    bool echo = half > 1 && name->words % 2 == 0;
    for (size_t i = 0; echo && i < half; i++)
        echo = str_eq(name->word[i], name->word[half + i]);
    if (echo)
        name_cut(name, half);
}

/* Takes the words of a part that are the name; *role is set if what follows, or all of
 * it, is what somebody is. An agency behind the name is noted. The line ends at end. */
static void name_take(struct name *name, struct str part, const char *end,
                      struct byline *out, bool *role)
{
    while ((part = str_trim(part)).len && name->words < NAME_WORDS) {
        struct str from = part, word = next_word(&part), plain = bare(word);
        size_t glued = glued_at(plain), at = str_find(plain, STR("@"), 0);

        if (name->words && is_agency(from)) {
            add_agency(out, from);
            return;
        }
        if (glued && (tells_role(clause(from, glued, end)) ||
                      shouts(str_sub(plain, glued, plain.len)))) {
            name_add(name, str_sub(word, 0, glued));
            *role = true;
            return;
        }
        if (at != (size_t)-1 && at > 0 && name_word(str_sub(plain, 0, at))) {
            name_add(name, str_sub(plain, 0, at));
            return;
        }
        if (is_body(plain)) {
            struct str behind = part;
            *role = true;
            /* "A B Globe Staff" names one of them */
            bool of_it = name->full > 2 && is_first_name(name->word[0]);
            if (!of_it && !is_role(bare(next_word(&behind))))
                *name = (struct name){0};
            break;
        }
        if (is_role(plain)) {
            *role = true;
            break;
        }
        if (!name->words && is_honorific(word))
            continue;
        if (name->words > 1 && is_degree(word))
            return;
        if (is_particle(word) ? !part.len : !name_word(word)) {
            struct str tail = str_trim(part);
            if (is_agency(tail))
                add_agency(out, tail);
            *role = !name->words;
            return;
        }
        name_add(name, is_initial(word) || word.s[word.len - 1] != '.' ? word : plain);
    }
    /* "A B Executive Digital Editor" */
    while (*role && name->full > 2) {
        struct str last = name->word[--name->words];
        name->full -= !is_initial(last) && !is_particle(last);
    }
    if (part.len && name->words == NAME_WORDS)
        *name = (struct name){0};
}

static bool is_place(const struct name *name)
{
    uint64_t low = token_low(name->word[0]);

    for (size_t i = 1; i < name->words; i++)
        low = token_mix(low, token_low(name->word[i]));
    return gazetteer(low) & (GAZ_COUNTRY | GAZ_CITY | GAZ_REGION);
}

/* True if the words are those of a place, a paper or a brand. */
static bool is_thing(const struct name *name)
{
    struct str first = name->word[0], last = name->word[name->words - 1];

    if (is_first_name(first))
        return false;
    if (is_place(name) || is_paper(bare(last)))
        return true;
    if ((lists_of(last) & (LIST_ORG | LIST_SITE)) ||
        (gazetteer(token_low(last)) & GAZ_COUNTRY) ||
        (gazetteer(token_low(first)) & (GAZ_COUNTRY | GAZ_REGION)))
        return true;
    /* AAA Travel, MDR Thüringen */
    return !has_lower(first) && has_lower(last) && !is_initial(first) && first.len < 5;
}

/* True if the words can be an author's name, as they stand in the byline. */
static bool good_name(const struct name *name, enum joint joint, bool pair)
{
    if (!name->words || begins_no_name(name->word[0]) ||
        is_particle(name->word[name->words - 1]))
        return false;
    if (name->words == 1)
        return joint != JOINT_COMMA && is_first_name(name->word[0]);
    if (joint == JOINT_COMMA && (is_place(name) || is_degree(name->word[0]) ||
                                 (pair && !is_first_name(name->word[0]))))
        return false;
    return name->full && !is_thing(name);
}

static void write_name(struct buf *b, const struct name *name)
{
    bool capitals = true;
    struct buf usual = {0};

    for (size_t i = 0; i < name->words; i++)
        capitals = capitals && !has_lower(name->word[i]);
    for (size_t i = 0; i < name->words; i++) {
        struct str word = name->word[i];
        bool shout = !has_lower(word) && utf8_count(word) > (capitals ? 1u : 3u);
        buf_clear(&usual);
        if (shout && !is_initial(word))
            where_usual_case(&usual, word);
        else
            buf_add_str(&usual, word);
        if (shout && usual.len > 4 && str_starts(buf_str(&usual), STR("Mc")))
            usual.s[2] = (char)toupper((unsigned char)usual.s[2]);
        if (i)
            buf_add_char(b, ' ');
        buf_add_str(b, buf_str(&usual));
    }
    buf_add_char(b, '\n');
    buf_free(&usual);
}

static void write_part(struct buf *b, struct str name)
{
    buf_add_str(b, name);
    buf_add_char(b, '\n');
}

/* A Korean name, which is told by the role behind it: the bytes of its two to four
 * syllables, or 0. */
static size_t korean_name(struct str part)
{
    struct str rest = part, name = next_word(&rest);
    size_t syllables = 0;

    for (const char *p = name.s, *end = p + name.len; p < end; syllables++) {
        uint32_t c = utf8_next(&p, end);
        if (c < 0xac00 || c > 0xd7a3)
            return 0;
    }
    return syllables > 1 && syllables < 5 && is_role(next_word(&rest)) ? name.len : 0;
}

/* A name in a script without blanks or capitals: a few characters by themselves. */
static bool unspaced_name(struct str part)
{
    size_t count = 0;

    for (const char *p = part.s, *end = part.s + part.len; p < end; count++) {
        uint32_t c = utf8_next(&p, end);
        if (!uni_unspaced(c) && c != 0x30fb)
            return false;
    }
    return count > 1 && count < 7;
}

static void read_part(struct parts *parts, struct str part)
{
    struct name name = {0};
    bool role = false;

    part = str_trim(part);
    if (!part.len)
        return;
    if (is_agency(part)) {
        add_agency(parts->out, bare(part));
        return;
    }
    if (parts->joint == JOINT_BAR || part.len > NAME_BYTES ||
        (parts->joint == JOINT_AND && parts->role))
        return;
    if (korean_name(part) || (parts->joint != JOINT_COMMA && unspaced_name(part))) {
        size_t korean = korean_name(part);
        write_part(&parts->out->authors, str_sub(part, 0, korean ? korean : part.len));
        return;
    }
    name_take(&name, part, parts->end, parts->out, &role);
    drop_paper(&name, parts->joint);
    drop_echo(&name);
    bool good = good_name(&name, parts->joint, parts->pair);
    parts->role = role || (parts->joint == JOINT_COMMA && !good);
    if (good)
        write_name(&parts->out->authors, &name);
}

/* The length of what sets two parts off at s[at], 0 if nothing does. */
static size_t joint_at(struct str s, size_t at, enum joint *joint)
{
    static const char *const bars[] = {"|", "•", "·", "⋅",  " - ", " -- ", "–",
                                       "—", "(", ")", "\t", "►",   "›",    "»"};
    struct str rest = str_sub(s, at, s.len);

    if (isalnum((unsigned char)rest.s[0]))
        return 0;
    if (rest.s[0] == ',' || rest.s[0] == '\n') {
        *joint = JOINT_COMMA;
        return 1;
    }
    if (rest.s[0] == ';' || rest.s[0] == '/') {
        *joint = JOINT_AND;
        return 1;
    }
    for (size_t i = 0; i < sizeof bars / sizeof *bars; i++)
        if (str_starts(rest, str_of(bars[i]))) {
            *joint = JOINT_BAR;
            return strlen(bars[i]);
        }
    if (str_trim(rest).s > rest.s) {
        struct str behind = rest, word = next_word(&behind);
        if (behind.len && is_join(word)) {
            *joint = JOINT_AND;
            return (size_t)(behind.s - rest.s);
        }
    }
    return 0;
}

/* What is said of others than the authors ends a byline. */
static struct str before_others(struct str line)
{
    static const char *const others[] = {"diting by",      "dited by",       "eviewed by",
                                         "act checked by", "act-checked by", "hotos by",
                                         "hoto by",        "ublished",       "pdated",
                                         " Follow",        "itel by"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        size_t at = str_find(line, str_of(others[i]), 0);
        if (at == (size_t)-1)
            continue;
        const char *p = line.s + at;
        if (at && *p != ' ')
            utf8_prev(&p, line.s); /* its first letter, of either case */
        line.len = (size_t)(p - line.s);
    }
    return line;
}

/* A cue that is a noun ("Text: A B", "Author A B" is a heading) says nothing without a
 * colon, and one in a script without blanks nothing where the next word goes on. */
static bool cue_counts(struct str cue, struct str rest)
{
    static const char *const nouns[] = {
        "text",  "texte",  "texto",  "testo",  "tekst",  "author",  "authors",
        "autor", "autora", "auteur", "autore", "editor", "editors", "reporter"};
    struct str word = cue;
    const char *p = rest.s;

    if (str_find(cue, STR(":"), 0) != (size_t)-1 || !rest.len)
        return true;
    if (uni_unspaced(utf8_next(&p, rest.s + rest.len)) && cue.s + cue.len == rest.s)
        return cue.s[cue.len - 1] == ' ';
    return !STR_AMONG(next_word(&word), nouns);
}

/* Behind a "By" that lost its blank with the mark-up between: "ByAnna Brandt". */
static struct str behind_glued(struct str line)
{
    bool glued =
        str_starts_nocase(line, STR("by")) && line.s[1] == 'y' && upper_at(line, 2);

    return glued ? str_sub(line, 2, line.len) : line;
}

/* Behind "By", "Written by:" and the like, also twice. */
static struct str behind_cue(struct str line)
{
    line = behind_glued(line);
    for (size_t n; (n = cue_prefix(line, CUE_BYLINE)) > 0 && n < line.len;) {
        if (!cue_counts(str_sub(line, 0, n), str_sub(line, n, line.len)))
            return str_sub(line, line.len, line.len);
        line = str_trim(str_sub(line, n, line.len));
    }
    return line;
}

/* True if one comma, and nothing else, joins names in the line. */
static bool one_comma(struct str line)
{
    size_t comma = str_find(line, STR(","), 0);
    enum joint joint;

    if (comma == (size_t)-1)
        return false;
    for (size_t at = 0; at < line.len; at++)
        if (at != comma && joint_at(line, at, &joint) && joint != JOINT_BAR)
            return false;
    return true;
}

void byline_read(struct byline *byline, struct str line)
{
    struct parts parts = {.out = byline};
    struct date date;
    struct str found;

    buf_clear(&byline->authors);
    byline->agencies = 0;
    line = str_trim(line);
    while (line.len && strchr("|-*>", line.s[0]))
        line = str_trim(str_sub(line, 1, line.len));
    line = behind_cue(before_others(line));
    if (date_find(line, &found, &date))
        line.len = (size_t)(found.s - line.s);
    parts.end = line.s + line.len;
    parts.pair = one_comma(line);
    for (size_t at = 0, from = 0; at <= line.len; at++) {
        enum joint next = JOINT_BAR;
        size_t n = at < line.len ? joint_at(line, at, &next) : 1;
        if (!n)
            continue;
        read_part(&parts, str_sub(line, from, at));
        /* what follows a bar or a bracket is about the names, not one of them */
        if (parts.joint != JOINT_BAR)
            parts.joint = next;
        from = at + n;
        at = from - 1;
    }
}
