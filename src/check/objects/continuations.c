/*
 * Figures and tables that go on on a further page: FIG-008, TBL-010. GB/T 1.1—2020, 9.7.3, 9.8.3: （续） or （第2页/共5页） behind number
 * and title; 2009, 7.3.7, 7.4.5: （续）. 续图1 is right, by DB32/T 2796—2015 (FLW-019).
 */
#include "check/objects/tables_priv.h"

#include "check/clause_priv.h"

#define MARK "（续）"

/* ---- Marks ---- */

/* What stands behind the number of a caption: bytes [begin, end) of it are a mark in a wrong form. */
struct wrong_mark {
    size_t begin, end;
};

/* Behind digits of any sort at `at`, and blanks before them; `at` itself where none is there. */
static size_t
behind_digits(struct gb_str s, size_t at)
{
    size_t end = at, next;

    for (size_t i = at; i < s.len; i = next) {
        uint32_t c = gb_utf8_at(s, i, &next);
        bool is_digit = gb_char_digit(c) >= 0 || gb_is_one_of(c, "一二三四五");
        if (!is_digit && c != ' ')
            break;
        end = is_digit ? next : end;
    }
    return end;
}

/* Behind 续, 续表, 续1, 接上页 at the head of s; 0: none. */
static size_t
mark_words(struct gb_str s)
{
    GB_WORDS(words, "续表", "续图", "续页", "续上", "续", "接上页", "接上图", "接上表");

    GB_FIND(word, words, GB_COUNT(words), gb_str_starts(s, *word));
    return word ? behind_digits(s, word->len) : 0;
}

/* 第2页/共5页, 第2页 at the head of s. Behind it; 0: none. *out_is_full: both numbers, in the form of 2020. */
static size_t
page_words(struct gb_str s, bool *out_is_full)
{
    static const char *const parts[] = {"第", "页", "/", "共", "页"};
    size_t at = 0;

    *out_is_full = false;
    if (!gb_str_starts(s, GB_STR("第")))
        return 0;
    for (size_t i = 0; i < GB_COUNT(parts); i++) {
        while (i && at < s.len && s.ptr[at] == ' ')
            at++;
        struct gb_str part = gb_str_from(parts[i]), rest = gb_str_skip(s, at);
        bool is_slash = i == 2;
        size_t len = gb_str_starts(rest, part)                       ? part.len
                     : is_slash && gb_str_starts(rest, GB_STR("／")) ? strlen("／")
                                                                     : 0;
        if (!len && i < 2)
            return 0;
        *out_is_full = len > 0;
        at += len;
        if (!len && !is_slash)
            break;
        if (i == 0 || i == 3)
            at = behind_digits(s, at);
    }
    return at;
}

/* Where the last bracket of s opens that ends it; s.len: it does not end in one. */
static size_t
last_bracket(struct gb_str s)
{
    size_t close;

    if (!s.len || !gb_is_one_of(gb_last_char(s, &close), "）)]】"))
        return s.len;
    for (size_t at = close; at > 0;) {
        uint32_t c = gb_utf8_before(s, at, &at);
        if (gb_is_one_of(c, "（([【）)]】"))
            return gb_is_one_of(c, "（([【") ? at : s.len;
    }
    return s.len;
}

static size_t
skip_separators(struct gb_str s, size_t at)
{
    size_t next;

    for (uint32_t c; at < s.len; at = next) {
        c = gb_utf8_at(s, at, &next);
        if (!gb_char_is_space(c) && !gb_is_one_of(c, "-—–：:"))
            break;
    }
    return at;
}

/* A bracket at the end: right, wrong, or no mark at all. */
static bool
read_bracket(struct gb_str rest, size_t open, bool is_new, struct wrong_mark *out, bool *out_is_right)
{
    size_t inside, end = rest.len, close, words;
    bool is_full = false;

    gb_utf8_at(rest, open, &inside);
    gb_last_char(rest, &close);
    struct gb_str s = gb_str_trim(gb_str_sub(rest, inside, close));
    words = page_words(s, &is_full);
    bool is_pages = words == s.len && s.len;
    words = is_pages ? words : mark_words(s);
    if (words == 0 || words != s.len)
        return false;
    bool is_round = rest.ptr[open] == '(' || gb_str_starts(gb_str_skip(rest, open), GB_STR("（"));
    *out_is_right = is_round && (is_pages ? is_full && is_new : gb_str_is(s, "续"));
    *out = (struct wrong_mark){open, end};
    return true;
}

/* （续表） right behind the number, in brackets: where they end; 0: nothing like that, or the right mark. */
static size_t
first_bracket(struct gb_str s)
{
    size_t inside, close, words;

    if (!s.len || !gb_is_one_of(gb_utf8_at(s, 0, &inside), "（("))
        return 0;
    words = mark_words(gb_str_skip(s, inside));
    if (words <= strlen("续") || inside + words >= s.len || !gb_is_one_of(gb_utf8_at(s, inside + words, &close), "）)"))
        return 0;
    return close;
}

/*
 * The mark in what stands behind the number, where it is wrong and the rest is the title of the first part, or nothing: 手续 at the
 * end of a title is no mark.
 */
static bool
find_wrong_mark(struct gb_str rest, struct gb_str title, bool is_new, struct wrong_mark *out)
{
    GB_WORDS(ends, "续图", "续表", "续");
    size_t begin = skip_separators(rest, 0), open = last_bracket(rest), words = mark_words(gb_str_skip(rest, begin));
    size_t bracket = first_bracket(gb_str_skip(rest, begin));
    bool is_right = false;
    struct gb_str left;

    if (open < rest.len && read_bracket(rest, open, is_new, out, &is_right)) {
        left = gb_str_sub(rest, begin, open);
    } else if (bracket) {
        *out = (struct wrong_mark){begin, begin + bracket};
        left = gb_str_skip(rest, skip_separators(rest, out->end));
    } else if (words) {
        bool has_dash = gb_str_trim(gb_str_sub(rest, 0, begin)).len && !gb_str_starts(rest, GB_STR("　"));
        *out = (struct wrong_mark){has_dash ? 0 : begin, begin + words};
        left = gb_str_skip(rest, skip_separators(rest, out->end));
    } else if (GB_ENDS_ANY(rest, ends)) {
        *out = (struct wrong_mark){rest.len - GB_END(rest, ends), rest.len};
        left = gb_str_sub(rest, begin, out->begin);
    } else {
        return false;
    }
    left = gb_str_trim(left);
    return !is_right && (!left.len || gb_str_same(left, title));
}

/* The mark goes, （续） comes behind the title. `words` is a text or a line whose bytes stand at `base` of the source. */
static void
fix_mark(struct gb_check *c, struct gb_finding *f, uint32_t base, size_t rest_end, const struct wrong_mark *mark)
{
    struct gb_span span = {base + (uint32_t)mark->begin, base + (uint32_t)mark->end};

    if (mark->end == rest_end) {
        gb_fix(c, f, span, GB_STR(MARK));
        return;
    }
    gb_fix(c, f, span, GB_STR(""));
    gb_fix(c, f, (struct gb_span){base + (uint32_t)rest_end, base + (uint32_t)rest_end}, GB_STR(MARK));
}

/* ---- Captions that are nodes ---- */

static bool
has_picture(const struct gb_node *node)
{
    if (node->kind == GB_NODE_TABLE)
        return node->u.table && node->u.table->n_cells;
    return node->u.figure && (node->u.figure->file.str.len || node->u.figure->chart.str.len);
}

/* The same number and title again, or the number alone right behind, with a picture or rows of its own, and no mark. */
static bool
is_unmarked(const struct gb_node *node, const struct gb_node *before)
{
    return before && gb_number_cmp(&node->num, &before->num) == 0 &&
           (gb_str_same(node->title.str, before->title.str) || gb_object_repeats(node, before)) &&
           node->encoding != GB_ENCODING_LOST && before->encoding != GB_ENCODING_LOST && has_picture(node) &&
           has_picture(before) && !GB_HAS_ONE_OF(node->head.str, "续", "页");
}

static void
judge_caption(struct gb_check *c, const struct gb_node *node, const struct gb_node *before, enum gb_mention_kind kind)
{
    const struct gb_node *first = gb_find_part(c->facts, kind, &node->num);
    size_t number = gb_str_find(node->head.str, node->number.str, 0);
    struct wrong_mark mark;

    if (!first || first == node || number == GB_NOT_FOUND || gb_str_starts(node->head.str, GB_STR("续")))
        return;
    number += node->number.str.len;
    struct gb_text rest = gb_text_slice(&node->head, number, node->head.str.len);
    if (find_wrong_mark(rest.str, first->title.str, c->facts->edition == GB_EDITION_2020, &mark)) {
        struct gb_at at = gb_at_part(&rest, mark.begin, mark.end);
        bool is_exact = false;
        struct gb_finding *f =
            gb_report(c, at, node,
                      GB_ARGS(gb_object_name(c, node), node->number.str, gb_str_sub(rest.str, mark.begin, mark.end)));
        struct gb_span span = gb_text_whole(&rest, &is_exact);
        if (is_exact && span.end - span.begin == rest.str.len)
            fix_mark(c, f, span.begin, rest.str.len, &mark);
    } else if (is_unmarked(node, before)) {
        struct gb_at title = gb_at_text(node->title.str.len ? &node->title : &node->number);
        struct gb_finding *f =
            gb_report_case(c, "unmarked", gb_at_head(node), node, GB_ARGS(gb_object_name(c, node), node->number.str));
        if (!title.by_line)
            gb_fix(c, f, (struct gb_span){title.span.end, title.span.end}, GB_STR(MARK));
    }
}

/* Source: GB/T 1.1—2020, 9.7.3; 2009, 7.3.7. */
static void
check_figures(struct gb_check *c)
{
    const struct gb_nodes *all = &c->facts->of_kind[GB_NODE_FIGURE];

    for (uint32_t i = 1; i < all->n; i++) {
        if (gb_object_has_number(all->items[i]) && gb_object_is_own(all->items[i]))
            judge_caption(c, all->items[i], all->items[i - 1], GB_MENTION_FIGURE);
    }
}

/* ---- Captions of tables whose rows the reader has joined to the table: only the source still has the words ---- */

enum { LONGEST_LINE = 160 };

/* The words of the line around `at` without marks and tags of the markup, where it is short: bytes of the file. */
static bool
words_of_line(struct gb_str s, size_t at, size_t *out_begin, size_t *out_end)
{
    size_t begin = at, end = at;

    while (begin > 0 && at - begin < LONGEST_LINE && s.ptr[begin - 1] != '\n' && s.ptr[begin - 1] != '>')
        begin--;
    while (end < s.len && end - at < LONGEST_LINE && s.ptr[end] != '\n' && s.ptr[end] != '\r' && s.ptr[end] != '<')
        end++;
    while (begin < at && (s.ptr[begin] == ' ' || s.ptr[begin] == '#' || s.ptr[begin] == '*'))
        begin++;
    while (end > at && (s.ptr[end - 1] == ' ' || s.ptr[end - 1] == '*'))
        end--;
    *out_begin = begin;
    *out_end = end;
    return at - begin < LONGEST_LINE && end - at < LONGEST_LINE && !memchr(s.ptr + begin, '|', end - begin) &&
           !gb_str_has(gb_str_sub(s, begin, end), GB_STR("。"));
}

/* 续表3, 表3续, 表3　标题（第2页） on a line of its own. */
static void
judge_line(struct gb_check *c, const struct gb_source_file *file, size_t at)
{
    size_t begin, end, number, number_end;
    struct gb_number num;
    struct wrong_mark mark;

    if (!words_of_line(file->text, at, &begin, &end))
        return;
    struct gb_str line = gb_str_sub(file->text, begin, end);
    bool is_before = gb_str_starts(line, GB_STR("续表"));
    size_t label = is_before ? strlen("续表") : strlen("表");
    if ((!is_before && !gb_str_starts(line, GB_STR("表"))) ||
        !gb_read_object_number(gb_str_skip(line, label), &num, &number, &number_end))
        return;
    const struct gb_node *table = gb_find_part(c->facts, GB_MENTION_TABLE, &num);
    struct gb_str digits = gb_str_sub(line, label + number, label + number_end),
                  rest = gb_str_skip(line, label + number_end);
    uint32_t base = file->base + (uint32_t)begin, behind = base + (uint32_t)(label + number_end);
    if (!table || !(table->flags & GB_NODE_CONTINUED))
        return;
    struct gb_str name = gb_arena_printf(c->arena, "表%.*s", GB_FMT(digits));
    if (is_before) {
        struct gb_str words = gb_str_sub(line, 0, label + number_end);
        struct gb_finding *f =
            gb_report(c, gb_at_span((struct gb_span){base, behind}), table, GB_ARGS(name, digits, words));
        gb_fix(c, f, (struct gb_span){base, base + (uint32_t)strlen("续")}, GB_STR(""));
        if (!gb_str_has(rest, GB_STR("续")))
            gb_fix(c, f, (struct gb_span){base + (uint32_t)line.len, base + (uint32_t)line.len}, GB_STR(MARK));
    } else if (find_wrong_mark(rest, table->title.str, c->facts->edition == GB_EDITION_2020, &mark)) {
        struct gb_at place = gb_at_span((struct gb_span){behind + (uint32_t)mark.begin, behind + (uint32_t)mark.end});
        struct gb_finding *f =
            gb_report(c, place, table, GB_ARGS(name, digits, gb_str_sub(rest, mark.begin, mark.end)));
        fix_mark(c, f, behind, rest.len, &mark);
    }
}

/* Source: GB/T 1.1—2020, 9.8.3; 2009, 7.4.5. */
static void
check_tables(struct gb_check *c)
{
    GB_WORDS(words, "续", "页）", "页)");
    const struct gb_source *source = c->doc->source;
    const struct gb_nodes *all = &c->facts->of_kind[GB_NODE_TABLE];
    bool has_joined = GB_ANY(GB_EACH_NODE(table, all), table->flags & GB_NODE_CONTINUED);

    for (uint32_t i = 1; i < all->n; i++) {
        if (gb_object_has_number(all->items[i]) && gb_table_is_own(all->items[i]))
            judge_caption(c, all->items[i], all->items[i - 1], GB_MENTION_TABLE);
    }
    for (uint32_t i = 0; has_joined && i < source->n_files; i++) {
        struct gb_str s = source->files[i].text;
        for (size_t w = 0; w < GB_COUNT(words); w++) { /* a line found twice is told once */
            GB_EACH_FOUND(at, s, words[w], 0)
                judge_line(c, &source->files[i], at);
        }
    }
}

const struct gb_check_def gb_continuation_checks[] = {
    {.name = "figure-continuation", .whole = check_figures, .cases = "unmarked"},
    {.name = "table-continuation", .whole = check_tables, .cases = "unmarked"},
    {0},
};
