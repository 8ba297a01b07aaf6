/* The outline command: the clause tree of one draft as it was read. */
#include "app/app.h"
#include "app/confine.h"
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

/* The one draft of the operands; NULL after telling why there is none. */
static const struct gb_input *
only_input(const struct gb_options *options, struct gb_configs *configs, struct gb_inputs *inputs)
{
    bool english = options->english;
    const char *fault = NULL;

    if (options->operands.len == 1)
        gb_inputs_collect(inputs, options, configs);
    if (inputs->n_failed)
        return NULL;
    if (options->operands.len != 1)
        fault = GB_SAY(english, "outline 须给出一个草案文件", "outline takes one draft");
    else if (inputs->list.len != 1)
        fault = GB_SAY(english, "目录中须恰有一个草案", "the folder must hold one draft");
    else if (gb_inputs_hold(inputs, options->outputs.items, options->outputs.len))
        fault = GB_SAY(english, "输出文件就是草案", "the output is the draft");
    if (!fault)
        return &inputs->list.items[0];
    struct gb_error error;
    gb_error_set(&error, options->operands.len ? options->operands.items[0] : NULL, 0, 0, "%s", fault);
    gb_error_print(&error);
    return NULL;
}

int
gb_cmd_outline(const struct gb_options *options)
{
    struct gb_configs *configs = gb_configs_new(options, true);
    struct gb_inputs inputs = {0};
    const struct gb_input *input = only_input(options, configs, &inputs);
    int status = GB_STATUS_FAILED;

    if (input) {
        struct gb_draft draft;
        struct gb_error error;
        gb_confine_to(&(struct gb_plans){
            .inputs = input, .n_inputs = 1, .outputs = options->outputs.items, .n_outputs = options->outputs.len});
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
