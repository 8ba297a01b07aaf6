/* The facts command: what each draft says that others may contradict, as JSON lines. */
#include "app/app.h"
#include "app/files/confine.h"
#include "app/jobs.h"
#include "app/page.h"
#include "app/series.h"

#include <stdlib.h>

struct run {
    const struct gb_inputs *inputs;
    unsigned jobs;
    struct gb_out *out;
    struct gb_kept *kept; /* of input i: at i % window */
    size_t window;
    uint32_t n_failed;
};

static void
read_one(void *data, size_t i)
{
    struct run *run = data;

    gb_keep(&run->kept[i % run->window], &run->inputs->list.items[i], false, (struct gb_wanted){0});
}

static void
write_one(void *data, size_t i)
{
    struct run *run = data;
    struct gb_kept *kept = &run->kept[i % run->window];

    if (kept->outcome == GB_DRAFT_FAILED) {
        gb_error_print(&kept->error);
        run->n_failed++;
    } else if (kept->outcome == GB_DRAFT_READY) {
        gb_summary_write(run->out, &kept->summary, &kept->source);
    }
    gb_kept_release(kept);
}

static void
write_facts(void *data, struct gb_out *out, const char *format)
{
    struct run *run = data;
    size_t n = run->inputs->list.len;
    unsigned threads = gb_jobs_threads(run->jobs, n);

    (void)format;
    run->out = out;
    run->window = gb_jobs_window(threads);
    run->kept = gb_alloc(sizeof(*run->kept) * run->window);
    gb_jobs_run(&(struct gb_jobs){.n = n, .threads = threads, .data = run, .work = read_one, .settle = write_one});
    free(run->kept);
}

int
gb_cmd_facts(const struct gb_options *options)
{
    struct gb_configs *configs = gb_configs_new(options, true);
    struct gb_inputs inputs = {0};
    struct run run = {.inputs = &inputs, .jobs = options->jobs};

    gb_inputs_collect(&inputs, options, configs);
    gb_confine_to(&(struct gb_plans){options, inputs.list.items, inputs.list.len});
    int status = gb_write_outputs(options, write_facts, &run);
    if (inputs.n_failed + run.n_failed)
        status = GB_STATUS_FAILED;
    gb_inputs_release(&inputs);
    gb_configs_free(configs);
    return status;
}
