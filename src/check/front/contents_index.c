/* Entries of the contents by rank and number, and the numbers of the draft that they are held against. */
#include "check/clause_priv.h"
#include "check/front/contents_priv.h"

/* ---- Entries ---- */

static const struct {
    const char *title;
    enum gb_entry_rank rank;
} elements[] = {
    {"前言", GB_RANK_FOREWORD},
    {"引言", GB_RANK_INTRO},
    {"参考文献", GB_RANK_BIBLIO},
    {"索引", GB_RANK_INDEX},
};

/* 图1 …, 表A.1 …. */
static bool
is_caption(struct gb_str title, const char *word)
{
    struct gb_str rest = gb_str_trim(gb_str_skip(title, strlen(word)));

    if (!gb_str_starts(title, gb_str_from(word)) || !rest.len)
        return false;
    uint32_t c = gb_char_at(rest, 0);
    return gb_char_digit(c) >= 0 || gb_is_upper(c);
}

struct gb_str
gb_entry_without_mark(struct gb_str title)
{
    size_t begin = title.len;

    while (gb_is_one_of(gb_last_char(title, &begin), "。；，：、.;:,…·"))
        title = gb_str_sub(title, 0, begin);
    return title;
}

enum gb_entry_rank
gb_entry_rank(const struct gb_node *entry)
{
    if (entry->num.letter)
        return GB_RANK_ANNEX;
    if (entry->num.n > 0)
        return GB_RANK_CLAUSE;
    struct gb_str title = gb_entry_without_mark(entry->title.str);
    GB_FIND(element, elements, GB_COUNT(elements), gb_str_same(title, gb_str_from(element->title)));
    return element                              ? element->rank
           : is_caption(entry->title.str, "图") ? GB_RANK_FIGURE
           : is_caption(entry->title.str, "表") ? GB_RANK_TABLE
                                                : GB_RANK_NONE;
}

const struct gb_node *
gb_entry_second_line(const struct gb_node *entry)
{
    const struct gb_node *next = gb_entry_next(entry);

    return next && gb_entry_rank(next) == GB_RANK_NONE ? next : NULL;
}

struct gb_str
gb_contents_name(struct gb_check *c, const struct gb_node *node)
{
    bool is_annex = node->num.letter && node->num.n == 0;
    struct gb_str number = node->number.str, title = node->title.str, word = is_annex ? GB_STR("附录") : GB_STR("");

    if (!number.len)
        return title;
    return gb_arena_printf(c->arena, "%.*s%.*s%s%.*s", GB_FMT(word), GB_FMT(number), title.len ? " " : "",
                           GB_FMT(title));
}

struct gb_at
gb_entry_at(const struct gb_node *entry)
{
    struct gb_at at = gb_at_head(entry), title = gb_at_text(&entry->title);

    if (!entry->title.str.len || !entry->title.n_runs || at.by_line || title.by_line || title.span.end < at.span.begin)
        return at;
    at.span.end = title.span.end;
    return at;
}

/* ---- The draft's own numbers ---- */

const struct gb_numbers *
gb_contents_body(struct gb_check *c)
{
    const struct gb_nodes *numbered = &c->facts->numbered;
    static const char key;
    struct gb_numbers *shared = gb_check_shared(c, &key, sizeof(*shared)), body = {0};

    if (shared->items.items)
        return shared;
    GB_EACH_NODE(n, numbered) {
        enum gb_node_kind top = gb_node_top(n)->kind;
        if (top == GB_NODE_CLAUSE || top == GB_NODE_ANNEX)
            gb_numbers_add(&body, &n->num, n);
    }
    gb_numbers_sort(&body);
    GB_KEEP(c->arena, &body.items, shared->items.items, shared->items.len);
    return shared;
}

struct gb_numbers
gb_contents_index(const struct gb_node *toc)
{
    struct gb_numbers entries = {0};

    for (const struct gb_node *e = gb_node_child(toc, GB_NODE_ENTRY); e; e = gb_entry_next(e))
        gb_numbers_add(&entries, &e->num, e);
    gb_numbers_sort(&entries);
    return entries;
}

const struct gb_numbered *
gb_contents_next(const struct gb_numbers *index, const struct gb_number *num, const struct gb_numbered *from)
{
    const struct gb_numbered *end = index->items.items + index->items.len;

    from = from ? from + 1 : index->items.items + gb_numbers_seek(index, num);
    return from < end && gb_number_cmp(from->num, num) == 0 ? from : NULL;
}

const struct gb_node *
gb_contents_find(const struct gb_numbers *index, const struct gb_number *num)
{
    const struct gb_numbered *found = gb_contents_next(index, num, NULL);

    return found ? found->what : NULL;
}

bool
gb_contents_has_below(const struct gb_numbers *index, const struct gb_number *parent)
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

const struct gb_node *
gb_contents_titled(const struct gb_numbers *index, const struct gb_number *like, struct gb_str title)
{
    for (size_t i = 0; i < index->items.len && i < GB_CONTENTS_SEARCHED; i++) {
        const struct gb_node *n = index->items.items[i].what;
        if (n->num.n == like->n && !n->num.letter == !like->letter && title.len && gb_str_same(n->title.str, title))
            return n;
    }
    return NULL;
}

bool
gb_entry_is_in_order(const struct gb_node *a, const struct gb_node *b)
{
    enum gb_entry_rank x = gb_entry_rank(a), y = gb_entry_rank(b);

    if (x != y || (x != GB_RANK_CLAUSE && x != GB_RANK_ANNEX))
        return x <= y;
    return gb_number_cmp(&a->num, &b->num) <= 0;
}

bool
gb_contents_is_pushed_in(const struct gb_numbers *body, const struct gb_numbers *listed, const struct gb_node *entry)
{
    const struct gb_node *node = gb_contents_find(body, &entry->num);

    if (listed->items.len > GB_CONTENTS_SEARCHED) /* each would be held against as many */
        return false;
    if (!node || !node->title.str.len || !entry->title.str.len || gb_str_same(node->title.str, entry->title.str) ||
        gb_contents_titled(body, &entry->num, entry->title.str))
        return false;
    const struct gb_node *other = gb_contents_titled(listed, &entry->num, node->title.str);
    return other && other != entry;
}

bool
gb_contents_is_gap(const struct gb_numbers *body, const struct gb_number *num)
{
    size_t place = gb_numbers_seek(body, num);

    if (num->n == 0 || place == body->items.len || gb_contents_find(body, num))
        return false;
    const struct gb_number *later = body->items.items[place].num;
    return later->letter == num->letter && later->n >= num->n &&
           memcmp(later->part, num->part, (num->n - 1u) * sizeof(num->part[0])) == 0;
}

/* ---- Headings without numbers ---- */

static bool
is_chapter_entry(const struct gb_node *entry)
{
    return gb_entry_rank(entry) == GB_RANK_CLAUSE && entry->num.n <= 1 && entry->title.str.len;
}

static const struct gb_node *
next_chapter_entry(const struct gb_node *entry)
{
    while (entry && !is_chapter_entry(entry))
        entry = gb_entry_next(entry);
    return entry;
}

static bool
has_title_of(const struct gb_node *entry, const struct gb_node *chapter)
{
    return entry && chapter &&
           gb_str_same(gb_entry_without_mark(entry->title.str), gb_entry_without_mark(chapter->title.str));
}

size_t
gb_contents_unpaired(struct gb_check *check, const struct gb_node *toc, const struct gb_contents_pair **out)
{
    enum { MOST = 2, LEAST_PAIRED = 4 };
    const struct gb_facts *facts = check->facts;
    struct gb_contents_pair *list = gb_arena_new_array(check->arena, struct gb_contents_pair, MOST);
    const struct gb_node *entry = next_chapter_entry(gb_node_child(toc, GB_NODE_ENTRY));
    size_t n = 0, n_paired = 0;
    uint32_t i = 0;

    *out = list;
    while (entry || i < facts->n_chapters) {
        const struct gb_node *chapter = i < facts->n_chapters ? facts->chapters[i] : NULL;
        const struct gb_node *behind = entry ? next_chapter_entry(gb_entry_next(entry)) : NULL;
        const struct gb_node *later = i + 1 < facts->n_chapters ? facts->chapters[i + 1] : NULL;
        if (has_title_of(entry, chapter)) {
            n_paired++;
            entry = behind;
            i++;
            continue;
        }
        if (n == MOST)
            return 0;
        bool is_extra = !chapter || has_title_of(behind, chapter),
             is_missing = !is_extra && (!entry || has_title_of(entry, later));
        list[n++] = (struct gb_contents_pair){is_missing ? NULL : entry, is_extra ? NULL : chapter};
        entry = is_missing ? entry : behind;
        i += !is_extra;
    }
    return n_paired >= LEAST_PAIRED ? n : 0;
}
