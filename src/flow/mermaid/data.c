/* Shapes of Mermaid, and the data of nodes: id@{ shape: diam, label: "…" } */
#include "base/yaml.h"
#include "flow/mermaid/mermaid_priv.h"
#include "text/utf8.h"

/* Names of brackets first, then those of `shape:`; only the latter may be written there (bracket names hold a _ or are in
 * both). */
const struct gb_flow_shape gb_mermaid_shapes[] = {
    {GB_FLOW_STEP, false, "square round inv_trapezoid"},
    {GB_FLOW_TERMINAL, false, "ellipse"},
    {GB_FLOW_END, true, "doublecircle"},
    {GB_FLOW_IO, false, "lean_right lean_left"},
    /* from here on: may follow `shape:` */
    {GB_FLOW_STEP, false,
     "rect proc process rectangle rounded event console browser person bang cloud trap-b "
     "priority trapezoid-bottom trapezoid trap-t manual trapezoid-top inv-trapezoid notch-rect "
     "card notched-rectangle lin-rect lined-rectangle lined-process lin-proc shaded-process "
     "hourglass collate bolt com-link lightning-bolt delay half-rounded-rectangle curv-trap "
     "curved-trapezoid display div-rect div-proc divided-rectangle divided-process tri extract "
     "triangle notch-pent loop-limit notched-pentagon sl-rect manual-input sloped-rectangle "
     "st-rect procs processes stacked-rectangle tag-rect tagged-rectangle tag-proc "
     "tagged-process odd state composite icon anchor"},
    {GB_FLOW_TERMINAL, false, "stadium terminal pill"},
    {GB_FLOW_SUBPROCESS, false, "fr-rect subprocess subproc framed-rectangle subroutine"},
    {GB_FLOW_IO, false,
     "cyl db database cylinder datastore data-store bucket lean-r lean-right in-out lean-l "
     "lean-left out-in h-cyl das horizontal-cylinder lin-cyl disk lined-cylinder win-pane "
     "internal-storage window-pane bow-rect stored-data bow-tie-rectangle flag paper-tape"},
    {GB_FLOW_DOCUMENT, false,
     "folder directory doc document flip-tri manual-file flipped-triangle docs documents "
     "st-doc stacked-document tag-doc tagged-document lin-doc lined-document"},
    {GB_FLOW_TERMINAL, true, "circle circ"},
    {GB_FLOW_DECISION, false, "diam decision diamond question choice hex hexagon prepare"},
    {GB_FLOW_END, true, "dbl-circ double-circle"},
    {GB_FLOW_NOTE, false, "text brace comment brace-l brace-r braces note"},
    {GB_FLOW_START, false, "sm-circ start small-circle"},
    {GB_FLOW_END, false, "fr-circ stop framed-circle"},
    {GB_FLOW_FORK, false, "fork join cross-circ summary crossed-circle"},
    {GB_FLOW_CONNECTOR, false, "f-circ junction filled-circle"},
};
const size_t gb_mermaid_n_shapes = GB_COUNT(gb_mermaid_shapes);

/* Rows ahead of this one are names of brackets. */
enum { FIRST_NAMED = 4 };

static bool
is_shape_name(struct gb_str name)
{
    return gb_flow_shape_named(gb_mermaid_shapes + FIRST_NAMED, gb_mermaid_n_shapes - FIRST_NAMED, name) != NULL;
}

/* Codes cannot go through YAML as they are: private characters stand for them. */
enum { PRIVATE = 0xE0F0 };

static struct gb_str
to_yaml(struct gb_str text, struct gb_arena *arena)
{
    bool is_flow = !gb_str_has(text, GB_STR("\n"));
    struct gb_buf buf = {0};

    if (is_flow)
        gb_buf_puts(&buf, "{\n");
    for (size_t i = 0; i < text.len; i++) {
        char utf8[4];
        if (text.ptr[i] >= CODE_NUMBER && text.ptr[i] <= CODE_END)
            gb_buf_add(&buf, (struct gb_str){utf8, gb_utf8_put(utf8, PRIVATE + (uint32_t)text.ptr[i])});
        else
            gb_buf_add_char(&buf, text.ptr[i]);
    }
    gb_buf_puts(&buf, is_flow ? "\n}" : "\n");
    return gb_buf_take(&buf, arena);
}

static struct gb_str
from_yaml(struct gb_str text, struct gb_arena *arena)
{
    char *out = gb_arena_alloc(arena, text.len + 1);
    size_t len = 0;

    for (size_t at = 0, next; at < text.len; at = next) {
        uint32_t c = gb_utf8_at(text, at, &next);
        if (c - PRIVATE - CODE_NUMBER <= CODE_END - CODE_NUMBER) {
            out[len++] = (char)(c - PRIVATE);
            continue;
        }
        memcpy(out + len, text.ptr + at, next - at);
        len += next - at;
    }
    return (struct gb_str){out, len};
}

/* How a value reads: a text, nothing (null, false, 0 and the empty text), or a number, true, a list … */
enum value { VALUE_TEXT, VALUE_NOTHING, VALUE_OTHER };

/* A number of YAML 1.2's JSON schema, more or less; *out_is_zero. */
static bool
is_number(struct gb_str s, bool *out_is_zero)
{
    GB_WORDS(others, ".inf", ".Inf", ".INF", "+.inf", "-.inf", ".nan", ".NaN", ".NAN");
    size_t at = s.len && (s.ptr[0] == '+' || s.ptr[0] == '-'), digits = at;

    *out_is_zero = s.len && !strpbrk(s.ptr, "123456789");
    if (GB_IS_ANY(s, others)) {
        *out_is_zero = s.ptr[s.len - 1] == 'n' || s.ptr[s.len - 1] == 'N';
        return true;
    }
    if (s.len > at + 2 && s.ptr[at] == '0' && strchr("xob", s.ptr[at + 1])) {
        const char *set = s.ptr[at + 1] == 'x' ? "0123456789abcdefABCDEF" : s.ptr[at + 1] == 'o' ? "01234567" : "01";
        *out_is_zero = !strpbrk(s.ptr + at + 2, "123456789abcdefABCDEF");
        return strspn(s.ptr + at + 2, set) == s.len - at - 2;
    }
    bool has_point = false;
    if (at < s.len && s.ptr[at] == '.' && at == 0)
        has_point = true;
    else if ((at = gb_skip_digits(s, at)) == digits)
        return false;
    if (at < s.len && s.ptr[at] == '.') {
        size_t fraction = gb_skip_digits(s, at + 1);
        if (has_point && fraction == at + 1)
            return false;
        at = fraction;
    }
    if (at < s.len && (s.ptr[at] | 0x20) == 'e') {
        size_t power = at + 1 + (at + 1 < s.len && (s.ptr[at + 1] == '+' || s.ptr[at + 1] == '-'));
        at = gb_skip_digits(s, power);
        if (at == power)
            return false;
    }
    return at == s.len && s.len;
}

static enum value
value_of(const struct gb_yaml *node)
{
    GB_WORDS(nothing, "~", "null", "Null", "NULL", "false", "False", "FALSE");
    GB_WORDS(truth, "true", "True", "TRUE");
    bool is_zero;

    if (!node)
        return VALUE_NOTHING;
    if (node->kind != GB_YAML_SCALAR)
        return VALUE_OTHER;
    if (!node->is_plain)
        return node->text.len ? VALUE_TEXT : VALUE_NOTHING;
    if (!node->text.len || GB_IS_ANY(node->text, nothing))
        return VALUE_NOTHING;
    if (GB_IS_ANY(node->text, truth))
        return VALUE_OTHER;
    if (is_number(node->text, &is_zero))
        return is_zero ? VALUE_NOTHING : VALUE_OTHER;
    return VALUE_TEXT;
}

static bool
is_null(const struct gb_yaml *node)
{
    GB_WORDS(words, "~", "null", "Null", "NULL");

    return node->kind == GB_YAML_SCALAR && node->is_plain && (!node->text.len || GB_IS_ANY(node->text, words));
}

/* label：受理 is a key without a value: Mermaid takes it and shows nothing of it. */
static bool
has_wide_colon(const struct gb_yaml *node)
{
    static const struct gb_str colon = GB_WORD("：");

    if (node->kind == GB_YAML_SCALAR)
        return node->is_plain && gb_str_has(node->text, colon);
    GB_YAML_EACH(value, node) {
        if (value->key && value->key->is_plain && gb_str_has(value->key->text, colon))
            return true;
    }
    return false;
}

static bool
is_empty_text(const struct gb_yaml *node)
{
    return node->kind == GB_YAML_SCALAR && !node->is_plain && node->text.len == 0;
}

static bool
say(const char **out_zh, const char **out_en, const char *zh, const char *en)
{
    *out_zh = zh;
    *out_en = en;
    return false;
}

bool
gb_mermaid_read_data(struct gb_str yaml, struct gb_arena *arena, struct gb_mermaid_data *out, const char **out_zh,
                     const char **out_en)
{
    struct gb_error error;
    const struct gb_yaml *map = gb_yaml_parse(to_yaml(yaml, arena), "", arena, &error);

    *out = (struct gb_mermaid_data){0};
    if (!map)
        return say(out_zh, out_en, "“@{ }”中须写“键: 值”，用半角冒号和逗号，冒号后空一格；含标点的值加双引号",
                   "inside @{ } write key: value with a blank behind the colon; quote values with marks in them");
    out->has_wide_colon = has_wide_colon(map);
    if (map->kind != GB_YAML_MAP) {
        out->is_nothing = is_null(map);
        if (out->is_nothing)
            say(&out->node_zh, &out->node_en, "“@{ }”中没有内容", "there is nothing inside @{ }");
        return true;
    }
    const struct gb_yaml *label = gb_yaml_get(map, "label"), *shape = gb_yaml_get(map, "shape");
    out->is_picture =
        value_of(gb_yaml_get(map, "icon")) != VALUE_NOTHING || value_of(gb_yaml_get(map, "img")) != VALUE_NOTHING;
    out->has_number = value_of(label) == VALUE_OTHER;
    if (out->is_picture && label && value_of(label) != VALUE_TEXT && !is_null(label) && !is_empty_text(label))
        say(&out->node_zh, &out->node_en, "“label”的值须是文字：加双引号",
            "the value of label must be a text: quote it");
    if (value_of(shape) == VALUE_OTHER || (value_of(shape) == VALUE_TEXT && !is_shape_name(shape->text))) {
        say(&out->node_zh, &out->node_en, "“%s”不是Mermaid的图形名：用小写，如 rect、diam、stadium",
            "“%s” is no shape of Mermaid: write it in lower case, such as rect, diam, stadium");
        out->wrong = shape->text;
    }
    const struct gb_yaml *type = gb_yaml_get(map, "labelType");
    out->is_plain = value_of(type) == VALUE_TEXT && (gb_str_is(type->text, "text") || gb_str_is(type->text, "string"));
    if (value_of(label) == VALUE_TEXT)
        out->label = from_yaml(label->text, arena);
    if (value_of(shape) == VALUE_TEXT)
        out->shape = shape->text;
    return true;
}
