/*
 * Properties of what an SVG draws: of style="…", of rules in <style>, of attributes, in this order. Of CSS it knows rules of types,
 * classes and ids, inside of each other or not, and the few properties that tell lines from boxes and what is seen at all.
 */
#include "flow/svg/svg_priv.h"

enum { MOST_RULES = 400, MOST_LOOKS = 40000000 };

static const char *const properties[] = {"fill",       "stroke",           "display",     "visibility", "marker-start",
                                         "marker-end", "stroke-dasharray", "text-anchor", "font-size"};

/* ---- Reading ---- */

/* Behind the comment or blanks that begin at `at`; at itself when there are none. */
static size_t
skip_blanks(struct gb_str s, size_t at)
{
    for (;;) {
        at = gb_skip_any(s, at, " \t\n\r");
        if (!gb_str_starts(gb_str_skip(s, at), GB_STR("/*")))
            return at;
        size_t end = gb_str_find(s, GB_STR("*/"), at + 2);
        at = end == GB_NOT_FOUND ? s.len : end + 2;
    }
}

/* Behind the block that opens at `at`, with all blocks in it. */
static size_t
skip_block(struct gb_str s, size_t at)
{
    int depth = 0;

    for (; at < s.len; at++) {
        depth += s.ptr[at] == '{';
        depth -= s.ptr[at] == '}';
        if (depth == 0)
            return at + 1;
    }
    return at;
}

static void
add_rule(struct gb_svg *svg, struct gb_str selector, const char *name, struct gb_str value)
{
    uint32_t weight = 1;

    for (size_t i = 0; i < selector.len; i++)
        weight += selector.ptr[i] == '#' ? 10000 : selector.ptr[i] == '.' ? 100 : selector.ptr[i] == ' ';
    if (svg->rules.len < MOST_RULES)
        *gb_push(&svg->rules) = (struct gb_svg_rule){selector, name, value, weight};
}

/* Selectors with attributes, states or siblings are left out: they would have to be understood to be right. */
static bool
is_plain(struct gb_str selector)
{
    GB_FIND(byte, selector.ptr, selector.len, memchr(":[*+~\"", *byte, strlen(":[*+~\"")));
    return !byte && selector.len > 0;
}

/* A value in name:value; …, the last one; empty when it is not there. */
static struct gb_str
declared(struct gb_str declarations, const char *name)
{
    struct gb_str found = GB_STR(""), part;

    while (gb_str_cut(&declarations, ';', &part)) {
        size_t colon = gb_str_find(part, GB_STR(":"), 0);
        if (colon == GB_NOT_FOUND || !gb_str_is(gb_flow_trim(gb_str_sub(part, 0, colon)), name))
            continue;
        found = gb_str_skip(part, colon + 1);
        size_t mark = gb_str_find(found, GB_STR("!important"), 0);
        found = gb_flow_trim(mark == GB_NOT_FOUND ? found : gb_str_sub(found, 0, mark));
    }
    return found;
}

static void
add_declarations(struct gb_svg *svg, struct gb_str selectors, struct gb_str body)
{
    struct gb_str selector;

    while (gb_str_cut(&selectors, ',', &selector)) {
        selector = gb_flow_trim(selector);
        for (size_t i = 0; is_plain(selector) && i < GB_COUNT(properties); i++) {
            struct gb_str value = declared(body, properties[i]);
            if (value.len)
                add_rule(svg, selector, properties[i], value);
        }
        if (is_plain(selector) && declared(body, "marker").len) {
            add_rule(svg, selector, "marker-start", declared(body, "marker"));
            add_rule(svg, selector, "marker-end", declared(body, "marker"));
        }
    }
}

static void
read_sheet(struct gb_svg *svg, struct gb_str s)
{
    for (size_t at = skip_blanks(s, 0); at < s.len; at = skip_blanks(s, at)) {
        const char *open = memchr(s.ptr + at, '{', s.len - at), *stop = memchr(s.ptr + at, ';', s.len - at);
        if (s.ptr[at] == '@' && stop && (!open || stop < open)) {
            at = (size_t)(stop - s.ptr) + 1;
            continue;
        }
        if (!open)
            return;
        size_t body = (size_t)(open - s.ptr), end = skip_block(s, body);
        if (s.ptr[at] != '@' && end > body + 1)
            add_declarations(svg, gb_str_sub(s, at, body), gb_str_sub(s, body + 1, end - 1));
        at = end;
    }
}

void
gb_svg_read_styles(struct gb_svg *svg)
{
    for (int32_t e = 0; e < (int32_t)svg->tree.n; e++) {
        if (gb_tree_is(&svg->tree, e, "style"))
            read_sheet(svg, gb_tree_text(&svg->tree, e, svg->arena));
    }
    if (svg->rules.len * svg->tree.n > MOST_LOOKS)
        svg->rules.len = 0;
}

/* ---- Matching ---- */

bool
gb_svg_has_class(const struct gb_tree *tree, int32_t element, struct gb_str name)
{
    return gb_flow_has_name(gb_tree_value(tree, element, "class"), name);
}

/* type.class#id */
static bool
fits_compound(const struct gb_tree *tree, int32_t element, struct gb_str compound)
{
    size_t at = 0;

    while (at < compound.len) {
        size_t end = at + 1;
        char mark = compound.ptr[at];
        while (end < compound.len && compound.ptr[end] != '.' && compound.ptr[end] != '#')
            end++;
        struct gb_str name = gb_str_sub(compound, mark == '.' || mark == '#' ? at + 1 : at, end);
        bool fits = mark == '.'   ? gb_svg_has_class(tree, element, name)
                    : mark == '#' ? gb_str_eq(gb_tree_value(tree, element, "id"), name)
                                  : gb_str_eq(tree->elements[element].name, name);
        if (!fits)
            return false;
        at = end;
    }
    return compound.len > 0;
}

/* Its last compound, cut off; what stands before it, without the sign between. */
static struct gb_str
cut_compound(struct gb_str *selector)
{
    size_t at = selector->len;

    while (at > 0 && !memchr(" >\n\t\r", selector->ptr[at - 1], 5))
        at--;
    struct gb_str last = gb_str_skip(*selector, at);
    while (at > 0 && memchr(" >\n\t\r", selector->ptr[at - 1], 5))
        at--;
    *selector = gb_str_sub(*selector, 0, at);
    return last;
}

static bool
fits(const struct gb_tree *tree, int32_t element, struct gb_str selector)
{
    if (!fits_compound(tree, element, cut_compound(&selector)))
        return false;
    while (selector.len) {
        struct gb_str outer = cut_compound(&selector);
        do
            element = tree->elements[element].parent;
        while (element >= 0 && !fits_compound(tree, element, outer));
        if (element < 0)
            return false;
    }
    return true;
}

/* ---- Values ---- */

struct gb_str
gb_svg_property(const struct gb_svg *svg, int32_t element, const char *name)
{
    struct gb_str value = declared(gb_tree_value(&svg->tree, element, "style"), name);
    uint32_t weight = 0;

    if (value.len)
        return value;
    GB_EACH(const struct gb_svg_rule, rule, svg->rules.items, svg->rules.len) {
        if (rule->weight < weight || strcmp(rule->property, name) != 0 || !fits(&svg->tree, element, rule->selector))
            continue;
        value = rule->value;
        weight = rule->weight;
    }
    return value.len ? value : gb_flow_trim(gb_tree_value(&svg->tree, element, name));
}

struct gb_str
gb_svg_inherited(const struct gb_svg *svg, int32_t element, const char *name)
{
    for (int32_t e = element; e >= 0; e = svg->tree.elements[e].parent) {
        struct gb_str value = gb_svg_property(svg, e, name);
        if (value.len)
            return value;
    }
    return GB_STR("");
}
