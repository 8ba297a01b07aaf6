/* What legends say of the symbols of formulas: EQN-005. GB/T 1.1—2020, 9.9.3.2; 2009, 8.8.2. */
#include "check/structure/elements_priv.h"
#include "base/strmap.h"
#include "check/objects/objects_priv.h"

/* v——速度，单位为米每秒（m/s）；: the symbol, and the name of the quantity up to its unit. */
struct symbol {
    const struct gb_node *line;
    const struct gb_node *top; /* chapter or annex */
    size_t end;                /* of the symbol in the text of the line */
    struct gb_str key, name, unit;
};

enum { LONGEST_SYMBOL = 60, LONGEST_NAME = 120 };

/* Bytes of the dash behind the symbol; *out_end: behind it. */
static size_t
find_dash(struct gb_str s, size_t *out_end)
{
    GB_WORDS(dashes, "——", "—", "--", "–", "－");

    for (size_t at = 1, len; at < s.len && at < LONGEST_SYMBOL; at++) {
        if ((len = GB_START(gb_str_skip(s, at), dashes))) {
            *out_end = at + len;
            return at;
        }
    }
    return 0;
}

/* The symbol without blanks and marks of the markup: $n_{1}$ is n_1. In the arena. */
static struct gb_str
key_of(struct gb_str s, struct gb_arena *arena)
{
    char *key = gb_arena_alloc(arena, s.len + 1);
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++) {
        if (!strchr(" $*{}\t", s.ptr[i]))
            key[n++] = s.ptr[i];
    }
    return (struct gb_str){key, n};
}

/* The name ends before its unit and whatever else is told of it. */
static struct gb_str
name_of(struct gb_str s)
{
    size_t at = 0, next;

    while (at < s.len && !gb_is_one_of(gb_utf8_at(s, at, &next), "，,；;。（(\n"))
        at = next;
    return gb_str_trim(gb_str_sub(s, 0, at));
}

/* g of 试样的质量，单位为克（g）；, as it is written; empty: none is told. */
static struct gb_str
unit_of(struct gb_str s)
{
    size_t at = gb_str_find(s, GB_STR("单位为"), 0), end = gb_str_find(s, GB_STR("；"), 0);
    struct gb_str rest = at == GB_NOT_FOUND ? (struct gb_str){0} : gb_str_sub(s, at + strlen("单位为"), end);

    return gb_str_ends(rest, GB_STR("。")) ? gb_str_sub(rest, 0, rest.len - GB_HAN) : rest;
}

static bool
read_symbol(const struct gb_node *line, struct gb_arena *arena, struct symbol *out)
{
    struct gb_str s = line->text.str;
    size_t behind, dash = find_dash(s, &behind);

    if (!dash || gb_str_has_han(gb_str_sub(s, 0, dash)))
        return false;
    *out = (struct symbol){.line = line,
                           .top = gb_node_top(line),
                           .end = gb_skip_any_back(s, dash, " "),
                           .key = key_of(gb_str_sub(s, 0, dash), arena)};
    out->name = name_of(gb_str_sub(s, behind, behind + LONGEST_NAME));
    out->unit = unit_of(gb_str_sub(s, behind, behind + 2 * LONGEST_NAME));
    return out->key.len > 0 && gb_str_han_length(out->name) >= 2;
}

/* Do two characters that stand side by side in one stand so in the other? */
static bool
shares_pair(struct gb_str a, struct gb_str b)
{
    for (size_t at = 0, next, end; at < a.len; at = next) {
        uint32_t c = gb_utf8_at(a, at, &next);
        if (next >= a.len || !gb_char_is_han(c))
            continue;
        gb_utf8_at(a, next, &end);
        if (gb_str_has(b, gb_str_sub(a, at, end)))
            return true;
    }
    return false;
}

/* One quantity is named in many ways (试样质量, 样品的质量): names of two quantities share no word. */
static bool
is_other(struct gb_str a, struct gb_str b)
{
    return !gb_str_same(a, b) && !shares_pair(a, b) && !shares_pair(b, a);
}

/* 试样的质量, in g, and 试样的体积, in mL: no character of the last two is in both, and the units differ. */
static bool
is_measured_otherwise(const struct symbol *a, const struct symbol *b)
{
    struct gb_str head = gb_str_skip(a->name, a->name.len - 2 * GB_HAN);
    struct gb_str other = gb_str_skip(b->name, b->name.len - 2 * GB_HAN);

    if (!a->unit.len || !b->unit.len || gb_str_same(a->unit, b->unit) || !gb_char_is_han(gb_char_at(head, 0)) ||
        !gb_char_is_han(gb_char_at(other, 0)))
        return false;
    return !gb_str_has(other, gb_str_sub(head, 0, GB_HAN)) && !gb_str_has(other, gb_str_skip(head, GB_HAN));
}

/* Is b the name a with one word made another: 进水流量, 出水流量? */
static bool
is_with(struct gb_str a, struct gb_str b, struct gb_str word, struct gb_str other)
{
    size_t at = gb_str_find(a, word, 0);

    return at != GB_NOT_FOUND && b.len == a.len - word.len + other.len &&
           gb_str_eq(gb_str_sub(a, 0, at), gb_str_sub(b, 0, at)) && gb_str_starts(gb_str_skip(b, at), other) &&
           gb_str_eq(gb_str_skip(a, at + word.len), gb_str_skip(b, at + other.len));
}

/* 进水流量 and 出水流量, 最大压力 and 最小压力: opposites. */
static bool
is_opposite(struct gb_check *c, struct gb_str a, struct gb_str b)
{
    const struct gb_str *pairs;
    size_t n = gb_param_words(c, "opposites", &pairs);

    return GB_ANY(for (size_t i = 0; i < n; i++),
                  is_with(a, b, pairs[2 * i], pairs[2 * i + 1]) || is_with(b, a, pairs[2 * i], pairs[2 * i + 1]));
}

static void
judge_symbol(struct gb_check *c, const struct symbol *first, const struct symbol *now)
{
    bool is_one_legend = first->line->parent == now->line->parent; /* there even alike names are two quantities */
    if (is_one_legend ? gb_str_same(first->name, now->name)
                      : !is_other(first->name, now->name) && !is_opposite(c, first->name, now->name) &&
                            !is_measured_otherwise(first, now))
        return;
    struct gb_str words = gb_str_sub(now->line->text.str, 0, now->end);
    struct gb_finding *f =
        gb_report_case(c, first->top == now->top ? NULL : "far", gb_at_part(&now->line->text, 0, now->end), now->line,
                       GB_ARGS(words, now->name, first->name));
    gb_also(c, f, gb_at_part(&first->line->text, 0, first->end), first->name);
}

/* Numbers that stand for things of a series are explained for each formula anew: i, j, k. */
static bool
is_index(struct gb_str key)
{
    return key.len == 1 && strchr("ijk", key.ptr[0]);
}

static void
check_reuse(struct gb_check *c)
{
    GB_ARRAY(struct symbol) all = {0}; /* the first of each key */
    struct gb_strmap places = {.slots = NULL};

    GB_EACH_NODE(legend, &c->facts->of_kind[GB_NODE_WHERE]) {
        for (const struct gb_node *line = legend->first; line; line = line->next) {
            struct symbol symbol;
            bool is_new;
            if (line->kind != GB_NODE_PARA || !gb_object_is_own(line) || !read_symbol(line, c->arena, &symbol))
                continue;
            uint32_t place = gb_strmap_add(&places, symbol.key, (uint32_t)all.len, &is_new);
            if (is_new)
                *gb_push(&all) = symbol;
            else if (is_index(symbol.key) && all.items[place].line->parent != line->parent)
                all.items[place] = symbol;
            else
                judge_symbol(c, &all.items[place], &symbol);
        }
    }
    gb_strmap_release(&places);
    gb_array_release(&all);
}

const struct gb_check_def gb_formula_symbol_checks[] = {
    {.name = "symbol-reuse", .whole = check_reuse, .cases = "far", .params = "opposites:pairs"},
    {0},
};
