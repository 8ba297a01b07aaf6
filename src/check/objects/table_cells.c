/*
 * The header, the shape and the cells of tables: TBL-005 to TBL-008, TBL-014. Cells stand by row, then column, so that one pass
 * over them tells all.
 */
#include "check/objects/tables_priv.h"
#include "check/wording/wording_priv.h"

extern const struct gb_check_def gb_table_cell_checks[];

/* Cells of one row: [begin, end) of the table's. */
struct row {
    uint32_t begin, end;
};

/* The row that begins at cell *at, which moves behind it; false at the end. */
static bool
next_row(const struct gb_table *t, uint32_t *at, struct row *out)
{
    if (*at >= t->n_cells)
        return false;
    out->begin = *at;
    while (*at < t->n_cells && t->cells[*at].row == t->cells[out->begin].row)
        ++*at;
    out->end = *at;
    return true;
}

static size_t
count_empty(const struct gb_table *t, struct row row)
{
    return GB_HOW_MANY(GB_ITEMS(cell, t->cells + row.begin, row.end - row.begin), gb_cell_is_empty(cell));
}

/* The text of its first cell that has some; NULL: none has. */
static const struct gb_text *
first_text(const struct gb_table *t, struct row row)
{
    GB_FIND(cell, t->cells + row.begin, row.end - row.begin, !gb_cell_is_empty(cell));
    return cell ? &cell->text : NULL;
}

/* ---- TBL-005: the header ---- */

/* Words of headers: where the row below an empty one holds them, a conversion only put the empty one above it. */
static bool
is_label_row(const struct gb_table *t, struct row row)
{
    GB_WORDS(words, "序号", "项目", "名称", "要求", "指标", "单位", "内容", "备注", "说明", "类别", "类型", "等级",
             "编号", "方法", "参数", "代码", "符号", "分类", "级别", "数量", "型号", "规格", "频次", "条款");

    return GB_ANY(GB_ITEMS(cell, t->cells + row.begin, row.end - row.begin), GB_HAS_ANY(cell->text.str, words));
}

/* The line of the empty header: two above that of the first row in the markup, that of the dashes lies between. */
static bool
find_empty_header(struct gb_check *c, const struct gb_table *t, struct row first, struct gb_span *out)
{
    const struct gb_source_file *file = c->doc->source->files;
    const struct gb_text *text = first_text(t, first);
    unsigned n_lines = 0;

    if (!text || c->doc->source->n_files != 1)
        return false;
    struct gb_str s = file->text;
    uint32_t at = gb_text_whole(text, NULL).begin, end = 0;
    for (; at > 0 && n_lines < 3; at--) {
        if (s.ptr[at - 1] != '\n')
            continue;
        if (++n_lines == 2)
            end = at - 1;
        if (n_lines == 3)
            break;
    }
    *out = (struct gb_span){at, end};
    struct gb_str line = gb_str_sub(s, at, end);
    GB_FIND(byte, line.ptr, line.len, !strchr("| \t\r", *byte));
    return !byte && end > at && memchr(line.ptr, '|', line.len);
}

/* A number, with signs and a unit at most: ≤8, 0.85, 30%. */
static bool
is_value(struct gb_str s)
{
    bool has_digit = false;

    for (size_t at = 0; at < s.len;) {
        uint32_t ch = gb_utf8_at(s, at, &at);
        if (gb_char_is_han(ch) || gb_char_is_latin(ch))
            return false;
        has_digit |= gb_char_digit(ch) >= 0;
    }
    return has_digit;
}

/* The row looks like a header: in some column numbers stand below a name. */
static bool
names_columns(const struct gb_table *t, struct row row, uint32_t below)
{
    for (uint32_t i = row.begin; i < row.end; i++) {
        size_t n_numbers = 0, n = 0;
        if (is_value(t->cells[i].text.str))
            continue;
        for (uint32_t k = below; k < t->n_cells && n == n_numbers; k++) {
            if (t->cells[k].column != t->cells[i].column || gb_cell_is_empty(&t->cells[k]))
                continue;
            n++;
            n_numbers += is_value(t->cells[k].text.str);
        }
        if (n > 0 && n == n_numbers)
            return true;
    }
    return false;
}

/* All cells of the first row are empty, and some of the next are not. */
static bool
has_empty_header(const struct gb_table *t)
{
    uint32_t at = 0;
    struct row head, first;

    return t && next_row(t, &at, &head) && count_empty(t, head) == head.end - head.begin && next_row(t, &at, &first);
}

/* Most tables of the draft have an empty header: a converter puts it above the first row, for the markup asks for one. */
static bool
has_empty_headers(struct gb_check *c)
{
    enum { SEVERAL = 3 };
    struct habit {
        bool is_known, is_so;
    } *habit = gb_check_shared(c, &gb_table_cell_checks, sizeof *habit);
    uint32_t n = 0, n_empty = 0;

    if (habit->is_known)
        return habit->is_so;
    GB_EACH_NODE(node, &c->facts->of_kind[GB_NODE_TABLE]) {
        if (node->encoding != GB_ENCODING_TABLE)
            continue;
        n++;
        n_empty += has_empty_header(node->u.table);
    }
    *habit = (struct habit){.is_known = true, .is_so = n_empty >= SEVERAL && 2 * n_empty > n};
    return habit->is_so;
}

static void
judge_empty_header(struct gb_check *c, const struct gb_node *table)
{
    const struct gb_table *t = table->u.table;
    uint32_t at = 0;
    struct row head, first;
    struct gb_span line;

    if (!next_row(t, &at, &head) || count_empty(t, head) != head.end - head.begin || !next_row(t, &at, &first) ||
        is_label_row(t, first) || count_empty(t, first) || names_columns(t, first, at) || has_empty_headers(c))
        return;
    struct gb_at place = find_empty_header(c, t, first, &line) ? gb_at_span(line) : gb_table_at(table);
    gb_report(c, place, table, GB_ARGS(gb_object_name(c, table)));
}

/* Between two names in Han: 尺寸\类型. 型号/规格 may be one name, so that a slash is only suspected. */
static void
judge_split_cell(struct gb_check *c, const struct gb_node *table)
{
    const struct gb_text *text = &table->u.table->cells[0].text;
    struct gb_str s = text->str;

    for (size_t at = 0, next; at < s.len; at = next) {
        uint32_t ch = gb_utf8_at(s, at, &next);
        if (!gb_is_one_of(ch, "\\＼/／") || !gb_char_is_han(gb_char_before(s, at)) ||
            !gb_char_is_han(gb_char_at(s, next)))
            continue;
        bool is_slash = ch == '/' || ch == U'／';
        if (is_slash && gb_str_han_length(gb_first_clause(gb_str_skip(s, next))) ==
                            1) /* 批量/件, 批量/箱（件）: a unit of counting */
            continue;
        gb_report_case(c, is_slash ? "slash" : "split", gb_at_text(text), table, GB_ARGS(s));
        return;
    }
}

/* A diagonal that the tag of the first cell draws: by a gradient, or a class or border of that name. */
static bool
judge_drawn_cell(struct gb_check *c, const struct gb_node *table)
{
    enum { LONGEST_TAG = 400 };
    const struct gb_text *text = &table->u.table->cells[0].text;
    const struct gb_source *source = c->doc->source;

    if (table->encoding != GB_ENCODING_HTML || !text->n_runs)
        return false;
    uint32_t end = gb_text_whole(text, NULL).begin, begin = end;
    while (begin > 0 && end - begin < LONGEST_TAG && source->n_files == 1 &&
           !gb_str_starts(gb_source_text(source, (struct gb_span){begin, end}), GB_STR("<t")))
        begin--;
    struct gb_str tag = gb_source_text(source, (struct gb_span){begin, end});
    if (!gb_str_starts(tag, GB_STR("<t")) || !GB_HAS_ONE_OF(tag, "linear-gradient", "diagonal", "slash"))
        return false;
    gb_report_case(c, "split", gb_at_text(text), table, GB_ARGS(text->str));
    return true;
}

/* Source: GB/T 1.1—2020, 9.8.4; 2009, 7.4.4. */
static void
check_header(struct gb_check *c, const struct gb_node *table)
{
    if (!gb_table_is_judged(table) || judge_drawn_cell(c, table))
        return;
    if (gb_cell_is_empty(&table->u.table->cells[0]))
        judge_empty_header(c, table);
    else
        judge_split_cell(c, table);
}

/* ---- TBL-006: parts of a table, headers inside ---- */

static bool
is_same_row(const struct gb_table *t, struct row a, struct row b)
{
    if (a.end - a.begin != b.end - b.begin || a.end - a.begin < 2)
        return false;
    return !GB_ANY(for (uint32_t i = 0; i < a.end - a.begin; i++),
                   gb_cell_is_empty(&t->cells[a.begin + i]) ||
                       !gb_str_same(t->cells[a.begin + i].text.str, t->cells[b.begin + i].text.str));
}

/* A table in a cell, whose own cells the reader takes for words of it: only the source still has its tag. */
static void
judge_nested(struct gb_check *c, const struct gb_node *table)
{
    GB_WORDS(tags, "<table", "<entrytbl", "<informaltable");
    const struct gb_source *source = c->doc->source;
    struct gb_span all = {UINT32_MAX, 0};

    if (table->encoding == GB_ENCODING_TABLE && c->doc->blanks_matter)
        return;
    GB_EACH_CELL(cell, table) {
        struct gb_span span = cell->text.n_runs ? gb_text_whole(&cell->text, NULL) : (struct gb_span){UINT32_MAX, 0};
        all.begin = span.begin < all.begin ? span.begin : all.begin;
        all.end = span.end > all.end ? span.end : all.end;
    }
    if (all.begin >= all.end || source->n_files != 1 || table->flags & GB_NODE_CONTINUED)
        return;
    struct gb_str s = gb_source_text(source, all);
    for (size_t i = 0; i < GB_COUNT(tags); i++) {
        size_t at = gb_str_find(s, tags[i], 0);
        if (at == GB_NOT_FOUND || gb_str_has(gb_str_sub(s, 0, at), GB_STR("</table")))
            continue;
        uint32_t begin = all.begin + (uint32_t)at;
        gb_report_case(c, "nested", gb_at_span((struct gb_span){begin, begin + (uint32_t)tags[i].len}), table,
                       GB_ARGS(gb_object_name(c, table)));
        return;
    }
}

/* Source: GB/T 1.1—2020, 9.8.1.3; 2009, 7.4.1. */
static void
check_split(struct gb_check *c, const struct gb_node *table)
{
    const struct gb_table *t = table->u.table;
    size_t letter = gb_table_part_letter(table);
    uint32_t at = 0;
    struct row head, row;

    if (letter != GB_NOT_FOUND) {
        size_t begin = gb_str_find(table->head.str, table->number.str, 0), next;
        size_t end = letter == begin + table->number.str.len ? letter + 1
                                                             : (gb_utf8_at(table->head.str, letter + 1, &next), next);
        size_t label = GB_STARTS_WITH(table->head.str, "表") ? 0 : begin;
        gb_report(c, gb_at_part(&table->head, label, end), table, GB_ARGS(gb_str_sub(table->head.str, begin, end)));
    }
    if (gb_table_is_judged(table))
        judge_nested(c, table);
    if (!gb_table_is_judged(table) || table->flags & GB_NODE_CONTINUED || !next_row(t, &at, &head))
        return;
    while (next_row(t, &at, &row)) {
        if (!is_same_row(t, head, row))
            continue;
        gb_report_case(c, "row", gb_at_text(&t->cells[row.begin].text), table, GB_ARGS(gb_object_name(c, table)));
        return;
    }
}

/* ---- TBL-007: empty cells ---- */

/* What the empty cells of a table are like. */
struct empties {
    uint32_t n;
    bool has_head, has_first, has_dash; /* dash: other cells say with — that there is nothing */
    bool has_group; /* a row with text in its first cell alone: a heading of those below; or 合计, joined to its sum */
};

/* Where the text of the next cell that has one begins or ends; false: none of the next few has one. */
static bool
find_text(const struct gb_table *t, uint32_t i, int step, uint32_t *out)
{
    enum { NEAR = 20 };

    for (uint32_t k = i + (uint32_t)step, n = 0; k < t->n_cells && n < NEAR; k += (uint32_t)step, n++) {
        if (gb_cell_is_empty(&t->cells[k]) || !t->cells[k].text.n_runs)
            continue;
        struct gb_span span = gb_text_whole(&t->cells[k].text, NULL);
        *out = step < 0 ? span.end : span.begin;
        return true;
    }
    return false;
}

/* A cell without text may hold a picture: only the source has its tag. The last one is followed by no text. */
static bool
holds_picture(struct gb_check *c, const struct gb_table *t, uint32_t i)
{
    enum { LONGEST = 1000 };
    GB_WORDS(tags, "![", "<img", "image:", "graphic", "<imagedata");
    const struct gb_source *source = c->doc->source;
    uint32_t begin, end;

    if (source->n_files != 1 || !find_text(t, i, -1, &begin))
        return false;
    if (!find_text(t, i, 1, &end) || end < begin || end - begin > LONGEST)
        end = gb_source_line_end(source, begin) - begin > LONGEST ? begin + LONGEST : gb_source_line_end(source, begin);
    return GB_HAS_ANY(gb_source_text(source, (struct gb_span){begin, end}), tags);
}

static bool
is_blank(struct gb_check *c, const struct gb_table *t, uint32_t i)
{
    return gb_cell_is_empty(&t->cells[i]) && !holds_picture(c, t, i);
}

/* Text in the first cell of the row alone. */
static bool
is_first_only(const struct gb_table *t, struct row row)
{
    return row.end - row.begin > 1 && !gb_cell_is_empty(&t->cells[row.begin]) &&
           count_empty(t, row) == row.end - row.begin - 1;
}

/* A note or a footnote of the table, in markup that cannot join cells: a sentence in the first cell alone. */
static bool
is_sentence(const struct gb_table *t, struct row row)
{
    return is_first_only(t, row) && gb_str_ends(gb_text_trim(&t->cells[row.begin].text).str, GB_STR("。"));
}

static struct empties
look_at_empties(struct gb_check *c, const struct gb_table *t)
{
    struct empties e = {0};
    struct row row;

    for (uint32_t at = 0; next_row(t, &at, &row);) {
        if (is_sentence(t, row))
            continue;
        for (uint32_t i = row.begin; i < row.end; i++) {
            if (!is_blank(c, t, i))
                continue;
            e.n++;
            e.has_head = e.has_head || t->cells[i].row == 0 || t->cells[i].is_header;
            e.has_first = e.has_first || t->cells[i].column == 0;
        }
        e.has_group =
            e.has_group || (is_first_only(t, row) && row.end < t->n_cells) ||
            (GB_IS_ONE_OF(t->cells[row.begin].text.str, "合计", "总计", "小计", "总分") && count_empty(t, row));
    }
    for (uint32_t i = 0; e.n && i < t->n_cells && !e.has_dash; i++)
        e.has_dash = GB_IS_ONE_OF(gb_text_trim(&t->cells[i].text).str, "—", "——", "－", "-", "/");
    return e;
}

/* Where the text ends of the cell before cell i of the same row that has some, and how many cells lie between. */
static bool
find_before(struct gb_check *c, const struct gb_table *t, uint32_t i, size_t *out_at, uint32_t *out_n)
{
    uint32_t k = i;
    bool exact;

    while (k > 0 && t->cells[k].row == t->cells[i].row && gb_cell_is_empty(&t->cells[k]))
        k--;
    if (c->doc->source->n_files != 1 || t->cells[k].row != t->cells[i].row || k == i)
        return false;
    *out_at = gb_text_whole(&t->cells[k].text, &exact).end;
    *out_n = i - k;
    return exact;
}

/* The bars around empty cell i of a row in the markup: the first bars behind the cell before it that has text. */
static bool
find_gap(struct gb_check *c, const struct gb_table *t, uint32_t i, struct gb_span *out)
{
    struct gb_str s = c->doc->source->files[0].text;
    size_t at;
    uint32_t n;

    for (bool is_known = find_before(c, t, i, &at, &n); is_known && at < s.len && s.ptr[at] != '\n'; at++) {
        if (s.ptr[at] != '|' || --n > 0)
            continue;
        size_t end = gb_skip_any(s, at + 1, " \t");
        *out = (struct gb_span){(uint32_t)at, (uint32_t)end + 1};
        return end < s.len && s.ptr[end] == '|';
    }
    return false;
}

/* The element that is empty cell i of a row in markup with tags: <entry></entry>, <td/>. */
static bool
find_element(struct gb_check *c, const struct gb_table *t, uint32_t i, struct gb_span *out)
{
    enum { LONGEST = 1000 };
    GB_WORDS(begins, "<entry", "<td", "<TD");
    GB_WORDS(ends, "</entry>", "</td>", "</TD>");
    struct gb_str s = c->doc->source->files[0].text;
    size_t at;
    uint32_t n;

    if (!find_before(c, t, i, &at, &n))
        return false;
    for (s = gb_str_sub(s, 0, at + LONGEST); at < s.len; at++) {
        if (s.ptr[at] != '<' || !GB_STARTS_ANY(gb_str_skip(s, at), begins) || --n > 0)
            continue;
        size_t end = gb_str_find(s, GB_STR(">"), at);
        if (end == GB_NOT_FOUND)
            return false;
        size_t behind = gb_skip_any(s, end + 1, " \t\r\n");
        *out = (struct gb_span){(uint32_t)at, (uint32_t)end + 1};
        if (s.ptr[end - 1] == '/')
            return true;
        out->end = (uint32_t)(behind + GB_START(gb_str_skip(s, behind), ends));
        return out->end > behind;
    }
    return false;
}

/* — into the element that is an empty cell; <td/> gets an end tag for it. */
static void
fill_element(struct gb_check *c, struct gb_finding *f, struct gb_span element)
{
    struct gb_str s = gb_source_text(c->doc->source, element);
    size_t end = gb_str_find(s, GB_STR(">"), 0);
    struct gb_str name = gb_str_sub(s, 1, gb_skip_letters(s, 1));

    end -= s.ptr[end - 1] == '/';
    gb_fix_markup(c, f, element,
                  gb_arena_printf(c->arena, "%.*s>—</%.*s>", GB_FMT(gb_str_sub(s, 0, end)), GB_FMT(name)));
}

/* || in a row whose cells have blanks around them: joined to the cell before, where the markup knows it. */
static bool
is_joined(const struct gb_source *source, struct gb_span gap)
{
    return gap.end - gap.begin == strlen("||") && gb_is_blank(source->files[0].text.ptr[gap.begin - 1]);
}

/* A column for remarks is empty where there is nothing to remark. */
static bool
is_remark(const struct gb_table *t, const struct gb_cell *cell)
{
    for (uint32_t i = 0; i < t->n_cells && t->cells[i].row == 0; i++) {
        struct gb_str s = t->cells[i].text.str;
        if (t->cells[i].column == cell->column)
            return GB_HAS_ONE_OF(s, "备注", "备 注", "说明", "签");
    }
    return false;
}

/*
 * Where the markup has no spans, an empty cell may be what is left of a joined one; with one or two in a table that is full
 * otherwise, or has dashes in others, that is unlikely.
 */
static const char *
empties_case(const struct gb_check *c, const struct gb_node *table, const struct empties *e)
{
    enum { FEW = 2 };

    if (e->has_first || e->has_head || e->has_group)
        return "doubtful";
    if (!c->doc->blanks_matter)
        return NULL;
    if (table->encoding == GB_ENCODING_HTML)
        return e->has_dash ? "markdown" : "doubtful";
    return e->n <= FEW || e->has_dash ? "markdown" : "doubtful";
}

/* Source: GB/T 1.1—2020, 10.4.2.2; 2009, 7.4. */
static void
check_empty(struct gb_check *c, const struct gb_node *table)
{
    const struct gb_table *t = table->u.table;
    struct gb_finding *f = NULL;

    if (!gb_table_is_judged(table) || t->rows < 2 || t->columns < 2 || gb_table_is_form(table))
        return;
    struct empties e = look_at_empties(c, t);
    const char *which = e.n ? empties_case(c, table, &e) : NULL;
    struct row row;
    uint32_t next = 0;
    bool is_text = false;
    for (uint32_t i = 0; e.n && i < t->n_cells; i++) {
        struct gb_span gap;
        const struct gb_cell *cell = &t->cells[i];
        if (i == next && next_row(t, &next, &row))
            is_text = is_sentence(t, row);
        if (is_text || !is_blank(c, t, i) || cell->row == 0 || cell->is_header || is_remark(t, cell))
            continue;
        bool has_gap = table->encoding == GB_ENCODING_TABLE && c->doc->blanks_matter && find_gap(c, t, i, &gap);
        if (has_gap && is_joined(c->doc->source, gap))
            continue;
        uint32_t k = i > 0 && t->cells[i - 1].row == cell->row ? i - 1 : i + 1 < t->n_cells ? i + 1 : i;
        bool has_place = has_gap || find_element(c, t, i, &gap);
        struct gb_at at = has_place                        ? gb_at_span(gap)
                          : gb_cell_is_empty(&t->cells[k]) ? gb_table_at(table)
                                                           : gb_at_text(&t->cells[k].text);
        f = gb_report_one(c, f, which, at, table, GB_ARGS(gb_object_name(c, table)));
        if (has_gap)
            gb_fix(c, f, (struct gb_span){gap.begin + 1, gap.end - 1}, GB_STR(" — "));
        else if (has_place)
            fill_element(c, f, gap);
        if (which && strcmp(which, "doubtful") == 0)
            gb_fix_unsafe(f);
    }
}

/* ---- TBL-008: 同上 ---- */

/* Words for the cell above, and one for that to the left. */
GB_WORDS(dittos, "同上", "同前", "〃", "″", "同左");

static const struct gb_cell *
ditto_source(const struct gb_table *t, uint32_t i, bool is_left)
{
    const struct gb_cell *cell = &t->cells[i];

    if (is_left)
        return i > 0 && t->cells[i - 1].row == cell->row ? &t->cells[i - 1] : NULL;
    for (uint32_t k = i; k-- > 0 && t->cells[k].row + 2 > cell->row;) {
        if (t->cells[k].row + 1 == cell->row && t->cells[k].column == cell->column)
            return t->cells[k].row > 0 ? &t->cells[k] : NULL;
    }
    return NULL;
}

static void
judge_ditto(struct gb_check *c, const struct gb_node *table, uint32_t i)
{
    const struct gb_table *t = table->u.table;
    struct gb_text text = gb_text_trim(&t->cells[i].text);
    const struct gb_cell *meant = ditto_source(t, i, gb_str_is(text.str, "同左"));
    struct gb_finding *f = gb_report(c, gb_at_text(&text), table, GB_ARGS(text.str));

    if (meant && !gb_cell_is_empty(meant) && !GB_IS_ANY(gb_text_trim(&meant->text).str, dittos) &&
        !gb_str_has(meant->text.str, GB_STR("\n")))
        gb_fix(c, f, gb_at_text(&text).span, gb_text_trim(&meant->text).str);
}

/* Source: GB/T 1.1—2020, 10.4.2.2; 2009, 7.4. */
static void
check_ditto(struct gb_check *c, const struct gb_node *table)
{
    enum { LONGEST = 24 };
    const struct gb_table *t = table->u.table;

    if (!gb_table_is_judged(table))
        return;
    for (uint32_t i = 0; i < t->n_cells; i++) {
        struct gb_str s = t->cells[i].text.str;
        if (s.len && s.len <= LONGEST && GB_IS_ANY(gb_text_trim(&t->cells[i].text).str, dittos))
            judge_ditto(c, table, i);
    }
}

/* ---- TBL-014: as many cells in each row ---- */

/* Columns that the cells of each row cover, those that reach down into it with them. */
static uint32_t *
count_columns(struct gb_check *c, const struct gb_table *t)
{
    uint32_t *sum = gb_arena_new_array(c->arena, uint32_t, (size_t)t->rows + 1), open = 0;

    memset(sum, 0, sizeof(*sum) * ((size_t)t->rows + 1));
    GB_EACH(const struct gb_cell, cell, t->cells, t->n_cells) {
        uint32_t behind = (uint32_t)cell->row + cell->rows;
        if (cell->row >= t->rows)
            continue;
        sum[cell->row] += cell->columns;
        sum[behind < t->rows ? behind : t->rows] -= cell->columns; /* wraps, and comes back in the sum */
    }
    for (uint32_t r = 0; r < t->rows; r++) {
        open += sum[r];
        sum[r] = open;
    }
    return sum;
}

/* Are the columns that the row lacks full in most others? Else it ends in cells that are empty anyway. */
static bool
is_full_elsewhere(const struct gb_table *t, uint32_t from)
{
    uint32_t n_full = GB_HOW_MANY(GB_ITEMS(cell, t->cells, t->n_cells),
                                  cell->column == from && cell->row > 0 && !gb_cell_is_empty(cell));
    return n_full >= 1 && n_full + 2 >= t->rows - 1u;
}

/* A line right below the table that the markup takes for a row of it: it has no bar. */
static bool
is_text_line(struct gb_check *c, const struct gb_text *text)
{
    const struct gb_source *source = c->doc->source;
    uint32_t at = gb_text_whole(text, NULL).begin;
    struct gb_span line = {gb_source_line_begin(source, at), gb_source_line_end(source, at)};
    struct gb_str s = gb_source_text(source, line);

    return !memchr(s.ptr, '|', s.len);
}

/* Good practice: what stands beside the columns of the header is not shown, or shown below a wrong one. */
static void
check_shape(struct gb_check *c, const struct gb_node *table)
{
    enum { MOST = 3 };
    const struct gb_table *t = table->u.table;
    uint32_t at = 0;
    struct row row;
    uint32_t before = 0; /* columns of the row above, where it was told */
    unsigned n = 0;

    if (!gb_table_is_judged(table) || t->rows < 2 || gb_table_is_form(table) || table->flags & GB_NODE_CONTINUED)
        return;
    const uint32_t *columns = count_columns(c, t);
    /* What a conversion read from a page as HTML has wrong spans sooner than a cell too many. */
    bool is_plain = table->encoding == GB_ENCODING_TABLE,
         has_all = !GB_ANY(GB_EACH_CELL(cell, table), gb_cell_is_empty(cell));
    while (next_row(t, &at, &row) && n < MOST) {
        uint32_t r = t->cells[row.begin].row, have = columns[r];
        bool is_told = have == before;
        before = r == 0 || have == columns[0] ? 0 : have;
        if (!before || is_told)
            continue;
        bool is_short = have < columns[0];
        bool is_sure = is_short ? has_all && is_full_elsewhere(t, have) : is_plain || has_all;
        const struct gb_text *text = first_text(t, row);
        is_sure = is_sure && !(have == 1 && is_plain && text && c->doc->blanks_matter && is_text_line(c, text));
        gb_report_case(c,
                       !is_sure   ? "doubtful"
                       : is_short ? NULL
                                  : "wide",
                       text ? gb_at_text(text) : gb_table_at(table), table,
                       GB_ARGS(gb_count_text(c, have), gb_count_text(c, columns[0])));
        n++;
    }
}

const struct gb_check_def gb_table_cell_checks[] = {
    {.name = "table-header", .run = check_header, .on = GB_ON(TABLE), .cases = "split slash"},
    {.name = "table-split", .run = check_split, .on = GB_ON(TABLE), .cases = "row nested"},
    {.name = "table-empty-cell", .run = check_empty, .on = GB_ON(TABLE), .cases = "markdown doubtful"},
    {.name = "table-ditto", .run = check_ditto, .on = GB_ON(TABLE)},
    {.name = "table-shape", .run = check_shape, .on = GB_ON(TABLE), .cases = "wide doubtful"},
    {0},
};
