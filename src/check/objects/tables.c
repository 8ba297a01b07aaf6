/*
 * Tables as wholes: their numbers, whether they have one, a title, and a mention: TBL-001 to TBL-004. Captions are judged in
 * table_captions.c, cells in table_cells.c.
 */
#include "check/objects/tables_priv.h"

#include "check/annexes/annex_priv.h"
#include "check/clause_priv.h"
#include "check/structure/elements_priv.h"

/* ---- What is what ---- */

bool
gb_table_is_own(const struct gb_node *table)
{
    if (GB_ANY(GB_CHAIN(n, table->parent, n->parent),
               GB_AMONG(n->kind, GB_NODE_EXAMPLE, GB_NODE_NOTE, GB_NODE_FOOTNOTE, GB_NODE_FIGURE, GB_NODE_TERM,
                        GB_NODE_WHERE) ||
                   (n->kind == GB_NODE_ANNEX && gb_object_is_of_sample(table, n))))
        return false;
    enum gb_zone zone = gb_zone_of(table);
    return GB_AMONG(zone, GB_ZONE_BODY, GB_ZONE_NORMATIVE_ANNEX, GB_ZONE_INFORMATIVE_ANNEX) ||
           (GB_AMONG(zone, GB_ZONE_TERMS, GB_ZONE_SYMBOLS, GB_ZONE_INTRO) && gb_object_has_number(table));
}

size_t
gb_table_part_letter(const struct gb_node *table)
{
    struct gb_str head = table->head.str, number = table->number.str;
    size_t at = gb_object_has_number(table) ? gb_str_find(head, number, 0) : GB_NOT_FOUND, next;

    if (at == GB_NOT_FOUND || at > strlen("表") + 4)
        return GB_NOT_FOUND;
    at += number.len;
    bool has_bracket = GB_STARTS_WITH(gb_str_skip(head, at), "（", "("); /* 表5（a） */
    if (has_bracket)
        at += head.ptr[at] == '(' ? 1 : strlen("（");
    if (at >= head.len || head.ptr[at] < 'a' || head.ptr[at] > 'z')
        return GB_NOT_FOUND;
    if (has_bracket) {
        uint32_t close = at + 1 < head.len ? gb_utf8_at(head, at + 1, &next) : 0;
        return close == ')' || close == U'）' ? at : GB_NOT_FOUND;
    }
    uint32_t behind = at + 1 < head.len ? gb_utf8_at(head, at + 1, &next) : ' ';
    return gb_char_is_space(behind) || behind == ')' || behind == U'）' ? at : GB_NOT_FOUND;
}

bool
gb_table_is_form(const struct gb_node *table)
{
    enum { SHARE = 4 };
    const struct gb_table *t = table->u.table;

    return t && GB_HOW_MANY(GB_EACH_CELL(cell, table), gb_cell_is_empty(cell)) * SHARE > t->n_cells;
}

struct gb_at
gb_table_at(const struct gb_node *table)
{
    const struct gb_table *t = table->u.table;

    GB_FIND(cell, t->cells, t ? t->n_cells : 0, !gb_cell_is_empty(cell));
    return cell ? gb_at_text(&cell->text) : gb_at_lines(table->span);
}

/* ---- TBL-001: the numbers in their order ---- */

/* 表2a is a part of table 2. */
static bool
is_whole(const struct gb_node *table)
{
    return gb_table_part_letter(table) == GB_NOT_FOUND;
}

/*
 * Tables are numbered from 1 on, whatever chapters they stand in; those of annexes have ANX-008. Source: GB/T 1.1—2020, 9.8.2.1;
 * 2009, 7.4.2.
 */
static void
check_sequence(struct gb_check *c)
{
    static const struct gb_object_run run = {GB_NODE_TABLE, GB_MENTION_TABLE, "表", is_whole};

    gb_judge_object_run(c, &run);
}

/* ---- TBL-002: tables without number ---- */

/* 表1, 续表: words that a caption begins with. */
static bool
begins_like_caption(struct gb_str s)
{
    if (gb_str_starts(s, GB_STR("续")))
        return true;
    if (!gb_str_starts(s, GB_STR("表")))
        return false;
    uint32_t ch = gb_char_at(s, gb_str_skip_space(s, strlen("表")));
    return gb_char_digit(ch) >= 0 || gb_is_upper(ch);
}

/* 表3用于记录主数据的属性，如全称、简称。: begins like a caption, and says more than one. */
static bool
is_sentence(struct gb_str s)
{
    return gb_str_ends(s, GB_STR("。")) && gb_str_has(s, GB_STR("，"));
}

/* A caption, or what a conversion left of one; or what the table belongs to. Another table with a caption of its own is none. */
static bool
may_be_caption(const struct gb_node *node)
{
    return node &&
           ((node->kind == GB_NODE_TABLE && !(node->head.str.len && node->u.table && node->u.table->n_cells)) ||
            GB_AMONG(node->kind, GB_NODE_FIGURE, GB_NODE_EXAMPLE, GB_NODE_WHERE) ||
            (node->kind != GB_NODE_NOTE && begins_like_caption(node->text.str) && !is_sentence(node->text.str)));
}

/* In its first row stands the caption, or in the last one of the table before, which took the line below it for a row. */
static bool
has_caption_inside(const struct gb_node *table, const struct gb_node *before)
{
    const struct gb_table *t = table->u.table, *above = before ? before->u.table : NULL;

    if (begins_like_caption(gb_text_trim(&t->cells[0].text).str))
        return true;
    for (uint32_t i = above ? above->n_cells : 0; i-- > 0 && above->cells[i].row + 1 == above->rows;) {
        if (begins_like_caption(gb_text_trim(&above->cells[i].text).str))
            return true;
    }
    return false;
}

/* A short line without end mark right before the table: a title that lacks label and number. */
static bool
is_bare_title(const struct gb_node *node)
{
    enum { LONGEST = 25 };

    if (!node || node->kind != GB_NODE_PARA || !node->text.str.len || GB_HAS_ONE_OF(node->text.str, "单位", "\n") ||
        gb_str_han_length(node->text.str) > LONGEST)
        return false;
    size_t at;
    uint32_t last = gb_last_char(node->text.str, &at);
    return gb_str_han_length(node->text.str) >= 2 && !gb_is_one_of(last, "。：；，:;.！？,、");
}

/* The rest of the table before it that a page end or a line of text cut off. */
static bool
is_cut_off(const struct gb_node *table, const struct gb_node *before)
{
    return before && before->u.table && table->u.table->columns == before->u.table->columns &&
           gb_node_clause(before) == gb_node_clause(table);
}

static bool
lacks_number(const struct gb_node *table, const struct gb_node *before)
{
    const struct gb_table *t = table->u.table;

    return table->num.n == 0 && !table->number.str.len && table->encoding != GB_ENCODING_LOST && t && t->n_cells &&
           t->rows >= 2 && t->columns >= 2 && gb_table_is_own(table) && !gb_table_is_form(table) &&
           !gb_cell_is_empty(&t->cells[0]) && !may_be_caption(gb_caption_before(table)) &&
           !may_be_caption(gb_object_behind(table)) && !is_cut_off(table, before) && !has_caption_inside(table, before);
}

/* Most tables have none: the style of the draft, or a conversion that lost the captions. */
static bool
has_mostly_nameless(const struct gb_nodes *all)
{
    size_t n_nameless = 0, n_numbered = 0;

    for (uint32_t i = 0; i < all->n; i++) {
        bool is_nameless = all->items[i]->num.n == 0 && gb_table_is_own(all->items[i]);
        n_nameless += is_nameless;
        n_numbered += gb_object_has_number(all->items[i]);
    }
    return n_nameless > 1 && n_nameless > n_numbered;
}

static struct gb_finding *
report_nameless(struct gb_check *c, const struct gb_node *table, bool is_style)
{
    const struct gb_node *before = gb_caption_before(table);

    if (is_style)
        return gb_report_case(c, "many", gb_table_at(table), table, GB_NO_ARGS);
    if (is_bare_title(before)) {
        struct gb_text title = before->text;
        if (GB_STARTS_WITH(title.str, "表　", "表 "))
            title = gb_text_slice(&title, strlen("表"), title.str.len);
        title = gb_text_trim(&title);
        return gb_report_case(c, "title", gb_at_text(&before->text), table, GB_ARGS(title.str));
    }
    return gb_report(c, gb_table_at(table), table, GB_NO_ARGS);
}

/* 表5-1: a number that follows the chapter, though the tables of the body are counted through. */
static bool
has_chapter_number(const struct gb_node *table)
{
    return gb_object_has_number(table) && table->num.n == 2 && !table->num.letter && gb_table_is_own(table) &&
           !gb_node_inside(table, GB_NODE_ANNEX);
}

/* Source: GB/T 1.1—2020, 9.8.2.1; 2009, 7.4.2. */
static void
check_numbered(struct gb_check *c)
{
    const struct gb_nodes *all = &c->facts->of_kind[GB_NODE_TABLE];
    struct gb_finding *form = NULL;

    for (uint32_t i = 0; i < all->n; i++) {
        if (!has_chapter_number(all->items[i]))
            continue;
        form = gb_report_one(c, form, "form", gb_at_label(all->items[i]), all->items[i],
                             GB_ARGS(all->items[i]->number.str));
    }
    bool is_style = has_mostly_nameless(all), is_told = false;
    for (uint32_t i = 0; i < all->n && !is_told; i++) {
        if (!lacks_number(all->items[i], i ? all->items[i - 1] : NULL))
            continue;
        report_nameless(c, all->items[i], is_style);
        is_told = is_style;
    }
}

/* ---- TBL-003, TBL-004: titles and mentions ---- */

static bool
is_judged_for_title(const struct gb_node *table)
{
    return gb_object_has_number(table) && gb_table_is_there(table) && gb_table_is_own(table) && is_whole(table) &&
           !gb_str_has(table->head.str, GB_STR("续"));
}

static bool
lacks_title(const struct gb_node *table)
{
    return !is_bare_title(gb_caption_before(table));
}

static bool
is_due(const struct gb_node *table)
{
    return gb_table_is_there(table) && gb_table_is_own(table) && !gb_str_has(table->head.str, GB_STR("续"));
}

GB_WORDS(pointers, "下表", "下列表", "本表", "表中", "附表", "上表");

static const struct gb_captioned tables = {
    GB_NODE_TABLE, GB_MENTION_TABLE, "表", pointers, GB_COUNT(pointers), is_judged_for_title, lacks_title, is_due,
};

/* Source: GB/T 1.1—2020, 9.8.2.2; 2009, 7.4.3. */
GB_CHECK_WHOLE(check_titles, gb_judge_titles(c, &tables))

/* Source: GB/T 1.1—2020, 9.8.1.2; 2009, 7.4.1. */
GB_CHECK_WHOLE(check_mentioned, gb_judge_mentioned(c, &tables))

const struct gb_check_def gb_table_checks[] = {
    {.name = "table-sequence", .whole = check_sequence, .cases = "double missing"},
    {.name = "table-number", .whole = check_numbered, .cases = "form title many"},
    {.name = "table-titles", .whole = check_titles, .cases = "none"},
    {.name = "table-mentioned", .whole = check_mentioned},
    {0},
};
