/*
 * Markdown to blocks, through cmark-gfm 0.29.0.gfm.6: the parts of a file are parsed one after the other.
 *
 * Four files know the library, by cmark_priv.h: this one, which calls it, and tree.c,
 * table.c and inline.c, which walk its nodes. Its line numbers are taken for blocks, corrected where
 * they are known to be wrong; its columns are not used at all for text.
 *
 * Runs of plain lines, see plain_priv.h, do not go through it.
 *
 * Rests on the library being called without CMARK_OPT_SOURCEPOS and with the extensions named below only.
 */
#include "read/markdown/cmark_priv.h"

#include "read/markdown/frontmatter_priv.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm/houdini.h>
#include <cmark-gfm/parser.h>

enum { HEAD_LINES_MOST = 100 * 1000 }; /* definitions of links times parts of the file */

/* The library's allocator has no argument to pass the pool through, hence this pointer, set for the time of one
 * chunk. */
static _Thread_local struct gb_pool *current_pool;

static void *
pool_calloc(size_t n, size_t size)
{
    return memset(gb_pool_take(current_pool, n * size), 0, n * size);
}

static void *
pool_realloc(void *old, size_t size)
{
    size_t had = 0;

    if (old)
        memcpy(&had, (char *)old - GB_POOL_HEAD, sizeof(had));
    if (size <= had)
        return old;
    void *memory = gb_pool_take(current_pool, size);
    return had ? memcpy(memory, old, had) : memory;
}

static void
pool_free(void *memory)
{
    (void)memory; /* with the whole pool */
}

static cmark_mem pool_memory = {pool_calloc, pool_realloc, pool_free};

void
gb_markdown_startup(void)
{
    cmark_gfm_core_extensions_ensure_registered();
}

/* Lines of our own before those of the file. */
static void
feed_line(struct gb_markdown *r, cmark_parser *parser, struct gb_span span, const char *rest)
{
    cmark_parser_feed(parser, r->scan.feed.ptr + span.begin, span.end - span.begin);
    cmark_parser_feed(parser, rest, strlen(rest));
    r->n_head += 2;
}

/* What a chunk needs from elsewhere: definitions, as far as it uses them; and a use of each footnote that it defines,
 * for the library drops the others. */
static void
feed_head(struct gb_markdown *r, cmark_parser *parser, uint32_t begin, uint32_t end)
{
    const struct gb_scan *scan = &r->scan;

    r->n_head = 0;
    bool is_cheap = scan->links.len * scan->chunks.len <= HEAD_LINES_MOST;
    for (size_t i = 0; i < scan->links.len && is_cheap; i++) {
        struct gb_span span = scan->links.items[i].span;
        if (span.begin < begin || span.begin >= end)
            feed_line(r, parser, span, "\n\n");
    }
    for (; r->next_footnote < scan->footnotes.len; r->next_footnote++) {
        const struct gb_definition *definition = &scan->footnotes.items[r->next_footnote];
        if (definition->span.begin >= end)
            break;
        feed_line(r, parser, (struct gb_span){definition->label.begin - 2, definition->label.end + 1}, "\n\n");
    }
    for (; r->next_mark < scan->marks.len && scan->marks.items[r->next_mark].begin < end; r->next_mark++) {
        struct gb_span mark = scan->marks.items[r->next_mark];
        const struct gb_definition *definition = gb_scan_footnote(scan, gb_str_sub(scan->raw, mark.begin, mark.end));
        if (definition && (definition->span.begin < begin || definition->span.begin >= end))
            feed_line(r, parser, (struct gb_span){mark.begin - 2, mark.end + 1}, ": x\n\n");
    }
}

/* The text of the chunk [begin, end), with an empty heading in the place of each run. */
static void
feed_text(const struct gb_markdown *r, cmark_parser *parser, uint32_t begin, uint32_t end)
{
    static const char heading[] = "#\n";
    const char *text = r->scan.feed.ptr;

    for (size_t i = r->next_run; i < r->last_run; i++) {
        struct gb_span run = r->scan.runs.items[i];
        cmark_parser_feed(parser, text + begin, run.begin - begin);
        cmark_parser_feed(parser, heading, sizeof(heading) - 1);
        begin = run.end;
    }
    cmark_parser_feed(parser, text + begin, end - begin);
}

static cmark_node *
parse_chunk(struct gb_markdown *r, uint32_t begin, uint32_t end)
{
    static const char *const extensions[] = {"table", "tasklist"};
    cmark_parser *parser = cmark_parser_new_with_mem(CMARK_OPT_FOOTNOTES, &pool_memory);

    for (size_t i = 0; i < GB_COUNT(extensions); i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[i]));
    gb_markdown_set_lines(r, begin, end);
    feed_head(r, parser, begin, end);
    feed_text(r, parser, begin, end);
    return cmark_parser_finish(parser);
}

/* Each run stands where it was taken to stand, at the top: not in code or HTML that the scan did not see begin. */
static bool
has_runs(const struct gb_markdown *r, const cmark_node *root)
{
    size_t i = r->next_run;

    for (const cmark_node *node = root->first_child; node && i < r->last_run; node = node->next) {
        if (node->type == CMARK_NODE_HEADING && node->content.size == 0 &&
            gb_markdown_line_span(r, gb_markdown_line(r, node->start_line)).begin == r->scan.runs.items[i].begin)
            i++;
    }
    return i == r->last_run;
}

static void
read_chunk(struct gb_markdown *r, uint32_t begin, uint32_t end)
{
    const gb_plain_runs *runs = &r->scan.runs;
    size_t next_footnote = r->next_footnote, next_mark = r->next_mark;

    while (r->last_run < runs->len && runs->items[r->last_run].begin < end)
        r->last_run++;
    if (r->next_run < r->last_run && runs->items[r->next_run].begin == begin && runs->items[r->next_run].end == end) {
        gb_markdown_read_plain(r, runs->items[r->next_run++]);
        return;
    }
    current_pool = &r->pool;
    cmark_node *root = parse_chunk(r, begin, end);
    if (!has_runs(r, root)) {
        r->next_run = r->last_run;
        r->next_footnote = next_footnote;
        r->next_mark = next_mark;
        gb_pool_reset(&r->pool);
        root = parse_chunk(r, begin, end);
    }
    gb_markdown_read_document(r, root);
    current_pool = NULL;
    gb_pool_reset(&r->pool);
}

/* Entities of HTML stand for 8 bytes at most. */
static uint32_t
decode_entity(void *data, struct gb_str at, char out[12], uint32_t *out_len)
{
    cmark_strbuf *text = data;

    cmark_strbuf_clear(text);
    bufsize_t n = houdini_unescape_ent(text, (const uint8_t *)at.ptr + 1, (bufsize_t)at.len - 1);
    if (n <= 0 || text->size > 12)
        return 0;
    memcpy(out, text->ptr, (size_t)text->size);
    *out_len = (uint32_t)text->size;
    return (uint32_t)n;
}

void
gb_read_markdown(struct gb_blocks *blocks, uint32_t file)
{
    struct gb_markdown r = {.blocks = blocks, .file = &blocks->source->files[file]};
    cmark_strbuf entity;

    blocks->format = GB_STR("markdown");
    r.pieces.raw = r.file->text;
    r.pieces.base = r.file->base;
    r.formula = r.pieces;
    r.html = (struct gb_html){
        .blocks = blocks,
        .raw = r.file->text,
        .base = r.file->base,
        .decode = decode_entity,
        .data = &entity,
    };
    cmark_strbuf_init(cmark_get_default_mem_allocator(), &entity, 0);
    gb_scan_markdown(&r.scan, blocks, r.file, gb_read_front_matter(blocks, r.file));
    for (size_t i = 0; i < r.scan.chunks.len; i++)
        read_chunk(&r, r.scan.chunks.items[i],
                   i + 1 < r.scan.chunks.len ? r.scan.chunks.items[i + 1] : (uint32_t)r.file->text.len);
    gb_markdown_put_pages(&r, blocks->root, (uint32_t)r.file->text.len);
    gb_scan_release(&r.scan);
    gb_html_release(&r.html);
    gb_pool_release(&r.pool);
    GB_RELEASE(&r.own_lines, &r.map.segments, &r.pieces.list, &r.formula.list, &r.items, &r.cells, &r.row, &r.images);
    cmark_strbuf_free(&entity);
    gb_markdown_close_block(blocks->root);
}
