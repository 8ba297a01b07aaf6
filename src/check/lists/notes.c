/*
 * Labels, numbers and places of notes and examples: NEF-001, NEF-004, NEF-005, NEF-007. What they say is judged in
 * note_provisions.c, footnotes are in footnotes.c. GB/T 1.1—2020, 9.10 and 9.11.
 */
#include "check/lists/lists_priv.h"

#include "check/clause_priv.h"

enum { MOST_EDITS = 200 };

/* ---- Owners ---- */

/* A note or example, and that which its number counts in. */
struct labelled {
    const struct gb_node *node;
    const struct gb_node *clause; /* clause, term, annex or element around it */
    const struct gb_node *owner;  /* the same, or a table or figure */
};

typedef GB_ARRAY(struct labelled) labelled_array;

static const struct gb_node *
clause_of(const struct gb_node *node)
{
    const struct gb_node *clause = gb_node_clause(node);

    while (!clause && node->parent && node->parent->parent)
        node = node->parent;
    return clause ? clause : node;
}

/* A note right behind a table belongs to it: Markdown has no place for it inside. */
static const struct gb_node *
owner_of(const struct labelled *note, const struct labelled *last)
{
    const struct gb_node *parent = note->node->parent, *before = gb_block_before(note->node);

    if (note->clause->role == GB_ROLE_REFERENCES) /* of one entry: which Chinese document corresponds to it */
        return note->node;
    if (parent->kind == GB_NODE_TABLE || parent->kind == GB_NODE_FIGURE)
        return parent;
    if (before && (before->kind == GB_NODE_TABLE || before->kind == GB_NODE_FIGURE))
        return before;
    if (before && last && before == last->node)
        return last->owner;
    return note->clause;
}

GB_ORDER(by_clause, struct labelled, GB_KEY(clause->id) GB_KEY(node->id))

GB_ORDER(by_owner, struct labelled, GB_KEY(owner->id) GB_KEY(node->id))

static labelled_array
collect(struct gb_check *c, enum gb_node_kind kind)
{
    labelled_array all = {0};

    GB_EACH_NODE(node, &c->facts->of_kind[kind]) {
        struct labelled note = {.node = node, .clause = clause_of(node)};
        if (kind == GB_NODE_NOTE && !gb_is_note(node))
            continue;
        note.owner = kind == GB_NODE_NOTE ? owner_of(&note, all.len ? &all.items[all.len - 1] : NULL) : note.clause;
        *gb_push(&all) = note;
    }
    gb_sort(all.items, all.len, sizeof(*all.items), by_clause);
    return all;
}

/* ---- Numbers ---- */

static unsigned
value_of(const struct labelled *note)
{
    return note->node->num.n ? note->node->num.part[0] : 0;
}

/* The number is set when the document is printed: an element made for notes, without one of its own. */
static bool
is_counted(const struct labelled *note)
{
    return note->node->encoding == GB_ENCODING_ELEMENT && !note->node->num.n;
}

static bool
is_good(const struct labelled *notes, size_t n)
{
    if (n == 1)
        return value_of(notes) == 0;
    return !GB_ANY(for (size_t i = 0; i < n; i++), value_of(&notes[i]) != i + 1);
}

static bool
is_lost(const struct gb_node *node)
{
    return node && (node->kind == GB_NODE_TABLE || node->kind == GB_NODE_FIGURE) &&
           (node->encoding == GB_ENCODING_LOST ||
            (node->kind == GB_NODE_TABLE && node->encoding == GB_ENCODING_PICTURE));
}

static bool
begins_with_label(struct gb_str s, struct gb_str label)
{
    return gb_str_starts(s, label) && s.len > label.len && gb_char_digit(gb_char_at(s, label.len)) >= 0;
}

/* Does the text of the note hold the label of the next one, which a conversion ran together with it? */
static bool
holds_label(struct gb_str text, struct gb_str label)
{
    return GB_ANY(GB_EACH_FOUND(at, text, label, 0), begins_with_label(gb_str_skip(text, at), label));
}

/* Stands a heading without number between two notes? Then they may be of two parts, each with numbers of its own. */
static bool
are_parted(const struct gb_node *note, const struct gb_node *next)
{
    if (note->parent != next->parent)
        return false;
    GB_FIND_NEXT(heading, note, heading->next,
                 heading == next || (heading->kind == GB_NODE_PARA && heading->encoding == GB_ENCODING_HEADING));
    return heading && heading != next;
}

/*
 * Is it certain what the notes belong to? Not beside a table or figure of which only the caption is left, nor where a table was
 * put together from its parts, nor where a paragraph or cell holds another note, or one with a wrong label stands before them.
 */
static bool
is_certain(struct gb_check *c, const struct labelled *notes, size_t n, struct gb_str label)
{
    const struct gb_node *before = gb_block_before(notes->node);
    struct gb_match match;

    if (before && before->kind == GB_NODE_PARA && gb_param_match(c, "labels", before->text.str, 0, &match) &&
        match.begin == 0)
        return false;
    for (size_t i = 0; i < n; i++) {
        const struct gb_node *node = notes[i].node, *behind = gb_block_behind(node);
        if (is_counted(&notes[i]) || is_lost(behind) || is_lost(notes[i].owner) ||
            node->encoding == GB_ENCODING_HEADING || (i + 1 < n && are_parted(node, notes[i + 1].node)) ||
            notes[i].owner->flags & GB_NODE_CONTINUED || holds_label(node->text.str, label) || gb_is_in_sample(node))
            return false;
        if (behind && behind->kind == GB_NODE_PARA &&
            (begins_with_label(behind->text.str, label) || behind->encoding == GB_ENCODING_HEADING))
            return false;
    }
    return true;
}

static struct gb_at
at_label(const struct gb_node *node)
{
    return node->marker.n_runs ? gb_at_text(&node->marker) : gb_at_head(node);
}

/* "注2", "示例2"; without number for 0. */
static struct gb_str
label_with(struct gb_check *c, struct gb_str label, size_t value)
{
    return value ? gb_arena_printf(c->arena, "%.*s%zu", GB_FMT(label), value) : label;
}

/* Numbers that are mentioned have to be changed there too. */
static bool
has_mentions(struct gb_check *c, enum gb_mention_kind kind)
{
    return GB_ANY(GB_ITEMS(mention, c->facts->mentions, c->facts->n_mentions), mention->kind == kind);
}

static void
fix_labels(struct gb_check *c, struct gb_finding *f, const struct labelled *notes, size_t n, struct gb_str label)
{
    bool is_note_kind = notes->node->kind == GB_NODE_NOTE;

    for (size_t i = 0; i < n && n <= MOST_EDITS; i++) {
        struct gb_str now = label_with(c, label, n > 1 ? i + 1 : 0);
        const struct gb_text *marker = &notes[i].node->marker;
        if (marker->n_runs && !gb_str_eq(marker->str, now) && !gb_str_has(marker->str, GB_STR("$")))
            gb_fix(c, f, gb_text_whole(marker, NULL), now);
    }
    if (has_mentions(c, is_note_kind ? GB_MENTION_NOTE : GB_MENTION_EXAMPLE))
        gb_fix_unsafe(f);
}

/*
 * Notes of one owner: one has no number, several count from 1. One finding, at the first label that is wrong. Entries that are taken
 * over from ISO keep their 注1 (Note 1 to entry) even where it is the only one.
 */
static void
judge_numbers(struct gb_check *c, const struct labelled *notes, size_t n, struct gb_str label)
{
    size_t wrong = 0;

    if (is_good(notes, n) || !is_certain(c, notes, n, label))
        return;
    size_t numbered = GB_HOW_MANY(GB_ITEMS(note, notes, n), value_of(note) > 0);
    while (numbered && n > 1 && value_of(&notes[wrong]) == wrong + 1)
        wrong++;
    if (!numbered) /* the second makes the first want a number */
        wrong = 1;
    const struct gb_node *node = notes[wrong].node;
    const char *alone = notes->owner->kind == GB_NODE_TERM ? "entry" : "single";
    const char *which = n == 1 ? alone : numbered ? "number" : "several";
    const struct gb_str args[] = {label_with(c, label, value_of(&notes[wrong])),
                                  label_with(c, label, n > 1 ? wrong + 1 : 0)};
    struct gb_finding *f = gb_report_case(c, which, at_label(node), node, args, GB_COUNT(args));
    for (size_t i = 0; i < n; i++) {
        if (i != wrong && value_of(&notes[i]) != i + 1)
            gb_also_there(c, f, at_label(notes[i].node));
    }
    fix_labels(c, f, notes, n, label);
}

/* All of one clause; where they do not count on as a whole, by table, figure and clause. */
static void
judge_clause(struct gb_check *c, struct labelled *notes, size_t n, struct gb_str label)
{
    if (is_good(notes, n))
        return;
    gb_sort(notes, n, sizeof(*notes), by_owner);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && notes[end].owner == notes[i].owner;)
            end++;
        judge_numbers(c, notes + i, end - i, label);
    }
}

static void
judge_all(struct gb_check *c, enum gb_node_kind kind, struct gb_str label)
{
    labelled_array all = collect(c, kind);

    for (size_t i = 0, end; i < all.len; i = end) {
        for (end = i + 1; end < all.len && all.items[end].clause == all.items[i].clause;)
            end++;
        judge_clause(c, all.items + i, end - i, label);
    }
    gb_array_release(&all);
}

/* ---- Labels ---- */

static bool
is_judged_zone(enum gb_zone zone)
{
    return GB_AMONG(zone, GB_ZONE_FOREWORD, GB_ZONE_INTRO, GB_ZONE_SCOPE, GB_ZONE_TERMS, GB_ZONE_BODY,
                    GB_ZONE_NORMATIVE_ANNEX, GB_ZONE_INFORMATIVE_ANNEX);
}

/* 说明： beside a figure is the head of its key, and in a form it is what is to be filled in. */
static bool
may_be_key(const struct gb_node *para)
{
    const struct gb_node *before = gb_block_before(para), *behind = gb_block_behind(para);
    enum gb_end_mark end = gb_end_of(&para->text).mark;

    if (before && before->kind == GB_NODE_TABLE && before->u.table && end == GB_END_STOP)
        return false;
    return (before && before->kind != GB_NODE_PARA) ||
           (behind && !GB_AMONG(behind->kind, GB_NODE_PARA, GB_NODE_CLAUSE, GB_NODE_SOURCE)) || end != GB_END_STOP ||
           gb_zone_of(para) == GB_ZONE_INFORMATIVE_ANNEX;
}

/* 定义：…, 注释：…, 数据类型：…: between lines of labels, over a picture that a conversion put there, the label of a field. */
static bool
is_label_of_field(const struct gb_node *para)
{
    enum { LONGEST = 6 * GB_HAN };
    const struct gb_node *both[] = {gb_block_before(para), gb_block_behind(para)};

    for (size_t i = 0; i < GB_COUNT(both); i++) {
        if (both[i] && both[i]->kind == GB_NODE_FIGURE && !both[i]->num.n)
            both[i] = i ? gb_block_behind(both[i]) : gb_block_before(both[i]);
        struct gb_str s = both[i] && both[i]->kind == GB_NODE_PARA ? both[i]->text.str : GB_STR("");
        struct gb_str head = gb_str_sub(s, 0, s.len < LONGEST + GB_HAN ? s.len : LONGEST + GB_HAN);
        if (!GB_HAS_ONE_OF(head, "：", ":"))
            return false;
    }
    return true;
}

/* A label that the reader did not know for one: 备注：, 例1：. The first group of the pattern is the label without its colon. */
static void
judge_label(struct gb_check *c, const struct gb_node *para, struct gb_str label)
{
    struct gb_match match;

    if (para->encoding == GB_ENCODING_QUOTE || para->encoding == GB_ENCODING_FENCE ||
        !gb_param_match(c, "labels", para->text.str, 0, &match) || !match.groups[0].ptr)
        return;
    struct gb_str found = match.groups[0], rest = gb_str_trim(gb_str_skip(para->text.str, match.end));
    bool is_comment = gb_str_starts(found, GB_STR("说明"));
    const struct gb_node *annex = gb_node_inside(para, GB_NODE_ANNEX);
    if (!is_judged_zone(gb_zone_of(para)) || gb_is_in_sample(para) ||
        (annex && gb_str_ends(annex->title.str, GB_STR("表"))) || (is_comment && (may_be_key(para) || !rest.len)) ||
        is_label_of_field(para))
        return;
    const struct gb_node *before = gb_block_before(para);
    if (before && before->kind == GB_NODE_PARA && gb_end_of(&before->text).mark == GB_END_NONE &&
        before->text.str.len > 60)
        return; /* the second half of a sentence */
    struct gb_str wanted = gb_arena_printf(c->arena, "%.*s：", GB_FMT(label));
    bool lacks_colon = gb_str_eq(found, label);
    const struct gb_str args[] = {lacks_colon ? gb_str_sub(para->text.str, match.begin, match.end) : found,
                                  lacks_colon ? wanted : label};
    const char *which = lacks_colon ? NULL : is_comment ? "comment" : "label";
    gb_report_fix(c, which, gb_at_part(&para->text, match.begin, match.end), para, wanted, args, GB_COUNT(args));
}

static void
judge_labels(struct gb_check *c, struct gb_str label, const char *first_characters)
{
    struct gb_str firsts = gb_str_from(first_characters);
    size_t next;

    GB_EACH_NODE(node, &c->facts->of_kind[GB_NODE_PARA]) {
        struct gb_str s = node->text.str;
        if (s.len > GB_HAN && (gb_utf8_at(s, 0, &next), gb_str_has(firsts, gb_str_sub(s, 0, next))))
            judge_label(c, node, label);
    }
}

/* A half-width colon behind the label: information, for conversions make them everywhere. */
static void
judge_colons(struct gb_check *c, enum gb_node_kind kind)
{
    GB_EACH_NODE(note, &c->facts->of_kind[kind]) {
        struct gb_str head = note->head.str;
        size_t at = note->marker.str.ptr ? (size_t)(note->marker.str.ptr - head.ptr) + note->marker.str.len : 0;
        if ((kind == GB_NODE_NOTE && !gb_is_note(note)) || !note->marker.n_runs || !head.len || at >= head.len ||
            head.ptr[at] != ':')
            continue;
        gb_report_fix(c, "colon", gb_at_part(&note->head, at, at + 1), note, GB_STR("："), GB_NO_ARGS);
    }
}

/* 备注：… in a row of a table over its full width. */
static void
judge_rows(struct gb_check *c, const struct gb_node *node)
{
    const struct gb_table *t = node->u.table;
    struct gb_match match;

    GB_EACH_CELL(cell, node) {
        if (t->columns < 2 || cell->row == 0 || cell->columns != t->columns ||
            !GB_STARTS_WITH(cell->text.str, "备注", "附注"))
            continue;
        if (!gb_param_match(c, "labels", cell->text.str, 0, &match) || !match.groups[0].ptr ||
            !gb_str_trim(gb_str_skip(cell->text.str, match.end)).len || gb_zone_of(node) == GB_ZONE_INFORMATIVE_ANNEX)
            continue;
        gb_report_fix(c, "label", gb_at_part(&cell->text, match.begin, match.end), node, GB_STR("注："),
                      GB_ARGS(match.groups[0], GB_STR("注")));
    }
}

/* Source: GB/T 1.1—2020, 9.11.2; 2009, 7.2. */
static void
check_note_label(struct gb_check *c)
{
    GB_EACH_NODE(node, &c->facts->of_kind[GB_NODE_TABLE])
        judge_rows(c, node);
    judge_all(c, GB_NODE_NOTE, GB_STR("注"));
    judge_labels(c, GB_STR("注"), "注备附说【[（(");
    judge_colons(c, GB_NODE_NOTE);
}

/* Source: GB/T 1.1—2020, 9.10.2; 2009, 7.2. */
static void
check_example_label(struct gb_check *c)
{
    judge_all(c, GB_NODE_EXAMPLE, GB_STR("示例"));
    judge_labels(c, GB_STR("示例"), "例举实范样示【[");
    judge_colons(c, GB_NODE_EXAMPLE);
}

/* ---- NEF-004 ---- */

/* Takes the note out of its place and sets it behind the paragraph below. */
static void
fix_place(struct gb_check *c, struct gb_finding *f, const struct gb_node *note, const struct gb_node *para)
{
    bool exact;
    struct gb_span whole = gb_text_whole(&note->head, &exact), below = gb_text_whole(&para->text, NULL);

    if (!exact || !note->head.str.len || note->first || para->first || note->next != para ||
        note->encoding != GB_ENCODING_PARAGRAPH || para->encoding != GB_ENCODING_PARAGRAPH || !c->doc->blanks_matter ||
        whole.end > below.begin)
        return;
    struct gb_str text = gb_source_text(c->doc->source, whole);
    gb_fix_markup(c, f, (struct gb_span){whole.begin, below.begin}, GB_STR(""));
    gb_fix_markup(c, f, (struct gb_span){below.end, below.end}, gb_arena_printf(c->arena, "\n\n%.*s", GB_FMT(text)));
}

/* Source: GB/T 1.1—2020, 9.11.1, 8.7.3; 2009, 7.2. */
static void
check_note_place(struct gb_check *c, const struct gb_node *note)
{
    const struct gb_node *parent = note->parent, *behind = gb_block_behind(note);

    if (!gb_is_note(note) || note->encoding == GB_ENCODING_HEADING || !behind)
        return;
    if (parent->kind == GB_NODE_TERM && behind->kind == GB_NODE_EXAMPLE) {
        gb_report_case(c, "example", at_label(note), note, GB_NO_ARGS);
        return;
    }
    if (gb_block_before(note) || !GB_AMONG(parent->kind, GB_NODE_CLAUSE, GB_NODE_ANNEX) || !parent->title.str.len)
        return;
    while (behind && behind->kind == GB_NODE_NOTE)
        behind = gb_block_behind(behind);
    if (!behind || (behind->kind != GB_NODE_PARA && behind->kind != GB_NODE_LIST))
        return;
    struct gb_finding *f = gb_report(c, at_label(note), note, GB_ARGS(parent->title.str));
    if (behind->kind == GB_NODE_PARA)
        fix_place(c, f, note, behind);
}

/* ---- NEF-007 ---- */

/* Source: GB/T 1.1—2020, 9.10.3; 2009, 7.2. Annexes may hold examples, and give them clauses. */
static void
check_example_clause(struct gb_check *c, const struct gb_node *clause)
{
    struct gb_match match;

    if (clause->num.letter || !gb_str_has(clause->title.str, GB_STR("例")) || gb_node_inside(clause, GB_NODE_ANNEX) ||
        gb_clause_in_terms(clause) || !gb_param_match(c, "titles", clause->title.str, 0, &match))
        return;
    gb_report(c, gb_at_text(&clause->title), clause, GB_ARGS(clause->title.str));
}

const struct gb_check_def gb_note_checks[] = {
    {.name = "note-label",
     .whole = check_note_label,
     .cases = "single entry several number label comment colon",
     .params = "labels:pattern"},
    {.name = "example-label",
     .whole = check_example_label,
     .cases = "single entry several number label colon",
     .params = "labels:pattern"},
    {.name = "note-place", .run = check_note_place, .on = GB_ON(NOTE), .cases = "example"},
    {.name = "example-clause", .run = check_example_clause, .on = GB_ON(CLAUSE), .params = "titles:pattern"},
    {0},
};
