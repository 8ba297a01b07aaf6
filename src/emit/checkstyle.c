/* Checkstyle XML, which many services read: each file of each draft, with its findings at or above the level shown. */
#include "emit/emitters_priv.h"
#include "emit/escape_priv.h"
#include "emit/finding_priv.h"
#include "emit/path.h"

void
gb_checkstyle_begin(struct gb_out *out, const struct gb_emit_options *options)
{
    (void)options;
    gb_out_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n");
}

/* Readers take the last part of the source for the type, the one before it for the category. */
static void
put_source(struct gb_out *out, struct gb_str code)
{
    struct gb_str group = gb_rule_group(code);

    gb_out_puts(out, " source=\"gblint.");
    if (group.len < code.len) {
        gb_put_xml(out, group);
        gb_out_char(out, '.');
    }
    gb_put_xml(out, code);
    gb_out_char(out, '"');
}

static void
put_error(struct gb_out *out, const struct gb_emit_options *options, const struct gb_finding *f,
          const struct gb_range *range, struct gb_buf *words)
{
    gb_out_puts(out, "  <error line=\"");
    gb_out_number(out, range->start.line);
    if (!range->by_line) {
        gb_out_puts(out, "\" column=\"");
        gb_out_number(out, range->start.column);
    }
    gb_out_puts(out, "\" severity=\"");
    gb_out_puts(out, gb_level_name(f->level));
    gb_out_char(out, '"');
    gb_put_xml_attribute(out, "message",
                         GB_FRESH(words, gb_add_advice(words, options, f, gb_say_of(options, "；", "; "))));
    put_source(out, f->rule->code);
    gb_out_puts(out, "/>\n");
}

void
gb_checkstyle_draft(struct gb_out *out, const struct gb_emit_options *options, const struct gb_report *report,
                    const struct gb_doc *doc)
{
    struct gb_buf words = {0};
    size_t i = 0;

    (void)doc;
    for (uint32_t n = 0; n < report->source->n_files; n++) {
        const struct gb_source_file *file = &report->source->files[n];
        words.len = 0;
        gb_add_clean_path(&words, options->folder, file->path);
        gb_out_puts(out, " <file");
        gb_put_xml_attribute(out, "name", gb_buf_str(&words));
        gb_out_puts(out, ">\n");
        for (; i < report->findings.len; i++) {
            const struct gb_finding *f = &report->findings.items[i];
            struct gb_range range = gb_range_of(report->source, f->at);
            if (range.start.file != file)
                break; /* findings stand in the order of files */
            if (gb_is_shown(options, f))
                put_error(out, options, f, &range, &words);
        }
        gb_out_puts(out, " </file>\n");
    }
    gb_buf_release(&words);
}

void
gb_checkstyle_end(struct gb_out *out, const struct gb_emit_options *options, const struct gb_totals *totals)
{
    (void)options;
    (void)totals;
    gb_out_puts(out, "</checkstyle>\n");
}
