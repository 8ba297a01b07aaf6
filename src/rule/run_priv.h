/* The run of a rule set over one document, as the walk (walk.c), the search (search.c) and the services to checks see it. */
#ifndef GB_RULE_RUN_PRIV_H
#define GB_RULE_RUN_PRIV_H

#include "rule/context_priv.h"
#include "rule/literal_priv.h"
#include "rule/ruleset_priv.h"

struct gb_rule_run;

/* A parameter that a check asked for: keys are literals, so the same key is the same pointer. */
struct gb_param_memo {
    struct gb_param_memo *next;
    const char *key;
    struct gb_value value;
    const struct gb_han_words *set; /* made of its words, when they were asked for as one */
};

enum { GB_RUN_SHARED = 64 };

struct gb_exempt;  /* words in which a hit does not count */
struct gb_openers; /* literals with which the matches of a pattern begin */

/* Memory that checks share under a key. */
struct gb_shared {
    const void *key;
    void *memory;
    struct gb_shared *next;
};

/* After so many texts that were too much for its patterns a rule tries none on the rest of the draft. */
enum { GB_MOST_FAILURES = 3 };

struct gb_on {
    gb_check_function *run;
    gb_whole_function *whole; /* in its place */
    struct gb_check *check;
};

struct gb_rule_run {
    const struct gb_ruleset *rules;
    const struct gb_doc *doc;
    const struct gb_facts *facts;
    struct gb_report *report;
    struct gb_check *checks;                       /* one for each rule */
    struct gb_param_memo **memos;                  /* what each asked for, the last first */
    GB_ARRAY(struct gb_on) on[GB_NODE_KIND_COUNT]; /* checks called on the kind */
    GB_ARRAY(uint32_t) slow;                       /* rules whose pattern runs on every text */
    struct gb_places places;                       /* where any rule searches */
    struct gb_matcher matcher;
    struct gb_shared *shared[GB_RUN_SHARED]; /* what checks share, in chains by a hash of its key */

    /* The piece in hand, and a hit of a word in it: what differs from hit to hit is filled in for each. */
    struct gb_piece piece;
    struct gb_found found;
    uint32_t serial;
    const struct gb_literal_table *table;
    struct gb_stretches stretches;
    bool has_stretches;
    GB_ARRAY(uint32_t) marked;
};

static inline bool
gb_has_bit(uint32_t bits, unsigned i)
{
    return bits >> i & 1;
}

/* Zone of a child of the document, and of all in it. */
enum gb_zone gb_zone_of_top(const struct gb_node *top);

/* Searches one text for the words and patterns of all rules that look there, and calls their checks; `data` is the run. */
void gb_search_piece(void *data, const struct gb_piece *piece);

#endif
