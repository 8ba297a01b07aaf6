#include "facts/quantity.h"

#include "text/chars.h"
#include "text/utf8.h"

static char
byte_before(struct gb_str s, size_t at)
{
    return at > 0 ? s.ptr[at - 1] : '\0';
}

/* Bytes of the blank at `at`: 0 where there is none. */
static size_t
blank_at(struct gb_str s, size_t at)
{
    size_t next;

    if (at >= s.len || s.ptr[at] == '\n')
        return 0;
    if ((unsigned char)s.ptr[at] < 0x80)
        return s.ptr[at] == ' ' || s.ptr[at] == '\t';
    return (unsigned char)s.ptr[at] <= 0xE3 && gb_char_is_space(gb_utf8_at(s, at, &next)) ? next - at : 0;
}

size_t
gb_behind_gap(struct gb_str s, size_t at)
{
    for (size_t n; (n = blank_at(s, at)) > 0;)
        at += n;
    return at;
}

/* ---- Finding ---- */

/* Most bytes are Han: eight are looked at together. A byte may be taken for a digit too often, never too seldom. */
static size_t
next_digit(struct gb_str s, size_t at)
{
    const uint64_t ones = UINT64_MAX / 255;

    for (; at < s.len; at++) {
        uint64_t word;
        while (at + sizeof(word) <= s.len) {
            memcpy(&word, s.ptr + at, sizeof(word));
            uint64_t t = word ^ ones * '0';
            if ((t - ones * 10) & ~t & ones * 0x80)
                break;
            at += sizeof(word);
        }
        for (size_t end = at + sizeof(word); at < end && at < s.len; at++) {
            if (gb_is_digit(s.ptr[at]))
                return at;
        }
        at--;
    }
    return s.len;
}

bool
gb_may_hold_quantity(struct gb_str s)
{
    return next_digit(s, 0) < s.len;
}

/* The digit is a part of a word of letters and figures, or of an address, a path, a serial: M12, 192.168.0.1, AB-12. */
static bool
is_in_code(struct gb_str s, size_t at)
{
    char before = byte_before(s, at);

    if (gb_is_letter(before) || (before && strchr("_@#\\^", before)))
        return true;
    return before && strchr("-/.:&?", before) && at > 1 && gb_is_alnum(s.ptr[at - 2]);
}

/* Behind the rest of such a word. */
static size_t
behind_code(struct gb_str s, size_t at)
{
    while (at < s.len && (gb_is_alnum(s.ptr[at]) || (strchr("._-/@:", s.ptr[at]) && gb_is_alnum(gb_str_at(s, at + 1)))))
        at++;
    return at;
}

/* ---- Numbers ---- */

/* Three digits behind `at`, and no more. */
static bool
is_group(struct gb_str s, size_t at)
{
    return gb_skip_digits(s, at) == at + 3;
}

/* Behind groups of three that blanks or commas part; a blank may be a narrow one. */
static size_t
behind_groups(struct gb_str s, size_t at, struct gb_amount *amount)
{
    for (;;) {
        size_t blank = blank_at(s, at);
        if (blank && is_group(s, at + blank)) {
            amount->flags |= GB_AMOUNT_GROUPED;
            at += blank + 3;
        } else if (gb_str_at(s, at) == ',' && is_group(s, at + 1) && !(amount->flags & GB_AMOUNT_GROUPED)) {
            amount->flags |= GB_AMOUNT_COMMAS;
            at += 4;
        } else {
            return at;
        }
    }
}

/* Behind the figures of a decimal fraction, in groups of three or not: .5, .567 8. */
static size_t
behind_decimals(struct gb_str s, size_t at)
{
    size_t end = gb_skip_digits(s, at);

    for (size_t last = at, blank; end == last + 3 && (blank = blank_at(s, end)) > 0; end = gb_skip_digits(s, last)) {
        size_t next = gb_skip_digits(s, end + blank);
        if (next == end + blank || next > end + blank + 3 || gb_str_at(s, next) == '.')
            break;
        last = end + blank;
    }
    return end;
}

static double
value_of(struct gb_str s)
{
    double value = 0, place = 1;
    bool is_behind = false;

    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '.')
            is_behind = true;
        if (!gb_is_digit(s.ptr[i]))
            continue;
        value = value * 10 + (s.ptr[i] - '0');
        place = is_behind ? place * 10 : place;
    }
    return value / place;
}

static unsigned
count_digits(struct gb_str s)
{
    unsigned n = 0;

    for (size_t i = 0; i < s.len && s.ptr[i] != '.'; i++)
        n += gb_is_digit(s.ptr[i]);
    return n;
}

/* Bytes of a sign of multiplication at `at`; 0: none. */
static size_t
times_at(struct gb_str s, size_t at, bool *out_wrong)
{
    static const struct {
        struct gb_str sign;
        bool is_wrong;
    } signs[] = {{GB_WORD("×"), false}, {GB_WORD("x"), true}, {GB_WORD("X"), true}, {GB_WORD("*"), true},
                 {GB_WORD("✕"), true},  {GB_WORD("╳"), true}, {GB_WORD("＊"), true}};

    for (size_t i = 0; at < s.len && i < GB_COUNT(signs); i++) {
        if (s.ptr[at] == signs[i].sign.ptr[0] && gb_str_starts(gb_str_skip(s, at), signs[i].sign)) {
            *out_wrong = signs[i].is_wrong;
            return signs[i].sign.len;
        }
    }
    return 0;
}

/* ² ³ ⁻⁶ behind 10: the bytes. */
static size_t
superscripts_at(struct gb_str s, size_t at)
{
    size_t begin = at, next;

    while (at < s.len && (unsigned char)s.ptr[at] >= 0xC2) {
        uint32_t c = gb_utf8_at(s, at, &next);
        if (c != 0xB2 && c != 0xB3 && c != 0xB9 && !(c >= 0x2070 && c <= 0x207F))
            break;
        at = next;
    }
    return at - begin;
}

/* Behind 10^3, 10³, 10-3 and 103, where conversion has lost the place of the figure; 0: no power of ten. */
static size_t
behind_ten(struct gb_str s, size_t at)
{
    if (!gb_str_starts(gb_str_skip(s, at), GB_STR("10")))
        return 0;
    at += 2;
    size_t superscripts = superscripts_at(s, at);
    if (superscripts)
        return at + superscripts;
    size_t begin = at;
    at += gb_str_at(s, at) == '^';
    if (GB_STARTS_WITH(gb_str_skip(s, at), "−", "–"))
        at += 3;
    else
        at += gb_str_at(s, at) == '-';
    size_t end = gb_skip_digits(s, at);
    if (end == at || end > at + 2 || (at == begin && end != at + 1))
        return 0;
    return gb_is_letter(gb_str_at(s, end)) && at == begin ? 0 : end;
}

/* The power of ten behind a number: 2.5×10³. */
static void
read_power(struct gb_str s, struct gb_amount *amount)
{
    bool is_wrong;
    size_t sign = gb_behind_gap(s, amount->end), n = times_at(s, sign, &is_wrong);

    if (n == 0 && (unsigned char)gb_str_at(s, sign) == 0xC2 && gb_str_starts(gb_str_skip(s, sign), GB_STR("·")))
        n = 2;
    size_t end = n ? behind_ten(s, gb_behind_gap(s, sign + n)) : 0;
    if (!end || amount->value >= 1000)
        return;
    amount->flags |= GB_AMOUNT_POWER;
    amount->sign_begin = sign;
    amount->sign_end = sign + n;
    amount->end = end;
}

/* A date, a time, a ratio, a fraction, a version: figures that go on behind : / or a second point. */
static bool
goes_on(struct gb_str s, size_t at)
{
    size_t next;

    if (at + 1 >= s.len)
        return false;
    if (gb_is_digit(s.ptr[at + 1]) && strchr(".:/", s.ptr[at]))
        return true;
    uint32_t c = gb_utf8_at(s, at, &next);
    return (c == U'：' || c == U'∶') && gb_is_digit(gb_str_at(s, next));
}

static size_t
behind_all(struct gb_str s, size_t at)
{
    for (;;) {
        at = gb_skip_digits(s, at);
        if (!goes_on(s, at))
            return at;
        gb_utf8_at(s, at, &at);
    }
}

/* The number at `at`, a digit or the point before one; false with *out_end where it is something else. */
static bool
read_number(struct gb_str s, size_t at, struct gb_amount *out, size_t *out_end)
{
    size_t end = gb_skip_digits(s, at);

    *out = (struct gb_amount){.begin = at};
    if (end > at && end <= at + 3)
        end = behind_groups(s, end, out);
    if (gb_str_at(s, end) == '.' && gb_is_digit(gb_str_at(s, end + 1))) {
        out->flags |= end > at ? GB_AMOUNT_POINT : GB_AMOUNT_BARE | GB_AMOUNT_POINT;
        end = behind_decimals(s, end + 1);
    }
    *out_end = end;
    if (goes_on(s, end)) {
        *out_end = behind_all(s, end);
        return false;
    }
    struct gb_str number = gb_str_sub(s, at, end);
    out->end = end;
    out->digits = count_digits(number);
    out->value = value_of(number);
    if (out->digits > 1 && number.ptr[0] == '0')
        out->flags |= GB_AMOUNT_ZERO;
    read_power(s, out);
    *out_end = out->end;
    return true;
}

/* Behind the amount: its unit, else the number. */
static size_t
behind_amount(const struct gb_amount *amount)
{
    return amount->unit.n ? amount->unit.end : amount->end;
}

static bool
is_hex(char c)
{
    return gb_is_digit(c) || (c >= 'A' && c <= 'F');
}

/* The 0A of 44 01 0A: a byte, and no current. */
static bool
is_byte(struct gb_str s, size_t at)
{
    return at >= 3 && s.ptr[at - 1] == ' ' && is_hex(s.ptr[at - 2]) && is_hex(s.ptr[at - 3]) &&
           !(at > 3 && gb_is_alnum((unsigned char)s.ptr[at - 4])) && gb_is_digit(s.ptr[at]) &&
           is_hex(gb_str_at(s, at + 1)) && !gb_is_digit(gb_str_at(s, at + 1)) &&
           !gb_is_alnum((unsigned char)gb_str_at(s, at + 2));
}

/* A number with its unit; false where letters that are no unit make a type of it: 5G, 12abc. */
static bool
read_amount(const struct gb_measures *units, struct gb_str s, size_t at, struct gb_amount *out, size_t *out_end)
{
    if (!read_number(s, at, out, out_end))
        return false;
    if (is_byte(s, at)) {
        *out_end = at + 2;
        return false;
    }
    out->unit = gb_measure_expression_at(units, s, gb_behind_gap(s, out->end));
    char behind = gb_str_at(s, behind_amount(out));
    if (!out->unit.n && gb_is_letter(behind)) {
        bool is_wrong;
        bool is_times = times_at(s, out->end, &is_wrong) && gb_is_digit(gb_str_at(s, out->end + 1));
        if (!is_times) {
            *out_end = behind_code(s, out->end);
            return false;
        }
    }
    *out_end = behind_amount(out);
    return true;
}

/* ---- Amounts that are joined ---- */

static const struct {
    struct gb_str sign;
    enum gb_joint_kind kind;
} joint_signs[] = {
    {GB_WORD("～"), GB_AMOUNT_RANGE}, {GB_WORD("~"), GB_AMOUNT_RANGE},      {GB_WORD("∼"), GB_AMOUNT_RANGE},
    {GB_WORD("〜"), GB_AMOUNT_RANGE}, {GB_WORD("-"), GB_AMOUNT_HYPHEN},     {GB_WORD("—"), GB_AMOUNT_HYPHEN},
    {GB_WORD("–"), GB_AMOUNT_HYPHEN}, {GB_WORD("―"), GB_AMOUNT_HYPHEN},     {GB_WORD("－"), GB_AMOUNT_HYPHEN},
    {GB_WORD("至"), GB_AMOUNT_TO},    {GB_WORD("±"), GB_AMOUNT_PLUS_MINUS},
};

/* Behind the sign of a number: -10, +10. */
static size_t
behind_sign(struct gb_str s, size_t at)
{
    if (gb_str_at(s, at) == '-' || gb_str_at(s, at) == '+')
        return at + 1;
    return gb_str_starts(gb_str_skip(s, at), GB_STR("−")) ? at + 3 : at;
}

/* Where the sign before the number at `at` begins, which is that of a value and not the joint of a code: 温度为-10, no W-10. */
static size_t
before_sign(struct gb_str s, size_t at)
{
    GB_WORDS(signs, "-", "+", "−", "－");

    for (size_t i = 0; i < GB_COUNT(signs); i++) {
        if (!gb_str_ends(gb_str_sub(s, 0, at), signs[i]))
            continue;
        size_t begin = at - signs[i].len;
        char before = byte_before(s, begin);
        return gb_is_alnum((unsigned char)before) || (before && strchr("-+.)]", before)) ? at : begin;
    }
    return at;
}

/* What joins the amount that ends at `at` to the number behind it, at *out_number. */
static bool
read_joint(struct gb_str s, size_t at, struct gb_amount_joint *out, size_t *out_number)
{
    size_t n;

    *out = (struct gb_amount_joint){.begin = gb_behind_gap(s, at)};
    n = times_at(s, out->begin, &out->is_wrong);
    out->kind = GB_AMOUNT_TIMES;
    char first = gb_str_at(s, out->begin);
    for (size_t i = 0; i < GB_COUNT(joint_signs) && n == 0; i++) {
        if (first == joint_signs[i].sign.ptr[0] && gb_str_starts(gb_str_skip(s, out->begin), joint_signs[i].sign)) {
            n = joint_signs[i].sign.len;
            out->kind = joint_signs[i].kind;
        }
    }
    if (n == 0)
        return false;
    out->end = out->begin + n;
    size_t number = gb_behind_gap(s, out->end);
    if (out->kind <= GB_AMOUNT_TO)
        number = behind_sign(s, number);
    *out_number = number;
    return gb_is_digit(gb_str_at(s, number));
}

static void
read_chain(const struct gb_measures *units, struct gb_str s, struct gb_quantity *q)
{
    size_t number, end;

    while (q->n < GB_AMOUNTS && read_joint(s, q->end, &q->joints[q->n - 1], &number)) {
        if (!read_amount(units, s, number, &q->amounts[q->n], &end))
            return;
        q->n++;
        q->end = end;
    }
}

bool
gb_quantity_next(const struct gb_measures *units, struct gb_str s, size_t *at, struct gb_quantity *out)
{
    for (;;) {
        size_t begin = next_digit(s, *at), end;

        if (begin >= s.len)
            return false;
        if (is_in_code(s, begin)) {
            *at = behind_code(s, begin);
            continue;
        }
        if (byte_before(s, begin) == '.')
            begin--;
        *out = (struct gb_quantity){.begin = before_sign(s, begin), .n = 1};
        if (!read_amount(units, s, begin, &out->amounts[0], &end)) {
            *at = end > begin ? end : begin + 1;
            continue;
        }
        out->end = end;
        read_chain(units, s, out);
        *at = out->end;
        return true;
    }
}
