/* The rule set as the walk sees it: entries of images joined with the changes of the run. */
#ifndef GB_RULE_RULESET_PRIV_H
#define GB_RULE_RULESET_PRIV_H

#include "rule/kind_priv.h"
#include "rule/rule.h"

#include <stdatomic.h>

/* A parameter ready for use. Words lie in the image, or in an arena where a user's pack changed their lists or a native check asked. */
struct gb_value {
    const struct gb_image_param *data;
    const struct gb_image *image;
    const struct gb_str *words; /* NULL: look in the image */
    size_t n_words;
    struct gb_pattern **patterns; /* PATTERN: one; PATTERNS: one for each word */
};

enum gb_force { GB_FORCE_NONE, GB_FORCE_ON, GB_FORCE_OFF };

struct gb_rule {
    _Atomic(struct gb_rule_info *) info; /* made when the rule first speaks; owned */
    const struct gb_image *image;
    const struct gb_image_rule *data;
    /* In the image, or a copy where the config changed what follows from parameters. */
    const struct gb_image_head *head;
    const struct gb_check_def *native; /* NULL: it has a kind */
    const struct gb_kind_def *kind;
    uint32_t on; /* nodes it is called on */
    uint8_t level[GB_EDITION_COUNT];
    bool in_extra;    /* its words and keys stand in the extra table */
    bool is_slow;     /* its pattern has no key: it runs on every text */
    bool opens;       /* each match begins with a key: the pattern is tried there alone */
    bool has_openers; /* it is tried where one of data->openers stands, in texts that hold a key */
    enum gb_force force;
    /* those that are set, where the image alone does not do: patterns, what a config changed */
    struct gb_value *params;
    size_t n_params;
    struct gb_pattern *pattern; /* of a kind with `hit`; anchored where `opens` or `has_openers` */
};

struct gb_literal_table {
    const uint32_t *words;
    uint32_t first; /* rule that id 0 stands for */
    bool is_extra;
};

struct gb_ruleset {
    struct gb_arena arena;
    bool english;
    GB_ARRAY(struct gb_image *) owned; /* user packs and options, freed with the set */
    GB_ARRAY(const struct gb_image *) images;
    GB_ARRAY(struct gb_pattern *) patterns;
    struct gb_rule *rules;
    uint32_t n_rules;
    GB_ARRAY(struct gb_literal_table) tables;
    uint32_t *extra; /* memory of the extra table */
    bool has_select;
    const struct gb_lexicon *lexicon;
};

static inline size_t
gb_value_count(const struct gb_value *value)
{
    size_t n = value->words ? value->n_words : value->data->words.n;

    return value->data->type == GB_PARAM_PAIRS ? n / 2 : n;
}

static inline struct gb_str
gb_value_word(const struct gb_value *value, size_t i)
{
    return value->words ? value->words[i] : gb_image_word(value->image, value->data->words, i);
}

double gb_value_number(const struct gb_value *value);

/* The rule's value of a parameter: by its place in the schema, or by name (asserts that the schema has it). One that is
 * not set has data->is_set 0. */
struct gb_value gb_rule_value(const struct gb_rule *rule, size_t index);
struct gb_value gb_rule_param(const struct gb_rule *rule, const char *key);

struct gb_str gb_rule_code(const struct gb_rule *rule);
const struct gb_rule_info *gb_rule_info_of(const struct gb_ruleset *rules, const struct gb_rule *rule);

/* Profiles of a draft that switch rules off or on. */
struct gb_switches {
    const struct gb_image_profile *profiles[8];
    size_t n;
};

struct gb_switches gb_find_switches(const struct gb_ruleset *rules, const struct gb_facts *facts);

/* Is the rule on for a document of this edition and profile? */
bool gb_rule_is_on(const struct gb_ruleset *rules, const struct gb_rule *rule, const struct gb_facts *facts,
                   const struct gb_switches *switches);

const struct gb_rule *gb_ruleset_find(const struct gb_ruleset *rules, struct gb_str code);

/* ---- The walk's services to kinds ---- */

const struct gb_rule *gb_check_rule(const struct gb_check *check);

/* Match that counts a failure as not checked. */
bool gb_check_match(struct gb_check *check, struct gb_pattern *pattern, struct gb_str text, size_t from,
                    struct gb_match *out);

/* Calls for each text of the node that lies in the places. */
void gb_each_piece(const struct gb_node *node, enum gb_zone zone, struct gb_places places,
                   void (*visit)(void *data, const struct gb_piece *piece), void *data);
/* The same for the node and all in it. */
void gb_each_piece_in(const struct gb_node *top, struct gb_places places,
                      void (*visit)(void *data, const struct gb_piece *piece), void *data);

#endif
