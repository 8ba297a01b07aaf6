/*
 * Chapters typed as "1. 范围" or "1、范围". Where they have no mark of a heading, the markup takes the first of these for items of
 * a list, each with all that follows up to the next.
 */
#include "read/build.h"

/* The number of the item that begins here; 0: none does, or its list does not count. */
static unsigned
item_number(const struct gb_unit *u)
{
    struct gb_number num;

    if (!u->starts_item || !u->item || !(u->item->parent->flags & GB_BLOCK_ORDERED) || u->list_level != 1 ||
        !gb_str_ends(u->item->label.str, GB_STR(".")) || !gb_parse_single(u->item->label.str, &num) || num.letter ||
        num.n != 1)
        return 0;
    return num.part[0];
}

/* The number of a line "1. 范围", "1、范围"; *out_rest its title. */
static unsigned
line_number(const struct gb_unit *u, struct gb_str *out_rest)
{
    struct gb_number_mark mark;

    if (!gb_unit_is_text(u) || u->item || u->is_quoted || !gb_mark_number(u->text.str, &mark) || !mark.has_final_dot ||
        mark.num.n != 1 || mark.num.letter || mark.form != GB_NUMBER_ARABIC)
        return 0;
    *out_rest = gb_str_skip(u->text.str, mark.rest);
    return mark.num.part[0];
}

/* The first unit of chapter 1, with the scope below it and not the next entry of the contents; b->n: there is none. */
static size_t
find_scope(const struct gb_builder *b)
{
    for (size_t i = 0; i < b->n; i++) {
        const struct gb_unit *u = &b->units[i];
        struct gb_str title = u->text.str;
        if (!gb_str_ends(title, GB_STR("范围")) || (item_number(u) != 1 && line_number(u, &title) != 1))
            continue;
        size_t k = i + 1;
        struct gb_str unused;
        if (gb_mark_fixed(title) == GB_FIXED_SCOPE && k < b->n && !item_number(&b->units[k]) &&
            !line_number(&b->units[k], &unused))
            return i;
    }
    return b->n;
}

static bool
lies_in(const struct gb_unit *u, const struct gb_block *item)
{
    const struct gb_block *p = u->item;

    while (p && p != item)
        p = p->parent;
    return p != NULL;
}

/* Out of the item that the markup made of a chapter, which holds one level of lists less. */
static void
free_unit(struct gb_unit *u, const struct gb_block *chapter)
{
    u->list_level = (uint8_t)(u->list_level - 1);
    if (u->item == chapter) {
        u->item = NULL;
        u->starts_item = false;
    }
}

void
gb_unlist_chapters(struct gb_builder *b)
{
    const struct gb_block *chapter = NULL; /* the item that is one */
    unsigned expected = 1;
    size_t i = find_scope(b);

    b->chapters_have_dot = i < b->n;
    for (; i < b->n; i++) {
        struct gb_unit *u = &b->units[i];
        if (item_number(u) == expected && gb_looks_like_title(u->text.str)) {
            chapter = u->item;
            u->text = gb_text_join(b->arena, &u->item->label, &u->text, " ");
            expected++;
        }
        if (chapter && lies_in(u, chapter))
            free_unit(u, chapter);
    }
}
