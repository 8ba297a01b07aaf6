#include "base/inflate.h"

#include "base/buf.h"

#include <zlib.h>

enum { WINDOW = 15, STEP = 64 * 1024 };

/* Takes bytes out until the stream ends. The length that is written of itself is never believed. */
static enum gb_inflate_result
take_out(z_stream *stream, struct gb_buf *out)
{
    int status = Z_OK;

    while (status != Z_STREAM_END) {
        gb_buf_reserve(out, STEP);
        stream->next_out = (Bytef *)out->ptr + out->len;
        stream->avail_out = STEP;
        status = inflate(stream, Z_NO_FLUSH);
        size_t got = STEP - stream->avail_out;
        out->len += got;
        if (out->len > GB_INFLATE_MOST)
            return GB_INFLATE_TOO_LARGE;
        if (status != Z_OK && status != Z_STREAM_END)
            return GB_INFLATE_DAMAGED;
        if (got == 0 && stream->avail_in == 0 && status != Z_STREAM_END)
            return GB_INFLATE_DAMAGED;
    }
    return GB_INFLATED;
}

enum gb_inflate_result
gb_inflate(struct gb_str packed, enum gb_inflate_form form, struct gb_arena *arena, struct gb_str *out_data)
{
    z_stream stream = {.next_in = (z_const Bytef *)packed.ptr, .avail_in = (uInt)packed.len};
    struct gb_buf out = {0};

    if (packed.len == 0 || packed.len > GB_INFLATE_MOST)
        return packed.len ? GB_INFLATE_TOO_LARGE : GB_INFLATE_DAMAGED;
    if (inflateInit2(&stream, form == GB_INFLATE_RAW ? -WINDOW : WINDOW) != Z_OK)
        return GB_INFLATE_DAMAGED;
    enum gb_inflate_result result = take_out(&stream, &out);
    inflateEnd(&stream);
    if (result == GB_INFLATED)
        *out_data = gb_buf_take(&out, arena);
    gb_buf_release(&out);
    return result;
}

static int
base64_value(char c)
{
    if (gb_is_upper(c))
        return c - 'A';
    if (gb_is_lower(c))
        return c - 'a' + 26;
    if (gb_is_digit(c))
        return c - '0' + 52;
    return c == '+' || c == '-' ? 62 : c == '/' || c == '_' ? 63 : -1;
}

bool
gb_base64_decode(struct gb_str text, struct gb_arena *arena, struct gb_str *out_data)
{
    unsigned char *out = gb_arena_take(arena, text.len / 4 * 3 + 4);
    size_t len = 0, i = 0;
    uint32_t bits = 0;
    int n_bits = 0;

    for (; i < text.len && text.ptr[i] != '='; i++) {
        char c = text.ptr[i];
        int value = base64_value(c);
        if (value < 0 && (c == ' ' || c == '\t' || c == '\r' || c == '\n'))
            continue;
        if (value < 0)
            return false;
        bits = (bits << 6 | (uint32_t)value) & 0xFFFFFF;
        n_bits += 6;
        if (n_bits >= 8) {
            n_bits -= 8;
            out[len++] = (unsigned char)(bits >> n_bits);
        }
    }
    for (; i < text.len; i++) {
        if (!strchr("= \t\r\n", text.ptr[i]) || text.ptr[i] == '\0')
            return false;
    }
    if (len == 0)
        return false;
    *out_data = (struct gb_str){(char *)out, len};
    return true;
}

struct gb_str
gb_percent_decode(struct gb_str text, struct gb_arena *arena)
{
    if (!text.len || !memchr(text.ptr, '%', text.len))
        return text;
    char *out = gb_arena_take(arena, text.len);
    size_t len = 0;

    for (size_t i = 0; i < text.len; i++) {
        int high = text.ptr[i] == '%' && i + 2 < text.len ? gb_hex_digit(text.ptr[i + 1]) : -1;
        int low = high >= 0 ? gb_hex_digit(text.ptr[i + 2]) : -1;
        if (low >= 0)
            i += 2;
        out[len++] = (char)(low >= 0 ? high << 4 | low : text.ptr[i]);
    }
    return (struct gb_str){out, len};
}
