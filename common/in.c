#include "common/in.h"

#include "common/alloc.h"
#include "common/msg.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum {
    BLOCK = 1 << 16,
    HEADER = 10, /* the fixed part of a gzip member's header */
    /* The first bytes of a plain file, handed out alone: the caller may look at them and
     * declare the file opaque before any of the rest is searched for gzip members. */
    FIRST_LOOK = 1024,
};
#define NOWHERE ((size_t)-1)

enum mode { AT_START, PLAIN, MEMBER, AFTER_MEMBER, AT_END };

/* A file being read, or a part of one (below is set then). */
struct layer {
    struct layer *below;
    char *name;
    int fd;
    unsigned long long left; /* bytes that may still be taken from below */
    bool cut;                /* below ended before left did */
    bool ended;              /* nothing more is to be read, or can be */

    unsigned char raw[BLOCK]; /* as stored; raw[raw_at .. raw_len) is not used yet */
    size_t raw_at, raw_len;
    unsigned long long raw_base; /* the place of raw[0] in the file */

    enum mode mode;
    bool opaque;
    z_stream z;
    bool z_ready;

    char *data; /* decompressed; data[at .. len) is not handed out yet */
    size_t at, len, cap;
    size_t seam;               /* where in data a member broke off, or NOWHERE */
    unsigned long long offset; /* of data[0] */
    unsigned long long lines;
};

struct in {
    int argc, next;
    char *const *argv;
    size_t max_line;
    struct layer *top; /* NULL between files */
    bool in_long_line;
    unsigned long long consumed;
};

struct in *in_open(int argc, char *const *argv, size_t max_line)
{
    static char *const only_stdin[] = {"-"};
    struct in *in = xcalloc(1, sizeof *in);
    in->argc = argc > 0 ? argc : 1;
    in->argv = argc > 0 ? argv : only_stdin;
    in->max_line = max_line;
    return in;
}

static struct layer *layer_new(const char *name)
{
    struct layer *layer = xcalloc(1, sizeof *layer);
    layer->name = xstrdup(name);
    layer->fd = -1;
    layer->seam = NOWHERE;
    return layer;
}

/* Closes the layer on top; the one below, if any, is on top then. */
static void layer_pop(struct in *in)
{
    struct layer *layer = in->top;
    in->top = layer->below;
    in->in_long_line = false;
    if (layer->fd > STDIN_FILENO)
        close(layer->fd);
    if (layer->z_ready)
        inflateEnd(&layer->z);
    free(layer->data);
    free(layer->name);
    free(layer);
}

/* ---- stored bytes ---- */

static ssize_t read_file(struct in *in, struct layer *layer, unsigned char *to,
                         size_t room)
{
    ssize_t n;
    do
        n = read(layer->fd, to, room);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        msg_warn("%s: %s", layer->name, strerror(errno));
    if (n > 0)
        in->consumed += (unsigned long long)n;
    return n;
}

static bool fill(struct in *in, struct layer *layer);

static size_t take(struct in *in, struct layer *layer, void *to, size_t max)
{
    while (layer->at == layer->len)
        if (!fill(in, layer))
            return 0;
    size_t n = layer->len - layer->at < max ? layer->len - layer->at : max;
    memcpy(to, layer->data + layer->at, n);
    layer->at += n;
    return n;
}

static ssize_t read_below(struct in *in, struct layer *layer, unsigned char *to,
                          size_t room)
{
    size_t max = layer->left < room ? (size_t)layer->left : room;
    size_t n = max ? take(in, layer->below, to, max) : 0;
    layer->cut = layer->cut || (max && !n);
    layer->left -= n;
    return (ssize_t)n;
}

/* Makes at least want (≤ BLOCK) stored bytes lie in raw, unless the file ends sooner. */
static size_t raw_want(struct in *in, struct layer *layer, size_t want)
{
    while (layer->raw_len - layer->raw_at < want && !layer->ended) {
        if (layer->raw_at) {
            layer->raw_base += layer->raw_at;
            layer->raw_len -= layer->raw_at;
            memmove(layer->raw, layer->raw + layer->raw_at, layer->raw_len);
            layer->raw_at = 0;
        }
        unsigned char *to = layer->raw + layer->raw_len;
        size_t room = BLOCK - layer->raw_len;
        ssize_t n = layer->below ? read_below(in, layer, to, room)
                                 : read_file(in, layer, to, room);
        layer->ended = n <= 0;
        layer->raw_len += n > 0 ? (size_t)n : 0;
    }
    return layer->raw_len - layer->raw_at;
}

/* ---- gzip ---- */

/* True if p may begin a member inside other bytes: strict, since 1f 8b alone would be
 * found in any binary file (RFC 1952, 2.3.1). */
static bool member_header(const unsigned char *p, size_t len)
{
    static const unsigned char magic[] = {0x1f, 0x8b, 8};
    if (memcmp(p, magic, len < 3 ? len : 3) != 0)
        return false;
    if (len > 3 && (p[3] & 0xe0))
        return false;
    if (len > 8 && p[8] != 0 && p[8] != 2 && p[8] != 4)
        return false;
    return len < HEADER || p[9] <= 13 || p[9] == 255;
}

/* The place in raw of the next member's header, or raw_len if there is none in it. One
 * that is cut by the end of raw counts, if at least the magic is there. */
static size_t find_member(const struct layer *layer, size_t from)
{
    while (from < layer->raw_len) {
        const unsigned char *p = memchr(layer->raw + from, 0x1f, layer->raw_len - from);
        if (!p)
            break;
        from = (size_t)(p - layer->raw);
        if (member_header(p, layer->raw_len - from))
            return from;
        from++;
    }
    return layer->raw_len;
}

static void member_begin(struct layer *layer)
{
    int status = layer->z_ready ? inflateReset(&layer->z)
                                : inflateInit2(&layer->z, 16 + MAX_WBITS);
    if (status != Z_OK)
        msg_die("out of memory");
    layer->z_ready = true;
    layer->mode = MEMBER;
}

static unsigned long long raw_place(const struct layer *layer)
{
    return layer->raw_base + layer->raw_at;
}

/* Behind damage: passes over stored bytes up to the next member's header. */
static void resync(struct in *in, struct layer *layer, const char *what)
{
    unsigned long long broken = raw_place(layer);
    layer->mode = AT_END;
    while (layer->mode == AT_END && raw_want(in, layer, HEADER) >= HEADER) {
        layer->raw_at = find_member(layer, layer->raw_at);
        if (raw_want(in, layer, HEADER) >= HEADER &&
            member_header(layer->raw + layer->raw_at, HEADER))
            member_begin(layer);
        else if (layer->raw_at < layer->raw_len)
            layer->raw_at++;
    }
    if (layer->mode == AT_END)
        layer->raw_at = layer->raw_len;
    msg_warn("%s: corrupt gzip data near byte %llu: %s; %llu bytes skipped", layer->name,
             broken, what ? what : "bad data", raw_place(layer) - broken);
    layer->seam = layer->len;
}

static void inflate_some(struct in *in, struct layer *layer, char *to, size_t room)
{
    z_stream *z = &layer->z;
    size_t have = raw_want(in, layer, 1);
    z->next_in = layer->raw + layer->raw_at;
    z->avail_in = (unsigned)have;
    z->next_out = (unsigned char *)to;
    z->avail_out = (unsigned)room;
    int status = inflate(z, Z_NO_FLUSH);
    layer->raw_at += have - z->avail_in;
    layer->len += room - z->avail_out;
    if (status == Z_STREAM_END) {
        layer->mode = AFTER_MEMBER;
    } else if (status == Z_MEM_ERROR) {
        msg_die("out of memory");
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
        resync(in, layer, z->msg);
    } else if (!have) {
        msg_warn("%s: truncated gzip data at byte %llu", layer->name, raw_place(layer));
        layer->mode = AT_END;
    }
}

/* ---- decompressed bytes ---- */

static void copy_plain(struct in *in, struct layer *layer, char *to, size_t room)
{
    size_t have = raw_want(in, layer, 1);
    if (have && !layer->opaque && layer->raw_len - layer->raw_at < HEADER)
        have = raw_want(in, layer, HEADER);
    if (!have) {
        layer->mode = AT_END;
        return;
    }
    size_t end = layer->opaque ? layer->raw_len : find_member(layer, layer->raw_at);
    if (end == layer->raw_at) {
        /* a header, perhaps cut by the file's end: inflate will say so. Less than the
         * magic is no header but the text's own odd last byte */
        if (have >= 3) {
            member_begin(layer);
            return;
        }
        end = layer->raw_len;
    }
    size_t n = end - layer->raw_at < room ? end - layer->raw_at : room;
    memcpy(to, layer->raw + layer->raw_at, n);
    layer->raw_at += n;
    layer->len += n;
}

/* What a file is that we do not read, by its magic; NULL if it is none of these. */
static const char *foreign(const unsigned char *p, size_t len)
{
    static const struct {
        const char *magic;
        size_t len;
        const char *what;
    } formats[] = {
        {"\x28\xb5\x2f\xfd", 4, "zstd-compressed; pass it through zstdcat first"},
        {"\xfd"
         "7zXZ\0",
         6, "xz-compressed; pass it through xzcat first"},
        {"BZh91AY&SY", 10, "bzip2-compressed; pass it through bzcat first"},
        {"\x04\x22\x4d\x18", 4, "lz4-compressed; pass it through lz4cat first"},
        {"PK\x03\x04", 4, "a zip archive; pass it through unzip -p first"},
        {"%PDF-", 5, "a PDF document; pass it through pdftotext first"},
        {"\x89PNG\r\n", 6, "a PNG picture, no text"},
        {"\xff\xd8\xff", 3, "a JPEG picture, no text"},
        {"GIF87a", 6, "a GIF picture, no text"},
        {"GIF89a", 6, "a GIF picture, no text"},
        {"\xff\xfe", 2, "UTF-16 text; pass it through iconv -f UTF-16 -t UTF-8 first"},
        {"\xfe\xff", 2, "UTF-16 text; pass it through iconv -f UTF-16 -t UTF-8 first"},
    };
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (len >= formats[i].len && memcmp(p, formats[i].magic, formats[i].len) == 0)
            return formats[i].what;
    return NULL;
}

static void start(struct in *in, struct layer *layer, char *to, size_t room)
{
    size_t have = raw_want(in, layer, HEADER);
    const unsigned char *p = layer->raw + layer->raw_at;
    const char *what = foreign(p, have);
    if (what) {
        msg_warn("%s: %s", layer->name, what);
        layer->mode = AT_END;
    } else if (have && p[0] == 0x1f && (have == 1 || p[1] == 0x8b)) {
        member_begin(layer);
    } else {
        layer->mode = PLAIN;
        copy_plain(in, layer, to, room < FIRST_LOOK ? room : FIRST_LOOK);
    }
}

static void after_member(struct in *in, struct layer *layer)
{
    while (raw_want(in, layer, 1) && layer->raw[layer->raw_at] == 0)
        layer->raw_at++;
    size_t have = raw_want(in, layer, HEADER);
    const unsigned char *p = layer->raw + layer->raw_at;
    if (!have)
        layer->mode = AT_END;
    else if (p[0] == 0x1f && (have == 1 || p[1] == 0x8b))
        member_begin(layer);
    else
        layer->mode = PLAIN;
}

/* Adds to data; false at the end of the file. Data already there may move. */
static bool fill(struct in *in, struct layer *layer)
{
    if (layer->at) {
        memmove(layer->data, layer->data + layer->at, layer->len - layer->at);
        layer->offset += layer->at;
        layer->len -= layer->at;
        if (layer->seam != NOWHERE)
            layer->seam -= layer->at;
        layer->at = 0;
    }
    size_t before = layer->len;
    layer->data = xgrow(layer->data, &layer->cap, layer->len + BLOCK, 1);
    while (layer->len == before && layer->seam == NOWHERE && layer->mode != AT_END) {
        char *to = layer->data + layer->len;
        if (layer->mode == AT_START)
            start(in, layer, to, BLOCK);
        else if (layer->mode == PLAIN)
            copy_plain(in, layer, to, BLOCK);
        else if (layer->mode == MEMBER)
            inflate_some(in, layer, to, BLOCK);
        else
            after_member(in, layer);
    }
    if (layer->seam == layer->at && layer->len == layer->at) {
        layer->seam = NOWHERE; /* nothing was left of the broken member */
        return layer->mode != AT_END && fill(in, layer);
    }
    return layer->len > before;
}

/* ---- files ---- */

static bool open_file(struct in *in, const char *name)
{
    int fd = STDIN_FILENO;
    if (strcmp(name, "-") != 0)
        fd = open(name, O_RDONLY);
    else if (isatty(fd))
        msg_note("reading from the terminal; Ctrl-D ends it");
    if (fd < 0) {
        msg_warn("%s: %s", name, strerror(errno));
        return false;
    }
    in->top = layer_new(name);
    in->top->fd = fd;
    return true;
}

static bool find_data(struct in *in)
{
    for (;;) {
        struct layer *layer = in->top;
        if (layer && layer->at == layer->seam)
            layer->seam = NOWHERE;
        if (layer && (layer->at < layer->len || fill(in, layer)))
            return true;
        if (layer && layer->below)
            return false;
        if (layer)
            layer_pop(in);
        while (!in->top) {
            if (in->next == in->argc)
                return false;
            open_file(in, in->argv[in->next++]);
        }
    }
}

/* Goes on to a file that has bytes to give: false at the end of all input, or of the part
 * entered. On true, data[at] is there. */
static inline bool want_data(struct in *in)
{
    const struct layer *layer = in->top;
    bool here = layer && layer->seam == NOWHERE && layer->at < layer->len;
    return here || find_data(in);
}

static size_t data_end(const struct layer *layer)
{
    return layer->seam != NOWHERE ? layer->seam : layer->len;
}

/* ---- lines ---- */

static bool starts_with_bom(struct str s)
{
    return s.len >= 3 && memcmp(s.s, "\xef\xbb\xbf", 3) == 0;
}

static void line_set(struct layer *layer, struct line *line, size_t raw_len)
{
    struct str raw = {layer->data + layer->at, raw_len};
    size_t len = raw_len;
    if (line->whole && len && raw.s[len - 1] == '\n') {
        len--;
        if (len && raw.s[len - 1] == '\r')
            len--;
    }
    line->raw = raw;
    line->text = (struct str){raw.s, len};
    line->file = layer->name;
    line->offset = layer->offset + layer->at;
    line->first = line->offset == 0;
    line->number = ++layer->lines;
    if (line->first && starts_with_bom(line->text))
        line->text = str_sub(line->text, 3, line->text.len);
    layer->at += raw_len;
}

bool in_line(struct in *in, struct line *line)
{
    for (struct str piece; in->in_long_line && in_rest(in, &piece);)
        ;
    if (!want_data(in))
        return false;
    struct layer *layer = in->top;
    size_t searched = 0; /* bytes behind at that hold no newline */
    for (;;) {
        size_t have = data_end(layer) - layer->at;
        const char *from = layer->data + layer->at + searched;
        const char *newline = memchr(from, '\n', have - searched);
        size_t len = newline ? (size_t)(newline - layer->data) - layer->at : have;
        line->whole = len <= in->max_line;
        if (!line->whole) {
            in->in_long_line = true;
            line_set(layer, line, in->max_line);
            return true;
        }
        if (newline || layer->seam != NOWHERE || !fill(in, layer)) {
            /* fill() may have met a seam without adding anything */
            line_set(layer, line, newline ? len + 1 : len);
            return true;
        }
        searched = len;
    }
}

bool in_rest(struct in *in, struct str *piece)
{
    struct layer *layer = in->top;
    if (!in->in_long_line)
        return false;
    if (layer->at == data_end(layer) && (layer->seam != NOWHERE || !fill(in, layer))) {
        in->in_long_line = false;
        return false;
    }
    size_t have = data_end(layer) - layer->at;
    const char *newline = memchr(layer->data + layer->at, '\n', have);
    if (newline)
        have = (size_t)(newline + 1 - layer->data) - layer->at;
    *piece = (struct str){layer->data + layer->at, have};
    layer->at += have;
    in->in_long_line = !newline;
    return true;
}

/* ---- bytes ---- */

struct str in_peek(struct in *in, size_t want, const char **file, bool *first)
{
    for (struct str piece; in->in_long_line && in_rest(in, &piece);)
        ;
    if (!want_data(in))
        return (struct str){"", 0};
    struct layer *layer = in->top;
    while (data_end(layer) - layer->at < want && layer->seam == NOWHERE)
        if (!fill(in, layer))
            break;
    *file = layer->name;
    *first = layer->offset + layer->at == 0;
    size_t have = data_end(layer) - layer->at;
    return (struct str){layer->data + layer->at, have < want ? have : want};
}

struct str in_bytes(struct in *in, size_t max)
{
    struct layer *layer = in->top;
    if (!layer)
        return (struct str){"", 0};
    if (layer->at == layer->seam)
        layer->seam = NOWHERE;
    if (layer->at == layer->len && !fill(in, layer))
        return (struct str){"", 0};
    size_t have = data_end(layer) - layer->at;
    struct str s = {layer->data + layer->at, have < max ? have : max};
    layer->at += s.len;
    return s;
}

void in_enter(struct in *in, const char *name, unsigned long long size)
{
    struct layer *layer = layer_new(name);
    layer->below = in->top;
    layer->left = size;
    in->top = layer;
    in->in_long_line = false;
}

bool in_leave(struct in *in)
{
    struct layer *layer = in->top;
    unsigned char skipped[4096];
    while (layer->left && !layer->cut)
        read_below(in, layer, skipped, sizeof skipped);
    bool whole = !layer->cut;
    layer_pop(in);
    return whole;
}

/* Puts bytes before those that are not handed out yet. */
static void put_back(struct layer *layer, const void *bytes, size_t n)
{
    if (layer->at < n) {
        size_t more = n - layer->at;
        layer->data = xgrow(layer->data, &layer->cap, layer->len + more, 1);
        memmove(layer->data + more, layer->data, layer->len);
        layer->len += more;
        layer->at += more;
        layer->offset -= more;
        if (layer->seam != NOWHERE)
            layer->seam += more;
    }
    layer->at -= n;
    memcpy(layer->data + layer->at, bytes, n);
}

bool in_give_back(struct in *in)
{
    struct layer *layer = in->top;
    if (!layer->below || layer->z_ready)
        return false;
    put_back(layer->below, layer->raw + layer->raw_at, layer->raw_len - layer->raw_at);
    if (layer->at < layer->len)
        put_back(layer->below, layer->data + layer->at, layer->len - layer->at);
    layer->raw_at = layer->raw_len;
    layer->at = layer->len;
    layer->left = 0;
    layer->cut = false;
    return true;
}

void in_set_opaque(struct in *in)
{
    if (in->top)
        in->top->opaque = true;
}

/* ---- counting ---- */

unsigned long long in_consumed(const struct in *in)
{
    return in->consumed;
}

unsigned long long in_expected(const struct in *in)
{
    unsigned long long sum = 0;
    for (int i = 0; i < in->argc; i++) {
        struct stat st;
        bool is_stdin = strcmp(in->argv[i], "-") == 0;
        if ((is_stdin ? fstat(STDIN_FILENO, &st) : stat(in->argv[i], &st)) < 0 ||
            !S_ISREG(st.st_mode))
            return 0;
        sum += (unsigned long long)st.st_size;
    }
    return sum;
}

void in_close(struct in *in)
{
    while (in->top)
        layer_pop(in);
    free(in);
}

void in_table(const char *path, size_t max_line,
              void use(void *context, const char *path, const struct line *line),
              void *context)
{
    char *operand = xstrdup(path);
    /* where use() ends the program this is held by the stack, not lost from a register */
    struct in *volatile in = in_open(1, &operand, max_line);
    struct line line;
    while (in_line(in, &line))
        use(context, path, &line);
    in_close(in);
    if (msg_warned())
        msg_die("%s: not read, or not to its end", path);
    free(operand);
}
