/*
 * The table of comments of the standards process (意见汇总处理表) as CSV: what gblint found, as comments on clauses, with room
 * for the unit that submits them and for what is decided on each. Its six columns are those of the form; with several drafts a
 * seventh names the draft, as rows under headings could not be sorted or filtered. Numbers run through the whole table.
 */
#include "emit/emitters_priv.h"
#include "emit/escape_priv.h"
#include "emit/finding_priv.h"
#include "text/utf8.h"

#include <stdlib.h>

enum { LONGEST_QUOTE = 180 }; /* bytes: sixty Han */

struct table {
    const struct gb_emit *e;
    const struct gb_node *top; /* element of the draft that the finding stands in; NULL: before all */
    struct gb_buf words;
};

static void
put_field(struct table *t, bool is_last)
{
    gb_put_csv(t->e->out, gb_buf_str(&t->words), is_last);
    t->words.len = 0;
}

/* Elements stand in the order of the draft, as findings do. */
static void
go_to(struct table *t, uint32_t offset)
{
    const struct gb_doc *doc = t->e->doc;
    const struct gb_node *next = t->top ? t->top->next : doc && doc->root ? doc->root->first : NULL;

    for (; next && next->span.begin <= offset; next = next->next) {
        if (next->kind != GB_NODE_COMMENT)
            t->top = next;
    }
}

/* 5.1, 附录A, 前言; 全文 where nothing narrower is known. */
static void
add_clause(struct table *t, const struct gb_finding *f)
{
    const struct gb_node *top = t->top;
    bool is_annex = f->clause.len == 1 && gb_is_upper(f->clause.ptr[0]);

    if (f->clause.len)
        gb_buf_printf(&t->words, "%s%.*s", is_annex ? gb_say_of(t->e, "附录", "Annex ") : "", GB_FMT(f->clause));
    else if (top && gb_unnumbered_name(top->kind, t->e->english))
        gb_buf_puts(&t->words, gb_unnumbered_name(top->kind, t->e->english));
    else if (top && top->number.str.len)
        gb_buf_printf(&t->words, "%s%.*s", top->kind == GB_NODE_ANNEX ? gb_say_of(t->e, "附录", "Annex ") : "",
                      GB_FMT(top->number.str));
    else
        gb_buf_puts(&t->words, gb_say_of(t->e, "全文", "whole"));
}

/* The words, or their beginning. */
static void
add_quote(struct table *t, const struct gb_range *range)
{
    struct gb_span span = range->span;
    bool is_cut = span.end - span.begin > LONGEST_QUOTE;

    if (is_cut) {
        struct gb_str text =
            gb_source_text(t->e->report->source, (struct gb_span){span.begin, span.begin + LONGEST_QUOTE});
        span.end = span.begin + (uint32_t)gb_utf8_check(text);
    }
    gb_add_source_text(&t->words, t->e->report->source, span);
    if (is_cut)
        gb_buf_puts(&t->words, "…");
}

/* message。原文：“words”。建议：remedy。依据：source。 */
static void
add_comment(struct table *t, const struct gb_finding *f, const struct gb_range *range)
{
    const char *end = gb_say_of(t->e, "。", ". ");

    gb_buf_add(&t->words, f->message);
    gb_buf_puts(&t->words, end);
    if (range->span.end > range->span.begin) {
        gb_buf_puts(&t->words, gb_say_of(t->e, "原文：“", "Text: “"));
        add_quote(t, range);
        gb_buf_printf(&t->words, "”%s", end);
    }
    if (f->remedy.len)
        gb_buf_printf(&t->words, "%s%.*s%s", gb_say_of(t->e, "建议：", "Remedy: "), GB_FMT(f->remedy), end);
    if (f->source.len)
        gb_buf_printf(&t->words, "%s%.*s%s", gb_say_of(t->e, "依据：", "Source: "), GB_FMT(f->source), end);
}

/* Else a last column tells what each row is about. */
static bool
has_one_file(const struct gb_emit *e)
{
    return e->single && !e->has_tables;
}

static void
put_row(struct table *t, const struct gb_finding *f, uint32_t number)
{
    struct gb_range range = gb_range_of(t->e->report->source, f->at);

    gb_buf_printf(&t->words, "%u", number);
    put_field(t, false);
    add_clause(t, f);
    put_field(t, false);
    add_comment(t, f, &range);
    put_field(t, false);
    put_field(t, false);
    put_field(t, false);
    gb_buf_printf(&t->words, gb_say_of(t->e, "%.*s %s，第%u行", "%.*s %s, line %u"), GB_FMT(f->rule->code),
                  gb_level_word(f->level, t->e->english), range.start.line);
    if (range.start.file != t->e->report->source->files)
        gb_buf_printf(&t->words, gb_say_of(t->e, "（%s）", " (%s)"), range.start.file->path);
    put_field(t, has_one_file(t->e));
    if (has_one_file(t->e))
        return;
    gb_buf_puts(&t->words, t->e->report->source->files[0].path);
    put_field(t, true);
}

void
gb_comments_begin(const struct gb_emit *e)
{
    static const char *const columns[][2] = {
        {"序号", "No."},
        {"章条编号", "Clause"},
        {"意见内容", "Comment"},
        {"提出单位", "Submitted by"},
        {"处理意见及理由", "Decision and reasons"},
        {"备注", "Note"},
        {"文件", "File"},
    };
    size_t n = GB_COUNT(columns) - has_one_file(e);
    *e->kept = gb_alloc_zeroed(sizeof(uint32_t));
    gb_out_puts(e->out, GB_CSV_MARK);
    for (size_t i = 0; i < n; i++)
        gb_put_csv(e->out, gb_str_from(columns[i][e->english]), i + 1 == n);
}

void
gb_comments_draft(const struct gb_emit *e)
{
    struct table t = {.e = e};
    uint32_t *number = *e->kept;

    GB_EACH_SHOWN(f, e) {
        go_to(&t, f->at.span.begin);
        put_row(&t, f, ++*number);
    }
    gb_buf_release(&t.words);
}

void
gb_comments_end(const struct gb_emit *e)
{
    free(*e->kept);
}
