/* PNG with a drawing of draw.io in a text chunk: keyword mxfile (old: mxGraphModel), percent codes. Pixels are not looked at. */
#include "base/inflate.h"
#include "flow/build_priv.h"
#include "text/utf8.h"

enum { SIGNATURE = 8, HEAD = 8, CHECKSUM = 4 };

static uint32_t
big_endian(const char *s)
{
    const unsigned char *p = (const unsigned char *)s;

    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* The bytes up to a NUL, which is taken as well; false without one. */
static bool
take_word(struct gb_str *rest, struct gb_str *out_word)
{
    const char *end = rest->len ? memchr(rest->ptr, '\0', rest->len) : NULL;

    if (!end)
        return false;
    *out_word = gb_str_sub(*rest, 0, (size_t)(end - rest->ptr));
    *rest = gb_str_skip(*rest, out_word->len + 1);
    return true;
}

/* The words of a chunk: tEXt as they are, zTXt packed, iTXt one or the other behind a language. */
static bool
chunk_text(struct gb_str type, struct gb_str data, struct gb_arena *arena, struct gb_str *out)
{
    struct gb_str keyword, word;
    bool is_packed = gb_str_is(type, "zTXt");

    if (!take_word(&data, &keyword) || (!gb_str_is(keyword, "mxfile") && !gb_str_is(keyword, "mxGraphModel")))
        return false;
    if (gb_str_is(type, "iTXt")) {
        is_packed = data.len && data.ptr[0] == 1;
        data = gb_str_skip(data, 2); /* whether it is packed, and how */
        if (!take_word(&data, &word) || !take_word(&data, &word))
            return false;
    } else if (is_packed) {
        data = gb_str_skip(data, 1);
    }
    if (!is_packed) {
        *out = data;
        return true;
    }
    return gb_inflate(data, GB_INFLATE_ZLIB, arena, out) == GB_INFLATED;
}

bool
gb_png_drawing(struct gb_str bytes, struct gb_arena *arena, struct gb_str *out_xml)
{
    *out_xml = GB_STR("");
    if (!gb_str_starts(bytes, GB_STR("\x89PNG\r\n\x1A\n")))
        return false;
    for (size_t at = SIGNATURE; bytes.len - at >= HEAD;) {
        uint32_t size = big_endian(bytes.ptr + at);
        struct gb_str type = gb_str_sub(bytes, at + 4, at + HEAD), text;
        if (size > bytes.len - at - HEAD)
            break;
        bool is_text = gb_str_is(type, "tEXt") || gb_str_is(type, "zTXt") || gb_str_is(type, "iTXt");
        if (is_text && chunk_text(type, gb_str_sub(bytes, at + HEAD, at + HEAD + size), arena, &text)) {
            text = gb_percent_decode(text, arena);
            if (gb_utf8_check(text) == text.len)
                *out_xml = text;
            break;
        }
        at += HEAD + (size_t)size;
        if (bytes.len - at < CHECKSUM)
            break;
        at += CHECKSUM;
    }
    return true;
}
