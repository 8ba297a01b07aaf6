/*
 * The one walk over a document: each node goes to the checks that ask for its kind, each of its texts to the search for the
 * rules on words and patterns.
 */
#include "rule/run_priv.h"

static void
call_whole(const struct gb_rule_run *run)
{
    GB_EACH(const struct gb_on, on, run->on[GB_NODE_DOC].items, run->on[GB_NODE_DOC].len) {
        if (on->whole)
            on->whole(on->check);
        else
            on->run(on->check, run->doc->root);
    }
}

static void
call(const struct gb_rule_run *run, const struct gb_node *node)
{
    const struct gb_on *on = run->on[node->kind].items;

    for (size_t i = 0; i < run->on[node->kind].len; i++)
        on[i].run(on[i].check, node);
}

static void
add_check(struct gb_rule_run *run, uint32_t i)
{
    const struct gb_rule *rule = run->checks[i].rule;

    run->checks[i].is_on = true;
    if (rule->head->does_search) {
        run->places.kinds |= rule->head->places.kinds;
        run->places.zones |= rule->head->places.zones;
        run->places.parts |= rule->head->places.parts;
        if (rule->pattern && rule->is_slow)
            *gb_push(&run->slow) = i;
        return;
    }
    if (rule->native && rule->native->whole)
        *gb_push(&run->on[GB_NODE_DOC]) = (struct gb_on){.whole = rule->native->whole, .check = &run->checks[i]};
    for (int kind = 0; kind < GB_NODE_KIND_COUNT; kind++) {
        if (gb_has_bit(rule->on, (unsigned)kind))
            *gb_push(&run->on[kind]) =
                (struct gb_on){.run = rule->native ? rule->native->run : rule->kind->run, .check = &run->checks[i]};
    }
}

static void
prepare(struct gb_rule_run *run)
{
    struct gb_switches switches = gb_find_switches(run->rules, run->facts);

    run->checks = gb_arena_take(run->doc->arena, (run->rules->n_rules + 1) * sizeof(*run->checks));
    run->memos = gb_arena_new_array(run->doc->arena, struct gb_param_memo *, run->rules->n_rules + 1);
    for (uint32_t i = 0; i < run->rules->n_rules; i++) {
        const struct gb_rule *rule = &run->rules->rules[i];
        run->checks[i] =
            (struct gb_check){.doc = run->doc, .facts = run->facts, .arena = run->doc->arena, .run = run, .rule = rule};
        if ((rule->head->is_report && !rule->native) || !gb_rule_is_on(run->rules, rule, run->facts, &switches))
            continue;
        if (run->doc->is_standard || gb_str_starts(gb_rule_code(rule), GB_STR("INP-")))
            add_check(run, i);
    }
}

/* Checks that collected their hits tell of them. */
static void
finish_checks(struct gb_rule_run *run)
{
    GB_EACH(struct gb_check, check, run->checks, run->rules->n_rules) {
        if (check->is_on && check->rule->native && check->rule->native->finish)
            check->rule->native->finish(check);
    }
}

static void
report_failures(struct gb_rule_run *run)
{
    GB_EACH(struct gb_check, check, run->checks, run->rules->n_rules) {
        if (check->failures)
            gb_not_checked(check, gb_rule_code(check->rule),
                           gb_arena_printf(run->doc->arena,
                                           run->rules->english ? "its pattern reached the match limit %u times%s"
                                                               : "正则表达式有%u次超出匹配限度，相应的文字没有检查%s",
                                           check->failures,
                                           check->failures < GB_MOST_FAILURES ? ""
                                           : run->rules->english              ? "; what follows was not checked by it"
                                                                 : "，其后的文字也没有用它检查"));
    }
}

void
gb_rules_run(const struct gb_ruleset *rules, const struct gb_doc *doc, const struct gb_facts *facts,
             struct gb_report *report)
{
    struct gb_rule_run run = {.rules = rules, .report = report, .doc = doc, .facts = facts};

    prepare(&run);
    call_whole(&run);
    for (const struct gb_node *top = doc->root->first; top; top = top->next) {
        enum gb_zone zone = gb_zone_of_top(top);
        for (const struct gb_node *node = top; node; node = gb_node_walk(node, top)) {
            call(&run, node);
            gb_each_piece(node, zone, run.places, gb_search_piece, &run);
        }
    }
    finish_checks(&run);
    report_failures(&run);
    gb_matcher_release(&run.matcher);
    GB_RELEASE(&run.stretches.items, &run.marked, &run.slow);
    for (int i = 0; i < GB_NODE_KIND_COUNT; i++)
        gb_array_release(&run.on[i]);
}
