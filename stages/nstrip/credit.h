/* Credits: who made a picture, in a line of its own or at the end of a caption's. */
#ifndef NSTRIP_CREDIT_H
#define NSTRIP_CREDIT_H

#include "common/str.h"

#include <stdbool.h>
#include <stddef.h>

/* A credit at a line's end: "… (Photo: Ann Lee)", "… [AFP]", "… Image: Ann Lee",
 * "… the quay. AFP via Getty Images", "… the quay.Ann Lee/AFP", "… the quay. | AFP",
 * "… the quay / PA Wire", "… the quay. — AFP/File", "… the quay. File photo". */
struct credit {
    size_t at;       /* where the caption before it ends */
    size_t from, to; /* the credit itself, without bracket and label */
    bool sure; /* what a paragraph hardly ends in; else an agency may be its source */
};

/* False where the line ends in none, or is nothing but a credit. */
bool credit_find(struct str line, struct credit *credit);

/* True for a line that is a credit and nothing else: a label and names, "Photo by Ann
 * Lee", or names with one that pictures come from, "Ann Lee / AFP". */
bool credit_alone(struct str line);

/* The same of one that begins as a page's foot does: "Copyright Ann Lee/AP". */
bool credit_owned(struct str line);

/* The same of a line that may be body as well: names with one that pictures come from, or
 * with the house's, "Ann Lee/The Port Times", "The Port Times / Ann Lee", "Ann Lee for
 * The Port Times", or a network's, "@annlee/Instagram". site is what the page's first
 * line says besides its headline. */
bool credit_certain(struct str line, struct str site);

/* The same of what is a credit only behind a caption: names in brackets, "(Oldport
 * Ferries Co.)"; a source, or the house's name, "ES". */
bool credit_bracketed(struct str line);
bool credit_house(struct str line, struct str site);

/* True for what kind of picture it is, and nothing else: "File photo", "Supplied". */
bool credit_kind(struct str line);

/* True for a gallery's headline that begins as a credit does, "Photos: Inside the ferry",
 * "Images: Oldport, Old Town of Ferries", where names of makers have three words at most.
 */
bool credit_gallery(struct str line);

/* The bytes of the label that a credit begins with, blanks behind it included: "Photo:",
 * "Image source,", "©"; 0 if there is none, or nothing behind it. A preposition ("Photo
 * by") belongs to the credit. */
size_t credit_label(struct str line);

/* The same of a caption's: "Image caption,", "Bildunterschrift:", with or without the
 * caption behind it. */
size_t caption_label(struct str line);

#endif
