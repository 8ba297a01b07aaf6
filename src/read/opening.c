/* Nodes of the clause tree, and how clauses are opened: with a number, without, by a notation, by an element. */
#include "read/build.h"

#include "text/chars.h"
#include "text/utf8.h"

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
    return u->block->flags & GB_BLOCK_BOLD ? GB_ENCODING_BOLD : GB_ENCODING_PARAGRAPH;
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

/* ── clauses ───────────────────────────────────────────────────────────── */

static bool
ends_like_vocabulary(struct gb_str title)
{
    struct gb_str s = gb_str_trim(title);

    return gb_str_ends(s, GB_STR("术语")) || gb_str_ends(s, GB_STR("词汇"));
}

/* 旧书术语, 旧书 第1部分：术语, 旧书术语 第2部分：登记. */
static bool
is_title_of_vocabulary(struct gb_str title)
{
    return ends_like_vocabulary(title) || ends_like_vocabulary(gb_title_of_whole(title));
}

/* By the title on the cover or before chapter 1. */
static bool
names_vocabulary(const struct gb_builder *b)
{
    if (b->cover && is_title_of_vocabulary(b->cover->u.cover->title.str))
        return true;
    for (const struct gb_node *n = b->root->first; n && n->kind != GB_NODE_CLAUSE; n = n->next) {
        if (n->kind == GB_NODE_TITLE && is_title_of_vocabulary(n->title.str))
            return true;
    }
    return false;
}

/* In a vocabulary: is the first number below the clause that of an entry, 3.1 字体 typeface or 3.1 above such a line? */
static bool
begins_with_entry(const struct gb_builder *b, const struct gb_node *clause)
{
    enum { FEW = 2 }; /* the clause's own line may be the first */
    size_t k = b->i;

    for (unsigned n = 0; n < FEW && k < b->n; n++, k++) {
        struct gb_number_mark mark;
        if (!gb_mark_number(b->units[k].text.str, &mark) || !gb_number_is_child(&mark.num, &clause->num))
            continue;
        struct gb_str line = gb_str_skip(b->units[k].text.str, mark.rest);
        size_t next = k + 1;
        if (!line.len && next < b->n)
            line = b->units[next].text.str;
        return gb_looks_like_title(line) && gb_split_foreign(line) < line.len;
    }
    return false;
}

/* What stands before a mark at the end. */
static struct gb_str
without_mark(struct gb_str s)
{
    size_t last = s.len;

    if (!gb_ends_with(s, "。；：，:;"))
        return s;
    gb_utf8_before(s, s.len, &last);
    return gb_str_sub(s, 0, last);
}

static void
set_role(struct gb_builder *b, struct gb_node *clause)
{
    static const enum gb_role roles[] = {
        [GB_FIXED_SCOPE] = GB_ROLE_SCOPE,     [GB_FIXED_REFERENCES] = GB_ROLE_REFERENCES,
        [GB_FIXED_TERMS] = GB_ROLE_TERMS,     [GB_FIXED_TERMS_SYMBOLS] = GB_ROLE_TERMS_SYMBOLS,
        [GB_FIXED_SYMBOLS] = GB_ROLE_SYMBOLS, [GB_FIXED_END] = GB_ROLE_NONE};
    bool is_chapter = clause->parent == b->root;
    enum gb_role above = clause->parent->role;

    b->terms = NULL;
    if (!is_chapter && above != GB_ROLE_TERMS && above != GB_ROLE_TERMS_SYMBOLS && above != GB_ROLE_SYMBOLS) {
        if (b->is_vocabulary && !b->annex && b->n_open > 0 &&
            (ends_like_vocabulary(b->open[0]->title.str) || begins_with_entry(b, clause))) /* a group of them */
            b->terms = clause;
        return;
    }
    enum gb_fixed_title fixed = gb_mark_fixed(without_mark(clause->title.str));
    if (fixed < GB_COUNT(roles) && !b->annex)
        clause->role = roles[fixed];
    if (!is_chapter) {
        if (above == GB_ROLE_SYMBOLS)
            clause->role = clause->role == GB_ROLE_SYMBOLS ? GB_ROLE_SYMBOLS : GB_ROLE_NONE;
        else if (clause->role != GB_ROLE_SYMBOLS)
            clause->role = GB_HAS_ONE_OF(clause->title.str, "缩略语", "符号") ? GB_ROLE_SYMBOLS
                           : gb_str_ends(clause->title.str, GB_STR("单位"))   ? GB_ROLE_NONE
                                                                              : GB_ROLE_TERMS;
    }
    enum gb_role role = clause->role;
    if (role == GB_ROLE_SCOPE && clause->num.n == 1 && clause->num.part[0] == 1 && !b->is_vocabulary)
        b->is_vocabulary = names_vocabulary(b);
    bool takes_terms = role == GB_ROLE_TERMS || role == GB_ROLE_TERMS_SYMBOLS ||
                       (b->is_vocabulary && role == GB_ROLE_NONE && !b->annex &&
                        (ends_like_vocabulary(clause->title.str) || begins_with_entry(b, clause)));
    b->terms = takes_terms ? clause : NULL;
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
        bool next_chapter =
            !num->letter && b->n_open && num->part[0] != b->open[0]->num.part[0] && num->part[0] > b->last_chapter;
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
    b->has_general = b->has_general || (!num->letter && num->n == 3 && num->part[0] == 1 && num->part[1] == 0);
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
    size_t k = i + 1;
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
    return gb_unit_is_text(u) && !u->item && gb_looks_like_title(u->text.str) && !gb_mark_number(u->text.str, &mark) &&
           !gb_mark_caption(u->text.str, &caption) && !gb_mark_item(u->text.str, &item) &&
           !gb_mark_annex(u->text.str, &annex);
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

/* What a line lacks at its end: "（精确至0.1" a bracket, "标示“新创" a quote, "不高于40" the unit that begins the next line. */
static bool
is_cut(struct gb_str line, struct gb_str next)
{
    unsigned char last = (unsigned char)line.ptr[line.len - 1], first = next.len ? (unsigned char)next.ptr[0] : 0;
    bool is_unit = gb_is_lower(first) || gb_str_starts(next, GB_STR("℃")) || gb_str_starts(next, GB_STR("°"));

    if (gb_is_digit(last) && is_unit)
        return next.len < 2 || (next.ptr[1] != ')' && next.ptr[1] != '.');
    return gb_has_open_bracket(line) && GB_HAS_ONE_OF(next, "）", ")", "》", "”"); /* else it is never closed */
}

/* Ends in what no title ends in. Many words behind which a sentence goes on end one as well: 依据, 核对, 消除. */
static bool
lacks_more(struct gb_str line)
{
    return gb_ends_with(line, "，、和与及或第从将如的按") || GB_ENDS_WITH(line, "按照", "根据", "符合", "满足", "参照");
}

/* A line is a title when it looks like one and is not the first line of a wrapped sentence. */
static bool
line_is_title(const struct gb_builder *b, size_t i, struct gb_str rest)
{
    enum { WRAPPED = 28 }; /* columns */

    if (!gb_looks_like_title(rest))
        return false;
    if (i + 1 >= b->n || b->units[i + 1].block != b->units[i].block || b->units[i + 1].after_hard_break)
        return true;
    if (is_cut(rest, b->units[i + 1].text.str) || lacks_more(rest))
        return false;
    return gb_str_width(rest, 2) < WRAPPED || gb_has_room(b, i) || gb_is_structural(b, i + 1);
}

/* A heading whose words are the text of a clause: a sentence, or one that leads in a list: 6.3.1 锅温应符合下列规定： */
static bool
heading_is_sentence(struct gb_str rest)
{
    if (!gb_ends_with(rest, "。；：:") || gb_mark_fixed(without_mark(rest)) != GB_FIXED_NONE) /* 1 范围。 */
        return false;
    return !gb_ends_with(rest, "：:") || gb_has_modal(rest);
}

void
gb_take_clause(struct gb_builder *b, const struct gb_number_mark *mark)
{
    const struct gb_unit *u = &b->units[b->i];
    bool is_heading = gb_unit_is_heading(u);
    enum gb_encoding encoding = gb_unit_encoding(u);
    struct gb_text rest = gb_text_slice(&u->text, mark->rest, u->text.str.len);

    if (mark->num.n == 1 && !mark->num.letter && b->last_chapter == 0)
        b->chapter_level = is_heading ? u->block->level : 0;
    bool is_next_lost = b->annex && b->annex->flags & GB_NODE_GIVEN && b->annex->num.letter + 1 == mark->num.letter;
    if (mark->num.letter && (!b->annex || is_next_lost)) { /* the annex head is lost */
        struct gb_node *annex = gb_add(b, b->root, GB_NODE_ANNEX, GB_ENCODING_LOST, &u->text);
        annex->num.letter = mark->num.letter;
        annex->number = gb_given(b, gb_number_text(&annex->num, b->arena));
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
        size_t k = b->i;
        /* Number and title on two lines of plain text, or in two headings. */
        bool heading_pair = is_heading && k < b->n && gb_unit_is_heading(&b->units[k]);
        bool line_pair =
            !is_heading && k < b->n && gb_unit_is_line(&b->units[k]) && line_is_title(b, k, b->units[k].text.str);
        if ((heading_pair || line_pair) && gb_title_follows(b, b->i - 1)) {
            clause->title = b->units[k].text;
            clause->flags |= GB_NODE_SPLIT;
            b->i = k + 1;
        }
    } else if (is_heading
                   ? !heading_is_sentence(rest.str)
                   : line_is_title(b, b->i - 1, rest.str) || gb_is_title_with_mark(b, b->i - 1, rest.str, &mark->num)) {
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

static bool
is_sentence_clause(const struct gb_node *node, const struct gb_node *like)
{
    return node && node->kind == GB_NODE_CLAUSE && node->title.str.len == 0 && node->encoding == like->encoding &&
           node->first && node->first->kind == GB_NODE_PARA && gb_ends_sentence(node->first->text.str);
}

/* 5.2.2 灶位的排水沟 / 应每天清理。 Does the next line go on with a word that no sentence begins with? */
static bool
goes_on_below(const struct gb_node *node)
{
    enum { LINE_END = 2, THREE_HAN = 3 * GB_HAN };
    const struct gb_node *para = node->first;

    if (para->kind != GB_NODE_PARA || para->encoding != node->encoding || node->encoding == GB_ENCODING_HEADING ||
        !GB_STARTS_WITH(para->text.str, "应", "不应", "宜", "不宜") ||
        !gb_has_modal(gb_str_sub(para->text.str, 0, THREE_HAN)))
        return false;
    struct gb_span title = gb_text_span(&node->title, 0, node->title.str.len, NULL),
                   text = gb_text_span(&para->text, 0, para->text.str.len, NULL);
    return text.begin > title.end && text.begin - title.end <= LINE_END;
}

/* Has it the shape of 5.2.2 试样见附录A, with nothing below it, or of a sentence of which the first line was read as a title? */
static bool
may_be_sentence(const struct gb_node *node)
{
    enum { SHORTEST = 6 };

    return node->kind == GB_NODE_CLAUSE && node->title.str.len > 0 &&
           !(node->flags & (GB_NODE_GIVEN | GB_NODE_SPLIT)) && node->role == GB_ROLE_NONE &&
           gb_str_han_length(node->title.str) >= SHORTEST && (!node->first || goes_on_below(node));
}

/* Between clauses that are sentences without a title: no title, but a sentence that lacks its mark, or one that is wrapped. */
static bool
is_sentence_like_others(const struct gb_node *node)
{
    if (!may_be_sentence(node))
        return false;
    bool is_behind = node->prev && node->prev->kind == GB_NODE_CLAUSE,
         is_before = node->next && node->next->kind == GB_NODE_CLAUSE;
    return (is_behind || is_before) && (!is_behind || is_sentence_clause(node->prev, node)) &&
           (!is_before || is_sentence_clause(node->next, node) ||
            (is_behind && node->first && node->next->first && may_be_sentence(node->next)));
}

void
gb_untitle_sentences(struct gb_builder *b)
{
    for (const struct gb_node *n = b->root, *next; n; n = next) {
        next = gb_node_walk(n, b->root);
        if (!is_sentence_like_others(n))
            continue;
        struct gb_node *clause = (struct gb_node *)n; /* the tree is still ours to write */
        if (clause->first)
            clause->first->text = gb_text_join(b->arena, &clause->title, &clause->first->text, "");
        else
            gb_add_para(b, clause, &clause->title, clause->encoding);
        clause->title = (struct gb_text){0};
    }
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
    GB_WORDS(selves, "本文件", "本标准", "本部分", "本规范", "本规程", "本指南", "本导则", "本指导性");
    size_t k = i + 1;

    return gb_unit_is_line(&b->units[i]) && !b->units[i].item &&
           gb_mark_fixed(b->units[i].text.str) == GB_FIXED_SCOPE && k < b->n && gb_unit_is_line(&b->units[k]) &&
           (GB_STARTS_ANY(b->units[k].text.str, selves) ||
            (b->units[i].is_first && find_entry(b, b->units[i].text.str, 1)));
}

bool
gb_is_bare_heading(const struct gb_builder *b, size_t i)
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

bool
gb_take_unnumbered_clause(struct gb_builder *b)
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
    if (b->doc->has_numbers && !(is_expected && !b->annex) && !(gb_unit_is_heading(u) && gb_lacks_number(b, b->i)))
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
    clause->number = gb_given(b, gb_number_text(&num, b->arena));
    clause->flags |= GB_NODE_GIVEN | (entry ? GB_NODE_DEDUCED : 0u);
    if (heading_is_sentence(u->text.str)) {
        clause->flags |= GB_NODE_SENTENCE;
        gb_take_paragraph(b, clause);
    } else {
        clause->title = u->text;
        b->i++;
    }
    set_role(b, clause);
    return true;
}

bool
gb_take_noted_clause(struct gb_builder *b)
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
    u->text = gb_text_between(&u->text, close + 1, line.len);
    gb_take_paragraph(b, clause);
    return true;
}

bool
gb_take_labelled_clause(struct gb_builder *b)
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
    if (!clause->head.n_runs) /* neither title nor label: the element tells the place */
        clause->span = (struct gb_span){block->span.begin, block->span.begin};
    b->i++;
    set_role(b, clause);
    return true;
}
