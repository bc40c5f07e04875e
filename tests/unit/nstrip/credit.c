/* Credits: in a line of their own, and at the end of a caption's. */
#include "stages/nstrip/credit.h"
#include "tests/unit/tap.h"

/* The line ends in this credit, with this caption before it. */
static void ends_in(const char *line, const char *caption, const char *name, bool sure)
{
    struct credit credit;
    struct str s = str_of(line);
    if (!credit_find(s, &credit)) {
        ok(false, "no credit in: %s", line);
        return;
    }
    is_str(str_trim(str_sub(s, 0, credit.at)), caption, line);
    is_str(str_trim(str_sub(s, credit.from, credit.to)), name, "… the credit");
    is_int(credit.sure, sure, "… beyond doubt");
}

static void ends_in_none(const char *line)
{
    struct credit credit;
    ok(!credit_find(str_of(line), &credit), "no credit: %s", line);
}

static void test_brackets(void)
{
    ends_in("The old quay last week (Photo: Tom Arden)", "The old quay last week",
            "Tom Arden", true);
    ends_in("The old quay last week. [Image: courtesy of the port]",
            "The old quay last week.", "courtesy of the port", true);
    ends_in("The old quay last week. (Tom Arden/The Port Times)",
            "The old quay last week.", "Tom Arden/The Port Times", true);
    ends_in("The quay will be raised, she said. (Reuters)",
            "The quay will be raised, she said.", "Reuters", false);
    ends_in("The old quay. (Photo by Tom Arden/The Port Times)Tom", "The old quay.",
            "Photo by Tom Arden/The Port Times", true);
    ends_in("The old quay last week. (Tom Arden)", "The old quay last week.", "Tom Arden",
            false);
    ends_in("The old quay last week. (Tom Arden for The Port Times)",
            "The old quay last week.", "Tom Arden for The Port Times", true);
    ends_in("The old quay last week. (Tom Arden | PortLive.com)",
            "The old quay last week.", "Tom Arden | PortLive.com", true);
    ends_in("The old quay last week (Port photo by Tom Arden)", "The old quay last week",
            "Port photo by Tom Arden", true);
    ends_in("The old quay last week (AFP: Tom Arden)", "The old quay last week",
            "AFP: Tom Arden", true);
    ends_in("The old quay last week. (File)", "The old quay last week.", "File", true);
    ends_in("The old quay last week. (Supplied)", "The old quay last week.", "Supplied",
            true);
    ends_in("Il vecchio molo di Oldport (foto Ansa)", "Il vecchio molo di Oldport",
            "foto Ansa", true);
    ends_in("Prom w Oldport (fot. Tom Arden)", "Prom w Oldport", "fot. Tom Arden", true);
    ends_in_none("Port Museum Poster (Teacher: Tom Arden)");
    ends_in_none("Things to do at the quay (and Ferry Tips for Families!)");
    ends_in_none("Talk to us about it (Port / Ferries / Tides / Letters)");
    ends_in_none("The quay will be raised, she said. (Monday)");
    ends_in_none("The quay was raised in the spring (see page 4)");
}

static void test_labels(void)
{
    ends_in("The old quay last week. Credit: Tom Arden", "The old quay last week.",
            "Tom Arden", true);
    ends_in("Der alte Kai im Mai. Foto: Tom Arden und Mira Holt (Hafenbote)",
            "Der alte Kai im Mai.", "Tom Arden und Mira Holt (Hafenbote)", true);
    ends_in("Der alte Kai im MaiBild: Tom Arden/dpa", "Der alte Kai im Mai",
            "Tom Arden/dpa", true);
    ends_in("The old quay last week. Image: Tom Arden.", "The old quay last week.",
            "Tom Arden", true);
    ends_in("The old quay last week © Tom Arden", "The old quay last week", "Tom Arden",
            true);
    ends_in("A map of the old quay. Image credit: Arden et al., sheet 9",
            "A map of the old quay.", "Arden et al., sheet 9", true);
    ends_in("The old quay last week Credit: iStockphoto", "The old quay last week",
            "iStockphoto", true);
    ends_in("The old quay last week | Photo by Tom Arden", "The old quay last week",
            "Photo by Tom Arden", true);
    ends_in("The old quay last week. - Copyright Tom Arden/AP", "The old quay last week.",
            "Tom Arden/AP", true);
    ends_in("Der alte Kai im Mai. Foto: privat", "Der alte Kai im Mai.", "privat", true);
    ends_in("The old quay last week Credit: Tom Arden/PortPhotos.com/P-03",
            "The old quay last week", "Tom Arden/PortPhotos.com/P-03", true);
    ends_in("The old quay last week. | Tom Arden/PORTNEWS", "The old quay last week.",
            "Tom Arden/PORTNEWS", true);
    ends_in("The old quay last week. | REUTERS", "The old quay last week.", "REUTERS",
            true);
    ends_in("The old quay last week / PA Wire", "The old quay last week", "PA Wire",
            true);
    ends_in("The old quay last week. /PNP", "The old quay last week.", "PNP", true);
    ends_in("The old quay last week. — Reuters", "The old quay last week.", "Reuters",
            false);
    ends_in("The old quay last week. — Photo by Tom Arden", "The old quay last week.",
            "Photo by Tom Arden", true);
    ends_in("The old quay last week - Tom Arden/Portpress", "The old quay last week",
            "Tom Arden/Portpress", true);
    ends_in("The old quay last week. Photo / Tom Arden", "The old quay last week.",
            "Photo / Tom Arden", true);
    ends_in_none("River rises again | The Port Times");
    ends_in("The old quay last week. | Tom Arden", "The old quay last week.", "Tom Arden",
            false);
    ends_in("The old quay last week. / Tom Arden", "The old quay last week.", "Tom Arden",
            false);
    ends_in("Le vieux quai. Crédits : Tom Arden", "Le vieux quai.", "Tom Arden", true);
    ends_in_none("Why Has Oldport No Wall? | PORT");
    ends_in_none("The council has two plans: raise the quay");
    ends_in_none("Photo: Tom Arden");
}

static void test_sentences(void)
{
    ends_in("The old quay last week. AFP via Getty Images", "The old quay last week.",
            "AFP via Getty Images", true);
    ends_in("The old quay last week. HANDOUT / AFP", "The old quay last week.",
            "HANDOUT / AFP", true);
    ends_in("The old quay last week.Tom Arden", "The old quay last week.", "Tom Arden",
            true);
    ends_in("The old quay last weekReuters", "The old quay last week", "Reuters", true);
    ends_in("The old quay last week.WeatherWATCH", "The old quay last week.",
            "WeatherWATCH", true);
    ends_in("The quay will be raised, she said. Getty Images",
            "The quay will be raised, she said.", "Getty Images", true);
    ends_in("Gamli hafnarbakkinn í gær. Ljósmynd/Aðsend", "Gamli hafnarbakkinn í gær.",
            "Ljósmynd/Aðsend", true);
    ends_in("Der alte Kai im Mai. Bildrechte: PORT/Tom Arden", "Der alte Kai im Mai.",
            "PORT/Tom Arden", true);
    ends_in("The old quay last week. port.example/Tom Arden", "The old quay last week.",
            "port.example/Tom Arden", true);
    ends_in("The old quay at noon Tom B Arden/Getty Images Europe",
            "The old quay at noon", "Tom B Arden/Getty Images Europe", true);
    ends_in("The old quay at noon Tom Arden/GC Images", "The old quay at noon",
            "Tom Arden/GC Images", true);
    ends_in("The old quay at noon Tom Arden/via Reuters", "The old quay at noon",
            "Tom Arden/via Reuters", true);
    ends_in("The old quay in 1999.Tom Arden", "The old quay in 1999.", "Tom Arden", true);
    ends_in("The old quay last week.courtesy of Port Museum", "The old quay last week.",
            "courtesy of Port Museum", true);
    ends_in("The old quay last week. REUTERS/Tom Arden/File Photo Purchase Licensing "
            "Rights, opens new tab",
            "The old quay last week.", "REUTERS/Tom Arden/File Photo", true);
    ends_in("The old quay last week. Tom Arden/Getty Images hide caption",
            "The old quay last week.", "Tom Arden/Getty Images", true);
    ends_in("The old quay last week. Tom Arden / The Port Times",
            "The old quay last week.", "Tom Arden / The Port Times", true);
    ends_in("The old quay last week. Tom Arden, Port Tribune", "The old quay last week.",
            "Tom Arden, Port Tribune", false);
    ends_in("The old quay last week. Instagram / @tomarden", "The old quay last week.",
            "Instagram / @tomarden", true);
    ends_in("The old quay last week.Tom Arden (EFE)", "The old quay last week.",
            "Tom Arden (EFE)", true);
    ends_in("The old quay in Port Ferry Week Tom Arden/GC Images",
            "The old quay in Port Ferry Week", "Tom Arden/GC Images", true);
    ends_in("The old quay last week.Credit...Tom Arden/The Port Times",
            "The old quay last week.", "Tom Arden/The Port Times", true);
    ends_in("The old quay last week. NOAA", "The old quay last week.", "NOAA", false);
    ends_in("The old quay last week. Newsday / Tom Arden", "The old quay last week.",
            "Newsday / Tom Arden", true);
    ends_in("The old quay last week. Photo Tom Arden", "The old quay last week.",
            "Photo Tom Arden", true);
    ends_in("The old quay last week. File image", "The old quay last week.", "File image",
            true);
    ends_in_none("The price vs. NOAA");
    ends_in_none("Issue 6677.Download Map");
    ends_in_none("The Old Quay And The New Mill/Getty Images");
    ends_in("Mira Holt Submitted photo", "Mira Holt", "Submitted photo", true);
    ends_in("新しい無線機を試す港の職員（港湾局提供）", "新しい無線機を試す港の職員",
            "港湾局提供", true);
    ends_in_none("新しい無線機を試す港の職員（41）");
    ends_in_none("See you at the quay. pic.port.example/JO3qwj");
    ends_in_none("const PortList: Quay.FC = () => {");
    ends_in_none("port.Error(w, \"no such quay\", port.StatusBadRequest)");
    ends_in_none("What we like about Port.Chat");
    ends_in_none("The old quay was built by J.F. Arden");
    ends_in_none("She met him at the U.S.Army");
    ends_in_none("The quay was built last year. Tom Arden");
    ends_in_none("Share it on WhatsApp");
}

static void test_alone(void)
{
    static const char *const credits[] = {"Photo: Tom Arden",
                                          "(Photo: Tom Arden)",
                                          "Image source, Getty Images",
                                          "\xc2\xa9 Tom Arden",
                                          "Photo by Tom Arden",
                                          "Tom Arden / AFP / Getty Images",
                                          "Tom Arden, AP",
                                          "Bloomberg | Getty Images",
                                          "Tom Arden/The Port Times",
                                          "Getty Images",
                                          "Foto: dpa",
                                          "[사진=KBS]",
                                          "Image: Courtesy Tom Arden/Oldport Parks",
                                          "\xc2\xa9 imago/Tom Arden",
                                          "imago images/Arden",
                                          "Photos: Tom Arden and Mira Holt",
                                          "Image copyright EPA",
                                          "Instagram/Tom Arden",
                                          "PT Photography | Tom Arden",
                                          "Getty Images / 35007",
                                          "Credit...Tom Arden for The Port Times",
                                          "Image credits: Tom Arden",
                                          "NASA/JPL-Caltech",
                                          "@tomarden/Instagram",
                                          "Fot. Tom Arden",
                                          "Staff photo by Tom Arden"};
    static const char *const others[] = {
        "Photos",
        "Photo gallery",
        "pic.port.com/JO3qwj",
        "Instagram / Facebook",
        "\xc2\xa9 Copyright Port Times 2023",
        "News/Port",
        "Terms & Notices/Privacy",
        "Tom Arden",
        "Gallery",
        "Photos: Inside Oldport's Ferries",
        "Images: Oldport, Old Town of Ferries",
        "Why Has Oldport No Wall? It Is Complicated [AP]"};
    for (size_t i = 0; i < sizeof credits / sizeof *credits; i++)
        ok(credit_alone(str_of(credits[i])), "a credit: %s", credits[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        ok(!credit_alone(str_of(others[i])), "no credit: %s", others[i]);
}

static void test_owned(void)
{
    ok(credit_owned(STR("Copyright Tom Arden/AP")), "who made it and for whom");
    ok(credit_owned(STR("Copyright AP Photo")), "a source");
    ok(!credit_owned(STR("Copyright The Port Times")), "the page's foot");
    ok(!credit_owned(STR("Copyright 2024 Port/AP")), "… with a year");
}

static void test_certain(void)
{
    struct str site = STR(" | The Port Times");
    ok(credit_certain(STR("Tom Arden/The Port Times"), site), "the house's name");
    ok(credit_certain(STR("(Tom Arden / Oldport Courier)"), site), "in brackets");
    ok(credit_certain(STR("The Port Times / Tom Arden"), site), "the house first");
    ok(credit_certain(STR("TOM ARDEN FOR THE PORT TIMES"), site), "for the house");
    ok(credit_certain(STR("Tom Arden for AP"), site), "for an agency");
    ok(credit_certain(STR("Tom Arden | The Port Times"), site), "behind a bar");
    ok(credit_certain(STR("Tom Arden, The Port Times"), site), "behind a comma");
    ok(credit_certain(STR("Tom Arden/Instagram"), site), "a network");
    ok(!credit_certain(STR("Best Ferries for Families"), site), "no house");
    ok(!credit_certain(STR("(Tom Arden)"), site), "a name in brackets");
    ok(credit_certain(STR("Bloomberg/Tom Arden"), site), "an agency's");
    ok(credit_certain(STR("Tom Arden/PORTNEWS"), site), "a house in capitals");
    ok(!credit_certain(STR("North Quay / Western Avenue"), site), "streets");
    ok(!credit_certain(STR("Position: Guard/Forward"), site), "a label");
    ok(!credit_certain(STR("Tom Arden"), site), "a name alone");
}

static void test_prefixes(void)
{
    is_int((long long)credit_label(STR("Image: Courtesy Tom")), 7, "a label before two");

    is_int((long long)credit_label(STR("Photo: Tom Arden")), 7, "a credit's label");
    is_int((long long)credit_label(STR("Image source, Tom")), 14, "… with a comma");
    is_int((long long)credit_label(STR("Photo by Tom Arden")), 0, "a preposition stays");
    is_int((long long)credit_label(STR("Photo:")), 0, "nothing behind it");
    is_int((long long)caption_label(STR("Image caption,")), 14, "a caption's label");
    is_int((long long)caption_label(STR("Legende: Der Kai")), 9, "… before it");
    is_int((long long)caption_label(STR("Image caption The quay")), 14,
           "… without a mark");
    is_int((long long)caption_label(STR("Media captionThe quay")), 13, "… or a blank");
    is_int((long long)caption_label(STR("Image caption of the day")), 0,
           "a phrase like it");
    is_int((long long)caption_label(STR("Captions are hard: why")), 0, "a word like it");
}

static void test_behind_caption(void)
{
    struct str site = STR(" | The Port Times");
    ok(credit_bracketed(STR("(Port Ferries Co.)")), "names in brackets");
    ok(credit_bracketed(STR("(EPA)")), "an acronym");
    ok(!credit_bracketed(STR("(Continued)")), "one word");
    ok(!credit_bracketed(STR("(SOUND OF FERRY HORNS)")), "what is heard");
    ok(!credit_bracketed(STR("(see page four)")), "words");
    ok(credit_kind(STR("File photo")), "a kind of picture");
    ok(credit_kind(STR("(Supplied)")), "in brackets");
    ok(!credit_kind(STR("Photo")), "a label");
    ok(credit_house(STR("Port Times"), site), "the house");
    ok(credit_house(STR("Reuters"), site), "a source");
    ok(!credit_house(STR("Tom Arden"), site), "a name");
}

int main(void)
{
    test_brackets();
    test_labels();
    test_sentences();
    test_alone();
    test_owned();
    test_certain();
    test_behind_caption();
    test_prefixes();
    return done_testing();
}
