/*
 * What stands between two tags, and in their attributes, read from the bytes of the document: text, references, CDATA,
 * comments, instructions. The parser has seen to it that they are well formed up to where this is asked to read.
 */
#include "base/xml_priv.h"

#include <stdio.h>

enum {
    MAX_ENTITY_DEPTH = 8,
    MAX_REFERENCES = 100000,    /* to entities that the document declares */
    MAX_EXPANDED = 1024 * 1024, /* bytes of their text in all */
    MAX_SHOWN = 48,             /* bytes of the document in a sentence */
    MAX_UNKNOWN = 100,          /* names that are reported as not declared */
};

/* Places. */

struct gb_span
gb_xml_span(const struct gb_xml *xml, size_t begin, size_t end)
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

size_t
gb_xml_name_end(const struct gb_xml *xml, size_t at)
{
    return at + name_length(gb_str_skip(xml->text, at));
}

size_t
gb_xml_shown_end(const struct gb_xml *xml, size_t begin, size_t end)
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

void
gb_xml_report(struct gb_xml *xml, enum gb_xml_fault_kind kind, bool is_whole, struct gb_span span, const char *zh,
              const char *en)
{
    const struct gb_xml_fault fault = {kind, span, is_whole, gb_str_from(zh), gb_str_from(en)};

    if (xml->is_stopped)
        return;
    xml->events->fault(xml->data, &fault);
    xml->is_stopped = is_whole;
}

void
gb_xml_explain_at(struct gb_xml *xml, enum gb_xml_slip slip, bool is_whole, size_t begin, size_t end)
{
    char zh[GB_XML_SENTENCE], en[GB_XML_SENTENCE];
    size_t limit = gb_xml_shown_end(xml, begin, end);
    struct gb_xml_words words = {gb_str_sub(xml->text, begin, limit), {NULL, 0}, 0};

    if (xml->depth > 0) {
        size_t open = xml->open[xml->depth - 1].begin;
        struct gb_str name = gb_str_skip(xml->text, open + 1);
        words.open = gb_str_sub(name, 0, name_length(name));
        words.line = line_of(xml, open);
    }
    gb_xml_explain(slip, &words, zh, en);
    gb_xml_report(xml, GB_XML_MALFORMED, is_whole, gb_xml_span(xml, begin, limit), zh, en);
}

/* Text. */

/* Receives pieces: the text event, or the reader of an attribute. */
struct sink {
    void (*piece)(void *data, const struct gb_xml_piece *piece);
    void *data;
    bool is_attribute;
};

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
    GB_FIND(row, own, GB_COUNT(own), gb_str_is(name, row->name));
    return row ? (unsigned char)row->c : 0;
}

static void
report_entity(struct gb_xml *xml, enum gb_xml_fault_kind kind, struct gb_str name, struct gb_span span, const char *zh,
              const char *en)
{
    char zh_text[GB_XML_SENTENCE], en_text[GB_XML_SENTENCE];
    int shown = (int)(name.len < MAX_SHOWN ? name.len : MAX_SHOWN);

    snprintf(zh_text, sizeof(zh_text), zh, shown, name.ptr);
    snprintf(en_text, sizeof(en_text), en, shown, name.ptr);
    gb_xml_report(xml, kind, false, span, zh_text, en_text);
    gb_xml_forget_entity(xml, name);
}

/* One unit of the budget for entities of the document; false when it is spent. */
static bool
spend(struct gb_xml *xml, size_t bytes, struct gb_span span)
{
    struct gb_xml_shared *shared = xml->shared;

    shared->references++;
    shared->expanded += bytes;
    if (xml->level < MAX_ENTITY_DEPTH && shared->references <= MAX_REFERENCES && shared->expanded <= MAX_EXPANDED)
        return true;
    if (!shared->is_spent)
        gb_xml_report(
            xml, GB_XML_LIMIT, false, span, "实体展开后过长（上限1 MB、8层）：从这里起实体不再展开",
            "entities expand to too much text (at most 1 MB and 8 levels): from here on they are not expanded");
    shared->is_spent = true;
    return false;
}

/* Bytes [begin, end) of the document. */
static void
put_exact(struct gb_xml *xml, const struct sink *sink, size_t begin, size_t end)
{
    const struct gb_xml_piece piece = {gb_str_sub(xml->text, begin, end), gb_xml_span(xml, begin, end),
                                       xml->level == 0};

    if (end > begin)
        sink->piece(sink->data, &piece);
}

static size_t read_text(struct gb_xml *xml, const struct sink *sink, size_t begin, size_t end);

/* The text of an entity, which has no tags in it, at the place of the reference. */
static void
put_content(struct gb_xml *xml, const struct sink *sink, struct gb_str content, struct gb_span span)
{
    struct gb_xml inside = {.text = content,
                            .events = xml->events,
                            .data = xml->data,
                            .shared = xml->shared,
                            .level = xml->level + 1,
                            .reference = span};

    read_text(&inside, sink, 0, content.len);
}

static void
put_entity(struct gb_xml *xml, const struct sink *sink, struct gb_str name, struct gb_span span)
{
    struct gb_str content;
    char utf8[4];
    uint32_t c;

    switch (gb_xml_find_entity(xml, name, &content)) {
    case GB_XML_ENTITY_OUTSIDE:
        report_entity(xml, GB_XML_EXTERNAL, name, span, "实体“&%.*s;”在另一个文件里，不读取：改用xi:include",
                      "entity “&%.*s;” is in another file, which is not read: use xi:include");
        return;
    case GB_XML_ENTITY_INSIDE:
        if (content.len == 0 || !spend(xml, content.len, span))
            return;
        if (memchr(content.ptr, '<', content.len) && !sink->is_attribute)
            gb_xml_read_inside(xml, content, span);
        else
            put_content(xml, sink, content, span);
        return;
    case GB_XML_ENTITY_UNKNOWN:
        break;
    }
    if ((c = gb_xml_iso_entity(name))) {
        const struct gb_xml_piece piece = {{utf8, gb_utf8_put(utf8, c)}, span, false};
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
        struct gb_span span = gb_xml_span(xml, at, begin);
        if (c) {
            char utf8[4];
            const struct gb_xml_piece piece = {{utf8, gb_utf8_put(utf8, c)}, span, false};
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

    if (xml->events->instruction)
        xml->events->instruction(xml->data, gb_str_sub(inside, 0, n), gb_str_trim(gb_str_skip(inside, n)), span);
}

/* Hands over the comment, instruction or CDATA section at the cursor; 0 when none of them is whole before `limit`. */
static size_t
hand_over_markup(struct gb_xml *xml, size_t limit)
{
    struct gb_str rest = gb_str_sub(xml->text, xml->cursor, limit);
    size_t length = 0;

    if (gb_str_starts(rest, GB_STR("<!--"))) {
        if ((length = find_end(gb_str_skip(rest, 4), GB_STR("-->"))) && xml->events->comment)
            xml->events->comment(xml->data, gb_str_sub(rest, 4, length + 1),
                                 gb_xml_span(xml, xml->cursor, xml->cursor + length + 4));
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
            instruct(xml, gb_str_sub(rest, 2, length - 2), gb_xml_span(xml, xml->cursor, xml->cursor + length));
        return length;
    }
    return gb_str_starts(rest, GB_STR("<!DOCTYPE")) ? doctype_length(rest) : 0;
}

void
gb_xml_hand_over(struct gb_xml *xml, size_t limit)
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

/* Attributes. */

static size_t
skip_blanks(struct gb_str s, size_t at)
{
    while (at < s.len && gb_is_space(s.ptr[at]))
        at++;
    return at;
}

bool
gb_xml_next_attr(const struct gb_xml_tag *tag, size_t *at, struct gb_xml_attr *out)
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
    *out = (struct gb_xml_attr){gb_str_sub(name, 0, prefix),
                                gb_str_skip(name, colon ? prefix + 1 : 0),
                                {begin, (size_t)(end - begin)},
                                tag->is_expanded ? tag->span : span,
                                tag->is_expanded};
    *at = (size_t)(end - raw.ptr) + 1;
    return true;
}

bool
gb_xml_attr(const struct gb_xml_tag *tag, const char *name, struct gb_xml_attr *out_attr)
{
    struct gb_xml_attr attr;
    size_t at = tag->attrs;

    while (gb_xml_next_attr(tag, &at, &attr)) {
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
    struct gb_xml part = {.text = attr->value,
                          .base = attr->span.begin,
                          .events = tag->xml->events,
                          .data = tag->xml->data,
                          .shared = tag->xml->shared,
                          .level = tag->xml->level,
                          .reference = tag->xml->reference};

    read_text(&part, &sink, 0, attr->value.len);
}
