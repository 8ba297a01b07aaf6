/* Footnotes, which parsers keep apart: each goes to the node that holds its mark. */
#include "read/build.h"

#include "base/sort.h"

/* A footnote's mark in the text: what it is known by, and the node that holds it. */
struct mark {
    struct gb_str key;
    struct gb_node *node;
};

typedef GB_ARRAY(struct mark) mark_array;

/* Markdown writes the label, [^1]; DocBook's mark begins where the footnote itself begins. */
static struct gb_str
key_of(struct gb_builder *b, struct gb_span span)
{
    struct gb_str text = gb_source_text(b->doc->source, span);

    return gb_str_starts(text, GB_STR("[^")) ? text : gb_arena_printf(b->arena, "%u", span.begin);
}

static void
collect_marks(struct gb_builder *b, struct gb_node *node, const struct gb_text *text, mark_array *marks)
{
    GB_EACH(const struct gb_run, run, text->runs, text->n_runs) {
        if ((run->flags & GB_RUN_NOTE) && run->at >= text->off && run->at <= text->off + text->str.len)
            *gb_push(marks) = (struct mark){key_of(b, run->src), node};
    }
}

GB_ORDER(compare_marks, struct mark, GB_KEY_STR(key))

static struct gb_node *
find_mark(const mark_array *marks, struct gb_str key)
{
    struct mark wanted = {.key = key};
    const struct mark *found =
        marks->len ? bsearch(&wanted, marks->items, marks->len, sizeof(wanted), compare_marks) : NULL;

    return found ? found->node : NULL;
}

static void
add_footnote(struct gb_builder *b, struct gb_node *parent, const struct gb_block *block)
{
    struct gb_node *note = gb_add(b, parent, GB_NODE_FOOTNOTE, GB_ENCODING_MARKER, &block->label);
    const struct gb_block *first = block->first;

    note->marker = block->label;
    note->span = block->span;
    if (first && first->kind == GB_BLOCK_PARA) {
        note->text = first->text;
        first = first->next;
    }
    gb_place_blocks(b, note, first);
}

void
gb_attach_footnotes(struct gb_builder *b)
{
    mark_array marks = {0};

    if (!GB_ANY(GB_EACH_IN(aside, &b->asides), aside->unit.kind == GB_BLOCK_FOOTNOTE))
        return;
    for (const struct gb_node *n = b->root; n; n = gb_node_walk(n, b->root)) {
        struct gb_node *node = (struct gb_node *)n; /* the tree is still ours to write */
        collect_marks(b, node, &n->text, &marks);
        collect_marks(b, node, &n->title, &marks);
        GB_EACH_CELL(cell, n)
            collect_marks(b, node, &cell->text, &marks);
    }
    gb_sort(marks.items, marks.len, sizeof(*marks.items), compare_marks);
    GB_EACH_IN(aside, &b->asides) {
        const struct gb_block *block = aside->unit.block;
        if (block->kind != GB_BLOCK_FOOTNOTE)
            continue;
        struct gb_node *holder = find_mark(&marks, gb_arena_printf(b->arena, "[^%.*s]", GB_FMT(block->label.str)));
        if (!holder)
            holder = find_mark(&marks, gb_arena_printf(b->arena, "%u", block->span.begin));
        add_footnote(b, holder ? holder : b->at, block);
    }
    gb_array_release(&marks);
}
