#include "fuzz.h"

#include "base/json_read.h"
#include "base/xml.h"
#include "text/utf8.h"

#include <stdio.h>

void
gb_check_utf8(struct gb_str text)
{
    GB_HOLDS(gb_utf8_check(text) == text.len);
}

void
gb_check_source(const struct gb_source *source)
{
    for (uint32_t i = 0; i < source->n_files; i++) {
        const struct gb_source_file *f = &source->files[i];
        gb_check_utf8(f->text);
        GB_HOLDS(memchr(f->text.ptr, '\0', f->text.len) == NULL);
        GB_HOLDS(f->n_lines >= 1 && f->lines[0] == 0);
        for (uint32_t k = 1; k < f->n_lines; k++)
            GB_HOLDS(f->lines[k] > f->lines[k - 1] && f->lines[k] <= f->text.len);
        for (uint32_t k = 0; k < f->n_flaws; k++) {
            const struct gb_flaw *flaw = &f->flaws[k];
            GB_HOLDS(flaw->span.begin >= f->base && flaw->span.begin < flaw->span.end);
            GB_HOLDS(flaw->span.end <= f->base + f->text.len && flaw->stored + flaw->stored_len <= f->stored.len);
            GB_HOLDS(k == 0 || flaw->span.begin >= f->flaws[k - 1].span.end);
        }
    }
}

static uint32_t
end_of(const struct gb_source *source)
{
    const struct gb_source_file *last = &source->files[source->n_files - 1];

    return last->base + (uint32_t)last->text.len;
}

static void
check_span(const struct gb_source *source, struct gb_span span)
{
    GB_HOLDS(span.begin <= span.end && span.end <= end_of(source));
}

void
gb_check_text(const struct gb_source *source, const struct gb_text *text)
{
    if (!text->str.len)
        return;
    gb_check_utf8(text->str);
    for (uint32_t i = 0; i < text->n_runs; i++) {
        const struct gb_run *run = &text->runs[i];
        uint32_t end = i + 1 < text->n_runs ? run[1].at : text->off + (uint32_t)text->str.len;
        check_span(source, run->src);
        GB_HOLDS(i == 0 || run->at >= run[-1].at);
        if (!(run->flags & GB_RUN_EXACT))
            continue;
        if (i + 1 < text->n_runs)
            GB_HOLDS(run->src.end - run->src.begin == end - run->at);
        uint32_t from = run->at < text->off ? text->off : run->at;
        if (end > text->off + text->str.len)
            end = text->off + (uint32_t)text->str.len;
        if (from >= end)
            continue;
        struct gb_span span = {run->src.begin + (from - run->at), run->src.begin + (end - run->at)};
        check_span(source, span);
        GB_HOLDS(gb_str_eq(gb_source_text(source, span), gb_str_sub(text->str, from - text->off, end - text->off)));
    }
}

static void
check_table(const struct gb_source *source, const struct gb_table *table)
{
    for (uint32_t i = 0; i < table->n_cells; i++) {
        const struct gb_cell *cell = &table->cells[i];
        GB_HOLDS(cell->rows && cell->columns);
        GB_HOLDS(cell->row + cell->rows <= table->rows && cell->column + cell->columns <= table->columns);
        gb_check_text(source, &cell->text);
    }
    gb_check_text(source, &table->unit);
}

void
gb_check_blocks(const struct gb_blocks *blocks)
{
    const struct gb_block *block = blocks->root;

    while (block) {
        check_span(blocks->source, block->span);
        gb_check_text(blocks->source, &block->text);
        gb_check_text(blocks->source, &block->label);
        gb_check_text(blocks->source, &block->info);
        if (block->kind == GB_BLOCK_TABLE && block->table)
            check_table(blocks->source, block->table);
        if (block->first) {
            block = block->first;
            continue;
        }
        while (block && !block->next)
            block = block->parent;
        if (block)
            block = block->next;
    }
    for (size_t i = 0; i < blocks->faults.len; i++)
        check_span(blocks->source, blocks->faults.items[i].span);
}

static void
check_figure(const struct gb_source *source, const struct gb_figure *figure)
{
    for (; figure; figure = figure->next) {
        gb_check_text(source, &figure->file);
        gb_check_text(source, &figure->alt);
        gb_check_text(source, &figure->chart);
    }
}

static bool
has_table(const struct gb_node *n)
{
    return n->kind == GB_NODE_TABLE && n->u.table;
}

void
gb_check_doc(const struct gb_doc *doc)
{
    for (const struct gb_node *n = doc->root; n; n = gb_node_walk(n, doc->root)) {
        check_span(doc->source, n->span);
        GB_HOLDS(n->num.n <= GB_MAX_COMPONENTS);
        GB_HOLDS(!n->first || n->first->parent == n);
        GB_HOLDS(!n->next || (n->next->prev == n && n->next->parent == n->parent));
        gb_check_text(doc->source, &n->text);
        gb_check_text(doc->source, &n->title);
        gb_check_text(doc->source, &n->number);
        gb_check_text(doc->source, &n->head);
        gb_check_text(doc->source, &n->marker);
        gb_check_text(doc->source, &n->code);
        if (has_table(n))
            check_table(doc->source, n->u.table);
        if (n->kind == GB_NODE_FIGURE)
            check_figure(doc->source, n->u.figure);
    }
}

void
gb_check_report(const struct gb_report *report)
{
    for (size_t i = 0; i < report->findings.len; i++) {
        const struct gb_finding *f = &report->findings.items[i];
        check_span(report->source, f->at.span);
        gb_check_utf8(f->message);
        gb_check_utf8(f->remedy);
        for (uint32_t k = 0; k < f->n_related; k++) {
            if (!f->related[k].source)
                check_span(report->source, f->related[k].at.span);
            gb_check_utf8(f->related[k].message);
        }
        for (uint32_t k = 0; k < f->n_edits; k++) {
            check_span(report->source, f->edits[k].span);
            gb_check_utf8(f->edits[k].text);
            GB_HOLDS(k == 0 || f->edits[k].span.begin >= f->edits[k - 1].span.end);
        }
    }
}

static void
check_place(struct gb_span span, struct gb_str text)
{
    GB_HOLDS(span.begin <= span.end && span.end <= text.len);
}

static void
check_end(const struct gb_flow *flow, struct gb_flow_end end)
{
    GB_HOLDS(end.node >= -1 && end.node < (int32_t)flow->n_nodes);
    GB_HOLDS(end.group >= -1 && end.group < (int32_t)flow->n_groups);
}

void
gb_check_flow(const struct gb_flow *flow, struct gb_str text)
{
    gb_check_utf8(flow->title);
    check_place(flow->title_span, text);
    for (uint32_t i = 0; i < flow->n_nodes; i++) {
        const struct gb_flow_node *n = &flow->nodes[i];
        gb_check_utf8(n->id);
        gb_check_utf8(n->label);
        gb_check_utf8(n->text);
        gb_check_utf8(n->shape);
        check_place(n->span, text);
        check_place(n->words, text);
        GB_HOLDS(n->group >= -1 && n->group < (int32_t)flow->n_groups);
    }
    for (uint32_t i = 0; i < flow->n_edges; i++) {
        const struct gb_flow_edge *e = &flow->edges[i];
        gb_check_utf8(e->label);
        gb_check_utf8(e->text);
        check_place(e->span, text);
        check_place(e->words, text);
        check_end(flow, e->from);
        check_end(flow, e->to);
    }
    for (uint32_t i = 0; i < flow->n_groups; i++) {
        const struct gb_flow_group *g = &flow->groups[i];
        gb_check_utf8(g->title);
        gb_check_utf8(g->text);
        check_place(g->span, text);
        GB_HOLDS(g->parent >= -1 && g->parent < (int32_t)flow->n_groups);
        for (uint32_t k = 0; k < g->n_members; k++)
            GB_HOLDS(g->members[k] >= 0 && g->members[k] < (int32_t)flow->n_nodes);
    }
    for (uint32_t i = 0; i < flow->n_problems; i++) {
        gb_check_utf8(flow->problems[i].zh);
        gb_check_utf8(flow->problems[i].en);
        check_place(flow->problems[i].span, text);
    }
}

void
gb_check_json(struct gb_str text)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_error error;
    const struct gb_json_value *value = gb_json_parse(text, "output", 1, &arena, &error);

    if (!value)
        fprintf(stderr, "%u:%u: %s\n%.*s\n", error.line, error.column, error.message, GB_FMT(text));
    GB_HOLDS(value);
    gb_arena_release(&arena);
}

static void
on_tag(void *data, const struct gb_xml_tag *tag)
{
    (void)data;
    (void)tag;
}

static void
on_text(void *data, const struct gb_xml_piece *piece)
{
    (void)data;
    (void)piece;
}

static void
on_comment(void *data, struct gb_str inside, struct gb_span span)
{
    (void)data;
    (void)inside;
    (void)span;
}

static void
on_instruction(void *data, struct gb_str target, struct gb_str rest, struct gb_span span)
{
    (void)data;
    (void)target;
    (void)rest;
    (void)span;
}

static void
on_fault(void *data, const struct gb_xml_fault *fault)
{
    const struct gb_str *text = data;

    if (fault->kind == GB_XML_LIMIT)
        return;
    fprintf(stderr, "%u: %.*s\n%.*s\n", fault->span.begin, GB_FMT(fault->en), GB_FMT(*text));
    GB_HOLDS(!"well-formed");
}

void
gb_check_xml(struct gb_str text)
{
    static const struct gb_xml_events events = {on_tag, on_tag, on_text, on_comment, on_instruction, on_fault};

    gb_xml_read(text, 0, &events, &text);
}
