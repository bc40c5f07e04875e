/* Cues: the short fixed phrases of page furniture, in the languages of common/cues.txt.
 *
 * That file has lines `kind<TAB>phrase` and comments `# …`. A phrase that ends in `*`
 * matches lines that begin with it, one that begins with `*` lines that end with it, any
 * other the whole line. Words are compared without case and what stands between them and
 * around them; `#` in a phrase is a number, numbers elsewhere in a line of a phrase's
 * words do not count. A beginning of one word only counts where a colon, bar or dash
 * follows or the line is short, so that no sentence is taken for a label. */
#ifndef NEWSPIPE_CUE_H
#define NEWSPIPE_CUE_H

#include "common/str.h"

#include <stdbool.h>

enum cue {
    CUE_NONE,
    CUE_MORE,      /* ends a teaser: Read more, Continue reading, Full story */
    CUE_SHARE,     /* share, tweet, e-mail this */
    CUE_SUBSCRIBE, /* newsletters, sign in, register */
    CUE_COOKIE,    /* cookie and privacy notices */
    CUE_AD,        /* advertisement, sponsored */
    CUE_COMMENT,   /* comments, leave a reply */
    CUE_MEDIA,     /* play video, gallery, loading, photo 1 of 7 */
    CUE_NAV,       /* home, menu, skip to content, all news, next, previous */
    CUE_COPYRIGHT, /* all rights reserved, terms of use, contact us: the page's foot */
    CUE_COUNTER,   /* 12 comments, 1,204 views, 3 min read */
    CUE_TAGS,      /* the label of a tag list: Tags, Topics:, Keywords */
    CUE_TOPIC,     /* the label of a topic: Topic:, Story: */
    CUE_RELATED, /* the label or beginning of a related story: Related, Read also: … */
    CUE_BYLINE,  /* begins a byline: By …, Von …, Written by … */
    CUE_CREDIT,  /* begins a photo credit: © …, Photo: …, Image Credit: … */
    CUE_TIME,    /* begins a timestamp: Published, Updated, Posted on */
    CUE_CORRECTION, /* begins a correction or wire note */
    CUES
};

/* The cue a line is, or CUE_NONE. Cheap for long lines. */
enum cue cue_of(struct str line);

/* If a phrase of that kind begins the line (as a whole word), the bytes it takes, with
 * the colon and blanks behind it; else 0. */
size_t cue_prefix(struct str line, enum cue kind);

/* True for a leftover of a template engine: {{…}}, {%…%}, ${…}, <%…%>, [[…]]. */
bool cue_template(struct str line);

#endif
