/* From the tree of blocks to one sequence of lines, headings and other blocks. */
#include "read/build.h"

#include "text/chars.h"

bool
gb_stands_for(const struct gb_unit *u, const char *what)
{
    return u->kind == GB_BLOCK_COMMENT && gb_str_is(gb_str_trim(u->block->text.str), what);
}

static bool
is_aside(const struct gb_unit *u)
{
    if (u->kind == GB_BLOCK_COMMENT)
        return !gb_stands_for(u, "image") && !gb_stands_for(u, "formula-not-decoded");
    return u->is_furniture ||
           GB_AMONG(u->kind, GB_BLOCK_PAGE, GB_BLOCK_RULE, GB_BLOCK_META, GB_BLOCK_FOOTNOTE);
}

/* Nobody who asks for the next line has to pass over what is none. */
static void
set_asides_apart(struct gb_builder *b)
{
    size_t n = 0;

    for (size_t i = 0; i < b->n; i++) {
        if (is_aside(&b->units[i]))
            *gb_push(&b->asides) = (struct gb_aside){b->units[i], n};
        else
            b->units[n++] = b->units[i];
    }
    b->n = n;
}

typedef GB_ARRAY(struct gb_unit) unit_array;

/* "范围 {#scope .x}": what pandoc and its kin read as attributes of a heading is none of its text. */
static struct gb_text
without_attributes(const struct gb_text *heading)
{
    struct gb_text text = gb_text_trim(heading);
    size_t open = text.str.len;

    if (text.str.len == 0 || text.str.ptr[text.str.len - 1] != '}')
        return text;
    while (open > 0 && text.str.ptr[open - 1] != '{')
        open--;
    if (open == 0 || (text.str.ptr[open] != '#' && text.str.ptr[open] != '.'))
        return text;
    text = gb_text_slice(&text, 0, open - 1);
    return gb_text_trim(&text);
}

/* "GB/T" at the end of a line, and its number in the next: one code. */
static bool
is_cut_code(struct gb_str line, struct gb_str next)
{
    GB_WORDS(prefixes, "/T", "/Z", "GB", "ISO", "IEC");
    size_t digits = gb_skip_digits(next, 0);
    bool is_number =
        digits >= 3 || (digits > 0 && digits < next.len && (next.ptr[digits] == '.' || next.ptr[digits] == '-'));
    return is_number && GB_ENDS_ANY(line, prefixes);
}

/* By two wide blanks, no more: a paragraph begins. */
static bool
is_indented(struct gb_str line)
{
    struct gb_str blank = GB_STR("\u3000");

    if (!gb_str_starts(line, blank) || !gb_str_starts(gb_str_skip(line, blank.len), blank))
        return false;
    line = gb_str_skip(line, 2 * blank.len);
    return line.len > 0 && line.ptr[0] != ' ' && !gb_str_starts(line, blank);
}

/* ":   已被他人使用过的图书。" below its term, as lists of definitions are written: where the words begin; 0 for another line. */
static size_t
behind_definition_mark(struct gb_str line)
{
    return line.len > 1 && line.ptr[0] == ':' && gb_is_blank(line.ptr[1]) ? gb_skip_any(line, 1, " \t") : 0;
}

/* Takes the mark off a line that defines the one before it. What a symbol stands for is set beside it, as a legend has it. */
static bool
take_definition(unit_array *units, struct gb_unit *unit, struct gb_arena *arena)
{
    enum { LONGEST = 100 };
    struct gb_unit *term = units->len ? &units->items[units->len - 1] : NULL;
    size_t at = behind_definition_mark(unit->text.str);

    if (!at || !term || !gb_unit_is_text(term) || term->item != unit->item)
        return false;
    unit->text = gb_text_slice(&unit->text, at, unit->text.str.len);
    if (!gb_unit_is_line(term) || term->text.str.len > LONGEST || gb_str_has_han(term->text.str))
        return false;
    term->text = gb_text_join(arena, &term->text, &unit->text, "——");
    term->begins_para = true;
    return true;
}

/* A paragraph gives a unit for each line; a heading one for each hard break. */
static void
push_lines(unit_array *units, struct gb_unit unit, bool is_layout, struct gb_arena *arena)
{
    bool is_heading = unit.block->kind == GB_BLOCK_HEADING, by_hard_breaks = is_heading || is_layout;
    const struct gb_text *whole = &unit.block->text;
    struct gb_text line;
    bool hard, first = true, after_hard = false;
    size_t at = 0, begin = 0;

    while (gb_text_next_line(whole, &at, &line, &hard)) {
        if (!hard && at < whole->str.len && (by_hard_breaks || is_cut_code(line.str, gb_str_skip(whole->str, at))))
            continue;
        size_t end = (size_t)(line.str.ptr - whole->str.ptr) + line.str.len;
        struct gb_text piece = gb_text_slice(whole, begin, end);
        unit.text = is_heading ? without_attributes(&piece) : gb_text_trim(&piece);
        unit.is_first = first;
        unit.after_hard_break = after_hard;
        unit.begins_para = !is_heading && is_indented(piece.str);
        begin = at;
        if (!is_heading && take_definition(units, &unit, arena))
            continue;
        if (unit.text.str.len > 0 || (is_heading && first && at >= whole->str.len)) {
            *gb_push(units) = unit;
            first = false;
            unit.starts_item = false;
        }
        after_hard = hard;
    }
    if (whole->str.len == 0) {
        unit.text = *whole;
        unit.is_first = true;
        *gb_push(units) = unit;
    }
}

/* Blocks whose children are read in place; all others are units of their own, with what they hold. */
static bool
is_transparent(const struct gb_block *block)
{
    return block->kind == GB_BLOCK_ROOT || block->kind == GB_BLOCK_LIST || block->kind == GB_BLOCK_ITEM ||
           block->kind == GB_BLOCK_QUOTE;
}

/* Is the block the first thing in the item? */
static bool
leads_item(const struct gb_block *block, const struct gb_block *item)
{
    while (block != item && block->parent->first == block)
        block = block->parent;
    return block == item;
}

/* Paragraphs that all have the marker of an item, perhaps with quotes of such in them: how many; 0 where one has none. */
static unsigned
count_items(const struct gb_block *quote, bool is_outer)
{
    struct gb_item_mark mark;
    unsigned n = 0;

    for (const struct gb_block *child = quote->first; child; child = child->next) {
        bool is_nested = is_outer && n && child->kind == GB_BLOCK_QUOTE && count_items(child, false);
        bool is_item =
            child->kind == GB_BLOCK_PARA && gb_mark_item(gb_str_trim(child->text.str), &mark) && (n || mark.value <= 1);
        if (!is_nested && !is_item)
            return 0;
        n += is_item;
    }
    return n;
}

/* pandoc makes quotes of what a word processor sets in, as the items of a list are that a paragraph leads in. */
static void
find_indent(const unit_array *units, struct gb_block *quote)
{
    const struct gb_unit *lead = units->len ? &units->items[units->len - 1] : NULL;
    struct gb_note_mark note;

    if (!lead || !gb_unit_is_line(lead) || lead->is_quoted || !gb_ends_with(lead->text.str, "：:") ||
        gb_mark_note(lead->text.str, &note) || count_items(quote, true) < 2)
        return;
    quote->flags |= GB_BLOCK_INDENT;
    for (struct gb_block *child = quote->first; child; child = child->next)
        child->flags |= child->kind == GB_BLOCK_QUOTE ? GB_BLOCK_INDENT : 0;
}

/* What a block inherits from the quotes and items around it. */
static struct gb_unit
context_of(const struct gb_block *block)
{
    struct gb_unit context = {0};

    for (const struct gb_block *p = block->parent; p; p = p->parent) {
        if (p->kind == GB_BLOCK_QUOTE && !(p->flags & GB_BLOCK_INDENT))
            context.is_quoted = true;
        if (p->kind == GB_BLOCK_ITEM && !context.item) {
            context.item = p;
            context.list_level = p->parent->level;
        }
    }
    return context;
}

/* "####### 4.1.1.1.1.1 步骤": a standard has clauses on six levels, below its title one more than the markup knows. */
static void
raise_deep_heading(struct gb_block *block)
{
    enum { MOST_OF_MARKUP = 6, MOST = 8 };
    size_t level = gb_skip_any(block->text.str, 0, "#"), end = block->text.str.len;

    if (level <= MOST_OF_MARKUP || level > MOST || level == end || !gb_is_blank(block->text.str.ptr[level]) ||
        memchr(block->text.str.ptr, '\n', end))
        return;
    block->kind = GB_BLOCK_HEADING;
    block->level = (uint8_t)level;
    block->text = gb_text_slice(&block->text, level + 1, end);
}

/* The units of a block that is not read in place, or of an item without content, which is still an item. */
static void
push_block(unit_array *units, struct gb_block *block, struct gb_unit unit, const struct gb_blocks *blocks)
{
    if (block->kind == GB_BLOCK_PARA && !unit.item)
        raise_deep_heading(block);
    unit.block = block;
    unit.kind = block->kind;
    unit.is_first = true;
    unit.starts_item = unit.item && leads_item(block, unit.item);
    if (block->kind == GB_BLOCK_PARA || block->kind == GB_BLOCK_HEADING) {
        push_lines(units, unit, gb_str_is(blocks->format, "docbook"), blocks->arena);
        return;
    }
    unit.text = block->text;
    *gb_push(units) = unit;
}

/* "前" and "言" on lines of their own: the wide title of the page, whose halves a converter parted. */
static bool
are_halves(const struct gb_unit *a, const struct gb_unit *b)
{
    static const char *const halves[][2] = {{"前", "言"}, {"引", "言"}, {"目", "次"}, {"目", "录"}};

    if (a->kind != GB_BLOCK_PARA || b->kind != GB_BLOCK_PARA || a->item || b->item)
        return false;
    GB_FIND(halve, halves, GB_COUNT(halves),
            gb_str_is(a->text.str, (*halve)[0]) && gb_str_is(b->text.str, (*halve)[1]));
    return halve != NULL;
}

static void
join_halves(struct gb_builder *b)
{
    size_t n = 0;

    for (size_t i = 0; i < b->n; i++) {
        b->units[n] = b->units[i];
        if (i + 1 < b->n && are_halves(&b->units[i], &b->units[i + 1])) {
            b->units[n].text = gb_text_join(b->arena, &b->units[i].text, &b->units[i + 1].text, "");
            i++;
        }
        n++;
    }
    b->n = n;
}

/* The blanks before the line in its file. */
static size_t
indent_of(const struct gb_builder *b, const struct gb_unit *u)
{
    uint32_t begin = gb_text_whole(&u->text, NULL).begin;
    const struct gb_source_file *file = gb_source_file_at(b->blocks->source, begin);
    struct gb_str before = gb_str_sub(file->text, 0, begin - file->base);

    return before.len - gb_skip_any_back(before, before.len, " ");
}

/* Is the line inside of a paragraph? Those that begin one are asked for nothing. */
static bool
is_inner_line(const struct gb_builder *b, size_t i)
{
    return i > 0 && gb_unit_is_line(&b->units[i]) && !b->units[i].is_first &&
           b->units[i - 1].block == b->units[i].block;
}

/*
 * The layout of a page, kept in blanks: where sentences go on at the margin, a line that is indented behind one that has ended begins
 * the next paragraph.
 */
static void
mark_indented_paragraphs(struct gb_builder *b)
{
    enum { LEAST = 3, INDENT = 2, WRAPPED = 15 };
    unsigned n_hanging = 0;

    for (size_t i = 1; i < b->n && n_hanging < LEAST; i++) {
        struct gb_str above = b->units[i - 1].text.str;
        n_hanging += is_inner_line(b, i) && above.len >= WRAPPED * GB_HAN && !gb_ends_sentence(above) &&
                     indent_of(b, &b->units[i - 1]) >= indent_of(b, &b->units[i]) + INDENT;
    }
    for (size_t i = 1; i < b->n && n_hanging == LEAST; i++) {
        if (is_inner_line(b, i) && gb_ends_with(b->units[i - 1].text.str, "。") && indent_of(b, &b->units[i]) >= INDENT)
            b->units[i].begins_para = true;
    }
}

void
gb_make_units(struct gb_builder *b)
{
    unit_array units = {0};
    struct gb_block *block = b->blocks->root;
    struct gb_unit context = {0};

    /* An iterative walk: containers may nest thousands deep. */
    while (block) {
        if (!is_transparent(block)) {
            push_block(&units, block, context, b->blocks);
        } else if (block->kind == GB_BLOCK_QUOTE) {
            if (gb_str_is(b->blocks->format, "markdown"))
                find_indent(&units, block);
            context.is_quoted = context.is_quoted || !(block->flags & GB_BLOCK_INDENT);
        } else if (block->kind == GB_BLOCK_ITEM) {
            context.item = block;
            context.list_level = block->parent->level;
            if (!block->first)
                push_block(&units, block, context, b->blocks);
        }
        if (is_transparent(block) && block->first) {
            block = block->first;
            continue;
        }
        while (block && !block->next)
            block = block->parent;
        if (!block)
            break;
        block = block->next;
        context = context_of(block);
    }
    b->n = units.len;
    b->units = units.items;
    join_halves(b);
    gb_mark_furniture(b);
    set_asides_apart(b);
    gb_unlist_chapters(b);
    mark_indented_paragraphs(b);
}
