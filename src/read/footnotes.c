/* Footnotes, which parsers keep apart: each goes to the node that holds its mark. */
#include "read/build.h"

/* A footnote's mark in the text, and the node that holds it. */
struct mark {
    struct gb_span span;
    struct gb_node *node;
};

typedef GB_ARRAY(struct mark) mark_array;

static void
collect_marks(struct gb_node *node, const struct gb_text *text, mark_array *marks)
{
    for (uint32_t r = 0; r < text->n_runs; r++) {
        const struct gb_run *run = &text->runs[r];
        if ((run->flags & GB_RUN_NOTE) && run->at >= text->off && run->at <= text->off + text->str.len)
            *gb_push(marks) = (struct mark){run->src, node};
    }
}

/* The mark of Markdown holds the footnote's label, that of DocBook is its start tag. */
static struct gb_node *
find_mark(const struct gb_builder *b, const mark_array *marks, const struct gb_block *footnote)
{
    struct gb_str label = gb_arena_printf(b->arena, "[^%.*s]", GB_FMT(footnote->label.str));

    for (size_t i = 0; i < marks->len; i++) {
        const struct mark *mark = &marks->items[i];
        if (mark->span.begin == footnote->span.begin)
            return mark->node;
        if (gb_str_eq(gb_source_text(b->doc->source, mark->span), label))
            return mark->node;
    }
    return NULL;
}

/* Footnotes go to the node that holds their mark. */
void
gb_attach_footnotes(struct gb_builder *b)
{
    mark_array marks = {0};
    bool any = false;

    for (size_t i = 0; i < b->n && !any; i++)
        any = b->units[i].block->kind == GB_BLOCK_FOOTNOTE;
    for (const struct gb_node *n = any ? b->root : NULL; n; n = gb_node_walk(n, b->root)) {
        collect_marks((struct gb_node *)n, &n->text, &marks);
        collect_marks((struct gb_node *)n, &n->title, &marks);
        for (uint32_t i = 0; n->kind == GB_NODE_TABLE && n->u.table && i < n->u.table->n_cells; i++)
            collect_marks((struct gb_node *)n, &n->u.table->cells[i].text, &marks);
    }
    for (size_t i = 0; any && i < b->n; i++) {
        const struct gb_block *block = b->units[i].block;
        if (block->kind != GB_BLOCK_FOOTNOTE)
            continue;
        struct gb_node *holder = find_mark(b, &marks, block);
        struct gb_node *note = gb_add(b, holder ? holder : b->at, GB_NODE_FOOTNOTE, GB_ENCODING_MARKER, &block->label);
        const struct gb_block *first = block->first;
        note->marker = block->label;
        note->span = block->span;
        if (first && first->kind == GB_BLOCK_PARA) {
            note->text = first->text;
            first = first->next;
        }
        gb_place_blocks(b, note, first);
    }
    gb_array_release(&marks);
}
