/* Pages of rules, and examples set into their base documents. */
#include "rule/page.h"

#include "base/buf.h"
#include "rule/ruleset_priv.h"

#include <assert.h>

size_t
gb_ruleset_count(const struct gb_ruleset *rules)
{
    return rules->n_rules;
}

size_t
gb_ruleset_index(const struct gb_ruleset *rules, struct gb_str code)
{
    const struct gb_rule *rule = gb_ruleset_find(rules, code);

    return rule ? (size_t)(rule - rules->rules) : GB_NOT_FOUND;
}

const char *
gb_example_kind_name(enum gb_example_kind kind)
{
    static const char *const names[] = {"bad", "good", "silent"};

    return names[kind];
}

/* ---- Base documents ---- */

/*
 * A base document is cut by lines "@@ NAME" into regions; "@@ ." parts a region into heading, content and end. "NAME?" is
 * there only when a fragment fills it; "@@ chapters" spans the regions up to "@@ end".
 */
enum { MAX_REGIONS = 40, MAX_PARTS = 3 };
enum { HEAD, CONTENT, TAIL };

struct region {
    struct gb_str name;
    struct gb_str part[MAX_PARTS];
    bool is_optional, in_chapters, has_head;
};

struct base {
    struct region regions[MAX_REGIONS];
    size_t n;
};

static void
cut_base(struct gb_str text, struct base *base)
{
    struct region *region = NULL;
    struct gb_str rest = text, line;
    bool in_chapters = false;
    int part = CONTENT;

    *base = (struct base){0};
    while (gb_str_next_line(&rest, &line)) {
        if (gb_str_starts(line, GB_STR("@@ ."))) {
            if (!region->has_head && part == CONTENT) {
                region->part[HEAD] = region->part[CONTENT];
                region->has_head = true;
            } else {
                part = TAIL;
            }
            region->part[part] = (struct gb_str){rest.ptr, 0};
            continue;
        }
        if (gb_str_starts(line, GB_STR("@@ ")) || !region) {
            assert(base->n < MAX_REGIONS);
            region = &base->regions[base->n++];
            part = CONTENT;
            if (gb_str_starts(line, GB_STR("@@ "))) {
                region->name = gb_str_skip(line, 3);
                if (gb_str_ends(region->name, GB_STR("?"))) {
                    region->is_optional = true;
                    region->name.len--;
                }
                in_chapters = gb_str_is(region->name, "chapters") || (in_chapters && !gb_str_is(region->name, "end"));
                region->in_chapters = in_chapters;
                region->part[CONTENT] = (struct gb_str){rest.ptr, 0};
                continue;
            }
            region->part[CONTENT] = (struct gb_str){line.ptr, 0};
        }
        region->part[part].len = (size_t)(rest.ptr - region->part[part].ptr);
    }
}

static struct gb_str
find_base(const struct gb_ruleset *rules, const char *edition, bool is_docbook)
{
    const struct gb_image *image = rules->images.items[0];
    const struct gb_image_base *bases = gb_image_at(image, image->bases);

    for (size_t i = 0; i < image->bases.n; i++) {
        struct gb_str name = gb_image_str(image, bases[i].name);
        if (gb_str_starts(name, gb_str_from(edition)) && gb_str_ends(name, gb_str_from(is_docbook ? ".xml" : ".md")))
            return gb_image_str(image, bases[i].text);
    }
    return GB_STR("");
}

/* ---- Fragments ---- */

static size_t
heading_depth(struct gb_str s)
{
    size_t n = gb_skip_any(s, 0, "#");

    return n && n < s.len && s.ptr[n] == ' ' ? n : 0;
}

/* Name of the element that the text begins with, "<chapter". */
static struct gb_str
first_element(struct gb_str s)
{
    size_t n = 1;

    s = gb_str_trim(s);
    if (s.len == 0 || s.ptr[0] != '<')
        return GB_STR("");
    while (n < s.len && gb_is_lower(s.ptr[n]))
        n++;
    return gb_str_sub(s, 0, n);
}

/* Does the fragment bring a heading of its own for the region? */
static bool
has_own_head(struct gb_str fragment, const struct region *region, bool is_docbook)
{
    if (!region->has_head)
        return false;
    if (is_docbook) {
        struct gb_str element = first_element(fragment);
        return element.len && gb_str_eq(element, first_element(region->part[HEAD]));
    }
    size_t own = heading_depth(gb_str_trim(fragment));
    return own && own <= heading_depth(gb_str_trim(region->part[HEAD]));
}

/* By length, not by format: an example may hold a NUL. */
static struct gb_str
join(struct gb_arena *arena, struct gb_str a, struct gb_str b, bool is_docbook)
{
    bool needs_line = a.len && !gb_str_ends(a, GB_STR("\n"));
    bool needs_blank = a.len && !is_docbook && !gb_str_ends(a, GB_STR("\n\n"));
    struct gb_buf text = {0};

    gb_buf_add(&text, a);
    gb_buf_puts(&text, needs_line ? "\n" : "");
    gb_buf_puts(&text, needs_blank ? "\n" : "");
    gb_buf_add(&text, b);
    return gb_buf_take(&text, arena);
}

static void
place(struct base *base, struct gb_str context, struct gb_str fragment, bool is_docbook, struct gb_arena *arena)
{
    bool adds = gb_str_ends(context, GB_STR("+"));
    struct gb_str name = gb_str_sub(context, 0, context.len - adds);
    struct region *region = base->regions;

    while (region < base->regions + base->n && !gb_str_eq(region->name, name))
        region++;
    assert(region < base->regions + base->n); /* the loader knows the names */
    bool own_head = has_own_head(fragment, region, is_docbook);
    fragment = join(arena, fragment, GB_STR(""), is_docbook);
    region->is_optional = false;
    if (adds) {
        int part = own_head && region->part[TAIL].len ? TAIL : CONTENT;
        region->part[part] = join(arena, region->part[part], fragment, is_docbook);
        return;
    }
    region->part[CONTENT] = fragment;
    if (own_head)
        region->part[HEAD] = region->part[TAIL] = GB_STR("");
    if (!gb_str_is(name, "chapters"))
        return;
    for (struct region *r = base->regions; r < base->regions + base->n; r++) {
        if (r->in_chapters && r != region)
            r->part[HEAD] = r->part[CONTENT] = r->part[TAIL] = GB_STR("");
    }
}

static bool
wants_2009(const struct gb_image *image, const struct gb_image_example *example)
{
    for (size_t i = 0; i < example->args.n; i++) {
        struct gb_str arg = gb_image_word(image, example->args, i);
        if (gb_str_is(arg, "--edition=2009") ||
            (gb_str_is(arg, "2009") && i && gb_str_is(gb_image_word(image, example->args, i - 1), "--edition")))
            return true;
    }
    return false;
}

static struct gb_str
write_base(const struct base *base, struct gb_arena *arena)
{
    struct gb_buf out = {0};

    for (size_t i = 0; i < base->n; i++) {
        for (int part = 0; part < MAX_PARTS && !base->regions[i].is_optional; part++)
            gb_buf_add(&out, base->regions[i].part[part]);
    }
    return gb_buf_take(&out, arena);
}

void
gb_base_example(const struct gb_ruleset *rules, enum gb_edition edition, bool is_docbook, struct gb_arena *arena,
                struct gb_example *out)
{
    struct gb_str *args = gb_arena_new_array(arena, struct gb_str, 2);
    const char *name = edition == GB_EDITION_2009 ? "2009" : "2020";
    struct base base;

    cut_base(find_base(rules, name, is_docbook), &base);
    args[0] = GB_STR("--edition");
    args[1] = gb_str_from(name);
    *out = (struct gb_example){
        .kind = GB_EXAMPLE_GOOD,
        .is_docbook = is_docbook,
        .context = GB_STR("base"),
        .args = args,
        .n_args = 2,
        .document = write_base(&base, arena),
    };
}

static struct gb_str
assemble(const struct gb_ruleset *rules, const struct gb_image *image, const struct gb_image_example *example,
         struct gb_arena *arena)
{
    bool is_docbook = example->is_docbook != 0;
    struct base base;

    if (gb_str_is(gb_image_word(image, example->fragments, 0), "document"))
        return gb_image_word(image, example->fragments, 1);
    cut_base(find_base(rules, wants_2009(image, example) ? "2009" : "2020", is_docbook), &base);
    for (size_t i = 0; i < example->fragments.n; i += 2)
        place(&base, gb_image_word(image, example->fragments, i), gb_image_word(image, example->fragments, i + 1),
              is_docbook, arena);
    return write_base(&base, arena);
}

/* ---- Pages ---- */

static const struct gb_str *
read_words(const struct gb_image *image, struct gb_slice words, struct gb_arena *arena)
{
    struct gb_str *out = gb_arena_new_array(arena, struct gb_str, words.n + 1);

    for (size_t i = 0; i < words.n; i++)
        out[i] = gb_image_word(image, words, i);
    return out;
}

static void
read_example(const struct gb_ruleset *rules, const struct gb_image *image, const struct gb_image_example *data,
             struct gb_arena *arena, struct gb_example *out)
{
    struct gb_buf context = {0};

    for (size_t i = 0; i < data->fragments.n; i += 2) {
        gb_buf_puts(&context, i ? ", " : "");
        gb_buf_add(&context, gb_image_word(image, data->fragments, i));
    }
    *out = (struct gb_example){
        .kind = (enum gb_example_kind)data->kind,
        .is_docbook = data->is_docbook != 0,
        .context = gb_buf_take(&context, arena),
        .fragment = gb_image_word(image, data->fragments, 1),
        .at = read_words(image, data->at, arena),
        .args = read_words(image, data->args, arena),
        .files = read_words(image, data->files, arena),
        .n_at = data->at.n,
        .n_args = data->args.n,
        .n_files = data->files.n / 2,
        .document = assemble(rules, image, data, arena),
        .line = data->line,
        .column = data->column,
    };
    gb_buf_release(&context);
}

static const struct gb_page_source *
read_sources(const struct gb_image *image, struct gb_slice slice, struct gb_arena *arena)
{
    struct gb_page_source *out = gb_arena_new_array(arena, struct gb_page_source, slice.n + 1);
    const struct gb_image_source *sources = gb_image_at(image, slice);

    for (size_t i = 0; i < slice.n; i++)
        out[i] = (struct gb_page_source){gb_image_str(image, sources[i].doc), gb_image_str(image, sources[i].clause),
                                         sources[i].edition, (char)sources[i].mark};
    return out;
}

static void
read_params(const struct gb_rule *rule, struct gb_arena *arena, struct gb_page *out)
{
    struct gb_str rest = gb_str_from(rule->kind ? rule->kind->params : rule->native->params), field;
    GB_ARRAY(struct gb_page_param) params = {0};

    for (size_t i = 0; gb_str_cut(&rest, ' ', &field);) {
        if (!field.len)
            continue;
        struct gb_value value = gb_rule_value(rule, i++);
        bool is_pairs = value.data->type == GB_PARAM_PAIRS;
        size_t n = gb_value_count(&value) * (is_pairs ? 2 : 1);
        if (!value.data->is_set || !(is_pairs || value.data->type == GB_PARAM_WORDS))
            continue;
        struct gb_str *words = gb_arena_new_array(arena, struct gb_str, n + 1);
        for (size_t k = 0; k < n; k++)
            words[k] = gb_value_word(&value, k);
        *gb_push(&params) = (struct gb_page_param){
            .key = gb_str_sub(field, 0, gb_str_find(field, GB_STR(":"), 0)),
            .note = gb_image_str(value.image, value.data->note),
            .words = words,
            .n_words = n,
            .is_pairs = is_pairs,
        };
    }
    GB_KEEP(arena, &params, out->params, out->n_params);
}

void
gb_page_read(const struct gb_ruleset *rules, size_t i, bool examples, struct gb_arena *arena, struct gb_page *out)
{
    const struct gb_rule *rule = &rules->rules[i];
    const struct gb_image *image = rule->image;
    const struct gb_image_rule *data = rule->data;
    enum gb_language language = rules->english ? GB_EN : GB_ZH;

    *out = (struct gb_page){
        .code = gb_image_str(image, data->code),
        .name = gb_image_str(image, data->name),
        .pack = gb_image_str(image, data->pack),
        .file = gb_image_str(image, data->file),
        .title = gb_image_str(image, data->title.in[language]),
        .message = gb_image_str(image, data->message.in[language]),
        .remedy = gb_image_str(image, data->remedy.in[language]),
        .why = gb_image_str(image, data->why.in[language]),
        .line = data->line,
        .column = data->column,
        .is_on = rule->force == GB_FORCE_ON || (rule->force == GB_FORCE_NONE && !data->head.is_off),
        .is_report = data->head.is_report,
        .stages = data->stages,
        .fix = (enum gb_fix_kind)data->fix,
        .sources = read_sources(image, data->sources, arena),
        .n_sources = data->sources.n,
    };
    for (int edition = 0; edition < GB_EDITION_COUNT; edition++)
        out->level[edition] = (enum gb_level)rule->level[edition];
    if (!examples)
        return;
    read_params(rule, arena, out);
    const struct gb_image_example *all = gb_image_at(image, data->examples);
    out->n_examples = data->examples.n;
    out->examples = gb_arena_new_array(arena, struct gb_example, out->n_examples + 1);
    for (size_t k = 0; k < out->n_examples; k++)
        read_example(rules, image, &all[k], arena, &out->examples[k]);
}
