/* What stands in the text of a leaf without being text: pictures, comments, formulas, stretches of HTML. */
#include "read/markdown/markdown_priv.h"

#include "read/formula_number_priv.h"

static void
put_comment(struct gb_markdown *r, struct gb_block *parent, struct gb_span span)
{
    struct gb_block *block = gb_markdown_new_block(r, parent, GB_BLOCK_COMMENT, span);

    block->text = gb_markdown_exact_text(r, span.begin + 4, span.end - 3);
}

/* Bytes [begin, end) of the file that may go over several lines, each with the marks of quotes taken off. */
static struct gb_text
raw_text(struct gb_markdown *r, struct gb_block *parent, uint32_t begin, uint32_t end)
{
    struct gb_str raw = r->scan.raw;
    struct gb_pieces *lines = &r->formula; /* the others hold the paragraph it stands in */
    bool quote = gb_markdown_is_in_quote(parent);

    lines->list.len = 0;
    while (begin < end && gb_markdown_is_space(raw.ptr[begin]))
        begin++;
    while (end > begin && gb_markdown_is_space(raw.ptr[end - 1]))
        end--;
    while (begin < end) {
        uint32_t stop = begin;
        while (stop < end && raw.ptr[stop] != '\n' && raw.ptr[stop] != '\r')
            stop++;
        gb_pieces_exact(lines, begin, stop, GB_RUN_MATH);
        uint32_t next = stop + (stop + 1 < end && raw.ptr[stop] == '\r' && raw.ptr[stop + 1] == '\n' ? 2 : 1);
        if (stop < end)
            gb_pieces_break(lines, stop, next, GB_RUN_MATH);
        while (next < end && (gb_is_blank(raw.ptr[next]) || (quote && raw.ptr[next] == '>')))
            next++;
        begin = next;
    }
    return gb_pieces_text(lines, 0, lines->list.len, r->blocks->arena, &r->blocks->n_exact, &r->blocks->n_approx);
}

/* "$$ … $$" with what may stand behind it. */
static void
put_formula(struct gb_markdown *r, struct gb_block *parent, struct gb_span span)
{
    struct gb_str raw = r->scan.raw;
    struct gb_block *block = gb_markdown_new_block(r, parent, GB_BLOCK_FORMULA, span);
    uint32_t close = span.end - 2;

    while (close > span.begin + 2 && !(raw.ptr[close] == '$' && raw.ptr[close + 1] == '$'))
        close--;
    struct gb_span inside = {span.begin + 2, close};
    struct gb_span number = gb_formula_number(raw, (struct gb_span){close + 2, span.end}, &inside);
    block->text = raw_text(r, parent, inside.begin, inside.end);
    if (number.end > number.begin)
        block->label = gb_markdown_exact_text(r, number.begin, number.end);
}

void
gb_markdown_put_region(struct gb_markdown *r, struct gb_block *parent, const struct gb_region *region)
{
    if (region->kind == GB_REGION_COMMENT) {
        put_comment(r, parent, region->span);
    } else if (region->kind == GB_REGION_DRAWN) {
        gb_markdown_read_drawn(r, parent, region->span);
    } else if (region->kind == GB_REGION_HTML) {
        gb_markdown_put_pages(r, parent, region->span.begin);
        gb_html_read(&r->html, parent, region->span, gb_markdown_is_in_quote(parent));
    } else {
        put_formula(r, parent, region->span);
    }
}

static void
put_image(struct gb_markdown *r, struct gb_block *parent, const struct gb_markdown_item *item)
{
    struct gb_block *block = gb_markdown_new_block(r, parent, GB_BLOCK_IMAGE, item->span);

    block->text = item->alt;
    block->info = item->path;
    block->flags |= item->is_html ? GB_BLOCK_HTML : 0u;
}

const struct gb_markdown_item *
gb_markdown_item_of(const struct gb_markdown *r, const struct gb_piece *piece)
{
    return piece->item ? &r->items.items[piece->item - 1] : NULL;
}

bool
gb_markdown_is_comment(const struct gb_markdown *r, const struct gb_markdown_item *item)
{
    return item->kind == GB_MARKDOWN_REGION && r->scan.regions.items[item->region].kind == GB_REGION_COMMENT;
}

void
gb_markdown_put_item(struct gb_markdown *r, struct gb_block *parent, const struct gb_markdown_item *item)
{
    if (item->kind == GB_MARKDOWN_IMAGE)
        put_image(r, parent, item);
    else
        gb_markdown_put_region(r, parent, &r->scan.regions.items[item->region]);
}
