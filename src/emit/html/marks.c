/* Where findings lie in the text: which words are marked, and the block that each finding's card stands behind. */
#include "base/sort.h"
#include "emit/html/html_priv.h"

/* A finding over more lines is marked at its first line. */
enum { MOST_LINES = 1000 };
/* Of a quote that stands in the text for words that cannot be seen there, as many bytes are shown. */
enum { MOST_QUOTE = 240 };

/* ---- Ranges ---- */

static struct gb_span
marked_span(const struct gb_html *h, const struct gb_range *range)
{
    struct gb_span span = range->span;

    if (range->end.line - range->start.line >= MOST_LINES)
        span.end = gb_source_line_end(h->report->source, span.begin);
    return span;
}

GB_ORDER(compare_ranges, struct gb_html_range, GB_KEY(begin) GB_KEY(finding))

/* Each range in the middle of a part of the array knows how far that part reaches. */
static uint32_t
set_furthest(struct gb_html_range *ranges, uint32_t low, uint32_t high)
{
    if (low == high)
        return 0;
    uint32_t middle = low + (high - low) / 2;
    uint32_t furthest = ranges[middle].end;
    uint32_t left = set_furthest(ranges, low, middle), right = set_furthest(ranges, middle + 1, high);

    if (left > furthest)
        furthest = left;
    if (right > furthest)
        furthest = right;
    return ranges[middle].furthest = furthest;
}

struct search {
    const struct gb_html_range *ranges;
    uint32_t begin, end;
    void (*take)(void *data, const struct gb_html_range *range);
    void *data;
};

static void
search(const struct search *s, uint32_t low, uint32_t high)
{
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const struct gb_html_range *range = &s->ranges[middle];
        if (range->furthest <= s->begin)
            return;
        search(s, low, middle);
        if (range->begin >= s->end)
            return;
        if (range->end > s->begin)
            s->take(s->data, range);
        low = middle + 1;
    }
}

void
gb_html_each_range(const struct gb_html *h, uint32_t begin, uint32_t end,
                   void (*take)(void *data, const struct gb_html_range *range), void *data)
{
    search(&(struct search){h->ranges, begin, end, take, data}, 0, h->n_ranges);
}

/* ---- Blocks ---- */

/* Lists and rows of entries are seen through their parts; comments are not shown. */
static bool
is_block(const struct gb_node *node)
{
    switch (node->kind) {
    case GB_NODE_DOC:
    case GB_NODE_LIST:
    case GB_NODE_REFS:
    case GB_NODE_ENTRY:
    case GB_NODE_COMMENT:
        return false;
    default:
        return node->parent && node->parent->kind != GB_NODE_COVER && node->parent->kind != GB_NODE_TOC &&
               !gb_html_is_in_cells(node);
    }
}

GB_ORDER(compare_blocks, struct gb_html_block, GB_KEY(begin) GB_KEY(node->id))

static void
widen(struct gb_html_block *block, const struct gb_text *text)
{
    if (!text->n_runs)
        return;
    struct gb_span span = gb_text_whole(text, NULL);
    if (span.begin < block->begin)
        block->begin = span.begin;
    if (span.end > block->end)
        block->end = span.end;
}

/* All of the block's own bytes: of a figure also the picture or chart, of a table the cells, which its caption may stand behind. */
static struct gb_html_block
block_of(const struct gb_node *node)
{
    struct gb_html_block block = {node->span.begin, node->span.end, node};

    if (node->kind == GB_NODE_TABLE && node->u.table && node->u.table->n_cells) {
        widen(&block, &node->u.table->unit);
        widen(&block, &node->u.table->cells[0].text);
        widen(&block, &node->u.table->cells[node->u.table->n_cells - 1].text);
    }
    for (const struct gb_figure *f = node->kind == GB_NODE_FIGURE ? node->u.figure : NULL; f; f = f->next) {
        widen(&block, &f->file);
        widen(&block, &f->alt);
        widen(&block, &f->chart);
    }
    return block;
}

static void
find_blocks(struct gb_html *h)
{
    GB_ARRAY(struct gb_html_block) blocks = {0};

    for (const struct gb_node *n = h->doc->root; n; n = gb_node_walk(n, h->doc->root)) {
        if (is_block(n))
            *gb_push(&blocks) = block_of(n);
    }
    gb_sort(blocks.items, blocks.len, sizeof(*blocks.items), compare_blocks);
    GB_KEEP(h->arena, &blocks, h->blocks, h->n_blocks);
}

/* The last block that begins at or before the place; or the one behind it, when the place stands before its first words. */
const struct gb_node *
gb_html_block_at(const struct gb_html *h, struct gb_range range)
{
    uint32_t at = range.span.begin;

    GB_SEEK(uint32_t, i, h->n_blocks, h->blocks[i].begin <= at);
    bool is_inside = i > 0 && at < h->blocks[i - 1].end;
    if (!is_inside && i < h->n_blocks) {
        uint32_t line_end = gb_source_line_end(h->report->source, at);
        uint32_t until = range.span.end > line_end ? range.span.end : line_end;
        if (h->blocks[i].begin < until)
            return h->blocks[i].node;
    }
    return i ? h->blocks[i - 1].node : NULL;
}

static void
chain(struct gb_html *h, uint32_t *first, uint32_t *last, uint32_t finding)
{
    if (*first == GB_HTML_NO_FINDING)
        *first = finding;
    else
        h->findings[*last].next = finding;
    *last = finding;
}

static void
set_home(struct gb_html *h, uint32_t i)
{
    const struct gb_finding *f = &h->report->findings.items[i];
    const struct gb_node *node = gb_html_block_at(h, h->findings[i].range);

    if (node)
        chain(h, &h->nodes[node->id].first, &h->nodes[node->id].last, i);
    else
        chain(h, &h->front_first, &h->front_last, i);
    for (uint32_t k = 0; k < f->n_related; k++) {
        if (f->related[k].source && f->related[k].source != h->report->source)
            continue;
        const struct gb_node *target = gb_html_block_at(h, gb_range_of(h->report->source, f->related[k].at));
        if (target)
            h->nodes[target->id].is_target = true;
    }
}

void
gb_html_find_places(struct gb_html *h)
{
    size_t n = h->report->findings.len;
    uint32_t number = 0, known = 0;

    h->front_first = GB_HTML_NO_FINDING;
    h->findings = gb_arena_new_array(h->arena, struct gb_html_finding, n + 1);
    h->ranges = gb_arena_new_array(h->arena, struct gb_html_range, n + 1);
    if (h->facts)
        find_blocks(h);
    for (uint32_t i = 0; i < n; i++) {
        const struct gb_finding *f = &h->report->findings.items[i];
        h->findings[i] =
            (struct gb_html_finding){.range = gb_range_of(h->report->source, f->at), .next = GB_HTML_NO_FINDING};
        if (f->is_suppressed && !f->is_known)
            continue;
        h->findings[i].number = f->is_known ? ++known : ++number;
        set_home(h, i);
        struct gb_span span = marked_span(h, &h->findings[i].range);
        if (span.begin < span.end)
            h->ranges[h->n_ranges++] = (struct gb_html_range){.begin = span.begin, .end = span.end, .finding = i};
    }
    gb_sort(h->ranges, h->n_ranges, sizeof(*h->ranges), compare_ranges);
    set_furthest(h->ranges, 0, h->n_ranges);
}

/* ---- Marks ---- */

void
gb_html_open_mark(struct gb_html *h, uint32_t finding, const char *more)
{
    const struct gb_finding *f = &h->report->findings.items[finding];

    gb_out_puts(h->out, "<mark class=\"");
    gb_out_puts(h->out, gb_level_name(f->level));
    gb_out_puts(h->out, f->is_known ? " known" : "");
    gb_out_puts(h->out, more);
    gb_out_puts(h->out, "\" data-f=\"");
    gb_html_finding_id(h, finding);
    gb_out_char(h->out, '"');
    gb_html_put_attribute(h->out, "data-rule", f->rule->code);
    gb_out_puts(h->out, " data-line=\"");
    gb_out_number(h->out, h->findings[finding].range.start.line);
    gb_out_puts(h->out, "\">");
}

void
gb_html_anchors(struct gb_html *h, uint32_t first)
{
    for (uint32_t i = first; i != GB_HTML_NO_FINDING; i = h->findings[i].next) {
        if (h->findings[i].is_marked)
            continue;
        gb_html_open_mark(h, i, " at");
        gb_html_quote(h, h->findings[i].range.span, MOST_QUOTE);
        gb_out_puts(h->out, "</mark>");
        h->findings[i].is_marked = true;
    }
}

void
gb_html_cards(struct gb_html *h, uint32_t first)
{
    for (uint32_t i = first; i != GB_HTML_NO_FINDING; i = h->findings[i].next)
        gb_html_card(h, i);
}

void
gb_html_front(struct gb_html *h)
{
    if (h->front_first == GB_HTML_NO_FINDING)
        return;
    gb_out_puts(h->out, "<div class=\"b\">");
    gb_html_cards(h, h->front_first);
    gb_out_puts(h->out, "<p class=\"ats\">");
    gb_html_anchors(h, h->front_first);
    gb_out_puts(h->out, "</p></div>\n");
}
