/* The terms command: the terms and abbreviations of all drafts given, in one list. */
#include "app/app.h"
#include "app/confine.h"
#include "app/draft.h"
#include "app/output.h"
#include "emit/terms.h"

#include <stdlib.h>

/* All drafts stay until the list is written: uses are places in their text. */
struct drafts {
    struct gb_draft *items;
    size_t n;
    uint32_t n_failed;
};

static void
read_drafts(const struct gb_inputs *inputs, struct drafts *out)
{
    out->items = gb_alloc(sizeof(*out->items) * (inputs->list.len + 1));
    for (size_t i = 0; i < inputs->list.len; i++) {
        struct gb_error error;
        struct gb_draft *draft = &out->items[out->n];
        enum gb_outcome outcome = gb_draft_read(draft, &inputs->list.items[i], &error);
        if (outcome == GB_DRAFT_READY) {
            out->n++;
            continue;
        }
        if (outcome == GB_DRAFT_FAILED) {
            gb_error_print(&error);
            out->n_failed++;
        }
        gb_draft_release(draft);
    }
}

static uint32_t
write_list(const struct gb_options *options, const struct gb_output_spec *spec, const struct drafts *drafts)
{
    struct gb_term_draft *items = gb_alloc(sizeof(*items) * (drafts->n + 1));
    struct gb_term_list list = {.drafts = items, .n = drafts->n, .english = options->english};
    struct gb_output output;
    struct gb_error error;
    bool ok;

    for (size_t i = 0; i < drafts->n; i++)
        items[i] = (struct gb_term_draft){drafts->items[i].doc, &drafts->items[i].facts};
    ok = gb_output_open(&output, spec->path, options->english, &error);
    if (ok) {
        gb_terms_writer_find(spec->format)(&output.out, &list);
        ok = gb_output_close(&output, options->english, &error);
    }
    if (!ok)
        gb_error_print(&error);
    free(items);
    return !ok;
}

int
gb_cmd_terms(const struct gb_options *options)
{
    struct gb_configs *configs = gb_configs_new(options, true);
    struct gb_inputs inputs = {0};
    struct drafts drafts = {0};
    uint32_t n_failed;

    gb_inputs_collect(&inputs, options, configs);
    gb_confine_to(&(struct gb_plans){options, inputs.list.items, inputs.list.len});
    read_drafts(&inputs, &drafts);
    n_failed = inputs.n_failed + drafts.n_failed;
    for (size_t i = 0; i < options->outputs.len && (drafts.n || !n_failed); i++)
        n_failed += write_list(options, &options->outputs.items[i], &drafts);
    while (drafts.n)
        gb_draft_release(&drafts.items[--drafts.n]);
    free(drafts.items);
    gb_inputs_release(&inputs);
    gb_configs_free(configs);
    return n_failed ? GB_STATUS_FAILED : GB_STATUS_CLEAN;
}
