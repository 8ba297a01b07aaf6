/* The man page, in man(7). */
#include "app/generate/generate_priv.h"

/* Text with what roff would take for its own escaped. */
static void
put(struct gb_out *out, const char *text)
{
    if (*text == '.' || *text == '\'')
        gb_out_puts(out, "\\&");
    for (const char *p = text; *p; p++) {
        if (*p == '-')
            gb_out_puts(out, "\\-");
        else if (*p == '\\')
            gb_out_puts(out, "\\e");
        else if (*p == '|')
            gb_out_puts(out, "|\\:"); /* a line may end here */
        else
            gb_out_char(out, *p);
    }
}

static void
put_line(struct gb_out *out, const char *macro, const char *text)
{
    gb_out_puts(out, macro);
    put(out, text);
    gb_out_char(out, '\n');
}

static void
put_synopsis(struct gb_out *out, bool english)
{
    const char *options = GB_SAY(english, "[选项…]", "[OPTION…]");

    for (const struct gb_command *c = gb_commands; c->name; c++) {
        gb_out_puts(out, c == gb_commands ? ".B gblint\n" : ".br\n.B gblint ");
        if (c > gb_commands)
            gb_out_printf(out, "%s\n", c->name);
        put(out, c == gb_commands ? "[lint] " : "");
        put(out, options);
        gb_out_puts(out, *c->operands ? " " : "");
        put(out, c->operands);
        gb_out_char(out, '\n');
    }
}

static void
put_commands(struct gb_out *out, bool english)
{
    for (const struct gb_command *c = gb_commands; c->name; c++) {
        gb_out_printf(out, ".TP\n.B %s\n", c->name);
        put_line(out, "", GB_SAY(english, c->zh, c->en));
        if (!c->formats)
            continue;
        gb_out_puts(out, ".br\n");
        gb_out_puts(out, GB_SAY(english, "格式：", "Formats: "));
        gb_out_formats(out, c);
        gb_out_char(out, '\n');
    }
}

/* Of which commands an option is, where it is not of all. */
static void
put_owners(struct gb_out *out, unsigned commands, bool english)
{
    unsigned n = 0;

    for (const struct gb_command *c = gb_commands; c->name; c++) {
        if (!(commands & 1U << (c - gb_commands)))
            continue;
        gb_out_puts(out, n++ ? GB_SAY(english, "、", ", ") : GB_SAY(english, "（用于", " ("));
        gb_out_printf(out, "\\fB%s\\fR", c->name);
    }
    gb_out_puts(out, GB_SAY(english, "）", ")"));
}

static bool
is_of_all(unsigned commands)
{
    return !GB_ANY(for (const struct gb_command *c = gb_commands; c->name; c++), !(commands & 1U << (c - gb_commands)));
}

static void
put_options(struct gb_out *out, bool english)
{
    struct gb_option_row row;

    for (size_t i = 0; gb_next_option(&i, NULL, &row);) {
        gb_out_puts(out, ".TP\n");
        if (row.letter)
            gb_out_printf(out, "\\fB\\-%c\\fR, ", row.letter);
        gb_out_puts(out, "\\fB\\-\\-");
        put(out, row.name);
        gb_out_puts(out, "\\fR");
        if (row.argument) {
            gb_out_puts(out, " \\fI");
            put(out, row.argument);
            gb_out_puts(out, "\\fR");
        }
        gb_out_char(out, '\n');
        put(out, GB_SAY(english, row.zh, row.en));
        if (!is_of_all(row.commands))
            put_owners(out, row.commands, english);
        gb_out_char(out, '\n');
    }
}

/* A head and what it is about. */
struct entry {
    const char *head, *zh, *en;
};

static void
put_entries(struct gb_out *out, const struct entry *entries, size_t n, bool english)
{
    for (size_t i = 0; i < n; i++) {
        put_line(out, ".TP\n.B ", entries[i].head);
        put_line(out, "", GB_SAY(english, entries[i].zh, entries[i].en));
    }
}

static void
put_status(struct gb_out *out, bool english)
{
    static const struct entry entries[] = {
        {"0", "没有达到 --fail-on 的问题", "no finding at the level of --fail-on or above"},
        {"1", "有达到 --fail-on 的问题", "there are such findings"},
        {"2", "无法完成：文件、选项、配置、规则包或输出有误；其余文件照常检查",
         "could not do the job: a file, option, configuration, pack or output is at fault; other files are still linted"},
    };

    put_entries(out, entries, GB_COUNT(entries), english);
}

static void
put_files(struct gb_out *out, bool english)
{
    static const struct entry entries[] = {
        {".gblint.yaml", "配置，从草案所在目录向上取最近的一个；不与其他配置合并",
         "the configuration: the nearest one in the folder of the draft or above it; nothing is merged"},
        {".gblint-baseline.json", "基线：已知的问题，不再报告；由 gblint baseline 写出",
         "the baseline: known findings, which are not told again; gblint baseline writes it"},
        {".gblint-XXXXXX", "写文件时在同一目录中的临时文件；只有进程被强行终止时才会留下，可以删除",
         "a file being written, in the folder of the one that it will replace; only a process killed outright leaves it, and it may be "
         "deleted"},
    };

    put_entries(out, entries, GB_COUNT(entries), english);
}

static void
put_environment(struct gb_out *out, bool english)
{
    static const struct entry entries[] = {
        {"NO_COLOR", "不为空时不用颜色", "when not empty: no colours"},
        {"TERM", "为 dumb 时不用颜色", "dumb: no colours"},
        {"LC_ALL, LC_CTYPE, LANG", "决定“—…”等字符在终端占几列；不影响检查结果",
         "decide how many cells characters such as “—…” take in the terminal; findings do not depend on them"},
        {"GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE", "用于 --staged 和 --since，作用与 git 相同",
         "for --staged and --since, as git takes them"},
    };

    put_entries(out, entries, GB_COUNT(entries), english);
}

static void
put_examples(struct gb_out *out, bool english)
{
    static const struct entry entries[] = {
        {"gblint draft.md", "在终端显示问题", "findings in the terminal"},
        {"gblint -f json -o draft.json draft.xml", "供程序使用", "for programs"},
        {"gblint fix --diff draft.md | git apply", "应用所显示的改动", "apply the changes shown"},
        {"gblint --staged", "检查 git 已暂存的草案", "lint the drafts that git has staged"},
        {"gblint explain NUM-012", "说明一条规则", "explain a rule"},
        {"gblint pack check our-rules.yaml", "检查自定义规则包并运行其中的示例",
         "check a rule pack and run its examples"},
    };

    put_entries(out, entries, GB_COUNT(entries), english);
}

/* Where a line of Chinese may be broken: groff knows only in some locales. */
static const char chinese_lines[] =
    ".if \\n(.g \\{\\\n"
    ".  class [before] , : ; ) \\[u2026] \\[u201D] \\[u3001] \\[u3002] \\[uFF09] \\[uFF0C] \\[uFF1A] \\[uFF1B]\n"
    ".  class [behind] \\[u201C] \\[uFF08]\n"
    ".  class [han] \\[u4E00]-\\[u9FFF]\n"
    ".  cflags 128 \\C'[before]'\n"
    ".  cflags 266 \\C'[behind]'\n"
    ".  cflags 512 \\C'[han]'\n"
    ".\\}\n";

void
gb_generate_man(struct gb_out *out, bool english)
{
    static const struct {
        const char *zh, *en;
        void (*put)(struct gb_out *out, bool english);
    } sections[] = {
        {"用法", "SYNOPSIS", put_synopsis}, {"命令", "COMMANDS", put_commands},
        {"选项", "OPTIONS", put_options},   {"退出状态", "EXIT STATUS", put_status},
        {"文件", "FILES", put_files},       {"环境变量", "ENVIRONMENT", put_environment},
        {"示例", "EXAMPLES", put_examples},
    };

    gb_out_puts(out, ".\\\" Made from the tables of the program.\n");
    gb_out_printf(out, ".TH GBLINT 1 \"\" \"gblint %s\" \"%s\"\n.ad l\n.nh\n", GB_VERSION,
                  GB_SAY(english, "用户命令", "User Commands"));
    if (!english)
        gb_out_puts(out, chinese_lines);
    gb_out_printf(out, ".SH %s\n", GB_SAY(english, "名称", "NAME"));
    put_line(out, "gblint \\- ",
             GB_SAY(english, "检查标准草案是否符合 GB/T 1.1", "lint drafts of Chinese standards (GB/T 1.1)"));
    for (size_t i = 0; i < GB_COUNT(sections); i++) {
        gb_out_printf(out, ".SH \"%s\"\n", GB_SAY(english, sections[i].zh, sections[i].en));
        sections[i].put(out, english);
    }
}
