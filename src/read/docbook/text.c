/* Text of DocBook elements: white space, runs, paragraphs. */
#include "read/docbook/docbook_priv.h"
#include "read/formula_number_priv.h"

static struct gb_docbook_flow *
flow_of(struct gb_docbook *r)
{
    return gb_docbook_top(r)->flow;
}

static struct gb_docbook_flow *
open_flow(struct gb_docbook *r)
{
    struct gb_docbook_flow *flow = r->free_flows;
    struct gb_docbook_frame *top = gb_docbook_top(r);

    if (flow) {
        /* Its memory is used again. */
        struct gb_docbook_flow old = *flow;
        r->free_flows = old.outer;
        *flow = (struct gb_docbook_flow){.str = old.str};
        flow->runs.items = old.runs.items;
        flow->runs.cap = old.runs.cap;
        flow->str.len = 0;
    } else {
        flow = gb_alloc(sizeof(*flow));
        *flow = (struct gb_docbook_flow){0};
    }
    flow->outer = top->flow;
    flow->first_xref = r->xrefs.len;
    top->flow = top->own = flow;
    return flow;
}

void
gb_docbook_open_blocks(struct gb_docbook *r, struct gb_block *container)
{
    open_flow(r)->container = container;
}

void
gb_docbook_open_text(struct gb_docbook *r, struct gb_text *target)
{
    open_flow(r)->target = target;
}

void
gb_docbook_free_flows(struct gb_docbook *r)
{
    struct gb_docbook_flow *next;

    for (struct gb_docbook_flow *flow = r->free_flows; flow; flow = next) {
        next = flow->outer;
        gb_buf_release(&flow->str);
        gb_array_release(&flow->runs);
        free(flow);
    }
    r->free_flows = NULL;
}

struct gb_block *
gb_docbook_container(struct gb_docbook *r)
{
    const struct gb_docbook_flow *flow = flow_of(r);

    while (flow && !flow->container)
        flow = flow->outer;
    return flow ? flow->container : r->blocks->root;
}

/* The clause builder looks for footnotes and comments in the run of the text: in no table, note or figure. */
struct gb_block *
gb_docbook_margin(struct gb_docbook *r)
{
    const struct gb_docbook_flow *flow = flow_of(r);

    while (flow && !(flow->container && GB_AMONG(flow->container->kind, GB_BLOCK_ROOT, GB_BLOCK_ITEM, GB_BLOCK_QUOTE)))
        flow = flow->outer;
    return flow ? flow->container : r->blocks->root;
}

/* Runs. */

static void
add_run(struct gb_docbook_flow *flow, struct gb_str str, struct gb_span src, uint32_t flags)
{
    struct gb_run *last = flow->runs.len ? &flow->runs.items[flow->runs.len - 1] : NULL;
    bool continues =
        last && last->flags == flags && (flags & GB_RUN_EXACT) && last->src.end == src.begin && !(flags & GB_RUN_BREAK);

    if (continues)
        last->src.end = src.end;
    else
        *gb_push(&flow->runs) = (struct gb_run){(uint32_t)flow->str.len, flags, src};
    gb_buf_add(&flow->str, str);
}

/* Makes the paragraph when its first text comes. */
static void
need_para(struct gb_docbook *r, struct gb_docbook_flow *flow, uint32_t begin)
{
    if (!flow->container || flow->block)
        return;
    enum gb_block_kind kind = flow->para_kind ? flow->para_kind : GB_BLOCK_PARA;
    flow->block = gb_docbook_new_block(r, flow->container, kind);
    flow->block->span.begin = flow->para_tag.end ? flow->para_tag.begin : begin;
    flow->block->span.end = flow->block->span.begin;
}

/* An image at the start of a paragraph is a block of its own, unless text is glued to it; one that text follows is an icon. */
static void
settle_image(struct gb_docbook_flow *flow, bool at_end)
{
    struct gb_block *image = flow->image;

    flow->image = NULL;
    if (!image || !flow->container)
        return;
    if (!at_end && !(flow->image_first && flow->blank.is_there))
        return;
    gb_docbook_append(flow->container, image);
}

/* White space that was held back, now that text follows at `begin`. */
static void
settle_blank(struct gb_docbook_flow *flow, uint32_t begin)
{
    struct gb_docbook_blank blank = flow->blank;

    flow->blank = (struct gb_docbook_blank){0};
    if (!blank.is_there || flow->str.len == 0)
        return;
    if (blank.is_gap && begin > blank.span.end)
        blank.span.end = begin;
    if (blank.has_line_end)
        add_run(flow, GB_STR("\n"), blank.span,
                blank.style | GB_RUN_DECODED | GB_RUN_BREAK | (blank.is_hard ? GB_RUN_HARD : 0u));
    else
        add_run(flow, GB_STR(" "), blank.span, blank.style | (blank.is_single ? GB_RUN_EXACT : GB_RUN_DECODED));
}

static void
put_word(struct gb_docbook *r, struct gb_docbook_flow *flow, struct gb_str str, struct gb_span src, uint32_t flags)
{
    settle_image(flow, false);
    need_para(r, flow, src.begin);
    settle_blank(flow, src.begin);
    flow->is_joined = false;
    add_run(flow, str, src, flags);
    if (flow->block && src.end > flow->block->span.end)
        flow->block->span.end = src.end;
}

static void
put_blank(struct gb_docbook_flow *flow, struct gb_str str, struct gb_span src, bool is_exact, uint32_t style)
{
    struct gb_docbook_blank *blank = &flow->blank;
    bool has_line_end = memchr(str.ptr, '\n', str.len) || memchr(str.ptr, '\r', str.len);

    if (flow->is_joined)
        return;
    if (!blank->is_there) {
        *blank = (struct gb_docbook_blank){.span = src, .style = style, .is_there = true};
        blank->is_single = is_exact && str.len == 1 && str.ptr[0] == ' ';
    } else {
        blank->is_single = false;
        if (src.end > blank->span.end && !blank->is_gap)
            blank->span.end = src.end;
    }
    if (has_line_end) {
        blank->has_line_end = true;
        blank->is_hard = blank->is_hard || flow->is_lined;
    }
}

/* All white space is text. Line ends that the source has as they are go with the lines. */
static void
put_verbatim(struct gb_docbook *r, struct gb_docbook_flow *flow, const struct gb_xml_piece *piece, uint32_t flags)
{
    struct gb_str s = piece->str;
    uint32_t decoded = (flags & ~(uint32_t)GB_RUN_EXACT) | GB_RUN_DECODED;

    for (size_t i = 0; i < s.len;) {
        size_t begin = i;
        while (i < s.len && s.ptr[i] != '\n' && s.ptr[i] != '\r')
            i++;
        struct gb_span src = piece->span;
        if (piece->is_exact)
            src = (struct gb_span){src.begin + (uint32_t)begin, src.begin + (uint32_t)i};
        if (i > begin)
            put_word(r, flow, gb_str_sub(s, begin, i), src, flags);
        if (i == s.len)
            return;
        size_t length = s.ptr[i] == '\r' && i + 1 < s.len && s.ptr[i + 1] == '\n' ? 2 : 1;
        uint32_t kind = piece->is_exact && s.ptr[i] == '\n' ? GB_RUN_EXACT : GB_RUN_DECODED;
        if (piece->is_exact)
            src = (struct gb_span){piece->span.begin + (uint32_t)i, piece->span.begin + (uint32_t)(i + length)};
        i += length;
        /* The line end behind the start tag is layout. */
        if (flow->str.len == 0 && flow->runs.len == 0 && begin == 0 && length == i)
            continue;
        put_word(r, flow, GB_STR("\n"), src, kind == GB_RUN_EXACT ? flags : decoded | GB_RUN_BREAK);
    }
}

void
gb_docbook_put(struct gb_docbook *r, const struct gb_xml_piece *piece)
{
    const struct gb_docbook_frame *top = gb_docbook_top(r);
    struct gb_docbook_flow *flow = top->flow;
    uint32_t flags = top->style | (piece->is_exact ? GB_RUN_EXACT : GB_RUN_DECODED);
    struct gb_str s = piece->str;

    if (flow->is_verbatim) {
        put_verbatim(r, flow, piece, flags);
        return;
    }
    for (size_t i = 0; i < s.len;) {
        size_t begin = i;
        bool blank = gb_is_space(s.ptr[i]);
        while (i < s.len && gb_is_space(s.ptr[i]) == blank)
            i++;
        struct gb_span src = piece->span;
        if (piece->is_exact)
            src = (struct gb_span){src.begin + (uint32_t)begin, src.begin + (uint32_t)i};
        if (!blank)
            put_word(r, flow, gb_str_sub(s, begin, i), src, flags);
        else if (!flow->is_math || i - begin < s.len)
            put_blank(flow, gb_str_sub(s, begin, i), src, piece->is_exact, top->style);
    }
}

void
gb_docbook_put_words(struct gb_docbook *r, struct gb_str words, struct gb_span span)
{
    if (words.len)
        put_word(r, flow_of(r), words, span, gb_docbook_top(r)->style | GB_RUN_DECODED);
}

void
gb_docbook_put_text(struct gb_docbook *r, const struct gb_text *text, uint32_t style)
{
    for (uint32_t i = 0; i < text->n_runs; i++) {
        const struct gb_run *run = &text->runs[i];
        size_t end = i + 1 < text->n_runs ? text->runs[i + 1].at : text->str.len;
        put_word(r, flow_of(r), gb_str_sub(text->str, run->at, end), run->src, run->flags | style);
    }
}

/* An empty run: a mark that has no text of its own. */
void
gb_docbook_put_mark(struct gb_docbook *r, struct gb_span span)
{
    struct gb_docbook_flow *flow = flow_of(r);

    need_para(r, flow, span.begin);
    *gb_push(&flow->runs) = (struct gb_run){(uint32_t)flow->str.len, GB_RUN_NOTE | GB_RUN_DECODED, span};
}

void
gb_docbook_put_xref(struct gb_docbook *r, struct gb_str id, struct gb_span span)
{
    struct gb_docbook_flow *flow = flow_of(r);

    put_word(r, flow, GB_STR(""), span, gb_docbook_top(r)->style | GB_RUN_DECODED | GB_RUN_LINK);
    *gb_push(&r->xrefs) = (struct gb_docbook_xref){id, NULL, flow, (uint32_t)flow->runs.len - 1};
}

void
gb_docbook_break(struct gb_docbook *r, struct gb_span span)
{
    struct gb_docbook_blank *blank = &flow_of(r)->blank;

    if (!blank->is_there)
        *blank = (struct gb_docbook_blank){.span = span, .style = gb_docbook_top(r)->style, .is_there = true};
    if (span.end > blank->span.end)
        blank->span.end = span.end;
    blank->has_line_end = blank->is_hard = true;
    blank->is_single = false;
}

/* The last line end of code is layout. */
static void
drop_last_line_end(struct gb_docbook_flow *flow)
{
    if (flow->str.len == 0 || flow->str.ptr[flow->str.len - 1] != '\n')
        return;
    struct gb_run *last = &flow->runs.items[flow->runs.len - 1];
    flow->str.len--;
    if (last->at == flow->str.len)
        flow->runs.len--;
    else if (last->flags & GB_RUN_EXACT)
        last->src.end--;
}

/* Hands the written text over to *target. */
static void
write_text(struct gb_docbook *r, struct gb_docbook_flow *flow, struct gb_text *target)
{
    if (flow->is_verbatim)
        drop_last_line_end(flow);
    target->n_runs = (uint32_t)flow->runs.len;
    target->runs = gb_arena_copy_bytes(r->arena, flow->runs.items, flow->runs.len * sizeof(struct gb_run));
    target->str = gb_arena_copy(r->arena, gb_buf_str(&flow->str));
    target->off = 0;
    for (uint32_t i = 0; i < target->n_runs; i++) {
        if (target->runs[i].flags & GB_RUN_APPROX)
            r->blocks->n_approx++;
        else
            r->blocks->n_exact++;
    }
    for (size_t i = flow->first_xref; i < r->xrefs.len; i++) {
        if (r->xrefs.items[i].flow == flow) {
            r->xrefs.items[i].text = target;
            r->xrefs.items[i].flow = NULL;
        }
    }
    flow->str.len = flow->runs.len = 0;
    flow->first_xref = r->xrefs.len;
}

/* Is all of it strong? */
static bool
is_bold(const struct gb_text *text)
{
    GB_FIND(run, text->runs, text->n_runs, !(run->flags & (GB_RUN_STRONG | GB_RUN_BREAK | GB_RUN_NOTE)));
    return !run && text->str.len > 0;
}

/* $$…$$ and its number, as pandoc leaves formulas that it cannot write in another way. */
static void
settle_formula(struct gb_block *para)
{
    struct gb_text text = gb_text_trim(&para->text);
    struct gb_str s = text.str, fence = GB_STR("$$");
    size_t close = gb_str_starts(s, fence) ? gb_str_find(s, fence, fence.len) : GB_NOT_FOUND;

    if (close == GB_NOT_FOUND)
        return;
    struct gb_span inside = {(uint32_t)fence.len, (uint32_t)close},
                   behind = {(uint32_t)(close + fence.len), (uint32_t)s.len},
                   number = gb_formula_number(s, behind, &inside);
    bool is_number = number.begin >= behind.begin && number.end > number.begin;
    if (!is_number && gb_str_trim(gb_str_sub(s, behind.begin, behind.end)).len)
        return;
    para->kind = GB_BLOCK_FORMULA;
    if (number.end > number.begin)
        para->label = gb_text_slice(&text, number.begin, number.end);
    para->text = gb_text_between(&text, inside.begin, inside.end);
}

void
gb_docbook_end_para(struct gb_docbook *r, uint32_t end)
{
    struct gb_docbook_flow *flow = flow_of(r);

    flow->join = NULL;
    if (!flow->container) {
        uint32_t at = flow->runs.len ? flow->runs.items[flow->runs.len - 1].src.end : 0;
        if (flow->str.len && !flow->is_math) {
            gb_docbook_break(r, (struct gb_span){at, at});
            flow->blank.is_gap = true;
        }
        return;
    }
    if (flow->block) {
        if (end > flow->block->span.end)
            flow->block->span.end = end;
        write_text(r, flow, &flow->block->text);
        if (flow->block->kind == GB_BLOCK_PARA && is_bold(&flow->block->text))
            flow->block->flags |= GB_BLOCK_BOLD;
        if (flow->block->kind == GB_BLOCK_PARA)
            settle_formula(flow->block);
    }
    settle_image(flow, true);
    flow->block = NULL;
    flow->blank = (struct gb_docbook_blank){0};
    flow->para_tag = (struct gb_span){0, 0};
    flow->para_kind = GB_BLOCK_ROOT;
    flow->is_lined = flow->is_joined = false;
}

void
gb_docbook_end_para_here(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    gb_docbook_end_para(r, tag->span.end);
}

void
gb_docbook_begin_para(struct gb_docbook *r, struct gb_span tag, enum gb_block_kind kind)
{
    struct gb_docbook_flow *flow = flow_of(r);

    if (flow->join && flow->block) {
        const char *join = flow->join;
        flow->join = NULL;
        flow->blank = (struct gb_docbook_blank){0};
        gb_docbook_put_words(r, gb_str_from(join), (struct gb_span){flow->join_gap.begin, tag.end});
        flow->is_joined = true;
        return;
    }
    gb_docbook_end_para(r, 0);
    if (flow->container) {
        flow->para_tag = tag;
        flow->para_kind = kind;
    }
}

void
gb_docbook_close_flow(struct gb_docbook *r)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);
    struct gb_docbook_flow *flow = top->own;

    if (!flow)
        return;
    if (flow->container)
        gb_docbook_end_para(r, 0);
    else
        write_text(r, flow, flow->target);
    top->flow = flow->outer;
    top->own = NULL;
    flow->outer = r->free_flows;
    r->free_flows = flow;
}

void
gb_docbook_put_image(struct gb_docbook *r, struct gb_block *image)
{
    struct gb_docbook_flow *flow = flow_of(r);

    settle_image(flow, true);
    flow->image = image;
    flow->image_first = !flow->block;
    if (flow->image_first)
        flow->blank = (struct gb_docbook_blank){0};
}

/* Text beside the flow that is open. */
struct gb_text
gb_docbook_aside(struct gb_docbook *r, bool is_verbatim, void (*fill)(struct gb_docbook *r, const void *data),
                 const void *data)
{
    struct gb_docbook_flow *own = gb_docbook_top(r)->own;
    uint32_t style = gb_docbook_top(r)->style;
    struct gb_text text = {0};

    gb_docbook_open_text(r, &text);
    gb_docbook_top(r)->flow->is_verbatim = is_verbatim;
    gb_docbook_top(r)->style = 0;
    fill(r, data);
    gb_docbook_close_flow(r);
    gb_docbook_top(r)->own = own;
    gb_docbook_top(r)->style = style;
    return text;
}

static void
fill_raw(struct gb_docbook *r, const void *piece)
{
    gb_docbook_put(r, piece);
}

struct gb_text
gb_docbook_raw_text(struct gb_docbook *r, struct gb_str raw, uint32_t begin)
{
    const struct gb_xml_piece piece = {raw, {begin, begin + (uint32_t)raw.len}, true};

    return gb_docbook_aside(r, true, fill_raw, &piece);
}
