/* The kinds of bytes, against a plain reading of them. */
#include "stages/nsplit/ink.h"
#include "tests/unit/tap.h"

static bool bit(const uint64_t *bits, size_t i)
{
    return bits[i / INK_BLOCK] >> i % INK_BLOCK & 1;
}

static bool ascii_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* Marks are those of two bytes that begin with c2, and of three with e2 80, e2 81, e3 80.
 */
static size_t mark(struct str s, size_t i)
{
    unsigned char c = (unsigned char)s.s[i];
    unsigned char d = i + 1 < s.len ? (unsigned char)s.s[i + 1] : 0;
    if (c == 0xc2)
        return 2;
    return (c == 0xe2 && (d == 0x80 || d == 0x81)) || (c == 0xe3 && d == 0x80) ? 3 : 0;
}

static bool as_read(struct str s)
{
    struct ink ink;
    ink_read(&ink, s);
    size_t skip = 0;
    bool same = ink.len == s.len;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.s[i];
        if (!skip)
            skip = mark(s, i);
        same = same && bit(ink.letter, i) == ((ascii_letter(c) || c >= 0x80) && !skip);
        same = same && bit(ink.capital, i) == (c >= 'A' && c <= 'Z');
        same = same && bit(ink.digit, i) == (c >= '0' && c <= '9');
        skip -= skip > 0;
    }
    return same;
}

int main(void)
{
    static const char *const pieces[] = {"word",
                                         "A",
                                         " ",
                                         "7",
                                         "\xc3\xa9",
                                         "\xc2\xab",
                                         "\xe2\x80\x94",
                                         "\xe3\x81\x82",
                                         "'",
                                         "\"",
                                         "\xe3\x80\x82",
                                         "."};
    enum { PIECES = sizeof pieces / sizeof *pieces, LINES = 2000 };
    unsigned state = 1;
    bool same = true;
    for (int n = 0; n < LINES; n++) {
        char line[INK_MOST + 4];
        size_t len = 0, most = (size_t)n % (INK_MOST + 1);
        for (;;) {
            state = state * 1103515245u + 12345u;
            const char *piece = pieces[(state >> 16) % PIECES];
            size_t size = strlen(piece);
            if (len + size > most)
                break;
            memcpy(line + len, piece, size);
            len += size;
        }
        same = same && as_read((struct str){line, len});
    }
    ok(same, "bits are what the bytes are, across blocks too");

    struct ink ink;
    ink_read(&ink, STR("oneTwo 3four5 \"six"));
    ok(bit(ink.joint, 3) && bit(ink.joint, 12), "a capital or figure behind a letter");
    ok(!bit(ink.joint, 7) && !bit(ink.joint, 14), "nothing behind a blank");
    uint64_t bits = 0x28;
    is_int(ink_take(&bits), 3, "the lowest bit");
    is_int((long long)bits, 0x20, "is taken");
    is_int(ink_count(0xf0f0f0f0f0f0f0f0u), 32, "bits are counted");
    return done_testing();
}
