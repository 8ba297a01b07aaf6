/* Pictures that a draft names: they must lie inside its project, be there to be opened, and have dots enough to be printed. Those
 * that may hold a chart are read. */
#include "app/files/pictures.h"

#include "app/files/chart_file.h"
#include "app/files/path.h"
#include "app/files/raster.h"
#include "base/sort.h"
#include "emit/path.h"

#include <unistd.h>

/* http:, data: and the like are fetched by nobody, and no fault. */
static bool
is_remote(struct gb_str name)
{
    size_t i = 0;

    while (i < name.len && gb_is_letter(name.ptr[i]))
        i++;
    return gb_str_starts(name, GB_STR("//")) || (i > 1 && i < name.len && name.ptr[i] == ':');
}

/* An absolute path without "." and "..", told from its words alone: for files that are not there. */
static const char *
without_dots(struct gb_arena *arena, const char *path)
{
    struct gb_buf clean = {0};

    gb_add_path_below(&clean, NULL, path);
    return gb_buf_take(&clean, arena).ptr;
}

/* Where the files of a draft lie. */
struct places {
    struct gb_doc *doc;
    const char *draft, *root;
    GB_ARRAY(struct gb_fault) faults;
    GB_ARRAY(struct gb_picture) pictures;
    GB_ARRAY(struct gb_picture_file) files;
    GB_ARRAY(struct gb_chart_file) charts;
};

/* The real folder that paths of the file at this byte are seen from, or NULL. */
static const char *
folder_at(const struct places *places, uint32_t begin)
{
    const struct gb_doc *doc = places->doc;
    const char *path = doc->source->n_files > 1 ? gb_source_file_at(doc->source, begin)->path : places->draft;

    return gb_path_real(doc->arena, gb_path_folder(doc->arena, path).ptr);
}

static void
add_fault(struct places *places, const struct gb_text *file, struct gb_str name, const char *zh, const char *en)
{
    struct gb_arena *arena = places->doc->arena;
    bool exact;
    struct gb_span span = gb_text_whole(file, &exact);

    *gb_push(&places->faults) = (struct gb_fault){
        .kind = GB_FAULT_UNREADABLE,
        .span = span,
        .by_line = !exact,
        .zh = gb_arena_printf(arena, "图片“%.*s”%s", GB_FMT(name), zh),
        .en = gb_arena_printf(arena, "the picture “%.*s” %s", GB_FMT(name), en),
    };
}

/* Full width of a page of 165 mm at 300 dots an inch. */
enum { FEWEST_DOTS = 1950 };

/* A figure with the source of its chart beside the picture needs no other: the picture is drawn from it. */
static void
look_for_chart(struct places *places, const struct gb_node *figure, struct gb_str name, const char *path)
{
    if ((figure->flags & GB_NODE_FLOWCHART) || !gb_may_hold_chart(name))
        return;
    struct gb_str bytes = gb_read_chart_file(path, places->doc->arena);
    enum gb_flow_format format = bytes.len ? gb_chart_file_format(name, bytes) : GB_FLOW_UNKNOWN;
    if (format != GB_FLOW_UNKNOWN)
        *gb_push(&places->charts) = (struct gb_chart_file){figure, name, bytes, format};
}

/* The path without the ending of the file. */
static struct gb_str
stem_of(struct gb_str path)
{
    size_t dot = path.len;

    while (dot > 0 && path.ptr[dot - 1] != '.' && path.ptr[dot - 1] != '/')
        dot--;
    return dot > 0 && path.ptr[dot - 1] == '.' ? gb_str_sub(path, 0, dot - 1) : path;
}

/* Is it a picture that stands before it in another format, as DocBook has them side by side? */
static bool
is_other_format(const struct gb_node *figure, const struct gb_figure *part)
{
    struct gb_str stem = stem_of(gb_str_trim(part->file.str));

    return GB_ANY(for (const struct gb_figure *p = figure->u.figure; p != part; p = p->next),
                  gb_str_eq(stem_of(gb_str_trim(p->file.str)), stem));
}

static void
look_at(struct places *places, const struct gb_node *figure, const struct gb_figure *part)
{
    struct gb_arena *arena = places->doc->arena;
    const struct gb_text *file = &part->file;
    struct gb_str name = gb_str_trim(file->str);
    const char *folder = folder_at(places, gb_text_whole(file, NULL).begin);

    if (!folder)
        return;
    const char *path = gb_path_join(arena, folder, gb_arena_copy(arena, name).ptr), *real = gb_path_real(arena, path);
    if (!real && name.ptr[0] == '/') { /* of a site, whose root is the project */
        path = gb_path_join(arena, places->root, gb_arena_copy(arena, gb_str_skip(name, 1)).ptr);
        real = gb_path_real(arena, path);
    }
    struct gb_picture picture = {.figure = figure, .of = part};
    bool is_flawed = false;
    if (!gb_path_inside(real ? real : without_dots(arena, path), places->root)) {
        add_fault(places, file, name, "在项目目录之外，没有读取", "lies outside of the project and was not read");
    } else if (!real) {
        bool has_folder = gb_path_is_directory(gb_path_folder(arena, path).ptr);
        picture.fault = has_folder ? GB_PICTURE_MISSING : GB_PICTURE_NO_FOLDER;
        is_flawed = true;
    } else if (access(real, R_OK) != 0) {
        add_fault(places, file, name, "不能打开", "cannot be opened");
    } else {
        picture.fault = GB_PICTURE_SMALL;
        is_flawed = figure->kind == GB_NODE_FIGURE && (picture.width = gb_raster_width(real)) > 0 &&
                    picture.width < FEWEST_DOTS;
        if (figure->kind == GB_NODE_FIGURE)
            look_for_chart(places, figure, name, real);
        *gb_push(&places->files) = (struct gb_picture_file){part, real, gb_path_size(real)};
    }
    if (is_flawed &&
        (part == figure->u.figure || (picture.fault == GB_PICTURE_MISSING && !is_other_format(figure, part))))
        *gb_push(&places->pictures) = picture;
}

GB_ORDER(compare_files, struct gb_picture_file, GB_KEY(of))

static void
hand_over(struct places *places)
{
    struct gb_doc *doc = places->doc;

    if (places->faults.len) {
        struct gb_fault *all = gb_arena_new_array(doc->arena, struct gb_fault, doc->n_faults + places->faults.len);
        memcpy(all, doc->faults, doc->n_faults * sizeof(*all));
        memcpy(all + doc->n_faults, places->faults.items, places->faults.len * sizeof(*all));
        doc->faults = all;
        doc->n_faults += (uint32_t)places->faults.len;
    }
    GB_KEEP(doc->arena, &places->pictures, doc->pictures, doc->n_pictures);
    gb_sort(places->files.items, places->files.len, sizeof(*places->files.items), compare_files);
    GB_KEEP(doc->arena, &places->files, doc->picture_files, doc->n_picture_files);
    gb_array_release(&places->faults);
}

/* Pictures of all figures or formulas; of a draft from standard input the folder is not known. */
static void
look_at_all(struct places *places, const struct gb_nodes *figures)
{
    for (uint32_t i = 0; i < figures->n; i++) {
        for (const struct gb_figure *part = figures->items[i]->u.figure; part; part = part->next) {
            struct gb_str name = gb_str_trim(part->file.str);
            if (name.len == 0 || is_remote(name) || memchr(name.ptr, '\0', name.len))
                continue;
            if (!places->root && !(places->root = gb_path_root(places->doc->arena, places->draft)))
                return;
            look_at(places, figures->items[i], part);
        }
    }
}

void
gb_find_pictures(struct gb_doc *doc, struct gb_facts *facts, const char *draft)
{
    struct places places = {.doc = doc, .draft = draft};

    if (strcmp(draft, "-") != 0) {
        look_at_all(&places, &facts->of_kind[GB_NODE_FIGURE]);
        look_at_all(&places, &facts->of_kind[GB_NODE_FORMULA]);
    }
    const struct gb_chart_file *charts;
    uint32_t n_charts;
    GB_KEEP(doc->arena, &places.charts, charts, n_charts);
    gb_find_charts(facts, doc, charts, n_charts);
    hand_over(&places);
}
