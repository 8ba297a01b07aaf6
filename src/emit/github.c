/*
 * Annotations of GitHub Actions: one workflow command per finding at or above the level shown. Everything that would end
 * a command or a property of it is escaped, so that no draft can give a command of its own.
 */
#include "emit/emitters_priv.h"
#include "emit/finding_priv.h"
#include "emit/path.h"

static const char *const commands[] = {
    [GB_LEVEL_INFO] = "notice",
    [GB_LEVEL_WARNING] = "warning",
    [GB_LEVEL_ERROR] = "error",
};

/* `special`: the bytes to be escaped, by their numbers. */
static void
put_escaped(struct gb_out *out, struct gb_str text, const char *special)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c && strchr(special, c))
            gb_out_printf(out, "%%%02X", (unsigned)(unsigned char)c);
        else
            gb_out_char(out, c);
    }
}

static void
put_property(struct gb_out *out, const char *name, struct gb_str text)
{
    gb_out_puts(out, name);
    put_escaped(out, text, "%\r\n:,");
}

static void
put_number(struct gb_out *out, const char *name, uint32_t number)
{
    gb_out_puts(out, name);
    gb_out_number(out, number);
}

/* Columns are shown on one line only. */
static void
put_range(struct gb_out *out, const struct gb_range *range)
{
    put_number(out, ",line=", range->start.line);
    put_number(out, ",endLine=", range->end.line);
    if (range->by_line || range->start.line != range->end.line)
        return;
    put_number(out, ",col=", range->start.column);
    put_number(out, ",endColumn=", range->end.column);
}

static void
put_finding(struct gb_out *out, const struct gb_emit_options *options, const struct gb_source *source,
            const struct gb_finding *f, struct gb_buf *words)
{
    struct gb_range range = gb_range_of(source, f->at);

    gb_out_puts(out, "::");
    gb_out_puts(out, commands[f->level]);
    put_property(out, " file=", GB_FRESH(words, gb_add_clean_path(words, options->folder, range.start.file->path)));
    put_range(out, &range);
    put_property(out, ",title=", f->rule->code);
    gb_out_char(out, ' ');
    put_property(out, "", f->rule->title);
    gb_out_puts(out, "::");
    put_escaped(out, GB_FRESH(words, gb_add_advice(words, options, f, "\n")), "%\r\n");
    gb_out_char(out, '\n');
}

void
gb_github_draft(struct gb_out *out, const struct gb_emit_options *options, const struct gb_report *report,
                const struct gb_doc *doc)
{
    struct gb_buf words = {0};

    (void)doc;
    GB_EACH_IN(finding, &report->findings) {
        if (gb_is_shown(options, finding))
            put_finding(out, options, report->source, finding, &words);
    }
    gb_buf_release(&words);
}
