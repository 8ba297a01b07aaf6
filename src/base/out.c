#include "base/out.h"

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

void
gb_out_number(struct gb_out *out, uint64_t number)
{
    char digits[20];
    size_t at = sizeof(digits);

    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    gb_out_add(out, (struct gb_str){digits + at, sizeof(digits) - at});
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
    va_list args;

    va_start(args, format);
    gb_buf_vprintf(&out->buf, format, args);
    va_end(args);
    gb_out_filled(out);
}
