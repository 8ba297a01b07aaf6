/* One entry of a pack: its keys, and what must hold for it as a whole. */
#include "rule/loader_priv.h"
#include "rule/pattern_priv.h"

#include <assert.h>
#include <stdio.h>

/* An entry being read: the node of each key, and the rule. */
struct entry {
    const struct gb_yaml *node;
    struct gb_image_rule rule;
    const struct gb_kind_def *kind;
    const struct gb_check_def *native;
    struct gb_image_param *params; /* by the schema of the check */
};

static bool
read_code(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    struct gb_str s = node->text;
    size_t i = 0;

    if (!gb_load_text(l, node, "rule", &e->rule.code))
        return false;
    while (i < s.len && gb_is_upper(s.ptr[i]))
        i++;
    bool is_good = i >= 2 && s.len == i + 4 && s.ptr[i] == '-';
    for (size_t k = i + 1; is_good && k < s.len; k++)
        is_good = gb_is_digit(s.ptr[k]);
    if (!is_good || gb_str_starts(s, GB_STR("ALL-")))
        return gb_load_fail(l, node, "规则编号“%.*s”应由大写字母、连字符和三位数字组成，如“ACM-001”",
                            "the code “%.*s” must be of capitals, a hyphen and three digits, as “ACM-001”", GB_FMT(s));
    e->rule.line = node->line;
    e->rule.column = node->column;
    return true;
}

static bool
read_source(struct gb_loader *l, const struct gb_yaml *node, struct gb_image_source *source)
{
    static const char *const keys[] = {"doc", "edition", "clause", "mark"};
    static const char *const marks[] = {"C", "N", "M"};

    if (!gb_yaml_expect(node, GB_YAML_MAP, "source", l->path, l->error))
        return false;
    GB_YAML_EACH(item, node) {
        size_t which = 0, mark = 0;
        double edition = 0;
        if (!gb_load_key(l, item->key, keys, GB_COUNT(keys), &which))
            return false;
        switch (which) {
        case 0:
            if (!gb_load_text(l, item, "doc", &source->doc))
                return false;
            break;
        case 1:
            if (!gb_yaml_number(item, &edition))
                return gb_load_fail(l, item, "“edition”应为年份", "“edition” must be a year");
            source->edition = (uint32_t)edition;
            break;
        case 2:
            if (!gb_load_text(l, item, "clause", &source->clause))
                return false;
            break;
        default:
            if (!gb_load_choice(l, item, "mark", marks, GB_COUNT(marks), &mark))
                return false;
            source->mark = (uint32_t)marks[mark][0];
        }
    }
    return source->doc.n > 0 || gb_load_fail(l, node, "“source”的一项缺“doc”", "an item of “source” lacks “doc”");
}

static bool
read_sources(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    struct gb_image_source *sources = gb_arena_new_array(&l->arena, struct gb_image_source, node->n + 1);
    size_t n = 0;

    if (!gb_yaml_expect(node, GB_YAML_LIST, "source", l->path, l->error))
        return false;
    GB_YAML_EACH(item, node) {
        if (!read_source(l, item, &sources[n++]))
            return false;
    }
    e->rule.sources = gb_load_put(l, sources, sizeof(*sources), n);
    return true;
}

static bool
read_stages(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    if (!gb_yaml_expect(node, GB_YAML_LIST, "stages", l->path, l->error))
        return false;
    GB_YAML_EACH(item, node) {
        size_t stage = 0;
        if (item->text.len == 0 || !gb_load_index(item->text, gb_stage_names[0], 2 * GB_STAGE_COUNT, &stage))
            return gb_load_unknown(l, item, "阶段", "stage", gb_stage_names[0] + 1, GB_STAGE_COUNT - 1);
        e->rule.stages |= (uint8_t)(1u << stage % GB_STAGE_COUNT);
    }
    return true;
}

static bool
read_profiles(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    for (const struct gb_yaml *item = node->kind == GB_YAML_LIST ? node->first : node; item; item = item->next)
        e->rule.head.in_base = e->rule.head.in_base || gb_str_is(item->text, "gb11");
    return gb_load_texts(l, node, "profiles", &e->rule.profiles);
}

const struct gb_check_def **
gb_check_defs(struct gb_arena *arena)
{
    size_t n = 0;

    for (size_t t = 0; gb_check_tables[t]; t++) {
        for (const struct gb_check_def *def = gb_check_tables[t]; def->name; def++)
            n++;
    }
    const struct gb_check_def **defs = gb_arena_new_array(arena, const struct gb_check_def *, n + 1);
    n = 0;
    for (size_t t = 0; gb_check_tables[t]; t++) {
        for (const struct gb_check_def *def = gb_check_tables[t]; def->name; def++)
            defs[n++] = def;
    }
    return defs;
}

static bool
fail_unknown_check(struct gb_loader *l, const struct gb_yaml *node)
{
    GB_ARRAY(const char *) names = {0};

    for (const struct gb_kind_def *kind = gb_kinds; kind->name; kind++)
        *gb_push(&names) = kind->name;
    for (const struct gb_check_def **def = gb_check_defs(&l->arena); *def; def++)
        *gb_push(&names) = (*def)->name;
    gb_load_unknown(l, node, "检查", "check", names.items, names.len);
    gb_array_release(&names);
    return false;
}

static bool
read_check(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    if (!gb_load_text(l, node, "check", &e->rule.check))
        return false;
    for (const struct gb_kind_def *kind = gb_kinds; kind->name; kind++) {
        if (gb_str_is(node->text, kind->name)) {
            e->kind = kind;
            e->rule.head.check_index = (uint32_t)(kind - gb_kinds);
            return true;
        }
    }
    const struct gb_check_def **defs = gb_check_defs(&l->arena), **def = defs;
    while (*def && !gb_str_is(node->text, (*def)->name))
        def++;
    if (!*def)
        return fail_unknown_check(l, node);
    e->native = *def;
    e->rule.head.is_native = 1;
    e->rule.head.check_index = (uint32_t)(def - defs);
    return true;
}

/* The keys of an entry, and whether packs of users, and built-in ones, must have them. */
#define ENTRY_KEYS(X)                                                                                                  \
    X(RULE, "rule", true, true)                                                                                        \
    X(NAME, "name", false, true)                                                                                       \
    X(LEVEL, "level", true, true)                                                                                      \
    X(SOURCE, "source", false, true)                                                                                   \
    X(STAGES, "stages", false, false)                                                                                  \
    X(PROFILES, "profiles", false, false)                                                                              \
    X(TITLE, "title", false, true)                                                                                     \
    X(MESSAGE, "message", true, true)                                                                                  \
    X(REMEDY, "remedy", false, false)                                                                                  \
    X(WHY, "why", false, true)                                                                                         \
    X(CHECK, "check", true, true)                                                                                      \
    X(WITH, "with", false, false)                                                                                      \
    X(CASES, "cases", false, false)                                                                                    \
    X(FOLDS, "folds", false, false)                                                                                    \
    X(FIX, "fix", false, false)                                                                                        \
    X(KIND, "kind", false, false)                                                                                      \
    X(STATE, "state", false, false)                                                                                    \
    X(EXAMPLES, "examples", false, false)

enum entry_key {
#define X(id, name, in_user_packs, in_builtin) KEY_##id,
    ENTRY_KEYS(X)
#undef X
        KEY_COUNT
};

static const char *const key_names[] = {
#define X(id, name, in_user_packs, in_builtin) name,
    ENTRY_KEYS(X)
#undef X
};

static const struct {
    bool in_user_packs, in_builtin;
} key_is_required[] = {
#define X(id, name, in_user_packs, in_builtin) {in_user_packs, in_builtin},
    ENTRY_KEYS(X)
#undef X
};

/* `with` and `cases` need the check; see gb_load_entry. `why` and `examples` come last; see gb_load_page. */
static bool
read_key(struct gb_loader *l, struct entry *e, enum entry_key key, const struct gb_yaml *node)
{
    static const char *const fixes[] = {"none", "safe", "unsafe"}, *const kinds[] = {"finding", "report"},
                             *const states[] = {"on", "off"};
    struct gb_image_rule *rule = &e->rule;
    size_t choice = 0;
    bool ok = true;

    switch (key) {
    case KEY_RULE:
        return read_code(l, e, node);
    case KEY_NAME:
        return gb_load_text(l, node, "name", &rule->name);
    case KEY_LEVEL:
        return gb_load_level(l, node, rule->head.level);
    case KEY_SOURCE:
        return read_sources(l, e, node);
    case KEY_STAGES:
        return read_stages(l, e, node);
    case KEY_PROFILES:
        return read_profiles(l, e, node);
    case KEY_TITLE:
        return gb_load_words(l, node, "title", &rule->title);
    case KEY_MESSAGE:
        return gb_load_words(l, node, "message", &rule->message);
    case KEY_REMEDY:
        return gb_load_words(l, node, "remedy", &rule->remedy);
    case KEY_CHECK:
        return read_check(l, e, node);
    case KEY_FOLDS:
        return gb_load_texts(l, node, "folds", &rule->folds);
    case KEY_FIX:
        ok = gb_load_choice(l, node, "fix", fixes, GB_COUNT(fixes), &choice);
        rule->fix = (uint8_t)choice;
        return ok;
    case KEY_KIND:
        ok = gb_load_choice(l, node, "kind", kinds, GB_COUNT(kinds), &choice);
        rule->head.is_report = choice == 1;
        return ok;
    case KEY_STATE:
        ok = gb_load_choice(l, node, "state", states, GB_COUNT(states), &choice);
        rule->head.is_off = choice == 1;
        return ok;
    default:
        return true;
    }
}

/* Is the name among those of a list separated by blanks? */
static bool
has_name(const char *names, struct gb_str name)
{
    struct gb_str rest = gb_str_from(names), one;
    bool has = gb_str_is(rest, "*");

    while (!has && gb_str_cut(&rest, ' ', &one))
        has = gb_str_eq(one, name);
    return has;
}

static bool
check_case_levels(struct gb_loader *l, const struct entry *e, const struct gb_image_case *c, const struct gb_yaml *node)
{
    for (int i = 0; i < GB_EDITION_COUNT; i++) {
        if (c->level[i] != GB_LEVEL_INHERIT && c->level[i] > e->rule.head.level[i])
            return gb_load_fail(
                l, node, "情形的级别高于规则在%s版的级别：规则的“level”应为各情形中最高的",
                "the level of the case is above that of the rule in edition %s: “level” must be the highest of the cases",
                gb_edition_names[i]);
    }
    return true;
}

static bool
read_case(struct gb_loader *l, const struct entry *e, const struct gb_yaml *node, struct gb_image_case *c)
{
    static const char *const keys[] = {"level", "message", "remedy"};
    const char *names = e->kind ? e->kind->cases : e->native ? e->native->cases : NULL;

    memset(c->level, GB_LEVEL_INHERIT, sizeof(c->level));
    if (!names || !has_name(names, node->key->text))
        return gb_load_fail(l, node->key, "检查没有情形“%.*s”%s%s", "the check has no case “%.*s”%s%s",
                            GB_FMT(node->key->text), names ? GB_ERROR_SAY("；它的情形是：", "; its cases are: ") : "",
                            names ? names : "");
    c->name = gb_load_put_text(l, node->key->text);
    if (!gb_yaml_expect(node, GB_YAML_MAP, "cases", l->path, l->error))
        return false;
    GB_YAML_EACH(item, node) {
        size_t which = 0;
        if (!gb_load_key(l, item->key, keys, GB_COUNT(keys), &which))
            return false;
        bool is_good = which == 0   ? gb_load_level(l, item, c->level)
                       : which == 1 ? gb_load_words(l, item, "message", &c->message)
                                    : gb_load_words(l, item, "remedy", &c->remedy);
        if (!is_good)
            return false;
    }
    return check_case_levels(l, e, c, node);
}

static bool
read_cases(struct gb_loader *l, struct entry *e, const struct gb_yaml *node)
{
    if (!node)
        return true;
    if (!gb_yaml_expect(node, GB_YAML_MAP, "cases", l->path, l->error))
        return false;
    struct gb_image_case *cases = gb_arena_new_array(&l->arena, struct gb_image_case, node->n + 1);
    size_t n = 0;
    GB_YAML_EACH(item, node) {
        if (!read_case(l, e, item, &cases[n++]))
            return false;
    }
    e->rule.cases = gb_load_put(l, cases, sizeof(*cases), n);
    return true;
}
/* ---- What must hold for a whole entry ---- */

static bool
rule_exists(const struct gb_loader *l, struct gb_str code, const char **out_path, uint32_t *out_line)
{
    for (size_t i = 0; i < l->rules.len; i++) {
        if (gb_str_eq(gb_load_text_at(l, l->rules.items[i].code), code)) {
            *out_path = l->bytes.ptr + l->rules.items[i].file.off;
            *out_line = l->rules.items[i].line;
            return true;
        }
    }
    for (size_t k = 0; k < l->options.n_below; k++) {
        const struct gb_image *image = l->options.below[k];
        const struct gb_image_rule *rules = gb_image_at(image, image->rules);
        for (size_t i = 0; i < image->rules.n; i++) {
            if (gb_str_eq(gb_image_str(image, rules[i].code), code)) {
                *out_path = gb_image_str(image, rules[i].file).ptr;
                *out_line = rules[i].line;
                return true;
            }
        }
    }
    return false;
}

/* Does a source count in the edition? One of another document counts in both. */
static bool
counts_in(const struct gb_image_source *source, int edition)
{
    return source->edition != 2009 && source->edition != 2020
               ? true
               : (source->edition == 2009) == (edition == GB_EDITION_2009);
}

/* Ruling 2 of the catalogue: from memory alone, at most a warning. */
static bool
check_marks(struct gb_loader *l, const struct entry *e)
{
    struct gb_image_source sources[64];
    size_t n = e->rule.sources.n < GB_COUNT(sources) ? e->rule.sources.n : GB_COUNT(sources);

    if (n)
        memcpy(sources, l->bytes.ptr + e->rule.sources.off, n * sizeof(*sources));
    for (int edition = 0; edition < GB_EDITION_COUNT; edition++) {
        size_t counted = 0, from_memory = 0;
        for (size_t i = 0; i < n; i++) {
            counted += counts_in(&sources[i], edition);
            from_memory += counts_in(&sources[i], edition) && sources[i].mark == 'M';
        }
        if (counted && counted == from_memory && e->rule.head.level[edition] > GB_LEVEL_WARNING)
            return gb_load_fail(l, gb_yaml_get(e->node, "level"), "%s版的来源都只凭记忆（M）：级别至多为warning",
                                "all sources of edition %s are from memory (M): at most a warning",
                                gb_edition_names[edition]);
    }
    return true;
}

/* "GB/T 1.1—2020, 7.4；…": the edition's own sources, else those of no edition. */
static struct gb_slice
put_source_line(struct gb_loader *l, const struct gb_image_rule *rule, int edition)
{
    struct gb_buf line = {0};

    for (int pass = 0; pass < 2 && line.len == 0; pass++) {
        for (size_t i = 0; i < rule->sources.n; i++) {
            struct gb_image_source s;

            memcpy(&s, l->bytes.ptr + rule->sources.off + i * sizeof(s), sizeof(s));
            bool is_own = s.edition == (edition == GB_EDITION_2009 ? 2009u : 2020u);
            bool is_other = s.edition != 2009 && s.edition != 2020;
            if (pass == 0 ? !is_own : !is_other)
                continue;
            gb_buf_puts(&line, line.len ? "；" : "");
            gb_buf_add(&line, gb_load_text_at(l, s.doc));
            if (s.edition)
                gb_buf_printf(&line, "—%u", s.edition);
            if (s.clause.n)
                gb_buf_printf(&line, ", %.*s", GB_FMT(gb_load_text_at(l, s.clause)));
        }
    }
    struct gb_slice slice = gb_load_put_text(l, gb_buf_str(&line));
    gb_buf_release(&line);
    return slice;
}

static bool
opens_with(struct gb_loader *l, struct gb_str pattern, struct gb_slice keys)
{
    struct gb_str *texts = gb_alloc((keys.n + 1) * sizeof(*texts));

    for (size_t i = 0; i < keys.n; i++)
        texts[i] = gb_load_text_in(l, keys, i);
    bool opens = gb_pattern_opens(pattern, texts, keys.n);
    free(texts);
    return opens;
}

/* Literals, each ended by a NUL. */
static struct gb_slice
put_literals(struct gb_loader *l, struct gb_str literals)
{
    size_t mark = l->scratch.len;

    for (size_t at = 0; at < literals.len;) {
        struct gb_str one = gb_str_from(literals.ptr + at);
        gb_load_gather(l, gb_load_put_text(l, one));
        at += one.len + 1;
    }
    return gb_load_put_gathered(l, mark);
}

static void
put_openers(struct gb_loader *l, struct entry *e)
{
    struct gb_str pattern = gb_load_text_at(l, e->params[GB_SEARCH_PATTERN].text);
    struct gb_buf openers = {0};

    if (gb_pattern_openers(pattern, &openers))
        e->rule.openers = put_literals(l, gb_buf_str(&openers));
    gb_buf_release(&openers);
}

/* Keys of the rule's pattern: given, or taken from it. */
static bool
put_keys(struct gb_loader *l, struct entry *e)
{
    const struct gb_image_param *params = e->params;
    struct gb_buf keys = {0};
    bool opens = false;

    if (!e->rule.head.does_search || !params[GB_SEARCH_PATTERN].is_set)
        return true;
    struct gb_str pattern = gb_load_text_at(l, params[GB_SEARCH_PATTERN].text);
    if (params[GB_SEARCH_KEYS].is_set) {
        e->rule.keys = params[GB_SEARCH_KEYS].words;
        e->rule.head.opens = opens_with(l, pattern, e->rule.keys);
        if (!e->rule.head.opens)
            put_openers(l, e);
        return true;
    }
    if (!gb_pattern_keys(pattern, &keys, &opens)) {
        if (l->options.is_builtin)
            return gb_load_fail(l, gb_yaml_get(e->node, "with"), "“pattern”中没有必现的文字：用“keys”给出",
                                "no word is in every match of “pattern”: give “keys”");
        e->rule.head.is_slow = 1;
        return true;
    }
    e->rule.keys = put_literals(l, gb_buf_str(&keys));
    gb_buf_release(&keys);
    e->rule.head.opens = opens;
    if (!opens)
        put_openers(l, e);
    return true;
}

static bool
check_entry(struct gb_loader *l, struct entry *e)
{
    const char *path = NULL;
    uint32_t line = 0;

    for (size_t i = 0; i < KEY_COUNT; i++) {
        bool is_required = l->options.is_builtin ? key_is_required[i].in_builtin : key_is_required[i].in_user_packs;
        if (is_required && !(e->rule.head.is_report && i == KEY_MESSAGE) && !gb_yaml_get(e->node, key_names[i]))
            return gb_load_fail(l, e->node, "规则缺“%s”", "the rule lacks “%s”", key_names[i]);
    }
    if (rule_exists(l, gb_load_text_at(l, e->rule.code), &path, &line))
        return gb_load_fail(l, gb_yaml_get(e->node, "rule"), "规则编号“%.*s”已用于%s第%u行",
                            "the code “%.*s” is taken: %s, line %u", GB_FMT(gb_load_text_at(l, e->rule.code)), path,
                            line);
    return !l->options.is_builtin || check_marks(l, e);
}

/* A native check with `hit` has the parameters of a search in their places. */
static bool
has_search_params(const char *schema)
{
    enum gb_param_type type = GB_PARAM_TEXT;
    size_t at = 0;

    return gb_schema_find(schema ? schema : "", GB_STR("words"), &at, &type) && at == GB_SEARCH_WORDS;
}

/* What follows from the parameters, so that nothing is left to do when the program starts. */
static void
derive(struct entry *e, size_t n)
{
    struct gb_image_head *head = &e->rule.head;

    head->does_search = e->kind ? e->kind->hit != NULL : e->native->hit != NULL;
    assert(!head->does_search || e->kind || has_search_params(e->native->params));
    head->places = e->kind ? e->kind->places : gb_prose;
    head->of = GB_NODE_DOC;
    head->contexts = GB_ALL_CONTEXTS;
    for (size_t i = 0; i < n; i++)
        gb_apply_param(&e->params[i], e->kind, head);
}

/* The parameters that are given, and what follows from them. */
static void
put_params(struct gb_loader *l, struct entry *e, size_t n)
{
    size_t first = l->params.len;

    GB_EACH(const struct gb_image_param, param, e->params, n) {
        if (!param->is_set)
            continue;
        *gb_push(&l->params) = *param;
        if (param->type == GB_PARAM_PATTERN || param->type == GB_PARAM_PATTERNS)
            e->rule.head.has_patterns = 1;
    }
    e->rule.head.params = (struct gb_slice){(uint32_t)first, (uint32_t)(l->params.len - first)};
    derive(e, n);
}

void
gb_apply_param(const struct gb_image_param *param, const struct gb_kind_def *kind, struct gb_image_head *head)
{
    const struct gb_places *places = &param->places;

    if (!param->is_set)
        return;
    if (param->type == GB_PARAM_PLACES) {
        head->places.kinds = places->kinds ? places->kinds : head->places.kinds;
        head->places.zones = places->zones ? places->zones : head->places.zones;
        head->places.parts = places->parts ? places->parts : head->places.parts;
    } else if (head->does_search && param->index == GB_SEARCH_EXCEPT) {
        head->contexts = param->number[0];
    } else if (head->does_search && param->index == GB_SEARCH_ONCE) {
        head->is_once = (uint8_t)param->number[0];
    } else if (kind && kind->of && param->index == kind->of) {
        head->of = param->number[0];
    }
}

bool
gb_load_entry(struct gb_loader *l, const struct gb_yaml *node)
{
    struct entry e = {.node = node};

    if (!gb_yaml_expect(node, GB_YAML_MAP, "rule", l->path, l->error))
        return false;
    e.rule.file = l->path_slice;
    e.rule.pack = l->pack;
    GB_YAML_EACH(item, node) {
        size_t key = 0;
        if (!gb_load_key(l, item->key, key_names, KEY_COUNT, &key))
            return false;
        if (!read_key(l, &e, (enum entry_key)key, item))
            return false;
    }
    if (!check_entry(l, &e))
        return false;
    const char *schema = e.kind ? e.kind->params : e.native->params;
    const struct gb_yaml *with = gb_yaml_get(node, "with");
    schema = schema ? schema : "";
    l->code = gb_yaml_get(node, "rule")->text;
    if (!gb_load_params(l, with, schema, &e.params))
        return false;
    put_params(l, &e, gb_schema_count(schema));
    const char *fault = e.kind && e.kind->verify   ? e.kind->verify(e.params)
                        : !e.kind && e.native->hit ? gb_verify_search(e.params)
                                                   : NULL;
    if (fault)
        return gb_load_fail(l, with ? with->key : node, "%s", "%s", fault);
    if (!put_keys(l, &e) || !read_cases(l, &e, gb_yaml_get(node, "cases")))
        return false;
    for (int edition = 0; edition < GB_EDITION_COUNT; edition++)
        e.rule.source_line[edition] = put_source_line(l, &e.rule, edition);
    e.rule.head.in_base = e.rule.head.in_base || e.rule.profiles.n == 0;
    if (!e.rule.name.n)
        e.rule.name = e.rule.code;
    if (!e.rule.title.in[GB_ZH].n)
        e.rule.title = e.rule.message;
    *gb_push(&l->pages) = (struct gb_loader_page){l->rules.len, node, l->path};
    *gb_push(&l->rules) = e.rule;
    return true;
}

bool
gb_load_page(struct gb_loader *l, const struct gb_loader_page *page)
{
    struct gb_image_rule *rule = &l->rules.items[page->rule];
    const struct gb_yaml *why = gb_yaml_get(page->entry, "why");

    l->path = page->path;
    return (!why || gb_load_words(l, why, "why", &rule->why)) &&
           gb_load_examples(l, page->entry, gb_yaml_get(page->entry, "examples"), rule);
}
