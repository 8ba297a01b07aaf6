/*
 * One decoder per charset. GB 18030 has its own tables, so that no module of the C library has to be there
 * at run time, and each bad byte has a known place.
 */
#include "source/charset_priv.h"

#include "base/sort.h"
#include "source/gb18030.h"
#include "text/utf8.h"

#include <assert.h>

enum {
    PAIR_TRAILS = 190, /* trail bytes of a two-byte code: 40-7E, 80-FE */
    FAR_BASE = 0xD800,
    FIRST_SUPPLEMENTARY = 189000, /* linear code of 90 30 81 30, which is U+10000 */
};

static size_t
next_utf8(const unsigned char *p, size_t len, uint32_t *out_c)
{
    size_t n = gb_utf8_valid((const char *)p, len), next;

    if (n > 0)
        *out_c = gb_utf8_at((struct gb_str){(const char *)p, n}, 0, &next);
    return n;
}

static uint32_t
pair_character(unsigned lead, unsigned trail)
{
    unsigned column = trail - (trail < 0x7F ? 0x40 : 0x41);
    uint32_t c = gb18030_pairs[(lead - 0x81) * PAIR_TRAILS + column];

    return c - FAR_BASE < GB_COUNT(gb18030_far) ? gb18030_far[c - FAR_BASE] : c;
}

/* The character of a linear four-byte code; 0 for none. */
static uint32_t
quad_character(uint32_t code)
{
    if (code >= FIRST_SUPPLEMENTARY) {
        code -= FIRST_SUPPLEMENTARY;
        return code <= 0xFFFFF ? code + 0x10000 : 0;
    }
    GB_SEEK(size_t, behind, GB_COUNT(gb18030_quads), gb18030_quads[behind].code <= code);
    size_t i = behind ? behind - 1 : 0;
    uint32_t first = gb18030_quads[i].character;
    return first ? first + (code - gb18030_quads[i].code) : 0;
}

static bool
in_range(unsigned char c, unsigned first, unsigned last)
{
    return c >= first && c <= last;
}

static size_t
next_gb18030(const unsigned char *p, size_t len, uint32_t *out_c)
{
    if (p[0] < 0x80) {
        *out_c = p[0];
        return 1;
    }
    if (!in_range(p[0], 0x81, 0xFE) || len < 2)
        return 0;
    if (in_range(p[1], 0x40, 0xFE) && p[1] != 0x7F) {
        *out_c = pair_character(p[0], p[1]);
        return 2;
    }
    if (len < 4 || !in_range(p[1], '0', '9') || !in_range(p[2], 0x81, 0xFE) || !in_range(p[3], '0', '9'))
        return 0;
    *out_c = quad_character(((p[0] - 0x81u) * 10 + (p[1] - '0')) * 1260 + (p[2] - 0x81u) * 10 + (p[3] - '0'));
    return *out_c ? 4 : 0;
}

static size_t
next_utf16(uint32_t first, uint32_t second, uint32_t *out_c)
{
    if (first - 0xD800 >= 0x800) {
        *out_c = first;
        return 2;
    }
    if (first >= 0xDC00 || second - 0xDC00 >= 0x400)
        return 0;
    *out_c = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
    return 4;
}

static size_t
next_utf16le(const unsigned char *p, size_t len, uint32_t *out_c)
{
    if (len < 2)
        return 0;
    return next_utf16(p[0] | (uint32_t)p[1] << 8, len < 4 ? 0 : p[2] | (uint32_t)p[3] << 8, out_c);
}

static size_t
next_utf16be(const unsigned char *p, size_t len, uint32_t *out_c)
{
    if (len < 2)
        return 0;
    return next_utf16((uint32_t)p[0] << 8 | p[1], len < 4 ? 0 : (uint32_t)p[2] << 8 | p[3], out_c);
}

/* --- Back to stored bytes --- */

static void
put_utf16le(uint32_t unit, struct gb_buf *out)
{
    gb_buf_add_char(out, (char)(unit & 0xFF));
    gb_buf_add_char(out, (char)(unit >> 8));
}

static void
put_utf16be(uint32_t unit, struct gb_buf *out)
{
    gb_buf_add_char(out, (char)(unit >> 8));
    gb_buf_add_char(out, (char)(unit & 0xFF));
}

static void
put_utf16(uint32_t c, void (*put)(uint32_t unit, struct gb_buf *out), struct gb_buf *out)
{
    if (c < 0x10000) {
        put(c, out);
        return;
    }
    put(0xD800 + ((c - 0x10000) >> 10), out);
    put(0xDC00 + ((c - 0x10000) & 0x3FF), out);
}

/* The table is made for reading: one character is looked for from end to end, which the few that an edit brings allow. */
static bool
put_pair(uint32_t c, struct gb_buf *out)
{
    uint32_t stored = c;

    for (size_t i = 0; i < GB_COUNT(gb18030_far); i++) {
        if (gb18030_far[i] == c)
            stored = FAR_BASE + (uint32_t)i;
    }
    for (size_t i = 0; stored < 0x10000 && i < GB_COUNT(gb18030_pairs); i++) {
        if (gb18030_pairs[i] != stored)
            continue;
        unsigned column = (unsigned)(i % PAIR_TRAILS);
        gb_buf_add_char(out, (char)(i / PAIR_TRAILS + 0x81));
        gb_buf_add_char(out, (char)(column + (column < 0x3F ? 0x40 : 0x41)));
        return true;
    }
    return false;
}

static bool
put_quad(uint32_t c, struct gb_buf *out)
{
    uint32_t code = 0;
    bool found = c >= 0x10000;

    if (found)
        code = FIRST_SUPPLEMENTARY + (c - 0x10000);
    for (size_t i = 0; !found && i + 1 < GB_COUNT(gb18030_quads); i++) {
        uint32_t first = gb18030_quads[i].character, n = gb18030_quads[i + 1].code - gb18030_quads[i].code;
        found = first && c >= first && c - first < n;
        if (found)
            code = gb18030_quads[i].code + (c - first);
    }
    if (!found)
        return false;
    gb_buf_add_char(out, (char)(0x81 + code / 12600));
    gb_buf_add_char(out, (char)('0' + code / 1260 % 10));
    gb_buf_add_char(out, (char)(0x81 + code / 10 % 126));
    gb_buf_add_char(out, (char)('0' + code % 10));
    return true;
}

bool
gb_encode(enum gb_charset charset, struct gb_str text, struct gb_buf *out)
{
    size_t at = 0;

    if (charset == GB_CHARSET_UTF_8)
        gb_buf_add(out, text);
    while (charset != GB_CHARSET_UTF_8 && at < text.len) {
        uint32_t c = gb_utf8_at(text, at, &at);
        if (charset == GB_CHARSET_UTF_16LE)
            put_utf16(c, put_utf16le, out);
        else if (charset == GB_CHARSET_UTF_16BE)
            put_utf16(c, put_utf16be, out);
        else if (charset != GB_CHARSET_GB18030)
            return false;
        else if (c < 0x80)
            gb_buf_add_char(out, (char)c);
        else if (!put_pair(c, out) && !put_quad(c, out))
            return false;
    }
    return true;
}

const struct gb_decoder *
gb_decoder(enum gb_charset charset)
{
    static const struct gb_decoder decoders[] = {
        [GB_CHARSET_UTF_8] = {next_utf8, 1},
        [GB_CHARSET_GB18030] = {next_gb18030, 1},
        [GB_CHARSET_UTF_16LE] = {next_utf16le, 2},
        [GB_CHARSET_UTF_16BE] = {next_utf16be, 2},
    };

    assert(charset < GB_CHARSET_UNKNOWN);
    return &decoders[charset];
}

GB_NAME_OF(gb_charset_name, enum gb_charset, GB_CHARSETS)
