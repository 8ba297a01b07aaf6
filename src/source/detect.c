/*
 * Which charset are these bytes in? A mark at the beginning decides, and so does clean UTF-8. Else each charset is
 * weighed: how many bits would it take to write the characters that it reads, if the text is a Chinese draft?
 * Usual characters are cheap, rare ones dear, undecodable bytes very dear; bytes that are no text at all cost eight
 * bits each. The cheapest reading wins. Of a long file three samples are weighed.
 */
#include "source/charset_priv.h"

#include "source/common_han.h"
#include "text/utf8.h"

/* Costs in bits. */
enum {
    COST_ASCII = 6,
    COST_COMMON_HAN = 12,
    COST_HAN = 16,
    COST_CONTROL = 24,
    COST_OTHER = 20,
    COST_NUL = 40,
    COST_NUL_AGAIN = 3, /* per byte */
    COST_BAD = 20,
    COST_BAD_AGAIN = 10,
    COST_CUT = 12, /* a character cut by the end of the file */
    COST_RAW_BYTE = 8,
    COST_RAW_NUL = 1,
    COST_NO_TEXT = 64,    /* that a file named as a draft is none */
    COST_UNMARKED = 12,   /* that UTF-16 begins without a mark */
    COST_UNDECLARED = 48, /* that an XML declaration is wrong */
};

enum {
    LONGEST = 4,        /* bytes of a character in any charset */
    SAMPLE = 32 * 1024, /* bytes */
    N_SAMPLES = 3,
    SURE_PAIRS = 8,    /* so many characters of two bytes GB 18030 does not look like by chance */
    SURE_LENGTH = 256, /* in so many bytes a draft in GB 18030 has more than a few Han */
};

/* Characters that drafts hold besides ASCII and Han, and those that no draft holds. */
static const struct cost_range {
    uint32_t first, last;
    unsigned cost;
} cost_ranges[] = {
    {0x0080, 0x009F, COST_CONTROL}, {0x00A0, 0x00FF, 12}, /* ° ± · × */
    {0x0100, 0x024F, 14},                                 /* names with accents */
    {0x0391, 0x03C9, 12},                                 /* Greek */
    {0x2010, 0x203B, 12},                                 /* — “ ” … ※ */
    {0x2070, 0x2311, 14},                                 /* ℃ Ⅰ → ≤ */
    {0x2460, 0x25FF, 14},                                 /* ① ─ ■ */
    {0x3000, 0x303F, 12},                                 /* 、。《 》 */
    {0x3400, 0x4DBF, 18},                                 /* Han, extension A */
    {0xD800, 0xDFFF, 30},           {0xE000, 0xF8FF, 22}, /* private */
    {0xFDD0, 0xFDEF, 30},           {0xFF00, 0xFF60, 12}, /* ，：（ ） */
    {0xFFE0, 0xFFE6, 14},           {0xFFFD, 0xFFFD, 12}, /* what another program made of bad bytes */
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

/* Are these last bytes the beginning of a character? They are, if a usual byte makes them whole. */
static bool
is_cut(const struct gb_decoder *decoder, const unsigned char *p, size_t len)
{
    unsigned char whole[LONGEST];
    uint32_t c;

    if (len >= LONGEST)
        return false;
    memset(whole, 0xA0, sizeof(whole));
    memcpy(whole, p, len);
    return decoder->next(whole, sizeof(whole), &c) > len;
}

/* Bits that the bytes cost as text of one charset. */
static uint64_t
weigh_text(const struct gb_decoder *decoder, struct gb_str bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.ptr;
    uint64_t cost = 0;
    bool after_bad = false, after_nul = false;

    for (size_t at = 0; at < bytes.len;) {
        uint32_t c = 0;
        size_t left = bytes.len - at, n = decoder->next(p + at, left, &c);
        bool bad = n == 0, nul = !bad && c == 0;
        if (bad && is_cut(decoder, p + at, left))
            return cost + COST_CUT;
        if (bad)
            cost += after_bad ? COST_BAD_AGAIN : COST_BAD;
        else if (nul)
            cost += after_nul ? COST_NUL_AGAIN * n : COST_NUL;
        else
            cost += cost_of(c);
        after_bad = bad;
        after_nul = nul;
        at += bad ? decoder->unit : n;
    }
    return cost;
}

/* Bits that they cost as no text. */
static uint64_t
weigh_raw(struct gb_str bytes)
{
    uint64_t nuls = 0;

    for (size_t i = 0; i < bytes.len; i++)
        nuls += bytes.ptr[i] == 0;
    return (bytes.len - nuls) * COST_RAW_BYTE + nuls * COST_RAW_NUL;
}

/* The parts of a text to weigh: the whole, or of long text around its first fault as UTF-8, the middle, the end. */
struct samples {
    struct gb_str bytes;
    size_t len, n;
    size_t begins[N_SAMPLES];
};

static struct samples
choose_samples(struct gb_str bytes, size_t first_fault)
{
    if (bytes.len <= SAMPLE * N_SAMPLES)
        return (struct samples){bytes, bytes.len, 1, {0}};
    size_t last = bytes.len - SAMPLE;
    size_t first = first_fault > SAMPLE / 2 ? first_fault - SAMPLE / 2 : 0;
    return (struct samples){bytes, SAMPLE, N_SAMPLES, {first < last ? first : last, bytes.len / 2, last}};
}

/* A sample that begins with a whole character: with a line if one begins shortly before, in UTF-16 at an even byte. */
static struct gb_str
take_sample(const struct samples *samples, size_t i, unsigned unit)
{
    size_t begin = samples->begins[i], back = begin < SAMPLE / 4 ? begin : SAMPLE / 4;
    const char *here = samples->bytes.ptr + begin, *line_end = memrchr(here - back, '\n', back);

    if (unit > 1)
        begin -= begin % unit;
    else if (line_end)
        begin -= (size_t)(here - line_end) - 1;
    return gb_str_sub(samples->bytes, begin, begin + samples->len);
}

/* What the samples cost as text of a charset, or as no text. */
static uint64_t
weigh(const struct samples *samples, enum gb_charset charset)
{
    const struct gb_decoder *decoder = charset == GB_CHARSET_UNKNOWN ? NULL : gb_decoder(charset);
    uint64_t cost = 0;

    for (size_t i = 0; i < samples->n; i++) {
        struct gb_str part = take_sample(samples, i, decoder ? decoder->unit : 1);
        cost += decoder ? weigh_text(decoder, part) : weigh_raw(part);
    }
    return cost;
}

/* First bytes of files that are certainly no draft, some of which hold much text. */
static bool
is_known_binary(struct gb_str bytes)
{
    static const struct gb_str magic[] = {
        GB_STR("\x89PNG\r\n"),
        GB_STR("PK\3\4"),
        GB_STR("PK\5\6"),
        GB_STR("%PDF-"),
        GB_STR("\x7F"
               "ELF"),
        GB_STR("GIF8"),
        GB_STR("\xFF\xD8\xFF"),
        GB_STR("\x1F\x8B\x08"),
        GB_STR("BZh"),
        GB_STR("\xFD"
               "7zXZ"),
        GB_STR("7z\xBC\xAF"),
        GB_STR("Rar!\x1A"),
        GB_STR("\xD0\xCF\x11\xE0\xA1\xB1"), /* .doc, .xls, .wps */
        GB_STR("\xFF\xFE\0\0"),             /* UTF-32 */
    };

    return GB_STARTS_ANY(bytes, magic);
}

/* The charset that an XML declaration names; UNKNOWN for none or another. */
static enum gb_charset
declared_charset(struct gb_str bytes)
{
    static const struct {
        struct gb_str name;
        enum gb_charset charset;
    } names[] = {
        {GB_STR("utf-8"), GB_CHARSET_UTF_8},    {GB_STR("gb18030"), GB_CHARSET_GB18030},
        {GB_STR("gb2312"), GB_CHARSET_GB18030}, {GB_STR("gbk"), GB_CHARSET_GB18030},
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
    GB_FIND(row, names, GB_COUNT(names), gb_str_eq_nocase(gb_str_sub(value, 0, row->name.len), row->name));
    return row ? row->charset : GB_CHARSET_UNKNOWN;
}

/* The cheapest reading: of all, or when a mark names the `only` charset, of that and no text. */
static enum gb_charset
cheapest_charset(struct gb_str bytes, size_t first_fault, const enum gb_charset *only)
{
    static const struct {
        enum gb_charset charset;
        unsigned cost;
    } readings[] = {
        {GB_CHARSET_UTF_8, 0},
        {GB_CHARSET_GB18030, 0},
        {GB_CHARSET_UTF_16LE, COST_UNMARKED},
        {GB_CHARSET_UTF_16BE, COST_UNMARKED},
        {GB_CHARSET_UNKNOWN, COST_NO_TEXT},
    };
    const struct samples samples = choose_samples(bytes, first_fault);
    enum gb_charset best = GB_CHARSET_UNKNOWN, declared = declared_charset(bytes);
    uint64_t best_cost = UINT64_MAX;

    for (size_t i = 0; i < GB_COUNT(readings); i++) {
        enum gb_charset charset = readings[i].charset;
        if (only && charset != *only && charset != GB_CHARSET_UNKNOWN)
            continue;
        uint64_t cost = weigh(&samples, charset) + readings[i].cost;
        cost += declared != GB_CHARSET_UNKNOWN && charset != declared ? COST_UNDECLARED : 0;
        if (cost < best_cost) {
            best = charset;
            best_cost = cost;
        }
    }
    return best;
}

/*
 * Is valid UTF-8 beyond doubt? It is when it is ASCII, or has a character of three or four bytes, or many of two
 * bytes. A few characters of GB 18030 may look like such.
 */
static bool
is_certain_utf8(struct gb_str text)
{
    unsigned pairs = 0;

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c >= 0xE0)
            return true;
        pairs += c >= 0xC0;
    }
    return pairs == 0 || pairs >= SURE_PAIRS || text.len >= SURE_LENGTH;
}

/* Length of the byte order mark and its charset, which is left alone where there is none. */
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
    struct gb_detected found = {.charset = GB_CHARSET_UTF_8};

    found.bom_len = bom_length(bytes, &found.charset);
    struct gb_str body = gb_str_skip(bytes, found.bom_len);
    size_t valid = gb_utf8_check(body);
    const char *nul = memchr(body.ptr, 0, valid);
    size_t fault = nul ? (size_t)(nul - body.ptr) : valid;

    found.clean = found.charset == GB_CHARSET_UTF_8 && fault == body.len;
    if (found.clean && (found.bom_len || is_certain_utf8(body)))
        return found;
    if (is_known_binary(bytes))
        found.charset = GB_CHARSET_UNKNOWN;
    else
        found.charset = cheapest_charset(body, fault, found.bom_len ? &found.charset : NULL);
    found.clean = found.clean && found.charset == GB_CHARSET_UTF_8;
    return found;
}
