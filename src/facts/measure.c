#include "facts/lexicon_priv.h"

#include "base/array.h"
#include "base/sort.h"
#include "text/utf8.h"

#include <stddef.h>
#include <stdio.h>

enum { FIRST_BYTES = 256 };

/* By first byte, longer ones first; of those with one word the kinds from the last on. */
struct gb_measures {
    uint32_t first[FIRST_BYTES + 1];
    struct gb_rel items;               /* of struct gb_measure */
    struct gb_rel quantities, numbers; /* words for what has a unit, and for what has none: of gb_rel */
};

/* ---- The table ---- */

/* A unit before it is in the blob. */
struct unit {
    struct gb_str word, by;
    enum gb_measure_kind kind;
};

typedef GB_ARRAY(struct unit) unit_array;

static int
by_word(const void *a, const void *b)
{
    struct gb_str x = ((const struct unit *)a)->word, y = ((const struct unit *)b)->word;
    unsigned char p = (unsigned char)x.ptr[0], q = (unsigned char)y.ptr[0];

    if (p != q)
        return p < q ? -1 : 1;
    int order = x.len != y.len ? (x.len > y.len ? -1 : 1) : gb_str_cmp(x, y);
    return order ? order : (int)((const struct unit *)b)->kind - (int)((const struct unit *)a)->kind;
}

static void
gather_list(unit_array *units, enum gb_measure_kind kind, const struct gb_str *words, size_t n)
{
    size_t step = kind == GB_MEASURE_SYMBOL ? 1 : 2;

    for (size_t i = 0; i + step <= n; i += step) {
        if (words[i].len)
            *gb_push(units) = (struct unit){words[i], words[i + step - 1], kind};
    }
}

static void
gather_signs(unit_array *units)
{
    static const struct unit signs[] = {{GB_WORD("%"), GB_WORD("%"), GB_MEASURE_PERCENT},
                                        {GB_WORD("％"), GB_WORD("％"), GB_MEASURE_PERCENT},
                                        {GB_WORD("‰"), GB_WORD("‰"), GB_MEASURE_PERCENT},
                                        {GB_WORD("°"), GB_WORD("°"), GB_MEASURE_ANGLE},
                                        {GB_WORD("′"), GB_WORD("′"), GB_MEASURE_ANGLE}};

    for (size_t i = 0; i < GB_COUNT(signs); i++)
        *gb_push(units) = signs[i];
}

static struct gb_str
value_of(struct gb_lexicon_maker *maker, const char *name, struct gb_str word)
{
    const struct gb_str *pairs;
    size_t n = gb_maker_list(maker, name, &pairs);

    for (size_t i = 0; i + 1 < n; i += 2) {
        if (gb_str_eq(pairs[i], word))
            return pairs[i + 1];
    }
    return GB_STR("");
}

/* What the unit needs; M→m is the unit M where it stands for m, besides the other that it may stand for. */
static struct gb_str
needs_of(struct gb_lexicon_maker *maker, const struct unit *unit)
{
    enum { LONGEST = 60 };
    char key[LONGEST];
    int n = snprintf(key, sizeof(key), "%.*s→%.*s", GB_FMT(unit->word), GB_FMT(unit->by));
    struct gb_str needs = n > 0 && n < LONGEST ? value_of(maker, "unit-needs", gb_str_from(key)) : GB_STR("");

    return needs.len ? needs : value_of(maker, "unit-needs", unit->word);
}

static void
add_unit(struct gb_lexicon_maker *maker, size_t at, const struct unit *unit)
{
    struct gb_blob *blob = &maker->blob;

    gb_blob_at(blob, struct gb_measure, at)->kind = unit->kind;
    gb_blob_link_str(blob, at + offsetof(struct gb_measure, word), unit->word);
    gb_blob_link_str(blob, at + offsetof(struct gb_measure, by), unit->by);
    gb_blob_link_str(blob, at + offsetof(struct gb_measure, undo), value_of(maker, "unit-undo", unit->word));
    gb_blob_link_str(blob, at + offsetof(struct gb_measure, needs), needs_of(maker, unit));
    gb_blob_link_str(blob, at + offsetof(struct gb_measure, unless), value_of(maker, "unit-unless", unit->word));
}

static void
index_units(struct gb_measures *measures, const unit_array *units)
{
    size_t at = 0;

    for (unsigned byte = 0; byte <= FIRST_BYTES; byte++) {
        while (at < units->len && (unsigned char)units->items[at].word.ptr[0] < byte)
            at++;
        measures->first[byte] = (uint32_t)at;
    }
}

size_t
gb_measures_add(struct gb_lexicon_maker *maker)
{
    static const char *const lists[] = {
#define X(id, list) list,
        GB_MEASURE_KINDS(X)
#undef X
    };
    unit_array units = {0};
    const struct gb_str *words;
    size_t measures = gb_blob_add(&maker->blob, NULL, sizeof(struct gb_measures)), n;

    for (size_t i = 0; i < GB_COUNT(lists); i++) {
        n = lists[i] ? gb_maker_list(maker, lists[i], &words) : 0;
        gather_list(&units, (enum gb_measure_kind)i, words, n);
    }
    gather_signs(&units);
    gb_sort(units.items, units.len, sizeof(*units.items), by_word);
    index_units(gb_blob_at(&maker->blob, struct gb_measures, measures), &units);
    size_t array = gb_blob_add(&maker->blob, NULL, units.len * sizeof(struct gb_measure));
    gb_blob_link(&maker->blob, measures + offsetof(struct gb_measures, items), array, units.len);
    for (size_t i = 0; i < units.len; i++)
        add_unit(maker, array + i * sizeof(struct gb_measure), &units.items[i]);
    n = gb_maker_list(maker, "unit-quantities", &words);
    gb_blob_link_words(&maker->blob, measures + offsetof(struct gb_measures, quantities), words, n);
    n = gb_maker_list(maker, "unit-none", &words);
    gb_blob_link_words(&maker->blob, measures + offsetof(struct gb_measures, numbers), words, n);
    gb_array_release(&units);
    return measures;
}

static bool
ends_with_any(struct gb_str s, const struct gb_rel *words)
{
    const struct gb_rel *items = gb_rel_at(words);

    GB_FIND(item, items, words->n, gb_str_ends(s, gb_rel_str(item)));
    return item != NULL;
}

bool
gb_ends_in_quantity(const struct gb_measures *units, struct gb_str s)
{
    return ends_with_any(s, &units->quantities);
}

bool
gb_ends_in_number(const struct gb_measures *units, struct gb_str s)
{
    return ends_with_any(s, &units->numbers);
}

/* ---- Reading ---- */

const struct gb_measure *
gb_measure_next(const struct gb_measures *units, const struct gb_measure *unit)
{
    const struct gb_measure *items = gb_rel_at(&units->items), *next = unit + 1;

    return next < items + units->items.n && gb_str_eq(gb_rel_str(&next->word), gb_rel_str(&unit->word)) ? next : NULL;
}

/* The word goes on in Latin or Greek letters: mmol is not mm. */
static bool
is_cut(struct gb_str s, const struct gb_measure *unit, size_t end)
{
    struct gb_str word = gb_rel_str(&unit->word);
    bool is_latin = gb_is_letter(word.ptr[word.len - 1]) || gb_str_ends(word, GB_STR("Ω"));

    if (!is_latin || end >= s.len)
        return false;
    unsigned char c = (unsigned char)s.ptr[end];
    if ((c | 0x20) == 'x' && gb_is_digit(gb_str_at(s, end + 1)) && word.ptr[word.len - 1] == 'm')
        return false;                                                   /* 600mmx400mm */
    return gb_is_letter((char)c) || c == '_' || c == 0xCE || c == 0xCF; /* Greek */
}

const struct gb_measure *
gb_measure_at(const struct gb_measures *units, struct gb_str s, size_t at)
{
    if (at >= s.len)
        return NULL;
    unsigned char byte = (unsigned char)s.ptr[at];
    struct gb_str rest = gb_str_skip(s, at);
    const struct gb_measure *items = gb_rel_at(&units->items);
    for (uint32_t i = units->first[byte]; i < units->first[byte + 1]; i++) {
        struct gb_str word = gb_rel_str(&items[i].word);
        if (word.len > 1 && (rest.len < 2 || rest.ptr[1] != word.ptr[1]))
            continue;
        if (gb_str_starts(rest, word) && !is_cut(s, &items[i], at + word.len))
            return &items[i];
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
 * Behind a power: m², m^2, m^{2}, s⁻¹; m2 and m3, where conversion has lost the place of the figure. A unit with any other figure
 * behind it is none: GB_NOT_FOUND.
 */
static size_t
behind_power(struct gb_str s, const struct gb_measure *unit, size_t at, bool *out_has)
{
    struct gb_str word = gb_rel_str(&unit->word);
    bool is_latin = gb_is_letter(word.ptr[word.len - 1]);
    size_t begin = at, n;

    while ((n = superscript_at(s, at)) > 0)
        at += n;
    if (at == begin && gb_str_at(s, at) == '^') {
        bool is_group = gb_str_at(s, ++at) == '{'; /* TeX */
        at += is_group;
        at += gb_str_at(s, at) == '-';
        at = gb_skip_digits(s, at);
        at += is_group && gb_str_at(s, at) == '}';
    }
    *out_has = at > begin;
    if (at > begin || !is_latin)
        return at;
    if (gb_str_at(s, at) == '-' && gb_is_digit(gb_str_at(s, at + 1)))
        return GB_NOT_FOUND; /* SAE 5W-30 */
    if (!gb_is_digit(gb_str_at(s, at)))
        return at;
    bool may_lie = word.ptr[word.len - 1] == 'm' || gb_str_is(word, "s");
    if (!may_lie || (s.ptr[at] != '2' && s.ptr[at] != '3') || gb_is_digit(gb_str_at(s, at + 1)) ||
        gb_is_letter(gb_str_at(s, at + 1)))
        return GB_NOT_FOUND;
    *out_has = true;
    return at + 1;
}

/* Behind / · ⋅ • and an opening bracket; `at` where a unit does not go on. */
static size_t
behind_joint(struct gb_str s, size_t at)
{
    GB_WORDS(joints, "/", "·", "⋅", "•", "∙", "／", "\\cdot ");

    for (size_t i = 0; at < s.len && i < GB_COUNT(joints); i++) {
        if (s.ptr[at] == joints[i].ptr[0] && gb_str_starts(gb_str_skip(s, at), joints[i])) {
            at += joints[i].len;
            return gb_str_at(s, at) == '(' ? at + 1 : at;
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
        size_t end = behind_power(s, unit, at + unit->word.n, &has_power);
        if (end == GB_NOT_FOUND)
            break;
        out.uses[out.n++] = (struct gb_measure_use){unit, (uint32_t)at, (uint32_t)at + unit->word.n};
        out.has_power = out.has_power || has_power;
        if (is_open && gb_str_at(s, end) == ')') {
            end++;
            is_open = false;
        }
        out.end = end;
        at = behind_joint(s, end);
        if (at == end || GB_AMONG(unit->kind, GB_MEASURE_PERCENT, GB_MEASURE_ANGLE))
            break;
        is_open = is_open || s.ptr[at - 1] == '(';
    }
    return out;
}
