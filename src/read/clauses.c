/*
 * The clause builder: from blocks to the clause tree, the same for all formats. The number decides, not the heading
 * level; nothing is lost; how each node was written is kept. Here: the walk over the units, and opening clauses.
 */
#include "read/build.h"

#include "base/buf.h"
#include "text/chars.h"
#include "text/utf8.h"

#include <stdlib.h>

/* ── nodes ─────────────────────────────────────────────────────────────── */

enum gb_encoding
gb_unit_encoding(const struct gb_unit *u)
{
    if (u->block->flags & GB_BLOCK_HTML)
        return GB_ENCODING_HTML;
    if (gb_unit_is_heading(u))
        return GB_ENCODING_HEADING;
    if (u->item)
        return u->item->parent->flags & GB_BLOCK_ORDERED ? GB_ENCODING_ORDERED : GB_ENCODING_BULLET;
    if (u->is_quoted)
        return GB_ENCODING_QUOTE;
    if (u->block->flags & GB_BLOCK_BOLD)
        return GB_ENCODING_BOLD;
    return GB_ENCODING_PARAGRAPH;
}

struct gb_node *
gb_add(struct gb_builder *b, struct gb_node *parent, enum gb_node_kind kind, enum gb_encoding encoding,
       const struct gb_text *head)
{
    struct gb_node *node = gb_node_new(b->arena, kind, encoding);
    bool exact = false;

    if (head) {
        node->head = *head;
        node->span = gb_text_whole(head, &exact);
    }
    if (!exact)
        node->flags |= GB_NODE_APPROX;
    gb_node_append(parent, node);
    return node;
}

struct gb_text
gb_given(struct gb_builder *b, struct gb_str text)
{
    return (struct gb_text){.str = gb_arena_copy(b->arena, text)};
}

bool
gb_parse_single(struct gb_str s, struct gb_number *out)
{
    struct gb_number num = {0};
    bool digits = false;

    for (size_t at = 0; at < s.len;) {
        uint32_t c = gb_char_narrow(gb_utf8_at(s, at, &at));
        if (c >= '0' && c <= '9') {
            if (num.n == 0 || (!digits && num.n < GB_MAX_COMPONENTS))
                num.n++;
            unsigned value = num.part[num.n - 1] * 10u + (c - '0');
            if (value > 9999)
                return false;
            num.part[num.n - 1] = (uint16_t)value;
            digits = true;
        } else if (c >= 'A' && c <= 'Z' && num.n == 0 && !num.letter) {
            num.letter = (char)c;
        } else if (c == '.' || c == '-') {
            digits = false;
        } else if (!gb_char_is_space(c) && c != '(' && c != ')') {
            return false;
        }
    }
    *out = num;
    return num.n > 0;
}

/* ── clauses ───────────────────────────────────────────────────────────── */

static void
set_role(struct gb_builder *b, struct gb_node *clause)
{
    static const enum gb_role roles[] = {[GB_FIXED_SCOPE] = GB_ROLE_SCOPE,
                                         [GB_FIXED_REFERENCES] = GB_ROLE_REFERENCES,
                                         [GB_FIXED_TERMS] = GB_ROLE_TERMS,
                                         [GB_FIXED_TERMS_SYMBOLS] = GB_ROLE_TERMS_SYMBOLS,
                                         [GB_FIXED_SYMBOLS] = GB_ROLE_SYMBOLS,
                                         [GB_FIXED_END] = GB_ROLE_NONE};
    bool is_chapter = clause->parent == b->root;
    enum gb_role above = clause->parent->role;

    b->terms = NULL;
    if (!is_chapter && above != GB_ROLE_TERMS && above != GB_ROLE_TERMS_SYMBOLS && above != GB_ROLE_SYMBOLS)
        return;
    enum gb_fixed_title fixed = gb_mark_fixed(clause->title.str);
    if (fixed < GB_COUNT(roles) && !b->annex)
        clause->role = roles[fixed];
    if (!is_chapter) {
        if (above == GB_ROLE_SYMBOLS)
            clause->role = clause->role == GB_ROLE_SYMBOLS ? GB_ROLE_SYMBOLS : GB_ROLE_NONE;
        else if (clause->role != GB_ROLE_SYMBOLS)
            clause->role = gb_str_has(clause->title.str, GB_STR("缩略语")) || gb_str_has(clause->title.str, GB_STR("符号"))
                               ? GB_ROLE_SYMBOLS
                               : GB_ROLE_TERMS;
    }
    enum gb_role role = clause->role;
    b->terms = role == GB_ROLE_TERMS || role == GB_ROLE_TERMS_SYMBOLS ? clause : NULL;
}

/* The clause that `num` goes below: its parent, or the nearest thing that is open. */
static struct gb_node *
parent_for(struct gb_builder *b, const struct gb_number *num)
{
    struct gb_node *parent = gb_find_parent(b, num);
    unsigned keep = 0;

    if (parent) {
        for (unsigned i = 0; i < b->n_open; i++) {
            if (b->open[i] == parent)
                keep = i + 1;
        }
    } else {
        /* As deep as the number says, among what is open: a wrong prefix is then seen at this child. */
        unsigned depth = num->letter ? num->n : num->n - 1u;
        bool next_chapter = !num->letter && b->n_open && num->part[0] != b->open[0]->num.part[0] &&
                            num->part[0] > b->last_chapter;
        unsigned base = num->letter ? 1 : 0;
        keep = next_chapter ? 0 : depth - base < b->n_open ? depth - base : b->n_open;
        /* Open clauses that are no prefix of it, but deeper than its parent would be, are closed. */
        while (keep > 0 && b->open[keep - 1]->num.n >= num->n)
            keep--;
    }
    b->n_open = keep;
    if (keep > 0)
        return b->open[keep - 1];
    return num->letter || (b->annex && num->n > 1) ? (b->annex ? b->annex : b->root) : b->root;
}

struct gb_node *
gb_open_clause(struct gb_builder *b, enum gb_node_kind kind, const struct gb_number *num, const struct gb_text *head,
               enum gb_encoding encoding)
{
    gb_close_lists(b);
    b->figure = b->formula = NULL;
    b->stray_number = 0;
    if (num->n == 1 && !num->letter) {
        b->annex = NULL;
        b->n_open = 0;
        b->last_chapter = num->part[0];
        b->zone = GB_ZONE_BODY;
    } else if (!num->letter && !b->annex && num->part[0] > b->last_chapter) {
        b->last_chapter = num->part[0]; /* its chapter head is lost */
    }
    struct gb_node *parent = parent_for(b, num);
    struct gb_node *clause = gb_add(b, parent, kind, encoding, head);
    clause->num = *num;
    parent->last_part = num->part[num->n - 1];
    if (b->n_open < GB_MAX_OPEN)
        b->open[b->n_open++] = clause;
    b->at = clause;
    b->refs = NULL;
    return clause;
}

bool
gb_title_follows(const struct gb_builder *b, size_t i)
{
    size_t k = gb_next_unit(b, i + 1);
    struct gb_number_mark mark;
    struct gb_caption_mark caption;
    struct gb_item_mark item;
    struct gb_annex_mark annex;

    if (k >= b->n)
        return false;
    const struct gb_unit *u = &b->units[k];
    size_t code = gb_mark_code(u->text.str);
    if (code && code == u->text.str.len) /* a page number and the running head */
        return false;
    return (gb_unit_is_line(u) || gb_unit_is_heading(u)) && !u->item && gb_looks_like_title(u->text.str) &&
           !gb_mark_number(u->text.str, &mark) && !gb_mark_caption(u->text.str, &caption) &&
           !gb_mark_item(u->text.str, &item) && !gb_mark_annex(u->text.str, &annex);
}

bool
gb_has_room(const struct gb_builder *b, size_t i)
{
    enum { MOST = 40 };
    const struct gb_block *block = b->units[i].block;
    size_t widest = 0;

    for (size_t k = i > MOST ? i - MOST : 0; k < b->n && k < i + MOST; k++) {
        size_t width = b->units[k].block == block ? gb_str_han_length(b->units[k].text.str) : 0;
        widest = width > widest ? width : widest;
    }
    return gb_str_han_length(b->units[i].text.str) * 4 < widest * 3;
}

/* A line is a title when it looks like one and is not the first line of a wrapped sentence. */
static bool
line_is_title(const struct gb_builder *b, size_t i, struct gb_str rest)
{
    enum { WRAPPED = 14 };

    if (!gb_looks_like_title(rest))
        return false;
    if (i + 1 < b->n && b->units[i + 1].block == b->units[i].block && !b->units[i + 1].after_hard_break &&
        gb_str_han_length(rest) >= WRAPPED && !gb_has_room(b, i))
        return gb_is_structural(b, i + 1);
    return true;
}

/* Opens the clause that unit i begins with; *mark as gb_opens_clause read it. */
static void
take_clause(struct gb_builder *b, const struct gb_number_mark *mark)
{
    const struct gb_unit *u = &b->units[b->i];
    bool is_heading = gb_unit_is_heading(u);
    enum gb_encoding encoding = gb_unit_encoding(u);
    struct gb_text rest = gb_text_slice(&u->text, mark->rest, u->text.str.len);

    if (mark->num.n == 1 && !mark->num.letter && b->last_chapter == 0) {
        b->chapter_level = is_heading ? u->block->level : 0;
    }
    if (mark->num.letter && !b->annex) { /* the annex head is lost */
        struct gb_node *annex = gb_add(b, b->root, GB_NODE_ANNEX, GB_ENCODING_LOST, &u->text);
        annex->num.letter = mark->num.letter;
        annex->number = gb_given(b, (struct gb_str){&mark->num.letter, 1});
        annex->flags |= GB_NODE_GIVEN;
        b->annex = annex;
        b->n_annexes++;
        b->n_open = 0;
        b->zone = GB_ZONE_ANNEX;
    }
    struct gb_node *clause = gb_open_clause(b, GB_NODE_CLAUSE, &mark->num, &u->text, encoding);
    clause->depth = is_heading ? u->block->level : 0;
    clause->number = gb_text_slice(&u->text, mark->begin, mark->end);
    if (mark->is_glued && rest.str.len && encoding != GB_ENCODING_BULLET)
        clause->encoding = GB_ENCODING_GLUED;
    b->i++;

    if (rest.str.len == 0) {
        size_t k = gb_next_unit(b, b->i);
        /* Number and title on two lines of plain text, or in two headings. */
        bool heading_pair = is_heading && k < b->n && gb_unit_is_heading(&b->units[k]);
        bool line_pair = !is_heading && k < b->n && gb_unit_is_line(&b->units[k]) && line_is_title(b, k, b->units[k].text.str);
        if ((heading_pair || line_pair) && gb_title_follows(b, b->i - 1)) {
            clause->title = b->units[k].text;
            clause->flags |= GB_NODE_SPLIT;
            b->i = k + 1;
        }
    } else if (is_heading ? !gb_ends_with(rest.str, "。；") : line_is_title(b, b->i - 1, rest.str)) {
        clause->title = rest;
    } else {
        if (is_heading)
            clause->flags |= GB_NODE_SENTENCE;
        /* Untitled: its text is its first paragraph. */
        b->i--;
        b->units[b->i].text = rest;
        gb_take_paragraph(b, clause);
    }
    set_role(b, clause);
}

/* ── clauses without numbers ───────────────────────────────────────────── */

/* The entry of the contents with this title, among the `n` behind the last one used. */
static const struct gb_node *
find_entry(const struct gb_builder *b, struct gb_str title, unsigned n)
{
    const struct gb_node *e = b->next_entry ? b->next_entry : b->toc ? b->toc->first : NULL;

    for (; e && n > 0; e = e->next) {
        n -= e->num.n > 0;
        if (e->num.n > 0 && !e->num.letter && gb_str_same(e->title.str, title))
            return e;
    }
    return NULL;
}

static const struct gb_node *
entry_by_title(struct gb_builder *b, struct gb_str title)
{
    enum { LOOK_AHEAD = 200 };
    const struct gb_node *entry = find_entry(b, title, LOOK_AHEAD);

    if (entry)
        b->next_entry = entry->next;
    return entry;
}

bool
gb_is_bare_scope(const struct gb_builder *b, size_t i)
{
    static const struct gb_str selves[] = {GB_WORD("本文件"), GB_WORD("本标准"), GB_WORD("本部分"), GB_WORD("本规范"),
                                           GB_WORD("本规程"), GB_WORD("本指南"), GB_WORD("本导则"), GB_WORD("本指导性")};
    size_t k = gb_next_unit(b, i + 1);

    return gb_unit_is_line(&b->units[i]) && !b->units[i].item && gb_mark_fixed(b->units[i].text.str) == GB_FIXED_SCOPE &&
           k < b->n && gb_unit_is_line(&b->units[k]) && gb_str_starts_any(b->units[k].text.str, selves, GB_COUNT(selves));
}

/*
 * A line that was a heading with a number before a conversion took both: 范围 and the next fixed titles, or what the contents
 * name next.
 */
static bool
is_bare_heading(const struct gb_builder *b, size_t i)
{
    enum { LONGEST = 20, LOOK_AHEAD = 3 };
    const struct gb_unit *u = &b->units[i];

    if (b->doc->has_numbers || b->annex || !gb_unit_is_line(u) || u->item || u->is_quoted ||
        gb_str_han_length(u->text.str) > LONGEST)
        return false;
    if (find_entry(b, u->text.str, LOOK_AHEAD))
        return b->last_chapter > 0 || gb_is_bare_scope(b, i);
    enum gb_fixed_title fixed = gb_mark_fixed(u->text.str);
    return (b->last_chapter == 0 && gb_is_bare_scope(b, i)) || (fixed == GB_FIXED_REFERENCES && b->last_chapter == 1) ||
           ((fixed == GB_FIXED_TERMS || fixed == GB_FIXED_TERMS_SYMBOLS) && b->last_chapter == 2);
}

/* How many open clauses stand above a heading of the level: a level that headings leave out is no level of the tree. */
static unsigned
clauses_above(const struct gb_builder *b, uint8_t level)
{
    unsigned above = 0;

    while (above < b->n_open && b->open[above]->depth > 0 && b->open[above]->depth < level)
        above++;
    return above < GB_MAX_COMPONENTS - 1 ? above : GB_MAX_COMPONENTS - 2;
}

/* In a draft without numbers, levels give the tree; the contents list gives the numbers if it has them. */
static bool
take_unnumbered_clause(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    enum gb_fixed_title fixed = gb_mark_fixed(u->text.str);
    struct gb_number num = {0};
    bool is_expected = (fixed == GB_FIXED_SCOPE && b->last_chapter == 0) ||
                       (fixed == GB_FIXED_REFERENCES && b->last_chapter == 1) ||
                       ((fixed == GB_FIXED_TERMS || fixed == GB_FIXED_TERMS_SYMBOLS) &&
                        (b->last_chapter == 2 || b->last_chapter == 1));

    if (u->text.str.len == 0 || u->item || u->is_quoted)
        return false;
    if (b->doc->has_numbers && !(is_expected && !b->annex))
        return false;
    const struct gb_node *entry = entry_by_title(b, u->text.str);
    if (entry) {
        num = entry->num;
    } else {
        /* Below the annex head all levels count; a heading as high as it is no clause of it. */
        if (b->annex && u->block->level <= b->annex->depth)
            return false;
        if (!b->annex && b->last_chapter == 0)
            b->chapter_level = u->block->level;
        unsigned above = b->annex || u->block->level > b->chapter_level ? clauses_above(b, u->block->level) : 0;
        const struct gb_node *parent = above ? b->open[above - 1] : b->annex ? b->annex : b->root;
        num = parent->kind == GB_NODE_DOC ? num : parent->num;
        num.part[num.n++] = (uint16_t)(parent->last_part + 1);
    }
    if (b->last_chapter == 0)
        b->chapter_level = u->block->level;
    struct gb_node *clause = gb_open_clause(b, GB_NODE_CLAUSE, &num, &u->text, gb_unit_encoding(u));
    clause->depth = u->block->level;
    clause->title = u->text;
    clause->number = gb_given(b, gb_number_text(&num, b->arena));
    clause->flags |= GB_NODE_GIVEN | (entry ? GB_NODE_DEDUCED : 0u);
    b->i++;
    set_role(b, clause);
    return true;
}

/* {无标题条:3} …: a drafting notation for an untitled clause of that level; its number is left to a program. */
static bool
take_noted_clause(struct gb_builder *b)
{
    static const char opening[] = "{无标题条";
    struct gb_unit *u = &b->units[b->i];
    struct gb_number num = {0};
    struct gb_str line = u->text.str;
    size_t close = gb_str_starts(line, GB_STR(opening)) ? gb_str_find(line, GB_STR("}"), 0) : GB_NOT_FOUND;

    if (close == GB_NOT_FOUND || close < sizeof(opening))
        return false;
    unsigned level = (unsigned)(line.ptr[close - 1] - '0');
    unsigned base = b->annex ? 1 : 0;
    if (level < 2 || level - 1 > b->n_open + base || level >= GB_MAX_COMPONENTS)
        return false;
    unsigned above = level - 1 - base;
    const struct gb_node *parent = above ? b->open[above - 1] : b->annex ? b->annex : b->root;
    num = parent->kind == GB_NODE_DOC ? num : parent->num;
    num.part[num.n++] = (uint16_t)(parent->last_part + 1);
    struct gb_node *clause = gb_open_clause(b, GB_NODE_CLAUSE, &num, &u->text, GB_ENCODING_MARKER);
    clause->number = gb_given(b, gb_number_text(&num, b->arena));
    clause->flags |= GB_NODE_GIVEN;
    struct gb_text rest = gb_text_slice(&u->text, close + 1, line.len);
    u->text = gb_text_trim(&rest);
    gb_take_paragraph(b, clause);
    return true;
}

/* A number that DocBook gives in a label (or that was counted there). */
static bool
take_labelled_clause(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    const struct gb_block *block = u->block;
    struct gb_number num;

    if (block->label.str.len == 0 || (block->flags & GB_BLOCK_ANNEX) || !gb_parse_single(block->label.str, &num))
        return false;
    if (block->flags & GB_BLOCK_TERM_ENTRY && b->terms) {
        struct gb_number_mark mark = {.num = num};
        return gb_take_term(b, &mark);
    }
    if (num.n == 1 && !num.letter && b->last_chapter == 0)
        b->chapter_level = block->level;
    struct gb_node *clause = gb_open_clause(b, GB_NODE_CLAUSE, &num, block->text.str.len ? &block->text : &block->label,
                                            gb_unit_encoding(u));
    clause->depth = block->level;
    clause->title = u->text;
    clause->number = block->label;
    if (block->flags & GB_BLOCK_COUNTED)
        clause->flags |= GB_NODE_GIVEN | GB_NODE_COUNTED;
    b->i++;
    set_role(b, clause);
    return true;
}

/* ── the walk ──────────────────────────────────────────────────────────── */

/*
 * 参考文献 as one line of a text without blank lines: an entry follows it. (Between blank lines the words alone will do.)
 */
static bool
heads_bibliography(const struct gb_builder *b, size_t i)
{
    const struct gb_unit *u = &b->units[i];
    size_t k = gb_next_unit(b, i + 1);

    if (!gb_unit_is_line(u) || u->item || u->is_quoted || gb_mark_fixed(u->text.str) != GB_FIXED_BIBLIO || k >= b->n)
        return false;
    struct gb_str next = b->units[k].text.str;
    return gb_unit_is_line(&b->units[k]) && (gb_str_starts(next, GB_STR("[1")) || gb_str_starts(next, GB_STR("［1")) ||
                                             gb_str_starts(next, GB_STR("1.")) || gb_mark_code(next) > 0);
}

/* Elements that stand without a number: bibliography, index; a second foreword and the like. */
static bool
take_unnumbered_element(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    static const struct {
        enum gb_fixed_title fixed;
        enum gb_node_kind kind;
        enum gb_zone zone;
    } elements[] = {
        {GB_FIXED_BIBLIO, GB_NODE_BIBLIO, GB_ZONE_BIBLIO},
        {GB_FIXED_INDEX, GB_NODE_INDEX, GB_ZONE_INDEX},
        {GB_FIXED_FOREWORD, GB_NODE_FOREWORD, GB_ZONE_FOREWORD},
        {GB_FIXED_INTRO, GB_NODE_INTRO, GB_ZONE_INTRO},
    };
    bool is_heading = gb_unit_is_heading(u);
    struct gb_text title = u->text;
    struct gb_number_mark mark;

    /* 参考文献, 参考资料, 参考文件, 索引, 前言, 序言, 引言 */
    if (u->item || u->is_quoted || !gb_ends_with(title.str, "献料件引言"))
        return false;
    bool is_bare_head = !is_heading && heads_bibliography(b, b->i);
    if (!u->is_first && !is_bare_head)
        return false;
    /* 11 参考文献: the number is a fault (STR-010), but makes no chapter of it. */
    bool is_numbered = is_heading && gb_mark_number(title.str, &mark) && mark.num.n == 1 && !mark.num.letter;
    if (is_numbered)
        title = gb_text_slice(&u->text, mark.rest, u->text.str.len);
    enum gb_fixed_title fixed = gb_mark_fixed(title.str);
    for (size_t k = 0; k < GB_COUNT(elements); k++) {
        if (elements[k].fixed != fixed || (is_numbered && elements[k].zone < GB_ZONE_BODY))
            continue;
        /* As a bare line these words must stand alone; front matter behind chapter 1 must be a heading. */
        size_t next = b->i + 1;
        if (!is_heading && !is_bare_head && next < b->n && b->units[next].block == u->block)
            return false;
        if (!is_heading && elements[k].zone < GB_ZONE_BODY)
            return false;
        if (u->block->flags & GB_BLOCK_SECTION && u->block->level > 1 && elements[k].zone < GB_ZONE_BODY)
            return false;
        gb_close_lists(b);
        struct gb_node *node = gb_add(b, b->root, elements[k].kind, gb_unit_encoding(u), &u->text);
        node->title = title;
        if (is_numbered) {
            node->num = mark.num;
            node->number = gb_text_slice(&u->text, mark.begin, mark.end);
        }
        node->depth = is_heading ? u->block->level : 0;
        b->annex = NULL;
        b->n_open = 0;
        b->terms = b->refs = NULL;
        b->at = node;
        b->zone = elements[k].zone < GB_ZONE_BODY ? GB_ZONE_BODY : elements[k].zone;
        b->i++;
        return true;
    }
    return false;
}

/* Running heads and page numbers that a conversion left between paragraphs. */
bool
gb_take_furniture(struct gb_builder *b)
{
    enum { LONGEST_HEAD = 60 };
    const struct gb_unit *u = &b->units[b->i];
    struct gb_str code = b->cover ? b->cover->u.cover->code.str : (struct gb_str){0}, line = {0};
    bool may_be_head = u->text.str.len > 0 && u->text.str.len < LONGEST_HEAD &&
                       (!gb_ends_in_words(u->text.str) || gb_ends_in_words(code));
    if (may_be_head && !gb_ends_with(u->text.str, "。；：，"))
        line = gb_without_page(u->text.str);
    bool is_head = code.len > 0 ? line.len > 0 && gb_str_same(line, code)
                                : b->zone == GB_ZONE_TOC && line.len > 0 && gb_mark_code(line) == line.len;
    bool is_page = gb_unit_is_line(u) && !u->item && u->is_first && gb_is_page_number(u->text.str) &&
                   !(b->i + 1 < b->n && b->units[b->i + 1].block == u->block);

    if (!u->is_furniture && (u->is_quoted || (!is_head && !is_page)))
        return false;
    struct gb_node *comment = gb_add(b, b->at ? b->at : b->root, GB_NODE_COMMENT, gb_unit_encoding(u), &u->text);
    comment->text = u->text;
    comment->flags |= GB_NODE_FURNITURE;
    b->i++;
    return true;
}

/* The line before, in the same paragraph, cannot end there: 应符合表1和 / 表2的规定. */
static bool
goes_on_a_line(const struct gb_builder *b, size_t i)
{
    static const struct gb_str open[] = {GB_WORD("和"), GB_WORD("与"), GB_WORD("及"), GB_WORD("或"), GB_WORD("、"),
                                         GB_WORD("见"), GB_WORD("按"), GB_WORD("中"), GB_WORD("由"), GB_WORD("在"), GB_WORD("至")};
    const struct gb_unit *u = &b->units[i];

    if (i == 0 || u->is_first || u->after_hard_break || b->units[i - 1].block != u->block)
        return false;
    for (size_t k = 0; k < GB_COUNT(open); k++) {
        if (gb_str_ends(b->units[i - 1].text.str, open[k]))
            return true;
    }
    return false;
}

/* The line before ends behind a mention of an item: 应符合a)和 / b)的规定. */
static bool
goes_on_an_item(const struct gb_builder *b, size_t i)
{
    static const char *const brackets[] = {")", "）"};
    static const struct gb_str joints[] = {GB_WORD("和"), GB_WORD("与"), GB_WORD("及"), GB_WORD("或"), GB_WORD("、"), GB_WORD("至")};

    if (!goes_on_a_line(b, i))
        return false;
    struct gb_str line = b->units[i - 1].text.str;
    for (size_t k = 0; k < GB_COUNT(joints); k++) {
        if (!gb_str_ends(line, joints[k]))
            continue;
        struct gb_str mention = gb_str_sub(line, 0, line.len - joints[k].len);
        for (size_t j = 0; j < GB_COUNT(brackets); j++) {
            size_t width = strlen(brackets[j]);
            if (gb_str_ends(mention, gb_str_from(brackets[j])) && mention.len > width) {
                char c = mention.ptr[mention.len - width - 1];
                return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            }
        }
    }
    return false;
}

bool
gb_is_structural(const struct gb_builder *b, size_t i)
{
    const struct gb_unit *u = &b->units[i];
    struct gb_number_mark number;
    struct gb_caption_mark caption;
    struct gb_note_mark note;
    struct gb_item_mark item;
    struct gb_annex_mark annex;
    struct gb_str line = u->text.str;

    if (!gb_unit_is_line(u) || u->starts_item || u->is_furniture)
        return true;
    return is_bare_heading(b, i) || (gb_ends_with(line, "献料件") && heads_bibliography(b, i)) || (gb_mark_item(line, &item) && !goes_on_an_item(b, i)) ||
           (gb_mark_note(line, &note) && note.has_colon) ||
           (gb_mark_caption(line, &caption) && !goes_on_a_line(b, i)) ||
           gb_opens_clause(b, i, &number) || gb_opens_annex(b, i, &annex) || gb_str_starts(line, GB_STR("[来源")) ||
           (b->terms && line.len && line.ptr[0] == '[' && gb_mark_code(gb_str_skip(line, 1)) > 0) || /* [GB/T …，定义3.2] */
           gb_str_starts(line, GB_STR("式中：")) || gb_str_starts(line, GB_STR("式中:")) ||
            gb_str_starts(line, GB_STR("{无标题条")) || gb_is_formula_line(b, i) || gb_is_title_line(b, i) ||
           (b->at && b->at->role == GB_ROLE_REFERENCES && gb_mark_code(line) > 0);
}

/* A number that fits opens a clause, or in the terms chapter a term entry. */
static void
take_numbered(struct gb_builder *b, const struct gb_number_mark *mark)
{
    bool may_be_term = b->terms && mark->num.n > 1 && !mark->num.letter && !gb_is_group_of_terms(b, b->i, mark);

    if (!may_be_term || !gb_take_term(b, mark))
        take_clause(b, mark);
}

/* 全文完 or the end line, behind which only the imprint may follow: a line to be filled in ends nothing. */
static bool
ends_document(const struct gb_builder *b)
{
    enum { IMPRINT = 12 };

    if (b->n - b->i > IMPRINT || b->units[b->i].item || gb_mark_fixed(b->units[b->i].text.str) != GB_FIXED_END)
        return false;
    for (size_t k = b->i + 1; k < b->n; k++) {
        struct gb_number_mark mark;
        struct gb_annex_mark annex;
        if (gb_unit_is_heading(&b->units[k]) || gb_opens_annex(b, k, &annex) || gb_opens_clause(b, k, &mark))
            return false;
    }
    return true;
}

static void
take_heading(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_number_mark mark;
    struct gb_annex_mark annex;

    if (u->text.str.len == 0 && u->block->label.str.len == 0) { /* an empty heading says nothing */
        b->i++;
        return;
    }
    if (gb_take_furniture(b) || take_labelled_clause(b))
        return;
    if (gb_opens_annex(b, b->i, &annex)) {
        gb_take_annex(b, &annex);
        return;
    }
    if (take_unnumbered_element(b))
        return;
    if (gb_opens_clause(b, b->i, &mark)) {
        take_numbered(b, &mark);
        return;
    }
    if (gb_take_caption(b) || gb_take_note(b) || gb_take_item(b))
        return;
    bool is_chapter = !b->doc->has_numbers && b->terms && u->block->level <= b->terms->depth &&
                      gb_split_foreign(u->text.str) == u->text.str.len;
    if (b->terms && !is_chapter && gb_take_term(b, NULL))
        return;
    if (take_unnumbered_clause(b))
        return;
    if (ends_document(b)) {
        b->i = b->n;
        return;
    }
    gb_close_lists(b);
    if (gb_mark_number(u->text.str, &mark) && mark.num.n == 1 && !mark.num.letter)
        b->stray_number = mark.num.part[0];
    struct gb_node *para = gb_add_para(b, b->at, &u->text, GB_ENCODING_HEADING);
    para->depth = u->block->level;
    b->i++;
}

/*
 * Markdown takes lines that follow an item without a blank line for lines of the item. Where a clause or annex begins among
 * them the list has ended.
 */
static void
leave_item(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_number_mark number;
    struct gb_annex_mark annex;

    if (!u->item || u->is_first || u->starts_item || (!gb_opens_clause(b, b->i, &number) && !gb_opens_annex(b, b->i, &annex)))
        return;
    for (size_t k = b->i; k < b->n && b->units[k].block == u->block; k++) {
        b->units[k].item = NULL;
        b->units[k].list_level = 0;
    }
}

static void
take_line(struct gb_builder *b)
{
    struct gb_number_mark mark;
    struct gb_annex_mark annex;

    gb_restore_item_number(b);
    leave_item(b);
    if (gb_opens_annex(b, b->i, &annex)) {
        gb_take_annex(b, &annex);
        return;
    }
    if (take_unnumbered_element(b))
        return;
    if (gb_opens_clause(b, b->i, &mark)) {
        take_numbered(b, &mark);
        return;
    }
    if (gb_take_furniture(b) || (is_bare_heading(b, b->i) && take_unnumbered_clause(b)))
        return;
    if (ends_document(b)) {
        b->i = b->n;
        return;
    }
    if (take_noted_clause(b) || gb_take_source(b) || gb_take_bibliography_entry(b) || gb_take_reference(b) || gb_take_caption(b) ||
        gb_take_note(b) || gb_take_formula_line(b))
        return;
    if (b->terms && gb_take_term(b, NULL))
        return;
    if (gb_take_abbreviation(b) || gb_take_item(b) || gb_take_legend(b))
        return;
    gb_take_paragraph(b, NULL);
}

static void
take_body(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];

    if (u->is_furniture) {
        gb_take_furniture(b);
        return;
    }
    switch (u->kind) {
    case GB_BLOCK_HEADING:
        take_heading(b);
        break;
    case GB_BLOCK_PARA:
        take_line(b);
        break;
    case GB_BLOCK_TABLE:
        gb_take_table(b);
        break;
    case GB_BLOCK_IMAGE:
        gb_take_picture(b);
        break;
    case GB_BLOCK_FIGURE:
        gb_take_figure_element(b);
        break;
    case GB_BLOCK_CODE:
        gb_take_code(b);
        break;
    case GB_BLOCK_FORMULA:
        gb_take_formula(b);
        break;
    case GB_BLOCK_COMMENT:
        gb_take_comment(b);
        break;
    case GB_BLOCK_TERM:
        gb_take_term_element(b);
        break;
    case GB_BLOCK_ITEM:
        gb_take_item(b);
        break;
    case GB_BLOCK_NOTE:
    case GB_BLOCK_EXAMPLE:
        gb_take_container(b);
        break;
    case GB_BLOCK_REF:
        if (!gb_take_bibliography_entry(b) && !gb_take_reference(b))
            gb_take_paragraph(b, NULL);
        break;
    case GB_BLOCK_SOURCE:
        if (!gb_take_source(b))
            gb_take_paragraph(b, NULL);
        break;
    default:
        b->i++;
        break;
    }
}

/* Are there clause numbers in the text at all? Numbers of the contents list do not count. */
static bool
has_numbers(const struct gb_builder *b)
{
    bool plain_scope = false, in_contents = false;

    for (size_t i = 0; i < b->n; i++) {
        const struct gb_unit *u = &b->units[i];
        struct gb_number_mark mark;
        struct gb_entry_mark entry;
        if (u->is_quoted || u->item)
            continue;
        bool is_text = gb_unit_is_line(u) || gb_unit_is_heading(u);
        enum gb_fixed_title own = is_text ? gb_mark_fixed(u->text.str) : GB_FIXED_NONE;
        if (own == GB_FIXED_SCOPE && gb_is_bare_scope(b, i))
            plain_scope = true;
        if (own == GB_FIXED_TOC)
            in_contents = true;
        else if (gb_unit_is_heading(u) || (is_text && gb_ends_with(u->text.str, "。；")))
            in_contents = false;
        if (in_contents)
            continue;
        if (gb_unit_is_heading(u)) {
            plain_scope = plain_scope || own == GB_FIXED_SCOPE || own == GB_FIXED_REFERENCES;
            if (u->block->flags & GB_BLOCK_ANNEX)
                continue;
            if (u->block->label.str.len && !(u->block->flags & GB_BLOCK_COUNTED))
                return true;
            if (gb_mark_number(u->text.str, &mark) && mark.num.part[0] <= GB_LARGEST_CHAPTER)
                return true;
        } else if (gb_unit_is_line(u) && !plain_scope && gb_mark_number(u->text.str, &mark)) {
            gb_mark_entry(u->text.str, &entry);
            if (entry.page_begin == entry.page_end && !entry.has_leader &&
                (mark.num.n > 1 || gb_mark_fixed(gb_str_skip(u->text.str, mark.rest)) == GB_FIXED_SCOPE))
                return true;
        }
    }
    return false;
}

struct gb_doc *
gb_build_clauses(struct gb_blocks *blocks)
{
    struct gb_arena *arena = blocks->arena;
    struct gb_builder b = {.arena = arena, .blocks = blocks, .doc = gb_arena_new(arena, struct gb_doc)};

    b.doc->arena = arena;
    b.doc->source = blocks->source;
    b.doc->format = blocks->format;
    b.doc->has_front_matter = blocks->has_front_matter;
    b.doc->blanks_matter = gb_str_is(blocks->format, "markdown");
    b.doc->n_faults = (uint32_t)blocks->faults.len;
    b.doc->faults = gb_arena_copy_bytes(arena, blocks->faults.items, blocks->faults.len * sizeof(*blocks->faults.items));
    b.root = b.doc->root = gb_node_new(arena, GB_NODE_DOC, GB_ENCODING_NONE);
    b.at = b.root;
    gb_make_units(&b);
    b.doc->has_numbers = has_numbers(&b);
    while (b.i < b.n && gb_take_front(&b))
        ;
    while (b.i < b.n) {
        size_t before = b.i;
        take_body(&b);
        if (b.i == before)
            b.i++;
    }
    gb_attach_footnotes(&b);
    free(b.units);
    if (b.cover) {
        b.root->code = b.cover->u.cover->code;
        b.root->title = b.cover->u.cover->title;
        b.root->en = b.cover->u.cover->en;
    }
    const struct gb_node *title = gb_node_child(b.root, GB_NODE_TITLE);
    if (title && b.root->title.str.len == 0)
        b.root->title = title->title;
    if (title && b.root->en.str.len == 0)
        b.root->en = title->en;
    b.doc->is_standard = gb_is_standard(&b);
    return b.doc;
}
