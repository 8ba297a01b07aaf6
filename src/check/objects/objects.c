/* Figures, tables and formulas as wholes: what they are called, whether they have a title and a mention. */
#include "check/objects/objects_priv.h"

#include "check/annexes/annex_priv.h"
#include "check/clause_priv.h"
#include "check/structure/elements_priv.h"
#include "check/references/mentions_priv.h"

bool
gb_object_is_of_sample(const struct gb_node *node, const struct gb_node *annex)
{
    bool is_lettered = node->num.n > 0 && node->num.letter && node->num.letter == annex->num.letter;

    return gb_annex_is_sample(annex) && !is_lettered;
}

bool
gb_object_is_own(const struct gb_node *node)
{
    const uint32_t outer = GB_ON(EXAMPLE) | GB_ON(NOTE) | GB_ON(FOOTNOTE) | GB_ON(TABLE) | GB_ON(TERM);

    if (GB_ANY(GB_CHAIN(n, node->parent, n->parent),
               outer >> n->kind & 1 || (n->kind == GB_NODE_ANNEX && gb_object_is_of_sample(node, n))))
        return false;
    enum gb_zone zone = gb_zone_of(node);
    return GB_AMONG(zone, GB_ZONE_BODY, GB_ZONE_NORMATIVE_ANNEX, GB_ZONE_INFORMATIVE_ANNEX);
}

bool
gb_object_is_continued(const struct gb_node *node)
{
    struct gb_str head = gb_str_trim(node->head.str);

    return (node->flags & GB_NODE_CONTINUED) || GB_HAS_ONE_OF(head, "续", "接上") ||
           (gb_str_has(head, GB_STR("第")) && GB_ENDS_WITH(head, "页）", "页)"));
}

bool
gb_object_repeats(const struct gb_node *node, const struct gb_node *before)
{
    return !node->title.str.len && before->title.str.len && gb_number_cmp(&node->num, &before->num) == 0 &&
           gb_object_before(node) == before;
}

const struct gb_node *
gb_object_before(const struct gb_node *node)
{
    GB_FIND_NEXT(n, node->prev, n->prev, n->kind != GB_NODE_COMMENT);
    return n;
}

const struct gb_node *
gb_caption_before(const struct gb_node *table)
{
    const struct gb_node *before = gb_object_before(table);

    return before && before->kind == GB_NODE_PARA && gb_str_starts(before->text.str, GB_STR("单位"))
               ? gb_object_before(before)
               : before;
}

const struct gb_node *
gb_object_behind(const struct gb_node *node)
{
    GB_FIND_NEXT(n, node->next, n->next, n->kind != GB_NODE_COMMENT);
    return n;
}

struct gb_str
gb_object_name(struct gb_check *c, const struct gb_node *node)
{
    bool is_table = node->kind == GB_NODE_TABLE;

    if (!node->number.str.len)
        return is_table ? gb_say(c, "表", "the table") : gb_say(c, "图", "the figure");
    return gb_arena_printf(c->arena, "%s%.*s", is_table ? "表" : "图", GB_FMT(node->number.str));
}

bool
gb_read_object_number(struct gb_str s, struct gb_number *out, size_t *out_begin, size_t *out_end)
{
    enum { LARGEST = 999 };
    size_t at = 0;
    unsigned n = 0;

    *out = (struct gb_number){.n = 1};
    at = gb_skip_any(s, at, " ");
    *out_begin = at;
    if (at + 1 < s.len && gb_is_upper(s.ptr[at]) && s.ptr[at + 1] == '.') {
        out->letter = s.ptr[at];
        at += 2;
    }
    size_t digits = at;
    for (; at < s.len && gb_is_digit(s.ptr[at]) && n <= LARGEST; at++)
        n = n * 10 + (unsigned)(s.ptr[at] - '0');
    *out_end = at;
    out->part[0] = (uint16_t)n;
    return at > digits && n <= LARGEST;
}

/* ---- Titles ---- */

void
gb_judge_titles(struct gb_check *c, const struct gb_captioned *what)
{
    const struct gb_nodes *all = &c->facts->of_kind[what->kind];
    const struct gb_node *titled = NULL;
    struct gb_finding *f = NULL;

    GB_EACH_NODE(node, all)
        titled = titled || !what->is_titled_or_not(node) || !node->title.str.len ? titled : node;
    for (uint32_t i = 0; i < all->n; i++) {
        const struct gb_node *node = all->items[i];
        if (!what->is_titled_or_not(node) || node->title.str.len || !what->lacks_title(node) ||
            (i && gb_object_repeats(node, all->items[i - 1])))
            continue;
        f = gb_report_one(c, f, titled ? NULL : "none", gb_at_head(node), node,
                          GB_ARGS(gb_object_name(c, node), titled ? gb_object_name(c, titled) : GB_STR("")));
    }
}

/* ---- Mentions ---- */

/* Is it mentioned by its place: 见下图, 如下表所示? */
static bool
is_pointed_at(const struct gb_captioned *what, const struct gb_node *node)
{
    enum { LOOK_BACK = 6 };
    const struct gb_node *n = node->prev;

    return GB_ANY(for (int i = 0; n && i < LOOK_BACK; i++, n = n->prev),
                  gb_str_has_any(n->text.str, what->pointers, what->n_pointers));
}

/*
 * Does the label stand in the line before a number that ends at the end of `before`, with something in Han before it, and only
 * numbers, marks and words that join them behind it?
 */
static bool
is_label_in_text(struct gb_str before, uint32_t label)
{
    size_t line = before.len, at = before.len, prev;

    while (line > 0 && before.ptr[line - 1] != '\n')
        line--;
    while (at > line) {
        uint32_t c = gb_utf8_before(before, at, &prev);
        at = prev;
        if (c == label)
            return gb_str_has_han(gb_str_sub(before, line, at));
        if (c == '|' || c == '<') /* 秒表 | 0 s～3 600 s: the next cell */
            return false;
        if (gb_char_is_han(c) && !gb_is_one_of(c, "至和与及到"))
            return false;
    }
    return false;
}

/* How often are parts of that number in other documents mentioned: GB/T 4208—2017中表2? In GB/T 4208—2017第5章和表2 it may be the draft's. */
static size_t
count_external(const struct gb_facts *facts, const struct gb_captioned *what, const struct gb_node *node)
{
    return GB_HOW_MANY(GB_ITEMS(m, facts->mentions, facts->n_mentions),
                       m->kind == what->mention && m->flags & GB_MENTION_EXTERNAL && !(m->flags & GB_MENTION_IMPLIED) &&
                           facts->mentions[m->run].kind == m->kind && gb_number_cmp(&m->num, &node->num) == 0);
}

/*
 * Does the label with this number stand in the source elsewhere than at the head of a line, and for no part of another document? Then it is
 * mentioned, in a form that the facts do not read: in markup, in a formula, as the end of a range.
 */
static bool
stands_in_text(struct gb_check *c, const struct gb_captioned *what, const struct gb_node *node)
{
    enum { BEFORE = 24 };
    const struct gb_source *source = c->doc->source;
    struct gb_str number = gb_number_text(&node->num, c->arena);
    uint32_t label = gb_char_at(gb_str_from(what->label), 0);
    size_t n_other = count_external(c->facts, what, node);

    for (uint32_t i = 0; i < source->n_files; i++) {
        struct gb_str s = source->files[i].text;
        GB_EACH_FOUND(at, s, number, 0) {
            size_t end = at + number.len;
            if (end < s.len && (gb_is_digit(s.ptr[end]) || s.ptr[end] == '.'))
                continue;
            if (at > 0 && (gb_is_digit(s.ptr[at - 1]) || s.ptr[at - 1] == '.'))
                continue; /* the end of 表10 or 表A.1 */
            if (is_label_in_text(gb_utf8_tail(gb_str_sub(s, 0, at), BEFORE), label) && n_other-- == 0)
                return true;
        }
    }
    return false;
}

/* An annex, or one of its clauses, that is no more than its figures or tables: what mentions the annex mentions them. */
static bool
is_all_of_annex(const struct gb_node *node)
{
    return gb_node_inside(node, GB_NODE_ANNEX) &&
           !GB_ANY(GB_CHAIN(n, node->parent->first, n->next),
                   n->kind != node->kind && n->kind != GB_NODE_COMMENT && n->kind != GB_NODE_NOTE);
}

/* A conversion took the digits out of the text: 如图 所示. */
static bool
loses_digits(struct gb_check *c, const struct gb_captioned *what)
{
    static const struct {
        const char *before, *behind;
    } forms[] = {{"", " 所示"}, {"", " 的规定"}, {"见", " 。"}, {"", " 给出"}};
    struct gb_str words[GB_COUNT(forms)];

    for (size_t i = 0; i < GB_COUNT(forms); i++)
        words[i] = gb_arena_printf(c->arena, "%s%s%s", forms[i].before, what->label, forms[i].behind);
    return GB_ANY(GB_ITEMS(file, c->doc->source->files, c->doc->source->n_files), GB_HAS_ANY(file->text, words));
}

/* A number that was written, or that the elements of DocBook count. */
static bool
is_numbered(const struct gb_node *node)
{
    bool is_counted = node->number.str.len && !node->number.n_runs && !(node->flags & GB_NODE_GIVEN);

    return gb_object_has_number(node) || is_counted;
}

/* Of two with one number mentions find the first: the rule on numbers speaks of the other. */
static bool
is_unmentioned(const struct gb_facts *facts, const struct gb_captioned *what, const struct gb_node *node)
{
    return is_numbered(node) && node->num.n == 1 && what->is_due(node) && !gb_first_mention(facts, node) &&
           gb_find_part(facts, what->mention, &node->num) == node && !is_pointed_at(what, node) &&
           !is_all_of_annex(node);
}

/* Of the annex that it stands in where its number lacks the letter, ANX-008: it is mentioned by the right number. */
static char
letter_of(const struct gb_node *object)
{
    const struct gb_node *annex = object->num.letter ? NULL : gb_node_inside(object, GB_NODE_ANNEX);

    return annex ? annex->num.letter : object->num.letter;
}

static size_t
count_with_letter(const struct gb_node *const *nodes, size_t n, char letter)
{
    return GB_HOW_MANY(GB_ITEMS(node, nodes, n), letter_of(*node) == letter);
}

void
gb_judge_mentioned(struct gb_check *c, const struct gb_captioned *what)
{
    enum { MOST = 12 }; /* more, and the mentions were not read, or stand in another file */
    const struct gb_nodes *all = &c->facts->of_kind[what->kind];
    const struct gb_node *found[MOST];
    size_t n_found = 0;

    if (!all->n || !gb_is_whole_draft(c) || gb_is_excerpt(c->facts))
        return;
    GB_EACH_NODE(node, all) {
        if (!is_unmentioned(c->facts, what, node))
            continue;
        if (n_found == MOST)
            return;
        found[n_found++] = node;
    }
    if (n_found && loses_digits(c, what))
        return;
    for (size_t i = 0; i < n_found; i++) {
        char letter = letter_of(found[i]);
        if (count_with_letter(found, n_found, letter) <= gb_mentions_astray(c->facts, what->mention, letter))
            continue;
        if (!stands_in_text(c, what, found[i]))
            gb_report(c, gb_at_head(found[i]), found[i], GB_ARGS(gb_object_name(c, found[i])));
    }
}

/* ---- Lines that tell the unit ---- */

bool
gb_read_unit_line(struct gb_str line, struct gb_str *out_unit)
{
    GB_WORDS(opening, "（", "(");
    GB_WORDS(closing, "）", ")");
    GB_WORDS(labels, "单位", "计量单位", "尺寸单位", "长度单位");
    GB_WORDS(colons, "：", ":", "（", "("); /* 单位（mm） */
    struct gb_str s = gb_str_trim(line);

    s = gb_str_skip(s, GB_START(s, opening));
    s.len -= GB_END(s, closing);
    struct gb_str rest = gb_str_skip(s, GB_START(s, labels));
    if (rest.len < s.len && GB_STARTS_ANY(rest, colons)) {
        *out_unit = gb_str_trim(gb_str_skip(rest, GB_START(rest, colons)));
        return out_unit->len > 0;
    }
    *out_unit = gb_str_trim(gb_str_skip(s, strlen("单位为"))); /* 单位为mm: a symbol in the place of the name */
    return gb_str_starts(s, GB_STR("单位为")) && out_unit->len && (unsigned char)out_unit->ptr[0] < 0x80 &&
           gb_unit_name(*out_unit).len;
}

struct gb_str
gb_unit_name(struct gb_str written)
{
    static const struct {
        struct gb_str symbol, name;
    } units[] = {
        {GB_WORD("mm"), GB_WORD("毫米")},  {GB_WORD("cm"), GB_WORD("厘米")},  {GB_WORD("dm"), GB_WORD("分米")},
        {GB_WORD("m"), GB_WORD("米")},     {GB_WORD("km"), GB_WORD("千米")},  {GB_WORD("μm"), GB_WORD("微米")},
        {GB_WORD("kg"), GB_WORD("千克")},  {GB_WORD("g"), GB_WORD("克")},     {GB_WORD("mg"), GB_WORD("毫克")},
        {GB_WORD("t"), GB_WORD("吨")},     {GB_WORD("L"), GB_WORD("升")},     {GB_WORD("mL"), GB_WORD("毫升")},
        {GB_WORD("N"), GB_WORD("牛")},     {GB_WORD("kN"), GB_WORD("千牛")},  {GB_WORD("Pa"), GB_WORD("帕")},
        {GB_WORD("kPa"), GB_WORD("千帕")}, {GB_WORD("MPa"), GB_WORD("兆帕")},
    };

    GB_FIND(unit, units, GB_COUNT(units), gb_str_eq(written, unit->symbol) || gb_str_eq(written, unit->name));
    return unit ? unit->name : GB_STR("");
}
