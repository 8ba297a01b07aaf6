/* Formulas, their numbers and their legends. */
#include "read/build.h"

#include "text/chars.h"
#include "text/utf8.h"

/* ── formulas ──────────────────────────────────────────────────────────── */

/* Without what leads to a formula's number: ……（1）, 式（1）. */
static struct gb_text
behind_leader(const struct gb_text *line)
{
    size_t at = 0, next;

    while (at < line->str.len) {
        uint32_t c = gb_utf8_at(line->str, at, &next);
        if (c != '.' && c != 0x2026 && c != 0x22EF && c != 0x00B7 && c != U'式' && !gb_char_is_space(c))
            break;
        at = next;
    }
    return gb_text_slice(line, at, line->str.len);
}

/* The open item that leads in a formula: it ends in a colon, and nothing stands behind it. The last one of a list, too. */
static struct gb_node *
leading_item(const struct gb_builder *b)
{
    struct gb_node *item = b->n_lists ? b->lists[b->n_lists - 1].item : NULL;

    return item && !item->first && gb_ends_with(item->text.str, "：:") ? item : NULL;
}

void
gb_take_formula(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_node *item = leading_item(b);
    struct gb_node *formula = gb_add(b, item ? item : gb_content_parent(b), GB_NODE_FORMULA, gb_unit_encoding(u), &u->text);

    formula->text = u->text;
    formula->span = u->block->span;
    if (!(u->block->flags & GB_BLOCK_APPROX))
        formula->flags &= ~(uint32_t)GB_NODE_APPROX;
    struct gb_text label = u->block->label;
    size_t colon = gb_str_find(label.str, GB_STR(":"), 0);
    if (colon != GB_NOT_FOUND) /* {#eq:1} */
        label = gb_text_slice(&label, colon + 1, label.str.len);
    if (label.str.len && gb_parse_single(label.str, &formula->num))
        formula->number = label;
    b->i++;
    /* The number may stand alone on the next line: （1）. */
    size_t k = gb_next_unit(b, b->i);
    struct gb_number num;
    if (!formula->num.n && k < b->n && gb_unit_is_line(&b->units[k])) {
        struct gb_text behind = behind_leader(&b->units[k].text);
        const struct gb_text *line = &behind;
        struct gb_str s = line->str;
        bool bracketed = gb_str_starts(s, GB_STR("（")) || gb_str_starts(s, GB_STR("("));
        if (bracketed && gb_ends_with(s, "）)") && s.len <= 16 && gb_parse_single(s, &num)) {
            size_t open = s.ptr[0] == '(' ? 1 : strlen("（");
            size_t close = s.ptr[s.len - 1] == ')' ? 1 : strlen("）");
            formula->num = num;
            formula->number = gb_text_slice(line, open, s.len - close);
            b->i = k + 1;
        }
    }
    b->formula = formula;
}

/* ── legends ───────────────────────────────────────────────────────────── */

/* Number of Han characters outside of formulas. */
static size_t
words_outside_formulas(struct gb_str s)
{
    size_t n = 0;
    bool inside = false;

    for (size_t at = 0; at < s.len;) {
        uint32_t c = gb_utf8_at(s, at, &at);
        if (c == '$')
            inside = !inside;
        else if (!inside)
            n += gb_char_is_han(c);
    }
    return n;
}

bool
gb_is_legend_line(struct gb_str line)
{
    enum { LONGEST = 12, LONGEST_SYMBOL = 400 };
    static const char *const dashes[] = {"——", "—", "–", "--", "－"};
    size_t best = GB_NOT_FOUND;

    for (size_t i = 0; i < GB_COUNT(dashes); i++) {
        size_t at = gb_str_find(line, gb_str_from(dashes[i]), 0);
        if (at < best)
            best = at;
    }
    if (best == GB_NOT_FOUND || best == 0 || best > LONGEST_SYMBOL)
        return false;
    struct gb_str symbol = gb_str_sub(line, 0, best);
    return words_outside_formulas(symbol) <= LONGEST && (gb_str_has(symbol, GB_STR("$")) || gb_str_han_length(symbol) <= LONGEST);
}

/* Length of 式中： at the head of the line; right behind a formula also of 其中： and, before a symbol, of 式中. 0: no legend. */
static size_t
legend_lead(const struct gb_builder *b, struct gb_str line)
{
    static const char *const leads[] = {"式中：", "式中:", "其中：", "其中:", "式中"};
    enum { UNCONDITIONAL = 2 };
    bool behind_formula = b->formula && !b->formula->next && b->formula->parent->last == b->formula;

    for (size_t i = 0; i < GB_COUNT(leads); i++) {
        struct gb_str lead = gb_str_from(leads[i]), rest = gb_str_skip(line, lead.len);
        if (!gb_str_starts(line, lead) || (i >= UNCONDITIONAL && !behind_formula))
            continue;
        if (i < UNCONDITIONAL || gb_str_trim(rest).len == 0 || gb_is_legend_line(rest))
            return lead.len;
    }
    return 0;
}

bool
gb_take_legend(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_str line = u->text.str;
    size_t lead = legend_lead(b, line);

    if (lead == 0)
        return false;
    struct gb_node *item = b->formula && !b->formula->next && b->formula->parent->kind == GB_NODE_ITEM ? b->formula->parent : NULL;
    struct gb_node *where = gb_add(b, item ? item : gb_content_parent(b), GB_NODE_WHERE, gb_unit_encoding(u), &u->text);
    where->marker = gb_text_slice(&u->text, 0, lead);
    struct gb_text rest = gb_text_slice(&u->text, lead, line.len);
    rest = gb_text_trim(&rest);
    if (rest.str.len)
        gb_add_para(b, where, &rest, gb_unit_encoding(u));
    b->i++;
    while (b->i < b->n) {
        const struct gb_unit *next = &b->units[b->i];
        struct gb_number_mark number;
        if (next->is_furniture && gb_take_furniture(b))
            continue;
        if (!gb_unit_is_line(next) || !gb_is_legend_line(next->text.str) || gb_opens_clause(b, b->i, &number))
            break;
        gb_add_para(b, where, &next->text, gb_unit_encoding(next));
        b->i++;
    }
    return true;
}
