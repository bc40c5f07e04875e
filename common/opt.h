/* Options: one table per stage feeds getopt_long, --help and the completions. */
#ifndef NEWSPIPE_OPT_H
#define NEWSPIPE_OPT_H

#include <stdbool.h>
#include <stddef.h>

struct opt {
    int key;          /* a letter, or a number from OPT_OWN up for a long option only */
    const char *name; /* long name */
    const char *arg;  /* the argument's name; NULL: none; "[=NAME]": optional */
    const char *help; /* one line */
};

enum { OPT_OWN = 256, OPT_SHARED = 1024 };

/* The end of every stage's table: the options all four have. */
#define OPT_COMMON                                                                       \
    {'q', "quiet", NULL, "no messages about bad input; the exit status still tells"},    \
        {'u', "unbuffered", NULL, "flush after every record"},                           \
        {OPT_SHARED, "field", "NAME", "the member that holds the text (text)"},          \
        {OPT_SHARED + 1, "max-record", "SIZE", "a longer record is bad (64M)"},          \
        {OPT_SHARED + 2, "max-bad", "N", "exit 0 with up to N bad records (0)"},         \
        {OPT_SHARED + 3, "strict", NULL, "stop at the first bad record, exit 2"},        \
        {OPT_SHARED + 4, "rejects", "FILE", "keep bad records there, as they came"},     \
        {OPT_SHARED + 5, "stats", "[=FILE]", "one JSON line of counts at the end"},      \
        {OPT_SHARED + 6, "progress", NULL, "show how far the run is"},                   \
        {'V', "version", NULL, "print the version"}, {'h', "help", NULL, "print this"},  \
    {                                                                                    \
        0                                                                                \
    }

/* What the common options set, other than in msg, out and stats themselves. */
struct common {
    const char *field; /* --field */
    size_t max_record; /* --max-record, bytes */
};

#define COMMON_DEFAULT                                                                   \
    {                                                                                    \
        "text", (size_t)64 << 20                                                         \
    }

/* The next option's key, or -1 when the options are done; opt_arg is its argument and
 * opt_rest the index of the first operand. A wrong call is a usage error, exit 2. */
int opt_next(const struct opt *table, int argc, char *argv[]);
extern const char *opt_arg;
extern int opt_rest;

/* Deals with a key of OPT_COMMON: about is the first line of --help (what the stage
 * does), example its last. */
void opt_common(struct common *common, int key, const struct opt *table,
                const char *about, const char *example);

/* The current option's argument as a size (K, M, G suffixes, powers of 1024), as a count,
 * as a decimal fraction. Dies with a usage error naming the option if it is none, or
 * lies outside [least, most]. */
size_t opt_size(void);
unsigned long long opt_count(unsigned long long least, unsigned long long most);
double opt_real(double least, double most);

#endif
