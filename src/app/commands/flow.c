/* The flow command: the flowcharts of a draft, or of a file with a chart, as read, with what the rules find in them; --batch for charts alone. */
#include "app/app.h"
#include "app/files/chart_file.h"
#include "app/files/confine.h"
#include "app/draft.h"
#include "app/commands/flow_batch.h"
#include "app/page.h"
#include "app/files/path.h"
#include "emit/flow_json.h"
#include "emit/flow_marks.h"

/* ---- JSON ---- */

static void
write_faults(struct gb_json *json, const struct gb_report *report, const struct gb_chart *chart)
{
    static const char *const keys[] = {
        [GB_FLOW_MARK_NODE] = "node", [GB_FLOW_MARK_EDGE] = "edge", [GB_FLOW_MARK_GROUP] = "group"};

    gb_json_begin(json, "findings", "[");
    GB_EACH_IN(f, &report->findings) {
        enum gb_flow_mark_kind kind;
        uint32_t index;
        if (f->chart != chart || f->is_suppressed)
            continue;
        gb_json_open(json, "{");
        gb_json_field(json, "rule", f->rule->code);
        gb_json_field(json, "level", gb_str_from(gb_level_name(f->level)));
        gb_json_field(json, "message", f->message);
        if (gb_flow_mark_at(f, &kind, &index))
            gb_json_count(json, keys[kind], index);
        gb_json_close(json, "}");
    }
    gb_json_close(json, "]");
}

/* Line of the draft at which the chart begins, or its figure. */
static uint32_t
line_of(const struct gb_draft *draft, const struct gb_chart *chart)
{
    return gb_source_line(&draft->source, gb_chart_head(chart).span.begin);
}

static void
write_json(struct gb_out *out, const struct gb_draft *draft, const char *path, bool english)
{
    const struct gb_charts *charts = &draft->facts.charts;
    struct gb_json json;

    gb_json_init(&json, out, 3);
    gb_json_open(&json, "{");
    gb_json_field(&json, "path", gb_str_from(path));
    gb_json_begin(&json, "charts", "[");
    GB_EACH(const struct gb_chart, chart, charts->items, charts->n) {
        uint32_t line = chart->text ? line_of(draft, chart) : 1;
        gb_json_open(&json, "{");
        gb_json_given(&json, "figure", chart->figure->number.str);
        gb_json_given(&json, "caption", chart->figure->title.str);
        if (chart->file)
            gb_json_field(&json, "file", chart->file->path);
        gb_json_count(&json, "line", line_of(draft, chart));
        gb_json_flag(&json, "process", chart->is_process);
        gb_flow_json(&json, chart->flow, chart->source, line, english);
        write_faults(&json, &draft->report, chart);
        gb_json_close(&json, "}");
    }
    gb_json_close(&json, "]}");
    gb_out_char(out, '\n');
}

/* ---- SVG ---- */

/* Between drawings, and a row of a table where a chart is too large to be drawn. */
enum { GAP = 24, ROW = 28, TABLE_WIDTH = 720 };

/* A table is set into the picture as HTML. */
static struct gb_flow_size
draw_table(struct gb_out *out, const struct gb_chart *chart, const struct gb_flow_draw_options *options)
{
    struct gb_flow_size size = {TABLE_WIDTH, ROW * (chart->flow->n_edges + 3.0)};

    gb_out_printf(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%g\" height=\"%g\"><foreignObject width=\"%g\" height=\"%g\">"
        "<div xmlns=\"http://www.w3.org/1999/xhtml\">",
        size.w, size.h, size.w, size.h);
    gb_flow_draw_table(out, chart->flow, options);
    gb_out_puts(out, "</div></foreignObject></svg>");
    return size;
}

static struct gb_flow_size
draw(struct gb_out *out, struct gb_draft *draft, const struct gb_chart *chart, bool has_style, bool english)
{
    struct gb_flow_picture picture = gb_flow_picture_of(chart, &draft->arena);
    struct gb_flow_draw_options options = {.is_own = picture.is_own,
                                           .in_english = english,
                                           .has_style = has_style,
                                           .title = chart->figure->title.str};

    options.marks = gb_flow_marks_of(chart, &picture, &draft->report, NULL, NULL, &draft->arena, &options.n_marks);
    if (picture.is_table || !(picture.drawing.extent.w > 0))
        return draw_table(out, chart, &options);
    return gb_flow_draw(out, chart->flow, &picture.drawing, &options);
}

/* One drawing; or several below each other in one. */
static void
write_svg(struct gb_out *out, struct gb_draft *draft, bool english)
{
    const struct gb_charts *charts = &draft->facts.charts;
    struct gb_out all = GB_OUT_ZERO;
    double top = 0, width = 0;

    if (charts->n == 1) {
        draw(out, draft, &charts->items[0], true, english);
        gb_out_char(out, '\n');
        return;
    }
    for (uint32_t i = 0; i < charts->n; i++) {
        gb_out_printf(&all, "<g transform=\"translate(0 %d)\">", (int)top);
        struct gb_flow_size size = draw(&all, draft, &charts->items[i], false, english);
        gb_out_puts(&all, "</g>\n");
        top += size.h + GAP;
        width = size.w > width ? size.w : width;
    }
    top -= GAP;
    gb_out_printf(out,
                  "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%g\" height=\"%g\" viewBox=\"0 0 %g %g\"><style>",
                  width, top, width, top);
    gb_flow_draw_style(out);
    gb_out_puts(out, "</style>\n");
    gb_out_add(out, gb_buf_str(&all.buf));
    gb_out_puts(out, "</svg>\n");
    gb_out_release(&all);
}

/* ---- The command ---- */

struct job {
    struct gb_draft *draft;
    const char *path;
    bool english;
};

static void
write_charts(void *data, struct gb_out *out, const char *format)
{
    struct job *job = data;

    if (strcmp(format, "svg") == 0)
        write_svg(out, job->draft, job->english);
    else
        write_json(out, job->draft, job->path, job->english);
}

/* A file with a chart is judged as the one figure of a draft, which takes its place in the run. */
static void
stand_in(struct gb_overlay *overlay, const char *path)
{
    struct gb_str text =
        gb_arena_printf(&overlay->arena,
                        "# 1 范围\n\n下图由命令行给出的文件读入，其中的文字未作任何改动。\n\n![](<%s>)\n\n图1　流程\n",
                        gb_path_name(path));

    gb_overlay_put(overlay, path, path, GB_STR(""), text, NULL);
}

static int
run(const struct gb_options *options, struct gb_input *input)
{
    struct gb_overlay overlay = {0};
    struct gb_draft draft;
    struct gb_error error;
    int status = GB_STATUS_FAILED;

    gb_confine_to(&(struct gb_plans){options, input, 1});
    gb_error_set(&error, input->shown, 0, 0, "%s", GB_SAY(options->english, "没有流程图", "there is no flowchart"));
    if (gb_may_hold_chart(gb_str_from(input->shown)) && gb_format_of(input->shown, GB_STR("")) == GB_FORMAT_MARKDOWN) {
        stand_in(&overlay, input->shown);
        input->overlay = &overlay;
    }
    if (gb_draft_read(&draft, input, &error) == GB_DRAFT_READY && draft.facts.charts.n) {
        gb_draft_judge(&draft, input, (struct gb_wanted){0});
        struct job job = {&draft, input->shown, options->english};
        status = gb_write_outputs(options, write_charts, &job);
    } else {
        gb_error_print(&error);
    }
    gb_draft_release(&draft);
    gb_overlay_release(&overlay);
    return status;
}

int
gb_cmd_flow(const struct gb_options *options)
{
    if (options->batch)
        return gb_flow_batch(options);

    struct gb_configs *configs = gb_configs_new(options, true);
    struct gb_inputs inputs = {0};
    struct gb_input *input = gb_input_only(&inputs, options, configs,
                                           GB_SAY(options->english, "flow 须给出一个文件", "flow takes one file"));
    int status = input ? run(options, input) : GB_STATUS_FAILED;
    gb_inputs_release(&inputs);
    gb_configs_free(configs);
    return status;
}
