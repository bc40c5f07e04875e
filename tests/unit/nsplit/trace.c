/* Traces of lines, the lexicon of furniture, and what is remembered of a stream. */
#include "stages/nsplit/trace.h"
#include "tests/unit/tap.h"

static struct trace of(const char *text)
{
    struct trace trace;
    trace_line(&trace, str_of(text), NULL);
    return trace;
}

static void lines(void)
{
    struct trace t = of("  Harbour Bridge reopens | The Daily Post ");
    is_int(t.bytes, 39, "bytes without blanks around");
    is_int(t.count, 6, "words");
    is_int(t.near[NEAR_CAPITALS], 83, "five of six words are capitalised");
    is_int(t.own[OWN_TAIL], 3, "words behind the bar");
    ok(t.flags & TRACE_BAR, "a bar");
    ok(t.tail == of("Other | the daily post").tail, "the same site behind another title");
    ok(t.name == of("harbour bridge reopens").words, "the name is what stands before it");
    ok(of("A - B").flags & TRACE_DASH && !(of("A-B").flags & TRACE_DASH),
       "a dash stands between blanks");
    ok(of("\xc2\xa9 2019 Post").flags & TRACE_YEAR, "the copyright sign and a year");
    ok(!(of("in 2019").flags & TRACE_YEAR), "a year alone");
    ok(of("at 14:02").flags & TRACE_DATE && of("in 2019").flags & TRACE_DATE, "dates");
    ok(of("He left.").flags & TRACE_SENTENCE, "a sentence");
    ok(of("and so").flags & TRACE_LOWER, "a small letter");
    ok(of("").hash == 0 && of("...").hash == 0, "nothing to hash");
    ok(of("Read  MORE").hash == of("read\xe2\x80\xa6 more").hash, "marks do not count");
    ok(of("a b").hash != of("ab").hash, "blanks do");
}

static void joints(void)
{
    ok(of("rights reservedHarbour bridge reopens").flags & TRACE_JOINT, "a joint");
    ok(of("\xc2\xa9 2019Harbour bridge reopens").flags & TRACE_JOINT, "behind a digit");
    ok(of("Terms of use.Harbour bridge reopens").flags & TRACE_JOINT, "behind a point");
    ok(of("CLOSEHow the bridge was shut").flags & TRACE_JOINT, "a word behind capitals");
    ok(of("Privacy policy10 bridges to see").flags & TRACE_JOINT, "a figure");
    ok(of("Read more\"It holds\", she says").flags & TRACE_JOINT, "a quote");
    ok(of("Impressum\xc3\x96l im Hafen").flags & TRACE_JOINT, "a letter beyond ASCII");
    ok(!(of("on 12.03.2019 at 14:02, don't").flags & TRACE_JOINT), "no date is one");
    ok(!(of("All rights reserved by the Harbour Bridge").flags & TRACE_JOINT), "none");
    ok(!(of("ALL RIGHTS RESERVED BY THE HARBOUR").flags & TRACE_JOINT), "capitals");
}

static void openings(void)
{
    uint32_t h = trace_opening(STR("The Harbour Bridge reopens on Monday"));
    ok(h == trace_opening(STR("the harbour bridge \xe2\x80\x93 reopens again")),
       "twenty letters are an opening");
    ok(h != trace_opening(STR("The harbour bridge closes on Monday")), "others are not");
    is_int(trace_opening(STR("Menu")), 0, "too few letters");
}

static void streams(void)
{
    struct lexicon *lexicon = lexicon_parse(STR("# foot, head, phrase\n"
                                                "40\t0\tprivacy\n"
                                                "0\t30\t=skip to content\n"));
    struct traces *traces = traces_new(lexicon);
    is_int(traces_add(traces, STR("Skip to content"), 0), 1, "the first is 1");
    traces_add(traces, STR("Privacy, your privacy"), 3);
    traces_add(traces, STR("Please skip to content"), 0);
    traces_add(traces, STR("Skip to content"), 0);
    is_int(traces_at(traces, 1)->near[NEAR_HEAD], 30, "a whole line");
    is_int(traces_at(traces, 2)->near[NEAR_FOOT], 80,
           "a word, as often as it stands there");
    is_int(traces_at(traces, 2)->own[OWN_BLANKS], 3, "blank lines before");
    is_int(traces_at(traces, 3)->near[NEAR_HEAD], 0,
           "a phrase for whole lines inside a line");
    is_int(traces_at(traces, 4)->gap, 3, "lines since the same line");
    is_int(traces_at(traces, 4)->sums[SUM_FOOT], 80, "sums go on");
    is_int((long long)traces_last(traces, trace_opening(STR("skip to content!"))), 4,
           "the last line with an opening");
    traces_split(traces, 2, STR("Privacy"), STR("your privacy"));
    is_int(traces_at(traces, 5)->near[NEAR_HEAD], 30, "a split moves what is behind");
    is_int(traces_at(traces, 3)->bytes, 12, "the second part");
    traces_add(traces, STR("Skip to content"), 2);
    is_int(traces_at(traces, 6)->near[NEAR_HEAD], 30, "said again behind a split");
    traces_add(traces, STR("Skip to content"), 1);
    is_int(traces_at(traces, 7)->near[NEAR_HEAD], 30, "said once more");
    is_int(traces_at(traces, 7)->near[NEAR_CUE], CUE_NAV, "with its cue");
    is_int(traces_at(traces, 7)->gap, 1, "its gap is its own");
    is_int(traces_at(traces, 7)->own[OWN_BLANKS], 1, "and so are the blank lines");
    for (int i = 0; i < TRACES; i++)
        traces_add(traces, STR("x"), 0);
    is_int(traces_at(traces, 5)->bytes, 0, "what is long past is forgotten");
    is_int(traces_at(traces, 9999)->bytes, 0, "what is to come is not known");
    traces_clear(traces);
    is_int(traces_add(traces, STR("Skip to content"), 0), 1, "another file");
    is_int(traces_at(traces, 1)->gap, 0, "nothing came before");
    traces_free(traces);
    lexicon_free(lexicon);
}

int main(void)
{
    lines();
    joints();
    openings();
    streams();
    return done_testing();
}
