/*
 * The contents: each entry follows the part that it names, and the entries stand in the order of the parts. GB/T 1.1—2020, 8.2.
 * What it names is found by number and title together.
 */
#include "facts/mentions/renumber_priv.h"

#include "base/hash.h"
#include "base/sort.h"

#include <stdlib.h>

/* 图A.1 or 表2 at the head of a title: its series, number and where that stands; GB_SERIES_NONE: no such thing. */
static enum gb_series
caption_number(struct gb_str s, struct gb_number *out, size_t *out_begin, size_t *out_end)
{
    enum gb_series series = gb_str_starts(s, GB_STR("图"))   ? GB_SERIES_FIGURE
                            : gb_str_starts(s, GB_STR("表")) ? GB_SERIES_TABLE
                                                             : GB_SERIES_NONE;
    size_t at = strlen("图");

    *out = (struct gb_number){.n = 1};
    if (series == GB_SERIES_NONE)
        return series;
    at = gb_skip_any(s, at, " \t");
    *out_begin = at;
    if (at + 1 < s.len && gb_is_upper(s.ptr[at]) && s.ptr[at + 1] == '.') {
        out->letter = s.ptr[at];
        at += 2;
    }
    size_t digits = at;
    out->part[0] = (uint16_t)gb_take_digits(s, &at, 4);
    *out_end = at;
    return at > digits && !(at < s.len && s.ptr[at] == '.') ? series : GB_SERIES_NONE;
}

/* The next byte of a title that is no blank; 0 at its end. */
static unsigned char
next_byte(struct gb_str s, size_t *at)
{
    while (*at < s.len && (gb_is_blank(s.ptr[*at]) || gb_str_starts(gb_str_skip(s, *at), GB_STR("　"))))
        *at += gb_is_blank(s.ptr[*at]) ? 1 : strlen("　");
    return *at < s.len ? (unsigned char)s.ptr[(*at)++] : 0;
}

static bool
same_title(struct gb_str a, struct gb_str b)
{
    size_t i = 0, k = 0;
    unsigned char c;

    while ((c = next_byte(a, &i)) == next_byte(b, &k)) {
        if (!c)
            return true;
    }
    return false;
}

static uint64_t
hash_of(struct gb_str title)
{
    uint64_t h = GB_HASH;
    size_t at = 0;

    for (unsigned char c; (c = next_byte(title, &at));)
        h = gb_hash_byte(h, c);
    return h;
}

GB_ORDER(compare_titled, struct gb_titled, GB_KEY(hash) GB_KEY(node->id))

static void
collect_titled(struct gb_renumberer *r)
{
    r->titled = gb_arena_new_array(r->doc->arena, struct gb_titled, r->n_parts + 1);
    for (size_t i = 0; i < r->n_parts; i++) {
        const struct gb_node *n = r->parts[i].node;
        if ((r->parts[i].series == GB_SERIES_CLAUSE || r->parts[i].series == GB_SERIES_ANNEX) && n->title.str.len)
            r->titled[r->n_titled++] = (struct gb_titled){hash_of(n->title.str), n};
    }
    gb_sort(r->titled, r->n_titled, sizeof(*r->titled), compare_titled);
}

/* The one part of that title; NULL: none, or several, of which *out_is_known tells. */
static const struct gb_node *
part_titled(const struct gb_renumberer *r, struct gb_str title, bool *out_is_known)
{
    uint64_t hash = hash_of(title);
    GB_SEEK(size_t, i, r->n_titled, r->titled[i].hash < hash);
    *out_is_known = i < r->n_titled && r->titled[i].hash == hash && same_title(r->titled[i].node->title.str, title);
    if (!*out_is_known || (i + 1 < r->n_titled && r->titled[i + 1].hash == hash))
        return NULL;
    return r->titled[i].node;
}

/* The part that an entry is of: that of its number and title, else the only one of its title, else the only one of its number. */
static const struct gb_node *
part_of_entry(const struct gb_renumberer *r, const struct gb_node *entry, const struct gb_numbered *parts, size_t n,
              bool *out_is_known)
{
    const struct gb_node *same = NULL, *titled;

    for (size_t i = 0; i < n; i++) {
        if (same_title(parts[i].node->title.str, entry->title.str)) {
            *out_is_known = true;
            if (same)
                return NULL;
            same = parts[i].node;
        }
    }
    titled = same ? same : part_titled(r, entry->title.str, out_is_known);
    *out_is_known = *out_is_known || n;
    if (titled && titled->num.n != entry->num.n)
        return NULL;
    return titled || n != 1 ? titled : parts[0].node;
}

/* What becomes of one entry. */
struct entry {
    const struct gb_node *node, *target;
    const struct gb_text *text; /* bytes [begin, end) of it are the number */
    size_t begin, end;
    enum gb_series series;
    struct gb_number num; /* as it is in the contents */
    uint64_t place;       /* of the target, in the new order */
    struct gb_span span;  /* of all of it; without leader and page where these stay */
    bool is_gone;         /* nothing in the draft has this number or title */
};

typedef GB_ARRAY(struct entry) entry_array;

/* Finds the part of the entry, or that it is gone, and the place of its number; false where nothing is to be done. */
static bool
read_entry(struct gb_renumberer *r, const struct gb_node *node, struct entry *out)
{
    struct gb_number num = node->num;
    bool is_known = false;
    size_t n;

    *out = (struct entry){.node = node, .text = &node->number, .end = node->number.str.len};
    out->series = num.n ? GB_SERIES_CLAUSE : GB_SERIES_ANNEX;
    if (!gb_has_number(node)) {
        out->text = &node->title;
        out->series = caption_number(node->title.str, &num, &out->begin, &out->end);
    }
    if (out->series == GB_SERIES_NONE || !out->text->n_runs ||
        !gb_is_plain_number(gb_str_sub(out->text->str, out->begin, out->end)))
        return false;
    const struct gb_numbered *parts = gb_parts_with(r, out->series, &num, &n);
    if (gb_has_number(node))
        out->target = part_of_entry(r, node, parts, n, &is_known);
    else if (n == 1)
        out->target = parts[0].node;
    out->num = num;
    out->is_gone = !out->target && !is_known && !n;
    r->about = NULL;
    if (!out->target && !out->is_gone)
        gb_doubt_number(r, out->text, out->begin, out->end, GB_RENUMBER_MANY_TARGETS)->num = num;
    return out->target || out->is_gone;
}

/* Clauses and annexes in their new order, then figures, then tables. */
static int
compare_entries(const void *left, const void *right)
{
    static const int ranks[] = {[GB_SERIES_CLAUSE] = 0, [GB_SERIES_ANNEX] = 0,   [GB_SERIES_FIGURE] = 1,
                                [GB_SERIES_TABLE] = 2,  [GB_SERIES_FORMULA] = 3, [GB_SERIES_NONE] = 3};
    const struct entry *a = left, *b = right;

    if (ranks[a->series] != ranks[b->series])
        return ranks[a->series] - ranks[b->series];
    return (a->place > b->place) - (a->place < b->place);
}

/* The whole entry as it is written in the file, with its new number; false where its place is not exact. */
static bool
rewritten(struct gb_renumberer *r, const struct entry *entry, struct gb_str *out)
{
    const struct gb_source *source = r->doc->source;
    bool exact = false;
    struct gb_span number = gb_text_span(entry->text, entry->begin, entry->end, &exact);
    struct gb_span before = {entry->span.begin, number.begin}, behind = {number.end, entry->span.end};

    if (!exact || number.begin < entry->span.begin || number.end > entry->span.end)
        return false;
    struct gb_str a = gb_source_text(source, before), b = gb_source_text(source, behind);
    struct gb_str now = gb_new_number(r, entry->target);
    *out = gb_arena_printf(r->doc->arena, "%.*s%.*s%.*s", GB_FMT(a), GB_FMT(now), GB_FMT(b));
    return true;
}

/* Are all entries in places of their own, so that each may stand where another stood? */
static bool
may_be_moved(const struct gb_renumberer *r, const entry_array *entries)
{
    GB_FIND(e, entries->items, entries->len,
            !gb_is_exact_text(&e->node->head) || gb_str_has(e->node->head.str, GB_STR("\n")) ||
                gb_text_flags(&e->node->head, 0) & GB_RUN_LINK ||
                /* the address would stay */ e->span.begin >= e->span.end ||
                gb_source_file_at(r->doc->source, e->span.begin) != gb_source_file_at(r->doc->source, e->span.end));
    return e == NULL;
}

/* Puts the entries in the places that they hold, in the order of their parts; false, with nothing done, where that cannot be. */
static bool
reorder(struct gb_renumberer *r, const entry_array *entries)
{
    size_t n = entries->len, before = r->out->edits.len;
    struct entry *sorted = gb_arena_copy_bytes(r->doc->arena, entries->items, n * sizeof(*sorted));
    bool ok = may_be_moved(r, entries), moves = false;

    gb_sort(sorted, n, sizeof(*sorted), compare_entries);
    for (size_t i = 0; i < n; i++)
        moves = moves || sorted[i].node != entries->items[i].node;
    /* Contents in two languages name each part twice. */
    for (size_t i = 1; i < n; i++)
        ok = ok && sorted[i].target != sorted[i - 1].target;
    if (!moves || !ok)
        return false;
    for (size_t i = 0; ok && i < n; i++) {
        struct gb_str text;
        r->about = sorted[i].target;
        ok = rewritten(r, &sorted[i], &text);
        if (ok && !gb_str_eq(gb_source_text(r->doc->source, entries->items[i].span), text))
            gb_add_renumber_edit(r, entries->items[i].span, text);
    }
    if (!ok)
        r->out->edits.len = before;
    return ok;
}

/* Takes out the line of an entry, where it holds nothing else. */
static bool
delete_entry(struct gb_renumberer *r, const struct gb_node *entry)
{
    const struct gb_source *source = r->doc->source;
    const struct gb_source_file *file = gb_source_file_at(source, entry->span.begin);
    uint32_t number = gb_source_line(source, entry->span.begin);
    struct gb_span line = gb_source_line_span(file, number);
    struct gb_str head = entry->head.str, written = gb_str_trim(gb_source_text(source, line));

    if (!gb_is_exact_text(&entry->head) || !gb_str_ends(written, head))
        return false;
    written.len -= head.len;
    for (size_t i = 0; i < written.len; i++) {
        if (!strchr(" \t-*+", written.ptr[i]))
            return false;
    }
    /* With its line end, and the blank line behind it when it stands between two. */
    bool is_alone = number > 1 && !gb_str_trim(gb_source_line_text(file, number - 1)).len;
    while (number < file->n_lines && (line.end < gb_source_line_span(file, number + 1).begin)) {
        line.end = gb_source_line_span(file, ++number).begin;
        if (!is_alone || gb_str_trim(gb_source_line_text(file, number)).len)
            break;
        is_alone = false;
    }
    r->about = NULL;
    gb_add_renumber_edit(r, line, GB_STR(""));
    return true;
}

static int
compare_new_numbers(const void *left, const void *right)
{
    return gb_number_cmp(left, right);
}

/* Is the entry below the other one by its number: 5.2 below 5? */
static bool
is_below(const struct entry *entry, const struct entry *other)
{
    return other && entry->num.letter == other->num.letter && entry->num.n > other->num.n &&
           !memcmp(entry->num.part, other->num.part, other->num.n * sizeof(*other->num.part));
}

/*
 * Entries of what is not in the draft any more go, with those below them: the number will be another's. Where many are gone
 * the draft is a part of a whole, or damaged: then only those whose number is really taken. False where some are left.
 */
static bool
drop_gone(struct gb_renumberer *r, const entry_array *gone, const entry_array *entries)
{
    enum { FEW = 3 }; /* one in so many */
    struct gb_number *now = gb_arena_new_array(r->doc->arena, struct gb_number, entries->len + 1);
    const struct entry *top = NULL, *dropped = NULL;
    size_t n_gone = 0, n_left = 0;

    for (size_t i = 0; i < entries->len; i++)
        now[i] = r->now[entries->items[i].target->id];
    gb_sort(now, entries->len, sizeof(*now), compare_new_numbers);
    for (size_t i = 0; i < gone->len; i++) {
        n_gone += !is_below(&gone->items[i], top);
        top = is_below(&gone->items[i], top) ? top : &gone->items[i];
    }
    GB_EACH(const struct entry, e, gone->items, gone->len) {
        bool goes = gb_has_number(e->node) && (n_gone * FEW <= entries->len || is_below(e, dropped) ||
                                               bsearch(&e->num, now, entries->len, sizeof(*now), compare_new_numbers));
        if (goes && delete_entry(r, e->node)) {
            dropped = is_below(e, dropped) ? dropped : e;
            continue;
        }
        gb_doubt_number(r, e->text, e->begin, e->end, GB_RENUMBER_NO_TARGET);
        n_left++;
    }
    return n_left == 0;
}

/* The entries of what a rearrangement changes, those alone. False: their numbers are left to be written where they stand. */
static bool
rearrange(struct gb_renumberer *r, const entry_array *gone, entry_array *entries)
{
    size_t kept = 0;

    r->about = NULL;
    GB_EACH(const struct entry, e, gone->items, gone->len) {
        gb_doubt_number(r, e->text, e->begin, e->end, GB_RENUMBER_NO_TARGET)->num = e->num;
    }
    for (size_t i = 0; i < entries->len; i++) {
        struct entry e = entries->items[i];
        e.span.end = gb_text_whole(&e.node->title, NULL).end;
        if (gb_number_changes(r, e.target))
            entries->items[kept++] = e;
    }
    entries->len = kept;
    if (kept && reorder(r, entries))
        return true;
    for (size_t i = 1; i < kept; i++) {
        const struct entry *e = &entries->items[i];
        r->about = e->target;
        if (e->place < entries->items[i - 1].place)
            gb_doubt_number(r, e->text, e->begin, e->end, GB_RENUMBER_NO_PLACE);
    }
    return false;
}

void
gb_renumber_contents(struct gb_renumberer *r)
{
    entry_array entries = {0}, gone = {0};
    struct entry entry;
    bool is_done;

    collect_titled(r);
    GB_EACH_NODE(node, &r->facts->of_kind[GB_NODE_ENTRY]) {
        if (!read_entry(r, node, &entry))
            continue;
        entry.span = gb_text_whole(&entry.node->head, NULL);
        entry.place = entry.target ? gb_new_place(r, entry.target) : 0;
        if (entry.is_gone)
            *gb_push(&gone) = entry;
        else
            *gb_push(&entries) = entry;
    }
    if (r->change)
        is_done = rearrange(r, &gone, &entries);
    else
        is_done = drop_gone(r, &gone, &entries) && entries.len && reorder(r, &entries);
    for (size_t i = 0; !is_done && i < entries.len; i++) {
        const struct entry *e = &entries.items[i];
        r->about = e->target;
        gb_edit_number(r, e->text, e->begin, e->end, gb_new_number(r, e->target));
    }
    GB_RELEASE(&entries, &gone);
}
