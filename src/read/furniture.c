/*
 * Running heads and feet, and page numbers, that a conversion left between the lines of a draft. They are known by standing
 * at the edges of pages again and again, or by being the number of the draft again and again.
 */
#include "read/build.h"

#include "base/sort.h"

struct candidate {
    struct gb_str text;
    size_t unit;
};

GB_ORDER(by_text, struct candidate, GB_KEY_STR(text) GB_KEY(unit))

bool
gb_ends_in_words(struct gb_str line)
{
    enum { LENGTH = 3 }; /* of U+3000 to U+9FFF: only the first byte of these is one of E3 to E9 */
    unsigned char first = line.len >= LENGTH ? (unsigned char)line.ptr[line.len - LENGTH] : 0;

    return first >= 0xE3 && first <= 0xE9;
}

struct gb_str
gb_without_page(struct gb_str line)
{
    const char *blank = memchr(line.ptr, ' ', line.len);

    if (!blank)
        return line;
    size_t first = (size_t)(blank - line.ptr);
    size_t last = (size_t)((const char *)memrchr(line.ptr, ' ', line.len) - line.ptr) + 1;
    if (gb_is_page_number(gb_str_sub(line, 0, first)))
        return gb_str_trim(gb_str_skip(line, first));
    if (gb_is_page_number(gb_str_skip(line, last)))
        return gb_str_trim(gb_str_sub(line, 0, last));
    return line;
}

/* Nothing but the number of a document, which must be longer than a short form. */
static bool
is_code(struct gb_str line)
{
    enum { SHORTEST = 8 };

    /* It ends in a year or a serial number. */
    return line.len >= SHORTEST && gb_is_digit(line.ptr[line.len - 1]) && gb_mark_code(line) == line.len;
}

/* GB/T 90001—: the number of a document whose year stands on the next line. */
static bool
is_cut_code(struct gb_str line)
{
    GB_WORDS(dashes, "—", "-", "–", "－");

    for (size_t i = 0; i < GB_COUNT(dashes); i++) {
        struct gb_str code = gb_str_sub(line, 0, line.len - (gb_str_ends(line, dashes[i]) ? dashes[i].len : 0));
        if (code.len < line.len)
            return is_code(code);
    }
    return false;
}

static bool
is_year(struct gb_str line)
{
    return line.len == 4 && (line.ptr[0] == '1' || line.ptr[0] == '2') && strspn(line.ptr, "0123456789") >= 4;
}

/* A line or heading with words. */
static bool
is_text(const struct gb_unit *u)
{
    return gb_unit_is_text(u) && u->text.str.len > 0 && !u->is_quoted;
}

static bool
is_page_line(const struct gb_builder *b, size_t i)
{
    return i < b->n && is_text(&b->units[i]) && gb_is_page_number(b->units[i].text.str);
}

/* The number of the draft, which the cover has, once more with a page number beside it. */
static bool
is_head_of_page(const struct gb_builder *b, const struct candidate *first, const struct candidate *other)
{
    return is_code(first->text) && (is_page_line(b, other->unit + 1) || is_page_line(b, other->unit - 1));
}

/* Marks the lone page numbers on both sides of a head or foot. */
static void
mark_page_number(struct gb_builder *b, size_t i)
{
    struct gb_unit *before = i > 0 ? &b->units[i - 1] : NULL, *behind = i + 1 < b->n ? &b->units[i + 1] : NULL;
    bool is_before = before && is_text(before) && gb_is_page_number(before->text.str);

    /* A page has one number: with one before the head, what stands behind it is that of a chapter, on a line of its own. */
    if (!is_before && behind && is_text(behind) && gb_is_page_number(behind->text.str))
        behind->is_furniture = true;
    else if (is_before)
        before->is_furniture = true;
}

/* Lines that come again and again for reasons of their own: 表1（续）, 注：, a). */
static bool
is_part_of_text(struct gb_str line)
{
    struct gb_caption_mark caption;
    struct gb_note_mark note;
    struct gb_item_mark item;

    return gb_mark_caption(line, &caption) || gb_mark_note(line, &note) || gb_mark_item(line, &item) ||
           gb_mark_fixed(line) != GB_FIXED_NONE;
}

enum { EDGE = 3 };

/* Which units are among the first or last three texts of a page? */
static bool *
find_edges(const struct gb_builder *b)
{
    bool *edges = gb_arena_new_array(b->arena, bool, b->n);
    size_t texts = EDGE;
    bool has_pages = false;

    for (size_t i = 0; i < b->n; i++) {
        has_pages = has_pages || b->units[i].kind == GB_BLOCK_PAGE;
        if (b->units[i].kind == GB_BLOCK_PAGE)
            texts = 0;
        else if (is_text(&b->units[i]))
            edges[i] = texts++ < EDGE;
    }
    if (has_pages) /* the last line of the last page */
        texts = 0;
    for (size_t i = b->n; i-- > 0;) {
        if (b->units[i].kind == GB_BLOCK_PAGE)
            texts = 0;
        else if (is_text(&b->units[i]) && texts++ < EDGE)
            edges[i] = true;
    }
    return edges;
}

void
gb_mark_furniture(struct gb_builder *b)
{
    enum { LONGEST = 120, FEWEST = 3 };
    GB_ARRAY(struct candidate) candidates = {0};
    const bool *edges = find_edges(b);

    for (size_t i = 0; i < b->n; i++) {
        const struct gb_unit *u = &b->units[i];
        bool is_meta = u->kind == GB_BLOCK_META;
        if ((!is_text(u) && !is_meta) || u->text.str.len > LONGEST)
            continue;
        if (!edges[i] && gb_ends_in_words(u->text.str))
            continue;
        if (!is_meta && !u->item && gb_is_dashed_page_number(u->text.str)) {
            b->units[i].is_furniture = true;
            continue;
        }
        struct gb_str line = gb_without_page(u->text.str);
        bool is_cut =
            is_cut_code(line) && i + 1 < b->n && is_text(&b->units[i + 1]) && is_year(b->units[i + 1].text.str);
        bool may_be_head = edges[i] && !is_meta && !gb_ends_with(line, "。；，") && !is_part_of_text(line);
        if (is_code(line) || is_cut || may_be_head)
            *gb_push(&candidates) = (struct candidate){line, i};
    }
    if (candidates.len > 1)
        gb_sort(candidates.items, candidates.len, sizeof(*candidates.items), by_text);
    for (size_t i = 0, end; i < candidates.len; i = end) {
        for (end = i + 1; end < candidates.len && gb_str_eq(candidates.items[i].text, candidates.items[end].text);)
            end++;
        if (gb_is_page_number(candidates.items[i].text))
            continue;
        bool is_cut = is_cut_code(candidates.items[i].text);
        for (size_t k = is_cut ? i : i + 1; k < end; k++) { /* the first one may stand on the cover */
            if (end - i < FEWEST && !is_head_of_page(b, &candidates.items[i], &candidates.items[k]))
                continue;
            size_t last = candidates.items[k].unit + (is_cut ? 1 : 0);
            b->units[candidates.items[k].unit].is_furniture = b->units[last].is_furniture = true;
            mark_page_number(b, last);
        }
    }
    gb_array_release(&candidates);
    /* What follows on the lines of the same paragraph is the first line of the page. */
    for (size_t i = 1; i < b->n; i++) {
        if (b->units[i - 1].is_furniture && b->units[i].block == b->units[i - 1].block)
            b->units[i].is_first = true;
    }
}
