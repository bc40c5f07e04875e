#include "scripts/nstrip-wording.h"

#include "common/alloc.h"
#include "common/msg.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SITES = 5, /* that have a gram, at least */
    ROUNDS = 5,
    SLOTS_A_LINE = 64,
};
static const double rate = 0.2, decay = 2e-5;

struct wording_row *wordings_add(struct wordings *set, const uint32_t *token,
                                 size_t tokens, bool strange)
{
    uint32_t gram[WORDING_GRAMS];
    size_t n = wording_grams(token, tokens, gram);
    set->row = xgrow(set->row, &set->cap, set->count + 2, sizeof *set->row);
    set->gram = xgrow(set->gram, &set->grams_cap, set->grams + n, sizeof *set->gram);
    struct wording_row *row = &set->row[set->count++];
    *row = (struct wording_row){
        .first = set->grams, .root = 1 / sqrtf((float)n), .strange = strange};
    for (size_t i = 0; i < n; i++)
        if (!strange || !(gram[i] & TOKEN_WORD))
            set->gram[set->grams++] = gram[i];
    row[1].first = set->grams;
    return row;
}

/* ---- which gram a slot is for ---- */

struct count {
    uint16_t sites, last;
};

static size_t place(uint32_t gram)
{
    return wording_slot(gram) * WORDING_PRINTS + wording_print(gram);
}

static struct count *count_sites(const struct wordings *set)
{
    struct count *count = xcalloc((size_t)WORDING_SLOTS * WORDING_PRINTS, sizeof *count);
    int before = -1;
    uint16_t sites = 0;
    for (size_t r = 0; r < set->count; r++) {
        const struct wording_row *row = &set->row[r];
        if (row->away || row->strange || row->weight <= 0)
            continue;
        sites = (uint16_t)(sites + (row->site != before));
        before = row->site;
        for (size_t i = row->first; i < row[1].first; i++) {
            struct count *c = &count[place(set->gram[i])];
            c->sites = (uint16_t)(c->sites + (c->last != sites));
            c->last = sites;
        }
    }
    return count;
}

/* The print of each slot; WORDING_PRINTS where none has enough sites. */
static void choose_prints(const struct wordings *set, uint8_t print[WORDING_SLOTS])
{
    struct count *count = count_sites(set);
    for (size_t s = 0; s < WORDING_SLOTS; s++) {
        unsigned most = SITES - 1;
        print[s] = WORDING_PRINTS;
        for (size_t p = 0; p < WORDING_PRINTS; p++)
            if (count[s * WORDING_PRINTS + p].sites > most) {
                most = count[s * WORDING_PRINTS + p].sites;
                print[s] = (uint8_t)p;
            }
    }
    free(count);
}

/* ---- the weights ---- */

struct learner {
    struct {
        double weight, slopes;
    } slot[WORDING_SLOTS], bias;
    const uint8_t *print;
};

static void step(double *weight, double *slopes, double slope)
{
    *slopes += slope * slope;
    *weight -= rate * slope / sqrt(*slopes + 1e-3);
}

static void learn_row(struct learner *learner, const struct wordings *set,
                      const struct wording_row *row)
{
    double score = 0;
    size_t slot[WORDING_GRAMS], n = 0;
    for (size_t i = row->first; i < row[1].first; i++) {
        size_t s = wording_slot(set->gram[i]);
        if (learner->print[s] != wording_print(set->gram[i]))
            continue;
        slot[n++] = s;
        score += learner->slot[s].weight;
    }
    score = score * row->root + learner->bias.weight;
    double slope = (1 / (1 + exp(-score)) - row->keep) * row->weight;
    step(&learner->bias.weight, &learner->bias.slopes, slope);
    for (size_t i = 0; i < n; i++)
        step(&learner->slot[slot[i]].weight, &learner->slot[slot[i]].slopes,
             slope * row->root + decay * learner->slot[slot[i]].weight);
}

static void shuffle(uint32_t *row, size_t n)
{
    uint64_t state = 1;
    for (size_t i = n; i > 1; i--) {
        state = state * UINT64_C(6364136223846793005) + 1442695040888963407u;
        size_t k = (size_t)(state >> 33) % i;
        uint32_t r = row[i - 1];
        row[i - 1] = row[k];
        row[k] = r;
    }
}

static int rounded(double weight)
{
    double w = floor(weight * WORDING_SCALE + 0.5);
    return (int)(w < -WORDING_MOST ? -WORDING_MOST : w > WORDING_MOST ? WORDING_MOST : w);
}

void wording_learn(const struct wordings *set, struct wording_model *model)
{
    struct learner *learner = xcalloc(1, sizeof *learner);
    uint32_t *order = xalloc(set->count + 1, sizeof *order);
    size_t n = 0;
    choose_prints(set, model->print);
    learner->print = model->print;
    for (size_t r = 0; r < set->count; r++)
        if (!set->row[r].away && set->row[r].weight > 0)
            order[n++] = (uint32_t)r;
    for (int round = 0; round < ROUNDS; round++) {
        shuffle(order, n);
        for (size_t i = 0; i < n; i++)
            learn_row(learner, set, &set->row[order[i]]);
    }
    model->bias = rounded(learner->bias.weight);
    for (size_t s = 0; s < WORDING_SLOTS; s++)
        model->weight[s] = (int8_t)rounded(learner->slot[s].weight);
    free(order);
    free(learner);
}

int wording_of(const struct wording_model *model, const struct wordings *set, size_t r)
{
    const struct wording_row *row = &set->row[r];
    int sum = 0;
    for (size_t i = row->first; i < row[1].first; i++) {
        size_t s = wording_slot(set->gram[i]);
        if (model->print[s] == wording_print(set->gram[i]))
            sum += model->weight[s];
    }
    return (int)((float)sum * row->root * (16.0F / WORDING_SCALE)) +
           model->bias * (16 / WORDING_SCALE);
}

void wording_print_model(const struct wording_model *model, const char *path)
{
    FILE *f = fopen(path, "w");
    if (!f)
        msg_die("%s: %s", path, strerror(errno));
    fprintf(f, "bias %d\n", model->bias);
    for (size_t s = 0; s < WORDING_SLOTS; s++) {
        int print = model->weight[s] ? model->print[s] : 0;
        fprintf(f, "%c%c%s", '0' + print, 'O' + model->weight[s],
                s % SLOTS_A_LINE == SLOTS_A_LINE - 1 ? "\n" : "");
    }
    if (fclose(f))
        msg_die("%s: cannot write", path);
}

void wordings_free(struct wordings *set)
{
    free(set->row);
    free(set->gram);
    *set = (struct wordings){0};
}
