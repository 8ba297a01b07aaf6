/*
 * How the draft was written down: leaders in the contents, captions without pictures, brackets of both widths. What a conversion
 * leaves behind; group MDC, with headings.c, bullets.c, pages.c, and lines.c for what is seen on lines and
 * characters.
 */
#include "check/front/contents_priv.h"
#include "check/objects/figures_priv.h"

/* ---- MDC-006: leaders and pages typed in the contents ---- */

/* Where the leader before the page begins; GB_NOT_FOUND when there is none of three dots. */
static size_t
leader_begin(const struct gb_node *entry)
{
    struct gb_str head = gb_str_trim(entry->head.str);
    size_t at, prev;
    unsigned dots = 0;

    if (!entry->page.str.len || !gb_str_ends(head, entry->page.str))
        return GB_NOT_FOUND;
    for (at = head.len - entry->page.str.len; at > 0; at = prev) {
        uint32_t ch = gb_utf8_before(head, at, &prev);
        if (ch == '.' || ch == 0xFF0E || ch == 0xB7 || ch == 0x30FB)
            dots++;
        else if (ch == 0x2026 || ch == 0x22EF || ch == 0x2025)
            dots += 3;
        else if (!gb_char_is_space(ch))
            break;
    }
    return dots >= 3 ? at : GB_NOT_FOUND;
}

/*
 * Is the entry read as one without its page as well: a number that stands apart from the title, or the title of an element that
 * contents list?
 */
static bool
is_plain_entry(const struct gb_check *c, const struct gb_node *entry)
{
    GB_WORDS(titles, "前言", "引言", "参考文献", "索引");
    struct gb_span number = gb_text_whole(&entry->number, NULL), title = gb_text_whole(&entry->title, NULL);

    if (entry->num.letter && entry->num.n == 0)
        return true;
    if (entry->num.n > 0)
        return number.end < title.begin &&
               !gb_str_trim(gb_source_text(c->doc->source, (struct gb_span){number.end, title.begin})).len;
    GB_FIND(word, titles, GB_COUNT(titles), gb_str_same(entry->title.str, *word));
    return word || GB_STARTS_WITH(entry->title.str, "图", "表");
}

/*
 * Takes leaders and pages out, all of them or none: of entries without pages and such with pages nobody knows what they mean. Entries
 * that share a line would run together.
 */
static void
fix_leaders(struct gb_check *c, struct gb_finding *f, const struct gb_node *toc)
{
    GB_ARRAY(struct gb_edit) edits = {0};
    bool ok = gb_wants_fix(c, f);

    for (const struct gb_node *e = toc->first; ok && e; e = e->next) {
        struct gb_span tail;
        if (e->kind != GB_NODE_ENTRY)
            continue;
        ok = is_plain_entry(c, e);
        if (!e->page.str.len)
            continue;
        ok = ok && e->encoding != GB_ENCODING_TABLE && gb_entry_tail(c->doc, e, &tail);
        if (ok)
            *gb_push(&edits) = (struct gb_edit){.span = tail, .text = GB_STR(""), .is_markup = true};
    }
    if (ok)
        gb_fix_edits(c, f, edits.items, edits.len);
    gb_array_release(&edits);
}

/* Contents with leaders and pages are made by a program, not typed. */
static void
check_toc_leaders(struct gb_check *c, const struct gb_node *toc)
{
    struct gb_finding *f = NULL;
    unsigned long n = 0;

    for (const struct gb_node *e = toc->first; e; e = e->next)
        n += e->kind == GB_NODE_ENTRY && leader_begin(e) != GB_NOT_FOUND;
    for (const struct gb_node *e = toc->first; e; e = e->next) {
        size_t begin = e->kind == GB_NODE_ENTRY ? leader_begin(e) : GB_NOT_FOUND;
        if (begin == GB_NOT_FOUND)
            continue;
        struct gb_text rest = gb_text_slice(&e->head, begin, e->head.str.len);
        rest = gb_text_trim(&rest);
        f = gb_report_one(c, f, NULL, gb_at_text(&rest), e, GB_ARGS(gb_count_text(c, n)));
    }
    if (f)
        fix_leaders(c, f, toc);
}

/* ---- MDC-009: captions without pictures ---- */

static bool
is_drawn(const struct gb_node *n)
{
    if (GB_AMONG(n->kind, GB_NODE_FIGURE, GB_NODE_TABLE))
        return n->encoding != GB_ENCODING_LOST && !n->number.str.len && !n->title.str.len;
    return n->kind == GB_NODE_PARA && n->encoding == GB_ENCODING_FENCE; /* a drawing made of characters */
}

/* Something between the caption and the one before it, or the next, may be the picture: in doubt it is. */
static bool
has_picture_near(const struct gb_node *caption)
{
    for (const struct gb_node *n = caption->prev; n && n->kind != GB_NODE_CLAUSE; n = n->prev) {
        if (is_drawn(n))
            return true;
        if (n->kind == GB_NODE_FIGURE)
            break;
    }
    const struct gb_node *next = gb_object_behind(caption);
    return next && is_drawn(next);
}

/* 图1 below 图1-1 and 图1-2: its pictures are those of its parts, FIG-009. */
static bool
is_below_parts(struct gb_check *c, const struct gb_node *figure)
{
    const struct gb_node *before = gb_object_before(figure);

    return before && before->kind == GB_NODE_FIGURE && before->encoding != GB_ENCODING_LOST && figure->num.n == 1 &&
           before->num.part[0] == figure->num.part[0] && gb_figure_is_part_of_other(c, before);
}

/* A caption has its picture. */
static void
check_figure_lost(struct gb_check *c, const struct gb_node *figure)
{
    if (figure->encoding != GB_ENCODING_LOST || has_picture_near(figure) || is_below_parts(c, figure))
        return;
    struct gb_str label = gb_arena_printf(c->arena, "图%.*s", GB_FMT(figure->number.str));
    gb_report_case(c, figure->title.str.len ? NULL : "untitled", gb_at_head(figure), figure,
                   GB_ARGS(label, figure->title.str));
    gb_not_checked(c, label, gb_say(c, "图形已丢失", "the picture is lost"));
}

/* ---- MDC-011: one text with brackets of both widths ---- */

struct bracketed {
    const struct gb_text *text;
    const struct gb_node *node;
    struct gb_str key;  /* the text under N */
    struct gb_str stem; /* of it, up to the end of the first brackets: titles that go on differently */
    uint32_t place;
    bool is_half;
};

struct bracketed_list {
    GB_ARRAY(struct bracketed) list;
    struct gb_buf scratch;
    struct gb_arena arena;
};

static bool
has_half_brackets(struct gb_str s)
{
    return s.len && (memchr(s.ptr, '(', s.len) || memchr(s.ptr, ')', s.len));
}

/* Most titles have no byte of the full-width forms at all. */
static bool
has_full_brackets(struct gb_str s)
{
    return s.len && memchr(s.ptr, '\xEF', s.len) && gb_str_has(s, GB_STR("（")) && !has_half_brackets(s);
}

static void
add_bracketed(struct bracketed_list *all, const struct gb_node *node, const struct gb_text *text, bool is_half)
{
    struct gb_str s = text->str;

    if (!(is_half ? has_half_brackets(s) : has_full_brackets(s)))
        return;
    all->scratch.len = 0;
    gb_normalise(s, &all->scratch);
    struct gb_str key = gb_arena_copy(&all->arena, gb_buf_str(&all->scratch));
    size_t close = gb_str_find(key, GB_STR("）"), 0);
    struct gb_str stem = close == GB_NOT_FOUND || close == 0 ? key : gb_str_sub(key, 0, close + strlen("）"));
    uint32_t place = text->n_runs ? gb_text_whole(text, NULL).begin : node->span.begin;
    *gb_push(&all->list) = (struct bracketed){text, node, key, stem, place, is_half};
}

/* Titles, captions and natures of the draft with brackets of one width, in no order. */
static void
collect_bracketed(const struct gb_facts *facts, struct bracketed_list *all, bool is_half)
{
    static const enum gb_node_kind kinds[] = {GB_NODE_ANNEX,  GB_NODE_ENTRY,  GB_NODE_TITLE,
                                              GB_NODE_CLAUSE, GB_NODE_FIGURE, GB_NODE_TABLE};

    for (size_t k = 0; k < GB_COUNT(kinds); k++) {
        GB_EACH_NODE(n, &facts->of_kind[kinds[k]]) {
            bool has_nature = n->kind == GB_NODE_ANNEX || n->kind == GB_NODE_ENTRY;
            if (has_nature && n->u.nature_text)
                add_bracketed(all, n, n->u.nature_text, is_half);
            add_bracketed(all, n, &n->title, is_half);
        }
    }
    if (facts->cover)
        add_bracketed(all, facts->cover, &facts->cover->u.cover->title, is_half);
}

GB_ORDER(compare_keys, struct bracketed, GB_KEY_STR(stem) GB_KEY(is_half))

GB_ORDER(compare_places, struct bracketed, GB_KEY(place))

/* Keeps the half-width forms of stems that have a full-width form too, in the order of the draft. */
static void
keep_differing(struct bracketed_list *all)
{
    size_t kept = 0, end;

    if (!all->list.len)
        return;
    gb_sort(all->list.items, all->list.len, sizeof(*all->list.items), compare_keys);
    for (size_t i = 0; i < all->list.len; i = end) {
        struct bracketed first = all->list.items[i];
        for (end = i; end < all->list.len && gb_str_eq(all->list.items[end].stem, first.stem); end++) {
            if (!first.is_half && all->list.items[end].is_half)
                all->list.items[kept++] = all->list.items[end];
        }
    }
    all->list.len = kept;
    if (kept)
        gb_sort(all->list.items, kept, sizeof(*all->list.items), compare_places);
}

static void
fix_brackets(struct gb_check *c, struct gb_finding *f, const struct gb_text *text)
{
    for (size_t i = 0; i < text->str.len; i++) {
        char ch = text->str.ptr[i];
        if (ch == '(' || ch == ')')
            gb_fix_part(c, f, text, i, i + 1, ch == '(' ? GB_STR("（") : GB_STR("）"));
    }
}

/* The same title or nature is written with brackets of one width, the Chinese one. */
static void
check_bracket_width(struct gb_check *c)
{
    struct bracketed_list all = {0};
    struct gb_finding *f = NULL;

    collect_bracketed(c->facts, &all, true);
    if (all.list.len)
        collect_bracketed(c->facts, &all, false);
    keep_differing(&all);
    GB_EACH_IN(b, &all.list) {
        const struct gb_str args[] = {b->text->str, gb_count_text(c, all.list.len), gb_arena_copy(c->arena, b->key)};
        f = gb_report_one(c, f, NULL, gb_at_text(b->text), b->node, args, GB_COUNT(args));
        fix_brackets(c, f, b->text);
    }
    gb_array_release(&all.list);
    gb_buf_release(&all.scratch);
    gb_arena_release(&all.arena);
}

const struct gb_check_def gb_source_form_checks[] = {
    {.name = "toc-leaders", .run = check_toc_leaders, .on = GB_ON(TOC)},
    {.name = "figure-lost", .run = check_figure_lost, .on = GB_ON(FIGURE), .cases = "untitled"},
    {.name = "bracket-width-run", .whole = check_bracket_width},
    {0},
};
