/*
 * Diagnostics for reviewdog: findings at or above the level shown. Its columns count bytes of UTF-8; a suggestion is one
 * range with its new text, so a fix of several edits becomes one that reaches from the first to the last.
 */
#include "base/json.h"
#include "diag/edits.h"
#include "emit/emitters_priv.h"
#include "emit/finding_priv.h"
#include "emit/path.h"

#include <stdlib.h>

/* A diagnostic stands in one line; a suggestion that would repeat more of the draft than this is left out. */
enum { LINES = 2, LONGEST_SUGGESTION = 1000 };

static const char *const severities[] = {
    [GB_LEVEL_INFO] = "INFO",
    [GB_LEVEL_WARNING] = "WARNING",
    [GB_LEVEL_ERROR] = "ERROR",
};

struct writer {
    const struct gb_emit *e;
    struct gb_json *json;
    struct gb_buf words;
};

void
gb_rdjson_begin(const struct gb_emit *e)
{
    struct gb_json *json = gb_alloc(sizeof(*json));

    gb_json_init(json, e->out, LINES);
    gb_json_open(json, "{");
    gb_json_begin(json, "source", "{");
    gb_json_field(json, "name", GB_STR("gblint"));
    gb_json_close(json, "}");
    gb_json_begin(json, "diagnostics", "[");
    *e->kept = json;
}

static void
write_position(struct writer *w, const char *key, const struct gb_place *place, uint32_t offset, bool by_line)
{
    gb_json_begin(w->json, key, "{");
    gb_json_count(w->json, "line", place->line);
    if (!by_line)
        gb_json_count(w->json, "column", offset - gb_source_line_span(place->file, place->line).begin + 1);
    gb_json_close(w->json, "}");
}

static void
write_range(struct writer *w, const struct gb_range *range)
{
    gb_json_begin(w->json, "range", "{");
    write_position(w, "start", &range->start, range->span.begin, range->by_line);
    write_position(w, "end", &range->end, range->span.end, range->by_line);
    gb_json_close(w->json, "}");
}

static void
write_location(struct writer *w, const struct gb_range *range)
{
    gb_json_begin(w->json, "location", "{");
    gb_json_field(w->json, "path",
                  GB_FRESH(&w->words, gb_add_clean_path(&w->words, w->e->folder, range->start.file->path)));
    write_range(w, range);
    gb_json_close(w->json, "}");
}

/* The text from the first edit to the last as it would be. False where it is long, or in several files. */
static bool
join_edits(struct writer *w, const struct gb_finding *f, struct gb_range *out_range)
{
    const struct gb_source *source = w->e->report->source;
    struct gb_span span = {f->edits[0].span.begin, f->edits[f->n_edits - 1].span.end};
    const struct gb_source_file *file = gb_source_file_at(source, f->at.span.begin);

    if (span.end < span.begin || span.end - span.begin > LONGEST_SUGGESTION || file->n_flaws ||
        gb_source_file_at(source, span.begin) != file || span.end > file->base + file->text.len)
        return false;
    w->words.len = 0;
    uint32_t at = span.begin;
    GB_EACH(const struct gb_edit, edit, f->edits, f->n_edits) {
        gb_buf_add(&w->words, gb_source_text(source, (struct gb_span){at, edit->span.begin}));
        gb_edit_add_text(&w->words, file, edit->text);
        at = edit->span.end;
    }
    *out_range = gb_range_of(source, (struct gb_at){.span = span});
    return true;
}

static void
write_suggestions(struct writer *w, const struct gb_finding *f)
{
    struct gb_range range;

    if (!f->n_edits || !join_edits(w, f, &range))
        return;
    gb_json_begin(w->json, "suggestions", "[{");
    write_range(w, &range);
    gb_json_field(w->json, "text", gb_buf_str(&w->words));
    gb_json_close(w->json, "}]");
}

static void
write_related(struct writer *w, const struct gb_finding *f)
{
    if (!f->n_related)
        return;
    gb_json_begin(w->json, "related_locations", "[");
    for (uint32_t i = 0; i < f->n_related; i++) {
        struct gb_range range = gb_range_of(gb_source_of(w->e->report, &f->related[i]), f->related[i].at);
        gb_json_open(w->json, "{");
        gb_json_field(w->json, "message", f->related[i].message);
        write_location(w, &range);
        gb_json_close(w->json, "}");
    }
    gb_json_close(w->json, "]");
}

static void
write_diagnostic(struct writer *w, const struct gb_finding *f)
{
    struct gb_range range = gb_range_of(w->e->report->source, f->at);

    gb_json_open(w->json, "{");
    gb_json_field(w->json, "message", GB_FRESH(&w->words, gb_add_advice(&w->words, w->e, f, "\n")));
    write_location(w, &range);
    gb_json_field(w->json, "severity", gb_str_from(severities[f->level]));
    gb_json_begin(w->json, "code", "{");
    gb_json_field(w->json, "value", f->rule->code);
    gb_json_close(w->json, "}");
    write_suggestions(w, f);
    write_related(w, f);
    gb_json_close(w->json, "}");
}

void
gb_rdjson_draft(const struct gb_emit *e)
{
    struct writer w = {.e = e, .json = *e->kept};

    GB_EACH_SHOWN(f, e)
        write_diagnostic(&w, f);
    gb_buf_release(&w.words);
}

void
gb_rdjson_end(const struct gb_emit *e)
{
    gb_json_close(*e->kept, "]}");
    gb_out_char(e->out, '\n');
    free(*e->kept);
}
