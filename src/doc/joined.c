#include "doc/joined.h"

#include "base/sort.h"
#include "text/utf8.h"

/*
 * From U+2E80 on a character needs no blank to its neighbour; Chinese quotes and dashes neither. Signs such as ℃ and ≥, U+2100 to
 * U+22FF, stand beside numbers like Latin letters.
 */
static bool
is_wide_start(struct gb_str s, size_t at)
{
    unsigned char c = at < s.len ? (unsigned char)s.ptr[at] : 0,
                  second = at + 1 < s.len ? (unsigned char)s.ptr[at + 1] : 0;

    return c >= 0xE3 || (c == 0xE2 && !(second >= 0x84 && second <= 0x8B));
}

static bool
is_wide_end(struct gb_str s, size_t at)
{
    return at && is_wide_start(s, gb_utf8_floor(s, at - 1));
}

bool
gb_is_tight_break(struct gb_str s, size_t at)
{
    return is_wide_end(s, at) || is_wide_start(s, at + 1);
}

void
gb_join(const struct gb_text *text, struct gb_joined *out)
{
    struct gb_str s = text->str;

    out->str = s;
    out->gaps.len = 0;
    if (!s.len || !memchr(s.ptr, '\n', s.len))
        return;
    out->buf.len = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] != '\n' || gb_text_flags(text, i) & GB_RUN_HARD)
            gb_buf_add_char(&out->buf, s.ptr[i]);
        else if (gb_is_tight_break(s, i))
            *gb_push(&out->gaps) = (uint32_t)out->buf.len;
        else
            gb_buf_add_char(&out->buf, ' ');
    }
    out->str = gb_buf_str(&out->buf);
}

void
gb_joined_release(struct gb_joined *joined)
{
    gb_buf_release(&joined->buf);
    gb_array_release(&joined->gaps);
}

/* How many gaps stand before `limit`. */
static size_t
gaps_before(const struct gb_joined *joined, size_t limit)
{
    GB_SEEK(size_t, i, joined->gaps.len, joined->gaps.items[i] < limit);
    return i;
}

size_t
gb_joined_begin(const struct gb_joined *joined, size_t at)
{
    return at + gaps_before(joined, at + 1);
}

size_t
gb_joined_end(const struct gb_joined *joined, size_t at)
{
    return at + gaps_before(joined, at);
}
