/* The library's inline nodes, walked in their order. */
#include "read/markdown/cmark_priv.h"

/* "<http://…>" and not "[text](…)". */
static bool
is_autolink(const struct gb_markdown_walk *w, const cmark_node *link)
{
    uint32_t begin = (uint32_t)link->internal_offset;

    return link->type == CMARK_NODE_LINK && begin < w->size && w->content[begin] == '<';
}

/* True when the node's children are to be walked. */
static bool
enter_inline(struct gb_markdown_walk *w, cmark_node *node)
{
    switch ((int)node->type) {
    case CMARK_NODE_TEXT:
        gb_markdown_walk_text(w, gb_markdown_str(node->as.literal), !is_autolink(w, node->parent));
        break;
    case CMARK_NODE_SOFTBREAK:
    case CMARK_NODE_LINEBREAK:
        gb_markdown_walk_break(w, node->type == CMARK_NODE_LINEBREAK);
        break;
    case CMARK_NODE_CODE:
        gb_markdown_walk_code(w, gb_markdown_str(node->as.literal));
        break;
    case CMARK_NODE_HTML_INLINE:
        gb_markdown_walk_html(w, gb_markdown_str(node->as.literal));
        break;
    case CMARK_NODE_EMPH:
        w->emph++;
        gb_markdown_walk_delimiters(w, 1);
        return true;
    case CMARK_NODE_STRONG:
        w->strong++;
        gb_markdown_walk_delimiters(w, 2);
        return true;
    case CMARK_NODE_LINK:
    case CMARK_NODE_IMAGE:
        node->internal_offset = (int)w->at; /* free for use in inline nodes */
        gb_markdown_enter_link(w, node->type == CMARK_NODE_IMAGE);
        return true;
    default:
        if (node->type == CMARK_NODE_FOOTNOTE_REFERENCE)
            gb_markdown_walk_footnote(w);
        break;
    }
    return false;
}

static void
leave_inline(struct gb_markdown_walk *w, const cmark_node *node)
{
    switch ((int)node->type) {
    case CMARK_NODE_EMPH:
        w->emph -= w->emph > 0; /* an end tag may have been before */
        gb_markdown_walk_delimiters(w, 1);
        break;
    case CMARK_NODE_STRONG:
        w->strong -= w->strong > 0;
        gb_markdown_walk_delimiters(w, 2);
        break;
    case CMARK_NODE_LINK:
        gb_markdown_leave_link(w, (uint32_t)node->internal_offset);
        break;
    case CMARK_NODE_IMAGE:
        gb_markdown_leave_image(w, gb_markdown_str(node->as.link.url), (uint32_t)node->internal_offset);
        break;
    default:
        break;
    }
}

/* "按层数分为：\\" right above a list: a hard break that nothing follows, for the list has ended the paragraph. */
static void
drop_last_break(struct gb_pieces *pieces, struct gb_str content)
{
    struct gb_piece *last = pieces->list.len ? &pieces->list.items[pieces->list.len - 1] : NULL;

    if (!GB_ENDS_WITH(content, "\\") || GB_ENDS_WITH(content, "\\\\") || last->item || !last->len)
        return;
    last->len--;
    last->src.end--;
}

void
gb_markdown_walk_inlines(struct gb_markdown *r, cmark_node *leaf)
{
    struct gb_markdown_walk w = {
        .r = r,
        .content = (const char *)leaf->content.ptr,
        .size = (uint32_t)leaf->content.size,
        .region = SIZE_MAX,
    };
    cmark_node *node = leaf->first_child;

    gb_markdown_clear_pieces(r);
    while (node) {
        if (enter_inline(&w, node) && node->first_child) {
            node = node->first_child;
            continue;
        }
        leave_inline(&w, node);
        while (!node->next && node->parent != leaf) {
            node = node->parent;
            leave_inline(&w, node);
        }
        node = node->next;
    }
    struct gb_str content = {w.content, w.size};
    drop_last_break(&r->pieces, gb_str_trim(content));
    /* The library's own extension for strikethrough is not safe with threads. */
    if (gb_str_has(content, GB_STR("~~")))
        gb_pieces_drop_doubled(&r->pieces, &r->formula, '~');
    if (gb_str_has(content, GB_STR("==")))
        gb_pieces_drop_doubled(&r->pieces, &r->formula, '=');
    if (GB_HAS_ONE_OF(content, "{", "](#"))
        gb_markdown_drop_attributes(r);
}
