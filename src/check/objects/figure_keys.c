/* What stands around a picture: the unit, the key, notes: FIG-010 to FIG-013. */
#include "check/objects/figures_priv.h"

#include "check/clause_priv.h"

/* ---- FIG-011: the unit ---- */

/* The name of the unit in a line that is no more than 单位：mm, （单位：毫米）; empty for any other line. */
static struct gb_str
unit_of_line(struct gb_str s)
{
    struct gb_str unit;

    return gb_read_unit_line(s, &unit) ? gb_unit_name(unit) : GB_STR("");
}

static void
judge_unit(struct gb_check *c, const struct gb_node *line)
{
    struct gb_str name = line && line->kind == GB_NODE_PARA ? unit_of_line(line->text.str) : GB_STR("");

    if (name.len)
        gb_report(c, gb_at_text(&line->text), line, GB_ARGS(line->text.str, name));
}

/* Flowcharts have none. Source: GB/T 1.1—2020, 9.7.4.1; 2009, 7.3.5. */
static void
check_unit(struct gb_check *c, const struct gb_node *figure)
{
    if ((figure->flags & GB_NODE_FLOWCHART) || !gb_object_is_own(figure))
        return;
    judge_unit(c, gb_object_before(figure));
    for (const struct gb_node *n = figure->first; n; n = n->next)
        judge_unit(c, n);
}

/* a) 正面: the caption of a part. */
static bool
is_part_caption(const struct gb_node *line)
{
    return line->kind == GB_NODE_PARA && line->text.str.len > 2 && gb_has_letter_marker(line->text.str);
}

/* ---- FIG-012: the key ---- */

enum { MOST_KEYS = 40 };

struct key {
    const struct gb_node *line;
    size_t dash, behind; /* bytes of its dash */
};

struct keys {
    struct key items[MOST_KEYS];
    size_t n;
    const struct gb_node *lead; /* the line before the first */
    bool goes_on;               /* lines of the key that have letters follow */
};

/* 1——钉芯； with any mark: the number, which must be the next, and the place of the mark. */
static bool
read_marked(const struct gb_node *line, unsigned number, const struct gb_str *marks, size_t n_marks, struct key *out)
{
    struct gb_str s = line->text.str;
    size_t at = 0;
    unsigned own = gb_take_digits(s, &at, 2);

    if (at == 0 || own != number || gb_str_has(s, GB_STR("\n")) || gb_str_han_length(s) > 30)
        return false;
    at = gb_skip_any(s, at, " ");
    size_t mark = gb_str_start(gb_str_skip(s, at), marks, n_marks);
    *out = (struct key){line, at, at + mark};
    return mark && gb_char_is_han(gb_char_at(s, gb_skip_any(s, out->behind, " ")));
}

static bool
read_key(const struct gb_node *line, unsigned number, struct key *out)
{
    GB_WORDS(dashes, "——", "--", "—", "–", "－", "-");

    return read_marked(line, number, dashes, GB_COUNT(dashes), out);
}

GB_WORDS(leads, "标引", "说明", "图中", "注", "其中", "关键", "图例");

/* 1：钉芯； and 1、钉芯；, which only the line before it makes a line of a key. */
static bool
read_colon_key(const struct keys *keys, const struct gb_node *line, struct key *out)
{
    GB_WORDS(colons, "：", ":", "、");

    return (keys->n || (keys->lead && GB_STARTS_ANY(keys->lead->text.str, leads))) &&
           read_marked(line, (unsigned)keys->n + 1, colons, GB_COUNT(colons), out);
}

/* D——外径。: a line of the key for a dimension. */
static bool
is_lettered_key(struct gb_str s)
{
    enum { LONGEST = 12 };
    size_t dash = gb_str_find(gb_str_sub(s, 0, LONGEST + strlen("——")), GB_STR("——"), 0);

    return dash != GB_NOT_FOUND && dash > 0 && !gb_str_has_han(gb_str_sub(s, 0, dash));
}

/* The key in lines from a node on, up to the end of the lines. */
static void
collect_keys(const struct gb_node *line, struct keys *out)
{
    for (const struct gb_node *n = line; n && out->n < MOST_KEYS; n = n->next) {
        if (n->kind == GB_NODE_COMMENT || (n->kind == GB_NODE_NOTE && out->n))
            continue;
        struct key key;
        if (n->kind == GB_NODE_PARA && (read_key(n, (unsigned)out->n + 1, &key) || read_colon_key(out, n, &key)))
            out->items[out->n++] = key;
        else if (out->n || n->kind != GB_NODE_PARA) {
            out->goes_on = n->kind == GB_NODE_PARA && is_lettered_key(n->text.str);
            break;
        } else
            out->lead = n;
    }
}

static struct gb_str
dash_of(const struct key *key)
{
    return gb_str_sub(key->line->text.str, key->dash, key->behind);
}

static bool
is_full_dash(const struct key *key)
{
    return gb_str_is(dash_of(key), "——");
}

static void
judge_dashes(struct gb_check *c, const struct keys *keys)
{
    struct gb_finding *f = NULL;
    bool is_exact = true, has_full = GB_ANY(GB_ITEMS(key, keys->items, keys->n), is_full_dash(key));

    GB_EACH(const struct key, key, keys->items, keys->n) {
        struct gb_at at = gb_at_part(&key->line->text, key->dash, key->behind);
        bool is_short_or_colon = GB_IS_ONE_OF(dash_of(key), "-", "–", "－", "：", ":", "、");
        if (is_full_dash(key) || (!f && !has_full && !is_short_or_colon)) /* — throughout is how many print it */
            continue;
        is_exact = is_exact && !at.by_line;
        f = gb_report_one(c, f, NULL, at, key->line, GB_ARGS(dash_of(key)));
    }
    GB_EACH(const struct key, key, keys->items, f && is_exact ? keys->n : 0) {
        if (!is_full_dash(key))
            gb_fix_part(c, f, &key->line->text, key->dash, key->behind, GB_STR("——"));
    }
}

static void
report_no_lead(struct gb_check *c, const struct gb_node *first, struct gb_str lead)
{
    struct gb_at at = gb_at_text(&first->text);
    struct gb_finding *f = gb_report_case(c, "lead", at, first, GB_ARGS(lead));
    struct gb_span line;

    if (c->doc->blanks_matter && gb_line_of_text(c, &first->text, &line))
        gb_fix_line_above(c, f, line.begin, lead);
}

static void
judge_lead(struct gb_check *c, const struct keys *keys)
{
    GB_WORDS(old, "说明：", "说明:", "图例：", "图例:", "图注：", "图注:", "图中：", "其中：");
    bool is_new = c->facts->edition == GB_EDITION_2020;
    struct gb_str right = is_new ? GB_STR("标引序号说明：") : GB_STR("说明：");
    const struct gb_node *first = keys->items[0].line;

    if (!keys->lead || !GB_STARTS_ANY(keys->lead->text.str, leads)) {
        if (!keys->lead || unit_of_line(keys->lead->text.str).len ||
            gb_str_starts(keys->lead->text.str, GB_STR("单位为")) || is_part_caption(keys->lead))
            report_no_lead(c, first, right);
        return;
    }
    /* In 2009 it is 说明： itself, the first two. */
    if (!gb_str_starts_any(keys->lead->text.str, old + (is_new ? 0 : 2), GB_COUNT(old) - (is_new ? 0 : 2)) ||
        gb_str_han_length(keys->lead->text.str) > 2)
        return;
    gb_report_fix(c, "old", gb_at_text(&keys->lead->text), keys->lead, right, GB_ARGS(right));
}

/* The last item ends in 。, those before it in ；: held against them only where the others do. */
static void
judge_ends(struct gb_check *c, const struct keys *keys)
{
    const struct gb_node *wrong = NULL;
    struct gb_str wanted = GB_STR("");
    size_t n_wrong = 0, at;

    GB_EACH(const struct key, key, keys->items, keys->n) {
        struct gb_str want = key + 1 == keys->items + keys->n && !keys->goes_on ? GB_STR("。") : GB_STR("；");
        if (gb_str_ends(key->line->text.str, want))
            continue;
        n_wrong++;
        wrong = key->line;
        wanted = want;
    }
    if (n_wrong != 1)
        return;
    const struct gb_text *text = &wrong->text;
    bool has_mark = gb_is_one_of(gb_last_char(text->str, &at), "。；;.，,、");
    struct gb_at place = gb_at_part(text, has_mark ? at : 0, text->str.len);
    struct gb_finding *f = gb_report_case(c, "end", place, wrong, GB_ARGS(wanted));
    if (!place.by_line)
        gb_fix(c, f, (struct gb_span){has_mark ? place.span.begin : place.span.end, place.span.end}, wanted);
}

/* Source: GB/T 1.1—2020, 9.7.4.2, 9.7.5; 2009, 7.3.5. */
static void
check_key(struct gb_check *c, const struct gb_node *figure)
{
    struct keys keys = {0};

    if (!gb_object_is_own(figure))
        return;
    collect_keys(figure->first, &keys);
    if (keys.n < 2)
        return;
    judge_dashes(c, &keys);
    judge_lead(c, &keys);
    judge_ends(c, &keys);
}

/* ---- FIG-010: parts that each have a key ---- */

/* What makes a part a figure of its own: a line of a key, whose numbers may go on from part to part, a note, a footnote. */
static bool
is_own_thing(const struct gb_node *node)
{
    struct key key;
    unsigned number = gb_take_digits(node->text.str, &(size_t){0}, 2);

    return node->kind == GB_NODE_NOTE || node->kind == GB_NODE_FOOTNOTE ||
           (node->kind == GB_NODE_PARA && number && read_key(node, number, &key));
}

/*
 * Things stand between picture and caption of their part, or behind its caption: each part has them where all stretches up to the
 * last caption do, or all from the first on. Source: GB/T 1.1—2020, 9.7.6.2; 2009, 7.3.10.
 */
static void
check_own_keys(struct gb_check *c, const struct gb_node *figure)
{
    enum { FEWEST = 2, MOST = 26 };
    const struct gb_node *things[MOST + 1] = {NULL}; /* the first in each stretch */
    unsigned n = 0, n_before = 0, n_behind = 0;

    if (!figure->first || !gb_object_is_own(figure))
        return;
    for (const struct gb_node *node = figure->first; node && n < MOST; node = node->next) {
        if (is_part_caption(node))
            n++;
        else if (!things[n] && is_own_thing(node))
            things[n] = node;
    }
    for (unsigned i = 0; i < n; i++) {
        n_before += things[i] != NULL;
        n_behind += things[i + 1] != NULL;
    }
    if (n < FEWEST || (n_before < n && n_behind < n))
        return;
    struct gb_finding *f = gb_report(c, gb_at_head(figure), figure, GB_ARGS(gb_object_name(c, figure)));
    for (unsigned i = 0; i <= n; i++) {
        if (things[i])
            gb_also(c, f, gb_at_head(things[i]), gb_say(c, "分图自己的说明或注", "a key or note of one part"));
    }
}

/* ---- FIG-013: what stands below the caption ---- */

/* Where the caption came with the picture (alternative text, DocBook) or stands above, the order is unknown. */
static bool
is_below_picture(struct gb_check *c, const struct gb_node *figure, struct gb_span *out_head)
{
    bool is_exact = false;

    if (!c->doc->blanks_matter || !figure->first || !figure->num.n || figure->encoding == GB_ENCODING_LOST ||
        !gb_object_is_own(figure) || !figure->u.figure || !figure->head.str.len)
        return false;
    const struct gb_text *picture = figure->u.figure->file.str.len ? &figure->u.figure->file : &figure->u.figure->chart;
    struct gb_span at = gb_text_whole(picture, NULL);
    *out_head = gb_text_whole(&figure->head, &is_exact);
    return is_exact && picture->str.len && at.end <= out_head->begin &&
           gb_str_has(gb_source_text(c->doc->source, (struct gb_span){at.end, out_head->begin}), GB_STR("\n"));
}

/* The notes of the figure, or its key: children from `first` on that are nothing else, down to the last. */
static bool
is_movable(const struct gb_node *first)
{
    GB_FIND_NEXT(n, first, n->next, n->kind != GB_NODE_NOTE && n->kind != GB_NODE_PARA && n->kind != GB_NODE_FOOTNOTE);
    return n == NULL;
}

static void
move_up(struct gb_check *c, struct gb_finding *f, const struct gb_node *figure, const struct gb_node *first)
{
    const struct gb_source *source = c->doc->source;
    struct gb_span caption, head, last;

    if (!is_movable(first) || !gb_line_of_text(c, &figure->head, &caption))
        return;
    head = gb_text_whole(first->marker.n_runs ? &first->marker : &first->text, NULL);
    last = gb_text_whole(&figure->last->text, NULL);
    struct gb_span lines = {gb_source_line_begin(source, head.begin),
                            gb_source_line_end(source, last.end ? last.end - 1 : 0)};
    if (lines.begin >= caption.end && lines.end > lines.begin)
        gb_fix_lines_up(c, f, lines, caption.begin);
}

/* A note above the key, or within. */
static void
judge_order(struct gb_check *c, const struct gb_node *figure)
{
    const struct gb_node *note = NULL;
    unsigned n_keys = 0;
    struct key key;

    for (const struct gb_node *n = figure->first; n; n = n->next) {
        if (is_part_caption(n)) /* FIG-010 */
            return;
        if (n->kind == GB_NODE_NOTE && !note && gb_str_has(n->marker.str, GB_STR("注"))) {
            note = n;
        } else if (n->kind == GB_NODE_PARA && read_key(n, n_keys + 1, &key)) {
            n_keys++;
            if (!note)
                continue;
            gb_report_case(c, "order", gb_at_text(&note->marker), note, GB_ARGS(gb_object_name(c, figure)));
            return;
        }
    }
}

/* Source: GB/T 1.1—2020, 9.11.1, 9.12.2; 2009, 7.3.8, 7.3.9. */
static void
check_note(struct gb_check *c, const struct gb_node *figure)
{
    struct gb_span head;
    struct key key;

    if (figure->first && gb_object_is_own(figure))
        judge_order(c, figure);
    if (!is_below_picture(c, figure, &head) || gb_figure_is_part_of_other(c, figure)) /* FIG-009 */
        return;
    for (const struct gb_node *n = figure->first; n; n = n->next) {
        bool is_note = n->kind == GB_NODE_NOTE && gb_str_has(n->marker.str, GB_STR("注"));
        bool is_key = n->kind == GB_NODE_PARA && n->next && read_key(n->next, 1, &key);
        if ((!is_note && !is_key) || n->span.begin < head.end)
            continue;
        struct gb_finding *f = gb_report_case(c, is_note ? NULL : "key", gb_at_text(is_note ? &n->marker : &n->text), n,
                                              GB_ARGS(gb_object_name(c, figure)));
        move_up(c, f, figure, n);
        return;
    }
}

const struct gb_check_def gb_figure_key_checks[] = {
    {.name = "figure-unit", .run = check_unit, .on = GB_ON(FIGURE)},
    {.name = "figure-key", .run = check_key, .on = GB_ON(FIGURE), .cases = "lead old end"},
    {.name = "figure-own-keys", .run = check_own_keys, .on = GB_ON(FIGURE)},
    {.name = "figure-note-place", .run = check_note, .on = GB_ON(FIGURE), .cases = "key order"},
    {0},
};
