/* The library's tree of blocks, walked without recursion: leaves are read, containers opened and closed. */
#include "read/markdown/cmark_priv.h"

#include "base/sort.h"

enum { DEPTH_MOST = 32 }; /* deeper containers are put into the deepest one that is kept */

static void
read_para(struct gb_markdown *r, cmark_node *node, struct gb_block *parent)
{
    struct gb_str content = gb_markdown_content(node);

    if (node->start_line > 0) {
        gb_markdown_map_block(r, content, gb_markdown_line(r, node->start_line), gb_markdown_line(r, node->end_line));
    } else {
        /* Made of the lines above a table's head: it has no place of its own. */
        uint32_t head = gb_markdown_table_head(r, node->next), n = gb_markdown_count_lines(content);
        gb_markdown_map_block(r, content, head > n ? head - n : 0, head - 1);
    }
    gb_markdown_walk_inlines(r, node);
    gb_markdown_put_paras(r, parent);
}

/* First line from `first` on that is followed by the underline of a setext heading. */
static uint32_t
setext_text_end(const struct gb_markdown *r, uint32_t first)
{
    for (uint32_t i = first + 1; i < r->n_lines; i++) {
        struct gb_span line = gb_markdown_line_span(r, i);
        uint32_t at = gb_markdown_skip_blanks(r, line.begin, line.end);
        while (at < line.end && r->scan.feed.ptr[at] == '>')
            at = gb_markdown_skip_blanks(r, at + 1, line.end);
        uint32_t end = gb_markdown_trim_end(r, at, line.end);
        char c = at < end ? r->scan.feed.ptr[at] : 0;
        bool is_underline = c == '=' || c == '-';
        for (; is_underline && at < end; at++)
            is_underline = r->scan.feed.ptr[at] == c;
        if (is_underline)
            return i - 1;
    }
    return first;
}

static void
read_heading(struct gb_markdown *r, cmark_node *node, struct gb_block *parent)
{
    uint32_t first = gb_markdown_line(r, node->start_line), begin;
    struct gb_span span;

    if (node->as.heading.setext) {
        uint32_t last = setext_text_end(r, first);
        gb_markdown_map_block(r, gb_markdown_content(node), first, last);
        const struct gb_segment *head = &r->map.segments.items[0];
        begin = head->src;
        span = (struct gb_span){begin, gb_markdown_line_span(r, last + 1).end};
        span.end = gb_markdown_trim_end(r, span.begin, span.end);
    } else {
        struct gb_span line = gb_markdown_line_span(r, first);
        if (r->next_run < r->last_run && r->scan.runs.items[r->next_run].begin == line.begin) {
            gb_markdown_read_plain(r, r->scan.runs.items[r->next_run++]);
            return;
        }
        begin = gb_markdown_map_atx(r, gb_markdown_content(node), line.begin + gb_markdown_indent(node), line);
        span = (struct gb_span){begin, gb_markdown_trim_end(r, begin, line.end)};
        size_t region = gb_scan_region(&r->scan, begin);
        if (region < r->scan.regions.len && r->scan.regions.items[region].span.begin == begin &&
            r->scan.regions.items[region].is_whole) {
            gb_markdown_put_region(r, parent, &r->scan.regions.items[region]);
            return;
        }
    }
    gb_markdown_walk_inlines(r, node);
    gb_markdown_put_heading(r, parent, span, (uint32_t)node->as.heading.level,
                            node->as.heading.setext ? GB_BLOCK_SETEXT : 0);
}

static void
read_code(struct gb_markdown *r, const cmark_node *node, struct gb_block *parent)
{
    uint32_t first = gb_markdown_line(r, node->start_line);
    struct gb_markdown_fence fence = {
        .indent = gb_markdown_indent(node),
        .mark = (char)node->as.code.fence_char,
        .len = node->as.code.fence_length,
    };

    if (node->as.code.fenced)
        gb_markdown_put_fenced(r, parent, gb_markdown_str(node->as.code.literal), first, &fence);
    else
        gb_markdown_put_indented(r, parent, gb_markdown_str(node->as.code.literal), first);
}

static void
read_html(struct gb_markdown *r, const cmark_node *node, struct gb_block *parent)
{
    uint32_t first = gb_markdown_line(r, node->start_line);
    uint32_t n = gb_markdown_count_lines(gb_markdown_str(node->as.literal));
    uint32_t last = first + (n ? n : 1) - 1;
    struct gb_span span = gb_markdown_lines_span(r, first, last < r->n_lines ? last : r->n_lines - 1);

    gb_markdown_put_pages(r, parent, span.begin);
    span.begin += gb_markdown_indent(node);
    if (span.begin < span.end)
        gb_html_read(&r->html, parent, span, gb_markdown_is_in_quote(parent));
}

static struct gb_block *
open_footnote(struct gb_markdown *r, struct gb_block *parent, struct gb_span line)
{
    const char *text = r->scan.feed.ptr;
    uint32_t at = line.begin;

    while (at + 1 < line.end && !(text[at] == '[' && text[at + 1] == '^'))
        at++;
    uint32_t end = at;
    while (end < line.end && text[end] != ']')
        end++;
    struct gb_block *block = gb_markdown_new_block(r, parent, GB_BLOCK_FOOTNOTE, (struct gb_span){at, line.end});
    if (end > at + 2)
        block->label = gb_markdown_exact_text(r, at + 2, end);
    return block;
}

/* Where a container begins. */
static struct gb_span
start_span(const struct gb_markdown *r, const cmark_node *node)
{
    struct gb_span line = gb_markdown_line_span(r, gb_markdown_line(r, node->start_line));

    line.begin += gb_markdown_indent(node);
    if (line.begin > line.end)
        line.begin = line.end;
    line.end = gb_markdown_trim_end(r, line.begin, line.end);
    return line;
}

static struct gb_block *
read_list(struct gb_markdown *r, const cmark_node *node, struct gb_block *parent)
{
    struct gb_block *block = gb_markdown_open_list(r, parent, start_span(r, node));

    if (node->as.list.list_type == CMARK_ORDERED_LIST)
        block->flags |= GB_BLOCK_ORDERED;
    return block;
}

/* Opens a container, or reads a leaf and returns NULL. */
static struct gb_block *
read_node(struct gb_markdown *r, cmark_node *node, struct gb_block *parent, bool is_deep)
{
    switch ((int)node->type) {
    case CMARK_NODE_BLOCK_QUOTE:
        return is_deep ? parent : gb_markdown_new_block(r, parent, GB_BLOCK_QUOTE, start_span(r, node));
    case CMARK_NODE_LIST:
        return is_deep ? parent : read_list(r, node, parent);
    case CMARK_NODE_ITEM:
        return is_deep ? parent : gb_markdown_open_item(r, parent, start_span(r, node));
    case CMARK_NODE_PARAGRAPH:
        read_para(r, node, parent);
        return NULL;
    case CMARK_NODE_HEADING:
        read_heading(r, node, parent);
        return NULL;
    case CMARK_NODE_CODE_BLOCK:
        read_code(r, node, parent);
        return NULL;
    case CMARK_NODE_HTML_BLOCK:
        read_html(r, node, parent);
        return NULL;
    case CMARK_NODE_THEMATIC_BREAK:
        gb_markdown_new_block(r, parent, GB_BLOCK_RULE, start_span(r, node));
        return NULL;
    default:
        if (node->type == CMARK_NODE_TABLE)
            gb_markdown_read_table(r, node, parent);
        else if (node->type == CMARK_NODE_FOOTNOTE_DEFINITION)
            return open_footnote(r, parent, gb_markdown_line_span(r, gb_markdown_line(r, node->start_line)));
        return NULL;
    }
}

/* Reads a node of the top with all that is in it. */
static void
read_tree(struct gb_markdown *r, cmark_node *top)
{
    struct gb_block *parent = r->blocks->root;
    cmark_node *node = top;
    unsigned depth = 0;

    for (;;) {
        bool is_deep = depth >= DEPTH_MOST && node->type != CMARK_NODE_ITEM;
        bool is_stray = node->type == CMARK_NODE_ITEM && parent->kind != GB_BLOCK_LIST;
        struct gb_block *own = read_node(r, node, parent, is_deep || is_stray);
        /* A container that was not opened is marked, so that leaving it closes nothing. */
        node->user_data = own && own != parent ? own : NULL;
        if (own && node->first_child) {
            parent = own;
            depth += node->user_data != NULL;
            node = node->first_child;
            continue;
        }
        while (node != top && !node->next) {
            node = node->parent;
            if (node->user_data) {
                gb_markdown_close_block(parent);
                parent = parent->parent;
                depth--;
            }
        }
        if (node == top)
            return;
        node = node->next;
    }
}

GB_ORDER_OF_POINTERS(by_line, cmark_node, GB_KEY(start_line))

void
gb_markdown_read_document(struct gb_markdown *r, cmark_node *root)
{
    GB_ARRAY(cmark_node *) notes = {0};
    size_t next = 0;

    for (cmark_node *node = root->first_child; node; node = node->next) {
        if (node->type == CMARK_NODE_FOOTNOTE_DEFINITION && node->start_line > (int)r->n_head)
            *gb_push(&notes) = node;
    }
    gb_sort(notes.items, notes.len, sizeof(cmark_node *), by_line);
    for (cmark_node *node = root->first_child; node; node = node->next) {
        /* A paragraph made of the lines above a table has no line. */
        int line = node->start_line || !node->next ? node->start_line : node->next->start_line;
        if (node->type == CMARK_NODE_FOOTNOTE_DEFINITION)
            break;
        for (; next < notes.len && line > notes.items[next]->start_line; next++)
            read_tree(r, notes.items[next]);
        if (line > (int)r->n_head)
            read_tree(r, node);
    }
    for (; next < notes.len; next++)
        read_tree(r, notes.items[next]);
    gb_array_release(&notes);
}
