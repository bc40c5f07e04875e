#include "stages/nstrip/model.h"

#include "common/alloc.h"
#include "common/data.h"
#include "common/msg.h"

#include <stdlib.h>

DATA(lines_model);

enum {
    SURE = 4 * MODEL_SCALE, /* after LOOK trees such a score is believed */
    LOOK = 24
};

struct node {
    int16_t feature; /* -1: a leaf */
    int16_t at;
    int32_t next; /* the right child, or the leaf's score; the left child follows */
};

static struct node *nodes;
static size_t count, cap;
static size_t *roots, trees, roots_cap;

static int32_t number(struct str *s)
{
    size_t i = 0;
    int32_t n = 0;
    bool minus = false;
    while (i < s->len && s->s[i] == ' ')
        i++;
    if (i < s->len && s->s[i] == '-') {
        minus = true;
        i++;
    }
    for (; i < s->len && s->s[i] >= '0' && s->s[i] <= '9'; i++)
        n = n * 10 + (s->s[i] - '0');
    *s = str_sub(*s, i, s->len);
    return minus ? -n : n;
}

/* Reads the subtree that begins with the next line. Depth is the trees', not the input's.
 */
static void read_subtree(struct str *rest)
{
    struct str line;
    if (!str_line(rest, &line))
        msg_die("lines.model: cut short");
    size_t me = count++;
    nodes = xgrow(nodes, &cap, count, sizeof *nodes);
    if (str_starts(line, STR("="))) {
        line = str_sub(line, 1, line.len);
        nodes[me] = (struct node){-1, 0, number(&line)};
        return;
    }
    int16_t feature = (int16_t)number(&line);
    int16_t at = (int16_t)number(&line);
    read_subtree(rest);
    nodes[me] = (struct node){feature, at, (int32_t)count};
    read_subtree(rest);
}

static void load(void)
{
    struct str rest = {(const char *)lines_model, lines_model_size};
    while (rest.len) {
        roots = xgrow(roots, &roots_cap, trees + 1, sizeof *roots);
        roots[trees++] = count;
        read_subtree(&rest);
    }
}

int32_t model_score(const int16_t row[FEATURES])
{
    int32_t score = 0;
    if (!trees)
        load();
    for (size_t t = 0; t < trees; t++) {
        const struct node *node = nodes + roots[t];
        while (node->feature >= 0)
            node = row[node->feature] <= node->at ? node + 1 : nodes + node->next;
        score += node->next;
        if (t >= LOOK && (score > SURE || score < -SURE))
            break;
    }
    return score;
}

void model_label(struct features *features, const struct page *page, bool *keep)
{
    int16_t row[FEATURES];
    features_read(features, page);
    for (size_t i = 0; i < page->count; i++) {
        features_row(features, i, row);
        keep[i] = model_score(row) > 0;
    }
}

void model_free(void)
{
    free(nodes);
    free(roots);
    nodes = NULL;
    roots = NULL;
    count = cap = trees = roots_cap = 0;
}
