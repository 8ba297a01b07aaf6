/*
 * Markers that lists do not have, ① （1） 1、 A. 一、, and what shows that they are meant for such: LST-004. GB/T 1.1—2020, 7.5.3; 2009,
 * 5.2.6.
 */
#include "check/lists/lists_priv.h"

#include "check/wording/wording_priv.h"

#include "check/clause_priv.h"
#include "check/structure/elements_priv.h"

/* Forms of markers that lists do not have. */
enum odd_form {
    ODD_NONE,
    ODD_CIRCLE,   /* ① */
    ODD_BRACKETS, /* （1） */
    ODD_DOTTED,   /* 1. 1、 */
    ODD_LETTER,   /* a. A) （a） */
    ODD_CHINESE,  /* 一、 （一） */
    ODD_ROMAN,    /* ⅰ) Ⅰ. */
    ODD_TICK,     /* √ */
};

struct odd {
    enum odd_form form;
    unsigned value;
    size_t begin, end; /* in the text */
};

/* A short number, letter or numeral at *at, which moves behind it. */
static enum odd_form
take_value(struct gb_str s, size_t *at, unsigned *out_value)
{
    size_t next;
    uint32_t c = *at < s.len ? gb_char_narrow(gb_utf8_at(s, *at, &next)) : 0;
    unsigned digits = 0, value = 0;

    if (c && (value = gb_han_digit(c))) {
        *at = next;
        *out_value = value;
        return ODD_CHINESE;
    }
    if (gb_is_letter(c)) {
        *at = next;
        *out_value = (c | 0x20) - 'a' + 1;
        return ODD_LETTER;
    }
    while (*at < s.len && gb_char_digit(c = gb_utf8_at(s, *at, &next)) >= 0 && digits++ < 3) {
        value = value * 10 + (unsigned)gb_char_digit(c);
        *at = next;
    }
    *out_value = value;
    return digits && digits < 3 ? ODD_DOTTED : ODD_NONE;
}

/* The marker at a line's head, where the text behind it begins with a word. */
static struct odd
odd_marker(struct gb_str line)
{
    struct odd odd = {.begin = gb_str_skip_space(line, 0)};
    size_t at = odd.begin, next;
    uint32_t c = at < line.len ? gb_utf8_at(line, at, &next) : 0;
    bool has_bracket = gb_char_narrow(c) == '(';

    if (c >= 0x2460 && c <= 0x2473) {
        odd.form = ODD_CIRCLE;
        odd.value = c - 0x2460 + 1;
        at = next;
    } else if ((c >= 0x2170 && c <= 0x2179) || (c >= 0x2160 && c <= 0x2169)) {
        uint32_t close = next < line.len ? gb_char_narrow(gb_utf8_at(line, next, &at)) : 0;
        if (close != ')' && close != '.' && close != 0x3001 /* 、 */)
            return (struct odd){0};
        odd.form = ODD_ROMAN;
        odd.value = (c & 0xF) + 1;
    } else {
        at = has_bracket ? next : at;
        bool is_capital = at < line.len && gb_is_upper(line.ptr[at]);
        odd.form = take_value(line, &at, &odd.value);
        uint32_t close = at < line.len ? gb_char_narrow(gb_utf8_at(line, at, &next)) : 0;
        bool closes = has_bracket ? close == ')'
                                  : (close == '.' && odd.form != ODD_CHINESE) || close == 0x3001 /* 、 */ ||
                                        (close == ')' && is_capital);
        if (!odd.form || !closes)
            return (struct odd){0};
        if (has_bracket && odd.form == ODD_DOTTED)
            odd.form = ODD_BRACKETS;
        at = next;
    }
    odd.end = at;
    at = gb_str_skip_space(line, at);
    c = at < line.len ? gb_utf8_at(line, at, &next) : 0;
    bool is_sure = odd.form == ODD_BRACKETS || odd.form == ODD_CIRCLE; /* （1）8:00前到达, （2）pH值 */
    if (!gb_char_is_han(c) && c != 0x201C && c != 0x300A /* “ 《 */ &&
        !(is_sure && gb_is_alnum(c) && gb_str_has_han(gb_str_skip(line, at))))
        odd.form = ODD_NONE;
    return odd;
}

/* First bytes of odd markers; most lines begin with a Han character. */
static bool
may_be_odd(struct gb_str line)
{
    unsigned char c = line.len ? (unsigned char)line.ptr[0] : 0;

    if (c < 0x80)
        return c && (c == '(' || c == ' ' || gb_is_alnum(c));
    bool may_be_numeral = c == 0xE4 || c == 0xE5; /* 一 to 十 */
    return c == 0xEF || c == 0xE2 || c == 0xE3 || (may_be_numeral && gb_han_digit(gb_char_at(line, 0)));
}

bool
gb_has_odd_marker(struct gb_str text, unsigned value)
{
    if (!may_be_odd(text))
        return false;
    struct odd odd = odd_marker(text);
    return odd.form && (!value || odd.value == value);
}

bool
gb_item_is_odd(const struct gb_list *g, uint32_t i)
{
    const struct gb_node *item = g->items[i].node;
    unsigned before = i ? gb_item_value(g->items[i - 1].node) : 0,
             behind = i + 1 < g->n ? gb_item_value(g->items[i + 1].node) : 0;

    if (gb_item_value(item) || (!before && !behind))
        return false;
    return gb_has_odd_marker(item->text.str, before ? before + 1 : behind - 1);
}

/* A run of lines or items with odd markers that count from 1. */
struct odd_run {
    struct gb_check *c;
    enum odd_form form;
    unsigned n;
    struct gb_finding *finding;
};

static void
add_odd(struct odd_run *run, const struct gb_node *node, const struct gb_text *line, const struct odd *odd)
{
    struct gb_at at = gb_at_part(line, odd->begin, odd->end);
    bool blank = !(odd->end < line->str.len && gb_char_is_space((unsigned char)line->str.ptr[odd->end]));

    if (run->n++ == 0) {
        run->form = odd->form;
        run->finding =
            gb_report(run->c, at, node,
                      GB_ARGS(gb_str_sub(line->str, odd->begin, odd->end), gb_letter_marker(run->c, 1, false)));
    } else {
        gb_also_there(run->c, run->finding, at);
    }
    if (odd->value && odd->value <= GB_LETTERS)
        gb_fix(run->c, run->finding, gb_text_span(line, odd->begin, odd->end, NULL),
               gb_letter_marker(run->c, odd->value, blank));
}

/* The line of a text that begins at *at, which moves behind it. */
static bool
next_line(const struct gb_text *text, size_t *at, struct gb_text *out)
{
    return *at < text->str.len && gb_text_next_line(text, at, out, NULL);
}

static bool
ends_in_colon(struct gb_str line)
{
    size_t begin;
    return line.len && gb_char_narrow(gb_last_char(line, &begin)) == ':';
}

/* Where lines are read from: the paragraphs that follow on each other, line by line. */
struct lines {
    const struct gb_node *node;
    size_t at;
};

static bool
read_line(struct lines *lines, struct gb_text *out)
{
    while (lines->node && lines->node->kind == GB_NODE_PARA) {
        if (next_line(&lines->node->text, &lines->at, out))
            return true;
        lines->node = gb_block_behind(lines->node);
        lines->at = 0;
    }
    return false;
}

/* Is the line at `lines` the second of the run? */
static bool
goes_on(struct lines lines, enum odd_form form)
{
    struct gb_text line;

    struct odd odd = read_line(&lines, &line) ? odd_marker(line.str) : (struct odd){0};
    return odd.form == form && odd.value == 2;
}

/*
 * Paragraphs that are a list by what leads them in, or by a sign that nothing but lists has. （1） without lead-in is told of as
 * numbered paragraphs: NUM-020.
 */
static bool
is_list_here(const struct gb_node *para, struct gb_str line_before, enum odd_form form)
{
    const struct gb_node *before = gb_block_before(para);

    if (line_before.len)
        return ends_in_colon(line_before);
    return form == ODD_CIRCLE || (before ? before->kind == GB_NODE_PARA && ends_in_colon(before->text.str)
                                         : ends_in_colon(para->parent->title.str));
}

static bool
is_judged_place(const struct gb_node *para)
{
    return GB_AMONG(gb_zone_of(para), GB_ZONE_BODY, GB_ZONE_NORMATIVE_ANNEX, GB_ZONE_TERMS, GB_ZONE_SCOPE,
                    GB_ZONE_INFORMATIVE_ANNEX, GB_ZONE_FOREWORD, GB_ZONE_INTRO) &&
           !GB_AMONG(para->encoding, GB_ENCODING_QUOTE, GB_ENCODING_FENCE, GB_ENCODING_HEADING) &&
           !GB_AMONG(para->parent->kind, GB_NODE_WHERE, GB_NODE_EXAMPLE, GB_NODE_FIGURE /* FIG-012 */) &&
           !gb_is_in_sample(para);
}

/* 应有：①合格证；②说明书。 in one line: a list without items. */
static void
judge_inline(struct gb_check *c, const struct gb_node *para)
{
    struct gb_str s = para->text.str, one = GB_STR("①");
    size_t at = gb_str_find(s, one, 0);

    if (at == GB_NOT_FOUND || !ends_in_colon(gb_str_sub(s, 0, at)) ||
        gb_str_find(s, GB_STR("；②"), at) == GB_NOT_FOUND || !is_judged_place(para))
        return;
    gb_report(c, gb_at_part(&para->text, at, at + one.len), para, GB_ARGS(one, gb_letter_marker(c, 1, false)));
}

/* Reads the run whose first line is given, and leaves `lines` behind it. */
static void
take_run(struct gb_check *c, struct lines *lines, const struct gb_node *node, struct gb_text line, struct odd odd)
{
    struct odd_run run = {.c = c};
    struct lines ahead = *lines;
    enum odd_form form = odd.form;
    unsigned value = 1;

    add_odd(&run, node, &line, &odd);
    while (read_line(&ahead, &line)) {
        odd = odd_marker(line.str);
        if (odd.form != form || odd.value != ++value)
            break;
        add_odd(&run, ahead.node, &line, &odd);
        *lines = ahead;
    }
}

static void
judge_para(struct gb_check *c, const struct gb_node *para)
{
    struct lines lines = {.node = para};
    struct gb_text line;
    struct gb_str before = {0};

    while (lines.node == para && next_line(&para->text, &lines.at, &line)) {
        struct odd odd = {0};
        if (may_be_odd(line.str))
            odd = odd_marker(line.str);
        if (odd.form && odd.value == 1 && is_list_here(para, before, odd.form) && goes_on(lines, odd.form) &&
            is_judged_place(para))
            take_run(c, &lines, para, line, odd);
        before = line.str;
    }
}

/* Items whose text begins with a marker of its own, behind a bullet of the markup or where the reader found none. */
static void
judge_items(struct gb_check *c, const struct gb_list *g)
{
    struct odd_run run = {.c = c};

    for (uint32_t i = 0; i < g->n; i++) {
        const struct gb_node *item = g->items[i].node;
        struct odd odd = {0};
        if (!gb_marker_is_typed(item) && may_be_odd(item->text.str))
            odd = odd_marker(item->text.str);
        if (!odd.form || odd.value != run.n + 1 || (run.n && odd.form != run.form)) {
            if (!run.n && i == 0)
                return;
            continue;
        }
        if (!run.n) { /* the second tells whether it is one */
            struct odd second = g->n > 1 ? odd_marker(g->items[1].node->text.str) : (struct odd){0};
            if (second.form != odd.form || second.value != 2)
                return;
        }
        add_odd(&run, item, &item->text, &odd);
    }
}

/* "- ②" alone among letters. */
static void
judge_odd_items(struct gb_check *c, const struct gb_list *g)
{
    for (uint32_t i = 0; g->n_lists > 1 && i < g->n; i++) {
        if (gb_item_is_odd(g, i)) {
            struct odd_run run = {.c = c};
            struct odd odd = odd_marker(g->items[i].node->text.str);
            add_odd(&run, g->items[i].node, &g->items[i].node->text, &odd);
        }
    }
}

/* The value of the first or last marker of a list; 0 for another node. */
static unsigned
value_at(const struct gb_node *list, bool last)
{
    if (!list || list->kind != GB_NODE_LIST || !list->first)
        return 0;
    const struct gb_node *item = last ? list->last : gb_item_from(list->first);
    return item && item->kind == GB_NODE_ITEM ? gb_item_value(item) : 0;
}

/* "②" alone between a) and c), or at either end of a list that goes on with it: a paragraph, as the reader has it. */
static bool
is_stray(const struct gb_node *para, struct odd *odd)
{
    const struct gb_node *before = gb_block_before(para);
    unsigned last = value_at(before, true), first = value_at(gb_block_behind(para), false);

    if (last && first == last + 2)
        odd->value = last + 1;
    if (last && odd->value == last + 1) {
        enum gb_end_mark mark = gb_end_of(&before->last->text).mark;
        return first == odd->value + 1 || mark == GB_END_SEMICOLON || mark == GB_END_COMMA;
    }
    return first == 2 && odd->value == 1 && gb_end_of(&para->text).mark == GB_END_SEMICOLON;
}

static void
judge_stray(struct gb_check *c, const struct gb_node *para)
{
    struct odd_run run = {.c = c};
    struct odd odd = odd_marker(para->text.str);

    if (odd.form && is_stray(para, &odd) && is_judged_place(para))
        add_odd(&run, para, &para->text, &odd);
}

/* Is the first item marked i), and does ii) follow, which is no marker to the reader? */
bool
gb_list_is_roman(const struct gb_list *g)
{
    enum { I = 9 }; /* the letter */
    const struct gb_node *list = g->first, *item = gb_item_from(list->first), *behind = gb_block_behind(list);

    if (g->n != 1 || !item || gb_item_value(item) != I || !gb_list_is(list, "alpha") || !behind ||
        behind->kind != GB_NODE_PARA)
        return false;
    return GB_STARTS_WITH(behind->text.str, "ii)", "ii）");
}

/* 1. of the markup, alone in a draft that types the markers of all other lists: not what a conversion makes of them. */
static void
judge_markup_numbers(struct gb_check *c)
{
    enum { FEWEST_TYPED = 2 };
    const struct gb_list_item *odd = NULL;
    unsigned n_typed = 0, n_odd = 0;

    GB_EACH_LIST(g, c) {
        bool is_typed = gb_marker_is_typed(g->items->node);
        n_typed += is_typed && g->n > 1;
        if (is_typed || g->items->node->parent->encoding == GB_ENCODING_LOST)
            continue;
        odd = g->items;
        n_odd++;
    }
    if (n_odd != 1 || n_typed < FEWEST_TYPED || !odd->node->next || !gb_str_is(c->doc->format, "markdown") ||
        gb_skip_digits(odd->node->marker.str, 0) == 0 || !gb_str_ends(odd->node->marker.str, GB_STR(".")) ||
        (!odd->node->parent->prev && !ends_in_colon(odd->node->parent->parent->title.str)))
        return;
    gb_report_case(c, "markup", gb_at_item(odd->node), odd->node,
                   GB_ARGS(odd->node->marker.str, gb_letter_marker(c, 1, false)));
}

/* 1）、受理: bracket and enumeration comma. */
static void
judge_double_marks(struct gb_check *c, const struct gb_list *g)
{
    struct gb_finding *f = NULL;

    GB_EACH_ITEM(each, g) {
        const struct gb_node *item = each->node;
        if (!gb_marker_is_typed(item) || !gb_str_starts(item->text.str, GB_STR("、")))
            continue;
        struct gb_at at = gb_at_item(item);
        f = gb_report_one(c, f, NULL, at, item,
                          GB_ARGS(gb_arena_printf(c->arena, "%.*s、", GB_FMT(item->marker.str)), item->marker.str));
        gb_fix(c, f, gb_text_span(&item->text, 0, strlen("、"), NULL), GB_STR(""));
    }
}

/* i), ii), iii): in the place of letters. */
static void
judge_roman(struct gb_check *c, const struct gb_list *g)
{
    if (!gb_list_is_roman(g))
        return;
    const struct gb_node *item = g->items->node;
    gb_report(c, gb_at_item(item), item, GB_ARGS(item->marker.str, gb_letter_marker(c, 1, false)));
}

/* A), I), i), ii): the numeration that an attribute of the markup asks for. */
static void
judge_numeration(struct gb_check *c, const struct gb_list *g)
{
    const struct gb_node *item = g->items->node;
    struct gb_str s = item->marker.str;

    if (item->marker.n_runs || !gb_list_is(item->parent, "dash") || !s.len || !gb_is_letter(s.ptr[0]))
        return;
    gb_report(c, gb_at_item(item), item, GB_ARGS(s, g->is_nested ? GB_STR("1)") : gb_letter_marker(c, 1, false)));
}

/* √ at the head of each item that the reader found by its end alone. */
static void
judge_ticks(struct gb_check *c, const struct gb_list *g)
{
    GB_WORDS(ticks, "√", "☑", "✅", "※", "◉", "⚫");
    struct odd_run run = {.c = c};

    for (uint32_t i = 0; i < g->n; i++) {
        const struct gb_text *text = &g->items[i].node->text;
        size_t tick = gb_any_at_start(text->str, ticks, GB_COUNT(ticks));
        if (!tick || gb_marker_is_typed(g->items[i].node) || (i == 0 && g->n < 2))
            return;
        add_odd(&run, g->items[i].node, text, &(struct odd){.form = ODD_TICK, .end = tick});
    }
}

/* ■, ◆, ○, ➢ in the place of a dash. */
static void
judge_symbols(struct gb_check *c, const struct gb_list *g)
{
    struct gb_finding *f = NULL;

    if (!gb_list_is(g->first, "dot"))
        return;
    GB_EACH_ITEM(each, g) {
        const struct gb_node *item = each->node;
        if (!gb_marker_is_typed(item) || !gb_is_one_of(gb_char_at(item->marker.str, 0), "■◆○▪◦◇◎➢➤►▶▲★☆✓✔"))
            continue;
        f = gb_report_one(c, f, NULL, gb_at_item(item), item, GB_ARGS(item->marker.str, GB_STR("——")));
        gb_fix_marker(c, f, item, 0);
    }
}

/* Source: GB/T 1.1—2020, 7.5.3; 2009, 5.2.6. The bullets of the markup and its 1. are how lists are typed in a file. */
static void
check_form(struct gb_check *c)
{
    judge_markup_numbers(c);
    GB_EACH_LIST(g, c) {
        judge_items(c, g);
        judge_odd_items(c, g);
        judge_symbols(c, g);
        judge_ticks(c, g);
        judge_roman(c, g);
        judge_numeration(c, g);
        judge_double_marks(c, g);
    }
    GB_EACH_NODE(para, &c->facts->of_kind[GB_NODE_PARA]) {
        const struct gb_text *text = &para->text;
        if (may_be_odd(text->str) || (text->n_runs > 1 && memchr(text->str.ptr, '\n', text->str.len)))
            judge_para(c, para);
        if (may_be_odd(text->str))
            judge_stray(c, para);
        else
            judge_inline(c, para);
    }
}

const struct gb_check_def gb_list_form_checks[] = {
    {.name = "list-marker-form", .whole = check_form, .cases = "markup"},
    {0},
};
