/*
 * The only file that calls expat.
 *
 * expat says which tags there are and where they stand, and stops at the first fault. Everything between two tags is read from
 * the bytes of the document by a cursor (xml_scan.c), so that each piece has its place. References to entities are
 * never expanded by expat: the scanner puts their text in, on a budget. Prefixes are resolved here, since to expat one
 * that is not declared would be the end of the document.
 */
#include "base/xml_priv.h"

#include <expat.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

/* Entities. */

struct gb_xml_declared {
    struct gb_str content;
    bool is_outside; /* in another file */
};

/* The first declaration of a name counts. */
static void
declare(struct gb_xml_shared *shared, struct gb_str name, struct gb_xml_declared entity)
{
    bool is_new;
    gb_strmap_add(&shared->names, gb_arena_copy(&shared->arena, name), (uint32_t)shared->entities.len, &is_new);

    if (is_new)
        *gb_push(&shared->entities) = entity;
}

static struct gb_xml_declared *
declared(const struct gb_xml_shared *shared, struct gb_str name)
{
    uint32_t index;

    return gb_strmap_find(&shared->names, name, &index) ? &shared->entities.items[index] : NULL;
}

enum gb_xml_entity
gb_xml_find_entity(const struct gb_xml *xml, struct gb_str name, struct gb_str *out_content)
{
    const struct gb_xml_declared *entity = declared(xml->shared, name);

    if (!entity)
        return GB_XML_ENTITY_UNKNOWN;
    *out_content = entity->content;
    return entity->is_outside ? GB_XML_ENTITY_OUTSIDE : GB_XML_ENTITY_INSIDE;
}

void
gb_xml_forget_entity(struct gb_xml *xml, struct gb_str name)
{
    struct gb_xml_declared *entity = declared(xml->shared, name);

    if (entity)
        *entity = (struct gb_xml_declared){.content = GB_STR("")};
    else
        declare(xml->shared, name, (struct gb_xml_declared){.content = GB_STR("")});
}

static void
on_entity(void *data, const char *name, int is_parameter, const char *value, int length, const char *base,
          const char *system_id, const char *public_id, const char *notation)
{
    struct gb_xml *xml = data;

    (void)base, (void)system_id, (void)public_id;
    if (is_parameter || notation)
        return;
    struct gb_xml_declared entity = {.is_outside = !value};
    if (value)
        entity.content = gb_arena_copy(&xml->shared->arena, (struct gb_str){value, (size_t)length});
    declare(xml->shared, gb_str_from(name), entity);
}

/*
 * A DTD, or a parameter entity in another file: it counts as read and empty. Without this expat would pass over the
 * declarations that follow.
 */
static int
on_external(XML_Parser parser, const char *context, const char *base, const char *system_id, const char *public_id)
{
    (void)base, (void)system_id, (void)public_id;
    if (context)
        return XML_STATUS_OK; /* a reference in the text: the scanner reports it */
    XML_Parser nothing = XML_ExternalEntityParserCreate(parser, NULL, NULL);
    if (!nothing)
        return XML_STATUS_ERROR;
    XML_Parse(nothing, "", 0, XML_TRUE);
    XML_ParserFree(nothing);
    return XML_STATUS_OK;
}

/* Namespaces. */

struct gb_xml_binding {
    struct gb_str prefix, uri;
    unsigned depth; /* of the element that has it */
};

/* The namespace of a prefix; false when it is not declared. No prefix is declared everywhere. */
static bool
find_namespace(const struct gb_xml *xml, struct gb_str prefix, struct gb_str *out_uri)
{
    for (; xml; xml = xml->outer)
        for (size_t i = xml->bindings.len; i-- > 0;)
            if (gb_str_eq(xml->bindings.items[i].prefix, prefix)) {
                *out_uri = xml->bindings.items[i].uri;
                return true;
            }
    *out_uri = gb_str_is(prefix, "xml") ? GB_STR("http://www.w3.org/XML/1998/namespace") : GB_STR("");
    return prefix.len == 0 || out_uri->len > 0;
}

static void
bind_namespaces(struct gb_xml *xml, const struct gb_xml_tag *tag)
{
    struct gb_xml_attr attr;

    for (size_t at = tag->attrs; gb_xml_next_attr(tag, &at, &attr);) {
        bool is_default = attr.prefix.len == 0 && gb_str_is(attr.name, "xmlns");
        if (is_default || gb_str_is(attr.prefix, "xmlns"))
            *gb_push(&xml->bindings) =
                (struct gb_xml_binding){is_default ? GB_STR("") : attr.name, attr.value, xml->depth};
    }
}

/* Undefined prefixes are many or none: the first will do. */
static void
require_prefix(struct gb_xml *xml, struct gb_str prefix, size_t begin, size_t end)
{
    struct gb_str uri;

    if (xml->knows_prefix_fault || xml->level > 0 || gb_str_is(prefix, "xmlns") || find_namespace(xml, prefix, &uri))
        return;
    gb_xml_explain_at(xml, GB_XML_SLIP_PREFIX, false, begin, end);
    xml->knows_prefix_fault = true;
}

/* Sets name, namespace and the place of attributes of a start tag. */
static void
name_tag(struct gb_xml *xml, struct gb_xml_tag *tag, size_t length)
{
    struct gb_str raw = gb_str_sub(tag->raw, 1, 1 + length);
    const char *colon = memchr(raw.ptr, ':', raw.len);
    size_t skip = colon ? (size_t)(colon - raw.ptr) + 1 : 0;
    struct gb_xml_attr attr;

    tag->name = gb_str_skip(raw, skip);
    tag->attrs = 1 + length;
    if (gb_str_find(tag->raw, GB_STR("xmlns"), 0) != GB_NOT_FOUND)
        bind_namespaces(xml, tag);
    if (skip)
        require_prefix(xml, gb_str_sub(raw, 0, skip - 1), xml->cursor, xml->cursor + 1 + length);
    find_namespace(xml, gb_str_sub(raw, 0, skip ? skip - 1 : 0), &tag->uri);
    if (xml->knows_prefix_fault || !memchr(tag->raw.ptr + tag->attrs, ':', tag->raw.len - tag->attrs))
        return;
    for (size_t at = tag->attrs; gb_xml_next_attr(tag, &at, &attr);)
        if (attr.prefix.len) {
            size_t begin = (size_t)(attr.prefix.ptr - xml->text.ptr);
            require_prefix(xml, attr.prefix, begin, begin + attr.prefix.len + 1 + attr.name.len);
        }
}

/* Events of expat. */

/* Offset of what expat speaks of, inside the text and not before the cursor. */
static size_t
parser_offset(const struct gb_xml *xml)
{
    XML_Index at = XML_GetCurrentByteIndex(xml->parser);

    if (at < (XML_Index)xml->cursor)
        return xml->cursor;
    return (size_t)at > xml->text.len ? xml->text.len : (size_t)at;
}

static void
end_input(struct gb_xml *xml)
{
    xml->is_stopped = true;
    XML_StopParser(xml->parser, XML_FALSE);
}

/* The tag that expat speaks of, when all before it has been handed over. */
static struct gb_xml_tag
current_tag(struct gb_xml *xml)
{
    size_t begin = parser_offset(xml), end = begin + (size_t)XML_GetCurrentByteCount(xml->parser);

    gb_xml_hand_over(xml, begin);
    xml->cursor = begin;
    return (struct gb_xml_tag){.xml = xml,
                               .raw = gb_str_sub(xml->text, begin, end),
                               .span = gb_xml_span(xml, begin, end),
                               .is_expanded = xml->level > 0};
}

static void
on_start(void *data, const char *name, const char **attributes)
{
    struct gb_xml *xml = data;

    (void)attributes;
    if (xml->is_stopped) {
        end_input(xml);
        return;
    }
    struct gb_xml_tag tag = current_tag(xml);
    if (xml->depth == GB_XML_MAX_DEPTH)
        gb_xml_report(xml, GB_XML_LIMIT, true, tag.span, "元素嵌套超过200层：从这里起没有检查",
                      "elements are nested more than 200 deep: nothing from here on was checked");
    if (xml->is_stopped) {
        end_input(xml);
        return;
    }
    xml->open[xml->depth++] = (struct gb_xml_open){xml->cursor, {NULL, 0}};
    name_tag(xml, &tag, strlen(name));
    xml->open[xml->depth - 1].uri = tag.uri;
    xml->cursor += tag.raw.len;
    /* The element around the text of an entity is ours. */
    if (xml->level == 0 || xml->depth > 1)
        xml->events->start(xml->data, &tag);
    if (xml->is_stopped)
        end_input(xml);
}

static void
on_end(void *data, const char *name)
{
    struct gb_xml *xml = data;

    if (xml->is_stopped || xml->depth == 0)
        return;
    struct gb_xml_tag tag = current_tag(xml);
    if (xml->is_stopped) {
        end_input(xml);
        return;
    }
    struct gb_xml_open start = xml->open[--xml->depth];
    size_t end = xml->cursor + tag.raw.len;
    if (tag.raw.len == 0) {
        /* <x/>: the start has taken its bytes. */
        tag.raw = gb_str_sub(xml->text, start.begin, end);
        tag.span = gb_xml_span(xml, start.begin, end);
    }
    const char *colon = strchr(name, ':');
    tag.name = gb_str_from(colon ? colon + 1 : name);
    tag.uri = start.uri;
    xml->cursor = end;
    if (xml->level == 0 || xml->depth > 0)
        xml->events->end(xml->data, &tag);
    while (xml->bindings.len > 0 && xml->bindings.items[xml->bindings.len - 1].depth > xml->depth)
        xml->bindings.len--;
}

/* What has no handler, references to entities among it: that there is one keeps expat from expanding them. */
static void
on_rest(void *data, const char *text, int length)
{
    (void)data, (void)text, (void)length;
}

/* Where what an error code speaks of ends: expat gives but one place. */
static size_t
fault_end(const struct gb_xml *xml, enum XML_Error code, size_t at)
{
    switch (code) {
    case XML_ERROR_TAG_MISMATCH: /* the place is that of the name */
        return gb_xml_name_end(xml, at) + 1;
    case XML_ERROR_BAD_CHAR_REF:
        return gb_xml_name_end(xml, at + 2) + 1;
    case XML_ERROR_DUPLICATE_ATTRIBUTE:
        return gb_xml_name_end(xml, at);
    case XML_ERROR_UNDEFINED_ENTITY:
    case XML_ERROR_RECURSIVE_ENTITY_REF:
        return gb_xml_name_end(xml, at + 1) + 1;
    case XML_ERROR_UNCLOSED_TOKEN:
    case XML_ERROR_UNCLOSED_CDATA_SECTION:
        return xml->text.len;
    default:
        return at;
    }
}

static void
report_fault(struct gb_xml *xml)
{
    enum XML_Error code = XML_GetErrorCode(xml->parser);
    size_t at = parser_offset(xml);
    bool is_entity = code == XML_ERROR_UNDEFINED_ENTITY || code == XML_ERROR_RECURSIVE_ENTITY_REF;
    /* In the value of an attribute expat tells the tag only. */
    const char *amp = is_entity ? memchr(xml->text.ptr + at, '&', xml->text.len - at) : NULL;
    if (amp)
        at = (size_t)(amp - xml->text.ptr);
    size_t end = fault_end(xml, code, at);

    gb_xml_hand_over(xml, at);
    if (code == XML_ERROR_AMPLIFICATION_LIMIT_BREACH) {
        gb_xml_report(xml, GB_XML_LIMIT, true, gb_xml_span(xml, at, end), "属性值里的实体展开后过长：从这里起没有检查",
                      "entities in attribute values expand to too much text: nothing from here on was checked");
        return;
    }
    size_t begin = is_entity || code == XML_ERROR_DUPLICATE_ATTRIBUTE ? at : xml->cursor;
    enum gb_xml_slip slip = gb_xml_slip_of((int)code, xml, begin, at);
    if (slip == GB_XML_SLIP_CDATA_END)
        begin = at - 2;
    /* A construct that began on an earlier line: the place is where the parser gave up. */
    if (memchr(xml->text.ptr + begin, '\n', at - begin))
        begin = at;
    gb_xml_explain_at(xml, slip, true, begin, end);
}

/* Documents. */

/* Bytes that may begin a character which XML does not allow: controls but tab and line ends, U+FFFE, U+FFFF. */
static const bool suspicious[256] = {
    [0] = 1,  [1] = 1,  [2] = 1,  [3] = 1,  [4] = 1,  [5] = 1,  [6] = 1,  [7] = 1,  [8] = 1,  [11] = 1,
    [12] = 1, [14] = 1, [15] = 1, [16] = 1, [17] = 1, [18] = 1, [19] = 1, [20] = 1, [21] = 1, [22] = 1,
    [23] = 1, [24] = 1, [25] = 1, [26] = 1, [27] = 1, [28] = 1, [29] = 1, [30] = 1, [31] = 1, [0xEF] = 1,
};

static bool
is_bad(struct gb_str text, size_t i)
{
    return (unsigned char)text.ptr[i] != 0xEF ||
           (i + 2 < text.len && (unsigned char)text.ptr[i + 1] == 0xBF && (unsigned char)text.ptr[i + 2] >= 0xBE);
}

/*
 * A copy for the parser in which "?" stands for each byte that would end it; NULL when there is none. The source has
 * U+001A for bytes that it could not decode: those have been reported.
 */
static char *
cleaned(struct gb_xml *xml)
{
    char *copy = NULL;

    for (size_t i = 0; i < xml->text.len; i++) {
        if (!suspicious[(unsigned char)xml->text.ptr[i]] || !is_bad(xml->text, i))
            continue;
        size_t length = xml->text.ptr[i] == '\xEF' ? 3 : 1;
        if (!copy) {
            copy = gb_alloc(xml->text.len + 1);
            memcpy(copy, xml->text.ptr, xml->text.len);
            copy[xml->text.len] = '\0';
        }
        memset(copy + i, '?', length);
        if (xml->text.ptr[i] != 0x1A && !xml->level)
            gb_xml_report(xml, GB_XML_MALFORMED, false, gb_xml_span(xml, i, i + length), "有XML不允许的控制字符：删去",
                          "a control character that XML does not allow: remove it");
        i += length - 1;
    }
    return copy;
}

static void
run_parser(struct gb_xml *xml, struct gb_str text)
{
    if (text.len == 0) {
        gb_xml_explain_at(xml, GB_XML_SLIP_NO_ROOT, true, xml->cursor, xml->cursor);
        return;
    }
    if (text.len > INT_MAX) {
        gb_xml_report(xml, GB_XML_LIMIT, true, gb_xml_span(xml, 0, 0), "文件超过2 GB：没有检查",
                      "the file is larger than 2 GB: it was not checked");
        return;
    }
    xml->parser = XML_ParserCreate("UTF-8");
    if (!xml->parser)
        abort(); /* as gb_alloc does */
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    XML_SetDefaultHandler(xml->parser, on_rest);
    XML_SetEntityDeclHandler(xml->parser, on_entity);
    XML_SetExternalEntityRefHandler(xml->parser, on_external);
    XML_SetParamEntityParsing(xml->parser, XML_PARAM_ENTITY_PARSING_ALWAYS);
    /* As if there were a DTD: names that it might declare are no faults. */
    XML_UseForeignDTD(xml->parser, XML_TRUE);
    enum XML_Status status = XML_Parse(xml->parser, text.ptr, (int)text.len, XML_TRUE);
    if (status == XML_STATUS_ERROR && !xml->is_stopped)
        report_fault(xml);
    else if (!xml->is_stopped)
        gb_xml_hand_over(xml, xml->text.len);
    XML_ParserFree(xml->parser);
    xml->parser = NULL;
    gb_array_release(&xml->bindings);
}

void
gb_xml_read_inside(struct gb_xml *outer, struct gb_str content, struct gb_span reference)
{
    struct gb_xml inside = {.events = outer->events,
                            .data = outer->data,
                            .shared = outer->shared,
                            .outer = outer,
                            .level = outer->level + 1,
                            .reference = reference};
    char *text = gb_alloc(content.len + sizeof("<x></x>"));
    int n = snprintf(text, content.len + sizeof("<x></x>"), "<x>%.*s</x>", GB_FMT(content));

    inside.text = (struct gb_str){text, n > 0 ? (size_t)n : 0};
    run_parser(&inside, inside.text);
    outer->is_stopped = outer->is_stopped || inside.is_stopped;
    free(text);
}

static void
read_document(struct gb_xml *xml)
{
    struct gb_str text = xml->text;
    size_t lead = 0, heavy;

    /* An XML declaration behind blanks is a fault that can be passed over. */
    while (lead < text.len && gb_is_space(text.ptr[lead]))
        lead++;
    if (lead > 0 && gb_str_starts(gb_str_skip(text, lead), GB_STR("<?xml "))) {
        gb_xml_explain_at(xml, GB_XML_SLIP_DECLARATION, false, lead, lead + 5);
        xml->text = gb_str_skip(text, lead);
        xml->base += (uint32_t)lead;
    }
    if ((heavy = gb_xml_too_costly(xml->text)) != GB_NOT_FOUND) {
        gb_xml_report(xml, GB_XML_LIMIT, true, gb_xml_span(xml, heavy, gb_xml_shown_end(xml, heavy, xml->text.len)),
                      "属性、命名空间、属性默认值或实体过多：文件没有检查",
                      "too many attributes, namespaces, attribute defaults or entities: the file was not checked");
        return;
    }
    char *copy = cleaned(xml);
    run_parser(xml, copy ? (struct gb_str){copy, xml->text.len} : xml->text);
    free(copy);
}

void
gb_xml_stop(struct gb_xml *xml)
{
    xml->is_stopped = true;
}

void
gb_xml_read(struct gb_str text, uint32_t base, const struct gb_xml_events *events, void *data)
{
    struct gb_xml_shared shared = {.arena = GB_ARENA_ZERO};
    struct gb_xml xml = {.text = text, .base = base, .events = events, .data = data, .shared = &shared};

    read_document(&xml);
    gb_array_release(&shared.entities);
    gb_strmap_release(&shared.names);
    gb_arena_release(&shared.arena);
}
