/* The rules command: all rules with level, pack and state. */
#include "app/app.h"
#include "app/page.h"
#include "text/chars.h"

struct listing {
    const struct gb_ruleset *rules;
    struct gb_arena arena;
};

static void
write_json(struct listing *listing, struct gb_out *out)
{
    struct gb_json json;
    struct gb_page page;

    gb_json_init(&json, out, 2);
    gb_json_open(&json, "{");
    gb_json_begin(&json, "rules", "[");
    for (size_t i = 0; i < gb_ruleset_count(listing->rules); i++) {
        gb_page_read(listing->rules, i, false, &listing->arena, &page);
        gb_json_open(&json, "{");
        gb_json_field(&json, "rule", page.code);
        gb_json_field(&json, "name", page.name);
        gb_json_field(&json, "title", page.title);
        gb_page_json(&json, &page);
        gb_json_close(&json, "}");
    }
    gb_json_close(&json, "]}");
    gb_out_char(out, '\n');
}

/* "error", or "warning (2009: error)" where they differ; "-": not in that edition. */
static struct gb_str
level_text(struct gb_arena *arena, const struct gb_page *page)
{
    const char *old = page->level[GB_EDITION_2009] ? gb_level_name(page->level[GB_EDITION_2009]) : "-";
    const char *new = page->level[GB_EDITION_2020] ? gb_level_name(page->level[GB_EDITION_2020]) : "-";

    if (strcmp(old, new) == 0)
        return gb_str_from(new);
    return gb_arena_printf(arena, "%s (2009: %s)", new, old);
}

static void
pad(struct gb_out *out, struct gb_str text, unsigned width)
{
    unsigned is = gb_str_width(text, 1);

    gb_out_add(out, text);
    gb_out_repeat(out, ' ', is < width ? width - is + 2 : 2);
}

static void
write_text(struct listing *listing, struct gb_out *out)
{
    struct gb_page page;

    for (size_t i = 0; i < gb_ruleset_count(listing->rules); i++) {
        gb_page_read(listing->rules, i, false, &listing->arena, &page);
        pad(out, page.code, 7);
        pad(out, level_text(&listing->arena, &page), 21);
        pad(out, page.is_on ? GB_STR("on") : GB_STR("off"), 3);
        pad(out, page.pack, 9);
        gb_out_add(out, page.title);
        gb_out_char(out, '\n');
    }
}

static void
write_listing(void *data, struct gb_out *out, const char *format)
{
    if (strcmp(format, "json") == 0)
        write_json(data, out);
    else
        write_text(data, out);
}

int
gb_cmd_rules(const struct gb_options *options)
{
    if (options->operands.len)
        return gb_refuse(options->english, "rules 不带规则或文件：用 --select 选取，或 gblint explain 规则编号",
                         "rules takes no rules or files: see --select, or gblint explain RULE");
    struct gb_configs *configs = gb_configs_new(options, true);
    struct gb_error error;
    const struct gb_settings *settings = gb_configs_settings(configs, "-", &error);
    int status = GB_STATUS_FAILED;

    if (settings) {
        struct listing listing = {.rules = settings->rules};
        status = gb_write_outputs(options, write_listing, &listing);
        gb_arena_release(&listing.arena);
    } else {
        gb_error_print(&error);
    }
    gb_configs_free(configs);
    return status;
}
