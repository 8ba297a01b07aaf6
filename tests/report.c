/*
 * Prints one hand-built report in the format named by the argument: what the golden files of the emitters hold. It has a
 * finding of every level, in two files, with and without a column, in a long line, and a run of one rule.
 *
 * With a number behind the format it is a report of that many findings, whose words are a trial to every notation.
 */
#include "emit/emit.h"
#include "source/source.h"

#include <stdio.h>
#include <stdlib.h>

static const char first[] =
    "# 5 登记\n"
    "\n"
    "登记的“人员”—应\t当在当日登记\xE2\x80\x8B完毕。\n"
    "\n"
    "本条的行很长：应记录编号、名称、数量、日期、经手人、存放位置、借出日期、归还日期、损坏情况、修补情况、"
    "注销日期、注销原因、备注，并应由经手人签字，由管理人员每月核对一次，核对的结果应记入台账。\n"
    "一、1\n二、1\n三、1\n四、1\n五、1\n六、1\n七、1\n";
static const char second[] = "\xEF\xBB\xBF## 5.1 要求\r\n当日\xE5\x8A登记。\r\n";

static const struct gb_str folded[] = {GB_STR("TYP-001")};
static const struct gb_rule_info rules[] = {
    {GB_STR("NUM-012"), GB_STR("hanging-paragraph"), GB_STR("悬置段"), GB_STR(""), NULL, 0, 0},
    {GB_STR("TYP-001"), GB_STR("typography"), GB_STR("标点"), GB_STR(""), NULL, 0, 1},
    {GB_STR("WRD-001"), GB_STR("modal"), GB_STR("能愿动词"), GB_STR(""), folded, 1, 2},
    {GB_STR("INP-001"), GB_STR("undecodable-bytes"), GB_STR("字节"), GB_STR(""), NULL, 0, 3},
};

/* The n-th place of the words in the file, from 0. */
static struct gb_at
at(const struct gb_source *source, uint32_t file, const char *words, unsigned n)
{
    const struct gb_source_file *f = &source->files[file];
    size_t begin = gb_str_find(f->text, gb_str_from(words), 0);

    while (n--)
        begin = gb_str_find(f->text, gb_str_from(words), begin + 1);
    uint32_t from = f->base + (uint32_t)begin;
    return (struct gb_at){.span = {from, from + (uint32_t)strlen(words)}};
}

static struct gb_finding *
add(struct gb_report *report, int rule, enum gb_level level, struct gb_at place, const char *message)
{
    struct gb_finding *f = gb_report_add(report, &rules[rule], level);

    f->at = place;
    f->clause = GB_STR("5");
    f->message = gb_str_from(message);
    f->remedy = GB_STR("按标准的规定修改");
    f->source = GB_STR("GB/T 1.1—2020, 7.4");
    return f;
}

static void
fill(struct gb_report *report, const struct gb_source *source)
{
    struct gb_finding *f = add(report, 2, GB_LEVEL_ERROR, at(source, 0, "应\t当", 0), "“应当”不是能愿动词");

    gb_finding_relate(report, f, at(source, 1, "要求", 0), GB_STR("用作标题\n之处"));
    gb_finding_edit(report, f, at(source, 0, "应\t当", 0).span, GB_STR("应"));
    f->fix_safe = true;
    add(report, 1, GB_LEVEL_INFO, at(source, 0, "\t", 0), "并入上一个");
    add(report, 1, GB_LEVEL_INFO, at(source, 0, "应由经手人", 0), "级别为提示");
    f = add(report, 0, GB_LEVEL_WARNING, at(source, 0, "核对一次", 0), "长行中的位置");
    f = add(report, 0, GB_LEVEL_WARNING, at(source, 0, "核对一次", 0), "长行中的位置");
    f = add(report, 0, GB_LEVEL_WARNING, at(source, 0, "登记的“人员”", 0), "只知行号");
    f->at.by_line = true;
    f = add(report, 0, GB_LEVEL_WARNING, at(source, 0, "登记", 0), "已抑制");
    f->is_suppressed = true;
    f->reason = GB_STR("与上级文件一致");
    f = add(report, 3, GB_LEVEL_ERROR, at(source, 1, "\x1A\x1A", 0), "有不能解码的字节");
    f->remedy = f->source = f->clause = GB_STR("");
    f = add(report, 3, GB_LEVEL_ERROR, at(source, 0, "一、1\n二、1\n三、1\n四、1", 0), "跨多行");
    for (unsigned i = 3; i < 7; i++)
        gb_finding_relate(report, f, at(source, 0, "、1", i), GB_STR(""));
    gb_finding_relate(report, f, at(source, 1, "登记", 0), GB_STR("另一文件"));
    for (unsigned i = 0; i < 7; i++)
        add(report, 2, GB_LEVEL_WARNING, at(source, 0, "、1", i), "同一规则");
    gb_report_not_checked(report, GB_STR("图A.1"), GB_STR("源文件不能读"));
}

/* Ends of comments and sections, commands of services, controls, what is no character, formulas. */
static const char hostile[] =
    "=]]>--><a b=\"c'\">&amp;%0A%\r\n::error file=a,line=1::b\t\x01\x1B[31m\x7F\xEF\xBF\xBF \\\"";
static const char row[] = "应\t登记<b>&]]>。\n";

/* One finding on each line, with a fix and a place on the line before. */
static void
fill_many(struct gb_report *report, uint32_t n)
{
    uint32_t length = sizeof(row) - 1;

    report->most = n;
    for (uint32_t i = 0; i < n; i++) {
        struct gb_at place = {.span = {i * length, i * length + 3}, .by_line = i % 5 == 4};
        struct gb_finding *f = add(report, (int)(i % 4), GB_LEVEL_INFO + i % 3, place, hostile);
        f->remedy = GB_STR(hostile);
        if (i)
            gb_finding_relate(report, f, (struct gb_at){.span = {place.span.begin - length, place.span.end - length}},
                              GB_STR(hostile));
        gb_finding_edit(report, f, place.span, GB_STR(hostile));
        f->is_suppressed = i % 7 == 6;
        f->reason = GB_STR(hostile);
    }
    gb_report_not_checked(report, GB_STR(hostile), GB_STR(hostile));
}

static struct gb_str
make_rows(struct gb_arena *arena, uint32_t n)
{
    struct gb_buf text = {0};

    while (n--)
        gb_buf_puts(&text, row);
    struct gb_str out = gb_buf_take(&text, arena);
    gb_buf_release(&text);
    return out;
}

int
main(int argc, char **argv)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_source source;
    struct gb_report report;
    struct gb_out out = GB_OUT_ZERO;
    void *kept = NULL;
    const struct gb_emitter *emitter = argc > 1 ? gb_emitter_find(gb_str_from(argv[1])) : NULL;
    struct gb_totals totals = {.drafts = 1};
    const struct gb_emit e = {.out = &out,
                              .report = &report,
                              .totals = &totals,
                              .kept = &kept,
                              .level = GB_LEVEL_WARNING,
                              .ambiguous = 2,
                              .single = true};

    uint32_t many = argc > 2 ? (uint32_t)atoi(argv[2]) : 0;

    if (!emitter)
        return 2;
    gb_source_init(&source, &arena);
    if (many) {
        gb_source_add(&source, "草案 #1?/=%41 \"<&>.md", make_rows(&arena, many));
    } else {
        gb_source_add(&source, "草案/第1部分.md", gb_arena_copy(&arena, GB_STR(first)));
        gb_source_add(&source, "草案/第2部分.md", gb_arena_copy(&arena, GB_STR(second)));
    }
    gb_report_init(&report, &arena, &source);
    report.format = GB_STR("markdown");
    report.edition = GB_STR("2020");
    report.edition_why = GB_STR("依据“本文件”");
    report.stage = GB_STR("报");
    report.type = GB_STR("GB/T");
    report.profile = GB_STR("gb11");
    report.profile_why = GB_STR("默认");
    if (many)
        fill_many(&report, many);
    else
        fill(&report, &source);
    gb_report_finish(&report);

    totals.hidden = report.counts[GB_LEVEL_INFO];
    totals.suppressed = report.n_suppressed;
    memcpy(totals.counts, report.counts, sizeof(totals.counts));
    if (emitter->begin)
        emitter->begin(&e);
    emitter->draft(&e);
    if (emitter->end)
        emitter->end(&e);
    fwrite(out.buf.ptr, 1, out.buf.len, stdout);

    gb_out_release(&out);
    gb_report_release(&report);
    gb_arena_release(&arena);
    return 0;
}
