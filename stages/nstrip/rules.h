/* The user's own rules: what a line is that an expression matches.
 *
 * A file has lines `role<TAB>expression` (POSIX extended, case counts), blank lines and
 * comments `# …`. Roles are the labels of --annotate. The first rule that matches a line
 * wins over whatever else it was taken for. */
#ifndef NSTRIP_RULES_H
#define NSTRIP_RULES_H

#include "common/buf.h"
#include "stages/nstrip/label.h"
#include "stages/nstrip/page.h"

#include <regex.h>

struct rule {
    enum role role;
    regex_t expression;
};

struct rules {
    struct rule *rule;
    size_t count, cap;
    struct buf line; /* being matched */
    enum role *ruled;
    size_t ruled_cap;
};

/* Adds the rules of a file; a bad line is a usage error that names it. */
void rules_read(struct rules *rules, const char *path);

/* What the rules say of each line of the page, ROLES where they say nothing; NULL if
 * there are no rules. Valid until the next call. A line is matched by its first 4096
 * bytes. */
const enum role *rules_match(struct rules *rules, const struct page *page);

void rules_free(struct rules *rules);

#endif
