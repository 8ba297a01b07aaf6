/*
 * The draft as it reads: the clause tree with its numbers, lists, notes and terms. Each part is opened and closed as the walk comes
 * by, never by recursion: drafts nest as deep as they like. Behind each block stand the cards of its findings.
 */
#include "emit/html/html_priv.h"

enum {
    MOST_HEADING = 6,
    FEW_CARDS = 2,    /* more beside one block stand in a box of their own, which is kept low */
    MANY_PARTS = 1000 /* of a draft: then chapters alone are too long to be laid out at once */
};

struct tree {
    struct gb_html *h;
    const struct gb_node *lead; /* untitled clause whose number stands before the paragraph to come */
    unsigned depth;             /* of open headings */
};

/* ---- Blocks ---- */

/* ` id="…"` of a node that has one. */
static void
html_node_id(struct gb_html *h, const struct gb_node *node)
{
    if (h->nodes[node->id].id.len)
        gb_html_put_attribute(h->out, "id", h->nodes[node->id].id);
    else if (h->nodes[node->id].is_target)
        gb_out_printf(h->out, " id=\"d%u-b%u\"", h->draft, node->id);
}

static void
open(struct gb_html *h, const struct gb_node *node, const char *tag, const char *class)
{
    gb_out_printf(h->out, *class ? "<%s class=\"%s\"" : "<%s", tag, class);
    html_node_id(h, node);
    gb_out_char(h->out, '>');
}

static uint32_t
first_of(const struct gb_html *h, const struct gb_node *node)
{
    return node ? h->nodes[node->id].first : GB_HTML_NO_FINDING;
}

static unsigned
count_cards(const struct gb_html *h, uint32_t first)
{
    unsigned n = 0;

    for (uint32_t i = first; i != GB_HTML_NO_FINDING && n <= FEW_CARDS; i = h->findings[i].next)
        n++;
    return n;
}

/*
 * Opens a block: with cards it stands in a box with them. They come first in it, so that in the margin they begin where the block
 * does; below each other the style sheet sets them behind it. `lead` may be NULL: its cards stand there as well.
 */
static void
open_block(struct gb_html *h, const struct gb_node *node, const struct gb_node *lead)
{
    uint32_t of_lead = first_of(h, lead), of_node = first_of(h, node);

    if (of_lead == GB_HTML_NO_FINDING && of_node == GB_HTML_NO_FINDING)
        return;
    bool is_many = count_cards(h, of_lead) + count_cards(h, of_node) > FEW_CARDS;
    gb_out_puts(h->out, is_many ? "<div class=\"b\"><div class=\"many\">" : "<div class=\"b\">");
    gb_html_cards(h, of_lead);
    gb_html_cards(h, of_node);
    if (is_many)
        gb_out_puts(h->out, "</div>");
}

/* Closes an element with text in it: marks of what cannot be seen, the end tag, the box. */
static void
close_block(struct gb_html *h, const struct gb_node *node, const struct gb_node *lead, const char *end)
{
    gb_html_anchors(h, first_of(h, lead));
    gb_html_anchors(h, first_of(h, node));
    gb_out_puts(h->out, end);
    if (first_of(h, node) != GB_HTML_NO_FINDING || first_of(h, lead) != GB_HTML_NO_FINDING)
        gb_out_puts(h->out, "</div>");
}

static bool
has_unmarked(const struct gb_html *h, const struct gb_node *node)
{
    return GB_ANY(for (uint32_t i = first_of(h, node); i != GB_HTML_NO_FINDING; i = h->findings[i].next),
                  !h->findings[i].is_marked);
}

/* The same behind a block that has no line for such marks. */
static void
close_without_line(struct gb_html *h, const struct gb_node *node)
{
    bool has_line = has_unmarked(h, node);

    if (has_line)
        gb_out_puts(h->out, "<p class=\"ats\">");
    close_block(h, node, NULL, has_line ? "</p>" : "");
}

static void
put_line(struct gb_html *h, const char *class, const char *label, const struct gb_text *text)
{
    if (!text->str.len)
        return;
    gb_out_printf(h->out, "<p class=\"%s\">", class);
    if (*label)
        gb_out_printf(h->out, "<span class=\"k\">%s</span> ", label);
    gb_html_runs(h, text, GB_HTML_BROKEN);
    gb_out_puts(h->out, "</p>");
}

/* ---- Parts with a heading ---- */

static void
open_heading(struct tree *t, const struct gb_node *node)
{
    unsigned level = ++t->depth + 1;

    open_block(t->h, node, NULL);
    gb_out_printf(t->h->out, "<h%u>", level < MOST_HEADING ? level : MOST_HEADING);
}

static void
close_heading(struct tree *t, const struct gb_node *node)
{
    unsigned level = t->depth + 1;

    char end[] = "</h0>";

    end[3] = (char)('0' + (level < MOST_HEADING ? level : MOST_HEADING));
    close_block(t->h, node, NULL, end);
}

static bool
has_heading(const struct gb_node *node)
{
    return gb_html_is_part(node) && node->kind != GB_NODE_COVER && node->kind != GB_NODE_TOC &&
           (node->kind != GB_NODE_CLAUSE || gb_node_is_titled(node) || gb_node_is_chapter(node));
}

static void
put_number(struct gb_html *h, const struct gb_node *node)
{
    gb_out_puts(h->out, "<span class=\"num");
    if (node->flags & GB_NODE_GIVEN)
        gb_out_puts(h->out, " given");
    gb_out_puts(h->out, "\">");
    if (node->number.str.len)
        gb_html_runs(h, &node->number, GB_HTML_JOINED);
    else if (node->num.n || node->num.letter)
        gb_out_markup(h->out, gb_number_text(&node->num, h->arena));
    gb_out_puts(h->out, "</span>");
}

static void
put_section_tag(struct tree *t, const struct gb_node *node)
{
    struct gb_html *h = t->h;
    /* Laid out when it comes near. It holds all cards of its own: those of the text before it never reach into it, nor its own beyond. */
    bool is_far = has_heading(node) && t->depth < (h->n_parts > MANY_PARTS ? 2 : 1);
    static const char *const natures[] = {"", " normative", " informative"};

    gb_out_puts(h->out, "\n<section class=\"clause");
    if (node->kind != GB_NODE_CLAUSE)
        gb_out_printf(h->out, " %s", gb_node_kind_name(node->kind));
    gb_out_puts(h->out, node->kind == GB_NODE_ANNEX ? natures[node->nature] : "");
    gb_out_puts(h->out, is_far ? " far\"" : "\"");
    html_node_id(h, node);
    if (node->num.n || node->num.letter)
        gb_html_put_attribute(h->out, "data-clause", gb_number_text(&node->num, h->arena));
    gb_out_char(h->out, '>');
}

/* The names of a term: designations, English, synonyms. */
static void
put_names(struct gb_html *h, const struct gb_node *node)
{
    const struct gb_names *names = node->u.names;

    gb_html_put_runs(h, "<span class=\"designation\">", &node->title, "</span>");
    gb_out_char(h->out, ' ');
    gb_html_put_runs(h, "<span class=\"en\">", &node->en, "</span>");
    for (uint32_t i = 0; names && i < names->n; i++) {
        gb_out_puts(h->out, "<br>");
        gb_html_put_runs(h, "<span class=\"synonym\">", &names->items[i].text, "</span>");
    }
}

/* 附录A, nature and title: the line of the letter as written, and below it what stands on lines of its own. */
static void
put_annex_head(struct gb_html *h, const struct gb_node *node)
{
    const struct gb_text *nature = node->u.nature_text;

    if (node->head.str.len)
        gb_html_runs(h, &node->head, GB_HTML_BROKEN);
    else
        put_number(h, node);
    if (nature && !gb_str_has(node->head.str, nature->str))
        gb_html_put_runs(h, "<br>", nature, "");
    if (!gb_str_has(node->head.str, node->title.str))
        gb_html_put_runs(h, "<br>", &node->title, "");
}

static void
open_part(struct tree *t, const struct gb_node *node)
{
    struct gb_html *h = t->h;

    put_section_tag(t, node);
    if (!has_heading(node)) {
        if (node->first && node->first->kind == GB_NODE_PARA) {
            t->lead = node;
            return;
        }
        open_block(h, node, NULL);
        gb_out_puts(h->out, "<p class=\"lead\">");
        put_number(h, node);
        close_block(h, node, NULL, "</p>");
        return;
    }
    open_heading(t, node);
    if (node->kind == GB_NODE_ANNEX) {
        put_annex_head(h, node);
    } else if (node->kind == GB_NODE_TERM) {
        put_number(h, node);
        gb_out_char(h->out, ' ');
        put_names(h, node);
    } else {
        if (node->kind == GB_NODE_CLAUSE) {
            put_number(h, node);
            gb_out_char(h->out, ' ');
        }
        gb_html_runs(h, node->title.str.len ? &node->title : &node->head, GB_HTML_JOINED);
        if (node->kind == GB_NODE_CLAUSE)
            gb_html_put_runs(h, " <span class=\"en\">", &node->en, "</span>");
    }
    close_heading(t, node);
}

static void
close_part(struct tree *t, const struct gb_node *node)
{
    if (has_heading(node))
        t->depth--;
    gb_out_puts(t->h->out, "</section>");
}

/* ---- Cover, contents, title ---- */

/* Facts in front matter or elements; else its lines, which come as children. */
static void
put_cover(struct gb_html *h, const struct gb_node *node)
{
    const struct gb_cover *cover = node->u.cover;

    if (node->first || !cover)
        return;
    const struct {
        const char *class, *zh, *en;
        const struct gb_text *text;
    } fields[] = {
        {"ics", "ICS", "ICS", &cover->ics},
        {"ccs", "CCS", "CCS", &cover->ccs},
        {"band", "", "", &cover->band},
        {"code", "", "", &cover->code},
        {"replaces", "代替", "replaces", &cover->replaces},
        {"title", "", "", &cover->title},
        {"en", "", "", &cover->en},
        {"adoption", "", "", &cover->adoption},
        {"stage", "", "", &cover->stage},
        {"patent-call", "", "", &cover->patent_call},
        {"record", "备案号", "record", &cover->record},
        {"issued", "发布", "issued", &cover->issued},
        {"in-force", "实施", "in force", &cover->in_force},
        {"publisher", "", "", &cover->publisher},
    };

    for (size_t i = 0; i < GB_COUNT(fields); i++)
        put_line(h, fields[i].class, gb_html_say(h, fields[i].zh, fields[i].en), fields[i].text);
    for (uint32_t i = 0; i < cover->n_more_publishers; i++)
        put_line(h, "publisher", "", &cover->more_publishers[i]);
}

static void
put_contents_head(struct gb_html *h, const struct gb_node *node)
{
    gb_out_puts(h->out, "<details><summary>");
    if (node->title.str.len)
        gb_html_runs(h, &node->title, GB_HTML_JOINED);
    else
        gb_out_puts(h->out, gb_html_say(h, "目次", "Contents"));
    gb_out_puts(h->out, "</summary><ul class=\"entries\">");
}

static void
put_entry(struct gb_html *h, const struct gb_node *node)
{
    if (node->head.str.len) {
        gb_html_runs(h, &node->head, GB_HTML_JOINED);
    } else if (node->text.str.len) {
        gb_html_runs(h, &node->text, GB_HTML_JOINED);
    } else {
        gb_html_put_runs(h, "<span class=\"num\">", &node->number, "</span>");
        gb_out_char(h->out, ' ');
        gb_html_runs(h, &node->title, GB_HTML_JOINED);
        gb_out_char(h->out, ' ');
        gb_html_put_runs(h, "<span class=\"page\">", &node->page, "</span>");
    }
}

static void
put_title(struct gb_html *h, const struct gb_node *node)
{
    put_line(h, "t", "", node->title.str.len ? &node->title : &node->text);
    put_line(h, "en", "", &node->en);
}

/* ---- Text ---- */

static void
put_para(struct tree *t, const struct gb_node *node)
{
    struct gb_html *h = t->h;
    const struct gb_node *lead = t->lead;

    t->lead = NULL;
    open_block(h, node, lead);
    open(h, node, "p", lead ? "numbered" : "");
    if (lead) {
        put_number(h, lead);
        gb_out_char(h->out, ' ');
    }
    gb_html_runs(h, &node->text, GB_HTML_JOINED);
    close_block(h, node, lead, "</p>");
}

/* The marker that print has where the markup has a bullet; else as written. */
static void
put_marker(struct gb_html *h, const struct gb_node *item)
{
    struct gb_str marker = item->marker.str;
    bool is_bullet = marker.len == 1 && strchr("-+*", marker.ptr[0]);

    gb_out_puts(h->out, "<span class=\"m\">");
    if (is_bullet || !marker.len)
        gb_out_puts(h->out, marker.len && marker.ptr[0] == '*' ? "·" : "——");
    else
        gb_html_runs(h, &item->marker, GB_HTML_JOINED);
    gb_out_puts(h->out, "</span> ");
}

static void
put_item(struct gb_html *h, const struct gb_node *node)
{
    gb_out_puts(h->out, "<li>");
    open_block(h, node, NULL);
    open(h, node, "p", "");
    put_marker(h, node);
    gb_html_runs(h, &node->text, GB_HTML_JOINED);
    close_block(h, node, NULL, "</p>");
}

/* Does a colon stand behind the marker? It is no part of its text. */
static bool
has_colon(const struct gb_html *h, const struct gb_text *marker)
{
    enum { NEAR = 8 };
    uint32_t end = gb_text_whole(marker, NULL).end;
    struct gb_str behind = gb_source_text(h->report->source, (struct gb_span){end, end + NEAR});

    while (gb_str_at(behind, 0) == '*')
        behind = gb_str_skip(behind, 1);
    return GB_STARTS_WITH(behind, "：", ":");
}

/* 注, 示例, 脚注: the marker, then the text, then what is in it. */
static void
put_aside(struct gb_html *h, const struct gb_node *node)
{
    bool is_footnote = node->kind == GB_NODE_FOOTNOTE;

    open_block(h, node, NULL);
    gb_out_puts(h->out, "<p>");
    if (is_footnote)
        gb_html_put_runs(h, "<sup class=\"m\">", &node->marker, "</sup> ");
    else
        gb_html_put_runs(h, "<span class=\"m\">", &node->marker,
                         has_colon(h, &node->marker) ? "：</span>" : "</span> ");
    gb_html_runs(h, &node->text,
                 node->kind == GB_NODE_EXAMPLE && node->encoding == GB_ENCODING_FENCE ? GB_HTML_BROKEN
                                                                                      : GB_HTML_JOINED);
    close_block(h, node, NULL, "</p>");
}

static void
put_source(struct gb_html *h, const struct gb_node *node)
{
    if (node->text.str.len) {
        gb_html_runs(h, &node->text, GB_HTML_JOINED);
    } else {
        gb_html_runs(h, &node->code, GB_HTML_JOINED);
        gb_out_char(h->out, ' ');
        gb_html_runs(h, &node->number, GB_HTML_JOINED);
    }
}

static void
put_ref(struct gb_html *h, const struct gb_node *node)
{
    gb_html_put_runs(h, "<span class=\"m\">", &node->marker, "</span> ");
    if (node->text.str.len) {
        gb_html_runs(h, &node->text, GB_HTML_JOINED);
    } else {
        gb_html_runs(h, &node->code, GB_HTML_JOINED);
        gb_out_puts(h->out, "　");
        gb_html_runs(h, &node->title, GB_HTML_JOINED);
    }
}

static void
put_abbreviation(struct gb_html *h, const struct gb_node *node)
{
    gb_html_put_runs(h, "<span class=\"designation\">", &node->title, "</span>：");
    gb_html_runs(h, &node->text, GB_HTML_JOINED);
}

/* Set as it prints; as written where that cannot be, and below it where a finding may be about its words. */
static void
put_formula(struct gb_html *h, const struct gb_node *node)
{
    gb_out_puts(h->out, "<div>");
    bool is_set = gb_html_math(h->out, node->text.str, true);
    if (!is_set || first_of(h, node) != GB_HTML_NO_FINDING) {
        gb_out_puts(h->out, "<code>");
        gb_html_runs(h, &node->text, GB_HTML_AS_IS);
        gb_out_puts(h->out, "</code>");
    }
    gb_out_puts(h->out, "</div>");
    gb_html_put_runs(h, " <span class=\"num\">（", &node->number, "）</span>");
}

/* 式中：, whose line may go on with the first symbol: what is below it stands there. */
static void
put_where(struct gb_html *h, const struct gb_node *node)
{
    struct gb_text lead_in;
    size_t at = 0;

    open_block(h, node, NULL);
    gb_out_puts(h->out, "<p>");
    if (node->text.str.len)
        gb_html_runs(h, &node->text, GB_HTML_BROKEN);
    else if (!node->first)
        gb_html_runs(h, &node->head, GB_HTML_BROKEN);
    else if (gb_text_next_line(&node->head, &at, &lead_in, NULL))
        gb_html_runs(h, &lead_in, GB_HTML_JOINED);
    close_block(h, node, NULL, "</p>");
}

/* ---- The walk ---- */

enum form {
    NOT_SHOWN,
    PART,      /* open_part */
    PARAGRAPH, /* put_para */
    FRAME,     /* an element around what is in it, which has the cards */
    TEXT,      /* a block that ends before what is in it */
    BLOCK,     /* a block without a line for marks, around what is in it */
};

static const struct shape {
    enum form form;
    const char *tag, *class; /* NULL: `put` opens the element */
    void (*put)(struct gb_html *h, const struct gb_node *node);
    const char *end;
} shapes[GB_NODE_KIND_COUNT] = {
    [GB_NODE_FOREWORD] = {PART},
    [GB_NODE_INTRO] = {PART},
    [GB_NODE_CLAUSE] = {PART},
    [GB_NODE_TERM] = {PART},
    [GB_NODE_ANNEX] = {PART},
    [GB_NODE_BIBLIO] = {PART},
    [GB_NODE_INDEX] = {PART},
    [GB_NODE_PARA] = {PARAGRAPH},
    [GB_NODE_ENTRY] = {FRAME, "li", "", put_entry, "</li>"},
    [GB_NODE_LIST] = {FRAME, "ul", "list", NULL, "</ul>"},
    [GB_NODE_ITEM] = {FRAME, NULL, NULL, put_item, "</li>"},
    [GB_NODE_NOTE] = {FRAME, "div", "note", put_aside, "</div>"},
    [GB_NODE_EXAMPLE] = {FRAME, "div", "example", put_aside, "</div>"},
    [GB_NODE_FOOTNOTE] = {FRAME, "div", "footnote", put_aside, "</div>"},
    [GB_NODE_REFS] = {FRAME, "div", "refs", NULL, "</div>"},
    [GB_NODE_WHERE] = {FRAME, "div", "where", put_where, "</div>"},
    [GB_NODE_SOURCE] = {TEXT, "p", "source", put_source, "</p>"},
    [GB_NODE_REF] = {TEXT, "p", "ref", put_ref, "</p>"},
    [GB_NODE_ABBR] = {TEXT, "p", "abbr", put_abbreviation, "</p>"},
    [GB_NODE_COVER] = {BLOCK, "section", "cover", put_cover, "</section>"},
    [GB_NODE_TOC] = {BLOCK, "section", "toc", put_contents_head, "</ul></details></section>"},
    [GB_NODE_TITLE] = {BLOCK, "div", "title", put_title, "</div>"},
    [GB_NODE_TABLE] = {BLOCK, "div", "table", gb_html_table, "</div>"},
    [GB_NODE_FIGURE] = {BLOCK, "div", "figure", gb_html_figure, "</div>"},
    [GB_NODE_FORMULA] = {BLOCK, "div", "formula", put_formula, "</div>"},
};

/* Lists hold nothing but items, and contents nothing but entries. */
static bool
needs_item(const struct gb_node *node)
{
    enum gb_node_kind parent = node->parent ? node->parent->kind : GB_NODE_DOC;

    return (parent == GB_NODE_LIST && node->kind != GB_NODE_ITEM && node->kind != GB_NODE_COMMENT) ||
           (parent == GB_NODE_TOC && node->kind == GB_NODE_PARA);
}

static void
enter(struct tree *t, const struct gb_node *node)
{
    const struct shape *shape = &shapes[node->kind];

    if (needs_item(node))
        gb_out_puts(t->h->out, "<li>");
    if (shape->form == PART)
        open_part(t, node);
    if (shape->form == PARAGRAPH)
        put_para(t, node);
    if (shape->form == TEXT || shape->form == BLOCK)
        open_block(t->h, node, NULL);
    if (shape->tag)
        open(t->h, node, shape->tag, shape->class);
    if (shape->put)
        shape->put(t->h, node);
    if (shape->form == TEXT)
        close_block(t->h, node, NULL, shape->end);
}

static void
leave(struct tree *t, const struct gb_node *node)
{
    const struct shape *shape = &shapes[node->kind];

    if (shape->form == PART)
        close_part(t, node);
    if (node->kind == GB_NODE_FIGURE)
        gb_html_caption(t->h, node, "图", "Figure ");
    if (shape->form == FRAME || shape->form == BLOCK)
        gb_out_puts(t->h->out, shape->end);
    if (shape->form == BLOCK)
        close_without_line(t->h, node);
    if (needs_item(node))
        gb_out_puts(t->h->out, "</li>");
}

void
gb_html_tree(struct gb_html *h)
{
    struct tree t = {.h = h};
    const struct gb_node *root = h->doc->root, *n = root;

    gb_html_front(h);
    for (;;) {
        if (!gb_html_is_in_cells(n)) {
            enter(&t, n);
            if (n->first) {
                n = n->first;
                continue;
            }
            leave(&t, n);
        }
        while (n != root && !n->next) {
            n = n->parent;
            leave(&t, n);
        }
        if (n == root)
            return;
        n = n->next;
    }
}
