/* Bytes → text, lines, places. */
#include "fuzz.h"

#include "text/utf8.h"

/* What was decoded without a flaw is encoded to the bytes that it was. */
static void
check_round_trip(const struct gb_source_file *file)
{
    struct gb_buf out = {0};

    if (file->n_flaws || file->charset == GB_CHARSET_UNKNOWN || file->charset == GB_CHARSET_GB18030)
        return;
    GB_HOLDS(gb_encode(file->charset, file->text, &out));
    GB_HOLDS(file->stored.len >= out.len && file->stored.len - out.len <= 3);
    GB_HOLDS(out.len == 0 || gb_str_ends(file->stored, gb_buf_str(&out)));
    gb_buf_release(&out);
}

/* A place is a line that holds the offset, and a byte of the file. */
static void
check_places(const struct gb_source *source, uint32_t end)
{
    uint32_t step = end / 500 + 1, last = 0;
    uint64_t byte = 0;

    for (uint32_t at = 0; at <= end; at += step) {
        struct gb_place place = gb_source_place(source, at);
        GB_HOLDS(place.line >= 1 && place.line <= place.file->n_lines && place.column >= 1);
        GB_HOLDS(place.byte <= place.file->stored.len);
        GB_HOLDS(place.line == gb_source_line(source, at) && place.line >= last && place.byte >= byte);
        GB_HOLDS(gb_source_line_begin(source, at) <= at && gb_source_line_end(source, at) <= end);
        last = place.line;
        byte = place.byte;
    }
}

void
gb_fuzz_source(struct gb_str bytes)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_source source;

    gb_source_init(&source, &arena);
    const struct gb_source_file *file = gb_source_add(&source, "draft", gb_arena_copy(&arena, bytes));
    gb_check_source(&source);
    check_round_trip(file);
    check_places(&source, (uint32_t)file->text.len);
    gb_arena_release(&arena);
}
