#include "common/trees.h"

#include "common/alloc.h"
#include "common/msg.h"

#include <stdlib.h>

/* The two children of a node stand side by side: a step adds up, it does not choose. A
 * leaf leads to itself, and no feature is more than its at: all ways through a tree are
 * walked with as many steps, which the processor foretells. */
struct node {
    uint16_t feature, at;
    uint16_t child; /* the left one, by its number in the tree */
    int16_t score;
};

struct tree {
    uint32_t root;
    int32_t least; /* the sum up to it is at least that, or the rest is not asked */
};

struct trees {
    const char *name;
    struct node *node;
    struct tree *tree;
    size_t nodes, nodes_cap, trees, trees_cap;
};

static long small(const struct trees *trees, long n)
{
    if (n < INT16_MIN || n > INT16_MAX)
        msg_die("%s: %ld is too much", trees->name, n);
    return n;
}

static void add_nodes(struct trees *trees, size_t n)
{
    trees->nodes += n;
    trees->node =
        xgrow(trees->node, &trees->nodes_cap, trees->nodes, sizeof *trees->node);
}

/* The subtree that begins with the next line, as node me of the last tree, so many steps
 * from its root. */
static void read_subtree(struct trees *trees, size_t me, int steps, struct str *rest)
{
    struct str line;
    size_t root = trees->tree[trees->trees - 1].root, child = trees->nodes - root;
    if (!str_line(rest, &line))
        msg_die("%s: cut short", trees->name);
    if (str_starts(line, STR("="))) {
        line = str_sub(line, 1, line.len);
        long score = small(trees, str_number(&line));
        trees->node[root + me] =
            (struct node){0, UINT16_MAX, (uint16_t)me, (int16_t)score};
        return;
    }
    if (steps == TREES_DEPTH)
        msg_die("%s: a tree is too deep", trees->name);
    long feature = small(trees, str_number(&line));
    long at = small(trees, str_number(&line));
    add_nodes(trees, 2);
    trees->node[root + me] =
        (struct node){(uint16_t)feature, trees_feature((int)at), (uint16_t)child, 0};
    read_subtree(trees, child, steps + 1, rest);
    read_subtree(trees, child + 1, steps + 1, rest);
}

static void read_tree(struct trees *trees, struct str *rest)
{
    trees->tree =
        xgrow(trees->tree, &trees->trees_cap, trees->trees + 1, sizeof *trees->tree);
    trees->tree[trees->trees++] = (struct tree){(uint32_t)trees->nodes, INT32_MIN};
    add_nodes(trees, 1);
    read_subtree(trees, 0, 0, rest);
}

struct trees *trees_parse(struct str text, const char *name)
{
    struct trees *trees = xcalloc(1, sizeof *trees);
    trees->name = name;
    while (text.len) {
        struct str line, rest = text;
        str_line(&rest, &line);
        if (str_starts(line, STR("<")) && trees->trees) {
            line = str_sub(line, 1, line.len);
            trees->tree[trees->trees - 1].least = str_number(&line);
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
    free(trees->node);
    free(trees->tree);
    free(trees);
}

static inline int tree_score(const struct node *node, const uint16_t *feature)
{
    uint32_t at = 0;
    for (int step = 0; step < TREES_DEPTH; step++) {
        const struct node *here = &node[at];
        uint32_t child = here->child;
        at = child + (here->at < feature[here->feature]);
    }
    return node[at].score;
}

int32_t trees_score(const struct trees *trees, const uint16_t *feature)
{
    int32_t score = 0;
    const struct tree *tree = trees->tree, *end = tree + trees->trees;
    for (; tree < end; tree++) {
        score += tree_score(trees->node + tree->root, feature);
        if (score < tree->least)
            return TREES_STOPPED;
    }
    return score;
}
