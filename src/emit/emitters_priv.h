/* The functions of each emitter, for the table in emit.c. */
#ifndef GB_EMIT_EMITTERS_PRIV_H
#define GB_EMIT_EMITTERS_PRIV_H

#include "emit/emit.h"

gb_emit_function gb_terminal_draft, gb_terminal_end;
gb_emit_function gb_concise_draft, gb_github_draft;
gb_emit_function gb_report_json_begin, gb_report_json_draft, gb_report_json_end;
gb_emit_function gb_sarif_begin, gb_sarif_draft, gb_sarif_end;
gb_emit_function gb_junit_begin, gb_junit_draft, gb_junit_end;
gb_emit_function gb_checkstyle_begin, gb_checkstyle_draft, gb_checkstyle_end;
gb_emit_function gb_gitlab_begin, gb_gitlab_draft, gb_gitlab_end;
gb_emit_function gb_rdjson_begin, gb_rdjson_draft, gb_rdjson_end;
gb_emit_function gb_comments_begin, gb_comments_draft, gb_comments_end;
gb_emit_function gb_html_begin, gb_html_draft, gb_html_end;

#endif
