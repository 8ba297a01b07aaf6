/*
 * The nodes of cmark-gfm, for the files that walk them. They are read through its own header of nodes: the public
 * functions copy literals, and a copy no longer tells where in the content of its leaf it stands.
 */
#ifndef GB_READ_MARKDOWN_CMARK_PRIV_H
#define GB_READ_MARKDOWN_CMARK_PRIV_H

#include "read/markdown/markdown_priv.h"

#include <cmark-gfm.h>
#include <cmark-gfm/node.h>

/* Exported by the library, declared in none of its headers; valid once the extensions are registered. */
extern cmark_node_type CMARK_NODE_TABLE, CMARK_NODE_TABLE_ROW, CMARK_NODE_TABLE_CELL;

static inline struct gb_str
gb_markdown_str(cmark_chunk chunk)
{
    return (struct gb_str){(const char *)chunk.data, (size_t)chunk.len};
}

/* Text of a leaf block or cell whose inline nodes point into it. */
static inline struct gb_str
gb_markdown_content(const cmark_node *leaf)
{
    return (struct gb_str){(const char *)leaf->content.ptr, (size_t)leaf->content.size};
}

/* Bytes before a block in its first line. */
static inline uint32_t
gb_markdown_indent(const cmark_node *block)
{
    return block->start_column > 0 ? (uint32_t)block->start_column - 1 : 0;
}

/* tree.c: the blocks of a parsed chunk. */
void gb_markdown_read_document(struct gb_markdown *r, cmark_node *root);

/* table.c */
/* Index of the line of the header row; 1 for what is no table. The library's lines are wrong below a paragraph. */
uint32_t gb_markdown_table_head(const struct gb_markdown *r, const cmark_node *table);
void gb_markdown_read_table(struct gb_markdown *r, cmark_node *node, struct gb_block *parent);

/* inline.c: makes the pieces and items of a leaf whose content has been mapped. */
void gb_markdown_walk_inlines(struct gb_markdown *r, cmark_node *leaf);

#endif
