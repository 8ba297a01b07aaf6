/* The facts command: what each draft says that others may contradict, as JSON lines. */
#include "app/app.h"
#include "app/confine.h"
#include "app/output.h"
#include "app/series.h"

#include <stdio.h>

static bool
write_facts(const struct gb_input *input, struct gb_out *out)
{
    struct gb_kept kept;
    bool ok;

    gb_keep(&kept, input, false, (struct gb_wanted){0});
    ok = kept.outcome != GB_DRAFT_FAILED;
    if (!ok)
        gb_error_print(&kept.error);
    else if (kept.outcome == GB_DRAFT_READY)
        gb_summary_write(out, &kept.summary, &kept.source);
    gb_kept_release(&kept);
    return ok;
}

int
gb_cmd_facts(const struct gb_options *options)
{
    struct gb_configs *configs = gb_configs_new(options, true);
    struct gb_inputs inputs = {0};
    struct gb_output output;
    struct gb_error error;
    uint32_t n_failed;

    gb_inputs_collect(&inputs, options, configs);
    gb_confine_to(&(struct gb_plans){.inputs = inputs.list.items, .n_inputs = inputs.list.len,
                                     .outputs = options->outputs.items, .n_outputs = options->outputs.len});
    n_failed = inputs.n_failed;
    if (!gb_output_open(&output, options->outputs.items[0].path, options->english, &error)) {
        gb_error_print(&error);
        n_failed++;
    } else {
        for (size_t i = 0; i < inputs.list.len; i++)
            n_failed += !write_facts(&inputs.list.items[i], &output.out);
        if (!gb_output_close(&output, options->english, &error)) {
            if (error.message[0])
                gb_error_print(&error);
            n_failed++;
        }
    }
    gb_inputs_release(&inputs);
    gb_configs_free(configs);
    return n_failed ? GB_STATUS_FAILED : GB_STATUS_CLEAN;
}
