/* The heads of picture files: each format has its width at a place of its own. */
#include "app/files/raster.h"

#include "app/files/path.h"

#include <stdio.h>

/* More of a file is not read: in a JPEG the width stands behind the data of the camera. */
enum { MOST_READ = 1 << 17 };

uint32_t
gb_big_endian(const unsigned char *bytes, unsigned n)
{
    uint32_t value = 0;

    for (unsigned i = 0; i < n; i++)
        value = value << 8 | bytes[i];
    return value;
}

static uint32_t
little_endian(const unsigned char *bytes, unsigned n)
{
    uint32_t value = 0;

    while (n-- > 0)
        value = value << 8 | bytes[n];
    return value;
}

/* Formats whose width stands at a fixed place. */
static const struct format {
    const char *magic;
    unsigned n_magic, at, n;
    bool is_big;
} formats[] = {
    {"\x89PNG\r\n\x1A\n", 8, 16, 4, true},
    {"GIF8", 4, 6, 2, false},
    {"BM", 2, 18, 4, false},
};

/* Segments of a JPEG follow on each other, each with its length; that of the frame tells height and width. */
static uint32_t
jpeg_width(const unsigned char *head, size_t n)
{
    size_t at = 2;

    while (at + 9 < n && head[at] == 0xFF) {
        unsigned kind = head[at + 1];
        bool is_frame = kind >= 0xC0 && kind <= 0xCF && kind != 0xC4 && kind != 0xC8 && kind != 0xCC;
        if (is_frame)
            return gb_big_endian(head + at + 7, 2);
        at += 2 + gb_big_endian(head + at + 2, 2);
    }
    return 0;
}

static uint32_t
width_of(const unsigned char *head, size_t n)
{
    for (size_t i = 0; i < GB_COUNT(formats); i++) {
        const struct format *f = &formats[i];
        if (n >= f->at + f->n && memcmp(head, f->magic, f->n_magic) == 0)
            return f->is_big ? gb_big_endian(head + f->at, f->n) : little_endian(head + f->at, f->n);
    }
    return n > 2 && head[0] == 0xFF && head[1] == 0xD8 ? jpeg_width(head, n) : 0;
}

uint32_t
gb_raster_width(const char *path)
{
    unsigned char head[MOST_READ];
    FILE *file = gb_path_size(path) ? fopen(path, "rb") : NULL;

    if (!file)
        return 0;
    size_t n = fread(head, 1, sizeof(head), file);
    fclose(file);
    return width_of(head, n);
}
