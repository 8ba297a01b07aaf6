/* Tables and captions. */
#include "emit/html/html_priv.h"

/* The caption as the draft writes it; number and title where only the reader put it together. */
void
gb_html_caption(struct gb_html *h, const struct gb_node *node, const char *zh, const char *en)
{
    if (!node->head.str.len && !node->number.str.len && !node->title.str.len)
        return;
    gb_out_puts(h->out, "<p class=\"caption\">");
    if (node->head.str.len) {
        gb_html_runs(h, &node->head, GB_HTML_JOINED);
    } else {
        gb_html_put_runs(h, gb_html_say(h, zh, en), &node->number, "　");
        gb_html_runs(h, &node->title, GB_HTML_JOINED);
    }
    gb_out_puts(h->out, "</p>");
}

static void
put_cell(struct gb_html *h, const struct gb_cell *cell)
{
    const char *tag = cell->is_header ? "th" : "td";

    gb_out_printf(h->out, "<%s", tag);
    if (cell->rows > 1)
        gb_out_printf(h->out, " rowspan=\"%u\"", cell->rows);
    if (cell->columns > 1)
        gb_out_printf(h->out, " colspan=\"%u\"", cell->columns);
    gb_out_char(h->out, '>');
    gb_html_runs(h, &cell->text, GB_HTML_JOINED);
    gb_out_printf(h->out, "</%s>", tag);
}

void
gb_html_table(struct gb_html *h, const struct gb_node *node)
{
    const struct gb_table *table = node->u.table;

    gb_html_caption(h, node, "表", "Table ");
    if (!table || !table->n_cells) {
        gb_html_lost(h, "（表的内容没有读出）", "(the table itself was not read)");
        return;
    }
    gb_html_put_runs(h, "<p class=\"unit\">", &table->unit, "</p>");
    gb_out_puts(h->out, "<div class=\"scroll\" tabindex=\"0\"><table><tr>");
    for (uint32_t i = 0, row = 0; i < table->n_cells; i++) {
        for (; row < table->cells[i].row; row++)
            gb_out_puts(h->out, "</tr><tr>");
        put_cell(h, &table->cells[i]);
    }
    gb_out_puts(h->out, "</tr></table></div>");
}

bool
gb_html_is_in_cells(const struct gb_node *node)
{
    const struct gb_node *table = node->parent;

    if (!table || table->kind != GB_NODE_TABLE || !table->u.table || !table->u.table->n_cells || !node->text.n_runs)
        return false;
    struct gb_span first = gb_text_whole(&table->u.table->cells[0].text, NULL), note = gb_text_whole(&node->text, NULL);
    struct gb_span last = gb_text_whole(&table->u.table->cells[table->u.table->n_cells - 1].text, NULL);
    return table->u.table->cells[0].text.n_runs && note.begin >= first.begin && note.end <= last.end;
}
