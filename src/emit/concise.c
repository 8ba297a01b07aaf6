/* One line per finding, for editors and grep: path:line:col: level: message [RULE]. */
#include "emit/emitters_priv.h"
#include "emit/finding_priv.h"

void
gb_concise_draft(struct gb_out *out, const struct gb_emit_options *options, const struct gb_report *report,
                 const struct gb_doc *doc)
{
    (void)doc;
    GB_EACH_IN(f, &report->findings) {
        if (!gb_is_shown(options, f))
            continue;
        struct gb_range range = gb_range_of(report->source, f->at);
        gb_put_position(out, &range);
        gb_out_printf(out, ": %s: ", gb_level_name(f->level));
        gb_put_clean(out, f->message);
        gb_out_printf(out, " [%.*s]\n", GB_FMT(f->rule->code));
    }
}
