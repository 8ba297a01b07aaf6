#include "doc/part_number.h"

#include "text/chars.h"
#include "text/utf8.h"

size_t
gb_part_number(struct gb_str s, unsigned *out_value)
{
    enum { LONGEST = 25 };
    bool has_bracket = GB_STARTS_WITH(s, "（", "(");
    size_t at = has_bracket ? (s.ptr[0] == '(' ? 1 : strlen("（")) : 0, next, end;
    size_t begin = at;
    unsigned value = gb_take_digits(s, &at, 2);
    uint32_t circle = s.len ? gb_utf8_at(s, 0, &next) : 0;
    bool is_circle = circle >= U'①' && circle <= U'⑳';

    if (is_circle) {
        value = circle - U'①' + 1;
        at = next;
    }
    if (at == begin || at >= s.len || gb_str_has(s, GB_STR("\n")) || gb_str_han_length(s) > LONGEST ||
        gb_is_one_of(gb_utf8_before(s, s.len, &end), "。；：，"))
        return 0;
    uint32_t c = gb_char_narrow(gb_utf8_at(s, at, &next));
    if (c == ')' && !is_circle)
        at = next;
    else if (!has_bracket && (c == '.' || c == '-') && next < s.len && s.ptr[next] >= '1' && s.ptr[next] <= '9') {
        value = (unsigned)(s.ptr[next] - '0');
        at = next + 1;
    } else if (!is_circle) {
        return 0;
    }
    *out_value = value;
    c = gb_str_skip_space(s, at) < s.len ? gb_utf8_at(s, gb_str_skip_space(s, at), &next) : 0;
    return gb_char_is_han(c) ? at : 0;
}
