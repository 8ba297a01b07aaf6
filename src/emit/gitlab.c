/*
 * Code quality report of GitLab (a list of issues as Code Climate has them): findings at or above the level shown. The
 * fingerprint is made of the path and the key of the finding, so that it outlives edits elsewhere in the draft.
 */
#include "base/json.h"
#include "diag/fingerprint.h"
#include "emit/emitters_priv.h"
#include "emit/finding_priv.h"
#include "emit/path.h"

#include <stdlib.h>

/* Members of an issue stand in one line. */
enum { LINES = 1 };

static const char *const severities[] = {
    [GB_LEVEL_INFO] = "info",
    [GB_LEVEL_WARNING] = "minor",
    [GB_LEVEL_ERROR] = "major",
};

void
gb_gitlab_begin(const struct gb_emit *e)
{
    struct gb_json *json = gb_alloc(sizeof(*json));

    gb_json_init(json, e->out, LINES);
    gb_json_open(json, "[");
    *e->kept = json;
}

static void
write_location(struct gb_json *json, struct gb_str path, const struct gb_range *range)
{
    gb_json_begin(json, "location", "{");
    gb_json_field(json, "path", path);
    gb_json_begin(json, "lines", "{");
    gb_json_count(json, "begin", range->start.line);
    gb_json_count(json, "end", range->end.line);
    gb_json_close(json, "}}");
}

static void
write_issue(const struct gb_emit *e, const struct gb_finding *f, uint64_t key, struct gb_buf *words)
{
    struct gb_json *json = *e->kept;
    struct gb_range range = gb_range_of(e->report->source, f->at);

    gb_json_open(json, "{");
    gb_json_field(json, "type", GB_STR("issue"));
    gb_json_field(json, "check_name", f->rule->code);
    gb_json_field(json, "description", GB_FRESH(words, gb_add_advice(words, e, f, gb_say_of(e, "；", "; "))));
    gb_json_begin(json, "categories", "[");
    gb_json_str(json, GB_STR("Style"));
    gb_json_close(json, "]");
    gb_json_field(json, "severity", gb_str_from(severities[f->level]));
    struct gb_str path = GB_FRESH(words, gb_add_clean_path(words, e->folder, range.start.file->path));
    gb_json_hash(json, "fingerprint", gb_fingerprint_in(path, key));
    write_location(json, path, &range);
    gb_json_close(json, "}");
}

void
gb_gitlab_draft(const struct gb_emit *e)
{
    uint64_t *keys = gb_fingerprints(e->report);
    struct gb_buf words = {0};

    GB_EACH_SHOWN(f, e)
        write_issue(e, f, keys[f - e->report->findings.items], &words);
    gb_buf_release(&words);
    free(keys);
}

void
gb_gitlab_end(const struct gb_emit *e)
{
    gb_json_close(*e->kept, "]");
    gb_out_char(e->out, '\n');
    free(*e->kept);
}
