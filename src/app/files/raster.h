/* How many dots a picture has: from the head of its file. */
#ifndef GB_APP_FILES_RASTER_H
#define GB_APP_FILES_RASTER_H

#include <stdint.h>

/* Width in dots of a PNG, JPEG, GIF or BMP file; 0 for a drawing, for any other file and for one that cannot be read. */
uint32_t gb_raster_width(const char *path);

/* A number of up to four bytes, the first of which counts most. */
uint32_t gb_big_endian(const unsigned char *bytes, unsigned n);

#endif
