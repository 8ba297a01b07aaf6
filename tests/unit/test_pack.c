/* Packs: faults with their places, the built-in image against the loader, and what must hold over all rules. */
#include "rule/folder_priv.h"
#include "rule/kind_priv.h"
#include "rule/ruleset_priv.h"
#include "unit.h"
#include <stdio.h>
#include <stdlib.h>

static const struct gb_image *
builtin(void)
{
    return (const struct gb_image *)(const void *)gb_builtin_image;
}

/* Loads one pack above the built-in ones; NULL and *error on a fault. */
static struct gb_image *
load(const char *text, bool is_builtin, struct gb_error *error)
{
    const struct gb_image *below[] = {builtin()};
    struct gb_loader_options options = {.is_builtin = is_builtin, .below = below, .n_below = 1};
    struct gb_loader *loader = gb_loader_new(&options);
    struct gb_image *image = NULL;

    if (gb_loader_add(loader, "p.yaml", "p", gb_str_from(text), error))
        image = gb_loader_finish(loader, error);
    gb_loader_free(loader);
    return image;
}

/* An entry with all that must be there, and one line more. */
#define ENTRY(lines) "- rule: ACM-001\n  level: warning\n  message: 文\n  check: forbid\n" lines
#define WORDS "  with: {words: [必须]}\n"

TEST(refuses_bad_packs)
{
    static const struct {
        const char *text;
        unsigned line, column;
        const char *says;
    } rows[] = {
        {"rule: ACM-001\n", 1, 1, "应是一列规则"},
        {"- 规则\n", 1, 3, "应为映射"},
        {ENTRY(WORDS "  levle: error\n"), 6, 3, "最接近的是“level”"},
        {"- rule: ACM-001\n  level: eror\n", 2, 10, "最接近的是“error”"},
        {"- rule: ACM-001\n  level: {2019: error}\n", 2, 11, "“2019”"},
        {"- rule: ACM-001\n  level: {2009: erorr}\n", 2, 17, "“error”"},
        {"- rule: acm1\n", 1, 9, "ACM-001"},
        {"- level: error\n  message: 文\n  check: forbid\n", 1, 3, "缺“rule”"},
        {"- rule: ACM-001\n  level: error\n  check: forbid\n", 1, 3, "缺“message”"},
        {"- rule: ACM-001\n  level: error\n  message: 文\n  check: forbit\n", 4, 10, "“forbid”"},
        {ENTRY("  with: {wrods: [必须]}\n"), 5, 10, "“words”"},
        {ENTRY("  with: {in: [body]}\n"), 5, 3, "缺“words”或“pattern”"},
        {ENTRY("  with: {words: [必须], in: [bodi]}\n"), 5, 28, "“body”"},
        {ENTRY("  with: {words: [必须], except: [quote]}\n"), 5, 32, "“quotes”"},
        {ENTRY("  with: {words: [必须], once: 也许}\n"), 5, 29, "true或false"},
        {ENTRY("  with: {words: {list: no-such}}\n"), 5, 24, "词表"},
        {ENTRY("  with: {words: {必须: 应}}\n"), 5, 17, "应为列表"},
        {ENTRY("  with: {pattern: [应宜]}\n"), 5, 19, "单引号"},
        {ENTRY("  with: {pattern: '(应'}\n"), 5, 19, "正则表达式"},
        {ENTRY("  with: {pattern: '必*'}\n"), 5, 19, "空文字"},
        {ENTRY("  with: {words: [必须], keys: [必须]}\n"), 5, 3, "keys"},
        {ENTRY(WORDS "  stages: [草, 终]\n"), 6, 15, "阶段“终”"},
        {ENTRY(WORDS "  profiles: [gb12]\n"), 1, 9, "gb12"},
        {ENTRY(WORDS "  fix: maybe\n"), 6, 8, "none"},
        {ENTRY(WORDS "  source: [{clause: '7'}]\n"), 6, 12, "缺“doc”"},
        {ENTRY(WORDS "  source: [{doc: A, mark: X}]\n"), 6, 27, "mark"},
        {ENTRY(WORDS "  title: {zh: 文, fr: texte}\n"), 6, 18, "语言“fr”"},
        {ENTRY(WORDS "  cases: {some: {level: error}}\n"), 6, 17, "高于"},
        {ENTRY(WORDS "  cases: {some: {levl: info}}\n"), 6, 18, "“level”"},
        {"- rule: ACM-001\n  level: error\n  message: 文\n  check: hanging-paragraph\n  cases: {some: "
         "{level: info}}\n",
         5, 11, "figure"},
        {"- rule: ACM-001\n  level: error\n  message: 文\n  check: hanging-paragraph\n  with: {limit: 3}\n", 5, 10,
         "没有参数“limit”"},
        {ENTRY(WORDS "  examples:\n    - at: [文]\n"), 7, 7, "缺bad"},
        {ENTRY(WORDS "  examples:\n    - {bad: 文, good: 文}\n"), 7, 16, "之一"},
        {ENTRY(WORDS "  examples:\n    - {good: 文, at: [文]}\n"), 7, 17, "只用于bad"},
        {ENTRY(WORDS "  examples:\n    - {good: 文, context: clauses}\n"), 7, 26, "“clause”"},
        {ENTRY(WORDS "  examples:\n    - {good: {clauze: 文}}\n"), 7, 15, "“clause”"},
        {ENTRY(WORDS "  examples:\n    - {good: 文, format: xml}\n"), 7, 25, "markdown"},
        {ENTRY(WORDS) ENTRY(WORDS), 6, 9, "第1行"},
        {"- rule: NUM-012\n  level: error\n  message: 文\n  check: forbid\n" WORDS, 1, 9, "num.yaml"},
        {"- {list: a}\n", 1, 3, "缺“words”"},
        {"- {list: a, words: [x], extends: true}\n", 1, 10, "词表“a”"},
        {"- {list: a, wrods: [x]}\n", 1, 13, "“words”"},
        {"- {list: a, words: [x]}\n- {list: a, words: {x: y}}\n", 2, 20, "原为"},
        {"- rule: ACM-001\n  level: info\n  message: 文\n  check: replace\n  with: {pattern: '必须'}\n", 5, 3, "“by”"},
        {"- rule: ACM-001\n  level: info\n  message: 文\n  check: count\n  with: {what: tabel, max: 1}\n", 5, 16,
         "“table”"},
        {"- rule: ACM-001\n  level: info\n  message: 文\n  check: count\n  with: {what: table}\n", 5, 3, "min"},
        {"- rule: ACM-001\n  level: info\n  message: 文\n  check: count\n  with: {what: table, max: 一}\n", 5, 28,
         "数字"},
        {"- rule: ACM-001\n  level: info\n  message: 文\n  check: order\n  with: {patterns: [甲]}\n", 5, 3, "两个"},
    };
    unsigned n_wrong = 0;

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct gb_error error = {0};
        struct gb_image *image = load(rows[i].text, false, &error);

        if (image || error.line != rows[i].line || error.column != rows[i].column ||
            !strstr(error.message, rows[i].says)) {
            n_wrong++;
            print_error("%s\ngot %u:%u %s\nexpected %u:%u %s\n", rows[i].text, error.line, error.column, error.message,
                        rows[i].line, rows[i].column, rows[i].says);
        }
        free(image);
    }
    assert_int_equal(n_wrong, 0);
}

/* What only built-in packs must have. */
#define FULL(level, source, rest)                                                                                      \
    "- rule: ACM-001\n  name: some\n  level: " level "\n  source: [" source "]\n  title: {zh: 题, en: t}\n"           \
    "  message: {zh: 文, en: m}\n  why: {zh: 因, en: w}\n  check: forbid\n" rest
#define EXAMPLES "  examples: [{bad: 必须}, {good: 应}]\n"

TEST(is_strict_with_built_in_packs)
{
    static const struct {
        const char *text, *says; /* NULL: it is good */
    } rows[] = {
        {FULL("error", "{doc: GB/T 1.1, edition: 2020, clause: '7', mark: C}", WORDS EXAMPLES), NULL},
        {FULL("error", "{doc: GB/T 1.1, edition: 2020, clause: '7', mark: M}", WORDS EXAMPLES),
         "2020版的来源都只凭记忆"},
        {FULL("{2020: warning}", "{doc: GB/T 1.1, edition: 2020, clause: '7', mark: M}", WORDS EXAMPLES), NULL},
        {FULL("{2020: error, 2009: warning}",
              "{doc: GB/T 1.1, edition: 2020, mark: C}, {doc: GB/T 1.1, edition: 2009, mark: M}", WORDS EXAMPLES),
         NULL},
        {FULL("error", "{doc: GB/T 1.1, edition: 2009, mark: M}, {doc: GB/T 20001.5, mark: C}", WORDS EXAMPLES), NULL},
        {FULL("error", "{doc: gblint}", WORDS), "缺例子"},
        {FULL("error", "{doc: gblint}", WORDS "  examples: [{bad: 必须}]\n"), "缺例子"},
        {FULL("error", "{doc: gblint}", "  with: {pattern: '\\d+'}\n" EXAMPLES), "keys"},
        {FULL("error", "{doc: gblint}", "  with: {pattern: '\\d+', keys: ['1']}\n" EXAMPLES), NULL},
        {FULL("error", "{doc: gblint}", WORDS "  kind: report\n"), NULL},
        {FULL("error", "{doc: gblint}", WORDS "  remedy: 改\n" EXAMPLES), "应为映射"},
        {FULL("error", "{doc: gblint}", WORDS "  remedy: {zh: 改}\n" EXAMPLES), "缺“en”"},
        {ENTRY(WORDS EXAMPLES), "应为映射"},
    };

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct gb_error error = {0};
        struct gb_image *image = load(rows[i].text, true, &error);

        if (!image != !!rows[i].says || (rows[i].says && !strstr(error.message, rows[i].says)))
            fail_msg("%s\ngot %s\nexpected %s", rows[i].text, error.message, rows[i].says ? rows[i].says : "nothing");
        free(image);
    }
}

TEST(joins_sources_by_edition)
{
    struct gb_error error;
    struct gb_image *image = load(ENTRY(WORDS "  source:\n"
                                              "    - {doc: GB/T 1.1, edition: 2020, clause: '7.4'}\n"
                                              "    - {doc: GB/T 1.1, edition: 2020, clause: '8.3'}\n"
                                              "    - {doc: DB32/T 2796—2015, clause: 7.3.4.4}\n"),
                                  false, &error);

    assert_non_null(image);
    const struct gb_image_rule *rule = gb_image_at(image, image->rules);
    assert_string_equal(gb_image_str(image, rule->source_line[GB_EDITION_2020]).ptr,
                        "GB/T 1.1—2020, 7.4；GB/T 1.1—2020, 8.3");
    assert_string_equal(gb_image_str(image, rule->source_line[GB_EDITION_2009]).ptr, "DB32/T 2796—2015, 7.3.4.4");
    free(image);
}

/* The image in the program and the one that the loader makes now are the same bytes. */
TEST(built_in_image_is_what_the_loader_makes)
{
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_error error;
    const char **read = NULL;
    size_t n = 0;
    struct gb_image *image = gb_load_folder(GB_RULES, &arena, &read, &n, &error);

    if (!image)
        fail_msg("%s:%u: %s", error.path, error.line, error.message);
    assert_int_equal(image->size, builtin()->size);
    assert_memory_equal(image, builtin(), image->size);
    free(image);
    gb_arena_release(&arena);
}

TEST(every_native_check_is_used)
{
    const struct gb_image_rule *rules = gb_image_at(builtin(), builtin()->rules);
    struct gb_arena arena = GB_ARENA_ZERO;
    const struct gb_check_def **defs = gb_check_defs(&arena);

    for (size_t i = 0; defs[i]; i++) {
        bool is_used = false;
        for (size_t k = 0; k < builtin()->rules.n; k++)
            is_used = is_used || (rules[k].head.is_native && rules[k].head.check_index == i);
        if (!is_used)
            fail_msg("no rule has `check: %s`", defs[i]->name);
    }
    gb_arena_release(&arena);
}

static const char *
write_pack(char *path, const char *text)
{
    int fd = mkstemp(path);
    FILE *f = fdopen(fd, "w");

    fputs(text, f);
    fclose(f);
    return path;
}

static struct gb_value
value_of(const struct gb_ruleset *rules, const char *code)
{
    return gb_rule_value(gb_ruleset_find(rules, gb_str_from(code)), GB_SEARCH_WORDS);
}

/* A later pack extends or replaces a list, and rules of packs before it search the new words. */
TEST(later_packs_change_lists)
{
    char first[] = "/tmp/gblint-pack.XXXXXX", second[] = "/tmp/gblint-pack.XXXXXX";
    const char *packs[] = {
        write_pack(first, "- {list: a, words: [甲]}\n- {list: b, words: [乙]}\n" ENTRY(
                              "  with: {words: {list: [a, b], words: [丙]}}\n")),
        write_pack(second,
                   "- {list: a, extends: true, words: [丁]}\n- {list: b, words: [戊, 己]}\n"
                   "- rule: ACM-002\n  level: info\n  message: 文\n  check: forbid\n  with: {words: {list: a}}\n"),
    };
    struct gb_ruleset_options options = {.packs = packs, .n_packs = 2};
    struct gb_error error;
    struct gb_ruleset *rules = gb_ruleset_new(&options, &error);
    static const char *const wanted[] = {"甲", "丁", "戊", "己", "丙"};

    remove(first);
    remove(second);
    if (!rules)
        fail_msg("%s:%u: %s", error.path, error.line, error.message);
    struct gb_value old = value_of(rules, "ACM-001"), new = value_of(rules, "ACM-002");
    assert_int_equal(gb_value_count(&old), GB_COUNT(wanted));
    for (size_t i = 0; i < GB_COUNT(wanted); i++)
        assert_true(gb_str_is(gb_value_word(&old, i), wanted[i]));
    assert_int_equal(gb_value_count(&new), 2);
    assert_true(gb_ruleset_find(rules, GB_STR("ACM-001"))->in_extra);
    assert_false(gb_ruleset_find(rules, GB_STR("ACM-002"))->in_extra);
    gb_ruleset_free(rules);
}

/* What changes of config and command line do, in their order. */
TEST(applies_changes)
{
    static const struct {
        struct gb_rule_change changes[3];
        size_t n;
        enum gb_force force;
        enum gb_level level;
    } rows[] = {
        {{{.name = {"ACM-001", 7}, .has_level = true, .level = GB_LEVEL_INFO}}, 1, GB_FORCE_ON, GB_LEVEL_INFO},
        {{{.name = {"ACM", 3}, .has_level = true, .level = GB_LEVEL_ERROR}}, 1, GB_FORCE_NONE, GB_LEVEL_ERROR},
        {{{.name = {"ALL", 3}, .has_level = true, .level = GB_LEVEL_OFF}}, 1, GB_FORCE_OFF, GB_LEVEL_WARNING},
        {{{.name = {"ALL", 3}, .has_level = true, .level = GB_LEVEL_OFF}, {.name = {"ACM-001", 7}, .on = true}},
         2,
         GB_FORCE_ON,
         GB_LEVEL_WARNING},
        {{{.name = {"NUM", 3}, .select = true}}, 1, GB_FORCE_OFF, GB_LEVEL_WARNING},
        {{{.name = {"ACM", 3}, .select = true}}, 1, GB_FORCE_NONE, GB_LEVEL_WARNING},
        {{{.name = {"ACM-001", 7}, .select = true}}, 1, GB_FORCE_ON, GB_LEVEL_WARNING},
        {{{.name = {"ACM", 3}, .select = true}, {.name = {"ACM-001", 7}, .on = false}},
         2,
         GB_FORCE_OFF,
         GB_LEVEL_WARNING},
    };
    char path[] = "/tmp/gblint-pack.XXXXXX";
    const char *packs[] = {write_pack(path, ENTRY(WORDS))};

    for (size_t i = 0; i < GB_COUNT(rows); i++) {
        struct gb_ruleset_options options = {.packs = packs,
                                             .n_packs = 1,
                                             .changes = rows[i].changes,
                                             .n_changes = rows[i].n};
        struct gb_error error;
        struct gb_ruleset *rules = gb_ruleset_new(&options, &error);
        const struct gb_rule *rule = gb_ruleset_find(rules, GB_STR("ACM-001"));

        if (rule->force != rows[i].force || rule->level[0] != rows[i].level)
            fail_msg("row %zu: force %d, level %d", i, (int)rule->force, rule->level[0]);
        gb_ruleset_free(rules);
    }
    remove(path);
}

/* Examples of each context can be set into each base document, and change it. */
TEST(base_documents_have_every_context)
{
    static const char *const contexts[] = {"cover",           "toc",   "foreword", "intro",   "title",  "scope",
                                           "references",      "terms", "chapters", "chapter", "clause", "body",
                                           "normative-annex", "annex", "biblio",   "index",   "clause+"};
    char path[] = "/tmp/gblint-pack.XXXXXX";
    int fd = mkstemp(path);
    FILE *f = fdopen(fd, "w");
    unsigned n = 0;

    fprintf(f, "- rule: ACM-001\n  level: info\n  message: 文\n  check: forbid\n  with: {words: [必须]}\n  "
               "examples:\n");
    for (size_t i = 0; i < GB_COUNT(contexts); i++) {
        for (int k = 0; k < 4; k++, n++)
            fprintf(f, "    - {good: 必有此句, context: %s, format: %s, args: [--edition, '%s']}\n", contexts[i],
                    k & 1 ? "docbook" : "markdown", k & 2 ? "2009" : "2020");
    }
    fclose(f);

    const char *packs[] = {path};
    struct gb_ruleset_options options = {.packs = packs, .n_packs = 1};
    struct gb_error error;
    struct gb_ruleset *rules = gb_ruleset_new(&options, &error);
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_page page;
    if (!rules)
        fail_msg("%u: %s", error.line, error.message);
    gb_page_read(rules, gb_ruleset_index(rules, GB_STR("ACM-001")), true, &arena, &page);
    assert_int_equal(page.n_examples, n);
    for (size_t i = 0; i < page.n_examples; i++) {
        assert_true(gb_str_has(page.examples[i].document, GB_STR("必有此句")));
        assert_true(gb_str_has(page.examples[i].document, i & 2 ? GB_STR("本标准") : GB_STR("本文件")));
        assert_false(gb_str_has(page.examples[i].document, GB_STR("@@")));
    }
    gb_arena_release(&arena);
    gb_ruleset_free(rules);
    remove(path);
}
