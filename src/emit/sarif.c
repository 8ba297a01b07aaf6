/*
 * SARIF 2.1.0: one run with the findings of all drafts, at every level, as services filter for themselves.
 *
 * What is not known before the last draft stands behind the results: the rules (only those that found something: all of them would be
 * half a megabyte), the files, what was not checked. `results` refer to rules by their number in the order of first use.
 */
#include "base/json.h"
#include "base/sort.h"
#include "diag/edits.h"
#include "diag/fingerprint.h"
#include "emit/emitters_priv.h"
#include "emit/finding_priv.h"
#include "emit/path.h"

#include <stdlib.h>

/* A result, a rule, a file stands in one line. Longer places are not repeated as text. */
enum { LINES = 4, LONGEST_SNIPPET = 1000 };

#define ROOT "SRCROOT"

static const char *const levels[] = {
    [GB_LEVEL_OFF] = "none",
    [GB_LEVEL_INFO] = "note",
    [GB_LEVEL_WARNING] = "warning",
    [GB_LEVEL_ERROR] = "error",
};

struct artifact {
    struct gb_str uri;
    bool is_below; /* relative to the root */
    enum gb_charset charset;
    const char *type;
};

/* Where a rule set keeps its rule of this index, and which of the rules used it is. */
struct slot {
    const struct gb_rule_info *info;
    size_t number;
};

/* Kept for the whole run. */
struct log {
    struct gb_arena arena;
    struct gb_json json;
    GB_ARRAY(const struct gb_rule_info *) rules;
    GB_ARRAY(struct slot) slots; /* by index in a rule set; drafts may have different sets */
    GB_ARRAY(struct artifact) artifacts;
    struct gb_out notices; /* gathered: elements of toolExecutionNotifications */
    struct gb_json notices_json;
    struct gb_buf words;
};

struct writer {
    const struct gb_emit *e;
    struct log *log;
    struct gb_json *json;
};

/* ---- Small parts ---- */

/* `"key":{"text":…}` */
static void
write_text(struct gb_json *json, const char *key, struct gb_str text)
{
    gb_json_begin(json, key, "{");
    gb_json_field(json, "text", text);
    gb_json_close(json, "}");
}

/* Appends the URI of a path; gives whether it is relative to the root. */
static bool
add_uri_of(struct gb_buf *out, const char *folder, const char *path)
{
    struct gb_buf plain = {0};
    bool is_below = gb_add_path_below(&plain, folder, path);

    if (!is_below)
        gb_buf_puts(out, "file://");
    gb_add_uri(out, gb_buf_str(&plain));
    gb_buf_release(&plain);
    return is_below;
}

static void
write_uri(struct gb_json *json, const char *key, struct gb_str uri, bool is_below)
{
    gb_json_begin(json, key, "{");
    gb_json_field(json, "uri", uri);
    if (is_below)
        gb_json_field(json, "uriBaseId", GB_STR(ROOT));
    gb_json_close(json, "}");
}

static void
write_file(struct writer *w, struct gb_json *json, const char *path)
{
    struct gb_buf *words = &w->log->words;

    words->len = 0;
    bool is_below = add_uri_of(words, w->e->folder, path);
    write_uri(json, "artifactLocation", gb_buf_str(words), is_below);
}

/* Lines and columns; no columns where none is certain. */
static void
open_region(struct writer *w, const char *key, const struct gb_range *range)
{
    gb_json_begin(w->json, key, "{");
    gb_json_count(w->json, "startLine", range->start.line);
    if (!range->by_line)
        gb_json_count(w->json, "startColumn", range->start.column);
    gb_json_count(w->json, "endLine", range->end.line);
    if (!range->by_line)
        gb_json_count(w->json, "endColumn", range->end.column);
}

/* A place, with its bytes as stored, and its text. */
static void
write_physical(struct writer *w, const struct gb_source *source, const struct gb_range *range)
{
    struct gb_buf *words = &w->log->words;

    gb_json_begin(w->json, "physicalLocation", "{");
    write_file(w, w->json, range->start.file->path);
    open_region(w, "region", range);
    gb_json_count(w->json, "byteOffset", range->start.byte);
    gb_json_count(w->json, "byteLength", range->end.byte - range->start.byte);
    if (range->span.begin < range->span.end && range->span.end - range->span.begin <= LONGEST_SNIPPET) {
        write_text(w->json, "snippet", GB_FRESH(words, gb_add_source_text(words, source, range->span)));
    }
    gb_json_close(w->json, "}}");
}

/* ---- Rules ---- */

static size_t
find_rule(const struct log *log, struct gb_str code)
{
    for (size_t i = 0; i < log->rules.len; i++) {
        if (gb_str_eq(log->rules.items[i]->code, code))
            return i;
    }
    return GB_NOT_FOUND;
}

/* The rule's place in `rules`; codes are compared only where its rule set is met for the first time. */
static size_t
number_of(struct log *log, const struct gb_rule_info *info)
{
    while (log->slots.len <= info->index)
        *gb_push(&log->slots) = (struct slot){0};
    struct slot *slot = &log->slots.items[info->index];

    if (slot->info == info)
        return slot->number;
    size_t number = find_rule(log, info->code);
    if (number == GB_NOT_FOUND) {
        number = log->rules.len;
        *gb_push(&log->rules) = info;
    }
    *slot = (struct slot){info, number};
    return number;
}

/* The newest edition that has the rule. */
static size_t
edition_of(const struct gb_rule_info *info)
{
    size_t i = GB_RULE_EDITIONS - 1;

    while (i && info->levels[i] == GB_LEVEL_OFF)
        i--;
    return i;
}

static void
write_help(struct gb_json *json, const struct gb_rule_info *info, struct gb_str sources, bool english)
{
    const char *label = english ? "Source: " : "依据：", *more = english ? "More: " : "详见：";
    struct gb_buf words = {0};

    gb_json_begin(json, "help", "{");
    gb_buf_printf(&words, "%.*s\n%s%.*s\n%sgblint explain %.*s", GB_FMT(info->why), label, GB_FMT(sources), more,
                  GB_FMT(info->code));
    gb_json_field(json, "text", gb_buf_str(&words));
    gb_json_field(json, "markdown",
                  GB_FRESH(&words, gb_buf_printf(&words, "%.*s\n\n%s%.*s\n\n%s`gblint explain %.*s`", GB_FMT(info->why),
                                                 label, GB_FMT(sources), more, GB_FMT(info->code))));
    gb_json_close(json, "}");
    gb_buf_release(&words);
}

static void
write_rule_properties(struct gb_json *json, const struct gb_rule_info *info, struct gb_str sources, enum gb_level level)
{
    gb_json_begin(json, "properties", "{");
    gb_json_begin(json, "tags", "[");
    gb_json_str(json, gb_rule_group(info->code));
    gb_json_close(json, "]");
    gb_json_given(json, "source", sources);
    /* What GitHub sorts by. */
    gb_json_field(json, "problem.severity",
                  level == GB_LEVEL_INFO ? GB_STR("recommendation") : gb_str_from(levels[level]));
    gb_json_close(json, "}");
}

static void
write_rule(struct gb_json *json, const struct gb_rule_info *info, bool english)
{
    enum gb_level level = info->levels[edition_of(info)];
    struct gb_buf sources = {0};

    gb_add_sources(&sources, info, "；");
    gb_json_open(json, "{");
    gb_json_field(json, "id", info->code);
    gb_json_given(json, "name", info->name);
    write_text(json, "shortDescription", info->title);
    write_text(json, "fullDescription", info->why.len ? info->why : info->title);
    write_help(json, info, gb_buf_str(&sources), english);
    gb_json_begin(json, "defaultConfiguration", "{");
    gb_json_field(json, "level", gb_str_from(levels[level]));
    gb_json_close(json, "}");
    write_rule_properties(json, info, gb_buf_str(&sources), level);
    gb_json_close(json, "}");
    gb_buf_release(&sources);
}

/* ---- Results ---- */

static void
write_clause(struct writer *w, struct gb_str clause)
{
    if (!clause.len)
        return;
    gb_json_begin(w->json, "logicalLocations", "[{");
    gb_json_field(w->json, "name", clause);
    gb_json_field(w->json, "kind", GB_STR("clause"));
    gb_json_close(w->json, "}]");
}

/* Each has an id: two at one place must not be the same. */
static void
write_related(struct writer *w, const struct gb_finding *f)
{
    if (!f->n_related)
        return;
    gb_json_begin(w->json, "relatedLocations", "[");
    for (uint32_t i = 0; i < f->n_related; i++) {
        const struct gb_source *source = gb_source_of(w->e->report, &f->related[i]);
        struct gb_range range = gb_range_of(source, f->related[i].at);
        gb_json_open(w->json, "{");
        gb_json_count(w->json, "id", i + 1);
        write_physical(w, source, &range);
        if (f->related[i].message.len)
            write_text(w->json, "message", f->related[i].message);
        gb_json_close(w->json, "}");
    }
    gb_json_close(w->json, "]");
}

static void
write_replacement(struct writer *w, const struct gb_edit *edit)
{
    struct gb_range range = gb_range_of(w->e->report->source, (struct gb_at){.span = edit->span});
    struct gb_buf *words = &w->log->words;

    gb_json_open(w->json, "{");
    open_region(w, "deletedRegion", &range);
    gb_json_close(w->json, "}");
    write_text(w->json, "insertedContent", GB_FRESH(words, gb_edit_add_text(words, range.start.file, edit->text)));
    gb_json_close(w->json, "}");
}

/* Edits stand in order, so that those of one file stand together. */
static void
write_changes(struct writer *w, const struct gb_finding *f)
{
    const struct gb_source_file *file = NULL;

    for (uint32_t i = 0; i < f->n_edits; i++) {
        const struct gb_source_file *next = gb_source_file_at(w->e->report->source, f->edits[i].span.begin);
        if (next != file) {
            if (file) {
                gb_json_close(w->json, "]}");
            }
            gb_json_open(w->json, "{");
            write_file(w, w->json, next->path);
            gb_json_begin(w->json, "replacements", "[");
            file = next;
        }
        write_replacement(w, &f->edits[i]);
    }
    gb_json_close(w->json, "]}");
}

static void
write_fix(struct writer *w, const struct gb_finding *f)
{
    if (!f->n_edits)
        return;
    gb_json_begin(w->json, "fixes", "[{");
    write_text(w->json, "description", f->remedy.len ? f->remedy : f->message);
    gb_json_begin(w->json, "artifactChanges", "[");
    write_changes(w, f);
    gb_json_close(w->json, "]");
    gb_json_begin(w->json, "properties", "{");
    gb_json_flag(w->json, "safe", f->fix_safe);
    gb_json_close(w->json, "}}]");
}

/* Stated for every result, as the standard asks where one has them: none is an empty list. */
static void
write_suppressions(struct writer *w, const struct gb_finding *f)
{
    gb_json_begin(w->json, "suppressions", "[");
    if (f->is_suppressed) {
        gb_json_open(w->json, "{");
        gb_json_field(w->json, "kind", f->is_known ? GB_STR("external") : GB_STR("inSource"));
        gb_json_given(w->json, "justification", f->reason);
        gb_json_close(w->json, "}");
    }
    gb_json_close(w->json, "]");
}

static void
write_result_properties(struct writer *w, const struct gb_finding *f)
{
    gb_json_begin(w->json, "properties", "{");
    gb_json_given(w->json, "clause", f->clause);
    gb_json_given(w->json, "remedy", f->remedy);
    gb_json_given(w->json, "source", f->source);
    gb_json_close(w->json, "}");
}

static void
write_result(struct writer *w, const struct gb_finding *f, uint64_t key)
{
    struct gb_range range = gb_range_of(w->e->report->source, f->at);
    struct gb_buf *words = &w->log->words;

    gb_json_open(w->json, "{");
    gb_json_field(w->json, "ruleId", f->rule->code);
    gb_json_count(w->json, "ruleIndex", number_of(w->log, f->rule));
    gb_json_field(w->json, "level", gb_str_from(levels[f->level]));
    words->len = 0;
    gb_add_advice(words, w->e, f, gb_say_of(w->e, "。", ". "));
    gb_buf_puts(words, gb_say_of(w->e, "。", "."));
    write_text(w->json, "message", gb_buf_str(words));
    gb_json_begin(w->json, "locations", "[{");
    write_physical(w, w->e->report->source, &range);
    write_clause(w, f->clause);
    gb_json_close(w->json, "}]");
    write_related(w, f);
    gb_json_begin(w->json, "partialFingerprints", "{");
    gb_json_hash(w->json, "gblint/v1", key);
    gb_json_close(w->json, "}");
    write_suppressions(w, f);
    write_fix(w, f);
    write_result_properties(w, f);
    gb_json_close(w->json, "}");
}

/* ---- What is gathered ---- */

static const char *
type_of(struct gb_str format)
{
    return gb_str_is(format, "docbook") ? "application/docbook+xml"
           : gb_str_is(format, "csv")   ? "text/csv"
                                        : "text/markdown";
}

static void
gather_artifacts(struct writer *w)
{
    GB_EACH(const struct gb_source_file, file, w->e->report->source->files, w->e->report->source->n_files) {
        struct gb_buf *words = &w->log->words;
        words->len = 0;
        bool is_below = add_uri_of(words, w->e->folder, file->path);
        *gb_push(&w->log->artifacts) = (struct artifact){
            .uri = gb_arena_copy(&w->log->arena, gb_buf_str(words)),
            .is_below = is_below,
            .charset = file->charset,
            .type = type_of(w->e->report->format),
        };
    }
}

static void
gather_notices(struct writer *w)
{
    struct gb_json *json = &w->log->notices_json;
    struct gb_buf text = {0};

    GB_EACH_IN(n, &w->e->report->not_checked) {
        text.len = 0;
        gb_buf_printf(&text, gb_say_of(w->e, "没有检查：%.*s：%.*s。", "Not checked: %.*s: %.*s."), GB_FMT(n->what),
                      GB_FMT(n->why));
        gb_json_open(json, "{");
        gb_json_field(json, "level", GB_STR("note"));
        write_text(json, "message", gb_buf_str(&text));
        gb_json_begin(json, "locations", "[{");
        gb_json_begin(json, "physicalLocation", "{");
        write_file(w, json, w->e->report->source->files[0].path);
        gb_json_close(json, "}}]}");
    }
    gb_buf_release(&text);
}

/* ---- The emitter ---- */

static void
write_conventions(struct gb_json *json, bool english)
{
    gb_json_field(json, "language", english ? GB_STR("en") : GB_STR("zh-CN"));
    gb_json_field(json, "columnKind", GB_STR("unicodeCodePoints"));
    gb_json_begin(json, "newlineSequences", "[");
    gb_json_str(json, GB_STR("\r\n"));
    gb_json_str(json, GB_STR("\n"));
    gb_json_str(json, GB_STR("\r"));
    gb_json_close(json, "]");
    gb_json_begin(json, "originalUriBaseIds", "{");
    gb_json_begin(json, ROOT, "{");
    write_text(json, "description",
               english ? GB_STR("The folder in which gblint was run.") : GB_STR("运行gblint时所在的文件夹。"));
    gb_json_close(json, "}}");
}

void
gb_sarif_begin(const struct gb_emit *e)
{
    struct log *log = *e->kept = gb_alloc_zeroed(sizeof(*log));
    gb_json_init(&log->json, e->out, LINES);
    gb_json_init(&log->notices_json, &log->notices, 0);
    gb_json_open(&log->json, "{");
    gb_json_field(&log->json, "$schema", GB_STR("https://json.schemastore.org/sarif-2.1.0.json"));
    gb_json_field(&log->json, "version", GB_STR("2.1.0"));
    gb_json_begin(&log->json, "runs", "[{");
    write_conventions(&log->json, e->english);
    gb_json_begin(&log->json, "results", "[");
}

void
gb_sarif_draft(const struct gb_emit *e)
{
    struct log *log = *e->kept;
    struct writer w = {.e = e, .log = log, .json = &log->json};
    uint64_t *keys = gb_fingerprints(e->report);

    for (size_t i = 0; i < e->report->findings.len; i++)
        write_result(&w, &e->report->findings.items[i], keys[i]);
    gather_artifacts(&w);
    gather_notices(&w);
    free(keys);
}

GB_ORDER(compare_artifacts, struct artifact, GB_KEY_STR(uri))

/* A file that is part of two drafts is named once. */
static void
write_artifacts(struct log *log)
{
    gb_json_begin(&log->json, "artifacts", "[");
    gb_sort(log->artifacts.items, log->artifacts.len, sizeof(struct artifact), compare_artifacts);
    for (size_t i = 0; i < log->artifacts.len; i++) {
        const struct artifact *a = &log->artifacts.items[i];
        if (i && gb_str_eq(a[-1].uri, a->uri))
            continue;
        gb_json_open(&log->json, "{");
        write_uri(&log->json, "location", a->uri, a->is_below);
        if (a->charset != GB_CHARSET_UNKNOWN)
            gb_json_field(&log->json, "encoding", gb_str_from(gb_charset_name(a->charset)));
        gb_json_field(&log->json, "mimeType", gb_str_from(a->type));
        gb_json_close(&log->json, "}");
    }
    gb_json_close(&log->json, "]");
}

static void
write_invocation(struct log *log, const struct gb_totals *totals)
{
    gb_json_begin(&log->json, "invocations", "[{");
    gb_json_flag(&log->json, "executionSuccessful", totals->failed == 0);
    gb_json_begin(&log->json, "toolExecutionNotifications", "[");
    if (log->notices.buf.len)
        gb_json_raw(&log->json, gb_buf_str(&log->notices.buf));
    gb_json_close(&log->json, "]}]");
}

static void
write_tool(struct log *log, bool english)
{
    gb_json_begin(&log->json, "tool", "{");
    gb_json_begin(&log->json, "driver", "{");
    gb_json_field(&log->json, "name", GB_STR("gblint"));
    gb_json_field(&log->json, "fullName", GB_STR("gblint " GB_VERSION));
    gb_json_field(&log->json, "version", GB_STR(GB_VERSION));
    gb_json_field(&log->json, "semanticVersion", GB_STR(GB_VERSION));
    gb_json_field(&log->json, "language", english ? GB_STR("en") : GB_STR("zh-CN"));
    gb_json_begin(&log->json, "rules", "[");
    GB_EACH_IN(rule, &log->rules)
        write_rule(&log->json, *rule, english);
    gb_json_close(&log->json, "]}}");
}

void
gb_sarif_end(const struct gb_emit *e)
{
    struct log *log = *e->kept;

    gb_json_close(&log->json, "]");
    write_artifacts(log);
    write_invocation(log, e->totals);
    write_tool(log, e->english);
    gb_json_close(&log->json, "}]}");
    gb_out_char(e->out, '\n');

    GB_RELEASE(&log->rules, &log->slots, &log->artifacts);
    gb_out_release(&log->notices);
    gb_buf_release(&log->words);
    gb_arena_release(&log->arena);
    free(log);
}
