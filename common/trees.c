#include "common/trees.h"

#include "common/alloc.h"
#include "common/msg.h"

#include <stdlib.h>

/* A leaf leads to itself, and at is its score: all ways through a tree can be walked with
 * as many steps, which the processor foretells. */
struct node {
    int16_t feature, at;
    int16_t next[2]; /* nodes to the left child and to the right one */
};

/* Or a stop, where the sum is below least. */
struct tree {
    size_t root;
    int steps; /* of the longest way; STOP */
    int32_t least;
};
enum { STOP = -1 };

struct trees {
    const char *name;
    struct node *node;
    struct tree *tree;
    size_t nodes, nodes_cap, trees, trees_cap;
};

static int16_t small(const struct trees *trees, long n)
{
    if (n < INT16_MIN || n > INT16_MAX)
        msg_die("%s: %ld is too much", trees->name, n);
    return (int16_t)n;
}

/* The subtree that begins with the next line; returns the steps of its longest way. Its
 * depth is the model's, not the input's. */
static int read_subtree(struct trees *trees, struct str *rest)
{
    struct str line;
    if (!str_line(rest, &line))
        msg_die("%s: cut short", trees->name);
    size_t me = trees->nodes++;
    trees->node =
        xgrow(trees->node, &trees->nodes_cap, trees->nodes, sizeof *trees->node);
    if (str_starts(line, STR("="))) {
        line = str_sub(line, 1, line.len);
        trees->node[me] = (struct node){0, small(trees, str_number(&line)), {0, 0}};
        return 0;
    }
    int16_t feature = small(trees, str_number(&line));
    int16_t at = small(trees, str_number(&line));
    int left = read_subtree(trees, rest);
    int16_t right_at = small(trees, (long)(trees->nodes - me));
    int right = read_subtree(trees, rest);
    trees->node[me] = (struct node){feature, at, {1, right_at}};
    return 1 + (left > right ? left : right);
}

static void read_tree(struct trees *trees, struct str *rest)
{
    struct str line, after = *rest;
    trees->tree =
        xgrow(trees->tree, &trees->trees_cap, trees->trees + 1, sizeof *trees->tree);
    struct tree *tree = &trees->tree[trees->trees++];
    *tree = (struct tree){.root = trees->nodes};
    if (str_line(&after, &line) && str_starts(line, STR("<"))) {
        line = str_sub(line, 1, line.len);
        tree->least = str_number(&line);
        tree->steps = STOP;
        *rest = after;
    } else {
        tree->steps = read_subtree(trees, rest);
    }
}

struct trees *trees_parse(struct str text, const char *name)
{
    struct trees *trees = xcalloc(1, sizeof *trees);
    trees->name = name;
    while (text.len) {
        struct str line, rest = text;
        if (str_line(&rest, &line) && str_starts(line, STR("#"))) {
            text = rest;
            continue;
        }
        read_tree(trees, &text);
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

int32_t trees_score(const struct trees *trees, const int16_t *feature)
{
    int32_t score = 0;
    for (size_t t = 0; t < trees->trees; t++) {
        const struct tree *tree = &trees->tree[t];
        const struct node *node = trees->node + tree->root;
        if (tree->steps == STOP && score < tree->least)
            return TREES_STOPPED;
        if (tree->steps == STOP)
            continue;
        for (int step = 0; step < tree->steps; step++)
            node += node->next[feature[node->feature] > node->at];
        score += node->at;
    }
    return score;
}
