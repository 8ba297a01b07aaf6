/* One line per finding, for editors and grep: path:line:col: level: message [RULE]. */
#include "emit/emitters_priv.h"
#include "emit/finding_priv.h"

void
gb_concise_draft(const struct gb_emit *e)
{
    GB_EACH_SHOWN(f, e) {
        struct gb_range range = gb_range_of(e->report->source, f->at);
        gb_put_position(e->out, &range);
        gb_out_printf(e->out, ": %s: ", gb_level_name(f->level));
        gb_put_clean(e->out, f->message);
        gb_out_printf(e->out, " [%.*s]\n", GB_FMT(f->rule->code));
    }
}
