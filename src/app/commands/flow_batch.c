#include "app/commands/flow_batch.h"

#include "app/app.h"
#include "app/page.h"
#include "base/json_read.h"
#include "emit/flow_json.h"
#include "source/source.h"

struct batch {
    const struct gb_options *options;
    bool has_failed; /* a line was no JSON, a file could not be read */
};

static void
complain(struct batch *batch, const struct gb_error *error)
{
    gb_error_print(error);
    batch->has_failed = true;
}

/* The text of a chart in a file: decoded, unless it is a picture that holds one. */
static bool
read_chart(const char *path, struct gb_arena *arena, struct gb_str *out_text, struct gb_error *error)
{
    struct gb_str bytes;
    struct gb_source source;

    if (!gb_read_file(path, arena, &bytes, error))
        return false;
    if (gb_str_starts(bytes, GB_STR("\x89PNG"))) {
        *out_text = bytes;
        return true;
    }
    gb_source_init(&source, arena);
    *out_text = gb_source_add(&source, path, bytes)->text;
    return true;
}

/* One request: {"name":…,"format":…,"text":…|"path":…} */
static void
answer(struct batch *batch, struct gb_out *out, const struct gb_json_value *request, const char *path, unsigned line,
       struct gb_arena *arena)
{
    struct gb_str text = gb_json_text(request, "text"), file = gb_json_text(request, "path");
    struct gb_str format_name = gb_json_text(request, "format"), name = gb_json_text(request, "name");
    enum gb_flow_format format = format_name.ptr ? gb_flow_format_named(format_name) : GB_FLOW_MERMAID;
    struct gb_error error;
    struct gb_json json;

    if (!text.ptr && !file.ptr) {
        gb_error_set(&error, path, line, 0, "%s",
                     GB_SAY(batch->options->english, "须有“text”或“path”", "“text” or “path” is missing"));
        complain(batch, &error);
        return;
    }
    if (!text.ptr && !read_chart(file.ptr, arena, &text, &error)) {
        complain(batch, &error);
        return;
    }
    struct gb_flows flows = gb_flow_read(format, text, arena);
    gb_json_init(&json, out, GB_JSON_COMPACT);
    gb_json_open(&json, "{");
    if (name.ptr)
        gb_json_field(&json, "name", name);
    gb_flows_json(&json, &flows, text, 1, batch->options->english);
    gb_json_close(&json, "}");
    gb_out_char(out, '\n');
}

static void
run_file(struct batch *batch, struct gb_out *out, const char *path)
{
    struct gb_arena file_arena = GB_ARENA_ZERO;
    struct gb_error error;
    struct gb_str rest, line;

    if (!gb_read_file(path, &file_arena, &rest, &error)) {
        complain(batch, &error);
        rest = GB_STR("");
    }
    for (unsigned number = 1; gb_str_next_line(&rest, &line); number++) {
        struct gb_arena arena = GB_ARENA_ZERO;
        if (gb_str_trim(line).len) {
            const struct gb_json_value *request = gb_json_parse(line, path, number, &arena, &error);
            if (request)
                answer(batch, out, request, path, number, &arena);
            else
                complain(batch, &error);
        }
        gb_arena_release(&arena);
    }
    gb_arena_release(&file_arena);
}

static void
write_answers(void *data, struct gb_out *out, const char *format)
{
    struct batch *batch = data;

    (void)format;
    if (batch->options->operands.len == 0)
        run_file(batch, out, "-");
    GB_EACH_IN(operand, &batch->options->operands)
        run_file(batch, out, *operand);
}

int
gb_flow_batch(const struct gb_options *options)
{
    struct batch batch = {.options = options};
    int status = gb_write_outputs(options, write_answers, &batch);

    return batch.has_failed ? GB_STATUS_FAILED : status;
}
