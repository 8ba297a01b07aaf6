/* The flow command: the flowcharts of a draft as read; --batch for charts alone. */
#include "app/app.h"
#include "app/flow_batch.h"

int
gb_cmd_flow(const struct gb_options *options)
{
    struct gb_error error;

    if (options->batch)
        return gb_flow_batch(options);
    gb_error_set(&error, NULL, 0, 0, "%s",
                 GB_SAY(options->english, "本版本的 flow 只有 --batch", "this version has flow with --batch only"));
    gb_error_print(&error);
    return GB_STATUS_FAILED;
}
