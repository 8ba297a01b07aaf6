#include "app/files/collect.h"

#include "app/files/path.h"

#include <unistd.h>

/* With a manifest and no operands its drafts are the operands. */
static void
add_rows(const struct gb_manifest *manifest, struct gb_options *with)
{
    memset(&with->operands, 0, sizeof(with->operands));
    for (uint32_t i = 0; i < manifest->n_rows; i++) {
        const char *file = manifest->rows[i].file;
        if (file && access(file, F_OK) == 0)
            *gb_push(&with->operands) = file;
    }
}

/* The drafts that are staged in the folder, or anywhere with NULL. */
static void
add_staged(struct gb_collection *c, const struct gb_options *options, struct gb_configs *configs,
           const struct gb_git_files *files, const char *folder)
{
    const char *real = folder ? gb_path_real(&c->inputs.arena, folder) : NULL;

    GB_EACH_IN(file, &files->list) {
        if (!folder || (real && gb_path_inside(file->real, real)))
            gb_inputs_add(&c->inputs, options, configs, file->shown, false);
    }
}

static bool
find_staged(struct gb_collection *c, const struct gb_options *options, struct gb_configs *configs,
            struct gb_error *error)
{
    struct gb_git_files files = {0};
    bool ok = gb_git_staged(c->git, &c->inputs.arena, &files, error);

    if (ok && !options->operands.len)
        add_staged(c, options, configs, &files, NULL);
    for (size_t i = 0; ok && i < options->operands.len; i++) {
        const char *path = options->operands.items[i];
        if (gb_path_is_directory(path))
            add_staged(c, options, configs, &files, path);
        else
            gb_inputs_add(&c->inputs, options, configs, path, true);
    }
    gb_array_release(&files.list);
    c->staged = (struct gb_overlay){.git = c->git, .english = options->english};
    GB_EACH_IN_PLACE(input, &c->inputs.list)
        input->overlay = &c->staged;
    return ok;
}

/* Opens the repository where an option asks for it. */
static bool
open_git(struct gb_collection *c, const struct gb_options *options, struct gb_error *error)
{
    if (!options->staged && !options->since)
        return true;
    if (!(c->git = gb_git_open(options->english, error)))
        return false;
    c->since.git = c->git;
    return !options->since || gb_git_commit(c->git, options->since, &c->inputs.arena, &c->since.commit, error);
}

static bool
find_drafts(struct gb_collection *c, const struct gb_options *options, struct gb_configs *configs,
            struct gb_error *error)
{
    struct gb_options with = *options;
    bool from_rows = options->manifest && !options->operands.len;

    if (options->staged)
        return (!options->manifest || gb_plan_manifest(&c->plan, options, configs, error)) &&
               find_staged(c, options, configs, error);
    if (options->manifest && !gb_plan_manifest(&c->plan, options, configs, error))
        return false;
    if (from_rows)
        add_rows(c->plan.line.manifest, &with);
    if (!from_rows || with.operands.len)
        gb_inputs_collect(&c->inputs, &with, configs);
    if (from_rows)
        gb_array_release(&with.operands);
    return true;
}

bool
gb_collect_baselines(struct gb_inputs *inputs, bool english, bool create, struct gb_baselines *baselines,
                     struct gb_error *error)
{
    baselines->english = english;
    GB_EACH_IN_PLACE(input, &inputs->list) {
        if ((create || !input->settings->no_baseline) &&
            !gb_baselines_part(baselines, input->shown, create, &input->baseline, error))
            return false;
    }
    return true;
}

static bool
find_baselines(struct gb_collection *c, const struct gb_options *options, enum gb_baseline_use use,
               struct gb_error *error)
{
    bool create = use == GB_BASELINE_CREATE;

    if (!gb_collect_baselines(&c->inputs, options->english, create, &c->baselines, error))
        return false;
    for (size_t i = 0; i < c->plan.specs.len; i++) {
        struct gb_series_spec *spec = c->plan.specs.items[i];
        if (spec->manifest && (create || !spec->settings->no_baseline) &&
            !gb_baselines_part(&c->baselines, spec->manifest_path, create, &spec->baseline, error))
            return false;
    }
    return true;
}

bool
gb_collect_beside(struct gb_collection *c, const struct gb_options *options, struct gb_configs *configs,
                  enum gb_baseline_use use, struct gb_error *error)
{
    return gb_plan_inputs(&c->plan, &c->inputs, options, configs, error) && find_baselines(c, options, use, error);
}

bool
gb_collect(struct gb_collection *c, const struct gb_options *options, struct gb_configs *configs,
           enum gb_baseline_use use, struct gb_error *error)
{
    if (!open_git(c, options, error) || !find_drafts(c, options, configs, error))
        return false;
    for (size_t i = 0; options->since && i < c->inputs.list.len; i++)
        c->inputs.list.items[i].since = &c->since;
    return gb_collect_beside(c, options, configs, use, error);
}

void
gb_collection_release(struct gb_collection *c)
{
    gb_plan_release(&c->plan);
    gb_inputs_release(&c->inputs);
    gb_baselines_release(&c->baselines);
    gb_git_close(c->git);
}
