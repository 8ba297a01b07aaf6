#include "app/collect.h"

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

static bool
find_drafts(struct gb_collection *c, const struct gb_options *options, struct gb_configs *configs, struct gb_error *error)
{
    struct gb_options with = *options;
    bool from_rows = options->manifest && !options->operands.len;

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

static bool
find_baselines(struct gb_collection *c, const struct gb_options *options, enum gb_baseline_use use, struct gb_error *error)
{
    bool create = use == GB_BASELINE_CREATE;

    c->baselines.english = options->english;
    for (size_t i = 0; i < c->inputs.list.len; i++) {
        struct gb_input *input = &c->inputs.list.items[i];
        if ((create || !input->settings->no_baseline) &&
            !gb_baselines_part(&c->baselines, input->shown, create, &input->baseline, error))
            return false;
    }
    for (size_t i = 0; i < c->plan.specs.len; i++) {
        struct gb_series_spec *spec = c->plan.specs.items[i];
        if (spec->manifest && (create || !spec->settings->no_baseline) &&
            !gb_baselines_part(&c->baselines, spec->manifest_path, create, &spec->baseline, error))
            return false;
    }
    return true;
}

bool
gb_collect_beside(struct gb_collection *c, const struct gb_options *options, struct gb_configs *configs, enum gb_baseline_use use,
                  struct gb_error *error)
{
    return gb_plan_inputs(&c->plan, &c->inputs, options, configs, error) && find_baselines(c, options, use, error);
}

bool
gb_collect(struct gb_collection *c, const struct gb_options *options, struct gb_configs *configs, enum gb_baseline_use use,
           struct gb_error *error)
{
    return find_drafts(c, options, configs, error) && gb_collect_beside(c, options, configs, use, error);
}

void
gb_collection_release(struct gb_collection *c)
{
    gb_plan_release(&c->plan);
    gb_inputs_release(&c->inputs);
    gb_baselines_release(&c->baselines);
}
