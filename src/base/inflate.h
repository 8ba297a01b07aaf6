/* Base64, percent codes and DEFLATE, as drawings keep their data. inflate.c is the only user of zlib. */
#ifndef GB_BASE_INFLATE_H
#define GB_BASE_INFLATE_H

#include "base/arena.h"

enum gb_inflate_form { GB_INFLATE_RAW, GB_INFLATE_ZLIB };
enum gb_inflate_result { GB_INFLATED, GB_INFLATE_DAMAGED, GB_INFLATE_TOO_LARGE };

/* More bytes are not taken out of one stream. */
enum { GB_INFLATE_MOST = 64 << 20 };

/* The bytes of one stream, in the arena; what stands behind it does not matter. *out_data is set on INFLATED only. */
enum gb_inflate_result gb_inflate(struct gb_str packed, enum gb_inflate_form form, struct gb_arena *arena,
                                  struct gb_str *out_data);

/* White space is skipped; false for any other byte that does not belong there, and when nothing is encoded. */
bool gb_base64_decode(struct gb_str text, struct gb_arena *arena, struct gb_str *out_data);

/* %E5 is a byte; a percent sign without two digits behind it stays. The text itself where there is none. */
struct gb_str gb_percent_decode(struct gb_str text, struct gb_arena *arena);

#endif
