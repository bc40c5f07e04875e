/* Lines out of plain and gzip input: the same whatever pieces they come in. */
#include "common/in.h"

#include "common/alloc.h"
#include "common/buf.h"
#include "common/msg.h"
#include "tests/unit/tap.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

static char path[] = "/tmp/newspipe-in-XXXXXX";

static void gzip(struct buf *b, struct str s)
{
    z_stream z = {0};
    deflateInit2(&z, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
    size_t bound = deflateBound(&z, s.len) + 64;
    z.next_in = (unsigned char *)(size_t)s.s;
    z.avail_in = (unsigned)s.len;
    z.next_out = (unsigned char *)buf_room(b, bound);
    z.avail_out = (unsigned)bound;
    deflate(&z, Z_FINISH);
    b->len += z.total_out;
    deflateEnd(&z);
}

/* All lines of the bytes as one string, `|` behind each. */
static struct buf lines_of(struct str bytes, size_t max_line)
{
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes.s, 1, bytes.len, f) != bytes.len || fclose(f))
        abort();
    char *argv[] = {path};
    struct in *in = in_open(1, argv, max_line);
    struct buf all = {0};
    struct line line;
    unsigned long long at = 0;
    while (in_line(in, &line)) {
        if (line.offset != at)
            buf_puts(&all, "(gap)");
        at += line.raw.len;
        buf_add_str(&all, line.text);
        for (struct str piece; !line.whole && in_rest(in, &piece); at += piece.len)
            buf_puts(&all, "~");
        buf_add_char(&all, '|');
    }
    in_close(in);
    return all;
}

static void is_lines(struct str bytes, const char *want, const char *name)
{
    struct buf got = lines_of(bytes, 1000);
    is_str(buf_str(&got), want, name);
    buf_free(&got);
}

static void plain(void)
{
    is_lines(STR(""), "", "nothing");
    is_lines(STR("a\nb\n"), "a|b|", "two lines");
    is_lines(STR("a\r\n\nb"), "a||b|", "CRLF, a blank line, no last newline");
    is_lines(STR("\xef\xbb\xbfx\n\xef\xbb\xbfy\n"), "x|\xef\xbb\xbfy|",
             "a BOM at the start");
    is_lines(STR("\x1f\nb"), "\x1f|b|", "a byte of the magic is text");
    struct buf got = lines_of(STR("abcdef\ngh\n"), 3);
    is_str(buf_str(&got), "abc~|gh|", "a line too long is cut and passed over");
    buf_free(&got);
}

static void members(void)
{
    struct buf b = {0};
    buf_puts(&b, "plain\n");
    gzip(&b, STR("one\ntw"));
    gzip(&b, STR("o\n"));
    buf_add(&b, "\0\0\0", 3);
    gzip(&b, STR("three\n"));
    buf_puts(&b, "four\n");
    gzip(&b, STR("five"));
    is_lines(buf_str(&b), "plain|one|two|three|four|five|", "gzip and plain text mixed");
    buf_free(&b);
}

static void big(void)
{
    struct buf text = {0}, zipped = {0}, want = {0};
    for (int i = 0; i < 40000; i++)
        buf_printf(&text, "%d %d\n", i, i * 7919 % 10007);
    for (size_t i = 0; i < text.len; i++)
        buf_add_char(&want, text.s[i] == '\n' ? '|' : text.s[i]);
    gzip(&zipped, buf_str(&text));
    struct buf got = lines_of(buf_str(&zipped), 1000);
    ok(str_eq(buf_str(&got), buf_str(&want)), "many blocks of one member");
    buf_free(&got);
    got = lines_of(buf_str(&text), 1000);
    ok(str_eq(buf_str(&got), buf_str(&want)), "many blocks of plain text");
    buf_free(&got);
    buf_free(&text);
    buf_free(&zipped);
    buf_free(&want);
}

/* Damage in one member costs that member's rest, and is said. */
static void damage(void)
{
    struct buf b = {0};
    gzip(&b, STR("first\n"));
    size_t crc = b.len - 8;
    gzip(&b, STR("second\n"));
    b.s[crc] ^= 1;
    ok(msg_status() == STATUS_OK, "no trouble so far");
    is_lines(buf_str(&b), "first|second|", "a bad checksum loses nothing");
    ok(msg_status() == STATUS_INPUT, "but is told");
    buf_free(&b);
}

static void parts(void)
{
    struct buf b = {0};
    buf_puts(&b, "head\n");
    size_t start = b.len;
    gzip(&b, STR("in the\nmember"));
    size_t size = b.len - start;
    buf_puts(&b, "tail\n");
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(b.s, 1, b.len, f) != b.len || fclose(f))
        abort();
    char *argv[] = {path};
    struct in *in = in_open(1, argv, 1000);
    struct line line;
    const char *file;
    bool first;
    is_str(in_peek(in, 4, &file, &first), "head", "peeked");
    ok(first, "at the file's start");
    in_set_opaque(in);
    in_line(in, &line);
    is_str(line.text, "head", "and still there");
    in_enter(in, "a.tar:b", size);
    in_line(in, &line);
    is_str(line.text, "in the", "a member of an archive is a file of its own");
    is_str(str_of(line.file), "a.tar:b", "with its name");
    is_int((long long)line.offset, 0, "and its offsets");
    in_line(in, &line);
    is_str(line.text, "member", "its end ends its last line");
    ok(!in_line(in, &line), "and reading");
    ok(in_leave(in), "it was whole");
    in_line(in, &line);
    is_str(line.text, "tail", "the archive goes on behind it");
    in_enter(in, "a.tar:c", 10);
    ok(!in_line(in, &line), "nothing is left");
    ok(!in_leave(in), "which in_leave tells");
    in_close(in);
    buf_free(&b);
}

/* A part that says it is longer than it is, in a file of several blocks: what follows the
 * place where its end is seen is the file's again. */
static void gives_back(void)
{
    enum { LINES = 30000 };
    struct buf b = {0};
    for (int i = 0; i < LINES; i++)
        buf_printf(&b, "line %d\n", i);
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(b.s, 1, b.len, f) != b.len || fclose(f))
        abort();
    char *argv[] = {path};
    struct in *in = in_open(1, argv, 1000);
    struct line line = {.offset = 0};
    unsigned long long base = 0, at = 0;
    bool same = true;
    for (int i = 0; i < LINES; i++) {
        if (i % 5000 == 7) {
            same = same && (!base || (in_give_back(in) && in_leave(in)));
            base = at;
            in_enter(in, "part", b.len);
        }
        char want[32];
        snprintf(want, sizeof want, "line %d", i);
        same = same && in_line(in, &line) && str_eq(line.text, str_of(want)) &&
               line.offset == at - base;
        at += line.raw.len;
    }
    ok(same, "lines and offsets are the same, whatever was entered and given back");
    ok(!in_line(in, &line) && !in_leave(in), "the last one is cut by the file's end");
    ok(!in_line(in, &line), "and so is the file");
    in_close(in);
    buf_free(&b);
}

int main(void)
{
    int fd = mkstemp(path);
    if (fd < 0)
        return 2;
    close(fd);
    msg_init("in", "");
    msg_set_quiet(true);
    plain();
    members();
    big();
    damage();
    parts();
    gives_back();
    remove(path);
    return done_testing();
}
