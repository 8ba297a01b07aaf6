/* The terms command: the terms and abbreviations of all drafts given, in one list. */
#include "app/app.h"
#include "app/files/confine.h"
#include "app/draft.h"
#include "app/page.h"
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
    GB_EACH_IN(input, &inputs->list) {
        struct gb_error error;
        struct gb_draft *draft = &out->items[out->n];
        enum gb_outcome outcome = gb_draft_read(draft, input, &error);
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

static void
write_list(void *data, struct gb_out *out, const char *format)
{
    gb_terms_writer_find(format)(out, data);
}

static int
write_lists(const struct gb_options *options, const struct drafts *drafts)
{
    struct gb_term_draft *items = gb_alloc(sizeof(*items) * (drafts->n + 1));
    struct gb_term_list list = {.drafts = items, .n = drafts->n, .english = options->english};

    for (size_t i = 0; i < drafts->n; i++)
        items[i] = (struct gb_term_draft){drafts->items[i].doc, &drafts->items[i].facts};
    int status = gb_write_outputs(options, write_list, &list);
    free(items);
    return status;
}

int
gb_cmd_terms(const struct gb_options *options)
{
    struct gb_configs *configs = gb_configs_new(options, true);
    struct gb_inputs inputs = {0};
    struct drafts drafts = {0};
    int status = GB_STATUS_CLEAN;

    gb_inputs_collect(&inputs, options, configs);
    gb_confine_to(&(struct gb_plans){options, inputs.list.items, inputs.list.len});
    read_drafts(&inputs, &drafts);
    if (drafts.n || !(inputs.n_failed + drafts.n_failed))
        status = write_lists(options, &drafts);
    if (inputs.n_failed + drafts.n_failed)
        status = GB_STATUS_FAILED;
    while (drafts.n)
        gb_draft_release(&drafts.items[--drafts.n]);
    free(drafts.items);
    gb_inputs_release(&inputs);
    gb_configs_free(configs);
    return status;
}
