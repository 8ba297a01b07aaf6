/* Paragraphs, lists, notes, examples, quotes, code. */
#include "read/docbook/docbook_priv.h"

void
gb_docbook_start_holder(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    gb_docbook_open_blocks(r, gb_docbook_block(r, tag, gb_docbook_top(r)->element->kind->block));
}

void
gb_docbook_end_block(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    if (gb_docbook_top(r)->block)
        gb_docbook_top(r)->block->span.end = tag->span.end;
}

void
gb_docbook_end_holder(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    gb_docbook_end_para(r, 0);
    gb_docbook_end_block(r, tag);
}

static void
start_para(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    bool is_source = gb_docbook_attr_is(tag, "role", "source");

    gb_docbook_begin_para(r, tag->span, is_source ? GB_BLOCK_SOURCE : GB_BLOCK_PARA);
    gb_docbook_top(r)->style |= gb_docbook_top(r)->element->bits;
}

/* Lists. */

struct list {
    struct gb_block *block; /* made when the first item comes, behind a title */
    struct gb_str numeration;
    unsigned depth, count;
    bool is_inline;
};

static struct list *
list_of(struct gb_docbook *r)
{
    struct gb_docbook_frame *above = gb_docbook_above(r);
    bool is_list =
        above && (above->element->kind == &gb_docbook_list || above->element->kind == &gb_docbook_simplelist);

    return is_list ? above->state : NULL;
}

/* Steps have no numeration of their own: they are printed as lists are, letters first. */
static const char *
default_numeration(const struct gb_docbook_element *element, unsigned depth)
{
    if (strcmp(element->word, "steps") == 0)
        return depth % 2 ? "loweralpha" : "arabic";
    return element->word;
}

static void
start_list(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);
    struct list *list = gb_arena_new(r->arena, struct list);
    const char *attribute = top->element->bits & GB_BLOCK_ORDERED ? "numeration" : "mark";

    r->list_depth++;
    list->depth = r->list_depth;
    list->numeration = gb_docbook_attr(r, tag, attribute).str;
    if (!list->numeration.len)
        list->numeration = gb_str_from(default_numeration(top->element, list->depth));
    list->count = gb_docbook_attr_number(tag, "startingnumber", UINT16_MAX, 1) - 1;
    if (gb_docbook_attr_is(tag, "continuation", "continues") && list->depth <= GB_DOCBOOK_MAX_LISTS)
        list->count = r->last_item[list->depth];
    list->is_inline = gb_docbook_attr_is(tag, "type", "inline");
    top->state = list;
}

static void
end_list(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct list *list = gb_docbook_top(r)->state;

    gb_docbook_end_para(r, 0);
    if (list->block)
        list->block->span.end = tag->span.end;
    if (list->depth <= GB_DOCBOOK_MAX_LISTS && gb_docbook_top(r)->element->bits & GB_BLOCK_ORDERED)
        r->last_item[list->depth] = list->count;
    r->list_depth--;
}

/* A paragraph of one line each; with type="inline" the members are words of the text around. */
static void
start_simplelist(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    if (!gb_docbook_attr_is(tag, "type", "inline"))
        gb_docbook_end_para(r, 0);
    start_list(r, tag);
}

static void
end_simplelist(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    const struct list *list = gb_docbook_top(r)->state;

    if (list->is_inline)
        r->list_depth--;
    else
        end_list(r, tag);
}

static struct gb_str
roman(struct gb_docbook *r, unsigned n, bool is_upper)
{
    static const struct {
        unsigned value;
        const char *lower, *upper;
    } digits[] = {{1000, "m", "M"}, {900, "cm", "CM"}, {500, "d", "D"},  {400, "cd", "CD"}, {100, "c", "C"},
                  {90, "xc", "XC"}, {50, "l", "L"},    {40, "xl", "XL"}, {10, "x", "X"},    {9, "ix", "IX"},
                  {5, "v", "V"},    {4, "iv", "IV"},   {1, "i", "I"}};
    struct gb_buf buf = {0};

    for (size_t i = 0; i < GB_COUNT(digits); i++) {
        for (; n >= digits[i].value && buf.len < 32; n -= digits[i].value)
            gb_buf_puts(&buf, is_upper ? digits[i].upper : digits[i].lower);
    }
    gb_buf_add_char(&buf, ')');
    return gb_buf_take(&buf, r->arena);
}

/* a, b … z, aa, ab … */
static struct gb_str
letters(struct gb_docbook *r, unsigned n, char first)
{
    char text[8];
    size_t at = sizeof(text);

    for (; n > 0 && at > 0; n = (n - 1) / 26)
        text[--at] = (char)(first + (char)((n - 1) % 26));
    return gb_arena_printf(r->arena, "%.*s)", (int)(sizeof(text) - at), text + at);
}

static struct gb_str
marker(struct gb_docbook *r, const struct gb_docbook_element *element, const struct list *list)
{
    if (!(element->bits & GB_BLOCK_ORDERED))
        return strcmp(element->word, "none") == 0 ? GB_STR("") : GB_STR("——");
    if (gb_str_is(list->numeration, "loweralpha"))
        return letters(r, list->count, 'a');
    if (gb_str_is(list->numeration, "upperalpha"))
        return letters(r, list->count, 'A');
    if (gb_str_is(list->numeration, "lowerroman"))
        return roman(r, list->count, false);
    if (gb_str_is(list->numeration, "upperroman"))
        return roman(r, list->count, true);
    return gb_arena_printf(r->arena, "%u)", list->count);
}

static void
start_item(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);
    const struct gb_docbook_element *element;
    struct list *list = list_of(r);

    /* The text of a variable list's entry goes on behind its term. */
    if (!list && gb_docbook_above(r) && gb_docbook_above(r)->element->kind == &gb_docbook_entry)
        return;
    gb_docbook_end_para(r, 0);
    if (!list || !top->flow->container)
        return;
    element = gb_docbook_above(r)->element;
    if (!list->block) {
        list->block = gb_docbook_new_block(r, top->flow->container, GB_BLOCK_LIST);
        list->block->span = gb_docbook_above(r)->tag;
        list->block->level = (uint8_t)(list->depth < UINT8_MAX ? list->depth : UINT8_MAX);
        list->block->flags = element->bits;
        list->block->numeration = list->numeration;
    }
    list->count = gb_docbook_attr_number(tag, "override", UINT16_MAX, list->count + 1);
    top->block = gb_docbook_new_block(r, list->block, GB_BLOCK_ITEM);
    top->block->span = tag->span;
    top->block->label.str = marker(r, element, list);
    gb_docbook_name_block(r, top->block);
    gb_docbook_open_blocks(r, top->block);
}

static void
start_member(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct list *list = list_of(r);

    if (!list || !list->is_inline)
        start_item(r, tag);
    else if (list->count++ > 0)
        gb_docbook_put_words(r, GB_STR("、"), tag->span);
}

static void
end_member(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    const struct list *list = list_of(r);

    if (!list || !list->is_inline)
        gb_docbook_end_holder(r, tag);
}

/* Variable lists: a paragraph "term：text" for each entry, as the printed standard has it. */

/* Symbols explained below 式中 have a dash, all else a colon. */
static const char *
separator(const struct gb_docbook *r, const struct gb_block *container)
{
    const struct gb_block *last = container ? container->last : NULL;
    bool explains = last && (last == r->explained || gb_str_starts(last->text.str, GB_STR("式中")));

    return explains ? "——" : "：";
}

static void
start_term(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_flow *flow = gb_docbook_top(r)->flow;

    if (flow->join && flow->block) {
        /* A further term of the same entry. */
        flow->join = NULL;
        flow->blank = (struct gb_docbook_blank){0};
        gb_docbook_put_words(r, GB_STR("、"), (struct gb_span){flow->join_gap.begin, tag->span.end});
        flow->is_joined = true;
        return;
    }
    gb_docbook_begin_para(r, tag->span, GB_BLOCK_PARA);
    gb_docbook_top(r)->state = (void *)separator(r, flow->container);
}

static void
end_term(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_flow *flow = gb_docbook_top(r)->flow;
    struct gb_str term = gb_buf_str(&flow->str);

    if (!flow->container) {
        gb_docbook_end_para(r, 0);
        return;
    }
    flow->join = gb_docbook_top(r)->state ? gb_docbook_top(r)->state : "：";
    if (GB_ENDS_WITH(term, "：", "——", ":", "—"))
        flow->join = "";
    if (strcmp(flow->join, "——") == 0)
        r->explained = flow->block;
    flow->join_gap = tag->span;
}

/* Notes, examples, quotes. */

static void
start_aside(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);
    const char *word = top->element->word;

    if (!top->flow->container) {
        /* In a cell: a line of it. */
        if (word)
            gb_docbook_put_words(r, gb_arena_printf(r->arena, "%s：", word), tag->span);
        return;
    }
    gb_docbook_start_holder(r, tag);
    if (word)
        top->block->info.str = gb_str_from(word);
    if (top->block->kind == GB_BLOCK_QUOTE)
        top->style |= GB_RUN_QUOTE;
}

/* Code, and text whose line ends count. */

static void
start_lines(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    gb_docbook_begin_para(r, tag->span, GB_BLOCK_PARA);
    gb_docbook_top(r)->flow->is_lined = true;
}

static void
end_lines(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    gb_docbook_top(r)->flow->is_lined = false;
    gb_docbook_end_para(r, tag->span.end);
}

static void
start_code(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);

    if (!top->flow->container && !top->flow->is_alternative) {
        start_lines(r, tag);
        return;
    }
    struct gb_block *block = gb_docbook_block(r, tag, GB_BLOCK_CODE);
    block->info = gb_docbook_attr(r, tag, "language");
    block->flags |= GB_BLOCK_FENCED;
    gb_docbook_open_text(r, &block->text);
    top->flow->is_verbatim = true;
}

static void
end_code(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    struct gb_docbook_frame *top = gb_docbook_top(r);

    if (!top->block)
        end_lines(r, tag);
    else
        top->block->span.end = tag->span.end;
}

/* literallayout: pandoc writes paragraphs with hard breaks so; monospaced it is code. */
static void
start_literallayout(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    if (gb_docbook_attr_is(tag, "class", "monospaced"))
        start_code(r, tag);
    else
        start_lines(r, tag);
}

static void
start_page(struct gb_docbook *r, const struct gb_xml_tag *tag)
{
    gb_docbook_block(r, tag, GB_BLOCK_PAGE);
}

const struct gb_docbook_kind gb_docbook_para = {start_para, gb_docbook_end_para_here, GB_DOCBOOK_INFO},
                             gb_docbook_list = {start_list, end_list, GB_DOCBOOK_BLOCK},
                             gb_docbook_simplelist = {start_simplelist, end_simplelist, 0},
                             gb_docbook_item = {start_item, gb_docbook_end_holder, 0},
                             gb_docbook_member = {start_member, end_member, 0},
                             gb_docbook_entry = {NULL, gb_docbook_end_para_here, GB_DOCBOOK_BLOCK},
                             gb_docbook_term = {start_term, end_term, 0},
                             gb_docbook_note = {start_aside, gb_docbook_end_holder, GB_DOCBOOK_BLOCK, GB_BLOCK_NOTE},
                             gb_docbook_example = {start_aside, gb_docbook_end_holder, GB_DOCBOOK_BLOCK,
                                                   GB_BLOCK_EXAMPLE},
                             gb_docbook_quote = {start_aside, gb_docbook_end_holder, GB_DOCBOOK_BLOCK, GB_BLOCK_QUOTE},
                             gb_docbook_code = {start_code, end_code, GB_DOCBOOK_BLOCK},
                             gb_docbook_lines = {start_literallayout, end_code, GB_DOCBOOK_BLOCK},
                             gb_docbook_page = {start_page, NULL, GB_DOCBOOK_BLOCK | GB_DOCBOOK_HEAD};
