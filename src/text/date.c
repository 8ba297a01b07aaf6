#include "text/date.h"

/* Digits at the front of *rest, at least one and at most `most`. */
static bool
take_number(struct gb_str *rest, size_t most, uint32_t *out)
{
    size_t n = 0;

    *out = 0;
    while (n < rest->len && n < most && gb_is_digit(rest->ptr[n]))
        *out = *out * 10 + (uint32_t)(rest->ptr[n++] - '0');
    *rest = gb_str_skip(*rest, n);
    return n > 0;
}

static bool
take(struct gb_str *rest, struct gb_str mark)
{
    if (!gb_str_starts(*rest, mark))
        return false;
    *rest = gb_str_skip(*rest, mark.len);
    return true;
}

static bool
is_day(uint32_t year, uint32_t month, uint32_t day)
{
    static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    if (year < 1900 || year > 2199 || month < 1 || month > 12 || day < 1)
        return false;
    return day <= (month == 2 && is_leap ? 29u : days[month - 1]);
}

bool
gb_date_read(struct gb_str text, uint32_t *out)
{
    static const struct {
        struct gb_str year, month, day; /* the marks behind them */
    } forms[] = {
        {GB_WORD("-"), GB_WORD("-"), GB_WORD("")},
        {GB_WORD("/"), GB_WORD("/"), GB_WORD("")},
        {GB_WORD("."), GB_WORD("."), GB_WORD("")},
        {GB_WORD("年"), GB_WORD("月"), GB_WORD("日")},
    };
    struct gb_str s = gb_str_trim(text);
    uint32_t year, month, day;

    if (s.len == 8 && take_number(&s, 4, &year) && take_number(&s, 2, &month) && take_number(&s, 2, &day)) {
        *out = year * 10000 + month * 100 + day;
        return s.len == 0 && is_day(year, month, day);
    }
    for (size_t i = 0; i < GB_COUNT(forms); i++) {
        s = gb_str_trim(text);
        if (take_number(&s, 4, &year) && take(&s, forms[i].year) && take_number(&s, 2, &month) &&
            take(&s, forms[i].month) && take_number(&s, 2, &day) && take(&s, forms[i].day) && !s.len) {
            *out = year * 10000 + month * 100 + day;
            return is_day(year, month, day);
        }
    }
    return false;
}
