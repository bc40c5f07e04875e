/* Words of a text in any script.
 *
 * A word is a run of letters, digits and marks; inside it an apostrophe between letters
 * (don't, l'eau), a hyphen between letters or digits (Saint-Etienne, COVID-19) and a
 * point or comma between digits (3.5, 1,000) belong to it. In a script without spaces
 * each character is a word. A simplification of Unicode's UAX #29 word boundaries. */
#ifndef NEWSPIPE_WORDS_H
#define NEWSPIPE_WORDS_H

#include "common/ascii.h"
#include "common/str.h"

#include <stdbool.h>
#include <stdint.h>

/* The length of the first word of the sixteen bytes at p, and in *start where it begins,
 * if all that tells both is among them and is ASCII, as for most words; else 0. */
static inline size_t word_near(const char *p, size_t *start)
{
#ifdef __SSE2__
    __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
    unsigned alnum = ascii16_of(v).alnum, high = (unsigned)_mm_movemask_epi8(v);

    if (!alnum)
        return 0;
    unsigned from = (unsigned)__builtin_ctz(alnum);
    unsigned stop = from + (unsigned)__builtin_ctz(~(alnum >> from));
    if (stop > 14)
        return 0;
    /* what is no blank may join the word to a letter or digit right behind it */
    unsigned last = p[stop] == ' ' ? stop : stop + 1;
    bool ends = last == stop || !(alnum >> last & 1);
    *start = from;
    return ends && !(high << (31 - last)) ? stop - from : 0;
#else
    (void)p, (void)start;
    return 0;
#endif
}

/* word_next() for what is not near. */
bool word_far(struct str *rest, struct str *word);

/* Takes the next word off *rest, which begins behind it then; false when there is none.
 */
static inline bool word_next(struct str *rest, struct str *word)
{
    size_t start = 0, length = rest->len < 16 ? 0 : word_near(rest->s, &start);
    if (!length)
        return word_far(rest, word);
    *word = (struct str){rest->s + start, length};
    *rest = (struct str){word->s + length, rest->len - start - length};
    return true;
}

/* How many words s has. */
size_t word_count(struct str s);

/* True for a function word (the, and, of; le, der, и …) of one of the languages in
 * common/stopwords.txt; the word is folded by the caller or not at all (both work). */
bool word_stop(struct str word);

/* The same by the word's hash, for who reads the word anyway. */
bool word_stop_hash(uint64_t hash);

/* A word's hash begins with WORD_HASH and goes on with each run of ASCII letters, small
 * and eight at once, the first the lowest; the last eight has seven at most, or none.
 * Each other character comes in folded. */
#define WORD_HASH UINT64_C(0xcbf29ce484222325)

static inline uint64_t word_hash(uint64_t hash, uint64_t eight)
{
    uint64_t h = (hash ^ eight) * UINT64_C(0x9e3779b97f4a7c15);
    return h ^ h >> 32;
}

/* No letters have their lower bytes 0. */
static inline uint64_t word_hash_char(uint64_t hash, uint32_t c)
{
    return word_hash(hash, (uint64_t)c << 40);
}

/* True if the word begins with a capital. */
bool word_capital(struct str word);

#endif
