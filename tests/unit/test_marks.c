/* Recognisers of heads of lines: one row a line, with what must be read from it. */
#include "read/marks.h"
#include "base/buf.h"
#include "unit.h"

#include <stdio.h>

/* Rows of a line and what `show` is to make of it. */
static void
hold(const char *const (*rows)[2], size_t n, struct gb_str (*show)(struct gb_arena *arena, struct gb_str line))
{
    struct gb_arena arena = GB_ARENA_ZERO;

    for (size_t i = 0; i < n; i++) {
        struct gb_str got = show(&arena, gb_str_from(rows[i][0]));
        if (!gb_str_is(got, rows[i][1]))
            fail_msg("%s: want %s, got %.*s", rows[i][0], rows[i][1], GB_FMT(got));
    }
    gb_arena_release(&arena);
}

/* The number as read and the text behind it: "5.1|时限"; "" when there is none. */
static struct gb_str
show_number(struct gb_arena *arena, struct gb_str line)
{
    struct gb_number_mark mark;

    if (!gb_mark_number(line, &mark))
        return GB_STR("");
    return gb_arena_printf(arena, "%.*s|%.*s%s%s", GB_FMT(gb_number_text(&mark.num, arena)),
                           GB_FMT(gb_str_skip(line, mark.rest)), mark.is_glued ? " glued" : "",
                           mark.has_final_dot ? " dot" : "");
}

TEST(reads_numbers)
{
    static const char *const rows[][2] = {
        {"5 登记", "5|登记"},
        {"5.1.1 时限", "5.1.1|时限"},
        {"5.1.1时限", "5.1.1|时限 glued"},
        {"1范围", "1|范围 glued"},
        {"5ABC接口", "5|ABC接口 glued"},
        {"５．１　时限", "5.1|时限"},
        {"5.1. 时限", "5.1|时限 dot"},
        {"5、登记", "5|登记 glued dot"},
        {"A.1 概述", "A.1|概述"},
        {"C. 1 概述", "C.1|概述"},
        {"B.1.2概述", "B.1.2|概述 glued"},
        {"第三章 服务要求", "3|服务要求"},
        {"第 3 章　服务要求", "3|服务要求"},
        {"第十二章 附则", "12|附则"},
        {"三、服务要求", "3|服务要求"},
        {"二十一、其他", "21|其他"},
        {"5", "5|"},
        {"3.1", "3.1|"},
        {"  7.2　检查", "7.2|检查"},
        {"10.2.3 针对存在问题", "10.2.3|针对存在问题"},
        {"5 “三包”服务", "5|“三包”服务"},
        /* none of them a clause number */
        {"5) 登记", ""},
        {"5）登记", ""},
        {"(5) 登记", ""},
        {"5% 以上", ""},
        {"5～10 mm", ""},
        {"5-10 mm", ""},
        {"2026-01-05", ""},
        {"1/2 以上", ""},
        {"8:30 开门", ""},
        {"第三条 本办法", ""},
        {"第一节 总则", ""},
        {"A类服务", ""},
        {"AB.1", ""},
        {"登记", ""},
        {"20260105", ""},
        {"", ""},
    };

    hold(rows, GB_COUNT(rows), show_number);
}

TEST(shortens_glued_numbers)
{
    struct gb_str line = GB_STR("5.12时限");
    struct gb_number_mark mark;

    assert_true(gb_mark_number(line, &mark));
    assert_true(gb_mark_number_shorten(line, &mark));
    assert_int_equal(mark.num.part[1], 1);
    assert_true(gb_str_is(gb_str_skip(line, mark.rest), "2时限"));
    assert_false(gb_mark_number_shorten(line, &mark));
}

static struct gb_str
show_item(struct gb_arena *arena, struct gb_str line)
{
    static const char *const forms[] = {"alpha", "digit", "plain", "dash", "dot"};
    struct gb_item_mark mark;

    if (!gb_mark_item(line, &mark))
        return GB_STR("");
    return gb_arena_printf(arena, "%s %u|%.*s", forms[mark.form], mark.value, GB_FMT(gb_str_skip(line, mark.rest)));
}

TEST(reads_list_markers)
{
    static const char *const rows[][2] = {
        {"a) 编号；", "alpha 1|编号；"},
        {"a）编号；", "alpha 1|编号；"},
        {"b ) 编号", "alpha 2|编号"},
        {"ｃ）编号", "alpha 3|编号"},
        {"12) 编号", "digit 12|编号"},
        {"1）编号", "digit 1|编号"},
        {"——编号；", "dash 0|编号；"},
        {"— 编号", "dash 0|编号"},
        {"–编号", "dash 0|编号"},
        {"- 编号", "dash 0|编号"},
        {"·编号", "dot 0|编号"},
        {"● 编号", "dot 0|编号"},
        {"a 编号", ""},
        {"A) 编号", ""},
        {"（1）编号", ""},
        {"-5 ℃", ""},
        {"- 5 ℃", ""},
        {"--option", ""},
        {"——", ""},
        {"ab) 编号", ""},
        {"123) 编号", ""},
    };

    hold(rows, GB_COUNT(rows), show_item);
}

static struct gb_str
show_note(struct gb_arena *arena, struct gb_str line)
{
    struct gb_note_mark mark;

    if (!gb_mark_note(line, &mark))
        return GB_STR("");
    return gb_arena_printf(arena, "%s%s %u|%.*s",
                           mark.is_example  ? "example"
                           : mark.is_notice ? "notice"
                                            : "note",
                           mark.has_colon ? "" : " bare", mark.num.n ? mark.num.part[0] : 0,
                           GB_FMT(gb_str_skip(line, mark.rest)));
}

TEST(reads_notes)
{
    static const char *const rows[][2] = {
        {"注：不含期刊。", "note 0|不含期刊。"},
        {"注:不含期刊。", "note 0|不含期刊。"},
        {"注1：不含期刊。", "note 1|不含期刊。"},
        {"注 2： 不含期刊。", "note 2|不含期刊。"},
        {"注 $ ^{1} $ ：不含期刊。", "note 1|不含期刊。"},
        {"示例：J03。", "example 0|J03。"},
        {"示例 2：J03。", "example 2|J03。"},
        {"示例", "example bare 0|"},
        {"警告：有毒。", "notice 0|有毒。"},
        {"重要提示：有毒。", "notice 0|有毒。"},
        {"注册：登记", ""},
        {"注意事项", ""},
        {"注日期的引用文件", ""},
        {"警告标志", ""},
        {"示例图", ""},
    };

    hold(rows, GB_COUNT(rows), show_note);
}

static struct gb_str
show_caption(struct gb_arena *arena, struct gb_str line)
{
    struct gb_caption_mark mark;

    if (!gb_mark_caption(line, &mark))
        return GB_STR("");
    return gb_arena_printf(arena, "%s %.*s|%.*s%s", mark.is_table ? "table" : "figure",
                           GB_FMT(gb_number_text(&mark.num, arena)),
                           GB_FMT(gb_str_sub(line, mark.title, mark.title_end)), mark.is_continued ? " continued" : "");
}

TEST(reads_captions)
{
    static const char *const rows[][2] = {
        {"图 1 借书流程", "figure 1|借书流程"},
        {"图1借书流程", "figure 1|借书流程"},
        {"表A.1　登记项目", "table A.1|登记项目"},
        {"表 B.2 登记项目", "table B.2|登记项目"},
        {"表 1（续）", "table 1| continued"},
        {"表1(续) 登记项目", "table 1|登记项目 continued"},
        {"续表1", "table 1| continued"},
        {"图3", "figure 3|"},
        {"表1给出了登记项目。", ""},
        {"表 1 给出了登记项目的名称、代码和填写方法，供登记时使用。", ""},
        {"图1所示的流程", ""},
        {"图 1 所示的结构适用于回收箱", ""},
        {"图 2 给出率的变化", "figure 2|给出率的变化"},
        {"表1和表2", ""},
        {"表1中的项目", ""},
        {"图书的登记", ""},
        {"表示方法", ""},
        {"图1；", ""},
    };

    hold(rows, GB_COUNT(rows), show_caption);
}

static struct gb_str
show_annex(struct gb_arena *arena, struct gb_str line)
{
    static const char *const natures[] = {"-", "normative", "informative"};
    struct gb_annex_mark mark;

    if (!gb_mark_annex(line, &mark))
        return GB_STR("");
    return gb_arena_printf(arena, "%c %s%s|%.*s", mark.letter ? mark.letter : '?', natures[mark.nature],
                           mark.is_old_nature ? " old" : "", GB_FMT(gb_str_skip(line, mark.title)));
}

TEST(reads_annex_heads)
{
    static const char *const rows[][2] = {
        {"附录A", "A -|"},
        {"附 录 B", "B -|"},
        {"附录A（规范性）登记表", "A normative|登记表"},
        {"附录 D （资料性） 登记表", "D informative|登记表"},
        {"附录A(规范性附录) 登记表", "A normative old|登记表"},
        {"附录A：登记表", "A -|登记表"},
        {"附录 资料性 登记表", "? informative|登记表"},
        {"附录（规范性）登记表", "? normative|登记表"},
        {"附录A 登记表", "A -|登记表"},
        {"附录A给出了登记表。", ""},
        {"附录A的规定", ""},
        {"附录A、附录B", ""},
        {"附录A.1", ""},
        {"附录A中图A.1", ""},
        {"附录内容", ""},
        {"附录A应在登记前填写。", ""},
    };

    hold(rows, GB_COUNT(rows), show_annex);
}

TEST(cuts_contents_entries)
{
    static const char *const rows[][3] = {
        {"1 范围 …… 1", "1 范围", "1"},
        {"前言 ..... II", "前言", "II"},
        {"前言 .....\tII", "前言", "II"},
        {"4.1 受理 . . 2", "4.1 受理", "2"},
        {"附录 A（资料性）登记表 ... 6", "附录 A（资料性）登记表", "6"},
        {"5 登记 12", "5 登记", "12"},
        {"5 登记……（12）", "5 登记", "12"},
        {"1 范围", "1 范围", ""},
        {"5登记·········3", "5登记", "3"},
        {"第2部分", "第2部分", ""},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct gb_str line = gb_str_from(rows[i][0]);
        struct gb_entry_mark mark = gb_mark_entry(line);
        struct gb_str text = gb_str_trim(gb_str_sub(line, 0, mark.text_end));
        struct gb_str page = gb_str_sub(line, mark.page_begin, mark.page_end);
        if (!gb_str_is(text, rows[i][1]) || !gb_str_is(page, rows[i][2]))
            fail_msg("%s: got “%.*s” page “%.*s”", rows[i][0], GB_FMT(text), GB_FMT(page));
    }
}

TEST(finds_codes)
{
    static const struct {
        const char *line, *code;
    } rows[] = {
        {"GB/T 1.1—2020 标准化工作导则", "GB/T 1.1—2020"},
        {"GB 5768.2-2009 道路", "GB 5768.2-2009"},
        {"GB/T1.1－2009 导则", "GB/T1.1－2009"},
        {"DB32/T 2796—2015", "DB32/T 2796—2015"},
        {"DB 32/T 2796—2015", "DB 32/T 2796—2015"},
        {"T/CAMET 04010.3—2018 规范", "T/CAMET 04010.3—2018"},
        {"Q/ABC 001—2020 服务", "Q/ABC 001—2020"},
        {"ISO 9001:2015 Quality", "ISO 9001:2015"},
        {"ISO/IEC 2382-1:1993 x", "ISO/IEC 2382-1:1993"},
        {"LD/T 91—2013 视觉", "LD/T 91—2013"},
        {"JJG 1 检定", "JJG 1"},
        {"GB/T 2423（所有部分）", "GB/T 2423"},
        {"A 00", ""},
        {"A类 12", ""},
        {"本标准", ""},
        {"HTTP", ""},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct gb_str line = gb_str_from(rows[i].line);
        struct gb_str got = gb_str_sub(line, 0, gb_mark_code(line));
        if (!gb_str_is(got, rows[i].code))
            fail_msg("%s: want %s, got %.*s", rows[i].line, rows[i].code, GB_FMT(got));
    }
}

TEST(tells_titles_from_text)
{
    static const char *const titles[] = {"登记",       "应急处置", "供应商管理",     "可靠性",     "响应时间",
                                         "适宜性评价", "通则",     "标准制（修）订", "“三包”服务", "GB/T 1.1的应用"};
    static const char *const texts[] = {"应在当日登记。", "登记，归还", "服务人员应持证上岗", "人员要求：", "归还；",
                                        "不宜使用",       "",           "登记时应核对编号"};

    for (size_t i = 0; i < GB_COUNT(titles); i++) {
        if (!gb_looks_like_title(gb_str_from(titles[i])))
            fail_msg("%s is a title", titles[i]);
    }
    for (size_t i = 0; i < GB_COUNT(texts); i++) {
        if (gb_looks_like_title(gb_str_from(texts[i])))
            fail_msg("%s is no title", texts[i]);
    }
}

TEST(splits_terms)
{
    static const char *const rows[][3] = {
        {"旧书 used book", "旧书 ", "used book"},
        {"旧书used book", "旧书", "used book"},
        {"JSON 模式 JSON schema", "JSON 模式 ", "JSON schema"},
        {"旧书　used book", "旧书　", "used book"},
        {"旧书", "旧书", ""},
        {"used book", "used book", ""},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct gb_str line = gb_str_from(rows[i][0]);
        size_t at = gb_split_foreign(line);
        if (!gb_str_is(gb_str_sub(line, 0, at), rows[i][1]) || !gb_str_is(gb_str_skip(line, at), rows[i][2]))
            fail_msg("%s: split at %zu", rows[i][0], at);
    }
}

TEST(knows_fixed_titles)
{
    static const struct {
        const char *line;
        enum gb_fixed_title fixed;
    } rows[] = {
        {"前言", GB_FIXED_FOREWORD},
        {"前　言", GB_FIXED_FOREWORD},
        {".前言", GB_FIXED_FOREWORD},
        {"目 次", GB_FIXED_TOC},
        {"目录", GB_FIXED_TOC},
        {"引言", GB_FIXED_INTRO},
        {"范围", GB_FIXED_SCOPE},
        {"适用范围", GB_FIXED_SCOPE},
        {"规范性引用文件", GB_FIXED_REFERENCES},
        {"术语和定义", GB_FIXED_TERMS},
        {"缩略语", GB_FIXED_SYMBOLS},
        {"术语、定义和缩略语", GB_FIXED_TERMS_SYMBOLS},
        {"参考文献", GB_FIXED_BIBLIO},
        {"索引", GB_FIXED_INDEX},
        {"_______", GB_FIXED_END},
        {"前言部分", GB_FIXED_NONE},
        {"范围和要求", GB_FIXED_NONE},
        {"引言的写法", GB_FIXED_NONE},
        {"", GB_FIXED_NONE},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        if (gb_mark_fixed(gb_str_from(rows[i].line)) != rows[i].fixed)
            fail_msg("%s: got %d", rows[i].line, gb_mark_fixed(gb_str_from(rows[i].line)));
    }
}

/* "formula|number", with what else is told of it; "" for a line that is none. */
static struct gb_str
show_formula(struct gb_arena *arena, struct gb_str line)
{
    struct gb_formula_mark mark;

    if (!gb_mark_formula(line, &mark))
        return GB_STR("");
    return gb_arena_printf(arena, "%.*s|%.*s%s%s", GB_FMT(gb_str_sub(line, mark.begin, mark.end)),
                           GB_FMT(gb_str_sub(line, mark.number_begin, mark.number_end)), mark.has_leader ? " dots" : "",
                           mark.has_words ? " words" : "");
}

TEST(reads_formulas)
{
    static const char *const rows[][2] = {
        {"P = U × I ……（1）", "P = U × I|1 dots"},
        {"P=UI (1)", "P=UI|1"},
        {"P=UI（A.1）", "P=UI|A.1"},
        {"P = U·I，…………………… 式（2a）", "P = U·I|2a dots"},
        {"P = U × I　　（5-1）", "P = U × I|5-1 dots"},
        {"P = U × I \\tag{3.2}", "P = U × I|3.2 dots"},
        {"$ P = \\frac{U}{R} $ （1）", "P = \\frac{U}{R}|1"},
        {"[ P = U I \\tag{4} ]", "P = U I|4 dots"},
        {"P = U × I", "P = U × I|"},
        {"V样 = V总 − V空 （1）", "V样 = V总 − V空|1"},
        {"合格率 = 合格数/总数 × 100 %（1）", "合格率 = 合格数/总数 × 100 %|1 words"},
        {"K ≤ a/b （1）", "K ≤ a/b|1"},
        {"y = f(1)", "y = f(1)|"},
        /* no formula, or no number at its end */
        {"P = U × I 见（1）", ""},
        {"t = 20", ""},
        {"pH = 7 （1）", ""},
        {"当A=1时，取B=2（1）", ""},
        {"若 a = b （1）", ""},
        {"公式：P = U × I（1）", ""},
        {"2H2 + O2 = 2H2O ……（1）", ""},
        {"NaOH + HCl = NaCl + H2O （1）", ""},
        {"a == b （1）", ""},
        {"a -> b = c （1）", ""},
        {"性别 = 男/女 （1）", ""},
        {"（1） P = U × I；", ""},
        {"= U × I （1）", ""},
    };

    hold(rows, GB_COUNT(rows), show_formula);
}
