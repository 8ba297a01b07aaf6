/*
 * The clause builder: from blocks to the clause tree, the same for all formats. The number decides, not the heading
 * level; nothing is lost; how each node was written is kept. Here: the walk over the units, numbers and annexes.
 */
#include "read/build.h"

#include "base/buf.h"
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

/* ── numbers ───────────────────────────────────────────────────────────── */

static unsigned
last_part(const struct gb_number *num)
{
    return num->part[num->n - 1];
}

/* The node whose children the number would join: open clause, annex or, for chapters, the document. */
static struct gb_node *
find_parent(const struct gb_builder *b, const struct gb_number *num)
{
    if (num->letter && num->n == 1)
        return b->annex && b->annex->num.letter == num->letter ? b->annex : NULL;
    if (!num->letter && num->n == 1)
        return b->root;
    for (unsigned i = b->n_open; i-- > 0;) {
        if (gb_number_is_child(num, &b->open[i]->num))
            return b->open[i];
    }
    return NULL;
}

/* Number of the last clause or term among the children, 0 when there is none. */
static unsigned
last_child_number(const struct gb_node *parent)
{
    for (const struct gb_node *n = parent->last; n; n = n->prev) {
        if ((n->kind == GB_NODE_CLAUSE || n->kind == GB_NODE_TERM) && n->num.n > 0)
            return last_part(&n->num);
    }
    return 0;
}

enum { LARGEST_GAP = 3, LARGEST_CHAPTER = 60 };

static enum gb_fit
fit_among(unsigned last, unsigned part)
{
    if (part == 0)
        return GB_FIT_NONE;
    if (part == last + 1)
        return GB_FIT_NEXT;
    if (part == last)
        return GB_FIT_SAME;
    if (part < last)
        return GB_FIT_BACK;
    return part <= last + 1 + LARGEST_GAP ? GB_FIT_GAP : GB_FIT_NONE;
}

enum gb_fit
gb_fit(const struct gb_builder *b, const struct gb_number *num)
{
    if (num->letter) {
        if (!b->annex)
            return b->last_chapter > 0 && num->letter == 'A' && last_part(num) == 1 ? GB_FIT_ORPHAN : GB_FIT_NONE;
        if (b->annex->num.letter != num->letter)
            return GB_FIT_BACK;
    } else if (num->n == 1) {
        if (b->last_chapter == 0)
            return num->part[0] == 1                 ? GB_FIT_NEXT
                   : num->part[0] <= LARGEST_CHAPTER ? GB_FIT_GAP
                                                     : GB_FIT_NONE;
        return fit_among(b->last_chapter, num->part[0]);
    }
    const struct gb_node *parent = find_parent(b, num);
    if (parent)
        return fit_among(last_child_number(parent), last_part(num));
    for (unsigned i = 0; i < num->n; i++) {
        if (num->part[i] == 0 || num->part[i] > LARGEST_CHAPTER)
            return GB_FIT_NONE;
    }
    if (num->letter || b->annex)
        return num->letter ? GB_FIT_ORPHAN : GB_FIT_NONE;
    if (b->n_open == 0)
        return GB_FIT_ORPHAN;
    /* The parent was skipped or lost: in the same chapter behind what is open, or in the next. */
    unsigned chapter = num->part[0];
    if (chapter == b->last_chapter || chapter == b->last_chapter + 1)
        return gb_number_cmp(num, &b->open[b->n_open - 1]->num) > 0 ? GB_FIT_ORPHAN : GB_FIT_BACK;
    return chapter < b->last_chapter ? GB_FIT_BACK : GB_FIT_NONE;
}

static bool
is_ascii_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* What follows the number makes it part of a sentence: "5.2 的要求", "3.5 kg", "5 个工作日内". */
static bool
continues_sentence(struct gb_str rest, unsigned n_parts, bool is_glued)
{
    static const char *const connectives[] = {"的", "和", "或", "与", "及", "、", "，", "。", "；", ",", ")", "）", "给出的",
                                              "规定的", "中的", "中规定", "中给出", "所", "～", "~", "至", "—", "条", "章",
                                              "以上", "以下", "以内", "=", "＝", "×", "±", "<", ">", "≤", "≥"};
    static const char *const units[] = {"mm",  "cm", "m", "km", "kg", "g",  "mg",  "mL",  "ml",  "L",  "h",    "min",
                                        "s",   "%",  "％", "℃", "kW", "W",  "V",   "kV",  "A",   "Hz", "MPa",  "kPa",
                                        "Pa",  "倍", "万元", "亿元", "元", "吨", "公里", "小时", "年", "个", "米"};
    static const char *const times[] = {"年", "月", "日", "个", "天", "次", "人次", "小时", "分钟"};

    for (size_t i = 0; i < GB_COUNT(connectives); i++) {
        if (gb_str_starts(rest, gb_str_from(connectives[i])))
            return true;
    }
    for (size_t i = 0; n_parts <= 2 && i < GB_COUNT(units); i++) {
        struct gb_str unit = gb_str_from(units[i]);
        if (n_parts == 2 && gb_str_starts(rest, unit) && !(rest.len > unit.len && is_ascii_letter(rest.ptr[unit.len])))
            return true;
    }
    /* "5日内", "3个工作日", "2年以上": a lone number counts something. */
    for (size_t i = 0; n_parts == 1 && is_glued && i < GB_COUNT(times); i++) {
        if (gb_str_starts(rest, gb_str_from(times[i])))
            return true;
    }
    return false;
}

/* Does a number at some unit behind i confirm that a chapter `chapter` begins at i: its first clause, or the next chapter? */
static bool
is_confirmed(const struct gb_builder *b, size_t i, unsigned chapter)
{
    enum { LOOK_AHEAD = 60 };

    for (size_t k = i + 1; k < b->n && k <= i + LOOK_AHEAD; k++) {
        const struct gb_unit *u = &b->units[k];
        struct gb_number_mark mark;
        if ((!gb_unit_is_line(u) && !gb_unit_is_heading(u)) || u->is_quoted || !gb_mark_number(u->text.str, &mark) ||
            mark.num.letter)
            continue;
        if (mark.num.n >= 2 && mark.num.part[0] == chapter && mark.num.part[1] == 1)
            return true;
        if (mark.num.n >= 2 && mark.num.part[0] + 1u == chapter && mark.num.part[1] > 0)
            return false;
        struct gb_str rest = gb_str_skip(u->text.str, mark.rest);
        if (mark.num.n == 1 && mark.num.part[0] == chapter + 1 && (gb_unit_is_heading(u) || !b->chapter_level) &&
            (rest.len ? gb_looks_like_title(rest) : gb_title_follows(b, k)))
            return true;
    }
    return false;
}

/* The contents list names this chapter with this title. */
static bool
is_in_contents(const struct gb_builder *b, const struct gb_number *num, struct gb_str title)
{
    if (!b->toc)
        return false;
    for (const struct gb_node *e = b->toc->first; e; e = e->next) {
        if (e->num.n > 0 && gb_number_cmp(&e->num, num) == 0)
            return gb_str_same(e->title.str, title);
    }
    return false;
}

static bool
heading_opens(const struct gb_builder *b, size_t i, const struct gb_number_mark *mark, enum gb_fit fit)
{
    const struct gb_unit *u = &b->units[i];
    bool is_chapter = mark->num.n == 1 && !mark->num.letter;

    if (fit == GB_FIT_NONE)
        return false;
    if (mark->form == GB_NUMBER_CHINESE && !is_chapter)
        return false;
    if (!is_chapter)
        return !(fit == GB_FIT_BACK && mark->num.letter && !b->annex);
    if (b->annex)
        return fit == GB_FIT_NEXT && (!b->chapter_level || u->block->level <= b->chapter_level);
    if (b->last_chapter == 0 && fit == GB_FIT_GAP)
        return !mark->has_final_dot;
    /* Behind the first chapters a lone number is a chapter when it stands where chapters stand, or goes on exactly. */
    bool level_fits = !b->chapter_level || u->block->level == b->chapter_level;
    if (fit == GB_FIT_NEXT)
        return level_fits || !mark->has_final_dot;
    return level_fits && !mark->has_final_dot;
}

static struct gb_str
next_text(const struct gb_builder *b, size_t i)
{
    size_t k = gb_next_unit(b, i + 1);

    return k < b->n ? b->units[k].text.str : (struct gb_str){0};
}

/* In a draft whose chapters are plain lines: a short line that stands alone, or is set in bold, with text below it. */
static bool
is_plain_title(const struct gb_builder *b, size_t i, struct gb_str title)
{
    enum { LONGEST = 15 };
    size_t k = gb_next_unit(b, i + 1);

    if (gb_str_han_length(title) > LONGEST || k >= b->n)
        return false;
    if (b->units[i].block->flags & GB_BLOCK_BOLD)
        return true;
    return gb_unit_is_line(&b->units[k]) && gb_ends_sentence(b->units[k].text.str);
}

static bool
line_opens(const struct gb_builder *b, size_t i, const struct gb_number_mark *mark, enum gb_fit fit)
{
    const struct gb_unit *u = &b->units[i];
    struct gb_str rest = gb_str_skip(u->text.str, mark->rest);
    bool is_chapter = mark->num.n == 1 && !mark->num.letter;

    if (mark->form == GB_NUMBER_CHINESE)
        return false;
    if (continues_sentence(rest, mark->num.n, mark->is_glued))
        return false;
    if (!is_chapter) {
        if (fit == GB_FIT_NEXT || fit == GB_FIT_GAP)
            return true;
        if (fit == GB_FIT_SAME)
            return gb_str_han_length(rest) >= 2;
        if (fit == GB_FIT_ORPHAN)
            return b->n_open > 0 && mark->num.part[0] == b->open[0]->num.part[0] && gb_str_han_length(rest) >= 2;
        return false;
    }
    if (u->item || b->annex || mark->has_final_dot || (fit != GB_FIT_NEXT && fit != GB_FIT_GAP))
        return false;
    if (rest.len == 0)
        return fit == GB_FIT_NEXT && gb_title_follows(b, i) &&
               (is_confirmed(b, i, mark->num.part[0]) || is_in_contents(b, &mark->num, next_text(b, i)));
    if (!gb_looks_like_title(rest) && !(mark->form == GB_NUMBER_WORD))
        return false;
    if (gb_mark_fixed(rest) != GB_FIXED_NONE && fit == GB_FIT_NEXT)
        return true;
    if (is_in_contents(b, &mark->num, rest))
        return true;
    if (fit != GB_FIT_NEXT)
        return false;
    return is_confirmed(b, i, mark->num.part[0]) || (b->last_chapter > 0 && !b->chapter_level && is_plain_title(b, i, rest));
}

/* "3 1" below chapter 3 is 3.1; "421 型号" after 4.2 is 4.2.1: dots that were lost. */
static bool
restore_dots(const struct gb_builder *b, struct gb_str line, struct gb_number_mark *mark)
{
    struct gb_number num = {0};

    if (mark->num.n != 1 || mark->num.letter || mark->form != GB_NUMBER_ARABIC || b->n_open == 0)
        return false;
    struct gb_str rest = gb_str_skip(line, mark->rest);
    struct gb_number_mark next;
    if (mark->num.part[0] == b->last_chapter && !mark->is_glued && rest.len && gb_mark_number(rest, &next) &&
        !next.num.letter && next.form == GB_NUMBER_ARABIC && next.num.n + 1 < GB_MAX_COMPONENTS) {
        num = (struct gb_number){.n = (uint8_t)(next.num.n + 1), .part = {mark->num.part[0]}};
        memcpy(num.part + 1, next.num.part, next.num.n * sizeof(num.part[0]));
        if (gb_fit(b, &num) != GB_FIT_NEXT)
            return false;
        mark->end = mark->rest + next.end;
        mark->is_glued = next.is_glued;
        mark->rest += next.rest;
        mark->num = num;
        return true;
    }
    /* Digits, each a part of its own, that go on exactly. */
    unsigned value = mark->num.part[0];
    if (value < 10 || value == b->last_chapter + 1)
        return false;
    uint16_t reversed[4];
    uint8_t n = 0;
    for (; value; value /= 10)
        reversed[n++] = (uint16_t)(value % 10);
    for (uint8_t k = 0; k < n; k++)
        num.part[k] = reversed[n - 1 - k];
    num.n = n;
    if (n < 2 || gb_fit(b, &num) != GB_FIT_NEXT)
        return false;
    mark->num = num;
    return true;
}

bool
gb_opens_clause(const struct gb_builder *b, size_t i, struct gb_number_mark *mark)
{
    const struct gb_unit *u = &b->units[i];
    struct gb_number_mark read;

    if (u->is_quoted || !gb_mark_number(u->text.str, &read))
        return false;
    bool is_heading = gb_unit_is_heading(u);
    if (!is_heading && !gb_unit_is_line(u))
        return false;
    if (is_heading && gb_unit_encoding(u) == GB_ENCODING_HEADING && u->item)
        is_heading = false;
    if (!is_heading && u->item && !u->starts_item)
        return false;
    /* A line that goes on a sentence opens nothing. */
    if (!is_heading && !u->is_first && !u->after_hard_break && i > 0 && b->units[i - 1].block == u->block) {
        struct gb_number_mark before;
        struct gb_str previous = b->units[i - 1].text.str;
        if (!gb_ends_sentence(previous) && !gb_mark_number(previous, &before) && !gb_looks_like_title(previous))
            return false;
    }
    if (is_heading && restore_dots(b, u->text.str, &read)) {
        *mark = read;
        return true;
    }
    for (;;) {
        enum gb_fit fit = gb_fit(b, &read.num);
        if (is_heading ? heading_opens(b, i, &read, fit) : line_opens(b, i, &read, fit)) {
            *mark = read;
            return true;
        }
        if (!gb_mark_number_shorten(u->text.str, &read))
            return false;
    }
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
    enum gb_fixed_title fixed = gb_mark_fixed(clause->title.str);

    if (fixed < GB_COUNT(roles) && !b->annex)
        clause->role = roles[fixed];
    if (clause->parent != b->root) {
        enum gb_role above = clause->parent->role;
        bool in_terms = above == GB_ROLE_TERMS || above == GB_ROLE_TERMS_SYMBOLS;
        if (!in_terms)
            clause->role = clause->role == GB_ROLE_SYMBOLS && above == GB_ROLE_SYMBOLS ? GB_ROLE_SYMBOLS : GB_ROLE_NONE;
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
    struct gb_node *parent = find_parent(b, num);
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
    return (gb_unit_is_line(u) || gb_unit_is_heading(u)) && !u->item && gb_looks_like_title(u->text.str) &&
           !gb_mark_number(u->text.str, &mark) && !gb_mark_caption(u->text.str, &caption) &&
           !gb_mark_item(u->text.str, &item) && !gb_mark_annex(u->text.str, &annex);
}

/* A line is a title when it looks like one and is not the first line of a wrapped sentence. */
static bool
line_is_title(const struct gb_builder *b, size_t i, struct gb_str rest)
{
    enum { WRAPPED = 14 };

    if (!gb_looks_like_title(rest))
        return false;
    if (i + 1 < b->n && b->units[i + 1].block == b->units[i].block && !b->units[i + 1].after_hard_break &&
        gb_str_han_length(rest) >= WRAPPED)
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
        b->is_fragment = mark->num.part[0] != 1;
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

/* The entry of the contents with this title, from the last one used on. */
static const struct gb_node *
entry_by_title(struct gb_builder *b, struct gb_str title)
{
    if (!b->toc)
        return NULL;
    for (const struct gb_node *e = b->next_entry ? b->next_entry : b->toc->first; e; e = e->next) {
        if (e->num.n > 0 && !e->num.letter && gb_str_same(e->title.str, title)) {
            b->next_entry = e->next;
            return e;
        }
    }
    return NULL;
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
    } else if (b->annex) {
        /* Levels below the annex head count from 1; a heading as high as it is no clause of it. */
        int level = (int)u->block->level - (int)b->annex->depth;
        if (level < 1)
            return false;
        if (level > (int)b->n_open + 1)
            level = (int)b->n_open + 1;
        num.letter = b->annex->num.letter;
        num.n = (uint8_t)level;
    } else {
        if (b->last_chapter == 0)
            b->chapter_level = u->block->level;
        int level = (int)u->block->level - (int)b->chapter_level + 1;
        if (level < 1)
            level = 1;
        if (level > (int)b->n_open + 1)
            level = (int)b->n_open + 1;
        num.n = (uint8_t)level;
    }
    if (!entry) {
        unsigned above = num.letter ? num.n - 1u : num.n - 1u;
        const struct gb_node *parent = above == 0 ? (b->annex ? b->annex : b->root) : b->open[above - 1];
        for (unsigned i = 0; i < above; i++)
            num.part[i] = b->open[above - 1]->num.part[i];
        num.part[num.n - 1] = (uint16_t)(last_child_number(parent) + 1);
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
    num.part[num.n++] = (uint16_t)(last_child_number(parent) + 1);
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
        clause->flags |= GB_NODE_GIVEN;
    b->i++;
    set_role(b, clause);
    return true;
}

/* ── annexes ───────────────────────────────────────────────────────────── */

bool
gb_opens_annex(const struct gb_builder *b, size_t i, struct gb_annex_mark *mark)
{
    const struct gb_unit *u = &b->units[i];
    bool is_heading = gb_unit_is_heading(u);

    if ((!is_heading && !gb_unit_is_line(u)) || u->item || u->is_quoted)
        return false;
    if (is_heading && (u->block->flags & GB_BLOCK_ANNEX)) {
        if (!gb_mark_annex(u->text.str, mark))
            *mark = (struct gb_annex_mark){.nature = u->block->nature, .title = 0};
        return true;
    }
    if (gb_mark_annex(u->text.str, mark)) {
        if (is_heading || mark->nature != GB_NATURE_NONE)
            return true;
        if (!u->is_first && !u->after_hard_break)
            return false;
        struct gb_annex_mark nature;
        struct gb_entry_mark entry;
        size_t k = gb_next_unit(b, i + 1);
        bool title_here = mark->title < u->text.str.len;
        gb_mark_entry(u->text.str, &entry);
        if (entry.has_leader)
            return false;
        if (k < b->n && gb_mark_nature(b->units[k].text.str, &nature))
            return true;
        if (title_here) { /* 附录A：登记表, or 附录A 登记表 that stands alone */
            struct gb_str head = gb_str_trim(gb_str_sub(u->text.str, 0, mark->title));
            bool colon = gb_ends_with(head, "：:");
            bool alone = u->is_first && !(k < b->n && b->units[k].block == u->block);
            return mark->letter && (colon || (alone && b->zone >= GB_ZONE_BODY && b->last_chapter > 0));
        }
        return mark->letter && gb_title_follows(b, i) && (b->last_chapter > 0 || b->zone >= GB_ZONE_BODY);
    }
    /* 附录 is lost, its nature is left. */
    return (b->last_chapter > 0 || b->annex) && u->is_first && gb_mark_nature(u->text.str, mark) &&
           (mark->title < u->text.str.len || gb_title_follows(b, i)) && b->zone >= GB_ZONE_BODY;
}

/* Nature and title that stand on the lines below the head. */
static void
take_annex_head(struct gb_builder *b, struct gb_node *annex, struct gb_annex_mark mark)
{
    for (unsigned pieces = 0; pieces < 3; pieces++) {
        size_t k = gb_next_unit(b, b->i);
        if (k >= b->n)
            return;
        const struct gb_unit *u = &b->units[k];
        struct gb_annex_mark nature, other;
        if ((!gb_unit_is_line(u) && !gb_unit_is_heading(u)) || u->item)
            return;
        if (mark.nature == GB_NATURE_NONE && annex->title.str.len == 0 && gb_mark_nature(u->text.str, &nature)) {
            mark = nature;
            annex->nature = nature.nature;
            annex->flags |= nature.is_old_nature ? GB_NODE_OLD_NATURE : 0u;
            struct gb_text *text = gb_arena_new(b->arena, struct gb_text);
            *text = gb_text_slice(&u->text, nature.nature_begin, nature.nature_end);
            annex->u.nature_text = text;
            if (nature.title < u->text.str.len)
                annex->title = gb_text_slice(&u->text, nature.title, u->text.str.len);
        } else if (annex->title.str.len == 0 && gb_title_follows(b, k - 1) && !gb_mark_annex(u->text.str, &other)) {
            annex->title = u->text;
        } else {
            return;
        }
        annex->flags |= GB_NODE_SPLIT;
        b->i = k + 1;
        if (annex->title.str.len > 0)
            return;
    }
}

static void
take_annex(struct gb_builder *b, const struct gb_annex_mark *mark)
{
    const struct gb_unit *u = &b->units[b->i];
    const struct gb_block *block = u->block;
    bool is_heading = gb_unit_is_heading(u);

    gb_close_lists(b);
    struct gb_node *annex = gb_add(b, b->root, GB_NODE_ANNEX, gb_unit_encoding(u), &u->text);
    annex->depth = is_heading ? block->level : 0;
    annex->nature = mark->nature != GB_NATURE_NONE ? mark->nature : block->nature;
    annex->flags |= mark->is_old_nature ? GB_NODE_OLD_NATURE : 0u;
    annex->num.letter = mark->letter;
    if (mark->letter) {
        annex->number = gb_text_slice(&u->text, mark->letter_begin, mark->letter_end);
    } else if (block->label.str.len > 0) {
        annex->num.letter = block->label.str.ptr[block->label.str.len - 1];
        annex->number = block->label;
        annex->flags |= block->flags & GB_BLOCK_COUNTED ? GB_NODE_GIVEN : 0u;
    } else {
        char letter = (char)('A' + (b->n_annexes < 26 ? b->n_annexes : 25));
        annex->num.letter = letter;
        annex->number = gb_given(b, (struct gb_str){&letter, 1});
        annex->flags |= GB_NODE_GIVEN;
    }
    if (mark->nature_end > mark->nature_begin) {
        struct gb_text *text = gb_arena_new(b->arena, struct gb_text);
        *text = gb_text_slice(&u->text, mark->nature_begin, mark->nature_end);
        annex->u.nature_text = text;
    }
    if (mark->title < u->text.str.len)
        annex->title = gb_text_slice(&u->text, mark->title, u->text.str.len);
    b->annex = annex;
    b->n_annexes++;
    b->n_open = 0;
    b->terms = b->refs = NULL;
    b->figure = b->formula = NULL;
    b->at = annex;
    b->zone = GB_ZONE_ANNEX;
    b->i++;
    if (annex->title.str.len == 0)
        take_annex_head(b, annex, *mark);
}

/* ── the walk ──────────────────────────────────────────────────────────── */

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
    enum gb_fixed_title fixed = gb_mark_fixed(u->text.str);
    bool is_heading = gb_unit_is_heading(u);

    if (u->item || u->is_quoted || !u->is_first)
        return false;
    for (size_t k = 0; k < GB_COUNT(elements); k++) {
        if (elements[k].fixed != fixed)
            continue;
        /* As a bare line these words must stand alone; front matter behind chapter 1 must be a heading. */
        size_t next = b->i + 1;
        if (!is_heading && next < b->n && b->units[next].block == u->block)
            return false;
        if (!is_heading && elements[k].zone < GB_ZONE_BODY)
            return false;
        if (u->block->flags & GB_BLOCK_SECTION && u->block->level > 1 && elements[k].zone < GB_ZONE_BODY)
            return false;
        gb_close_lists(b);
        struct gb_node *node = gb_add(b, b->root, elements[k].kind, gb_unit_encoding(u), &u->text);
        node->title = u->text;
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
    const struct gb_unit *u = &b->units[b->i];
    struct gb_str code = b->cover ? b->cover->u.cover->code.str : (struct gb_str){0};
    bool is_head = code.len > 0 && gb_str_same(u->text.str, code);
    bool is_page = gb_unit_is_line(u) && !u->item && u->is_first && gb_is_page_number(u->text.str) &&
                   !(b->i + 1 < b->n && b->units[b->i + 1].block == u->block);

    if (u->is_quoted || (!is_head && !is_page))
        return false;
    struct gb_node *comment = gb_add(b, b->at ? b->at : b->root, GB_NODE_COMMENT, gb_unit_encoding(u), &u->text);
    comment->text = u->text;
    comment->flags |= GB_NODE_FURNITURE;
    b->i++;
    return true;
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

    if (!gb_unit_is_line(u))
        return true;
    if (u->starts_item)
        return true;
    return gb_mark_item(line, &item) || (gb_mark_note(line, &note) && note.has_colon) || gb_mark_caption(line, &caption) ||
           gb_opens_clause(b, i, &number) || gb_opens_annex(b, i, &annex) || gb_str_starts(line, GB_STR("[来源")) ||
           gb_str_starts(line, GB_STR("式中：")) || gb_str_starts(line, GB_STR("式中:")) ||
           gb_str_starts(line, GB_STR("{无标题条")) ||
           (b->at && b->at->role == GB_ROLE_REFERENCES && gb_mark_code(line) > 0);
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
        take_annex(b, &annex);
        return;
    }
    if (take_unnumbered_element(b))
        return;
    if (gb_opens_clause(b, b->i, &mark)) {
        if (!(b->terms && mark.num.n > 1 && !mark.num.letter && !gb_is_group_of_terms(b, b->i, &mark) &&
              gb_take_term(b, &mark)))
            take_clause(b, &mark);
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
    if (gb_mark_fixed(u->text.str) == GB_FIXED_END) {
        b->i = b->n;
        return;
    }
    gb_close_lists(b);
    struct gb_node *para = gb_add_para(b, b->at, &u->text, GB_ENCODING_HEADING);
    para->depth = u->block->level;
    b->i++;
}

static void
take_line(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_number_mark mark;
    struct gb_annex_mark annex;

    if (gb_opens_annex(b, b->i, &annex)) {
        take_annex(b, &annex);
        return;
    }
    if (take_unnumbered_element(b))
        return;
    if (gb_opens_clause(b, b->i, &mark)) {
        if (!(b->terms && mark.num.n > 1 && !mark.num.letter && !gb_is_group_of_terms(b, b->i, &mark) &&
              gb_take_term(b, &mark)))
            take_clause(b, &mark);
        return;
    }
    if (gb_take_furniture(b))
        return;
    if (gb_mark_fixed(u->text.str) == GB_FIXED_END && !u->item) {
        b->i = b->n;
        return;
    }
    if (take_noted_clause(b) || gb_take_source(b) || gb_take_bibliography_entry(b) || gb_take_reference(b) || gb_take_caption(b) ||
        gb_take_note(b))
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

    switch (u->block->kind) {
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
    bool plain_scope = false;

    for (size_t i = 0; i < b->n; i++) {
        const struct gb_unit *u = &b->units[i];
        struct gb_number_mark mark;
        struct gb_entry_mark entry;
        if (u->is_quoted || u->item)
            continue;
        if (gb_unit_is_heading(u)) {
            enum gb_fixed_title fixed = gb_mark_fixed(u->text.str);
            plain_scope = plain_scope || fixed == GB_FIXED_SCOPE || fixed == GB_FIXED_REFERENCES;
            if (u->block->flags & GB_BLOCK_ANNEX)
                continue;
            if (u->block->label.str.len && !(u->block->flags & GB_BLOCK_COUNTED))
                return true;
            if (gb_mark_number(u->text.str, &mark) && mark.num.part[0] <= LARGEST_CHAPTER)
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

/* A footnote's mark in the text, and the node that holds it. */
struct mark {
    struct gb_span span;
    struct gb_node *node;
};

typedef GB_ARRAY(struct mark) mark_array;

static void
collect_marks(struct gb_node *node, const struct gb_text *text, mark_array *marks)
{
    for (uint32_t r = 0; r < text->n_runs; r++) {
        const struct gb_run *run = &text->runs[r];
        if ((run->flags & GB_RUN_NOTE) && run->at >= text->off && run->at <= text->off + text->str.len)
            *gb_push(marks) = (struct mark){run->src, node};
    }
}

/* The mark of Markdown holds the footnote's label, that of DocBook is its start tag. */
static struct gb_node *
find_mark(const struct gb_builder *b, const mark_array *marks, const struct gb_block *footnote)
{
    struct gb_str label = gb_arena_printf(b->arena, "[^%.*s]", GB_FMT(footnote->label.str));

    for (size_t i = 0; i < marks->len; i++) {
        const struct mark *mark = &marks->items[i];
        if (mark->span.begin == footnote->span.begin)
            return mark->node;
        if (gb_str_eq(gb_source_text(b->doc->source, mark->span), label))
            return mark->node;
    }
    return NULL;
}

/* Footnotes go to the node that holds their mark. */
static void
attach_footnotes(struct gb_builder *b)
{
    mark_array marks = {0};
    bool any = false;

    for (size_t i = 0; i < b->n && !any; i++)
        any = b->units[i].block->kind == GB_BLOCK_FOOTNOTE;
    for (const struct gb_node *n = any ? b->root : NULL; n; n = gb_node_walk(n, b->root)) {
        collect_marks((struct gb_node *)n, &n->text, &marks);
        collect_marks((struct gb_node *)n, &n->title, &marks);
        for (uint32_t i = 0; n->kind == GB_NODE_TABLE && n->u.table && i < n->u.table->n_cells; i++)
            collect_marks((struct gb_node *)n, &n->u.table->cells[i].text, &marks);
    }
    for (size_t i = 0; any && i < b->n; i++) {
        const struct gb_block *block = b->units[i].block;
        if (block->kind != GB_BLOCK_FOOTNOTE)
            continue;
        struct gb_node *holder = find_mark(b, &marks, block);
        struct gb_node *note = gb_add(b, holder ? holder : b->at, GB_NODE_FOOTNOTE, GB_ENCODING_MARKER, &block->label);
        const struct gb_block *first = block->first;
        note->marker = block->label;
        note->span = block->span;
        if (first && first->kind == GB_BLOCK_PARA) {
            note->text = first->text;
            first = first->next;
        }
        gb_place_blocks(b, note, first);
    }
    gb_array_release(&marks);
}

/* ── is it a standard at all? ──────────────────────────────────────────── */

/* Evidence that a text of no fixed chapter is a part of a standard: it goes on from a chapter before, and requires. */
static bool
reads_like_part(const struct gb_builder *b)
{
    unsigned required = 0, dotted = 0;

    for (const struct gb_node *n = b->root; n; n = gb_node_walk(n, b->root)) {
        dotted += n->kind == GB_NODE_CLAUSE && n->num.n > 1 && !(n->flags & GB_NODE_GIVEN);
        required += gb_str_has(n->text.str, GB_STR("应")) || gb_str_has(n->text.str, GB_STR("宜"));
    }
    return dotted > 0 && required > 0;
}

static bool
is_standard(const struct gb_builder *b)
{
    static const char *const openings[] = {"总则", "总 则", "概述", "一般规定"};
    const struct gb_node *first = NULL;

    for (const struct gb_node *n = b->root->first; n; n = n->next) {
        if (n->kind == GB_NODE_ANNEX && (n->nature != GB_NATURE_NONE || !(n->flags & GB_NODE_GIVEN)))
            return true;
        if (n->kind == GB_NODE_CLAUSE && n->role != GB_ROLE_NONE && n->role != GB_ROLE_SYMBOLS)
            return true;
        if (n->kind == GB_NODE_CLAUSE && !first)
            first = n;
    }
    if (b->cover && b->cover->u.cover->code.str.len &&
        (b->cover->u.cover->band.str.len || b->cover->u.cover->ics.str.len || b->foreword || first))
        return true;
    if (b->cover && gb_str_has(b->cover->u.cover->title.str, GB_STR("修改单")))
        return true;
    if (!first || (first->flags & GB_NODE_GIVEN))
        return false;
    if (first->num.part[0] == 1 && first->num.n == 1) {
        bool opens = false;
        for (size_t i = 0; i < GB_COUNT(openings); i++)
            opens = opens || gb_str_same(first->title.str, gb_str_from(openings[i]));
        return opens && reads_like_part(b);
    }
    return reads_like_part(b);
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
    attach_footnotes(&b);
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
    b.doc->is_standard = is_standard(&b);
    return b.doc;
}
