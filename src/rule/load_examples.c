/* Examples of entries. */
#include "rule/loader_priv.h"

/* The first are the kinds of examples, in the order of gb_example_kind. */
enum { N_KINDS = GB_EXAMPLE_SILENT + 1 };
static const char *const example_keys[] = {"bad", "good", "silent", "at", "context", "args", "format", "files"};

/* Places of the base documents; a "+" behind the name adds to what is there. */
static const char *const example_contexts[] = {
    "document", "cover",   "toc",    "foreword", "intro",           "title", "scope",  "references", "terms",
    "chapters", "chapter", "clause", "body",     "normative-annex", "annex", "biblio", "index",
};

static bool
check_context(struct gb_loader *l, const struct gb_yaml *node)
{
    struct gb_str name = node->text;
    size_t i = 0;

    if (gb_str_ends(name, GB_STR("+")))
        name.len--;
    return gb_load_index(name, example_contexts, GB_COUNT(example_contexts), &i) ||
           gb_load_unknown(l, node, "上下文", "context", example_contexts, GB_COUNT(example_contexts));
}

/* A fragment with `context:`, or a map of context and fragment. */
static bool
read_fragments(struct gb_loader *l, const struct gb_yaml *node, const struct gb_yaml *context,
               struct gb_image_example *out)
{
    size_t mark = l->scratch.len;
    struct gb_slice text;

    if (node->kind == GB_YAML_MAP) {
        GB_YAML_EACH(item, node) {
            if (!check_context(l, item->key))
                return false;
        }
        return gb_load_pairs(l, node, "examples", &out->fragments);
    }
    if (context &&
        (!gb_yaml_expect(context, GB_YAML_SCALAR, "context", l->path, l->error) || !check_context(l, context)))
        return false;
    gb_load_gather(l, gb_load_put_text(l, context ? context->text : GB_STR("document")));
    if (!gb_load_text(l, node, "examples", &text))
        return false;
    gb_load_gather(l, text);
    out->fragments = gb_load_put_gathered(l, mark);
    return true;
}

static bool
read_example(struct gb_loader *l, const struct gb_yaml *node, struct gb_image_example *out)
{
    const struct gb_yaml *body = NULL;

    if (!gb_yaml_expect(node, GB_YAML_MAP, "examples", l->path, l->error))
        return false;
    GB_YAML_EACH(item, node) {
        size_t which = 0;
        if (!gb_load_key(l, item->key, example_keys, GB_COUNT(example_keys), &which))
            return false;
        if (which < N_KINDS) {
            if (body)
                return gb_load_fail(l, item->key, "一个例子只能是bad、good、silent之一",
                                    "an example is one of bad, good, silent");
            body = item;
            out->kind = (uint32_t)which;
        }
    }
    if (!body)
        return gb_load_fail(l, node, "例子缺bad、good或silent", "the example lacks bad, good or silent");
    out->line = body->key->line;
    out->column = body->key->column;
    if (!read_fragments(l, body, gb_yaml_get(node, "context"), out))
        return false;
    const struct gb_yaml *at = gb_yaml_get(node, "at"), *args = gb_yaml_get(node, "args"),
                         *files = gb_yaml_get(node, "files"), *format = gb_yaml_get(node, "format");
    if (at && out->kind != GB_EXAMPLE_BAD)
        return gb_load_fail(l, at->key, "“at”只用于bad例子", "“at” goes with bad only");
    if (format) {
        static const char *const formats[] = {"markdown", "docbook"};
        size_t which = 0;
        if (!gb_load_choice(l, format, "format", formats, GB_COUNT(formats), &which))
            return false;
        out->is_docbook = which == 1;
    }
    return (!at || gb_load_texts(l, at, "at", &out->at)) && (!args || gb_load_texts(l, args, "args", &out->args)) &&
           (!files || gb_load_pairs(l, files, "files", &out->files));
}

bool
gb_load_examples(struct gb_loader *l, const struct gb_yaml *entry, const struct gb_yaml *node,
                 struct gb_image_rule *rule)
{
    bool has[N_KINDS] = {false};
    struct gb_image_example *examples = gb_arena_new_array(&l->arena, struct gb_image_example, node ? node->n + 1 : 1);
    size_t n = 0;

    if (node && !gb_yaml_expect(node, GB_YAML_LIST, "examples", l->path, l->error))
        return false;
    for (const struct gb_yaml *item = node ? node->first : NULL; item; item = item->next) {
        if (!read_example(l, item, &examples[n]))
            return false;
        has[examples[n++].kind] = true;
    }
    if (l->options.is_builtin && !rule->head.is_report &&
        (!has[GB_EXAMPLE_BAD] || (!has[GB_EXAMPLE_GOOD] && !has[GB_EXAMPLE_SILENT])))
        return gb_load_fail(l, entry, "规则缺例子：至少一个bad和一个good或silent",
                            "the rule lacks examples: one bad, and one good or silent, at least");
    rule->examples = gb_load_put(l, examples, sizeof(*examples), n);
    return true;
}
