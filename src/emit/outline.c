/* The clause tree as read, as text (the notation of the examples in the documentation) and as JSON. */
#include "base/json.h"
#include "emit/emit.h"
#include "text/chars.h"
#include "text/utf8.h"

/* Fields that a node may have, in the order of output. */
#define FIELDS(X)           \
    X(NUMBER, "number")     \
    X(TITLE, "title")       \
    X(CAPTION, "caption")   \
    X(EN, "en")             \
    X(CODE, "code")         \
    X(NATURE, "nature")     \
    X(PAGE, "page")         \
    X(MARKER, "marker")     \
    X(ICS, "ics")           \
    X(CCS, "ccs")           \
    X(BAND, "band")         \
    X(ISSUED, "issued")     \
    X(IN_FORCE, "in_force")

enum field {
#define X(id, name) FIELD_##id,
    FIELDS(X)
#undef X
    FIELD_COUNT
};

static const char *const field_names[] = {
#define X(id, name) name,
    FIELDS(X)
#undef X
};

#define HAS(id) (1u << FIELD_##id)

static const unsigned fields_of_kind[GB_NODE_KIND_COUNT] = {
    [GB_NODE_DOC] = HAS(CODE) | HAS(TITLE) | HAS(EN),
    [GB_NODE_COVER] = HAS(ICS) | HAS(CCS) | HAS(BAND) | HAS(CODE) | HAS(TITLE) | HAS(EN) | HAS(ISSUED) | HAS(IN_FORCE),
    [GB_NODE_ENTRY] = HAS(NUMBER) | HAS(TITLE) | HAS(NATURE) | HAS(PAGE),
    [GB_NODE_FOREWORD] = HAS(TITLE),
    [GB_NODE_INTRO] = HAS(TITLE),
    [GB_NODE_TITLE] = HAS(TITLE) | HAS(EN),
    [GB_NODE_CLAUSE] = HAS(NUMBER) | HAS(TITLE) | HAS(EN),
    [GB_NODE_LIST] = HAS(MARKER),
    [GB_NODE_ITEM] = HAS(MARKER),
    [GB_NODE_NOTE] = HAS(NUMBER) | HAS(MARKER),
    [GB_NODE_EXAMPLE] = HAS(NUMBER) | HAS(MARKER),
    [GB_NODE_FOOTNOTE] = HAS(MARKER),
    [GB_NODE_TERM] = HAS(NUMBER) | HAS(TITLE) | HAS(EN),
    [GB_NODE_SOURCE] = HAS(CODE) | HAS(NUMBER),
    [GB_NODE_REF] = HAS(CODE) | HAS(TITLE) | HAS(MARKER),
    [GB_NODE_ABBR] = HAS(TITLE),
    [GB_NODE_TABLE] = HAS(NUMBER) | HAS(CAPTION),
    [GB_NODE_FIGURE] = HAS(NUMBER) | HAS(CAPTION),
    [GB_NODE_FORMULA] = HAS(NUMBER),
    [GB_NODE_ANNEX] = HAS(NUMBER) | HAS(TITLE) | HAS(NATURE),
    [GB_NODE_BIBLIO] = HAS(TITLE),
    [GB_NODE_INDEX] = HAS(TITLE),
};

static bool
may_be_given(const struct gb_node *node)
{
    return node->kind == GB_NODE_CLAUSE || node->kind == GB_NODE_TERM || node->kind == GB_NODE_ANNEX;
}

static struct gb_str
number_of(const struct gb_node *node, struct gb_arena *arena)
{
    if (node->num.n || node->num.letter)
        return gb_number_text(&node->num, arena);
    return gb_str_trim(node->number.str);
}

static bool
is_dash(uint32_t c)
{
    return c == '-' || (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xFF0D || c == 0x4E00;
}

/* alpha, digit, dash, dot: the kind of list, from the marker of its first item. */
static struct gb_str
list_marker(const struct gb_node *list)
{
    const struct gb_node *item = gb_node_child(list, GB_NODE_ITEM);
    size_t next;

    if (list->marker.str.len)
        return list->marker.str;
    if (!item || !item->marker.str.len)
        return (struct gb_str){0};
    uint32_t c = gb_char_narrow(gb_utf8_at(item->marker.str, 0, &next));
    if (gb_char_digit(c) >= 0)
        return GB_STR("digit");
    if (gb_char_is_latin(c))
        return GB_STR("alpha");
    return is_dash(c) ? GB_STR("dash") : GB_STR("dot");
}

/* `a` of `a）`, `1` of `1)`; what has neither letter nor digit (——) stays. */
static struct gb_str
item_marker(struct gb_str marker)
{
    size_t end = 0, next;

    marker = gb_str_trim(marker);
    while (end < marker.len) {
        uint32_t c = gb_utf8_at(marker, end, &next);
        if (!gb_char_is_latin(c) && gb_char_digit(c) < 0)
            break;
        end = next;
    }
    return end ? gb_str_sub(marker, 0, end) : marker;
}

/* 注 of 注1：, 示例 of 示　例: the word alone. */
static struct gb_str
note_marker(struct gb_str marker, struct gb_arena *arena)
{
    struct gb_buf word = {0};

    for (size_t at = 0, next; at < marker.len; at = next) {
        uint32_t c = gb_utf8_at(marker, at, &next);
        if (gb_char_is_han(c))
            gb_buf_add(&word, gb_str_sub(marker, at, next));
    }
    struct gb_str taken = gb_buf_take(&word, arena);
    gb_buf_release(&word);
    return taken.len ? taken : marker;
}

static struct gb_str
marker_of(const struct gb_node *node, struct gb_arena *arena)
{
    switch (node->kind) {
    case GB_NODE_LIST:
        return list_marker(node);
    case GB_NODE_ITEM:
        return item_marker(node->marker.str);
    case GB_NODE_NOTE:
    case GB_NODE_EXAMPLE:
        return note_marker(node->marker.str, arena);
    default:
        return node->marker.str;
    }
}

static struct gb_str
cover_field(const struct gb_cover *cover, enum field field)
{
    if (!cover)
        return (struct gb_str){0};
    switch (field) {
    case FIELD_ICS:
        return cover->ics.str;
    case FIELD_CCS:
        return cover->ccs.str;
    case FIELD_BAND:
        return cover->band.str;
    case FIELD_CODE:
        return cover->code.str;
    case FIELD_TITLE:
        return cover->title.str;
    case FIELD_EN:
        return cover->en.str;
    case FIELD_ISSUED:
        return cover->issued.str;
    case FIELD_IN_FORCE:
        return cover->in_force.str;
    default:
        return (struct gb_str){0};
    }
}

static struct gb_str
field_of(const struct gb_node *node, enum field field, struct gb_arena *arena)
{
    static const char *const natures[] = {"", "normative", "informative"};

    if (!(fields_of_kind[node->kind] & 1u << field))
        return (struct gb_str){0};
    if (node->kind == GB_NODE_COVER)
        return cover_field(node->u.cover, field);
    switch (field) {
    case FIELD_NUMBER:
        return number_of(node, arena);
    case FIELD_TITLE:
    case FIELD_CAPTION:
        return node->title.str;
    case FIELD_EN:
        return node->en.str;
    case FIELD_CODE:
        return node->code.str;
    case FIELD_NATURE:
        return gb_str_from(natures[node->nature]);
    case FIELD_PAGE:
        return node->page.str;
    case FIELD_MARKER:
        return marker_of(node, arena);
    default:
        return (struct gb_str){0};
    }
}

/* Text in one line: what the draft breaks is joined by a mark. */
static void
put_text(struct gb_out *out, struct gb_str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == '\n')
            gb_out_puts(out, "⏎");
        else
            gb_out_char(out, text.ptr[i]);
    }
}

static void
put_quoted(struct gb_out *out, const char *name, struct gb_str value)
{
    if (!value.len)
        return;
    if (name)
        gb_out_printf(out, " %s", name);
    gb_out_puts(out, " «");
    put_text(out, value);
    gb_out_puts(out, "»");
}

static void
put_word(struct gb_out *out, struct gb_str word)
{
    if (!word.len)
        return;
    gb_out_char(out, ' ');
    put_text(out, word);
}

/* What stands behind the kind: number, nature, title, then other fields with their names. */
static void
put_fields(struct gb_out *out, const struct gb_node *node, struct gb_arena *arena)
{
    unsigned has = fields_of_kind[node->kind];
    struct gb_str number = field_of(node, FIELD_NUMBER, arena);
    struct gb_str title = field_of(node, has & HAS(CAPTION) ? FIELD_CAPTION : FIELD_TITLE, arena);

    if (node->kind == GB_NODE_LIST || node->kind == GB_NODE_ITEM || node->kind == GB_NODE_FOOTNOTE)
        put_word(out, marker_of(node, arena));
    if (node->kind == GB_NODE_SOURCE)
        put_word(out, node->code.str);
    put_word(out, number);
    if (node->kind == GB_NODE_FORMULA && !number.len)
        gb_out_puts(out, " —");
    put_word(out, field_of(node, FIELD_NATURE, arena));
    if (node->kind == GB_NODE_CLAUSE && !title.len)
        gb_out_puts(out, " —");
    if (node->kind == GB_NODE_REF || node->kind == GB_NODE_COVER || node->kind == GB_NODE_DOC) {
        put_quoted(out, "code", field_of(node, FIELD_CODE, arena));
        put_quoted(out, "title", title);
    } else {
        put_quoted(out, NULL, title);
    }
    put_quoted(out, "en", field_of(node, FIELD_EN, arena));
    put_quoted(out, "page", field_of(node, FIELD_PAGE, arena));
    for (enum field f = FIELD_ICS; f < FIELD_COUNT; f++)
        put_quoted(out, field_names[f], field_of(node, f, arena));
    /* The marker of a note says more than its kind only when it is not the usual word. */
    struct gb_str marker = marker_of(node, arena);
    if (node->kind == GB_NODE_REF ||
        (node->kind == GB_NODE_NOTE && !gb_str_is(marker, "注")) ||
        (node->kind == GB_NODE_EXAMPLE && !gb_str_is(marker, "示例")))
        put_quoted(out, "marker", marker);
}

static void
put_node(struct gb_out *out, const struct gb_node *node, size_t depth, struct gb_arena *arena)
{
    gb_out_repeat(out, ' ', 2 * depth);
    if (node->kind != GB_NODE_PARA) {
        gb_out_puts(out, gb_node_kind_name(node->kind));
        put_fields(out, node, arena);
        if (node->encoding == GB_ENCODING_LOST || node->encoding == GB_ENCODING_PICTURE)
            put_word(out, gb_str_from(gb_encoding_name(node->encoding)));
        if (may_be_given(node) && node->flags & GB_NODE_GIVEN)
            gb_out_puts(out, " (given)");
    }
    if (node->text.str.len || node->kind == GB_NODE_PARA) {
        gb_out_puts(out, node->kind == GB_NODE_PARA ? "| " : " | ");
        put_text(out, node->text.str);
    }
    gb_out_char(out, '\n');
}

static bool
has_any_field(const struct gb_node *node, struct gb_arena *arena)
{
    for (enum field f = 0; f < FIELD_COUNT; f++) {
        if (field_of(node, f, arena).len)
            return true;
    }
    return false;
}

void
gb_outline_text(struct gb_out *out, const struct gb_doc *doc)
{
    size_t depth = 0;
    struct gb_arena arena = GB_ARENA_ZERO;

    if (has_any_field(doc->root, &arena))
        put_node(out, doc->root, 0, &arena);
    for (const struct gb_node *n = doc->root->first; n;) {
        put_node(out, n, depth, &arena);
        if (n->first) {
            n = n->first;
            depth++;
            continue;
        }
        while (!n->next && n->parent != doc->root) {
            n = n->parent;
            depth--;
        }
        n = n->next;
    }
    gb_arena_release(&arena);
}

static void
write_node(struct gb_json *json, const struct gb_doc *doc, const struct gb_node *node, struct gb_arena *arena)
{
    gb_json_open(json, '{');
    gb_json_field(json, "kind", gb_str_from(gb_node_kind_name(node->kind)));
    for (enum field f = 0; f < FIELD_COUNT; f++)
        gb_json_given(json, field_names[f], field_of(node, f, arena));
    gb_json_count(json, "line", node->kind == GB_NODE_DOC ? 1 : gb_source_line(doc->source, node->span.begin));
    if (may_be_given(node)) {
        gb_json_key(json, "given");
        gb_json_bool(json, node->flags & GB_NODE_GIVEN);
    }
    if (node->encoding != GB_ENCODING_NONE)
        gb_json_field(json, "encoding", gb_str_from(gb_encoding_name(node->encoding)));
    gb_json_given(json, "text", node->text.str);
}

void
gb_outline_json(struct gb_out *out, const struct gb_doc *doc, struct gb_str edition)
{
    struct gb_json json;
    struct gb_arena arena = GB_ARENA_ZERO;

    gb_json_init(&json, out, GB_JSON_PRETTY);
    gb_json_open(&json, '{');
    gb_json_field(&json, "path", gb_str_from(doc->source->files[0].path));
    gb_json_field(&json, "edition", edition);
    gb_json_key(&json, "nodes");
    gb_json_open(&json, '[');
    if (has_any_field(doc->root, &arena)) {
        write_node(&json, doc, doc->root, &arena);
        gb_json_close(&json, '}');
    }
    for (const struct gb_node *n = doc->root->first; n;) {
        write_node(&json, doc, n, &arena);
        if (n->first) {
            gb_json_key(&json, "children");
            gb_json_open(&json, '[');
            n = n->first;
            continue;
        }
        gb_json_close(&json, '}');
        while (!n->next && n->parent != doc->root) {
            n = n->parent;
            gb_json_close(&json, ']');
            gb_json_close(&json, '}');
        }
        n = n->next;
    }
    gb_json_close(&json, ']');
    gb_json_close(&json, '}');
    gb_out_char(out, '\n');
    gb_arena_release(&arena);
}
