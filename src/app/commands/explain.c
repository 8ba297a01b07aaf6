/* The explain command: the page of one rule. */
#include "app/app.h"
#include "app/page.h"

struct explanation {
    struct gb_page page;
    struct gb_str remedy; /* for readers */
    bool english;
};

static void
write_strings(struct gb_json *json, const char *key, const struct gb_str *texts, size_t n)
{
    gb_json_begin(json, key, "[");
    for (size_t i = 0; i < n; i++)
        gb_json_str(json, texts[i]);
    gb_json_close(json, "]");
}

static void
write_example(struct gb_json *json, const struct gb_example *example)
{
    gb_json_open(json, "{");
    gb_json_field(json, "kind", gb_str_from(gb_example_kind_name(example->kind)));
    gb_json_field(json, "context", example->context);
    gb_json_field(json, "format", example->is_docbook ? GB_STR("docbook") : GB_STR("markdown"));
    write_strings(json, "args", example->args, example->n_args);
    write_strings(json, "at", example->at, example->n_at);
    gb_json_begin(json, "files", "{");
    for (size_t i = 0; i < example->n_files; i++)
        gb_json_field(json, example->files[2 * i].ptr, example->files[2 * i + 1]);
    gb_json_close(json, "}");
    gb_json_field(json, "fragment", example->fragment);
    gb_json_field(json, "document", example->document);
    gb_json_close(json, "}");
}

static void
write_words(struct gb_json *json, const struct gb_page_param *param)
{
    gb_json_open(json, "{");
    gb_json_field(json, "param", param->key);
    gb_json_given(json, "note", param->note);
    gb_json_begin(json, "words", "[");
    for (size_t i = 0; i < param->n_words; i++) {
        if (param->is_pairs && i % 2 == 0)
            gb_json_open(json, "[");
        gb_json_str(json, param->words[i]);
        if (param->is_pairs && i % 2)
            gb_json_close(json, "]");
    }
    gb_json_close(json, "]}");
}

static void
write_json(const struct explanation *e, struct gb_out *out)
{
    const struct gb_page *page = &e->page;
    struct gb_json json;

    gb_json_init(&json, out, 2);
    gb_json_open(&json, "{");
    gb_json_field(&json, "rule", page->code);
    gb_json_field(&json, "name", page->name);
    gb_json_field(&json, "title", page->title);
    gb_json_field(&json, "message", page->message);
    gb_json_given(&json, "remedy", page->remedy);
    gb_json_field(&json, "why", page->why);
    gb_page_json(&json, page);
    gb_json_begin(&json, "words", "[");
    GB_EACH(const struct gb_page_param, param, page->params, page->n_params)
        write_words(&json, param);
    gb_json_close(&json, "]");
    gb_json_begin(&json, "examples", "[");
    for (size_t i = 0; i < page->n_examples; i++)
        write_example(&json, &page->examples[i]);
    gb_json_close(&json, "]}");
    gb_out_char(out, '\n');
}

static void
write_indented(struct gb_out *out, struct gb_str text)
{
    struct gb_str line;

    while (gb_str_next_line(&text, &line))
        gb_out_printf(out, "%s%.*s\n", line.len ? "    " : "", GB_FMT(line));
}

static void
write_levels(const struct explanation *e, struct gb_out *out)
{
    gb_out_puts(out, GB_SAY(e->english, "级别：", "Level: "));
    for (int i = GB_EDITION_COUNT - 1; i >= 0; i--) {
        enum gb_level level = e->page.level[i];
        const char *name =
            level == GB_LEVEL_OFF ? GB_SAY(e->english, "不适用", "does not apply") : gb_level_name(level);
        gb_out_printf(out, "GB/T 1.1—%s %s%s", gb_edition_names[i], name, i ? GB_SAY(e->english, "；", "; ") : "\n");
    }
}

static void
write_stages(const struct explanation *e, struct gb_out *out)
{
    if (!e->page.stages)
        return;
    gb_out_puts(out, GB_SAY(e->english, "阶段：", "Stages: "));
    for (unsigned i = 0, n = 0; i < GB_STAGE_COUNT; i++) {
        if (e->page.stages >> i & 1)
            gb_out_printf(out, "%s%s", n++ ? GB_SAY(e->english, "、", ", ") : "", gb_stage_names[e->english][i]);
    }
    gb_out_puts(out, GB_SAY(e->english, "（其他阶段降为info）\n", " (info at the others)\n"));
}

static void
write_examples(const struct explanation *e, struct gb_out *out)
{
    static const char *const titles[][2] = {{"错误示例", "Wrong"},
                                            {"正确示例", "Right"},
                                            {"不报告的情形", "Not reported"}};

    GB_EACH(const struct gb_example, example, e->page.examples, e->page.n_examples) {
        gb_out_printf(out, "\n%s", titles[example->kind][e->english]);
        for (size_t k = 0; k < example->n_args; k++)
            gb_out_printf(out, " %.*s", GB_FMT(example->args[k]));
        gb_out_puts(out, GB_SAY(e->english, "：\n\n", ":\n\n"));
        write_indented(out, example->fragment);
    }
}

/* The words that a user's pack may change, under the names by which it does: - list: WRD-009.exempt */
static void
write_params(const struct explanation *e, struct gb_out *out)
{
    enum { MOST = 40 };

    GB_EACH(const struct gb_page_param, param, e->page.params, e->page.n_params) {
        gb_out_printf(out, "\n%s%.*s.%.*s", GB_SAY(e->english, "词表", "Words "), GB_FMT(e->page.code),
                      GB_FMT(param->key));
        if (param->note.len)
            gb_out_printf(out, GB_SAY(e->english, "（%.*s）", " (%.*s)"), GB_FMT(param->note));
        gb_out_puts(out, GB_SAY(e->english, "：", ":"));
        for (size_t i = 0; i < param->n_words && i < MOST; i++)
            gb_out_printf(out, "%s%.*s", param->is_pairs && i % 2 ? "→" : " ", GB_FMT(param->words[i]));
        if (param->n_words > MOST)
            gb_out_puts(out, " ……");
    }
    gb_out_puts(out, e->page.n_params ? "\n" : "");
}

static void
write_text(const struct explanation *e, struct gb_out *out)
{
    const struct gb_page *page = &e->page;

    gb_out_printf(out, "%.*s %.*s (%.*s)\n\n", GB_FMT(page->code), GB_FMT(page->title), GB_FMT(page->name));
    write_levels(e, out);
    write_stages(e, out);
    gb_out_puts(out, GB_SAY(e->english, "依据：", "Source: "));
    for (size_t i = 0; i < page->n_sources; i++) {
        gb_out_puts(out, i ? GB_SAY(e->english, "；", "; ") : "");
        gb_page_source_text(out, &page->sources[i]);
    }
    gb_out_printf(out, "\n%s%.*s (%s)\n\n", GB_SAY(e->english, "规则包：", "Pack: "), GB_FMT(page->pack),
                  page->is_on ? "on" : "off");
    gb_out_printf(out, "%s%.*s\n", GB_SAY(e->english, "原因：", "Why: "), GB_FMT(page->why));
    if (e->remedy.len)
        gb_out_printf(out, "%s%.*s\n", GB_SAY(e->english, "改法：", "Remedy: "), GB_FMT(e->remedy));
    write_params(e, out);
    write_examples(e, out);
}

static void
write_explanation(void *data, struct gb_out *out, const char *format)
{
    if (strcmp(format, "json") == 0)
        write_json(data, out);
    else
        write_text(data, out);
}

static int
explain(const struct gb_options *options, const struct gb_settings *settings)
{
    struct gb_str name = gb_str_from(options->operands.items[0]), near;
    struct explanation e = {.english = settings->english};
    struct gb_arena arena = GB_ARENA_ZERO;
    size_t i = gb_ruleset_index(settings->rules, name);

    if (i == GB_NOT_FOUND) {
        gb_ruleset_knows(settings->rules, name, &near);
        struct gb_error error;
        gb_error_set(&error, NULL, 0, 0, GB_SAY(settings->english, "没有规则“%.*s”%s%.*s%s", "no rule “%.*s”%s%.*s%s"),
                     GB_FMT(name), near.len ? GB_SAY(settings->english, "；最接近的是“", "; the nearest is “") : "",
                     GB_FMT(near), near.len ? "”" : "");
        gb_error_print(&error);
        return GB_STATUS_FAILED;
    }
    gb_page_read(settings->rules, i, true, &arena, &e.page);
    e.remedy = gb_page_shown(e.page.remedy, &arena);
    int status = gb_write_outputs(options, write_explanation, &e);
    gb_arena_release(&arena);
    return status;
}

int
gb_cmd_explain(const struct gb_options *options)
{
    struct gb_configs *configs = gb_configs_new(options, true);
    struct gb_error error;
    const struct gb_settings *settings = gb_configs_settings(configs, "-", &error);
    int status = GB_STATUS_FAILED;

    if (!settings) {
        gb_error_print(&error);
    } else if (options->operands.len != 1) {
        status = gb_refuse(settings->english, "explain 须给出一条规则的编号", "explain takes the code of one rule");
    } else {
        status = explain(options, settings);
    }
    gb_configs_free(configs);
    return status;
}
