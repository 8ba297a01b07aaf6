/* What stands around a picture: the unit, the key, notes: FIG-011 to FIG-013. */
#include "check/figures_priv.h"

#include "check/clause_priv.h"
#include "text/chars.h"
#include "text/utf8.h"

extern const struct gb_check_def gb_figure_key_checks[];

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
};

/* 1——钉芯； with any dash: the number, which must be the next, and the place of the dash. */
static bool
read_key(const struct gb_node *line, unsigned number, struct key *out)
{
    static const struct gb_str dashes[] = {GB_WORD("——"), GB_WORD("--"), GB_WORD("—"), GB_WORD("–"), GB_WORD("－"), GB_WORD("-")};
    struct gb_str s = line->text.str;
    size_t at = 0, next;
    unsigned own = 0;

    for (; at < s.len && at < 2 && s.ptr[at] >= '0' && s.ptr[at] <= '9'; at++)
        own = own * 10 + (unsigned)(s.ptr[at] - '0');
    if (at == 0 || own != number || gb_str_has(s, GB_STR("\n")) || gb_str_han_length(s) > 30)
        return false;
    while (at < s.len && s.ptr[at] == ' ')
        at++;
    for (size_t i = 0; i < GB_COUNT(dashes); i++) {
        if (!gb_str_starts(gb_str_skip(s, at), dashes[i]))
            continue;
        *out = (struct key){line, at, at + dashes[i].len};
        for (at = out->behind; at < s.len && s.ptr[at] == ' '; at++) {
        }
        return at < s.len && gb_char_is_han(gb_utf8_at(s, at, &next));
    }
    return false;
}

/* The key in lines from a node on, up to the end of the lines. */
static void
collect_keys(const struct gb_node *line, struct keys *out)
{
    for (const struct gb_node *n = line; n && out->n < MOST_KEYS; n = n->next) {
        if (n->kind == GB_NODE_COMMENT)
            continue;
        struct key key;
        if (n->kind == GB_NODE_PARA && read_key(n, (unsigned)out->n + 1, &key))
            out->items[out->n++] = key;
        else if (out->n || n->kind != GB_NODE_PARA)
            break;
        else
            out->lead = n;
    }
}

static bool
is_full_dash(const struct key *key)
{
    return gb_str_is(gb_str_sub(key->line->text.str, key->dash, key->behind), "——");
}

static bool
is_short_dash(const struct key *key)
{
    struct gb_str dash = gb_str_sub(key->line->text.str, key->dash, key->behind);

    return gb_str_is(dash, "-") || gb_str_is(dash, "–") || gb_str_is(dash, "－");
}

static void
judge_dashes(struct gb_check *c, const struct keys *keys)
{
    struct gb_finding *f = NULL;
    bool is_exact = true;

    for (size_t i = 0; i < keys->n; i++) {
        const struct key *key = &keys->items[i];
        struct gb_at at = gb_at_part(&key->line->text, key->dash, key->behind);
        if (is_full_dash(key) || (!f && !is_short_dash(key)))
            continue;
        is_exact = is_exact && !at.by_line;
        if (!f)
            f = gb_report(c, at, key->line, GB_ARGS(gb_str_sub(key->line->text.str, key->dash, key->behind)));
        else
            gb_also(c, f, at, gb_say(c, "又一处", "one more"));
    }
    for (size_t i = 0; f && is_exact && i < keys->n; i++) {
        const struct key *key = &keys->items[i];
        if (!is_full_dash(key))
            gb_fix(c, f, gb_at_part(&key->line->text, key->dash, key->behind).span, GB_STR("——"));
    }
}

static void
judge_lead(struct gb_check *c, const struct keys *keys)
{
    static const struct gb_str leads[] = {GB_WORD("标引"), GB_WORD("说明"), GB_WORD("图中"), GB_WORD("注"), GB_WORD("其中"),
                                          GB_WORD("关键"), GB_WORD("图例")};
    bool is_new = gb_check_context(c)->facts->edition == GB_EDITION_2020;
    struct gb_str right = is_new ? GB_STR("标引序号说明：") : GB_STR("说明：");
    const struct gb_node *first = keys->items[0].line;

    if (!keys->lead || !gb_str_starts_any(keys->lead->text.str, leads, GB_COUNT(leads))) {
        if (!keys->lead || unit_of_line(keys->lead->text.str).len || gb_str_starts(keys->lead->text.str, GB_STR("单位为")))
            gb_report_case(c, "lead", gb_at_text(&first->text), first, GB_ARGS(right));
        return;
    }
    if (!is_new || !(gb_str_is(keys->lead->text.str, "说明：") || gb_str_is(keys->lead->text.str, "说明:")))
        return;
    struct gb_at at = gb_at_text(&keys->lead->text);
    struct gb_finding *f = gb_report_case(c, "old", at, keys->lead, GB_ARGS(right));
    if (!at.by_line)
        gb_fix(c, f, at.span, right);
}

/* The last item ends in 。, those before it in ；: held against them only where the others do. */
static void
judge_ends(struct gb_check *c, const struct keys *keys)
{
    size_t n_right = 0, wrong = keys->n;

    for (size_t i = 0; i < keys->n; i++) {
        struct gb_str want = i + 1 == keys->n ? GB_STR("。") : GB_STR("；");
        if (gb_str_ends(keys->items[i].line->text.str, want))
            n_right++;
        else
            wrong = i;
    }
    if (wrong == keys->n || n_right + 1 != keys->n)
        return;
    const struct gb_text *text = &keys->items[wrong].line->text;
    size_t at;
    uint32_t last = gb_last_char(text->str, &at);
    struct gb_str want = wrong + 1 == keys->n ? GB_STR("。") : GB_STR("；");
    if (!gb_is_one_of(last, "。；;.，,、"))
        at = text->str.len;
    struct gb_at place = gb_at_part(text, at == text->str.len ? 0 : at, text->str.len);
    struct gb_finding *f = gb_report_case(c, "end", place, keys->items[wrong].line, GB_ARGS(want));
    if (place.by_line)
        return;
    if (at == text->str.len)
        gb_fix(c, f, (struct gb_span){place.span.end, place.span.end}, want);
    else
        gb_fix(c, f, place.span, want);
}

/* Source: GB/T 1.1—2020, 9.7.4.2, 9.7.5; 2009, 7.3.5. */
static void
check_key(struct gb_check *c, const struct gb_node *figure)
{
    struct keys keys = {0};
    const struct gb_node *behind = gb_object_behind(figure);

    if (!gb_object_is_own(figure))
        return;
    collect_keys(figure->first, &keys);
    /* With another dash the reader does not know the lines for a key: caption and picture are two figures. */
    if (!keys.n && !figure->num.n && behind && behind->kind == GB_NODE_PARA)
        collect_keys(behind, &keys);
    if (keys.n < 2)
        return;
    judge_dashes(c, &keys);
    judge_lead(c, &keys);
    judge_ends(c, &keys);
}

/* ---- FIG-013: notes ---- */

/*
 * A note right below the caption. Where the caption came with the picture (alternative text, DocBook) the order is unknown. Source:
 * GB/T 1.1—2020, 9.11.1, 9.12.2; 2009, 7.3.8, 7.3.9.
 */
static void
check_note(struct gb_check *c, const struct gb_node *figure)
{
    const struct gb_check_context *context = gb_check_context(c);
    bool is_exact = false;

    if (!gb_str_is(context->doc->format, "markdown") || !figure->first || !figure->num.n ||
        figure->encoding == GB_ENCODING_LOST || !gb_object_is_own(figure) || !figure->u.figure || !figure->head.str.len)
        return;
    const struct gb_text *picture = figure->u.figure->file.str.len ? &figure->u.figure->file : &figure->u.figure->chart;
    struct gb_span head = gb_text_whole(&figure->head, &is_exact), at = gb_text_whole(picture, NULL);
    if (!is_exact || !picture->str.len || at.end > head.begin ||
        !gb_str_has(gb_source_text(context->doc->source, (struct gb_span){at.begin, head.begin}), GB_STR("\n")))
        return;
    for (const struct gb_node *note = figure->first; note; note = note->next) {
        if (note->kind == GB_NODE_NOTE && note->span.begin >= head.end && gb_str_has(note->marker.str, GB_STR("注"))) {
            gb_report(c, gb_at_text(&note->marker), note, GB_ARGS(gb_object_name(c, figure)));
            return;
        }
    }
}

const struct gb_check_def gb_figure_key_checks[] = {
    {.name = "figure-unit", .run = check_unit, .on = GB_ON(FIGURE)},
    {.name = "figure-key", .run = check_key, .on = GB_ON(FIGURE), .cases = "lead old end"},
    {.name = "figure-note-place", .run = check_note, .on = GB_ON(FIGURE)},
    {0},
};
