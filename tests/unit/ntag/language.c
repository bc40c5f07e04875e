#include "stages/ntag/letters.h"

#include "tests/unit/tap.h"

static const struct {
    const char *text, *want; /* NULL: not told */
} texts[] = {
    {"The council will vote on the new harbour next week, and both sides expect a long "
     "night.",
     "en"},
    {"Der Stadtrat stimmt nächste Woche über den neuen Hafen ab, und beide Seiten "
     "rechnen mit einer langen Nacht.",
     "de"},
    {"Le conseil votera la semaine prochaine sur le nouveau port, et les deux camps "
     "s'attendent à une longue nuit.",
     "fr"},
    {"El concejo votará la próxima semana sobre el nuevo puerto y ambas partes esperan "
     "una noche larga.",
     "es"},
    {"A câmara vai votar na próxima semana sobre o novo porto, e os dois lados esperam "
     "uma longa noite.",
     "pt"},
    {"Il consiglio voterà la settimana prossima sul nuovo porto e le due parti si "
     "aspettano una lunga notte.",
     "it"},
    {"De gemeenteraad stemt volgende week over de nieuwe haven en beide kanten "
     "verwachten "
     "een lange nacht.",
     "nl"},
    {"Rada miasta będzie głosować w przyszłym tygodniu nad nowym portem i obie strony "
     "spodziewają się długiej nocy.",
     "pl"},
    {"Городской совет проголосует на следующей неделе по новому порту, и обе стороны "
     "ждут долгой ночи.",
     "ru"},
    {"Міська рада голосуватиме наступного тижня щодо нового порту, і обидві сторони "
     "чекають довгої ночі.",
     "uk"},
    {"Kaupunginvaltuusto äänestää ensi viikolla uudesta satamasta, ja molemmat osapuolet "
     "odottavat pitkää yötä.",
     "fi"},
    {"Belediye meclisi gelecek hafta yeni liman için oy kullanacak ve iki taraf da uzun "
     "bir gece bekliyor.",
     "tr"},
    {"Hội đồng thành phố sẽ bỏ phiếu về bến cảng mới vào tuần tới.", "vi"},
    {"Dewan kota akan memberikan suara tentang pelabuhan baru minggu depan, dan kedua "
     "pihak memperkirakan malam yang panjang.",
     "id"},
    {"Το δημοτικό συμβούλιο ψηφίζει την επόμενη εβδομάδα για το νέο λιμάνι.", "el"},
    {"市議会は来週、新しい港について投票する。", "ja"},
    {"市议会下周将就新港口进行投票。", "zh"},
    {"시의회는 다음 주 새 항구에 대해 투표한다.", "ko"},
    {"สภาเมืองจะลงคะแนนเสียงเรื่องท่าเรือใหม่ในสัปดาห์หน้า", "th"},
    {"سيصوت مجلس المدينة الأسبوع المقبل على الميناء الجديد.", "ar"},
    {"شورای شهر هفته آینده درباره بندر جدید رأی "
     "می‌دهد.",
     "fa"},
    {"מועצת העיר תצביע בשבוע הבא על הנמל החדש.", "he"},
    {"नगर परिषद अगले सप्ताह नए बंदरगाह पर मतदान करेगी।", "hi"},
    {"The mayor, who was born in Москва, said that the harbour would open in spring.",
     "en"},
    {"The mayor called the new timetable a success. Passengers who ask for it with "
     "curl -s harbour.example/times?day=monday get an answer {} and no ferry.",
     "en"},
    {"Дужина моста је 12-{km}- а ширина 9-{m}-, па ће радови трајати до краја лета.",
     "sr"},
    {"Read more of the news about harbours here: नगर परिषद अगले सप्ताह नए बंदरगाह पर मतदान "
     "करेगी और दोनों पक्षों को लंबी रात की उम्मीद है।",
     "hi"},
    {"Mayor Kemal Yıldız of İskenderun met the fishermen, who asked him to open the "
     "harbour again before the summer.",
     "en"},
    /* not told */
    {"", NULL},
    {"12 34 56 78 90", NULL},
    {"— … !!!", NULL},
    {"Hull 3 4 12 9 31 Derby 2 8 14 11 28 Stoke 6 6 10 14 27 Wigan 1 9 22 10 25", NULL},
    {"for (i = 0; i < n; i++) { if (a[i] == b->key) return &t->slot[i]; x |= y << 2; }",
     NULL},
    {"<div class=\"a\"><p id=\"b\">x</p></div><ul><li>y</li><li>z</li></ul>", NULL},
    {"def close_gate(self):\n    if not self.tide:\n        raise GateError(\"the gate "
     "is open\")\n    for boat in self.boats:\n        boat.wait()\n    return self.gate",
     NULL},
    {"Linnavolikogu hääletab järgmisel nädalal uue sadama üle ja mõlemad pooled ootavad "
     "pikka ööd, sest keegi ei tea, mida teised otsustavad.",
     NULL},
    {"Mae'r cyngor yn pleidleisio yr wythnos nesaf ar yr harbwr newydd, ac mae'r ddwy "
     "ochr yn disgwyl noson hir yn y dref.",
     NULL},
    {"Şəhər şurası gələn həftə yeni liman üçün səs verəcək və hər iki tərəf uzun bir "
     "gecə "
     "gözləyir, çünki heç kim başqalarının nə qərar verdiyini bilmir.",
     NULL},
    {"Kommunestyret røystar om den nye hamna neste veke, og begge sidene ventar seg ei "
     "lang natt, for ingen veit kva dei andre har avgjort.",
     NULL},
    /* Czech in Latin-2 that was read as another table */
    {"PĹ™Ă­stav se znovu otevĹ™e v lĂ©tÄ›, Ĺ™ekl starosta mÄ›sta a dodal, Ĺľe "
     "prĂˇce pĹ™ijdou draho.",
     NULL},
    {"Florvek tusamin doglet praxu heminat, vorsik u belad tromesu kipran delovik satu "
     "menigor haspet u drenovak silumet garonis pelk.",
     NULL},
    {"საკრებულო მომავალ კვირას ახალ პორტზე კენჭს იყრის.", NULL},
};

static struct language guess_of(const char *text)
{
    struct sample sample;

    sample_text(&sample, str_of(text));
    struct language guess = language_guess(&letters_model, &sample);
    if (!language_sure(&sample, &guess))
        guess.tag = NULL;
    return guess;
}

static void check_places(void)
{
    static char text[3000];
    struct sample sample;
    size_t b = 0, c = 0;

    memset(text, 'a', sizeof text - 1);
    memset(text + 1000, 'b', 1000);
    memset(text + 2000, 'c', 999);
    for (size_t i = 9; i < sizeof text - 1; i += 10)
        text[i] = ' ';
    sample_text(&sample, str_of(text));
    for (size_t i = 0; i < sample.count; i++) {
        b += sample.letters[i] == 'b';
        c += sample.letters[i] == 'c';
    }
    ok(sample.spread && b > 40 && c > 40 && sample.count - b - c > 40,
       "a long text is looked at in all its parts");
}

static void check_sample(void)
{
    struct sample sample;
    static const uint16_t want[] = {' ', 'a', 0xEA, ' ', 'b', ' '};

    sample_clear(&sample);
    sample_add(&sample, STR("-- A\xC3\x8A 12, B."), LANGUAGE_SAMPLE);
    ok(sample.count == 6 && !memcmp(sample.letters, want, sizeof want),
       "letters folded, one blank between words, first and last");
    is_int((long long)sample.digits, 2, "digits are counted");
    sample_clear(&sample);
    sample_add(&sample, STR("ti\xC3\xAA\xCC\x81ng"), LANGUAGE_SAMPLE);
    ok(sample.count == 7 && sample.letters[3] == 0x1EBF, "a tone mark is put together");
    sample_clear(&sample);
    for (int i = 0; i < 200; i++)
        sample_add(&sample, STR("words go on"), 100);
    ok(sample.count <= LANGUAGE_SAMPLE + 1, "a sample ends");
    check_places();
}

static void check_record(void)
{
    struct record rec = {0};
    struct json_fault fault;
    struct str line =
        STR("{\"title\":\"Der Hafen bleibt noch bis zum Freitag geschlossen\","
            "\"text\":\"Nein\"}");

    record_parse(&rec, line, &fault);
    struct language language = language_of(&rec, STR("Nein"));
    is_str(str_of(language.tag ? language.tag : ""), "de",
           "a short text has its title's");
    ok(!language.english, "which is not English");
    record_free(&rec);
}

/* A model as its file has it: a scale, classes, and weights before the classes that have
 * them. */
static void check_letters(void)
{
    struct language_model *model =
        language_model_new(STR("# a comment\n=\t0.5\n@\t1\ten\t0.25\t3\t2\n"
                               "@\t1\t-xx\t0\t0\t1\n_t\t&A!Ba\nthe\t#C\n"));
    const struct letters_class *class = model->scripts[SCRIPT_LATIN].class;
    uint64_t t = ' ' << 16 | 't', the = UINT64_C(0x740068) << 16 | 'e';

    is_int(model->scripts[SCRIPT_LATIN].count, 2, "two classes of a script");
    is_str(str_of(class[1].tag), "-xx", "a rival");
    ok(model->scale == 0.5 && class->bias == 0.25 && class->spread == 2, "its numbers");
    is_int(keys_row(&model->grams, t), 0, "the first gram, with a blank");
    is_int(keys_row(&model->grams, the), 1, "the second");
    is_int(keys_row(&model->grams, 't'), KEYS_NONE, "a gram that is not there");
    is_int(model->rows[0].weights[0], 0x05, "weights of the first class and the 33rd");
    is_int(model->rows[0].weights[1], 0x40, "of the second");
    is_int(model->rows[0].weights[2], 0x44, "none");
    is_int(model->rows[1].weights[2], 0x42, "of the third");
    language_model_free(model);
}

int main(void)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct language guess = guess_of(texts[i].text);
        is_str(str_of(guess.tag ? guess.tag : "none"),
               texts[i].want ? texts[i].want : "none", texts[i].text);
        ok(guess.score >= 0 && guess.score <= 1, "a score: %s", texts[i].text);
    }
    ok(guess_of("hello world").score < guess_of(texts[0].text).score,
       "less is less sure");
    check_sample();
    check_record();
    check_letters();
    return done_testing();
}
