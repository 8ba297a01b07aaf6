/* Band, code and publishing body name one authority: COV-014. GB/T 1.1—2020, 8.1; regions by GB/T 2260. */
#include "check/front/cover_priv.h"

#include "doc/identifier.h"

#include <string.h>

/* What the number of a local standard says of its region, and what the words say. */
struct regions {
    const struct gb_str *pairs; /* code, name, code, name … */
    size_t n;
};

static struct regions
regions_of(struct gb_check *c, const char *key)
{
    struct regions regions;

    regions.n = gb_param_words(c, key, &regions.pairs);
    return regions;
}

static struct gb_str
name_of(const struct regions *regions, struct gb_str code)
{
    for (size_t i = 0; i < regions->n; i++) {
        if (gb_str_eq(regions->pairs[2 * i], code))
            return regions->pairs[2 * i + 1];
    }
    return (struct gb_str){0};
}

/* Code of the first region that the text names in full and that is not `but`; empty without. */
static struct gb_str
code_in(const struct regions *regions, struct gb_str text)
{
    for (size_t i = 0; i < regions->n && text.len; i++) {
        if (gb_str_has(text, regions->pairs[2 * i + 1]))
            return regions->pairs[2 * i];
    }
    return (struct gb_str){0};
}

/* Where the digits behind DB are as many as the regions' codes have. */
static struct gb_str
region_code(struct gb_str type, size_t digits)
{
    return gb_str_starts(type, GB_STR("DB")) && gb_skip_digits(type, 2) >= 2 + digits ? gb_str_sub(type, 2, 2 + digits)
                                                                                      : (struct gb_str){0};
}

struct words {
    struct gb_str band, publishers; /* without blanks */
};

static struct gb_str
closed(struct gb_check *c, struct gb_str s)
{
    struct gb_buf normal = {0};

    gb_normalise(s, &normal);
    return gb_buf_take(&normal, c->arena);
}

static struct words
words_of(struct gb_check *c, const struct gb_cover *cover)
{
    struct gb_buf all = {0};
    struct words words = {.band = closed(c, cover->band.str)};

    gb_normalise(cover->publisher.str, &all);
    for (unsigned i = 0; i < cover->n_more_publishers; i++)
        gb_normalise(cover->more_publishers[i].str, &all);
    words.publishers = gb_buf_take(&all, c->arena);
    return words;
}

static struct gb_at
at_code(const struct gb_cover_view *view)
{
    struct gb_identifier_shape shape;
    const struct gb_text *code = &view->cover->code;

    if (gb_identifier_next(code->str, 0, &shape))
        return gb_at_part(code, shape.code.begin, shape.code.end);
    return gb_at_text(code);
}

static const struct {
    struct gb_str band;
    const char *code_zh, *code_en;
} authorities[] = {
    [GB_AUTHORITY_NATIONAL] = {GB_WORD("国家标准"), "GB", "GB"},
    [GB_AUTHORITY_SECTOR] = {GB_WORD("行业标准"), "行业代号", "the sector's code"},
    [GB_AUTHORITY_LOCAL] = {GB_WORD("地方标准"), "DB加行政区划代码", "DB and the region's code"},
    [GB_AUTHORITY_ASSOCIATION] = {GB_WORD("团体标准"), "T/加团体代号", "T/ and the association's code"},
    [GB_AUTHORITY_ENTERPRISE] = {GB_WORD("企业标准"), "Q/加企业代号", "Q/ and the company's code"},
};

/* Do the publishing bodies belong to the authority? Only where their names leave no doubt. */
static bool
publishes(struct gb_str publishers, enum gb_authority authority)
{
    switch (authority) {
    case GB_AUTHORITY_NATIONAL:
    case GB_AUTHORITY_SECTOR:
        return GB_STARTS_WITH(publishers, "国家", "中华人民共和国", "中国国家");
    case GB_AUTHORITY_LOCAL:
        return GB_HAS_ONE_OF(publishers, "省", "市", "自治");
    case GB_AUTHORITY_ASSOCIATION:
        return gb_str_has(publishers, GB_STR("会"));
    case GB_AUTHORITY_ENTERPRISE:
        return gb_str_has(publishers, GB_STR("公司"));
    default:
        return false;
    }
}

/* The code and the band; true when they agree as to the kind. */
static bool
check_kind(struct gb_check *c, const struct gb_cover_view *view, const struct words *words)
{
    enum gb_authority code = view->authority, band = gb_authority_of_band(words->band);
    struct gb_str type = c->facts->type;

    if (code == GB_AUTHORITY_UNKNOWN || band == GB_AUTHORITY_UNKNOWN || code == band)
        return code == band;
    /* The standardization administration publishes national standards alone. */
    bool is_national = code == GB_AUTHORITY_NATIONAL && gb_str_has(words->publishers, GB_STR("国家标准化管理委员会"));
    if (is_national || (publishes(words->publishers, code) && !publishes(words->publishers, band)))
        gb_report_case(c, "band", gb_at_text(&view->cover->band), view->node,
                       GB_ARGS(words->band, type, authorities[code].band));
    else
        gb_report(c, at_code(view), view->node,
                  GB_ARGS(type, words->band, gb_say(c, authorities[band].code_zh, authorities[band].code_en)));
    return false;
}

/* 中华人民共和国林业行业标准 with NY, which is 农业: the band names in full the field of another code. */
static void
check_sector(struct gb_check *c, const struct gb_cover_view *view, const struct words *words)
{
    static const struct gb_str head = GB_WORD("中华人民共和国"), tail = GB_WORD("行业标准");
    struct regions sectors = regions_of(c, "sectors");
    struct gb_str type = c->facts->type, band = words->band;
    const char *slash = memchr(type.ptr, '/', type.len);
    struct gb_str own = name_of(&sectors, slash ? gb_str_sub(type, 0, (size_t)(slash - type.ptr)) : type);

    if (!own.len || !gb_str_starts(band, head) || !gb_str_ends(band, tail) || band.len <= head.len + tail.len)
        return;
    struct gb_str field = gb_str_sub(band, head.len, band.len - tail.len);
    for (size_t i = 0; i < sectors.n && !gb_str_eq(field, own); i++) {
        if (!gb_str_eq(sectors.pairs[2 * i + 1], field))
            continue;
        struct gb_str wanted = gb_arena_printf(c->arena, "%.*s行业标准", GB_FMT(own));
        gb_report_case(c, "band", gb_at_text(&view->cover->band), view->node, GB_ARGS(words->band, type, wanted));
        return;
    }
}

static struct gb_str
prefixed(struct gb_check *c, struct gb_str code)
{
    return gb_arena_printf(c->arena, "DB%.*s", GB_FMT(code));
}

/* Province against province, city against city. False when there is nothing to compare, or they agree. */
static bool
check_region(struct gb_check *c, const struct gb_cover_view *view, const struct words *words, const char *key,
             size_t digits)
{
    struct regions regions = regions_of(c, key);
    struct gb_str type = c->facts->type, code = region_code(type, digits);
    struct gb_str own = name_of(&regions, code), band = code_in(&regions, words->band);
    struct gb_str published = code_in(&regions, words->publishers);

    if (!code.len)
        return false;
    bool is_publisher = own.len && gb_str_has(words->publishers, own);
    if (band.len && !gb_str_eq(band, code) && !(own.len && gb_str_has(words->band, own))) {
        if (is_publisher)
            gb_report_case(c, "band", gb_at_text(&view->cover->band), view->node, GB_ARGS(words->band, type, own));
        else
            gb_report(c, at_code(view), view->node, GB_ARGS(type, words->band, prefixed(c, band)));
        return true;
    }
    if (!published.len || is_publisher || gb_str_eq(published, code))
        return false;
    if (band.len && own.len)
        gb_report_case(c, "publisher", gb_at_text(&view->cover->publisher), view->node,
                       GB_ARGS(view->cover->publisher.str, type, own));
    else
        gb_report(c, at_code(view), view->node, GB_ARGS(type, view->cover->publisher.str, prefixed(c, published)));
    return true;
}

/* 无锡市地方标准 with DB32: the number of a city's standard has four digits. */
static void
check_city_band(struct gb_check *c, const struct gb_cover_view *view, const struct words *words)
{
    struct regions cities = regions_of(c, "cities");
    struct gb_str type = c->facts->type, band = code_in(&cities, words->band);

    if (band.len && region_code(type, 2).len && !region_code(type, 4).len)
        gb_report(c, at_code(view), view->node, GB_ARGS(type, words->band, prefixed(c, band)));
}

static void
check_level(struct gb_check *c)
{
    const struct gb_cover_view *view = gb_cover_view(c);

    if (!view->node || !view->cover->code.str.len)
        return;
    struct words words = words_of(c, view->cover);
    bool agrees = check_kind(c, view, &words);
    if (agrees && view->authority == GB_AUTHORITY_SECTOR)
        check_sector(c, view, &words);
    bool is_open = agrees || !words.band.len; /* without a band the body alone may tell */
    if (!is_open || view->authority != GB_AUTHORITY_LOCAL)
        return;
    if (!check_region(c, view, &words, "provinces", 2) && !check_region(c, view, &words, "cities", 4))
        check_city_band(c, view, &words);
}

const struct gb_check_def gb_cover_level_checks[] = {
    {.name = "level-of-document",
     .whole = check_level,
     .cases = "band publisher",
     .params = "provinces:pairs cities:pairs sectors:pairs"},
    {NULL},
};
