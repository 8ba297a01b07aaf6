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

/* What stands in markup for the character at `at`; NULL: itself. */
static const char *
markup_of(struct gb_str s, size_t at)
{
    unsigned char c = (unsigned char)s.ptr[at];

    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\t':
    case '\n':
        return NULL;
    case 0x7F:
        return "\xEF\xBF\xBD";
    case 0xEF:
        return s.len - at >= 3 && (unsigned char)s.ptr[at + 1] == 0xBF && (unsigned char)s.ptr[at + 2] >= 0xBE
                   ? "\xEF\xBF\xBD"
                   : NULL;
    default:
        return c < 0x20 ? "\xEF\xBF\xBD" : NULL;
    }
}

void
gb_out_markup(struct gb_out *out, struct gb_str text)
{
    size_t done = 0;

    for (size_t i = 0; i < text.len; i++) {
        const char *instead = markup_of(text, i);
        if (!instead)
            continue;
        gb_out_add(out, gb_str_sub(text, done, i));
        gb_out_puts(out, instead);
        i += text.ptr[i] == '\xEF' ? 2 : 0;
        done = i + 1;
    }
    gb_out_add(out, gb_str_skip(text, done));
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
