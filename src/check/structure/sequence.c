/*
 * Clause numbers in their order: NUM-001, NUM-003, NUM-004, NUM-005. Each tells the faults of its kind, which are found together in
 * sequence_faults.c.
 */
#include "check/structure/sequence_priv.h"

#include "check/clause_priv.h"

static void
check_sequence(struct gb_check *c, void (*tell)(struct gb_check *check, const struct gb_sequence_fault *fault))
{
    const struct gb_sequence_faults *faults = gb_sequence_faults_of(c);

    for (size_t i = 0; i < faults->list.len; i++)
        tell(c, &faults->list.items[i]);
}

/* "5.3" or "5.3～5.5". */
static struct gb_str
range_text(struct gb_arena *arena, const struct gb_number *first, const struct gb_number *last)
{
    struct gb_str a = gb_number_text(first, arena), b = gb_number_text(last, arena);

    return gb_str_eq(a, b) ? a : gb_arena_printf(arena, "%.*s～%.*s", GB_FMT(a), GB_FMT(b));
}

static void
report_sequence(struct gb_check *c, const struct gb_sequence_fault *fault)
{
    struct gb_arena *arena = c->arena;
    bool is_missing = fault->kind == GB_SEQUENCE_MISSING;
    struct gb_str what =
        is_missing ? range_text(arena, &fault->expected, &fault->last) : gb_number_text(&fault->expected, arena);

    gb_report_case(c, is_missing ? "missing" : NULL, gb_at_sequence_item(fault->item), fault->item->node,
                   GB_ARGS(gb_number_text(&fault->item->num, arena), what));
}

static bool
is_chapter_number(const struct gb_number *num)
{
    return num->n == 1 && !num->letter;
}

/* Chapters that each draft must have are missed by STR-001 when they are lost. */
static bool
is_required_chapter(const struct gb_facts *facts, unsigned number)
{
    const struct gb_node *const required[] = {facts->scope, facts->references, facts->terms};
    bool is_due = number == 1 || (facts->edition == GB_EDITION_2020 && number <= GB_COUNT(required));

    return is_due && !required[number - 1];
}

/*
 * 7 检验规则 and then 6.1, where chapter 6 is missing and heads are plain lines: the head of that chapter with a wrong number, which the
 * reader left as text at the end of the chapter before. NULL: none.
 */
static const struct gb_node *
misnumbered_head(const struct gb_node *chapter, unsigned missing, struct gb_number *out_number, size_t *out_end)
{
    enum { MOST = 60 };
    const struct gb_node *last = chapter->prev;
    struct gb_number next;
    size_t end;

    while (last && last->last && last->last->kind == GB_NODE_CLAUSE)
        last = last->last;
    const struct gb_node *para = last ? last->last : NULL;
    for (int i = 0; para && para->prev && i < MOST; i++, para = para->prev) {
        if (para->kind == GB_NODE_PARA && para->prev->kind == GB_NODE_PARA &&
            gb_number_at_head(para->text.str, &next, &end) && !next.letter && next.n == 2 && next.part[0] == missing &&
            next.part[1] == 1 && gb_number_at_head(para->prev->text.str, out_number, out_end) &&
            is_chapter_number(out_number))
            return para->prev;
    }
    return NULL;
}

static void
report_chapter(struct gb_check *c, const struct gb_sequence_fault *fault)
{
    struct gb_sequence_fault f = *fault;

    if ((f.kind != GB_SEQUENCE_MISSING && f.kind != GB_SEQUENCE_ORDER) || !is_chapter_number(&f.expected))
        return;
    while (f.kind == GB_SEQUENCE_MISSING && is_required_chapter(c->facts, f.expected.part[0])) {
        if (f.expected.part[0]++ == f.last.part[0])
            return;
    }
    struct gb_number number;
    size_t end;
    bool is_one = f.kind == GB_SEQUENCE_MISSING && f.expected.part[0] == f.last.part[0];
    const struct gb_node *head = is_one ? misnumbered_head(f.item->node, f.expected.part[0], &number, &end) : NULL;
    if (head)
        gb_report(c, gb_at_part(&head->text, 0, end), head,
                  GB_ARGS(gb_number_text(&number, c->arena), gb_number_text(&f.expected, c->arena)));
    else
        report_sequence(c, &f);
}

/* Chapters run from 1 on without a gap. Source: GB/T 1.1—2020, 7.2. */
GB_CHECK_WHOLE(check_chapter_sequence, check_sequence(c, report_chapter))

/* Gaps between clauses. A digest leaves clauses out everywhere, and is told so once. */
struct gaps {
    uint32_t n;
    bool is_digest;
    struct gb_finding *finding;
};

static struct gaps *
gaps_of(struct gb_check *c)
{
    static const char key;

    return gb_check_shared(c, &key, sizeof(struct gaps));
}

static void
count_gap(struct gb_check *c, const struct gb_sequence_fault *fault)
{
    gaps_of(c)->n += fault->kind == GB_SEQUENCE_MISSING && !is_chapter_number(&fault->expected);
}

static void
report_clause(struct gb_check *c, const struct gb_sequence_fault *fault)
{
    struct gaps *gaps = gaps_of(c);

    if ((fault->kind != GB_SEQUENCE_MISSING && fault->kind != GB_SEQUENCE_ORDER) || is_chapter_number(&fault->expected))
        return;
    if (fault->kind == GB_SEQUENCE_ORDER || !gaps->is_digest)
        report_sequence(c, fault);
}

/* The gaps of a digest, with nothing else told between them. */
static void
report_digest(struct gb_check *c, const struct gb_sequence_fault *fault)
{
    struct gaps *gaps = gaps_of(c);

    if (fault->kind != GB_SEQUENCE_MISSING || is_chapter_number(&fault->expected))
        return;
    gaps->finding = gb_report_one(c, gaps->finding, "digest", gb_at_sequence_item(fault->item), fault->item->node,
                                  GB_ARGS(gb_count_text(c, gaps->n), gb_number_text(&fault->item->num, c->arena)));
}

/* Clauses below one parent run from 1 on without a gap. Source: GB/T 1.1—2020, 7.3.2. */
static void
check_clause_sequence(struct gb_check *c)
{
    enum { MANY = 10, SHARE = 4 };
    struct gaps *gaps = gaps_of(c);

    check_sequence(c, count_gap);
    gaps->is_digest = gaps->n >= MANY && SHARE * gaps->n >= c->facts->of_kind[GB_NODE_CLAUSE].n;
    check_sequence(c, report_clause);
    if (gaps->is_digest)
        check_sequence(c, report_digest);
}

static void
report_prefix(struct gb_check *c, const struct gb_sequence_fault *fault)
{
    struct gb_arena *arena = c->arena;
    struct gb_number own_parent = fault->item->num;

    if (fault->kind != GB_SEQUENCE_PREFIX)
        return;
    own_parent.n--;
    struct gb_at at = fault->at.end ? gb_at_span(fault->at) : gb_at_sequence_item(fault->item);
    gb_report_case(c, fault->expected.n ? NULL : "deep", at, fault->at.end ? NULL : fault->item->node,
                   GB_ARGS(gb_number_text(&fault->item->num, arena), gb_number_text(&fault->parent, arena),
                           gb_number_text(&fault->expected, arena), gb_number_text(&own_parent, arena)));
}

/* A clause's number is that of its parent, a dot and a number. Source: GB/T 1.1—2020, 7.3.2. */
GB_CHECK_WHOLE(check_clause_prefix, check_sequence(c, report_prefix))

static void
report_duplicate(struct gb_check *c, const struct gb_sequence_fault *fault)
{
    if (fault->kind != GB_SEQUENCE_DUPLICATE)
        return;
    struct gb_finding *f =
        gb_report(c, gb_at_sequence_item(fault->item), fault->item->node,
                  GB_ARGS(gb_number_text(&fault->item->num, c->arena), gb_number_text(&fault->expected, c->arena)));
    gb_also(c, f, gb_at_sequence_item(fault->other), gb_say(c, "另一处", "the other one"));
}

/* A number is used once. Source: GB/T 1.1—2020, 7.3.2. */
GB_CHECK_WHOLE(check_duplicate_number, check_sequence(c, report_duplicate))

const struct gb_check_def gb_sequence_checks[] = {
    {.name = "chapter-sequence", .whole = check_chapter_sequence, .cases = "missing"},
    {.name = "clause-sequence", .whole = check_clause_sequence, .cases = "missing digest"},
    {.name = "clause-prefix", .whole = check_clause_prefix, .cases = "deep"},
    {.name = "duplicate-number", .whole = check_duplicate_number},
    {0},
};
