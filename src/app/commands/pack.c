/* The pack command: loads rule packs as a run would, tries their patterns, runs their examples. */
#include "app/app.h"
#include "app/example.h"
#include "app/options.h"

#include <stdio.h>

struct pack {
    const char *path;
    const struct gb_ruleset *rules;
    struct gb_arena arena;
    bool english;
    unsigned n_rules, n_examples, n_faults;
};

static void
complain(struct pack *pack, const struct gb_page *page, unsigned line, unsigned column, const char *what,
         struct gb_str detail)
{
    printf("%s:%u:%u: %.*s: %s%.*s\n", pack->path, line, column, GB_FMT(page->code), what, GB_FMT(detail));
    pack->n_faults++;
}

static void
check_patterns(struct pack *pack, const struct gb_page *page, size_t i)
{
    struct gb_trial trials[16];
    size_t n = gb_page_try(pack->rules, i, trials, GB_COUNT(trials));

    for (size_t k = 0; k < n && k < GB_COUNT(trials); k++) {
        if (trials[k].gives_up)
            complain(pack, page, page->line, page->column,
                     GB_SAY(pack->english, "正则表达式在4 kB的文字上超出匹配限度：",
                            "the pattern reaches its limit on a text of 4 kB: "),
                     trials[k].pattern);
        else if (trials[k].is_slow)
            complain(pack, page, page->line, page->column,
                     GB_SAY(pack->english, "正则表达式在4 kB的文字上太慢：",
                            "the pattern is too slow on a text of 4 kB: "),
                     trials[k].pattern);
        if (trials[k].has_no_key)
            printf("%s:%u:%u: %.*s: %s%.*s\n", pack->path, page->line, page->column, GB_FMT(page->code),
                   GB_SAY(pack->english, "提示：正则表达式没有必现的文字，要在每段上运行；可用“keys”给出：",
                          "note: no word is in every match, so the pattern runs on every text; give `keys`: "),
                   GB_FMT(trials[k].pattern));
    }
}

static void
check_examples(struct pack *pack, const struct gb_page *page)
{
    struct gb_buf fault = {0};

    GB_EACH(const struct gb_example, example, page->examples, page->n_examples) {
        fault.len = 0;
        pack->n_examples++;
        if (!gb_example_holds(example, page->code, pack->path, &fault)) {
            complain(pack, page, example->line, example->column,
                     GB_SAY(pack->english, "例子不成立：", "the example does not hold: "), GB_STR(""));
            printf("%.*s", GB_FMT(gb_buf_str(&fault)));
        }
    }
    gb_buf_release(&fault);
}

static int
check_pack(const char *path, bool english)
{
    struct gb_ruleset_options options = {.english = english, .packs = &path, .n_packs = 1};
    struct gb_error error;
    struct gb_ruleset *rules = gb_ruleset_new(&options, &error);
    struct pack pack = {.path = path, .rules = rules, .english = english};

    if (!rules) {
        gb_error_print(&error);
        return GB_STATUS_FAILED;
    }
    for (size_t i = 0; i < gb_ruleset_count(rules); i++) {
        struct gb_page page;

        gb_page_read(rules, i, false, &pack.arena, &page);
        if (!gb_str_is(page.file, path))
            continue;
        gb_page_read(rules, i, true, &pack.arena, &page);
        pack.n_rules++;
        check_patterns(&pack, &page, i);
        check_examples(&pack, &page);
    }
    printf(GB_SAY(english, "%s：%u条规则，%u个例子，%u个问题\n", "%s: %u rules, %u examples, %u faults\n"), path,
           pack.n_rules, pack.n_examples, pack.n_faults);
    gb_arena_release(&pack.arena);
    gb_ruleset_free(rules);
    return pack.n_faults ? GB_STATUS_FOUND : GB_STATUS_CLEAN;
}

int
gb_cmd_pack(const struct gb_options *options)
{
    int worst = GB_STATUS_CLEAN;

    if (options->operands.len < 2 || strcmp(options->operands.items[0], "check") != 0)
        return gb_refuse(options->english, "用法：gblint pack check 文件…", "usage: gblint pack check FILE…");
    for (size_t i = 1; i < options->operands.len; i++) {
        int status = check_pack(options->operands.items[i], options->english);
        worst = status > worst ? status : worst;
    }
    return worst;
}
