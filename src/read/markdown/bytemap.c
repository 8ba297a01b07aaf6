/* Segments of a parser's buffer, and texts made of pieces. */
#include "read/markdown/bytemap_priv.h"

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
    *gb_push(&pieces->list) =
        (struct gb_piece){.flags = flags, .src = {begin, end}, .text = pieces->raw.ptr + begin, .len = end - begin};
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
gb_pieces_text(const struct gb_pieces *pieces, size_t first, size_t last, struct gb_arena *arena, uint32_t *n_exact,
               uint32_t *n_approx)
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
        runs[n++] =
            (struct gb_run){at, list[i].flags, {list[i].src.begin + pieces->base, list[i].src.end + pieces->base}};
        if (copy && list[i].len)
            memcpy(copy + at, piece_text(&list[i]), list[i].len);
        at += list[i].len;
        *(list[i].flags & GB_RUN_APPROX ? n_approx : n_exact) += 1;
    }
    return (struct gb_text){{copy ? copy : begin, len}, runs, n, 0};
}

/* ---- what is no text after all ---- */

/* Puts an exact piece without the cuts that lie in it, from *next on. */
static void
put_rest(struct gb_pieces *out, const struct gb_piece *piece, const gb_spans *cuts, size_t next)
{
    uint32_t begin = piece->src.begin;

    for (; next < cuts->len && cuts->items[next].begin < piece->src.end; next++) {
        if (cuts->items[next].begin > begin)
            gb_pieces_exact(out, begin, cuts->items[next].begin, piece->flags);
        begin = cuts->items[next].end > begin ? cuts->items[next].end : begin;
    }
    gb_pieces_exact(out, begin, piece->src.end, piece->flags);
}

void
gb_pieces_cut(struct gb_pieces *pieces, struct gb_pieces *scratch, const gb_spans *cuts)
{
    size_t next = 0;

    if (!cuts->len)
        return;
    scratch->list.len = 0;
    GB_EACH(const struct gb_piece, piece, pieces->list.items, pieces->list.len) {
        while (next < cuts->len && cuts->items[next].end <= piece->src.begin)
            next++;
        bool is_met = !piece->item && next < cuts->len && cuts->items[next].begin < piece->src.end;
        if (!is_met)
            *gb_push(&scratch->list) = *piece;
        else if (piece->flags & GB_RUN_EXACT)
            put_rest(scratch, piece, cuts, next);
        else if (cuts->items[next].begin > piece->src.begin || cuts->items[next].end < piece->src.end)
            *gb_push(&scratch->list) = *piece;
    }
    struct gb_pieces whole = *pieces;
    *pieces = *scratch;
    *scratch = whole;
}

static bool
is_doubled(const struct gb_piece *piece, uint32_t at, char mark)
{
    const char *text = piece->text;

    return at + 1 < piece->len && text[at] == mark && text[at + 1] == mark && (at == 0 || text[at - 1] != mark) &&
           (at + 2 == piece->len || text[at + 2] != mark);
}

/* Place of a "~~" or "==" in a list of pieces. */
struct doubled {
    size_t piece;
    uint32_t at;
};

/*
 * Marked text begins directly behind its first mark and ends directly before its second, which comes later: so there is a piece behind
 * the first where that ends its own, and one before the second. "a==b" compares.
 */
static bool
is_pair(const struct gb_pieces *pieces, const struct doubled *open, const struct doubled *close, char mark)
{
    const struct gb_piece *first = &pieces->list.items[open->piece], *last = &pieces->list.items[close->piece];
    bool is_open =
        open->at + 2 == first->len ? !(first[1].flags & GB_RUN_BREAK) : !gb_is_blank(first->text[open->at + 2]);
    bool is_close = close->at == 0 ? !(last[-1].flags & GB_RUN_BREAK) : !gb_is_blank(last->text[close->at - 1]);
    bool compares = mark == '=' && ((open->at > 0 && gb_is_alnum(first->text[open->at - 1])) ||
                                    (close->at + 2 < last->len && gb_is_alnum(last->text[close->at + 2])));

    return is_open && is_close && !compares && (open->piece != close->piece || close->at > open->at + 2);
}

static struct gb_span
doubled_span(const struct gb_pieces *pieces, const struct doubled *mark)
{
    uint32_t begin = pieces->list.items[mark->piece].src.begin + mark->at;

    return (struct gb_span){begin, begin + 2};
}

void
gb_pieces_drop_doubled(struct gb_pieces *pieces, struct gb_pieces *scratch, char mark)
{
    GB_ARRAY(struct doubled) marks = {0};
    gb_spans cuts = {0};

    for (size_t i = 0; i < pieces->list.len; i++) {
        const struct gb_piece *piece = &pieces->list.items[i];
        bool is_plain = piece->flags & GB_RUN_EXACT && !(piece->flags & (GB_RUN_CODE | GB_RUN_MATH));
        for (uint32_t at = 0; is_plain && at + 1 < piece->len; at++) {
            if (is_doubled(piece, at, mark))
                *gb_push(&marks) = (struct doubled){i, at};
        }
    }
    for (size_t i = 0; i + 1 < marks.len; i++) {
        if (!is_pair(pieces, &marks.items[i], &marks.items[i + 1], mark))
            continue;
        *gb_push(&cuts) = doubled_span(pieces, &marks.items[i]);
        *gb_push(&cuts) = doubled_span(pieces, &marks.items[++i]);
    }
    gb_pieces_cut(pieces, scratch, &cuts);
    GB_RELEASE(&marks, &cuts);
}
