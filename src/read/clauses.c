/*
 * The clause builder: from blocks to the clause tree, the same for all formats. The number decides, not the heading
 * level; nothing is lost; how each node was written is kept. Here: the walk over the units.
 */
#include "read/build.h"

#include "text/chars.h"

#include <stdlib.h>

/*
 * 参考文献 as one line of a text without blank lines: an entry follows it; 索引: it follows one. (Between blank lines the words alone
 * will do.)
 */
static bool
heads_end_matter(const struct gb_builder *b, size_t i)
{
    const struct gb_unit *u = &b->units[i];
    size_t k = i + 1;

    if (!gb_unit_is_line(u) || u->item || u->is_quoted || k >= b->n)
        return false;
    enum gb_fixed_title fixed = gb_mark_fixed(u->text.str);
    if (fixed != GB_FIXED_BIBLIO)
        return fixed == GB_FIXED_INDEX && b->zone == GB_ZONE_BIBLIO;
    struct gb_str next = b->units[k].text.str;
    return gb_unit_is_line(&b->units[k]) && (gb_str_starts(next, GB_STR("[1")) || gb_str_starts(next, GB_STR("［1")) ||
                                             gb_str_starts(next, GB_STR("1.")) || gb_mark_code(next) > 0);
}

struct element {
    enum gb_fixed_title fixed;
    enum gb_node_kind kind;
    enum gb_zone zone;
};

static const struct element unnumbered[] = {
    {GB_FIXED_BIBLIO, GB_NODE_BIBLIO, GB_ZONE_BIBLIO},
    {GB_FIXED_INDEX, GB_NODE_INDEX, GB_ZONE_INDEX},
    {GB_FIXED_FOREWORD, GB_NODE_FOREWORD, GB_ZONE_FOREWORD},
    {GB_FIXED_INTRO, GB_NODE_INTRO, GB_ZONE_INTRO},
};

static const struct element *
element_with(enum gb_fixed_title fixed)
{
    GB_FIND(row, unnumbered, GB_COUNT(unnumbered), row->fixed == fixed);
    return row;
}

/* As a bare line the words must stand alone; front matter behind chapter 1 must be a heading of the highest level. */
static bool
may_head(const struct gb_builder *b, const struct element *element, bool is_bare_head)
{
    const struct gb_unit *u = &b->units[b->i];
    bool is_front = element->zone < GB_ZONE_BODY;

    if (!gb_unit_is_heading(u) &&
        (is_front || (!is_bare_head && b->i + 1 < b->n && b->units[b->i + 1].block == u->block)))
        return false;
    return !(is_front && u->block->flags & GB_BLOCK_SECTION && u->block->level > 1);
}

/* Opens the element that the unit heads; `mark` is its number, NULL without. */
static void
open_unnumbered(struct gb_builder *b, const struct element *element, struct gb_text title,
                const struct gb_number_mark *mark)
{
    const struct gb_unit *u = &b->units[b->i];

    gb_close_lists(b);
    struct gb_node *node = gb_add(b, b->root, element->kind, gb_unit_encoding(u), &u->text);
    node->title = title;
    if (mark) {
        node->num = mark->num;
        node->number = gb_text_slice(&u->text, mark->begin, mark->end);
    }
    node->depth = gb_unit_is_heading(u) ? u->block->level : 0;
    b->annex = NULL;
    b->n_open = 0;
    b->terms = b->refs = NULL;
    b->at = node;
    b->zone = element->zone < GB_ZONE_BODY ? GB_ZONE_BODY : element->zone;
    b->i++;
}

/* Elements that stand without a number: bibliography, index; a second foreword and the like. */
static bool
take_unnumbered_element(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    bool is_heading = gb_unit_is_heading(u);
    struct gb_text title = u->text;
    struct gb_number_mark mark;

    /* 参考文献, 参考资料, 参考文件, 参考书目, 索引, 前言, 序言, 序, 引言 */
    if (u->item || u->is_quoted || !gb_ends_with(title.str, "献料件目引言序"))
        return false;
    bool is_bare_head = !is_heading && heads_end_matter(b, b->i);
    if (!u->is_first && !is_bare_head)
        return false;
    /* 11 参考文献: the number is a fault (STR-010), but makes no chapter of it. */
    bool is_numbered = gb_mark_number(title.str, &mark) && mark.num.n == 1 && !mark.num.letter &&
                       (is_heading || mark.num.part[0] == b->last_chapter + 1u);
    if (is_numbered)
        title = gb_text_slice(&u->text, mark.rest, u->text.str.len);
    const struct element *element = element_with(gb_mark_fixed(title.str));
    if (!element || (is_numbered && element->zone < GB_ZONE_BODY) || !may_head(b, element, is_bare_head))
        return false;
    open_unnumbered(b, element, title, is_numbered ? &mark : NULL);
    return true;
}

/* 参考文献[1] GB/T …: the heading and the first entry ran together. */
static bool
take_headed_entry(struct gb_builder *b)
{
    enum { LONGEST_HEAD = 20 };
    struct gb_unit *u = &b->units[b->i];
    size_t entry = gb_str_find(gb_str_sub(u->text.str, 0, LONGEST_HEAD), GB_STR("[1]"), 0);

    if (entry == GB_NOT_FOUND || !gb_unit_is_line(u) || u->item || u->is_quoted)
        return false;
    struct gb_text title = gb_text_slice(&u->text, 0, entry), rest = gb_text_slice(&u->text, entry, u->text.str.len);
    title = gb_text_trim(&title);
    if (gb_mark_fixed(title.str) != GB_FIXED_BIBLIO)
        return false;
    u->text = title;
    open_unnumbered(b, element_with(GB_FIXED_BIBLIO), title, NULL);
    u->text = rest;
    b->i--;
    return gb_take_bibliography_entry(b);
}

static void
add_furniture(struct gb_builder *b, const struct gb_unit *u)
{
    struct gb_node *comment = gb_add(b, b->at ? b->at : b->root, GB_NODE_COMMENT, gb_unit_encoding(u), &u->text);

    comment->text = u->text;
    comment->flags |= GB_NODE_FURNITURE;
}

/* Running heads and page numbers that a conversion left between paragraphs. X heads the entries of an index, and is no page there. */
bool
gb_take_furniture(struct gb_builder *b)
{
    enum { LONGEST_HEAD = 60 };
    const struct gb_unit *u = &b->units[b->i];
    struct gb_str code = b->cover ? b->cover->u.cover->code.str : (struct gb_str){0}, line = {0};
    bool may_be_head = u->text.str.len > 0 && u->text.str.len < LONGEST_HEAD &&
                       (!gb_ends_in_words(u->text.str) || gb_ends_in_words(code));
    if (may_be_head && !gb_ends_with(u->text.str, "。；：，"))
        line = gb_without_page(u->text.str);
    bool is_half = line.len > 0 && line.len < code.len && code.ptr[line.len] == '/' && gb_str_starts(code, line) &&
                   gb_mark_code(line) == line.len; /* of GB/T 19795.2—2017/ISO 9261-2:2014 */
    bool is_head = code.len > 0 ? line.len > 0 && (is_half || gb_str_same(line, code))
                                : b->zone == GB_ZONE_TOC && line.len > 0 && gb_mark_code(line) == line.len;
    bool is_page = gb_unit_is_line(u) && !u->item && gb_is_whole(b, b->i) && gb_is_page_number(u->text.str) &&
                   !(b->zone == GB_ZONE_INDEX && gb_is_letter(u->text.str.ptr[0]));

    if (u->is_quoted || (!is_head && !is_page))
        return false;
    add_furniture(b, u);
    b->i++;
    return true;
}

/* What stands before the unit to be placed next and is no line. */
static void
place_asides(struct gb_builder *b)
{
    for (; b->i_aside < b->asides.len && b->asides.items[b->i_aside].at <= b->i; b->i_aside++) {
        const struct gb_aside *aside = &b->asides.items[b->i_aside];
        if (aside->unit.is_furniture)
            add_furniture(b, &aside->unit);
        else if (aside->unit.kind == GB_BLOCK_COMMENT)
            gb_add_comment(b, &aside->unit);
        else if (aside->unit.kind == GB_BLOCK_META)
            gb_take_meta(b, aside->unit.block);
    }
}

/* The line before, in the same paragraph, cannot end there: 应符合表1和 / 表2的规定. */
static bool
goes_on_a_line(const struct gb_builder *b, size_t i)
{
    const struct gb_unit *u = &b->units[i];

    return i > 0 && !u->is_first && !u->after_hard_break && b->units[i - 1].block == u->block &&
           gb_is_left_open(b->units[i - 1].text.str);
}

/* The line before ends behind a mention of an item: 应符合a)和 / b)的规定. */
static bool
goes_on_an_item(const struct gb_builder *b, size_t i)
{
    GB_WORDS(brackets, ")", "）");
    GB_WORDS(joints, "和", "与", "及", "或", "、", "至");

    if (!goes_on_a_line(b, i))
        return false;
    struct gb_str line = b->units[i - 1].text.str;
    for (size_t k = 0; k < GB_COUNT(joints); k++) {
        if (!gb_str_ends(line, joints[k]))
            continue;
        struct gb_str mention = gb_str_sub(line, 0, line.len - joints[k].len);
        for (size_t j = 0; j < GB_COUNT(brackets); j++) {
            size_t width = brackets[j].len;
            if (gb_str_ends(mention, brackets[j]) && mention.len > width) {
                char c = mention.ptr[mention.len - width - 1];
                return gb_is_lower(c) || gb_is_digit(c);
            }
        }
    }
    return false;
}

/* The line before, in the same paragraph, leaves a bracket open: （eqv / ISO 639-2:1998）. */
static bool
is_inside_bracket(const struct gb_builder *b, size_t i)
{
    const struct gb_unit *u = &b->units[i];

    if (i == 0 || u->is_first || b->units[i - 1].block != u->block)
        return false;
    struct gb_str before = b->units[i - 1].text.str, open = GB_STR("（"), close = GB_STR("）");
    size_t last = GB_NOT_FOUND;
    GB_EACH_FOUND(at, before, open, 0)
        last = at;
    return last != GB_NOT_FOUND && gb_str_find(before, close, last) == GB_NOT_FOUND && gb_str_has(u->text.str, close);
}

/* 引言, alone on a line below the last sentence of the foreword. */
static bool
opens_introduction(const struct gb_builder *b, size_t i)
{
    return b->zone == GB_ZONE_FOREWORD && i > 0 && gb_mark_fixed(b->units[i].text.str) == GB_FIXED_INTRO &&
           gb_ends_sentence(b->units[i - 1].text.str);
}

bool
gb_is_structural(const struct gb_builder *b, size_t i)
{
    const struct gb_unit *u = &b->units[i];
    struct gb_number_mark number;
    struct gb_caption_mark caption;
    struct gb_note_mark note;
    struct gb_item_mark item;
    struct gb_annex_mark annex;
    struct gb_str line = u->text.str;

    if (!gb_unit_is_line(u) || u->starts_item || u->begins_para)
        return true;
    return gb_is_bare_heading(b, i) || (gb_ends_with(line, "献料件引") && heads_end_matter(b, i)) ||
           opens_introduction(b, i) || (gb_marks_item(b, i, &item) && !goes_on_an_item(b, i)) ||
           (gb_mark_note(line, &note) && note.has_colon) ||
           (gb_mark_caption(line, &caption) && !goes_on_a_line(b, i)) || gb_opens_clause(b, i, &number) ||
           gb_opens_annex(b, i, &annex) || gb_str_starts(line, GB_STR("[来源")) ||
           (b->terms && line.len && line.ptr[0] == '[' &&
            gb_mark_code(gb_str_skip(line, 1)) > 0) || /* [GB/T …，定义3.2] */
           gb_str_starts(line, GB_STR("式中：")) ||
           gb_str_starts(line, GB_STR("式中:")) || gb_str_starts(line, GB_STR("{无标题条")) ||
           gb_is_formula_line(b, i) || gb_is_title_line(b, i) ||
           (b->at && b->at->role == GB_ROLE_REFERENCES && gb_mark_code(line) > 0 && !is_inside_bracket(b, i));
}

/* A number that fits opens a clause, or in the terms chapter a term entry. */
static void
take_numbered(struct gb_builder *b, const struct gb_number_mark *mark)
{
    bool may_be_term = b->terms && mark->num.n > 1 && !mark->num.letter && !gb_is_group_of_terms(b, b->i, mark);

    if (!may_be_term || !gb_take_term(b, mark))
        gb_take_clause(b, mark);
}

/* 全文完 or the end line, behind which only the imprint may follow: a line to be filled in ends nothing. */
static bool
ends_document(const struct gb_builder *b)
{
    enum { IMPRINT = 12 };

    if (b->n - b->i > IMPRINT || b->units[b->i].item || gb_mark_fixed(b->units[b->i].text.str) != GB_FIXED_END)
        return false;
    for (size_t k = b->i + 1; k < b->n; k++) {
        struct gb_number_mark mark;
        struct gb_annex_mark annex;
        if (gb_unit_is_heading(&b->units[k]) || gb_opens_annex(b, k, &annex) || gb_opens_clause(b, k, &mark))
            return false;
    }
    return true;
}

/*
 * 条文说明 behind the text of a standard for engineering construction: it goes through the clauses again, and none of what it says is
 * a provision. Nor is what stands before it: 本规程用词说明, which quotes 必须 and 严禁, and 引用标准名录.
 */
static bool
begins_explanation(const struct gb_builder *b, size_t i)
{
    GB_WORDS(titles, "条文说明", "附：条文说明", "附:条文说明", "附条文说明", "本规范条文说明", "本标准条文说明",
             "本规程条文说明");
    const struct gb_unit *u = &b->units[i];
    enum { LONGEST = 12 };
    bool is_alone = u->is_first && gb_ends_with(u->text.str, "明录") &&
                    (gb_unit_is_heading(u) || i + 1 == b->n || b->units[i + 1].block != u->block);

    if ((!is_alone && !b->has_general) || !gb_unit_is_text(u) || u->item || u->is_quoted || b->zone < GB_ZONE_BODY ||
        b->last_chapter < 2)
        return false;
    GB_WORDS(before, "用词说明", "用语说明", "引用标准名录");
    if (is_alone && b->has_general && gb_str_han_length(u->text.str) < LONGEST && GB_ENDS_ANY(u->text.str, before))
        return true;
    GB_FIND(title, titles, is_alone ? GB_COUNT(titles) : 0, gb_str_same(u->text.str, *title));
    return title ? gb_counts_anew_behind(b, i) : gb_counts_from_start(b, i);
}

/* What explains is kept as remarks are. */
static void
take_explanation(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];

    if (gb_unit_is_text(u))
        gb_add(b, b->root, GB_NODE_COMMENT, gb_unit_encoding(u), &u->text)->text = u->text;
    b->i++;
}

/* The head of an annex, of an element without number, or of a numbered clause. */
static bool
take_head(struct gb_builder *b)
{
    struct gb_number_mark mark;
    struct gb_annex_mark annex;

    if (gb_opens_annex(b, b->i, &annex)) {
        gb_take_annex(b, &annex);
        return true;
    }
    if (take_unnumbered_element(b) || take_headed_entry(b))
        return true;
    if (!gb_opens_clause(b, b->i, &mark))
        return false;
    take_numbered(b, &mark);
    return true;
}

/* 通用, above the heading of a term with its English: a group of terms in a draft without numbers. */
static bool
heads_terms(const struct gb_builder *b, size_t i)
{
    const struct gb_unit *u = &b->units[i];
    size_t k = i + 1;

    return k < b->n && gb_unit_is_heading(&b->units[k]) && b->units[k].block->level > u->block->level &&
           gb_split_foreign(b->units[k].text.str) < b->units[k].text.str.len;
}

static void
take_heading(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_number_mark mark;

    if (u->text.str.len == 0 && u->block->label.str.len == 0) { /* an empty heading says nothing */
        b->i++;
        return;
    }
    if (gb_take_furniture(b) || gb_take_labelled_clause(b))
        return;
    if (take_head(b))
        return;
    if (gb_take_source(b) || gb_take_reference(b) || gb_take_caption(b) || gb_take_note(b) || gb_take_item(b))
        return;
    bool is_clause = !b->doc->has_numbers && b->terms && gb_split_foreign(u->text.str) == u->text.str.len &&
                     (u->block->level <= b->terms->depth || heads_terms(b, b->i));
    if (b->terms && !is_clause && gb_take_term(b, NULL))
        return;
    if (gb_take_unnumbered_clause(b))
        return;
    if (ends_document(b)) {
        b->i = b->n;
        return;
    }
    gb_close_lists(b);
    if (gb_mark_number(u->text.str, &mark) && mark.num.n == 1 && !mark.num.letter)
        b->stray_number = mark.num.part[0];
    struct gb_node *para = gb_add_para(b, b->at, &u->text, GB_ENCODING_HEADING);
    para->depth = u->block->level;
    b->i++;
}

/*
 * Markdown takes lines that follow an item without a blank line for lines of the item. Where a clause or annex begins among
 * them the list has ended.
 */
static void
leave_item(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_number_mark number;
    struct gb_annex_mark annex;

    if (!u->item || u->is_first || u->starts_item ||
        (!gb_opens_clause(b, b->i, &number) && !gb_opens_annex(b, b->i, &annex)))
        return;
    for (size_t k = b->i; k < b->n && b->units[k].block == u->block; k++) {
        b->units[k].item = NULL;
        b->units[k].list_level = 0;
    }
}

static void
take_line(struct gb_builder *b)
{
    gb_restore_item_number(b);
    leave_item(b);
    if (take_head(b))
        return;
    if (gb_take_furniture(b) || (gb_is_bare_heading(b, b->i) && gb_take_unnumbered_clause(b)))
        return;
    if (ends_document(b)) {
        b->i = b->n;
        return;
    }
    if (gb_take_noted_clause(b) || gb_take_source(b) || gb_take_bibliography_entry(b) || gb_take_reference(b) ||
        gb_take_caption(b) || gb_take_note(b) || gb_take_formula_line(b))
        return;
    if (b->terms && gb_take_term(b, NULL))
        return;
    if (gb_take_abbreviation(b) || gb_take_item(b) || gb_take_legend(b))
        return;
    gb_take_paragraph(b, NULL);
}

bool
gb_take_object(struct gb_builder *b)
{
    static void (*const takers[])(struct gb_builder *) = {
        [GB_BLOCK_TABLE] = gb_take_table,           [GB_BLOCK_IMAGE] = gb_take_picture,
        [GB_BLOCK_FIGURE] = gb_take_figure_element, [GB_BLOCK_CODE] = gb_take_code,
        [GB_BLOCK_FORMULA] = gb_take_formula,       [GB_BLOCK_COMMENT] = gb_take_remnant,
        [GB_BLOCK_NOTE] = gb_take_container,        [GB_BLOCK_EXAMPLE] = gb_take_container,
    };
    enum gb_block_kind kind = b->units[b->i].kind;

    if (kind >= GB_COUNT(takers) || !takers[kind])
        return false;
    takers[kind](b);
    return true;
}

static void
take_body(struct gb_builder *b)
{
    switch (b->units[b->i].kind) {
    case GB_BLOCK_HEADING:
        take_heading(b);
        break;
    case GB_BLOCK_PARA:
        take_line(b);
        break;
    case GB_BLOCK_TERM:
        gb_take_term_element(b);
        break;
    case GB_BLOCK_ITEM:
        gb_take_item(b);
        break;
    case GB_BLOCK_REF:
        if (!gb_take_bibliography_entry(b) && !gb_take_reference(b))
            gb_take_paragraph(b, NULL);
        break;
    case GB_BLOCK_SOURCE:
        if (!gb_take_source(b))
            gb_take_paragraph(b, NULL);
        break;
    default:
        if (!gb_take_object(b))
            b->i++;
        break;
    }
}

/* 0 前言, 0.1 背景: what stands before the body may have a number where the body has none. */
static bool
is_before_body(const struct gb_unit *u, const struct gb_number_mark *mark)
{
    enum gb_fixed_title fixed = gb_mark_fixed(gb_str_skip(u->text.str, mark->rest));

    return (mark->num.part[0] == 0 && !mark->num.letter) || fixed == GB_FIXED_FOREWORD || fixed == GB_FIXED_INTRO;
}

/* Are there clause numbers in the text at all? Numbers of the contents list do not count. */
static bool
has_numbers(const struct gb_builder *b)
{
    bool plain_scope = false, in_contents = false;

    for (size_t i = 0; i < b->n; i++) {
        const struct gb_unit *u = &b->units[i];
        struct gb_number_mark mark;
        if (u->is_quoted || u->item)
            continue;
        bool is_text = gb_unit_is_text(u);
        enum gb_fixed_title own = is_text ? gb_mark_fixed(u->text.str) : GB_FIXED_NONE;
        if (own == GB_FIXED_SCOPE && gb_is_bare_scope(b, i))
            plain_scope = true;
        if (own == GB_FIXED_TOC)
            in_contents = true;
        else if (gb_unit_is_heading(u) || (is_text && gb_ends_with(u->text.str, "。；")))
            in_contents = false;
        if (in_contents)
            continue;
        if (gb_unit_is_heading(u)) {
            plain_scope = plain_scope || own == GB_FIXED_SCOPE || own == GB_FIXED_REFERENCES;
            if (u->block->flags & GB_BLOCK_ANNEX)
                continue;
            if (u->block->label.str.len)
                return true;
            if (gb_mark_number(u->text.str, &mark) && mark.num.part[0] <= GB_LARGEST_CHAPTER &&
                !is_before_body(u, &mark))
                return true;
        } else if (gb_unit_is_line(u) && !plain_scope && gb_mark_number(u->text.str, &mark) &&
                   mark.num.part[0] <= GB_LARGEST_CHAPTER) { /* 2026.02.10 is a date */
            struct gb_entry_mark entry = gb_mark_entry(u->text.str);
            if (entry.page_begin == entry.page_end && !entry.has_leader &&
                (mark.num.n > 1 || gb_mark_fixed(gb_str_skip(u->text.str, mark.rest)) == GB_FIXED_SCOPE))
                return true;
        }
    }
    return false;
}

struct gb_doc *
gb_build_clauses(struct gb_blocks *blocks)
{
    struct gb_arena *arena = blocks->arena;
    struct gb_builder b = {.arena = arena, .blocks = blocks, .doc = gb_arena_new(arena, struct gb_doc)};

    b.doc->arena = arena;
    b.doc->source = blocks->source;
    b.doc->format = blocks->format;
    b.doc->has_front_matter = blocks->has_front_matter;
    b.doc->blanks_matter = gb_str_is(blocks->format, "markdown");
    b.doc->n_faults = (uint32_t)blocks->faults.len;
    b.doc->faults =
        gb_arena_copy_bytes(arena, blocks->faults.items, blocks->faults.len * sizeof(*blocks->faults.items));
    for (uint32_t i = 0; i < b.doc->n_faults; i++)
        b.doc->is_partial = b.doc->is_partial || b.doc->faults[i].kind != GB_FAULT_ID;
    b.root = b.doc->root = gb_node_new(arena, GB_NODE_DOC, GB_ENCODING_NONE);
    b.at = b.root;
    size_t looked = 0;
    b.looked = &looked;
    gb_make_units(&b);
    b.doc->has_numbers = has_numbers(&b);
    while (place_asides(&b), b.i < b.n && gb_take_front(&b))
        ;
    while (place_asides(&b), b.i < b.n) {
        size_t before = b.i;
        if (!b.explains && begins_explanation(&b, b.i)) {
            gb_close_lists(&b);
            b.explains = true;
            b.at = b.root;
        }
        if (b.explains)
            take_explanation(&b);
        else
            take_body(&b);
        if (b.i == before)
            b.i++;
    }
    gb_attach_footnotes(&b);
    gb_untitle_sentences(&b);
    free(b.units);
    gb_array_release(&b.asides);
    if (b.cover) {
        b.root->code = b.cover->u.cover->code;
        b.root->title = b.cover->u.cover->title;
        b.root->en = b.cover->u.cover->en;
    }
    const struct gb_node *title = gb_node_child(b.root, GB_NODE_TITLE);
    if (title && b.root->title.str.len == 0)
        b.root->title = title->title;
    if (title && b.root->en.str.len == 0)
        b.root->en = title->en;
    b.doc->is_standard = gb_is_standard(&b);
    return b.doc;
}
