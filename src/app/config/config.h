/*
 * .gblint.yaml: what a project says of its drafts, joined with what the command line says. Nothing is merged but what a
 * file names under `extends`.
 */
#ifndef GB_APP_CONFIG_CONFIG_H
#define GB_APP_CONFIG_CONFIG_H

#include "app/options.h"

/* A draft kept in several files, as `drafts:` lists them: paths as messages show them. */
struct gb_draft_files {
    const char *const *paths;
    uint32_t n_paths;
};

/* What is in force for one draft. */
struct gb_settings {
    struct gb_facts_options facts;
    enum gb_level level, fail_on;
    bool english;
    bool no_baseline;         /* what is known is told as if it were new */
    const char *config;       /* NULL: none */
    const char *registry;     /* path; NULL: none */
    const char *const *terms; /* files of the term bank */
    uint32_t n_terms;
    const char *const *packs, *const *exclude; /* to be shown */
    uint32_t n_packs, n_exclude;
    const struct gb_ruleset *rules; /* NULL unless the run wants rules */
    const struct gb_rule_change *changes;
    uint32_t n_changes;
};

struct gb_manifest;
struct gb_baseline_part;

/* Drafts that belong together, as `series:` names them or --manifest lists them. */
struct gb_series_spec {
    const char *name;         /* "" without */
    const char *const *files; /* patterns, relative to the config's folder */
    uint32_t n_files;
    const char *manifest_path;               /* NULL: none */
    const struct gb_manifest *manifest;      /* read when a run needs it */
    const struct gb_settings *settings;      /* for the manifest itself */
    const struct gb_baseline_part *baseline; /* of the manifest itself; NULL: none */
    const char *folder;                      /* real path of the config's; NULL: of the command line */
    bool is_walked;                          /* the run is about all drafts in it */
    bool is_whole;                           /* all drafts of the series were judged in this run */
};

struct gb_configs;

/* `with_rules`: settings carry a rule set. options must outlive the result. */
struct gb_configs *gb_configs_new(const struct gb_options *options, bool with_rules);
void gb_configs_free(struct gb_configs *configs);

/*
 * Settings for a draft, by its path ("-" stands for the current folder). NULL and *error when its config, or a pack or
 * rule that it names, is faulty; the message is empty when the same fault was given before. Valid until gb_configs_free;
 * the same for drafts that share them.
 */
const struct gb_settings *gb_configs_settings(struct gb_configs *configs, const char *path, struct gb_error *error);

/* Is the path left out by `exclude:` of its config? Faults of the config are told by gb_configs_settings. */
bool gb_configs_excludes(struct gb_configs *configs, const char *path);

/* The draft in several files that the path is a part of, or NULL. */
const struct gb_draft_files *gb_configs_draft(struct gb_configs *configs, const char *path);

/* The series that the draft belongs to by its config, or NULL. */
struct gb_series_spec *gb_configs_series(struct gb_configs *configs, const char *path);

/* Calls `take` with each file that configs were read from or name: those that they extend, packs, registries, term banks. */
void gb_configs_files(const struct gb_configs *configs, void (*take)(void *data, const char *path), void *data);

/* Has the report a finding at or above their `fail_on`? */
bool gb_is_failing(const struct gb_settings *settings, const struct gb_report *report);

/* Prints the settings in the form of a config. */
void gb_settings_show(const struct gb_settings *settings, const char *path);

#endif
