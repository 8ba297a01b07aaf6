/*
 * Signs in the source that a part stands there which the reader did not take for one: what is mentioned is then not missing. They
 * are looked for only where a number has no target.
 */
#include "check/references/lost_parts_priv.h"

/* Marks of the markup that may stand before a head on its line. */
static bool
is_line_mark(uint32_t c)
{
    return c && c < 0x80 && strchr("#*_>|-[!({` \t\"", (int)c);
}

/* Dots, and what conversions make of them. */
static bool
is_dot(uint32_t c)
{
    return c == '.' || c == ',' || c == ' ' || c == 0x00B7 || c == U'。' || c == U'、';
}

/* The number at `at`, with its dots in whatever form, or with none at all (511 for 5.1.1). */
static bool
is_number_at(struct gb_str s, size_t at, struct gb_str number)
{
    size_t k = 0, next = at;
    bool has_dots = false, lacks_dots = false;

    while (k < number.len && at < s.len) {
        uint32_t c = gb_char_narrow(gb_utf8_at(s, at, &next));
        if (c == (unsigned char)number.ptr[k] && c != '.') {
            k++;
            at = next;
        } else if (number.ptr[k] == '.' && is_dot(c)) {
            while (at < s.len && is_dot(gb_char_narrow(gb_utf8_at(s, at, &next))))
                at = next;
            has_dots = true;
            k++;
        } else if (number.ptr[k] == '.' && gb_char_digit(c) >= 0) {
            lacks_dots = true;
            k++;
        } else {
            return false;
        }
    }
    if (k < number.len || (has_dots && lacks_dots))
        return false;
    uint32_t behind = at < s.len ? gb_char_narrow(gb_utf8_at(s, at, &next)) : ' ';
    return gb_char_digit(behind) < 0 && behind != ')' &&
           !(behind == '.' && next < s.len && gb_char_digit(gb_utf8_at(s, next, &next)) >= 0);
}

/* Words that make a number at the head of a line a mention. */
static bool
is_mention_behind(struct gb_str s)
{
    GB_WORDS(words, "给", "规", "列", "所", "中", "的", "和", "、", "至", "～", "为", "是", "显", "描", "提", "表",
             "说", "示");

    return GB_STARTS_ANY(gb_str_trim(s), words);
}

/* Does the line at `at` go on a sentence that asks for what stands at its head: 尺寸见 / 图9。? */
static bool
goes_on_mention(struct gb_str s, size_t at)
{
    GB_WORDS(words, "见", "按", "照", "据", "合", "循", "由", "如", "在", "于", "入", "和", "与", "及", "或", "、",
             "至", "～", "（");

    if (at == 0 || s.ptr[at - 1] != '\n')
        return false;
    at -= at > 1 && s.ptr[at - 2] == '\r' ? 2 : 1;
    return GB_ENDS_ANY(gb_str_sub(s, 0, at), words);
}

/* Is the line all that stands behind the tag of a cell? */
static bool
is_of_cell(struct gb_str s, size_t line)
{
    enum { LONGEST_TAG = 100 };
    size_t end = gb_skip_any_back(s, line, " \t\r\n"), at = end;

    while (at > 0 && end - at < LONGEST_TAG && s.ptr[at - 1] != '<')
        at--;
    return end > 0 && s.ptr[end - 1] == '>' && GB_STARTS_WITH(gb_str_skip(s, at), "entry", "td", "th");
}

/* Does a line begin with the number that is no row of a table, and no cell? */
bool
gb_number_begins_text_line(const struct gb_check *c, const struct gb_number *num)
{
    const struct gb_source *source = c->doc->source;
    struct gb_str number = gb_number_text(num, c->arena);

    for (uint32_t i = 0; i < source->n_files; i++) {
        struct gb_str s = source->files[i].text;
        for (size_t at = 0; at < s.len;) {
            size_t end = gb_str_find(s, GB_STR("\n"), at);
            end = end == GB_NOT_FOUND ? s.len : end;
            size_t line = at;
            while (at < end && is_line_mark((unsigned char)s.ptr[at]))
                at++;
            if (at < end && s.ptr[at] != '|' && s.ptr[at] != '<' && is_number_at(s, at, number) &&
                !goes_on_mention(s, line) && !is_of_cell(s, line))
                return true;
            at = end + 1;
        }
    }
    return false;
}

/* Does a line, a cell or a sentence begin with the number? Then the part is there, and the reader did not take its head for one. */
bool
gb_number_begins_line(const struct gb_check *check, const struct gb_number *num)
{
    const struct gb_source *source = check->doc->source;
    struct gb_str number = gb_number_text(num, check->arena);

    for (uint32_t i = 0; i < source->n_files; i++) {
        struct gb_str s = source->files[i].text;
        bool is_start = true;
        size_t line = 0; /* where it began, or the cell or sentence */
        for (size_t at = 0, next; at < s.len; at = next) {
            uint32_t c = gb_utf8_at(s, at, &next);
            if (c == '\n' || c == '\r' || c == '>' || c == '|' || c == U'。' || c == U'；') {
                is_start = true;
                line = next;
            } else if (is_start && !is_line_mark(c) && !gb_char_is_space(c)) {
                is_start = false;
                if (c == U'第') /* 第9章 */
                    at = next;
                if (at < s.len && gb_char_narrow(gb_utf8_at(s, at, &next)) == (unsigned char)number.ptr[0] &&
                    is_number_at(s, at, number) && !goes_on_mention(s, line) &&
                    (num->n > 1 || num->letter || !is_mention_behind(gb_str_skip(s, at + number.len))))
                    return true;
            }
        }
    }
    return false;
}

/* A line that begins with 附录 and the letter, or 图, 表 and the number, whatever marks of the markup stand before it: a head or caption. */
bool
gb_head_stands(const struct gb_check *check, struct gb_str word, const struct gb_number *num)
{
    const struct gb_source *source = check->doc->source;
    struct gb_str number = gb_number_text(num, check->arena);

    for (uint32_t i = 0; i < source->n_files; i++) {
        struct gb_str s = source->files[i].text;
        GB_EACH_FOUND(at, s, word, 0) {
            size_t begin = at, end = at + word.len, k = 0;
            while (begin > 0 && is_line_mark((unsigned char)s.ptr[begin - 1]))
                begin--;
            if (begin > 0 && s.ptr[begin - 1] != '\n')
                continue;
            for (size_t next; end < s.len && k < number.len; end = next) { /* A . 1 */
                uint32_t c = gb_char_narrow(gb_utf8_at(s, end, &next));
                if (c == (unsigned char)number.ptr[k])
                    k++;
                else if (!gb_char_is_space(c) || c == '\n')
                    break;
            }
            if (k == number.len && (end == s.len || gb_char_digit((unsigned char)s.ptr[end]) < 0) &&
                !goes_on_mention(s, begin) && !is_mention_behind(gb_str_skip(s, end)))
                return true;
        }
    }
    return false;
}

/* （3） at the end of a line, or after \tag: a formula's number that the reader did not tie to a formula. */
bool
gb_formula_number_stands(const struct gb_check *c, const struct gb_number *num)
{
    struct gb_str number = gb_number_text(num, c->arena);
    const struct gb_source *source = c->doc->source;

    for (uint32_t i = 0; i < source->n_files; i++) {
        struct gb_str s = source->files[i].text;
        for (size_t at = gb_str_find(s, number, 0); at != GB_NOT_FOUND; at = gb_str_find(s, number, at + 1)) {
            size_t end = at + number.len;
            struct gb_str head = gb_str_sub(s, 0, at), tail = gb_str_skip(s, end);
            bool opens = GB_ENDS_WITH(head, "（", "(", "{", "( ");
            size_t close = gb_str_starts(tail, GB_STR("）"))        ? strlen("）")
                           : tail.len && strchr(")} ", tail.ptr[0]) ? 1
                                                                    : 0;
            struct gb_str behind = gb_str_skip(tail, close);
            behind = gb_str_skip(behind, gb_skip_any(behind, 0, " $)}"));
            if (opens && close &&
                (behind.len == 0 || behind.ptr[0] == '\n' || behind.ptr[0] == '\r' || behind.ptr[0] == '<'))
                return true;
        }
    }
    return false;
}

/* The last formula with the number, whose last part is `part`; NULL: there is none. */
static const struct gb_node *
formula_with(const struct gb_nodes *formulas, const struct gb_number *num, unsigned part)
{
    const struct gb_node *found = NULL;

    for (uint32_t i = 0; i < formulas->n; i++) {
        const struct gb_number *own = &formulas->items[i]->num;
        if (own->n == num->n && own->letter == num->letter && own->part[own->n - 1] == part)
            found = formulas->items[i];
    }
    return found;
}

bool
gb_formula_is_lost(const struct gb_check *c, const struct gb_number *num)
{
    const struct gb_nodes *legends = &c->facts->of_kind[GB_NODE_WHERE], *formulas = &c->facts->of_kind[GB_NODE_FORMULA];
    unsigned part = num->n ? num->part[num->n - 1] : 0;
    const struct gb_node *first = part ? formula_with(formulas, num, part - 1) : NULL;
    const struct gb_node *last = part ? formula_with(formulas, num, part + 1) : NULL;

    for (uint32_t i = 0; part && i < legends->n; i++) {
        const struct gb_node *where = legends->items[i], *before = where->prev;
        while (before && before->kind == GB_NODE_COMMENT)
            before = before->prev;
        bool is_between = (!first || where->id > first->id) && (!last || where->id < last->id);
        bool is_known = before && before->kind == GB_NODE_FORMULA && (before->num.n || before->text.str.len);
        if (is_between && !is_known)
            return true;
    }
    return false;
}

/* b） or b) anywhere in the text of the clause: a list that is no list in the tree. */
bool
gb_marker_stands(const struct gb_check *c, const struct gb_node *clause, uint16_t marker)
{
    const struct gb_node *behind = gb_node_walk_past(clause, c->doc->root);
    struct gb_span span = {clause->span.begin, behind ? behind->span.begin : clause->span.begin};

    if (!behind || span.end <= span.begin || marker < 'a')
        return true;
    struct gb_str s = gb_source_text(c->doc->source, span);
    for (size_t at = 0; at + 1 < s.len; at++) {
        if (s.ptr[at] != (char)marker || (at > 0 && gb_char_is_latin((unsigned char)s.ptr[at - 1])))
            continue;
        struct gb_str rest = gb_str_skip(s, at + 1);
        if (GB_STARTS_WITH(rest, ")", "）", ".", " )"))
            return true;
    }
    return false;
}
