/* The parts of the draft: their ids on the page, how much was found in each, and the clause tree that leads to them. */
#include "base/sort.h"
#include "emit/html/html_priv.h"

enum { MOST_TITLE = 120, MANY_PARTS = 2000 };

bool
gb_html_is_part(const struct gb_node *node)
{
    switch (node->kind) {
    case GB_NODE_COVER:
    case GB_NODE_TOC:
    case GB_NODE_FOREWORD:
    case GB_NODE_INTRO:
    case GB_NODE_CLAUSE:
    case GB_NODE_TERM:
    case GB_NODE_ANNEX:
    case GB_NODE_BIBLIO:
    case GB_NODE_INDEX:
        return true;
    default:
        return false;
    }
}

/* ---- Ids ---- */

struct named {
    struct gb_str name;
    uint32_t id;
};

GB_ORDER(compare_names, struct named, GB_KEY_STR(name) GB_KEY(id))

/* c5.1, cA, foreword; n12 where the part has no number. */
static struct gb_str
name_of(struct gb_html *h, const struct gb_node *node)
{
    if (node->kind != GB_NODE_CLAUSE && node->kind != GB_NODE_TERM && node->kind != GB_NODE_ANNEX)
        return gb_str_from(gb_node_kind_name(node->kind));
    if (node->num.n == 0 && !node->num.letter)
        return gb_arena_printf(h->arena, "n%u", node->id);
    struct gb_str number = gb_number_text(&node->num, h->arena);
    return gb_arena_printf(h->arena, "c%.*s", GB_FMT(number));
}

/* Faulty drafts have two parts with one number: the second is c5.1-2. */
static void
give_ids(struct gb_html *h)
{
    GB_ARRAY(struct named) list = {0};

    for (const struct gb_node *n = h->doc->root; n; n = gb_node_walk(n, h->doc->root)) {
        if (gb_html_is_part(n))
            *gb_push(&list) = (struct named){name_of(h, n), n->id};
    }
    h->n_parts = (uint32_t)list.len;
    gb_sort(list.items, list.len, sizeof(*list.items), compare_names);
    for (size_t i = 0, same = 1; i < list.len; i++) {
        same = i > 0 && gb_str_eq(list.items[i].name, list.items[i - 1].name) ? same + 1 : 1;
        struct gb_str id = gb_arena_printf(h->arena, "d%u-%.*s", h->draft, GB_FMT(list.items[i].name));
        if (same > 1)
            id = gb_arena_printf(h->arena, "%.*s-%zu", GB_FMT(id), same);
        h->nodes[list.items[i].id].id = id;
    }
    gb_array_release(&list);
}

/* ---- Counts ---- */

static void
count(struct gb_html *h, const struct gb_node *node)
{
    for (uint32_t i = h->nodes[node->id].first; i != GB_HTML_NO_FINDING; i = h->findings[i].next)
        h->nodes[node->id].counts[h->report->findings.items[i].level] += !h->report->findings.items[i].is_known;
}

/* Behind all of its children, a node's counts go to its parent. */
static void
count_all(struct gb_html *h)
{
    const struct gb_node *n = h->doc->root;

    while (n) {
        count(h, n);
        if (n->first) {
            n = n->first;
            continue;
        }
        for (;; n = n->parent) {
            if (n == h->doc->root)
                return;
            for (int level = GB_LEVEL_INFO; level <= GB_LEVEL_ERROR; level++)
                h->nodes[n->parent->id].counts[level] += h->nodes[n->id].counts[level];
            if (n->next)
                break;
        }
        n = n->next;
    }
}

void
gb_html_find_parts(struct gb_html *h)
{
    give_ids(h);
    count_all(h);
}

const char *
gb_html_counted(enum gb_level level, uint32_t n, bool english)
{
    static const char *const zh[] = {"", "提示", "警告", "错误"};
    static const char *const one[] = {"", "info", "warning", "error"}, *const more[] = {"", "info", "warnings",
                                                                                        "errors"};

    return (english ? n == 1 ? one : more : zh)[level];
}

void
gb_html_counts(struct gb_out *out, const uint32_t counts[4], bool english)
{
    for (int level = GB_LEVEL_ERROR; level >= GB_LEVEL_INFO; level--) {
        if (!counts[level])
            continue;
        const char *name = gb_level_name((enum gb_level)level);
        gb_out_printf(out, "<span class=\"n %s\" title=\"%s\">%u</span>", name,
                      gb_html_counted((enum gb_level)level, counts[level], english), counts[level]);
    }
}

/* ---- The tree ---- */

void
gb_html_part_name(struct gb_html *h, const struct gb_node *node)
{
    const char *fixed = gb_unnumbered_name(node->kind, h->e->english);
    struct gb_str number = node->number.str;

    if (fixed) {
        gb_out_puts(h->out, fixed);
        return;
    }
    if (node->num.n || node->num.letter)
        number = gb_number_text(&node->num, h->arena);
    if (node->kind == GB_NODE_ANNEX)
        gb_out_puts(h->out, gb_html_say(h, "附录", "Annex "));
    gb_out_markup(h->out, number);
    gb_out_char(h->out, ' ');
    gb_html_short(h->out, gb_str_trim(node->title.str), MOST_TITLE);
}

static bool
has_counts(const struct gb_html *h, const struct gb_node *node)
{
    const uint32_t *n = h->nodes[node->id].counts;

    return n[GB_LEVEL_INFO] || n[GB_LEVEL_WARNING] || n[GB_LEVEL_ERROR];
}

/* Untitled subclauses are many: those in which nothing was found are left to the text, in a long draft all of them. */
static bool
is_shown(const struct gb_html *h, const struct gb_node *node)
{
    if (!gb_html_is_part(node))
        return false;
    if (node->kind != GB_NODE_CLAUSE || gb_node_is_titled(node) || gb_node_is_chapter(node))
        return true;
    return h->n_parts <= MANY_PARTS && has_counts(h, node);
}

static const struct gb_node *
shown_from(const struct gb_html *h, const struct gb_node *node)
{
    while (node && !is_shown(h, node))
        node = node->next;
    return node;
}

static void
put_link(struct gb_html *h, const struct gb_node *node)
{
    gb_out_puts(h->out, "<li>");
    gb_html_open_link(h, node);
    gb_html_part_name(h, node);
    gb_out_puts(h->out, "</a>");
    if (!has_counts(h, node))
        return;
    gb_out_puts(h->out, "<span class=\"ns\">");
    gb_html_counts(h->out, h->nodes[node->id].counts, h->e->english);
    gb_out_puts(h->out, "</span>");
}

void
gb_html_nav(struct gb_html *h)
{
    const struct gb_node *root = h->doc->root, *n = shown_from(h, root->first);

    gb_out_puts(h->out, "<nav class=\"tree\"");
    gb_html_put_attribute(h->out, "aria-label",
                          gb_arena_printf(h->arena, gb_html_say(h, "条款树 %u", "Clauses %u"), h->draft));
    gb_out_puts(h->out, ">\n<ol>");
    while (n) {
        put_link(h, n);
        const struct gb_node *below = shown_from(h, n->first);
        if (below) {
            gb_out_puts(h->out, "<details><summary aria-label=\"");
            gb_out_puts(h->out, gb_html_say(h, "下级条款", "subclauses"));
            gb_out_puts(h->out, "\"></summary><ol>");
            n = below;
            continue;
        }
        gb_out_puts(h->out, "</li>");
        const struct gb_node *next = shown_from(h, n->next);
        while (!next && n->parent != root) {
            n = n->parent;
            gb_out_puts(h->out, "</ol></details></li>");
            next = shown_from(h, n->next);
        }
        n = next;
    }
    gb_out_puts(h->out, "</ol></nav>\n");
}
