/* The only user of libyaml: its events become a tree that keeps places. It judges nothing of the content. */
#include "base/strmap.h"
#include "base/yaml.h"

#include <assert.h>
#include <yaml.h>

/* What libyaml says, and what the author has most likely done. First match of both words decides. */
static const struct {
    const char *problem, *context, *zh, *en;
} complaints[] = {
    {"unknown escape", "", "双引号中的反斜线是转义符：含“\\”的文字改用单引号",
     "a backslash escapes inside of double quotes: put text with “\\” into single quotes"},
    {"alphabetic or numeric", "alias", "以“*”开头的值会被当作别名：给它加单引号",
     "a value with “*” in front is taken for an alias: put it into single quotes"},
    {"alphabetic or numeric", "anchor", "以“&”开头的值会被当作锚：给它加单引号",
     "a value with “&” in front is taken for an anchor: put it into single quotes"},
    {"tag", "", "以“!”开头的值会被当作标签：给它加单引号",
     "a value with “!” in front is taken for a tag: put it into single quotes"},
    {"tab character", "", "缩进只能用空格，不能用制表符", "indent with blanks, not with tabs"},
    {"cannot start any token", "", "该字符不能作值的开头：给值加单引号（缩进只能用空格）",
     "no value begins with this character: put it into single quotes (and indent with blanks)"},
    {"mapping values are not allowed", "", "此处不能再有“: ”：值中含“: ”时加单引号，并检查缩进",
     "no other “: ” may stand here: put a value with “: ” into single quotes, and look at the indent"},
    {"could not find expected ':'", "", "此行或上一行的键后缺“: ”（半角冒号加空格）",
     "“: ” (colon and blank) is missing behind the key of this line or the one before"},
    {"unexpected end of stream", "quoted", "引号没有闭合", "the quotes are not closed"},
    {"unexpected document indicator", "quoted", "引号没有闭合", "the quotes are not closed"},
    {"found unexpected ':'", "", "值中含“:”：给值加单引号", "the value has “:” in it: put it into single quotes"},
    {"did not find expected ',' or ']'", "", "方括号中的列表没有闭合，或缺半角逗号",
     "the list in brackets is not closed, or lacks a comma"},
    {"did not find expected ',' or '}'", "", "花括号中的映射没有闭合，或缺半角逗号",
     "the map in braces is not closed, or lacks a comma"},
    {"did not find expected '-' indicator", "", "列表项的缩进不一致，或缺“- ”",
     "items of the list are not indented alike, or “- ” is missing"},
    {"did not find expected key", "", "缩进与同级的键不一致，或引号后还有文字",
     "not indented like the keys beside it, or there is text behind the quotes"},
    {"did not find expected <document start>", "", "缩进不一致，或文件有多余的内容",
     "not indented alike, or there is more behind the end"},
    {"", "", "不是合法的YAML", "this is no YAML"},
};

struct reader {
    yaml_parser_t parser;
    yaml_event_t event;
    struct gb_str text;
    const char *path;
    struct gb_arena *arena;
    struct gb_error *error;
    unsigned depth;
};

static struct gb_str
line_of(struct gb_str text, size_t line)
{
    struct gb_str rest = text, found = {0};

    for (size_t i = 0; i <= line; i++) {
        if (!gb_str_next_line(&rest, &found))
            return (struct gb_str){0};
    }
    return found;
}

/*
 * A bare key with a full-width colon: "标题： 中". Byte offset of the colon, or GB_NOT_FOUND. libyaml finds
 * fault with such a line only on the next one.
 */
static size_t
wide_colon(struct gb_str line)
{
    size_t at = 0;

    while (at < line.len &&
           (line.ptr[at] == ' ' || (line.ptr[at] == '-' && at + 1 < line.len && line.ptr[at + 1] == ' ')))
        at++;
    if (at == line.len || strchr("'\"#[{|>", line.ptr[at]))
        return GB_NOT_FOUND;
    size_t colon = gb_str_find(line, GB_STR("："), at);
    size_t ascii = gb_str_find(line, GB_STR(": "), 0);
    struct gb_str key = gb_str_sub(line, at, colon == GB_NOT_FOUND ? at : colon);

    if (key.len == 0 || key.len > 60 || memchr(key.ptr, ' ', key.len) || (ascii != GB_NOT_FOUND && ascii < colon))
        return GB_NOT_FOUND;
    return colon;
}

static unsigned
code_points(struct gb_str s)
{
    unsigned n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += (s.ptr[i] & 0xC0) != 0x80;
    return n;
}

static bool
complain_of_wide_colon(struct reader *r, size_t line)
{
    for (size_t back = 0; back < 3 && back <= line; back++) {
        struct gb_str text = line_of(r->text, line - back);
        size_t colon = wide_colon(text);

        if (colon == GB_NOT_FOUND)
            continue;
        gb_error_set(r->error, r->path, (unsigned)(line - back) + 1, code_points(gb_str_sub(text, 0, colon)) + 1,
                     GB_ERROR_SAY("键“%.*s”后用了全角冒号“：”：改为半角冒号加空格“: ”",
                                  "a full-width colon stands behind the key “%.*s”: write “: ”"),
                     GB_FMT(gb_str_trim(gb_str_sub(text, 0, colon))));
        return true;
    }
    return false;
}

static void
complain(struct reader *r)
{
    const yaml_parser_t *p = &r->parser;
    const char *problem = p->problem ? p->problem : "";
    const char *context = p->context ? p->context : "";
    yaml_mark_t mark = p->problem_mark;
    size_t i = 0;

    if (p->error == YAML_READER_ERROR) {
        unsigned line = 1;
        for (size_t at = 0; at < p->problem_offset && at < r->text.len; at++)
            line += r->text.ptr[at] == '\n';
        gb_error_set(r->error, r->path, line, 0,
                     GB_ERROR_SAY("文件不是UTF-8编码，或含控制字符",
                                  "the file is no UTF-8, or has control characters"));
        return;
    }
    if (!strstr(problem, "unknown escape") && complain_of_wide_colon(r, mark.line))
        return;
    while (!strstr(problem, complaints[i].problem) || !strstr(context, complaints[i].context))
        i++;
    gb_error_set(r->error, r->path, (unsigned)mark.line + 1, (unsigned)mark.column + 1, "%s",
                 GB_ERROR_SAY(complaints[i].zh, complaints[i].en));
}

static bool
refuse(struct reader *r, const char *what)
{
    gb_error_set(r->error, r->path, (unsigned)r->event.start_mark.line + 1, (unsigned)r->event.start_mark.column + 1,
                 "%s", what);
    return false;
}

static bool
next_event(struct reader *r)
{
    yaml_event_delete(&r->event);
    if (yaml_parser_parse(&r->parser, &r->event))
        return true;
    complain(r);
    return false;
}

static bool
check_anchor_and_tag(struct reader *r, const yaml_char_t *anchor, const yaml_char_t *tag)
{
    if (anchor)
        return refuse(r, GB_ERROR_SAY("不支持锚（&）：值以“&”开头时加单引号",
                                      "there are no anchors (&): put a value with “&” in front into single quotes"));
    if (tag)
        return refuse(r, GB_ERROR_SAY("不支持标签（!）：值以“!”开头时加单引号",
                                      "there are no tags (!): put a value with “!” in front into single quotes"));
    return true;
}

/* Keys given twice: maps of terms have thousands of keys. */
static bool
check_keys(struct reader *r, const struct gb_yaml *map)
{
    struct gb_strmap lines = {.slots = NULL};
    bool is_good = true;

    GB_YAML_EACH(value, map) {
        const struct gb_yaml *key = value->key;
        uint32_t line = gb_strmap_add(&lines, key->text, key->line, &is_good);
        if (!is_good) {
            gb_error_set(r->error, r->path, key->line, key->column,
                         GB_ERROR_SAY("键“%.*s”重复：第%u行已有", "the key “%.*s” is there twice: see line %u"),
                         GB_FMT(key->text), line);
            break;
        }
    }
    gb_strmap_release(&lines);
    return is_good;
}

static struct gb_yaml *read_node(struct reader *r);

/* Reads values (with their keys in a map) up to the end event; the opening event is the current one. */
static bool
read_children(struct reader *r, struct gb_yaml *node, yaml_event_type_t end)
{
    const struct gb_yaml **tail = &node->first;

    if (++r->depth > GB_YAML_MAX_DEPTH)
        return refuse(r, GB_ERROR_SAY("嵌套超过8层", "nested deeper than 8 levels"));
    for (;;) {
        const struct gb_yaml *key = NULL;

        if (!next_event(r))
            return false;
        if (r->event.type == end)
            break;
        if (node->kind == GB_YAML_MAP) {
            if (r->event.type == YAML_SEQUENCE_START_EVENT || r->event.type == YAML_MAPPING_START_EVENT)
                return refuse(r, GB_ERROR_SAY("键必须是文字", "a key must be text"));
            key = read_node(r);
            if (!key)
                return false;
            if (key->is_plain && gb_str_is(key->text, "<<"))
                return refuse(r, GB_ERROR_SAY("不支持合并键（<<）", "there are no merge keys (<<)"));
            if (!next_event(r))
                return false;
        }
        struct gb_yaml *value = read_node(r);
        if (!value)
            return false;
        value->key = key;
        *tail = value;
        tail = &value->next;
        node->n++;
    }
    r->depth--;
    return node->kind != GB_YAML_MAP || check_keys(r, node);
}

/* The node that the current event opens; NULL on error. */
static struct gb_yaml *
read_node(struct reader *r)
{
    struct gb_yaml *node = gb_arena_new(r->arena, struct gb_yaml);
    const yaml_event_t *e = &r->event;

    node->line = (uint32_t)e->start_mark.line + 1;
    node->column = (uint32_t)e->start_mark.column + 1;
    if (e->type == YAML_ALIAS_EVENT) {
        refuse(r, GB_ERROR_SAY("不支持别名（*）：值以“*”开头时加单引号",
                               "there are no aliases (*): put a value with “*” in front into single quotes"));
        return NULL;
    }
    if (e->type == YAML_SCALAR_EVENT) {
        if (!check_anchor_and_tag(r, e->data.scalar.anchor, e->data.scalar.tag))
            return NULL;
        node->kind = GB_YAML_SCALAR;
        node->is_plain = e->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        node->text =
            gb_arena_copy(r->arena, (struct gb_str){(const char *)e->data.scalar.value, e->data.scalar.length});
        return node;
    }
    if (e->type == YAML_SEQUENCE_START_EVENT) {
        node->kind = GB_YAML_LIST;
        if (!check_anchor_and_tag(r, e->data.sequence_start.anchor, e->data.sequence_start.tag) ||
            !read_children(r, node, YAML_SEQUENCE_END_EVENT))
            return NULL;
        return node;
    }
    assert(e->type == YAML_MAPPING_START_EVENT);
    node->kind = GB_YAML_MAP;
    if (!check_anchor_and_tag(r, e->data.mapping_start.anchor, e->data.mapping_start.tag) ||
        !read_children(r, node, YAML_MAPPING_END_EVENT))
        return NULL;
    return node;
}

static struct gb_yaml *
read_stream(struct reader *r)
{
    struct gb_yaml *root = NULL;

    if (!next_event(r) || !next_event(r)) /* stream start, document start */
        return NULL;
    if (r->event.type == YAML_STREAM_END_EVENT) {
        root = gb_arena_new(r->arena, struct gb_yaml);
        root->line = root->column = 1;
        root->is_plain = true;
        return root;
    }
    if (r->event.data.document_start.version_directive ||
        r->event.data.document_start.tag_directives.start != r->event.data.document_start.tag_directives.end) {
        refuse(r, GB_ERROR_SAY("不支持“%”指令", "there are no directives (%)"));
        return NULL;
    }
    if (!next_event(r) || !(root = read_node(r)) || !next_event(r) || !next_event(r)) /* node, document end */
        return NULL;
    if (r->event.type != YAML_STREAM_END_EVENT) {
        refuse(r, GB_ERROR_SAY("一个文件只能有一个YAML文档（“---”之后还有内容）",
                               "a file has one document of YAML only (there is more behind “---”)"));
        return NULL;
    }
    return root;
}

const struct gb_yaml *
gb_yaml_parse(struct gb_str text, const char *path, struct gb_arena *arena, struct gb_error *error)
{
    struct reader r = {.text = text, .path = path, .arena = arena, .error = error};

    if (!yaml_parser_initialize(&r.parser)) {
        gb_error_set(error, path, 0, 0, GB_ERROR_SAY("内存不足", "out of memory"));
        return NULL;
    }
    yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)(text.len ? text.ptr : ""), text.len);
    const struct gb_yaml *root = read_stream(&r);
    yaml_event_delete(&r.event);
    yaml_parser_delete(&r.parser);
    return root;
}

const struct gb_yaml *
gb_yaml_get(const struct gb_yaml *map, const char *key)
{
    if (!map || map->kind != GB_YAML_MAP)
        return NULL;
    GB_YAML_EACH(value, map) {
        if (gb_str_is(value->key->text, key))
            return value;
    }
    return NULL;
}

bool
gb_yaml_expect(const struct gb_yaml *node, enum gb_yaml_kind kind, const char *what, const char *path,
               struct gb_error *error)
{
    static const char *const names[][2] = {{"文字", "text"},
                                           {"列表", "a list"},
                                           {"映射（键: 值）", "a map (key: value)"}};
    const char *hint = "";

    if (node->kind == kind)
        return true;
    if (node->kind == GB_YAML_SCALAR && wide_colon(node->text) != GB_NOT_FOUND)
        hint = GB_ERROR_SAY("：键后的冒号须是半角冒号加空格“: ”", ": behind a key stands “: ” in half width");
    else if (kind == GB_YAML_SCALAR && node->kind == GB_YAML_LIST)
        hint = GB_ERROR_SAY("：以“[”开头的文字加单引号", ": put text with “[” in front into single quotes");
    else if (kind == GB_YAML_SCALAR && node->kind == GB_YAML_MAP)
        hint = GB_ERROR_SAY("：以“{”开头或含“: ”的文字加单引号",
                            ": put text with “{” in front or “: ” in it into single quotes");
    gb_error_set(error, path, node->line, node->column,
                 GB_ERROR_SAY("“%s”应为%s，而不是%s%s", "“%s” must be %s, not %s%s"), what,
                 names[kind][gb_errors_are_english], names[node->kind][gb_errors_are_english], hint);
    return false;
}

bool
gb_yaml_bool(const struct gb_yaml *node, bool *out)
{
    static const struct {
        const char *word;
        bool value;
    } words[] = {{"true", true},   {"yes", true}, {"on", true},   {"是", true},
                 {"false", false}, {"no", false}, {"off", false}, {"否", false}};

    for (size_t i = 0; node->kind == GB_YAML_SCALAR && i < GB_COUNT(words); i++) {
        if (gb_str_eq_nocase(node->text, gb_str_from(words[i].word))) {
            *out = words[i].value;
            return true;
        }
    }
    return false;
}

/* Decimal only, read by hand: strtod asks the locale for the point. */
bool
gb_yaml_number(const struct gb_yaml *node, double *out)
{
    struct gb_str s = node->text;
    bool is_negative = s.len > 0 && s.ptr[0] == '-', has_point = false, has_digit = false;
    double value = 0, scale = 1;

    if (node->kind != GB_YAML_SCALAR)
        return false;
    for (size_t i = is_negative; i < s.len; i++) {
        if (s.ptr[i] == '.' && !has_point) {
            has_point = true;
        } else if (gb_is_digit(s.ptr[i])) {
            value = value * 10 + (s.ptr[i] - '0');
            scale = has_point ? scale * 10 : scale;
            has_digit = true;
        } else {
            return false;
        }
    }
    if (has_digit)
        *out = (is_negative ? -value : value) / scale;
    return has_digit;
}

/* Is one word the beginning of the other: warn, warning? */
static bool
begins(struct gb_str name, struct gb_str word)
{
    return name.len > 1 && (gb_str_starts(word, name) || (word.len > 3 && gb_str_starts(name, word)));
}

const char *
gb_nearest(struct gb_str name, const char *const *names, size_t n)
{
    unsigned best = name.len < 2 ? 1 : name.len < 4 ? 2 : name.len < 10 ? 3 : 4; /* farther is no slip of the pen */
    const char *nearest = NULL;

    for (size_t i = 0; i < n; i++) {
        struct gb_str word = gb_str_from(names[i]);
        unsigned distance = begins(name, word) ? 1 : gb_str_distance(name, word, best);
        if (distance < best) {
            best = distance;
            nearest = names[i];
        }
    }
    return nearest;
}
