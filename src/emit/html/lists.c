/* What the draft cites and where; its terms and the places where they are used. */
#include "base/sort.h"
#include "emit/html/html_priv.h"

enum { MOST_ROWS = 400, MOST_PLACES = 12 };

static const struct gb_node *
part_of(const struct gb_html *h, const struct gb_node *node)
{
    while (node && !h->nodes[node->id].id.len)
        node = node->parent;
    return node;
}

/* A link to the part that a node stands in: its number. */
static void
put_part(struct gb_html *h, const struct gb_node *node, const char *before)
{
    const struct gb_node *part = part_of(h, node);

    if (!part)
        return;
    gb_html_open_link(h, part);
    gb_out_puts(h->out, before);
    if (part->num.n || part->num.letter)
        gb_out_markup(h->out, gb_number_text(&part->num, h->arena));
    else
        gb_html_part_name(h, part);
    gb_out_puts(h->out, "</a> ");
}

/* ---- Citations ---- */

/* A document where it is cited, or listed. */
struct cited {
    struct gb_str name;
    const struct gb_node *node;
    enum gb_citation_force force;
    bool is_entry; /* else a citation */
};

GB_ORDER(compare_cited, struct cited, GB_KEY_STR(name) GB_KEY_DOWN(is_entry) GB_KEY(node->id))

static void
put_listed(struct gb_html *h, const struct cited *rows, size_t n)
{
    gb_out_puts(h->out, "<td>");
    for (size_t i = 0; i < n && rows[i].is_entry; i++)
        put_part(h, rows[i].node, "");
    if (!rows[0].is_entry)
        gb_out_puts(h->out,
                    gb_html_say(h, "<span class=\"none\">未列出</span>", "<span class=\"none\">not listed</span>"));
    gb_out_puts(h->out, "</td>");
}

/* The clauses of one chapter that cite the document. */
static void
put_cell(struct gb_html *h, const struct cited *rows, size_t n, const struct gb_node *chapter)
{
    static const char *const marks[] = {"◐", "●", "○"};
    unsigned told = 0;

    gb_out_puts(h->out, "<td>");
    for (size_t i = 0; i < n; i++) {
        if (rows[i].is_entry || gb_node_top(rows[i].node) != chapter)
            continue;
        if (told++ < MOST_PLACES)
            put_part(h, rows[i].node, marks[rows[i].force]);
    }
    if (told > MOST_PLACES)
        gb_out_puts(h->out, "…");
    gb_out_puts(h->out, "</td>");
}

typedef GB_ARRAY(struct cited) cited_array;

static void
collect_cited(struct gb_html *h, cited_array *list)
{
    const struct gb_facts *facts = h->facts;

    GB_EACH(const struct gb_reference, entry, facts->entries, facts->n_entries) {
        if (entry->id.code.len)
            *gb_push(list) = (struct cited){gb_identifier_text(h->arena, &entry->id), entry->node, GB_CITED_OPEN, true};
    }
    GB_EACH(const struct gb_citation, c, facts->citations, facts->n_citations) {
        *gb_push(list) = (struct cited){gb_identifier_text(h->arena, c->id), c->id->node, c->force, false};
    }
    gb_sort(list->items, list->len, sizeof(*list->items), compare_cited);
}

/* Chapters and annexes that cite something, in order. */
static uint32_t
collect_chapters(struct gb_html *h, const struct gb_node **chapters)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < h->facts->n_citations; i++) {
        const struct gb_node *top = gb_node_top(h->facts->citations[i].id->node);
        if (n == 0 || chapters[n - 1] != top)
            chapters[n++] = top;
    }
    return n;
}

static void
put_chapter_heads(struct gb_html *h, const struct gb_node *const *chapters, uint32_t n)
{
    gb_out_printf(h->out, "<tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th>", gb_html_say(h, "文件", "Document"),
                  gb_html_say(h, "列于", "Listed in"));
    for (uint32_t i = 0; i < n; i++) {
        gb_out_puts(h->out, "<th scope=\"col\">");
        put_part(h, chapters[i], "");
        gb_out_puts(h->out, "</th>");
    }
    gb_out_puts(h->out, "</tr>\n");
}

void
gb_html_citations(struct gb_html *h)
{
    cited_array list = {0};
    const struct gb_node **chapters = gb_arena_new_array(h->arena, const struct gb_node *, h->facts->n_citations + 1);
    uint32_t n_chapters = collect_chapters(h, chapters), rows = 0;

    collect_cited(h, &list);
    if (list.len) {
        gb_html_open_details(h, "citations", gb_html_say(h, "引用文件与引用处", "Documents and where they are cited"),
                             0);
        gb_out_printf(h->out, "<p class=\"key\">%s</p>\n<div class=\"scroll\" tabindex=\"0\"><table>\n",
                      gb_html_say(h, "● 规范性引用　○ 资料性引用　◐ 由措辞不能确定",
                                  "● normative ○ informative ◐ not told by the wording"));
        put_chapter_heads(h, chapters, n_chapters);
    }
    for (size_t i = 0, end; i < list.len && rows < MOST_ROWS; i = end, rows++) {
        for (end = i + 1; end < list.len && gb_str_eq(list.items[end].name, list.items[i].name);)
            end++;
        gb_html_put(h->out, "<tr><th scope=\"row\">", list.items[i].name, "</th>");
        put_listed(h, list.items + i, end - i);
        for (uint32_t k = 0; k < n_chapters; k++)
            put_cell(h, list.items + i, end - i, chapters[k]);
        gb_out_puts(h->out, "</tr>\n");
    }
    if (list.len)
        gb_html_close_table(h);
    gb_array_release(&list);
}

/* ---- Terms ---- */

static void
put_uses(struct gb_html *h, const struct gb_designation *d)
{
    const struct gb_terms *terms = h->facts->vocabulary;
    const struct gb_node *last = NULL;
    unsigned told = 0;

    gb_out_printf(h->out, "<td><b>%u</b> ", d->n_uses);
    for (uint32_t i = d->first_use; i != GB_NO_USE && told < MOST_PLACES; i = terms->uses[i].next) {
        const struct gb_node *part = part_of(h, terms->uses[i].node);
        if (terms->uses[i].flags & GB_USE_OWN || part == last)
            continue;
        last = part;
        put_part(h, terms->uses[i].node, "");
        told++;
    }
    if (told == MOST_PLACES)
        gb_out_puts(h->out, "…");
    gb_out_puts(h->out, "</td>");
}

static void
put_designation(struct gb_html *h, const struct gb_term *term, uint32_t index)
{
    static const char *const zh[] = {"首选", "许用", "简称", "拒用"}, *const en[] = {"preferred", "admitted", "short",
                                                                                     "deprecated"};
    const struct gb_designation *d = &h->facts->vocabulary->designations[index];
    bool is_first = index == term->first;

    gb_html_put(h->out, is_first ? "<tr><th scope=\"row\">" : "<tr><th scope=\"row\" class=\"second\">", d->words,
                "</th><td>");
    if (is_first)
        gb_out_markup(h->out, gb_str_trim(term->en.str));
    else
        gb_out_puts(h->out, gb_html_say(h, zh[d->status], en[d->status]));
    gb_out_puts(h->out, "</td><td>");
    put_part(h, d->node, "");
    gb_out_puts(h->out, "</td>");
    put_uses(h, d);
    gb_out_puts(h->out, "</tr>\n");
}

static void
put_form(struct gb_html *h, const struct gb_variant_form *form)
{
    gb_html_put(h->out, "<td><span class=\"designation\">", form->words, "</span> ");
    for (uint32_t i = 0; i < form->n_places && i < MOST_PLACES; i++) {
        if (i == 0 || part_of(h, form->places[i].node) != part_of(h, form->places[i - 1].node))
            put_part(h, form->places[i].node, "");
    }
    if (form->n_places > MOST_PLACES)
        gb_out_puts(h->out, "…");
    gb_out_puts(h->out, "</td>");
}

static void
put_variants(struct gb_html *h)
{
    static const char *const heads[][2] = {{"宜保留", "To keep"}, {"另一名称", "Other form"}};
    const struct gb_variants *variants = h->facts->variants;

    if (!variants->n)
        return;
    gb_html_open_details(h, "variants", gb_html_say(h, "同一事物的不同名称", "Names that seem to mean one thing"),
                         variants->n);
    gb_html_open_table(h, heads, GB_COUNT(heads));
    for (uint32_t i = 0; i < variants->n && i < MOST_ROWS; i++) {
        gb_out_puts(h->out, "<tr>");
        put_form(h, &variants->items[i].kept);
        put_form(h, &variants->items[i].other);
        gb_out_puts(h->out, "</tr>\n");
    }
    gb_html_close_table(h);
}

void
gb_html_terms(struct gb_html *h)
{
    static const char *const heads[][2] = {{"名称", "Name"},
                                           {"英文", "English"},
                                           {"出处", "Defined in"},
                                           {"使用处", "Used in"}};
    const struct gb_terms *terms = h->facts->vocabulary;
    uint32_t rows = 0;

    if (terms->n) {
        gb_html_open_details(h, "terms", gb_html_say(h, "术语与简称", "Terms and short forms"), terms->n);
        gb_html_open_table(h, heads, GB_COUNT(heads));
        for (uint32_t i = 0; i < terms->n; i++) {
            for (uint32_t k = 0; k < terms->items[i].n && rows < MOST_ROWS; k++, rows++)
                put_designation(h, &terms->items[i], terms->items[i].first + k);
        }
        gb_html_close_table(h);
    }
    put_variants(h);
}
