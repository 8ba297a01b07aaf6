/* .gblint.yaml: loaded, and asked for a draft's settings. */
#include "fuzz.h"

#include "app/config/config.h"

void
gb_fuzz_config(struct gb_str bytes)
{
    const struct gb_options options = {.config = gb_fuzz_file(bytes)};
    struct gb_configs *configs = gb_configs_new(&options, true);
    struct gb_error error = {0};

    for (int i = 0; i < 2; i++) {
        const char *path = i ? "sub/a.xml" : "draft.md";
        if (!gb_configs_settings(configs, path, &error))
            break;
        gb_configs_excludes(configs, path);
        gb_configs_draft(configs, path);
        gb_configs_series(configs, path);
    }
    gb_configs_free(configs);
}
