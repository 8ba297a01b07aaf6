#include "base/json.h"

#include <assert.h>
#include <inttypes.h>

void
gb_json_init(struct gb_json *json, struct gb_out *out, unsigned lines)
{
    *json = (struct gb_json){.out = out, .lines = lines};
}

static void
new_line(struct gb_json *json)
{
    if (json->depth && json->depth <= json->lines) {
        gb_out_char(json->out, '\n');
        gb_out_repeat(json->out, ' ', json->depth);
    }
}

/* What stands before a value or a key: a comma and a new line, unless it is the value of a key. */
static void
begin_item(struct gb_json *json)
{
    if (!json->after_key) {
        if (json->needs_comma)
            gb_out_char(json->out, ',');
        new_line(json);
    }
    json->after_key = false;
    json->needs_comma = true;
}

void
gb_json_open(struct gb_json *json, const char *brackets)
{
    for (; *brackets; brackets++) {
        begin_item(json);
        gb_out_char(json->out, *brackets);
        json->depth++;
        json->needs_comma = false;
    }
}

void
gb_json_close(struct gb_json *json, const char *brackets)
{
    for (; *brackets; brackets++) {
        assert(json->depth > 0);
        json->depth--;
        if (json->needs_comma && json->depth < json->lines) {
            gb_out_char(json->out, '\n');
            gb_out_repeat(json->out, ' ', json->depth);
        }
        gb_out_char(json->out, *brackets);
        json->needs_comma = true;
    }
}

void
gb_json_key(struct gb_json *json, const char *key)
{
    struct gb_buf *buf = &json->out->buf;
    size_t n = strlen(key);

    begin_item(json);
    gb_buf_reserve(buf, n + strlen("\"\":"));
    char *at = buf->ptr + buf->len;
    *at++ = '"';
    memcpy(at, key, n);
    memcpy(at + n, "\":", 2);
    buf->len += n + strlen("\"\":");
    gb_out_filled(json->out);
    json->after_key = true;
}

static void
escape(struct gb_out *out, unsigned char c)
{
    switch (c) {
    case '"':
        gb_out_puts(out, "\\\"");
        break;
    case '\\':
        gb_out_puts(out, "\\\\");
        break;
    case '\n':
        gb_out_puts(out, "\\n");
        break;
    case '\r':
        gb_out_puts(out, "\\r");
        break;
    case '\t':
        gb_out_puts(out, "\\t");
        break;
    default:
        gb_out_printf(out, "\\u%04x", (unsigned)c);
    }
}

static bool
is_plain(unsigned char c)
{
    return c >= 0x20 && c != '"' && c != '\\' && c != 0x7F;
}

/* Is one of the eight bytes `c`? */
static bool
has_byte(uint64_t bytes, unsigned char c)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t other = bytes ^ ones * c;

    return (other - ones) & ~other & ones << 7;
}

/* The same of eight bytes; now and then false for such that are. */
static bool
are_plain(const char *bytes)
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t word;

    memcpy(&word, bytes, sizeof(word));
    bool has_control = (word - ones * 0x20) & ~word & ones << 7;
    return !has_control && !has_byte(word, '"') && !has_byte(word, '\\') && !has_byte(word, 0x7F);
}

void
gb_json_str(struct gb_json *json, struct gb_str text)
{
    begin_item(json);
    gb_out_char(json->out, '"');
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        while (i + 8 <= text.len && are_plain(text.ptr + i))
            i += 8;
        if (i == text.len || is_plain((unsigned char)text.ptr[i]))
            continue;
        gb_out_add(json->out, gb_str_sub(text, from, i));
        escape(json->out, (unsigned char)text.ptr[i]);
        from = i + 1;
    }
    gb_out_add(json->out, gb_str_sub(text, from, text.len));
    gb_out_char(json->out, '"');
}

void
gb_json_number(struct gb_json *json, uint64_t number)
{
    begin_item(json);
    gb_out_number(json->out, number);
}

/* Digits are made here: printf would follow the locale. */
void
gb_json_real(struct gb_json *json, double number)
{
    bool is_negative = number < 0;
    double size = is_negative ? -number : number;
    uint64_t thousandths = size < 1e15 ? (uint64_t)(size * 1000 + 0.5) : 0;

    begin_item(json);
    if (is_negative && thousandths)
        gb_out_char(json->out, '-');
    gb_out_number(json->out, thousandths / 1000);
    unsigned rest = (unsigned)(thousandths % 1000), digits = 3;
    while (digits && rest % 10 == 0) {
        rest /= 10;
        digits--;
    }
    if (digits)
        gb_out_printf(json->out, ".%0*u", (int)digits, rest);
}

void
gb_json_null(struct gb_json *json)
{
    begin_item(json);
    gb_out_puts(json->out, "null");
}

void
gb_json_raw(struct gb_json *json, struct gb_str number)
{
    begin_item(json);
    gb_out_add(json->out, number);
}

void
gb_json_bool(struct gb_json *json, bool value)
{
    begin_item(json);
    gb_out_puts(json->out, value ? "true" : "false");
}

void
gb_json_field(struct gb_json *json, const char *key, struct gb_str text)
{
    gb_json_key(json, key);
    gb_json_str(json, text);
}

void
gb_json_given(struct gb_json *json, const char *key, struct gb_str text)
{
    if (text.len)
        gb_json_field(json, key, text);
}

void
gb_json_count(struct gb_json *json, const char *key, uint64_t number)
{
    gb_json_key(json, key);
    gb_json_number(json, number);
}

void
gb_json_flag(struct gb_json *json, const char *key, bool value)
{
    gb_json_key(json, key);
    gb_json_bool(json, value);
}

void
gb_json_hash(struct gb_json *json, const char *key, uint64_t hash)
{
    gb_json_key(json, key);
    begin_item(json);
    gb_out_printf(json->out, "\"%016" PRIx64 "\"", hash);
}

void
gb_json_begin(struct gb_json *json, const char *key, const char *brackets)
{
    gb_json_key(json, key);
    gb_json_open(json, brackets);
}
