/* A paragraph's pieces become blocks: its lines are parted where one holds a picture, table or formula of its own. */
#include "read/markdown/markdown_priv.h"

/* Span of pieces [first, last). */
static struct gb_span
pieces_span(const struct gb_markdown *r, size_t first, size_t last)
{
    const struct gb_piece *list = r->pieces.list.items;

    return (struct gb_span){list[first].src.begin, list[last - 1].src.end};
}

/* All words are strong. */
static bool
is_bold(const struct gb_markdown *r, size_t first, size_t last)
{
    bool has_text = false;

    for (size_t i = first; i < last; i++) {
        const struct gb_piece *piece = &r->pieces.list.items[i];
        if (piece->flags & GB_RUN_BREAK || piece->item || piece->len == 0)
            continue;
        if (!(piece->flags & GB_RUN_STRONG))
            return false;
        has_text = true;
    }
    return has_text;
}

/* Text pieces that are not only blanks. */
static bool
has_words(const struct gb_markdown *r, size_t first, size_t last)
{
    for (size_t i = first; i < last; i++) {
        const struct gb_piece *piece = &r->pieces.list.items[i];
        const char *text = piece->text ? piece->text : piece->own;
        for (uint32_t k = 0; !piece->item && k < piece->len; k++) {
            if (!gb_markdown_is_space(text[k]))
                return true;
        }
        if (piece->flags & GB_RUN_NOTE)
            return true;
    }
    return false;
}

/* "**[p7]**", "[p 7]" as a paragraph of its own. */
static bool
is_page_mark(struct gb_str s)
{
    if (s.len < 4 || s.len > 12 || s.ptr[0] != '[' || s.ptr[s.len - 1] != ']' || (s.ptr[1] != 'p' && s.ptr[1] != 'P'))
        return false;
    return !GB_ANY(for (size_t i = 2; i + 1 < s.len; i++),
                   !gb_is_digit(s.ptr[i]) && s.ptr[i] != ' ' && s.ptr[i] != '.');
}

static void
put_para(struct gb_markdown *r, struct gb_block *parent, size_t first, size_t last)
{
    while (first < last && !has_words(r, first, first + 1))
        first++;
    while (last > first && !has_words(r, last - 1, last))
        last--;
    if (first == last)
        return;
    struct gb_block *before = parent->last;
    struct gb_block *block = gb_markdown_new_block(r, parent, GB_BLOCK_PARA, pieces_span(r, first, last));
    block->text = gb_markdown_text(r, first, last);
    if (before && before->kind == GB_BLOCK_TABLE && before->next == block)
        gb_markdown_lift_caption(before, block);
    struct gb_str words = gb_str_trim(block->text.str);
    if (is_page_mark(words))
        block->kind = GB_BLOCK_PAGE;
    else if (gb_str_eq_nocase(words, GB_STR("[TOC]")))
        block->kind = GB_BLOCK_TOC;
    if (is_bold(r, first, last))
        block->flags |= GB_BLOCK_BOLD;
}

/* $$…$$ that stayed text, for a converter doubled its backslashes. */
static bool
begins_like_formula(const struct gb_markdown *r, size_t first, size_t last)
{
    for (; first < last; first++) {
        const struct gb_piece *piece = &r->pieces.list.items[first];
        const char *text = piece->text ? piece->text : piece->own;
        if (has_words(r, first, first + 1))
            return !piece->item && piece->len > 2 && text[0] == '$' && text[1] == '$';
    }
    return false;
}

/* The line of pieces [first, last) must be parted: it holds something that is a block of its own. An image is one
 * when nothing but a caption or formulas stand in its line. */
static bool
is_parted(const struct gb_markdown *r, size_t first, size_t last)
{
    const struct gb_markdown_item *item = NULL;
    size_t i = first;

    for (; i < last; i++) {
        item = gb_markdown_item_of(r, &r->pieces.list.items[i]);
        if (item && item->kind == GB_MARKDOWN_REGION && !gb_markdown_is_comment(r, item))
            return true;
    }
    for (i = first; i < last && !has_words(r, i, i + 1); i++) {
        item = gb_markdown_item_of(r, &r->pieces.list.items[i]);
        if (item && item->kind == GB_MARKDOWN_IMAGE)
            return true;
    }
    for (i = last; i > first && !has_words(r, i - 1, i); i--) {
        item = gb_markdown_item_of(r, &r->pieces.list.items[i - 1]);
        if (item && item->kind == GB_MARKDOWN_IMAGE)
            return begins_like_formula(r, first, last);
    }
    return false;
}

size_t
gb_markdown_line_end(const struct gb_markdown *r, size_t first)
{
    while (first < r->pieces.list.len && !(r->pieces.list.items[first].flags & GB_RUN_BREAK))
        first++;
    return first;
}

/* Blocks of the line [first, last), and paragraphs of the text between them, of which the first begins at `pending`. */
static void
put_parted_line(struct gb_markdown *r, struct gb_block *parent, size_t pending, size_t first, size_t last)
{
    put_para(r, parent, pending, first);
    pending = first;
    for (size_t i = first; i < last; i++) {
        const struct gb_markdown_item *item = gb_markdown_item_of(r, &r->pieces.list.items[i]);
        if (!item || gb_markdown_is_comment(r, item))
            continue;
        put_para(r, parent, pending, i);
        gb_markdown_put_item(r, parent, item);
        pending = i + 1;
    }
    put_para(r, parent, pending, last);
}

/*
 * Lines of a paragraph: those with a picture, table or formula of their own become blocks, as do rows whose cells are parted by tabs;
 * the others paragraphs.
 */
static void
put_lines(struct gb_markdown *r, struct gb_block *parent)
{
    size_t n = r->pieces.list.len, pending = 0, last;

    for (size_t first = 0; first < n; first = last + 1) {
        last = gb_markdown_line_end(r, first);
        size_t end = gb_markdown_rows_end(r, parent, pending, first);
        if (end > first) {
            put_para(r, parent, pending, first);
            gb_markdown_put_rows(r, parent, first, end);
            last = end;
            pending = last + 1 < n ? last + 1 : n;
        } else if (r->items.len && is_parted(r, first, last)) {
            put_parted_line(r, parent, pending, first, last);
            pending = last + 1 < n ? last + 1 : n;
        }
    }
    put_para(r, parent, pending, n);
}

/* Comments in a text stand behind it. */
static void
put_comments(struct gb_markdown *r, struct gb_block *parent)
{
    for (size_t i = 0; i < r->items.len; i++) {
        if (gb_markdown_is_comment(r, &r->items.items[i]))
            gb_markdown_put_item(r, parent, &r->items.items[i]);
    }
}

void
gb_markdown_put_paras(struct gb_markdown *r, struct gb_block *parent)
{
    if (r->items.len == 0 && r->pieces.list.len < 3) /* one line */
        put_para(r, parent, 0, r->pieces.list.len);
    else
        put_lines(r, parent);
    put_comments(r, parent);
}
