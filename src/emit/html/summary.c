/* The picture of a draft before its text: what it is, its score, where the findings lie, what was not looked at. */
#include "base/sort.h"
#include "emit/html/html_priv.h"

enum { MOST_NOT_CHECKED = 200, MOST_SUPPRESSED = 500 };

void
gb_html_points(struct gb_out *out, uint32_t hundredths)
{
    gb_out_printf(out, "%u.%u", hundredths / 100, hundredths % 100 / 10);
}

void
gb_html_open_details(struct gb_html *h, const char *class, const char *title, size_t n)
{
    gb_out_printf(h->out, "<details class=\"%s\"><summary>%s", class, title);
    if (n)
        gb_out_printf(h->out, " <span class=\"n\">%zu</span>", n);
    gb_out_puts(h->out, "</summary>\n");
}

void
gb_html_open_table(struct gb_html *h, const char *const heads[][2], size_t n)
{
    gb_out_puts(h->out, "<div class=\"scroll\" tabindex=\"0\"><table><tr>");
    for (size_t i = 0; i < n; i++)
        gb_out_printf(h->out, "<th scope=\"col\">%s</th>", gb_html_say(h, heads[i][0], heads[i][1]));
    gb_out_puts(h->out, "</tr>\n");
}

void
gb_html_close_table(struct gb_html *h)
{
    gb_out_puts(h->out, "</table></div></details>\n");
}

/* ---- What it is ---- */

static void
put_fact(struct gb_html *h, const char *name, struct gb_str value, struct gb_str why)
{
    if (!value.len)
        return;
    gb_out_printf(h->out, "<div><dt>%s</dt><dd>", name);
    gb_out_markup(h->out, value);
    if (why.len)
        gb_html_put(h->out, " <span class=\"why\">", why, "</span>");
    gb_out_puts(h->out, "</dd></div>\n");
}

static void
put_files(struct gb_html *h)
{
    gb_out_printf(h->out, "<div><dt>%s</dt><dd>", gb_html_say(h, "文件", "File"));
    for (uint32_t i = 0; i < h->report->source->n_files; i++) {
        gb_out_puts(h->out, i ? " · " : "");
        gb_out_markup(h->out,
                      GB_FRESH(&h->words, gb_add_clean(&h->words, gb_str_from(h->report->source->files[i].path))));
    }
    gb_out_puts(h->out, "</dd></div>\n");
}

static void
put_facts(struct gb_html *h)
{
    const struct gb_report *r = h->report;

    gb_out_puts(h->out, "<dl class=\"facts\">\n");
    put_files(h);
    put_fact(h, gb_html_say(h, "类型", "Type"), r->type, r->function);
    put_fact(h, gb_html_say(h, "起草依据", "Edition"),
             r->edition.len ? gb_arena_printf(h->arena, "GB/T 1.1—%.*s", GB_FMT(r->edition)) : r->edition,
             r->edition_why);
    put_fact(h, gb_html_say(h, "阶段", "Stage"), r->stage, GB_STR(""));
    put_fact(h, gb_html_say(h, "方案", "Profile"), r->profile, r->profile_why);
    gb_out_puts(h->out, "</dl>\n");
}

/* ---- Counts and score ---- */

static void
put_figure(struct gb_html *h, const char *class, uint32_t n, const char *zh, const char *en)
{
    if (n)
        gb_out_printf(h->out, "<li class=\"%s\"><b>%u</b> %s</li>\n", class, n, gb_html_say(h, zh, en));
}

static void
put_counts(struct gb_html *h)
{
    gb_out_puts(h->out, "<ul class=\"figures\">\n");
    if (h->report->score) {
        gb_out_printf(h->out, "<li class=\"score\"><b>");
        gb_html_points(h->out, h->report->score->value);
        gb_out_printf(h->out, "</b> %s</li>\n", gb_html_say(h, "得分", "score"));
    }
    for (int level = GB_LEVEL_ERROR; level >= GB_LEVEL_INFO; level--) {
        gb_out_printf(h->out, "<li class=\"%s\"><b>%u</b> %s</li>\n", gb_level_name((enum gb_level)level),
                      h->report->counts[level],
                      gb_html_counted((enum gb_level)level, h->report->counts[level], h->e->english));
    }
    put_figure(h, "suppressed", h->report->n_suppressed, "已抑制", "suppressed");
    put_figure(h, "known", h->report->n_known, "基线已有", "known");
    put_figure(h, "fixed", gb_totals_of(h->report, GB_LEVEL_INFO).fixed, "已改正", "mended");
    put_figure(h, "unchanged", h->report->n_unchanged, "在未改动的条中", "in unchanged clauses");
    gb_out_puts(h->out, "</ul>\n");
}

/* Findings of one rule, or of all rules whose codes begin alike. */
struct spoken {
    const struct gb_rule_info *rule;
    struct gb_str group;
    uint32_t counts[4];
};

GB_ORDER(compare_codes, struct spoken, GB_KEY_STR(rule->code))

/* The rules that spoke, by code; in the arena. */
static struct spoken *
collect_rules(const struct gb_html *h, uint32_t *out_n)
{
    uint32_t most = 0, n = 0;

    GB_EACH_IN(finding, &h->report->findings) {
        if (finding->rule->index >= most)
            most = finding->rule->index + 1;
    }
    struct spoken *rules = gb_arena_new_array(h->arena, struct spoken, most + 1);
    GB_EACH_IN(f, &h->report->findings) {
        struct spoken *rule = &rules[f->rule->index];
        if (f->is_suppressed)
            continue;
        rule->rule = f->rule;
        rule->group = gb_rule_group(f->rule->code);
        rule->counts[f->level]++;
    }
    for (uint32_t i = 0; i < most; i++) {
        if (rules[i].rule)
            rules[n++] = rules[i];
    }
    gb_sort(rules, n, sizeof(*rules), compare_codes);
    *out_n = n;
    return rules;
}

static void
put_number_cell(struct gb_out *out, uint32_t n)
{
    if (n)
        gb_out_printf(out, "<td class=\"r\">%u</td>", n);
    else
        gb_out_puts(out, "<td></td>");
}

static void
put_spoken(struct gb_html *h, const struct spoken *row)
{
    if (row->rule) {
        gb_html_put(h->out, "<tr><th scope=\"row\" class=\"second\"><a class=\"rule\" href=\"#r-", row->rule->code,
                    "\">");
        gb_out_markup(h->out, row->rule->code);
        gb_html_put(h->out, "</a> ", row->rule->title, "</th>");
    } else {
        gb_html_put(h->out, "<tr><th scope=\"row\">", row->group, "</th>");
    }
    for (int level = GB_LEVEL_ERROR; level >= GB_LEVEL_INFO; level--)
        put_number_cell(h->out, row->counts[level]);
    gb_out_puts(h->out, "</tr>\n");
}

/* Each group, then its rules. */
static void
put_groups(struct gb_html *h)
{
    static const char *const heads[][2] = {{"组与规则", "Group and rules"},
                                           {"错误", "Errors"},
                                           {"警告", "Warnings"},
                                           {"提示", "Info"}};
    uint32_t n;
    const struct spoken *rules = collect_rules(h, &n);

    if (!n)
        return;
    gb_html_open_details(h, "groups", gb_html_say(h, "各组问题", "Findings by group"), 0);
    gb_html_open_table(h, heads, GB_COUNT(heads));
    for (uint32_t i = 0, end; i < n; i = end) {
        struct spoken group = {.group = rules[i].group};
        for (end = i; end < n && gb_str_eq(rules[end].group, group.group); end++) {
            for (int level = GB_LEVEL_INFO; level <= GB_LEVEL_ERROR; level++)
                group.counts[level] += rules[end].counts[level];
        }
        put_spoken(h, &group);
        for (uint32_t k = i; k < end; k++)
            put_spoken(h, &rules[k]);
    }
    gb_html_close_table(h);
}

static void
put_score(struct gb_html *h)
{
    static const char *const heads[][2] = {{"规则组", "Groups"},
                                           {"错误/警告/提示", "Errors/warnings/info"},
                                           {"扣分", "Taken off"}};
    const struct gb_score *score = h->report->score;

    if (!score)
        return;
    gb_html_open_details(h, "scores", gb_html_say(h, "得分的构成", "How the score comes about"), 0);
    gb_html_open_table(h, heads, GB_COUNT(heads));
    GB_EACH(const struct gb_score_group, g, score->groups, GB_SCORE_GROUPS) {
        gb_out_printf(h->out, "<tr><th scope=\"row\">%s</th><td class=\"r\">%u/%u/%u</td><td class=\"r\">", g->name,
                      g->counts[GB_LEVEL_ERROR], g->counts[GB_LEVEL_WARNING], g->counts[GB_LEVEL_INFO]);
        gb_html_points(h->out, g->off);
        gb_out_puts(h->out, "</td></tr>\n");
    }
    gb_html_close_table(h);
}

/* ---- What was left out ---- */

static void
open_list(struct gb_html *h, const char *class, const char *title, size_t n)
{
    gb_html_open_details(h, class, title, n);
    gb_out_puts(h->out, "<ul>\n");
}

static void
close_list(struct gb_html *h, size_t n, size_t most)
{
    if (n > most)
        gb_out_printf(h->out, gb_html_say(h, "<li>另有%zu处</li>\n", "<li>%zu more</li>\n"), n - most);
    gb_out_puts(h->out, "</ul></details>\n");
}

static void
put_not_checked(struct gb_html *h)
{
    size_t n = h->report->not_checked.len;

    if (!n)
        return;
    open_list(h, "unchecked", gb_html_say(h, "没有检查的内容", "Not checked"), n);
    GB_EACH(const struct gb_not_checked, unread, h->report->not_checked.items,
            n < MOST_NOT_CHECKED ? n : MOST_NOT_CHECKED) {
        gb_html_put(h->out, "<li><b>", unread->what, "</b> ");
        gb_html_put(h->out, "", unread->why, "</li>\n");
    }
    close_list(h, n, MOST_NOT_CHECKED);
}

/* Findings that are told elsewhere or not at all, with the reason. */
static void
put_left_out(struct gb_html *h, const char *class, const char *title, bool is_known, uint32_t n)
{
    uint32_t told = 0;

    if (!n)
        return;
    open_list(h, class, title, n);
    for (size_t i = 0; i < h->report->findings.len && told < MOST_SUPPRESSED; i++) {
        const struct gb_finding *f = &h->report->findings.items[i];
        if (!f->is_suppressed || f->is_known != is_known)
            continue;
        gb_html_put(h->out, "<li><span class=\"rule\">", f->rule->code, "</span> ");
        if (is_known) {
            gb_out_puts(h->out, "<a href=\"#");
            gb_html_finding_id(h, (uint32_t)i);
            gb_out_puts(h->out, "\">");
        }
        gb_out_printf(h->out, gb_html_say(h, "第%u行", "line %u"), h->findings[i].range.start.line);
        gb_out_puts(h->out, is_known ? "</a>" : "");
        gb_html_put(h->out, gb_html_say(h, "：", ": "), f->message, "");
        if (!is_known)
            gb_html_put(h->out, " <span class=\"why\">", f->reason, "</span>");
        gb_out_puts(h->out, "</li>\n");
        told++;
    }
    close_list(h, n, MOST_SUPPRESSED);
}

static void
put_fixed(struct gb_html *h)
{
    if (!h->report->n_fixed)
        return;
    open_list(h, "fixed", gb_html_say(h, "基线中已改正的问题", "In the baseline and mended"),
              gb_totals_of(h->report, GB_LEVEL_INFO).fixed);
    for (uint32_t i = 0; i < h->report->n_fixed && i < MOST_SUPPRESSED; i++) {
        const struct gb_fixed *fixed = &h->report->fixed[i];
        gb_html_put(h->out, "<li><span class=\"rule\">", fixed->rule, "</span> ");
        gb_out_markup(h->out, fixed->clause);
        gb_html_put(h->out, " <q>", fixed->quote, "</q>");
        if (fixed->n > 1)
            gb_out_printf(h->out, " ×%u", fixed->n);
        gb_out_puts(h->out, "</li>\n");
    }
    close_list(h, h->report->n_fixed, MOST_SUPPRESSED);
}

void
gb_html_summary(struct gb_html *h)
{
    put_facts(h);
    put_counts(h);
    if (h->facts)
        gb_html_strip(h);
    gb_out_puts(h->out, "<div class=\"more\">\n");
    put_groups(h);
    put_score(h);
    if (h->facts) {
        gb_html_citations(h);
        gb_html_terms(h);
    }
    put_not_checked(h);
    put_left_out(h, "excused", gb_html_say(h, "已抑制的问题", "Suppressed findings"), false, h->report->n_suppressed);
    /* Against a baseline: the findings with cards are new, these are known, those are found no more. */
    put_left_out(h, "known", gb_html_say(h, "基线中已有的问题", "Known by the baseline"), true, h->report->n_known);
    put_fixed(h);
    gb_out_puts(h->out, "</div>\n");
}
