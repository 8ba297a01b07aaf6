/*
 * The contents list against the draft: order of the entries, their numbers and titles, terms, the nature of annexes. Entries are read as they
 * were typed; a contents list without entries is generated, and nothing is said of it.
 */
#include "check/annexes/annex_priv.h"
#include "check/clause_priv.h"
#include "check/front/contents_priv.h"

/* ---- Order ---- */

struct misplaced {
    const struct gb_node *first, *neighbour; /* neighbour: the entry it should not stand before or behind */
    size_t n, n_entries;
};

/* Entries of one chapter or annex: where it moved, they moved with it. */
static bool
is_of_one_chapter(const struct gb_node *a, const struct gb_node *b)
{
    return a && b && a->num.n && b->num.n && a->num.letter == b->num.letter &&
           (a->num.letter || a->num.part[0] == b->num.part[0]);
}

/* One entry that moved is found by its neighbours: they are in order without it. */
static struct misplaced
find_misplaced(const struct gb_node *toc)
{
    struct misplaced found = {0};
    const struct gb_node *before = NULL, *last = NULL, *odd = NULL;

    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        if (gb_entry_rank(e) == GB_RANK_NONE)
            continue;
        found.n_entries++;
        if (last && !gb_entry_is_in_order(last, e)) {
            bool is_last_odd = !before || gb_entry_is_in_order(before, e);
            const struct gb_node *moved = is_last_odd ? last : e;
            if (!is_of_one_chapter(moved, odd) && found.n++ == 0) {
                found.first = moved;
                found.neighbour = is_last_odd ? e : last;
            }
            odd = moved;
            last = is_last_odd ? e : last;
            continue;
        }
        before = last;
        last = e;
    }
    return found;
}

/* A number that the draft does not have is out of order for that reason: TOC-002, TOC-003. */
static bool
has_wrong_number(struct gb_check *c, const struct gb_node *entry)
{
    if (!c->doc->has_numbers || (gb_entry_rank(entry) != GB_RANK_CLAUSE && gb_entry_rank(entry) != GB_RANK_ANNEX))
        return false;
    return !gb_contents_find(gb_contents_body(c), &entry->num);
}

struct sorted {
    const struct gb_node *entry;
    size_t index;
};

static int
compare_entries(const void *left, const void *right)
{
    const struct sorted *a = left, *b = right;
    bool is_before = gb_entry_is_in_order(a->entry, b->entry), is_behind = gb_entry_is_in_order(b->entry, a->entry);

    if (is_before != is_behind)
        return is_before ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

/* Two entries of one number are of contents in two languages: each has an order of its own. */
static bool
has_doubles(const struct sorted *list, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        enum gb_entry_rank rank = gb_entry_rank(list[i].entry);
        if ((rank == GB_RANK_CLAUSE || rank == GB_RANK_ANNEX) && rank == gb_entry_rank(list[i - 1].entry) &&
            gb_number_cmp(&list[i].entry->num, &list[i - 1].entry->num) == 0)
            return true;
    }
    return false;
}

/* Puts all entries in order; not where one has no place in it, or two have the same. */
static void
fix_order(struct gb_check *c, struct gb_finding *f, const struct gb_node *toc)
{
    GB_ARRAY(struct sorted) list = {0};
    GB_ARRAY(const struct gb_node *) old = {0}, now = {0};
    bool ok = true;

    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e && ok; e = gb_entry_next(e)) {
        ok = gb_entry_rank(e) != GB_RANK_NONE;
        *gb_push(&list) = (struct sorted){e, list.len};
        *gb_push(&old) = e;
    }
    if (ok)
        gb_sort(list.items, list.len, sizeof(*list.items), compare_entries);
    GB_EACH_IN(s, &list)
        *gb_push(&now) = s->entry;
    if (ok && !has_doubles(list.items, list.len))
        gb_fix_entry_order(c, f, old.items, now.items, list.len);
    GB_RELEASE(&list, &old, &now);
}

/*
 * 前言, 引言, chapters, annexes, 参考文献, 索引, figures, tables. Source: GB/T 1.1—2020, 8.2. Where much is out of order, columns
 * of a printed page were read across.
 */
static void
check_toc_order(struct gb_check *c, const struct gb_node *toc)
{
    enum { MOST = 3 };
    struct misplaced found = find_misplaced(toc);

    if (!found.first || found.n > MOST || found.n * 3 > found.n_entries || has_wrong_number(c, found.first))
        return;
    struct gb_finding *f = gb_report(c, gb_entry_at(found.first), NULL,
                                     GB_ARGS(gb_contents_name(c, found.first), gb_contents_name(c, found.neighbour)));
    gb_also(c, f, gb_entry_at(found.neighbour), GB_STR(""));
    fix_order(c, f, toc);
}

/* ---- Text ---- */

/* The next character that counts: blanks left out, letters and digits in half width; 0 at the end. */
static uint32_t
next_char(struct gb_str s, size_t *at)
{
    while (*at < s.len) {
        uint32_t ch = gb_utf8_at(s, *at, at);
        if (!gb_char_is_space(ch) && !gb_char_is_invisible(ch))
            return gb_char_is_latin(ch) || gb_char_digit(ch) >= 0 ? gb_char_narrow(ch) : ch;
    }
    return 0;
}

/* Leaders in a title: several entries that ran together on one line, or an entry that is read as a heading. */
static bool
has_leader(const struct gb_node *node)
{
    GB_WORDS(leaders, "……", "...", "···", "．．");

    return GB_HAS_ANY(node->title.str, leaders);
}

static bool
has_latin(struct gb_str s)
{
    return GB_ANY(for (size_t at = 0; at < s.len;), gb_char_is_latin(gb_utf8_at(s, at, &at)));
}

/* An entry in English for a heading in Chinese: the contents come in both languages. */
static bool
is_translation(const struct gb_node *entry, const struct gb_node *node)
{
    return has_latin(entry->title.str) && !gb_str_has_han(entry->title.str) && gb_str_has_han(node->title.str);
}

/* Equal but for blanks, the width of letters and digits, and marks at the end. */
static bool
is_equal(struct gb_str a, struct gb_str b)
{
    size_t i = 0, k = 0;
    uint32_t x;

    a = gb_entry_without_mark(a);
    b = gb_entry_without_mark(b);
    do {
        x = next_char(a, &i);
        if (x != next_char(b, &k))
            return false;
    } while (x);
    return true;
}

/* What is left of `whole` behind `part`, blanks aside; false where it does not begin with it, or nothing is left. */
static bool
rest_behind(struct gb_str whole, struct gb_str part, struct gb_str *out_rest)
{
    size_t i = 0, k = 0;

    for (uint32_t x = next_char(part, &k); x; x = next_char(part, &k)) {
        if (next_char(whole, &i) != x)
            return false;
    }
    *out_rest = gb_str_trim(gb_str_skip(whole, i));
    return out_rest->len > 0;
}

/* One of the two was cut where a line ended: the rest stands in the next line. */
static bool
goes_on_in_next_line(const struct gb_node *entry, const struct gb_node *node)
{
    const struct gb_node *second = gb_entry_second_line(entry), *below = node->first;
    struct gb_str rest;

    if (rest_behind(node->title.str, entry->title.str, &rest))
        return !second ? entry->page.str.len == 0 && entry->prev && entry->prev->page.str.len > 0
                       : gb_str_same(second->title.str, rest);
    return rest_behind(entry->title.str, node->title.str, &rest) && below && below->kind == GB_NODE_PARA &&
           gb_str_same(below->text.str, rest);
}

/* `title` is that of the entry, without number. */
static void
report_text(struct gb_check *c, const struct gb_text *title, const struct gb_node *node)
{
    bool is_width_only = gb_str_same(title->str, node->title.str);
    struct gb_at at = gb_at_text(title);
    const char *word = node->kind == GB_NODE_ANNEX    ? "附录"
                       : node->kind == GB_NODE_FIGURE ? "图"
                       : node->kind == GB_NODE_TABLE  ? "表"
                                                      : "";
    struct gb_str number = gb_arena_printf(c->arena, "%s%.*s", word, GB_FMT(node->number.str));
    struct gb_finding *f =
        gb_report_case(c, is_width_only ? "width" : NULL, at, NULL, GB_ARGS(title->str, node->title.str, number));

    gb_also(c, f, gb_at_text(&node->title), gb_say(c, "正文中的标题", "the heading"));
    gb_fix(c, f, at.span, gb_str_trim(gb_entry_without_mark(node->title.str)));
}

/* An entry whose title stands at another number. */
static void
report_number(struct gb_check *c, const struct gb_node *entry, const struct gb_node *node)
{
    struct gb_at at = gb_at_text(&entry->number);
    struct gb_finding *f =
        gb_report_case(c, "number", at, NULL, GB_ARGS(entry->number.str, node->title.str, node->number.str));

    gb_also(c, f, gb_at_number(node), gb_say(c, "正文中的编号", "the number in the text"));
    gb_fix(c, f, at.span, node->number.str);
}

/* 附件B（资料性）登记表: the label that ANX-001 tells of was left in the title. */
static bool
keeps_label(const struct gb_node *entry, const struct gb_node *node)
{
    return node->kind == GB_NODE_ANNEX && node->flags & GB_NODE_GIVEN &&
           gb_str_ends(gb_entry_without_mark(node->title.str), gb_entry_without_mark(entry->title.str));
}

/* The heading that an entry is to agree with. */
struct counterpart {
    const struct gb_node *same_number, *same_title; /* NULL where there is none, or where nothing differs */
};

static struct counterpart
find_counterpart(const struct gb_numbers *body, const struct gb_node *entry)
{
    struct counterpart found = {0};

    for (const struct gb_numbered *i = gb_contents_next(body, &entry->num, NULL); i;
         i = gb_contents_next(body, &entry->num, i)) {
        const struct gb_node *node = i->what;
        if (node->kind == GB_NODE_TERM || !node->title.str.len || is_equal(entry->title.str, node->title.str) ||
            goes_on_in_next_line(entry, node) || has_leader(node) || is_translation(entry, node) ||
            keeps_label(entry, node))
            return (struct counterpart){0};
        if (!found.same_number)
            found.same_number = node;
    }
    if (!found.same_number || !gb_str_same(found.same_number->title.str, entry->title.str))
        found.same_title = gb_contents_titled(body, &entry->num, entry->title.str);
    return found;
}

/* Is the number, in its place, right as far as the draft goes? A double is NUM-005. */
static bool
is_sure(const struct gb_numbers *body, const struct gb_node *entry, const struct gb_node *node)
{
    const struct gb_numbered *first = gb_contents_next(body, &node->num, NULL);

    return !gb_contents_is_gap(body, &entry->num) && !gb_contents_next(body, &node->num, first);
}

/* By how much the last part of the entry's number is off. */
static int
offset_of(const struct gb_node *entry, const struct gb_node *node)
{
    return entry->num.n ? (int)node->num.part[node->num.n - 1] - (int)entry->num.part[entry->num.n - 1]
                        : node->num.letter - entry->num.letter;
}

/* Headings without numbers, held against the entries by their order. */
static void
check_unnumbered_text(struct gb_check *c, const struct gb_node *toc)
{
    const struct gb_contents_pair *pairs;
    size_t n = gb_contents_unpaired(c, toc, &pairs);

    for (size_t i = 0; i < n; i++) {
        if (pairs[i].entry && pairs[i].chapter && !goes_on_in_next_line(pairs[i].entry, pairs[i].chapter))
            report_text(c, &pairs[i].entry->title, pairs[i].chapter);
    }
}

/* The entries by number, made for the first entry whose title is another than that of its heading. */
static const struct gb_numbers *
index_once(const struct gb_node *toc, struct gb_numbers *listed)
{
    if (!listed->items.len)
        *listed = gb_contents_index(toc);
    return listed;
}

/* 图1 动作顺序 in the contents, 图1 工作顺序 below the figure. A longer one may be cut, or go on in the next line. */
static void
check_object_entry(struct gb_check *c, const struct gb_node *entry)
{
    bool is_figure = gb_entry_rank(entry) == GB_RANK_FIGURE;
    struct gb_text title = gb_text_slice(&entry->title, strlen("图"), entry->title.str.len);
    struct gb_number num;
    struct gb_str rest;
    size_t end;

    title = gb_text_trim(&title);
    if (!gb_number_at_head(title.str, &num, &end))
        return;
    title = gb_text_slice(&title, end, title.str.len);
    title = gb_text_trim(&title);
    const struct gb_node *node = gb_find_part(c->facts, is_figure ? GB_MENTION_FIGURE : GB_MENTION_TABLE, &num);
    if (node && title.str.len && node->title.str.len && !has_leader(entry) && !is_equal(title.str, node->title.str) &&
        !rest_behind(title.str, node->title.str, &rest) && !rest_behind(node->title.str, title.str, &rest))
        report_text(c, &title, node);
}

/*
 * Number and title of an entry are those of the heading. Source: GB/T 1.1—2020, 8.2. Where a run of numbers is off by as much,
 * the first is reported.
 */
static void
check_toc_text(struct gb_check *c, const struct gb_node *toc)
{
    struct gb_numbers listed = {0};
    int offset = 0;

    if (!c->doc->has_numbers) {
        check_unnumbered_text(c, toc);
        return;
    }
    if (!toc->first)
        return;
    const struct gb_numbers *body = gb_contents_body(c);
    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        if (gb_entry_rank(e) >= GB_RANK_FIGURE)
            check_object_entry(c, e);
        if ((gb_entry_rank(e) != GB_RANK_CLAUSE && gb_entry_rank(e) != GB_RANK_ANNEX) || !e->title.str.len ||
            has_leader(e))
            continue;
        struct counterpart found = find_counterpart(body, e);
        if (found.same_title && e->number.n_runs) {
            if (offset_of(e, found.same_title) != offset && is_sure(body, e, found.same_title))
                report_number(c, e, found.same_title);
            offset = offset_of(e, found.same_title);
        } else if (found.same_number && gb_contents_is_pushed_in(body, index_once(toc, &listed), e)) {
            offset--; /* one too many is TOC-003; it pushes the numbers of the others on */
        } else {
            offset = 0;
            if (found.same_number)
                report_text(c, &e->title, found.same_number);
        }
    }
    gb_array_release(&listed.items);
}

/* ---- Terms ---- */

/* Does the list name clauses of the chapter at all? */
static bool
lists_clauses_of(const struct gb_node *toc, const struct gb_node *chapter)
{
    return GB_ANY(for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); chapter && e; e = gb_entry_next(e)),
                  e->num.n > 1 && !e->num.letter && e->num.part[0] == chapter->num.part[0]);
}

/* Entries of terms are not listed. Source: GB/T 1.1—2020, 8.2. A titled clause that groups terms may be. */
static void
check_toc_terms(struct gb_check *c, const struct gb_node *toc)
{
    struct gb_finding *f = NULL;

    if (!c->doc->has_numbers || !lists_clauses_of(toc, c->facts->terms))
        return;
    const struct gb_numbers *body = gb_contents_body(c);
    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        const struct gb_node *term = gb_entry_rank(e) == GB_RANK_CLAUSE ? gb_contents_find(body, &e->num) : NULL;
        if (!term || term->kind != GB_NODE_TERM)
            continue;
        struct gb_str rest;
        bool is_same = gb_str_same(e->title.str, term->title.str) || rest_behind(e->title.str, term->title.str, &rest);
        if (term->flags & GB_NODE_GIVEN && !is_same)
            continue;
        f = gb_report_one(c, f, NULL, gb_entry_at(e), NULL, GB_ARGS(gb_contents_name(c, e)));
        gb_fix_entry_out(c, f, e);
    }
}

/* ---- Nature of annexes ---- */

/* The nature stands on the line below. */
static bool
has_nature_below(const struct gb_node *entry)
{
    const struct gb_node *next = gb_entry_next(entry);

    return next && !next->num.letter &&
           (next->nature != GB_NATURE_NONE || gb_str_has(next->title.str, GB_STR("规范性")) ||
            gb_str_has(next->title.str, GB_STR("资料性")));
}

static void
check_nature(struct gb_check *c, const struct gb_node *entry, const struct gb_node *annex)
{
    enum gb_nature nature = annex->nature != GB_NATURE_NONE ? annex->nature : entry->nature;
    const struct gb_text *written = entry->u.nature_text;

    if (nature == GB_NATURE_NONE)
        return;
    struct gb_str want = gb_annex_nature_words(nature, c->facts->edition);
    if (entry->nature == GB_NATURE_NONE || !written) {
        if (has_nature_below(entry))
            return;
        struct gb_at at = gb_at_number(entry);
        struct gb_finding *f = gb_report(c, at, NULL, GB_ARGS(entry->number.str, want));
        gb_fix(c, f, (struct gb_span){at.span.end, at.span.end}, want);
        return;
    }
    bool differs = annex->nature != GB_NATURE_NONE && entry->nature != annex->nature;
    if (!differs && gb_str_same(written->str, want))
        return;
    struct gb_at at = gb_at_text(written);
    struct gb_finding *f =
        gb_report_case(c, differs ? "differs" : "wording", at, NULL, GB_ARGS(entry->number.str, want, written->str));
    if (differs)
        gb_also(c, f, gb_at_head(annex), gb_say(c, "附录处", "the annex"));
    gb_fix(c, f, at.span, want);
}

/* Annexes are listed with their nature, that of the annex. Source: GB/T 1.1—2020, 8.2 e) and 10.3.2. */
static void
check_toc_nature(struct gb_check *c, const struct gb_node *toc)
{
    const struct gb_node *root = c->doc->root;

    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        if (gb_entry_rank(e) != GB_RANK_ANNEX || e->num.n > 0)
            continue;
        GB_FIND_NEXT(annex, gb_node_child(root, GB_NODE_ANNEX), gb_node_next_same(annex),
                     annex->num.letter == e->num.letter);
        if (annex)
            check_nature(c, e, annex);
    }
}

const struct gb_check_def gb_contents_checks[] = {
    {.name = "toc-order", .run = check_toc_order, .on = GB_ON(TOC)},
    {.name = "toc-text", .run = check_toc_text, .on = GB_ON(TOC), .cases = "width number"},
    {.name = "toc-terms", .run = check_toc_terms, .on = GB_ON(TOC)},
    {.name = "toc-nature", .run = check_toc_nature, .on = GB_ON(TOC), .cases = "differs wording"},
    {0},
};
