/*
 * Holds the identifiers and citations of single sentences against the tables in tests/citations/.
 *
 *     identifiers*.tsv   text, then what is found: written=code serial year publisher, joined by " | "; - for nothing
 *     force*.tsv         edition, function (指南, 规范, - …), place, text, then written=n|i|o, with ! where it is certain and
 *                        @ before the clause cited with it
 *
 * In a text \n is a line end; # begins a comment line.
 */
#include "app/draft.h"
#include "read/block.h"
#include "rule/rule.h"

#include <stdio.h>

static const char *const publishers[] = {
#define X(id, name, list) name,
    GB_PUBLISHERS(X)
#undef X
};

/* Where the text stands in a document; %s is the text. */
static const struct {
    const char *name, *before, *behind;
} places[] = {
    {"intro", "## 引言\n\n", "\n\n## 1 范围\n\n本文件规定了样品的要求。\n\n## 4 要求\n\n样品应完整。\n"},
    {"scope", "## 1 范围\n\n本文件规定了样品的要求。", "\n\n## 4 要求\n\n样品应完整。\n"},
    {"foreword", "## 前言\n\n", "\n\n## 1 范围\n\n本文件规定了样品的要求。\n\n## 4 要求\n\n样品应完整。\n"},
    {"lead-in", "## 1 范围\n\n本文件规定了样品的要求。\n\n## 3 术语和定义\n\n", "\n\n## 4 要求\n\n样品应完整。\n"},
    {"definition", "## 1 范围\n\n本文件规定了样品的要求。\n\n## 3 术语和定义\n\n### 3.1\n\n样品 sample\n\n",
     "\n\n## 4 要求\n\n样品应完整。\n"},
    {"source", "## 1 范围\n\n本文件规定了样品的要求。\n\n## 3 术语和定义\n\n### 3.1\n\n样品 sample\n\n取出的产品。\n\n",
     "\n\n## 4 要求\n\n样品应完整。\n"},
    {"body", "## 1 范围\n\n本文件规定了样品的要求。\n\n## 4 要求\n\n", "\n"},
    {"title", "## 1 范围\n\n本文件规定了样品的要求。\n\n## 4 要求\n\n### 4.1 ", "\n\n样品应完整。\n"},
    {"item", "## 1 范围\n\n本文件规定了样品的要求。\n\n## 4 要求\n\n样品应符合下列文件的规定：\n\na) ",
     "；\n\nb) 其他文件。\n"},
    {"note", "## 1 范围\n\n本文件规定了样品的要求。\n\n## 4 要求\n\n样品应完整。\n\n注：", "\n"},
    {"example", "## 1 范围\n\n本文件规定了样品的要求。\n\n## 4 要求\n\n样品应完整。\n\n示例：", "\n"},
    {"cell",
     "## 1 范围\n\n本文件规定了样品的要求。\n\n## 4 要求\n\n应符合表1的规定。\n\n表1 样品\n\n| 项目 | 依据 |\n|---|---|\n| 外观 | ",
     " |\n"},
    {"method-cell",
     "## 1 范围\n\n本文件规定了样品的要求。\n\n## 4 要求\n\n应符合表1的规定。\n\n表1 样品\n\n| 项目 | 试验方法 |\n|---|---|\n| 外观 | ",
     " |\n"},
    {"normative-annex",
     "## 1 范围\n\n本文件规定了样品的要求。\n\n## 4 要求\n\n样品应完整。\n\n## 附录A（规范性）样品\n\n", "\n"},
    {"informative-annex",
     "## 1 范围\n\n本文件规定了样品的要求。\n\n## 4 要求\n\n样品应完整。\n\n## 附录A（资料性）样品\n\n", "\n"},
};

struct bench {
    struct gb_ruleset *rules;
    unsigned n, n_failed;
};

/* Cuts the next field off the line. */
static struct gb_str
next_field(struct gb_str *line)
{
    size_t tab = gb_str_find(*line, GB_STR("\t"), 0);
    struct gb_str field = gb_str_sub(*line, 0, tab == GB_NOT_FOUND ? line->len : tab);

    *line = gb_str_skip(*line, tab == GB_NOT_FOUND ? line->len : tab + 1);
    return field;
}

static void
unescape(struct gb_str text, struct gb_buf *out)
{
    out->len = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool is_break = text.ptr[i] == '\\' && i + 1 < text.len && text.ptr[i + 1] == 'n';
        gb_buf_add_char(out, is_break ? '\n' : text.ptr[i]);
        i += is_break;
    }
}

/* A draft around the text; *out_span is the text in it. */
static void
make_draft(struct bench *bench, const char *edition, struct gb_str function, struct gb_str place, struct gb_str text,
           struct gb_draft *draft, struct gb_span *out_span)
{
    struct gb_buf all = {0};
    size_t which = 0;

    *draft = (struct gb_draft){0};
    while (which + 1 < GB_COUNT(places) && !gb_str_is(place, places[which].name))
        which++;
    gb_buf_printf(&all, "# 样品%.*s\n\n", GB_FMT(gb_str_is(function, "-") ? GB_STR("") : function));
    gb_buf_puts(&all, places[which].before);
    *out_span = (struct gb_span){(uint32_t)all.len, (uint32_t)(all.len + text.len)};
    gb_buf_add(&all, text);
    gb_buf_puts(&all, places[which].behind);
    struct gb_facts_options options = {.has_edition = true,
                                       .edition = strcmp(edition, "2009") == 0 ? GB_EDITION_2009 : GB_EDITION_2020};
    gb_source_init(&draft->source, &draft->arena);
    gb_source_add(&draft->source, "x.md", gb_buf_take(&all, &draft->arena));
    gb_blocks_init(&draft->blocks, &draft->source);
    gb_read_markdown(&draft->blocks, 0);
    draft->doc = gb_build_clauses(&draft->blocks);
    gb_facts_compute(&draft->facts, draft->doc, gb_ruleset_lexicon(bench->rules), &options);
    gb_report_init(&draft->report, &draft->arena, &draft->source);
    gb_buf_release(&all);
}

static bool
is_in(const struct gb_identifier *id, struct gb_span text)
{
    struct gb_span span = gb_text_span(id->text, id->at.begin, id->at.end, NULL);

    return span.begin >= text.begin && span.end <= text.end;
}

static void
put_written(const struct gb_identifier *id, struct gb_buf *out)
{
    gb_buf_puts(out, out->len ? " | " : "");
    size_t begin = out->len;
    gb_buf_add(out, gb_str_sub(id->text->str, id->at.begin,
                               gb_extent_is_empty(id->at.all_parts) ? id->at.end : id->at.all_parts.end));
    for (; begin < out->len; begin++)
        out->ptr[begin] = out->ptr[begin] == '\n' ? ' ' : out->ptr[begin];
    gb_buf_add_char(out, '=');
}

static void
judge(struct bench *bench, const char *path, unsigned line, struct gb_str text, struct gb_str expected,
      const struct gb_buf *got)
{
    struct gb_str found = got->len ? gb_buf_str(got) : GB_STR("-");

    bench->n++;
    if (gb_str_eq(found, expected))
        return;
    bench->n_failed++;
    printf("%s:%u: %.*s\n    expected %.*s\n    got      %.*s\n", path, line, GB_FMT(text), GB_FMT(expected),
           GB_FMT(found));
}

static void
try_identifiers(struct bench *bench, const char *path, unsigned n, struct gb_str line)
{
    struct gb_str text = next_field(&line), expected = next_field(&line);
    struct gb_buf plain = {0}, got = {0};
    struct gb_draft draft;
    struct gb_span span;

    unescape(text, &plain);
    make_draft(bench, "2020", GB_STR("-"), GB_STR("body"), gb_buf_str(&plain), &draft, &span);
    for (uint32_t i = 0; i < draft.facts.n_identifiers; i++) {
        const struct gb_identifier *id = &draft.facts.identifiers[i];
        if (!is_in(id, span))
            continue;
        put_written(id, &got);
        gb_buf_printf(&got, "%.*s %.*s %.*s %s", GB_FMT(id->code), GB_FMT(id->serial.len ? id->serial : GB_STR("×")),
                      GB_FMT(id->year.len ? id->year : GB_STR("-")), publishers[id->publisher]);
    }
    judge(bench, path, n, text, expected, &got);
    gb_draft_release(&draft);
    gb_buf_release(&plain);
    gb_buf_release(&got);
}

static void
try_force(struct bench *bench, const char *path, unsigned n, struct gb_str line)
{
    static const char letters[] = {[GB_CITED_OPEN] = 'o', [GB_CITED_NORMATIVE] = 'n', [GB_CITED_INFORMATIVE] = 'i'};
    struct gb_str edition = next_field(&line), function = next_field(&line), place = next_field(&line);
    struct gb_str text = next_field(&line), expected = next_field(&line);
    struct gb_buf plain = {0}, got = {0};
    struct gb_draft draft;
    struct gb_span span;

    unescape(text, &plain);
    make_draft(bench, gb_str_is(edition, "2009") ? "2009" : "2020", function, place, gb_buf_str(&plain), &draft, &span);
    for (uint32_t i = 0; i < draft.facts.n_citations; i++) {
        const struct gb_citation *c = &draft.facts.citations[i];
        if (!is_in(c->id, span))
            continue;
        put_written(c->id, &got);
        gb_buf_add_char(&got, letters[c->force]);
        gb_buf_puts(&got, c->flags & GB_CITATION_CERTAIN ? "!" : "");
        if (!gb_extent_is_empty(c->target))
            gb_buf_printf(&got, "@%.*s", GB_FMT(gb_extent_str(c->id->text->str, c->target)));
    }
    judge(bench, path, n, text, expected, &got);
    gb_draft_release(&draft);
    gb_buf_release(&plain);
    gb_buf_release(&got);
}

static bool
try_file(struct bench *bench, const char *path)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_error error;
    struct gb_str bytes, line;
    bool is_force = strstr(path, "force") != NULL;

    if (!gb_read_file(path, &arena, &bytes, &error)) {
        gb_error_print(&error);
        return false;
    }
    for (unsigned n = 1; gb_str_next_line(&bytes, &line); n++) {
        if (line.len && line.ptr[0] != '#')
            (is_force ? try_force : try_identifiers)(bench, path, n, line);
    }
    gb_arena_release(&arena);
    return true;
}

int
main(int argc, char **argv)
{
    struct gb_ruleset_options options = {0};
    struct gb_error error;
    struct bench bench = {.rules = gb_ruleset_new(&options, &error)};
    bool ok = bench.rules != NULL;

    gb_markdown_startup();
    if (!ok)
        gb_error_print(&error);
    for (int i = 1; ok && i < argc; i++)
        ok = try_file(&bench, argv[i]);
    printf("%u passed, %u failed\n", bench.n - bench.n_failed, bench.n_failed);
    gb_ruleset_free(bench.rules);
    return !ok || bench.n_failed;
}
