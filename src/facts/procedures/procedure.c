/* Where a draft writes procedures: clauses by the end of their title, lists by their lead-in. See procedure.h. */
#include "facts/procedures/procedure_priv.h"

#include "base/sort.h"
#include "text/chars.h"

/* ---- Lead-ins and what a procedure is about ---- */

static const struct gb_node *
lead_of(const struct gb_node *list)
{
    const struct gb_node *n = list->prev;

    while (n && (n->kind == GB_NODE_COMMENT || n->kind == GB_NODE_NOTE))
        n = n->prev;
    return n && n->kind == GB_NODE_PARA ? n : NULL;
}

/* The document is about a service. */
static bool
is_of_service(const struct gb_facts *facts)
{
    GB_WORDS(words, "服务", "业务", "办理", "经办", "接待");

    return GB_HAS_ANY(facts->of_kind[GB_NODE_DOC].items[0]->title.str, words);
}

static bool
is_in_technical(const struct gb_facts *facts, const struct gb_node *clause)
{
    bool is_service = is_of_service(facts);

    if (gb_is_technical_title(facts->of_kind[GB_NODE_DOC].items[0]->title.str))
        return true;
    return GB_ANY(for (const struct gb_node *n = clause; n && n->parent; n = n->parent),
                  gb_is_technical_title(n->title.str) || (!is_service && gb_str_has(n->title.str, GB_STR("操作步骤"))));
}

/* The clause has a figure, or names one that is there. */
static bool
is_drawn(const struct gb_facts *facts, const struct gb_node *clause)
{
    for (const struct gb_node *n = clause->first; n; n = n->next) {
        if (n->kind == GB_NODE_FIGURE && n->encoding != GB_ENCODING_LOST)
            return true;
    }
    GB_SEEK(uint32_t, i, facts->n_mentions, facts->mentions[i].node->id < clause->id);
    const struct gb_node *end = gb_node_walk_past(clause, facts->of_kind[GB_NODE_DOC].items[0]);
    for (; i < facts->n_mentions && (!end || facts->mentions[i].node->id < end->id); i++) {
        const struct gb_mention *m = &facts->mentions[i];
        if (m->kind == GB_MENTION_FIGURE && m->target && m->target->encoding != GB_ENCODING_LOST)
            return true;
    }
    return false;
}

/* ---- Putting one together ---- */

static bool
is_inner(const struct gb_procedure_reader *r, const struct gb_node *clause)
{
    enum { LOOK_BACK = 20 };

    for (size_t i = r->procedures.len; i > 0 && r->procedures.len - i < LOOK_BACK; i--) {
        const struct gb_procedure *p = &r->procedures.items[i - 1];
        if (!p->clause)
            continue;
        for (const struct gb_node *n = clause; n; n = n->parent) {
            if (n == p->clause)
                return true;
        }
    }
    return false;
}

static void
take(struct gb_procedure_reader *r, const struct gb_node *node)
{
    if (!r->is_taken)
        r->is_taken = gb_arena_new_array(r->facts->arena, bool, r->facts->n_nodes + 1);
    r->is_taken[node->id] = true;
}

/* 客房服务员应更换布草: at least two steps in three say who does them; of clauses with titles a text below. */
static bool
are_by_persons(const struct gb_procedure_reader *r)
{
    size_t n = 0;

    GB_EACH_IN(step, &r->steps) {
        GB_FIND(text, step->texts, step->n_texts,
                !text->is_title && gb_first_actor(r->facts->lexicon, text->str).len > 0);
        n += text != NULL;
    }
    return r->steps.len > 2 && 3 * n >= 2 * r->steps.len;
}

/* The steps read so far are a procedure. */
static struct gb_procedure *
add_procedure(struct gb_procedure_reader *r, enum gb_procedure_form form, const struct gb_node *clause,
              const struct gb_node *holder, const struct gb_node *lead)
{
    struct gb_facts *facts = r->facts;
    struct gb_procedure p = {
        .clause = clause, .holder = holder, .lead = lead, .form = form, .n_steps = (uint32_t)r->steps.len};
    struct gb_acts acts = {.n = 0};

    p.steps = gb_arena_copy_bytes(facts->arena, r->steps.items, r->steps.len * sizeof(struct gb_procedure_step));
    for (uint32_t i = 0; i < p.n_steps && acts.n < GB_MOST_ACTS; i++) {
        uint32_t n = form == GB_PROCEDURE_CLAUSES ? 1 : p.steps[i].n_texts;
        for (uint32_t k = 0; k < n; k++)
            gb_count_acts(facts->lexicon, p.steps[i].texts[k].str, &acts);
    }
    p.n_acts = acts.n;
    if (is_in_technical(facts, clause))
        p.flags |= GB_PROCEDURE_TECHNICAL;
    else if (p.n_acts >= 2)
        p.flags |= GB_PROCEDURE_SERVICE;
    if (clause && !(r->is_whole && r->is_whole[holder->id]) && is_inner(r, clause))
        p.flags |= GB_PROCEDURE_INNER;
    if (clause && clause != r->asked) {
        r->asked = clause;
        r->is_drawn = is_drawn(facts, clause);
    }
    if (clause && r->is_drawn)
        p.flags |= GB_PROCEDURE_DRAWN;
    if (lead && gb_announces_steps(lead->text.str))
        p.flags |= GB_PROCEDURE_ANNOUNCED;
    if (GB_AMONG(form, GB_PROCEDURE_LIST, GB_PROCEDURE_CLAUSES) && are_by_persons(r))
        p.flags |= GB_PROCEDURE_BY_PERSONS;
    bool is_named =
        p.flags & GB_PROCEDURE_ANNOUNCED || (clause && gb_procedure_title_kind(clause->title.str) == GB_TITLE_STRONG);
    /* 检测员应在40 min内检测样品, in a service: the title of the clause does not make it technical. */
    bool is_by_persons = p.flags & GB_PROCEDURE_BY_PERSONS && p.flags & GB_PROCEDURE_ANNOUNCED &&
                         !gb_is_technical_title(facts->of_kind[GB_NODE_DOC].items[0]->title.str);
    if (is_named && (p.flags & GB_PROCEDURE_TECHNICAL ? is_by_persons : p.n_acts || is_by_persons) && p.n_steps > 2 &&
        r->is_service)
        p.flags |= GB_PROCEDURE_SERVICE;
    /* 巡救员按下列步骤转运：, under whatever title; 采集, 转运, 核收 under 转运流程: people do it. */
    bool has_persons = p.flags & GB_PROCEDURE_BY_PERSONS ||
                       (p.flags & GB_PROCEDURE_ANNOUNCED && gb_first_actor(facts->lexicon, lead->text.str).len);
    if (has_persons && (p.flags & GB_PROCEDURE_ANNOUNCED || form == GB_PROCEDURE_CLAUSES) &&
        !(p.flags & GB_PROCEDURE_TECHNICAL) && p.n_steps > 2)
        p.flags |= GB_PROCEDURE_SERVICE;
    if (lead && gb_says_parallel(lead->text.str))
        p.flags |= GB_PROCEDURE_PARALLEL;
    take(r, holder);
    *gb_push(&r->procedures) = p;
    return &r->procedures.items[r->procedures.len - 1];
}

static bool
has_dashes(const struct gb_node *list)
{
    const struct gb_node *item = gb_node_child(list, GB_NODE_ITEM);
    uint32_t c = item ? gb_char_narrow(gb_char_at(item->marker.str, 0)) : 0;

    return c && !gb_is_lower(c) && !gb_is_digit(c) && c != '(';
}

/* 5.2.2 复测仍不合格的，返回5.2.1 a)。 behind the list of 5.2.1, or in the same clause: where one goes back to a step. */
static void
add_returns(struct gb_procedure_reader *r, const struct gb_node *list)
{
    GB_WORDS(words, "返回", "退回", "回到", "转至", "转入", "转步骤", "跳");
    enum { NEAR = 4 };
    const struct gb_node *clause = gb_node_clause(list), *n = list->next;

    if (clause && clause->kind == GB_NODE_CLAUSE && !n && !gb_node_is_titled(clause))
        n = clause->next;
    for (int i = 0; n && i < NEAR; n = n->next, i++) {
        const struct gb_node *para = n->kind == GB_NODE_CLAUSE && !gb_node_is_titled(n) ? n->first : n;
        if (!para || para->kind != GB_NODE_PARA || (para->next && para->next->kind == GB_NODE_LIST))
            return;
        if (GB_HAS_ANY(para->text.str, words))
            gb_add_to_last_step(r, para);
    }
}

static bool
read_list(struct gb_procedure_reader *r, const struct gb_node *list, const struct gb_node *clause,
          const struct gb_node *lead)
{
    r->steps.len = 0;
    for (const struct gb_node *item = list->first; item; item = item->next) {
        if (item->kind == GB_NODE_ITEM && !gb_add_step(r, item))
            break;
    }
    if (r->steps.len < 2)
        return false;
    add_returns(r, list);
    struct gb_procedure *p = add_procedure(r, GB_PROCEDURE_LIST, clause, list, lead);
    if (has_dashes(list))
        p->flags |= GB_PROCEDURE_DASHED;
    if (r->is_whole && r->is_whole[list->id] && clause->parent != r->titled) {
        r->titled = p->titled = clause->parent;
        p->flags |= GB_PROCEDURE_TITLED;
    }
    return true;
}

/* ---- Below a title ---- */

static bool
begins_with_act(const struct gb_lexicon *lexicon, struct gb_str s)
{
    bool is_noun;

    return gb_verb_at(lexicon, s) || gb_words_start(gb_rel_at(&lexicon->instructions), s) ||
           gb_act_at(lexicon, s, &is_noun);
}

/* 检验食物 and 分发食物: what they end in is what they act upon. */
static bool
acts_upon(const struct gb_lexicon *lexicon, struct gb_str title)
{
    return begins_with_act(lexicon, title) && !begins_with_act(lexicon, gb_str_skip(title, title.len - 2 * GB_HAN));
}

/* Do two titles end in the same word? Then they are kinds of one thing (首次登记, 变更登记), no steps. */
static bool
share_ending(const struct gb_procedure_reader *r)
{
    enum { COMPARED = 20 };
    size_t n = r->steps.len < COMPARED ? r->steps.len : COMPARED;

    for (size_t i = 0; i < n; i++) {
        struct gb_str a = r->steps.items[i].name;
        for (size_t k = 0; k < i; k++) {
            struct gb_str b = r->steps.items[k].name;
            if (a.len > 2 * GB_HAN && b.len > 2 * GB_HAN &&
                gb_str_eq(gb_str_skip(a, a.len - 2 * GB_HAN), gb_str_skip(b, b.len - 2 * GB_HAN)) &&
                !gb_str_ends(a, GB_STR("阶段")) &&
                !(acts_upon(r->facts->lexicon, a) && acts_upon(r->facts->lexicon, b)))
                return true;
        }
    }
    return false;
}

/* The list directly in a clause whose lead-in announces steps; NULL: there is none. */
static const struct gb_node *
announced_list(const struct gb_node *clause)
{
    for (const struct gb_node *n = clause->first; n; n = n->next) {
        const struct gb_node *lead = n->kind == GB_NODE_LIST ? lead_of(n) : NULL;
        if (lead && gb_announces_steps(lead->text.str) && !gb_announces_things(lead->text.str))
            return n;
    }
    return NULL;
}

/*
 * 入住, 离店: clauses that are procedures of their own, not steps of one. Their steps are announced and end with 完成, or they begin with
 * somebody's request where others went before.
 */
static bool
is_own_procedure(const struct gb_procedure_reader *r, const struct gb_node *clause, bool is_first)
{
    const struct gb_node *list = announced_list(clause);

    if (!list || gb_words_end(gb_rel_at(&r->facts->lexicon->procedure_stages), gb_str_trim(clause->title.str)))
        return false;
    return (list->last && gb_tells_close(list->last->text.str)) ||
           (!is_first && gb_tells_request(lead_of(list)->text.str));
}

static void
mark_whole(struct gb_procedure_reader *r, const struct gb_node *clause)
{
    if (!r->is_whole)
        r->is_whole = gb_arena_new_array(r->facts->arena, bool, r->facts->n_nodes + 1);
    for (const struct gb_node *n = clause; n; n = n->next) {
        const struct gb_node *list = n->kind == GB_NODE_CLAUSE ? announced_list(n) : NULL;
        if (list)
            r->is_whole[list->id] = true;
    }
}

/* Subclauses with titles: the steps, unless they are procedures themselves, kinds of one thing, or mostly remarks. */
static bool
read_titles(struct gb_procedure_reader *r, const struct gb_node *clause)
{
    enum { LONGEST = 14 };
    size_t n_aspects = 0;

    r->steps.len = 0;
    for (const struct gb_node *n = clause->first; n; n = n->next) {
        if (n->kind != GB_NODE_CLAUSE || !gb_node_is_titled(n))
            continue;
        struct gb_str title = gb_str_trim(n->title.str);
        if (gb_procedure_title_kind(title) == GB_TITLE_STRONG || gb_str_han_length(title) > LONGEST)
            return false;
        if (is_own_procedure(r, n, r->steps.len == 0)) {
            mark_whole(r, n);
            break;
        }
        if (gb_is_aspect_title(title))
            n_aspects++;
        else if (!gb_add_step(r, n))
            break;
    }
    if (r->steps.len < 2 || n_aspects > r->steps.len || share_ending(r))
        return false;
    add_procedure(r, GB_PROCEDURE_CLAUSES, clause, clause, NULL);
    return true;
}

static const struct gb_node *
first_para(const struct gb_node *clause)
{
    const struct gb_node *para = gb_node_child(clause, GB_NODE_PARA);

    return para && !gb_node_is_titled(clause) ? para : NULL;
}

/*
 * Untitled subclauses that are steps: at least half name an act, some follow on another or most say who acts, few speak of the procedure
 * as such (应公示服务流程). Those that only point to a figure are none.
 */
static bool
read_untitled(struct gb_procedure_reader *r, const struct gb_node *clause, const struct gb_node *overview)
{
    size_t n_acting = 0, n_following = 0, n_about = 0;
    bool is_named = gb_procedure_title_kind(clause->title.str) == GB_TITLE_STRONG;

    r->steps.len = 0;
    for (const struct gb_node *n = clause->first; n; n = n->next) {
        const struct gb_node *para = n->kind == GB_NODE_CLAUSE ? first_para(n) : NULL;
        struct gb_acts acts = {.n = 0};
        if (!para || para == overview || gb_str_has(para->text.str, GB_STR("流程图")) ||
            gb_str_has(para->text.str, GB_STR("示意图")))
            continue;
        if (!gb_add_step(r, n))
            break;
        gb_count_acts(r->facts->lexicon, para->text.str, &acts);
        n_acting += acts.n > 0;
        n_following += gb_tells_condition(para->text.str); /* 收到申请后，, 复核通过的， */
        n_about += is_named && gb_says_procedure(para->text.str);
    }
    if (r->steps.len < 2 || 2 * n_acting < r->steps.len || 3 * n_about > r->steps.len ||
        (n_following == 0 && !(is_named && are_by_persons(r))))
        return false;
    add_procedure(r, GB_PROCEDURE_UNTITLED, clause, clause, NULL);
    return true;
}

/* The list in the clause, or in one of its untitled subclauses, that has the steps: announced, or the only one of its kind. */
static bool
read_lists(struct gb_procedure_reader *r, const struct gb_node *clause, enum gb_procedure_title_kind title)
{
    const struct gb_node *found = NULL;
    size_t n = 0;

    for (const struct gb_node *child = clause->first; child; child = child->next) {
        bool is_open = child->kind == GB_NODE_CLAUSE && !gb_node_is_titled(child);
        for (const struct gb_node *list = is_open ? child->first : child; list; list = is_open ? list->next : NULL) {
            const struct gb_node *lead = list->kind == GB_NODE_LIST ? lead_of(list) : NULL;
            if (list->kind != GB_NODE_LIST)
                continue;
            if (lead && gb_announces_steps(lead->text.str) && !gb_announces_things(lead->text.str)) {
                found = list;
                n = 1;
                break;
            }
            /* 会员卡办理 / 收到申请后： */
            bool follows = lead && title == GB_TITLE_WEAK && !has_dashes(list) && gb_leads_in(lead->text.str) &&
                           gb_tells_start(r->facts->lexicon, lead->text.str) && !gb_announces_things(lead->text.str);
            if (follows ||
                (title == GB_TITLE_STRONG && (!lead || (!gb_announces_things(lead->text.str) && !has_dashes(list))))) {
                found = list;
                n++;
            }
        }
        if (n == 1 && found && lead_of(found) && gb_announces_steps(lead_of(found)->text.str))
            break;
    }
    return n == 1 && read_list(r, found, clause, lead_of(found));
}

/* Paragraphs or items that begin with 第一步, 首先 …. */
static bool
read_ordinals(struct gb_procedure_reader *r, const struct gb_node *clause)
{
    r->steps.len = 0;
    for (const struct gb_node *n = clause->first; n; n = n->next) {
        bool is_word;
        if (n->kind == GB_NODE_PARA && gb_ordinal_of(n->text.str, &is_word) && !gb_add_step(r, n))
            break;
    }
    if (r->steps.len < 2)
        return false;
    const struct gb_node *lead = r->steps.items[0].node->prev;
    add_procedure(r, GB_PROCEDURE_PARAGRAPHS, clause, r->steps.items[0].node,
                  lead && lead->kind == GB_NODE_PARA ? lead : NULL);
    return true;
}

/* A table of which a head cell names steps. */
static bool
has_steps(const struct gb_node *table)
{
    GB_WORDS(heads, "步骤", "环节", "流程", "阶段", "程序", "工作节点");
    const struct gb_table *t = table->u.table;
    bool found = false;

    for (uint32_t i = 0; t && i < t->n_cells && t->cells[i].is_header; i++)
        found = found || GB_HAS_ANY(t->cells[i].text.str, heads);
    return found;
}

static bool
read_table(struct gb_procedure_reader *r, const struct gb_node *clause)
{
    for (const struct gb_node *n = clause->first; n; n = n->next) {
        if (n->kind != GB_NODE_TABLE || !has_steps(n))
            continue;
        r->steps.len = 0;
        gb_add_rows(r, n);
        if (r->steps.len >= 2) {
            add_procedure(r, GB_PROCEDURE_TABLE, clause, n, NULL);
            return true;
        }
    }
    return false;
}

/* … or of one whose title says that it is an overview. */
static const struct gb_node *
overview_para(const struct gb_node *clause)
{
    GB_WORDS(titles, "概述", "总则", "通则", "总体流程", "流程概述", "基本流程", "流程图");

    if (GB_IS_ANY(gb_str_trim(clause->title.str), titles))
        return gb_node_child(clause, GB_NODE_PARA);
    return first_para(clause);
}

/* The paragraph of the clause, or of an untitled subclause, that names stages; the steps are left in the reader. */
static const struct gb_node *
find_stages(struct gb_procedure_reader *r, const struct gb_node *clause)
{
    enum { FEW = 6 };
    int i = 0;

    for (const struct gb_node *n = clause->first; n && i < FEW; n = n->next, i++) {
        const struct gb_node *para = n->kind == GB_NODE_PARA ? n : n->kind == GB_NODE_CLAUSE ? overview_para(n) : NULL;
        if (para && gb_add_stages(r, para, true))
            return para;
    }
    return NULL;
}

static const struct gb_node *
find_running(struct gb_procedure_reader *r, const struct gb_node *clause)
{
    for (const struct gb_node *n = clause->first; n; n = n->next) {
        const struct gb_node *para = n->kind == GB_NODE_PARA ? n : n->kind == GB_NODE_CLAUSE ? first_para(n) : NULL;
        if (para && gb_add_running(r, para))
            return para;
    }
    return NULL;
}

/* 先…，再…，然后…，最后…, or 登记，然后…，再…，最后…: four steps and their order, told in a service under any title. */
static const struct gb_node *
find_told(struct gb_procedure_reader *r, const struct gb_node *clause)
{
    enum { FEWEST = 4 };

    for (const struct gb_node *n = clause->first; n; n = n->next) {
        const struct gb_node *para = n->kind == GB_NODE_PARA ? n : NULL;
        if (para && gb_str_has(para->text.str, GB_STR("最后")) && gb_add_running(r, para) && r->steps.len >= FEWEST)
            return para;
    }
    return NULL;
}

/* Of 程序确立 the sentence that names the stages. */
static bool
read_overview(struct gb_procedure_reader *r, const struct gb_node *clause)
{
    const struct gb_node *para = find_stages(r, clause);

    if (para)
        add_procedure(r, GB_PROCEDURE_STAGES, clause, para, NULL)->flags |= GB_PROCEDURE_INNER;
    return para != NULL;
}

/* The steps of a clause, in the first form that it has. */
static void
read_clause(struct gb_procedure_reader *r, const struct gb_node *clause, enum gb_procedure_title_kind title)
{
    const struct gb_node *overview = title == GB_TITLE_STRONG ? find_stages(r, clause) : NULL;
    struct gb_procedure_step *stages = NULL;
    uint32_t n_stages = overview ? (uint32_t)r->steps.len : 0;
    size_t n = r->procedures.len;

    if (n_stages)
        stages = gb_arena_copy_bytes(r->facts->arena, r->steps.items, n_stages * sizeof(*stages));
    bool found = read_lists(r, clause, title);
    if (!found && title == GB_TITLE_STRONG)
        found = read_titles(r, clause) || read_ordinals(r, clause) || read_table(r, clause) ||
                read_untitled(r, clause, overview);
    if (!found && overview && gb_add_stages(r, overview, false)) {
        add_procedure(r, GB_PROCEDURE_STAGES, clause, overview, NULL);
        found = true;
    }
    const struct gb_node *running = !found && title == GB_TITLE_STRONG ? find_running(r, clause) : NULL;
    if (running)
        add_procedure(r, GB_PROCEDURE_RUNNING, clause, running, NULL);
    if (r->procedures.len > n && title == GB_TITLE_STRONG) {
        r->procedures.items[n].flags |= GB_PROCEDURE_TITLED;
        r->procedures.items[n].titled = clause;
    }
    if (r->procedures.len > n && stages) {
        struct gb_procedure *p = &r->procedures.items[n];
        p->stages = stages;
        p->n_stages = n_stages;
    }
}

/* 第一步：…: numbered steps are a procedure under any title. */
static bool
has_first_step(const struct gb_node *clause)
{
    GB_WORDS(firsts, "第一步", "第1步");

    GB_FIND_NEXT(n, clause->first, n->next, n->kind == GB_NODE_PARA && GB_STARTS_ANY(n->text.str, firsts));
    return n != NULL;
}

static void
read_numbered(struct gb_procedure_reader *r, const struct gb_node *clause)
{
    size_t n = r->procedures.len;

    if (has_first_step(clause) && read_ordinals(r, clause)) {
        r->procedures.items[n].flags |= GB_PROCEDURE_TITLED;
        return;
    }
    /* 发证岗先核验身份，然后打印证书，最后…: a step of the procedure above that has steps itself. */
    if (clause->parent != r->above) {
        r->above = clause->parent;
        r->is_above = clause->parent && gb_procedure_title_kind(clause->parent->title.str) == GB_TITLE_STRONG;
    }
    const struct gb_node *running = r->is_above ? find_running(r, clause) : r->is_service ? find_told(r, clause) : NULL;
    if (running && !r->is_above) {
        struct gb_procedure *p = add_procedure(r, GB_PROCEDURE_RUNNING, clause, running, NULL);
        p->flags |= p->n_acts && !(p->flags & GB_PROCEDURE_TECHNICAL) ? GB_PROCEDURE_SERVICE : 0;
    }
    if (!r->is_above)
        return;
    if (running)
        add_procedure(r, GB_PROCEDURE_RUNNING, clause, running, NULL)->flags |= GB_PROCEDURE_INNER;
    else if (!is_inner(r, clause) && !gb_is_aspect_title(clause->title.str)) /* 服务流程 / 登记, 认领: each is one */
        read_untitled(r, clause, NULL);
}

static void
read_clauses(struct gb_procedure_reader *r)
{
    GB_EACH_NODE(node, &r->facts->of_kind[GB_NODE_CLAUSE]) {
        enum gb_procedure_title_kind title = gb_procedure_title_kind(node->title.str);
        if (title == GB_TITLE_STRONG || title == GB_TITLE_WEAK)
            read_clause(r, node, title);
        else if (title == GB_TITLE_NONE || !read_overview(r, node))
            read_numbered(r, node);
    }
}

/* Lists outside of such clauses whose lead-in announces steps. */
static void
read_announced(struct gb_procedure_reader *r)
{
    GB_EACH_NODE(node, &r->facts->of_kind[GB_NODE_LIST]) {
        const struct gb_node *list = node, *lead = lead_of(list);
        if (lead && gb_leads_in(lead->text.str) && !(r->is_taken && r->is_taken[list->id]) &&
            gb_announces_steps(lead->text.str) && !gb_announces_things(lead->text.str))
            read_list(r, list, gb_node_clause(list), lead);
    }
}

GB_ORDER(compare_places, struct gb_procedure, GB_KEY(holder->id))

void
gb_find_procedures(struct gb_facts *facts)
{
    struct gb_procedure_reader r = {.facts = facts, .is_service = is_of_service(facts)};

    read_clauses(&r);
    read_announced(&r);
    for (size_t i = 0; i < r.procedures.len; i++)
        gb_read_jumps(&r, &r.procedures.items[i]);
    gb_sort(r.procedures.items, r.procedures.len, sizeof(struct gb_procedure), compare_places);
    GB_KEEP(facts->arena, &r.procedures, facts->procedures.items, facts->procedures.n);
    gb_joined_release(&r.joined);
    GB_RELEASE(&r.steps, &r.texts, &r.jumps);
}
