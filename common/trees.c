#include "common/trees.h"

#include "common/alloc.h"
#include "common/msg.h"

#include <stdlib.h>

enum { LEAF = -1, STOP = -2 };

struct node {
    int16_t feature; /* below 0: LEAF or STOP */
    int16_t at;
    int32_t next; /* the right child, or the leaf's score; the left child follows */
};

struct trees {
    const char *name;
    struct node *node;
    size_t *root;
    size_t nodes, nodes_cap, roots, roots_cap;
};

/* The subtree that begins with the next line. Its depth is the model's, not the input's.
 */
static void read_subtree(struct trees *trees, struct str *rest)
{
    struct str line;
    if (!str_line(rest, &line))
        msg_die("%s: cut short", trees->name);
    size_t me = trees->nodes++;
    trees->node =
        xgrow(trees->node, &trees->nodes_cap, trees->nodes, sizeof *trees->node);
    bool leaf = str_starts(line, STR("="));
    if (leaf || str_starts(line, STR("<"))) {
        line = str_sub(line, 1, line.len);
        trees->node[me] = (struct node){leaf ? LEAF : STOP, 0, str_number(&line)};
        return;
    }
    int16_t feature = (int16_t)str_number(&line);
    int16_t at = (int16_t)str_number(&line);
    read_subtree(trees, rest);
    trees->node[me] = (struct node){feature, at, (int32_t)trees->nodes};
    read_subtree(trees, rest);
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
        trees->root =
            xgrow(trees->root, &trees->roots_cap, trees->roots + 1, sizeof *trees->root);
        trees->root[trees->roots++] = trees->nodes;
        read_subtree(trees, &text);
    }
    return trees;
}

void trees_free(struct trees *trees)
{
    if (!trees)
        return;
    free(trees->node);
    free(trees->root);
    free(trees);
}

int32_t trees_score(const struct trees *trees, const int16_t *feature)
{
    int32_t score = 0;
    for (size_t t = 0; t < trees->roots; t++) {
        const struct node *node = trees->node + trees->root[t];
        while (node->feature >= 0)
            node =
                feature[node->feature] <= node->at ? node + 1 : trees->node + node->next;
        if (node->feature == LEAF)
            score += node->next;
        else if (score < node->next)
            return TREES_STOPPED;
    }
    return score;
}
