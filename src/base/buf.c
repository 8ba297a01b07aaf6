#include "base/buf.h"

#include <stdio.h>
#include <stdlib.h>

void
gb_buf_release(struct gb_buf *buf)
{
    if (!buf)
        return;
    free(buf->ptr);
    *buf = (struct gb_buf){0};
}

void
gb_buf_reserve(struct gb_buf *buf, size_t more)
{
    size_t need = buf->len + more;

    if (need > buf->cap) {
        buf->cap = need < 64 ? 64 : need + need / 2;
        buf->ptr = gb_realloc(buf->ptr, buf->cap);
    }
}

void
gb_buf_add(struct gb_buf *buf, struct gb_str text)
{
    if (text.len == 0)
        return;
    gb_buf_reserve(buf, text.len);
    memcpy(buf->ptr + buf->len, text.ptr, text.len);
    buf->len += text.len;
}

void
gb_buf_vprintf(struct gb_buf *buf, const char *format, va_list args)
{
    char small[256];
    va_list again;

    va_copy(again, args);
    int length = vsnprintf(small, sizeof(small), format, args);
    size_t n = length > 0 ? (size_t)length : 0;
    if (n < sizeof(small)) {
        gb_buf_add(buf, (struct gb_str){small, n});
    } else {
        gb_buf_reserve(buf, n + 1);
        vsnprintf(buf->ptr + buf->len, n + 1, format, again);
        buf->len += n;
    }
    va_end(again);
}

void
gb_buf_printf(struct gb_buf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    gb_buf_vprintf(buf, format, args);
    va_end(args);
}

struct gb_str
gb_buf_take(struct gb_buf *buf, struct gb_arena *arena)
{
    struct gb_str copy = gb_arena_copy(arena, gb_buf_str(buf));

    gb_buf_release(buf);
    return copy;
}
