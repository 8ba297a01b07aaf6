/* Checkstyle XML, which many services read: each file of each draft, with its findings at or above the level shown. */
#include "emit/emitters_priv.h"
#include "emit/escape_priv.h"
#include "emit/finding_priv.h"
#include "emit/path.h"

void
gb_checkstyle_begin(const struct gb_emit *e)
{
    gb_out_puts(e->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n");
}

/* Readers take the last part of the source for the type, the one before it for the category. */
static void
put_source(struct gb_out *out, struct gb_str code)
{
    struct gb_str group = gb_rule_group(code);

    gb_out_puts(out, " source=\"gblint.");
    if (group.len < code.len)
        gb_put_xml_in(out, "", group, ".");
    gb_put_xml_in(out, "", code, "\"");
}

static void
put_error(const struct gb_emit *e, const struct gb_finding *f, const struct gb_range *range, struct gb_buf *words)
{
    gb_out_printf(e->out, "  <error line=\"%u\"", range->start.line);
    if (!range->by_line)
        gb_out_printf(e->out, " column=\"%u\"", range->start.column);
    gb_out_printf(e->out, " severity=\"%s\"", gb_level_name(f->level));
    gb_put_xml_attribute(e->out, "message", GB_FRESH(words, gb_add_advice(words, e, f, gb_say_of(e, "；", "; "))));
    put_source(e->out, f->rule->code);
    gb_out_puts(e->out, "/>\n");
}

void
gb_checkstyle_draft(const struct gb_emit *e)
{
    const struct gb_source *source = e->report->source;
    struct gb_buf words = {0};
    size_t i = 0;

    GB_EACH(const struct gb_source_file, file, source->files, source->n_files) {
        gb_out_puts(e->out, " <file");
        gb_put_xml_attribute(e->out, "name", GB_FRESH(&words, gb_add_clean_path(&words, e->folder, file->path)));
        gb_out_puts(e->out, ">\n");
        for (; i < e->report->findings.len; i++) {
            const struct gb_finding *f = &e->report->findings.items[i];
            struct gb_range range = gb_range_of(source, f->at);
            if (range.start.file != file)
                break; /* findings stand in the order of files */
            if (gb_is_shown(e, f))
                put_error(e, f, &range, &words);
        }
        gb_out_puts(e->out, " </file>\n");
    }
    gb_buf_release(&words);
}

void
gb_checkstyle_end(const struct gb_emit *e)
{
    gb_out_puts(e->out, "</checkstyle>\n");
}
