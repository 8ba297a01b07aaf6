/* How a number fits what is open: which node it would join, and whether it goes on from the last one there. */
#include "read/build.h"

/* Open clause, annex or, for chapters, the document. */
struct gb_node *
gb_find_parent(const struct gb_builder *b, const struct gb_number *num)
{
    if (num->letter && (num->n == 1 || gb_number_skips_section(num)))
        return b->annex && b->annex->num.letter == num->letter ? b->annex : NULL;
    if (!num->letter && num->n == 1)
        return b->root;
    if (gb_number_skips_section(num))
        return b->n_open > 0 && b->open[0]->num.n == 1 && b->open[0]->num.part[0] == num->part[0] ? b->open[0] : NULL;
    for (unsigned i = b->n_open; i-- > 0;) {
        if (gb_number_is_child(num, &b->open[i]->num))
            return b->open[i];
    }
    return NULL;
}

/* A number of three parts at the head of a line is hardly anything else, so that an excerpt may leave many out. */
enum { LARGEST_GAP = 3, LARGEST_DEEP_GAP = 15 };

/* Clauses that particular requirements add to those of another document count from 101 on. */
enum { FIRST_ADDED = 101 };

static enum gb_fit
fit_among(unsigned last, unsigned part, unsigned gap)
{
    if (part == 0)
        return GB_FIT_NONE;
    if (part == last + 1)
        return GB_FIT_NEXT;
    if (part == last)
        return GB_FIT_SAME;
    if (part < last)
        return GB_FIT_BACK;
    return part <= last + 1 + gap || part == FIRST_ADDED ? GB_FIT_GAP : GB_FIT_NONE;
}

enum gb_fit
gb_fit(const struct gb_builder *b, const struct gb_number *num)
{
    if (num->letter) {
        if (!b->annex)
            return b->last_chapter > 0 && num->letter == 'A' && gb_number_last(num) == 1 ? GB_FIT_ORPHAN : GB_FIT_NONE;
        if (b->annex->num.letter != num->letter) { /* the heads of annexes are lost, one as the other */
            bool is_next = b->annex->num.letter + 1 == num->letter && b->annex->flags & GB_NODE_GIVEN;
            return is_next && num->n > 1 && gb_number_last(num) == 1 ? GB_FIT_ORPHAN : GB_FIT_BACK;
        }
    } else if (num->n == 1) {
        if (b->last_chapter == 0)
            return num->part[0] == 1 ? GB_FIT_NEXT : num->part[0] <= GB_LARGEST_CHAPTER ? GB_FIT_GAP : GB_FIT_NONE;
        return fit_among(b->last_chapter, num->part[0], LARGEST_GAP);
    }
    const struct gb_node *parent = gb_find_parent(b, num);
    if (parent)
        return fit_among(parent->last_part, gb_number_last(num), num->n > 2 ? LARGEST_DEEP_GAP : LARGEST_GAP);
    for (unsigned i = 0; i < num->n; i++) {
        bool is_left_out = i == 1 && gb_number_skips_section(num);
        if ((num->part[i] == 0 && !is_left_out) || num->part[i] > GB_LARGEST_CHAPTER)
            return GB_FIT_NONE;
    }
    if (num->letter || b->annex)
        return num->letter ? GB_FIT_ORPHAN : GB_FIT_NONE;
    if (b->n_open == 0)
        return GB_FIT_ORPHAN;
    /* The parent was skipped or lost: in the same chapter behind what is open, or in the next. */
    unsigned chapter = num->part[0];
    const struct gb_number *last = &b->open[b->n_open - 1]->num;
    struct gb_number before = *num;
    before.part[before.n - 1]--;
    if (gb_number_cmp(&before, last) == 0)
        return GB_FIT_NEXT;
    if (chapter == b->last_chapter || chapter == b->last_chapter + 1)
        return gb_number_cmp(num, last) > 0 ? GB_FIT_ORPHAN : GB_FIT_BACK;
    return chapter < b->last_chapter ? GB_FIT_BACK : GB_FIT_NONE;
}
