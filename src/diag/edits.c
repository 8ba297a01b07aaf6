#include "diag/edits.h"

#include "base/sort.h"

#include <stdlib.h>

/* Bits of `taken`. */
enum {
    REPLACED = 1 << 0,
    INSERTED = 1 << 1, /* something goes in before this byte */
    PROTECTED = 1 << 2,
    INSIDE = 1 << 3, /* of something protected: not its first byte */
};

/* The offsets of all files, and the one behind the last. */
static size_t
extent(const struct gb_source *source)
{
    const struct gb_source_file *last = &source->files[source->n_files - 1];

    return (size_t)last->base + last->text.len + 1;
}

void
gb_edits_init(struct gb_edits *edits, const struct gb_source *source)
{
    *edits = (struct gb_edits){.source = source, .taken = gb_alloc_zeroed(extent(source))};
}

void
gb_edits_release(struct gb_edits *edits)
{
    free(edits->taken);
    edits->taken = NULL;
    gb_array_release(&edits->list);
}

void
gb_edits_protect(struct gb_edits *edits, struct gb_span span)
{
    for (uint32_t at = span.begin; at < span.end && at < extent(edits->source); at++)
        edits->taken[at] |= at > span.begin ? PROTECTED | INSIDE : PROTECTED;
}

static bool
is_any(const struct gb_edits *edits, uint32_t begin, uint32_t end, unsigned bits)
{
    for (uint32_t at = begin; at < end; at++) {
        if (edits->taken[at] & bits)
            return true;
    }
    return false;
}

static bool
is_free(const struct gb_edits *edits, struct gb_span span)
{
    if (span.begin == span.end)
        return !is_any(edits, span.begin ? span.begin - 1 : 0, span.begin + 1, REPLACED) &&
               !is_any(edits, span.begin, span.begin + 1, INSERTED);
    return !is_any(edits, span.begin, span.end, REPLACED) && !is_any(edits, span.begin, span.end + 1, INSERTED);
}

static bool
is_protected(const struct gb_edits *edits, struct gb_span span)
{
    if (span.begin == span.end)
        return edits->taken[span.begin] & INSIDE;
    return is_any(edits, span.begin, span.end, PROTECTED);
}

/* Bytes beside a flaw could join it to a character. Flaws are in order. */
static bool
touches_flaw(const struct gb_source_file *file, struct gb_span span)
{
    GB_SEEK(uint32_t, i, file->n_flaws, file->flaws[i].span.end < span.begin);
    return i < file->n_flaws && file->flaws[i].span.begin <= span.end;
}

static enum gb_edit_fault
fault_of(const struct gb_edits *edits, const struct gb_edit *edit, struct gb_buf *scratch)
{
    struct gb_span span = edit->span;

    if (span.begin > span.end || span.end >= extent(edits->source))
        return GB_EDIT_OUTSIDE;
    const struct gb_source_file *file = gb_source_file_at(edits->source, span.begin);
    if (span.end > file->base + file->text.len || file->charset == GB_CHARSET_UNKNOWN)
        return GB_EDIT_OUTSIDE;
    if (touches_flaw(file, span))
        return GB_EDIT_UNDECODED;
    if (!edit->is_move && !edit->is_code && is_protected(edits, span))
        return GB_EDIT_PROTECTED;
    if (!is_free(edits, span))
        return GB_EDIT_OVERLAPS;
    scratch->len = 0;
    return gb_encode(file->charset, edit->text, scratch) ? GB_EDIT_GOOD : GB_EDIT_UNENCODABLE;
}

static void
mark(struct gb_edits *edits, struct gb_span span, bool on)
{
    unsigned char bit = span.begin == span.end ? INSERTED : REPLACED;
    uint32_t end = span.begin == span.end ? span.end + 1 : span.end;

    for (uint32_t at = span.begin; at < end; at++)
        edits->taken[at] = (unsigned char)(on ? edits->taken[at] | bit : edits->taken[at] & ~bit);
}

enum gb_edit_fault
gb_edits_add(struct gb_edits *edits, const struct gb_edit *list, size_t n, struct gb_edit_cause cause)
{
    struct gb_buf scratch = {0};
    enum gb_edit_fault fault = GB_EDIT_GOOD;
    size_t taken = 0;

    while (taken < n && (fault = fault_of(edits, &list[taken], &scratch)) == GB_EDIT_GOOD)
        mark(edits, list[taken++].span, true);
    gb_buf_release(&scratch);
    for (size_t i = 0; i < taken; i++) {
        if (fault == GB_EDIT_GOOD)
            *gb_push(&edits->list) = (struct gb_caused_edit){list[i], cause};
        else
            mark(edits, list[i].span, false);
    }
    edits->is_sorted = false;
    return fault;
}

/* Replaced stretches do not overlap, and nothing is inserted where one begins. */
GB_ORDER(compare_edits, struct gb_caused_edit, GB_KEY(edit.span.begin))

/* Index of the first edit at or after the offset. */
static size_t
first_edit(struct gb_edits *edits, uint32_t offset)
{
    if (!edits->is_sorted && edits->list.len)
        gb_sort(edits->list.items, edits->list.len, sizeof(struct gb_caused_edit), compare_edits);
    edits->is_sorted = true;
    GB_SEEK(size_t, i, edits->list.len, edits->list.items[i].edit.span.begin < offset);
    return i;
}

bool
gb_edits_touch(struct gb_edits *edits, const struct gb_source_file *file)
{
    size_t i = first_edit(edits, file->base);

    return i < edits->list.len && edits->list.items[i].edit.span.begin <= file->base + file->text.len;
}

/* The line end that most lines of the file have. */
static struct gb_str
line_end(const struct gb_source_file *file)
{
    if (file->n_crlf > file->n_lf && file->n_crlf >= file->n_cr)
        return GB_STR("\r\n");
    return file->n_cr > file->n_lf ? GB_STR("\r") : GB_STR("\n");
}

void
gb_edit_add_text(struct gb_buf *out, const struct gb_source_file *file, struct gb_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n')
            continue;
        if (text.ptr[i] == '\n')
            gb_buf_add(out, line_end(file));
        else
            gb_buf_add_char(out, text.ptr[i]);
    }
}

static void
add_text(const struct gb_source_file *file, struct gb_str text, struct gb_buf *out_stored, struct gb_buf *out_text)
{
    struct gb_buf lines = {0};

    gb_edit_add_text(&lines, file, text);
    gb_encode(file->charset, gb_buf_str(&lines), out_stored);
    gb_buf_add(out_text, gb_buf_str(&lines));
    gb_buf_release(&lines);
}

/* The place of an offset that may be the file's very end. */
static size_t
stored_at(const struct gb_source *source, const struct gb_source_file *file, uint32_t offset)
{
    if (offset == file->base + file->text.len)
        return file->stored.len;
    return (size_t)gb_source_place(source, offset).byte;
}

/* What lies between what is done and the offset, as it is. */
static void
copy_up_to(const struct gb_edits *edits, const struct gb_source_file *file, uint32_t offset, struct gb_span *done,
           struct gb_buf *out_stored, struct gb_buf *out_text)
{
    size_t stored = stored_at(edits->source, file, offset);

    gb_buf_add(out_stored, gb_str_sub(file->stored, done->begin, stored));
    gb_buf_add(out_text, gb_str_sub(file->text, done->end, offset - file->base));
    *done = (struct gb_span){(uint32_t)stored, offset - file->base};
}

void
gb_edits_apply(struct gb_edits *edits, const struct gb_source_file *file, struct gb_buf *out_stored,
               struct gb_buf *out_text)
{
    struct gb_span done = {0, 0}; /* in the stored bytes, and in the text */

    for (size_t i = first_edit(edits, file->base); i < edits->list.len; i++) {
        const struct gb_edit *edit = &edits->list.items[i].edit;
        if (edit->span.begin > file->base + file->text.len)
            break;
        copy_up_to(edits, file, edit->span.begin, &done, out_stored, out_text);
        add_text(file, edit->text, out_stored, out_text);
        done = (struct gb_span){(uint32_t)stored_at(edits->source, file, edit->span.end), edit->span.end - file->base};
    }
    copy_up_to(edits, file, file->base + (uint32_t)file->text.len, &done, out_stored, out_text);
}

/* ---- Traces ---- */

/* Stored bytes [old, old_end) have become [now, now_end). */
struct piece {
    size_t old, old_end, now, now_end;
    struct gb_edit_cause cause;
};

typedef GB_ARRAY(struct piece) piece_array;

static void
list_pieces(struct gb_edits *edits, const struct gb_source_file *file, piece_array *pieces)
{
    struct gb_buf stored = {0}, text = {0};
    size_t old_end = 0, now_end = 0;

    for (size_t i = first_edit(edits, file->base); i < edits->list.len; i++) {
        const struct gb_edit *edit = &edits->list.items[i].edit;
        if (edit->span.begin > file->base + file->text.len)
            break;
        stored.len = text.len = 0;
        add_text(file, edit->text, &stored, &text);
        size_t old = stored_at(edits->source, file, edit->span.begin), now = now_end + (old - old_end);
        old_end = stored_at(edits->source, file, edit->span.end);
        now_end = now + stored.len;
        *gb_push(pieces) = (struct piece){old, old_end, now, now_end, edits->list.items[i].cause};
    }
    gb_buf_release(&stored);
    gb_buf_release(&text);
}

/* The last piece that begins at the place or before it, or NULL. */
static const struct piece *
piece_before(const piece_array *pieces, size_t at)
{
    GB_SEEK(size_t, i, pieces->len, pieces->items[i].old <= at);
    return i ? &pieces->items[i - 1] : NULL;
}

/* Where a place is afterwards; one inside of a piece is now at one of its ends. */
static size_t
moved(const piece_array *pieces, size_t at, bool is_end)
{
    const struct piece *p = piece_before(pieces, at);

    if (!p)
        return at;
    if (at >= p->old_end)
        return at - p->old_end + p->now_end;
    return is_end ? p->now_end : p->now;
}

GB_ORDER(compare_traces, struct gb_trace, GB_KEY(begin))

void
gb_edits_trace(struct gb_edits *edits, const struct gb_source_file *file, struct gb_traces *traces)
{
    piece_array pieces = {0};

    list_pieces(edits, file, &pieces);
    GB_EACH_IN_PLACE(t, &traces->list) {
        t->begin = moved(&pieces, t->begin, false);
        t->end = moved(&pieces, t->end, true);
    }
    GB_EACH_IN(piece, &pieces)
        *gb_push(&traces->list) = (struct gb_trace){piece->now, piece->now_end, piece->cause};
    if (traces->list.len)
        gb_sort(traces->list.items, traces->list.len, sizeof(struct gb_trace), compare_traces);
    gb_array_release(&pieces);
}
