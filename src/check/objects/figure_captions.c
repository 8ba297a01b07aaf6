/* Captions of figures: their form, their place, and what mentions make of them: FIG-005 to FIG-007, FIG-009, FIG-015. */
#include "check/objects/figures_priv.h"

#include "check/changes_priv.h"
#include "check/clause_priv.h"
#include "check/references/mentions_priv.h"
#include "doc/part_number.h"

/* ---- FIG-005: the first mention comes first ---- */

/* Source: good practice. */
static void
check_order(struct gb_check *c, const struct gb_node *figure)
{
    const struct gb_mention *m = gb_first_mention(c->facts, figure);

    if (!m || !gb_mention_is_sure(m) || gb_node_inside(figure, GB_NODE_ANNEX) || !gb_object_is_own(figure) ||
        m->node->id < figure->id || m->node == figure || gb_node_inside(m->node, GB_NODE_FIGURE) == figure)
        return;
    struct gb_finding *f = gb_report(c, gb_at_head(figure), figure, GB_ARGS(gb_object_name(c, figure)));
    gb_also(c, f, gb_mention_at(m), gb_say(c, "首次提及", "first mention"));
}

/* ---- FIG-006: the caption stands below ---- */

/* Is the line no more than a picture? */
static bool
is_picture_line(struct gb_str line)
{
    line = gb_str_trim(line);
    return gb_str_starts(line, GB_STR("![")) && gb_str_ends(line, GB_STR(")"));
}

/* The line of the caption goes below that of the picture, where nothing stands between them. */
static void
fix_place(struct gb_check *c, struct gb_finding *f, const struct gb_node *figure, uint32_t picture)
{
    const struct gb_source *source = c->doc->source;
    struct gb_span caption, line = {gb_source_line_begin(source, picture), gb_source_line_end(source, picture)};

    if (!gb_line_of_text(c, &figure->head, &caption) || caption.end >= line.begin ||
        !is_picture_line(gb_source_text(source, line)) ||
        gb_str_trim(gb_source_text(source, (struct gb_span){caption.end, line.begin})).len)
        return;
    gb_fix_lines_down(c, f, caption, line.end);
}

/* Does the caption stand above its picture? *out_picture is where that begins. */
static bool
is_above(const struct gb_check *c, const struct gb_node *figure, uint32_t *out_picture)
{
    bool is_chart = figure->flags & GB_NODE_FLOWCHART, is_exact = false;

    if (figure->encoding == GB_ENCODING_LOST || !figure->num.n || !gb_object_is_own(figure) || !figure->u.figure ||
        !figure->head.str.len)
        return false;
    const struct gb_text *picture = is_chart ? &figure->u.figure->chart : &figure->u.figure->file;
    if (!picture->str.len || !picture->n_runs)
        return false;
    struct gb_span head = gb_text_whole(&figure->head, &is_exact), at = gb_text_whole(picture, NULL);
    if (!is_exact || head.end > at.begin || head.end == head.begin)
        return false;
    struct gb_str between = gb_source_text(c->doc->source, (struct gb_span){head.begin, at.begin});
    if (!is_chart && !GB_HAS_ONE_OF(between, "![", "<img"))
        return false;
    *out_picture = at.begin;
    /* A picture without caption above it: which of both the caption belongs to is open. */
    return !figure->prev || figure->prev->kind != GB_NODE_FIGURE || figure->prev->num.n;
}

/*
 * In DocBook the place of the title is a matter of the style sheet. Where many stand above it is the style of the draft: one finding.
 * Source: GB/T 1.1—2020, 10.4.2.1; 2009, chapter 9.
 */
static void
check_place(struct gb_check *c)
{
    enum { MANY = 3 };
    const struct gb_nodes *all = &c->facts->of_kind[GB_NODE_FIGURE];
    struct gb_finding *f = NULL;
    size_t n_told = 0;
    uint32_t picture;

    if (!gb_str_is(c->doc->format, "markdown"))
        return;
    size_t n = GB_HOW_MANY(GB_EACH_NODE(figure, all), is_above(c, figure, &picture));
    GB_EACH_NODE(figure, all) {
        if (!n || !is_above(c, figure, &picture))
            continue;
        if (n_told++ && n >= MANY) {
            gb_also_there(c, f, gb_at_head(figure));
            continue;
        }
        f = gb_report(c, gb_at_head(figure), figure, GB_ARGS(gb_object_name(c, figure)));
        if (n < MANY && !(figure->flags & GB_NODE_FLOWCHART))
            fix_place(c, f, figure, picture);
    }
}

/* ---- FIG-007: the form of the caption ---- */

bool
gb_loses_blanks(struct gb_check *c)
{
    static const char key;
    struct {
        bool is_known, loses;
    } *state = gb_check_shared(c, &key, sizeof(*state));
    const struct gb_facts *facts = c->facts;

    if (state->is_known)
        return state->loses;
    state->is_known = true;
    size_t n_glued = 0, n_captions = 0, n_narrow = 0;
    static const enum gb_node_kind kinds[] = {GB_NODE_FIGURE, GB_NODE_TABLE};
    for (size_t k = 0; k < GB_COUNT(kinds); k++) {
        GB_EACH_NODE(n, &facts->of_kind[kinds[k]]) {
            size_t at = n->num.n && n->number.str.len ? gb_str_find(n->head.str, n->number.str, 0) : GB_NOT_FOUND;
            if (at == GB_NOT_FOUND || at + n->number.str.len >= n->head.str.len)
                continue;
            n_captions++;
            uint32_t behind = gb_char_at(n->head.str, at + n->number.str.len);
            n_glued += gb_char_is_han(behind);
            n_narrow += behind == ' ';
        }
    }
    state->loses = (n_glued > 1 && n_glued * 2 > n_captions) || n_narrow > 0 ||
                   GB_ANY(GB_EACH_NODE(head, &facts->numbered), head->encoding == GB_ENCODING_GLUED);
    return state->loses;
}

/* Bytes [begin, end) of the text behind the number: blanks and marks that part number and title. */
static size_t
separator_end(struct gb_str s, size_t begin, bool *out_has_mark)
{
    size_t at = begin, next;

    *out_has_mark = false;
    while (at < s.len) {
        uint32_t ch = gb_utf8_at(s, at, &next);
        if (gb_is_one_of(ch, ":：、.．"))
            *out_has_mark = true;
        else if (!gb_char_is_space(ch))
            break;
        at = next;
    }
    return at;
}

/* Bytes at the end of a caption that should not stand there. */
static size_t
end_mark(struct gb_str s)
{
    size_t at = s.len;
    uint32_t last = s.len ? gb_last_char(s, &at) : 0;

    return gb_is_one_of(last, "。；;，,：:") ? at : s.len;
}

static void
judge_end(struct gb_check *c, const struct gb_node *node, const struct gb_text *head, struct gb_str name)
{
    size_t end = end_mark(head->str);

    if (end == head->str.len)
        return;
    gb_report_fix(c, "end", gb_at_part(head, end, head->str.len), node, GB_STR(""),
                  GB_ARGS(name, gb_str_sub(head->str, 0, end), gb_str_sub(head->str, end, head->str.len)));
}

/* A head with its number at [.., number_end): separator and end mark, each where it is at fault. */
static void
judge_caption(struct gb_check *c, const struct gb_node *node, const struct gb_text *head, size_t number_end)
{
    bool has_mark;
    size_t title = separator_end(head->str, number_end, &has_mark), end = end_mark(head->str);
    struct gb_str name = gb_str_sub(head->str, 0, number_end);

    if (title >= end)
        return;
    struct gb_str words = gb_str_sub(head->str, title, end);
    if (has_mark) {
        struct gb_at at = gb_at_part(head, number_end, title);
        gb_report_fix(c, NULL, at, node, GB_STR("　"),
                      GB_ARGS(name, words, gb_str_trim(gb_str_sub(head->str, number_end, title))));
    } else if (title == number_end) {
        size_t next;
        uint32_t ch = gb_utf8_at(head->str, title, &next);
        if (!gb_char_is_han(ch) || ch == U'续')
            return;
        struct gb_finding *f = gb_report_case(c, gb_loses_blanks(c) ? "lost" : "glued", gb_at_part(head, 0, next), node,
                                              GB_ARGS(name, words));
        gb_fix_part(c, f, head, title, title, GB_STR("　"));
    }
    judge_end(c, node, head, name);
}

/* Behind the number of 图1, 图A.1 at the head of a short line with an end mark, which the reader took for a sentence; 0: none. */
static size_t
number_of_line(struct gb_str s)
{
    GB_WORDS(verbs, "为", "是", "给出", "规定", "所", "表示", "应", "说明", "中", "显示", "列出", "描述", "适用",
             "示出", "可", "有", "包括", "宜", "由", "提供");
    enum { LONGEST = 20 };
    size_t at, digits;

    if (!gb_str_starts(s, GB_STR("图")) || gb_str_han_length(s) > LONGEST || gb_str_has(s, GB_STR("\n")))
        return 0;
    at = gb_str_skip_space(s, strlen("图"));
    if (at + 1 < s.len && gb_is_upper(s.ptr[at]) && s.ptr[at + 1] == '.')
        at += 2;
    at = gb_skip_digits(s, digits = at);
    if (at == digits || at >= s.len || GB_HAS_ANY(gb_str_skip(s, at), verbs))
        return 0;
    /* a mark behind the number, or one stop at the end; no mark inside that makes clauses */
    bool has_mark;
    size_t title = separator_end(s, at, &has_mark), end = end_mark(s);
    struct gb_str inside = gb_str_sub(s, title, end);
    return (end < s.len || has_mark) && !GB_HAS_ONE_OF(inside, "，", "、") && inside.len ? at : 0;
}

/* 标引序号说明：, 1——钉芯；: a line of the key. */
static bool
is_between(struct gb_str s)
{
    GB_WORDS(heads, "标引", "说明：");

    return GB_STARTS_ANY(s, heads) || (s.len && gb_is_digit(s.ptr[0]) && gb_str_has(gb_str_sub(s, 0, 8), GB_STR("——")));
}

/* The caption of a figure that has none to the reader: key and notes may stand between it and the picture. */
static void
judge_line_below(struct gb_check *c, const struct gb_node *figure)
{
    enum { MOST_BETWEEN = 20 };
    const struct gb_node *behind = gb_object_behind(figure);

    for (unsigned i = 0; behind && i < MOST_BETWEEN; i++, behind = gb_object_behind(behind)) {
        bool is_para = behind->kind == GB_NODE_PARA;
        size_t number = is_para ? number_of_line(behind->text.str) : 0;
        if (number)
            judge_caption(c, behind, &behind->text, number);
        if (number || (is_para ? !is_between(behind->text.str)
                               : behind->kind != GB_NODE_NOTE &&
                                     !(behind->kind == GB_NODE_LIST && behind->encoding == GB_ENCODING_LOST)))
            return;
    }
}

/* Source: GB/T 1.1—2020, 10.4.2.1; 2009, chapter 9. */
static void
check_form(struct gb_check *c, const struct gb_node *figure)
{
    enum { FARTHEST = 12 };
    bool is_han = gb_han_digit(gb_char_at(figure->number.str, 0));
    size_t number = gb_object_has_number(figure) ? gb_str_find(figure->head.str, figure->number.str, 0) : GB_NOT_FOUND,
           in_title = number_of_line(figure->title.str);

    if (!gb_object_is_own(figure) || gb_object_is_continued(figure) || (number != GB_NOT_FOUND && number >= FARTHEST))
        return;
    /* An end mark keeps the reader from taking a title for a caption; the number that is counted in DocBook, or an attribute, is not in it. */
    if (number != GB_NOT_FOUND)
        judge_caption(c, figure, &figure->head, number + figure->number.str.len);
    else if (in_title)
        judge_caption(c, figure, &figure->title, in_title);
    else if (!figure->num.n)
        judge_line_below(c, figure);
    else if (!is_han)
        judge_end(c, figure, &figure->title, gb_object_name(c, figure));
}

/* ---- FIG-009: parts of a figure ---- */

/* 图1-1 becomes a), and where it is mentioned 图1 a). */
static void
fix_part(struct gb_check *c, struct gb_finding *f, const struct gb_node *figure, struct gb_str letter)
{
    struct gb_str wanted = gb_arena_printf(c->arena, "%u %.*s", figure->num.part[0], GB_FMT(letter));
    size_t number = gb_str_find(figure->head.str, figure->number.str, 0);
    struct gb_changes changes = {0};

    struct gb_number whole = {.n = 1, .part = {figure->num.part[0]}};
    if (number == GB_NOT_FOUND || !gb_find_part(c->facts, GB_MENTION_FIGURE, &whole))
        return; /* the caption of the whole is still to be written */
    gb_change_part(&changes, &figure->head, 0, number + figure->number.str.len, letter);
    gb_change_written(c, &changes, "图", figure->number.str, wanted);
    gb_apply_changes(c, f, &changes);
}

bool
gb_is_numbered_part(const struct gb_node *line)
{
    unsigned value;
    const struct gb_node *before = gb_object_before(line);

    return line->kind == GB_NODE_PARA && gb_part_number(line->text.str, &value) && before &&
           before->kind == GB_NODE_FIGURE && !before->num.n;
}

/*
 * Pictures with numbered titles above the caption of the whole: from the last part back to the first, which is given; NULL: they do
 * not count down to 1.
 */
static const struct gb_node *
first_numbered_part(const struct gb_node *figure, unsigned *out_n)
{
    const struct gb_node *line = gb_object_before(figure), *first = NULL;
    unsigned due = 0, value = 0;

    for (*out_n = 0; line && gb_is_numbered_part(line); line = gb_object_before(gb_object_before(line)), (*out_n)++) {
        gb_part_number(line->text.str, &value);
        if (due && value != due)
            return NULL;
        due = value - 1;
        first = line;
    }
    return value == 1 ? first : NULL;
}

/* 1）D形 between the pictures: the reader takes such titles for a list, and each next picture for a block of its item. */
static void
judge_listed_parts(struct gb_check *c, const struct gb_node *figure)
{
    const struct gb_node *list = gb_object_before(figure), *before = list ? gb_object_before(list) : NULL, *item;

    if (!figure->num.n || !list || list->kind != GB_NODE_LIST || !gb_str_is(list->marker.str, "digit") || !before ||
        before->kind != GB_NODE_FIGURE || before->num.n || !list->first || !list->first->next)
        return;
    for (item = list->first; item->next; item = item->next) {
        if (!item->last || item->last->kind != GB_NODE_FIGURE || item->last->num.n)
            return;
    }
    item = list->first;
    struct gb_finding *f = gb_report(c, gb_at_text(&item->marker), item, GB_ARGS(item->marker.str, GB_STR("a)")));
    while ((item = item->next))
        gb_also_there(c, f, gb_at_text(&item->marker));
}

/* The number of the part becomes a letter; all of a figure are one finding. */
static struct gb_finding *
report_part(struct gb_check *c, struct gb_finding *f, const struct gb_node *line)
{
    unsigned value;
    size_t end = gb_part_number(line->text.str, &value);
    struct gb_str letter = gb_arena_printf(c->arena, "%c)", 'a' + (value + 25) % 26);
    struct gb_at at = gb_at_part(&line->text, 0, end);

    f = gb_report_one(c, f, NULL, at, line, GB_ARGS(gb_str_sub(line->text.str, 0, end), letter));
    if (!at.by_line)
        gb_fix(c, f, at.span, letter);
    return f;
}

static void
judge_numbered_parts(struct gb_check *c, const struct gb_node *figure)
{
    unsigned n = 0;
    const struct gb_node *line = figure->num.n ? first_numbered_part(figure, &n) : NULL;
    struct gb_finding *f = NULL;

    if (!line || n < 2)
        return;
    for (unsigned i = 0; i < n; i++) {
        f = report_part(c, f, line);
        if (i + 1 < n)
            line = gb_object_behind(gb_object_behind(line));
    }
}

/* 1) 吸入侧 and 2) 排出侧, or b) 排出侧, between the pictures of one figure. */
static void
judge_inner_parts(struct gb_check *c, const struct gb_node *figure)
{
    enum { MOST = 26 };
    const struct gb_node *lines[MOST];
    unsigned n = 0, n_letters = 0, value;

    for (const struct gb_node *line = figure->first; line && n < MOST; line = line->next) {
        struct gb_str s = line->kind == GB_NODE_PARA ? line->text.str : GB_STR("");
        if (!s.len)
            continue;
        if (gb_part_number(s, &value) && value == n + n_letters + 1)
            lines[n++] = line;
        else
            n_letters += gb_has_letter_marker(s) && gb_str_han_length(s) < 25;
    }
    if (!n || n + n_letters < 2)
        return;
    struct gb_finding *f = NULL;
    for (unsigned i = 0; i < n; i++)
        f = report_part(c, f, lines[i]);
}

/* 图1-1 beside 图1, or 图1-2. Source: GB/T 1.1—2020, 9.7.6.2; 2009, 7.3.10. */
static void
check_parts(struct gb_check *c)
{
    unsigned n = 0;

    GB_EACH_NODE(figure, &c->facts->of_kind[GB_NODE_FIGURE]) {
        if (!gb_object_is_own(figure))
            continue;
        judge_numbered_parts(c, figure);
        judge_listed_parts(c, figure);
        judge_inner_parts(c, figure);
        if (gb_node_inside(figure, GB_NODE_ANNEX) || !gb_figure_is_part_of_other(c, figure))
            continue;
        struct gb_str letter = gb_arena_printf(c->arena, "%c)", 'a' + (figure->num.part[1] + 25) % 26);
        struct gb_finding *f = gb_report(c, gb_at_label(figure), figure, GB_ARGS(gb_object_name(c, figure), letter));
        if (n++ < GB_MOST_OBJECT_PLACES)
            fix_part(c, f, figure, letter);
    }
}

/* ---- FIG-015: the name of a figure where it is mentioned ---- */

struct gb_han_name
gb_han_name_read(struct gb_str s)
{
    struct gb_han_name name = {.n = 0};

    for (size_t at = 0; at < s.len && name.n < GB_NAME_LONGEST;) {
        uint32_t ch = gb_utf8_at(s, at, &at);
        if (!gb_char_is_han(ch))
            continue;
        if (name.n)
            name.pairs |= UINT64_C(1) << ((name.han[name.n - 1] * 31 + ch) & 63);
        name.han[name.n++] = ch;
    }
    return name;
}

double
gb_name_likeness(const struct gb_han_name *a, const struct gb_han_name *b)
{
    enum { FEWEST = 4 };
    bool used[GB_NAME_LONGEST] = {0};
    size_t both = 0;

    if (!(a->pairs & b->pairs) || a->n < FEWEST || b->n < FEWEST)
        return 0;
    for (size_t i = 0; i + 1 < a->n; i++) {
        for (size_t k = 0; k + 1 < b->n; k++) {
            if (!used[k] && a->han[i] == b->han[k] && a->han[i + 1] == b->han[k + 1]) {
                used[k] = true;
                both++;
                break;
            }
        }
    }
    return 2.0 * (double)both / (double)(a->n + b->n - 2);
}

/* The name before “，见图1” or “（见图1）”: up to the mark before it. */
static struct gb_text
name_before(const struct gb_mention *m)
{
    size_t end = m->verb_end > m->verb_begin ? m->verb_begin : m->begin, begin, prev;
    struct gb_str s = m->text->str;

    while (end > 0) {
        uint32_t ch = gb_utf8_before(s, end, &prev);
        if (!gb_is_one_of(ch, "，,（( \n"))
            break;
        end = prev;
    }
    for (begin = end; begin > 0; begin = prev) {
        uint32_t ch = gb_utf8_before(s, begin, &prev);
        if (gb_is_one_of(ch, "，。；：、,;:“”") || end - begin > (size_t)GB_NAME_LONGEST * GB_HAN)
            break;
    }
    return gb_text_slice(m->text, begin, end);
}

/* 其典型结构: what the pronoun stands for is in the title. */
static bool
is_end_of_title(struct gb_str name, struct gb_str title)
{
    GB_WORDS(pronouns, "其", "该");

    return GB_STARTS_ANY(name, pronouns) && gb_str_ends(title, gb_str_skip(name, pronouns[0].len));
}

/* 装置, where the title is 装置（立式） or 装置示意图: it says more of the same. */
static bool
begins_title(struct gb_str name, struct gb_str title)
{
    GB_WORDS(more, "（", "(", "示意图", "图");

    return gb_str_starts(title, name) && GB_STARTS_ANY(gb_str_skip(title, name.len), more);
}

/* 结构详图, where the title is 结构. */
static bool
is_longer_name(struct gb_str name, struct gb_str title)
{
    GB_WORDS(kinds, "示意图", "详图", "简图", "分布图", "流程图", "结构图");

    GB_FIND(kind, kinds, GB_COUNT(kinds),
            gb_str_ends(name, *kind) && gb_str_ends(gb_str_sub(name, 0, name.len - kind->len), title));
    return kind != NULL;
}

/* 示意图见图1和图2, 见图1～图3: the name before it is that of none of them alone. */
static bool
names_several(const struct gb_facts *facts, const struct gb_mention *m)
{
    const struct gb_mention *next = m + 1;

    return m->flags & GB_MENTION_RANGE_FIRST ||
           (next < facts->mentions + facts->n_mentions && next->flags & GB_MENTION_JOINED && next->kind == m->kind &&
            next->text == m->text);
}

/* Source: GB/T 1.1—2020, 5.4.1; 2009, 4.2. */
static void
check_name(struct gb_check *c, const struct gb_node *figure)
{
    if (!figure->title.str.len || !gb_object_has_number(figure))
        return;
    struct gb_han_name title = gb_han_name_read(figure->title.str);
    for (const struct gb_mention *m = gb_first_mention(c->facts, figure); m; m = gb_next_mention(c->facts, m)) {
        if (!gb_mention_is_sure(m) || (m->verb != GB_VERB_SEE && m->verb != GB_VERB_SEE_ALSO) ||
            (m->flags & (GB_MENTION_JOINED | GB_MENTION_IN_TITLE)) || names_several(c->facts, m))
            continue;
        struct gb_text name = name_before(m);
        struct gb_han_name other = gb_han_name_read(name.str);
        double like = gb_name_likeness(&other, &title);
        if (like < 0.5 || like > 0.99 || is_end_of_title(name.str, figure->title.str) ||
            begins_title(name.str, figure->title.str) ||
            (gb_str_has(name.str, figure->title.str) && !is_longer_name(name.str, figure->title.str)))
            continue;
        struct gb_finding *f =
            gb_report(c, gb_at_text(&name), m->node, GB_ARGS(name.str, gb_object_name(c, figure), figure->title.str));
        gb_also(c, f, gb_at_head(figure), gb_say(c, "图题", "the caption"));
    }
}

const struct gb_check_def gb_figure_caption_checks[] = {
    {.name = "figure-order", .run = check_order, .on = GB_ON(FIGURE)},
    {.name = "figure-caption-place", .whole = check_place},
    {.name = "figure-caption-form", .run = check_form, .on = GB_ON(FIGURE), .cases = "glued lost end"},
    {.name = "figure-parts", .whole = check_parts},
    {.name = "figure-name", .run = check_name, .on = GB_ON(FIGURE)},
    {0},
};
