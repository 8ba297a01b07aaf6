#include "app/options.h"

#include "app/files/path.h"
#include "base/buf.h"
#include "base/yaml.h"
#include "emit/emit.h"
#include "text/chars.h"
#include "text/date.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const lint_formats[] = {"text",   "concise", "json",   "sarif",    "junit", "checkstyle",
                                           "github", "gitlab",  "rdjson", "comments", "html",  NULL};
static const char *const terms_formats[] = {"text", "json", "csv", "tbx", NULL};
static const char *const list_formats[] = {"text", "json", NULL};
static const char *const chart_formats[] = {"json", "svg", NULL};

const struct gb_command gb_commands[] = {
    {"lint", "[FILE|DIR|-]…", gb_cmd_lint, lint_formats, "检查标准草案（可省略命令名）",
     "lint drafts (the command may be left out)"},
    {"outline", "FILE", gb_cmd_outline, list_formats, "显示读出的条款树", "show the clause tree as read"},
    {"rules", "", gb_cmd_rules, list_formats, "列出全部规则", "list all rules"},
    {"explain", "RULE", gb_cmd_explain, list_formats, "说明一条规则：要求、原因、依据、正误示例",
     "explain a rule: what, why, source, examples"},
    {"pack", "check FILE…", gb_cmd_pack, NULL, "检查自定义规则包", "check rule packs of your own"},
    {"fix", "FILE|DIR|-…", gb_cmd_fix, NULL, "自动修正所显示的问题，再检查一遍",
     "apply the fixes of the findings shown, then lint again"},
    {"terms", "FILE…", gb_cmd_terms, terms_formats, "列出术语、缩略语及其使用处",
     "list terms, abbreviations and their uses"},
    {"flow", "FILE", gb_cmd_flow, chart_formats, "显示读出的流程图", "show flowcharts as read"},
    {"facts", "FILE…", gb_cmd_facts, NULL, "逐行输出草案的事实（JSON），供 lint --facts 合并",
     "print the facts of drafts as JSON lines, for lint --facts"},
    {"init", "", gb_cmd_init, NULL, "写出 .gblint.yaml，说明如何在提交时检查",
     "write .gblint.yaml, and say how commits are checked"},
    {"baseline", "FILE|DIR…", gb_cmd_baseline, NULL, "把现有的问题记入基线，以后只报告新的",
     "take the present findings down in the baseline: from then on only new ones are told"},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};

/* Commands that an option belongs to: bits in the order of gb_commands. */
enum {
    LINT = 1 << 0,
    OUTLINE = 1 << 1,
    RULES = 1 << 2,
    EXPLAIN = 1 << 3,
    PACK = 1 << 4,
    FIX = 1 << 5,
    TERMS = 1 << 6,
    FLOW = 1 << 7,
    FACTS = 1 << 8,
    INIT = 1 << 9,
    BASELINE = 1 << 10,
    JUDGING = LINT | FIX | BASELINE,
    ALL = ~0,
};

enum option_id {
    OPT_SWITCH,
    OPT_WORD, /* a bool becomes true, a string is kept: the field that the row names */
    OPT_SETTING,
    OPT_FORMAT,
    OPT_OUTPUT,
    OPT_SELECT,
    OPT_IGNORE,
    OPT_TERMS,
    OPT_AS_OF,
    OPT_JOBS,
    OPT_COLOR,
    OPT_AMBIGUOUS,
};

#define SWITCH(field) OPT_SWITCH, offsetof(struct gb_options, field)
#define WORD(field) OPT_WORD, offsetof(struct gb_options, field)
#define SETTING(id) OPT_SETTING, GB_SETTING_##id

/* An argument with | is one of these words, else any text. */
struct option {
    const char *name;
    char letter;
    const char *argument; /* NULL: takes none */
    int commands;
    enum option_id id;
    size_t field; /* of SWITCH and WORD: its offset in the options; of SETTING: which */
    const char *zh, *en;
};

static const struct option options_table[] = {
    {"format", 'f', "FMT", LINT | OUTLINE | RULES | EXPLAIN | TERMS | FLOW, OPT_FORMAT, 0, "输出格式", "output format"},
    {"output", 'o', "FILE", LINT | OUTLINE | RULES | EXPLAIN | TERMS | FLOW | FACTS, OPT_OUTPUT, 0,
     "写入文件；可与 -f 成对重复，一次运行得到多个输出",
     "write to a file; repeat in pairs with -f for several outputs"},
    {"edition", 0, GB_EDITION_WORDS, JUDGING | TERMS | FACTS | OUTLINE | FLOW, SETTING(EDITION),
     "依据 GB/T 1.1 的哪一版（默认按草案判定）", "edition of GB/T 1.1 (default: what the draft shows)"},
    {"stage", 0, GB_STAGE_WORDS, JUDGING | TERMS | FACTS | OUTLINE | FLOW, SETTING(STAGE), "草案所处阶段",
     "stage of the draft"},
    {"profile", 0, GB_PROFILE_WORDS, JUDGING | TERMS | FACTS | OUTLINE | FLOW, SETTING(PROFILE),
     "检查方案（默认按草案判定）", "profile (default: what the draft shows)"},
    {"level", 0, GB_LEVEL_WORDS, LINT | FIX, SETTING(LEVEL), "显示的最低级别（默认 warning）",
     "lowest level shown (default warning)"},
    {"fail-on", 0, GB_FAIL_ON_WORDS, LINT | FIX, SETTING(FAIL_ON), "达到该级别时退出状态为 1（默认 error）",
     "exit with 1 at this level (default error)"},
    {"select", 0, "RULE,…", JUDGING | RULES | FLOW, OPT_SELECT, 0, "只运行这些规则或规则组",
     "run these rules or groups only"},
    {"ignore", 0, "RULE,…", JUDGING | RULES | FLOW, OPT_IGNORE, 0, "不运行这些规则或规则组",
     "do not run these rules or groups"},
    {"lang", 0, GB_LANG_WORDS, ALL, SETTING(LANG), "提示语言", "language of messages"},
    {"config", 0, "FILE", JUDGING | TERMS | FACTS | OUTLINE | RULES | FLOW, WORD(config),
     "使用该配置文件（默认为草案向上最近的 .gblint.yaml）",
     "configuration (default: nearest .gblint.yaml above the draft)"},
    {"no-config", 0, NULL, JUDGING | TERMS | FACTS | OUTLINE | RULES | FLOW, SWITCH(no_config), "不使用配置文件",
     "use no configuration"},
    {"show-config", 0, NULL, LINT, SWITCH(show_config), "显示每个草案实际使用的配置后退出",
     "show the configuration of each draft and exit"},
    {"stdin-name", 0, "NAME", LINT | FIX | TERMS | FACTS | OUTLINE | FLOW, WORD(stdin_name),
     "标准输入（-）对应的文件名", "file name of standard input (-)"},
    {"registry", 0, "FILE", JUDGING, WORD(registry), "标准名录（CSV或YAML）：查引用文件是否被代替、名称是否相符",
     "table of standards (CSV or YAML): are references superseded, do titles agree"},
    {"terms", 0, "FILE", JUDGING | FACTS, OPT_TERMS, 0,
     "术语库（CSV、YAML或TBX），可多次给出：查拒用的名称、改动过的定义",
     "term bank (CSV, YAML or TBX), may be given several times: deprecated names, changed definitions"},
    {"as-of", 0, "DATE", JUDGING | TERMS | FACTS, OPT_AS_OF, 0,
     "按该日的名录判断（2018-09-01；默认为草案的发布日期，否则为今天）",
     "day on which the registry is asked (2018-09-01; default: publication date, else today)"},
    {"manifest", 0, "FILE", LINT | BASELINE, WORD(manifest),
     "标准体系表（CSV）：其中的文件属于同一体系，相互比较；不给文件时检查表中的全部文件",
     "table of a standards system (CSV): its documents belong together; without FILE all of them are linted"},
    {"facts", 0, NULL, LINT, SWITCH(joins_facts), "所给的是 gblint facts 的输出：合并后只作文件之间的比较",
     "the operands are output of gblint facts: join them and compare the drafts with each other"},
    {"staged", 0, NULL, LINT, SWITCH(staged), "检查 git 暂存区中的内容，不看工作区；不给文件时检查已暂存的全部草案",
     "lint what git has staged, not the work tree; without FILE all drafts staged"},
    {"since", 0, "REV", LINT, WORD(since), "只报告 git 版本 REV 以来改动过的条中的问题",
     "tell only findings in clauses changed since the git revision REV"},
    {"no-baseline", 0, NULL, LINT | FIX, SWITCH(scope.no_baseline), "不使用基线（.gblint-baseline.json）",
     "do not use the baseline (.gblint-baseline.json)"},
    {"force-exclude", 0, NULL, LINT | FIX, SWITCH(force_exclude),
     "命令行给出的文件也按目录中的文件对待：exclude 的和不是草案的不检查",
     "treat named files like those found in a folder: leave out what is excluded and what is no draft"},
    {"watch", 0, NULL, LINT, SWITCH(watch), "保存后重新检查，直到 Ctrl-C；退出状态为最后一次检查的状态",
     "lint again on each save, until Ctrl-C; the exit status is that of the last run"},
    {"jobs", 'j', "N", LINT | FIX | FACTS, OPT_JOBS, 0, "同时读取的草案数", "drafts read at a time"},
    {"color", 0, "auto|always|never", LINT | FIX | EXPLAIN, OPT_COLOR, 0, "颜色", "colours"},
    {"ambiguous-width", 0, "1|2", LINT | FIX, OPT_AMBIGUOUS, 0, "“—…”等字符在终端占几列（默认按语言环境）",
     "cells of characters such as “—…” (default: by locale)"},
    {"statistics", 0, NULL, LINT, SWITCH(statistics), "在标准错误输出各规则的数目与各步骤的时间",
     "counts per rule and times on standard error"},
    {"quiet", 'q', NULL, JUDGING | INIT, SWITCH(quiet), "只输出发现的问题", "findings only"},
    {"diff", 0, NULL, FIX, SWITCH(diff), "只显示改动（统一差异格式），不改文件",
     "show the changes as a unified diff, change no file"},
    {"unsafe", 0, NULL, FIX, SWITCH(unsafe), "也应用须由人确认的修正", "apply fixes that a person should confirm, too"},
    {"renumber", 0, NULL, FIX, SWITCH(renumber), "并使章、条、附录、图、表、公式和列项的编号连续，文内提及随之改动",
     "also make the numbers of clauses, annexes, figures, tables, formulas and items run, and mentions with them"},
    {"batch", 0, NULL, FLOW, SWITCH(batch), "逐行读取JSON中的流程图，逐行输出其图结构（供对比测试）",
     "charts in JSON lines in, their graphs in JSON lines out (for tests)"},
    {"prune", 0, NULL, BASELINE, SWITCH(prune), "只移出已不再出现的问题，不增加新的",
     "only take out what is found no more, add nothing"},
    {"git-hook", 0, NULL, INIT, SWITCH(git_hook), "并安装 git 的 pre-commit 钩子，提交时检查暂存的草案",
     "also install git's pre-commit hook: commits are refused for findings in staged drafts"},
    {"version", 0, NULL, ALL, SWITCH(version), "显示版本", "show the version"},
    {"help", 'h', NULL, ALL, SWITCH(help), "显示帮助", "show help"},
};

/* While the arguments are read. */
struct parser {
    struct gb_options *options;
    int argc;
    char **argv;
    int at;             /* next argument */
    const char *format; /* of an -f that still waits for its -o */
    size_t unpaired;    /* 1 + index of the last -o without an -f before it; 0: none */
    unsigned used[GB_COUNT(options_table)];
    struct gb_error *error;
};

/* Sets the error in the language of the run and gives false. */
#define FAIL(p, zh, en, ...)                                                                                           \
    (gb_error_set((p)->error, NULL, 0, 0, GB_SAY((p)->options->english, zh, en) __VA_OPT__(, ) __VA_ARGS__), false)

static const struct option *
find_option(struct parser *p, struct gb_str name)
{
    const char *names[GB_COUNT(options_table)];

    for (size_t i = 0; i < GB_COUNT(options_table); i++) {
        if (gb_str_is(name, options_table[i].name))
            return &options_table[i];
        names[i] = options_table[i].name;
    }
    const char *near = gb_nearest(name, names, GB_COUNT(names));
    if (near)
        (void)FAIL(p, "没有选项“--%.*s”；是否指“--%s”？", "no option “--%.*s”; did you mean “--%s”?", GB_FMT(name),
                   near);
    else
        (void)FAIL(p, "没有选项“--%.*s”；用 gblint --help 查看", "no option “--%.*s”; see gblint --help", GB_FMT(name));
    return NULL;
}

static const struct option *
find_letter(struct parser *p, char letter)
{
    GB_FIND(option, options_table, GB_COUNT(options_table), option->letter == letter);
    if (!option)
        (void)FAIL(p, "没有选项“-%c”；用 gblint --help 查看", "no option “-%c”; see gblint --help", letter);
    return option;
}

/* The place of a word among those of the option, or -1 after filling the error. */
static int
place_of(struct parser *p, const struct option *option, const char *value, struct gb_choice *words)
{
    gb_choice_of(option->argument, &p->options->arena, words);
    int place = gb_choice_find(words, gb_str_from(value));
    if (place >= 0)
        return place;
    const char *near = gb_nearest(gb_str_from(value), words->names, words->n);
    (void)FAIL(p, "--%s 不能是“%s”，可以是 %s%s%s", "--%s cannot be “%s”; it is one of %s%s%s", option->name, value,
               option->argument, near ? GB_SAY(p->options->english, "；是否指 ", "; did you mean ") : "",
               near ? near : "");
    return -1;
}

/* Splits "NUM-012,TYP" into changes. */
static bool
add_changes(struct parser *p, const char *value, bool select)
{
    struct gb_str rest = gb_str_from(value), word;

    while (gb_str_cut(&rest, ',', &word)) {
        word = gb_str_trim(word);
        if (word.len)
            *gb_push(&p->options->scope.changes) =
                (struct gb_rule_change){.name = gb_arena_copy(&p->options->arena, word),
                                        .on = select,
                                        .select = select};
    }
    return true;
}

static bool
set_jobs(struct parser *p, const char *value)
{
    char *end;
    unsigned long n = strtoul(value, &end, 10);

    if (*end || end == value || value[0] == '-' || n > 256)
        return FAIL(p, "-j 须为 0 到 256 的整数，不能是“%s”", "-j takes a number from 0 to 256, not “%s”", value);
    p->options->jobs = (unsigned)n;
    return true;
}

static void
add_output(struct parser *p, const char *format, const char *path)
{
    *gb_push(&p->options->outputs) = (struct gb_output_spec){format, path};
}

static void
set_format(struct parser *p, const char *value)
{
    if (p->format)
        add_output(p, p->format, NULL);
    p->format = value;
}

/* Does the name end in "sarif.json", after a dot or as a whole? */
static bool
ends_in(const char *name, const char *part, const char *extension)
{
    size_t len = strlen(name), tail = strlen(part) + 1 + strlen(extension);

    if (len < tail || (len > tail && name[len - tail - 1] != '.'))
        return false;
    const char *at = name + len - tail;
    return strncmp(at, part, strlen(part)) == 0 && at[strlen(part)] == '.' &&
           strcmp(at + strlen(part) + 1, extension) == 0;
}

/* The format that the name of an output asks for: a.sarif.json, junit.xml, a.sarif. NULL: none. */
static const char *
format_of_name(const char *path)
{
    const char *name = gb_path_name(path), *dot = strrchr(name, '.'), *by_extension = NULL;

    for (const struct gb_emitter *e = gb_emitters; dot && e->name; e++) {
        if (e->container && ends_in(name, e->name, e->container))
            return e->name;
        if (e->extension && strcmp(dot + 1, e->extension) == 0)
            by_extension = e->name;
    }
    return by_extension;
}

/* Without an -f of its own an output takes the format of its name. */
static void
set_output(struct parser *p, const char *value)
{
    const char *format = p->format ? p->format : format_of_name(value);

    if (!p->format)
        p->unpaired = p->options->outputs.len + 1;
    p->format = NULL;
    add_output(p, format, strcmp(value, "-") == 0 ? NULL : value);
}

static bool
apply(struct parser *p, const struct option *option, const char *value)
{
    struct gb_options *o = p->options;
    struct gb_choice words;
    int which = 0;

    p->used[option - options_table] = 1;
    if (option->argument && strchr(option->argument, '|') && (which = place_of(p, option, value, &words)) < 0)
        return false;
    switch (option->id) {
    case OPT_SWITCH:
        *(bool *)((char *)o + option->field) = true;
        break;
    case OPT_WORD:
        *(const char **)((char *)o + option->field) = value;
        break;
    case OPT_SETTING:
        gb_scope_set(&o->scope, (enum gb_setting)option->field, &words, which);
        o->english = o->scope.has_lang ? o->scope.english : o->english;
        break;
    case OPT_FORMAT:
        set_format(p, value);
        break;
    case OPT_OUTPUT:
        set_output(p, value);
        break;
    case OPT_SELECT:
    case OPT_IGNORE:
        return add_changes(p, value, option->id == OPT_SELECT);
    case OPT_TERMS:
        *gb_push(&o->terms) = value;
        break;
    case OPT_AS_OF:
        if (!gb_date_read(gb_str_from(value), &o->scope.facts.as_of))
            return FAIL(p, "--as-of 须为日期，如2018-09-01，不能是“%s”",
                        "--as-of takes a date such as 2018-09-01, not “%s”", value);
        break;
    case OPT_JOBS:
        return set_jobs(p, value);
    case OPT_COLOR:
        o->color = (enum gb_color)which;
        break;
    case OPT_AMBIGUOUS:
        o->ambiguous = (unsigned)which + 1;
        break;
    }
    return true;
}

/* The option's value: given with it, or the next argument. */
static bool
take_value(struct parser *p, const struct option *option, const char *given)
{
    if (!option->argument) {
        if (given)
            return FAIL(p, "选项 --%s 不带值", "the option --%s takes no value", option->name);
        return apply(p, option, NULL);
    }
    if (!given && p->at >= p->argc)
        return FAIL(p, "选项 --%s 缺少值 %s", "the option --%s lacks its value %s", option->name, option->argument);
    return apply(p, option, given ? given : p->argv[p->at++]);
}

static bool
parse_long(struct parser *p, const char *text)
{
    const char *equals = strchr(text, '=');
    struct gb_str name = {text, equals ? (size_t)(equals - text) : strlen(text)};
    const struct option *option = find_option(p, name);

    return option && take_value(p, option, equals ? equals + 1 : NULL);
}

/* -q, -fjson, -qj4. */
static bool
parse_letters(struct parser *p, const char *letters)
{
    while (*letters) {
        const struct option *option = find_letter(p, *letters++);
        if (!option)
            return false;
        if (option->argument)
            return take_value(p, option, *letters ? letters : NULL);
        if (!take_value(p, option, NULL))
            return false;
    }
    return true;
}

static const struct gb_command *
find_command(const char *name)
{
    for (const struct gb_command *c = gb_commands; c->name; c++) {
        if (strcmp(name, c->name) == 0)
            return c;
    }
    return NULL;
}

/* The first word is a command or a draft; one that is neither may be a misspelt command. */
static bool
check_first_word(struct parser *p, const char *word)
{
    const char *names[16];
    size_t n = 0;

    if (gb_path_exists(word) || strcmp(word, "-") == 0 || strpbrk(word, "./"))
        return true;
    for (const struct gb_command *c = gb_commands; c->name && n < GB_COUNT(names); c++)
        names[n++] = c->name;
    const char *near = gb_nearest(gb_str_from(word), names, n);
    if (!near)
        return true;
    return FAIL(p, "没有文件或命令“%s”；是否指命令“%s”？", "no file or command “%s”; did you mean the command “%s”?",
                word, near);
}

static bool
parse_all(struct parser *p)
{
    bool only_operands = false;

    while (p->at < p->argc) {
        const char *word = p->argv[p->at++];
        if (only_operands || word[0] != '-' || !word[1]) {
            const struct gb_command *command = NULL;
            if (!p->options->command && !only_operands && !p->options->operands.len)
                command = find_command(word);
            if (command) {
                p->options->command = command;
                continue;
            }
            if (!p->options->command && !only_operands && !p->options->operands.len && !check_first_word(p, word))
                return false;
            *gb_push(&p->options->operands) = word;
        } else if (strcmp(word, "--") == 0) {
            only_operands = true;
        } else if (word[1] == '-' ? !parse_long(p, word + 2) : !parse_letters(p, word + 1)) {
            return false;
        }
    }
    return true;
}

static bool
unknown_format(struct parser *p, const char *word, const char *const *formats, size_t n)
{
    struct gb_buf all = {0};

    for (size_t i = 0; i < n; i++)
        gb_buf_printf(&all, "%s%s", i ? "|" : "", formats[i]);
    gb_buf_add_char(&all, '\0');
    const char *near = gb_nearest(gb_str_from(word), formats, n);
    (void)FAIL(p, "没有输出格式“%s”，可以是 %s%s%s", "no format “%s”; it is one of %s%s%s", word, all.ptr,
               near ? GB_SAY(p->options->english, "；是否指 ", "; did you mean ") : "", near ? near : "");
    gb_buf_release(&all);
    return false;
}

/* Two outputs must not replace each other; devices take any number. */
static bool
is_taken(const struct gb_options *o, size_t i)
{
    const char *path = o->outputs.items[i].path;

    if (!path || strncmp(path, "/dev/", 5) == 0)
        return false;
    while (i--) {
        if (o->outputs.items[i].path && strcmp(o->outputs.items[i].path, path) == 0)
            return true;
    }
    return false;
}

/* XML is asked for, and the command writes two kinds of it: text under that name would help nobody. */
static bool
is_unsure(const struct gb_options *o, const char *path)
{
    const char *dot = strrchr(gb_path_name(path), '.');
    bool has_xml = false;

    for (const char *const *f = o->command->formats; f && *f; f++)
        has_xml |= strcmp(*f, "junit") == 0;
    return has_xml && dot && strcmp(dot, ".xml") == 0;
}

/* Each output has a format of the command; at most one goes to standard output. */
static bool
check_outputs(struct parser *p)
{
    struct gb_options *o = p->options;
    const char *const *formats = o->command->formats;
    size_t n = 0, to_stdout = 0;

    /* -o FILE -f FMT is a pair too, when nothing follows that -f would belong to. */
    if (p->format && p->unpaired)
        o->outputs.items[p->unpaired - 1].format = p->format;
    else if (p->format || !o->outputs.len)
        add_output(p, p->format, NULL);
    if (!formats && o->outputs.len > 1)
        return FAIL(p, "命令“%s”只有一个输出", "the command “%s” has one output only", o->command->name);
    while (formats && formats[n])
        n++;
    for (size_t i = 0; formats && i < o->outputs.len; i++) {
        struct gb_output_spec *output = &o->outputs.items[i];
        size_t k = 0;
        if (!output->format && output->path && is_unsure(o, output->path))
            return FAIL(
                p, "“%s”的名字没有说明是哪种格式：用 -f junit 或 -f checkstyle，或命名为 名字.junit.xml",
                "“%s” does not say which format it is: use -f junit or -f checkstyle, or name it NAME.junit.xml",
                output->path);
        if (!output->format)
            output->format = formats[0];
        while (k < n && strcmp(formats[k], output->format))
            k++;
        if (k == n)
            return unknown_format(p, output->format, formats, n);
        if (!output->path && to_stdout++)
            return FAIL(p, "只能有一个输出写到标准输出；其余用 -o 指定文件",
                        "only one output can go to standard output; name files with -o");
        if (is_taken(o, i))
            return FAIL(p, "两个输出写到同一文件“%s”", "two outputs go to one file “%s”", output->path);
    }
    return true;
}

static bool
check_command(struct parser *p)
{
    struct gb_options *o = p->options;
    size_t index = (size_t)(o->command - gb_commands);

    if (o->help || o->version)
        return true;
    for (size_t i = 0; i < GB_COUNT(options_table); i++) {
        if (p->used[i] && !(options_table[i].commands & 1 << index))
            return FAIL(p, "命令“%s”没有选项 --%s", "the command “%s” has no option --%s", o->command->name,
                        options_table[i].name);
    }
    return check_outputs(p);
}

/* Known before the first error is told. */
static bool
asks_for_english(int argc, char **argv)
{
    bool english = false;

    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--lang=en") == 0 ||
            (strcmp(argv[i], "--lang") == 0 && i + 1 < argc && strcmp(argv[i + 1], "en") == 0))
            english = true;
    }
    return english;
}

bool
gb_options_parse(struct gb_options *options, int argc, char **argv, struct gb_error *error)
{
    struct parser parser = {.options = options, .argc = argc, .argv = argv, .at = 1, .error = error};

    options->english = asks_for_english(argc, argv);
    if (!parse_all(&parser))
        return false;
    if (!options->command)
        options->command = &gb_commands[0];
    return check_command(&parser);
}

void
gb_options_release(struct gb_options *options)
{
    GB_RELEASE(&options->outputs, &options->operands, &options->scope.changes, &options->terms);
    gb_arena_release(&options->arena);
}

static void
help_option(const struct option *option, bool english)
{
    char letter[8] = "    ", left[160];

    if (option->letter)
        snprintf(letter, sizeof(letter), "-%c, ", option->letter);
    snprintf(left, sizeof(left), "%s--%s%s%s", letter, option->name, option->argument ? " " : "",
             option->argument ? option->argument : "");
    printf("  %s\n          %s\n", left, GB_SAY(english, option->zh, option->en));
}

static void
help_formats(const struct gb_command *command, bool english)
{
    if (!command->formats)
        return;
    fputs(GB_SAY(english, "\n输出格式：", "\nFormats:"), stdout);
    for (const char *const *f = command->formats; *f; f++)
        printf(" %s", *f);
    putchar('\n');
}

/* 1 means that something was found: only where something is looked for. */
static void
help_status(int command, bool english)
{
    const char *found = command & (LINT | FIX) ? GB_SAY(english, "没有达到 --fail-on 的问题；1 有",
                                                        "nothing at --fail-on or above; 1 findings")
                        : command & PACK       ? GB_SAY(english, "没有问题；1 有", "no faults; 1 faults")
                                               : GB_SAY(english, "完成", "done");

    printf(GB_SAY(english, "\n退出状态：0 %s；2 无法完成（文件、选项、配置、规则包或输出有误）\n",
                  "\nExit status: 0 %s; 2 could not do the job\n"),
           found);
}

/* Blanks up to the column of explanations. */
static int
pad(const char *operands)
{
    unsigned width = gb_str_width(gb_str_from(operands), 1);

    return width < 16 ? (int)(16 - width) : 0;
}

void
gb_options_help(const struct gb_options *options)
{
    bool english = options->english;
    const struct gb_command *command = options->command;
    int mask = 1 << (command - gb_commands);
    bool is_default = command == gb_commands;

    if (is_default)
        fputs(GB_SAY(english, "gblint：检查标准草案是否符合 GB/T 1.1\n\n",
                     "gblint: lints drafts of Chinese standards (GB/T 1.1)\n\n"),
              stdout);
    else
        printf(GB_SAY(english, "gblint %s：%s\n\n", "gblint %s: %s\n\n"), command->name,
               GB_SAY(english, command->zh, command->en));
    printf(GB_SAY(english, "用法：gblint %s [选项…]%s%s\n", "Usage: gblint %s [OPTION…]%s%s\n"),
           is_default ? "[lint]" : command->name, *command->operands ? " " : "", command->operands);
    if (is_default) {
        fputs(GB_SAY(english, "\n命令：\n", "\nCommands:\n"), stdout);
        for (const struct gb_command *c = gb_commands; c->name; c++)
            printf("  %-8s %s%*s %s\n", c->name, c->operands, pad(c->operands), "", GB_SAY(english, c->zh, c->en));
    }
    fputs(GB_SAY(english, "\n选项：\n", "\nOptions:\n"), stdout);
    for (size_t i = 0; i < GB_COUNT(options_table); i++) {
        if (options_table[i].commands & mask)
            help_option(&options_table[i], english);
    }
    help_formats(command, english);
    help_status(mask, english);
}

bool
gb_option_row(size_t i, struct gb_option_row *out)
{
    if (i >= GB_COUNT(options_table))
        return false;
    const struct option *o = &options_table[i];
    *out = (struct gb_option_row){o->name, o->letter, o->argument, (unsigned)o->commands, o->zh, o->en};
    return true;
}
