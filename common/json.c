#include "common/json.h"

#include "common/unicode.h"

#include <math.h>
#include <stdio.h>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { DEPTH_MAX = 2048 }; /* jansson's JSON_PARSER_MAX_DEPTH */

/* ---- scanning ---- */

struct scan {
    const char *p, *end;
    const char *reason; /* set at the first fault, which is at p */
};

static bool fault(struct scan *s, const char *reason)
{
    s->reason = reason;
    return false;
}

/* The first byte at or behind p that is not printable ASCII, a quote or a backslash. */
static const char *skip_plain(const char *p, const char *end)
{
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"'), back = _mm_set1_epi8('\\');
    const __m128i space = _mm_set1_epi8(0x20);
    for (; end - p >= 16; p += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        /* signed: bytes of 0x80 and more are less than a space, too */
        __m128i odd =
            _mm_or_si128(_mm_cmplt_epi8(v, space),
                         _mm_or_si128(_mm_cmpeq_epi8(v, quote), _mm_cmpeq_epi8(v, back)));
        unsigned mask = (unsigned)_mm_movemask_epi8(odd);
        if (mask)
            return p + __builtin_ctz(mask);
    }
#endif
    while (p < end && (signed char)*p >= 0x20 && *p != '"' && *p != '\\')
        p++;
    return p;
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The four hex digits at p, or -1. */
static long hex4(const char *p, const char *end)
{
    long n = 0;
    if (end - p < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(p[i]);
        if (digit < 0)
            return -1;
        n = n << 4 | digit;
    }
    return n;
}

static bool scan_unicode_escape(struct scan *s, bool key)
{
    long c = hex4(s->p, s->end);
    if (c < 0)
        return fault(s, "invalid Unicode escape");
    if (c >= 0xdc00 && c <= 0xdfff)
        return fault(s, "lone surrogate");
    if (c == 0 && key)
        return fault(s, "NUL in a key");
    s->p += 4;
    if (c < 0xd800 || c > 0xdbff)
        return true;
    bool pair = s->end - s->p >= 6 && s->p[0] == '\\' && s->p[1] == 'u';
    long low = pair ? hex4(s->p + 2, s->end) : -1;
    if (low < 0xdc00 || low > 0xdfff)
        return fault(s, "lone surrogate");
    s->p += 6;
    return true;
}

/* What a byte stands for behind a backslash, 0 if it may not stand there; "u" for itself,
 * though more follows it. */
static const char escapes[256] = {
    ['"'] = '"',  ['\\'] = '\\', ['/'] = '/',  ['b'] = '\b', ['f'] = '\f',
    ['n'] = '\n', ['r'] = '\r',  ['t'] = '\t', ['u'] = 'u'};

static bool scan_escape(struct scan *s, bool key)
{
    s->p++;
    if (s->p == s->end)
        return fault(s, "unterminated string");
    char c = *s->p;
    if (!escapes[(unsigned char)c])
        return fault(s, "invalid escape");
    s->p++;
    return c != 'u' || scan_unicode_escape(s, key);
}

static bool scan_string(struct scan *s, bool key, struct str *raw)
{
    const char *start = ++s->p;
    for (;;) {
        s->p = skip_plain(s->p, s->end);
        if (s->p == s->end)
            return fault(s, "unterminated string");
        unsigned char c = (unsigned char)*s->p;
        if (c == '"') {
            *raw = (struct str){start, (size_t)(s->p - start)};
            s->p++;
            return true;
        }
        if (c == '\\') {
            if (!scan_escape(s, key))
                return false;
        } else if (c >= 0x80) {
            int length = utf8_sequence(s->p, s->end);
            if (length < 0)
                return fault(s, "invalid UTF-8");
            s->p += length;
        } else {
            return fault(s, "control character in a string");
        }
    }
}

static inline void scan_space(struct scan *s)
{
    if (s->p < s->end && (unsigned char)*s->p > ' ') /* as mostly */
        return;
    while (s->p < s->end &&
           (*s->p == ' ' || *s->p == '\t' || *s->p == '\n' || *s->p == '\r'))
        s->p++;
}

static bool digit_at(const struct scan *s)
{
    return s->p < s->end && *s->p >= '0' && *s->p <= '9';
}

static bool scan_digits(struct scan *s)
{
    if (!digit_at(s))
        return fault(s, "invalid number");
    while (digit_at(s))
        s->p++;
    return true;
}

static bool scan_number(struct scan *s)
{
    if (*s->p == '-')
        s->p++;
    if (digit_at(s) && *s->p == '0')
        s->p++;
    else if (!scan_digits(s))
        return false;
    if (s->p < s->end && *s->p == '.') {
        s->p++;
        if (!scan_digits(s))
            return false;
    }
    if (s->p < s->end && (*s->p == 'e' || *s->p == 'E')) {
        s->p++;
        if (s->p < s->end && (*s->p == '+' || *s->p == '-'))
            s->p++;
        return scan_digits(s);
    }
    return true;
}

static bool scan_word(struct scan *s, struct str word)
{
    if ((size_t)(s->end - s->p) < word.len || memcmp(s->p, word.s, word.len) != 0)
        return fault(s, "unexpected character");
    s->p += word.len;
    return true;
}

static bool scan_value(struct scan *s, int depth);

/* The character a container must go on with: true and past it if it is c. */
static bool take(struct scan *s, char c)
{
    scan_space(s);
    if (s->p == s->end || *s->p != c)
        return false;
    s->p++;
    return true;
}

static bool missing(struct scan *s, const char *reason)
{
    return fault(s, s->p == s->end ? "unexpected end" : reason);
}

static bool scan_array(struct scan *s, int depth)
{
    s->p++;
    if (take(s, ']'))
        return true;
    do
        if (!scan_value(s, depth + 1))
            return false;
    while (take(s, ','));
    return take(s, ']') || missing(s, "expected ',' or ']'");
}

static bool scan_object(struct scan *s, int depth, json_member *member, void *context)
{
    s->p++;
    if (take(s, '}'))
        return true;
    do {
        struct str key;
        scan_space(s);
        if (s->p == s->end || *s->p != '"')
            return missing(s, "expected a key or '}'");
        if (!scan_string(s, true, &key))
            return false;
        if (!take(s, ':'))
            return missing(s, "expected ':'");
        scan_space(s);
        const char *value = s->p;
        if (!scan_value(s, depth + 1))
            return false;
        if (member)
            member(context, key, (struct str){value, (size_t)(s->p - value)});
    } while (take(s, ','));
    return take(s, '}') || missing(s, "expected ',' or '}'");
}

static bool scan_value(struct scan *s, int depth)
{
    struct str ignored;
    scan_space(s);
    if (s->p == s->end)
        return fault(s, "unexpected end");
    if (depth > DEPTH_MAX)
        return fault(s, "nested too deeply");
    switch (*s->p) {
    case '{':
        return scan_object(s, depth, NULL, NULL);
    case '[':
        return scan_array(s, depth);
    case '"':
        return scan_string(s, false, &ignored);
    case 't':
        return scan_word(s, STR("true"));
    case 'f':
        return scan_word(s, STR("false"));
    case 'n':
        return scan_word(s, STR("null"));
    default:
        if (*s->p != '-' && !digit_at(s))
            return fault(s, "unexpected character");
        return scan_number(s);
    }
}

bool json_scan(struct str line, json_member *member, void *context,
               struct json_fault *problem)
{
    struct scan s = {line.s, line.s + line.len, NULL};
    bool good = false;
    scan_space(&s);
    if (s.p == s.end || *s.p != '{')
        fault(&s, "not a JSON object");
    else if (scan_object(&s, 1, member, context)) {
        scan_space(&s);
        good = s.p == s.end || fault(&s, "text after the object");
    }
    if (!good)
        *problem = (struct json_fault){(size_t)(s.p - line.s) + 1, s.reason};
    return good;
}

/* ---- values that passed ---- */

/* Past the string that begins at s->p; its raw text. */
static struct str pass_string(struct scan *s)
{
    const char *start = ++s->p;

    while (s->p < s->end && *s->p != '"') {
        s->p = skip_plain(s->p, s->end);
        if (s->p < s->end && *s->p != '"')
            s->p += *s->p == '\\' && s->end - s->p > 1 ? 2 : 1;
    }
    struct str raw = {start, (size_t)(s->p - start)};
    s->p += s->p < s->end;
    return raw;
}

/* True for what stands behind a value inside a container. */
static bool ends_value(char c)
{
    return c == ',' || c == ']' || c == '}' || c == ' ' || (c >= '\t' && c <= '\r');
}

/* Past the value that begins at s->p. */
static void pass_value(struct scan *s)
{
    size_t depth = 0;

    do {
        char c = *s->p;
        if (c == '"') {
            pass_string(s);
            continue;
        }
        depth += c == '{' || c == '[';
        depth -= depth > 0 && (c == '}' || c == ']');
        s->p++;
    } while (s->p < s->end && (depth > 0 || !ends_value(*s->p)));
}

void json_members(struct str value, json_member *member, void *context)
{
    struct scan s = {value.s, value.s + value.len, NULL};

    if (!take(&s, '{') || take(&s, '}'))
        return;
    do {
        scan_space(&s);
        if (s.p == s.end)
            return;
        struct str key = pass_string(&s);
        if (!take(&s, ':'))
            return;
        scan_space(&s);
        const char *start = s.p;
        pass_value(&s);
        member(context, key, (struct str){start, (size_t)(s.p - start)});
    } while (take(&s, ','));
}

void json_elements(struct str value, json_element *element, void *context)
{
    struct scan s = {value.s, value.s + value.len, NULL};

    if (!take(&s, '[') || take(&s, ']'))
        return;
    do {
        scan_space(&s);
        const char *start = s.p;
        pass_value(&s);
        element(context, (struct str){start, (size_t)(s.p - start)});
    } while (take(&s, ','));
}

bool json_natural(struct str value, unsigned long long *n)
{
    if (value.len == 0 || value.len > 15)
        return false;
    *n = 0;
    for (size_t i = 0; i < value.len; i++) {
        if (value.s[i] < '0' || value.s[i] > '9')
            return false;
        *n = *n * 10 + (unsigned long long)(value.s[i] - '0');
    }
    return true;
}

/* ---- decoding ---- */

/* Decodes the escape at p (its backslash) into b; returns its length. */
static size_t decode_escape(struct buf *b, const char *p, const char *end)
{
    if (p[1] != 'u') {
        buf_add_char(b, escapes[(unsigned char)p[1]]);
        return 2;
    }
    long c = hex4(p + 2, end);
    if (c < 0xd800 || c > 0xdbff) {
        utf8_add(b, (uint32_t)c);
        return 6;
    }
    utf8_add(b, (uint32_t)(0x10000 + ((c - 0xd800) << 10) + (hex4(p + 8, end) - 0xdc00)));
    return 12;
}

void json_decode(struct buf *b, struct str raw)
{
    const char *p = raw.s, *end = raw.s + raw.len;
    buf_room(b, raw.len);
    while (p < end) {
        const char *back = memchr(p, '\\', (size_t)(end - p));
        buf_add(b, p, (size_t)((back ? back : end) - p));
        if (!back)
            break;
        p = back + decode_escape(b, back, end);
    }
}

size_t json_raw_offset(struct str raw, size_t decoded)
{
    const char *p = raw.s, *end = raw.s + raw.len;
    struct buf scrap = {0};
    size_t done = 0;
    while (p < end && done < decoded) {
        if (*p != '\\') {
            const char *back = memchr(p, '\\', (size_t)(end - p));
            size_t run = (size_t)((back ? back : end) - p);
            run = run < decoded - done ? run : decoded - done;
            p += run;
            done += run;
        } else {
            buf_clear(&scrap);
            p += decode_escape(&scrap, p, end);
            done += scrap.len;
        }
    }
    buf_free(&scrap);
    return (size_t)(p - raw.s);
}

/* ---- writing ---- */

/* The first byte at or behind p that must be escaped. */
static const char *skip_unescaped(const char *p, const char *end)
{
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"'), back = _mm_set1_epi8('\\');
    const __m128i control = _mm_set1_epi8(0x1f);
    for (; end - p >= 16; p += 16) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)p);
        __m128i odd =
            _mm_or_si128(_mm_cmpeq_epi8(_mm_min_epu8(v, control), v),
                         _mm_or_si128(_mm_cmpeq_epi8(v, quote), _mm_cmpeq_epi8(v, back)));
        unsigned mask = (unsigned)_mm_movemask_epi8(odd);
        if (mask)
            return p + __builtin_ctz(mask);
    }
#endif
    while (p < end && (unsigned char)*p >= 0x20 && *p != '"' && *p != '\\')
        p++;
    return p;
}

static void add_escape(struct buf *b, unsigned char c)
{
    static const char letters[] = "bfnrt", meant[] = "\b\f\n\r\t";
    const char *found = c ? strchr(meant, c) : NULL;
    if (c == '"' || c == '\\')
        buf_add(b, (char[]){'\\', (char)c}, 2);
    else if (found)
        buf_add(b, (char[]){'\\', letters[found - meant]}, 2);
    else
        buf_printf(b, "\\u%04x", c);
}

void json_add_chars(struct buf *b, struct str s)
{
    const char *p = s.s, *end = s.s + s.len;
    buf_room(b, s.len + 2); /* a closing quote, too */
    while (p < end) {
        const char *odd = skip_unescaped(p, end);
        buf_add(b, p, (size_t)(odd - p));
        if (odd < end)
            add_escape(b, (unsigned char)*odd++);
        p = odd;
    }
}

void json_add_string(struct buf *b, struct str s)
{
    buf_add_char(b, '"');
    json_add_chars(b, s);
    buf_add_char(b, '"');
}

void json_add_int(struct buf *b, long long n)
{
    char digits[24];
    size_t at = sizeof digits;
    unsigned long long rest =
        n < 0 ? 0ull - (unsigned long long)n : (unsigned long long)n;
    do
        digits[--at] = (char)('0' + rest % 10);
    while (rest /= 10);
    if (n < 0)
        digits[--at] = '-';
    buf_add(b, digits + at, sizeof digits - at);
}

/* Adds a share, 0..1, in thousandths, for which there are many, without printf(); false
 * if it is another number, or so near the middle of two that rounding is not sure. */
static bool add_share(struct buf *b, double x)
{
    if (!(x >= 0 && x <= 1))
        return false;
    double middle = x * 1000 + 0.5;
    unsigned n = (unsigned)middle;
    if (middle - n < 1e-6 || middle - n > 1 - 1e-6)
        return false;
    char digits[] = {(char)('0' + n / 1000), '.', (char)('0' + n / 100 % 10),
                     (char)('0' + n / 10 % 10), (char)('0' + n % 10)};
    size_t len = n % 1000 == 0 ? 1 : n % 100 == 0 ? 3 : n % 10 == 0 ? 4 : 5;
    buf_add(b, digits, len);
    return true;
}

void json_add_real(struct buf *b, double x, int places)
{
    char digits[400];
    if (places == 3 && add_share(b, x))
        return;
    if (!isfinite(x))
        x = 0; /* JSON has no word for it */
    int n = snprintf(digits, sizeof digits, "%.*f", places, x);
    if (places > 0) {
        while (digits[n - 1] == '0')
            n--;
        if (digits[n - 1] == '.')
            n--;
    }
    if (n == 2 && digits[0] == '-' && digits[1] == '0') {
        digits[0] = '0';
        n = 1;
    }
    buf_add(b, digits, (size_t)n);
}

void json_add_comma(struct buf *b)
{
    char last = b->len ? b->s[b->len - 1] : '[';
    if (last != '[' && last != '{')
        buf_add_char(b, ',');
}

void json_add_key(struct buf *b, const char *key)
{
    json_add_comma(b);
    buf_add_char(b, '"');
    buf_puts(b, key);
    buf_puts(b, "\":");
}

void json_add_span(struct buf *b, size_t start, size_t end)
{
    buf_add_char(b, '[');
    json_add_int(b, (long long)start);
    buf_add_char(b, ',');
    json_add_int(b, (long long)end);
    buf_add_char(b, ']');
}
