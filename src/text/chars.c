/*
 * Classes, widths and normal forms of characters. Han and width come from tables.h, which tables.py makes
 * from the Unicode data files; the small classes that gblint defines itself stand here.
 */
#include "text/chars.h"

#include "base/buf.h"
#include "base/sort.h"
#include "text/tables.h"
#include "text/utf8.h"

struct range {
    uint32_t first, last;
};

/* Class of c in a table of tables.h: that of the last entry which does not begin after c. */
static unsigned
table_class(const uint32_t *table, size_t len, uint32_t c)
{
    const uint32_t key = c * 4 + 3;

    while (len > 1) {
        size_t half = len / 2;
        if (table[half] <= key) {
            table += half;
            len -= half;
        } else {
            len = half;
        }
    }
    return table[0] & 3;
}

static bool
in_ranges(const struct range *ranges, size_t len, uint32_t c)
{
    return GB_ANY(for (size_t i = 0; i < len && c >= ranges[i].first; i++), c <= ranges[i].last);
}

static bool
is_common_han(uint32_t c)
{
    return c - 0x4E00 <= 0x9FFF - 0x4E00;
}

bool
gb_char_is_han(uint32_t c)
{
    if (is_common_han(c))
        return true;
    return c >= 0x2E80 && table_class(han_table, GB_COUNT(han_table), c) != 0;
}

bool
gb_char_is_early_letter(uint32_t c)
{
    return table_class(early_letter_table, GB_COUNT(early_letter_table), c) != 0;
}

uint32_t
gb_char_standard(uint32_t c, bool *out_is_certain)
{
    if (c < 0x10000 && !(nonstandard_bits[c / 64] >> (c % 64) & 1))
        return 0;
    GB_SEEK(size_t, i, GB_COUNT(standard_forms), standard_forms[i].code_point < c);
    if (i == GB_COUNT(standard_forms) || standard_forms[i].code_point != c)
        return 0;
    if (out_is_certain)
        *out_is_certain = standard_forms[i].is_certain;
    return standard_forms[i].form;
}

bool
gb_char_is_space(uint32_t c)
{
    static const struct range spaces[] = {
        {0x0085, 0x0085}, {0x00A0, 0x00A0}, {0x1680, 0x1680}, {0x2000, 0x200A},
        {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000},
    };

    if (c < 0x80)
        return c == ' ' || c - '\t' <= '\r' - '\t';
    return c <= 0x3000 && in_ranges(spaces, GB_COUNT(spaces), c);
}

bool
gb_char_is_invisible(uint32_t c)
{
    static const struct range invisible[] = {
        {0x00AD, 0x00AD}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x2064}, {0x2066, 0x206F}, {0xFEFF, 0xFEFF},
    };

    return c >= 0x80 && !is_common_han(c) && in_ranges(invisible, GB_COUNT(invisible), c);
}

int
gb_char_digit(uint32_t c)
{
    uint32_t value = gb_char_narrow(c) - '0';

    return value < 10 ? (int)value : -1;
}

unsigned
gb_take_han_number(struct gb_str s, size_t *at)
{
    unsigned tens = 0, ones = 0;

    for (size_t next; *at < s.len; *at = next) {
        unsigned digit = gb_han_digit(gb_utf8_at(s, *at, &next));
        if (!digit || (digit == 10 ? tens : ones))
            break;
        if (digit == 10)
            tens = ones ? ones * 10 : 10;
        ones = digit == 10 ? 0 : digit;
    }
    return tens + ones;
}

unsigned
gb_take_numeral(struct gb_str s, size_t *at)
{
    enum { MOST = 1000 };
    size_t begin = *at;
    unsigned value = 0;

    for (size_t next; *at < s.len && value < MOST; *at = next) {
        int digit = gb_char_digit(gb_utf8_at(s, *at, &next));
        if (digit < 0)
            break;
        value = value * 10 + (unsigned)digit;
    }
    return *at > begin ? value : gb_take_han_number(s, at);
}

bool
gb_char_is_latin(uint32_t c)
{
    return gb_is_letter(gb_char_narrow(c));
}

bool
gb_char_is_cjk_punct(uint32_t c)
{
    static const struct range punct[] = {
        {0x00B7, 0x00B7}, /* · */
        {0x2014, 0x2014}, /* — */
        {0x2018, 0x2019}, /* ‘ ’ */
        {0x201C, 0x201D}, /* “ ” */
        {0x2026, 0x2026}, /* … */
        {0x3001, 0x3002}, /* 、 。 */
        {0x3008, 0x3011}, /* 〈〉《》「」『』【】 */
        {0x3014, 0x3015}, /* 〔〕 */
        {0xFF01, 0xFF01}, /* ！ */
        {0xFF08, 0xFF09}, /* （ ） */
        {0xFF0C, 0xFF0C}, /* ， */
        {0xFF1A, 0xFF1B}, /* ： ； */
        {0xFF1F, 0xFF1F}, /* ？ */
        {0xFF3B, 0xFF3B}, /* ［ */
        {0xFF3D, 0xFF3D}, /* ］ */
        {0xFF5E, 0xFF5E}, /* ～ */
    };

    return c >= 0x80 && !is_common_han(c) && in_ranges(punct, GB_COUNT(punct), c);
}

unsigned
gb_char_width(uint32_t c, unsigned ambiguous)
{
    if (c < 0x80)
        return 1;
    if (is_common_han(c))
        return 2;
    switch (table_class(width_table, GB_COUNT(width_table), c)) {
    case WIDTH_ZERO:
        return 0;
    case WIDTH_WIDE:
        return 2;
    case WIDTH_AMBIGUOUS:
        return ambiguous;
    default:
        return 1;
    }
}

unsigned
gb_str_width(struct gb_str s, unsigned ambiguous)
{
    unsigned width = 0;

    for (size_t at = 0; at < s.len;)
        width += gb_char_width(gb_utf8_at(s, at, &at), ambiguous);
    return width;
}

/* --- Normalisation N --- */

/* The next character that N keeps, digits and letters in half width; 0 at the end. */
static uint32_t
next_kept(struct gb_str s, size_t *at)
{
    while (*at < s.len) {
        uint32_t c = gb_utf8_at(s, *at, at);
        if (is_common_han(c))
            return c;
        if (gb_char_is_space(c) || gb_char_is_invisible(c))
            continue;
        uint32_t narrow = gb_char_narrow(c);
        return narrow - '0' < 10 || gb_is_letter(narrow) ? narrow : c;
    }
    return 0;
}

static bool
is_dash(uint32_t c)
{
    switch (c) {
    case '-':
    case 0x2212: /* minus */
    case 0x2500: /* a line of box drawing */
    case 0x4E00: /* 一, as recognised from print */
    case 0xFF0D:
        return true;
    default:
        return c >= 0x2010 && c <= 0x2015;
    }
}

/* Do four digits of a year, and no fifth, follow at `at`, where a second dash may stand first? *out_year: its place. */
static bool
year_follows(struct gb_str s, size_t at, size_t *out_year)
{
    size_t year = at;
    uint32_t c = next_kept(s, &at);

    if (c == 0x2014) {
        year = at;
        c = next_kept(s, &at);
    }
    uint32_t number = 0;
    for (unsigned i = 0; i < 4; i++) {
        if (c - '0' >= 10)
            return false;
        number = number * 10 + (c - '0');
        c = next_kept(s, &at);
    }
    *out_year = year;
    return number >= 1900 && number <= 2099 && c - '0' >= 10;
}

/* The full-width mark for a half-width one; other characters stay. */
static uint32_t
widen_mark(uint32_t c)
{
    switch (c) {
    case ',':
    case ';':
    case ':':
    case '?':
    case '!':
    case '(':
    case ')':
        return c - '!' + 0xFF01;
    default:
        return c;
    }
}

/* The next code point, without telling where it begins; 0 at the end. */
static uint32_t
next_normal(struct gb_normal *n)
{
    uint32_t c = next_kept(n->s, &n->at);
    size_t year;

    if (n->last - '0' < 10 && is_dash(c) && year_follows(n->s, n->at, &year)) {
        n->at = year;
        c = 0x2014;
    } else if (c == '"') {
        n->in_quotes = !n->in_quotes;
        c = n->in_quotes ? 0x201C : 0x201D;
    } else {
        c = widen_mark(c);
    }
    n->last = c;
    return c;
}

uint32_t
gb_normal_next(struct gb_normal *normal)
{
    for (size_t next; normal->at < normal->s.len; normal->at = next) {
        uint32_t c = gb_utf8_at(normal->s, normal->at, &next);
        if (!gb_char_is_space(c) && !gb_char_is_invisible(c))
            break;
    }
    normal->begin = normal->at;
    return next_normal(normal);
}

void
gb_normalise(struct gb_str s, struct gb_buf *out)
{
    struct gb_normal n = {.s = s};

    gb_buf_reserve(out, s.len);
    for (uint32_t c = next_normal(&n); c; c = next_normal(&n)) {
        char bytes[4];
        gb_buf_add(out, (struct gb_str){bytes, gb_utf8_put(bytes, c)});
    }
}

/* Three bytes, the first from E4 to E9: N leaves the character as it is. */
static bool
begins_with_han(struct gb_str s)
{
    unsigned char first = s.len >= 3 ? (unsigned char)s.ptr[0] : 0;

    return first >= 0xE4 && first <= 0xE9;
}

bool
gb_str_same(struct gb_str a, struct gb_str b)
{
    struct gb_normal in_a = {.s = a}, in_b = {.s = b};
    uint32_t c;

    if (gb_str_eq(a, b))
        return true;
    if (begins_with_han(a) && begins_with_han(b) && memcmp(a.ptr, b.ptr, 3) != 0)
        return false;
    do {
        c = next_normal(&in_a);
        if (c != next_normal(&in_b))
            return false;
    } while (c);
    return true;
}

size_t
gb_str_han_length(struct gb_str s)
{
    size_t han = 0, halves = 0;

    for (size_t at = 0; at < s.len;) {
        uint32_t c = gb_utf8_at(s, at, &at);
        han += gb_char_is_han(c);
        halves += gb_char_is_latin(c) || gb_char_digit(c) >= 0;
    }
    return han + (halves + 1) / 2;
}

bool
gb_str_has_han(struct gb_str s)
{
    return GB_ANY(for (size_t at = 0; at < s.len;), gb_char_is_han(gb_utf8_at(s, at, &at)));
}

size_t
gb_str_skip_space(struct gb_str s, size_t at)
{
    size_t next;

    while (at < s.len && gb_char_is_space(gb_utf8_at(s, at, &next)))
        at = next;
    return at;
}

bool
gb_begins_with_label(struct gb_str s)
{
    enum { LONGEST = 6 };
    size_t han = 0;

    for (size_t at = 0; at < s.len && han <= LONGEST;) {
        uint32_t c = gb_char_narrow(gb_utf8_at(s, at, &at));
        if (c == ':')
            return han > 1;
        if (!gb_char_is_han(c) && !gb_char_is_space(c))
            return false;
        han += gb_char_is_han(c);
    }
    return false;
}
