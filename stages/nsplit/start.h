/* Page starts in a stream of pages with nothing between them.
 *
 * What `cat *.txt` gives has no marks of where a file began; this tells it from what the
 * lines say. Some starts cannot be mistaken: mastheads, runs of template leftovers,
 * `==> name <==`, words that end a teaser with more behind them. The others are weighed
 * by what was learned from pages of known starts: boosted trees over the clues of
 * clue.h, in steps of which each asks more of fewer places.
 * A file is taken for one page until a start in it is quite sure. */
#ifndef NSPLIT_START_H
#define NSPLIT_START_H

#include "common/trees.h"
#include "stages/nsplit/clue.h"
#include "stages/nsplit/lines.h"

/* Lines behind a line that decide whether a page starts there, with what is learned and
 * without, and the bytes of them that are enough; lines behind a start of which none may
 * be a surer one. */
enum {
    START_RIVALS = 6,
    START_AHEAD = CLUE_AHEAD + 8,
    START_AHEAD_RULES = 4,
    START_BYTES = 1 << 18
};

#define NO_START ((size_t)-1)

/* What is learned, by scripts/nsplit-train.c: for each step the trees over its clues and
 * those of the steps before. They stop where too little speaks for a start. */
enum start_step { STEP_GATE, STEP_NEAR, STEP_FAR, START_STEPS };

struct start_models {
    struct lexicon *lexicon;
    struct trees *step[START_STEPS];
};

struct start_models start_models(void);
void start_models_free(struct start_models *models);

/* The surest place of a line. */
struct best {
    int32_t score;
    size_t k; /* NO_START: it cannot start there */
};

/* The state of a stream. With models (which must outlive it) its traces are to be set as
 * those of the lines that are asked about. */
struct starts {
    const struct start_models *models; /* NULL: only what cannot be mistaken */
    struct traces *traces;
    struct page_head page;
    struct best best[START_RIVALS + 1]; /* of the lines asked about last, by number */
    uint32_t asked;                     /* the last of them */
    bool several;                       /* a sure start was found: the file holds pages */
    bool glued; /* and one inside a line: some lack their last newline */
};

void starts_init(struct starts *starts, const struct start_models *models);
void starts_free(struct starts *starts);

/* Another file begins. */
void starts_file(struct starts *starts);

/* A page begins with line i, which is not blank. */
void starts_page(struct starts *starts, const struct lines *lines, size_t i);

/* Where in line i a page starts: its first byte (0), one inside it, or NO_START. The page
 * so far begins with line 0; of the lines behind i as many as said above are there unless
 * the file ends sooner. */
size_t starts_find(struct starts *starts, const struct lines *lines, size_t i);

/* Calls visit for every place of line i where a page might start, in reading order. For
 * the training of the models; starts_find() asks about the same. */
typedef void start_visitor(void *context, struct place *place, size_t k);
void starts_places(const struct starts *starts, const struct lines *lines, size_t i,
                   start_visitor *visit, void *context);

/* Adds the clues of a step, and the score of its trees as another one. False if they
 * stop; a step that has no trees yet (NULL) lets all places pass. */
bool start_weigh(const struct start_models *models, struct place *place,
                 enum start_step step, int32_t *score);

/* The name in a line `==> name <==`, as head(1) and tail(1) write it; len 0 if it is
 * none. */
struct str start_name(struct str line);

#endif
