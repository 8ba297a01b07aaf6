/* Lists as the rules on them see them: computed once for a document. Inside of check/ only. */
#ifndef GB_CHECK_LISTS_LISTS_PRIV_H
#define GB_CHECK_LISTS_LISTS_PRIV_H

#include "rule/check.h"

/* What a text ends with; marks of any width are one. */
enum gb_end_mark {
    GB_END_NONE, /* a word: the mark is missing */
    GB_END_SEMICOLON,
    GB_END_COMMA,
    GB_END_STOP,
    GB_END_COLON,
    GB_END_OTHER, /* 、 */
    GB_END_FREE,  /* nothing can be asked: a question, a quotation that ends a sentence, a formula, a table */
    GB_END_COUNT
};

struct gb_end {
    const struct gb_text *text;
    size_t begin, end; /* the mark; with NONE the last character */
    enum gb_end_mark mark;
};

struct gb_end gb_end_of(const struct gb_text *text);

struct gb_list_item {
    const struct gb_node *node;
    const struct gb_node *leaf; /* the node with its last words: itself, or the last item of the list in it */
    struct gb_end end;          /* of these words */
    bool has_list;              /* it ends in a list */
};

/* What stands before a list. */
enum gb_lead {
    GB_LEAD_UNSURE, /* something that tells nothing: a table, a legend, a list that a page cut */
    GB_LEAD_NONE,   /* only the title of the clause */
    GB_LEAD_COLON,
    GB_LEAD_STOP,
    GB_LEAD_BAD, /* words that end neither so nor so */
};

/* Lists that follow on each other without anything between are one, whatever their markers. */
struct gb_list {
    const struct gb_node *first; /* the first of these nodes */
    uint32_t n_lists;
    const struct gb_list_item *items;
    uint32_t from, n; /* its items among those of all lists, and how many */
    enum gb_lead lead;
    const struct gb_node *lead_in; /* NULL with NONE and UNSURE, and where a title ends in the colon */
    struct gb_end lead_end;
    bool is_nested; /* in an item */
};

struct gb_lists {
    bool is_known;
    const struct gb_list *all; /* those that are judged, in document order */
    uint32_t n;
};

/* Forms, samples, examples, quotations, legends and lists of elements without text are not in it. */
const struct gb_lists *gb_lists_of(struct gb_check *c);

#define GB_EACH_LIST(g, c) GB_EACH(const struct gb_list, g, gb_lists_of(c)->all, gb_lists_of(c)->n)
#define GB_EACH_ITEM(item, g) GB_EACH(const struct gb_list_item, item, (g)->items, (g)->n)

/* The marker of an item; its first word where the marker was not typed. */
struct gb_at gb_at_item(const struct gb_node *item);

/* "b)" for 2, with a blank behind it where that is asked for. */
enum { GB_LETTERS = 26 };
struct gb_str gb_letter_marker(struct gb_check *c, unsigned value, bool blank);

/* Puts another marker in the place of a typed one: a letter, or —— for 0. */
void gb_fix_marker(struct gb_check *c, struct gb_finding *f, const struct gb_node *item, unsigned letter);

/* Does the text begin with a marker that lists do not have, of this value (① is 1)? 0: of any. */
bool gb_has_odd_marker(struct gb_str text, unsigned value);

/* Is the i-th item the one that such a marker stands in, among items with letters or numbers? Its bullet is none of theirs. */
bool gb_item_is_odd(const struct gb_list *list, uint32_t i);

/* Is the list the first of i), ii), iii), which the reader knows for the ninth letter? */
bool gb_list_is_roman(const struct gb_list *g);

/* Value of an item's marker (a) is 1), 0 where it is a dash or a dot. */
static inline unsigned
gb_item_value(const struct gb_node *item)
{
    return item->num.n ? item->num.part[0] : 0;
}

/* Markers of a list: those of the list node say alpha, digit, dash, dot. */
static inline bool
gb_list_is(const struct gb_node *list, const char *markers)
{
    return gb_str_is(list->marker.str, markers);
}

/* Is the marker that of the standard, typed: a), 1), ——, ·? False for bullets and 1. of the markup. */
bool gb_marker_is_typed(const struct gb_node *item);

/* Does the node stand in a sample of another text, or in a form? What is there is not drafted by these rules. */
bool gb_is_in_sample(const struct gb_node *node);

/* The sibling before, the sibling behind: comments and footnotes left out. */
const struct gb_node *gb_block_before(const struct gb_node *node);
const struct gb_node *gb_block_behind(const struct gb_node *node);

/* First item of a list node; next one. */
static inline const struct gb_node *
gb_item_from(const struct gb_node *node)
{
    while (node && node->kind != GB_NODE_ITEM)
        node = node->next;
    return node;
}

/* The characters and words that messages and fixes need. */
struct gb_str gb_end_mark_text(enum gb_end_mark mark);

/* A note, not a warning. */
static inline bool
gb_is_note(const struct gb_node *node)
{
    struct gb_str s = node->marker.str;

    return gb_str_starts(s, GB_STR("注")) && !gb_str_starts(s, GB_STR("注意"));
}

#endif
