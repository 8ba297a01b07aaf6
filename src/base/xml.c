/*
 * The only file that knows libxml2 (written against 2.9.14).
 *
 * libxml2 says which tags there are and stops at the first fault; where a tag stands is told by
 * xmlByteConsumed(), which in UTF-8 memory is exact: on the ">" of a start tag, behind the ">" of an end
 * tag. Everything between two tags is read here from the bytes of the document, by a cursor: libxml2's own
 * text events come in pieces whose place is at times the start and at times the end. Entities are kept out of
 * libxml2 altogether: it is told that each one exists and is empty, and their text is put in here, on a budget.
 */
#include "base/xml_priv.h"

#include "base/arena.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    MAX_DEPTH = 200,             /* libxml2's own limit is 256 */
    MAX_ENTITY_DEPTH = 8,
    MAX_REFERENCES = 100000,     /* to entities that the document declares */
    MAX_EXPANDED = 1024 * 1024,  /* bytes of their text in all */
    MAX_SHOWN = 48,              /* bytes of the document in a sentence */
    MAX_UNKNOWN = 100,           /* names that are reported as not declared */
};

#define LIBXML_FUNCTIONS(X)   \
    X(xmlInitParser)          \
    X(xmlCreateMemoryParserCtxt) \
    X(xmlCtxtUseOptions)      \
    X(xmlParseDocument)       \
    X(xmlFreeParserCtxt)      \
    X(xmlByteConsumed)        \
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

/* What a document and the entities inside it share. */
struct shared {
    xmlDocPtr entities;          /* those that the document declares */
    xmlEntityPtr empty;          /* the one that libxml2 is shown in place of any */
    xmlEntityPtr unread;         /* the same for parameter entities */
    unsigned unknown;            /* references to names that nobody declared */
    unsigned references;
    size_t expanded;
    bool is_spent;
};

struct gb_xml {
    struct gb_str text;
    uint32_t base;
    const struct gb_xml_events *events;
    void *data;
    struct shared *shared;
    xmlParserCtxtPtr parser;
    const xmlChar *fed;          /* the bytes that it was given */
    size_t cursor;               /* all before it has been handed over */
    size_t open[MAX_DEPTH];      /* start tags of the open elements */
    unsigned depth;
    bool is_stopped, has_root;
    bool knows_prefix_fault;
    unsigned level;              /* of entities inside entities */
    struct gb_span reference;    /* with level > 0: all events stand here */
};

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

/* Places. */

static struct gb_span
span_at(const struct gb_xml *xml, size_t begin, size_t end)
{
    if (xml->level)
        return xml->reference;
    return (struct gb_span){xml->base + (uint32_t)begin, xml->base + (uint32_t)end};
}

static unsigned
line_of(const struct gb_xml *xml, size_t at)
{
    unsigned line = 1;

    for (size_t i = 0; i < at; i++)
        line += xml->text.ptr[i] == '\r' || (xml->text.ptr[i] == '\n' && (i == 0 || xml->text.ptr[i - 1] != '\r'));
    return line;
}

static bool
is_name_byte(char c)
{
    return (unsigned char)((c | 0x20) - 'a') < 26 || (unsigned char)c >= 0x80 || c == '_' ||
           ((unsigned char)(c - '-') < 14 && c != '/');
}

static size_t
name_length(struct gb_str s)
{
    size_t n = 0;

    while (n < s.len && is_name_byte(s.ptr[n]))
        n++;
    return n;
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* [begin, end) cut to its first line and to a few characters; at least one character where there is one. */
static size_t
shown_end(const struct gb_xml *xml, size_t begin, size_t end)
{
    size_t limit = begin;

    if (end <= begin)
        end = begin + 1;
    while (limit < end && limit < xml->text.len && limit - begin < MAX_SHOWN && xml->text.ptr[limit] != '\n' &&
           xml->text.ptr[limit] != '\r')
        limit++;
    while (limit < xml->text.len && ((unsigned char)xml->text.ptr[limit] & 0xC0) == 0x80)
        limit++;
    return limit;
}

/* Faults. */

static void
report(struct gb_xml *xml, enum gb_xml_fault_kind kind, bool is_whole, struct gb_span span, const char *zh, const char *en)
{
    const struct gb_xml_fault fault = {kind, span, is_whole, gb_str_from(zh), gb_str_from(en)};

    if (xml->is_stopped)
        return;
    xml->events->fault(xml->data, &fault);
    xml->is_stopped = is_whole;
}

static void
explain(struct gb_xml *xml, int code, bool is_whole, size_t begin, size_t end, const char *parser)
{
    char zh[GB_XML_SENTENCE], en[GB_XML_SENTENCE];
    size_t limit = shown_end(xml, begin, end);
    struct gb_xml_words words = {gb_str_sub(xml->text, begin, limit), {NULL, 0}, 0, parser ? parser : ""};

    if (xml->depth > 0) {
        size_t open = xml->open[xml->depth - 1];
        struct gb_str name = gb_str_skip(xml->text, open + 1);
        words.open = gb_str_sub(name, 0, name_length(name));
        words.line = line_of(xml, open);
    }
    gb_xml_explain(code, &words, zh, en);
    report(xml, GB_XML_MALFORMED, is_whole, span_at(xml, begin, limit), zh, en);
}

/* Text. */

static void hand_over(struct gb_xml *xml, size_t limit);
static void read_inside(struct gb_xml *outer, struct gb_str content, struct gb_span reference);

/* Receives pieces: the text event, or the reader of an attribute. */
struct sink {
    void (*piece)(void *data, const struct gb_xml_piece *piece);
    void *data;
    bool is_attribute;
};

static size_t
put_utf8(char *out, uint32_t c)
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

/* The character that &name; or &#…; stands for without any declaration; 0 for none. */
static uint32_t
known_character(struct gb_str name)
{
    static const struct {
        const char *name;
        char c;
    } own[] = {{"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'}, {"apos", '\''}};

    if (name.len > 1 && name.ptr[0] == '#') {
        bool is_hex = name.ptr[1] == 'x';
        uint32_t c = 0;
        for (size_t i = is_hex ? 2 : 1; i < name.len && c <= 0x10FFFF; i++) {
            char d = name.ptr[i];
            uint32_t digit = d <= '9' ? (uint32_t)(d - '0') : (uint32_t)((d | 0x20) - 'a' + 10);
            c = c * (is_hex ? 16 : 10) + digit;
        }
        return c <= 0x10FFFF ? c : 0;
    }
    for (size_t i = 0; i < GB_COUNT(own); i++) {
        if (gb_str_is(name, own[i].name))
            return (unsigned char)own[i].c;
    }
    return 0;
}

static xmlEntityPtr
declared(const struct gb_xml *xml, struct gb_str name)
{
    char key[128];

    if (name.len >= sizeof(key))
        return NULL;
    memcpy(key, name.ptr, name.len);
    key[name.len] = '\0';
    return lib.xmlGetDocEntity(xml->shared->entities, (const xmlChar *)key);
}

/* Remembers a name that was reported, so that it is reported once. */
static void
declare_empty(struct gb_xml *xml, struct gb_str name)
{
    char key[128];

    if (name.len >= sizeof(key))
        return;
    memcpy(key, name.ptr, name.len);
    key[name.len] = '\0';
    lib.xmlAddDocEntity(xml->shared->entities, (const xmlChar *)key, XML_INTERNAL_GENERAL_ENTITY, NULL, NULL,
                        (const xmlChar *)"");
}

static void
report_entity(struct gb_xml *xml, enum gb_xml_fault_kind kind, struct gb_str name, struct gb_span span,
              const char *zh, const char *en)
{
    char zh_text[GB_XML_SENTENCE], en_text[GB_XML_SENTENCE];
    int shown = (int)(name.len < MAX_SHOWN ? name.len : MAX_SHOWN);

    snprintf(zh_text, sizeof(zh_text), zh, shown, name.ptr);
    snprintf(en_text, sizeof(en_text), en, shown, name.ptr);
    report(xml, kind, false, span, zh_text, en_text);
    declare_empty(xml, name);
}

/* One unit of the budget for entities of the document; false when it is spent. */
static bool
spend(struct gb_xml *xml, size_t bytes, struct gb_span span)
{
    struct shared *shared = xml->shared;

    shared->references++;
    shared->expanded += bytes;
    if (xml->level < MAX_ENTITY_DEPTH && shared->references <= MAX_REFERENCES && shared->expanded <= MAX_EXPANDED)
        return true;
    if (!shared->is_spent)
        report(xml, GB_XML_LIMIT, false, span, "实体展开后过长（上限1 MB、8层）：从这里起实体不再展开",
               "entities expand to too much text (at most 1 MB and 8 levels): from here on they are not expanded");
    shared->is_spent = true;
    return false;
}

/* Bytes [begin, end) of the document. */
static void
put_exact(struct gb_xml *xml, const struct sink *sink, size_t begin, size_t end)
{
    const struct gb_xml_piece piece = {gb_str_sub(xml->text, begin, end), span_at(xml, begin, end), xml->level == 0};

    if (end > begin)
        sink->piece(sink->data, &piece);
}

static size_t read_text(struct gb_xml *xml, const struct sink *sink, size_t begin, size_t end);

/* The text of an entity, which has no tags in it, at the place of the reference. */
static void
put_content(struct gb_xml *xml, const struct sink *sink, struct gb_str content, struct gb_span span)
{
    struct gb_xml inside = {.text = content, .events = xml->events, .data = xml->data, .shared = xml->shared,
                            .level = xml->level + 1, .reference = span};

    read_text(&inside, sink, 0, content.len);
}

static void
put_entity(struct gb_xml *xml, const struct sink *sink, struct gb_str name, struct gb_span span)
{
    const xmlEntity *entity = declared(xml, name);
    char utf8[4];
    uint32_t c;

    if (entity && entity->etype != XML_INTERNAL_GENERAL_ENTITY) {
        report_entity(xml, GB_XML_EXTERNAL, name, span, "实体“&%.*s;”在另一个文件里，不读取：改用xi:include",
                      "entity “&%.*s;” is in another file, which is not read: use xi:include");
    } else if (entity) {
        struct gb_str content = gb_str_from((const char *)entity->content);
        if (content.len == 0 || !spend(xml, content.len, span))
            return;
        if (memchr(content.ptr, '<', content.len) && !sink->is_attribute)
            read_inside(xml, content, span);
        else
            put_content(xml, sink, content, span);
    } else if ((c = gb_xml_iso_entity(name))) {
        const struct gb_xml_piece piece = {{utf8, put_utf8(utf8, c)}, span, false};
        sink->piece(sink->data, &piece);
    } else if (xml->shared->unknown++ < MAX_UNKNOWN) {
        report_entity(xml, GB_XML_MALFORMED, name, span, "实体“&%.*s;”没有定义：改成字符本身，或在DOCTYPE里定义",
                      "entity “&%.*s;” is not defined: write the character itself, or define it in the DOCTYPE");
    }
}

/*
 * Text [begin, end), which holds no tags: what stands between references goes out as it is. Returns where it
 * stopped: before `end` at what is no reference, which the parser reports.
 */
static size_t
read_text(struct gb_xml *xml, const struct sink *sink, size_t begin, size_t end)
{
    while (begin < end && !xml->is_stopped) {
        const char *amp = memchr(xml->text.ptr + begin, '&', end - begin);
        size_t at = amp ? (size_t)(amp - xml->text.ptr) : end;

        put_exact(xml, sink, begin, at);
        if (at == end)
            return end;
        struct gb_str rest = gb_str_sub(xml->text, at + 1, end);
        size_t skip = rest.len > 0 && rest.ptr[0] == '#';
        struct gb_str name = gb_str_sub(rest, 0, skip + name_length(gb_str_skip(rest, skip)));
        if (name.len == 0 || name.len == rest.len || rest.ptr[name.len] != ';') {
            if (xml->level == 0)
                return at;
            /* In the text of an entity, which no parser has seen. */
            put_exact(xml, sink, at, at + 1);
            begin = at + 1;
            continue;
        }
        begin = at + name.len + 2;
        uint32_t c = known_character(name);
        struct gb_span span = span_at(xml, at, begin);
        if (c) {
            char utf8[4];
            const struct gb_xml_piece piece = {{utf8, put_utf8(utf8, c)}, span, false};
            sink->piece(sink->data, &piece);
        } else if (name.ptr[0] != '#') {
            put_entity(xml, sink, name, span);
        }
    }
    return begin;
}

/* Between tags. */

static size_t
find_end(struct gb_str rest, struct gb_str mark)
{
    size_t at = gb_str_find(rest, mark, 0);

    return at == GB_NOT_FOUND ? 0 : at + mark.len;
}

/* Length of <!DOCTYPE … > with its internal subset; 0 when it does not end. */
static size_t
doctype_length(struct gb_str rest)
{
    bool in_subset = false;

    for (size_t i = 0; i < rest.len; i++) {
        char c = rest.ptr[i];
        struct gb_str here = gb_str_skip(rest, i);
        size_t skip = 0;
        if (c == '"' || c == '\'') {
            const char *end = memchr(here.ptr + 1, c, here.len - 1);
            skip = end ? (size_t)(end - here.ptr) : rest.len;
        } else if (gb_str_starts(here, GB_STR("<!--"))) {
            skip = find_end(here, GB_STR("-->"));
        } else if (gb_str_starts(here, GB_STR("<?"))) {
            skip = find_end(here, GB_STR("?>"));
        } else if (c == '[') {
            in_subset = true;
        } else if (c == ']') {
            in_subset = false;
        } else if (c == '>' && !in_subset) {
            return i + 1;
        }
        if (skip)
            i += skip - (c == '<');
    }
    return 0;
}

static void
instruct(struct gb_xml *xml, struct gb_str inside, struct gb_span span)
{
    size_t n = name_length(inside);

    xml->events->instruction(xml->data, gb_str_sub(inside, 0, n), gb_str_trim(gb_str_skip(inside, n)), span);
}

/* Hands over the comment, instruction or CDATA section at the cursor; 0 when none of them is whole before `limit`. */
static size_t
hand_over_markup(struct gb_xml *xml, size_t limit)
{
    struct gb_str rest = gb_str_sub(xml->text, xml->cursor, limit);
    size_t length = 0;

    if (gb_str_starts(rest, GB_STR("<!--"))) {
        if ((length = find_end(gb_str_skip(rest, 4), GB_STR("-->"))))
            xml->events->comment(xml->data, gb_str_sub(rest, 4, length + 1),
                                 span_at(xml, xml->cursor, xml->cursor + length + 4));
        return length ? length + 4 : 0;
    }
    if (gb_str_starts(rest, GB_STR("<![CDATA["))) {
        if ((length = find_end(rest, GB_STR("]]>"))) && xml->depth > 0) {
            const struct sink sink = {xml->events->text, xml->data, false};
            put_exact(xml, &sink, xml->cursor + 9, xml->cursor + length - 3);
        }
        return length;
    }
    if (gb_str_starts(rest, GB_STR("<?"))) {
        if ((length = find_end(rest, GB_STR("?>"))))
            instruct(xml, gb_str_sub(rest, 2, length - 2), span_at(xml, xml->cursor, xml->cursor + length));
        return length;
    }
    if (gb_str_starts(rest, GB_STR("<!DOCTYPE")))
        return doctype_length(rest);
    return 0;
}

/* Hands over everything from the cursor to the next tag, or to `limit`. */
static void
hand_over(struct gb_xml *xml, size_t limit)
{
    const struct sink sink = {xml->events->text, xml->data, false};

    while (xml->cursor < limit && !xml->is_stopped) {
        if (xml->text.ptr[xml->cursor] == '<') {
            size_t length = hand_over_markup(xml, limit);
            if (!length)
                return;
            xml->cursor += length;
            continue;
        }
        const char *from = xml->text.ptr + xml->cursor;
        const char *tag = memchr(from, '<', limit - xml->cursor);
        size_t end = tag ? (size_t)(tag - xml->text.ptr) : limit;
        xml->cursor = xml->depth > 0 ? read_text(xml, &sink, xml->cursor, end) : end;
        if (xml->cursor < end)
            return;
    }
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
    hand_over(xml, end);
    size_t begin = xml->cursor;

    return (struct gb_xml_tag){.xml = xml,
                               .name = gb_str_from((const char *)name),
                               .uri = gb_str_from((const char *)uri),
                               .raw = gb_str_sub(xml->text, begin, end),
                               .span = span_at(xml, begin, end),
                               .is_expanded = xml->level > 0};
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
    if (xml->depth == MAX_DEPTH) {
        report(xml, GB_XML_LIMIT, true, tag.span, "元素嵌套超过200层：从这里起没有检查",
               "elements are nested more than 200 deep: nothing from here on was checked");
        return;
    }
    xml->open[xml->depth++] = xml->cursor;
    xml->has_root = true;
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
        tag.span = span_at(xml, start, end);
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
    return xml->shared->empty;
}

static xmlEntityPtr
on_get_parameter_entity(void *data, const xmlChar *name)
{
    struct gb_xml *xml = data;

    (void)name;
    return xml->shared->unread;
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
            hand_over(xml, end);
            explain(xml, error->code, false, xml->cursor, end, error->message);
            xml->knows_prefix_fault = true;
        }
        return;
    }
    size_t at = parser_offset(xml);
    hand_over(xml, at);
    size_t begin = xml->cursor;
    /* A construct that began on an earlier line: the place is where the parser gave up. */
    if (memchr(xml->text.ptr + begin, '\n', at - begin))
        begin = at;
    explain(xml, error->code, true, begin, at, error->message);
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
            report(xml, GB_XML_MALFORMED, false, span_at(xml, i, i + length), "有XML不允许的控制字符：删去",
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
        explain(xml, XML_ERR_DOCUMENT_EMPTY, true, xml->cursor, xml->cursor, NULL);
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
    handlers->serror = (xmlStructuredErrorFunc)on_error;
    xml->parser->userData = xml;
    lib.xmlCtxtUseOptions(xml->parser, XML_PARSE_NONET | XML_PARSE_IGNORE_ENC);
    lib.xmlParseDocument(xml->parser);
    if (!xml->is_stopped)
        hand_over(xml, xml->text.len);
    if (xml->parser->myDoc)
        lib.xmlFreeDoc(xml->parser->myDoc);
    lib.xmlFreeParserCtxt(xml->parser);
    xml->parser = NULL;
}

/* The text of an entity that has tags in it, read as a document of its own. */
static void
read_inside(struct gb_xml *outer, struct gb_str content, struct gb_span reference)
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

static void
read_document(struct gb_xml *xml)
{
    struct gb_str text = xml->text;
    size_t lead = 0, heavy;

    /* An XML declaration behind blanks is a fault that can be passed over. */
    while (lead < text.len && is_blank(text.ptr[lead]))
        lead++;
    if (lead > 0 && gb_str_starts(gb_str_skip(text, lead), GB_STR("<?xml "))) {
        explain(xml, XML_ERR_RESERVED_XML_NAME, false, lead, lead + 5, NULL);
        xml->text = gb_str_skip(text, lead);
        xml->base += (uint32_t)lead;
    }
    if ((heavy = gb_xml_too_costly(xml->text)) != GB_NOT_FOUND) {
        report(xml, GB_XML_LIMIT, true, span_at(xml, heavy, shown_end(xml, heavy, heavy + MAX_SHOWN)),
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
    struct shared shared = {0};
    struct gb_xml xml = {.text = text, .base = base, .events = events, .data = data, .shared = &shared};

    pthread_once(&load_once, load);
    if (!lib.is_loaded) {
        report(&xml, GB_XML_ABSENT, true, span_at(&xml, 0, 0), "读DocBook要用的libxml2没有安装：安装软件包libxml2",
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

/* Attributes. */

static size_t
skip_blanks(struct gb_str s, size_t at)
{
    while (at < s.len && is_blank(s.ptr[at]))
        at++;
    return at;
}

/* The next attribute of a tag from *at on, which moves behind it. */
static bool
next_attr(const struct gb_xml_tag *tag, size_t *at, struct gb_xml_attr *out)
{
    struct gb_str raw = tag->raw;
    size_t i = skip_blanks(raw, *at);
    struct gb_str name = gb_str_sub(raw, i, i + name_length(gb_str_skip(raw, i)));

    i = skip_blanks(raw, i + name.len);
    if (name.len == 0 || i >= raw.len || raw.ptr[i] != '=')
        return false;
    i = skip_blanks(raw, i + 1);
    if (i + 1 >= raw.len)
        return false;
    const char *begin = raw.ptr + i + 1;
    const char *end = memchr(begin, raw.ptr[i], raw.len - i - 1);
    if (!end)
        return false;
    const char *colon = memchr(name.ptr, ':', name.len);
    size_t prefix = colon ? (size_t)(colon - name.ptr) : 0;
    uint32_t place = tag->span.begin + (uint32_t)i + 1;
    struct gb_span span = {place, place + (uint32_t)(end - begin)};
    *out = (struct gb_xml_attr){gb_str_sub(name, 0, prefix), gb_str_skip(name, colon ? prefix + 1 : 0),
                                {begin, (size_t)(end - begin)}, tag->is_expanded ? tag->span : span, tag->is_expanded};
    *at = (size_t)(end - raw.ptr) + 1;
    return true;
}

bool
gb_xml_attr(const struct gb_xml_tag *tag, const char *name, struct gb_xml_attr *out_attr)
{
    struct gb_xml_attr attr;
    size_t at = tag->attrs;

    while (next_attr(tag, &at, &attr)) {
        if (gb_str_is(attr.name, name) && !gb_str_is(attr.prefix, "xmlns")) {
            *out_attr = attr;
            return true;
        }
    }
    return false;
}

void
gb_xml_attr_pieces(const struct gb_xml_tag *tag, const struct gb_xml_attr *attr,
                   void (*piece)(void *data, const struct gb_xml_piece *piece), void *data)
{
    const struct sink sink = {piece, data, true};
    struct gb_xml part = {.text = attr->value, .base = attr->span.begin, .events = tag->xml->events,
                          .data = tag->xml->data, .shared = tag->xml->shared, .level = tag->xml->level,
                          .reference = tag->xml->reference};

    read_text(&part, &sink, 0, attr->value.len);
}
