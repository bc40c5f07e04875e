#include "common/trees.h"

#include "common/alloc.h"
#include "common/msg.h"

#include <stdlib.h>

/* Every tree is walked as if it were full, all ways through it with as many steps, which
 * the processor foretells, and in one row after another of the same few lines of its
 * cache. Behind split n (1: the root) come splits 2 n and 2 n + 1, behind the last ones
 * the scores. */
enum { SCORES = 1 << TREES_DEPTH };

struct split {
    uint16_t feature, at; /* to the right if the feature is more than that */
};

struct tree {
    struct split split[SCORES - 1];
    int32_t least; /* the sum up to it is at least that, or the rest is not asked */
    int16_t score[SCORES];
};

struct trees {
    const char *name;
    struct tree *tree;
    size_t count, cap;
};

static long small(const struct trees *trees, long n)
{
    if (n < INT16_MIN || n > INT16_MAX)
        msg_die("%s: %ld is too much", trees->name, n);
    return n;
}

/* The subtree that begins with the next line, as split n or, behind TREES_DEPTH steps,
 * score n - SCORES. */
static void read_subtree(const struct trees *trees, struct tree *tree, size_t n,
                         struct str *rest)
{
    struct str line;
    if (!str_line(rest, &line))
        msg_die("%s: cut short", trees->name);
    if (str_starts(line, STR("="))) {
        line = str_sub(line, 1, line.len);
        for (; n < SCORES; n *= 2)
            tree->split[n - 1] = (struct split){0, UINT16_MAX};
        tree->score[n - SCORES] = (int16_t)small(trees, str_number(&line));
        return;
    }
    if (n >= SCORES)
        msg_die("%s: a tree is too deep", trees->name);
    long feature = small(trees, str_number(&line));
    long at = small(trees, str_number(&line));
    tree->split[n - 1] = (struct split){(uint16_t)feature, trees_feature((int)at)};
    read_subtree(trees, tree, 2 * n, rest);
    read_subtree(trees, tree, 2 * n + 1, rest);
}

static void read_tree(struct trees *trees, struct str *rest)
{
    trees->tree = xgrow(trees->tree, &trees->cap, trees->count + 1, sizeof *trees->tree);
    struct tree *tree = &trees->tree[trees->count++];
    *tree = (struct tree){.least = INT32_MIN};
    read_subtree(trees, tree, 1, rest);
}

struct trees *trees_parse(struct str text, const char *name)
{
    struct trees *trees = xcalloc(1, sizeof *trees);
    trees->name = name;
    while (text.len) {
        struct str line, rest = text;
        str_line(&rest, &line);
        if (str_starts(line, STR("<")) && trees->count) {
            line = str_sub(line, 1, line.len);
            trees->tree[trees->count - 1].least = str_number(&line);
        } else if (!str_starts(line, STR("#"))) {
            read_tree(trees, &text);
            continue;
        }
        text = rest;
    }
    return trees;
}

void trees_free(struct trees *trees)
{
    if (!trees)
        return;
    free(trees->tree);
    free(trees);
}

static inline int tree_score(const struct tree *tree, const uint16_t *feature)
{
    size_t n = 1;
    for (int step = 0; step < TREES_DEPTH; step++) {
        const struct split *split = &tree->split[n - 1];
        n = 2 * n + (split->at < feature[split->feature]);
    }
    return tree->score[n - SCORES];
}

int32_t trees_score(const struct trees *trees, const uint16_t *feature)
{
    int32_t score = 0;
    const struct tree *tree = trees->tree, *end = tree + trees->count;
    for (; tree < end; tree++) {
        score += tree_score(tree, feature);
        if (score < tree->least)
            return TREES_STOPPED;
    }
    return score;
}
