/* Entries of the normative references and of the bibliography. */
#include "read/build.h"

#include <stdio.h>

#include "doc/identifier.h"
#include "text/chars.h"
#include "text/utf8.h"

/* The length of （所有部分） at the head of s, over soft line breaks, 0 if it is not there. */
static size_t
all_parts_length(struct gb_str s)
{
    GB_WORDS(pieces, "所", "有", "部", "分");
    GB_WORDS(open, "（", "(");
    GB_WORDS(close, "）", ")");
    size_t at = GB_START(s, open);

    for (size_t i = 0; i < GB_COUNT(pieces) && at; i++) {
        at += at < s.len && s.ptr[at] == '\n';
        at = gb_str_starts(gb_str_skip(s, at), pieces[i]) ? at + pieces[i].len : 0;
    }
    if (at == 0)
        return 0;
    at += at < s.len && s.ptr[at] == '\n';
    size_t behind = GB_START(gb_str_skip(s, at), close);
    return behind ? at + behind : 0;
}

/* The code at the head of an entry; GB/T ××××× is one whose number is not known yet. */
static size_t
entry_code(struct gb_str line)
{
    struct gb_identifier_shape shape;
    size_t code = gb_mark_code(line);

    if (code || !gb_identifier_at(line, 0, &shape) || !(shape.flags & GB_SHAPE_NO_SERIAL) || shape.end >= line.len)
        return code;
    return gb_char_is_space(gb_char_at(line, shape.end)) ? shape.end : 0;
}

static void
set_reference(struct gb_node *ref, const struct gb_text *text, size_t code_begin, size_t code_len)
{
    struct gb_text rest = gb_text_slice(text, code_begin + code_len, text->str.len);

    ref->text = *text;
    if (code_len)
        ref->code = gb_text_slice(text, code_begin, code_begin + code_len);
    rest = gb_text_trim(&rest);
    if (gb_str_starts(rest.str, GB_STR(",")) || gb_str_starts(rest.str, GB_STR(":"))) { /* ISO 9001:2015, Quality … */
        rest = gb_text_between(&rest, 1, rest.str.len);
    }
    /* （所有部分） belongs to the code, not to the title. */
    size_t marked = all_parts_length(rest.str);
    if (marked && code_len) {
        size_t end = (size_t)(rest.str.ptr - text->str.ptr) + marked;
        ref->code = gb_text_slice(text, code_begin, end);
        rest = gb_text_between(text, end, text->str.len);
    }
    ref->title = rest;
}

/* 建标〔2024〕9号 at the head of the line: its length, 0 if there is none. */
static size_t
official_number(struct gb_str line)
{
    GB_WORDS(brackets, "〔", "[", "［", "（", "(");
    size_t open = GB_NOT_FOUND;

    for (size_t i = 0; i < GB_COUNT(brackets) && open == GB_NOT_FOUND; i++)
        open = gb_str_find(line, brackets[i], 0);
    if (open == GB_NOT_FOUND || open == 0 || open > 60)
        return 0;
    size_t end = gb_str_find(line, GB_STR("号"), open);
    if (end == GB_NOT_FOUND || end - open > 20)
        return 0;
    for (size_t at = open; at < end;) {
        uint32_t c = gb_utf8_at(line, at, &at);
        if (gb_char_is_han(c) || c == 0xFF0C || c == 0x3001)
            return 0;
    }
    return gb_char_is_han(gb_utf8_at(line, 0, &open)) ? end + strlen("号") : 0;
}

/* The title of a law, regulation or order without a number, as it stands among references. */
static bool
is_law_title(struct gb_str line)
{
    GB_WORDS(endings, "法", "条例", "办法", "规定", "药典", "目录", "细则");
    struct gb_str title = gb_str_trim(line);
    size_t bracket = gb_str_find(title, GB_STR("（"), 0);
    struct gb_note_mark note;

    if (gb_ends_sentence(line) || gb_mark_note(line, &note))
        return false;
    if (gb_str_has(line, GB_STR("令")))
        return true;
    if (bracket != GB_NOT_FOUND)
        title = gb_str_sub(title, 0, bracket);
    if (GB_ENDS_ANY(title, endings))
        return !gb_str_has(title, GB_STR("，"));
    return false;
}

/*
 * Does the code at `at`, behind the title that begins at `from`, open a reference of its own? It is dated and stands behind a blank, or
 * was run together with the title: then a blank follows, and no word before it governs it.
 */
static bool
opens_second(struct gb_str line, size_t from, size_t at)
{
    GB_WORDS(governing, "对", "按", "与", "和", "及", "替", "合", "照", "为", "至", "用", "是", "的");
    size_t len = gb_mark_code(gb_str_skip(line, at));
    struct gb_str code = gb_str_sub(line, at, at + len), title = gb_str_trim(gb_str_sub(line, from, at));

    if (len < 10 || !title.len || len >= line.len - at || line.ptr[at + len] != ' ')
        return false;
    if (line.ptr[at - 1] == ' ' || line.ptr[at - 1] == '\t')
        return gb_str_has(code, GB_STR(" "));
    return gb_char_is_han(gb_char_before(line, at)) && !GB_ENDS_ANY(title, governing) &&
           gb_is_digit(code.ptr[len - 1]) && gb_str_has(code, GB_STR("—"));
}

/* A second code on the line, outside brackets, opens a reference of its own. */
static size_t
second_code(struct gb_str line, size_t from)
{
    int depth = 0;

    for (size_t at = 0, next; at < line.len; at = next) {
        uint32_t c = gb_char_narrow(gb_utf8_at(line, at, &next));
        depth += (c == '(' || c == 0x300A || c == '[') - (c == ')' || c == 0x300B || c == ']');
        if (at > from && depth <= 0 && gb_is_upper(c) && opens_second(line, from, at))
            return at;
    }
    return line.len;
}

/* （1）, 2、, ③ or a bare 4 before an entry, with the blanks behind it: 0 where there is none, or no entry follows. */
static size_t
entry_mark(struct gb_str line)
{
    size_t at = 0, next = 0, digits = 0;
    uint32_t c = line.len ? gb_char_narrow(gb_utf8_at(line, 0, &next)) : 0;
    bool is_circled = c >= 0x2460 && c <= 0x2473, is_open = c == '(' || c == '[';

    at = is_circled || is_open ? next : 0;
    while (!is_circled && at < line.len && digits < 3 && gb_char_digit(gb_utf8_at(line, at, &next)) >= 0) {
        at = next;
        digits++;
    }
    if (at == line.len || (!is_circled && !digits))
        return 0;
    c = gb_char_narrow(gb_utf8_at(line, at, &next));
    if (c == ')' || c == ']' || c == 0x3001 || (c == '.' && !is_open))
        at = next;
    else if (!is_circled && (is_open || !gb_char_is_space(c)))
        return 0;
    at = gb_str_skip_space(line, at);
    struct gb_str rest = gb_str_skip(line, at);
    return gb_mark_code(rest) || gb_str_starts(rest, GB_STR("《")) ? at : 0;
}

static struct gb_node *
open_refs(struct gb_builder *b)
{
    if (!b->refs) {
        b->refs = gb_add(b, b->at, GB_NODE_REFS, GB_ENCODING_NONE, NULL);
        gb_close_lists(b);
    }
    return b->refs;
}

/* The marker is that of the first: 1), [1], —— typed before it. */
static void
add_references(struct gb_builder *b, const struct gb_text *line, const struct gb_text *marker,
               enum gb_encoding encoding)
{
    struct gb_text rest = *line;

    for (;;) {
        size_t code = entry_code(rest.str);
        if (!code)
            code = official_number(rest.str);
        size_t end = code ? second_code(rest.str, code) : rest.str.len;
        struct gb_text piece = gb_text_between(&rest, 0, end);
        struct gb_node *ref = gb_add(b, open_refs(b), GB_NODE_REF, encoding, &piece);
        set_reference(ref, &piece, 0, code);
        if (rest.str.ptr == line->str.ptr)
            ref->marker = *marker;
        if (b->refs->first == ref)
            b->refs->span = ref->span;
        if (end >= rest.str.len)
            return;
        rest = gb_text_slice(&rest, end, rest.str.len);
    }
}

/* Rows of a table as references: the cell with a code, then the title. */
static bool
take_reference_table(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    const struct gb_table *grid = u->block->table;
    unsigned found = 0;

    for (uint32_t i = 0; i < grid->n_cells; i++)
        found += gb_mark_code(gb_str_trim(grid->cells[i].text.str)) > 0;
    if (found == 0)
        return false;
    for (uint32_t i = 0; i < grid->n_cells; i++) {
        struct gb_text cell = gb_text_trim(&grid->cells[i].text);
        size_t code = gb_mark_code(cell.str);
        if (!code)
            continue;
        struct gb_node *ref = gb_add(b, open_refs(b), GB_NODE_REF, GB_ENCODING_TABLE, &cell);
        set_reference(ref, &cell, 0, code);
        if (i + 1 < grid->n_cells && grid->cells[i + 1].row == grid->cells[i].row && ref->title.str.len == 0)
            ref->title = gb_text_trim(&grid->cells[i + 1].text);
    }
    b->i++;
    return true;
}

/* {{std:GB/T 1.1—2020 标题}}, {{std:GB/T 1.1—2020|标题}}, or with the title behind the braces. */
static bool
take_marked_reference(struct gb_builder *b, const struct gb_text *line)
{
    size_t colon = gb_str_find(line->str, GB_STR(":"), 0), close = gb_str_find(line->str, GB_STR("}}"), 0);

    if (colon == GB_NOT_FOUND || close == GB_NOT_FOUND || close < colon)
        return false;
    struct gb_text inside = gb_text_between(line, colon + 1, close);
    struct gb_node *ref = gb_add(b, open_refs(b), GB_NODE_REF, GB_ENCODING_MARKER, line);
    set_reference(ref, &inside, 0, gb_mark_code(inside.str));
    if (gb_str_starts(ref->title.str, GB_STR("|")))
        ref->title = gb_text_between(&ref->title, 1, ref->title.str.len);
    if (ref->title.str.len == 0 && close + 2 < line->str.len)
        ref->title = gb_text_between(line, close + 2, line->str.len);
    b->i++;
    return true;
}

/* How much of the line is the mark before an entry: [1], that of a list item, or the sign of a bullet. */
static size_t
mark_length(struct gb_str line)
{
    struct gb_item_mark item;

    if (line.len > 1 && line.ptr[0] == '[') {
        size_t close = gb_str_find(line, GB_STR("]"), 0);
        return close != GB_NOT_FOUND && close < 6 ? close + 1 : 0;
    }
    return gb_mark_item(line, &item) ? item.rest : entry_mark(line);
}

/* GB 4706.1—2005的该章适用。 is a sentence, where the code is so long. */
static bool
is_about_code(struct gb_str line, size_t code)
{
    GB_WORDS(joints, "的", "中的", "中第");

    return code && GB_STARTS_ANY(gb_str_skip(line, code), joints);
}

/* An identifier, a law, an official document; no sentence about one. */
static bool
is_entry(const struct gb_builder *b, struct gb_str line)
{
    bool is_law = gb_str_starts(line, GB_STR("《")) && !gb_ends_with(line, "。");
    size_t code = entry_code(line);

    if (is_about_code(line, code) || (!code && !is_law && !official_number(line) && !(b->refs && is_law_title(line))))
        return false;
    return !gb_ends_with(line, "。") || gb_str_han_length(line) <= 60;
}

struct gb_node *
gb_refs_of_note(const struct gb_builder *b, size_t i)
{
    const struct gb_block *block = b->units[i].block;

    if (!b->refs || b->refs != b->at->last)
        return NULL;
    for (i++; i < b->n && b->units[i].block == block && !b->units[i].after_hard_break;)
        i++;
    if (i >= b->n)
        return NULL;
    struct gb_str line = b->units[i].text.str;
    return is_entry(b, gb_str_skip(line, mark_length(line))) ? b->refs : NULL;
}

/* Is unit `i` the rest of a title that began in the paragraph `block`? */
static bool
continues_entry(const struct gb_builder *b, size_t i, const struct gb_block *block)
{
    const struct gb_unit *u = &b->units[i];

    return u->block == block && !u->after_hard_break && gb_unit_is_line(u) && !entry_code(u->text.str) &&
           !gb_is_structural(b, i) && !gb_ends_with(u->text.str, "。") && !gb_str_starts(u->text.str, GB_STR("《"));
}

/* "（CBTC）规范 第2部分：总则" in a paragraph of its own: the rest of the title above it, which a page parted. */
static bool
take_rest_of_entry(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_node *ref = b->refs && b->refs == b->at->last ? b->refs->last : NULL;
    bool is_bracket = gb_str_starts(u->text.str, GB_STR("（")) || gb_str_starts(u->text.str, GB_STR("("));

    if (!ref || ref->flags & GB_NODE_JOINED || !is_bracket || u->item || !gb_unit_is_line(u) ||
        !gb_str_has_han(ref->title.str) || gb_ends_sentence(u->text.str) || gb_ends_with(u->text.str, "）)"))
        return false; /* （以上文件按编号排列）: a remark */
    struct gb_text whole = gb_text_join(b->arena, &ref->text, &u->text, "\n");
    set_reference(ref, &whole, 0, entry_code(whole.str));
    ref->flags |= GB_NODE_JOINED;
    b->i++;
    return true;
}

bool
gb_take_reference(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    bool in_chapter =
        b->at && b->at->kind == GB_NODE_CLAUSE &&
        (b->at->role == GB_ROLE_REFERENCES || (b->at->parent && b->at->parent->role == GB_ROLE_REFERENCES));

    if (!in_chapter || u->is_quoted)
        return false;
    if (u->kind == GB_BLOCK_TABLE)
        return take_reference_table(b);
    struct gb_text line = u->text;
    enum gb_encoding encoding = u->kind == GB_BLOCK_REF ? GB_ENCODING_ELEMENT : gb_unit_encoding(u);
    if (gb_str_starts(line.str, GB_STR("{{")))
        return take_marked_reference(b, &line);
    size_t skip = mark_length(line.str);
    struct gb_text marker = gb_text_between(&line, 0, skip);
    if (!skip && encoding == GB_ENCODING_ORDERED && u->starts_item)
        marker = u->item->label;
    line = gb_text_between(&line, skip, line.str.len);
    if (!is_entry(b, line.str))
        return take_rest_of_entry(b);
    if (gb_unit_is_heading(u) && entry_code(line.str) == line.str.len) /* of the draft, at the head of a page */
        return false;
    for (b->i++; b->i < b->n && continues_entry(b, b->i, u->block); b->i++) {
        const struct gb_text *next = &b->units[b->i].text;
        line.str.len = (size_t)(next->str.ptr + next->str.len - line.str.ptr);
    }
    add_references(b, &line, &marker, encoding);
    return true;
}

/* Where [4] stands behind the entry [3] on one line, and how long it is; the length of the line where it does not. */
static size_t
next_mark(struct gb_str line, struct gb_str marker, size_t *out_len)
{
    unsigned value = 0;
    char next[16];

    for (size_t i = 0; i < marker.len; i++)
        value = gb_is_digit(marker.ptr[i]) && value < 1000 ? value * 10 + (unsigned)(marker.ptr[i] - '0') : value;
    *out_len = (size_t)snprintf(next, sizeof(next), "[%u]", value + 1);
    size_t at = value && marker.ptr[0] == '[' ? gb_str_find(line, gb_str_from(next), 0) : GB_NOT_FOUND;
    return at == GB_NOT_FOUND ? line.len : at;
}

bool
gb_take_bibliography_entry(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    GB_WORDS(opens, "[", "［", "【");
    GB_WORDS(closes, "]", "］", "】");
    struct gb_text line = u->text, marker = {0};

    if (!b->at || b->at->kind != GB_NODE_BIBLIO || line.str.len == 0)
        return false;
    for (size_t i = 0; i < GB_COUNT(opens); i++) {
        size_t close = gb_str_starts(line.str, opens[i]) ? gb_str_find(line.str, closes[i], 0) : GB_NOT_FOUND;
        if (close != GB_NOT_FOUND && close <= 10) {
            marker = gb_text_slice(&line, 0, close + closes[i].len);
            line = gb_text_between(&line, close + closes[i].len, line.str.len);
            break;
        }
    }
    size_t mark = marker.str.len ? 0 : entry_mark(line.str);
    if (mark) {
        marker = gb_text_between(&line, 0, mark);
        line = gb_text_slice(&line, mark, line.str.len);
    }
    if (!marker.str.len && u->starts_item)
        marker = u->item->label;
    size_t code = gb_mark_code(line.str);
    if (!marker.str.len && is_about_code(line.str, code))
        return false;
    if (!marker.str.len && !code && u->kind != GB_BLOCK_REF && !gb_str_starts(line.str, GB_STR("《")))
        return false;
    struct gb_node *ref =
        gb_add(b, b->at, GB_NODE_REF, u->kind == GB_BLOCK_REF ? GB_ENCODING_ELEMENT : gb_unit_encoding(u), &u->text);
    b->i++;
    while (b->i < b->n && u->kind == GB_BLOCK_PARA && b->units[b->i].block == u->block && b->units[b->i].text.str.len &&
           b->units[b->i].text.str.ptr[0] != '[' && !b->units[b->i].begins_para &&
           !gb_mark_code(b->units[b->i].text.str) && gb_mark_fixed(b->units[b->i].text.str) != GB_FIXED_INDEX) {
        const struct gb_text *next = &b->units[b->i].text;
        line.str.len = (size_t)(next->str.ptr + next->str.len - line.str.ptr);
        b->i++;
    }
    for (size_t len;;) {
        size_t end = next_mark(line.str, marker.str, &len);
        struct gb_text piece = gb_text_between(&line, 0, end);
        set_reference(ref, &piece, 0, code);
        ref->marker = marker;
        if (end == line.str.len)
            return true;
        line = gb_text_slice(&line, end, line.str.len);
        ref = gb_add(b, b->at, GB_NODE_REF, ref->encoding, &line);
        marker = gb_text_slice(&line, 0, len);
        line = gb_text_between(&line, len, line.str.len);
        code = gb_mark_code(line.str);
    }
}
