/* What the words of a cover mean: whose document it is, which day a date names. GB/T 1.1—2020, 8.1. */
#ifndef GB_FACTS_COVER_H
#define GB_FACTS_COVER_H

#include "base/str.h"

/* Who publishes: told by the code and, once more, by the band. */
enum gb_authority {
    GB_AUTHORITY_UNKNOWN,
    GB_AUTHORITY_NATIONAL,    /* 国家标准 */
    GB_AUTHORITY_SECTOR,      /* 行业标准 */
    GB_AUTHORITY_LOCAL,       /* 地方标准 */
    GB_AUTHORITY_ASSOCIATION, /* 团体标准 */
    GB_AUTHORITY_ENTERPRISE,  /* 企业标准 */
};

/* By the code as facts->type gives it: GB/T, LD/T, DB32/T, T/, Q/. */
enum gb_authority gb_authority_of_type(struct gb_str type);
/* By the band, perhaps letter-spaced: 江 苏 省 地 方 标 准. */
enum gb_authority gb_authority_of_band(struct gb_str band);

enum gb_date_form {
    GB_DATE_NONE,   /* not to be read */
    GB_DATE_BLANK,  /* ××××-××-×× */
    GB_DATE_PLAIN,  /* 2026-01-05 */
    GB_DATE_SPACED, /* 2026 - 01 - 05 */
    GB_DATE_OTHER,  /* 2026年1月5日, 2026.1.5 */
};

struct gb_date {
    unsigned year, month, day;
    enum gb_date_form form;
};

struct gb_date gb_cover_date(struct gb_str text);
/* There is such a day. */
bool gb_date_is_valid(const struct gb_date *date);
/* Number that grows with the date: 20260105. */
static inline unsigned
gb_date_number(const struct gb_date *date)
{
    return date->year * 10000 + date->month * 100 + date->day;
}

#endif
