/* Files compiled in: common/cues.txt becomes cues_txt, stages/ntag/names.model becomes
 * names_model, and so on (see scripts/embed.c). */
#ifndef NEWSPIPE_DATA_H
#define NEWSPIPE_DATA_H

#include <stddef.h>

/* Declares the bytes of an embedded file and their number; a NUL that does not count
 * follows the last byte. */
#define DATA(name)                                                                       \
    extern const unsigned char name[];                                                   \
    extern const size_t name##_size

#endif
