/* The rules that spoke in any draft of the page, each once, behind the drafts: cards lead here for the reason. */
#include "base/sort.h"
#include "emit/html/html_priv.h"

struct gb_html_rule {
    struct gb_str code, title, why, sources;
};

static bool
has_rule(const struct gb_html_rules *rules, struct gb_str code)
{
    GB_FIND(rule, rules->list.items, rules->list.len, gb_str_eq(rule->code, code));
    return rule != NULL;
}

static void
keep_rule(struct gb_html_rules *rules, const struct gb_rule_info *rule)
{
    struct gb_arena *arena = &rules->arena;
    struct gb_buf sources = {0};

    gb_add_sources(&sources, rule, " · ");
    *gb_push(&rules->list) = (struct gb_html_rule){gb_arena_copy(arena, rule->code), gb_arena_copy(arena, rule->title),
                                                   gb_arena_copy(arena, rule->why), gb_buf_take(&sources, arena)};
}

void
gb_html_keep_rules(struct gb_html_rules *rules, const struct gb_html *h)
{
    uint32_t most = 0;

    GB_EACH_IN(finding, &h->report->findings)
        most = finding->rule->index > most ? finding->rule->index : most;
    bool *is_kept = gb_arena_new_array(h->arena, bool, (size_t)most + 1);
    for (size_t i = 0; i < h->report->findings.len; i++) {
        const struct gb_rule_info *rule = h->report->findings.items[i].rule;
        if (!h->findings[i].number || is_kept[rule->index])
            continue;
        is_kept[rule->index] = true;
        if (!has_rule(rules, rule->code))
            keep_rule(rules, rule);
    }
}

GB_ORDER(compare_rules, struct gb_html_rule, GB_KEY_STR(code))

static void
put_rule(struct gb_out *out, const struct gb_html_rule *rule)
{
    gb_html_put(out, "<div id=\"r-", rule->code, "\"><dt><span class=\"rule\">");
    gb_out_markup(out, rule->code);
    gb_html_put(out, "</span> <b>", rule->title, "</b></dt>");
    gb_html_put(out, "<dd class=\"why\">", rule->why, "</dd>");
    if (rule->sources.len)
        gb_html_put(out, "<dd class=\"src\">", rule->sources, "</dd>");
    gb_out_puts(out, "</div>\n");
}

void
gb_html_put_rules(struct gb_out *out, struct gb_html_rules *rules, bool english)
{
    if (rules->list.len) {
        gb_sort(rules->list.items, rules->list.len, sizeof(*rules->list.items), compare_rules);
        gb_out_printf(out, "<section id=\"rules\">\n<h2>%s</h2>\n<dl>\n",
                      english ? "The rules of these findings" : "所涉规则");
        GB_EACH_IN(rule, &rules->list)
            put_rule(out, rule);
        gb_out_puts(out, "</dl>\n</section>\n");
    }
    gb_array_release(&rules->list);
    gb_arena_release(&rules->arena);
}
