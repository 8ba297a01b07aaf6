/* What kept the draft from being read or judged: bytes, markup, limits, files. Group INP. */
#include "check/flow/flow_priv.h"

/* More runs of bad bytes than this are counted, not told one by one. */
enum { MOST_FLAWS = 100 };

static struct gb_str
hex_of(const struct gb_check *c, struct gb_str stored)
{
    enum { SHOWN = 4 };
    struct gb_buf out = {0};

    for (size_t i = 0; i < stored.len && i < SHOWN; i++)
        gb_buf_printf(&out, i ? " %02X" : "%02X", (unsigned char)stored.ptr[i]);
    if (stored.len > SHOWN)
        gb_buf_add(&out, GB_STR(" …"));
    return gb_buf_take(&out, c->arena);
}

static void
report_flaws(struct gb_check *c, const struct gb_source_file *file)
{
    for (uint32_t i = 0; i < file->n_flaws && i < MOST_FLAWS; i++) {
        const struct gb_flaw *flaw = &file->flaws[i];
        struct gb_str stored = gb_str_sub(file->stored, flaw->stored, flaw->stored + flaw->stored_len);
        const struct gb_str args[] = {gb_str_from(gb_charset_name(file->charset)), gb_count_text(c, flaw->stored),
                                      hex_of(c, stored)};
        gb_report_case(c, flaw->is_nul ? "nul" : NULL, gb_at_span(flaw->span), NULL, args, GB_COUNT(args));
    }
    if (file->n_flaws > MOST_FLAWS) {
        gb_report_case(c, "more", gb_at_span(file->flaws[MOST_FLAWS].span), NULL,
                       GB_ARGS(gb_count_text(c, file->n_flaws - MOST_FLAWS)));
    }
}

/* Bytes that are no text. A file in no known charset has no text at all, and gives one finding at its first byte. */
static void
check_undecodable(struct gb_check *c)
{
    const struct gb_source *source = c->doc->source;

    GB_EACH(const struct gb_source_file, file, source->files, source->n_files) {
        struct gb_span start = {file->base, file->base};
        if (file->charset == GB_CHARSET_UNKNOWN)
            gb_report_case(c, "charset", gb_at_span(start), NULL, GB_NO_ARGS);
        else
            report_flaws(c, file);
    }
}

/* Faults of one kind that the reader met, with the case for a part and for all that follows. What was not read is named. */
static void
report_faults(struct gb_check *c, enum gb_fault_kind kind, const char *part, const char *whole)
{
    GB_EACH(const struct gb_fault, fault, c->doc->faults, c->doc->n_faults) {
        if (fault->kind != kind)
            continue;
        struct gb_str what = gb_say(c, fault->zh.ptr, fault->en.ptr);
        gb_report_case(c, fault->is_whole ? whole : part, (struct gb_at){fault->span, fault->by_line}, NULL,
                       GB_ARGS(what));
        if (fault->is_whole || kind == GB_FAULT_LIMIT)
            gb_not_checked(c,
                           fault->is_whole ? gb_say(c, "此处以后的内容", "what follows")
                                           : gb_say(c, "此处的内容", "this part"),
                           what);
    }
}

static void
check_malformed(struct gb_check *c)
{
    report_faults(c, GB_FAULT_MALFORMED, NULL, "whole");
    report_faults(c, GB_FAULT_ID, NULL, NULL);
}

static void
check_limit(struct gb_check *c)
{
    report_faults(c, GB_FAULT_LIMIT, "part", NULL);
    gb_flow_report_limits(c, "part");
}

GB_CHECK_WHOLE(check_unreadable, report_faults(c, GB_FAULT_UNREADABLE, NULL, NULL))

/* Was the text read at all? If not, it says nothing about what kind of text it is. */
static bool
was_read(const struct gb_doc *doc)
{
    GB_FIND(file, doc->source->files, doc->source->n_files, file->charset == GB_CHARSET_UNKNOWN);
    return !file && !GB_ANY(GB_ITEMS(fault, doc->faults, doc->n_faults), fault->is_whole);
}

/* No chapter, no number, no annex: told at the first line that holds something. */
static void
check_no_standard(struct gb_check *c)
{
    const struct gb_doc *doc = c->doc;
    struct gb_span span = {0, 0};

    if (doc->is_standard || !was_read(doc))
        return;
    for (uint32_t i = 0; i < doc->source->n_files && span.begin == span.end; i++) {
        const struct gb_source_file *file = &doc->source->files[i];
        for (uint32_t line = 1; line <= file->n_lines && span.begin == span.end; line++) {
            struct gb_span whole = gb_source_line_span(file, line);
            if (gb_str_trim(gb_source_text(doc->source, whole)).len)
                span = whole;
        }
    }
    gb_report(c, gb_at_span(span), NULL, GB_NO_ARGS);
    gb_not_checked(c, gb_say(c, "全文", "the whole text"),
                   gb_say(c, "不是标准文稿", "it is not the draft of a standard"));
}

const struct gb_check_def gb_input_checks[] = {
    {.name = "undecodable-bytes", .whole = check_undecodable, .cases = "charset nul more"},
    {.name = "malformed-markup", .whole = check_malformed, .cases = "whole"},
    {.name = "not-a-standard", .whole = check_no_standard},
    {.name = "limit-reached", .whole = check_limit, .cases = "part"},
    {.name = "file-unreadable", .whole = check_unreadable},
    /* Reported when the suppressions are applied, after all other rules: app/suppress.c. */
    {.name = "suppression-form", .cases = "unknown-word no-rule no-reason unknown-rule no-end"},
    {.name = "suppression-unused"},
    {0},
};
