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
gb_json_open(struct gb_json *json, char bracket)
{
    begin_item(json);
    gb_out_char(json->out, bracket);
    json->depth++;
    json->needs_comma = false;
}

void
gb_json_close(struct gb_json *json, char bracket)
{
    assert(json->depth > 0);
    bool was_empty = !json->needs_comma;
    json->depth--;
    if (!was_empty && json->depth < json->lines) {
        gb_out_char(json->out, '\n');
        gb_out_repeat(json->out, ' ', json->depth);
    }
    gb_out_char(json->out, bracket);
    json->needs_comma = true;
}

void
gb_json_key(struct gb_json *json, const char *key)
{
    begin_item(json);
    gb_out_char(json->out, '"');
    gb_out_puts(json->out, key);
    gb_out_puts(json->out, "\":");
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

void
gb_json_str(struct gb_json *json, struct gb_str text)
{
    begin_item(json);
    gb_out_char(json->out, '"');
    size_t from = 0;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F)
            continue;
        gb_out_add(json->out, gb_str_sub(text, from, i));
        escape(json->out, c);
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
gb_json_begin(struct gb_json *json, const char *key, char bracket)
{
    gb_json_key(json, key);
    gb_json_open(json, bracket);
}
