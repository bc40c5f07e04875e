/* The lines of a story and what each looks like by itself.
 *
 * Few pages have more than a thousand lines. A text that has more than PAGE_LINES, or so
 * much in them, is looked at in parts of that size, each a page of its own, so that what
 * is known of its lines takes no more memory however long it is. */
#ifndef NSTRIP_PAGE_H
#define NSTRIP_PAGE_H

#include "common/cue.h"
#include "common/str.h"
#include "stages/nstrip/scan.h"

#include <stdbool.h>

/* A story of fewer lines has no page around it: no furniture to be told by learning. */
enum { PAGE_WHOLE = 40 };

enum { PAGE_LINES = 1 << 14, PAGE_TOKENS = 1 << 19 };

struct page_line {
    struct str text;      /* trimmed, never empty */
    size_t words;         /* of scripts without blanks, half as many as characters */
    size_t token, weight; /* where its tokens begin in the page's, and those of weight */
    struct scan scan;
    enum cue cue;
    bool template;  /* a template engine's leftover */
    bool timestamp; /* nothing but a date, a time and words around them */
    bool dateline;  /* begins with a dateline */
    bool stops;     /* ends as a sentence does */
    bool colon;     /* ends in a colon */
    bool credit;    /* a photo credit and nothing else */
    bool counted;   /* ends in a number in brackets, "(136)" */
    bool prose;     /* a paragraph, or a sentence long enough to be one */
};

struct page {
    struct page_line *lines;
    size_t count, cap;
    uint32_t *token; /* of all lines: stages/nstrip/scan.h */
    size_t tokens, tokens_cap;
    uint32_t *weight; /* those of them that are words of weight */
    size_t weights, weights_cap;
    struct scan
        first; /* of the first line without the site's name; its tokens come first */
    struct str rest;    /* of the text, not cut yet */
    bool more;          /* not the first page of its text */
    struct memo *memos; /* of short lines, by hash: page.c */
};

/* Begins with a text; then page_next() cuts it into its lines that are not blank, all of
 * them or as many as make a page, until there are none: it is false then. They point into
 * text. The page is reused: zero-initialise it once, page_free() it at the end. */
void page_begin(struct page *page, struct str text);
bool page_next(struct page *page);
void page_free(struct page *page);

/* A line a headline might be: 3 to 30 words that do not end as a sentence, or end in a
 * question or exclamation mark. */
bool page_headline(const struct page_line *line);

/* A button: few words that begin with what to do ("Join", in English) or whom to share it
 * with, or end in "icon". */
bool page_button(struct str s);

/* Where in a first line like "Headline | Site name" what is not the headline begins, its
 * mark included: the last one, with a few words behind it; its length if there is none.
 */
size_t page_site(struct str line);

/* How many of a line's words of weight stand in the lines [from, to), too; or in the
 * page's first line before the site's name. */
size_t page_shared(const struct page *page, size_t line, size_t from, size_t to);
size_t page_shared_first(const struct page *page, size_t line);

#endif
