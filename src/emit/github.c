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

/* Columns are shown on one line only. */
static void
put_range(struct gb_out *out, const struct gb_range *range)
{
    gb_out_printf(out, ",line=%u,endLine=%u", range->start.line, range->end.line);
    if (!range->by_line && range->start.line == range->end.line)
        gb_out_printf(out, ",col=%u,endColumn=%u", range->start.column, range->end.column);
}

static void
put_finding(const struct gb_emit *e, const struct gb_finding *f, struct gb_buf *words)
{
    struct gb_range range = gb_range_of(e->report->source, f->at);

    gb_out_printf(e->out, "::%s", commands[f->level]);
    put_property(e->out, " file=", GB_FRESH(words, gb_add_clean_path(words, e->folder, range.start.file->path)));
    put_range(e->out, &range);
    put_property(e->out, ",title=", f->rule->code);
    put_property(e->out, " ", f->rule->title);
    gb_out_puts(e->out, "::");
    put_escaped(e->out, GB_FRESH(words, gb_add_advice(words, e, f, "\n")), "%\r\n");
    gb_out_char(e->out, '\n');
}

void
gb_github_draft(const struct gb_emit *e)
{
    struct gb_buf words = {0};

    GB_EACH_SHOWN(f, e)
        put_finding(e, f, &words);
    gb_buf_release(&words);
}
