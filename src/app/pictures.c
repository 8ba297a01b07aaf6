<<<<<<< HEAD
/* Pictures that a draft names: they must lie inside its project, be there to be opened, and have dots enough to be printed. */
#include "app/pictures.h"

#include "app/path.h"
#include "app/raster.h"
=======
/*
 * Pictures that a draft names: they must lie inside its project, and be there to be opened. Those that may hold the source of a
 * chart are read; pixels never are.
 */
#include "app/pictures.h"

#include "app/path.h"
#include "flow/detect.h"
>>>>>>> f8fb5d4 (facts/flow: the charts of a draft, in its text and in its picture files)

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* http:, data: and the like are fetched by nobody, and no fault. */
static bool
is_remote(struct gb_str name)
{
    size_t i = 0;

    while (i < name.len && ((name.ptr[i] >= 'a' && name.ptr[i] <= 'z') || (name.ptr[i] >= 'A' && name.ptr[i] <= 'Z')))
        i++;
    return gb_str_starts(name, GB_STR("//")) || (i > 1 && i < name.len && name.ptr[i] == ':');
}

/* An absolute path without "." and "..", told from its words alone: for files that are not there. */
static const char *
without_dots(struct gb_arena *arena, struct gb_str path)
{
    struct gb_str clean = gb_arena_copy(arena, path);
    char *out = (char *)clean.ptr;
    size_t n = 0;

    for (size_t at = 0; at < path.len;) {
        size_t end = gb_str_find(path, GB_STR("/"), at);
        struct gb_str part = gb_str_sub(path, at, end == GB_NOT_FOUND ? path.len : end);
        at = end == GB_NOT_FOUND ? path.len : end + 1;
        if (part.len == 0 || gb_str_is(part, "."))
            continue;
        if (gb_str_is(part, "..")) {
            while (n > 0 && out[--n] != '/')
                ;
            continue;
        }
        out[n++] = '/';
        memmove(out + n, part.ptr, part.len);
        n += part.len;
    }
    out[n] = '\0';
    return out;
}

<<<<<<< HEAD
/* Where the files of a draft lie. */
struct places {
    struct gb_doc *doc;
    const char *draft, *root;
    GB_ARRAY(struct gb_fault) faults;
    GB_ARRAY(struct gb_picture) pictures;
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

static void
look_at(struct places *places, const struct gb_node *figure)
{
    const struct gb_text *file = &figure->u.figure->file;
    struct gb_arena *arena = places->doc->arena;
    struct gb_str name = gb_str_trim(file->str);
    const char *folder = folder_at(places, gb_text_whole(file, NULL).begin);

    if (!folder)
        return;
    const char *path = gb_path_join(arena, folder, gb_arena_copy(arena, name).ptr), *real = gb_path_real(arena, path);
    struct gb_picture picture = {.figure = figure};
    if (!gb_path_inside(real ? real : without_dots(arena, gb_str_from(path)), places->root)) {
        add_fault(places, file, name, "在项目目录之外，没有读取", "lies outside of the project and was not read");
    } else if (!real) {
        bool has_folder = gb_path_is_directory(gb_path_folder(arena, path).ptr);
        picture.fault = has_folder ? GB_PICTURE_MISSING : GB_PICTURE_NO_FOLDER;
        *gb_push(&places->pictures) = picture;
    } else if (access(real, R_OK) != 0) {
        add_fault(places, file, name, "不能打开", "cannot be opened");
    } else if ((picture.width = gb_raster_width(real)) > 0 && picture.width < FEWEST_DOTS) {
        picture.fault = GB_PICTURE_SMALL;
        *gb_push(&places->pictures) = picture;
    }
}

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
    if (places->pictures.len) {
        doc->pictures = gb_arena_copy_bytes(doc->arena, places->pictures.items,
                                            places->pictures.len * sizeof(*places->pictures.items));
        doc->n_pictures = (uint32_t)places->pictures.len;
    }
    gb_array_release(&places->faults);
    gb_array_release(&places->pictures);
=======
/* A picture as a figure names it, and where it is. */
struct picture {
    struct gb_str name;
    struct gb_span span;         /* of the name */
    bool is_exact;
    const char *real;            /* free of links and ".."; NULL: it is not there */
};

/* What is wrong with the picture, in both languages; NULL: nothing, or it is not there, which other rules tell. */
static const char *const *
resolve(struct gb_arena *arena, const char *root, const char *draft, struct picture *picture)
{
    static const char *const outside[] = {"图片“%.*s”在项目目录之外，没有读取",
                                          "the picture “%.*s” lies outside of the project and was not read"};
    static const char *const closed[] = {"图片“%.*s”不能打开", "the picture “%.*s” cannot be opened"};
    struct gb_str folder = gb_path_folder(arena, draft);
    const char *from = gb_path_real(arena, folder.ptr);

    if (!from)
        return NULL;
    const char *path = gb_path_join(arena, from, gb_arena_copy(arena, picture->name).ptr);
    picture->real = gb_path_real(arena, path);
    if (!gb_path_inside(picture->real ? picture->real : without_dots(arena, gb_str_from(path)), root))
        return outside;
    return picture->real && access(picture->real, R_OK) != 0 ? closed : NULL;
}

/* ---- Charts in files ---- */

enum { MOST_BYTES = 16 * 1024 * 1024 };

/* Bytes of a regular file; 0 for a device or the like, which might never end. */
static uint64_t
size_of(const char *path)
{
    struct stat info;

    return stat(path, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0 ? (uint64_t)info.st_size : 0;
}

static uint32_t
big_endian(const unsigned char *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* Is this chunk of a PNG one in which draw.io keeps its drawing? */
static bool
is_drawing_chunk(const unsigned char *head, struct gb_str data)
{
    bool is_text = memcmp(head + 4, "tEXt", 4) == 0 || memcmp(head + 4, "zTXt", 4) == 0 || memcmp(head + 4, "iTXt", 4) == 0;

    return is_text && (gb_str_starts(data, (struct gb_str){"mxfile", sizeof("mxfile")}) ||
                       gb_str_starts(data, (struct gb_str){"mxGraphModel", sizeof("mxGraphModel")}));
}

/*
 * A PNG without its pixels: signature and the chunk with the drawing, as stored. Empty when it holds none: then it is a picture
 * as any other. The pixels are skipped, not read.
 */
static struct gb_str
read_png(const char *path, struct gb_arena *arena)
{
    enum { SIGNATURE = 8, HEAD = 8, CHECKSUM = 4, MOST_CHUNKS = 100000 };
    FILE *f = fopen(path, "rb");
    struct gb_buf out = {0};
    char signature[SIGNATURE];
    unsigned char head[HEAD];
    struct gb_str drawing = GB_STR("");

    if (!f)
        return drawing;
    if (fread(signature, 1, SIGNATURE, f) == SIGNATURE && memcmp(signature, "\x89PNG\r\n\x1A\n", SIGNATURE) == 0) {
        for (int i = 0; i < MOST_CHUNKS && !drawing.len && fread(head, 1, HEAD, f) == HEAD; i++) {
            uint32_t size = big_endian(head);
            if (size > MOST_BYTES)
                break;
            if (head[5] != 'E' && head[5] != 'T') { /* .EXt, .TXt: the second letter tells text from pixels */
                if (fseek(f, (long)size + CHECKSUM, SEEK_CUR) != 0)
                    break;
                continue;
            }
            out.len = 0;
            gb_buf_add(&out, (struct gb_str){signature, SIGNATURE});
            gb_buf_add(&out, (struct gb_str){(char *)head, HEAD});
            gb_buf_reserve(&out, size + CHECKSUM);
            if (fread(out.ptr + out.len, 1, size + CHECKSUM, f) != size + CHECKSUM)
                break;
            out.len += size + CHECKSUM;
            if (is_drawing_chunk(head, gb_str_sub(gb_buf_str(&out), SIGNATURE + HEAD, out.len - CHECKSUM)))
                drawing = gb_buf_take(&out, arena);
        }
    }
    fclose(f);
    gb_buf_release(&out);
    return drawing;
}

struct gb_str
gb_read_chart_file(const char *path, struct gb_arena *arena)
{
    struct gb_str bytes;
    struct gb_error error;
    struct gb_source source;
    size_t len = strlen(path);

    uint64_t size = size_of(path);
    if (len > 4 && gb_str_eq_nocase(gb_str_from(path + len - 4), GB_STR(".png")))
        return size ? read_png(path, arena) : GB_STR("");
    if (size == 0 || size > MOST_BYTES || !gb_read_file(path, arena, &bytes, &error))
        return GB_STR("");
    gb_source_init(&source, arena);
    return gb_source_add(&source, path, bytes)->text;
}

/* The notation of a file: by its ending; of an .xml by its root; of an .svg by what is in it. */
static enum gb_flow_format
format_of(struct gb_str name, struct gb_str bytes)
{
    enum gb_flow_format format = gb_flow_format_of_file(name);

    return format == GB_FLOW_UNKNOWN ? gb_flow_detect(bytes) : format;
}

static bool
may_hold_chart(struct gb_str name)
{
    return gb_flow_format_of_file(name) != GB_FLOW_UNKNOWN || (name.len > 4 && gb_str_eq_nocase(gb_str_skip(name, name.len - 4), GB_STR(".xml")));
}

/* ---- All pictures of a draft ---- */

struct finder {
    struct gb_doc *doc;
    const char *draft, *root;
    GB_ARRAY(struct gb_fault) faults;
    GB_ARRAY(struct gb_chart_file) files;
};

/* A figure with the source of its chart beside the picture needs no other: the picture is drawn from it. */
static void
look_at(struct finder *f, const struct gb_node *figure, const struct gb_text *file)
{
    struct gb_arena *arena = f->doc->arena;
    struct picture picture = {.name = gb_str_trim(file->str)};

    if (picture.name.len == 0 || is_remote(picture.name) || memchr(picture.name.ptr, '\0', picture.name.len))
        return;
    if (!f->root && !(f->root = gb_path_root(arena, f->draft)))
        return;
    picture.span = gb_text_whole(file, &picture.is_exact);
    const struct gb_source_file *in = gb_source_file_at(f->doc->source, picture.span.begin);
    const char *const *fault = resolve(arena, f->root, f->doc->source->n_files > 1 ? in->path : f->draft, &picture);
    if (fault) {
        *gb_push(&f->faults) = (struct gb_fault){.kind = GB_FAULT_UNREADABLE, .span = picture.span, .by_line = !picture.is_exact,
                                                 .zh = gb_arena_printf(arena, fault[0], GB_FMT(picture.name)),
                                                 .en = gb_arena_printf(arena, fault[1], GB_FMT(picture.name))};
    } else if (picture.real && !(figure->flags & GB_NODE_FLOWCHART) && may_hold_chart(picture.name)) {
        struct gb_str bytes = gb_read_chart_file(picture.real, arena);
        enum gb_flow_format format = bytes.len ? format_of(picture.name, bytes) : GB_FLOW_UNKNOWN;
        if (format != GB_FLOW_UNKNOWN)
            *gb_push(&f->files) = (struct gb_chart_file){figure, picture.name, bytes, format};
    }
>>>>>>> f8fb5d4 (facts/flow: the charts of a draft, in its text and in its picture files)
}

void
gb_find_pictures(struct gb_doc *doc, struct gb_facts *facts, const char *draft)
{
    const struct gb_nodes *figures = &facts->of_kind[GB_NODE_FIGURE];
<<<<<<< HEAD
    struct places places = {.doc = doc, .draft = draft};
=======
    struct finder f = {.doc = doc, .draft = draft};
>>>>>>> f8fb5d4 (facts/flow: the charts of a draft, in its text and in its picture files)

    if (strcmp(draft, "-") == 0) /* its folder is not known */
        return;
    for (uint32_t i = 0; i < figures->n; i++) {
<<<<<<< HEAD
        struct gb_str name = gb_str_trim(figures->items[i]->u.figure->file.str);
        if (name.len == 0 || is_remote(name) || memchr(name.ptr, '\0', name.len))
            continue;
        if (!places.root && !(places.root = gb_path_root(doc->arena, draft)))
            break;
        look_at(&places, figures->items[i]);
    }
    hand_over(&places);
=======
        for (const struct gb_figure *part = figures->items[i]->u.figure; part; part = part->next)
            look_at(&f, figures->items[i], &part->file);
    }
    if (f.faults.len) {
        struct gb_fault *all = gb_arena_new_array(doc->arena, struct gb_fault, doc->n_faults + f.faults.len);
        memcpy(all, doc->faults, doc->n_faults * sizeof(*all));
        memcpy(all + doc->n_faults, f.faults.items, f.faults.len * sizeof(*all));
        doc->faults = all;
        doc->n_faults += (uint32_t)f.faults.len;
    }
    const struct gb_chart_file *files = gb_arena_copy_bytes(doc->arena, f.files.items, f.files.len * sizeof(*files));
    gb_find_charts(facts, doc, files, (uint32_t)f.files.len);
    gb_array_release(&f.faults);
    gb_array_release(&f.files);
>>>>>>> f8fb5d4 (facts/flow: the charts of a draft, in its text and in its picture files)
}
