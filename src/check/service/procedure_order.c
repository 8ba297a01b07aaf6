/*
 * The order of a procedure written as text, and whether the stages that an overview names are those treated: PRC-003, PRC-015.
 * DB32/T 2796—2015, 7.3.4.5 b); GB/T 20001.6—2017, 6.4.2 and 6.4.4.
 */
#include "check/service/procedure_priv.h"

#include "check/objects/figures_priv.h"

/* ---- Stages and the clauses that treat them ---- */

enum { MOST_TITLES = 60 };

/* Titles that may treat the stages: of clauses below the procedure's, then of those behind it, and below 程序指示. */
struct titles {
    const struct gb_node *items[MOST_TITLES];
    struct gb_han_name names[MOST_TITLES];
    size_t n;
};

static void
add_title(struct titles *titles, const struct gb_node *n)
{
    if (n->kind == GB_NODE_CLAUSE && gb_node_is_titled(n) && titles->n < MOST_TITLES) {
        titles->names[titles->n] = gb_han_name_read(n->title.str);
        titles->items[titles->n++] = n;
    }
}

static void
add_titles(struct titles *titles, const struct gb_node *first)
{
    for (const struct gb_node *n = first; n && titles->n < MOST_TITLES; n = n->next) {
        add_title(titles, n);
        const struct gb_node *inner = gb_is_instructions_title(n->title.str) ? n->first : NULL;
        for (int i = 0; inner && i < MOST_TITLES; inner = inner->next, i++)
            add_title(titles, inner);
    }
}

static void
collect_titles(const struct gb_procedure *p, struct titles *out)
{
    out->n = 0;
    if (!p->clause)
        return;
    add_titles(out, p->clause->first);
    add_titles(out, p->clause->next);
    if (p->clause->parent && p->clause->parent->kind == GB_NODE_CLAUSE)
        add_titles(out, p->clause->parent->next);
}

/* Comparing names costs time: beyond so many a draft is not judged, and each stage counts as treated. */
static bool
is_like(struct gb_check *c, const struct gb_han_name *title, const struct gb_han_name *stage)
{
    enum { MOST = 50000 };
    static const char key;
    uint32_t *n = gb_check_shared(c, &key, sizeof(*n));

    return ++*n > MOST || gb_name_likeness(title, stage) >= 0.5;
}

struct gb_str
gb_stage_core(struct gb_str stage)
{
    GB_WORDS(tails, "阶段", "环节");

    for (size_t i = 0; i < GB_COUNT(tails); i++) {
        if (gb_str_ends(stage, tails[i]) && stage.len > tails[i].len + GB_HAN)
            stage = gb_str_sub(stage, 0, stage.len - tails[i].len);
    }
    return stage;
}

/* May the inner name stand in the outer one? */
static bool
may_hold(const struct gb_han_name *outer, const struct gb_han_name *inner)
{
    return outer->n == GB_NAME_LONGEST || !(inner->pairs & ~outer->pairs);
}

/* The first title that treats the stage, by its place; 审查与发布 treats 审查发布. */
static size_t
find_title(struct gb_check *c, const struct titles *titles, struct gb_str stage)
{
    stage = gb_stage_core(stage);
    struct gb_han_name name = gb_han_name_read(stage);

    for (size_t i = 0; i < titles->n; i++) {
        const struct gb_han_name *other = &titles->names[i];
        struct gb_str title = gb_str_trim(titles->items[i]->title.str);

        if ((may_hold(other, &name) && gb_str_has(title, stage)) ||
            (title.len >= 2 * GB_HAN && may_hold(&name, other) && gb_str_has(stage, title)) || is_like(c, other, &name))
            return i;
    }
    return titles->n;
}

/* The stages of an overview, or the steps themselves where these are one. */
static const struct gb_procedure_step *
stages_of(struct gb_check *c, const struct gb_procedure *p, uint32_t *out_n)
{
    bool are_steps = p->form == GB_PROCEDURE_STAGES || gb_list_is_overview(c, p);

    *out_n = are_steps ? p->n_steps : p->n_stages;
    return are_steps ? p->steps : p->stages;
}

/* Are at least half of the names titles of clauses? */
static bool
are_treated(struct gb_check *c, const struct gb_procedure *p, const struct gb_procedure_step *stages, uint32_t n_stages)
{
    struct titles titles;

    collect_titles(p, &titles);
    size_t n = GB_HOW_MANY(GB_ITEMS(stage, stages, n_stages),
                           stage->name.len && find_title(c, &titles, stage->name) < titles.n);
    return 2 * n >= n_stages;
}

/* Are most of the stages told of in other paragraphs of the clause? */
static bool
are_told(const struct gb_procedure *p)
{
    enum { MOST_PARAS = 60, LONGEST = 1500 };
    uint32_t n = 0;

    for (uint32_t i = 0; i < p->n_steps; i++) {
        bool is_told = false;
        int k = 0;
        for (const struct gb_node *node = gb_node_walk(p->clause, p->clause); node && k < MOST_PARAS && !is_told;
             node = gb_node_walk(node, p->clause), k++)
            is_told = node != p->holder && node->kind == GB_NODE_PARA &&
                      gb_str_has(gb_str_sub(node->text.str, 0, LONGEST), p->steps[i].name);
        n += is_told;
    }
    return 2 * n >= p->n_steps;
}

/* What four rules ask of each procedure is found once. */
bool
gb_stages_are_treated(struct gb_check *c, const struct gb_procedure *p)
{
    enum { UNKNOWN, TREATED, NOT_TREATED };
    static const char key;
    const struct gb_procedures *all = &c->facts->procedures;
    uint8_t *answer = (uint8_t *)gb_check_shared(c, &key, all->n) + (p - all->items);

    if (p->form != GB_PROCEDURE_STAGES)
        return false;
    if (*answer == UNKNOWN)
        *answer = are_treated(c, p, p->steps, p->n_steps) || are_told(p) ? TREATED : NOT_TREATED;
    return *answer == TREATED;
}

/* 样地设置（见第5章）；: the step is its name, and at most tells where it is treated. */
static bool
is_name_alone(const struct gb_procedure_step *step)
{
    enum { MARKS = 2 * GB_HAN, MENTION = 30 };
    size_t at = gb_str_find(step->texts->str, step->name, 0);
    struct gb_str behind = at == GB_NOT_FOUND ? step->texts->str : gb_str_skip(step->texts->str, at + step->name.len);

    return step->name.len && step->n_texts == 1 &&
           (step->texts->str.len <= step->name.len + MARKS ||
            (behind.len <= MENTION && GB_STARTS_WITH(behind, "（见", "(见", "（第", "(第")));
}

bool
gb_list_is_overview(struct gb_check *c, const struct gb_procedure *p)
{
    if (p->form != GB_PROCEDURE_LIST)
        return false;
    GB_FIND(step, p->steps, p->n_steps, !is_name_alone(step));
    return !step && are_treated(c, p, p->steps, p->n_steps);
}

/* ---- PRC-015 ---- */

static void
rename_stage(struct gb_check *c, struct gb_finding *f, const struct gb_procedure_step *stage, struct gb_str title)
{
    struct gb_at at = gb_at_step_head(stage);

    if (f && !at.by_line && gb_wants_fix(c, f))
        gb_fix(c, f, at.span, title);
}

/* Has the i-th stage a clause of its own place, between those of its neighbours, that treats none of the stages? */
static const struct gb_node *
counterpart_of(const struct titles *titles, const size_t *found, uint32_t i, uint32_t n)
{
    bool is_first = i == 0, is_last = i + 1 == n;
    size_t before = is_first ? 0 : found[i - 1], behind = is_last ? 0 : found[i + 1];
    size_t here = is_first ? behind - 1 : before + 1;

    if ((!is_first && before == titles->n) || (!is_last && behind == titles->n) || here >= titles->n ||
        (!is_last && here + 1 != behind))
        return NULL;
    const struct gb_node *clause = titles->items[here], *parent = titles->items[is_first ? behind : before]->parent;
    if (clause->parent != parent || (is_first && here > 0 && titles->items[here - 1]->parent == parent) ||
        (is_last && here + 1 < titles->n && titles->items[here + 1]->parent == parent))
        return NULL;
    return clause;
}

/* The clause in its place has another title: it treats the stage by another name. With no such clause it is treated nowhere. */
static void
judge_stage(struct gb_check *c, const struct gb_procedure_step *stage, const struct gb_node *clause)
{
    if (!clause) {
        gb_report_case(c, "missing", gb_at_step_head(stage), stage->node, GB_ARGS(gb_step_quote(c, stage->name)));
        return;
    }
    struct gb_str title = gb_str_trim(clause->title.str);
    struct gb_finding *f = gb_report(c, gb_at_step_head(stage), stage->node,
                                     GB_ARGS(gb_step_quote(c, stage->name), gb_step_quote(c, title)));
    gb_also(c, f, gb_at_text(&clause->title), gb_say(c, "这一条的标题", "the title of that clause"));
    rename_stage(c, f, stage, title);
}

/* The overview stands in the chapter that treats the stage: 4 准备, 4.1 程序. */
static bool
is_chapter_around(const struct gb_procedure *p, struct gb_str stage)
{
    const struct gb_node *around = p->clause ? p->clause->parent : NULL;

    return around && around->kind == GB_NODE_CLAUSE && gb_str_same(around->title.str, gb_stage_core(stage));
}

/* A chapter that lost its title (NUM-002) may be that of any stage. */
static bool
has_untitled_chapter(const struct gb_facts *facts)
{
    enum { SEARCHED = 100 };

    return GB_ANY(for (uint32_t i = 0; i < facts->n_chapters && i < SEARCHED; i++), !facts->chapters[i]->title.str.len);
}

static void
judge_stages(struct gb_check *c, const struct gb_procedure *p)
{
    struct titles titles;
    uint32_t n, n_found = 0;
    const struct gb_procedure_step *stages = stages_of(c, p, &n);
    size_t found[MOST_TITLES];

    if (n < 3 || n > MOST_TITLES)
        return;
    collect_titles(p, &titles);
    for (uint32_t i = 0; i < n; i++) {
        found[i] = find_title(c, &titles, stages[i].name);
        n_found += found[i] < titles.n;
    }
    if (n_found < 2 || 2 * n_found < n || (n_found < n && has_untitled_chapter(c->facts)))
        return;
    for (uint32_t i = 1; i < n; i++) {
        if (found[i] < titles.n && found[i - 1] < titles.n && found[i] < found[i - 1]) {
            struct gb_finding *f =
                gb_report_case(c, "order", gb_at_step_head(&stages[i]), stages[i].node,
                               GB_ARGS(gb_step_quote(c, stages[i - 1].name), gb_step_quote(c, stages[i].name)));
            gb_also(c, f, gb_at_text(&titles.items[found[i]]->title),
                    gb_say(c, "该阶段的条在前", "its clause stands before the other"));
            return;
        }
    }
    for (uint32_t i = 0; i < n; i++) {
        if (found[i] == titles.n && !is_chapter_around(p, stages[i].name))
            judge_stage(c, &stages[i], counterpart_of(&titles, found, i, n));
    }
}

/* Stages and the nodes of a chart are compared by FLW-011. Source: GB/T 1.1—2020, 5.4.1; 2009, 4.2. */
GB_CHECK_WHOLE(check_stages, gb_each_procedure(c, judge_stages))

/* ---- PRC-003 ---- */

/* Letters in the place of dashes. */
static void
letter_items(struct gb_check *c, struct gb_finding *f, const struct gb_procedure *p)
{
    enum { LETTERS = 26 };
    char letter[4] = "a) ";

    if (!f || !gb_wants_fix(c, f) || p->n_steps > LETTERS)
        return;
    for (uint32_t i = 0; i < p->n_steps; i++) {
        bool is_exact;
        struct gb_span span = gb_text_whole(&p->steps[i].node->marker, &is_exact);
        if (!p->steps[i].node->marker.n_runs || !is_exact || !gb_str_is(p->steps[i].node->marker.str, "——"))
            return;
        letter[0] = (char)('a' + i);
        gb_fix(c, f, span, gb_arena_copy(c->arena, gb_str_from(letter)));
    }
}

/* 产品的标记按下列顺序排列：: parts of a designation, and no steps. */
static bool
are_parts(const struct gb_procedure *p)
{
    GB_WORDS(ends, "排列：", "组成：", "表示：");
    const struct gb_node *lead_in = p->steps[0].node->parent->prev;

    return lead_in && GB_ENDS_ANY(lead_in->text.str, ends);
}

static void
judge_dashes(struct gb_check *c, const struct gb_procedure *p)
{
    if (!(p->flags & GB_PROCEDURE_DASHED) || p->flags & GB_PROCEDURE_PARALLEL || are_parts(p))
        return;
    struct gb_finding *f = gb_report_case(c, "dashes", gb_at_head(p->steps[0].node), p->steps[0].node,
                                          GB_ARGS(gb_procedure_title(c, p), gb_count_text(c, p->n_steps)));
    letter_items(c, f, p);
}

/* Steps in one sentence, where no clause behind treats them and no chart shows them. */
static void
judge_sentence(struct gb_check *c, const struct gb_procedure *p)
{
    /* What an overview names in a sentence is told elsewhere; 先…，再…，最后… is told nowhere else. */
    unsigned elsewhere = p->form == GB_PROCEDURE_STAGES ? GB_PROCEDURE_INNER | GB_PROCEDURE_DRAWN : GB_PROCEDURE_DRAWN;
    if (p->flags & (elsewhere | GB_PROCEDURE_PARALLEL) || gb_stages_are_treated(c, p))
        return;
    const struct gb_procedure_step *last = &p->steps[p->n_steps - 1];
    struct gb_at at = gb_at_step_head(&p->steps[0]), end = gb_at_step(last->texts, 0, last->texts->str.len);
    at.span.end = end.span.end > at.span.begin ? end.span.end : at.span.end;
    gb_report_case(c, "sentence", at, p->steps[0].node,
                   GB_ARGS(gb_procedure_title(c, p), gb_count_text(c, p->n_steps)));
}

/* 第三步 behind 第一步. 首先, 然后 and 最后 leave some out. */
static void
judge_gaps(struct gb_check *c, const struct gb_procedure *p)
{
    for (uint32_t i = 1; i < p->n_steps; i++) {
        const struct gb_procedure_step *step = &p->steps[i], *before = &p->steps[i - 1];
        bool are_numbered = step->rank && before->rank && gb_str_starts(step->node->text.str, GB_STR("第")) &&
                            gb_str_starts(before->node->text.str, GB_STR("第"));
        if (!are_numbered || step->rank == before->rank + 1)
            continue;
        gb_report_case(c, "gap", gb_at_step_head(step), step->node,
                       GB_ARGS(gb_count_text(c, step->rank), gb_count_text(c, before->rank)));
        return;
    }
}

/* 第三步 before 第二步, 最后 before 其次. */
static void
judge_ordinals(struct gb_check *c, const struct gb_procedure *p)
{
    uint32_t greatest = 0, before = 0;

    for (uint32_t i = 0; i < p->n_steps; i++) {
        uint32_t rank = p->steps[i].rank;
        if (rank && rank < greatest) {
            struct gb_finding *f = gb_report_case(c, "order", gb_at_step_head(&p->steps[i]), p->steps[i].node,
                                                  GB_ARGS(gb_step_quote(c, gb_step_words(&p->steps[i])),
                                                          gb_step_quote(c, gb_step_words(&p->steps[before]))));
            gb_also(c, f, gb_at_step_head(&p->steps[before]),
                    gb_say(c, "这一步写在前面", "this step stands before it"));
            return;
        }
        if (rank >= greatest && rank) {
            greatest = rank;
            before = i;
        }
    }
    judge_gaps(c, p);
}

/* 复核通过后 in a step before the step 复核: what it needs is not there yet. */
static bool
needs(const struct gb_procedure_step *step, struct gb_str name)
{
    GB_WORDS(behind, "后，", "完成后", "通过后", "合格后", "结束后");
    enum { HEAD = 60 };
    size_t at = gb_str_find(gb_str_sub(step->texts[0].str, 0, HEAD), name, 0);

    return at != GB_NOT_FOUND && GB_STARTS_ANY(gb_str_skip(step->texts[0].str, at + name.len), behind);
}

static void
judge_needs(struct gb_check *c, const struct gb_procedure *p)
{
    enum { MOST = 30 };

    for (uint32_t i = 0; i < p->n_steps && p->n_steps <= MOST; i++) {
        for (uint32_t k = i + 1; k < p->n_steps; k++) {
            struct gb_str name = p->steps[k].name;
            bool is_told = false;
            if (name.len < 2 * GB_HAN || !needs(&p->steps[i], name))
                continue;
            for (uint32_t j = 0; j < i; j++) {
                for (uint32_t t = 0; t < p->steps[j].n_texts; t++)
                    is_told = is_told || gb_str_has(p->steps[j].texts[t].str, name);
            }
            if (is_told)
                continue;
            struct gb_finding *f = gb_report_case(c, "forward", gb_at_step_head(&p->steps[i]), p->steps[i].node,
                                                  GB_ARGS(gb_step_quote(c, name)));
            gb_also(c, f, gb_at_step_head(&p->steps[k]), gb_say(c, "该步骤在后", "that step comes later"));
            return;
        }
    }
}

/* A document at the start of s, by its end: 核查表; empty when none stands there. */
static struct gb_str
document_at(struct gb_check *c, struct gb_str s)
{
    enum { LONGEST = 8 * GB_HAN, SHORTEST = 3 * GB_HAN };
    const struct gb_han_words *ends = gb_param_set(c, "documents");
    size_t len = 0;

    for (size_t at = 0; at < s.len && at < LONGEST && gb_char_is_han(gb_char_at(s, at)); at += GB_HAN) {
        if (at + GB_HAN >= SHORTEST && gb_words_end(ends, gb_str_sub(s, 0, at + GB_HAN)))
            len = at + GB_HAN;
    }
    return gb_str_sub(s, 0, len);
}

/* The document that the step makes, from `*at` on: 填写核查表; empty when there is none. Not where it is made anew. */
static struct gb_str
next_output(struct gb_check *c, struct gb_str s, size_t *at, bool *out_filled_in)
{
    for (; *at < s.len; gb_utf8_at(s, *at, at)) {
        size_t verb = gb_words_start(gb_param_set(c, "making"), gb_str_skip(s, *at));
        struct gb_str made = verb ? document_at(c, gb_str_skip(s, *at + verb)) : GB_STR("");
        bool is_again = verb && GB_ENDS_WITH(gb_str_sub(s, 0, *at), "重新", "再次", "补充");
        *out_filled_in = GB_STARTS_WITH(gb_str_skip(s, *at), "填写", "填制");
        *at += verb;
        if (made.len && !is_again)
            return made;
    }
    return GB_STR("");
}

/* Do the words before a document, or those behind it, say that it is there: 审查核查表, 将核查表送达, 按核查方案核查? */
static bool
takes(struct gb_check *c, struct gb_str before, struct gb_str behind, bool is_filled_in)
{
    GB_WORDS(means, "按", "按照", "根据", "依据", "对照", "凭");
    const struct gb_han_words *examining = gb_param_set(c, "examining"), *handing = gb_param_set(c, "handing");

    if (!behind.len || !gb_char_is_han(gb_char_at(behind, 0)))
        return gb_words_end(examining, before) || gb_words_end(handing, before);
    if (GB_ENDS_WITH(before, "将", "把"))
        return gb_words_start(examining, behind) || gb_words_start(handing, behind);
    /* 按检查表检查 goes before 填写检查表: what is filled in was there as a form. */
    return !is_filled_in && GB_ENDS_ANY(before, means) && gb_verb_at(c->facts->lexicon, behind);
}

static bool
uses(struct gb_check *c, const struct gb_procedure_step *step, struct gb_str document, bool is_filled_in)
{
    struct gb_str s = step->texts[0].str;
    size_t at = gb_str_find(s, document, 0);

    return at != GB_NOT_FOUND && takes(c, gb_str_sub(s, 0, at), gb_str_skip(s, at + document.len), is_filled_in);
}

/* Does a text in front of the step tell of the document? A definition only says what it is. */
static bool
is_known_before(struct gb_check *c, const struct gb_procedure *p, uint32_t step, struct gb_str document)
{
    GB_EACH(const struct gb_sentence, s, c->facts->sentences, c->facts->n_sentences) {
        if (s->node->id >= p->steps[step].node->id)
            return false;
        if (gb_zone_of(s->node) != GB_ZONE_TERMS && gb_str_has(GB_WORDS_OF(s), document))
            return true;
    }
    return false;
}

/* c) 审查核查表 before d) 填写核查表: what a later step makes is not there yet. */
static void
judge_outputs(struct gb_check *c, const struct gb_procedure *p)
{
    enum { MOST = 30, LONGEST = 600 };

    for (uint32_t k = 1; k < p->n_steps && p->n_steps <= MOST; k++) {
        struct gb_str s = gb_str_sub(p->steps[k].texts[0].str, 0, LONGEST), made;
        bool is_filled_in;
        for (size_t at = 0; (made = next_output(c, s, &at, &is_filled_in)).len > 0;) {
            uint32_t i = 0;
            while (i < k && !gb_str_has(p->steps[i].texts[0].str, made))
                i++;
            if (i == k || !uses(c, &p->steps[i], made, is_filled_in) || is_known_before(c, p, i, made))
                continue;
            struct gb_finding *f = gb_report_case(c, "made-later", gb_at_step_head(&p->steps[i]), p->steps[i].node,
                                                  GB_ARGS(gb_step_quote(c, made)));
            gb_also(c, f, gb_at_step_head(&p->steps[k]), gb_say(c, "该步骤在后", "that step comes later"));
            return;
        }
    }
}

static void
judge_order(struct gb_check *c, const struct gb_procedure *p)
{
    if (!gb_has_step_texts(p)) {
        if (gb_is_service_procedure(p))
            judge_sentence(c, p);
        return;
    }
    /* 试验按下列步骤进行：: of technical procedures those that say so. */
    bool names_steps = p->lead && gb_str_has(p->lead->text.str, GB_STR("步骤"));
    if (gb_is_service_procedure(p) ||
        (p->flags & GB_PROCEDURE_ANNOUNCED && (!(p->flags & GB_PROCEDURE_TECHNICAL) || names_steps)))
        judge_dashes(c, p);
    judge_ordinals(c, p);
    judge_needs(c, p);
    if (gb_is_service_procedure(p))
        judge_outputs(c, p);
}

/* Source: DB32/T 2796—2015, 7.3.4.5 b); GB/T 20001.6—2017, 6.4.2 and 6.4.4; GB/T 1.1—2020, 7.5.3. */
GB_CHECK_WHOLE(check_order, gb_each_procedure(c, judge_order))

const struct gb_check_def gb_procedure_order_checks[] = {
    {.name = "procedure-order",
     .whole = check_order,
     .cases = "dashes sentence order forward gap made-later",
     .params = "making:words examining:words handing:words documents:words"},
    {.name = "procedure-stages", .whole = check_stages, .cases = "order missing"},
    {0},
};
