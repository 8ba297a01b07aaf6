/*
 * The markers of lists: their form, depth, sequence and kind: LST-004 to LST-009. GB/T 1.1—2020, 7.5.2 and 7.5.3; 2009, 5.2.6.
 */
#include "check/lists_priv.h"

#include "check/clause_priv.h"
#include "check/elements_priv.h"
#include "text/chars.h"
#include "text/utf8.h"

extern const struct gb_check_def gb_list_marker_checks[];

enum { MOST_RELATED = 30, LETTERS = 26 };

static const struct gb_list_item *
items_of(struct gb_check *c, const struct gb_list *g)
{
    return gb_lists_of(c)->items + g->from;
}

static struct gb_at
at_marker(const struct gb_node *item)
{
    return item->marker.n_runs && item->marker.str.len ? gb_at_text(&item->marker) : gb_at_head(item);
}

static struct gb_str
letter_marker(struct gb_check *c, unsigned value, bool blank)
{
    return gb_arena_printf(gb_check_context(c)->arena, "%c)%s", (int)('a' + value - 1), blank ? " " : "");
}

/* Puts another marker in the place of a typed one, and a blank behind a letter where the text follows at once. */
static void
fix_marker(struct gb_check *c, struct gb_finding *f, const struct gb_node *item, unsigned letter)
{
    struct gb_span span = gb_text_whole(&item->marker, NULL), text = gb_text_whole(&item->text, NULL);

    if (!gb_marker_is_typed(item))
        return;
    gb_fix(c, f, span, letter ? letter_marker(c, letter, span.end == text.begin) : GB_STR("——"));
}

/* ---- LST-004: form ---- */

/* Forms of markers that lists do not have. */
enum odd_form {
    ODD_NONE,
    ODD_CIRCLE,   /* ① */
    ODD_BRACKETS, /* （1） */
    ODD_DOTTED,   /* 1. 1、 */
    ODD_LETTER,   /* a. A) （a） */
    ODD_CHINESE,  /* 一、 （一） */
};

struct odd {
    enum odd_form form;
    unsigned value;
    size_t begin, end; /* in the text */
};

static unsigned
chinese_digit(uint32_t c)
{
    static const struct gb_str digits = GB_WORD("一二三四五六七八九十");
    unsigned value = 0;

    for (size_t at = 0; at < digits.len;) {
        value++;
        if (gb_utf8_at(digits, at, &at) == c)
            return value;
    }
    return 0;
}

/* A short number, letter or numeral at *at, which moves behind it. */
static enum odd_form
take_value(struct gb_str s, size_t *at, unsigned *out_value)
{
    size_t next;
    uint32_t c = *at < s.len ? gb_char_narrow(gb_utf8_at(s, *at, &next)) : 0;
    unsigned digits = 0, value = 0;

    if (c && (value = chinese_digit(c))) {
        *at = next;
        *out_value = value;
        return ODD_CHINESE;
    }
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
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

static size_t
skip_blanks(struct gb_str s, size_t at)
{
    size_t next;

    while (at < s.len && gb_char_is_space(gb_utf8_at(s, at, &next)))
        at = next;
    return at;
}

/* The marker at a line's head, where the text behind it begins with a word. */
static struct odd
odd_marker(struct gb_str line)
{
    struct odd odd = {.begin = skip_blanks(line, 0)};
    size_t at = odd.begin, next;
    uint32_t c = at < line.len ? gb_utf8_at(line, at, &next) : 0;
    bool has_bracket = gb_char_narrow(c) == '(';

    if (c >= 0x2460 && c <= 0x2473) {
        odd.form = ODD_CIRCLE;
        odd.value = c - 0x2460 + 1;
        at = next;
    } else {
        at = has_bracket ? next : at;
        bool is_capital = at < line.len && line.ptr[at] >= 'A' && line.ptr[at] <= 'Z';
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
    at = skip_blanks(line, at);
    c = at < line.len ? gb_utf8_at(line, at, &next) : 0;
    if (!gb_char_is_han(c) && c != 0x201C && c != 0x300A) /* “ 《 */
        odd.form = ODD_NONE;
    return odd;
}

/* First bytes of odd markers; most lines begin with a Han character. */
static bool
may_be_odd(struct gb_str line)
{
    unsigned char c = line.len ? (unsigned char)line.ptr[0] : 0;
    size_t next;

    if (c < 0x80)
        return c && (c == '(' || c == ' ' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'));
    return c == 0xEF || c == 0xE2 || c == 0xE3 || (c < 0xF0 && chinese_digit(gb_utf8_at(line, 0, &next)));
}

/* A run of lines or items with odd markers that count from 1. */
struct odd_run {
    struct gb_check *c;
    enum odd_form form;
    unsigned n;
    const struct gb_node *node;    /* of the first */
    struct gb_finding *finding;
};

static void
add_odd(struct odd_run *run, const struct gb_node *node, const struct gb_text *line, const struct odd *odd)
{
    struct gb_at at = gb_at_part(line, odd->begin, odd->end);
    bool blank = !(odd->end < line->str.len && gb_char_is_space((unsigned char)line->str.ptr[odd->end]));

    if (run->n++ == 0) {
        run->node = node;
        run->form = odd->form;
        const struct gb_str args[] = {gb_str_sub(line->str, odd->begin, odd->end), letter_marker(run->c, 1, false)};
        run->finding = gb_report(run->c, at, node, args, GB_COUNT(args));
    } else if (run->n <= MOST_RELATED) {
        gb_also(run->c, run->finding, at, GB_STR(""));
    }
    if (odd->value && odd->value <= LETTERS)
        gb_fix(run->c, run->finding, gb_text_span(line, odd->begin, odd->end, NULL),
               letter_marker(run->c, odd->value, blank));
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

    if (!read_line(&lines, &line))
        return false;
    struct odd odd = odd_marker(line.str);
    return odd.form == form && odd.value == 2;
}

/*
 * Paragraphs that are a list by what leads them in, or by a sign that nothing but lists has. （1） without lead-in is told of as
 * numbered paragraphs: NUM-020.
 */
static bool
is_list_here(const struct gb_node *before, struct gb_str line_before, enum odd_form form)
{
    if (line_before.len)
        return ends_in_colon(line_before);
    if (before && before->kind == GB_NODE_PARA && ends_in_colon(before->text.str))
        return true;
    return form == ODD_CIRCLE;
}

static bool
is_judged_place(const struct gb_node *para)
{
    enum gb_zone zone = gb_zone_of(para);
    bool is_body = zone == GB_ZONE_BODY || zone == GB_ZONE_NORMATIVE_ANNEX || zone == GB_ZONE_TERMS || zone == GB_ZONE_SCOPE ||
                   zone == GB_ZONE_INFORMATIVE_ANNEX || zone == GB_ZONE_FOREWORD || zone == GB_ZONE_INTRO;

    return is_body && para->encoding != GB_ENCODING_QUOTE && para->encoding != GB_ENCODING_FENCE &&
           para->encoding != GB_ENCODING_HEADING && para->parent->kind != GB_NODE_WHERE &&
           para->parent->kind != GB_NODE_EXAMPLE && !gb_is_in_sample(para);
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
        if (odd.form && odd.value == 1 && is_list_here(gb_block_before(para), before, odd.form) &&
            goes_on(lines, odd.form) && is_judged_place(para))
            take_run(c, &lines, para, line, odd);
        before = line.str;
    }
}

/* Items whose text begins with a marker of its own, behind a bullet of the markup or where the reader found none. */
static void
judge_items(struct gb_check *c, const struct gb_list *g)
{
    const struct gb_list_item *items = items_of(c, g);
    struct odd_run run = {.c = c};

    for (uint32_t i = 0; i < g->n; i++) {
        const struct gb_node *item = items[i].node;
        struct odd odd = {0};
        if (!gb_marker_is_typed(item) && may_be_odd(item->text.str))
            odd = odd_marker(item->text.str);
        if (!odd.form || odd.value != run.n + 1 || (run.n && odd.form != run.form)) {
            if (!run.n && i == 0)
                return;
            continue;
        }
        if (!run.n) { /* the second tells whether it is one */
            struct odd second = g->n > 1 ? odd_marker(items[1].node->text.str) : (struct odd){0};
            if (second.form != odd.form || second.value != 2)
                return;
        }
        add_odd(&run, item, &item->text, &odd);
    }
}

/* ■, ◆, ○ in the place of a dash. */
static void
judge_symbols(struct gb_check *c, const struct gb_list *g)
{
    const struct gb_list_item *items = items_of(c, g);
    struct gb_finding *f = NULL;
    size_t next;

    if (!gb_list_is(g->first, "dot"))
        return;
    for (uint32_t i = 0; i < g->n; i++) {
        const struct gb_node *item = items[i].node;
        if (!gb_marker_is_typed(item) || !gb_is_one_of(gb_utf8_at(item->marker.str, 0, &next), "■◆○"))
            continue;
        if (!f)
            f = gb_report(c, at_marker(item), item, GB_ARGS(item->marker.str, GB_STR("——")));
        else if (f->n_related < MOST_RELATED)
            gb_also(c, f, at_marker(item), GB_STR(""));
        fix_marker(c, f, item, 0);
    }
}

/* "（2）" alone among letters: the reader leaves it in the item before. */
static void
judge_strays(struct gb_check *c, const struct gb_list *g)
{
    const struct gb_list_item *items = items_of(c, g);

    for (uint32_t i = 0; i + 1 < g->n; i++) {
        const struct gb_node *para = items[i].node->first;
        unsigned value = gb_item_value(items[i].node);
        if (!value || !para || para->kind != GB_NODE_PARA || gb_item_value(items[i + 1].node) != value + 2)
            continue;
        struct odd odd = odd_marker(para->text.str);
        if (odd.form && odd.value == value + 1) {
            struct odd_run run = {.c = c};
            add_odd(&run, para, &para->text, &odd);
        }
    }
}

/* Source: GB/T 1.1—2020, 7.5.3; 2009, 5.2.6. The bullets of the markup and its 1. are how lists are typed in a file. */
static void
check_form(struct gb_check *c, const struct gb_node *doc)
{
    const struct gb_lists *lists = gb_lists_of(c);
    const struct gb_nodes *paras = &gb_check_context(c)->facts->of_kind[GB_NODE_PARA];

    (void)doc;
    if (gb_is_engineering(gb_check_context(c)))
        return;
    for (uint32_t i = 0; i < lists->n; i++) {
        judge_items(c, &lists->all[i]);
        judge_symbols(c, &lists->all[i]);
        judge_strays(c, &lists->all[i]);
    }
    for (uint32_t i = 0; i < paras->n; i++) {
        const struct gb_text *text = &paras->items[i]->text;
        if (may_be_odd(text->str) || (text->n_runs > 1 && memchr(text->str.ptr, '\n', text->str.len)))
            judge_para(c, paras->items[i]);
    }
}

/* ---- LST-005: depth ---- */

static unsigned
depth_of(const struct gb_node *list)
{
    unsigned depth = 1;

    for (const struct gb_node *n = list->parent; n && (n->kind == GB_NODE_ITEM || n->kind == GB_NODE_LIST); n = n->parent)
        depth += n->kind == GB_NODE_LIST;
    return depth;
}

/* Source: GB/T 1.1—2020, 7.5.2; 2009, 5.2.6. Told where the third level begins, for the first time in each list of the second. */
static void
check_depth(struct gb_check *c, const struct gb_node *doc)
{
    const struct gb_lists *lists = gb_lists_of(c);
    const struct gb_node *told = NULL;

    (void)doc;
    for (uint32_t i = 0; i < lists->n; i++) {
        const struct gb_list *g = &lists->all[i];
        if (!g->is_nested || g->n < 2 || g->lead != GB_LEAD_COLON || depth_of(g->first) != 3)
            continue;
        const struct gb_node *second = g->first->parent->parent;
        if (second != told)
            gb_report(c, at_marker(items_of(c, g)->node), items_of(c, g)->node, GB_NO_ARGS);
        told = second;
    }
}

/* ---- LST-006: sequence ---- */

/* Letters that a conversion reads as a digit or another letter: what stands there is not what the author typed. */
static bool
is_misread(unsigned due, const struct gb_node *before)
{
    static const struct {
        char letter, read;
    } pairs[] = {{'i', 1}, {'l', 1}, {'g', 9}, {'q', 9}, {'b', 6}, {'s', 5}, {'z', 2}};
    const struct gb_node *list = before ? before->last : NULL;

    if (!list || list->kind != GB_NODE_LIST || list->first != list->last || !list->first)
        return false;
    for (size_t i = 0; i < GB_COUNT(pairs); i++) {
        if (due == (unsigned)(pairs[i].letter - 'a') + 1 && gb_item_value(list->first) == (unsigned)pairs[i].read)
            return true;
    }
    return false;
}

/* Could the marker that is due stand in the item before, where the reader did not know it for one? */
static bool
is_hidden(struct gb_check *c, const struct gb_node *before, unsigned due, bool is_letter)
{
    struct gb_arena *arena = gb_check_context(c)->arena;

    for (const struct gb_node *n = before->first; n; n = n->next) {
        if (n->kind == GB_NODE_PARA)
            return true;
    }
    struct gb_str narrow = is_letter ? letter_marker(c, due, false) : gb_arena_printf(arena, "%u)", due);
    struct gb_str wide = gb_arena_printf(arena, "%.*s）", (int)narrow.len - 1, narrow.ptr);
    return gb_str_has(before->text.str, narrow) || gb_str_has(before->text.str, wide) || (is_letter && is_misread(due, before));
}

/* A list that some other kind of marker interrupts, on the same level or seemingly inside of an item, is LST-008. */
static bool is_mixed(struct gb_check *c, const struct gb_list *g);

static void
report_sequence(struct gb_check *c, const char *which, const struct gb_node *item, unsigned due, bool is_letter)
{
    struct gb_arena *arena = gb_check_context(c)->arena;
    struct gb_str marker = is_letter ? letter_marker(c, due, false) : gb_arena_printf(arena, "%u)", due);

    gb_report_case(c, which, at_marker(item), item, GB_ARGS(item->marker.str, marker));
}

static void
judge_sequence(struct gb_check *c, const struct gb_list *g)
{
    const struct gb_list_item *items = items_of(c, g);
    bool is_letter = gb_list_is(g->first, "alpha");
    unsigned due = 1;

    if (gb_item_value(items[0].node) != 1 && g->lead != GB_LEAD_COLON)
        return;
    for (uint32_t i = 0; i < g->n; i++) {
        const struct gb_node *item = items[i].node;
        unsigned value = gb_item_value(item);
        if (!gb_marker_is_typed(item) || (i && !gb_item_value(items[i - 1].node)))
            return;
        if (value != due && due <= LETTERS && !(i && value > due && is_hidden(c, items[i - 1].node, due, is_letter))) {
            report_sequence(c, i && value == gb_item_value(items[i - 1].node) ? "double" : NULL, item, due, is_letter);
            unsigned next = i + 1 < g->n ? gb_item_value(items[i + 1].node) : 0;
            value = next == due + 1 ? due : value; /* only this one is wrong */
        }
        due = value + 1;
    }
}

/* Source: GB/T 1.1—2020, 7.5.3; 2009, 5.2.6. */
static void
check_sequence(struct gb_check *c, const struct gb_node *doc)
{
    const struct gb_lists *lists = gb_lists_of(c);

    (void)doc;
    for (uint32_t i = 0; i < lists->n; i++) {
        const struct gb_list *g = &lists->all[i];
        if (!gb_item_value(items_of(c, g)->node) || is_mixed(c, g))
            continue;
        judge_sequence(c, g);
        if (gb_list_is(g->first, "alpha") && g->n > LETTERS) {
            const struct gb_node *item = items_of(c, g)[LETTERS].node;
            gb_report_case(c, "many", at_marker(item), item, GB_NO_ARGS);
        }
    }
}

/* ---- LST-007, LST-008: kinds of markers ---- */

/*
 * A list in an item that no colon leads in: its items belong to the list around it, where the letters of that one have a gap for
 * them, or it is one item alone.
 */
static bool
is_strayed(const struct gb_node *item, const struct gb_node *next)
{
    const struct gb_node *list = item->last;
    unsigned n = 0;

    if (!list || list->kind != GB_NODE_LIST || list != item->first)
        return false;
    enum gb_end_mark mark = gb_end_of(&item->text).mark;
    if (mark == GB_END_COLON || mark == GB_END_FREE || gb_list_is(item->parent, "dash") || gb_list_is(item->parent, "dot"))
        return mark == GB_END_SEMICOLON && list->first == list->last;
    for (const struct gb_node *k = list->first; k; k = k->next)
        n++;
    unsigned value = gb_item_value(item);
    if (next)
        return n < 3 && gb_item_value(next) == value + n + 1;
    return n == 1 && mark == GB_END_SEMICOLON;
}

/* The first item whose marker is of another kind than that of the items before it; NULL without. */
static const struct gb_node *
first_other(struct gb_check *c, const struct gb_list *g)
{
    const struct gb_list_item *items = items_of(c, g);

    for (uint32_t i = 0; i < g->n; i++) {
        const struct gb_node *item = items[i].node;
        if (i && !gb_str_eq(item->parent->marker.str, g->first->marker.str) &&
            gb_end_of(&items[i - 1].node->text).mark != GB_END_COLON)
            return item;
        const struct gb_node *next = i + 1 < g->n ? items[i + 1].node : NULL;
        if (is_strayed(item, next) && !is_misread(gb_item_value(item) + 1, item))
            return item->last->first;
    }
    return NULL;
}

static bool
is_mixed(struct gb_check *c, const struct gb_list *g)
{
    return first_other(c, g) != NULL;
}

/* Which kind do most markers have: letters? */
static bool
wants_letters(const struct gb_list_item *items, uint32_t n)
{
    uint32_t letters = 0;

    for (uint32_t i = 0; i < n; i++)
        letters += gb_list_is(items[i].node->parent, "alpha");
    return letters * 2 > n;
}

/* The value that a marker of the list would have at the item, which may stand in the one before it. */
static unsigned
place_of(const struct gb_list_item *items, uint32_t n, const struct gb_node *odd)
{
    for (uint32_t i = 0; i < n; i++) {
        if (items[i].node == odd)
            return i + 1;
        if (items[i].node == odd->parent->parent)
            return i + 2;
    }
    return 1;
}

/*
 * Source: GB/T 1.1—2020, 7.5.3; 2009, 5.2.6. At the marker of the kind that fewer items have: the first one, where the others all
 * have that of the second.
 */
static void
check_mixed(struct gb_check *c, const struct gb_node *doc)
{
    const struct gb_lists *lists = gb_lists_of(c);

    (void)doc;
    for (uint32_t i = 0; i < lists->n; i++) {
        const struct gb_list *g = &lists->all[i];
        const struct gb_list_item *items = items_of(c, g);
        const struct gb_node *other = first_other(c, g);
        if (!other)
            continue;
        uint32_t of_first = 0;
        for (uint32_t k = 0; k < g->n; k++)
            of_first += gb_str_eq(items[k].node->parent->marker.str, g->first->marker.str);
        const struct gb_node *odd = other->parent->parent->kind != GB_NODE_ITEM && of_first == 1 && g->n > 2 ? items[0].node : other;
        const struct gb_node *model = odd == other ? items[0].node : other;
        const struct gb_str args[] = {odd->marker.str, model->marker.str};
        struct gb_finding *f = gb_report(c, at_marker(odd), odd, args, GB_COUNT(args));
        if (!wants_letters(items, g->n))
            fix_marker(c, f, odd, 0);
        else if (place_of(items, g->n, odd) <= LETTERS)
            fix_marker(c, f, odd, place_of(items, g->n, odd));
    }
}

/* Are its items mentioned by their markers? Then new markers need new mentions. */
static bool
is_mentioned(struct gb_check *c, const struct gb_list *g)
{
    const struct gb_facts *facts = gb_check_context(c)->facts;
    const struct gb_list_item *items = items_of(c, g);
    const struct gb_node *clause = gb_node_clause(g->first);

    for (uint32_t i = 0; i < g->n; i++) {
        if (gb_first_mention(facts, items[i].node))
            return true;
    }
    for (const struct gb_mention *m = clause ? gb_first_mention(facts, clause) : NULL; m; m = gb_next_mention(facts, m)) {
        if (m->item_end > m->item_begin)
            return true;
    }
    return false;
}

/* Does a letter stand above it that a conversion took for a heading: ## a）登记? Then it is of the second level. */
static bool
is_below_letter(const struct gb_node *list)
{
    enum { LOOK_BACK = 6 };
    unsigned n = 0;

    for (const struct gb_node *k = list->prev; k && n < LOOK_BACK; k = k->prev, n++) {
        struct gb_str s = k->text.str;
        if (k->kind == GB_NODE_PARA && k->encoding == GB_ENCODING_HEADING && s.len > 1 && s.ptr[0] >= 'a' && s.ptr[0] <= 'z' &&
            (s.ptr[1] == ')' || gb_str_starts(gb_str_skip(s, 1), GB_STR("）"))))
            return true;
    }
    return false;
}

/* Source: GB/T 1.1—2020, 7.5.3; 2009, 5.2.6. */
static void
check_level(struct gb_check *c, const struct gb_node *doc)
{
    const struct gb_lists *lists = gb_lists_of(c);

    (void)doc;
    for (uint32_t i = 0; i < lists->n; i++) {
        const struct gb_list *g = &lists->all[i];
        const struct gb_list_item *items = items_of(c, g);
        if (g->is_nested || g->n < 2 || !gb_list_is(g->first, "digit") || gb_item_value(items->node) != 1 ||
            !gb_marker_is_typed(items->node) || g->lead == GB_LEAD_UNSURE || is_mixed(c, g) || is_below_letter(g->first))
            continue;
        const struct gb_str args[] = {items->node->marker.str, letter_marker(c, 1, false)};
        struct gb_finding *f = gb_report(c, at_marker(items->node), items->node, args, GB_COUNT(args));
        for (uint32_t k = 0; k < g->n && g->n <= LETTERS; k++)
            fix_marker(c, f, items[k].node, gb_item_value(items[k].node));
        if (is_mentioned(c, g))
            gb_fix_unsafe(f);
    }
}

/* ---- LST-009: letters without need ---- */

/* Under such a title the order of the items says something. */
static bool
is_ordered(struct gb_check *c, const struct gb_node *list)
{
    const struct gb_str *words;
    size_t n = gb_param_words(c, "ordered", &words);

    for (const struct gb_node *node = list; node; node = node->parent) {
        for (size_t i = 0; i < n; i++) {
            if (gb_str_has(node->title.str, words[i]))
                return true;
        }
    }
    return false;
}

/* Source: GB/T 1.1—2020, 7.5.3; 2009, 5.2.6. */
static void
check_need(struct gb_check *c, const struct gb_node *doc)
{
    const struct gb_lists *lists = gb_lists_of(c);

    (void)doc;
    for (uint32_t i = 0; i < lists->n; i++) {
        const struct gb_list *g = &lists->all[i];
        const struct gb_node *item = items_of(c, g)->node;
        if (!g->is_nested && gb_list_is(g->first, "alpha") && gb_marker_is_typed(item) && !is_ordered(c, g->first) &&
            !is_mentioned(c, g))
            gb_report(c, at_marker(item), item, GB_ARGS(item->marker.str));
    }
}

const struct gb_check_def gb_list_marker_checks[] = {
    {.name = "list-marker-form", .run = check_form, .on = GB_ON(DOC)},
    {.name = "list-depth", .run = check_depth, .on = GB_ON(DOC)},
    {.name = "list-sequence", .run = check_sequence, .on = GB_ON(DOC), .cases = "double many"},
    {.name = "list-level-marker", .run = check_level, .on = GB_ON(DOC)},
    {.name = "list-symbol-mixed", .run = check_mixed, .on = GB_ON(DOC)},
    {.name = "letters-without-need", .run = check_need, .on = GB_ON(DOC), .params = "ordered:words"},
    {0},
};
