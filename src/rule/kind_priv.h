/* Rule kinds: verbs that entries of packs use with parameters, without code of their own. */
#ifndef GB_RULE_KIND_PRIV_H
#define GB_RULE_KIND_PRIV_H

#include "rule/image_priv.h"
#include "doc/joined.h"
#include "rule/pattern_priv.h"

/* One text of one node, as kinds that search texts see it. */
struct gb_piece {
    const struct gb_node *node;
    const struct gb_text *text;
    struct gb_str str; /* the text without soft line breaks: what is searched */
    const struct gb_joined *joined;
    enum gb_part part;
    enum gb_zone zone;
};

/* The place of bytes [begin, end) of piece->str in the draft. */
struct gb_at gb_piece_at(const struct gb_piece *piece, size_t begin, size_t end);

struct gb_kind_def {
    const char *name;
    const char *params, *cases; /* as in gb_check_def; cases "*": the entry names them itself */
    struct gb_places places;    /* where it looks unless `in` says otherwise */
    unsigned of;                /* index of the parameter `of`: the nodes that run is called on */
    /* Faults in the set of parameters (in order of the schema): a sentence, or NULL. */
    const char *(*verify)(const struct gb_image_param *params);
    void (*run)(struct gb_check *check, const struct gb_node *node);
    /* Kinds found by the literal pass: called for each hit outside of the excepted contexts. */
    gb_hit_function *hit;
};

/* Where searches look unless `in` says otherwise, and faults in their parameters. */
extern const struct gb_places gb_prose;
const char *gb_verify_search(const struct gb_image_param *params);

/* For kinds with `of`: is the node the one that it names (the walk has sorted by kind only), and where to report what is
 * missing in it. */
bool gb_kind_is_of(struct gb_check *check, const struct gb_node *node);
struct gb_at gb_kind_head(const struct gb_node *node);

/* The kind fixed-text, in fixed_text.c. */
void gb_run_fixed_text(struct gb_check *check, const struct gb_node *node);
const char *gb_verify_fixed_text(const struct gb_image_param *params);

/* Ended by a NULL name. Kinds with `hit` have the parameters of GB_SEARCH_PARAMS first, in this order. */
extern const struct gb_kind_def gb_kinds[];

/* Places of GB_SEARCH_PARAMS in a schema. */
enum {
    GB_SEARCH_PATTERN,
    GB_SEARCH_KEYS,
    GB_SEARCH_IN,
    GB_SEARCH_EXCEPT,
    GB_SEARCH_EXEMPT,
    GB_SEARCH_ONCE,
    GB_SEARCH_CASE,
    GB_SEARCH_WORDS,
};

#endif
