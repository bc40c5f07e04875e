/* The input module over any bytes as a file, against the same members inflated by zlib
 * alone in one go: every byte comes out, as lines and as pieces, at its place. */
#include "common/in.h"

#include "common/buf.h"
#include "common/msg.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char path[] = "/tmp/fuzz-in-XXXXXX";

static void must(bool good)
{
    if (!good)
        abort();
}

static void clean_up(void)
{
    unlink(path);
}

static void put(const uint8_t *data, size_t size)
{
    static int fd = -1;
    if (fd < 0) {
        fd = mkstemp(path);
        atexit(clean_up);
        msg_set_quiet(true);
    }
    must(ftruncate(fd, 0) == 0 && pwrite(fd, data, size, 0) == (ssize_t)size);
}

/* A member header inside other bytes, as common/in.h describes it. */
static bool is_header(const uint8_t *p, size_t len)
{
    return len >= 10 && p[0] == 0x1f && p[1] == 0x8b && p[2] == 8 && !(p[3] & 0xe0) &&
           (p[8] == 0 || p[8] == 2 || p[8] == 4) && (p[9] <= 13 || p[9] == 255);
}

/* Inflates one member at p into out; returns the bytes it took, *whole if it was good. */
static size_t member(const uint8_t *p, size_t len, struct buf *out, bool *whole)
{
    z_stream z = {0};
    int status;
    must(inflateInit2(&z, 16 + MAX_WBITS) == Z_OK);
    z.next_in = (Bytef *)(uintptr_t)p;
    z.avail_in = (uInt)len;
    do {
        z.next_out = (Bytef *)buf_room(out, 4096);
        z.avail_out = 4096;
        status = inflate(&z, Z_NO_FLUSH);
        out->len += 4096 - z.avail_out;
    } while (status == Z_OK && z.avail_out == 0);
    inflateEnd(&z);
    *whole = status == Z_STREAM_END;
    return len - z.avail_in;
}

/* True if the file is plain gzip: whole members and zero padding, no more. */
static bool pure(const uint8_t *p, size_t len, struct buf *out)
{
    bool whole = len > 0;
    while (len && whole) {
        size_t took = member(p, len, out, &whole);
        for (p += took, len -= took; len && !*p; p++)
            len--;
    }
    return whole;
}

/* True if the file is plain text from end to end. */
static bool plain(const uint8_t *p, size_t len)
{
    if (len && (memchr("\x1f\x28\xfd\xff\xfe\x04PB", p[0], 8) || p[0] >= 0xfd))
        return false;
    for (size_t i = 0; i < len; i++)
        if (p[i] == 0x1f && (len - i < 10 || is_header(p + i, len - i)))
            return false;
    return true;
}

/* Reads the file as lines, with a peek now and then, into all. */
static void read_lines(size_t max_line, bool peeks, struct buf *all)
{
    char *argv[] = {path, NULL};
    struct in *in = in_open(1, argv, max_line);
    struct line line;
    struct str piece, ahead;
    const char *file;
    bool first;
    unsigned long long number = 0;
    for (;;) {
        if (peeks) {
            ahead = in_peek(in, 1 + number % 3000, &file, &first);
            must(!ahead.len || first == (all->len == 0));
        }
        if (!in_line(in, &line))
            break;
        must(line.number == ++number && line.offset == all->len && line.raw.len);
        must(line.first == (all->len == 0));
        must(line.text.len <= line.raw.len && !memchr(line.text.s, '\n', line.text.len));
        must(line.raw.len <= max_line + 2);
        buf_add_str(all, line.raw);
        while (!line.whole && number % 2 && in_rest(in, &piece))
            buf_add_str(all, piece);
        if (!line.whole && number % 2 == 0)
            break; /* passed over: the place of what follows is not known here */
    }
    in_close(in);
}

static void read_pieces(struct buf *all)
{
    char *argv[] = {path, NULL};
    const char *file;
    bool first;
    struct in *in = in_open(1, argv, 100);
    for (;;) {
        struct str ahead = in_peek(in, 1, &file, &first);
        if (!ahead.len)
            break;
        for (struct str piece; (piece = in_bytes(in, 1 + all->len % 5000)).len;)
            buf_add_str(all, piece);
    }
    in_close(in);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf lines = {0}, short_lines = {0}, pieces = {0}, want = {0};
    if (size > 1 << 16)
        return 0;
    put(data, size);
    read_lines((size_t)1 << 20, size % 2, &lines);
    read_lines(16, size % 3 == 0, &short_lines);
    read_pieces(&pieces);
    must(str_eq(buf_str(&lines), buf_str(&pieces)));
    must(short_lines.len <= lines.len &&
         (!short_lines.len || memcmp(short_lines.s, lines.s, short_lines.len) == 0));
    if (size > 1 && data[0] == 0x1f && data[1] == 0x8b && pure(data, size, &want))
        must(str_eq(buf_str(&lines), buf_str(&want)));
    if (plain(data, size))
        must(str_eq(buf_str(&lines), (struct str){(const char *)data, size}));
    buf_free(&lines);
    buf_free(&short_lines);
    buf_free(&pieces);
    buf_free(&want);
    return 0;
}
