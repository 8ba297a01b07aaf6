/* Code blocks, and formulas in a block ```math. */
#include "doc/identifier.h"
#include "read/markdown/markdown_priv.h"

#include "read/formula_number_priv.h"
#include "read/marks.h"
#include "text/chars.h"

/* The code's lines as a text: the last line end is left out. */
static struct gb_text
code_text(struct gb_markdown *r, struct gb_str code, uint32_t first)
{
    const char *content = code.ptr;
    uint32_t len = (uint32_t)code.len;

    r->pieces.list.len = 0;
    for (uint32_t at = 0; at < len && first < r->n_lines; first++) {
        const char *end = memchr(content + at, '\n', len - at);
        uint32_t n = end ? (uint32_t)(end - content) - at : len - at;
        struct gb_span line = gb_markdown_line_span(r, first);
        gb_bytemap_clear(&r->map);
        if (gb_markdown_map_line(r, content, at, n, line)) {
            uint32_t rest = at;
            GB_EACH(const struct gb_segment, segment, r->map.segments.items, r->map.segments.len) {
                if (segment->loose)
                    gb_pieces_other(&r->pieces, gb_str_sub(code, at, at + 3),
                                    (struct gb_span){segment->src, segment->src_end}, GB_RUN_DECODED);
                else
                    rest = segment->at;
            }
            gb_pieces_exact(&r->pieces, line.end - (at + n - rest), line.end, 0);
        } else if (n) {
            struct gb_str text = gb_arena_copy(r->blocks->arena, (struct gb_str){content + at, n});
            gb_pieces_other(&r->pieces, text, line, GB_RUN_APPROX);
        }
        at += n + (end != NULL);
        if (at >= len || first + 1 >= r->n_lines)
            break;
        uint32_t next = r->lines[first + 1];
        if (next == line.end + 1 && r->scan.raw.ptr[line.end] == '\n')
            gb_pieces_exact(&r->pieces, line.end, next, 0);
        else
            gb_pieces_break(&r->pieces, line.end, next, 0);
    }
    return gb_markdown_text(r, 0, r->pieces.list.len);
}

/* The word behind the fence: the language. */
static struct gb_text
fence_info(struct gb_markdown *r, uint32_t at, uint32_t end)
{
    while (at < end && (r->scan.feed.ptr[at] == '`' || r->scan.feed.ptr[at] == '~'))
        at++;
    at = gb_markdown_skip_blanks(r, at, end);
    uint32_t stop = at;
    while (stop < end && !gb_markdown_is_space(r->scan.feed.ptr[stop]))
        stop++;
    return stop > at ? gb_markdown_exact_text(r, at, stop) : (struct gb_text){0};
}

static bool
is_closing_fence(const struct gb_markdown *r, struct gb_span line, const struct gb_markdown_fence *fence)
{
    uint32_t at = line.begin, n = 0;

    while (at < line.end && (gb_is_blank(r->scan.feed.ptr[at]) || r->scan.feed.ptr[at] == '>'))
        at++;
    while (at + n < line.end && r->scan.feed.ptr[at + n] == fence->mark)
        n++;
    return n >= fence->len && gb_markdown_skip_blanks(r, at + n, line.end) == line.end;
}

/* A block ```math: its number may be in the formula. */
static void
make_formula(struct gb_markdown *r, struct gb_block *block)
{
    struct gb_span span = gb_text_whole(&block->text, NULL);

    block->kind = GB_BLOCK_FORMULA;
    block->info = (struct gb_text){0};
    if (block->text.n_runs != 1)
        return;
    struct gb_span inside = {span.begin - r->pieces.base, span.end - r->pieces.base};
    struct gb_span number = gb_formula_number(r->scan.raw, (struct gb_span){inside.end, inside.end}, &inside);
    if (number.end == 0)
        return;
    block->label = gb_markdown_exact_text(r, number.begin, number.end);
    block->text = gb_text_between(&block->text, 0, inside.end - inside.begin);
}

/* Length of the content without blank lines at its end. */
static size_t
without_blank_lines(struct gb_str code)
{
    size_t end = code.len;

    while (end > 0 && gb_markdown_is_space(code.ptr[end - 1]))
        end--;
    while (end < code.len && code.ptr[end] != '\n')
        end++;
    return end < code.len ? end + 1 : code.len;
}

/* "1)  姓名；", "b）…": an item with its marker, which CommonMark takes for code when it stands below an item "a)" of the text. */
static bool
is_item(struct gb_str line)
{
    struct gb_str s = gb_str_trim(line);
    size_t at = 0;

    while (at < s.len && at < 3 && gb_is_digit(s.ptr[at]))
        at++;
    at += at == 0 && s.len && gb_is_lower(s.ptr[0]);
    if (at == 0)
        return false;
    struct gb_str rest = gb_str_skip(s, at);
    bool is_marked = GB_STARTS_WITH(rest, ")", "）");
    return is_marked && gb_str_han_length(rest) > 0;
}

/* The number of a page and the running head of the next one, which converters centre above its first line. */
static bool
is_furniture(struct gb_str line)
{
    struct gb_identifier_shape shape;

    return gb_is_page_number(line) || (gb_identifier_at(line, 0, &shape) && shape.end == line.len);
}

/*
 * Sentences and titles that are indented by four blanks, as many indent paragraphs and converters centre lines: Chinese in half of the lines and
 * in the first behind a page number and a running head, and no sign of code or of a drawing.
 */
static bool
is_prose(struct gb_str code)
{
    GB_WORDS(signs, "{", "}", "=", "|", "<", ">", "→", "↓", "─", "│", "//", "`");
    unsigned n = 0, n_han = 0;

    if (GB_HAS_ANY(code, signs))
        return false;
    for (size_t at = 0; at < code.len;) {
        size_t end = gb_str_find(code, GB_STR("\n"), at);
        end = end == GB_NOT_FOUND ? code.len : end;
        struct gb_str line = gb_str_trim(gb_str_sub(code, at, end));
        at = end + 1;
        if (n == 0 && is_furniture(line))
            continue;
        n += line.len > 0;
        n_han += gb_str_has_han(line);
        if (n > 0 && n_han == 0)
            return false;
    }
    return n > 0 && n_han * 2 >= n;
}

static bool
is_blank_line(const struct gb_markdown *r, uint32_t line)
{
    struct gb_span span = gb_markdown_line_span(r, line);

    return gb_markdown_skip_blanks(r, span.begin, span.end) == span.end;
}

/* Line `line` of the file, and those behind it up to a blank one or the end of a sentence, as a paragraph; the line behind them. */
static uint32_t
put_paragraph(struct gb_markdown *r, struct gb_block *parent, uint32_t line, uint32_t last)
{
    struct gb_markdown_walk w = {.r = r, .is_drawn = true};
    uint32_t first = line, end = 0;

    gb_markdown_clear_pieces(r);
    for (; line <= last && !is_blank_line(r, line); line++) {
        struct gb_span span = gb_markdown_line_span(r, line);
        span.begin = gb_markdown_skip_blanks(r, span.begin, span.end);
        if (line > first)
            gb_pieces_break(&r->pieces, end, span.begin, 0);
        end = gb_markdown_trim_end(r, span.begin, span.end);
        gb_markdown_put_smart(&w, span.begin, end, 0);
        if (gb_str_ends(gb_str_sub(r->scan.raw, span.begin, end), GB_STR("。"))) {
            line++;
            break;
        }
    }
    gb_markdown_put_paras(r, parent);
    while (line <= last && is_blank_line(r, line))
        line++;
    return line;
}

/* Does nothing but blanks stand before it on its line? Not so behind the mark of an item. */
static bool
begins_line(const struct gb_markdown *r, struct gb_str code, uint32_t line)
{
    struct gb_span span = gb_markdown_line_span(r, line);

    span.begin = gb_markdown_skip_blanks(r, span.begin, span.end);
    return gb_str_starts(gb_str_sub(r->scan.raw, span.begin, span.end), gb_str_trim(code));
}

void
gb_markdown_put_indented(struct gb_markdown *r, struct gb_block *parent, struct gb_str code, uint32_t first)
{
    uint32_t last = first + gb_markdown_count_lines(code) - 1;
    const char *end = memchr(code.ptr, '\n', code.len);
    struct gb_str line_of_code = gb_str_sub(code, 0, end ? (size_t)(end - code.ptr) : code.len);
    bool is_inner_item = is_item(line_of_code) && parent->last && parent->last->kind == GB_BLOCK_PARA;

    last = last < r->n_lines ? last : r->n_lines - 1;
    if (!gb_markdown_is_in_quote(parent) && begins_line(r, line_of_code, first) && (is_inner_item || is_prose(code))) {
        for (uint32_t line = first; line <= last;)
            line = put_paragraph(r, parent, line, last);
        return;
    }
    struct gb_block *block = gb_markdown_new_block(r, parent, GB_BLOCK_CODE, gb_markdown_line_span(r, first));

    block->text = code_text(r, code, first);
    block->span = gb_text_whole(&block->text, NULL);
}

void
gb_markdown_put_fenced(struct gb_markdown *r, struct gb_block *parent, struct gb_str code, uint32_t first,
                       const struct gb_markdown_fence *fence)
{
    struct gb_span line = gb_markdown_line_span(r, first);
    struct gb_block *block = gb_markdown_new_block(r, parent, GB_BLOCK_CODE, line);
    uint32_t n = gb_markdown_count_lines(code), close = first + 1 + n, begin = line.begin + fence->indent;
    bool is_closed = close < r->n_lines && is_closing_fence(r, gb_markdown_line_span(r, close), fence);

    if (!is_closed)
        code.len = without_blank_lines(code); /* up to the end of what holds it */
    block->flags |= GB_BLOCK_FENCED;
    block->info = fence_info(r, begin, line.end);
    block->text = code_text(r, code, first + 1);
    uint32_t last = is_closed ? close : first + n < r->n_lines ? first + n : r->n_lines - 1;
    uint32_t end = gb_markdown_trim_end(r, line.end, gb_markdown_line_span(r, last).end);
    if (close >= r->n_lines) {
        block->flags |= GB_BLOCK_UNCLOSED;
        gb_fault_add(r->blocks, r->pieces.base, GB_FAULT_MALFORMED,
                     (struct gb_span){begin, gb_markdown_trim_end(r, begin, line.end)}, "代码块没有结束标记",
                     "the code block is never closed");
    }
    block->span = (struct gb_span){begin + r->pieces.base, end + r->pieces.base};
    if (gb_str_eq_nocase(block->info.str, GB_STR("math")))
        make_formula(r, block);
}
