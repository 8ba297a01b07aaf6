/*
 * Which types of provisions an element may hold: principles, general requirements, overviews, guides: ELM-001 to ELM-004. GB/T
 * 1.1—2020, 8.10, 8.11 and 9.3. What a sentence is, facts/ say.
 */
#include "check/wording/clause_types_priv.h"

enum {
    FEW = 3, /* so many sentences are slips; more of them are one finding */
};

/* Sentences of one type below one title. */
struct slips {
    GB_ARRAY(const struct gb_provision *) items;
};

/* The modal that makes the sentence what it is; the whole sentence where it has none. */
static struct gb_at
place_of(struct gb_check *c, const struct gb_provision *p)
{
    const struct gb_modal *m = gb_strongest_modal(c->facts, p->sentence);

    return m ? gb_at_part(p->sentence->text, m->begin, m->end) : gb_sentence_place(p->sentence);
}

static struct gb_str
words_at(struct gb_check *c, const struct gb_provision *p)
{
    enum { SHOWN = 12 * 3 };
    const struct gb_modal *m = gb_strongest_modal(c->facts, p->sentence);
    struct gb_str words = m ? m->word : gb_sentence_words(c, p->sentence);

    if (words.len <= SHOWN)
        return words;
    return gb_arena_printf(c->arena, "%.*s…", (int)gb_utf8_floor(words, SHOWN), words.ptr);
}

static void
relate_rest(struct gb_check *c, struct gb_finding *f, const struct slips *slips)
{
    for (size_t i = 1; i < slips->items.len; i++)
        gb_also_there(c, f, place_of(c, slips->items.items[i]));
}

/* Tells of the slips below one title. `asked`: what that asks, enum gb_under. */
typedef void report_slips(struct gb_check *c, struct slips *slips, const struct gb_node *holder, unsigned asked);

/* Collects the provisions below each title that asks one of `of`, and are slips, and has them told. */
static void
each_holder(struct gb_check *c, unsigned of, bool (*is_slip)(struct gb_check *c, const struct gb_provision *p),
            report_slips *report)
{
    const struct gb_provisions *all = gb_provisions_of(c);
    const struct gb_node *holder = NULL;
    struct slips slips = {0};
    unsigned under = 0;

    GB_EACH(const struct gb_provision, p, all->items, all->n) {
        unsigned asked = p->under & of;
        if (!asked || p->under & GB_UNDER_ANNEX || !is_slip(c, p))
            continue;
        const struct gb_node *own = gb_under_holder(c, p->clause, (enum gb_under)asked);
        if (own != holder && holder)
            report(c, &slips, holder, under);
        holder = own;
        under = asked;
        *gb_push(&slips.items) = p;
    }
    if (holder)
        report(c, &slips, holder, under);
    gb_array_release(&slips.items);
}

/* ---- ELM-001 ---- */

static const struct {
    struct gb_str word, by;
} advice[] = {
    {GB_WORD("应"), GB_WORD("宜")},     {GB_WORD("应该"), GB_WORD("宜")},     {GB_WORD("应当"), GB_WORD("宜")},
    {GB_WORD("不应"), GB_WORD("不宜")}, {GB_WORD("不应该"), GB_WORD("不宜")}, {GB_WORD("不应当"), GB_WORD("不宜")},
    {GB_WORD("必须"), GB_WORD("宜")},   {GB_WORD("不得"), GB_WORD("不宜")},   {GB_WORD("须"), GB_WORD("宜")},
};

/* Makes recommendations of the requirements of a sentence. */
static void
offer_advice(struct gb_check *c, struct gb_finding *f, const struct gb_sentence *s)
{
    GB_EACH_MODAL(m, c->facts, s) {
        for (size_t k = 0; k < GB_COUNT(advice); k++) {
            if (gb_str_eq(m->word, advice[k].word))
                gb_fix_part(c, f, s->text, m->begin, m->end, advice[k].by);
        }
    }
}

static void
report_principles(struct gb_check *c, struct slips *slips, const struct gb_node *holder, unsigned asked)
{
    bool is_one = slips->items.len > FEW;

    for (size_t i = 0; i < slips->items.len; i++) {
        const struct gb_provision *p = slips->items.items[i];
        const char *which = asked & GB_UNDER_INNER ? "inner" : is_one ? "many" : NULL;
        struct gb_finding *f =
            gb_report_case(c, which, place_of(c, p), p->sentence->node,
                           GB_ARGS(holder->title.str, words_at(c, p), gb_count_text(c, slips->items.len)));
        offer_advice(c, f, p->sentence);
        if (is_one) {
            relate_rest(c, f, slips);
            break;
        }
    }
    slips->items.len = 0;
}

static bool
is_requirement(struct gb_check *c, const struct gb_provision *p)
{
    (void)c;
    return gb_provision_is(p, GB_TYPE_REQUIREMENT);
}

/* 总体原则, 总则, 原则 hold statements and recommendations. Source: GB/T 1.1—2020, 8.10. */
GB_CHECK_WHOLE(check_principles,
               each_holder(c, GB_UNDER_PRINCIPLES | GB_UNDER_INNER, is_requirement, report_principles))

/* ---- ELM-002 ---- */

/* The line before has no end mark: a sentence that a page or a line cut goes on, or a lead-in governs it. */
static bool
goes_on_from_before(const struct gb_sentence *s)
{
    const struct gb_node *prev = s->node->prev;

    while (prev && prev->kind == GB_NODE_COMMENT)
        prev = prev->prev;
    return s->begin == 0 && prev && prev->kind == GB_NODE_PARA &&
           !gb_str_ends(gb_str_trim(prev->text.str), GB_STR("。"));
}

/* Lead-ins, fragments and what a cut sentence goes on with are no provisions that lack their modal. */
static bool
is_fragment(const struct gb_sentence *s, struct gb_str words)
{
    enum { SHORTEST = 6 * 3 };

    return s->n_modals || s->flags & (GB_SENTENCE_LEAD_IN | GB_SENTENCE_INHERITS) ||
           (s->node->kind != GB_NODE_PARA && s->node->kind != GB_NODE_CLAUSE) || words.len < SHORTEST ||
           goes_on_from_before(s) || !gb_str_ends(GB_WORDS_OF(s), GB_STR("。"));
}

/* Statements that say what something is, or refer. */
static bool
is_factual(struct gb_check *c, const struct gb_sentence *s)
{
    return gb_param_has(c, "factual", gb_sentence_words(c, s));
}

static struct gb_str
kind_of(struct gb_check *c, const struct gb_provision *p)
{
    const struct gb_sentence *s = p->sentence;

    if (s->flags & GB_SENTENCE_INHERITS)
        return GB_STR("");
    if (s->type == GB_TYPE_RECOMMENDATION)
        return gb_say(c, "推荐", "recommendation");
    if (p->under & GB_UNDER_WITHIN) /* what stands under 人员 may state and instruct in its own way */
        return GB_STR("");
    if (s->type == GB_TYPE_INSTRUCTION)
        return gb_say(c, "指示", "instruction");
    if (s->type != GB_TYPE_STATEMENT)
        return GB_STR("");
    /* In 2009 a provision without modal is a finding of its own (WRD-011), of a higher level than this one. */
    if (gb_is_bare_instruction(c, s))
        return c->facts->edition == GB_EDITION_2020 ? gb_say(c, "指示", "instruction") : GB_STR("");
    return is_fragment(s, gb_sentence_words(c, s)) ? GB_STR("") : gb_say(c, "陈述", "statement");
}

static void
report_no_requirements(struct gb_check *c, struct slips *slips, const struct gb_node *holder, unsigned asked)
{
    static const char *const cases[] = {NULL, "basic", "statement", "factual"};
    enum { SURE, BASIC, STATED, FACTUAL };
    struct gb_finding *of_case[GB_COUNT(cases)] = {NULL};
    bool is_one = slips->items.len > FEW; /* of each case */

    for (size_t i = 0; i < slips->items.len; i++) {
        const struct gb_provision *p = slips->items.items[i];
        /* Without modal, it may state a fact by intent. */
        bool is_suspected = p->sentence->type == GB_TYPE_STATEMENT && !gb_is_bare_instruction(c, p->sentence);
        unsigned which = is_suspected && is_factual(c, p->sentence) ? FACTUAL
                         : asked & GB_UNDER_BASIC                   ? BASIC
                         : is_suspected                             ? STATED
                                                                    : SURE;
        of_case[which] = gb_report_one(c, is_one ? of_case[which] : NULL, cases[which], place_of(c, p),
                                       p->sentence->node, GB_ARGS(holder->title.str, kind_of(c, p), words_at(c, p)));
    }
    slips->items.len = 0;
}

static bool
is_no_requirement(struct gb_check *c, const struct gb_provision *p)
{
    return kind_of(c, p).len > 0;
}

/* 总体要求, 通用要求 hold requirements alone. Source: GB/T 1.1—2020, 8.10 and 9.3. */
GB_CHECK_WHOLE(check_general_requirements,
               each_holder(c, GB_UNDER_REQUIREMENTS | GB_UNDER_BASIC, is_no_requirement, report_no_requirements))

/* ---- ELM-003 ---- */

/* All sentences of a clause, its tables and notes included, counted by type. */
static void
count_types(const struct gb_facts *facts, const struct gb_node *root, const struct gb_node *clause, size_t *out_n)
{
    const struct gb_node *next = gb_node_walk_past(clause, root);
    uint32_t end = next ? next->id : facts->n_nodes;

    for (uint32_t i = facts->first_sentence[clause->id]; i < facts->first_sentence[end]; i++)
        out_n[facts->sentences[i].type]++;
}

static bool
is_strict(const struct gb_provision *p)
{
    return gb_provision_is(p, GB_TYPE_REQUIREMENT) || gb_provision_is(p, GB_TYPE_INSTRUCTION) ||
           gb_provision_is(p, GB_TYPE_RECOMMENDATION);
}

static void
offer_title(struct gb_check *c, struct gb_finding *f, const struct gb_node *clause, const char *title)
{
    gb_fix(c, f, gb_at_text(&clause->title).span, gb_str_from(title));
}

/* 概述 states; where most of it provides, the title is wrong, else the sentence. */
static void
report_overview(struct gb_check *c, struct slips *slips, const struct gb_node *holder, size_t n_statements)
{
    struct gb_finding *f;

    if (slips->items.len > n_statements) {
        const struct gb_provision *first = slips->items.items[0];
        f = gb_report_case(c, "title", gb_at_text(&holder->title), holder,
                           GB_ARGS(holder->title.str, words_at(c, first)));
        gb_also(c, f, place_of(c, first), gb_say(c, "其中的条款", "the provision in it"));
        relate_rest(c, f, slips);
        if (first->sentence->type == GB_TYPE_REQUIREMENT)
            offer_title(c, f, holder, "通则");
    } else {
        for (size_t i = 0; i < slips->items.len; i++) {
            const struct gb_provision *p = slips->items.items[i];
            gb_report(c, place_of(c, p), p->sentence->node, GB_ARGS(holder->title.str, words_at(c, p)));
        }
    }
    slips->items.len = 0;
}

/* 通则 holds a requirement; where nothing in it provides anything, it is an overview. */
static void
report_general(struct gb_check *c, const struct gb_node *root, const struct gb_node *holder)
{
    size_t n[GB_TYPE_REQUIREMENT + 1] = {0};

    count_types(c->facts, root, holder, n);
    if (n[GB_TYPE_REQUIREMENT] || n[GB_TYPE_INSTRUCTION])
        return;
    struct gb_finding *f = gb_report_case(c, "general", gb_at_text(&holder->title), holder, GB_ARGS(holder->title.str));
    if (!n[GB_TYPE_RECOMMENDATION] && !n[GB_TYPE_PERMISSION])
        offer_title(c, f, holder, "概述");
}

/* Source: GB/T 1.1—2020, 9.3. */
static void
check_overviews(struct gb_check *c)
{
    const struct gb_provisions *all = gb_provisions_of(c);
    const struct gb_node *holder = NULL;
    struct slips slips = {0};
    size_t n_statements = 0;

    for (size_t i = 0; i <= all->n; i++) {
        const struct gb_provision *p = i < all->n ? &all->items[i] : NULL;
        unsigned asked = p ? p->under & (GB_UNDER_OVERVIEW | GB_UNDER_GENERAL) : 0;
        const struct gb_node *own = asked ? gb_under_holder(c, p->clause, (enum gb_under)asked) : NULL;
        if (own != holder) {
            if (holder)
                report_overview(c, &slips, holder, n_statements);
            n_statements = 0;
            holder = asked & GB_UNDER_OVERVIEW ? own : NULL;
            if (asked & GB_UNDER_GENERAL && (i == 0 || !(p[-1].under & GB_UNDER_GENERAL) ||
                                             gb_under_holder(c, p[-1].clause, GB_UNDER_GENERAL) != own))
                report_general(c, c->doc->root, own);
        }
        if (!holder)
            continue;
        if (is_strict(p))
            *gb_push(&slips.items) = p;
        else
            n_statements++;
    }
    gb_array_release(&slips.items);
}

/* ---- ELM-004 ---- */

/* A guide advises; its 总体要求 may require. Principles are ELM-001. Source: GB/T 1.1—2020, 8.11 and table 4. */
static void
check_guide(struct gb_check *c)
{
    struct slips slips = {0};

    if (!gb_str_is(c->facts->function, "指南"))
        return;
    const struct gb_provisions *all = gb_provisions_of(c);
    GB_EACH(const struct gb_provision, p, all->items, all->n) {
        bool is_told = slips.items.len && slips.items.items[slips.items.len - 1]->sentence->node == p->sentence->node;
        if (!is_told && gb_provision_is(p, GB_TYPE_REQUIREMENT) &&
            !(p->under & (GB_UNDER_REQUIREMENTS | GB_UNDER_PRINCIPLES | GB_UNDER_ANNEX)))
            *gb_push(&slips.items) = p;
    }
    if (slips.items.len) {
        const struct gb_provision *first = slips.items.items[0];
        struct gb_finding *f = gb_report(c, place_of(c, first), first->sentence->node,
                                         GB_ARGS(gb_count_text(c, slips.items.len), words_at(c, first)));
        relate_rest(c, f, &slips);
    }
    gb_array_release(&slips.items);
}

const struct gb_check_def gb_clause_type_checks[] = {
    {.name = "principles", .whole = check_principles, .cases = "many inner"},
    {.name = "general-requirements",
     .whole = check_general_requirements,
     .cases = "basic statement factual",
     .params = GB_BARE_PARAMS "factual:words"},
    {.name = "overview", .whole = check_overviews, .cases = "title general"},
    {.name = "guide-requirements", .whole = check_guide},
    {0},
};
