/* tar archives: POSIX ustar and pax (IEEE Std 1003.1, pax), GNU long names, and the older
 * form that has neither. */
#include "common/msg.h"
#include "common/stats.h"
#include "stages/nsplit/member.h"

enum { NAME = 0, SIZE = 124, SUM = 148, TYPE = 156, MAGIC = 257, PREFIX = 345 };
enum { LONGEST_NAME = 1 << 16 };

/* What a header, and those that only describe the next, say. */
struct entry {
    char block[TAR_BLOCK];
    struct buf name; /* from a pax or GNU header */
    unsigned long long size;
    bool sized; /* by a pax header */
};

static bool octal(const char *s, size_t len, unsigned long long *n)
{
    size_t i = 0;
    *n = 0;
    if ((unsigned char)s[0] == 0x80) { /* GNU: binary, for what octal cannot hold */
        for (i = 1; i < len; i++) {
            if (*n >> 55)
                return false;
            *n = *n << 8 | (unsigned char)s[i];
        }
        return true;
    }
    while (i < len && s[i] == ' ')
        i++;
    size_t digits = i;
    for (; i < len && s[i] >= '0' && s[i] <= '7'; i++)
        *n = *n << 3 | (unsigned)(s[i] - '0');
    return i > digits && (i == len || s[i] == ' ' || s[i] == '\0');
}

bool tar_header(struct str start)
{
    unsigned long long want, sum = 0;
    if (start.len < TAR_BLOCK || !start.s[0] || !octal(start.s + SUM, 8, &want))
        return false;
    for (size_t i = 0; i < TAR_BLOCK; i++)
        sum += i >= SUM && i < SUM + 8 ? ' ' : (unsigned char)start.s[i];
    return sum == want;
}

static bool all_zero(const char *block)
{
    for (size_t i = 0; i < TAR_BLOCK; i++)
        if (block[i])
            return false;
    return true;
}

/* Up to TAR_BLOCK bytes of this archive. */
static size_t read_block(struct in *in, struct member *member, char *block)
{
    const char *file;
    bool first;
    if (!in_peek(in, 1, &file, &first).len || (first && member->begun))
        return 0;
    size_t n = 0;
    while (n < TAR_BLOCK) {
        struct str piece = in_bytes(in, TAR_BLOCK - n);
        if (!piece.len)
            break;
        memcpy(block + n, piece.s, piece.len);
        n += piece.len;
    }
    member->begun = true;
    member->at += n;
    stats.bytes_in += n;
    return n;
}

/* Goes to the next header, over the zeros that end an archive too: another may follow. */
static bool find_header(struct in *in, struct member *member, char *block)
{
    unsigned long long from = 0, skipped = 0;
    bool found = false, ended = !member->at;
    size_t n;
    while (!found && (n = read_block(in, member, block)) > 0) {
        struct str header = {block, n};
        found = tar_header(header);
        ended = n == TAR_BLOCK && all_zero(block);
        if (found || ended)
            continue;
        from = skipped ? from : member->at - n;
        skipped += n;
    }
    if (skipped)
        msg_warn("%s: no tar header at byte %llu: %llu bytes passed over",
                 member->archive, from, skipped);
    else if (!found && !ended)
        msg_warn("%s: the tar archive ends without its end mark at byte %llu",
                 member->archive, member->at);
    return found;
}

static void enter(struct in *in, struct member *member, unsigned long long size)
{
    member->padding = (TAR_BLOCK - size % TAR_BLOCK) % TAR_BLOCK;
    member->at += size;
    in_enter(in, member->file.s, size);
}

static struct str field(const char *block, size_t at, size_t max)
{
    const char *end = memchr(block + at, '\0', max);
    return (struct str){block + at, end ? (size_t)(end - block) - at : max};
}

static void set_name(struct member *member, struct str name)
{
    buf_clear(&member->file);
    buf_puts(&member->file, member->archive);
    buf_add_char(&member->file, ':');
    buf_add_str(&member->file, name);
    buf_add_char(&member->file, '\0');
}

static void name_member(struct member *member, const struct entry *entry)
{
    struct buf name = {0};
    struct str prefix = field(entry->block, PREFIX, 155);
    if (entry->name.len) {
        buf_add_str(&name, buf_str(&entry->name));
    } else {
        if (memcmp(entry->block + MAGIC, "ustar\0", 6) == 0 && prefix.len) {
            buf_add_str(&name, prefix);
            buf_add_char(&name, '/');
        }
        buf_add_str(&name, field(entry->block, NAME, 100));
    }
    set_name(member, buf_str(&name));
    buf_free(&name);
}

/* The records of a pax header: "LENGTH KEY=VALUE\n". */
static void take_pax(struct entry *entry, struct str text)
{
    while (text.len) {
        size_t length = 0, i = 0;
        for (; i < text.len && i < 8 && text.s[i] >= '0' && text.s[i] <= '9'; i++)
            length = length * 10 + (size_t)(text.s[i] - '0');
        if (length <= i + 1 || length > text.len)
            return;
        struct str field = str_sub(text, i + 1, length - 1);
        if (str_starts(field, STR("path="))) {
            buf_clear(&entry->name);
            buf_add_str(&entry->name, str_sub(field, 5, field.len));
        } else if (str_starts(field, STR("size="))) {
            entry->size = 0;
            entry->sized = field.len > 5;
            for (i = 5; i < field.len && entry->sized; i++) {
                entry->sized = field.s[i] >= '0' && field.s[i] <= '9' && i < 22;
                entry->size = entry->size * 10 + (unsigned)(field.s[i] - '0');
            }
        }
        text = str_sub(text, length, text.len);
    }
}

/* What a header of type x (pax) or L (GNU) says about the next member. */
static void take_extension(struct in *in, struct member *member, struct entry *entry,
                           unsigned long long size, char type)
{
    struct buf text = {0};
    struct str piece;
    set_name(member, STR("(header)"));
    enter(in, member, size);
    in_set_opaque(in);
    while (text.len <= LONGEST_NAME && (piece = in_bytes(in, LONGEST_NAME)).len)
        buf_add_str(&text, piece);
    stats.bytes_in += text.len;
    member_leave(in, member);
    if (text.len > LONGEST_NAME) {
        msg_warn("%s: a header of %llu bytes before byte %llu is not read",
                 member->archive, size, member->at);
    } else if (type == 'x') {
        take_pax(entry, buf_str(&text));
    } else if (text.len) {
        buf_clear(&entry->name);
        buf_add_str(&entry->name, field(text.s, 0, text.len));
    }
    buf_free(&text);
}

bool tar_next(struct in *in, struct member *member)
{
    struct entry entry = {.sized = false};
    bool entered = false;
    while (!entered && find_header(in, member, entry.block)) {
        unsigned long long size = 0;
        char type = entry.block[TYPE];
        if (!octal(entry.block + SIZE, 12, &size))
            msg_warn("%s: a tar header without a size before byte %llu", member->archive,
                     member->at);
        if (type == 'x' || type == 'L') {
            take_extension(in, member, &entry, size, type);
            continue;
        }
        if (entry.sized)
            size = entry.size;
        if (type >= '1' && type <= '6')
            size = 0; /* links, devices, folders have no content, whatever is said */
        name_member(member, &entry);
        enter(in, member, size);
        struct str name = buf_str(&member->file);
        entered =
            (type == '0' || type == '\0' || type == '7') && name.s[name.len - 2] != '/';
        if (!entered) {
            if (type != 'g' && type != 'K')
                stats_add("skipped", 1);
            stats.bytes_in += size;
            member_leave(in, member);
        }
        entry.sized = false;
        buf_clear(&entry.name);
    }
    buf_free(&entry.name);
    return entered;
}
