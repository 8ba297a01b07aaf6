/*
 * What is seen on the lines and characters of the source: punctuation of a converted page, layout blanks, hard breaks, stray blanks
 * and line ends. Group MDC; source_form.c has what is seen on the tree.
 */
#include "base/array.h"
#include "base/buf.h"
#include "rule/check.h"
#include "text/chars.h"
#include "text/utf8.h"

extern const struct gb_check_def gb_source_lines_checks[];

enum { MOST_RELATED = 30 };

static struct gb_str
number_text(const struct gb_check *c, unsigned long n)
{
    return gb_arena_printf(gb_check_context(c)->arena, "%lu", n);
}

/* ---- MDC-005: half-width punctuation of some pages ---- */

/* A line of running text with Chinese punctuation. */
struct text_line {
    const struct gb_node *node;
    uint32_t begin, end; /* in the node's text */
    uint32_t mark;       /* first half-width mark in Chinese text, or end */
    bool is_half;
};

typedef GB_ARRAY(struct text_line) line_array;

struct stretch {
    size_t begin, end;   /* lines */
};

enum {
    LEAST_LINES = 10,    /* of the stretch, and of the rest of the draft */
    STRETCH_PERCENT = 60,
    REST_PERCENT = 5,
};

static const char half_marks[] = {',', ';', ':', '?', '!'};

static const char *
full_width(char half)
{
    switch (half) {
    case ',':
        return "，";
    case ';':
        return "；";
    case ':':
        return "：";
    case '?':
        return "？";
    case '!':
        return "！";
    default:
        return NULL;
    }
}

static bool
is_chinese(uint32_t ch)
{
    return gb_char_is_han(ch) || (gb_char_is_cjk_punct(ch) && ch != 0x2026 && ch != 0x2014);
}

/* A half-width mark behind Chinese text, or between a word and Chinese text; not in 3:1, ISO 9001:2015, code. */
static bool
is_half_mark(const struct gb_text *text, size_t at)
{
    struct gb_str s = text->str;
    size_t other;

    if (at == 0 || !full_width(s.ptr[at]))
        return false;
    bool is_behind = is_chinese(gb_utf8_before(s, at, &other));
    bool is_before = at + 1 < s.len && gb_char_is_han(gb_utf8_at(s, at + 1, &other));
    return (is_behind || is_before) && !(gb_text_flags(text, at) & (GB_RUN_CODE | GB_RUN_MATH));
}

static bool
is_full_mark(uint32_t ch)
{
    return ch == 0xFF0C || ch == 0x3002 || ch == 0xFF1B || ch == 0xFF1A || ch == 0xFF1F || ch == 0xFF01;
}

/* Most lines end with a full-width mark. */
static bool
has_full_mark(struct gb_str line)
{
    static const char leads[] = {'\xEF', '\xE3'}; /* no Han begins so */
    size_t next;

    /* All of them are three bytes long. */
    if (line.len >= 3 && ((unsigned char)line.ptr[line.len - 3] & 0xF0) == 0xE0 &&
        is_full_mark(gb_utf8_at(line, line.len - 3, &next)))
        return true;
    for (size_t i = 0; i < GB_COUNT(leads); i++) {
        const char *end = line.ptr + line.len, *hit = line.ptr;
        while (hit < end && (hit = memchr(hit, leads[i], (size_t)(end - hit)))) {
            if (is_full_mark(gb_utf8_at(line, (size_t)(hit - line.ptr), &next)))
                return true;
            hit++;
        }
    }
    return false;
}

/* The first half-width mark from `at` on, or `end`. Eight bytes without ASCII among them are passed over together. */
static size_t
find_half_mark(const struct gb_text *text, size_t at, size_t end)
{
    const char *ptr = text->str.ptr;
    uint64_t word;

    while (at < end) {
        if (at + sizeof(word) <= end && (memcpy(&word, ptr + at, sizeof(word)), !(~word & UINT64_C(0x8080808080808080)))) {
            at += sizeof(word);
            continue;
        }
        size_t stop = at + sizeof(word) < end ? at + sizeof(word) : end;
        for (; at < stop; at++) {
            if ((unsigned char)ptr[at] < 'A' && full_width(ptr[at]) && is_half_mark(text, at))
                return at;
        }
    }
    return end;
}

static void
add_lines(const struct gb_node *node, line_array *out)
{
    struct gb_str s = node->text.str;
    size_t end;

    for (size_t begin = 0; begin < s.len; begin = end + 1) {
        const char *hit = memchr(s.ptr + begin, '\n', s.len - begin);
        end = hit ? (size_t)(hit - s.ptr) : s.len;
        size_t mark = find_half_mark(&node->text, begin, end);
        bool is_half = mark < end;
        if (is_half || has_full_mark(gb_str_sub(s, begin, end)))
            *gb_push(out) = (struct text_line){node, (uint32_t)begin, (uint32_t)end, is_half ? (uint32_t)mark : 0, is_half};
    }
}

static bool
is_running_text(const struct gb_node *n)
{
    switch (n->kind) {
    case GB_NODE_PARA:
        return n->encoding != GB_ENCODING_FENCE && n->parent->kind != GB_NODE_COVER;
    case GB_NODE_ITEM:
    case GB_NODE_NOTE:
    case GB_NODE_EXAMPLE:
        return true;
    default:
        return false;
    }
}

/* Are there enough half-width marks behind other than ASCII that the lines are worth a look? */
static bool
may_have_stretch(const struct gb_source *source)
{
    unsigned n = 0;

    for (uint32_t i = 0; i < source->n_files; i++) {
        struct gb_str text = source->files[i].text;
        for (size_t m = 0; m < GB_COUNT(half_marks) && n < LEAST_LINES / 2; m++) {
            const char *at = text.ptr, *end = text.ptr + text.len;
            while (n < LEAST_LINES / 2 && at < end && (at = memchr(at, half_marks[m], (size_t)(end - at)))) {
                n += at > text.ptr && (unsigned char)at[-1] >= 0x80;
                at++;
            }
        }
    }
    return n >= LEAST_LINES / 2;
}

/* The stretch of [begin, end) with the most half-width lines above the share asked for; it begins and ends with one. */
static struct stretch
densest(const line_array *lines, struct stretch in)
{
    struct stretch best = {in.begin, in.begin};
    long sum = 0, most = 0;
    size_t from = in.begin;

    for (size_t i = in.begin; i < in.end; i++) {
        sum += lines->items[i].is_half ? 100 - STRETCH_PERCENT : -STRETCH_PERCENT;
        if (sum <= 0) {
            sum = 0;
            from = i + 1;
        } else if (sum > most) {
            most = sum;
            best = (struct stretch){from, i + 1};
        }
    }
    return best;
}

/* The next half-width line beside the stretch, forward or back, past a few full-width ones; GB_NOT_FOUND when there is none. */
static size_t
half_beside(const line_array *lines, struct stretch in, struct stretch of, bool is_forward)
{
    enum { FEW = 3 };

    for (size_t k = 0; k <= FEW; k++) {
        if (is_forward ? of.end + k >= in.end : of.begin < in.begin + k + 1)
            break;
        size_t i = is_forward ? of.end + k : of.begin - 1 - k;
        if (lines->items[i].is_half)
            return i;
    }
    return GB_NOT_FOUND;
}

static bool
is_dense(const line_array *lines, struct stretch of)
{
    size_t half = 0;

    for (size_t i = of.begin; i < of.end; i++)
        half += lines->items[i].is_half;
    return half * 100 >= (of.end - of.begin) * STRETCH_PERCENT;
}

/* The stretch grown to half-width lines near its ends, as long as it keeps its share of them. */
static struct stretch
widened(const line_array *lines, struct stretch in, struct stretch of)
{
    size_t i;

    while ((i = half_beside(lines, in, of, true)) != GB_NOT_FOUND && is_dense(lines, (struct stretch){of.begin, i + 1}))
        of.end = i + 1;
    while ((i = half_beside(lines, in, of, false)) != GB_NOT_FOUND && is_dense(lines, (struct stretch){i, of.end}))
        of.begin = i;
    return of;
}

/* All stretches, in order; false when the rest of the draft is half-width here and there as well, or there is too little of it. */
static bool
find_stretches(const line_array *lines, struct stretch *out, size_t max, size_t *out_n)
{
    struct stretch todo[16] = {{0, lines->len}};
    size_t n = 0, n_todo = 1, half = 0, inside = 0, half_inside = 0;

    while (n_todo > 0) {
        struct stretch in = todo[--n_todo], got = densest(lines, in);
        if (got.end > got.begin)
            got = widened(lines, in, got);
        if (got.end - got.begin < LEAST_LINES || n == max || n_todo + 2 > GB_COUNT(todo))
            continue;
        size_t at = n++;
        for (; at > 0 && out[at - 1].begin > got.begin; at--)
            out[at] = out[at - 1];
        out[at] = got;
        todo[n_todo++] = (struct stretch){in.begin, got.begin};
        todo[n_todo++] = (struct stretch){got.end, in.end};
    }
    for (size_t i = 0; i < lines->len; i++)
        half += lines->items[i].is_half;
    for (size_t k = 0; k < n; k++) {
        inside += out[k].end - out[k].begin;
        for (size_t i = out[k].begin; i < out[k].end; i++)
            half_inside += lines->items[i].is_half;
    }
    *out_n = n;
    return lines->len - inside >= LEAST_LINES && (half - half_inside) * 100 < (lines->len - inside) * REST_PERCENT;
}

static void
fix_line(struct gb_check *c, struct gb_finding *f, const struct text_line *line)
{
    for (size_t at = line->mark; at < line->end; at++) {
        bool is_exact = false;
        struct gb_span span = gb_text_span(&line->node->text, at, at + 1, &is_exact);
        if (is_exact && is_half_mark(&line->node->text, at))
            gb_fix(c, f, span, gb_str_from(full_width(line->node->text.str.ptr[at])));
    }
}

static void
report_stretch(struct gb_check *c, const line_array *lines, struct stretch stretch)
{
    const struct text_line *first = &lines->items[stretch.begin], *last = &lines->items[stretch.end - 1];
    const struct gb_node *from = gb_node_clause(first->node), *to = gb_node_clause(last->node);
    struct gb_finding *f = NULL;
    unsigned long half = 0, told = 0;

    for (size_t i = stretch.begin; i < stretch.end; i++)
        half += lines->items[i].is_half;
    const struct gb_str args[] = {from ? from->number.str : GB_STR(""), to ? to->number.str : GB_STR(""),
                                  number_text(c, half), number_text(c, stretch.end - stretch.begin)};
    for (size_t i = stretch.begin; i < stretch.end; i++) {
        const struct text_line *line = &lines->items[i];
        if (!line->is_half)
            continue;
        struct gb_at at = gb_at_part(&line->node->text, line->mark, line->mark + 1);
        if (told++ == 0)
            f = gb_report_case(c, from && to ? NULL : "unnumbered", at, line->node, args, GB_COUNT(args));
        else
            gb_also(c, f, at, GB_STR(""));
        fix_line(c, f, line);
    }
}

/* Half-width punctuation on most lines of some pages, in a draft that has none elsewhere, came with the conversion. */
static void
check_punctuation_run(struct gb_check *c, const struct gb_node *doc)
{
    struct stretch stretches[16];
    line_array lines = {0};
    size_t n = 0;

    if (!may_have_stretch(gb_check_context(c)->doc->source))
        return;
    for (const struct gb_node *node = doc; node; node = gb_node_walk(node, doc)) {
        if (is_running_text(node))
            add_lines(node, &lines);
    }
    if (find_stretches(&lines, stretches, GB_COUNT(stretches), &n)) {
        for (size_t i = 0; i < n; i++)
            report_stretch(c, &lines, stretches[i]);
    }
    gb_array_release(&lines);
}

/* ---- MDC-007: blanks between the characters of a word ---- */

/* A run of single Han with blanks between them that begins at `at`: how many; *out_end is behind the last. */
static unsigned
spaced_han(struct gb_str s, size_t at, size_t *out_end)
{
    unsigned n = 0;
    size_t next;

    while (at < s.len && gb_char_is_han(gb_utf8_at(s, at, &next))) {
        size_t behind = gb_str_skip_space(s, next);
        if (next < s.len && behind == next) /* a word of several, or a mark behind it */
            return n > 1 ? n : 0;
        *out_end = next;
        n++;
        at = behind;
    }
    return n;
}

static struct gb_str
closed_up(const struct gb_check *c, struct gb_str s)
{
    struct gb_buf out = {0};
    size_t next;

    for (size_t at = 0; at < s.len; at = next) {
        uint32_t ch = gb_utf8_at(s, at, &next);
        if (!gb_char_is_space(ch))
            gb_buf_add(&out, gb_str_sub(s, at, next));
    }
    struct gb_str text = gb_buf_take(&out, gb_check_context(c)->arena);
    gb_buf_release(&out);
    return text;
}

static bool
is_layout_word(struct gb_str word)
{
    return gb_str_is(word, "发布") || gb_str_is(word, "实施");
}

/* Digits of a date at `at`: how many. */
static size_t
digits_at(struct gb_str s, size_t at)
{
    size_t n = 0;

    while (at + n < s.len && s.ptr[at + n] >= '0' && s.ptr[at + n] <= '9')
        n++;
    return n;
}

static size_t
dash_at(struct gb_str s, size_t at)
{
    static const char *const dashes[] = {"-", "–", "—", "－"};

    for (size_t i = 0; i < GB_COUNT(dashes); i++) {
        if (gb_str_starts(gb_str_skip(s, at), gb_str_from(dashes[i])))
            return strlen(dashes[i]);
    }
    return 0;
}

/* "2015 - 09 - 10" with at least one blank: its end; 0 when there is none at `at`. */
static size_t
spaced_date(struct gb_str s, size_t at)
{
    static const size_t widths[] = {4, 2, 2};
    size_t begin = at, blanks = 0;

    for (size_t i = 0; i < GB_COUNT(widths); i++) {
        if (digits_at(s, at) != widths[i])
            return 0;
        at += widths[i];
        if (i + 1 == GB_COUNT(widths))
            break;
        size_t dash = gb_str_skip_space(s, at), length = dash_at(s, dash);
        size_t behind = gb_str_skip_space(s, dash + length);
        if (!length)
            return 0;
        blanks += (dash - at) + (behind - dash - length);
        at = behind;
    }
    return blanks && at > begin ? at : 0;
}

/* The first word or date from *at on that is spaced out; a word of two only when it is all of the text, or one of the cover. */
static bool
find_spaced(struct gb_str s, size_t *at, size_t *out_begin, size_t *out_end)
{
    bool after_blank = true;
    size_t next;

    for (; *at < s.len; *at = next) {
        uint32_t ch = gb_utf8_at(s, *at, &next);
        size_t end = 0;
        unsigned n = after_blank ? spaced_han(s, *at, &end) : 0;
        bool is_all = *at == 0 && gb_str_skip_space(s, end) == s.len;
        after_blank = gb_char_is_space(ch);
        if (n < 2 && !(end = spaced_date(s, *at)))
            continue;
        if (n == 2 && !is_all) { /* 发 布 */
            size_t first, second;
            gb_utf8_at(s, *at, &first);
            second = gb_str_skip_space(s, first);
            char word[8] = {0};
            size_t len = end - second + first - *at;
            if (len >= sizeof(word))
                continue;
            memcpy(word, s.ptr + *at, first - *at);
            memcpy(word + (first - *at), s.ptr + second, end - second);
            if (!is_layout_word(gb_str_from(word)))
                continue;
        }
        *out_begin = *at;
        *out_end = *at = end;
        return true;
    }
    return false;
}

static void
check_spaced_text(struct gb_check *c, const struct gb_node *node, const struct gb_text *whole)
{
    struct gb_text text = gb_text_trim(whole);
    size_t at = 0, begin, end;

    while (find_spaced(text.str, &at, &begin, &end)) {
        struct gb_str word = closed_up(c, gb_str_sub(text.str, begin, end));
        const struct gb_str args[] = {gb_str_sub(text.str, begin, end), word};
        struct gb_at place = gb_at_part(&text, begin, end);
        struct gb_finding *f = gb_report(c, place, node, args, GB_COUNT(args));
        if (!place.by_line)
            gb_fix(c, f, place.span, word);
    }
}

/* Blanks that only spread words over the page, on the cover and in the titles before chapter 1. */
static void
check_letterspacing(struct gb_check *c, const struct gb_node *node)
{
    if (node->kind != GB_NODE_COVER) {
        check_spaced_text(c, node, &node->title);
        return;
    }
    for (const struct gb_node *line = node->first; line; line = line->next) {
        if (line->kind == GB_NODE_PARA)
            check_spaced_text(c, line, &line->text);
    }
}

/* ---- Lines of the source ---- */

/* What the line scanner of Markdown must know of the lines above. */
struct line_state {
    char fence;          /* the character of an open fence; 0: none */
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
        while (at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9')
            at++;
        at += at > 0 && at < s.len && (s.ptr[at] == '.' || s.ptr[at] == ')') ? 1 : 0;
        if (at < 2)
            return false;
    }
    return at < s.len && (s.ptr[at] == ' ' || s.ptr[at] == '\t');
}

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t';
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
        (line.len && (memchr(" \t`~<", line.ptr[0], 5) || is_blank(line.ptr[line.len - 1]))))
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
        state->in_front_matter = !gb_str_is(s, "---") && !gb_str_is(s, "...");
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
    const struct gb_str args[] = {number_text(c, spots->len)};
    struct gb_finding *f = NULL;

    for (size_t i = 0; i < spots->len; i++) {
        const struct spot *spot = &spots->items[i];
        if (i == 0)
            f = gb_report_case(c, which, gb_at_span(spot->at), NULL, args, GB_COUNT(args));
        else if (i < MOST_RELATED)
            gb_also(c, f, gb_at_span(spot->at), GB_STR(""));
        if (spot->has_edit)
            gb_fix_markup(c, f, spot->edit.span, spot->edit.text);
    }
}

static void
add_spot(spot_array *spots, struct gb_span at, struct gb_str text)
{
    *gb_push(spots) = (struct spot){at, {at, text}, true};
}

/* The end of line that most lines of the file have. */
static struct gb_str
line_end_of(const struct gb_source_file *file)
{
    if (file->n_crlf > file->n_lf)
        return GB_STR("\r\n");
    return file->n_cr > file->n_lf ? GB_STR("\r") : GB_STR("\n");
}

/* ---- MDC-008: hard breaks and indented text ---- */

/* Is the last byte one that a mark of a hard break may end with? */
static bool
may_break(struct gb_str line)
{
    char last = line.ptr[line.len - 1];

    return is_blank(last) || last == '\\';
}

/* Where the mark of a hard break begins: two blanks or a backslash at the end. The length of the line when there is none. */
static size_t
break_begin(struct gb_str line)
{
    size_t end = line.len, backslashes = 0;

    while (end > 0 && (line.ptr[end - 1] == ' ' || line.ptr[end - 1] == '\t'))
        end--;
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

/* One to three blanks before Chinese text; more would be code, and in lists they are the place of the text. */
static bool
is_indented(struct gb_str line, size_t indent)
{
    size_t next;

    if (indent < 1 || indent > 3 || indent >= line.len)
        return false;
    uint32_t first = gb_utf8_at(line, indent, &next);
    return gb_char_is_han(first) || gb_char_is_cjk_punct(first) || first == '(';
}

static bool
ends_with_comma(struct gb_str s)
{
    return gb_str_ends(s, GB_STR("，")) || gb_str_ends(s, GB_STR("、")) || gb_str_ends(s, GB_STR(","));
}

static bool
is_broken_or_indented(struct gb_str line)
{
    if (!line.len)
        return false;
    return (line.ptr[0] == ' ' && is_indented(line, count_of(line, ' '))) ||
           (may_break(line) && break_begin(line) < line.len);
}

/* Most files have no such line, and need no closer look. */
static bool
has_line(const struct gb_source_file *file, bool (*is_meant)(struct gb_str line))
{
    for (uint32_t k = 1; k <= file->n_lines; k++) {
        struct gb_str line = line_text(file, k);
        if (line.len && (is_blank(line.ptr[0]) || may_break(line)) && is_meant(line))
            return true;
    }
    return false;
}

static void
look_for_breaks(const struct gb_source_file *file, bool has_front_matter, spot_array *breaks, spot_array *indents)
{
    struct line_state state = {.in_front_matter = has_front_matter, .after_blank = true};

    if (!has_line(file, is_broken_or_indented))
        return;
    for (uint32_t k = 1; k <= file->n_lines; k++) {
        struct gb_str line = line_text(file, k);
        if (!is_text_line(&state, line, k == 1) || !line.len || !(line.ptr[0] == ' ' || may_break(line)))
            continue;
        struct gb_span span = gb_source_line_span(file, k);
        size_t indent = count_of(line, ' '), begin = break_begin(line);
        if (is_indented(line, indent) && !state.in_list)
            add_spot(indents, (struct gb_span){span.begin, span.begin + (uint32_t)indent}, GB_STR(""));
        if (begin == line.len)
            continue;
        /* A break becomes the end of a paragraph, so that the lines stay apart; but for one in a sentence. */
        bool ends_block = is_blank_line(file, k + 1), is_cut = ends_with_comma(gb_str_sub(line, 0, begin));
        if (!(ends_block && line.ptr[begin] == '\\'))
            add_spot(breaks, (struct gb_span){span.begin + (uint32_t)begin, span.end},
                     ends_block || is_cut ? GB_STR("") : line_end_of(file));
    }
}

/* Breaks and blanks that lay out the lines of a page. */
static void
check_hard_breaks(struct gb_check *c, const struct gb_node *node)
{
    const struct gb_doc *doc = gb_check_context(c)->doc;
    spot_array breaks = {0}, indents = {0};

    (void)node;
    if (!doc->blanks_matter)
        return;
    for (uint32_t i = 0; i < doc->source->n_files; i++)
        look_for_breaks(&doc->source->files[i], doc->has_front_matter, &breaks, &indents);
    report_spots(c, NULL, &breaks);
    report_spots(c, "indent", &indents);
    gb_array_release(&breaks);
    gb_array_release(&indents);
}

/* ---- MDC-014: stray blanks, line ends, byte order mark ---- */

static bool
has_only_blanks(struct gb_str line)
{
    return line.len && !gb_str_trim(line).len;
}

static void
look_for_blank_lines(const struct gb_doc *doc, const struct gb_source_file *file, spot_array *spots)
{
    struct line_state state = {.in_front_matter = doc->has_front_matter, .after_blank = true};

    if (!has_line(file, has_only_blanks))
        return;
    for (uint32_t k = 1; k <= file->n_lines; k++) {
        struct gb_str line = line_text(file, k);
        bool is_text = !doc->blanks_matter || is_text_line(&state, line, k == 1);
        if (is_text && has_only_blanks(line))
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
    *gb_push(spots) =
        (struct spot){{file->base + (uint32_t)begin, end}, {{end, end}, line_end_of(file)}, true};
}

/* The end of line `number`: what stands between its text and the next line. */
static struct gb_span
end_of_line(const struct gb_source_file *file, uint32_t number)
{
    uint32_t begin = gb_source_line_span(file, number).end;
    uint32_t end = number < file->n_lines ? gb_source_line_span(file, number + 1).begin : file->base + (uint32_t)file->text.len;

    return (struct gb_span){begin, end};
}

static void
look_at_line_ends(const struct gb_source_file *file, spot_array *spots)
{
    struct gb_str usual = line_end_of(file);

    if ((file->n_lf > 0) + (file->n_crlf > 0) + (file->n_cr > 0) < 2)
        return;
    for (uint32_t k = 1; k <= file->n_lines; k++) {
        struct gb_span end = end_of_line(file, k);
        struct gb_str written = gb_str_sub(file->text, end.begin - file->base, end.end - file->base);
        if (written.len && !gb_str_eq(written, usual))
            add_spot(spots, end, usual);
    }
}

/* What no reader sees and every comparison shows. Each kind is one finding for all the files of the draft. */
static void
check_whitespace_lines(struct gb_check *c, const struct gb_node *node)
{
    const struct gb_doc *doc = gb_check_context(c)->doc;
    spot_array blanks = {0}, ends = {0}, last = {0}, marks_at = {0};

    (void)node;
    for (uint32_t i = 0; i < doc->source->n_files; i++) {
        const struct gb_source_file *file = &doc->source->files[i];
        look_for_blank_lines(doc, file, &blanks);
        look_at_line_ends(file, &ends);
        look_at_last_byte(file, &last);
        if (file->has_bom && file->charset == GB_CHARSET_UTF_8)
            *gb_push(&marks_at) = (struct spot){.at = {file->base, file->base}};
    }
    report_spots(c, NULL, &blanks);
    report_spots(c, "line-ends", &ends);
    report_spots(c, "last-line", &last);
    report_spots(c, "byte-order-mark", &marks_at);
    gb_array_release(&blanks);
    gb_array_release(&ends);
    gb_array_release(&last);
    gb_array_release(&marks_at);
}

const struct gb_check_def gb_source_lines_checks[] = {
    {.name = "punctuation-run", .run = check_punctuation_run, .on = GB_ON(DOC), .cases = "unnumbered"},
    {
        .name = "letterspacing",
        .run = check_letterspacing,
        .on = GB_ON(COVER) | GB_ON(TOC) | GB_ON(FOREWORD) | GB_ON(INTRO),
    },
    {.name = "hard-breaks", .run = check_hard_breaks, .on = GB_ON(DOC), .cases = "indent"},
    {
        .name = "whitespace-lines",
        .run = check_whitespace_lines,
        .on = GB_ON(DOC),
        .cases = "line-ends last-line byte-order-mark",
    },
    {0},
};
