/* Numbers on the cover and their form: COV-002 to COV-005, COV-019. */
#include "check/front/cover_priv.h"

#include "doc/identifier.h"

/* Half width, each run of blanks as one, none at the ends. */
static struct gb_str
narrow(struct gb_str s, struct gb_buf *out)
{
    out->len = 0;
    for (size_t at = 0; at < s.len;) {
        uint32_t c = gb_char_narrow(gb_utf8_at(s, at, &at));
        char bytes[4];
        if (gb_char_is_invisible(c))
            continue;
        if (gb_char_is_space(c)) {
            if (out->len && out->ptr[out->len - 1] != ' ')
                gb_buf_add_char(out, ' ');
            continue;
        }
        gb_buf_add(out, (struct gb_str){bytes, gb_utf8_put(bytes, c)});
    }
    return gb_str_trim(gb_buf_str(out));
}

/* To be filled in later, or damaged: letters where digits belong. */
static bool
is_not_given(struct gb_str value)
{
    bool is_class_x = value.len > 1 && value.ptr[0] == 'X' && gb_is_digit(value.ptr[1]); /* X 55: food */

    for (size_t at = is_class_x ? 1 : 0; at < value.len;) {
        uint32_t c = gb_utf8_at(value, at, &at);
        if (c == 0xD7 || c == '*' || c == 'X' || c == 'x' || gb_char_is_han(c))
            return true;
    }
    return false;
}

/* The words of the line up to the end of the field: with its label. */
static struct gb_text
with_label(const struct gb_text *line, const struct gb_text *field)
{
    struct gb_text all = gb_text_slice(line, 0, field->off - line->off + field->str.len);

    return gb_text_trim(&all);
}

/* ---- COV-002: ICS ---- */

enum form { FORM_RIGHT, FORM_SPACED, FORM_SEPARATOR, FORM_FIELD, FORM_WRONG };

/* 03, 03.080, 03.080.30 */
static bool
is_ics(struct gb_str s)
{
    static const size_t lengths[] = {2, 6, 9};

    for (size_t i = 0; i < s.len; i++) {
        if (i == 2 || i == 6 ? s.ptr[i] != '.' : !gb_is_digit(s.ptr[i]))
            return false;
    }
    return GB_ANY(GB_ITEMS(length, lengths, GB_COUNT(lengths)), s.len == *length);
}

static bool
is_known_field(struct gb_check *c, struct gb_str number)
{
    const struct gb_str *fields;
    size_t n = gb_param_words(c, "fields", &fields);

    return n == 0 || gb_str_is_any(gb_str_sub(number, 0, 2), fields, n);
}

/* Length of a mark that stands where the dot should. */
static size_t
wrong_dot(struct gb_str s)
{
    GB_WORDS(marks, "-", "—", "–", "·", "。", "_", ":");

    return GB_START(s, marks);
}

/* Judges one number and appends its right form. */
static enum form
form_of_ics(struct gb_check *c, struct gb_str s, struct gb_buf *right)
{
    size_t begin = right->len;
    enum form form = FORM_RIGHT;

    for (size_t i = 0; i < s.len;) {
        size_t mark = wrong_dot(gb_str_skip(s, i));
        if (mark) {
            gb_buf_add_char(right, '.');
            form = FORM_SEPARATOR;
        } else if (s.ptr[i] == ' ') {
            form = form == FORM_RIGHT ? FORM_SPACED : form;
        } else {
            gb_buf_add_char(right, s.ptr[i]);
        }
        i += mark ? mark : 1;
    }
    struct gb_str number = {right->ptr + begin, right->len - begin};
    if (!is_ics(number))
        return FORM_WRONG;
    return is_known_field(c, number) ? form : FORM_FIELD;
}

/* The next of several numbers: they are parted by ; , 、 / or a blank that no dot stands beside. */
static bool
next_number(struct gb_str *rest, struct gb_str *out)
{
    GB_WORDS(parting, ";", ",", "、", "/");
    struct gb_str s = gb_str_trim(*rest);

    for (size_t i = 0; i < s.len; i++) {
        size_t len = GB_START(gb_str_skip(s, i), parting);
        if (!len && s.ptr[i] == ' ' && is_ics(gb_str_sub(s, 0, i)) && i + 1 < s.len && gb_is_digit(s.ptr[i + 1]) &&
            is_ics(gb_str_sub(s, i + 1, i + 1 + i)))
            len = 1;
        if (!len)
            continue;
        *out = gb_str_trim(gb_str_sub(s, 0, i));
        *rest = gb_str_skip(s, i + len);
        return true;
    }
    *out = s;
    *rest = (struct gb_str){s.ptr, 0};
    return s.len > 0;
}

static void
judge_ics(struct gb_check *c, const struct gb_node *node, const struct gb_text *text, bool has_label)
{
    static const char *const cases[] = {[FORM_SPACED] = "spacing", [FORM_FIELD] = "field", [FORM_WRONG] = NULL};
    struct gb_buf scratch = {0}, right = {0};
    struct gb_str rest = narrow(text->str, &scratch), number;
    enum form worst = FORM_RIGHT;

    if (gb_str_starts(rest, GB_STR("ICS"))) {
        rest = gb_str_skip(rest, 3);
        gb_buf_puts(&right, "ICS ");
        if (has_label && rest.len && rest.ptr[0] == ':')
            worst = FORM_SEPARATOR;
        else if (has_label && rest.len && rest.ptr[0] != ' ')
            worst = FORM_SPACED;
        rest = gb_str_skip(rest, gb_skip_any(rest, 0, ": "));
    }
    bool is_given = rest.len && gb_is_digit(rest.ptr[0]) && !is_not_given(rest);
    for (unsigned n = 0; is_given && next_number(&rest, &number); n++) {
        is_given = !GB_ANY(GB_ITEMS(byte, number.ptr, number.len), gb_is_upper(*byte));
        if (n > 0)
            gb_buf_puts(&right, "；");
        enum form form = form_of_ics(c, number, &right);
        worst = form > worst ? form : worst;
    }
    if (is_given && worst != FORM_RIGHT) {
        struct gb_str proposal = gb_buf_take(&right, c->arena);
        struct gb_at at = gb_at_text(text);
        struct gb_finding *f = gb_report_case(c, cases[worst], at, node, GB_ARGS(text->str, proposal));
        if (worst == FORM_SPACED || worst == FORM_SEPARATOR)
            gb_fix(c, f, at.span, proposal);
    }
    gb_buf_release(&scratch);
    gb_buf_release(&right);
}

/* Source: GB/T 1.1—2020, 8.1 and 10.3.1.5. Each line that bears such numbers. */
static void
check_ics(struct gb_check *c)
{
    const struct gb_cover_view *view = gb_cover_view(c);

    if (!view->node || !view->cover->ics.str.len)
        return;
    const struct gb_text *field = &view->cover->ics, *line = gb_cover_line(view, field);
    struct gb_text first = line ? with_label(line, field) : *field;
    judge_ics(c, view->node, &first, line != NULL);
    for (const struct gb_node *n = view->node->first; n; n = n->next) {
        if (&n->text != line && n->kind == GB_NODE_PARA && gb_str_starts(n->text.str, GB_STR("ICS")))
            judge_ics(c, view->node, &n->text, true);
    }
}

/* Source: the rules of the ICS: 01.040 holds vocabularies. */
static void
check_ics_group(struct gb_check *c)
{
    const struct gb_cover_view *view = gb_cover_view(c);
    GB_WORDS(words, "术语", "词汇", "名词", "词典");

    if (!view->node)
        return;
    const struct gb_text *ics = &view->cover->ics;
    const struct gb_node *node;
    const struct gb_text *title = gb_draft_title(c->facts, &node);
    size_t at = gb_str_find(ics->str, GB_STR("01.040"), 0);
    if (at == GB_NOT_FOUND || !title || GB_HAS_ANY(title->str, words))
        return;
    size_t end = gb_skip_any(ics->str, at, "0123456789.");
    gb_report(c, gb_at_part(ics, at, end), view->node, GB_ARGS(gb_str_sub(ics->str, at, end), title->str));
}

/* ---- COV-003: CCS ---- */

/* A 12, A 00/09, A 12;B 20: letter and two digits each, without blanks here. */
static bool
is_ccs(struct gb_str s)
{
    size_t i = 0;

    while (i < s.len) {
        if (!gb_is_upper(s.ptr[i]) || i + 2 >= s.len || !gb_is_digit(s.ptr[i + 1]) || !gb_is_digit(s.ptr[i + 2]))
            return false;
        i += 3;
        if (i + 2 < s.len && s.ptr[i] == '/' && gb_is_digit(s.ptr[i + 1]) && gb_is_digit(s.ptr[i + 2]))
            i += 3;
        if (i == s.len)
            return true;
        if (!strchr(";,/", s.ptr[i]))
            return false;
        i++;
    }
    return false;
}

/* A00 → CCS A 00 */
static struct gb_str
right_ccs(struct gb_check *c, struct gb_str closed, bool with_ccs)
{
    struct gb_buf out = {0};

    gb_buf_puts(&out, with_ccs ? "CCS " : "");
    for (size_t i = 0; i < closed.len; i++) {
        gb_buf_add_char(&out, closed.ptr[i]);
        if (gb_is_upper(closed.ptr[i]))
            gb_buf_add_char(&out, ' ');
    }
    return gb_buf_take(&out, c->arena);
}

/* Source: GB/T 1.1—2020, 8.1 and 10.3.1.5: CCS A 00; GB/T 1.1—2009, 6.1.1: A 00. */
static void
check_ccs(struct gb_check *c)
{
    const struct gb_cover_view *view = gb_cover_view(c);
    struct gb_buf scratch = {0}, closed = {0};

    if (!view->node || !view->cover->ccs.str.len)
        return;
    bool old = c->facts->edition == GB_EDITION_2009;
    const struct gb_text *field = &view->cover->ccs, *line = gb_cover_line(view, field);
    struct gb_text text = line ? with_label(line, field) : *field;
    size_t from = line && gb_str_has(text.str, GB_STR("ICS")) ? field->off - line->off : 0; /* both on one line */
    text = gb_text_slice(&text, from, text.str.len);
    struct gb_str all = narrow(text.str, &scratch);
    bool has_label =
        from > 0 ? !old || gb_str_has(line->str, GB_STR("CCS")) : GB_STARTS_WITH(all, "CCS", "中国标准文献分类号");
    struct gb_str value = narrow(field->str, &closed);
    if (gb_str_starts(value, GB_STR("CCS")))
        value = gb_str_skip(value, 3);
    struct gb_buf tight = {0};
    for (size_t i = 0; i < value.len; i++) {
        if (value.ptr[i] != ' ')
            gb_buf_add_char(&tight, value.ptr[i]);
    }
    struct gb_str letters = gb_buf_str(&tight);
    struct gb_str right = right_ccs(c, letters, !old && (line != NULL || has_label));
    bool is_right = is_ccs(letters), is_judged = is_right && line;
    const char *which = NULL;
    if (is_judged && old == has_label)
        which = old ? "old" : "label";
    else if (is_judged && !old && from == 0 && !gb_str_eq(all, right))
        which = "spacing";
    if (which)
        gb_report_fix(c, which, gb_at_text(&text), view->node, right, GB_ARGS(text.str, right));
    else if (!is_right && !is_not_given(letters))
        gb_report(c, gb_at_text(&text), view->node, GB_ARGS(text.str, right));
    gb_buf_release(&scratch);
    gb_buf_release(&closed);
    gb_buf_release(&tight);
}

/* ---- COV-004: the document's own number ---- */

static bool
has_em_dash(struct gb_str code, const struct gb_identifier_shape *shape)
{
    return gb_str_has(gb_extent_str(code, shape->separator), GB_STR("—"));
}

/* DB11/307 has none of its own. */
static bool
has_gap(struct gb_str code, const struct gb_identifier_shape *shape)
{
    return shape->serial.begin > shape->code.end || gb_str_ends(gb_extent_str(code, shape->code), GB_STR("/"));
}

/* Numbers in the lists of documents all have the fault: the whole draft writes so, and TYP-003 or TYP-004 says it once. */
static bool
is_habit(const struct gb_facts *facts, bool (*is_right)(struct gb_str code, const struct gb_identifier_shape *shape))
{
    enum { SEARCHED = 200 };
    const struct gb_nodes *refs = &facts->of_kind[GB_NODE_REF];
    unsigned n = 0;

    for (uint32_t i = 0; i < refs->n && i < SEARCHED; i++) {
        struct gb_str code = refs->items[i]->code.str;
        struct gb_identifier_shape shape;
        if (!gb_identifier_next(code, 0, &shape) || shape.flags & GB_SHAPE_FOREIGN || gb_extent_is_empty(shape.year))
            continue;
        if (is_right(code, &shape))
            return false;
        n++;
    }
    return n > 0;
}

/* 48899-25, 018—25: what looks like the part of an ISO number is a year of two digits behind a Chinese code. */
static bool
ends_in_short_year(struct gb_str serial)
{
    enum { DIGITS = 2 };
    size_t n = serial.len;

    return n > DIGITS + 1 && gb_skip_digits_back(serial, n) <= n - DIGITS &&
           gb_is_one_of(gb_char_before(serial, n - DIGITS), "-—–－");
}

/*
 * Source: GB/T 1.1—2020, 8.1 footnote 1 and 10.3.1.4. Blanks inside the code are TYP-004's, letters and slash TYP-005's.
 */
static void
check_number(struct gb_check *c)
{
    const struct gb_cover_view *view = gb_cover_view(c);
    struct gb_identifier_shape shape;

    if (!view->node || view->authority == GB_AUTHORITY_UNKNOWN)
        return;
    const struct gb_text *code = &view->cover->code;
    if (!gb_identifier_next(code->str, 0, &shape) || shape.flags & (GB_SHAPE_FOREIGN | GB_SHAPE_MISREAD))
        return;
    if (gb_extent_is_empty(shape.year)) {
        enum { LONGEST_SERIAL = 7 }; /* more digits: the dash was lost */
        if (ends_in_short_year(gb_extent_str(code->str, shape.serial))) {
            gb_report_case(c, "short-year", gb_at_part(code, shape.begin, shape.end), view->node, GB_ARGS(code->str));
            return;
        }
        bool is_published = view->issued.form >= GB_DATE_PLAIN && view->n_present > 4;
        if (is_published && shape.serial.end - shape.serial.begin <= LONGEST_SERIAL &&
            !(shape.flags & GB_SHAPE_NO_SERIAL))
            gb_report_case(c, "no-year", gb_at_part(code, shape.begin, shape.end), view->node, GB_ARGS(code->str));
        return;
    }
    if (!(shape.flags & GB_SHAPE_NO_YEAR) && shape.year.end - shape.year.begin == 2) {
        gb_report_case(c, "short-year", gb_at_part(code, shape.begin, shape.end), view->node, GB_ARGS(code->str));
        return;
    }
    if (!has_gap(code->str, &shape) && !is_habit(c->facts, has_gap)) {
        struct gb_finding *f = gb_report_case(c, "gap", gb_at_part(code, shape.begin, shape.end), view->node,
                                              GB_ARGS(gb_str_sub(code->str, shape.begin, shape.end)));
        gb_fix_part(c, f, code, shape.serial.begin, shape.serial.begin, GB_STR(" "));
        return;
    }
    struct gb_str dash = gb_str_trim(gb_extent_str(code->str, shape.separator));
    if (gb_str_is(dash, "—") || gb_str_has(dash, GB_STR("\u00a0")) || is_habit(c->facts, has_em_dash))
        return;
    struct gb_finding *f = gb_report(c, gb_at_part(code, shape.begin, shape.end), view->node,
                                     GB_ARGS(gb_str_sub(code->str, shape.begin, shape.end), dash));
    gb_fix_part(c, f, code, shape.separator.begin, shape.separator.end, GB_STR("—"));
}

/* ---- COV-005: what is replaced ---- */

/* Serial and year without blanks: the code is left out, for GB and GB/T come damaged. */
static struct gb_str
identity(struct gb_str s, const struct gb_identifier_shape *shape, struct gb_buf *out)
{
    out->len = 0;
    gb_identifier_put_digits(s, shape->serial, out);
    gb_buf_add_char(out, '-');
    gb_identifier_put_digits(s, shape->year, out);
    return gb_buf_str(out);
}

/* Does the text name the document? */
static bool
names(struct gb_str text, struct gb_str wanted, struct gb_buf *scratch)
{
    struct gb_identifier_shape shape;

    return GB_ANY(for (size_t at = 0; gb_identifier_next(text, at, &shape); at = shape.end),
                  !gb_extent_is_empty(shape.year) && gb_str_eq(identity(text, &shape, scratch), wanted));
}

/* The foreword's sentence on what is replaced: 本文件代替GB/T 1.1—2009. */
static const struct gb_node *
replacement_in(const struct gb_node *foreword)
{
    struct gb_identifier_shape shape;

    for (const struct gb_node *n = foreword; n; n = gb_node_walk(n, foreword)) {
        size_t at = gb_str_find(n->text.str, GB_STR("代替"), 0);
        if (n->kind == GB_NODE_PARA && at != GB_NOT_FOUND && gb_identifier_next(n->text.str, at, &shape) &&
            shape.begin <= at + strlen("代替") + 12 && !gb_extent_is_empty(shape.year))
            return n;
    }
    return NULL;
}

static void
compare_with_foreword(struct gb_check *c, const struct gb_cover_view *view)
{
    const struct gb_node *foreword = c->facts->foreword;
    const struct gb_text *field = &view->cover->replaces;
    const struct gb_node *statement = foreword ? replacement_in(foreword) : NULL;
    struct gb_identifier_shape shape;
    struct gb_buf wanted = {0}, scratch = {0};
    enum { MOST = 40 }; /* one line has room for fewer */
    unsigned n_seen = 0;

    for (size_t at = 0; statement && n_seen < MOST && gb_identifier_next(field->str, at, &shape);
         at = shape.end, n_seen++) {
        bool is_named =
            gb_extent_is_empty(shape.year) || shape.flags & (GB_SHAPE_NO_YEAR | GB_SHAPE_NO_SERIAL | GB_SHAPE_MISREAD);
        struct gb_str own = identity(field->str, &shape, &wanted);
        for (const struct gb_node *n = foreword; n && !is_named; n = gb_node_walk(n, foreword))
            is_named = names(n->text.str, own, &scratch);
        if (is_named)
            continue;
        struct gb_finding *f = gb_report_case(c, "differs", gb_at_part(field, shape.begin, shape.end), view->node,
                                              GB_ARGS(gb_str_sub(field->str, shape.begin, shape.end)));
        gb_also(c, f, gb_at_text(&statement->text), gb_say(c, "前言中的代替情况", "what the foreword replaces"));
    }
    gb_buf_release(&wanted);
    gb_buf_release(&scratch);
}

/* Source: GB/T 1.1—2020, 8.1 and 10.3.1.4. */
static void
check_replaced(struct gb_check *c)
{
    static const char *const wrong[] = {"部分替代", "替代", "取代", "替换", "代替：", "代替:", "代"};
    const struct gb_cover_view *view = gb_cover_view(c);

    if (!view->node || !view->cover->replaces.str.len)
        return;
    const struct gb_text *line = gb_cover_line(view, &view->cover->replaces);
    if (!line) /* a field of the markup */
        line = &view->cover->replaces;
    for (size_t i = 0; i < GB_COUNT(wrong); i++) {
        struct gb_str word = gb_str_from(wrong[i]);
        bool is_right = gb_str_is(word, "代") && gb_str_starts(line->str, GB_STR("代替"));
        if (gb_str_starts(line->str, word) && !is_right) {
            gb_report_case(c, i == 0 ? "part" : NULL, gb_at_part(line, 0, word.len), view->node, GB_ARGS(word));
            break;
        }
    }
    compare_with_foreword(c, view);
}

const struct gb_check_def gb_cover_code_checks[] = {
    {.name = "ics-number", .whole = check_ics, .cases = "spacing field", .params = "fields:words"},
    {.name = "ics-group", .whole = check_ics_group},
    {.name = "ccs-number", .whole = check_ccs, .cases = "label old spacing"},
    {.name = "own-number", .whole = check_number, .cases = "gap no-year short-year"},
    {.name = "replaced-numbers", .whole = check_replaced, .cases = "part differs"},
    {NULL},
};
