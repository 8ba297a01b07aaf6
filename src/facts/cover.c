/* See cover.h. */
#include "facts/cover.h"

#include "base/buf.h"
#include "text/chars.h"
#include "text/utf8.h"

enum gb_authority
gb_authority_of_type(struct gb_str type)
{
    static const struct {
        struct gb_str type;
        enum gb_authority authority;
    } whole[] = {
        {GB_WORD("GB"), GB_AUTHORITY_NATIONAL},   {GB_WORD("GB/T"), GB_AUTHORITY_NATIONAL},
        {GB_WORD("GB/Z"), GB_AUTHORITY_NATIONAL}, {GB_WORD("T/"), GB_AUTHORITY_ASSOCIATION},
        {GB_WORD("Q/"), GB_AUTHORITY_ENTERPRISE},
    };

    for (size_t i = 0; i < GB_COUNT(whole); i++) {
        if (gb_str_eq(type, whole[i].type))
            return whole[i].authority;
    }
    if (gb_str_starts(type, GB_STR("DB")) && type.len > 2 && gb_is_digit(type.ptr[2]))
        return GB_AUTHORITY_LOCAL;
    if (type.len < 2 || !gb_is_upper(type.ptr[0]) || !gb_is_upper(type.ptr[1]) ||
        GB_STARTS_WITH(type, "BS", "EN", "NF", "UL") || GB_STARTS_WITH(type, "DB", "GB"))
        return GB_AUTHORITY_UNKNOWN;
    return type.len == 2 || GB_IS_ONE_OF(gb_str_skip(type, 2), "/T", "/Z") ? GB_AUTHORITY_SECTOR : GB_AUTHORITY_UNKNOWN;
}

enum gb_authority
gb_authority_of_band(struct gb_str band)
{
    static const struct {
        struct gb_str end;
        enum gb_authority authority;
    } ends[] = {
        {GB_WORD("国家标准"), GB_AUTHORITY_NATIONAL},    {GB_WORD("国家标准化指导性技术文件"), GB_AUTHORITY_NATIONAL},
        {GB_WORD("行业标准"), GB_AUTHORITY_SECTOR},      {GB_WORD("地方标准"), GB_AUTHORITY_LOCAL},
        {GB_WORD("团体标准"), GB_AUTHORITY_ASSOCIATION}, {GB_WORD("企业标准"), GB_AUTHORITY_ENTERPRISE},
    };
    enum gb_authority authority = GB_AUTHORITY_UNKNOWN;
    struct gb_buf closed = {0};

    gb_normalise(band, &closed);
    for (size_t i = 0; i < GB_COUNT(ends) && closed.len; i++) {
        if (gb_str_ends(gb_buf_str(&closed), ends[i].end))
            authority = ends[i].authority;
    }
    gb_buf_release(&closed);
    return authority;
}

/* Between year and month, month and day, and behind the day: what the form is told by. */
static enum gb_date_form
form_of(struct gb_str between)
{
    bool has_blank = false, has_hyphen = false;

    for (size_t at = 0; at < between.len;) {
        uint32_t c = gb_utf8_at(between, at, &at);
        if (gb_char_is_space(c))
            has_blank = true;
        else if (c == '-' && !has_hyphen)
            has_hyphen = true;
        else
            return GB_DATE_OTHER;
    }
    if (!has_hyphen)
        return GB_DATE_OTHER;
    return has_blank ? GB_DATE_SPACED : GB_DATE_PLAIN;
}

struct gb_date
gb_cover_date(struct gb_str text)
{
    struct gb_date date = {0};
    unsigned *const parts[] = {&date.year, &date.month, &date.day};
    static const unsigned most[] = {4, 2, 2};
    size_t at = 0, ends[3];
    struct gb_str between[2];

    for (size_t n = 0; n < GB_COUNT(parts); n++) {
        size_t next;
        unsigned digits = 0;
        while (at < text.len && gb_char_digit(gb_utf8_at(text, at, &next)) < 0) {
            uint32_t c = gb_utf8_at(text, at, &at);
            if (c == 0xD7 || c == 'X' || c == 'x' || c == '*')
                return (struct gb_date){.form = GB_DATE_BLANK};
        }
        if (n > 0)
            between[n - 1] = gb_str_sub(text, ends[n - 1], at);
        for (int digit; at < text.len && digits < most[n] && (digit = gb_char_digit(gb_utf8_at(text, at, &next))) >= 0;
             digits++) {
            *parts[n] = *parts[n] * 10 + (unsigned)digit;
            at = next;
        }
        if (digits == 0 || (n == 0 && digits < 4))
            return (struct gb_date){0};
        ends[n] = at;
    }
    enum gb_date_form first = form_of(between[0]), second = form_of(between[1]);
    date.form = first > second ? first : second;
    return date;
}

bool
gb_date_is_valid(const struct gb_date *date)
{
    static const unsigned days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = date->year % 4 == 0 && (date->year % 100 != 0 || date->year % 400 == 0);

    if (date->month < 1 || date->month > 12 || date->day < 1 || date->day > days[date->month - 1])
        return false;
    return date->month != 2 || date->day < 29 || is_leap;
}
