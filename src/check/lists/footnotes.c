/* The marks of footnotes in the text, and whether each has its footnote: NEF-008. GB/T 1.1—2020, 9.12.1; 2009, 7.2. */

#include "check/changes_priv.h"
#include "doc/raised.h"

#include <stdio.h>

static bool
is_of_table(const struct gb_node *node)
{
    return gb_node_inside(node, GB_NODE_TABLE) || gb_node_inside(node, GB_NODE_FIGURE);
}

/* ---- Marks of the markup ---- */

/* Does the text hold the mark of the footnote? In DocBook the mark begins where the footnote itself does. */
static bool
has_mark(struct gb_check *c, const struct gb_text *text, const struct gb_node *footnote)
{
    struct gb_str label = footnote->marker.str;

    GB_EACH(const struct gb_run, run, text->runs, text->n_runs) {
        if (!(run->flags & GB_RUN_NOTE))
            continue;
        struct gb_str mark = gb_source_text(c->doc->source, run->src);
        if (run->src.begin == footnote->span.begin || !gb_str_starts(mark, GB_STR("[^")) ||
            gb_str_eq(gb_str_sub(mark, strlen("[^"), mark.len - 1), label))
            return true;
    }
    return false;
}

/* ---- Typed marks ---- */

/* A raised mark: 1), ①. */
struct mark {
    const struct gb_node *node;
    const struct gb_text *text;
    size_t begin, end;
    unsigned value;
    bool is_circle;
    bool is_label; /* of the markup: the text has it where the footnote is */
};

typedef GB_ARRAY(struct mark) mark_array;

/* The number of a raised mark; 0 where the raised text is none. */
static bool
read_mark(struct gb_str s, struct mark *mark)
{
    size_t at = 0, next;
    uint32_t c = s.len ? gb_utf8_at(s, 0, &next) : 0;

    if (c >= 0x2460 && c <= 0x2473) {
        mark->value = c - 0x2460 + 1;
        mark->is_circle = true;
        return next == s.len;
    }
    mark->value = 0;
    mark->is_circle = false;
    while (at < s.len && gb_char_digit(c = gb_utf8_at(s, at, &next)) >= 0 && mark->value < 100) {
        mark->value = mark->value * 10 + (unsigned)gb_char_digit(c);
        at = next;
    }
    return mark->value > 0 && mark->value < 100 && at < s.len && gb_char_narrow(gb_utf8_at(s, at, &next)) == ')' &&
           next == s.len;
}

static void
collect_marks(const struct gb_node *node, const struct gb_text *text, mark_array *marks)
{
    size_t whole = text->off + text->str.len;

    for (uint32_t i = 0; i < text->n_runs; i++) {
        const struct gb_run *run = &text->runs[i];
        size_t end = i + 1 < text->n_runs ? text->runs[i + 1].at : whole;
        if (!(run->flags & GB_RUN_SUP) || run->at < text->off || end > whole)
            continue;
        struct mark mark = {.node = node, .text = text, .begin = run->at - text->off, .end = end - text->off};
        if (read_mark(gb_str_sub(text->str, mark.begin, mark.end), &mark))
            *gb_push(marks) = mark;
    }
}

/* 1) raised at the head of a paragraph: the reader took the footnote for an item of a list. */
static void
collect_item_mark(const struct gb_node *item, mark_array *marks)
{
    struct gb_str s = gb_str_trim(item->marker.str);
    struct mark mark = {.node = item, .text = &item->marker, .end = s.len};

    if (s.ptr == item->marker.str.ptr && read_mark(s, &mark))
        *gb_push(marks) = mark;
}

/* [^x] that nothing explains. A footnote that nothing refers to is the other half of the same fault. */
static void
report_lost(struct gb_check *c, const struct mark *mark, const struct gb_node *unused)
{
    struct gb_str label = gb_str_sub(mark->text->str, mark->begin + strlen("[^"), mark->end - 1);
    struct gb_finding *f = gb_report_case(c, "lost", GB_AT(mark), mark->node, GB_ARGS(label));

    if (unused)
        gb_also_there(c, f, gb_at_text(&unused->marker));
}

/* Footnotes hang on the node that holds their mark; one without any hangs on what was open at the end. */
static void
judge_footnotes(struct gb_check *c, mark_array *lost, mark_array *labels)
{
    enum { MANY = 5 };
    unsigned n = 0;
    size_t n_told = 0;

    GB_EACH_NODE(footnote, &c->facts->of_kind[GB_NODE_FOOTNOTE]) {
        const struct gb_node *holder = footnote->parent;
        if (footnote->encoding != GB_ENCODING_MARKER)
            continue;
        if (holder->kind != GB_NODE_TABLE && holder->kind != GB_NODE_FIGURE && !has_mark(c, &holder->text, footnote) &&
            !has_mark(c, &holder->title, footnote)) {
            if (n_told < lost->len)
                report_lost(c, &lost->items[n_told++], footnote);
            else
                gb_report_case(c, "unused", gb_at_text(&footnote->marker), footnote, GB_ARGS(footnote->marker.str));
            continue;
        }
        if (is_of_table(footnote))
            continue;
        struct mark mark = {.node = footnote,
                            .text = &footnote->marker,
                            .end = footnote->marker.str.len,
                            .is_label = true};
        if (read_mark(footnote->marker.str, &mark))
            *gb_push(labels) = mark;
        if (++n == MANY + 1)
            gb_report_case(c, "many", gb_at_text(&footnote->marker), footnote, GB_NO_ARGS);
    }
    while (n_told < lost->len)
        report_lost(c, &lost->items[n_told++], NULL);
    if (labels->len < n) /* some are counted by the markup */
        labels->len = 0;
}

/* The mark of a footnote's own text stands at the head of it. */
static bool
is_of_text(const struct mark *mark)
{
    return mark->begin == 0 && !mark->is_label;
}

/*
 * New numbers for all marks, in order: those in the text and those of the footnotes are in step (1 2 1, and 1 2 1 where each page begins
 * anew), or each number stands for one footnote however often it is mentioned. False: neither.
 */
static bool
number_anew(const mark_array *marks, unsigned *now)
{
    unsigned n[2] = {0}, of_value[100] = {0}, n_values = 0, last = 0;
    bool rises = true;

    for (size_t i = 0; i < marks->len; i++) {
        const struct mark *mark = &marks->items[i];
        now[i] = ++n[is_of_text(mark)];
        if (!is_of_text(mark)) {
            rises = rises && (mark->value >= last || of_value[mark->value]);
            of_value[mark->value] = of_value[mark->value] ? of_value[mark->value] : ++n_values;
            last = mark->value > last ? mark->value : last;
        }
    }
    bool in_step = n[0] == n[1];
    for (size_t i = 0, k = 0; i < marks->len && in_step; i++) { /* the k-th in the text is the k-th footnote */
        if (is_of_text(&marks->items[i]))
            continue;
        while (!is_of_text(&marks->items[k]))
            k++;
        in_step = marks->items[i].value == marks->items[k++].value;
    }
    if (in_step)
        return true;
    for (size_t i = 0; i < marks->len; i++) {
        now[i] = of_value[marks->items[i].value];
        rises = rises && now[i];
    }
    return rises && n[1] <= n_values;
}

/* All marks, in the text and before the footnotes, as 1), 2) … */
static void
fix_marks(struct gb_check *c, struct gb_finding *f, const mark_array *marks)
{
    unsigned *now = gb_arena_new_array(c->arena, unsigned, marks->len + 1);
    struct gb_changes changes = {0};

    if (!f || !number_anew(marks, now))
        return;
    for (size_t i = 0; i < marks->len; i++) {
        const struct mark *mark = &marks->items[i];
        if (mark->is_circle || mark->value != now[i])
            gb_change_part(&changes, mark->text, mark->begin, mark->end, gb_arena_printf(c->arena, "%u)", now[i]));
    }
    gb_apply_changes(c, f, &changes);
}

/* ① in the place of 1), once for the document; a number that is skipped, where it is. A mark may come again. */
static void
judge_marks(struct gb_check *c, const mark_array *marks)
{
    struct gb_finding *circles = NULL, *f;
    unsigned last = 0;

    GB_EACH_IN(mark, marks) {
        if (mark->is_circle)
            circles = gb_report_one(c, circles, "circle", GB_AT(mark), mark->node, GB_ARGS(GB_WORDS_OF(mark)));
    }
    bool is_fixed = circles != NULL;
    if (is_fixed)
        fix_marks(c, circles, marks);
    GB_EACH_IN(mark, marks) {
        struct gb_at at = GB_AT(mark);
        struct gb_str words = GB_WORDS_OF(mark);
        if (mark->is_circle)
            continue;
        if (mark->value > last + 1) {
            f = gb_report(c, at, mark->node, GB_ARGS(words, gb_arena_printf(c->arena, "%u)", last + 1)));
            if (!is_fixed)
                fix_marks(c, f, marks);
            is_fixed = true;
        }
        last = mark->value > last ? mark->value : last;
    }
}

/* Marks that were found in the order of the document: those written as characters of their own, and those left in the text. */
struct found_marks {
    mark_array glyphs, lost;
};

static struct found_marks *
marks_of(struct gb_check *c)
{
    static const char key;
    return gb_check_shared(c, &key, sizeof(struct found_marks));
}

static void
keep_glyph(struct gb_check *c, const struct gb_found *found)
{
    struct gb_str s = gb_found_str(found);
    struct mark mark = {.node = found->node, .text = found->text, .begin = found->begin, .end = found->end};

    for (size_t at = 0; at < s.len;) {
        uint32_t ch = gb_utf8_at(s, at, &at);
        mark.value = ch == GB_RAISED_BRACKET ? mark.value : mark.value * 10 + gb_raised_digit(ch);
    }
    if (mark.value > 0 && mark.value < 100 && !is_of_table(found->node) &&
        GB_AMONG(found->node->kind, GB_NODE_PARA, GB_NODE_ITEM))
        *gb_push(&marks_of(c)->glyphs) = mark;
}

/* 供应商①。, which is not raised, and below in its clause a line that begins with ①: no item of an enumeration, which has no mark at the end of words. */
static void
judge_plain_circle(struct gb_check *c, const struct gb_found *found)
{
    enum { NEAR = 4 };
    const struct gb_node *node = found->node, *line = node->next;

    if (!GB_AMONG(node->kind, GB_NODE_PARA, GB_NODE_ITEM) || is_of_table(node))
        return;
    for (unsigned i = 0; line && i < NEAR; i++, line = line->next) {
        if (line->kind == GB_NODE_PARA && gb_str_starts(line->text.str, GB_STR("①"))) {
            gb_report_case(c, "circle", gb_at_found(found), node, GB_ARGS(GB_STR("①")));
            return;
        }
    }
}

/* [^x] that is left in the text and ¹⁾ are kept for the end. */
static void
hit_mark(struct gb_check *c, const struct gb_found *found)
{
    struct gb_str mark = gb_found_str(found);

    if (gb_str_starts(mark, GB_STR("①")))
        judge_plain_circle(c, found);
    else if (gb_str_starts(mark, GB_STR("[")))
        *gb_push(&marks_of(c)->lost) =
            (struct mark){.node = found->node, .text = found->text, .begin = found->begin, .end = found->end};
    else
        keep_glyph(c, found);
}

/* A line that begins with the number of the mark, in any form. */
static bool
has_footnote_line(const struct gb_nodes *nodes, unsigned value)
{
    char digits[12];
    int n = snprintf(digits, sizeof(digits), "%u", value);

    for (uint32_t i = 0; i < nodes->n; i++) {
        struct gb_str s = nodes->items[i]->marker.str.len ? nodes->items[i]->marker.str : nodes->items[i]->text.str;
        s = gb_str_skip(s, gb_str_skip_space(s, 0));
        if (gb_str_starts(s, (struct gb_str){digits, (size_t)n}))
            return true;
    }
    return false;
}

/* ¹⁾ with nothing below that could explain it. */
static void
judge_unexplained(struct gb_check *c, const mark_array *glyphs)
{
    const struct gb_facts *facts = c->facts;
    const struct mark *mark = glyphs->items;

    for (size_t i = 0; i < glyphs->len; i++) {
        if (is_of_text(&mark[i]) || mark[i].value != i + 1) /* the other one is told of as a gap */
            return;
    }
    if (!glyphs->len || facts->of_kind[GB_NODE_FOOTNOTE].n || has_footnote_line(&facts->of_kind[GB_NODE_PARA], 1) ||
        has_footnote_line(&facts->of_kind[GB_NODE_ITEM], 1))
        return;
    gb_report_case(c, "unexplained", GB_AT(mark), mark->node, GB_ARGS(GB_WORDS_OF(mark)));
}

/*
 * Source: GB/T 1.1—2020, 9.12.1; 2009, 7.2. The numbers of footnotes of the markup are given when it is printed. Marks of both kinds are
 * hardly ever in one draft: those written as characters are judged alone.
 */
static void
finish(struct gb_check *c)
{
    const struct gb_nodes *paras = &c->facts->of_kind[GB_NODE_PARA], *items = &c->facts->of_kind[GB_NODE_ITEM];
    struct found_marks *found = marks_of(c);
    mark_array marks = {0}, labels = {0};

    judge_footnotes(c, &found->lost, &labels);
    for (uint32_t p = 0, k = 0; p < paras->n || k < items->n;) {
        bool takes_para = k == items->n || (p < paras->n && paras->items[p]->id < items->items[k]->id);
        const struct gb_node *node = takes_para ? paras->items[p++] : items->items[k++];
        if (is_of_table(node))
            continue;
        if (node->kind == GB_NODE_ITEM && gb_text_flags(&node->marker, 0) & GB_RUN_SUP)
            collect_item_mark(node, &marks);
        if (node->text.n_runs > 1)
            collect_marks(node, &node->text, &marks);
    }
    judge_marks(c, labels.len ? &labels : marks.len ? &marks : &found->glyphs);
    judge_unexplained(c, &found->glyphs);
    GB_RELEASE(&labels, &marks, &found->glyphs, &found->lost);
}

const struct gb_check_def gb_footnote_checks[] = {
    {.name = "footnote-sequence",
     .hit = hit_mark,
     .finish = finish,
     .cases = "lost unused many circle unexplained",
     .params = GB_SEARCH_PARAMS "words:words"},
    {0},
};
