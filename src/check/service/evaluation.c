/* Clauses on evaluation: who, how often, on what data, how computed, and what follows: EVL-007. DB32/T 2796—2015, 10.1.2 and 10.1.4. */
#include "check/service/service_priv.h"

#include "check/clause_priv.h"
#include "facts/procedures/procedure.h"

/* 评价, 服务质量评价, 监督与考核; not 评价指标 or 评价原则, which are parts of one. */
static bool
is_evaluation(const struct gb_node *clause)
{
    GB_WORDS(ends, "评价", "考核", "评价与改进", "评价和改进", "评价及改进", "评价与持续改进", "评价和持续改进");
    GB_WORDS(chapters, "评价方法", "考核方法", "评价办法", "考核办法"); /* below another title one part of it */
    struct gb_str title = gb_str_trim(clause->title.str);
    bool is_chapter = clause->parent && clause->parent->kind == GB_NODE_DOC;

    if (GB_ENDS_ANY(title, ends) || (is_chapter && GB_ENDS_ANY(title, chapters)))
        return clause->role == GB_ROLE_NONE && !GB_HAS_ONE_OF(title, "风险", "验收");
    return false;
}

/* A subclause that is on evaluation itself takes its place. */
static bool
holds_evaluation(const struct gb_node *clause)
{
    GB_FIND_NEXT(n, gb_clause_first(clause), gb_clause_next(n), is_evaluation(n));
    return n != NULL;
}

/* What is looked through: the clause, or the one above that is on evaluation and on what follows from it: 9 评价与改进. */
static const struct gb_node *
subject_of(const struct gb_node *clause)
{
    const struct gb_node *above = clause->parent;

    return above && above->kind == GB_NODE_CLAUSE && is_evaluation(above) ? above : clause;
}

/* 车辆管理所应每季度评价: who evaluates is the subject, whatever he is called. The bits of that slot; 0: no actor. */
static uint32_t
told_by_subject(const struct gb_check *c, const struct gb_vocabulary *v, struct gb_str text)
{
    for (size_t i = 0; i < v->n; i++) {
        if (gb_str_is(gb_thing_name(v, i), "评价者"))
            return gb_first_actor(c->facts->lexicon, text).len ? UINT32_C(1) << i : 0;
    }
    return 0;
}

static void
check_evaluation(struct gb_check *c)
{
    struct gb_vocabulary v = {0};

    if (GB_HAS_ONE_OF(c->doc->root->title.str, "评价", "考核"))
        return;
    GB_EACH_NODE(clause, &c->facts->of_kind[GB_NODE_CLAUSE]) {
        if (!is_evaluation(clause) || holds_evaluation(clause))
            continue;
        if (!v.n)
            v = gb_vocabulary_of(c, "slots");
        uint32_t missing = (UINT32_C(1) << v.n) - 1;
        size_t texts = 0;
        const struct gb_node *subject = subject_of(clause);
        for (const struct gb_node *n = gb_node_walk(subject, subject); n && missing; n = gb_node_walk(n, subject)) {
            missing &= ~gb_vocabulary_in(&v, n->title.str) & ~gb_vocabulary_in(&v, n->text.str);
            missing &= ~told_by_subject(c, &v, n->text.str);
            texts += n->text.str.len > 0;
            missing = gb_param_has(c, "measured", n->text.str) ? 0 : missing; /* values are compared with limits */
            GB_EACH_CELL(cell, n)
                missing &= ~gb_vocabulary_in(&v, cell->text.str);
        }
        if (missing && texts)
            gb_report(c, gb_at_head(clause), clause, GB_ARGS(clause->title.str, gb_thing_names(c, &v, missing)));
    }
}

const struct gb_check_def gb_evaluation_checks[] = {
    {.name = "evaluation-method", .whole = check_evaluation, .params = "slots:pairs measured:words"},
    {0},
};
