/* What the contents say of the number at hand: the chapters that they name, and where in the draft these stand. */
#include "read/build.h"

#include "text/chars.h"

bool
gb_is_in_contents(const struct gb_builder *b, const struct gb_number *num, struct gb_str title)
{
    enum { LONGEST = 2000 };
    unsigned n = 0;

    if (!b->toc)
        return false;
    for (const struct gb_node *e = b->toc->first; e && n < LONGEST; e = e->next, n++) {
        if (e->num.n > 0 && gb_number_cmp(&e->num, num) == 0)
            return gb_str_same(e->title.str, title);
    }
    return false;
}

/* By number: the unit with the number and title that the contents name, 0 where there is none. */
struct gb_chapter_lines {
    bool is_known;
    size_t begin; /* behind the contents */
    size_t unit[GB_LARGEST_CHAPTER + 1];
};

static bool
names_chapter(const struct gb_node *entry)
{
    return entry->num.n == 1 && !entry->num.letter && entry->num.part[0] <= GB_LARGEST_CHAPTER &&
           entry->title.str.len > 0;
}

void
gb_note_chapters(struct gb_builder *b)
{
    const struct gb_node *e = b->toc->first;

    while (e && !names_chapter(e))
        e = e->next;
    if (e) {
        b->chapter_lines = gb_arena_new(b->arena, struct gb_chapter_lines);
        b->chapter_lines->begin = b->i;
    }
}

static void
find_chapter_lines(const struct gb_builder *b, struct gb_chapter_lines *lines)
{
    struct gb_str titles[GB_LARGEST_CHAPTER + 1] = {{0}};

    lines->is_known = true;
    for (const struct gb_node *e = b->toc->first; e; e = e->next) {
        if (names_chapter(e) && !titles[e->num.part[0]].len)
            titles[e->num.part[0]] = e->title.str;
    }
    for (size_t i = lines->begin; i < b->n; i++) {
        const struct gb_unit *u = &b->units[i];
        struct gb_number_mark mark;
        if (!gb_unit_is_text(u) || u->is_quoted || !gb_mark_number(u->text.str, &mark) || mark.num.n != 1 ||
            mark.num.letter || mark.num.part[0] > GB_LARGEST_CHAPTER)
            continue;
        size_t *unit = &lines->unit[mark.num.part[0]];
        struct gb_str title = titles[mark.num.part[0]];
        if (title.len && !*unit && gb_str_same(title, gb_str_skip(u->text.str, mark.rest)))
            *unit = i;
    }
}

bool
gb_is_due_in_contents(const struct gb_builder *b, struct gb_str title)
{
    struct gb_number due = {.n = 1, .part = {(uint16_t)(b->last_chapter + 1)}};

    return gb_is_in_contents(b, &due, title);
}

bool
gb_stands_further_below(const struct gb_builder *b, size_t i, const struct gb_number_mark *mark)
{
    struct gb_chapter_lines *lines = b->chapter_lines;
    unsigned chapter = mark->num.part[0];
    struct gb_str title = gb_str_skip(b->units[i].text.str, mark->rest);

    if (!lines || chapter > GB_LARGEST_CHAPTER || gb_is_in_contents(b, &mark->num, title) ||
        gb_is_due_in_contents(b, title) ||
        gb_mark_fixed(title) != GB_FIXED_NONE) /* 3 规范性引用文件, where the contents still say 2 */
        return false;
    if (!lines->is_known)
        find_chapter_lines(b, lines);
    return lines->unit[chapter] > i;
}

bool
gb_lacks_number(const struct gb_builder *b, size_t i)
{
    struct gb_chapter_lines *lines = b->chapter_lines;
    const struct gb_unit *u = &b->units[i];
    unsigned due = b->last_chapter + 1u;

    if (!lines || !b->n_open || b->annex || due > GB_LARGEST_CHAPTER || u->block->level != b->open[0]->depth ||
        !gb_is_due_in_contents(b, u->text.str))
        return false;
    if (!lines->is_known)
        find_chapter_lines(b, lines);
    return !lines->unit[due];
}
