/* The foreword cut into statements, with the data in them; GB/T 1.1—2020, 8.3; 2009, 6.1.3. */
#include "facts/foreword_priv.h"

#include "base/array.h"
#include "base/buf.h"
#include "facts/facts.h"
#include "text/chars.h"
#include "text/utf8.h"

typedef GB_ARRAY(struct gb_foreword_part) name_array;

struct reader {
    struct gb_arena *arena;
    GB_ARRAY(struct gb_foreword_statement) statements;
    GB_ARRAY(struct gb_replaced) replaced;
    name_array parts, organisations, drafters;
    struct gb_buf key;
    enum gb_foreword_item lead; /* kind of the statement whose entries are being read */
    bool is_open;               /* it ended in ： or 如下, so that entries follow */
    bool is_loose;              /* … and none with a marker has been met: lines without one are entries */
};

/* ---- Names and numbers ---- */

/* Cuts at 、，； outside of brackets; empty pieces are kept: two marks after each other are a fault of the draft. */
static void
add_names(struct reader *r, uint32_t statement, struct gb_str key, size_t begin, bool are_persons)
{
    size_t end = key.len, depth = 0, next;

    for (size_t prev; end > begin; end = prev) {
        uint32_t c = gb_utf8_before(key, end, &prev);
        if (c != 0x3002 && c != 0xFF1B && c != '.')
            break;
    }
    size_t from = begin;
    bool is_list = false;
    name_array *names = are_persons ? &r->drafters : &r->organisations;
    for (size_t at = begin; at < end; at = next) {
        uint32_t c = gb_utf8_at(key, at, &next);
        bool is_mark = c == 0x3001 || c == 0xFF0C || c == 0xFF1B;
        if (c == 0xFF08)
            depth++;
        else if (c == 0xFF09 && depth)
            depth--;
        if (is_mark && depth == 0) {
            *gb_push(names) = (struct gb_foreword_part){statement, (uint32_t)from, (uint32_t)at};
            is_list = true;
            from = next;
        }
    }
    if (from < end || is_list)
        *gb_push(names) = (struct gb_foreword_part){statement, (uint32_t)from, (uint32_t)end};
}

static void
add_parts(struct reader *r, uint32_t statement, struct gb_str key)
{
    struct gb_str ordinal = GB_STR("第");
    struct gb_span number;

    GB_EACH_FOUND(at, key, ordinal, 0) {
        if (gb_part_at(key, at, &number))
            *gb_push(&r->parts) = (struct gb_foreword_part){statement, number.begin, number.end};
    }
}

/* The documents between 代替 and the comparison with them, titles left out. */
static void
add_replaced(struct reader *r, uint32_t statement, struct gb_str key)
{
    GB_WORDS(verbs, "代替", "替代", "取代");
    GB_WORDS(ends, "，与", "，本", "，除", "，主要", "。", "，和");
    size_t from = GB_NOT_FOUND, to = key.len;
    struct gb_identifier_shape shape;

    for (size_t i = 0; i < GB_COUNT(verbs) && from == GB_NOT_FOUND; i++)
        from = gb_str_find(key, verbs[i], 0);
    if (from == GB_NOT_FOUND)
        return;
    for (size_t i = 0; i < GB_COUNT(ends); i++) {
        size_t at = gb_str_find(key, ends[i], from);
        to = at < to ? at : to;
    }
    struct gb_str part = gb_str_sub(key, 0, to);
    while (gb_identifier_next(part, from, &shape)) {
        size_t title = gb_str_find(gb_str_sub(part, 0, shape.begin), GB_STR("《"), from);
        if (title != GB_NOT_FOUND) { /* a number inside of a title */
            size_t close = gb_str_find(part, GB_STR("》"), title);
            from = close == GB_NOT_FOUND ? part.len : close;
            continue;
        }
        size_t end = gb_extent_is_empty(shape.all_parts) ? shape.end : shape.all_parts.end;
        bool has_title = gb_str_starts(gb_str_skip(part, end), GB_STR("《"));
        *gb_push(&r->replaced) = (struct gb_replaced){statement, shape, has_title};
        from = end;
    }
}

/* ---- Statements ---- */

/* The marker of a list at `at`: its length with the blanks behind it. */
static size_t
marker_at(struct gb_str s, size_t at)
{
    GB_WORDS(markers, "—", "–", "―", "－", "─", "-", "•", "·", "●", "*");
    size_t end = GB_SKIP(s, at, markers);

    if (end == at && at + 1 < s.len && (gb_is_lower(s.ptr[at]) || (s.ptr[at] >= '1' && s.ptr[at] <= '9'))) {
        if (s.ptr[at + 1] == ')')
            end = at + 2;
        else if (gb_str_starts(gb_str_skip(s, at + 1), GB_STR("）")))
            end = at + 1 + strlen("）");
    }
    for (size_t next; end > at && end < s.len && gb_char_is_space(gb_utf8_at(s, end, &next));)
        end = next;
    return end - at;
}

/* Does the list of entries end that this kind of statement opened? Change items may name anything. */
static bool
breaks_list(const struct reader *r, struct gb_str key, enum gb_foreword_item kind)
{
    switch (kind) {
    case GB_FOREWORD_OTHER:
    case GB_FOREWORD_PARTS:
        return false;
    case GB_FOREWORD_REPLACEMENT:
    case GB_FOREWORD_INTERNATIONAL:
        return gb_self_name_at(key, 0) > 0 && !gb_str_has(key, GB_STR("名称"));
    case GB_FOREWORD_HISTORY:
        return r->lead != GB_FOREWORD_HISTORY;
    case GB_FOREWORD_PATENT:
        return r->lead != GB_FOREWORD_REPLACEMENT || gb_str_has(key, GB_STR("发布机构")) ||
               gb_str_starts(key, GB_STR("请注意"));
    default:
        return gb_self_name_at(key, 0) > 0 || kind != GB_FOREWORD_BASIS;
    }
}

/* Ends in ：, or in a word that a list follows. */
static bool
leads_in(struct gb_str key, enum gb_foreword_item kind)
{
    return gb_str_ends(key, GB_STR("：")) ||
           (kind != GB_FOREWORD_OTHER && GB_ENDS_WITH(key, "如下。", "如下；", "如下", "情况为"));
}

static void
extract(struct reader *r, uint32_t index)
{
    const struct gb_foreword_statement *s = &r->statements.items[index];
    bool is_entry = s->flags & GB_FOREWORD_ENTRY;
    size_t label = is_entry ? 0 : gb_foreword_label(s);

    switch (s->kind) {
    case GB_FOREWORD_PARTS:
        add_parts(r, index, s->key);
        break;
    case GB_FOREWORD_REPLACEMENT:
        if (!is_entry)
            add_replaced(r, index, s->key);
        break;
    case GB_FOREWORD_ORGANISATIONS:
    case GB_FOREWORD_DRAFTERS:
        if (is_entry || label)
            add_names(r, index, s->key, label, s->kind == GB_FOREWORD_DRAFTERS);
        break;
    default:
        break;
    }
}

/* Bytes [begin, end) of a text are a statement. */
static void
add_statement(struct reader *r, const struct gb_node *node, const struct gb_text *text, size_t begin, size_t end,
              uint32_t flags)
{
    struct gb_text slice = gb_text_slice(text, begin, end), trimmed = gb_text_trim(&slice);
    enum gb_foreword_item kind;

    if (!trimmed.str.len)
        return;
    begin += (size_t)(trimmed.str.ptr - slice.str.ptr);
    end = begin + trimmed.str.len;
    size_t marker = marker_at(gb_str_sub(text->str, 0, end), begin);
    bool has_marker = marker > 0 || flags & GB_FOREWORD_ENTRY;
    begin += marker;
    r->key.len = 0;
    gb_foreword_key(gb_str_sub(text->str, begin, end), &r->key);
    if (!r->key.len)
        return;
    struct gb_str key = gb_arena_copy(r->arena, gb_buf_str(&r->key));
    kind = gb_foreword_item_of(key);
    flags &= ~(uint32_t)GB_FOREWORD_ENTRY;
    if (r->is_open && (has_marker || r->is_loose) && !breaks_list(r, key, kind)) {
        flags |= GB_FOREWORD_ENTRY;
        kind = r->lead;
        r->is_loose = r->is_loose && !has_marker && !gb_str_ends(key, GB_STR("。"));
        r->is_open = r->is_loose || has_marker;
    } else {
        r->lead = kind;
        r->is_open = r->is_loose = leads_in(key, kind);
        if (r->is_open)
            flags |= GB_FOREWORD_LEADS;
    }
    *gb_push(&r->statements) =
        (struct gb_foreword_statement){kind, flags, node, text, (uint32_t)begin, (uint32_t)end, key};
    extract(r, (uint32_t)r->statements.len - 1);
}

/* Words that begin a statement behind the document's name: where a line begins so, no sentence goes on. */
GB_WORDS(heads, "由", "按照", "依据", "根据", "代替", "起草", "主要起草", "参加起草", "所代替", "及其所", "为首",
         "首次", "使用", "修改采用", "等同采用", "委托", "归口", "的起草", "的主要起草");

/* Does a new statement begin on the line at `at`? */
static bool
begins_statement(struct gb_str s, size_t at)
{
    size_t next;

    while (at < s.len && gb_char_is_space(gb_utf8_at(s, at, &next)))
        at = next;
    size_t name = gb_self_name_at(s, at);
    if (name)
        return GB_START(gb_str_skip(s, at + name), heads) > 0;
    return GB_STARTS_WITH(gb_str_skip(s, at), "——", "请注意本");
}

/* Behind 。 that closes no quotation or bracket, at line ends that the author made, and at lines that begin anew. */
static void
add_text(struct reader *r, const struct gb_node *node, const struct gb_text *text, uint32_t flags)
{
    GB_WORDS(closing, "”", "’", "》", "）", "」", ")", "\"", "』");
    struct gb_str s = text->str;
    size_t begin = 0, next;
    bool is_whole = flags & GB_FOREWORD_ENTRY && r->is_open && r->lead != GB_FOREWORD_OTHER;

    for (size_t at = 0; at < s.len; at = next) {
        uint32_t c = gb_utf8_at(s, at, &next);
        bool cuts = false;
        if (c == 0x3002)
            cuts = !is_whole && !GB_START(gb_str_skip(s, next), closing);
        else if (c == '\n')
            cuts = begins_statement(s, next) || (!is_whole && gb_text_flags(text, at) & GB_RUN_HARD);
        if (!cuts)
            continue;
        add_statement(r, node, text, begin, next, flags);
        begin = next;
    }
    add_statement(r, node, text, begin, s.len, flags);
}

static bool
is_nested(const struct gb_node *item)
{
    return item->parent && item->parent->parent && item->parent->parent->kind == GB_NODE_ITEM;
}

static void
read_node(struct reader *r, const struct gb_node *node)
{
    uint32_t flags = 0;

    switch (node->kind) {
    case GB_NODE_COMMENT:
    case GB_NODE_FIGURE:
    case GB_NODE_FORMULA:
        return;
    case GB_NODE_TABLE:
        r->is_open = false;
        GB_EACH_CELL(cell, node)
            add_text(r, node, &cell->text, GB_FOREWORD_CELL);
        return;
    case GB_NODE_ITEM:
        flags = GB_FOREWORD_ENTRY | (is_nested(node) ? (uint32_t)GB_FOREWORD_NESTED : 0);
        break;
    default:
        break;
    }
    if (node->text.str.len)
        add_text(r, node, &node->text, flags);
}

/* ---- The foreword ---- */

/* 前言, not 国际标准前言; the running head of a page may repeat it. */
static bool
is_own(const struct gb_node *node)
{
    GB_WORDS(titles, "前言", "序言", "序", "前言（续）");

    GB_FIND(title, titles, GB_COUNT(titles), gb_str_same(node->title.str, *title));
    return title && node->first;
}

const struct gb_foreword *
gb_foreword_read(const struct gb_facts *facts, const struct gb_doc *doc)
{
    struct gb_foreword *out = gb_arena_new(facts->arena, struct gb_foreword);
    struct reader r = {.arena = facts->arena};

    GB_EACH_NODE(top, &facts->of_kind[GB_NODE_FOREWORD]) {
        if (!is_own(top) || top->parent != doc->root)
            continue;
        out->is_divided = out->node != NULL;
        if (!out->node)
            out->node = top;
        for (const struct gb_node *n = top->first; n; n = gb_node_walk(n, top))
            read_node(&r, n);
    }
    if (!out->node)
        out->node = facts->foreword;
    GB_KEEP(r.arena, &r.statements, out->statements, out->n_statements);
    GB_EACH(const struct gb_foreword_statement, s, out->statements, out->n_statements) {
        if (!(s->flags & GB_FOREWORD_ENTRY) && !out->first[s->kind])
            out->first[s->kind] = s;
    }
    GB_KEEP(r.arena, &r.replaced, out->replaced, out->n_replaced);
    GB_KEEP(r.arena, &r.parts, out->parts.items, out->parts.n);
    GB_KEEP(r.arena, &r.organisations, out->organisations.items, out->organisations.n);
    GB_KEEP(r.arena, &r.drafters, out->drafters.items, out->drafters.n);
    gb_buf_release(&r.key);
    return out;
}

bool
gb_foreword_says(const struct gb_foreword *foreword, enum gb_foreword_item kind, const struct gb_str *words, size_t n)
{
    GB_FIND(s, foreword->statements, foreword->n_statements,
            (kind == GB_FOREWORD_ITEM_COUNT || s->kind == kind) && gb_str_has_any(s->key, words, n));
    return s != NULL;
}
