#include "common/opt.h"

#include "common/alloc.h"
#include "common/msg.h"
#include "common/out.h"
#include "common/stats.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <jansson.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *opt_arg;
int opt_rest;

static const struct opt *current; /* the option opt_arg belongs to */

static size_t table_size(const struct opt *table)
{
    size_t n = 0;
    while (table[n].name)
        n++;
    return n;
}

static bool optional(const struct opt *o)
{
    return o->arg && o->arg[0] == '[';
}

static const struct opt *find(const struct opt *table, int key)
{
    for (; table->name; table++)
        if (table->key == key)
            return table;
    return NULL;
}

/* What getopt_long did not like, said our way: its own message names no usage line. */
_Noreturn static void refuse(int argc, char *argv[], bool missing)
{
    const char *word = optind > 0 && optind <= argc ? argv[optind - 1] : "";
    if (optopt && optopt < OPT_OWN && strncmp(word, "--", 2) != 0)
        msg_usage(missing ? "option -%c needs an argument" : "unknown option -%c",
                  optopt);
    if (missing)
        msg_usage("option %s needs an argument", word);
    if (optopt)
        msg_usage("option %.*s takes no argument", (int)strcspn(word, "="), word);
    msg_usage("unknown option %s", word);
}

int opt_next(const struct opt *table, int argc, char *argv[])
{
    size_t n = table_size(table);
    struct option *longs = xcalloc(n + 1, sizeof *longs);
    char *shorts = xcalloc(2 * n + 2, 1), *p = shorts;
    *p++ = ':';
    for (size_t i = 0; i < n; i++) {
        longs[i] = (struct option){table[i].name,
                                   optional(&table[i]) ? optional_argument
                                   : table[i].arg      ? required_argument
                                                       : no_argument,
                                   NULL, table[i].key};
        if (table[i].key < OPT_OWN) {
            *p++ = (char)table[i].key;
            if (table[i].arg)
                *p++ = ':';
        }
    }
    opterr = 0;
    int key = getopt_long(argc, argv, shorts, longs, NULL);
    free(longs);
    free(shorts);
    if (key == '?' || key == ':')
        refuse(argc, argv, key == ':');
    opt_arg = optarg;
    opt_rest = optind;
    current = find(table, key);
    return key;
}

static void help(const struct opt *table, const char *about, const char *example)
{
    printf("usage: %s %s\n%s\n\n", msg_prog(), msg_synopsis(), about);
    for (const struct opt *o = table; o->name; o++) {
        char left[64];
        bool joined = optional(o);
        snprintf(left, sizeof left, "%c%c%c --%s%s%s", o->key < OPT_OWN ? '-' : ' ',
                 o->key < OPT_OWN ? o->key : ' ', o->key < OPT_OWN ? ',' : ' ', o->name,
                 o->arg && !joined ? " " : "", o->arg ? o->arg : "");
        printf("  %-25s %s\n", left, o->help);
    }
    printf("\n%s\n", example);
}

static void version(void)
{
    printf("%s %s\njansson %s\ncompiler %s\n", msg_prog(), VERSION, JANSSON_VERSION,
           __VERSION__);
}

_Noreturn static void end_stdout(void)
{
    if (fflush(stdout) != 0 || ferror(stdout) || fclose(stdout) != 0)
        msg_die("stdout: %s", strerror(errno));
    exit(STATUS_OK);
}

void opt_common(struct common *common, int key, const struct opt *table,
                const char *about, const char *example)
{
    switch (key) {
    case 'q':
        msg_set_quiet(true);
        break;
    case 'u':
        out_set_unbuffered(true);
        break;
    case OPT_SHARED:
        if (!*opt_arg)
            msg_usage("--field: a name is missing");
        common->field = opt_arg;
        break;
    case OPT_SHARED + 1:
        common->max_record = opt_size();
        break;
    case OPT_SHARED + 2:
        msg_set_max_bad(opt_count(0, UINT64_MAX));
        break;
    case OPT_SHARED + 3:
        msg_set_strict(out_flush);
        break;
    case OPT_SHARED + 4:
        reject_open(opt_arg);
        break;
    case OPT_SHARED + 5:
        stats_open(opt_arg);
        break;
    case OPT_SHARED + 6:
        stats_set_progress(true);
        break;
    case 'V':
        version();
        end_stdout();
    default:
        help(table, about, example);
        end_stdout();
    }
}

_Noreturn static void not_a(const char *what)
{
    msg_usage("--%s: '%s' is not %s", current->name, opt_arg, what);
}

size_t opt_size(void)
{
    char *end;
    if (!isdigit((unsigned char)*opt_arg))
        not_a("a size");
    errno = 0;
    unsigned long long n = strtoull(opt_arg, &end, 10);
    if (errno)
        not_a("a size");
    static const char suffixes[] = "KMG";
    int shift = 0;
    if (*end) {
        const char *s = strchr(suffixes, toupper((unsigned char)*end));
        if (!s || end[1])
            not_a("a size");
        shift = 10 * (int)(s - suffixes + 1);
    }
    if (!n || n > (SIZE_MAX / 4) >> shift)
        not_a("a size that can be used");
    return (size_t)n << shift;
}

unsigned long long opt_count(unsigned long long least, unsigned long long most)
{
    char *end;
    errno = 0;
    unsigned long long n = strtoull(opt_arg, &end, 10);
    if (!isdigit((unsigned char)*opt_arg) || *end || errno)
        not_a("a whole number");
    if (n < least || n > most)
        msg_usage("--%s: %s is not between %llu and %llu", current->name, opt_arg, least,
                  most);
    return n;
}

double opt_real(double least, double most)
{
    char *end;
    double x = strtod(opt_arg, &end);
    if (end == opt_arg || *end || !(x >= least && x <= most))
        msg_usage("--%s: '%s' is not a number between %g and %g", current->name, opt_arg,
                  least, most);
    return x;
}
