/*
 * The contents list against the draft: group TOC. Entries are read as they were typed; a contents list without entries is
 * generated, and nothing is said of it.
 */
#include "check/clause_priv.h"
#include "check/contents_priv.h"
#include "check/numbers_priv.h"

#include "base/buf.h"
#include "text/chars.h"
#include "text/utf8.h"

extern const struct gb_check_def gb_contents_checks[];

/* ---- Entries ---- */

/* Kinds of entries in the order they are to stand in. */
enum rank { RANK_NONE, RANK_FOREWORD, RANK_INTRO, RANK_CLAUSE, RANK_ANNEX, RANK_BIBLIO, RANK_INDEX, RANK_FIGURE, RANK_TABLE };

static const struct {
    const char *title;
    enum rank rank;
} elements[] = {
    {"前言", RANK_FOREWORD}, {"引言", RANK_INTRO}, {"参考文献", RANK_BIBLIO}, {"索引", RANK_INDEX},
};

/* 图1 …, 表A.1 …. */
static bool
is_caption(struct gb_str title, const char *word)
{
    struct gb_str rest = gb_str_trim(gb_str_skip(title, strlen(word)));
    size_t unused;

    if (!gb_str_starts(title, gb_str_from(word)) || !rest.len)
        return false;
    uint32_t c = gb_utf8_at(rest, 0, &unused);
    return gb_char_digit(c) >= 0 || (c >= 'A' && c <= 'Z');
}

/* A title without marks at its end: those are NUM-014, or what is left of a leader. */
static struct gb_str
without_end_mark(struct gb_str title)
{
    size_t begin = title.len;

    while (gb_is_one_of(gb_last_char(title, &begin), "。；，：、.;:,…·"))
        title = gb_str_sub(title, 0, begin);
    return title;
}

static enum rank
rank_of(const struct gb_node *entry)
{
    if (entry->num.letter)
        return RANK_ANNEX;
    if (entry->num.n > 0)
        return RANK_CLAUSE;
    struct gb_str title = without_end_mark(entry->title.str);
    for (size_t i = 0; i < GB_COUNT(elements); i++) {
        if (gb_str_same(title, gb_str_from(elements[i].title)))
            return elements[i].rank;
    }
    return is_caption(entry->title.str, "图") ? RANK_FIGURE : is_caption(entry->title.str, "表") ? RANK_TABLE : RANK_NONE;
}

/* The second line of a long entry: a title or nature without number of its own. */
static const struct gb_node *
second_line(const struct gb_node *entry)
{
    const struct gb_node *next = gb_entry_next(entry);

    return next && rank_of(next) == RANK_NONE ? next : NULL;
}

/* How messages name an entry or a clause: number and title. */
static struct gb_str
name_of(struct gb_check *c, const struct gb_node *node)
{
    bool is_annex = node->num.letter && node->num.n == 0;
    struct gb_str number = node->number.str, title = node->title.str, word = is_annex ? GB_STR("附录") : GB_STR("");

    if (!number.len)
        return title;
    return gb_arena_printf(gb_check_context(c)->arena, "%.*s%.*s%s%.*s", GB_FMT(word), GB_FMT(number), title.len ? " " : "",
                           GB_FMT(title));
}

/* Number, nature and title, without leader and page. */
static struct gb_at
at_entry(const struct gb_node *entry)
{
    struct gb_at at = gb_at_head(entry), title = gb_at_text(&entry->title);

    if (!entry->title.str.len || !entry->title.n_runs || at.by_line || title.by_line || title.span.end < at.span.begin)
        return at;
    at.span.end = title.span.end;
    return at;
}

/* ---- The draft's own numbers ---- */

/* The child of the document that the node stands in. */
static const struct gb_node *
top_of(const struct gb_node *node)
{
    while (node->parent && node->parent->kind != GB_NODE_DOC)
        node = node->parent;
    return node;
}

/* The numbers of body and annexes: made for the rule that asks first, in the document's arena. */
static const struct gb_numbers *
index_body(struct gb_check *c)
{
    const struct gb_check_context *context = gb_check_context(c);
    const struct gb_nodes *numbered = &context->facts->numbered;
    struct gb_numbers *shared = gb_check_shared(c, gb_contents_checks, sizeof(*shared)), body = {0};

    if (shared->items.items)
        return shared;
    for (uint32_t i = 0; i < numbered->n; i++) {
        const struct gb_node *n = numbered->items[i];
        enum gb_node_kind top = top_of(n)->kind;
        if (top == GB_NODE_CLAUSE || top == GB_NODE_ANNEX)
            gb_numbers_add(&body, &n->num, n);
    }
    gb_numbers_sort(&body);
    shared->items.len = body.items.len;
    shared->items.items = gb_arena_copy_bytes(context->arena, body.items.items, body.items.len * sizeof(*body.items.items));
    gb_array_release(&body.items);
    return shared;
}

static struct gb_numbers
index_entries(const struct gb_node *toc)
{
    struct gb_numbers entries = {0};

    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e; e = gb_entry_next(e))
        gb_numbers_add(&entries, &e->num, e);
    gb_numbers_sort(&entries);
    return entries;
}

/* The first node with the number, or behind `from` the next one; NULL. */
static const struct gb_numbered *
index_next(const struct gb_numbers *index, const struct gb_number *num, const struct gb_numbered *from)
{
    const struct gb_numbered *end = index->items.items + index->items.len;

    from = from ? from + 1 : index->items.items + gb_numbers_seek(index, num);
    return from < end && gb_number_cmp(from->num, num) == 0 ? from : NULL;
}

static const struct gb_node *
index_find(const struct gb_numbers *index, const struct gb_number *num)
{
    const struct gb_numbered *found = index_next(index, num, NULL);

    return found ? found->what : NULL;
}

/* Does it hold a number right below `parent`? */
static bool
has_below(const struct gb_numbers *index, const struct gb_number *parent)
{
    for (size_t i = gb_numbers_seek(index, parent); i < index->items.len; i++) {
        const struct gb_number *num = index->items.items[i].num;
        if (gb_number_is_child(num, parent))
            return true;
        if (num->letter != parent->letter || num->n < parent->n ||
            memcmp(num->part, parent->part, parent->n * sizeof(num->part[0])) != 0)
            return false;
    }
    return false;
}

enum { SEARCHED = 1000 };

/* Among the nodes with as many parts, the one with that title; NULL. */
static const struct gb_node *
find_title(const struct gb_numbers *index, const struct gb_number *like, struct gb_str title)
{
    for (size_t i = 0; i < index->items.len && i < SEARCHED; i++) {
        const struct gb_node *n = index->items.items[i].what;
        if (n->num.n == like->n && !n->num.letter == !like->letter && title.len && gb_str_same(n->title.str, title))
            return n;
    }
    return NULL;
}

/* ---- Order ---- */

/* Is entry a to stand before b? Both have a rank. */
static bool
is_in_order(const struct gb_node *a, const struct gb_node *b)
{
    enum rank x = rank_of(a), y = rank_of(b);

    if (x != y || (x != RANK_CLAUSE && x != RANK_ANNEX))
        return x <= y;
    return gb_number_cmp(&a->num, &b->num) <= 0;
}

struct misplaced {
    const struct gb_node *first, *neighbour; /* neighbour: the entry it should not stand before or behind */
    size_t n, n_entries;
};

/* One entry that moved is found by its neighbours: they are in order without it. */
static struct misplaced
find_misplaced(const struct gb_node *toc)
{
    struct misplaced found = {0};
    const struct gb_node *before = NULL, *last = NULL;

    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        if (rank_of(e) == RANK_NONE)
            continue;
        found.n_entries++;
        if (last && !is_in_order(last, e)) {
            bool is_last_odd = !before || is_in_order(before, e);
            if (found.n++ == 0) {
                found.first = is_last_odd ? last : e;
                found.neighbour = is_last_odd ? e : last;
            }
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
    const struct gb_doc *doc = gb_check_context(c)->doc;

    if (!doc->has_numbers || (rank_of(entry) != RANK_CLAUSE && rank_of(entry) != RANK_ANNEX))
        return false;
    return !index_find(index_body(c), &entry->num);
}

struct sorted {
    const struct gb_node *entry;
    size_t index;
};

static int
compare_entries(const void *left, const void *right)
{
    const struct sorted *a = left, *b = right;
    bool is_before = is_in_order(a->entry, b->entry), is_behind = is_in_order(b->entry, a->entry);

    if (is_before != is_behind)
        return is_before ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

/* Two entries of one number are of contents in two languages: each has an order of its own. */
static bool
has_doubles(const struct sorted *list, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        enum rank rank = rank_of(list[i].entry);
        if ((rank == RANK_CLAUSE || rank == RANK_ANNEX) && rank == rank_of(list[i - 1].entry) &&
            gb_number_cmp(&list[i].entry->num, &list[i - 1].entry->num) == 0)
            return true;
    }
    return false;
}

/* All entries sorted; NULL where one has no place in the order, or two have the same. */
static const struct gb_node *const *
sorted_entries(struct gb_check *c, const struct gb_node *toc, const struct gb_node ***out_old, size_t *out_n)
{
    struct gb_arena *arena = gb_check_context(c)->arena;
    size_t n = 0;

    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        if (rank_of(e) == RANK_NONE)
            return NULL;
        n++;
    }
    struct sorted *list = gb_arena_new_array(arena, struct sorted, n);
    const struct gb_node **now = gb_arena_new_array(arena, const struct gb_node *, n);
    *out_old = gb_arena_new_array(arena, const struct gb_node *, n);
    *out_n = 0;
    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        (*out_old)[*out_n] = e;
        list[*out_n] = (struct sorted){e, *out_n};
        ++*out_n;
    }
    qsort(list, n, sizeof(*list), compare_entries);
    for (size_t i = 0; i < n; i++)
        now[i] = list[i].entry;
    return has_doubles(list, n) ? NULL : now;
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
    struct gb_finding *f = gb_report(c, at_entry(found.first), NULL,
                                     GB_ARGS(name_of(c, found.first),
                                             name_of(c, found.neighbour)));
    gb_also(c, f, at_entry(found.neighbour), GB_STR(""));
    const struct gb_node **old;
    size_t n;
    const struct gb_node *const *now = sorted_entries(c, toc, &old, &n);
    if (now)
        gb_fix_entry_order(c, f, old, now, n);
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
    static const char *const leaders[] = {"……", "...", "···", "．．"};

    for (size_t i = 0; i < GB_COUNT(leaders); i++) {
        if (gb_str_has(node->title.str, gb_str_from(leaders[i])))
            return true;
    }
    return false;
}

static bool
has_han(struct gb_str s)
{
    for (size_t at = 0; at < s.len;) {
        if (gb_char_is_han(gb_utf8_at(s, at, &at)))
            return true;
    }
    return false;
}

static bool
has_latin(struct gb_str s)
{
    for (size_t at = 0; at < s.len;) {
        if (gb_char_is_latin(gb_utf8_at(s, at, &at)))
            return true;
    }
    return false;
}

/* An entry in English for a heading in Chinese: the contents come in both languages. */
static bool
is_translation(const struct gb_node *entry, const struct gb_node *node)
{
    return has_latin(entry->title.str) && !has_han(entry->title.str) && has_han(node->title.str);
}

/* Equal but for blanks, the width of letters and digits, and marks at the end. */
static bool
is_equal(struct gb_str a, struct gb_str b)
{
    size_t i = 0, k = 0;
    uint32_t x;

    a = without_end_mark(a);
    b = without_end_mark(b);
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
    const struct gb_node *second = second_line(entry), *below = node->first;
    struct gb_str rest;

    if (rest_behind(node->title.str, entry->title.str, &rest))
        return !second ? entry->page.str.len == 0 && entry->prev && entry->prev->page.str.len > 0
                       : gb_str_same(second->title.str, rest);
    return rest_behind(entry->title.str, node->title.str, &rest) && below && below->kind == GB_NODE_PARA &&
           gb_str_same(below->text.str, rest);
}

static void
report_text(struct gb_check *c, const struct gb_node *entry, const struct gb_node *node)
{
    bool is_width_only = gb_str_same(entry->title.str, node->title.str);
    struct gb_at at = gb_at_text(&entry->title);
    struct gb_str number = gb_arena_printf(gb_check_context(c)->arena, "%s%.*s", node->kind == GB_NODE_ANNEX ? "附录" : "",
                                           GB_FMT(node->number.str));
    struct gb_finding *f = gb_report_case(c, is_width_only ? "width" : NULL, at, NULL,
                                          GB_ARGS(entry->title.str, node->title.str, number));

    gb_also(c, f, gb_at_text(&node->title), gb_say(c, "正文中的标题", "the heading"));
    gb_fix(c, f, at.span, gb_str_trim(without_end_mark(node->title.str)));
}

/* An entry whose title stands at another number. */
static void
report_number(struct gb_check *c, const struct gb_node *entry, const struct gb_node *node)
{
    struct gb_at at = gb_at_text(&entry->number);
    struct gb_finding *f = gb_report_case(c, "number", at, NULL, GB_ARGS(entry->number.str, node->title.str, node->number.str));

    gb_also(c, f, gb_at_number(node), gb_say(c, "正文中的编号", "the number in the text"));
    gb_fix(c, f, at.span, node->number.str);
}

/* The heading that an entry is to agree with. */
struct counterpart {
    const struct gb_node *same_number, *same_title; /* NULL where there is none, or where nothing differs */
};

static struct counterpart
find_counterpart(const struct gb_numbers *body, const struct gb_node *entry)
{
    struct counterpart found = {0};

    for (const struct gb_numbered *i = index_next(body, &entry->num, NULL); i; i = index_next(body, &entry->num, i)) {
        const struct gb_node *node = i->what;
        if (node->kind == GB_NODE_TERM || !node->title.str.len || is_equal(entry->title.str, node->title.str) ||
            goes_on_in_next_line(entry, node) || has_leader(node) || is_translation(entry, node))
            return (struct counterpart){0};
        if (!found.same_number)
            found.same_number = node;
    }
    if (!found.same_number || !gb_str_same(found.same_number->title.str, entry->title.str))
        found.same_title = find_title(body, &entry->num, entry->title.str);
    return found;
}

/* Does the draft lack the number, though it has a later one beside it? Then a number of the draft is at fault: NUM-001, 004. */
static bool
is_in_gap(const struct gb_numbers *body, const struct gb_number *num)
{
    size_t place = gb_numbers_seek(body, num);

    if (num->n == 0 || place == body->items.len || index_find(body, num))
        return false;
    const struct gb_number *later = body->items.items[place].num;
    return later->letter == num->letter && later->n >= num->n &&
           memcmp(later->part, num->part, (num->n - 1u) * sizeof(num->part[0])) == 0;
}

/* Is the number, in its place, right as far as the draft goes? A double is NUM-005. */
static bool
is_sure(const struct gb_numbers *body, const struct gb_node *entry, const struct gb_node *node)
{
    const struct gb_numbered *first = index_next(body, &node->num, NULL);

    return !is_in_gap(body, &entry->num) && !index_next(body, &node->num, first);
}

/* By how much the last part of the entry's number is off. */
static int
offset_of(const struct gb_node *entry, const struct gb_node *node)
{
    return entry->num.n ? (int)node->num.part[node->num.n - 1] - (int)entry->num.part[entry->num.n - 1]
                        : node->num.letter - entry->num.letter;
}

/*
 * Number and title of an entry are those of the heading. Source: GB/T 1.1—2020, 8.2. Where a run of numbers is off by as much,
 * the first is reported.
 */
static void
check_toc_text(struct gb_check *c, const struct gb_node *toc)
{
    int offset = 0;

    if (!gb_check_context(c)->doc->has_numbers || !toc->first)
        return;
    const struct gb_numbers *body = index_body(c);
    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        if ((rank_of(e) != RANK_CLAUSE && rank_of(e) != RANK_ANNEX) || !e->title.str.len || has_leader(e))
            continue;
        struct counterpart found = find_counterpart(body, e);
        if (found.same_title && e->number.n_runs) {
            if (offset_of(e, found.same_title) != offset && is_sure(body, e, found.same_title))
                report_number(c, e, found.same_title);
            offset = offset_of(e, found.same_title);
        } else {
            offset = 0;
            if (found.same_number)
                report_text(c, e, found.same_number);
        }
    }
}

/* ---- Missing and extra entries ---- */

/* All that stands before chapter 1, under N: entries that the reader did not take for one are there all the same. */
static void
normalise_front(const struct gb_check_context *context, const struct gb_node *toc, struct gb_buf *out)
{
    uint32_t end = toc->span.end;

    for (const struct gb_node *n = toc->next; n; n = n->next) {
        if (n->kind == GB_NODE_CLAUSE || n->kind == GB_NODE_ANNEX) {
            end = n->span.begin;
            break;
        }
    }
    if (end > toc->span.begin)
        gb_normalise(gb_source_text(context->doc->source, (struct gb_span){toc->span.begin, end}), out);
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
    unsigned most_parts;         /* of a listed number */
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
    if (node->parent->num.n >= l->most_parts || !has_below(&l->listed, &node->parent->num) ||
        gb_clause_form(node) != GB_CLAUSE_TITLED)
        return 0;
    for (const struct gb_node *k = gb_clause_first(node->parent); k; k = gb_clause_next(k)) {
        if (k != node && gb_node_is_titled(k) && index_find(&l->listed, &k->num))
            return 2;
    }
    return 0;
}

static const struct gb_node *
find_element(const struct gb_node *toc, const struct gb_node *node)
{
    enum rank rank = node->kind == GB_NODE_BIBLIO ? RANK_BIBLIO : RANK_INDEX;

    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        if (rank_of(e) == rank)
            return e;
    }
    return NULL;
}

/* An entry that lost its number. */
static const struct gb_node *
find_unnumbered(const struct gb_node *toc, struct gb_str title)
{
    size_t n = 0;

    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e && n < SEARCHED; e = gb_entry_next(e), n++) {
        if (e->num.n == 0 && !e->num.letter && title.len && gb_str_same(without_end_mark(e->title.str), title))
            return e;
    }
    return NULL;
}

static const struct gb_node *
find_entry(const struct gb_node *toc, const struct gb_numbers *listed, const struct gb_node *node)
{
    if (node->kind == GB_NODE_BIBLIO || node->kind == GB_NODE_INDEX)
        return find_element(toc, node);
    const struct gb_node *entry = index_find(listed, &node->num);
    if (!entry)
        entry = find_title(listed, &node->num, node->title.str);
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
    struct gb_arena *arena = gb_check_context(c)->arena;
    const struct gb_node *place = next ? next : toc->last;
    struct gb_finding *f = gb_report_case(c, gap->level > 1 ? "clause" : NULL, at_entry(place), NULL,
                                          GB_ARGS(gb_buf_take(&gap->names, arena)));
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
    gb_buf_add(&gap->names, name_of(c, node));
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

    for (const struct gb_node *top = root->first; top && n < SEARCHED; top = top->next) {
        if (must_be_listed(top, l) == 1) {
            n++;
            n_missing += !find_entry(l->toc, &l->listed, top);
        }
    }
    return n_missing * 2 > n || n == SEARCHED;
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
    const struct gb_nodes *numbered = &gb_check_context(c)->facts->numbered;
    struct gap gap = {0};
    uint32_t i = 0;

    for (const struct gb_node *top = root->first; top; top = top->next) {
        if (top->kind == GB_NODE_BIBLIO || top->kind == GB_NODE_INDEX)
            look_for_entry(c, l, top, &gap);
        for (; i < numbered->n && top_of(numbered->items[i]) == top; i++)
            look_for_entry(c, l, numbered->items[i], &gap);
    }
    close_gap(c, l->toc, &gap, NULL);
    gb_buf_release(&gap.names);
}

/* A line of the body that reads like the entry, though it was not taken for a clause, or not by that number. */
static bool
stands_in_body(const struct gb_node *root, const struct gb_node *entry)
{
    for (const struct gb_node *n = root; n; n = gb_node_walk(n, root)) {
        struct gb_text line;
        if (n->kind == GB_NODE_TOC || n->kind == GB_NODE_ENTRY)
            continue;
        if (gb_str_same(n->title.str, entry->title.str))
            return true;
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
is_extra(const struct gb_check_context *context, const struct lists *l, const struct gb_node *entry)
{
    switch (rank_of(entry)) {
    case RANK_CLAUSE:
    case RANK_ANNEX:
        return entry->title.str.len && !index_find(l->body, &entry->num) && !is_in_gap(l->body, &entry->num) &&
               !find_title(l->body, &entry->num, entry->title.str);
    case RANK_INTRO:
        return !context->facts->intro;
    case RANK_BIBLIO:
        return !context->facts->bibliography;
    case RANK_INDEX:
        return !context->facts->index;
    default:
        return false;
    }
}

static void
report_extra(struct gb_check *c, const struct lists *l)
{
    const struct gb_check_context *context = gb_check_context(c);
    size_t n = 0, n_extra = 0;

    for (const struct gb_node *e = gb_node_child(l->toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        n++;
        n_extra += is_extra(context, l, e);
    }
    if (n_extra * 3 > n || n_extra > 20)
        return;
    for (const struct gb_node *e = gb_node_child(l->toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        if (!is_extra(context, l, e) || stands_in_body(context->doc->root, e))
            continue;
        bool is_clause = (rank_of(e) == RANK_CLAUSE && e->num.n > 1) || (rank_of(e) == RANK_ANNEX && e->num.n > 0);
        struct gb_finding *f = gb_report_case(c, is_clause ? "extra-clause" : "extra", at_entry(e), NULL,
                                              GB_ARGS(name_of(c, e)));
        gb_fix_entry_out(c, f, e);
    }
}

/*
 * All chapters, annexes, 参考文献 and 索引 are listed, and nothing that does not exist. Source: GB/T 1.1—2020, 8.2. What is
 * missing is reported at the entry before which it should stand.
 */
static void
check_toc_entries(struct gb_check *c, const struct gb_node *toc)
{
    const struct gb_check_context *context = gb_check_context(c);
    const struct gb_node *root = context->doc->root;

    if (!context->doc->has_numbers || !toc->first || context->facts->n_chapters == 0)
        return;
    struct lists l = {.toc = toc, .listed = index_entries(toc), .body = index_body(c)};
    for (size_t i = 0; i < l.listed.items.len; i++) {
        unsigned n = l.listed.items.items[i].num->n;
        l.most_parts = n > l.most_parts ? n : l.most_parts;
    }
    normalise_front(context, toc, &l.front);
    if (!too_much_is_missing(&l, root))
        report_missing(c, &l, root);
    report_extra(c, &l);
    gb_array_release(&l.listed.items);
    gb_buf_release(&l.front);
}

/* ---- Terms ---- */

/* Does the list name clauses of the chapter at all? */
static bool
lists_clauses_of(const struct gb_node *toc, const struct gb_node *chapter)
{
    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); chapter && e; e = gb_entry_next(e)) {
        if (e->num.n > 1 && !e->num.letter && e->num.part[0] == chapter->num.part[0])
            return true;
    }
    return false;
}

/* Entries of terms are not listed. Source: GB/T 1.1—2020, 8.2. A titled clause that groups terms may be. */
static void
check_toc_terms(struct gb_check *c, const struct gb_node *toc)
{
    const struct gb_doc *doc = gb_check_context(c)->doc;
    struct gb_finding *f = NULL;

    if (!doc->has_numbers || !lists_clauses_of(toc, gb_check_context(c)->facts->terms))
        return;
    const struct gb_numbers *body = index_body(c);
    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        const struct gb_node *term = rank_of(e) == RANK_CLAUSE ? index_find(body, &e->num) : NULL;
        if (!term || term->kind != GB_NODE_TERM)
            continue;
        struct gb_str rest;
        bool is_same = gb_str_same(e->title.str, term->title.str) || rest_behind(e->title.str, term->title.str, &rest);
        if (term->flags & GB_NODE_GIVEN && !is_same)
            continue;
        if (f)
            gb_also(c, f, at_entry(e), GB_STR(""));
        else
            f = gb_report(c, at_entry(e), NULL, GB_ARGS(name_of(c, e)));
        gb_fix_entry_out(c, f, e);
    }
}

/* ---- Nature of annexes ---- */

static struct gb_str
nature_text(enum gb_nature nature, enum gb_edition edition)
{
    static const char *const texts[][GB_EDITION_COUNT] = {
        [GB_NATURE_NONE] = {"", ""},
        [GB_NATURE_NORMATIVE] = {[GB_EDITION_2009] = "（规范性附录）", [GB_EDITION_2020] = "（规范性）"},
        [GB_NATURE_INFORMATIVE] = {[GB_EDITION_2009] = "（资料性附录）", [GB_EDITION_2020] = "（资料性）"},
    };
    return gb_str_from(texts[nature][edition]);
}

/* The nature stands on the line below. */
static bool
has_nature_below(const struct gb_node *entry)
{
    const struct gb_node *next = gb_entry_next(entry);

    return next && !next->num.letter && (next->nature != GB_NATURE_NONE || gb_str_has(next->title.str, GB_STR("规范性")) ||
                                         gb_str_has(next->title.str, GB_STR("资料性")));
}

static void
check_nature(struct gb_check *c, const struct gb_node *entry, const struct gb_node *annex)
{
    enum gb_edition edition = gb_check_context(c)->facts->edition;
    struct gb_str want = nature_text(annex->nature != GB_NATURE_NONE ? annex->nature : entry->nature, edition);
    const struct gb_text *written = entry->u.nature_text;

    if (!want.len)
        return;
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
    struct gb_finding *f = gb_report_case(c, differs ? "differs" : "wording", at, NULL,
                                          GB_ARGS(entry->number.str, want, written->str));
    if (differs)
        gb_also(c, f, gb_at_head(annex), gb_say(c, "附录处", "the annex"));
    gb_fix(c, f, at.span, want);
}

/* Annexes are listed with their nature, that of the annex. Source: GB/T 1.1—2020, 8.2 e) and 10.3.2. */
static void
check_toc_nature(struct gb_check *c, const struct gb_node *toc)
{
    const struct gb_node *root = gb_check_context(c)->doc->root;

    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        if (rank_of(e) != RANK_ANNEX || e->num.n > 0)
            continue;
        for (const struct gb_node *annex = gb_node_child(root, GB_NODE_ANNEX); annex; annex = gb_node_next_same(annex)) {
            if (annex->num.letter == e->num.letter) {
                check_nature(c, e, annex);
                break;
            }
        }
    }
}

/* ---- Pages ---- */

/* Value of an Arabic page, 0 for a Roman one. */
static unsigned
arabic_page(struct gb_str page)
{
    unsigned value = 0;

    for (size_t at = 0; at < page.len;) {
        int digit = gb_char_digit(gb_utf8_at(page, at, &at));
        if (digit < 0)
            return 0;
        value = value * 10 + (unsigned)digit;
    }
    return value;
}

/* Roman for certain: a letter I may be a misread 1. */
static bool
is_roman_page(struct gb_str page)
{
    bool is_certain = false;

    for (size_t at = 0; at < page.len;) {
        uint32_t ch = gb_utf8_at(page, at, &at);
        if (gb_char_digit(ch) >= 0)
            return false;
        is_certain = is_certain || ch == 'V' || ch == 'X' || ch == 'v' || ch == 'x' || (ch >= 0x2160 && ch <= 0x217F);
    }
    return is_certain;
}

static bool
has_small_roman(struct gb_str page)
{
    size_t unused;
    uint32_t first = page.len ? gb_utf8_at(page, 0, &unused) : 0;

    return first == 'i' || first == 'v' || first == 'x' || (first >= 0x2170 && first <= 0x217F);
}

static bool
is_in_brackets(const struct gb_node *entry)
{
    size_t begin = gb_str_find(entry->head.str, entry->page.str, 0), unused;

    if (entry->page.str.ptr >= entry->head.str.ptr && entry->page.str.ptr < entry->head.str.ptr + entry->head.str.len)
        begin = (size_t)(entry->page.str.ptr - entry->head.str.ptr);
    return begin != GB_NOT_FOUND && begin > 0 && gb_char_narrow(gb_utf8_before(entry->head.str, begin, &unused)) == '(';
}

/* What may be wrong with the page of one entry: the name of its case, or NULL. */
static const char *
page_fault(const struct gb_node *entry)
{
    enum rank rank = rank_of(entry);

    if (!entry->page.str.len)
        return NULL;
    if (is_in_brackets(entry))
        return "bracket";
    if (rank == RANK_FOREWORD || rank == RANK_INTRO)
        return arabic_page(entry->page.str) || has_small_roman(entry->page.str) ? "roman" : NULL;
    return rank >= RANK_CLAUSE && rank <= RANK_INDEX && is_roman_page(entry->page.str) ? "arabic" : NULL;
}

/* Each fault once, at its first entry. */
static void
report_page_faults(struct gb_check *c, const struct gb_node *toc)
{
    static const char *const cases[] = {"bracket", "roman", "arabic"};

    for (size_t i = 0; i < GB_COUNT(cases); i++) {
        struct gb_finding *f = NULL;
        for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
            const char *fault = page_fault(e);
            if (!fault || strcmp(fault, cases[i]) != 0)
                continue;
            if (f)
                gb_also(c, f, gb_at_text(&e->page), GB_STR(""));
            else
                f = gb_report_case(c, fault, gb_at_text(&e->page), NULL, GB_ARGS(e->title.str, e->page.str));
        }
    }
}

/* Pages do not decrease; of two, the one whose neighbours agree without it is wrong. */
static void
report_page_order(struct gb_check *c, const struct gb_node *toc)
{
    enum { MOST = 2 };
    const struct gb_node *before = NULL, *last = NULL, *odd[MOST], *beside[MOST];
    size_t n = 0;

    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        unsigned page = arabic_page(e->page.str);
        enum rank rank = rank_of(e);
        if (!page || rank == RANK_FOREWORD || rank == RANK_INTRO)
            continue;
        if (rank >= RANK_FIGURE)
            break;
        if (last && page < arabic_page(last->page.str)) {
            bool is_last_odd = before && arabic_page(before->page.str) <= page;
            if (!is_in_order(last, e)) { /* the entry itself is misplaced: TOC-001 */
                last = is_last_odd ? e : last;
                continue;
            }
            if (n == MOST)
                return;
            odd[n] = is_last_odd ? last : e;
            beside[n++] = is_last_odd ? e : last;
            last = is_last_odd ? e : last;
            continue;
        }
        before = last;
        last = e;
    }
    for (size_t i = 0; i < n; i++)
        gb_report_case(c, "order", gb_at_text(&odd[i]->page), NULL,
                       GB_ARGS(name_of(c, odd[i]), odd[i]->page.str,
                               name_of(c, beside[i]), beside[i]->page.str));
}

/* One or two entries without page in a list that has them all. */
static void
report_missing_pages(struct gb_check *c, const struct gb_node *toc, size_t n_without, size_t n_with)
{
    enum { MOST = 2, LEAST = 5 };

    if (n_without == 0 || n_without > MOST || n_with < LEAST)
        return;
    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        if (!e->page.str.len && rank_of(e) != RANK_NONE && !second_line(e))
            gb_report(c, at_entry(e), NULL, GB_ARGS(name_of(c, e)));
    }
}

/*
 * Pages without brackets, Roman capitals for 前言 and 引言, Arabic from chapter 1 on, not decreasing. Source: GB/T 1.1—2020, 8.2
 * and 10.1.3. A source that is read on a screen has none: at least half of the entries must.
 */
static void
check_toc_pages(struct gb_check *c, const struct gb_node *toc)
{
    size_t n_with = 0, n_without = 0;

    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        n_with += e->page.str.len > 0;
        n_without += e->page.str.len == 0;
    }
    if (n_with == 0 || n_with < n_without)
        return;
    report_page_faults(c, toc);
    report_page_order(c, toc);
    report_missing_pages(c, toc, n_without, n_with);
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
    bool is_any_listed = has_below(listed, &chapter->num);
    int result = -1;

    for (const struct gb_node *k = gb_clause_first(chapter); k; k = gb_clause_next(k)) {
        if (gb_clause_form(k) != GB_CLAUSE_TITLED)
            continue;
        if (is_any_listed && index_find(listed, &k->num))
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
    return gb_clause_in_terms(chapter) || !index_find(listed, &chapter->num) ? -1 : lists_clauses(chapter, listed);
}

static void
list_no_clauses(struct gb_check *c, struct gb_finding *f, const struct gb_numbers *listed)
{
    const struct gb_facts *facts = gb_check_context(c)->facts;
    struct gb_number chapter = {.n = 1};
    struct gb_span unused;

    for (const struct gb_node *e = gb_node_child(facts->toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        if (e->num.n > 1 && !e->num.letter && !gb_entry_line(gb_check_context(c)->doc, e, &unused))
            return;
    }
    for (const struct gb_node *e = gb_node_child(facts->toc, GB_NODE_ENTRY); e; e = gb_entry_next(e)) {
        chapter.part[0] = e->num.part[0];
        if (e->num.n > 1 && !e->num.letter && index_find(listed, &chapter))
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
add_clauses(struct gb_check *c, const struct gb_node *chapter, const struct gb_node *entry,
            const struct gb_node *like, struct gb_edit *out)
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
    const struct gb_facts *facts = gb_check_context(c)->facts;
    const struct gb_node *like = gb_node_child(facts->toc, GB_NODE_ENTRY);
    GB_ARRAY(struct gb_edit) edits = {0};
    bool ok = true, is_certain = true;

    while (like && (like->num.n != 2 || like->num.letter))
        like = gb_entry_next(like);
    for (uint32_t i = 0; like && ok && i < facts->n_chapters; i++) {
        const struct gb_node *chapter = facts->chapters[i], *entry = index_find(listed, &chapter->num);
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

/* Titled clauses are listed for all chapters or for none. Source: GB/T 1.1—2020, 8.2. */
static void
check_toc_levels(struct gb_check *c, const struct gb_node *toc)
{
    const struct gb_check_context *context = gb_check_context(c);
    struct levels levels = {0};

    if (!context->doc->has_numbers || !toc->first)
        return;
    struct gb_numbers listed = index_entries(toc);
    for (uint32_t i = 0; i < context->facts->n_chapters; i++) {
        const struct gb_node *chapter = context->facts->chapters[i];
        int lists = lists_its_clauses(chapter, &listed);
        if (lists >= 0 && levels.n[lists]++ == 0)
            levels.first[lists] = index_find(&listed, &chapter->num);
    }
    if (levels.n[0] && levels.n[1]) {
        const struct gb_node *odd = levels.first[levels.n[1] < levels.n[0]];
        bool is_only = odd == levels.first[1];
        struct gb_finding *f = gb_report_case(c, is_only ? "only" : NULL, at_entry(odd), NULL,
                                              GB_ARGS(name_of(c, odd)));
        if (is_only)
            list_no_clauses(c, f, &listed);
        else
            list_all_clauses(c, f, &listed);
    }
    gb_array_release(&listed.items);
}

const struct gb_check_def gb_contents_checks[] = {
    {.name = "toc-order", .run = check_toc_order, .on = GB_ON(TOC)},
    {.name = "toc-text", .run = check_toc_text, .on = GB_ON(TOC), .cases = "width number"},
    {.name = "toc-entries", .run = check_toc_entries, .on = GB_ON(TOC), .cases = "clause extra extra-clause"},
    {.name = "toc-terms", .run = check_toc_terms, .on = GB_ON(TOC)},
    {.name = "toc-nature", .run = check_toc_nature, .on = GB_ON(TOC), .cases = "differs wording"},
    {.name = "toc-pages", .run = check_toc_pages, .on = GB_ON(TOC), .cases = "bracket roman arabic order"},
    {.name = "toc-levels", .run = check_toc_levels, .on = GB_ON(TOC), .cases = "only"},
    {0},
};
