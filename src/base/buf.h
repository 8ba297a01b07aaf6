/*
 * A string builder. Zeroed is empty; the bytes are freed by release or handed over by take.
 */
#ifndef GB_BASE_BUF_H
#define GB_BASE_BUF_H

#include "base/arena.h"

#include <stdarg.h>

struct gb_buf {
    char *ptr;
    size_t len, cap;
};

void gb_buf_release(struct gb_buf *buf);
void gb_buf_reserve(struct gb_buf *buf, size_t more);
void gb_buf_add(struct gb_buf *buf, struct gb_str text);
void gb_buf_printf(struct gb_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void gb_buf_vprintf(struct gb_buf *buf, const char *format, va_list args) __attribute__((format(printf, 2, 0)));

static inline void
gb_buf_add_char(struct gb_buf *buf, char c)
{
    if (buf->len == buf->cap)
        gb_buf_reserve(buf, 1);
    buf->ptr[buf->len++] = c;
}

static inline void
gb_buf_puts(struct gb_buf *buf, const char *text)
{
    gb_buf_add(buf, gb_str_from(text));
}

static inline struct gb_str
gb_buf_str(const struct gb_buf *buf)
{
    return (struct gb_str){buf->ptr, buf->len};
}

/* What a call that appends to it writes when it was emptied: GB_FRESH(words, gb_add_clean(words, path)). Good until the next one. */
#define GB_FRESH(buf, call) ((buf)->len = 0, (call), gb_buf_str(buf))

/* The bytes, handed over to the arena: the builder is empty and holds no memory. */
struct gb_str gb_buf_take(struct gb_buf *buf, struct gb_arena *arena);

#endif
