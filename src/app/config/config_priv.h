/* A .gblint.yaml as it was read. */
#ifndef GB_APP_CONFIG_CONFIG_PRIV_H
#define GB_APP_CONFIG_CONFIG_PRIV_H

#include "app/config/config.h"
#include "base/yaml.h"

typedef GB_ARRAY(const char *) gb_string_array;

struct gb_config_override {
    gb_string_array files;
    struct gb_scope scope;
};

/* An entry of the term bank in a config. */
struct gb_term_map {
    const char *path;
    const struct gb_yaml *map;
};

struct gb_config {
    const char *path;   /* as found */
    const char *folder; /* real path: patterns and paths are relative to it */
    struct gb_scope scope;
    GB_ARRAY(struct gb_config_override) overrides;
    gb_string_array packs, exclude, files; /* files: it was read from */
    const char *registry;
    gb_string_array terms;                  /* files */
    GB_ARRAY(struct gb_term_map) term_maps; /* entries that stand in the config itself */
    GB_ARRAY(struct gb_draft_files) drafts;
    GB_ARRAY(struct gb_series_spec *) series;
    bool ok;
    struct gb_error error; /* unless ok */
};

/*
 * Reads the config at config->path and those that it extends; folder is set. False and config->error when one is faulty. `named`: the
 * command line names this file, so that it may be a pipe.
 */
bool gb_config_read(struct gb_config *config, struct gb_arena *arena, bool english, const char *named);

#endif
