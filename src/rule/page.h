/*
 * What a rule's page shows: for `gblint rules`, `explain` and `pack check`, and for tests. Strings live as long as the
 * rule set; arrays in the arena given.
 */
#ifndef GB_RULE_PAGE_H
#define GB_RULE_PAGE_H

#include "rule/rule.h"

struct gb_page_source {
    struct gb_str doc, clause;
    unsigned edition; /* 0: none */
    char mark;        /* C, N, M or 0 */
};

/* A parameter of words: pairs are word, value by turns. */
struct gb_page_param {
    struct gb_str key, note;
    const struct gb_str *words;
    size_t n_words;
    bool is_pairs;
};

enum gb_example_kind { GB_EXAMPLE_BAD, GB_EXAMPLE_GOOD, GB_EXAMPLE_SILENT };

struct gb_example {
    enum gb_example_kind kind;
    bool is_docbook;
    struct gb_str context;                  /* several are joined by ", " */
    struct gb_str fragment;                 /* the first one */
    const struct gb_str *at, *args, *files; /* files: name, text by turns */
    size_t n_at, n_args, n_files;
    struct gb_str document; /* the whole text that is linted */
    unsigned line, column;  /* in the pack */
};

enum gb_fix_kind { GB_FIX_NONE, GB_FIX_SAFE, GB_FIX_UNSAFE };

struct gb_page {
    struct gb_str code, name, pack, file;
    struct gb_str title, message, remedy, why; /* in the language of the rule set */
    unsigned line, column;
    enum gb_level level[GB_EDITION_COUNT];
    bool is_on; /* by default, after the changes of the run */
    bool is_report;
    unsigned stages; /* bits by gb_stage; 0: all */
    enum gb_fix_kind fix;
    const struct gb_page_source *sources;
    size_t n_sources;
    const struct gb_page_param *params; /* those of words, with their words as the packs of the run have them */
    size_t n_params;
    struct gb_example *examples;
    size_t n_examples;
};

size_t gb_ruleset_count(const struct gb_ruleset *rules);
/* Number of the rule with that code, or GB_NOT_FOUND. */
size_t gb_ruleset_index(const struct gb_ruleset *rules, struct gb_str code);

/* The i-th rule; with its examples and their documents when `examples` is true. */
void gb_page_read(const struct gb_ruleset *rules, size_t i, bool examples, struct gb_arena *arena, struct gb_page *out);
/* A message or remedy for readers, with …… for what a finding fills in. */
struct gb_str gb_page_shown(struct gb_str text, struct gb_arena *arena);

/* A base document with nothing set into it, as an example that is good. */
void gb_base_example(const struct gb_ruleset *rules, enum gb_edition edition, bool is_docbook, struct gb_arena *arena,
                     struct gb_example *out);

const char *gb_example_kind_name(enum gb_example_kind kind);

/* How a pattern of a rule does on 4 kB runs of characters that it names itself. */
struct gb_trial {
    struct gb_str pattern;
    bool is_slow;    /* a run took more steps than a run of 4 kB may */
    bool gives_up;   /* a run reached the match limit */
    bool has_no_key; /* it would run on every text */
};

/* Tries up to `max` patterns of the i-th rule; returns how many there are. */
size_t gb_page_try(const struct gb_ruleset *rules, size_t i, struct gb_trial *out, size_t max);

#endif
