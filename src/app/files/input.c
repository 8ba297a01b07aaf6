#include "app/files/input.h"

#include "base/sort.h"
#include "app/files/path.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

static const struct {
    const char *extension;
    enum gb_format format;
    bool needs_look; /* the extension is used for other things too */
} extensions[] = {
    {".md", GB_FORMAT_MARKDOWN, false}, {".markdown", GB_FORMAT_MARKDOWN, false},
    {".dbk", GB_FORMAT_DOCBOOK, false}, {".docbook", GB_FORMAT_DOCBOOK, false},
    {".xml", GB_FORMAT_DOCBOOK, true},
};

static size_t
extension_of(const char *path)
{
    struct gb_str name = gb_str_from(path);

    for (size_t i = 0; i < GB_COUNT(extensions); i++) {
        struct gb_str extension = gb_str_from(extensions[i].extension);
        if (name.len > extension.len && gb_str_eq_nocase(gb_str_skip(name, name.len - extension.len), extension))
            return i;
    }
    return GB_COUNT(extensions);
}

bool
gb_is_draft_name(const char *path)
{
    return extension_of(path) < GB_COUNT(extensions);
}

/* Root elements of DocBook drafts. */
static const char *const docbook_roots[] = {"book",     "article", "chapter", "section",  "part",        "preface",
                                            "appendix", "set",     "sect1",   "glossary", "bibliography"};

/* Skips what may stand before the root element: blanks, declarations, comments. */
static struct gb_str
root_tag(struct gb_str text)
{
    static const struct {
        const char *open, *close;
    } skipped[] = {{"<?", "?>"}, {"<!--", "-->"}};

    for (;;) {
        text = gb_str_trim(text);
        GB_FIND(found, skipped, GB_COUNT(skipped), gb_str_starts(text, gb_str_from(found->open)));
        if (!found)
            return text;
        size_t end = gb_str_find(text, gb_str_from(found->close), 0);
        if (end == GB_NOT_FOUND)
            return GB_STR("");
        text = gb_str_skip(text, end + strlen(found->close));
    }
}

static bool
is_docbook(struct gb_str text)
{
    text = root_tag(text);
    if (gb_str_starts(text, GB_STR("<!DOCTYPE")))
        text = gb_str_trim(gb_str_skip(text, strlen("<!DOCTYPE")));
    else if (gb_str_starts(text, GB_STR("<")))
        text = gb_str_skip(text, 1);
    else
        return false;
    size_t colon = 0;
    while (colon < text.len && !strchr(": \t\r\n>/", text.ptr[colon]))
        colon++;
    if (colon < text.len && text.ptr[colon] == ':')
        text = gb_str_skip(text, colon + 1);
    for (size_t i = 0; i < GB_COUNT(docbook_roots); i++) {
        struct gb_str root = gb_str_from(docbook_roots[i]);
        if (gb_str_starts(text, root) && (root.len >= text.len || strchr(" \t\r\n>/", text.ptr[root.len])))
            return true;
    }
    return false;
}

enum gb_format
gb_format_of(const char *path, struct gb_str text)
{
    size_t i = extension_of(path);

    if (i == GB_COUNT(extensions))
        return is_docbook(text) ? GB_FORMAT_DOCBOOK : GB_FORMAT_MARKDOWN;
    if (extensions[i].needs_look && !is_docbook(text))
        return GB_FORMAT_OTHER;
    return extensions[i].format;
}

/* A folder that is being walked, to see when a link leads back into it. */
struct trail {
    dev_t device;
    ino_t inode;
    const struct trail *outer;
};

struct collector {
    struct gb_inputs *inputs;
    const struct gb_options *options;
    struct gb_configs *configs;
};

static void
tell(struct collector *c, const struct gb_error *error)
{
    gb_error_print(error);
    c->inputs->n_failed++;
}

static bool
has_draft(const struct gb_inputs *inputs, const char *const *paths)
{
    GB_FIND(input, inputs->list.items, inputs->list.len, input->paths == paths);
    return input != NULL;
}

static void
add_file(struct collector *c, const char *path, bool is_named)
{
    struct gb_inputs *inputs = c->inputs;
    bool is_stdin = strcmp(path, "-") == 0;
    const char *shown = is_stdin && c->options->stdin_name ? c->options->stdin_name : path;
    struct gb_error error;
    const struct gb_settings *settings = gb_configs_settings(c->configs, shown, &error);

    if (!settings) {
        tell(c, &error);
        return;
    }
    struct gb_input input = {.n_paths = 1, .is_named = is_named, .shown = shown, .settings = settings};
    const struct gb_draft_files *draft = is_stdin ? NULL : gb_configs_draft(c->configs, path);
    if (draft) {
        if (has_draft(inputs, draft->paths))
            return;
        input.paths = draft->paths;
        input.n_paths = draft->n_paths;
        input.shown = draft->paths[0];
        input.is_named = true;
    } else {
        const char **paths = gb_arena_new(&inputs->arena, const char *);
        *paths = gb_arena_copy(&inputs->arena, gb_str_from(path)).ptr;
        input.paths = paths;
        if (!is_stdin)
            input.shown = *paths;
    }
    *gb_push(&inputs->list) = input;
}

void
gb_inputs_add(struct gb_inputs *inputs, const struct gb_options *options, struct gb_configs *configs, const char *path,
              bool is_named)
{
    struct collector c = {inputs, options, configs};

    /* What is not there is to be told. */
    if (options->force_exclude && gb_path_exists(path))
        is_named = false;
    if (is_named || (gb_is_draft_name(path) && !gb_configs_excludes(configs, path)))
        add_file(&c, path, is_named);
}

static void walk(struct collector *c, const char *folder, const struct trail *outer);

static void
visit(struct collector *c, const char *path, const struct trail *trail)
{
    struct stat st;

    if (stat(path, &st))
        return;
    if (S_ISDIR(st.st_mode)) {
        if (!gb_configs_excludes(c->configs, path))
            walk(c, path, trail);
    } else if (S_ISREG(st.st_mode) && gb_is_draft_name(path) && !gb_configs_excludes(c->configs, path)) {
        add_file(c, path, false);
    }
}

static void
walk(struct collector *c, const char *folder, const struct trail *outer)
{
    struct stat st;
    DIR *dir = opendir(folder);
    struct gb_error error;

    if (!dir || fstat(dirfd(dir), &st)) {
        gb_error_set(&error, folder, 0, 0, GB_SAY(c->options->english, "不能读目录：%s", "cannot read the folder: %s"),
                     strerror(errno));
        if (dir)
            closedir(dir);
        tell(c, &error);
        return;
    }
    struct trail here = {st.st_dev, st.st_ino, outer};
    for (const struct trail *t = outer; t; t = t->outer) {
        if (t->device == here.device && t->inode == here.inode) {
            closedir(dir);
            return;
        }
    }
    GB_ARRAY(const char *) names = {0};
    for (const struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] != '.')
            *gb_push(&names) = gb_path_join(&c->inputs->arena, folder, entry->d_name);
    }
    closedir(dir);
    gb_sort(names.items, names.len, sizeof(names.items[0]), gb_compare_names);
    GB_EACH_IN(name, &names)
        visit(c, *name, &here);
    gb_array_release(&names);
}

static void
add_operand(struct collector *c, const char *path)
{
    size_t before = c->inputs->list.len;
    uint32_t failed = c->inputs->n_failed;

    if (!gb_path_is_directory(path)) {
        gb_inputs_add(c->inputs, c->options, c->configs, path, true);
        return;
    }
    if (c->options->force_exclude && gb_configs_excludes(c->configs, path))
        return;
    walk(c, path, NULL);
    if (c->inputs->list.len == before && c->inputs->n_failed == failed)
        fprintf(stderr,
                GB_SAY(c->options->english, "gblint: %s: 目录中没有草案\n", "gblint: %s: no drafts in this folder\n"),
                path);
}

void
gb_inputs_collect(struct gb_inputs *inputs, const struct gb_options *options, struct gb_configs *configs)
{
    struct collector c = {inputs, options, configs};

    GB_EACH_IN(operand, &options->operands)
        add_operand(&c, *operand);
    if (!options->operands.len)
        add_operand(&c, ".");
}

void
gb_inputs_release(struct gb_inputs *inputs)
{
    gb_array_release(&inputs->list);
    gb_arena_release(&inputs->arena);
}

static bool
is_input(const struct gb_inputs *inputs, const struct stat *output)
{
    struct stat st;

    GB_EACH_IN(input, &inputs->list) {
        for (uint32_t k = 0; k < input->n_paths; k++) {
            if (stat(input->paths[k], &st) == 0 && st.st_dev == output->st_dev && st.st_ino == output->st_ino)
                return true;
        }
    }
    return false;
}

bool
gb_inputs_hold(const struct gb_inputs *inputs, const struct gb_output_spec *outputs, size_t n)
{
    struct stat st;

    GB_FIND(output, outputs, n,
            output->path && stat(output->path, &st) == 0 && S_ISREG(st.st_mode) && is_input(inputs, &st));
    return output != NULL;
}

struct gb_input *
gb_input_only(struct gb_inputs *inputs, const struct gb_options *options, struct gb_configs *configs, const char *many)
{
    const char *fault = NULL;
    struct gb_error error;

    if (options->operands.len == 1)
        gb_inputs_collect(inputs, options, configs);
    if (inputs->n_failed)
        return NULL;
    if (options->operands.len != 1)
        fault = many;
    else if (inputs->list.len != 1)
        fault = GB_SAY(options->english, "目录中须恰有一个草案", "the folder must hold one draft");
    else if (gb_inputs_hold(inputs, options->outputs.items, options->outputs.len))
        fault = GB_SAY(options->english, "输出文件就是草案", "the output is the draft");
    if (!fault)
        return &inputs->list.items[0];
    gb_error_set(&error, options->operands.len ? options->operands.items[0] : NULL, 0, 0, "%s", fault);
    gb_error_print(&error);
    return NULL;
}

static bool
refuse(const struct gb_include_root *root, struct gb_error *why, const char *zh, const char *en)
{
    gb_error_set(why, NULL, 0, 0, "%s", GB_SAY(root->english, zh, en));
    return false;
}

/* Addresses with a scheme are not files; a single letter before the colon is no scheme. */
static bool
has_scheme(struct gb_str href)
{
    size_t colon = gb_str_find(href, GB_STR(":"), 0);

    return colon != GB_NOT_FOUND && colon > 1 &&
           gb_str_find(gb_str_sub(href, 0, colon), GB_STR("/"), 0) == GB_NOT_FOUND;
}

static bool
is_read(const struct gb_source *source, const struct gb_overlay *overlay, const char *real)
{
    for (uint32_t i = 0; i < source->n_files; i++) {
        const char *other = gb_overlay_real(overlay, source->files[i].path, source->arena);
        if (other && strcmp(other, real) == 0)
            return true;
    }
    return false;
}

static bool
open_include(void *data, struct gb_source *source, const char *from, struct gb_str href, uint32_t *out_file,
             struct gb_error *why)
{
    const struct gb_include_root *root = data;
    const char *name = gb_arena_copy(source->arena, href).ptr;
    const char *path = gb_path_join(source->arena, gb_path_folder(source->arena, from).ptr, name);
    struct stat st;
    struct gb_str bytes;

    if (has_scheme(href))
        return refuse(root, why, "不是本地文件", "it is no local file");
    const char *real = gb_overlay_real(root->overlay, path, source->arena);
    if (!real)
        return refuse(root, why, "没有这个文件", "there is no such file");
    if (!root->root || !gb_path_inside(real, root->root))
        return refuse(root, why, "在项目目录之外", "it lies outside the project");
    bool is_staged = root->overlay && root->overlay->git;
    if (!is_staged && (stat(real, &st) || !S_ISREG(st.st_mode)))
        return refuse(root, why, "不是普通文件", "it is no regular file");
    /* Once only: files that include each other several times would grow without end. */
    if (is_read(source, root->overlay, real))
        return refuse(root, why, "已经包含过", "it was included before");
    if (!gb_overlay_read(root->overlay, path, source->arena, &bytes, why))
        return false;
    gb_source_add(source, path, bytes);
    *out_file = source->n_files - 1;
    return true;
}

struct gb_includer
gb_includer_for(const struct gb_include_root *root)
{
    return (struct gb_includer){open_include, (void *)(uintptr_t)root};
}
