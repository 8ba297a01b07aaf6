#include "facts/measure.h"

#include "base/array.h"
#include "text/chars.h"
#include "text/utf8.h"

enum { FIRST_BYTES = 256 };

/* By first byte, longer ones first. */
struct gb_measures {
    struct gb_measure *items;
    uint32_t first[FIRST_BYTES + 1];
    const struct gb_str *quantities, *numbers; /* words for what has a unit, and for what has none */
    size_t n_quantities, n_numbers;
};

typedef GB_ARRAY(struct gb_measure) unit_array;

/* ---- The table ---- */

/* Order in a bucket: longer words first. */
static bool
comes_before(struct gb_str x, struct gb_str y)
{
    return x.len != y.len ? x.len > y.len : gb_str_cmp(x, y) < 0;
}

static void
add_list(unit_array *units, enum gb_measure_kind kind, const struct gb_str *words, size_t n)
{
    size_t step = kind == GB_MEASURE_SYMBOL ? 1 : 2;

    for (size_t i = 0; i + step <= n; i += step) {
        if (words[i].len)
            *gb_push(units) = (struct gb_measure){.word = words[i], .by = words[i + step - 1], .kind = kind};
    }
}

static void
add_signs(unit_array *units)
{
    static const struct {
        struct gb_str sign;
        enum gb_measure_kind kind;
    } signs[] = {{GB_WORD("%"), GB_MEASURE_PERCENT}, {GB_WORD("％"), GB_MEASURE_PERCENT}, {GB_WORD("‰"), GB_MEASURE_PERCENT},
                 {GB_WORD("°"), GB_MEASURE_ANGLE},   {GB_WORD("′"), GB_MEASURE_ANGLE}};

    for (size_t i = 0; i < GB_COUNT(signs); i++)
        *gb_push(units) = (struct gb_measure){.word = signs[i].sign, .by = signs[i].sign, .kind = signs[i].kind};
}

/* Buckets by first byte, each in order; they are small, and this runs at every start. */
static void
sort_units(struct gb_measures *measures, const unit_array *units, struct gb_arena *arena)
{
    struct gb_measure *items = gb_arena_new_array(arena, struct gb_measure, units->len + 1);
    uint32_t n[FIRST_BYTES] = {0};

    for (size_t i = 0; i < units->len; i++)
        n[(unsigned char)units->items[i].word.ptr[0]]++;
    for (unsigned byte = 0; byte < FIRST_BYTES; byte++) {
        measures->first[byte + 1] = measures->first[byte] + n[byte];
        n[byte] = 0;
    }
    for (size_t i = 0; i < units->len; i++) {
        const struct gb_measure *unit = &units->items[i];
        unsigned char byte = (unsigned char)unit->word.ptr[0];
        struct gb_measure *bucket = items + measures->first[byte];
        uint32_t at = n[byte]++;
        for (; at > 0 && comes_before(unit->word, bucket[at - 1].word); at--)
            bucket[at] = bucket[at - 1];
        bucket[at] = *unit;
    }
    measures->items = items;
}

/* What a list of pairs says of units: `field` is the place of the text in struct gb_measure. */
static void
add_said(const struct gb_measures *measures, size_t field, gb_lexicon_list *list, void *data, const char *name)
{
    const struct gb_str *pairs;
    size_t n = list(data, name, &pairs);

    for (size_t i = 0; i + 1 < n; i += 2) {
        struct gb_str word = pairs[i];
        unsigned char byte = word.len ? (unsigned char)word.ptr[0] : 0;
        for (uint32_t k = measures->first[byte]; k < measures->first[byte + 1]; k++) {
            struct gb_str *text = (struct gb_str *)((char *)&measures->items[k] + field);
            if (text->len == 0 && gb_str_eq(measures->items[k].word, word))
                *text = pairs[i + 1];
        }
    }
}

const struct gb_measures *
gb_measures_new(struct gb_arena *arena, gb_lexicon_list *list, void *data)
{
    static const char *const lists[] = {
#define X(id, list) list,
        GB_MEASURE_KINDS(X)
#undef X
    };
    struct gb_measures *measures = gb_arena_new(arena, struct gb_measures);
    unit_array all = {0};
    const struct gb_str *words;

    for (size_t i = 0; i < GB_COUNT(lists); i++) {
        size_t n = lists[i] ? list(data, lists[i], &words) : 0;
        add_list(&all, (enum gb_measure_kind)i, words, n);
    }
    add_signs(&all);
    sort_units(measures, &all, arena);
    add_said(measures, offsetof(struct gb_measure, undo), list, data, "unit-undo");
    add_said(measures, offsetof(struct gb_measure, needs), list, data, "unit-needs");
    add_said(measures, offsetof(struct gb_measure, unless), list, data, "unit-unless");
    measures->n_quantities = list(data, "unit-quantities", &measures->quantities);
    measures->n_numbers = list(data, "unit-none", &measures->numbers);
    gb_array_release(&all);
    return measures;
}

static bool
ends_with_any(struct gb_str s, const struct gb_str *words, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (gb_str_ends(s, words[i]))
            return true;
    }
    return false;
}

bool
gb_ends_in_quantity(const struct gb_measures *units, struct gb_str s)
{
    return ends_with_any(s, units->quantities, units->n_quantities);
}

bool
gb_ends_in_number(const struct gb_measures *units, struct gb_str s)
{
    return ends_with_any(s, units->numbers, units->n_numbers);
}

/* ---- Reading ---- */

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char
byte_at(struct gb_str s, size_t at)
{
    return at < s.len ? s.ptr[at] : '\0';
}

/* The word goes on in Latin or Greek letters: mmol is not mm. */
static bool
is_cut(struct gb_str s, const struct gb_measure *unit, size_t end)
{
    bool is_latin = is_letter(unit->word.ptr[unit->word.len - 1]) || gb_str_ends(unit->word, GB_STR("Ω"));

    if (!is_latin || end >= s.len)
        return false;
    unsigned char c = (unsigned char)s.ptr[end];
    return is_letter((char)c) || c == '_' || c == 0xCE || c == 0xCF; /* Greek */
}

const struct gb_measure *
gb_measure_at(const struct gb_measures *units, struct gb_str s, size_t at)
{
    if (at >= s.len)
        return NULL;
    unsigned char byte = (unsigned char)s.ptr[at];
    struct gb_str rest = gb_str_skip(s, at);
    for (uint32_t i = units->first[byte]; i < units->first[byte + 1]; i++) {
        const struct gb_measure *unit = &units->items[i];
        if (unit->word.len > 1 && (rest.len < 2 || rest.ptr[1] != unit->word.ptr[1]))
            continue;
        if (gb_str_starts(rest, unit->word) && !is_cut(s, unit, at + unit->word.len))
            return unit;
    }
    return NULL;
}

/* Superscripts ² ³ ¹ and ⁻ ⁰ ⁴ …: the bytes of one. */
static size_t
superscript_at(struct gb_str s, size_t at)
{
    size_t next;

    if (at >= s.len || (unsigned char)s.ptr[at] < 0xC2)
        return 0;
    uint32_t c = gb_utf8_at(s, at, &next);
    return c == 0xB2 || c == 0xB3 || c == 0xB9 || (c >= 0x2070 && c <= 0x207F) ? next - at : 0;
}

/*
 * Behind a power: m², m^2, s⁻¹; m2 and m3, where conversion has lost the place of the figure. A unit with any other figure
 * behind it is none: GB_NOT_FOUND.
 */
static size_t
behind_power(struct gb_str s, const struct gb_measure *unit, size_t at, bool *out_has)
{
    size_t begin = at, n;

    while ((n = superscript_at(s, at)) > 0)
        at += n;
    if (at == begin && byte_at(s, at) == '^') {
        at++;
        at += byte_at(s, at) == '-';
        while (is_digit(byte_at(s, at)))
            at++;
    }
    *out_has = at > begin;
    if (at > begin || !is_letter(unit->word.ptr[unit->word.len - 1]))
        return at;
    if (byte_at(s, at) == '-' && is_digit(byte_at(s, at + 1)) && is_letter(unit->word.ptr[unit->word.len - 1]))
        return GB_NOT_FOUND; /* SAE 5W-30 */
    if (!is_digit(byte_at(s, at)))
        return at;
    bool may_lie = unit->word.ptr[unit->word.len - 1] == 'm' || gb_str_is(unit->word, "s");
    if (!may_lie || (s.ptr[at] != '2' && s.ptr[at] != '3') || is_digit(byte_at(s, at + 1)) || is_letter(byte_at(s, at + 1)))
        return GB_NOT_FOUND;
    *out_has = true;
    return at + 1;
}

/* Behind / · ⋅ • and an opening bracket; `at` where a unit does not go on. */
static size_t
behind_joint(struct gb_str s, size_t at)
{
    static const struct gb_str joints[] = {GB_WORD("/"), GB_WORD("·"), GB_WORD("⋅"), GB_WORD("•"), GB_WORD("∙"), GB_WORD("／")};

    for (size_t i = 0; at < s.len && i < GB_COUNT(joints); i++) {
        if (s.ptr[at] == joints[i].ptr[0] && gb_str_starts(gb_str_skip(s, at), joints[i])) {
            at += joints[i].len;
            return byte_at(s, at) == '(' ? at + 1 : at;
        }
    }
    return at;
}

struct gb_measure_expression
gb_measure_expression_at(const struct gb_measures *units, struct gb_str s, size_t at)
{
    struct gb_measure_expression out = {.begin = at, .end = at};
    bool is_open = false;

    while (out.n < GB_MEASURE_USES) {
        const struct gb_measure *unit = gb_measure_at(units, s, at);
        bool has_power;
        if (!unit)
            break;
        size_t end = behind_power(s, unit, at + unit->word.len, &has_power);
        if (end == GB_NOT_FOUND)
            break;
        out.uses[out.n++] = (struct gb_measure_use){unit, (uint32_t)at, (uint32_t)(at + unit->word.len)};
        out.has_power = out.has_power || has_power;
        if (is_open && byte_at(s, end) == ')') {
            end++;
            is_open = false;
        }
        out.end = end;
        at = behind_joint(s, end);
        if (at == end || unit->kind == GB_MEASURE_PERCENT || unit->kind == GB_MEASURE_ANGLE)
            break;
        is_open = is_open || s.ptr[at - 1] == '(';
    }
    return out;
}
