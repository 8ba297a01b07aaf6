/* Blocks as text, to be compared. */
#ifndef GB_TESTS_BLOCKS_H
#define GB_TESTS_BLOCKS_H

#include "base/buf.h"
#include "read/block.h"

static void
add_quoted(struct gb_buf *out, const char *name, struct gb_str text)
{
    if (!text.ptr)
        return;
    gb_buf_printf(out, " %s\"", name);
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n')
            gb_buf_puts(out, "\\n");
        else
            gb_buf_add_char(out, text.ptr[i]);
    }
    gb_buf_add_char(out, '"');
}

static void
dump_block(const struct gb_block *block, unsigned depth, struct gb_buf *out)
{
    static const char *const names[] = {
#define X(id) #id,
        GB_BLOCK_KINDS(X)
#undef X
    };

    for (unsigned i = 0; i < depth; i++)
        gb_buf_puts(out, "  ");
    gb_buf_printf(out, "%s %u-%u", names[block->kind], block->span.begin, block->span.end);
    if (block->level)
        gb_buf_printf(out, " level %u", block->level);
    add_quoted(out, "label=", block->label.str);
    bool has_en = block->kind == GB_BLOCK_HEADING || block->kind == GB_BLOCK_TERM;
    if (!has_en)
        add_quoted(out, "info=", block->info.str);
    if (block->kind == GB_BLOCK_LIST)
        add_quoted(out, "numeration=", block->numeration);
    if (has_en)
        add_quoted(out, "en=", block->en.str);
    add_quoted(out, "", block->text.str);
    gb_buf_add_char(out, '\n');
    const struct gb_table *table = block->kind == GB_BLOCK_TABLE ? block->table : NULL;
    for (uint32_t i = 0; table && i < table->n_cells; i++) {
        const struct gb_cell *cell = &table->cells[i];
        for (unsigned d = 0; d <= depth; d++)
            gb_buf_puts(out, "  ");
        gb_buf_printf(out, "cell %u,%u", cell->row, cell->column);
        if (cell->rows != 1 || cell->columns != 1)
            gb_buf_printf(out, " %ux%u", cell->rows, cell->columns);
        if (cell->is_header)
            gb_buf_puts(out, " head");
        add_quoted(out, "", cell->text.str);
        gb_buf_add_char(out, '\n');
    }
}

/* One line per block, indented. */
static void
blocks_dump(const struct gb_blocks *blocks, struct gb_buf *out)
{
    const struct gb_block *block = blocks->root;
    unsigned depth = 0;

    /* Nesting may be deep: no recursion. */
    while (block) {
        dump_block(block, depth, out);
        if (block->first) {
            block = block->first;
            depth++;
            continue;
        }
        while (block && !block->next) {
            block = block->parent;
            depth--;
        }
        if (block)
            block = block->next;
    }
}

#endif
