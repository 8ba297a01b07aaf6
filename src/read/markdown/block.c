/* Blocks and their texts, as all files of the Markdown reader make them. */
#include "read/markdown/markdown_priv.h"

struct gb_text
gb_markdown_text(struct gb_markdown *r, size_t first, size_t last)
{
    return gb_pieces_text(&r->pieces, first, last, r->blocks->arena, &r->blocks->n_exact, &r->blocks->n_approx);
}

void
gb_markdown_put_pages(struct gb_markdown *r, struct gb_block *parent, uint32_t before)
{
    while (r->next_form_feed < r->scan.form_feeds.len && r->scan.form_feeds.items[r->next_form_feed] < before) {
        uint32_t at = r->scan.form_feeds.items[r->next_form_feed++] + r->pieces.base;
        gb_block_new(r->blocks, parent, GB_BLOCK_PAGE)->span = (struct gb_span){at, at + 1};
    }
}

struct gb_block *
gb_markdown_new_block(struct gb_markdown *r, struct gb_block *parent, enum gb_block_kind kind, struct gb_span span)
{
    gb_markdown_put_pages(r, parent, span.begin);
    struct gb_block *block = gb_block_new(r->blocks, parent, kind);
    block->span = (struct gb_span){span.begin + r->pieces.base, span.end + r->pieces.base};
    block->flags = gb_html_flags(&r->html);
    return block;
}

struct gb_text
gb_markdown_exact_text(struct gb_markdown *r, uint32_t begin, uint32_t end)
{
    r->blocks->n_exact++;
    return gb_text_exact(r->blocks->arena, gb_str_sub(r->scan.raw, begin, end), begin + r->pieces.base);
}

bool
gb_markdown_is_in_quote(const struct gb_block *block)
{
    while (block && block->kind != GB_BLOCK_QUOTE)
        block = block->parent;
    return block != NULL;
}

void
gb_markdown_close_block(struct gb_block *block)
{
    for (const struct gb_block *child = block->first; child; child = child->next) {
        if (child->span.end > block->span.end)
            block->span.end = child->span.end;
    }
}

struct gb_block *
gb_markdown_open_list(struct gb_markdown *r, struct gb_block *parent, struct gb_span span)
{
    struct gb_block *block = gb_markdown_new_block(r, parent, GB_BLOCK_LIST, span);

    block->level = 1;
    for (const struct gb_block *b = parent; b; b = b->parent) {
        if (b->kind == GB_BLOCK_LIST) {
            block->level = (uint8_t)(b->level + 1);
            break;
        }
    }
    return block;
}

struct gb_block *
gb_markdown_open_item(struct gb_markdown *r, struct gb_block *list, struct gb_span span)
{
    struct gb_block *block = gb_markdown_new_block(r, list, GB_BLOCK_ITEM, span);
    uint32_t end = span.begin;

    while (end < span.end && gb_is_digit(r->scan.feed.ptr[end]))
        end++;
    if (end < span.end)
        block->label = gb_markdown_exact_text(r, span.begin, end + 1);
    return block;
}

void
gb_markdown_clear_pieces(struct gb_markdown *r)
{
    r->pieces.list.len = r->items.len = r->images.len = 0;
}

void
gb_markdown_put_heading(struct gb_markdown *r, struct gb_block *parent, struct gb_span span, uint32_t level,
                        uint32_t flags)
{
    struct gb_block *block = gb_markdown_new_block(r, parent, GB_BLOCK_HEADING, span);

    block->level = (uint8_t)level;
    block->flags |= flags;
    block->text = gb_markdown_text(r, 0, r->pieces.list.len);
    for (size_t i = 0; i < r->items.len; i++)
        gb_markdown_put_item(r, parent, &r->items.items[i]);
}
