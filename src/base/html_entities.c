#include "base/html_entities.h"

#include "base/xml_priv.h"

/* Names of HTML that ISO 8879 lacks or gives to another character; all others are looked up there. */
static const struct {
    char name[12];
    uint16_t code;
} html_names[] = {
    {"Alpha", 0x391},  {"Beta", 0x392},       {"Chi", 0x3A7},    {"Epsilon", 0x395},     {"Eta", 0x397},
    {"Hat", 0x5E},     {"Iota", 0x399},       {"Kappa", 0x39A},  {"Mu", 0x39C},          {"NewLine", 0xA},
    {"Nu", 0x39D},     {"Omicron", 0x39F},    {"Rho", 0x3A1},    {"Rightarrow", 0x21D2}, {"Tab", 0x9},
    {"Tau", 0x3A4},    {"Upsilon", 0x3A5},    {"Zeta", 0x396},   {"alefsym", 0x2135},    {"amp", 0x26},
    {"apos", 0x27},    {"asymp", 0x2248},     {"bdquo", 0x201E}, {"centerdot", 0xB7},    {"circ", 0x2C6},
    {"crarr", 0x21B5}, {"epsilon", 0x3B5},    {"euro", 0x20AC},  {"frasl", 0x2044},      {"geq", 0x2265},
    {"gt", 0x3E},      {"hyphen", 0x2010},    {"isin", 0x2208},  {"lang", 0x27E8},       {"lbrace", 0x7B},
    {"lbrack", 0x5B},  {"leftarrow", 0x2190}, {"leq", 0x2264},   {"lrm", 0x200E},        {"lsaquo", 0x2039},
    {"lt", 0x3C},      {"ni", 0x220B},        {"oline", 0x203E}, {"omicron", 0x3BF},     {"phi", 0x3C6},
    {"quot", 0x22},    {"rang", 0x27E9},      {"rbrace", 0x7D},  {"rbrack", 0x5D},       {"rightarrow", 0x2192},
    {"rlm", 0x200F},   {"rsaquo", 0x203A},    {"sbquo", 0x201A}, {"sigmaf", 0x3C2},      {"star", 0x2606},
    {"theta", 0x3B8},  {"thetasym", 0x3D1},   {"upsih", 0x3D2},  {"upsilon", 0x3C5},     {"vert", 0x7C},
    {"zwj", 0x200D},   {"zwnj", 0x200C},
};

/* Names that browsers know without their semicolon (those that charts are likely to hold). */
GB_WORDS(bare_names, "nbsp", "amp", "lt", "gt", "quot", "copy", "reg", "middot", "deg", "para", "sect", "times", "yen",
         "plusmn", "divide");

/* What the numbers 0x80 to 0x9F stand for: Windows-1252; 0: themselves. */
static const uint16_t windows[32] = {
    0x20AC, 0,      0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0,      0x17D,  0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0,      0x17E,  0x178,
};

/* Code point of a name without & and semicolon; 0 when HTML has none of that name. Of the two thousand names those of
 * HTML 4 and of ISO 8879 are known. */
static uint32_t
html_entity(struct gb_str name)
{
    GB_FIND(row, html_names, GB_COUNT(html_names), gb_str_is(name, row->name));
    return row ? row->code : gb_xml_iso_entity(name);
}

static uint32_t
number_character(uint32_t number)
{
    if (number - 0x80 < GB_COUNT(windows) && windows[number - 0x80])
        return windows[number - 0x80];
    return number == 0 || number > 0x10FFFF || number - 0xD800 < 0x800 ? 0xFFFD : number;
}

/* &#35; &#x23; */
static size_t
number_reference(struct gb_str s, uint32_t *out_code_point)
{
    bool is_hex = s.len > 2 && (s.ptr[2] | 0x20) == 'x';
    int base = is_hex ? 16 : 10, digit;
    size_t begin = is_hex ? 3 : 2, at = begin;
    uint32_t number = 0;

    for (; at < s.len && (digit = gb_hex_digit(s.ptr[at])) >= 0 && digit < base; at++)
        number = number > 0x10FFFF ? number : number * (uint32_t)base + (uint32_t)digit;
    if (at == begin)
        return 0;
    *out_code_point = number_character(number);
    return at + (at < s.len && s.ptr[at] == ';');
}

size_t
gb_html_reference(struct gb_str s, uint32_t *out_code_point)
{
    size_t end = 1;

    if (s.len > 1 && s.ptr[1] == '#')
        return number_reference(s, out_code_point);
    while (end < s.len && end < 32 && gb_is_alnum(s.ptr[end]))
        end++;
    if (end < s.len && s.ptr[end] == ';' && (*out_code_point = html_entity(gb_str_sub(s, 1, end))) != 0)
        return end + 1;
    for (size_t i = 0; i < GB_COUNT(bare_names); i++) {
        if (gb_str_starts(gb_str_skip(s, 1), bare_names[i])) {
            *out_code_point = html_entity(bare_names[i]);
            return 1 + bare_names[i].len;
        }
    }
    return 0;
}
