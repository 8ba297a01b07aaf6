/*
 * The only file that calls libxml2 (written against 2.9.14).
 *
 * libxml2 says which tags there are and stops at the first fault; where a tag stands is told by
 * xmlByteConsumed(), which in UTF-8 memory is exact: on the ">" of a start tag, behind the ">" of an end
 * tag. Everything between two tags is read from the bytes of the document, by a cursor (xml_scan.c): libxml2's own
 * text events come in pieces whose place is at times the start and at times the end. Entities are kept out of
 * libxml2 altogether: it is told that each one exists and is empty, and the scanner puts their text in, on a budget.
 */
#include "base/xml_priv.h"

#include "base/arena.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#define LIBXML_FUNCTIONS(X)   \
    X(xmlInitParser)          \
    X(xmlCreateMemoryParserCtxt) \
    X(xmlCtxtUseOptions)      \
    X(xmlParseDocument)       \
    X(xmlFreeParserCtxt)      \
    X(xmlByteConsumed)        \
    X(xmlDictSize)            \
    X(xmlNewDoc)              \
    X(xmlCreateIntSubset)     \
    X(xmlAddDocEntity)        \
    X(xmlGetDocEntity)        \
    X(xmlFreeDoc)

/* Filled once, then constant: a library can be loaded but once in a process. */
static struct {
    bool is_loaded;
#define X(name) __typeof__(&name) name;
    LIBXML_FUNCTIONS(X)
#undef X
} lib;
static pthread_once_t load_once = PTHREAD_ONCE_INIT;

static void
load(void)
{
    static const char *const sonames[] = {"libxml2.so.2", "libxml2.so", "libxml2.dylib"};
    void *handle = NULL;

    for (size_t i = 0; i < GB_COUNT(sonames) && !handle; i++)
        handle = dlopen(sonames[i], RTLD_NOW | RTLD_LOCAL);
    if (!handle)
        return;
    void *symbol;
#define X(name) \
    symbol = dlsym(handle, #name); \
    if (!symbol) \
        return; \
    memcpy(&lib.name, &symbol, sizeof(symbol));
    LIBXML_FUNCTIONS(X)
#undef X
    lib.xmlInitParser();
    lib.is_loaded = true;
}

/* Entities. */

static bool
make_key(struct gb_str name, char key[128])
{
    if (name.len >= 128)
        return false;
    memcpy(key, name.ptr, name.len);
    key[name.len] = '\0';
    return true;
}

enum gb_xml_entity
gb_xml_find_entity(const struct gb_xml *xml, struct gb_str name, struct gb_str *out_content)
{
    char key[128];
    const xmlEntity *entity =
        make_key(name, key) ? lib.xmlGetDocEntity(xml->shared->entities, (const xmlChar *)key) : NULL;

    if (!entity)
        return GB_XML_ENTITY_UNKNOWN;
    if (entity->etype != XML_INTERNAL_GENERAL_ENTITY)
        return GB_XML_ENTITY_OUTSIDE;
    *out_content = gb_str_from((const char *)entity->content);
    return GB_XML_ENTITY_INSIDE;
}

void
gb_xml_forget_entity(struct gb_xml *xml, struct gb_str name)
{
    char key[128];

    if (make_key(name, key))
        lib.xmlAddDocEntity(xml->shared->entities, (const xmlChar *)key, XML_INTERNAL_GENERAL_ENTITY, NULL, NULL,
                            (const xmlChar *)"");
}

/* Events of libxml2. */

/* Offset of the parser, inside the text. */
static size_t
parser_offset(const struct gb_xml *xml)
{
    long at = lib.xmlByteConsumed(xml->parser);

    if (at < (long)xml->cursor)
        return xml->cursor;
    return (size_t)at > xml->text.len ? xml->text.len : (size_t)at;
}

/* The tag that ends at `end`, when all before it has been handed over. */
static struct gb_xml_tag
tag_at(struct gb_xml *xml, size_t end, const xmlChar *name, const xmlChar *uri)
{
    gb_xml_hand_over(xml, end);
    size_t begin = xml->cursor;

    return (struct gb_xml_tag){.xml = xml,
                               .name = gb_str_from((const char *)name),
                               .uri = gb_str_from((const char *)uri),
                               .raw = gb_str_sub(xml->text, begin, end),
                               .span = gb_xml_span(xml, begin, end),
                               .is_expanded = xml->level > 0};
}

/*
 * After a fault that ends the document libxml2 reads on and forms a message for each further one, which takes seconds
 * for a broken file of some megabytes. A NUL in its own copy of the text (2.9 always makes one) ends that.
 */
static void
end_input(struct gb_xml *xml)
{
    const xmlParserInput *input = xml->parser->input;

    if (input && input->cur && input->cur < input->end && input->base != xml->fed)
        *(xmlChar *)(uintptr_t)input->cur = 0;
}

/*
 * libxml2 keeps each name once, in a table that does not grow beyond 16384 buckets: hundreds of thousands of names take
 * seconds. A draft has some hundred.
 */
static bool
has_too_many_names(struct gb_xml *xml, size_t at)
{
    enum { MAX_NAMES = 20000 };

    if (lib.xmlDictSize(xml->parser->dict) <= MAX_NAMES)
        return false;
    gb_xml_report(xml, GB_XML_LIMIT, true, gb_xml_span(xml, at, at), "名称超过20000个：从这里起没有检查",
                  "more than 20000 names: nothing from here on was checked");
    end_input(xml);
    return true;
}

static void
on_start(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri, int n_namespaces,
         const xmlChar **namespaces, int n_attributes, int n_defaulted, const xmlChar **attributes)
{
    struct gb_xml *xml = data;

    (void)n_namespaces, (void)namespaces, (void)n_attributes, (void)n_defaulted, (void)attributes;
    if (xml->is_stopped)
        return;
    size_t end = parser_offset(xml);
    if (end < xml->text.len && xml->text.ptr[end] == '/')
        end++;
    if (end < xml->text.len)
        end++;
    struct gb_xml_tag tag = tag_at(xml, end, name, uri);
    tag.attrs = 1 + (prefix ? strlen((const char *)prefix) + 1 : 0) + tag.name.len;
    if (xml->depth == GB_XML_MAX_DEPTH) {
        gb_xml_report(xml, GB_XML_LIMIT, true, tag.span, "元素嵌套超过200层：从这里起没有检查",
                      "elements are nested more than 200 deep: nothing from here on was checked");
        end_input(xml);
        return;
    }
    if (has_too_many_names(xml, xml->cursor))
        return;
    xml->open[xml->depth++] = xml->cursor;
    xml->cursor = end;
    /* The element around the text of an entity is ours. */
    if (xml->level == 0 || xml->depth > 1)
        xml->events->start(xml->data, &tag);
}

static void
on_end(void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
    struct gb_xml *xml = data;

    (void)prefix;
    if (xml->is_stopped || xml->depth == 0)
        return;
    size_t end = parser_offset(xml);
    struct gb_xml_tag tag = tag_at(xml, end, name, uri);
    if (xml->is_stopped)
        return;
    size_t start = xml->open[--xml->depth];
    if (end == xml->cursor) {
        /* <x/>: the start has taken its bytes. */
        tag.raw = gb_str_sub(xml->text, start, end);
        tag.span = gb_xml_span(xml, start, end);
    }
    xml->cursor = end;
    if (xml->level == 0 || xml->depth > 0)
        xml->events->end(xml->data, &tag);
}

static void
on_entity(void *data, const xmlChar *name, int type, const xmlChar *public_id, const xmlChar *system_id, xmlChar *content)
{
    struct gb_xml *xml = data;

    if (type == XML_INTERNAL_GENERAL_ENTITY || type == XML_EXTERNAL_GENERAL_PARSED_ENTITY)
        lib.xmlAddDocEntity(xml->shared->entities, name, type, public_id, system_id, content);
}

static xmlEntityPtr
on_get_entity(void *data, const xmlChar *name)
{
    struct gb_xml *xml = data;

    (void)name;
    if (!xml->is_stopped)
        has_too_many_names(xml, parser_offset(xml));
    return xml->shared->empty;
}

/* Instructions are read by the scanner; here their names are counted. */
static void
on_instruction(void *data, const xmlChar *target, const xmlChar *content)
{
    struct gb_xml *xml = data;

    (void)target, (void)content;
    if (!xml->is_stopped)
        has_too_many_names(xml, parser_offset(xml));
}

static xmlEntityPtr
on_get_parameter_entity(void *data, const xmlChar *name)
{
    struct gb_xml *xml = data;

    (void)name;
    return xml->shared->unread;
}

static void
on_error(void *data, xmlErrorPtr error)
{
    struct gb_xml *xml = data;

    if (!xml->parser)
        return;
    if (error->level == XML_ERR_FATAL && xml->is_stopped)
        end_input(xml);
    if (xml->is_stopped)
        return;
    if (error->level != XML_ERR_FATAL) {
        /* Undefined prefixes are many or none: the first will do. */
        if (error->code == XML_NS_ERR_UNDEFINED_NAMESPACE && !xml->knows_prefix_fault && xml->level == 0) {
            size_t end = parser_offset(xml);
            gb_xml_hand_over(xml, end);
            gb_xml_explain_at(xml, error->code, false, xml->cursor, end, error->message);
            xml->knows_prefix_fault = true;
        }
        return;
    }
    size_t at = parser_offset(xml);
    gb_xml_hand_over(xml, at);
    size_t begin = xml->cursor;
    /* A construct that began on an earlier line: the place is where the parser gave up. */
    if (memchr(xml->text.ptr + begin, '\n', at - begin))
        begin = at;
    gb_xml_explain_at(xml, error->code, true, begin, at, error->message);
    end_input(xml);
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
    return (unsigned char)text.ptr[i] != 0xEF || (i + 2 < text.len && (unsigned char)text.ptr[i + 1] == 0xBF &&
           (unsigned char)text.ptr[i + 2] >= 0xBE);
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
    xmlSAXHandler *handlers;

    if (text.len == 0) {
        gb_xml_explain_at(xml, XML_ERR_DOCUMENT_EMPTY, true, xml->cursor, xml->cursor, NULL);
        return;
    }
    xml->fed = (const xmlChar *)text.ptr;
    xml->parser = lib.xmlCreateMemoryParserCtxt(text.ptr, (int)text.len);
    if (!xml->parser)
        return;
    /* sax, userData and myDoc are the first members of the context in every version. */
    handlers = xml->parser->sax;
    memset(handlers, 0, sizeof(*handlers));
    handlers->initialized = XML_SAX2_MAGIC;
    handlers->startElementNs = on_start;
    handlers->endElementNs = on_end;
    handlers->entityDecl = on_entity;
    handlers->getEntity = on_get_entity;
    handlers->getParameterEntity = on_get_parameter_entity;
    handlers->processingInstruction = on_instruction;
    handlers->serror = (xmlStructuredErrorFunc)on_error;
    xml->parser->userData = xml;
    lib.xmlCtxtUseOptions(xml->parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
    lib.xmlParseDocument(xml->parser);
    if (!xml->is_stopped)
        gb_xml_hand_over(xml, xml->text.len);
    if (xml->parser->myDoc)
        lib.xmlFreeDoc(xml->parser->myDoc);
    lib.xmlFreeParserCtxt(xml->parser);
    xml->parser = NULL;
}

void
gb_xml_read_inside(struct gb_xml *outer, struct gb_str content, struct gb_span reference)
{
    struct gb_xml inside = {.events = outer->events, .data = outer->data, .shared = outer->shared,
                            .level = outer->level + 1, .reference = reference};
    char *text = gb_alloc(content.len + sizeof("<x></x>"));
    int n = snprintf(text, content.len + sizeof("<x></x>"), "<x>%.*s</x>", GB_FMT(content));

    inside.text = (struct gb_str){text, n > 0 ? (size_t)n : 0};
    run_parser(&inside, inside.text);
    outer->is_stopped = outer->is_stopped || inside.is_stopped;
    free(text);
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void
read_document(struct gb_xml *xml)
{
    struct gb_str text = xml->text;
    size_t lead = 0, heavy;

    /* An XML declaration behind blanks is a fault that can be passed over. */
    while (lead < text.len && is_blank(text.ptr[lead]))
        lead++;
    if (lead > 0 && gb_str_starts(gb_str_skip(text, lead), GB_STR("<?xml "))) {
        gb_xml_explain_at(xml, XML_ERR_RESERVED_XML_NAME, false, lead, lead + 5, NULL);
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
    if (xml->parser)
        end_input(xml);
}

void
gb_xml_read(struct gb_str text, uint32_t base, const struct gb_xml_events *events, void *data)
{
    struct gb_xml_shared shared = {0};
    struct gb_xml xml = {.text = text, .base = base, .events = events, .data = data, .shared = &shared};

    pthread_once(&load_once, load);
    if (!lib.is_loaded) {
        gb_xml_report(&xml, GB_XML_ABSENT, true, gb_xml_span(&xml, 0, 0), "读DocBook要用的libxml2没有安装：安装软件包libxml2",
               "libxml2, which reads DocBook, is not installed: install the package libxml2");
        return;
    }
    shared.entities = lib.xmlNewDoc((const xmlChar *)"1.0");
    lib.xmlCreateIntSubset(shared.entities, (const xmlChar *)"x", NULL, NULL);
    /* The blank keeps it apart from any name that a document can declare. */
    shared.empty = lib.xmlAddDocEntity(shared.entities, (const xmlChar *)" ", XML_INTERNAL_GENERAL_ENTITY, NULL,
                                       NULL, (const xmlChar *)"");
    shared.unread = lib.xmlAddDocEntity(shared.entities, (const xmlChar *)" ", XML_EXTERNAL_PARAMETER_ENTITY, NULL,
                                        (const xmlChar *)"x", NULL);
    read_document(&xml);
    lib.xmlFreeDoc(shared.entities);
}
