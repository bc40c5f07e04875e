/* Makers: who made a picture, and whose it is, as a credit names them. */
#ifndef NSTRIP_MAKER_H
#define NSTRIP_MAKER_H

#include "common/str.h"

#include <stdbool.h>
#include <stddef.h>

static inline bool ascii_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* True if s has so many words. */
bool maker_words(struct str s, size_t least);

/* True for the name of a house that pictures come from, and no reports: "Getty Images";
 * of an agency; of either. */
bool maker_library(struct str s);
bool maker_agency(struct str s);
bool maker_source(struct str s);

/* "GC Images", "Oldport Pictures", "PT Photography" */
bool maker_house(struct str s);

/* A place where people show their pictures: "Instagram". */
bool maker_network(struct str s);

/* The parts of a credit, "Lee/AFP", "Lee via AFP", and whether one of them is a source,
 * or a library. */
struct maker_parts {
    size_t count;
    bool source, library;
};
struct maker_parts maker_parts(struct str s);

/* True for a word that stands among names: "via", "of", "et". */
bool maker_link(struct str word);

/* True for names and the words between them, of at most so many words. */
bool maker_names(struct str s, size_t most);

/* True for words without a small letter; for one of four letters or more. */
bool maker_shouted(struct str s);
bool maker_capitals(struct str s);

/* "NOAA", "WeatherBELL", unlike what a program's names have behind a point. */
bool maker_acronym(struct str s);

/* "Ann Lee/Oldport", "Photo/AFP", "Ann Lee / The Port Times", as in no sentence. */
bool maker_slashed(struct str s);

/* "Instagram/Ann Lee", "@annlee/Instagram"; "Ann Lee, Port Tribune"; "NASA/JPL"; "Getty
 * Images / 35007" */
bool maker_shown(struct str s);
bool maker_of_paper(struct str s);
bool maker_of_science(struct str s);
bool maker_numbered(struct str s);

/* "Ann Lee/The Port Times": a name of two or three words, a slash and another. */
bool maker_and_house(struct str s);

/* True for several parts, one of them a source. */
bool maker_and_source(struct str s);

/* True if the site says the name, in any case. */
bool maker_named(struct str site, struct str name);

/* "Ann Lee for The Port Times": for anybody; for the site, or an agency. */
bool maker_for_any(struct str s);
bool maker_for_house(struct str s, struct str site);

/* "Ann Lee | Port Times", "Port Times / Ann Lee", "Ann Lee/Instagram",
 * "@annlee/Instagram"; the mark between them at the byte. */
bool maker_beside_house(struct str s, size_t mark, struct str site);

#endif
