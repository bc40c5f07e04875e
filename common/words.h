/* Words of a text in any script.
 *
 * A word is a run of letters, digits and marks; inside it an apostrophe between letters
 * (don't, l'eau), a hyphen between letters or digits (Saint-Etienne, COVID-19) and a
 * point or comma between digits (3.5, 1,000) belong to it. In a script without spaces
 * each character is a word. A simplification of Unicode's UAX #29 word boundaries. */
#ifndef NEWSPIPE_WORDS_H
#define NEWSPIPE_WORDS_H

#include "common/str.h"

#include <stdbool.h>
#include <stdint.h>

/* Takes the next word off *rest, which begins behind it then; false when there is none.
 */
bool word_next(struct str *rest, struct str *word);

/* How many words s has. */
size_t word_count(struct str s);

/* True for a function word (the, and, of; le, der, и …) of one of the languages in
 * common/stopwords.txt; the word is folded by the caller or not at all (both work). */
bool word_stop(struct str word);

/* The same by the word's hash: WORD_HASH with word_hash() applied to each of its folded
 * characters, for who reads the word anyway. */
bool word_stop_hash(uint64_t hash);

#define WORD_HASH UINT64_C(0xcbf29ce484222325)

/* FNV-1a over code points instead of bytes. */
static inline uint64_t word_hash(uint64_t hash, uint32_t c)
{
    return (hash ^ c) * UINT64_C(0x100000001b3);
}

/* True if the word begins with a capital. */
bool word_capital(struct str word);

#endif
