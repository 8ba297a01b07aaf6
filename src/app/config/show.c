/* Settings as --show-config prints them: a config again. */
#include "app/config/config.h"
#include "base/yaml.h"

#include <stdio.h>

/* A scalar: between quotes where it would not be plain text. */
static void
show_text(struct gb_str text)
{
    size_t plain = 0;

    while (plain < text.len &&
           ((unsigned char)text.ptr[plain] >= 0x80 || gb_is_digit(text.ptr[plain]) || gb_is_lower(text.ptr[plain]) ||
            gb_is_upper(text.ptr[plain]) || (plain && strchr("._-/", text.ptr[plain]))))
        plain++;
    if (plain && plain == text.len) {
        printf("%.*s", GB_FMT(text));
        return;
    }
    putchar('\'');
    for (size_t i = 0; i < text.len; i++)
        fputs(text.ptr[i] == '\'' ? "\'\'" : (char[]){text.ptr[i], '\0'}, stdout);
    putchar('\'');
}

/* In flow form. */
static void
show_value(const struct gb_yaml *value)
{
    bool is_map = value->kind == GB_YAML_MAP, is_first = true;

    if (value->kind == GB_YAML_SCALAR) {
        show_text(value->text);
        return;
    }
    putchar(is_map ? '{' : '[');
    GB_YAML_EACH(item, value) {
        if (!is_first)
            fputs(", ", stdout);
        is_first = false;
        if (is_map)
            printf("%.*s: ", GB_FMT(item->key->text));
        show_value(item);
    }
    putchar(is_map ? '}' : ']');
}

static const char *
state_of(const struct gb_rule_change *c)
{
    return c->select ? "select" : c->has_level ? gb_level_name(c->level) : c->on ? "on" : "off";
}

static void
show_change(const struct gb_rule_change *c)
{
    printf("  %.*s: ", GB_FMT(c->name));
    if (!c->options) {
        puts(state_of(c));
        return;
    }
    printf("{level: %s", state_of(c));
    GB_YAML_EACH(item, c->options) {
        printf(", %.*s: ", GB_FMT(item->key->text));
        show_value(item);
    }
    puts("}");
}

static void
show_list(const char *key, const char *const *items, size_t n)
{
    if (n)
        printf("%s:\n", key);
    for (size_t i = 0; i < n; i++) {
        fputs("  - ", stdout);
        show_text(gb_str_from(items[i]));
        putchar('\n');
    }
}

void
gb_settings_show(const struct gb_settings *s, const char *path)
{
    printf("# %s\n# config: %s\n", path, s->config ? s->config : "-");
    if (s->facts.has_edition)
        printf("edition: %s\n", gb_edition_names[s->facts.edition]);
    if (s->facts.stage)
        printf("stage: %s\n", gb_stage_names[0][s->facts.stage]);
    if (s->facts.profile)
        printf("profile: %s\n", s->facts.profile);
    if (s->registry)
        printf("registry: %s\n", s->registry);
    show_list("terms", s->terms, s->n_terms);
    show_list("packs", s->packs, s->n_packs);
    show_list("exclude", s->exclude, s->n_exclude);
    printf("lang: %s\nlevel: %s\nfail_on: %s\n", s->english ? "en" : "zh", gb_level_name(s->level),
           s->fail_on == GB_LEVEL_OFF ? "never" : gb_level_name(s->fail_on));
    printf("baseline: %s\n", s->no_baseline ? "off" : "on");
    if (s->n_changes)
        printf("rules:\n");
    for (uint32_t i = 0; i < s->n_changes; i++)
        show_change(&s->changes[i]);
}
