#include "stages/nsummarize/html.h"

#include "stages/nsummarize/days.h"

void html_text(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        switch (s.s[i]) {
        case '&':
            buf_puts(b, "&amp;");
            break;
        case '<':
            buf_puts(b, "&lt;");
            break;
        case '>':
            buf_puts(b, "&gt;");
            break;
        case '"':
            buf_puts(b, "&quot;");
            break;
        case '\'':
            buf_puts(b, "&#39;");
            break;
        default:
            buf_add_char(b, s.s[i]);
        }
}

void html_number(struct buf *b, unsigned long long n)
{
    if (n >= 1000) {
        html_number(b, n / 1000);
        buf_printf(b, ",%03u", (unsigned)(n % 1000));
    } else {
        buf_printf(b, "%u", (unsigned)n);
    }
}

void html_date(struct buf *b, struct str date)
{
    static const char *const months[] = {"January",   "February", "March",    "April",
                                         "May",       "June",     "July",     "August",
                                         "September", "October",  "November", "December"};
    int year, month, day, known = date_split(date, &year, &month, &day);

    if (known == 0) {
        html_text(b, date);
        return;
    }
    if (known == 3)
        buf_printf(b, "<time datetime=\"%04d-%02d-%02d\">", year, month, day);
    if (day)
        buf_printf(b, "%d ", day);
    if (month)
        buf_puts(b, months[month - 1]);
    if (year)
        buf_printf(b, month ? " %d" : "%d", year);
    if (known == 3)
        buf_puts(b, "</time>");
}

bool html_link(struct str url)
{
    if (!str_starts_nocase(url, STR("http://")) &&
        !str_starts_nocase(url, STR("https://")))
        return false;
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.s[i] <= ' ' || strchr("\"'<>\\^`{|}\x7f", url.s[i]))
            return false;
    return true;
}
