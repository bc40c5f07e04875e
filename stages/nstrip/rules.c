#include "stages/nstrip/rules.h"

#include "common/alloc.h"
#include "common/in.h"
#include "common/msg.h"

#include <stdlib.h>

enum { RULE_LINE = 1 << 16, LINE_LOOK = 4096 };

static enum role role_named(struct str name)
{
    int role = 0;
    while (role < ROLES && !str_eq(name, str_of(role_label((enum role)role))))
        role++;
    return (enum role)role;
}

static const char *as_string(struct buf *b, struct str s)
{
    buf_clear(b);
    buf_add_str(b, s);
    buf_add_char(b, '\0');
    return b->s;
}

static void add(struct rules *rules, const char *path, const struct line *line)
{
    size_t tab = str_find(line->text, STR("\t"), 0);
    if (!line->whole || tab == (size_t)-1)
        msg_die("%s:%llu: no role, tab and expression", path, line->number);
    struct str name = str_sub(line->text, 0, tab);
    enum role role = role_named(name);
    if (role == ROLES)
        msg_die("%s:%llu: no role '%s'", path, line->number,
                as_string(&rules->line, name));
    rules->rule = xgrow(rules->rule, &rules->cap, rules->count + 1, sizeof *rules->rule);
    struct rule *rule = &rules->rule[rules->count];
    const char *text =
        as_string(&rules->line, str_sub(line->text, tab + 1, line->text.len));
    int fault = regcomp(&rule->expression, text, REG_EXTENDED | REG_NOSUB);
    if (fault) {
        char why[100];
        regerror(fault, &rule->expression, why, sizeof why);
        msg_die("%s:%llu: %s", path, line->number, why);
    }
    rule->role = role;
    rules->count++;
}

static void take(void *rules, const char *path, const struct line *line)
{
    if (!str_blank(line->text) && line->text.s[0] != '#')
        add(rules, path, line);
}

void rules_read(struct rules *rules, const char *path)
{
    in_table(path, RULE_LINE, take, rules);
}

static enum role ruled(struct rules *rules, struct str text)
{
    size_t len = text.len < LINE_LOOK ? text.len : LINE_LOOK;
    const char *line = as_string(&rules->line, str_sub(text, 0, len));
    for (size_t k = 0; k < rules->count; k++)
        if (!regexec(&rules->rule[k].expression, line, 0, NULL, 0))
            return rules->rule[k].role;
    return ROLES;
}

const enum role *rules_match(struct rules *rules, const struct page *page)
{
    if (!rules->count)
        return NULL;
    rules->ruled =
        xgrow(rules->ruled, &rules->ruled_cap, page->count, sizeof *rules->ruled);
    for (size_t i = 0; i < page->count; i++)
        rules->ruled[i] = ruled(rules, page->lines[i].text);
    return rules->ruled;
}

void rules_free(struct rules *rules)
{
    for (size_t k = 0; k < rules->count; k++)
        regfree(&rules->rule[k].expression);
    free(rules->rule);
    free(rules->ruled);
    buf_free(&rules->line);
    *rules = (struct rules){0};
}
