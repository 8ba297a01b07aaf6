/*
 * Hanging paragraphs: what stands between the head of a clause and its first subclause, NUM-012. The fix makes it a subclause of
 * its own, the first, and counts the others on.
 */
#include "check/clause_priv.h"
#include "check/front/contents_priv.h"
#include "check/structure/numbers_priv.h"

#include "doc/region.h"
#include "facts/mentions/renumber.h"

extern const struct gb_check_def gb_hanging_checks[];

/* Blocks that hang when they stand between a title and its first subclause. */
#define HANGING                                                                                                        \
    (GB_ON(PARA) | GB_ON(LIST) | GB_ON(TABLE) | GB_ON(FIGURE) | GB_ON(FORMULA) | GB_ON(EXAMPLE) | GB_ON(NOTE))

/* 下列术语和定义适用于本文件。 leads in entries, whatever the title above says. GB/T 1.1—2020, 7.4, note. */
static bool
leads_terms_in(struct gb_str s)
{
    enum { HEAD = 60 };

    return gb_str_has(gb_str_sub(s, s.len > HEAD ? s.len - HEAD : 0, s.len), GB_STR("适用于本文件")) &&
           GB_HAS_ONE_OF(s, "术语", "缩略语", "符号");
}

/* A short line without stop is the rest of a title, or what is left of a picture; quotes hold text of another document. */
static bool
hangs(const struct gb_node *node)
{
    if (!(HANGING >> node->kind & 1) || node->encoding == GB_ENCODING_QUOTE)
        return false;
    if (node->kind == GB_NODE_NOTE)
        return gb_str_starts(node->marker.str, GB_STR("注")) && !gb_str_starts(node->marker.str, GB_STR("注意"));
    return node->kind != GB_NODE_PARA ||
           (!gb_title_is_plain(node->text.str) && !leads_terms_in(node->text.str) && !gb_is_warning(node->text.str));
}

/* First block before the first subclause; NULL when nothing hangs, there is no subclause, or the structure is uncertain. */
static const struct gb_node *
first_hanging(const struct gb_node *parent)
{
    const struct gb_node *hanging = NULL;

    for (const struct gb_node *n = parent->first; n; n = n->next) {
        if (n->kind == GB_NODE_CLAUSE)
            return gb_number_is_child(&n->num, &parent->num) && gb_clause_is_placed(n) ? hanging : NULL;
        if (gb_clause_is_doubtful(n))
            return NULL;
        if (!hanging && hangs(n))
            hanging = n;
    }
    return NULL;
}

static struct gb_at
at_block(const struct gb_node *block)
{
    if (block->text.str.len && !block->marker.str.len) /* a note begins with its label */
        return gb_at_text(&block->text);
    if (block->kind == GB_NODE_LIST && block->first)
        return at_block(block->first);
    return gb_at_head(block);
}

/* The hanging block of a clause that NUM-012 speaks of; NULL. */
static const struct gb_node *
hanging_block(const struct gb_node *node)
{
    const struct gb_node *block = gb_clause_first(node) ? first_hanging(node) : NULL;

    bool is_list_of_references = node->role == GB_ROLE_REFERENCES; /* that it has subclauses is STR-005 */
    return block && gb_node_is_titled(node) && !gb_clause_in_terms(node) && !is_list_of_references ? block : NULL;
}

static bool
is_figure_alone(const struct gb_node *block)
{
    return block->kind == GB_NODE_FIGURE && block->next && block->next->kind == GB_NODE_CLAUSE;
}

/* ---- The fix ---- */

#define TITLE "通则"

/* What a fix writes beside the numbers that it makes others. */
struct opening {
    const struct gb_node *node; /* the clause that gets a new first subclause */
    struct gb_edit edits[3];    /* its head, its end in markup that has one, its entry in the contents */
    size_t n;
};

/* All of a draft: made for the first hanging paragraph, since a number may be mentioned anywhere. */
struct openings {
    bool is_made;
    const struct opening **of;      /* by node->id; NULL: it stays as it is */
    struct gb_numbers entries;      /* of the contents */
    struct gb_renumber_edit *edits; /* by the clause that opens, then in the order of the source */
    size_t n_edits;
};

static void
put(struct opening *o, uint32_t at, struct gb_str text)
{
    o->edits[o->n++] = (struct gb_edit){.span = {at, at}, .text = text, .is_markup = true};
}

/* The subclauses run from 1, and none of them holds already what is common to all. */
static bool
may_be_counted_on(const struct gb_node *node)
{
    GB_WORDS(general, "通则", "总则", "概述", "一般要求", "通用要求", "一般规定", "总体要求", "基本要求", "总述");
    const struct gb_node *first = gb_clause_first(node);

    if (first->num.part[first->num.n - 1] != 1)
        return false;
    for (const struct gb_node *k = node->first; k; k = k->next) {
        bool is_clause = k->kind == GB_NODE_CLAUSE;
        if (k->kind == GB_NODE_TERM ||
            (is_clause && (!gb_number_is_child(&k->num, &node->num) || GB_IS_ANY(k->title.str, general) ||
                           (k->flags & GB_NODE_GIVEN) != (first->flags & GB_NODE_GIVEN))))
            return false;
    }
    return true;
}

/* Items of the hanging list are mentioned by the number of the clause, which would be another: 5 a）. */
static bool
has_item_mentions(const struct gb_facts *facts, const struct gb_node *node)
{
    GB_FIND_NEXT(m, gb_first_mention(facts, node), gb_next_mention(facts, m), m->item_end > m->item_begin);
    return m != NULL;
}

static bool
has_only(struct gb_str s, const char *bytes)
{
    return !GB_ANY(GB_ITEMS(byte, s.ptr, s.len), !strchr(bytes, *byte));
}

/* Source bytes [begin, end) with the number of `clause`, and its title made that of the new subclause. */
static bool
write_head(const struct gb_doc *doc, const struct gb_node *clause, struct gb_span from, struct gb_buf *out)
{
    bool is_exact = true;
    struct gb_span title = gb_text_whole(&clause->title, &is_exact);

    if (!is_exact || !clause->title.n_runs || title.begin < from.begin || title.end > from.end)
        return false;
    /* The number is the one that the first has now: the others are counted on. */
    gb_buf_add(out, gb_source_text(doc->source, (struct gb_span){from.begin, title.begin}));
    gb_buf_puts(out, TITLE);
    gb_buf_add(out, gb_source_text(doc->source, (struct gb_span){title.end, from.end}));
    return true;
}

/* Is the line below one that ends at `at` blank? */
static bool
is_blank_below(const struct gb_source *source, uint32_t at)
{
    const struct gb_source_file *file = gb_source_file_at(source, at);
    uint32_t next = gb_source_line(source, at) + 1;

    return next > file->n_lines || !gb_str_trim(gb_source_line_text(file, next)).len;
}

/* A line with the head of the new subclause, in the form of the first one, below the head of the clause. */
static bool
open_with_line(const struct gb_doc *doc, const struct gb_node *first, const struct gb_region *parent,
               const struct gb_region *child, struct opening *o)
{
    struct gb_span line = {child->whole.begin, child->head_end};
    struct gb_str head = gb_source_text(doc->source, line);
    bool is_heading = head.len && head.ptr[0] == '#', is_blank = is_blank_below(doc->source, parent->head_end);
    struct gb_buf text = {0};

    if (first->flags & (GB_NODE_GIVEN | GB_NODE_SPLIT) || !first->title.n_runs || gb_str_has(head, GB_STR("\n")) ||
        !has_only(gb_str_skip(head, gb_text_whole(&first->title, NULL).end - line.begin), " *#\\") ||
        (!is_heading && !is_blank))
        return false;
    gb_buf_puts(&text, "\n\n");
    bool ok = write_head(doc, first, line, &text);
    gb_buf_puts(&text, is_blank ? "" : "\n");
    if (ok)
        put(o, parent->head_end, gb_buf_take(&text, doc->arena));
    gb_buf_release(&text);
    return ok;
}

/* Subclauses without titles: the number goes before the paragraph, as it stands before theirs. */
static bool
open_with_number(const struct gb_doc *doc, const struct gb_node *first, const struct gb_region *child,
                 struct opening *o)
{
    const struct gb_source *source = doc->source;
    const struct gb_node *text = gb_clause_text(first), *block = o->node->first;
    bool is_exact = false, is_own_exact = false;

    if (first->flags & (GB_NODE_GIVEN | GB_NODE_SPLIT) || !text || block->kind != GB_NODE_PARA)
        return false;
    struct gb_span theirs = gb_text_whole(&text->text, &is_exact), own = gb_text_whole(&block->text, &is_own_exact);
    struct gb_span number = gb_text_whole(&first->number, NULL);
    if (!is_exact || !is_own_exact || number.begin != child->whole.begin || theirs.begin < number.end ||
        gb_source_line_begin(source, own.begin) != own.begin)
        return false;
    struct gb_str head = gb_source_text(source, (struct gb_span){number.begin, theirs.begin});
    if (gb_str_trim(gb_str_skip(head, number.end - number.begin)).len || gb_str_has(head, GB_STR("\n")))
        return false;
    put(o, own.begin, head);
    return true;
}

/* An element like that of the first subclause around all that hangs. */
static bool
open_with_element(const struct gb_doc *doc, const struct gb_node *first, const struct gb_region *parent,
                  const struct gb_region *child, struct opening *o)
{
    GB_WORDS(heads, "<subtitle", "<titleabbrev", "<info");
    uint32_t tag_end = child->whole.begin + (uint32_t)child->tag.len;
    struct gb_str between =
        gb_str_trim(gb_source_text(doc->source, (struct gb_span){parent->head_end, child->whole.begin}));
    struct gb_str head = gb_source_text(doc->source, (struct gb_span){tag_end, child->head_end});
    struct gb_span number = gb_text_whole(&first->number, NULL);
    struct gb_buf text = {0};
    size_t name = 1;

    if (GB_STARTS_ANY(between, heads))
        return false;
    if (gb_str_has(child->tag, GB_STR("xmlns")) || !gb_str_starts(gb_str_trim(head), GB_STR("<title>")))
        return false;
    while (name < child->tag.len && !strchr(" \t\r\n>", child->tag.ptr[name]))
        name++;
    gb_buf_printf(&text, "\n%.*s", GB_FMT(gb_str_sub(child->tag, 0, name)));
    if (!(first->flags & GB_NODE_GIVEN) && number.begin > child->whole.begin && number.end < tag_end)
        gb_buf_printf(&text, " label=\"%.*s\"", GB_FMT(first->number.str));
    gb_buf_puts(&text, ">");
    bool ok = write_head(doc, first, (struct gb_span){tag_end, child->head_end}, &text);
    if (ok) {
        put(o, parent->head_end, gb_buf_take(&text, doc->arena));
        put(o, child->whole.begin, gb_arena_printf(doc->arena, "</%.*s>\n", GB_FMT(gb_str_sub(child->tag, 1, name))));
    }
    gb_buf_release(&text);
    return ok;
}

/* The entry of the number; *out_one tells whether there is one at most. */
static const struct gb_node *
entry_of(const struct openings *all, const struct gb_number *num, bool *out_one)
{
    const struct gb_numbers *entries = &all->entries;
    size_t i = gb_numbers_seek(entries, num);
    bool is_found = i < entries->items.len && gb_number_cmp(entries->items.items[i].num, num) == 0;

    *out_one = !(is_found && i + 1 < entries->items.len && gb_number_cmp(entries->items.items[i + 1].num, num) == 0);
    return is_found ? entries->items.items[i].what : NULL;
}

/* Where the contents list the subclauses, the new one is among them, on the page where the clause begins. */
static bool
open_in_contents(struct gb_check *c, const struct openings *all, const struct gb_node *first, struct opening *o)
{
    bool is_one, is_first_one;
    const struct gb_node *entry = entry_of(all, &o->node->num, &is_one),
                         *next = entry_of(all, &first->num, &is_first_one);

    if (!next)
        return true;
    if (!entry || !is_one || !is_first_one || gb_entry_next(entry) != next)
        return false;
    const struct gb_new_entry new = {first->number.str, GB_STR(TITLE), entry->page.str};
    if (!gb_entries_behind(c, entry, next, &new, 1, &o->edits[o->n]))
        return false;
    o->n++;
    return true;
}

/* All that is written beside numbers; NULL where the form of what is there does not say how. */
static const struct opening *
open_clause(struct gb_check *c, const struct openings *all, const struct gb_node *node)
{
    const struct gb_doc *doc = c->doc;
    const struct gb_node *block = hanging_block(node), *first = gb_clause_first(node);
    struct gb_region parent, child;
    struct opening *o;
    bool ok;

    if (!block || node->first != block || is_figure_alone(block) || !may_be_counted_on(node) ||
        has_item_mentions(c->facts, node) || !gb_region_of(doc, node, &parent) || !gb_region_of(doc, first, &child) ||
        parent.head_end > block->span.begin || child.whole.begin <= parent.head_end)
        return NULL;
    o = gb_arena_new(c->arena, struct opening);
    o->node = node;
    if (!doc->blanks_matter)
        ok = open_with_element(doc, first, &parent, &child, o);
    else if (gb_clause_form(first) == GB_CLAUSE_TITLED)
        ok = open_with_line(doc, first, &parent, &child, o);
    else
        ok = gb_clause_form(first) == GB_CLAUSE_UNTITLED && open_with_number(doc, first, &child, o);
    return ok && open_in_contents(c, all, first, o) ? o : NULL;
}

/* ---- Numbers ---- */

/* The clause that opens above the node, or the node itself. */
static const struct gb_node *
opened_above(const struct openings *all, const struct gb_node *node)
{
    while (node && !all->of[node->id])
        node = node->parent;
    return node;
}

/* The clause that opens above a part with the number. */
static const struct gb_node *
opened_by_number(const struct openings *all, const struct gb_facts *facts, struct gb_number num)
{
    while (num.n > 0) {
        num.n--;
        const struct gb_node *node = gb_find_part(facts, num.n ? GB_MENTION_CLAUSE : GB_MENTION_ANNEX, &num);
        if (node && all->of[node->id])
            return node;
    }
    return NULL;
}

GB_ORDER(compare_edits, struct gb_renumber_edit, GB_KEY(about->id) GB_KEY(edit.span.begin))

/* The numbers that become others, each with the clause that it is for. Where one of them is not certain, its clause stays as it is. */
static void
count_on(const struct gb_check *c, struct openings *all, const bool *opens)
{
    const struct gb_rearrangement change = {.opens = opens};
    struct gb_renumbering numbers = {0};

    gb_renumber_rearranged(c->doc, c->facts, &change, &numbers);
    GB_EACH(const struct gb_renumber_doubt, doubt, numbers.doubts.items, numbers.doubts.len) {
        const struct gb_node *node = doubt->about ? opened_above(all, doubt->about->parent) : NULL;
        node = node ? node : opened_by_number(all, c->facts, doubt->num);
        if (node)
            all->of[node->id] = NULL;
    }
    all->edits = gb_arena_new_array(c->arena, struct gb_renumber_edit, numbers.edits.len + 1);
    GB_EACH(const struct gb_renumber_edit, edit, numbers.edits.items, numbers.edits.len) {
        const struct gb_node *node = edit->about ? opened_above(all, edit->about->parent) : NULL;
        if (node)
            all->edits[all->n_edits++] = (struct gb_renumber_edit){edit->edit, node};
    }
    gb_sort(all->edits, all->n_edits, sizeof(*all->edits), compare_edits);
    gb_renumbering_release(&numbers);
}

/* Of clauses one in the other the outer one opens: it changes the number of the inner one, whose turn comes then. */
static void
open_all(struct gb_check *c, struct openings *all)
{
    static const enum gb_node_kind kinds[] = {GB_NODE_ANNEX, GB_NODE_CLAUSE};
    const struct gb_nodes *entries = &c->facts->of_kind[GB_NODE_ENTRY];
    bool *opens = gb_arena_new_array(c->arena, bool, c->facts->n_nodes + 1), any = false;

    all->of = gb_arena_new_array(c->arena, const struct opening *, c->facts->n_nodes + 1);
    for (uint32_t i = 0; i < entries->n; i++)
        gb_numbers_add(&all->entries, &entries->items[i]->num, entries->items[i]);
    gb_numbers_sort(&all->entries);
    for (size_t k = 0; k < GB_COUNT(kinds); k++) {
        GB_EACH_NODE(n, &c->facts->of_kind[kinds[k]]) {
            if (!opened_above(all, n))
                all->of[n->id] = open_clause(c, all, n);
            opens[n->id] = all->of[n->id];
            any = any || opens[n->id];
        }
    }
    if (any)
        count_on(c, all, opens);
    gb_array_release(&all->entries.items);
}

GB_ORDER(compare_places, struct gb_edit, GB_KEY(span.begin))

static void
fix_hanging(struct gb_check *c, struct gb_finding *finding, const struct gb_node *node)
{
    struct openings *all = gb_check_shared(c, gb_hanging_checks, sizeof(*all));
    GB_ARRAY(struct gb_edit) edits = {0};

    if (!all->is_made)
        open_all(c, all);
    all->is_made = true;
    const struct opening *o = all->of[node->id];
    if (!o)
        return;
    GB_SEEK(size_t, at, all->n_edits, all->edits[at].about->id < node->id);
    for (; at < all->n_edits && all->edits[at].about == node; at++)
        *gb_push(&edits) = all->edits[at].edit;
    for (size_t i = 0; i < o->n; i++)
        *gb_push(&edits) = o->edits[i];
    gb_sort(edits.items, edits.len, sizeof(*edits.items), compare_places);
    gb_fix_edits(c, finding, edits.items, edits.len);
    gb_array_release(&edits);
}

/* 除非另有说明，所用试剂均为分析纯: GB/T 20001.4 puts it before the entries. */
static bool
leads_inventory(const struct gb_node *chapter, const struct gb_node *block)
{
    return block->kind == GB_NODE_PARA && gb_clause_is_inventory(chapter) &&
           (gb_str_starts(block->text.str, GB_STR("除")) || gb_str_has(block->text.str, GB_STR("分析纯")));
}

/*
 * A paragraph between the title of a clause and its first subclause cannot be cited by a number.
 * Source: GB/T 1.1—2020, 7.4. A figure that stands there alone is only mentioned. What stands below a number without title
 * is the text of that clause: NUM-010. Lead-ins of terms, symbols, reagents stand before their entries by rule.
 */
static void
check_hanging_paragraph(struct gb_check *c, const struct gb_node *node)
{
    const struct gb_node *block = hanging_block(node);

    if (!block || leads_inventory(node, block))
        return;
    struct gb_finding *finding = gb_report_case(c, is_figure_alone(block) ? "figure" : NULL, at_block(block), node,
                                                GB_ARGS(node->title.str, node->number.str));
    if (gb_wants_fix(c, finding))
        fix_hanging(c, finding, node);
}

const struct gb_check_def gb_hanging_checks[] = {
    {.name = "hanging-paragraph",
     .run = check_hanging_paragraph,
     .on = GB_ON(CLAUSE) | GB_ON(ANNEX),
     .cases = "figure"},
    {0},
};
