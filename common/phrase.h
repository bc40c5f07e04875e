/* The words of a line as cues compare them: in folded case, without what stands between
 * them and around them, "#" for any number; a character of a script without blanks is a
 * word by itself, and so is ©. Only hashes are kept. */
#ifndef NEWSPIPE_PHRASE_H
#define NEWSPIPE_PHRASE_H

#include "common/str.h"

#include <stdbool.h>
#include <stdint.h>

enum { PHRASE_BYTES = 160, PHRASE_WORDS = 24 };

struct phrase {
    uint64_t word[PHRASE_WORDS];
    uint32_t end[PHRASE_WORDS]; /* the byte of the line behind each */
    size_t words, read;         /* read: the byte behind what was looked at */
    bool whole;                 /* they are all that the line has */
    bool numbers;               /* some of them are */
};

/* Reads the first words of a line, at most so many (PHRASE_WORDS or less) and those that
 * begin in its first PHRASE_BYTES. Behind so many words nothing is looked at. */
void phrase_read(struct phrase *phrase, struct str line, size_t most);

/* Reads on, to at most so many words in all. */
void phrase_more(struct phrase *phrase, struct str line, size_t most);

/* Takes the numbers out. */
void phrase_drop_numbers(struct phrase *phrase);

/* The hash of the last word of a line; 0 if it has none. */
uint64_t phrase_last(struct str line);

/* The hash of words that follow one another, from the first or from the last on: that of
 * those before, PHRASE_START for none, and the next one. */
#define PHRASE_START UINT64_C(14695981039346656037)
static inline uint64_t phrase_join(uint64_t before, uint64_t word)
{
    uint64_t h = (before ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return h ^ h >> 32;
}

#endif
