/* Edits that belong together, gathered in any order. */
#include "check/changes_priv.h"

#include "check/clause_priv.h"
#include "check/references/mentions_priv.h"

void
gb_change_part(struct gb_changes *changes, const struct gb_text *text, size_t begin, size_t end, struct gb_str by)
{
    bool is_exact = false;
    struct gb_span span = gb_text_span(text, begin, end, &is_exact);

    *gb_push(&changes->list) = (struct gb_edit){.span = span, .text = by};
    changes->is_inexact |= !is_exact;
}

/* The number in all mentions of a part. */
static void
change_mentions(struct gb_check *c, struct gb_changes *changes, const struct gb_node *part, struct gb_str by)
{
    for (const struct gb_mention *m = gb_first_mention(c->facts, part); m; m = gb_next_mention(c->facts, m)) {
        if (gb_mention_is_sure(m))
            gb_change_part(changes, m->text, m->num_begin, m->num_end, by);
        else
            changes->is_unsure = true;
    }
}

void
gb_change_number(struct gb_check *c, struct gb_changes *changes, const struct gb_node *part, bool with_mentions,
                 struct gb_str by)
{
    struct gb_at own = gb_at_number(part);

    *gb_push(&changes->list) = (struct gb_edit){.span = own.span, .text = by};
    changes->is_inexact |= own.by_line;
    changes->is_unsure |= !with_mentions;
    if (with_mentions)
        change_mentions(c, changes, part, by);
}

/* Does the number end here: no digit, dash or letter goes on? */
static bool
is_whole_number(struct gb_str behind, bool is_han)
{
    unsigned char next = behind.len ? (unsigned char)behind.ptr[0] : ' ';

    if (is_han)
        return !gb_han_digit(gb_char_at(behind, 0));
    return !gb_is_digit(next) && next != '-' && !gb_is_lower(next) &&
           !(next == '.' && behind.len > 1 && gb_is_digit(behind.ptr[1]));
}

static void
change_in_text(struct gb_changes *changes, const struct gb_text *text, struct gb_str label, struct gb_str number,
               struct gb_str by)
{
    bool is_han = (unsigned char)number.ptr[0] >= 0x80;

    GB_EACH_FOUND(at, text->str, number, 0) {
        struct gb_str before = gb_str_trim(gb_str_sub(text->str, 0, at));
        if (gb_str_ends(before, label) && is_whole_number(gb_str_skip(text->str, at + number.len), is_han))
            gb_change_part(changes, text, at, at + number.len, by);
    }
}

void
gb_change_written(struct gb_check *c, struct gb_changes *changes, const char *label, struct gb_str number,
                  struct gb_str by)
{
    static const enum gb_node_kind kinds[] = {GB_NODE_PARA,    GB_NODE_ITEM,     GB_NODE_NOTE,
                                              GB_NODE_EXAMPLE, GB_NODE_FOOTNOTE, GB_NODE_TABLE};

    for (size_t k = 0; k < GB_COUNT(kinds) && number.len; k++) {
        GB_EACH_NODE(n, &c->facts->of_kind[kinds[k]]) {
            change_in_text(changes, &n->text, gb_str_from(label), number, by);
            GB_EACH_CELL(cell, n)
                change_in_text(changes, &cell->text, gb_str_from(label), number, by);
        }
    }
}

GB_ORDER(by_begin, struct gb_edit, GB_KEY(span.begin))

void
gb_apply_changes(struct gb_check *c, struct gb_finding *f, struct gb_changes *changes)
{
    if (f && changes->list.len && !changes->is_inexact) {
        gb_sort(changes->list.items, changes->list.len, sizeof(*changes->list.items), by_begin);
        gb_fix_edits(c, f, changes->list.items, changes->list.len);
        if (changes->is_unsure)
            gb_fix_unsafe(f);
    }
    gb_drop_changes(changes);
}

void
gb_drop_changes(struct gb_changes *changes)
{
    gb_array_release(&changes->list);
}
