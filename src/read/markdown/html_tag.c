/* Tags of HTML in Markdown: their elements, attributes and ends, and how far a stretch of HTML reaches. */
#include "base/sort.h"
#include "read/markdown/html_priv.h"

enum {
    REGION_MOST = 256 * 1024, /* bytes in which a block other than a table must end */
    WASTE_MOST = 4 * 1024 * 1024,
};

/* level: of a heading; 1 for an ordered list and for head cells. In order of the names. */
static const struct {
    const char *name;
    enum gb_tag_kind kind;
    uint32_t flags;
    uint8_t level;
    bool is_void;
} elements[] = {
    {"a", GB_TAG_INLINE, 0, 0, false},
    {"abbr", GB_TAG_INLINE, 0, 0, false},
    {"article", GB_TAG_BLOCK, 0, 0, false},
    {"b", GB_TAG_INLINE, GB_RUN_STRONG, 0, false},
    {"big", GB_TAG_INLINE, 0, 0, false},
    {"blockquote", GB_TAG_QUOTE, 0, 0, false},
    {"body", GB_TAG_BLOCK, 0, 0, false},
    {"br", GB_TAG_BREAK, 0, 0, true},
    {"caption", GB_TAG_CAPTION, 0, 0, false},
    {"center", GB_TAG_BLOCK, GB_TAG_IS_CENTRED, 0, false},
    {"cite", GB_TAG_INLINE, 0, 0, false},
    {"code", GB_TAG_INLINE, GB_RUN_CODE, 0, false},
    {"col", GB_TAG_PART, 0, 0, true},
    {"colgroup", GB_TAG_PART, 0, 0, false},
    {"dd", GB_TAG_BLOCK, GB_TAG_MAY_STAY_OPEN, 0, false},
    {"del", GB_TAG_INLINE, 0, 0, false},
    {"details", GB_TAG_DETAILS, 0, 0, false},
    {"div", GB_TAG_BLOCK, 0, 0, false},
    {"dl", GB_TAG_BLOCK, 0, 0, false},
    {"dt", GB_TAG_BLOCK, GB_TAG_MAY_STAY_OPEN, 0, false},
    {"em", GB_TAG_INLINE, GB_RUN_EMPH, 0, false},
    {"figcaption", GB_TAG_BLOCK, 0, 0, false},
    {"figure", GB_TAG_BLOCK, 0, 0, false},
    {"font", GB_TAG_INLINE, 0, 0, false},
    {"footer", GB_TAG_BLOCK, 0, 0, false},
    {"h1", GB_TAG_HEADING, 0, 1, false},
    {"h2", GB_TAG_HEADING, 0, 2, false},
    {"h3", GB_TAG_HEADING, 0, 3, false},
    {"h4", GB_TAG_HEADING, 0, 4, false},
    {"h5", GB_TAG_HEADING, 0, 5, false},
    {"h6", GB_TAG_HEADING, 0, 6, false},
    {"head", GB_TAG_BLOCK, 0, 0, false},
    {"header", GB_TAG_BLOCK, 0, 0, false},
    {"hr", GB_TAG_RULE, 0, 0, true},
    {"html", GB_TAG_BLOCK, 0, 0, false},
    {"i", GB_TAG_INLINE, GB_RUN_EMPH, 0, false},
    {"img", GB_TAG_IMAGE, 0, 0, true},
    {"ins", GB_TAG_INLINE, 0, 0, false},
    {"kbd", GB_TAG_INLINE, GB_RUN_CODE, 0, false},
    {"label", GB_TAG_INLINE, 0, 0, false},
    {"li", GB_TAG_ITEM, 0, 0, false},
    {"main", GB_TAG_BLOCK, 0, 0, false},
    {"mark", GB_TAG_INLINE, 0, 0, false},
    {"nav", GB_TAG_BLOCK, 0, 0, false},
    {"nobr", GB_TAG_INLINE, 0, 0, false},
    {"o:p", GB_TAG_INLINE, 0, 0, false}, /* office programs end each paragraph with it */
    {"ol", GB_TAG_LIST, 0, 1, false},
    {"p", GB_TAG_BLOCK, GB_TAG_MAY_STAY_OPEN, 0, false},
    {"pre", GB_TAG_CODE, 0, 0, false},
    {"q", GB_TAG_INLINE, GB_RUN_QUOTE, 0, false},
    {"s", GB_TAG_INLINE, 0, 0, false},
    {"script", GB_TAG_HIDDEN, 0, 0, false},
    {"section", GB_TAG_BLOCK, 0, 0, false},
    {"small", GB_TAG_INLINE, 0, 0, false},
    {"span", GB_TAG_INLINE, 0, 0, false},
    {"strike", GB_TAG_INLINE, 0, 0, false},
    {"strong", GB_TAG_INLINE, GB_RUN_STRONG, 0, false},
    {"style", GB_TAG_HIDDEN, 0, 0, false},
    {"sub", GB_TAG_INLINE, GB_RUN_SUB, 0, false},
    {"summary", GB_TAG_BLOCK, GB_TAG_MAY_STAY_OPEN, 0, false},
    {"sup", GB_TAG_INLINE, GB_RUN_SUP, 0, false},
    {"svg", GB_TAG_SVG, 0, 0, false},
    {"table", GB_TAG_TABLE, 0, 0, false},
    {"tbody", GB_TAG_PART, 0, 0, false},
    {"td", GB_TAG_CELL, 0, 0, false},
    {"tfoot", GB_TAG_PART, 0, 0, false},
    {"th", GB_TAG_CELL, 0, 1, false},
    {"thead", GB_TAG_PART, 0, 1, false},
    {"title", GB_TAG_BLOCK, 0, 0, false},
    {"tr", GB_TAG_ROW, 0, 0, false},
    {"tt", GB_TAG_INLINE, GB_RUN_CODE, 0, false},
    {"u", GB_TAG_INLINE, 0, 0, false},
    {"ul", GB_TAG_LIST, 0, 0, false},
    {"var", GB_TAG_INLINE, GB_RUN_EMPH, 0, false},
    {"wbr", GB_TAG_INLINE, 0, 0, true},
};

static bool
is_name(char c)
{
    return gb_is_alnum(c) || c == '-' || c == ':' || c == '_';
}

static uint32_t
skip_space(struct gb_str text, uint32_t at)
{
    while (at < text.len && gb_html_is_space(text.ptr[at]))
        at++;
    return at;
}

static int
find_element(struct gb_str name)
{
    char lower[12];

    if (name.len > sizeof(lower))
        return -1;
    for (size_t i = 0; i < name.len; i++)
        lower[i] = gb_is_upper(name.ptr[i]) ? (char)(name.ptr[i] + 32) : name.ptr[i];
    name.ptr = lower;
    GB_SEEK(size_t, i, GB_COUNT(elements), gb_str_cmp(gb_str_from(elements[i].name), name) < 0);
    return i < GB_COUNT(elements) && gb_str_is(name, elements[i].name) ? (int)i : -1;
}

/* One attribute at *at, which moves behind it; false at the end of the tag. The value is empty where there is none. */
static bool
next_attribute(struct gb_str text, uint32_t *at, struct gb_span *out_name, struct gb_span *out_value)
{
    uint32_t p = *at;

    while (p < text.len && (gb_html_is_space(text.ptr[p]) || text.ptr[p] == '/'))
        p++;
    *at = p;
    if (p >= text.len || text.ptr[p] == '>' || text.ptr[p] == '<')
        return false;
    out_name->begin = p;
    while (p < text.len && !gb_html_is_space(text.ptr[p]) && !strchr("=>/<", text.ptr[p]))
        p++;
    if (p == out_name->begin)
        p++;
    out_name->end = p;
    *out_value = (struct gb_span){p, p};
    uint32_t equals = skip_space(text, p);
    if (equals < text.len && text.ptr[equals] == '=') {
        p = skip_space(text, equals + 1);
        char quote = p < text.len ? text.ptr[p] : 0;
        if (quote == '"' || quote == '\'') {
            const char *close = memchr(text.ptr + p + 1, quote, text.len - p - 1);
            if (!close) {
                *at = (uint32_t)text.len;
                return false;
            }
            *out_value = (struct gb_span){p + 1, (uint32_t)(close - text.ptr)};
            p = out_value->end + 1;
        } else {
            out_value->begin = p;
            /* Another tag ends it: else each of many that are never closed would be read to the limit. */
            while (p < text.len && !gb_html_is_space(text.ptr[p]) && text.ptr[p] != '>' && text.ptr[p] != '<')
                p++;
            out_value->end = p;
        }
    }
    *at = p;
    return true;
}

bool
gb_html_tag(struct gb_str text, uint32_t at, struct gb_tag *out_tag)
{
    struct gb_tag tag = {.begin = at};
    struct gb_span name, value;
    uint32_t p = at + 1;

    if (p < text.len && text.ptr[p] == '/') {
        tag.is_end = true;
        p++;
    }
    if (p >= text.len || !gb_is_letter(text.ptr[p]))
        return false;
    name.begin = p;
    while (p < text.len && is_name(text.ptr[p]))
        p++;
    name.end = p;
    if (p >= text.len || !(gb_html_is_space(text.ptr[p]) || text.ptr[p] == '>' || text.ptr[p] == '/'))
        return false;
    int element = find_element(gb_str_sub(text, name.begin, name.end));
    if (element >= 0) {
        tag.kind = elements[element].kind;
        tag.name = (uint16_t)element;
        tag.level = elements[element].level;
        tag.flags = elements[element].flags;
        tag.is_void = elements[element].is_void;
    }
    tag.attrs = p;
    /* A tag with a quote that is never closed must not take the rest of the file. */
    if (text.len > p + 64 * 1024)
        text.len = p + 64 * 1024;
    while (next_attribute(text, &p, &name, &value))
        ;
    if (p >= text.len || text.ptr[p] != '>')
        return false;
    tag.is_closed = text.ptr[p - 1] == '/';
    tag.end = p + 1;
    *out_tag = tag;
    return true;
}

bool
gb_html_attribute(struct gb_str text, const struct gb_tag *tag, const char *name, struct gb_span *out_value)
{
    struct gb_span found;
    uint32_t at = tag->attrs;

    text.len = tag->end;
    return GB_ANY(while (next_attribute(text, &at, &found, out_value)),
                  gb_str_eq_nocase(gb_str_sub(text, found.begin, found.end), gb_str_from(name)));
}

/* ---- regions ---- */

uint32_t
gb_html_end_tag(struct gb_str text, const struct gb_tag *open, uint32_t limit)
{
    uint32_t depth = 1, at = open->end;
    struct gb_tag tag;

    text.len = limit;
    while (at < limit) {
        const char *hit = memchr(text.ptr + at, '<', limit - at);
        if (!hit)
            return 0;
        at = (uint32_t)(hit - text.ptr);
        if (!gb_html_tag(text, at, &tag)) {
            at++;
            continue;
        }
        at = tag.end;
        if (tag.kind != open->kind || tag.name != open->name)
            continue;
        if (tag.is_end && --depth == 0)
            return at;
        if (!tag.is_end && !tag.is_closed)
            depth++;
    }
    return 0;
}

/* Where the first blank line behind `at` begins. */
static uint32_t
blank_line(struct gb_str text, uint32_t at)
{
    for (;;) {
        while (at < text.len && !gb_is_line_end(text.ptr[at]))
            at++;
        uint32_t end = at;
        if (at >= text.len)
            return at;
        at += text.ptr[at] == '\r' && at + 1 < text.len && text.ptr[at + 1] == '\n' ? 2 : 1;
        uint32_t p = at;
        while (p < text.len && (text.ptr[p] == ' ' || text.ptr[p] == '\t'))
            p++;
        if (p >= text.len || gb_is_line_end(text.ptr[p]))
            return end;
    }
}

static uint32_t
next_blank_line(struct gb_str text, uint32_t at, struct gb_html_search *search)
{
    if (at < search->to_blank.begin || at > search->to_blank.end)
        search->to_blank = (struct gb_span){at, blank_line(text, at)};
    return search->to_blank.end;
}

/* Goes on over blanks, end tags and further tables in the same line. */
static uint32_t
extend_region(struct gb_str text, uint32_t end)
{
    struct gb_tag tag;

    for (;;) {
        uint32_t p = end;
        while (p < text.len && (text.ptr[p] == ' ' || text.ptr[p] == '\t'))
            p++;
        if (p >= text.len || text.ptr[p] != '<' || !gb_html_tag(text, p, &tag))
            return end;
        if (tag.kind == GB_TAG_TABLE && !tag.is_end) {
            uint32_t next = gb_html_end_tag(text, &tag, (uint32_t)text.len);
            if (next == 0)
                return end;
            end = next;
        } else if (tag.kind == GB_TAG_BREAK || (tag.is_end && tag.kind == GB_TAG_BLOCK)) {
            end = tag.end;
        } else {
            return end;
        }
    }
}

/* The same as gb_html_end_tag, while not too much work has been lost on such searches. */
static uint32_t
search_end_tag(struct gb_str text, const struct gb_tag *open, uint32_t limit, struct gb_html_search *search)
{
    if (search->wasted > WASTE_MOST)
        return 0;
    uint32_t end = gb_html_end_tag(text, open, limit);
    if (end == 0)
        search->wasted += limit - open->end;
    return end;
}

uint32_t
gb_html_region(struct gb_str text, uint32_t at, bool is_first, struct gb_html_search *search, bool *out_is_block)
{
    struct gb_tag tag;

    *out_is_block = false;
    if (!gb_html_tag(text, at, &tag) || tag.is_end || tag.is_closed || tag.is_void || tag.kind <= GB_TAG_BREAK)
        return 0;
    if (tag.kind == GB_TAG_TABLE) {
        uint32_t end = at < search->no_table_end ? gb_html_end_tag(text, &tag, (uint32_t)text.len) : 0;
        if (end)
            return extend_region(text, end);
        if (at < search->no_table_end)
            search->no_table_end = at;
        return next_blank_line(text, tag.end, search);
    }
    if (tag.kind == GB_TAG_SVG)
        return search_end_tag(text, &tag, next_blank_line(text, tag.end, search), search);
    if (!is_first)
        return 0;
    *out_is_block = true;
    bool may_hold_blank_lines = GB_AMONG(tag.kind, GB_TAG_CODE, GB_TAG_HIDDEN);
    uint32_t limit = may_hold_blank_lines ? (uint32_t)text.len : next_blank_line(text, tag.end, search);
    if (limit > tag.end + REGION_MOST)
        limit = tag.end + REGION_MOST;
    return search_end_tag(text, &tag, limit, search);
}
