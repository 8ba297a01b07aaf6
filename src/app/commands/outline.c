/* The outline command: the clause tree of one draft as it was read. */
#include "app/app.h"
#include "app/files/confine.h"
#include "app/draft.h"
#include "app/page.h"
#include "emit/emit.h"

static void
write_outline(void *data, struct gb_out *out, const char *format)
{
    const struct gb_draft *draft = data;

    if (strcmp(format, "json") == 0)
        gb_outline_json(out, draft->doc, &draft->facts, draft->report.edition);
    else
        gb_outline_text(out, draft->doc);
}

int
gb_cmd_outline(const struct gb_options *options)
{
    struct gb_configs *configs = gb_configs_new(options, true);
    struct gb_inputs inputs = {0};
    const struct gb_input *input =
        gb_input_only(&inputs, options, configs,
                      GB_SAY(options->english, "outline 须给出一个草案文件", "outline takes one draft"));
    int status = GB_STATUS_FAILED;

    if (input) {
        struct gb_draft draft;
        struct gb_error error;
        gb_confine_to(&(struct gb_plans){options, input, 1});
        gb_error_set(&error, input->shown, 0, 0, "%s", GB_SAY(options->english, "不是DocBook", "no DocBook"));
        if (gb_draft_read(&draft, input, &error) == GB_DRAFT_READY)
            status = gb_write_outputs(options, write_outline, &draft);
        else
            gb_error_print(&error);
        gb_draft_release(&draft);
    }
    gb_inputs_release(&inputs);
    gb_configs_free(configs);
    return status;
}
