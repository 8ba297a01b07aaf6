/* YAML as such; every node has a place. */
#include "fuzz.h"

#include "base/yaml.h"

static void
check_node(const struct gb_yaml *node, unsigned depth)
{
    GB_HOLDS(depth <= GB_YAML_MAX_DEPTH + 1 && node->line >= 1 && node->column >= 1);
    if (node->kind == GB_YAML_SCALAR)
        return;
    uint32_t n = 0;
    GB_YAML_EACH(item, node) {
        GB_HOLDS((node->kind == GB_YAML_MAP) == (item->key != NULL));
        check_node(item, depth + 1);
        n++;
    }
    GB_HOLDS(n == node->n);
}

void
gb_fuzz_yaml(struct gb_str bytes)
{
    struct gb_str text = gb_fuzz_exact(bytes);
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_error error = {0};
    const struct gb_yaml *root = gb_yaml_parse(text, "fuzz.yaml", &arena, &error);

    if (root)
        check_node(root, 0);
    else
        GB_HOLDS(error.message[0]);
    gb_arena_release(&arena);
    gb_fuzz_forget(text);
}
