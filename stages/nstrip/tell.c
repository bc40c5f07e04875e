#include "stages/nstrip/tell.h"

#include "common/out.h"
#include "common/stats.h"
#include "common/unicode.h"
#include "stages/nstrip/model.h"

#include <math.h>

/* How likely it is that the piece stays in the text, or that it goes, as it does. */
static double sure(const struct piece *piece)
{
    double odds = piece->score / (double)MODEL_SCALE;
    return 1 / (1 + exp(piece->role == ROLE_BODY ? -odds : odds));
}

void tell_record(const struct pieces *pieces, struct record *rec, struct str text)
{
    struct buf *b = record_set(rec, "lines");
    size_t byte = 0, point = 0;
    buf_add_char(b, '[');
    for (size_t i = 0; i < pieces->count; i++) {
        const struct piece *piece = &pieces->piece[i];
        size_t start = (size_t)(piece->text.s - text.s);
        point += utf8_count(str_sub(text, byte, start));
        byte = start;
        json_add_comma(b);
        buf_puts(b, "{\"label\":\"");
        buf_puts(b, role_label(piece->role));
        buf_puts(b, "\",\"span\":");
        json_add_span(b, point, point + utf8_count(piece->text));
        if (piece->scored) {
            json_add_key(b, "score");
            json_add_real(b, sure(piece), 3);
        }
        buf_add_char(b, '}');
    }
    buf_add_char(b, ']');
}

/* What a terminal might obey is shown as a question mark. */
static void add_plain(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.s[i];
        bool high_control =
            c == 0xc2 && i + 1 < s.len && (unsigned char)s.s[i + 1] < 0xa0;
        i += high_control;
        buf_add_char(b, c < ' ' || c == 0x7f || high_control ? '?' : (char)c);
    }
}

static const char *colour_of(enum role role)
{
    static const char body[] = "", moved[] = "\033[36m", removed[] = "\033[2m";
    return role == ROLE_BODY ? body : role < ROLE_REMOVED ? moved : removed;
}

static void tell_piece(struct buf *b, const struct piece *piece, bool colour)
{
    if (colour)
        buf_puts(b, colour_of(piece->role));
    if (piece->scored)
        buf_printf(b, "%-10s %3.0f%%  ", role_label(piece->role), 100 * sure(piece));
    else
        buf_printf(b, "%-10s       ", role_label(piece->role));
    add_plain(b, piece->text);
    buf_puts(b, colour ? "\033[0m\n" : "\n");
}

void tell_person(const struct pieces *pieces, struct record *rec, bool colour)
{
    struct buf b = {0};
    struct str id;
    buf_puts(&b, "== ");
    if (record_string(rec, "id", &id))
        add_plain(&b, id);
    buf_puts(&b, " ==\n");
    for (size_t i = 0; i < pieces->count; i++) {
        tell_piece(&b, &pieces->piece[i], colour);
        out_write(buf_str(&b));
        buf_clear(&b);
    }
    out_write(buf_str(&b));
    out_end_record();
    buf_free(&b);
}
