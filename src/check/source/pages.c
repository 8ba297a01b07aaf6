/* What the pages of a converted document left behind: running heads, page numbers, sentences cut in two. Group MDC. */
#include "check/source/markup_priv.h"

/* ---- MDC-012: running heads and page numbers ---- */

static bool
is_furniture(const struct gb_node *n)
{
    return n && n->kind == GB_NODE_COMMENT && n->flags & GB_NODE_FURNITURE;
}

static bool
has_han_or_letters(struct gb_str s)
{
    size_t next;

    for (size_t at = 0; at < s.len; at = next) {
        uint32_t ch = gb_utf8_at(s, at, &next);
        if (gb_char_is_han(ch))
            return true;
        /* Roman numerals are pages as well. */
        if (gb_char_is_latin(ch) && !strchr("IVXivx", (int)gb_char_narrow(ch)))
            return true;
    }
    return false;
}

/* A bit of text as cells of a broken table and words of a lost picture are: short, and no sentence. */
static bool
is_fragment(const struct gb_node *n)
{
    enum { SHORT = 8 };

    if (!n || n->kind != GB_NODE_PARA || n->flags & GB_NODE_JOINED)
        return false;
    uint32_t last = n->text.str.len ? gb_char_before(n->text.str, n->text.str.len) : 0;
    return gb_str_han_length(n->text.str) <= SHORT && last != 0x3002 && last != 0xFF1B && last != 0xFF1A && last != ';';
}

/* Another lone number a few blocks away: the numbers belong to the text between them. */
static bool
has_number_near(const struct gb_node *node, bool is_before)
{
    enum { NEAR = 3 };
    const struct gb_node *n = node;

    for (unsigned i = 0; i < NEAR; i++) {
        n = is_before ? n->prev : n->next;
        if (!n)
            return false;
        if (is_furniture(n) && !has_han_or_letters(n->text.str))
            return true;
    }
    return false;
}

/* V and X below a chapter are symbols; pages have Roman numerals before the first only. */
static bool
is_symbol(const struct gb_node *node)
{
    return node->text.str.len && gb_char_is_latin(gb_char_at(node->text.str, 0)) && gb_node_clause(node);
}

/*
 * A running head is one for sure. A lone number is none beside other numbers or bits of text: cells of a table, words of a
 * picture, numbers of items.
 */
static bool
is_page_break(const struct gb_node *first, const struct gb_node *last)
{
    return has_han_or_letters(first->text.str) || has_han_or_letters(last->text.str) ||
           (first == last && !is_symbol(first) && !is_fragment(first->prev) && !is_fragment(first->next) &&
            !has_number_near(first, true) && !has_number_near(first, false));
}

/* Whole lines of the furniture with the blank lines behind them; inside a cut sentence all up to its next half. */
static bool
furniture_span(const struct gb_check *c, const struct gb_node *first, const struct gb_node *last, struct gb_span *out)
{
    const struct gb_doc *doc = c->doc;
    const struct gb_source_file *file = gb_source_file_at(doc->source, first->span.begin);
    struct gb_span begin = gb_markup_line(c, first->span.begin), end = gb_markup_line(c, last->span.begin);

    if (!doc->blanks_matter || file != gb_source_file_at(doc->source, end.begin))
        return false;
    for (const struct gb_node *n = first;; n = n->next) {
        struct gb_str line = gb_str_trim(gb_source_text(c->doc->source, gb_markup_line(c, n->span.begin)));
        line = gb_str_skip(line, gb_skip_any(line, 0, "# "));
        if (!gb_markup_is_exact(n) || !gb_str_eq(line, gb_str_trim(gb_source_text(c->doc->source, n->span))))
            return false;
        if (n == last)
            break;
    }
    uint32_t stop = file->base + (uint32_t)file->text.len;
    const char *text = file->text.ptr - file->base;
    while (end.end < stop && memchr(" \t\r\n", text[end.end], 4))
        end.end++;
    const struct gb_node *cut = first->prev;
    if (cut && cut->flags & GB_NODE_JOINED && cut->text.n_runs && gb_text_whole(&cut->text, NULL).end > end.end) {
        while (begin.begin > file->base && memchr(" \t\r\n", text[begin.begin - 1], 4))
            begin.begin--;
    } else {
        /* The blanks before text of the next line are its own, and a blank line stays where none stands above. */
        uint32_t own = end.begin;
        while (end.end > begin.begin && text[end.end - 1] != '\n' && text[end.end - 1] != '\r')
            end.end--;
        uint32_t next = gb_source_line(doc->source, own) + 1;
        if (!gb_markup_is_blank_above(file, begin.begin) && next <= file->n_lines)
            end.end = gb_source_line_span(file, next).begin;
    }
    *out = (struct gb_span){begin.begin, end.end};
    return out->begin < out->end;
}

/* Running heads and page numbers are no text. Those of one page give one finding. */
static void
check_furniture(struct gb_check *c, const struct gb_node *first)
{
    const struct gb_node *last = first;
    struct gb_span span;

    if (!is_furniture(first) || is_furniture(first->prev))
        return;
    while (is_furniture(last->next))
        last = last->next;
    if (!is_page_break(first, last))
        return;
    bool is_head = has_han_or_letters(first->text.str);
    struct gb_finding *f =
        gb_report_case(c, is_head ? NULL : "page", gb_at_text(&first->text), first, GB_ARGS(first->text.str));
    for (const struct gb_node *n = first; n != last; n = n->next)
        gb_also_there(c, f, gb_at_text(&n->next->text));
    if (furniture_span(c, first, last, &span))
        gb_fix_markup(c, f, span, GB_STR(""));
    if (first == last && !is_head)
        gb_fix_unsafe(f);
}

/* ---- MDC-013: sentences cut by a blank line ---- */

/* Bytes of some characters at the end, at the beginning of a text. */
static size_t
step(struct gb_str s, size_t at, int by)
{
    for (; by > 0 && at < s.len && s.ptr[at] != '\n'; by--)
        gb_utf8_at(s, at, &at);
    for (; by < 0 && at > 0 && s.ptr[at - 1] != '\n'; by++)
        gb_utf8_before(s, at, &at);
    return at;
}

/*
 * Is the line end at byte `at` of the text one that joined two paragraphs: a blank line, or the end of an element? *out_blank: only
 * blanks stand between them.
 */
static bool
is_cut(const struct gb_check *c, const struct gb_text *text, size_t at, struct gb_span *out_gap, bool *out_blank)
{
    bool is_exact_place = false;
    struct gb_span gap = gb_text_span(text, at, at + 1, &is_exact_place);
    struct gb_str between = gb_source_text(c->doc->source, gap);

    *out_gap = gap;
    *out_blank = is_exact_place && !gb_str_trim(between).len;
    if (gb_text_flags(text, at) & GB_RUN_HARD)
        return false;
    unsigned ends = GB_HOW_MANY(GB_ITEMS(byte, between.ptr, between.len),
                                *byte == '\n' || (*byte == '\r' && !gb_str_has(between, GB_STR("\n"))));
    return ends > 1 || gb_str_has(between, GB_STR("</"));
}

/* The furniture between the halves has its own finding. */
static bool
has_furniture(const struct gb_node *node, struct gb_span gap)
{
    return GB_ANY(for (const struct gb_node *n = node->next; n && n->kind == GB_NODE_COMMENT; n = n->next),
                  is_furniture(n) && n->span.begin >= gap.begin && n->span.end <= gap.end);
}

static bool
is_word(uint32_t ch)
{
    return ch < 0x80 && (gb_char_is_latin(ch) || gb_char_digit(ch) >= 0);
}

/* A sentence goes on behind a blank line; told at the words on both sides. */
static void
check_broken_paragraph(struct gb_check *c, const struct gb_node *node)
{
    enum { SHOWN = 4 };
    struct gb_str s = node->text.str;
    struct gb_finding *f = NULL;

    if (!(node->flags & GB_NODE_JOINED))
        return;
    GB_EACH_FOUND(at, s, GB_STR("\n"), 0) {
        struct gb_span gap;
        bool is_blank;
        if (at == 0 || at + 1 >= s.len || !is_cut(c, &node->text, at, &gap, &is_blank) || has_furniture(node, gap))
            continue;
        size_t begin = step(s, at, -SHOWN), end = step(s, at + 1, SHOWN), other;
        struct gb_at place = gb_at_part(&node->text, begin, end);
        f = gb_report_one(c, f, NULL, place, node, GB_ARGS(gb_str_sub(s, begin, at), gb_str_sub(s, at + 1, end)));
        bool is_spaced = is_word(gb_utf8_before(s, at, &other)) && is_word(gb_utf8_at(s, at + 1, &other));
        if (is_blank)
            gb_fix(c, f, gap, is_spaced ? GB_STR(" ") : GB_STR(""));
    }
}

const struct gb_check_def gb_source_page_checks[] = {
    {.name = "page-furniture", .run = check_furniture, .on = GB_ON(COMMENT), .cases = "page"},
    {.name = "broken-paragraph", .run = check_broken_paragraph, .on = GB_ON(PARA) | GB_ON(NOTE)},
    {0},
};
