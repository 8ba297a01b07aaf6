#include "emit/escape_priv.h"

#include "emit/place_priv.h"

void
gb_put_xml(struct gb_out *out, struct gb_str text)
{
    struct gb_buf clean = {0};

    gb_add_clean(&clean, text);
    gb_out_markup(out, gb_buf_str(&clean));
    gb_buf_release(&clean);
}

void
gb_put_xml_in(struct gb_out *out, const char *before, struct gb_str text, const char *behind)
{
    gb_out_puts(out, before);
    gb_put_xml(out, text);
    gb_out_puts(out, behind);
}

void
gb_put_xml_attribute(struct gb_out *out, const char *name, struct gb_str text)
{
    gb_out_printf(out, " %s", name);
    gb_put_xml_in(out, "=\"", text, "\"");
}

/* Spreadsheets of East Asian languages take the forms in full width for the same signs. */
static bool
begins_formula(struct gb_str s)
{
    GB_WORDS(signs, "=", "+", "-", "@", "＝", "＋", "－", "＠");

    return GB_STARTS_ANY(s, signs);
}

/* 5.10, 12.20: digits, a point, digits that end in 0. */
static bool
is_cut_number(struct gb_str s)
{
    size_t points = 0;

    for (size_t i = 0; i < s.len; i++) {
        points += s.ptr[i] == '.';
        if (s.ptr[i] != '.' && (s.ptr[i] < '0' || s.ptr[i] > '9'))
            return false;
    }
    return points == 1 && s.ptr[0] != '.' && s.ptr[s.len - 1] == '0';
}

void
gb_put_csv(struct gb_out *out, struct gb_str text, bool is_last)
{
    struct gb_buf clean = {0};

    gb_add_clean(&clean, text);
    struct gb_str s = gb_buf_str(&clean);
    gb_out_char(out, '"');
    if (begins_formula(s) || is_cut_number(s))
        gb_out_char(out, '\'');
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '"')
            gb_out_char(out, '"');
        gb_out_char(out, s.ptr[i]);
    }
    gb_out_puts(out, is_last ? "\"\r\n" : "\",");
    gb_buf_release(&clean);
}
