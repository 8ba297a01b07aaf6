#include "emit/place_priv.h"

#include "base/sort.h"
#include "text/utf8.h"

static const char replacement[] = "\xEF\xBF\xBD";

/* The place of an offset as seen from `file`: its very end belongs to it, not to the file behind it. */
static struct gb_place
place_in(const struct gb_source *source, const struct gb_source_file *file, uint32_t offset)
{
    struct gb_source alone = *source;

    alone.files = source->files + (file - source->files);
    alone.n_files = 1;
    return gb_source_place(&alone, offset);
}

struct gb_range
gb_range_of(const struct gb_source *source, struct gb_at at)
{
    const struct gb_source_file *file = gb_source_file_at(source, at.span.begin);
    uint32_t end_of_file = file->base + (uint32_t)file->text.len;
    struct gb_range range = {.span = at.span, .by_line = at.by_line};

    if (range.span.end > end_of_file)
        range.span.end = end_of_file;
    if (range.span.end < range.span.begin)
        range.span.end = range.span.begin;
    if (at.by_line) {
        uint32_t last = range.span.end > range.span.begin ? range.span.end - 1 : range.span.begin;
        range.span.begin = gb_source_line_span(file, place_in(source, file, range.span.begin).line).begin;
        range.span.end = gb_source_line_span(file, place_in(source, file, last).line).end;
    }
    range.start = place_in(source, file, range.span.begin);
    range.end = place_in(source, file, range.span.end);
    return range;
}

/* Length of the flaw that begins at the offset, 0 when none does. Flaws are in order. */
static uint32_t
flaw_at(const struct gb_source_file *file, uint32_t offset)
{
    GB_SEEK(uint32_t, i, file->n_flaws, file->flaws[i].span.end <= offset);
    if (i == file->n_flaws || file->flaws[i].span.begin > offset)
        return 0;
    return file->flaws[i].span.end - offset;
}

void
gb_add_source_text(struct gb_buf *out, const struct gb_source *source, struct gb_span span)
{
    const struct gb_source_file *file = gb_source_file_at(source, span.begin);
    struct gb_str text = gb_source_text(source, span);

    while (file->n_flaws && text.len) {
        const char *hit = memchr(text.ptr, GB_STAND_IN, text.len);
        if (!hit)
            break;
        size_t at = (size_t)(hit - text.ptr);
        uint32_t flaw = flaw_at(file, span.end - (uint32_t)text.len + (uint32_t)at);
        gb_buf_add(out, gb_str_sub(text, 0, at));
        gb_buf_puts(out, flaw ? replacement : "\x1A");
        text = gb_str_skip(text, at + (flaw ? flaw : 1));
    }
    gb_buf_add(out, text);
}

/* Bytes from `at` on that need no closer look: printable ASCII, and Han, which begin with E4 to E9. */
static size_t
plain_length(struct gb_str text, size_t at)
{
    const unsigned char *p = (const unsigned char *)text.ptr;
    size_t i = at;

    while (i < text.len) {
        bool is_han =
            p[i] >= 0xE4 && p[i] <= 0xE9 && text.len - i >= 3 && (p[i + 1] & 0xC0) == 0x80 && (p[i + 2] & 0xC0) == 0x80;
        if (!is_han && (p[i] < 0x20 || p[i] >= 0x7F))
            break;
        i += is_han ? 3 : 1;
    }
    return i - at;
}

void
gb_add_clean(struct gb_buf *out, struct gb_str text)
{
    for (size_t i = 0; i < text.len;) {
        size_t plain = plain_length(text, i);
        gb_buf_add(out, gb_str_sub(text, i, i + plain));
        i += plain;
        if (i == text.len)
            break;
        size_t n = gb_utf8_valid(text.ptr + i, text.len - i);
        unsigned char c = (unsigned char)text.ptr[i];
        if (n == 0)
            gb_buf_puts(out, replacement);
        else if (c < 0x20 || c == 0x7F || (c == 0xC2 && n == 2 && (unsigned char)text.ptr[i + 1] < 0xA0))
            gb_buf_add_char(out, ' ');
        else
            gb_buf_add(out, gb_str_sub(text, i, i + n));
        i += n ? n : 1;
    }
}

void
gb_put_clean(struct gb_out *out, struct gb_str text)
{
    gb_add_clean(&out->buf, text);
    gb_out_filled(out);
}
