/*
 * Rules as data: packs are loaded (built-in ones were compiled into the program by the same loader), joined to a rule set
 * with the levels and options of the run, and run over a document in one walk.
 */
#ifndef GB_RULE_RULE_H
#define GB_RULE_RULE_H

#include "rule/check.h"

struct gb_ruleset;

/* A change that config or command line makes to a rule, a group or all ("ALL"). */
struct gb_rule_change {
    struct gb_str name; /* NUM-012, NUM, or ALL */
    bool has_level;
    enum gb_level level;           /* with has_level; OFF switches it off */
    bool on;                       /* without has_level: on or off at its own level */
    bool select;                   /* --select: rules that no select names are off */
    const struct gb_yaml *options; /* map of parameters, or NULL */
    const char *path;              /* of the config, for errors; NULL: command line */
    unsigned line, column;         /* in it */
};

struct gb_ruleset_options {
    bool english;
    const char *const *packs; /* paths of user packs */
    size_t n_packs;
    const struct gb_rule_change *changes; /* applied in order */
    size_t n_changes;
};

/* NULL and *error on a bad pack, an unknown rule or a bad option. Immutable afterwards: threads share it. */
struct gb_ruleset *gb_ruleset_new(const struct gb_ruleset_options *options, struct gb_error *error);
void gb_ruleset_free(struct gb_ruleset *rules);

/* The word lists that facts are found by, from the same packs. */
const struct gb_lexicon *gb_ruleset_lexicon(const struct gb_ruleset *rules);

/* Runs all rules that are on for the document's edition and profile; on a text that is no standard, group INP only. */
void gb_rules_run(const struct gb_ruleset *rules, const struct gb_doc *doc, const struct gb_facts *facts,
                  struct gb_report *report);

/* Does a rule or group of that name exist? Otherwise *near is the nearest code (or empty); NULL: not wanted, which is quick. */
bool gb_ruleset_knows(const struct gb_ruleset *rules, struct gb_str name, struct gb_str *near);
/* Did the rule, or one of the group, run on this document: on, and for its edition and profile? For INP-008. */
bool gb_ruleset_ran(const struct gb_ruleset *rules, struct gb_str name, const struct gb_facts *facts);

/* Reports a rule from outside the walk (INP-007, INP-008, INP-001 …): as gb_report_case; `which` may be NULL. */
struct gb_finding *gb_ruleset_report(const struct gb_ruleset *rules, const char *code, const char *which,
                                     const struct gb_facts *facts, struct gb_report *report, struct gb_at at,
                                     struct gb_str clause, const struct gb_str *args, size_t n_args);

#endif
