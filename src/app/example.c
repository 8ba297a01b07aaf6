#include "app/example.h"

#include "app/draft.h"
#include "app/series.h"
#include "app/files/path.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder of its own for the document and its companions, so that nothing else is found beside them. */
struct folder {
    char path[64];
    struct gb_arena arena;
    GB_ARRAY(const char *) made; /* files and folders, to be removed from the end */
};

static bool
make_folder(struct folder *folder)
{
    const char *tmp = getenv("TMPDIR");

    snprintf(folder->path, sizeof(folder->path), "%s/gblint.XXXXXX", tmp && strlen(tmp) < 40 ? tmp : "/tmp");
    return mkdtemp(folder->path) != NULL;
}

static void
remove_folder(struct folder *folder)
{
    for (size_t i = folder->made.len; i > 0; i--)
        remove(folder->made.items[i - 1]);
    rmdir(folder->path);
    gb_array_release(&folder->made);
    gb_arena_release(&folder->arena);
}

/* Writes a file under the folder, with the folders above it. The path written, or NULL. */
static const char *
add_file(struct folder *folder, struct gb_str name, struct gb_str text)
{
    char *path = (char *)gb_arena_printf(&folder->arena, "%s/%.*s", folder->path, GB_FMT(name)).ptr;

    if (gb_str_has(name, GB_STR("..")))
        return NULL;
    for (char *slash = strchr(path + strlen(folder->path) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        if (mkdir(path, 0700) == 0)
            *gb_push(&folder->made) = gb_arena_copy(&folder->arena, gb_str_from(path)).ptr;
        *slash = '/';
    }
    FILE *f = fopen(path, "w");
    if (!f)
        return NULL;
    *gb_push(&folder->made) = path;
    fwrite(text.ptr, 1, text.len, f);
    return fclose(f) == 0 ? path : NULL;
}

/* An argument that is the name of a companion stands for its path. */
static const char *
argument(const struct gb_example *example, size_t i, struct folder *folder)
{
    for (size_t k = 0; k < example->n_files; k++) {
        if (gb_str_eq(example->args[i], example->files[2 * k]))
            return gb_path_join(&folder->arena, folder->path, example->args[i].ptr);
    }
    return example->args[i].ptr;
}

/* Options as `gblint lint ARGS… FILE` has them. */
static bool
parse_args(const struct gb_example *example, struct folder *folder, const char *path, struct gb_options *options,
           struct gb_error *error)
{
    GB_ARRAY(char *) argv = {0};

    *gb_push(&argv) = "gblint";
    *gb_push(&argv) = "lint";
    *gb_push(&argv) = "--no-config";
    for (size_t i = 0; i < example->n_args; i++)
        *gb_push(&argv) = (char *)argument(example, i, folder);
    *gb_push(&argv) = (char *)path;
    int argc = (int)argv.len;
    *gb_push(&argv) = NULL;
    bool ok = gb_options_parse(options, argc, argv.items, error);
    gb_array_release(&argv);
    return ok;
}

static void
describe(const struct gb_source *source, const struct gb_finding *f, struct gb_buf *out)
{
    struct gb_place place = gb_source_place(source, f->at.span.begin);

    gb_buf_printf(out, "  %u:%u %s %.*s “%.*s” | %.*s\n", place.line, f->at.by_line ? 0 : place.column,
                  gb_level_name(f->level), GB_FMT(f->rule->code), GB_FMT(gb_source_text(source, f->at.span)),
                  GB_FMT(f->message));
}

/* What an example is held against: its findings so far. */
struct comparison {
    const struct gb_example *example;
    struct gb_str code;
    enum gb_level least; /* of its own rule: what it is silent on */
    struct gb_buf got;
    size_t own;
    bool ok;
};

static void
compare_report(struct comparison *c, const struct gb_report *report)
{
    const struct gb_example *example = c->example;

    GB_EACH_IN(f, &report->findings) {
        bool is_own = gb_str_eq(f->rule->code, c->code);

        if (f->is_suppressed)
            continue;
        if (is_own && example->kind == GB_EXAMPLE_BAD) {
            struct gb_str quote = gb_source_text(report->source, f->at.span);
            c->ok = c->ok && (example->n_at == 0 || (c->own < example->n_at && gb_str_eq(quote, example->at[c->own])));
            c->own++;
        } else if (f->level >= GB_LEVEL_WARNING || (is_own && f->level >= c->least)) {
            c->ok = false;
        } else if (!is_own) {
            continue;
        }
        describe(report->source, f, &c->got);
    }
}

/* Does the example hold? Else *fault tells what was expected and what came. */
static bool
conclude(struct comparison *c, struct gb_buf *fault)
{
    const struct gb_example *example = c->example;

    if (example->kind == GB_EXAMPLE_BAD)
        c->ok = c->ok && c->own && (example->n_at == 0 || c->own == example->n_at);
    if (!c->ok) {
        gb_buf_printf(fault, "expected %s%.*s", example->kind == GB_EXAMPLE_BAD ? "" : "nothing",
                      GB_FMT(example->kind == GB_EXAMPLE_BAD ? c->code : GB_STR("")));
        for (size_t i = 0; i < example->n_at; i++)
            gb_buf_printf(fault, " “%.*s”", GB_FMT(example->at[i]));
        gb_buf_printf(fault, ", got%s\n%.*s", c->got.len ? "" : " nothing", GB_FMT(gb_buf_str(&c->got)));
    }
    gb_buf_release(&c->got);
    return c->ok;
}

/* The draft among the documents of its manifest, which are companions of the example: the manifest's own findings come behind. */
static bool
judge_series(struct comparison *c, const struct gb_input *input, const struct gb_options *options,
             struct gb_configs *configs, struct gb_error *error)
{
    struct gb_plan plan = {0};
    struct gb_inputs inputs = {0};
    struct gb_kept *kept = NULL;
    size_t n = 0;

    *gb_push(&inputs.list) = *input;
    bool ok =
        gb_plan_manifest(&plan, options, configs, error) && gb_plan_inputs(&plan, &inputs, options, configs, error);
    if (ok) {
        kept = gb_alloc(sizeof(*kept) * (plan.context.len + 1));
        gb_keep(&kept[n++], &inputs.list.items[0], true, (struct gb_wanted){.fixes = true});
        GB_EACH_IN(other, &plan.context)
            gb_keep(&kept[n++], other, false, (struct gb_wanted){0});
        gb_plan_judge(&plan, kept, n);
        compare_report(c, gb_kept_report(&kept[0]));
        GB_EACH_IN(table, &plan.manifests)
            compare_report(c, *table);
    }
    while (n)
        gb_kept_release(&kept[--n]);
    free(kept);
    gb_plan_release(&plan);
    gb_inputs_release(&inputs);
    return ok;
}

/* Judges the draft with the settings of the options, and the user's pack on top. */
static bool
judge(const struct gb_example *example, struct gb_str code, const char *pack, const char *path,
      const struct gb_options *options, struct gb_buf *fault)
{
    struct gb_configs *configs = gb_configs_new(options, pack == NULL);
    struct gb_error error = {0};
    const struct gb_settings *found = gb_configs_settings(configs, path, &error);
    struct gb_ruleset *own_rules = NULL;
    struct gb_draft draft = {0};
    bool ok = false;

    if (found) {
        struct gb_settings settings = *found;
        struct gb_ruleset_options with = {.english = settings.english,
                                          .packs = &pack,
                                          .n_packs = 1,
                                          .changes = settings.changes,
                                          .n_changes = settings.n_changes};
        struct gb_input input = {.paths = &path, .n_paths = 1, .is_named = true, .shown = path, .settings = &settings};

        if (pack)
            settings.rules = own_rules = gb_ruleset_new(&with, &error);
        struct comparison comparison = {.example = example, .code = code, .least = settings.level, .ok = true};
        if (settings.rules && options->manifest) {
            ok = judge_series(&comparison, &input, options, configs, &error) && conclude(&comparison, fault);
        } else if (settings.rules && gb_draft_read(&draft, &input, &error) == GB_DRAFT_READY) {
            gb_draft_judge(&draft, &input, (struct gb_wanted){.fixes = true});
            compare_report(&comparison, &draft.report);
            ok = conclude(&comparison, fault);
        }
        gb_draft_release(&draft);
    }
    if (error.message[0])
        gb_buf_printf(fault, "%s\n", error.message);
    gb_ruleset_free(own_rules);
    gb_configs_free(configs);
    return ok;
}

bool
gb_example_holds(const struct gb_example *example, struct gb_str code, const char *pack, struct gb_buf *fault)
{
    struct folder folder = {0};
    struct gb_options options = {0};
    struct gb_error error;
    bool ok = make_folder(&folder);

    for (size_t i = 0; ok && i < example->n_files; i++)
        ok = add_file(&folder, example->files[2 * i], example->files[2 * i + 1]) != NULL;
    const char *path =
        ok ? add_file(&folder, example->is_docbook ? GB_STR("x.xml") : GB_STR("x.md"), example->document) : NULL;
    if (!path) {
        gb_buf_printf(fault, "temporary file: %s\n", strerror(errno));
        ok = false;
    } else if (!parse_args(example, &folder, path, &options, &error)) {
        gb_buf_printf(fault, "args: %s\n", error.message);
        ok = false;
    } else {
        ok = judge(example, code, pack, path, &options, fault);
    }
    gb_options_release(&options);
    remove_folder(&folder);
    return ok;
}
