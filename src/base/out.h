/*
 * Where output goes: bytes are gathered and handed on in large pieces, so that an emitter needs no more memory than one
 * piece. Without a `write` function everything stays in `buf`, for a writer that comes later.
 */
#ifndef GB_BASE_OUT_H
#define GB_BASE_OUT_H

#include "base/buf.h"

struct gb_out {
    struct gb_buf buf;                              /* not yet written */
    void (*write)(void *data, struct gb_str bytes); /* keeps its own errors; NULL: gather only */
    void *data;
};

#define GB_OUT_ZERO ((struct gb_out){0})

/* From this many bytes on they are handed on. */
enum { GB_OUT_PIECE = 64 * 1024 };

/* Hands on what is in `buf`; nothing without a `write` function. */
void gb_out_flush(struct gb_out *out);
/* Frees `buf` without writing it. */
void gb_out_release(struct gb_out *out);

/* To be called when bytes were added to `buf` itself. */
static inline void
gb_out_filled(struct gb_out *out)
{
    if (out->buf.len >= GB_OUT_PIECE)
        gb_out_flush(out);
}

static inline void
gb_out_char(struct gb_out *out, char c)
{
    gb_buf_add_char(&out->buf, c);
    gb_out_filled(out);
}

static inline void
gb_out_add(struct gb_out *out, struct gb_str text)
{
    gb_buf_add(&out->buf, text);
    gb_out_filled(out);
}

static inline void
gb_out_puts(struct gb_out *out, const char *text)
{
    gb_out_add(out, gb_str_from(text));
}

/*
 * Text as content or as an attribute of XML or HTML: signs of the markup as entities, characters that XML does not have (controls but
 * tab and line end, U+FFFE, U+FFFF) as U+FFFD.
 */
void gb_out_markup(struct gb_out *out, struct gb_str text);
void gb_out_number(struct gb_out *out, uint64_t number);
void gb_out_repeat(struct gb_out *out, char c, size_t n);
void gb_out_printf(struct gb_out *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
