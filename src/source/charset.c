/*
 * One decoder per charset. GB 18030 has its own tables, so that no module of the C library has to be there
 * at run time, and each bad byte has a known place.
 */
#include "source/charset_priv.h"

#include "source/gb18030.h"
#include "text/utf8.h"

#include <assert.h>

enum {
    PAIR_TRAILS = 190,       /* trail bytes of a two-byte code: 40-7E, 80-FE */
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
    size_t low = 0, high = GB_COUNT(gb18030_quads);
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (gb18030_quads[middle].code <= code)
            low = middle;
        else
            high = middle;
    }
    uint32_t c = gb18030_quads[low].character;
    return c ? c + (code - gb18030_quads[low].code) : 0;
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

const char *
gb_charset_name(enum gb_charset charset)
{
    static const char *const names[] = {
#define X(id, name) name,
        GB_CHARSETS(X)
#undef X
    };

    return names[charset];
}
