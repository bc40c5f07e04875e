/* ntag: tells who, where, when and in what language. */
#include "common/in.h"
#include "common/msg.h"
#include "common/opt.h"
#include "common/out.h"
#include "common/record.h"
#include "common/stats.h"
#include "stages/ntag/language.h"
#include "stages/ntag/lexicon.h"
#include "stages/ntag/names.h"
#include "stages/ntag/quotes.h"
#include "stages/ntag/subjects.h"
#include "stages/ntag/tags.h"
#include "stages/ntag/tokens.h"
#include "stages/ntag/when.h"
#include "stages/ntag/where.h"

enum { OPT_ONLY = OPT_OWN, OPT_NO, OPT_DATE, OPT_LEXICON, OPT_OVERLAPS };

static const struct opt table[] = {
    {OPT_ONLY, "only", "LIST",
     "compute only these: language, date, located, tags, topic, "
     "names, quotes, subjects"},
    {OPT_NO, "no", "LIST", "compute all but these"},
    {OPT_LEXICON, "lexicon", "FILE",
     "tell the terms of this list, term, tab, label (repeatable)"},
    {OPT_OVERLAPS, "overlaps", NULL, "tell terms inside and across others, too"},
    {OPT_DATE, "date", "DATE", "the day the pages are from, for dates that need one"},
    OPT_COMMON};

/* What can be computed, as bits. */
enum {
    LANGUAGE = 1,
    DATE = 2,
    LOCATED = 4,
    TAGS = 8,
    TOPIC = 16,
    NAMES = 32,
    QUOTES = 64,
    SUBJECT = 128,
    ALL = 255
};

struct tagger {
    const char *field;
    unsigned what;
    bool dated;
    struct date day;
    struct tokens title, text; /* of the record at hand */
    struct filed filed;        /* likewise */
    struct names names;
    struct quotes quotes;
    struct lexicon *lexicon; /* NULL: no term list */
    bool overlaps;
};

/* The bits of "date,names". */
static unsigned what_of(const char *list, const char *option)
{
    static const char *const names[] = {"language", "date",  "located", "tags",
                                        "topic",    "names", "quotes",  "subjects"};
    struct str rest = str_of(list);
    unsigned what = 0;

    for (size_t at = 0; at <= rest.len;) {
        size_t comma = str_find(rest, STR(","), at), i = 0;
        size_t end = comma == (size_t)-1 ? rest.len : comma;
        struct str name = str_trim(str_sub(rest, at, end));
        while (i < sizeof names / sizeof *names && !str_eq(name, str_of(names[i])))
            i++;
        if (i == sizeof names / sizeof *names)
            msg_usage("--%s: '%.*s' is nothing that can be chosen", option, (int)name.len,
                      name.s);
        what |= 1u << i;
        at = end + 1;
    }
    return what;
}

static void tag_names(struct tagger *tagger, struct record *rec, bool english)
{
    quotes_find(&tagger->quotes, &tagger->text);
    names_find(&tagger->names, &tagger->text, english);
    if (tagger->what & NAMES) {
        names_write(&tagger->names, &tagger->text, rec, "people", NAME_PERSON);
        names_write(&tagger->names, &tagger->text, rec, "organisations",
                    NAME_ORGANISATION);
        names_write(&tagger->names, &tagger->text, rec, "places", NAME_PLACE);
    }
    if (tagger->what & QUOTES) {
        quotes_attribute(&tagger->quotes, &tagger->text, &tagger->names);
        quotes_write(&tagger->quotes, &tagger->text, &tagger->names, rec);
    }
}

static void add_hit(void *context, const struct hit *hit)
{
    struct buf *b = context;

    json_add_comma(b);
    buf_puts(b, "{\"label\":");
    json_add_string(b, hit->label);
    buf_puts(b, ",\"term\":");
    json_add_string(b, hit->term);
    buf_puts(b, ",\"span\":");
    json_add_span(b, hit->start, hit->end);
    buf_add_char(b, '}');
}

static void tag_lexicon(const struct tagger *tagger, struct record *rec, struct str text)
{
    struct buf hits = {0};

    buf_add_char(&hits, '[');
    lexicon_find(tagger->lexicon, text, tagger->overlaps, add_hit, &hits);
    if (hits.len > 1) {
        buf_add_char(&hits, ']');
        buf_add_str(record_set(rec, "lexicon"), buf_str(&hits));
    }
    buf_free(&hits);
}

/* Cuts title and text to tokens, where what is wanted needs them. */
static void cut(struct tagger *tagger, struct record *rec, struct str text, unsigned what)
{
    struct str title = {"", 0};

    if (!(what & (NAMES | QUOTES | SUBJECT | TAGS)))
        return;
    record_string(rec, "title", &title);
    tokens_cut(&tagger->title, title);
    tokens_cut(&tagger->text, text);
}

/* What is to be computed and can be, for a record in that language. */
static unsigned what_for(const struct tagger *tagger, const struct record *rec,
                         bool english)
{
    unsigned what = tagger->what;

    if (!english)
        what &= ~(unsigned)SUBJECT;
    if (what & TAGS && !tags_may_run(rec))
        what &= ~(unsigned)TAGS;
    return what;
}

static void tag_record(struct tagger *tagger, struct record *rec)
{
    struct language language = {.english = true};
    struct str text;

    if (!record_string(rec, tagger->field, &text))
        return;
    if (tagger->what & (LANGUAGE | NAMES | QUOTES | SUBJECT))
        language = language_of(rec, text);
    unsigned what = what_for(tagger, rec, language.english);
    cut(tagger, rec, text, what);
    if (what & LANGUAGE)
        language_tag(rec, &language);
    if (what & (DATE | LOCATED))
        filed_read(&tagger->filed, rec, text);
    if (what & DATE)
        when_tag(rec, &tagger->filed, tagger->dated ? &tagger->day : NULL);
    if (what & LOCATED)
        where_tag(rec, &tagger->filed);
    if (what & TAGS)
        tags_unglue(rec, &tagger->title, &tagger->text);
    if (what & TOPIC)
        tags_topic(rec);
    if (what & (NAMES | QUOTES))
        tag_names(tagger, rec, language.english);
    if (what & SUBJECT)
        subjects_tag(rec, &tagger->title, &tagger->text);
    if (tagger->lexicon)
        tag_lexicon(tagger, rec, text);
}

static void tagger_free(struct tagger *tagger)
{
    subjects_free();
    lexicon_free(tagger->lexicon);
    tokens_free(&tagger->title);
    tokens_free(&tagger->text);
    buf_free(&tagger->filed.text);
    names_free(&tagger->names);
    quotes_free(&tagger->quotes);
}

static void read_option(struct tagger *tagger, struct common *common, int key)
{
    switch (key) {
    case OPT_ONLY:
        tagger->what &= what_of(opt_arg, "only");
        break;
    case OPT_NO:
        tagger->what &= ~what_of(opt_arg, "no");
        break;
    case OPT_LEXICON:
        if (!tagger->lexicon)
            tagger->lexicon = lexicon_new();
        lexicon_read(tagger->lexicon, opt_arg);
        break;
    case OPT_OVERLAPS:
        tagger->overlaps = true;
        break;
    case OPT_DATE:
        if (!date_timestamp(str_of(opt_arg), &tagger->day) || tagger->day.day < 0)
            msg_usage("--date: '%s' is no day", opt_arg);
        tagger->dated = true;
        break;
    default:
        opt_common(common, key, table,
                   "Adds language, date, place, agency, authors, names and quotes.",
                   "Example: nsplit page.txt | nstrip | ntag --no quotes");
    }
}

int main(int argc, char *argv[])
{
    struct common common = COMMON_DEFAULT;
    struct tagger tagger = {.what = ALL};
    struct record rec = {0};
    int key;

    msg_init("ntag", "[-hquV] [--only LIST] [--no LIST] [--date DATE] [file ...]");
    while ((key = opt_next(table, argc, argv)) != -1)
        read_option(&tagger, &common, key);
    tagger.field = common.field;

    struct in *in = in_open(argc - opt_rest, argv + opt_rest, common.max_record);
    while (record_read(in, &rec)) {
        tag_record(&tagger, &rec);
        record_write(&rec);
    }
    in_close(in);
    record_free(&rec);
    tagger_free(&tagger);
    reject_close();
    out_close();
    stats_close();
    return msg_status();
}
