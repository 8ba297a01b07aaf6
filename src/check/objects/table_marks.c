/*
 * Footnotes of tables: letters in superscript from a on in each table, each mark with its text: TBL-011. GB/T 1.1—2020, 9.12.2; 2009,
 * 7.4.7. Footnotes stand in the last rows, or in the paragraphs right behind a table whose markup has no such rows.
 */
#include "check/objects/tables_priv.h"

#include "check/changes_priv.h"
#include "check/clause_priv.h"
#include "doc/raised.h"

enum { LETTERS = 26 };

/* A mark in a cell, or at the head of the text of a footnote: the a-th letter, or the number a. */
struct mark {
    const struct gb_text *text;
    size_t begin, end;
    unsigned value;
    bool is_digit, is_sure; /* SURE: it cannot be an exponent */
};

struct marks {
    GB_ARRAY(struct mark) cells, texts; /* in the order of the table */
    GB_ARRAY(struct mark) unmarked;     /* texts for which no cell has the mark, and which are not told of */
    bool has_text[LETTERS + 2];         /* by letter: a footnote has it */
};

/* a, 1), 1） and nothing else. */
static bool
read_mark(struct gb_str s, struct mark *out)
{
    struct gb_str rest = gb_str_skip(s, 1);

    if (!s.len)
        return false;
    out->is_digit = s.ptr[0] >= '1' && s.ptr[0] <= '9';
    out->value = (unsigned)(s.ptr[0] - (out->is_digit ? '0' : 'a' - 1));
    return out->is_digit ? GB_IS_ONE_OF(rest, ")", "）") : gb_is_lower(s.ptr[0]) && !rest.len;
}

/* Raised marks of a cell. An exponent stands behind a number or a symbol. */
static void
collect_marks(const struct gb_text *text, struct marks *marks)
{
    size_t whole = text->off + text->str.len, prev;

    for (uint32_t i = 0; i < text->n_runs; i++) {
        const struct gb_run *run = &text->runs[i];
        size_t end = i + 1 < text->n_runs ? text->runs[i + 1].at : whole;
        if (!(run->flags & GB_RUN_SUP) || run->at < text->off || end > whole)
            continue;
        struct mark mark = {.text = text, .begin = run->at - text->off, .end = end - text->off};
        if (!mark.begin || !read_mark(gb_str_sub(text->str, mark.begin, mark.end), &mark))
            continue;
        uint32_t before = gb_utf8_before(text->str, mark.begin, &prev);
        mark.is_sure = gb_char_is_han(before) || gb_is_one_of(before, "）)”》%％");
        *gb_push(&marks->cells) = mark;
    }
}

/* "^a^", "$^{a}$": raised in characters. Behind a letter or digit it may be an exponent, if such letters are. */
static void
collect_written_marks(const struct gb_text *text, struct marks *marks)
{
    struct gb_str s = text->str;
    size_t letter, end;

    GB_EACH_FOUND(at, s, GB_STR("^"), 0) {
        size_t begin = gb_skip_any_back(s, at, " ");
        begin = begin > 0 && s.ptr[begin - 1] == '$' ? begin - 1 : at;
        if (begin == 0 || !(end = gb_raised_letter(s, begin, &letter)))
            continue;
        uint32_t c = gb_char_before(s, gb_skip_any_back(s, begin, " "));
        struct mark mark = {.text = text,
                            .begin = letter,
                            .end = letter + 1,
                            .value = (unsigned)(s.ptr[letter] - 'a' + 1)};
        mark.is_sure = gb_char_is_han(c) || gb_is_one_of(c, "）)”》%％");
        *gb_push(&marks->cells) = mark;
        at = end > at ? end - 1 : at;
    }
}

/* ᵃ, ᵇ: the letter that the character stands for, 0 for another. */
static unsigned
glyph_value(uint32_t c)
{
    static const uint32_t glyphs[] = {0x1D43, 0x1D47, 0x1D9C, 0x1D48, 0x1D49, 0x1DA0, 0x1D4D, 0x02B0};

    GB_FIND(glyph, glyphs, GB_COUNT(glyphs), *glyph == c);
    return glyph ? (unsigned)(glyph - glyphs) + 1 : 0;
}

/* "ᵃ", "¹⁾": a character of its own for the raised mark at byte `at`. */
static bool
glyph_at(const struct gb_text *text, size_t at, struct mark *out)
{
    struct gb_str s = text->str;
    size_t next, end;
    uint32_t c = gb_utf8_at(s, at, &next);

    *out = (struct mark){.text = text, .begin = at, .end = next, .value = glyph_value(c), .is_sure = true};
    if (out->value)
        return true;
    out->value = gb_raised_digit(c);
    out->is_digit = true;
    if (!out->value || next >= s.len || gb_utf8_at(s, next, &end) != GB_RAISED_BRACKET)
        return false;
    out->end = end;
    return true;
}

static void
collect_glyphs(const struct gb_text *text, struct marks *marks)
{
    struct mark mark;

    for (size_t at = 0; at < text->str.len; at = mark.end) {
        if (glyph_at(text, at, &mark) && at > 0)
            *gb_push(&marks->cells) = mark;
    }
}

/* First bytes of such characters. */
static bool
may_hold_glyphs(struct gb_str s)
{
    return memchr(s.ptr, 0xE1, s.len) || gb_str_has(s, GB_STR("⁾"));
}

static void
collect_texts(const struct gb_node *table, struct marks *marks)
{
    enum { MOST = 12 };
    unsigned n = 0;

    for (const struct gb_node *k = table->first; k; k = k->next) {
        struct mark mark = {.text = &k->marker, .end = k->marker.str.len};
        if (k->kind == GB_NODE_FOOTNOTE && k->encoding != GB_ENCODING_MARKER && read_mark(k->marker.str, &mark))
            *gb_push(&marks->texts) = mark;
    }
    for (const struct gb_node *k = gb_object_behind(table); k && n < MOST; k = gb_object_behind(k), n++) {
        struct mark mark = {.text = &k->text, .end = 1};
        if (k->kind != GB_NODE_PARA || !k->text.str.len)
            break;
        while (mark.end < k->text.str.len && gb_text_flags(&k->text, mark.end) & GB_RUN_SUP)
            mark.end++;
        bool is_raised = gb_text_flags(&k->text, 0) & GB_RUN_SUP;
        bool is_plain = k->text.str.len > 4 && k->text.str.ptr[1] == ' '; /* a 含节假日。 */
        size_t end = mark.end;
        if (!glyph_at(&k->text, 0, &mark) &&
            ((!is_raised && !is_plain) || !read_mark(gb_str_sub(k->text.str, 0, end), &mark)))
            break;
        *gb_push(&marks->texts) = mark;
    }
}

static struct gb_str
letter(struct gb_check *c, unsigned value)
{
    return gb_arena_printf(c->arena, "%c", (char)('a' + (value - 1) % LETTERS));
}

/* The marks of one sort become letters in the order in which they first stand in the table; their texts with them. */
static void
fix_marks(struct gb_check *c, struct gb_finding *f, const struct marks *marks, bool is_digit)
{
    unsigned now[LETTERS + 1] = {0}, n = 0;
    struct gb_changes changes = {0};

    GB_EACH(const struct mark, mark, marks->cells.items, marks->cells.len) {
        if (mark->is_digit == is_digit && !now[mark->value])
            now[mark->value] = ++n;
    }
    for (size_t i = 0; i < marks->cells.len + marks->texts.len; i++) {
        const struct mark *mark =
            i < marks->cells.len ? &marks->cells.items[i] : &marks->texts.items[i - marks->cells.len];
        if (mark->is_digit != is_digit || (!is_digit && now[mark->value] == mark->value))
            continue;
        changes.is_unsure |= !now[mark->value]; /* a text without its mark */
        if (now[mark->value])
            gb_change_part(&changes, mark->text, mark->begin, mark->end, letter(c, now[mark->value]));
    }
    gb_apply_changes(c, f, &changes);
}

/* 1) in the place of a: one finding with all places. Gives whether there are any. */
static bool
judge_digits(struct gb_check *c, const struct gb_node *table, const struct marks *marks)
{
    struct gb_finding *f = NULL;
    bool has_digits = false;

    GB_EACH_IN(mark, &marks->cells) {
        if (mark->is_digit)
            f = gb_report_one(c, f, NULL, GB_AT(mark), table, GB_ARGS(GB_WORDS_OF(mark), gb_object_name(c, table)));
        has_digits = has_digits || mark->is_digit;
    }
    fix_marks(c, f, marks, true);
    return has_digits;
}

/* Does any cell, or the caption, hold the letter where a raised one may have been: behind Han, a bracket, a number, at the end? */
static bool
may_be_marked(const struct gb_node *table, char letter)
{
    const struct gb_table *t = table->u.table;

    for (uint32_t i = 0; i <= t->n_cells; i++) {
        struct gb_str s = i < t->n_cells ? t->cells[i].text.str : table->title.str;
        bool is_footnote = i < t->n_cells && t->cells[i].columns == t->columns && t->columns > 1;
        for (size_t at = 0; at < s.len && !is_footnote; at++) {
            bool is_alone = s.ptr[at] == letter && !(at > 0 && gb_is_lower(s.ptr[at - 1])) &&
                            !(at + 1 < s.len && gb_is_lower(s.ptr[at + 1]));
            if (is_alone)
                return true;
        }
    }
    return false;
}

static void
collect_unmarked(const struct gb_node *table, struct marks *marks)
{
    GB_EACH(const struct mark, text, marks->texts.items, marks->texts.len) {
        bool is_marked =
            text->is_digit || GB_ANY(GB_EACH_IN(mark, &marks->cells), mark->value == text->value && !mark->is_digit);
        if (!is_marked && !may_be_marked(table, (char)('a' + text->value - 1)))
            *gb_push(&marks->unmarked) = *text;
    }
}

/*
 * Letters without gap; where the table has texts of footnotes, each mark has one. A mark without text and a text without mark are
 * one fault.
 */
static void
judge_letters(struct gb_check *c, const struct gb_node *table, struct marks *marks)
{
    unsigned last = 0;
    bool is_told = false;

    GB_EACH(const struct mark, mark, marks->cells.items, marks->cells.len) {
        bool text = !mark->is_digit && marks->has_text[mark->value];
        if (!mark->is_sure && !text)
            continue;
        struct gb_at at = GB_AT(mark);
        struct gb_str words = GB_WORDS_OF(mark);
        bool is_gap = mark->value > last + 1 && !marks->has_text[last + 1];
        if (is_gap && !is_told)
            fix_marks(c,
                      gb_report_case(c, "gap", at, table,
                                     GB_ARGS(words, gb_object_name(c, table), letter(c, last + 1))),
                      marks, false);
        else if (!text && marks->texts.len && mark->value > last) {
            struct gb_finding *f = gb_report_case(c, "lost", at, table, GB_ARGS(words, gb_object_name(c, table)));
            const struct mark *other = marks->unmarked.len ? &marks->unmarked.items[--marks->unmarked.len] : NULL;
            if (other)
                gb_also_there(c, f, GB_AT(other));
        }
        is_told = is_told || is_gap;
        last = mark->value > last ? mark->value : last;
    }
}

/* Does the text begin with the letter, in whatever form, and no word with it? */
static bool
begins_with(const struct gb_text *text, unsigned value)
{
    struct gb_str s = gb_str_skip(text->str, gb_str_skip_space(text->str, 0));
    struct mark mark;
    size_t i = gb_skip_any(s, 0, "$^{ ([");

    if (i < s.len && s.ptr[i] == (char)('a' + value - 1))
        return i + 1 >= s.len || s.ptr[i + 1] < 'a' || s.ptr[i + 1] > 'z';
    return s.len && glyph_at(&(struct gb_text){.str = s}, 0, &mark) && mark.value == value;
}

/* May the footnote stand somewhere below the table or in one of its rows, in a form that is not known for one? */
static bool
may_have_text(const struct gb_node *table, unsigned value)
{
    enum { MOST = 12 };
    const struct gb_table *t = table->u.table;
    const struct gb_node *n = table->next;

    if (GB_ANY(GB_ITEMS(cell, t->cells, t->n_cells), begins_with(&cell->text, value)))
        return true;
    return GB_ANY(for (unsigned k = 0; n && k < MOST; n = n->next, k++),
                  n->kind == GB_NODE_FOOTNOTE || n->kind == GB_NODE_LIST || begins_with(&n->text, value));
}

/* ᵃ that nothing below the table explains. Letters that the markup raises are left: a conversion that knows them may still lose the row below. */
static void
judge_unexplained(struct gb_check *c, const struct gb_node *table, const struct marks *marks)
{
    const struct mark *first = NULL;
    bool is_seen[LETTERS + 2] = {0};

    GB_EACH(const struct mark, mark, marks->cells.items, marks->cells.len) {
        if (!mark->is_digit && is_seen[mark->value])
            continue;
        is_seen[mark->value] = !mark->is_digit;
        if (mark->is_digit || (unsigned char)mark->text->str.ptr[mark->begin] < 0x80 ||
            may_have_text(table, mark->value))
            return;
        first = first ? first : mark;
    }
    if (first)
        gb_report_case(c, "lost", GB_AT(first), table, GB_ARGS(GB_WORDS_OF(first), gb_object_name(c, table)));
}

/* Bytes of the asterisk at the start, or at the end, of a text that holds more; 0: none. Both are emphasis that the markup left. */
static size_t
star_of(struct gb_str s, bool at_end)
{
    GB_WORDS(stars, "*", "＊", "※");

    if (s.len < 2 || !strchr(at_end ? "*\x8A\xBB" : "*\xEF\xE2", s.ptr[at_end ? s.len - 1 : 0]))
        return 0;
    GB_FIND(star, stars, GB_COUNT(stars),
            s.len > star->len && (at_end ? gb_str_ends : gb_str_starts)(s, *star) &&
                !(at_end ? gb_str_starts : gb_str_ends)(s, *star));
    return star ? star->len : 0;
}

/* 附加绝缘*, and a last row or a paragraph behind the table that begins with *. */
static void
judge_stars(struct gb_check *c, const struct gb_node *table)
{
    const struct gb_node *behind = gb_object_behind(table);
    const struct gb_text *first = NULL;
    bool has_text = behind && behind->kind == GB_NODE_PARA && star_of(behind->text.str, false);

    GB_EACH_CELL(cell, table) {
        first = !first && star_of(cell->text.str, true) ? &cell->text : first;
        has_text = has_text || (first && star_of(cell->text.str, false));
    }
    for (const struct gb_node *k = table->first; k && first; k = k->next)
        has_text =
            has_text || star_of(k->text.str, false) || star_of(k->marker.str.len ? k->marker.str : GB_STR(""), false);
    if (!first || !has_text)
        return;
    size_t begin = first->str.len - star_of(first->str, true);
    gb_report(c, gb_at_part(first, begin, first->str.len), table,
              GB_ARGS(gb_str_sub(first->str, begin, first->str.len), gb_object_name(c, table)));
}

static void
check_marks(struct gb_check *c, const struct gb_node *table)
{
    struct marks marks = {0};

    if (!table->u.table || table->encoding == GB_ENCODING_LOST || !gb_table_is_own(table))
        return;
    GB_EACH_CELL(cell, table) {
        if (cell->text.n_runs > 1)
            collect_marks(&cell->text, &marks);
        if (gb_str_has(cell->text.str, GB_STR("^")))
            collect_written_marks(&cell->text, &marks);
        if (cell->text.str.len && may_hold_glyphs(cell->text.str))
            collect_glyphs(&cell->text, &marks);
    }
    judge_stars(c, table);
    if (marks.cells.len || gb_node_child(table, GB_NODE_FOOTNOTE)) {
        collect_texts(table, &marks);
        collect_unmarked(table, &marks);
        for (size_t i = 0; i < marks.texts.len; i++)
            marks.has_text[marks.texts.items[i].value] |= !marks.texts.items[i].is_digit;
        if (!judge_digits(c, table, &marks))
            judge_letters(c, table, &marks);
        GB_EACH_IN(text, &marks.unmarked)
            gb_report_case(c, "unmarked", GB_AT(text), table, GB_ARGS(GB_WORDS_OF(text), gb_object_name(c, table)));
        if (!marks.texts.len && !gb_node_child(table, GB_NODE_FOOTNOTE) && marks.cells.len &&
            marks.cells.items[0].value == 1)
            judge_unexplained(c, table, &marks);
    }
    GB_RELEASE(&marks.cells, &marks.texts, &marks.unmarked);
}

const struct gb_check_def gb_table_mark_checks[] = {
    {.name = "table-marks", .run = check_marks, .on = GB_ON(TABLE), .cases = "gap lost unmarked"},
    {0},
};
