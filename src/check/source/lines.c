/*
 * What is seen on the lines of the source: hard breaks, indented text, stray blanks, line ends: MDC-008, MDC-014. form.c and its
 * like have what is seen on the tree.
 */
#include "check/source/markup_priv.h"

/* ---- Lines of the source ---- */

/* What the line scanner of Markdown must know of the lines above. */
struct line_state {
    char fence; /* the character of an open fence; 0: none */
    size_t fence_length;
    bool in_front_matter, in_list, in_html, after_blank;
};

static size_t
count_of(struct gb_str s, char ch)
{
    size_t n = 0;

    while (n < s.len && s.ptr[n] == ch)
        n++;
    return n;
}

/* Does the text, without its blanks, begin an item: "- ", "1. ", "1) "? */
static bool
begins_item(struct gb_str s)
{
    size_t at = s.len && (s.ptr[0] == '-' || s.ptr[0] == '*' || s.ptr[0] == '+') ? 1 : 0;

    if (!at) {
        at = gb_skip_digits(s, 0);
        at += at > 0 && at < s.len && (s.ptr[at] == '.' || s.ptr[at] == ')') ? 1 : 0;
        if (at < 2)
            return false;
    }
    return at < s.len && (s.ptr[at] == ' ' || s.ptr[at] == '\t');
}

/* The text of a line without its line end; from 1. Lines are read one after the other, so this is not a call. */
static inline struct gb_str
line_text(const struct gb_source_file *file, uint32_t number)
{
    const char *text = file->text.ptr;
    size_t begin = file->lines[number - 1], end = number < file->n_lines ? file->lines[number] : file->text.len;

    if (end > begin && text[end - 1] == '\n')
        end--;
    if (end > begin && text[end - 1] == '\r')
        end--;
    return (struct gb_str){text + begin, end - begin};
}

static bool moves_over_marked_line(struct line_state *state, struct gb_str line, bool is_first);

/* Moves the state over one line. True when the line is text of the draft, not code, metadata or HTML. */
static inline bool
is_text_line(struct line_state *state, struct gb_str line, bool is_first)
{
    /* Nearly all lines are empty, or neither begin with a mark of these nor end with a blank. */
    if (state->in_front_matter || state->fence ||
        (line.len && (memchr(" \t`~<", line.ptr[0], 5) || gb_is_blank(line.ptr[line.len - 1]))))
        return moves_over_marked_line(state, line, is_first);
    if (!line.len)
        state->in_html = false;
    else if (begins_item(line))
        state->in_list = true;
    else if (state->after_blank)
        state->in_list = false;
    state->after_blank = !line.len;
    return !state->in_html;
}

static bool
moves_over_marked_line(struct line_state *state, struct gb_str line, bool is_first)
{
    struct gb_str s = gb_str_trim(line);
    size_t indent = count_of(line, ' ');

    if (is_first && gb_str_is(s, "---") && state->in_front_matter)
        return false;
    if (state->in_front_matter) {
        state->in_front_matter = !GB_IS_ONE_OF(s, "---", "...");
        return false;
    }
    if (state->fence) {
        size_t n = count_of(s, state->fence);
        if (n >= state->fence_length && n == s.len)
            state->fence = 0;
        return false;
    }
    if (s.len >= 3 && (s.ptr[0] == '`' || s.ptr[0] == '~') && count_of(s, s.ptr[0]) >= 3) {
        state->fence = s.ptr[0];
        state->fence_length = count_of(s, s.ptr[0]);
        return false;
    }
    if (!s.len) {
        state->in_html = false;
        state->after_blank = true;
        return true;
    }
    state->in_html = state->in_html || s.ptr[0] == '<';
    if (begins_item(s))
        state->in_list = true;
    else if (state->after_blank && indent == 0)
        state->in_list = false;
    state->after_blank = false;
    return !state->in_html;
}

/* A fault on a line, and what would mend it. */
struct spot {
    struct gb_span at;
    struct gb_edit edit;
    bool has_edit;
};

typedef GB_ARRAY(struct spot) spot_array;

/* All spots of one kind are one finding, at the first. */
static void
report_spots(struct gb_check *c, const char *which, const spot_array *spots)
{
    const struct gb_str args[] = {gb_count_text(c, spots->len)};
    struct gb_finding *f = NULL;

    GB_EACH_IN(spot, spots) {
        f = gb_report_one(c, f, which, gb_at_span(spot->at), NULL, args, GB_COUNT(args));
        if (spot->has_edit)
            gb_fix_markup(c, f, spot->edit.span, spot->edit.text);
    }
}

static void
add_spot(spot_array *spots, struct gb_span at, struct gb_str text)
{
    *gb_push(spots) = (struct spot){at, {at, text}, true};
}

/* ---- MDC-008: hard breaks and indented text ---- */

/* Is the last byte one that a mark of a hard break may end with? */
static bool
may_break(struct gb_str line)
{
    char last = line.ptr[line.len - 1];

    return gb_is_blank(last) || last == '\\';
}

/* Where the mark of a hard break begins: two blanks or a backslash at the end. The length of the line when there is none. */
static size_t
break_begin(struct gb_str line)
{
    size_t end = line.len, backslashes = 0;

    end = gb_skip_any_back(line, end, " \t");
    if (end == 0 || line.ptr[0] == '|')
        return line.len;
    if (end < line.len)
        return line.len - end >= 2 ? end : line.len;
    while (backslashes < end && line.ptr[end - 1 - backslashes] == '\\')
        backslashes++;
    return backslashes % 2 ? end - 1 : line.len;
}

static bool
is_blank_line(const struct gb_source_file *file, uint32_t number)
{
    return number > file->n_lines || !gb_str_trim(gb_source_line_text(file, number)).len;
}

/* One to three blanks before Chinese text or a clause's number; more would be code, and in lists they are the place of the text. */
static bool
is_indented(struct gb_str line, size_t indent)
{
    size_t next;

    if (indent < 1 || indent > 3 || indent >= line.len)
        return false;
    uint32_t first = gb_utf8_at(line, indent, &next);
    bool is_number = gb_char_digit(first) >= 0 && line.len > next + 1 && line.ptr[next] == '.' &&
                     gb_char_digit((unsigned char)line.ptr[next + 1]) >= 0;
    return gb_char_is_han(first) || gb_char_is_cjk_punct(first) || first == '(' || is_number;
}

static bool
is_broken_or_indented(struct gb_str line)
{
    return line.len && ((line.ptr[0] == ' ' && is_indented(line, count_of(line, ' '))) ||
                        (may_break(line) && break_begin(line) < line.len));
}

/* Most files have no such line, and need no closer look. */
static bool
has_line(const struct gb_source_file *file, bool (*is_meant)(struct gb_str line))
{
    for (uint32_t k = 1; k <= file->n_lines; k++) {
        struct gb_str line = line_text(file, k);
        if (line.len && (gb_is_blank(line.ptr[0]) || may_break(line)) && is_meant(line))
            return true;
    }
    return false;
}

/* From the first word in a table to the last. */
static struct gb_span
cells_span(const struct gb_table *table)
{
    struct gb_span span = {UINT32_MAX, 0};

    for (uint32_t i = 0; table && i < table->n_cells; i++) {
        const struct gb_text *text = &table->cells[i].text;
        if (!text->str.len)
            continue;
        struct gb_span cell = gb_text_whole(text, NULL);
        span.begin = cell.begin < span.begin ? cell.begin : span.begin;
        span.end = cell.end > span.end ? cell.end : span.end;
    }
    return span;
}

/* Tables, of which those before the line in hand are passed. */
struct table_lines {
    const struct gb_nodes *tables;
    uint32_t next;
    struct gb_span span; /* of the one before `next` */
};

/* Does a table hold the line? Lines are asked about in their order. */
static bool
is_in_table(struct table_lines *t, struct gb_span line)
{
    while (t->span.end <= line.begin && t->next < t->tables->n)
        t->span = cells_span(t->tables->items[t->next++]->u.table);
    return t->span.begin < line.end && line.begin < t->span.end;
}

static void
look_for_breaks(const struct gb_source_file *file, bool has_front_matter, const struct gb_nodes *tables,
                spot_array *breaks, spot_array *indents)
{
    struct line_state state = {.in_front_matter = has_front_matter, .after_blank = true};
    struct table_lines table_lines = {.tables = tables};

    if (!has_line(file, is_broken_or_indented))
        return;
    for (uint32_t k = 1; k <= file->n_lines; k++) {
        struct gb_str line = line_text(file, k);
        if (!is_text_line(&state, line, k == 1) || !line.len || !(line.ptr[0] == ' ' || may_break(line)))
            continue;
        struct gb_span span = gb_source_line_span(file, k);
        if (is_in_table(&table_lines, span)) /* drawn with blanks */
            continue;
        size_t indent = count_of(line, ' '), begin = break_begin(line);
        if (is_indented(line, indent) && !state.in_list)
            add_spot(indents, (struct gb_span){span.begin, span.begin + (uint32_t)indent}, GB_STR(""));
        if (begin == line.len)
            continue;
        /* A break becomes the end of a paragraph, so that the lines stay apart; but for one in a sentence. */
        bool ends_block = is_blank_line(file, k + 1),
             is_cut = GB_ENDS_WITH(gb_str_sub(line, 0, begin), "，", "、", ",");
        if (!(ends_block && line.ptr[begin] == '\\'))
            add_spot(breaks, (struct gb_span){span.begin + (uint32_t)begin, span.end},
                     ends_block || is_cut ? GB_STR("") : gb_markup_line_end(file));
    }
}

/* Breaks and blanks that lay out the lines of a page. */
static void
check_hard_breaks(struct gb_check *c)
{
    const struct gb_doc *doc = c->doc;
    spot_array breaks = {0}, indents = {0};

    if (!doc->blanks_matter)
        return;
    for (uint32_t i = 0; i < doc->source->n_files; i++)
        look_for_breaks(&doc->source->files[i], doc->has_front_matter, &c->facts->of_kind[GB_NODE_TABLE], &breaks,
                        &indents);
    report_spots(c, NULL, &breaks);
    report_spots(c, "indent", &indents);
    GB_RELEASE(&breaks, &indents);
}

/* ---- MDC-014: stray blanks, line ends, byte order mark ---- */

static bool
has_only_blanks(struct gb_str line)
{
    return line.len && !gb_str_trim(line).len;
}

/* An empty row of a table that is drawn with hyphens or blanks: inside of it, or its last ones above the rule that ends it. */
static bool
is_empty_row(const struct gb_source_file *file, uint32_t number, struct table_lines *tables)
{
    enum { MOST_ROWS = 4 };

    if (is_in_table(tables, gb_source_line_span(file, number)))
        return true;
    for (uint32_t k = number + 1; k <= file->n_lines && k <= number + MOST_ROWS; k++) {
        struct gb_str line = gb_str_trim(line_text(file, k));
        if (line.len)
            return gb_str_starts(line, GB_STR("--")) && gb_str_has(line, GB_STR("- -"));
    }
    return false;
}

static void
look_for_blank_lines(const struct gb_doc *doc, const struct gb_source_file *file, const struct gb_nodes *tables,
                     spot_array *spots)
{
    struct line_state state = {.in_front_matter = doc->has_front_matter, .after_blank = true};
    struct table_lines table_lines = {.tables = tables};

    if (!has_line(file, has_only_blanks))
        return;
    for (uint32_t k = 1; k <= file->n_lines; k++) {
        struct gb_str line = line_text(file, k);
        bool is_text = !doc->blanks_matter || is_text_line(&state, line, k == 1);
        if (is_text && has_only_blanks(line) && !is_empty_row(file, k, &table_lines))
            add_spot(spots, gb_source_line_span(file, k), GB_STR(""));
    }
}

static void
look_at_last_byte(const struct gb_source_file *file, spot_array *spots)
{
    struct gb_str text = file->text;
    size_t begin;

    if (!text.len || text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == '\r')
        return;
    gb_utf8_before(text, text.len, &begin);
    uint32_t end = file->base + (uint32_t)text.len;
    *gb_push(spots) = (struct spot){{file->base + (uint32_t)begin, end}, {{end, end}, gb_markup_line_end(file)}, true};
}

static void
look_at_line_ends(const struct gb_source_file *file, spot_array *spots)
{
    struct gb_str usual = gb_markup_line_end(file);

    if ((file->n_lf > 0) + (file->n_crlf > 0) + (file->n_cr > 0) < 2)
        return;
    for (uint32_t k = 1; k <= file->n_lines; k++) {
        uint32_t next =
            k < file->n_lines ? gb_source_line_span(file, k + 1).begin : file->base + (uint32_t)file->text.len;
        struct gb_span end = {gb_source_line_span(file, k).end, next};
        struct gb_str written = gb_str_sub(file->text, end.begin - file->base, end.end - file->base);
        if (written.len && !gb_str_eq(written, usual))
            add_spot(spots, end, usual);
    }
}

/* What no reader sees and every comparison shows. Each kind is one finding for all the files of the draft. */
static void
check_whitespace_lines(struct gb_check *c)
{
    const struct gb_doc *doc = c->doc;
    spot_array blanks = {0}, ends = {0}, last = {0}, marks_at = {0};

    GB_EACH(const struct gb_source_file, file, doc->source->files, doc->source->n_files) {
        look_for_blank_lines(doc, file, &c->facts->of_kind[GB_NODE_TABLE], &blanks);
        look_at_line_ends(file, &ends);
        look_at_last_byte(file, &last);
        if (file->has_bom && file->charset == GB_CHARSET_UTF_8)
            *gb_push(&marks_at) = (struct spot){.at = {file->base, file->base}};
    }
    report_spots(c, NULL, &blanks);
    report_spots(c, "line-ends", &ends);
    report_spots(c, "last-line", &last);
    report_spots(c, "byte-order-mark", &marks_at);
    GB_RELEASE(&blanks, &ends, &last, &marks_at);
}

const struct gb_check_def gb_source_lines_checks[] = {
    {.name = "hard-breaks", .whole = check_hard_breaks, .cases = "indent"},
    {.name = "whitespace-lines", .whole = check_whitespace_lines, .cases = "line-ends last-line byte-order-mark"},
    {0},
};
