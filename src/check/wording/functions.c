/*
 * What documents of each function hold beyond the core elements that STR-022 asks for: ELM-005 to ELM-009. GB/T 1.1—2020, 8.9 to 8.11;
 * GB/T 20001. Where the core is missing as a whole, STR-022 speaks and these are silent: one cause, one finding.
 */
#include "check/wording/clause_types_priv.h"

#include "check/clause_priv.h"
#include "check/structure/elements_priv.h"

enum {
    FEW = 3,
    LEAST_CHAPTERS = 4, /* with fewer nothing can be said to be missing */
};

/* ---- What is said where ---- */

static bool
is_of(const struct gb_check *c, const char *function)
{
    return gb_str_is(c->facts->function, function) && c->facts->cover && c->facts->n_chapters >= LEAST_CHAPTERS &&
           gb_is_whole_draft(c);
}

/* Does the title name what is done: does one of the words end it, or lead on to how it is done? 试验鞋 and 分析天平 are things. */
static bool
names_act(struct gb_check *c, const char *key, struct gb_str title)
{
    GB_WORDS(behind, "步骤", "程序", "过程", "方法", "操作", "流程", "要求", "规则", "实施", "内容", "的", "与", "和",
             "及", "、", "（", "(", "—", " ", "　");
    const struct gb_str *words;
    size_t n = gb_param_words(c, key, &words);

    for (size_t i = 0; i < n; i++) {
        GB_EACH_FOUND(at, title, words[i], 0) {
            struct gb_str rest = gb_str_skip(title, at + words[i].len);
            if (!rest.len || GB_STARTS_ANY(rest, behind))
                return true;
        }
    }
    return false;
}

/* `but`: a parameter with words that take a title out (试验报告 is no title of steps); then the words name acts. NULL: none. */
static bool
titles_say(struct gb_check *c, const char *key, const char *but)
{
    const struct gb_facts *facts = c->facts;
    const struct gb_nodes *kinds[] = {&facts->of_kind[GB_NODE_CLAUSE], &facts->of_kind[GB_NODE_ANNEX],
                                      &facts->of_kind[GB_NODE_TABLE], &facts->of_kind[GB_NODE_FIGURE]};

    for (size_t k = 0; k < GB_COUNT(kinds); k++) {
        for (uint32_t i = 0; i < kinds[k]->n; i++) {
            struct gb_str title = kinds[k]->items[i]->title.str;
            if (but ? names_act(c, key, title) && !gb_param_has(c, but, title) : gb_param_has(c, key, title))
                return true;
        }
    }
    return false;
}

/* In chapters, and in annexes as well; the first chapter is the scope, which names what others hold. */
static bool
text_says(struct gb_check *c, const char *key, bool with_annexes)
{
    const struct gb_facts *facts = c->facts;
    const struct gb_nodes *kinds[] = {&facts->of_kind[GB_NODE_PARA], &facts->of_kind[GB_NODE_ITEM],
                                      &facts->of_kind[GB_NODE_CLAUSE]};
    uint32_t first = facts->n_chapters ? facts->chapters[0]->id : 0;
    uint32_t end = !with_annexes && facts->first_annex ? facts->first_annex->id : facts->n_nodes;

    if (facts->n_chapters > 1 && facts->chapters[0] == facts->scope)
        first = facts->chapters[1]->id;
    for (size_t k = 0; k < GB_COUNT(kinds); k++) {
        GB_EACH_NODE(n, kinds[k]) {
            if (n->id >= first && n->id < end &&
                (gb_param_has(c, key, n->text.str) || (!with_annexes && gb_param_has(c, key, n->title.str))))
                return true;
        }
    }
    return false;
}

static bool
is_said(struct gb_check *c, const char *key)
{
    return titles_say(c, key, NULL) || text_says(c, key, true);
}

static struct gb_at
at_title(const struct gb_facts *facts)
{
    return gb_at_text(facts->title ? &facts->title->title : &facts->cover->u.cover->title);
}

/* ---- ELM-005 ---- */

/* Clauses that a table of requirements and methods names, or a chapter 证实方法, and that table or chapter. */
struct trace {
    const struct gb_node *table;
    uint8_t *named; /* by node->id */
    size_t n_named;
};

static bool
is_trace_table(struct gb_check *c, const struct gb_node *table)
{
    bool has_requirement = false, has_method = false;

    GB_EACH_CELL(cell, table) {
        if (!cell->is_header)
            break;
        has_requirement = has_requirement || gb_param_has(c, "requirement", cell->text.str);
        has_method = has_method || gb_param_has(c, "method", cell->text.str);
    }
    return has_requirement && has_method;
}

static void
name_clause(struct trace *trace, const struct gb_node *clause)
{
    if (clause && !trace->named[clause->id]) {
        trace->named[clause->id] = 1;
        trace->n_named++;
    }
}

static bool
is_range(struct gb_str cell)
{
    return GB_HAS_ONE_OF(cell, "～", "~", "至", "—");
}

/* 第5章, or 5 alone in its cell: what else is one number may be a count or a score, 扣5分. */
static bool
may_be_chapter(struct gb_str cell, size_t begin, size_t end)
{
    struct gb_str whole = gb_str_trim(cell);

    return gb_str_ends(gb_str_sub(cell, 0, begin), GB_STR("第")) || whole.len == end - begin;
}

/* Numbers that are the whole of a cell: 5.1、5.2. A range names its whole parent. */
static void
name_numbers(const struct gb_facts *facts, struct trace *trace, struct gb_str cell)
{
    for (size_t at = 0; at < cell.len;) {
        struct gb_number number = {0};
        while (at < cell.len && (cell.ptr[at] < '0' || cell.ptr[at] > '9'))
            at++;
        size_t begin = at;
        while (at < cell.len && gb_is_digit(cell.ptr[at]) && number.n < GB_MAX_COMPONENTS) {
            number.part[number.n++] = (uint16_t)gb_take_digits(cell, &at, 4);
            at += at < cell.len && cell.ptr[at] == '.';
        }
        if (number.n == 0 || (number.n == 1 && !may_be_chapter(cell, begin, at)))
            continue;
        if (number.n > 1 && is_range(cell))
            number.n--;
        name_clause(trace, gb_find_part(facts, GB_MENTION_CLAUSE, &number));
    }
}

static void
read_trace(struct gb_check *c, struct trace *trace, const struct gb_node *table)
{
    trace->table = table;
    GB_EACH_CELL(cell, table) {
        if (!cell->is_header)
            name_numbers(c->facts, trace, cell->text.str);
    }
}

/* 对5.2、6.1的符合性，查验记录 in a chapter 证实方法. A range names its whole parent. */
static void
read_trace_text(struct gb_check *c, struct trace *trace)
{
    enum { RANGE = GB_MENTION_RANGE_FIRST | GB_MENTION_RANGE_LAST, FOREIGN = GB_MENTION_EXTERNAL | GB_MENTION_QUOTED };

    GB_EACH(const struct gb_mention, m, c->facts->mentions, c->facts->n_mentions) {
        const struct gb_node *top = gb_node_top(m->node);
        if (m->flags & FOREIGN || !m->target || m->target->kind != GB_NODE_CLAUSE || m->target == top ||
            !gb_str_has(top->title.str, GB_STR("证实")))
            continue;
        if (!trace->table)
            trace->table = top;
        name_clause(trace, m->flags & RANGE ? m->target->parent : m->target);
    }
}

/* The clause itself, one around it or one in it is named. */
static bool
is_named(const struct trace *trace, const struct gb_node *clause)
{
    for (const struct gb_node *n = clause; n && n->kind == GB_NODE_CLAUSE; n = n->parent) {
        if (trace->named[n->id])
            return true;
    }
    GB_FIND_NEXT(n, gb_clause_first(clause), gb_clause_next(n), trace->named[n->id]);
    return n != NULL;
}

/* Chapters of which the table names a clause: others (marking, transport) are verified otherwise. */
static bool
is_traced_chapter(const struct trace *trace, const struct gb_node *top, const struct gb_node *root)
{
    return GB_ANY(for (const struct gb_node *n = top; n && (n == top || n != top->next); n = gb_node_walk(n, root)),
                  n->kind == GB_NODE_CLAUSE && trace->named[n->id]);
}

typedef GB_ARRAY(const struct gb_node *) node_array;

/* Clauses with a requirement that the table does not name. */
static size_t
find_untraced(struct gb_check *c, const struct trace *trace, node_array *out)
{
    const struct gb_provisions *all = gb_provisions_of(c);
    const struct gb_node *top = NULL, *clause = NULL;
    bool is_traced = false;
    size_t n_named = 0;

    GB_EACH(const struct gb_provision, p, all->items, all->n) {
        if (p->under & GB_UNDER_ANNEX || p->clause == clause || !gb_provision_is(p, GB_TYPE_REQUIREMENT))
            continue;
        clause = p->clause;
        if (p->top != top) {
            top = p->top;
            is_traced = !gb_param_has(c, "method", top->title.str) && is_traced_chapter(trace, top, c->doc->root);
        }
        if (!is_traced || clause->kind != GB_NODE_CLAUSE)
            continue;
        if (is_named(trace, clause))
            n_named++;
        else
            *gb_push(out) = clause;
    }
    return n_named;
}

static void
report_untraced(struct gb_check *c, const struct trace *trace, const node_array *clauses)
{
    struct gb_finding *f = NULL;

    for (size_t i = 0; i < clauses->len; i++) {
        const struct gb_node *clause = clauses->items[i];
        if (f && clauses->len > FEW)
            gb_also(c, f, gb_at_number(clause), clause->number.str);
        else
            f = gb_report(c, gb_at_number(clause), clause, GB_ARGS(clause->number.str));
    }
    gb_also(c, f, gb_at_head(trace->table), gb_say(c, "证实方法", "the methods"));
}

/*
 * In a specification each requirement has its verification: a table that gives it for most clauses gives it for all. Source: GB/T
 * 1.1—2020, 8.11; GB/T 20001.5—2017, 6.4.2.1; 2009, 6.3.4. That there is none at all is STR-022.
 */
static void
check_verification(struct gb_check *c)
{
    struct trace trace = {0};
    node_array missing = {0};

    if (!gb_str_is(c->facts->function, "规范"))
        return;
    trace.named = gb_arena_new_array(c->arena, uint8_t, c->facts->n_nodes + 1);
    GB_EACH_NODE(node, &c->facts->of_kind[GB_NODE_TABLE]) {
        if (is_trace_table(c, node))
            read_trace(c, &trace, node);
    }
    read_trace_text(c, &trace);
    if (trace.n_named >= FEW && find_untraced(c, &trace, &missing) > 2 * missing.len)
        report_untraced(c, &trace, &missing);
    gb_array_release(&missing);
}

/* ---- ELM-006, ELM-007 ---- */

/* Source: GB/T 1.1—2020, 8.11 and table 4; GB/T 20001.6—2017, chapter 5, 6.3 to 6.5. */
static void
check_procedure(struct gb_check *c)
{
    if (!is_of(c, "规程"))
        return;
    /* A form in an annex traces nothing, unless a chapter says who fills it in. */
    if (!text_says(c, "tracing", false) && is_said(c, "traced"))
        gb_report(c, at_title(c->facts), NULL, GB_ARGS(c->facts->function));
    if (!titles_say(c, "procedure", NULL) && !text_says(c, "procedure", false) && is_said(c, "staged"))
        gb_report_case(c, "procedure", at_title(c->facts), NULL, GB_ARGS(c->facts->function));
}

/* Source: GB/T 1.1—2020, 8.11 and table 4; GB/T 20001.4. A title shows where the data are treated. */
static void
check_test(struct gb_check *c)
{
    if (!is_of(c, "试验"))
        return;
    if (!titles_say(c, "steps", "no-steps") && text_says(c, "steps", true))
        gb_report_case(c, "steps", at_title(c->facts), NULL, GB_ARGS(c->facts->function));
    if (!titles_say(c, "data", NULL) && text_says(c, "data", true))
        gb_report(c, at_title(c->facts), NULL, GB_ARGS(c->facts->function));
}

/* ---- ELM-008 ---- */

struct coded {
    const struct gb_cell *cell;
    uint32_t order;
};

GB_ORDER(compare_codes, struct coded, GB_KEY_STR(cell->text.str) GB_KEY(order))

/* The one column whose head says that it holds codes; false where there is none, or several. */
static bool
code_column(struct gb_check *c, const struct gb_table *table, uint16_t *out_column)
{
    size_t n = 0;

    for (uint32_t i = 0; i < table->n_cells && table->cells[i].is_header; i++) {
        if (!gb_param_has(c, "codes", table->cells[i].text.str))
            continue;
        if (table->cells[i].columns > 1)
            return false;
        *out_column = table->cells[i].column;
        n++;
    }
    return n == 1;
}

/* The name of the class whose code stands in cell i: the cell before it, or behind it; NULL where that is empty. */
static const struct gb_cell *
class_beside(const struct gb_table *table, uint32_t i)
{
    const struct gb_cell *cell = &table->cells[i];
    const struct gb_cell *class = i > 0 && cell[-1].row == cell->row                   ? cell - 1
                                  : i + 1 < table->n_cells && cell[1].row == cell->row ? cell + 1
                                                                                       : NULL;

    return class && class->text.str.len ? class : NULL;
}

static void
check_codes_of(struct gb_check *c, const struct gb_node *table)
{
    GB_ARRAY(struct coded) codes = {0};
    uint16_t column;

    if (!table->u.table || !code_column(c, table->u.table, &column))
        return;
    for (uint32_t i = 0; i < table->u.table->n_cells; i++) {
        const struct gb_cell *cell = &table->u.table->cells[i];
        if (cell->is_header || cell->column != column || cell->columns > 1)
            continue;
        const struct gb_cell *class = cell->text.str.len ? NULL : class_beside(table->u.table, i);
        if (class)
            gb_report_case(c, "missing", gb_at_text(&class->text), table, GB_ARGS(class->text.str));
        else if (cell->text.str.len)
            *gb_push(&codes) = (struct coded){cell, i};
    }
    gb_sort(codes.items, codes.len, sizeof(*codes.items), compare_codes);
    for (size_t i = 1; i < codes.len; i++) {
        const struct gb_cell *cell = codes.items[i].cell, *before = codes.items[i - 1].cell;
        if (!gb_str_eq(cell->text.str, before->text.str) || gb_param_has(c, "none", cell->text.str))
            continue;
        struct gb_finding *f = gb_report(c, gb_at_text(&cell->text), table, GB_ARGS(cell->text.str));
        gb_also(c, f, gb_at_text(&before->text), gb_say(c, "同一代码", "the same code"));
    }
    gb_array_release(&codes);
}

/* One class, one code. Source: GB/T 1.1—2020, 8.9 and 8.11; 2009, 6.3.5. */
static void
check_codes(struct gb_check *c)
{
    const struct gb_nodes *tables = &c->facts->of_kind[GB_NODE_TABLE];

    for (uint32_t i = 0; gb_str_is(c->facts->function, "分类") && i < tables->n; i++)
        check_codes_of(c, tables->items[i]);
}

/* ---- ELM-009 ---- */

/* Terms in the letters of another language, somewhere in the index; an empty one may have them. */
static bool
may_be_foreign(const struct gb_node *index)
{
    enum { LETTERS = 3 };

    if (!index->first)
        return true;
    for (const struct gb_node *n = index; n; n = gb_node_walk(n, index)) {
        uint32_t n_cells = n->kind == GB_NODE_TABLE && n->u.table ? n->u.table->n_cells : 0;
        for (uint32_t i = 0; i <= n_cells; i++) {
            struct gb_str s = i < n_cells ? n->u.table->cells[i].text.str : n->text.str;
            size_t run = 0;
            for (size_t at = 0; at < s.len && run < LETTERS; at++)
                run = gb_is_letter(s.ptr[at]) ? run + 1 : 0;
            if (run == LETTERS)
                return true;
        }
    }
    return false;
}

/* Source: GB/T 1.1—2020, 8.11; GB/T 20001.1. */
static void
check_vocabulary(struct gb_check *c)
{
    const struct gb_facts *facts = c->facts;
    const struct gb_nodes *terms = &facts->of_kind[GB_NODE_TERM], *indexes = &facts->of_kind[GB_NODE_INDEX];

    /* It has no chapters but scope, references and terms. */
    if (!gb_str_is(facts->function, "术语") || !facts->cover || !gb_is_whole_draft(c) ||
        terms->n < gb_param_number(c, "least"))
        return;
    if (!facts->index)
        gb_report(c, at_title(facts), NULL, GB_ARGS(gb_arena_printf(c->arena, "%u", (unsigned)terms->n)));
    else if (GB_ANY(GB_EACH_NODE(term, terms), term->en.str.len > 0) &&
             !GB_ANY(GB_EACH_NODE(index, indexes), may_be_foreign(index)))
        gb_report_case(c, "foreign", gb_at_head(facts->index), facts->index, GB_NO_ARGS);
}

const struct gb_check_def gb_function_checks[] = {
    {.name = "verification", .whole = check_verification, .params = "requirement:words method:words"},
    {.name = "procedure-elements",
     .whole = check_procedure,
     .cases = "procedure",
     .params = "tracing:words traced:words procedure:words staged:words"},
    {.name = "test-elements", .whole = check_test, .cases = "steps", .params = "steps:words no-steps:words data:words"},
    {.name = "class-codes", .whole = check_codes, .cases = "missing", .params = "codes:words none:words"},
    {.name = "vocabulary-index", .whole = check_vocabulary, .cases = "foreign", .params = "least:number"},
    {0},
};
