/* The table of emitters. A new format is one row here and one file. */
#include "emit/emitters_priv.h"

const struct gb_emitter gb_emitters[] = {
    {"text", "txt", "", false, gb_terminal_begin, gb_terminal_draft, gb_terminal_end},
    {"concise", NULL, "", false, gb_concise_begin, gb_concise_draft, gb_concise_end, .container = "txt"},
    {"json", "json", ",", true, gb_report_json_begin, gb_report_json_draft, gb_report_json_end},
    {"sarif", "sarif", "", true, gb_sarif_begin, gb_sarif_draft, gb_sarif_end, .in_order = true, .container = "json"},
    {"junit", NULL, "", false, gb_junit_begin, gb_junit_draft, gb_junit_end, .container = "xml"},
    {"checkstyle", NULL, "", false, gb_checkstyle_begin, gb_checkstyle_draft, gb_checkstyle_end, .container = "xml"},
    {"github", NULL, "", false, gb_github_begin, gb_github_draft, gb_github_end, .container = "txt"},
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
