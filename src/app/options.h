/*
 * The command line: one table of commands, one of options. Parsing, help, man page and completion read the same rows.
 */
#ifndef GB_APP_OPTIONS_H
#define GB_APP_OPTIONS_H

#include "app/scope.h"
#include "base/error.h"

struct gb_options;

/* A command gets its operands in options->operands and returns the exit status. */
struct gb_command {
    const char *name;
    const char *operands; /* as help shows them */
    int (*run)(const struct gb_options *options);
    const char *const *formats; /* names of -f, the first is the default; NULL: no -f */
    const char *zh, *en;
};

extern const struct gb_command gb_commands[]; /* ended by a NULL name; the first is the default */

struct gb_output_spec {
    const char *format; /* NULL: the command's default */
    const char *path;   /* NULL: standard output */
};

enum gb_color { GB_COLOR_AUTO, GB_COLOR_ALWAYS, GB_COLOR_NEVER };

struct gb_options {
    struct gb_arena arena; /* holds what the lists below point to */
    const struct gb_command *command;
    GB_ARRAY(struct gb_output_spec) outputs; /* at least one after parsing */
    GB_ARRAY(const char *) operands;
    struct gb_scope scope;
    bool english; /* known before the first error is told */
    const char *config, *stdin_name, *registry, *manifest;
    GB_ARRAY(const char *) terms; /* files of term banks */
    bool no_config, show_config;
    unsigned jobs; /* 0: chosen by the number of drafts */
    enum gb_color color;
    unsigned ambiguous;          /* 0: by locale */
    bool diff, unsafe, renumber; /* of fix */
    bool batch;                  /* of flow */
    bool joins_facts;            /* operands are facts, not drafts */
    bool force_exclude, staged, watch;
    const char *since; /* revision; NULL: none */
    bool prune;        /* of baseline */
    bool git_hook;     /* of init */
    bool statistics, quiet, version, help;
};

/* Text in one of the two languages; a format stays checkable. */
#define GB_SAY(english, zh, en) ((english) ? (en) : (zh))

/* False and *error on a bad option. Zeroed options are ready; release accepts them in any state. */
bool gb_options_parse(struct gb_options *options, int argc, char **argv, struct gb_error *error);
void gb_options_release(struct gb_options *options);

/* Help on the command, or on all when none was named, to standard output. */
void gb_options_help(const struct gb_options *options);

/* A row of the option table; false behind the last. */
struct gb_option_row {
    const char *name;
    char letter;          /* 0: none */
    const char *argument; /* as help shows it; NULL: takes none */
    unsigned commands;    /* bits in the order of gb_commands */
    const char *zh, *en;
};

bool gb_option_row(size_t i, struct gb_option_row *out);

/* Commands, each in its own file. */
int gb_cmd_lint(const struct gb_options *options);
int gb_cmd_outline(const struct gb_options *options);
int gb_cmd_rules(const struct gb_options *options);
int gb_cmd_explain(const struct gb_options *options);
int gb_cmd_flow(const struct gb_options *options);
int gb_cmd_fix(const struct gb_options *options);
int gb_cmd_terms(const struct gb_options *options);
int gb_cmd_facts(const struct gb_options *options);
int gb_cmd_pack(const struct gb_options *options);
int gb_cmd_init(const struct gb_options *options);
int gb_cmd_baseline(const struct gb_options *options);

#endif
