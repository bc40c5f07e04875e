/* TAP for unit tests: ok(), is_str(), is_int(), and `return done_testing();`. */
#ifndef NEWSPIPE_TAP_H
#define NEWSPIPE_TAP_H

#include "common/str.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

static int tap_run, tap_failed;

__attribute__((format(printf, 2, 3))) static inline bool ok(bool good, const char *name,
                                                            ...)
{
    va_list args;
    va_start(args, name);
    printf("%sok %d - ", good ? "" : "not ", ++tap_run);
    vprintf(name, args);
    putchar('\n');
    va_end(args);
    tap_failed += !good;
    return good;
}

static inline bool is_str(struct str got, const char *want, const char *name)
{
    bool good = str_eq(got, str_of(want));
    ok(good, "%s", name);
    if (!good)
        printf("#  got: %.*s\n# want: %s\n", (int)got.len, got.s, want);
    return good;
}

static inline bool is_int(long long got, long long want, const char *name)
{
    bool good = got == want;
    ok(good, "%s", name);
    if (!good)
        printf("#  got: %lld\n# want: %lld\n", got, want);
    return good;
}

static inline int done_testing(void)
{
    printf("1..%d\n", tap_run);
    return tap_failed != 0;
}

#endif
