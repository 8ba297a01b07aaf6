/*
 * What may stand inside of an element, and what stands outside of all: STR-005, STR-013, STR-015, STR-018 to
 * STR-020, FWD-013.
 */
#include "check/clause_priv.h"
#include "check/structure/elements_priv.h"
#include "check/objects/tables_priv.h"

/* ---- Words of a text ---- */

static struct gb_str
bare_end(struct gb_str s)
{
    GB_WORDS(marks, "：", ":", " ", "　", "\n");

    GB_FIND(mark, marks, GB_COUNT(marks), gb_str_ends(s, *mark));
    return mark ? bare_end(gb_str_sub(s, 0, s.len - mark->len)) : s;
}

/* Han from the first character on, 2 to 16 of them, and no mark of a sentence. */
static bool
looks_like_title(struct gb_str s)
{
    GB_WORDS(marks, "。", "；", "：", "，", "！", "？", ";", ":", ",", "=", "＝", "\n", "“", "《", "$");
    size_t next, n = gb_str_han_length(s);

    return n >= 2 && n <= 16 && gb_char_is_han(gb_utf8_at(s, 0, &next)) && !GB_HAS_ANY(s, marks);
}

static bool
is_heading(const struct gb_node *node)
{
    return node->kind == GB_NODE_PARA && node->encoding == GB_ENCODING_HEADING;
}

/* ---- STR-005: references are one list ---- */

/* 国家标准： between the entries. */
static bool
is_group_label(const struct gb_node *para)
{
    GB_WORDS(ends, "标准", "文件", "法规", "规章", "规范", "规程", "其他", "其它");
    struct gb_str s = bare_end(para->text.str);

    return para->kind == GB_NODE_PARA && gb_str_han_length(s) <= 12 && looks_like_title(s) && GB_ENDS_ANY(s, ends);
}

/* Source: GB/T 1.1—2020, 8.6.1. Once, at the first division. */
static void
check_references_divided(struct gb_check *c, const struct gb_node *chapter)
{
    struct gb_finding *f = NULL;
    bool has_entries = false;

    if (chapter->role != GB_ROLE_REFERENCES)
        return;
    for (const struct gb_node *n = chapter->first; n; n = n->next)
        has_entries = has_entries || n->kind == GB_NODE_REFS || n->kind == GB_NODE_CLAUSE;
    for (const struct gb_node *n = has_entries ? chapter->first : NULL; n; n = n->next) {
        bool is_title = n->kind == GB_NODE_CLAUSE || (is_heading(n) && looks_like_title(n->text.str));
        if (!is_title && !is_group_label(n))
            continue;
        struct gb_str name = n->kind == GB_NODE_CLAUSE && n->title.str.len ? n->title.str : bare_end(n->text.str);
        if (f)
            gb_also(c, f, gb_at_head(n), gb_say(c, "另一处分组", "another group"));
        else
            f = gb_report_case(c, is_title ? NULL : "label", gb_at_head(n), n, GB_ARGS(name));
    }
}

/* ---- STR-013: forms of content ---- */

static const struct {
    enum gb_element element;
    const char *name;
    uint32_t forbidden;
} forms[] = {
    {GB_ELEMENT_FOREWORD, "前言", GB_ON(TABLE) | GB_ON(FIGURE) | GB_ON(FORMULA) | GB_ON(EXAMPLE)},
    {GB_ELEMENT_SCOPE, "范围", GB_ON(FIGURE) | GB_ON(FORMULA) | GB_ON(EXAMPLE)},
    {GB_ELEMENT_REFERENCES, "规范性引用文件", GB_ON(TABLE) | GB_ON(FIGURE) | GB_ON(FORMULA) | GB_ON(EXAMPLE)},
    {GB_ELEMENT_TERMS, "术语和定义", GB_ON(TABLE) | GB_ON(FOOTNOTE)},
    {GB_ELEMENT_BIBLIO, "参考文献", GB_ON(TABLE) | GB_ON(FIGURE) | GB_ON(FORMULA) | GB_ON(EXAMPLE)},
};

static const char *
form_name(enum gb_node_kind kind)
{
    switch (kind) {
    case GB_NODE_TABLE:
        return "表";
    case GB_NODE_FIGURE:
        return "图";
    case GB_NODE_FORMULA:
        return "数学公式";
    case GB_NODE_FOOTNOTE:
        return "脚注";
    default:
        return "示例";
    }
}

/* A picture that nobody numbered or named may be a logo; a table of one column, a box. */
static bool
is_proper(const struct gb_node *node)
{
    bool is_named = node->number.str.len || node->title.str.len;

    if (node->kind == GB_NODE_FIGURE)
        return is_named || node->flags & GB_NODE_FLOWCHART;
    if (node->kind == GB_NODE_TABLE)
        return is_named || (node->u.table && node->u.table->rows >= 2 && node->u.table->columns >= 2);
    return true;
}

/* The list of references in the form of a table that the reader could not take apart. */
static bool
lists_documents(const struct gb_node *table)
{
    return GB_ANY(GB_EACH_CELL(cell, table), GB_HAS_ONE_OF(cell->text.str, "GB", "/T", "ISO"));
}

static bool
stands_among_symbols(const struct gb_node *node)
{
    while (node &&
           !(node->role == GB_ROLE_SYMBOLS || node->role == GB_ROLE_TERMS_SYMBOLS || node->kind == GB_NODE_ABBR))
        node = node->parent;
    return node != NULL;
}

/* Its caption; the first cell of a table without one. */
static struct gb_at
form_place(const struct gb_node *node)
{
    return node->kind == GB_NODE_TABLE && !node->head.n_runs ? gb_table_at(node) : gb_at_head(node);
}

/* Source: GB/T 1.1—2020, table 3, 8.3, 8.5, 8.6, 8.7.3.1. */
static void
check_form_of_content(struct gb_check *c, const struct gb_node *node)
{
    const struct gb_node *top = gb_node_top(node);
    enum gb_element element = gb_element_of(top);

    if (!is_proper(node))
        return;
    for (size_t i = 0; i < GB_COUNT(forms); i++) {
        if (forms[i].element != element || !(forms[i].forbidden >> node->kind & 1))
            continue;
        if (element == GB_ELEMENT_TERMS &&
            (top->role != GB_ROLE_TERMS || stands_among_symbols(node) || !c->doc->has_numbers))
            return;
        if (node->kind == GB_NODE_TABLE && element >= GB_ELEMENT_REFERENCES && element != GB_ELEMENT_TERMS &&
            lists_documents(node))
            return;
        gb_report_case(c, element == GB_ELEMENT_FOREWORD ? NULL : "element", form_place(node), node,
                       GB_ARGS(gb_str_from(forms[i].name), gb_str_from(form_name(node->kind))));
        return;
    }
}

/* FWD-013, where STR-013 is off. Source: GB/T 1.1—2020, 8.3; 2009, 6.1.3. */
static void
check_foreword_figures(struct gb_check *c, const struct gb_node *node)
{
    if (is_proper(node) && gb_element_of(gb_node_top(node)) == GB_ELEMENT_FOREWORD)
        gb_report(c, form_place(node), node, GB_ARGS(gb_str_from(form_name(node->kind))));
}

/* ---- STR-015: clauses without content ---- */

static bool
is_empty(const struct gb_node *clause)
{
    GB_FIND_NEXT(n, clause->first, n->next, n->kind != GB_NODE_COMMENT);
    return !n && (clause->kind == GB_NODE_CLAUSE || clause->kind == GB_NODE_ANNEX) && clause->text.str.len == 0;
}

/*
 * A short line without a full stop is read as a title, but may be the whole provision; what a title names may
 * be a picture or table that a conversion lost.
 */
static bool
may_be_content(const struct gb_node *clause)
{
    GB_WORDS(marks, "严禁", "禁止", "：", "，", "；", "。", ":", ",", ";", "≤", "≥", "=", "（见", "删除", "空章",
             "略）", "不少于", "不大于", "不低于", "不超过");
    GB_WORDS(objects, "图", "表", "示意", "式样", "样式", "格式");
    bool is_line = clause->encoding != GB_ENCODING_HEADING && clause->encoding != GB_ENCODING_ELEMENT;

    return GB_HAS_ANY(clause->title.str, marks) || gb_title_has_modal(clause->title.str) ||
           GB_ENDS_ANY(clause->title.str, objects) || gb_str_han_length(clause->title.str) > (is_line ? 8u : 20u);
}

static bool
is_empty_too(const struct gb_node *other, const struct gb_node *clause)
{
    return other->kind == GB_NODE_CLAUSE &&
           (is_empty(other) || (other->num.n && gb_number_cmp(&other->num, &clause->num) == 0));
}

/* Neighbours without content: a list of names, a skeleton, or contents that were not told from the text. The nearest
 * are looked at first: where clauses without content are many, each has one near. */
static bool
has_empty_sibling(const struct gb_node *clause)
{
    bool is_line = clause->encoding != GB_ENCODING_HEADING && clause->encoding != GB_ENCODING_ELEMENT;
    bool is_alone = true;

    for (const struct gb_node *prev = clause->prev, *next = clause->next; prev || next;
         prev = prev ? prev->prev : NULL, next = next ? next->next : NULL) {
        if ((prev && is_empty_too(prev, clause)) || (next && is_empty_too(next, clause)))
            return true;
        is_alone &= (!prev || prev->kind != GB_NODE_CLAUSE) && (!next || next->kind != GB_NODE_CLAUSE);
    }
    return is_line && is_alone;
}

/* An annex with its nature and a heading of its own, the only one of its letter, and no form or drawing that a conversion lost. */
static void
judge_annex(struct gb_check *c, const struct gb_node *annex)
{
    bool is_headed = annex->encoding == GB_ENCODING_HEADING || annex->encoding == GB_ENCODING_ELEMENT;

    if (!is_empty(annex) || !is_headed || annex->nature == GB_NATURE_NONE || !annex->title.str.len ||
        annex->flags & GB_NODE_GIVEN || may_be_content(annex))
        return;
    GB_EACH_NODE(other, &c->facts->of_kind[GB_NODE_ANNEX]) {
        if (other != annex && (is_empty(other) || other->num.letter == annex->num.letter))
            return;
    }
    gb_report(c, gb_at_head(annex), annex,
              GB_ARGS(gb_arena_printf(c->arena, "附录%c　%.*s", annex->num.letter, GB_FMT(annex->title.str))));
}

/* A clause that only holds another such one is not judged either: the inner one is. */
static void
check_empty_clause(struct gb_check *c, const struct gb_node *clause)
{
    const struct gb_node *next = gb_node_walk(clause, c->doc->root);

    if (clause->kind == GB_NODE_ANNEX) {
        judge_annex(c, clause);
        return;
    }
    if (!gb_node_is_titled(clause) || clause->role != GB_ROLE_NONE || !is_empty(clause) ||
        gb_node_inside(clause, GB_NODE_INTRO) || gb_node_inside(clause, GB_NODE_FOREWORD))
        return;
    if (gb_element_of(gb_node_top(clause)) == GB_ELEMENT_BIBLIO || may_be_content(clause) ||
        has_empty_sibling(clause) || gb_clause_is_inventory(clause->parent))
        return;
    /* "5" without its clauses, then 5.1 elsewhere: the tree is at fault. */
    if (next && next->kind == GB_NODE_CLAUSE && (next->num.n > clause->num.n || is_empty(next)))
        return;
    gb_report(c, gb_at_head(clause), clause, GB_ARGS(clause->number.str, clause->title.str));
}

/* ---- STR-018, STR-019: text before the first chapter ---- */

GB_WORDS(notice_words, "重要提示", "危险", "警告", "注意");

static bool
is_notice(const struct gb_node *node)
{
    return node->kind == GB_NODE_NOTE && GB_STARTS_ANY(node->marker.str, notice_words);
}

/* End of the label that one of the words is: behind its colon. 0 when the text does not begin so. */
static size_t
label_end(struct gb_str s, const struct gb_str *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!gb_str_starts(s, words[i]))
            continue;
        struct gb_str rest = gb_str_skip(s, words[i].len);
        if (gb_str_starts(rest, GB_STR("：")))
            return words[i].len + strlen("：");
        if (gb_str_starts(rest, GB_STR(":")))
            return words[i].len + 1;
    }
    return 0;
}

/* 使用安全注意事项：, 高温风险提示：: a short label that ends in a word for a notice. 0 when the text does not begin so. */
static size_t
warning_label_end(struct gb_str s)
{
    GB_WORDS(words, "提示", "提醒", "警示", "警告", "须知", "注意事项");
    enum { LONGEST = 10 };
    size_t colon = gb_str_find(s, GB_STR("："), 0), width = strlen("：");

    if (colon == GB_NOT_FOUND || colon == 0 || gb_str_han_length(gb_str_sub(s, 0, colon)) > LONGEST)
        return 0;
    return GB_ENDS_ANY(gb_str_sub(s, 0, colon), words) ? colon + width : 0;
}

/* 警告——, 警示——: the older form. */
static size_t
dash_label_end(struct gb_str s)
{
    GB_WORDS(words, "警告", "警示", "危险", "注意", "重要提示");

    for (size_t i = 0; i < GB_COUNT(words); i++) {
        struct gb_str rest = gb_str_starts(s, words[i]) ? gb_str_skip(s, words[i].len) : GB_STR("");
        if (GB_STARTS_WITH(rest, "——", "—"))
            return words[i].len + (gb_str_starts(rest, GB_STR("——")) ? strlen("——") : strlen("—"));
    }
    return 0;
}

/* What a conversion leaves between the elements: running heads, page numbers, lines of the contents, English
 * lines. */
static bool
is_left_over(const struct gb_check *c, struct gb_str s)
{
    size_t last = s.len, next, prev;
    uint32_t end = s.len ? gb_utf8_before(s, last, &prev) : 0;

    if (gb_str_han_length(s) < 2 || gb_str_same(s, c->facts->code) || gb_str_same(s, c->doc->root->code.str) ||
        gb_str_same(s, c->doc->root->title.str))
        return true;
    if (gb_char_digit(gb_utf8_at(s, 0, &next)) >= 0 || gb_char_digit(end) >= 0 || gb_char_is_latin(end))
        return true;
    return gb_str_same(s, GB_STR("目次")) || GB_HAS_ONE_OF(s, "……", "...", "··") ||
           GB_STARTS_WITH(s, "附录", "图", "表");
}

static bool
ends_like_sentence(struct gb_str s)
{
    GB_WORDS(ends, "。", "；", "：", "！", "？");

    return GB_ENDS_ANY(s, ends);
}

/* Loose paragraphs in such number show that the front matter was not understood. */
enum { MOST_LOOSE = 6 };

static bool
front_is_clear(const struct gb_node *root)
{
    unsigned n_loose = 0;

    for (const struct gb_node *n = root->first; n && n->kind != GB_NODE_CLAUSE; n = n->next)
        n_loose += n->kind == GB_NODE_PARA;
    return n_loose <= MOST_LOOSE;
}

/* A heading in the foreword, with text of its own below it, that is no element: 注意事项. */
static const struct gb_node *
heading_in_foreword(const struct gb_node *foreword)
{
    GB_WORDS(titles, "规范", "规程", "指南", "导则", "方法", "要求", "术语", "条件", "标准", "通则", "准则", "规则",
             "测定", "符号", "代码", "单位", "起草人", "前言");

    GB_FIND_NEXT(n, foreword->first, n->next,
                 is_heading(n) && looks_like_title(n->text.str) && !GB_ENDS_ANY(n->text.str, titles) && n->next &&
                     n->next->kind == GB_NODE_PARA && ends_like_sentence(n->next->text.str));
    return n;
}

/* Behind the blank or ！ where a label's colon should be. */
static size_t
behind_stop(struct gb_str s, size_t at)
{
    GB_WORDS(marks, "！", "!");

    for (size_t i = 0; i < GB_COUNT(marks); i++)
        at += gb_str_starts(gb_str_skip(s, at), marks[i]) ? marks[i].len : 0;
    return gb_str_skip_space(s, at);
}

/* 警告 使用…… and 警告！使用……: a blank or another mark where the colon should be, or nothing before words that begin anew. */
static size_t
blank_label_end(struct gb_str s)
{
    GB_WORDS(words, "警告", "危险", "重要提示", "注意");
    GB_WORDS(openers, "使用本", "本文件", "本标准", "本部分", "本方法", "试验人员", "使用者");

    for (size_t i = 0; i < GB_COUNT(words); i++) {
        size_t end = words[i].len;
        if (gb_str_starts(s, words[i]) && (behind_stop(s, end) > end || GB_STARTS_ANY(gb_str_skip(s, end), openers)))
            return end;
    }
    return 0;
}

/* Behind one of the words that stand before a colon where one of the four should. */
static size_t
notice_label_end(const struct gb_check *c, struct gb_str s)
{
    const struct gb_str *labels;
    size_t n = gb_param_words(c, "labels", &labels);

    return label_end(s, labels, n);
}

static bool
is_labelled(const struct gb_check *c, const struct gb_node *para)
{
    return notice_label_end(c, para->text.str) || warning_label_end(para->text.str) || dash_label_end(para->text.str) ||
           blank_label_end(para->text.str);
}

/*
 * Text between the elements, from the contents on. Source: GB/T 1.1—2020, 6.2. Once for a run of paragraphs;
 * what follows a notice belongs to it.
 */
static void
check_stray_text(struct gb_check *c)
{
    bool is_behind_front = false, is_in_run = false;

    if (!front_is_clear(c->doc->root))
        return;
    for (const struct gb_node *n = c->doc->root->first; n && n->kind != GB_NODE_CLAUSE && n->kind != GB_NODE_ANNEX;
         n = n->next) {
        enum gb_element element = gb_element_of(n);
        const struct gb_node *heading = n->kind == GB_NODE_FOREWORD ? heading_in_foreword(n) : NULL;
        if (heading)
            gb_report(c, gb_at_text(&heading->text), heading, GB_ARGS(heading->text.str));
        is_behind_front = is_behind_front || (element != GB_ELEMENT_NONE && element != GB_ELEMENT_COVER);
        is_in_run = is_in_run && element == GB_ELEMENT_NONE;
        if (n->kind == GB_NODE_NOTE)
            is_in_run = true;
        if (n->kind != GB_NODE_PARA || !is_behind_front || is_in_run || is_left_over(c, n->text.str))
            continue;
        is_in_run = true;
        if (gb_str_has(n->text.str, GB_STR("起草")) &&
            GB_HAS_ONE_OF(n->text.str, "GB/T 1.1", "GB/T1.1")) /* the foreword has lost its head: STR-001 */
            continue;
        if (!is_labelled(c, n) && !gb_is_warning(n->text.str) &&
            (ends_like_sentence(n->text.str) || (is_heading(n) && n->next && n->next->kind == GB_NODE_PARA)))
            gb_report(c, gb_at_text(&n->text), n, GB_ARGS(n->text.str));
    }
}

/* 警告: with the half-width colon. */
static void
check_notice_colon(struct gb_check *c, const struct gb_node *notice)
{
    struct gb_at at = gb_at_text(&notice->marker);
    struct gb_span colon = {at.span.end, at.span.end + 1};

    if (at.by_line || !gb_str_is(gb_source_text(c->doc->source, colon), ":"))
        return;
    struct gb_finding *f =
        gb_report_case(c, "half", (struct gb_at){.span = colon}, notice, GB_ARGS(notice->marker.str));
    gb_fix(c, f, colon, GB_STR("："));
}

static void
report_notice_form(struct gb_check *c, const struct gb_node *para)
{
    size_t end = notice_label_end(c, para->text.str), dash = dash_label_end(para->text.str);

    end = end ? end : warning_label_end(para->text.str);
    size_t blank = blank_label_end(para->text.str);
    if (!end && !dash && blank) {
        struct gb_at at = gb_at_part(&para->text, 0, blank);
        struct gb_str label = gb_str_sub(para->text.str, 0, blank);
        struct gb_finding *f = gb_report_case(c, "colon", at, para, GB_ARGS(label));
        gb_fix_part(c, f, &para->text, 0, behind_stop(para->text.str, blank),
                    gb_arena_printf(c->arena, "%.*s：", GB_FMT(label)));
        return;
    }
    /* 警示——: so GB/T 20001.4 has it for test methods. */
    if (!end && (!dash || gb_str_is(c->facts->function, "试验")))
        return;
    struct gb_str label = gb_str_sub(para->text.str, 0, end ? end : dash);
    struct gb_at at = gb_at_part(&para->text, 0, label.len);
    gb_report_fix(c, end ? NULL : "dash", at, para, end ? GB_STR("重要提示：") : GB_STR("警告："), GB_ARGS(label));
}

/*
 * A notice on the whole document stands between the title and chapter 1 and begins with one of four words.
 * Source: GB/T 1.1—2020, 9.13.3, 10.1.4.
 */
static void
check_notice(struct gb_check *c)
{
    bool is_behind_title = !c->facts->title;

    if (!front_is_clear(c->doc->root))
        return;
    for (const struct gb_node *n = c->doc->root->first; n && n->kind != GB_NODE_CLAUSE && n->kind != GB_NODE_ANNEX;
         n = n->next) {
        is_behind_title = is_behind_title || n->kind == GB_NODE_TITLE;
        if (is_notice(n) && !is_behind_title && n->prev)
            gb_report_case(c, "place", gb_at_head(n), n, GB_ARGS(n->marker.str));
        else if (is_notice(n) && is_behind_title)
            check_notice_colon(c, n);
        else if (n->kind == GB_NODE_PARA && c->facts->title && is_behind_title)
            report_notice_form(c, n);
        for (const struct gb_node *in = n->kind == GB_NODE_FOREWORD ? n->first : NULL; in; in = in->next) {
            if (is_notice(in))
                gb_report_case(c, "place", gb_at_head(in), in, GB_ARGS(in->marker.str));
        }
    }
}

/* ---- STR-020: headings without a number in the body ---- */

/* Levels tell nothing where most clauses stand as high as their chapter: any line may have become a heading
 * there. */
static bool
has_flat_levels(const struct gb_facts *facts)
{
    size_t n_flat = 0, n_deep = 0;

    for (uint32_t i = 0; i < facts->n_chapters; i++) {
        const struct gb_node *chapter = facts->chapters[i];
        for (const struct gb_node *n = chapter->depth ? chapter->first : NULL; n; n = n->next) {
            if (n->kind != GB_NODE_CLAUSE || !n->depth)
                continue;
            n_flat += n->depth <= chapter->depth;
            n_deep += n->depth > chapter->depth;
        }
    }
    return n_flat > n_deep;
}

/* Next to these a heading may be a caption, or words out of a picture. */
static bool
is_picture(const struct gb_node *node)
{
    return node && (node->kind == GB_NODE_FIGURE || node->kind == GB_NODE_FORMULA || node->kind == GB_NODE_WHERE);
}

/* Titles that a converter makes headings of, and heads that repeat on each page. */
static bool
is_known_heading(const struct gb_check *c, const struct gb_node *heading)
{
    struct gb_str s = heading->text.str;

    if (gb_param_starts(c, "starts", s) || gb_str_same(s, c->doc->root->title.str))
        return true;
    GB_FIND_NEXT(n, heading->parent, n->parent, gb_str_same(n->title.str, s));
    return n != NULL;
}

/* No picture or further heading right below, and something of the document behind it: what ends a file may be
 * no part of it. */
static bool
stands_in_text(const struct gb_check *c, const struct gb_node *heading)
{
    const struct gb_node *next = heading->next, *chapter = gb_node_top(heading);

    if (next && ((next->kind != GB_NODE_PARA && next->kind != GB_NODE_LIST && next->kind != GB_NODE_CLAUSE) ||
                 gb_is_heading_left(c->facts, next)))
        return false;
    const struct gb_nodes *clauses = &c->facts->of_kind[GB_NODE_CLAUSE];
    GB_SEEK(uint32_t, behind, clauses->n, clauses->items[behind]->id < heading->id);
    return behind < clauses->n || chapter->next != NULL || heading->depth > chapter->depth || c->facts->first_annex;
}

/* Behind the legend of a formula a heading as high as the clauses around it is one of them. */
static bool
is_as_high_as_clauses(const struct gb_node *heading)
{
    return GB_ANY(for (const struct gb_node *n = heading->parent; n && n->kind == GB_NODE_CLAUSE; n = n->parent),
                  n->depth && n->depth == heading->depth);
}

static bool
is_unnumbered_heading(const struct gb_check *c, const struct gb_node *node)
{
    const struct gb_node *chapter = gb_node_top(node);

    return gb_is_heading_left(c->facts, node) && node->parent->kind == GB_NODE_CLAUSE &&
           chapter->kind == GB_NODE_CLAUSE && (chapter->role == GB_ROLE_NONE || chapter->role == GB_ROLE_SCOPE) &&
           looks_like_title(node->text.str) &&
           (!is_picture(node->prev) || (node->prev->kind == GB_NODE_WHERE && is_as_high_as_clauses(node))) &&
           !is_known_heading(c, node) && stands_in_text(c, node);
}

/* A chapter known by its title: the contents have its number. */
static bool
has_number_of_contents(const struct gb_node *node)
{
    return node->kind == GB_NODE_CLAUSE && (node->flags & GB_NODE_GIVEN) && (node->flags & GB_NODE_DEDUCED);
}

/* Is there any that may be reported? */
static bool
has_heading(const struct gb_facts *facts)
{
    const struct gb_nodes *paras = &facts->of_kind[GB_NODE_PARA];

    GB_FIND(para, paras->items, paras->n, gb_is_heading_left(facts, *para));
    GB_FIND(chapter, facts->chapters, facts->n_chapters, has_number_of_contents(*chapter));
    return para || chapter;
}

/* Source: GB/T 1.1—2020, 7.2, 7.3.2. */
static void
check_unnumbered_heading(struct gb_check *c)
{
    enum { MOST = 5 }; /* more of them are a habit of the draft or of its converter: said once */
    const struct gb_node *first = c->facts->n_chapters ? c->facts->chapters[0] : NULL;
    const struct gb_node *found[MOST + 1];
    size_t n_found = 0;

    if (!c->doc->has_numbers || !first || !has_heading(c->facts) || has_flat_levels(c->facts))
        return;
    for (const struct gb_node *n = first; n && n_found <= MOST && n->kind != GB_NODE_ANNEX;
         n = gb_node_walk(n, c->doc->root)) {
        if (is_unnumbered_heading(c, n) || has_number_of_contents(n))
            found[n_found++] = n;
    }
    for (size_t i = 0; i < n_found && (i == 0 || n_found <= MOST); i++) {
        const struct gb_text *title = found[i]->kind == GB_NODE_CLAUSE ? &found[i]->title : &found[i]->text;
        struct gb_finding *f = gb_report(c, gb_at_text(title), found[i], GB_ARGS(title->str));
        const struct gb_node *next = gb_node_walk_past(found[i], c->doc->root);
        if (next && next->kind == GB_NODE_CLAUSE && next->num.n == 2 && next->num.part[1] == 1 &&
            next->num.part[0] == gb_node_top(found[i])->num.part[0] + 1)
            gb_also(c, f, gb_at_head(next), gb_say(c, "应由它统领的条", "the clause that it is the head of"));
    }
}

const struct gb_check_def gb_content_checks[] = {
    {.name = "references-divided", .run = check_references_divided, .on = GB_ON(CLAUSE), .cases = "label"},
    {.name = "form-of-content",
     .run = check_form_of_content,
     .on = GB_ON(TABLE) | GB_ON(FIGURE) | GB_ON(FORMULA) | GB_ON(EXAMPLE) | GB_ON(FOOTNOTE),
     .cases = "element"},
    {.name = "foreword-figures", .run = check_foreword_figures, .on = GB_ON(TABLE) | GB_ON(FIGURE) | GB_ON(FORMULA)},
    {.name = "empty-clause", .run = check_empty_clause, .on = GB_ON(CLAUSE) | GB_ON(ANNEX)},
    {.name = "stray-text", .whole = check_stray_text, .params = "labels:words"},
    {.name = "notice-form", .whole = check_notice, .cases = "dash place colon half", .params = "labels:words"},
    {.name = "unnumbered-heading", .whole = check_unnumbered_heading, .params = "starts:words"},
    {0},
};
