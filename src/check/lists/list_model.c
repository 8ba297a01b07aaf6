/* The lists of a document, with what stands before them and how their items end. See lists_priv.h. */
#include "check/lists/lists_priv.h"

#include "check/clause_priv.h"
#include "check/structure/elements_priv.h"

/* ---- Ends ---- */

static const char *const mark_texts[GB_END_COUNT] = {
    [GB_END_NONE] = "",    [GB_END_SEMICOLON] = "；", [GB_END_COMMA] = "，", [GB_END_STOP] = "。",
    [GB_END_COLON] = "：", [GB_END_OTHER] = "、",     [GB_END_FREE] = "",
};

struct gb_str
gb_end_mark_text(enum gb_end_mark mark)
{
    return gb_str_from(mark_texts[mark]);
}

static enum gb_end_mark
mark_of(uint32_t c)
{
    switch (gb_char_narrow(c)) {
    case ';':
        return GB_END_SEMICOLON;
    case ',':
        return GB_END_COMMA;
    case '.':
    case 0x3002: /* 。 */
    case 0xFF61:
        return GB_END_STOP;
    case ':':
        return GB_END_COLON;
    case 0x3001: /* 、 */
        return GB_END_OTHER;
    case '!':
    case '?':
    case '|':
    case '$':
    case '`':
    case '_':
    case 0x2026: /* … */
    case 0x2014: /* — */
        return GB_END_FREE;
    default:
        return GB_END_NONE;
    }
}

static bool
closes(uint32_t c)
{
    return gb_is_one_of(c, "”’」』）)》】］]\"'〉");
}

/* "；和", "；或" at the end of an item, as translations have it: where the mark before the word stands; GB_NOT_FOUND without. */
static size_t
before_conjunction(struct gb_str s)
{
    GB_WORDS(words, "和", "或", "以及", "及", "且", "并且", "或者", "与");
    size_t begin;

    for (size_t i = 0; i < GB_COUNT(words); i++) {
        if (!gb_str_ends(s, words[i]))
            continue;
        enum gb_end_mark mark = mark_of(gb_last_char(gb_str_sub(s, 0, s.len - words[i].len), &begin));
        if (mark == GB_END_SEMICOLON || mark == GB_END_COMMA)
            return begin;
    }
    return GB_NOT_FOUND;
}

/* Brackets and quotation marks at the end of a text whose own end mark stands inside of them: nothing lacks then. */
static bool
ends_inside(struct gb_str s, size_t at)
{
    uint32_t c = ')';

    while (closes(c))
        c = gb_last_char(gb_str_sub(s, 0, at), &at);
    enum gb_end_mark mark = mark_of(c);
    return mark != GB_END_NONE && c != '.';
}

struct gb_end
gb_end_of(const struct gb_text *text)
{
    struct gb_str s = text->str;
    struct gb_end out = {.text = text, .mark = GB_END_FREE};
    uint32_t c = gb_last_char(s, &out.begin);
    size_t next;

    if (!c)
        return out;
    gb_utf8_at(s, out.begin, &next);
    out.end = next;
    out.mark = mark_of(c);
    if (out.mark != GB_END_NONE)
        return out;
    if (gb_text_flags(text, out.begin) & (GB_RUN_CODE | GB_RUN_MATH) || (closes(c) && ends_inside(s, out.begin)))
        out.mark = GB_END_FREE;
    size_t mark = out.mark == GB_END_FREE ? GB_NOT_FOUND : before_conjunction(gb_str_sub(s, 0, out.end));
    if (mark != GB_NOT_FOUND) {
        out.begin = mark;
        out.mark = mark_of(gb_utf8_at(s, mark, &next));
        out.end = next;
    }
    return out;
}

/* ---- Neighbours ---- */

static bool
is_silent(const struct gb_node *node)
{
    return node->kind == GB_NODE_COMMENT || node->kind == GB_NODE_FOOTNOTE;
}

const struct gb_node *
gb_block_before(const struct gb_node *node)
{
    GB_FIND_NEXT(n, node->prev, n->prev, !is_silent(n));
    return n;
}

const struct gb_node *
gb_block_behind(const struct gb_node *node)
{
    GB_FIND_NEXT(n, node->next, n->next, !is_silent(n));
    return n;
}

bool
gb_marker_is_typed(const struct gb_node *item)
{
    struct gb_str s = item->marker.str;
    size_t begin;

    if (!item->marker.n_runs || !s.len)
        return false;
    if (gb_item_value(item))
        return gb_char_narrow(gb_last_char(s, &begin)) == ')';
    return (unsigned char)s.ptr[0] >= 0x80; /* ——, ·, not - * + */
}

/* The last block of an item that bears its end: its notes, examples and footnotes stand behind it. */
static const struct gb_node *
last_block(const struct gb_node *item)
{
    const struct gb_node *last = item->last;

    while (last && (is_silent(last) || last->kind == GB_NODE_NOTE || last->kind == GB_NODE_EXAMPLE))
        last = last->prev;
    return last;
}

static struct gb_list_item
read_item(const struct gb_node *node)
{
    struct gb_list_item item = {.node = node, .leaf = node, .end = {.text = &node->text, .mark = GB_END_FREE}};
    const struct gb_node *block;

    while ((block = last_block(item.leaf))) {
        if (block->kind != GB_NODE_LIST || !block->last || block->last->kind != GB_NODE_ITEM)
            return item;
        item.has_list = true;
        item.leaf = block->last;
    }
    item.end = gb_end_of(&item.leaf->text);
    if (item.end.mark == GB_END_COLON) /* what it leads in is lost */
        item.end.mark = GB_END_FREE;
    return item;
}

/* ---- Markers ---- */

struct gb_at
gb_at_item(const struct gb_node *item)
{
    return item->marker.n_runs && item->marker.str.len ? gb_at_text(&item->marker) : gb_at_head(item);
}

struct gb_str
gb_letter_marker(struct gb_check *c, unsigned value, bool blank)
{
    return gb_arena_printf(c->arena, "%c)%s", (int)('a' + value - 1), blank ? " " : "");
}

void
gb_fix_marker(struct gb_check *c, struct gb_finding *f, const struct gb_node *item, unsigned letter)
{
    struct gb_span span = gb_text_whole(&item->marker, NULL), text = gb_text_whole(&item->text, NULL);

    if (!gb_marker_is_typed(item))
        return;
    gb_fix(c, f, span, letter ? gb_letter_marker(c, letter, span.end == text.begin) : GB_STR("——"));
}

/* ---- What is judged ---- */

GB_WORDS(sample_words, "示例", "样例", "范例", "范本", "样式", "案例", "举例");

/* Of an annex, or of a clause in it, these are samples as well; a chapter 数据格式, 模板安装, 样本采集 provides like any other. */

GB_WORDS(form_words, "合同", "协议", "问卷", "申请表", "申请书", "通知书", "告知书", "承诺书", "须知", "公约", "表单",
         "模板", "样本", "格式");

bool
gb_is_in_sample(const struct gb_node *node)
{
    for (const struct gb_node *n = node; n; n = n->parent) {
        bool is_annex = n->kind == GB_NODE_ANNEX;
        if ((is_annex || n->kind == GB_NODE_CLAUSE) &&
            (GB_HAS_ANY(n->title.str, sample_words) ||
             ((is_annex || n->num.letter) && GB_HAS_ANY(n->title.str, form_words))))
            return true;
    }
    return false;
}

static bool
zone_has_lists(enum gb_zone zone)
{
    return !GB_AMONG(zone, GB_ZONE_COVER, GB_ZONE_TOC, GB_ZONE_REFERENCES, GB_ZONE_SYMBOLS, GB_ZONE_BIBLIO,
                     GB_ZONE_INDEX);
}

/* 起草单位：, followed by names. */
static bool
leads_parties(const struct gb_node *lead)
{
    GB_WORDS(words, "起草单位", "起草人", "参编单位", "参加单位", "审查人");

    return lead && gb_node_inside(lead, GB_NODE_FOREWORD) && GB_HAS_ANY(lead->text.str, words);
}

/* Captions of the parts of a figure: a) 正面, b) 背面. */
static bool
is_of_figure(const struct gb_node *first, const struct gb_node *last)
{
    const struct gb_node *before = gb_block_before(first), *behind = gb_block_behind(last);

    return (before && before->kind == GB_NODE_FIGURE) || (behind && behind->kind == GB_NODE_FIGURE);
}

/* ---- Building ---- */

struct builder {
    GB_ARRAY(struct gb_list) all;
    GB_ARRAY(struct gb_list_item) items;
    const struct gb_node *clause; /* of the last list, and whether lists in it are judged */
    bool clause_is_judged;
};

static bool
is_in_judged_clause(struct builder *b, const struct gb_node *list)
{
    const struct gb_node *clause = gb_node_clause(list);

    if (!clause)
        clause = list->parent;
    if (clause != b->clause) {
        b->clause = clause;
        b->clause_is_judged =
            clause->kind != GB_NODE_DOC && zone_has_lists(gb_zone_of(clause)) && !gb_is_in_sample(clause);
    }
    return b->clause_is_judged;
}

/* Lists that are part of something else: of an example, of a legend below a formula. */
static bool
is_in_judged_block(const struct gb_node *list)
{
    const uint32_t outer = GB_ON(EXAMPLE) | GB_ON(TABLE) | GB_ON(FIGURE) | GB_ON(WHERE);
    const uint32_t other = GB_ON(EXAMPLE) | GB_ON(FORMULA) | GB_ON(WHERE);

    for (const struct gb_node *n = list; n && n->kind != GB_NODE_CLAUSE && n->kind != GB_NODE_ANNEX; n = n->parent) {
        const struct gb_node *before = n->kind == GB_NODE_LIST ? gb_block_before(n) : NULL;
        if ((outer >> n->kind & 1) || n->encoding == GB_ENCODING_QUOTE || (before && (other >> before->kind & 1)))
            return false;
    }
    return true;
}

/* "图1 …", "b) …", a page number: no lead-in, or one that a conversion tore off its list. */
static bool
is_doubtful_lead(const struct gb_node *para)
{
    struct gb_str s = para->text.str;
    size_t at;

    enum gb_end_mark mark = gb_end_of(&para->text).mark;
    bool is_cut = mark == GB_END_SEMICOLON || mark == GB_END_COMMA;

    if ((para->encoding == GB_ENCODING_HEADING && !is_cut) ||
        GB_AMONG(para->encoding, GB_ENCODING_QUOTE, GB_ENCODING_LOST, GB_ENCODING_FENCE) ||
        gb_str_han_length(gb_str_sub(s, 0, 60)) < 2)
        return true;
    uint32_t first = gb_utf8_at(s, 0, &at);
    uint32_t second = at < s.len ? gb_char_narrow(gb_utf8_at(s, at, &at)) : 0;
    if ((first == U'图' || first == U'表') && (gb_char_digit(second) >= 0 || second == ' '))
        return true;
    return (gb_char_is_latin(first) || gb_char_digit(first) >= 0) && (second == ')' || second == '.');
}

/* 1 使用期应符合下列规定： in a standard for construction is an item without a bracket, and the list below it is inside it. */
static bool
is_plain_item(const struct gb_node *para)
{
    enum { LARGEST = 30 };
    struct gb_str s = para->text.str;
    size_t end, unused;
    struct gb_number num;

    if (para->kind != GB_NODE_PARA || !gb_number_at_head(s, &num, &end) || num.letter || num.n != 1 ||
        num.part[0] > LARGEST || end >= s.len || s.ptr[end] != ' ')
        return false;
    s = gb_str_trim(gb_str_skip(s, end));
    return s.len > 0 && gb_char_is_han(gb_utf8_at(s, 0, &unused));
}

static void
take_lead(struct gb_list *g, const struct gb_node *lead)
{
    static const enum gb_lead leads[GB_END_COUNT] = {
        [GB_END_NONE] = GB_LEAD_BAD,    [GB_END_SEMICOLON] = GB_LEAD_BAD, [GB_END_COMMA] = GB_LEAD_BAD,
        [GB_END_STOP] = GB_LEAD_STOP,   [GB_END_COLON] = GB_LEAD_COLON,   [GB_END_OTHER] = GB_LEAD_BAD,
        [GB_END_FREE] = GB_LEAD_UNSURE,
    };

    g->lead_end = gb_end_of(&lead->text);
    g->lead = leads[g->lead_end.mark];
    g->lead_in = g->lead == GB_LEAD_UNSURE ? NULL : lead;
}

/* Notes may stand between a list and its lead-in; one that ends in a colon is the lead-in itself. */
static void
find_lead(struct gb_list *g)
{
    const struct gb_node *first = g->first, *lead = gb_block_before(first), *parent = first->parent;

    while (lead && lead->kind == GB_NODE_NOTE && gb_end_of(&lead->text).mark != GB_END_COLON)
        lead = gb_block_before(lead);
    if (lead && (lead->kind == GB_NODE_PARA || lead->kind == GB_NODE_NOTE)) {
        if (is_plain_item(lead))
            return;
        if (lead->kind == GB_NODE_NOTE || gb_end_of(&lead->text).mark == GB_END_COLON || !is_doubtful_lead(lead))
            take_lead(g, lead);
        return;
    }
    if (lead)
        return;
    if (parent->kind == GB_NODE_ITEM && parent->text.str.len) {
        take_lead(g, parent);
    } else if ((parent->kind == GB_NODE_CLAUSE || parent->kind == GB_NODE_ANNEX) && parent->title.str.len) {
        struct gb_end end = gb_end_of(&parent->title);
        if (end.mark == GB_END_COLON) {
            g->lead = GB_LEAD_COLON;
        } else if (end.mark == GB_END_COMMA || end.mark == GB_END_SEMICOLON) {
            g->lead = GB_LEAD_BAD;
            g->lead_end = end;
            g->lead_in = parent;
        } else {
            g->lead = gb_clause_in_terms(parent) || parent->flags & GB_NODE_SENTENCE ? GB_LEAD_UNSURE : GB_LEAD_NONE;
        }
    }
}

/*
 * "1) …" at the foot of a page, where no colon leads it in, is a footnote of the text above; so is any list that begins with
 * another number than 1 there.
 */
static bool
may_be_footnotes(const struct gb_list *g)
{
    enum { LOOK_BACK = 8 };
    unsigned seen = 0;

    if (g->is_nested || g->lead == GB_LEAD_COLON || !gb_list_is(g->first, "digit"))
        return false;
    if (g->n == 1)
        return true;
    for (const struct gb_node *n = g->first->prev; n && seen < LOOK_BACK; n = n->prev, seen++) {
        for (uint32_t i = 0; i < n->text.n_runs; i++) {
            if (n->text.runs[i].flags & (GB_RUN_SUP | GB_RUN_MATH))
                return true;
        }
    }
    return false;
}

/* "5. 5 密钥装入": a number that the markup takes for that of a list, which would not begin with it. */
static bool
is_torn_off(const struct gb_list_item *first)
{
    return gb_item_value(first->node) > 1 && !gb_marker_is_typed(first->node);
}

static void
add_items(struct builder *b, struct gb_list *g, const struct gb_node *list)
{
    for (const struct gb_node *item = gb_item_from(list->first); item; item = gb_item_from(item->next)) {
        *gb_push(&b->items) = read_item(item);
        g->n++;
    }
}

/* c) behind the list 1) to 3), which a paragraph below b) led in: it goes on a) and b), and not the list just before it. */
static bool
goes_on_earlier_list(const struct gb_node *list)
{
    enum { LOOK_BACK = 12 };
    const struct gb_node *first = gb_item_from(list->first), *before = gb_block_before(list);
    unsigned value = first ? gb_item_value(first) : 0, seen = 0;

    if (value < 2 || !before || before->kind != GB_NODE_LIST || gb_str_eq(before->marker.str, list->marker.str))
        return false;
    for (const struct gb_node *n = before->prev; n && seen < LOOK_BACK; n = n->prev, seen++) {
        if (n->kind != GB_NODE_LIST || !gb_str_eq(n->marker.str, list->marker.str))
            continue;
        GB_FIND_NEXT(item, n->last, item->prev, item->kind == GB_NODE_ITEM);
        return item && gb_item_value(item) + 1 == value;
    }
    return false;
}

static void
add_list(struct builder *b, const struct gb_node *first)
{
    const struct gb_node *last = first;
    struct gb_list g = {.first = first, .n_lists = 1, .from = (uint32_t)b->items.len};

    if (!is_in_judged_clause(b, first) || !is_in_judged_block(first))
        return;
    add_items(b, &g, first);
    for (const struct gb_node *n = gb_block_behind(first); n && n->kind == GB_NODE_LIST && !goes_on_earlier_list(n);
         n = gb_block_behind(n)) {
        add_items(b, &g, n);
        g.n_lists++;
        last = n;
    }
    g.is_nested = first->parent->kind == GB_NODE_ITEM;
    find_lead(&g);
    if (g.n == 0 || is_torn_off(&b->items.items[g.from]) || leads_parties(g.lead_in) || may_be_footnotes(&g) ||
        (g.lead != GB_LEAD_COLON && is_of_figure(first, last))) {
        b->items.len = g.from;
        return;
    }
    *gb_push(&b->all) = g;
}

const struct gb_lists *
gb_lists_of(struct gb_check *c)
{
    static const char key;
    struct gb_lists *lists = gb_check_shared(c, &key, sizeof(*lists));
    struct builder b = {0};

    if (lists->is_known)
        return lists;
    lists->is_known = true;
    if (c->facts->is_engineering) /* their items are numbered by other rules */
        return lists;
    GB_EACH_NODE(node, &c->facts->of_kind[GB_NODE_LIST]) {
        const struct gb_node *before = gb_block_before(node);
        if (!before || before->kind != GB_NODE_LIST)
            add_list(&b, node);
    }
    const struct gb_list_item *items =
        gb_arena_copy_bytes(c->arena, b.items.items, b.items.len * sizeof(*b.items.items));
    GB_EACH_IN_PLACE(g, &b.all)
        g->items = items + g->from;
    GB_KEEP(c->arena, &b.all, lists->all, lists->n);
    gb_array_release(&b.items);
    return lists;
}
