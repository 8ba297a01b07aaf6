/* The Markdown reader: blocks and their places, on small drafts. */
#include "base/buf.h"

#include "read/block.h"
#include "blocks.h"
#include "unit.h"

#include <stdio.h>
#include <time.h>

struct reading {
    struct gb_arena arena;
    struct gb_source source;
    struct gb_blocks blocks;
};

static void
read_with(struct reading *r, struct gb_str text, bool by_parser)
{
    r->arena = GB_ARENA_ZERO;
    gb_source_init(&r->source, &r->arena);
    gb_source_add(&r->source, "draft.md", gb_arena_copy(&r->arena, text));
    gb_blocks_init(&r->blocks, &r->source);
    r->blocks.by_parser = by_parser;
    gb_read_markdown(&r->blocks, 0);
}

static void
read_draft(struct reading *r, struct gb_str text)
{
    read_with(r, text, false);
}

static void
release(struct reading *r)
{
    gb_blocks_release(&r->blocks);
    gb_arena_release(&r->arena);
}

/* The dump without its first line, which is the root's. */
static void
check_dump(const char *draft, const char *expected)
{
    struct reading r;
    struct gb_buf dump = {0};

    read_draft(&r, gb_str_from(draft));
    blocks_dump(&r.blocks, &dump);
    gb_buf_add_char(&dump, '\0');
    const char *rest = strchr(dump.ptr, '\n');
    assert_non_null(rest);
    if (strcmp(rest + 1, expected) != 0)
        fprintf(stderr, "---- draft\n%s\n", draft);
    assert_string_equal(rest + 1, expected);
    assert_int_equal(r.blocks.n_approx, 0);
    gb_buf_release(&dump);
    release(&r);
}

struct row {
    const char *draft, *blocks;
};

static void
check_rows(const struct row *rows, size_t n)
{
    for (size_t i = 0; i < n; i++)
        check_dump(rows[i].draft, rows[i].blocks);
}

TEST(reads_headings_and_paragraphs)
{
    static const struct row rows[] = {
        {"一\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n二", "  PARA 0-3 \"一\"\n  PARA 25-28 \"二\"\n"},
        {"# 标 ## \n", "  HEADING 0-8 level 1 \"标\"\n"},
        {"标\n---\n正\n", "  HEADING 0-7 level 2 \"标\"\n  PARA 8-11 \"正\"\n"},
        {"### \n", "  HEADING 0-3 level 3\n"},
        {"a\r\n    **b**\r\nc", "  PARA 0-15 \"a\\nb\\nc\"\n"},
        {"a\\\nb *c*\nd", "  PARA 0-10 \"a\\nb c\\nd\"\n"},
        {"一  \n二", "  PARA 0-9 \"一\\n二\"\n"},
        {"[链\n接](u\n\"t\") 后", "  PARA 1-20 \"链\\n接 后\"\n"},
        {"[a]: http://u\n正文 *x*", "  PARA 14-23 \"正文 x\"\n"},
        {"[注]: 内容", "  PARA 0-13 \"[注]: 内容\"\n"},
        {"`a\nb` 后", "  PARA 1-9 \"a\\nb 后\"\n"},
        {"x&amp;y \\*z", "  PARA 0-11 \"x&y *z\"\n"},
        {"~~删~~留 ~~", "  PARA 2-13 \"删留 ~~\"\n"},
        {"==标==留 a==b且c==d", "  PARA 2-22 \"标留 a==b且c==d\"\n"},
        {"**p** 文\n\n---\n\n**[p7]**", "  PARA 2-9 \"p 文\"\n  RULE 11-14\n  PAGE 18-22 \"[p7]\"\n"},
        {"\f5 登记\n\n\f\n文", "  PAGE 0-1\n  PARA 1-9 \"5 登记\"\n  PAGE 11-12\n  PARA 13-16 \"文\"\n"},
        {"[TOC]", "  TOC 0-5 \"[TOC]\"\n"},
    };

    check_rows(rows, GB_COUNT(rows));
}

TEST(reads_containers)
{
    static const struct row rows[] = {
        {"1. a\n\n   b\n\n2. c\n",
         "  LIST 0-16 level 1\n    ITEM 0-10 label=\"1.\"\n      PARA 3-4 \"a\"\n      PARA 9-10 \"b\"\n"
         "    ITEM 12-16 label=\"2.\"\n      PARA 15-16 \"c\"\n"},
        {"> a\nlazy *x*", "  QUOTE 0-11\n    PARA 2-11 \"a\\nlazy x\"\n"},
        {"- ```\n  x\n\n后",
         "  LIST 0-9 level 1\n    ITEM 0-9 label=\"-\"\n      CODE 2-9 \"x\"\n  PARA 11-14 \"后\"\n"},
        {"[^1]: 注\n\n文[^1]", "  FOOTNOTE 0-9 label=\"1\"\n    PARA 6-9 \"注\"\n  PARA 11-18 \"文\"\n"},
        {"[^1]: 未用\n\n[^1]: 又\n",
         "  FOOTNOTE 0-12 label=\"1\"\n    PARA 6-12 \"未用\"\n  PARA 14-23 \"[^1]: 又\"\n"},
    };

    check_rows(rows, GB_COUNT(rows));
}

TEST(reads_what_pandoc_writes)
{
    static const struct row rows[] = {
        /* Dashes, quotes and dots are ASCII where most codes with a year have three hyphens and there is no dash of Chinese. */
        {"GB 1---2020\n\n\"甲\"------乙... 2--3\n\n\\\"丙\\\" \\---x\n\nisn't `a---b`",
         "  PARA 0-11 \"GB 1—2020\"\n  PARA 13-35 \"“甲”——乙… 2–3\"\n  PARA 37-50 \"\"丙\" -–x\"\n  PARA 52-64 \"isn’t a---b\"\n"},
        {"GB 1---2020 ——\n\n\"甲\"", "  PARA 0-18 \"GB 1---2020 ——\"\n  PARA 20-25 \"\"甲\"\"\n"},
        {"GB 1---2020、GB 2---2020、GB 3—2020\n\n\"甲\"",
         "  PARA 0-39 \"GB 1—2020、GB 2—2020、GB 3—2020\"\n  PARA 41-46 \"“甲”\"\n"},
        {"GB 1---2020\n\n10 m^2^ 和 H~2~O，2^a b^",
         "  PARA 0-11 \"GB 1—2020\"\n  PARA 13-39 \"10 m2 和 H2O，2^a b^\"\n"},
        /* Attributes, and pages of contents that are links in links. */
        {"# []{#_Toc1 .anchor}范围 {#a}\n\n[划[线]{.x}]{.underline}[甲] {.no}\n\n![图](a.png){width=\"1in\"\nheight=\"2in\"}",
         "  HEADING 0-31 level 1 \"范围 {#a}\"\n  PARA 34-70 \"划线[甲] {.no}\"\n  IMAGE 72-85 info=\"a.png\" \"图\"\n"},
        {"[1 范围 [1](#a)](#a)", "  PARA 1-12 \"1 范围 1\"\n"},
        {"::: {.x}\n甲\n:::\n乙", "  PARA 9-12 \"甲\"\n  PARA 17-20 \"乙\"\n"},
        /* Tables drawn with hyphens. */
        {"表\n\n  甲   b\n  ---- ----\n  丙丁 1 2\n       *x*\n\n后",
         "  PARA 0-3 \"表\"\n  TABLE 5-50\n    cell 0,0 head \"甲\"\n    cell 0,1 head \"b\"\n    cell 1,0 \"丙丁\"\n"
         "    cell 1,1 \"1 2\"\n    cell 2,0\n    cell 2,1 \"x\"\n  PARA 52-55 \"后\"\n"},
        {"------------\n甲    b\n----- ------\n一\\   c^d^\n三\n\n四    e\n------------\n",
         "  TABLE 0-73\n    cell 0,0 head \"甲\"\n    cell 0,1 head \"b\"\n    cell 1,0 \"一\\n三\"\n    cell 1,1 \"cd\"\n"
         "    cell 2,0 \"四\"\n    cell 2,1 \"e\"\n"},
        {"+---+---+\n| a | 乙|\n+===+===+\n| c | d |\n| e |   |\n+---+---+\n",
         "  TABLE 0-60\n    cell 0,0 head \"a\"\n    cell 0,1 head \"乙\"\n    cell 1,0 \"c\\ne\"\n    cell 1,1 \"d\"\n"},
        {"-------\n甲  乙\n--- ---\n\n        \n-------\n",
         "  TABLE 0-42\n    cell 0,0 head \"甲\"\n    cell 0,1 head \"乙\"\n"},
        {"--- ---\n甲  乙\n--- ---\n", "  TABLE 0-24\n    cell 0,0 \"甲\"\n    cell 0,1 \"乙\"\n"},
        {"| 甲 |\n|----|\n| 乙 |\n\n: 表1　级别\n\n丙\n",
         "  PARA 24-39 \"表1　级别\"\n  TABLE 0-22\n    cell 0,0 head \"甲\"\n    cell 1,0 \"乙\"\n  PARA 41-44 \"丙\"\n"},
        /* Items below an item that CommonMark knows as one, or does not. */
        {"a)  甲：\n\n    1)  乙；\n    2)  丙 **丁**；\n\n    3)  戊。\n\n    x = 1)\n",
         "  PARA 0-10 \"a)  甲：\"\n  PARA 16-49 \"1)  乙；\\n2)  丙 丁；\"\n  PARA 55-65 \"3)  戊。\"\n  PARA 71-77 \"x = 1)\"\n"},
        {"甲\n\n    x = 1)\n", "  PARA 0-3 \"甲\"\n  CODE 9-15 \"x = 1)\"\n"},
        /* Rules and titles are none. */
        {"甲\n\n---\n\n乙\n---\n- - -\n",
         "  PARA 0-3 \"甲\"\n  RULE 5-8\n  HEADING 10-17 level 2 \"乙\"\n  RULE 18-23\n"},
    };

    check_rows(rows, GB_COUNT(rows));
}

TEST(reads_tables)
{
    static const struct row rows[] = {
        {"段\n|a|b|\n|-|-|\n| x\\|y 后 | *q* | 多 |\n| 短 |\n",
         "  PARA 0-3 \"段\"\n  TABLE 4-48\n    cell 0,0 head \"a\"\n    cell 0,1 head \"b\"\n    cell 1,0 \"x|y 后\"\n"
         "    cell 1,1 \"q\"\n    cell 1,2 \"多\"\n    cell 2,0 \"短\"\n"},
        {"> |a|\n> |-|\n> | 一<br>二 |",
         "  QUOTE 0-28\n    TABLE 2-28\n      cell 0,0 head \"a\"\n      cell 1,0 \"一\\n二\"\n"},
        {"表 1\n<table border=1><tr><td rowspan=\"2\">甲&lt;<th>b</tr>\n\n<tr><td colspan='1'>二<br>三</table>\n## 后",
         "  PARA 0-5 \"表 1\"\n  TABLE 6-99\n    cell 0,0 2x1 \"甲<\"\n    cell 0,1 head \"b\"\n    cell 1,1 \"二\\n三\"\n"
         "  HEADING 100-106 level 2 \"后\"\n"},
        {"前 <table><tr><td>x</td></tr></table> 后",
         "  PARA 0-4 \"前 \"\n  TABLE 4-38\n    cell 0,0 \"x\"\n  PARA 38-42 \" 后\"\n"},
    };

    check_rows(rows, GB_COUNT(rows));
}

TEST(reads_code_pictures_and_formulas)
{
    static const struct row rows[] = {
        {"```mermaid\ngraph TD\n```\n", "  CODE 0-23 info=\"mermaid\" \"graph TD\"\n"},
        {"    x<1\n\n后", "  CODE 4-7 \"x<1\"\n  PARA 9-12 \"后\"\n"},
        {"    文\n\n后", "  PARA 4-7 \"文\"\n  PARA 9-12 \"后\"\n"},
        {"![](a\\_1.jpg)  \n图 1 借\n![图 2](b)",
         "  IMAGE 0-13 info=\"a_1.jpg\"\n  PARA 16-25 \"图 1 借\"\n  IMAGE 26-37 info=\"b\" \"图 2\"\n"},
        {"按 ![x](a.png) 键", "  PARA 0-19 \"按  键\"\n"},
        {"$$ x_1 = y $$ （1）", "  FORMULA 0-21 label=\"1\" \"x_1 = y\"\n"},
        {"文\n$$\na\n\n* b \\cdots(2)\n$$\n", "  PARA 0-3 \"文\"\n  FORMULA 4-26 label=\"2\" \"a\\n\\n* b\"\n"},
        {"```math\nz \\tag{A.1}\n```", "  FORMULA 0-23 label=\"A.1\" \"z\"\n"},
        {"$a_b*c$ 与 *d*", "  PARA 0-14 \"$a_b*c$ 与 d\"\n"},
        {"<svg>\n<a/></svg>", "  CODE 0-16 info=\"svg\" \"<svg>\\n<a/></svg>\"\n"},
    };

    check_rows(rows, GB_COUNT(rows));
}

TEST(reads_html)
{
    static const struct row rows[] = {
        {"<!-- c -->\n段", "  COMMENT 0-10 \" c \"\n  PARA 11-14 \"段\"\n"},
        {"段 <!-- a -- b --> 末", "  PARA 0-23 \"段  末\"\n  COMMENT 4-19 \" a -- b \"\n"},
        {"<div style=\"text-align: center;\">图 1 借</div>\n文", "  PARA 33-42 \"图 1 借\"\n  PARA 49-52 \"文\"\n"},
        {"<h2 align=center>标<b>题</b></h2>", "  HEADING 17-26 level 2 \"标题\"\n"},
        {"<img src=\"b.jpg\" alt=\"图\" width=40% />", "  IMAGE 0-39 info=\"b.jpg\" \"图\"\n"},
        {"a<br>\nH<sub>2</sub>O <未知> <abc> <a id=\"x\"></a>末", "  PARA 0-53 \"a\\nH2O <未知> <abc> 末\"\n"},
        {"<ul><li>一<li>二</ul>",
         "  LIST 0-18 level 1\n    ITEM 4-11\n      PARA 8-11 \"一\"\n    ITEM 11-18\n      PARA 15-18 \"二\"\n"},
    };

    check_rows(rows, GB_COUNT(rows));
}

TEST(reads_front_matter)
{
    static const struct row rows[] = {
        {"---\ntitle: \"旧\\\"书\"\nics: [03.060, '01']\ncover:\n  code: GB/T 1 # 号\nnames:\n- 甲\n- 乙\nab: |\n  一\n  二\n---\n# 标",
         "  META 4-21 info=\"title\" \"旧\"书\"\n  META 22-34 info=\"ics\" \"03.060\"\n  META 36-40 info=\"ics\" \"01\"\n"
         "  META 51-63 info=\"cover.code\" \"GB/T 1\"\n  META 70-82 info=\"names\" \"甲\"\n  META 85-88 info=\"names\" \"乙\"\n"
         "  META 89-106 info=\"ab\" \"一\\n二\"\n  HEADING 111-116 level 1 \"标\"\n"},
        {"---\n\n正文\n\n---\n", "  RULE 0-3\n  PARA 5-11 \"正文\"\n  RULE 13-16\n"},
    };

    check_rows(rows, GB_COUNT(rows));
}

/* Flags that the dump does not show. */
TEST(flags_runs_and_blocks)
{
    struct reading r;

    read_draft(&r, GB_STR("**粗**\n\n一*强*`码`$x_1$<sup>2</sup>[链](u)  \n末[^1]\n\n[^1]: x\n\n<center>中</center>\n\n"
                          "<details>\n<summary>概</summary>\n\n文\n\n</details>\n\n后"));
    const struct gb_block *block = r.blocks.root->first;
    assert_true(block->flags & GB_BLOCK_BOLD);
    assert_true(block->text.str.ptr > r.source.files[0].text.ptr); /* one run: a slice of the source */
    assert_ptr_equal(block->text.str.ptr, r.source.files[0].text.ptr + 2);
    block = block->next;
    static const uint32_t flags[] = {
        GB_RUN_EXACT,
        GB_RUN_EXACT | GB_RUN_EMPH,
        GB_RUN_EXACT | GB_RUN_CODE,
        GB_RUN_EXACT | GB_RUN_MATH,
        GB_RUN_EXACT | GB_RUN_SUP,
        GB_RUN_EXACT | GB_RUN_LINK,
        GB_RUN_DECODED | GB_RUN_BREAK | GB_RUN_HARD,
        GB_RUN_EXACT,
        GB_RUN_DECODED | GB_RUN_NOTE,
    };
    assert_int_equal(block->text.n_runs, GB_COUNT(flags));
    for (uint32_t i = 0; i < block->text.n_runs; i++)
        assert_int_equal(block->text.runs[i].flags, flags[i]);
    block = block->next->next;
    assert_string_equal("中", gb_arena_printf(&r.arena, "%.*s", GB_FMT(block->text.str)).ptr);
    assert_true(block->flags & GB_BLOCK_CENTER && block->flags & GB_BLOCK_HTML);
    assert_true(block->next->flags & GB_BLOCK_DETAILS);
    assert_true(block->next->next->flags & GB_BLOCK_DETAILS);
    assert_false(block->next->next->next->flags & GB_BLOCK_DETAILS);
    release(&r);
}

TEST(reports_malformed_parts)
{
    static const struct {
        const char *draft;
        uint32_t line;
    } rows[] = {
        {"文\n\n```c\nx\n", 3},      {"文 <!-- a\n\nb", 1},      {"---\ntitle: x\n\n文", 1},
        {"---\na: b\n坏\n---\n", 3}, {"> ```\n> x\n\n```\n", 4},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct reading r;
        read_draft(&r, gb_str_from(rows[i].draft));
        assert_int_equal(r.blocks.faults.len, 1);
        assert_int_equal(r.blocks.faults.items[0].kind, GB_FAULT_MALFORMED);
        assert_int_equal(gb_source_line(&r.source, r.blocks.faults.items[0].span.begin), rows[i].line);
        release(&r);
    }
}

/* A text of 1 MB that repeats something which costs the parser more than linear time, or much memory. */
TEST(bounds_hostile_text)
{
    static const struct {
        const char *head, *unit;
        bool is_reported;
    } rows[] = {
        {"", "字", true},
        {"", "<?", true},
        {"", "![[]()", true},
        {"", "a|b\n-|-\n", true},
        {"", "> ", true},
        {"", "* ", true},
        {"", "*[a](b)", true},
        {"", "`a ``a ", true},
        {"", "<table>", false},
        {"", "<div>\n", true},
        {"", "$a", false},
        {"", "[^1]", true},
        {"", "\\", true},
        {"|a|a|a|a|a|a|\n|-|-|-|-|-|-|\n", "|a\n", true},
        {"- - - - - a\n", "\n", false},
        {"", "- a\n", false},
        {"", "<ul><li>", true},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct gb_buf text = {0};
        struct reading r;
        gb_buf_puts(&text, rows[i].head);
        while (text.len < 1024 * 1024)
            gb_buf_puts(&text, rows[i].unit);
        clock_t begin = clock();
        read_draft(&r, gb_buf_str(&text));
        double seconds = (double)(clock() - begin) / CLOCKS_PER_SEC;
        bool is_reported = r.blocks.faults.len && r.blocks.faults.items[0].kind == GB_FAULT_LIMIT;
        if (is_reported != rows[i].is_reported || seconds > 10)
            fprintf(stderr, "“%s”: %.1f s, limit reported: %d\n", rows[i].unit, seconds, is_reported);
        assert_int_equal(is_reported, rows[i].is_reported);
        assert_true(seconds < 10); /* 0.1 s as a rule; sanitizers and a busy machine need more */
        release(&r);
        gb_buf_release(&text);
    }
}

/* A stretch beyond a limit is left out, the rest is read. */
TEST(reads_on_behind_a_limit)
{
    struct gb_buf text = {0};
    struct reading r;

    gb_buf_puts(&text, "前\n\n");
    for (int i = 0; i < 600; i++)
        gb_buf_puts(&text, "x <?");
    gb_buf_puts(&text, "\n\n后\n");
    read_draft(&r, gb_buf_str(&text));
    assert_int_equal(r.blocks.faults.len, 1);
    assert_int_equal(r.blocks.faults.items[0].kind, GB_FAULT_LIMIT);
    assert_int_equal(gb_source_line(&r.source, r.blocks.faults.items[0].span.begin), 3);
    assert_true(gb_str_is(r.blocks.root->first->text.str, "前"));
    assert_true(gb_str_is(r.blocks.root->last->text.str, "后"));
    release(&r);
    gb_buf_release(&text);
}

/* A long draft is parsed in parts; references over their borders hold. */
TEST(joins_parts)
{
    struct gb_buf text = {0};
    struct reading r;
    unsigned n_notes = 0, n_links = 0;

    gb_buf_puts(&text, "[甲]: http://a.b\n\n");
    for (int i = 0; i < 200; i++) {
        gb_buf_printf(&text, "## %d 标题\n\n见[甲]与注[^%d]。\n\n", i + 1, i);
        for (int k = 0; k < 40; k++)
            gb_buf_puts(&text, "按本文件的规定办理，并作记录。\n");
        gb_buf_printf(&text, "\n[^%d]: 脚注。\n\n", 199 - i);
    }
    read_draft(&r, gb_buf_str(&text));
    for (const struct gb_block *b = r.blocks.root->first; b; b = b->next) {
        n_notes += b->kind == GB_BLOCK_FOOTNOTE;
        for (uint32_t i = 0; i < b->text.n_runs; i++) {
            n_links += (b->text.runs[i].flags & GB_RUN_LINK) != 0;
            n_notes += (b->text.runs[i].flags & GB_RUN_NOTE) != 0;
        }
        assert_true(!b->next || b->next->span.begin >= b->span.end);
    }
    assert_int_equal(n_notes, 400);
    assert_int_equal(n_links, 200);
    release(&r);
    gb_buf_release(&text);
}

/* Draws from a fixed sequence: a number below n. */
static size_t
draw(uint32_t *seed, size_t n)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (size_t)(*seed >> 8) % n;
}

/* Lines that are plain, nearly plain, or make something else of the lines around them. */
static void
add_line(struct gb_buf *draft, uint32_t *seed)
{
    static const char *const lines[] = {
        "",
        "",
        "",
        "",
        "正文。",
        "正文。",
        "5.1 范围",
        "a",
        "（甲）",
        "{图1}",
        "# 标题",
        "## 5 标题",
        "###### 5.1.1 题",
        "- a) 甲",
        "- 乙",
        "- 丙",
        "+ 丁",
        "* 戊",
        "####### 七",
        "# ",
        "#",
        "# 闭 #",
        "#无",
        "1. 一",
        "2) 二",
        "3.",
        "4)",
        "10.5 条",
        "- - 套",
        "-",
        "- ",
        "-  空",
        "- 1. 数",
        "- **粗**",
        "**粗**",
        "  缩",
        "    码>",
        "\t码",
        "  - 内",
        "  续",
        "正文 ",
        "正文  ",
        "正\t文",
        "~~删~~",
        "5~6",
        "a|b",
        "|a|b|",
        "-|-",
        ":-:",
        "---",
        "===",
        "***",
        "> 引",
        "```",
        "~~~",
        "    ```",
        "<pre>",
        "</pre>",
        "<div>",
        "</div>",
        "<!-- 注",
        "-->",
        "<? a",
        "?>",
        "[^1]: 脚注",
        "文[^1]",
        "[甲]: http://u",
        "见[甲]",
        "$x$",
        "$$",
        "a$1b",
        "\\",
        "a\\",
        "&amp;",
        "`码`",
        "![图](a.png)",
        "\xEF\xBB\xBF首",
        "\f",
        "\f文",
        "[TOC]",
        "<table><tr><td>格</td></tr></table>",
        "<center>",
        "</center>",
        "。",
        "\"引\"",
        "\xC2\xA0文",
        "　文",
        "文　",
        "a!",
        "文\r",
        "\r",
    };
    enum { PLAIN = 16, COMMON = 3 };
    /* Plain lines are most of a draft. */
    size_t n = draw(seed, COMMON) ? PLAIN : GB_COUNT(lines);

    gb_buf_puts(draft, lines[draw(seed, n)]);
    for (size_t blanks = draw(seed, 200) ? 1 : 20; blanks > 0; blanks--)
        gb_buf_puts(draft, draw(seed, 20) ? "\n" : "\r\n");
}

/* What is read without the parser is what the parser makes of it. */
TEST(reads_plain_lines_as_the_parser_does)
{
    enum { DRAFTS = 4000, LINES = 24 };
    uint32_t seed = 1;

    for (int i = 0; i < DRAFTS; i++) {
        struct gb_buf draft = {0}, dumps[2] = {{0}, {0}};
        for (size_t n = draw(&seed, LINES) + 1; n > 0; n--)
            add_line(&draft, &seed);
        for (int by_parser = 0; by_parser < 2; by_parser++) {
            struct reading r;
            read_with(&r, gb_buf_str(&draft), by_parser);
            blocks_dump(&r.blocks, &dumps[by_parser]);
            gb_buf_printf(&dumps[by_parser], "%u exact, %u not, %zu faults\n", r.blocks.n_exact, r.blocks.n_approx,
                          r.blocks.faults.len);
            gb_buf_add_char(&dumps[by_parser], '\0');
            release(&r);
        }
        if (strcmp(dumps[0].ptr, dumps[1].ptr) != 0)
            fprintf(stderr, "---- draft %d\n%.*s\n---- by the parser\n%s", i, GB_FMT(gb_buf_str(&draft)), dumps[1].ptr);
        assert_string_equal(dumps[0].ptr, dumps[1].ptr);
        gb_buf_release(&draft);
        gb_buf_release(&dumps[0]);
        gb_buf_release(&dumps[1]);
    }
}

__attribute__((constructor)) static void
start(void)
{
    gb_markdown_startup();
}
