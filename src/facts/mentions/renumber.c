/*
 * First each part gets the number of its place in the draft; then what changed is written: the numbers themselves, the
 * entries of the contents, the mentions.
 */
#include "facts/mentions/renumber_priv.h"

#include "base/sort.h"
#include "text/utf8.h"

/* Parts that have numbers. */
static const enum gb_node_kind kinds[] = {GB_NODE_CLAUSE, GB_NODE_TERM,   GB_NODE_ANNEX,
                                          GB_NODE_TABLE,  GB_NODE_FIGURE, GB_NODE_FORMULA};

/* ---- Which numbers can be written ---- */

static enum gb_series
series_of(const struct gb_node *node)
{
    switch (node->kind) {
    case GB_NODE_CLAUSE:
    case GB_NODE_TERM:
        return GB_SERIES_CLAUSE;
    case GB_NODE_ANNEX:
        return GB_SERIES_ANNEX;
    case GB_NODE_TABLE:
        return GB_SERIES_TABLE;
    case GB_NODE_FIGURE:
        return GB_SERIES_FIGURE;
    case GB_NODE_FORMULA:
        return GB_SERIES_FORMULA;
    default:
        return GB_SERIES_NONE;
    }
}

bool
gb_is_plain_number(struct gb_str s)
{
    for (size_t at = 0; at < s.len;) {
        uint32_t c = gb_utf8_at(s, at, &at);
        if (c >= 0xFF0E && c <= 0xFF3A)
            c -= 0xFEE0;
        if (!(c == ' ' || c == 0x3000 || c == '.' || gb_is_digit(c) || gb_is_upper(c)))
            return false;
    }
    return true;
}

bool
gb_is_exact_text(const struct gb_text *text)
{
    bool exact = false;

    if (text->str.len && text->n_runs)
        gb_text_whole(text, &exact);
    return exact;
}

/* May the number be written anew at its place? */
static bool
is_writable(const struct gb_text *number)
{
    return gb_is_exact_text(number) && gb_is_plain_number(number->str);
}

/* Given by the reader: there is nothing to write, the number follows from the place. */
static bool
is_given(const struct gb_node *node)
{
    return node->flags & GB_NODE_GIVEN || !node->number.n_runs;
}

struct gb_renumber_doubt *
gb_doubt_number(struct gb_renumberer *r, const struct gb_text *text, size_t begin, size_t end, enum gb_renumber_why why)
{
    struct gb_renumber_doubt *doubt = gb_push(&r->out->doubts);

    *doubt = (struct gb_renumber_doubt){
        .at = {.span = gb_text_span(text, begin, end, NULL), .by_line = true},
        .text = gb_str_sub(text->str, begin, end),
        .why = why,
        .about = r->about,
    };
    return doubt;
}

/* ---- New numbers ---- */

static struct gb_number
child_number(const struct gb_number *parent, unsigned part)
{
    struct gb_number num = *parent;

    if (num.n < GB_MAX_COMPONENTS)
        num.part[num.n++] = (uint16_t)part;
    return num;
}

/* The number with the part of it that is the parent's old one made new; as it is where it is not the parent's. */
static struct gb_number
with_prefix(const struct gb_number *num, const struct gb_number *old, const struct gb_number *now)
{
    struct gb_number result = *num;

    if (num->n < old->n || num->letter != old->letter || old->n != now->n ||
        memcmp(num->part, old->part, old->n * sizeof(*num->part)))
        return result;
    result.letter = now->letter;
    memcpy(result.part, now->part, now->n * sizeof(*now->part));
    return result;
}

/* Clauses and terms among their siblings; the next of them. */
static const struct gb_node *
next_clause(const struct gb_node *node)
{
    while (node && series_of(node) != GB_SERIES_CLAUSE)
        node = node->next;
    return node;
}

/* 5.2 below 5. What stands right in an annex is its own, whatever letter it has. */
static bool
is_child(const struct gb_node *node, const struct gb_number *parent)
{
    bool same_letter = node->num.letter == parent->letter || (node->num.letter && parent->letter && parent->n == 0);

    return node->num.n == parent->n + 1 && same_letter && gb_number_last(&node->num) > 0 &&
           memcmp(node->num.part, parent->part, parent->n * sizeof(*parent->part)) == 0;
}

/* The next clause or term, the node itself included, whose number is written. */
static const struct gb_node *
next_written(const struct gb_node *node)
{
    node = next_clause(node);
    while (node && is_given(node))
        node = next_clause(node->next);
    return node;
}

/*
 * Numbers the children of a node whose number was `old` and is `now`. Those that do not belong to it by their number (5.2.1 right
 * below 5) only follow its change. One whose number the reader gave is counted where the written numbers have room for it;
 * else it is a heading that has none, and the numbers go on behind it.
 */
static void
number_children(struct gb_renumberer *r, const struct gb_node *first, const struct gb_number *old,
                const struct gb_number *now)
{
    unsigned count = 0, last = 0; /* in the new numbers, and the last written one in the old */
    const struct gb_node *written = next_written(first);

    for (const struct gb_node *n = next_clause(first); n; n = next_clause(n->next)) {
        struct gb_number *num = &r->now[n->id];
        if (n == written)
            written = next_written(n->next);
        if (!gb_has_number(n))
            continue;
        if (!is_child(n, old)) {
            *num = with_prefix(&n->num, old, now);
        } else if (!is_given(n) && !is_writable(&n->number)) {
            const struct gb_number due = child_number(now, count + 1);
            if (gb_number_cmp(&n->num, &due))
                gb_doubt_number(r, &n->number, 0, n->number.str.len, GB_RENUMBER_NO_PLACE);
            count = gb_number_last(&n->num);
        } else if (!is_given(n) || !written || gb_number_last(&written->num) > last + 1) {
            *num = child_number(now, ++count);
        }
        if (!is_given(n) && is_child(n, old))
            last = gb_number_last(&n->num);
        number_children(r, n->first, &n->num, num);
    }
}

/* Annexes by their order: A, B … The number of an annex is its letter. */
static void
number_annexes(struct gb_renumberer *r)
{
    const struct gb_nodes *annexes = &r->facts->of_kind[GB_NODE_ANNEX];
    char letter = 'A';

    for (uint32_t i = 0; i < annexes->n && letter <= 'Z'; i++) {
        const struct gb_node *n = annexes->items[i];
        struct gb_number *num = &r->now[n->id];
        if (n->num.letter >= 'a') { /* NA, NB: counted apart from the others */
            number_children(r, n->first, &n->num, num);
            continue;
        }
        if (n->num.letter && (is_given(n) || is_writable(&n->number)))
            num->letter = letter;
        else if (n->num.letter)
            letter = n->num.letter;
        letter++;
        number_children(r, n->first, &n->num, num);
    }
}

/* Clauses of an introduction are 0.1, 0.2 …; those of a foreword have no numbers to mend. */
static void
number_clauses(struct gb_renumberer *r)
{
    const struct gb_number none = {0}, zero = {.n = 1};

    number_children(r, r->doc->root->first, &none, &none);
    number_annexes(r);
    GB_EACH_NODE(intro, &r->facts->of_kind[GB_NODE_INTRO])
        number_children(r, intro->first, &zero, &zero);
}

static bool
is_continuation(const struct gb_node *node)
{
    return gb_str_has(node->title.str, GB_STR("（续）")) || gb_str_has(node->title.str, GB_STR("(续)")) ||
           gb_str_starts(node->head.str, GB_STR("续"));
}

/* Where figures, tables and formulas are counted from 1: in each annex, and in all that stands before them. */
static const struct gb_node *
annex_of(const struct gb_node *node)
{
    return gb_node_inside(node, GB_NODE_ANNEX);
}

/* Figures, tables or formulas. Those numbered by chapter (图5-1) follow another habit and are left. */
static void
number_objects(struct gb_renumberer *r, enum gb_node_kind kind)
{
    const struct gb_node *annex = NULL, *before = NULL;
    unsigned count = 0;

    GB_EACH_NODE(node, &r->facts->of_kind[kind]) {
        const struct gb_node *n = node, *own = annex_of(n);
        struct gb_number *num = &r->now[n->id];
        if (n->num.n != 1 || is_given(n) || (n->num.letter && !own))
            continue;
        if (own != annex) {
            count = 0;
            before = NULL;
        }
        annex = own;
        if (before && is_continuation(n) && gb_number_cmp(&before->num, &n->num) == 0) {
            *num = r->now[before->id];
            continue;
        }
        if (is_writable(&n->number)) {
            num->part[0] = (uint16_t)++count;
            if (own && n->num.letter)
                num->letter = r->now[own->id].letter;
        } else {
            count = n->num.part[0];
        }
        before = n;
    }
}

/* ---- List items ---- */

unsigned
gb_marker_value(const struct gb_text *marker, size_t *out_begin, size_t *out_end)
{
    struct gb_str s = marker->str;
    size_t at = 0;
    unsigned value = 0;

    if (gb_str_starts(s, GB_STR("（")))
        at = strlen("（");
    else if (gb_str_starts(s, GB_STR("(")))
        at = 1;
    *out_begin = at;
    if (at < s.len && gb_is_lower(s.ptr[at]))
        value = (unsigned)(s.ptr[at++] - 'a') + 1;
    while (!(at && s.ptr[at - 1] >= 'a') && at < s.len && gb_is_digit(s.ptr[at]) && value < 1000)
        value = value * 10 + (unsigned)(s.ptr[at++] - '0');
    *out_end = at;
    struct gb_str rest = gb_str_trim(gb_str_skip(s, at));
    return gb_str_is(rest, ")") || gb_str_is(rest, "）") ? value : 0;
}

/* A list goes on from the one before it in the same clause when it begins where that one ended. */
static unsigned
first_value(const struct gb_renumberer *r, const struct gb_node *list, unsigned first)
{
    size_t begin, end;

    for (const struct gb_node *n = list->prev; n; n = n->prev) {
        unsigned last = n->kind == GB_NODE_LIST && n->last ? gb_marker_value(&n->last->marker, &begin, &end) : 0;
        if (last)
            return last + 1 == first && r->item[n->last->id] ? r->item[n->last->id] + 1u : 1;
        if (n->kind == GB_NODE_CLAUSE || n->kind == GB_NODE_TERM)
            break;
    }
    return 1;
}

static void
number_items(struct gb_renumberer *r, const struct gb_node *list)
{
    size_t begin, end;
    unsigned count = 0;

    if (!list->first || !(count = gb_marker_value(&list->first->marker, &begin, &end)))
        return;
    bool has_letters = gb_is_letter_marker(&list->first->marker, begin);
    count = count == 1 ? 1 : first_value(r, list, count);
    for (const struct gb_node *n = list->first; n; n = n->next) {
        if (n->kind != GB_NODE_ITEM)
            continue;
        unsigned value = gb_marker_value(&n->marker, &begin, &end);
        /* Items of several forms in one list, or without a place: which number is whose is not certain. */
        if (!value || gb_is_letter_marker(&n->marker, begin) != has_letters || !gb_is_exact_text(&n->marker) ||
            (has_letters && count > 26))
            return;
        r->item[n->id] = (uint16_t)count++;
    }
}

/* ---- Writing ---- */

void
gb_add_renumber_edit(struct gb_renumberer *r, struct gb_span span, struct gb_str now)
{
    *gb_push(&r->out->edits) = (struct gb_renumber_edit){{.span = span, .text = now, .is_markup = true}, r->about};
}

/*
 * Code and formulas have a language of their own; the number of a formula is none of it. Where all numbers run anew, the one who
 * applies the edits looks for that.
 */
static bool
is_foreign(const struct gb_renumberer *r, const struct gb_text *text, size_t at)
{
    return r->change && !(r->about && text == &r->about->number) &&
           gb_text_flags(text, at) & (GB_RUN_CODE | GB_RUN_MATH);
}

static void
add_edit(struct gb_renumberer *r, const struct gb_text *text, size_t begin, size_t end, struct gb_str now)
{
    bool exact = false;
    struct gb_span span = gb_text_span(text, begin, end, &exact);

    if (!exact || is_foreign(r, text, begin))
        gb_doubt_number(r, text, begin, end, GB_RENUMBER_NO_PLACE);
    else if (!gb_str_eq(gb_str_sub(text->str, begin, end), now))
        gb_add_renumber_edit(r, span, now);
}

/* The half-width form of a digit or letter in any width; 0 for anything else. */
static uint32_t
half_width(uint32_t c)
{
    if (c >= 0xFF10 && c <= 0xFF5A)
        c -= 0xFEE0;
    return gb_is_alnum(c) ? c : 0;
}

/* The run of digits, or the letter, at or behind *at, with its width; false at the end. */
static bool
next_run(struct gb_str s, size_t *at, size_t *out_begin, bool *out_wide)
{
    size_t next = *at;
    bool is_letter = false;

    for (*out_begin = *at; *at < s.len; *at = next) {
        uint32_t c = gb_utf8_at(s, *at, &next), half = half_width(c);
        bool is_in = *at > *out_begin;
        if (is_in && (!half || is_letter || half >= 'A'))
            return true;
        if (half) {
            is_letter = half >= 'A';
            *out_wide = c != half;
        } else {
            *out_begin = next;
        }
    }
    return *at > *out_begin;
}

static struct gb_str
widened(struct gb_renumberer *r, struct gb_str number)
{
    struct gb_buf out = {0};

    for (size_t i = 0; i < number.len; i++) {
        char utf8[4];
        gb_buf_add(&out, (struct gb_str){utf8, gb_utf8_put(utf8, (uint32_t)(unsigned char)number.ptr[i] + 0xFEE0)});
    }
    return gb_buf_take(&out, r->doc->arena);
}

void
gb_edit_number(struct gb_renumberer *r, const struct gb_text *text, size_t begin, size_t end, struct gb_str now)
{
    struct gb_str old = gb_str_sub(text->str, begin, end);
    size_t old_at = 0, now_at = 0, old_begin, now_begin, n_old = 0, n_now = 0;
    bool is_wide = false, other;

    while (next_run(old, &old_at, &old_begin, &is_wide))
        n_old++;
    while (next_run(now, &now_at, &now_begin, &other))
        n_now++;
    if (n_old != n_now && r->change) { /* 421 for 4.2.1 */
        gb_doubt_number(r, text, begin, end, GB_RENUMBER_NO_PLACE);
        return;
    }
    if (n_old != n_now) {
        add_edit(r, text, begin, end, now);
        return;
    }
    old_at = now_at = 0;
    while (next_run(old, &old_at, &old_begin, &is_wide) && next_run(now, &now_at, &now_begin, &other)) {
        struct gb_str part = gb_str_sub(now, now_begin, now_at);
        add_edit(r, text, begin + old_begin, begin + old_at, is_wide ? widened(r, part) : part);
    }
}

struct gb_str
gb_new_number(struct gb_renumberer *r, const struct gb_node *part)
{
    const struct gb_number *num = &r->now[part->id];

    return gb_number_text(num, r->doc->arena);
}

bool
gb_number_changes(const struct gb_renumberer *r, const struct gb_node *node)
{
    return gb_number_cmp(&node->num, &r->now[node->id]) != 0 || node->num.letter != r->now[node->id].letter;
}

struct gb_str
gb_marker_text(struct gb_renumberer *r, bool is_letter, unsigned value)
{
    return is_letter ? gb_arena_printf(r->doc->arena, "%c", (char)('a' + value - 1))
                     : gb_arena_printf(r->doc->arena, "%u", value);
}

/*
 * Captions of the parts of a table or figure that was joined, 表1（续）, are in the source only: from its own caption up to
 * the next of its kind.
 */
static void
write_continuations(struct gb_renumberer *r, const struct gb_node *node, const struct gb_node *next)
{
    enum { FAR = 300 }; /* bytes of a caption */
    const struct gb_source_file *file = gb_source_file_at(r->doc->source, node->span.begin);
    uint32_t end = file->base + (uint32_t)file->text.len;
    struct gb_str sign = node->kind == GB_NODE_TABLE ? GB_STR("表") : GB_STR("图"), old = node->number.str;

    if (next && next->span.begin > node->span.end && next->span.begin < end)
        end = next->span.begin;
    struct gb_str text = gb_str_sub(file->text, node->span.end - file->base, end - file->base);
    for (size_t at = gb_str_find(text, sign, 0); at != GB_NOT_FOUND; at = gb_str_find(text, sign, at + 1)) {
        size_t begin = gb_skip_any(text, at + sign.len, " \t");
        if (!gb_str_starts(gb_str_skip(text, begin), old))
            continue;
        size_t line_end = gb_str_find(text, GB_STR("\n"), begin);
        struct gb_str rest = gb_str_sub(text, begin + old.len, line_end < begin + FAR ? line_end : begin + FAR);
        bool goes_on = gb_str_has(rest, GB_STR("（续")) || gb_str_has(rest, GB_STR("(续")) ||
                       gb_str_ends(gb_str_sub(text, 0, at), GB_STR("续"));
        uint32_t from = node->span.end + (uint32_t)begin;
        if (goes_on && !(rest.len && (gb_is_digit(rest.ptr[0]) || rest.ptr[0] == '.')))
            gb_add_renumber_edit(r, (struct gb_span){from, from + (uint32_t)old.len}, gb_new_number(r, node));
    }
}

static void
write_numbers(struct gb_renumberer *r)
{
    for (size_t k = 0; k < GB_COUNT(kinds); k++) {
        const struct gb_nodes *nodes = &r->facts->of_kind[kinds[k]];
        for (uint32_t i = 0; i < nodes->n; i++) {
            const struct gb_node *n = nodes->items[i];
            if (is_given(n) || !gb_has_number(n) || !gb_number_changes(r, n))
                continue;
            r->about = n;
            if (!is_writable(&n->number)) {
                gb_doubt_number(r, &n->number, 0, n->number.str.len, GB_RENUMBER_NO_PLACE);
                continue;
            }
            gb_edit_number(r, &n->number, 0, n->number.str.len, gb_new_number(r, n));
            if (n->flags & GB_NODE_CONTINUED)
                write_continuations(r, n, i + 1 < nodes->n ? nodes->items[i + 1] : NULL);
        }
    }
    r->about = NULL;
    GB_EACH_NODE(n, &r->facts->of_kind[GB_NODE_ITEM]) {
        size_t begin, end;
        unsigned value = gb_marker_value(&n->marker, &begin, &end);
        if (r->item[n->id] && value != r->item[n->id])
            gb_edit_number(r, &n->marker, begin, end,
                           gb_marker_text(r, gb_is_letter_marker(&n->marker, begin), r->item[n->id]));
    }
}

/* ---- Parts by their old number ---- */

static int
compare_keys(enum gb_series a_series, const struct gb_number *a, enum gb_series b_series, const struct gb_number *b)
{
    if (a_series != b_series)
        return a_series < b_series ? -1 : 1;
    if (a->letter != b->letter)
        return a->letter < b->letter ? -1 : 1;
    return gb_number_cmp(a, b);
}

static int
compare_parts(const void *left, const void *right)
{
    const struct gb_numbered *a = left, *b = right;
    int order = compare_keys(a->series, &a->node->num, b->series, &b->node->num);

    return order ? order : (a->node->id > b->node->id) - (a->node->id < b->node->id);
}

static void
collect_parts(struct gb_renumberer *r)
{
    size_t room = 1;

    for (size_t k = 0; k < GB_COUNT(kinds); k++)
        room += r->facts->of_kind[kinds[k]].n;
    r->parts = gb_arena_new_array(r->doc->arena, struct gb_numbered, room);
    for (size_t k = 0; k < GB_COUNT(kinds); k++) {
        GB_EACH_NODE(n, &r->facts->of_kind[kinds[k]]) {
            if (gb_has_number(n) && !is_continuation(n))
                r->parts[r->n_parts++] = (struct gb_numbered){series_of(n), n};
        }
    }
    gb_sort(r->parts, r->n_parts, sizeof(*r->parts), compare_parts);
}

const struct gb_numbered *
gb_parts_with(const struct gb_renumberer *r, enum gb_series series, const struct gb_number *num, size_t *out_n)
{
    size_t n = 0;

    GB_SEEK(size_t, i, r->n_parts, compare_keys(r->parts[i].series, &r->parts[i].node->num, series, num) < 0);
    while (i + n < r->n_parts && compare_keys(r->parts[i + n].series, &r->parts[i + n].node->num, series, num) == 0)
        n++;
    *out_n = n;
    return r->parts + i;
}

/* ---- All ---- */

GB_ORDER(compare_edits, struct gb_renumber_edit, GB_KEY(edit.span.begin))

/* A place that was found twice, as a number and as a mention of it, is one. */
static void
drop_doubles(struct gb_renumbering *out)
{
    size_t kept = 0;

    gb_sort(out->edits.items, out->edits.len, sizeof(*out->edits.items), compare_edits);
    for (size_t i = 0; i < out->edits.len; i++) {
        const struct gb_edit *last = kept ? &out->edits.items[kept - 1].edit : NULL, *edit = &out->edits.items[i].edit;
        if (!last || last->span.begin != edit->span.begin || last->span.end != edit->span.end ||
            !gb_str_eq(last->text, edit->text))
            out->edits.items[kept++] = out->edits.items[i];
    }
    out->edits.len = kept;
}

/* All numbers as they are. */
static void
begin_numbers(struct gb_renumberer *r)
{
    r->now = gb_arena_new_array(r->doc->arena, struct gb_number, r->facts->n_nodes + 1);
    r->item = gb_arena_new_array(r->doc->arena, uint16_t, r->facts->n_nodes + 1);
    for (const struct gb_node *n = r->doc->root; n; n = gb_node_walk(n, r->doc->root))
        r->now[n->id] = n->num;
}

static void
write_all(struct gb_renumberer *r)
{
    write_numbers(r);
    gb_renumber_contents(r);
    gb_renumber_mentions(r);
    drop_doubles(r->out);
}

/* Source: GB/T 1.1—2020, 7.3 (clauses), 9.6.2 (annexes), 9.7.2, 9.8.2, 9.9.2 (figures, tables, formulas), 7.5 (lists). */
void
gb_renumber(const struct gb_doc *doc, const struct gb_facts *facts, struct gb_renumbering *out)
{
    struct gb_renumberer r = {.doc = doc, .facts = facts, .out = out};

    begin_numbers(&r);
    number_clauses(&r);
    number_objects(&r, GB_NODE_TABLE);
    number_objects(&r, GB_NODE_FIGURE);
    collect_parts(&r);
    if (gb_knows_formulas(&r))
        number_objects(&r, GB_NODE_FORMULA);
    GB_EACH_NODE(list, &facts->of_kind[GB_NODE_LIST])
        number_items(&r, list);
    write_all(&r);
}

/* ---- What a rearrangement makes others ---- */

/* Annexes get the letters of their new places, and so does all that bears the old letter in them. */
static void
exchange_letters(struct gb_renumberer *r)
{
    const struct gb_nodes *annexes = &r->facts->of_kind[GB_NODE_ANNEX];

    for (uint32_t i = 0; i < annexes->n; i++) {
        const struct gb_node *annex = r->change->annexes[i];
        char old = annex->num.letter, now = annexes->items[i]->num.letter;
        for (const struct gb_node *n = annex; old != now && n; n = gb_node_walk(n, annex)) {
            if (n->num.letter == old)
                r->now[n->id].letter = now;
        }
    }
}

/* Subclauses of a clause that gets a new first one go up by one, with what is below them. */
static void
shift_clauses(struct gb_renumberer *r)
{
    const struct gb_nodes *numbered = &r->facts->numbered;

    GB_EACH_NODE(n, numbered) {
        for (const struct gb_node *top = n->parent; top; top = top->parent) {
            bool has_prefix = n->num.n > top->num.n && n->num.letter == top->num.letter &&
                              !memcmp(n->num.part, top->num.part, top->num.n * sizeof(*n->num.part));
            if (r->change->opens[top->id] && has_prefix)
                r->now[n->id].part[top->num.n]++;
        }
    }
}

void
gb_renumber_rearranged(const struct gb_doc *doc, const struct gb_facts *facts, const struct gb_rearrangement *change,
                       struct gb_renumbering *out)
{
    struct gb_renumberer r = {.doc = doc, .facts = facts, .out = out, .change = change};

    begin_numbers(&r);
    if (change->annexes)
        exchange_letters(&r);
    if (change->opens)
        shift_clauses(&r);
    collect_parts(&r);
    write_all(&r);
}

uint64_t
gb_new_place(const struct gb_renumberer *r, const struct gb_node *part)
{
    const struct gb_node *annex = r->change && r->change->annexes ? annex_of(part) : NULL;

    return annex ? ((uint64_t)(unsigned char)r->now[annex->id].letter << 32) + part->id : part->id;
}

void
gb_renumbering_release(struct gb_renumbering *renumbering)
{
    GB_RELEASE(&renumbering->edits, &renumbering->doubts);
}
