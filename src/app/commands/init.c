/*
 * The init command: a .gblint.yaml with comments for the drafts of the current folder, and git's pre-commit hook, shown or installed.
 * What is there already is never changed, except a hook that an earlier init wrote.
 */
#include "app/app.h"
#include "app/draft.h"
#include "app/files/git.h"
#include "app/files/output.h"
#include "app/files/path.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define CONFIG ".gblint.yaml"
/* In each hook that init writes. */
#define MARK "gblint init --git-hook"

/* Drafts that are read for a guess; more would hardly change it. */
enum { MOST_DRAFTS = 200 };

/* A value that drafts have, and how many; "-": none shows, or none that can be set. */
struct vote {
    const char *value;
    unsigned n;
};

struct ballot {
    GB_ARRAY(struct vote) votes;
};

struct guess {
    struct gb_arena arena;
    struct ballot editions, stages, profiles;
};

/* ---- What the drafts are ---- */

static void
cast(struct ballot *ballot, struct gb_arena *arena, struct gb_str value)
{
    if (!value.len)
        value = GB_STR("-");
    GB_EACH_IN_PLACE(vote, &ballot->votes) {
        if (gb_str_is(value, vote->value)) {
            vote->n++;
            return;
        }
    }
    *gb_push(&ballot->votes) = (struct vote){gb_arena_copy(arena, value).ptr, 1};
}

static void
look_at(struct guess *guess, const struct gb_input *input)
{
    struct gb_draft draft;
    struct gb_error error;
    struct gb_choice profiles;

    gb_choice_of(GB_PROFILE_WORDS, &guess->arena, &profiles);
    if (gb_draft_read(&draft, input, &error) == GB_DRAFT_READY && draft.doc->is_standard) {
        cast(&guess->editions, &guess->arena, draft.report.edition);
        cast(&guess->stages, &guess->arena, draft.report.stage);
        /* Several at once cannot be set: they are left to each draft. */
        bool is_one = gb_choice_find(&profiles, draft.report.profile) >= 0;
        cast(&guess->profiles, &guess->arena, is_one ? draft.report.profile : GB_STR(""));
    }
    gb_draft_release(&draft);
}

static void
look_around(struct guess *guess, const struct gb_options *options)
{
    struct gb_configs *configs = gb_configs_new(options, true);
    struct gb_inputs inputs = {0};

    gb_inputs_collect(&inputs, options, configs);
    for (size_t i = 0; i < inputs.list.len && i < MOST_DRAFTS; i++)
        look_at(guess, &inputs.list.items[i]);
    gb_inputs_release(&inputs);
    gb_configs_free(configs);
}

/* ---- The config ---- */

/* "edition: 2020" where all drafts agree; else as a comment, with what they are. */
static void
write_choice(struct gb_out *out, const char *key, const struct ballot *ballot, const char *example, bool english)
{
    size_t n = ballot->votes.len;

    if (n == 1 && strcmp(ballot->votes.items[0].value, "-")) {
        gb_out_printf(out, GB_SAY(english, "%s: %s  # %u 个草案如此\n", "%s: %s  # so in %u drafts\n"), key,
                      ballot->votes.items[0].value, ballot->votes.items[0].n);
        return;
    }
    gb_out_printf(out, "# %s: %s", key, example);
    if (n > 1)
        gb_out_puts(out, GB_SAY(english, "  # 各草案不同：", "  # drafts differ:"));
    for (size_t i = 0; n > 1 && i < n; i++)
        gb_out_printf(out, " %s (%u)", ballot->votes.items[i].value, ballot->votes.items[i].n);
    gb_out_char(out, '\n');
}

static const char *const head[] = {
    "# gblint 的设置，用于本目录及其下各层的草案；命令行的选项优先。\n"
    "# 各行的作用见 README；gblint --show-config 显示每个草案实际使用的设置。\n",
    "# Settings of gblint for the drafts in this folder and below; options on the command line come first.\n"
    "# README explains the keys; gblint --show-config shows what is in force for each draft.\n"
    "\n# Language of messages: zh, en.\n"
    "lang: en\n",
};
static const char *const on_edition[] = {
    "\n# 依据 GB/T 1.1 的哪一版：2009、2020。不写时由每个草案判定。\n",
    "\n# Edition of GB/T 1.1: 2009, 2020. Left out: what each draft shows.\n",
};
static const char *const on_stage[] = {
    "\n# 阶段：草、征、送、报。进入下一阶段时改动；不写时由封面判定。\n",
    "\n# Stage: draft, comment, review, approval. To be changed with the next; left out: what the cover "
    "shows.\n",
};
static const char *const on_profile[] = {
    "\n# 检查方案：" GB_PROFILE_WORDS "。不写时由每个草案判定。\n",
    "\n# Profile: " GB_PROFILE_WORDS ". Left out: what each draft shows.\n",
};
static const char *const tail[] = {
    "\n# 显示的最低级别：error、warning、info。\n"
    "# level: warning\n"
    "\n# 达到哪一级时退出状态为 1，提交被拒绝：error、warning、info、never。\n"
    "# fail_on: error\n"
    "\n# 规则或规则组：off、error、warning、info，或规则自己的选项。gblint rules 列出全部规则。\n"
    "# rules:\n"
    "#   MDC: off\n"
    "#   NUM-012: error\n"
    "\n# 不检查的文件和目录。\n"
    "# exclude: [old/, \"*.bak.md\"]\n"
    "\n# 只对部分草案有效的设置。\n"
    "# overrides:\n"
    "#   - files: [\"part-2/**\"]\n"
    "#     stage: 草\n"
    "\n# 一个草案分为几个文件；几个草案属于同一系列。\n"
    "# drafts:\n"
    "#   - files: [front.md, body.md, annexes.md]\n"
    "# series: [\"part-*.md\"]\n"
    "\n# 标准名录、术语库、自定义的规则包。\n"
    "# registry: standards.csv\n"
    "# terms: terms.csv\n"
    "# packs: [our-rules.yaml]\n"
    "\n# 基线（gblint baseline 写出）中已知的问题不报告；off 不使用基线。\n"
    "# baseline: on\n",
    "\n# Lowest level shown: error, warning, info.\n"
    "# level: warning\n"
    "\n# Exit status 1, and a refused commit, from this level on: error, warning, info, never.\n"
    "# fail_on: error\n"
    "\n# Rules or groups: off, error, warning, info, or options of the rule. gblint rules lists them all.\n"
    "# rules:\n"
    "#   MDC: off\n"
    "#   NUM-012: error\n"
    "\n# Files and folders left out.\n"
    "# exclude: [old/, \"*.bak.md\"]\n"
    "\n# Settings for some drafts only.\n"
    "# overrides:\n"
    "#   - files: [\"part-2/**\"]\n"
    "#     stage: draft\n"
    "\n# A draft kept in several files; drafts that form a series.\n"
    "# drafts:\n"
    "#   - files: [front.md, body.md, annexes.md]\n"
    "# series: [\"part-*.md\"]\n"
    "\n# Registry of standards, term bank, rule packs of your own.\n"
    "# registry: standards.csv\n"
    "# terms: terms.csv\n"
    "# packs: [our-rules.yaml]\n"
    "\n# Findings known from the baseline (written by gblint baseline) are not told; off: it is not used.\n"
    "# baseline: on\n",
};

/* Writes a file whole; mode 0: as new files have it. False and *error when it cannot be written. */
static bool
create(const char *path, struct gb_str text, mode_t mode, bool english, struct gb_error *error)
{
    struct gb_output output;

    if (!gb_output_open(&output, path, english, error))
        return false;
    gb_out_add(&output.out, text);
    if (!gb_output_close(&output, english, error))
        return false;
    if (mode && chmod(path, mode)) {
        gb_error_set(error, path, 0, 0, "%s", strerror(errno));
        return false;
    }
    return true;
}

static bool
write_config(const struct gb_options *options, struct gb_error *error)
{
    bool english = options->english;
    struct guess guess = {0};
    struct gb_out out = GB_OUT_ZERO;

    if (gb_path_exists(CONFIG)) {
        if (!options->quiet)
            puts(GB_SAY(english, CONFIG "：已经存在，没有改动。", CONFIG ": is there already, left as it is."));
        return true;
    }
    look_around(&guess, options);
    gb_out_puts(&out, head[english]);
    gb_out_puts(&out, on_edition[english]);
    write_choice(&out, "edition", &guess.editions, "2020", english);
    gb_out_puts(&out, on_stage[english]);
    write_choice(&out, "stage", &guess.stages, GB_SAY(english, "征", "comment"), english);
    gb_out_puts(&out, on_profile[english]);
    write_choice(&out, "profile", &guess.profiles, "gb11", english);
    gb_out_puts(&out, tail[english]);
    bool ok = create(CONFIG, gb_buf_str(&out.buf), 0, english, error);
    if (ok && !options->quiet)
        puts(GB_SAY(english, CONFIG "：已写出。", CONFIG ": written."));
    gb_out_release(&out);
    GB_RELEASE(&guess.editions.votes, &guess.stages.votes, &guess.profiles.votes);
    gb_arena_release(&guess.arena);
    return ok;
}

/* ---- The hook ---- */

/* 'a word' for sh. */
static void
write_quoted(struct gb_out *out, const char *word)
{
    gb_out_char(out, '\'');
    for (; *word; word++) {
        if (*word == '\'')
            gb_out_puts(out, "'\\''");
        else
            gb_out_char(out, *word);
    }
    gb_out_char(out, '\'');
}

static void
write_hook(struct gb_out *out, bool english)
{
    char program[4096];
    ssize_t n = readlink("/proc/self/exe", program, sizeof(program) - 1);

    gb_out_puts(out,
                GB_SAY(english, "#!/bin/sh\n# " MARK " 写出：检查暂存的草案，有达到 fail_on 级别的问题时拒绝提交。\n",
                       "#!/bin/sh\n# Written by " MARK
                       ": lints the staged drafts; findings at the level of fail_on refuse the commit.\n"));
    gb_out_puts(out, "gblint=gblint\n");
    if (n > 0) {
        program[n] = '\0';
        gb_out_puts(out, "command -v gblint >/dev/null 2>&1 || gblint=");
        write_quoted(out, program);
        gb_out_char(out, '\n');
    }
    gb_out_puts(out, "\"$gblint\" --staged --quiet && exit\nstatus=$?\n");
    gb_out_puts(out,
                GB_SAY(english, "echo 'gblint: 提交被拒绝；改正后再提交，或用 git commit --no-verify 跳过检查' >&2\n",
                       "echo 'gblint: commit refused; mend the drafts, or skip the check with git commit "
                       "--no-verify' >&2\n"));
    gb_out_puts(out, "exit $status\n");
}

static bool
refuse_foreign(const char *path, bool english, struct gb_error *error)
{
    gb_error_set(error, path, 0, 0, "%s",
                 GB_SAY(english, "已有别的钩子，没有改动；请在其中加一行：gblint --staged --quiet || exit 1",
                        "another hook is there and was left alone; add this line to it: gblint --staged "
                        "--quiet || exit 1"));
    return false;
}

static bool
install(const char *folder, struct gb_str hook, bool english, struct gb_error *error)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    const char *path = gb_path_join(&arena, folder, "pre-commit");
    struct gb_str old;
    bool ok = true;

    if (gb_path_exists(path))
        ok = gb_read_regular_file(path, &arena, &old, error) &&
             (gb_str_has(old, GB_STR(MARK)) || refuse_foreign(path, english, error));
    else
        (void)mkdir(folder, 0777); /* where it cannot be made, writing into it fails and tells why */
    ok = ok && create(path, hook, 0755, english, error);
    if (ok)
        printf(GB_SAY(english, "%s：已安装，提交时检查暂存的草案。\n", "%s: installed, commits are checked.\n"), path);
    gb_arena_release(&arena);
    return ok;
}

static bool
install_hook(struct gb_str hook, bool english, struct gb_error *error)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_git *git = gb_git_open(english, error);
    const char *folder;
    bool ok = git && gb_git_hooks(git, &arena, &folder, error) && install(folder, hook, english, error);

    gb_git_close(git);
    gb_arena_release(&arena);
    return ok;
}

int
gb_cmd_init(const struct gb_options *options)
{
    bool english = options->english, ok = true;
    struct gb_out hook = GB_OUT_ZERO;
    struct gb_error error = {0};

    if (options->operands.len) {
        gb_error_set(&error, NULL, 0, 0, "%s",
                     GB_SAY(english, "init 不带文件：它写当前目录的 " CONFIG,
                            "init takes no files: it writes " CONFIG " of the current folder"));
        ok = false;
    }
    ok = ok && write_config(options, &error);
    write_hook(&hook, english);
    if (ok && options->git_hook) {
        ok = install_hook(gb_buf_str(&hook.buf), english, &error);
    } else if (ok && !options->quiet) {
        puts(GB_SAY(english,
                    "\n要在提交时检查暂存的草案，运行 gblint init --git-hook，或自行写 .git/hooks/pre-commit：\n",
                    "\nTo lint staged drafts at each commit run gblint init --git-hook, or write "
                    ".git/hooks/pre-commit yourself:\n"));
        fwrite(hook.buf.ptr, 1, hook.buf.len, stdout);
    }
    if (!ok)
        gb_error_print(&error);
    gb_out_release(&hook);
    return ok ? GB_STATUS_CLEAN : GB_STATUS_FAILED;
}
