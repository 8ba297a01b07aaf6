/* Segments of a parser's buffer, and texts made of pieces. */
#include "read/bytemap.h"

void
gb_bytemap_clear(struct gb_bytemap *map)
{
    map->segments.len = 0;
}

void
gb_bytemap_add(struct gb_bytemap *map, uint32_t at, uint32_t src)
{
    if (map->segments.len) {
        const struct gb_segment *last = &map->segments.items[map->segments.len - 1];
        if (!last->loose && last->src + (at - last->at) == src)
            return;
    }
    *gb_push(&map->segments) = (struct gb_segment){at, src, 0, 0};
}

void
gb_bytemap_add_loose(struct gb_bytemap *map, uint32_t at, struct gb_span src, uint32_t flag)
{
    *gb_push(&map->segments) = (struct gb_segment){at, src.begin, src.end, flag};
}

uint32_t
gb_bytemap_find(const struct gb_bytemap *map, uint32_t at, uint32_t *hint)
{
    const struct gb_segment *segments = map->segments.items;
    uint32_t i = *hint, n = (uint32_t)map->segments.len;

    if (i >= n || segments[i].at > at)
        i = 0;
    while (i + 1 < n && segments[i + 1].at <= at)
        i++;
    return *hint = i;
}

static struct gb_piece *
last_piece(struct gb_pieces *pieces)
{
    return pieces->list.len ? &pieces->list.items[pieces->list.len - 1] : NULL;
}

void
gb_pieces_exact(struct gb_pieces *pieces, uint32_t begin, uint32_t end, uint32_t flags)
{
    struct gb_piece *last = last_piece(pieces);

    if (begin >= end)
        return;
    flags |= GB_RUN_EXACT;
    if (last && last->flags == flags && last->src.end == begin && !last->item) {
        last->src.end = end;
        last->len += end - begin;
        return;
    }
    *gb_push(&pieces->list) = (struct gb_piece){
        .flags = flags, .src = {begin, end}, .text = pieces->raw.ptr + begin, .len = end - begin};
}

void
gb_pieces_other(struct gb_pieces *pieces, struct gb_str text, struct gb_span src, uint32_t flags)
{
    struct gb_piece *piece = gb_push(&pieces->list);

    *piece = (struct gb_piece){.flags = flags, .src = src, .text = text.ptr, .len = (uint32_t)text.len};
    if (text.len <= sizeof(piece->own)) {
        piece->text = NULL;
        if (text.len)
            memcpy(piece->own, text.ptr, text.len);
    }
}

void
gb_pieces_break(struct gb_pieces *pieces, uint32_t begin, uint32_t end, uint32_t flags)
{
    gb_pieces_other(pieces, GB_STR("\n"), (struct gb_span){begin, end}, flags | GB_RUN_DECODED | GB_RUN_BREAK);
    /* A plain line end can be part of a slice of the file. */
    if (end == begin + 1 && end <= pieces->raw.len && pieces->raw.ptr[begin] == '\n')
        last_piece(pieces)->text = pieces->raw.ptr + begin;
}

void
gb_pieces_item(struct gb_pieces *pieces, uint32_t item, struct gb_span src)
{
    *gb_push(&pieces->list) = (struct gb_piece){.item = item + 1, .src = src};
}

static const char *
piece_text(const struct gb_piece *piece)
{
    return piece->text ? piece->text : piece->own;
}

struct gb_text
gb_pieces_text(const struct gb_pieces *pieces, size_t first, size_t last, struct gb_arena *arena,
               uint32_t *n_exact, uint32_t *n_approx)
{
    const struct gb_piece *list = pieces->list.items;
    size_t len = 0, n_runs = 0;
    const char *begin = NULL;
    bool is_slice = true;

    for (size_t i = first; i < last; i++) {
        if (list[i].item)
            continue;
        if (list[i].len) {
            const char *text = piece_text(&list[i]);
            if (!begin)
                begin = text;
            is_slice = is_slice && list[i].text && text == begin + len;
        }
        len += list[i].len;
        n_runs++;
    }
    if (n_runs == 0)
        return (struct gb_text){0};

    struct gb_run *runs = gb_arena_new_array(arena, struct gb_run, n_runs);
    char *copy = is_slice && begin ? NULL : gb_arena_alloc(arena, len + 1);
    uint32_t at = 0, n = 0;
    for (size_t i = first; i < last; i++) {
        if (list[i].item)
            continue;
        runs[n++] = (struct gb_run){
            at, list[i].flags, {list[i].src.begin + pieces->base, list[i].src.end + pieces->base}};
        if (copy && list[i].len)
            memcpy(copy + at, piece_text(&list[i]), list[i].len);
        at += list[i].len;
        *(list[i].flags & GB_RUN_APPROX ? n_approx : n_exact) += 1;
    }
    return (struct gb_text){{copy ? copy : begin, len}, runs, n, 0};
}
