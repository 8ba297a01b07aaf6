/* Figures: flowcharts drawn, with their faults marked; pictures shown and named. */
#include "emit/flow_marks.h"
#include "emit/html/html_priv.h"

/* Longer sources are not shown below the drawing: the draft has them. */
enum { MOST_SOURCE = 100000 };

static struct gb_str
href(void *data, size_t finding)
{
    struct gb_html *h = data;

    return gb_arena_printf(h->arena, "#d%u-f%u", h->draft, h->findings[finding].number);
}

static void
put_chart(struct gb_html *h, const struct gb_chart *chart)
{
    struct gb_flow_picture picture = gb_flow_picture_of(chart, h->arena);
    struct gb_flow_draw_options options = {.is_own = picture.is_own,
                                           .in_english = h->e->english,
                                           .title = chart->figure->title.str};

    options.marks = gb_flow_marks_of(chart, &picture, h->report, href, h, h->arena, &options.n_marks);
    gb_out_puts(h->out, "<div class=\"chart\">");
    gb_flow_draw(h->out, chart->flow, picture.is_table ? NULL : &picture.drawing, &options);
    gb_out_puts(h->out, "</div>");
}

/* All charts of the figure; false: it has none. */
static bool
put_charts(struct gb_html *h, const struct gb_node *node)
{
    uint32_t first = h->nodes[node->id].chart;

    if (!first)
        return false;
    for (uint32_t i = first - 1; i < h->facts->charts.n && h->facts->charts.items[i].figure == node; i++) {
        const struct gb_chart *chart = &h->facts->charts.items[i];
        if (chart->is_read && chart->flow && chart->flow->n_nodes)
            put_chart(h, chart);
        else if (!chart->file) /* a picture need not be one */
            gb_html_lost(h, "（流程图没有读出）", "(the flowchart could not be read)");
    }
    return true;
}

/* The source of a chart, with the words of findings marked. */
static void
put_source(struct gb_html *h, const struct gb_figure *figure, bool is_open)
{
    if (!figure->chart.str.len || figure->chart.str.len > MOST_SOURCE)
        return;
    gb_out_puts(h->out, is_open ? "<details class=\"code\" open><summary>" : "<details class=\"code\"><summary>");
    gb_out_puts(h->out, gb_html_say(h, "源文本", "source"));
    if (figure->language.len)
        gb_html_put(h->out, gb_html_say(h, "：", ": "), figure->language, "");
    gb_out_puts(h->out, "</summary><pre tabindex=\"0\">");
    gb_html_runs(h, &figure->chart, GB_HTML_AS_IS);
    gb_out_puts(h->out, "</pre></details>");
}

/* The picture, and which file it is: findings may be about its name. Below a drawing of the chart that it holds it is folded. */
static void
put_picture(struct gb_html *h, const struct gb_figure *figure, bool is_drawn)
{
    if (!figure->file.str.len && !figure->alt.str.len)
        return;
    if (is_drawn)
        gb_out_printf(h->out, "<details class=\"code\"><summary>%s</summary>", gb_html_say(h, "图片", "picture"));
    bool is_put = gb_html_picture(h, figure);
    gb_out_puts(h->out, is_put ? "<p class=\"picture shown\">" : "<p class=\"picture\">");
    gb_out_puts(h->out, gb_html_say(h, "图片", "picture"));
    gb_html_put_runs(h, " <code>", &figure->file, "</code>");
    gb_html_put_runs(h, " ", &figure->alt, "");
    gb_out_puts(h->out, is_drawn ? "</p></details>" : "</p>");
}

void
gb_html_figure(struct gb_html *h, const struct gb_node *node)
{
    bool is_drawn = put_charts(h, node); /* or it says why not */
    bool is_shown = is_drawn;

    for (const struct gb_figure *f = node->u.figure; f; f = f->next) {
        put_picture(h, f, is_drawn && f->file.str.len);
        put_source(h, f, !is_drawn);
        is_shown |= f->file.str.len || f->alt.str.len || f->chart.str.len;
    }
    gb_html_put_runs(h, "<p>", &node->text, "</p>");
    if (!node->text.str.len && !is_shown && !node->first)
        gb_html_lost(h, "（图没有读出）", "(the figure itself was not read)");
}
