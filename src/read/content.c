/* What stands inside clauses: paragraphs, notes and examples. Lists are in lists.c. */
#include "read/build.h"

#include "text/chars.h"
#include "text/utf8.h"

/* ── paragraphs ────────────────────────────────────────────────────────── */

/* A block of code is code as a span of it is: read for nothing. */
static struct gb_text
as_code(struct gb_arena *arena, const struct gb_text *text)
{
    struct gb_run *runs = gb_arena_new_array(arena, struct gb_run, text->n_runs + 1);
    struct gb_text code = *text;

    for (uint32_t i = 0; i < text->n_runs; i++) {
        runs[i] = text->runs[i];
        runs[i].flags |= GB_RUN_CODE;
    }
    code.runs = runs;
    return code;
}

struct gb_node *
gb_add_para(struct gb_builder *b, struct gb_node *parent, const struct gb_text *text, enum gb_encoding encoding)
{
    struct gb_node *para = gb_add(b, parent, GB_NODE_PARA, encoding, text);

    para->text = encoding == GB_ENCODING_FENCE ? as_code(b->arena, text) : *text;
    return para;
}

/* 本部分为……的第1部分。 in the foreword: a statement, not the rest of the item above it. */
static bool
tells_of_draft(const struct gb_builder *b)
{
    return b->zone == GB_ZONE_FOREWORD &&
           GB_STARTS_WITH(b->units[b->i].text.str, "本文件", "本标准", "本部分", "本规范");
}

struct gb_text
gb_take_lines(struct gb_builder *b, bool is_item)
{
    const struct gb_unit *first = &b->units[b->i];
    const struct gb_text *last = &first->text;

    b->i++;
    while (b->i < b->n && b->units[b->i].block == first->block && !b->units[b->i].is_first && gb_unit_is_line(first) &&
           !gb_is_structural(b, b->i) && !gb_opens_abbreviation(b, b->i)) {
        if (is_item && (gb_ends_with(last->str, "。") || tells_of_draft(b)) && gb_has_room(b, b->i - 1))
            break;
        if (is_item && gb_is_broken_off(b, b->i))
            break;
        last = &b->units[b->i].text;
        b->i++;
    }
    if (last == &first->text)
        return first->text;
    /* Not from the text of the first line: a slice of many runs has those of its own line only. */
    const struct gb_text *whole = &first->block->text;
    size_t end = (size_t)(last->str.ptr + last->str.len - whole->str.ptr);
    bool is_restored = first->text.str.ptr < whole->str.ptr || first->text.str.ptr > whole->str.ptr + whole->str.len;
    if (!is_restored)
        return gb_text_slice(whole, (size_t)(first->text.str.ptr - whole->str.ptr), end);
    /* A number that the markup took for an item's stands before it again, in a text of its own. */
    struct gb_text rest = gb_text_slice(whole, (size_t)(first[1].text.str.ptr - whole->str.ptr), end);
    return gb_text_join(b->arena, &first->text, &rest, "\n");
}

static bool
is_plain_line(const struct gb_builder *b, size_t k)
{
    const struct gb_unit *u = &b->units[k];

    return gb_unit_is_line(u) && !u->item && !u->is_quoted && u->is_first && u->text.str.len > 0 &&
           !gb_is_structural(b, k) && gb_mark_fixed(u->text.str) == GB_FIXED_NONE &&
           !(u->block->flags & (GB_BLOCK_BOLD | GB_BLOCK_CENTER));
}

size_t
gb_next_past_page(const struct gb_builder *b, size_t k)
{
    while (k < b->n) {
        const struct gb_unit *u = &b->units[k];
        struct gb_str code = b->cover ? b->cover->u.cover->code.str : (struct gb_str){0};
        if (!gb_unit_is_text(u) || !u->is_first ||
            (!gb_is_page_number(u->text.str) && !(code.len && gb_str_same(u->text.str, code))))
            break;
        k++;
    }
    return k;
}

bool
gb_has_open_bracket(struct gb_str s)
{
    int depth = 0;

    for (size_t at = 0; at < s.len;) {
        uint32_t c = gb_char_narrow(gb_utf8_at(s, at, &at));
        bool opens = c == '(' || c == U'《' || c == U'“', closes = c == ')' || c == U'》' || c == U'”';
        depth += opens - (closes && depth > 0);
    }
    return depth > 0;
}

/* Without （1） or （一） at its head, which makes no prose of a title. */
static struct gb_str
behind_count(struct gb_str s)
{
    enum { LONGEST = 3 };
    size_t at = 0, n = 0;
    uint32_t c = s.len ? gb_char_narrow(gb_utf8_at(s, 0, &at)) : 0;

    if (c != '(')
        return s;
    while (at < s.len && n++ <= LONGEST) {
        c = gb_char_narrow(gb_utf8_at(s, at, &at));
        if (c == ')')
            return gb_str_skip(s, at);
    }
    return s;
}

/* 在提升和下降的过程中不, before 应损坏试样: no title ends so; nor does a sentence begin with 的, 或 … */
static bool
is_torn(struct gb_str first, struct gb_str behind)
{
    GB_WORDS(heads, "的", "或", "，", "、", "以及", "并应", "并按", "并在", "和定义");

    return (gb_ends_with(first, "的或、不将把且在") &&
            !GB_ENDS_WITH(first, "目的", "标的", "存在", "所在", "内在", "潜在")) ||
           GB_STARTS_ANY(behind, heads);
}

/* A mark of prose, 应 or 宜, but none of 应用 and 响应. */
static bool
has_words_of_prose(struct gb_str s)
{
    GB_WORDS(before, "响", "效", "反", "供", "适", "感", "对", "相", "自", "热");
    struct gb_str ought = GB_STR("应");

    if (GB_HAS_ONE_OF(s, "，", ",", "。", "宜"))
        return true;
    GB_EACH_FOUND(at, s, ought, 0) {
        if (!GB_STARTS_WITH(gb_str_skip(s, at + ought.len), "用", "力", "急", "变", "答", "激") &&
            !GB_ENDS_ANY(gb_str_sub(s, 0, at), before))
            return true;
    }
    return false;
}

/*
 * Does the paragraph at unit k go on a sentence that a blank line or a page cut? The first half ends without a mark and reads
 * like prose (or is a note, which always ends with one); some piece behind it ends the sentence.
 */
static bool
continues_text(const struct gb_builder *b, struct gb_str first, bool is_note, size_t k)
{
    enum { SHORTEST = 8, MOST_PIECES = 4 };
    GB_WORDS(itself, "本文件", "本标准", "本部分");
    struct gb_item_mark item;

    if (gb_ends_sentence(first) || gb_ends_with(first, "”》>|}"))
        return false;
    bool is_prose = has_words_of_prose(first) || gb_str_has(behind_count(first), GB_STR("（"));
    /* A bracket that is not closed tells it too, and so does 下列文件……, or what a draft says of itself, up to the next such sentence. */
    is_prose = is_prose || gb_has_open_bracket(first) || (k < b->n && is_torn(first, b->units[k].text.str)) ||
               gb_str_starts(first, GB_STR("下列")) ||
               (GB_STARTS_ANY(first, itself) && k < b->n && !GB_STARTS_ANY(b->units[k].text.str, itself));
    if (!is_note && (!is_prose || gb_str_han_length(first) < SHORTEST))
        return false;
    if (gb_begins_with_label(b->units[k].text.str) && !gb_ends_with(b->units[k].text.str, "：:") &&
        !gb_str_has(first, GB_STR("。")))
        return false;
    for (unsigned pieces = 0; pieces < MOST_PIECES && k < b->n; pieces++) {
        if (!is_plain_line(b, k))
            return false;
        size_t behind = k + 1;
        while (behind < b->n && b->units[behind].block == b->units[k].block && !gb_is_structural(b, behind))
            behind++;
        struct gb_str line = b->units[behind - 1].text.str;
        if (gb_ends_with(line, "。；;"))
            return true;
        k = gb_next_past_page(b, behind);
        if (gb_ends_with(line, "：:")) /* … ，包括但 / 不限于： and then 1) */
            return b->units[k].starts_item || (gb_mark_item(b->units[k].text.str, &item) && item.value <= 1);
        if (gb_ends_sentence(line))
            return false;
    }
    return false;
}

void
gb_join_pieces(struct gb_builder *b, struct gb_node *node, bool is_note)
{
    size_t k;

    while (!gb_ends_with(node->text.str, "。；：") &&
           (k = gb_next_past_page(b, b->i), continues_text(b, node->text.str, is_note, k))) {
        while (b->i < k)
            b->i += !gb_take_furniture(b);
        struct gb_text rest = gb_take_lines(b, false);
        node->text = gb_text_join(b->arena, &node->text, &rest, "\n");
        node->flags |= GB_NODE_JOINED;
    }
}

/* "1 应防潮；": the items of standards for engineering construction have a number without a bracket. */
static bool
reads_as_item(const struct gb_unit *u, unsigned value, struct gb_number_mark *mark)
{
    return gb_mark_number(u->text.str, mark) && mark->form == GB_NUMBER_ARABIC && mark->num.n == 1 &&
           !mark->num.letter && !mark->is_glued && mark->num.part[0] == value && mark->rest < u->text.str.len;
}

static bool
is_lost_list(const struct gb_builder *b, size_t i)
{
    unsigned items = 0;

    for (size_t k = i; k < b->n && k < i + 40; k++) {
        const struct gb_unit *u = &b->units[k];
        if (!gb_unit_is_line(u) || u->item || u->is_quoted || !u->is_first || gb_is_structural(b, k))
            return false;
        struct gb_number_mark mark;
        if (b->units[k + 1].block == u->block && !gb_opens_clause(b, k + 1, &mark))
            return false;
        if (gb_ends_with(u->text.str, "；;")) {
            items++;
        } else {
            return items >= 1 && gb_ends_with(u->text.str, "。") &&
                   (!gb_str_has(u->text.str, GB_STR("；")) || reads_as_item(u, items + 1, &mark));
        }
    }
    return false;
}

/* Paragraphs that end in ； behind a lead-in: their markers are numbers without a bracket, or were lost. */
static void
take_lost_list(struct gb_builder *b, struct gb_node *parent)
{
    struct gb_number_mark mark;
    bool more = true, is_numbered = reads_as_item(&b->units[b->i], 1, &mark);
    struct gb_node *list =
        gb_add(b, parent, GB_NODE_LIST, is_numbered ? GB_ENCODING_PARAGRAPH : GB_ENCODING_LOST, NULL);
    unsigned value = 1;

    if (is_numbered)
        list->marker = gb_given(b, gb_str_from("digit"));

    while (more && b->i < b->n) {
        const struct gb_unit *u = &b->units[b->i];
        struct gb_node *item = gb_add(b, list, GB_NODE_ITEM, list->encoding, &u->text);
        item->text = u->text;
        if (is_numbered && reads_as_item(u, value++, &mark)) {
            item->num = mark.num;
            item->marker = gb_text_slice(&u->text, mark.begin, mark.end);
            item->text = gb_text_slice(&u->text, mark.rest, u->text.str.len);
        }
        if (!list->first->prev && list->first == item)
            list->span = item->span;
        more = gb_ends_with(u->text.str, "；;");
        b->i++;
    }
}

void
gb_take_paragraph(struct gb_builder *b, struct gb_node *parent)
{
    const struct gb_unit *u = &b->units[b->i];
    enum gb_encoding encoding = gb_unit_encoding(u);

    if (!gb_unit_is_line(u)) { /* a heading, or an element with text */
        struct gb_node *para = gb_add_para(b, parent ? parent : gb_content_parent(b), &u->text, encoding);
        para->depth = gb_unit_is_heading(u) ? u->block->level : 0;
        b->i++;
        return;
    }
    if (!parent)
        parent = gb_content_parent(b);
    bool in_item = u->item != NULL;
    struct gb_text text = gb_take_lines(b, false), list = {0};
    if (!in_item && !u->is_quoted)
        text = gb_cut_list_off(&text, &list);
    struct gb_node *para = gb_add_para(b, parent, &text, encoding);
    para->depth = 0;

    if (list.str.len) { /* the last line is what is left of the paragraph */
        b->i--;
        b->units[b->i].text = list;
        gb_take_item(b);
        return;
    }
    if (!in_item)
        gb_join_pieces(b, para, false);
    if (parent->kind == GB_NODE_TERM)
        gb_split_source(b, para);
    size_t k = b->i;
    if (!in_item && gb_ends_with(para->text.str, "：:") && is_lost_list(b, k)) {
        b->i = k;
        take_lost_list(b, parent);
    }
}

/* ── notes and examples ────────────────────────────────────────────────── */

/* An example that {示例结束} ends takes the paragraphs up to there. */
static bool
take_marked_example(struct gb_builder *b, struct gb_node *example)
{
    enum { LOOK_AHEAD = 30 };
    size_t end = b->i;

    while (end < b->n && end < b->i + LOOK_AHEAD && !gb_str_starts(b->units[end].text.str, GB_STR("{示例结束}"))) {
        if (gb_unit_is_heading(&b->units[end]))
            return false;
        end++;
    }
    if (end >= b->n || !gb_str_starts(b->units[end].text.str, GB_STR("{示例结束}")))
        return false;
    while (b->i < end) {
        const struct gb_unit *u = &b->units[b->i];
        if (gb_unit_is_line(u) && example->text.str.len == 0)
            example->text = gb_take_lines(b, false);
        else if (gb_unit_is_line(u))
            gb_take_paragraph(b, example);
        else
            b->i++;
    }
    b->i = end + 1;
    return true;
}

/* "示例：" alone: the block below it is the example. */
static void
take_block_below(struct gb_builder *b, struct gb_node *note)
{
    const struct gb_unit *next = &b->units[b->i];

    b->in_example = note->kind == GB_NODE_EXAMPLE;
    if (gb_unit_is_line(next) && !gb_is_structural(b, b->i) && !next->item) {
        note->text = gb_take_lines(b, false);
    } else if (next->kind == GB_BLOCK_CODE && !gb_is_chart(next->block, NULL)) {
        gb_add_para(b, note, &next->text, GB_ENCODING_FENCE);
        b->i++;
    } else if (next->is_quoted && gb_unit_is_line(next)) {
        gb_take_paragraph(b, note);
    }
    b->in_example = false;
}

/* 示例：……标记为：, and below it the designation: what the last line leads in belongs to the example. */
static void
take_lines_led_in(struct gb_builder *b, struct gb_node *example)
{
    const struct gb_node *last = example;

    b->in_example = true;
    while (b->i < b->n && gb_ends_with(last->text.str, "：:") && gb_unit_is_line(&b->units[b->i]) &&
           !gb_is_structural(b, b->i) && !b->units[b->i].item) {
        gb_take_paragraph(b, example);
        last = example->last;
    }
    b->in_example = false;
}

static void
take_note_text(struct gb_builder *b, struct gb_node *note, const struct gb_note_mark *mark)
{
    const struct gb_unit *u = &b->units[b->i];

    if (gb_unit_is_heading(u)) {
        note->depth = u->block->level;
        note->text = gb_text_slice(&u->text, mark->rest, u->text.str.len);
        b->i++;
        return;
    }
    b->in_example = mark->is_example;
    struct gb_text text = gb_take_lines(b, false);
    b->in_example = false;
    note->text = gb_text_slice(&text, mark->rest, text.str.len);
    note->head = text;
    note->span = gb_text_whole(&text, NULL);
    if (!u->item && !mark->is_example)
        gb_join_pieces(b, note, true);
}

/* "注：1 上人屋面…；", and below it "2 不上人的屋面…。": the notes of standards for engineering construction are items of one. */
static void
take_counted_notes(struct gb_builder *b, struct gb_node *note)
{
    struct gb_number_mark mark;
    unsigned value = 1;

    if (!b->has_general || !gb_str_starts(note->text.str, GB_STR("1 ")))
        return;
    for (; b->i < b->n; b->i++) {
        const struct gb_unit *u = &b->units[b->i];
        if (!gb_unit_is_line(u) || u->item || !reads_as_item(u, ++value, &mark) || !gb_ends_with(u->text.str, "；;。"))
            return;
        gb_add_para(b, note, &u->text, gb_unit_encoding(u));
    }
}

/* A note goes to the table or figure just before it, else to the item that it belongs to. */
bool
gb_take_note(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_note_mark mark;

    if (u->text.str.len == 0 || !gb_mark_note(u->text.str, &mark))
        return false;
    if (!mark.has_colon && !mark.is_example)
        return false;
    bool is_of_figure = b->figure && !mark.is_example && b->figure_end >= b->i;
    struct gb_node *of_item = is_of_figure ? NULL : gb_item_of_note(b, b->i);
    struct gb_node *refs = is_of_figure || of_item || mark.is_example ? NULL : gb_refs_of_note(b, b->i);
    struct gb_node *parent = is_of_figure ? b->figure : of_item ? of_item : refs ? refs : gb_content_parent(b);
    struct gb_node *note =
        gb_add(b, parent, mark.is_example ? GB_NODE_EXAMPLE : GB_NODE_NOTE, gb_unit_encoding(u), &u->text);
    note->num = mark.num;
    note->marker = gb_text_slice(&u->text, mark.begin, mark.end);
    if (mark.num.n)
        note->number = gb_text_slice(&u->text, mark.number_begin, mark.number_end);
    take_note_text(b, note, &mark);
    take_counted_notes(b, note);
    if (is_of_figure)
        b->figure_end = b->i;
    if (mark.is_example && take_marked_example(b, note))
        return true;
    if (note->text.str.len == 0 && b->i < b->n)
        take_block_below(b, note);
    if (mark.is_example)
        take_lines_led_in(b, note);
    return true;
}

void
gb_add_comment(struct gb_builder *b, const struct gb_unit *u)
{
    struct gb_node *parent = b->n_lists ? b->lists[b->n_lists - 1].item : b->at;
    struct gb_node *comment = gb_add(b, parent, GB_NODE_COMMENT, GB_ENCODING_HTML, &u->block->text);

    comment->text = u->block->text;
    comment->span = u->block->span;
    if (gb_str_starts(gb_str_trim(u->block->text.str), GB_STR("gblint-")))
        comment->flags |= GB_NODE_SUPPRESSION;
}

void
gb_take_remnant(struct gb_builder *b)
{
    if (gb_stands_for(&b->units[b->i], "formula-not-decoded") && gb_take_pictured_formula(b))
        return;
    gb_add_comment(b, &b->units[b->i]);
    b->i++;
}

/* ── elements with blocks inside ───────────────────────────────────────── */

static enum gb_node_kind
kind_of_container(const struct gb_block *block)
{
    return block->kind == GB_BLOCK_EXAMPLE ? GB_NODE_EXAMPLE : GB_NODE_NOTE;
}

static void place_list(struct gb_builder *b, struct gb_node *parent, const struct gb_block *list, unsigned depth);

enum { DEEPEST_CONTENT = 64 };

static void
place_children(struct gb_builder *b, struct gb_node *parent, const struct gb_block *first, unsigned depth)
{
    for (const struct gb_block *block = first; block; block = block->next) {
        switch (block->kind) {
        case GB_BLOCK_PARA:
        case GB_BLOCK_HEADING:
        case GB_BLOCK_REF:
            gb_add_para(b, parent, &block->text, GB_ENCODING_PARAGRAPH);
            break;
        case GB_BLOCK_CODE:
            gb_add_para(b, parent, &block->text, GB_ENCODING_FENCE);
            break;
        case GB_BLOCK_LIST:
            if (depth < DEEPEST_CONTENT)
                place_list(b, parent, block, depth + 1);
            break;
        case GB_BLOCK_FORMULA: {
            struct gb_node *formula = gb_add(b, parent, GB_NODE_FORMULA, GB_ENCODING_PARAGRAPH, &block->text);
            formula->text = block->text;
            break;
        }
        case GB_BLOCK_TABLE: {
            struct gb_node *table = gb_add(b, parent, GB_NODE_TABLE, GB_ENCODING_TABLE, &block->text);
            table->u.table = block->table;
            table->span = block->span;
            break;
        }
        case GB_BLOCK_COMMENT: {
            struct gb_node *comment = gb_add(b, parent, GB_NODE_COMMENT, GB_ENCODING_HTML, &block->text);
            comment->text = block->text;
            break;
        }
        default:
            if (block->first && depth < DEEPEST_CONTENT)
                place_children(b, parent, block->first, depth + 1);
            break;
        }
    }
}

static void
place_list(struct gb_builder *b, struct gb_node *parent, const struct gb_block *list, unsigned depth)
{
    struct gb_node *node = gb_add(b, parent, GB_NODE_LIST, GB_ENCODING_BULLET, NULL);

    node->span = list->span;
    for (const struct gb_block *block = list->first; block; block = block->next) {
        struct gb_item_mark mark = {.form = GB_ITEM_DASH};
        struct gb_node *item = gb_add(b, node, GB_NODE_ITEM, GB_ENCODING_BULLET, &block->label);
        item->marker = block->label;
        gb_mark_item(block->label.str, &mark);
        item->num = (struct gb_number){.n = mark.value > 0, .part = {(uint16_t)mark.value}};
        if (!node->marker.str.len)
            node->marker = gb_given(b, gb_str_from(gb_list_marker_name(mark.form)));
        const struct gb_block *first = block->first;
        if (first && first->kind == GB_BLOCK_PARA) {
            item->text = first->text;
            item->head = first->text;
            item->span = gb_text_whole(&first->text, NULL);
            first = first->next;
        }
        place_children(b, item, first, depth);
    }
}

void
gb_place_blocks(struct gb_builder *b, struct gb_node *parent, const struct gb_block *first)
{
    place_children(b, parent, first, 0);
}

void
gb_add_aside(struct gb_builder *b, struct gb_node *parent, const struct gb_block *block)
{
    const struct gb_block *first = block->first;
    struct gb_node *note = gb_add(b, parent, kind_of_container(block), GB_ENCODING_ELEMENT, NULL);
    struct gb_note_mark mark;

    note->span = block->span;
    note->marker = block->info.str.len ? block->info : gb_given(b, GB_STR("注"));
    if (block->kind == GB_BLOCK_EXAMPLE)
        note->marker = gb_given(b, GB_STR("示例"));
    if (first && first->kind == GB_BLOCK_PARA) {
        struct gb_text text = first->text;
        if (gb_mark_note(text.str, &mark) && mark.has_colon) { /* the marker is typed as well */
            note->num = mark.num;
            note->marker = gb_text_slice(&text, mark.begin, mark.end);
            text = gb_text_slice(&text, mark.rest, text.str.len);
        }
        note->text = text;
        note->head = first->text;
        first = first->next;
    }
    if (block->label.str.len > 0) {
        note->number = block->label;
        gb_parse_single(block->label.str, &note->num);
    }
    gb_place_blocks(b, note, first);
}

void
gb_take_container(struct gb_builder *b)
{
    struct gb_node *refs = gb_refs_of_note(b, b->i);

    gb_add_aside(b, refs ? refs : gb_content_parent(b), b->units[b->i].block);
    b->i++;
}
