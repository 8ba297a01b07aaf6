#include "facts/summary/exchange.h"

#include "doc/region.h"
#include "facts/mentions/renumber.h"

#include "base/buf.h"
#include "base/sort.h"

enum { LETTERS = 26 };

struct exchange {
    const struct gb_doc *doc;
    const struct gb_facts *facts;
    const struct gb_node *const *old, *const *now; /* the annexes as they stand, and as they shall */
    size_t n;
    struct gb_span *places; /* of the old ones, without blank lines at their ends */
    bool moves[LETTERS];    /* letters that become others */
    struct gb_renumbering numbers;
    GB_ARRAY(struct gb_span) known; /* places of letters that are looked after */
};

static bool
moves(const struct exchange *x, char letter)
{
    return gb_is_upper(letter) && x->moves[letter - 'A'];
}

/* ---- Places ---- */

/* Are only blanks in [begin, end) of the source? */
static bool
is_empty(const struct gb_source *source, uint32_t begin, uint32_t end)
{
    return begin <= end && !gb_str_trim(gb_source_text(source, (struct gb_span){begin, end})).len;
}

/*
 * Where the annex stands. A comment that switches rules off may reach beyond it, and a head without a blank line above would
 * become a part of the text that it comes to stand behind.
 */
static bool
find_place(const struct exchange *x, const struct gb_node *annex, struct gb_span *out)
{
    const struct gb_source *source = x->doc->source;
    struct gb_region region;

    if (annex->parent != x->doc->root || !annex->num.letter || annex->flags & GB_NODE_DEDUCED ||
        !gb_region_of(x->doc, annex, &region))
        return false;
    for (const struct gb_node *n = annex; n; n = gb_node_walk(n, annex)) {
        if (n->flags & GB_NODE_SUPPRESSION)
            return false;
    }
    *out = region.whole;
    const char *text = gb_source_text(source, *out).ptr;
    while (out->end > out->begin && gb_is_space(text[out->end - out->begin - 1]))
        out->end--;
    const struct gb_source_file *file = gb_source_file_at(source, out->begin);
    if (x->doc->blanks_matter && !annex->depth && out->begin > file->base &&
        !is_empty(source, gb_source_line_begin(source, out->begin - 1), out->begin))
        return false;
    return true;
}

/* The annexes stand in one file, one right behind the other. */
static bool
find_places(struct exchange *x)
{
    const struct gb_source *source = x->doc->source;

    x->places = gb_arena_new_array(x->doc->arena, struct gb_span, x->n);
    for (size_t i = 0; i < x->n; i++) {
        if (!find_place(x, x->old[i], &x->places[i]))
            return false;
        if (i && (x->places[i - 1].end > x->places[i].begin ||
                  gb_source_file_at(source, x->places[i - 1].begin) != gb_source_file_at(source, x->places[i].begin) ||
                  !is_empty(source, x->places[i - 1].end, x->places[i].begin)))
            return false;
    }
    return true;
}

/* ---- Letters ---- */

/* Has each number that becomes another a certain place, and each mention of one a certain meaning? */
static bool
is_certain(const struct exchange *x)
{
    GB_EACH(const struct gb_renumber_doubt, doubt, x->numbers.doubts.items, x->numbers.doubts.len) {
        if (moves(x, doubt->num.letter) || (doubt->about && moves(x, doubt->about->num.letter)))
            return false;
    }
    /* A range names the annexes between its ends as well: in another order it is another range. */
    GB_FIND(m, x->facts->mentions, x->facts->n_mentions,
            m->kind == GB_MENTION_ANNEX && moves(x, m->num.letter) && !(m->flags & GB_MENTION_EXTERNAL) &&
                m->flags & (GB_MENTION_RANGE_FIRST | GB_MENTION_RANGE_LAST | GB_MENTION_IMPLIED));
    return m == NULL;
}

GB_ORDER(compare_spans, struct gb_span, GB_KEY(begin))

/* Places that are written anew, and mentions of other documents. */
static void
collect_known(struct exchange *x)
{
    for (size_t i = 0; i < x->numbers.edits.len; i++)
        *gb_push(&x->known) = x->numbers.edits.items[i].edit.span;
    GB_EACH(const struct gb_mention, m, x->facts->mentions, x->facts->n_mentions) {
        if (m->flags & GB_MENTION_EXTERNAL && m->num_end > m->num_begin)
            *gb_push(&x->known) = gb_mention_number_span(m, NULL);
    }
    gb_sort(x->known.items, x->known.len, sizeof(*x->known.items), compare_spans);
}

static bool
is_known(const struct exchange *x, uint32_t place)
{
    GB_SEEK(size_t, i, x->known.len, x->known.items[i].begin <= place);
    return i > 0 && place < x->known.items[i - 1].end;
}

/* Does byte `at` read like the letter of an annex: 附录B, B.1? */
static bool
reads_as_letter(struct gb_str text, size_t at)
{
    size_t before = at;

    if (at && gb_is_alnum(text.ptr[at - 1]))
        return false;
    if (at + 2 < text.len && text.ptr[at + 1] == '.' && gb_is_digit(text.ptr[at + 2]))
        return true;
    before = gb_skip_any_back(text, before, " \t\n\r*");
    return gb_str_ends(gb_str_sub(text, 0, before), GB_STR("附录")) &&
           !(at + 1 < text.len && gb_is_alnum(text.ptr[at + 1]));
}

static bool
is_left(const struct exchange *x, const struct gb_source_file *file, char letter)
{
    struct gb_str text = file->text;
    const char *hit, *from = text.ptr, *end = text.ptr + text.len;

    for (; from < end && (hit = memchr(from, letter, (size_t)(end - from))); from = hit + 1) {
        size_t at = (size_t)(hit - text.ptr);
        if (reads_as_letter(text, at) && !is_known(x, file->base + (uint32_t)at))
            return true;
    }
    return false;
}

/* No letter that becomes another is left anywhere else: in code, in a picture's name, in a table of another draft. */
static bool
is_nothing_left(const struct exchange *x)
{
    const struct gb_source *source = x->doc->source;

    for (uint32_t f = 0; f < source->n_files; f++) {
        for (char letter = 'A'; letter <= 'Z'; letter++) {
            if (moves(x, letter) && is_left(x, &source->files[f], letter))
                return false;
        }
    }
    return true;
}

/* ---- Edits ---- */

/* The index of the first number edit at or behind the offset. */
static size_t
first_edit(const struct exchange *x, uint32_t offset)
{
    GB_SEEK(size_t, i, x->numbers.edits.len, x->numbers.edits.items[i].edit.span.begin < offset);
    return i;
}

/* The text of a place with its numbers written anew. */
static struct gb_str
rewritten(const struct exchange *x, struct gb_span place)
{
    struct gb_buf out = {0};
    uint32_t done = place.begin;

    for (size_t i = first_edit(x, place.begin); i < x->numbers.edits.len; i++) {
        const struct gb_edit *edit = &x->numbers.edits.items[i].edit;
        if (edit->span.begin >= place.end)
            break;
        gb_buf_add(&out, gb_source_text(x->doc->source, (struct gb_span){done, edit->span.begin}));
        gb_buf_add(&out, edit->text);
        done = edit->span.end;
    }
    gb_buf_add(&out, gb_source_text(x->doc->source, (struct gb_span){done, place.end}));
    return gb_buf_take(&out, x->doc->arena);
}

static size_t
index_of(const struct exchange *x, const struct gb_node *annex)
{
    size_t i = 0;

    while (x->old[i] != annex)
        i++;
    return i;
}

/* Numbers outside of the annexes that move, and these in their new places; all in the order of the source. */
static void
add_edits(const struct exchange *x, gb_edit_array *out)
{
    size_t next = 0;

    for (size_t i = 0; i < x->n; i++) {
        struct gb_span place = x->places[i];
        if (x->now[i] == x->old[i])
            continue;
        for (; next < first_edit(x, place.begin); next++)
            *gb_push(out) = x->numbers.edits.items[next].edit;
        *gb_push(out) = (struct gb_edit){.span = place,
                                         .text = rewritten(x, x->places[index_of(x, x->now[i])]),
                                         .is_markup = true,
                                         .is_move = true};
        next = first_edit(x, place.end);
    }
    for (; next < x->numbers.edits.len; next++)
        *gb_push(out) = x->numbers.edits.items[next].edit;
}

bool
gb_exchange_annexes(const struct gb_doc *doc, const struct gb_facts *facts, const struct gb_node *const *order,
                    gb_edit_array *out)
{
    const struct gb_nodes *annexes = &facts->of_kind[GB_NODE_ANNEX];
    struct exchange x = {.doc = doc, .facts = facts, .old = annexes->items, .now = order, .n = annexes->n};
    const struct gb_rearrangement change = {.annexes = order};

    for (size_t i = 0; i < x.n; i++) {
        char letter = x.old[i]->num.letter;
        if (x.now[i] != x.old[i] && gb_is_upper(letter))
            x.moves[letter - 'A'] = true;
    }
    bool ok = find_places(&x);
    if (ok) {
        gb_renumber_rearranged(doc, facts, &change, &x.numbers);
        collect_known(&x);
        ok = is_certain(&x) && is_nothing_left(&x);
    }
    if (ok)
        add_edits(&x, out);
    gb_renumbering_release(&x.numbers);
    gb_array_release(&x.known);
    return ok;
}
