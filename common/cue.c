#include "common/cue.h"

#include "common/alloc.h"
#include "common/data.h"
#include "common/msg.h"
#include "common/unicode.h"

#include <stdint.h>

DATA(cues_txt);

enum {
    TABLE = 8192, /* slots; load() sees to it that at least half stay free */
    HEAD = 80,    /* bytes of a line that phrases are looked for in, at either end */
    WORDS = 16,   /* words of a phrase at most */
    COPYRIGHT_SIGN = 0xa9,
};

enum place { WHOLE, BEGIN, END };

/* A phrase, folded, with the kind it stands for at each place. */
struct phrase {
    struct str text;
    unsigned char kind[3];
    bool colon; /* at the beginning, only before a colon */
};

static struct phrase table[TABLE];
static struct buf texts; /* what the phrases' texts lie in */

/* Some text folded for comparing: words in lower case with one space between them, a run
 * of digits as one 0. Punctuation between words stays where no blank stands. */
struct folded {
    char s[HEAD * 4];
    size_t len;
    int words;
    size_t begin[WORDS], end[WORDS]; /* of each word, in s */
    size_t raw_end[WORDS];           /* and where it ended in the line */
    bool all;                        /* the line had no more than this */
};

static bool counts(uint32_t c)
{
    return uni_letter(c) || uni_digit(c) || c == COPYRIGHT_SIGN; /* says much */
}

static void fold_char(struct folded *f, uint32_t c)
{
    struct str utf8;
    struct buf b = {0};
    if (c < 0x80) {
        f->s[f->len++] = (char)uni_fold(c);
        return;
    }
    utf8_add(&b, uni_fold(c));
    utf8 = buf_str(&b);
    memcpy(f->s + f->len, utf8.s, utf8.len);
    f->len += utf8.len;
    buf_free(&b);
}

/* Folds the first HEAD bytes of s, or all of it if it is shorter, less what is neither
 * letter nor digit at its beginning and its end. */
static void fold(struct folded *f, struct str s)
{
    const char *p = s.s, *end = s.s + s.len, *stop = s.len > HEAD ? s.s + HEAD : end;
    bool in_word = false, digit_before = false;
    size_t last = 0, last_raw = 0; /* where the last character that counts ended */
    f->len = 0;
    f->words = 0;
    while (p < stop) {
        uint32_t c = utf8_next(&p, end);
        bool space = uni_space(c), digit = uni_digit(c);
        if (space || (!in_word && !counts(c))) {
            if (in_word) {
                f->len = last;
                f->end[f->words - 1] = last;
                f->raw_end[f->words - 1] = last_raw;
            }
            in_word = false;
            continue;
        }
        if (!in_word) {
            if (f->words == WORDS)
                break;
            if (f->words)
                f->s[f->len++] = ' ';
            f->begin[f->words++] = f->len;
            in_word = true;
            digit_before = false;
        }
        if (!digit)
            fold_char(f, c);
        else if (!digit_before)
            f->s[f->len++] = '0';
        digit_before = digit;
        if (counts(c)) {
            last = f->len;
            last_raw = (size_t)(p - s.s);
        }
        if (c == COPYRIGHT_SIGN) { /* a word of its own: "©Name" */
            f->end[f->words - 1] = last;
            f->raw_end[f->words - 1] = last_raw;
            in_word = false;
        }
    }
    if (in_word) {
        f->len = last;
        f->end[f->words - 1] = last;
        f->raw_end[f->words - 1] = last_raw;
    }
    f->all = p >= end;
}

static struct phrase *slot(struct str text)
{
    size_t i = (size_t)str_hash(text) % TABLE;
    while (table[i].text.s && !str_eq(table[i].text, text))
        i = (i + 1) % TABLE;
    return &table[i];
}

static enum cue kind_named(struct str name)
{
    static const char *const names[] = {
        "none",    "more",    "share",  "subscribe", "cookie",  "ad",
        "comment", "media",   "nav",    "copyright", "counter", "tags",
        "topic",   "related", "byline", "credit",    "time",    "correction"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(name, str_of(names[i])))
            return (enum cue)i;
    msg_die("cues.txt: unknown kind %.*s", (int)name.len, name.s);
}

static void load_phrase(struct str kind, struct str phrase)
{
    enum place place = WHOLE;
    if (str_ends(phrase, STR("*"))) {
        place = BEGIN;
        phrase.len--;
    } else if (str_starts(phrase, STR("*"))) {
        place = END;
        phrase = str_sub(phrase, 1, phrase.len);
    }
    struct folded f;
    fold(&f, phrase);
    struct phrase *to = slot((struct str){f.s, f.len});
    if (!to->text.s) {
        to->text = (struct str){texts.s + texts.len, f.len};
        buf_add(&texts, f.s, f.len);
    }
    to->kind[place] = (unsigned char)kind_named(kind);
    if (place == BEGIN)
        to->colon = str_ends(phrase, STR(":"));
}

static void load(void)
{
    struct str rest = {(const char *)cues_txt, cues_txt_size}, line;
    buf_room(&texts, 2 * rest.len); /* all at once: the phrases point into it */
    size_t lines = 0;
    while (str_line(&rest, &line)) {
        size_t tab = str_find(line, STR("\t"), 0);
        if (tab == (size_t)-1 || line.s[0] == '#')
            continue;
        if (++lines > TABLE / 2)
            msg_die("cues.txt: more than %d phrases", TABLE / 2);
        load_phrase(str_sub(line, 0, tab), str_sub(line, tab + 1, line.len));
    }
}

static enum cue look_up(const struct folded *f, size_t from, size_t to, enum place place)
{
    const struct phrase *found = slot((struct str){f->s + from, to - from});
    return found->text.s ? (enum cue)found->kind[place] : CUE_NONE;
}

/* The kind of phrase that the line's first words are, word being the last of them. */
static enum cue begins(const struct folded *f, struct str line, int word)
{
    const struct phrase *found = slot((struct str){f->s, f->end[word]});
    size_t at = f->raw_end[word];
    if (!found->text.s || (found->colon && !(at < line.len && line.s[at] == ':')))
        return CUE_NONE;
    return (enum cue)found->kind[BEGIN];
}

/* The tail of a line, from a character's beginning. */
static struct str tail(struct str line)
{
    if (line.len <= HEAD)
        return line;
    size_t from = line.len - HEAD;
    while (from < line.len && ((unsigned char)line.s[from] & 0xc0) == 0x80)
        from++;
    return str_sub(line, from, line.len);
}

enum cue cue_of(struct str line)
{
    struct folded f;
    enum cue kind = CUE_NONE;
    if (!texts.s)
        load();
    fold(&f, line);
    if (!f.words)
        return CUE_NONE;
    if (f.all)
        kind = look_up(&f, 0, f.len, WHOLE);
    for (int i = f.words; kind == CUE_NONE && i > 0; i--)
        kind = begins(&f, line, i - 1);
    if (kind != CUE_NONE)
        return kind;
    if (!f.all)
        fold(&f, tail(line));
    for (int i = 0; kind == CUE_NONE && i < f.words; i++)
        kind = look_up(&f, f.begin[i], f.len, END);
    return kind;
}

size_t cue_prefix(struct str line, enum cue kind)
{
    struct folded f;
    if (!texts.s)
        load();
    fold(&f, line);
    for (int i = f.words; i > 0; i--) {
        if (begins(&f, line, i - 1) != kind &&
            look_up(&f, 0, f.end[i - 1], WHOLE) != kind)
            continue;
        size_t at = f.raw_end[i - 1];
        while (at < line.len && (line.s[at] == ':' || line.s[at] == ' '))
            at++;
        return at;
    }
    return 0;
}

bool cue_template(struct str line)
{
    static const char *const brackets[][2] = {
        {"{{", "}}"}, {"{%", "%}"}, {"${", "}"}, {"<%", "%>"}, {"[[", "]]"}};
    for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++) {
        size_t open = str_find(line, str_of(brackets[i][0]), 0);
        if (open != (size_t)-1 &&
            str_find(line, str_of(brackets[i][1]), open + 2) != (size_t)-1)
            return true;
    }
    return false;
}
