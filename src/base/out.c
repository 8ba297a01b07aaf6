#include "base/out.h"

#include <stdarg.h>
#include <stdio.h>

enum { PIECE = 64 * 1024 };

void
gb_out_flush(struct gb_out *out)
{
    if (!out->write)
        return;
    if (out->buf.len)
        out->write(out->data, gb_buf_str(&out->buf));
    out->buf.len = 0;
}

void
gb_out_release(struct gb_out *out)
{
    gb_buf_release(&out->buf);
}

static void
flush_when_full(struct gb_out *out)
{
    if (out->buf.len >= PIECE)
        gb_out_flush(out);
}

void
gb_out_add(struct gb_out *out, struct gb_str text)
{
    gb_buf_add(&out->buf, text);
    flush_when_full(out);
}

void
gb_out_puts(struct gb_out *out, const char *text)
{
    gb_out_add(out, gb_str_from(text));
}

void
gb_out_char(struct gb_out *out, char c)
{
    gb_buf_add_char(&out->buf, c);
    flush_when_full(out);
}

void
gb_out_repeat(struct gb_out *out, char c, size_t n)
{
    while (n--)
        gb_out_char(out, c);
}

void
gb_out_printf(struct gb_out *out, const char *format, ...)
{
    char small[256];
    va_list args, again;

    va_start(args, format);
    va_copy(again, args);
    int length = vsnprintf(small, sizeof(small), format, args);
    va_end(args);
    size_t n = length > 0 ? (size_t)length : 0;
    if (n < sizeof(small)) {
        gb_buf_add(&out->buf, (struct gb_str){small, n});
    } else {
        gb_buf_reserve(&out->buf, n + 1);
        vsnprintf(out->buf.ptr + out->buf.len, n + 1, format, again);
        out->buf.len += n;
    }
    va_end(again);
    flush_when_full(out);
}
