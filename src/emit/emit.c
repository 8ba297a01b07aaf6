/* The table of emitters, a new format is one row here and one file; and what a run comes to. */
#include "emit/emitters_priv.h"

const struct gb_emitter gb_emitters[] = {
    {"text", "txt", "", false, NULL, gb_terminal_draft, gb_terminal_end},
    {"concise", NULL, "", false, NULL, gb_concise_draft, NULL, .container = "txt"},
    {"json", "json", ",", true, gb_report_json_begin, gb_report_json_draft, gb_report_json_end},
    {"sarif", "sarif", "", true, gb_sarif_begin, gb_sarif_draft, gb_sarif_end, .in_order = true, .container = "json"},
    {"junit", NULL, "", false, gb_junit_begin, gb_junit_draft, gb_junit_end, .container = "xml"},
    {"checkstyle", NULL, "", false, gb_checkstyle_begin, gb_checkstyle_draft, gb_checkstyle_end, .container = "xml"},
    {"github", NULL, "", false, NULL, gb_github_draft, NULL, .container = "txt"},
    {"gitlab", NULL, "", false, gb_gitlab_begin, gb_gitlab_draft, gb_gitlab_end, .in_order = true, .container = "json"},
    {"rdjson", NULL, "", true, gb_rdjson_begin, gb_rdjson_draft, gb_rdjson_end, .in_order = true, .container = "json"},
    {"comments", "csv", "", false, gb_comments_begin, gb_comments_draft, gb_comments_end, .shows_tree = true,
     .in_order = true},
    {"html", "html", "", true, gb_html_begin, gb_html_draft, gb_html_end, .shows_tree = true, .in_order = true,
     .shows_score = true},
    {0},
};

const struct gb_emitter *
gb_emitter_find(struct gb_str name)
{
    for (const struct gb_emitter *e = gb_emitters; e->name; e++) {
        if (gb_str_is(name, e->name))
            return e;
    }
    return NULL;
}

struct gb_totals
gb_totals_of(const struct gb_report *report, enum gb_level level)
{
    struct gb_totals totals = {.drafts = 1,
                               .suppressed = report->n_suppressed,
                               .known = report->n_known,
                               .is_since = report->is_since,
                               .unchanged = report->n_unchanged};

    for (uint32_t i = 0; i < report->n_fixed; i++)
        totals.fixed += report->fixed[i].n;
    for (enum gb_level l = GB_LEVEL_INFO; l <= GB_LEVEL_ERROR; l++) {
        totals.counts[l] = report->counts[l];
        totals.hidden += l < level ? report->counts[l] : 0;
    }
    return totals;
}

void
gb_totals_add(struct gb_totals *all, const struct gb_totals *more)
{
    all->drafts += more->drafts;
    all->hidden += more->hidden;
    all->suppressed += more->suppressed;
    all->known += more->known;
    all->fixed += more->fixed;
    all->is_since |= more->is_since;
    all->unchanged += more->unchanged;
    for (size_t i = 0; i < GB_COUNT(all->counts); i++)
        all->counts[i] += more->counts[i];
}
