/* The clause tree as read, as text (the notation of the examples in the documentation) and as JSON. */
#include "base/json.h"
#include "emit/emit.h"
#include "emit/place_priv.h"
#include "text/chars.h"
#include "text/utf8.h"

/* Fields that a node may have, in the order of output. */
#define FIELDS(X)                                                                                                      \
    X(NUMBER, "number")                                                                                                \
    X(TITLE, "title")                                                                                                  \
    X(CAPTION, "caption")                                                                                              \
    X(EN, "en")                                                                                                        \
    X(CODE, "code")                                                                                                    \
    X(NATURE, "nature")                                                                                                \
    X(PAGE, "page")                                                                                                    \
    X(MARKER, "marker")                                                                                                \
    X(ICS, "ics")                                                                                                      \
    X(CCS, "ccs")                                                                                                      \
    X(BAND, "band")                                                                                                    \
    X(ISSUED, "issued")                                                                                                \
    X(IN_FORCE, "in_force")                                                                                            \
    X(STAGE, "stage")                                                                                                  \
    X(REPLACES, "replaces")                                                                                            \
    X(RECORD, "record")                                                                                                \
    X(PUBLISHER, "publisher")

enum field {
#define X(id, name) FIELD_##id,
    FIELDS(X)
#undef X
        FIELD_COUNT
};

static const char *const field_names[] = {FIELDS(GB_NAMED)};

#define HAS(id) (1u << FIELD_##id)

static const unsigned fields_of_kind[GB_NODE_KIND_COUNT] = {
    [GB_NODE_DOC] = HAS(CODE) | HAS(TITLE) | HAS(EN),
    [GB_NODE_COVER] = HAS(ICS) | HAS(CCS) | HAS(BAND) | HAS(CODE) | HAS(TITLE) | HAS(EN) | HAS(ISSUED) | HAS(IN_FORCE) |
                      HAS(STAGE) | HAS(REPLACES) | HAS(RECORD) | HAS(PUBLISHER),
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

static bool
is_wide(uint32_t c)
{
    return gb_char_is_han(c) || gb_char_is_cjk_punct(c);
}

/* Digits, letters and signs in half width. */
static struct gb_str
narrow(struct gb_str text, struct gb_arena *arena)
{
    struct gb_buf out = {0};
    char utf8[4];

    for (size_t at = 0, next; at < text.len; at = next) {
        uint32_t c = gb_char_narrow(gb_utf8_at(text, at, &next));
        gb_buf_add(&out, (struct gb_str){utf8, gb_utf8_put(utf8, c)});
    }
    struct gb_str taken = gb_buf_take(&out, arena);
    return gb_str_trim(taken);
}

static struct gb_str
number_of(const struct gb_node *node, struct gb_arena *arena)
{
    if (node->num.n || node->num.letter)
        return gb_number_text(&node->num, arena);
    return narrow(node->number.str, arena);
}

/* A stretch of white space between two others characters of a text. */
struct gap {
    uint32_t before, after;
    bool has_break;
    bool alone; /* the characters on both sides stand alone between blanks: 前 言 */
};

/* What stands for the gap in a text of one line. With `spaced`, the title of an element, 前 言 is 前言. */
static struct gb_str
filling(const struct gap *gap, bool spaced, struct gb_str blanks)
{
    bool both_han = gb_char_is_han(gap->before) && gb_char_is_han(gap->after);

    if (gap->has_break)
        return is_wide(gap->before) || is_wide(gap->after) ? GB_STR("") : GB_STR(" ");
    return spaced && both_han && gap->alone ? GB_STR("") : blanks;
}

/* The text in one line; see filling for its blanks. */
static struct gb_str
plain(struct gb_str text, bool spaced, struct gb_arena *arena)
{
    struct gb_buf out = {0};
    struct gap gap = {0};
    size_t at = 0, next = 0, word = 0; /* characters since the last gap */

    text = gb_str_trim(text);
    while (at < text.len) {
        uint32_t c = gb_utf8_at(text, at, &next);
        size_t end = at;
        for (gap.has_break = false; gb_char_is_space(c); c = gb_utf8_at(text, end, &next)) {
            gap.has_break |= c == '\n' || c == '\r';
            end = next;
            if (end == text.len)
                break;
        }
        if (end == text.len)
            break;
        if (end > at) {
            gap.after = c;
            gap.alone = word == 1 && (next == text.len || gb_char_is_space(gb_utf8_at(text, next, &(size_t){0})));
            gb_buf_add(&out, filling(&gap, spaced, gb_str_sub(text, at, end)));
            word = 0;
        }
        gb_buf_add(&out, gb_str_sub(text, end, next));
        gap.before = c;
        word++;
        at = next;
    }
    return gb_buf_take(&out, arena);
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

    if (list->marker.str.len)
        return list->marker.str;
    if (!item || !item->marker.str.len)
        return (struct gb_str){0};
    uint32_t c = gb_char_narrow(gb_char_at(item->marker.str, 0));
    if (gb_char_digit(c) >= 0)
        return GB_STR("digit");
    if (gb_char_is_latin(c))
        return GB_STR("alpha");
    return is_dash(c) ? GB_STR("dash") : GB_STR("dot");
}

/* The marker that the item has in print: a, 1, —— or ·, however it is written. */
static struct gb_str
item_marker(const struct gb_node *item, struct gb_arena *arena)
{
    struct gb_str kind = list_marker(item->parent);
    unsigned value = item->num.n ? item->num.part[0] : 0;

    if (gb_str_is(kind, "dash"))
        return GB_STR("——");
    if (gb_str_is(kind, "dot"))
        return GB_STR("·");
    if (value == 0)
        return (struct gb_str){0};
    if (gb_str_is(kind, "alpha") && value <= 26)
        return gb_arena_copy(arena, (struct gb_str){(char[]){(char)('a' + value - 1)}, 1});
    return gb_arena_printf(arena, "%u", value);
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
    return taken.len ? taken : marker;
}

static struct gb_str
marker_of(const struct gb_node *node, struct gb_arena *arena)
{
    switch (node->kind) {
    case GB_NODE_LIST:
        return list_marker(node);
    case GB_NODE_ITEM:
        return item_marker(node, arena);
    case GB_NODE_NOTE:
    case GB_NODE_EXAMPLE:
        return note_marker(node->marker.str, arena);
    case GB_NODE_REF: /* entries of chapter 2 have none: one typed there is a fault of form */
        return node->parent->kind == GB_NODE_REFS ? GB_STR("") : narrow(node->marker.str, arena);
    default:
        return narrow(node->marker.str, arena);
    }
}

/* Fields of a cover in the order of the text form. */
static const struct {
    enum field field;
    size_t at; /* in the struct */
} cover_fields[] = {
    {FIELD_ICS, offsetof(struct gb_cover, ics)},       {FIELD_CCS, offsetof(struct gb_cover, ccs)},
    {FIELD_BAND, offsetof(struct gb_cover, band)},     {FIELD_CODE, offsetof(struct gb_cover, code)},
    {FIELD_TITLE, offsetof(struct gb_cover, title)},   {FIELD_EN, offsetof(struct gb_cover, en)},
    {FIELD_ISSUED, offsetof(struct gb_cover, issued)}, {FIELD_IN_FORCE, offsetof(struct gb_cover, in_force)},
    {FIELD_STAGE, offsetof(struct gb_cover, stage)},   {FIELD_REPLACES, offsetof(struct gb_cover, replaces)},
    {FIELD_RECORD, offsetof(struct gb_cover, record)}, {FIELD_PUBLISHER, offsetof(struct gb_cover, publisher)},
};

static struct gb_str
cover_field(const struct gb_cover *cover, enum field field, struct gb_arena *arena)
{
    struct gb_buf all = {0};

    GB_FIND(row, cover_fields, cover ? GB_COUNT(cover_fields) : 0, row->field == field);
    if (!row)
        return (struct gb_str){0};
    gb_buf_add(&all, ((const struct gb_text *)((const char *)cover + row->at))->str);
    for (uint32_t i = 0; field == FIELD_PUBLISHER && i < cover->n_more_publishers; i++)
        gb_buf_printf(&all, " %.*s", GB_FMT(cover->more_publishers[i].str));
    struct gb_str value = plain(gb_buf_str(&all), true, arena);
    gb_buf_release(&all);
    return value;
}

/* Elements whose titles are set with blanks between the characters (前 言). */
static bool
is_spaced(enum gb_node_kind kind)
{
    return kind == GB_NODE_FOREWORD || kind == GB_NODE_INTRO || kind == GB_NODE_BIBLIO || kind == GB_NODE_INDEX ||
           kind == GB_NODE_ENTRY;
}

static struct gb_str
field_of(const struct gb_node *node, enum field field, struct gb_arena *arena)
{
    static const char *const natures[] = {"", "normative", "informative"};

    if (!(fields_of_kind[node->kind] & 1u << field))
        return (struct gb_str){0};
    if (node->kind == GB_NODE_COVER)
        return cover_field(node->u.cover, field, arena);
    switch (field) {
    case FIELD_NUMBER:
        return number_of(node, arena);
    case FIELD_TITLE:
    case FIELD_CAPTION:
        return plain(node->title.str, is_spaced(node->kind), arena);
    case FIELD_EN:
        return plain(node->en.str, false, arena);
    case FIELD_CODE:
        return plain(node->code.str, false, arena);
    case FIELD_NATURE:
        return gb_str_from(natures[node->nature]);
    case FIELD_PAGE:
        return plain(node->page.str, false, arena);
    case FIELD_MARKER:
        return marker_of(node, arena);
    default:
        return (struct gb_str){0};
    }
}

static void
put_quoted(struct gb_out *out, const char *name, struct gb_str value)
{
    if (value.len)
        gb_out_printf(out, "%s%s «%.*s»", name ? " " : "", name ? name : "", GB_FMT(value));
}

static void
put_word(struct gb_out *out, struct gb_str word)
{
    if (word.len)
        gb_out_printf(out, " %.*s", GB_FMT(word));
}

/* The word that opens a note, when it says more than the kind of node does. */
static struct gb_str
special_marker(const struct gb_node *node, struct gb_arena *arena)
{
    struct gb_str marker = marker_of(node, arena);

    return gb_str_is(marker, node->kind == GB_NODE_NOTE ? "注" : "示例") ? GB_STR("") : marker;
}

static void
put_number(struct gb_out *out, const struct gb_node *node, struct gb_arena *arena)
{
    struct gb_str number = field_of(node, FIELD_NUMBER, arena);

    switch (node->kind) {
    case GB_NODE_LIST:
    case GB_NODE_ITEM:
    case GB_NODE_FOOTNOTE:
    case GB_NODE_REF:
        put_word(out, marker_of(node, arena));
        break;
    case GB_NODE_NOTE:
    case GB_NODE_EXAMPLE:
        put_word(out, special_marker(node, arena));
        put_word(out, number);
        break;
    case GB_NODE_FORMULA:
    case GB_NODE_TABLE:
    case GB_NODE_FIGURE:
        put_word(out, number.len || node->title.str.len ? number : GB_STR("—"));
        break;
    default:
        put_word(out, number);
    }
}

/* What stands behind the kind: number, nature, title, then the English. */
static void
put_fields(struct gb_out *out, const struct gb_node *node, struct gb_arena *arena)
{
    unsigned has = fields_of_kind[node->kind];
    struct gb_str title = field_of(node, has & HAS(CAPTION) ? FIELD_CAPTION : FIELD_TITLE, arena);

    if (node->kind == GB_NODE_REF)
        put_number(out, node, arena);
    if (node->kind == GB_NODE_DOC)
        put_word(out, field_of(node, FIELD_CODE, arena));
    else
        put_quoted(out, NULL, field_of(node, FIELD_CODE, arena));
    if (node->kind != GB_NODE_REF)
        put_number(out, node, arena);
    put_word(out, field_of(node, FIELD_NATURE, arena));
    if (node->kind == GB_NODE_CLAUSE && !title.len)
        gb_out_puts(out, " —");
    put_quoted(out, node->kind == GB_NODE_REF ? "title" : NULL, title);
    put_quoted(out, "en", field_of(node, FIELD_EN, arena));
    put_quoted(out, "page", field_of(node, FIELD_PAGE, arena));
}

/* The fields of a cover stand on lines of their own. */
static void
put_cover(struct gb_out *out, const struct gb_node *node, size_t depth, struct gb_arena *arena)
{
    gb_out_puts(out, "cover\n");
    for (size_t i = 0; i < GB_COUNT(cover_fields); i++) {
        struct gb_str value = field_of(node, cover_fields[i].field, arena);
        if (!value.len)
            continue;
        gb_out_repeat(out, ' ', 2 * depth + 2);
        gb_out_printf(out, "@%s %.*s\n", field_names[cover_fields[i].field], GB_FMT(value));
    }
}

/* Kinds whose text stands on their line. */
static bool
shows_text(enum gb_node_kind kind)
{
    return kind == GB_NODE_PARA || kind == GB_NODE_ITEM || kind == GB_NODE_NOTE || kind == GB_NODE_EXAMPLE ||
           kind == GB_NODE_FOOTNOTE || kind == GB_NODE_ABBR || kind == GB_NODE_COMMENT;
}

static void
put_node(struct gb_out *out, const struct gb_node *node, size_t depth, struct gb_arena *arena)
{
    struct gb_str text = plain(node->text.str, false, arena);

    gb_out_repeat(out, ' ', 2 * depth);
    if (node->kind == GB_NODE_COVER) {
        put_cover(out, node, depth, arena);
        return;
    }
    if (node->kind == GB_NODE_PARA) {
        gb_out_printf(out, "| %.*s\n", GB_FMT(text));
        return;
    }
    gb_out_puts(out, gb_node_kind_name(node->kind));
    put_fields(out, node, arena);
    if ((node->encoding == GB_ENCODING_LOST && node->kind != GB_NODE_ITEM) ||
        (node->encoding == GB_ENCODING_PICTURE && node->kind == GB_NODE_TABLE))
        put_word(out, gb_str_from(gb_encoding_name(node->encoding)));
    if (shows_text(node->kind) && text.len)
        gb_out_printf(out, " | %.*s", GB_FMT(text));
    if (node->flags & GB_NODE_GIVEN)
        gb_out_puts(out, " (given)");
    gb_out_char(out, '\n');
}

/* The lines of a cover are shown as its fields. */
static const struct gb_node *
first_shown(const struct gb_node *node)
{
    return node->kind == GB_NODE_COVER ? NULL : node->first;
}

void
gb_outline_text(struct gb_out *out, const struct gb_doc *doc)
{
    size_t depth = 0;
    struct gb_arena arena = GB_ARENA_ZERO;

    for (const struct gb_node *n = doc->root; n;) {
        put_node(out, n, depth, &arena);
        if (first_shown(n)) {
            n = n->first;
            depth++;
            continue;
        }
        while (n != doc->root && !n->next) {
            n = n->parent;
            depth--;
        }
        n = n == doc->root ? NULL : n->next;
    }
    gb_arena_release(&arena);
}

/* The modal that gives the sentence its type; NULL where none stands in it. The verb of an instruction is none. */
static const struct gb_modal *
strongest_modal(const struct gb_facts *facts, const struct gb_sentence *sentence)
{
    const struct gb_modal *best = NULL;

    GB_EACH_MODAL(modal, facts, sentence) {
        if (modal->type != GB_TYPE_INSTRUCTION && (!best || modal->type > best->type))
            best = modal;
    }
    return best;
}

/* By its form alone: an imperative outside procedures, which rules take for a statement without its modal, is an instruction. */
static enum gb_clause_type
type_of(const struct gb_sentence *sentence)
{
    return sentence->flags & GB_SENTENCE_IMPERATIVE && sentence->type == GB_TYPE_STATEMENT ? GB_TYPE_INSTRUCTION
                                                                                           : sentence->type;
}

/* The sentences of the node's text, or of its cells, with their clause types. */
static void
write_sentences(struct gb_json *json, const struct gb_doc *doc, const struct gb_facts *facts,
                const struct gb_node *node)
{
    uint32_t n;
    const struct gb_sentence *sentences = gb_sentences_of(facts, node, &n);

    if (n == 0)
        return;
    gb_json_begin(json, "sentences", "[");
    for (uint32_t i = 0; i < n; i++) {
        struct gb_at at = gb_at_part(sentences[i].text, sentences[i].begin, sentences[i].end);
        struct gb_range range = gb_range_of(doc->source, at);
        const struct gb_modal *modal = strongest_modal(facts, &sentences[i]);
        gb_json_open(json, "{");
        gb_json_count(json, "line", range.start.line);
        if (!at.by_line)
            gb_json_count(json, "column", range.start.column);
        gb_json_field(json, "type", gb_str_from(gb_clause_type_name(type_of(&sentences[i]))));
        gb_json_given(json, "modal", modal ? modal->word : GB_STR(""));
        gb_json_close(json, "}");
    }
    gb_json_close(json, "]");
}

/* Opens the node's object; its children and the bracket follow. */
static void
write_node(struct gb_json *json, const struct gb_doc *doc, const struct gb_facts *facts, const struct gb_node *node,
           struct gb_arena *arena)
{
    gb_json_open(json, "{");
    gb_json_field(json, "kind", gb_str_from(gb_node_kind_name(node->kind)));
    for (enum field f = 0; f < FIELD_COUNT; f++)
        gb_json_given(json, field_names[f], field_of(node, f, arena));
    gb_json_count(json, "line", node->kind == GB_NODE_DOC ? 1 : gb_source_line(doc->source, node->span.begin));
    if (may_be_given(node))
        gb_json_flag(json, "given", node->flags & GB_NODE_GIVEN);
    if (node->encoding != GB_ENCODING_NONE)
        gb_json_field(json, "encoding", gb_str_from(gb_encoding_name(node->encoding)));
    gb_json_given(json, "text", plain(node->text.str, false, arena));
    write_sentences(json, doc, facts, node);
}

void
gb_outline_json(struct gb_out *out, const struct gb_doc *doc, const struct gb_facts *facts, struct gb_str edition)
{
    struct gb_json json;
    struct gb_arena arena = GB_ARENA_ZERO;
    struct gb_buf path = {0};

    gb_add_clean(&path, gb_str_from(doc->source->files[0].path));
    gb_json_init(&json, out, GB_JSON_PRETTY);
    gb_json_open(&json, "{");
    gb_json_field(&json, "path", gb_buf_str(&path));
    gb_json_field(&json, "edition", edition);
    gb_json_begin(&json, "nodes", "[");
    for (const struct gb_node *n = doc->root; n;) {
        write_node(&json, doc, facts, n, &arena);
        if (first_shown(n)) {
            gb_json_begin(&json, "children", "[");
            n = n->first;
            continue;
        }
        gb_json_close(&json, "}");
        while (n != doc->root && !n->next) {
            n = n->parent;
            gb_json_close(&json, "]}");
        }
        n = n == doc->root ? NULL : n->next;
    }
    gb_json_close(&json, "]}");
    gb_out_char(out, '\n');
    gb_buf_release(&path);
    gb_arena_release(&arena);
}
