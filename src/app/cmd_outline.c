/* The outline command: the clause tree of one draft as it was read. */
#include "app/app.h"
#include "app/draft.h"
#include "app/output.h"
#include "emit/emit.h"

static bool
write_outlines(const struct gb_options *options, const struct gb_draft *draft)
{
    bool ok = true;
    struct gb_error error;

    for (size_t i = 0; i < options->outputs.len; i++) {
        const struct gb_output_spec *spec = &options->outputs.items[i];
        struct gb_output output;
        bool written = gb_output_open(&output, spec->path, options->english, &error);
        if (written) {
            if (strcmp(spec->format, "json") == 0)
                gb_outline_json(&output.out, draft->doc, draft->report.edition);
            else
                gb_outline_text(&output.out, draft->doc);
            written = gb_output_close(&output, options->english, &error);
        }
        if (!written && error.message[0])
            gb_error_print(&error);
        ok = ok && written;
    }
    return ok;
}

int
gb_cmd_outline(const struct gb_options *options)
{
    struct gb_configs *configs = gb_configs_new(options, false);
    struct gb_inputs inputs = {0};
    struct gb_draft draft;
    struct gb_error error;
    bool ok = false;

    if (options->operands.len != 1)
        gb_error_set(&error, NULL, 0, 0, "%s",
                     GB_SAY(options->english, "outline 须给出一个草案文件", "outline takes one draft"));
    else
        gb_inputs_collect(&inputs, options, configs);
    if (inputs.list.len == 1) {
        enum gb_outcome outcome = gb_draft_read(&draft, &inputs.list.items[0], &error);
        ok = outcome == GB_DRAFT_READY && write_outlines(options, &draft);
        if (outcome == GB_DRAFT_FAILED)
            gb_error_print(&error);
        gb_draft_release(&draft);
    } else if (!inputs.n_failed) {
        if (inputs.list.len)
            gb_error_set(&error, options->operands.items[0], 0, 0, "%s",
                         GB_SAY(options->english, "目录中不止一个草案", "more than one draft in the folder"));
        if (options->operands.len != 1 || inputs.list.len)
            gb_error_print(&error);
    }
    gb_inputs_release(&inputs);
    gb_configs_free(configs);
    return ok ? GB_STATUS_CLEAN : GB_STATUS_FAILED;
}
