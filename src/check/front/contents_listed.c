/* What the contents list: all that they must, nothing that the draft does not have, clauses of all chapters or of none. */
#include "check/clause_priv.h"
#include "check/front/contents_priv.h"

/* ---- Missing and extra entries ---- */

/* All that stands before chapter 1, under N: entries that the reader did not take for one are there all the same. */
static void
normalise_front(const struct gb_check *c, const struct gb_node *toc, struct gb_buf *out)
{
    uint32_t end = toc->span.end;

    for (const struct gb_node *n = toc->next; n; n = n->next) {
        if (n->kind == GB_NODE_CLAUSE || n->kind == GB_NODE_ANNEX) {
            end = n->span.begin;
            break;
        }
    }
    if (end > toc->span.begin)
        gb_normalise(gb_source_text(c->doc->source, (struct gb_span){toc->span.begin, end}), out);
}

static bool
stands_in_front(struct gb_str front, const struct gb_node *node)
{
    struct gb_buf key = {0};

    gb_normalise(node->number.str, &key);
    gb_normalise(node->title.str, &key);
    bool is_found = key.len > 0 && gb_str_has(front, gb_buf_str(&key));
    gb_buf_release(&key);
    return is_found;
}

struct lists {
    const struct gb_node *toc;
    struct gb_numbers listed;
    unsigned most_parts; /* of a listed number */
    const struct gb_numbers *body;
    struct gb_buf front;
};

/* Must it be listed: 1 for chapters, annexes, 参考文献, 索引; 2 for a titled clause whose siblings are listed; else 0. */
static int
must_be_listed(const struct gb_node *node, const struct lists *l)
{
    if (node->kind == GB_NODE_ANNEX || node->kind == GB_NODE_BIBLIO || node->kind == GB_NODE_INDEX)
        return 1;
    if (node->kind != GB_NODE_CLAUSE || !gb_node_is_titled(node) || node->num.n == 0)
        return 0;
    if (gb_node_is_chapter(node))
        return node->num.n == 1;
    if (node->parent->num.n >= l->most_parts || !gb_contents_has_below(&l->listed, &node->parent->num) ||
        gb_clause_form(node) != GB_CLAUSE_TITLED)
        return 0;
    GB_FIND_NEXT(k, gb_clause_first(node->parent), gb_clause_next(k),
                 k != node && gb_node_is_titled(k) && gb_contents_find(&l->listed, &k->num));
    return k ? 2 : 0;
}

static const struct gb_node *
find_element(const struct gb_node *toc, const struct gb_node *node)
{
    enum gb_entry_rank rank = node->kind == GB_NODE_BIBLIO ? GB_RANK_BIBLIO : GB_RANK_INDEX;

    GB_FIND_NEXT(e, gb_node_child(toc, GB_NODE_ENTRY), gb_entry_next(e), gb_entry_rank(e) == rank);
    return e;
}

/* An entry that lost its number. */
static const struct gb_node *
find_unnumbered(const struct gb_node *toc, struct gb_str title)
{
    size_t n = 0;

    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e && n < GB_CONTENTS_SEARCHED;
         e = gb_entry_next(e), n++) {
        if (e->num.n == 0 && !e->num.letter && title.len && gb_str_same(gb_entry_without_mark(e->title.str), title))
            return e;
    }
    return NULL;
}

static const struct gb_node *
find_entry(const struct gb_node *toc, const struct gb_numbers *listed, const struct gb_node *node)
{
    if (node->kind == GB_NODE_BIBLIO || node->kind == GB_NODE_INDEX)
        return find_element(toc, node);
    const struct gb_node *entry = gb_contents_find(listed, &node->num);
    if (!entry)
        entry = gb_contents_titled(listed, &node->num, node->title.str);
    return entry ? entry : find_unnumbered(toc, node->title.str);
}

/* Missing entries that would stand at one place: one finding. */
struct gap {
    struct gb_buf names;
    const struct gb_node *first;
    int level;
};

static void
close_gap(struct gb_check *c, const struct gb_node *toc, struct gap *gap, const struct gb_node *next)
{
    if (!gap->first)
        return;
    const struct gb_node *place = next ? next : toc->last;
    struct gb_finding *f = gb_report_case(c, gap->level > 1 ? "clause" : NULL, gb_entry_at(place), NULL,
                                          GB_ARGS(gb_buf_take(&gap->names, c->arena)));
    gb_also(c, f, gb_at_head(gap->first), gb_say(c, "正文中的标题", "the heading"));
    gap->first = NULL;
}

static void
add_to_gap(struct gb_check *c, struct gap *gap, const struct gb_node *node, int level)
{
    if (gap->first)
        gb_buf_puts(&gap->names, "”“");
    else
        gap->names.len = 0;
    gb_buf_add(&gap->names, gb_contents_name(c, node));
    if (!gap->first || level < gap->level)
        gap->level = level;
    if (!gap->first)
        gap->first = node;
}

static bool
is_missing(const struct lists *l, const struct gb_node *node)
{
    return !find_entry(l->toc, &l->listed, node) && !stands_in_front(gb_buf_str(&l->front), node);
}

/* How many of what must be listed is not, and is it so much that the list itself is damaged? */
static bool
too_much_is_missing(const struct lists *l, const struct gb_node *root)
{
    size_t n = 0, n_missing = 0;

    for (const struct gb_node *top = root->first; top && n < GB_CONTENTS_SEARCHED; top = top->next) {
        if (must_be_listed(top, l) == 1) {
            n++;
            n_missing += !find_entry(l->toc, &l->listed, top);
        }
    }
    return n_missing * 2 > n || n == GB_CONTENTS_SEARCHED;
}

static void
look_for_entry(struct gb_check *c, const struct lists *l, const struct gb_node *node, struct gap *gap)
{
    int level = must_be_listed(node, l);
    const struct gb_node *entry = level ? find_entry(l->toc, &l->listed, node) : NULL;

    if (entry)
        close_gap(c, l->toc, gap, entry);
    else if (level && is_missing(l, node))
        add_to_gap(c, gap, node, level);
}

/* In document order; 参考文献 and 索引 are children of the document. */
static void
report_missing(struct gb_check *c, const struct lists *l, const struct gb_node *root)
{
    const struct gb_nodes *numbered = &c->facts->numbered;
    struct gap gap = {0};
    uint32_t i = 0;

    for (const struct gb_node *top = root->first; top; top = top->next) {
        if (top->kind == GB_NODE_BIBLIO || top->kind == GB_NODE_INDEX)
            look_for_entry(c, l, top, &gap);
        for (; i < numbered->n && gb_node_top(numbered->items[i]) == top; i++)
            look_for_entry(c, l, numbered->items[i], &gap);
    }
    close_gap(c, l->toc, &gap, NULL);
    gb_buf_release(&gap.names);
}

/* The first character of a title where that is a Han, which is written in one way only; else "", which is in all texts. */
static struct gb_str
first_han(struct gb_str title)
{
    unsigned char lead = title.len ? (unsigned char)title.ptr[0] : 0;

    return gb_str_sub(title, 0, lead >= 0xE4 && lead <= 0xE9 ? 3 : 0);
}

/* A line of the body that reads like the entry, though it was not taken for a clause, or not by that number. */
static bool
stands_in_body(const struct gb_node *root, const struct gb_node *entry)
{
    struct gb_str first = first_han(entry->title.str);

    for (const struct gb_node *n = root; n; n = gb_node_walk(n, root)) {
        struct gb_text line;
        if (n->kind == GB_NODE_TOC || n->kind == GB_NODE_ENTRY)
            continue;
        if (gb_str_same(n->title.str, entry->title.str))
            return true;
        if (first.len && !gb_str_has(n->text.str, first))
            continue;
        for (size_t at = 0; gb_text_next_line(&n->text, &at, &line, NULL);) {
            struct gb_number num;
            size_t end = 0;
            if (!gb_number_at_head(line.str, &num, &end))
                end = 0;
            if (gb_str_same(gb_str_skip(line.str, end), entry->title.str))
                return true;
        }
    }
    return false;
}

static bool
is_extra(const struct gb_check *c, const struct lists *l, const struct gb_node *entry)
{
    switch (gb_entry_rank(entry)) {
    case GB_RANK_CLAUSE:
    case GB_RANK_ANNEX:
        if (gb_contents_is_pushed_in(l->body, &l->listed, entry))
            return true;
        return entry->title.str.len && !gb_contents_find(l->body, &entry->num) &&
               !gb_contents_is_gap(l->body, &entry->num) && !gb_contents_titled(l->body, &entry->num, entry->title.str);
    case GB_RANK_INTRO:
        return !c->facts->intro;
    case GB_RANK_BIBLIO:
        return !c->facts->bibliography;
    case GB_RANK_INDEX:
        return !c->facts->index;
    default:
        return false;
    }
}

static void
report_extra(struct gb_check *c, const struct lists *l)
{
    size_t n = 0, n_extra = 0;

    for (const struct gb_node *e = gb_node_child(l->toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        n++;
        n_extra += is_extra(c, l, e);
    }
    if (n_extra * 3 > n || n_extra > 20)
        return;
    for (const struct gb_node *e = gb_node_child(l->toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        if (!is_extra(c, l, e) || stands_in_body(c->doc->root, e))
            continue;
        bool is_clause =
            (gb_entry_rank(e) == GB_RANK_CLAUSE && e->num.n > 1) || (gb_entry_rank(e) == GB_RANK_ANNEX && e->num.n > 0);
        struct gb_finding *f = gb_report_case(c, is_clause ? "extra-clause" : "extra", gb_entry_at(e), NULL,
                                              GB_ARGS(gb_contents_name(c, e)));
        if (!gb_contents_is_pushed_in(l->body, &l->listed,
                                      e)) /* else the numbers of the others would be wrong without it */
            gb_fix_entry_out(c, f, e);
    }
}

/* Headings without numbers, held against the entries by their order. */
static void
check_unnumbered_entries(struct gb_check *c, const struct gb_node *toc)
{
    const struct gb_contents_pair *pairs;
    size_t n = gb_contents_unpaired(c, toc, &pairs);

    for (size_t i = 0; i < n; i++) {
        if (!pairs[i].chapter) {
            struct gb_finding *f = gb_report_case(c, "extra", gb_entry_at(pairs[i].entry), NULL,
                                                  GB_ARGS(gb_contents_name(c, pairs[i].entry)));
            gb_fix_entry_out(c, f, pairs[i].entry);
        } else if (!pairs[i].entry) {
            struct gb_finding *f =
                gb_report(c, gb_entry_at(toc->last), NULL, GB_ARGS(gb_contents_name(c, pairs[i].chapter)));
            gb_also(c, f, gb_at_head(pairs[i].chapter), gb_say(c, "正文中的标题", "the heading"));
        }
    }
}

/*
 * All chapters, annexes, 参考文献 and 索引 are listed, and nothing that does not exist. Source: GB/T 1.1—2020, 8.2. What is
 * missing is reported at the entry before which it should stand.
 */
static void
check_toc_entries(struct gb_check *c, const struct gb_node *toc)
{
    const struct gb_node *root = c->doc->root;

    if (!toc->first || c->facts->n_chapters == 0)
        return;
    if (!c->doc->has_numbers) {
        check_unnumbered_entries(c, toc);
        return;
    }
    struct lists l = {.toc = toc, .listed = gb_contents_index(toc), .body = gb_contents_body(c)};
    for (size_t i = 0; i < l.listed.items.len; i++) {
        unsigned n = l.listed.items.items[i].num->n;
        l.most_parts = n > l.most_parts ? n : l.most_parts;
    }
    normalise_front(c, toc, &l.front);
    if (!too_much_is_missing(&l, root))
        report_missing(c, &l, root);
    if (!c->doc->is_partial)
        report_extra(c, &l);
    gb_array_release(&l.listed.items);
    gb_buf_release(&l.front);
}

/* ---- Levels ---- */

/* Chapters that have titled clauses, by whether any of these is listed. */
struct levels {
    size_t n[2];
    const struct gb_node *first[2]; /* entry of the first such chapter */
};

static int
lists_clauses(const struct gb_node *chapter, const struct gb_numbers *listed)
{
    bool is_any_listed = gb_contents_has_below(listed, &chapter->num);
    int result = -1;

    for (const struct gb_node *k = gb_clause_first(chapter); k; k = gb_clause_next(k)) {
        if (gb_clause_form(k) != GB_CLAUSE_TITLED)
            continue;
        if (is_any_listed && gb_contents_find(listed, &k->num))
            return 1;
        result = 0;
        if (!is_any_listed)
            break;
    }
    return result;
}

/* Whether a chapter that is listed and has titled clauses lists these; -1: it has none, or they are terms. */
static int
lists_its_clauses(const struct gb_node *chapter, const struct gb_numbers *listed)
{
    return gb_clause_in_terms(chapter) || !gb_contents_find(listed, &chapter->num) ? -1
                                                                                   : lists_clauses(chapter, listed);
}

static void
list_no_clauses(struct gb_check *c, struct gb_finding *f, const struct gb_numbers *listed)
{
    struct gb_number chapter = {.n = 1};
    struct gb_span unused;

    for (const struct gb_node *e = gb_node_child(c->facts->toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        if (e->num.n > 1 && !e->num.letter && !gb_entry_line(c->doc, e, &unused))
            return;
    }
    for (const struct gb_node *e = gb_node_child(c->facts->toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        chapter.part[0] = e->num.part[0];
        if (e->num.n > 1 && !e->num.letter && gb_contents_find(listed, &chapter))
            gb_fix_entry_out(c, f, e);
    }
}

/* The page of a clause is that of its chapter for sure only where the next entry has the same. */
static bool
is_page_certain(const struct gb_node *entry)
{
    const struct gb_node *next = gb_entry_next(entry);

    return !entry->page.str.len || (next && gb_str_eq(next->page.str, entry->page.str));
}

/* Entries for the titled clauses of a chapter, behind its own. */
static bool
add_clauses(struct gb_check *c, const struct gb_node *chapter, const struct gb_node *entry, const struct gb_node *like,
            struct gb_edit *out)
{
    GB_ARRAY(struct gb_new_entry) list = {0};
    bool ok = true;

    for (const struct gb_node *k = gb_clause_first(chapter); k; k = gb_clause_next(k)) {
        if (gb_clause_form(k) == GB_CLAUSE_TITLED)
            *gb_push(&list) = (struct gb_new_entry){k->number.str, k->title.str, entry->page.str};
        ok = ok && !gb_str_has(k->title.str, GB_STR("\n"));
    }
    ok = ok && gb_entries_behind(c, entry, like, list.items, list.len, out);
    gb_array_release(&list);
    return ok;
}

static void
list_all_clauses(struct gb_check *c, struct gb_finding *f, const struct gb_numbers *listed)
{
    const struct gb_facts *facts = c->facts;
    const struct gb_node *like = gb_node_child(facts->toc, GB_NODE_ENTRY);
    GB_ARRAY(struct gb_edit) edits = {0};
    bool ok = true, is_certain = true;

    if (!gb_wants_fix(c, f))
        return;
    while (like && (like->num.n != 2 || like->num.letter))
        like = gb_entry_next(like);
    for (uint32_t i = 0; like && ok && i < facts->n_chapters; i++) {
        const struct gb_node *chapter = facts->chapters[i], *entry = gb_contents_find(listed, &chapter->num);
        struct gb_edit edit;
        if (lists_its_clauses(chapter, listed) != 0)
            continue;
        ok = add_clauses(c, chapter, entry, like, &edit);
        is_certain = is_certain && is_page_certain(entry);
        if (ok)
            *gb_push(&edits) = edit;
    }
    if (ok && edits.len)
        gb_fix_edits(c, f, edits.items, edits.len);
    if (!is_certain)
        gb_fix_unsafe(f);
    gb_array_release(&edits);
}

/* The entry of the first clause of a chapter; the chapter's where there is none. */
static const struct gb_node *
first_clause_of(const struct gb_node *toc, const struct gb_node *chapter)
{
    GB_FIND_NEXT(e, gb_node_child(toc, GB_NODE_ENTRY), gb_entry_next(e),
                 e->num.n > 1 && !e->num.letter && e->num.part[0] == chapter->num.part[0]);
    return e ? e : chapter;
}

/* Titled clauses are listed for all chapters or for none. Source: GB/T 1.1—2020, 8.2. */
static void
check_toc_levels(struct gb_check *c, const struct gb_node *toc)
{
    struct levels levels = {0};

    if (!c->doc->has_numbers || !toc->first)
        return;
    struct gb_numbers listed = gb_contents_index(toc);
    for (uint32_t i = 0; i < c->facts->n_chapters; i++) {
        const struct gb_node *chapter = c->facts->chapters[i];
        int lists = lists_its_clauses(chapter, &listed);
        if (lists >= 0 && levels.n[lists]++ == 0)
            levels.first[lists] = gb_contents_find(&listed, &chapter->num);
    }
    if (levels.n[0] && levels.n[1]) {
        const struct gb_node *odd = levels.first[levels.n[1] < levels.n[0]];
        bool is_only = odd == levels.first[1];
        const struct gb_node *place = is_only ? first_clause_of(toc, odd) : odd;
        struct gb_finding *f =
            gb_report_case(c, is_only ? "only" : NULL, gb_entry_at(place), NULL, GB_ARGS(gb_contents_name(c, odd)));
        if (is_only)
            list_no_clauses(c, f, &listed);
        else
            list_all_clauses(c, f, &listed);
    }
    gb_array_release(&listed.items);
}

const struct gb_check_def gb_contents_listed_checks[] = {
    {.name = "toc-entries", .run = check_toc_entries, .on = GB_ON(TOC), .cases = "clause extra extra-clause"},
    {.name = "toc-levels", .run = check_toc_levels, .on = GB_ON(TOC), .cases = "only"},
    {0},
};
