/* The stable machine format. Its shape is described by schema/gblint.schema.json. */
#include "base/json.h"
#include "emit/emitters_priv.h"
#include "emit/place_priv.h"

#include <stdio.h>

/* Down to this depth members stand on lines of their own: one finding per line. */
enum { LINES = 4, DEPTH_OF_DRAFT = 2 };

struct writer {
    struct gb_json json;
    const struct gb_report *report;
    struct gb_buf words;
};

static void
write_path(struct writer *w, const char *path)
{
    gb_json_field(&w->json, "path", GB_FRESH(&w->words, gb_add_clean(&w->words, gb_str_from(path))));
}

static void
write_place(struct writer *w, const char *key, const struct gb_place *place, bool by_line)
{
    gb_json_begin(&w->json, key, "{");
    gb_json_count(&w->json, "line", place->line);
    if (!by_line)
        gb_json_count(&w->json, "column", place->column);
    gb_json_count(&w->json, "byte", place->byte);
    gb_json_close(&w->json, "}");
}

static void
write_range(struct writer *w, const struct gb_range *range)
{
    write_place(w, "start", &range->start, range->by_line);
    write_place(w, "end", &range->end, range->by_line);
}

static void
write_related(struct writer *w, const struct gb_finding *f)
{
    if (!f->n_related)
        return;
    gb_json_begin(&w->json, "related", "[");
    for (uint32_t i = 0; i < f->n_related; i++) {
        struct gb_range range = gb_range_of(gb_source_of(w->report, &f->related[i]), f->related[i].at);
        gb_json_open(&w->json, "{");
        gb_json_field(&w->json, "message", f->related[i].message);
        write_path(w, range.start.file->path);
        write_range(w, &range);
        gb_json_close(&w->json, "}");
    }
    gb_json_close(&w->json, "]");
}

static void
write_fix(struct writer *w, const struct gb_finding *f)
{
    if (!f->n_edits)
        return;
    gb_json_begin(&w->json, "fix", "{");
    gb_json_flag(&w->json, "safe", f->fix_safe);
    gb_json_begin(&w->json, "edits", "[");
    for (uint32_t i = 0; i < f->n_edits; i++) {
        struct gb_range range = gb_range_of(w->report->source, (struct gb_at){.span = f->edits[i].span});
        gb_json_open(&w->json, "{");
        write_range(w, &range);
        gb_json_field(&w->json, "text", f->edits[i].text);
        gb_json_close(&w->json, "}");
    }
    gb_json_close(&w->json, "]}");
}

static void
write_finding(struct writer *w, const struct gb_finding *f)
{
    struct gb_range range = gb_range_of(w->report->source, f->at);

    gb_json_open(&w->json, "{");
    gb_json_field(&w->json, "rule", f->rule->code);
    gb_json_field(&w->json, "name", f->rule->name);
    gb_json_field(&w->json, "level", gb_str_from(gb_level_name(f->level)));
    gb_json_field(&w->json, "message", f->message);
    gb_json_field(&w->json, "remedy", f->remedy);
    gb_json_field(&w->json, "source", f->source);
    gb_json_field(&w->json, "clause", f->clause);
    if (range.start.file != w->report->source->files)
        write_path(w, range.start.file->path);
    write_range(w, &range);
    gb_json_field(&w->json, "quote", GB_FRESH(&w->words, gb_add_source_text(&w->words, w->report->source, range.span)));
    write_related(w, f);
    write_fix(w, f);
    if (f->is_suppressed)
        gb_json_field(&w->json, "reason", f->reason);
    if (f->is_known)
        gb_json_flag(&w->json, "known", true);
    gb_json_close(&w->json, "}");
}

static void
write_findings(struct writer *w, const char *key, bool suppressed)
{
    gb_json_begin(&w->json, key, "[");
    GB_EACH_IN(f, &w->report->findings) {
        if (f->is_suppressed == suppressed)
            write_finding(w, f);
    }
    gb_json_close(&w->json, "]");
}

static void
write_not_checked(struct writer *w)
{
    gb_json_begin(&w->json, "not_checked", "[");
    GB_EACH_IN(n, &w->report->not_checked) {
        gb_json_open(&w->json, "{");
        gb_json_field(&w->json, "what", n->what);
        gb_json_field(&w->json, "why", n->why);
        gb_json_close(&w->json, "}");
    }
    gb_json_close(&w->json, "]");
}

static void
write_fixed(struct writer *w)
{
    gb_json_begin(&w->json, "fixed", "[");
    GB_EACH(const struct gb_fixed, fixed, w->report->fixed, w->report->n_fixed) {
        gb_json_open(&w->json, "{");
        gb_json_field(&w->json, "rule", fixed->rule);
        gb_json_field(&w->json, "clause", fixed->clause);
        gb_json_field(&w->json, "quote", fixed->quote);
        gb_json_count(&w->json, "n", fixed->n);
        gb_json_close(&w->json, "}");
    }
    gb_json_close(&w->json, "]");
}

/* 85.5 of 8550. */
static void
write_points(struct gb_json *json, const char *key, uint32_t hundredths)
{
    char text[24];
    int n = snprintf(text, sizeof(text), "%u.%02u", hundredths / 100, hundredths % 100);

    gb_json_key(json, key);
    gb_json_raw(json, (struct gb_str){text, (size_t)n});
}

static void
write_score(struct writer *w)
{
    const struct gb_score *score = w->report->score;

    gb_json_begin(&w->json, "score", "{");
    write_points(&w->json, "value", score->value);
    gb_json_count(&w->json, "clauses", score->n_clauses);
    gb_json_begin(&w->json, "groups", "[");
    GB_EACH(const struct gb_score_group, g, score->groups, GB_SCORE_GROUPS) {
        gb_json_open(&w->json, "{");
        gb_json_field(&w->json, "groups", gb_str_from(g->name));
        gb_json_count(&w->json, "error", g->counts[GB_LEVEL_ERROR]);
        gb_json_count(&w->json, "warning", g->counts[GB_LEVEL_WARNING]);
        gb_json_count(&w->json, "info", g->counts[GB_LEVEL_INFO]);
        write_points(&w->json, "off", g->off);
        gb_json_close(&w->json, "}");
    }
    gb_json_close(&w->json, "]}");
}

void
gb_report_json_begin(const struct gb_emit *e)
{
    gb_out_puts(e->out, "{\n \"schema\":1,\n \"gblint\":\"" GB_VERSION "\",\n \"files\":[");
}

void
gb_report_json_draft(const struct gb_emit *e)
{
    const struct gb_report *report = e->report;
    struct writer w = {.report = report};

    gb_json_init(&w.json, e->out, LINES);
    w.json.depth = DEPTH_OF_DRAFT;
    gb_json_open(&w.json, "{");
    write_path(&w, report->source->files[0].path);
    gb_json_field(&w.json, "format", report->format);
    gb_json_given(&w.json, "edition", report->edition);
    gb_json_given(&w.json, "edition_why", report->edition_why);
    gb_json_given(&w.json, "stage", report->stage);
    gb_json_given(&w.json, "type", report->type);
    gb_json_given(&w.json, "function", report->function);
    gb_json_given(&w.json, "profile", report->profile);
    gb_json_given(&w.json, "profile_why", report->profile_why);
    if (report->score && e->shows_score)
        write_score(&w);
    write_findings(&w, "findings", false);
    write_findings(&w, "suppressed", true);
    if (report->has_baseline)
        write_fixed(&w);
    write_not_checked(&w);
    gb_json_close(&w.json, "}");
    gb_buf_release(&w.words);
}

void
gb_report_json_end(const struct gb_emit *e)
{
    const struct gb_totals *totals = e->totals;

    gb_out_printf(e->out, "],\n \"summary\":{\"error\":%u,\"warning\":%u,\"info\":%u,\"suppressed\":%u,\"known\":%u",
                  totals->counts[GB_LEVEL_ERROR], totals->counts[GB_LEVEL_WARNING], totals->counts[GB_LEVEL_INFO],
                  totals->suppressed, totals->known);
    if (totals->is_since)
        gb_out_printf(e->out, ",\"unchanged\":%u", totals->unchanged);
    gb_out_puts(e->out, "}\n}\n");
}
