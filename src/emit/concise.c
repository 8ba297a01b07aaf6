/* One line per finding, for editors and grep: path:line:col: level: message [RULE]. */
#include "emit/emitters_priv.h"
#include "emit/finding_priv.h"

void
gb_concise_begin(struct gb_out *out, const struct gb_emit_options *options)
{
    (void)out;
    (void)options;
}

void
gb_concise_draft(struct gb_out *out, const struct gb_emit_options *options, const struct gb_report *report,
                 const struct gb_doc *doc)
{
    struct gb_buf words = {0};

    (void)doc;
    GB_EACH(const struct gb_finding, f, report->findings.items, report->findings.len) {
        if (!gb_is_shown(options, f))
            continue;
        struct gb_range range = gb_range_of(report->source, f->at);
        words.len = 0;
        gb_add_position(&words, &range);
        gb_out_add(out, gb_buf_str(&words));
        gb_out_puts(out, ": ");
        gb_out_puts(out, gb_level_name(f->level));
        gb_out_puts(out, ": ");
        words.len = 0;
        gb_add_clean(&words, f->message);
        gb_out_add(out, gb_buf_str(&words));
        gb_out_puts(out, " [");
        gb_out_add(out, f->rule->code);
        gb_out_puts(out, "]\n");
    }
    gb_buf_release(&words);
}

void
gb_concise_end(struct gb_out *out, const struct gb_emit_options *options, const struct gb_totals *totals)
{
    (void)out;
    (void)options;
    (void)totals;
}
