/* Files that hold a chart: Mermaid and the like, drawings in XML, pictures with their drawing inside. Pixels are never read. */
#include "app/files/chart_file.h"

#include "app/files/path.h"
#include "app/files/raster.h"
#include "base/buf.h"
#include "flow/detect.h"
#include "source/source.h"

#include <stdio.h>

enum { MOST_BYTES = 16 * 1024 * 1024 };

/* Is this chunk of a PNG one in which draw.io keeps its drawing? */
static bool
is_drawing_chunk(const unsigned char *head, struct gb_str data)
{
    bool is_text =
        memcmp(head + 4, "tEXt", 4) == 0 || memcmp(head + 4, "zTXt", 4) == 0 || memcmp(head + 4, "iTXt", 4) == 0;

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
            uint32_t size = gb_big_endian(head, 4);
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

    uint64_t size = gb_path_size(path);
    if (len > 4 && gb_str_eq_nocase(gb_str_from(path + len - 4), GB_STR(".png")))
        return size ? read_png(path, arena) : GB_STR("");
    if (size == 0 || size > MOST_BYTES || !gb_read_regular_file(path, arena, &bytes, &error))
        return GB_STR("");
    gb_source_init(&source, arena);
    return gb_source_add(&source, path, bytes)->text;
}

enum gb_flow_format
gb_chart_file_format(struct gb_str name, struct gb_str bytes)
{
    enum gb_flow_format format = gb_flow_format_of_file(name);

    return format == GB_FLOW_UNKNOWN ? gb_flow_detect(bytes) : format;
}

bool
gb_may_hold_chart(struct gb_str name)
{
    return gb_flow_format_of_file(name) != GB_FLOW_UNKNOWN ||
           (name.len > 4 && gb_str_eq_nocase(gb_str_skip(name, name.len - 4), GB_STR(".xml")));
}
