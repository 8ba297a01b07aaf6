/*
 * The charsets of drafts: telling which one stored bytes are in, reading a character, recoding a file.
 */
#ifndef GB_SOURCE_CHARSET_PRIV_H
#define GB_SOURCE_CHARSET_PRIV_H

#include "source/source.h"

/*
 * Reads the character at `bytes` (len > 0): its length in stored bytes and, in *out_c, its code point. When the
 * bytes begin no character it returns 0.
 */
typedef size_t gb_decode_fn(const unsigned char *bytes, size_t len, uint32_t *out_c);

struct gb_decoder {
    gb_decode_fn *next;
    unsigned unit; /* bytes to step over where no character begins */
};

/* Not for UNKNOWN. */
const struct gb_decoder *gb_decoder(enum gb_charset charset);

struct gb_detected {
    enum gb_charset charset;
    size_t bom_len;
    bool clean; /* checked UTF-8 without NUL: may be used as it is */
};

/* bytes.ptr is not NULL. */
struct gb_detected gb_detect(struct gb_str bytes);

/* Bytes of text from one mark to the next inside a line. */
enum { GB_MARK_EVERY = 4096 };

/*
 * Decodes file->stored behind a byte order mark of bom_len bytes: sets the file's text, flaws and marks, one at each
 * line. The charset and base must be set; not for UNKNOWN.
 */
void gb_recode(struct gb_source_file *file, size_t bom_len, struct gb_arena *arena);

#endif
