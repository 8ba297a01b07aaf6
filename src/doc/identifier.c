#include "doc/identifier.h"

#include "text/cursor.h"

#include <limits.h>

/* ---- code ---- */

static bool
is_slash(uint32_t c)
{
    return c == '/' || c == U'∕' || c == U'⁄' || c == '\\';
}

/* Letters in which a converted 0 or 1 comes. */
static bool
is_misread(uint32_t c)
{
    return c == 'O' || c == 'o' || c == 'l' || c == 'I';
}

static bool
is_dash(uint32_t c)
{
    return c == '-' || c == U'—' || c == U'–' || c == U'―' || c == U'‐' || c == U'‑' || c == U'−' || c == U'─';
}

static const struct {
    struct gb_str name;
    bool takes_letters; /* serials may begin with letters: 3GPP TS36.321, SAE J3161, JTG D40, ITU-T G.984 */
    bool is_domestic;
} publishers[] = {
    {GB_WORD("ANSI"), true, false},   {GB_WORD("ASTM"), true, false},  {GB_WORD("SAE"), true, false},
    {GB_WORD("ITU-T"), true, false},  {GB_WORD("ITU-R"), true, false}, {GB_WORD("3GPP2"), true, false},
    {GB_WORD("3GPP"), true, false},   {GB_WORD("ETSI"), true, false},  {GB_WORD("NIST"), true, false},
    {GB_WORD("NISO"), true, false},   {GB_WORD("IEEE"), true, false},  {GB_WORD("JIS"), true, false},
    {GB_WORD("FIPS"), true, false},   {GB_WORD("IETF"), true, false},  {GB_WORD("ASME"), true, false},
    {GB_WORD("OMA"), true, false},    {GB_WORD("OIML"), true, false},  {GB_WORD("JTG"), true, true},
    {GB_WORD("TSG"), true, true},     {GB_WORD("ISO"), false, false},  {GB_WORD("IEC"), false, false},
    {GB_WORD("CISPR"), false, false}, {GB_WORD("CIE"), false, false},  {GB_WORD("RFC"), false, false},
    {GB_WORD("EN"), false, false},    {GB_WORD("DIN"), false, false},  {GB_WORD("BS"), false, false},
    {GB_WORD("NF"), false, false},    {GB_WORD("UL"), false, false},
};

static const char *const documents[] = {"FIPS", "PUB", "Std", "STD", "std", "TS",    "TR",    "PAS",
                                        "EN",   "SP",  "RFC", "ISO", "IEC", "Guide", "GUIDE", "Recommendation",
                                        "Rec."};

/* A letter of the serial, or two, before its digits. */
static bool
take_serial_letters(struct gb_cursor *cur)
{
    struct gb_cursor here = *cur;

    if (!skip_class(&here, gb_is_upper, 2))
        return false;
    if (here.c == '.')
        advance(&here);
    skip_blanks(&here); /* JIS Z 8115 */
    *cur = here;
    return true;
}

/* /NISO, /IEC */
static void
skip_slashed(struct gb_cursor *cur)
{
    while (is_slash(cur->c)) {
        advance(cur);
        skip_class(cur, gb_is_upper, UINT_MAX);
    }
}

/* JIS Z 8115, ANSI/NISO Z39.9, ISO/IEC TR 13335: the cursor stops behind the code. */
static bool
take_named_publisher(struct gb_cursor *cur, uint32_t *out_flags)
{
    struct gb_cursor here = *cur;
    size_t which = 0;

    while (which < GB_COUNT(publishers) &&
           ((uint32_t)publishers[which].name.ptr[0] != cur->c || !take_word(&here, publishers[which].name.ptr)))
        which++;
    if (which == GB_COUNT(publishers))
        return false;
    skip_slashed(&here);
    struct gb_cursor end = here;
    if (!is_blank(here.c) && !gb_is_digit(here.c))
        return false;
    skip_blanks(&here);
    if (here.c == 'R' && gb_is_digit(gb_char_at(here.s, here.at + 1)) &&
        publishers[which].name.ptr[0] == '3') /* 3GPP R14: a release */
        return false;
    for (unsigned n = 0; n < 3 && take_any(&here, documents, GB_COUNT(documents)); n++) {
        skip_slashed(&here);
        if (!is_blank(here.c) && !gb_is_digit(here.c))
            return false;
        end = here;
        skip_blanks(&here);
    }
    if (publishers[which].takes_letters && take_serial_letters(&here))
        *out_flags |= GB_SHAPE_LETTERS;
    if (!gb_is_digit(here.c))
        return false;
    *out_flags |= publishers[which].is_domestic ? 0 : GB_SHAPE_FOREIGN;
    *cur = end;
    return true;
}

/* GB/T in any spelling: gb/t, GB-T, Gb／T. */
static bool
take_national(struct gb_cursor *cur)
{
    struct gb_cursor here = *cur;

    if (here.c != 'G' && here.c != 'g')
        return false;
    advance(&here);
    if (here.c != 'B' && here.c != 'b')
        return false;
    bool is_capital = here.c == 'B' && cur->c == 'G';
    advance(&here);
    struct gb_cursor part = here;
    skip_blanks(&part);
    if (!is_slash(part.c) && part.c != '-')
        return false;
    bool is_common = is_slash(part.c) && is_capital;
    advance(&part);
    skip_blanks(&part);
    if (is_common && gb_is_upper(part.c))
        return false; /* the common spelling is read below */
    if (part.c != 'T' && part.c != 't' && part.c != 'Z' && part.c != 'z')
        return false;
    advance(&part);
    if (gb_is_letter(part.c))
        return false;
    *cur = part;
    return true;
}

/* The region of a local standard: DB32, DB 3201; in DB11/ 307 the slash belongs to the code as well. */
static void
take_region(struct gb_cursor *cur)
{
    struct gb_cursor region = *cur;
    uint16_t value;
    unsigned digits;

    skip_blanks(&region);
    if (!take_integer(&region, &value, &digits) || (digits != 2 && digits != 4))
        return;
    *cur = region;
    if (region.c == 'T') { /* DB32T 2796 */
        advance(&region);
        if (is_blank(region.c) || gb_is_digit(region.c))
            *cur = region;
        return;
    }
    skip_blanks(&region);
    if (!is_slash(region.c))
        return;
    advance(&region);
    struct gb_cursor serial = region;
    skip_blanks(&serial);
    if (gb_is_digit(serial.c))
        *cur = region;
}

/* /T, /Z, /T ABC, /ABC 001 (enterprise, association); digits belong to it only where the serial follows: /ABC001 002. */
static bool
take_branches(struct gb_cursor *cur)
{
    struct gb_cursor here = *cur, part = here;
    bool any = false;

    skip_blanks(&part);
    while (is_slash(part.c)) {
        advance(&part);
        skip_blanks(&part);
        if (!skip_class(&part, gb_is_upper, UINT_MAX))
            break;
        any = true;
        here = part;
        while (gb_is_upper(part.c) || gb_is_digit(part.c))
            advance(&part);
        struct gb_cursor serial = part;
        skip_blanks(&serial);
        if (!is_slash(part.c) && (serial.at == part.at || !gb_is_digit(serial.c)))
            break;
        here = part;
    }
    *cur = here;
    return any;
}

/* Q/ABC FW 201.1, Q/ABC FWTG101, T/ABC JL 092: companies and societies number their fields by letters before the serial. */
static void
take_letter_part(struct gb_cursor *cur)
{
    enum { MOST_LETTERS = 6 };
    struct gb_cursor here = *cur;

    skip_blanks(&here);
    unsigned letters = skip_class(&here, gb_is_upper, MOST_LETTERS);
    struct gb_cursor end = here;
    skip_blanks(&here);
    if (letters && gb_is_digit(here.c))
        *cur = end;
}

/* One of the letter groups before a serial number: longest first. */
static bool
take_publisher(struct gb_cursor *cur, uint32_t *out_flags)
{
    enum { MOST_LETTERS = 8 };
    struct gb_cursor here = *cur;

    if (take_named_publisher(cur, out_flags) || take_national(cur))
        return true;
    unsigned letters = skip_class(&here, gb_is_upper, MOST_LETTERS);
    if (letters < 1)
        return false;
    if (letters == 2 && cur->s.ptr[cur->at] == 'D' && cur->s.ptr[cur->at + 1] == 'B')
        take_region(&here);
    bool slash = take_branches(&here);
    if (letters == 1 && !slash)
        return false;
    if (letters == 1 && (cur->c == 'Q' || cur->c == 'T'))
        take_letter_part(&here);
    *out_flags |= letters == 1 ? GB_SHAPE_ONE_LETTER : 0;
    *cur = here;
    return true;
}

/* ---- serial ---- */

/* l7167, I7167: a letter for the first digit, three more behind it. */
static bool
is_misread_start(const struct gb_cursor *cur)
{
    struct gb_cursor ahead = *cur;

    if (cur->c != 'l' && cur->c != 'I')
        return false;
    for (unsigned n = 0; n < 3; n++) {
        advance(&ahead);
        if (!gb_is_digit(ahead.c))
            return false;
    }
    return true;
}

/* 902O: the last digit, with nothing behind that a word or a number could go on with. */
static bool
is_misread_end(const struct gb_cursor *behind, size_t digits)
{
    return digits > 2 && !gb_is_letter(behind->c) && !gb_is_digit(behind->c) && behind->c != '/' && behind->c != '_';
}

/* Digits; a letter read for one counts between two of them, and before the part or the year: 9004O—2018. More than seven are a serial and a year whose dash was
 * lost: 501572013. */
static bool
take_digits(struct gb_cursor *cur, uint32_t *out_flags)
{
    enum { LONGEST_SERIAL = 7, YEAR = 4 };
    struct gb_cursor here = *cur;
    size_t digits = 0;

    for (;;) {
        struct gb_cursor ahead = here;
        if (digits && is_misread(here.c)) {
            advance(&ahead);
            while (is_misread(ahead.c)) /* 5OO89, 386OO—2019 */
                advance(&ahead);
            bool is_last = (is_dash(ahead.c) || ahead.c == '.') && digits > 1, is_end = is_misread_end(&ahead, digits);
            if (is_last)
                advance(&ahead);
            if (!gb_is_digit(ahead.c) && !is_end)
                break;
            *out_flags |= GB_SHAPE_MISREAD;
        } else if (!digits && is_misread_start(&here)) {
            *out_flags |= GB_SHAPE_MISREAD;
        } else if (!gb_is_digit(here.c)) {
            break;
        }
        advance(&here);
        digits++;
    }
    if (digits == 0 || digits > LONGEST_SERIAL + YEAR)
        return false;
    struct gb_str year = gb_str_sub(here.s, here.at - YEAR, here.at);
    if (digits > LONGEST_SERIAL && !GB_STARTS_WITH(year, "19", "20"))
        return false;
    *cur = here;
    return true;
}

/* 2828.l—2012: a letter for the one figure of the part, before the year. */
static bool
take_misread_part(struct gb_cursor *cur, uint32_t *out_flags)
{
    struct gb_cursor ahead = *cur;

    if (cur->c != 'l' && cur->c != 'I')
        return false;
    advance(&ahead);
    struct gb_cursor behind = ahead;
    if (!is_dash(ahead.c))
        return false;
    advance(&ahead);
    if (!gb_is_digit(ahead.c))
        return false;
    *out_flags |= GB_SHAPE_MISREAD;
    *cur = behind;
    return true;
}

static bool
take_serial(struct gb_cursor *cur, uint32_t *out_flags)
{
    if (!take_digits(cur, out_flags))
        return false;
    bool takes_slash = *out_flags & GB_SHAPE_LETTERS && !(*out_flags & GB_SHAPE_FOREIGN); /* the volume: JTG D70/2 */
    while (cur->c == '.' || (takes_slash && cur->c == '/')) {
        struct gb_cursor part = *cur;
        advance(&part);
        bool has_blank = is_blank(part.c); /* 33133. 1—2016, but not "GB/T 1. 1 …" */
        skip_blanks(&part);
        if ((!take_digits(&part, out_flags) && !take_misread_part(&part, out_flags)) || (has_blank && !is_dash(part.c)))
            break;
        *cur = part;
    }
    return true;
}

/* GJB 150A—2009, YY 9706.1A—2020: one letter right before the year. */
static void
take_suffix(struct gb_cursor *cur)
{
    struct gb_cursor here = *cur;
    uint16_t value;
    unsigned digits;

    if (!gb_is_upper(here.c))
        return;
    advance(&here);
    struct gb_cursor end = here;
    if (!is_dash(here.c))
        return;
    advance(&here);
    if (take_integer(&here, &value, &digits) && digits == 4)
        *cur = end;
}

/* ××××, XXXX, □□: what a draft writes where a number is not known yet. */
static bool
holds_place(uint32_t c)
{
    return c == U'×' || c == 'X' || c == 'x' || c == U'□' || c == U'╳' || c == U'＊';
}

static bool
take_placeholder(struct gb_cursor *cur)
{
    struct gb_cursor here = *cur;
    unsigned n = 0;

    while (holds_place(here.c)) {
        advance(&here);
        n++;
    }
    if (n < 2 || gb_is_letter(here.c))
        return false;
    *cur = here;
    return true;
}

/* T/ABC 0××: the first figures are known. */
static bool
take_open_serial(struct gb_cursor *cur)
{
    struct gb_cursor here = *cur;

    skip_class(&here, gb_is_digit, UINT_MAX);
    if (!take_placeholder(&here))
        return false;
    *cur = here;
    return true;
}

/* GB/T ×××××.3: the part is known before the serial is. */
static void
take_part_behind_placeholder(struct gb_cursor *cur)
{
    struct gb_cursor here = *cur;

    if (here.c != '.')
        return;
    advance(&here);
    if (here.c < '1' || here.c > '9')
        return;
    skip_class(&here, gb_is_digit, UINT_MAX);
    *cur = here;
}

/* ---- year ---- */

static bool
take_separator(struct gb_cursor *cur)
{
    if (cur->c == U'一' || cur->c == ':') {
        advance(cur);
        return true;
    }
    if (!is_dash(cur->c))
        return false;
    for (unsigned n = 0; n < 2 && is_dash(cur->c); n++) /* —— */
        advance(cur);
    return true;
}

/* ××××, and 20××, 202X: the century is known. */
static bool
take_year_placeholder(struct gb_cursor *cur)
{
    enum { YEAR = 4, CENTURY = 2 };
    struct gb_cursor here = *cur;
    unsigned n = 0, digits = 0;

    if (take_placeholder(cur))
        return true;
    if (here.c != '2')
        return false;
    for (; n < YEAR && (holds_place(here.c) || (digits == n && gb_is_digit(here.c))); n++) {
        digits += gb_is_digit(here.c);
        advance(&here);
    }
    if (n != YEAR || digits < CENTURY || digits == YEAR || gb_is_digit(here.c) || holds_place(here.c) ||
        gb_is_letter(here.c))
        return false;
    *cur = here;
    return true;
}

static bool
take_year_digits(struct gb_cursor *cur, unsigned *out_value, unsigned *out_digits, uint32_t *out_flags)
{
    struct gb_cursor here = *cur;
    unsigned value = 0, digits = 0;

    while (gb_is_digit(here.c) || (digits && is_misread(here.c))) {
        if (!gb_is_digit(here.c))
            *out_flags |= GB_SHAPE_MISREAD;
        value = value * 10 + (gb_is_digit(here.c) ? here.c - '0' : here.c == 'O' || here.c == 'o' ? 0 : 1);
        if (++digits > 4)
            return false;
        advance(&here);
    }
    struct gb_cursor dot = here;
    if (dot.c == '.') { /* 3102.1-3102.13 is a range */
        advance(&dot);
        if (gb_is_digit(dot.c))
            return false;
    }
    *out_value = value;
    *out_digits = digits;
    *cur = here;
    return digits > 0;
}

/*
 * The year behind a dash of any kind or a colon, and what may stand before it: parts of ISO and IEC behind hyphens.
 * Two digits are a year of the last century where the publisher is Chinese and nothing follows: SL 211—98.
 */
static void
take_years(struct gb_cursor *cur, struct gb_identifier_shape *out)
{
    for (;;) {
        struct gb_cursor here = *cur;
        unsigned value, digits;
        uint32_t flags = out->flags;
        skip_blanks(&here);
        struct gb_cursor mark = here;
        if (!take_separator(&here))
            return;
        skip_blanks(&here);
        bool has_blanks = mark.at > cur->at || is_blank(gb_utf8_before(here.s, here.at, &(size_t){0}));
        struct gb_cursor begin = here;
        if (mark.c != ':' && take_year_placeholder(&here)) {
            out->separator = (struct gb_extent){(uint32_t)cur->at, (uint32_t)begin.at};
            out->year = (struct gb_extent){(uint32_t)begin.at, (uint32_t)here.at};
            out->flags |= GB_SHAPE_NO_YEAR;
            *cur = here;
            return;
        }
        bool is_foreign = out->flags & GB_SHAPE_FOREIGN;
        bool is_lettered = is_foreign && mark.c == '-' && !has_blanks && gb_is_upper(here.c); /* ISO 105-B06 */
        if (is_lettered)
            advance(&here);
        if (!take_year_digits(&here, &value, &digits, &flags) || (is_lettered && digits != 2))
            return;
        bool is_year = digits == 4 && value >= 1900 && value < 2100;
        if (!is_year && (has_blanks || mark.c == ':' || mark.c == U'一' || (digits == 4 && !is_foreign)))
            return;
        bool is_short = digits == 2 && value >= 50 && !is_foreign && !is_dash(here.c);
        if (is_year || is_short) {
            out->separator = (struct gb_extent){(uint32_t)cur->at, (uint32_t)begin.at};
            out->year = (struct gb_extent){(uint32_t)begin.at, (uint32_t)here.at};
        } else {
            out->serial.end = (uint32_t)here.at;
        }
        out->flags = flags;
        *cur = here;
        if (is_year || is_short)
            return;
    }
}

/* +A1:2021, +AC:2011, /Amd 1:2024 behind a year: the amendments of a foreign document are part of what is cited. */
static void
take_amendments(struct gb_cursor *cur, const struct gb_identifier_shape *shape)
{
    GB_WORDS(kinds, "AMD", "Amd", "AC", "A", "COR", "Cor");
    enum { YEAR = 4 };

    while (shape->flags & GB_SHAPE_FOREIGN && !gb_extent_is_empty(shape->year) && (cur->c == '+' || cur->c == '/')) {
        size_t at = cur->at + 1, kind = GB_START(gb_str_skip(cur->s, at), kinds);
        at = gb_skip_any(cur->s, at + kind, " .");
        at = gb_skip_digits(cur->s, at);
        if (!kind || at >= cur->s.len || cur->s.ptr[at] != ':' || gb_skip_digits(cur->s, at + 1) != at + 1 + YEAR)
            return;
        cursor_set(cur, at + 1 + YEAR);
    }
}

/*
 * A serial and a year whose dash was lost: GB 501572013, GB/T 20001.62017. No serial has so many digits; those of
 * associations and enterprises may.
 */
static void
split_year(struct gb_str s, struct gb_identifier_shape *out)
{
    enum { YEAR = 4, LONGEST_SERIAL = 6, LONGEST_PART = 5 };
    struct gb_str serial = gb_extent_str(s, out->serial), year = gb_str_skip(serial, serial.len - YEAR);
    size_t digits = serial.len - gb_skip_digits_back(serial, serial.len);
    bool is_part = digits < serial.len && serial.ptr[serial.len - 1 - digits] == '.';

    if (digits < (is_part ? LONGEST_PART : LONGEST_SERIAL) || (digits != serial.len && !is_part) ||
        out->flags & (GB_SHAPE_FOREIGN | GB_SHAPE_ONE_LETTER | GB_SHAPE_NO_SERIAL) ||
        !GB_STARTS_WITH(year, "199", "200", "201", "202"))
        return;
    out->serial.end -= YEAR;
    out->separator = (struct gb_extent){out->serial.end, out->serial.end};
    out->year = (struct gb_extent){out->serial.end, out->serial.end + YEAR};
}

static void
take_all_parts(struct gb_cursor cur, struct gb_identifier_shape *out)
{
    skip_blanks(&cur);
    size_t begin = cur.at;
    if (cur.c != '(')
        return;
    advance(&cur);
    skip_blanks(&cur);
    static const char *const characters[] = {"所", "有", "部", "分"};
    for (size_t i = 0; i < GB_COUNT(characters); i++) {
        if (cur.c == '\n') /* a soft line break */
            advance(&cur);
        if (!take_word(&cur, characters[i]))
            return;
    }
    if (cur.c == '\n')
        advance(&cur);
    skip_blanks(&cur);
    if (cur.c != ')')
        return;
    advance(&cur);
    out->all_parts = (struct gb_extent){(uint32_t)begin, (uint32_t)cur.at};
}

/* ---- the whole ---- */

bool
gb_identifier_at(struct gb_str s, size_t at, struct gb_identifier_shape *out)
{
    enum { MOST_BLANKS = 3 };
    struct gb_cursor cur = cursor_at(s, at);
    uint32_t flags = 0;
    unsigned blanks = 0;

    /* Han begins none, and most lines begin with Han. */
    if ((cur.c < 'A' && !gb_str_starts(gb_str_skip(s, at), GB_STR("3GPP"))) || cur.c > 'z' ||
        !take_publisher(&cur, &flags))
        return false;
    size_t code = cur.at;
    while (is_blank(cur.c) && blanks++ < MOST_BLANKS)
        advance(&cur);
    if (cur.c == '-' && blanks == 0)
        advance(&cur);
    struct gb_cursor serial = cur;
    if (!(blanks == 0 && gb_is_letter(cur.c)) && take_open_serial(&cur)) {
        flags |= GB_SHAPE_NO_SERIAL;
        take_part_behind_placeholder(&cur);
    } else {
        if (flags & GB_SHAPE_LETTERS)
            take_serial_letters(&cur);
        if (!take_serial(&cur, &flags))
            return false;
    }
    take_suffix(&cur);
    *out = (struct gb_identifier_shape){
        .begin = (uint32_t)at,
        .code = {(uint32_t)at, (uint32_t)code},
        .serial = {(uint32_t)serial.at, (uint32_t)cur.at},
        .flags = flags,
    };
    take_years(&cur, out);
    take_amendments(&cur, out);
    out->end = (uint32_t)cur.at;
    if (gb_extent_is_empty(out->year))
        split_year(s, out);
    take_all_parts(cur, out);
    return true;
}

static bool
is_wide_capital(struct gb_str s, size_t at)
{
    return at + 2 < s.len && (unsigned char)s.ptr[at + 1] == 0xBC && (unsigned char)s.ptr[at + 2] - 0xA1U <= 'Z' - 'A';
}

/* Could an identifier begin here: a capital in half or full width, gb/t? */
static bool
may_begin(struct gb_str s, size_t at)
{
    unsigned char c = (unsigned char)s.ptr[at];

    return c - (unsigned)'A' <= 'Z' - 'A' || (c == 'g' && at + 1 < s.len && s.ptr[at + 1] == 'b') ||
           (c == 0xEF && is_wide_capital(s, at));
}

/* Does something stand before it that it belongs to: a word, a path? */
static bool
is_inside_word(struct gb_str s, size_t at)
{
    size_t before;
    uint32_t c = gb_char_narrow(gb_utf8_before(s, at, &before));

    if (gb_is_alnum(c) || is_slash(c) || c == '_' || c == '.')
        return true;
    if (c != '-')
        return false;
    c = gb_char_narrow(gb_utf8_before(s, before, &before));
    return gb_is_alnum(c);
}

enum { STRIDE = 16, AHEAD = 2 }; /* bytes looked at in one go, and those behind that the last character may need */

/* may_begin for any of STRIDE bytes; written for the compiler to do it in vectors. */
static bool
may_begin_in(const char *bytes)
{
    const unsigned char *p = (const unsigned char *)bytes;
    unsigned char any = 0;

    for (unsigned i = 0; i < STRIDE; i++) {
        any |= (unsigned char)(p[i] - 'A') <= 'Z' - 'A';
        any |= (p[i] == 'g') & (p[i + 1] == 'b');
        any |= (p[i] == 0xEF) & (p[i + 1] == 0xBC) & ((unsigned char)(p[i + 2] - 0xA1) <= 'Z' - 'A');
    }
    return any;
}

/* The next bytes in which an identifier may begin: most text is passed over in strides. */
static size_t
skip_text(struct gb_str s, size_t at)
{
    char rest[STRIDE + AHEAD] = {0};

    for (; at + STRIDE + AHEAD <= s.len; at += STRIDE) {
        if (may_begin_in(s.ptr + at))
            return at;
    }
    if (at >= s.len)
        return s.len;
    memcpy(rest, s.ptr + at, s.len - at);
    return s.len - at > STRIDE || may_begin_in(rest) ? at : s.len;
}

bool
gb_identifier_next(struct gb_str s, size_t from, struct gb_identifier_shape *out)
{
    for (size_t at = from; (at = skip_text(s, at)) < s.len;) {
        size_t end = at + STRIDE < s.len ? at + STRIDE : s.len;
        for (; at < end; at++) {
            if (!may_begin(s, at))
                continue;
            size_t begin = s.ptr[at] == 'G' && at > from && s.ptr[at - 1] == '3' ? at - 1 : at; /* 3GPP */
            if (!is_inside_word(s, begin) && gb_identifier_at(s, begin, out))
                return true;
        }
    }
    return false;
}

bool
gb_identifier_number_at(struct gb_str s, size_t at, struct gb_identifier_shape *out)
{
    struct gb_cursor cur = cursor_at(s, at);
    uint32_t flags = 0;

    if (!take_serial(&cur, &flags))
        return false;
    *out = (struct gb_identifier_shape){
        .begin = (uint32_t)at,
        .code = {(uint32_t)at, (uint32_t)at},
        .serial = {(uint32_t)at, (uint32_t)cur.at},
        .flags = flags,
    };
    take_years(&cur, out);
    out->end = (uint32_t)cur.at;
    take_all_parts(cur, out);
    return true;
}

/* ---- normal form ---- */

void
gb_identifier_put_code(struct gb_str s, const struct gb_identifier_shape *shape, struct gb_buf *out)
{
    struct gb_cursor cur = cursor_at(gb_extent_str(s, shape->code), 0);
    size_t start = out->len;
    bool may_part = shape->flags & GB_SHAPE_FOREIGN, was_blank = false;

    for (; cur.c; advance(&cur)) {
        if (is_blank(cur.c)) {
            was_blank = out->len > start;
            continue;
        }
        char c = (char)(is_slash(cur.c) ? '/' : cur.c);
        if (may_part && was_blank && c != '/' && out->ptr[out->len - 1] != '/')
            gb_buf_add_char(out, ' ');
        was_blank = false;
        gb_buf_add_char(out, gb_is_lower(c) && !may_part ? (char)(c - 'a' + 'A') : c);
    }
    if (out->len > start && out->ptr[out->len - 1] == '/') /* DB11/ 307 */
        out->len--;
    if (out->len - start == 4 && memcmp(out->ptr + start, "GB-", 3) == 0)
        out->ptr[start + 2] = '/';
}

void
gb_identifier_put_digits(struct gb_str s, struct gb_extent part, struct gb_buf *out)
{
    struct gb_cursor cur = cursor_at(gb_extent_str(s, part), 0);
    bool any = false;

    for (; cur.c; advance(&cur)) {
        if (is_blank(cur.c))
            continue;
        bool is_read = any || is_misread_start(&cur);
        uint32_t c = is_dash(cur.c)                 ? '-'
                     : is_read && is_misread(cur.c) ? (cur.c == 'O' || cur.c == 'o' ? '0' : '1')
                                                    : cur.c;
        any = any || gb_is_digit(c);
        if (c < 0x80)
            gb_buf_add_char(out, (char)c);
    }
}
