/* Term entries and abbreviations: lists of entries with a form of their own. */
#include "read/build.h"

#include "doc/identifier.h"
#include "text/chars.h"
#include "text/utf8.h"

/* ── term entries ──────────────────────────────────────────────────────── */

/* Further designations of one term; more are no designations. */
enum { MOST_NAMES = 16 };

/* First colon of the line that stands outside brackets; its length in *out_len. */
static size_t
find_colon(struct gb_str line, size_t *out_len)
{
    int depth = 0;

    for (size_t at = 0; at < line.len;) {
        size_t next;
        uint32_t c = gb_char_narrow(gb_utf8_at(line, at, &next));
        depth += (c == '(') - (c == ')');
        if (c == ':' && depth <= 0) {
            *out_len = next - at;
            return at;
        }
        at = next;
    }
    return GB_NOT_FOUND;
}

/* Offset of the bracket at the end of 旧衣（二手衣）; what brackets in the middle hold is part of the term: 标准制（修）订. */
static size_t
before_last_bracket(struct gb_str zh)
{
    size_t at = zh.len, open, first;

    if (!zh.len || gb_char_narrow(gb_utf8_before(zh, zh.len, &at)) != ')')
        return zh.len;
    gb_utf8_at(zh, 0, &first);
    for (; at > first; at = open) {
        if (gb_char_narrow(gb_utf8_before(zh, at, &open)) == '(')
            return open;
    }
    return zh.len;
}

/* Offset of （TC） at the end of "train control（TC）": a short form of capitals; the length when there is none. */
static size_t
before_short_form(struct gb_str en)
{
    struct gb_str s = gb_str_trim(en);
    size_t at = s.len, open;
    uint32_t c = s.len ? gb_char_narrow(gb_utf8_before(s, s.len, &at)) : 0;

    if (c != ')')
        return en.len;
    for (open = at; open > 0; at = open) {
        c = gb_char_narrow(gb_utf8_before(s, at, &open));
        if (c == '(')
            return open > 0 ? open : en.len;
        if (!gb_is_upper(c) && !gb_is_digit(c) && c != '-' && c != '/')
            return en.len;
    }
    return en.len;
}

static void
add_name(struct gb_builder *b, struct gb_node *term, struct gb_text text, struct gb_str role)
{
    const struct gb_names *old = term->u.names;
    uint32_t n = old ? old->n : 0;
    struct gb_names *names = gb_arena_new(b->arena, struct gb_names);
    struct gb_name *items = gb_arena_new_array(b->arena, struct gb_name, n + 1);

    text = gb_text_trim(&text);
    if (!text.str.len || n >= MOST_NAMES)
        return;
    if (n)
        memcpy(items, old->items, n * sizeof(*items));
    items[n] = (struct gb_name){text, role};
    *names = (struct gb_names){items, n + 1};
    term->u.names = names;
}

/* "old book framework; OBF", or with the colon that a conversion made of the semicolon: where it stands; the length when there is none. */
static size_t
before_colon(struct gb_str en)
{
    enum { LONGEST = 10 };
    size_t at = en.len;

    while (at > 0 && en.len - at <= LONGEST &&
           (gb_is_upper(en.ptr[at - 1]) || gb_is_digit(en.ptr[at - 1]) || en.ptr[at - 1] == '-'))
        at--;
    size_t n = en.len - at;
    at = gb_skip_any_back(en, at, " ");
    if (n < 2 || n > LONGEST)
        return en.len;
    if (at > 1 && (en.ptr[at - 1] == ':' || en.ptr[at - 1] == ';'))
        return at - 1;
    struct gb_str head = gb_str_sub(en, 0, at);
    bool is_wide = gb_str_ends(head, GB_STR("：")) || gb_str_ends(head, GB_STR("；"));
    return is_wide && at > strlen("：") ? at - strlen("：") : en.len;
}

/* V2X, RFID: nothing but capitals and figures. */
static bool
is_short_form(struct gb_str s)
{
    GB_FIND(other, s.ptr, s.len, !gb_is_upper(*other) && !gb_is_digit(*other));
    return !other && s.len > 1 && gb_is_upper(s.ptr[0]);
}

/* Splits "旧书 used book" (or "旧书；二手书 used book") into designation and English. */
static void
set_designation(struct gb_builder *b, struct gb_node *term, const struct gb_text *line)
{
    size_t split = gb_split_foreign(line->str);
    struct gb_text zh = gb_text_slice(line, 0, split), en = gb_text_slice(line, split, line->str.len);
    zh = gb_text_trim(&zh);
    GB_WORDS(separators, "；", ";", "|");
    GB_WORDS(commas, "，", ",");
    if (split < line->str.len)
        zh = gb_text_slice(&zh, 0, zh.str.len - GB_END(zh.str, commas)); /* 旧书，used book */
    size_t end = zh.str.len;

    for (size_t i = 0; i < GB_COUNT(separators); i++) {
        size_t at = gb_str_find(zh.str, separators[i], 1);
        if (at != GB_NOT_FOUND && at < end)
            end = at;
    }
    if (end == zh.str.len)
        end = before_last_bracket(zh.str);
    if (end < zh.str.len)
        add_name(b, term, gb_text_slice(&zh, end, zh.str.len), GB_STR(""));
    term->title = gb_text_between(&zh, 0, end);
    en = gb_text_trim(&en);
    if (gb_str_starts(en.str, GB_STR("|")))
        en = gb_text_between(&en, 1, en.str.len);
    /* Further designations stand behind a semicolon, a short form in brackets at the end. */
    size_t colon = before_colon(en.str);
    if (colon < en.str.len) {
        size_t next;
        gb_utf8_at(en.str, colon, &next);
        add_name(b, term, gb_text_slice(&en, next, en.str.len), GB_STR("abbreviation"));
        en = gb_text_between(&en, 0, colon);
    }
    for (size_t i = 0; i < GB_COUNT(separators) - 1; i++) {
        size_t at = gb_str_find(en.str, separators[i], 0);
        if (at != GB_NOT_FOUND)
            en = gb_text_slice(&en, 0, at);
    }
    size_t short_form = before_short_form(en.str);
    if (short_form < en.str.len)
        add_name(b, term, gb_text_slice(&en, short_form, en.str.len), GB_STR("abbreviation"));
    term->en = gb_text_between(&en, 0, short_form);
    if (is_short_form(term->en.str)) /* 车用无线通信 V2X */
        add_name(b, term, term->en, GB_STR("abbreviation"));
}

/*
 * "旧书 used book 已被他人使用过的图书。" on one line: the length of the designation in both languages, and in *out_definition
 * where the definition begins; 0 when the line is not of this form.
 */
static size_t
behind_designation(struct gb_str line, size_t *out_definition)
{
    enum { LONGEST = 20 };
    size_t at = 0, han_end = 0, latin_end = 0, next;
    unsigned letters = 0;

    for (; at < line.len; at = next) {
        uint32_t c = gb_utf8_at(line, at, &next), narrow = gb_char_narrow(c);
        bool is_letter = gb_char_is_latin(c);
        if (gb_char_is_han(c) && letters == 0)
            han_end = next;
        else if (is_letter && han_end > 0)
            letters++, latin_end = next;
        else if (gb_char_is_han(c))
            break;
        else if (letters > 0 && (narrow == ';' || gb_is_digit(narrow))) /* train control; TC2 */
            latin_end = narrow == ';' ? latin_end : next;
        else if (!gb_char_is_space(c) && narrow != '-' && narrow != '\'')
            return 0;
    }
    if (letters < 3 || at >= line.len || at == latin_end || !gb_ends_with(line, "。]］") ||
        gb_str_han_length(gb_str_sub(line, 0, han_end)) > LONGEST || gb_str_han_length(gb_str_skip(line, at)) < 4)
        return 0;
    *out_definition = at;
    return latin_end;
}

/* The next unit that could be the designation of a term whose number stands alone. */
static size_t
designation_unit(const struct gb_builder *b, size_t i)
{
    struct gb_number_mark mark;
    size_t k = i;

    if (k < b->n && b->units[k].kind == GB_BLOCK_IMAGE) /* a mark of the print that a conversion took for a picture */
        k++;
    if (k >= b->n || !gb_unit_is_text(&b->units[k]))
        return b->n;
    struct gb_str line = b->units[k].text.str;
    if (line.len == 0)
        return b->n;
    /* A number at its head is part of the term (5G 网络 5G network), unless a clause begins with it. */
    if (gb_mark_number(line, &mark)) {
        bool is_chapter = mark.num.n == 1 && !mark.num.letter;
        if (!is_chapter || (mark.num.part[0] == b->last_chapter + 1u && !mark.is_glued && gb_opens_clause(b, k, &mark)))
            return b->n;
    }
    size_t definition;
    if (behind_designation(line, &definition) > 0)
        return k;
    if (gb_ends_with(line, "。；：") || gb_str_has(line, GB_STR("。")))
        return b->n;
    return gb_str_han_length(line) <= 50 ? k : b->n;
}

/* What stands in a source behind the code: ，3.4 or ，定义3.4. */
static void
set_source(struct gb_node *source, const struct gb_text *text)
{
    struct gb_identifier_shape shape;

    source->text = *text;
    if (!gb_identifier_next(text->str, 0, &shape))
        return;
    source->code = gb_text_slice(text, shape.begin, shape.end);
    size_t begin = shape.end;
    while (begin < text->str.len && !gb_is_digit(text->str.ptr[begin])) {
        /* an annex clause: A.1 */
        if (gb_is_upper(text->str.ptr[begin]) && begin + 1 < text->str.len && text->str.ptr[begin + 1] == '.')
            break;
        begin++;
    }
    size_t end = begin;
    while (end < text->str.len &&
           (gb_is_digit(text->str.ptr[end]) || text->str.ptr[end] == '.' || gb_is_upper(text->str.ptr[end])))
        end++;
    if (end > begin)
        source->number = gb_text_slice(text, begin, end);
}

void
gb_split_source(struct gb_builder *b, struct gb_node *para)
{
    static const char *const openings[] = {"[来源", "［来源", "【来源", "[", "［"};
    struct gb_text *text = &para->text;

    for (size_t i = 0; i < GB_COUNT(openings); i++) {
        struct gb_str opening = gb_str_from(openings[i]);
        size_t at = gb_str_find(text->str, opening, 0);
        if (at == GB_NOT_FOUND || at == 0)
            continue;
        /* The form of 2009 names the document alone, and stands at the end: [GB/T 1.1—2009，定义 3.4]. */
        bool is_bare = opening.len <= strlen("［");
        if (is_bare && (!gb_ends_with(text->str, "]］") || gb_mark_code(gb_str_skip(text->str, at + opening.len)) == 0))
            continue;
        struct gb_text tail = gb_text_slice(text, at, text->str.len), head = gb_text_slice(text, 0, at);
        struct gb_node *source = gb_add(b, para->parent, GB_NODE_SOURCE, para->encoding, &tail);
        set_source(source, &tail);
        para->text = gb_text_trim(&head);
        return;
    }
}

/* [来源：…], and in term entries the form of 2009: [GB/T 1.1—2009，定义 3.4]. */
static bool
reads_as_source(struct gb_str line, bool in_term)
{
    GB_WORDS(openings, "[来源", "［来源", "【来源");
    GB_WORDS(brackets, "[", "［");
    size_t bracket = GB_START(line, brackets);

    return GB_STARTS_ANY(line, openings) ||
           (in_term && bracket && gb_ends_with(line, "]］") && gb_mark_code(gb_str_skip(line, bracket)) > 0);
}

bool
gb_is_source(const struct gb_builder *b, const struct gb_unit *u)
{
    bool in_term = b->at && b->at->kind == GB_NODE_TERM;

    return u->kind == GB_BLOCK_SOURCE || reads_as_source(u->text.str, in_term);
}

bool
gb_take_source(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];

    if (!gb_is_source(b, u))
        return false;
    struct gb_node *source = gb_add(b, b->at, GB_NODE_SOURCE, gb_unit_encoding(u), &u->text);
    set_source(source, &u->text);
    b->i++;
    return true;
}

static struct gb_number
next_term_number(const struct gb_builder *b)
{
    struct gb_number num = b->terms->num;

    if (num.n < GB_MAX_COMPONENTS)
        num.part[num.n++] = (uint16_t)(b->terms->last_part + 1);
    return num;
}

/* 3.1 通用术语, and below it 旧书  used book: the first of its entries, which have no numbers. */
static bool
groups_bare_terms(const struct gb_builder *b, struct gb_str title, size_t below)
{
    GB_WORDS(ends, "术语", "概念");

    if (!GB_ENDS_ANY(title, ends) || below >= b->n ||
        (!gb_unit_is_line(&b->units[below]) && b->units[below].kind != GB_BLOCK_CODE))
        return false;
    struct gb_str line = b->units[below].text.str;
    size_t split = gb_split_foreign(line);
    return split > 0 && split < line.len && !gb_ends_sentence(line);
}

bool
gb_is_group_of_terms(const struct gb_builder *b, size_t i, const struct gb_number_mark *mark)
{
    struct gb_str title = gb_str_skip(b->units[i].text.str, mark->rest);
    size_t below = i + 1;
    bool is_split = title.len == 0 && below < b->n && gb_unit_is_text(&b->units[below]);

    enum gb_fixed_title fixed = gb_mark_fixed(is_split ? b->units[below].text.str : title);
    bool is_of_units = gb_str_is(gb_str_trim(title), "计量单位"); /* beside 术语, in specifications of metrology */
    if (is_of_units || fixed == GB_FIXED_TERMS || fixed == GB_FIXED_SYMBOLS || fixed == GB_FIXED_TERMS_SYMBOLS)
        return true;
    if (title.len == 0)
        return false;
    if (gb_split_foreign(title) < title.len || !gb_looks_like_title(title))
        return false;
    if (groups_bare_terms(b, title, below))
        return true;
    /* The next number is its child. */
    for (size_t k = i + 1; k < b->n && k < i + 8; k++) {
        const struct gb_unit *u = &b->units[k];
        struct gb_number_mark next;
        if (gb_unit_is_text(u) && gb_mark_number(u->text.str, &next))
            return gb_number_is_child(&next.num, &mark->num);
    }
    return false;
}

/* A short line below the one at `i`, in its paragraph: another designation of the same term. */
static bool
is_other_designation(const struct gb_builder *b, size_t i, size_t k)
{
    enum { LONGEST = 20 };
    struct gb_number_mark mark;

    return k < b->n && b->units[k].block == b->units[i].block && gb_str_han_length(b->units[k].text.str) <= LONGEST &&
           !gb_ends_with(b->units[k].text.str, "。；：，]］") && !gb_opens_clause(b, k, &mark);
}

static bool
is_definition(const struct gb_builder *b, size_t k)
{
    return k < b->n && gb_unit_is_line(&b->units[k]) && gb_ends_with(b->units[k].text.str, "。]］");
}

/* Below the line stands its definition, perhaps behind another designation. */
static bool
definition_follows(const struct gb_builder *b, size_t i)
{
    size_t k = i + 1;

    return is_definition(b, is_other_designation(b, i, k) ? k + 1 : k);
}

/* A term entry whose line holds no number: heading, bold line, {术语：…}, or a bare line "旧书  used book". */
static bool
is_bare_term(const struct gb_builder *b, struct gb_text *line, enum gb_encoding *encoding)
{
    const struct gb_unit *u = &b->units[b->i];
    size_t colon_len;

    *line = u->text;
    *encoding = gb_unit_encoding(u);
    if (u->is_quoted || u->text.str.len == 0)
        return false;
    /* Between a term whose number is written and its definition: another designation of it. */
    if (b->at->kind == GB_NODE_TERM && !(b->at->flags & GB_NODE_GIVEN) && b->at->title.str.len && !b->at->first)
        return false;
    if (gb_str_starts(u->text.str, GB_STR("{术语"))) {
        size_t colon = find_colon(u->text.str, &colon_len), close = gb_str_find(u->text.str, GB_STR("}"), 0);
        if (colon == GB_NOT_FOUND || close == GB_NOT_FOUND || close < colon)
            return false;
        *line = gb_text_slice(&u->text, colon + colon_len, close);
        *line = gb_text_trim(line);
        *encoding = GB_ENCODING_MARKER;
        return true;
    }
    if (gb_unit_is_heading(u)) /* a conversion raises the source of a term to a heading, too */
        return !gb_ends_sentence(u->text.str) && !reads_as_source(u->text.str, true);
    if (u->item) {
        /* "1. 旧书 used book：已被…": an ordered item that defines. */
        size_t colon = find_colon(u->text.str, &colon_len);
        return u->starts_item && (u->item->parent->flags & GB_BLOCK_ORDERED) && u->list_level == 1 &&
               colon != GB_NOT_FOUND && gb_split_foreign(gb_str_sub(u->text.str, 0, colon)) < colon;
    }
    if (!u->is_first && !u->after_hard_break)
        return false;
    if (u->block->flags & GB_BLOCK_BOLD)
        return gb_looks_like_title(u->text.str) || gb_split_foreign(u->text.str) < u->text.str.len;
    size_t split = gb_split_foreign(u->text.str);
    if (split >= u->text.str.len || gb_ends_sentence(u->text.str) || gb_str_has(u->text.str, GB_STR("，")) ||
        gb_str_han_length(gb_str_sub(u->text.str, 0, split)) > 20 || gb_mark_code(u->text.str) > 0)
        return false;
    return definition_follows(b, b->i);
}

/* The English on a line of its own, below the designation. */
static void
take_foreign_line(struct gb_builder *b, struct gb_node *term)
{
    if (term->en.str.len || b->i >= b->n)
        return;
    const struct gb_unit *u = &b->units[b->i];
    if (gb_unit_is_text(u) && gb_is_foreign(u->text.str) && !gb_ends_sentence(u->text.str)) {
        term->en = u->text;
        b->i++;
    }
}

/* The number of a term as it is written: in the text, as a label, or not at all. `line`: what stands behind it. */
static void
set_term_number(struct gb_builder *b, struct gb_node *term, const struct gb_number_mark *mark,
                const struct gb_text *line)
{
    const struct gb_unit *u = &b->units[b->i];

    if (mark && mark->end > mark->begin) {
        term->number = gb_text_slice(&u->text, mark->begin, mark->end);
        if (mark->is_glued && line->str.len)
            term->encoding = GB_ENCODING_GLUED;
    } else if (mark && u->block->label.str.len) {
        term->number = u->block->label;
        term->flags |= u->block->flags & GB_BLOCK_COUNTED ? GB_NODE_GIVEN : 0u;
    } else {
        term->number = gb_given(b, gb_number_text(&term->num, b->arena));
        term->flags |= GB_NODE_GIVEN;
    }
}

/* The line is the designation and, from `behind` on, the term's first paragraph. */
static void
part_line(struct gb_builder *b, struct gb_node *term, const struct gb_text *line, size_t end, size_t behind)
{
    struct gb_unit *u = &b->units[b->i];
    struct gb_text designation = gb_text_slice(line, 0, end), definition = gb_text_slice(line, behind, line->str.len);

    set_designation(b, term, &designation);
    u->text = gb_text_trim(&definition);
    u->starts_item = false;
    u->is_first = true;
    gb_take_paragraph(b, term);
}

/* The designation, alone on the line or with the definition behind it, and what stands below. */
static void
take_designation(struct gb_builder *b, struct gb_node *term, const struct gb_text *line)
{
    const struct gb_unit *u = &b->units[b->i];
    size_t behind, colon_len, end = behind_designation(line->str, &behind);

    if (end > 0) {
        part_line(b, term, line, end, behind);
        return;
    }
    if (!(term->flags & GB_NODE_SPLIT)) { /* number, term and definition on one line */
        size_t colon = find_colon(line->str, &colon_len);
        bool is_short_form = before_colon(line->str) == colon && gb_split_foreign(line->str) < colon;
        if (colon != GB_NOT_FOUND && colon > 0 && colon + colon_len < line->str.len && !is_short_form) {
            part_line(b, term, line, colon, colon + colon_len);
            return;
        }
    }
    set_designation(b, term, line);
    if (!(term->flags & GB_NODE_SPLIT) && !term->en.str.len && u->block->en.str.len)
        term->en = u->block->en;
    b->i++;
    take_foreign_line(b, term);
    if (is_other_designation(b, b->i - 1, b->i) && is_definition(b, b->i + 1)) {
        gb_add_para(b, term, &b->units[b->i].text, gb_unit_encoding(&b->units[b->i]));
        b->i++;
    }
}

bool
gb_take_term(struct gb_builder *b, const struct gb_number_mark *mark)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_text line = u->text;
    enum gb_encoding encoding = gb_unit_encoding(u);
    struct gb_node *terms = b->terms;
    struct gb_number num;

    if (terms->role == GB_ROLE_SYMBOLS)
        return false;
    if (mark) {
        num = mark->num;
        if (b->n_open == 0)
            return false;
        line = gb_text_slice(&u->text, mark->rest, u->text.str.len);
    } else {
        if (!is_bare_term(b, &line, &encoding))
            return false;
        num = next_term_number(b);
    }
    struct gb_node *term = gb_open_clause(b, GB_NODE_TERM, &num, &u->text, encoding);
    b->terms = terms;
    term->depth = gb_unit_is_heading(u) ? u->block->level : 0;
    set_term_number(b, term, mark, &line);
    if (line.str.len == 0) {
        b->i++;
        size_t k = designation_unit(b, b->i);
        if (k == b->n)
            return true;
        line = b->units[k].text;
        term->flags |= GB_NODE_SPLIT;
        b->i = k;
    }
    take_designation(b, term, &line);
    return true;
}

/* 注：…, 示例：… typed in a paragraph of an element. */
static bool
take_typed_aside(struct gb_builder *b, struct gb_node *term, const struct gb_block *part)
{
    struct gb_note_mark mark;

    if (part->kind != GB_BLOCK_PARA || !gb_mark_note(part->text.str, &mark) || !mark.has_colon)
        return false;
    struct gb_block para = *part;
    para.next = NULL;
    gb_add_aside(b, term,
                 &(struct gb_block){.kind = mark.is_example ? GB_BLOCK_EXAMPLE : GB_BLOCK_NOTE,
                                    .span = part->span,
                                    .first = &para});
    return true;
}

/* What a glossentry holds beside its name. */
static void
take_term_part(struct gb_builder *b, struct gb_node *term, const struct gb_block *part)
{
    if (part->kind == GB_BLOCK_SOURCE || (part->kind == GB_BLOCK_PARA && reads_as_source(part->text.str, true))) {
        struct gb_node *source = gb_add(b, term, GB_NODE_SOURCE, GB_ENCODING_ELEMENT, &part->text);
        set_source(source, &part->text);
    } else if (part->kind == GB_BLOCK_DESIGNATION) {
        if (!gb_str_is(part->info.str, "en"))
            add_name(b, term, part->text, part->info.str);
        else if (!term->en.str.len)
            term->en = part->text;
    } else if (part->kind == GB_BLOCK_NOTE || part->kind == GB_BLOCK_EXAMPLE) {
        gb_add_aside(b, term, part);
    } else if (!take_typed_aside(b, term, part)) {
        struct gb_block one = *part;
        one.next = NULL;
        gb_place_blocks(b, term, &one);
        if (term->last && term->last->kind == GB_NODE_PARA)
            gb_split_source(b, term->last);
    }
}

/* glossentry of DocBook. */
void
gb_take_term_element(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    const struct gb_block *block = u->block;
    struct gb_number num = {0};
    struct gb_node *terms = b->terms;

    if (!terms || terms->role == GB_ROLE_SYMBOLS) { /* a list of abbreviations */
        struct gb_node *abbr = gb_add(b, b->at, GB_NODE_ABBR, GB_ENCODING_ELEMENT, &block->text);
        abbr->title = block->text;
        if (block->first && block->first->kind == GB_BLOCK_PARA)
            abbr->text = block->first->text;
        b->i++;
        return;
    }
    if (block->label.str.len == 0 || !gb_parse_single(block->label.str, &num))
        num = next_term_number(b);
    struct gb_node *term = gb_open_clause(b, GB_NODE_TERM, &num, &block->text, GB_ENCODING_ELEMENT);
    b->terms = terms;
    term->number = block->label.str.len ? block->label : gb_given(b, gb_number_text(&num, b->arena));
    if (!block->label.str.len || (block->flags & GB_BLOCK_COUNTED))
        term->flags |= GB_NODE_GIVEN;
    set_designation(b, term, &block->text);
    if (block->en.str.len)
        term->en = block->en;
    for (const struct gb_block *part = block->first; part; part = part->next)
        take_term_part(b, term, part);
    b->i++;
}

/* ── abbreviations and symbols ─────────────────────────────────────────── */

/* A short form: Latin or Greek letters, digits, indexes, a few marks; ends at a colon, semicolon, dash or blank. */
static size_t
short_form_length(struct gb_str line)
{
    size_t at = 0, end = 0;
    bool letter = false;

    while (at < line.len && at < 40) {
        size_t next;
        uint32_t c = gb_char_narrow(gb_utf8_at(line, at, &next));
        bool is_letter = gb_is_letter(c) || (c >= 0x370 && c <= 0x3FF);
        bool is_mark = gb_is_digit(c) || c == '-' || c == '/' || c == '.' || c == '_' || c == '&' || c == '+' ||
                       c == '$' || c == '{' || c == '}' || c == '\\' || c == '^' || c == '(' || c == ')' ||
                       (c >= U'⁰' && c <= U'ₜ') || c == U'¹' || c == U'²' || c == U'³' || c == U'′';
        if (!is_letter && !is_mark)
            break;
        letter = letter || is_letter;
        end = next;
        at = next;
    }
    return letter ? end : 0;
}

/* Does the line below a short form that stands alone say what it is short for? */
static bool
meaning_follows(const struct gb_builder *b, size_t i)
{
    const struct gb_unit *u = &b->units[i], *next = i + 1 < b->n ? u + 1 : NULL;

    return next && next->block == u->block &&
           short_form_length(next->text.str) < next->text.str.len && gb_str_han_length(next->text.str) > 1 &&
           !gb_is_structural(b, i + 1);
}

/* A short form behind the lead-in, alone on its line or before a colon or dash: the paragraph ends before it. */
bool
gb_opens_abbreviation(const struct gb_builder *b, size_t i)
{
    GB_WORDS(separators, "：", ":", "——");
    const struct gb_node *clause = b->at;
    struct gb_str line = b->units[i].text.str;

    if (!clause || clause->kind != GB_NODE_CLAUSE ||
        (clause->role != GB_ROLE_SYMBOLS && clause->role != GB_ROLE_TERMS_SYMBOLS) || i == 0 ||
        !gb_ends_with(b->units[i - 1].text.str, "。："))
        return false;
    size_t end = short_form_length(line);
    return end > 0 && (end == line.len ? meaning_follows(b, i) : GB_STARTS_ANY(gb_str_skip(line, end), separators));
}

/* …（Check code / for books）: the line in which the bracket is closed. */
static void
take_rest_of_bracket(struct gb_builder *b, struct gb_node *abbr)
{
    const struct gb_unit *last = &b->units[b->i - 1], *u = b->i < b->n ? &b->units[b->i] : NULL;
    struct gb_text joined;

    if (!u || u->block != last->block || !gb_unit_is_line(u) || !gb_has_open_bracket(abbr->text.str))
        return;
    joined = gb_text_join(b->arena, &abbr->text, &u->text, "\n");
    if (gb_has_open_bracket(joined.str))
        return;
    abbr->text = joined;
    b->i++;
}

static bool
take_abbreviation_of_two_lines(struct gb_builder *b, const struct gb_text *short_form)
{
    const struct gb_unit *u = &b->units[b->i];
    struct gb_node *abbr = gb_add(b, b->at, GB_NODE_ABBR, gb_unit_encoding(u), &u->text);

    abbr->title = *short_form;
    abbr->text = u[1].text;
    abbr->flags |= GB_NODE_SPLIT;
    b->i += 2;
    take_rest_of_bracket(b, abbr);
    return true;
}

/* Used Book Identifier, which stands for itself on its line: the short form is on another one. */
static bool
is_first_word(struct gb_str line, size_t end)
{
    size_t at = 1;

    while (at < end && gb_is_lower(line.ptr[at]))
        at++;
    return at == end && end > 2 && gb_is_upper(line.ptr[0]) && gb_is_foreign(line);
}

bool
gb_take_abbreviation(struct gb_builder *b)
{
    const struct gb_unit *u = &b->units[b->i];
    const struct gb_node *clause = b->at;
    GB_WORDS(separators, "：", ":", "；", ";", "——", "—", "–", "=", "|", "－", "（", "(");

    if (!clause || clause->kind != GB_NODE_CLAUSE || u->is_quoted)
        return false;
    if (clause->role != GB_ROLE_SYMBOLS && clause->role != GB_ROLE_TERMS_SYMBOLS)
        return false;
    struct gb_item_mark item;
    bool has_mark = gb_mark_item(u->text.str, &item), is_alpha = has_mark && item.form == GB_ITEM_ALPHA;
    bool is_item = has_mark && !is_alpha; /* a) t is a list, R) a symbol */
    size_t skip = is_item ? item.rest : 0;
    struct gb_text line = gb_text_slice(&u->text, skip, u->text.str.len);
    size_t end = short_form_length(line.str);
    if (is_alpha && end == item.end && gb_is_lower(line.str.ptr[item.begin]))
        return false;
    if (end > 0 && end == line.str.len && meaning_follows(b, b->i))
        return take_abbreviation_of_two_lines(b, &line);
    if (end == 0 || end >= line.str.len)
        return false;
    bool has_colon = line.str.ptr[end] == ':' || gb_str_starts(gb_str_skip(line.str, end), GB_STR("："));
    if (!has_colon && gb_mark_code(line.str) > end) /* GB/T 1.1—2020 界定的… */
        return false;
    GB_WORDS(blanks, " ", "\t", "　");
    size_t at = GB_SKIP(line.str, end, blanks), text = at;
    for (size_t i = 0; i < GB_COUNT(separators); i++) {
        if (gb_str_starts(gb_str_skip(line.str, at), separators[i])) {
            text = at + (i < GB_COUNT(separators) - 2 ? separators[i].len : 0);
            break;
        }
    }
    if (text == end) /* no separator, no blank: a word that goes on in Chinese */
        return false;
    if (text == at && is_first_word(line.str, end))
        return false;
    struct gb_node *abbr = gb_add(b, b->at, GB_NODE_ABBR, gb_unit_encoding(u), &u->text);
    abbr->title = gb_text_slice(&line, 0, end);
    if (is_item && item.form == GB_ITEM_DIGIT)
        abbr->marker = gb_text_slice(&u->text, item.begin, item.end);
    else if (!has_mark && abbr->encoding == GB_ENCODING_ORDERED && u->starts_item)
        abbr->marker = u->item->label;
    abbr->text = gb_text_between(&line, text, line.str.len);
    b->i++;
    take_rest_of_bracket(b, abbr);
    return true;
}
