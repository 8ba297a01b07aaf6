/* Numbers of formulas, in the forms that drafts use. */
#include "read/formula_number_priv.h"

/* The number at the end of a span, in \tag{…} or in brackets. *out_begin is where it starts with all that belongs to it. */
static struct gb_span
find_number(struct gb_str raw, struct gb_span span, uint32_t *out_begin)
{
    static const struct {
        const char *open, *close;
    } forms[] = {
        {"\\tag*{(", ")}"}, {"\\tag*{\xEF\xBC\x88", "\xEF\xBC\x89}"}, {"\\tag{", "}"},
        {"\\text{(", ")}"}, {"\\text{\xEF\xBC\x88", "\xEF\xBC\x89}"}, {"\\left(", "\\right)"},
        {"(", ")"},         {"\xEF\xBC\x88", "\xEF\xBC\x89"},         {"{#", "}"},
    };
    struct gb_str text = gb_str_trim(gb_str_sub(raw, span.begin, span.end));

    for (size_t i = 0; i < GB_COUNT(forms); i++) {
        struct gb_str open = gb_str_from(forms[i].open), close = gb_str_from(forms[i].close);
        size_t at = GB_NOT_FOUND;
        if (!gb_str_ends(text, close))
            continue;
        for (size_t next = 0; (next = gb_str_find(text, open, next)) != GB_NOT_FOUND; next++)
            at = next;
        size_t end = text.len - close.len;
        if (at == GB_NOT_FOUND || at + open.len > end)
            continue;
        uint32_t begin = (uint32_t)(text.ptr - raw.ptr);
        *out_begin = begin + (uint32_t)at;
        return (struct gb_span){*out_begin + (uint32_t)open.len, begin + (uint32_t)end};
    }
    return (struct gb_span){0, 0};
}

/* The last one alone is a sign of multiplication, and leads to no number. */
static const char *const leaders[] = {"\\cdots",  "\\dots",  "\\ldots",      "\\quad",        "\\text{",
                                      "\\qquad",  "\\hfill", "\\dotfill",    "\\eqno",        "\xE2\x80\xA6",
                                      "\xC2\xB7", ".",       "\\cdot\\cdot", "\\cdot \\cdot", "\\cdot"};

/* End of the formula before its number: without the dots between them. */
static uint32_t
strip_leaders(struct gb_str raw, uint32_t begin, uint32_t end)
{
    for (size_t i = 0; i < GB_COUNT(leaders); i++) {
        struct gb_str text = gb_str_sub(raw, begin, end), leader = gb_str_from(leaders[i]);
        text.len = gb_skip_any_back(text, text.len, " \t\n\r");
        if (gb_str_ends(text, leader)) {
            end = begin + (uint32_t)(text.len - leader.len);
            i = (size_t)-1; /* again from the first */
        }
    }
    return end;
}

/* A number at the end of the formula itself: a letter and digits behind dots, not the argument of a function. */
static bool
is_number_inside(struct gb_str before, struct gb_str number)
{
    enum { LONGEST = 8, LONGEST_TYPED = 24 }; /* \mathrm{A}.1 */

    if (number.len == 0 || number.len > (gb_str_has(number, GB_STR("{")) ? LONGEST_TYPED : LONGEST))
        return false;
    before = gb_str_trim(before);
    GB_FIND(leader, leaders, GB_COUNT(leaders) - 1, gb_str_ends(before, gb_str_from(*leader)));
    return leader != NULL;
}

struct gb_span
gb_formula_number(struct gb_str raw, struct gb_span behind, struct gb_span *inside)
{
    uint32_t begin;
    struct gb_span number = find_number(raw, behind, &begin);

    if (number.end)
        return number;
    number = find_number(raw, *inside, &begin);
    struct gb_str text = gb_str_trim(gb_str_sub(raw, inside->begin, inside->end));
    if (number.end == 0 && gb_str_ends(text, GB_STR("}")) && gb_str_has(text, GB_STR("\\text{"))) { /* \text{……（1）} */
        uint32_t brace = (uint32_t)(text.ptr + text.len - 1 - raw.ptr);
        number = find_number(raw, (struct gb_span){inside->begin, brace}, &begin);
    }
    if (number.end == 0)
        return number;
    bool is_tag = gb_str_starts(gb_str_skip(raw, begin), GB_STR("\\tag"));
    if (!is_tag && !is_number_inside(gb_str_sub(raw, inside->begin, begin), gb_str_sub(raw, number.begin, number.end)))
        return (struct gb_span){0, 0};
    inside->end = strip_leaders(raw, inside->begin, begin);
    return number;
}
