/* Readers of charts, with all that follows: graph, layout, drawing, rules, output. */
#include "fuzz.h"

#include "base/json.h"
#include "emit/flow_json.h"
#include "emit/flow_marks.h"
#include "flow/crossing.h"
#include "flow/detect.h"
#include "flow/draw/draw.h"
#include "flow/layout/layout.h"
#include "rule/rule.h"
#include "text/utf8.h"

/* A draft whose one figure is a picture: the chart takes its place. */
static const char draft[] =
    "# 7 办理\n\n## 7.1 流程\n\n办理流程见图1。办理人应在5日内审核材料。\n\n![](chart.svg)\n\n图1　办理流程图\n";

struct parsed {
    struct gb_arena arena;
    struct gb_source source;
    struct gb_blocks blocks;
    struct gb_doc *doc;
    struct gb_facts facts;
    struct gb_report report;
};

/* Reads the draft and its chart, and runs the rules. */
static void
judge(struct parsed *p, enum gb_flow_format format, struct gb_str chart)
{
    const struct gb_facts_options options = {.stage = GB_STAGE_APPROVAL, .profile = "db32-2796", .today = 20250101};

    *p = (struct parsed){0};
    gb_source_init(&p->source, &p->arena);
    gb_source_add(&p->source, "draft.md", GB_STR(draft));
    gb_blocks_init(&p->blocks, &p->source);
    gb_read_markdown(&p->blocks, 0);
    p->doc = gb_build_clauses(&p->blocks);
    gb_facts_compute(&p->facts, p->doc, gb_ruleset_lexicon(gb_fuzz_rules()), &options);
    p->doc->is_standard = true;
    GB_HOLDS(p->facts.of_kind[GB_NODE_FIGURE].n == 1);
    const struct gb_chart_file file = {p->facts.of_kind[GB_NODE_FIGURE].items[0], GB_STR("chart.svg"), chart, format};
    gb_find_charts(&p->facts, p->doc, &file, 1);
    gb_report_init(&p->report, &p->arena, &p->source);
    gb_rules_run(gb_fuzz_rules(), p->doc, &p->facts, &p->report);
    gb_report_finish(&p->report);
    gb_check_report(&p->report);
}

static void
release(struct parsed *p)
{
    gb_report_release(&p->report);
    gb_blocks_release(&p->blocks);
    gb_arena_release(&p->arena);
}

static void
draw(struct parsed *p, const struct gb_chart *chart)
{
    struct gb_flow_picture picture = gb_flow_picture_of(chart, &p->arena);
    struct gb_flow_draw_options options = {.is_own = picture.is_own, .has_style = true, .title = GB_STR("题")};
    struct gb_out out = GB_OUT_ZERO;

    options.marks = gb_flow_marks_of(chart, &picture, &p->report, NULL, NULL, &p->arena, &options.n_marks);
    gb_flow_draw(&out, chart->flow, picture.is_table ? NULL : &picture.drawing, &options);
    gb_check_xml(gb_buf_str(&out.buf));
    out.buf.len = 0;
    gb_flow_draw_table(&out, chart->flow, &options);
    gb_out_release(&out);
}

static void
write_json(const struct gb_flows *flows, struct gb_str text)
{
    struct gb_out out = GB_OUT_ZERO;
    struct gb_json json;

    gb_json_init(&json, &out, GB_JSON_COMPACT);
    gb_json_open(&json, "{");
    gb_flows_json(&json, flows, text, 1, false);
    gb_json_close(&json, "}");
    gb_check_json(gb_buf_str(&out.buf));
    gb_out_release(&out);
}

/* The layout as such, though a drawing that its author made needs none. */
static void
lay_out(const struct gb_flow *flow, struct gb_arena *arena)
{
    struct gb_flow_layout layout = gb_flow_layout(flow, arena);

    if (layout.limit == GB_FLOW_NO_LIMIT)
        gb_flow_measure(flow, &layout.drawing, arena);
    struct gb_flow_drawing own = gb_flow_own_drawing(flow, arena);
    gb_flow_measure(flow, &own, arena);
}

static void
read_chart(enum gb_flow_format format, struct gb_str bytes)
{
    struct gb_str text = gb_fuzz_exact(bytes);
    struct gb_arena arena = GB_ARENA_ZERO;
    struct parsed p;

    gb_flow_detect(text);
    struct gb_flows flows = gb_flow_read(format, text, &arena);
    GB_HOLDS(flows.n >= 1);
    /* A picture has no places. */
    struct gb_str places = {text.ptr, gb_str_starts(text, GB_STR("\x89PNG")) ? UINT32_MAX : text.len};
    for (uint32_t i = 0; i < flows.n; i++)
        gb_check_flow(&flows.charts[i], places);
    write_json(&flows, text);
    /* Most inputs go to the readers alone: what follows takes ten times as long. */
    uint32_t choice = gb_fuzz_choice(bytes, 0, 8);
    if (choice == 0)
        lay_out(&flows.charts[0], &arena);
    if (choice == 1) {
        judge(&p, format, text);
        for (uint32_t i = 0; i < p.facts.charts.n && i < 3; i++)
            draw(&p, &p.facts.charts.items[i]);
        release(&p);
    }
    gb_arena_release(&arena);
    gb_fuzz_forget(text);
}

/* All but pictures are decoded before they are read. */
static void
read_text(enum gb_flow_format format, struct gb_str bytes)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_source source;

    if (gb_utf8_check(bytes) == bytes.len) {
        read_chart(format, bytes);
        return;
    }
    gb_source_init(&source, &arena);
    read_chart(format, gb_source_add(&source, "chart", gb_arena_copy(&arena, bytes))->text);
    gb_arena_release(&arena);
}

void
gb_fuzz_mermaid(struct gb_str bytes)
{
    read_text(GB_FLOW_MERMAID, bytes);
}

void
gb_fuzz_dot(struct gb_str bytes)
{
    read_text(GB_FLOW_DOT, bytes);
}

void
gb_fuzz_plantuml(struct gb_str bytes)
{
    read_text(GB_FLOW_PLANTUML, bytes);
}

void
gb_fuzz_drawio(struct gb_str bytes)
{
    read_text(GB_FLOW_DRAWIO, bytes);
}

void
gb_fuzz_bpmn(struct gb_str bytes)
{
    read_text(GB_FLOW_BPMN, bytes);
}

void
gb_fuzz_svg(struct gb_str bytes)
{
    read_text(GB_FLOW_SVG, bytes);
}

void
gb_fuzz_arrows(struct gb_str bytes)
{
    read_text(GB_FLOW_ARROWS, bytes);
}

void
gb_fuzz_png(struct gb_str bytes)
{
    static const char signature[] = "\x89PNG\r\n\x1A\n";
    struct gb_buf png = {0};

    gb_buf_add(&png, GB_STR(signature));
    gb_buf_add(&png, gb_str_skip(bytes, sizeof(signature) - 1));
    read_chart(GB_FLOW_DRAWIO, gb_buf_str(&png));
    gb_buf_release(&png);
}
