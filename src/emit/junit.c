/*
 * JUnit XML for test reports: a suite per draft; in it a failed case per finding at or above the level shown, or one that
 * passed when there is none; what could not be checked is a skipped case. Nothing depends on lines but the text of a
 * failure, so that Jenkins and GitLab know a case again when the draft has changed elsewhere.
 */
#include "base/sort.h"
#include "emit/emitters_priv.h"
#include "emit/escape_priv.h"
#include "emit/finding_priv.h"
#include "emit/path.h"

#include <stdlib.h>

struct suite {
    const struct gb_emit *e;
    struct gb_out *out;
    struct gb_buf path;       /* of the draft */
    struct gb_str class_name; /* the same without its extension, which Jenkins would take for a class */
    struct gb_buf words;
};

/* ---- Names ---- */

/* Findings that would have the same name, next to each other. */
GB_ORDER_OF_POINTERS(compare_names, struct gb_finding,
                     GB_KEY_STR(rule->code) GB_KEY_STR(clause) GB_KEY_STR(message) GB_KEY_PLACE)

static bool
is_namesake(const struct gb_finding *a, const struct gb_finding *b)
{
    return gb_str_eq(a->rule->code, b->rule->code) && gb_str_eq(a->clause, b->clause) &&
           gb_str_eq(a->message, b->message);
}

/* For each finding of the report, whose findings are counted from 1 among those of the same name. To be freed. */
static uint32_t *
number_names(const struct gb_report *report)
{
    size_t n = report->findings.len;
    const struct gb_finding **list = gb_alloc((n + 1) * sizeof(*list));
    uint32_t *numbers = gb_alloc((n + 1) * sizeof(*numbers));

    for (size_t i = 0; i < n; i++)
        list[i] = &report->findings.items[i];
    gb_sort(list, n, sizeof(*list), compare_names);
    uint32_t number = 0;
    for (size_t i = 0; i < n; i++) {
        number = i && is_namesake(list[i - 1], list[i]) ? number + 1 : 1;
        numbers[list[i] - report->findings.items] = number;
    }
    free(list);
    return numbers;
}

/* ---- Cases ---- */

static void
open_case(struct suite *s, struct gb_str name)
{
    gb_out_puts(s->out, "  <testcase");
    gb_put_xml_attribute(s->out, "name", name);
    gb_put_xml_attribute(s->out, "classname", s->class_name);
    gb_out_puts(s->out, " time=\"0\"");
}

static void
put_failure(struct suite *s, const struct gb_finding *f, uint32_t number)
{
    struct gb_range range = gb_range_of(s->e->report->source, f->at);
    struct gb_buf *words = &s->words;
    struct gb_str rest, line;

    words->len = 0;
    gb_buf_printf(words, "%.*s ", GB_FMT(f->rule->code));
    if (f->clause.len)
        gb_buf_printf(words, "%.*s ", GB_FMT(f->clause));
    gb_buf_add(words, f->message);
    if (number > 1)
        gb_buf_printf(words, " (%u)", number);
    open_case(s, gb_buf_str(words));
    gb_put_xml_attribute(s->out, "file",
                         GB_FRESH(words, gb_add_clean_path(words, s->e->folder, range.start.file->path)));
    gb_out_puts(s->out, ">\n   <failure");
    gb_put_xml_attribute(s->out, "message", f->message);
    gb_put_xml_attribute(s->out, "type", gb_str_from(gb_level_name(f->level)));
    gb_out_char(s->out, '>');

    words->len = 0;
    gb_add_position(words, &range);
    gb_buf_puts(words, ": ");
    gb_add_advice(words, s->e, f, "\n");
    rest = gb_buf_str(words);
    for (bool is_first = true; gb_str_next_line(&rest, &line); is_first = false) {
        gb_out_puts(s->out, is_first ? "" : "\n");
        gb_put_xml(s->out, line);
    }
    gb_out_puts(s->out, "</failure>\n  </testcase>\n");
}

static void
put_skipped(struct suite *s, const struct gb_not_checked *n)
{
    open_case(s, GB_FRESH(&s->words, gb_buf_printf(&s->words, gb_say_of(s->e, "%.*s：%.*s", "%.*s: %.*s"),
                                                   GB_FMT(n->what), GB_FMT(n->why))));
    gb_out_puts(s->out, ">\n   <skipped");
    gb_put_xml_attribute(s->out, "message", n->why);
    gb_out_puts(s->out, "/>\n  </testcase>\n");
}

static void
put_count(struct suite *s, const char *name, size_t n)
{
    gb_out_printf(s->out, " %s=\"%zu\"", name, n);
}

/* ---- The emitter ---- */

void
gb_junit_begin(const struct gb_emit *e)
{
    gb_out_puts(e->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"gblint\">\n");
}

static void
put_suite(struct suite *s)
{
    const struct gb_report *report = s->e->report;
    size_t failed = gb_count_shown(s->e), skipped = report->not_checked.len;
    uint32_t *numbers = number_names(report);

    gb_out_puts(s->out, " <testsuite");
    gb_put_xml_attribute(s->out, "name", gb_buf_str(&s->path));
    put_count(s, "tests", (failed ? failed : 1) + skipped);
    put_count(s, "failures", failed);
    put_count(s, "errors", 0);
    put_count(s, "skipped", skipped);
    gb_out_puts(s->out, " time=\"0\">\n");
    GB_EACH_SHOWN(f, s->e)
        put_failure(s, f, numbers[f - report->findings.items]);
    if (!failed) {
        open_case(s, GB_STR("gblint"));
        gb_out_puts(s->out, "/>\n");
    }
    for (size_t i = 0; i < skipped; i++)
        put_skipped(s, &report->not_checked.items[i]);
    gb_out_puts(s->out, " </testsuite>\n");
    free(numbers);
}

void
gb_junit_draft(const struct gb_emit *e)
{
    struct suite s = {.e = e, .out = e->out};

    gb_add_clean_path(&s.path, e->folder, e->report->source->files[0].path);
    s.class_name = gb_buf_str(&s.path);
    for (size_t i = s.class_name.len; i-- > 1 && s.class_name.ptr[i] != '/';) {
        if (s.class_name.ptr[i] == '.' && s.class_name.ptr[i - 1] != '/') {
            s.class_name.len = i;
            break;
        }
    }
    put_suite(&s);
    gb_buf_release(&s.path);
    gb_buf_release(&s.words);
}

/* A report without the drafts that could not be read would look like success. */
static void
put_unread(const struct gb_emit *e)
{
    gb_out_puts(e->out,
                " <testsuite name=\"gblint\" tests=\"1\" failures=\"0\" errors=\"1\" skipped=\"0\" time=\"0\">\n"
                "  <testcase name=\"input\" classname=\"gblint\" time=\"0\">\n   <error message=\"");
    gb_out_printf(e->out, gb_say_of(e, "有%u个草案或文件夹不能读", "%u drafts or folders could not be read"),
                  e->totals->failed);
    gb_out_puts(e->out, "\"/>\n  </testcase>\n </testsuite>\n");
}

void
gb_junit_end(const struct gb_emit *e)
{
    if (e->totals->failed)
        put_unread(e);
    gb_out_puts(e->out, "</testsuites>\n");
}
