/* The guard against documents made to be slow. */
#include "base/xml_priv.h"

/* More attributes on one tag than any draft has. */
enum { MAX_ATTRIBUTES = 1000 };
/* Entities, their text in all, and other declarations: more than any draft has. */
enum { MAX_DECLARATIONS = 20000, MAX_DECLARED = 1024 * 1024 };
/* Comparisons that the document may cost; 1e9 of them take about a second. */
#define MAX_WORK UINT64_C(1000000000)

struct cost {
    uint64_t declarations, declared; /* their bytes in all */
    uint64_t tags;
    uint64_t namespaces; /* the most on one tag */
    uint64_t defaults;   /* attributes with a default value */
};

/* Length of what `rest` begins with up to and with `end`, or all of it. */
static size_t
length_to(struct gb_str rest, struct gb_str end)
{
    size_t at = gb_str_find(rest, end, 0);

    return at == GB_NOT_FOUND ? rest.len : at + end.len;
}

/* What stands between two "<" and is no longer than this cannot hold attributes enough to matter. */
enum { SHORT_TAG = 64 };

/* Counts one tag; returns its length or more, 0 for too many attributes. */
static size_t
weigh_tag(struct gb_str rest, struct cost *cost)
{
    unsigned attributes = 0, namespaces = 0;
    char quote = 0;
    size_t i = 1;
    size_t look = rest.len < SHORT_TAG ? rest.len : SHORT_TAG;
    const char *next = look > 1 ? memchr(rest.ptr + 1, '<', look - 1) : NULL;

    if (next || look < SHORT_TAG) {
        cost->tags++;
        return next ? (size_t)(next - rest.ptr) : rest.len;
    }
    for (; i < rest.len && rest.ptr[i] != '<'; i++) {
        char c = rest.ptr[i];
        if (quote) {
            if (c == quote)
                quote = 0;
        } else if (c == '>') {
            i++;
            break;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '=') {
            if (++attributes > MAX_ATTRIBUTES)
                return 0;
        } else if (c == 'x' && gb_str_starts(gb_str_skip(rest, i), GB_STR("xmlns"))) {
            namespaces++;
        }
    }
    cost->tags++;
    if (namespaces > cost->namespaces)
        cost->namespaces = namespaces;
    return i;
}

/* <!ENTITY …, <!ATTLIST … of an internal subset, up to the next "<". */
static size_t
weigh_declaration(struct gb_str rest, struct cost *cost)
{
    const char *next = memchr(rest.ptr + 1, '<', rest.len - 1);
    size_t length = next ? (size_t)(next - rest.ptr) : rest.len;

    if (gb_str_starts(rest, GB_STR("<!DOCTYPE")))
        return length;
    cost->declarations++;
    cost->declared += length;
    for (size_t i = 0; gb_str_starts(rest, GB_STR("<!ATTLIST")) && i < length; i++)
        cost->defaults += rest.ptr[i] == '"' || rest.ptr[i] == '\'';
    return length;
}

static size_t
weigh_markup(struct gb_str rest, struct cost *cost)
{
    if (rest.len < 2 || (rest.ptr[1] != '!' && rest.ptr[1] != '?'))
        return weigh_tag(rest, cost);
    if (rest.ptr[1] == '?')
        return length_to(rest, GB_STR("?>"));
    if (gb_str_starts(rest, GB_STR("<!--")))
        return length_to(rest, GB_STR("-->"));
    if (gb_str_starts(rest, GB_STR("<![CDATA[")))
        return length_to(rest, GB_STR("]]>"));
    return weigh_declaration(rest, cost);
}

static bool
is_too_much(const struct cost *cost)
{
    uint64_t defaults = cost->defaults / 2; /* quotes were counted */

    return cost->declarations > MAX_DECLARATIONS || cost->declared > MAX_DECLARED ||
           cost->tags * cost->namespaces * GB_XML_MAX_DEPTH > MAX_WORK * 8 ||
           (defaults > 8 && cost->tags * defaults * defaults > MAX_WORK);
}

size_t
gb_xml_too_costly(struct gb_str text)
{
    struct cost cost = {0};
    const char *open;

    for (size_t at = 0; (open = memchr(text.ptr + at, '<', text.len - at));) {
        at = (size_t)(open - text.ptr);
        size_t length = weigh_markup(gb_str_skip(text, at), &cost);
        if (length == 0 || is_too_much(&cost))
            return at;
        at += length;
        if (at >= text.len)
            break;
    }
    return GB_NOT_FOUND;
}
