/*
 * Which charset are these bytes in? A mark at the beginning decides, and so does clean UTF-8. Else each charset is
 * weighed: how many bits would it take to write the characters that it reads, if the text is a Chinese draft?
 * Usual characters are cheap, rare ones dear, undecodable bytes very dear; bytes that are no text at all cost eight
 * bits each. The cheapest reading wins.
 */
#include "source/charset_priv.h"

#include "source/common_han.h"
#include "text/utf8.h"

/* Costs in bits. */
enum {
    COST_ASCII = 6,
    COST_COMMON_HAN = 12,
    COST_HAN = 16,
    COST_CONTROL = 20,
    COST_OTHER = 20,
    COST_NUL = 40,
    COST_NUL_AGAIN = 2,
    COST_BAD = 24,
    COST_BAD_AGAIN = 10,
    COST_RAW_BYTE = 8,
    COST_RAW_NUL = 2,
    COST_RAW_ANY = 64,     /* that a file named as a draft is none */
    DECLARED = 48,         /* what an XML declaration is worth */
};

/* Characters that drafts hold besides ASCII and Han, and those that no draft holds. */
static const struct cost_range {
    uint32_t first, last;
    unsigned cost;
} cost_ranges[] = {
    {0x0080, 0x009F, COST_CONTROL},
    {0x00A0, 0x00FF, 12},  /* ° ± · × */
    {0x0391, 0x03C9, 12},  /* Greek */
    {0x2010, 0x203B, 12},  /* — “ ” … ※ */
    {0x2070, 0x2311, 14},  /* ℃ Ⅰ → ≤ */
    {0x2460, 0x25FF, 14},  /* ① ─ ■ */
    {0x3000, 0x303F, 12},  /* 、。《 》 */
    {0x3400, 0x4DBF, 18},  /* Han, extension A */
    {0xD800, 0xDFFF, 30},
    {0xE000, 0xF8FF, 26},  /* private */
    {0xFDD0, 0xFDEF, 30},
    {0xFF00, 0xFF60, 12},  /* ，：（ ） */
    {0xFFE0, 0xFFE6, 14},
    {0xFFFD, 0xFFFD, 12},  /* what another program made of bad bytes */
    {0xFFFE, 0xFFFF, 30},
};

static unsigned
cost_of(uint32_t c)
{
    if (c < 0x80)
        return (c >= ' ' && c < 0x7F) || c == '\n' || c == '\r' || c == '\t' ? COST_ASCII : COST_CONTROL;
    if (c - 0x4E00 < 0x5200) {
        uint32_t i = c - 0x4E00;
        return common_han[i / 32] >> i % 32 & 1 ? COST_COMMON_HAN : COST_HAN;
    }
    for (size_t i = 0; i < GB_COUNT(cost_ranges) && c >= cost_ranges[i].first; i++) {
        if (c <= cost_ranges[i].last)
            return cost_ranges[i].cost;
    }
    return COST_OTHER;
}

/* Cost of the bytes as text of a charset; stops beyond `limit`. */
static uint64_t
weigh_text(enum gb_charset charset, struct gb_str bytes, uint64_t limit)
{
    const struct gb_decoder *decoder = gb_decoder(charset);
    const unsigned char *p = (const unsigned char *)bytes.ptr;
    uint64_t cost = 0;
    bool after_bad = false, after_nul = false;

    for (size_t at = 0; at < bytes.len && cost <= limit;) {
        uint32_t c = 0;
        size_t n = decoder->next(p + at, bytes.len - at, &c);
        bool bad = n == 0, nul = !bad && c == 0;
        if (bad)
            cost += after_bad ? COST_BAD_AGAIN : COST_BAD;
        else if (nul)
            cost += after_nul ? COST_NUL_AGAIN : COST_NUL;
        else
            cost += cost_of(c);
        after_bad = bad;
        after_nul = nul;
        at += bad ? decoder->unit : n;
    }
    return cost;
}

/* Cost of the bytes as no text. */
static uint64_t
weigh_raw(struct gb_str bytes)
{
    uint64_t nuls = 0;

    for (size_t i = 0; i < bytes.len; i++)
        nuls += bytes.ptr[i] == 0;
    return COST_RAW_ANY + (bytes.len - nuls) * COST_RAW_BYTE + nuls * COST_RAW_NUL;
}

/* First bytes of files that are certainly no draft, some of which hold much text. */
static bool
is_known_binary(struct gb_str bytes)
{
    static const struct gb_str magic[] = {
        GB_STR("\x89PNG\r\n"), GB_STR("PK\3\4"),     GB_STR("PK\5\6"),          GB_STR("%PDF-"),
        GB_STR("\x7F" "ELF"),  GB_STR("GIF8"),       GB_STR("\xFF\xD8\xFF"),    GB_STR("\x1F\x8B\x08"),
        GB_STR("BZh"),         GB_STR("\xFD" "7zXZ"), GB_STR("7z\xBC\xAF"),     GB_STR("Rar!\x1A"),
        GB_STR("\xD0\xCF\x11\xE0\xA1\xB1"), /* .doc, .xls, .wps */
        GB_STR("\xFF\xFE\0\0"),             /* UTF-32 */
    };

    for (size_t i = 0; i < GB_COUNT(magic); i++) {
        if (gb_str_starts(bytes, magic[i]))
            return true;
    }
    return false;
}

/* The charset that an XML declaration names; UNKNOWN for none or another. */
static enum gb_charset
declared_charset(struct gb_str bytes)
{
    static const struct {
        struct gb_str name;
        enum gb_charset charset;
    } names[] = {
        {GB_STR("utf-8"), GB_CHARSET_UTF_8},      {GB_STR("gb18030"), GB_CHARSET_GB18030},
        {GB_STR("gb2312"), GB_CHARSET_GB18030},   {GB_STR("gbk"), GB_CHARSET_GB18030},
        {GB_STR("cp936"), GB_CHARSET_GB18030},
    };

    if (!gb_str_starts(bytes, GB_STR("<?xml")))
        return GB_CHARSET_UNKNOWN;
    struct gb_str head = gb_str_sub(bytes, 0, gb_str_find(bytes, GB_STR("?>"), 0));
    size_t at = gb_str_find(head, GB_STR("encoding"), 0);
    if (at == GB_NOT_FOUND)
        return GB_CHARSET_UNKNOWN;
    struct gb_str value = gb_str_skip(head, at + strlen("encoding"));
    while (value.len && strchr(" \t\r\n=\"'", value.ptr[0]))
        value = gb_str_skip(value, 1);
    for (size_t i = 0; i < GB_COUNT(names); i++) {
        if (gb_str_eq_nocase(gb_str_sub(value, 0, names[i].name.len), names[i].name))
            return names[i].charset;
    }
    return GB_CHARSET_UNKNOWN;
}

/* The cheaper of the charsets given, or UNKNOWN when no text is cheaper. */
static enum gb_charset
cheapest(struct gb_str bytes, const enum gb_charset *charsets, size_t n)
{
    enum gb_charset best = GB_CHARSET_UNKNOWN, declared = declared_charset(bytes);
    uint64_t best_cost = weigh_raw(bytes);

    for (size_t i = 0; i < n; i++) {
        unsigned bonus = charsets[i] == declared ? DECLARED : 0;
        uint64_t cost = weigh_text(charsets[i], bytes, best_cost + bonus);
        if (cost < best_cost + bonus) {
            best = charsets[i];
            best_cost = cost > bonus ? cost - bonus : 0;
        }
    }
    return best;
}

/*
 * Is valid UTF-8 beyond doubt? It is when it is ASCII, or when it has a character of three or four bytes. A few
 * characters of GB 18030 may look like characters of two bytes.
 */
static bool
is_certain_utf8(struct gb_str text)
{
    bool ascii = true;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c >= 0xE0)
            return true;
        ascii = ascii && c < 0x80;
    }
    return ascii;
}

static size_t
bom_length(struct gb_str bytes, enum gb_charset *out_charset)
{
    static const struct {
        struct gb_str mark;
        enum gb_charset charset;
    } marks[] = {
        {GB_STR("\xEF\xBB\xBF"), GB_CHARSET_UTF_8},
        {GB_STR("\xFF\xFE"), GB_CHARSET_UTF_16LE},
        {GB_STR("\xFE\xFF"), GB_CHARSET_UTF_16BE},
        {GB_STR("\x84\x31\x95\x33"), GB_CHARSET_GB18030},
    };

    for (size_t i = 0; i < GB_COUNT(marks); i++) {
        if (gb_str_starts(bytes, marks[i].mark)) {
            *out_charset = marks[i].charset;
            return marks[i].mark.len;
        }
    }
    return 0;
}

struct gb_detected
gb_detect(struct gb_str bytes)
{
    /* UTF-8 first: of equals the first wins. */
    static const enum gb_charset all[] = {
        GB_CHARSET_UTF_8, GB_CHARSET_GB18030, GB_CHARSET_UTF_16LE, GB_CHARSET_UTF_16BE,
    };
    struct gb_detected found = {.charset = GB_CHARSET_UTF_8};

    found.bom_len = bom_length(bytes, &found.charset);
    struct gb_str body = gb_str_skip(bytes, found.bom_len);
    if (found.charset == GB_CHARSET_UTF_8)
        found.clean = gb_utf8_check(body) == body.len && (body.len == 0 || !memchr(body.ptr, 0, body.len));
    if (found.clean) {
        if (found.bom_len == 0 && !is_certain_utf8(body))
            found.charset = cheapest(body, all, 2);
    } else if (is_known_binary(bytes)) {
        found.charset = GB_CHARSET_UNKNOWN;
    } else if (found.bom_len) {
        found.charset = cheapest(body, &found.charset, 1);
    } else {
        found.charset = cheapest(body, all, GB_COUNT(all));
    }
    found.clean = found.clean && found.charset == GB_CHARSET_UTF_8;
    return found;
}
