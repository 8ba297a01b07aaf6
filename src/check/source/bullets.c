/* Bullets of the markup before numbers and markers: MDC-002, MDC-003. */
#include "check/clause_priv.h"
#include "check/source/markup_priv.h"

/* Length of "- " or "* " with the blanks behind it, at the end of the text; *out_begin is where it begins. 0: there is none. */
static size_t
bullet_length(struct gb_str before, size_t *out_begin)
{
    size_t end = gb_skip_any_back(before, before.len, " \t");

    if (end == 0 || end == before.len || !strchr("-*+", before.ptr[end - 1]))
        return 0;
    *out_begin = end - 1;
    return before.len - (end - 1);
}

/* What the bullet's place is to hold: a line end more where a line of text stands right above, so that both stay apart. */
static bool
bullet_edit(const struct gb_check *c, const struct gb_node *node, struct gb_edit *out)
{
    const struct gb_source *source = c->doc->source;
    const struct gb_source_file *file = gb_source_file_at(source, node->span.begin);
    struct gb_span before = gb_markup_before_head(c, node);
    struct gb_str text = gb_str_sub(file->text, before.begin - file->base, before.end - file->base);
    size_t begin = 0, length = bullet_length(text, &begin);

    if (!gb_markup_is_exact(node) || !length || gb_str_trim(gb_str_sub(text, 0, begin)).len)
        return false;
    /* Lines below that belong to the bullet by their blanks would lose their owner. */
    struct gb_str below = gb_markup_line_below(source, file, gb_source_line_end(source, node->span.begin));
    if (below.len && (below.ptr[0] == ' ' || below.ptr[0] == '\t') && gb_str_trim(below).len) {
        size_t at = 0, other;
        at = gb_skip_any(below, at, " \t");
        if (at + 1 >= below.len || !bullet_length(gb_str_sub(below, 0, at + 2), &other))
            return false;
    }
    out->span = before;
    out->text = gb_markup_is_blank_above(file, before.begin) ? GB_STR("") : gb_markup_line_end(file);
    return true;
}

static bool
is_bulleted_clause(const struct gb_node *node)
{
    return node && node->kind == GB_NODE_CLAUSE && node->encoding == GB_ENCODING_BULLET &&
           !(node->flags & GB_NODE_GIVEN) && node->num.n;
}

static const struct gb_node *
clause_beside(const struct gb_node *node, bool is_before)
{
    do {
        node = is_before ? node->prev : node->next;
    } while (node && node->kind != GB_NODE_CLAUSE);
    return node;
}

/* Bulleted nodes that are told together. */
typedef GB_ARRAY(const struct gb_node *) node_array;

/* None is mended where one of them cannot be. */
static void
fix_bulleted(struct gb_check *c, struct gb_finding *f, const node_array *all)
{
    GB_ARRAY(struct gb_edit) edits = {0};
    bool ok = gb_wants_fix(c, f);

    for (size_t i = 0; ok && i < all->len; i++)
        ok = bullet_edit(c, all->items[i], gb_push(&edits));
    for (size_t i = 0; ok && i < edits.len; i++)
        gb_fix_markup(c, f, edits.items[i].span, edits.items[i].text);
    gb_array_release(&edits);
}

/* A clause is no item of a list. Clauses one after the other give one finding. */
static void
check_clause_in_bullet(struct gb_check *c, const struct gb_node *node)
{
    node_array all = {0};

    if (!is_bulleted_clause(node) || is_bulleted_clause(clause_beside(node, true)))
        return;
    for (const struct gb_node *k = node; is_bulleted_clause(k); k = clause_beside(k, false))
        *gb_push(&all) = k;
    const char *which = all.len > 1 ? "run" : NULL;
    struct gb_finding *f =
        gb_report_case(c, which, gb_at_number(node), node, GB_ARGS(node->number.str, gb_count_text(c, all.len)));
    for (size_t i = 1; i < all.len; i++)
        gb_also_there(c, f, gb_at_number(all.items[i]));
    fix_bulleted(c, f, &all);
    gb_array_release(&all);
}

/* A bullet of the markup before a marker of the standard: read as one marker, told once. */
static void
check_double_marker(struct gb_check *c)
{
    node_array doubles = {0};

    GB_EACH_NODE(node, &c->facts->of_kind[GB_NODE_ITEM]) {
        if (node->flags & GB_NODE_DOUBLE)
            *gb_push(&doubles) = node;
    }
    if (!doubles.len)
        return;
    const struct gb_node *first = doubles.items[0];
    struct gb_finding *f =
        gb_report(c, gb_at_text(&first->marker), first, GB_ARGS(first->marker.str, gb_count_text(c, doubles.len)));
    for (size_t i = 1; i < doubles.len; i++)
        gb_also_there(c, f, gb_at_text(&doubles.items[i]->marker));
    fix_bulleted(c, f, &doubles);
    gb_array_release(&doubles);
}

const struct gb_check_def gb_source_bullet_checks[] = {
    {.name = "clause-in-bullet", .run = check_clause_in_bullet, .on = GB_ON(CLAUSE), .cases = "run"},
    {.name = "double-marker", .whole = check_double_marker},
    {0},
};
